"""Remote API 1.28: the name of an image is a filter."""

import json

import pytest

from tests.transport.changes import DOCKER, ENGINES, PODMAN


@pytest.mark.parametrize('version', ['1.6', None])
@pytest.mark.parametrize('name', ENGINES)
def test_a_name_is_a_filter(recorded, name, version):
    engine = recorded(name, version)
    engine.answers('images-filter')
    engine.client.images(name=u'caf\xe9/*')
    (method, path, query, _), = engine.asked
    assert (method, path) == ('GET', '/images/json')
    assert json.loads(query['filters']) == {'reference': [u'caf\xe9/*']}
    assert query == {'filters': query['filters'], 'all': '0'}


@pytest.mark.parametrize('name', ENGINES)
def test_no_name_is_no_filter(recorded, name):
    engine = recorded(name)
    engine.answers('images')
    engine.client.images(all=True)
    assert engine.asked == [('GET', '/images/json', {'all': '1'}, None)]


@pytest.mark.parametrize('name', DOCKER)
def test_what_docker_finds_is_told(recorded, name):
    engine = recorded(name)
    engine.answers('images-two-tags')
    told = [tag for image in engine.told('images-two-tags') for tag in image['RepoTags']
            if tag != '<none>:<none>']
    got = engine.client.images(name='busybox')
    assert ['{Repository}:{Tag}'.format(**image) for image in got if 'Tag' in image] == told


def test_podman_tells_too_much(recorded):
    engine = recorded(PODMAN)
    engine.answers('images-two-tags')
    names = {image['Repository'] for image in engine.client.images(name='other/name')
             if 'Repository' in image}
    assert names == {'other/name'}
