# -*- coding: utf-8 -*-
"""The calls that move images in and out of an engine: import, get_image, save and load.

The forms of an archive that is sent, and what happens when an engine does not read it to its end, are in
test_archives.py; more of import_image is in test_images.py.
"""

import io
import json

import pytest
import six
from six.moves.urllib.parse import parse_qsl, urlsplit

import docker
from docker import errors
from tests import PathObject
from tests.server import as_json, chunked, http
from tests.wire import negotiated, raised
from tests.wire.test_arguments import NAMES, assert_refused

IMPORTED = b'{"status":"bab237de224f"}'
TAR = b'tar\0'
ARM, AMD = {'os': 'linux', 'architecture': 'arm64', 'variant': 'v8'}, {'os': 'linux', 'architecture': 'amd64'}


@pytest.fixture
def newest(request, server):
    """A Client of an engine of a version, which serves API 1.6 and all since."""
    client = negotiated(docker.Client(server.url, timeout=10), server, request.param)
    yield client
    client.close()


def engines(*versions):
    return pytest.mark.parametrize('newest', versions, indirect=True)


def query_of(request):
    """The parameters of a request, in their order."""
    return parse_qsl(str(urlsplit(request.target).query), keep_blank_values=True)


# The imports

IMPORTS = [
    (lambda c: c.import_image_from_data(TAR, 'mine', 'v1'), '-'),
    (lambda c: c.import_image_from_data(data=TAR, repository='mine:v1'), '-'),
    (lambda c: c.import_image_from_stream(io.BytesIO(TAR), 'mine', tag='v1'), '-'),
    (lambda c: c.import_image_from_stream(iter([TAR[:2], TAR[2:]]), 'mine', tag='v1'), '-'),
    (lambda c: c.import_image_from_url('http://localhost/a.tar', 'mine', 'v1'), 'http://localhost/a.tar'),
    (lambda c: c.import_image('http://localhost/a.tar', 'mine', 'v1'), 'http://localhost/a.tar'),
    (lambda c: c.import_image(src=io.BytesIO(TAR), repository='mine', tag='v1', image=None, changes=None,
                              stream_src=True), '-'),
    (lambda c: c.import_image(iter([TAR]), repository='mine', tag='v1'), '-'),
    (lambda c: c.import_image(src=TAR, repository='mine', tag='v1'), '-'),
]


@pytest.mark.parametrize('call, source', IMPORTS)
def test_an_import(client, server, call, source):
    server.respond(chunked([IMPORTED]))
    output = call(client)
    assert output == IMPORTED.decode('ascii') and isinstance(output, six.text_type)
    request = server.request
    assert (request.method, request.path) == ('POST', '/v1.6/images/create')
    assert request.query == {'fromSrc': source, 'repo': 'mine', 'tag': 'v1'}
    assert request.body == (TAR if source == '-' else b'')
    assert request.headers.get('content-type') == ('application/tar' if source == '-' else None)


@pytest.mark.parametrize('path', [str, PathObject])
def test_an_import_of_a_file(client, server, tmp_path, path):
    (tmp_path / 'a.tar').write_bytes(TAR)
    server.respond(chunked([IMPORTED]))
    client.import_image_from_file(path(str(tmp_path / 'a.tar')), 'mine', 'v1')
    assert server.request.query == {'fromSrc': '-', 'repo': 'mine', 'tag': 'v1'}
    assert (server.request.body, server.request.headers['content-length']) == (TAR, '4')


@pytest.mark.parametrize('path', ['/no/such.tar', PathObject('/no/such.tar'), '/tmp'])
def test_an_import_of_a_missing_file(client, server, path):
    with pytest.raises(EnvironmentError):
        client.import_image_from_file(path)
    assert server.requests == []


@engines('1.18')
@pytest.mark.parametrize('changes, expected', [
    ('ENV A=b,c', ['ENV A=b,c']), ([u'ENV A=caf\xe9', 'CMD ["x", "y"]'], ['ENV A=café', 'CMD ["x", "y"]']),
    (('USER me',), ['USER me']), ([], [])])
@pytest.mark.parametrize('call', [
    lambda c, changes: c.import_image(TAR, changes=changes),
    lambda c, changes: c.import_image_from_data(TAR, changes=changes),
    lambda c, changes: c.import_image_from_stream([TAR], changes=changes),
    lambda c, changes: c.import_image_from_url('http://localhost/', None, None, changes)])
