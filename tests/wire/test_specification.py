"""Each request of the client is valid by the specification of its version.

CALLS has each call of docker.Client with each of its arguments. Each runs with a small engine of each
version, whose responses are those of a recorded one, by a client that wants responses in the format of
1.6, and by one that wants those of the engine. All requests that the engine received are validated,
including those that a change of a version sends in addition.
"""

import base64
from collections import namedtuple
import datetime
import io
import json
import re

import pytest
import requests

import docker
from docker import types
from docker.network_config import create_ipam_config, create_ipam_pool
from docker.transport.changes import recreate
from docker.transport.negotiate import parse_version
from tests.server import HIJACKED, Request, as_json, chunked, frame, http
from tests.wire import body_of, recording
from tests.wire.specification import VERSIONS, Problem, Specification
from tests.wire.test_signature import HELPERS, arguments_of

WEB, NEW, IMAGE = 'a' * 64, 'b' * 64, 'sha256:' + '1' * 64
REGISTRY = 'registry.example.com:5000'
PRIVATE = REGISTRY + '/team/app'
CONFLICT = as_json({'message': 'conflict: unable to delete 111111111111 (must be forced) - image is '
                               'referenced in multiple repositories'}, 409)
FAILED = as_json({'message': 'disk full'}, 500)
# More than an engine reads of a log at once.
LONG_LOG = frame(1, b'line\n' * 20000)
# The recorded engine whose responses are used, by the version on the wire.
RECORDINGS = {'1.25': 'docker-20.10_v1.41', '1.41': 'docker-20.10_v1.41', '1.44': 'docker-29.7_v1.40',
              '1.51': 'docker-29.7_v1.40', '1.55': 'docker-29.7_v1.55'}
PODMAN = 'podman-4.3_v1.41'
SPECIFICATIONS = {}
# A cache of the Problems of a Case and a call.
FOUND = {}


def recorded(engine, exchange):
    """Return the JSON of a recorded response."""
    return json.loads(body_of(recording(engine, exchange)).decode('utf-8'))


def running_container():
    """Return a response to inspect."""
    container = recorded(PODMAN, 'inspect-created')
    container['State'].update(Running=True)
    return as_json(container)


def specification(version):
    if version not in SPECIFICATIONS:
        SPECIFICATIONS[version] = Specification(version)
    return SPECIFICATIONS[version]


class Lazy(namedtuple('Lazy', 'build')):
    """An argument that is built for each call, by a function of its Client and of a folder."""


def context(client, folder):
    (folder / 'Dockerfile').write_bytes(b'FROM busybox\n')
    return str(folder)


def archive(client, folder):
    (folder / 'root.tar').write_bytes(b'tar')
    return str(folder / 'root.tar')


CONTEXT, ARCHIVE = Lazy(context), Lazy(archive)
ARCHIVE_FILE = Lazy(lambda client, folder: io.BytesIO(b'tar'))
BINARY = Lazy(lambda client, folder: io.BytesIO(b'FROM busybox\n'))
TEXT = Lazy(lambda client, folder: io.StringIO(u'FROM busybox\n'))
INSPECTED = Lazy(lambda client, folder: client.inspect_container('web')['Config'])
OF_CONTAINERS = ('Memory', 'MemorySwap', 'CpuShares', 'Dns', 'VolumesFrom')
# The part of it that an image can have.
INSPECTED_FOR_AN_IMAGE = Lazy(lambda client, folder: {
    key: None if key in OF_CONTAINERS else value for key, value in INSPECTED.build(client, folder).items()})
# All settings of a HostConfig, by `start` and by create_host_config.
BINDS = {'/srv': '/www', '/etc': {'bind': '/conf', 'ro': True}, 'data': ['/data', '/more:ro']}
PORTS = {80: None, '81': 8081, '53/udp': ('127.0.0.1',), (54, 'udp'): ('127.0.0.1', 5400),
         443: [{'HostIp': '::1', 'HostPort': 1443}, '2443', '8000-8010']}
HOST = {'binds': BINDS, 'port_bindings': PORTS, 'publish_all_ports': True, 'privileged': True}
LINKS = {'db': 'database'}
CREDENTIALS = {'username': u'caf\xe9', 'password': u's\xe9cret', 'email': 'me@example.com',
               'serveraddress': REGISTRY}
TOKEN = {'identitytoken': 'a token', 'serveraddress': 'docker.io'}
PLUGIN = REGISTRY + '/team/sshfs:v1'
PRIVILEGES = [{'Name': 'network', 'Description': 'the network of the host', 'Value': ['host']}]
# A complete Config of 1.6.
CONFIG = {
    'Image': 'busybox', 'Hostname': 'web', 'Domainname': 'example.com', 'User': '1000', 'Memory': 67108864,
    'MemorySwap': -1, 'CpuShares': 512, 'Cpuset': '0,1', 'Privileged': True, 'AttachStdin': False,
    'AttachStdout': True, 'AttachStderr': True, 'ExposedPorts': {'80/tcp': {}}, 'Tty': False,
    'OpenStdin': False, 'StdinOnce': False, 'Env': ['A=b'], 'Cmd': ['true'], 'Dns': ['10.0.0.1'],
    'Volumes': {'/data': {}}, 'VolumesFrom': 'db,data', 'WorkingDir': '/', 'Entrypoint': ['/bin/sh'],
    'NetworkDisabled': False}
# The part of it that an image can have.
CONFIG_FOR_AN_IMAGE = {key: CONFIG[key] for key in (
    'Hostname', 'User', 'ExposedPorts', 'Env', 'Cmd', 'Volumes', 'WorkingDir', 'Entrypoint')}


# All settings of a service, by the version in which they came.
CONTAINER = types.ContainerSpec(
    'busybox', 'sh -c', ['true'], {'A': 'b'}, '/srv', 1000, {'a': 'b'}, [
        types.Mount('/data', 'data', no_copy=True, labels={'a': 'b'}, driver_config='local'),
        types.Mount('/srv', '/srv', 'bind', True, 'rslave'), 'data:/more:ro',
        types.Mount('/run', type='tmpfs', tmpfs_size='64m', tmpfs_mode=0o1777)], '10s',
    secrets=[types.SecretReference('id', 'password')], tty=True, groups=['daemon', 5], open_stdin=True,
    healthcheck={'Test': ['CMD', 'true'], 'Interval': '10s', 'Timeout': '1s', 'Retries': 3},
    hosts={'db': '10.0.0.5'}, dns_config=types.DNSConfig(['10.0.0.2'], ['example.com'], ['ndots:1']),
    hostname='{{.Task.Slot}}')
SERVICE = {
    'task_template': types.TaskTemplate(
        CONTAINER, types.Resources(0.5, '64m', '0.1', '32m'), types.RestartPolicy('any', '5s', 3, '1m'),
        ['node.role == manager'], types.DriverConfig('json-file', {'max-size': '10m'}),
        ['backend', types.NetworkAttachmentConfig('other', ['web'])], 1),
    'name': 'web', 'labels': {'a': 'b'}, 'mode': types.ServiceMode('replicated', 3),
    'update_config': types.UpdateConfig(1, '10s', 'pause', '5s', 0.25), 'networks': ['backend'],
    'auth_config': CREDENTIALS}
PUBLISHED = types.EndpointSpec('vip', {8080: (80, 'tcp', 'host'), '5353': '53/udp', 0: 81})
IN_1_41 = types.TaskTemplate(types.ContainerSpec(
    'busybox', healthcheck={'StartPeriod': '1s'}, configs=[types.ConfigReference('id', 'motd', '/etc/motd')],
    privileges=types.Privileges(selinux_disable=True, credentialspec_config='id'), isolation='default',
    init=True, cap_add=['NET_ADMIN'], cap_drop=['ALL'], sysctls={'net.core.somaxconn': 1024}, read_only=True,
    stop_signal='SIGINT', ulimits=[{'Name': 'nofile', 'Soft': 10, 'Hard': 20}],
    mounts=[types.Mount('/a', '/b', 'bind', non_recursive=True, consistency='cached')]),
    types.Resources(generic_resources={'gpu': 2, 'fpga': 'uuid'}, pids_limit=100),
    placement=types.Placement(['a == b'], [('spread', 'node.labels.rack')], [('x86_64', 'linux')], 2),
    networks=[types.NetworkAttachmentConfig('backend', options={'a': 'b'})])
