"""Frames on a socket, as `attach_socket` and `exec_start(socket=True)` return one.

The output of a container without a TTY comes in frames: a header of eight bytes, the number of the stream
and the length of what follows, and then that. docker.stream decodes them for the calls of the client.
"""

from __future__ import absolute_import

import struct

from docker.constants import STREAM_HEADER_SIZE_BYTES
from docker.errors import StreamBroken
from docker.stream import demultiplex

# The name that docker-py 1.x has for the error of a stream that ends too early.
SocketError = StreamBroken
_READ_SIZE = 1 << 16


def read_exactly(socket, n):
    """Read a number of bytes.

    :param socket: a socket, or a binary file.
    :param n: how many.
    :returns: the bytes.
    :raises docker.errors.StreamBroken: when the stream ends before.
    """
    data = _read_until(socket, n)
    if len(data) < n:
        raise StreamBroken('The stream ended early: {0} bytes were expected, {1} came.'.format(n, len(data)))
    return data


def next_frame_size(socket):
    """Read the header of a frame.

    :param socket: a socket, or a binary file.
    :returns: the size of what follows in bytes, 0 at the end of the stream.
    :raises docker.errors.StreamBroken: when the stream ends inside the header.
    """
    header = _read_until(socket, STREAM_HEADER_SIZE_BYTES)
    if not header:
        return 0
    if len(header) < STREAM_HEADER_SIZE_BYTES:
        raise StreamBroken('The stream ended inside the header of a frame.')
    return struct.unpack('>4xL', header)[0]


def frames_iter(socket):
    """Read all frames.

    :param socket: a socket, or a binary file.
    :returns: a generator of the payload of each frame, as bytes.
    :raises docker.errors.StreamBroken: by the generator, when the stream ends inside a frame.

        >>> for output in docker.utils.socket.frames_iter(client.attach_socket('web')):
        ...     print(output)
    """
    return demultiplex(iter(lambda: _read(socket, _READ_SIZE), b''))


def _read_until(socket, size):
    """Read so many bytes; fewer at the end of the stream."""
    pieces, missing = [], size
    while missing:
        piece = _read(socket, missing)
        if not piece:
            break
        pieces.append(piece)
        missing -= len(piece)
    return b''.join(pieces)


def _read(socket, size):
    return socket.recv(size) if hasattr(socket, 'recv') else socket.read(size)


__all__ = ['SocketError', 'frames_iter', 'next_frame_size', 'read_exactly']
