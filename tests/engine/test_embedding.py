"""What stands in for a real engine, and what is seen of the requests to one."""

import logging
import os
import re

import requests
from requests.adapters import HTTPAdapter

import docker
from tests.engine.conftest import HOST, require_engine
from tests.transport.test_contexts import Folder


def test_a_removal_that_is_mocked_removes_nothing(client, create, monkeypatch):
    container = create('true')
    gone = requests.Response()
    gone.status_code, seen = 204, []
    monkeypatch.setattr(HTTPAdapter, 'send', lambda adapter, request, **kwargs: seen.append(request) or gone)
    client.remove_container(container)
    monkeypatch.undo()
    assert [(request.method, request.path_url.split('?')[0]) for request in seen] == [
        ('DELETE', '/v1.6/containers/' + container['Id'])]
    assert client.inspect_container(container)['ID'] == container['Id']


def test_what_is_passed_on_reaches_the_engine(client, run, monkeypatch):
    original, seen = HTTPAdapter.send, []

    def send(adapter, request, **kwargs):
        seen.append(request.method)
        return original(adapter, request, **kwargs)
    monkeypatch.setattr(HTTPAdapter, 'send', send)
    container = run('sh -c "read word; echo $word"', stdin_open=True)
    sock = client.attach_socket(container, {'stdin': 1, 'stream': 1})
    sock.sendall(b'hello\n')
    assert b''.join(client.logs(container, stream=True)) == b'hello\n'
    sock.close()
    assert client.wait(container) == 0
    with client.export(container) as archive:
        assert len(archive.read(512)) == 512
    assert seen[:3] == ['POST', 'POST', 'POST'] and len(seen) >= 7


def test_the_log(client, run, caplog):
    caplog.set_level(logging.DEBUG, 'docker')
    container = run('true')
    client.wait(container)
    lines = [record.getMessage() for record in caplog.records if record.name.startswith('docker')]
    path = r'POST /v{0}/containers/{1}/wait: 200, \d+\.\d+ s'.format(
        re.escape(client.api_version), container['Id'])
    assert [line for line in lines if re.match(path, line)]
    assert [line for line in lines if line.startswith('API {0} is used with '.format(client.api_version))]


def test_a_context(tmp_path, monkeypatch):
    require_engine()
    Folder(tmp_path).engine('mine', HOST)
    monkeypatch.delenv('DOCKER_HOST', raising=False)
    monkeypatch.setenv('DOCKER_CONFIG', str(tmp_path))
    monkeypatch.setenv('DOCKER_CONTEXT', 'mine')
    assert 'DOCKER_HOST' not in os.environ
    with docker.Client() as client:
        assert client.version()['Version']