IN_1_44 = types.TaskTemplate(types.ContainerSpec(
    'busybox', healthcheck={'StartInterval': '1s'}, privileges=types.Privileges(
        no_new_privileges=True, seccomp={'Mode': 'unconfined'}, apparmor={'Mode': 'disabled'}),
    mounts=[types.Mount('/a', '/b', 'bind', create_mountpoint=True)]))
IN_1_51 = types.TaskTemplate(types.ContainerSpec('busybox', oom_score_adj=100, mounts=[
    types.Mount('/a', 'data', subpath='b'), types.Mount('/c', 'busybox', 'image', subpath='bin')]))
IN_1_55 = types.TaskTemplate(types.ContainerSpec('busybox'), types.Resources(
    swap_bytes='1g', memory_swappiness=50))
SWARM = types.SwarmSpec(5, 10000, 1, 500, 1, 3, '5s', '2160h', types.SwarmExternalCA(
    'https://ca.example.com', 'cfssl', {'a': 'b'}), 'default', labels={'a': 'b'}, autolock_managers=True,
    log_driver='json-file')
OWN_CA = types.SwarmSpec(signing_ca_cert='PEM', signing_ca_key='PEM', ca_force_rotate=1, external_ca=[
    types.SwarmExternalCA('https://ca.example.com', ca_cert='PEM')])

# The name of a call and its arguments; then responses that replace those of the engine (see
# Engine.responses), or the class of the error that the call raises, or the version that it came in: before
# that, it is NotSupported.
# Engine.responses), the class of the error that the call raises, or the version before which that is
# NotSupported.
IMPORTED = {'repository': PRIVATE, 'tag': 'v1', 'changes': ['ENV A=b,c', 'CMD ["x", "y"]']}

EXEC_RUN = {'container': 'web', 'cmd': ['true'], 'stdout': True, 'stderr': False, 'tty': True,
            'privileged': True, 'user': 'me', 'environment': {'A': 'b'}, 'workdir': '/srv', 'demux': True,
            'input': None}

