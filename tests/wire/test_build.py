# -*- coding: utf-8 -*-
"""The call that builds images: its requests, and its results from the output of engines."""

import io
import json
import os
import tarfile
import tempfile

import pytest
import six

from docker import errors
from tests import PathObject
from tests.server import chunked, http
from tests.wire import ENGINES, assert_same_request, bare, raised

DOCKERFILE = u'FROM busybox\nRUN echo h\xe9llo\n'.encode('utf-8')
BUILT = chunked([b'Successfully built 0123456789ab\n'], 'text/plain; charset=utf-8')
PLAIN = {'q': '0', 'nocache': '0', 'rm': '0'}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / 'Dockerfile').write_bytes(DOCKERFILE)
    (tmp_path / 'lib').mkdir()
    (tmp_path / 'lib' / 'big').write_bytes(b'\0\xff' * 512 * 1024)
    (tmp_path / 'notes.log').write_bytes(b'left out')
    (tmp_path / '.dockerignore').write_bytes(b'*.log\n')
    return str(tmp_path)


def files_in(packed):
    with tarfile.open(mode='r:', fileobj=io.BytesIO(packed)) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar if member.isfile()}


def test_a_folder(client, server, folder):
    server.respond(BUILT)
    assert client.build(folder) == ('0123456789ab', u'Successfully built 0123456789ab\n')
    request = server.request
    assert (request.method, request.path, request.query) == ('POST', '/v1.6/build', PLAIN)
    assert request.headers['content-type'] == 'application/tar'
    assert request.headers['transfer-encoding'] == 'chunked'
    assert files_in(request.body) == {'Dockerfile': DOCKERFILE, '.dockerignore': b'*.log\n',
                                      'lib/big': b'\0\xff' * 512 * 1024}


def test_a_folder_as_an_object(client, server, folder):
    server.respond(BUILT)
    client.build(PathObject(folder))
    assert files_in(server.request.body)['Dockerfile'] == DOCKERFILE


def test_a_folder_with_a_lower_case_dockerfile(client, server, folder):
    os.rename(os.path.join(folder, 'Dockerfile'), os.path.join(folder, 'dockerfile'))
    server.respond(BUILT)
    client.build(folder)
    files = files_in(server.request.body)
    assert files['Dockerfile'] == DOCKERFILE and 'dockerfile' not in files
    assert server.request.query == PLAIN


def of_text_file(client, folder):
    with io.open(folder + '/Dockerfile', encoding='utf-8') as opened:
        return client.build(fileobj=opened)


def of_binary_file(client, folder):
    with open(folder + '/Dockerfile', 'rb') as opened:
        return client.build(fileobj=opened)


def of_temporary_file(client, folder):
    with tempfile.NamedTemporaryFile() as opened:
        opened.write(DOCKERFILE)
        opened.seek(0)
        return client.build(fileobj=opened)


@pytest.mark.parametrize('call', [
    of_text_file, of_binary_file, of_temporary_file,
    lambda c, folder: c.build(fileobj=io.BytesIO(DOCKERFILE)),
    lambda c, folder: c.build(fileobj=io.StringIO(DOCKERFILE.decode('utf-8')))])
def test_a_file_is_the_dockerfile(client, server, folder, call):
    server.respond(BUILT)
    assert call(client, folder)[0] == '0123456789ab'
    request = server.request
    assert (request.method, request.path, request.query) == ('POST', '/v1.6/build', PLAIN)
    assert request.headers['content-type'] == 'application/tar'
    assert files_in(request.body) == {'Dockerfile': DOCKERFILE}


@pytest.mark.parametrize('remote', [
    'http://localhost/context.tar?a=b&c', 'https://localhost/Dockerfile',
    'git://localhost/me/web.git',
    'git@localhost:me/web.git', 'github.com/me/web', u'https://localhost/h\xe9'])
def test_a_remote_context_is_fetched_by_the_engine(client, server, remote):
    server.respond(BUILT)
    assert client.build(remote)[0] == '0123456789ab'
    request = server.request
    assert (request.method, request.path) == ('POST', '/v1.6/build')
    assert request.query == dict(PLAIN, remote=six.ensure_str(remote))
    assert request.body == b''
    assert 'content-type' not in request.headers


