"""Builds with BuildKit: what is sent to the engine, and what is refused before anything is."""

import base64
import io
import json
import os
import sys
import threading

import pytest

import docker
from docker.buildkit import messages, protobuf
from tests.server import as_json, chunk, chunked, http
from tests.wire import negotiated

SWITCHED = b'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n'
IMAGE_ID = 'sha256:' + '0123456789ab' + 52 * 'c'
SECRET = b'the secret itself'


def trace(**lists):
    """An item of a build's stream: what BuildKit reports, in base64."""
    encoded = protobuf.encode(lists, messages.STATUS_RESPONSE)
    return json.dumps({'id': 'moby.buildkit.trace', 'aux': base64.b64encode(encoded).decode('ascii')})


STEP = trace(vertexes=[{'digest': u'sha256:1', 'name': u'[1/1] FROM busybox', 'started': {'seconds': 1},
                        'completed': {'seconds': 2}}])
BUILT = chunked([STEP.encode('ascii'), json.dumps(
    {'id': 'moby.image.id', 'aux': {'ID': IMAGE_ID}}).encode('ascii')])


class Session(object):
    """A response to POST /session: the engine's end of it, which says nothing.

    `head` is the head of the request, `ended` is set when the client has closed the connection.
    """

    def __init__(self):
        self.head = None
        self.ended = threading.Event()

    def __call__(self, peer):
        self.head = peer.read_head().decode('latin-1').split('\r\n')
        peer.send(SWITCHED)
        peer.wait_closed()
        self.ended.set()
        return False

    def values(self, name):
        """Return the values of a header, each on a line of its own."""
        return [value for key, _, value in (line.partition(': ') for line in self.head)
                if key.lower() == name.lower()]


@pytest.fixture
def modern(client_of):
    """A Client of an engine of API 1.41."""
    return client_of('1.41')


@pytest.fixture
def session():
    return Session()


def dockerfile():
    return io.BytesIO(b'FROM busybox\n')


def test_a_session_and_the_build_that_names_it(modern, server, session):
    server.respond(session, BUILT)
    image_id, output = modern.build(fileobj=dockerfile(), tag='web', buildkit=True, secrets={'token': b's\0'})
    assert image_id == '0123456789ab' and output.endswith(u'Successfully built 0123456789ab\n')
    assert session.head[0] == 'POST /v1.38/session HTTP/1.1'
    assert session.values('upgrade') == ['h2c'] and session.values('connection') == ['Upgrade']
    assert session.values('X-Docker-Expose-Session-Grpc-Method') == [
        '/grpc.health.v1.Health/Check', '/moby.buildkit.secrets.v1.Secrets/GetSecret',
        '/moby.filesync.v1.Auth/Credentials']
    request = server.request
    assert (request.method, request.path) == ('POST', '/v1.38/build')
    build_id, = [request.query.pop('buildid')]
    assert [request.query.pop('session')] == session.values('X-Docker-Expose-Session-Uuid')
    assert len(build_id) == 32
    assert request.query == {'version': '2', 't': 'web', 'nocache': '0', 'rm': '0'}
    assert 'x-registry-config' not in request.headers
    assert session.ended.wait(60)


@pytest.mark.parametrize('setting, kit', [
    ('1', True), ('true', True), ('T', True), ('0', False), ('false', False), ('', False)])
def test_the_environment_decides(modern, server, session, monkeypatch, setting, kit):
    monkeypatch.setenv('DOCKER_BUILDKIT', setting)
    server.respond(*[session, BUILT] if kit else [http(200, b'Successfully built 0123456789ab\n')])
    assert modern.build(fileobj=dockerfile())[0] == '0123456789ab'
    assert ('version' in server.request.query) is kit


@pytest.mark.parametrize('buildkit', [False, True])
def test_the_argument_has_precedence(modern, server, session, monkeypatch, buildkit):
    monkeypatch.setenv('DOCKER_BUILDKIT', str(int(not buildkit)))
    server.respond(*[session, BUILT] if buildkit else [http(200, b'Successfully built 0123456789ab\n')])
    assert modern.build(fileobj=dockerfile(), buildkit=buildkit)[0] == '0123456789ab'
    assert ('version' in server.request.query) is buildkit


