"""Remote API 1.15: create takes a HostConfig; engines before take it at the start."""

import pytest

import docker
from tests.server import as_json, http
from tests.wire import request_parts

CREATED = as_json({'Id': 'a' * 64, 'Warnings': None}, 201)
NEVER_RAN = as_json({'Id': 'a' * 64, 'State': {'Running': False}})
RUNS = as_json({'Id': 'a' * 64, 'State': {'Running': True}})
STARTED = http(204)
HOST = {'Binds': ['/srv:/www'], 'Privileged': True}


@pytest.fixture
def old(server):
    """A Client of an engine whose newest version is 1.14."""
    client = docker.Client(server.url, timeout=10)
    server.respond(as_json({'Version': '1.2.0', 'ApiVersion': '1.14'}), as_json({}))
    yield client
    client.close()


def calls(server):
    """Return the requests that are not for the version."""
    return [request_parts(request) for request in server.requests if not request.path.endswith('/version')]


def test_a_host_config_given_at_create_is_sent_at_the_start(old, server):
    server.respond(CREATED, NEVER_RAN, STARTED)
    container = old.create_container('busybox', 'true', name='web', host_config=HOST)
    old.start(container)
    create, inspect, start = calls(server)
    assert create[:3] == ('POST', '/v1.6/containers/create', {'name': 'web'})
    assert 'HostConfig' not in create[3] and create[3]['Image'] == 'busybox'
    assert inspect[:2] == ('GET', '/v1.6/containers/{0}/json'.format('a' * 64))
    assert start == ('POST', '/v1.6/containers/{0}/start'.format('a' * 64), {}, HOST)


@pytest.mark.parametrize('identifier', ['web', 'a' * 12, 'a' * 64])
def test_the_container_may_be_given_by_any_of_its_names(old, server, identifier):
    server.respond(CREATED, NEVER_RAN, STARTED)
    old.create_container('busybox', 'true', name='web', host_config=HOST)
    old.start(identifier)
    assert calls(server)[-1][3] == HOST


def test_arguments_of_start_take_precedence(old, server):
    server.respond(CREATED, NEVER_RAN, STARTED)
    container = old.create_container('busybox', 'true', host_config=HOST)
    old.start(container, binds=['/other:/www'])
    assert calls(server)[-1][3] == {'Binds': ['/other:/www'], 'Privileged': True}


def test_another_container_is_started_without_a_host_config(old, server):
    server.respond(CREATED, NEVER_RAN, STARTED)
    old.create_container('busybox', 'true', name='web', host_config=HOST)
    old.start('b' * 64)
    assert calls(server)[-1][3] == {}


def test_a_create_that_fails_keeps_nothing(old, server):
    server.respond(http(500, 'out of space'), NEVER_RAN, STARTED)
    with pytest.raises(docker.errors.ServerError):
        old.create_container('busybox', 'true', name='web', host_config=HOST)
    old.start('web')
    assert calls(server)[-1][3] == {}


def test_a_container_that_runs_is_left_as_it_is(old, server):
    server.respond(RUNS)
    assert old.start('web') is None
    assert [request[:2] for request in calls(server)] == [('GET', '/v1.6/containers/web/json')]


def test_a_container_that_is_not_there(old, server):
    server.respond(http(404, 'No such container: web'), http(404, 'No such container: web'))
    with pytest.raises(docker.errors.NotFound):
        old.start('web', binds=['/srv:/www'])


def test_create_of_a_newer_engine_takes_a_host_config(server):
    client = docker.Client(server.url, timeout=10)
    server.respond(as_json({'ApiVersion': '1.17', 'MinAPIVersion': '1.6'}), CREATED)
    client.create_container('busybox', 'true', host_config=HOST)
    assert calls(server)[0][3]['HostConfig'] == HOST
    client.close()


# An entrypoint without words

IMAGE = {'Entrypoint': ['echo'], 'Cmd': None}


@pytest.mark.parametrize('key', ['config', 'Config'])
@pytest.mark.parametrize('image, command, sent', [
    (IMAGE, 'cat /a', (['cat'], ['/a'])),
    (IMAGE, 'true', (['true'], [])),
    (dict(IMAGE, Cmd=['ls', '-l']), None, (['ls'], ['-l'])),
    (dict(IMAGE, Cmd=['ls']), 'cat /a', (['cat'], ['/a'])),
    ({'Entrypoint': None, 'Cmd': ['ls']}, 'true', ([], ['true'])),
    ({'Entrypoint': [], 'Cmd': ['ls']}, None, ([], None)),
])
def test_the_command_takes_the_place_of_the_entrypoint(old, server, key, image, command, sent):
    server.respond(as_json({'id': 'a', key: image}), CREATED)
    old.create_container('me/web:1', command, entrypoint=[])
    inspect, create = calls(server)
    assert inspect[:2] == ('GET', '/v1.6/images/me/web:1/json')
    assert (create[3]['Entrypoint'], create[3].get('Cmd')) == sent


@pytest.mark.parametrize('image, command', [
    (IMAGE, None), (dict(IMAGE, Cmd=['ls']), 'true'), (dict(IMAGE, Cmd=['ls']), None)])
def test_an_entrypoint_that_cannot_be_taken_away(old, server, image, command):
    server.respond(as_json({'id': 'a', 'config': image}))
    with pytest.raises(docker.errors.NotSupported, match='entrypoint'):
        old.create_container('web', command, entrypoint='')
    assert [call[0] for call in calls(server)] == ['GET']


def test_no_such_image_to_take_the_entrypoint_from(old, server):
    server.respond(http(404, 'No such image: web\n'))
    with pytest.raises(docker.errors.ImageNotFound):
        old.create_container('web', entrypoint=[])


def test_another_entrypoint_is_sent_as_it_is(old, server):
    server.respond(CREATED, CREATED)
    old.create_container('web', 'true', entrypoint='echo')
    old.create_container('web', 'true')
    assert [call[3].get('Entrypoint') for call in calls(server)] == [['echo'], None]
