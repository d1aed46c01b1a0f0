"""A start with a host config on an engine whose start takes none: a small engine that keeps containers.

The engine executes requests and keeps a list of them. It can fail at any step: with an error, by closing the
connection before or after the step, and by being unreachable for some time.
"""

import json
import re
import threading

import pytest

import docker
from docker.transport.changes import recreate
from tests.server import REASONS, as_json, chunked, http

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

    def end(self, container):
        self.containers[container]['State']['Running'] = False

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
        body = request.json if request.body else None
        self.requests.append((request.method, path, request.query, body))
        how = self.failing.pop(self.step_of(request.method, path, request.query), None)
        if how == 'before':
            return False
        if isinstance(how, bytes) and how.startswith(b'HTTP/'):
            response = how
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
        if parts[3] in ('changes', 'top'):
            return as_json(None if parts[3] == 'changes' else {'Titles': [], 'Processes': []})
        return http(204)

    def create(self, name, body):
        if self.find(name):
            return as_json({'message': 'Conflict. The container name is already in use'}, 409)
        self.created += 1
        container = '{0:064x}'.format(self.created)
        config = dict(body)
        self.add(container, name, config, config.pop('HostConfig', {}))
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
    assert config == {'Image': 'busybox', 'Cmd': ['httpd'], 'Env': ['A=b'],
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
