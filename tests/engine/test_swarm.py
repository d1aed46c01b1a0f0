# coding: utf-8
"""Swarm mode on real engines: one that is a manager, two that join, and Podman, which has secrets alone."""

import base64
from contextlib import closing
import os

import pytest
from six.moves.urllib.request import ProxyHandler, build_opener

import docker
from docker import types
from docker.errors import APIError, BadRequest, Conflict, NotFound, NotSupported
from tests.engine import swarm as swarm_mode
from tests.engine.conftest import SPOKEN, engine_is_podman, newest_of_engine
from tests.engine.swarm import MANAGER, running, wait_for
from tests.engine.test_start import engine  # noqa: F401

SECOND = 10 ** 9
# Ends at once at SIGTERM.
STAY = 'trap "exit 0" TERM; {0}; while true; do sleep 1000 & wait $!; done'


def spec(command, **kwargs):
    return types.ContainerSpec('busybox', ['sh', '-c', STAY.format(command)], **kwargs)


# The swarm

def test_the_life_of_a_swarm(client, manager):
    swarm = manager.inspect_swarm()
    assert swarm['Spec']['Name'] == 'default' and swarm['JoinTokens']['Worker'].startswith('SWMTKN-')
    assert manager.info()['Swarm']['NodeAddr'] == MANAGER
    assert manager.leave_swarm(force=True) is True
    with pytest.raises(APIError):
        manager.inspect_swarm()
    with pytest.raises(APIError):
        manager.leave_swarm()
    assert manager.leave_swarm(force=True) is True
    settings = manager.create_swarm_spec(2, node_cert_expiry='1000h', dispatcher_heartbeat_period=3 * SECOND,
                                         labels={'a': 'b'})
    node_id = manager.init_swarm(MANAGER, swarm_spec=settings)
    assert manager.inspect_node(node_id)['ID'] == node_id
    got = manager.inspect_swarm()['Spec']
    assert got['Orchestration'] == {'TaskHistoryRetentionLimit': 2}
    assert got['CAConfig']['NodeCertExpiry'] == 3600000 * SECOND
    assert got['Dispatcher'] == {'HeartbeatPeriod': 3 * SECOND}
    assert got['Labels'] == {'a': 'b'}
    with pytest.raises(APIError):
        manager.init_swarm(MANAGER)
    with pytest.raises(APIError):
        manager.leave_swarm()


def test_an_update_of_the_swarm(manager):
    before = manager.inspect_swarm()
    assert manager.update_swarm(before['Version']['Index'], rotate_worker_token=True) is True
    after = manager.inspect_swarm()
    assert after['JoinTokens']['Worker'] != before['JoinTokens']['Worker']
    assert after['JoinTokens']['Manager'] == before['JoinTokens']['Manager']
    assert after['Spec'] == before['Spec']
    changed = dict(after['Spec'], Orchestration={'TaskHistoryRetentionLimit': 3})
    assert manager.update_swarm(after['Version'], changed, rotate_manager_token=True) is True
    assert manager.inspect_swarm()['Spec'] == changed
    with pytest.raises(APIError) as raised:
        manager.update_swarm(before['Version'], changed)
    assert 'out of sequence' in raised.value.explanation


def test_a_swarm_with_settings_of_later_versions(client, manager):
    if newest_of_engine(client) < (1, 40):
        pytest.skip('these settings came with API 1.40')
    manager.leave_swarm(force=True)
    manager.init_swarm(MANAGER, default_addr_pool=['10.20.0.0/16'], subnet_size=26, data_path_addr=MANAGER,
                       data_path_port=7777, availability='drain')
    swarm, = [manager.inspect_swarm()]
    assert (swarm['DefaultAddrPool'], swarm['SubnetSize'], swarm['DataPathPort']) == (['10.20.0.0/16'], 26,
                                                                                      7777)
    node, = manager.nodes()
    assert node['Spec']['Availability'] == 'drain'


