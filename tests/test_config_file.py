# -*- coding: utf-8 -*-
"""docker.config_file: config.json and what is read of it for each request."""

import json
import os
import pickle
import socket

import pytest
import six

import docker
from docker.config_file import config_folder, http_headers
from tests.server import Server, as_json

SECRET = 'a-secret-header-value'


@pytest.fixture
def write(tmp_path, monkeypatch):
    monkeypatch.setenv('DOCKER_CONFIG', str(tmp_path))

    def write_config(text):
        path = tmp_path / 'config.json'
        path.write_text(text if isinstance(text, six.text_type) else six.ensure_text(json.dumps(text)))
        return str(path)
    return write_config


def test_the_folder(monkeypatch):
    home = os.environ['HOME']
    assert config_folder() == os.path.join(home, '.docker')
    monkeypatch.setenv('DOCKER_CONFIG', '/other')
    assert config_folder() == '/other'
    assert config_folder({'HOME': '/home/me', 'DOCKER_CONFIG': ''}) == '/home/me/.docker'
    with pytest.raises(TypeError, match='environ'):
        config_folder('HOME=/')


@pytest.mark.parametrize('entries, headers', [
    ({}, []), (None, []), ({'X-A': 'b', 'X-C': ' d\t'}, [('X-A', 'b'), ('X-C', 'd')]),
    ({'User-Agent': 'a', 'HOST': 'b', 'Content-Length': '1', 'Transfer-Encoding': 'chunked',
      'Connection': 'close', 'Upgrade': 'tcp'}, []),
    ({'X-Empty': ''}, [('X-Empty', '')]),
    ({'X-A': u'caf\xe9'}, [('X-A', b'caf\xc3\xa9' if six.PY2 else 'caf\xc3\xa9')])])
def test_http_headers(write, recwarn, entries, headers):
    write({'HttpHeaders': entries})
    assert http_headers() == headers
    assert all(type(text) is str for header in http_headers() for text in header)
    assert not recwarn.list


@pytest.mark.parametrize('entries, named', [
    ({'X A': SECRET}, 'X A'), ({'': SECRET}, "''"), ({'X:': SECRET}, 'X:'), ({'X\r\nY': SECRET}, r'X\r\nY'),
    ({'X-A': SECRET + '\r\nY: z'}, 'X-A'), ({'X-A': SECRET + u'\0'}, 'X-A'), ({'X-A': [SECRET]}, 'X-A'),
    ({'X-A': None}, 'X-A'), ([SECRET], 'HttpHeaders is not an object')])
def test_what_is_no_header_is_left_out_with_a_warning(write, entries, named):
    path = write({'HttpHeaders': entries})
    with pytest.warns(UserWarning) as warned:
        assert http_headers() == []
    message, = [str(warning.message) for warning in warned]
    assert path in message and named in message and SECRET not in message


def test_they_are_sent_with_each_request(write, server):
    write({'HttpHeaders': {'X-Meta': SECRET, 'Accept': 'mine', 'X-Mine': 'not this'}})
    modern = as_json({'ApiVersion': '1.41', 'MinAPIVersion': '1.12'})
    server.respond(modern, as_json({}), as_json({'Id': 'a'}, 201))
    with docker.Client(server.url) as client:
        client.headers['x-mine'] = 'this'
        client.info()
        client.create_container('busybox')
        assert SECRET not in repr(client) + repr(client.headers) + str(vars(client))
        assert SECRET.encode('ascii') not in pickle.dumps(client)
    assert len(server.requests) == 3
    for request in server.requests:
        assert request.headers['x-meta'] == SECRET
        assert request.headers['accept'] == '*/*' and request.headers['x-mine'] == 'this'


def test_a_pickled_client_reads_those_of_its_own_process(write, server):
    client = docker.Client(server.url)
    write({'HttpHeaders': {'X-Meta': 'a'}})
    copied = pickle.loads(pickle.dumps(client))
    server.respond(as_json({}), as_json({}))
    client.get(client.base_url + '/info')
    copied.get(client.base_url + '/info')
    assert ['x-meta' in request.headers for request in server.requests] == [False, True]
    client.close()
    copied.close()


def test_they_are_sent_to_the_engine_alone(write, server):
    write({'HttpHeaders': {'X-Meta': 'a'}})
    other = Server(socket.AF_INET)
    location = 'http://127.0.0.1:{0}/'.format(other.port)
    server.respond('HTTP/1.1 302 Found\r\nLocation: {0}\r\nContent-Length: 0\r\n\r\n'.format(
        location).encode('ascii'))
    other.respond(as_json({}))
    with docker.Client(server.url) as client:
        client.get(client.base_url + '/x')
    assert server.request.headers['x-meta'] == 'a' and 'x-meta' not in other.request.headers
    other.close()


@pytest.mark.parametrize('text', [u'{', u'[]', u'5'])
def test_a_file_that_is_damaged_is_left_out_with_a_warning(write, server, text):
    path = write(text)
    with pytest.warns(UserWarning, match='is left out') as warned:
        docker.Client(server.url).close()
    assert path in str(warned[0].message)
