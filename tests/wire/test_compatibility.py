# -*- coding: utf-8 -*-
"""How existing scripts use this API: each test is one of their idioms, as they write it."""

import json
import re
import subprocess
import sys
from multiprocessing.pool import ThreadPool

import pytest
import requests
import six

import docker
import docker.client
import docker.utils
from tests.server import HIJACKED, as_json, chunked, frame, http
from tests.wire import assert_kept, body_of, negotiated, recording

OLD = 'docker-0.6.5_v1.6'
FULL = 'da81539953c22761c6c17ff420866813b2e81df40f4ae0c58eb11174db36cbc1'
RUNNING = {'ID': FULL, 'Name': '/web', 'Config': {'Tty': False},
           'Volumes': {'/data': '/var/lib/docker/x'},
           'State': {'Running': True, 'ExitCode': 0, 'StartedAt': '2013-11-23T11:44:33Z'},
           'NetworkSettings': {'IPAddress': '172.17.0.2', 'Ports': {
               '8888/tcp': [{'HostIp': '0.0.0.0', 'HostPort': '49153'}], '80/tcp': None}}}
CREATED = {'Id': 'da81539953c2', 'Warnings': None}


def recorded(exchange):
    """Return the JSON of a recorded response."""
    return json.loads(body_of(recording(OLD, exchange)).decode('utf-8'))


# Imports

NAMES = ['docker.Client', 'docker.APIError', 'docker.client.Client', 'docker.client.APIError',
         'docker.client.DEFAULT_TIMEOUT_SECONDS', 'docker.client.DEFAULT_DOCKER_API_VERSION',
         'docker.errors.APIError', 'docker.utils.compare_version', 'docker.utils.kwargs_from_env',
         'docker.__version__']


@pytest.mark.parametrize('statement', ['import docker', 'import docker.client'])
@pytest.mark.parametrize('name', NAMES)
def test_names_exist_after_the_import(statement, name):
    # In a process of its own, as all of it is already imported in this one.
    subprocess.check_call([sys.executable, '-c', '{0}; {1}'.format(statement, name)])


@pytest.mark.parametrize('statement', [
    'from docker import Client', 'from docker.client import Client',
    'from docker.client import APIError',
    'from docker.errors import APIError', 'from docker.utils import kwargs_from_env',
    'from docker.utils import compare_version', 'from docker import APIError'])
def test_imports(statement):
    subprocess.check_call([sys.executable, '-c', statement])


def test_names_of_the_same_object():
    assert docker.Client is docker.client.Client
    assert docker.APIError is docker.client.APIError is docker.errors.APIError
    assert docker.client.DEFAULT_TIMEOUT_SECONDS == 60
    assert docker.client.DEFAULT_DOCKER_API_VERSION == '1.6'
    assert re.match(r'\d+\.\d+\.\d+', docker.__version__)
    assert issubclass(docker.Client, requests.Session)
    assert issubclass(docker.APIError, requests.exceptions.HTTPError)


# Ansible's first modules

def test_ansible_versions():
    assert docker.utils.compare_version(docker.client.DEFAULT_DOCKER_API_VERSION, '1.10') > 0
    assert docker.utils.compare_version('1.10', '1.9') < 0
    assert docker.utils.compare_version('1.6', '1.6') == 0
    assert docker.utils.compare_version('0.3.0', docker.__version__) >= 0
    if docker.utils.compare_version(docker.__version__, '0.3.0') > 0:
        raise AssertionError('too old a client')


def test_ansible_listing(client, server):
    server.respond(recording(OLD, 'containers-all'), recording(OLD, 'inspect-exited'),
                   as_json(RUNNING))
    deployed = []
    for container in client.containers(all=True):
        if container['Image'].split(':')[0] == 'busybox' and 'echo out' in container['Command']:
            details = client.inspect_container(container['Id'])
            details.setdefault('Id', details.get('ID'))
            if not details['State']['Running']:
                deployed.append(details['Id'])
    assert deployed == [FULL]
    assert client.inspect_container(FULL)['State']['Running'] is True