def test_a_locked_swarm(manager, engine):  # noqa: F811
    assert manager.get_unlock_key() == {'UnlockKey': ''}
    manager.leave_swarm(force=True)
    manager.init_swarm(MANAGER, swarm_spec=manager.create_swarm_spec(autolock_managers=True))
    key = manager.get_unlock_key()
    assert key['UnlockKey'].startswith('SWMKEY-')
    wait_for(lambda: is_locked_on_disk(manager), 'the swarm is locked on disk')
    engine.kill()
    engine.start()
    with pytest.raises(APIError) as raised:
        manager.nodes()
    assert 'encrypted' in raised.value.explanation
    with pytest.raises(APIError):
        # Not the last character, some of whose bits are not used.
        manager.unlock_swarm(key['UnlockKey'][:-9] + ('a' if key['UnlockKey'][-9] != 'a' else 'b') +
                             key['UnlockKey'][-8:])
    assert manager.unlock_swarm(key) is True
    swarm = wait_for(lambda: swarm_or_none(manager), 'the swarm is unlocked')
    manager.update_swarm(swarm['Version'], rotate_manager_unlock_key=True)
    assert manager.get_unlock_key() != key


def is_locked_on_disk(manager):
    certificates = os.path.join(manager.info()['DockerRootDir'], 'swarm', 'certificates')
    with open(os.path.join(certificates, 'swarm-node.key')) as key:
        return 'ENCRYPTED' in key.read()


def swarm_or_none(manager):
    try:
        return manager.inspect_swarm()
    except APIError:
        return None


def test_a_node(manager):
    node, = manager.nodes()
    assert manager.inspect_node(node) == node and manager.inspect_node(node['ID'])['ID'] == node['ID']
    assert manager.nodes({'role': 'worker'}) == []
    assert manager.update_node(node, node['Version'], dict(node['Spec'], Labels={'rack': '1'})) is True
    assert manager.nodes({'node.label': {'rack': 1}})[0]['Spec']['Labels'] == {'rack': '1'}
    with pytest.raises(APIError):
        manager.update_node(node, node['Version'], node['Spec'])
    with pytest.raises(APIError):
        manager.remove_node(node)
    with pytest.raises(NotFound):
        manager.inspect_node('missing')


# Secrets and configs

def test_the_life_of_a_secret(client, request):
    if not engine_is_podman(client):
        request.getfixturevalue('manager')
    created = client.create_secret('password', b'\0hush\xff', labels={'tier': 'web'})
    secret_id = created['ID']
    try:
        secret = client.inspect_secret('password')
        assert secret['ID'] == secret_id == client.inspect_secret(created)['ID']
        assert (secret['Spec']['Name'], secret['Spec']['Labels']) == ('password', {'tier': 'web'})
        assert 'hush' not in str(secret) and 'Data' not in secret['Spec']
        assert [each['ID'] for each in client.secrets({'name': 'password'})] == [secret_id]
        with pytest.raises(Conflict) as raised:
            client.create_secret('password', b'other')
        assert raised.value.request.body is None
        if engine_is_podman(client):
            with pytest.raises(NotSupported):
                client.update_secret('password', labels={})
        else:
            assert client.update_secret('password', labels={'tier': 'db'}) is True
            assert client.inspect_secret('password')['Spec']['Labels'] == {'tier': 'db'}
            assert client.secrets({'label': {'tier': 'db'}})[0]['ID'] == secret_id
            with pytest.raises(APIError):
                client.update_secret('password', secret['Version'])
            assert client.update_secret('password') is True
            assert client.inspect_secret('password')['Spec']['Labels'] == {}
    finally:
        assert client.remove_secret('password') is True
    assert client.secrets() == []
    with pytest.raises(NotFound):
        client.inspect_secret('password')
    with pytest.raises(NotFound):
        client.remove_secret('password')


def test_the_life_of_a_config(manager):
    created = manager.create_config('motd', u'h\xe9llo', labels=['tier=web'])
    config = manager.inspect_config('motd')
    assert config['ID'] == created['ID']
    assert base64.b64decode(config['Spec']['Data']) == u'h\xe9llo'.encode('utf-8')
    assert config['Spec']['Labels'] == {'tier': 'web'}
    assert manager.update_config(created, config['Version'], {'tier': 'db'}) is True
    assert [each['Spec']['Labels'] for each in manager.configs({'name': 'motd'})] == [{'tier': 'db'}]
    assert manager.remove_config('motd') is True
    with pytest.raises(NotFound):
        manager.inspect_config('motd')


