"""More programs in the style of 2014 to 2016: containers, their output, files and settings.

They are as those in test_old_programs.py, each in the manner of a kind of tool of those years.
"""

import io
import json
import socket
import tarfile

import pytest
import requests
import six

import docker
from docker import errors, utils
from docker.client import Client
from docker.errors import APIError
from docker.utils.types import LogConfig, Ulimit
from tests.engine.conftest import HOST, engine_is_podman

PROJECT = 'com.example.project'


# Orchestration

def service_options(c, project, number, links=(), volumes_from=None):
    """Return what a tool that keeps services up passes to create_container."""
    return dict(
        image='busybox', command='sh -c "date > /data/started; exec sleep 300"', detach=True,
        name='{0}_web_{1}'.format(project, number), hostname='web', domainname='example.com',
        environment=['A=1', 'B=two words'], volumes={'/data': {}}, ports=[(8000, 'tcp'), '53/udp'],
        labels={PROJECT: project, 'com.example.number': str(number)},
        host_config=c.create_host_config(
            links=list(links), port_bindings={'8000/tcp': [('127.0.0.1', None)], 53: None}, binds=[],
            volumes_from=volumes_from, privileged=False, network_mode='bridge', dns=None, dns_search=None,
            restart_policy={'Name': 'always', 'MaximumRetryCount': 0}, cap_add=None, cap_drop=None,
            mem_limit=None, memswap_limit=None, ulimits=None, log_config={'Type': 'json-file', 'Config': {}},
            extra_hosts=None, read_only=None, pid_mode=None, security_opt=None, ipc_mode=None,
            cgroup_parent=None))


def test_up_scale_recreate_and_down(c, name, cleanup):
    project = name.replace('-', '')
    first = c.create_container(**service_options(c, project, 1))
    cleanup.append(first['Id'])
    c.start(first['Id'])
    mine = c.containers(all=True, filters={'label': ['{0}={1}'.format(PROJECT, project)]})
    assert [item['Names'][0] for item in mine] == ['/{0}_web_1'.format(project)]
    inspected = c.inspect_container(first['Id'])
    assert inspected['State']['Running'] and inspected['Config']['Labels'][PROJECT] == project
    assert {'A=1', 'B=two words'} <= set(inspected['Config']['Env'])
    assert inspected['Config']['Hostname'] == 'web'

    # The old one keeps its volumes for the new one, under another name.
    c.stop(first['Id'], timeout=0)
    c.rename(first['Id'], '{0}_{1}_web_1'.format(first['Id'][:12], project))
    second = c.create_container(**service_options(c, project, 1, volumes_from=[first['Id']]))
    cleanup.append(second.get('Id'))
    c.start(second.get('Id'))
    c.remove_container(first['Id'], v=False)
    assert [item['Id'] for item in c.containers(filters={'label': PROJECT + '=' + project})] == [second['Id']]
    assert c.port(second['Id'], 8000)[0]['HostIp'] == '127.0.0.1'
    assert int(c.port(second, '8000/tcp')[0]['HostPort'])
    for item in c.containers(all=True, quiet=True, filters={'label': [PROJECT + '=' + project]}):
        c.kill(item['Id'], 'SIGKILL')
        c.remove_container(item['Id'], link=False, v=True, force=True)


def test_the_state_that_a_playbook_wants(c, name, cleanup):
    def find():
        return [item for item in c.containers(all=True) if '/' + name in item['Names']]

    assert not find()
    params = {'image': 'busybox', 'command': 'sleep 300', 'ports': ['80', '53/udp'], 'volumes': None,
              'environment': {'A': 'b'}, 'hostname': None, 'user': None, 'detach': True, 'stdin_open': False,
              'tty': False, 'name': name, 'entrypoint': None, 'cpu_shares': 2, 'working_dir': '/tmp'}
    try:
        created = c.create_container(**params)
    except errors.APIError as e:
        pytest.fail('cannot create: %s' % e.explanation)
    cleanup.append(created)
    c.start(created, publish_all_ports=True, restart_policy={'MaximumRetryCount': 0, 'Name': 'no'})
    running = [item for item in find() if c.inspect_container(item['Id'])['State']['Running']]
    assert len(running) == 1 and running[0]['Status'].startswith('Up')
    assert running[0]['Image'].split(':')[0] == 'busybox' and running[0]['Command'].startswith('sleep')
    published = c.inspect_container(name)['NetworkSettings']['Ports']
    assert int(published['80/tcp'][0]['HostPort'])
    c.stop(name, 0)
    c.wait(name)
    assert c.inspect_container(name)['State']['Running'] is False
    c.remove_container(created.get('Id'), force=True)
    assert not find()


