"""Remote API 1.21: the sum of all networks in stats, and the container of an exec instance."""

import json

import pytest

import docker
from tests.server import as_json, chunked
from tests.transport.changes import DOCKER, ENGINES

ONE = {'rx_bytes': 1, 'rx_packets': 2, 'rx_errors': 3, 'rx_dropped': 4,
       'tx_bytes': 5, 'tx_packets': 6, 'tx_errors': 7, 'tx_dropped': 8}
NONE = dict.fromkeys(ONE, 0)


def response(stats, stream):
    return chunked([json.dumps(stats).encode('ascii') + b'\n'] * 3) if stream else as_json(stats)


def results(client, stream, decode):
    if not stream:
        return [client.stats('web', stream=False)] * 3
    items = list(client.stats('web', decode=decode))
    return items if decode else [json.loads(item) for item in items]


@pytest.mark.parametrize('stream, decode', [(False, None), (True, None), (True, True)])
@pytest.mark.parametrize('stats, network', [
    ({'networks': {'eth0': ONE}}, ONE),
    ({'a': 1, 'networks': {'eth0': ONE, 'eth1': ONE}, 'b': {}}, {key: 2 * ONE[key] for key in ONE}),
    ({'networks': {'eth0': {'rx_bytes': 5, 'endpoint_id': 'e'}, 'eth1': None}}, dict(NONE, rx_bytes=5)),
    ({'networks': {}}, NONE), ({'networks': None}, NONE), ({'read': 'now'}, NONE),
    ({'network': ONE}, ONE), ({'network': {'rx_bytes': 9}, 'networks': {'eth0': ONE}}, {'rx_bytes': 9}),
    ({'a': {'networks': {'eth0': ONE}}, 'networks': {}}, NONE), ({'a': '"networks":{', 'b': '}'}, NONE)])
@pytest.mark.parametrize('name', ENGINES)
def test_the_sum_of_all_networks(recorded, name, stats, network, stream, decode):
    engine = recorded(name)
    engine.respond(response(stats, stream))
    assert results(engine.client, stream, decode) == [dict(stats, network=network)] * 3


@pytest.mark.parametrize('stream', [False, True])
def test_a_caller_of_a_later_version(recorded, stream):
    stats = {'networks': {'eth0': ONE}, 'id': 'c' * 64}
    for version in ('1.21', None):
        engine = recorded(DOCKER[0], version)
        engine.server.requests[:] = []
        engine.respond(response(stats, stream))
        assert results(engine.client, stream, True) == [stats] * 3


@pytest.mark.parametrize('networks', [5, [], {'eth0': 5}, {'eth0': {'rx_bytes': 'x'}}])
@pytest.mark.parametrize('decode', [False, True])
def test_networks_of_another_kind(recorded, networks, decode):
    engine = recorded(DOCKER[0])
    engine.respond(response({'networks': networks}, True))
    with pytest.raises(docker.errors.StreamBroken, match='networks'):
        list(engine.client.stats('web', decode=decode))


@pytest.mark.parametrize('name', ENGINES)
@pytest.mark.parametrize('version, container', [
    ('1.6', {'ID': 'c1'}), ('1.20', {'ID': 'c1'}), ('1.21', None)])
def test_the_container_of_an_exec_instance(recorded, name, version, container):
    engine = recorded(name, version)
    engine.respond(as_json({'ID': 'e1', 'ContainerID': 'c1'}))
    inspect = engine.client.exec_inspect('e1')
    assert (inspect.get('Container'), inspect['ContainerID']) == (container, 'c1')


def test_an_engine_with_the_container_itself(recorded):
    engine = recorded(DOCKER[0])
    engine.respond(as_json({'ID': 'e1', 'Container': {'ID': 'c1', 'State': {}}}))
    assert engine.client.exec_inspect('e1')['Container'] == {'ID': 'c1', 'State': {}}
