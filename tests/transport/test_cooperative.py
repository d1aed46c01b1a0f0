"""The transport under gevent and eventlet, whose sockets, threads and processes replace Python's.

Each test runs a scenario of cooperative.py in a process of its own, with an engine in this one.
"""

import os
import socket
import subprocess
import sys
import threading
import warnings

import pytest

from tests.credentials import Helpers
from tests.server import HIJACKED, Server, as_json, chunk, frame, http
from tests.transport import CHUNKED, OK, silent
from tests.transport.test_tcp import TlsServer

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
VERSION = as_json({'Version': '20.10', 'ApiVersion': '1.6'})
SCENARIOS = os.path.join(ROOT, 'tests', 'transport', 'cooperative.py')


def has_library(name):
    with warnings.catch_warnings():
        # eventlet warns of itself.
        warnings.simplefilter('ignore')
        try:
            __import__(name)
            return True
        except ImportError:
            return False


@pytest.fixture(params=[
    pytest.param(name, marks=pytest.mark.skipif(not has_library(name), reason=name + ' is not installed'))
    for name in ('gevent', 'eventlet')])
def library(request):
    return request.param


@pytest.fixture(params=['patched first', 'imported first'])
def order(request):
    """Whether the library replaces what is Python's before docker is imported, or after it."""
    return request.param


@pytest.fixture(params=['unix', 'tcp', 'tls'])
def engine(request, certificates):
    if request.param == 'tls':
        engine = TlsServer(certificates)
    else:
        engine = Server(socket.AF_UNIX if request.param == 'unix' else socket.AF_INET)
    yield engine
    engine.close()


def start(name, library, order, url, **variables):
    return subprocess.Popen(
        [sys.executable, SCENARIOS, library, order, name], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env=dict(os.environ, PYTHONPATH=ROOT, PYTHONDONTWRITEBYTECODE='1', DOCKER_HOST=url, **variables))


def end(running):
    output = running.communicate()[0].decode('utf-8', 'replace')
    assert running.returncode == 0 and output.splitlines()[-1] == 'over', output


@pytest.fixture
def run(engine, library, order, certificates, tmp_path):
    """A function that runs a scenario."""
    if isinstance(engine, TlsServer) and order == 'imported first':
        pytest.skip('neither library can replace TLS that was imported before it')
    variables = {}
    if isinstance(engine, TlsServer):
        variables.update(DOCKER_TLS_VERIFY='1', DOCKER_CERT_PATH=str(tmp_path))
        for name, source in (('ca', 'ca'), ('cert', 'client'), ('key', 'client-key')):
            with open(certificates.path(source), 'rb') as opened:
                (tmp_path / (name + '.pem')).write_bytes(opened.read())

    return lambda name: end(start(name, library, order, engine.url, **variables))


@pytest.mark.parametrize('sent', [b'', OK + b'Content-Ty', CHUNKED + chunk(b'some'), OK + b'\r\nsome'])
def test_a_response_that_does_not_come(engine, run, sent):
    engine.respond(silent(sent))
    run('timeout_of_response')


def test_a_body_that_is_not_taken(engine, run):
    going = threading.Event()
    engine.respond(lambda peer: going.wait(60) and False)
    try:
        run('timeout_of_send')
    finally:
        going.set()


def test_a_full_backlog(crowded, library, order):
    end(start('timeout_of_connect', library, order, 'unix://' + crowded[0]))


def test_a_place_in_line(crowded, library, order):
    path, listener, waiting = crowded
    running = start('place_in_line', library, order, 'unix://' + path)
    assert running.stdout.readline() == b'waiting\n'
    for sock in waiting:
        sock.close()
    request = b''
    while not request:
        sock, _ = listener.accept()
        request = sock.recv(65536)
        if request:
            sock.sendall(http(200, 'in line'))
        sock.close()
    end(running)