def test_ships_of_a_fleet(c, name, cleanup, tmp_path):
    """Settings that programs pass to start, in all the forms of those years."""
    other = c.create_container('busybox', 'sleep 300', name=name + '-db', volumes=['/srv'])
    cleanup.append(other['Id'])
    c.start(other['Id'])
    container = c.create_container(
        image='busybox', hostname=name, command=['sleep', '300'], detach=True, environment={'N': '1'},
        ports=[(80, 'tcp'), (81, 'tcp'), (82, 'tcp'), (83, 'udp')], volumes=[str(tmp_path)])
    cleanup.append(container['Id'])
    c.start(container['Id'], binds={str(tmp_path): {'bind': '/mnt', 'ro': False}},
            port_bindings={'80/tcp': [{'HostIp': '127.0.0.1', 'HostPort': ''}], 81: ('127.0.0.1',),
                           '82/tcp': [('127.0.0.1',), ('127.0.0.2',)], '83/udp': None},
            privileged=False, network_mode='bridge', dns=['192.0.2.53'], dns_search=['example.com'],
            extra_hosts={'files': '192.0.2.7'}, cap_add=['NET_ADMIN'], cap_drop=['MKNOD'],
            volumes_from=[other['Id']], security_opt=[])
    host_config = c.inspect_container(container['Id'])['HostConfig']
    assert host_config['Dns'] == ['192.0.2.53'] and host_config['ExtraHosts'] == ['files:192.0.2.7']
    created = c.exec_create(container['Id'], 'cat /etc/resolv.conf /etc/hosts')
    text = c.exec_start(created['Id']).decode('utf-8')
    assert '192.0.2.53' in text and 'files' in text
    assert c.port(container['Id'], 80)[0]['HostIp'] == '127.0.0.1'


# Settings

def test_a_host_config_of_everything(c, cleanup, tmp_path):
    # Podman in a container may not set the limits that it adds to any given one.
    limits = None if engine_is_podman(c) else [Ulimit(name='nofile', soft=100, hard=200)]
    host_config = c.create_host_config(
        binds=['{0}:/mnt:ro'.format(tmp_path)], port_bindings={80: ('127.0.0.1',)}, publish_all_ports=False,
        privileged=False, dns=['192.0.2.53'], dns_search=['example.com'], network_mode='bridge',
        restart_policy={'Name': 'on-failure', 'MaximumRetryCount': 1}, cap_add=['SYS_TIME'],
        cap_drop=['MKNOD'], devices=['/dev/null:/dev/nothing:rwm'], extra_hosts={'files': '192.0.2.7'},
        read_only=True, ipc_mode=None, security_opt=['no-new-privileges'],
        ulimits=limits, log_config=LogConfig(type='json-file', config={}),
        mem_limit='64m', cpu_shares=512, cpuset_cpus='0', shm_size='16m', tmpfs=['/run'], oom_score_adj=100,
        dns_opt=['ndots:2'], group_add=['1000'], mem_reservation='32m')
    container = c.create_container(
        'busybox', ['sh', '-c', 'ulimit -n; test -c /dev/nothing; echo $?; touch /x; echo $?'],
        ports=[80], host_config=host_config, volumes=['/mnt'])
    cleanup.append(container)
    c.start(container)
    assert c.wait(container) == 0
    printed = c.logs(container, stdout=True, stderr=False).split()
    assert printed[1:] == [b'0', b'1'] and (printed[0] == b'100' or not limits)
    got = c.inspect_container(container)['HostConfig']
    assert got['ShmSize'] == 16 << 20 and got['ReadonlyRootfs'] is True


