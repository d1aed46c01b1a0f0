"""More programs in the style of 2014 to 2016: images, builds, registries, networks, volumes and swarms.

They are as those in test_old_programs.py, each in the manner of a kind of tool of those years.
"""

import gzip
import io
import json
import re
import tarfile

import pytest

import docker
from docker import errors, utils
from tests.engine import swarm as swarm_mode
from tests.engine.conftest import HOST, engine_is_podman, prepared_for_swarm
from tests.registry import Registry, require

DOCKERFILE = b'FROM busybox\nLABEL a=b\nRUN echo hello > /hello\nCMD cat /hello\n'


@pytest.fixture
def repository(c, name):
    """The name of a repository, whose images are removed after the test."""
    repository = 'local/' + name
    yield repository
    for image in c.images(repository, quiet=False, all=False):
        for tag in image.get('RepoTags') or [image.get('Repository', '') + ':' + image.get('Tag', '')]:
            c.remove_image(tag, force=True)


def packed(files):
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode='w') as tar:
        for path, data in files.items():
            item = tarfile.TarInfo(path)
            item.size = len(data)
            tar.addfile(item, io.BytesIO(data))
    content.seek(0)
    return content


# Builds

def test_a_builder_of_a_folder(c, repository, tmp_path):
    (tmp_path / 'Dockerfile').write_bytes(b'FROM nothing\n')
    (tmp_path / 'other').write_bytes(DOCKERFILE)
    (tmp_path / '.dockerignore').write_bytes(b'*.log\n')
    (tmp_path / 'a.log').write_bytes(b'')
    image_id = None
    for line in c.build(path=str(tmp_path), tag=repository, rm=True, dockerfile='other', nocache=False,
                        pull=False, forcerm=True, stream=True, container_limits={'memory': 64 << 20}):
        event = json.loads(line)
        found = re.search(r'Successfully built ([0-9a-f]+)', event.get('stream', ''))
        image_id = found.group(1) if found else image_id
    assert image_id
    inspected = c.inspect_image(image_id)
    assert inspected['Id'].split(':')[-1].startswith(image_id)
    assert (inspected.get('Config') or {}).get('Labels')['a'] == 'b'


def test_a_builder_of_a_compressed_context(c, repository):
    compressed = io.BytesIO()
    with gzip.GzipFile(fileobj=compressed, mode='wb') as target:
        target.write(packed({'Dockerfile': DOCKERFILE}).read())
    compressed.seek(0)
    output = [json.loads(line) for line in c.build(
        fileobj=compressed, custom_context=True, encoding='gzip', tag=repository, rm=True)]
    assert not [event for event in output if 'error' in event], output
    made = utils.mkbuildcontext(io.BytesIO(DOCKERFILE))
    for event in c.build(fileobj=made, custom_context=True, tag=repository + ':again', rm=True, decode=True):
        assert 'error' not in event and 'errorDetail' not in event


def test_a_build_that_fails(c):
    lines = [json.loads(line) for line in c.build(
        fileobj=io.BytesIO(b'FROM busybox\nRUN exit 3\n'), rm=True, forcerm=True)]
    assert 'error' in lines[-1] and '3' in lines[-1]['errorDetail']['message']
    with pytest.raises(TypeError):
        c.build(tag='nothing')
    with pytest.raises((docker.errors.APIError, ValueError)):
        list(c.build(fileobj=io.BytesIO(DOCKERFILE), tag='Not A Name'))


# Images

def test_a_squasher(c, repository, cleanup, tmp_path):
    list(c.build(fileobj=io.BytesIO(DOCKERFILE), tag=repository + ':layers', rm=True))
    history = c.history(repository + ':layers')
    assert len(history) > 1 and {'Id', 'Created', 'CreatedBy', 'Size'} <= set(history[0])
    inspected = c.inspect_image(repository + ':layers')
    assert inspected['Id'] and inspected['Os'] and 'Parent' in inspected
    with open(str(tmp_path / 'image.tar'), 'wb') as target:
        image = c.get_image(repository + ':layers')
        for chunk in image.stream(1 << 16):
            target.write(chunk)
    with tarfile.open(str(tmp_path / 'image.tar')) as tar:
        assert 'manifest.json' in tar.getnames() or 'repositories' in tar.getnames()
    saved = c.get_image(repository + ':layers').data
    c.remove_image(repository + ':layers', force=True)
    c.load_image(saved)
    assert c.inspect_image(repository + ':layers')['Config']['Labels']['a'] == 'b'

    container = c.create_container(repository + ':layers', 'true')
    cleanup.append(container)
    text = c.import_image_from_data(c.export(container).data, repository=repository, tag='flat',
                                    changes=['CMD ["cat", "/hello"]'])
    assert json.loads(text.splitlines()[-1])['status']
    flat = c.create_container(repository + ':flat')
    cleanup.append(flat)
    c.start(flat)
    assert c.wait(flat) == 0 and c.logs(flat) == b'hello\n'