def test_two_streams_in_two_greenlets(engine, run):
    """Each line of one is sent when that of the other has come."""
    turns = [threading.Event() for _ in range(7)]
    turns[0].set()

    def respond(peer):
        request = peer.read_request()
        if request is None:
            return False
        if request.path == '/version':
            peer.send(VERSION)
        elif request.path.endswith('/json'):
            peer.send(as_json({'Config': {'Tty': False}, 'State': {'Running': True}, 'Id': 'c'}))
        elif request.path.endswith('/next'):
            next(turn for turn in turns if not turn.is_set()).set()
            peer.send(http(200, ''))
        else:
            name = request.path.rpartition('/containers/')[2][:1]
            peer.send(HIJACKED)
            for number in range(3):
                assert turns[2 * number + (name == 'b')].wait(30)
                peer.send(frame(1, '{0}{1}'.format(name, number).encode('ascii')))
            return False
        return True

    engine.respond(*[respond] * 20)
    run('interleaved')


def test_closing_a_stream_that_another_greenlet_reads(engine, run):
    hung_up = [threading.Event(), threading.Event()]
    engine.respond(VERSION, *[silent(CHUNKED + chunk(b'{"n": 1}'), event) for event in hung_up])
    run('closed')
    assert all(event.wait(30) for event in hung_up)


def test_a_two_way_socket(engine, run):
    def respond(peer):
        peer.read_request()
        peer.send(HIJACKED + b'ready ')
        assert peer.file.readline() == b'in\n'
        peer.send(b'out ')
        assert peer.file.read() == b''
        peer.send(b'after')
        return False

    engine.respond(VERSION, respond)
    run('attached')


def test_an_exact_head_of_many_lines(engine, run):
    lines = b''.join('X-Line: {0}\r\n'.format(number).encode('ascii') for number in range(3000))
    engine.respond(VERSION, silent(HIJACKED[:-2] + lines + b'\r\nbehind'))
    run('many_headers')


def test_a_response_that_is_deferred(engine, run):
    going = threading.Event()

    def late(peer):
        peer.read_request()
        going.wait(30)
        peer.send(http(200, 'late'))
        return True

    def go(peer):
        peer.read_request()
        going.set()
        peer.send(http(200, ''))
        return True

    engine.respond(late, go)
    run('deferred')


def test_calls_that_wait_for_a_negotiation(engine, run):
    def respond(peer):
        if peer.read_request() is None:
            return False
        if len(engine.requests) == 1:
            threading.Event().wait(0.1)
        peer.send(VERSION)
        return True

    engine.respond(*[respond] * 40)
    run('negotiated_at_once')


def test_a_connection_is_used_again(engine, run):
    engine.respond(*[http(200, 'ok')] * 3)
    run('kept')
    assert engine.connections == 1


def test_a_large_body(engine, run):
    engine.respond(http(200, b'0123456789abcdef' * 2 ** 18))
    run('large')


def test_a_session(engine, run):
    """As it is during a build: each call of the engine has a greenlet."""
    pytest.importorskip('h2', reason='h2 is not installed')
    from tests.http2_engine import EngineSocket
    statuses = []

    def respond(peer):
        peer.read_request()
        peer.send(b'HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n')
        session = EngineSocket(peer.sock)
        calls = [session.responses[session.call('/echo', b'1', b'2' * 100000)] for _ in range(20)]
        session.pump(lambda: all(call.ended for call in calls))
        statuses.extend(call.messages == [b'1', b'2' * 100000] and call.status for call in calls)
        session.call('/wait', b'x', end=False)
        session.pump(lambda: session.closed)
        return False

    engine.respond(respond)
    run('session')
    assert statuses == [0] * 20


def test_credential_helpers(library, order, tmp_path, monkeypatch):
    helpers = Helpers(str(tmp_path), monkeypatch)
    helpers.write('slow', u'#!/bin/sh\nread -r host; sleep 0.1; echo $1 $host; exit 3\n')
    helpers.write('hanging', u'#!/bin/sh\nexec sleep 1000\n')
    end(start('helpers', library, order, 'unix:///nowhere'))
