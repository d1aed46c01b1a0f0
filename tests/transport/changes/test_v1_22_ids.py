"""Remote API 1.22: the prefix of the ids of images, which is of the engine and not of the version."""

import io
import json

import pytest

from tests.server import as_json, chunked
from tests.transport.changes import DOCKER, ENGINES
from tests.wire import body_of, recording

ID, OTHER = '1' * 64, '2' * 64
OLD = ('docker-0.6.5_v1.6', 'docker-1.6.2_v1.6')
PREFIXED = 'sha256:' + ID
WITH_PREFIX = [
    (lambda c: c.images()[0]['Id'], as_json([{'Id': PREFIXED, 'RepoTags': None}])),
    (lambda c: c.images()[0]['ParentId'], as_json([{'Id': '', 'ParentId': PREFIXED, 'RepoTags': None}])),
    (lambda c: c.images(quiet=True)[0], as_json([{'Id': PREFIXED, 'RepoTags': None}])),
    (lambda c: c.inspect_image('a')['Id'], as_json({'Id': PREFIXED})),
    (lambda c: c.inspect_image('a')['Parent'], as_json({'Id': '', 'Parent': PREFIXED})),
    (lambda c: c.inspect_image('a')['Config']['Image'], as_json({'Id': '', 'Config': {'Image': PREFIXED}})),
    (lambda c: c.inspect_image('a')['ContainerConfig']['Image'],
     as_json({'Id': '', 'ContainerConfig': {'Image': PREFIXED}, 'Config': {}})),
    (lambda c: c.history('a')[0]['Id'], as_json([{'Id': PREFIXED}, {'Id': '<missing>'}])),
    (lambda c: c.remove_image('a')[1]['Deleted'], as_json([{'Untagged': 'a:latest'}, {'Deleted': PREFIXED}])),
    (lambda c: c.commit('a')['Id'], as_json({'Id': PREFIXED}, 201)),
    (lambda c: c.containers()[0]['Image'], as_json([{'Id': 'c', 'Image': PREFIXED}])),
    (lambda c: c.containers()[0]['ImageID'], as_json([{'Id': 'c', 'Image': 'a:b', 'ImageID': PREFIXED}])),
    (lambda c: json.loads(c.import_image('', data=b'tar'))['status'],
     chunked([json.dumps({'status': PREFIXED}).encode('ascii')])),
    (lambda c: next(c.events(since=1, decode=True))['id'],
     chunked([b'{"status":"tag","id":"' + PREFIXED.encode('ascii') + b'"}\n'])),
    (lambda c: json.loads(next(c.events(since=1)))['id'],
     chunked([b'{"status":"tag","id":"' + PREFIXED.encode('ascii') + b'"}\n{"status":"x","id":"y"}\n'])),
    (lambda c: json.loads(next(c.events(since=1)))['from'],
     chunked([b'{"status":"die","id":"b","from":"' + PREFIXED.encode('ascii') +
              b'"}\n{"status":"x","id":"y"}\n'])),
    (lambda c: json.loads(next(c.events(since=1)))['from'],
     chunked([b'{"Actor":{},"from":"' + PREFIXED.encode('ascii') +
              b'","id":"b","status":"die"}\n{"status":"x","id":"y"}\n'])),
    (lambda c: ''.join(item['stream'] for item in c.build(
        fileobj=open_dockerfile(), quiet=True, decode=True)).strip(),
     chunked([json.dumps({'stream': PREFIXED + '\n'}).encode('ascii')])),
]


def open_dockerfile():
    return io.BytesIO(b'FROM busybox\n')


def asked(recorded, call, response, version):
    engine = recorded(DOCKER[0], version)
    engine.respond(response)
    return call(engine.client)


@pytest.mark.parametrize('call, response', WITH_PREFIX)
def test_ids_are_bare_for_those_who_want_an_older_version(recorded, call, response):
    assert asked(recorded, call, response, '1.6') == ID


@pytest.mark.parametrize('call, response', WITH_PREFIX)
def test_ids_are_bare_until_1_21(recorded, call, response):
    assert asked(recorded, call, response, '1.21') == ID


@pytest.mark.parametrize('call, response', WITH_PREFIX)
def test_ids_stay_for_those_who_want_1_22(recorded, call, response):
    assert asked(recorded, call, response, '1.22') == PREFIXED


@pytest.mark.parametrize('exchange', ['inspect-created', 'inspect-exited'])
@pytest.mark.parametrize('name', ENGINES)
def test_the_image_of_a_container_is_bare(recorded, name, exchange):
    engine = recorded(name)
    engine.respond(exchange)
    recorded_id = engine.recorded_json(exchange)['Image']
    assert 'sha256:' + engine.client.inspect_container('a')['Image'] == recorded_id


@pytest.mark.parametrize('name', ENGINES)
def test_digests_and_layers_keep_their_prefix(recorded, name):
    engine = recorded(name)
    engine.respond('inspect-image', 'images')
    layers = engine.client.inspect_image('busybox')['RootFS']['Layers']
    assert layers == engine.recorded_json('inspect-image')['RootFS']['Layers']
    for image in engine.client.images():
        assert all('@' in digest for digest in image['RepoDigests'] or ())


def test_a_pull_is_left_as_it_is(recorded):
    engine = recorded(DOCKER[0])
    line = json.dumps({'status': PREFIXED})
    engine.respond(chunked([line.encode('ascii')]))
    assert engine.client.pull('busybox') == line


@pytest.mark.parametrize('image', [ID, PREFIXED])
@pytest.mark.parametrize('name', OLD + DOCKER)
def test_an_id_is_taken_in_either_form(recorded, name, image):
    engine = recorded(name)
    kept = ID if name in OLD else image
    inspect = as_json(json.loads(body_of(recording(name, 'inspect-image')).decode('utf-8')))
    engine.respond(inspect, as_json([]), as_json(None, 201), as_json({'Id': 'c'}, 201), as_json([]))
    engine.client.inspect_image(image)
    engine.client.history(image)
    engine.client.tag(image, 'mine')
    engine.client.create_container(image, 'true')
    engine.client.remove_image(image)
    requests = engine.server.requests[-5:]
    paths = [request.path.partition('/images/')[2] for request in requests]
    assert paths == [kept + '/json', kept + '/history', kept + '/tag', '', kept]
    assert requests[3].json['Image'] == kept


@pytest.mark.parametrize('image', ['sha256', 'sha256:latest', 'me/sha256:' + ID, 'busybox@' + PREFIXED])
def test_names_are_no_ids(recorded, image):
    engine = recorded(OLD[1])
    engine.respond('inspect-image', 'create')
    engine.client.inspect_image(image)
    assert engine.server.request.path == '/v1.6/images/{0}/json'.format(image)
    engine.client.create_container(image, 'true')
    assert engine.server.request.json['Image'] == image
