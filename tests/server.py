"""A small HTTP server on a real Unix socket or TCP port, for the tests.

It sends literal bytes and records the requests that it received. A test queues the responses, in the order
of the requests. A response is bytes, or a function that gets the Peer and may do anything on the connection:
wait for an event, send a part of a response, close the connection. Such a function returns whether the
connection is kept.
"""

import json
import os
import select
import shutil
import socket
import ssl
import tempfile
import threading

import six
from six.moves.urllib.parse import parse_qsl, urlsplit


class Request(object):
    """A request as the server received it.

    Its attributes are `method`, `target`, `protocol`, `path`, `query` (a dict), `headers` (a dict, names in
    lower case) and `body` (bytes, chunks joined).
    """

    def __init__(self, head, body):
        lines = head.decode('latin-1').split('\r\n')
        self.method, self.target, self.protocol = lines[0].split(' ')
        parts = urlsplit(self.target)
        self.path = str(parts.path)
        self.query = dict(parse_qsl(str(parts.query), keep_blank_values=True))
        self.headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(':')
            self.headers[str(name.lower())] = str(value.strip())
        self.body = body

    @property
    def json(self):
        return json.loads(self.body.decode('utf-8'))


class Peer(object):
    """The server's side of one connection."""

    def __init__(self, sock, server):
        self.sock = sock
        self.server = server
        self.file = sock.makefile('rb')

    def read_head(self):
        lines = []
        while True:
            line = self.file.readline()
            if not line:
                return None
            if line == b'\r\n':
                return b'\r\n'.join(lines)
            lines.append(line[:-2])

    def read_body(self, request):
        if request.headers.get('transfer-encoding') == 'chunked':
            chunks = []
            while True:
                size = int(self.file.readline().strip() or b'0', 16)
                chunks.append(self.file.read(size))
                self.file.readline()
                if not size:
                    return b''.join(chunks)
        return self.file.read(int(request.headers.get('content-length', 0)))

    def read_request(self, body=True):
        """Read the next request and record it in the server.

        :param body: whether to read its body as well.
        :returns: the Request, or None when the client closed the connection.
        """
        head = self.read_head()
        if head is None:
            return None
        request = Request(head, b'')
        if body:
            request.body = self.read_body(request)
        self.server.requests.append(request)
        return request

    def send(self, data):
        self.sock.sendall(data)

    def wait_closed(self):
        """Wait until the client closes the connection."""
        try:
            while self.file.read(65536):
                pass
        except (OSError, socket.error):
            pass

    def close(self):
        self.file.close()
        try:
            self.sock.shutdown(socket.SHUT_RDWR)
        except (OSError, socket.error):
            pass
        self.sock.close()


