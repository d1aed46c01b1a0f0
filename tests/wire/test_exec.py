# -*- coding: utf-8 -*-
"""exec_create, exec_start, exec_inspect, exec_resize and execute: their requests and results."""

import socket
import threading

import pytest
import six

import docker
from docker import errors
from tests.server import HIJACKED, as_json, chunked, frame, http
from tests.wire import negotiated, raised, request_parts
from tests.wire.test_streams import UPGRADED, joined, read_all

CREATED = as_json({'Id': 'e1'}, 201)
BODY = {'AttachStdin': False, 'AttachStdout': True, 'AttachStderr': True, 'Tty': False, 'Cmd': ['true']}
FRAMES = frame(1, b'out') + frame(2, b'err') + frame(1, u'\xe9'.encode('utf-8') + b'\0' * 70000)
OUT, ERR = b'out' + u'\xe9'.encode('utf-8') + b'\0' * 70000, b'err'
PATIENCE = 30


@pytest.fixture
def modern(server):
    """A Client of an engine that serves 1.12 to 1.41."""
    server.respond(*[as_json({'ApiVersion': '1.41', 'MinAPIVersion': '1.12'})] * 2)
    client = docker.Client(server.url, timeout=10)
    client.version()
    del server.requests[:]
    yield client
    client.close()


def cut_off(data):
    """Return a response after which the connection is closed."""
    def respond(peer):
        peer.read_request()
        peer.send(data)
        return False
    return respond


# exec_create

@pytest.mark.parametrize('arguments, body, version', [
    ({'cmd': 'true'}, {}, '1.15'),
    ({'cmd': 'sh -c "echo hi"'}, {'Cmd': ['sh', '-c', 'echo hi']}, '1.15'),
    ({'cmd': ('head', '-c', 5)}, {'Cmd': ['head', '-c', '5']}, '1.15'),
    ({'cmd': 'true', 'stdout': 0, 'stderr': None, 'stdin': 1, 'tty': 1, 'privileged': 0, 'user': None},
     {'AttachStdout': False, 'AttachStderr': False, 'AttachStdin': True, 'Tty': True}, '1.15'),
    ({'cmd': 'true', 'privileged': True}, {'Privileged': True}, '1.19'),
    ({'cmd': 'true', 'user': 0}, {'User': '0'}, '1.19'),
    ({'cmd': 'true', 'user': u'caf\xe9:5'}, {'User': u'caf\xe9:5'}, '1.19'),
    ({'cmd': 'true', 'detach_keys': 'ctrl-p'}, {'DetachKeys': 'ctrl-p'}, '1.23'),
    ({'cmd': 'true', 'environment': {'A': 1}}, {'Env': ['A=1']}, '1.25'),
    ({'cmd': 'true', 'environment': ['A=1', 'B'], 'user': 'me'}, {'Env': ['A=1', 'B'], 'User': 'me'}, '1.25'),
    ({'cmd': 'true', 'environment': {}}, {}, '1.15'),
    ({'cmd': 'true', 'workdir': '/srv'}, {'WorkingDir': '/srv'}, '1.35')])
def test_the_request_of_exec_create(modern, server, arguments, body, version):
    server.respond(CREATED)
    assert modern.exec_create({'Id': 'abc'}, **arguments) == {'Id': 'e1'}
    assert request_parts(server.request) == (
        'POST', '/v{0}/containers/abc/exec'.format(version), {}, dict(BODY, **body))


@pytest.mark.parametrize('call, needed', [
    (lambda c: c.exec_create('abc', 'true'), '1.15'),
    (lambda c: c.execute('abc', 'true'), '1.15'),
    (lambda c: c.exec_start('e1'), '1.15'),
    (lambda c: c.exec_start('e1', socket=True), '1.15'),
    (lambda c: c.exec_resize('e1', 1, 1), '1.15'),
    (lambda c: c.exec_inspect('e1'), '1.16')])
def test_an_engine_without_exec(server, call, needed):
    client = negotiated(docker.Client(server.url, timeout=10), server, '1.14')
    error = raised(errors.NotSupported, lambda: call(client))
    assert needed in str(error) and '1.14' in str(error)
    assert server.requests == []
    client.close()


