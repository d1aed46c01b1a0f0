"""The adapter that a Session sends through: requests in, responses out, connections kept.

It is an HTTPAdapter of requests with connections of its own (http1.py) in place of urllib3's pool. One
adapter serves many threads: a request acquires an idle connection or opens a new one, so that no stream
blocks another call, and only the number of idle connections is limited. A kept connection that the engine
has closed meanwhile is noticed; if it closes just as a call is sent, the call is sent once more if it only
reads. A POST is never repeated.
"""

from requests.adapters import HTTPAdapter
from requests.cookies import extract_cookies_to_jar
from requests.exceptions import InvalidProxyURL
from requests.utils import select_proxy, urldefragauth
import six

from docker.compat import monotonic
from docker.config_file import http_headers
from docker.errors import EngineUnreachable, NotAnEngine, ReadTimedOut, StreamBroken, call_of, error_for
from docker.transport.body import body_chunks
from docker.transport.exceptions import (
    IncompleteRead, RemoteDisconnected, RemoteProtocolError, TimedOut, TLSError, TransportError)
from docker.transport.http1 import Connection
from docker.transport.log import log_decision, log_exchange, log_request
from docker.transport.raw import BodyReader, EngineResponse
from docker.transport.response import ChunkedBody, build_response
from docker.transport.tcp import is_tls_record, is_tls_refusal, tls_expected, tls_failed
from docker.validation import check_timeout

DEFAULT_POOL_SIZE = 10
_SAFE_METHODS = ('GET', 'HEAD', 'OPTIONS')
# A header whose values an engine takes on lines of their own only.
_REPEATED_HEADER = 'X-Docker-Expose-Session-Grpc-Method'


