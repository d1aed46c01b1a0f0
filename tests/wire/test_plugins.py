# -*- coding: utf-8 -*-
"""The calls about plugins."""

import base64
import io
import json
import tarfile

import pytest

import docker
from docker import errors
from tests.server import as_json, chunked, http
from tests.wire import negotiated, raised

LOGIN = {'username': 'me', 'password': 's3cret'}
PRIVILEGES = [{'Name': 'network', 'Description': 'of the host', 'Value': ['host']}]
NAME = 'host:5000/team/sshfs:v1'
PROGRESS = [b'{"status":"Downloading"}\r\n', b'{"status":"done"}\r\n']


@pytest.fixture
def client(server):
    client = negotiated(docker.Client(server.url, timeout=10), server, '1.41')
    yield client
    client.close()


def credentials(request):
    return json.loads(base64.urlsafe_b64decode(request.headers['x-registry-auth']).decode('utf-8'))


def sent(server):
    """Return the method, path, query and JSON of the last request, without the version in its path."""
    request = server.request
    version, _, path = request.path[1:].partition('/')
    body = request.json if request.headers.get('content-type') == 'application/json' else None
    return request.method, '/' + path, request.query, body


@pytest.mark.parametrize('call, response, request_, result', [
    (lambda c: c.plugins(), as_json([{'Name': 'a'}]), ('GET', '/plugins', {}, None), [{'Name': 'a'}]),
    (lambda c: c.plugins(), as_json(None), ('GET', '/plugins', {}, None), []),
    (lambda c: c.plugins({'enabled': True}), as_json([]),
     ('GET', '/plugins', {'filters': '{"enabled": ["true"]}'}, None), []),
    (lambda c: c.plugin_privileges(NAME), as_json(PRIVILEGES),
     ('GET', '/plugins/privileges', {'remote': NAME}, None), PRIVILEGES),
    (lambda c: c.plugin_privileges(NAME), as_json(None),
     ('GET', '/plugins/privileges', {'remote': NAME}, None), []),
    (lambda c: c.inspect_plugin(NAME), as_json({'Name': NAME}),
     ('GET', '/plugins/' + NAME + '/json', {}, None), {'Name': NAME}),
    (lambda c: c.inspect_plugin({'Id': 'abc'}), as_json({'Name': NAME}),
     ('GET', '/plugins/abc/json', {}, None), {'Name': NAME}),
    (lambda c: c.enable_plugin('sshfs'), http(200),
     ('POST', '/plugins/sshfs/enable', {'timeout': '0'}, None), None),
    (lambda c: c.enable_plugin('sshfs', 30), http(200),
     ('POST', '/plugins/sshfs/enable', {'timeout': '30'}, None), None),
    (lambda c: c.disable_plugin('sshfs'), http(200), ('POST', '/plugins/sshfs/disable', {}, None), None),
    (lambda c: c.disable_plugin('sshfs', force=True), http(200),
     ('POST', '/plugins/sshfs/disable', {'force': '1'}, None), None),
    (lambda c: c.remove_plugin('sshfs'), as_json({'Name': 'sshfs'}),
     ('DELETE', '/plugins/sshfs', {'force': '0'}, None), None),
    (lambda c: c.remove_plugin('sshfs', True), http(204),
     ('DELETE', '/plugins/sshfs', {'force': '1'}, None), None),
    (lambda c: c.configure_plugin('sshfs', {'DEBUG': 1}), http(204),
     ('POST', '/plugins/sshfs/set', {}, ['DEBUG=1']), None),
    (lambda c: c.configure_plugin('sshfs', ['A=b', u'C=caf\xe9']), http(204),
     ('POST', '/plugins/sshfs/set', {}, ['A=b', u'C=caf\xe9']), None),
    (lambda c: c.configure_plugin('sshfs', {}), http(204), ('POST', '/plugins/sshfs/set', {}, []), None),
    (lambda c: c.pull_plugin(NAME, PRIVILEGES, 'sshfs'), chunked(PROGRESS),
     ('POST', '/plugins/pull', {'remote': NAME, 'name': 'sshfs'}, PRIVILEGES),
     '{"status":"Downloading"}\n{"status":"done"}'),
    (lambda c: c.pull_plugin(NAME, [], decode=True), chunked(PROGRESS),
     ('POST', '/plugins/pull', {'remote': NAME}, []), [{'status': 'Downloading'}, {'status': 'done'}]),
    (lambda c: c.upgrade_plugin('sshfs', NAME, PRIVILEGES), chunked(PROGRESS),
     ('POST', '/plugins/sshfs/upgrade', {'remote': NAME}, PRIVILEGES),
     '{"status":"Downloading"}\n{"status":"done"}'),
    (lambda c: c.push_plugin(NAME), chunked(PROGRESS), ('POST', '/plugins/' + NAME + '/push', {}, None),
     '{"status":"Downloading"}\n{"status":"done"}'),
])
def test_requests(client, server, call, response, request_, result):
    server.respond(response)
    assert call(client) == result
    assert sent(server) == request_


