"""Remote API 1.11 (Docker 0.11, May 2014)."""

from docker.transport.changes.change import name_in, request

ATTACH = '/containers/{}/attach'


@request((1, 11), 'POST', ATTACH)
def logs_have_an_endpoint_of_their_own(call):
    """GET /containers/{id}/logs is the way to read what was written: attach with `logs` lost or
    doubled lines between the past and the present."""
    query = call.query
    if query.get('logs') == '1' and query.get('stdin', '0') != '1' and 'Upgrade' not in call.headers:
        call.method = 'GET'
        call.path = '/containers/{0}/logs'.format(name_in(ATTACH, call))
        query['follow'] = query.pop('stream', '0')
        del query['logs']
