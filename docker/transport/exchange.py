"""HTTP/1.1 on a socket of our own, one exchange at a time.

Streams are what an engine is used for, and http.client hides the socket that they need: a block
must be handed on when it comes and not when a buffer is full, an attached container wants the
two-way socket with nothing lost, another thread must be able to end a read, and an engine that
answers before it has read all of a body must be heard. So the connection is ours: it writes a
request, reads the head of the answer, and gives the body as blocks, as they come and as large as
they come.

What is wrong with a connection is told by the exceptions here; the adapter says it in terms of
endpoints.
"""

import errno
import os
import re
import socket
import ssl
import struct

import six
from urllib3.util import wait_for_read

from docker.stream import BLOCK
from docker.transport.hijack import handed_over

STATUS_LINE = re.compile(r'HTTP/1\.([01]) ([1-9][0-9][0-9])(?: (.*))?$')
DIGITS = re.compile(r'[0-9]+$')
CHUNK_HEADER = re.compile(br'([0-9a-fA-F]{1,16})[ \t]*(?:;.*)?\r?\n\Z')
HEAD_END = re.compile(br'\r?\n\r?\n')
LONGEST_HEAD = 256 * 1024
# A body this small travels with its head, in one packet.
SMALL_BODY = 64 * 1024
GONE = (errno.EPIPE, errno.ECONNRESET, errno.ESHUTDOWN, errno.ECONNABORTED)
NO_BODY = (204, 304)


class Dropped(Exception):
    """The peer closed the connection before a byte of an answer."""


class NotHTTP(Exception):
    """What came is no HTTP."""


class CutShort(Exception):
    """The peer closed the connection, or broke the protocol, inside an answer."""


class Reset(CutShort):
    """The peer broke the connection off."""


class Broken(Exception):
    """The connection failed in another way."""


class BrokenTLS(Broken):
    """The two sides do not trust each other, or what came is no TLS."""


class TimedOut(Exception):
    """Nothing came, or nothing could be sent, for as long as the caller waits."""


class Head(object):
    """The head of an answer: `status` (an int), `reason`, `version` (10 or 11), `headers` (pairs)."""

    def __init__(self, data):
        lines = (data.decode('latin-1') if six.PY3 else data).replace('\r\n', '\n').split('\n')
        status = STATUS_LINE.match(lines[0])
        if status is None:
            raise NotHTTP(lines[0])
        self.version = 10 if status.group(1) == '0' else 11
        self.status = int(status.group(2))
        self.reason = status.group(3) or ''
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
                    raise NotHTTP(line)
                value = value.strip()
            self.headers.append((name, value))
            self._values.setdefault(name.lower(), []).append(value)

    def is_final(self):
        """Whether it is the answer, and not a word before it such as 100 Continue."""
        return self.status >= 200 or self.status == 101

    def values(self, wanted):
        """The values of a header, given in lower case."""
        return self._values.get(wanted, [])

    def joined(self):
        """The headers as pairs of a name and all of its values."""
        if len(self._values) == len(self.headers):
            return self.headers
        return [(name, ', '.join(self.values(name.lower()))) for name, _ in self.headers]

    def names(self, word, wanted):
        """Whether a header, a list of words, names this one; both in lower case."""
        return any(word in [part.strip() for part in value.lower().split(',')]
                   for value in self.values(wanted))

    def length(self):
        """What Content-Length says, None when there is none."""
        said = set(self.values('content-length'))
        if not said:
            return None
        if len(said) > 1 or not DIGITS.match(min(said)):
            raise NotHTTP('Content-Length: ' + ', '.join(sorted(said)))
        return int(said.pop())


