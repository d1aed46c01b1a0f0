"""Remote API 1.24 (Docker 1.12, July 2016).

Most of it is about `start`, which takes no host config any more: see recreate.py. The id of a container
that was recreated keeps working wherever a call takes one, and responses and events have it in place of
the engine's.
"""

from docker.state import has_run
from docker.transport.call import flag_is_set
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


@exchange((1, 24), 'POST', '/containers/create')
def current_ids_in_create(call, send):
    """The id of a container that `start` recreated is translated in Links and VolumesFrom."""
    config = call.json
    recreate.use_current_ids(config.get('HostConfig') or {}, call.recreated)
    call.json = config
    response = send(call)
    if succeeded(response):
        call.recreated.note(json_of(response)['Id'], call.query.get('name'), False)
    return response


@request((1, 24), 'POST', '/networks/{}/connect')
@request((1, 24), 'POST', '/networks/{}/disconnect')
def current_id_in_connect(call):
    """The id of a container that `start` recreated is translated when it is connected to a network, or
    disconnected."""
    connection = call.json
    connection['Container'] = call.recreated.current_id(connection['Container'])
    call.json = connection


@response((1, 24), 'GET', '/networks', always=True)
def original_ids_in_networks(response, call):
    """The id of a container that `start` recreated is translated back in the Containers of networks."""
    if not call.recreated:
        return response
    networks = json_of(response)
    for network in networks:
        _use_original_ids(network, call.recreated)
    return with_json(response, networks)


@response((1, 24), 'GET', '/networks/{}', always=True)
def original_ids_in_network(response, call):
    """The id of a container that `start` recreated is translated back in the Containers of a network."""
    if not call.recreated:
        return response
    network = json_of(response)
    _use_original_ids(network, call.recreated)
    return with_json(response, network)


def _use_original_ids(network, recreated):
    if network.get('Containers'):
        network['Containers'] = {recreated.original_id(container): endpoint
                                 for container, endpoint in network['Containers'].items()}


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
    inspect = json_of(response, 'Id')
    call.recreated.note(inspect['Id'], (inspect.get('Name') or '').lstrip('/'), has_run(inspect))
    if not call.recreated:
        return response
    inspect['Id'] = call.recreated.original_id(inspect['Id'])
    return with_json(response, inspect)


@exchange((1, 24), 'POST', '/containers/{}/attach')
def attachments_go_on(call, send):
    """What is attached to a container that has never run goes on with the one that replaces it."""
    again = call.copy()
    response = send(call)
    if not flag_is_set(again.query.get('stream')) or not succeeded(response):
        return response
    container = _not_run(call, send)
    if container is None:
        return response
    # Imported here, as few scripts attach to a container before they start it.
    from docker.transport.changes.attachments import following
    response, attachment = following(container, response, again, send)
    call.recreated.add_attachment(attachment)
    return response


def _not_run(call, send):
    """Return the id of the container of a call, None if it has run."""
    container = call.recreated.not_run(call.container)
    # attach() has inspected it just before.
    if container is None and call.upgrade:
        inspect = send(call.follow_up_inspect())
        if succeeded(inspect) and not has_run(json_of(inspect, 'Id')):
            container = json_of(inspect)['Id']
        inspect.close()
    return container


@response((1, 24), 'GET', '/events', always=True)
def original_ids_in_events(response, call):
    """The id of a container that `start` recreated is translated back in events, and what is about the
    recreation itself is left out."""
    recreated = call.recreated
    return with_json_items(response, recreated.show_event, skip=lambda text: not recreated.has_events)


@exchange((1, 24), 'DELETE', '/containers/{}')
def forget_removed_container(call, send):
    """The id of a container that `start` recreated is forgotten when the container is removed."""
    if flag_is_set(call.query.get('link')):
        return send(call)
    removed = call.path.rpartition('/')[2]
    if call.recreated and call.recreated.original_id(removed) == removed:
        inspect = send(call.follow_up('GET', call.path + '/json'))
        if succeeded(inspect):
            removed = json_of(inspect, 'Id')['Id']
        inspect.close()
    response = send(call)
    if succeeded(response):
        call.recreated.forget(removed)
    return response


@exchange((1, 24), 'POST', '/containers/{}/start')
def start_takes_no_host_config(call, send):
    """POST /containers/{id}/start takes no body: a container that has never run is recreated with the
    host config, and one that has run must have been created with it."""
    host_config = call.json
    recreate.use_current_ids(host_config, call.recreated)
    call.json = None
    return recreate.start_with_host_config(call, host_config, send)


@request((1, 24), 'POST', '/images/{}/tag')
def tag_without_force(call):
    """POST /images/{name}/tag has no force: it always replaces."""
    call.query.pop('force', None)
