"""Remote API 1.22: there is no LXC, and lists of networks have filters."""

import json

import pytest

import docker
from tests.server import as_json, chunked, http
from tests.transport.changes import ENGINES

LXC = {'lxc.utsname': 'web'}


@pytest.mark.parametrize('version', ['1.6', None])
@pytest.mark.parametrize('name', ENGINES)
def test_lxc_conf_is_refused_before_anything_is_sent(recorded, name, version):
    engine = recorded(name, version)
    with pytest.raises(docker.errors.NotSupported, match='lxc_conf') as caught:
        engine.client.start('web', lxc_conf=LXC)
    assert isinstance(caught.value, ValueError)
    assert engine.requests_made == []


@pytest.mark.parametrize('name', ENGINES)
def test_lxc_conf_of_a_host_config_is_refused(recorded, name):
    engine = recorded(name)
    with pytest.raises(docker.errors.NotSupported, match='LxcConf'):
        engine.client.create_container(
            'busybox', 'true', host_config=docker.utils.create_host_config(lxc_conf=LXC))
    assert engine.requests_made == []


@pytest.mark.parametrize('name', ENGINES)
def test_an_empty_lxc_conf_is_dropped(recorded, name):
    engine = recorded(name)
    engine.respond('create')
    engine.client.create_container('busybox', 'true', host_config={'LxcConf': []})
    assert engine.requests_made[0][3]['HostConfig'] == {}


@pytest.mark.parametrize('newest', ['1.22', '1.41'])
@pytest.mark.parametrize('call', [
    lambda client: client.start('web', lxc_conf=LXC),
    lambda client: client.create_container('busybox', host_config={'LxcConf': [{'Key': 'a', 'Value': 'b'}]})])
def test_an_engine_without_lxc_has_none_at_any_version(server, call, newest):
    client = docker.Client(server.url, timeout=10)
    server.respond(as_json({'ApiVersion': newest, 'MinAPIVersion': '1.12'}))
    with pytest.raises(docker.errors.NotSupported, match='lxc_conf'):
        call(client)
    client.close()
    assert client.api_version == '1.12'
    assert len(server.requests) == 1


def test_an_engine_with_lxc_gets_it(server):
    client = docker.Client(server.url, timeout=10)
    server.respond(as_json({'ApiVersion': '1.17', 'MinAPIVersion': '1.6'}), http(204))
    client.start('web', lxc_conf=LXC)
    client.close()
    assert server.request.json['LxcConf'] == [{'Key': 'lxc.utsname', 'Value': 'web'}]


AUX = b'{"progressDetail":{},"aux":{"Tag":"v1","Digest":"sha256:a","Size":5}}\r\n'


@pytest.mark.parametrize('version, statuses', [
    ('1.6', ['Pushed', 'done']), ('1.21', ['Pushed', 'done']), ('1.22', ['Pushed', None, 'done'])])
@pytest.mark.parametrize('decode', [False, True])
def test_a_push_ends_with_its_digest(client_of, server, version, statuses, decode):
    client = client_of('1.41', version)
    server.respond(chunked([b'{"status":"Pushed","id":"a"}\r\n', AUX, b'{"status":"done","aux":{}}\r\n']))
    items = client.push('a', stream=True, decode=decode)
    assert [(item if decode else json.loads(item)).get('status') for item in items] == statuses


NETWORKS = [{'Name': name, 'Id': name[0] * 64} for name in ('bridge', 'host', 'none', 'front', 'back')]


@pytest.mark.parametrize('arguments, names', [
    ({}, ['bridge', 'host', 'none', 'front', 'back']),
    ({'names': ['front']}, ['front']),
    ({'names': ['fro', 'hos']}, ['host', 'front']),
    ({'ids': 'f' * 12}, ['front']),
    ({'names': ['front'], 'ids': ['bbb']}, []),
    ({'filters': {'type': 'custom'}}, ['front', 'back']),
    ({'filters': {'type': ['builtin']}, 'names': 'b'}, ['bridge']),
])
def test_the_networks_of_an_engine_of_1_21_are_filtered(server, arguments, names):
    client = docker.Client(server.url, timeout=10)
    server.respond(as_json({'ApiVersion': '1.21', 'MinAPIVersion': '1.12'}), as_json(NETWORKS))
    assert [network['Name'] for network in client.networks(**arguments)] == names
    client.close()


def test_an_engine_of_1_21_has_no_other_filters(server):
    client = docker.Client(server.url, timeout=10)
    server.respond(as_json({'ApiVersion': '1.21', 'MinAPIVersion': '1.12'}))
    with pytest.raises(docker.errors.NotSupported, match='driver'):
        client.networks(filters={'driver': 'bridge'})
    assert len(server.requests) == 1
    client.close()


def test_newer_engines_filter_themselves(server):
    client = docker.Client(server.url, timeout=10)
    server.respond(as_json({'ApiVersion': '1.22', 'MinAPIVersion': '1.12'}), as_json(NETWORKS))
    assert client.networks(names='front', filters={'driver': 'x'}) == NETWORKS
    assert json.loads(server.request.query['filters']) == {'name': ['front'], 'driver': ['x']}
    client.close()
