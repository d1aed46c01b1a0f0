# -*- coding: utf-8 -*-
"""docker.communicate: input and output over one socket at the same time."""

import socket
import threading

import pytest

from docker.communicate import (
    DeadlinePassed, OutputLost, check_input, check_no_terminal, communicating, output_pairs)
from docker.compat import monotonic
from docker.errors import StreamBroken
from tests.server import frame

LARGE = b'x' * 5000000


@pytest.fixture
def sockets():
    ours, theirs = socket.socketpair()
    yield ours, theirs
    ours.close()
    theirs.close()


def threads():
    return {thread for thread in threading.enumerate() if thread.is_alive()}


def in_thread(action):
    thread = threading.Thread(target=action)
    thread.start()
    return thread


@pytest.mark.parametrize('value, expected', [
    (None, None), (b'', b''), (b'a\xff', b'a\xff'), (u'schön', u'schön'.encode('utf-8')),
    (bytearray(b'a'), b'a'), (memoryview(b'a'), b'a')])
def test_input(value, expected):
    assert check_input(value, 'input') == expected


@pytest.mark.parametrize('value', [5, ['secret'], {'secret': 1}, object()])
def test_what_is_no_input(value):
    with pytest.raises(TypeError) as caught:
        check_input(value, 'input')
    assert 'input takes bytes or text' in str(caught.value) and 'secret' not in str(caught.value)


def test_text_that_cannot_be_encoded():
    with pytest.raises(ValueError) as caught:
        check_input(u'secret\ud800', 'input')
    assert 'input' in str(caught.value) and 'secret' not in str(caught.value)


def test_no_input_to_a_terminal():
    check_no_terminal(None, True)
    check_no_terminal(b'', False)
    with pytest.raises(ValueError) as caught:
        check_no_terminal(b'secret', True)
    assert 'tty' in str(caught.value) and 'secret' not in str(caught.value)


def test_more_input_and_output_than_buffers_hold(sockets):
    ours, theirs = sockets
    received = []

    def echo():
        for data in iter(lambda: theirs.recv(65536), b''):
            received.append(data)
            theirs.sendall(data)
        theirs.shutdown(socket.SHUT_WR)

    thread = in_thread(echo)
    with communicating(ours, LARGE) as chunks:
        assert b''.join(chunks) == LARGE
    thread.join()
    assert b''.join(received) == LARGE


def test_without_input_nothing_is_sent_or_closed(sockets):
    ours, theirs = sockets
    theirs.sendall(b'output')
    with communicating(ours) as chunks:
        assert next(chunks) == b'output'
        theirs.setblocking(False)
        with pytest.raises(EnvironmentError):
            theirs.recv(1)
    assert theirs.recv(1) == b''


def test_input_that_nobody_reads(sockets):
    ours, theirs = sockets
    theirs.sendall(b'output')
    theirs.shutdown(socket.SHUT_WR)
    with communicating(ours, LARGE) as chunks:
        assert list(chunks) == [b'output']


def test_a_peer_that_closes_with_input_unread(sockets):
    ours, theirs = sockets
    theirs.sendall(b'output')
    with communicating(ours, LARGE) as chunks:
        assert next(chunks) == b'output'
        theirs.recv(1)
        theirs.close()
        assert list(chunks) == []


def test_a_deadline(sockets):
    ours, theirs = sockets
    theirs.sendall(b'output')
    with communicating(ours, None, monotonic() + 0.2) as chunks:
        assert next(chunks) == b'output'
        with pytest.raises(DeadlinePassed):
            next(chunks)


@pytest.mark.parametrize('seconds', [1e8, 1e10, 1e15, 1e300])
def test_a_deadline_that_is_far_away(sockets, seconds):
    ours, theirs = sockets
    theirs.sendall(b'output')
    theirs.shutdown(socket.SHUT_WR)
    with communicating(ours, None, monotonic() + seconds) as chunks:
        assert list(chunks) == [b'output']


def test_a_deadline_that_has_passed(sockets):
    ours, theirs = sockets
    theirs.sendall(b'output')
    before = threads()
    with pytest.raises(DeadlinePassed):
        with communicating(ours, LARGE, monotonic() - 1) as chunks:
            next(chunks)
    assert threads() == before


def test_an_error_of_the_reader_ends_the_sender(sockets):
    before = threads()
    with pytest.raises(KeyboardInterrupt):
        with communicating(sockets[0], LARGE):
            raise KeyboardInterrupt
    assert threads() == before


def test_a_connection_that_breaks():
    class Broken(object):
        def recv(self, size):
            raise socket.error(104, 'Connection reset by peer')

        def shutdown(self, how):
            raise socket.error(107, 'not connected')

        def close(self):
            self.closed = True

    sock = Broken()
    with pytest.raises(StreamBroken) as caught:
        with communicating(sock) as chunks:
            next(chunks)
    assert 'reset by peer' in str(caught.value) and sock.closed


@pytest.mark.parametrize('error', [
    b'Error: read unixpacket @->/proc/self/fd/15/attach: read: connection reset by peer\n',
    b'Error: write unixpacket @->/proc/self/fd/8/attach: write: broken pipe\n',
    b'Error: write unixpacket @->/run/x/attach: write: connection reset by peer\n'])
def test_output_that_podman_loses(error):
    pairs = output_pairs([frame(1, b'out') + frame(2, error)])
    assert next(pairs) == (b'out', None)
    with pytest.raises(OutputLost) as caught:
        next(pairs)
    assert isinstance(caught.value, StreamBroken) and 'input' in str(caught.value)


@pytest.mark.parametrize('number, output', [
    (1, b'Error: read unixpacket @->/proc/self/fd/15/attach: read: connection reset by peer\n'),
    (2, b'Error: connection reset by peer\n'), (2, b'Error: x\n'),
    (2, b'x\nError: read unixpacket @->/proc/self/fd/15/attach: read: connection reset by peer\n')])
def test_output_of_the_process(number, output):
    assert list(output_pairs([frame(number, output)])) == [(output, None) if number == 1 else (None, output)]


def test_output_that_podman_loses_in_the_middle_of_a_frame():
    error = frame(2, b'Error: write unixpacket @->/proc/self/fd/15/attach: write: broken pipe\n')
    for stream in (frame(1, b'x' * 300)[:8] + error + b'x' * 300, frame(1, b'x' * 3000)[:8] + error,
                   frame(1, b'x' * 300)[:100] + error + b'x' * 200):
        with pytest.raises(OutputLost):
            list(output_pairs([stream[:150], stream[150:]]))
