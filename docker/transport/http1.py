"""HTTP/1.1 on a socket of our own, one request and response at a time.

Engines are used for their streams, and http.client hides the socket that these need: a chunk must be
passed on when it comes and not when a buffer is full, an attached container needs the two-way socket
with nothing lost, another thread must be able to end a read, and an engine that responds before it has
read all of a body must be heard. So the connection is ours: it writes a request, reads the head of the
response, and yields the body in chunks, as they come and as large as they come.
"""

import os
import re
import socket

import six

from docker.compat import to_native_header
from docker.stream import BLOCK_SIZE
from docker.transport.exceptions import (
    ConnectionReset, IncompleteRead, NetworkError, RemoteDisconnected, RemoteProtocolError)
from docker.transport.sockets import error_of_socket, timed_socket

# Regular expressions are strings that are compiled on first use, to keep the import fast.
_STATUS_LINE = r'HTTP/1\.(?P<minor>[01]) (?P<status>[1-9][0-9][0-9])(?: (?P<reason>.*))?$'
_DIGITS = r'[0-9]+$'
_CHUNK_HEADER = br'([0-9a-fA-F]{1,16})[ \t]*(?:;.*)?\r?\n\Z'
_EMPTY_LINE = br'\r?\n\r?\n'
_EMPTY_LINE_SIZE = 4
_MAX_HEAD_SIZE = 256 * 1024
_MAX_CHUNK_HEADER_SIZE = 16 * 1024
# How many interim responses may come before one response.
_MAX_INTERIM = 100
# A body up to this size is sent together with its head.
_SMALL_BODY_SIZE = 64 * 1024
# Chunks of this size or larger are passed on one by one: to join them takes longer.
_LARGE_CHUNK_SIZE = 8 * 1024
_STATUSES_WITHOUT_BODY = (204, 304)


class ResponseHead(object):
    """The status line and the headers of a response.

    :param data: its bytes, without the empty line.
    :raises RemoteProtocolError: when it is not HTTP.

    `status` is an int, `reason` a native string, `version` 10 or 11, `headers` a list of pairs.
    """

    def __init__(self, data):
        lines = (data.decode('latin-1') if six.PY3 else data).replace('\r\n', '\n').split('\n')
        status = re.match(_STATUS_LINE, lines[0])
        if status is None:
            raise RemoteProtocolError(lines[0])
        self.version = 10 if status.group('minor') == '0' else 11
        self.status = int(status.group('status'))
        self.reason = status.group('reason') or ''
        self.headers = []
        self._values = {}
        for line in lines[1:]:
            if line[:1] in (' ', '\t') and self.headers:
                name, value = self.headers.pop()
                value += ' ' + line.strip()
                self._values[name.lower()].pop()
            else:
                name, colon, value = line.partition(':')
                if not colon or not name or name != name.strip():
                    raise RemoteProtocolError(line)
                value = value.strip()
            self.headers.append((name, value))
            self._values.setdefault(name.lower(), []).append(value)

    def is_final(self):
        """Whether it is the response, and not an interim one such as 100 Continue."""
        return self.status >= 200 or self.status == 101

    def values(self, name):
        """Return the values of a header as a list; its name in lower case."""
        return self._values.get(name, [])

    def joined(self):
        """Return the headers as pairs of a name and all of its values."""
        if len(self._values) == len(self.headers):
            return self.headers
        return [(name, ', '.join(self.values(name.lower()))) for name, _ in self.headers]

    def lists(self, name, word):
        """Whether a header that is a list of words has this one; both in lower case."""
        return any(word in [part.strip() for part in value.lower().split(',')]
                   for value in self.values(name))

    def length(self):
        """Return the Content-Length as an int, None when there is none."""
        lengths = set(self.values('content-length'))
        if not lengths:
            return None
        if len(lengths) > 1 or not re.match(_DIGITS, min(lengths)):
            raise RemoteProtocolError('Content-Length: ' + ', '.join(sorted(lengths)))
        return int(lengths.pop())


