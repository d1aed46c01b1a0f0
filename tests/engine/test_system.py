"""ping, version, and events with an end and with filters."""

import datetime
import time

import pytest

import docker
from tests.engine.conftest import HOST, discard, newest_of_engine, same


def test_ping(client):
    assert client.ping().strip() == u'OK'


def test_the_headers_of_a_ping(client):
    if newest_of_engine(client) < (1, 40):
        pytest.skip('HEAD /_ping came with API 1.40')
    assert client.ping(head=True)['Api-Version'] == '{0}.{1}'.format(*newest_of_engine(client))


@pytest.mark.parametrize('version', ['1.6', 'auto'])
def test_ping_of_any_version(client, version):
    other = docker.Client(HOST, version=version)
    assert other.ping().strip() == u'OK'
    other.close()


def test_version(client):
    newest = client.version(api_version=False)
    assert newest['Version'] == client.version()['Version'] == client.version(True)['Version']


@pytest.fixture
def happened(client):
    """When a container was created and removed, and its id: the times are whole seconds before and after."""
    if newest_of_engine(client) < (1, 16):
        pytest.skip('this engine has no filters of events')
    before = int(time.time()) - 1
    container = client.create_container('busybox', 'true')['Id']
    client.start(container)
    client.wait(container)
    discard(client, container)
    after = int(time.time()) + 1
    # Podman may have no events at all when the end is about to come.
    while time.time() < after + 1:
        time.sleep(0.05)
    return before, after, container


def of(container, events):
    return [event['status'] for event in events if same(event.get('id') or '', container)]


def as_ints(before, after):
    return before, after


def as_floats(before, after):
    return before + 0.25, after + 0.75


def as_text(before, after):
    return str(before), str(after)


def as_datetimes(before, after):
    epoch = datetime.datetime(1970, 1, 1)
    return epoch + datetime.timedelta(seconds=before), epoch + datetime.timedelta(seconds=after)


@pytest.mark.parametrize('form', [as_ints, as_floats, as_text, as_datetimes])
def test_events_between_two_times(client, happened, form):
    before, after, container = happened
    statuses = of(container, client.events(*form(before, after), decode=True))
    assert statuses[0] == 'create' and statuses[-1] == 'destroy'
    assert 'start' in statuses and 'die' in statuses


def test_events_until_a_time_that_is_past(client, happened):
    before, _, container = happened
    assert of(container, client.events(before - 5, before - 1, decode=True)) == []
    # The engine's clock is that of the client here.
    statuses = of(container, client.events(before, time.time(), decode=True))
    assert statuses[0] == 'create' and statuses[-1] == 'destroy'


def test_events_since_a_duration_before_now(client, happened):
    container = happened[2]
    statuses = of(container, client.events('1h', time.time(), decode=True))
    assert statuses[0] == 'create' and statuses[-1] == 'destroy'
    assert of(container, client.events('2h', '1h', decode=True)) == []


def test_filters_of_events(client, happened):
    before, after, container = happened
    assert of(container, client.events(before, after, {'event': 'die'}, True)) == ['die']
    assert of(container, client.events(before, after, {'container': container, 'event': ['create', 'die']},
                                       True)) == ['create', 'die']
    assert of(container, client.events(before, after, {'event': 'destroy'}, True)) == ['destroy']
    assert list(client.events(before, after, {'type': 'volume', 'container': container})) == []


def test_events_by_labels(client, create):
    before = int(time.time())
    labelled, other, none = [create('true', labels=labels)['Id'] for labels in (
        {'tier': 'web', 'zone': 'a'}, {'tier': 'db'}, None)]
    after = time.time() + 1
    for labels, seen in (('tier', {labelled, other}), ('tier=web', {labelled}), ('tier=', set()),
                         (['tier=web', 'zone'], {labelled}), (['tier=web', 'tier=db'], set())):
        events = client.events(before, after, {'label': labels, 'type': 'container'}, True)
        assert {event['id'] for event in events} & {labelled, other, none} == seen


def test_events_as_text(client, happened):
    before, after, container = happened
    assert any(container in event for event in client.events(before, after))
