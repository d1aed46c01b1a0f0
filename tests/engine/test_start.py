"""Starts with a host config on an engine whose start accepts none, and the cleanup when they fail.

The calls are those of API 1.6, the version on the wire is 1.41.
"""

import errno
import json
import os
import re
import shutil
import signal
import socket
import struct
import tempfile
import time

import pytest
import requests

import docker
from docker.transport import negotiate
from docker.transport.changes import recreate
from tests.engine.conftest import HOST, discard, engine_is_podman, require_engine
from tests.server import free_port

SPOKEN = '1.41'
START_SECONDS = 60
# The value on Linux, which Python 2.7 does not have.
SO_PEERCRED = getattr(socket, 'SO_PEERCRED', 17)


@pytest.fixture
def client(monkeypatch):
    require_engine()
    monkeypatch.delenv('DOCKER_API_VERSION', raising=False)
    with docker.Client(HOST) as other:
        version_info = other.version()
    newest, oldest = (negotiate.parse_version(version_info.get(key))
                      for key in ('ApiVersion', 'MinAPIVersion'))
    if not newest or newest < (1, 41) or oldest and oldest > (1, 41):
        pytest.skip('this engine does not support API ' + SPOKEN)
    monkeypatch.setenv('DOCKER_API_VERSION', SPOKEN)
    client = docker.Client(HOST)
    yield client
    client.close()


@pytest.fixture
def left(client, name):
    """A function that returns the names of the containers of this test, which are removed after it."""
    def names():
        return sorted(each.lstrip('/') for container in client.containers(all=True)
                      for each in container['Names'] if name in each)

    yield names
    for each in names():
        discard(client, each)


@pytest.fixture
def folder():
    folder = tempfile.mkdtemp(prefix='docker')
    os.chmod(folder, 0o755)
    with open(os.path.join(folder, 'file'), 'w') as opened:
        opened.write('from the host')
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def container(client, name, left):
    """A container with a volume that never ran. It exits at once on SIGTERM."""
    return client.create_container('busybox', ['sh', '-c', 'trap exit TERM; sleep 60 & wait'], name=name,
                                   volumes=['/data'], ports=[80], mem_limit='64m')


def volumes(client):
    """Return the names of all volumes. docker.Client has no call for that."""
    url = '{0}/v{1}/volumes'.format(client.base_url, SPOKEN)
    return {volume['Name'] for volume in client.get(url).json()['Volumes'] or ()}


def own_volumes(client, container):
    return {mount['Name'] for mount in client.inspect_container(container)['Mounts']
            if mount.get('Type') == 'volume'}


def assert_as_it_was(client, container, name, left):
    """Check that only the first container exists, unchanged, and that it starts."""
    assert left() == [name]
    details = client.inspect_container(container)
    assert details['ID'] == container['Id'] and details['Name'] == '/' + name
    assert not details['State']['Running'] and details['State']['StartedAt'].startswith('0001-')
    # On Podman, Binds has the anonymous volumes too, and PortBindings the exposed ports.
    assert set(details['Volumes']) <= {'/data'}
    assert not any((details['HostConfig']['PortBindings'] or {}).values())
    client.start(container)
    assert client.inspect_container(name)['State']['Running']
    assert client.inspect_container(name)['ID'] == container['Id']


def test_a_start_with_binds(client, container, name, left, folder):
    client.start(container, binds={folder: '/www:ro'})
    assert left() == [name]
    with client.copy(container, '/www/file') as copied:
        assert b'from the host' in copied.read()
    details = client.inspect_container(container)
    assert details['Volumes']['/www'] == folder and details['VolumesRW']['/www'] is False
    assert details['Config']['Memory'] == 64 * 1024 * 1024
    assert '/data' in details['Volumes']


