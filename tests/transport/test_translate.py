"""docker.transport.translate: the version is negotiated once, and calls are sent in it."""

import pickle
import threading

import pytest

import docker
from docker.transport.translate import _bounded
from tests.server import as_json, http
from tests.wire import recording

MODERN = as_json({'ApiVersion': '1.41', 'MinAPIVersion': '1.12'})
NEWER = as_json({'ApiVersion': '1.55', 'MinAPIVersion': '1.40'})
TOO_OLD = http(400, 'client version 1.12 is too old. Minimum supported API version is 1.40, please '
                    'upgrade your client to a newer version')
TOO_NEW = as_json({'message': 'client version 1.55 is too new. Maximum supported API version is '
                              '1.41'}, 400)
INFO = as_json({'Containers': 0})
IMAGES = as_json([{'Id': 'sha256:00', 'RepoTags': ['a:b'], 'Size': 1}])


@pytest.fixture
def connect(server):
    clients = []

    def client(**kwargs):
        clients.append(docker.Client(server.url, timeout=10, **kwargs))
        return clients[-1]

    yield client
    for client in clients:
        client.close()


def paths(server):
    return [request.target for request in server.requests]


@pytest.mark.parametrize('version, spoken', [
    ('1.6', '1.12'), ('1.12', '1.12'), ('1.30', '1.30'), ('1.41', '1.41'), ('1.55', '1.41'),
    ('auto', '1.41')])
def test_it_is_negotiated_once_on_the_first_call(connect, server, version, spoken):
    client = connect(version=version)
    assert server.connections == 0
    server.respond(MODERN, INFO, INFO)
    client.info()
    client.info()
    assert paths(server) == ['/version'] + ['/v{0}/info'.format(spoken)] * 2
    assert client.api_version == spoken
    assert len(server.requests) == 3


def test_api_version_is_known_after_the_first_call_and_sends_nothing(connect, server):
    client = connect()
    assert client.api_version is None and server.connections == 0
    server.respond(MODERN, MODERN)
    client.version()
    assert client.api_version == '1.12'
    assert isinstance(client.api_version, str)
    assert paths(server) == ['/version', '/v1.12/version']


def test_api_version_is_known_at_once_if_the_environment_sets_it(connect, server, monkeypatch):
    monkeypatch.setenv('DOCKER_API_VERSION', '1.41')
    assert connect().api_version == '1.41'
    assert server.connections == 0


@pytest.mark.parametrize('version', ['1.6', '1.30'])
def test_the_wanted_version_is_spoken_when_the_engine_names_none(connect, server, version):
    server.respond(as_json({'Version': 'unknown'}), INFO)
    connect(version=version).info()
    assert paths(server) == ['/version', '/v{0}/info'.format(version)]


def test_an_engine_that_names_its_newest_version_only(connect, server):
    server.respond(as_json({'ApiVersion': '1.22'}), http(
        400, 'client version 1.6 is too old. Minimum supported API version is 1.12, upgrade'),
        INFO)
    connect().info()
    assert paths(server) == ['/version', '/v1.6/version', '/v1.12/info']


def test_podman_is_spoken_to_in_its_newest(connect, server):
    server.respond(recording('podman-4.3_v1.41', 'version-unprefixed'), INFO)
    client = connect()
    client.info()
    assert client.api_version == '1.41'
    assert paths(server) == ['/version', '/v1.41/info']


def test_a_failure_is_not_remembered(connect, server):
    client = connect()
    server.respond(http(500, 'starting'), MODERN, INFO)
    with pytest.raises(docker.errors.ServerError):
        client.info()
    client.info()
    assert paths(server) == ['/version', '/version', '/v1.12/info']


def test_a_lost_connection_is_not_remembered(connect, server):
    client = connect()
    server.respond(lambda peer: False, MODERN, INFO)
    with pytest.raises(docker.errors.EngineUnreachable):
        client.info()
    client.info()
    assert paths(server) == ['/version', '/v1.12/info']


@pytest.mark.parametrize('version, entry', [
    ('1.6', {'Repository': 'a', 'Tag': 'b', 'VirtualSize': 1}), ('1.43', {'VirtualSize': 1}),
    ('1.55', {})])
@pytest.mark.parametrize('pinned', ['1.40', '1.55', '1.99'])
def test_the_environment_pins_the_version_spoken_and_not_the_results(
        connect, server, monkeypatch, pinned, version, entry):
    monkeypatch.setenv('DOCKER_API_VERSION', pinned)
    server.respond(NEWER, IMAGES)
    client = connect(version=version)
    got, = client.images()
    assert server.request.path == '/v{0}/images/json'.format(pinned)
    expected = dict({'Id': 'sha256:00', 'RepoTags': ['a:b'], 'Size': 1}, **entry)
    if pinned == '1.40':
        # IMAGES is as of 1.44, without VirtualSize; a response in 1.40 is not changed in this.
        expected.pop('VirtualSize', None)
        got.pop('VirtualSize', None)
    assert got == expected
    assert client.api_version == pinned