CALLS_WITH_LOGIN = [
    lambda c, **login: c.plugin_privileges(NAME, **login),
    lambda c, **login: c.pull_plugin(NAME, [], **login),
    lambda c, **login: c.upgrade_plugin('sshfs', NAME, [], **login),
    lambda c, **login: c.push_plugin(NAME, **login)]


@pytest.mark.parametrize('call', CALLS_WITH_LOGIN)
def test_credentials(client, server, call):
    server.respond(as_json([{'status': 'done'}]) if call is CALLS_WITH_LOGIN[0] else chunked(PROGRESS))
    call(client, auth_config=LOGIN)
    assert credentials(server.request)['password'] == 's3cret'


@pytest.mark.parametrize('call', CALLS_WITH_LOGIN)
def test_without_credentials(client, server, call):
    server.respond(as_json([{'status': 'done'}]) if call is CALLS_WITH_LOGIN[0] else chunked(PROGRESS))
    call(client)
    assert credentials(server.request) == {}


@pytest.mark.parametrize('call', CALLS_WITH_LOGIN)
def test_no_credentials_in_errors(client, server, call):
    server.respond(as_json({'message': 'unauthorized: wrong'}, 401))
    error = raised(errors.Unauthorized, lambda: call(client, auth_config=LOGIN))
    assert 'x-registry-auth' in server.request.headers
    assert 'X-Registry-Auth' not in error.response.request.headers and 's3cret' not in repr(error)


@pytest.mark.parametrize('call', [
    lambda c: c.pull_plugin(NAME, [], stream=True), lambda c: c.push_plugin(NAME, stream=True),
    lambda c: c.upgrade_plugin('sshfs', NAME, [], stream=True)])
def test_streams(client, server, call):
    server.respond(chunked(PROGRESS))
    assert list(call(client)) == ['{"status":"Downloading"}', '{"status":"done"}']
    server.respond(chunked([b'{"error":"incorrect privileges"}']))
    stream = call(client)
    assert next(stream) == '{"error":"incorrect privileges"}'
    assert 'incorrect privileges' in str(raised(errors.OperationFailed, lambda: next(stream)))


@pytest.mark.parametrize('call', [
    lambda c: c.pull_plugin(NAME, []), lambda c: c.push_plugin(NAME), lambda c: c.plugins(),
    lambda c: c.inspect_plugin('sshfs')])
def test_an_engine_that_goes_away(client, server, call):
    def go_away(peer):
        peer.read_request()
        peer.send(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n'
                  b'5\r\n[{"St\r\n')
        return False

    server.respond(go_away)
    raised(errors.StreamBroken, lambda: call(client))


@pytest.mark.parametrize('call, status, kind', [
    (lambda c: c.inspect_plugin('x'), 404, errors.NotFound),
    (lambda c: c.enable_plugin('x'), 404, errors.NotFound),
    (lambda c: c.disable_plugin('x'), 500, errors.ServerError),
    (lambda c: c.remove_plugin('x'), 409, errors.Conflict),
    (lambda c: c.configure_plugin('x', ['A=b']), 500, errors.ServerError),
    (lambda c: c.create_plugin('x', b'\0'), 500, errors.ServerError)])
def test_errors(client, server, call, status, kind):
    server.respond(as_json({'message': 'plugin x'}, status))
    assert raised(kind, lambda: call(client)).explanation == 'plugin x'


# create_plugin

@pytest.fixture
def folder(tmp_path):
    (tmp_path / 'rootfs').mkdir()
    (tmp_path / 'rootfs' / 'driver').write_bytes(b'program')
    (tmp_path / 'config.json').write_bytes(b'{}')
    return tmp_path


