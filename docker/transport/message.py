"""What a change sees: the call that goes to an engine, and the answer that comes back.

A Call is a request without its version and its host. An answer is a requests Response; where a
change says it in other words, a new Response takes its place that is read as the first would be.
"""

import json

import requests
import six
from six.moves import http_client
from six.moves.urllib.parse import parse_qsl, quote, unquote, urlencode

from docker.errors import NotAnEngine, NotSupported
from docker.stream import dict_of, json_items

JSON = {'Content-Type': 'application/json'}
# Headers that tell how a body was sent.
FRAMING = ('content-length', 'content-encoding', 'transfer-encoding')
# What an engine says of a container that never ran.
NEVER = '0001-01-01'


class Call(object):
    """A request to an endpoint: `method`, `path` (quoted), `query` (a dict of str) and `body` (None,
    bytes, or what a Session takes to stream), with its `content_type` when that is another than the
    one of the request that the caller made. `upgrade` tells whether that one asks for a two-way
    connection; `recreated` is the memory of the Client's containers that were created anew."""

    def __init__(self, method, path, query=None, body=None, upgrade=False, recreated=None):
        self.method = method
        self.path = path
        self.body = body
        self.content_type = None
        self.late = False
        self.upgrade = upgrade
        self.recreated = recreated
        self._query = query or {}

    @property
    def query(self):
        if not isinstance(self._query, dict):
            self._query = dict(parse_qsl(self._query, keep_blank_values=True))
        return self._query

    @property
    def target(self):
        query = urlencode(sorted(self._query.items())) if isinstance(self._query, dict) else self._query
        return self.path + ('?' + query if query else '')

    @property
    def json(self):
        """The body as the JSON value that it is; a change is to set it anew."""
        body = self.body or b'{}'
        return json.loads(body.decode('utf-8') if isinstance(body, bytes) else body)

    @json.setter
    def json(self, value):
        self.body = None if value is None else json.dumps(value).encode('utf-8')
        self.content_type = 'application/json'

    def copy(self):
        """The same call, to be sent again after changes have had this one."""
        call = Call(self.method, self.path, self._query, self.body, self.upgrade, self.recreated)
        if isinstance(self._query, dict):
            call._query = dict(self._query)
        call.content_type = self.content_type
        return call

    def to(self, method, path, *names, **query):
        """Another call on behalf of this one; {0}, {1} ... in `path` stand for names, `json` for a
        body."""
        body = query.pop('json', None)
        call = Call(method, path.format(*[quoted(name) for name in names]), query,
                    recreated=self.recreated)
        if body is not None:
            call.json = body
        return call


def host_config_in(call, given):
    """The HostConfig in what a call gives to a container, its JSON: a dict."""
    return given if call.path.endswith('/start') else given.get('HostConfig') or {}


def has_run(about):
    """Whether a container, as inspect tells it, runs or has run."""
    state = about['State']
    return state['Running'] or not state.get('StartedAt', NEVER).startswith(NEVER)


def leave_out(call, keys):
    """Take out of the JSON of a call what an engine has no place for: where it says something, that is
    NotSupported."""
    given = call.json
    said = {key: given.pop(key) for key in keys if key in given}
    for key in sorted(said):
        if said[key]:
            raise NotSupported('{0} cannot be carried to this engine: it belongs to containers now, and '
                               '{1} {2} has no place for it. Leave it out.'.format(
                                   key, call.method, call.path))
    if said:
        call.json = given


def quoted(name):
    if isinstance(name, six.text_type):
        name = name.encode('utf-8')
    return quote(name, safe='/:@~')


def unquoted(name):
    return unquote(name)


def succeeded(answer):
    return answer.status_code < 300


def value_of(answer):
    """The JSON value of an answer that is read whole."""
    if is_told(answer):
        return answer.raw.value
    raw = answer.raw
    if getattr(raw, 'begun', True):
        content = answer.content
    else:
        content = raw.read(decode_content=True)
        answer.raw = Blocks(iter([content]), raw)
    try:
        value = json.loads(content.decode('utf-8'))
    except ValueError:
        endpoint = getattr(getattr(answer, 'connection', None), 'endpoint', None)
        raise NotAnEngine('What answers{0} is not a Docker engine: JSON was expected, and {1} came.'.format(
            ' at ' + endpoint.name if endpoint else '',
            answer.headers.get('Content-Type', 'something else')), response=answer, request=answer.request)
    if answer.raw is not raw:
        answer.raw = Told(value, raw, content)
    return value


