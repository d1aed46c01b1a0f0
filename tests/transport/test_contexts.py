# -*- coding: utf-8 -*-
"""docker.transport.contexts: the engine that the docker command uses, by the name of a context."""

import hashlib
import json
import os
import sys

import pytest
import six

import docker
from docker.errors import InvalidContext
from docker.transport.contexts import current_settings
from tests.server import as_json

LOCAL = 'unix:///var/run/docker.sock'


class Folder(object):
    """The folder of config.json. `docker context` of Docker 20.10 to 28 writes these files."""

    def __init__(self, path):
        self.path = str(path)

    def write(self, content, *names):
        path = os.path.join(self.path, *names)
        if not os.path.isdir(os.path.dirname(path)):
            os.makedirs(os.path.dirname(path))
        with open(path, 'wb') as file:
            file.write(content if isinstance(content, bytes) else json.dumps(content).encode('ascii'))
        return path

    def config(self, content):
        return self.write(content, 'config.json')

    def context(self, name, content):
        digest = hashlib.sha256(name.encode('utf-8')).hexdigest()
        return self.write(content, 'contexts', 'meta', digest, 'meta.json')

    def engine(self, name, host, **fields):
        return self.context(name, {'Name': name, 'Metadata': {}, 'Endpoints': {
            'docker': dict({'Host': host, 'SkipTLSVerify': False}, **fields)}})

    def tls(self, name, *files):
        digest = hashlib.sha256(name.encode('utf-8')).hexdigest()
        return [self.write(b'', 'contexts', 'tls', digest, 'docker', file) for file in files]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv('DOCKER_CONFIG', str(tmp_path))
    return Folder(tmp_path)


def address(**kwargs):
    """Return the address in the repr of a Client."""
    with docker.Client(**kwargs) as client:
        return repr(client).split()[1]


def test_the_digest_is_that_of_the_docker_command(folder):
    path = folder.engine('one', 'tcp://127.0.0.1:1')
    assert path.endswith('7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed/meta.json')


def test_the_context_of_the_environment_and_of_the_file(folder, monkeypatch):
    assert address() == LOCAL
    folder.engine('one', 'tcp://127.0.0.1:1')
    folder.engine('two', 'unix:///two.sock')
    assert address() == LOCAL
    folder.config({'currentContext': 'one'})
    assert address() == 'http://127.0.0.1:1'
    monkeypatch.setenv('DOCKER_CONTEXT', 'two')
    assert address() == 'unix:///two.sock'
    monkeypatch.setenv('DOCKER_CONTEXT', '')
    assert address() == 'http://127.0.0.1:1'


@pytest.mark.parametrize('current', ['one', 'missing', 'default'])
def test_the_default_context_and_docker_host_and_base_url_come_first(folder, monkeypatch, current):
    folder.engine('one', 'tcp://127.0.0.1:1')
    folder.config({'currentContext': current})
    monkeypatch.setenv('DOCKER_CONTEXT', 'default')
    assert address() == LOCAL
    monkeypatch.setenv('DOCKER_CONTEXT', current)
    assert address(base_url='unix:///mine.sock') == 'unix:///mine.sock'
    monkeypatch.setenv('DOCKER_HOST', 'tcp://127.0.0.1:2')
    assert address() == 'http://127.0.0.1:2'


@pytest.mark.parametrize('config', [{}, {'currentContext': ''}, {'currentContext': None},
                                    {'currentContext': 'default'}, b''])
def test_no_context(folder, config):
    folder.config(config)
    assert address() == LOCAL


def test_the_home_folder(monkeypatch):
    monkeypatch.setenv('DOCKER_CONTEXT', 'one')
    Folder(os.path.join(os.environ['HOME'], '.docker')).engine('one', 'unix:///home.sock')
    assert address() == 'unix:///home.sock'


@pytest.mark.parametrize('name', [u'caf\xe9', u'a/b', u'a b', u'..'])
def test_names_are_taken_as_they_are(folder, monkeypatch, name):
    folder.engine(name, 'unix:///a.sock')
    folder.config({'currentContext': name})
    assert address() == 'unix:///a.sock'
    folder.config({})
    assert current_settings({'DOCKER_CONTEXT': name, 'DOCKER_CONFIG': folder.path}) == {
        'base_url': 'unix:///a.sock'}
    if six.PY2 or sys.getfilesystemencoding().lower() == 'utf-8':
        monkeypatch.setenv('DOCKER_CONTEXT', six.ensure_str(name))
        assert address() == 'unix:///a.sock'


def test_calls_go_to_its_engine(folder, monkeypatch, server):
    folder.engine('one', server.url)
    monkeypatch.setenv('DOCKER_CONTEXT', 'one')
    server.respond(as_json({'ApiVersion': '1.41', 'MinAPIVersion': '1.6'}), as_json({'A': 1}))
    with docker.Client() as client:
        assert client.info() == {'A': 1}