def test_a_host_config_of_utils(c, cleanup):
    limits = None if engine_is_podman(c) else [{'name': 'nproc', 'soft': 50, 'hard': 60}]
    made = utils.create_host_config(mem_limit='32m', ulimits=limits,
                                    log_config={'type': 'json-file', 'config': {'max-size': '1m'}},
                                    version='1.22')
    assert made['Memory'] == 32 << 20
    config = c.create_container_config('busybox', 'true', labels={'a': 'b'}, host_config=made)
    assert config['HostConfig'] == made
    container = c.create_container_from_config(config)
    cleanup.append(container['Id'])
    c.start(container['Id'])
    assert c.wait(container['Id']) == 0
    assert c.inspect_container(container['Id'])['HostConfig']['Memory'] == 32 << 20


def test_an_update_of_limits(c, cleanup):
    container = c.create_container('busybox', 'sleep 300', host_config=c.create_host_config(mem_limit='64m'))
    cleanup.append(container)
    if engine_is_podman(c):
        pytest.skip('Podman 4.3 updates no containers')
    c.update_container(container['Id'], mem_limit='32m', memswap_limit='64m', cpu_shares=256)
    assert c.inspect_container(container)['HostConfig']['CpuShares'] == 256
    c.start(container)
    c.update_container(container=container['Id'], cpu_shares=300)
    assert c.inspect_container(container)['HostConfig']['CpuShares'] == 300


# Output

def test_output_of_a_test_harness(c, cleanup):
    container = c.create_container(image='busybox', command=['sh', '-c', 'echo out; echo err >&2; exit 4'])
    cleanup.append(container)
    c.start(container=container.get('Id'))
    if c.wait(container=container.get('Id'), timeout=30) != 4:
        pytest.fail('another exit code')
    assert c.logs(container['Id'], stdout=True, stderr=False, tail=10) == b'out\n'
    assert c.logs(container['Id'], stdout=False, stderr=True, stream=False) == b'err\n'
    assert b'out' in c.logs(container, stdout=True, stderr=False, tail=10, timestamps=True)
    assert c.attach(container, logs=True, stream=False, stdout=True, stderr=False) == b'out\n'
    for line in c.logs(container['Id'], stream=True, stdout=True, stderr=True):
        assert line.rstrip().decode() in ('out', 'err')
    assert list(c.logs(container, stream=True, follow=False, tail='all', stderr=False)) == [b'out\n']
    assert c.logs(container, since=1, tail=0) in (b'', u'')


def test_a_wait_that_takes_too_long(c, cleanup):
    container = c.create_container('busybox', 'sleep 300')
    cleanup.append(container)
    c.start(container)
    with pytest.raises(requests.exceptions.ReadTimeout):
        c.wait(container, timeout=1)
    try:
        c.wait(container['Id'], 1)
    except requests.exceptions.RequestException as error:
        assert 'Read timed out' in str(error)


def test_a_terminal(c, cleanup):
    container = c.create_container('busybox', 'cat', tty=True, stdin_open=True)
    cleanup.append(container)
    c.start(container)
    sock = c.attach_socket(container['Id'], params={'stdin': 1, 'stdout': 1, 'stderr': 1, 'stream': 1})
    c.resize(container['Id'], height=24, width=80)
    raw = getattr(sock, '_sock', sock)
    raw.sendall(b'hello\n')
    received = b''
    while received.count(b'hello') < 2:
        received += raw.recv(4096)
    sock.close()
    c.kill(container, signal='SIGKILL')


def test_frames_of_an_attached_socket(c, cleanup):
    container = c.create_container('busybox', ['sh', '-c', 'read x; echo $x; echo err >&2'], stdin_open=True)
    cleanup.append(container)
    sock = c.attach_socket(container, {'stdin': 1, 'stdout': 1, 'stderr': 1, 'stream': 1})
    c.start(container)
    sock.sendall(b'word\n')
    c.wait(container)
    found = b''.join(utils_socket().frames_iter(sock))
    assert sorted(found.split()) == [b'err', b'word']
    sock.close()


def utils_socket():
    from docker.utils import socket as frames
    return frames


