"""The attributes of `docker`, and the other ways to make a Client."""

import subprocess
import sys

import pytest

import docker
from docker import constants
from docker.errors import DockerException, InvalidVersion
from tests.server import as_json, http

MODULES = ('auth', 'constants', 'errors', 'tls', 'utils')
NEWER = as_json({'Version': '20.10.24', 'ApiVersion': '1.41', 'MinAPIVersion': '1.12'})


@pytest.mark.parametrize('statement', [
    'import docker; docker.{0}', 'from docker import {0}', 'import docker.{0}',
    'import docker; assert "{0}" in dir(docker)', 'from docker import *; {0}'])
@pytest.mark.parametrize('name', MODULES)
def test_modules_after_the_import(statement, name):
    # In a process of its own, as all of it is already imported in this one.
    subprocess.check_call([sys.executable, '-c', statement.format(name)])


@pytest.mark.parametrize('statement', [
    'from docker.version import version, version_info; import docker; assert docker.version == version',
    'import docker.version; assert docker.version == docker.__version__',
    'import docker, docker.version; assert docker.version.split(".")',
    'from docker import version; version.split(".")', 'from docker.client import AutoVersionClient, from_env',
    'import docker; docker.client.AutoVersionClient; docker.client.from_env',
    'from docker.utils.utils import kwargs_from_env', 'from docker.utils.ports import split_port',
    'from docker.utils.ports import build_port_bindings', 'from docker.utils import utils; utils.parse_bytes',
    'from docker.utils.socket import read_exactly, next_frame_size, frames_iter',
    'import docker.utils.socket, docker.utils.ports, docker.utils.build',
    'from docker.tls import TLSConfig', 'import docker; docker.tls.TLSConfig',
    'from docker.errors import APIError, NotFound, DockerException, InvalidVersion, InvalidRepository, '
    'InvalidConfigFile, DeprecatedMethod, TLSParameterError, NullResource',
    'from docker.constants import DEFAULT_TIMEOUT_SECONDS, DEFAULT_DOCKER_API_VERSION'])
def test_imports(statement):
    subprocess.check_call([sys.executable, '-c', statement])


def test_an_attribute_that_there_is_not():
    with pytest.raises(AttributeError) as caught:
        docker.nothing
    assert 'nothing' in str(caught.value)


def test_the_version():
    assert docker.version == docker.__version__ == '.'.join(str(part) for part in docker.version_info)
    assert docker.version_info > (1, 10, 6) and type(docker.version_info) is tuple


def test_constants():
    assert constants.DEFAULT_DOCKER_API_VERSION == docker.client.DEFAULT_DOCKER_API_VERSION == '1.6'
    assert constants.DEFAULT_TIMEOUT_SECONDS == docker.client.DEFAULT_TIMEOUT_SECONDS == 60
    assert constants.STREAM_HEADER_SIZE_BYTES == 8
    assert constants.IS_WINDOWS_PLATFORM is (sys.platform == 'win32')
    assert constants.DEFAULT_USER_AGENT == 'docker-py/' + docker.version
    assert constants.DEFAULT_NUM_POOLS == 10
    assert constants.CONTAINER_LIMITS_KEYS[:4] == ['memory', 'memswap', 'cpushares', 'cpusetcpus']
    for name in constants.__all__:
        assert hasattr(constants, name)


# The arguments of Client

@pytest.mark.parametrize('arguments, options, agent, size', [
    ((), {}, constants.DEFAULT_USER_AGENT, 10), ((3,), {}, constants.DEFAULT_USER_AGENT, 3),
    (('me/1',), {}, 'me/1', 10), (('me/1', 7), {}, 'me/1', 7), (('me/1',), {'num_pools': 7}, 'me/1', 7),
    (('me/1', 0), {}, 'me/1', 0), ((3, 'me/1'), {}, 'me/1', 3), ((3, 'me/1', 7), {}, 'me/1', 7),
    ((), {'user_agent': 'me/1', 'num_pools': 7}, 'me/1', 7),
    ((), {'num_pools': 7}, constants.DEFAULT_USER_AGENT, 7),
    ((), {'user_agent': u'me/1', 'pool_size': 3}, 'me/1', 3)])
def test_arguments_in_both_orders(server, arguments, options, agent, size):
    client = docker.Client(server.url, '1.6', 10, False, *arguments, **options)
    server.respond(http(200))
    client.get(client.base_url + '/x')
    assert server.request.headers['user-agent'] == agent
    assert client.get_adapter(client.base_url).inner.pool_size == size
    client.close()