@pytest.mark.parametrize('files, skip, verify, cert', [
    ([], True, False, False), (['ca.pem'], False, 'ca.pem', False), (['ca.pem'], True, False, False),
    (['cert.pem', 'key.pem'], False, True, True), (['ca.pem', 'cert.pem', 'key.pem'], False, 'ca.pem', True)])
@pytest.mark.parametrize('host, url', [
    ('tcp://127.0.0.1', 'https://127.0.0.1:2376'), ('http://127.0.0.1:1', 'https://127.0.0.1:1'),
    ('https://127.0.0.1:1', 'https://127.0.0.1:1')])
def test_tls(folder, monkeypatch, files, skip, verify, cert, host, url):
    folder.engine('one', host, SkipTLSVerify=skip)
    paths = {os.path.basename(path): path for path in folder.tls('one', *files)}
    monkeypatch.setenv('DOCKER_CONTEXT', 'one')
    monkeypatch.setenv('DOCKER_TLS_VERIFY', '1')
    monkeypatch.setenv('DOCKER_CERT_PATH', '/nowhere')
    with docker.Client() as client:
        assert client.base_url == url
        assert client.verify == paths.get(verify, verify)
        assert client.cert == ((paths['cert.pem'], paths['key.pem']) if cert else None)


def test_without_tls(folder, monkeypatch):
    folder.engine('one', 'tcp://127.0.0.1')
    monkeypatch.setenv('DOCKER_CONTEXT', 'one')
    assert address() == 'http://127.0.0.1:2375'
    folder.context('one', {'Endpoints': {'docker': {}}})
    assert address() == LOCAL


def endpoint(**fields):
    return {'Endpoints': {'docker': fields}}


@pytest.mark.parametrize('content, problem', [
    (None, 'does not exist'), (b'', 'not a JSON object'), (b'{', 'not a JSON object'),
    (b'\xff', 'not a JSON object'), ([], 'not a JSON object'), ({}, 'no Docker endpoint'),
    ({'Endpoints': []}, 'no Docker endpoint'), ({'Endpoints': {'docker': None}}, 'no Docker endpoint'),
    ({'Endpoints': {'other': {}}}, 'no Docker endpoint'), (endpoint(Host=5), 'Host takes text'),
    (endpoint(Host='tcp://a', SkipTLSVerify='no'), 'SkipTLSVerify'),
    (endpoint(Host='ssh://me:a-password@host:22'), 'ssh://host:22, and SSH is not supported'),
    (endpoint(Host='npipe:////./pipe/docker'), 'no address'),
    (endpoint(Host='tcp://me:a-password@:x'), 'no address')])
@pytest.mark.parametrize('origin', ['DOCKER_CONTEXT', 'config.json'])
def test_a_context_that_cannot_be_used_is_an_error(folder, monkeypatch, origin, content, problem):
    if content is not None:
        folder.context('mine', content)
    if origin == 'DOCKER_CONTEXT':
        monkeypatch.setenv('DOCKER_CONTEXT', 'mine')
    else:
        folder.config({'currentContext': 'mine'})
    with pytest.raises(InvalidContext) as raised:
        docker.Client()
    message = str(raised.value)
    assert '"mine"' in message and origin in message and problem in message
    assert 'a-password' not in message
    if problem == 'does not exist':
        assert folder.context('mine', {}) in message
    assert isinstance(raised.value, (ValueError, docker.DockerException))


@pytest.mark.parametrize('files', [['cert.pem'], ['ca.pem', 'key.pem']])
def test_a_certificate_without_its_key(folder, monkeypatch, files):
    folder.engine('one', 'tcp://127.0.0.1')
    folder.tls('one', *files)
    monkeypatch.setenv('DOCKER_CONTEXT', 'one')
    with pytest.raises(InvalidContext, match='cert.pem and key.pem'):
        docker.Client()


def test_a_file_that_cannot_be_read(folder, monkeypatch):
    monkeypatch.setenv('DOCKER_CONTEXT', 'one')
    path = folder.engine('one', 'tcp://127.0.0.1')
    os.remove(path)
    os.mkdir(path)
    with pytest.raises(InvalidContext) as raised:
        docker.Client()
    assert path in str(raised.value) and 'directory' in str(raised.value)


@pytest.mark.parametrize('name', [5, ['one'], {'a': 'b'}, True])
def test_a_name_that_is_no_text(folder, name):
    path = folder.config({'currentContext': name})
    with pytest.raises(InvalidContext) as raised:
        docker.Client()
    assert 'currentContext of ' + path in str(raised.value)


def test_kwargs_from_env_does_not_look_at_contexts(folder, monkeypatch):
    monkeypatch.setenv('DOCKER_CONTEXT', 'missing')
    assert docker.utils.kwargs_from_env() == {}
