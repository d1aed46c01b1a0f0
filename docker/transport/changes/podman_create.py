"""Podman, where it differs in the creation of containers and volumes, and in what can be changed later."""

from docker.errors import NotSupported
from docker.transport.changes.change import PODMAN, exchange, refusal, request, response
from docker.transport.changes.fields import move_mac_address
from docker.transport.response import json_of, json_response, succeeded, with_json

# The fields of Config that are ignored in silence.
_IGNORED_CONFIG = ('OnBuild', 'Shell', 'VolumeDriver')
_DEFAULT_NETWORK = 'podman'


@request(PODMAN, 'POST', '/containers/create')
def mac_address_in_endpoint(call):
    """MacAddress of a Config is ignored: it is a setting of the endpoint in the network."""
    move_mac_address(call, bridge='default')


@exchange(PODMAN, 'POST', '/containers/create')
def create_with_addresses(call, send):
    """Inspect lacks what was set of an endpoint in a network, such as its address: the client remembers it
    from the creation."""
    config = call.json
    endpoints = (config.get('NetworkingConfig') or {}).get('EndpointsConfig')
    response = send(call)
    if endpoints and succeeded(response):
        if 'default' in endpoints:
            endpoints[_DEFAULT_NETWORK] = endpoints.pop('default')
        call.recreated.save_endpoints(json_of(response)['Id'], endpoints)
    return response


@response(PODMAN, 'GET', '/containers/{}/json')
def inspect_addresses(response, call):
    """Inspect lacks what was set of an endpoint in a network: the client adds what it remembers."""
    inspect = json_of(response, 'Id')
    saved = call.recreated.saved_endpoints(inspect['Id'])
    for name, endpoint in ((inspect.get('NetworkSettings') or {}).get('Networks') or {}).items():
        endpoint = endpoint or {}
        for key, value in (saved.get(name) or {}).items():
            endpoint[key] = endpoint.get(key) or value
    return with_json(response, inspect) if saved else response


@exchange(PODMAN, 'POST', '/containers/create')
def create_with_devices(call, send):
    """Inspect lacks the permissions of a device: the client remembers them from the creation."""
    devices = (call.json.get('HostConfig') or {}).get('Devices')
    response = send(call)
    if devices and succeeded(response):
        call.recreated.save_host_config(
            json_of(response)['Id'], call.query.get('name'), {'Devices': devices})
    return response


@response(PODMAN, 'GET', '/containers/{}/json')
def inspect_permissions_of_devices(response, call):
    """Inspect lacks the permissions of a device: the client adds what it remembers."""
    inspect = json_of(response, 'Id')
    devices = (inspect.get('HostConfig') or {}).get('Devices')
    if not devices:
        return response
    saved = {device.get('PathInContainer'): device.get('CgroupPermissions')
             for device in call.recreated.saved_host_config(inspect['Id']).get('Devices') or ()}
    for device in devices:
        device['CgroupPermissions'] = (
            device.get('CgroupPermissions') or saved.get(device.get('PathInContainer')) or '')
    return with_json(response, inspect)


@refusal(PODMAN, 'POST', '/containers/create')
def no_ignored_config(call):
    """Shell, OnBuild and VolumeDriver of a Config are ignored."""
    config = call.json
    for field in _IGNORED_CONFIG:
        if config.get(field) and config[field] != 'local':
            raise NotSupported('{0} is not supported by this engine: Podman ignores it. Leave it out.'.format(
                field))


@exchange(PODMAN, 'POST', '/containers/create')
def create_checks_platform(call, send):
    """The platform of a creation is ignored: the client compares it with that of the image."""
    wanted = [part.lower() for part in (call.query.pop('platform', None) or '').split('/') if part]
    if wanted:
        name = call.json.get('Image') or ''
        image = send(call.follow_up('GET', '/images/{0}/json', name))
        if not succeeded(image):
            return image
        about = json_of(image)
        own = [(about.get(key) or '').lower() for key in ('Os', 'Architecture', 'Variant')]
        # A platform may be an architecture alone.
        if wanted != own[:len(wanted)] and wanted != own[1:2]:
            return json_response(404, {'message': 'image {0} is of the platform {1}, not {2}'.format(
                name, '/'.join(filter(None, own)), '/'.join(wanted))}, image)
    return send(call)


@exchange(PODMAN, 'POST', '/containers/{}/update')
def update_may_be_missing(call, send):
    """Before Podman 5, there is no POST /containers/{id}/update."""
    response = send(call)
    if response.status_code == 404 and 'container' not in response.text:
        raise NotSupported('POST /containers/{id}/update is not supported by this engine: this version of '
                           'Podman has none.')
    return response


@exchange(PODMAN, 'POST', '/volumes/create')
def create_volume_checks_driver(call, send):
    """POST /volumes/create returns a volume that exists also when it has another driver."""
    driver = call.json.get('Driver')
    response = send(call)
    if not driver or not succeeded(response):
        return response
    volume = json_of(response)
    if volume.get('Driver') in (driver, None):
        return response
    info = send(call.follow_up('GET', '/info'))
    if not succeeded(info):
        return info
    known = (json_of(info).get('Plugins') or {}).get('Volume') or ()
    info.close()
    if driver in known:
        return json_response(409, {'message': 'a volume named {0} already exists with the driver {1}'.format(
            volume['Name'], volume['Driver'])}, response)
    return json_response(404, {'message': 'create {0}: there is no driver {1}'.format(
        volume['Name'], driver)}, response)
