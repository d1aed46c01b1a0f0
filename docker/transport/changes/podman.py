"""Podman, where it differs from the Docker whose version it speaks."""

from fnmatch import fnmatchcase
import json

from docker import auth
from docker.errors import NotSupported
from docker.transport.changes.change import PODMAN, answer, exchange, refusal, request
from docker.transport.message import (
    host_config_in, retold, retold_items, said, succeeded, value_of, with_blocks)

JSON_FORM = {'Cmd': 'CMD', 'Entrypoint': 'ENTRYPOINT'}
TEXT_FORM = {'User': 'USER', 'WorkingDir': 'WORKDIR'}
DOCKER_HUB = ('docker.io/library/', 'docker.io/')


def familiar(name):
    """The name of an image as Docker tells it."""
    for prefix in DOCKER_HUB:
        if name.startswith(prefix):
            return name[len(prefix):]
    return name


@answer(PODMAN, 'GET', '/images/json')
def names_of_images_are_full(answer, call):
    """RepoTags are full names (docker.io/library/busybox:latest), null for none, and all names of an
    image of which one was asked for."""
    wanted = json.loads(call.query.get('filters') or '{}').get('reference')
    images = value_of(answer)
    for image in images:
        names = [familiar(name) for name in image.get('RepoTags') or ()]
        image['RepoTags'] = [name for name in names if not wanted or is_one_of(name, wanted)]
    return retold(answer, images)


def is_one_of(name, patterns):
    """Whether the name of an image, or its repository alone, is what one of the patterns says."""
    return any(fnmatchcase(part, pattern) for pattern in patterns
               for part in (name, name.rpartition(':')[0]))


@answer(PODMAN, 'GET', '/containers/json')
def names_of_images_are_full_in_the_list(answer, call):
    """The Image of a container is told by its full name."""
    listed = value_of(answer)
    for container in listed:
        container['Image'] = familiar(container['Image'])
    return retold(answer, listed)


@answer(PODMAN, 'GET', '/containers/{}/json')
def inspect_leaves_out_volumes(answer, call):
    """Config.Image is a full name, and Config.Volumes null."""
    about = value_of(answer)
    config = about['Config']
    config['Image'] = familiar(config['Image'])
    if config.get('Volumes') is None:
        config['Volumes'] = {mount['Destination']: {} for mount in about.get('Mounts') or ()
                             if mount.get('Type') == 'volume'}
    return retold(answer, about)


@answer(PODMAN, 'GET', '/events')
def names_of_images_are_full_in_events(answer, call):
    """The image of an event is told by its full name."""
    def tell(event):
        name = event.get('from') or ''
        if familiar(name) == name:
            return False
        event['from'] = familiar(name)
        return True
    return retold_items(answer, tell)


@request(PODMAN, 'GET', '/containers/{}/logs')
def following_logs_begins_with_the_first_line(call):
    """Following logs gives not even a status before there is a line."""
    call.late = call.query.get('follow') == '1'


@exchange(PODMAN, 'POST', '/containers/{}/attach')
def attach_wants_something(call, send):
    """An attach without logs and stream is refused, where it is nothing to be told."""
    if call.query.get('logs') == '1' or call.query.get('stream') == '1':
        return send(call)
    answer = send(call.to('GET', call.path[:-len('attach')] + 'json'))
    return with_blocks(answer, iter(()), 200, {}) if succeeded(answer) else answer


@refusal(PODMAN, 'POST', '/containers/{}/start')
@refusal(PODMAN, 'POST', '/containers/create')
def there_are_no_links(call):
    """Links are refused."""
    if host_config_in(call, call.json).get('Links'):
        raise NotSupported('links cannot be carried to this engine: Podman has none. Put both containers '
                           'into one pod or network, and leave links out.')


@request(PODMAN, 'POST', '/containers/create')
def inspect_tells_what_create_refuses(call):
    """Ulimits are told as RLIMIT_NOFILE, and taken as nofile; a swappiness that nobody set as 0, and
    options of the log that nobody gave as null."""
    config = call.json
    host = config.get('HostConfig') or {}
    if not host.get('MemorySwappiness'):
        host.pop('MemorySwappiness', None)
    log = host.get('LogConfig') or {}
    if log.get('Config', log) is None:
        del log['Config']
    for limit in host.get('Ulimits') or ():
        limit['Name'] = limit['Name'].replace('RLIMIT_', '').lower()
    call.json = config


@request(PODMAN, 'POST', '/images/create')
def import_takes_no_tag(call):
    """An import ignores its tag, but not one within the repository."""
    query = call.query
    if query.get('fromSrc') and query.get('repo') and query.get('tag'):
        query['repo'] += ':' + query.pop('tag')


@refusal(PODMAN, 'POST', '/images/create')
def a_pull_is_of_one_tag(call):
    """A pull without a tag is of latest, and not of all."""
    if call.query.get('fromImage') and not call.query.get('tag'):
        raise NotSupported('all_tags cannot be carried to this engine: Podman pulls one tag at a time. '
                           'Pull each tag by its name.')


@request(PODMAN, 'POST', '/auth')
def a_registry_is_a_host(call):
    """The address of a registry is taken for a host, with its scheme and its path."""
    given = call.json
    given['serveraddress'] = auth.registry_key(given.get('serveraddress'))
    call.json = given


@answer(PODMAN, 'GET', '/containers/{}/top')
def columns_are_joined(answer, call):
    """The columns of top are joined to one, and nothing is told of a container that does not
    run."""
    told = value_of(answer)
    if told is None:
        return said(409, {'message': 'the container is not running'}, answer)
    if len(told['Titles']) == 1:
        columns = told['Titles'][0].split()
        told['Titles'] = columns
        told['Processes'] = [process[0].split(None, len(columns) - 1) for process in told['Processes']]
    return retold(answer, told)


@request(PODMAN, 'POST', '/commit')
def commit_takes_instructions(call):
    """The Config to apply is ignored; the instructions of a Dockerfile are not."""
    config = call.json
    lines = [u'{0} {1}'.format(word, json.dumps(config[key])) for key, word in JSON_FORM.items()
             if config.get(key)]
    lines += [u'{0} {1}'.format(word, config[key]) for key, word in TEXT_FORM.items()
              if config.get(key)]
    lines += [u'ENV {0}'.format(item) for item in config.get('Env') or ()]
    lines += [u'EXPOSE {0}'.format(port) for port in config.get('ExposedPorts') or ()]
    lines += [u'VOLUME {0}'.format(path) for path in config.get('Volumes') or ()]
    if lines:
        call.query['changes'] = u'\n'.join(lines).encode('utf-8')