@pytest.mark.parametrize('arguments, needed', [
    ({'privileged': True}, 'Privileged'), ({'user': 'me'}, 'User'), ({'environment': {'A': 'b'}}, 'Env'),
    ({'workdir': '/'}, 'WorkingDir'), ({'detach_keys': 'ctrl-p'}, 'DetachKeys')])
def test_an_argument_that_came_later(server, arguments, needed):
    client = negotiated(docker.Client(server.url, timeout=10), server, '1.18')
    error = raised(errors.NotSupported, lambda: client.exec_create('abc', 'true', **arguments))
    assert needed in str(error) and '1.18' in str(error)
    assert server.requests == []
    client.close()


@pytest.mark.parametrize('name, kind, call', [
    ('container', TypeError, lambda c: c.exec_create(5, 'true')),
    ('container', ValueError, lambda c: c.exec_create('', 'true')),
    ('cmd', TypeError, lambda c: c.exec_create('abc', None)),
    ('cmd', TypeError, lambda c: c.exec_create('abc', 5)),
    ('cmd', TypeError, lambda c: c.exec_create('abc', [None])),
    ('cmd', ValueError, lambda c: c.exec_create('abc', '')),
    ('cmd', ValueError, lambda c: c.exec_create('abc', [])),
    ('cmd', ValueError, lambda c: c.exec_create('abc', "sh -c 'x")),
    ('user', TypeError, lambda c: c.exec_create('abc', 'true', user=1.5)),
    ('environment', TypeError, lambda c: c.exec_create('abc', 'true', environment='A=b')),
    ('environment', TypeError, lambda c: c.exec_create('abc', 'true', environment={'A': True})),
    ('workdir', TypeError, lambda c: c.exec_create('abc', 'true', workdir=5)),
    ('detach_keys', TypeError, lambda c: c.exec_create('abc', 'true', detach_keys=['ctrl-p'])),
    ('exec_id', TypeError, lambda c: c.exec_start(None)),
    ('exec_id', TypeError, lambda c: c.exec_start({'Name': 'x'})),
    ('exec_id', ValueError, lambda c: c.exec_start('../x')),
    ('exec_id', TypeError, lambda c: c.exec_inspect(5)),
    ('exec_id', TypeError, lambda c: c.exec_resize(5, 1, 1)),
    ('height', TypeError, lambda c: c.exec_resize('e1')),
    ('height', TypeError, lambda c: c.exec_resize('e1', '2.4', 80)),
    ('width', TypeError, lambda c: c.exec_resize('e1', 24)),
    ('width', TypeError, lambda c: c.exec_resize('e1', 24, -1)),
    ('cmd', TypeError, lambda c: c.execute('abc', None))])
def test_bad_arguments(client, server, name, kind, call):
    assert str(raised(kind, lambda: call(client))).startswith(name + ' takes ')
    assert server.requests == []


def test_the_environment_is_in_no_message(client):
    error = raised(TypeError, lambda: client.exec_create('abc', 'true', environment={'A': ['hush']}))
    assert 'hush' not in str(error)


# exec_start

@pytest.mark.parametrize('response', [
    HIJACKED + FRAMES, chunked([FRAMES]), chunked([FRAMES[:5], FRAMES[5:9], FRAMES[9:]])])
@pytest.mark.parametrize('stream', [False, True])
def test_the_output_of_a_command(client, server, response, stream):
    server.respond(response)
    output = client.exec_start({'Id': 'e1'}, stream=stream)
    assert isinstance(output, bytes) is not stream
    assert joined(output) == OUT[:3] + ERR + OUT[3:]
    assert request_parts(server.request) == (
        'POST', '/v1.15/exec/e1/start', {}, {'Detach': False, 'Tty': False})
    assert 'upgrade' not in server.request.headers


