# -*- coding: utf-8 -*-
"""The calls about volumes."""

import contextlib
import json

import pytest

import docker
from docker import errors
from tests.server import as_json, beginning_of_json, http
from tests.wire import assert_not_supported, negotiated, raised, request_parts

VOLUME = {'Name': 'data', 'Driver': 'local', 'Mountpoint': '/var/lib/docker/volumes/data/_data'}


@pytest.fixture
def client(server):
    """A Client of an engine that has all of the API, and takes each call in the version that it came in."""
    client = negotiated(docker.Client(server.url, timeout=10), server, '1.55')
    yield client
    client.close()


def filtered(**filters):
    return {'filters': json.dumps(filters, sort_keys=True)}


CREATE = '/volumes/create'
REQUESTS = [
    (lambda c: c.volumes(), '1.21', 'GET', '/volumes', {}, None),
    (lambda c: c.volumes({}), '1.21', 'GET', '/volumes', {}, None),
    (lambda c: c.volumes({'dangling': True, 'label': ['a', 'b=c']}), '1.21', 'GET', '/volumes',
     filtered(dangling=['true'], label=['a', 'b=c']), None),
    (lambda c: c.volumes(filters={'name': 'data'}), '1.21', 'GET', '/volumes', filtered(name=['data']), None),
    (lambda c: c.create_volume(), '1.21', 'POST', CREATE, {}, {}),
    (lambda c: c.create_volume(u'donn\xe9es'), '1.21', 'POST', CREATE, {}, {'Name': u'donn\xe9es'}),
    (lambda c: c.create_volume('data', 'local', {'a': 'b', 'n': 1, 'on': False}), '1.21', 'POST',
     CREATE, {}, {'Name': 'data', 'Driver': 'local', 'DriverOpts': {'a': 'b', 'n': '1', 'on': 'false'}}),
    (lambda c: c.create_volume('data', '', {}, {}, {}), '1.21', 'POST', CREATE, {}, {'Name': 'data'}),
    (lambda c: c.create_volume('data', labels={'tier': 'db'}), '1.23', 'POST', CREATE, {},
     {'Name': 'data', 'Labels': {'tier': 'db'}}),
    (lambda c: c.create_volume('data', labels=['tier=db']), '1.23', 'POST', CREATE, {},
     {'Name': 'data', 'Labels': {'tier': 'db'}}),
    (lambda c: c.create_volume('data', 'csi', cluster_volume_spec={'Group': 'a'}), '1.42', 'POST', CREATE, {},
     {'Name': 'data', 'Driver': 'csi', 'ClusterVolumeSpec': {'Group': 'a'}}),
    (lambda c: c.inspect_volume('data'), '1.21', 'GET', '/volumes/data', {}, None),
    (lambda c: c.inspect_volume({'Name': 'data', 'Driver': 'local'}), '1.21', 'GET', '/volumes/data', {},
     None),
    (lambda c: c.inspect_volume(u'donn\xe9es'), '1.21', 'GET', '/volumes/donn%C3%A9es', {}, None),
    (lambda c: c.remove_volume('data'), '1.21', 'DELETE', '/volumes/data', {}, None),
    (lambda c: c.remove_volume({'Name': 'data'}, False), '1.21', 'DELETE', '/volumes/data', {}, None),
    (lambda c: c.remove_volume('data', force=True), '1.25', 'DELETE', '/volumes/data', {'force': '1'}, None),
    (lambda c: c.update_volume('data', 7, {'Availability': 'drain'}), '1.42', 'PUT', '/volumes/data',
     {'version': '7'}, {'Spec': {'Availability': 'drain'}}),
    (lambda c: c.update_volume({'Name': 'data'}, 7), '1.42', 'PUT', '/volumes/data', {'version': '7'},
     {'Spec': {}}),
]


@pytest.mark.parametrize('call, version, method, path, query, body', REQUESTS)
def test_the_request(client, server, call, version, method, path, query, body):
    value = {'Volumes': [], 'Warnings': None} if path == '/volumes' else VOLUME
    server.respond(http(204) if method == 'DELETE' else as_json(value))
    call(client)
    assert request_parts(server.request) == (method, '/v{0}{1}'.format(version, path), query, body)
    assert len(server.requests) == 1


def test_what_the_calls_return(client, server):
    server.respond(as_json({'Volumes': [VOLUME], 'Warnings': ['slow']}), as_json(VOLUME, 201),
                   as_json(VOLUME), http(200), http(204))
    assert client.volumes() == {'Volumes': [VOLUME], 'Warnings': ['slow']}
    assert client.create_volume('data') == VOLUME
    assert client.inspect_volume('data') == VOLUME
    assert client.update_volume('data', 1, {}) is None
    assert client.remove_volume('data') is None


