"""What type checkers make of each form of the calls. It is checked, never run."""

from typing import Any, Iterator, List, Optional, Tuple, Union

from typing_extensions import assert_type

import docker
import docker.utils.socket
from docker.responses import (
    ContainerDetails, ContainerSummary, CreatedContainer, EngineVersion, Event, ImageSummary, PathStat,
    PingHeaders, PortAddress, Progress, Stats)
from docker.stream import FileStream, Stream
from docker.types import ExecResult

client = docker.Client()
stream = bool(input())
Pair = Tuple[Optional[bytes], Optional[bytes]]
Lines = Tuple[Optional[str], Optional[str]]

# Names after `import docker`, also those that are imported on first use.
assert_type(client, docker.Client)
assert_type(docker.from_env(), docker.Client)
assert_type(docker.Client.from_env(version='auto', timeout=(3, None)), docker.Client)
assert_type(docker.AutoVersionClient.from_env(), docker.AutoVersionClient)
assert_type(docker.version, str)
assert_type(docker.types.Mount('/data', 'data'), docker.types.Mount)
assert_type(docker.tls.TLSConfig(verify=False), docker.tls.TLSConfig)
assert_type(docker.utils.parse_host('tcp://:2375'), str)
assert_type(docker.constants.DEFAULT_DOCKER_API_VERSION, str)
assert_type(docker.auth.resolve_repository('busybox'), Tuple[str, str])
assert_type(docker.errors.NotFound('x').status_code, Optional[int])
assert_type(client.api_version, Optional[str])
client.timeout = 3
client.headers['X-Scope'] = 'tests'

# Output.
assert_type(client.logs('web'), bytes)
assert_type(client.logs('web', tail=5), bytes)
assert_type(client.logs('web', stream=False), bytes)
assert_type(client.logs('web', stream=True), Stream[bytes])
assert_type(client.logs('web', True, False, True), Stream[bytes])
assert_type(client.logs('web', stream=stream), Union[bytes, Stream[bytes]])
assert_type(client.logs('web', demux=True), Pair)
assert_type(client.logs('web', stream=True, demux=True), Stream[Pair])
assert_type(client.attach('web', demux=True, logs=True), Pair)
assert_type(client.attach('web', stream=True, demux=True), Stream[Pair])
assert_type(client.attach('web'), bytes)
assert_type(client.attach('web', stream=True, logs=True), Stream[bytes])
assert_type(client.attach('web', True, True, True), Stream[bytes])
assert_type(client.attach('web', stream=stream), Union[bytes, Stream[bytes]])
assert_type(client.service_logs('web'), bytes)
assert_type(client.service_logs('web', stream=True), Stream[bytes])
assert_type(client.service_logs('web', stream=stream), Union[bytes, Stream[bytes]])
assert_type(client.task_logs('web', stream=True), Stream[bytes])
assert_type(client.task_logs('web'), bytes)
assert_type(client.execute('web', 'ls'), bytes)
assert_type(client.execute('web', 'ls', stream=True), Stream[bytes])
assert_type(client.execute('web', 'ls', stream=stream), Union[bytes, Stream[bytes]])

# Lines of text.
assert_type(docker.lines(client.logs('web', stream=True)), Stream[str])
assert_type(docker.lines(client.logs('web')), Stream[str])
assert_type(docker.lines(client.events()), Stream[str])
assert_type(docker.lines(client.logs('web', stream=True, demux=True)), Stream[Lines])
assert_type(docker.lines(client.logs('web', demux=True)), Stream[Lines])

# A stream is an iterator, a context manager, and a generator in all but its type.
with client.logs('web', stream=True) as output:
    assert_type(output, Stream[bytes])
    assert_type(next(output), bytes)
    assert_type(output.send(None), bytes)
    assert_type(output.closed, bool)
    for chunk in output:
        assert_type(chunk, bytes)
    output.close()


def first(chunks: Iterator[bytes]) -> bytes:
    return next(chunks)


first(client.logs('web', stream=True))
first(docker.utils.socket.frames_iter(client.attach_socket('web')))

