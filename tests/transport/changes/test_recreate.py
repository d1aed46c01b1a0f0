"""A start with a host config on an engine whose start takes none: a small engine that keeps containers.

The engine executes requests and keeps a list of them. It can fail at any step: with an error, by closing the
connection before or after the step, and by being unreachable for some time.
"""

import io
import json
import re
import socket
import tarfile
import threading

import pytest

import docker
from docker.transport import relay
from docker.transport.changes import recreate
from tests.server import HIJACKED, REASONS, as_json, chunked, frame, http

REASONS.setdefault(502, 'Bad Gateway')
WEB, DATA = 'a' * 64, 'd' * 64
CONFIG = {'Image': 'busybox', 'Cmd': ['httpd'], 'Env': ['A=b'], 'Hostname': WEB[:12],
          'ExposedPorts': {'80/tcp': {}}, 'Volumes': {'/data': {}}, 'Entrypoint': None}
IMAGE = 'sha256:' + '1' * 64
BINDS = ['/srv:/www']
STEPS = ['create', 'rename first', 'rename', 'start']


class FakeEngine(object):
    """An engine of 1.41 with a container `web` that never ran."""

    def __init__(self, server):
        self.server = server
        self.containers = {}
        self.images = {'busybox': IMAGE}
        self.requests = []
        self.failing = {}
        self.away = 0
        self.created = 0
        self.events = []
        self.changed = []
        self.archives = {}
        self.put = []
        self.attached = {}
        self.input = {}
        self.input_ended = threading.Condition()
        self.add(WEB, 'web', CONFIG)
        server.respond(*[self.serve] * 300)

    def add(self, container, name, config, host=None):
        self.containers[container] = {
            'Id': container, 'Name': '/' + name, 'Image': IMAGE, 'Config': dict(config),
            'HostConfig': dict({'NetworkMode': 'default', 'Memory': 0, 'Binds': None},
                               **host or {}),
            'State': {'Running': False, 'StartedAt': '0001-01-01T00:00:00Z'}}

    def fail(self, step, how):
        """Let a step fail with `how`: a response, or hanging up 'before' or 'after' the step."""
        self.failing[step] = how

    def run(self, container):
        self.containers[container]['State'] = {'Running': True, 'StartedAt': '2026-01-01T00:00:00Z'}
        for peer in self.attached.get(container, ()):
            peer.send(frame(1, container[-1:].encode('ascii')))

    def attach(self, peer, container):
        """Serve an attached connection: what comes is added to `input`."""
        self.attached.setdefault(container, []).append(peer)
        peer.send(HIJACKED)
        data = peer.file.read()
        with self.input_ended:
            self.input[container] = data
            self.input_ended.notify_all()
        return False

    def input_of(self, container):
        """Wait for the end of the input of a container, and return it."""
        with self.input_ended:
            while container not in self.input:
                self.input_ended.wait(30)
            return self.input[container]

    def end(self, container):
        self.containers[container]['State']['Running'] = False
        for peer in self.attached.pop(container, ()):
            peer.sock.shutdown(socket.SHUT_WR)

    def serve(self, peer):
        request = peer.read_request()
        if request is None:
            return False
        if self.away:
            self.away -= 1
            return False
        if request.path == '/version':
            peer.send(as_json({'ApiVersion': '1.41', 'MinAPIVersion': '1.12'}))
            return True
        path = re.sub('^/v1.41', '', request.path)
        is_archive = path.endswith('/archive')
        body = request.json if request.body and not is_archive else None
        self.requests.append((request.method, path, request.query, body))
        how = self.failing.pop(self.step_of(request.method, path, request.query), None)
        if how == 'before':
            return False
        if isinstance(how, bytes) and how.startswith(b'HTTP/'):
            response = how
        elif path.endswith('/attach') and how is None:
            return self.attach(peer, self.find(path.split('/')[2]))
        elif request.method == 'PUT' and is_archive:
            self.put.append((path.split('/')[2], request.query['path'], request.body))
            response = http(200)
        else:
            response = self.execute(request.method, path, request.query, body)
        if how == 'after':
            return False
        peer.send(response)
        return True

    def step_of(self, method, path, query):
        if path == '/containers/create':
            return 'create'
        if path.endswith('/rename'):
            return 'rename first' if query['name'].endswith('-first') else (
                'rename back' if self.find(path.split('/')[2]) == WEB else 'rename')
        if path.endswith('/start'):
            return 'start'
        if path.endswith('/archive'):
            return 'get archive' if method == 'GET' else 'put archive'
        if method == 'DELETE':
            return 'delete first' if self.find(path.split('/')[2]) == WEB else 'delete'
        return path.rpartition('/')[2] if path.startswith('/containers/') else 'image'

    def find(self, identifier):
        for container, about in self.containers.items():
            if identifier in (container, about['Name'][1:]) or (
                    len(identifier) >= 12 and container.startswith(identifier)):
                return container

    def execute(self, method, path, query, body):
        parts = path.split('/')
        if parts[1] == 'images':
            image = self.images.get(parts[2])
            return as_json({'Id': image} if image else {'message': 'No such image'},
                           200 if image else 404)
        if path == '/containers/create':
            return self.create(query.get('name', 'other'), body)
        if path == '/containers/json':
            return as_json([{'Id': container, 'Names': [about['Name']], 'Image': 'busybox'}
                            for container, about in sorted(self.containers.items())])
        if path == '/events':
            return chunked([json.dumps(event).encode('ascii') for event in self.events])
        if path.startswith('/networks/'):
            network, action = parts[2:]
            networks = self.containers[body['Container']]['NetworkSettings']['Networks']
            if action == 'connect':
                networks[network] = body['EndpointConfig']
            else:
                del networks[network]
            return http(200)
        if path == '/commit':
            return as_json({'Id': 'sha256:' + 'c' * 64}, 201)
        container = self.find(parts[2])
        if container is None:
            return as_json({'message': 'No such container: ' + parts[2]}, 404)
        if method == 'DELETE':
            del self.containers[container]
            return http(204)
        about = self.containers[container]
        if parts[3] == 'json':
            return as_json(about)
        if parts[3] == 'rename':
            if self.find(query['name']) not in (None, container):
                return as_json({'message': 'Conflict. The name is already in use'}, 409)
            about['Name'] = '/' + query['name']
        if parts[3] == 'start':
            if body:
                return as_json({'message': 'starting container with non-empty request body'}, 400)
            if about['State']['Running']:
                return http(304)
            self.run(container)
        if parts[3] == 'wait':
            return as_json({'StatusCode': 0})
        if parts[3] == 'archive':
            archive = self.archives.get(query['path'])
            return http(200, archive, 'application/x-tar') if archive else as_json(
                {'message': 'Could not find the file'}, 404)
        if parts[3] in ('changes', 'top'):
            return as_json(self.changed or None if parts[3] == 'changes' else {'Titles': [], 'Processes': []})
        return http(204)

    def create(self, name, body):
        if self.find(name):
            return as_json({'message': 'Conflict. The container name is already in use'}, 409)
        self.created += 1
        container = '{0:064x}'.format(self.created)
        config = dict(body)
        endpoints = dict(config.pop('NetworkingConfig', {}).get('EndpointsConfig', {}))
        self.add(container, name, config, config.pop('HostConfig', {}))
        self.containers[container]['NetworkSettings'] = {'Networks': endpoints or {'bridge': None}}
        self.containers[container]['Mounts'] = [
            {'Type': 'volume', 'Name': container, 'Destination': path} for path in config.get('Volumes', {})]
        return as_json({'Id': container, 'Warnings': []}, 201)

    def is_unchanged(self):
        """Assert that there is only the first container, with its name, and that it never ran."""
        assert list(self.containers) == [WEB]
        about = self.containers[WEB]
        assert about['Name'] == '/web' and not about['State']['Running']
        assert about['HostConfig']['Binds'] is None
        return True

    @property
    def changes(self):
        """The requests that change something, as (method, path, the name in the query)."""
        return [(method, path, query.get('name')) for method, path, query, _ in self.requests
                if method != 'GET']