def test_changes(newest, server, call, changes, expected):
    server.respond(chunked([IMPORTED]))
    call(newest, changes)
    assert server.request.path == ('/v1.18' if expected else '/v1.6') + '/images/create'
    assert [value for name, value in query_of(server.request) if name == 'changes'] == expected


@engines('1.32')
def test_a_message_and_a_platform(newest, server):
    server.respond(*[chunked([IMPORTED])] * 2)
    newest.import_image(TAR, message=u'caf\xe9', changes='USER me')
    assert server.request.path == '/v1.25/images/create'
    assert server.request.query == {'fromSrc': '-', 'message': 'café', 'changes': 'USER me'}
    assert server.request.headers['content-type'] == 'application/octet-stream'
    newest.import_image(TAR, platform='linux/arm64')
    assert server.request.path == '/v1.32/images/create'
    assert server.request.query == {'fromSrc': '-', 'platform': 'linux/arm64'}


@engines('1.17')
@pytest.mark.parametrize('what, version', [('changes', '1.18'), ('message', '1.25'), ('platform', '1.32')])
def test_what_an_engine_does_not_have(newest, server, what, version):
    error = raised(errors.NotSupported, lambda: newest.import_image(TAR, **{what: 'USER me'}))
    assert what in str(error) and version in str(error) and '1.17' in str(error)
    assert server.requests == []


@pytest.mark.parametrize('call, name, tag, repository', [
    (lambda c: c.import_image_from_image('busybox'), 'busybox', 'latest', None),
    (lambda c: c.import_image_from_image('busybox:v1', 'mine'), 'busybox', 'v1', 'mine'),
    (lambda c: c.import_image_from_image('busybox', 'mine', 'v2'), 'busybox', 'v2', 'mine'),
    (lambda c: c.import_image(image='localhost:5000/busybox', repository='mine', tag='v2'),
     'localhost:5000/busybox', 'v2', 'mine'),
    (lambda c: c.import_image(None, u'mine', 'v2', 'busybox'), 'busybox', 'v2', 'mine'),
    (lambda c: c.import_image(None, 'mine', 'v2', image='busybox'), 'busybox', 'v2', 'mine'),
])
def test_an_import_of_an_image_is_a_pull(client, server, call, name, tag, repository):
    server.respond(chunked([b'{"status":"Downloading"}\r\n', b'{"status":"Done"}']))
    assert call(client) == u'{"status":"Downloading"}\n{"status":"Done"}'
    expected = {'fromImage': name, 'tag': tag}
    if repository:
        expected['repo'] = repository
    assert server.request.query == expected
    assert server.request.headers['content-length'] == '0'


@pytest.mark.parametrize('what, kind, call', [
    ('src', TypeError, lambda c: c.import_image()),
    ('src', TypeError, lambda c: c.import_image(None, u'mine')),
    ('src', TypeError, lambda c: c.import_image(None, u'mine', 'v2')),
    ('src', TypeError, lambda c: c.import_image({'a': 'b'})),
    ('image', TypeError, lambda c: c.import_image(image=5)),
    ('image', ValueError, lambda c: c.import_image(image='')),
    ('changes', TypeError, lambda c: c.import_image(TAR, changes=5)),
    ('changes', TypeError, lambda c: c.import_image(TAR, changes=['USER me', None])),
    ('changes', TypeError, lambda c: c.import_image(TAR, changes={'USER': 'me'})),
    ('message', TypeError, lambda c: c.import_image(TAR, message=5)),
    ('platform', TypeError, lambda c: c.import_image(TAR, platform=ARM)),
    ('data', TypeError, lambda c: c.import_image_from_data(5)),
    ('data', TypeError, lambda c: c.import_image_from_data(u'text')),
    ('data', TypeError, lambda c: c.import_image_from_data(PathObject('/tmp'))),
    ('filename', TypeError, lambda c: c.import_image_from_file(io.BytesIO(TAR))),
    ('filename', TypeError, lambda c: c.import_image_from_file(None)),
    ('stream', TypeError, lambda c: c.import_image_from_stream(io.StringIO(u'text'))),
    ('stream', TypeError, lambda c: c.import_image_from_stream(None)),
    ('url', TypeError, lambda c: c.import_image_from_url(5)),
    ('url', ValueError, lambda c: c.import_image_from_url('')),
    ('url', ValueError, lambda c: c.import_image_from_url('localhost/a.tar')),
    ('image', TypeError, lambda c: c.import_image_from_image(None)),
    ('repository', ValueError, lambda c: c.import_image_from_data(TAR, 'a//b')),
    ('tag', TypeError, lambda c: c.import_image_from_url('http://localhost/', 'a', 5)),
])
def test_bad_arguments_of_an_import(client, server, what, kind, call):
    assert_refused(server, kind, what, lambda: call(client))


