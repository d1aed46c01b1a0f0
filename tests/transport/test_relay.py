"""A socket whose connection to the engine is replaced; a pair of sockets stands for each connection."""

import os
import select
import socket
import subprocess
import sys
import threading

import pytest

from docker.transport import relay
from docker.transport.relay import Relay

WAIT_SECONDS = 30


@pytest.fixture
def pair():
    """A function that returns a connected pair of sockets, which are closed after the test."""
    opened = []

    def create():
        ours, theirs = socket.socketpair()
        theirs.settimeout(WAIT_SECONDS)
        opened.append(theirs)
        return ours, theirs

    yield create
    for sock in opened:
        sock.close()


@pytest.fixture
def first(pair):
    return pair()


@pytest.fixture
def relayed(first):
    """The caller's socket, the engine's, and the Relay between them."""
    relayed = Relay(first[0])
    relayed.socket.settimeout(WAIT_SECONDS)
    yield relayed.socket, first[1], relayed
    relayed.socket.close()
    assert relayed._finished.wait(WAIT_SECONDS)


def read_all(sock):
    return b''.join(iter(lambda: sock.recv(65536), b''))


def test_both_ways(relayed):
    caller, engine, _ = relayed
    caller.sendall(b'in')
    assert engine.recv(10) == b'in'
    engine.sendall(b'out')
    assert caller.recv(10) == b'out'
    caller.shutdown(socket.SHUT_WR)
    assert engine.recv(10) == b''
    engine.sendall(b'more' * 10000)
    engine.close()
    assert read_all(caller) == b'more' * 10000


def test_the_methods_of_a_socket_and_of_a_file(relayed):
    caller, engine, relay = relayed
    buffer = bytearray(2)
    with caller:
        assert isinstance(caller, socket.socket)
        assert caller._sock.send(b'1') == caller.write(b'2') == 1
        assert engine.recv(1) + engine.recv(1) == b'12'
        engine.sendall(b'abcd')
        assert caller.read(1) == b'a' and caller._sock.recv(1) == b'b'
        assert caller.readinto(buffer) == 2 and buffer == b'cd'
        engine.sendall(b'out')
        engine.close()
        assert caller.read() == b'out'
    assert relay._finished.wait(WAIT_SECONDS)


def test_output_that_is_changed(pair):
    ours, engine = pair()
    relayed = Relay(ours, change=lambda chunks: (chunk.upper() for chunk in chunks))
    engine.sendall(b'out')
    assert relayed.socket.recv(10) == b'OUT'
    assert not relayed.replaceable
    engine.close()
    assert relayed.socket.recv(10) == b''
    relayed.socket.close()
    assert relayed._finished.wait(WAIT_SECONDS)


def test_it_is_closed_as_soon_as_the_caller_closes_it(pair):
    for _ in range(50):
        relayed = Relay(pair()[0])
        assert not relayed.closed
        relayed.socket.close()
        assert relayed.closed
        assert relayed._finished.wait(WAIT_SECONDS)


def test_it_has_no_timeout(first):
    socket.setdefaulttimeout(5)
    try:
        relayed = Relay(first[0])
    finally:
        socket.setdefaulttimeout(None)
    assert relayed.socket.gettimeout() is None
    relayed.socket.close()


def test_the_end_of_the_engine_is_the_callers(relayed):
    caller, engine, _ = relayed
    engine.close()
    assert caller.recv(10) == b''
    with pytest.raises(socket.error):
        caller.sendall(b'more')


@pytest.mark.parametrize('half', [False, True])
def test_the_connection_ends_when_the_caller_closes(relayed, half):
    caller, engine, relay = relayed
    if half:
        caller.shutdown(socket.SHUT_WR)
        assert engine.recv(10) == b''
    caller.close()
    assert relay._finished.wait(WAIT_SECONDS)
    assert engine.recv(10) == b''
    with pytest.raises(socket.error):
        engine.sendall(b'more')


def test_the_threads_and_sockets_are_gone_at_the_end(pair):
    before = len(os.listdir('/proc/self/fd'))
    for _ in range(20):
        ours, engine = pair()
        relayed = Relay(ours)
        relayed.socket.close()
        engine.close()
        assert relayed._finished.wait(WAIT_SECONDS)
    assert len(os.listdir('/proc/self/fd')) == before
    assert not relay._live


