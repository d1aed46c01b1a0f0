"""What is different with Podman: builds, lists of images, the disk, and events with an end."""

import io
import json

import pytest

from docker import errors
from tests.server import as_json, chunked, http
from tests.transport.changes import PODMAN

VERSIONS = pytest.mark.parametrize('version', ['1.6', None])


@VERSIONS
def test_digests_are_always_listed(recorded, version):
    engine = recorded(PODMAN, version)
    engine.respond('images')
    engine.client.images(digests=True)
    assert engine.requests_made == [('GET', '/images/json', {'all': '0'}, None)]


@pytest.mark.parametrize('arguments, query', [
    ({'extra_hosts': ['a:10.0.0.1']}, {'extrahosts': ['a:10.0.0.1']}),
    ({'extra_hosts': {'a': '10.0.0.1', 'b': '::1'}}, {'extrahosts': ['a:10.0.0.1', 'b:::1']}),
    ({'ulimits': [{'name': 'nofile', 'soft': 1, 'hard': 2}, {'name': 'core', 'soft': 3},
                  {'name': 'nproc', 'hard': 4}]}, {'ulimits': ['nofile=1:2', 'core=3:3', 'nproc=4:4']})])
def test_options_of_a_build(recorded, arguments, query):
    engine = recorded(PODMAN)
    engine.respond(chunked([b'{"stream":"a"}']))
    engine.client.build(fileobj=io.BytesIO(b'FROM busybox\n'), **arguments)
    sent = engine.server.request.query
    assert {name: json.loads(sent[name]) for name in query} == query


@pytest.mark.parametrize('call, path', [
    (lambda c, image: c.inspect_image(image), '/images/{0}/json'),
    (lambda c, image: c.history(image), '/images/{0}/history'),
    (lambda c, image: c.remove_image(image), '/images/{0}')])
def test_the_id_of_an_image_that_is_missing(recorded, call, path):
    engine = recorded(PODMAN)
    for image, sent in (('a' * 64, 'sha256:' + 'a' * 64), ('sha256:' + 'a' * 64,) * 2, ('a' * 12,) * 2):
        engine.respond(as_json({'message': 'no such image'}, 404))
        with pytest.raises(errors.ImageNotFound):
            call(engine.client, image)
        assert engine.server.request.path == '/v1.41' + path.format(sent)


def test_a_name_that_is_in_use(recorded):
    engine = recorded(PODMAN)
    engine.respond('create-name-conflict')
    with pytest.raises(errors.Conflict) as caught:
        engine.client.create_container('busybox', name='rec1')
    assert caught.value.status_code == caught.value.response.status_code == 409
    assert 'already in use' in caught.value.explanation
    engine.respond(as_json({'message': 'disk full'}, 500))
    with pytest.raises(errors.ServerError) as caught:
        engine.client.create_container('busybox', name='rec1')
    assert caught.value.status_code == 500


@pytest.mark.parametrize('rm', [False, True])
def test_a_build_leaves_no_containers(recorded, rm):
    engine = recorded(PODMAN)
    engine.respond(chunked([b'{"stream":"a"}']))
    engine.client.build(fileobj=io.BytesIO(b'FROM busybox\n'), rm=rm)
    assert engine.server.request.query['rm'] == '1'


@pytest.mark.parametrize('call', [
    lambda c: c.prune_builds(), lambda c: c.cancel_build('a'), lambda c: c.inspect_distribution('a')])
def test_endpoints_that_are_missing(recorded, call):
    engine = recorded(PODMAN)
    with pytest.raises(errors.NotSupported, match='Podman has no such endpoint'):
        call(engine.client)
    assert engine.requests_made == []


DISK = {'LayersSize': 0, 'Images': [
    {'Id': 'a' * 64, 'RepoTags': ['latest'], 'RepoDigests': None, 'Size': 1},
    {'Id': 'a' * 64, 'RepoTags': ['v1'], 'RepoDigests': None, 'Size': 1},
    {'Id': 'b' * 64, 'RepoTags': ['<none>'], 'RepoDigests': None, 'Size': 1},
    {'Id': 'c' * 64, 'RepoTags': ['gone'], 'RepoDigests': None, 'Size': 1}]}
