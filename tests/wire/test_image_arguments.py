# -*- coding: utf-8 -*-
"""What the calls about images and registries take since API 1.6: exact requests, responses and bad input."""

import json
import os

import pytest

from docker import errors
from tests import PathObject
from tests.server import as_json, chunked, http
from tests.wire import raised, request_parts
from tests.wire.test_registries import credentials_in, encoded

ARM = '{"architecture": "arm64", "os": "linux"}'
ARM_V7 = '{"architecture": "arm", "os": "linux", "variant": "v7"}'
BOB = {'username': 'bob', 'password': 'hunter2'}


# By what they are sent in: the version, method, path and query.
REQUESTS = [
    (lambda c: c.images(filters={'dangling': True}), '1.10', 'GET', '/images/json',
     {'all': '0', 'filters': '{"dangling": ["true"]}'}),
    (lambda c: c.images(filters={}), '1.6', 'GET', '/images/json', {'all': '0'}),
    (lambda c: c.images('web', filters={'label': [u'caf\xe9', 'b']}), '1.10', 'GET', '/images/json',
     {'all': '0', 'filter': 'web', 'filters': '{"label": ["caf\\u00e9", "b"]}'}),
    (lambda c: c.images(digests=True), '1.18', 'GET', '/images/json', {'all': '0', 'digests': '1'}),
    (lambda c: c.images(shared_size=True), '1.42', 'GET', '/images/json', {'all': '0', 'shared-size': '1'}),
    (lambda c: c.images(manifests=True), '1.47', 'GET', '/images/json', {'all': '0', 'manifests': '1'}),
    (lambda c: c.images(identity=True), '1.54', 'GET', '/images/json',
     {'all': '0', 'manifests': '1', 'identity': '1'}),
    (lambda c: c.images(digests=False, shared_size=None, manifests=0, identity=False), '1.6', 'GET',
     '/images/json', {'all': '0'}),
    (lambda c: c.inspect_image(image='a'), '1.6', 'GET', '/images/a/json', {}),
    (lambda c: c.inspect_image({'Id': 'a'}, manifests=True), '1.48', 'GET', '/images/a/json',
     {'manifests': '1'}),
    (lambda c: c.inspect_image('a', False, 'linux/arm64'), '1.49', 'GET', '/images/a/json',
     {'platform': ARM}),
    (lambda c: c.history('a', {'os': 'linux', 'architecture': 'arm', 'variant': 'v7'}), '1.48', 'GET',
     '/images/a/history', {'platform': ARM_V7}),
    (lambda c: c.remove_image('a', True), '1.10', 'DELETE', '/images/a', {'force': '1'}),
    (lambda c: c.remove_image('a', noprune=True), '1.10', 'DELETE', '/images/a', {'noprune': '1'}),
    (lambda c: c.remove_image('a', False, False), '1.6', 'DELETE', '/images/a', {}),
    (lambda c: c.search('a', 5, {'stars': 3}), '1.24', 'GET', '/images/search',
     {'term': 'a', 'limit': '5', 'filters': '{"stars": ["3"]}'}),
    (lambda c: c.image_attestations('host:5000/a'), '1.55', 'GET', '/images/host:5000/a/attestations', {}),
    (lambda c: c.image_attestations('a', 'linux/arm64', 'https://slsa.dev', True), '1.55', 'GET',
     '/images/a/attestations', {'platform': ARM, 'type': 'https://slsa.dev', 'statement': '1'}),
    (lambda c: c.inspect_distribution('host:5000/a:v1'), '1.30', 'GET',
     '/distribution/host:5000/a:v1/json', {}),
]


@pytest.mark.parametrize('call, version, method, path, query', REQUESTS)
def test_the_request(client_of, server, call, version, method, path, query):
    client = client_of('1.55')
    server.respond(as_json({} if path.endswith('/a/json') or 'distribution' in path else []))
    call(client)
    # An engine of 1.25 and later takes the name as a filter, in the version where it is one.
    assert request_parts(server.request) == (method, '/v{0}{1}'.format(version, path), query, None)
    assert len(server.requests) == 1


