"""Remote API 1.41 (Docker 20.10, December 2020)."""

from docker.transport.changes.change import request, response
from docker.transport.response import json_of, with_json


@request((1, 41), 'POST', '/build')
def build_context_is_x_tar(call):
    """POST /build takes a context as application/x-tar; before, as application/tar."""
    if call.body is not None:
        call.content_type = 'application/x-tar'


@response((1, 41), 'POST', '/secrets/create', always=True)
@response((1, 41), 'POST', '/configs/create', always=True)
def id_of_secrets_and_configs(response, call):
    """POST /secrets/create and POST /configs/create have Id in place of ID, by this
    version's document."""
    created = json_of(response)
    created.setdefault('ID', created.get('Id'))
    return with_json(response, created)
