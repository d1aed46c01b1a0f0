# -*- coding: utf-8 -*-
"""docker.build_session: the threads of a session on real sockets, and every way in which it ends."""

import gc
import os
import socket
import struct
import subprocess
import sys
import threading
import warnings

import pytest
import six

from docker.build_session import BuildSession, CallOver
from docker.buildkit import messages, services
from docker.buildkit.grpc import INTERNAL, NOT_FOUND, OK, UNAVAILABLE, UNIMPLEMENTED, CallFailed, frame
from docker.buildkit.session import MAX_CALLS
from docker.errors import APIError, DockerException
from docker.transport.hijack import two_way_socket
from tests.http2_engine import METHOD, EngineSocket

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SECONDS = 60    # until a test that hangs fails
CANCEL = 8


pytestmark = pytest.mark.usefixtures('quiet_hpack')


@pytest.fixture(autouse=True)
def nothing_is_left():
    """Each test ends with the threads that it began with."""
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        thread.join(SECONDS)
    assert set(threading.enumerate()) <= before


def tcp_pair():
    listener = socket.socket()
    try:
        listener.bind(('127.0.0.1', 0))
        listener.listen(1)
        ours = socket.create_connection(listener.getsockname())
        return ours, listener.accept()[0]
    finally:
        listener.close()


@pytest.fixture(params=['unix', 'tcp'])
def pair(request):
    sockets = socket.socketpair() if request.param == 'unix' else tcp_pair()
    yield sockets
    for sock in sockets:
        sock.close()


@pytest.fixture
def open_session(pair):
    """A function that opens a session, and returns it with its engine; the session is closed at the end."""
    opened = []

    def open_session(methods=None, **options):
        ours, theirs = pair
        ours = two_way_socket(ours)
        session = BuildSession(ours, methods if isinstance(methods, dict) else {METHOD: methods or echo})
        opened.append((session, ours, theirs))
        return session, EngineSocket(theirs, **options)
    yield open_session
    for session, ours, theirs in opened:
        session.close()
        assert is_closed(ours)


def is_closed(sock):
    try:
        return sock.fileno() == -1
    except EnvironmentError:
        return True     # on Python 2


def echo(call):
    for message in call:
        call.send(message)


class Waiting(object):
    """A method that waits: for a message, or to send, or for an event; and what it ended with."""

    def __init__(self, action):
        self.action = action
        self.begun, self.ended, self.going = threading.Event(), threading.Event(), threading.Event()
        self.error = None

    def __call__(self, call):
        self.begun.set()
        try:
            self.action(call)
        except BaseException as error:
            self.error = error
            raise
        finally:
            self.ended.set()

    def wait_begun(self):
        assert self.begun.wait(SECONDS)

    def wait_over(self):
        assert self.ended.wait(SECONDS)
        assert isinstance(self.error, CallOver)


def receive(call):
    call.receive()


def send(call):
    while True:
        call.send(b'x' * 10000)


def work(call):
    while True:
        call.check()


def test_a_call(open_session):
    _, engine = open_session()
    response = engine.ask(METHOD, b'a', b'', b'c' * 100000)
    assert response.messages == [b'a', b'', b'c' * 100000] and response.status == OK
    assert response.headers == {':status': '200', 'content-type': 'application/grpc'}


def test_what_a_method_sees(open_session):
    seen = []

    def method(call):
        seen.extend([call.metadata[u':path'], call.receive(), call.receive(), call.receive(), call.receive()])

    _, engine = open_session(method)
    response = engine.ask(METHOD, b'a', b'b')
    assert seen == [[METHOD], b'a', b'b', None, None]
    assert response.messages == [] and response.status == OK


def test_messages_in_order(open_session):
    _, engine = open_session()
    stream = engine.call(METHOD, end=False)
    for number in range(2000):
        engine.send(stream, frame(b'%d' % number))
    engine.send(stream, end=True)
    response = engine.responses[stream]
    assert engine.pump(lambda: response.ended)
    assert response.messages == [b'%d' % number for number in range(2000)]


