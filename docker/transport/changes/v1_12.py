"""Remote API 1.12 (Docker 1.0, June 2014)."""

import json
import posixpath

from docker.compat import unquote_text
from docker.stream import join_chunks
from docker.transport.changes.change import exchange, name_in, request, response
from docker.transport.changes.fields import add_missing
from docker.transport.response import (
    chunks_of, items_of, json_of, json_response, succeeded, with_json)

_INSERT = '/images/{}/insert'
_LOWER_CASE = {
    'Id': 'id', 'Parent': 'parent', 'Created': 'created', 'Container': 'container',
    'ContainerConfig': 'container_config', 'Config': 'config', 'DockerVersion': 'docker_version',
    'Architecture': 'architecture', 'Author': 'author', 'Comment': 'comment', 'Os': 'os'}


@response((1, 12), 'GET', '/containers/{}/json', everywhere=True)
def inspect_id_of_container(response, call):
    """GET /containers/{id}/json has Id in place of ID, no State.Ghost and no SysInitPath."""
    inspect = json_of(response)
    if 'ID' not in inspect:
        inspect['ID'] = inspect.get('Id')
    inspect.setdefault('SysInitPath', '')
    add_missing(inspect.get('State'), {'Ghost': False})
    return with_json(response, inspect)


@response((1, 12), 'GET', '/images/{}/json')
def inspect_image_in_camel_case(response, call):
    """GET /images/{name}/json has its keys in camel case."""
    inspect = json_of(response)
    for key, lower_case in _LOWER_CASE.items():
        if key in inspect:
            inspect.setdefault(lower_case, inspect[key])
    return with_json(response, inspect)


@request((1, 12), 'GET', '/events', when=lambda spoken, newest: newest < (1, 12))
def events_respond_at_once(call):
    """GET /events sends the head of its response at once; before, not until the first event."""
    call.deferred = True


@exchange((1, 12), 'POST', _INSERT, everywhere=True)
def insert_is_removed(call, send):
    """POST /images/{name}/insert is removed: the client builds a Dockerfile with FROM and ADD instead."""
    # Imported here, as few scripts insert a file.
    from docker import context
    target = posixpath.normpath('/' + call.query['path'].lstrip('/'))
    sources = json.dumps([_escape_variables(word) for word in (call.query['url'], target)])
    dockerfile = u'FROM {0}\nADD {1}\n'.format(unquote_text(name_in(_INSERT, call)), sources)
    build = call.follow_up('POST', '/build', rm='1', nocache='1')
    build.body = context.pack_dockerfile(dockerfile)
    build.content_type = 'application/tar'
    response = send(build)
    if not succeeded(response):
        return response
    try:
        return json_response(200, _result_of_build(response), response)
    except BaseException:
        response.close()
        raise


def _result_of_build(response):
    """Return the last object of an insert, by the output of a build: JSON objects, or text before API 1.8."""
    last, image_id = 'the build ended without an image', None
    if 'json' in response.headers.get('Content-Type', ''):
        items = (item for _, item in items_of(response))
    else:
        lines = join_chunks(chunks_of(response)).decode('utf-8', 'replace').splitlines()
        items = ({'stream': line} for line in lines)
    for item in items:
        if item.get('error') is not None:
            return item
        line = (item.get('stream') or '').strip()
        last = line or last
        if line.startswith('Successfully built '):
            image_id = line.rpartition(' ')[2]
    # The text of a build that fails ends with the error.
    return {'Id': image_id} if image_id else {'error': last, 'errorDetail': {'message': last}}


def _escape_variables(word):
    """Escape a word of a Dockerfile, in which $ would begin a variable."""
    return word.replace('\\', '\\\\').replace('$', '\\$')
