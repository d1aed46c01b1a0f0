# -*- coding: utf-8 -*-
"""What the call that builds images takes since API 1.8: its requests, and its objects."""

import io
import json
import os
import socket
import tarfile
import zlib

import pytest
import six

import docker
from docker import errors
from tests import PathObject
from tests.server import chunk, chunked, http
from tests.wire import negotiated, raised
from tests.wire.test_build import BUILT, DOCKERFILE, PLAIN, files_in

OBJECTS = [b'{"stream":"Step 1\\n"}\r\n', b'{"aux":{"ID":"sha256:' + b'a' * 64 + b'"}}\r\n',
           b'{"status":"Pulling","progressDetail":{"current":1}}\r\n{"stream":"caf\xc3\xa9\\n"}\r\n',
           b'{"errorDetail":{"message":"no"},"error":"no"}\r\n']
TEXTS = [u'{"stream":"Step 1\\n"}', u'{"status":"Pulling","progressDetail":{"current":1}}',
         u'{"stream":"caf\xe9\\n"}', u'{"errorDetail":{"message":"no"},"error":"no"}']
AUX = u'{"aux":{"ID":"sha256:' + u'a' * 64 + u'"}}'


def dockerfile():
    return io.BytesIO(DOCKERFILE)


@pytest.mark.parametrize('arguments, query', [
    ({'pull': True}, {'pull': '1'}),
    ({'forcerm': True}, {'forcerm': '1'}),
    ({'pull': False, 'forcerm': None, 'squash': False}, {}),
    ({'squash': True}, {'squash': '1'}),
    ({'container_limits': {'memory': '1m', 'cpushares': 5, 'memswap': -1}},
     {'memory': '1048576', 'cpushares': '5', 'memswap': '-1'}),
    ({'buildargs': {'A': u'caf\xe9'}}, {'buildargs': '{"A": "caf\\u00e9"}'}),
    ({'labels': {'tier': 'web'}}, {'labels': '{"tier": "web"}'}),
    ({'target': 'final', 'network_mode': 'host'}, {'target': 'final', 'networkmode': 'host'}),
    ({'cache_from': ['a', 'b:c']}, {'cachefrom': '["a", "b:c"]'}),
    ({'extra_hosts': ['db:10.0.0.1']}, {'extrahosts': 'db:10.0.0.1'}),
    ({'platform': 'linux/arm64', 'isolation': 'hyperv'}, {'platform': 'linux/arm64', 'isolation': 'hyperv'}),
    ({'shmsize': '64m'}, {'shmsize': '67108864'}),
    ({'ulimits': [{'name': 'nofile', 'soft': 1}]}, {'ulimits': '[{"Hard": 1, "Name": "nofile", "Soft": 1}]'}),
    ({'cgroup_parent': '/web', 'outputs': {'Type': 'moby'}},
     {'cgroupparent': '/web', 'outputs': '[{"Type": "moby"}]'}),
    ({'shmsize': None, 'labels': None, 'target': '', 'platform': None, 'cache_from': []}, {}),
])
def test_the_query(client_of, server, arguments, query):
    client = client_of('1.48')
    server.respond(BUILT)
    client.build(fileobj=dockerfile(), **arguments)
    assert server.request.query == dict(PLAIN, **query)


def test_each_extra_host_is_a_parameter(client_of, server):
    client = client_of('1.48')
    server.respond(BUILT)
    client.build(fileobj=dockerfile(), extra_hosts={'b': '::1', 'a': u'10.0.0.1'}, tag=u'caf\xe9')
    target = server.request.target.partition('?')[2].split('&')
    assert [part for part in target if part.startswith('extrahosts')] == [
        'extrahosts=a%3A10.0.0.1', 'extrahosts=b%3A%3A%3A1']
    assert 't=caf%C3%A9' in target


# The context

def write_dockerfile(folder, name):
    path = os.path.join(folder, name)
    if not os.path.isdir(os.path.dirname(path)):
        os.makedirs(os.path.dirname(path))
    with open(path, 'wb') as opened:
        opened.write(DOCKERFILE)


