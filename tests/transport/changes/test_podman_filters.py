"""What is different with Podman: lists and events by filters."""

import json

import pytest

from docker import errors
from docker.transport.changes.image_names import matches_any_reference, without_tag
from tests.server import as_json, chunked, http
from tests.transport.changes import PODMAN

VERSIONS = pytest.mark.parametrize('version', ['1.6', None])
HUB = 'docker.io/library/busybox'
IMAGES = [
    {'Id': 'sha256:' + 'a' * 64, 'ParentId': '', 'RepoTags': [HUB + ':latest', 'docker.io/local/a:v1'],
     'RepoDigests': [HUB + '@sha256:d', 'docker.io/local/a@sha256:d'], 'Labels': None},
    {'Id': 'sha256:' + 'b' * 64, 'ParentId': 'a' * 64, 'RepoTags': ['localhost:5000/team/web:v2'],
     'RepoDigests': None, 'Labels': {'app': 'web', 'temporary': ''}},
    {'Id': 'sha256:' + 'c' * 64, 'ParentId': 'sha256:' + 'b' * 64, 'RepoTags': None, 'RepoDigests': None,
     'Labels': {'app': 'web', 'temporary': 'no'}}]


@pytest.mark.parametrize('name, pattern, matches', [
    ('busybox:latest', 'busybox', True), ('busybox:latest', 'busybox:latest', True),
    ('busybox:latest', 'busybox:v1', False), ('busybox:latest', 'box', False), ('busybox:latest', '*', True),
    ('busybox:latest', 'busybo?', True), ('busybox:latest', 'b[u-v]sybox', True),
    ('busybox:latest', 'b[^u]sybox', False), ('busybox:latest', 'busy\\box:l*', True),
    ('local/a:v1', '*', False), ('local/a:v1', 'local?a', False), ('local/a:v1', 'local[/]a', False),
    ('local/a:v1', '*/a', True), ('local/a:v1', '*:v1', False), ('local/a:v1', 'local/*:v1', True),
    ('a@sha256:d', 'a', True), ('a@sha256:d', 'a@sha256:*', True), ('h:5000/a', 'h:5000/a', True),
    ('h:5000/a:v1', 'h:5000/a', True), ('h:5000/a:v1', 'h', False), ('a.b:v1', 'a?b', True),
    ('axb:v1', 'a.b', False), ('a:v1', '[', False), ('a:v1', 'a\\', False), ('a:v1', '', False)])
def test_patterns_of_references(name, pattern, matches):
    assert matches_any_reference(name, ['none', pattern]) is matches


@pytest.mark.parametrize('name, repository', [
    ('a', 'a'), ('a:v1', 'a'), ('h:5000/a', 'h:5000/a'), ('h:5000/a:v1', 'h:5000/a'), ('a@sha256:d', 'a'),
    ('a:v1@sha256:d', 'a')])
def test_a_name_without_its_tag(name, repository):
    assert without_tag(name) == repository


@pytest.mark.parametrize('filters, found', [
    ({'reference': 'busybox'}, {'a': ['busybox:latest']}),
    ({'reference': ['busybox', 'local/*:v1']}, {'a': ['busybox:latest', 'local/a:v1']}),
    ({'reference': ['local/a', '*/team/*']}, {'a': ['local/a:v1'], 'b': ['localhost:5000/team/web:v2']}),
    ({'reference': 'web'}, {}), ({'reference': HUB}, {}),
    ({'label': ['app=web', 'temporary']}, {'b': ['localhost:5000/team/web:v2'], 'c': []}),
    ({'label': 'temporary='}, {'b': ['localhost:5000/team/web:v2']}), ({'label': 'ap*'}, {}),
    ({'label': 'app', 'reference': ['busybox', '*/*/web']}, {'b': ['localhost:5000/team/web:v2']})])
def test_images_by_references_and_labels(recorded, filters, found):
    engine = recorded(PODMAN, None)
    engine.respond(as_json(IMAGES))
    got = engine.client.images(filters=dict(filters, dangling=False))
    assert {image['Id'][-1]: image['RepoTags'] for image in got} == found
    (_, path, query, _), = engine.requests_made
    assert (path, json.loads(query['filters'])) == ('/images/json', {'dangling': ['false']})


def test_digests_are_of_the_names_that_match(recorded):
    engine = recorded(PODMAN, None)
    engine.respond(as_json(IMAGES))
    image, = engine.client.images('busybox')
    assert image['RepoDigests'] == ['busybox@sha256:d']


def test_an_error_of_a_list_of_images(recorded):
    engine = recorded(PODMAN)
    engine.respond(http(500, 'broken'))
    with pytest.raises(errors.ServerError, match='broken'):
        engine.client.images('busybox')


