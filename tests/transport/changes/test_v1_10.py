"""Remote API 1.10: Dns, VolumesFrom and force."""

import pytest

import docker
from tests.server import as_json
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


@pytest.mark.parametrize('name', ENGINES)
def test_an_image_in_use_is_not_forced(recorded, name):
    engine = recorded(name)
    engine.respond(as_json({'message': (
        'conflict: unable to remove repository reference "a" (must force) - container 0123 is '
        'using its referenced image')}, 409))
    with pytest.raises(docker.errors.Conflict):
        engine.client.remove_image('a')
    assert len(engine.requests_made) == 1
