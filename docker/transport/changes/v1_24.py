"""Remote API 1.24 (Docker 1.12, July 2016).

Most of it is about `start`, which takes no host config any more: see recreate.py. The id of a container
that was recreated keeps working wherever a call takes one, and responses have it in place of the
engine's.
"""

from docker.transport.changes import recreate
from docker.transport.changes.change import exchange, request, response
from docker.transport.response import json_of, succeeded, with_json, with_json_items


@exchange((1, 24), '*', '/containers/{}')
def current_id_in_path(call, send):
    """The id of a container that `start` recreated is translated in the path of each call."""
    recreate.finish_cleanup(call.recreated, send)
    original = call.copy()
    current = _use_current_id(call)
    response = send(call)
    # Another thread may have recreated it since.
    if response.status_code == 404 and _use_current_id(original) != current:
        response.close()
        response = send(original)
    return response


def _use_current_id(call):
    """Replace the id in the path of a call with the current one, and return that."""
    parts = call.path.split('/')
    parts[2] = call.recreated.current_id(parts[2])
    call.path = '/'.join(parts)
    return parts[2]


@request((1, 24), 'POST', '/commit')
def current_id_in_commit(call):
    """The id of a container that `start` recreated is translated in POST /commit."""
    call.query['container'] = call.recreated.current_id(call.query['container'])


@request((1, 24), 'POST', '/containers/create')
def current_ids_in_create(call):
    """The id of a container that `start` recreated is translated in Links and VolumesFrom."""
    config = call.json
    _use_current_ids(config.get('HostConfig') or {}, call.recreated)
    call.json = config


@request((1, 24), 'GET', '/containers/json')
def current_ids_in_since_and_before(call):
    """The id of a container that `start` recreated is translated in since and before."""
    for key in ('since', 'before'):
        if key in call.query:
            call.query[key] = call.recreated.current_id(call.query[key])


@response((1, 24), 'GET', '/containers/json', always=True)
def original_ids_in_list(response, call):
    """The id of a container that `start` recreated is translated back in the list."""
    if not call.recreated:
        return response
    listed = json_of(response)
    for container in listed:
        container['Id'] = call.recreated.original_id(container['Id'])
    return with_json(response, listed)


@response((1, 24), 'GET', '/containers/{}/json', always=True)
def original_id_in_inspect(response, call):
    """The id of a container that `start` recreated is translated back in inspect."""
    if not call.recreated:
        return response
    inspect = json_of(response, 'Id')
    inspect['Id'] = call.recreated.original_id(inspect['Id'])
    return with_json(response, inspect)


@response((1, 24), 'GET', '/events', always=True)
def original_ids_in_events(response, call):
    """The id of a container that `start` recreated is translated back in events."""
    def use_original_id(event):
        actor = event.get('Actor') or {}
        current = event.get('id', actor.get('ID'))
        original = call.recreated.original_id(current)
        for part, key in ((event, 'id'), (actor, 'ID')):
            if part.get(key) == current:
                part[key] = original
        return original != current
    return with_json_items(response, use_original_id, skip=lambda text: not call.recreated)


@exchange((1, 24), 'DELETE', '/containers/{}')
def forget_removed_container(call, send):
    """The id of a container that `start` recreated is forgotten when the container is removed."""
    removed = call.path.rpartition('/')[2]
    if call.recreated and call.recreated.original_id(removed) == removed:
        inspect = send(call.follow_up('GET', call.path + '/json'))
        removed = json_of(inspect, 'Id')['Id'] if succeeded(inspect) else removed
    response = send(call)
    if succeeded(response):
        call.recreated.forget(removed)
    return response


@exchange((1, 24), 'POST', '/containers/{}/start')
def start_takes_no_host_config(call, send):
    """POST /containers/{id}/start takes no body: a container that has never run is recreated with the
    host config, and one that has run must have been created with it."""
    host_config = call.json
    _use_current_ids(host_config, call.recreated)
    call.json = None
    return recreate.start_with_host_config(call, host_config, send)


@request((1, 24), 'POST', '/images/{}/tag')
def tag_without_force(call):
    """POST /images/{name}/tag has no force: it always replaces."""
    call.query.pop('force', None)


def _use_current_ids(host_config, recreated):
    """Replace the ids in the Links, VolumesFrom and modes of a HostConfig with the current ones."""
    for key in ('Links', 'VolumesFrom'):
        if host_config.get(key):
            host_config[key] = [
                ':'.join([recreated.current_id(item.partition(':')[0])] + item.split(':')[1:])
                for item in host_config[key]]
    for key in ('NetworkMode', 'IpcMode', 'PidMode'):
        kind, _, name = (host_config.get(key) or '').partition(':')
        if kind == 'container':
            host_config[key] = 'container:' + recreated.current_id(name)
