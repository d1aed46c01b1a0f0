"""Remote API 1.9 (Docker 0.8, February 2014)."""

from docker.transport.changes.change import response
from docker.transport.response import json_of, with_json


@response((1, 9), 'GET', '/containers/json', everywhere=True)
def list_sizes_if_requested(response, call):
    """GET /containers/json has SizeRw and SizeRootFs with `size` only, and then without what is 0."""
    listed = json_of(response)
    for container in listed:
        container.setdefault('SizeRw', 0)
        container.setdefault('SizeRootFs', 0)
    return with_json(response, listed)
