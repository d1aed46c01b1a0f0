"""Waiting for an engine has a deadline, whatever signals come meanwhile: over Unix sockets, TCP and TLS."""

import signal
import socket
import threading

import pytest

import docker
from docker import credential_helper, errors
from docker.transport.endpoint import TLS
from tests.credentials import Helpers
from tests.server import HIJACKED, Server, as_json, chunk, http
from tests.transport import CHUNKED, OK, get, post, silent
from tests.transport.test_tcp import TlsServer
from tests.wire import negotiated

INTERVAL_SECONDS = 0.005
TIMEOUT_SECONDS = 0.2
# A timeout that begins anew after each signal never ends; this many signals take 25 times as long.
MANY_SIGNALS = 1000


@pytest.fixture
def timer():
    """An interval timer; a list that grows with each of its signals."""
    handled = []

    def handle(number, frame):
        handled.append(number)
        if len(handled) == MANY_SIGNALS:
            signal.setitimer(signal.ITIMER_REAL, 0)
            raise AssertionError('it waits without an end')

    before = signal.signal(signal.SIGALRM, handle)
    signal.setitimer(signal.ITIMER_REAL, INTERVAL_SECONDS, INTERVAL_SECONDS)
    yield handled
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(params=['unix', 'tcp', 'tls'])
def engine(request, certificates):
    """A server and a client, over each transport."""
    if request.param == 'tls':
        server = TlsServer(certificates)
        client = docker.Client(server.url, tls=TLS(certificates.path('ca'), None, None))
    else:
        server = Server(socket.AF_UNIX if request.param == 'unix' else socket.AF_INET)
        client = docker.Client(server.url)
    yield server, client
    client.close()
    server.close()


def test_a_response_that_does_not_come(engine, timer):
    server, client = engine
    server.respond(silent())
    with pytest.raises(errors.ReadTimedOut):
        get(client, timeout=(10, TIMEOUT_SECONDS))
    assert timer


def test_a_head_that_does_not_end(engine, timer):
    server, client = engine
    server.respond(silent(OK + b'Content-Type: te'))
    with pytest.raises(errors.ReadTimedOut):
        get(client, timeout=(10, TIMEOUT_SECONDS))


@pytest.mark.parametrize('sent', [CHUNKED + chunk(b'some'), CHUNKED + b'9\r\nsome', OK + b'\r\nsome',
                                  OK + b'Content-Length: 9\r\n\r\nsome'])
def test_a_body_that_stops(engine, timer, sent):
    server, client = engine
    server.respond(silent(sent))
    chunks = get(client, stream=True, timeout=(10, TIMEOUT_SECONDS)).iter_content(None)
    assert next(chunks) == b'some'
    with pytest.raises(errors.ReadTimedOut):
        list(chunks)


def reads_nothing(going):
    def respond(peer):
        going.wait(60)
        return False
    return respond


@pytest.mark.parametrize('form', ['bytes', 'chunks'])
def test_a_body_that_is_not_taken(engine, timer, form):
    server, client = engine
    going = threading.Event()
    server.respond(reads_nothing(going))
    try:
        with pytest.raises(errors.ReadTimedOut):
            post(client, b'x' * 2 ** 24 if form == 'bytes' else iter([b'x' * 2 ** 20] * 16),
                 timeout=(10, TIMEOUT_SECONDS))
    finally:
        going.set()


def test_a_full_backlog(timer, crowded):
    client = docker.Client('unix://' + crowded[0])
    with pytest.raises(errors.ConnectTimedOut):
        get(client, timeout=TIMEOUT_SECONDS)


def test_a_full_backlog_over_tcp(timer):
    listener = socket.socket()
    listener.bind(('127.0.0.1', 0))
    listener.listen(0)
    waiting = [socket.socket() for _ in range(4)]
    for sock in waiting:
        sock.setblocking(False)
        sock.connect_ex(listener.getsockname())
    client = docker.Client('tcp://127.0.0.1:{0}'.format(listener.getsockname()[1]))
    with pytest.raises(errors.ConnectTimedOut):
        get(client, timeout=TIMEOUT_SECONDS)
    for sock in waiting + [listener]:
        sock.close()