def test_a_conversation(open_session):
    """Each message is a response to the one before."""
    _, engine = open_session(lambda call: [call.send(message + b'!') for message in call])
    stream = engine.call(METHOD, end=False)
    response = engine.responses[stream]
    for number in range(50):
        engine.send(stream, frame(b'%d' % number))
        assert engine.pump(lambda: len(response.messages) > number)
        assert response.messages[-1] == b'%d!' % number
    engine.send(stream, end=True)
    assert engine.pump(lambda: response.ended)


def test_many_calls_at_a_time(open_session):
    """All of them have begun before the first one ends."""
    going = threading.Event()
    arrived = []

    def method(call):
        message = call.receive()
        arrived.append(message)
        if len(arrived) == MAX_CALLS:
            going.set()
        assert going.wait(SECONDS)
        call.send(message)

    _, engine = open_session(method)
    for _ in range(3):
        going.clear()
        del arrived[:]
        streams = [engine.call(METHOD, b'%d' % number) for number in range(MAX_CALLS)]
        assert engine.pump(lambda: all(engine.responses[stream].ended for stream in streams))
        assert [engine.responses[stream].messages for stream in streams] == [
            [b'%d' % number] for number in range(MAX_CALLS)]


def test_an_unknown_method(open_session):
    _, engine = open_session()
    assert engine.ask('/unknown').status == UNIMPLEMENTED
    assert engine.ask(METHOD, b'x').status == OK


def test_a_slow_method_does_not_hold_up_others(open_session):
    slow = Waiting(lambda call: slow.going.wait(SECONDS))
    methods = dict(services.health())
    methods[METHOD] = slow
    _, engine = open_session(methods)
    streams = [engine.call(METHOD, end=False) for _ in range(5)]
    for stream in streams:
        engine.send(stream, frame(b'x' * 995) * 3000)
    for _ in range(20):
        assert engine.ask(messages.HEALTH_CHECK, b'').messages == [b'\x08\x01']
    slow.going.set()
    assert engine.pump(lambda: all(engine.responses[stream].ended for stream in streams))


def test_a_method_that_does_not_take(open_session):
    """The engine sends as much as the windows take, and the rest when it is taken."""
    waiting = threading.Event()
    count = [0]

    def method(call):
        assert waiting.wait(SECONDS)
        for message in call:
            count[0] += len(message)

    _, engine = open_session(dict(services.health(), **{METHOD: method}))
    stream = engine.call(METHOD, end=False)
    engine.send(stream, frame(b'x' * 49995) * 500, end=True)
    for _ in range(10):
        engine.ask(messages.HEALTH_CHECK, b'')
    left = sum(len(data) for data, _ in engine.waiting[stream])
    assert left > 500 * 50000 - 1.2 * 2 ** 20
    waiting.set()
    assert engine.pump(lambda: engine.responses[stream].ended)
    assert count[0] == 500 * 49995


def test_an_engine_that_does_not_read(open_session):
    """A method waits until the engine takes what it has sent; others go on."""
    sent = []

    def method(call):
        for number in range(500):
            call.send(b'x' * 9995)
            sent.append(number)

    _, engine = open_session(dict(services.health(), **{METHOD: method}), initial_window_size=100000)
    engine.h2.increment_flow_control_window(10 ** 6)
    engine.reads = False
    stream = engine.call(METHOD)
    response = engine.responses[stream]
    assert engine.pump(lambda: response.unread == 100000)
    engine.ask(messages.HEALTH_CHECK, b'')
    assert len(sent) < 45
    engine.reads = True
    engine.read(stream)
    assert engine.pump(lambda: response.ended)
    assert response.messages == [b'x' * 9995] * 500


# What a method raises

class Unknown(Exception):
    """An exception of a program."""


class UnknownBase(BaseException):
    """One that is no Exception."""


