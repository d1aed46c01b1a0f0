"""Podman, where it differs from the Docker whose version it speaks."""

from docker.errors import NotSupported
from docker.transport.changes.change import PODMAN, exchange, request
from docker.transport.message import retold, said, succeeded, value_of

DOCKER_HUB = ('docker.io/library/', 'docker.io/')


def familiar(name):
    """The name of an image as Docker tells it."""
    for prefix in DOCKER_HUB:
        if name.startswith(prefix):
            return name[len(prefix):]
    return name


@exchange(PODMAN, 'GET', '/images/json')
def names_are_told_in_full(call, send):
    """RepoTags are full names, and null for none."""
    answer = send(call)
    if not succeeded(answer):
        return answer
    images = value_of(answer)
    for image in images:
        image['RepoTags'] = [familiar(name) for name in image.get('RepoTags') or ()]
    return retold(answer, images)


@request(PODMAN, 'POST', '/containers/create')
def there_are_no_links(call):
    """Links are refused."""
    if (call.json.get('HostConfig') or {}).get('Links'):
        raise NotSupported('links cannot be carried to this engine: Podman has none. Put both containers '
                           'into one pod or network, and leave links out.')


@exchange(PODMAN, 'POST', '/images/create')
def import_takes_no_tag(call, send):
    """An import ignores its tag, but not one within the repository."""
    query = call.query
    if query.get('fromSrc') and query.get('repo') and query.get('tag'):
        query['repo'] += ':' + query.pop('tag')
    return send(call)


@exchange(PODMAN, 'GET', '/containers/{}/top')
def columns_are_joined(call, send):
    """The columns of top are joined to one, and nothing is told of a container that does not
    run."""
    answer = send(call)
    if not succeeded(answer):
        return answer
    told = value_of(answer)
    if told is None:
        return said(409, {'message': 'the container is not running'}, answer)
    if len(told['Titles']) == 1:
        columns = told['Titles'][0].split()
        told['Titles'] = columns
        told['Processes'] = [process[0].split(None, len(columns) - 1) for process in told['Processes']]
    return retold(answer, told)
