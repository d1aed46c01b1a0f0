"""What calls return on a real engine is as docker.responses has it, in the formats of several versions."""

import io
import json
import sys

import pytest

import docker
from docker.errors import NotSupported
from tests.engine.conftest import HOST, discard, engine_is_podman, newest_of_engine, prepared_for_swarm, same
from tests.engine.swarm import MANAGER, remove_address, running
from tests.engine.test_plugins import plugin  # noqa: F401
from tests.engine.test_registries import ALICE, address_for
from tests.registry import Registry, require
from tests.responses import unlike

pytestmark = pytest.mark.skipif(sys.version_info < (3, 8), reason='TypedDict came with Python 3.8')

# The versions before and since most changes, and what the engine has.
FORMATS = ['1.6', '1.21', 'auto']
# Swarm mode has one format, up to version 1.41.
OF_SWARM_MODE = pytest.mark.parametrize('client', ['1.6', 'auto'], indirect=True)
STAY = ['sh', '-c', 'trap "exit 0" TERM; while true; do sleep 1000 & wait $!; done']


@pytest.fixture(params=FORMATS)
def client(request):
    """A Client that wants the responses of a version, on the wire that DOCKER_API_VERSION has."""
    made = docker.Client(HOST, version=request.param)
    yield made
    made.close()


@pytest.fixture
def check(client):
    """A function to call with the name of a call and what it returned, or for a stream one of its items.

    It returns the value. A mistake in it is a failure, unless this engine is known for it.
    """
    engine = 'podman' if engine_is_podman(client) else 'docker'

    def check_value(call, value):
        assert value or value == []
        assert unlike(call, value, engine) == {}
        return value
    return check_value


@pytest.fixture
def container(client, name):
    """A running container with all that a summary and an inspect have most of."""
    image, _ = built(client, name)
    try:
        made = client.create_container(image, STAY, name=name, ports=[80, 81], volumes=['/data'],
                                       environment={'A': 'b'}, user='0', hostname='web')
        client.start(made, binds={'/tmp': {'bind': '/host', 'ro': True}}, port_bindings={80: ('127.0.0.1',)},
                     extra_hosts={'db': '127.0.0.1'}, cap_add=['NET_ADMIN'],
                     restart_policy={'Name': 'on-failure', 'MaximumRetryCount': 2})
        yield name
    finally:
        discard(client, name)
        client.remove_image(image, force=True)


def built(client, name):
    """Build an image with all that an image has, and return its id and the items of the build."""
    text = u'FROM busybox\nEXPOSE 80 443\nVOLUME /cache\nENV C d\nUSER root\nWORKDIR /tmp\nCMD ["true"]\n'
    if newest_of_engine(client) >= (1, 24):
        text += u'LABEL {0}=1\nHEALTHCHECK --interval=1s CMD true\nSTOPSIGNAL INT\n'.format(name)
    client = docker.Client(HOST, version='1.24' if newest_of_engine(client) >= (1, 24) else '1.8')
    with client.build(fileobj=io.StringIO(text), rm=True, tag='local/' + name, decode=True) as output:
        items = list(output)
    client.close()
    return 'local/' + name, items


def test_the_engine(client, check):
    for call in ('info', 'version'):
        check(call, getattr(client, call)())


def test_ping(client, check):
    if newest_of_engine(client) < (1, 40):
        pytest.skip('the headers came with API 1.40')
    check('ping', client.ping(head=True))


def test_containers(client, check, container):
    listed = check('containers', client.containers(all=True, size=True))
    assert [one for one in listed if '/' + container in one['Names']]
    check('containers', client.containers(quiet=True))
    details = check('inspect_container', client.inspect_container(container))
    assert details['State']['Running'] is True and details['NetworkSettings']['Ports']
    assert check('port', client.port(container, 80))[0]['HostIp'] == '127.0.0.1'
    check('top', client.top(container))
    client.stop(container, timeout=1)
    check('inspect_container', client.inspect_container(container))
    check('diff', client.diff(container))


def test_size(client, check, container):
    try:
        details = client.inspect_container(container, size=True)
    except NotSupported:
        pytest.skip('the argument came with API 1.19')
    check('inspect_container', details)


