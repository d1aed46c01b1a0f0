"""Remote API 1.15 (Docker 1.3, October 2014)."""

from docker.transport.changes.change import exchange
from docker.transport.message import said, succeeded, unquoted, value_of


def takes_none(spoken, newest):
    return newest < (1, 15)


@exchange((1, 15), 'POST', '/containers/create', when=takes_none)
def create_takes_a_host_config(call, send):
    """POST /containers/create takes a HostConfig: before, it is kept for the start."""
    config = call.json
    host = config.pop('HostConfig', None)
    if not host:
        return send(call)
    call.json = config
    answer = send(call)
    if succeeded(answer):
        call.recreated.keep(value_of(answer)['Id'], call.query.get('name'), host)
    return answer


@exchange((1, 15), 'POST', '/containers/{}/start', when=takes_none)
def start_with_the_host_config_of_create(call, send):
    """POST /containers/create takes a HostConfig: before, the start gives it to the engine. The start
    of a container that runs is a 304: it was a 500 that harmed it, and is not sent."""
    inspect = send(call.to('GET', call.path[:-len('start')] + 'json'))
    if succeeded(inspect) and value_of(inspect).get('State', {}).get('Running'):
        return said(304, None, inspect)
    host = call.recreated.kept(unquoted(call.path.split('/')[2]))
    if host:
        call.json = dict(host, **call.json)
    return send(call)