# get_image and save

@pytest.mark.parametrize('call, target', [
    (lambda c: c.get_image('busybox'), '/v1.7/images/busybox/get'),
    (lambda c: c.get_image({'Id': 'sha256:abc'}), '/v1.7/images/sha256:abc/get'),
    (lambda c: c.get_image(u'localhost:5000/me/caf\xe9:v1'),
     '/v1.7/images/localhost:5000/me/caf%C3%A9:v1/get'),
    (lambda c: c.save('busybox'), '/v1.15/images/get?names=busybox'),
    (lambda c: c.save({'Id': 'abc'}), '/v1.15/images/get?names=abc'),
    (lambda c: c.save(['busybox', 'me/web:v1', {'Id': 'abc'}]),
     '/v1.15/images/get?names=busybox&names=me%2Fweb%3Av1&names=abc'),
    (lambda c: c.save(name for name in ('a', u'caf\xe9')), '/v1.15/images/get?names=a&names=caf%C3%A9'),
])
def test_images_as_an_archive(client, server, call, target):
    server.respond(chunked([b'tar', b'more'], 'application/x-tar'),
                   as_json({'message': 'No such image: x'}, 404))
    with call(client) as archive:
        assert archive.read(4) + archive.data == b'tarmore'
    assert (server.request.method, server.request.target) == ('GET', target)
    assert raised(errors.ImageNotFound, lambda: call(client)).explanation == 'No such image: x'


@pytest.mark.parametrize('call', [lambda c: c.get_image('a'), lambda c: c.save(['a', 'b'])])
def test_an_engine_that_goes_away_in_images(client, server, call):
    def respond(peer):
        peer.read_request()
        peer.send(chunked([b'tar' * 50000], 'application/x-tar')[:-5])
        return False

    server.respond(respond, as_json([]))
    with call(client) as archive:
        raised(errors.StreamBroken, archive.read)
    assert client.images() == []


PLATFORMS = [
    ('linux/arm64/v8', [ARM], '1.48'), (u'linux/amd64', [AMD], '1.48'),
    (ARM, [ARM], '1.48'), ([AMD], [AMD], '1.48'), (['linux/arm64/v8', AMD], [ARM, AMD], '1.52'),
    (dict(ARM, **{'os.version': '1'}), [dict(ARM, **{'os.version': '1'})], '1.48')]


@engines('1.52')
@pytest.mark.parametrize('platform, expected, version', PLATFORMS)
@pytest.mark.parametrize('call, path', [
    (lambda c, platform: c.get_image('web', platform).close(), 'web/get'),
    (lambda c, platform: c.save(['web', 'b'], platform).close(), 'get'),
    (lambda c, platform: c.load_image(TAR, platform=platform), 'load')])
def test_platforms(newest, server, call, path, platform, expected, version):
    server.respond(chunked([b'{}']))
    call(newest, platform)
    assert server.request.path == '/v{0}/images/{1}'.format(version, path)
    query = query_of(server.request)
    assert [json.loads(value) for name, value in query if name == 'platform'] == expected
    assert [value for name, value in query if name == 'names'] == (['web', 'b'] if path == 'get' else [])


@engines('1.51')
@pytest.mark.parametrize('call', [
    lambda c, platform: c.get_image('web', platform), lambda c, platform: c.save(['web', 'b'], platform),
    lambda c, platform: c.load_image(TAR, platform=platform)])
def test_several_platforms_came_later(newest, server, call):
    error = raised(errors.NotSupported, lambda: call(newest, [ARM, AMD]))
    assert 'more than one platform' in str(error) and '1.52' in str(error) and '1.51' in str(error)
    assert server.requests == []


@engines('1.47')
def test_a_platform_came_later(newest, server):
    error = raised(errors.NotSupported, lambda: newest.get_image('web', ARM))
    assert 'platform' in str(error) and '1.48' in str(error) and server.requests == []


