"""Sockets: how long they wait, and the exceptions for what goes wrong on them."""

import errno
import socket
import ssl
import struct

from docker.transport.exceptions import ConnectionReset, NetworkError, TimedOut, TLSError

_RESET = (errno.EPIPE, errno.ECONNRESET, errno.ESHUTDOWN, errno.ECONNABORTED)


def set_timeout(sock, seconds):
    """Let each send and receive wait for at most so many seconds; None is no limit.

    The kernel's own timeouts are used, except for TLS: settimeout() makes Python poll before each call,
    which halves the speed of a stream.
    """
    if isinstance(sock, ssl.SSLSocket):
        sock.settimeout(seconds)
        return
    sock.settimeout(None)
    for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
        sock.setsockopt(socket.SOL_SOCKET, option, timeval(seconds))


def timeval(seconds):
    """Return a timeout as the kernel takes it, in which 0 is no limit."""
    microseconds = 0 if seconds is None else max(int(seconds * 1000000), 1)
    return struct.pack('ll', *divmod(microseconds, 1000000))


def error_of_socket(error):
    """Return the exception to raise for an OSError of a socket."""
    if error.errno in (errno.EAGAIN, errno.EWOULDBLOCK):
        return TimedOut(str(error))
    return (ConnectionReset if error.errno in _RESET else NetworkError)(str(error))


def error_of_timeout(error):
    """Return the exception to raise for a timeout or an error of TLS; on Python 2 one may be the other."""
    if isinstance(error, ssl.SSLError) and error.errno == ssl.SSL_ERROR_EOF:
        return ConnectionReset(str(error))
    timed_out = (isinstance(error, socket.timeout) or 'timed out' in str(error) or
                 error.errno == ssl.SSL_ERROR_WANT_READ)
    return (TimedOut if timed_out else TLSError)(str(error))