# Exec.
instance = client.exec_create('web', ['ls', '-l'])
assert_type(instance['Id'], str)
assert_type(client.exec_start(instance), bytes)
assert_type(client.exec_start(instance, detach=True), bytes)
assert_type(client.exec_start(instance, tty=True), bytes)
assert_type(client.exec_start(instance, stream=True), Stream[bytes])
assert_type(client.exec_start(instance, False, False, True), Stream[bytes])
assert_type(client.exec_start(instance, stream=stream), Union[bytes, Stream[bytes]])
assert_type(client.exec_start(instance, demux=True), Pair)
assert_type(client.exec_start(instance, stream=True, demux=True), Stream[Pair])
assert_type(client.exec_run('web', 'ls'), ExecResult[bytes])
assert_type(client.exec_run('web', 'ls', demux=True), ExecResult[Pair])
assert_type(client.exec_run('web', 'ls').exit_code, int)
code, listed = client.exec_run('web', 'ls', input='text')
assert_type(code, int)
assert_type(listed, bytes)
assert_type(getattr(client, 'exec')('web', 'ls'), Any)
assert_type(client.run('busybox', 'ls'), bytes)
assert_type(client.run('busybox', 'ls', demux=True, binds={'/srv': '/www'}, user=1000), Pair)
with client.exec_start(instance, socket=True, tty=True) as terminal:
    terminal.sendall(b'exit\n')
    assert_type(terminal.recv(100), bytes)
    assert_type(terminal.read(), bytes)
with client.attach_socket('web', {'stdin': 1, 'stream': 1}) as terminal:
    terminal.shutdown(1)

# Operations.
assert_type(client.pull('busybox'), str)
assert_type(client.pull('busybox', stream=True), Stream[str])
assert_type(client.pull('busybox', decode=True), List[Progress])
assert_type(client.pull('busybox', stream=True, decode=True), Stream[Progress])
assert_type(client.pull('busybox', stream=stream), Union[str, Stream[str]])
assert_type(client.push('localhost:5000/busybox'), str)
assert_type(client.push('localhost:5000/busybox', stream=True), Stream[str])
assert_type(client.push('localhost:5000/busybox', 'v1', stream=True, decode=True), Stream[Progress])
assert_type(client.load_image(b'...'), List[Progress])
assert_type(client.load_image('images.tar', stream=True), Stream[Progress])
assert_type(client.load_image('images.tar', stream=stream), Union[List[Progress], Stream[Progress]])
assert_type(client.push_plugin('sshfs', stream=True), Stream[str])
assert_type(client.pull_plugin('sshfs', client.plugin_privileges('sshfs'), decode=True), List[Progress])
assert_type(client.build('.'), Tuple[Optional[str], str])
assert_type(client.build('.', stream=True), Stream[str])
assert_type(client.build('.', decode=True), Stream[Progress])
assert_type(client.build('.', stream=True, decode=True), Stream[Progress])
assert_type(client.build('.', stream=stream), Union[Tuple[Optional[str], str], Stream[str]])
assert_type(docker.AutoVersionClient().build('.'), Stream[str])
assert_type(docker.AutoVersionClient().build('.', decode=True), Stream[Progress])

# Archives.
assert_type(client.export('web'), FileStream)
assert_type(client.get_image('busybox').read(), bytes)
archive, stat = client.get_archive('web', '/etc')
assert_type(archive, FileStream)
assert_type(stat, Union[PathStat, Any])
for block in client.export('web', chunk_size=1024):
    assert_type(block, bytes)

# Of the engine.
for text in client.events():
    assert_type(text, str)
for event in client.events(decode=True):
    assert_type(event, Event)
for event in client.events(None, True):
    assert_type(event, Event)
assert_type(client.stats('web'), Stream[str])
assert_type(client.stats('web', decode=True), Stream[Stats])
assert_type(client.stats('web', True), Stream[Stats])
assert_type(client.stats('web', stream=False), Stats)
assert_type(client.ping(), str)
assert_type(client.ping(head=True), PingHeaders)
assert_type(client.version(), EngineVersion)
assert_type(client.version()['Version'], str)
assert_type(client.images(), List[ImageSummary])
assert_type(client.images(quiet=True), List[str])
assert_type(client.images(viz=True), str)

# Dicts, which calls take in place of an id.
container = client.create_container('busybox', 'true')
assert_type(container, CreatedContainer)
assert_type(client.inspect_container(container), ContainerDetails)
assert_type(client.inspect_container(container)['State']['Running'], bool)
for summary in client.containers(all=True):
    assert_type(summary, ContainerSummary)
    client.remove_container(summary, force=True)
assert_type(client.port(container, 80), Optional[List[PortAddress]])
assert_type(client.wait(container, timeout=1.5), int)
assert_type(client.wait(container, 60, 'removed'), int)
client.wait(container, condition='healthy')
client.start(container)