def test_commands_in_a_container(c, cleanup):
    container = c.create_container('busybox', 'sleep 300')
    cleanup.append(container)
    c.start(container)
    run = c.exec_create(container=container['Id'], cmd='sh -c "echo a; echo b >&2"', stdout=True,
                        stderr=False)
    assert c.exec_start(exec_id=run['Id'], tty=False, detach=False, stream=False) == b'a\n'
    run = c.exec_create(container, ['sh', '-c', 'echo a; sleep 0; echo b'], tty=True)
    assert b''.join(c.exec_start(run, stream=True, tty=True)).split() == [b'a', b'b']
    run = c.exec_create(container, 'id -u', user='1000', privileged=False)
    assert c.exec_start(run['Id']).strip() == b'1000'
    assert c.exec_inspect(run['Id'])['ExitCode'] == 0 and c.exec_inspect(run)['Running'] is False
    run = c.exec_create(container, 'cat', stdin=True)
    sock = c.exec_start(run['Id'], socket=True)
    sock.sendall(b'typed\n')
    sock.shutdown(socket.SHUT_WR)
    assert b'typed' in b''.join(utils_socket().frames_iter(sock))
    sock.close()
    run = c.exec_create(container, 'touch /done')
    c.exec_start(run['Id'], detach=True)
    run = c.exec_create(container, 'sh', tty=True, stdin=True)
    sock = c.exec_start(run, tty=True, socket=True)
    c.exec_resize(run['Id'], height=40, width=100)
    sock.close()


def test_a_monitor(c, name, cleanup):
    container = c.create_container('busybox', 'sleep 300', name=name)
    cleanup.append(container)
    c.start(container)
    stream = c.stats(container['Id'], decode=True)
    sample = next(stream)
    assert sample['cpu_stats']['cpu_usage']['total_usage'] >= 0 and 'memory_stats' in sample
    stream.close()
    text = c.stats(container['Id'])
    assert 'cpu_stats' in json.loads(next(text))
    text.close()
    once = c.stats(container, stream=False)
    assert 'networks' in once or 'network' in once
    processes = c.top(name)
    assert any('sleep 300' in ' '.join(row) for row in processes['Processes'])
    if not engine_is_podman(c):
        assert len(c.top(name, 'aux')['Titles']) > 3
    changes = c.diff(name)
    assert not changes or set(changes[0]) == {'Path', 'Kind'}


def test_a_listener_of_events(c, name, cleanup):
    container = c.create_container('busybox', 'true', name=name)
    cleanup.append(container)
    c.start(container)
    c.wait(container)
    events = c.events(since=1, filters={'event': 'start', 'container': container['Id']}, decode=True)
    event = next(events)
    assert event['status'] == 'start' and event['id'] == container['Id'] and event['time'] > 1
    events.close()
    line = next(iter(c.events(since=1, filters={'container': [container['Id']]})))
    assert json.loads(line)['id'] == container['Id']


# Files

def test_a_backup_of_files(c, cleanup, tmp_path):
    container = c.create_container('busybox', 'true')
    cleanup.append(container)
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode='w') as tar:
        item = tarfile.TarInfo('data/file')
        item.size = 7
        tar.addfile(item, io.BytesIO(b'content'))
    assert c.put_archive(container, '/', packed.getvalue()) is True
    packed.seek(0)
    assert c.put_archive(container['Id'], path='/', data=packed)
    strm, stat = c.get_archive(container, '/data/file')
    assert stat['size'] == 7 and not stat['linkTarget']
    assert tarfile.open(fileobj=io.BytesIO(strm.read())).extractfile('file').read() == b'content'
    strm, _ = c.get_archive(container=container['Id'], path='/data')
    assert sorted(tarfile.open(fileobj=io.BytesIO(strm.data)).getnames()) == ['data', 'data/file']
    strm = c.copy(container, '/data/file')
    with open(str(tmp_path / 'copy.tar'), 'wb') as target:
        for chunk in strm.stream(4096):
            target.write(chunk)
    with tarfile.open(str(tmp_path / 'copy.tar')) as tar:
        assert tar.getnames() == ['file']
    strm = c.export(container)
    read = strm.read(4096)
    while read:
        read = strm.read(1 << 20)
    with pytest.raises(errors.NotFound):
        c.get_archive(container, '/missing')
    with pytest.raises(APIError) as caught:
        c.copy(container, '/missing')
    assert caught.value.response.status_code in (404, 500)


