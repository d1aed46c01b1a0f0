"""Remote API 1.15 (Docker 1.3, October 2014)."""

from docker.compat import to_native_string
from docker.errors import NotSupported
from docker.transport.changes.change import exchange, request
from docker.transport.response import json_of, json_response, succeeded

# The fields of HostConfig that were in Config before, by their names there.
_IN_CONFIG = {'Memory': 'Memory', 'MemorySwap': 'MemorySwap', 'CpuShares': 'CpuShares',
              'CpusetCpus': 'Cpuset'}


def _before_1_15(spoken, newest):
    return newest < (1, 15)


@request((1, 15), 'POST', '/containers/create', when=lambda spoken, newest: newest < (1, 18))
def limits_in_config(call):
    """HostConfig of POST /containers/create has no Memory, MemorySwap, CpuShares and CpusetCpus before 1.18:
    the client sends them in Config, CpusetCpus as Cpuset."""
    config = call.json
    host_config = config.get('HostConfig') or {}
    for key, in_config in _IN_CONFIG.items():
        value = host_config.pop(key, None)
        if value:
            config[in_config] = value
    if call.json != config:
        if not host_config:
            config.pop('HostConfig', None)
        call.json = config


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


@exchange((1, 15), 'POST', '/containers/create', when=_before_1_15)
def create_without_entrypoint(call, send):
    """An Entrypoint without words in POST /containers/create takes the image's away; before, it keeps it, so
    that the client sends the first word of the command as the Entrypoint."""
    config = call.json
    if config.get('Entrypoint') != []:
        return send(call)
    image = send(call.follow_up('GET', '/images/{0}/json', config.get('Image') or ''))
    if not succeeded(image):
        return image
    image = json_of(image)
    image_config = image.get('config') or image.get('Config') or {}
    if image_config.get('Entrypoint'):
        command = config.get('Cmd') or image_config.get('Cmd') or []
        if not command or len(command) == 1 and image_config.get('Cmd'):
            raise NotSupported('an empty entrypoint is not supported by this engine for a command of {0}: it '
                               'would run the entrypoint or the command of the image.'.format(
                                   'one word' if command else 'no words'))
        config.update(Entrypoint=command[:1], Cmd=command[1:])
        call.json = config
    return send(call)


@exchange((1, 15), 'POST', '/containers/{}/start', when=_before_1_15)
def start_with_saved_host_config(call, send):
    """POST /containers/create takes a HostConfig; before, the client sends it with the start. Starting a
    running container is a 304; before, it is a 500 and damages the container, so that it is not sent."""
    inspect = send(call.follow_up_inspect())
    if not succeeded(inspect):
        inspect.close()
    elif (json_of(inspect).get('State') or {}).get('Running'):
        return json_response(304, None, inspect)
    host_config = call.recreated.saved_host_config(to_native_string(call.container))
    if host_config:
        call.json = dict(host_config, **call.json)
    return send(call)
