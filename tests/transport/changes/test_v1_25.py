"""Remote API 1.25: since and before are filters."""

import json

import pytest

import docker
from tests.server import as_json
from tests.transport.changes import ENGINES, assert_kept
from tests.wire import sent

IDS = {'since': 'a' * 64, 'before': 'b' * 12}


@pytest.mark.parametrize('version', ['1.6', None])
@pytest.mark.parametrize('keys', [['since'], ['before'], ['since', 'before']])
@pytest.mark.parametrize('name', ENGINES)
def test_since_and_before_are_filters(recorded, name, keys, version):
    engine = recorded(name, version)
    engine.answers('containers-since')
    got = engine.client.containers(**{key: IDS[key] for key in keys})
    (method, path, query, _), = engine.asked
    assert (method, path) == ('GET', '/containers/json')
    assert not set(keys) & set(query)
    assert json.loads(query['filters']) == {key: [IDS[key]] for key in keys}
    assert query['all'] == '1'
    assert_kept(engine.told('containers-since'), got)


@pytest.mark.parametrize('name', ENGINES)
def test_a_plain_list_has_no_filters(recorded, name):
    engine = recorded(name)
    engine.answers('containers-all')
    engine.client.containers()
    (_, _, query, _), = engine.asked
    assert 'filters' not in query and query['all'] == '0'


@pytest.mark.parametrize('newest, filtered', [('1.41', True), ('1.25', True), ('1.24', False)])
def test_it_goes_by_the_engine_and_not_by_what_is_spoken(server, monkeypatch, newest, filtered):
    monkeypatch.setenv('DOCKER_API_VERSION', '1.12')
    client = docker.Client(server.url, timeout=10)
    server.answer(as_json({'ApiVersion': newest, 'MinAPIVersion': '1.12'}), as_json([]))
    client.containers(since='web')
    client.close()
    query = sent(server.request)[2]
    assert ('filters' in query, 'since' in query) == (filtered, not filtered)
