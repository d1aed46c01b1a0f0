"""Remote API 1.10 (Docker 0.10, March 2014)."""

import re

from docker.transport.call import refuse_fields
from docker.transport.changes.change import exchange, request, response
from docker.transport.changes.fields import add_missing, image_configs
from docker.transport.response import json_of, with_json

# Docker's words, in several versions, and those of Podman, which responds with 500.
_SEVERAL_NAMES = '(referenced|tagged) in (multiple|one or more) repositories|with more than one tag'


@request((1, 10), 'POST', '/containers/create', everywhere=True)
def dns_and_volumes_from_in_host_config(call):
    """Dns and VolumesFrom of POST /containers/create are fields of HostConfig, and VolumesFrom is a list."""
    config = call.json
    dns, volumes_from = config.pop('Dns', None), config.pop('VolumesFrom', None)
    host_config = config.get('HostConfig') or {}
    if dns:
        host_config.setdefault('Dns', dns)
    if volumes_from:
        if not isinstance(volumes_from, list):
            volumes_from = volumes_from.split(',')
        host_config.setdefault('VolumesFrom', volumes_from)
    if host_config:
        config['HostConfig'] = host_config
    call.json = config


@request((1, 10), 'POST', '/containers/create', when=lambda spoken, newest: newest < (1, 10))
def dns_and_volumes_from_in_config(call):
    """Dns and VolumesFrom of POST /containers/create are fields of HostConfig; before, of Config, and
    VolumesFrom is text."""
    config = call.json
    host_config = config.get('HostConfig') or {}
    dns, volumes_from = host_config.pop('Dns', None), host_config.pop('VolumesFrom', None)
    if dns:
        config['Dns'] = dns
    if volumes_from:
        config['VolumesFrom'] = ','.join(volumes_from)
    if dns or volumes_from:
        if not host_config:
            del config['HostConfig']
        call.json = config


@request((1, 10), 'POST', '/commit', everywhere=True)
def commit_without_dns_and_volumes_from(call):
    """The Config of POST /commit has no Dns and VolumesFrom."""
    refuse_fields(call, ('Dns', 'VolumesFrom'))


@response((1, 10), 'GET', '/containers/{}/json', everywhere=True)
def inspect_dns_and_volumes_from(response, call):
    """GET /containers/{id}/json has Dns and VolumesFrom in HostConfig."""
    inspect = json_of(response)
    host_config = inspect.get('HostConfig') or {}
    add_missing(inspect.get('Config'), {'Dns': host_config.get('Dns') or None,
                                        'VolumesFrom': ','.join(host_config.get('VolumesFrom') or ())})
    return with_json(response, inspect)


@response((1, 10), 'GET', '/images/{}/json', everywhere=True)
def inspect_image_dns_and_volumes_from(response, call):
    """GET /images/{name}/json has no Dns and VolumesFrom in the configs of an image."""
    inspect = json_of(response)
    for config in image_configs(inspect):
        add_missing(config, {'Dns': None, 'VolumesFrom': ''})
    return with_json(response, inspect)


@response((1, 10), 'GET', '/info', everywhere=True)
def info_lxc_version(response, call):
    """GET /info has no LXCVersion: there are other drivers than LXC."""
    info = json_of(response)
    add_missing(info, {'LXCVersion': ''}, beside='KernelVersion')
    return with_json(response, info)


@exchange((1, 10), 'DELETE', '/images/{}', everywhere=True)
def image_with_several_names_needs_force(call, send):
    """DELETE /images/{name} needs force for the id of an image with names in several repositories."""
    response = send(call)
    if response.status_code >= 400 and re.search(_SEVERAL_NAMES, response.text):
        call.query['force'] = '1'
        return send(call)
    return response