def test_ansible_create_start_and_wait(client, server):
    server.respond(as_json(CREATED, 201), as_json(CREATED, 201), http(204), http(204),
                   as_json({'StatusCode': 0}), as_json({'StatusCode': 3}))
    parameters = {'image': 'busybox', 'command': 'sleep 1', 'volumes_from': None,
                  'mem_limit': 256 << 20,
                  'environment': {'A': 'b'}, 'dns': ['8.8.8.8'], 'hostname': 'web', 'detach': True,
                  'ports': ['22', '80'], 'volumes': None, 'name': None}
    containers = [client.create_container(**parameters) for _ in range(2)]
    body = server.request.json
    assert body['ExposedPorts'] == {'22/tcp': {}, '80/tcp': {}}
    assert (body['Memory'], body['Hostname']) == (268435456, 'web')
    assert body['HostConfig'] == {'Dns': ['8.8.8.8']}
    assert 'VolumesFrom' not in body and 'Volumes' not in body
    for container in containers:
        client.start(container['Id'], lxc_conf=[{'Key': 'lxc.utsname', 'Value': 'web'}],
                     binds={'/host': '/container'})
    assert server.request.json == {'LxcConf': [{'Key': 'lxc.utsname', 'Value': 'web'}],
                                   'Binds': ['/host:/container']}
    assert [client.wait(container['Id']) for container in containers] == [0, 3]


def test_ansible_errors(client, server):
    server.respond(http(404, 'No such image: busybox (tag: latest)\n'), as_json(CREATED, 201))
    try:
        container = client.create_container('busybox', 'true')
    except docker.client.APIError as error:
        message = 'Docker API Error: ' + error.explanation
        container = client.create_container('busybox', 'true')
    except requests.exceptions.RequestException:
        raise AssertionError
    assert message == 'Docker API Error: No such image: busybox (tag: latest)'
    assert container['Id'] == 'da81539953c2'


def test_ansible_without_an_engine(tmp_path):
    client = docker.Client(base_url='unix:/' + str(tmp_path / 'docker.sock'))
    with pytest.raises(requests.exceptions.RequestException):
        client.containers()


def test_ansible_ports_and_links(client, server):
    server.respond(http(204))
    port_bindings = {80: ('0.0.0.0',), 81: ('127.0.0.1', 8080), '53/udp': 53,
                     82: [('127.0.0.1', 1), ('127.0.0.2', 2)]}
    client.start('web', port_bindings=port_bindings, links={'database': 'db'}, binds=None,
                 lxc_conf=None, publish_all_ports=None, privileged=None)
    assert server.request.json == {'Links': ['database:db'], 'PortBindings': {
        '80/tcp': [{'HostIp': '0.0.0.0', 'HostPort': ''}],
        '81/tcp': [{'HostIp': '127.0.0.1', 'HostPort': '8080'}],
        '53/udp': [{'HostIp': '', 'HostPort': '53'}],
        '82/tcp': [{'HostIp': '127.0.0.1', 'HostPort': '1'},
                   {'HostIp': '127.0.0.2', 'HostPort': '2'}]}}


# Salt

def test_salt(client, server):
    server.respond(recording(OLD, 'containers-all'), recording(OLD, 'commit'), as_json(CREATED, 201),
                   chunked([b'x' * 5000, b'y' * 5000], 'application/x-tar'))
    listed = client.containers(all=True, trunc=True, since=None, before=None, limit=-1)
    assert listed == recorded('containers-all')
    committed = client.commit('da81539953c2', repository='committed', tag='t1', message='why',
                              author='me',
                              conf=None)
    image = None
    for key in ('Id', 'id', 'ID'):
        if key in committed:
            image = committed[key]
    assert image == recorded('commit')['Id']
    client.create_container('busybox', volumes={'/m': {}}, ports={'222': {}})
    assert (server.request.json['Volumes'], server.request.json['ExposedPorts']) == (
        {'/m': {}}, {'222/tcp': {}})
    response = client.export('da81539953c2')
    exported, chunk = b'', response.read(4096)
    while chunk:
        exported += chunk
        chunk = response.read(4096)
    response.close()
    assert exported == b'x' * 5000 + b'y' * 5000


