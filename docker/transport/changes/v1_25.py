"""Remote API 1.25 (Docker 1.13, January 2017).

It is the first version with an OpenAPI document of the engine's own; from here on requests follow it.
"""

import json
import re

from docker.transport.changes.change import request, response
from docker.transport.changes.fields import add_missing
from docker.transport.response import json_of, with_json

# Compiled on first use, to keep the import fast.
_NAME_OF_OPTION = r'(?:name=)?([^,]*)'


@request((1, 25), 'GET', '/containers/json')
def list_without_trunc_cmd(call):
    """GET /containers/json has no trunc_cmd: commands are returned in full."""
    call.query.pop('trunc_cmd', None)


@request((1, 25), 'GET', '/containers/json', everywhere=True)
def since_and_before_are_filters(call):
    """GET /containers/json takes since and before as filters only, and they do not imply `all`."""
    filters = {key: [call.query.pop(key)] for key in ('since', 'before') if key in call.query}
    if filters:
        filters = dict(json.loads(call.query.get('filters') or '{}'), **filters)
        call.query['filters'] = json.dumps(filters, sort_keys=True)
        call.query['all'] = '1'


@request((1, 25), 'GET', '/images/json')
def name_is_a_filter(call):
    """GET /images/json takes a name as the filter `reference`; `filter` is ignored from 1.41 on."""
    name = call.query.pop('filter', None)
    if name:
        filters = json.loads(call.query.get('filters') or '{}')
        # Of several references an engine lists the images that match any.
        call.query['filters'] = json.dumps(dict(filters, reference=[name]), sort_keys=True)


@request((1, 25), 'POST', '/containers/create')
@request((1, 25), 'POST', '/commit')
def null_is_left_out(call):
    """The Config of POST /containers/create and POST /commit has no null: the key is left out."""
    config = call.json
    if None in config.values():
        call.json = {key: value for key, value in config.items() if value is not None}


@request((1, 25), 'POST', '/images/create')
def import_is_octet_stream(call):
    """POST /images/create takes an import as application/octet-stream."""
    if call.body is not None:
        call.content_type = 'application/octet-stream'


@request((1, 25), 'POST', '/images/{}/push')
def push_without_body(call):
    """POST /images/{name}/push has no body: credentials are in its header."""
    call.json = None


@response((1, 25), 'GET', '/info', everywhere=True)
def info_execution_driver(response, call):
    """GET /info has no ExecutionDriver; Docker 28 has none in API 1.24, either."""
    info = json_of(response)
    add_missing(info, {'ExecutionDriver': '<not supported>'}, beside='KernelVersion')
    return with_json(response, info)


@response((1, 25), 'GET', '/info')
def info_security_options(response, call):
    """GET /info has SecurityOptions with more than their names."""
    info = json_of(response)
    if info.get('SecurityOptions'):
        info['SecurityOptions'] = [re.match(_NAME_OF_OPTION, option).group(1)
                                   for option in info['SecurityOptions']]
    return with_json(response, info)
