"""A small HTTP server on a real Unix socket, for the tests: it says literal bytes and keeps what it heard.

A test queues the answers, in the order in which they will be wanted. An answer is bytes, or a function that
is given the Peer and does as it likes on the connection (wait for an event, send half, hang up).
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
    """A request as it was heard: `method`, `target`, `path`, `query` (a dict), `headers` (names in
    lower case) and `body` (bytes, chunks joined)."""

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
            pieces = []
            while True:
                size = int(self.file.readline().strip() or b'0', 16)
                pieces.append(self.file.read(size))
                self.file.readline()
                if not size:
                    return b''.join(pieces)
        return self.file.read(int(request.headers.get('content-length', 0)))

    def read_request(self, body=True):
        """The next Request, which the server keeps; None when the client hung up."""
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
        """Wait until the client hangs up."""
        try:
            while self.file.read(1):
                pass
        except (OSError, socket.error):
            pass
        except (AttributeError, ValueError):
            # A TLS socket says these when the server is closed meanwhile.
            if not self.server.closed:
                raise

    def close(self):
        self.file.close()
        try:
            self.sock.shutdown(socket.SHUT_RDWR)
        except (OSError, socket.error):
            pass
        self.sock.close()


class Server(object):
    """Listens on `path` until close(). `requests`: all that were heard; `connections`: how many came."""

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
        self._answers = []
        self._peers = []
        self._lock = threading.Lock()
        self.closed = False
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()

    def answer(self, *answers):
        """Queue answers; returns the server."""
        self._answers.extend(answers)
        return self

    @property
    def request(self):
        """The last request that was heard."""
        return self.requests[-1]

    def wrap(self, sock):
        """What to do with a connected socket before it is used; TLS goes here."""
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
            pass  # the client hung up, which is its right
        except Exception as failure:
            self.failures.append(failure)
        finally:
            peer.close()

    def _serve_one(self, peer):
        # An answer is taken when a request comes, so that an idle connection keeps none from another.
        select.select([peer.sock], [], [])
        if not isinstance(peer.sock, ssl.SSLSocket) and not peer.sock.recv(1, socket.MSG_PEEK):
            return False
        with self._lock:
            answer = self._answers.pop(0) if self._answers else None
        if callable(answer):
            return answer(peer)
        request = peer.read_request()
        if request is None:
            return False
        if answer is None:
            raise AssertionError('no answer was queued for ' + request.target)
        peer.send(answer)
        head = answer.partition(b'\r\n\r\n')[0].lower()
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
                peer.sock.shutdown(socket.SHUT_RDWR)
            except (OSError, socket.error):
                pass
        for thread in list(self._threads):
            thread.join(10)
        shutil.rmtree(self.folder)
        if self.failures:
            raise self.failures[0]


REASONS = {200: 'OK', 201: 'Created', 204: 'No Content', 304: 'Not Modified', 400: 'Bad Request',
           401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 406: 'Not Acceptable',
           409: 'Conflict', 500: 'Internal Server Error'}


def http(status=200, body=b'', kind='text/plain; charset=utf-8', *headers):
    """An answer with a length."""
    if isinstance(body, six.text_type):
        body = body.encode('utf-8')
    lines = ['HTTP/1.1 {0} {1}'.format(status, REASONS[status]), 'Content-Type: ' + kind]
    if status not in (204, 304):
        lines.append('Content-Length: {0}'.format(len(body)))
    lines.extend(headers)
    return '\r\n'.join(lines + ['', '']).encode('latin-1') + body


def as_json(value, status=200, *headers):
    """An answer in JSON."""
    return http(status, json.dumps(value), 'application/json', *headers)


def chunked(blocks, kind='application/json', status=200):
    """An answer in chunks, one for each block of bytes."""
    head = 'HTTP/1.1 {0} {1}\r\nContent-Type: {2}\r\nTransfer-Encoding: chunked\r\n\r\n'.format(
        status, REASONS[status], kind).encode('latin-1')
    return head + b''.join(chunk(block) for block in blocks) + b'0\r\n\r\n'


def chunk(block):
    return '{0:x}\r\n'.format(len(block)).encode('latin-1') + block + b'\r\n'


HIJACKED = b'HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\n'


def frame(kind, data):
    """A frame of a stream: 1 stdout, 2 stderr."""
    length = len(data)
    return bytes(bytearray([kind, 0, 0, 0, length >> 24, length >> 16 & 255, length >> 8 & 255,
                            length & 255])) + data
