"""What versions changed in the creation, the update and the inspect of a container: fields that move, are
removed, or are filled up."""

import pytest

import docker
from docker import errors
from tests.server import as_json, http

ID = 'a' * 64
MAC = '02:42:ac:11:00:02'


@pytest.fixture
def connect(server):
    """A function of a version: a Client of an engine that serves this version alone."""
    clients = []

    def client(served, **kwargs):
        server.respond(as_json({'ApiVersion': served, 'MinAPIVersion': served}))
        clients.append(docker.Client(server.url, timeout=10, **kwargs))
        server.respond(as_json({}))
        clients[-1].info()
        del server.requests[:]
        return clients[-1]
    yield client
    for client in clients:
        client.close()


@pytest.mark.parametrize('version, given, place', [
    ('1.43', {}, None),
    ('1.44', {}, 'default'),
    ('1.55', {'host_config': {'NetworkMode': 'front'}}, 'front'),
    ('1.55', {'networking_config': {'EndpointsConfig': {'front': {}}}}, 'front'),
    ('1.55', {'host_config': {'NetworkMode': 'default'}}, 'default'),
])
def test_a_mac_address_is_a_setting_of_the_endpoint(connect, server, version, given, place):
    client = connect(version)
    server.respond(as_json({'Id': ID}, 201))
    client.create_container('busybox', mac_address=MAC, **given)
    body = server.request.json
    assert body.get('MacAddress') == (None if place else MAC)
    if place:
        expected = 'bridge' if place == 'default' else place
        assert body['NetworkingConfig']['EndpointsConfig'] == {expected: {'MacAddress': MAC}}


@pytest.mark.parametrize('newest, sent_in', [('1.41', '1.24'), ('1.42', '1.42'), ('1.51', '1.42')])
def test_the_size_of_a_terminal_is_sent_in_a_version_that_takes_it(server, newest, sent_in):
    client = docker.Client(server.url, timeout=10)
    server.respond(as_json({'ApiVersion': newest, 'MinAPIVersion': '1.24'}), as_json({'Id': ID}, 201))
    client.create_container('busybox', host_config={'ConsoleSize': [10, 20]})
    assert server.request.path == '/v{0}/containers/create'.format(sent_in)
    assert server.request.json['HostConfig']['ConsoleSize'] == [10, 20]
    client.close()


ENDPOINTS = {'front': {'Aliases': ['www']}, 'back': {'Aliases': ['db']}, 'also': {}}


def test_several_networks_are_connected_one_by_one(connect, server):
    client = connect('1.41')
    server.respond(as_json({'Id': ID}, 201), http(200), http(200))
    created = client.create_container(
        'busybox', networking_config={'EndpointsConfig': ENDPOINTS}, host_config={'NetworkMode': 'front'})
    assert created == {'Id': ID}
    create, also, back = server.requests
    assert create.json['NetworkingConfig'] == {'EndpointsConfig': {'front': {'Aliases': ['www']}}}
    assert (also.path, also.json) == ('/v1.41/networks/also/connect', {'Container': ID, 'EndpointConfig': {}})
    assert back.path == '/v1.41/networks/back/connect'
    assert back.json == {'Container': ID, 'EndpointConfig': {'Aliases': ['db']}}


def test_a_container_that_cannot_be_connected_is_removed(connect, server):
    client = connect('1.41')
    server.respond(as_json({'Id': ID}, 201), as_json({'message': 'no such network'}, 404), http(204))
    with pytest.raises(errors.NotFound, match='no such network'):
        client.create_container('busybox', networking_config={'EndpointsConfig': ENDPOINTS})
    assert (server.request.method, server.request.path) == ('DELETE', '/v1.41/containers/' + ID)
    assert server.request.query == {'v': '1', 'force': '1'}


def test_several_networks_at_once(connect, server):
    client = connect('1.44')
    server.respond(as_json({'Id': ID}, 201))
    client.create_container('busybox', networking_config={'EndpointsConfig': ENDPOINTS})
    assert server.request.json['NetworkingConfig'] == {'EndpointsConfig': ENDPOINTS}


@pytest.mark.parametrize('field, last, first', [
    ('KernelMemory', '1.41', '1.42'), ('KernelMemoryTCP', '1.51', '1.52')])
def test_a_field_that_is_removed(connect, server, field, last, first):
    client = connect(last)
    server.respond(as_json({'Id': ID}, 201))
    client.create_container('busybox', host_config={field: 1024})
    assert server.request.json['HostConfig'][field] == 1024
    client = connect(first)
    with pytest.raises(errors.NotSupported, match=field + ' is not supported .* removed since Docker'):
        client.create_container('busybox', host_config={field: 1024})
    assert not server.requests


def test_kernel_memory_of_an_update_is_removed(connect, server):
    with pytest.raises(errors.NotSupported, match='KernelMemory'):
        connect('1.42').update_container('web', kernel_memory='8m')
    assert not server.requests


@pytest.mark.parametrize('version, filled', [('1.51', []), ('1.52', [{'HostIp': '', 'HostPort': ''}])])
def test_a_port_without_bindings_is_published_anywhere(connect, server, version, filled):
    client = connect(version)
    server.respond(as_json({'Id': ID}, 201))
    client.create_container('busybox', host_config={'PortBindings': {'80/tcp': []}})
    assert server.request.json['HostConfig']['PortBindings'] == {'80/tcp': filled}


@pytest.mark.parametrize('wanted, aliases', [
    ('1.44', ['www', ID[:12], 'web']), ('1.6', ['www', ID[:12], 'web']), ('auto', ['www'])])
def test_aliases_have_the_short_id_and_the_host_name(connect, server, wanted, aliases):
    client = connect('1.45', version=wanted)
    server.respond(as_json({'Id': ID, 'Config': {'Hostname': 'web'}, 'State': {}, 'NetworkSettings': {
        'Networks': {'front': {'Aliases': ['www']}, 'bridge': {'Aliases': None}}}}))
    networks = client.inspect_container('web')['NetworkSettings']['Networks']
    assert networks == {'front': {'Aliases': aliases}, 'bridge': {'Aliases': None}}