@pytest.mark.parametrize('given', [
    lambda folder: 'docker/My.dockerfile', lambda folder: u'./docker//My.dockerfile',
    lambda folder: os.path.join(folder, 'docker', 'My.dockerfile'),
    lambda folder: PathObject('docker/My.dockerfile')])
def test_another_dockerfile(client_of, server, tmp_path, given):
    write_dockerfile(str(tmp_path), 'docker/My.dockerfile')
    (tmp_path / '.dockerignore').write_bytes(b'docker\n')
    client = client_of('1.48')
    server.respond(BUILT)
    client.build(str(tmp_path), dockerfile=given(str(tmp_path)))
    assert server.request.query == dict(PLAIN, dockerfile='docker/My.dockerfile')
    assert files_in(server.request.body) == {'docker/My.dockerfile': DOCKERFILE, '.dockerignore': b'docker\n'}


def test_the_usual_dockerfile_is_not_named(client, server, tmp_path):
    write_dockerfile(str(tmp_path), 'Dockerfile')
    server.respond(BUILT)
    client.build(str(tmp_path), dockerfile='./Dockerfile')
    assert server.request.query == PLAIN


def test_the_dockerfile_of_a_url(client_of, server):
    client = client_of('1.48')
    server.respond(BUILT)
    client.build('http://localhost/web.tar', dockerfile='web/Dockerfile', gzip=True)
    assert server.request.query == dict(PLAIN, remote='http://localhost/web.tar', dockerfile='web/Dockerfile')
    assert server.request.body == b'' and 'content-encoding' not in server.request.headers


@pytest.fixture
def packed(tmp_path):
    """A folder with a Dockerfile and a file of 1 MiB."""
    write_dockerfile(str(tmp_path), 'Dockerfile')
    (tmp_path / 'lib').mkdir()
    (tmp_path / 'lib' / 'big').write_bytes(b'\0\xff' * 512 * 1024)
    return str(tmp_path)


def gunzipped(data):
    return zlib.decompress(data, 16 + zlib.MAX_WBITS)


@pytest.mark.parametrize('of_folder', [True, False])
def test_gzip(client, server, packed, of_folder):
    server.respond(BUILT)
    client.build(gzip=True, **({'path': packed} if of_folder else {'fileobj': dockerfile()}))
    request = server.request
    assert request.headers['content-encoding'] == 'gzip'
    assert request.headers['content-type'] == 'application/tar'
    assert request.headers['transfer-encoding'] == 'chunked'
    files = files_in(gunzipped(request.body))
    assert files['Dockerfile'] == DOCKERFILE and len(files) == (2 if of_folder else 1)
    if of_folder:
        assert len(request.body) < 100000 < len(files['lib/big'])


class Endless(io.RawIOBase):
    """A tar of 64 MiB, of which no more than a block is read ahead."""

    size = 64 << 20

    def __init__(self):
        super(Endless, self).__init__()
        self.left = self.size

    def read(self, size=-1):
        assert 0 < size < 1 << 20
        size = min(size, self.left)
        self.left -= size
        return b'\0' * size


def packed_context():
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode='w') as tar:
        member = tarfile.TarInfo('web/Dockerfile')
        member.size = len(DOCKERFILE)
        tar.addfile(member, dockerfile())
    return written.getvalue()


@pytest.mark.parametrize('opened', [io.BytesIO, lambda data: data, bytearray])
@pytest.mark.parametrize('encoding', [None, 'gzip', u'bzip2'])
def test_a_custom_context(client_of, server, opened, encoding):
    client, given = client_of('1.48'), opened(packed_context())
    server.respond(BUILT)
    client.build(fileobj=given, custom_context=True, encoding=encoding, dockerfile='web/Dockerfile')
    request = server.request
    assert request.query == dict(PLAIN, dockerfile='web/Dockerfile')
    assert files_in(request.body) == {'web/Dockerfile': DOCKERFILE}
    assert request.headers.get('content-encoding') == encoding
    assert request.headers['content-type'] == 'application/tar'
    assert not getattr(given, 'closed', False)


