"""docker.auth, also as docker.auth.auth: the names of docker-py 1.x."""

import base64
import json
import os
import stat
import subprocess
import sys

import pytest

import docker
from docker import registry_auth
from docker.auth import auth
from docker.errors import DockerException, InvalidConfigFile, InvalidRepository

PAIR = base64.b64encode(b'me:s3cret').decode('ascii')
HELPER = '''#!/bin/sh
echo '{"ServerURL": "x", "Username": "helped", "Secret": "by-a-helper"}'
'''


def write(path, value):
    path.write_bytes(value if isinstance(value, bytes) else json.dumps(value).encode('ascii'))
    return str(path)


@pytest.mark.parametrize('statement', [
    'import docker; docker.auth.resolve_authconfig; docker.auth.auth.resolve_authconfig',
    'from docker import auth; auth.INDEX_NAME', 'from docker.auth import auth; auth.INDEX_NAME',
    'import docker.auth.auth; docker.auth.auth.load_config', 'from docker.auth.auth import load_config',
    'from docker.auth import INDEX_URL, encode_header, decode_auth, convert_to_hostname'])
def test_ways_to_import_it(statement):
    subprocess.check_call([sys.executable, '-c', statement])


def test_both_are_the_same():
    for name in auth.__all__:
        assert getattr(docker.auth, name) is getattr(auth, name)
    for name in docker.auth.__all__:
        assert getattr(docker.auth, name, None) is getattr(
            auth if name in auth.__all__ else registry_auth, name)


def test_the_index():
    assert docker.auth.INDEX_NAME == 'docker.io'
    assert docker.auth.INDEX_URL == 'https://index.docker.io/v1/'


@pytest.mark.parametrize('name, expected', [
    ('image', ('docker.io', 'image')), ('user/image', ('docker.io', 'user/image')),
    ('index.docker.io/user/image', ('docker.io', 'user/image')),
    ('my.registry.net/image', ('my.registry.net', 'image')),
    ('localhost:5000/user/image', ('localhost:5000', 'user/image')),
    ('localhost/image', ('localhost', 'image'))])
def test_resolve_repository_name(name, expected):
    assert docker.auth.resolve_repository_name(name) == expected


@pytest.mark.parametrize('name', [
    '', 'http://host/image', 'a//b', '/image', 'image/', '-host.com/image',
    'host-:5000/image', 'host.com-/image'])
def test_names_of_no_repository(name):
    for kind in (InvalidRepository, DockerException, ValueError):
        with pytest.raises(kind):
            docker.auth.resolve_repository_name(name)


@pytest.mark.parametrize('address, hostname, key', [
    ('https://index.docker.io/v1/', 'index.docker.io', 'docker.io'), ('docker.io', 'docker.io', 'docker.io'),
    ('http://host:5000/v1/', 'host:5000', 'host:5000'), ('host', 'host', 'host')])
def test_addresses(address, hostname, key):
    assert docker.auth.convert_to_hostname(address) == hostname
    assert docker.auth.resolve_index_name(address) == key


@pytest.mark.parametrize('value', [PAIR, PAIR.encode('ascii'), PAIR.rstrip('=')])
def test_decode_auth(value):
    assert docker.auth.decode_auth(value) == ('me', 's3cret')


@pytest.mark.parametrize('value', ['', '!', 'bm9uZQ==', u'caf\xe9'])
def test_what_is_no_auth(value):
    with pytest.raises(ValueError) as caught:
        docker.auth.decode_auth(value)
    assert not value or value not in str(caught.value)


def test_encode_header():
    header = docker.auth.encode_header({'username': 'me', 'password': 's3cret', 'email': 'me@example.com'})
    decoded = json.loads(base64.urlsafe_b64decode(header).decode('ascii'))
    assert (decoded['username'], decoded['password']) == ('me', 's3cret')


# load_config

CREDENTIALS = {'username': 'me', 'password': 's3cret', 'email': 'me@example.com',
               'serveraddress': 'https://index.docker.io/v1/'}


