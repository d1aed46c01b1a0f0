"""Remote API 1.21: what a Config leaves out, and PortMapping."""

import pytest

from tests.server import as_json
from tests.transport.changes import DOCKER, ENGINES

PORTS = {'80/tcp': [{'HostIp': '0.0.0.0', 'HostPort': '49153'}, {'HostIp': '::', 'HostPort': '49153'}],
         '53/udp': [{'HostIp': '127.0.0.1', 'HostPort': '5353'}], '22/tcp': None, '9/sctp': []}


@pytest.mark.parametrize('exchange', ['inspect-created', 'inspect-exited'])
@pytest.mark.parametrize('name', ENGINES)
def test_a_config_has_what_is_empty(recorded, name, exchange):
    engine = recorded(name)
    engine.respond(exchange)
    inspect = engine.client.inspect_container('rec1')
    config, settings = inspect['Config'], inspect['NetworkSettings']
    assert config['NetworkDisabled'] is True
    assert (config['ExposedPorts'], config['PortSpecs']) == (None, None)
    assert (config['VolumeDriver'], config['MacAddress']) == ('', '')
    assert (settings['PortMapping'], settings['Ports']) == (None, None)


@pytest.mark.parametrize('name', DOCKER)
def test_published_ports_are_mapped(recorded, name):
    engine = recorded(name)
    inspect = engine.recorded_json('inspect-exited')
    inspect['State']['Running'] = True
    inspect['Config']['NetworkDisabled'] = False
    inspect['NetworkSettings']['Ports'] = PORTS
    engine.respond(as_json(inspect))
    settings = engine.client.inspect_container('rec1')['NetworkSettings']
    assert settings['PortMapping'] == {'Tcp': {'80': '49153'}, 'Udp': {'53': '5353'}}
    assert settings['Ports'] == PORTS


def test_a_running_container_without_ports(recorded):
    engine = recorded(DOCKER[0])
    inspect = engine.recorded_json('inspect-exited')
    inspect['State']['Running'] = True
    del inspect['Config']['NetworkDisabled']
    engine.respond(as_json(inspect))
    inspect = engine.client.inspect_container('rec1')
    assert inspect['NetworkSettings']['Ports'] == {}
    assert inspect['NetworkSettings']['PortMapping'] is None
    assert inspect['Config']['NetworkDisabled'] is False


@pytest.mark.parametrize('exchange', ['inspect-image', 'inspect-committed'])
@pytest.mark.parametrize('name', ENGINES)
def test_the_configs_of_an_image_have_what_is_empty(recorded, name, exchange):
    engine = recorded(name)
    engine.respond(exchange)
    inspect = engine.client.inspect_image('busybox')
    for config in (inspect['config'], inspect['container_config']):
        assert (config['ExposedPorts'], config['PortSpecs']) == (None, None)
        assert isinstance(config['NetworkDisabled'], bool)


@pytest.mark.parametrize('name', DOCKER)
def test_what_was_inspected_can_be_created(recorded, name):
    engine = recorded(name)
    engine.respond('inspect-exited', 'create', 'create', 'commit')
    config = dict(engine.client.inspect_container('rec1')['Config'], Memory=0, MemorySwap=0)
    engine.client.create_container_from_config(config)
    engine.client.create_container_from_config(dict(config, VolumeDriver='local'))
    engine.client.commit('rec1', conf=config)
    plain, driven, committed = [request[3] for request in engine.requests_made[1:]]
    for sent in (plain, driven, committed):
        assert not {'PortSpecs', 'VolumeDriver', 'ExposedPorts', 'Memory', 'Privileged'} & set(sent)
    assert driven['HostConfig'] == dict(plain['HostConfig'], VolumeDriver='local')