# Services

def test_the_life_of_a_service(manager):
    template = types.TaskTemplate(
        spec('echo "$A $(pwd) $(id -u)"; echo err >&2', env={'A': 'b'}, workdir='/tmp', user=1,
             labels={'l': 'x'}, mounts=[types.Mount('/run/t', type='tmpfs', tmpfs_size='1m'),
                                        'data:/data:ro'],
             stop_grace_period='3s'),
        types.Resources(0.5, '64m', mem_reservation='16m'), types.RestartPolicy('any', '1s', 3, SECOND),
        ['node.role == manager'], types.DriverConfig('json-file', {'max-size': '1m'}))
    created = manager.create_service(template, 'web', {'tier': 'web'}, types.ServiceMode('replicated', 2),
                                     types.UpdateConfig(1, '1s', 'pause'))
    tasks = running(manager, 'web', 2)
    service = manager.inspect_service('web')
    assert service['ID'] == created['ID'] and service['Spec']['Labels'] == {'tier': 'web'}
    assert service['Spec']['Mode'] == {'Replicated': {'Replicas': 2}}
    got = service['Spec']['TaskTemplate']
    assert got['Resources']['Limits'] == {'NanoCPUs': SECOND // 2, 'MemoryBytes': 64 << 20}
    assert got['RestartPolicy'] == {'Condition': 'any', 'Delay': SECOND, 'MaxAttempts': 3, 'Window': SECOND}
    assert got['ContainerSpec']['StopGracePeriod'] == 3 * SECOND
    container = manager.inspect_container(tasks[0]['Status']['ContainerStatus']['ContainerID'])
    assert container['Config']['Labels']['l'] == 'x' and container['HostConfig']['NanoCpus'] == SECOND // 2
    assert container['VolumesRW']['/data'] is False
    assert [mount['Target'] for mount in got['ContainerSpec']['Mounts']] == ['/run/t', '/data']
    assert [each['ID'] for each in manager.services({'label': 'tier=web'})] == [created['ID']]
    assert manager.services({'name': 'other'}) == []
    assert manager.inspect_task(tasks[0])['ServiceID'] == created['ID']
    with pytest.raises(Conflict):
        manager.create_service(template, 'web')
    assert manager.remove_service('web') is True
    with pytest.raises(NotFound):
        manager.inspect_service('web')
    of_service = {'label': 'com.docker.swarm.service.name=web'}
    wait_for(lambda: not manager.containers(all=True, filters=of_service), 'the tasks end')
    manager.remove_volume('data')


def test_a_program_of_2016(manager):
    """Positional arguments, dicts in the words of the API, and the results that programs then tested."""
    container_spec = docker.types.ContainerSpec('busybox', ['sleep', '1000'])
    task_tmpl = docker.types.TaskTemplate(container_spec, None, {'Condition': 'any', 'MaxAttempts': 2})
    svc_id = manager.create_service(task_tmpl, name='old', mode={'Replicated': {'Replicas': 1}})
    assert 'ID' in svc_id
    svc_info = manager.inspect_service(svc_id)
    task_tmpl = docker.types.TaskTemplate(docker.types.ContainerSpec('busybox', ['sleep', '1001']))
    assert manager.update_service(svc_info['ID'], svc_info['Version']['Index'], task_tmpl, name='old')
    assert manager.inspect_service(svc_id)['Spec']['TaskTemplate']['ContainerSpec']['Command'] == [
        'sleep', '1001']
    assert [each['Spec']['Name'] for each in manager.services(filters={'name': 'old'})] == ['old']
    assert manager.remove_service(svc_id)


def test_a_rolling_update(manager):
    manager.create_service(types.TaskTemplate(spec('echo one')), 'web',
                           mode=types.ServiceMode('replicated', 2),
                           update_config=types.UpdateConfig(1, monitor='1s'))
    before = running(manager, 'web', 2)
    version = manager.inspect_service('web')['Version']
    update = types.TaskTemplate(spec('echo two'))
    assert manager.update_service('web', task_template=update, fetch_current_spec=True) == {'Warnings': None}
    wait_for(lambda: update_state(manager, 'web') == 'completed', 'the update is completed')
    after = running(manager, 'web', 2)
    assert not {task['ID'] for task in before} & {task['ID'] for task in after}
    assert {task['Slot'] for task in before} == {task['Slot'] for task in after}
    service = manager.inspect_service('web')
    assert service['Spec']['Mode'] == {'Replicated': {'Replicas': 2}}
    assert service['Spec']['UpdateConfig']['Monitor'] == SECOND
    with pytest.raises(APIError) as raised:
        manager.update_service('web', version, update, 'web')
    assert 'out of sequence' in raised.value.explanation
    manager.update_service('web', mode=types.ServiceMode('replicated', 1), fetch_current_spec=True)
    running(manager, 'web', 1)
    service = manager.inspect_service('web')
    if 'rollback' in service['Spec'] or newest_of_engine(manager) >= (1, 28):
        manager.update_service('web', rollback='previous', fetch_current_spec=True)
        running(manager, 'web', 2)
    manager.remove_service('web')


def test_updates_while_the_swarm_changes_a_service(manager):
    """Managers write a service during an update: one that is made meanwhile is made of what they wrote."""
    manager.create_service(types.TaskTemplate(spec('echo one')), 'web')
    for number in range(10):
        update = types.TaskTemplate(spec('echo {0}'.format(number)))
        manager.update_service('web', task_template=update, labels={'n': str(number)},
                               fetch_current_spec=True)
    updated = manager.inspect_service('web')['Spec']
    assert updated['Labels'] == {'n': '9'}
    assert updated['TaskTemplate']['ContainerSpec']['Command'] == update['ContainerSpec']['Command']
    manager.remove_service('web')


def update_state(client, service):
    return client.inspect_service(service).get('UpdateStatus', {}).get('State')


def test_secrets_and_configs_in_tasks(manager):
    secret = manager.create_secret('password', b'hush')
    config = manager.create_config('motd', b'hello\n')
    manager.create_service(types.TaskTemplate(spec(
        'cat /etc/motd; cat /run/secrets/key; echo; stat -c %a:%u:%g /run/secrets/key', secrets=[
            types.SecretReference(secret, 'password', 'key', 5, 6, 0o440)],
        configs=[types.ConfigReference(config, 'motd', '/etc/motd')])), 'web')
    running(manager, 'web', 1)
    wait_for(lambda: manager.service_logs('web') == b'hello\nhush\n440:5:6\n',
             lambda: manager.service_logs('web'))
    with pytest.raises(BadRequest):
        manager.remove_secret('password')
    with pytest.raises(BadRequest):
        manager.remove_config('motd')
    manager.remove_service('web')
    manager.remove_secret('password')
    manager.remove_config('motd')


def test_logs(manager):
    manager.create_service(types.TaskTemplate(spec('echo out; echo err >&2; read x; echo more')), 'web')
    task, = running(manager, 'web', 1)
    wait_for(lambda: sorted(manager.service_logs('web').splitlines()) == [b'err', b'more', b'out'],
             lambda: manager.service_logs('web'))
    assert manager.service_logs('web', stderr=False) == b'out\nmore\n'
    assert manager.task_logs(task, stdout=False) == b'err\n'
    # An engine takes the last lines of both streams together, in the order in which they reached it.
    assert manager.task_logs(task['ID'], tail=1) in (b'more\n', b'err\n')
    line = manager.service_logs('web', stderr=False, details=True, timestamps=True).splitlines()[-1]
    assert task['ID'].encode('ascii') in line and line.endswith(b' more') and line.startswith(b'20')
    assert manager.service_logs('web', since=4000000000) == b''
    with closing(manager.service_logs('web', stderr=False, stream=True)) as output:
        assert next(output) == b'out\n'
    assert list(manager.service_logs('web', stderr=False, stream=True, follow=False)) == [b'out\n', b'more\n']
    for call in (manager.service_logs, manager.task_logs):
        with pytest.raises(NotFound):
            call('missing')
    manager.remove_service('web')


def test_logs_of_a_terminal(manager):
    manager.create_service(types.TaskTemplate(spec('echo out', tty=True)), 'web')
    task, = running(manager, 'web', 1)
    wait_for(lambda: manager.service_logs('web') == b'out\r\n', lambda: manager.service_logs('web'))
    assert manager.task_logs(task) == b'out\r\n'
    manager.remove_service('web')


def test_a_published_port(manager):
    page = 'mkdir /www; echo hello > /www/index.html; httpd -h /www'
    manager.create_service(types.TaskTemplate(spec(page)), 'web', endpoint_spec=types.EndpointSpec(
        ports={8080: (80, 'tcp', 'host')}))
    task, = running(manager, 'web', 1)

    def fetch():
        try:
            with closing(build_opener(ProxyHandler({})).open('http://127.0.0.1:8080/',
                                                             timeout=10)) as response:
                return response.read()
        except IOError:
            return None
    assert wait_for(fetch, 'the page') == b'hello\n'
    published = wait_for(
        lambda: manager.inspect_task(task)['Status'].get('PortStatus', {}).get('Ports'), 'the port')
    # One for each family of addresses.
    assert {(port['TargetPort'], port['PublishedPort'], port['PublishMode']) for port in published} == {
        (80, 8080, 'host')}
    manager.remove_service('web')


def test_a_job_and_a_global_service(client, manager):
    manager.create_service(types.TaskTemplate(spec('true')), 'everywhere', mode='global')
    running(manager, 'everywhere', 1)
    assert manager.inspect_service('everywhere')['Spec']['Mode'] == {'Global': {}}
    if newest_of_engine(client) >= (1, 41):
        manager.create_service(types.TaskTemplate(types.ContainerSpec('busybox', 'true'),
                                                  types.RestartPolicy()),
                               'job', mode=types.ServiceMode('replicated-job', 3, 2))
        wait_for(lambda: [each for each in manager.services({'name': 'job'}, status=True)
                          if each['ServiceStatus']['CompletedTasks'] == 3], 'the job is done')
        manager.remove_service('job')
    manager.remove_service('everywhere')


def test_all_fields_of_a_container(client, manager):
    """An engine ignores fields that it does not know: inspect has those that it took."""
    container = spec(
        'true', groups=['daemon', 5], tty=False, open_stdin=True, hosts={'db': '10.0.0.5'}, hostname='web',
        healthcheck={'test': ['CMD', 'true'], 'interval': 10, 'Timeout': '1s', 'retries': 3},
        dns_config=types.DNSConfig(['10.0.0.2'], ['example.com'], ['ndots:1']))
    if newest_of_engine(client) >= (1, 41):
        container = dict(container, **types.ContainerSpec(
            'busybox', container['Command'], init=True, cap_add=['CAP_NET_ADMIN'], cap_drop=['CAP_MKNOD'],
            sysctls={'net.core.somaxconn': 1024}, read_only=True, stop_signal='SIGINT', isolation='default',
            ulimits=[{'Name': 'nofile', 'Soft': 10, 'Hard': 20}]))
    template = types.TaskTemplate(container, placement=types.Placement(
        ['node.role == manager'], [('spread', 'node.labels.rack')], [('x86_64', 'linux')]), force_update=1)
    manager.create_service(template, 'web')
    got = manager.inspect_service('web')['Spec']['TaskTemplate']
    taken = {key.lower(): value for key, value in got['ContainerSpec'].items()}
    for key, value in container.items():
        if value is not False:
            assert taken[key.lower()] == value, key
    assert got['ContainerSpec']['Hosts'] == ['10.0.0.5 db']
    assert got['Placement'] == template['Placement'] and got['ForceUpdate'] == 1
    manager.remove_service('web')


# Two engines

@pytest.fixture
def worker(manager):
    second = swarm_mode.SecondEngine()
    try:
        yield second.client
    finally:
        try:
            second.client.leave_swarm(force=True)
        finally:
            second.close()


def wait_for_nodes(client, service, expected):
    """Wait until so many tasks of a service run on each node, a dict of ids to numbers."""
    def nodes():
        found = [task['NodeID'] for task in running(client, service, sum(expected.values()))]
        return {node: found.count(node) for node in found}
    wait_for(lambda: nodes() == expected, nodes)


def test_two_engines(manager, worker):
    manager_id = manager.info()['Swarm']['NodeID']
    secret = manager.create_secret('password', b'hush')
    config = manager.create_config('motd', b'hello')
    with pytest.raises(APIError):
        worker.join_swarm([MANAGER + ':2377'], 'SWMTKN-1-hush', advertise_addr=swarm_mode.WORKER)
    worker.leave_swarm(force=True)
    assert worker.join_swarm([MANAGER + ':2377'], manager.inspect_swarm()['JoinTokens']['Worker'],
                             listen_addr=swarm_mode.WORKER + ':2377',
                             advertise_addr=swarm_mode.WORKER) is True
    worker_id = worker.info()['Swarm']['NodeID']
    wait_for(lambda: [node for node in manager.nodes() if node['Status']['State'] == 'ready' and
                      node['ID'] == worker_id], 'the worker is ready')
    with pytest.raises(APIError):
        worker.services()

    # Replicas on both, with a secret and a config, and their output.
    manager.create_service(types.TaskTemplate(spec(
        'cat /run/secrets/password /etc/motd; echo', secrets=[types.SecretReference(secret, 'password')],
        configs=[types.ConfigReference(config, 'motd', '/etc/motd')])),
        'web', mode=types.ServiceMode('replicated', 4), update_config=types.UpdateConfig(2, monitor='1s'))
    wait_for_nodes(manager, 'web', {manager_id: 2, worker_id: 2})
    assert len(worker.containers()) == 2
    wait_for(lambda: manager.service_logs('web') == b'hushhello\n' * 4, lambda: manager.service_logs('web'))

    # A rolling update.
    before = {task['ID'] for task in manager.tasks({'service': 'web', 'desired-state': 'running'})}
    manager.update_service('web', task_template={'ForceUpdate': 1}, fetch_current_spec=True)
    wait_for(lambda: update_state(manager, 'web') == 'completed', 'the update is completed')
    wait_for_nodes(manager, 'web', {manager_id: 2, worker_id: 2})
    assert not before & {task['ID'] for task in manager.tasks({'service': 'web', 'desired-state': 'running'})}

    # A node that is drained, and returns.
    node = manager.inspect_node(worker_id)
    manager.update_node(node, node['Version'], dict(node['Spec'], Availability='drain'))
    wait_for_nodes(manager, 'web', {manager_id: 4})
    wait_for(lambda: worker.containers() == [], 'the containers of the worker end')
    node = manager.inspect_node(worker_id)
    manager.update_node(node, node['Version'], dict(node['Spec'], Availability='active'))
    manager.update_service('web', mode=types.ServiceMode('replicated', 8), fetch_current_spec=True)
    wait_for_nodes(manager, 'web', {manager_id: 4, worker_id: 4})

    # A node that leaves.
    assert worker.leave_swarm() is True
    filters = {'node': manager_id, 'desired-state': 'running'}
    wait_for(lambda: [task['Status']['State'] for task in manager.tasks(filters)] == ['running'] * 8,
             'the replicas are on the manager')
    wait_for(lambda: manager.inspect_node(worker_id)['Status']['State'] == 'down', 'the worker is down')
    assert manager.remove_node(worker_id) is True
    assert [node['ID'] for node in manager.nodes()] == [manager_id]
    manager.remove_service('web')


# Engines without Swarm mode

@pytest.mark.parametrize('call', [
    lambda c: c.init_swarm(MANAGER), lambda c: c.leave_swarm(force=True), lambda c: c.nodes(),
    lambda c: c.services(), lambda c: c.tasks(), lambda c: c.configs(),
    lambda c: c.create_service(types.TaskTemplate(types.ContainerSpec('busybox')))])
def test_an_engine_without_swarm_mode(client, call):
    if not engine_is_podman(client) and newest_of_engine(client) >= (1, 24) and (
            not SPOKEN or SPOKEN >= '1.24'):
        pytest.skip('this engine has Swarm mode')
    with pytest.raises(NotSupported):
        call(client)
