"""Remote API 1.11: logs have an endpoint of their own."""

import pytest

from tests.server import HIJACKED, as_json, frame
from tests.transport.changes import DOCKER, ENGINES

PATH = '/containers/rec1/'


@pytest.mark.parametrize('version', ['1.6', None])
@pytest.mark.parametrize('name', ENGINES)
def test_logs_are_read_from_their_endpoint(recorded, name, version):
    engine = recorded(name, version)
    engine.respond('inspect-exited', 'logs')
    assert sorted(engine.client.logs('rec1').decode('utf-8').splitlines()) == [
        u'err', u'h\xe9llo', u'out']
    assert engine.requests_made == [
        ('GET', PATH + 'json', {}, None),
        ('GET', PATH + 'logs', {'follow': '0', 'stdout': '1', 'stderr': '1'}, None)]


@pytest.mark.parametrize('name', DOCKER)
def test_logs_of_a_container_that_runs_are_followed(recorded, name):
    engine = recorded(name)
    running = engine.recorded_json('inspect-created')
    running['State'].update(Running=True)
    engine.respond(as_json(running), 'logs')
    with engine.client.logs('rec1', stderr=False, stream=True) as output:
        assert b''.join(output)
    assert engine.requests_made[1] == (
        'GET', PATH + 'logs', {'follow': '1', 'stdout': '1', 'stderr': '0'}, None)


@pytest.mark.parametrize('name', DOCKER)
def test_an_attach_without_logs_stays_an_attach(recorded, name):
    engine = recorded(name)
    engine.respond('inspect-created', 'logs')
    with engine.client.attach('rec1', stream=True) as output:
        list(output)
    method, path, query, _ = engine.requests_made[1]
    assert (method, path) == ('POST', PATH + 'attach')
    assert query == {'logs': '0', 'stream': '1', 'stdout': '1', 'stderr': '1'}


@pytest.mark.parametrize('version', ['1.6', None])
@pytest.mark.parametrize('name', ENGINES)
def test_a_container_that_never_ran_is_attached_to(recorded, name, version):
    engine = recorded(name, version)
    engine.respond('inspect-created', HIJACKED + frame(1, b'out'), 'inspect-created')
    with engine.client.logs('rec1', stream=True) as output:
        assert list(output) == [b'out']
    assert [request[:2] for request in engine.requests_made] == [
        ('GET', PATH + 'json'), ('POST', PATH + 'attach'), ('GET', PATH + 'json')]
    assert engine.requests_made[1][2]['stream'] == '1'
