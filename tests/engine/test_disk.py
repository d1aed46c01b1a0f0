"""df and the prune calls. What they remove is what these tests created."""

import io

import pytest

import docker
from tests.engine.conftest import HOST, discard, engine_is_podman, newest_of_engine


@pytest.fixture(autouse=True)
def require_1_25(client):
    if newest_of_engine(client) < (1, 25):
        for call in (client.df, client.prune_containers, client.prune_images, client.prune_networks,
                     client.prune_volumes):
            with pytest.raises(docker.errors.NotSupported):
                call()
        pytest.skip('this engine has no API 1.25: the calls are refused')


def labelled(client, name, *lines):
    """Build an image with a label, and no name."""
    text = u'\n'.join((u'FROM busybox',) + lines + (u'LABEL {0}=1'.format(name),))
    image_id, output = client.build(fileobj=io.StringIO(text), rm=True)
    assert image_id, output
    return client.inspect_image(image_id)['id']


def test_df(client, image_name):
    client.tag('busybox', image_name, 'v1')
    container = client.create_container('busybox', 'true')
    try:
        usage = client.df()
    finally:
        discard(client, container)
    assert usage['LayersSize'] >= 0
    busybox, = [image for image in usage['Images'] if image_name + ':v1' in image['RepoTags']]
    assert busybox['Size'] > 100000 and busybox['VirtualSize'] >= 0
    assert 'busybox:latest' in busybox['RepoTags']
    assert container['Id'] in [each['Id'] for each in usage['Containers']]
    assert isinstance(usage['Volumes'], list)


@pytest.mark.parametrize('arguments', [{'type': 'image'}, {'verbose': False}])
def test_arguments_of_df_that_came_later(client, arguments):
    if newest_of_engine(client) >= (1, 52):
        assert 'Containers' not in client.df(type='image')
        assert client.df(verbose=False)['ImageUsage']['TotalCount'] > 0
    else:
        with pytest.raises(docker.errors.NotSupported):
            client.df(**dict(arguments, verbose=False))


def test_prune_containers(client, name):
    kept = client.create_container('busybox', 'true')
    config = {'Image': 'busybox', 'Cmd': ['true'], 'Labels': {name: '1'}}
    pruned = client.create_container_from_config(config)
    try:
        result = client.prune_containers({'label': name})
        assert result['ContainersDeleted'] == [pruned['Id']] and result['SpaceReclaimed'] >= 0
        assert client.inspect_container(kept)
        with pytest.raises(docker.errors.NotFound):
            client.inspect_container(pruned)
        assert client.prune_containers({'label': name})['ContainersDeleted'] == []
    finally:
        discard(client, kept)
        discard(client, pruned)


def test_prune_images(client, name, image_name):
    nameless = labelled(client, name)
    named = labelled(client, name, u'ENV A=b')
    client.tag(named, image_name)
    removed = client.prune_images({'label': name})
    assert nameless in [item.get('Deleted', '').rpartition(':')[2] for item in removed['ImagesDeleted']]
    assert client.inspect_image(image_name)['id'] == named
    removed = client.prune_images({'label': name, 'dangling': False})
    assert {'Untagged': image_name + ':latest'} in removed['ImagesDeleted']
    assert removed['SpaceReclaimed'] >= 0
    for image in (nameless, named):
        with pytest.raises(docker.errors.ImageNotFound):
            client.inspect_image(image)


def with_name(filters, name):
    """Return filters with a name in place of {0}."""
    return {key: [value.format(name) for value in values] if isinstance(values, list) else values
            for key, values in filters.items()}


@pytest.mark.parametrize('filters', [
    {'label': ['{0}', 'b']}, {'label': ['{0}', 'k=']}, {'label': ['{0}', 'b'], 'dangling': True},
    {'label': ['{0}', 'b'], 'dangling': False}, {'label': ['{0}'], 'label!': ['a']}])
def test_a_prune_of_images_that_match_all_filters(client, name, filters):
    filters = with_name(filters, name)
    # What it has not: the label b or k, or the absence of a.
    kept = labelled(client, name, u'LABEL a=1', u'LABEL k=1')
    removed = labelled(client, name, u'LABEL b=1', u'LABEL k=')
    try:
        result = client.prune_images(filters)
        assert [item['Deleted'].rpartition(':')[2] for item in result['ImagesDeleted']
                if 'Deleted' in item][:1] == [removed]
        assert client.inspect_image(kept)
        with pytest.raises(docker.errors.ImageNotFound):
            client.inspect_image(removed)
    finally:
        client.remove_image(kept)


def test_images_in_use_are_not_pruned(client, name, image_name):
    image = labelled(client, name)
    client.tag(image, image_name)
    container = client.create_container(image, 'true')
    try:
        assert client.prune_images({'label': name, 'dangling': False})['ImagesDeleted'] == []
        assert client.inspect_image(image_name)['id'] == image
    finally:
        discard(client, container)


