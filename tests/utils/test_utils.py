"""docker.utils and docker.utils.utils: the names that scripts import from them."""

import base64
import datetime
import json
import os
import socket
import subprocess
import sys

import pytest

import docker
from docker import config, errors, host_config, registry_auth, utils
from tests.server import Server, http


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
    for name in utils.utils.__all__:
        assert getattr(utils, name) is getattr(utils.utils, name)


def test_what_is_the_same_function_under_another_name():
    assert utils.split_command is config.convert_command
    assert utils.parse_repository_tag is registry_auth.split_tag


@pytest.mark.parametrize('function, value, expected, empty', [
    (utils.convert_port_bindings, {80: 8080}, {'80/tcp': [{'HostIp': '', 'HostPort': '8080'}]}, {}),
    (utils.convert_volume_binds, {'/a': '/b:ro'}, ['/a:/b:ro'], []),
    (utils.convert_filters, {'dangling': True}, '{"dangling": ["true"]}', '{}'),
    (utils.format_environment, {'A': 1}, ['A=1'], []),
    (utils.parse_devices, ['/dev/a'],
     [{'PathOnHost': '/dev/a', 'PathInContainer': '/dev/a', 'CgroupPermissions': 'rwm'}], [])])
def test_nothing_is_something_that_a_program_can_add_to(function, value, expected, empty):
    assert function(value) == expected
    assert function(type(value)()) == empty
    assert function(type(value)()) is not empty or isinstance(empty, str)


@pytest.mark.parametrize('call', [
    lambda: docker.Client('foo://x'), lambda: docker.Client('tcp://['), lambda: utils.parse_host('udp://x'),
    lambda: utils.parse_bytes('12x'), lambda: utils.parse_devices(['/dev/a:x']),
    lambda: utils.create_host_config(mem_limit='1z')])
def test_what_was_a_docker_exception_is_one(call):
    with pytest.raises(docker.errors.DockerException) as raised:
        call()
    assert type(raised.value) is docker.errors.InvalidArgument and isinstance(raised.value, ValueError)


@pytest.mark.parametrize('older, newer', [('1.6', '1.7'), ('1.9', '1.10'), ('1.24', '2.0')])
def test_version_lt_and_gte(older, newer):
    assert utils.version_lt(older, newer) is True and utils.version_lt(newer, older) is False
    assert utils.version_lt(older, older) is False
    assert utils.version_gte(newer, older) is True and utils.version_gte(older, newer) is False
    assert utils.version_gte(newer, newer) is True


@pytest.mark.parametrize('function', [utils.compare_version, utils.version_lt, utils.version_gte])
@pytest.mark.parametrize('place', [0, 1])
def test_a_version_that_is_not_negotiated_yet(function, place):
    versions = ['1.6', '1.6']
    versions[place] = docker.Client('unix:///missing.sock').api_version
    with pytest.raises(TypeError) as caught:
        function(*versions)
    assert 'call version() of the Client before' in str(caught.value)


@pytest.mark.parametrize('arguments, options', [
    (('1.22', 'busybox', 'sh -c ls'), {}), (('busybox', 'sh -c ls'), {}),
    (('busybox',), {'command': 'sh -c ls', 'version': '1.22'}),
    (('1.10',), {'image': 'busybox', 'command': ['sh', '-c', 'ls']})])
def test_create_container_config_takes_a_version_first(arguments, options):
    created = utils.create_container_config(*arguments, **options)
    assert created == config.create_container_config('busybox', ['sh', '-c', 'ls'])


@pytest.mark.parametrize('name, expected', [
    ('root', ('root', None)), ('root:tag', ('root', 'tag')), ('user/repo:tag', ('user/repo', 'tag')),
    ('url:5000/repo', ('url:5000/repo', None)), ('url:5000/repo:tag', ('url:5000/repo', 'tag')),
    ('root@sha256:' + 64 * 'a', ('root', 'sha256:' + 64 * 'a'))])
def test_parse_repository_tag(name, expected):
    assert utils.parse_repository_tag(name) == expected


@pytest.mark.parametrize('size, expected', [
    ('512MB', 512 << 20), ('512m', 512 << 20), ('1.5g', 3 << 29), ('1024', 1024), ('', 0), ('10k', 10240),
    (123, 123), (-1, -1), (1.5, 1.5)])
def test_parse_bytes(size, expected):
    assert utils.parse_bytes(size) == expected


@pytest.mark.parametrize('size, kind', [('512MK', ValueError), ('x', ValueError), ([], TypeError)])
def test_what_is_no_size(size, kind):
    with pytest.raises(kind):
        utils.parse_bytes(size)


@pytest.mark.parametrize('addr, options, expected', [
    (None, {}, 'http+unix:///var/run/docker.sock'), ('', {}, 'http+unix:///var/run/docker.sock'),
    ('unix://', {}, 'http+unix:///var/run/docker.sock'),
    ('unix:///tmp/a.sock', {}, 'http+unix:///tmp/a.sock'),
    ('tcp://engine:2375', {}, 'http://engine:2375'),
    ('tcp://engine:2376', {'tls': True}, 'https://engine:2376'),
    ('tcp://:7777', {}, 'http://127.0.0.1:7777'), ('0.0.0.0:4243', {}, 'http://0.0.0.0:4243'),
    ('https://engine:2376', {}, 'https://engine:2376'),
    (None, {'is_win32': True}, 'http://127.0.0.1:2375')])
