"""The adapter that a Session sends through: requests in, responses out, connections kept.

It is an HTTPAdapter of requests that has connections of its own (exchange.py) in place of urllib3's
pool. One adapter serves many threads: a request takes an idle connection or dials a new one, so
that no stream keeps another call waiting, and only the number of those kept idle has a limit. A
kept connection that the engine has closed meanwhile is noticed; when it closes just as a call is
sent, the call is sent once more if it only reads. A POST is never repeated.
"""

import zlib

from requests.adapters import HTTPAdapter
from requests.cookies import extract_cookies_to_jar
from requests.exceptions import InvalidProxyURL
from requests.utils import select_proxy, urldefragauth
import six
from urllib3.response import HTTPResponse

from docker.errors import (
    EngineUnreachable, NotAnEngine, ReadTimedOut, StreamBroken, error_for)
from docker.stream import BLOCK
from docker.transport.exchange import (
    Body, Broken, BrokenTLS, Connection, CutShort, Dropped, NotHTTP, TimedOut)
from docker.transport.message import Blocks, made
from docker.transport.tcp import no_tls

IDLE_CONNECTIONS = 10
READS_ONLY = ('GET', 'HEAD', 'OPTIONS')


class EngineAdapter(HTTPAdapter):
    """Sends to one endpoint (see endpoint.py); `pool_size` is how many connections are kept
    idle."""

    def __init__(self, endpoint, pool_size=IDLE_CONNECTIONS):
        super(EngineAdapter, self).__init__()
        self.endpoint = endpoint
        self.pool_size = pool_size
        self._idle = []

    def __getstate__(self):
        return {'endpoint': self.endpoint, 'pool_size': self.pool_size}

    def __setstate__(self, state):
        self.__init__(**state)

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        """Send a PreparedRequest; the Response. As any adapter's send()."""
        way = self._way(request, verify, cert, proxies)
        exact = 'upgrade' in request.headers.get('Connection', '').lower()
        connection = self._take_idle(way)
        while True:
            kept = connection is not None
            try:
                if not kept:
                    connection = self._dial(request, timeout, way)
                head = connection.exchange(*self._words(request, timeout, way), exact=exact)
                return self._response(request, connection, head, way)
            except Dropped as error:
                connection.close()
                if not kept or request.method not in READS_ONLY:
                    raise self._failure(error, request)
                connection = None
            except BaseException as error:
                if connection is not None:
                    connection.close()
                raise self._failure(error, request)

    def send_late(self, request, stream=True, timeout=None, verify=True, cert=None, proxies=None):
        """Send a PreparedRequest whose answer may be a long time in coming; a Response that stands
        for it. Reading that waits for the answer, and raises the error when it turns out to be one."""
        way = self._way(request, verify, cert, proxies)
        connection = self._dial(request, timeout, way)
        try:
            early = connection.ask(*self._words(request, timeout, way))
        except BaseException as error:
            connection.close()
            raise self._failure(error, request)

        def blocks():
            try:
                head = early or connection.answer()
            except Exception as error:
                raise self._failure(error, request)
            response = self._response(request, connection, head, way)
            if head.status >= 300:
                raise error_for(response)
            for block in response.iter_content(chunk_size=None):
                yield block
        return made(request, 200, {}, Blocks(blocks(), connection))

    def close(self):
        """Close the connections that are kept idle; the adapter can be used again."""
        idle, self._idle = self._idle, []
        for _, connection in idle:
            connection.close()

    def _way(self, request, verify, cert, proxies):
        """What a connection is made with; one that is kept serves only what is the same in this."""
        proxy = select_proxy(request.url, proxies) if self.endpoint.proxied else None
        return verify, cert, proxy

    def _dial(self, request, timeout, way):
        try:
            return Connection(self.endpoint.connect(timeouts(timeout)[0], *way))
        except (EngineUnreachable, InvalidProxyURL) as error:
            error.request = request
            raise

    def _words(self, request, timeout, way):
        """The arguments of Connection.ask() for a request."""
        headers = [('Host', self.endpoint.host)] if 'Host' not in request.headers else []
        headers.extend(request.headers.items())
        target = request.path_url
        proxy = way[2]
        if proxy and not self.endpoint.tls:
            target = urldefragauth(request.url)
            headers.extend(self.proxy_headers(proxy).items())
        body = blocks_of(request)
        if isinstance(request.body, six.text_type):
            # Its length may have been counted in characters.
            headers = [(name, value) for name, value in headers if name.lower() != 'content-length']
            headers.append(('Content-Length', str(len(body))))
        return request.method, target, headers, body, timeouts(timeout)[1]

    def _response(self, request, connection, head, way):
        blocks, ends = connection.body_of(head, request.method)
        body = Body(connection, blocks,
                    whole=lambda: self._give_back(connection, ends, way),
                    failed=lambda error: self._failure(error, request))
        raw = EngineResponse(head, body, request.method)
        response = made(request, head.status, head.joined(), raw)
        response.reason = head.reason
        response.connection = self
        if head.values('set-cookie'):
            extract_cookies_to_jar(response.cookies, request, raw)
        return response

    def _take_idle(self, way):
        while self._idle:
            try:
                made_for, connection = self._idle.pop()
            except IndexError:
                break
            if made_for == way and not connection.is_stale():
                return connection
            connection.close()
        return None

    def _give_back(self, connection, ends, way):
        if ends and connection.reusable and len(self._idle) < self.pool_size:
            self._idle.append((way, connection))
        else:
            connection.close()

    def _failure(self, error, request):
        """What to raise for an error of a connection, in terms of the endpoint."""
        name = self.endpoint.name
        if isinstance(error, TimedOut):
            return ReadTimedOut('The engine at {0} did not answer {1} {2} in time.'.format(
                name, request.method, request.path_url.split('?')[0]), request=request)
        if isinstance(error, NotHTTP):
            return NotAnEngine('What answers at {0} is not a Docker engine: it speaks no HTTP, but '
                               'says {1!r}.'.format(name, error.args[0]), request=request)
        if isinstance(error, Dropped):
            return EngineUnreachable('The engine at {0} closed the connection without an answer to '
                                     '{1} {2}: it may have stopped, or have been restarted.'.format(
                                         name, request.method, request.path_url.split('?')[0]),
                                     request=request)
        if isinstance(error, CutShort):
            return StreamBroken('The answer of the engine at {0} ended early: {1}.'.format(
                name, error), request=request)
        if isinstance(error, BrokenTLS):
            return no_tls(name, error, request)
        if isinstance(error, Broken):
            return EngineUnreachable('The connection to {0} broke: {1}.'.format(name, error),
                                     request=request)
        return error


