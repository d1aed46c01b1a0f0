"""What came after v1.6 for containers, on a real engine."""

import threading

import pytest

import docker
from tests.engine.conftest import HOST, SPOKEN, engine_is_podman, newest_of_engine

MAC = '02:42:ac:11:00:99'


def require(client, *version):
    newest = tuple(map(int, SPOKEN.split('.'))) if SPOKEN else newest_of_engine(client)
    if newest < version:
        pytest.skip('this engine has it not: it came with API {0}.{1}'.format(*version))


@pytest.fixture
def inspect():
    """A function that inspects a container by its name, in the engine's newest format."""
    newest = docker.Client(HOST, version='auto')
    yield newest.inspect_container
    newest.close()


def test_the_later_keywords_of_a_creation(client, create, inspect, name):
    require(client, 1, 29)
    create('sleep 100', name=name, hostname='web', domainname='example.com', mem_limit='64m',
           memswap_limit='128m', cpuset=0, labels={'tier': 'web', 'n': 1, 'alone': None}, stop_timeout=2,
           stop_signal='SIGINT', healthcheck={
               'test': 'true', 'interval': 30, 'timeout': '5s', 'retries': 2, 'start_period': '1m'})
    about = inspect(name)
    config, host_config = about['Config'], about['HostConfig']
    assert config['Labels'] == {'tier': 'web', 'n': '1', 'alone': ''}
    assert config['StopSignal'] in ('SIGINT', '2')     # Podman has the number
    assert config['StopTimeout'] == 2
    assert config['Healthcheck'] == {
        'Test': ['CMD-SHELL', 'true'], 'Interval': 30 * 10 ** 9, 'Timeout': 5 * 10 ** 9, 'Retries': 2,
        'StartPeriod': 60 * 10 ** 9}
    assert (host_config['Memory'], host_config['MemorySwap']) == (64 << 20, 128 << 20)
    assert host_config['CpusetCpus'] == '0'
    assert client.inspect_container(name)['Config']['Domainname'] == 'example.com'


@pytest.mark.parametrize('start', [{}, {'extra_hosts': {'db': '10.0.0.1'}}])
@pytest.mark.parametrize('mode', [None, 'bridge'])
def test_a_mac_address(client, create, start, mode):
    require(client, 1, 16)
    host_config = client.create_host_config(network_mode=mode)
    container = create('sleep 100', mac_address=MAC, host_config=host_config)
    client.start(container, **start)
    assert client.inspect_container(container)['NetworkSettings']['MacAddress'] == MAC


@pytest.mark.parametrize('given, field, wanted', [
    ({'shell': ['/bin/ash', '-c']}, 'Shell', ['/bin/ash', '-c']),
    ({'onbuild': ['RUN true']}, 'OnBuild', ['RUN true'])])
def test_what_podman_refuses(client, create, inspect, name, given, field, wanted):
    require(client, 1, 25)
    if engine_is_podman(client):
        with pytest.raises(docker.errors.NotSupported, match=field):
            create('true', **given)
    else:
        create('true', name=name, **given)
        assert inspect(name)['Config'][field] == wanted


def test_a_platform(client, create):
    require(client, 1, 41)
    image = client.inspect_image('busybox')
    create('true', platform='{Os}/{Architecture}'.format(**image))
    with pytest.raises(docker.errors.NotFound):
        create('true', platform='linux/s390x')


# What `start` takes, and the fields of the container then.
STARTS = [
    ({'dns': '127.0.0.1'}, {'Dns': ['127.0.0.1']}),
    ({'dns_search': 'example.com'}, {'DnsSearch': ['example.com']}),
    ({'restart_policy': 'on-failure:3'}, {'RestartPolicy': {'Name': 'on-failure', 'MaximumRetryCount': 3}}),
    ({'cap_drop': ['MKNOD'], 'cap_add': 'NET_ADMIN'}, {'CapDrop': ['MKNOD'], 'CapAdd': ['NET_ADMIN']}),
    ({'devices': '/dev/null:/dev/nothing:r'}, {'Devices': [
        {'PathOnHost': '/dev/null', 'PathInContainer': '/dev/nothing', 'CgroupPermissions': 'r'}]}),
    ({'extra_hosts': {'db': '10.0.0.1'}}, {'ExtraHosts': ['db:10.0.0.1']}),
    ({'read_only': True}, {'ReadonlyRootfs': True}), ({'pid_mode': 'host'}, {'PidMode': 'host'}),
    ({'network_mode': 'none'}, {'NetworkMode': 'none'}),
    ({'security_opt': 'no-new-privileges', 'pid_mode': 'host'}, {'PidMode': 'host'}),
    ({'ulimits': [{'name': 'nofile', 'soft': 1024, 'hard': 2048}]}, {
        'Ulimits': [{'Name': 'nofile', 'Soft': 1024, 'Hard': 2048}]}),
]