def test_parse_host(addr, options, expected):
    assert utils.parse_host(addr, **options) == expected
    client = docker.Client(utils.parse_host(addr, **options))
    assert client.base_url == (expected if expected.startswith('http:') or expected.startswith('https:')
                               else 'http+docker://localhost')
    client.close()


@pytest.mark.parametrize('addr, kind', [
    ('ftp://engine', ValueError), ('tcp://engine:x', ValueError), (5, TypeError)])
def test_addresses_of_no_engine(addr, kind):
    with pytest.raises(kind) as caught:
        utils.parse_host(addr)
    assert str(caught.value).startswith('addr takes ')


def test_parse_env_file(tmp_path):
    path = tmp_path / 'web.env'
    path.write_bytes(u'# a comment\n\nUSER=jdoe\n PASS=secret=1 \nEMPTY=\nCAFE=caf\xe9\n'.encode('utf-8'))
    assert utils.parse_env_file(str(path)) == {
        'USER': 'jdoe', 'PASS': 'secret=1', 'EMPTY': '', 'CAFE': u'caf\xe9'}


@pytest.mark.parametrize('line', [b'hunter2', b'=hunter2'])
def test_a_bad_line_of_an_env_file(tmp_path, line):
    path = tmp_path / 'web.env'
    path.write_bytes(b'A=b\n' + line + b'\n')
    for kind in (errors.InvalidConfigFile, docker.DockerException, ValueError):
        with pytest.raises(kind) as caught:
            utils.parse_env_file(str(path))
    assert 'line 2' in str(caught.value) and 'hunter2' not in str(caught.value)


def test_an_env_file_that_is_missing(tmp_path):
    with pytest.raises(EnvironmentError):
        utils.parse_env_file(str(tmp_path / 'missing'))


@pytest.mark.parametrize('links, expected', [
    ({'db': 'database', 'cache': 'c'}, ['cache:c', 'db:database']), ([('db', 'database')], ['db:database']),
    ([('b', 'x'), ('a', 'y')], ['a:y', 'b:x']), ({}, []), (None, [])])
def test_normalize_links(links, expected):
    assert utils.normalize_links(links) == expected


class Zone(datetime.tzinfo):
    def utcoffset(self, when):
        return datetime.timedelta(hours=2)

    def dst(self, when):
        return datetime.timedelta(0)


@pytest.mark.parametrize('when, expected', [
    (datetime.datetime(1970, 1, 1), 0), (datetime.datetime(2013, 11, 9, 12, 26, 40), 1384000000),
    (datetime.datetime(2013, 11, 9, 12, 26, 40, 999999), 1384000000),
    (datetime.datetime(2013, 11, 9, 14, 26, 40, tzinfo=Zone()), 1384000000)])
def test_datetime_to_timestamp(when, expected):
    assert utils.datetime_to_timestamp(when) == expected


@pytest.mark.parametrize('value', [None, 5, '2013', datetime.date(2013, 11, 9)])
def test_what_is_no_datetime(value):
    with pytest.raises(TypeError):
        utils.datetime_to_timestamp(value)


@pytest.mark.parametrize('encode', [base64.b64encode, base64.urlsafe_b64encode])
@pytest.mark.parametrize('as_text', [True, False])
def test_decode_json_header(encode, as_text):
    value = {'name': u'caf\xe9???>>>', 'size': 5}
    header = encode(json.dumps(value, ensure_ascii=False).encode('utf-8'))
    assert utils.decode_json_header(header.decode('ascii') if as_text else header) == value


@pytest.mark.parametrize('header', ['x', b'bm8='])
def test_what_is_no_json_header(header):
    with pytest.raises(ValueError):
        utils.decode_json_header(header)


@pytest.mark.parametrize('responses, allowed, expected', [
    ([200], None, True), ([204], None, True), ([401], [401], True), ([401], None, False),
    ([500], [401], False)])
def test_ping(responses, allowed, expected):
    server = Server(socket.AF_INET)
    server.respond(*[http(status) for status in responses])
    assert utils.ping(server.url.replace('tcp:', 'http:') + '/x', allowed) is expected
    assert server.request.path == '/x'
    server.close()


def test_ping_of_nothing():
    assert utils.ping('http://127.0.0.1:1') is False


@pytest.mark.parametrize('responses, paths, expected', [
    ([200], ['/v2/'], True), ([401], ['/v2/'], True), ([404, 200], ['/v2/', '/v1/_ping'], True),
    ([404, 404], ['/v2/', '/v1/_ping'], False)])
def test_ping_registry(responses, paths, expected):
    server = Server(socket.AF_INET)
    server.respond(*[http(status) for status in responses])
    assert utils.ping_registry(server.url.replace('tcp:', 'http:')) is expected
    assert [request.path for request in server.requests] == paths
    server.close()


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
