"""docker.transport.log: a line for each request and each decision, at level DEBUG of the logger `docker`."""

import logging
import re
import subprocess
import sys

import pytest
import requests

import docker
from docker.transport.changes.recreated import Recreated
from tests.server import as_json, chunked, http
from tests.transport import respond_with
from tests.transport.test_contexts import Folder
from tests.wire import negotiated

MODERN = as_json({'ApiVersion': '1.41', 'MinAPIVersion': '1.12'})
PASSWORD = 'a-password-in-a-url'


@pytest.fixture
def lines(caplog):
    caplog.set_level(logging.DEBUG, 'docker')
    return lambda: [record.getMessage() for record in caplog.records
                    if record.name.split('.')[0] == 'docker' and record.levelno == logging.DEBUG]


def test_a_request_is_one_line(client, server, lines):
    negotiated(client, server)
    before = len(lines())
    server.respond(as_json([]), http(404, 'No such container: web'), lambda peer: False)
    client.containers(all=True, limit=5)
    for _ in range(2):
        with pytest.raises(docker.errors.DockerException):
            client.start('web')
    seconds = r', \d+\.\d{3} s$'
    for line, expected in zip(lines()[before:], [
            r'^GET /v1\.6/containers/json\?[a-z_]+=\d(&[a-z_]+=\d)*: 200',
            r'^POST /v1\.6/containers/web/start: 404',
            r'^POST /v1\.6/containers/web/start: EngineUnreachable']):
        assert re.search(expected + seconds, line) is not None, line
    assert len(lines()) == before + 3


def test_what_is_negotiated_is_one_line(client, server, lines):
    server.respond(MODERN, as_json({}))
    client.info()
    assert len(lines()) == 3
    assert lines()[0].startswith('GET /version: 200') and lines()[2].startswith('GET /v1.12/info: 200')
    assert lines()[1] == ('API 1.12 is used with the engine at unix://{0}: it serves 1.12 to 1.41, the '
                          'Client is of 1.6'.format(server.path))


def test_a_version_that_the_environment_sets(server, lines, monkeypatch):
    monkeypatch.setenv('DOCKER_API_VERSION', '1.30')
    with docker.Client(server.url, version='auto') as client:
        server.respond(as_json({}), as_json({}))
        client.info()
    assert lines()[1].startswith('API 1.30 is used')
    assert lines()[1].endswith('unknown version to an unknown one, the Client is of the newest, and '
                               'DOCKER_API_VERSION is set')


def test_a_request_that_is_sent_again(client, server, lines):
    negotiated(client, server)
    server.respond(respond_with(http(200, '{}', 'application/json')), lambda peer: False, as_json({}))
    client.info()
    client.info()
    assert 'The engine has closed a kept connection: the request is sent again' in lines()


def test_an_engine_that_was_replaced(client, server, lines):
    refusal = http(400, 'client version 1.12 is too old. Minimum supported API version is 1.40')
    server.respond(MODERN, refusal, as_json({'ApiVersion': '1.55', 'MinAPIVersion': '1.40'}), as_json({}))
    client.info()
    assert 'The engine refuses API 1.12: they are requested again' in lines()
    assert [line for line in lines() if line.startswith('API 1.40 is used')]


def test_a_container_that_is_recreated(lines):
    Recreated().remember('abc', 'def')
    assert lines() == ['Container abc was recreated as def, with the host config of start']


def test_a_response_that_comes_later(client, server, lines):
    url = client.base_url + '/v1.12/containers/a/logs?follow=1'
    request = client.prepare_request(requests.Request('GET', url))
    server.respond(chunked([b'out']), lambda peer: False)
    for outcome in ('200', 'EngineUnreachable'):
        response = client.get_adapter(client.base_url).inner.send_deferred(request)
        assert lines()[-1] == 'The response to GET /v1.12/containers/a/logs is not waited for'
        try:
            assert response.content == b'out'
        except docker.errors.EngineUnreachable:
            pass
        target = r'^GET /v1\.12/containers/a/logs\?follow=1: '
        assert re.search(target + outcome + ', ', lines()[-1]) is not None


def test_a_context(lines, tmp_path, monkeypatch):
    monkeypatch.setenv('DOCKER_CONFIG', str(tmp_path))
    monkeypatch.setenv('DOCKER_CONTEXT', 'one')
    Folder(tmp_path).engine('one', 'tcp://me:{0}@127.0.0.1:1'.format(PASSWORD))
    docker.Client().close()
    assert lines() == ['The Docker context "one" (DOCKER_CONTEXT) is used: http://127.0.0.1:1']


@pytest.mark.parametrize('call, shown', [
    (lambda c: c.build('https://me:{0}@host/a.git#main'.format(PASSWORD)),
     'remote=https://***@host/a.git?***'),
    (lambda c: c.build('https://{0}@host/a.git?k={0}'.format(PASSWORD)),
     'remote=https://***@host/a.git?***'),
    (lambda c: c.build('https://me:a/{0}@host/'.format(PASSWORD)), 'remote=https://***@host/'),
    (lambda c: c.import_image('http://me:{0}@host/a.tar'.format(PASSWORD)),
     'fromSrc=http://***@host/a.tar'),
    (lambda c: c.post(c.base_url + '/x?fromSrc=me:{0}@host/a'.format(PASSWORD)), 'fromSrc=***@host/a'),
    (lambda c: c.post(c.base_url + '/v1.5/images/a/insert', params={
        'url': u'http://me:{0}\xe9@host/a\nb'.format(PASSWORD)}), 'url=http://***@host/a%0Ab'),
    (lambda c: c.post(c.base_url + '/v1.41/build?buildargs={0}'.format(PASSWORD)), '/build?buildargs=***'),
    (lambda c: c.post(c.base_url + '/x?y&z=&token={0}'.format(PASSWORD)), '/x?y&z=&token=***'),
    (lambda c: c.commit('a', message=PASSWORD, author=PASSWORD), 'comment=***'),
    (lambda c: c.pull('busybox', auth_config={'username': 'me', 'password': PASSWORD}),
     'fromImage=busybox'),
    (lambda c: c.get(c.base_url + '/x', auth=('me', PASSWORD), headers={'X': PASSWORD}), 'GET /x: 200'),
])
def test_no_line_shows_a_secret(client, server, lines, call, shown):
    negotiated(client, server)
    server.respond(as_json({'Id': 'a'}))
    call(client)
    assert PASSWORD not in '\n'.join(lines()) and '\n' not in ''.join(lines())
    line, = [line for line in lines() if shown.replace('/', '%2F').replace(':', '%3A') in
             line.replace('/', '%2F').replace(':', '%3A')]


def test_it_is_silent_unless_it_is_configured(server):
    program = """
import docker, logging
logging.getLogger('docker').error('not shown')
docker.Client({0!r}).version()
assert [type(handler) for handler in logging.getLogger('docker').handlers] == [logging.NullHandler]
""".format(server.url)
    server.respond(MODERN, MODERN)
    assert subprocess.check_output([sys.executable, '-c', program], stderr=subprocess.STDOUT) == b''


def test_nothing_is_formatted_when_it_is_off(client, server, monkeypatch):
    logger = logging.getLogger('docker.transport')
    monkeypatch.setattr(logger, 'level', logging.INFO)
    if hasattr(logger, '_cache'):
        monkeypatch.setattr(logger, '_cache', {})
    monkeypatch.setattr(logger, 'debug', None)
    server.respond(MODERN, as_json({'A': 1}))
    assert client.info() == {'A': 1}
