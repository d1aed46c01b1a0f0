"""Podman, where the archives of its containers differ from those of the Docker whose version it speaks."""

import base64
import io
import json
import posixpath
import tarfile

from docker.compat import to_native_string
from docker.transport.changes.change import PODMAN, exchange, request, response
from docker.transport.response import json_response, succeeded

_ARCHIVE = '/containers/{}/archive'
_STAT = 'X-Docker-Container-Path-Stat'
# The bit of a symbolic link in a mode, as Go has it.
_LINK = 1 << 27
# An archive ends with two blocks of zeros; more of them may follow.
_END = b'\0' * 2 * 512
# The largest archive, in bytes, that is extracted before the next part of it is received.
_SMALL = 64 << 10


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
        path = to_native_string(call.query.get('path', ''))
        stat['name'] = posixpath.basename(path.rstrip('/'))
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


@request(PODMAN, 'PUT', _ARCHIVE)
def put_fails_on_padding(call):
    """An upload of a small archive that is padded, as tar does to 10 KiB, fails at times: what extracts it
    may have ended by then."""
    body = call.body
    size = len(body) if isinstance(body, bytes) else getattr(body, 'len', None)
    if size and size <= _SMALL:
        call.body = _without_padding(body if isinstance(body, bytes) else b''.join(body))
        call.content_type = 'application/x-tar'


def _without_padding(archive):
    """Return a tar archive up to its end. What is none stays as it is, and so does a compressed one."""
    try:
        with tarfile.open(fileobj=io.BytesIO(archive), mode='r:') as tar:
            tar.getmembers()
            end = tar.offset
    except tarfile.TarError:
        return archive
    padding = archive[end:]
    return archive if padding.strip(b'\0') or not padding.startswith(_END) else archive[:end] + _END