@pytest.fixture
def engine(server, monkeypatch):
    monkeypatch.setattr(recreate, '_RETRY_SECONDS', 0)
    return FakeEngine(server)


@pytest.fixture
def client(engine, server, monkeypatch):
    monkeypatch.setenv('DOCKER_API_VERSION', '1.41')
    client = docker.Client(server.url, timeout=10)
    yield client
    client.close()


NEW = '{0:064x}'.format(1)


def test_a_container_that_never_ran_is_replaced_by_a_new_one(engine, client):
    engine.containers[WEB]['HostConfig']['Memory'] = 5
    client.start(WEB, binds=BINDS, port_bindings={80: 8080})
    (create, rename_first, rename, start, delete) = engine.changes
    temporary_name = create[2]
    assert temporary_name.startswith('web-')
    assert create == ('POST', '/containers/create', temporary_name)
    assert rename_first == ('POST', '/containers/{0}/rename'.format(WEB), temporary_name + '-first')
    assert rename == ('POST', '/containers/{0}/rename'.format(NEW), 'web')
    assert start == ('POST', '/containers/{0}/start'.format(NEW), None)
    assert delete == ('DELETE', '/containers/' + WEB, None)
    requests = {(method, path): (query, body) for method, path, query, body in engine.requests}
    assert requests['DELETE', '/containers/' + WEB][0] == {'v': '1', 'force': '1'}
    assert requests['POST', '/containers/{0}/start'.format(NEW)][1] is None
    config = requests['POST', '/containers/create'][1]
    host = config.pop('HostConfig')
    assert host == {'NetworkMode': 'default', 'Memory': 5, 'Binds': BINDS, 'PortBindings': {
        '80/tcp': [{'HostIp': '', 'HostPort': '8080'}]}}
    assert config == {'Image': 'busybox', 'Cmd': ['httpd'], 'Env': ['A=b'], 'Tty': False,
                      'ExposedPorts': {'80/tcp': {}}, 'Volumes': {'/data': {}}}
    assert list(engine.containers) == [NEW]
    assert engine.containers[NEW]['Name'] == '/web'


def test_all_steps_use_one_connection(engine, client, server):
    # A connection whose response is not read cannot be used again.
    client.start(WEB, binds=BINDS)
    assert server.connections == 1


def test_a_host_name_of_its_own_is_kept(engine, client):
    engine.containers[WEB]['Config']['Hostname'] = 'www'
    client.start(WEB, binds=BINDS)
    assert engine.containers[NEW]['Config']['Hostname'] == 'www'


def test_a_host_name_in_the_environment_is_not_carried_over(engine, client):
    engine.containers[WEB]['Config']['Env'] = ['A=b', 'HOSTNAME=' + WEB[:12]]
    client.start(WEB, binds=BINDS)
    assert engine.containers[NEW]['Config']['Env'] == ['A=b']


