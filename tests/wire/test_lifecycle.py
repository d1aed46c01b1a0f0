# -*- coding: utf-8 -*-
"""The calls that came after v1.6 for containers, and the later arguments of the others: each request in the
version that it came in, what comes back, and what is refused."""

import json

import pytest
import requests
import six

import docker
from docker import errors
from tests.server import as_json, http
from tests.wire import negotiated, raised, request_parts
from tests.wire.test_containers import ALL, created

CREATE = '/containers/create'
ENDPOINT = {'Aliases': ['www'], 'IPAMConfig': {'IPv4Address': '10.5.0.2'}}


@pytest.fixture
def newest(server):
    """A Client of 1.6 with an engine that serves 1.5 to 1.55."""
    client = negotiated(docker.Client(server.url, timeout=10), server, '1.55')
    yield client
    client.close()


def listed(**filters):
    query = {'all': '0', 'limit': '-1', 'size': '0', 'filters': json.dumps(filters, sort_keys=True)}
    return query


def create(**kwargs):
    return lambda c: c.create_container('busybox', **kwargs)


def of_host_config(**fields):
    return created(HostConfig=fields)


def since_1_18(**settings):
    """The Config that `created` has, without the limits, which are in HostConfig since 1.18."""
    config = created(HostConfig={}, **settings)
    return {key: value for key, value in config.items() if key not in ('Memory', 'MemorySwap')}


