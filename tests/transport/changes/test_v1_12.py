"""Remote API 1.12: keys in camel case, and insert."""

import io
import json
import tarfile

import pytest

import docker
from tests.server import as_json, chunked, http
from tests.transport.changes import ENGINES, assert_kept, bare
from tests.wire import recording

KEYS = {'Id': 'id', 'Parent': 'parent', 'Created': 'created', 'Container': 'container',
        'ContainerConfig': 'container_config', 'Config': 'config', 'Architecture': 'architecture',
        'DockerVersion': 'docker_version', 'Author': 'author', 'Comment': 'comment', 'Os': 'os'}


@pytest.mark.parametrize('exchange', ['inspect-created', 'inspect-exited'])
@pytest.mark.parametrize('name', ENGINES)
def test_a_container_has_an_id_in_capitals(recorded, name, exchange):
    engine = recorded(name)
    engine.respond(exchange)
    about = engine.client.inspect_container('rec1')
    original = engine.recorded_json(exchange)
    assert about['ID'] == about['Id'] == original['Id']
    assert about['State']['Ghost'] is False
    assert_kept(original, about)
    assert engine.requests_made == [('GET', '/containers/rec1/json', {}, None)]


@pytest.mark.parametrize('name', ENGINES)
def test_a_container_of_a_newer_version_is_unchanged(recorded, name):
    engine = recorded(name, None)
    engine.respond('inspect-exited')
    about = engine.client.inspect_container('rec1')
    assert_kept(engine.recorded_json('inspect-exited'), about)
    assert 'ID' not in about and 'Ghost' not in about['State']


@pytest.mark.parametrize('exchange', ['inspect-image', 'inspect-committed'])
@pytest.mark.parametrize('name', ENGINES)
def test_an_image_has_keys_in_lower_case(recorded, name, exchange):
    engine = recorded(name)
    engine.respond(exchange)
    about, original = engine.client.inspect_image('busybox'), engine.recorded_json(exchange)
    for key, before in KEYS.items():
        if key in original:
            assert about[before] == about[key]
    assert about['id'] == bare(original['Id'])
    assert {'id', 'created', 'container', 'container_config', 'config'} <= set(about)
    assert_kept(original, about)


@pytest.mark.parametrize('name', ENGINES)
def test_container_config_is_a_dict(recorded, name):
    engine = recorded(name)
    engine.respond('inspect-committed')
    assert 'Cmd' in engine.client.inspect_image('committed')['container_config']


@pytest.mark.parametrize('name', ENGINES)
def test_an_image_of_a_newer_version_is_unchanged(recorded, name):
    engine = recorded(name, None)
    engine.respond('inspect-image')
    about = engine.client.inspect_image('busybox')
    assert_kept(engine.recorded_json('inspect-image'), about)
    assert set(about) == set(engine.recorded_json('inspect-image'))


def dockerfile(request):
    assert request.headers['content-type'] in ('application/tar', 'application/x-tar')
    with tarfile.open(fileobj=io.BytesIO(request.body)) as tar:
        assert tar.getnames() == ['Dockerfile']
        return tar.extractfile('Dockerfile').read().decode('utf-8')


BUILT = chunked([
    b'{"stream":"Step 1/2 : FROM busybox"}\r\n', b'{"stream":"\\n"}\r\n',
    b'{"status":"Downloading","progress":"2B"}\r\n',
    b'{"aux":{"ID":"sha256:0123456789abcdef"}}\r\n',
    b'{"stream":"Successfully built 0123456789ab\\n"}\r\n'])


@pytest.mark.parametrize('version', ['1.6', None])
@pytest.mark.parametrize('name', ENGINES)
def test_insert_is_a_build(recorded, name, version):
    engine = recorded(name, version)
    engine.respond(BUILT)
    output = engine.client.insert(u'busybox:caf\xe9', u'http://localhost/caf\xe9 "1"', '/etc/motd')
    assert json.loads(output.splitlines()[-1]) == {'Id': '0123456789ab'}
    request = engine.server.requests[1]
    assert (request.method, request.path) == ('POST', '/v{0}/build'.format(engine.spoken))
    assert request.query == {'rm': '1', 'nocache': '1'}
    first, second = dockerfile(request).splitlines()
    assert first == u'FROM busybox:caf\xe9'
    assert second.startswith('ADD ')
    assert json.loads(second[len('ADD '):]) == [u'http://localhost/caf\xe9 "1"', '/etc/motd']


def test_insert_escapes_what_looks_like_a_variable(recorded):
    engine = recorded(ENGINES[0])
    engine.respond(BUILT)
    engine.client.insert('busybox', 'http://localhost/$HOME', '/a\\$b')
    arguments = dockerfile(engine.server.requests[1]).partition('ADD ')[2]
    assert json.loads(arguments) == ['http://localhost/\\$HOME', '/a\\\\\\$b']


@pytest.mark.parametrize('name', ENGINES)
def test_insert_fails_as_its_build_does(recorded, name):
    engine = recorded(name)
    engine.respond(chunked([
        b'{"stream":"Step 1/2 : FROM busybox"}',
        b'{"errorDetail":{"message":"no such host"},"error":"no such host"}']))
    with pytest.raises(docker.errors.OperationFailed) as caught:
        engine.client.insert('busybox', 'http://localhost:1/x', 'x')
    assert caught.value.explanation == 'no such host'


@pytest.mark.parametrize('name', ENGINES)
def test_insert_into_no_image(recorded, name):
    engine = recorded(name)
    engine.respond(as_json({'message': 'No such image: nothing'}, 404))
    with pytest.raises(docker.errors.ImageNotFound):
        engine.client.insert('nothing', 'http://localhost/x', '/x')


def test_insert_is_a_build_on_an_engine_without_it_at_every_version(server, docker_1_6):
    server.respond(recording('docker-1.6.2_v1.6', 'build'))
    output = docker_1_6.insert('busybox', 'http://localhost/motd', '/etc/motd')
    assert json.loads(output.splitlines()[-1]) == {'Id': '5b27f1ad3f00'}
    assert server.request.path == '/v1.6/build'
    assert dockerfile(server.request) == u'FROM busybox\nADD ["http://localhost/motd", "/etc/motd"]\n'


@pytest.mark.parametrize('exchange, message', [
    ('build-fails', 'Error: The command [/bin/sh -c exit 7] returned a non-zero code: 7'),
    ('build-bad-dockerfile', 'Error: Unknown instruction: FORM')])
def test_an_insert_that_fails_in_text(server, docker_1_6, exchange, message):
    server.respond(recording('docker-1.6.2_v1.6', exchange))
    with pytest.raises(docker.errors.OperationFailed) as caught:
        docker_1_6.insert('busybox', 'http://localhost/motd', '/etc/motd')
    assert caught.value.explanation == message


@pytest.mark.parametrize('output', [http(200, ''), chunked([])], ids=['text', 'JSON'])
def test_an_insert_without_a_result(server, docker_1_6, output):
    server.respond(output)
    with pytest.raises(docker.errors.OperationFailed, match='without an image'):
        docker_1_6.insert('busybox', 'http://localhost/motd', '/etc/motd')


def test_old_engines_lost_ghost_at_every_version(recorded):
    engine = recorded('docker-1.6.2_v1.6')
    engine.respond('inspect-exited')
    about = engine.client.inspect_container('rec1')
    assert about['State']['Ghost'] is False and about['SysInitPath'] == ''
    assert about['ID'] == engine.recorded_json('inspect-exited')['ID']