def test_an_image_whose_name_was_reassigned_is_given_by_its_id(engine, client):
    engine.images['busybox'] = 'sha256:' + '2' * 64
    client.start(WEB, binds=BINDS)
    assert engine.containers[NEW]['Config']['Image'] == IMAGE


def test_zero_is_a_value_of_a_host_config(engine, client):
    engine.containers[WEB]['HostConfig'].update(MemorySwappiness=0, OomKillDisable=False)
    client.start(WEB, binds=BINDS)
    assert engine.containers[NEW]['HostConfig'].get('MemorySwappiness') == 0


def test_a_start_without_a_host_config_is_a_plain_start(engine, client):
    client.start(WEB)
    assert engine.requests == [('POST', '/containers/{0}/start'.format(WEB), {}, None)]


@pytest.mark.parametrize('host', [
    {'binds': {'/srv': '/www'}}, {'port_bindings': {80: ('127.0.0.1', 8080)}},
    {'links': {'db': 'database'}}, {'privileged': True, 'publish_all_ports': True}])
def test_a_host_config_given_at_create_creates_nothing_twice(engine, client, host):
    container = client.create_container(
        'busybox', 'true', host_config=docker.utils.create_host_config(**host))
    client.start(container)
    client.start(container, **host)
    assert engine.changes == [
        ('POST', '/containers/create', None),
        ('POST', '/containers/{0}/start'.format(NEW), None),
        ('POST', '/containers/{0}/start'.format(NEW), None)]


ERRORS = {'error': as_json({'message': 'disk full'}, 500),
          'refused': as_json({'message': 'invalid mount path'}, 400)}


@pytest.mark.parametrize('how, kind', [('error', docker.errors.ServerError),
                                       ('refused', docker.errors.BadRequest),
                                       ('before', docker.errors.EngineUnreachable),
                                       ('after', docker.errors.EngineUnreachable)])
@pytest.mark.parametrize('step', STEPS)
def test_a_step_that_fails_is_undone(engine, client, step, how, kind):
    engine.fail(step, ERRORS.get(how, how))
    with pytest.raises(kind) as caught:
        client.start(WEB, binds=BINDS)
    assert getattr(caught.value, 'explanation', '') in ('', 'disk full', 'invalid mount path')
    assert engine.is_unchanged()
    assert client.inspect_container(WEB)['Id'] == WEB
    client.start(WEB)
    assert engine.containers[WEB]['State']['Running']


@pytest.mark.parametrize('away', [1, 2, 5])
@pytest.mark.parametrize('step', STEPS)
def test_an_engine_that_is_unreachable_for_a_while(engine, client, step, away):
    engine.fail(step, Away(engine, away))
    with pytest.raises(docker.errors.EngineUnreachable):
        client.start(WEB, binds=BINDS)
    assert engine.is_unchanged()


class Away(object):
    """A failure 'after' a step, upon which the engine hangs up on the next `count` requests as well."""

    def __init__(self, engine, count):
        self.engine = engine
        self.count = count

    def __eq__(self, how):
        if how == 'after':
            self.engine.away = self.count
        return how == 'after'

    __hash__ = None


@pytest.mark.parametrize('undoing', ['delete', 'rename back', 'json'])
@pytest.mark.parametrize('how', ['error', 'before', 'after'])
@pytest.mark.parametrize('step', ['rename', 'start'])
def test_undoing_that_fails_is_tried_again(engine, client, step, how, undoing):
    engine.fail(step, ERRORS['error'])
    failed = []
    execute = engine.execute

    def execute_and_fail_undoing(method, path, query, body):
        # Not before: a start begins with an inspect, which is one of the steps of undoing.
        if path.endswith('/create') and undoing not in failed:
            failed.append(undoing)
            engine.fail(undoing, ERRORS.get(how, how))
        return execute(method, path, query, body)

    engine.execute = execute_and_fail_undoing
    with pytest.raises(docker.errors.ServerError):
        client.start(WEB, binds=BINDS)
    assert engine.is_unchanged()


@pytest.mark.parametrize('call', [
    lambda client: client.start(WEB), lambda client: client.start('web', binds=BINDS),
    lambda client: client.inspect_container('web'), lambda client: client.containers(all=True),
    lambda client: client.remove_container('web')],
    ids=['plain start', 'start', 'inspect', 'list', 'remove'])
def test_undoing_that_is_pending_is_done_before_the_next_call(engine, client, monkeypatch, call):
    monkeypatch.setattr(recreate, '_CLEANUP_SECONDS', -1)
    engine.fail('start', Away(engine, 100))
    with pytest.raises(docker.errors.EngineUnreachable):
        client.start(WEB, binds=BINDS)
    assert len(engine.containers) == 2
    engine.away = 0
    call(client)
    names = [about['Name'] for about in engine.containers.values()]
    assert names in (['/web'], [])


@pytest.mark.parametrize('how', ['error', 'before', 'after'])
def test_removing_the_first_container_is_tried_again(engine, client, how):
    engine.fail('delete first', ERRORS.get(how, how))
    client.start(WEB, binds=BINDS)
    assert list(engine.containers) == [NEW]


def test_an_interrupt_while_undoing_forgets_nothing(engine, client, monkeypatch):
    monkeypatch.setattr(recreate, '_CLEANUP_SECONDS', -1)
    remove = recreate._Replacement._remove
    calls = []

    def interrupted(self, name):
        if not calls:
            calls.append(name)
            raise KeyboardInterrupt()
        return remove(self, name)

    monkeypatch.setattr(recreate._Replacement, '_remove', interrupted)
    engine.fail('start', ERRORS['error'])
    with pytest.raises(KeyboardInterrupt):
        client.start(WEB, binds=BINDS)
    client.start(WEB)
    assert list(engine.containers) == [WEB] and engine.containers[WEB]['Name'] == '/web'


