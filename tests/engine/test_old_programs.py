"""Programs in the style of 2014 to 2016, which run unchanged but for the version that they ask for.

Each is a function of a Client's arguments, written as scripts of those years were. They make their own
Client, remove what they create, and look only at what such scripts looked at.
"""

import datetime
import io
import json
import os
import tarfile

import pytest

import docker
from docker import errors, utils
from tests.engine.conftest import HOST, require_engine


def test_create_with_a_host_config_and_start(c, name, cleanup, tmp_path):
    (tmp_path / 'motd').write_bytes(b'hello\n')
    container = c.create_container(
        image='busybox', command='cat /data/motd', name=name, volumes=['/data'],
        environment={'COLOR': 'blue'}, labels={'owner': 'me'}, host_config=c.create_host_config(
            binds={str(tmp_path): {'bind': '/data', 'mode': 'ro'}}, cap_add=['NET_ADMIN'],
            restart_policy={'Name': 'on-failure', 'MaximumRetryCount': 2}, mem_limit='64m'))
    cleanup.append(container)
    response = c.start(container=container.get('Id'))
    assert response is None
    assert c.wait(container) == 0
    assert c.logs(container) == b'hello\n'
    inspected = c.inspect_container(container)
    assert inspected['HostConfig']['RestartPolicy'] == {'Name': 'on-failure', 'MaximumRetryCount': 2}
    assert inspected['Name'] == '/' + name


def test_start_with_binds_and_ports(c, cleanup, tmp_path):
    (tmp_path / 'x').write_bytes(b'x')
    container = c.create_container('busybox', ['ls', '/mnt'], ports=[80], volumes=['/mnt'])
    cleanup.append(container)
    c.start(container, binds={str(tmp_path): {'bind': '/mnt', 'ro': True}},
            port_bindings={80: ('127.0.0.1',)})
    assert c.wait(container['Id']) == 0
    assert c.logs(container['Id']).decode('utf-8').split() == ['x']


def test_a_client_of_the_environment(monkeypatch):
    require_engine()
    monkeypatch.setenv('DOCKER_HOST', HOST)
    for client in (docker.from_env(version='auto'), docker.Client.from_env(),
                   docker.Client(version='auto', **utils.kwargs_from_env(assert_hostname=False)),
                   docker.AutoVersionClient(**utils.kwargs_from_env())):
        assert client.version()['ApiVersion']
        assert utils.compare_version('1.6', client.api_version) >= 0
        client.close()


def test_a_build_loop(c, name):
    tag = 'local/' + name
    dockerfile = io.BytesIO(u'FROM busybox\nRUN echo caf\xe9 > /motd\nCMD cat /motd\n'.encode('utf-8'))
    last = None
    for line in c.build(fileobj=dockerfile, tag=tag, rm=True, forcerm=True):
        last = json.loads(line)
        assert 'error' not in last, last
    assert last
    try:
        assert [image for image in c.images(tag)]
    finally:
        c.remove_image(tag, force=True)


def test_a_build_of_a_context_of_its_own(c, name):
    context = io.BytesIO()
    with tarfile.open(fileobj=context, mode='w') as tar:
        content = b'FROM busybox\nARG WHO=nobody\nRUN echo $WHO > /who\n'
        item = tarfile.TarInfo('docker/Dockerfile')
        item.size = len(content)
        tar.addfile(item, io.BytesIO(content))
    context.seek(0)
    tag = 'local/' + name
    events = list(c.build(fileobj=context, custom_context=True, dockerfile='docker/Dockerfile', tag=tag,
                          buildargs={'WHO': 'me'}, decode=True))
    assert not [event for event in events if 'error' in event]
    c.remove_image(tag)


def test_exec(c, cleanup):
    container = c.create_container('busybox', 'sleep 300', detach=True)
    cleanup.append(container)
    c.start(container)
    created = c.exec_create(container, ['sh', '-c', 'echo out; exit 3'])
    assert c.exec_start(created['Id']) == b'out\n'
    assert c.exec_inspect(created['Id'])['ExitCode'] == 3
    stream = c.exec_start(c.exec_create(container['Id'], 'echo again', tty=False)['Id'], stream=True)
    assert b''.join(stream) == b'again\n'


def test_events(c, cleanup):
    since = utils.datetime_to_timestamp(datetime.datetime(2013, 11, 9))
    container = c.create_container('busybox', 'true')
    cleanup.append(container)
    events = c.events(since=since, decode=True)
    for event in events:
        if event.get('id') == container['Id'] and event['status'] == 'create':
            break
    events.close()