def test_an_empty_variable_is_none(connect, server, monkeypatch):
    monkeypatch.setenv('DOCKER_API_VERSION', '')
    server.respond(MODERN, INFO)
    connect().info()
    assert server.request.path == '/v1.12/info'


@pytest.mark.parametrize('value', ['auto', '1', '1.41 ', 'v1.41'])
def test_a_variable_that_is_no_version(connect, monkeypatch, value):
    monkeypatch.setenv('DOCKER_API_VERSION', value)
    with pytest.raises(ValueError, match='DOCKER_API_VERSION'):
        connect()


def test_forty_threads_negotiate_once(connect, server):
    client, count = connect(pool_size=40), 40
    began, all_began = threading.Semaphore(0), threading.Event()
    results, errors = [], []

    def call():
        began.release()
        try:
            results.append(client.info())
        except Exception as error:
            errors.append(error)

    def late(peer):
        # The engine responds only when all threads have begun their calls.
        peer.read_request()
        assert all_began.wait(20)
        peer.send(MODERN)
        return True

    server.respond(late, *[INFO] * count)
    threads = [threading.Thread(target=call) for _ in range(count)]
    for thread in threads:
        thread.start()
    for _ in threads:
        began.acquire()
    all_began.set()
    for thread in threads:
        thread.join(20)
    assert errors == []
    assert results == [{'Containers': 0}] * count
    assert sorted(paths(server)) == ['/v1.12/info'] * count + ['/version']