@pytest.mark.parametrize('what, kind, call', [
    ('images', ValueError, lambda c: c.save([])),
    ('images', TypeError, lambda c: c.save([None])),
    ('platform', TypeError, lambda c: c.get_image('a', 5)),
    ('platform', ValueError, lambda c: c.get_image('a', '')),
    ('platform', ValueError, lambda c: c.get_image('a', 'linux')),
    ('platform', ValueError, lambda c: c.get_image('a', 'linux//v8')),
    ('platform', ValueError, lambda c: c.get_image('a', 'a/b/c/d')),
    ('platform', ValueError, lambda c: c.save('a', [])),
    ('platform', TypeError, lambda c: c.load_image(TAR, platform=[None])),
    ('platform', TypeError, lambda c: c.load_image(TAR, platform={'os': object()})),
    ('chunk_size', ValueError, lambda c: c.get_image('a', chunk_size=-1)),
    ('chunk_size', TypeError, lambda c: c.save('a', chunk_size='1')),
])
def test_bad_arguments(client, server, what, kind, call):
    assert_refused(server, kind, what, lambda: call(client))


@pytest.mark.parametrize('value, kind', NAMES, ids=repr)
@pytest.mark.parametrize('what, call', [
    ('image', lambda c, value: c.get_image(value)), ('images', lambda c, value: c.save([value]))])
def test_a_bad_image(client, server, what, call, value, kind):
    assert_refused(server, kind, what, lambda: call(client, value))


# load_image

LOADED = [{u'stream': u'Loaded image: busybox:latest\n'}, {u'stream': u'Loaded image: caf\xe9:v1\n'}]
LINES = b'\n'.join(json.dumps(item).encode('ascii') for item in LOADED)


@pytest.mark.parametrize('response', [
    chunked([LINES[:9], LINES[9:]]), http(200, LINES, 'application/json'),
    http(200, json.dumps(LOADED[0]) + json.dumps(LOADED[1]))], ids=['chunks', 'length', 'one after another'])
def test_what_a_load_returns(client, server, response):
    server.respond(response, response)
    items = client.load_image(TAR)
    assert items == LOADED and isinstance(items[0]['stream'], six.text_type)
    stream = client.load_image(TAR, stream=True)
    assert next(stream) == LOADED[0]
    assert list(stream) == LOADED[1:]


@pytest.mark.parametrize('response', [http(200), chunked([])])
def test_an_engine_that_reports_nothing(client, server, response):
    server.respond(response, response)
    assert client.load_image(TAR) == []
    assert list(client.load_image(TAR, stream=True)) == []


@engines('1.23')
@pytest.mark.parametrize('quiet, path, query', [
    (None, '/v1.7/images/load', {}), (True, '/v1.23/images/load', {'quiet': '1'}),
    (False, '/v1.23/images/load', {'quiet': '0'})])
def test_a_quiet_load(newest, server, quiet, path, query):
    server.respond(chunked([LINES]))
    newest.load_image(TAR, quiet)
    assert (server.request.path, server.request.query) == (path, query)
    assert server.request.headers['content-type'] == 'application/x-tar'


@pytest.mark.parametrize('chunks', [
    [b'{"stream":"a"}', b'{"errorDetail":{"message":"unexpected EOF"},"error":"unexpected EOF"}'],
    [b'{"stream":"a"}{"err', b'or":"unexpected EOF"}'],
    [b'{"stream":"a"}\n{"errorDetail":{"message":"unexpected EOF"}}']])
def test_a_load_that_fails(client, server, chunks):
    server.respond(chunked(chunks), chunked(chunks), as_json([]))
    error = raised(errors.OperationFailed, lambda: client.load_image(TAR))
    assert error.explanation == 'unexpected EOF' and error.response.status_code == 200
    stream = client.load_image(TAR, stream=True)
    assert next(stream) == {'stream': 'a'}
    assert next(stream)
    raised(errors.OperationFailed, lambda: next(stream))
    assert client.images() == []


@pytest.mark.parametrize('body', [b'[]', b'tar', b'{"stream":', b'{"error": 5}'])
def test_a_load_whose_response_is_something_else(client, server, body):
    server.respond(http(200, body, 'application/json'), as_json([]))
    raised(errors.StreamBroken, lambda: client.load_image(TAR))
    assert client.images() == []


def test_an_image_goes_from_engine_to_engine(client, server):
    server.respond(chunked([b'tar\0', b'more'], 'application/x-tar'), chunked([LINES]))
    with client.get_image('busybox') as archive:
        assert client.load_image(archive) == LOADED
    assert server.request.body == b'tar\0more'
