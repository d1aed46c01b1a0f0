"""Remote API 1.20 (Docker 1.8, August 2015)."""

from docker.transport.changes.change import answer, name_in, request
from docker.transport.message import retold, value_of

COPY = '/containers/{}/copy'


@request((1, 20), 'POST', COPY)
def copy_is_an_archive(call):
    """POST /containers/{id}/copy becomes GET /containers/{id}/archive, and is gone in 1.24."""
    path = call.json['Resource']
    call.method = 'GET'
    call.path = '/containers/{0}/archive'.format(name_in(COPY, call))
    call.query['path'] = path.encode('utf-8')
    call.json = None


@answer((1, 20), 'GET', '/containers/{}/json')
def volumes_are_mounts(answer, call):
    """GET /containers/{id}/json tells Mounts in place of Volumes and VolumesRW."""
    about = value_of(answer)
    mounts = about.get('Mounts') or []
    about.setdefault('Volumes', {mount['Destination']: mount.get('Source', '') for mount in mounts})
    about.setdefault('VolumesRW', {mount['Destination']: mount.get('RW', True) for mount in mounts})
    return retold(answer, about)
