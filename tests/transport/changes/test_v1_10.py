"""Remote API 1.10: Dns, VolumesFrom and force."""

import pytest

import docker
from tests.server import as_json, http
from tests.transport.changes import DOCKER, ENGINES, PODMAN, assert_kept

SEVERAL = {
    'docker': as_json({'message': 'conflict: unable to delete 0123 (must be forced) - image is '
                                  'referenced in multiple repositories'}, 409),
    'podman': as_json({'cause': 'unable to delete image by ID with more than one tag',
                       'message': 'unable to delete image "0123" by ID with more than one tag '
                                  '([a:latest b:latest]): please force removal',
                       'response': 500}, 500)}


@pytest.mark.parametrize('version', ['1.6', None])
@pytest.mark.parametrize('name', ENGINES)
def test_create_moves_dns_and_volumes_from_to_the_host_config(recorded, name, version):
    engine = recorded(name, version)
    engine.respond('create')
    engine.client.create_container('busybox', 'true', dns=['8.8.8.8', '9.9.9.9'],
                                   volumes_from=['data', 'more:ro'])
    (method, path, _, config), = engine.requests_made
    assert (method, path) == ('POST', '/containers/create')
    assert config['HostConfig']['Dns'] == ['8.8.8.8', '9.9.9.9']
    assert config['HostConfig']['VolumesFrom'] == ['data', 'more:ro']
    assert 'Dns' not in config and 'VolumesFrom' not in config


def test_fields_that_a_host_config_has_already_stay(recorded):
    engine = recorded(DOCKER[0])
    engine.respond('create')
    engine.client.create_container('busybox', 'true', dns='8.8.8.8',
                                   host_config={'Dns': ['1.1.1.1'], 'Binds': ['/a:/b']})
    assert engine.requests_made[0][3]['HostConfig'] == {'Dns': ['1.1.1.1'], 'Binds': ['/a:/b']}


def test_a_config_without_a_host_config_is_accepted(recorded):
    engine = recorded(DOCKER[0])
    engine.respond('create')
    engine.client.create_container_from_config(
        {'Image': 'busybox', 'HostConfig': None, 'Dns': ['8.8.8.8'], 'Memory': 5})
    assert engine.requests_made[0][3]['HostConfig'] == {'Dns': ['8.8.8.8'], 'Memory': 5}


@pytest.mark.parametrize('name', ENGINES)
def test_inspect_has_dns_and_volumes_from_in_the_config(recorded, name):
    engine = recorded(name)
    engine.respond('inspect-exited')
    about = engine.client.inspect_container('rec1')
    assert about['Config']['Dns'] is None
    assert about['Config']['VolumesFrom'] == ''
    assert_kept(engine.recorded_json('inspect-exited'), about)


@pytest.mark.parametrize('name', DOCKER)
def test_inspect_has_the_dns_and_volumes_from_that_are_set(recorded, name):
    engine = recorded(name)
    about = engine.recorded_json('inspect-exited')
    about['HostConfig'].update(Dns=['8.8.8.8'], VolumesFrom=['a', 'b:ro'])
    engine.respond(as_json(about))
    config = engine.client.inspect_container('rec1')['Config']
    assert (config['Dns'], config['VolumesFrom']) == (['8.8.8.8'], 'a,b:ro')


@pytest.mark.parametrize('name', ENGINES)
def test_inspect_of_a_newer_version_has_them_in_the_host_config_only(recorded, name):
    engine = recorded(name, None)
    engine.respond('inspect-exited')
    config = engine.client.inspect_container('rec1')['Config']
    assert 'Dns' not in config and 'VolumesFrom' not in config


@pytest.mark.parametrize('name', ENGINES)
def test_an_image_of_several_names_is_removed_with_force(recorded, name):
    engine = recorded(name)
    engine.respond(SEVERAL['podman' if name == PODMAN else 'docker'],
                   as_json([{'Untagged': 'a:latest'}]))
    assert engine.client.remove_image('0123') == [{'Untagged': 'a:latest'}]
    assert engine.requests_made == [('DELETE', '/images/0123', {}, None),
                                    ('DELETE', '/images/0123', {'force': '1'}, None)]