def test_a_thread_that_waits_goes_on_with_the_other_connection(relayed, pair):
    caller, engine, relay = relayed
    got = []
    thread = threading.Thread(target=lambda: got.append(read_all(caller)))
    thread.start()
    ours, other = pair()
    relay.replace(ours)
    assert engine.recv(10) == b''
    other.sendall(b'out')
    other.close()
    thread.join()
    assert got == [b'out']


def test_the_input_so_far_is_sent_again(relayed, pair):
    caller, engine, relay = relayed
    caller.sendall(b'early ')
    assert engine.recv(10) == b'early '
    ours, other = pair()
    relay.replace(ours)
    caller.sendall(b'late')
    caller.shutdown(socket.SHUT_WR)
    assert read_all(other) == b'early late'


def test_output_that_has_come_already_takes_no_input_away(pair):
    for _ in range(50):
        ours, engine = pair()
        relayed = Relay(ours)
        relayed.socket.sendall(b'early')
        ours, other = pair()
        other.sendall(b'out')
        relayed.replace(ours)
        assert relayed.socket.recv(10) == b'out'
        assert other.recv(10) == b'early'
        relayed.socket.close()
        assert relayed._finished.wait(WAIT_SECONDS)


def test_the_end_of_the_input_is_sent_again(relayed, pair):
    caller, engine, relay = relayed
    caller.sendall(b'early')
    caller.shutdown(socket.SHUT_WR)
    assert read_all(engine) == b'early'
    ours, other = pair()
    relay.replace(ours)
    assert read_all(other) == b'early'
    other.sendall(b'out')
    assert caller.recv(10) == b'out'


def test_input_keeps_its_order_while_it_is_sent_again(relayed, pair):
    """The sender is stopped by a full connection when that is replaced."""
    caller, engine, relay = relayed
    data = b''.join(b'%d\n' % number for number in range(200000))

    def send():
        caller.sendall(data)
        caller.shutdown(socket.SHUT_WR)

    sender = threading.Thread(target=send)
    sender.start()
    for _ in range(10):
        assert engine.recv(1000)
    ours, other = pair()
    relay.replace(ours)
    assert read_all(other) == data
    sender.join()


def test_select_sees_no_output_that_is_not_there(relayed, pair):
    caller, engine, relay = relayed
    ours, other = pair()
    relay.replace(ours)
    assert engine.recv(10) == b''
    assert select.select([caller], [], [], 0)[0] == []
    other.sendall(b'out')
    assert select.select([caller], [], [], WAIT_SECONDS)[0] == [caller]


def test_a_replacement_after_the_caller_has_closed(relayed, pair):
    caller, engine, relay = relayed
    caller.close()
    assert relay._finished.wait(WAIT_SECONDS)
    ours, other = pair()
    relay.replace(ours)
    assert other.recv(10) == b''


def test_input_beyond_the_limit_is_not_kept(relayed, monkeypatch):
    caller, engine, relayed = relayed
    monkeypatch.setattr(relay, '_MAX_KEPT', 10)
    caller.sendall(b'0123456789')
    assert engine.recv(10) and relayed.replaceable
    caller.sendall(b'0')
    assert engine.recv(10) and not relayed.replaceable


def test_what_runs_already_cannot_be_replaced(relayed):
    caller, engine, relay = relayed
    engine.sendall(b'out')
    assert caller.recv(10) == b'out'
    assert not relay.replaceable


PROGRAM = """
import os, socket, sys
from docker.transport.relay import Relay
relayed = Relay(socket.fromfd(int(sys.argv[1]), socket.AF_UNIX, socket.SOCK_STREAM))
relayed.socket.sendall(b'x' * 100000)
if sys.argv[2] == 'close':
    relayed.socket.close()
elif sys.argv[2] == 'shutdown':
    relayed.socket.shutdown(socket.SHUT_WR)
elif sys.argv[2] == 'fork':
    child = os.fork()
    if not child:
        sys.exit()
    os.waitpid(child, 0)
    relayed.socket.sendall(b'x')
"""


@pytest.mark.parametrize('how', ['close', 'shutdown', 'leave', 'fork'])
def test_input_is_not_lost_when_the_program_ends(first, how):
    ours, engine = first
    kwargs = {} if sys.version_info[0] == 2 else {'pass_fds': [ours.fileno()]}
    if kwargs:
        os.set_inheritable(ours.fileno(), True)
    program = subprocess.Popen([sys.executable, '-W', 'ignore', '-c', PROGRAM, str(ours.fileno()), how],
                               stderr=subprocess.PIPE, **kwargs)
    ours.close()
    assert len(read_all(engine)) == 100000 + (how == 'fork')
    assert program.communicate()[1] == b'' and program.returncode == 0