REQUESTS = [
    (lambda c: c.pause('web'), '1.12', 'POST', '/containers/web/pause', {}, None),
    (lambda c: c.unpause({'Id': 'abc'}), '1.12', 'POST', '/containers/abc/unpause', {}, None),
    (lambda c: c.rename('web', u'caf\xe9'), '1.17', 'POST', '/containers/web/rename',
     {'name': six.ensure_str(u'caf\xe9')}, None),
    (lambda c: c.rename('web', '/old'), '1.17', 'POST', '/containers/web/rename', {'name': 'old'}, None),
    (lambda c: c.remove_container('web', force=True), '1.10', 'DELETE', '/containers/web',
     {'v': '0', 'link': '0', 'force': '1'}, None),
    (lambda c: c.inspect_container('web', size=True), '1.21', 'GET', '/containers/web/json',
     {'size': '1'}, None),
    (lambda c: c.inspect_container('web', size=False), '1.6', 'GET', '/containers/web/json', {}, None),
    (lambda c: c.containers(filters={}), '1.6', 'GET', '/containers/json', ALL, None),
    (lambda c: c.containers(filters={'exited': 1}), '1.10', 'GET', '/containers/json', dict(
        ALL, filters='{"exited": ["1"]}'), None),
    (lambda c: c.containers(filters={'label': {'tier': 'web'}}), '1.18', 'GET', '/containers/json', dict(
        ALL, filters='{"label": ["tier=web"]}'), None),
    (lambda c: c.containers(filters={'health': 'healthy'}), '1.25', 'GET', '/containers/json',
     listed(health=['healthy']), None),
    (lambda c: c.containers(since='a', before='b', filters={'publish': [80, '53/udp']}), '1.28', 'GET',
     '/containers/json', dict(listed(before=['b'], publish=['80', '53/udp'], since=['a']), all='1'), None),
    (lambda c: c.stop('web', timeout=None), '1.6', 'POST', '/containers/web/stop', {}, None),
    (lambda c: c.stop('web', 2, 'INT'), '1.42', 'POST', '/containers/web/stop',
     {'t': '2', 'signal': '2'}, None),
    (lambda c: c.restart('web', None, 9), '1.42', 'POST', '/containers/web/restart', {'signal': '9'}, None),
    (lambda c: c.wait('web', condition='not-running'), '1.6', 'POST', '/containers/web/wait', {}, None),
    (lambda c: c.wait('web', 5, 'next-exit'), '1.30', 'POST', '/containers/web/wait',
     {'condition': 'next-exit'}, None),
    (lambda c: c.wait('web', condition=u'removed'), '1.30', 'POST', '/containers/web/wait',
     {'condition': 'removed'}, None),
    (lambda c: c.update_container('web', 300, 100000, 50000, 512, '0-3', 0, '1k', '2k', -1), '1.22', 'POST',
     '/containers/web/update', {}, {
         'BlkioWeight': 300, 'CpuPeriod': 100000, 'CpuQuota': 50000, 'CpuShares': 512, 'CpusetCpus': '0-3',
         'CpusetMems': '0', 'Memory': 1024, 'MemoryReservation': 2048, 'MemorySwap': -1}),
    (lambda c: c.update_container('web', kernel_memory='1k'), '1.22', 'POST', '/containers/web/update', {},
     {'KernelMemory': 1024}),
    (lambda c: c.update_container('web', restart_policy='on-failure:2'), '1.23', 'POST',
     '/containers/web/update', {}, {'RestartPolicy': {'Name': 'on-failure', 'MaximumRetryCount': 2}}),
    (lambda c: c.update_container('web', cpu_rt_period=1000, cpu_rt_runtime=10), '1.25', 'POST',
     '/containers/web/update', {}, {'CpuRealtimePeriod': 1000, 'CpuRealtimeRuntime': 10}),
    (lambda c: c.update_container('web', nano_cpus=500), '1.29', 'POST', '/containers/web/update', {},
     {'NanoCpus': 500}),
    (lambda c: c.update_container('web', pids_limit=9), '1.40', 'POST', '/containers/web/update', {},
     {'PidsLimit': 9}),
    (lambda c: c.update_container('web', device_read_bps={'/dev/sda': '1k'}), '1.55', 'POST',
     '/containers/web/update', {}, {'BlkioDeviceReadBps': [{'Path': '/dev/sda', 'Rate': 1024}]}),

    (create(hostname='web', domainname='example.com', memswap_limit=-1, cpuset='0,1'), '1.6', 'POST', CREATE,
     {}, created(Hostname='web', Domainname='example.com', MemorySwap=-1, Cpuset='0,1')),
    (create(onbuild=['RUN true']), '1.9', 'POST', CREATE, {}, created(OnBuild=['RUN true'])),
    (create(mac_address='02:42:ac:11:00:02'), '1.16', 'POST', CREATE, {}, created(
        MacAddress='02:42:ac:11:00:02')),
    (create(labels=['tier=web']), '1.17', 'POST', CREATE, {}, created(Labels={'tier': 'web'})),
    (create(volume_driver='local'), '1.19', 'POST', CREATE, {}, since_1_18(VolumeDriver='local')),
    (create(stop_signal=2), '1.21', 'POST', CREATE, {}, since_1_18(StopSignal='2')),
    (create(networking_config={'EndpointsConfig': {'front': ENDPOINT}}), '1.22', 'POST', CREATE, {},
     since_1_18(NetworkingConfig={'EndpointsConfig': {'front': ENDPOINT}})),
    (create(healthcheck={'test': 'true', 'interval': 2}), '1.24', 'POST', CREATE, {}, since_1_18(
        Healthcheck={'Test': ['CMD-SHELL', 'true'], 'Interval': 2 * 10 ** 9})),
    (create(healthcheck={'start_period': 2}), '1.29', 'POST', CREATE, {}, since_1_18(
        Healthcheck={'StartPeriod': 2 * 10 ** 9})),
    (create(healthcheck={'start_interval': 2}), '1.44', 'POST', CREATE, {}, since_1_18(
        Healthcheck={'StartInterval': 2 * 10 ** 9})),
    (create(shell=['/bin/sh'], stop_timeout=2.5), '1.25', 'POST', CREATE, {}, since_1_18(
        Shell=['/bin/sh'], StopTimeout=3)),
    (create(platform='linux/arm64'), '1.41', 'POST', CREATE, {'platform': 'linux/arm64'}, since_1_18()),
    (create(host_config=docker.utils.create_host_config(mounts=[
        {'Type': 'image', 'Source': 'busybox', 'Target': '/mnt', 'ImageOptions': {'Subpath': 'bin'}}])),
     '1.48', 'POST', CREATE, {}, dict(since_1_18(), HostConfig={'Mounts': [
         {'Type': 'image', 'Source': 'busybox', 'Target': '/mnt', 'ImageOptions': {'Subpath': 'bin'}}]})),
    (create(networking_config={'EndpointsConfig': {'front': {'GwPriority': 1}}}), '1.48', 'POST', CREATE, {},
     since_1_18(NetworkingConfig={'EndpointsConfig': {'front': {'GwPriority': 1}}})),
    (create(host_config=docker.utils.create_host_config(masked_paths=[])), '1.38', 'POST', CREATE, {},
     dict(since_1_18(), HostConfig={'MaskedPaths': []})),
    (create(host_config=docker.utils.create_host_config(mem_limit='1k')), '1.18', 'POST', CREATE, {},
     dict(since_1_18(), HostConfig={'Memory': 1024})),
    (lambda c: c.create_container_from_config(c.create_container_config('busybox', 'true'), 'once'), '1.6',
     'POST', CREATE, {'name': 'once'}, created(Cmd=['true'])),
    (lambda c: c.create_container('busybox', host_config=c.create_host_config({'/a': '/b'})), '1.6', 'POST',
     CREATE, {}, of_host_config(Binds=['/a:/b'])),
    (lambda c: c.create_container('busybox', None, None, None, False, False, False, 0, None, None, None, None,
                                  None, False, 'web', None, None, None, 'example.com', 0, '1',
                                  {'Binds': ['/a:/b']}), '1.6', 'POST', CREATE, {'name': 'web'},
     dict(created(Domainname='example.com', Cpuset='1'), HostConfig={'Binds': ['/a:/b']})),
]
# Engines since 1.18 take a HostConfig in another way: see tests/transport/changes.
STARTS = [
    (lambda c: c.start('web', dns='10.0.0.1', dns_search='example.com', volumes_from=['db', 'data:ro']),
     '1.10', 'POST', '/containers/web/start', {}, {
         'Dns': ['10.0.0.1'], 'DnsSearch': ['example.com'], 'VolumesFrom': ['db', 'data:ro']}),
    (lambda c: c.start('web', network_mode='host'), '1.11', 'POST', '/containers/web/start', {}, {
        'NetworkMode': 'host'}),
    (lambda c: c.start('web', restart_policy='always', cap_add=['NET_ADMIN'], cap_drop=['MKNOD'],
                       devices=['/dev/null']), '1.14', 'POST', '/containers/web/start', {}, {
        'RestartPolicy': {'Name': 'always', 'MaximumRetryCount': 0}, 'CapAdd': ['NET_ADMIN'],
        'CapDrop': ['MKNOD'], 'Devices': [{'PathOnHost': '/dev/null', 'PathInContainer': '/dev/null',
                                           'CgroupPermissions': 'rwm'}]}),
    (lambda c: c.start('web', extra_hosts={'db': '10.0.0.2'}, security_opt='label:disable'), '1.15', 'POST',
     '/containers/web/start', {}, {'ExtraHosts': ['db:10.0.0.2'], 'SecurityOpt': ['label:disable']}),
    (lambda c: c.start('web', read_only=True, pid_mode='host', ipc_mode='host'), '1.17', 'POST',
     '/containers/web/start', {}, {'ReadonlyRootfs': True, 'PidMode': 'host', 'IpcMode': 'host'}),
]


