"""What is different with Podman's push: it is of one tag."""

import json
import threading

import pytest

from docker import errors
from tests.server import as_json, chunked, http
from tests.transport.changes import PODMAN
from tests.wire import request_parts

REPOSITORY = 'localhost:5000/team/web'
IMAGES = [
    {'Id': 'a' * 64, 'RepoTags': [REPOSITORY + ':v2', REPOSITORY + '-2:v3', 'docker.io/library/web:latest']},
    {'Id': 'b' * 64, 'RepoTags': [REPOSITORY + ':latest']}, {'Id': 'c' * 64, 'RepoTags': None}]
ALICE = {'username': 'alice', 'password': 'pw'}


def pushed(*statuses):
    return chunked([json.dumps({'status': status}).encode('ascii') + b'\r\n' for status in statuses])


def tags_sent(engine):
    return [query.get('tag') for method, path, query, _ in engine.requests_made if method == 'POST']


@pytest.mark.parametrize('stream', [False, True])
def test_all_tags_are_pushed(recorded, stream):
    engine = recorded(PODMAN)
    engine.respond(as_json(IMAGES), pushed('a', 'b'), pushed('c'))
    output = engine.client.push(REPOSITORY, stream=stream, auth_config=ALICE)
    lines = list(output) if stream else output.splitlines()
    assert [json.loads(line)['status'] for line in lines] == ['a', 'b', 'c']
    assert tags_sent(engine) == ['latest', 'v2']
    assert 'x-registry-auth' not in engine.server.requests[-3].headers
    for request in engine.server.requests[-2:]:
        assert request_parts(request)[1] == '/v1.41/images/' + REPOSITORY + '/push'
        assert request.headers['x-registry-auth']


@pytest.mark.parametrize('repository, tags', [
    (REPOSITORY + '-2', ['v3']), ('web', ['latest']), ('docker.io/library/web', ['latest']),
    ('no/web', [None])])
def test_one_tag_or_none(recorded, repository, tags):
    engine = recorded(PODMAN)
    engine.respond(as_json(IMAGES), pushed('a'))
    assert json.loads(engine.client.push(repository))['status'] == 'a'
    assert tags_sent(engine) == tags


@pytest.mark.parametrize('arguments', [(REPOSITORY, 'v2'), (REPOSITORY + ':v2',)])
def test_a_tag_that_is_given(recorded, arguments):
    engine = recorded(PODMAN)
    engine.respond(pushed('a'))
    engine.client.push(*arguments)
    assert tags_sent(engine) == ['v2'] and len(engine.requests_made) == 1


@pytest.mark.parametrize('second', [
    http(500, 'denied by registry'), as_json({'message': 'denied by registry'}, 403)])
def test_an_error_of_the_second_tag(recorded, second):
    engine = recorded(PODMAN)
    engine.respond(as_json(IMAGES), pushed('a'), second)
    with pytest.raises(errors.OperationFailed, match='denied by registry'):
        engine.client.push(REPOSITORY)


def test_nothing_is_pushed_after_an_error(recorded):
    engine = recorded(PODMAN)
    engine.respond(as_json(IMAGES), chunked([b'{"errorDetail":{"message":"denied"},"error":"denied"}\n']))
    with pytest.raises(errors.OperationFailed, match='denied'):
        engine.client.push(REPOSITORY)
    assert tags_sent(engine) == ['latest']


@pytest.mark.parametrize('responses', [[http(500, 'broken')], [as_json(IMAGES), http(500, 'broken')]])
def test_an_error_at_first(recorded, responses):
    engine = recorded(PODMAN)
    engine.respond(*responses)
    with pytest.raises(errors.ServerError, match='broken'):
        engine.client.push(REPOSITORY)


def test_a_push_that_is_given_up_is_closed(recorded):
    engine = recorded(PODMAN)
    gone = threading.Event()

    def endless(peer):
        peer.send(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{"status": "b"}\n\r\n')
        peer.wait_closed()
        gone.set()
        return False
    engine.respond(as_json(IMAGES), pushed('a'), endless)
    output = engine.client.push(REPOSITORY, stream=True)
    assert [json.loads(next(output))['status'] for _ in range(2)] == ['a', 'b']
    output.close()
    assert gone.wait(10)
