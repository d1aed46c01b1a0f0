# coding: utf-8
from contextlib import closing
import io
import re
import socket
import tarfile
import time

import pytest

import docker
from docker.errors import Conflict, ImageNotFound, NotFound, NotSupported

from tests import PathObject
from tests.engine.conftest import (
    assert_was_killed, discard, engine_is_podman, newest_of_engine, same)

SLEEP = 'sleep 300'
PATIENCE = 30
# Checks the limit in the control group, or, where a container cannot see that, by the use of more memory.
HAS_64M = ('grep -qs 67108864 /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max || '
           '! dd if=/dev/zero of=/dev/null bs=314572800 count=1')


def state(client, container):
    return client.inspect_container(container)['State']


def test_the_life_of_a_container(client, create, name):
    container = create('sh -c "exit 3"', name=name)
    assert state(client, container)['Running'] is False
    assert client.start(container) is None
    assert client.wait(container) == 3
    assert state(client, container)['ExitCode'] == 3
    assert client.remove_container(container) is None
    with pytest.raises(NotFound) as raised:
        client.inspect_container(container)
    assert 'no such' in raised.value.explanation.lower()
    assert raised.value.response.status_code == 404


def test_by_id_short_id_name_and_dict(client, create, name):
    created = create('true', name=name)
    details = client.inspect_container(created)
    own_id = details.get('ID') or details['Id']
    for container in (own_id, own_id[:12], name, {'Id': own_id}, {'ID': own_id}, {'id': own_id}):
        found = client.inspect_container(container)
        assert (found.get('ID') or found['Id']) == own_id


def test_configuration_reaches_the_container(client, create):
    container = create(
        [u'sh', u'-c', u'echo "$GREETING $0" é'], hostname='web', user='daemon', mem_limit='64m',
        environment={'GREETING': u'schön', 'EMPTY': ''}, working_dir='/tmp', cpu_shares=512,
        volumes=['/data'], ports=[80, (53, 'udp')], entrypoint=None, stdin_open=True)
    config = client.inspect_container(container)['Config']
    assert config['Hostname'] == 'web'
    assert config['User'] == 'daemon'
    assert u'GREETING=schön' in config['Env']
    assert config['WorkingDir'] == '/tmp'
    assert config['OpenStdin'] is True
    assert set(config['ExposedPorts']) == {'80/tcp', '53/udp'}
    assert set(config['Volumes']) == {'/data'}
    assert config['Cmd'][2] == u'echo "$GREETING $0" é'


def test_environment_and_command_at_run_time(client, run):
    container = run(['sh', '-c', 'echo "$GREETING"; pwd'], working_dir='/tmp',
                    environment=[u'GREETING=schön'])
    client.wait(container)
    assert client.logs(container) == u'schön\n/tmp\n'.encode('utf-8')


def test_user_at_run_time(client, image_name):
    # Docker 0.6 requires a user that exists in the image.
    dockerfile = u'FROM busybox\nRUN echo web:x:7:7:web:/:/bin/sh >> /etc/passwd\n'
    client.build(fileobj=io.StringIO(dockerfile), tag=image_name, rm=True)
    container = client.create_container(image_name, 'id -u', user='web')
    try:
        client.start(container)
        client.wait(container)
        assert client.logs(container) == b'7\n'
    finally:
        discard(client, container)


def test_entrypoint(client, run):
    container = run('there', entrypoint='echo hello')
    client.wait(container)
    assert client.logs(container) == b'hello there\n'


def test_a_memory_limit_is_in_force(client, run):
    container = run(['sh', '-c', HAS_64M], mem_limit='64m')
    assert client.wait(container) == 0, client.logs(container)


def test_a_name_that_is_taken_is_a_conflict(client, create, name):
    create('true', name=name)
    with pytest.raises(docker.APIError) as raised:
        create('true', name=name)
    if newest_of_engine(client) < (1, 7):
        # The response of Docker 0.6 is a 500 with the message of its database.
        assert 'constraint' in raised.value.explanation
    else:
        assert isinstance(raised.value, Conflict) and name in raised.value.explanation


def test_a_missing_image(client):
    with pytest.raises(ImageNotFound) as raised:
        client.create_container('local/no-such-image', 'true')
    assert isinstance(raised.value, docker.APIError)
    assert 'no such image' in str(raised.value).lower()


def entry_of(container, listed):
    """Return the entry of a container in a list of them, or None."""
    found = [each for each in listed if same(each['Id'], container['Id'])]
    return found[0] if found else None


