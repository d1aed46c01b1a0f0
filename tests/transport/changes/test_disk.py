"""What versions of the API changed of df and of the prune of volumes (1.42, 1.44 and 1.52)."""

import json

import pytest

import docker
from docker import errors
from tests.server import as_json

CACHE = [{'ID': 'a', 'Parents': ['b', 'c'], 'Size': 5, 'Shared': False},
         {'ID': 'b', 'Parents': None, 'Size': 7, 'Shared': True},
         {'ID': 'c', 'Size': 9, 'Shared': False}]
IMAGE = {'Id': 'sha256:a', 'RepoTags': ['a:latest'], 'Size': 3}
BEFORE_1_52 = {'LayersSize': 10, 'Images': [IMAGE], 'Containers': [{'Id': 'd'}], 'Volumes': None,
               'BuildCache': CACHE}
SINCE_1_52 = {
    'ImageUsage': {'TotalCount': 1, 'TotalSize': 10, 'Items': [IMAGE]},
    'ContainerUsage': {'TotalCount': 1, 'TotalSize': 0, 'Items': [{'Id': 'd'}]},
    'VolumeUsage': {'TotalCount': 0, 'TotalSize': 0},
    'BuildCacheUsage': {'TotalCount': 3, 'TotalSize': 21, 'Items': CACHE}}


@pytest.fixture
def used(server):
    """A function that returns the result of df for a caller of a version, and the query that was sent."""
    clients = []

    def call(spoken, version, response, **arguments):
        client = docker.Client(server.url, version=version, timeout=10)
        clients.append(client)
        server.respond(as_json({'ApiVersion': spoken, 'MinAPIVersion': spoken}), as_json(response))
        return client.df(**arguments), server.request.query

    yield call
    for client in clients:
        client.close()


@pytest.mark.parametrize('spoken, response, query', [
    ('1.44', BEFORE_1_52, {}), ('1.51', BEFORE_1_52, {}), ('1.52', SINCE_1_52, {'verbose': '1'}),
    ('1.55', SINCE_1_52, {'verbose': '1'})])
@pytest.mark.parametrize('version', ['1.6', '1.25', '1.41'])
def test_disk_usage_as_of_1_41(used, spoken, version, response, query):
    usage, sent = used(spoken, version, response)
    assert sent == query
    assert usage['LayersSize'] == 10
    assert usage['Images'] == [dict(IMAGE, VirtualSize=3)]
    assert usage['Containers'] == [{'Id': 'd'}]
    assert usage['Volumes'] == []
    assert usage['BuilderSize'] == 14
    assert [cache['Parent'] for cache in usage['BuildCache']] == ['b', '', '']
    assert set(usage) - set(response) <= {
        'LayersSize', 'Images', 'Containers', 'Volumes', 'BuildCache', 'BuilderSize'}


@pytest.mark.parametrize('version', ['1.52', 'auto'])
def test_disk_usage_of_1_52_stays(used, version):
    usage, sent = used('1.52', version, SINCE_1_52)
    assert sent == {'verbose': '1'}
    assert set(usage) == set(SINCE_1_52) and usage['ImageUsage']['Items'] == [IMAGE]


def test_disk_usage_of_1_43_has_no_parent(used):
    usage, _ = used('1.44', '1.43', BEFORE_1_52)
    assert 'BuilderSize' not in usage and usage['Images'][0]['VirtualSize'] == 3
    usage, _ = used('1.44', '1.44', BEFORE_1_52)
    assert 'VirtualSize' not in usage['Images'][0] and 'Parent' not in usage['BuildCache'][0]


def test_totals_alone(used):
    totals = {name: dict(value, Items=None) for name, value in SINCE_1_52.items()}
    usage, sent = used('1.52', '1.52', totals, verbose=False)
    assert sent == {'verbose': '0'}
    assert usage['ImageUsage'] == {'TotalCount': 1, 'TotalSize': 10, 'Items': []}
    usage, _ = used('1.52', '1.6', totals, verbose=False)
    assert usage['Images'] == [] and usage['LayersSize'] == 10


def test_lists_that_were_not_requested_stay_away(used):
    usage, sent = used('1.52', '1.6', {'ImageUsage': SINCE_1_52['ImageUsage']}, type='image')
    assert sent == {'type': 'image', 'verbose': '1'}
    assert usage['Images'] == [dict(IMAGE, VirtualSize=3)] and 'Containers' not in usage


@pytest.mark.parametrize('spoken, version, filters, sent', [
    # Before 1.42, all unused volumes are removed.
    ('1.41', '1.6', None, None), ('1.41', 'auto', None, None), ('1.41', '1.6', {'all': True}, {}),
    ('1.41', '1.6', {'all': True, 'label': 'a'}, {'label': ['a']}),
    # Callers of a version before have that since too.
    ('1.42', '1.6', None, {'all': ['true']}),
    ('1.55', '1.41', {'label': 'a'}, {'all': ['true'], 'label': ['a']}),
    ('1.42', '1.6', {'all': False}, {'all': ['false']}), ('1.42', '1.41', {'all': 1}, {'all': ['1']}),
    # Callers of that version and later ones remove what they request.
    ('1.42', '1.42', None, None), ('1.55', 'auto', None, None),
    ('1.55', 'auto', {'all': True}, {'all': ['true']})])
def test_volumes_with_a_name(server, spoken, version, filters, sent):
    client = docker.Client(server.url, version=version, timeout=10)
    server.respond(as_json({'ApiVersion': spoken, 'MinAPIVersion': spoken}),
                   as_json({'VolumesDeleted': None}))
    assert client.prune_volumes(filters) == {'VolumesDeleted': []}
    query = server.request.query
    assert (json.loads(query['filters']) if 'filters' in query else None) == sent
    client.close()


@pytest.mark.parametrize('version', ['1.6', '1.41', '1.42', 'auto'])
@pytest.mark.parametrize('value', [False, True])
def test_the_filter_for_all_volumes_is_sent_in_a_version_that_takes_it(server, version, value):
    client = docker.Client(server.url, version=version, timeout=10)
    server.respond(as_json({'ApiVersion': '1.51', 'MinAPIVersion': '1.24'}),
                   as_json({'VolumesDeleted': None}))
    client.prune_volumes({'all': value})
    assert server.request.path == '/v{0}/volumes/prune'.format('1.51' if version == 'auto' else '1.42')
    assert json.loads(server.request.query['filters']) == {'all': [str(value).lower()]}
    client.close()


@pytest.mark.parametrize('value', [False, 'false', 0, ['true', 'false']])
def test_anonymous_volumes_alone_before_1_42(server, value):
    client = docker.Client(server.url, timeout=10)
    server.respond(as_json({'ApiVersion': '1.41', 'MinAPIVersion': '1.12'}))
    with pytest.raises(errors.NotSupported, match='all=false'):
        client.prune_volumes({'all': value})
    assert [request.path for request in server.requests] == ['/version']
    client.close()
