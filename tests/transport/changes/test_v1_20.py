"""Remote API 1.20: archive in place of copy, Mounts in place of Volumes."""

import tarfile

import pytest

import docker
from tests.server import as_json
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