def test_an_importer(c, repository, tmp_path):
    path = str(tmp_path / 'root.tar')
    with open(path, 'wb') as target:
        target.write(packed({'file': b'x'}).read())
    for tag, call in (
            ('a', lambda: c.import_image(src=path, repository=repository, tag='a')),
            ('b', lambda: c.import_image(path, repository, 'b')),
            ('c', lambda: c.import_image_from_file(path, repository, 'c')),
            ('d', lambda: c.import_image_from_stream(open_binary(path), repository=repository, tag='d')),
            ('e', lambda: c.import_image_from_data(open_binary(path).read(), repository, 'e')),
            ('f', lambda: c.import_image(src=path, repository=repository, tag='f', changes='ENV A=b',
                                         stream_src=True))):
        assert 'status' in json.loads(call().splitlines()[-1])
        assert c.inspect_image(repository + ':' + tag)['Id']
    assert c.inspect_image(repository + ':f')['Config']['Env'] == ['A=b']


def open_binary(path):
    with open(path, 'rb') as source:
        return io.BytesIO(source.read())


def test_a_committer(c, repository, cleanup):
    container = c.create_container('busybox', ['sh', '-c', 'echo kept > /kept'])
    cleanup.append(container)
    c.start(container)
    c.wait(container)
    made = c.commit(container, repository=repository, tag='v1', message='why', author='me <me@example.com>',
                    changes=['ENV A=b', 'CMD ["cat", "/kept"]'])
    image = made.get('Id') or made.get('ID')
    inspected = c.inspect_image(image)
    assert 'A=b' in inspected['Config']['Env'] and inspected['Author'] == 'me <me@example.com>'
    made = c.commit(container['Id'], repository, 'v2', None, None, conf={'Env': ['C=d']})
    assert 'C=d' in c.inspect_image(made['Id'])['Config']['Env']
    assert c.tag(repository + ':v1', repository, 'v3') is True
    assert c.tag(image=image, repository=repository, tag='v3', force=True)
    names = [tag for item in c.images(repository) for tag in item.get('RepoTags') or ()]
    if names:
        assert {repository + ':v1', repository + ':v2', repository + ':v3'} <= set(names)


def test_a_cleaner_of_images(c, repository):
    for number in '12':
        dockerfile = 'FROM busybox\nLABEL cleaner=x\nRUN echo {0} > /x\n'.format(number).encode('ascii')
        list(c.build(fileobj=io.BytesIO(dockerfile), tag=repository, rm=True, nocache=True))
    dangling = c.images(filters={'dangling': True, 'label': 'cleaner=x'}, quiet=True)
    assert len(dangling) == len(set(dangling)) == 1
    for item in c.images(all=False, filters={'dangling': ['true'], 'label': 'cleaner=x'}):
        assert item['Id'] in dangling and item['Size'] >= 0 and item['Created'] > 0
        c.remove_image(item['Id'], force=False, noprune=False)
    with pytest.raises(errors.NotFound):
        c.remove_image(dangling[0])
    with pytest.raises(errors.APIError):
        c.inspect_image(repository + ':missing')


# Registries

@pytest.fixture(scope='module')
def running():
    require()
    with Registry() as registry:
        yield registry.address


@pytest.fixture
def registry(c, running):
    return running.replace('127.0.0.1', 'localhost') if engine_is_podman(c) else running


