"""Remote API 1.24: tag has no force, and start takes no host config (see test_recreate.py)."""

import json

import pytest

from tests.transport.changes import ENGINES, assert_kept, bare


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
