"""docker.transport.since: what came in which version, by the engine's own specifications."""

import json
import os

import pytest

import docker
from docker.transport.call import Call
from docker.transport.negotiate import parse_version
from docker.transport.since import (
    BODY_FIELDS, CONFIG_FIELDS, ENDPOINTS, HOST_CONFIG_FIELDS, NEWEST, endpoint_in, requirements)
from tests.server import as_json, http
from tests.wire.specification import FOLDER, VERSIONS

CREATED = as_json({'Id': 'a' * 64}, 201)
DOCUMENTS = {}
# Engines had these before the documents of 1.41 and 1.44 did.
LATE_IN_DOCUMENTS = {('DELETE', '/containers/{}', 'link'), ('GET', '/plugins/privileges', 'remote')}


def document(version):
    if version not in DOCUMENTS:
        with open(os.path.join(FOLDER, 'v{0}.json'.format(version))) as opened:
            DOCUMENTS[version] = json.load(opened)
    return DOCUMENTS[version]


def operations(version):
    """Yield method, path with {} for names, and the names of the query parameters."""
    for path, methods in document(version)['paths'].items():
        for method, operation in methods.items():
            if method != 'parameters':
                names = [item['name'] for item in operation.get('parameters') or ()
                         if item.get('in') == 'query']
                yield method.upper(), '/'.join(
                    '{}' if part.startswith('{') else part for part in path.split('/')), names


def properties(version, name):
    """Return the names of a schema's properties, those of its parts included."""
    def names(schema):
        if '$ref' in schema:
            return names(document(version)['definitions'][schema['$ref'].rpartition('/')[2]])
        found = set(schema.get('properties') or ())
        return found.union(*[names(part) for part in schema.get('allOf') or ()])
    return names({'$ref': '/' + name})


@pytest.mark.parametrize('method, path, found', [
    ('GET', '/info', '/info'), ('GET', '/images/json', '/images/json'), ('GET', '/images/get', '/images/get'),
    ('GET', '/images/a/json', '/images/{}/json'), ('GET', '/images/a/b/json', '/images/{}/json'),
    ('DELETE', '/images/a/b', '/images/{}'), ('GET', '/containers/a/attach/ws', '/containers/{}/attach/ws'),
    ('GET', '/containers/a', None), ('GET', '/unknown', None), ('PUT', '/info', None), ('GET', '/', None)])
def test_the_endpoint_of_a_path(method, path, found):
    assert endpoint_in(ENDPOINTS, method, path) == found


def documents_of(since):
    """Return whether each document has what came in a version."""
    return [parse_version(version) >= parse_version(since) for version in VERSIONS]


def test_each_endpoint_of_the_newest_document_is_listed():
    listed = [(method, path) in ENDPOINTS for method, path, _ in operations('1.55')]
    assert all(listed) and len(listed) == 108


@pytest.mark.parametrize('method, path', sorted(ENDPOINTS))
def test_endpoints_and_parameters_are_in_the_documents_since_their_version(method, path):
    since, parameters = ENDPOINTS[method, path]
    found = [{(m, p): names for m, p, names in operations(version)}.get((method, path))
             for version in VERSIONS]
    if not any(names is not None for names in found):
        assert path in ('/containers/{}/copy', '/images/viz', '/images/{}/insert', '/build/cancel', '/grpc')
        return
    assert [names is not None for names in found] == documents_of(since)
    for name, version in parameters.items():
        documented = [name in (names or ()) for names in found]
        early = [has for has, there in zip(documents_of(version), documented) if there and not has]
        assert not early, name


def test_parameters_that_came_later_than_the_first_document_are_listed():
    first = {(method, path): names for method, path, names in operations(VERSIONS[0])}
    missing = [(method, path, name) for version in VERSIONS[1:] for method, path, names in operations(version)
               for name in names if (method, path) in first and name not in first[method, path] and
               name not in ENDPOINTS[method, path][1] and (method, path, name) not in LATE_IN_DOCUMENTS]
    assert not missing


@pytest.mark.parametrize('version', VERSIONS)
def test_host_config_fields_are_in_the_documents_since_their_version(version):
    documented = {name.lower() for name in properties(version, 'HostConfig')}
    assert documented <= set(HOST_CONFIG_FIELDS)
    early = {name for name in documented if parse_version(HOST_CONFIG_FIELDS[name]) > parse_version(version)}
    assert not early


def test_config_fields_are_in_the_documents():
    documented = {name.lower() for name in properties('1.41', 'ContainerConfig')}
    # Engines since 1.21 have VolumeDriver in HostConfig.
    assert set(CONFIG_FIELDS) - documented == {'networkingconfig', 'volumedriver'}
    assert NEWEST == parse_version(VERSIONS[-1])


