"""The forms that arguments take, of which type checkers report nothing. It is checked, never run."""

import datetime
import io
import pathlib
import tarfile
from typing import Any, Dict, Iterator, List

import requests

import docker
from docker.responses import ContainerSummary

client = docker.Client(
    'unix:///var/run/docker.sock', '1.41', (3, None), docker.tls.TLSConfig(verify=False), 10)
docker.Client(timeout=None, tls=True, user_agent='scripts', num_pools=2)
docker.Client(**docker.utils.kwargs_from_env())
docker.AutoVersionClient('tcp://engine:2375', timeout=3.5)
path = pathlib.Path('/srv')
summary: ContainerSummary = client.containers(limit=1)[0]
identifiers: Dict[str, str] = {'Id': '3f1c9a'}


def chunks() -> Iterator[bytes]:
    yield b'...'


# Containers.
client.inspect_container('web')
client.inspect_container(summary)
client.inspect_container(identifiers)
client.inspect_container({'ID': '3f1c9a'})
client.containers(since=summary, before='web', limit=None, filters={
    'status': 'paused', 'exited': 1, 'label': {'tier': 'web', 'owner': None}, 'health': ['healthy', 'none']})
client.containers(filters={'label': ['tier=web'], 'exited': [0, 1], 'is-task': False})
client.create_container(
    'busybox', ['sleep', 5], user=1000, mem_limit='512m', ports=[80, '53/udp', (53, 'udp')],
    environment={'A': 'b', 'C': 1, 'D': None}, dns='8.8.8.8', volumes='/data', volumes_from='db',
    entrypoint=[], cpuset=[0, 1], working_dir=path, labels=['tier=web', 'test'], memswap_limit=-1,
    stop_signal=15, stop_timeout=1.5, shell=['/bin/sh', '-c'], platform='linux/arm64',
    networking_config={'EndpointsConfig': {'backend': {'Aliases': ['db']}}},
    healthcheck={'test': ['CMD', 'true'], 'interval': 10, 'timeout': '1m30s', 'retries': 3})
client.create_container(
    summary, 'sleep 5', ports={'80/tcp': {}, 53: None}, environment=['A=b', 'C'], dns=('8.8.8.8',),
    labels={'a': 1},
    volumes=['/data', path], volumes_from=['db', summary], cpuset='0-2,7', healthcheck={'Test': ['NONE']},
    host_config=client.create_host_config(binds={'/srv': '/www'}))
client.create_container('busybox', ports=range(8000, 8010), volumes={'/data': {}}, cpuset=1)
client.create_container_from_config(
    client.create_container_config('busybox', 'true', labels=['once']), 'once')
client.start(
    'web', binds={'/a': '/b', '/c': '/d:ro', path: {'bind': '/e', 'ro': True}, 'data': [path, '/f:ro']})
client.start(
    'web', binds=['/srv:/www:ro', path], dns=['8.8.8.8'], dns_search='example.com', cap_add='NET_ADMIN')
client.start('web', port_bindings={80: None, '53/udp': 53, (53, 'udp'): '8000-8010', 81: ('127.0.0.1',)})
client.start('web', port_bindings={80: ('127.0.0.1', 8080), 81: {'HostIp': '::1', 'HostPort': '81'}})
client.start('web', port_bindings={80: [8080, ('127.0.0.1', 8081), None]})
client.start(
    'web', links={'db': 'database', 'cache': None}, restart_policy='on-failure:5', devices='/dev/fuse')
client.start('web', links=[('db', 'database'), 'cache:c', (summary, 'web')], lxc_conf={'lxc.cgroup.cpus': 1})
client.start(
    'web', restart_policy={'Name': 'on-failure', 'MaximumRetryCount': 5}, extra_hosts={'db': '10.0.0.5'},
    lxc_conf=[{'Key': 'lxc.utsname', 'Value': 'web'}], devices=['/dev/sda:/dev/xvda:rwm'],
    ulimits=[docker.types.Ulimit(name='nofile', soft=1024), {'name': 'core', 'soft': 0}])
client.start('web', ulimits=['nofile=1024:2048'], extra_hosts=['db:10.0.0.5'],
             devices=[{'PathOnHost': '/dev/sda', 'CgroupPermissions': 'r'}])

# The same in variables, whose types are those of their values.
numbers = [80, 443]
bindings = {80: 8080, 443: 8443}
named = {'80/tcp': ('127.0.0.1', 8080)}
mounted = {'/srv': {'bind': '/www', 'ro': True}}
options = {'Name': 'on-failure', 'MaximumRetryCount': 5}
words = ['sleep', '5']
values: Dict[str, str] = {'A': 'b'}
anything: Dict[str, Any] = {'mem_limit': '512m'}
client.create_container('busybox', words, ports=numbers, environment=values, labels=values, **anything)
client.start('web', port_bindings=bindings, binds=mounted, restart_policy=options)
client.start('web', port_bindings=named)
client.exec_create('web', tuple(words), environment=values)

