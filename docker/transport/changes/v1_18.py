"""Remote API 1.18 (Docker 1.6, April 2015)."""

from docker.transport.changes.change import answer, exchange, request
from docker.transport.message import leave_out, retold, succeeded, value_of

LIMITS = ('Memory', 'MemorySwap', 'CpuShares')


@request((1, 18), 'POST', '/containers/create')
def limits_belong_to_the_host(call):
    """Memory, MemorySwap, CpuShares and Cpuset of POST /containers/create are fields of
    HostConfig."""
    config = call.json
    host = config['HostConfig'] = config.get('HostConfig') or {}
    for key in LIMITS:
        value = config.pop(key, None)
        if value:
            host.setdefault(key, value)
    cpuset = config.pop('Cpuset', None)
    if cpuset:
        host.setdefault('CpusetCpus', cpuset)
    if config.pop('Privileged', None):
        host.setdefault('Privileged', True)
    call.json = config


@request((1, 18), 'POST', '/commit')
def images_have_no_limits(call):
    """Memory, MemorySwap, CpuShares, Cpuset and Privileged are not of the Config of an image."""
    leave_out(call, LIMITS + ('Cpuset', 'Privileged'))


@answer((1, 18), 'GET', '/containers/{}/json')
def limits_of_the_container(answer, call):
    """GET /containers/{id}/json tells Memory, MemorySwap and CpuShares in HostConfig."""
    about = value_of(answer)
    host = about.get('HostConfig') or {}
    for key in LIMITS:
        about['Config'].setdefault(key, host.get(key, 0))
    return retold(answer, about)


@exchange((1, 18), 'POST', '/containers/{}/start',
          when=lambda spoken, newest: newest >= (1, 18) and spoken < (1, 24))
def start_forgets_what_create_was_given(call, send):
    """The HostConfig of POST /containers/{id}/start takes the place of the one of create, with all
    its limits: they are said again."""
    wanted = call.json
    if wanted:
        inspect = send(call.to('GET', call.path[:-len('start')] + 'json'))
        if not succeeded(inspect):
            return inspect
        host = value_of(inspect).get('HostConfig') or {}
        call.json = dict({key: value for key, value in host.items() if value}, **wanted)
    return send(call)