def has_field(version, method, path, place):
    """Return whether the document of a version has a field of a body, by its place."""
    schema = next(item['schema'] for item in document(version)['paths'][path][method]['parameters']
                  if item['in'] == 'body')
    for key in place.split('.'):
        while '$ref' in schema:
            schema = document(version)['definitions'][schema['$ref'].rpartition('/')[2]]
        schema = schema.get('properties', {}).get(key)
        if schema is None:
            return False
    return True


# What engines had before the documents did, and what the documents have of a response.
EARLIER_THAN_DOCUMENTS = {'Attachable', 'ConfigOnly', 'ConfigFrom', 'Scope', 'Ingress'}
ONLY_IN_RESPONSES = {'EndpointConfig.MacAddress'}


def fields_of(method, path):
    """Return the fields of a body that came later, without those of which values did."""
    return {place: since for place, since in BODY_FIELDS.get((method, path), {}).items()
            if not isinstance(since, dict)}


@pytest.mark.parametrize('path, place', [
    ('/containers/create', 'HostConfig.Mounts.Type'),
    ('/services/create', 'TaskTemplate.ContainerSpec.Mounts.Type'),
    ('/services/{}/update', 'TaskTemplate.ContainerSpec.Mounts.Type')])
def test_types_of_mounts_are_in_the_documents_since_their_version(path, place):
    documented = [document(version)['definitions']['MountType']['enum'] for version in VERSIONS]
    types = BODY_FIELDS['POST', path][place]
    assert set(documented[-1]) - set(documented[0]) - {'npipe'} == set(types)
    for name, since in types.items():
        assert [name in enum for enum in documented] == documents_of(since)


@pytest.mark.parametrize('path, placeholder', [
    ('/networks/create', ''), ('/networks/{}/connect', '{id}'), ('/networks/{}/disconnect', '{id}'),
    ('/volumes/create', '')])
def test_fields_of_networks_and_volumes_are_in_the_documents_since_their_version(path, placeholder):
    for place, since in fields_of('POST', path).items():
        found = [has_field(version, 'post', path.replace('{}', placeholder), place) for version in VERSIONS]
        documented = documents_of(since)
        assert found[-1], place
        if place not in ONLY_IN_RESPONSES:
            assert not [there for there, expected in zip(found, documented) if there and not expected], place
        if place not in EARLIER_THAN_DOCUMENTS | ONLY_IN_RESPONSES:
            assert found == documented, place


def call(method, path, query=None, body=None):
    return Call(method, path, query, None if body is None else json.dumps(body).encode('utf-8'))


@pytest.mark.parametrize('request_of, found', [
    (call('GET', '/info'), []),
    (call('GET', '/unknown/path'), []),
    (call('POST', '/containers/web/exec'), [((1, 15), True)]),
    (call('POST', '/containers/web/exec', body={'User': 'me'}), [((1, 15), True), ((1, 19), True)]),
    (call('POST', '/containers/web/exec', body={'Privileged': False}), [((1, 15), True), ((1, 19), False)]),
    (call('GET', '/containers/web/stats', {'stream': '0'}), [((1, 17), True), ((1, 19), False)]),
    (call('GET', '/images/a/b/get'), [((1, 7), True)]),
    (call('GET', '/images/get', {'names': 'a'}), [((1, 15), True)]),
    (call('GET', '/images/get', 'names=a&names=b&platform={}'), [((1, 15), True), ((1, 48), True)]),
    (call('GET', '/images/get', 'platform=1&platform=2'),
     [((1, 15), True), ((1, 48), True), ((1, 52), True)]),
    (call('GET', '/containers/web/attach/ws', {'stdin': '1'}), [((1, 42), True)]),
    (call('POST', '/containers/web/stop', {'t': '1', 'signal': 'INT'}), [((1, 42), True)]),
    (call('POST', '/containers/web/stop', {'t': '1', 'signal': ''}), [((1, 42), False)]),
    (call('POST', '/containers/create', body={'Image': 'a', 'Labels': {'a': 'b'}}), [((1, 17), True)]),
    (call('POST', '/containers/create', body={'Image': 'a', 'Labels': None}), []),
    (call('POST', '/containers/create', body={'HostConfig': {'AutoRemove': True}}), [((1, 25), True)]),
    (call('POST', '/containers/create', body={'HostConfig': {'autoremove': True}}), [((1, 25), True)]),
    (call('POST', '/containers/create', body={'HostConfig': {'AutoRemove': False}}), [((1, 25), False)]),
    (call('POST', '/containers/create', body={'HostConfig': {'MemorySwappiness': 0}}), [((1, 21), True)]),
    (call('POST', '/containers/create', body={'HostConfig': {'Binds': ['/a:/b']}}), []),
    (call('POST', '/containers/create', body={'HostConfig': None}), []),
    (call('POST', '/containers/create', body={'HostConfig': {'Bnids': ['/a:/b']}}), [(None, True)]),
    (call('POST', '/containers/create', body={'HostConfig': {'Bnids': []}}), [(None, False)]),
    (call('POST', '/containers/create', body={'HostConfig': {'Mounts': [{'Type': 'bind'}]}}),
     [((1, 25), True)]),
    (call('POST', '/containers/create', body={'HostConfig': {'Mounts': [
        {'Type': 'bind'}, {'Type': 'image'}]}}),
     [((1, 48), True), ((1, 25), True)]),
    (call('POST', '/services/create', body={'TaskTemplate': {'ContainerSpec': {'Mounts': [
        {'Type': 'cluster'}]}}}), [((1, 24), True), ((1, 42), True)]),
    (call('POST', '/commit', body={'Cmd': ['a'], 'Labels': {}, 'Healthcheck': {'Test': ['NONE']}}),
     [((1, 17), False), ((1, 24), True)]),
    (call('POST', '/commit', body={'Healthcheck': {'StartInterval': 10 ** 9}}),
     [((1, 44), True), ((1, 24), True)]),
    (call('POST', '/commit'), []),
    (call('POST', '/containers/web/start', body={'Init': True}), [((1, 25), True)]),
    (call('POST', '/containers/web/start', body={}), []),
    (call('POST', '/networks/create', body={'Name': 'a', 'EnableIPv4': True}),
     [((1, 21), True), ((1, 48), False)]),
    (call('POST', '/networks/create', body={'Name': 'a', 'EnableIPv4': False}),
     [((1, 21), True), ((1, 48), True)]),
    (call('POST', '/networks/a/connect', body={'EndpointConfig': {'IPAMConfig': {'LinkLocalIPs': ['a']}}}),
     [((1, 21), True), ((1, 22), True), ((1, 24), True)]),
    (call('POST', '/build', {'t': 'a'}), [])])