def test_the_id_works_in_each_call(client, name, left, folder):
    container_id = client.create_container('busybox', [
        'sh', '-c', 'echo begun; touch /created; exec sleep 60'], name=name)['Id']
    since = client.create_container('busybox', 'true', name=name + '-later')['Id']
    client.start(container_id, binds=[folder + ':/www'])
    for container in (container_id, container_id[:12], {'Id': container_id}, name):
        assert client.inspect_container(container)['ID'] == container_id
    assert container_id in [each['Id'] for each in client.containers()]
    assert {'Id': container_id} in client.containers(quiet=True)
    assert since not in [each['Id'] for each in client.containers(all=True, before=since)]
    assert [each['Id'] for each in client.containers(since=container_id, all=True)
            if each['Id'] in (container_id, since)] == []
    with client.attach(container_id, stream=True, logs=True) as output:
        assert next(iter(output)) == b'begun\n'
    assert '/created' in [change['Path'] for change in client.diff(container_id)]
    assert client.top(container_id)['Processes']
    client.start(since, links=None if engine_is_podman(client) else {container_id: 'www'})
    assert client.wait(since) == 0
    client.restart(container_id, timeout=0)
    client.start(container_id, binds=[folder + ':/www'])
    client.kill(container_id)
    assert client.wait(container_id) == 137
    assert b'begun' in client.logs(container_id)
    image = client.commit(container_id, 'local/' + name)['Id']
    try:
        with client.export(container_id) as exported:
            assert exported.read(512)
        events = client.events(since=client.inspect_image(image) and 1)
        try:
            ids = set()
            for event in events:
                event = json.loads(event)
                if event.get('id') == container_id:
                    ids.add(event['status'])
                    if event['status'] == 'commit':
                        break
        finally:
            events.close()
        assert {'create', 'start', 'kill', 'die', 'commit'} <= ids
    finally:
        client.remove_image('local/' + name)
    client.remove_container(container_id, v=True)
    with pytest.raises(docker.errors.NotFound):
        client.inspect_container(container_id)


def test_the_id_in_volumes_from(client, container, name, left, folder):
    client.start(container, binds={folder: '/www'})
    reader = client.create_container('busybox', ['cat', '/www/file'], name=name + '-reader',
                                     volumes_from=container)
    client.start(reader)
    assert client.wait(reader) == 0
    assert client.logs(reader) == b'from the host'


@pytest.mark.parametrize('argument', ['binds', 'port_bindings'])
def test_anonymous_volumes_of_the_first_are_removed(client, container, name, folder, argument):
    first = own_volumes(client, container)
    assert len(first) == 1 and first <= volumes(client)
    client.start(container, **{argument: {folder: '/www'} if argument == 'binds' else {80: None}})
    second = own_volumes(client, container)
    assert not first & volumes(client)
    assert len(second) == 1 and not first & second and second <= volumes(client)
    client.kill(container)
    client.remove_container(container, v=True)
    assert not second & volumes(client)


def test_ports_are_published(client, container):
    port = free_port()
    client.start(container, port_bindings={80: ('127.0.0.1', port)})
    assert client.port(container, 80) == [{'HostIp': '127.0.0.1', 'HostPort': str(port)}]


def test_a_container_that_has_run(client, container, name, left, folder):
    client.start(container, binds={folder: '/www'}, port_bindings={80: None})
    client.kill(container)
    client.wait(container)
    client.start(container, binds={folder: '/www'}, port_bindings={80: None})
    client.kill(container)
    client.wait(container)
    with pytest.raises(docker.errors.Conflict, match='has run before'):
        client.start(container, binds={folder: '/other'})
    assert left() == [name]
    assert client.inspect_container(container)['Volumes']['/www'] == folder
    client.start(container)


def test_a_host_config_at_create_creates_one_container(client, name, left, folder):
    container = client.create_container(
        'busybox', ['sleep', '60'], name=name,
        host_config=docker.utils.create_host_config(binds={folder: '/www'}))
    client.start(container)
    url = '{0}/v{1}/containers/{2}/json'.format(client.base_url, SPOKEN, name)
    assert client.get(url).json()['Id'] == container['Id']
    with client.copy(name, '/www/file') as copied:
        assert b'from the host' in copied.read()


# Starts that fail