def test_an_image_of_several_names_in_the_words_of_docker_1_9(server):
    client = docker.Client(server.url, timeout=10)
    refusal = http(409, 'conflict: unable to delete 0123 (must be forced) - image is referenced in one or '
                        'more repositories')
    server.respond(as_json({'ApiVersion': '1.21', 'MinAPIVersion': '1.6'}), refusal, as_json(FIRST))
    assert client.remove_image('0123') == FIRST
    client.close()


@pytest.mark.parametrize('name', ENGINES)
def test_an_image_in_use_is_not_forced(recorded, name):
    engine = recorded(name)
    engine.respond(as_json({'message': (
        'conflict: unable to remove repository reference "a" (must force) - container 0123 is '
        'using its referenced image')}, 409))
    with pytest.raises(docker.errors.Conflict):
        engine.client.remove_image('a')
    assert len(engine.requests_made) == 1


def test_create_goes_by_the_engine(server, docker_1_6):
    server.respond(as_json({'Id': 'a' * 64}, 201))
    docker_1_6.create_container('busybox', dns='8.8.8.8', volumes_from=['data', 'more'])
    assert server.request.path == '/v1.6/containers/create'
    assert server.request.json['HostConfig'] == {'Dns': ['8.8.8.8'], 'VolumesFrom': ['data', 'more']}


def test_a_commit_goes_by_the_engine(server, docker_1_6):
    asked = len(server.requests)
    for conf in {'Dns': ['8.8.8.8']}, {'VolumesFrom': 'data'}, {'Memory': 5}, {'Privileged': True}:
        with pytest.raises(docker.errors.NotSupported, match=list(conf)[0]):
            docker_1_6.commit('web', conf=conf)
    assert len(server.requests) == asked


TAGGED = http(409, 'Conflict, cannot delete image 0123 because it is tagged in multiple repositories, use -f '
                   'to force')
FIRST, SECOND = [{'Untagged': 'a:v1'}, {'Untagged': 'a:v2'}], [{'Untagged': 'b:v1'}]
DELETED = [{'Deleted': '0123'}, {'Deleted': '4567'}]


@pytest.mark.parametrize('last, removed', [
    (as_json(SECOND + DELETED), FIRST + SECOND + DELETED),
    (http(404, 'No such image: 0123'), FIRST),
    (http(409, "Conflict, 0123 wasn't deleted"), FIRST), (as_json([]), FIRST)])
def test_force_is_repeated_for_each_repository(server, docker_1_6, last, removed):
    asked = len(server.requests)
    server.respond(TAGGED, as_json(FIRST), last)
    assert docker_1_6.remove_image('0123') == removed
    assert [(request.method, request.path, request.query) for request in server.requests[asked:]] == [
        ('DELETE', '/v1.6/images/0123', {})] + [('DELETE', '/v1.6/images/0123', {'force': '1'})] * 2


def test_an_image_that_is_in_use_after_its_first_repository(server, docker_1_6):
    used = http(409, 'Conflict, cannot force delete 0123 because the running container 4567 is using it, '
                     'stop it and use -f to force')
    server.respond(TAGGED, as_json(FIRST), used)
    with pytest.raises(docker.errors.Conflict, match='running container'):
        docker_1_6.remove_image('0123')


def test_an_image_with_names_in_one_repository_is_removed_at_once(server, docker_1_6):
    server.respond(as_json(FIRST + DELETED))
    assert docker_1_6.remove_image('0123') == FIRST + DELETED


def test_old_engines_lost_them_at_every_version(recorded):
    engine = recorded('docker-1.6.2_v1.6')
    inspect = engine.recorded_json('inspect-exited')
    inspect['HostConfig'].update(Dns=['8.8.8.8'], VolumesFrom=['data', 'more:ro'])
    engine.respond(as_json(inspect), 'inspect-committed')
    config = engine.client.inspect_container('rec1')['Config']
    assert (config['Dns'], config['VolumesFrom']) == (['8.8.8.8'], 'data,more:ro')
    image = engine.client.inspect_image('committed')
    for config in (image['config'], image['container_config']):
        assert (config['Dns'], config['VolumesFrom']) == (None, '')


def test_a_part_of_an_info_is_left_as_it_is(recorded):
    engine = recorded(DOCKER[0])
    engine.respond(as_json({'Containers': 3}))
    assert engine.client.info() == {'Containers': 3}