def test_requirements(request_of, found):
    needed = [(each.version, each.essential) for each in requirements(request_of, (1, 12), (1, 41))]
    assert sorted(needed, key=str) == sorted(found, key=str)


def test_a_field_of_a_newer_api_is_sent_in_the_newest_version():
    host_config = {'HostConfig': {'Futuristic': 1}}
    needed, = requirements(call('POST', '/containers/create', body=host_config), (1, 40), (1, 60))
    assert needed.version == (1, 60)


def test_a_build_on_docker_29_is_sent_in_1_30_or_later():
    needed, = requirements(call('POST', '/build'), (1, 24), (1, 55))
    assert (needed.version, needed.essential) == ((1, 30), False)


def test_a_container_is_recreated_in_the_newest_version():
    start = call('POST', '/containers/web/start', body={'Binds': ['/a:/b']})
    assert [needed.version for needed in requirements(start, (1, 24), (1, 60))] == [NEWEST]
    assert [needed.version for needed in requirements(start, (1, 24), (1, 41))] == [(1, 41)]
    assert requirements(start, (1, 23), (1, 41)) == []


@pytest.fixture
def connect(server):
    clients = []

    def client(newest, oldest='1.12', **kwargs):
        server.respond(as_json({'ApiVersion': newest, 'MinAPIVersion': oldest}), as_json([]))
        clients.append(docker.Client(server.url, timeout=10, **kwargs))
        clients[-1].containers()
        del server.requests[:]
        return clients[-1]

    yield client
    for client in clients:
        client.close()


@pytest.mark.parametrize('field, value, version', [
    ('AutoRemove', True, '1.25'), ('Init', True, '1.25'), ('PidsLimit', 9, '1.23'),
    ('ShmSize', 1 << 20, '1.22'), ('Binds', ['/a:/b'], '1.12'), ('CgroupnsMode', 'host', '1.41')])
def test_a_field_is_sent_in_the_version_that_it_came_in(connect, server, field, value, version):
    client = connect('1.41')
    server.respond(CREATED, http(204))
    created = client.create_container('busybox', 'true', host_config={field: value})
    assert server.request.path == '/v{0}/containers/create'.format(version)
    assert server.request.json['HostConfig'][field] == value
    client.start(created)
    assert server.request.path == '/v1.12/containers/{Id}/start'.format(**created)
    assert client.api_version == '1.12'


@pytest.mark.parametrize('host_config, newest, words', [
    ({'AutoRemove': True}, '1.18', ['AutoRemove of HostConfig', '1.25', '1.18']),
    ({'Annotations': {'a': 'b'}}, '1.41', ['Annotations', '1.43', '1.41']),
    ({'Bnids': ['/a:/b']}, '1.41', ['Bnids', '1.55'])])