def test_a_publisher(c, registry, name):
    repository = '{0}/team/{1}'.format(registry, name)
    c.tag('busybox', repository, 'v1', force=True)
    for line in c.push(repository, tag='v1', stream=True, insecure_registry=True):
        event = json.loads(line)
        assert 'error' not in event
    c.remove_image(repository + ':v1', force=True)
    for line in c.pull(repository, tag='v1', stream=True):
        event = json.loads(line)
        assert 'status' in event and 'errorDetail' not in event
    assert c.inspect_image('{0}:{1}'.format(repository, 'v1'))
    c.push(repository + ':v1')
    assert 'status' in c.pull(repository + ':v1').splitlines()[0]
    events = list(c.pull(repository, 'v1', True, True, decode=True))
    assert [event for event in events if event.get('status')]
    assert c.pull(repository, tag='v1', insecure_registry=True, auth_config=None)
    c.remove_image(image=repository + ':v1')
    with pytest.raises(errors.APIError):
        c.pull(repository, tag='missing')
    name, tag = utils.parse_repository_tag(repository + ':v1')
    assert (name, tag) == (repository, 'v1')
    from docker.auth import auth
    assert auth.resolve_repository_name(repository) == (registry, 'team/' + name.rsplit('/', 1)[1])


# Networks and volumes

def test_an_overseer_of_networks(c, name, cleanup):
    pool = utils.create_ipam_pool(subnet='10.83.7.0/24', gateway='10.83.7.1')
    network = c.create_network(name, driver='bridge', options=None, internal=False,
                               ipam=utils.create_ipam_config(pool_configs=[pool]))
    try:
        assert name in [item['Name'] for item in c.networks(names=[name])]
        assert [item['Id'] for item in c.networks(ids=[network['Id']])] == [network['Id']]
        about = c.inspect_network(name)
        assert about['IPAM']['Config'][0]['Subnet'] == '10.83.7.0/24' and about['Driver'] == 'bridge'
        first = c.create_container(
            'busybox', 'sleep 300', host_config=c.create_host_config(network_mode=name),
            networking_config=c.create_networking_config({
                name: c.create_endpoint_config(aliases=['db'], ipv4_address='10.83.7.20')}))
        cleanup.append(first)
        c.start(first)
        # Inspected containers have their networks since API 1.21.
        settings = c.inspect_container(first)['NetworkSettings'].get('Networks', {}).get(name)
        if utils.version_gte(c._version, '1.21'):
            assert settings['IPAddress'] == '10.83.7.20' and 'db' in settings['Aliases']
        second = c.create_container('busybox', 'sleep 300')
        cleanup.append(second)
        c.start(second)
        c.connect_container_to_network(container=second['Id'], net_id=network['Id'], aliases=['web'],
                                       ipv4_address='10.83.7.21')
        attached = c.inspect_network(network['Id'])['Containers']
        assert set(attached) == {first['Id'], second['Id']}
        assert attached[second['Id']]['IPv4Address'] == '10.83.7.21/24'
        with pytest.raises(errors.APIError):
            c.remove_network(network['Id'])
        c.disconnect_container_from_network(second['Id'], network['Id'])
        c.disconnect_container_from_network(container=first, net_id=name, force=True)
        c.remove_container(first, force=True)
    finally:
        c.remove_network(net_id=network['Id'])
    with pytest.raises(errors.NotFound):
        c.inspect_network(name)
    assert name not in [item['Name'] for item in c.networks() or []]


def test_a_keeper_of_volumes(c, name, cleanup):
    volume = c.create_volume(name, driver='local', driver_opts=None, labels={'keeper': name})
    try:
        assert volume['Driver'] == 'local' and volume['Mountpoint']
        listed = c.volumes(filters={'dangling': True})['Volumes'] or []
        assert name in [item['Name'] for item in listed]
        container = c.create_container(
            'busybox', 'sh -c "echo x > /data/x"', volumes=['/data'], volume_driver='local',
            host_config=c.create_host_config(binds={name: {'bind': '/data', 'mode': 'rw'}}))
        cleanup.append(container)
        c.start(container)
        assert c.wait(container) == 0
        assert name not in [item['Name'] for item in c.volumes(filters={'dangling': 'true'})['Volumes'] or []]
        inspected = c.inspect_container(container)
        sources = [mount.get('Source') for mount in inspected.get('Mounts') or ()]
        sources.extend((inspected.get('Volumes') or {}).values())
        assert c.inspect_volume(name)['Mountpoint'] in sources
        with pytest.raises(errors.APIError) as caught:
            c.remove_volume(name)
        assert caught.value.response.status_code == 409
        c.remove_container(container, v=True)
    finally:
        c.remove_volume(name)
    with pytest.raises(errors.NotFound):
        c.inspect_volume(name=name)


