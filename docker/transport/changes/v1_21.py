"""Remote API 1.21 (Docker 1.9, November 2015)."""

from docker.transport.call import refuse_fields
from docker.transport.changes.change import request, response
from docker.transport.changes.fields import add_missing, image_configs
from docker.transport.response import json_of, with_json

_CONFIG = {'ExposedPorts': None, 'PortSpecs': None, 'NetworkDisabled': False}


@request((1, 21), 'POST', '/containers/create')
def volume_driver_in_host_config(call):
    """VolumeDriver of POST /containers/create is a field of HostConfig."""
    config = call.json
    if 'VolumeDriver' in config:
        driver = config.pop('VolumeDriver')
        if driver:
            config['HostConfig'] = config.get('HostConfig') or {}
            config['HostConfig'].setdefault('VolumeDriver', driver)
        call.json = config


@request((1, 21), 'POST', '/commit')
def commit_without_volume_driver(call):
    """The Config of POST /commit has no VolumeDriver."""
    refuse_fields(call, ('VolumeDriver',))


@response((1, 21), 'GET', '/containers/{}/json')
def inspect_volume_driver(response, call):
    """GET /containers/{id}/json has VolumeDriver in HostConfig, no MacAddress in Config, and a dict without
    ports for null as the Ports of a container that has no network."""
    inspect = json_of(response)
    config, settings = inspect.get('Config') or {}, inspect.get('NetworkSettings') or {}
    driver = (inspect.get('HostConfig') or {}).get('VolumeDriver', '')
    add_missing(config, {'VolumeDriver': driver, 'MacAddress': ''})
    running = (inspect.get('State') or {}).get('Running') and not config.get('NetworkDisabled')
    if not settings.get('Ports') and not running:
        settings['Ports'] = None
    return with_json(response, inspect)


@response((1, 21), 'GET', '/containers/{}/json', everywhere=True)
def inspect_empty_config(response, call):
    """GET /containers/{id}/json leaves ExposedPorts and NetworkDisabled out of Config when they are empty,
    and has no PortSpecs and no NetworkSettings.PortMapping."""
    inspect = json_of(response)
    add_missing(inspect.get('Config'), _CONFIG)
    settings = inspect.get('NetworkSettings')
    if isinstance(settings, dict) and 'PortMapping' not in settings:
        settings['PortMapping'] = _port_mapping(settings.get('Ports'))
    return with_json(response, inspect)


def _port_mapping(ports):
    """Return the PortMapping of published ports: those of the container with those of the host."""
    if not ports:
        return None
    mapping = {'Tcp': {}, 'Udp': {}}
    for port, bindings in ports.items():
        number, _, protocol = port.partition('/')
        if bindings and protocol.title() in mapping:
            mapping[protocol.title()][number] = bindings[0].get('HostPort', '')
    return mapping


@response((1, 21), 'GET', '/images/{}/json', everywhere=True)
def inspect_image_empty_config(response, call):
    """GET /images/{name}/json leaves ExposedPorts and NetworkDisabled out of the configs of an image when
    they are empty, and has no PortSpecs."""
    inspect = json_of(response)
    for config in image_configs(inspect):
        add_missing(config, _CONFIG)
    return with_json(response, inspect)