def test_create_plugin_of_a_folder(client, server, folder):
    server.respond(http(204))
    assert client.create_plugin('me/driver:latest', str(folder)) is None
    assert sent(server) == ('POST', '/plugins/create', {'name': 'me/driver:latest'}, None)
    assert server.request.headers['content-type'] == 'application/x-tar'
    with tarfile.open(fileobj=io.BytesIO(server.request.body)) as opened:
        assert opened.getnames() == ['config.json', 'rootfs', 'rootfs/driver']


@pytest.mark.parametrize('form', [bytes, bytearray, io.BytesIO])
def test_create_plugin_of_a_tar(client, server, form):
    server.respond(http(204))
    client.create_plugin('me/driver', form(b'tar\0'))
    assert server.request.body == b'tar\0'


@pytest.mark.parametrize('lacks', ['config.json', 'rootfs'])
def test_create_plugin_of_another_folder(client, server, tmp_path, lacks):
    for name in {'config.json', 'rootfs'} - {lacks}:
        (tmp_path / name).write_bytes(b'')
    error = raised(ValueError, lambda: client.create_plugin('driver', str(tmp_path)))
    assert 'has no ' + lacks in str(error) and not server.requests


@pytest.mark.parametrize('call, kind, name', [
    (lambda c: c.plugins(5), TypeError, 'filters'),
    (lambda c: c.plugin_privileges(None), TypeError, 'name'),
    (lambda c: c.plugin_privileges(''), ValueError, 'name'),
    (lambda c: c.plugin_privileges('x', auth_config=5), TypeError, 'auth_config'),
    (lambda c: c.pull_plugin('x', None), TypeError, 'privileges'),
    (lambda c: c.pull_plugin('x', {'Name': 'a'}), TypeError, 'privileges'),
    (lambda c: c.pull_plugin('x', ['network']), TypeError, 'privileges'),
    (lambda c: c.pull_plugin('x', [], name=5), TypeError, 'name'),
    (lambda c: c.pull_plugin('x', [], name=' '), ValueError, 'name'),
    (lambda c: c.pull_plugin('http://x', []), ValueError, 'repository'),
    (lambda c: c.upgrade_plugin(None, 'x', []), TypeError, 'name'),
    (lambda c: c.upgrade_plugin('x', None, []), TypeError, 'remote'),
    (lambda c: c.inspect_plugin(None), TypeError, 'name'),
    (lambda c: c.inspect_plugin('../x'), ValueError, 'name'),
    (lambda c: c.enable_plugin('x', None), TypeError, 'timeout'),
    (lambda c: c.enable_plugin('x', 1.5), TypeError, 'timeout'),
    (lambda c: c.enable_plugin('x', -1), ValueError, 'timeout'),
    (lambda c: c.disable_plugin(''), ValueError, 'name'), (lambda c: c.remove_plugin({}), TypeError, 'name'),
    (lambda c: c.push_plugin(5), TypeError, 'name'),
    (lambda c: c.configure_plugin('x', 'A=b'), TypeError, 'options'),
    (lambda c: c.configure_plugin('x', {'A': True}), TypeError, 'options'),
    (lambda c: c.configure_plugin('x', ['=b']), ValueError, 'options'),
    (lambda c: c.create_plugin('', b'\0'), ValueError, 'name'),
    (lambda c: c.create_plugin(None, b'\0'), TypeError, 'name'),
    (lambda c: c.create_plugin('x', '/missing'), ValueError, 'plugin_data_dir'),
    (lambda c: c.create_plugin('x', None), TypeError, 'plugin_data_dir'),
])
def test_bad_arguments(client, server, call, kind, name):
    assert str(raised(kind, lambda: call(client))).split(':')[0].split()[0] == name
    assert not server.requests


def test_no_secret_of_an_option_in_messages(client):
    assert 'hunter2' not in str(raised(TypeError, lambda: client.configure_plugin('x', {'A': ['hunter2']})))


@pytest.mark.parametrize('call', [
    lambda c: c.plugins(), lambda c: c.inspect_plugin('x'), lambda c: c.create_plugin('x', b'\0'),
    lambda c: c.remove_plugin('x'), lambda c: c.pull_plugin('x', [])])
def test_an_engine_before_plugins(server, call):
    client = negotiated(docker.Client(server.url, timeout=10), server, '1.24')
    error = raised(errors.NotSupported, lambda: call(client))
    assert '1.25' in str(error) and '1.24' in str(error) and not server.requests
    client.close()