def test_a_field_that_the_engine_does_not_have_is_refused(connect, server, host_config, newest, words):
    client = connect(newest)
    with pytest.raises(docker.errors.NotSupported) as caught:
        client.create_container('busybox', 'true', host_config=host_config)
    assert all(word in str(caught.value) for word in words), caught.value
    assert server.requests == []


def test_an_empty_field_that_the_engine_does_not_have_is_no_loss(connect, server):
    client = connect('1.18')
    server.respond(CREATED)
    client.create_container('busybox', 'true', host_config={'AutoRemove': False, 'Mounts': None})
    assert server.request.path == '/v1.12/containers/create'


def test_a_version_that_is_set_is_a_limit(connect, server, monkeypatch):
    monkeypatch.setenv('DOCKER_API_VERSION', '1.24')
    client = docker.Client(server.url, timeout=10)
    server.respond(as_json({'ApiVersion': '1.41', 'MinAPIVersion': '1.12'}))
    with pytest.raises(docker.errors.NotSupported) as caught:
        client.create_container('busybox', 'true', host_config={'AutoRemove': True})
    assert 'DOCKER_API_VERSION limits it to 1.24' in str(caught.value)
    server.respond(CREATED)
    client.create_container('busybox', 'true', host_config={'ShmSize': 1 << 20})
    assert server.request.path == '/v1.24/containers/create'
    client.close()


def test_the_response_is_in_the_format_of_the_caller_s_version(connect, server):
    client = connect('1.55', '1.40')
    server.respond(as_json({'Id': 'sha256:' + 'a' * 64, 'Config': {}}))
    response = client.get(client._url('/images/{0}/json', 'busybox'), params={'manifests': '1'})
    assert server.request.path == '/v1.48/images/busybox/json'
    assert 'id' in response.json()


def test_an_endpoint_is_sent_in_the_version_that_it_came_in(connect, server):
    client = connect('1.41')
    server.respond(http(204))
    client.post(client._url('/containers/{0}/rename', 'web'), params={'name': 'api'})
    assert server.request.path == '/v1.17/containers/web/rename'
    with pytest.raises(docker.errors.NotSupported) as caught:
        client.get(client._url('/images/{0}/attestations', 'web'))
    assert 'GET /images/{id}/attestations' in str(caught.value)


# The bodies of Swarm mode: what engines had before the documents, what no document has, and what came with
# services, although the document of 1.25 lacks it.
SWARM_AREAS = ('swarm', 'nodes', 'services', 'secrets', 'configs')
UNDOCUMENTED = {'Availability', 'TaskTemplate.ContainerSpec.Mounts.ClusterOptions'}
OF_SERVICES = {'TaskTemplate.Runtime', 'TaskTemplate.NetworkAttachmentSpec',
               'TaskTemplate.NetworkAttachmentSpec.ContainerID'}
LATE_IN_1_25 = {'TaskTemplate.ContainerSpec.' + name for name in (
    'Hostname', 'Hosts', 'Groups', 'HealthCheck', 'OpenStdin',
    'Secrets')} | {'EndpointSpec.Ports.PublishMode'}


def body_fields(version, method, path):
    """Return the places of all fields of a body in a document; None when it has no such endpoint."""
    def places(schema, before):
        found = set()
        if '$ref' in schema:
            schema = document(version)['definitions'][schema['$ref'].rpartition('/')[2]]
        for name, part in (schema.get('properties') or {}).items():
            found |= {before + name} | places(part, before + name + '.')
        for part in schema.get('allOf', []) + list(filter(None, [schema.get('items')])):
            found |= places(part, before)
        return found
    for spelt, methods in document(version)['paths'].items():
        normal = '/'.join('{}' if part.startswith('{') else part for part in spelt.split('/'))
        if normal == path and method.lower() in methods:
            return set().union(*[places(item['schema'], '') for item in methods[method.lower()]['parameters']
                                 if item['in'] == 'body'])


@pytest.mark.parametrize('method, path', sorted(
    key for key in ENDPOINTS if key[1].split('/')[1] in SWARM_AREAS and key[0] == 'POST'))
def test_fields_of_swarm_mode_are_in_the_documents_since_their_version(method, path):
    listed = fields_of(method, path)
    documents = {version: body_fields(version, method, path) for version in VERSIONS}
    documents = {version: fields for version, fields in documents.items() if fields is not None}
    for field, since in listed.items():
        expected = {version for version in documents if parse_version(version) >= parse_version(since)}
        if field in LATE_IN_1_25:
            expected -= {'1.25'}
        assert {version for version in documents if field in documents[version]} == (
            set() if field in UNDOCUMENTED else expected), field
    oldest = min(documents, key=parse_version)
    later = {field for field in documents['1.55'] - documents[oldest] - OF_SERVICES
             if not any(field.startswith(above + '.') for above in listed)}
    assert later <= set(listed)