@pytest.mark.parametrize('call, version, method, path, query, body', STARTS)
def test_a_start(client, server, call, version, method, path, query, body):
    server.respond(http(204))
    call(client)
    assert request_parts(server.request) == (method, '/v' + version + path, query, body)
    assert len(server.requests) == 1


@pytest.mark.parametrize('call, version, method, path, query, body', REQUESTS)
def test_the_request(newest, server, call, version, method, path, query, body):
    responses = [as_json([] if path == '/containers/json' else {'Id': 'x', 'StatusCode': 0})]
    server.respond(*responses)
    call(newest)
    assert request_parts(server.request) == (method, '/v' + version + path, query, body)
    assert len(server.requests) == 1


@pytest.mark.parametrize('call, version, method, path, query, body', REQUESTS + STARTS)
def test_the_request_to_an_engine_without_it(server, call, version, method, path, query, body):
    if version == '1.6':
        return
    client = negotiated(docker.Client(server.url, timeout=10), server, '1.9')
    if version in ('1.9', '1.18') or version == '1.10' and body:
        server.respond(as_json({'Id': 'x'}))    # what came in 1.10 and 1.18 is sent in Config before
    try:
        call(client)
    except errors.NotSupported as error:
        assert 'API version ' + version in str(error) or len(version) == 4
        assert 'supports up to 1.9' in str(error)
        assert not server.requests
    else:
        assert version in ('1.9', '1.18')
    client.close()


@pytest.mark.parametrize('newest_version, body', [
    ('1.6', {'Memory': 1024, 'MemorySwap': 2048, 'CpuShares': 5, 'Cpuset': '0', 'Dns': ['10.0.0.1'],
             'VolumesFrom': 'db,data:ro'}),
    ('1.9', {'Memory': 1024, 'MemorySwap': 2048, 'CpuShares': 5, 'Cpuset': '0', 'Dns': ['10.0.0.1'],
             'VolumesFrom': 'db,data:ro'}),
    ('1.17', {'Memory': 1024, 'MemorySwap': 2048, 'CpuShares': 5, 'Cpuset': '0', 'HostConfig': {
        'Dns': ['10.0.0.1'], 'VolumesFrom': ['db', 'data:ro']}}),
])
def test_fields_of_a_host_config_that_older_engines_have_in_config(server, newest_version, body):
    client = negotiated(docker.Client(server.url, timeout=10), server, newest_version)
    server.respond(as_json({'Id': 'x'}))
    client.create_container('busybox', host_config=client.create_host_config(
        mem_limit='1k', memswap_limit='2k', cpu_shares=5, cpuset_cpus=0, dns='10.0.0.1',
        volumes_from=['db', 'data:ro']))
    assert server.request.json == created(**body)
    client.close()