def test_a_container_as_the_engine_makes_it(client, check, name):
    try:
        check('create_container', client.create_container('busybox', 'true', name=name))
        details = check('inspect_container', client.inspect_container(name))
        assert details['State']['Running'] is False
        check('containers', client.containers(all=True))
        check('commit', client.commit(name, 'local/' + name))
        check('inspect_image', client.inspect_image('local/' + name))
        client.remove_image('local/' + name)
    finally:
        discard(client, name)


def test_a_container_without_a_network(client, check, name):
    config = {'Image': 'busybox', 'Cmd': ['true'], 'NetworkDisabled': True}
    try:
        check('create_container_from_config', client.create_container_from_config(config, name))
        check('inspect_container', client.inspect_container(name))
        assert client.start(name) is None and client.wait(name) == 0
        check('inspect_container', client.inspect_container(name))
    finally:
        discard(client, name)


def test_limits(client, check, container):
    try:
        check('update_container', client.update_container(container, cpu_shares=512))
    except NotSupported:
        pytest.skip('the endpoint came with API 1.22, and with no version of Podman so far')
    assert check('inspect_container', client.inspect_container(container))['HostConfig']['CpuShares'] == 512


def test_stats(client, check, container):
    check('stats', client.stats(container, stream=False))
    with client.stats(container, decode=True) as stats:
        assert check('stats', next(stats))['cpu_stats']['cpu_usage']['total_usage'] > 0


def test_exec(client, check, container):
    instance = check('exec_create', client.exec_create(container, ['true', 'a'], user='root'))
    check('exec_inspect', client.exec_inspect(instance))
    client.exec_start(instance)
    assert check('exec_inspect', client.exec_inspect(instance))['ExitCode'] == 0


def test_archives(client, check, container):
    try:
        check('stat_archive', client.stat_archive(container, '/etc'))
    except NotSupported:
        pytest.skip('the endpoint came with API 1.20')
    archive, stat = client.get_archive(container, '/etc')
    archive.close()
    assert check('get_archive', stat)['name'] == 'etc'


def test_images(client, check, name):
    image, items = built(client, name)
    for item in items:
        check('build', item)
    client.tag(image, image, 'second')
    assert check('images', client.images(all=True)) and check('images', client.images(image))
    check('inspect_image', client.inspect_image(image))
    check('history', client.history(image))
    with client.get_image(image) as archive:
        content = archive.read()
    for item in client.load_image(content):
        check('load_image', item)
    for removed in (image + ':second', image):
        check('remove_image', client.remove_image(removed))


def test_a_build_that_fails(client, check):
    client = docker.Client(HOST, version='1.24' if newest_of_engine(client) >= (1, 24) else '1.8')
    items = []
    with pytest.raises(docker.errors.APIError):
        with client.build(fileobj=io.StringIO(u'FROM busybox\nRUN false\n'), rm=True, decode=True) as output:
            for item in output:
                items.append(check('build', item))
                if 'error' in item:
                    raise docker.errors.APIError('the build failed', None)
    client.close()
    assert 'error' in items[-1]


def test_an_import(client, check, name):
    output = client.import_image(b'\0' * 1024, repository='local/' + name)
    for line in output.splitlines():
        check('import_image', json.loads(line))
    client.remove_image('local/' + name)


def test_events(client, check, name):
    with client.events(decode=True) as events:
        client.create_container('busybox', 'true', name=name)
        client.start(name)
        client.wait(name)
        client.remove_container(name)
        for event in events:
            check('events', event)
            if (event.get('status') or event.get('Action')) in ('destroy', 'remove'):
                break


def test_a_registry(client, check, name):
    require()
    repository = None
    with Registry(users=['alice']) as registry:
        address = address_for(client, registry)
        check('login', client.login(registry=address, **ALICE))
        check('login', client.login(registry=address, **ALICE))
        repository = '{0}/team/{1}'.format(address, name)
        client.tag('busybox', repository)
        for call in ('push', 'pull'):
            for item in getattr(client, call)(repository, decode=True):
                check(call, item)
        check('images', client.images(all=True))
        check('inspect_image', client.inspect_image(repository))
        client.remove_image(repository)
        with pytest.raises(docker.errors.APIError):
            for item in client.pull(repository, 'missing', stream=True, decode=True):
                check('pull', item)
        try:
            check('inspect_distribution', client.inspect_distribution(repository))
        except NotSupported:
            pass


