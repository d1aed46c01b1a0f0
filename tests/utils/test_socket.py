"""docker.utils.socket: frames on a socket."""

import io
import socket

import pytest

from docker.errors import DockerException, StreamBroken
from docker.utils import socket as frames
from tests.server import frame


@pytest.fixture(params=['socket', 'file'])
def peer(request):
    """A function of bytes: what reads them and then the end."""
    opened = []

    def send(data):
        if request.param == 'file':
            return io.BytesIO(data)
        ours, theirs = socket.socketpair()
        opened.append(ours)
        theirs.sendall(data)
        theirs.close()
        return ours

    yield send
    for sock in opened:
        sock.close()


def test_read_exactly(peer):
    stream = peer(b'abcdef')
    assert [frames.read_exactly(stream, size) for size in (4, 0, 2)] == [b'abcd', b'', b'ef']


def test_read_exactly_of_pieces():
    ours, theirs = socket.socketpair()
    theirs.sendall(b'abc')

    class Slow(object):
        def recv(self, size):
            data = ours.recv(1)
            if data == b'b':
                theirs.sendall(b'd')
            return data

    assert frames.read_exactly(Slow(), 4) == b'abcd'
    ours.close()
    theirs.close()


@pytest.mark.parametrize('data', [b'', b'abc'])
def test_read_exactly_at_the_end(peer, data):
    for kind in (frames.SocketError, StreamBroken, DockerException):
        with pytest.raises(kind) as caught:
            frames.read_exactly(peer(data), 4)
    assert '4 bytes were expected, {0} came'.format(len(data)) in str(caught.value)


def test_next_frame_size(peer):
    stream = peer(frame(1, b'hello') + frame(2, b'x' * 70000))
    assert frames.next_frame_size(stream) == 5
    assert frames.read_exactly(stream, 5) == b'hello'
    assert frames.next_frame_size(stream) == 70000
    assert frames.read_exactly(stream, 70000) == b'x' * 70000
    assert frames.next_frame_size(stream) == 0


def test_a_header_that_ends(peer):
    with pytest.raises(StreamBroken):
        frames.next_frame_size(peer(frame(1, b'hello')[:5]))


def test_frames_iter(peer):
    stream = peer(frame(1, b'out') + frame(2, b'') + frame(2, b'err') + frame(1, b'x' * 200000))
    assert list(frames.frames_iter(stream)) == [b'out', b'err', b'x' * 200000]


def test_frames_iter_of_nothing(peer):
    assert list(frames.frames_iter(peer(b''))) == []


def test_frames_that_end(peer):
    read = frames.frames_iter(peer(frame(1, b'out') + frame(1, b'hello')[:-1]))
    assert next(read) == b'out'
    with pytest.raises(StreamBroken):
        next(read)
