"""Sockets: how long they wait, and the exceptions for what goes wrong on them.

Each wait has a deadline that is kept here. A timeout of the kernel (SO_RCVTIMEO) begins anew after each
signal, and gevent and eventlet, whose sockets wait in their own way, do not know it; settimeout() makes
Python poll before each call, which halves the speed of a stream.
"""

import errno
import socket
import ssl

import six

from docker.compat import monotonic
from docker.transport.exceptions import ConnectionReset, NetworkError, TimedOut, TLSError
from docker.transport.urllib3_api import wait_for_read, wait_for_write

_RESET = (errno.EPIPE, errno.ECONNRESET, errno.ESHUTDOWN, errno.ECONNABORTED)
_WOULD_BLOCK = (errno.EAGAIN, errno.EWOULDBLOCK)
# poll() takes milliseconds as a C int: for a longer timeout it is called again.
_MAX_WAIT_SECONDS = 24 * 60 * 60
# With a timeout of 0 a socket does not wait: that is another error than a timeout.
_MIN_TIMEOUT_SECONDS = 0.000001
# A record of TLS. OpenSSL sends a larger piece as several, and reports no progress before the last.
_TLS_RECORD_SIZE = 16 * 1024


def timed_socket(sock):
    """Return a connected socket as a TimedSocket of the kind that it takes."""
    if type(sock).__module__ not in ('socket', '_socket', 'ssl'):
        return _ForeignSocket(sock)
    return (_TimedTLSSocket if isinstance(sock, ssl.SSLSocket) else TimedSocket)(sock)


class TimedSocket(object):
    """A connected socket, whose every wait has a deadline: a plain one.

    :param sock: the socket; it blocks, and a call that must not block has a flag.

    An error of a method is that of the socket's own; a `socket.timeout` is raised at the deadline.
    """

    max_send = None

    def __init__(self, sock):
        self.sock = sock
        sock.settimeout(None)
        self.set_timeout(None)

    def set_timeout(self, seconds):
        """Let each send and receive wait for at most so many seconds; None is no limit."""
        self._timeout = seconds
        # Without a limit the system waits, unless the class of sockets was replaced since: then threads
        # are not the system's either.
        blocks = seconds is None and type(self.sock) is socket.socket
        self._flags = 0 if blocks else socket.MSG_DONTWAIT

    def receive(self, size, flags=0):
        """Return at most `size` bytes as they come; b'' when the peer has closed."""
        return call_when_ready(self.sock, self._timeout, wait_for_read,
                               self.sock.recv, size, flags | self._flags)

    def receive_response(self, size):
        """Do the same where nothing is likely to have come yet: to wait first is faster."""
        if self._timeout is not None and self._timeout < _MAX_WAIT_SECONDS:
            if not wait_for_read(self.sock, timeout=self._timeout):
                raise socket.timeout('timed out')
        return self.receive(size)

    def receive_available(self, size):
        """Return at most `size` bytes that have come, None for nothing; b'' when the peer has closed."""
        return self.receive(size) if wait_for_read(self.sock, timeout=0) else None

    def receive_until(self, end_of, size):
        """Return at most `size` bytes as they come, but none beyond an end.

        :param end_of: a function that returns where the end is in bytes, None for nowhere.
        """
        available = self.receive(size, socket.MSG_PEEK)
        return self.receive(end_of(available) or len(available)) if available else available

    def send(self, data):
        """Send some of the data, and return how many bytes."""
        return call_when_ready(self.sock, self._timeout, wait_for_write, self.sock.send, data, self._flags)

    def send_all(self, data):
        """Send all of the data; each part of it that is taken begins a new wait."""
        sent = self.send(data[:self.max_send])
        if sent < len(data):
            left = memoryview(data)[sent:]
            while len(left):
                left = left[self.send(left[:self.max_send]):]


