"""Remote API 1.20: archive in place of copy, Mounts in place of Volumes."""

import tarfile
import threading

import pytest

import docker
from tests.server import as_json, chunked, frame, http
from tests.transport.changes import ENGINES, assert_kept
from tests.wire import body_of, recording


@pytest.mark.parametrize('version', ['1.6', None])
@pytest.mark.parametrize('name', ENGINES)
def test_copy_is_an_archive(recorded, name, version):
    engine = recorded(name, version)
    engine.respond('archive')
    with engine.client.copy('rec1', u'/etc/caf\xe9 &x') as copied:
        data = copied.read()
    assert data == body_of(recording(name, 'archive'))
    request = engine.server.requests[1]
    assert request.target.startswith('/v{0}/containers/rec1/archive?path='.format(engine.spoken))
    (method, _, query, value), = engine.requests_made
    assert (method, value) == ('GET', None)
    path = query['path']
    assert (path if isinstance(path, type(u'')) else path.decode('utf-8')) == u'/etc/caf\xe9 &x'


@pytest.mark.parametrize('name', ENGINES)
def test_a_copy_is_a_tar(recorded, name):
    engine = recorded(name)
    engine.respond('archive')
    with engine.client.copy('rec1', '/etc/passwd') as copied:
        with tarfile.open(fileobj=copied, mode='r|') as tar:
            assert tar.next() is not None


@pytest.mark.parametrize('name', ENGINES)
def test_copy_of_a_missing_path(recorded, name):
    engine = recorded(name)
    engine.respond('archive-missing')
    with pytest.raises(docker.errors.NotFound):
        engine.client.copy('rec1', '/nothing')


@pytest.mark.parametrize('name', ENGINES)
def test_inspect_has_volumes(recorded, name):
    engine = recorded(name)
    about = engine.recorded_json('inspect-exited')
    about['Mounts'] = [
        {'Type': 'bind', 'Source': '/srv', 'Destination': '/www', 'Mode': 'ro', 'RW': False},
        {'Type': 'volume', 'Name': 'x', 'Source': '/v/x', 'Destination': '/data', 'RW': True},
        {'Type': 'tmpfs', 'Destination': '/tmp', 'RW': True}]
    engine.respond(as_json(about))
    got = engine.client.inspect_container('rec1')
    assert got['Volumes'] == {'/www': '/srv', '/data': '/v/x', '/tmp': ''}
    assert got['VolumesRW'] == {'/www': False, '/data': True, '/tmp': True}
    assert_kept(about, got)


@pytest.mark.parametrize('name', ENGINES)
def test_inspect_has_empty_volumes_when_there_are_none(recorded, name):
    engine = recorded(name)
    engine.respond('inspect-exited')
    got = engine.client.inspect_container('rec1')
    assert (got['Volumes'], got['VolumesRW']) == ({}, {})


@pytest.mark.parametrize('name', ENGINES)
def test_inspect_of_a_newer_version_has_mounts_only(recorded, name):
    engine = recorded(name, None)
    engine.respond('inspect-exited')
    assert not {'Volumes', 'VolumesRW'} & set(engine.client.inspect_container('rec1'))


RUNNING = as_json({'Config': {'Tty': False}, 'State': {'Running': True}})


@pytest.fixture
def connect(server):
    """A function that returns a Client that has negotiated with an engine of a newest version."""
    clients = []

    def client(newest, version='1.6', oldest='1.6'):
        server.respond(as_json({'ApiVersion': newest, 'MinAPIVersion': oldest}))
        clients.append(docker.Client(server.url, version=version, timeout=10))
        clients[-1].api_version
        return clients[-1]

    yield client
    for each in clients:
        each.close()


@pytest.mark.parametrize('newest', ['1.11', '1.18', '1.19'])
def test_following_returns_before_the_first_line(server, connect, newest):
    written = threading.Event()

    def late(peer):
        peer.read_request()
        written.wait(30)
        peer.send(chunked([frame(1, b'line')]))

    client = connect(newest, newest)
    server.respond(RUNNING, late)
    output = client.logs('web', stream=True)
    written.set()
    assert list(output) == [b'line']
    assert server.request.path == '/v{0}/containers/web/logs'.format(newest)


def test_the_head_is_awaited_where_it_is_sent_at_once(server, connect):
    client = connect('1.20', '1.20')
    server.respond(RUNNING, as_json({'message': 'disk full'}, 500))
    with pytest.raises(docker.errors.ServerError):
        client.logs('web', stream=True)


NOT_RUNNING = {
    'Docker 29': as_json({'message': 'Cannot kill container: web: container 0123 is not running'}, 409),
    'Docker 1.8': http(500, 'Cannot kill container web: Container 0123 is not running'),
    'Podman': as_json({'cause': 'container state improper', 'response': 500, 'message': (
        'can only kill running containers. 0123 is in state exited: container state improper')}, 500)}
OTHER = [(as_json({'message': 'No such container: web'}, 404), docker.errors.NotFound),
         (as_json({'message': 'Container 0123 is restarting'}, 409), docker.errors.Conflict),
         (as_json({'message': 'invalid signal'}, 500), docker.errors.ServerError)]


@pytest.mark.parametrize('version', ['1.6', '1.19'])
@pytest.mark.parametrize('words', sorted(NOT_RUNNING))
def test_a_kill_of_a_container_that_does_not_run_has_no_effect(server, connect, words, version):
    client = connect('1.55', version, '1.40')
    server.respond(NOT_RUNNING[words])
    assert client.kill('web') is None
    assert server.request.path == '/v1.40/containers/web/kill'


@pytest.mark.parametrize('words', sorted(NOT_RUNNING))
def test_it_is_a_conflict_for_callers_of_newer_versions(server, connect, words):
    client = connect('1.55', '1.20', '1.40')
    server.respond(NOT_RUNNING[words])
    with pytest.raises(docker.errors.Conflict):
        client.kill('web')


@pytest.mark.parametrize('response, kind', OTHER, ids=['missing', 'restarting', 'signal'])
def test_other_errors_of_a_kill_stay(server, connect, response, kind):
    client = connect('1.55', '1.6', '1.40')
    server.respond(response)
    with pytest.raises(kind):
        client.kill('web')