class Connection(object):
    """A connected socket, and what was received on it and not yet taken."""

    def __init__(self, sock):
        self.sock = sock
        self.owner = os.getpid()
        self.closed = False
        self.reusable = False
        self.held = b''
        self._limit = ()

    def close(self):
        """Close the socket; a read that waits in another thread ends. After a fork only the copy of
        this process is closed, and the connection is left to the one that made it."""
        if not self.closed:
            self.closed = True
            if self.owner == os.getpid():
                try:
                    self.sock.shutdown(socket.SHUT_RDWR)
                except (OSError, socket.error):
                    pass
            self.sock.close()

    def __del__(self):
        if not getattr(self, 'closed', True):
            self.close()

    def is_stale(self):
        """Whether the peer has closed it, or sent what nobody asked for, since it was last used; or
        it was made by the process that this one was forked from."""
        if self.closed or self.owner != os.getpid() or self.held:
            return True
        try:
            return self._receive_now() is not None
        except (CutShort, Broken):
            return True

    def exchange(self, method, target, headers, body, timeout, exact=False):
        """Send a request, and give the Head of its answer: ask() and answer()."""
        return self.ask(method, target, headers, body, timeout) or self.answer(exact)

    def ask(self, method, target, headers, body, timeout):
        """Send a request; its answer's Head when that came early, else None. `body`: None, bytes or
        an iterable of them (chunked when `headers` say so)."""
        if self._limit != (timeout,):
            limit_waiting(self.sock, timeout)
            self._limit = (timeout,)
        self.reusable = False
        request = head_of_request(method, target, headers)
        try:
            if body is None or isinstance(body, bytes):
                if body and len(body) <= SMALL_BODY:
                    request, body = request + body, None
                self._send(request)
                if body:
                    self._send(body)
                early = None
            else:
                self._send(request)
                early = self._send_body(body, chunked='transfer-encoding' in
                                        [name.lower() for name, _ in headers])
        except Reset as error:
            # It may have closed because it has answered already: hear it before judging.
            return self._last_words(error)
        self.reusable = early is None
        return early

    def answer(self, exact=False):
        """The Head of the answer. `exact`: not a byte more than the head is read."""
        while True:
            head = Head(self._receive_head(exact))
            if head.is_final():
                break
        if head.version == 10 or head.names('close', 'connection'):
            self.reusable = False
        return head

    def _send(self, data):
        try:
            self.sock.sendall(data)
        except (socket.timeout, ssl.SSLError) as error:
            raise timed_out(error)
        except (OSError, socket.error) as error:
            raise broken(error)

    def _send_body(self, blocks, chunked):
        early = None
        for block in blocks:
            if not block:
                continue
            if early is None:
                early = self._heard()
                if early and early.status >= 300:
                    return early
            if chunked:
                block = b''.join((b'%x\r\n' % len(block) if six.PY3 else '%x\r\n' % len(block),
                                  block, b'\r\n'))
            self._send(block)
        if chunked:
            self._send(b'0\r\n\r\n')
        return early

    def _heard(self):
        """The Head of an answer that comes while its request is still being sent; None when there is
        no whole one yet."""
        block = self._receive_now()
        if block is None:
            return None
        if not block:
            raise Reset('it was closed while a body was sent')
        self.held += block
        while True:
            found = HEAD_END.search(self.held)
            if not found:
                return None
            head = Head(self.held[:found.start()])
            self.held = self.held[found.end():]
            if head.is_final():
                return head

    def _last_words(self, error):
        try:
            return self.answer()
        except Dropped:
            raise Dropped(str(error))

    def _receive_head(self, exact):
        data = self.held
        self.held = b''
        while True:
            found = HEAD_END.search(data)
            if found:
                self.held = data[found.end():]
                return data[:found.start()]
            if data and not b'HTTP/'.startswith(data[:5]) or len(data) > LONGEST_HEAD:
                raise NotHTTP(data[:100])
            try:
                block = self._receive(1) if exact else self._receive()
            except Reset:
                block = b''
            if not block and not data:
                raise Dropped('it was closed without an answer')
            if not block:
                raise CutShort('it was closed inside the head of an answer')
            data += block

    def _receive(self, size=BLOCK):
        try:
            return self.sock.recv(size)
        except (socket.timeout, ssl.SSLError) as error:
            raise timed_out(error)
        except (OSError, socket.error) as error:
            if self.closed:
                return b''
            if error.errno == errno.EINTR:
                # Python 2 leaves it to us to go on after a signal.
                return self._receive(size)
            raise broken(error)

    def _receive_now(self):
        """What there is to receive at this moment, None for nothing; b'' when it was closed."""
        if not wait_for_read(self.sock, timeout=0):
            return None
        if not isinstance(self.sock, ssl.SSLSocket):
            return self._receive()
        # What is there may be TLS's own, of which nothing is left to receive.
        timeout = self.sock.gettimeout()
        self.sock.settimeout(0)
        try:
            return self._receive()
        except TimedOut:
            return None
        finally:
            self.sock.settimeout(timeout)

    def body_of(self, head, method):
        """An iterator of the blocks of the body that follows `head`, and whether it tells its own
        end."""
        if method == 'HEAD' or head.status in NO_BODY:
            return iter(()), True
        if head.status == 101:
            return self._rest(), False
        if head.names('chunked', 'transfer-encoding'):
            return self._chunks(), True
        length = head.length()
        return (self._rest(), False) if length is None else (self._exactly(length), True)

    def _rest(self):
        block = self.held or self._receive()
        self.held = b''
        while block:
            yield block
            block = self._receive()

    def _exactly(self, size):
        missing = size
        while missing:
            block = self.held or self._receive()
            if not block:
                raise CutShort('{0} bytes were announced, {1} came'.format(size, size - missing))
            self.held = block[missing:]
            if self.held:
                block = block[:missing]
            missing -= len(block)
            yield block

    def _chunks(self):
        sizes = ChunkSizes()
        while True:
            data, at, whole = self.held, 0, []
            while True:
                begin = data.find(b'\n', at) + 1
                if not begin:
                    break
                header = data[at:begin]
                size = sizes[header]
                end = begin + size
                if not size or end + 2 > len(data):
                    break
                whole.append(data[begin:end])
                # Chunks of one size follow each other often: all that stands between them is known.
                between = b'\r\n' + header
                if data.startswith(between, end):
                    step = len(between) + size
                    last = len(data) - step - 2
                    while end <= last and data.startswith(between, end):
                        end += step
                        whole.append(data[end - size:end])
                at = after_chunk(data, end)
            self.held = data[at:]
            if whole:
                yield b''.join(whole)
            if not begin:
                if len(self.held) > LONGEST_HEAD:
                    raise CutShort('a chunk with no size')
                self._hold_more()
            elif size:
                # A chunk that is not all here: what is there of it is handed on.
                self.held = data[begin:]
                for block in self._exactly(size):
                    yield block
                while len(self.held) < 2:
                    self._hold_more()
                self.held = self.held[after_chunk(self.held, 0):]
            else:
                break
        # The last chunk, of size 0, its trailers, and the empty line that ends them.
        line = None
        while line != b'':
            while b'\n' not in self.held:
                self._hold_more()
            line, _, self.held = self.held.partition(b'\n')
            line = line.strip()

    def _hold_more(self):
        block = self._receive()
        if not block:
            raise CutShort('it was closed inside a chunked body')
        self.held += block


