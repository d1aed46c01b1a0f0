"""docker.utils: the names that scripts import from it."""

import os
import subprocess
import sys

import pytest

import docker
from docker import host_config, utils


@pytest.mark.parametrize('older, newer', [
    ('1.6', '1.7'), ('1.9', '1.10'), ('1.24', '2.0'), ('1.41', '1.100'), ('1', '1.1'),
    ('0.9', '0.10'), ('1.6', u'1.12'),
])
def test_compare_version(older, newer):
    assert utils.compare_version(older, newer) == 1
    assert utils.compare_version(newer, older) == -1
    assert utils.compare_version(older, older) == utils.compare_version(newer, newer) == 0


@pytest.mark.parametrize('bad, kind', [
    (1.6, TypeError), (None, TypeError), ('', ValueError), ('1.x', ValueError),
    ('v1.6', ValueError),
])
@pytest.mark.parametrize('place', [0, 1])
def test_compare_version_takes_versions(bad, kind, place):
    versions = ['1.6', '1.6']
    versions[place] = bad
    with pytest.raises(kind) as caught:
        utils.compare_version(*versions)
    assert repr(bad) in str(caught.value)


def test_it_comes_with_docker():
    output = subprocess.check_output([sys.executable, '-c', 'import docker; print(docker.utils)'],
                                     cwd=os.path.dirname(os.path.dirname(docker.__file__)))
    assert b'docker.utils' in output


def test_create_host_config_lives_in_host_config():
    assert utils.create_host_config is host_config.create_host_config


def test_every_name_in_all_is_a_function():
    for name in utils.__all__:
        assert callable(getattr(utils, name))


def test_kwargs_from_env_without_an_environment():
    assert utils.kwargs_from_env() == {}


def test_kwargs_from_env_of_the_process(monkeypatch, tmp_path):
    monkeypatch.setenv('DOCKER_HOST', 'tcp://engine:2376')
    monkeypatch.setenv('DOCKER_TLS_VERIFY', '1')
    monkeypatch.setenv('DOCKER_CERT_PATH', str(tmp_path))
    for name in ('ca.pem', 'cert.pem', 'key.pem'):
        (tmp_path / name).write_bytes(b'')
    arguments = utils.kwargs_from_env(ssl_version='any', assert_hostname=False)
    assert sorted(arguments) == ['base_url', 'tls']
    assert arguments['base_url'] == 'tcp://engine:2376'
    assert arguments['tls'].verify == os.path.join(str(tmp_path), 'ca.pem')
    assert arguments['tls'].cert == tuple(os.path.join(str(tmp_path), name)
                                          for name in ('cert.pem', 'key.pem'))
    assert arguments['tls'].assert_hostname is False


def test_kwargs_from_env_of_a_dict(monkeypatch):
    monkeypatch.setenv('DOCKER_HOST', 'tcp://other:2375')
    environment = {'DOCKER_HOST': 'unix:///tmp/docker.sock'}
    assert utils.kwargs_from_env(environment=environment) == {'base_url': 'unix:///tmp/docker.sock'}
    assert utils.kwargs_from_env(environment={}) == {}