CALLS = [
    ('api_version', {}),
    ('configs', {}, '1.30'),
    ('configs', {'filters': {'label': 'a=b', 'name': ['motd']}}, '1.30'),
    ('create_config', {'name': 'motd', 'data': 'hello'}, '1.30'),
    ('create_config', {'name': 'motd', 'data': b'{{.Node}}', 'labels': {'a': 'b'}, 'templating': 'golang'},
     '1.37'),
    ('create_secret', {'name': 'password', 'data': b'\0\xff', 'labels': {'a': 'b'}}),
    ('create_secret', {'name': 'password', 'driver': 'vault'}, '1.31'),
    ('create_secret', {'name': 'password', 'data': b'x', 'templating': types.DriverConfig('golang',
                                                                                          {'a': 'b'})},
     '1.37'),
    ('create_service', SERVICE),
    ('create_service', {'task_template': IN_1_41, 'rollback_config': types.RollbackConfig(1,
                                                                                          order='stop-first'),
                        'update_config': types.UpdateConfig(1, failure_action='rollback',
                                                            order='start-first'),
                        'mode': types.ServiceMode('replicated-job', 6, 2)}, '1.41'),
    ('create_service', {'task_template': IN_1_44, 'mode': 'global-job'}, '1.44'),
    ('create_service', {'task_template': IN_1_51}, '1.51'),
    ('create_service', {'task_template': IN_1_55}, '1.55'),
    ('create_service', {'task_template': types.TaskTemplate(types.ContainerSpec(PRIVATE)), 'mode': 'global',
                        'endpoint_config': PUBLISHED}),
    ('create_service', {'task_template': types.TaskTemplate(types.ContainerSpec('busybox')),
                        'endpoint_spec': types.EndpointSpec('dnsrr')}),
    ('create_swarm_spec', {}),
    ('get_unlock_key', {}),
    ('init_swarm', {}),
    ('init_swarm', {'advertise_addr': '10.0.0.1', 'listen_addr': '10.0.0.1:2377', 'force_new_cluster': True,
                    'swarm_spec': SWARM, 'availability': 'drain'}),
    ('init_swarm', {'swarm_spec': OWN_CA, 'default_addr_pool': ['10.1.0.0/16'], 'subnet_size': 24,
                    'data_path_addr': 'eth1', 'data_path_port': 4789}, '1.40'),
    ('inspect_config', {'config': 'motd'}, '1.30'),
    ('inspect_node', {'node_id': {'ID': 'id'}}),
    ('inspect_secret', {'secret': u'caf\xe9'}),
    ('inspect_service', {'service': 'web'}),
    ('inspect_service', {'service': 'web', 'insert_defaults': True}, '1.29'),
    ('inspect_swarm', {}),
    ('inspect_task', {'task': 'id'}),
    ('join_swarm', {'remote_addrs': ['10.0.0.1:2377'], 'join_token': 'token'}),
    ('join_swarm', {'remote_addrs': ['10.0.0.1:2377'], 'join_token': 'token', 'listen_addr': '10.0.0.2:2377',
                    'advertise_addr': '10.0.0.2', 'data_path_addr': 'eth1', 'availability': 'pause'},
     '1.31'),
    ('leave_swarm', {}),
    ('leave_swarm', {'force': True}),
    ('nodes', {}),
    ('nodes', {'filters': {'role': 'manager', 'name': ['a', 'b']}}),
    ('remove_config', {'config': 'motd'}, '1.30'),
    ('remove_node', {'node_id': 'id', 'force': True}),
    ('remove_secret', {'secret': {'ID': 'id'}}),
    ('remove_service', {'service': 'web'}),
    ('secrets', {}),
    ('services', {}),
    ('services', {'filters': {'name': 'web', 'label': {'a': 'b'}}}),
    ('services', {'status': True}, '1.41'),
    ('service_logs', {'service': 'web'}),
    ('service_logs', {'service': 'web', 'stdout': False, 'stderr': True, 'stream': True, 'timestamps': True,
                      'tail': 5, 'since': 1384000000, 'follow': False, 'details': True, 'is_tty': False}),
    ('task_logs', {'task': 'id'}, '1.30'),
    ('task_logs', {'task': 'id', 'stdout': True, 'stderr': False, 'stream': True, 'timestamps': True,
                   'tail': 5, 'since': 1384000000, 'follow': True, 'details': True, 'is_tty': False},
     '1.30'),
    ('tasks', {}),
    ('tasks', {'filters': {'service': 'web', 'desired-state': ['running', 'shutdown']}}),
    ('unlock_swarm', {'key': 'key'}),
    ('update_config', {'config': 'motd', 'version': 7, 'labels': {'a': 'b'}}, '1.30'),
    ('update_node', {'node_id': 'id', 'version': 7, 'node_spec': {
        'Role': 'worker', 'Availability': 'drain', 'Labels': {'a': 'b'}}}),
    ('update_secret', {'secret': 'password', 'version': {'Index': 7}, 'labels': {'a': 'b'}}, '1.26'),
    ('update_service', dict(SERVICE, service='web', version=7, registry_auth_from='spec')),
    ('update_service', {'service': 'web', 'version': 7, 'endpoint_config': PUBLISHED}),
    ('update_service', {'service': 'web', 'endpoint_spec': PUBLISHED, 'fetch_current_spec': True}),
    ('update_service', {'service': 'web', 'version': 7, 'rollback': 'previous',
                        'rollback_config': types.RollbackConfig(1)}, '1.28'),
    ('update_swarm', {'version': 7, 'swarm_spec': SWARM, 'rotate_worker_token': True,
                      'rotate_manager_token': True, 'rotate_manager_unlock_key': True}),
    ('update_swarm', {'version': 7}),
    ('secrets', {'filters': {'names': 'password'}}),
    ('attach', {'container': 'web'}),
    ('attach', {'container': 'web', 'stdout': False, 'stderr': False}),
    ('attach', {'container': 'web', 'stream': True}),
    ('attach', {'container': 'web', 'stream': True, 'logs': True}),
    ('attach', {'container': 'web', 'demux': True}),
    ('copy_from_container', {'container': 'web', 'path': '/srv', 'target': '.'}, docker.errors.StreamBroken),
    ('copy_to_container', {'container': 'web', 'source': __file__, 'path': u'/srv/caf\xe9'}, '1.20'),
    ('run', {'image': 'busybox', 'command': 'true', 'stdout': True, 'stderr': True, 'demux': True,
             'remove': True, 'timeout': 100, 'input': b'x'}),
    ('attach_socket', {'container': 'web'}),
    ('attach_socket', {'container': 'web', 'params': {
        'stdin': 1, 'stdout': 1, 'stderr': 0, 'stream': 1, 'logs': 1, 'detachKeys': 'ctrl-p'}, 'ws': False}),
    ('build', {'path': CONTEXT}),
    ('build', {'path': CONTEXT, 'tag': PRIVATE + ':v1', 'quiet': True, 'nocache': True, 'rm': True,
               'stream': True, 'timeout': 5}),
    ('build', {'path': 'https://example.com/root.tar.gz', 'tag': 'web'}),
    ('build', {'path': 'git://example.com/web.git#main:docker'}),
    ('build', {'fileobj': BINARY}),
    ('build', {'fileobj': TEXT, 'tag': 'web'}),
    ('build', {'fileobj': TEXT, 'auth_config': {REGISTRY: CREDENTIALS, 'docker.io': TOKEN}}),
    ('build', {'fileobj': ARCHIVE_FILE, 'custom_context': True, 'encoding': 'gzip', 'forcerm': True,
               'dockerfile': 'docker/Dockerfile', 'pull': True, 'decode': True}),
    ('build', {'path': CONTEXT, 'gzip': True, 'container_limits': {
        'memory': '512m', 'memswap': -1, 'cpushares': 512, 'cpusetcpus': '0-3', 'cpuperiod': 100000,
        'cpuquota': '50000'}, 'shmsize': '64m', 'labels': {'tier': 'web'}, 'network_mode': 'host',
        'cache_from': ['busybox', PRIVATE], 'squash': True}),
    ('build', {'fileobj': BINARY, 'buildargs': {'VERSION': 1, 'NAME': u'caf\xe9 & more'}}),
    ('build', {'fileobj': BINARY, 'extra_hosts': {'db': '10.0.0.1'}, 'target': 'final'}, '1.29'),
    ('build', {'fileobj': BINARY, 'platform': 'linux/arm64'}, '1.32'),
    ('build', {'path': 'https://example.com/root.tar.gz', 'dockerfile': 'web/Dockerfile',
               'outputs': [{'Type': 'moby', 'Attrs': {}}]}, '1.40'),
    ('build', {'fileobj': BINARY, 'isolation': 'default', 'ulimits': [{'name': 'nofile', 'soft': 1}],
               'cgroup_parent': '/web'}),
    # Its requests with BuildKit are in tests/wire/test_buildkit.py.
    ('build', {'fileobj': BINARY, 'buildkit': False, 'secrets': {}, 'ssh': None}),
    ('cancel_build', {'build_id': 'a b'}, '1.40'),
    ('commit', {'container': 'web'}),
    ('commit', {'container': 'web', 'changes': ['EXPOSE 80', u'ENV A=caf\xe9'], 'pause': False}),
    ('commit', {'container': {'Id': WEB}, 'repository': PRIVATE, 'tag': 'v1', 'message': u'caf\xe9 & more',
                'author': 'Me <me@example.com>', 'conf': CONFIG_FOR_AN_IMAGE}),
    ('commit', {'container': 'web', 'conf': INSPECTED_FOR_AN_IMAGE}),
    ('commit', {'container': 'web', 'conf': {'Cmd': ['true'], 'Env': ['A=b c'], 'WorkingDir': '/'}}),
    ('commit', {'container': 'web', 'conf': {'Memory': 67108864}}, docker.errors.NotSupported),
    ('connect_container_to_network', {'container': 'web', 'net_id': 'front'}),
    ('connect_container_to_network', {
        'container': {'Id': WEB}, 'net_id': {'Id': NEW}, 'ipv4_address': '10.5.0.2',
        'ipv6_address': 'fd00::2', 'aliases': ['www']}),
    ('connect_container_to_network', {
        'container': 'web', 'net_id': 'front', 'links': LINKS, 'link_local_ips': ['169.254.8.8']}),
    ('connect_container_to_network', {
        'container': 'web', 'net_id': 'front', 'links': [('db', 'd')], 'driver_opts': {'a': 'b'}}, '1.32'),
    ('connect_container_to_network', {
        'container': 'web', 'net_id': 'front', 'mac_address': '02:42:ac:11:00:02'}, '1.44'),
    ('connect_container_to_network', {'container': 'web', 'net_id': 'front', 'gw_priority': 1}, '1.48'),
    ('containers', {}),
    ('containers', {'quiet': True, 'all': True, 'trunc': False, 'limit': 3, 'size': True}),
    ('containers', {'latest': True}),
    ('containers', {'limit': None}),
    ('containers', {'filters': {
        'status': ['running', 'paused'], 'exited': [0, 1], 'label': {'tier': 'web'}, 'is-task': False}}),
    ('containers', {'filters': {'publish': 80, 'expose': '53/udp'}}, '1.28'),
    ('containers', {'since': WEB, 'filters': {'name': 'web'}}),
    ('containers', {'since': WEB, 'before': {'Id': NEW}}),
    ('copy', {'container': 'web', 'resource': u'/srv/caf\xe9 & more'}),
    ('create_container', {'image': 'busybox'}),
    ('create_container', {
        'image': PRIVATE + ':v1', 'command': 'sh -c "echo hi"', 'hostname': 'www.example.com', 'user': 1000,
        'detach': True, 'stdin_open': True, 'tty': True, 'mem_limit': '512m',
        'ports': [80, '81', '53/udp', (54, 'udp')], 'environment': {'A': 'b', 'N': 1, 'ALONE': None},
        'dns': ['10.0.0.1', '::1'], 'volumes': ['/data', '/more'], 'volumes_from': ['db', {'Id': WEB}],
        'network_disabled': True, 'name': 'web', 'entrypoint': ['/bin/sh', '-c'], 'cpu_shares': 512,
        'working_dir': '/srv', 'host_config': docker.utils.create_host_config(**HOST)}),
    ('create_container', {
        'image': IMAGE, 'command': ['true'], 'stdin_open': True, 'mem_limit': 67108864,
        'ports': {'80/tcp': {}}, 'environment': ['A=b', 'ALONE'], 'dns': '10.0.0.1',
        'volumes': {'/data': {}}, 'volumes_from': 'db,data', 'entrypoint': '/bin/sh',
        'cpu_shares': '0', 'host_config': {}}),
    ('create_container', {'image': 'busybox', 'host_config': docker.utils.create_host_config(links=LINKS)}),
    ('create_container', {'image': 'busybox', 'host_config': docker.utils.create_host_config(
        lxc_conf={'lxc.utsname': 'web'})}, docker.errors.NotSupported),
    ('create_container', {
        'image': 'busybox', 'hostname': 'web', 'domainname': 'example.com', 'memswap_limit': -1,
        'cpuset': '0,1', 'mac_address': '02:42:ac:11:00:02', 'labels': {'tier': 'web', 'n': 1, 'alone': None},
        'volume_driver': 'local', 'stop_signal': 'SIGINT', 'stop_timeout': 1.5, 'networking_config': {
            'EndpointsConfig': {'front': {'Aliases': ['www'], 'IPAMConfig': {'IPv4Address': '10.5.0.2'}}}},
        'healthcheck': {'test': 'true', 'interval': 30, 'timeout': '5s', 'retries': 3}}),
    ('create_container', {'image': 'busybox', 'shell': ['/bin/sh', '-c'], 'onbuild': ['RUN true']}),
    ('create_container', {'image': 'busybox', 'healthcheck': {'start_period': '1m'}}, '1.29'),
    ('create_container', {'image': 'busybox', 'healthcheck': {'start_interval': 0.5}}, '1.44'),
    ('create_container', {'image': 'busybox', 'platform': 'linux/amd64'}, '1.41'),
    ('create_container', {'image': 'busybox', 'networking_config': {'EndpointsConfig': {
        'front': None, 'back': {'Links': ['db:database']}}}}),
    ('create_container', {'image': 'busybox', 'mac_address': '02:42:ac:11:00:02', 'networking_config': {
        'EndpointsConfig': {'front': {'Aliases': ['www']}}},
        'host_config': docker.utils.create_host_config(network_mode='front')}),
    ('create_container_from_config', {'config': CONFIG}),
    ('create_container_from_config', {'config': {'Image': 'busybox'}, 'name': 'web'}),
    ('create_container_from_config', {'config': INSPECTED}),
    ('df', {}),
    ('df', {'type': ['image', 'volume']}, '1.42'),
    ('df', {'type': 'build-cache', 'verbose': False}, '1.52'),
    ('create_network', {'name': 'front'}),
    ('create_network', {'name': 'front', 'check_duplicate': True}),
    ('create_network', {
        'name': 'front', 'driver': 'bridge', 'options': {'a': 'b', 'n': 1}, 'check_duplicate': False,
        'internal': True, 'labels': {'tier': 'web'}, 'enable_ipv6': True, 'attachable': True,
        'ipam': create_ipam_config(pool_configs=[
            create_ipam_pool('10.5.0.0/16', '10.5.1.0/24', '10.5.0.1')])}),
    ('create_network', {
        'name': 'front', 'driver': 'overlay', 'ingress': True, 'scope': 'swarm', 'config_only': True,
        'config_from': 'settings'}, '1.30'),
    ('create_network', {'name': 'front', 'enable_ipv4': False}, '1.48'),
    ('create_volume', {}),
    ('create_volume', {'name': 'data', 'driver': 'local', 'driver_opts': {'type': 'tmpfs', 'n': 1},
                       'labels': {'tier': 'db'}}),
    ('create_volume', {'name': 'data', 'driver': 'csi', 'cluster_volume_spec': {
        'Group': 'a', 'AccessMode': {'Scope': 'single', 'Sharing': 'none'}}}, '1.42'),
    ('diff', {'container': 'web'}),
    ('disconnect_container_from_network', {'container': 'web', 'net_id': 'front'}),
    ('disconnect_container_from_network', {'container': {'Id': WEB}, 'net_id': {'Id': NEW}, 'force': True}),
    ('events', {}),
    ('events', {'since': 1384000000.5, 'decode': True}),
    ('events', {'since': 1384000000, 'until': datetime.datetime(2016, 2, 4), 'filters': {
        'type': ['container', 'image'], 'label': u'caf\xe9 & more'}}),
    ('exec_create', {'container': 'web', 'cmd': 'true'}),
    ('exec_create', {'container': {'Id': WEB}, 'cmd': ['sh', '-c', u'caf\xe9'], 'stdout': False,
                     'stderr': False, 'stdin': True, 'tty': True, 'privileged': True, 'user': 1000,
                     'environment': {'A': 'b', 'N': 1, 'ALONE': None}, 'detach_keys': 'ctrl-p,ctrl-q'}),
    ('exec_create', {'container': 'web', 'cmd': 'true', 'workdir': '/srv'}, '1.35'),
    ('exec_inspect', {'exec_id': NEW}),
    ('exec_resize', {'exec_id': {'Id': NEW}, 'height': 24, 'width': 80}),
    ('exec_start', {'exec_id': {'Id': NEW}}),
    ('exec_start', {'exec_id': NEW, 'detach': True}),
    ('exec_start', {'exec_id': NEW, 'tty': True, 'stream': True, 'demux': True}),
    ('exec_start', {'exec_id': NEW, 'socket': True}),
    ('execute', {'container': 'web', 'cmd': 'true'}),
    ('execute', {'container': 'web', 'cmd': ['true'], 'detach': False, 'stdout': True, 'stderr': False,
                 'stream': True, 'tty': True}),
    ('exec_run', EXEC_RUN, '1.35'),
    ('exec', dict(EXEC_RUN, tty=False, input=b'x'), '1.35'),
    ('export', {'container': 'web'}),
    ('export', {'container': 'web', 'chunk_size': 2}),
    ('get_archive', {'container': 'web', 'path': u'/srv/caf\xe9 & more', 'chunk_size': 2}),
    ('get_image', {'image': PRIVATE + ':v1', 'chunk_size': 2}),
    ('get_image', {'image': IMAGE, 'platform': 'linux/arm64/v8'}, '1.48'),
    ('get_image', {'image': IMAGE, 'platform': ['linux/arm64', {'os': 'linux', 'architecture': 'amd64'}]},
     '1.52'),
    ('history', {'image': PRIVATE + ':v1'}),
    ('history', {'image': 'busybox', 'platform': 'linux/arm64'}, '1.48'),
    ('image_attestations', {'image': 'busybox'}, '1.55'),
    ('image_attestations', {'image': 'busybox', 'platform': 'linux/amd64', 'statement': True,
                            'type': ['https://slsa.dev/provenance/v1']}, '1.55'),
    ('images', {}),
    ('images', {'name': PRIVATE, 'filters': {'dangling': False, 'label': ['tier=web', 'owner']},
                'digests': True}),
    ('images', {'shared_size': True}, '1.42'),
    ('images', {'manifests': True}, '1.47'),
    ('images', {'identity': True}, '1.54'),
    ('images', {'quiet': True, 'all': True}),
    ('images', {'name': PRIVATE}),
    ('images', {'viz': True}),
    ('import_image', {'src': 'https://example.com/root.tar', 'repository': 'mine', 'tag': 'v1'}),
    ('import_image', {'src': 'https://example.com/root.tar'}),
    ('import_image', {'src': ARCHIVE, 'repository': 'mine:v1'}),
    ('import_image', {'src': 'a label', 'data': BINARY, 'stream_src': True}),
    ('import_image', {'src': ARCHIVE, 'changes': ['ENV A=b,c', 'CMD ["x", "y"]'], 'message': u'caf\xe9'}),
    ('import_image', {'src': ARCHIVE, 'platform': 'linux/arm64'}, '1.32'),
    ('import_image', {'image': 'busybox', 'changes': 'ENV A=b'}),
    ('import_image_from_data', dict(IMPORTED, data=b'tar')),
    ('import_image_from_file', dict(IMPORTED, filename=ARCHIVE)),
    ('import_image_from_image', dict(IMPORTED, image=PRIVATE)),
    ('import_image_from_stream', dict(IMPORTED, stream=BINARY)),
    ('import_image_from_url', dict(IMPORTED, url='https://example.com/root.tar')),
    ('import_image', {'src': 'a label', 'data': b'tar', 'repository': 'mine', 'tag': 'v1'}),
    ('info', {}),
    ('insert', {'image': PRIVATE + ':v1', 'url': 'https://example.com/motd', 'path': '/etc/motd'}),
    ('inspect_container', {'container': {'Id': WEB}}),
    ('inspect_container', {'container': u'caf\xe9'}),
    ('inspect_distribution', {'image': 'busybox'}, '1.30'),
    ('inspect_distribution', {'image': PRIVATE + ':v1', 'auth_config': CREDENTIALS}, '1.30'),
    ('inspect_container', {'container': 'web', 'size': True}),
    ('inspect_image', {'image_id': PRIVATE + '@' + IMAGE}),
    ('inspect_image', {'image': PRIVATE, 'manifests': True}, '1.48'),
    ('inspect_image', {'image_id': PRIVATE, 'platform': 'linux/arm64'}, '1.49'),
    ('inspect_network', {'net_id': 'front'}),
    ('inspect_network', {'net_id': {'Id': NEW}, 'verbose': True, 'scope': 'local'}, '1.31'),
    ('inspect_volume', {'name': 'data'}),
    ('kill', {'container': 'web'}),
    ('kill', {'container': 'web', 'signal': 9}),
    ('kill', {'container': 'web', 'signal': 'SIGRTMIN+3'}),
    ('load_image', {'data': ARCHIVE}),
    ('load_image', {'data': BINARY, 'quiet': False, 'stream': True}),
    ('load_image', {'data': BINARY, 'platform': 'linux/arm64'}, '1.48'),
    ('load_image', {'data': BINARY, 'platform': ['linux/arm64', 'linux/amd64']}, '1.52'),
    ('login', {'username': 'me', 'password': 'secret'}),
    ('login', {'username': 'me', 'password': 'secret', 'registry': REGISTRY, 'reauth': True}),
    ('login', {'username': 'me', 'password': 'secret', 'email': 'me@example.com', 'registry': REGISTRY,
               'reauth': True}),
    ('login', {'username': 'me', 'password': 'secret', 'insecure_registry': True, 'dockercfg_path': 'no'}),
    ('logs', {'container': 'web'}),
    ('logs', {'container': 'web', 'stdout': False, 'stderr': False}),
    ('logs', {'container': 'web', 'stream': True}),
    ('logs', {'container': 'web', 'stream': True}, {'GET json': running_container()}),
    ('logs', {'container': 'web', 'stream': True}, {
        'GET json': running_container(), 'GET logs': chunked([LONG_LOG])}),
    ('ping', {}),
    ('ping', {'head': True}, '1.40'),
    ('networks', {}),
    ('networks', {'names': ['front'], 'ids': NEW, 'filters': {'label': {'tier': 'web'}, 'driver': 'bridge'}}),
    ('logs', {'container': 'web', 'timestamps': True, 'tail': 10, 'since': 1384000000, 'follow': True,
              'details': True}),
    ('logs', {'container': 'web', 'stream': True, 'tail': 10}, {
        'GET json': running_container(), 'GET logs': chunked([LONG_LOG])}),
    ('logs', {'container': 'web', 'until': 1384000000}, '1.35'),
    ('logs', {'container': 'web', 'demux': True}),
    ('pause', {'container': 'web'}),
    ('configure_plugin', {'name': 'sshfs', 'options': {'DEBUG': '1', 'N': 1}}),
    ('create_plugin', {'name': PLUGIN, 'plugin_data_dir': BINARY}),
    ('disable_plugin', {'name': PLUGIN}),
    ('disable_plugin', {'name': {'Id': NEW}, 'force': True}, '1.26'),
    ('enable_plugin', {'name': PLUGIN, 'timeout': 10}),
    ('inspect_plugin', {'name': PLUGIN}),
    ('plugin_privileges', {'name': 'vieux/sshfs'}, '1.26'),
    ('plugin_privileges', {'name': PLUGIN, 'auth_config': CREDENTIALS}, '1.26'),
    ('plugins', {}),
    ('plugins', {'filters': {'capability': ['volumedriver']}}, '1.28'),
    ('pull_plugin', {'remote': PLUGIN, 'privileges': PRIVILEGES, 'name': 'sshfs'}),
    ('pull_plugin', {'remote': 'vieux/sshfs', 'privileges': [], 'stream': True, 'decode': True,
                     'auth_config': CREDENTIALS}),
    ('push_plugin', {'name': 'vieux/sshfs', 'stream': True, 'decode': True, 'auth_config': TOKEN}),
    ('push_plugin', {'name': PLUGIN}),
    ('remove_plugin', {'name': PLUGIN}),
    ('remove_plugin', {'name': 'sshfs', 'force': True}),
    ('upgrade_plugin', {'name': 'sshfs', 'remote': PLUGIN, 'privileges': PRIVILEGES}, '1.26'),
    ('upgrade_plugin', {'name': 'sshfs', 'remote': 'vieux/sshfs:next', 'privileges': [], 'stream': True,
                        'decode': True, 'auth_config': CREDENTIALS}, '1.26'),
    ('port', {'container': 'web', 'private_port': '53/udp'}),
    ('prune_builds', {}, '1.31'),
    ('prune_builds', {'all': True, 'filters': {'until': '24h'}}, '1.39'),
    ('prune_builds', {'keep_storage': '2g'}, '1.39'),
    ('prune_builds', {'reserved_space': '2g', 'max_used_space': 1 << 40, 'min_free_space': '10g'}, '1.48'),
    ('prune_containers', {}),
    ('prune_containers', {'filters': {'until': '24h'}}),
    ('prune_images', {'filters': {'dangling': False}}),
    ('prune_networks', {}),
    ('prune_networks', {'filters': {'until': '24h'}}),
    ('prune_volumes', {}),
    ('prune_volumes', {'filters': {'label': 'tier=web'}}),
    ('pull', {'repository': 'busybox'}),
    ('pull', {'repository': PRIVATE, 'insecure_registry': True, 'platform': 'linux/arm64'}, '1.32'),
    ('pull', {'repository': 'token.example.com/app:v1'}),
    ('pull', {'repository': PRIVATE, 'tag': 'v1', 'stream': True}),
    ('pull', {'repository': 'busybox@' + IMAGE, 'auth_config': CREDENTIALS}),
    ('pull', {'repository': PRIVATE, 'all_tags': True, 'decode': True, 'auth_config': TOKEN}),
    ('put_archive', {'container': 'web', 'path': u'/srv/caf\xe9 & more', 'data': ARCHIVE}),
    ('put_archive', {'container': 'web', 'path': '/', 'data': BINARY, 'no_overwrite_dir_non_dir': True}),
    ('put_archive', {'container': 'web', 'path': '/', 'data': BINARY, 'copy_uid_gid': True}, '1.29'),
    ('push', {'repository': 'busybox'}),
    ('push', {'repository': 'busybox', 'tag': 'v1', 'insecure_registry': True}),
    ('push', {'repository': 'busybox', 'platform': {'os': 'linux', 'architecture': 'arm64'}}, '1.46'),
    ('push', {'repository': 'token.example.com/app:v1'}),
    ('push', {'repository': PRIVATE + ':v1', 'stream': True}),
    ('push', {'repository': PRIVATE, 'decode': True, 'auth_config': CREDENTIALS}),
    ('remove_container', {'container': 'web'}),
    ('remove_container', {'container': {'Id': WEB}, 'v': True}),
    ('remove_container', {'container': 'web', 'force': True}),
    ('remove_container', {'container': '/web/database', 'link': True}),
    ('remove_image', {'image': PRIVATE + ':v1'}),
    ('remove_image', {'image': IMAGE}, {'DELETE ' + IMAGE: CONFLICT}),
    ('remove_image', {'image': 'busybox', 'force': True, 'noprune': True}),
    ('remove_image', {'image': 'busybox', 'platforms': 'linux/arm64'}, '1.50'),
    ('remove_network', {'net_id': 'front'}),
    ('remove_volume', {'name': 'data'}),
    ('remove_volume', {'name': {'Name': 'data'}, 'force': True}),
    ('resize', {'container': 'web', 'height': 24, 'width': 80}),
    ('restart', {'container': 'web'}),
    ('restart', {'container': 'web', 'timeout': 1.5}),
    ('save', {'images': 'busybox', 'chunk_size': 2}),
    ('save', {'images': [PRIVATE + ':v1', {'Id': IMAGE}]}),
    ('save', {'images': ['busybox', 'web'], 'platform': {'os': 'linux', 'architecture': 'arm64'}}, '1.48'),
    ('rename', {'container': {'Id': WEB}, 'name': u'caf\xe9'}),
    ('restart', {'container': 'web', 'timeout': None, 'signal': 'INT'}, '1.42'),
    ('search', {'term': u'caf\xe9 & more'}),
    ('search', {'term': 'busybox', 'limit': 5, 'filters': {'is-official': True, 'stars': 3}}),
    ('stat_archive', {'container': 'web', 'path': u'/srv/caf\xe9 & more'}),
    ('start', {'container': 'web'}),
    ('start', dict(HOST, container=WEB)),
    ('start', dict(HOST, container='web'), {'POST start': FAILED}),
    ('start', dict(HOST, container='web'), {'POST rename': FAILED}),
    ('start', {'container': 'web', 'links': LINKS}),
    ('start', {
        'container': 'web', 'dns': '10.0.0.1', 'dns_search': 'example.com', 'volumes_from': ['db', 'data:ro'],
        'network_mode': 'host', 'restart_policy': 'on-failure:5', 'cap_add': 'NET_ADMIN',
        'cap_drop': ['MKNOD'], 'devices': ['/dev/null:/dev/nothing:r'], 'extra_hosts': {'db': '10.0.0.2'},
        'read_only': True, 'pid_mode': 'host', 'ipc_mode': 'host', 'security_opt': ['no-new-privileges'],
        'ulimits': [{'name': 'nofile', 'soft': 10, 'hard': 20}]}),
    ('start', {'container': 'web', 'lxc_conf': {'lxc.utsname': 'web'}}, docker.errors.NotSupported),
    ('stats', {'container': 'web'}),
    ('stats', {'container': 'web', 'decode': True}),
    ('stats', {'container': 'web', 'stream': False}),
    ('stats', {'container': 'web', 'stream': False, 'one_shot': True}, '1.41'),
    ('stop', {'container': 'web'}),
    ('stop', {'container': 'web', 'timeout': 0}),
    ('stop', {'container': 'web', 'signal': 9}, '1.42'),
    ('tag', {'image': IMAGE, 'repository': PRIVATE, 'tag': 'v1', 'force': True}),
    ('tag', {'image': PRIVATE, 'repository': 'web'}),
    ('top', {'container': 'web'}),
    ('top', {'container': 'web', 'ps_args': 'aux'}),
    ('update_volume', {'name': 'data', 'version': 7}, '1.42'),
    ('update_volume', {'name': 'data', 'version': 7, 'spec': {'Group': 'a'}}, '1.42'),
    ('unpause', {'container': 'web'}),
    ('update_container', {
        'container': 'web', 'blkio_weight': 300, 'cpu_period': 100000, 'cpu_quota': 50000, 'cpu_shares': 512,
        'cpuset_cpus': '0-3', 'cpuset_mems': 0, 'mem_limit': '512m', 'mem_reservation': 1 << 20,
        'kernel_memory': 0,
        'memswap_limit': -1, 'restart_policy': 'always', 'cpu_rt_period': 1000, 'cpu_rt_runtime': 100}),
    ('update_container', {'container': 'web', 'pids_limit': -1, 'nano_cpus': 500000000}, '1.40'),
    ('update_container', {
        'container': 'web', 'blkio_weight_device': {'/dev/sda': 300}, 'device_read_bps': {'/dev/sda': '10m'},
        'device_write_bps': [{'Path': '/dev/sda', 'Rate': 1000}], 'device_read_iops': {'/dev/sda': 10},
        'device_write_iops': {'/dev/sda': 10}}, '1.55'),
    ('version', {}),
    ('version', {'api_version': False}),
    ('volumes', {}),
    ('volumes', {'filters': {'dangling': True, 'name': ['data']}}),
    ('wait', {'container': 'web'}),
    ('wait', {'container': 'web', 'condition': 'not-running', 'timeout': 5}),
    ('wait', {'container': 'web', 'condition': 'next-exit'}, '1.30'),
    ('wait', {'container': 'web', 'condition': 'healthy'}, docker.errors.Conflict),
]
NAMES = sorted(set(call[0] for call in CALLS))
# These send nothing.
SILENT = ('create_swarm_spec',)
SWARM_AREAS = ('swarm', 'nodes', 'services', 'tasks', 'secrets', 'configs')
# What Podman has of Swarm mode.
PODMAN_HAS = ('secrets', 'create_secret', 'inspect_secret', 'remove_secret')