def test_a_folder_whose_name_looks_like_a_url(client, server, tmp_path, monkeypatch):
    folder = tmp_path / 'github.com' / 'me'
    folder.mkdir(parents=True)
    (folder / 'Dockerfile').write_bytes(DOCKERFILE)
    monkeypatch.chdir(tmp_path)
    server.respond(BUILT)
    client.build('github.com/me')
    assert files_in(server.request.body) == {'Dockerfile': DOCKERFILE}


@pytest.mark.parametrize('arguments, query', [
    ({'tag': 'me/web:v1'}, dict(PLAIN, t='me/web:v1')),
    ({'quiet': True}, dict(PLAIN, q='1')),
    ({'nocache': True}, dict(PLAIN, nocache='1')),
    ({'rm': True}, dict(PLAIN, rm='1')),
    ({'tag': None, 'quiet': None, 'nocache': None, 'rm': None, 'stream': None, 'timeout': None},
     PLAIN),
    ({'tag': u'h\xe9'}, dict(PLAIN, t='hé')),
    ({'stream': True}, PLAIN),
])
def test_the_query(client, server, arguments, query):
    server.respond(BUILT)
    built = client.build(fileobj=io.BytesIO(DOCKERFILE), **arguments)
    if arguments.get('stream'):
        list(built)
    assert server.request.query == query


# The output of engines

def text_of(engine, exchange):
    """Return the output of a recorded build as text."""
    output = engine.recorded_body(exchange).decode('utf-8')
    if not output.startswith(u'{'):
        return output
    items = [json.loads(line) for line in output.splitlines()]
    return u''.join(bare(item['stream']) if 'stream' in item else item['error'] + u'\n' for item in items)


def objects_of(engine, exchange):
    """Return the objects of a recorded build as a caller of API 1.12 gets them."""
    items = [json.loads(line) for line in engine.recorded_body(exchange).decode('utf-8').splitlines()]
    return [dict(item, stream=bare(item['stream'])) if 'stream' in item else item
            for item in items if 'aux' not in item]


OUTCOMES = [
    ('build', {'tag': 'recbuilt'}, (None, '5b27f1ad3f00', 'last line')),
    ('build-quiet', {'tag': 'recbuilt2', 'quiet': True},
     (None, '28460dda368a', '946f3407c598e2987d49fb0f97b630dc743daa145bb7dd8952bdf3925da564ba')),
    ('build-run', {'tag': 'recbuilt3', 'rm': True}, ('62cdb4f17783', '8dd1e0ac7131', 'last line')),
    ('build-fails', {'tag': 'recbroken'}, (None, None, None)),
]


@pytest.mark.parametrize('stream', [False, True])
@pytest.mark.parametrize('exchange, arguments, image_ids', OUTCOMES,
                         ids=[row[0] for row in OUTCOMES])
def test_a_recorded_build(engine, exchange, arguments, image_ids, stream):
    expected = dict(zip(ENGINES, image_ids))[engine.name]
    output = text_of(engine, exchange)
    if expected == 'last line':
        expected = output.partition(u'Successfully built ')[2][:12]
    engine.respond(exchange)
    built = engine.client.build(fileobj=io.BytesIO(DOCKERFILE), stream=stream, **arguments)
    if engine.version == '1.12':
        assert [json.loads(item) for item in built] == objects_of(engine, exchange)
    elif stream:
        built = list(built)
        assert all(isinstance(piece, six.text_type) for piece in built)
        assert u''.join(built) == output
    else:
        assert built == (expected, output)
    assert_same_request(engine.server.request, engine.recorded_request(exchange))


@pytest.mark.parametrize('engine', ENGINES[:2], indirect=True)
def test_a_recorded_build_of_a_bad_dockerfile(engine):
    engine.respond('build-bad-dockerfile')
    built = engine.client.build(fileobj=io.BytesIO(b'FORM busybox\n'), tag='recbroken')
    assert built == (None, text_of(engine, 'build-bad-dockerfile'))


@pytest.mark.parametrize('exchange, kind', [
    ('build-bad-dockerfile', errors.BadRequest), ('build-no-dockerfile', errors.ServerError)])