class Connection(object):
    """A connected socket, and what was received on it and not yet read.

    :param sock: the socket; the Connection closes it.
    """

    def __init__(self, sock):
        self.sock = sock
        self.pid = os.getpid()
        self.closed = False
        self._in_use = False
        self.reusable = False
        self.buffer = b''
        self._timed = timed_socket(sock)
        self._timeout = ()
        self._interim = 0

    def close(self):
        """Close the socket; a read that waits in another thread ends, and then closes it.

        Its descriptor could be another file's otherwise by the time that thread runs, and eventlet would
        not wake it. After a fork only the descriptor of this process is closed: the connection is still in
        use by the process that opened it.
        """
        if not self.closed:
            self.closed = True
            if self.pid == os.getpid():
                try:
                    self.sock.shutdown(socket.SHUT_RDWR)
                except (OSError, socket.error):
                    pass
            if not self._in_use or self.pid != os.getpid():
                self.sock.close()

    def detach(self):
        """Return the socket, without a timeout; the caller closes it."""
        self.closed = True
        self.sock.settimeout(None)
        return self.sock

    def __del__(self):
        if not getattr(self, 'closed', True):
            self.close()

    def is_stale(self):
        """Whether it cannot be used again: the peer has closed it, or sent what was not requested, since
        its last use; or another process opened it, from which this one was forked."""
        if self.closed or self.pid != os.getpid() or self.buffer:
            return True
        try:
            return self._receive_available(1) is not None
        except (IncompleteRead, NetworkError):
            return True

    def send_request(self, method, target, headers, body, timeout):
        """Send a request.

        :param headers: pairs of name and value.
        :param body: None, bytes, or an iterable of bytes, which is sent chunked if the headers say so.
        :param timeout: seconds for each send and receive, None for no limit.
        :returns: the ResponseHead, when the response came before the whole body was sent, else None.
        """
        if self._timeout != (timeout,):
            self._timed.set_timeout(timeout)
            self._timeout = (timeout,)
        self.reusable = False
        self._interim = 0
        head = _head_of_request(method, target, headers)
        early = None
        try:
            if body is None or isinstance(body, bytes):
                if body and len(body) <= _SMALL_BODY_SIZE:
                    head, body = head + body, None
                self._send(head)
                if body:
                    self._send(body)
            else:
                self._send(head)
                chunked = 'transfer-encoding' in [name.lower() for name, _ in headers]
                early = self._send_body(body, chunked)
        except ConnectionReset as error:
            # The peer may have responded before it closed.
            return self._response_after_reset(error)
        self.reusable = early is None
        return early

    def read_head(self, exact=False):
        """Read the ResponseHead of a request that was sent.

        :param exact: True to receive not a byte beyond it.
        """
        head = self._check_interim(ResponseHead(self._receive_head(exact)))
        while not head.is_final():
            head = self._check_interim(ResponseHead(self._receive_head(exact)))
        if head.version == 10 or head.lists('connection', 'close'):
            self.reusable = False
        return head

    def _check_interim(self, head):
        """Return a ResponseHead; there is an end to those that are not final."""
        if not head.is_final():
            self._interim += 1
            if self._interim > _MAX_INTERIM:
                raise RemoteProtocolError('more than {0} interim responses'.format(_MAX_INTERIM))
        return head

    def _send(self, data):
        self._in_use = True
        try:
            self._timed.send_all(data)
        except (OSError, socket.error, EOFError) as error:
            six.raise_from(error_of_socket(error), None)
        finally:
            self._in_use = False
            if self.closed:
                self.sock.close()

    def _send_body(self, chunks, chunked):
        """Send a body, and return the ResponseHead that comes meanwhile, None when none does."""
        early = None
        for chunk in chunks:
            if not chunk:
                continue
            if early is None:
                early = self._poll_early_response()
                if early and early.status >= 300:
                    return early
            if chunked:
                chunk = b''.join((b'%x\r\n' % len(chunk), chunk, b'\r\n'))
            if not self._send_unless_refused(chunk, early):
                return early
        if chunked:
            self._send_unless_refused(b'0\r\n\r\n', early)
        return early

    def _send_unless_refused(self, data, early):
        """Send a part of a body, and return True; False when the peer has closed the connection after its
        response, which it began with the ResponseHead `early`."""
        try:
            self._send(data)
            return True
        except ConnectionReset:
            if early is None:
                raise
            return False

    def _poll_early_response(self):
        """Return the ResponseHead of a response that comes while its request is still being sent; None when
        there is no complete one yet."""
        received = self._receive_available(BLOCK_SIZE)
        if received is None:
            return None
        if not received:
            raise ConnectionReset('it was closed while a body was sent')
        self.buffer += received
        while True:
            end = re.search(_EMPTY_LINE, self.buffer)
            if not end:
                if len(self.buffer) > _MAX_HEAD_SIZE:
                    raise RemoteProtocolError(self.buffer[:100])
                return None
            head = self._check_interim(ResponseHead(self.buffer[:end.start()]))
            self.buffer = self.buffer[end.end():]
            if head.is_final():
                return head

    def _response_after_reset(self, reset):
        try:
            return self.read_head()
        except RemoteDisconnected:
            six.raise_from(RemoteDisconnected(str(reset)), None)

    def _receive_head(self, exact):
        data = bytearray(self.buffer)
        self.buffer = b''
        find_end = re.compile(_EMPTY_LINE).search
        begin = 0
        while True:
            end = find_end(data, begin)
            if end:
                self.buffer = bytes(data[end.end():])
                return bytes(data[:end.start()])
            if data and not b'HTTP/'.startswith(bytes(data[:5])) or len(data) > _MAX_HEAD_SIZE:
                raise RemoteProtocolError(bytes(data[:100]))
            begin = max(len(data) - _EMPTY_LINE_SIZE + 1, 0)
            try:
                received = self._receive_head_part(data[begin:], exact)
            except ConnectionReset:
                received = b''
            if not received and not data:
                raise RemoteDisconnected('it was closed without a response')
            if not received:
                raise IncompleteRead('it was closed inside the head of a response')
            data += received

    def _receive_head_part(self, before, exact):
        """Receive what comes of a head; `before` is the end of what came before."""
        if not exact:
            return self._when_open(self._timed.receive if before else self._timed.receive_response,
                                   BLOCK_SIZE)

        def end_of(available):
            end = re.search(_EMPTY_LINE, before + available)
            return end and end.end() - len(before)

        return self._when_open(self._timed.receive_until, end_of, BLOCK_SIZE)

    def _receive(self):
        return self._when_open(self._timed.receive, BLOCK_SIZE)

    def _receive_available(self, size):
        """Return what can be received without waiting, None for nothing; b'' when the peer has closed."""
        return self._when_open(self._timed.receive_available, size)

    def _when_open(self, receive, *arguments):
        """Return what is received; b'' when the connection was closed, which another thread may do."""
        self._in_use = True
        try:
            return receive(*arguments)
        except (OSError, socket.error, EOFError, ValueError) as error:
            if self.closed:
                return b''
            if isinstance(error, ValueError):
                raise
            six.raise_from(error_of_socket(error), None)
        finally:
            self._in_use = False
            if self.closed:
                self.sock.close()

    def body_of(self, head, method):
        """Return the body of the response.

        :param head: its ResponseHead.
        :param method: the method of the request.
        :returns: an iterator of bytes, and whether the connection can be used again at its end.
        """
        if method == 'HEAD' or head.status in _STATUSES_WITHOUT_BODY:
            return iter(()), True
        if head.status == 101:
            return self._read_to_end(), False
        if head.lists('transfer-encoding', 'chunked'):
            return self._read_chunked(), True
        length = head.length()
        return (self._read_to_end(), False) if length is None else (self._read_length(length), True)

    def _read_to_end(self):
        received = self.buffer or self._receive()
        self.buffer = b''
        while received:
            yield received
            received = self._receive()

    def _read_length(self, length):
        missing = length
        while missing:
            received = self.buffer or self._receive()
            if not received:
                raise IncompleteRead('{0} bytes were announced, {1} came'.format(length, length - missing))
            self.buffer = received[missing:]
            if self.buffer:
                received = received[:missing]
            missing -= len(received)
            yield received

    def _read_chunked(self):
        sizes = _ChunkSizes()
        while True:
            data, start, complete = self.buffer, 0, []
            while True:
                begin = data.find(b'\n', start) + 1
                if not begin:
                    break
                header = data[start:begin]
                size = sizes[header]
                end = begin + size
                if not size or end + 2 > len(data):
                    break
                complete.append(data[begin:end])
                # Often many chunks of one size follow each other, with the same bytes between them.
                separator = b'\r\n' + header
                if data.startswith(separator, end):
                    step = len(separator) + size
                    last = len(data) - step - 2
                    while end <= last and data.startswith(separator, end):
                        end += step
                        complete.append(data[end - size:end])
                start = _next_chunk(data, end)
            self.buffer = data[start:]
            if complete and len(complete[0]) < _LARGE_CHUNK_SIZE:
                yield b''.join(complete)
            else:
                for chunk in complete:
                    yield chunk
            if not begin:
                if len(self.buffer) > _MAX_CHUNK_HEADER_SIZE:
                    raise IncompleteRead('a chunk has no size')
                self._receive_more()
            elif size:
                # An incomplete chunk: what has come of it is passed on.
                self.buffer = data[begin:]
                for part in self._read_length(size):
                    yield part
                while len(self.buffer) < 2:
                    self._receive_more()
                self.buffer = self.buffer[_next_chunk(self.buffer, 0):]
            else:
                break
        self._read_trailers()

    def _read_trailers(self):
        """Read the last chunk, of size 0, its trailers, and the empty line that ends them."""
        data, begin = bytearray(self.buffer), 0
        find_end = re.compile(_EMPTY_LINE).search
        end = find_end(data)
        while not end:
            if len(data) > _MAX_HEAD_SIZE:
                raise IncompleteRead('its trailers have no end')
            begin = max(len(data) - _EMPTY_LINE_SIZE + 1, 0)
            self.buffer = b''
            self._receive_more()
            data += self.buffer
            end = find_end(data, begin)
        self.buffer = bytes(data[end.end():])

    def _receive_more(self):
        received = self._receive()
        if not received:
            raise IncompleteRead('it was closed inside a chunked body')
        self.buffer += received


class _ChunkSizes(dict):
    """The size of each chunk header. The same few headers come again and again; each is parsed once."""

    MAX_ENTRIES = 1000

    def __missing__(self, header):
        size = re.match(_CHUNK_HEADER, header)
        if size is None:
            raise IncompleteRead('{0!r} is not the size of a chunk'.format(header.strip()[:40]))
        if len(self) == self.MAX_ENTRIES:
            self.clear()
        self[header] = int(size.group(1), 16)
        return self[header]


def _next_chunk(data, end):
    """Return where the next chunk begins after one that ends at `end`."""
    if data[end:end + 2] != b'\r\n':
        raise IncompleteRead('a chunk is longer than its size')
    return end + 2


def _head_of_request(method, target, headers):
    lines = [method + ' ' + target + ' HTTP/1.1']
    for name, value in headers:
        lines.append(to_native_header(name) + ': ' + to_native_header(value))
    text = '\r\n'.join(lines) + '\r\n\r\n'
    return text.encode('latin-1') if six.PY3 else text