# Errors and the client

def test_errors_of_a_deployment(c, name, cleanup):
    with pytest.raises(docker.errors.APIError) as caught:
        c.create_container(name + '-missing', 'true')
    error = caught.value
    assert error.response.status_code == 404 and error.is_client_error() and not error.is_server_error()
    assert isinstance(error.explanation, str) and name in error.explanation
    assert 'Client Error' in str(error)
    container = c.create_container('busybox', 'true', name=name)
    cleanup.append(container)
    with pytest.raises(docker.client.APIError) as caught:
        c.create_container('busybox', 'true', name=name)
    assert caught.value.response.status_code == 409
    with pytest.raises(errors.NotFound):
        c.remove_container(name + '-missing')
    for call in (c.start, c.stop, c.inspect_image, c.inspect_container, c.remove_container):
        for nothing in (None, '', {}):
            with pytest.raises(errors.NullResource):
                call(nothing)
    with pytest.raises(errors.InvalidVersion):
        Client(base_url=HOST, version='latest')
    with pytest.raises(errors.DockerException):
        c.inspect_container(name + '-missing')
    with pytest.raises(requests.exceptions.HTTPError):
        c.wait(name + '-missing')
    with pytest.raises(requests.exceptions.ConnectionError):
        Client(base_url='tcp://127.0.0.1:1', version='1.21').ping()


def test_the_version_decides(c):
    """What is passed to create or to start, by the version, as scripts for several engines did."""
    newer = utils.compare_version('1.10', c._version)
    assert newer >= 0
    assert utils.version_gte(c._version, '1.10') and not utils.version_lt(c._version, '1.10')
    assert utils.compare_version('1.6', c.version()['ApiVersion']) >= 0
    assert c.version(api_version=False)['Version']
    assert c.base_url and c.timeout == 60
    assert {'Containers', 'Images'} <= set(c.info())


def test_requests_of_their_own(c, cleanup):
    container = c.create_container('busybox', 'true')
    cleanup.append(container)
    assert c._result(c._get(c._url('/containers/{0}/json', container['Id'])), True)['Id'] == container['Id']
    assert c._result(c._get(c._url('/_ping', versioned_api=False))) == 'OK'
    assert isinstance(c._result(c._get(c._url('/images/json')), json=True), list)
    c._raise_for_status(c._post(c._url('/containers/{0}/start', container['Id'])))
    assert c.wait(container) == 0
    c._raise_for_status(c._delete(c._url('/containers/{0}', container['Id']), params={'force': True}))
    with pytest.raises(errors.NotFound):
        c._result(c._get(c._url('/containers/{0}/json', container['Id'])), True)


def test_a_file_of_variables(c, cleanup, tmp_path):
    (tmp_path / 'env').write_bytes(u'# comment\nA=1\nB=caf\xe9\n'.encode('utf-8'))
    container = c.create_container('busybox', 'env', environment=utils.parse_env_file(str(tmp_path / 'env')))
    cleanup.append(container)
    c.start(container)
    c.wait(container)
    lines = c.logs(container).decode('utf-8').splitlines()
    assert u'B=caf\xe9' in lines and 'A=1' in lines


def test_text_of_the_years_of_python_2(c, name, cleanup):
    """unicode and str, and ids, everywhere."""
    container = c.create_container(u'busybox', u'sleep 300', name=six.text_type(name), labels=[u'a', 'b'],
                                   environment={u'A': u'1', 'B': '2'}, entrypoint=None, mem_limit=u'64m')
    cleanup.append(container)
    short = container['Id'][:12]
    assert c.start(short) is None
    for one in (container, container['Id'], short, name, six.text_type(name), {'ID': container['Id']}):
        assert c.inspect_container(one)['Id'] == container['Id']
    c.pause(short)
    assert c.inspect_container(short)['State']['Paused'] is True
    c.unpause(short)
    c.restart(short, 0)
    c.stop(short, timeout=0)
    c.remove_container(short)