@pytest.mark.parametrize('error,status,text', [
    (CallFailed(NOT_FOUND, u'secret x not found'), NOT_FOUND, 'secret x not found'),
    (CallFailed(3, u'\xe9 \udcff'), 3, None),
    (DockerException('no such file'), INTERNAL, 'no such file'),
    (DockerException(u'caf\xe9'), INTERNAL, 'caf%C3%A9'),
    (APIError('refused', None, None), INTERNAL, 'refused'),
    (ValueError('s3cr3t'), INTERNAL, 'the client failed with ValueError'),
    (KeyError(b's3cr3t'), INTERNAL, 'the client failed with KeyError'),
    (EnvironmentError(2, 's3cr3t', '/s3cr3t'), INTERNAL, None),
    (UnicodeDecodeError('utf-8', b's3cr3t', 0, 1, 's3cr3t'), INTERNAL,
     'the client failed with UnicodeDecodeError'),
    (Unknown('s3cr3t'), INTERNAL, 'the client failed with Unknown'),
    (UnknownBase('s3cr3t'), INTERNAL, 'the client failed with UnknownBase'),
    (SystemExit('s3cr3t'), INTERNAL, 'the client failed with SystemExit'),
    (KeyboardInterrupt('s3cr3t'), INTERNAL, 'the client failed with KeyboardInterrupt'),
    (GeneratorExit('s3cr3t'), INTERNAL, 'the client failed with GeneratorExit'),
    (StopIteration('s3cr3t'), INTERNAL, 'the client failed with StopIteration'),
    (MemoryError(), INTERNAL, 'the client failed with MemoryError')], ids=lambda value: type(value).__name__)
@pytest.mark.parametrize('after', [0, 3])
def test_a_method_that_raises(open_session, capfd, error, status, text, after):
    """Its call ends with it, the session goes on, and nothing is printed."""
    def method(call):
        if call.receive() == b'echo':
            call.send(b'echo')
            return
        for _ in range(after):
            call.send(b'before')
        raise error

    _, engine = open_session(method)
    response = engine.ask(METHOD, b'x', end=False)
    assert response.status == status and response.messages == [b'before'] * after
    shown = response.trailers['grpc-message']
    assert text is None or shown == text
    assert 's3cr3t' not in repr(vars(response))
    assert engine.ask(METHOD, b'echo').messages == [b'echo']
    assert capfd.readouterr() == ('', '')


@pytest.mark.parametrize('message', [u'text', None, 5])
def test_a_method_that_sends_no_bytes(open_session, message):
    def method(call):
        call.send(message)

    _, engine = open_session(method)
    assert engine.ask().status == INTERNAL
    assert engine.ask().trailers['grpc-message'] == 'the client failed with TypeError'


# Calls that the engine cancels

@pytest.mark.parametrize('action', [receive, send, work])
def test_a_call_that_the_engine_cancels(open_session, action):
    waiting = Waiting(action)
    _, engine = open_session({METHOD: waiting, '/echo': echo}, reads=False)
    stream = engine.call(METHOD, end=False)
    response = engine.responses[stream]
    assert engine.pump(lambda: response.headers is not None or action is not send)
    waiting.wait_begun() if action is send else engine.flush()
    engine.h2.reset_stream(stream, CANCEL)
    engine.flush()
    waiting.wait_begun()
    waiting.wait_over()
    assert engine.ask('/echo').status == OK


def test_a_message_of_a_call_that_is_wrong(open_session):
    waiting = Waiting(receive)
    _, engine = open_session(waiting)
    stream = engine.call(METHOD, end=False)
    engine.send(stream, b'\1\0\0\0\1x')
    assert engine.pump(lambda: engine.responses[stream].ended)
    waiting.wait_over()
    assert engine.responses[stream].status == UNIMPLEMENTED