@pytest.mark.parametrize('engine', ENGINES[2:], indirect=True)
@pytest.mark.parametrize('stream', [False, True])
def test_a_recorded_build_that_is_refused(engine, exchange, kind, stream):
    engine.respond(exchange)
    error = raised(kind, lambda: engine.client.build(fileobj=io.BytesIO(b'FORM busybox\n'),
                                                     stream=stream))
    assert error.explanation == engine.recorded_text(exchange)


OUTPUT_OF_A_CONTAINER = 'Successfully built 0123456789ab\n'
FAILED = 'Error build: The command [/bin/sh -c exit 7] returned a non-zero code: 7\n'


ENDS = [
    # The last step prints the message of a successful build, and fails.
    ('text of a container', [OUTPUT_OF_A_CONTAINER.encode('ascii'), FAILED.encode('ascii')], None),
    ('JSON of a container', [json.dumps({'stream': OUTPUT_OF_A_CONTAINER}).encode('ascii'),
                             b'{"errorDetail": {"message": "exit 7"}, "error": "exit 7"}'], None),
    ('not the end', [b'Successfully built 0123456789ab\nStep 2\nSuccessfully built aaaaaaaaaaaa\n'],
     'aaaaaaaaaaaa'),
    ('rm', [b'Successfully built aaaaaaaaaaaa\nRemoving intermediate container 0123456789ab\n'],
     'aaaaaaaaaaaa'),
    ('tagged', [b'{"stream":"Successfully built aaaaaaaaaaaa\\n"}\r\n',
                b'{"stream":"Successfully tagged web:latest\\n"}\r\n'], 'aaaaaaaaaaaa'),
    ('other text', [b'I Successfully built 0123456789ab\n'], None),
    ('carriage return after', [b'Successfully built aaaaaaaaaaaa\n\r'], 'aaaaaaaaaaaa'),
    ('carriage return before', [b' ---> 0123456789ab\n\rSuccessfully built aaaaaaaaaaaa\n\r'],
     'aaaaaaaaaaaa'),
    ('no end of line', [b'Successfully built aaaaaaaaaaaa'], 'aaaaaaaaaaaa'),
    ('in chunks', [b'Success', b'fully built aaaaaa', b'aaaaaa\n'], 'aaaaaaaaaaaa'),
    ('nothing', [], None),
]


@pytest.mark.parametrize('name, chunks, expected', ENDS, ids=[row[0] for row in ENDS])
def test_the_id_of_the_image(client, server, name, chunks, expected):
    server.respond(chunked(chunks, 'application/json' if b'{' in b''.join(chunks) else 'text/plain'))
    image_id, _ = client.build(fileobj=io.BytesIO(DOCKERFILE))
    assert image_id == expected


@pytest.mark.parametrize('quiet', [False, True])
def test_a_quiet_build_that_prints_only_the_id(client, server, quiet):
    server.respond(chunked([b'sha256:' + b'0123456789abcdef' * 4 + b'\n'], 'text/plain'))
    image_id, _ = client.build(fileobj=io.BytesIO(DOCKERFILE), quiet=quiet)
    assert image_id == ('0123456789abcdef' * 4 if quiet else None)


@pytest.mark.parametrize('response', [
    chunked([b'h\xc3', b'\xa9llo\n'], 'text/plain'),
    chunked([b'{"stream":"h\xc3', b'\xa9llo', b'\\n"}{"aux": {"ID": "x"}}']),
], ids=['text', 'JSON'])
def test_characters_that_are_split_between_chunks(client, server, response):
    server.respond(response, response)
    assert client.build(fileobj=io.BytesIO(DOCKERFILE)) == (None, u'h\xe9llo\n')
    assert u''.join(client.build(fileobj=io.BytesIO(DOCKERFILE), stream=True)) == u'h\xe9llo\n'


def test_a_response_before_the_context_is_sent(client, server, folder):
    def refuse(peer):
        peer.read_head()
        peer.send(http(400, 'no builds today\n', 'text/plain', 'Connection: close'))
        peer.wait_closed()
        return False

    server.respond(refuse)
    assert raised(errors.BadRequest, lambda: client.build(folder)).explanation == 'no builds today'
