"""The two-way sockets of callers, and a TLS connection as one, whose sending half can be closed by itself.

Scripts of 2015 and 2016 got an `io.RawIOBase` on Python 3 and a socket on Python 2. So each has the
methods of both.

Python's SSLSocket cannot do that: its shutdown(SHUT_WR) drops TLS, and what is received after it is
ciphertext; its unwrap() sends the alert that closes one half (close_notify), but then loses what the
peer still sends. To end the input of an attached container and read the rest of its output takes both.
"""

import os
import socket
import ssl
import threading

from docker.stream import BLOCK_SIZE, join_chunks
from docker.transport.sockets import call_when_ready, send_over_tls
from docker.transport.urllib3_api import wait_for_read, wait_for_write


def two_way_socket(sock):
    """Return a connected socket as one without a timeout whose halves can be closed one by one."""
    sock.settimeout(None)
    if isinstance(sock, ssl.SSLSocket):
        return TLSSocket(sock)
    if not isinstance(sock, socket.socket) and not hasattr(sock, '_sock'):
        # What socketpair() returns on Python 2, whose class cannot be replaced.
        sock = socket.socket(_sock=sock)
    sock.__class__ = _two_way_class(type(sock))
    return sock


def _two_way_class(kind):
    """Return the class for two-way sockets of a class, which is that of Python, or one that gevent or
    eventlet has put in its place."""
    if kind not in _classes:
        # The methods of the socket itself come first. Without slots its objects have the layout of the other.
        _classes[kind] = type('TwoWaySocket', (kind, FileMethods), {'__slots__': (), '__module__': __name__})
    return _classes[kind]


_classes = {}


class FileMethods(object):
    """What scripts use of the `io.RawIOBase` that they got on Python 3, and Python 2 has not for a socket."""

    __slots__ = ()

    @property
    def _sock(self):
        return self

    def read(self, size=-1):
        """Receive at most `size` bytes; all until the peer has closed its half for -1 or None."""
        if size is None or size < 0:
            return join_chunks(iter(lambda: self.recv(BLOCK_SIZE), b''))
        return self.recv(size)

    def readinto(self, buffer):
        """Receive into a buffer what fits in, and return how many bytes."""
        return self.recv_into(buffer)

    def write(self, data):
        """Send some of the data, and return how many bytes."""
        return self.send(data)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()


class TLSSocket(FileMethods):
    """A socket on top of an SSLSocket, which it owns.

    One thread may receive while another sends and closes. The methods are those of a socket.
    """

    def __init__(self, sock):
        self._tls = sock
        self._timeout = sock.gettimeout()
        sock.setblocking(False)
        # A second descriptor of the connection, to wait on and to send the alert through.
        self._wire = socket.fromfd(sock.fileno(), sock.family, sock.type)
        self._lock = threading.Lock()
        self._sending = threading.Lock()
        self._input_closed = self._output_closed = False
        self._buffer = b''
        self._closed = False

    def recv(self, size):
        """Receive at most `size` bytes; b'' when the peer has closed its half."""
        return self._when_ready(lambda: self._receive(size))

    def recv_into(self, buffer, size=0):
        data = self.recv(size or len(buffer))
        buffer[:len(data)] = data
        return len(data)

    def send(self, data):
        """Send some of the data, and return how many bytes."""
        with self._sending:
            return self._send(data)

    def sendall(self, data):
        """Send all of the data."""
        left = memoryview(data)
        with self._sending:
            while len(left):
                left = left[self._send(left[:16384].tobytes()):]

    def shutdown(self, how):
        """Close the sending half (SHUT_WR), or both (SHUT_RDWR)."""
        if how == socket.SHUT_WR:
            with self._sending:
                self._close_input()
        else:
            self._wire.shutdown(how)

    def close(self):
        self._closed = True
        self._tls.close()
        self._wire.close()

    def fileno(self):
        return self._wire.fileno()

    def gettimeout(self):
        return self._timeout

    def settimeout(self, seconds):
        self._timeout = seconds

    def setblocking(self, blocking):
        self._timeout = None if blocking else 0

    def getpeername(self):
        return self._wire.getpeername()

    def getpeercert(self, binary_form=False):
        return self._tls.getpeercert(binary_form)

    def __repr__(self):
        return '<docker.transport.hijack.TLSSocket, {0}>'.format('closed' if self._closed else 'open')

    def _send(self, data):
        if self._input_closed:
            raise socket.error('the sending half is closed')
        return self._when_ready(lambda: send_over_tls(self._tls, data))

    def _receive(self, size):
        if self._buffer:
            data, self._buffer = self._buffer[:size], self._buffer[size:]
            return data
        try:
            return b'' if self._output_closed else self._tls.recv(size)
        except ssl.SSLError as error:
            # The peer closed without an alert; Python since 3.10 returns b'' by itself.
            if 'unexpected eof' in str(error):
                return b''
            raise

    def _when_ready(self, action):
        """Call `action` as soon as the connection is ready for it. It waits without holding the lock."""
        def locked():
            with self._lock:
                return action()

        return call_when_ready(self._wire, self._timeout, wait_for_read, locked)

    def _close_input(self):
        """Send close_notify.

        OpenSSL would then read the peer's close_notify at once, and fail on output that comes before it.
        So it writes into a pair of sockets, where there is nothing to read.
        """
        if self._input_closed:
            return
        self._input_closed = True
        ours, theirs = socket.socketpair()
        try:
            with self._lock:
                ours.setblocking(False)
                theirs.setblocking(False)
                _redirect(self._tls.fileno(), ours)
                try:
                    self._buffer_received()
                    self._tls.unwrap()
                    self._output_closed = True
                except ssl.SSLWantReadError:
                    pass
                finally:
                    if not self._output_closed:
                        _redirect(self._tls.fileno(), self._wire)
            alert = theirs.recv(4096)
            while alert:
                alert = alert[call_when_ready(self._wire, self._timeout, wait_for_write,
                                              self._wire.send, alert):]
        finally:
            ours.close()
            theirs.close()

    def _buffer_received(self):
        """Read what has been received: OpenSSL would drop it with the alert."""
        received = [self._buffer]
        self._buffer = b''
        try:
            while received[-1] or len(received) == 1:
                received.append(self._receive(65536))
            self._output_closed = True
        except ssl.SSLWantReadError:
            pass
        self._buffer = b''.join(received)


def _redirect(descriptor, sock):
    """Make a descriptor refer to a socket."""
    try:
        os.dup2(sock.fileno(), descriptor, False)
    except TypeError:  # Python 2
        os.dup2(sock.fileno(), descriptor)