def test_outputs_apart(client, server):
    server.respond(*[HIJACKED + FRAMES] * 2)
    assert client.exec_start('e1', demux=True) == (OUT, ERR)
    assert list(client.exec_start('e1', demux=True, stream=True)) == [
        (b'out', None), (None, b'err'), (OUT[3:], None)]


@pytest.mark.parametrize('frames, pair', [
    (b'', (None, None)), (frame(2, b'') + frame(1, b'a'), (b'a', None)), (frame(2, b'a'), (None, b'a')),
    (frame(0, b'a') + frame(2, b'b') + frame(1, b'c'), (b'ac', b'b'))])
def test_one_output_may_be_empty(client, server, frames, pair):
    server.respond(HIJACKED + frames)
    assert client.exec_start('e1', demux=True) == pair


def test_the_output_of_a_terminal(client, server):
    server.respond(*[HIJACKED + b'a\r\n'] * 4)
    assert client.exec_start('e1', tty=True) == b'a\r\n'
    assert request_parts(server.request)[3] == {'Detach': False, 'Tty': True}
    assert list(client.exec_start('e1', tty=True, stream=True)) == [b'a\r\n']
    assert client.exec_start('e1', tty=True, demux=True) == (b'a\r\n', None)
    assert list(client.exec_start('e1', tty=True, demux=True, stream=True)) == [(b'a\r\n', None)]


@pytest.mark.parametrize('body', [b'', b'\n'])
def test_a_detached_command(client, server, body):
    server.respond(http(200, body), http(200, body))
    assert client.exec_start('e1', detach=True, stream=True, demux=True) == b''
    assert request_parts(server.request)[3] == {'Detach': True, 'Tty': False}
    assert client.exec_start('e1', True, False, False, True) == b''
    assert server.connections == 1


@pytest.mark.parametrize('head', [HIJACKED, UPGRADED])
def test_a_socket_is_two_way_and_complete(client, server, head):
    def cat(peer):
        peer.read_request()
        peer.send(head + frame(1, b'first'))
        peer.send(frame(1, peer.file.read()))
        return False

    server.respond(cat)
    sock = client.exec_start('e1', socket=True)
    try:
        assert sock.gettimeout() is None
        sock.sendall(b'to cat')
        sock.shutdown(socket.SHUT_WR)
        assert read_all(sock) == frame(1, b'first') + frame(1, b'to cat')
    finally:
        sock.close()
    assert (server.request.headers['connection'].lower(), server.request.headers['upgrade']) == (
        'upgrade', 'tcp')
    assert request_parts(server.request)[3] == {'Detach': False, 'Tty': False}


@pytest.mark.parametrize('arguments', [{}, {'stream': True}, {'socket': True}, {'detach': True}])
@pytest.mark.parametrize('status, kind', [(404, errors.NotFound), (409, errors.Conflict)])
def test_errors_of_the_engine(client, server, arguments, status, kind):
    server.respond(as_json({'message': 'no exec'}, status))
    assert raised(kind, lambda: client.exec_start('e1', **arguments)).explanation == 'no exec'


@pytest.mark.parametrize('cut', [3, 9])
@pytest.mark.parametrize('demux', [False, True])
def test_an_engine_that_goes_away_in_a_frame(client, server, cut, demux):
    server.respond(HIJACKED + frame(1, b'first') + frame(2, b'lost')[:cut])
    output = client.exec_start('e1', stream=True, demux=demux)
    assert next(output) == ((b'first', None) if demux else b'first')
    raised(errors.StreamBroken, lambda: next(output))
    server.respond(HIJACKED + frame(2, b'lost')[:cut])
    raised(errors.StreamBroken, lambda: client.exec_start('e1', demux=demux))


def test_an_engine_that_goes_away_in_a_chunk(client, server):
    server.respond(cut_off(chunked([frame(1, b'first')])[:-7]))
    raised(errors.StreamBroken, lambda: client.exec_start('e1'))
    server.respond(cut_off(b''))
    raised(errors.EngineUnreachable, lambda: client.exec_start('e1'))


