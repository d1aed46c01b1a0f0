"""The responses that changes work on: requests Responses, whose bodies are passed on as values.

A change that describes a response in terms of another version replaces the value of its body, or
changes the objects of its stream. The bodies here keep such values as they are, so that nothing is
serialized and parsed again between the changes and the call; they are serialized only for those who
read `Response.content`.
"""

import json

import requests
import six
from six.moves import http_client

from docker.errors import NotAnEngine, StreamBroken, call_of
from docker.stream import json_items, parse_json, parse_object

_JSON_HEADERS = {'Content-Type': 'application/json'}
# The headers that depend on how a body was sent.
_FRAMING_HEADERS = ('content-length', 'content-encoding', 'transfer-encoding')


def _expected():
    """Return docker.transport.expected, whose table is made for the first response: the import stays fast."""
    from docker.transport import expected
    return expected


def succeeded(response):
    """Return whether a response is no error."""
    return response.status_code < 300


def json_of(response, *needed):
    """Return the JSON value of a response, which is what the client expects of it (see expected.py).

    :param needed: the keys that the caller needs in it, such as ``'Id'`` or ``'State.Running'``.
    :raises docker.errors.NotAnEngine: when its body is not JSON, or something else than expected.
    """
    raw, expected = response.raw, _expected()
    try:
        if _has_json_body(response):
            value = raw.value
        else:
            value, content = _parsed(response)
            value = expected.checked_json(response.request, value)
        if needed:
            expected.check_needed(response.request, value, needed)
    except expected.Mismatch as mismatch:
        six.raise_from(_no_engine(response, mismatch), None)
    if response.raw is not raw:
        response.raw = JSONBody(value, raw, content)
    return value


def text_of(response):
    """Return the text of a response.

    :raises docker.errors.NotAnEngine: when it is not what the client expects.
    """
    text, expected = response.content.decode('utf-8', 'replace'), _expected()
    try:
        expected.check_beginning(response.request, text)
    except expected.Mismatch as mismatch:
        six.raise_from(_no_engine(response, mismatch), None)
    return text


def _parsed(response):
    """Return the JSON value of a response, and the bytes of it; raise Mismatch when it is not JSON."""
    raw = response.raw
    if getattr(raw, 'started', True):
        content = response.content
    else:
        content = raw.read(decode_content=True)
        response.raw = ChunkedBody(iter([content]), raw)
    try:
        return parse_json(content.decode('utf-8')), content
    except RuntimeError:
        got = 'JSON that is nested too deeply'
    except ValueError:
        kind = response.headers.get('Content-Type') or 'something else'
        got = 'nothing' if not content.strip() else 'invalid JSON' if 'json' in kind else kind
    raise _expected().Mismatch('JSON', got)


def not_expected(response, kind, got):
    """Close a response, and return the error for it: it is not of the kind that is expected."""
    response.close()
    return _no_engine(response, _expected().Mismatch(kind, got))


def _no_engine(response, mismatch):
    """Return the error for a response that is not what the client expects."""
    endpoint = getattr(getattr(response, 'connection', None), 'endpoint', None)
    request = response.request
    return NotAnEngine(
        'What responds{0} is not a Docker engine, or a proxy is in between{1}: {2}.'.format(
            ' at ' + endpoint.name if endpoint else '',
            ': ' + call_of(request) if request is not None else '', mismatch),
        response=response, request=request)


def with_json(response, value):
    """Return a response with another JSON value as its body."""
    if not _has_json_body(response):
        response.close()
        return json_response(response.status_code, value, response,
                             without_headers(response.headers, _FRAMING_HEADERS))
    if response.raw.text is not None:
        response.raw.text = None
        for name in _FRAMING_HEADERS:
            response.headers.pop(name, None)
        response.headers.update(_JSON_HEADERS)
    response.raw.value = value
    return response


def json_response(status, value, like, headers=()):
    """Return a response of our own, with a JSON value.

    :param like: the response that led to it.
    """
    return with_body(like, JSONBody(value, like), status, dict(headers, **_JSON_HEADERS))


def _has_json_body(response):
    """Return whether the body of a response is a JSON value that nobody has read as text."""
    return isinstance(response.raw, JSONBody) and not response.raw.started


def with_json_items(response, change, skip=None, rewrite=None):
    """Return a response with the JSON objects of its stream changed.

    :param change: called with each dict; changes it in place, and returns whether it did, or HIDDEN for one
        that is left out.
    :param skip: called with the text of each object; True when there is nothing to change in it, so that
        it need not be parsed.
    :param rewrite: called with the text of an object that is not parsed; returns it changed, or None when it
        has to be parsed for that.
    """
    changes = (change, skip, rewrite)
    if isinstance(response.raw, JSONStreamBody) and not response.raw.started:
        response.raw.changes.append(changes)
        return response
    return with_body(response, JSONStreamBody(response, changes), response.status_code,
                     without_headers(response.headers, _FRAMING_HEADERS))


