"""Remote API 1.52 (Docker 29, November 2025)."""

from docker.transport.call import refuse_removed
from docker.transport.changes.change import refusal, request, response
from docker.transport.changes.fields import add_missing, leave_out_empty
from docker.transport.response import json_of, with_json, with_json_items

_NETWORK_SETTINGS = {
    'IPAddress': '', 'IPPrefixLen': 0, 'Gateway': '', 'MacAddress': '', 'EndpointID': '',
    'GlobalIPv6Address': '', 'GlobalIPv6PrefixLen': 0, 'IPv6Gateway': ''}
_REMOVED_SETTINGS = {
    'Bridge': '', 'HairpinMode': False, 'LinkLocalIPv6Address': '', 'LinkLocalIPv6PrefixLen': 0,
    'SecondaryIPAddresses': None, 'SecondaryIPv6Addresses': None}
# What takes space, by its names before.
_USAGES = {'Images': 'ImageUsage', 'Containers': 'ContainerUsage', 'Volumes': 'VolumeUsage',
           'BuildCache': 'BuildCacheUsage'}
_DEFAULT_NETWORKS = ('bridge', 'podman')


@response((1, 52), 'GET', '/containers/{}/json', everywhere=True)
def inspect_default_network(response, call):
    """GET /containers/{id}/json has IPAddress and the like only in NetworkSettings.Networks, no
    HostConfig.KernelMemoryTCP, and no Config.OnBuild when it is empty."""
    inspect = json_of(response)
    settings = inspect.get('NetworkSettings') or {}
    networks = settings.get('Networks') or {}
    default = next((networks[name] for name in _DEFAULT_NETWORKS if name in networks),
                   next(iter(networks.values()), None)) or {}
    for key, empty in _NETWORK_SETTINGS.items():
        settings.setdefault(key, default.get(key, empty))
    add_missing(settings, _REMOVED_SETTINGS)
    add_missing(inspect.get('HostConfig'), {'KernelMemoryTCP': 0})
    add_missing(inspect.get('Config'), {'OnBuild': None})
    return with_json(response, inspect)


@request((1, 52), 'POST', '/containers/create')
@request((1, 52), 'POST', '/commit')
def config_without_mac_address(call):
    """POST /containers/create has no HostConfig.KernelMemoryTCP, and as POST /commit no MacAddress in Config:
    empty ones are left out."""
    config = call.json
    changed = leave_out_empty(config, 'MacAddress')
    if leave_out_empty(config.get('HostConfig'), 'KernelMemoryTCP') or changed:
        call.json = config


@refusal((1, 52), 'POST', '/containers/create')
@refusal((1, 52), 'POST', '/containers/{}/update')
def kernel_memory_tcp_is_removed(call):
    """KernelMemoryTCP is removed from HostConfig and POST /containers/{id}/update, without a replacement."""
    refuse_removed(call, 'KernelMemoryTCP', 'Docker 29')


@request((1, 52), 'POST', '/containers/create')
def fill_port_bindings(call):
    """PortBindings of POST /containers/create publish a port without bindings nowhere; before, on any free
    port."""
    config = call.json
    bindings = (config.get('HostConfig') or {}).get('PortBindings') or {}
    empty = [port for port in bindings if not bindings[port]]
    if empty:
        bindings.update((port, [{'HostIp': '', 'HostPort': ''}]) for port in empty)
        call.json = config


@response((1, 52), 'GET', '/info', everywhere=True)
def info_kernel_memory_tcp(response, call):
    """GET /info has no KernelMemoryTCP."""
    info = json_of(response)
    add_missing(info, {'KernelMemoryTCP': False}, beside='KernelVersion')
    return with_json(response, info)


@response((1, 52), 'GET', '/containers/{}/json')
@response((1, 52), 'GET', '/images/{}/json')
def inspect_graph_driver(response, call):
    """GET /containers/{id}/json and GET /images/{name}/json have no GraphDriver with the containerd store."""
    inspect = json_of(response)
    storage = (inspect.get('Storage') or {}).get('RootFS') or {}
    snapshotter = (storage.get('Snapshot') or {}).get('Name', '')
    add_missing(inspect, {'GraphDriver': {'Data': None, 'Name': snapshotter}})
    return with_json(response, inspect)


@response((1, 52), 'GET', '/events')
def events_without_status_id_and_from(response, call):
    """GET /events has Action, Actor.ID and Actor.Attributes.image in place of status, id and from."""
    return with_json_items(response, _add_status_id_and_from)


def _add_status_id_and_from(event):
    keys = len(event)
    actor = event.get('Actor') or {}
    if event.get('Type') in ('container', 'image'):
        event.setdefault('status', event.get('Action'))
        event.setdefault('id', actor.get('ID'))
    if event.get('Type') == 'container':
        event.setdefault('from', (actor.get('Attributes') or {}).get('image'))
    return len(event) > keys


@request((1, 52), 'GET', '/system/df')
def disk_usage_is_verbose(call):
    """GET /system/df lists what takes space with `verbose` only."""
    call.query.setdefault('verbose', '1')


@response((1, 52), 'GET', '/system/df')
def disk_usage_in_lists(response, call):
    """GET /system/df has ImageUsage, ContainerUsage, VolumeUsage and BuildCacheUsage, each with Items and
    totals, in place of LayersSize and the lists Images, Containers, Volumes and BuildCache."""
    usage = json_of(response)
    add_missing(usage, {'LayersSize': (usage.get('ImageUsage') or {}).get('TotalSize', 0)})
    for name, current in _USAGES.items():
        if current in usage or 'type' not in call.query:
            add_missing(usage, {name: (usage.get(current) or {}).get('Items') or []})
    return with_json(response, usage)
