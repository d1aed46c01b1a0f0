"""Remote API 1.22 (Docker 1.10, February 2016)."""

import re

from docker.errors import NotSupported
from docker.transport.call import host_config_of
from docker.transport.changes.change import refusal, request, response
from docker.transport.response import with_json_items

# The beginning of an event that has a status and an id. Compiled on first use, to keep the import fast.
_CONTAINER_EVENT = r'\{"status":"[^"\\]*","id":"'


@refusal((1, 22), 'POST', '/containers/{}/start', everywhere=True)
@refusal((1, 22), 'POST', '/containers/create', everywhere=True)
def lxc_conf_is_removed(call):
    """LxcConf is removed from HostConfig, without a replacement."""
    if host_config_of(call, call.json).get('LxcConf'):
        raise NotSupported('lxc_conf (LxcConf) is not supported by this engine: there is no LXC driver since '
                           'Docker 1.10. Leave it out.')


@request((1, 22), 'POST', '/containers/{}/start', everywhere=True)
@request((1, 22), 'POST', '/containers/create', everywhere=True)
def empty_lxc_conf_is_left_out(call):
    """LxcConf is removed from HostConfig: an empty one is left out."""
    body = call.json
    if 'LxcConf' in host_config_of(call, body):
        del host_config_of(call, body)['LxcConf']
        call.json = body


@response((1, 22), 'GET', '/events', everywhere=True)
def events_of_networks_and_volumes(response, call):
    """GET /events includes networks and volumes, which have Type, Action and Actor only."""
    return with_json_items(response, _add_status_and_id, skip=re.compile(_CONTAINER_EVENT).match)


def _add_status_and_id(event):
    if 'status' in event and 'id' in event:
        return False
    event.setdefault('status', event.get('Action'))
    event.setdefault('id', (event.get('Actor') or {}).get('ID'))
    return True