class Engine(object):
    """An engine that responds to every call.

    A response is taken from `responses` by the method and the end of the path; by default it is that of
    a success. `version_info` is the response to GET /version, `container` that to an inspect.
    """

    def __init__(self, url, version_info, container, podman=False):
        self.url = url
        self.version_info = version_info
        self.container = container
        self.podman = podman
        self.names = {WEB: '/web', NEW: '/web-1'}
        self.responses = {}

    def serve(self, peer):
        request = peer.read_request()
        if request is None:
            return False
        path = re.sub(r'^/v[\d.]+/', '/', request.path)
        queued = self.responses.pop('{0} {1}'.format(request.method, path.rpartition('/')[2]), None)
        response = queued or self.response_to(request.method, path, request.query)
        peer.send(response)
        return response is not HIJACKED

    def response_to(self, method, path, query):
        if path == '/version':
            name = 'Libpod/4.3.1 (linux)' if self.podman else 'Docker/29.7.0 (linux)'
            return as_json(self.version_info, 200, 'Server: ' + name)
        last = path.rpartition('/')[2]
        if path.split('/')[1] in SWARM_AREAS:
            return self.response_of_swarm(method, path)
        if path.startswith('/exec/'):
            return HIJACKED if last != 'json' else as_json(
                {'ID': NEW, 'ContainerID': WEB, 'Running': False, 'ExitCode': 0})
        if path.startswith('/containers/') and path.count('/') > 2:
            return self.response_of(NEW if NEW in path else WEB, method, last, query)
        if path == '/containers/json':
            return as_json([{'Id': WEB, 'Names': ['/web'], 'Image': 'busybox', 'NetworkSettings': {
                'Networks': {'front': {'NetworkID': NEW}}}}])
        if path == '/networks':
            return as_json([{'Id': NEW, 'Name': 'front'}])
        if path == '/volumes':
            return as_json({'Volumes': None, 'Warnings': None})
        if method == 'DELETE':
            return as_json([{'Untagged': 'web'}]) if path.startswith('/images/') else http(204)
        if last in ('search', 'history', 'attestations'):
            return as_json([{'name': 'busybox', 'description': 'small'}])
        if path == '/images/json':
            return as_json([{'Id': IMAGE, 'ParentId': '', 'RepoTags': ['busybox:latest'], 'Size': 1}])
        if path == '/containers/create' or path == '/commit':
            return as_json({'Id': NEW, 'Warnings': []}, 201)
        if path == '/build':
            return chunked([b'{"stream":"Successfully built 0123456789ab\\n"}\r\n'])
        if path == '/events':
            return chunked([json.dumps({'Type': 'container', 'Action': 'start', 'time': 1, 'Actor': {
                'ID': WEB, 'Attributes': {'image': 'busybox'}}}).encode('ascii')])
        if path == '/images/load':
            return chunked([b'{"stream":"Loaded image: busybox:latest\\n"}'])
        if path.startswith('/images/') and last == 'get':
            return chunked([b'tar'], 'application/x-tar')
        if path in ('/plugins', '/plugins/privileges'):
            return as_json(PRIVILEGES)
        if path == '/images/create' or last in ('push', 'upgrade') or path == '/plugins/pull':
            return chunked([b'{"status":"done"}\r\n'])
        if last == 'tag':
            return http(201)
        # The keys of an image, the engine and a login in one. None of them causes another request.
        return as_json({
            'Id': IMAGE, 'Name': 'front', 'Status': 'Login Succeeded', 'Config': {}, 'Size': 1, 'Os': 'linux',
            'Architecture': 'amd64'})

    def response_of_swarm(self, method, path):
        if path == '/swarm/init':
            return as_json('node')
        if path.endswith('/create'):
            return as_json({'ID': 'id'}, 201)
        if path.endswith('/logs'):
            return chunked([frame(1, b'line\n')])
        if method == 'DELETE':
            return http(204)
        if method == 'POST':
            return http(200) if not path.startswith('/services/') else as_json({'Warnings': None})
        if path.count('/') == 1 and path != '/swarm':
            return as_json([])
        spec = {'Name': 'default'} if path == '/swarm' else {'Name': 'name', 'Labels': {'a': 'b'}}
        return as_json({'ID': 'id', 'Version': {'Index': 7}, 'Spec': spec, 'UnlockKey': ''})

    def response_of(self, container, method, what, query):
        if what == 'json':
            return as_json(dict(self.container, Id=container, Name=self.names[container]))
        if what == 'exec':
            return as_json({'Id': NEW}, 201)
        if what == 'stats':
            return as_json({'read': '2026-11-26T09:52:12Z', 'networks': {'eth0': {'rx_bytes': 1}}})
        if what == 'rename':
            self.names[container] = '/' + query['name']
        if what == 'attach':
            return HIJACKED
        if what == 'update':
            return as_json({'Warnings': None})
        if what == 'wait':
            return as_json({'StatusCode': 0})
        if what == 'changes':
            return as_json(None)
        if what == 'top':
            return as_json({'Titles': ['PID'], 'Processes': [['1']]})
        if what == 'logs':
            return chunked([frame(1, b'line\n')])
        if what == 'archive' and method != 'GET':
            return http(200)
        if what in ('archive', 'export'):
            return chunked([b'tar'], 'application/x-tar')
        return http(200) if what == 'resize' else http(204)


