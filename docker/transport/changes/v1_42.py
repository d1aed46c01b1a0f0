"""Remote API 1.42 (Docker 23, February 2023)."""

import json

from docker.errors import NotSupported
from docker.transport.call import flag_is_set, refuse_removed
from docker.transport.changes.change import refusal, request, response
from docker.transport.changes.fields import add_missing, leave_out_empty
from docker.transport.response import json_of, with_json


@request((1, 42), 'POST', '/containers/create')
def create_without_kernel_memory(call):
    """POST /containers/create has no HostConfig.KernelMemory: an empty one is left out."""
    config = call.json
    if leave_out_empty(config.get('HostConfig'), 'KernelMemory'):
        call.json = config


@refusal((1, 42), 'POST', '/containers/create')
@refusal((1, 42), 'POST', '/containers/{}/update')
def kernel_memory_is_removed(call):
    """KernelMemory is removed from HostConfig and POST /containers/{id}/update, without a replacement."""
    refuse_removed(call, 'KernelMemory', 'Docker 23')


@response((1, 42), 'GET', '/containers/{}/json', everywhere=True)
def inspect_kernel_memory(response, call):
    """GET /containers/{id}/json has no HostConfig.KernelMemory, and no KernelMemoryTCP when it is 0."""
    inspect = json_of(response)
    add_missing(inspect.get('HostConfig'), {'KernelMemory': 0, 'KernelMemoryTCP': 0})
    return with_json(response, inspect)


@response((1, 42), 'GET', '/info', everywhere=True)
def info_kernel_memory(response, call):
    """GET /info has no KernelMemory."""
    info = json_of(response)
    add_missing(info, {'KernelMemory': False}, beside='KernelVersion')
    return with_json(response, info)


@response((1, 42), 'GET', '/system/df')
def disk_usage_of_builds(response, call):
    """GET /system/df has Parents in place of Parent in BuildCache, and no BuilderSize."""
    usage = json_of(response)
    caches = usage.get('BuildCache') or []
    own = [cache.get('Size') or 0 for cache in caches if not cache.get('Shared')]
    add_missing(usage, {'BuilderSize': sum(own)})
    for cache in caches:
        add_missing(cache, {'Parent': next(iter(cache.get('Parents') or ()), '')})
    return with_json(response, usage)


@request((1, 42), 'POST', '/volumes/prune', older=True)
def prune_volumes_with_a_name(call):
    """POST /volumes/prune removes anonymous volumes alone, unless with the filter `all`."""
    filters = json.loads(call.query.get('filters') or '{}')
    filters.setdefault('all', ['true'])
    call.query['filters'] = json.dumps(filters, sort_keys=True)


def _before_1_42(spoken, newest):
    return newest < (1, 42)


@refusal((1, 42), 'POST', '/volumes/prune', when=_before_1_42)
def no_prune_of_anonymous_volumes(call):
    """POST /volumes/prune takes the filter `all`; before, it removes all volumes."""
    filters = json.loads(call.query.get('filters') or '{}')
    if not all(map(flag_is_set, filters.get('all', ()))):
        raise NotSupported('the filter all=false of POST /volumes/prune is not supported by this engine: it '
                           'removes volumes with a name too. It came with API version 1.42.')


@request((1, 42), 'POST', '/volumes/prune', when=_before_1_42)
def prune_of_all_volumes(call):
    """POST /volumes/prune takes the filter `all`; before, it removes all volumes, and refuses the filter."""
    filters = json.loads(call.query.get('filters') or '{}')
    if filters.pop('all', None):
        call.query['filters'] = json.dumps(filters, sort_keys=True)