@pytest.mark.parametrize('call, name, values', [
    (lambda c: c.remove_image('a', platforms=['linux/arm64', 'linux/arm/v7']), 'platforms', 2),
    (lambda c: c.remove_image('a', platforms='linux/arm64'), 'platforms', 1),
    (lambda c: c.image_attestations('a', type=['x', 'y']), 'type', 2)])
def test_parameters_that_are_repeated(client_of, server, call, name, values):
    client = client_of('1.55')
    server.respond(as_json([]))
    call(client)
    names = [part.partition('=')[0] for part in server.request.target.partition('?')[2].split('&')]
    assert names == [name] * values


@pytest.mark.parametrize('call, version, newest', [
    (lambda c: c.images(filters={'dangling': True}), '1.10', '1.9'),
    (lambda c: c.remove_image('a', force=True), '1.10', '1.9'),
    (lambda c: c.search('a', limit=5), '1.24', '1.23'),
    (lambda c: c.search('a', filters={'stars': 3}), '1.24', '1.23'),
    (lambda c: c.commit('a', changes='EXPOSE 80'), '1.18', '1.17'),
    (lambda c: c.commit('a', pause=False), '1.13', '1.12'),
    (lambda c: c.pull('a', platform='linux/arm64'), '1.32', '1.31'),
    (lambda c: c.push('a', platform='linux/arm64'), '1.46', '1.45'),
    (lambda c: c.remove_image('a', platforms='linux/arm64'), '1.50', '1.49'),
    (lambda c: c.history('a', 'linux/arm64'), '1.48', '1.47'),
    (lambda c: c.inspect_image('a', platform='linux/arm64'), '1.49', '1.48'),
    (lambda c: c.image_attestations('a'), '1.55', '1.54'),
    (lambda c: c.inspect_distribution('a'), '1.30', '1.29')])
def test_what_an_engine_does_not_have(client_of, server, call, version, newest):
    client = client_of(newest)
    error = raised(errors.NotSupported, lambda: call(client))
    assert 'API version {0}, '.format(version) in str(error) and newest in str(error)
    assert server.requests == []


@pytest.mark.parametrize('what, kind, call', [
    ('filters', TypeError, lambda c: c.images(filters='dangling=true')),
    ('filters', TypeError, lambda c: c.images(filters={'label': object()})),
    ('image_id', errors.NullResource, lambda c: c.inspect_image()),
    ('inspect_image', TypeError, lambda c: c.inspect_image('a', image='a')),
    ('image', ValueError, lambda c: c.inspect_image(image='')),
    ('platform', ValueError, lambda c: c.inspect_image('a', platform='arm64')),
    ('platform', TypeError, lambda c: c.history('a', 5)),
    ('platforms', ValueError, lambda c: c.remove_image('a', platforms=['arm64'])),
    ('limit', ValueError, lambda c: c.search('a', -1)),
    ('limit', TypeError, lambda c: c.search('a', 'many')),
    ('filters', TypeError, lambda c: c.search('a', filters=5)),
    ('type', TypeError, lambda c: c.image_attestations('a', type=5)),
    ('type', ValueError, lambda c: c.image_attestations('a', type=[''])),
    ('image', TypeError, lambda c: c.image_attestations(None)),
    ('platform', TypeError, lambda c: c.pull('a', platform={'os': 'linux'})),
    ('platform', ValueError, lambda c: c.push('a', platform='arm64')),
    ('image', ValueError, lambda c: c.inspect_distribution('')),
    ('image', TypeError, lambda c: c.inspect_distribution(5)),
    ('auth_config', TypeError, lambda c: c.inspect_distribution('a', 'hunter2')),
    ('dockercfg_path', TypeError, lambda c: c.login('me', dockercfg_path=5)),
])
def test_a_bad_argument(client_of, server, what, kind, call):
    client = client_of('1.55')
    error = raised(kind, lambda: call(client))
    assert what in str(error).replace(':', ' ').split()
    assert server.requests == []


# inspect_distribution

FOUND = {'Descriptor': {'digest': 'sha256:a', 'size': 5}, 'Platforms': [{'os': 'linux'}]}