def test_a_handshake_that_is_not_taken_up(timer):
    server = Server(socket.AF_INET)
    server.respond(silent())
    client = docker.Client(server.url.replace('tcp:', 'https:'))
    with pytest.raises(errors.ConnectTimedOut):
        get(client, timeout=TIMEOUT_SECONDS)
    server.close()


def test_signals_do_not_end_a_wait(engine, timer):
    """Not even thousands of them, where each one was a level of recursion once."""
    server, client = engine
    many = threading.Event()

    def respond(peer):
        peer.read_request()
        many.wait(60)
        peer.send(as_json({'StatusCode': 3}))
        return True

    def count(number, frame):
        timer.append(number)
        if len(timer) == 1500:
            signal.setitimer(signal.ITIMER_REAL, 0)
            many.set()

    negotiated(client, server)
    server.respond(respond)
    signal.signal(signal.SIGALRM, count)
    signal.setitimer(signal.ITIMER_REAL, 0.0005, 0.0005)
    assert client.wait('c') == 3


def test_a_large_body_is_sent_and_received_while_signals_come(engine, timer):
    server, client = engine
    data = b'0123456789abcdef' * 2 ** 18
    server.respond(http(200, data))
    assert post(client, data, timeout=30).content == data
    assert server.request.body == data


def test_an_exception_of_a_signal_handler_ends_a_wait(engine):
    def handle(number, frame):
        raise KeyError('mine')

    server, client = engine
    server.respond(silent())
    before = signal.signal(signal.SIGALRM, handle)
    signal.setitimer(signal.ITIMER_REAL, TIMEOUT_SECONDS)
    try:
        with pytest.raises(KeyError):
            get(client, timeout=None)
    finally:
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize('seconds', [60, 10 ** 9, None])
def test_a_timeout_that_is_longer_than_poll_takes(engine, seconds):
    server, client = engine
    server.respond(http(200, 'in time'))
    assert get(client, timeout=seconds).content == b'in time'


def test_a_timeout_of_nothing(engine):
    server, client = engine
    server.respond(silent())
    with pytest.raises(errors.ReadTimedOut):
        get(client, timeout=(10, 0))


@pytest.mark.parametrize('timeout', [None, 30])
def test_closing_ends_a_wait_of_another_thread(engine, timeout):
    server, client = engine
    first, hung_up, read = threading.Event(), threading.Event(), []
    server.respond(silent(CHUNKED + chunk(b'some'), hung_up))
    response = get(client, stream=True, timeout=(10, timeout))

    def receive():
        for item in response.iter_content(None):
            read.append(item)
            first.set()

    reader = threading.Thread(target=receive)
    reader.start()
    assert first.wait(30)
    response.close()
    reader.join(30)
    assert not reader.is_alive() and read == [b'some']
    assert hung_up.wait(30)


def test_a_socket_for_the_caller_has_no_limit_of_ours(engine):
    server, client = engine
    client.timeout = 5
    negotiated(client, server)
    going = threading.Event()

    def respond(peer):
        peer.read_request()
        peer.send(HIJACKED)
        going.wait(30)
        peer.send(b'late')
        return False

    server.respond(respond)
    sock = client.attach_socket('c')
    assert sock.gettimeout() is None
    going.set()
    assert sock.recv(4) == b'late'
    sock.settimeout(0.01)
    sock.close()


def test_a_helper_that_hangs(timer, tmp_path, monkeypatch):
    helpers = Helpers(str(tmp_path), monkeypatch)
    helpers.write('own', u'#!/bin/sh\nexec sleep 1000\n')
    monkeypatch.setattr(credential_helper, 'TIMEOUT_SECONDS', TIMEOUT_SECONDS)
    assert credential_helper.run('own', 'get', b'host')[0] is None


def test_a_helper_that_prints(timer, tmp_path, monkeypatch):
    helpers = Helpers(str(tmp_path), monkeypatch)
    helpers.write('own', u'#!/bin/sh\ncat; echo; head -c 100000 /dev/zero; sleep 0.1; echo end\n')
    output, status = credential_helper.run('own', 'get', b'host')
    assert status == 0
    assert output == b'host\n' + b'\0' * 100000 + b'end\n'