def test_a_stream_that_is_closed_frees_its_connection(client, server):
    hung_up = threading.Event()

    def endless(peer):
        peer.read_request()
        peer.send(HIJACKED + frame(1, b'a'))
        peer.wait_closed()
        hung_up.set()

    server.respond(endless)
    with client.exec_start('e1', stream=True) as output:
        assert next(output) == b'a'
    assert hung_up.wait(PATIENCE)
    assert list(output) == []


def test_waiting_for_output_has_no_timeout(client, server):
    client.timeout = 0.05
    released = threading.Event()

    def late(peer):
        peer.read_request()
        released.wait(0.2)
        peer.send(HIJACKED + frame(1, b'late'))

    server.respond(late)
    assert client.exec_start('e1') == b'late'
    server.respond(late)
    raised(errors.ReadTimedOut, lambda: client.exec_start('e1', detach=True))


# exec_inspect, exec_resize and execute

def test_the_request_of_exec_inspect(client, server):
    server.respond(as_json({'ID': 'e1', 'ExitCode': 3, 'Running': False, 'ContainerID': 'abc'}))
    assert client.exec_inspect({'Id': 'e1'})['ExitCode'] == 3
    assert request_parts(server.request) == ('GET', '/v1.16/exec/e1/json', {}, None)


def test_the_request_of_exec_resize(client, server):
    server.respond(*[http(200)] * 2)
    assert client.exec_resize({'Id': 'e1'}, 24, 80) is None
    assert request_parts(server.request) == ('POST', '/v1.15/exec/e1/resize', {'h': '24', 'w': '80'}, None)
    client.exec_resize('e1', width='0', height=u'1')
    assert server.request.query == {'h': '1', 'w': '0'}


@pytest.mark.parametrize('arguments, created, started, output', [
    ({}, {}, {}, OUT[:3] + ERR + OUT[3:]),
    ({'stderr': False}, {'AttachStderr': False}, {}, OUT[:3] + ERR + OUT[3:]),
    ({'tty': True}, {'Tty': True}, {'Tty': True}, FRAMES),
    ({'detach': True}, {}, {'Detach': True}, b'')])
def test_execute(client, server, arguments, created, started, output):
    server.respond(CREATED, HIJACKED + FRAMES)
    assert client.execute('abc', 'true', **arguments) == output
    assert [request_parts(request) for request in server.requests] == [
        ('POST', '/v1.15/containers/abc/exec', {}, dict(BODY, **created)),
        ('POST', '/v1.15/exec/e1/start', {}, dict({'Detach': False, 'Tty': False}, **started))]


def test_execute_streams(client, server):
    server.respond(CREATED, HIJACKED + FRAMES)
    items = list(client.execute('abc', ['true'], False, True, True, True, False))
    assert items == [b'out', b'err', OUT[3:]]
    assert all(type(item) is six.binary_type for item in items)


# exec_run

WROTE = chunked([FRAMES], 'application/vnd.docker.raw-stream')


def ended(code, **state):
    return as_json(dict({'ID': 'e1', 'Running': False, 'ExitCode': code}, **state))


@pytest.mark.parametrize('arguments, output', [({}, b'out' + ERR + OUT[3:]), ({'demux': True}, (OUT, ERR))])
@pytest.mark.parametrize('code', [0, 3])
def test_exec_run(modern, server, arguments, output, code):
    server.respond(CREATED, WROTE, ended(code))
    result = modern.exec_run({'Id': 'abc'}, 'true', **arguments)
    assert type(result) is docker.types.ExecResult and tuple(result) == (result.exit_code, result.output)
    assert result == (code, output)
    assert [request_parts(request)[:2] for request in server.requests] == [
        ('POST', '/v1.15/containers/abc/exec'), ('POST', '/v1.15/exec/e1/start'),
        ('GET', '/v1.16/exec/e1/json')]
    assert server.requests[0].json == BODY


def test_the_arguments_of_exec_run(modern, server):
    server.respond(CREATED, WROTE, ended(0))
    modern.exec_run('abc', 'true', stderr=False, tty=True, privileged=True, user='me', environment={'A': 1},
                    workdir='/srv')
    assert server.requests[0].json == dict(
        BODY, AttachStderr=False, Tty=True, Privileged=True, User='me', Env=['A=1'], WorkingDir='/srv')