def test_inspect_distribution(client_of, server):
    client = client_of('1.55')
    server.respond(as_json(FOUND), as_json({'message': 'denied'}, 401),
                   as_json({'message': 'no manifest'}, 404))
    assert client.inspect_distribution('host:5000/a', BOB) == FOUND
    assert credentials_in(server.request)['password'] == 'hunter2'
    for kind in (errors.Unauthorized, errors.NotFound):
        error = raised(kind, lambda: client.inspect_distribution('host:5000/a', auth_config=BOB))
        assert 'X-Registry-Auth' not in error.request.headers


def test_inspect_distribution_with_known_credentials(client_of, server, tmp_path, monkeypatch):
    (tmp_path / 'config.json').write_bytes(json.dumps(
        {'auths': {'host:5000': {'auth': encoded('bob:hunter2')}}}).encode('ascii'))
    monkeypatch.setenv('DOCKER_CONFIG', str(tmp_path))
    client = client_of('1.55')
    server.respond(as_json(FOUND), as_json(FOUND))
    client.inspect_distribution('host:5000/a')
    assert credentials_in(server.request)['username'] == 'bob'
    client.inspect_distribution('a')
    assert 'x-registry-auth' not in server.request.headers


# login with a file

FILES = [
    json.dumps({'auths': {'host:5000': {'auth': encoded('bob:hunter2')}}, 'HttpHeaders': {'a': 'b'}}),
    json.dumps({'https://host:5000/v1/': {'auth': encoded('bob:hunter2'), 'email': 'bob@localhost'}}),
]


@pytest.mark.parametrize('content', FILES)
@pytest.mark.parametrize('as_object', [False, True])
def test_login_with_a_file(client, server, tmp_path, content, as_object):
    path = str(tmp_path / 'own.cfg')
    with open(path, 'wb') as opened:
        opened.write(content.encode('ascii'))
    known = client.login('bob', registry='https://host:5000/v1/',
                         dockercfg_path=PathObject(path) if as_object else path)
    assert (known['username'], known['password']) == ('bob', 'hunter2')
    assert server.requests == []
    server.respond(chunked([]))
    client.pull('host:5000/a')
    assert credentials_in(server.request)['password'] == 'hunter2'


def test_the_credentials_of_a_file_come_before_those_of_the_user(client, server, tmp_path, monkeypatch):
    for name, pair in (('config.json', 'alice:old'), ('own.cfg', 'bob:hunter2')):
        auths = {'host:5000': {'auth': encoded(pair)}}
        (tmp_path / name).write_bytes(json.dumps({'auths': auths}).encode('ascii'))
    monkeypatch.setenv('DOCKER_CONFIG', str(tmp_path))
    server.respond(as_json({'Status': 'Login Succeeded'}))
    client.login('me', 'secret', registry='other:5000', dockercfg_path=str(tmp_path / 'own.cfg'))
    assert server.request.json['username'] == 'me'
    server.respond(chunked([]))
    client.pull('host:5000/a')
    assert credentials_in(server.request)['username'] == 'bob'


def test_a_file_that_is_missing_or_empty(client, server, tmp_path):
    (tmp_path / 'empty').write_bytes(b'')
    for name in ('missing', 'empty'):
        server.respond(as_json({'Status': 'Login Succeeded'}))
        client.login('me', 'secret', dockercfg_path=os.path.join(str(tmp_path), name), insecure_registry=True)
        assert server.request.json['password'] == 'secret'


def test_a_file_that_is_damaged(client, server, tmp_path):
    (tmp_path / 'damaged').write_bytes(b'hunter2')
    with pytest.raises(errors.InvalidConfigFile) as caught:
        client.login('me', 'secret', dockercfg_path=str(tmp_path / 'damaged'))
    assert 'damaged' in str(caught.value) and 'hunter2' not in str(caught.value)
    assert not server.requests


def test_a_list_that_is_no_list(client_of, server):
    client = client_of('1.55')
    server.respond(http(200, '{}', 'application/json'))
    raised(errors.NotAnEngine, lambda: client.image_attestations('a'))
