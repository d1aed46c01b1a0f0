"""Remote API 1.15 (Docker 1.3, October 2014)."""

from docker.compat import to_native_string, unquote_text
from docker.transport.changes.change import exchange
from docker.transport.response import json_of, json_response, succeeded


def _before_1_15(spoken, newest):
    return newest < (1, 15)


@exchange((1, 15), 'POST', '/containers/create', when=_before_1_15)
def create_takes_host_config(call, send):
    """POST /containers/create takes a HostConfig; before, the client saves it until the start."""
    config = call.json
    host_config = config.pop('HostConfig', None)
    if not host_config:
        return send(call)
    call.json = config
    response = send(call)
    if succeeded(response):
        call.recreated.save_host_config(json_of(response)['Id'], call.query.get('name'), host_config)
    return response


@exchange((1, 15), 'POST', '/containers/{}/start', when=_before_1_15)
def start_with_saved_host_config(call, send):
    """POST /containers/create takes a HostConfig; before, the client sends it with the start. Starting a
    running container is a 304; before, it is a 500 and damages the container, so that it is not sent."""
    inspect = send(call.follow_up_inspect())
    if succeeded(inspect) and (json_of(inspect).get('State') or {}).get('Running'):
        return json_response(304, None, inspect)
    host_config = call.recreated.saved_host_config(to_native_string(unquote_text(call.path.split('/')[2])))
    if host_config:
        call.json = dict(host_config, **call.json)
    return send(call)