@pytest.mark.parametrize('arguments', [{}, {'input': b'x'}, {'demux': True}])
def test_an_engine_without_exit_codes_of_exec(server, arguments):
    """Its command is not run, nor is an exec instance created."""
    client = negotiated(docker.Client(server.url, timeout=10), server, '1.15')
    error = raised(errors.NotSupported, lambda: client.exec_run('abc', 'true', **arguments))
    assert 'GET /exec/{id}/json' in str(error) and '1.16' in str(error) and '1.15' in str(error)
    assert server.requests == []
    client.close()


def test_an_unknown_engine_without_exit_codes_of_exec(server):
    """The versions of the engine are asked for first."""
    client = docker.Client(server.url, timeout=10)
    server.respond(*[as_json({'Version': '1.3.0', 'ApiVersion': '1.15'})] * 2)
    raised(errors.NotSupported, lambda: client.exec_run('abc', 'true'))
    assert {request.method for request in server.requests} == {'GET'}
    client.close()


def test_exec_run_has_another_name():
    assert getattr(docker.Client, 'exec') == docker.Client.exec_run


@pytest.mark.parametrize('data', [u'caf\xe9', u'caf\xe9'.encode('utf-8')])
@pytest.mark.parametrize('demux', [False, True])
def test_the_input_of_exec_run(modern, server, data, demux):
    received = []

    def both_ways(peer):
        peer.read_request()
        peer.send(UPGRADED + FRAMES)
        received.append(peer.file.read())
        return False

    server.respond(CREATED, both_ways, ended(0))
    result = modern.exec_run('abc', 'cat', input=data, demux=demux)
    assert result == (0, (OUT, ERR) if demux else b'out' + ERR + OUT[3:])
    assert received == [u'caf\xe9'.encode('utf-8')] and server.requests[0].json['AttachStdin'] is True


@pytest.mark.parametrize('demux', [False, True])
def test_output_of_exec_run_that_podman_loses(modern, server, demux):
    def both_ways(peer):
        peer.read_request()
        peer.send(UPGRADED + FRAMES + frame(
            2, b'Error: write unixpacket @->/proc/self/fd/15/attach: write: broken pipe\n'))
        peer.file.read()
        return False

    server.respond(CREATED, both_ways)
    with pytest.raises(errors.StreamBroken) as caught:
        modern.exec_run('abc', 'true', input=b'x', demux=demux)
    assert 'Output is lost' in str(caught.value)


@pytest.mark.parametrize('states', [
    [{'Running': True}], [{'Running': True, 'ExitCode': None}] * 3, [{'ExitCode': None}]])
def test_an_exit_code_that_comes_after_the_output(modern, server, states):
    server.respond(CREATED, WROTE, *[ended(0, **state) for state in states] + [ended(5)])
    assert modern.exec_run('abc', 'true').exit_code == 5
    assert len(server.requests) == 3 + len(states)


def test_output_of_exec_run_that_is_cut(modern, server):
    server.respond(CREATED, cut_off(HIJACKED + FRAMES[:-1]))
    raised(errors.StreamBroken, lambda: modern.exec_run('abc', 'true'))


@pytest.mark.parametrize('name, kind, call', [
    ('container', TypeError, lambda c: c.exec_run(5, 'true')),
    ('cmd', ValueError, lambda c: c.exec_run('abc', '')),
    ('input', TypeError, lambda c: c.exec_run('abc', 'true', input=5)),
    ('tty', ValueError, lambda c: c.exec_run('abc', 'true', input='x', tty=True)),
    ('user', TypeError, lambda c: c.exec_run('abc', 'true', user=1.5))])
def test_bad_arguments_of_exec_run(modern, server, name, kind, call):
    assert name in str(raised(kind, lambda: call(modern))) and server.requests == []


def test_an_exit_code_that_is_none(modern, server):
    server.respond(CREATED, WROTE, ended('x'))
    raised(errors.NotAnEngine, lambda: modern.exec_run('abc', 'true'))
