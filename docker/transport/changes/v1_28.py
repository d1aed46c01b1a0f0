"""Remote API 1.28 (Docker 17.04, April 2017)."""

import json

from docker.transport.changes.change import request


@request((1, 28), 'GET', '/images/json')
def a_name_is_a_filter(call):
    """GET /images/json takes a name as the filter `reference`; `filter` is ignored from 1.41 on."""
    name = call.query.pop('filter', None)
    if name:
        call.query['filters'] = json.dumps({'reference': [name]})