def test_a_name_that_is_taken_meanwhile(engine, client):
    engine.add(DATA, 'data', {'Image': 'busybox'})
    engine.fail('create', as_json({'message': 'Conflict. The name is already in use'}, 409))
    with pytest.raises(docker.errors.Conflict):
        client.start(WEB, binds=BINDS)
    assert sorted(engine.containers) == [WEB, DATA]


# The id that a caller holds

CALLS = [
    ('inspect_container', '/containers/{0}/json'), ('stop', '/containers/{0}/stop'),
    ('restart', '/containers/{0}/restart'), ('kill', '/containers/{0}/kill'),
    ('wait', '/containers/{0}/wait'), ('diff', '/containers/{0}/changes'),
    ('top', '/containers/{0}/top'), ('start', '/containers/{0}/start'),
    ('remove_container', '/containers/{0}')]


@pytest.mark.parametrize('identifier', [WEB, WEB[:12], WEB[:20], {'Id': WEB}])
@pytest.mark.parametrize('name, path', CALLS)
def test_the_id_can_be_used_in_each_call(engine, client, name, path, identifier):
    client.start(WEB, binds=BINDS)
    getattr(client, name)(identifier)
    assert engine.requests[-1][1] == path.format(NEW)


def test_the_name_and_the_new_id_work_as_well(engine, client):
    client.start(WEB, binds=BINDS)
    assert client.inspect_container('web')['Id'] == WEB
    assert client.inspect_container(NEW)['Id'] == WEB
    assert client.inspect_container('web')['ID'] == WEB


def test_other_containers_are_left_alone(engine, client):
    engine.add(DATA, 'data', {'Image': 'busybox'})
    client.start(WEB, binds=BINDS)
    assert client.inspect_container(DATA)['Id'] == DATA
    assert sorted(container['Id'] for container in client.containers(all=True)) == [WEB, DATA]


def test_lists_have_the_id_that_the_caller_holds(engine, client):
    client.start(WEB, binds=BINDS)
    assert client.containers(all=True, quiet=True) == [{'Id': WEB}]
    client.containers(since=WEB, before=WEB[:12])
    assert json.loads(engine.requests[-1][2]['filters']) == {'since': [NEW], 'before': [NEW]}


def test_events_have_the_id_that_the_caller_holds(engine, client):
    client.start(WEB, binds=BINDS)
    engine.events = [{'status': 'die', 'id': container, 'from': 'busybox', 'Type': 'container',
                      'Action': 'die', 'time': 1, 'Actor': {'ID': container, 'Attributes': {
                          'image': 'busybox'}}} for container in (NEW, DATA)]
    got = [json.loads(event) for event in client.events()]
    assert [event['id'] for event in got] == [WEB, DATA]
    assert [event['Actor']['ID'] for event in got] == [WEB, DATA]


@pytest.mark.parametrize('identifier', [WEB, WEB[:12]])
def test_the_id_in_commit(engine, client, identifier):
    client.start(WEB, binds=BINDS)
    client.commit(identifier, 'mine')
    assert engine.requests[-1][2]['container'] == NEW


@pytest.mark.parametrize('identifier', [WEB, WEB[:12]])
def test_the_id_in_volumes_from_and_links(engine, client, identifier):
    client.start(WEB, binds=BINDS)
    client.create_container('busybox', 'true', volumes_from=identifier, host_config={
        'Links': [identifier + ':www']})
    host = engine.requests[-1][3]['HostConfig']
    assert host == {'VolumesFrom': [NEW], 'Links': [NEW + ':www']}


@pytest.mark.parametrize('mode', ['NetworkMode', 'IpcMode', 'PidMode'])
def test_the_id_in_modes(engine, client, mode):
    client.start(WEB, binds=BINDS)
    client.create_container('busybox', 'true', host_config={mode: 'container:' + WEB})
    assert engine.requests[-1][3]['HostConfig'] == {mode: 'container:' + NEW}


def test_the_id_in_links_at_a_start(engine, client):
    client.start(WEB, binds=BINDS)
    engine.add(DATA, 'data', {'Image': 'busybox'})
    client.start(DATA, links={WEB: 'www'})
    created = [body for _, path, _, body in engine.requests if path.endswith('/create')][-1]
    assert created['HostConfig']['Links'] == [NEW + ':www']


def test_a_removed_container_is_forgotten(engine, client):
    client.start(WEB, binds=BINDS)
    client.remove_container(WEB)
    with pytest.raises(docker.errors.NotFound, match=WEB):
        client.inspect_container(WEB)


def test_a_container_removed_by_its_name_is_forgotten(engine, client):
    client.start(WEB, binds=BINDS)
    client.remove_container('web')
    with pytest.raises(docker.errors.NotFound, match=WEB):
        client.inspect_container(WEB)


# A container that has run

