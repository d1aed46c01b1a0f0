"""Stats of containers of a real engine."""

import json

import pytest

from docker import errors
from docker.transport.negotiate import parse_version
from tests.engine.conftest import engine_is_podman, newest_of_engine
from tests.engine.test_streams import descriptors


@pytest.fixture
def busy(run):
    return run(['sh', '-c', 'while :; do :; done'])


def test_stats_once(client, busy):
    stats = client.stats(busy, stream=False)
    assert stats['cpu_stats']['cpu_usage']['total_usage'] > 0
    assert stats['memory_stats']['usage'] > 0
    assert set(stats['network']) >= {'rx_bytes', 'tx_bytes', 'rx_packets'}
    assert stats['read'] > '2020'
    if parse_version(client.api_version) > (1, 21) and not engine_is_podman(client):
        assert stats['network']['rx_bytes'] == sum(
            counters['rx_bytes'] for counters in stats['networks'].values())


def test_one_shot(client, busy):
    if newest_of_engine(client) < (1, 41):
        with pytest.raises(errors.NotSupported):
            client.stats(busy, stream=False, one_shot=True)
        return
    stats = client.stats(busy, stream=False, one_shot=True)
    assert stats['cpu_stats']['cpu_usage']['total_usage'] > 0
    assert not stats['precpu_stats']['cpu_usage']['total_usage']
    # Docker 26 and later leave it out.
    assert stats.get('id', busy['Id']) == busy['Id']


@pytest.mark.parametrize('decode', [None, True])
def test_stats_each_second(client, busy, decode):
    before = descriptors(client)
    with client.stats(busy, decode=decode) as stream:
        first, second = next(stream), next(stream)
        assert descriptors(client) == before + 1
    assert descriptors(client) == before
    if not decode:
        assert first[0] == u'{' and first[-1] == u'}'
        first, second = json.loads(first), json.loads(second)
    assert first['read'] < second['read']
    if parse_version(client.api_version) > (1, 21):
        assert first['id'] == second['id'] == busy['Id']
    assert first['network'].keys() == second['network'].keys()
    usage = [stats['cpu_stats']['cpu_usage']['total_usage'] for stats in (first, second)]
    assert usage[0] < usage[1]
    assert second['precpu_stats']['cpu_usage']['total_usage'] == usage[0]


def test_a_container_that_does_not_run(client, create):
    stats = client.stats(create('true'), stream=False)
    assert stats['read'] == '0001-01-01T00:00:00Z'
    assert not (stats['cpu_stats'].get('cpu_usage') or {}).get('total_usage')


def test_no_container(client):
    for stream in (False, True):
        with pytest.raises(errors.NotFound):
            client.stats('nosuchcontainer', stream=stream)