docker.utils.create_host_config(
    log_config=docker.types.LogConfig(type='json-file', config={'max-size': '1m', 'max-file': 3}),
    tmpfs=['/run', '/tmp:size=1m'], sysctls={'net.core.somaxconn': 1}, group_add=['audio', 44],
    blkio_weight_device={'/dev/sda': 500}, device_read_bps=[{'Path': '/dev/sda', 'Rate': '10m'}],
    isolation='default',
    mounts=[docker.types.Mount('/data', 'data')], device_requests={'Count': -1, 'Capabilities': ['gpu']},
    console_size=(24, 80), masked_paths=[], ulimits={'Name': 'nofile', 'Soft': 1}, version='1.21')
docker.utils.create_host_config(
    tmpfs={'/run': 'size=1m', '/tmp': None}, log_config='none', mounts={'Type': 'tmpfs'})
client.update_container('web', mem_limit='512m', cpuset_cpus=[0], restart_policy='always')
client.stop('web', timeout=None, signal='SIGINT')
client.wait('web', 1.5, 'next-exit')
client.kill('web', 15)
client.port('web', (53, 'udp'))
client.resize('web', '24', 80)
client.logs('web', since=datetime.datetime.now(), until='10m', tail=-1)
client.logs('web', since=1384000000.5, tail='5')
client.attach_socket('web', {'stdin': 1, 'stdout': 1, 'stream': 1})
client.wait('web', condition='healthy')
client.run('busybox', ['cat', '/data/greeting'], stderr=True, timeout=10, input=b'...',
           binds={'/srv': '/data:ro'}, environment={'A': 'b'}, port_bindings={80: 8080}, mem_limit='512m',
           name='once', platform=None)
client.exec_run('web', 'cat', input='text', environment=['A=b'], workdir=path)
client.copy_from_container('web', '/etc/hostname', path)
client.copy_to_container(summary, path, '/srv')

# Progress.
docker.progress.show(client.pull('busybox', stream=True))
docker.progress.show(client.build('/src/web', tag='web', decode=True), on_item=print)
for item in docker.progress.follow(client.load_image('images.tar', stream=True), file=io.StringIO()):
    print(item['stream'])
client.put_archive('web', '/srv', docker.progress.reading(path, label='site'))

# Images.
client.images('busybox', filters={'dangling': True, 'label': ['tier', 'owner=me']})
client.inspect_image(image='busybox', platform={'os': 'linux', 'architecture': 'arm64'})
client.remove_image(client.images()[0], platforms=['linux/arm64', {'os': 'linux', 'architecture': 'amd64'}])
client.commit('web', 'web', 'v1', conf={'Cmd': ['httpd']}, changes=['EXPOSE 80'])
client.commit('web', 'web', None, None, None, {'Cmd': ['httpd']})
client.build(
    '/src/web', tag='web', buildargs={'A': 'b', 'C': 1, 'D': None}, container_limits={'memory': '512m'})
client.build(
    fileobj=io.BytesIO(b'FROM busybox'), auth_config={'host:5000': {'username': 'me', 'password': 'x'}})
client.build(
    fileobj=io.StringIO(u'FROM busybox'), cache_from=['web'], ulimits=[{'name': 'nofile', 'soft': 1}])
with docker.utils.tar('.', exclude=['*.log']) as context:
    client.build(fileobj=context, custom_context=True, encoding='gzip', outputs=[{'Type': 'local'}])
client.build(
    '.', buildkit=True, secrets={'a': 'token.txt', 'b': b'x', 'c': {'env': 'TOKEN'}}, ssh='default')
client.build(
    '.', buildkit=True, secrets=['id=a,src=token.txt'], ssh={'default': None, 'deploy': ['key', path]})
client.build(
    '.', buildkit=None, secrets={'a': path, 'b': {'file': path}, 'c': {'data': b'x'}}, ssh=True)
client.build('.', buildkit=True, outputs={'Type': 'local', 'Attrs': {'dest': path}})
for progress in client.build('.', buildkit=True, decode=True):
    for step in progress['vertexes']:
        print(step['name'].upper(), step['cached'] and step['completed'])
    print(sum(status['current'] for status in progress['statuses']), progress['logs'][0]['data'])
with open('rootfs.tar', 'rb') as file:
    client.import_image(file, repository='mine')
    client.import_image_from_stream(file)
    client.load_image(file)
    client.put_archive('web', '/srv', file)