def test_the_results(newest, server):
    server.respond(as_json({'Warnings': ['no swap']}), http(204), http(204), as_json({'StatusCode': 137}))
    assert newest.update_container('web', cpu_shares=5) == {'Warnings': ['no swap']}
    assert newest.pause('web') is None
    assert newest.rename('web', 'old') is None
    assert newest.wait('web', condition='removed') == 137


def test_a_wait_that_fails_is_an_error(newest, server):
    server.respond(as_json({'StatusCode': 125, 'Error': {'Message': 'device is busy'}}),
                   as_json({'StatusCode': 3, 'Error': None}),
                   as_json({'StatusCode': 4, 'Error': {'Message': ''}}))
    with pytest.raises(errors.OperationFailed, match='device is busy'):
        newest.wait('web', condition='removed')
    assert newest.wait('web') == 3
    assert newest.wait('web') == 4


def test_a_wait_has_a_timeout(newest, server):
    # Engines since 1.30 send the head of the response at once.
    head = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n'
    for response in (lambda peer: peer.read_request() and peer.wait_closed(),
                     lambda peer: peer.read_request() and (peer.send(head), peer.wait_closed())):
        server.respond(response)
        with pytest.raises(errors.ReadTimedOut) as caught:
            newest.wait('web', timeout=0.05)
        assert isinstance(caught.value, requests.exceptions.ReadTimeout)


@pytest.mark.parametrize('call', [row[0] for row in REQUESTS])
def test_the_engine_goes_away(newest, server, call):
    server.respond(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n'
                   b'Connection: close\r\n\r\n{"Id": ')
    with pytest.raises(requests.exceptions.RequestException) as caught:
        call(newest)
    assert isinstance(caught.value, errors.DockerException)


def test_a_response_of_another_kind_is_an_error(newest, server):
    server.respond(as_json([]), as_json({'StatusCode': 'none'}), as_json({'StatusCode': 0, 'Error': 'x'}))
    with pytest.raises(errors.NotAnEngine, match='POST /containers/web/update'):
        newest.update_container('web', cpu_shares=5)
    for _ in range(2):
        with pytest.raises(errors.NotAnEngine, match='POST /containers/web/wait'):
            newest.wait('web')


@pytest.mark.parametrize('name, kind, call', [
    ('container', TypeError, lambda c: c.pause(5)), ('container', ValueError, lambda c: c.unpause('')),
    ('container', TypeError, lambda c: c.rename(None, 'a')), ('name', TypeError, lambda c: c.rename('a', 5)),
    ('name', ValueError, lambda c: c.rename('a', '')), ('name', ValueError, lambda c: c.rename('a', '..')),
    ('container', TypeError, lambda c: c.update_container(5)),
    ('mem_limit', ValueError, lambda c: c.update_container('a', mem_limit='1x')),
    ('restart_policy', ValueError, lambda c: c.update_container('a', restart_policy='never')),
    ('device_read_bps', TypeError, lambda c: c.update_container('a', device_read_bps=5)),
    ('filters', TypeError, lambda c: c.containers(filters='status=paused')),
    ('filters', TypeError, lambda c: c.containers(filters={'status': None})),
    ('timeout', TypeError, lambda c: c.wait('a', timeout='5')),
    ('timeout', ValueError, lambda c: c.wait('a', timeout=-1)),
    ('condition', ValueError, lambda c: c.wait('a', condition='running')),
    ('condition', TypeError, lambda c: c.wait('a', condition=['removed'])),
    ('signal', ValueError, lambda c: c.stop('a', signal='NOTHING')),
    ('signal', TypeError, lambda c: c.restart('a', signal=[])),
    ('restart_policy', ValueError, lambda c: c.start('a', restart_policy='never')),
    ('ulimits', TypeError, lambda c: c.start('a', ulimits=5)),
    ('domainname', TypeError, lambda c: c.create_container('a', domainname={'Binds': []})),
    ('platform', TypeError, lambda c: c.create_container('a', platform=5)),
    ('healthcheck', TypeError, lambda c: c.create_container('a', healthcheck='true')),
    ('image', TypeError, lambda c: c.create_container_config(5)),
    ('binds', TypeError, lambda c: c.create_host_config(5))])
def test_bad_arguments(newest, server, name, kind, call):
    assert str(raised(kind, lambda: call(newest))).startswith(name)
    assert not server.requests
