"""What is different with Podman: lists of volumes, and prunes, by several filters."""

import json

import pytest

from docker import errors
from tests.server import as_json, http
from tests.transport.changes import PODMAN

VERSIONS = pytest.mark.parametrize('version', ['1.6', None])
DB = {'Name': 'db', 'Driver': 'local', 'Labels': {'app': 'db'}}
BOTH = {'Name': 'both', 'Driver': 'local', 'Labels': {'app': 'db', 'temporary': ''}}
OTHER = {'Name': 'other', 'Driver': 'local', 'Labels': {'temporary': 'no'}}
BARE = {'Name': 'bare', 'Driver': 'local', 'Labels': None}
ALL = [DB, BOTH, OTHER, BARE]


def listed(*volumes, **others):
    return as_json(dict({'Volumes': list(volumes), 'Warnings': None}, **others))


def names(result):
    return [volume['Name'] for volume in result['Volumes']]


def filters_sent(engine):
    """Return the method, the path and the filters of each request."""
    return [(method, path, json.loads(query.get('filters', '{}')))
            for method, path, query, _ in engine.requests_made]


# GET /volumes

@VERSIONS
@pytest.mark.parametrize('labels, found', [
    (['app=db', 'temporary'], ['both']), ('app', ['db', 'both']), ('temporary=', ['both']), ('ap*', []),
    ({'app': 'db', 'temporary': 'no'}, []), ('', [])])
def test_volumes_by_labels(recorded, version, labels, found):
    engine = recorded(PODMAN, version)
    engine.respond(listed(*ALL))
    assert names(engine.client.volumes({'label': labels})) == found
    assert filters_sent(engine) == [('GET', '/volumes', {})]


@VERSIONS
def test_volumes_by_several_filters(recorded, version):
    engine = recorded(PODMAN, version)
    engine.respond(listed(*ALL, Warnings=['a', 'b']), listed(DB, OTHER, BOTH, Warnings=['b', 'c']))
    result = engine.client.volumes({'dangling': True, 'name': ['d', 'o'], 'label': 'app'})
    assert names(result) == ['db', 'both'] and result['Warnings'] == ['a', 'b', 'c']
    assert filters_sent(engine) == [
        ('GET', '/volumes', {'dangling': ['true']}), ('GET', '/volumes', {'name': ['d', 'o']})]


@pytest.mark.parametrize('filters', [None, {'name': ['a', 'b']}, {'dangling': True}])
def test_volumes_by_one_filter(recorded, filters):
    engine = recorded(PODMAN)
    engine.respond(listed(*ALL))
    assert len(names(engine.client.volumes(filters))) == 4
    sent, = filters_sent(engine)
    assert set(sent[2]) == set(filters or ())


def test_an_error_of_one_filter(recorded):
    engine = recorded(PODMAN)
    engine.respond(listed(*ALL), http(500, 'bad name'))
    with pytest.raises(errors.ServerError, match='bad name'):
        engine.client.volumes({'dangling': True, 'name': '['})
    assert len(engine.requests_made) == 2


# POST /volumes/prune

USAGE = {'Images': [], 'Volumes': [{'Name': 'db', 'UsageData': {'Size': 5, 'RefCount': 0}},
                                   {'Name': 'both', 'UsageData': {'Size': 7, 'RefCount': 0}},
                                   {'Name': 'other', 'UsageData': {'Size': -1, 'RefCount': -1}}]}


@VERSIONS
@pytest.mark.parametrize('filters, removed, size', [
    ({'label': ['app=db', 'temporary']}, ['both'], 7), ({'label': 'app'}, ['db', 'both'], 12),
    ({'label': 'temporary='}, ['both'], 7), ({'label': 'ap*'}, [], 0),
    ({'label': 'app', 'label!': 'temporary'}, ['db'], 5), ({'label!': 'app'}, ['other', 'bare'], 0),
    ({'label!': ['app', 'temporary']}, ['db', 'other', 'bare'], 5),
    ({'label': 'app', 'all': True}, ['db', 'both'], 12)])