LISTED = [
    {'Id': 'sha256:' + 'a' * 64, 'RepoTags': ['docker.io/library/busybox:latest', 'localhost/a:v1'],
     'RepoDigests': ['docker.io/library/busybox@sha256:d']},
    {'Id': 'sha256:' + 'b' * 64, 'RepoTags': None, 'RepoDigests': None}]


@VERSIONS
def test_names_in_the_usage_of_the_disk(recorded, version):
    engine = recorded(PODMAN, version)
    engine.respond(as_json(DISK), as_json(LISTED))
    images = engine.client.df()['Images']
    assert [(image['RepoTags'], image['RepoDigests']) for image in images] == [
        (['busybox:latest', 'localhost/a:v1'], ['busybox@sha256:d']), ([], []), ([], [])]
    assert [parts[:3] for parts in engine.requests_made] == [
        ('GET', '/system/df', {}), ('GET', '/images/json', {'all': '1'})]


def test_errors_of_both_requests_about_the_disk(recorded):
    engine = recorded(PODMAN)
    engine.respond(http(500, 'first'), as_json(DISK), http(500, 'second'))
    for explanation in ('first', 'second'):
        with pytest.raises(errors.ServerError, match=explanation):
            engine.client.df()


@pytest.mark.parametrize('given, sent', [
    ('die', ['die', 'died']), (['start', 'destroy'], ['start', 'destroy', 'remove']),
    ('delete', ['delete', 'remove']), (['start', 'stop'], ['start', 'stop'])])
def test_names_of_events_in_a_filter(recorded, given, sent):
    engine = recorded(PODMAN)
    engine.respond(chunked([]), chunked([]))
    list(engine.client.events(filters={'event': given, 'container': 'die'}))
    filters = json.loads(engine.server.request.query['filters'])
    assert filters == {'event': sent, 'container': ['die']}
    list(engine.client.events(filters={'container': 'die'}))
    assert json.loads(engine.server.request.query['filters']) == {'container': ['die']}


EVENTS = [{'Type': 'image', 'Action': 'tag', 'status': 'tag', 'id': 'a', 'time': 5, 'timeNano': 5500000000},
          {'Type': 'image', 'Action': 'tag', 'status': 'tag', 'id': 'b', 'time': 6, 'timeNano': 6500000000}]


@VERSIONS
@pytest.mark.parametrize('until, ids', [(5, ''), (6, 'a'), (6.25, 'a'), ('7', 'ab'), ('1h30m', 'ab')])
@pytest.mark.parametrize('decode', [False, True])
def test_events_until_a_time_that_is_past(recorded, version, until, ids, decode):
    engine = recorded(PODMAN, version)
    engine.respond(chunked([json.dumps(event).encode('ascii') + b'\n' for event in EVENTS]))
    events = engine.client.events(1, until, decode=decode)
    assert ''.join(event['id'] if decode else json.loads(event)['id'] for event in events) == ids
    assert engine.requests_made == [('GET', '/events', {'since': '1', 'stream': 'false'}, None)]


@pytest.mark.parametrize('until', [1 << 40, '4102444800'])
def test_events_until_a_time_to_come(recorded, until):
    engine = recorded(PODMAN)
    engine.respond(chunked([json.dumps(event).encode('ascii') + b'\n' for event in EVENTS]))
    assert len(list(engine.client.events(until=until))) == 2
    assert engine.requests_made == [('GET', '/events', {'until': str(until)}, None)]


def test_an_error_of_events(recorded):
    engine = recorded(PODMAN)
    engine.respond(http(500, 'no'))
    with pytest.raises(errors.ServerError, match='no'):
        engine.client.events(until=5)
