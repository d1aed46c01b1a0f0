"""docker.transport.negotiate: the versions that engines serve, by recorded, other and invalid responses."""

import re

import pytest
import requests

import docker
from docker.transport import negotiate
from docker.transport.negotiate import Engine
from tests.server import Server, as_json, http
from tests.wire import recording

TOO_OLD = http(400, 'client version 1.6 is too old. Minimum supported API version is 1.12, please '
                    'upgrade your client to a newer version')
MODERN = {'ApiVersion': '1.41', 'MinAPIVersion': '1.12'}


def identify(server, wanted=(1, 6)):
    with requests.Session() as session:
        adapter = docker.Client(server.url, timeout=10).get_adapter('http+docker://localhost').inner
        session.mount('http+docker://', adapter)
        return negotiate.identify(lambda path: session.get('http+docker://localhost' + path), wanted)


def paths(server):
    return [request.target for request in server.requests]


@pytest.mark.parametrize('name, engine', [
    ('docker-0.6.5_v1.6', Engine(None, (1, 6), False)),
    ('docker-20.10_v1.41', Engine((1, 12), (1, 41), False)),
    ('docker-29.7_v1.40', Engine((1, 40), (1, 55), False)),
    ('podman-4.3_v1.41', Engine((1, 24), (1, 41), True))])
def test_engines_that_name_their_versions(server, name, engine):
    server.respond(recording(name, 'version-unprefixed'))
    assert identify(server) == engine
    assert paths(server) == ['/version']


@pytest.mark.parametrize('refusal, oldest', [
    (TOO_OLD, (1, 12)),
    (as_json({'message': 'client version 1.6 is too old. Minimum supported API version is 1.24, '
                         'please upgrade your client to a newer version'}, 400), (1, 24)),
    (http(400, 'client is too old, minimum supported API version is 1.12, please upgrade your '
               'client to a newer version'), (1, 12)),
    (as_json(MODERN), (1, 6)),
    (http(404, 'page not found'), (1, 6))])
def test_an_engine_that_names_its_oldest_version_in_a_refusal(server, refusal, oldest):
    server.respond(as_json({'ApiVersion': '1.22'}), refusal)
    assert identify(server) == Engine(oldest, (1, 22), False)
    assert paths(server) == ['/version', '/v1.6/version']


@pytest.mark.parametrize('name', ['20.10_v1.41', '29.7_v1.40'])
def test_real_refusals_are_understood(server, name):
    server.respond(as_json({'ApiVersion': '1.55'}), recording('docker-' + name, 'too-old'))
    assert identify(server).oldest == {'20.10_v1.41': (1, 12), '29.7_v1.40': (1, 40)}[name]


@pytest.mark.parametrize('wanted', [None, (1, 22), (1, 30)])
def test_the_oldest_version_is_not_requested_when_it_does_not_matter(server, wanted):
    server.respond(as_json({'ApiVersion': '1.22'}))
    assert identify(server, wanted) == Engine(None, (1, 22), False)
    assert paths(server) == ['/version']


@pytest.mark.parametrize('response', [
    http(200, 'hello'), http(200, '[1, 2]', 'application/json'),
    http(200, 'null', 'application/json'), http(200, b'\xff\xfe'), http(200, ''), http(200, '[' * 20000),
    as_json({}), as_json({'Version': '1.0'}), as_json({'Version': 5}), as_json({'ApiVersion': None}),
    as_json({'ApiVersion': '', 'Components': None}), as_json({'ApiVersion': 'new'}),
    as_json({'ApiVersion': 1.41, 'MinAPIVersion': 1}), as_json({'ApiVersion': ['1.41']}),
    as_json({'Components': ['Engine', None]}), as_json({'Components': 5}),
    as_json({'Components': {'Name': 'Podman Engine'}}), as_json({'Components': 'Podman Engine'})])
def test_an_invalid_response_leaves_the_versions_unknown(server, response):
    server.respond(response)
    assert identify(server) == Engine(None, None, False)


@pytest.mark.parametrize('version, newest', [
    ('0.6.5', (1, 6)), ('0.7.2', (1, 7)), ('0.8.1-dev', (1, 9)), ('0.10.0', (1, 10)), ('0.11.1', (1, 11))])
def test_the_version_of_an_old_engine_shows_the_newest_that_it_serves(server, version, newest):
    server.respond(as_json({'Version': version}))
    assert identify(server, None) == Engine(None, newest, False)