class ChunkSizes(dict):
    """The sizes that the headers of chunks tell; the same headers come over and over, and each is read
    once."""

    MOST = 1000

    def __missing__(self, header):
        size = CHUNK_HEADER.match(header)
        if size is None:
            raise CutShort('{0!r} is no size of a chunk'.format(header.strip()[:40]))
        if len(self) == self.MOST:
            self.clear()
        self[header] = int(size.group(1), 16)
        return self[header]


def after_chunk(data, end):
    """Where the next chunk begins after one that ends at `end`."""
    if data[end:end + 2] != b'\r\n':
        raise CutShort('a chunk is longer than its size')
    return end + 2


def head_of_request(method, target, headers):
    lines = [method + ' ' + target + ' HTTP/1.1']
    for name, value in headers:
        lines.append(native_header(name) + ': ' + native_header(value))
    text = '\r\n'.join(lines) + '\r\n\r\n'
    return text.encode('latin-1') if six.PY3 else text


def native_header(value):
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.decode('latin-1')
    return value.encode('latin-1') if isinstance(value, six.text_type) else str(value)


def limit_waiting(sock, seconds):
    """Let each send and receive wait for at most so many seconds; None is no limit.

    By the kernel's own clock, but for TLS: settimeout() asks each time before whether it may go on,
    which takes a stream half of its speed.
    """
    if isinstance(sock, ssl.SSLSocket):
        sock.settimeout(seconds)
        return
    sock.settimeout(None)
    for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
        sock.setsockopt(socket.SOL_SOCKET, option, timeval(seconds))


def timeval(seconds):
    """A limit as the kernel takes it; its 0 is no limit."""
    micros = 0 if seconds is None else max(int(seconds * 1000000), 1)
    return struct.pack('ll', *divmod(micros, 1000000))


def broken(error):
    """The exception to raise for an error of a socket."""
    if error.errno in (errno.EAGAIN, errno.EWOULDBLOCK):
        return TimedOut(str(error))
    return (Reset if error.errno in GONE else Broken)(str(error))


def timed_out(error):
    """The exception to raise for a timeout or an error of TLS; on Python 2 a timeout may be one."""
    if isinstance(error, ssl.SSLError) and error.errno == ssl.SSL_ERROR_EOF:
        return Reset(str(error))
    late = (isinstance(error, socket.timeout) or 'timed out' in str(error) or
            error.errno == ssl.SSL_ERROR_WANT_READ)
    return (TimedOut if late else BrokenTLS)(str(error))


class Body(object):
    """The body of an answer as a file, for urllib3's HTTPResponse to read from.

    `whole` is called once it has been read to its end; `failed` turns what went wrong inside it
    into the exception to raise.
    """

    def __init__(self, connection, blocks, whole, failed):
        self.connection = connection
        self.closed = False
        self._blocks = blocks
        self._whole = whole
        self._failed = failed
        self._rest = b''

    def block(self):
        """The next bytes, as they come; b'' at the end, or when it was closed."""
        try:
            block = next(self._blocks, b'')
        except Exception as error:
            ended = self.closed
            self.close()
            if ended:
                return b''
            raise self._failed(error)
        if not block and not self.closed:
            self.closed = True
            self._whole()
        return block

    def read(self, size=None):
        pieces, have = [self._rest], len(self._rest)
        self._rest = b''
        while size is None or have < size:
            block = self.block()
            if not block:
                break
            pieces.append(block)
            have += len(block)
        data = b''.join(pieces)
        if size is not None:
            data, self._rest = data[:size], data[size:]
        return data

    def close(self):
        if not self.closed:
            self.closed = True
            self.connection.close()

    def detach(self):
        """The socket, and with it the duty to close it."""
        self.closed = self.connection.closed = True
        limit_waiting(self.connection.sock, None)
        return handed_over(self.connection.sock)
