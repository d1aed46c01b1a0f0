"""Remote API 1.50: what an image's Config leaves out."""

import pytest

from tests.server import as_json
from tests.transport.changes import ENGINES, assert_kept

EMPTY = {'Hostname': '', 'Domainname': '', 'User': '', 'AttachStdin': False, 'AttachStdout': False,
         'AttachStderr': False, 'Tty': False, 'OpenStdin': False, 'StdinOnce': False, 'Image': '',
         'Volumes': None, 'WorkingDir': '', 'Entrypoint': None, 'OnBuild': None}


@pytest.mark.parametrize('version', ['1.6', '1.49'])
@pytest.mark.parametrize('exchange', ['inspect-image', 'inspect-committed'])
@pytest.mark.parametrize('name', ENGINES)
def test_a_config_is_whole(recorded, name, exchange, version):
    engine = recorded(name, version)
    engine.respond(exchange)
    about, original = engine.client.inspect_image('busybox'), engine.recorded_json(exchange)
    for key, value in EMPTY.items():
        assert about['Config'][key] == original['Config'].get(key, value), key
    assert about['Config'].get('Cmd') == original['Config'].get('Cmd')
    assert about['Config'].get('Env') == original['Config'].get('Env')
    assert_kept(original, about)


@pytest.mark.parametrize('image', [{}, {'Config': None}])
def test_an_image_with_no_config(recorded, image):
    engine = recorded('docker-29.7_v1.55')
    engine.respond(as_json(dict(image, Id='sha256:00', Size=1)))
    assert engine.client.inspect_image('busybox')['config']['Cmd'] is None


def test_newer_versions_leave_it_out(recorded):
    engine = recorded('docker-29.7_v1.55', '1.50')
    engine.respond('inspect-committed')
    config = engine.client.inspect_image('committed')['Config']
    assert config == {'Cmd': ['/bin/cat'], 'Env': ['A=b']}


INFO = {'KernelVersion': '6.1.0', 'ContainerdCommit': {'ID': 'abc'}, 'RuncCommit': {'ID': ''},
        'RegistryConfig': {'Mirrors': []}}


@pytest.mark.parametrize('version', ['1.6', '1.49', '1.50'])
def test_info_has_what_is_always_the_same(recorded, version):
    engine = recorded('docker-29.7_v1.55', version)
    engine.respond(as_json(INFO))
    info = engine.client.info()
    if version == '1.50':
        assert info == dict(INFO, KernelMemoryTCP=False)
        return
    assert info['ContainerdCommit'] == {'ID': 'abc', 'Expected': 'abc'}
    assert info['BridgeNfIptables'] is info['BridgeNfIp6tables'] is False
    assert info['RegistryConfig'] == {'Mirrors': [], 'AllowNondistributableArtifactsCIDRs': [],
                                      'AllowNondistributableArtifactsHostnames': []}