def test_containers_lists_them(client, run, create, name):
    first = create('true', name=name)
    second = run(SLEEP)
    running = client.containers()
    assert entry_of(second, running) and not entry_of(first, running)
    everything = client.containers(all=True)
    assert entry_of(second, everything)
    listed = entry_of(first, everything)
    assert listed['Names'] == ['/' + name]
    assert listed['Image'].startswith('busybox') and listed['Command'].strip() == 'true'
    assert [list(container) for container in client.containers(quiet=True, all=True)] == \
        [['Id']] * len(everything)
    assert len(client.containers(limit=1)) == 1
    assert entry_of(second, client.containers(latest=True))


def test_containers_with_sizes(client, run):
    container = run(['sh', '-c', 'dd if=/dev/zero of=/file bs=1000 count=9; sync'])
    client.wait(container)
    assert entry_of(container, client.containers(all=True, size=True))['SizeRw'] >= 9000


def test_top(client, run):
    container = run(SLEEP)
    assert any('sleep' in ' '.join(process) for process in client.top(container)['Processes'])
    listed = client.top(container, ps_args='aux')
    assert {'PID', 'USER'} <= set(listed['Titles'])
    assert any(SLEEP in ' '.join(process) for process in listed['Processes'])


def test_top_of_a_container_that_has_ended(client, run):
    container = run('true')
    client.wait(container)
    if newest_of_engine(client) < (1, 7):
        # Docker 0.6 lists no processes.
        assert not client.top(container)['Processes']
        return
    with pytest.raises(Conflict):
        client.top(container)


def test_diff(client, run):
    container = run('touch /new')
    client.wait(container)
    assert {'Path': '/new', 'Kind': 1} in client.diff(container)
    assert '/bin' not in [change['Path'] for change in client.diff(container)]


def test_diff_of_no_container(client):
    with pytest.raises(NotFound):
        client.diff('nosuchcontainer')


def test_diff_of_no_changes_is_a_list(client, create):
    assert client.diff(create('true')) == []


def test_stop_waits_until_the_container_exits(client, run):
    container = run(['sh', '-c', 'trap "exit 5" TERM; echo ready; while :; do sleep 0.1; done'])
    next(client.logs(container, stream=True))
    client.stop(container, timeout=30)
    assert client.wait(container) == 5
    assert client.stop(container) is None


def test_stop_kills_after_the_timeout(client, run):
    container = run(SLEEP)
    client.stop(container, timeout=0)
    assert_was_killed(client, client.wait(container))


def test_restart(client, run):
    container = run(SLEEP)
    before = state(client, container)['StartedAt']
    client.restart(container, timeout=0)
    after = state(client, container)
    assert after['Running'] is True and after['StartedAt'] != before


@pytest.mark.parametrize('number_or_name', ['SIGUSR1', 'usr1', 10, '10'])
def test_kill_sends_a_signal(client, run, number_or_name):
    container = run(['sh', '-c', 'trap "exit 7" USR1; echo ready; while :; do sleep 0.1; done'])
    next(client.logs(container, stream=True))
    client.kill(container, number_or_name)
    assert client.wait(container) == 7


def test_kill_without_a_signal_ends_it(client, run):
    container = run(SLEEP)
    client.kill(container)
    assert_was_killed(client, client.wait(container))


def test_kill_of_a_container_that_does_not_run_has_no_effect(client, create, name):
    container = create('true')
    assert client.kill(container) is None
    client.start(container)
    assert client.wait(container) == 0
    assert client.kill(container) is None
    assert state(client, container)['ExitCode'] == 0
    with pytest.raises(NotFound):
        client.kill(name)


def test_a_host_name_with_its_domain(client, run):
    container = run(['sh', '-c', 'hostname; cat /etc/hosts'], hostname='web.example.com')
    config = client.inspect_container(container)['Config']
    assert (config['Hostname'], config['Domainname']) == ('web', 'example.com')
    client.wait(container)
    output = client.logs(container)
    assert output.startswith(b'web') and b'web.example.com' in output


def test_a_running_container_is_not_removed(client, run):
    container = run(SLEEP)
    with pytest.raises(docker.APIError) as raised:
        client.remove_container(container)
    # The status of Docker 0.6 is 406 Not Acceptable.
    assert isinstance(raised.value, Conflict) or (
        raised.value.response.status_code == 406 and newest_of_engine(client) < (1, 7))
    assert state(client, container)['Running'] is True


def test_starting_a_running_container_does_not_change_it(client, run):
    container = run(SLEEP)
    before = state(client, container)['StartedAt']
    client.start(container)
    assert state(client, container)['StartedAt'] == before


