"""Remote API 1.44 (Docker 25, January 2024)."""

from docker.errors import NotSupported
from docker.transport.changes.change import exchange, request, response
from docker.transport.changes.fields import add_missing, first_network, move_mac_address
from docker.transport.response import json_of, succeeded, with_json

_LEFT_OUT_WHEN_EMPTY = {'Parent': '', 'Comment': '', 'Created': '0001-01-01T00:00:00Z', 'Author': '',
                        'DockerVersion': ''}
_LISTS_OF_REGISTRIES = (
    'AllowNondistributableArtifactsCIDRs', 'AllowNondistributableArtifactsHostnames', 'Mirrors')


@request((1, 44), 'POST', '/containers/create')
def mac_address_of_endpoint(call):
    """MacAddress of POST /containers/create is a setting of the container's endpoint in its network."""
    move_mac_address(call)


def _before_1_44(spoken, newest):
    return spoken < (1, 44)


@request((1, 44), 'POST', '/containers/create', when=_before_1_44)
def mac_address_of_container(call):
    """POST /containers/create takes MacAddress of endpoints; before, it ignored that, and took one of the
    container, for its first network."""
    config = call.json
    endpoints = (config.get('NetworkingConfig') or {}).get('EndpointsConfig') or {}
    addresses = {name: endpoint.pop('MacAddress') for name, endpoint in endpoints.items()
                 if endpoint and endpoint.get('MacAddress')}
    if not addresses:
        return
    first = first_network(config, endpoints)
    others = [name for name in sorted(addresses) if name != first]
    if others:
        raise NotSupported('MacAddress in the network {0} needs API 1.44; before, a container has one in its '
                           'first network, here {1}'.format(others[0], first))
    config['MacAddress'] = addresses[first]
    call.json = config


@exchange((1, 44), 'POST', '/containers/create', when=_before_1_44)
def create_in_several_networks(call, send):
    """POST /containers/create takes settings of several networks; before, of one: the client connects the
    container to the others when it is created."""
    config = call.json
    endpoints = (config.get('NetworkingConfig') or {}).get('EndpointsConfig') or {}
    if len(endpoints) < 2:
        return send(call)
    first = first_network(config, endpoints)
    config['NetworkingConfig'] = {'EndpointsConfig': {first: endpoints.pop(first)}}
    call.json = config
    response = send(call)
    for name in sorted(endpoints) if succeeded(response) else ():
        container = json_of(response)['Id']
        connected = send(call.follow_up('POST', '/networks/{0}/connect', name, json={
            'Container': container, 'EndpointConfig': endpoints[name] or {}}))
        connected.content    # read, so that its connection is released
        if not succeeded(connected):
            send(call.follow_up('DELETE', '/containers/{0}', container, v='1', force='1')).content
            return connected
    return response


@response((1, 44), 'GET', '/images/json')
def list_virtual_size(response, call):
    """GET /images/json has no VirtualSize: it was the same as Size."""
    images = json_of(response)
    for image in images:
        image.setdefault('VirtualSize', image.get('Size'))
    return with_json(response, images)


@response((1, 44), 'GET', '/system/df')
def disk_usage_virtual_size(response, call):
    """GET /system/df has no VirtualSize of images: it was the same as Size."""
    usage = json_of(response)
    for image in usage.get('Images') or ():
        image.setdefault('VirtualSize', image.get('Size'))
    return with_json(response, usage)


@response((1, 44), 'GET', '/images/{}/json')
def inspect_virtual_size(response, call):
    """GET /images/{name}/json has no VirtualSize: it was the same as Size."""
    inspect = json_of(response)
    inspect.setdefault('VirtualSize', inspect.get('Size'))
    return with_json(response, inspect)


@response((1, 44), 'GET', '/images/{}/json')
def inspect_image_without_what_is_empty(response, call):
    """GET /images/{name}/json leaves out Parent, Comment, Created, Author and DockerVersion when they are
    empty."""
    inspect = json_of(response)
    add_missing(inspect, _LEFT_OUT_WHEN_EMPTY)
    return with_json(response, inspect)


@request((1, 44), 'POST', '/networks/create')
def create_network_without_check_duplicate(call):
    """POST /networks/create has no CheckDuplicate: a name that is in use is always a conflict."""
    network = call.json
    if network.pop('CheckDuplicate', None) is not None:
        call.json = network


@response((1, 44), 'GET', '/info', everywhere=True)
def info_empty_lists_of_registries(response, call):
    """GET /info has null in place of empty lists in RegistryConfig."""
    info = json_of(response)
    registries = info.get('RegistryConfig') or {}
    registries.update((name, []) for name in _LISTS_OF_REGISTRIES if registries.get(name, ()) is None)
    return with_json(response, info)
