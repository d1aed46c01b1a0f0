"""Remote API 1.18: limits belong to HostConfig."""

import pytest

import docker
from tests.server import as_json, http
from tests.transport.changes import ENGINES, assert_kept
from tests.wire import request_parts


@pytest.mark.parametrize('version', ['1.6', None])
@pytest.mark.parametrize('name', ENGINES)
def test_create_moves_limits_to_the_host_config(recorded, name, version):
    engine = recorded(name, version)
    engine.respond('create')
    engine.client.create_container('busybox', 'true', mem_limit='64m', cpu_shares=512)
    config = engine.requests_made[0][3]
    assert config['HostConfig'] == {'Memory': 64 * 1024 * 1024, 'CpuShares': 512}
    assert not {'Memory', 'MemorySwap', 'CpuShares', 'Cpuset'} & set(config)


@pytest.mark.parametrize('name', ENGINES)
def test_all_fields_of_an_old_config_are_moved(recorded, name):
    engine = recorded(name)
    engine.respond('create')
    engine.client.create_container_from_config({
        'Image': 'busybox', 'Memory': 5, 'MemorySwap': -1, 'CpuShares': 2, 'Cpuset': '0,1',
        'Privileged': True, 'HostConfig': {'CpuShares': 3}})
    assert engine.requests_made[0][3] == {'Image': 'busybox', 'HostConfig': {
        'Memory': 5, 'MemorySwap': -1, 'CpuShares': 3, 'CpusetCpus': '0,1', 'Privileged': True}}


@pytest.mark.parametrize('name', ENGINES)
def test_inspect_has_limits_in_the_config(recorded, name):
    engine = recorded(name)
    engine.respond('inspect-exited')
    about = engine.client.inspect_container('rec1')
    original = engine.recorded_json('inspect-exited')
    for key in ('Memory', 'MemorySwap', 'CpuShares'):
        assert about['Config'][key] == original['HostConfig'][key]
    assert_kept(original, about)


@pytest.mark.parametrize('name', ENGINES)
def test_inspect_of_a_newer_version_has_them_in_the_host_config_only(recorded, name):
    engine = recorded(name, None)
    engine.respond('inspect-exited')
    assert 'Memory' not in engine.client.inspect_container('rec1')['Config']


@pytest.mark.parametrize('spoken', ['1.18', '1.22', '1.23'])
def test_a_start_repeats_the_host_config_of_create(server, monkeypatch, spoken):
    monkeypatch.setenv('DOCKER_API_VERSION', spoken)
    client = docker.Client(server.url, timeout=10)
    server.respond(as_json({'ApiVersion': '1.41', 'MinAPIVersion': '1.12'}),
                   as_json({'Id': 'a', 'HostConfig': {'Memory': 5, 'Dns': None, 'Links': ['/a:/b/c']}}),
                   http(204))
    client.start('web', binds=['/srv:/www'])
    client.close()
    _, inspect, start = [request_parts(request) for request in server.requests]
    assert inspect[:2] == ('GET', '/v{0}/containers/web/json'.format(spoken))
    assert start[1] == '/v{0}/containers/web/start'.format(spoken)
    assert start[3] == {'Memory': 5, 'Links': ['/a:/b/c'], 'Binds': ['/srv:/www']}


@pytest.mark.parametrize('name', ENGINES)
def test_the_configs_of_an_image_have_limits(recorded, name):
    engine = recorded(name)
    engine.respond('inspect-committed')
    image = engine.client.inspect_image('committed')
    for config in (image['config'], image['container_config']):
        assert [config[key] for key in ('Memory', 'MemorySwap', 'CpuShares')] == [0, 0, 0]