class Server(object):
    """Listens at `url` until close().

    `requests` are all Requests that it received, `connections` is the number of connections that it accepted.
    """

    def __init__(self, family=socket.AF_UNIX):
        self.folder = tempfile.mkdtemp(prefix='docker')
        self.listener = socket.socket(family, socket.SOCK_STREAM)
        if family == socket.AF_UNIX:
            self.path = os.path.join(self.folder, 'docker.sock')
            self.listener.bind(self.path)
            self.url = 'unix://' + self.path
        else:
            host = '[::1]' if family == socket.AF_INET6 else '127.0.0.1'
            self.listener.bind((host.strip('[]'), 0))
            self.port = self.listener.getsockname()[1]
            self.url = 'tcp://{0}:{1}'.format(host, self.port)
        self.listener.listen(128)
        self.requests = []
        self.connections = 0
        self.failures = []
        self._responses = []
        self._peers = []
        self._lock = threading.Lock()
        self.closed = False
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def respond(self, *responses):
        """Queue responses.

        :returns: the server.
        """
        self._responses.extend(responses)
        return self

    @property
    def request(self):
        """The last Request that was received."""
        return self.requests[-1]

    def wrap(self, sock):
        """Return the socket to use for an accepted one. Subclasses add TLS here."""
        return sock

    def _accept(self):
        while True:
            try:
                sock, _ = self.listener.accept()
            except (OSError, socket.error):
                return
            if self.closed:
                sock.close()
                return
            thread = threading.Thread(target=self._serve, args=(sock,))
            with self._lock:
                self.connections += 1
                self._threads.append(thread)
            thread.start()

    def _serve(self, sock):
        try:
            sock = self.wrap(sock)
        except (OSError, socket.error):
            sock.close()
            return
        peer = Peer(sock, self)
        with self._lock:
            self._peers.append(peer)
        try:
            while self._serve_one(peer):
                pass
        except (OSError, socket.error):
            pass  # the client may close a connection at any time
        except Exception as failure:
            self.failures.append(failure)
        finally:
            peer.close()

    def _serve_one(self, peer):
        # A response is taken from the queue when a request arrives, so that an idle connection takes none.
        select.select([peer.sock], [], [])
        if not isinstance(peer.sock, ssl.SSLSocket) and not peer.sock.recv(1, socket.MSG_PEEK):
            return False
        with self._lock:
            response = self._responses.pop(0) if self._responses else None
        if callable(response):
            return response(peer)
        request = peer.read_request()
        if request is None:
            return False
        if response is None:
            raise AssertionError('no response was queued for ' + request.target)
        peer.send(response)
        head = response.partition(b'\r\n\r\n')[0].lower()
        return (b'content-length' in head or b'chunked' in head or b' 204' in head or
                b' 304' in head) and b'connection: close' not in head

    def close(self):
        self.closed = True
        try:
            self.listener.shutdown(socket.SHUT_RDWR)
        except (OSError, socket.error):
            pass
        self.listener.close()
        with self._lock:
            peers = list(self._peers)
        for peer in peers:
            try:
                # The shutdown of a TLS socket takes its TLS object away from the thread that reads.
                socket.socket.shutdown(peer.sock, socket.SHUT_RDWR)
            except (OSError, socket.error):
                pass
        for thread in list(self._threads):
            thread.join(10)
        shutil.rmtree(self.folder)
        if self.failures:
            raise self.failures[0]


def free_port():
    """Return a port of 127.0.0.1 where nobody listens."""
    sock = socket.socket()
    sock.bind(('127.0.0.1', 0))
    port = sock.getsockname()[1]
    sock.close()
    return port


REASONS = {200: 'OK', 201: 'Created', 204: 'No Content', 304: 'Not Modified', 400: 'Bad Request',
           401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 406: 'Not Acceptable',
           409: 'Conflict', 500: 'Internal Server Error',
           501: 'Not Implemented', 503: 'Service Unavailable'}


def http(status=200, body=b'', content_type='text/plain; charset=utf-8', *headers):
    """A response with a Content-Length."""
    if isinstance(body, six.text_type):
        body = body.encode('utf-8')
    lines = ['HTTP/1.1 {0} {1}'.format(status, REASONS[status]), 'Content-Type: ' + content_type]
    if status not in (204, 304):
        lines.append('Content-Length: {0}'.format(len(body)))
    lines.extend(headers)
    return '\r\n'.join(lines + ['', '']).encode('latin-1') + body


def as_json(value, status=200, *headers):
    """A response with a JSON body."""
    return http(status, json.dumps(value), 'application/json', *headers)


def chunked(chunks, content_type='application/json', status=200):
    """A response in chunked transfer encoding, with one chunk for each item of `chunks`, in bytes."""
    head = 'HTTP/1.1 {0} {1}\r\nContent-Type: {2}\r\nTransfer-Encoding: chunked\r\n\r\n'.format(
        status, REASONS[status], content_type).encode('latin-1')
    return head + b''.join(chunk(data) for data in chunks) + b'0\r\n\r\n'


def chunk(data):
    """A chunk of a response in chunked transfer encoding."""
    return '{0:x}\r\n'.format(len(data)).encode('latin-1') + data + b'\r\n'


def beginning_of_json(peer):
    """Respond to a request with the beginning of a body alone, and close the connection."""
    assert peer.read_request() is not None
    peer.send(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[{"Na')
    return False


HIJACKED = b'HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\n'


def frame(stream, data):
    """A frame of a stream of output: of stdout when `stream` is 1, of stderr when it is 2."""
    length = len(data)
    return bytes(bytearray([stream, 0, 0, 0, length >> 24, length >> 16 & 255, length >> 8 & 255,
                            length & 255])) + data