# JupyterHub's DockerSpawner

def test_jupyterhub(client, server):
    server.respond(http(204), as_json(RUNNING), recording(OLD, 'containers-all'))
    pool = ThreadPool(1)

    def docker_call(method, *args, **kwargs):
        return pool.apply_async(getattr(client, method), args, kwargs).get(30)

    try:
        docker_call('start', FULL, binds={'/host': {'bind': '/container', 'ro': True}})
        assert server.request.json == {'Binds': ['/host:/container:ro']}
        assert docker_call('port', FULL, 8888)[0]['HostPort'] == '49153'
        statuses = dict((container['Id'], container['Status']) for container in
                        docker_call('containers', all=True))
        assert re.match(r'(Up|Exit(ed)?) ?\(?(\d*)', statuses[FULL]).group(3) == '0'
    finally:
        pool.close()
        pool.join()


def test_jupyterhub_many_threads(client, server):
    server.respond(*[as_json(RUNNING)] * 20)
    pool = ThreadPool(5)
    try:
        for details in pool.map(client.inspect_container, [FULL] * 20):
            assert_kept(RUNNING, details)
    finally:
        pool.close()
        pool.join()


# Maestro-ng

def test_maestro(client, server):
    server.respond(recording(OLD, 'images-filter'), chunked([
        b'{"status":"Downloading","id":"abc","progressDetail":{"current":1,"total":2}}\r\n'
        b'{"status":"Downloading","id":"abc","progressDetail":{"current":2,"total":2}}']),
        as_json(CREATED, 201), http(204), as_json(RUNNING), HIJACKED + frame(2, b'oops\n'))
    assert [image['Tag'] for image in client.images(name='busybox')] == ['latest']
    progress = []
    for line in client.pull('busybox', 'latest', stream=True):
        progress.append(json.loads(line)['progressDetail'])
    assert [item['current'] / float(item['total']) for item in progress] == [0.5, 1]
    container = client.create_container('busybox', ports={'80/tcp': {}}, environment={'A': 1},
                                        name='web')
    assert server.request.json['Env'] == ['A=1']
    client.start(container['Id'],
                 port_bindings={'80/tcp': [{'HostIp': '127.0.0.1', 'HostPort': '80'}]})
    assert server.request.json == {
        'PortBindings': {'80/tcp': [{'HostIp': '127.0.0.1', 'HostPort': '80'}]}}
    output = client.logs(container['Id'])
    assert 'output: {0}'.format(output.decode('utf-8')) == 'output: oops\n'


# Backup scripts

def test_backup(server):
    client = negotiated(docker.Client(server.url, version='1.9', timeout=10), server)
    server.respond(as_json(RUNNING), as_json(CREATED, 201), http(204), as_json({'StatusCode': 0}),
                   http(204))
    details = client.inspect_container('web')
    assert details['Volumes'] == {'/data': '/var/lib/docker/x'}
    assert details['NetworkSettings']['Ports']['80/tcp'] is None
    assert details['NetworkSettings']['IPAddress'] == '172.17.0.2'
    container = client.create_container('busybox', 'tar c /data', volumes_from='web',
                                        ports=[80, (53, 'udp')])
    assert server.request.json['ExposedPorts'] == {'80/tcp': {}, '53/udp': {}}
    client.start(container, binds={'/backup': '/backup'})
    assert client.wait(container) == 0
    client.remove_container(container)
    assert [request.path for request in server.requests[2:]] == [
        '/v1.9/containers/da81539953c2/start', '/v1.9/containers/da81539953c2/wait',
        '/v1.9/containers/da81539953c2']
    client.close()


