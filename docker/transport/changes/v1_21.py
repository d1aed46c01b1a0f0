"""Remote API 1.21 (Docker 1.9, November 2015)."""

import json
import re

from docker.transport.call import refuse_fields
from docker.transport.changes.change import request, response
from docker.transport.changes.fields import add_missing, image_configs
from docker.transport.response import json_of, with_json, with_json_items

_CONFIG = {'ExposedPorts': None, 'PortSpecs': None, 'NetworkDisabled': False}
# What stats count of each interface.
_NETWORK_COUNTERS = tuple('{0}_{1}'.format(direction, what) for direction in ('rx', 'tx')
                          for what in ('bytes', 'packets', 'errors', 'dropped'))
_NETWORKS, _NETWORK = u'"networks":', u'"network":'
_SUM = _NETWORK + u'{{' + u', '.join(
    u'"{0}": {{{1}}}'.format(name, position) for position, name in enumerate(_NETWORK_COUNTERS)) + u'}}'
_DECODER = json.JSONDecoder()
_CONTAINER_CONFIG = dict(_CONFIG, MacAddress='')
# Compiled on first use, to keep the import fast.
_FRACTION = r'\d+\.\d+\Z'


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


@request((1, 21), 'GET', '/events', when=lambda spoken, newest: newest < (1, 21))
def events_of_whole_seconds(call):
    """GET /events takes fractions of seconds in since and until; before, whole seconds only."""
    for name in ('since', 'until'):
        if re.match(_FRACTION, call.query.get(name, '')):
            call.query[name] = call.query[name].partition('.')[0]


@request((1, 21), 'POST', '/commit')
def commit_without_volume_driver(call):
    """The Config of POST /commit has no VolumeDriver."""
    refuse_fields(call, ('VolumeDriver',))


@response((1, 21), 'GET', '/containers/{}/json', everywhere=True)
def inspect_config_without_what_is_empty(response, call):
    """GET /containers/{id}/json has VolumeDriver in HostConfig, no MacAddress and no PortSpecs in Config,
    leaves ExposedPorts and NetworkDisabled out when they are empty, and has no NetworkSettings.PortMapping.
    Its Ports are a dict without ports, not null, for a container that has no network."""
    inspect = json_of(response)
    config, settings = inspect.get('Config') or {}, inspect.get('NetworkSettings') or {}
    add_missing(config, _CONTAINER_CONFIG)
    config.setdefault('VolumeDriver', (inspect.get('HostConfig') or {}).get('VolumeDriver', ''))
    ports = settings.get('Ports')
    if not ports and (config['NetworkDisabled'] or not (inspect.get('State') or {}).get('Running')):
        settings['Ports'] = None
    if 'PortMapping' not in settings:
        settings['PortMapping'] = _port_mapping(ports)
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


@response((1, 21), 'GET', '/containers/{}/stats')
def stats_of_all_networks(response, call):
    """GET /containers/{id}/stats has each interface in `networks`; before, their sum in `network`."""
    return with_json_items(response, _add_sum, rewrite=_with_sum)


def _add_sum(stats):
    if 'network' in stats:
        return False
    stats['network'] = dict(zip(_NETWORK_COUNTERS, _totals(stats.get('networks') or {})))
    return True


def _with_sum(text):
    """Return the text of stats with the sum, None for one that has to be parsed as a whole."""
    before, _, after = text.partition(_NETWORKS)
    if not after or _NETWORKS in after or _NETWORK in text:
        return None
    try:
        networks, _ = _DECODER.raw_decode(after)
        totals = _totals(networks)
        # Integers are their own JSON; json.dumps takes a third of the time of all of this.
        values = totals if all(type(total) is int for total in totals) else map(json.dumps, totals)
        return u'{0},{1}}}'.format(text[:-1], _SUM.format(*values))
    except (AttributeError, TypeError, ValueError, RuntimeError):
        return None


def _totals(networks):
    """Return the sum of each counter of all networks, a list in the order of _NETWORK_COUNTERS."""
    totals = [0] * len(_NETWORK_COUNTERS)
    for counters in networks.values():
        get = (counters or {}).get
        totals = [total + (get(name) or 0) for total, name in zip(totals, _NETWORK_COUNTERS)]
    return totals


@response((1, 21), 'GET', '/exec/{}/json', everywhere=True)
def inspect_exec_container_id(response, call):
    """GET /exec/{id}/json has the id of the container as ContainerID; before, all of its details in
    Container, of which the client sets the ID."""
    inspect = json_of(response)
    if inspect.get('ContainerID'):
        add_missing(inspect, {'Container': {'ID': inspect['ContainerID']}})
    return with_json(response, inspect)
