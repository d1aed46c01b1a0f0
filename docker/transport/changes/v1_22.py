"""Remote API 1.22 (Docker 1.10, February 2016)."""

import re

from docker.errors import NotSupported
from docker.transport.changes.change import answer, refusal, request
from docker.transport.message import host_config_in, retold_items

# The beginning of an event that tells its status and id.
OF_A_CONTAINER = re.compile(r'\{"status":"[^"\\]*","id":"')


@refusal((1, 22), 'POST', '/containers/{}/start')
@refusal((1, 22), 'POST', '/containers/create')
def lxc_conf_is_gone(call):
    """LxcConf is gone from the host config, and nothing takes its place."""
    if host_config_in(call, call.json).get('LxcConf'):
        raise NotSupported('lxc_conf (LxcConf) cannot be carried to this engine: it has no LXC driver since '
                           'API version 1.22. Leave it out.')


@request((1, 22), 'POST', '/containers/{}/start')
@request((1, 22), 'POST', '/containers/create')
def an_empty_lxc_conf_is_left_out(call):
    """LxcConf is gone from the host config, even an empty one."""
    given = call.json
    if 'LxcConf' in host_config_in(call, given):
        del host_config_in(call, given)['LxcConf']
        call.json = given


@answer((1, 22), 'GET', '/events', everywhere=True)
def events_of_all_kinds(answer, call):
    """GET /events tells of networks and volumes too, by Type, Action and Actor alone."""
    def tell(event):
        if 'status' in event and 'id' in event:
            return False
        event.setdefault('status', event.get('Action'))
        event.setdefault('id', (event.get('Actor') or {}).get('ID'))
        return True
    return retold_items(answer, tell, unconcerned=OF_A_CONTAINER.match)