def test_a_socket_that_is_shut_down_at_the_end_of_a_call(open_session):
    """A method that waits for a socket of its own goes on: when it is cancelled, and at the end of all."""
    received = []

    def wait_for_an_agent(call):
        agent, other = socket.socketpair()
        try:
            call.shut_down_at_end(agent)
            begun.release()
            received.append(agent.recv(10))
        finally:
            agent.close()
            other.close()
            ended.release()

    begun, ended = threading.Semaphore(0), threading.Semaphore(0)
    session, engine = open_session(wait_for_an_agent)
    first, _ = engine.call(end=False), engine.call(end=False)
    engine.flush()
    begun.acquire()
    begun.acquire()
    engine.h2.reset_stream(first, CANCEL)
    engine.flush()
    ended.acquire()
    assert received == [b'']
    session.close()
    assert received == [b'', b'']


def test_a_socket_that_a_call_has_no_more(open_session):
    """It is closed then, and its descriptor may be that of another socket."""
    class Socket(object):
        shut_down = 0

        def shutdown(self, how):
            self.shut_down += 1

    kept, released = Socket(), Socket()

    def method(call):
        call.shut_down_at_end(kept)
        for message in call:
            call.shut_down_at_end(released)
            call.shut_down_at_end(None)

    session, engine = open_session(method)
    assert engine.ask(METHOD, b'a').status == OK and engine.ask(METHOD).status == OK
    session.close()
    assert (kept.shut_down, released.shut_down) == (1, 0)


def test_calls_that_are_cancelled_have_a_limit_too(open_session):
    """Their methods may go on for a while: more than twice as many as calls may be are refused."""
    waiting = Waiting(lambda call: waiting.going.wait(SECONDS))
    _, engine = open_session(waiting)
    try:
        streams = []
        for _ in range(3 * MAX_CALLS):
            streams.append(engine.call(METHOD, end=False))
            engine.flush()
            if len(streams) > MAX_CALLS - 1:
                engine.h2.reset_stream(streams[-MAX_CALLS], CANCEL)
        assert engine.pump(lambda: engine.responses[streams[-1]].ended)
        refused = [stream for stream in streams if engine.responses[stream].ended]
        assert {engine.responses[stream].status for stream in refused} == {UNAVAILABLE}
        assert len(streams) - len(refused) >= 2 * MAX_CALLS
    finally:
        waiting.going.set()


def test_a_thread_that_cannot_be_started(open_session, monkeypatch):
    _, engine = open_session()
    assert engine.ask(METHOD, b'x').status == OK

    def start(thread):
        raise threading.ThreadError("can't start new thread")

    monkeypatch.setattr(threading.Thread, 'start', start)
    response = engine.ask(METHOD, b'x')
    assert response.status == UNAVAILABLE
    monkeypatch.undo()
    assert engine.ask(METHOD, b'x').status == OK


def test_the_first_thread_that_cannot_be_started(monkeypatch):
    ours, theirs = socket.socketpair()

    def start(thread):
        raise threading.ThreadError("can't start new thread")

    monkeypatch.setattr(threading.Thread, 'start', start)
    with pytest.raises(threading.ThreadError):
        BuildSession(ours, {METHOD: echo})
    assert theirs.recv(1) == b'' and is_closed(ours)
    theirs.close()


# The end of a session

def close_by_engine(engine):
    engine.sock.close()


def shut_down_by_engine(engine):
    engine.sock.shutdown(socket.SHUT_RDWR)


def half_close_by_engine(engine):
    engine.sock.shutdown(socket.SHUT_WR)


def reset_by_engine(engine):
    engine.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
    engine.sock.close()


def garbage(engine):
    engine.sock.sendall(b'\xff' * 2 ** 16)


def too_large_a_frame(engine):
    engine.sock.sendall(b'\0\xff\xff\0\0\0\0\0\1' + b'x' * 65535)


def goaway(engine):
    engine.h2.close_connection()
    engine.flush()


@pytest.mark.parametrize('action', [receive, send, work])
@pytest.mark.parametrize('end', [
    close_by_engine, shut_down_by_engine, half_close_by_engine, reset_by_engine, too_large_a_frame, goaway])
