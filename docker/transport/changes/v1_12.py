"""Remote API 1.12 (Docker 1.0, June 2014)."""

import json
import posixpath

from docker.transport.changes.change import answer, exchange, name_in, request
from docker.transport.message import items_of, retold, said, succeeded, unquoted, value_of

INSERT = '/images/{}/insert'
LOWER_CASE = {'Id': 'id', 'Parent': 'parent', 'Created': 'created', 'Container': 'container',
              'ContainerConfig': 'container_config', 'Config': 'config', 'DockerVersion': 'docker_version',
              'Architecture': 'architecture', 'Author': 'author', 'Comment': 'comment', 'Os': 'os'}


@answer((1, 12), 'GET', '/containers/{}/json')
def the_id_of_a_container(answer, call):
    """GET /containers/{id}/json says Id for ID, and has no State.Ghost."""
    about = value_of(answer)
    about.setdefault('ID', about.get('Id'))
    about['State'].setdefault('Ghost', False)
    return retold(answer, about)


@answer((1, 12), 'GET', '/images/{}/json')
def keys_of_an_image(answer, call):
    """GET /images/{name}/json has its keys in camel case."""
    about = value_of(answer)
    for key, before in LOWER_CASE.items():
        if key in about:
            about.setdefault(before, about[key])
    return retold(answer, about)


@request((1, 12), 'GET', '/events', when=lambda spoken, newest: newest < (1, 12))
def events_begin_with_the_first(call):
    """GET /events answers at once: before, not even a status came until the first event."""
    call.late = True


@exchange((1, 12), 'POST', INSERT)
def insert_is_a_small_build(call, send):
    """POST /images/{name}/insert is gone: an image with a file of the web is built, FROM and
    ADD."""
    # Imported when it is needed, as few scripts insert a file.
    from docker import context
    target = posixpath.normpath('/' + call.query['path'].lstrip('/'))
    words = json.dumps([without_variables(word) for word in (call.query['url'], target)])
    dockerfile = u'FROM {0}\nADD {1}\n'.format(text_of(unquoted(name_in(INSERT, call))), words)
    build = call.to('POST', '/build', rm='1', nocache='1')
    build.body = context.single(dockerfile)
    build.content_type = 'application/tar'
    answer = send(build)
    if not succeeded(answer):
        return answer
    image_id = None
    for _, item in items_of(answer):
        if 'error' in item:
            return retold(answer, item)
        words = item.get('stream', '').strip()
        if words.startswith('Successfully built '):
            image_id = words.rpartition(' ')[2]
    return said(200, {'Id': image_id}, answer)


def without_variables(word):
    """A word of a Dockerfile in which a $ is a $."""
    return word.replace('\\', '\\\\').replace('$', '\\$')


def text_of(name):
    return name.decode('utf-8') if isinstance(name, bytes) else name