@pytest.mark.parametrize('labels, found', [
    (['app=web', 'temporary'], 'bc'), ('temporary=', 'b'), ('ap*', ''), ('app', 'bc')])
def test_containers_and_networks_by_labels(recorded, labels, found):
    engine = recorded(PODMAN, None)
    items = [{'Id': letter * 64, 'Name': letter, 'Labels': image['Labels']}
             for letter, image in zip('abc', IMAGES)]
    engine.respond(as_json(items), as_json(items))
    assert ''.join(item['Id'][0] for item in engine.client.containers(filters={'label': labels})) == found
    assert ''.join(item['Name'] for item in engine.client.networks(filters={'label': labels})) == found
    sent = [json.loads(query['filters']) for _, _, query, _ in engine.requests_made]
    assert sent == [{'label': labels if isinstance(labels, list) else [labels]}] * 2


@VERSIONS
@pytest.mark.parametrize('ancestor, inspected, ids', [
    ('busybox', ['a'], 'abc'), ('b' * 12, ['b'], 'bc'), (['c', 'b'], ['c', 'b'], 'bc'),
    (['nope', 'c'], [None, 'c'], 'c'), ('nope', [None], '0')])
def test_containers_of_an_image(recorded, version, ancestor, inspected, ids):
    engine = recorded(PODMAN, version)
    engine.respond(as_json(IMAGES), *[as_json({'Id': letter * 64}) if letter else http(404, 'no such image')
                                      for letter in inspected] + [as_json([])])
    assert engine.client.containers(filters={'ancestor': ancestor, 'status': 'exited'}) == []
    paths = [path for _, path, _, _ in engine.requests_made]
    wanted = ancestor if isinstance(ancestor, list) else [ancestor]
    assert paths == ['/images/json'] + ['/images/{0}/json'.format(name) for name in wanted] + [
        '/containers/json']
    assert json.loads(engine.requests_made[-1][2]['filters']) == {
        'ancestor': [letter * 64 for letter in ids], 'status': ['exited']}


def test_a_short_id_with_its_prefix(recorded):
    engine = recorded(PODMAN)
    engine.respond(as_json(IMAGES), as_json({'Id': 'c' * 64}), as_json([]))
    engine.client.containers(filters={'ancestor': 'sha256:' + 'c' * 12})
    assert engine.requests_made[1][1] == '/images/{0}/json'.format('c' * 12)


def test_an_error_of_the_images_of_containers(recorded):
    engine = recorded(PODMAN)
    engine.respond(http(500, 'broken'))
    with pytest.raises(errors.ServerError, match='broken'):
        engine.client.containers(filters={'ancestor': 'busybox'})


EVENTS = [
    {'Type': 'image', 'status': 'tag', 'Action': 'tag', 'id': 'a' * 64, 'time': 1, 'timeNano': 1,
     'Actor': {'ID': 'a' * 64, 'Attributes': {'image': '', 'name': 'docker.io/local/a:v1'}}},
    {'Type': 'container', 'status': 'create', 'Action': 'create', 'id': 'c' * 64, 'time': 2, 'timeNano': 2,
     'from': HUB + ':latest',
     'Actor': {'ID': 'c' * 64, 'Attributes': {'image': HUB + ':latest', 'name': 'local/a'}}},
    {'Type': 'system', 'status': 'refresh', 'Action': 'refresh', 'time': 3, 'timeNano': 3}]


@VERSIONS
@pytest.mark.parametrize('wanted, found', [
    ('busybox', [2]), ('busybox:latest', [2]), ('busybox:v1', []), ('local/a', [1]), ('local/a:v1', [1]),
    ('a' * 64, [1]), ('sha256:' + 'a' * 64, [1]), (['local/a', 'busybox'], [1, 2]), ('nope', []),
    ('c' * 64, []), ('', [])])
def test_events_of_an_image(recorded, version, wanted, found):
    engine = recorded(PODMAN, version)
    engine.respond(chunked([json.dumps(event).encode('ascii') + b'\n' for event in EVENTS]))
    events = engine.client.events(filters={'image': wanted, 'container': 'a'}, decode=True)
    assert [event['time'] for event in events] == found
    assert json.loads(engine.requests_made[0][2]['filters']) == {'container': ['a']}


def test_an_error_of_events_of_an_image(recorded):
    engine = recorded(PODMAN)
    engine.respond(http(500, 'broken'))
    with pytest.raises(errors.ServerError, match='broken'):
        engine.client.events(filters={'image': 'busybox'})
    assert 'filters' not in engine.requests_made[0][2]