@pytest.mark.parametrize('content', [
    {'auths': {'https://index.docker.io/v1/': {'auth': PAIR, 'email': 'me@example.com'}}},
    {'https://index.docker.io/v1/': {'auth': PAIR, 'email': 'me@example.com'}},
    'auth = {0}\nemail = me@example.com\n'.format(PAIR).encode('ascii')])
def test_load_config_of_a_file(tmp_path, content):
    path = write(tmp_path / 'given', content)
    assert docker.auth.load_config(path) == {'docker.io': CREDENTIALS}


def test_load_config_of_several_registries(tmp_path):
    path = write(tmp_path / 'config.json', {'auths': {
        'host:5000': {'auth': PAIR}, 'https://other.example.com/v1/': {'identitytoken': 'a token'}}})
    loaded = docker.auth.load_config(path)
    assert loaded == {
        'host:5000': {'username': 'me', 'password': 's3cret', 'serveraddress': 'host:5000'},
        'other.example.com': {'identitytoken': 'a token', 'serveraddress': 'https://other.example.com/v1/'}}


def test_load_config_of_the_docker_command(tmp_path, monkeypatch):
    write(tmp_path / 'config.json', {'auths': {'host:5000': {'auth': PAIR}}})
    monkeypatch.setenv('DOCKER_CONFIG', str(tmp_path))
    assert docker.auth.load_config()['host:5000']['password'] == 's3cret'


def test_load_config_runs_helpers(tmp_path, monkeypatch):
    helper = tmp_path / 'docker-credential-test'
    helper.write_bytes(HELPER.encode('ascii'))
    helper.chmod(helper.stat().st_mode | stat.S_IXUSR)
    write(tmp_path / 'config.json', {'credHelpers': {'host:5000': 'test'}})
    monkeypatch.setenv('DOCKER_CONFIG', str(tmp_path))
    monkeypatch.setenv('PATH', str(tmp_path) + os.pathsep + os.environ['PATH'])
    found = docker.auth.resolve_authconfig(docker.auth.load_config(), 'host:5000')
    assert (found['username'], found['password']) == ('helped', 'by-a-helper')


def test_load_config_of_no_file(tmp_path):
    assert docker.auth.load_config(str(tmp_path / 'missing')) == {}


@pytest.mark.parametrize('content', [b'{"auths": s3cret', b's3cret', b'\xff\xfe', b'[]'])
def test_load_config_of_a_bad_file(tmp_path, content):
    path = write(tmp_path / 'config.json', content)
    for kind in (InvalidConfigFile, DockerException, ValueError):
        with pytest.raises(kind) as caught:
            docker.auth.load_config(path)
    assert path in str(caught.value) and 's3cret' not in str(caught.value)


def test_load_config_of_a_folder(tmp_path):
    with pytest.raises(InvalidConfigFile):
        docker.auth.load_config(str(tmp_path))


# resolve_authconfig

CONFIG = {'docker.io': {'username': 'hub'}, 'https://host:5000/v1/': {'username': 'host'},
          'other.example.com': {'username': 'other'}}


@pytest.mark.parametrize('registry, user', [
    (None, 'hub'), ('docker.io', 'hub'), ('https://index.docker.io/v1/', 'hub'), ('host:5000', 'host'),
    ('http://host:5000', 'host'), ('https://other.example.com/v2/', 'other')])
def test_resolve_authconfig(registry, user):
    assert docker.auth.resolve_authconfig(CONFIG, registry) == {'username': user}


def test_the_exact_address_comes_first():
    config = {'host:5000': {'username': 'short'}, 'https://host:5000': {'username': 'long'}}
    assert docker.auth.resolve_authconfig(config, 'https://host:5000') == {'username': 'long'}
    assert docker.auth.resolve_authconfig(config, 'host:5000') == {'username': 'short'}


def test_an_unknown_registry():
    assert docker.auth.resolve_authconfig(CONFIG, 'unknown:5000') is None
    assert docker.auth.resolve_authconfig({}) is None
