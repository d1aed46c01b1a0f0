"""Mistakes, each of which type checkers report on its line, and nothing else. It is checked, never run."""

from typing import List

import docker
from docker.responses import ContainerSummary

client = docker.Client()

# Names.
docker.DockerClient()  # error: it belongs to the Docker SDK
client.containers.list()  # error: a call, not a collection
client.remove_containr('web')  # error: a typo
docker.types.Ulimits(name='nofile', soft=1)  # error: a typo
docker.errors.NotFund  # error: a typo
docker.utils.parse_bytes('1g').lower()  # error: a number

# Keywords.
client.create_container('busybox', 'true', port=[80])  # error: ports
client.create_container(img='busybox')  # error: image
client.start('web', port_binding={80: 8080})  # error: port_bindings
client.logs('web', follow_output=True)  # error: follow
client.pull('busybox', streaming=True)  # error: stream
docker.Client(url='tcp://engine:2375')  # error: base_url
docker.AutoVersionClient(version='1.41')  # error: it takes none
docker.types.Mount('/data', 'data', readonly=True)  # error: read_only
client.inspect_container()  # error: of what?
client.get_archive('web')  # error: the path is missing

# Containers, images and the like.
client.inspect_container(5)  # error: an id, a name or a dict
client.inspect_container(b'web')  # error: text
client.start(None)  # error: a container
client.inspect_container(['web'])  # error: one container
client.remove_image(['busybox'])  # error: one image
client.exec_start(5)  # error: an id or a dict

# Values.
client.create_container('busybox', 5)  # error: text or a list of words
client.create_container('busybox', {'sh': '-c'})  # error: text or a list of words
client.create_container('busybox', ['sleep', 1.5])  # error: a word is text or an int
client.create_container('busybox', environment='A=b')  # error: a dict or a list
client.create_container('busybox', environment={'A': ['b']})  # error: text
client.create_container('busybox', environment={'A': 1.5})  # error: text
client.create_container('busybox', environment=[('A', 'b')])  # error: 'A=b'
client.create_container('busybox', ports={80: 8080})  # error: those of the host belong in port_bindings
client.create_container('busybox', ports=[80.5])  # error: an int
client.create_container('busybox', mem_limit=0.5)  # error: bytes, or text
client.create_container('busybox', labels='tier=web')  # error: a dict or a list
client.create_container('busybox', labels={'tier': b'web'})  # error: text
client.create_container('busybox', healthcheck=['true'])  # error: a dict
client.create_container('busybox', volumes=5)  # error: a path
client.create_container('busybox', stdin_open='yes')  # error: a bool
client.start('web', binds='/srv:/www')  # error: a dict or a list
client.start('web', binds={'/srv': 5})  # error: a path, or a dict
client.start('web', port_bindings=[80])  # error: a dict
client.start('web', port_bindings={80: 80.5})  # error: a port
client.start('web', port_bindings={80: (8080, '127.0.0.1')})  # error: the address comes first
client.start('web', links=5)  # error: a dict or a list
client.stop('web', timeout='10')  # error: seconds
client.wait('web', condition='exited')  # error: not-running
client.run('busybox', 'ls', bind={'/srv': '/www'})  # error: binds
client.run('busybox', 'ls', binds='/srv:/www')  # error: a dict or a list
client.run('busybox', 'ls', detach=True)  # error: run waits
client.run('busybox', 'ls', input=5)  # error: bytes or text
client.exec_run('web')  # error: the command is missing
client.copy_to_container('web', b'site', '/srv')  # error: a path
client.kill('web', signal=1.5)  # error: a number or a name
client.logs('web', since=[1])  # error: a time
client.containers(filters='status=exited')  # error: a dict
client.containers(filters={'status': 1.5})  # error: text
client.containers(limit='5')  # error: an int
client.pull('busybox', auth_config='me:secret')  # error: a dict
client.build('.', container_limits=5)  # error: a dict
client.build(5)  # error: a path
client.build('.', buildkit='yes')  # error: a bool
client.build('.', secrets={'a': 5})  # error: a path, bytes or a dict
client.build('.', ssh={'a': 5})  # error: a path, a list of them, or None
client.put_archive('web', '/srv', 5)  # error: an archive
client.create_service('busybox')  # error: a TaskTemplate
client.init_swarm(availability='drained')  # error: drain
docker.types.Mount('/data', 'data', type='volumes')  # error: volume
docker.types.ServiceMode('replica', replicas=2)  # error: replicated
docker.types.RestartPolicy('always')  # error: any
docker.types.Resources(cpu_limit=[1])  # error: a number
docker.Client(timeout='10')  # error: seconds
docker.Client(version=1.41)  # error: text
docker.tls.TLSConfig(client_cert='cert.pem')  # error: a pair

# What is done with responses.
client.logs('web').split('\n')  # error: bytes
client.logs('web', stream=True).decode()  # error: a stream
print(client.logs('web') + 'text')  # error: bytes
for line in client.pull('busybox', stream=True):
    line['status']  # error: text, without decode
for item in client.pull('busybox', stream=True, decode=True):
    item['statsu']  # error: a typo
for event in client.events():
    event['status']  # error: text, without decode
client.containers()[0]['Name']  # error: Names
client.containers()[0]['Names'].lower()  # error: a list
client.inspect_container('web')['State']['Runing']  # error: a typo
client.version()['version']  # error: Version
client.run('busybox', 'ls').split('\n')  # error: bytes
client.run('busybox', 'ls', demux=True).decode()  # error: a tuple
client.exec_run('web', 'ls').code  # error: exit_code
client.exec_run('web', 'ls', demux=True).output.decode()  # error: a tuple
client.logs('web', demux=True).decode()  # error: a tuple
docker.lines(client.logs('web', stream=True)).splitlines()  # error: a stream
docker.progress.show(5)  # error: a stream
client.port('web', 80)[0]  # error: None when it is not published
client.wait('web')['StatusCode']  # error: an int
client.images(quiet=True)[0]['Id']  # error: ids
client.create_container('busybox')['ID']  # error: Id
image_id, output = client.build('.', stream=True).close()  # error: None
client.stats('web', stream=False).close()  # error: a dict
client.exec_start('id', demux=True).decode()  # error: a tuple
names: List[str] = client.containers()  # error: dicts
summary: ContainerSummary = client.inspect_container('web')  # error: another dict
