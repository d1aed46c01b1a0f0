"""Remote API 1.25: filters, and requests as the API's documentation has them."""

import io
import json

import pytest

import docker
from tests.server import as_json
from tests.transport.changes import DOCKER, ENGINES, PODMAN, assert_kept
from tests.wire import request_parts

IDS = {'since': 'a' * 64, 'before': 'b' * 12}


@pytest.mark.parametrize('version', ['1.6', None])
@pytest.mark.parametrize('keys', [['since'], ['before'], ['since', 'before']])
@pytest.mark.parametrize('name', ENGINES)
def test_since_and_before_are_filters(recorded, name, keys, version):
    engine = recorded(name, version)
    engine.respond('containers-since')
    got = engine.client.containers(**{key: IDS[key] for key in keys})
    (method, path, query, _), = engine.requests_made
    assert (method, path) == ('GET', '/containers/json')
    assert not set(keys) & set(query)
    assert json.loads(query['filters']) == {key: [IDS[key]] for key in keys}
    assert query['all'] == '1'
    assert_kept(engine.recorded_json('containers-since'), got)


@pytest.mark.parametrize('name', ENGINES)
def test_a_plain_list_has_no_filters(recorded, name):
    engine = recorded(name)
    engine.respond('containers-all')
    engine.client.containers()
    (_, _, query, _), = engine.requests_made
    assert 'filters' not in query and query['all'] == '0'


@pytest.mark.parametrize('newest, filtered', [('1.41', True), ('1.25', True), ('1.24', False)])
def test_filters_depend_on_the_engine_and_not_on_the_version_spoken(server, monkeypatch, newest, filtered):
    monkeypatch.setenv('DOCKER_API_VERSION', '1.12')
    client = docker.Client(server.url, timeout=10)
    server.respond(as_json({'ApiVersion': newest, 'MinAPIVersion': '1.12'}), as_json([]))
    client.containers(since='web')
    client.close()
    query = request_parts(server.request)[2]
    assert ('filters' in query, 'since' in query) == (filtered, not filtered)


@pytest.mark.parametrize('version', ['1.6', None])
@pytest.mark.parametrize('name', ENGINES)
def test_a_name_is_a_filter(recorded, name, version):
    engine = recorded(name, version)
    engine.respond('images-filter')
    engine.client.images(name=u'caf\xe9/*')
    (method, path, query, _), = engine.requests_made
    assert (method, path) == ('GET', '/images/json')
    # Podman's patterns are not Docker's, so that the client finds the names.
    assert json.loads(query.pop('filters', '{}')) == ({} if name == PODMAN else {'reference': [u'caf\xe9/*']})
    assert query == {'all': '0'}


@pytest.mark.parametrize('name', ENGINES)
def test_no_name_is_no_filter(recorded, name):
    engine = recorded(name)
    engine.respond('images')
    engine.client.images(all=True)
    assert engine.requests_made == [('GET', '/images/json', {'all': '1'}, None)]


@pytest.mark.parametrize('name', DOCKER)
def test_all_that_docker_finds_is_returned(recorded, name):
    engine = recorded(name)
    engine.respond('images-two-tags')
    tags = [tag for image in engine.recorded_json('images-two-tags') for tag in image['RepoTags']
            if tag != '<none>:<none>']
    got = engine.client.images(name='busybox')
    assert ['{Repository}:{Tag}'.format(**image) for image in got if 'Tag' in image] == tags


def test_tags_that_podman_lists_beyond_the_filter_are_dropped(recorded):
    engine = recorded(PODMAN)
    engine.respond('images-two-tags')
    names = {image['Repository'] for image in engine.client.images(name='other/name')
             if 'Repository' in image}
    assert names == {'other/name'}


@pytest.mark.parametrize('name', ENGINES)
def test_requests_follow_the_documentation(recorded, name):
    engine = recorded(name)
    engine.respond('containers-all', 'import', as_json({'status': 'pushed'}))
    engine.client.containers(trunc=False)
    engine.client.import_image('', data=b'tar', repository='mine')
    engine.client.push('mine', 'v1')
    listed, imported, pushed = engine.server.requests[1:]
    assert 'trunc_cmd' not in listed.query
    assert imported.headers['content-type'] == 'application/octet-stream' and imported.body == b'tar'
    assert pushed.body == b'' and 'x-registry-auth' in pushed.headers


@pytest.mark.parametrize('call, first', [('pull', {'repository': 'mine'}), ('push', {'repository': 'mine'}),
                                         ('build', {'fileobj': io.BytesIO(b'FROM x')})])
def test_negotiation_sends_no_credentials(recorded, call, first):
    engine = recorded(ENGINES[0])
    engine.client.headers['X-Mine'] = 'stays'
    engine.respond(as_json({'stream': 'done'}))
    given = {'username': 'me', 'password': 'x', 'serveraddress': 'y'}
    getattr(engine.client, call)(auth_config=given, **first)
    first, second = engine.server.requests
    assert first.path == '/version' and first.headers['x-mine'] == second.headers['x-mine'] == 'stays'
    assert not [header for header in first.headers if header.startswith('x-registry')]
    assert [header for header in second.headers if header.startswith('x-registry')]


@pytest.mark.parametrize('name', ENGINES)
def test_none_is_left_out_rather_than_null(recorded, name):
    engine = recorded(name)
    engine.respond('create', 'commit')
    engine.client.create_container_from_config({'Image': 'busybox', 'Volumes': None})
    engine.client.commit('rec1', conf={'Cmd': ['true'], 'Entrypoint': None, 'Memory': 0, 'Dns': None})
    created, committed = [body for _, _, _, body in engine.requests_made]
    assert 'Volumes' not in created
    assert committed == {'Cmd': ['true']} or name == PODMAN


@pytest.mark.parametrize('key, value', [('Memory', 67108864), ('CpuShares', 5), ('Privileged', True),
                                        ('Dns', ['10.0.0.1']), ('VolumesFrom', 'db')])
def test_an_image_cannot_hold_properties_of_containers(recorded, key, value):
    engine = recorded(ENGINES[0])
    with pytest.raises(docker.errors.NotSupported, match=key):
        engine.client.commit('rec1', conf={'Cmd': ['true'], key: value})
    assert engine.server.requests[1:] == []


OPTIONS = ['name=seccomp,profile=default', 'name=rootless', 'apparmor']


@pytest.mark.parametrize('version, options, driver', [
    ('1.24', ['seccomp', 'rootless', 'apparmor'], '<not supported>'), ('1.25', OPTIONS, None)])
def test_info_has_the_names_of_security_options(recorded, version, options, driver):
    engine = recorded(DOCKER[0], version)
    engine.respond(as_json({'KernelVersion': '6.1.0', 'SecurityOptions': OPTIONS}))
    info = engine.client.info()
    assert (info['SecurityOptions'], info.get('ExecutionDriver')) == (options, driver)


@pytest.mark.parametrize('filters, sent', [
    ({'dangling': True}, {'dangling': ['true'], 'reference': ['web']}), (None, {'reference': ['web']})])
def test_a_name_beside_other_filters(recorded, filters, sent):
    engine = recorded('docker-20.10_v1.41')
    engine.respond('images-filter')
    engine.client.images('web', filters=filters)
    (_, _, query, _), = engine.requests_made
    assert json.loads(query['filters']) == sent and 'filter' not in query