class Case(namedtuple('Case', 'spoken wanted by')):
    """The version on the wire, the version whose response format the caller wants, and the reason.

    `by` is the reason for the version on the wire: 'engine' when the engine supports no other, 'pinned'
    when DOCKER_API_VERSION sets it on a newer engine, 'podman' when the engine is Podman.
    """

    def __str__(self):
        return '{0}-for-{1}-{2}'.format(*self)

    def engine(self, url):
        name = PODMAN if self.by == 'podman' else RECORDINGS[self.spoken]
        version_info = recorded(name, 'version-unprefixed')
        container = dict(recorded(name, 'inspect-created'))
        if self.by == 'engine':
            version_info = {'ApiVersion': self.spoken, 'MinAPIVersion': self.spoken}
            container['HostConfig'] = specification(self.spoken).host_config(container['HostConfig'])
            container['Config'] = specification(self.spoken).config(container['Config'])
        return Engine(url, version_info, container, self.by == 'podman')


CASES = [Case(version, wanted, 'engine') for version in VERSIONS for wanted in ('1.6', 'auto')]
CASES += [Case(version, '1.6', 'pinned') for version in ('1.25', '1.44', '1.51')]
CASES += [Case('1.41', '1.6', 'podman')]


CREATE = 'POST /containers/create'
# An engine ignores the email in the credentials of a header. It is sent for old registries.
EMAIL = re.compile(r'header\.x-registry-(auth|config)(\..*)?\.email$')
# A container that `start` creates again gets the HostConfig of the first one, as inspect returns it. Docker
# 20.10 has these keys at 1.25 too and applies them there; without them the container would be another one.
UNDOCUMENTED_KEYS = [Problem(CREATE, 'body.HostConfig.' + key, 'is unknown') for key in (
    'CgroupnsMode', 'KernelMemory', 'KernelMemoryTCP', 'MaskedPaths', 'ReadonlyPaths')]