class EngineResponse(object):
    """An answer as `Response.raw`: `stream()` gives the blocks of its body as they come.

    What else urllib3's response has, an answer has too; one is made of it when that is asked for.
    `begun` tells whether the body is being read.
    """

    def __init__(self, head, body, method):
        self.status = head.status
        self.reason = head.reason
        self.version = head.version
        self.body = body
        self.begun = False
        self._head = head
        self._method = method
        self._made = None

    def stream(self, amt=None, decode_content=None):
        """The blocks of the body as they come, whatever `amt` says; unpacked when they were
        packed."""
        self.begun = True
        packing = ', '.join(self._head.values('content-encoding')).lower() or 'identity'
        blocks = iter(self.body.block, b'')
        if packing in ('gzip', 'x-gzip', 'deflate') and decode_content is not False:
            blocks = unpacked(blocks)
        elif packing != 'identity':
            blocks = self._as_urllib3().stream(amt or BLOCK, decode_content)
        return blocks

    def read(self, amt=None, decode_content=None):
        """At most `amt` bytes of the body, all for None; unpacked when they were packed."""
        if amt is None and self._made is None:
            return b''.join(self.stream(None, decode_content))
        self.begun = True
        return self._as_urllib3().read(amt, decode_content)

    @property
    def closed(self):
        return self.body.closed

    def close(self):
        self.body.close()

    def release_conn(self):
        """Nothing: what was read to its end is given back by itself."""

    def detach(self):
        """The connected socket of an answer that was read exactly to the end of its head."""
        return self.body.detach()

    def __iter__(self):
        return iter(self._as_urllib3())

    def __getattr__(self, name):
        # What has no name that is public, requests looks for only for the sake of cookies.
        if name.startswith('_') and not self._head.values('set-cookie'):
            raise AttributeError(name)
        return getattr(self._as_urllib3(), name)

    def _as_urllib3(self):
        if self._made is None:
            cookies = CookieSource() if self._head.values('set-cookie') else None
            self._made = HTTPResponse(
                body=self.body, headers=self._head.headers, status=self.status, version=self.version,
                reason=self.reason, preload_content=False, original_response=cookies,
                request_method=self._method)
            if cookies:
                cookies.msg = self._made.headers
        self.begun = True
        return self._made


def unpacked(blocks):
    """The blocks of a body that was packed with gzip or deflate, as they come."""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        for block in blocks:
            block = unpacker.decompress(block)
            if block:
                yield block
        block = unpacker.flush()
    except zlib.error as error:
        raise StreamBroken('The answer cannot be unpacked: {0}.'.format(error))
    if block:
        yield block


class CookieSource(object):
    """What requests asks for cookies: http.client's response, of which it wants `msg`."""

    msg = None

    def isclosed(self):
        return False

    def close(self):
        pass


def timeouts(timeout):
    """A Session's timeout as (connect, read): seconds, None for no limit."""
    if isinstance(timeout, tuple):
        connect, read = timeout
        return connect, read
    if hasattr(timeout, 'connect_timeout'):
        return timeout.connect_timeout, timeout.read_timeout
    return timeout, timeout


def blocks_of(request):
    """The body of a PreparedRequest: None, bytes, or an iterator of blocks of bytes."""
    body = request.body
    if body is None or isinstance(body, bytes):
        return body
    if isinstance(body, six.text_type):
        return body.encode('utf-8')
    blocks = read_blocks(body) if hasattr(body, 'read') else (
        as_bytes(block) for block in body)
    length = request.headers.get('Content-Length')
    return blocks if length is None else measured(blocks, int(length))


def read_blocks(opened):
    """The blocks of a binary file."""
    block = None
    while block != b'':
        block = as_bytes(opened.read(BLOCK))
        yield block


def as_bytes(block):
    if not isinstance(block, (bytes, bytearray)):
        raise TypeError('a body to send gives bytes, not {0}: open a file in binary mode'.format(
            type(block).__name__))
    return bytes(block)


def measured(blocks, length):
    """The blocks, provided that they have the length that was announced."""
    missing = length
    for block in blocks:
        missing -= len(block)
        if missing < 0:
            break
        yield block
    if missing:
        raise ValueError('the body was announced with {0} bytes, and has {1}'.format(
            length, 'more' if missing < 0 else length - missing))
