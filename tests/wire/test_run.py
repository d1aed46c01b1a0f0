# -*- coding: utf-8 -*-
"""run: the requests of a container from its creation to its removal, and what it returns and raises."""

import pickle
import threading

import pytest

import docker
from docker import errors
from tests.server import HIJACKED, as_json, chunked, frame, http
from tests.wire import negotiated, raised, request_parts

CREATED = as_json({'Id': 'c' * 64, 'Warnings': None}, 201)
STARTED = KILLED = REMOVED = http(204)
OUTPUT = frame(1, b'out') + frame(2, b'err') + frame(1, b'put\n')
PATH = '/containers/' + 'c' * 64


@pytest.fixture
def client(server):
    client = negotiated(docker.Client(server.url, timeout=10), server, '1.41')
    yield client
    client.close()


def attached(output=OUTPUT, received=None, until=None):
    """A response to an attach: sends output, and closes the connection when an event is set."""
    def respond(peer):
        peer.read_request(body=False)
        peer.send(HIJACKED + output)
        if received is not None:
            received.append(peer.file.read())
        if until is not None:
            until(peer)
        return False
    return respond


def ended(code):
    return as_json({'StatusCode': code})


def paths(server):
    """What was requested, without versions."""
    return ['{0} /{1}'.format(request.method, request.path.split('/', 2)[2].replace('c' * 64, 'ID'))
            for request in server.requests]


WHOLE = ['POST /containers/create', 'POST /containers/ID/attach', 'POST /containers/ID/start',
         'POST /containers/ID/wait', 'DELETE /containers/ID']


@pytest.mark.parametrize('arguments, output', [
    ({}, b'output\n'), ({'stderr': True}, b'outerrput\n'), ({'stdout': False}, b''),
    ({'stdout': False, 'stderr': True}, b'err'), ({'demux': True}, (b'output\n', b'err'))])
def test_the_requests_and_the_output(client, server, arguments, output):
    server.respond(CREATED, attached(), STARTED, ended(0), REMOVED)
    assert client.run('busybox', ['sh', '-c', 'x'], name='once', binds={'/a': '/b'}, **arguments) == output
    assert paths(server) == WHOLE
    create, attach, _, _, remove = server.requests
    assert create.query == {'name': 'once'} and attach.query == {
        'stdin': '0', 'stdout': '1', 'stderr': '1', 'stream': '1'}
    body = create.json
    assert (body['Image'], body['Cmd'], body['HostConfig']['Binds'], body['OpenStdin']) == (
        'busybox', ['sh', '-c', 'x'], ['/a:/b'], False)
    assert remove.query['v'] == '1'


def test_a_terminal(client, server):
    server.respond(CREATED, attached(b'out\r\n'), STARTED, ended(0), REMOVED)
    assert client.run('busybox', tty=True, demux=True) == (b'out\r\n', None)
    assert server.requests[0].json['Tty'] is True


@pytest.mark.parametrize('value', [u'sch\xf6n', u'sch\xf6n'.encode('utf-8')])
def test_input(client, server, value):
    received = []
    server.respond(CREATED, attached(received=received), STARTED, ended(0), REMOVED)
    assert client.run('busybox', 'cat', input=value) == b'output\n'
    assert received == [u'sch\xf6n'.encode('utf-8')]
    body = server.requests[0].json
    assert (body['OpenStdin'], body['StdinOnce'], server.requests[1].query['stdin']) == (True, True, '1')


def test_no_input_at_all_is_an_end_of_the_input(client, server):
    received = []
    server.respond(CREATED, attached(received=received), STARTED, ended(0), REMOVED)
    client.run('busybox', 'cat', input=b'')
    assert received == [b'']


LOST = frame(1, b'ou') + frame(
    2, b'Error: read unixpacket @->/proc/self/fd/15/attach: read: connection reset by peer\n')


@pytest.mark.parametrize('arguments, output', [
    ({}, b'output\n'), ({'stderr': True}, b'outerrput\n'), ({'demux': True}, (b'output\n', b'err'))])
def test_output_that_is_lost_comes_from_the_log(client, server, arguments, output):
    """Podman ends the output with an error when the container does not read all of its input."""
    inspect = as_json({'Id': 'c' * 64, 'Config': {'Tty': False}, 'State': {'Running': False}})
    server.respond(CREATED, attached(LOST), STARTED, ended(0), inspect,
                   chunked([OUTPUT], 'application/vnd.docker.raw-stream'), REMOVED)
    assert client.run('busybox', 'head -n 1', input=b'x', **arguments) == output
    assert server.requests[5].query['logs'] == '1' and paths(server)[-1] == WHOLE[-1]


