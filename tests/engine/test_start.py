"""Starting with a host config on an engine whose start takes none, and what is left when it fails.

The engine is spoken to in v1.41, and the calls are those of v1.6.
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

SPOKEN = '1.41'
START_SECONDS = 60
# As Linux has it; Python 2.7 does not tell.
SO_PEERCRED = getattr(socket, 'SO_PEERCRED', 17)


@pytest.fixture
def client(monkeypatch):
    require_engine()
    monkeypatch.delenv('DOCKER_API_VERSION', raising=False)
    with docker.Client(HOST) as asking:
        told = asking.version()
    newest, oldest = (negotiate.parse_version(told.get(key)) for key in ('ApiVersion', 'MinAPIVersion'))
    if not newest or newest < (1, 41) or oldest and oldest > (1, 41):
        pytest.skip('this engine does not speak ' + SPOKEN)
    monkeypatch.setenv('DOCKER_API_VERSION', SPOKEN)
    client = docker.Client(HOST)
    yield client
    client.close()


@pytest.fixture
def left(client, name):
    """A function that tells the names of the containers of this test; none is left after it."""
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
    """A container that never ran, with a volume. It ends at once when it is told to."""
    return client.create_container('busybox', ['sh', '-c', 'trap exit TERM; sleep 60 & wait'], name=name,
                                   volumes=['/data'], ports=[80], mem_limit='64m')


def volumes(client):
    """The names of all volumes; the documented calls do not tell them."""
    url = '{0}/v{1}/volumes'.format(client.base_url, SPOKEN)
    return {volume['Name'] for volume in client.get(url).json()['Volumes'] or ()}


def own_volumes(client, container):
    return {mount['Name'] for mount in client.inspect_container(container)['Mounts']
            if mount.get('Type') == 'volume'}


def assert_as_it_was(client, container, name, left):
    """Nothing was lost and nothing is left over: the first container is there, and starts."""
    assert left() == [name]
    about = client.inspect_container(container)
    assert about['ID'] == container['Id'] and about['Name'] == '/' + name
    assert not about['State']['Running'] and about['State']['StartedAt'].startswith('0001-')
    # Podman tells the anonymous volumes as Binds too, and the ports that are exposed as PortBindings.
    assert set(about['Volumes']) <= {'/data'}
    assert not any((about['HostConfig']['PortBindings'] or {}).values())
    client.start(container)
    assert client.inspect_container(name)['State']['Running']
    assert client.inspect_container(name)['ID'] == container['Id']


def free_port():
    with_port = socket.socket()
    with_port.bind(('127.0.0.1', 0))
    port = with_port.getsockname()[1]
    with_port.close()
    return port


def test_a_start_with_binds(client, container, name, left, folder):
    client.start(container, binds={folder: '/www:ro'})
    assert left() == [name]
    with client.copy(container, '/www/file') as copied:
        assert b'from the host' in copied.read()
    about = client.inspect_container(container)
    assert about['Volumes']['/www'] == folder and about['VolumesRW']['/www'] is False
    assert about['Config']['Memory'] == 64 * 1024 * 1024
    assert '/data' in about['Volumes']


def test_the_id_works_in_each_call(client, name, left, folder):
    held = client.create_container('busybox', [
        'sh', '-c', 'echo begun; touch /made; exec sleep 60'], name=name)['Id']
    since = client.create_container('busybox', 'true', name=name + '-later')['Id']
    client.start(held, binds=[folder + ':/www'])
    for said in (held, held[:12], {'Id': held}, name):
        assert client.inspect_container(said)['ID'] == held
    assert held in [each['Id'] for each in client.containers()]
    assert {'Id': held} in client.containers(quiet=True)
    assert since not in [each['Id'] for each in client.containers(all=True, before=since)]
    assert [each['Id'] for each in client.containers(since=held, all=True)
            if each['Id'] in (held, since)] == []
    with client.attach(held, stream=True, logs=True) as output:
        assert next(iter(output)) == b'begun\n'
    assert '/made' in [change['Path'] for change in client.diff(held)]
    assert client.top(held)['Processes']
    client.start(since, links=None if engine_is_podman(client) else {held: 'www'})
    assert client.wait(since) == 0
    client.restart(held, timeout=0)
    client.start(held, binds=[folder + ':/www'])
    client.kill(held)
    assert client.wait(held) == 137
    assert b'begun' in client.logs(held)
    image = client.commit(held, 'local/' + name)['Id']
    try:
        with client.export(held) as exported:
            assert exported.read(512)
        events = client.events(since=client.inspect_image(image) and 1)
        try:
            ids = set()
            for event in events:
                event = json.loads(event)
                if event.get('id') == held:
                    ids.add(event['status'])
                    if event['status'] == 'commit':
                        break
        finally:
            events.close()
        assert {'create', 'start', 'kill', 'die', 'commit'} <= ids
    finally:
        client.remove_image('local/' + name)
    client.remove_container(held, v=True)
    with pytest.raises(docker.errors.NotFound):
        client.inspect_container(held)


def test_the_id_in_volumes_from(client, container, name, left, folder):
    client.start(container, binds={folder: '/www'})
    reader = client.create_container('busybox', ['cat', '/www/file'], name=name + '-reader',
                                     volumes_from=container)
    client.start(reader)
    assert client.wait(reader) == 0
    assert client.logs(reader) == b'from the host'


@pytest.mark.parametrize('given', ['binds', 'port_bindings'])
def test_anonymous_volumes_of_the_first_are_gone(client, container, name, folder, given):
    first = own_volumes(client, container)
    assert len(first) == 1 and first <= volumes(client)
    client.start(container, **{given: {folder: '/www'} if given == 'binds' else {80: None}})
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


def test_a_host_config_at_create_creates_nothing_twice(client, name, left, folder):
    container = client.create_container(
        'busybox', ['sleep', '60'], name=name,
        host_config=docker.utils.create_host_config(binds={folder: '/www'}))
    client.start(container)
    url = '{0}/v{1}/containers/{2}/json'.format(client.base_url, SPOKEN, name)
    assert client.get(url).json()['Id'] == container['Id']
    with client.copy(name, '/www/file') as copied:
        assert b'from the host' in copied.read()


# What fails.

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
    # docker.Client sends no such bind of its own: said by hand, in words of v1.6.
    url = '{0}/v1.6/containers/{1}/start'.format(client.base_url, container['Id'])
    answer = client.post(url, json={'Binds': ['../relative:/www']})
    assert answer.status_code >= 400 and 'relative' in answer.text
    assert_as_it_was(client, container, name, left)


def test_a_bind_that_cannot_be_mounted(client, container, name, left, folder):
    # A file over a folder: the engine takes it, and fails at the start.
    with pytest.raises(docker.APIError):
        client.start(container, binds=[folder + '/file:/proc'])
    assert_as_it_was(client, container, name, left)


def test_a_link_to_what_is_not_there(client, container, name, left):
    with pytest.raises(docker.APIError):
        client.start(container, links={name + '-missing': 'www'})
    assert_as_it_was(client, container, name, left)


def test_a_command_that_is_not_there(client, name, left, folder):
    container = client.create_container('busybox', ['/no/such'], name=name)
    with pytest.raises(docker.APIError):
        client.start(container, binds={folder: '/www'})
    assert left() == [name]
    about = client.inspect_container(name)
    assert about['ID'] == container['Id'] and not about['HostConfig']['Binds']


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
    """An adapter that does something before requests of the Client's go out: `times` times, before
    those whose URL ends so."""

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
    """A function: do `act` before the first requests whose URL ends so."""
    def interfering(ending, act, times=1):
        adapter = client.get_adapter(client.base_url)
        adapter.inner = Interfering(adapter.inner, ending, act, times)
    return interfering


def test_a_name_that_is_taken_meanwhile(client, container, name, left, folder, interfere):
    with docker.Client(HOST) as other:
        # Between the two renames nobody has the name; before it is given back, it is free again.
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


# What fails because the engine does.

STEPS = {'look': ('GET', '/containers/[^/]+/json$'),
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
        """Kill the process that listens; nobody listens afterwards."""
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
        """Start it with the files that it had; it answers afterwards."""
        with open(self.pipe, 'w') as pipe:
            pipe.write('again\n')
        until = time.time() + START_SECONDS
        while True:
            try:
                with docker.Client(HOST) as asking:
                    return asking.version()
            except requests.ConnectionError:
                if time.time() > until:
                    raise
                time.sleep(0.05)


@pytest.fixture
def engine(client):
    pipe = os.environ.get('DOCKER_ENGINE_RESTART')
    if not pipe:
        pytest.skip('only an engine of tests/with-engine can be started again')
    return Engine(pipe)


class Killing(object):
    """An adapter that kills the engine at the first request of the Client's that is this step: `when`
    it has not been sent, or the engine has done it and its answer is lost. Then `act`."""

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
            raise requests.ConnectionError('the answer is lost')
        return self.inner.send(request, **kwargs)

    def close(self):
        self.inner.close()


@pytest.mark.parametrize('back', ['at once', 'later'])
@pytest.mark.parametrize('when', ['before', 'after'])
@pytest.mark.parametrize('step', ['look', 'create', 'set aside', 'name', 'start', 'remove'])
def test_an_engine_that_is_killed(client, container, name, left, folder, engine, monkeypatch, step, when,
                                  back):
    before = volumes(client)
    adapter = client.get_adapter(client.base_url)
    if back == 'later':
        # Nothing can be put in order within the call: it is left for the next one.
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
        # Only the removal of the first container may be left for later in silence.
        assert failed is (step != 'remove')
    if failed:
        assert_as_it_was(client, container, name, left)
        assert volumes(client) == before
    else:
        client.start(container)
        assert left() == [name]
        about = client.inspect_container(name)
        assert about['ID'] == container['Id'] and about['State']['Running']
        assert about['Volumes']['/www'] == folder
        assert len(volumes(client)) == len(before)
