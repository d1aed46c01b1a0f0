"""docker.transport.negotiate: the versions that engines serve, by recorded, other and invalid responses."""

import pytest
import requests

import docker
from docker.transport import negotiate
from docker.transport.negotiate import Engine
from tests.server import as_json, http
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
    ('docker-0.6.5_v1.6', Engine(None, None, False)),
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
    http(404, 'page not found'), http(200, 'hello'), http(200, '[1, 2]', 'application/json'),
    http(200, 'null', 'application/json'), http(200, b'\xff\xfe'), http(200, ''), http(403, '{}'),
    as_json({}), as_json({'Version': '0.6.5'}), as_json({'ApiVersion': None}),
    as_json({'ApiVersion': '', 'Components': None}), as_json({'ApiVersion': 'new'}),
    as_json({'ApiVersion': 1.41, 'MinAPIVersion': 1}), as_json({'ApiVersion': ['1.41']}),
    as_json({'Components': ['Engine', None]}), as_json({'Components': 5})])
def test_an_invalid_response_leaves_the_versions_unknown(server, response):
    server.respond(response)
    assert identify(server) == Engine(None, None, False)


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