def test_output_that_is_lost_without_a_log(client, server):
    server.respond(CREATED, attached(LOST), STARTED, ended(0), as_json({'message': 'no log'}, 500), KILLED,
                   REMOVED)
    with pytest.raises(errors.StreamBroken) as caught:
        client.run('busybox', 'head -n 1', input=b'x')
    assert 'Output is lost' in str(caught.value) and paths(server)[-1] == WHOLE[-1]


def test_the_same_output_of_a_container_without_input(client, server):
    server.respond(CREATED, attached(LOST), STARTED, ended(0), REMOVED)
    assert client.run('busybox', 'x', stdout=False, stderr=True).startswith(b'Error: read unixpacket')


def test_an_exit_code(client, server):
    server.respond(CREATED, attached(), STARTED, ended(3), REMOVED)
    error = raised(errors.ContainerError, lambda: client.run(
        'busybox', ['sh', '-c', 'secret'], environment={'PASSWORD': 'secret'}))
    assert (error.container, error.image, error.command, error.exit_code, error.output, error.stderr) == (
        'c' * 64, 'busybox', ['sh', '-c', 'secret'], 3, b'output\n', b'err')
    assert str(error) == 'container cccccccccccc of the image busybox ended with exit code 3: err'
    assert isinstance(error, docker.DockerException) and not isinstance(error, docker.APIError)
    assert paths(server) == WHOLE
    copied = pickle.loads(pickle.dumps(error))
    assert (str(copied), vars(copied)) == (str(error), vars(error))


def test_a_container_that_is_kept(client, server):
    server.respond(CREATED, attached(), STARTED, ended(3))
    error = raised(errors.ContainerError, lambda: client.run('busybox', remove=False, demux=True))
    assert error.output == (b'output\n', b'err')
    assert paths(server) == WHOLE[:-1]


def test_no_such_image(client, server):
    server.respond(as_json({'message': 'No such image: nosuch:latest'}, 404))
    error = raised(errors.ImageNotFound, lambda: client.run('nosuch'))
    assert "No such image: nosuch:latest: client.pull('nosuch') gets it" in str(error)
    assert (error.status_code, paths(server)) == (404, WHOLE[:1])


def test_no_such_id_is_not_pulled(client, server):
    server.respond(as_json({'message': 'No such image: sha256:0123456789ab'}, 404))
    assert 'pull' not in str(raised(errors.ImageNotFound, lambda: client.run('sha256:0123456789ab')))


CLEANED = ['POST /containers/ID/kill', 'DELETE /containers/ID']


def test_a_start_that_fails(client, server):
    server.respond(CREATED, attached(b''), as_json({'message': 'exec: "nosuch": not found'}, 400),
                   as_json({'message': 'is not running'}, 409), REMOVED)
    assert 'nosuch' in str(raised(errors.BadRequest, lambda: client.run('busybox', 'nosuch')))
    assert paths(server) == WHOLE[:3] + CLEANED


def test_an_attach_that_fails(client, server):
    server.respond(CREATED, as_json({'message': 'broken'}, 500), KILLED, REMOVED)
    raised(errors.ServerError, lambda: client.run('busybox'))
    assert paths(server) == WHOLE[:2] + CLEANED


def test_output_that_is_cut(client, server):
    server.respond(CREATED, attached(OUTPUT + frame(1, b'cut')[:-1]), STARTED, KILLED, REMOVED)
    raised(errors.StreamBroken, lambda: client.run('busybox'))
    assert paths(server) == WHOLE[:3] + CLEANED


def test_a_removal_that_fails_does_not_hide_the_error(client, server):
    server.respond(CREATED, attached(b''), as_json({'message': 'no'}, 400), as_json({'message': 'busy'}, 500),
                   as_json({'message': 'busy'}, 500))
    raised(errors.BadRequest, lambda: client.run('busybox'))
    assert paths(server) == WHOLE[:3] + CLEANED


def test_a_container_that_somebody_else_removes(client, server):
    server.respond(CREATED, attached(), STARTED, ended(137), as_json(
        {'message': 'removal of container ' + 'c' * 64 + ' is already in progress'}, 409))
    assert raised(errors.ContainerError, lambda: client.run('busybox', 'true')).exit_code == 137
    server.respond(CREATED, attached(), STARTED, ended(0), as_json({'message': 'it is running'}, 409))
    raised(errors.Conflict, lambda: client.run('busybox', 'true'))