# What Podman has not, and a parameter of its own.
PODMAN_LACKS = ('cancel_build', 'inspect_distribution', 'prune_builds')
OF_PODMAN = [Problem('GET /events', 'query.stream', 'is unknown')]


@pytest.fixture
def begin(server, monkeypatch):
    """A function of a Case: it makes the server an Engine of the case, with no requests yet."""
    engines = []
    server.respond(*[lambda peer: engines[-1].serve(peer)] * 500)

    def begin_case(case):
        del server.requests[:]
        if case.by == 'pinned':
            monkeypatch.setenv('DOCKER_API_VERSION', case.spoken)
        else:
            monkeypatch.delenv('DOCKER_API_VERSION', raising=False)
        engines.append(case.engine(server.url))
        return engines[-1]
    return begin_case


@pytest.fixture
def drive(server, begin, tmp_path, monkeypatch):
    """A function of a Case and the name of a call.

    It runs the call with all its arguments in CALLS, and returns the Problems of the requests.
    """
    monkeypatch.setattr(recreate, '_RETRY_SECONDS', 0)
    known = base64.b64encode(b'me:secret').decode('ascii')
    (tmp_path / 'config.json').write_bytes(json.dumps({'auths': {
        REGISTRY: {'auth': known, 'email': 'me@example.com'},
        'token.example.com': {'auth': known, 'identitytoken': 'a token'}}}).encode('ascii'))
    monkeypatch.setenv('DOCKER_CONFIG', str(tmp_path))

    def run_calls(case, name):
        if (case, name) not in FOUND:
            engine = begin(case)
            for call in CALLS:
                if call[0] == name:
                    before = len(server.requests)
                    run_call(case, engine, tmp_path, *call)
                    assert len(server.requests) > before or is_silent(case, call)
            FOUND[case, name] = problems(server, case)
        return FOUND[case, name]
    return run_calls


