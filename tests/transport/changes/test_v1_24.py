"""Remote API 1.24: tag has no force, and start takes no host config (see test_recreate.py)."""

import json

import pytest

from tests.server import as_json, http
from tests.transport.changes import DOCKER, ENGINES, assert_kept, bare


@pytest.mark.parametrize('version', ['1.6', None])
@pytest.mark.parametrize('force', [False, True])
@pytest.mark.parametrize('name', ENGINES)
def test_tag_has_no_force(recorded, name, force, version):
    engine = recorded(name, version)
    engine.respond('tag')
    assert engine.client.tag('busybox', 'other/name', 'v1', force=force) is True
    assert engine.requests_made == [
        ('POST', '/images/busybox/tag', {'repo': 'other/name', 'tag': 'v1'}, None)]


@pytest.mark.parametrize('name', ENGINES)
def test_a_start_without_anything_has_no_body(recorded, name):
    engine = recorded(name)
    engine.respond(b'HTTP/1.1 204 No Content\r\n\r\n')
    engine.client.start('web')
    assert engine.requests_made == [('POST', '/containers/web/start', {}, None)]


@pytest.mark.parametrize('name', ENGINES)
def test_containers_are_unchanged(recorded, name):
    engine = recorded(name)
    engine.respond('containers-all')
    assert_kept(engine.recorded_json('containers-all'), engine.client.containers(all=True))


@pytest.mark.parametrize('name', ENGINES)
def test_a_commit_names_its_container(recorded, name):
    engine = recorded(name)
    engine.respond('commit')
    assert engine.client.commit('rec1', 'committed', 't1')['Id'] == bare(engine.recorded_json('commit')['Id'])
    method, path, query, _ = engine.requests_made[0]
    assert (method, path) == ('POST', '/commit')
    assert query == {'container': 'rec1', 'repo': 'committed', 'tag': 't1'}


@pytest.mark.parametrize('name', ENGINES)
def test_events_that_have_a_status_are_unchanged(recorded, name):
    engine = recorded(name, None)
    engine.events()
    got = [json.loads(event) for event in engine.client.events(since=1)]
    assert got
    assert_kept(engine.recorded_events(), got)


OLD, NEW, OTHER = 'a' * 64, 'b' * 64, 'c' * 64


def recreated_in(engine):
    """Let the Client of a recorded engine have recreated a container."""
    client = engine.client
    client.get_adapter(client.base_url)._recreated.remember(OLD, NEW)
    return client


@pytest.mark.parametrize('container, sent', [(OLD, NEW), (OLD[:12], NEW), ('web', 'web'), (OTHER, OTHER)])
@pytest.mark.parametrize('name', DOCKER)
def test_a_recreated_container_is_connected_by_its_id(recorded, name, container, sent):
    engine = recorded(name)
    client = recreated_in(engine)
    engine.respond(http(200), http(200))
    client.connect_container_to_network(container, 'front', aliases=['www'])
    client.disconnect_container_from_network({'Id': container}, 'front')
    assert engine.requests_made == [
        ('POST', '/networks/front/connect', {}, {'Container': sent, 'EndpointConfig': {'Aliases': ['www']}}),
        ('POST', '/networks/front/disconnect', {}, {'Container': sent})]


@pytest.mark.parametrize('version', ['1.6', None])
@pytest.mark.parametrize('name', DOCKER)
def test_networks_have_the_id_that_the_caller_holds(recorded, name, version):
    engine = recorded(name, version)
    network = {'Name': 'front', 'Id': 'f' * 64, 'Containers': {NEW: {'Name': 'web'}, OTHER: {'Name': 'db'}}}
    empty = {'Name': 'back', 'Id': 'e' * 64}
    translated = dict(network, Containers={OLD: {'Name': 'web'}, OTHER: {'Name': 'db'}})
    client = recreated_in(engine)
    engine.respond(as_json([network, empty]), as_json(network), as_json(empty))
    assert client.networks() == [translated, empty]
    assert client.inspect_network('front') == translated
    assert client.inspect_network('back') == empty