@pytest.mark.parametrize('status, kind', [(404, None), (500, errors.ServerError)])
def test_a_removal_after_the_end(client, server, status, kind):
    server.respond(CREATED, attached(), STARTED, ended(0), as_json({'message': 'busy'}, status))
    if kind:
        raised(kind, lambda: client.run('busybox'))
    else:
        assert client.run('busybox') == b'output\n'


@pytest.mark.parametrize('remove', [True, False])
def test_a_timeout(client, server, remove):
    server.respond(CREATED, attached(until=lambda peer: peer.wait_closed()), STARTED, KILLED,
                   *[REMOVED] * remove)
    error = raised(errors.ContainerTimedOut, lambda: client.run(
        'busybox', 'sleep 100', timeout=0.3, remove=remove))
    assert isinstance(error, errors.ReadTimedOut) and isinstance(error, errors.ContainerError)
    assert (error.exit_code, error.output, error.stderr) == (None, b'output\n', b'err')
    assert str(error) == (
        'container cccccccccccc of the image busybox did not end within 0.3 seconds, and was killed')
    assert paths(server) == WHOLE[:3] + CLEANED[:1 + remove]
    copied = pickle.loads(pickle.dumps(error))
    assert (str(copied), copied.output) == (str(error), error.output)


def test_a_timeout_of_an_exit_code_that_does_not_come(client, server, monkeypatch):
    monkeypatch.setattr('docker.api.run._SHORTEST_WAIT', 0.1)

    def silent(peer):
        peer.read_request()
        peer.wait_closed()
        return False

    server.respond(CREATED, attached(), STARTED, silent, KILLED, REMOVED)
    raised(errors.ContainerTimedOut, lambda: client.run('busybox', timeout=0.3))
    assert paths(server) == WHOLE[:4] + CLEANED


def test_an_engine_that_responds_late_is_no_timeout_of_the_run(server):
    client = negotiated(docker.Client(server.url, timeout=0.2), server, '1.41')

    def silent(peer):
        peer.read_request()
        peer.wait_closed()
        return False

    server.respond(CREATED, attached(b''), silent, KILLED, REMOVED)
    raised(errors.ReadTimedOut, lambda: client.run('busybox', timeout=100))
    assert paths(server) == WHOLE[:3] + CLEANED
    client.close()


def test_an_interrupt(client, server, monkeypatch):
    def interrupted(container, timeout=None):
        raise KeyboardInterrupt

    server.respond(CREATED, attached(), STARTED, KILLED, REMOVED)
    monkeypatch.setattr(client, 'wait', interrupted)
    with pytest.raises(KeyboardInterrupt):
        client.run('busybox', input=b'x')
    assert paths(server) == WHOLE[:3] + CLEANED
    assert not [thread for thread in threading.enumerate() if '_send_all' in repr(thread)]


@pytest.mark.parametrize('name, kind, call', [
    ('image', ValueError, lambda c: c.run('')),
    ('image', TypeError, lambda c: c.run(5)),
    ('command', TypeError, lambda c: c.run('busybox', 5)),
    ('timeout', TypeError, lambda c: c.run('busybox', timeout='5')),
    ('timeout', ValueError, lambda c: c.run('busybox', timeout=-1)),
    ('input', TypeError, lambda c: c.run('busybox', input=5)),
    ('tty', ValueError, lambda c: c.run('busybox', input='x', tty=True)),
    ('restart_policy', TypeError, lambda c: c.run('busybox', restart_policy='always')),
    ('enviroment', TypeError, lambda c: c.run('busybox', enviroment={})),
    ('binds', TypeError, lambda c: c.run('busybox', binds=5)),
    ('environment', TypeError, lambda c: c.run('busybox', environment=5))])
def test_bad_arguments(client, server, name, kind, call):
    assert name in str(raised(kind, lambda: call(client)))
    assert server.requests == []


def test_an_engine_of_2013(server):
    """It takes a host config at the start."""
    client = negotiated(docker.Client(server.url, timeout=10), server, '1.6')
    server.respond(CREATED, attached(), as_json({'State': {'Running': False}}), STARTED, ended(0), REMOVED)
    assert client.run('busybox', 'true', binds={'/a': '/b'}) == b'output\n'
    assert server.requests[3].json['Binds'] == ['/a:/b']
    assert request_parts(server.requests[5])[:2] == ('DELETE', '/v1.6' + PATH)
    client.close()
