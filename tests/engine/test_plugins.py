"""Plugins of a real engine, which needs no registry for its own ones."""

import json

import pytest

import docker

CONFIG = {'description': 'a test', 'documentation': '', 'entrypoint': ['/driver'], 'interface': {
    'types': ['docker.volumedriver/1.0'], 'socket': 'driver.sock'}, 'network': {'type': 'none'},
    'env': [{'name': 'DEBUG', 'settable': ['value'], 'value': '0'}]}


@pytest.fixture
def plugin(client, name, tmp_path):
    """The name of a new plugin, which is removed after the test."""
    if 'podman' in json.dumps(client.version()).lower():
        pytest.skip('Podman has no plugins')
    if docker.utils.version_lt(client.version()['ApiVersion'], '1.25'):
        pytest.skip('plugins came with API 1.25')
    (tmp_path / 'rootfs').mkdir()
    (tmp_path / 'rootfs' / 'driver').write_bytes(b'no program')
    (tmp_path / 'config.json').write_bytes(json.dumps(CONFIG).encode('ascii'))
    full = 'local/{0}:latest'.format(name)
    client.create_plugin(full, str(tmp_path))
    yield full
    try:
        client.remove_plugin(full, force=True)
    except docker.errors.NotFound:
        pass


def test_create_and_inspect(client, plugin):
    details = client.inspect_plugin(plugin)
    assert (details['Name'], details['Enabled']) == (plugin, False)
    assert details['Config']['Description'] == 'a test'
    assert client.inspect_plugin(details)['Id'] == details['Id']
    assert details['Id'] in [item['Id'] for item in client.plugins()]
    assert plugin in [item['Name'] for item in client.plugins({'enabled': False})]
    assert plugin not in [item['Name'] for item in client.plugins({'enabled': True})]


def test_configure(client, plugin):
    client.configure_plugin(plugin, {'DEBUG': 1})
    assert 'DEBUG=1' in client.inspect_plugin(plugin)['Settings']['Env']
    with pytest.raises(docker.APIError):
        client.configure_plugin(plugin, {'OTHER': 1})


def test_a_plugin_that_does_not_start(client, plugin):
    with pytest.raises(docker.APIError):
        client.enable_plugin(plugin, timeout=1)
    assert client.inspect_plugin(plugin)['Enabled'] is False
    with pytest.raises(docker.APIError):
        client.disable_plugin(plugin)


def test_remove(client, plugin):
    client.remove_plugin(plugin)
    for call in (client.inspect_plugin, client.remove_plugin, client.enable_plugin):
        with pytest.raises(docker.errors.NotFound):
            call(plugin)


def test_podman_has_none(client):
    if 'podman' not in json.dumps(client.version()).lower():
        pytest.skip('of Podman')
    for call in (client.plugins, lambda: client.inspect_plugin('x'),
                 lambda: client.create_plugin('x', b'\0')):
        with pytest.raises(docker.errors.NotSupported) as caught:
            call()
        assert 'Podman' in str(caught.value)
