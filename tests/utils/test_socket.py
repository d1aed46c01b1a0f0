"""docker.utils.socket: frames on a socket."""

import io
import socket

import pytest

from docker.errors import DockerException, OperationFailed, StreamBroken
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


def test_nothing_behind_a_frame_is_read(peer):
    stream = peer(frame(1, b'one') + frame(2, b'two') + frame(1, b'x' * 70000) + frame(1, b'four'))
    assert next(frames.frames_iter(stream)) == b'one'
    assert frames.next_frame_size(stream) == 3
    assert frames.read_exactly(stream, 3) == b'two'
    assert next(frames.frames_iter(stream)) == b'x' * 70000
    assert frames.read(stream, 8) == frame(1, b'four')[:8]
    assert frames.read(stream) == b'four'
    assert frames.read(stream) == b''


def test_frames_in_pieces():
    data = frame(1, b'out') + frame(2, b'error') + frame(1, b'')

    class Slow(object):
        file = io.BytesIO(data)

        def recv(self, size):
            return self.file.read(min(size, 1))

    assert list(frames.frames_iter(Slow())) == [b'out', b'error']


def test_a_frame_that_its_peer_waits_for():
    """A frame is yielded although nothing comes behind it."""
    ours, theirs = socket.socketpair()
    ours.settimeout(30)
    theirs.sendall(frame(1, b'prompt'))
    read = frames.frames_iter(ours)
    assert next(read) == b'prompt'
    theirs.sendall(frame(1, b'response'))
    theirs.close()
    assert list(read) == [b'response']
    ours.close()


@pytest.mark.parametrize('before', [[], [b'out']])
@pytest.mark.parametrize('error', [
    frame(3, b'no such thing'), b'no such thing', b'no such thing' + b'.' * 99999])
def test_an_error_among_frames(peer, before, error):
    read = frames.frames_iter(peer(b''.join(frame(1, data) for data in before) + error))
    assert [next(read) for _ in before] == before
    with pytest.raises(OperationFailed) as caught:
        next(read)
    assert caught.value.explanation.startswith('no such thing')


def too_short(data, last):
    """The frame of an output, whose length is one too small."""
    return frame(1, data) + last


@pytest.mark.parametrize('last', [b'\n', b'\0', b'\1', b'\xff'])
def test_a_frame_whose_length_is_one_too_small(peer, last):
    """As Podman 4.3 sends the output so far."""
    for behind, items in [(b'', []), (frame(2, b'err'), [b'err']), (frame(1, b'x' * 70000), [b'x' * 70000]),
                          (too_short(b'b', b'\n') + frame(1, b'c'), [b'b', b'\nc'])]:
        if behind or last not in b'\0\1':
            read = frames.frames_iter(peer(too_short(b'a', last) + behind))
            items = [last + items[0]] + items[1:] if items else [last]
            assert list(read) == [b'a'] + items


@pytest.mark.parametrize('end', [1, 2, 4, 7, 8, 9])
def test_a_frame_whose_length_is_one_too_small_and_a_header_that_ends(peer, end):
    read = frames.frames_iter(peer(too_short(b'a', b'\n') + frame(1, b'more')[:end]))
    assert next(read) == b'a'
    with pytest.raises(StreamBroken):
        next(read)


@pytest.mark.parametrize('end', [1, 2, 4, 7, 8, 9])
def test_frames_that_end_anywhere(peer, end):
    read = frames.frames_iter(peer(frame(1, b'out') + frame(2, b'error')[:end]))
    assert next(read) == b'out'
    with pytest.raises(StreamBroken):
        next(read)
