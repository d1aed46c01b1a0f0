"""An engine of API 1.53 or newer in front of an older one: it takes gRPC over HTTP/2 on its own socket.

Such an engine serves the method Control/Session where it takes the API; an older one, since API 1.39, on a
connection that was upgraded by POST /grpc. The relay passes connections on: those of HTTP/2 through such an
upgrade, all others as they are, except for the versions in the response to GET /version.
"""

import json
import socket
import threading

_PREFACE = b'PRI * HTTP/2.0'
_UPGRADE = b'POST /v1.41/grpc HTTP/1.1\r\nHost: relay\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n'


class HTTP2Relay(object):
    """A context manager that gives the path of its socket.

    :param path: where its socket is.
    :param engine: the path of the engine's socket.
    :param takes_http2: False for something in between that does not pass HTTP/2.

    `first_lines` are the first lines of all connections, as bytes.
    """

    def __init__(self, path, engine, takes_http2=True):
        self.path = path
        self.first_lines = []
        self._engine = engine
        self._takes_http2 = takes_http2
        self._sockets = []
        self._threads = []
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(path)
        self._listener.listen(20)

    def __enter__(self):
        self._start(self._accept)
        return self

    def __exit__(self, *exc_info):
        for sock in [self._listener] + self._sockets:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except EnvironmentError:
                pass
        for thread in self._threads:
            thread.join()
        for sock in [self._listener] + self._sockets:
            sock.close()

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
            self._sockets.append(sock)
            self._start(self._serve, sock)

    def _serve(self, sock):
        engine = socket.socket(socket.AF_UNIX)
        self._sockets.append(engine)
        try:
            engine.connect(self._engine)
            data = sock.recv(65536)
            self.first_lines.append(data.partition(b'\r\n')[0])
            if data.startswith(_PREFACE):
                if not self._takes_http2:
                    sock.sendall(b'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n')
                    sock.shutdown(socket.SHUT_RDWR)
                    return
                engine.sendall(_UPGRADE)
                head = b''
                while not head.endswith(b'\r\n\r\n'):
                    head += engine.recv(1)
            elif b'/version ' in self.first_lines[-1]:
                sock.sendall(self._version())
                return
            engine.sendall(data)
            self._start(_pipe, engine, sock)
            _pipe(sock, engine)
        except EnvironmentError:
            pass
        finally:
            for end in (sock, engine):
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except EnvironmentError:
                    pass

    def _version(self):
        """Return the engine's response to GET /version, with the versions of a newer one."""
        with_socket = socket.socket(socket.AF_UNIX)
        try:
            with_socket.connect(self._engine)
            with_socket.sendall(b'GET /version HTTP/1.0\r\nHost: relay\r\n\r\n')
            response = b''.join(iter(lambda: with_socket.recv(65536), b''))
        finally:
            with_socket.close()
        version = json.loads(response.partition(b'\r\n\r\n')[2].decode('utf-8'))
        body = json.dumps(dict(version, ApiVersion='1.55')).encode('ascii')
        return (b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n'
                b'Content-Length: %d\r\n\r\n%s' % (len(body), body))


def _pipe(source, sink):
    try:
        for data in iter(lambda: source.recv(65536), b''):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except EnvironmentError:
        pass