@pytest.mark.parametrize('base_url', [None, '', u''])
@pytest.mark.parametrize('version', [None, '1.6'])
def test_defaults_of_old_scripts(base_url, version):
    client = docker.Client(base_url, version, docker.client.DEFAULT_TIMEOUT_SECONDS, False)
    assert repr(client) == '<docker.Client unix:///var/run/docker.sock version 1.6>'
    client.close()


# from_env

@pytest.mark.parametrize('from_env', [docker.from_env, docker.Client.from_env, docker.client.from_env])
def test_from_env(from_env, monkeypatch):
    monkeypatch.setenv('DOCKER_HOST', 'tcp://192.0.2.1:2375')
    client = from_env(version='1.22', timeout=7)
    assert type(client) is docker.Client
    assert (client.base_url, client.timeout) == ('http://192.0.2.1:2375', 7)
    assert repr(client) == '<docker.Client http://192.0.2.1:2375 version 1.22>'
    client.close()


def test_from_env_without_an_environment():
    client = docker.from_env()
    assert repr(client) == '<docker.Client unix:///var/run/docker.sock version 1.6>'
    client.close()


def test_from_env_with_tls(monkeypatch, tmp_path):
    (tmp_path / 'ca.pem').write_bytes(b'')
    environment = {'DOCKER_HOST': 'tcp://192.0.2.1:2376', 'DOCKER_TLS_VERIFY': '1',
                   'DOCKER_CERT_PATH': str(tmp_path)}
    client = docker.from_env(environment=environment, ssl_version='any', assert_hostname='engine')
    assert (client.base_url, client.verify) == ('https://192.0.2.1:2376', str(tmp_path / 'ca.pem'))
    assert client._endpoint.assert_hostname == 'engine'
    client.close()


def test_from_env_of_another_environment(monkeypatch):
    monkeypatch.setenv('DOCKER_HOST', 'tcp://192.0.2.1:2375')
    client = docker.from_env(environment={})
    assert repr(client) == '<docker.Client unix:///var/run/docker.sock version 1.6>'
    client.close()


def test_from_env_of_a_subclass():
    class Mine(docker.Client):
        pass

    client = Mine.from_env(timeout=3)
    assert type(client) is Mine
    client.close()


def test_from_env_refuses_what_client_refuses():
    with pytest.raises(TypeError):
        docker.from_env(unknown=1)
    with pytest.raises(InvalidVersion):
        docker.from_env(version='x')


# AutoVersionClient

def test_an_auto_version_client(server):
    client = docker.AutoVersionClient(server.url, timeout=10)
    assert isinstance(client, docker.Client) and client.timeout == 10
    server.respond(NEWER, as_json([]))
    client.containers()
    assert client.api_version == '1.41' and server.request.path == '/v1.41/containers/json'
    client.close()


@pytest.mark.parametrize('options', [{}, {'version': None}])
def test_an_auto_version_client_without_version(server, options):
    client = docker.AutoVersionClient(base_url=server.url, **options)
    assert repr(client).endswith(' version auto>')
    client.close()


@pytest.mark.parametrize('arguments, options', [
    ((), {'version': '1.22'}), (('', '1.22'), {}), ((), {'version': 'auto'})])
def test_an_auto_version_client_takes_no_version(arguments, options):
    for kind in (TypeError, DockerException, InvalidVersion):
        with pytest.raises(kind) as caught:
            docker.AutoVersionClient(*arguments, **options)
    assert 'takes no version' in str(caught.value)


def test_an_auto_version_client_of_the_environment(monkeypatch):
    monkeypatch.setenv('DOCKER_HOST', 'tcp://192.0.2.1:2375')
    client = docker.AutoVersionClient.from_env(timeout=3)
    assert repr(client) == '<docker.Client http://192.0.2.1:2375 version auto>'
    client.close()


def test_a_version_that_is_no_text_is_a_docker_exception():
    for kind in (DockerException, TypeError):
        with pytest.raises(kind):
            docker.Client(version=1.22)


@pytest.mark.parametrize('version', ['1.22', '1.24'])
def test_scripts_compare_the_version_before_they_send_anything(server, version):
    client = docker.Client(server.url, version=version)
    assert docker.utils.version_gte(client.api_version, '1.21')
    assert docker.utils.compare_version(client.api_version, '1.21') < 0
    assert server.connections == 0
    client.close()


def test_what_is_not_supported_is_an_invalid_version():
    assert issubclass(docker.errors.NotSupported, InvalidVersion)