def retold(answer, value):
    """The answer with another JSON value for a body."""
    if not is_told(answer):
        answer.close()
        return said(answer.status_code, value, answer, without(answer.headers, FRAMING))
    if answer.raw.text is not None:
        answer.raw.text = None
        for name in FRAMING:
            answer.headers.pop(name, None)
        answer.headers.update(JSON)
    answer.raw.value = value
    return answer


def said(status, value, like, headers=()):
    """An answer of our own, in JSON; `like` is the one that led to it."""
    return with_raw(like, Told(value, like), status, dict(headers, **JSON))


def is_told(answer):
    """Whether an answer is a JSON value that nobody has read as text."""
    return isinstance(answer.raw, Told) and not answer.raw.begun


def retold_items(answer, change, unconcerned=lambda text: False):
    """The answer with the JSON objects of its stream changed: `change(item)` changes a dict in place,
    and tells whether it did; `unconcerned(text)` tells of some that it has nothing to change in, by
    their text."""
    if isinstance(answer.raw, Items) and not answer.raw.begun:
        answer.raw.changes.append((change, unconcerned))
        return answer
    return with_raw(answer, Items(answer, change, unconcerned), answer.status_code,
                    without(answer.headers, FRAMING))


def items_of(answer, values=True):
    """The JSON objects of an answer as they come: a pair of the text and the dict of each, which is None
    for some without `values` (see json_items)."""
    if isinstance(answer.raw, Items) and not answer.raw.begun:
        return answer.raw.items(values)
    return json_items(blocks_of(answer), values)


def blocks_of(answer):
    """The body of an answer, in bytes as they come."""
    if answer.raw is None:
        # A Response that was made by hand has no connection, only what it holds.
        return iter([answer.content])
    return answer.iter_content(chunk_size=None)


def without(headers, names):
    """A dict of the headers but for those of these names (in lower case)."""
    return {name: value for name, value in headers.items() if name.lower() not in names}


def with_blocks(like, blocks, status, headers):
    """An answer with other blocks; closing it closes `like`, where they come from."""
    return with_raw(like, Blocks(blocks, like), status, headers)


def with_raw(like, raw, status, headers):
    answer = made(like.request, status, headers, raw)
    answer.connection = getattr(like, 'connection', None)
    answer.cookies = like.cookies
    if status == like.status_code:
        answer.reason = like.reason
    return answer


def made(request, status, headers, raw):
    """An answer made here; `raw` holds its body."""
    answer = requests.Response()
    answer.status_code = status
    answer.reason = http_client.responses.get(status, '')
    for name, value in dict(headers).items():
        answer.headers[name] = value
    answer.encoding = requests.utils.get_encoding_from_headers(answer.headers)
    answer.url = request.url
    answer.request = request
    answer.raw = raw
    return answer


class Raw(object):
    """The body of an answer that was made here, as `Response.raw`: what it is made of, its `stream()`
    tells; `source` is closed with it."""

    def __init__(self, source):
        self._source = source

    def read(self, amt=None, decode_content=None):
        return b''.join(self.stream())

    def close(self):
        self._source.close()

    def release_conn(self):
        self._source.close()


class Blocks(Raw):
    """A body in blocks of bytes."""

    def __init__(self, blocks, source):
        super(Blocks, self).__init__(source)
        self._blocks = blocks

    def stream(self, amt=None, decode_content=None):
        return self._blocks


class Told(Raw):
    """The body of an answer that is a JSON `value`, and as an engine wrote it, `text` (bytes; None for one
    of our own). It is written out only for those who read it, for the calls take the value itself."""

    def __init__(self, value, source, text=None):
        super(Told, self).__init__(source)
        self.value = value
        self.text = text
        self.begun = False

    def stream(self, amt=None, decode_content=None):
        if not self.begun:
            self.begun = True
            yield json.dumps(self.value).encode('utf-8') if self.text is None else self.text


class Items(Raw):
    """The body of an answer that is a stream of JSON objects, in other words than those of `source`."""

    def __init__(self, source, change, unconcerned):
        super(Items, self).__init__(source)
        self.changes = [(change, unconcerned)]
        self.begun = False

    def items(self, values=True):
        """As items_of()."""
        self.begun = True
        for text, item in items_of(self._source, values):
            changed = False
            for change, unconcerned in self.changes:
                if unconcerned(text):
                    continue
                if item is None:
                    item = dict_of(text)
                changed = change(item) or changed
            if changed:
                text = json.dumps(item)
            yield text, item

    def stream(self, amt=None, decode_content=None):
        for text, _ in self.items(values=False):
            yield text.encode('utf-8') + b'\n'