def test_forty_threads_of_which_the_first_fails(connect, server):
    client = connect(pool_size=4)
    results = []

    def call():
        try:
            client.info()
            results.append('done')
        except docker.errors.ServerError:
            results.append('failed')

    server.respond(http(500, 'starting'), MODERN, *[INFO] * 39)
    threads = [threading.Thread(target=call) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(results) == ['done'] * 39 + ['failed']


@pytest.mark.parametrize('first, refusal, then, spoken', [
    (MODERN, TOO_OLD, NEWER, '1.40'), (NEWER, TOO_NEW, MODERN, '1.12')])
def test_the_version_is_negotiated_again_when_the_engine_was_replaced(
        connect, server, first, refusal, then, spoken):
    client = connect()
    server.respond(first, INFO, refusal, then, INFO, INFO)
    client.info()
    assert client.info() == {'Containers': 0}
    client.info()
    assert paths(server)[3:] == ['/version'] + ['/v{0}/info'.format(spoken)] * 2
    assert client.api_version == spoken


def test_a_body_is_sent_again_after_a_refusal(connect, server):
    client = connect()
    server.respond(MODERN, TOO_OLD, NEWER, as_json({'Id': 'a'}, 201))
    assert client.create_container('busybox', 'true', mem_limit=5) == {'Id': 'a'}
    refused, created = server.requests[1], server.requests[3]
    assert (refused.path, created.path) == ('/v1.12/containers/create', '/v1.40/containers/create')
    assert refused.json['Memory'] == 5 and 'HostConfig' not in refused.json
    assert created.json['HostConfig'] == {'Memory': 5} and 'Memory' not in created.json


def test_a_second_refusal_is_raised(connect, server):
    client = connect()
    server.respond(MODERN, TOO_OLD, NEWER, TOO_OLD)
    with pytest.raises(docker.errors.BadRequest, match='too old'):
        client.info()
    assert paths(server) == ['/version', '/v1.12/info', '/version', '/v1.40/info']


def test_a_refusal_of_a_stream_is_raised(connect, server):
    client = connect()
    server.respond(MODERN, TOO_OLD)

    class Chunks(object):
        left = [b'some', b'more']

        def read(self, size=-1):
            return self.left.pop(0) if self.left else b''

    with pytest.raises(docker.errors.BadRequest, match='too old'):
        client.import_image(Chunks())
    assert len(server.requests) == 2


def test_a_refusal_of_the_version_that_the_environment_pins_is_raised(connect, server, monkeypatch):
    monkeypatch.setenv('DOCKER_API_VERSION', '1.12')
    client = connect()
    server.respond(NEWER, TOO_OLD)
    with pytest.raises(docker.errors.BadRequest, match='too old'):
        client.info()
    assert len(server.requests) == 2


@pytest.mark.parametrize('status', [400, 404])
def test_other_errors_are_no_refusal(connect, server, status):
    client = connect()
    server.respond(MODERN, http(status, 'there is nothing old or new in this'))
    with pytest.raises(docker.APIError):
        client.info()
    assert len(server.requests) == 2


@pytest.mark.parametrize('path', ['/version', '/_ping', '/images/json?all=1', '/vinfo', '/v1/info',
                                  '/images/registry/v2.0/json'])
def test_requests_without_a_version_pass_through(connect, server, path):
    client = connect()
    server.respond(http(200, 'OK'))
    assert client.get(client.base_url + path).text == 'OK'
    assert paths(server) == [path]


@pytest.mark.parametrize('version, own', [
    ('1.6', '1.6'), ('1.6', '1.06'), ('1.06', '1.6'), ('auto', '1.6'), ('1.12', '1.12')])
def test_requests_in_the_version_of_the_client_are_translated(connect, server, version, own):
    client = connect(version=version)
    server.respond(NEWER, IMAGES)
    got = client.get(client.base_url + '/v{0}/images/json'.format(own), params={'filter': 'a'}).json()
    assert ('Repository' in got[0]) == (version in ('1.6', '1.06'))
    assert server.request.path == ('/v1.55' if version == 'auto' else '/v1.40') + '/images/json'
    assert 'filter' not in server.request.query


@pytest.mark.parametrize('version, other', [
    ('1.6', '1.12'), ('1.6', '1.60'), ('auto', '1.41'), ('1.41', '1.6')])
def test_requests_in_another_version_are_sent_as_they_are(connect, server, version, other):
    client = connect(version=version)
    target = '/v{0}/images/json?filter=a&all=1'.format(other)
    server.respond(IMAGES)
    response = client.get(client.base_url + target)
    assert response.content == IMAGES.partition(b'\r\n\r\n')[2]
    assert paths(server) == [target]
    assert client.api_version == (None if version in ('1.6', 'auto') else version)


@pytest.mark.parametrize('version', ['1.10', '1.22', '1.41'])
def test_api_version_is_at_first_the_version_that_was_chosen(connect, server, version):
    client = connect(version=version)
    assert client.api_version == version and server.connections == 0


def test_a_refusal_of_another_version_is_returned_as_it_is(connect, server):
    client = connect()
    server.respond(MODERN, INFO, TOO_NEW)
    client.info()
    response = client.post(client.base_url + '/v1.55/containers/web/exec', json={'Cmd': ['ls']})
    assert response.status_code == 400 and 'too new' in response.json()['message']
    assert server.request.json == {'Cmd': ['ls']}
    assert len(server.requests) == 3


@pytest.mark.parametrize('prefix', ['', '/v1.41'])
def test_the_original_id_of_a_recreated_container_is_translated_in_any_path(connect, server, prefix):
    client = connect()
    old, new = 'a' * 64, 'b' * 64
    client.get_adapter(client.base_url)._recreated.remember(old, new)
    server.respond(*[http(204)] * 4)
    for container in (old, old[:12], new, 'web'):
        client.post(client.base_url + prefix + '/containers/' + container + '/pause?a=b', json={'c': 1})
    assert paths(server) == [prefix + '/containers/' + container + '/pause?a=b'
                             for container in (new, new, new, 'web')]
    assert server.requests[0].json == {'c': 1}


def test_a_path_may_hold_what_looks_like_a_version(connect, server):
    client = connect()
    server.respond(NEWER, as_json({'Id': 'x', 'Config': {}}))
    client.inspect_image('localhost:5000/v1.2/a')
    assert server.request.target == '/v1.40/images/localhost:5000/v1.2/a/json'


def test_the_request_that_negotiates_has_the_headers_of_the_session(connect, server):
    client = connect()
    client.headers['X-Key'] = 'secret'
    server.respond(MODERN, as_json({'Id': 'a'}, 201))
    client.create_container('busybox', 'true')
    request = server.requests[0]
    assert request.headers['x-key'] == 'secret'
    assert request.method == 'GET' and request.body == b''
    assert not {'content-type', 'content-length', 'transfer-encoding'} & set(request.headers)


def test_a_client_that_was_pickled_negotiates_anew(connect, server):
    client = connect(version='1.41')
    server.respond(NEWER, INFO, MODERN, INFO)
    client.info()
    copy = pickle.loads(pickle.dumps(client))
    copy.info()
    assert copy.api_version == '1.41' and client.api_version == '1.41'
    assert paths(server) == ['/version', '/v1.41/info'] * 2
    copy.close()


def test_a_pinned_version_is_pickled(connect, server, monkeypatch):
    monkeypatch.setenv('DOCKER_API_VERSION', '1.44')
    client = connect()
    monkeypatch.delenv('DOCKER_API_VERSION')
    copy = pickle.loads(pickle.dumps(client))
    server.respond(NEWER, IMAGES)
    assert copy.images()[0]['Repository'] == 'a'
    assert server.request.path == '/v1.44/images/json'
    copy.close()


def test_a_get_in_place_of_a_post_has_no_length(connect, server):
    client = connect()
    about = as_json({'Id': 'a', 'State': {'Running': False}, 'Config': {'Tty': True}})
    server.respond(NEWER, about, http(200, 'out'))
    client.get_adapter(client.base_url)
    response = client.post(client.base_url + '/v1.6/containers/a/attach?logs=1&stdout=1')
    response.close()
    assert (server.request.method, server.request.path) == ('GET', '/v1.40/containers/a/logs')
    assert 'content-length' not in server.request.headers


@pytest.mark.parametrize('timeout, limit', [
    (5, 5), (None, None), ((5, None), (5, 5)), ((5, 7), (5, 7)), ((None, None), (None, None))])
def test_the_request_that_negotiates_has_a_timeout(timeout, limit):
    assert _bounded(timeout) == limit