def test_a_setting_that_is_no_bool(modern, server, monkeypatch):
    monkeypatch.setenv('DOCKER_BUILDKIT', 'maybe')
    with pytest.raises(ValueError, match="DOCKER_BUILDKIT takes 1 or 0, not 'maybe'"):
        modern.build(fileobj=dockerfile())
    assert not server.requests


@pytest.mark.parametrize('error, kwargs, text', [
    (TypeError, {'buildkit': 1}, 'buildkit takes True, False or None, not 1'),
    (TypeError, {'buildkit': 'yes'}, 'buildkit takes '),
    (ValueError, {'secrets': {'token': b'hunter'}}, 'secrets is for BuildKit: '),
    (ValueError, {'ssh': 'default', 'buildkit': False}, 'ssh is for BuildKit: '),
    (TypeError, {'buildkit': True, 'secrets': 7}, 'secrets takes '),
    (ValueError, {'buildkit': True, 'secrets': {'a,b': b''}}, 'secrets takes '),
    (TypeError, {'buildkit': True, 'ssh': 7}, 'ssh takes '),
])
def test_bad_arguments(modern, server, error, kwargs, text):
    with pytest.raises(error) as raised:
        modern.build(fileobj=dockerfile(), **kwargs)
    assert str(raised.value).startswith(text) and 'hunter' not in str(raised.value)
    assert not server.requests


@pytest.mark.parametrize('newest', ['1.12', '1.37'])
@pytest.mark.parametrize('kwargs', [{}, {'secrets': {'token': b'hunter'}}])
def test_an_engine_before_buildkit(client_of, server, newest, kwargs):
    client = client_of(newest)
    with pytest.raises(docker.errors.NotSupported, match='^BuildKit .POST /session. is not supported: it '
                                                         'came with API version 1.38, and this '):
        client.build(fileobj=dockerfile(), buildkit=True, **kwargs)
    assert not server.requests


def test_podman(server):
    client = docker.Client(server.url, timeout=10)
    server.respond(as_json({'ApiVersion': '1.41', 'MinAPIVersion': '1.24', 'Version': '4.3.1',
                            'Components': [{'Name': 'Podman Engine', 'Version': '4.3.1'}]}))
    with pytest.raises(docker.errors.NotSupported, match='^BuildKit is not supported by this engine: Podman'):
        client.build(fileobj=dockerfile(), buildkit=True)
    assert [request.path for request in server.requests] == ['/version']
    client.close()


@pytest.mark.parametrize('kwargs, name', [
    ({'container_limits': {'memory': '512m'}}, 'memory'),
    ({'container_limits': {'cpushares': 2}}, 'cpushares'),
    ({'isolation': 'process'}, 'isolation'), ({'shmsize': '64m'}, 'shmsize'),
    ({'ulimits': [{'name': 'nofile', 'soft': 64}]}, 'ulimits'), ({'cgroup_parent': 'web'}, 'cgroupparent')])
def test_what_buildkit_would_ignore(modern, server, session, kwargs, name):
    server.respond(session)
    with pytest.raises(docker.errors.NotSupported, match='^The parameter {0} of POST /build'.format(name)):
        modern.build(fileobj=dockerfile(), buildkit=True, **kwargs)
    assert [request.path for request in server.requests] == []
    assert session.ended.wait(60)


def test_what_later_engines_take(client_of, server, session):
    client = client_of('1.44')
    server.respond(session, BUILT)
    client.build(fileobj=dockerfile(), buildkit=True, shmsize='64m', ulimits=[{'name': 'nofile', 'soft': 64}])
    assert server.request.query['shmsize'] == '67108864'
    assert json.loads(server.request.query['ulimits']) == [
        {'Name': 'nofile', 'Soft': 64, 'Hard': 64}]


def test_no_engine_gives_a_cgroup_to_buildkit(client_of, server, session):
    client = client_of('1.51')
    server.respond(session)
    with pytest.raises(docker.errors.NotSupported, match='^The parameter cgroupparent of POST /build'):
        client.build(fileobj=dockerfile(), buildkit=True, cgroup_parent='/web')
    assert [request.path for request in server.requests] == []


# Without the package h2

@pytest.fixture
def no_h2(monkeypatch):
    monkeypatch.setitem(sys.modules, 'h2', None)
    monkeypatch.setitem(sys.modules, 'h2.connection', None)


