"""Podman's exec instances and stats, where they differ from Docker's."""

from docker.compat import unquote_text
from docker.stream import demultiplex, multiplex
from docker.transport.changes.change import PODMAN, exchange, name_in, response
from docker.transport.response import (
    chunks_of, json_of, json_response, succeeded, with_chunks, with_json, with_json_items)

_START = '/exec/{}/start'
_STATS = '/containers/{}/stats'
_NO_TIME = u'0001-01-01T00:00:00Z'


@exchange(PODMAN, 'POST', _START)
def exec_output_of_terminal(call, send):
    """The output of POST /exec/{id}/start is in frames unless the exec instance was created with Tty; with
    Docker, unless Tty is in this request."""
    body = call.json
    if call.upgrade or body.get('Detach'):
        return send(call)
    inspect = send(call.follow_up('GET', '/exec/{0}/json', unquote_text(name_in(_START, call))))
    if not succeeded(inspect):
        return inspect
    terminal = (json_of(inspect).get('ProcessConfig') or {}).get('tty', False)
    started = send(call)
    if not succeeded(started) or terminal == bool(body.get('Tty')):
        return started
    return with_chunks(started, (multiplex if terminal else demultiplex)(chunks_of(started)),
                       started.status_code, started.headers)


@response(PODMAN, 'GET', _STATS)
def stats_of_podman(response, call):
    """GET /containers/{id}/stats has Id in place of id, and once for a container that does not run an empty
    response."""
    if call.query.get('stream') != '0':
        return with_json_items(response, _add_id)
    if not response.content.strip():
        return json_response(200, {'read': _NO_TIME, 'preread': _NO_TIME, 'pids_stats': {}, 'blkio_stats': {},
                                   'cpu_stats': {}, 'precpu_stats': {}, 'memory_stats': {}}, response)
    stats = json_of(response)
    _add_id(stats)
    return with_json(response, stats)


def _add_id(stats):
    """Set the id of stats, and return whether it was missing."""
    if 'id' in stats or 'Id' not in stats:
        return False
    stats['id'] = stats['Id']
    return True
