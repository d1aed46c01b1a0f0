"""Prints which call of docker.Client uses each endpoint of the API: python -m docker.endpoints

The endpoints are those of docker.transport.since that the specification of the newest version has. The
calls are read from their docstrings, which name the endpoints as `GET /containers/{id}/json`.
"""

import inspect
import re

from docker.client import Client
from docker.transport.since import ENDPOINTS

# No longer in the newest specification, or never in one. Most have a call, for engines that have them.
REMOVED = (
    ('POST', '/build/cancel'), ('POST', '/containers/{}/copy'), ('POST', '/grpc'), ('GET', '/images/viz'),
    ('POST', '/images/{}/insert'))
# Endpoints without a call, and why.
WITHOUT_CALL = {
    ('GET', '/containers/{}/attach/ws'): 'attach in WebSocket frames: attach_socket does the same',
}
_ENDPOINT = r'`([A-Z]+) (/[^`\s]*)`'


def calls_by_endpoint():
    """Return the names of the calls that use each endpoint: a dict of (method, path) to a list of text."""
    found = {}
    for name, call in sorted(_functions_of(Client).items()):
        for method, path in re.findall(_ENDPOINT, inspect.getdoc(call) or ''):
            found.setdefault((method, re.sub(r'\{[^}]*\}', '{}', path)), []).append(name)
    return found


def _functions_of(client):
    """Return the public functions of the classes in docker.api of which a class is composed, by name."""
    return {name: value for kind in client.__mro__ if kind.__module__.startswith('docker.api.')
            for name, value in vars(kind).items() if not name.startswith('_') and inspect.isfunction(value)}


def newest_endpoints():
    """Return the endpoints of the newest specification: a sorted list of (path, method)."""
    return sorted((path, method) for method, path in ENDPOINTS if (method, path) not in REMOVED)


def missing_endpoints():
    """Return the endpoints that have neither a call nor a reason: a list of text."""
    calls = calls_by_endpoint()
    return ['{0} {1}'.format(method, path.replace('{}', '{id}')) for path, method in newest_endpoints()
            if (method, path) not in calls and (method, path) not in WITHOUT_CALL]


def endpoint_table():
    """Return the endpoints with their calls as a table in Markdown, a line each."""
    calls = calls_by_endpoint()
    lines = [u'| endpoint | since | call |', u'|---|---|---|']
    for path, method in newest_endpoints():
        names = calls.get((method, path))
        reason = WITHOUT_CALL.get((method, path))
        shown = u', '.join(u'`{0}`'.format(name) for name in names or ())
        lines.append(u'| `{0} {1}` | {2} | {3} |'.format(
            method, path.replace('{}', '{id}'), ENDPOINTS[method, path][0],
            shown or u'none: {0}'.format(reason or u'missing')))
    with_call = sum((method, path) in calls for path, method in newest_endpoints())
    lines += [u'', u'{0} of {1} endpoints have a call.'.format(with_call, len(newest_endpoints()))]
    return u'\n'.join(lines)


if __name__ == '__main__':
    print(endpoint_table())
