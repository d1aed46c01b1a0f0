"""A host config is whole, or refused: each field that was given is the container's, or an error names it."""

import time

import pytest

import docker
from tests.engine.conftest import HOST, engine_is_podman

MIB = 1 << 20
RATE = [{'Path': '/dev/null', 'Rate': 1000}]
# A value of each field that is not its default. The rest are for Windows, or need devices or kernels
# that few machines have.
FIELDS = {
    'Annotations': {'a': 'b'}, 'AutoRemove': True, 'Binds': ['/tmp:/mnt:ro'], 'BlkioWeight': 300,
    'BlkioDeviceReadBps': RATE, 'BlkioDeviceReadIOps': RATE, 'BlkioDeviceWriteBps': RATE,
    'BlkioDeviceWriteIOps': RATE, 'CapAdd': ['NET_ADMIN'], 'CapDrop': ['MKNOD'], 'CgroupParent': '/test',
    'CgroupnsMode': 'private', 'ConsoleSize': [10, 20], 'CpuPeriod': 100000, 'CpuQuota': 50000,
    'CpuShares': 77, 'CpusetCpus': '0', 'CpusetMems': '0', 'DeviceCgroupRules': ['c 1:3 mr'],
    'DeviceRequests': [{'Driver': '', 'Count': 1, 'DeviceIDs': None, 'Capabilities': [['gpu']],
                        'Options': None}],
    'Devices': [{'PathOnHost': '/dev/null', 'PathInContainer': '/dev/nothing',
                 'CgroupPermissions': 'r'}],
    'Dns': ['127.0.0.1'], 'DnsOptions': ['ndots:2'], 'DnsSearch': ['example.com'],
    'ExtraHosts': ['db:127.0.0.1'], 'GroupAdd': ['7'], 'Init': True, 'IpcMode': 'shareable',
    'KernelMemoryTCP': 8 * MIB, 'LogConfig': {'Type': 'none', 'Config': {}}, 'LxcConf': [
        {'Key': 'lxc.utsname', 'Value': 'web'}], 'MaskedPaths': ['/proc/kcore'], 'Memory': 64 * MIB,
    'MemoryReservation': 32 * MIB, 'MemorySwappiness': 10,
    'Mounts': [{'Type': 'tmpfs', 'Target': '/mnt'}], 'NanoCpus': 500000000, 'NetworkMode': 'none',
    'OomKillDisable': True, 'OomScoreAdj': 5, 'PidMode': 'host', 'PidsLimit': 99,
    'PortBindings': {'80/tcp': [{'HostIp': '127.0.0.1', 'HostPort': '0'}]}, 'Privileged': True,
    'PublishAllPorts': True, 'ReadonlyPaths': ['/proc/bus'], 'ReadonlyRootfs': True,
    'RestartPolicy': {'Name': 'on-failure', 'MaximumRetryCount': 2}, 'SecurityOpt': ['no-new-privileges'],
    'ShmSize': 8 * MIB, 'Sysctls': {'net.ipv4.ip_forward': '1'}, 'Tmpfs': {'/mnt': ''}, 'UTSMode': 'host',
    'Ulimits': [{'Name': 'nofile', 'Soft': 10, 'Hard': 20}], 'UsernsMode': 'host'}
# What Podman honours and describes in other words, or elsewhere in inspect.
PODMAN_DESCRIBES_OTHERWISE = {
    'Binds', 'Devices', 'LogConfig', 'Mounts', 'PortBindings', 'PublishAllPorts', 'Sysctls', 'Tmpfs',
    'Ulimits', 'UsernsMode', 'BlkioWeight'}


@pytest.fixture
def inspect(client):
    """A function that returns the HostConfig of a container in the engine's newest format."""
    newest = docker.Client(HOST, version='auto')
    yield lambda container: newest.inspect_container(
        client.inspect_container(container)['Name'].lstrip('/'))['HostConfig']
    newest.close()


@pytest.mark.parametrize('field', sorted(FIELDS))
def test_a_field_is_honoured_or_refused(client, create, inspect, field):
    value = FIELDS[field]
    try:
        container = create('true', host_config={field: value})
    except docker.errors.NotSupported as error:
        assert field in str(error)
        return
    except docker.APIError as error:
        assert error.explanation    # the engine's own refusal, such as that of a kernel without the feature
        return
    if engine_is_podman(client) and field in PODMAN_DESCRIBES_OTHERWISE:
        return
    assert inspect(container).get(field) == value or container.get('Warnings')


@pytest.mark.parametrize('field', ['Init', 'PidsLimit', 'ShmSize', 'OomScoreAdj'])
def test_a_field_survives_a_start_with_binds(client, create, inspect, tmpdir, field):
    try:
        container = create('sleep 100', host_config={field: FIELDS[field]})
    except docker.APIError:
        pytest.skip('this engine does not support it')
    try:
        client.start(container, binds={str(tmpdir): '/mnt'})
    except docker.APIError as error:
        pytest.skip('this machine cannot start it: {0}'.format(error))
    host_config = inspect(container)
    assert host_config[field] == FIELDS[field]
    assert '/mnt' in host_config['Binds'][0]


def test_auto_remove_with_binds(client, create, tmpdir):
    try:
        container = create('sleep 100', host_config={'AutoRemove': True})
    except docker.errors.NotSupported:
        pytest.skip('this engine does not support it')
    client.start(container, binds={str(tmpdir): '/mnt'})
    since = int(time.time())
    client.kill(container)
    with client.events(since=since - 1, decode=True) as events:
        statuses = (event['status'] for event in events if event['id'] == container['Id'])
        assert 'die' in statuses
        assert any(status in ('destroy', 'remove') for status in statuses)
    with pytest.raises(docker.errors.NotFound):
        client.inspect_container(container)
