"""What stands between a client and an engine in tests: it records what both send.

With `newer` it is an engine of API 1.53 or newer, also in front of an older one. Such an engine takes gRPC
over HTTP/2 where it takes the API, and there serves the method Control/Session; an older one, since API 1.39,
does so on a connection that was upgraded by POST /grpc. The relay passes connections of HTTP/2 on to a newer
engine, and to an older one through such an upgrade. Without `newer` it is an engine of API 1.52 at most. All
other connections are passed on as they are, except for the versions in the response to GET /version.
"""

import json
import socket
import threading

_PREFACE = b'PRI * HTTP/2.0'
_GRPC_SINCE = (1, 53)
_UPGRADE = b'POST /v1.41/grpc HTTP/1.1\r\nHost: relay\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n'


class Passed(object):
    """What passed on one connection: bytearrays of what the client has sent, and the engine."""

    def __init__(self):
        self.sent = bytearray()
        self.received = bytearray()

    @property
    def first_line(self):
        return bytes(self.sent.partition(b'\r\n')[0])

    @property
    def session(self):
        """How it became the connection of a session of BuildKit: 'HTTP/2', 'POST /session', or None."""
        if self.sent.startswith(_PREFACE):
            return 'HTTP/2'
        return 'POST /session' if b'/session HTTP/1.1\r\n' in self.sent else None


class EngineRelay(object):
    """A context manager; the relay listens at `path` meanwhile.

    :param path: where its socket is.
    :param engine: the address of the engine, as DOCKER_HOST has it.
    :param newer: whether it is a newer engine.
    :param takes_http2: False for something in between that does not pass HTTP/2.

    `connections` is a list of a Passed for each.
    """

    def __init__(self, path, engine, newer=False, takes_http2=True):
        self.path = str(path)
        self.connections = []
        self._engine = engine.partition('://')[2]
        self._newer = newer
        self._takes_http2 = takes_http2
        self._engine_is_newer = False
        self._sockets = []
        self._ends = []
        self._threads = []
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(self.path)
        self._listener.listen(20)

    @property
    def sessions(self):
        """The connections of sessions, a list of Passed."""
        return [passed for passed in self.connections if passed.session]

    def __enter__(self):
        self._start(self._accept)
        return self

    def __exit__(self, *exc_info):
        ends = [self._listener] + self._sockets
        for sock in ends:
            _shut_down(sock)
        for thread in self._threads:
            thread.join()
        for sock in ends:
            sock.close()

    def break_sessions(self):
        """Close the connections of sessions of BuildKit, as a fault of the network does."""
        for passed, ends in list(self._ends):
            if passed.session:
                for sock in ends:
                    _shut_down(sock)

    def _start(self, function, *args):
        thread = threading.Thread(target=function, args=args)
        thread.daemon = True
        self._threads.append(thread)
        thread.start()

    def _accept(self):
        while True:
            try:
                sock, _ = self._listener.accept()
            except EnvironmentError:
                return
            engine = socket.socket(socket.AF_UNIX)
            self._sockets += [sock, engine]
            self._start(self._serve, sock, engine)

    def _serve(self, sock, engine):
        passed = Passed()
        self.connections.append(passed)
        self._ends.append((passed, (sock, engine)))
        try:
            engine.connect(self._engine)
            passed.sent += sock.recv(65536)
            if passed.sent.startswith(_PREFACE):
                if not self._takes_http2:
                    sock.sendall(b'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n')
                    return
                self._prepare_for_http2(engine)
            elif b'/version ' in passed.first_line:
                sock.sendall(self._version(engine))
                return
            engine.sendall(passed.sent)
            self._start(_pass_on, engine, sock, passed.received)
            _pass_on(sock, engine, passed.sent)
        except EnvironmentError:
            pass    # one of them has closed the connection
        finally:
            _shut_down(sock)
            _shut_down(engine)

    def _version(self, engine):
        """Return the response to GET /version: that of an engine, with the version of the relay."""
        version = _version_of(engine)
        self._engine_is_newer = _is_newer(version)
        if self._newer != self._engine_is_newer:
            version['ApiVersion'] = '1.55' if self._newer else '1.52'
        body = json.dumps(version).encode('ascii')
        return (b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n'
                b'Content-Length: %d\r\n\r\n%s' % (len(body), body))

    def _prepare_for_http2(self, engine):
        """Have an engine take HTTP/2 on a connection."""
        # The version is always requested first.
        if not self._engine_is_newer:
            engine.sendall(_UPGRADE)
            head = b''
            while not head.endswith(b'\r\n\r\n'):
                head += engine.recv(1)


def _version_of(engine):
    engine.sendall(b'GET /version HTTP/1.0\r\nHost: relay\r\n\r\n')
    response = b''.join(iter(lambda: engine.recv(65536), b''))
    return json.loads(response.partition(b'\r\n\r\n')[2].decode('utf-8'))


def _is_newer(version):
    return tuple(int(number) for number in version['ApiVersion'].split('.')) >= _GRPC_SINCE


def _pass_on(source, sink, record):
    try:
        for data in iter(lambda: source.recv(65536), b''):
            record += data
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except EnvironmentError:
        _shut_down(source)


def _shut_down(sock):
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except EnvironmentError:
        pass    # it is not connected any more