def test_a_custom_context_is_streamed(client, server):
    server.respond(BUILT)
    client.build(fileobj=Endless(), custom_context=True)
    assert len(server.request.body) == Endless.size
    assert server.request.headers['transfer-encoding'] == 'chunked'


def test_a_custom_context_is_compressed(client, server):
    server.respond(BUILT)
    client.build(fileobj=io.BytesIO(packed_context()), custom_context=True, gzip=True)
    assert server.request.headers['content-encoding'] == 'gzip'
    assert files_in(gunzipped(server.request.body)) == {'web/Dockerfile': DOCKERFILE}


def test_a_file_that_cannot_be_read_ends_the_request(client, server):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            raise IOError(5, 'broken')

    def wait(peer):
        peer.wait_closed()
        return False

    for arguments in ({}, {'gzip': True}):
        server.respond(wait)
        with pytest.raises(IOError) as failure:
            client.build(fileobj=Broken(), custom_context=True, **arguments)
        assert failure.value.errno == 5


# The output

@pytest.mark.parametrize('version, texts', [
    ('1.8', TEXTS), ('1.29', TEXTS), ('1.30', TEXTS[:1] + [AUX] + TEXTS[1:])])
@pytest.mark.parametrize('stream', [False, True])
def test_objects_as_text(client_of, server, version, texts, stream):
    client = client_of('1.48', version)
    server.respond(chunked(OBJECTS))
    built = client.build(fileobj=dockerfile(), stream=stream)
    assert next(built) == texts[0]
    assert list(built) == texts[1:]
    assert all(isinstance(text, six.text_type) for text in texts)


@pytest.mark.parametrize('version', ['1.6', '1.8', '1.48', 'auto'])
def test_objects_as_dicts(client_of, server, version):
    client = client_of('1.48', version)
    server.respond(chunked(OBJECTS))
    texts = TEXTS[:1] + [AUX] + TEXTS[1:] if version in ('1.48', 'auto') else TEXTS
    if version in ('1.6', '1.8'):
        assert list(client.build(fileobj=dockerfile(), decode=True)) == list(map(json.loads, texts))
    else:
        assert list(client.build(fileobj=dockerfile(), decode=True, stream=True)) == list(
            map(json.loads, texts))


def test_auto_is_newer_than_1_8(client_of, server):
    client = client_of('1.48', 'auto')
    server.respond(chunked(OBJECTS[:1]))
    assert list(client.build(fileobj=dockerfile())) == TEXTS[:1]


@pytest.mark.parametrize('decode', [False, True])
def test_an_engine_that_sends_text(client_of, server, decode):
    client = client_of('1.7', '1.8')
    server.respond(chunked([b'Step 1\ncaf\xc3', b'\xa9\n'], 'text/plain'))
    items = list(client.build(fileobj=dockerfile(), decode=decode))
    if not decode:
        assert all(isinstance(item, six.text_type) for item in items)
        items = list(map(json.loads, items))
    assert u''.join(item['stream'] for item in items) == u'Step 1\ncaf\xe9\n'


def test_what_came_before_is_yielded_when_the_engine_goes_away(client_of, server):
    def go_away(peer):
        peer.read_request()
        peer.send(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n' +
                  chunk(OBJECTS[0]) + chunk(b'{"stream":"St'))
        peer.sock.shutdown(socket.SHUT_RDWR)
        return False

    client = client_of('1.48', '1.8')
    server.respond(go_away)
    built = client.build(fileobj=dockerfile())
    assert next(built) == TEXTS[0]
    raised(errors.StreamBroken, lambda: next(built))
    assert built.closed and list(built) == []


def test_a_build_that_is_refused(client_of, server):
    client = client_of('1.48', '1.8')
    server.respond(http(400, b'{"message":"no builds today"}', 'application/json'))
    error = raised(errors.BadRequest, lambda: client.build(fileobj=dockerfile()))
    assert error.explanation == 'no builds today'


@pytest.mark.parametrize('arguments, since', [
    ({'platform': 'linux/arm64'}, '1.32'), ({'target': 'a'}, '1.29'), ({'buildargs': {'A': 'b'}}, '1.21'),
    ({'container_limits': {'memory': 1}}, '1.18'), ({'pull': True}, '1.16'), ({'forcerm': True}, '1.12'),
    ({'labels': ['a']}, '1.23'), ({'outputs': [{}]}, '1.40'), ({'squash': True}, '1.25')])
