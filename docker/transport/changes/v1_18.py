"""Remote API 1.18 (Docker 1.6, April 2015)."""

from docker.transport.call import refuse_fields
from docker.transport.changes.change import exchange, request, response
from docker.transport.changes.fields import add_missing, image_configs
from docker.transport.response import json_of, succeeded, with_json

_LIMITS = ('Memory', 'MemorySwap', 'CpuShares')


@request((1, 18), 'POST', '/containers/create')
def limits_in_host_config(call):
    """Memory, MemorySwap, CpuShares and Cpuset of POST /containers/create are fields of HostConfig."""
    config = call.json
    host_config = config['HostConfig'] = config.get('HostConfig') or {}
    for key in _LIMITS:
        value = config.pop(key, None)
        if value:
            host_config.setdefault(key, value)
    cpuset = config.pop('Cpuset', None)
    if cpuset:
        host_config.setdefault('CpusetCpus', cpuset)
    call.json = config


@request((1, 18), 'POST', '/commit', everywhere=True)
def commit_without_limits(call):
    """The Config of POST /commit has no Memory, MemorySwap, CpuShares, Cpuset and Privileged."""
    refuse_fields(call, _LIMITS + ('Cpuset', 'Privileged'))


@response((1, 18), 'GET', '/containers/{}/json')
def inspect_limits(response, call):
    """GET /containers/{id}/json has Memory, MemorySwap, CpuShares and Cpuset in HostConfig."""
    inspect = json_of(response)
    host_config = inspect.get('HostConfig') or {}
    add_missing(inspect.get('Config'), {key: host_config.get(key, 0) for key in _LIMITS})
    add_missing(inspect.get('Config'), {'Cpuset': host_config.get('CpusetCpus', '')})
    return with_json(response, inspect)


@response((1, 18), 'GET', '/images/{}/json', everywhere=True)
def inspect_image_limits(response, call):
    """GET /images/{name}/json has no Memory, MemorySwap and CpuShares in the configs of an image."""
    inspect = json_of(response)
    for config in image_configs(inspect):
        add_missing(config, dict.fromkeys(_LIMITS, 0))
    return with_json(response, inspect)


@exchange((1, 18), 'POST', '/containers/{}/start',
          when=lambda spoken, newest: newest >= (1, 18) and spoken < (1, 24))
def start_replaces_host_config(call, send):
    """The HostConfig of POST /containers/{id}/start replaces the one of create, limits included: the
    client sends its fields again."""
    host_config = call.json
    if host_config:
        inspect = send(call.follow_up_inspect())
        if not succeeded(inspect):
            return inspect
        created = json_of(inspect).get('HostConfig') or {}
        call.json = dict({key: value for key, value in created.items() if value}, **host_config)
    return send(call)