def test_networks(client, check, name):
    if newest_of_engine(client) < (1, 21):
        pytest.skip('networks came with API 1.21')
    network = check('create_network', client.create_network(name, labels={'a': 'b'}))
    try:
        client.create_container('busybox', STAY, name=name)
        client.connect_container_to_network(name, network, aliases=['other'])
        client.start(name)
        details = check('inspect_network', client.inspect_network(network))
        assert [one for one in details['Containers'].values() if one['Name'] == name]
        check('networks', client.networks())
        assert check('inspect_container', client.inspect_container(name))
        check('containers', client.containers())
    finally:
        discard(client, name)
        client.remove_network(network['Id'])


def test_volumes(client, check, name):
    if newest_of_engine(client) < (1, 21):
        pytest.skip('volumes came with API 1.21')
    check('create_volume', client.create_volume(name, labels={'a': 'b'}))
    plain = check('create_volume', client.create_volume())
    try:
        check('inspect_volume', client.inspect_volume(name))
        check('inspect_volume', client.inspect_volume(plain))
        assert check('volumes', client.volumes())['Volumes']
    finally:
        client.remove_volume(name)
        client.remove_volume(plain)


def test_disk(client, check, container):
    if newest_of_engine(client) < (1, 25):
        pytest.skip('these calls came with API 1.25')
    check('df', client.df())
    for call in ('prune_containers', 'prune_images', 'prune_networks', 'prune_volumes'):
        check(call, getattr(client, call)({'label': 'of=nothing'}))


def test_what_a_prune_of_builds_returns(client, check):
    if newest_of_engine(client) < (1, 39):
        pytest.skip('the endpoint came with API 1.39')
    try:
        check('prune_builds', client.prune_builds())
    except NotSupported:
        assert engine_is_podman(client)


def test_plugins(client, check, plugin):  # noqa: F811
    check('plugins', client.plugins())
    check('inspect_plugin', client.inspect_plugin(plugin))


@pytest.fixture
def manager(client):
    with prepared_for_swarm(client):
        client.init_swarm(MANAGER)
        yield client
        remove_address()


@OF_SWARM_MODE
def test_a_swarm(manager, check):
    check('inspect_swarm', manager.inspect_swarm())
    check('info', manager.info())
    check('get_unlock_key', manager.get_unlock_key())
    node, = check('nodes', manager.nodes())
    check('inspect_node', manager.inspect_node(node))


@OF_SWARM_MODE
def test_secrets_and_configs(manager, check, name):
    secret = check('create_secret', manager.create_secret(name, b'secret', labels={'a': 'b'}))
    check('secrets', manager.secrets())
    check('inspect_secret', manager.inspect_secret(secret))
    config = check('create_config', manager.create_config(name, b'config'))
    check('configs', manager.configs())
    check('inspect_config', manager.inspect_config(config))


@OF_SWARM_MODE
def test_services(manager, check, name):
    secret = manager.create_secret(name, b'secret')
    network = manager.create_network(name, driver='overlay', attachable=True)['Id']
    template = docker.types.TaskTemplate(
        docker.types.ContainerSpec(
            'busybox', STAY, env={'A': 'b'}, mounts=['data:/data:ro'], stop_grace_period=1,
            healthcheck={'test': ['CMD', 'true'], 'interval': '1s'},
            secrets=[docker.types.SecretReference(secret, name)]),
        restart_policy=docker.types.RestartPolicy('any', delay=1),
        resources=docker.types.Resources(mem_limit='100m'), networks=[network])
    service = check('create_service', manager.create_service(
        template, name=name, labels={'a': 'b'}, mode=docker.types.ServiceMode('replicated', 1),
        update_config=docker.types.UpdateConfig(parallelism=1, delay=1),
        endpoint_spec=docker.types.EndpointSpec(ports={8080: 80})))
    task, = running(manager, name, 1)
    check('tasks', manager.tasks())
    details = check('inspect_task', manager.inspect_task(task))
    assert name in [attached['Network']['Spec']['Name'] for attached in details['NetworksAttachments']]
    before, = check('services', manager.services())
    check('update_service', manager.update_service(
        service['ID'], before['Version'], labels={'a': 'c'}, fetch_current_spec=True))
    assert check('inspect_service', manager.inspect_service(service))['PreviousSpec']['Labels'] == {'a': 'b'}
    check('inspect_network', manager.inspect_network(network, verbose=True))
    assert same(manager.inspect_network(network)['Id'], network)
