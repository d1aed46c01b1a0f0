"""Remote API 1.20 (Docker 1.8, August 2015)."""

import re

from docker.errors import error_for
from docker.transport.changes.change import error, exchange, name_in, request, response
from docker.transport.response import json_of, json_response, succeeded, with_chunks, with_json

_COPY = '/containers/{}/copy'
# Docker's words, and Podman's.
_NOT_RUNNING = 'is not running|can only kill running containers'


def _before_1_20(spoken, newest):
    return newest < (1, 20)


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


@exchange((1, 20), 'DELETE', '/images/{}', when=_before_1_20)
def force_removes_all_names(call, send):
    """DELETE /images/{name} with force removes all names of an image; before, those in one repository, so
    that the client repeats it."""
    removed = []
    while call.query.get('force') == '1':
        response = send(call.copy())
        if not succeeded(response):
            # An image with others above it stays when its last name is removed.
            removed_all = response.status_code == 404 or 'wasn\'t deleted' in response.text
            return json_response(200, removed, response) if removed and removed_all else response
        items = json_of(response) or []
        removed += items
        if not items or any('Deleted' in item for item in items):
            return with_json(response, removed)
    return send(call)


@request((1, 20), 'GET', '/containers/{}/logs', when=_before_1_20)
def followed_logs_respond_at_once(call):
    """GET /containers/{id}/logs with `follow` sends the head of its response at once; before, not until the
    first line."""
    call.deferred = call.query.get('follow') == '1'


@error((1, 20), 'POST', '/containers/{}/kill')
def kill_of_a_container_that_does_not_run(response, call):
    """POST /containers/{id}/kill of a container that does not run is an error; before, it has no effect."""
    if re.search(_NOT_RUNNING, error_for(response).explanation, re.IGNORECASE):
        return with_chunks(response, iter(()), 204, {})
    return response
