"""Remote API 1.42 (Docker 23, February 2023)."""

from docker.transport.changes.change import response
from docker.transport.changes.fields import add_missing
from docker.transport.response import json_of, with_json


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
    add_missing(info, {'KernelMemory': False})
    return with_json(response, info)