# Build tools

def test_build_tools(client, server, tmp_path):
    (tmp_path / 'Dockerfile').write_bytes(b'FROM busybox\nRUN echo hello > /x\n')
    server.respond(recording(OLD, 'build-run'), http(201), recording(OLD, 'build-run'), http(201))
    (image_id, output) = client.build(path=str(tmp_path))
    assert image_id == '62cdb4f17783' and 'Step 1 : FROM busybox' in output
    assert client.tag(image_id, 'localhost:5000/web', 'v1') is True
    client.close()
    image_id = None
    for line in client.build(path=str(tmp_path), tag='web', rm=True, stream=True):
        match = re.search(r'Successfully built ([0-9a-f]+)', line)
        if match:
            image_id = match.group(1)
    assert image_id == '62cdb4f17783'
    assert client.tag(image_id, 'web', tag='v1')
    assert server.request.query == {'repo': 'web', 'tag': 'v1', 'force': '0'}


def test_build_of_a_file(client, server):
    server.respond(recording(OLD, 'build-fails'))
    dockerfile = six.StringIO('FROM busybox\nRUN exit 7\n')
    (image_id, output) = client.build(fileobj=dockerfile)
    assert image_id is None and 'returned a non-zero code: 7' in output


# Importers

def test_importers(client, server, tmp_path):
    archive = tmp_path / 'rootfs.tar'
    archive.write_bytes(b'tar')
    server.respond(recording(OLD, 'import'))
    output = client.import_image(src=str(archive), repository='busybox', tag='latest')
    assert json.loads(output)['status'] == 'bab237de224f'
    assert server.request.body == b'tar'


# Error handling

def test_errors_as_scripts_catch_them(client, server):
    server.respond(http(500, 'dial tcp 127.0.0.1:9: connect: connection refused\n'),
                   http(404, 'No such container: web\n'))
    try:
        client.pull('busybox')
        raise AssertionError
    except docker.client.APIError as e:
        assert e.is_server_error() and not e.is_client_error()
        assert e.explanation.rsplit(':', 1)[1].strip() == 'connection refused'
        assert type(e.explanation) is str
    try:
        client.inspect_container('web')
        raise AssertionError
    except docker.errors.APIError as e:
        assert e.response.status_code == 404
        assert e.is_client_error()


def test_an_error_as_the_tests_of_scripts_construct_it():
    response = requests.Response()
    response.status_code = 404
    error = docker.client.APIError('text', response)
    assert error.response is response and error.is_client_error() and 'text' in str(error)
    error = docker.errors.APIError('text', response, 'No such image')
    assert error.explanation == 'No such image' and 'No such image' in str(error)
    error = docker.APIError('text', None, explanation='why')
    assert (error.explanation, error.response) == ('why', None)
    assert not error.is_client_error() and not error.is_server_error()


# Everywhere

@pytest.mark.parametrize('container', [{'Id': FULL, 'Warnings': None}, recorded('inspect-exited'),
                                       recorded('containers-all')[0], FULL, FULL[:12], 'rec1'])
def test_a_container_in_each_of_its_forms(client, server, container):
    server.respond(http(204), http(304), as_json({'StatusCode': 0}), http(204))
    client.start(container)
    client.stop(container)
    client.wait(container)
    client.remove_container(container)
    name = container
    if isinstance(container, dict):
        name = container['Id' if 'Id' in container else 'ID']
    assert [request.path for request in server.requests] == [
        '/v1.6/containers/' + name + end for end in ('/start', '/stop', '/wait', '')]


def test_positional_base_url(server):
    client = negotiated(docker.Client(server.url, '1.6', 10), server)
    server.respond(as_json([{'Id': FULL,
                            'Ports': [{'PrivatePort': 80, 'PublicPort': 49153, 'Type': 'tcp'}]}]))
    ports = client.containers()[0]['Ports']
    assert [(port['PrivatePort'], port['PublicPort']) for port in ports] == [(80, 49153)]
    client.close()


