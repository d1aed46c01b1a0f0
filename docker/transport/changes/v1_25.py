"""Remote API 1.25 (Docker 1.13, January 2017)."""

import json

from docker.transport.changes.change import request


@request((1, 25), 'GET', '/containers/json', everywhere=True)
def since_and_before_are_filters(call):
    """GET /containers/json takes since and before as filters only, and they say nothing of
    `all`."""
    filters = {key: [call.query.pop(key)] for key in ('since', 'before') if key in call.query}
    if filters:
        call.query['filters'] = json.dumps(filters, sort_keys=True)
        call.query['all'] = '1'
