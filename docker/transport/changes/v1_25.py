"""Remote API 1.25 (Docker 1.13, January 2017).

It is the first that the engine describes in a document of its own, by which requests are written
from here on.
"""

import json

from docker.transport.changes.change import request


@request((1, 25), 'GET', '/containers/json')
def commands_are_not_cut_short(call):
    """GET /containers/json has no trunc_cmd: commands are told in full."""
    call.query.pop('trunc_cmd', None)


@request((1, 25), 'GET', '/containers/json', everywhere=True)
def since_and_before_are_filters(call):
    """GET /containers/json takes since and before as filters only, and they say nothing of
    `all`."""
    filters = {key: [call.query.pop(key)] for key in ('since', 'before') if key in call.query}
    if filters:
        call.query['filters'] = json.dumps(filters, sort_keys=True)
        call.query['all'] = '1'


@request((1, 25), 'GET', '/images/json')
def a_name_is_a_filter(call):
    """GET /images/json takes a name as the filter `reference`; `filter` is ignored from 1.41 on."""
    name = call.query.pop('filter', None)
    if name:
        call.query['filters'] = json.dumps({'reference': [name]})


@request((1, 25), 'POST', '/containers/create')
@request((1, 25), 'POST', '/commit')
def nothing_is_not_null(call):
    """What a Config does not have is left out of POST /containers/create and POST /commit."""
    config = call.json
    if None in config.values():
        call.json = {key: value for key, value in config.items() if value is not None}


@request((1, 25), 'POST', '/images/create')
def an_import_is_octets(call):
    """POST /images/create takes an import as application/octet-stream."""
    if call.body is not None:
        call.content_type = 'application/octet-stream'


@request((1, 25), 'POST', '/images/{}/push')
def a_push_has_no_body(call):
    """POST /images/{name}/push has no body: credentials are in its header."""
    call.json = None