def items_of(response, parse_all=True):
    """Return the JSON objects of a response as they come: pairs of text and dict.

    :param parse_all: as `docker.stream.json_items` takes it. The text of an object that a change has changed
        is then None.
    """
    if isinstance(response.raw, JSONStreamBody) and not response.raw.started:
        return response.raw.items(parse_all)
    return json_items(chunks_of(response), parse_all, _item_check(response, False))


def _item_check(response, changed):
    """Return what checks an item of a stream, and raises StreamBroken when it is not what is expected."""
    request = response.request

    def stream_broken(mismatch):
        return StreamBroken('The stream of {0} is not what is expected: {1}.'.format(
            call_of(request), mismatch), response=response, request=request)
    return _expected().item_check(request, stream_broken, changed)


def chunks_of(response):
    """Return the body of a response: an iterable of bytes as they come."""
    if response.raw is None:
        # A Response that was created by hand has no connection, only its content.
        return iter([response.content])
    return response.iter_content(chunk_size=None)


def without_headers(headers, names):
    """Return a dict of the headers without those of these names, which are in lower case."""
    return {name: value for name, value in headers.items() if name.lower() not in names}


def with_chunks(like, chunks, status, headers):
    """Return a response with another body.

    :param like: the response that the chunks come from, and that is closed with this one.
    """
    return with_body(like, ChunkedBody(chunks, like), status, headers)


def with_body(like, body, status, headers):
    """Return a response with another body, a Body.

    :param like: the response that led to it.
    """
    response = build_response(like.request, status, headers, body)
    response.connection = getattr(like, 'connection', None)
    response.cookies = like.cookies
    if status == like.status_code:
        response.reason = like.reason
    return response


def build_response(request, status, headers, raw):
    """Return a new Response, with `raw` as its body."""
    response = requests.Response()
    response.status_code = status
    response.reason = http_client.responses.get(status, '')
    for name, value in dict(headers).items():
        response.headers[name] = value
    response.encoding = requests.utils.get_encoding_from_headers(response.headers)
    response.url = request.url
    response.request = request
    response.raw = raw
    return response


# What a change of `with_json_items` returns for an object that is left out.
HIDDEN = object()


class Body(object):
    """The body of a response that was created here, as `Response.raw`; `stream()` yields its bytes.

    :param source: what is closed with it.
    """

    def __init__(self, source):
        self._source = source

    def read(self, amt=None, decode_content=None):
        return b''.join(self.stream())

    def close(self):
        self._source.close()

    def release_conn(self):
        self._source.close()

    def __getattr__(self, name):
        # requests looks for the cookies of a response in this attribute of its body: they are the source's.
        if name != '_original_response':
            raise AttributeError(name)
        source = self._source
        return getattr(source.raw if isinstance(source, requests.Response) else source, name)


class ChunkedBody(Body):
    """A body in chunks of bytes."""

    def __init__(self, chunks, source):
        super(ChunkedBody, self).__init__(source)
        self._chunks = chunks

    def stream(self, amt=None, decode_content=None):
        return self._chunks


class JSONBody(Body):
    """A body that is a JSON value.

    :param text: the bytes in which the engine sent it, None when it was changed.
    """

    def __init__(self, value, source, text=None):
        super(JSONBody, self).__init__(source)
        self.value = value
        self.text = text
        self.started = False

    def stream(self, amt=None, decode_content=None):
        if not self.started:
            self.started = True
            yield _dumped(self.value).encode('utf-8') if self.text is None else self.text


def _dumped(value):
    """Return a value that was parsed as JSON text again."""
    try:
        return json.dumps(value)
    except RuntimeError:
        six.raise_from(StreamBroken('The response is nested too deeply.'), None)


class JSONStreamBody(Body):
    """A body that is a stream of JSON objects, with changes to those of `source`, a response.

    :param changes: the arguments of `with_json_items`.
    """

    def __init__(self, source, changes):
        super(JSONStreamBody, self).__init__(source)
        self.changes = [changes]
        self.started = False

    def items(self, parse_all=True):
        """Yield pairs of text and dict, as `items_of` does."""
        self.started = True
        check = _item_check(self._source, True)
        for text, item in items_of(self._source, parse_all):
            changed = False
            for change, skip, rewrite in self.changes:
                if skip and skip(text):
                    continue
                if item is None:
                    rewritten = rewrite and rewrite(text)
                    if rewritten is not None:
                        text = rewritten
                        continue
                    item = parse_object(text)
                if check is not None:
                    check(item)
                result = change(item)
                if result is HIDDEN:
                    break
                changed = result or changed
            else:
                if changed:
                    yield None if parse_all else _dumped(item), item
                else:
                    yield text, item

    def stream(self, amt=None, decode_content=None):
        for text, _ in self.items(parse_all=False):
            yield text.encode('utf-8') + b'\n'
