"""Remote API 1.10 (Docker 0.10, March 2014)."""

import re

from docker.transport.call import refuse_fields
from docker.transport.changes.change import exchange, request, response
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


@request((1, 10), 'POST', '/commit', everywhere=True)
def commit_without_dns_and_volumes_from(call):
    """The Config of POST /commit has no Dns and VolumesFrom."""
    refuse_fields(call, ('Dns', 'VolumesFrom'))


@response((1, 10), 'GET', '/containers/{}/json')
def inspect_dns_and_volumes_from(response, call):
    """GET /containers/{id}/json has Dns and VolumesFrom in HostConfig."""
    inspect = json_of(response)
    config, host_config = inspect.get('Config') or {}, inspect.get('HostConfig') or {}
    config.setdefault('Dns', host_config.get('Dns') or None)
    config.setdefault('VolumesFrom', ','.join(host_config.get('VolumesFrom') or ()))
    return with_json(response, inspect)


@exchange((1, 10), 'DELETE', '/images/{}', everywhere=True)
def image_with_several_names_needs_force(call, send):
    """DELETE /images/{name} needs force for the id of an image with names in several repositories."""
    response = send(call)
    if response.status_code >= 400 and re.search(_SEVERAL_NAMES, response.text):
        call.query['force'] = '1'
        return send(call)
    return response