def test_the_engine_ends_the_session(open_session, capfd, end, action):
    """All that waits goes on, without a call of close, the socket is closed, and nothing is printed."""
    waiting = Waiting(action)
    session, engine = open_session(waiting, reads=False)
    engine.call(METHOD, end=False)
    engine.flush()
    waiting.wait_begun()
    end(engine)
    waiting.wait_over()
    for thread in list(session._threads):
        thread.join(SECONDS)
        assert not thread.is_alive()
    assert is_closed(session._sock)
    assert capfd.readouterr() == ('', '')


def test_garbage_in_place_of_http2(capfd):
    for data in (b'HTTP/1.1 400 Bad Request\r\n\r\n', b'\xff' * 100000, b'\0' * 100000):
        ours, theirs = socket.socketpair()
        ours = two_way_socket(ours)
        with BuildSession(ours, {METHOD: echo}) as session:
            try:
                theirs.sendall(data)
            except EnvironmentError:
                pass    # the session has closed it
            session._threads[0].join(SECONDS)
            assert not session._threads[0].is_alive() and is_closed(ours)
        theirs.close()
    assert capfd.readouterr() == ('', '')


def test_the_engine_is_notified_of_garbage(open_session):
    _, engine = open_session()
    engine.ask(METHOD, b'x')
    engine.flush()
    engine.sock.sendall(b'\0\0\1\0\0\0\0\0\0x')
    engine.wait_closed()
    assert engine.goaway == 1


@pytest.mark.parametrize('action', [receive, send, work])
def test_closing(open_session, action):
    """In another thread than that of the session, whatever waits."""
    waiting = Waiting(action)
    session, engine = open_session(waiting, reads=False)
    engine.call(METHOD, end=False)
    engine.flush()
    waiting.wait_begun()
    session.close()
    assert isinstance(waiting.error, CallOver)
    assert is_closed(session._sock)
    session.close()


def test_closing_an_idle_session(open_session):
    session, engine = open_session()
    session.close()
    engine.wait_closed()


def test_closing_while_nothing_is_read(open_session, pair):
    """What is sent fills the buffers of the socket: a thread waits in its call."""
    waiting = Waiting(send)
    pair[0].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    session, engine = open_session(waiting, initial_window_size=2 ** 31 - 1)
    engine.h2.increment_flow_control_window(2 ** 30)
    engine.call(METHOD, end=False)
    engine.flush()
    waiting.wait_begun()
    # It has the lock while it waits: until then it may be had.
    while session._changed.acquire(False):
        session._changed.release()
    session.close()
    assert isinstance(waiting.error, CallOver)


def test_closing_in_many_threads_at_once(open_session):
    waiting = Waiting(receive)
    session, engine = open_session(waiting)
    engine.call(METHOD, end=False)
    engine.flush()
    waiting.wait_begun()
    threads = [threading.Thread(target=session.close) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS)
    assert not [thread for thread in threads if thread.is_alive()]
    assert isinstance(waiting.error, CallOver)


@pytest.mark.parametrize('count', [1, 2, 5])
def test_closing_in_the_threads_of_the_session(open_session, count):
    """They do not wait for each other."""
    closed = []
    together = threading.Event()

    def method(call):
        closed.append(0)
        if len(closed) == count:
            together.set()
        assert together.wait(SECONDS)
        session.close()
        closed.append(1)

    session, engine = open_session(method)
    for _ in range(count):
        engine.call(METHOD)
    engine.wait_closed()
    session.close()
    assert closed == [0] * count + [1] * count


class Cycle(object):
    """Something that refers to itself, and closes a session when it is collected, as an iterator does."""

    def __init__(self, close):
        self.itself = self
        self.close = close

    def __del__(self):
        self.close()


@pytest.mark.skipif(six.PY2, reason='Python 2 collects no cycle whose objects have __del__')
@pytest.mark.parametrize('where', ['receive', 'send', 'the lock'])
def test_closing_while_objects_are_collected(open_session, monkeypatch, where):
    """That is wherever an object is created: also in the threads of the session, which have its lock."""
    def collect(function):
        def collecting(*args, **kwargs):
            result = function(*args, **kwargs)
            if cycles:
                del cycles[:]
                gc.collect()
            return result
        return collecting

    session, engine = open_session()
    if where == 'receive':
        session._connection.receive = collect(session._connection.receive)
    elif where == 'send':
        session._connection.send_all = collect(session._connection.send_all)
    else:
        session._end_all = collect(session._end_all)
    gc.disable()
    try:
        cycles = [Cycle(session.close)]
        engine.call(METHOD, b'x')
        if where == 'the lock':
            engine.flush()
            engine.sock.shutdown(socket.SHUT_WR)
        engine.wait_closed()
        session.close()
        assert not cycles
    finally:
        gc.enable()