@pytest.mark.parametrize('given, has', [
    ({'binds': {'/srv': '/www'}}, {'Binds': ['/srv:/www:rw']}),
    ({'binds': {'/srv': '/www', '/a': '/b:ro'}}, {'Binds': ['/srv:/www', '/a:/b:ro']}),
    ({'port_bindings': {80: 8080}},
     {'PortBindings': {'80/tcp': [{'HostIp': '', 'HostPort': '8080'}]}}),
    ({'port_bindings': {80: None}},
     {'PortBindings': {'80/tcp': [{'HostIp': '', 'HostPort': '0'}]}}),
    ({'binds': {'/srv': '/www', '/a': '/b:ro'}},        # as Podman lists them
     {'Binds': ['/srv:/www:rw,rprivate,rbind', '/a:/b:ro,rprivate,rbind']}),
    ({'links': {'db': 'database'}}, {'Links': ['/db:/web/database']}),
    ({'links': {DATA[:12]: 'database'}}, {'Links': ['/db:/web/database']}),
    ({'privileged': True}, {'Privileged': True})])
def test_the_same_host_config_is_a_plain_start(engine, client, given, has):
    engine.add(WEB, 'web', CONFIG, has)
    engine.add(DATA, 'db', CONFIG)
    engine.run(WEB)
    engine.end(WEB)
    client.start(WEB, **given)
    assert engine.changes == [('POST', '/containers/{0}/start'.format(WEB), None)]


@pytest.mark.parametrize('running', [False, True])
@pytest.mark.parametrize('given', [
    {'binds': {'/srv': '/www:ro'}}, {'port_bindings': {80: 8081}}, {'links': {'db': 'other'}},
    {'privileged': True}, {'publish_all_ports': True}])
def test_another_host_config_is_a_conflict_that_shows_what_to_do(engine, client, given, running):
    engine.add(WEB, 'web', CONFIG, {
        'Binds': ['/srv:/www'], 'PortBindings': {'80/tcp': [{'HostIp': '', 'HostPort': '8080'}]},
        'Links': ['/db:/web/database']})
    engine.run(WEB)
    if not running:
        engine.end(WEB)
    with pytest.raises(docker.errors.Conflict, match='remove the container and create it again'):
        client.start(WEB, **given)
    assert engine.changes == []