@pytest.mark.parametrize('form', ['str', 'ro', 'dict', 'list', 'object'])
def test_binds(client, run, tmpdir, form):
    tmpdir.join('file').write('from the host\n')
    tmpdir.chmod(0o777)
    host = str(tmpdir)
    binds = {'str': {host: '/mnt'}, 'ro': {host: '/mnt:ro'},
             'dict': {host: {'bind': '/mnt', 'ro': True}}, 'list': [host + ':/mnt:ro'],
             'object': {tmpdir: {'bind': PathObject('/mnt'), 'ro': True}}}[form]
    container = run(['sh', '-c', 'cat /mnt/file; touch /mnt/new'], start={'binds': binds},
                    volumes=['/mnt'])
    code = client.wait(container)
    assert client.logs(container, stderr=False) == b'from the host\n'
    assert tmpdir.join('new').check() is (form == 'str')
    assert (code == 0) is (form == 'str')


def test_a_container_with_a_bind_is_removed_with_its_volumes(client, run, tmpdir):
    container = run('true', volumes=['/mnt', '/own'], start={'binds': {str(tmpdir): '/mnt'}})
    client.wait(container)
    assert client.remove_container(container, v=True) is None
    with pytest.raises(NotFound):
        client.inspect_container(container)
    with pytest.raises(NotFound):
        client.remove_container(container, v=True)


def test_volumes_from(client, run, tmpdir):
    tmpdir.join('file').write('shared\n')
    first = run('true', volumes=['/mnt'], start={'binds': {str(tmpdir): '/mnt'}})
    client.wait(first)
    second = run('cat /mnt/file', volumes_from=first['Id'])
    client.wait(second)
    assert client.logs(second) == b'shared\n'


def test_start_keeps_the_settings_of_create(client, create, tmpdir):
    tmpdir.join('file').write('shared\n')
    first = create('true', volumes=['/mnt'])
    client.start(first, binds={str(tmpdir): '/mnt'})
    client.wait(first)
    second = create(['sh', '-c', '{ ' + HAS_64M + '; } && cat /mnt/file'], mem_limit='64m',
                    volumes=['/other'], volumes_from=first['Id'])
    client.start(second, binds={str(tmpdir): '/other'})
    assert client.wait(second) == 0, client.logs(second)
    assert client.logs(second, stderr=False) == b'shared\n'


def page_at(address, port):
    """Return what is sent at a port, trying again until then, as the container may not listen yet."""
    deadline = time.time() + PATIENCE
    page = b''
    while not page and time.time() < deadline:
        try:
            sock = socket.create_connection((address, port), PATIENCE)
        except socket.error:
            continue
        try:
            with closing(sock.makefile('rb')) as opened:
                page = opened.read()
        except socket.error:
            pass
        finally:
            sock.close()
    return page


def test_port_is_none_when_not_published(client, run):
    assert client.port(run(SLEEP, ports=[80]), 80) is None


@pytest.mark.parametrize('binding, host_ips', [
    (('127.0.0.1', None), ['127.0.0.1']), (('127.0.0.1',), ['127.0.0.1']),
    (None, ['0.0.0.0', ''])])
def test_a_published_port_is_reachable(client, run, binding, host_ips):
    container = run(['nc', '-ll', '-p', '80', '-e', 'echo', 'hello'], ports=[80],
                    start={'port_bindings': {80: binding}})
    published = client.port(container, 80)
    assert client.port(container, '80/tcp') == published
    assert client.port(container, '80') == published
    # On a host with IPv6 there is a second binding for that.
    port, = [int(each['HostPort']) for each in published if each['HostIp'] in host_ips]
    assert page_at('127.0.0.1', port) == b'hello\n'
    assert (80, port) in [
        (each['PrivatePort'], each.get('PublicPort'))
        for each in entry_of(container, client.containers())['Ports']]
    assert client.inspect_container(container)['NetworkSettings']['IPAddress'].count('.') == 3


def test_two_bindings_of_one_port_and_udp(client, run):
    container = run(SLEEP, ports=[80, (53, 'udp')], start={'port_bindings': {
        80: [('127.0.0.1', None), ('127.0.0.2', None)], '53/udp': ('127.0.0.1', None)}})
    assert sorted(found['HostIp'] for found in client.port(container, 80)) == ['127.0.0.1', '127.0.0.2']
    assert client.port(container, 53)[0]['HostIp'] == '127.0.0.1'


def test_publish_all_ports(client, run):
    container = run(SLEEP, ports=[80], start={'publish_all_ports': True})
    published = client.port(container, 80)
    assert published[0]['HostPort'].isdigit()


