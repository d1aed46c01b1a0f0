"""Remote API 1.22 (Docker 1.10, February 2016)."""

from docker.errors import NotSupported
from docker.transport.changes.change import answer, request
from docker.transport.message import retold_items


@request((1, 22), 'POST', '/containers/{}/start')
def lxc_conf_is_gone(call):
    """LxcConf of POST /containers/{id}/start is gone, and nothing takes its place."""
    host = call.json or {}
    if host.pop('LxcConf', None):
        raise NotSupported('lxc_conf cannot be carried to this engine: it has no LXC driver since '
                           'API version 1.22. Leave it out.')
    call.json = host


@request((1, 22), 'POST', '/containers/create')
def lxc_conf_of_a_host_config_is_gone(call):
    """LxcConf of POST /containers/create is gone as well."""
    config = call.json
    if (config.get('HostConfig') or {}).pop('LxcConf', None):
        raise NotSupported('LxcConf cannot be carried to this engine: it has no LXC driver since '
                           'API version 1.22. Leave it out of host_config.')
    call.json = config


@answer((1, 22), 'GET', '/events', everywhere=True)
def events_of_all_kinds(answer, call):
    """GET /events tells of networks and volumes too, by Type, Action and Actor alone."""
    def tell(event):
        event.setdefault('status', event.get('Action'))
        event.setdefault('id', (event.get('Actor') or {}).get('ID'))
    return retold_items(answer, tell)