class _TimedTLSSocket(TimedSocket):
    """A TLS socket: it does not block, as a record may come without any data for the caller."""

    max_send = _TLS_RECORD_SIZE

    def __init__(self, sock):
        self.sock = sock
        self._timeout = None
        sock.settimeout(0)

    def set_timeout(self, seconds):
        self._timeout = seconds

    def shake_hands(self):
        """Begin TLS."""
        call_when_ready(self.sock, self._timeout, wait_for_read, self.sock.do_handshake)

    def receive(self, size):
        return call_when_ready(self.sock, self._timeout, wait_for_read, self.sock.recv, size)

    def receive_response(self, size):
        return self.receive(size)

    def receive_available(self, size):
        try:
            return self.sock.recv(size)
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return None

    def receive_until(self, end_of, size):
        return self.receive(1)

    def send(self, data):
        return call_when_ready(self.sock, self._timeout, wait_for_write, send_over_tls, self.sock, data)


class _ForeignSocket(_TimedTLSSocket):
    """A socket of another class, such as gevent's or eventlet's, plain or TLS: it waits in its own way."""

    def __init__(self, sock):
        self.sock = sock
        self.set_timeout(None)

    def set_timeout(self, seconds):
        self._timeout = seconds
        # Of eventlet's TLS sockets, settimeout() alone changes neither to blocking nor from it.
        self.sock.setblocking(True)
        self.sock.settimeout(_MIN_TIMEOUT_SECONDS if seconds == 0 else seconds)

    def shake_hands(self):
        self.sock.do_handshake()

    def receive(self, size):
        return self.sock.recv(size)

    def receive_available(self, size):
        self.sock.setblocking(False)
        try:
            return self.sock.recv(size)
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return None
        except (OSError, socket.error) as error:
            if error.errno not in _WOULD_BLOCK:
                raise
            return None
        finally:
            self.set_timeout(self._timeout)

    def send(self, data):
        return self.sock.send(data)


def call_when_ready(sock, timeout, wait, call, *arguments):
    """Return the result of a call on a socket, which is repeated while it would block.

    :param timeout: seconds, None for no limit.
    :param wait: wait_for_read or wait_for_write; TLS may have to wait for the other one.
    :raises socket.timeout: when it would still block then. A signal does not change when that is.
    """
    deadline = None
    while True:
        try:
            return call(*arguments)
        except ssl.SSLWantReadError:
            ready = wait_for_read
        except ssl.SSLWantWriteError:
            ready = wait_for_write
        except ssl.SSLError:
            # Its errno is a number of OpenSSL's.
            raise
        except (OSError, socket.error) as error:
            if error.errno == errno.EINTR:
                # Python 2 does not resume a call that a signal interrupted.
                continue
            if error.errno not in _WOULD_BLOCK:
                raise
            ready = wait
        if deadline is None and timeout is not None:
            deadline = monotonic() + timeout
        _wait_until(deadline, sock, ready)


def shut_down(sock, how=socket.SHUT_RDWR):
    """Shut a socket down, so that a thread that waits for it goes on; it need not be connected any more."""
    try:
        sock.shutdown(how)
    except (EnvironmentError, ValueError):
        pass


def send_over_tls(sock, data):
    """Send some of the data on a TLS socket that does not block, and return how many bytes.

    :raises ssl.SSLError: when it would block. Python 2 returns 0 then.
    """
    sent = sock.send(data)
    if data and not sent:
        raise ssl.SSLWantWriteError(ssl.SSL_ERROR_WANT_WRITE, 'it would block')
    return sent


def _wait_until(deadline, sock, wait):
    left = None if deadline is None else deadline - monotonic()
    if left is not None and left <= 0:
        raise socket.timeout('timed out')
    try:
        wait(sock, timeout=left if left is None else min(left, _MAX_WAIT_SECONDS))
    except ValueError as error:
        # Another thread closed it: it has no descriptor.
        six.raise_from(socket.error(errno.EBADF, str(error)), None)


def error_of_socket(error):
    """Return the exception to raise for an error of a socket; a timeout may be an error of TLS."""
    reason = getattr(error, 'errno', None)
    if isinstance(error, ssl.SSLError) and reason == ssl.SSL_ERROR_EOF:
        return ConnectionReset(str(error))
    if isinstance(error, socket.timeout) or 'timed out' in str(error):
        return TimedOut(str(error))
    if isinstance(error, ssl.SSLError):
        return TLSError(str(error))
    return (ConnectionReset if reason in _RESET else NetworkError)(str(error))