def test_links(client, run, name):
    run(SLEEP, name=name, ports=[80])
    if engine_is_podman(client):
        with pytest.raises(NotSupported, match='links'):
            run('env', start={'links': {name: 'db'}})
        return
    container = run(['sh', '-c', 'env; cat /etc/hosts'], start={'links': {name: 'db'}})
    client.wait(container)
    # Docker 0.6 sets variables for a link, 29 a host name, those between both.
    assert re.search(br'^DB_PORT_80_TCP_PORT=80$|^[0-9.]+\s+db\b', client.logs(container), re.M)


def test_privileged(client, create):
    container = create('mount -t tmpfs none /tmp')
    if newest_of_engine(client) < (1, 7):
        # Docker 0.6 takes this setting at creation only.
        with pytest.raises(NotSupported, match='privileged'):
            client.start(container, privileged=True)
        container = create('mount -t tmpfs none /tmp', host_config={'Privileged': True})
    try:
        client.start(container, privileged=True)
    except docker.APIError as error:
        if 'not permitted' not in error.explanation:
            raise
        pytest.skip('the host of this engine does not allow more capabilities: ' + error.explanation)
    assert client.wait(container) == 0


def test_create_from_config(client, name):
    container = client.create_container_from_config(
        {'Image': 'busybox', 'Cmd': ['true'], 'Env': ['A=b']}, name)
    try:
        details = client.inspect_container(name)
        assert 'A=b' in details['Config']['Env']
        assert (details.get('ID') or details['Id']).startswith(container['Id'])
    finally:
        discard(client, container)


def test_the_fields_of_a_config_of_2013_are_all_in_force(client, create, request):
    if newest_of_engine(client) < (1, 18):
        pytest.skip('this engine has some of them in its Config')
    data = create('true', volumes=['/data'])
    container = client.create_container_from_config({
        'Image': 'busybox', 'Cmd': ['true'], 'Memory': 64 << 20, 'CpuShares': 512, 'Privileged': True,
        'Dns': ['8.8.8.8'], 'VolumesFrom': data['Id']})
    request.addfinalizer(lambda: discard(client, container))
    host_config = client.inspect_container(container)['HostConfig']
    assert {key: host_config[key] for key in ('Memory', 'CpuShares', 'Privileged', 'Dns', 'VolumesFrom')} == {
        'Memory': 64 << 20, 'CpuShares': 512, 'Privileged': True, 'Dns': ['8.8.8.8'],
        'VolumesFrom': [data['Id']]}


def test_resize_a_terminal(client, run):
    container = run(['sh', '-c', 'read line; stty size'], tty=True, stdin_open=True)
    terminal = client.attach_socket(container, {'stdin': 1, 'stdout': 1, 'stream': 1})
    client.resize(container, 33, 99)
    terminal.sendall(b'\n')
    client.wait(container)
    terminal.close()
    assert b'33 99' in client.logs(container)


def test_copy(client, run):
    container = run(['sh', '-c', u'echo schön > /file'])
    client.wait(container)
    with client.copy(container, '/file') as archive:
        with tarfile.open(mode='r|', fileobj=archive) as tar:
            member = tar.next()
            assert member.name == 'file'
            assert tar.extractfile(member).read() == u'schön\n'.encode('utf-8')


def test_copy_as_releases_of_2014_returned_it(client, run):
    container = run(['sh', '-c', 'echo 1 > /file'], working_dir=PathObject('/tmp'))
    client.wait(container)
    with client.copy(container, PathObject('/file')) as archive:
        data = archive.data
    with client.copy(container, '/file') as archive:
        assert archive.status == 200
        assert b''.join(archive.stream(1024)) == data
    with client.copy(container, '/file') as archive:
        assert archive.read(512) + archive.read() == data
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        assert tar.extractfile('file').read() == b'1\n'


def test_copy_of_a_directory(client, run):
    """The archive has the directory by its name."""
    container = run(['sh', '-c', 'mkdir -p /srv/site/empty; echo hi >/srv/site/index.html'])
    client.wait(container)
    with client.copy(container, '/srv/site') as archive:
        with tarfile.open(mode='r|', fileobj=archive) as tar:
            names = sorted(member.name.rstrip('/') for member in tar)
    assert names == ['site', 'site/empty', 'site/index.html']


def test_copy_of_a_missing_file(client, create):
    with pytest.raises(docker.APIError):
        client.copy(create('true'), '/no/such/file')


def test_export(client, run):
    container = run('touch /created-here')
    client.wait(container)
    with client.export(container) as archive:
        with tarfile.open(mode='r|', fileobj=archive) as tar:
            names = [member.name for member in tar]
    assert 'created-here' in [found.lstrip('./') for found in names]
