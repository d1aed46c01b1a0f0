# -*- coding: utf-8 -*-
"""The calls about the engine itself, and the errors of all kinds of engines."""

import json

import pytest
import requests

import docker
from docker import errors
from tests.server import as_json, http
from tests.wire import Engine, assert_same_request, negotiated, raised, recording, request_parts

PODMAN = 'podman-4.3_v1.41'


@pytest.mark.parametrize('call, path',
                         [(lambda c: c.info(), '/info'), (lambda c: c.version(), '/version')])
def test_the_request(client, server, call, path):
    server.respond(as_json({'A': 1}))
    assert call(client) == {'A': 1}
    assert request_parts(server.request) == ('GET', '/v1.6' + path, {}, None)


@pytest.mark.parametrize('exchange', ['info', 'version'])
def test_a_recorded_exchange(engine, exchange):
    engine.respond(exchange)
    result = getattr(engine.client, exchange)()
    recorded = json.loads(engine.recorded_body(exchange).decode('utf-8'))
    assert dict(result, **recorded) == result
    assert_same_request(engine.server.request, engine.recorded_request(exchange))


def test_the_version_is_in_each_path(server):
    client = negotiated(docker.Client(server.url, version='1.5'), server)
    server.respond(as_json({}))
    client.info()
    assert server.request.path == '/v1.5/info'
    client.close()


# Errors

ERRORS = [
    (400, u'Bad parameter\n', errors.BadRequest, 'Bad parameter'),
    (400, u'{"message":"bad h\xe9"}\n', errors.BadRequest, 'bad hé'),
    (401, u'Wrong login/password\n', errors.Unauthorized, 'Wrong login/password'),
    (403, u'{"message": "not today"}', errors.Unauthorized, 'not today'),
    (404, u'No such container: abc\n', errors.NotFound, 'No such container: abc'),
    (404, u'no such id: abc\n', errors.NotFound, 'no such id: abc'),
    (404, u'{"message":"No such image: abc:latest"}\n', errors.ImageNotFound,
     'No such image: abc:latest'),
    (404, u'No such image: abc (tag: latest)\n', errors.ImageNotFound,
     'No such image: abc (tag: latest)'),
    (404, u'', errors.NotFound, ''),
    (404, u'404 page not found\n', errors.NotFound, '404 page not found'),
    (406, u'Impossible to remove a running container\n', errors.Conflict,
     'Impossible to remove a running container'),
    (409, u'Conflict, h\xe9llo is taken\n', errors.Conflict, 'Conflict, héllo is taken'),
    (500, u'No such container: abc\n', errors.NotFound, 'No such container: abc'),
    (500, u'No such image: abc\n', errors.ImageNotFound, 'No such image: abc'),
    (500, u'Conflict: tag taken\n', errors.Conflict, 'Conflict: tag taken'),
    (500, u'Abort due to constraint violation: UNIQUE\n', errors.Conflict,
     'Abort due to constraint violation: UNIQUE'),
    (500, u'Impossible to attach to a stopped container\n', errors.Conflict,
     'Impossible to attach to a stopped container'),
    (500, u'unexpected EOF\n', errors.ServerError, 'unexpected EOF'),
    (500, u'', errors.ServerError, ''),
    (500, u'{"message": ""}', errors.ServerError, '{"message": ""}'),
    (500, u'{not JSON\n', errors.ServerError, '{not JSON'),
    (500, u'{"message": {"a": 1}}', errors.ServerError, None),
    (500, u'["a"]', errors.ServerError, '["a"]'),
    (500, u'null', errors.ServerError, 'null'),
]


@pytest.mark.parametrize('status, body, kind, explanation', ERRORS)
def test_an_error(client, server, status, body, kind, explanation):
    server.respond(http(status, body, 'application/json' if body[:1] in u'{[' else 'text/plain'))
    error = raised(kind, client.info)
    if explanation is not None:
        assert error.explanation == explanation
    assert type(error.explanation) is str and type(str(error)) is str
    assert error.explanation in str(error)
    assert error.response.status_code == status
    assert error.request is not None
    assert isinstance(error, (docker.APIError, requests.exceptions.HTTPError))
    assert (error.is_client_error(), error.is_server_error()) == (status < 500, status >= 500)


@pytest.mark.parametrize('call', [
    lambda c: c.info(), lambda c: c.start('a'), lambda c: c.remove_container('a'),
    lambda c: c.export('a'),
    lambda c: c.pull('a'), lambda c: c.pull('a', stream=True), lambda c: c.images(viz=True)])
def test_the_connection_is_free_again_after_an_error(client, server, call):
    server.respond(http(500, 'no\n'), as_json({}))
    raised(errors.ServerError, lambda: call(client))
    before = server.connections
    client.info()
    assert server.connections == before


def test_bad_requests_of_recorded_engines(engine):
    engine.respond('bad-json')
    error = raised(errors.ServerError, lambda: engine.client.create_container('busybox'))
    assert error.explanation == engine.recorded_text('bad-json') == 'unexpected EOF'


ERRORS_OF_PODMAN = [
    ('inspect-image-missing', lambda c: c.inspect_image('nosuchimage'), errors.ImageNotFound),
    ('create-name-conflict', lambda c: c.create_container('busybox', name='rec1'), errors.Conflict),
    ('create-no-image', lambda c: c.create_container('nosuchimage'), errors.ImageNotFound),
    ('inspect-missing', lambda c: c.inspect_container('nosuch'), errors.NotFound),
    ('remove-image-missing', lambda c: c.remove_image('nosuchimage'), errors.ImageNotFound),
    ('bad-bool', lambda c: c.containers(), errors.ServerError),
]


@pytest.mark.parametrize('exchange, call, kind', ERRORS_OF_PODMAN, ids=[row[0] for row in ERRORS_OF_PODMAN])
def test_errors_of_podman(server, exchange, call, kind):
    podman = Engine(PODMAN, server)
    podman.respond(exchange)
    recorded = json.loads(podman.recorded_body(exchange).decode('utf-8'))
    error = raised(kind, lambda: call(podman.client))
    assert error.explanation == recorded['message']
    # That of a name in use is Docker's.
    assert error.status_code == (409 if kind is errors.Conflict else recorded['response'])
    podman.client.close()


def test_a_version_that_the_engine_does_not_support(server):
    client = docker.Client(server.url, version='9.99')
    server.respond(recording('docker-0.6.5_v1.6', 'version-unprefixed'),
                   recording('docker-0.6.5_v1.6', 'too-new'))
    assert raised(errors.NotFound, client.info).status_code == 404
    client.close()


# Servers that are not an engine

@pytest.mark.parametrize('response', [
    http(200, '<html>Welcome</html>', 'text/html'), http(200, ''), http(200, '{"cut": '),
    http(200, b'\xff\xfe{}', 'application/json')])
def test_a_response_that_is_not_json(client, server, response):
    server.respond(response)
    error = raised(errors.NotAnEngine, client.info)
    assert server.path in str(error)
    assert isinstance(error, requests.exceptions.ConnectionError)


def test_a_page_of_another_server(client, server):
    server.respond(http(404, '<!DOCTYPE html><html>' + 'x' * 10000 + '</html>', 'text/html'))
    assert len(raised(errors.NotFound, client.info).explanation) < 200