def test_a_restarted_container_under_another_name(c, name, cleanup):
    container = c.create_container('busybox', 'sleep 300', name=name)
    cleanup.append(container)
    c.start(container)
    c.pause(container)
    c.unpause(container)
    c.rename(container, name + '-old')
    c.restart(container, timeout=0)
    assert c.inspect_container(container)['Name'] == '/{0}-old'.format(name)
    c.kill(container)
    c.remove_container(container, force=True)
    with pytest.raises(errors.NotFound):
        c.inspect_container(container)


def test_the_tail_of_logs(c, cleanup):
    container = c.create_container('busybox', 'seq 1 20')
    cleanup.append(container)
    c.start(container)
    c.wait(container)
    assert c.logs(container, stdout=True, stderr=True, tail=2).split() == [b'19', b'20']
    stamped = c.logs(container, timestamps=True, tail=1)
    assert stamped.split()[-1] == b'20' and b'T' in stamped
    assert b''.join(c.logs(container, stream=True)).split()[-1] == b'20'


def test_a_garbage_collector(c, name, cleanup):
    container = c.create_container('busybox', 'true', name=name, labels={'gc': name})
    cleanup.append(container)
    c.start(container)
    c.wait(container)
    found = c.containers(all=True, filters={'status': 'exited', 'label': 'gc=' + name})
    assert [item['Id'] for item in found] == [container['Id']]
    for item in found:
        c.remove_container(item['Id'], v=True, force=True)
    assert c.containers(all=True, filters={'label': 'gc=' + name}) == []


def test_volumes_and_networks(c, name, cleanup):
    volume = c.create_volume(name=name, driver='local')
    network = c.create_network(name, driver='bridge')
    try:
        assert volume['Name'] in [item['Name'] for item in c.volumes()['Volumes']]
        assert c.inspect_network(network['Id'])['Name'] == name
        container = c.create_container('busybox', 'touch /data/x', volumes=['/data'],
                                       host_config=utils.create_host_config(
            binds=['{0}:/data'.format(name)], network_mode=name))
        cleanup.append(container)
        c.start(container)
        assert c.wait(container) == 0
        c.remove_container(container, force=True)
    finally:
        c.remove_network(network['Id'])
        c.remove_volume(name)


def test_files_in_and_out(c, cleanup, tmp_path):
    container = c.create_container('busybox', 'true')
    cleanup.append(container)
    (tmp_path / 'file').write_bytes(b'content')
    with utils.tar(str(tmp_path)) as packed:
        assert c.put_archive(container, '/tmp', packed.read())
    archive, stat = c.get_archive(container, '/tmp/file')
    assert stat['name'] == 'file' and stat['size'] == 7
    with tarfile.open(fileobj=io.BytesIO(b''.join(archive)), mode='r:') as opened:
        assert opened.extractfile('file').read() == b'content'


def test_an_image_to_a_file_and_back(c, name, tmp_path):
    tag = 'local/' + name
    c.tag('busybox', tag, 'v1', force=True)
    path = str(tmp_path / 'image.tar')
    with open(path, 'wb') as target:
        target.write(c.get_image(tag + ':v1').read())
    c.remove_image(tag + ':v1', force=False, noprune=True)
    with open(path, 'rb') as source:
        c.load_image(source)
    assert c.inspect_image(tag + ':v1')['Id']
    c.remove_image(tag + ':v1')


def test_statistics(c, cleanup):
    container = c.create_container('busybox', 'sleep 300')
    cleanup.append(container)
    c.start(container)
    stats = c.stats(container, decode=True)
    assert 'cpu_stats' in next(iter(stats))
    assert c.stats(container, stream=False)['memory_stats'] is not None


def test_types_and_errors(c):
    limits = utils.create_host_config(
        ulimits=[docker.utils.Ulimit(name='nofile', soft=1024, hard=2048)],
        log_config=docker.utils.LogConfig(type='json-file', config={'max-size': '1m'}))
    assert limits['Ulimits'][0]['Hard'] == 2048 and limits['LogConfig']['Type'] == 'json-file'
    with pytest.raises(errors.NullResource):
        c.inspect_container(None)
    try:
        c.inspect_container('does-not-exist')
    except docker.errors.APIError as error:
        assert error.response.status_code == 404 and error.is_client_error()
        assert 'does-not-exist' in str(error.explanation)


def test_a_ping(c):
    assert c.ping() == 'OK'
    assert c.info()['Containers'] is not None
    assert docker.version_info >= (1, 10) and os.path.basename(docker.__file__).startswith('__init__')
