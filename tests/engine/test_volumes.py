"""Volumes on a real engine."""

import pytest

from docker.errors import Conflict, NotFound, NotSupported
from tests.engine.conftest import newest_of_engine


@pytest.fixture(autouse=True)
def engine_with_volumes(client):
    if newest_of_engine(client) < (1, 21):
        pytest.skip('volumes came with API 1.21')


@pytest.fixture
def create_volume(client):
    """A function: create_volume. The volumes are removed after the test."""
    created = []

    def create(*args, **kwargs):
        created.append(client.create_volume(*args, **kwargs)['Name'])
        return client.inspect_volume(created[-1])

    yield create
    for volume in created:
        client.remove_volume(volume, force=True)


@pytest.fixture
def using(client, create_volume, create):
    """A function: as the fixture `create`, for containers that are removed before the volumes are."""
    return create


def names(listed):
    return {volume['Name'] for volume in listed['Volumes']}


def test_the_life_of_a_volume(client, create_volume, name):
    created = create_volume(name)
    assert (created['Name'], created['Driver']) == (name, 'local') and created['Mountpoint']
    assert client.inspect_volume(created) == client.inspect_volume(name) == created
    listed = client.volumes()
    assert name in names(listed) and isinstance(listed['Warnings'], list)
    assert client.remove_volume(created) is None
    assert name not in names(client.volumes())
    for call in (client.inspect_volume, client.remove_volume):
        with pytest.raises(NotFound):
            call(name)
    assert client.remove_volume(name, force=True) is None


def test_a_name_of_the_engine(client, create_volume):
    volume = create_volume()
    assert len(volume['Name']) == 64 and client.inspect_volume(volume['Name']) == volume


def test_to_create_it_again_has_no_effect(client, create_volume, name):
    created = create_volume(name, labels={'a': 'b'})
    assert create_volume(name) == created


def test_a_driver_that_does_not_exist(client, create_volume, name):
    for existing in ('none', 'one'):
        with pytest.raises(NotFound):
            client.create_volume(name, 'no-such-driver')
        create_volume(name)


def test_labels_and_filters(client, create_volume, name):
    create_volume(name, 'local', labels={'tier': 'db', 'test': name})
    create_volume(name + '-2', labels=['test=' + name])
    assert client.inspect_volume(name)['Labels'] == {'tier': 'db', 'test': name}
    assert names(client.volumes({'label': {'test': name}})) == {name, name + '-2'}
    assert names(client.volumes(filters={'label': ['tier', 'test=' + name]})) == {name}
    assert names(client.volumes({'label': ['test=' + name, 'none']})) == set()
    assert names(client.volumes({'label': 'test=' + name, 'name': name + '-2'})) == {name + '-2'}
    assert names(client.volumes({'label': ['test='], 'name': name})) == set()
    assert names(client.volumes({'label': 'test=' + name, 'dangling': True, 'driver': 'nope'})) == set()
    assert names(client.volumes({'name': [name + '-2', 'none-' + name, name], 'dangling': True})) == {
        name, name + '-2'}
    assert names(client.volumes(filters={'name': name + '-2'})) == {name + '-2'}
    assert name in names(client.volumes({'driver': 'local', 'dangling': True}))
    assert client.volumes({'name': 'none-' + name})['Volumes'] == []


def test_options_of_the_driver(client, create_volume, using, name):
    options = {'type': 'tmpfs', 'device': 'tmpfs', 'o': 'nosuid'}
    assert create_volume(name, driver_opts=options)['Options'] == options
    container = using(['sh', '-c', 'grep " /data " /proc/mounts'])
    client.start(container, binds={name: '/data'})
    assert client.wait(container) == 0
    kind, where = client.logs(container).decode('ascii').split()[:2]
    assert (kind, where) == ('tmpfs', '/data')


def test_what_is_in_it_outlives_containers(client, create_volume, using, name):
    create_volume(name)
    writer = using(['sh', '-c', 'echo kept >/data/file'])
    client.start(writer, binds={name: '/data'})
    assert client.wait(writer) == 0
    client.remove_container(writer, v=True)
    reader = using('cat /data/file')
    client.start(reader, binds={name: '/data:ro'})
    assert client.wait(reader) == 0 and client.logs(reader) == b'kept\n'


@pytest.mark.parametrize('force', [False, True])
def test_a_volume_in_use_stays(client, create_volume, using, name, force):
    create_volume(name)
    container = using('true', host_config={'Binds': [name + ':/data']})
    assert name not in names(client.volumes({'dangling': True}))
    with pytest.raises(Conflict):
        client.remove_volume(name, force=force)
    client.remove_container(container)
    assert name in names(client.volumes({'dangling': True}))
    client.remove_volume(name, force=force)


def test_cluster_volumes_came_later(client, create_volume, name):
    if newest_of_engine(client) >= (1, 42):
        pytest.skip('the engine has them')
    create_volume(name)
    for call in (lambda: client.update_volume(name, 1, {}),
                 lambda: client.create_volume(name + '-2', cluster_volume_spec={'Group': 'a'})):
        with pytest.raises(NotSupported, match='1.42'):
            call()
