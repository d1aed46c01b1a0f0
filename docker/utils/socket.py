"""Frames on a socket, as `attach_socket` and `exec_start(socket=True)` return one.

The output of a container without a TTY comes in frames: a header of eight bytes, the number of the stream
and the length of what follows, and then that. docker.stream decodes them for the calls of the client.
"""

from __future__ import absolute_import

import re
import struct

from docker.constants import STREAM_HEADER_SIZE_BYTES
from docker.errors import StreamBroken
from docker.stream import demultiplex

# The name that docker-py 1.x has for the error of a stream that ends too early.
SocketError = StreamBroken
_READ_SIZE = 1 << 16
# The number of a stream, and three zeros as far as it goes. Compiled on first use.
_BEGINNING_OF_HEADER = b'[\\0-\\3](\\0\\0\\0|\\0*\\Z)'


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
    """Read all frames, one at a time: nothing that comes behind a frame is received with it.

    :param socket: a socket, or a binary file.
    :returns: a generator of the payload of each frame, as bytes. Frames without a payload are left out.
    :raises docker.errors.OperationFailed: by the generator, when the engine reports an error in the stream.
    :raises docker.errors.StreamBroken: by the generator, when the stream ends inside a frame.

        >>> for output in docker.utils.socket.frames_iter(client.attach_socket('web')):
        ...     print(output)
    """
    return demultiplex(_pieces(socket))


def read(socket, n=4096):
    """Read what has come; wait if that is nothing.

    :param socket: a socket, or a binary file.
    :param n: how many bytes at most.
    :returns: bytes, b'' at the end.
    """
    return socket.recv(n) if hasattr(socket, 'recv') else socket.read(n)


def _pieces(socket):
    """Yield the bytes of frames in pieces that never span two frames, nor a header and its payload."""
    stream = None
    while True:
        missed, header = _read_header(socket, stream)
        if not header:
            return
        yield header + missed
        if len(header) < STREAM_HEADER_SIZE_BYTES:
            return
        stream, missing = struct.unpack('>4sL', header)
        missing -= len(missed)
        while missing:
            piece = read(socket, min(missing, _READ_SIZE))
            if not piece:
                return
            yield piece
            missing -= len(piece)


def _read_header(socket, stream):
    """Read the header of a frame; return what the frame before has missed, and the header.

    The output so far that Podman 4 sends for `logs` may end with a frame whose length is one too small: its
    last byte comes behind it. It becomes the first one of the next frame.

    :param stream: how the header of the frame before began; None for none.
    """
    header = _read_until(socket, STREAM_HEADER_SIZE_BYTES)
    missed = header[:1]
    if not stream or not header or re.match(_BEGINNING_OF_HEADER, header):
        return b'', header
    if len(header) == 1:
        return missed, stream + struct.pack('>L', 1)
    if not re.match(_BEGINNING_OF_HEADER, header[1:]):
        return b'', header
    header = header[1:] + _read_until(socket, 1)
    if len(header) < STREAM_HEADER_SIZE_BYTES:
        return b'', header
    stream, length = struct.unpack('>4sL', header)
    return missed, stream + struct.pack('>L', length + 1)


def _read_until(socket, size):
    """Read so many bytes; fewer at the end of the stream."""
    pieces, missing = [], size
    while missing:
        piece = read(socket, missing)
        if not piece:
            break
        pieces.append(piece)
        missing -= len(piece)
    return b''.join(pieces)


__all__ = ['SocketError', 'frames_iter', 'next_frame_size', 'read', 'read_exactly']
