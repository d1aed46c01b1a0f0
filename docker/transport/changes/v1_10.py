"""Remote API 1.10 (Docker 0.10, March 2014)."""

import re

from docker.transport.changes.change import answer, exchange, request
from docker.transport.message import leave_out, retold, value_of

# Docker's words, and Podman's, who answers 500.
SEVERAL_NAMES = 'referenced in multiple repositories|with more than one tag'


@request((1, 10), 'POST', '/containers/create')
def dns_and_volumes_from_belong_to_the_host(call):
    """Dns and VolumesFrom (now a list) of POST /containers/create are fields of HostConfig."""
    config = call.json
    dns, volumes_from = config.pop('Dns', None), config.pop('VolumesFrom', None)
    host = config.get('HostConfig') or {}
    if dns:
        host.setdefault('Dns', dns)
    if volumes_from:
        if not isinstance(volumes_from, list):
            volumes_from = volumes_from.split(',')
        host.setdefault('VolumesFrom', volumes_from)
    if host:
        config['HostConfig'] = host
    call.json = config


@request((1, 10), 'POST', '/commit')
def images_have_no_dns_and_volumes(call):
    """Dns and VolumesFrom are not of the Config of an image."""
    leave_out(call, ('Dns', 'VolumesFrom'))


@answer((1, 10), 'GET', '/containers/{}/json')
def dns_and_volumes_from_of_the_container(answer, call):
    """GET /containers/{id}/json tells Dns and VolumesFrom in HostConfig."""
    about = value_of(answer)
    host = about.get('HostConfig') or {}
    about['Config'].setdefault('Dns', host.get('Dns') or None)
    about['Config'].setdefault('VolumesFrom', ','.join(host.get('VolumesFrom') or ()))
    return retold(answer, about)


@exchange((1, 10), 'DELETE', '/images/{}')
def an_image_of_several_names_needs_force(call, send):
    """DELETE /images/{name} wants force for the id of an image that has names in several
    repositories."""
    answer = send(call)
    if answer.status_code >= 400 and re.search(SEVERAL_NAMES, answer.text):
        call.query['force'] = '1'
        return send(call)
    return answer
