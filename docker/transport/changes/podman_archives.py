"""Podman, where the archives of its containers differ from those of the Docker whose version it speaks."""

import base64
import json
import posixpath

from docker.transport.changes.change import PODMAN, exchange, response
from docker.transport.response import json_response, succeeded

_ARCHIVE = '/containers/{}/archive'
_STAT = 'X-Docker-Container-Path-Stat'
# The bit of a symbolic link in a mode, as Go has it.
_LINK = 1 << 27


@response(PODMAN, 'GET', _ARCHIVE)
@response(PODMAN, 'HEAD', _ARCHIVE)
def stat_has_another_link_target(response, call):
    """The header with what a path is has the path itself as linkTarget of what is no link, the name of its
    target for a link, and isDir."""
    try:
        stat = json.loads(base64.b64decode(response.headers[_STAT].encode('ascii')).decode('utf-8'))
        is_link = stat['mode'] & _LINK
    except (KeyError, TypeError, ValueError):
        return response
    stat.pop('isDir', None)
    if is_link:
        stat['name'] = posixpath.basename(call.query.get('path', '').rstrip('/'))
    else:
        stat['linkTarget'] = ''
    response.headers[_STAT] = base64.b64encode(json.dumps(stat).encode('utf-8')).decode('ascii')
    return response


@exchange(PODMAN, 'PUT', _ARCHIVE)
def put_refuses_a_missing_directory(call, send):
    """An upload to a directory that does not exist creates it: Docker refuses it."""
    path = call.query.get('path', '')
    head = call.follow_up('HEAD', call.path)
    head.query['path'] = path
    stat = send(head)
    stat.close()
    if stat.status_code != 404:
        return send(call)
    inspect = send(call.follow_up_inspect())
    if not succeeded(inspect):
        return inspect
    message = 'Could not find the file {0} in container {1}'.format(path, call.path.split('/')[2])
    return json_response(404, {'message': message}, inspect)
