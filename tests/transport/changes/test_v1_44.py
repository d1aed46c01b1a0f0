"""Remote API 1.44: VirtualSize, and what is left out of an image."""

import pytest

from tests.server import as_json
from tests.transport.changes import ENGINES


@pytest.mark.parametrize('version', ['1.6', '1.43'])
@pytest.mark.parametrize('name', ENGINES)
def test_images_have_a_virtual_size(recorded, name, version):
    engine = recorded(name, version)
    engine.respond('images')
    got = engine.client.images()
    assert got and [image['VirtualSize'] for image in got] == [image['Size'] for image in got]


@pytest.mark.parametrize('version', ['1.6', '1.43'])
@pytest.mark.parametrize('name', ENGINES)
def test_an_image_has_a_virtual_size(recorded, name, version):
    engine = recorded(name, version)
    engine.respond('inspect-image')
    about = engine.client.inspect_image('busybox')
    assert about['VirtualSize'] == engine.recorded_json('inspect-image')['Size']


def test_newer_versions_have_none(recorded):
    engine = recorded('docker-29.7_v1.55', '1.44')
    engine.respond('images', 'inspect-image')
    assert not any('VirtualSize' in image for image in engine.client.images())
    assert 'VirtualSize' not in engine.client.inspect_image('busybox')


EMPTY = {'Parent': '', 'Comment': '', 'Created': '0001-01-01T00:00:00Z', 'Author': '', 'DockerVersion': ''}


def test_an_image_has_what_is_empty(recorded):
    engine = recorded('docker-29.7_v1.55', '1.43')
    engine.respond(as_json({'Id': 'a', 'Size': 1, 'Config': {}}))
    image = engine.client.inspect_image('busybox')
    assert {key: image[key] for key in EMPTY} == EMPTY


def test_an_image_of_1_6_has_what_is_empty(recorded):
    engine = recorded('docker-29.7_v1.55')
    engine.respond(as_json({'Id': 'a', 'Size': 1, 'Config': {}}))
    image = engine.client.inspect_image('busybox')
    assert {key: image[key] for key in ('parent', 'comment', 'created', 'author', 'docker_version')} == {
        'parent': '', 'comment': '', 'created': EMPTY['Created'], 'author': '', 'docker_version': ''}
