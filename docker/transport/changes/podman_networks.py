"""Podman, where its networks differ from those of the Docker whose version it speaks."""

from docker.errors import NotSupported
from docker.transport.call import quote_name
from docker.transport.changes.change import PODMAN, exchange, refusal
from docker.transport.response import json_of, json_response, succeeded

# What Podman ignores in silence, by the places of the fields, with the values that are no loss.
_OF_CREATE = (
    ('IPAM.Driver', ('default',)), ('IPAM.Options', ({'driver': 'host-local'},)), ('Ingress', ()),
    ('ConfigOnly', ()), ('ConfigFrom', ({'Network': ''},)), ('Scope', ('local',)))
_OF_CONNECT = (
    ('EndpointConfig.Links', ()), ('EndpointConfig.DriverOpts', ()),
    ('EndpointConfig.IPAMConfig.LinkLocalIPs', ()))


@refusal(PODMAN, 'POST', '/networks/create')
def no_ignored_settings_of_networks(call):
    """Some fields of POST /networks/create are ignored."""
    network = call.json
    _refuse_ignored(network, _OF_CREATE)
    for pool in (network.get('IPAM') or {}).get('Config') or ():
        _refuse_ignored(pool, [('AuxiliaryAddresses', ())])


@refusal(PODMAN, 'POST', '/networks/{}/connect')
def no_ignored_settings_of_endpoints(call):
    """Some fields of POST /networks/{id}/connect are ignored."""
    _refuse_ignored(call.json, _OF_CONNECT)


@refusal(PODMAN, 'GET', '/networks/{}')
def all_networks_are_local(call):
    """The scope of GET /networks/{id} is ignored: all networks are local."""
    if call.query.get('scope', 'local') != 'local':
        raise NotSupported('scope {0} is not supported by this engine: all networks of Podman are '
                           'local.'.format(call.query['scope']))


def _refuse_ignored(body, fields):
    for place, harmless in fields:
        value = body
        for key in place.split('.'):
            value = (value or {}).get(key)
        if value and value not in harmless:
            raise NotSupported('{0} of a network is not supported by this engine: Podman ignores it. Leave '
                               'it out.'.format(place))


@exchange(PODMAN, 'DELETE', '/networks/{}')
def remove_network_by_name(call, send):
    """DELETE /networks/{id} removes a network that containers are in when it is called by its id, and has the
    status 500 for the default network."""
    inspect = send(call.follow_up('GET', call.path))
    if not succeeded(inspect):
        return inspect
    name = json_of(inspect)['Name']
    call.path = '/networks/' + quote_name(name)
    inspect.close()
    response = send(call)
    if response.status_code == 500 and 'default network' in response.text:
        return json_response(403, {'message': '{0} is a pre-defined network and cannot be removed'.format(
            name)}, response)
    return response


@exchange(PODMAN, 'POST', '/networks/{}/connect')
def connect_with_addresses(call, send):
    """Inspect lacks what was set of an endpoint in a network, such as its address: the client remembers it
    from the connection."""
    connection = call.json
    response = send(call)
    if succeeded(response):
        inspect = send(call.follow_up('GET', '/containers/{0}/json', connection['Container']))
        if succeeded(inspect):
            _save_endpoint(call, json_of(inspect, 'Id'), connection.get('EndpointConfig') or {}, send)
        inspect.close()
    return response


def _save_endpoint(call, container, endpoint, send):
    """Save what was set of the endpoint of a container in the network of a call."""
    saved = call.recreated.saved_endpoints(container['Id'])
    if not endpoint and not saved:
        return
    network = send(call.follow_up('GET', call.path.rpartition('/')[0]))
    name = json_of(network)['Name'] if succeeded(network) else None
    network.close()
    # The default network has another name there.
    name = 'podman' if name == 'bridge' else name
    call.recreated.save_endpoints(container['Id'], dict(saved, **{name: endpoint}))