def test_a_port_that_is_taken(client, container, name, left):
    port = free_port()
    other = client.create_container('busybox', ['sleep', '60'], name=name + '-other', ports=[80])
    client.start(other, port_bindings={80: ('127.0.0.1', port)})
    before = volumes(client)
    with pytest.raises(docker.APIError):
        client.start(container, port_bindings={80: ('127.0.0.1', port)})
    assert left() == [name, name + '-other']
    assert own_volumes(client, container) <= before & volumes(client)
    discard(client, other)
    assert_as_it_was(client, container, name, left)


def test_a_bind_that_is_refused(client, container, name, left):
    # A request in the format of 1.6, as docker.Client refuses such a bind.
    url = '{0}/v1.6/containers/{1}/start'.format(client.base_url, container['Id'])
    response = client.post(url, json={'Binds': ['../relative:/www']})
    assert response.status_code >= 400 and 'relative' in response.text
    assert_as_it_was(client, container, name, left)


def test_a_bind_that_cannot_be_mounted(client, container, name, left, folder):
    # A file over a folder: the engine accepts it, and the start fails.
    with pytest.raises(docker.APIError):
        client.start(container, binds=[folder + '/file:/proc'])
    assert_as_it_was(client, container, name, left)


def test_a_link_to_a_missing_container(client, container, name, left):
    with pytest.raises(docker.APIError):
        client.start(container, links={name + '-missing': 'www'})
    assert_as_it_was(client, container, name, left)


def test_a_missing_command(client, name, left, folder):
    container = client.create_container('busybox', ['/no/such'], name=name)
    with pytest.raises(docker.APIError):
        client.start(container, binds={folder: '/www'})
    assert left() == [name]
    details = client.inspect_container(name)
    assert details['ID'] == container['Id'] and not details['HostConfig']['Binds']


def test_an_image_that_was_removed_meanwhile(client, name, left, folder):
    if engine_is_podman(client):
        pytest.skip('Podman removes no image that a container uses')
    image = 'local/' + name
    base = client.create_container('busybox', 'true', name=name + '-base')
    client.commit(base, image, conf={'Cmd': ['sleep', '60']})
    client.remove_container(base)
    container = client.create_container(image, name=name)
    url = '{0}/v{1}/images/{2}'.format(client.base_url, SPOKEN, image)
    removed = client.delete(url, params={'force': '1'})
    assert removed.status_code == 200, removed.text
    try:
        client.start(container, binds={folder: '/www'})
    except docker.APIError:
        assert_as_it_was(client, container, name, left)
    else:
        assert left() == [name]
        assert client.inspect_container(container)['Volumes'] == {'/www': folder}


class Interfering(object):
    """An adapter that calls `act` before the first `times` requests whose URL ends with `ending`."""

    def __init__(self, inner, ending, act, times):
        self.inner, self.ending, self.act, self.times = inner, ending, act, times

    def send(self, request, **kwargs):
        if self.times and request.url.endswith(self.ending):
            self.times -= 1
            self.act()
        return self.inner.send(request, **kwargs)

    def close(self):
        self.inner.close()


@pytest.fixture
def interfere(client):
    """A function that calls `act` before the first `times` requests whose URL ends with `ending`."""
    def wrap_adapter(ending, act, times=1):
        adapter = client.get_adapter(client.base_url)
        adapter.inner = Interfering(adapter.inner, ending, act, times)
    return wrap_adapter


def test_a_name_that_is_taken_meanwhile(client, container, name, left, folder, interfere):
    with docker.Client(HOST) as other:
        # Between the two renames no container has the name. It is free again before it is restored.
        taken = []

        def take():
            if taken:
                other.remove_container(taken.pop())
            else:
                taken.append(other.create_container('busybox', 'true', name=name))

        interfere('/rename?name=' + name, take, times=2)
        with pytest.raises(docker.errors.Conflict):
            client.start(container, binds={folder: '/www'})
    assert_as_it_was(client, container, name, left)


def test_a_container_that_is_removed_meanwhile(client, container, name, left, folder, interfere):
    with docker.Client(HOST) as other:
        interfere('-first', lambda: other.remove_container(container))
        with pytest.raises(docker.errors.NotFound):
            client.start(container, binds={folder: '/www'})
    assert left() == []