def test_what_an_engine_does_not_have(server, arguments, since):
    client = negotiated(docker.Client(server.url, timeout=10), server, '1.11')
    error = raised(errors.NotSupported, lambda: client.build(fileobj=dockerfile(), **arguments))
    assert since in str(error) and '1.11' in str(error)
    assert server.requests == []
    client.close()


# Bad input

@pytest.mark.parametrize('what, kind, arguments', [
    ('custom_context', TypeError, {'custom_context': True, 'path': '.'}),
    ('either', TypeError, {'custom_context': True, 'fileobj': None}),
    ('fileobj', TypeError, {'custom_context': True, 'fileobj': 5}),
    ('fileobj', TypeError, {'custom_context': True, 'fileobj': u'text'}),
    ('encoding', ValueError, {'custom_context': True, 'encoding': 'gzip', 'gzip': True}),
    ('encoding', TypeError, {'custom_context': True, 'encoding': 5}),
    ('dockerfile', ValueError, {'dockerfile': 'other'}),
    ('dockerfile', TypeError, {'dockerfile': 5}),
    ('container_limits', ValueError, {'container_limits': {'mem_limit': 5}}),
    ('buildargs', TypeError, {'buildargs': ['A=b']}),
    ('labels', TypeError, {'labels': 'a'}),
    ('target', TypeError, {'target': 5}),
    ('network_mode', TypeError, {'network_mode': 5}),
    ('cache_from', TypeError, {'cache_from': 5}),
    ('extra_hosts', TypeError, {'extra_hosts': 'a:b'}),
    ('platform', TypeError, {'platform': {'os': 'linux'}}),
    ('shmsize', ValueError, {'shmsize': 'much'}),
    ('isolation', TypeError, {'isolation': 5}),
    ('ulimits', TypeError, {'ulimits': 5}),
    ('cgroup_parent', TypeError, {'cgroup_parent': 5}),
    ('outputs', TypeError, {'outputs': 'a'}),
    ('auth_config', TypeError, {'auth_config': 5}),
])
def test_a_bad_argument(client_of, server, what, kind, arguments):
    client = client_of('1.48')
    arguments = dict(arguments)
    if 'path' not in arguments:
        arguments.setdefault('fileobj', dockerfile())
    error = raised(kind, lambda: client.build(**arguments))
    assert what in str(error)
    assert server.requests == []


@pytest.mark.parametrize('name', ['other', '../Dockerfile', '/etc/passwd', 'lib'])
def test_a_dockerfile_that_is_not_in_the_folder(client_of, server, packed, name):
    client = client_of('1.48')
    raised(ValueError, lambda: client.build(packed, dockerfile=name))
    assert server.requests == []


# cancel_build

def test_a_build_is_cancelled(client_of, server):
    client = client_of('1.48')
    server.respond(http(200))
    assert client.cancel_build(u'caf\xe9 1') is None
    request = server.request
    assert (request.method, request.path) == ('POST', '/v1.40/build/cancel')
    assert request.query == {'id': 'café 1'}


@pytest.mark.parametrize('value, kind', [(None, TypeError), (5, TypeError), ('', ValueError)])
def test_a_bad_build_id(client_of, server, value, kind):
    client = client_of('1.48')
    assert 'build_id' in str(raised(kind, lambda: client.cancel_build(value)))
    assert server.requests == []


# The log

def test_secrets_of_a_build_are_not_logged(client_of, server, caplog):
    client = client_of('1.48')
    server.respond(BUILT)
    with caplog.at_level('DEBUG', 'docker.transport'):
        client.build(fileobj=dockerfile(), buildargs={'TOKEN': 'hunter2'}, labels={'a': 'hunter2'},
                     target='final')
    line, = [record.getMessage() for record in caplog.records if 'POST' in record.getMessage()]
    assert 'hunter2' not in line and 'buildargs=***' in line and 'target=final' in line