def problems(server, case):
    found = [problem for request in server.requests
             for problem in specification(case.spoken).problems(request)]
    return [problem for problem in found if not EMAIL.match(problem.place)
            and not (case.by == 'podman' and problem in OF_PODMAN)
            and not (case.by == 'pinned' and case.spoken == '1.25' and problem in UNDOCUMENTED_KEYS)]


def run_call(case, engine, folder, name, arguments, outcome=None):
    """Run a call and read its whole result.

    Each call has a Client of its own, as a Client stores credentials and containers.

    :param outcome: as CALLS has it.
    """
    client = docker.Client(engine.url, version=case.wanted, timeout=10)
    engine.responses = dict(outcome) if isinstance(outcome, dict) else {}
    error = docker.errors.ServerError if FAILED in engine.responses.values() else outcome
    if isinstance(outcome, str):
        came_later = parse_version(case.spoken) < parse_version(outcome)
        error = docker.errors.NotSupported if came_later else None
    if case.by == 'podman' and 'plugin' in name:
        error = docker.errors.NotSupported
    if case.by == 'podman' and (arguments.get('links') or arguments.get('all_tags') or
                                arguments.get('ingress') or
                                arguments.get('shell') or
                                (arguments.get('host_config') or {}).get('Links')):
        error = docker.errors.NotSupported
    if case.by == 'podman' and is_of_swarm(name) and (
            name not in PODMAN_HAS or arguments.get('templating')):
        error = docker.errors.NotSupported
    built = {key: value.build(client, folder) if isinstance(value, Lazy) else value
             for key, value in arguments.items()}
    if case.by == 'podman' and name in PODMAN_LACKS:
        error = docker.errors.NotSupported
    if isinstance(error, type):
        with pytest.raises(error):
            getattr(client, name)(**built)
    elif name == 'api_version':
        client.version()
        assert client.api_version == case.spoken
    else:
        read(getattr(client, name)(**built))
    assert not engine.responses
    client.close()


def is_silent(case, call):
    """Return whether a call may send nothing: because it never does, or is refused."""
    return call[0] in SILENT or case.by == 'podman' and is_of_swarm(call[0]) or isinstance(call[-1], str)


def is_of_swarm(name):
    """Return whether a call is one of Swarm mode that sends something."""
    rooms = (docker.api.swarm.SwarmCalls, docker.api.nodes.NodeCalls, docker.api.services.ServiceCalls,
             docker.api.tasks.TaskCalls, docker.api.secrets.SecretCalls, docker.api.configs.ConfigCalls)
    return name not in SILENT and any(name in vars(room) for room in rooms)


def read(value):
    if hasattr(value, 'recv'):
        value.close()
    elif hasattr(value, 'read'):
        with value:
            value.read()
    elif hasattr(value, '__next__') or hasattr(value, 'next'):
        list(value)


# The requests of the client

@pytest.mark.parametrize('name', NAMES)
@pytest.mark.parametrize('version', VERSIONS)
def test_a_call_is_valid(drive, version, name):
    found = ['{0}: {1}'.format(case, problem)
             for case in CASES if case.spoken == version for problem in drive(case, name)]
    assert not found, '\n'.join(found)


@pytest.mark.parametrize('case', [case for case in CASES if case.by != 'podman'], ids=str)
def test_a_container_that_was_created_again(server, begin, case):
    engine = begin(case)
    client = docker.Client(server.url, version=case.wanted, timeout=10)
    client.start(WEB, binds=BINDS)
    del server.requests[:]
    client.inspect_container(WEB)
    client.logs(WEB)
    client.containers(since=WEB, before=WEB)
    client.commit(WEB)
    client.create_container('busybox', volumes_from=WEB, host_config={'Links': [WEB + ':web']})
    client.restart(WEB)
    client.remove_container('web')
    client.close()
    sent = b' '.join(request.target.encode('ascii') + request.body for request in server.requests)
    assert WEB.encode('ascii') not in sent and sent.count(NEW.encode('ascii')) > 6
    assert engine.names[NEW] == '/web'
    assert problems(server, case) == []


# The completeness of CALLS

def test_every_call_is_listed():
    assert NAMES == sorted(name for name in dir(docker.Client)
                           if not name.startswith('_') and not hasattr(requests.Session, name)
                           and name not in ['timeout', 'from_env'] + HELPERS)


