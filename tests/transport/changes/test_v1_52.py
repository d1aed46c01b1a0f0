"""Remote API 1.52: the address of a container, and the former fields of events."""

import json

import pytest

from tests.server import as_json
from tests.transport.changes import DOCKER, ENGINES, PODMAN, assert_kept

ADDRESS = {'IPAddress': '172.17.0.2', 'IPPrefixLen': 16, 'Gateway': '172.17.0.1',
           'MacAddress': '02:42:ac:11:00:02'}
OTHER = {'IPAddress': '10.0.0.2', 'IPPrefixLen': 8, 'Gateway': '10.0.0.1', 'MacAddress': ''}
KEYS = set(ADDRESS) | {'Bridge'}


@pytest.mark.parametrize('version', ['1.6', '1.51'])
@pytest.mark.parametrize('name', ENGINES)
def test_a_container_has_an_address(recorded, name, version):
    engine = recorded(name, version)
    engine.respond('inspect-exited')
    about = engine.client.inspect_container('rec1')
    settings = about['NetworkSettings']
    assert {key: settings[key] for key in KEYS} == {
        'IPAddress': '', 'IPPrefixLen': 0, 'Gateway': '', 'MacAddress': '', 'Bridge': ''}
    assert_kept(engine.recorded_json('inspect-exited'), about)


@pytest.mark.parametrize('networks, address', [
    ({'other': OTHER, 'bridge': ADDRESS}, ADDRESS), ({'bridge': ADDRESS}, ADDRESS),
    ({'other': OTHER}, OTHER)])
def test_the_address_is_that_of_the_default_network(recorded, networks, address):
    engine = recorded('docker-29.7_v1.55')
    about = engine.recorded_json('inspect-exited')
    about['NetworkSettings']['Networks'] = networks
    engine.respond(as_json(about))
    settings = engine.client.inspect_container('rec1')['NetworkSettings']
    assert {key: settings[key] for key in address} == address
    assert settings['Networks'] == networks


def test_newer_versions_have_networks_only(recorded):
    engine = recorded('docker-29.7_v1.55', '1.52')
    engine.respond('inspect-exited')
    engine.events()
    assert not KEYS & set(engine.client.inspect_container('rec1')['NetworkSettings'])
    assert list(map(json.loads, engine.client.events(since=1))) == engine.recorded_events()


@pytest.mark.parametrize('version', ['1.6', '1.51'])
@pytest.mark.parametrize('name', ENGINES)
def test_events_have_a_status(recorded, name, version):
    engine = recorded(name, version)
    engine.events()
    got = [json.loads(event) for event in engine.client.events(since=1)]
    assert_kept(engine.recorded_events(), got)
    kinds = set()
    for event in got:
        kinds.add(event['Type'])
        if event['Type'] in ('container', 'image') and event['Actor']['ID']:
            assert_kept({'status': event['Action'], 'id': event['Actor']['ID']}, event)
            assert isinstance(event['time'], int)
        if event['Type'] == 'container':
            assert_kept({'from': event['Actor']['Attributes']['image']}, event)
            assert event['from']
    assert {'container', 'image'} <= kinds


@pytest.mark.parametrize('name', DOCKER + (PODMAN,))
def test_events_are_returned_as_they_come(recorded, name):
    engine = recorded(name)
    engine.events()
    events = engine.client.events(since=1)
    first = json.loads(next(events))
    events.close()
    assert_kept(engine.recorded_events()[0], first)


@pytest.mark.parametrize('name', ['docker-29.7_v1.40', 'docker-29.7_v1.55'])
def test_the_storage_driver_has_a_name(recorded, name):
    engine = recorded(name, '1.41')
    engine.respond('inspect-exited', 'inspect-image')
    assert engine.client.inspect_container('rec1')['GraphDriver'] == {'Name': 'overlayfs', 'Data': None}
    assert engine.client.inspect_image('busybox')['GraphDriver']['Data'] is None


@pytest.mark.parametrize('name', ['docker-29.7_v1.40', 'docker-29.7_v1.55'])
def test_a_host_config_has_removed_fields_and_is_created_without_them(recorded, name):
    engine = recorded(name, '1.41')
    engine.respond('inspect-exited', 'create')
    inspect = engine.client.inspect_container('rec1')
    host_config = inspect['HostConfig']
    # The engine has it at every version, but the test is limited to the recorded one.
    del host_config['CgroupnsMode']
    assert (host_config['KernelMemory'], host_config['KernelMemoryTCP']) == (0, 0)
    assert inspect['Config']['OnBuild'] is None
    engine.client.create_container_from_config(
        dict(inspect['Config'], HostConfig=dict(host_config), MacAddress=''))
    sent = engine.requests_made[-1][3]
    if name.endswith('1.55'):
        assert not {'KernelMemory', 'KernelMemoryTCP'} & set(sent['HostConfig'])
        assert 'MacAddress' not in sent