@pytest.mark.parametrize('given, wanted', STARTS, ids=[sorted(row[0])[0] for row in STARTS])
def test_a_start_with_later_keywords(client, create, given, wanted):
    container = create('sleep 100')
    try:
        client.start(container, **given)
    except docker.errors.ServerError as error:
        if 'rlimit' not in str(error):
            raise
        pytest.skip('this machine sets no limits in a container of Podman')
    if newest_of_engine(client) >= (1, 18):
        host_config = client.inspect_container(container)['HostConfig']
        assert {key: host_config[key] for key in wanted} == wanted
    client.kill(container)
    client.wait(container)
    client.start(container, **given)     # the same again is no conflict
    assert client.inspect_container(container)['State']['Running']


def test_a_start_with_volumes_from(client, run):
    first = run('sleep 100', volumes=['/data'])
    second = run('sleep 100', start={'volumes_from': first})
    assert '/data' in client.inspect_container(second)['Volumes']


def test_pause(client, run, name):
    require(client, 1, 12)
    container = run('sleep 100', name=name)
    client.pause(container)
    paused = client.containers(filters={'status': 'paused'})
    assert container['Id'] in [listed['Id'] for listed in paused]
    with pytest.raises(docker.APIError):
        client.pause(container)
    client.unpause(container)
    assert client.containers(filters={'status': 'paused', 'name': name}) == []


def test_filters(client, create, name):
    require(client, 1, 25)
    first = create('true', labels={'test': name, 'n': 1})['Id']
    second = create('true', labels={'test': name})['Id']

    def found(**kwargs):
        return [container['Id'] for container in client.containers(all=True, **kwargs)]
    assert sorted(found(filters={'label': 'test=' + name})) == sorted([first, second])
    assert found(filters={'label': {'test': name, 'n': 1}}) == [first]
    assert found(filters={'label': ['test=' + name], 'id': second}) == [second]
    assert found(since=first, filters={'label': {'test': name}}) == [second]
    with pytest.raises(docker.APIError):
        client.containers(filters={'nonsense': 'a'})


def test_rename(client, create, name):
    require(client, 1, 17)
    container = create('true', name=name)
    client.rename(name, name + '-new')
    assert client.inspect_container(name + '-new')['Id'] == container['Id']
    with pytest.raises(docker.errors.NotFound):
        client.inspect_container(name)


def test_update(client, run, inspect, name):
    require(client, 1, 23)
    run('sleep 100', name=name, mem_limit='64m', memswap_limit='128m')
    try:
        client.update_container(name, mem_limit='32m', memswap_limit='64m', cpu_shares=77,
                                restart_policy='on-failure:2')
    except docker.errors.NotSupported:
        assert engine_is_podman(client)
        return
    host_config = inspect(name)['HostConfig']
    assert (host_config['Memory'], host_config['MemorySwap']) == (32 << 20, 64 << 20)
    assert host_config['CpuShares'] == 77
    assert host_config['RestartPolicy'] == {'Name': 'on-failure', 'MaximumRetryCount': 2}


def test_size(client, run):
    require(client, 1, 21)
    container = run('sleep 100')
    assert client.inspect_container(container, size=True)['SizeRootFs'] > 0
    if not engine_is_podman(client):     # Podman always has it
        assert 'SizeRootFs' not in client.inspect_container(container)


def test_wait_ends_after_its_timeout(client, run):
    container = run('sleep 100')
    for condition in (None, 'next-exit') if newest_of_engine(client) >= (1, 30) else (None,):
        with pytest.raises(docker.errors.ReadTimedOut):
            client.wait(container, timeout=0.2, condition=condition)
    client.kill(container)
    assert client.wait(container, timeout=30) == 137


def test_wait_for_the_removal(client, run):
    require(client, 1, 30)
    container = run('sleep 100')
    codes = []

    def wait():
        try:
            codes.append(client.wait(container, condition='removed'))
        except docker.errors.NotFound:
            pass
    waiting = threading.Thread(target=wait)
    waiting.start()
    other = docker.Client(HOST)
    other.remove_container(container, force=True)
    waiting.join(30)
    other.close()
    assert not waiting.is_alive()
    # The removal may have come before the wait, whose container is then missing. Podman has no exit code.
    assert codes in ([], [137], [0] if engine_is_podman(client) else [])


def test_stop_with_the_timeout_of_the_container(client, run):
    require(client, 1, 25)
    container = run('sh -c "trap : TERM; while true; do sleep 0.1; done"', stop_timeout=1)
    client.stop(container, timeout=None)
    assert not client.inspect_container(container)['State']['Running']


def test_remove_with_force(client, run):
    container = run('sleep 100')
    with pytest.raises(docker.APIError):
        client.remove_container(container)
    client.remove_container(container, force=True)
    with pytest.raises(docker.errors.NotFound):
        client.inspect_container(container)