def test_a_prune_of_volumes_by_labels(recorded, version, filters, removed, size):
    engine = recorded(PODMAN, version)
    engine.respond(listed(*ALL), as_json(USAGE), as_json([]), *[http(204) for _ in removed])
    assert engine.client.prune_volumes(filters) == {'VolumesDeleted': removed, 'SpaceReclaimed': size}
    assert filters_sent(engine) == [
        ('GET', '/volumes', {'dangling': ['true']}), ('GET', '/system/df', {}),
        ('GET', '/images/json', {})] + [('DELETE', '/volumes/' + name, {}) for name in removed]


@pytest.mark.parametrize('status', [404, 409, 500])
def test_a_volume_that_is_in_use_by_then_stays(recorded, status):
    engine = recorded(PODMAN)
    engine.respond(listed(*ALL), as_json(USAGE), as_json([]), http(status, 'no'), http(204))
    assert engine.client.prune_volumes({'label': 'app=db'}) == {
        'VolumesDeleted': ['both'], 'SpaceReclaimed': 7}


@pytest.mark.parametrize('before', [[], [listed(*ALL)], [listed(*ALL), as_json(USAGE)]])
def test_nothing_is_removed_after_an_error(recorded, before):
    engine = recorded(PODMAN)
    engine.respond(*before + [http(500, 'broken')])
    with pytest.raises(errors.ServerError, match='broken'):
        engine.client.prune_volumes({'label': 'app=db'})
    assert {method for method, _, _ in filters_sent(engine)} == {'GET'}


def test_a_prune_of_volumes_without_labels(recorded):
    engine = recorded(PODMAN)
    engine.respond(as_json({'VolumesDeleted': ['a'], 'SpaceReclaimed': 3}))
    assert engine.client.prune_volumes() == {'VolumesDeleted': ['a'], 'SpaceReclaimed': 3}
    assert filters_sent(engine) == [('POST', '/volumes/prune', {})]


@pytest.mark.parametrize('key', ['label', 'label!'])
def test_volumes_are_not_pruned_by_another_filter_beside_labels(recorded, key):
    engine = recorded(PODMAN)
    with pytest.raises(errors.NotSupported, match='until'):
        engine.client.prune_volumes({key: 'app', 'until': '24h'})
    assert engine.requests_made == []


# POST /images/prune

def image(letter, tags=(), **labels):
    return {'Id': 'sha256:' + letter * 64, 'RepoTags': list(tags), 'RepoDigests': [],
            'Labels': labels or None}


A, B, C = image('a', app='db'), image('b', app='db', temporary=''), image('c', temporary='no')
NAMED = image('d', ['docker.io/local/one:v1', 'docker.io/local/two:v2'], app='db')
IMAGES = {'Volumes': [], 'Images': [
    {'Id': letter * 64, 'Size': 1000 + size, 'SharedSize': 1000} for letter, size in (
        ('a', 1), ('b', 2), ('c', 4), ('d', 8))]}


def ready_to_prune(engine, images, *removals, **others):
    engine.respond(as_json(images), as_json(others.get('containers', [])), as_json(IMAGES), as_json([]),
                   *removals)


def removals_sent(engine):
    return [path for method, path, _ in filters_sent(engine) if method == 'DELETE']


@VERSIONS
@pytest.mark.parametrize('filters, removed, size', [
    ({'label': ['app=db', 'temporary']}, 'b', 2), ({'label': 'app', 'dangling': True}, 'ab', 3),
    ({'label': ['app', 'none']}, '', 0), ({'label': 'temporary='}, 'b', 2),
    ({'label': 'app', 'label!': 'temporary'}, 'a', 1), ({'label!': 'app'}, 'c', 4),
    ({'label': 'temporary', 'until': '24h'}, 'bc', 6)])
