"""df and the prune calls: exact requests, responses, bad input, and an engine that goes away."""

import pytest

import docker
from docker import errors
from tests.server import as_json, http
from tests.wire import raised, request_parts


REQUESTS = [
    (lambda c: c.df(), '1.25', 'GET', '/system/df', {}),
    (lambda c: c.df('image'), '1.42', 'GET', '/system/df', {'type': 'image'}),
    (lambda c: c.df(verbose=True), '1.25', 'GET', '/system/df', {}),
    (lambda c: c.prune_containers(), '1.25', 'POST', '/containers/prune', {}),
    (lambda c: c.prune_containers({'until': '24h', 'label': {'tier': 'web'}}), '1.25', 'POST',
     '/containers/prune', {'filters': '{"label": ["tier=web"], "until": ["24h"]}'}),
    (lambda c: c.prune_images({'dangling': False}), '1.25', 'POST', '/images/prune',
     {'filters': '{"dangling": ["false"]}'}),
    (lambda c: c.prune_networks(filters={'label': ['a', 'b']}), '1.25', 'POST', '/networks/prune',
     {'filters': '{"label": ["a", "b"]}'}),
    (lambda c: c.prune_volumes(), '1.25', 'POST', '/volumes/prune', {}),
    (lambda c: c.prune_builds(), '1.31', 'POST', '/build/prune', {}),
    (lambda c: c.prune_builds({'until': '24h'}), '1.39', 'POST', '/build/prune',
     {'filters': '{"until": ["24h"]}'}),
    (lambda c: c.prune_builds(None, '1g', True), '1.39', 'POST', '/build/prune',
     {'keep-storage': '1073741824', 'all': '1'}),
    (lambda c: c.prune_builds(keep_storage=0), '1.39', 'POST', '/build/prune', {'keep-storage': '0'}),
    (lambda c: c.prune_builds(reserved_space=1, max_used_space='1k', min_free_space=3), '1.48', 'POST',
     '/build/prune', {'reserved-space': '1', 'max-used-space': '1024', 'min-free-space': '3'}),
]


@pytest.mark.parametrize('call, version, method, path, query', REQUESTS)
def test_the_request(client_of, server, call, version, method, path, query):
    client = client_of('1.51')
    server.respond(as_json({}))
    assert isinstance(call(client), dict)
    assert request_parts(server.request) == (method, '/v{0}{1}'.format(version, path), query, None)


def test_several_types(client_of, server):
    client = client_of('1.51')
    server.respond(as_json({}))
    client.df(['image', u'build-cache'])
    assert server.request.target == '/v1.42/system/df?type=image&type=build-cache'


@pytest.mark.parametrize('call, version, newest', [
    (lambda c: c.df(), '1.25', '1.24'), (lambda c: c.df('image'), '1.42', '1.41'),
    (lambda c: c.df(verbose=False), '1.52', '1.51'), (lambda c: c.prune_containers(), '1.25', '1.24'),
    (lambda c: c.prune_images(), '1.25', '1.24'), (lambda c: c.prune_networks(), '1.25', '1.24'),
    (lambda c: c.prune_volumes(), '1.25', '1.24'), (lambda c: c.prune_builds(), '1.31', '1.30'),
    (lambda c: c.prune_builds(all=True), '1.39', '1.38'),
    (lambda c: c.prune_builds(min_free_space=1), '1.48', '1.47')])
def test_what_an_engine_does_not_have(client_of, server, call, version, newest):
    client = client_of(newest)
    error = raised(errors.NotSupported, lambda: call(client))
    assert 'API version {0}, '.format(version) in str(error) and newest in str(error)
    assert server.requests == []


@pytest.mark.parametrize('call, response, result', [
    (lambda c: c.prune_containers(), {'ContainersDeleted': None, 'SpaceReclaimed': 0},
     {'ContainersDeleted': [], 'SpaceReclaimed': 0}),
    (lambda c: c.prune_images(), {'ImagesDeleted': [{'Deleted': 'sha256:a'}], 'SpaceReclaimed': 5},
     {'ImagesDeleted': [{'Deleted': 'sha256:a'}], 'SpaceReclaimed': 5}),
    (lambda c: c.prune_images(), {'ImagesDeleted': None}, {'ImagesDeleted': []}),
    (lambda c: c.prune_networks(), {'NetworksDeleted': None}, {'NetworksDeleted': []}),
    (lambda c: c.prune_volumes(), {'VolumesDeleted': ['a']}, {'VolumesDeleted': ['a']}),
    (lambda c: c.prune_builds(), {'CachesDeleted': None, 'SpaceReclaimed': 0},
     {'CachesDeleted': [], 'SpaceReclaimed': 0}),
    (lambda c: c.df(), {'LayersSize': 5, 'Images': None, 'Containers': None, 'Volumes': None},
     {'LayersSize': 5, 'Images': [], 'Containers': [], 'Volumes': []})])
def test_the_result(client_of, server, call, response, result):
    client = client_of('1.31')
    server.respond(as_json(response))
    assert call(client) == result


@pytest.mark.parametrize('response', [[], {'Images': {}}, {'Images': [{'Size': 'big'}]}, 'x'])
def test_what_is_no_disk_usage(client_of, server, response):
    client = client_of('1.51')
    server.respond(as_json(response))
    raised(errors.NotAnEngine, client.df)


def test_an_error(client_of, server):
    client = client_of('1.51')
    server.respond(as_json({'message': 'a prune operation is already running'}, 409))
    error = raised(errors.Conflict, client.prune_images)
    assert error.explanation == 'a prune operation is already running'


def test_an_engine_that_goes_away(client_of, server):
    def go_away(peer):
        peer.read_request()
        peer.send(http(200, '{"SpaceReclaimed": 5}', 'application/json')[:-4])
        return False

    client = client_of('1.51')
    server.respond(go_away)
    with pytest.raises(docker.errors.DockerException):
        client.prune_volumes()


@pytest.mark.parametrize('what, kind, call', [
    ('type', TypeError, lambda c: c.df(5)),
    ('type', ValueError, lambda c: c.df([''])),
    ('filters', TypeError, lambda c: c.prune_containers('24h')),
    ('filters', TypeError, lambda c: c.prune_images(5)),
    ('filters', TypeError, lambda c: c.prune_networks({'until': 1.5})),
    ('filters', TypeError, lambda c: c.prune_volumes({5: 'a'})),
    ('filters', TypeError, lambda c: c.prune_builds('all')),
    ('keep_storage', ValueError, lambda c: c.prune_builds(keep_storage='much')),
    ('reserved_space', TypeError, lambda c: c.prune_builds(reserved_space=1.5)),
    ('max_used_space', ValueError, lambda c: c.prune_builds(max_used_space=-1)),
    ('min_free_space', TypeError, lambda c: c.prune_builds(min_free_space=[])),
])
def test_a_bad_argument(client_of, server, what, kind, call):
    client = client_of('1.51')
    error = raised(kind, lambda: call(client))
    assert str(error).startswith(what + ' takes ')
    assert server.requests == []