@pytest.mark.parametrize('name', [name for name in NAMES if name != 'api_version'])
def test_every_argument_is_listed(name):
    given = set(argument for call in CALLS if call[0] == name for argument in call[1])
    assert given == set(arguments_of(getattr(docker.Client, name))[0])


# The validation itself

def request(line, body=None, **headers):
    """A function that returns the request in a version."""
    method, target = line.split(' ')
    lines = ['{0}: {1}'.format(name.replace('_', '-'), value) for name, value in headers.items()]
    if isinstance(body, dict):
        body = json.dumps(body).encode('ascii')
        lines.append('Content-Type: application/json')

    def of(version):
        first = '{0} {1} HTTP/1.1'.format(method, target.replace('{0}', version))
        return Request('\r\n'.join([first] + lines).encode('ascii'), body or b'')
    return of


def header(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode('ascii')).decode('ascii')


VALID = [
    request('GET /version'),
    request('GET /v{0}/info'),
    request('GET /v{0}/containers/json?all=1&limit=-1&size=false&filters=%7B%22since%22:%5B%22web%22%5D%7D'),
    request('GET /v{0}/containers/web/json'),
    request('DELETE /v{0}/containers/web/database?link=1'),
    request('POST /v{0}/containers/create?name=web', {'Image': 'busybox', 'HostConfig': {
        'Memory': 1, 'PortBindings': {'80/tcp': [{'HostPort': '80'}]}}, 'Volumes': {'/data': {}}}),
    request('GET /v{0}/containers/web/archive?path=/etc'),
    request('GET /v{0}/images/json'),
    request('DELETE /v{0}/images/host:5000/team/app:v1'),
    request('POST /v{0}/images/host:5000/team/app/push', X_Registry_Auth=header({'username': 'me'})),
    request('POST /v{0}/images/create?fromSrc=-', b'tar', Content_Type='application/octet-stream'),
    request('POST /v{0}/build?remote=https://example.com',
            X_Registry_Config=header({'a': {'identitytoken': 'b'}})),
]
INVALID = [
    (request('GET /v1.24/info'), 'path'),
    (request('GET /info'), 'path'),
    (request('GET /v{0}/images/viz'), 'path'),
    (request('GET /v{0}/nothing'), 'path'),
    (request('PUT /v{0}/info'), 'path'),
    (request('POST /v{0}/containers/web/copy', {'Resource': '/etc'}), 'path'),
    (request('POST /v{0}/images/busybox/insert?url=a&path=b'), 'path'),
    (request('GET /v{0}/containers/team/web/json'), 'path'),
    (request('DELETE /v{0}/containers/web/database'), 'path.id'),
    (request('GET /v{0}/containers/json?trunc_cmd=1'), 'query.trunc_cmd'),
    (request('GET /v{0}/containers/json?All=1'), 'query.All'),
    (request('GET /v{0}/containers/json?all=yes'), 'query.all'),
    (request('GET /v{0}/containers/json?all=1&all=1'), 'query.all'),
    (request('GET /v{0}/containers/json?limit=1.5'), 'query.limit'),
    (request('GET /v{0}/containers/json?filters=web'), 'query.filters'),
    (request('GET /v{0}/containers/json?filters=%7B%22since%22:%22web%22%7D'), 'query.filters.since'),
    (request('GET /v{0}/containers/json?filters=%7B%22nothing%22:%5B%22web%22%5D%7D'),
     'query.filters.nothing'),
    (request('GET /v{0}/containers/web/archive'), 'query'),
    (request('POST /v{0}/containers/create?name=*', {}), 'query.name'),
    (request('POST /v{0}/containers/create'), 'body'),
    (request('POST /v{0}/containers/create', b'{', Content_Type='application/json; charset=utf-8'), 'body'),
    (request('POST /v{0}/containers/create', b'{}', Content_Type='text/plain'), 'header.content-type'),
    (request('POST /v{0}/containers/create', b'{}'), 'header.content-type'),
    (request('POST /v{0}/containers/create', {'Dns': ['10.0.0.1']}), 'body.Dns'),
    (request('POST /v{0}/containers/create', {'Tty': 1}), 'body.Tty'),
    (request('POST /v{0}/containers/create', {'Volumes': None}), 'body.Volumes'),
    (request('POST /v{0}/containers/create', {'Volumes': {'/data': {'/srv': {}}}}), 'body.Volumes./data'),
    (request('POST /v{0}/containers/create', {'HostConfig': {'LxcConf': []}}), 'body.HostConfig.LxcConf'),
    (request('POST /v{0}/containers/create', {'HostConfig': {'Memory': '1'}}), 'body.HostConfig.Memory'),
    (request('POST /v{0}/containers/create', {'HostConfig': {'MemorySwappiness': 101}}),
     'body.HostConfig.MemorySwappiness'),
    (request('POST /v{0}/containers/create', {'HostConfig': {'Isolation': 'none'}}),
     'body.HostConfig.Isolation'),
    (request('POST /v{0}/containers/create', {'HostConfig': {'RestartPolicy': {'Nam': 'no'}}}),
     'body.HostConfig.RestartPolicy.Nam'),
    (request('POST /v{0}/containers/create', {'HostConfig': {'PortBindings': {'80/tcp': [{'Port': '80'}]}}}),
     'body.HostConfig.PortBindings.80/tcp.0.Port'),
    (request('POST /v{0}/containers/web/start', b'{"Binds": ["/srv:/www"]}'), 'body'),
    (request('POST /v{0}/containers/web/start', Content_Type='application/json'), 'header.content-type'),
    (request('POST /v{0}/auth', {'username': 'me', 'auth': ''}), 'body.auth'),
    (request('POST /v{0}/auth', X_Registry_Auth=header({})), 'header.x-registry-auth'),
    (request('POST /v{0}/build', b'tar', Content_Type='application/json'), 'header.content-type'),
    (request('POST /v{0}/build', b'tar'), 'header.content-type'),
    (request('POST /v{0}/build?squash=one'), 'query.squash'),
    (request('POST /v{0}/build', X_Registry_Config=header({'a': 'b'})), 'header.x-registry-config.a'),
    (request('POST /v{0}/images/busybox/push'), 'header'),
    (request('POST /v{0}/images/busybox/push', X_Registry_Auth='e30'), 'header.x-registry-auth'),
    (request('POST /v{0}/images/busybox/push', X_Registry_Auth='fn4/'), 'header.x-registry-auth'),
    (request('POST /v{0}/images/busybox/push', X_Registry_Auth=header([])), 'header.x-registry-auth'),
    (request('POST /v{0}/images/busybox/push', X_Registry_Auth='____'), 'header.x-registry-auth'),
    (request('POST /v{0}/images/busybox/push', X_Registry_Auth=header({'user': 'me'})),
     'header.x-registry-auth.user'),
]


@pytest.mark.parametrize('version', VERSIONS)
def test_valid_requests(version):
    assert [problem for valid in VALID for problem in specification(version).problems(valid(version))] == []


@pytest.mark.parametrize('version', VERSIONS)
def test_invalid_requests(version):
    for invalid, place in INVALID:
        found = specification(version).problems(invalid(version))
        assert set(problem.place for problem in found) == set([place])


@pytest.mark.parametrize('invalid, versions', [
    (request('DELETE /v{0}/containers/web?signal=9'), VERSIONS),
    (request('POST /v{0}/containers/web/stop?signal=9'), VERSIONS[:2]),
    (request('GET /v{0}/images/json?manifests=1'), VERSIONS[:3]),
    (request('POST /v{0}/auth', {'email': 'me@example.com'}), VERSIONS[4:]),
    (request('POST /v{0}/containers/create', {'HostConfig': {'CgroupnsMode': 'host'}}), VERSIONS[:1]),
    (request('POST /v{0}/containers/create', {'HostConfig': {'KernelMemory': 1}}),
     VERSIONS[:1] + VERSIONS[2:])])
def test_requests_that_are_invalid_in_some_versions(invalid, versions):
    found = [version for version in VERSIONS if specification(version).problems(invalid(version))]
    assert found == list(versions)
