"""Remote API 1.44 (Docker 25, January 2024)."""

from docker.transport.changes.change import request, response
from docker.transport.changes.fields import add_missing
from docker.transport.response import json_of, with_json

_LEFT_OUT_WHEN_EMPTY = {'Parent': '', 'Comment': '', 'Created': '0001-01-01T00:00:00Z', 'Author': '',
                        'DockerVersion': ''}


@response((1, 44), 'GET', '/images/json')
def list_virtual_size(response, call):
    """GET /images/json has no VirtualSize: it was the same as Size."""
    images = json_of(response)
    for image in images:
        image.setdefault('VirtualSize', image.get('Size'))
    return with_json(response, images)


@response((1, 44), 'GET', '/system/df')
def disk_usage_virtual_size(response, call):
    """GET /system/df has no VirtualSize of images: it was the same as Size."""
    usage = json_of(response)
    for image in usage.get('Images') or ():
        image.setdefault('VirtualSize', image.get('Size'))
    return with_json(response, usage)


@response((1, 44), 'GET', '/images/{}/json')
def inspect_virtual_size(response, call):
    """GET /images/{name}/json has no VirtualSize: it was the same as Size."""
    inspect = json_of(response)
    inspect.setdefault('VirtualSize', inspect.get('Size'))
    return with_json(response, inspect)


@response((1, 44), 'GET', '/images/{}/json')
def inspect_image_without_what_is_empty(response, call):
    """GET /images/{name}/json leaves out Parent, Comment, Created, Author and DockerVersion when they are
    empty."""
    inspect = json_of(response)
    add_missing(inspect, _LEFT_OUT_WHEN_EMPTY)
    return with_json(response, inspect)


@request((1, 44), 'POST', '/networks/create')
def create_network_without_check_duplicate(call):
    """POST /networks/create has no CheckDuplicate: a name that is in use is always a conflict."""
    network = call.json
    if network.pop('CheckDuplicate', None) is not None:
        call.json = network