class EngineAdapter(HTTPAdapter):
    """Sends requests to one endpoint.

    :param endpoint: see endpoint.py.
    :param pool_size: how many idle connections are kept.
    """

    def __init__(self, endpoint, pool_size=DEFAULT_POOL_SIZE):
        super(EngineAdapter, self).__init__()
        self.endpoint = endpoint
        self.pool_size = pool_size
        # Not pickled, as they may hold secrets: another process reads its own.
        self._config_headers = http_headers()
        self._idle = []

    def __getstate__(self):
        return {'endpoint': self.endpoint, 'pool_size': self.pool_size}

    def __setstate__(self, state):
        self.__init__(**state)

    def send(self, request, stream=False, timeout=None, verify=True, cert=None, proxies=None):
        """Send a PreparedRequest and return its Response, as any adapter does."""
        return log_exchange(self._exchange, request, timeout,
                            self._connection_key(request, verify, cert, proxies))

    def _exchange(self, request, timeout, key):
        exact = 'upgrade' in request.headers.get('Connection', '').lower()
        connection = self._acquire(key)
        while True:
            kept = connection is not None
            try:
                if not kept:
                    connection = self._connect(request, timeout, key)
                head = (connection.send_request(*self._request_arguments(request, timeout, key, exact)) or
                        connection.read_head(exact))
                return self._response(request, connection, head, key)
            except TransportError as error:
                connection.close()
                if not (kept and isinstance(error, RemoteDisconnected) and request.method in _SAFE_METHODS):
                    six.raise_from(self._error_for(error, request), None)
                connection = None
                log_decision('The engine has closed a kept connection: the request is sent again')
            except BaseException:
                if connection is not None:
                    connection.close()
                raise

    def send_deferred(self, request, stream=True, timeout=None, verify=True, cert=None, proxies=None):
        """Send a PreparedRequest to which an engine may not respond for a long time.

        :returns: at once, a Response of status 200 in place of the engine's. Reading it waits for the
            engine's response, and raises the APIError if that is an error.
        """
        key = self._connection_key(request, verify, cert, proxies)
        started = monotonic()
        connection = self._connect(request, timeout, key)
        try:
            early = connection.send_request(*self._request_arguments(request, timeout, key))
        except BaseException as error:
            connection.close()
            if isinstance(error, TransportError):
                error = self._error_for(error, request)
                log_request(request, type(error).__name__, started)
                six.raise_from(error, None)
            raise

        def chunks():
            try:
                head = early or connection.read_head()
            except TransportError as error:
                connection.close()
                error = self._error_for(error, request)
                log_request(request, type(error).__name__, started)
                six.raise_from(error, None)
            response = self._response(request, connection, head, key)
            log_request(request, head.status, started)
            if head.status >= 300:
                raise error_for(response)
            for chunk in response.iter_content(chunk_size=None):
                yield chunk
        log_decision('The response to {0} {1} is not waited for', request.method,
                     request.path_url.partition('?')[0])
        return build_response(request, 200, {}, ChunkedBody(chunks(), connection))

    def open_socket(self, request, stream=None, timeout=None, verify=True, cert=None, proxies=None):
        """Return a two-way socket that is connected to the engine, for another protocol than HTTP/1.1.

        :param request: the PreparedRequest on whose behalf it is.
        :returns: None where only HTTP/1.1 can be spoken: with TLS, whose handshake agrees on that, and
            through a proxy.
        """
        key = self._connection_key(request, verify, cert, proxies)
        if self.endpoint.tls or key[2]:
            return None
        # Imported here, as few scripts need it.
        from docker.transport.hijack import two_way_socket
        return two_way_socket(self._connect(request, timeout, key).detach())

    def close(self):
        """Close the idle connections; the adapter can be used again."""
        idle, self._idle = self._idle, []
        for _, connection in idle:
            connection.close()

    def _connection_key(self, request, verify, cert, proxies):
        """Return what a connection is opened with; an idle one is used again only for the same."""
        proxy = select_proxy(request.url, proxies) if self.endpoint.proxied else None
        return verify, cert, proxy

    def _connect(self, request, timeout, key):
        try:
            return Connection(self.endpoint.connect(_timeouts(timeout)[0], *key))
        except (EngineUnreachable, InvalidProxyURL) as error:
            error.request = request
            raise

    def _request_arguments(self, request, timeout, key, upgrades=False):
        """Return the arguments of Connection.send_request() for a request.

        :param upgrades: whether it asks for another protocol, as that which opens a session of BuildKit.
        """
        headers = [('Host', self.endpoint.host)] if 'Host' not in request.headers else []
        headers.extend(request.headers.items())
        if upgrades:
            headers = _on_lines(headers, _REPEATED_HEADER)
        if self._config_headers:
            headers.extend(header for header in self._config_headers if header[0] not in request.headers)
        target = request.path_url
        proxy = key[2]
        if proxy and not self.endpoint.tls:
            target = urldefragauth(request.url)
            headers.extend(self.proxy_headers(proxy).items())
        body = body_chunks(request)
        if isinstance(request.body, six.text_type):
            # requests may have counted characters, not bytes.
            headers = [(name, value) for name, value in headers if name.lower() != 'content-length']
            headers.append(('Content-Length', str(len(body))))
        return request.method, target, headers, body, _timeouts(timeout)[1]

    def _response(self, request, connection, head, key):
        chunks, ends = connection.body_of(head, request.method)
        # That of now: a response that is read after `close` leaves no connection behind.
        idle = self._idle
        body = BodyReader(connection, chunks,
                          on_end=lambda: self._release(connection, ends, key, idle),
                          error_of=lambda error: self._error_for(error, request))
        raw = EngineResponse(head, body, request.method)
        response = build_response(request, head.status, head.joined(), raw)
        response.reason = head.reason
        response.connection = self
        if head.values('set-cookie'):
            extract_cookies_to_jar(response.cookies, request, raw)
        if head.status == 400 and self._is_plain_tcp and is_tls_refusal(response):
            raise tls_expected(self.endpoint.name, request)
        return response

    @property
    def _is_plain_tcp(self):
        return self.endpoint.proxied and not self.endpoint.tls

    def _acquire(self, key):
        """Take an idle connection that was opened with the same key; None when there is none."""
        while self._idle:
            try:
                key_of_idle, connection = self._idle.pop()
            except IndexError:
                break
            if key_of_idle == key and not connection.is_stale():
                return connection
            connection.close()
        return None

    def _release(self, connection, ends, key, idle):
        """Keep a connection whose response was read to its end, unless the end is that of the connection, or
        the adapter was closed meanwhile."""
        if ends and connection.reusable and idle is self._idle and len(idle) < self.pool_size:
            idle.append((key, connection))
        else:
            connection.close()

    def _error_for(self, error, request):
        """Return the exception of docker.errors for a TransportError, with the name of the endpoint."""
        name = self.endpoint.name
        call = call_of(request)
        if isinstance(error, TimedOut):
            # Programs look for the words of urllib3, which these begin with.
            return ReadTimedOut('Read timed out: the engine at {0} did not respond to {1} in time.'.format(
                name, call), request=request)
        if isinstance(error, RemoteProtocolError):
            if self._is_plain_tcp and is_tls_record(error.args[0]):
                return tls_expected(name, request)
            return NotAnEngine('What responds at {0} is not a Docker engine: it does not speak HTTP, and '
                               'sent {1!r}.'.format(name, error.args[0]), request=request)
        if isinstance(error, RemoteDisconnected):
            hint = ', or may speak TLS (https://)' if self._is_plain_tcp else ''
            return EngineUnreachable('The engine at {0} closed the connection without a response to {1}: it '
                                     'may have stopped or been restarted{2}.'.format(name, call, hint),
                                     request=request)
        if isinstance(error, IncompleteRead):
            return StreamBroken('The response of the engine at {0} ended early: {1}.'.format(name, error),
                                request=request)
        if isinstance(error, TLSError):
            return tls_failed(name, error, request)
        return EngineUnreachable('The connection to {0} failed: {1}.'.format(name, error), request=request)


def _on_lines(headers, name):
    """Return pairs of headers with each value of one of them as a pair of its own."""
    return [(other, part) for other, value in headers
            for part in (value.split(', ') if other == name else [value])]


def _timeouts(timeout):
    """Return a Session's timeout as (connect, read): seconds, None for no limit."""
    if hasattr(timeout, 'connect_timeout'):
        return timeout.connect_timeout, timeout.read_timeout
    timeout = check_timeout(timeout, 'timeout')
    return timeout if isinstance(timeout, tuple) else (timeout, timeout)