def test_a_prune_of_images_by_labels(recorded, version, filters, removed, size):
    engine = recorded(PODMAN, version)
    ready_to_prune(engine, [A, B, C], *[as_json([{'Deleted': letter * 64}]) for letter in removed])
    result = engine.client.prune_images(filters)
    assert [item['Deleted'] for item in result['ImagesDeleted']] == [letter * 64 for letter in removed]
    assert result['SpaceReclaimed'] == size
    wanted = {'until': ['24h'], 'dangling': ['true']} if 'until' in filters else {'dangling': ['true']}
    assert filters_sent(engine)[:3] == [
        ('GET', '/images/json', wanted), ('GET', '/containers/json', {}), ('GET', '/system/df', {})]
    assert removals_sent(engine) == ['/images/sha256:' + letter * 64 for letter in removed]


@pytest.mark.parametrize('filters', [{'dangling': False}, {'dangling': False, 'label': 'app=db'}])
def test_a_prune_of_images_with_names(recorded, filters):
    engine = recorded(PODMAN)
    ready_to_prune(engine, [A, NAMED], as_json([{'Deleted': 'a' * 64}]),
                   as_json([{'Untagged': 'docker.io/local/one:v1'}]),
                   as_json([{'Untagged': 'docker.io/local/two:v2'}, {'Deleted': 'd' * 64}]))
    assert engine.client.prune_images(filters) == {'SpaceReclaimed': 9, 'ImagesDeleted': [
        {'Deleted': 'a' * 64}, {'Untagged': 'local/one:v1'}, {'Untagged': 'local/two:v2'},
        {'Deleted': 'd' * 64}]}
    assert filters_sent(engine)[0] == ('GET', '/images/json', {})
    assert removals_sent(engine) == [
        '/images/sha256:' + 'a' * 64, '/images/local/one:v1', '/images/local/two:v2']


def test_an_image_that_is_in_use_stays(recorded):
    engine = recorded(PODMAN)
    ready_to_prune(engine, [A, B, NAMED], http(409, 'in use'), containers=[
        {'Id': 'e' * 64, 'ImageID': 'sha256:' + 'd' * 64}, {'Id': 'f' * 64, 'ImageID': 'a' * 64}])
    assert engine.client.prune_images({'dangling': False}) == {'ImagesDeleted': [], 'SpaceReclaimed': 0}
    assert removals_sent(engine) == ['/images/sha256:' + 'b' * 64]


@pytest.mark.parametrize('filters', [None, {'dangling': True}, {'until': '24h'}, {'dangling': 'maybe'}])
def test_a_prune_of_images_without_labels(recorded, filters):
    engine = recorded(PODMAN)
    engine.respond(as_json({'ImagesDeleted': [], 'SpaceReclaimed': 0}))
    engine.client.prune_images(filters)
    (method, path, _), = filters_sent(engine)
    assert (method, path) == ('POST', '/images/prune')


def test_no_image_is_removed_after_an_error(recorded):
    for before in range(4):
        engine = recorded(PODMAN)
        engine.server.requests[:] = []
        engine.respond(*[as_json([A]), as_json([]), as_json(IMAGES)][:before] + [http(500, 'broken')])
        with pytest.raises(errors.ServerError, match='broken'):
            engine.client.prune_images({'label': 'app=db'})
        assert not removals_sent(engine)


# POST /containers/prune and /networks/prune

CALLS = pytest.mark.parametrize('call', ['prune_containers', 'prune_networks'])


@CALLS
@pytest.mark.parametrize('filters', [{'label': 'temporary='}, {'label!': 'ap*'}, {'label': ['a', 'b?=c']}])
def test_no_prune_by_what_podman_takes_for_a_pattern(recorded, call, filters):
    engine = recorded(PODMAN)
    with pytest.raises(errors.NotSupported, match='pattern'):
        getattr(engine.client, call)(filters)
    assert engine.requests_made == []


@CALLS
def test_a_prune_by_labels_is_sent(recorded, call):
    engine = recorded(PODMAN)
    engine.respond(as_json({'ContainersDeleted': [], 'NetworksDeleted': []}))
    getattr(engine.client, call)({'label': ['a=*', 'b'], 'label!': 'c', 'until': '24h'})
    assert filters_sent(engine)[0][2] == {'label': ['a=*', 'b'], 'label!': ['c'], 'until': ['24h']}
