"""Events of Podman by labels."""

import json

import pytest

from docker import errors
from tests.server import as_json, chunked
from tests.transport.changes import DOCKER, PODMAN


def event(container, **labels):
    return {'Type': 'container', 'Action': 'die', 'status': 'die', 'id': container, 'from': 'busybox:latest',
            'Actor': {'ID': container, 'Attributes': dict(labels, name='web')}}


EVENTS = [event('a' * 64, k='v', a='1'), event('b' * 64, k='w'), event('c' * 64), event('d' * 64, k=''),
          {'Type': 'image', 'Action': 'tag', 'status': 'tag', 'id': 'e' * 64, 'from': '', 'Actor': None}]


@pytest.mark.parametrize('version', ['1.6', None])
@pytest.mark.parametrize('label, seen', [
    ('k', 'abd'), ('k=v', 'a'), (['k=v', 'a=1'], 'a'), (['k=v', 'k=w'], ''), (['k', 'a'], 'a'), ('k=', 'd'),
    ('v', ''), ({'k': 'w'}, 'b'), ({'k': None}, 'abd'), ([], 'abcde')])
def test_events_with_labels(recorded, version, label, seen):
    engine = recorded(PODMAN, version)
    engine.respond(chunked([json.dumps(one).encode('ascii') + b'\n' for one in EVENTS]))
    found = engine.client.events(filters={'label': label, 'container': 'web'}, decode=True)
    assert ''.join(one['id'][0] for one in found) == seen
    assert json.loads(engine.server.request.query['filters'])['container'] == ['web']
    assert not json.loads(engine.server.request.query['filters']).get('label')


def test_no_filter_is_left(recorded):
    engine = recorded(PODMAN)
    engine.respond(chunked([json.dumps(EVENTS[0]).encode('ascii')]))
    assert [json.loads(text) for text in engine.client.events(filters={'label': 'k'})] == EVENTS[:1]
    assert engine.server.request.query == {}


def test_events_of_images_have_no_labels(recorded):
    engine = recorded(PODMAN)
    with pytest.raises(errors.NotSupported, match='label of events of images'):
        engine.client.events(filters={'label': 'k', 'type': ['image']})
    assert engine.requests_made == []


@pytest.mark.parametrize('filters', [
    {'type': 'image'}, {'type': ['container', 'image'], 'label': 'k'},
    {'type': 'container', 'label': 'k'}, None])
def test_other_events_are_requested(recorded, filters):
    engine = recorded(PODMAN)
    engine.respond(chunked([]))
    assert list(engine.client.events(filters=filters)) == []


def test_an_error(recorded):
    engine = recorded(PODMAN)
    engine.respond(as_json({'message': 'invalid filter'}, 400))
    with pytest.raises(errors.BadRequest):
        engine.client.events(filters={'label': 'k'})


def test_docker_filters_by_labels(recorded):
    engine = recorded(DOCKER[0])
    engine.respond(chunked([]))
    list(engine.client.events(filters={'label': ['k']}))
    assert json.loads(engine.server.request.query['filters']) == {'label': ['k']}