def test_what_a_method_does_after_the_end(open_session):
    """Its call is over for all that it tries."""
    outcomes = []

    def method(call):
        begun.set()
        with pytest.raises(CallOver):
            call.receive()
        for again in (call.receive, lambda: call.send(b'x'), lambda: list(call)):
            with pytest.raises(CallOver):
                again()
            outcomes.append('over')
        agent, other = socket.socketpair()
        call.shut_down_at_end(agent)
        assert agent.recv(1) == b''
        agent.close()
        other.close()
        outcomes.append('shut down')
        raise ValueError('late')

    begun = threading.Event()
    session, engine = open_session(method)
    engine.call(METHOD, end=False)
    engine.flush()
    assert begun.wait(SECONDS)
    session.close()
    assert outcomes == ['over'] * 3 + ['shut down']


def test_a_context_manager(pair):
    ours, theirs = two_way_socket(pair[0]), pair[1]
    engine = EngineSocket(theirs)
    with pytest.raises(ValueError):
        with BuildSession(ours, {METHOD: echo}):
            assert engine.ask(METHOD, b'x').messages == [b'x']
            raise ValueError()
    engine.wait_closed()
    assert is_closed(ours)


@pytest.mark.skipif(not hasattr(os, 'fork'), reason='there is no fork')
@pytest.mark.parametrize('locked', [False, True])
def test_a_child_process(open_session, locked):
    """It closes its own descriptor alone, and waits for no thread that it has not, or a lock that one has."""
    session, engine = open_session()
    assert engine.ask(METHOD, b'x').status == OK
    if locked:
        session._changed.acquire()
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')     # Python 3.12 warns of threads
        child = os.fork()
    if not child:
        try:
            locker = threading.Thread(target=session.close)
            locker.start()
            locker.join()
            os._exit(0)
        finally:
            os._exit(1)
    if locked:
        session._changed.release()
    assert os.waitpid(child, 0)[1] == 0
    assert engine.ask(METHOD, b'x').messages == [b'x']


EXIT = '''
import socket, sys, threading
from docker.build_session import BuildSession

begun = threading.Event()

def method(call):
    while True:
        call.send(b'x' * 1000)
        begun.set()
        if sys.argv[2] == 'receive':
            call.receive()

sock = socket.socket(socket.AF_UNIX)
sock.connect(sys.argv[1])
session = BuildSession(sock, {'/moby.test.Service/Method': method})
assert begun.wait(60)
print('over')
if sys.argv[2] == 'error':
    raise SystemExit(3)
'''


@pytest.mark.parametrize('kind', ['receive', 'send', 'error'])
def test_the_interpreter_exits(tmp_path, kind):
    """A session that is open, and busy, keeps it from nothing, and prints nothing."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(tmp_path / 'socket'))
    listener.listen(1)
    for _ in range(5):
        process = subprocess.Popen([sys.executable, '-c', EXIT, str(tmp_path / 'socket'), kind],
                                   cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        timer = threading.Timer(SECONDS, process.kill)
        timer.start()
        engine = EngineSocket(listener.accept()[0])
        engine.call(METHOD, end=False)
        while not engine.closed:
            engine.h2.ping(b'12345678')
            engine.pump(lambda: engine.pongs)
            del engine.pongs[:]
        engine.sock.close()
        output, errors = process.communicate()
        timer.cancel()
        timer.join()
        assert process.returncode == (3 if kind == 'error' else 0)
        assert (output, errors) == (b'over\n', b'')
    listener.close()