# Swarm mode

@pytest.fixture
def swarm(c):
    with prepared_for_swarm(c):
        yield swarm_mode.MANAGER
        swarm_mode.remove_address()


def test_a_deployer_of_services(c, swarm, name):
    from docker import types
    c.init_swarm(advertise_addr=swarm, listen_addr='0.0.0.0:2377', force_new_cluster=False,
                 swarm_spec=c.create_swarm_spec(snapshot_interval=5000, log_entries_for_slow_followers=1200))
    about = c.inspect_swarm()
    assert about['JoinTokens'] and about['ID']
    spec = types.ContainerSpec(image='busybox', command=['sleep', '300'], env=['A=b'], labels={'x': 'y'},
                               mounts=[types.Mount(target='/data', source=name, type='volume')])
    template = types.TaskTemplate(
        spec, resources=types.Resources(mem_limit=64 << 20), log_driver=types.DriverConfig('json-file'),
        restart_policy=types.RestartPolicy(condition='any', delay=5, max_attempts=2))
    created = c.create_service(task_template=template, name=name, labels={'owner': 'me'},
                               mode={'Replicated': {'Replicas': 1}},
                               update_config=types.UpdateConfig(parallelism=1, delay=0),
                               endpoint_config={'Mode': 'vip'})
    service_id = created.get('ID') or created.get('Id')
    assert [item['ID'] for item in c.services(filters={'name': name})] == [service_id]
    info = c.inspect_service(service_id)
    assert info['Spec']['Name'] == name and info['Spec']['Labels'] == {'owner': 'me'}
    c.update_service(service=service_id, version=info['Version']['Index'], task_template=template, name=name,
                     labels={'owner': 'you'}, mode={'Replicated': {'Replicas': 2}})
    assert c.inspect_service(name)['Spec']['Mode']['Replicated']['Replicas'] == 2
    assert isinstance(c.tasks(filters={'service': name}), list)
    node, = c.nodes(filters={'role': 'manager'})
    assert c.inspect_node(node_id=node['ID'])['Spec']['Role'] == 'manager'
    c.update_swarm(version=c.inspect_swarm()['Version']['Index'], rotate_worker_token=True,
                   swarm_spec=c.create_swarm_spec(task_history_retention_limit=3))
    assert c.remove_service(service_id) is True
    assert c.leave_swarm(force=True)


# Names

def test_everything_that_is_imported(c):
    from docker import tls
    from docker.auth import auth
    from docker.client import AutoVersionClient, Client
    from docker.errors import DeprecatedMethod, InvalidRepository, TLSParameterError
    from docker.utils import utils as more
    from docker.utils.ports import build_port_bindings, split_port
    from docker.utils.types import LogConfig, Ulimit
    assert docker.Client is Client and issubclass(AutoVersionClient, Client)
    assert tls.TLSConfig(verify=False, assert_hostname=False).verify is False
    assert tls.TLSConfig is docker.tls.TLSConfig and issubclass(TLSParameterError, errors.DockerException)
    assert issubclass(InvalidRepository, errors.DockerException) and DeprecatedMethod
    assert split_port('127.0.0.1:8000:80/tcp') == (['80/tcp'], [('127.0.0.1', '8000')])
    assert build_port_bindings(['8000:80']) == {'80': ['8000']} or build_port_bindings(['8000:80'])
    assert LogConfig.types.JSON == 'json-file' and Ulimit(name='nofile', soft=1).soft == 1
    assert auth.INDEX_NAME == 'docker.io' and auth.resolve_index_name('localhost:5000') == 'localhost:5000'
    assert more.parse_repository_tag('a/b:c') == ('a/b', 'c') and more.parse_bytes('1m') == 1 << 20
    assert more.parse_host('tcp://:2375') == 'http://127.0.0.1:2375'
    assert docker.constants.DEFAULT_TIMEOUT_SECONDS == 60
    client = Client(base_url=HOST, version=c._version, timeout=10, tls=False)
    assert client.ping() and client.search
    client.close()
