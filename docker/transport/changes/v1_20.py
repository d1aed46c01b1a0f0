"""Remote API 1.20 (Docker 1.8, August 2015)."""

from docker.transport.changes.change import name_in, request, response
from docker.transport.response import json_of, with_json

_COPY = '/containers/{}/copy'


@request((1, 20), 'POST', _COPY)
def copy_is_an_archive(call):
    """POST /containers/{id}/copy becomes GET /containers/{id}/archive, and is removed in 1.24."""
    path = call.json['Resource']
    call.method = 'GET'
    call.path = '/containers/{0}/archive'.format(name_in(_COPY, call))
    call.query['path'] = path.encode('utf-8')
    call.json = None


@response((1, 20), 'GET', '/containers/{}/json')
def inspect_mounts(response, call):
    """GET /containers/{id}/json has Mounts in place of Volumes and VolumesRW."""
    inspect = json_of(response)
    mounts = inspect.get('Mounts') or []
    inspect.setdefault('Volumes', {mount['Destination']: mount.get('Source', '') for mount in mounts})
    inspect.setdefault('VolumesRW', {mount['Destination']: mount.get('RW', True) for mount in mounts})
    return with_json(response, inspect)