@pytest.mark.parametrize('status', [500])
def test_an_engine_that_fails_is_an_error(server, status):
    server.respond(http(status, 'no space left on device'))
    with pytest.raises(docker.errors.ServerError) as caught:
        identify(server)
    assert caught.value.explanation == 'no space left on device'


@pytest.mark.parametrize('response', [
    http(200, '{"ApiVersion": "4.9", "Components": [{"Name": "Podman Engine"}]}'),
    http(200, '{"ApiVersion": "4.9"}', 'application/json', 'Server: Libpod/5.0 (linux)')])
def test_podman_is_recognized_by_its_component_or_its_server(server, response):
    server.respond(response)
    assert identify(server, None).podman is True


def test_the_newest_version_is_in_a_header_too(server):
    server.respond(as_json({'Version': 'x'}, 200, 'Api-Version: 1.55'),
                   recording('docker-29.7_v1.40', 'too-old'))
    assert identify(server) == Engine((1, 40), (1, 55), False)


class HidingProxy(Server):
    """An engine behind a proxy that serves only some paths.

    :param shown: how the paths begin that are served; others get a 403, or `status`.
    :param oldest: the oldest version that the engine serves.
    :param newest: the newest.
    :param headers: whether its responses name that.
    """

    def __init__(self, shown, oldest, newest, headers=(), status=403):
        super(HidingProxy, self).__init__()
        self.shown, self.status = shown, status
        self.oldest, self.newest = oldest, newest
        self.headers = list(headers)

    def _serve_one(self, peer):
        request = peer.read_request()
        if request is None:
            return False
        version, path = re.match(r'(?:/v([0-9.]+))?(/.*)$', request.path).groups()
        peer.send(self.response(negotiate.parse_version(version), path))
        return True

    def response(self, version, path):
        if not path.startswith(self.shown):
            return http(self.status, '<html><body>Request forbidden', 'text/html')
        if version and version < self.oldest:
            return as_json({'message': 'client version {0}.{1} is too old. Minimum supported API version is '
                            '{2}.{3}, please upgrade'.format(*version + self.oldest)}, 400, *self.headers)
        if version and version > self.newest:
            return as_json({'message': 'client version {0}.{1} is too new. Maximum supported API version is '
                            '{2}.{3}'.format(*version + self.newest)}, 400, *self.headers)
        if path == '/_ping':
            return http(200, 'OK', 'text/plain', *self.headers)
        return as_json([] if path.endswith('/json') else {'Containers': 1}, 200, *self.headers)


@pytest.fixture
def hiding():
    """A function that starts a HidingProxy, and one Client of it for each version."""
    started = []

    def start(*args, **kwargs):
        started.append(HidingProxy(*args, **kwargs))
        return started[-1]
    yield start
    for proxy in started:
        proxy.close()


def spoken(proxy, version, call=lambda client: client.containers()):
    """Return the version that a Client speaks in a call, and that of its next one."""
    with docker.Client(proxy.url, version=version, timeout=10) as client:
        call(client)
        return client.api_version, client.api_version


API_VERSION = ('Api-Version: 1.55',)


@pytest.mark.parametrize('status', [401, 403, 404])
@pytest.mark.parametrize('headers', [(), API_VERSION])
@pytest.mark.parametrize('shown', [
    ('/_ping', '/containers'), ('/containers',), ('/containers', '/images', '/info')])
@pytest.mark.parametrize('version, expected', [
    ('1.6', '1.24'), ('1.24', '1.24'), ('1.41', '1.41'), ('1.55', '1.55'), ('1.60', '1.55')])
def test_versions_that_a_proxy_hides(hiding, status, headers, shown, version, expected):
    proxy = hiding(shown, (1, 24), (1, 55), headers, status)
    assert spoken(proxy, version) == (expected, expected)


@pytest.mark.parametrize('headers, expected', [((), '1.24'), (API_VERSION, '1.55')])
@pytest.mark.parametrize('shown', [('/_ping', '/images'), ('/images',)])
def test_the_newest_version_that_a_proxy_hides(hiding, headers, shown, expected):
    """Without the header only the oldest is known, by its refusal."""
    proxy = hiding(shown, (1, 24), (1, 55), headers)
    assert spoken(proxy, 'auto', lambda client: client.images())[0] == expected


def test_an_engine_with_a_hidden_version_that_serves_what_is_wanted(hiding):
    proxy = hiding(('/_ping', '/containers'), (1, 5), (1, 18))
    assert spoken(proxy, '1.6') == ('1.6', '1.6')