client.import_image('/tmp/rootfs.tar', 'mine', 'v1')
client.import_image(path, repository='mine', changes='CMD ["sh"]')
client.import_image(data=b'...')
client.import_image_from_stream(chunks())
with client.export('web') as archive:
    client.import_image_from_stream(archive)
    tarfile.open(mode='r|', fileobj=archive)
client.put_archive('web', '/srv', chunks())
client.put_archive('web', '/srv', path)
client.save(['busybox', client.images()[0]], platform=['linux/arm64'])
client.pull('busybox', auth_config={'username': 'me', 'password': 'secret'})
client.pull('busybox', None, True, {'identitytoken': 'x'})
client.push('localhost:5000/busybox', True)
client.push('localhost:5000/busybox', None, {'username': 'me', 'password': 'secret'})
client.login('me', 'secret', registry='localhost:5000', dockercfg_path=path)

# Networks, volumes and plugins.
client.create_network(
    'front', options={'com.docker.network.bridge.name': 'br1'}, labels=['a=b'],
    ipam=docker.utils.create_ipam_config(pool_configs=[docker.utils.create_ipam_pool('10.5.0.0/16')]))
client.connect_container_to_network(
    summary, client.create_network('back'), aliases=['db'], links={'web': 'w'})
client.networks(names='front', ids=['3f1c'])
client.create_networking_config({'front': client.create_endpoint_config(aliases=['web']), 'back': None})
client.remove_volume(client.create_volume('data', driver_opts={'type': 'tmpfs', 'o': 'size=64m'}))
client.configure_plugin('sshfs', ['DEBUG=1'])
client.create_plugin('me/driver:latest', path)

# Swarm mode.
spec = docker.types.ContainerSpec(
    'busybox', 'sleep 1000', env=['A=b'], mounts=['data:/data:ro', docker.types.Mount('/run', type='tmpfs')],
    stop_grace_period=datetime.timedelta(seconds=10), secrets=[
        docker.types.SecretReference(client.create_secret('password', b'...'), 'password', mode=0o400)],
    configs=[docker.types.ConfigReference('3f1c', 'motd', '/etc/motd')], hosts={'db': '10.0.0.5'},
    dns_config=docker.types.DNSConfig(['10.0.0.2']),
    privileges=docker.types.Privileges(no_new_privileges=True))
template = docker.types.TaskTemplate(
    spec, docker.types.Resources(cpu_limit=0.5, mem_limit='512m', generic_resources={'gpu': 2}),
    docker.types.RestartPolicy(docker.types.RestartPolicy.condition_types.ON_FAILURE, delay='5s'),
    ['node.role == worker'], docker.types.DriverConfig('json-file', {'max-size': '10m'}), ['backend'])
service = client.create_service(
    template, 'web', {'tier': 'web'}, docker.types.ServiceMode('replicated', replicas=2),
    docker.types.UpdateConfig(parallelism=1, delay='10s', order='start-first'),
    networks=[docker.types.NetworkAttachmentConfig('backend', aliases=['db'])],
    endpoint_spec=docker.types.EndpointSpec(ports={8080: (80, 'tcp', 'host'), 53: (53, 'udp'), 81: 81}),
    rollback_config=docker.types.RollbackConfig(2))
client.update_service(
    service, client.inspect_service('web')['Version'], mode='global', fetch_current_spec=True)
client.create_service({'ContainerSpec': {'Image': 'busybox'}}, mode={'Replicated': {'Replicas': 3}})
docker.types.EndpointSpec('vip', [{'TargetPort': 80, 'PublishedPort': 8080}])
docker.types.Placement(preferences=[('spread', 'node.labels.rack')], platforms=[('x86_64', 'linux')])
client.init_swarm('192.0.2.10', swarm_spec=client.create_swarm_spec(node_cert_expiry='720h', external_ca=[
    docker.types.SwarmExternalCA('https://ca.example.com/sign', 'cfssl')]), availability='active')
node = client.nodes({'role': 'worker'})[0]
client.update_node(node, node['Version'], {'Role': 'worker', 'Availability': 'drain'})
client.unlock_swarm(client.get_unlock_key())
client.create_config('motd', 'hello', labels={'tier': 'web'}, templating='golang')

# Errors, and a Client as a Session.
try:
    client.inspect_container('web')
except docker.errors.NotFound as error:
    print(error.explanation, error.response.status_code, error.request.url)
except docker.errors.ContainerError as error:
    print(error.exit_code, error.stderr.decode())
except (docker.errors.APIError, requests.exceptions.RequestException):
    raise
statuses: List[int] = [client.get(client.base_url + '/v1.41/info').status_code]
