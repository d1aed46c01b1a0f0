"""Remote API 1.43: images without a name."""

import pytest

import docker
from tests.server import as_json

IMAGES = [{'Id': 'a', 'RepoTags': [], 'RepoDigests': None, 'Size': 1},
          {'Id': 'b', 'RepoTags': [], 'RepoDigests': ['web@sha256:c'], 'Size': 1},
          {'Id': 'c', 'RepoTags': ['web:v1'], 'RepoDigests': [], 'Size': 1}]


@pytest.mark.parametrize('version, tags, digests', [
    ('1.7', ['<none>:<none>'], ['<none>@<none>']), ('1.42', ['<none>:<none>'], ['<none>@<none>']),
    ('1.43', [], None), ('auto', [], None)])
def test_an_image_without_a_name(server, version, tags, digests):
    client = docker.Client(server.url, version=version, timeout=10)
    server.respond(as_json({'ApiVersion': '1.44', 'MinAPIVersion': '1.44'}), as_json(IMAGES))
    first, second, third = client.images()
    assert (first['RepoTags'], first['RepoDigests']) == (tags, digests)
    assert (second['RepoTags'], second['RepoDigests']) == ([], ['web@sha256:c'])
    assert (third['RepoTags'], third['RepoDigests']) == (['web:v1'], [])
    client.close()


@pytest.mark.parametrize('spoken', ['1.25', '1.51'])
@pytest.mark.parametrize('version, tags, digests', [
    ('1.6', ['<none>:<none>'], ['<none>@<none>']), ('1.42', ['<none>:<none>'], ['<none>@<none>']),
    ('1.43', None, None), ('auto', None, None)])
def test_the_disk_usage_of_an_image_without_a_name(server, spoken, version, tags, digests):
    client = docker.Client(server.url, version=version, timeout=10)
    images = [{'Id': 'a', 'RepoTags': None, 'RepoDigests': None}, {'Id': 'b', 'RepoTags': ['web:v1']}]
    server.respond(as_json({'ApiVersion': '1.51', 'MinAPIVersion': spoken}), as_json({'Images': images}))
    first, second = client.df()['Images']
    assert (first['RepoTags'], first['RepoDigests']) == (tags, digests)
    assert second['RepoTags'] == ['web:v1'] and 'RepoDigests' not in second
    client.close()


def test_an_image_without_a_name_has_no_repository_for_1_6(server):
    client = docker.Client(server.url, timeout=10)
    server.respond(as_json({'ApiVersion': '1.44', 'MinAPIVersion': '1.44'}), as_json(IMAGES))
    assert [image.get('Repository') for image in client.images()] == [None, None, 'web']
    client.close()
