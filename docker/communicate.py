"""Input for a process in a container, sent while its output is received.

Both go over one two-way socket. A process that waits until its output is read reads no input meanwhile, so
that the input is sent by a thread.
"""

import contextlib
import errno
import re
import socket
import threading

import six

from docker.compat import monotonic, to_native_string
from docker.errors import OperationFailed, StreamBroken
from docker.stream import BLOCK_SIZE, demultiplex_pairs
from docker.validation import check_text, is_text

# What Podman writes to standard error when it stops passing on the output of a process that has left input
# unread.
_UNREAD_INPUT = (br'Error: (read|write) unixpacket @->/\S+/attach: '
                 br'(read|write): (connection reset by peer|broken pipe)\n')
_MAX_ERROR_SIZE = 200
_MAX_SECONDS = 10 ** 6


class DeadlinePassed(Exception):
    """What is received has not ended in time."""


class OutputLost(StreamBroken):
    """An engine has not sent all output, as the process did not read all of its input."""


def check_input(value, name):
    """Return what is sent to a standard input as bytes, or None.

    The messages of errors show no value, which may be secret.

    :param value: bytes, text (sent in UTF-8), or None.
    :param name: the name of the argument.
    :raises TypeError: for anything else.
    :raises ValueError: for text that UTF-8 cannot encode.
    """
    if value is None or isinstance(value, bytes):
        return value
    if isinstance(value, (bytearray, memoryview)):
        return bytes(value) if isinstance(value, bytearray) else value.tobytes()
    if not is_text(value):
        raise TypeError('{0} takes bytes or text, not {1}'.format(name, type(value).__name__))
    return check_text(value, name).encode('utf-8')


def check_no_terminal(data, tty):
    """Raise a ValueError for input to a terminal, which has no end that a program would see."""
    if data is not None and tty:
        raise ValueError('input takes nothing together with tty: the input of a terminal has no end. '
                         'Leave tty out, or use the socket of attach_socket or exec_start.')


@contextlib.contextmanager
def communicating(sock, data=None, deadline=None):
    """Return a context manager that gives what comes from a socket, an iterator of bytes.

    At its end the socket is closed.

    :param sock: a two-way socket, as `docker.transport.hijack` has them.
    :param data: bytes to send; the sending half is closed after them. None to send nothing.
    :param deadline: the time of `docker.compat.monotonic` from which on the iterator raises DeadlinePassed;
        None for no limit.
    """
    sender = None
    try:
        if data is not None:
            sender = threading.Thread(target=_send_all, args=(sock, data))
            sender.daemon = True
            sender.start()
        yield _received(sock, deadline, data is not None)
    finally:
        try:
            # Closing alone would not end the sending in another thread.
            sock.shutdown(socket.SHUT_RDWR)
        except EnvironmentError:
            pass    # the engine has closed the connection
        if sender is not None:
            sender.join()
        sock.close()


def output_pairs(chunks):
    """Yield the output of a process that has input, as `docker.stream.demultiplex_pairs` does.

    :raises OutputLost: in place of what Podman writes to it.
    """
    watched = _Watched(chunks)
    try:
        for pair in demultiplex_pairs(watched):
            if watched.error and pair[1] == watched.error:
                raise _output_lost(watched.error)
            yield pair
    except (OperationFailed, StreamBroken):
        # It may have been written in the middle of a frame.
        if not watched.error:
            raise
        six.raise_from(_output_lost(watched.error), None)


class _Watched(object):
    """Chunks of bytes, and as `error` what Podman wrote in them as one."""

    def __init__(self, chunks):
        self._chunks = chunks
        self._end = b''
        self.error = None

    def __iter__(self):
        for chunk in self._chunks:
            found = re.search(_UNREAD_INPUT, self._end + chunk)
            self.error = found.group() if found else self.error
            self._end = (self._end + chunk)[-_MAX_ERROR_SIZE:]
            yield chunk


def _output_lost(error):
    return OutputLost(
        'Output is lost: the process ended, or closed its standard input, before it had read all of its '
        'input, and Podman then stops passing on output ({0})'.format(to_native_string(error).strip()))


def _send_all(sock, data):
    try:
        sock.sendall(data)
        sock.shutdown(socket.SHUT_WR)
    except EnvironmentError:
        pass    # the process has ended before it has read all, as it may


def _received(sock, deadline, sending):
    while True:
        data = _receive_before(sock, None if deadline is None else deadline - monotonic(), sending)
        if not data:
            return
        yield data


def _receive_before(sock, seconds, sending):
    if seconds is not None:
        if seconds <= 0:
            raise DeadlinePassed()
        # A longer one may be more than a socket takes.
        sock.settimeout(min(seconds, _MAX_SECONDS))
    try:
        return sock.recv(BLOCK_SIZE)
    except EnvironmentError as error:
        if seconds is not None and isinstance(error, socket.timeout):
            if seconds > _MAX_SECONDS:
                return _receive_before(sock, seconds - _MAX_SECONDS, sending)
            six.raise_from(DeadlinePassed(), None)
        if sending and error.errno == errno.ECONNRESET:
            # Podman closes the connection when the process has ended before it has read all.
            return b''
        six.raise_from(StreamBroken('The connection broke while output came: {0}'.format(error)), None)
