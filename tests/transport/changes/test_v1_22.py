"""Remote API 1.22: there is no LXC."""

import pytest

import docker
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
