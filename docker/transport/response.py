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

from docker.errors import NotAnEngine
from docker.stream import json_items, parse_object

_JSON_HEADERS = {'Content-Type': 'application/json'}
# The headers that depend on how a body was sent.
_FRAMING_HEADERS = ('content-length', 'content-encoding', 'transfer-encoding')


def succeeded(response):
    """Return whether a response is no error."""
    return response.status_code < 300


def json_of(response):
    """Return the JSON value of a response.

    :raises docker.errors.NotAnEngine: when its body is not JSON.
    """
    if _has_json_body(response):
        return response.raw.value
    raw = response.raw
    if getattr(raw, 'started', True):
        content = response.content
    else:
        content = raw.read(decode_content=True)
        response.raw = ChunkedBody(iter([content]), raw)
    try:
        value = json.loads(content.decode('utf-8'))
    except ValueError:
        six.raise_from(_not_json(response), None)
    if response.raw is not raw:
        response.raw = JSONBody(value, raw, content)
    return value


def _not_json(response):
    endpoint = getattr(getattr(response, 'connection', None), 'endpoint', None)
    return NotAnEngine('What responds{0} is not a Docker engine: expected JSON, got {1}.'.format(
        ' at ' + endpoint.name if endpoint else '',
        response.headers.get('Content-Type', 'something else')), response=response, request=response.request)


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
    return _with_body(like, JSONBody(value, like), status, dict(headers, **_JSON_HEADERS))


def _has_json_body(response):
    """Return whether the body of a response is a JSON value that nobody has read as text."""
    return isinstance(response.raw, JSONBody) and not response.raw.started


def with_json_items(response, change, skip=lambda text: False):
    """Return a response with the JSON objects of its stream changed.

    :param change: called with each dict; changes it in place, and returns whether it did.
    :param skip: called with the text of each object; True when there is nothing to change in it, so that
        it need not be parsed.
    """
    if isinstance(response.raw, JSONStreamBody) and not response.raw.started:
        response.raw.changes.append((change, skip))
        return response
    return _with_body(response, JSONStreamBody(response, change, skip), response.status_code,
                      without_headers(response.headers, _FRAMING_HEADERS))


def items_of(response, parse_all=True):
    """Return the JSON objects of a response as they come: pairs of text and dict.

    :param parse_all: as `docker.stream.json_items` takes it.
    """
    if isinstance(response.raw, JSONStreamBody) and not response.raw.started:
        return response.raw.items(parse_all)
    return json_items(chunks_of(response), parse_all)


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
    return _with_body(like, ChunkedBody(chunks, like), status, headers)


def _with_body(like, body, status, headers):
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
            yield json.dumps(self.value).encode('utf-8') if self.text is None else self.text


class JSONStreamBody(Body):
    """A body that is a stream of JSON objects, with changes to those of `source`, a response."""

    def __init__(self, source, change, skip):
        super(JSONStreamBody, self).__init__(source)
        self.changes = [(change, skip)]
        self.started = False

    def items(self, parse_all=True):
        """Yield pairs of text and dict, as `items_of` does."""
        self.started = True
        for text, item in items_of(self._source, parse_all):
            changed = False
            for change, skip in self.changes:
                if skip(text):
                    continue
                if item is None:
                    item = parse_object(text)
                changed = change(item) or changed
            if changed:
                text = json.dumps(item)
            yield text, item

    def stream(self, amt=None, decode_content=None):
        for text, _ in self.items(parse_all=False):
            yield text.encode('utf-8') + b'\n'
