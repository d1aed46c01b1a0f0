"""A call as the changes between versions see it: a request without its version and its host."""

import json

import six
from six.moves.urllib.parse import parse_qsl, quote, urlencode

from docker.compat import unquote_text
from docker.errors import NotSupported
from docker.transport.response import without_headers
from docker.transport.since import ENDPOINTS, endpoint_in

_UPGRADE_HEADERS = ('connection', 'upgrade')
# The version of the builder that POST /build is sent to, in its query.
BUILDKIT = '2'


class Call(object):
    """A request to an endpoint of the API.

    :param method: the HTTP method.
    :param path: the path without the version, quoted.
    :param query: the query, as a dict of str (or a list of them, where a parameter is repeated) or encoded.
    :param body: None, bytes, or what a Session takes to stream.
    :param upgrade: whether the caller's request asks for a two-way connection.
    :param recreated: what the Client remembers of the containers that it recreated (see recreate.py).
    :param headers: the headers of the caller's request; a change assigns a copy with other values.

    A change may set all of them, and `content_type`, when it is not that of the caller's request, and
    `deferred`, when the engine may not respond for a long time.
    """

    def __init__(self, method, path, query=None, body=None, upgrade=False, recreated=None, headers=None):
        self.method = method
        self.path = path
        self.body = body
        self.content_type = None
        self.deferred = False
        self.upgrade = upgrade
        self.recreated = recreated
        self.headers = headers
        self._query = query or {}
        self._endpoint = None, None

    @property
    def endpoint(self):
        """The path of its endpoint, in which {} stands for a name; None for an unknown one."""
        path, endpoint = self._endpoint
        if path != self.path:
            endpoint = endpoint_in(ENDPOINTS, self.method, self.path)
            self._endpoint = self.path, endpoint
        return endpoint

    @property
    def query(self):
        if not isinstance(self._query, dict):
            self._query = _parsed_query(self._query)
        return self._query

    @property
    def target(self):
        """The path with the query."""
        query = self._query
        if isinstance(query, dict):
            # Not by doseq, which loses what is not ASCII on Python 2.7.
            query = urlencode([(name, value) for name, values in sorted(query.items())
                               for value in (values if isinstance(values, list) else [values])])
        return self.path + ('?' + query if query else '')

    @property
    def container(self):
        """The container in a path such as /containers/{id}/start: an id, a short id or a name, as text."""
        return unquote_text(self.path[len('/containers/'):].rpartition('/')[0])

    @property
    def json(self):
        """The value of the body, parsed anew each time: a change assigns the changed value."""
        body = self.body or b'{}'
        return json.loads(body.decode('utf-8') if isinstance(body, bytes) else body)

    @json.setter
    def json(self, value):
        self.body = None if value is None else json.dumps(value).encode('utf-8')
        self.content_type = 'application/json'

    def copy(self):
        """Return the same call, to be sent again after changes were made to this one."""
        call = Call(self.method, self.path, self._query, self.body, self.upgrade, self.recreated,
                    self.headers)
        if isinstance(self._query, dict):
            call._query = dict(self._query)
        call.content_type = self.content_type
        return call

    def follow_up(self, method, path, *names, **query):
        """Return another call on behalf of this one.

        :param path: in it {0}, {1} ... stand for `names`, which are quoted.
        :param query: its query; `json` is the value of its body instead.
        """
        body = query.pop('json', None)
        headers = without_headers(self.headers, _UPGRADE_HEADERS) if self.upgrade else self.headers
        call = Call(method, path.format(*[quote_name(name) for name in names]), query,
                    recreated=self.recreated, headers=headers)
        if body is not None:
            call.json = body
        return call

    def follow_up_inspect(self):
        """Return the call that inspects the container of this one, such as /containers/{id}/start."""
        return self.follow_up('GET', self.path.rpartition('/')[0] + '/json')


def _parsed_query(query):
    """Return an encoded query as a dict. The value of a parameter that is repeated is a list."""
    parsed = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name in parsed:
            before = parsed[name]
            parsed[name] = (before if isinstance(before, list) else [before]) + [value]
        else:
            parsed[name] = value
    return parsed


def flag_is_set(value):
    """Return whether the value of a query parameter, None if it is missing, is true as engines read it."""
    return (value or '').lower() not in ('', '0', 'no', 'false', 'none')


def is_for_buildkit(call):
    """Return whether a call to POST /build is for BuildKit."""
    return call.query.get('version') == BUILDKIT


def host_config_of(call, body):
    """Return the HostConfig in the JSON value of a call's body, as a dict."""
    return body if call.path.endswith('/start') else body.get('HostConfig') or {}


def refuse_fields(call, fields):
    """Remove fields that an engine does not have from the JSON value of a call's body.

    :raises NotSupported: when one of them is set.
    """
    body = call.json
    removed = {field: body.pop(field) for field in fields if field in body}
    for field in sorted(removed):
        if removed[field]:
            raise NotSupported('{0} is not supported by this engine: it is a property of containers now, and '
                               '{1} {2} has no such field. Leave it out.'.format(
                                   field, call.method, call.path))
    if removed:
        call.json = body


def refuse_removed(call, field, since):
    """Raise a NotSupported when a field that an engine ignores is set in a HostConfig, or in an update.

    :param since: the engine that has it no more, as text.
    """
    body = call.json
    if (host_config_of(call, body) if call.path.endswith('/create') else body).get(field):
        raise NotSupported('{0} is not supported by this engine: it is removed since {1}. Leave it '
                           'out.'.format(field, since))


def quote_name(name):
    """Return a name as it stands in the path of a call."""
    if isinstance(name, six.text_type):
        name = name.encode('utf-8')
    return quote(name, safe='/:@~')
