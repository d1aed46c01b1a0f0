"""Remote API 1.44: VirtualSize, what is left out of an image, and duplicate names of networks."""

import pytest

import docker
from tests.server import as_json
from tests.transport.changes import ENGINES


@pytest.mark.parametrize('version', ['1.6', '1.43'])
@pytest.mark.parametrize('name', ENGINES)
def test_images_have_a_virtual_size(recorded, name, version):
    engine = recorded(name, version)
    engine.respond('images')
    got = engine.client.images()
    assert got and [image['VirtualSize'] for image in got] == [image['Size'] for image in got]


@pytest.mark.parametrize('version', ['1.6', '1.43'])
@pytest.mark.parametrize('name', ENGINES)
def test_an_image_has_a_virtual_size(recorded, name, version):
    engine = recorded(name, version)
    engine.respond('inspect-image')
    about = engine.client.inspect_image('busybox')
    assert about['VirtualSize'] == engine.recorded_json('inspect-image')['Size']


def test_newer_versions_have_none(recorded):
    engine = recorded('docker-29.7_v1.55', '1.44')
    engine.respond('images', 'inspect-image')
    assert not any('VirtualSize' in image for image in engine.client.images())
    assert 'VirtualSize' not in engine.client.inspect_image('busybox')


EMPTY = {'Parent': '', 'Comment': '', 'Created': '0001-01-01T00:00:00Z', 'Author': '', 'DockerVersion': ''}


def test_an_image_has_what_is_empty(recorded):
    engine = recorded('docker-29.7_v1.55', '1.43')
    engine.respond(as_json({'Id': 'a', 'Size': 1, 'Config': {}}))
    image = engine.client.inspect_image('busybox')
    assert {key: image[key] for key in EMPTY} == EMPTY


def test_an_image_of_1_6_has_what_is_empty(recorded):
    engine = recorded('docker-29.7_v1.55')
    engine.respond(as_json({'Id': 'a', 'Size': 1, 'Config': {}}))
    image = engine.client.inspect_image('busybox')
    assert {key: image[key] for key in ('parent', 'comment', 'created', 'author', 'docker_version')} == {
        'parent': '', 'comment': '', 'created': EMPTY['Created'], 'author': '', 'docker_version': ''}


@pytest.mark.parametrize('name, sent', [
    ('docker-20.10_v1.41', True), ('docker-29.7_v1.40', True), ('docker-29.7_v1.55', False)])
@pytest.mark.parametrize('check', [True, False])
def test_a_network_is_always_checked(recorded, name, sent, check):
    engine = recorded(name)
    engine.respond(as_json({'Id': 'f' * 64, 'Warning': ''}, 201))
    engine.client.create_network('front', check_duplicate=check)
    body = dict({'Name': 'front'}, **({'CheckDuplicate': check} if sent else {}))
    assert engine.requests_made == [('POST', '/networks/create', {}, body)]


ADDRESS = '02:42:0a:00:00:77'


def create_with(client, network, **addresses):
    return client.create_container(
        'busybox', 'true', host_config={'NetworkMode': network},
        networking_config=client.create_networking_config({
            name: client.create_endpoint_config(mac_address=address)
            for name, address in addresses.items()}))


@pytest.mark.parametrize('name, moved', [('docker-20.10_v1.41', True), ('docker-29.7_v1.55', False)])
def test_the_mac_address_of_an_endpoint_is_that_of_the_container_before(recorded, name, moved):
    engine = recorded(name)
    engine.respond(as_json({'Id': 'f' * 64, 'Warnings': []}, 201))
    create_with(engine.client, 'front', front=ADDRESS)
    _, path, _, body = engine.requests_made[0]
    assert path == '/containers/create'
    assert (body.get('MacAddress'), body['NetworkingConfig']['EndpointsConfig']['front']) == (
        (ADDRESS, {}) if moved else (None, {'MacAddress': ADDRESS}))


def test_before_no_other_endpoint_has_a_mac_address(recorded):
    engine = recorded('docker-20.10_v1.41')
    with pytest.raises(docker.errors.NotSupported, match='MacAddress in the network other needs API 1.44'):
        create_with(engine.client, 'front', front=None, other=ADDRESS)
    assert engine.requests_made == []


@pytest.mark.parametrize('version, empty', [('1.6', []), ('1.43', []), ('1.44', None), ('auto', None)])
def test_empty_lists_of_registries(server, version, empty):
    """As Docker 26 and 28 have them."""
    client = docker.Client(server.url, version=version, timeout=10)
    registries = {'AllowNondistributableArtifactsCIDRs': None, 'Mirrors': None,
                  'AllowNondistributableArtifactsHostnames': None, 'InsecureRegistryCIDRs': ['::1/128']}
    server.respond(as_json({'ApiVersion': '1.51', 'MinAPIVersion': '1.24'}),
                   as_json({'KernelVersion': '6.1.0', 'RegistryConfig': registries}))
    info = client.info()
    assert info['RegistryConfig'] == {name: value or empty for name, value in registries.items()}
    assert info.get('ExecutionDriver') == ('<not supported>' if version == '1.6' else None)
    client.close()


@pytest.mark.parametrize('version, removed', [('1.6', 0), ('1.41', 0), ('1.42', None), ('auto', None)])
def test_kernel_memory_of_docker_28(server, version, removed):
    client = docker.Client(server.url, version=version, timeout=10)
    server.respond(as_json({'ApiVersion': '1.51', 'MinAPIVersion': '1.24'}),
                   as_json({'Id': 'a', 'HostConfig': {'Memory': 0}}))
    host_config = client.inspect_container('a')['HostConfig']
    assert [host_config.get(name) for name in ('KernelMemory', 'KernelMemoryTCP')] == [removed] * 2
    client.close()