def test_threads_that_start_one_container_create_it_again_once(engine, client):
    def start(identifier):
        try:
            client.start(identifier, binds=BINDS)
        except Exception as error:
            failed.append(error)

    failed = []
    threads = [threading.Thread(target=start, args=[identifier])
               for identifier in (WEB, WEB[:12], WEB[:20]) * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert len([path for _, path, _ in engine.changes if path == '/containers/create']) == 1
    assert list(engine.containers) == [NEW] and engine.containers[NEW]['State']['Running']


def test_a_container_is_started_with_the_same_host_config_again(engine, client):
    client.start(WEB, binds=BINDS)
    client.start(WEB, binds=BINDS)
    engine.end(NEW)
    client.start(WEB, binds=BINDS)
    assert [path for _, path, _ in engine.changes[5:]] == [
        '/containers/{0}/start'.format(NEW)] * 2


def test_lxc_conf_is_refused_before_anything_is_sent(engine, client):
    with pytest.raises(docker.errors.NotSupported) as caught:
        client.start(WEB, lxc_conf={'lxc.utsname': 'x'})
    assert isinstance(caught.value, ValueError)
    assert engine.requests == []


def test_a_container_that_is_not_there(engine, client):
    with pytest.raises(docker.errors.NotFound):
        client.start('nothing', binds=BINDS)
    assert engine.changes == []


# What a container has besides its configuration

def archive_of(**files):
    content = io.BytesIO()
    with tarfile.open(mode='w', fileobj=content) as tar:
        for path, data in sorted(files.items()):
            entry = tarfile.TarInfo(path)
            entry.size = len(data or b'')
            if data is None:
                entry.type, entry.mode = tarfile.DIRTYPE, 0o700
            tar.addfile(entry, io.BytesIO(data or b''))
    return content.getvalue()


def names_in(archive):
    with tarfile.open(mode='r|', fileobj=io.BytesIO(archive)) as tar:
        return [entry.name.rstrip('/') for entry in tar]


@pytest.fixture
def with_files(engine):
    engine.changed = [{'Path': path, 'Kind': kind} for path, kind in (
        ('/data', 1), ('/etc', 0), ('/etc/mine', 1), ('/new', 1), ('/new/file', 1), ('/bin/tool', 0))]
    engine.containers[WEB]['Mounts'] = [{'Type': 'volume', 'Name': 'named', 'Destination': '/data'}]
    engine.archives = {
        '/etc': archive_of(**{'etc': None, 'etc/mine': b'1', 'etc/passwd': b'x' * 100000}),
        '/etc/mine': archive_of(mine=b'1'), '/new': archive_of(**{'new': None, 'new/file': b'2'}),
        '/bin/tool': archive_of(tool=b'3')}
    return engine


def test_changes_are_copied(with_files, client):
    client.start(WEB, binds=BINDS)
    assert [(container, path, names_in(data)) for container, path, data in with_files.put] == [
        (NEW, '/etc', ['mine']), (NEW, '/', ['new', 'new/file']), (NEW, '/', ['etc']),
        (NEW, '/bin', ['tool'])]


def test_headers_that_precede_a_directory_are_copied(engine, client):
    engine.changed = [{'Path': '/' + 'n' * 300, 'Kind': 0}]
    engine.archives = {'/' + 'n' * 300: archive_of(**{'n' * 300: None, 'n' * 300 + '/x': b'x'})}
    client.start(WEB, binds=BINDS)
    (_, _, data), = engine.put
    assert names_in(data) == ['n' * 300] and len(data) % 512 == 0


def test_what_was_deleted_is_a_conflict(engine, client):
    engine.changed = [{'Path': '/etc/motd', 'Kind': 2}]
    with pytest.raises(docker.errors.Conflict, match='/etc/motd'):
        client.start(WEB, binds=BINDS)
    assert engine.changes == [] and engine.is_unchanged()


def test_what_would_be_covered_is_a_conflict(engine, client):
    engine.changed = [{'Path': '/www', 'Kind': 1}, {'Path': '/www/mine', 'Kind': 1}]
    with pytest.raises(docker.errors.Conflict, match='/www/mine'):
        client.start(WEB, binds=BINDS)
    assert engine.changes == [] and engine.is_unchanged()


def test_a_directory_that_holds_a_mount_is_copied_without_it(engine, client):
    engine.changed = [{'Path': path, 'Kind': 1} for path in ('/srv', '/srv/www', '/srv/other')]
    engine.archives = {'/srv': archive_of(**{'srv': None, 'srv/www': None, 'srv/www/host': b'x'}),
                       '/srv/other': archive_of(other=b'1')}
    client.start(WEB, binds=['/host:/srv/www'])
    assert [(path, names_in(data)) for _, path, data in engine.put] == [('/srv', ['other']), ('/', ['srv'])]


@pytest.mark.parametrize('how, kind', [
    ('error', docker.errors.ServerError), ('refused', docker.errors.Conflict),
    ('before', docker.errors.EngineUnreachable), ('after', docker.errors.EngineUnreachable)])
@pytest.mark.parametrize('step', ['changes', 'get archive', 'put archive'])
def test_copying_that_fails_is_undone(with_files, client, step, how, kind):
    if step != 'put archive' and how in ('before', 'after'):
        # A request that only reads is sent once more.
        step = 'put archive'
    if step == 'changes' and how == 'refused':
        kind = docker.errors.BadRequest
    with_files.fail(step, ERRORS.get(how, how))
    with pytest.raises(kind):
        client.start(WEB, binds=BINDS)
    assert with_files.is_unchanged()
    client.start(WEB)
    assert with_files.containers[WEB]['State']['Running']


def test_a_file_that_is_not_there_is_a_conflict(with_files, client):
    with_files.archives['/bin/tool'] = None
    with pytest.raises(docker.errors.Conflict, match='/bin/tool'):
        client.start(WEB, binds=BINDS)
    assert with_files.is_unchanged()


VOLUME = 'e' * 64


@pytest.fixture
def with_volume(engine):
    engine.containers[WEB]['Mounts'] = [
        {'Type': 'volume', 'Name': VOLUME, 'Destination': '/data', 'RW': True}]
    engine.archives = {'/data/.': archive_of(**{'./mine': b'1'})}
    return engine


def test_an_anonymous_volume_is_copied(with_volume, client):
    client.start(WEB, binds=BINDS)
    assert [(container, path, names_in(data)) for container, path, data in with_volume.put] == [
        (NEW, '/data', ['./mine'])]


def test_an_anonymous_volume_that_is_covered(with_volume, client):
    client.start(WEB, binds=['/srv:/data/'])
    assert with_volume.put == []


def test_an_anonymous_volume_of_another_container_too(with_volume, client):
    with_volume.add(DATA, 'data', CONFIG)
    listed = [{'Id': container, 'Names': ['/' + name], 'Mounts': [{'Name': VOLUME}]}
              for container, name in ((WEB, 'web'), (DATA, 'data'))]
    execute = with_volume.execute
    with_volume.execute = lambda method, path, query, body: (
        as_json(listed) if path == '/containers/json' else execute(method, path, query, body))
    client.start(WEB, binds=BINDS)
    created = [body for _, path, _, body in with_volume.requests if path.endswith('/create')]
    assert created[0]['HostConfig']['Binds'] == BINDS + [VOLUME + ':/data']


def test_a_named_volume_that_looks_anonymous_is_kept(engine, client):
    engine.containers[WEB]['HostConfig']['Binds'] = [VOLUME + ':/data:rw']
    client.start(WEB, port_bindings={80: 8080})
    assert engine.containers[NEW]['HostConfig']['Binds'] == [VOLUME + ':/data:rw']


def test_an_anonymous_volume_that_podman_lists_is_not(engine, client):
    engine.containers[WEB]['HostConfig']['Binds'] = [VOLUME + ':/data:rw,rprivate,nosuid,nodev,rbind']
    client.start(WEB, port_bindings={80: 8080})
    assert engine.containers[NEW]['HostConfig']['Binds'] == []


ENDPOINT = {'IPAMConfig': {'IPv4Address': '10.0.0.9'}, 'Links': ['db:db'], 'Aliases': ['www', WEB[:12]],
            'DriverOpts': None, 'MacAddress': '', 'IPAddress': '', 'NetworkID': ''}
SET = {'IPAMConfig': {'IPv4Address': '10.0.0.9'}, 'Links': ['db:db'], 'Aliases': ['www']}


@pytest.fixture
def with_networks(engine):
    engine.containers[WEB]['HostConfig']['NetworkMode'] = 'one'
    engine.containers[WEB]['NetworkSettings'] = {'Networks': {
        'one': ENDPOINT, 'two': dict(ENDPOINT, Links=None, Aliases=[WEB[:12]])}}
    return engine


def test_networks_are_connected(with_networks, client):
    client.start(WEB, binds=BINDS)
    created = [body for _, path, _, body in with_networks.requests if path.endswith('/create')]
    assert list(created[0]['NetworkingConfig']['EndpointsConfig'].items()) == [('one', SET)]
    assert [(path, body) for _, path, _, body in with_networks.requests if path.startswith('/networks')] == [
        ('/networks/two/connect', {'Container': NEW, 'EndpointConfig': {'IPAMConfig': SET['IPAMConfig']}})]


def test_networks_that_it_does_not_have_are_disconnected(engine, client):
    engine.containers[WEB]['NetworkSettings'] = {'Networks': {'two': ENDPOINT}}
    client.start(WEB, binds=BINDS)
    assert [(path, body) for _, path, _, body in engine.requests if path.startswith('/networks')] == [
        ('/networks/bridge/disconnect', {'Container': NEW, 'Force': True}),
        ('/networks/two/connect', {'Container': NEW, 'EndpointConfig': SET})]


@pytest.mark.parametrize('mode, networks', [
    ('default', {'bridge': dict(ENDPOINT, IPAMConfig=None, Links=None, Aliases=None)}),
    ('host', {'host': None}), ('none', {'none': None}), ('container:' + DATA, {}), ('default', None),
    ('one', {'one': {'Aliases': [WEB[:12]]}})])
def test_the_network_of_the_mode_takes_no_more_requests(engine, client, mode, networks):
    engine.containers[WEB]['HostConfig']['NetworkMode'] = mode
    engine.containers[WEB]['NetworkSettings'] = {'Networks': networks}
    client.start(WEB, binds=BINDS)
    assert [path for method, path, _, _ in engine.requests if method == 'GET'] == [
        '/containers/{0}/json'.format(WEB), '/containers/{0}/changes'.format(WEB), '/images/busybox/json']
    created = [body for _, path, _, body in engine.requests if path.endswith('/create')]
    assert 'NetworkingConfig' not in created[0]


@pytest.mark.parametrize('how, kind', [
    ('error', docker.errors.ServerError), ('refused', docker.errors.Conflict),
    ('before', docker.errors.EngineUnreachable), ('after', docker.errors.EngineUnreachable)])
def test_a_network_that_fails_is_undone(with_networks, client, how, kind):
    step_of = with_networks.step_of
    with_networks.step_of = lambda method, path, query: (
        'connect' if path == '/networks/two/connect' else step_of(method, path, query))
    with_networks.fail('connect', ERRORS.get(how, how))
    with pytest.raises(kind):
        client.start(WEB, binds=BINDS)
    assert with_networks.is_unchanged()


def test_a_reference_to_a_container_that_was_recreated(engine, client):
    guest = client.create_container('busybox', 'true', name='guest', host_config={
        'NetworkMode': 'container:' + WEB})['Id']
    client.start(WEB, binds=BINDS)
    web = engine.find('web')
    client.start(guest)
    assert engine.containers[engine.find('guest')]['HostConfig']['NetworkMode'] == 'container:' + web
    assert client.inspect_container(guest)['Id'] == guest


# Attachments

def output_of(attached):
    """Return the whole output that comes on a stream or a socket."""
    if not hasattr(attached, 'recv'):
        return b''.join(attached)
    return b''.join(docker.stream.demultiplex(iter(lambda: attached.recv(100), b'')))


@pytest.fixture(autouse=True)
def without_terminal(engine):
    engine.containers[WEB]['Config']['Tty'] = False


ATTACHING = [lambda client: client.attach_socket(WEB), lambda client: client.attach_socket('web'),
             lambda client: client.attach_socket(WEB[:12]), lambda client: client.attach(WEB, stream=True)]


def wait_for_relays():
    for each in list(relay._live):
        assert each._finished.wait(30)


@pytest.mark.parametrize('attach', ATTACHING)
def test_an_attachment_goes_on_with_the_new_container(engine, client, attach):
    attached = attach(client)
    client.start(WEB, binds=BINDS)
    engine.end(NEW)
    assert output_of(attached) == b'1'
    attached.close()


@pytest.mark.parametrize('attach', ATTACHING)
@pytest.mark.parametrize('step', STEPS + ['attach'])
def test_an_attachment_stays_when_the_start_fails(engine, client, attach, step):
    attached = attach(client)
    engine.fail(step, ERRORS['error'])
    with pytest.raises(docker.errors.ServerError):
        client.start(WEB, binds=BINDS)
    assert engine.is_unchanged()
    client.start(WEB)
    engine.end(WEB)
    assert output_of(attached) == b'a'
    attached.close()


def test_an_attachment_that_was_closed_is_not_made_again(engine, client):
    for attach in ATTACHING:
        attach(client).close()
    client.attach(WEB, stream=True)
    wait_for_relays()
    before = len(engine.requests)
    client.start(WEB, binds=BINDS)
    assert not [path for _, path, _, _ in engine.requests[before:] if path.endswith('/attach')]


def test_input_is_sent_to_the_new_container(engine, client):
    attached = client.attach_socket(WEB)
    attached.sendall(b'early')
    client.start(WEB, binds=BINDS)
    attached.sendall(b' late')
    attached.shutdown(socket.SHUT_WR)
    assert engine.input_of(NEW) == b'early late'
    assert output_of(attached) == b'1'
    attached.close()


def test_an_attachment_that_another_thread_makes_meanwhile(engine, client):
    execute, attached = engine.execute, []

    def execute_and_attach(method, path, query, body):
        if query.get('name', '').endswith('-first'):
            thread = threading.Thread(target=lambda: attached.append(client.attach_socket(WEB)))
            thread.start()
            thread.join()
        return execute(method, path, query, body)

    engine.execute = execute_and_attach
    client.start(WEB, binds=BINDS)
    engine.run(NEW)
    engine.end(NEW)
    assert output_of(attached[0]) == b'1'
    attached[0].close()


def test_more_input_than_is_kept_is_a_conflict(engine, client, monkeypatch):
    monkeypatch.setattr(relay, '_MAX_KEPT', 10)
    attached = client.attach_socket(WEB)
    while [each for each in relay._live if each.replaceable]:
        attached.sendall(b'0123456789')
    with pytest.raises(docker.errors.Conflict, match='more input'):
        client.start(WEB, binds=BINDS)
    assert engine.is_unchanged()
    attached.close()


def test_attaching_to_a_new_container_is_one_request(engine, client):
    container = client.create_container('busybox', 'true', name='mine')
    client.attach_socket(container).close()
    client.attach_socket('mine').close()
    assert [path.rpartition('/')[2] for _, path, _, _ in engine.requests] == ['create', 'attach', 'attach']


def test_attaching_to_a_container_that_runs_gives_its_own_socket(engine, client, server):
    container = client.create_container('busybox', 'true', name='mine')
    client.start(container)
    attached = client.attach_socket(container)
    assert attached.getpeername() == server.path
    attached.close()


# Links and events

def test_removing_a_link_forgets_nothing(engine, client):
    client.start(WEB, binds=BINDS)
    execute = engine.execute
    engine.execute = lambda method, path, query, body: (
        http(204) if query.get('link') == '1' else execute(method, path, query, body))
    client.remove_container('/client/web', link=True)
    client.remove_container(WEB, link=True)
    assert client.inspect_container(WEB)['Id'] == WEB


def event(status, subject, name, time, kind='container', **attributes):
    return {'status': status, 'id': subject, 'Type': kind, 'Action': status, 'time': time, 'timeNano': time,
            'Actor': {'ID': subject, 'Attributes': dict(attributes, name=name)}}


def shown(client):
    return [(each['status'], each['id'], each['Actor']['ID']) for each in client.events(decode=True)]


@pytest.mark.parametrize('podman', [False, True])
@pytest.mark.parametrize('removed', [False, True])
def test_the_events_of_a_recreation_are_not_shown(engine, client, removed, podman):
    client.start(WEB, binds=BINDS)
    temporary = engine.changes[0][2]

    def renamed(container, name, before, time):
        return event('rename', container, name, time, **({} if podman else {'oldName': '/' + before}))

    engine.events = [
        event('create', WEB, 'web', 1), event('archive-path', WEB, 'web', 2),
        event('create', NEW, temporary, 3), event('attach', NEW, temporary, 4),
        event('archive-path', WEB, 'web', 5), event('extract-to-dir', NEW, temporary, 6),
        renamed(WEB, temporary + '-first', 'web', 7), renamed(NEW, 'web', temporary, 8),
        event('start', NEW, 'web', 9), event('destroy', WEB, temporary + '-first', 10),
        event('archive-path', NEW, 'web', 11), event('rename', DATA, 'data', 11),
        event('die', NEW, 'web', 12), event('destroy', NEW, 'web', 13)]
    if removed:
        client.remove_container(WEB)
    assert shown(client) == [
        (status, DATA, DATA) if status == 'rename' else (status, WEB, WEB)
        for status in ('create', 'archive-path', 'start', 'archive-path', 'rename', 'die', 'destroy')]


def test_the_events_of_a_recreation_that_failed_are_not_shown(engine, client):
    engine.fail('start', ERRORS['error'])
    with pytest.raises(docker.errors.ServerError):
        client.start(WEB, binds=BINDS)
    temporary = engine.changes[0][2]
    engine.events = [
        event('create', WEB, 'web', 1), event('create', NEW, temporary, 2),
        event('rename', WEB, temporary + '-first', 3, oldName='/web'),
        event('rename', NEW, 'web', 4, oldName='/' + temporary), event('die', NEW, 'web', 5),
        event('destroy', NEW, 'web', 6), event('rename', WEB, 'web', 7, oldName='/' + temporary + '-first'),
        event('start', WEB, 'web', 8), event('destroy', WEB, 'web', 9)]
    assert shown(client) == [(status, WEB, WEB) for status in ('create', 'die', 'start', 'destroy')]


def test_events_of_networks_and_volumes_have_the_id_that_the_caller_holds(engine, client):
    client.start(WEB, binds=BINDS)
    engine.events = [event('connect', 'n' * 64, 'bridge', 1, kind='network', container=NEW),
                     event('mount', 'volume', 'local', 2, kind='volume', container=NEW),
                     event('disconnect', NEW, 'podman', 3, kind='network')]
    events = list(client.events(decode=True))
    assert [each['Actor']['Attributes'].get('container') for each in events] == [WEB, WEB, None]
    assert [each['id'] for each in events] == ['n' * 64, 'volume', WEB]


def test_past_recreations_are_forgotten_at_last(engine, client, monkeypatch):
    monkeypatch.setattr('docker.transport.changes.recreated._MAX_REMEMBERED', 1)
    for number in range(3):
        name = 'many{0}'.format(number)
        container = client.create_container('busybox', 'true', name=name)['Id']
        client.start(container, binds=BINDS)
        engine.events = [event('die', engine.find(name), name, 1)]
        assert shown(client) == [('die', container, container)]
        client.remove_container(container)
        assert shown(client) == [('die', container, container)]
    recreated = client.get_adapter(client.base_url)._recreated
    assert len(recreated._recreations) <= 2
    assert len(recreated._by_temporary_name) <= 4