def test_a_build_without_a_session(modern, server, no_h2):
    server.respond(BUILT)
    assert modern.build(fileobj=dockerfile(), buildkit=True)[0] == '0123456789ab'
    assert server.request.query['version'] == '2' and 'session' not in server.request.query


def test_an_engine_before_buildkit_without_a_session(client_of, server, no_h2):
    client = client_of('1.37')
    with pytest.raises(docker.errors.NotSupported, match='^BuildKit .POST /build. is not supported: it came'):
        client.build(fileobj=dockerfile(), buildkit=True)
    assert not server.requests


@pytest.mark.parametrize('kwargs', [
    {'secrets': {'token': b'hunter'}}, {'ssh': 'default'},
    {'auth_config': {'registry.example': {'username': 'user', 'password': 'hunter'}}}])
def test_what_needs_a_session(modern, server, no_h2, kwargs):
    with pytest.raises(docker.errors.MissingPackage) as raised:
        modern.build(fileobj=dockerfile(), buildkit=True, **kwargs)
    name, = kwargs
    assert str(raised.value).startswith(name) and 'pip install h2' in str(raised.value)
    assert isinstance(raised.value, ImportError) and 'hunter' not in str(raised.value)
    assert not server.requests


# The end of a build

def endless(peer):
    """Respond to a build with its first item, and wait until the client closes the connection."""
    peer.read_request()
    peer.send(chunked([])[:-len(b'0\r\n\r\n')] + chunk(STEP.encode('ascii')))
    peer.wait_closed()
    return False


@pytest.mark.parametrize('response', [http(200), http(404), http(500, b'{"message": "no such job"}')])
def test_closing_the_output_cancels_the_build(modern, server, session, response):
    server.respond(session, endless, response)
    items = modern.build(fileobj=dockerfile(), buildkit=True, decode=True)
    assert next(items)['vertexes'][0]['name'] == u'[1/1] FROM busybox'
    items.close()
    build, cancel = server.requests
    assert (cancel.method, cancel.path) == ('POST', '/v1.40/build/cancel')
    assert cancel.query == {'id': build.query['buildid']}
    assert session.ended.wait(60)
    items.close()
    assert list(items) == [] and len(server.requests) == 2


def test_closing_the_output_in_a_child_process(modern, server, session):
    """The build is the parent's."""
    server.respond(session, endless, http(200))
    items = modern.build(fileobj=dockerfile(), buildkit=True, decode=True)
    next(items)
    child = os.fork()
    if child == 0:
        try:
            items.close()
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    assert len(server.requests) == 1
    items.close()
    assert len(server.requests) == 2


def test_no_connection_is_kept_that_has_cancelled_a_build(modern, server, session):
    """The Client may be closed already."""
    server.respond(session, endless, http(200))
    items = modern.build(fileobj=dockerfile(), buildkit=True, decode=True)
    next(items)
    modern.close()
    items.close()
    assert server.requests[1].headers['connection'] == 'close'


def test_an_engine_that_cannot_cancel(client_of, server, session):
    client = client_of('1.39')
    server.respond(session, endless)
    items = client.build(fileobj=dockerfile(), buildkit=True, stream=True)
    assert u'FROM busybox' in next(items)
    del items
    assert session.ended.wait(60)
    assert [request.path for request in server.requests] == ['/v1.38/build']


def test_a_build_that_has_ended_is_not_cancelled(modern, server, session):
    server.respond(session, BUILT)
    items = modern.build(fileobj=dockerfile(), buildkit=True, stream=True)
    assert u''.join(items).endswith(u'Successfully built 0123456789ab\n')
    items.close()
    assert len(server.requests) == 1 and session.ended.wait(60)


@pytest.mark.parametrize('before', [False, True])
def test_an_error_of_the_engine(modern, server, session, before):
    error = as_json({'message': 'no build today'}, 500)
    server.respond(*[error] if before else [session, error])
    with pytest.raises(docker.errors.ServerError) as raised:
        modern.build(fileobj=dockerfile(), buildkit=True, secrets={'token': SECRET})
    assert raised.value.explanation == 'no build today'
    assert before or session.ended.wait(60)