# Starts during which the engine is killed

STEPS = {'inspect': ('GET', '/containers/[^/]+/json$'),
         'create': ('POST', '/containers/create[?]name='),
         'set aside': ('POST', '/rename[?]name=.+-first$'),
         'name': ('POST', '/rename[?]name={name}$'),
         'start': ('POST', '/containers/[^/]+/start$'),
         'remove': ('DELETE', '/containers/[^/]+[?]')}


class Engine(object):
    """The engine of tests/with-engine, which can be killed and started again."""

    def __init__(self, pipe):
        self.pipe = pipe

    def kill(self):
        """Kill the process that listens. No process listens when this returns."""
        listener = socket.socket(socket.AF_UNIX)
        listener.connect(HOST[len('unix://'):])
        try:
            credentials = listener.getsockopt(socket.SOL_SOCKET, SO_PEERCRED, struct.calcsize('3i'))
            os.kill(struct.unpack('3i', credentials)[0], signal.SIGKILL)
            assert listener.recv(1) == b''
        except socket.error as error:
            if error.errno != errno.ECONNRESET:
                raise
        finally:
            listener.close()

    def start(self):
        """Start it again with the same files. It accepts requests when this returns."""
        with open(self.pipe, 'w') as pipe:
            pipe.write('again\n')
        deadline = time.time() + START_SECONDS
        while True:
            try:
                with docker.Client(HOST) as other:
                    return other.version()
            except requests.ConnectionError:
                if time.time() > deadline:
                    raise
                time.sleep(0.05)


@pytest.fixture
def engine(client):
    pipe = os.environ.get('DOCKER_ENGINE_RESTART')
    if not pipe:
        pytest.skip('only an engine of tests/with-engine can be started again')
    return Engine(pipe)


class Killing(object):
    """An adapter that kills the engine at a step, once, and then calls `act`.

    The step is a method and a pattern of URLs. When `when` is 'before', the engine is killed before the
    request is sent; when it is 'after', after the response, which is then lost.
    """

    def __init__(self, inner, engine, step, when, act):
        self.inner, self.engine, self.step, self.when, self.act = inner, engine, step, when, act

    def send(self, request, **kwargs):
        method, pattern = self.step or (None, '')
        if request.method != method or not re.search(pattern, request.url):
            return self.inner.send(request, **kwargs)
        self.step = None
        if self.when == 'after':
            assert self.inner.send(request, **kwargs).status_code < 400
        self.engine.kill()
        self.act()
        if self.when == 'after':
            raise requests.ConnectionError('the response is lost')
        return self.inner.send(request, **kwargs)

    def close(self):
        self.inner.close()


@pytest.mark.parametrize('back', ['at once', 'later'])
@pytest.mark.parametrize('when', ['before', 'after'])
@pytest.mark.parametrize('step', ['inspect', 'create', 'set aside', 'name', 'start', 'remove'])
def test_an_engine_that_is_killed(client, container, name, left, folder, engine, monkeypatch, step, when,
                                  back):
    before = volumes(client)
    adapter = client.get_adapter(client.base_url)
    if back == 'later':
        # No cleanup is possible during the call: the next one does it.
        monkeypatch.setattr(recreate, '_CLEANUP_SECONDS', 0)
    method, pattern = STEPS[step]
    adapter.inner = killing = Killing(
        adapter.inner, engine, (method, pattern.format(name=name)), when,
        engine.start if back == 'at once' else lambda: None)
    try:
        client.start(container, binds={folder: '/www'})
    except requests.ConnectionError:
        failed = True
    else:
        failed = False
    assert killing.step is None
    if back == 'later':
        engine.start()
        # Only the removal of the first container may be deferred without an error.
        assert failed is (step != 'remove')
    if failed:
        assert_as_it_was(client, container, name, left)
        assert volumes(client) == before
    else:
        client.start(container)
        assert left() == [name]
        details = client.inspect_container(name)
        assert details['ID'] == container['Id'] and details['State']['Running']
        assert details['Volumes']['/www'] == folder
        assert len(volumes(client)) == len(before)
