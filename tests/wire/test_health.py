"""wait with the condition healthy: what is inspected, the events between, and what it raises."""

import json

import pytest

import docker
from docker import errors
from tests.server import as_json, chunk, chunked
from tests.wire import negotiated, raised

CHECKED = {'Image': 'busybox', 'Healthcheck': {'Test': ['CMD', 'true']}}
FAILED = {'Status': 'unhealthy', 'FailingStreak': 2, 'Log': [
    {'ExitCode': 0, 'Output': ''}, {'ExitCode': 3, 'Output': u'caf\xe9\n'}]}


def health(status, **state):
    state = dict({'Running': True, 'StartedAt': '2026-01-01T10:00:00Z', 'ExitCode': 0}, **state)
    state['Health'] = status if isinstance(status, dict) else {'Status': status}
    return as_json({'Id': 'a' * 64, 'State': state, 'Config': CHECKED})


STARTING, HEALTHY = health('starting'), health('healthy')


def events(*statuses):
    """A response to events, which goes on after them until the client closes it."""
    def respond(peer):
        peer.read_request()
        peer.send(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n' + b''.join(
            chunk(as_bytes({'status': status, 'id': 'a' * 64})) for status in statuses))
        peer.wait_closed()
        return False
    return respond


def as_bytes(value):
    return json.dumps(value).encode('ascii')


@pytest.fixture
def checked(server, monkeypatch):
    """A Client of an engine with health checks; it inspects only when an event comes."""
    monkeypatch.setattr('docker.api.lifecycle._INSPECT_SECONDS', 60)
    client = negotiated(docker.Client(server.url, timeout=10), server, '1.41')
    yield client
    client.close()


def asked(server):
    return [request.path.partition('/v')[2].partition('/')[2] for request in server.requests]


INSPECT = 'containers/abc/json'


def test_a_container_that_is_healthy(checked, server):
    server.respond(HEALTHY)
    assert checked.wait('abc', condition='healthy') is None
    assert asked(server) == [INSPECT]


def test_a_container_that_becomes_healthy_before_the_events_begin(checked, server):
    server.respond(STARTING, events(), HEALTHY)
    assert checked.wait({'Id': 'abc'}, condition='healthy') is None
    assert asked(server) == [INSPECT, 'events', INSPECT]
    assert json.loads(server.requests[1].query['filters']) == {'container': ['abc']}


def test_a_container_that_becomes_healthy_with_an_event(checked, server):
    happened = events('exec_create: true', 'exec_die', 'health_status: healthy')
    server.respond(STARTING, happened, STARTING, HEALTHY)
    assert checked.wait('abc', 60, 'healthy') is None
    assert asked(server) == [INSPECT, 'events', INSPECT, INSPECT]


def test_another_event_changes_nothing(checked, server):
    server.respond(STARTING, events('top'), STARTING, STARTING, events('health_status: healthy'), HEALTHY)
    assert checked.wait('abc', condition='healthy') is None
    assert asked(server) == [INSPECT, 'events', INSPECT, INSPECT, 'events', INSPECT]


def test_without_events_it_is_inspected_from_time_to_time(checked, server, monkeypatch):
    monkeypatch.setattr('docker.api.lifecycle._INSPECT_SECONDS', 0.05)
    server.respond(STARTING, events(), STARTING, HEALTHY)
    assert checked.wait('abc', condition='healthy') is None
    assert asked(server) == [INSPECT, 'events', INSPECT, INSPECT]


def test_events_that_begin_with_the_first_one(checked, server, monkeypatch):
    monkeypatch.setattr('docker.api.lifecycle._INSPECT_SECONDS', 0.05)

    def silent(peer):
        peer.read_request()
        peer.wait_closed()
        return False

    server.respond(STARTING, silent, HEALTHY)
    assert checked.wait('abc', condition='healthy') is None
    assert asked(server) == [INSPECT, 'events', INSPECT]


def test_events_that_end(checked, server, monkeypatch):
    monkeypatch.setattr('docker.api.lifecycle._INSPECT_SECONDS', 0.05)
    server.respond(STARTING, chunked([]), STARTING, HEALTHY)
    assert checked.wait('abc', condition='healthy') is None
    assert asked(server) == [INSPECT, 'events', INSPECT, INSPECT]


def test_a_container_that_does_not_become_healthy_in_time(checked, server):
    server.respond(STARTING, events(), STARTING, STARTING)
    error = raised(errors.ReadTimedOut, lambda: checked.wait('abc', 0.2, 'healthy'))
    assert str(error) == 'container abc did not become healthy within 0.2 seconds'


def test_a_deadline_with_many_events(checked, server):
    server.respond(STARTING, events(*['exec_start: true'] * 1000), *[STARTING] * 3)
    raised(errors.ReadTimedOut, lambda: checked.wait('abc', 0.2, 'healthy'))


def test_no_time_at_all(checked, server):
    server.respond(STARTING)
    raised(errors.ReadTimedOut, lambda: checked.wait('abc', 0, 'healthy'))


@pytest.mark.parametrize('responses', [[health(FAILED)], [STARTING, events('health_status: unhealthy'),
                                                          STARTING, health(FAILED)]])
def test_an_unhealthy_container(checked, server, responses):
    server.respond(*responses)
    error = raised(errors.ContainerError, lambda: checked.wait('abc', condition='healthy'))
    assert str(error) == 'container abc is unhealthy: its check ended with exit code 3'
    assert (error.container, error.image, error.exit_code, error.output) == (
        'a' * 64, 'busybox', None, u'caf\xe9\n'.encode('utf-8'))


def test_an_unhealthy_container_without_a_log(checked, server):
    server.respond(health({'Status': 'unhealthy', 'Log': None}))
    assert 'unhealthy' in str(raised(
        errors.ContainerError, lambda: checked.wait('abc', condition='healthy')))


def test_a_container_that_ends(checked, server):
    server.respond(STARTING, events('die'), STARTING, health('unhealthy', Running=False, ExitCode=7))
    error = raised(errors.ContainerError, lambda: checked.wait('abc', condition='healthy'))
    assert str(error) == 'container abc ended with exit code 7 before it was healthy'
    assert error.exit_code == 7


def test_a_container_without_a_health_check(checked, server):
    server.respond(as_json({'State': {'Running': True}, 'Config': {}}))
    error = raised(errors.Conflict, lambda: checked.wait('abc', condition='healthy'))
    assert 'abc has no health check' in str(error) and 'healthcheck' in str(error)


def test_an_engine_without_health_checks(client, server):
    server.respond(as_json({'State': {'Running': True}}))
    assert 'no health check' in str(raised(
        errors.Conflict, lambda: client.wait('abc', condition='healthy')))


@pytest.mark.parametrize('responses', [
    [as_json({'message': 'No such container: abc'}, 404)],
    [STARTING, events('destroy'), STARTING, as_json({'message': 'No such container: abc'}, 404)]])
def test_a_container_that_is_not_there(checked, server, responses):
    server.respond(*responses)
    raised(errors.NotFound, lambda: checked.wait('abc', condition='healthy'))


def test_an_inspect_that_is_not_what_is_expected(checked, server):
    for body in ({'Config': CHECKED}, {'State': {'Running': True, 'Health': 'starting'}},
                 {'State': {'Running': True, 'Health': {'Status': 5}}}):
        server.respond(as_json(body))
        raised(errors.NotAnEngine, lambda: checked.wait('abc', condition='healthy'))