def test_no_volumes_are_an_empty_list(client, server):
    server.respond(as_json({'Volumes': None, 'Warnings': None}))
    assert client.volumes() == {'Volumes': [], 'Warnings': []}


@pytest.mark.parametrize('value', [
    [], 'text', None, {'Volumes': {'a': 1}}, {'Volumes': ['data']}, {'Volumes': [{'Driver': 'local'}]},
    {'Volumes': [], 'Warnings': 'slow'}])
def test_a_list_of_something_else(client, server, value):
    server.respond(as_json(value))
    assert 'GET /volumes' in str(raised(errors.NotAnEngine, client.volumes))


BAD = [
    ('filters', TypeError, lambda c: c.volumes(filters=['dangling'])),
    ('filters', TypeError, lambda c: c.volumes(filters={'dangling': None})),
    ('name', TypeError, lambda c: c.create_volume(7)),
    ('driver', TypeError, lambda c: c.create_volume('data', 7)),
    ('driver_opts', TypeError, lambda c: c.create_volume('data', driver_opts='a=b')),
    ('labels', TypeError, lambda c: c.create_volume('data', labels=7)),
    ('labels', ValueError, lambda c: c.create_volume('data', labels={'': 'b'})),
    ('cluster_volume_spec', TypeError, lambda c: c.create_volume('data', cluster_volume_spec=['a'])),
    ('name', ValueError, lambda c: c.inspect_volume('')),
    ('name', TypeError, lambda c: c.inspect_volume(None)),
    ('name', TypeError, lambda c: c.inspect_volume({'Id': 'abc'})),
    ('name', ValueError, lambda c: c.inspect_volume('../containers')),
    ('name', TypeError, lambda c: c.remove_volume(7)),
    ('version', TypeError, lambda c: c.update_volume('data', '7')),
    ('version', ValueError, lambda c: c.update_volume('data', -1)),
    ('spec', TypeError, lambda c: c.update_volume('data', 7, ['a'])),
]


@pytest.mark.parametrize('name, kind, call', BAD)
def test_a_bad_argument(client, server, name, kind, call):
    assert name in str(raised(kind, lambda: call(client)))
    assert not server.requests


@pytest.mark.parametrize('options', [
    'o=password=s3cret', {'o': ['password=s3cret']}, ['o=password=s3cret', 7]])
def test_a_bad_option_is_not_shown(client, options):
    error = raised(TypeError, lambda: client.create_volume('data', driver_opts=options))
    assert 's3cret' not in str(error)


@pytest.mark.parametrize('status, message, kind', [
    (404, 'get data: no such volume', errors.NotFound),
    (409, 'remove data: volume is in use - [abc]', errors.Conflict),
    (500, 'volume data uses volume plugin x but it could not be retrieved: no volume plugin with name x '
          'available: required plugin missing', errors.NotFound),
    (500, 'disk full', errors.ServerError)])
def test_an_error(client, server, status, message, kind):
    server.respond(as_json({'message': message}, status))
    error = raised(kind, lambda: client.remove_volume('data'))
    assert error.status_code == status and error.explanation == message


@pytest.mark.parametrize('call', [
    lambda c: c.volumes(), lambda c: c.create_volume('data'), lambda c: c.inspect_volume('data'),
    lambda c: c.update_volume('data', 1), lambda c: c.remove_volume('data')])
def test_the_engine_goes_away(client, server, call):
    server.respond(beginning_of_json)
    with pytest.raises((errors.StreamBroken, errors.EngineUnreachable)):
        call(client)


@pytest.mark.parametrize('newest, call, name, came', [
    ('1.20', lambda c: c.volumes(), 'GET /volumes', '1.21'),
    ('1.22', lambda c: c.create_volume('data', labels={'a': 'b'}), 'Labels', '1.23'),
    ('1.24', lambda c: c.remove_volume('data', force=True), 'force', '1.25'),
    ('1.41', lambda c: c.create_volume('data', cluster_volume_spec={'Group': 'a'}), 'ClusterVolumeSpec',
     '1.42'),
    ('1.41', lambda c: c.update_volume('data', 1), 'PUT /volumes', '1.42')])
def test_an_engine_without_it(server, newest, call, name, came):
    with contextlib.closing(negotiated(docker.Client(server.url, timeout=10), server, newest)) as client:
        assert_not_supported(client, server, call, name, came, newest)
