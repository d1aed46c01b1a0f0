"""What programs and subclasses of docker-py 1.x use beside the calls."""

import inspect

import pytest

import docker
from docker import errors, utils
from tests.server import as_json, chunked, http
from tests.wire import negotiated

MODERN = as_json({'Version': '20.10.24', 'ApiVersion': '1.41', 'MinAPIVersion': '1.12'})


@pytest.fixture
def late(server):
    client = docker.Client(server.url, version='1.22', timeout=10)
    server.respond(MODERN)
    yield client
    client.close()


@pytest.mark.parametrize('version', ['1.6', '1.22'])
def test_the_version_of_a_client(server, version):
    client = docker.Client(server.url, version=version)
    assert client._version == version and server.connections == 0
    assert (utils.compare_version('1.10', client._version) > 0) == (version == '1.22')
    client.close()


@pytest.mark.parametrize('create', [
    lambda url: docker.Client(url, version='auto'), docker.AutoVersionClient])
def test_the_version_of_an_auto_client_is_negotiated_when_it_is_read(server, create):
    client = create(server.url)
    assert server.connections == 0
    server.respond(MODERN, MODERN)
    assert client._version == client.api_version == '1.41'
    sent = len(server.requests)
    assert client._version == '1.41' and len(server.requests) == sent
    client.close()


def test_looking_at_an_auto_client_sends_nothing(server):
    client = docker.Client(server.url, version='auto')
    inspect.getmembers(client)
    assert client.api_version is None and '_version' not in dir(client) and server.connections == 0
    with pytest.raises(AttributeError, match='_versions'):
        client._versions
    client.close()


def test_the_version_of_an_auto_client_without_an_engine(server):
    client = docker.Client('unix:///missing.sock', version='auto')
    with pytest.raises(errors.EngineUnreachable):
        client._version
    client.close()


def test_requests_of_their_own(late, server):
    server.respond(as_json([{'Id': 'a'}]), as_json({'Id': 'b'}, 201), http(204))
    assert late._result(late._get(late._url('/images/json'), params={'all': 1}), True) == [{'Id': 'a'}]
    assert server.request.target == '/v1.22/images/json?all=1'
    body = {'Image': 'busybox'}
    response = late._post_json(late._url('/containers/create'), data=body)
    assert late._result(response, json=True) == {'Id': 'b'}
    assert server.request.json['Image'] == 'busybox'
    late._raise_for_status(late._delete(late._url('/containers/{0}', 'a b')))
    assert server.request.target == '/v1.22/containers/a%20b'


def test_a_url_without_a_version(late):
    assert late._url('/version', versioned_api=False) == late.base_url + '/version'
    assert late._url('/images/{0}/json', 'a', versioned_api=True) == late.base_url + '/v1.22/images/a/json'


def test_results(late, server):
    server.respond(http(200, b'OK'), http(200, b'\xff'))
    assert late._result(late._get(late._url('/_ping'))) == u'OK'
    assert late._result(late._get(late._url('/_ping')), binary=True) == b'\xff'
    with pytest.raises(TypeError):
        late._result(None, json=True, binary=True)


@pytest.mark.parametrize('check', [
    lambda client, response: client._result(response, True),
    lambda client, response: client._result(response, binary=True),
    lambda client, response: client._result(response),
    lambda client, response: client._raise_for_status(response),
    lambda client, response: client._stream_helper(response)])
def test_an_error(late, server, check):
    server.respond(http(404, b'no such container: a'))
    with pytest.raises(errors.NotFound) as caught:
        check(late, late._get(late._url('/containers/{0}/json', 'a')))
    assert caught.value.explanation == 'no such container: a'


@pytest.mark.parametrize('decode, items', [
    (False, [u'{"status":"a"}', u'{"status":"b"}']), (True, [{'status': 'a'}, {'status': 'b'}])])
def test_a_stream(late, server, decode, items):
    server.respond(chunked([b'{"status":"a"}{"sta', b'tus":"b"}']))
    response = late._post(late._url('/images/create'), params={'fromImage': 'a'}, stream=True)
    assert list(late._stream_helper(response, decode)) == items


def test_the_timeout(server):
    client = negotiated(docker.Client(server.url, timeout=7), server)
    assert client._set_request_timeout({'stream': True}) == {'stream': True, 'timeout': 7}
    assert client._set_request_timeout({'timeout': 3}) == {'timeout': 3}
    client.close()
