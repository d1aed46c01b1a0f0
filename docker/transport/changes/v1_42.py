"""Remote API 1.42 (Docker 23, February 2023)."""

from docker.transport.changes.change import request, response
from docker.transport.changes.fields import add_missing, leave_out_empty
from docker.transport.response import json_of, with_json


@request((1, 42), 'POST', '/containers/create')
def create_without_kernel_memory(call):
    """POST /containers/create has no HostConfig.KernelMemory: an empty one is left out."""
    config = call.json
    if leave_out_empty(config.get('HostConfig'), 'KernelMemory'):
        call.json = config


@response((1, 42), 'GET', '/containers/{}/json', everywhere=True)
def inspect_kernel_memory(response, call):
    """GET /containers/{id}/json has no HostConfig.KernelMemory."""
    inspect = json_of(response)
    add_missing(inspect.get('HostConfig'), {'KernelMemory': 0})
    return with_json(response, inspect)


@response((1, 42), 'GET', '/info', everywhere=True)
def info_kernel_memory(response, call):
    """GET /info has no KernelMemory."""
    info = json_of(response)
    add_missing(info, {'KernelMemory': False}, beside='KernelVersion')
    return with_json(response, info)