def test_a_client_of_the_environment(server, monkeypatch):
    monkeypatch.setenv('DOCKER_HOST', server.url)
    for client in (docker.Client(), docker.Client(**docker.utils.kwargs_from_env()),
                   docker.Client(version='auto'),
                   docker.Client(version='auto', **docker.utils.kwargs_from_env())):
        negotiated(client, server)
        server.respond(as_json({'A': 1}))
        assert client.info() == {'A': 1}
        assert server.request.path.endswith('/info')
        client.close()


def test_nothing_in_the_environment(monkeypatch):
    assert docker.utils.kwargs_from_env() == {}
    assert '/var/run/docker.sock' in repr(docker.Client(**docker.utils.kwargs_from_env()))
    assert '/var/run/docker.sock' in repr(docker.Client(base_url='unix://var/run/docker.sock'))


class Subclass(docker.Client):

    def rename(self, container, name):
        return self._post(self._url('/containers/{0}/rename'.format(container)),
                          params={'name': name})

    def stats(self, container):
        return self._get(self._url('/containers/{0}/stats', container), timeout=1).json()

    def forget(self, container):
        return self._delete(self._url('/containers/{0}'.format(container))).status_code


def test_subclasses_that_add_calls(server):
    client = negotiated(Subclass(server.url), server)
    server.respond(http(204), as_json({'A': 1}), http(204))
    client.rename('abc', 'web')
    assert (server.request.method, server.request.path, server.request.query) == (
        'POST', '/v1.17/containers/abc/rename', {'name': 'web'})
    assert client.stats('a b') == {'A': 1}
    assert server.request.path == '/v1.17/containers/a%20b/stats'
    assert client.forget('abc') == 204
    client.close()


# Return values

def test_return_values(client, server):
    server.respond(recording(OLD, 'history'), recording(OLD, 'images'),
                   recording(OLD, 'containers-all'),
                   recording(OLD, 'tag'), recording(OLD, 'wait'), recording(OLD, 'copy'),
                   as_json(RUNNING),
                   as_json(RUNNING))
    assert client.history('busybox') == recorded('history') and isinstance(recorded('history'), list)
    assert client.images(quiet=True) == [image['Id'] for image in recorded('images')]
    assert client.containers(quiet=True, all=True) == [
        {'Id': container['Id']} for container in recorded('containers-all')]
    assert client.tag('busybox', 'other/name', 'v1') is True
    status = client.wait('web')
    assert status == 0 and type(status) is int
    with client.copy('web', '/f1') as copied:
        assert hasattr(copied, 'read') and copied.read(2) == b'f1'
    assert client.port('web', 8888) == [{'HostIp': '0.0.0.0', 'HostPort': '49153'}]
    assert client.port('web', 80) is None


def test_return_values_of_login(client, server):
    server.respond(as_json({'Status': 'Login Succeeded'}), as_json({'Status': 'Login Succeeded'}))
    assert client.login('me', 'secret', 'me@localhost') == {'Status': 'Login Succeeded'}
    known = client.login('me')
    assert (known['username'], known['password']) == ('me', 'secret')
    assert known['email'] == 'me@localhost'
    assert client.login('me', 'secret', reauth=True) == {'Status': 'Login Succeeded'}


@pytest.mark.parametrize('call', [
    lambda c, **how: c.pull('busybox', **how), lambda c, **how: c.push('busybox', **how)])
def test_return_values_of_pull_and_push(client, server, call):
    server.respond(*[chunked([b'{"status":"a"}{"status":"b"}'])] * 2)
    assert isinstance(call(client), six.text_type)
    items = list(call(client, stream=True))
    assert [json.loads(item)['status'] for item in items] == ['a', 'b']
    assert all(isinstance(item, six.text_type) for item in items)
