"""Remote API 1.25: filters, and requests by the document of the API."""

import io
import json

import pytest

import docker
from tests.server import as_json
from tests.transport.changes import DOCKER, ENGINES, PODMAN, assert_kept
from tests.wire import sent

IDS = {'since': 'a' * 64, 'before': 'b' * 12}


@pytest.mark.parametrize('version', ['1.6', None])
@pytest.mark.parametrize('keys', [['since'], ['before'], ['since', 'before']])
@pytest.mark.parametrize('name', ENGINES)
def test_since_and_before_are_filters(recorded, name, keys, version):
    engine = recorded(name, version)
    engine.answers('containers-since')
    got = engine.client.containers(**{key: IDS[key] for key in keys})
    (method, path, query, _), = engine.asked
    assert (method, path) == ('GET', '/containers/json')
    assert not set(keys) & set(query)
    assert json.loads(query['filters']) == {key: [IDS[key]] for key in keys}
    assert query['all'] == '1'
    assert_kept(engine.told('containers-since'), got)


@pytest.mark.parametrize('name', ENGINES)
def test_a_plain_list_has_no_filters(recorded, name):
    engine = recorded(name)
    engine.answers('containers-all')
    engine.client.containers()
    (_, _, query, _), = engine.asked
    assert 'filters' not in query and query['all'] == '0'


@pytest.mark.parametrize('newest, filtered', [('1.41', True), ('1.25', True), ('1.24', False)])
def test_it_goes_by_the_engine_and_not_by_what_is_spoken(server, monkeypatch, newest, filtered):
    monkeypatch.setenv('DOCKER_API_VERSION', '1.12')
    client = docker.Client(server.url, timeout=10)
    server.answer(as_json({'ApiVersion': newest, 'MinAPIVersion': '1.12'}), as_json([]))
    client.containers(since='web')
    client.close()
    query = sent(server.request)[2]
    assert ('filters' in query, 'since' in query) == (filtered, not filtered)


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


@pytest.mark.parametrize('name', ENGINES)
def test_requests_are_by_the_document(recorded, name):
    engine = recorded(name)
    engine.answers('containers-all', 'import', as_json({'status': 'pushed'}))
    engine.client.containers(trunc=False)
    engine.client.import_image('', data=b'tar', repository='mine')
    engine.client.push('mine')
    listed, imported, pushed = engine.server.requests[1:]
    assert 'trunc_cmd' not in listed.query
    assert imported.headers['content-type'] == 'application/octet-stream' and imported.body == b'tar'
    assert pushed.body == b'' and 'x-registry-auth' in pushed.headers


@pytest.mark.parametrize('call, first', [('pull', {'repository': 'mine'}), ('push', {'repository': 'mine'}),
                                         ('build', {'fileobj': io.BytesIO(b'FROM x')})])
def test_negotiation_knows_no_credentials(recorded, call, first):
    engine = recorded(ENGINES[0])
    engine.client.headers['X-Mine'] = 'stays'
    engine.answers(as_json({'stream': 'done'}))
    given = {'username': 'me', 'password': 'x', 'serveraddress': 'y'}
    getattr(engine.client, call)(auth_config=given, **first)
    asked, called = engine.server.requests
    assert asked.path == '/version' and asked.headers['x-mine'] == called.headers['x-mine'] == 'stays'
    assert not [header for header in asked.headers if header.startswith('x-registry')]
    assert [header for header in called.headers if header.startswith('x-registry')]


@pytest.mark.parametrize('name', ENGINES)
def test_nothing_is_left_out_and_not_null(recorded, name):
    engine = recorded(name)
    engine.answers('create', 'commit')
    engine.client.create_container_from_config({'Image': 'busybox', 'Volumes': None})
    engine.client.commit('rec1', conf={'Cmd': ['true'], 'Entrypoint': None, 'Memory': 0, 'Dns': None})
    created, committed = [body for _, _, _, body in engine.asked]
    assert 'Volumes' not in created
    assert committed == {'Cmd': ['true']} or name == PODMAN


@pytest.mark.parametrize('key, value', [('Memory', 67108864), ('CpuShares', 5), ('Privileged', True),
                                        ('Dns', ['10.0.0.1']), ('VolumesFrom', 'db')])
def test_an_image_cannot_hold_what_is_of_containers(recorded, key, value):
    engine = recorded(ENGINES[0])
    with pytest.raises(docker.errors.NotSupported, match=key):
        engine.client.commit('rec1', conf={'Cmd': ['true'], key: value})
    assert engine.server.requests[1:] == []