@pytest.mark.parametrize('filters', [
    {'label': ['test={0}', 'temporary']}, {'label': ['test={0}'], 'label!': ['keep']},
    {'label': ['test={0}', 'keep=']}])
def test_a_prune_of_volumes_that_match_all_labels(client, name, filters):
    filters = with_name(filters, name)
    if 'keep=' in filters['label']:
        kept, removed = {'keep': '1'}, {'keep': ''}
    else:
        kept, removed = {'keep': '1'}, {'temporary': ''}
    client.create_volume(name, labels=dict(kept, test=name))
    client.create_volume(name + '-2', labels=dict(removed, test=name))
    client.create_volume(name + '-3', labels=removed)
    try:
        assert client.prune_volumes(filters) == {'VolumesDeleted': [name + '-2'], 'SpaceReclaimed': 0}
        assert client.inspect_volume(name) and client.inspect_volume(name + '-3')
    finally:
        for suffix in ('', '-2', '-3'):
            client.remove_volume(name + suffix, force=True)


def test_the_size_of_volumes_that_are_pruned(client, name):
    client.create_volume(name, labels={'test': name})
    container = client.create_container(
        'busybox', ['sh', '-c', 'yes | head -c 50000 >/data/file'], host_config={'Binds': [name + ':/data']})
    client.start(container)
    assert client.wait(container) == 0
    assert client.prune_volumes({'label': 'test=' + name})['VolumesDeleted'] == []
    discard(client, container)
    result = client.prune_volumes({'label': 'test=' + name})
    assert result['VolumesDeleted'] == [name] and 50000 <= result['SpaceReclaimed'] < 60000


def test_a_prune_of_containers_and_networks_that_match_all_labels(client, name):
    kept = {'test': name, 'keep': ''}
    removed = {'test': name, 'temporary': 'a=b'}
    containers = [client.create_container('busybox', 'true', labels=labels)['Id']
                  for labels in (kept, removed)]
    networks = [client.create_network(name + suffix, labels=labels)['Id']
                for suffix, labels in (('', kept), ('-2', removed))]
    try:
        for filters in ({'label': ['test=' + name, 'none']}, {'label': ['test=' + name, 'temporary=a']}):
            assert client.prune_containers(filters)['ContainersDeleted'] == []
            assert client.prune_networks(filters)['NetworksDeleted'] == []
        assert client.prune_containers({'label': ['test=' + name, 'temporary']})['ContainersDeleted'] == (
            containers[1:])
        assert client.prune_networks({'label': 'test=' + name, 'label!': 'keep'})['NetworksDeleted'] == [
            name + '-2']
    finally:
        for container in containers:
            discard(client, container)
        for network in networks:
            try:
                client.remove_network(network)
            except docker.errors.NotFound:
                pass


def volumes_of(client):
    return [volume['Name'] for volume in client.df()['Volumes']]


@pytest.mark.parametrize('filters', [None, {'all': True}])
def test_prune_volumes(client, name, filters):
    container = client.create_container('busybox', 'true', volumes=['/data'], host_config={
        'Binds': [name + ':/named']})
    if name not in volumes_of(client):
        client.start(container)
        client.wait(container)
    assert name in volumes_of(client)
    assert name not in client.prune_volumes(filters)['VolumesDeleted']
    discard(client, container)
    # For a caller of an API before 1.42 they include those that have a name.
    assert name in client.prune_volumes(filters)['VolumesDeleted']
    assert name not in volumes_of(client)


def test_prune_anonymous_volumes(client, name):
    container = client.create_container('busybox', 'true', host_config={'Binds': [name + ':/named']})
    client.start(container)
    client.wait(container)
    discard(client, container)
    try:
        if newest_of_engine(client) < (1, 42):
            with pytest.raises(docker.errors.NotSupported):
                client.prune_volumes({'all': False})
        else:
            client.prune_volumes({'all': False})
        assert name in volumes_of(client)
    finally:
        client.prune_volumes()


def test_prune_networks(client, name):
    assert client.prune_networks({'label': name}) == {'NetworksDeleted': []}


def test_prune_builds(client):
    if engine_is_podman(client) or newest_of_engine(client) < (1, 31):
        with pytest.raises(docker.errors.NotSupported):
            client.prune_builds()
        return
    client.prune_builds()
    result = client.prune_builds()
    assert result['CachesDeleted'] == [] and result['SpaceReclaimed'] >= 0
    if newest_of_engine(client) >= (1, 39):
        assert client.prune_builds({'until': '24h'}, '1g', all=True)['SpaceReclaimed'] >= 0


def test_a_newer_client(client):
    newer = docker.Client(HOST, version='auto')
    usage = newer.df()
    assert 'Images' in usage or 'ImageUsage' in usage
    newer.close()