def test_a_stream_that_breaks(modern, server, session):
    def broken(peer):
        peer.read_request()
        peer.send(chunked([])[:-len(b'0\r\n\r\n')] + chunk(STEP.encode('ascii')))
        return False
    server.respond(session, broken, http(200))
    with pytest.raises(docker.errors.StreamBroken):
        modern.build(fileobj=dockerfile(), buildkit=True)
    assert session.ended.wait(60)


@pytest.mark.parametrize('version', ['1.30', 'auto'])
def test_the_objects_of_a_client_of_a_later_version(client_of, server, session, version):
    client = client_of('1.41', version)
    server.respond(session, BUILT)
    texts = list(client.build(fileobj=dockerfile(), buildkit=True))
    items = [json.loads(text) for text in texts]
    assert items[-2:] == [{'aux': {'ID': IMAGE_ID}}, {'stream': 'Successfully built 0123456789ab\n'}]
    assert items[0]['vertexes'][0]['name'] == '[1/1] FROM busybox'


@pytest.mark.parametrize('version', ['1.8', '1.22', '1.29'])
def test_each_object_has_text_or_an_error_as_before_api_1_30(client_of, server, session, version):
    """Programs of that time take the `stream` of each, and the environment may have BuildKit build."""
    client = client_of('1.41', version)
    running = trace(vertexes=[{'digest': u'sha256:2', 'name': u'x'}])
    failure = json.dumps({'errorDetail': {'message': 'exit code: 7'}})
    server.respond(session, BUILT, session, chunked([
        item.encode('ascii') for item in (running, STEP, failure)]))
    items = [json.loads(text) for text in client.build(fileobj=dockerfile(), buildkit=True)]
    assert items[0]['vertexes'][0]['name'] == '[1/1] FROM busybox'
    assert [sorted(set(item) - {'vertexes'}) for item in items] == [['stream'], ['stream']]
    failed = [json.loads(text) for text in client.build(fileobj=dockerfile(), buildkit=True)]
    assert [sorted(set(item) - {'vertexes'}) for item in failed] == [
        ['stream'], ['stream'], ['error', 'errorDetail']]
    server.respond(session, BUILT)
    decoded = list(client.build(fileobj=dockerfile(), buildkit=True, decode=True))
    assert {'aux': {'ID': IMAGE_ID}} in decoded


def test_a_build_that_fails(modern, server, session):
    failure = {'errorDetail': {'message': 'exit code: 7'}, 'error': 'exit code: 7'}
    server.respond(session, chunked([STEP.encode('ascii'), json.dumps(failure).encode('ascii')]))
    image_id, output = modern.build(fileobj=dockerfile(), buildkit=True)
    assert image_id is None and output.endswith(u'exit code: 7\n')


def test_no_secret_is_shown(modern, server, session, caplog):
    caplog.set_level('DEBUG')
    server.respond(session, as_json({'message': 'no'}, 400))
    with pytest.raises(docker.errors.BadRequest) as raised:
        modern.build(fileobj=dockerfile(), buildkit=True, secrets={'token': SECRET})
    shown = str(raised.getrepr(style='native')) + caplog.text
    # Also the frames below that of the call, in which its arguments are.
    frames = [entry.frame.f_locals for entry in raised.traceback if entry.name not in (
        'build', 'call', 'test_no_secret_is_shown')]
    assert len(frames) > 1 and SECRET.decode('ascii') not in shown + repr(frames)


def test_a_client_with_another_adapter(server, session):
    # Such as one of a user's own: the session is opened by POST /session.
    client = negotiated(docker.Client(server.url, timeout=10), server, '1.41')
    client.mount(client.base_url, client.get_adapter(client.base_url).inner)
    server.respond(session, BUILT)
    assert client.build(fileobj=dockerfile(), buildkit=True)[0] == '0123456789ab'
    client.close()


# An engine that may take HTTP/2 on its own socket

def without_http2(peer):
    peer.server.preface = peer.file.read(24)
    peer.send(http(400, b'this is no request'))
    return False


def closes(peer):
    peer.server.preface = peer.file.read(24)
    return False


@pytest.mark.parametrize('response', [without_http2, closes])
def test_an_engine_that_takes_no_http2(client_of, server, session, response):
    client = client_of('1.55')
    server.respond(response, session, BUILT)
    assert client.build(fileobj=dockerfile(), buildkit=True)[0] == '0123456789ab'
    assert server.preface == b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'
    assert session.values('upgrade') == ['h2c'] and session.ended.wait(60)