@pytest.mark.parametrize('headers', [(), API_VERSION])
def test_the_refusal_of_a_call_where_a_proxy_hides_all_else(hiding, headers):
    proxy = hiding(('/images/busybox/tag',), (1, 24), (1, 55), headers)
    assert spoken(proxy, '1.6', lambda client: client.tag('busybox', 'a'))[0] == '1.24'
    assert [request.path for request in proxy.requests if request.path.endswith('/tag')] == [
        '/v1.6/images/busybox/tag', '/v1.24/images/busybox/tag']


def test_a_refused_stream_is_not_repeated_but_its_refusal_is_remembered(hiding):
    proxy = hiding(('/build',), (1, 24), (1, 55))
    with docker.Client(proxy.url, timeout=10) as client:
        for status in (400, 200):
            response = client.post(client.base_url + '/v1.6/build', data=iter([b'tar']))
            assert response.status_code == status
    assert [request.path for request in proxy.requests if request.path.endswith('/build')] == [
        '/v1.6/build', '/v1.24/build']


def test_podman_behind_a_proxy(hiding):
    proxy = hiding(('/containers',), (1, 0), (9, 9), ('Api-Version: 1.41', 'Server: Libpod/4.3.1 (linux)'))
    assert spoken(proxy, '1.6')[0] == '1.41'


def test_a_ping_that_fails_is_an_error(server):
    server.respond(http(403), http(500, 'no space left on device'))
    with pytest.raises(docker.errors.ServerError, match='no space left'):
        identify(server)


def test_a_proxy_that_hides_everything(hiding):
    proxy = hiding(('/nothing',), (1, 24), (1, 55))
    with docker.Client(proxy.url, timeout=10) as client:
        with pytest.raises(docker.errors.Unauthorized):
            client.containers()


@pytest.mark.parametrize('version, spoken', [
    ((1, 6), (1, 24)), ((1, 30), (1, 30)), (None, (1, 24))])
def test_the_oldest_version_counts_when_the_newest_is_unknown(version, spoken):
    assert Engine((1, 24), None, False).nearest(version) == spoken


@pytest.mark.parametrize('version, spoken', [
    ((1, 6), (1, 12)), ((1, 11), (1, 12)), ((1, 12), (1, 12)), ((1, 30), (1, 30)),
    ((1, 41), (1, 41)), ((1, 42), (1, 41)), ((1, 100), (1, 41)),
    (None, (1, 41)), ((2, 0), (1, 41))])
def test_the_nearest_version_is_spoken(version, spoken):
    assert Engine((1, 12), (1, 41), False).nearest(version) == spoken


@pytest.mark.parametrize('version, spoken', [
    ((1, 6), (1, 6)), ((1, 30), (1, 30)), (None, (1, 6))])
def test_the_wanted_version_is_spoken_when_the_engine_names_none(version, spoken):
    assert Engine(None, None, False).nearest(version) == spoken


@pytest.mark.parametrize('version', [None, (1, 6), (1, 24), (1, 50)])
def test_podman_is_spoken_to_in_its_newest(version):
    assert Engine((1, 24), (1, 41), True).nearest(version) == (1, 41)


@pytest.mark.parametrize('text, version', [
    ('1.6', (1, 6)), ('1.41', (1, 41)), (u'1.100', (1, 100)), ('', None), (None, None), ('1', None),
    ('1.6.1', None), ('v1.6', None), ('1.6-dev', None), ('auto', None)])
def test_a_version_is_two_numbers(text, version):
    assert negotiate.parse_version(text) == version


class Response(object):
    def __init__(self, status, text):
        self.status_code, self.text = status, text


@pytest.mark.parametrize('status, text, refuses', [
    (400, 'client version 1.6 is too old. Minimum supported API version is 1.12', True),
    (400, '{"message":"client version 9.99 is too new. Maximum supported API version is 1.41"}',
     True),
    (404, "client and server don't have same version (client : 1.20, server: 1.18)", True),
    (400, 'client is newer than server (client API version: 1.24, server API version: 1.22)', True),
    (400, 'client is too old, minimum supported API version is 1.12, please upgrade', True),
    (400, '{"message":"invalid mount"}', False), (404, 'No such container: web', False),
    (500, 'client version 1.6 is too old', False), (200, 'client version 1.6 is too old', False)])
def test_a_refusal_is_recognized_by_its_text(status, text, refuses):
    assert negotiate.is_refusal(Response(status, text)) is refuses
