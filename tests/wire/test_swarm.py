# -*- coding: utf-8 -*-
"""The calls of Swarm mode: the swarm, nodes, services, tasks, secrets and configs."""

import base64
import json
import logging
import pickle
import traceback

import pytest

import docker
from docker import errors, types
from docker.auth import encode_header
from tests.server import as_json, chunked, frame, http
from tests.wire import negotiated, raised, request_parts

SECOND = 10 ** 9
TEMPLATE = types.TaskTemplate(types.ContainerSpec('busybox', 'true'))
ALL_OUTPUT = {'stdout': '1', 'stderr': '1', 'follow': '0'}
DONE = http(200)
CREATED = as_json({'ID': 'new'}, 201)
NONE = as_json([])
INSPECTED = as_json({'ID': 'id', 'Version': {'Index': 7}, 'Spec': {'Name': 'name', 'TaskTemplate': {}}})


@pytest.fixture
def swarm(server):
    """A Client of an engine with the newest version, so that no call is refused."""
    client = negotiated(docker.Client(server.url, timeout=10), server, '1.55')
    yield client
    client.close()


# A call, responses, and the last request; its version is that of what came latest in it.
REQUESTS = [
    (lambda c: c.init_swarm(), [as_json('node')], 'POST', '/v1.24/swarm/init', {},
     {'ListenAddr': '0.0.0.0:2377', 'ForceNewCluster': False}),
    (lambda c: c.init_swarm('10.0.0.1', '10.0.0.1:2377', True, {'Name': 'default'}), [as_json('node')],
     'POST',
     '/v1.24/swarm/init', {}, {'AdvertiseAddr': '10.0.0.1', 'ListenAddr': '10.0.0.1:2377',
                               'ForceNewCluster': True, 'Spec': {'Name': 'default'}}),
    (lambda c: c.init_swarm(default_addr_pool=['10.1.0.0/16'], subnet_size=24), [as_json('node')], 'POST',
     '/v1.39/swarm/init', {}, {'ListenAddr': '0.0.0.0:2377', 'ForceNewCluster': False,
                               'DefaultAddrPool': ['10.1.0.0/16'], 'SubnetSize': 24}),
    (lambda c: c.init_swarm(data_path_addr='eth1', data_path_port=4789, availability='drain'),
     [as_json('node')], 'POST', '/v1.40/swarm/init', {}, {
         'ListenAddr': '0.0.0.0:2377', 'ForceNewCluster': False, 'DataPathAddr': 'eth1', 'DataPathPort': 4789,
         'Availability': 'drain'}),
    (lambda c: c.init_swarm(swarm_spec=c.create_swarm_spec(2, autolock_managers=True)), [as_json('node')],
     'POST', '/v1.25/swarm/init', {}, {
         'ListenAddr': '0.0.0.0:2377', 'ForceNewCluster': False, 'Spec': {
             'Orchestration': {'TaskHistoryRetentionLimit': 2},
             'EncryptionConfig': {'AutoLockManagers': True}}}),
    (lambda c: c.inspect_swarm(), [INSPECTED], 'GET', '/v1.24/swarm', {}, None),
    (lambda c: c.join_swarm(['10.0.0.1:2377'], 'token'), [DONE], 'POST', '/v1.24/swarm/join', {},
     {'RemoteAddrs': ['10.0.0.1:2377'], 'JoinToken': 'token', 'ListenAddr': '0.0.0.0:2377'}),
    (lambda c: c.join_swarm('10.0.0.1:2377', u'token', '10.0.0.2:2377', '10.0.0.2'), [DONE], 'POST',
     '/v1.24/swarm/join', {}, {'RemoteAddrs': ['10.0.0.1:2377'], 'JoinToken': 'token',
                               'ListenAddr': '10.0.0.2:2377', 'AdvertiseAddr': '10.0.0.2'}),
    (lambda c: c.join_swarm(['a'], 'token', data_path_addr='eth1', availability='pause'), [DONE], 'POST',
     '/v1.31/swarm/join', {}, {'RemoteAddrs': ['a'], 'JoinToken': 'token', 'ListenAddr': '0.0.0.0:2377',
                               'DataPathAddr': 'eth1', 'Availability': 'pause'}),
    (lambda c: c.leave_swarm(), [DONE], 'POST', '/v1.24/swarm/leave', {'force': '0'}, None),
    (lambda c: c.leave_swarm(force=True), [DONE], 'POST', '/v1.24/swarm/leave', {'force': '1'}, None),
    (lambda c: c.update_swarm(7, {'Name': 'default'}, True, True), [DONE], 'POST', '/v1.24/swarm/update',
     {'version': '7', 'rotateWorkerToken': '1', 'rotateManagerToken': '1'}, {'Name': 'default'}),
    (lambda c: c.update_swarm({'Index': 7}, rotate_manager_unlock_key=True), [INSPECTED, DONE], 'POST',
     '/v1.25/swarm/update', {'version': '7', 'rotateWorkerToken': '0', 'rotateManagerToken': '0',
                             'rotateManagerUnlockKey': '1'}, {'Name': 'name', 'TaskTemplate': {}}),
    (lambda c: c.get_unlock_key(), [as_json({'UnlockKey': 'key'})], 'GET', '/v1.25/swarm/unlockkey', {},
     None),
    (lambda c: c.unlock_swarm('key'), [DONE], 'POST', '/v1.25/swarm/unlock', {}, {'UnlockKey': 'key'}),
    (lambda c: c.unlock_swarm({'UnlockKey': 'key'}), [DONE], 'POST', '/v1.25/swarm/unlock', {},
     {'UnlockKey': 'key'}),

    (lambda c: c.nodes(), [NONE], 'GET', '/v1.24/nodes', {}, None),
    (lambda c: c.nodes({'role': 'manager', 'label': {'a': 'b'}}), [NONE], 'GET', '/v1.24/nodes',
     {'filters': '{"label": ["a=b"], "role": ["manager"]}'}, None),
    (lambda c: c.inspect_node({'ID': 'a'}), [INSPECTED], 'GET', '/v1.24/nodes/a', {}, None),
    (lambda c: c.update_node('a', 7, {'Role': 'worker', 'Availability': 'drain'}), [DONE], 'POST',
     '/v1.24/nodes/a/update', {'version': '7'}, {'Role': 'worker', 'Availability': 'drain'}),
    (lambda c: c.update_node('a', {'Index': 7}), [DONE], 'POST', '/v1.24/nodes/a/update', {'version': '7'},
     {}),
    (lambda c: c.remove_node('a'), [DONE], 'DELETE', '/v1.24/nodes/a', {'force': '0'}, None),
    (lambda c: c.remove_node('a', force=True), [DONE], 'DELETE', '/v1.24/nodes/a', {'force': '1'}, None),

    (lambda c: c.services(), [NONE], 'GET', '/v1.24/services', {}, None),
    (lambda c: c.services(filters={'name': 'web'}), [NONE], 'GET', '/v1.24/services',
     {'filters': '{"name": ["web"]}'}, None),
    (lambda c: c.services(status=True), [NONE], 'GET', '/v1.41/services', {'status': '1'}, None),
    (lambda c: c.create_service(TEMPLATE), [CREATED], 'POST', '/v1.24/services/create', {},
     {'TaskTemplate': {'ContainerSpec': {'Image': 'busybox', 'Command': ['true']}}}),
    (lambda c: c.create_service(TEMPLATE, 'web', {'a': 'b'}, {'Replicated': {'Replicas': 2}},
                                types.UpdateConfig(1), ['backend'], {'Ports': [{'TargetPort': 80}]}),
     [CREATED], 'POST', '/v1.24/services/create', {}, {
         'TaskTemplate': {'ContainerSpec': {'Image': 'busybox', 'Command': ['true']}}, 'Name': 'web',
         'Labels': {'a': 'b'}, 'Mode': {'Replicated': {'Replicas': 2}},
         'UpdateConfig': {'Parallelism': 1, 'FailureAction': 'continue'}, 'Networks': [{'Target': 'backend'}],
         'EndpointSpec': {'Ports': [{'TargetPort': 80}]}}),
    (lambda c: c.create_service(
        TEMPLATE, mode='global', rollback_config=types.RollbackConfig(1),
        endpoint_spec=types.EndpointSpec(ports={8080: (80, 'tcp', 'host')})), [CREATED], 'POST',
     '/v1.28/services/create', {}, {
         'TaskTemplate': {'ContainerSpec': {'Image': 'busybox', 'Command': ['true']}}, 'Mode': {'Global': {}},
         'RollbackConfig': {'Parallelism': 1, 'FailureAction': 'continue'}, 'EndpointSpec': {'Ports': [
             {'TargetPort': 80, 'Protocol': 'tcp', 'PublishedPort': 8080, 'PublishMode': 'host'}]}}),
    (lambda c: c.inspect_service('web'), [INSPECTED], 'GET', '/v1.24/services/web', {}, None),
    (lambda c: c.inspect_service({'ID': 'a'}, insert_defaults=True), [INSPECTED], 'GET', '/v1.29/services/a',
     {'insertDefaults': '1'}, None),
    (lambda c: c.update_service('web', 7, TEMPLATE, 'web', {'a': 'b'}, 'global'), [as_json({})], 'POST',
     '/v1.24/services/web/update', {'version': '7'}, {
         'TaskTemplate': {'ContainerSpec': {'Image': 'busybox', 'Command': ['true']}}, 'Name': 'web',
         'Labels': {'a': 'b'}, 'Mode': {'Global': {}}}),
    (lambda c: c.update_service('web', {'Index': 7}, rollback='previous', registry_auth_from='previous-spec'),
     [as_json({})], 'POST', '/v1.28/services/web/update',
     {'version': '7', 'rollback': 'previous', 'registryAuthFrom': 'previous-spec'}, {}),
    (lambda c: c.remove_service('web'), [DONE], 'DELETE', '/v1.24/services/web', {}, None),
    (lambda c: c.service_logs('web', is_tty=True), [DONE], 'GET', '/v1.25/services/web/logs', ALL_OUTPUT,
     None),
    (lambda c: c.service_logs('web'), [INSPECTED, DONE], 'GET', '/v1.25/services/web/logs', ALL_OUTPUT, None),
    (lambda c: list(c.service_logs(
        'web', False, True, True, True, 5, '2013-11-09T12:26:40Z', details=True, is_tty=True)), [DONE],
     'GET', '/v1.25/services/web/logs', {
         'stdout': '0', 'stderr': '1', 'follow': '1', 'timestamps': '1', 'tail': '5', 'since': '1384000000',
         'details': '1'}, None),
    (lambda c: list(c.service_logs('web', stream=True, follow=False, is_tty=True)), [DONE], 'GET',
     '/v1.25/services/web/logs', ALL_OUTPUT, None),
    (lambda c: c.tasks(), [NONE], 'GET', '/v1.24/tasks', {}, None),
    (lambda c: c.tasks({'service': 'web', 'desired-state': ['running', 'shutdown']}), [NONE], 'GET',
     '/v1.24/tasks', {'filters': '{"desired-state": ["running", "shutdown"], "service": ["web"]}'}, None),
    (lambda c: c.inspect_task('a'), [INSPECTED], 'GET', '/v1.24/tasks/a', {}, None),
    (lambda c: c.task_logs({'ID': 'a'}), [INSPECTED, DONE], 'GET', '/v1.30/tasks/a/logs', ALL_OUTPUT, None),

    (lambda c: c.secrets({'label': ['a', 'b=c']}), [NONE], 'GET', '/v1.25/secrets',
     {'filters': '{"label": ["a", "b=c"]}'}, None),
    (lambda c: c.create_secret('password', b'\0\xff', {'a': 'b'}), [CREATED], 'POST', '/v1.25/secrets/create',
     {}, {'Name': 'password', 'Data': 'AP8=', 'Labels': {'a': 'b'}}),
    (lambda c: c.create_secret('password', driver=types.DriverConfig('vault', {'a': 'b'})), [CREATED], 'POST',
     '/v1.31/secrets/create', {}, {'Name': 'password', 'Driver': {'Name': 'vault', 'Options': {'a': 'b'}}}),
    (lambda c: c.create_secret('password', u'h\xe9', templating='golang'), [CREATED], 'POST',
     '/v1.37/secrets/create', {}, {'Name': 'password', 'Data': 'aMOp', 'Templating': {'Name': 'golang'}}),
    (lambda c: c.inspect_secret('password'), [INSPECTED], 'GET', '/v1.25/secrets/password', {}, None),
    (lambda c: c.update_secret('name', labels={'a': 'b'}), [INSPECTED, DONE], 'POST',
     '/v1.26/secrets/id/update', {'version': '7'}, {'Name': 'name', 'Labels': {'a': 'b'}}),
    (lambda c: c.update_secret('name', 6), [INSPECTED, DONE], 'POST', '/v1.26/secrets/id/update',
     {'version': '6'}, {'Name': 'name', 'Labels': {}}),
    (lambda c: c.remove_secret({'ID': 'id'}), [http(204)], 'DELETE', '/v1.25/secrets/id', {}, None),
    (lambda c: c.configs(), [NONE], 'GET', '/v1.30/configs', {}, None),
    (lambda c: c.create_config('motd', 'hello'), [CREATED], 'POST', '/v1.30/configs/create', {},
     {'Name': 'motd', 'Data': 'aGVsbG8='}),
    (lambda c: c.create_config('motd', b'{{.Node}}', ['a=b'], types.DriverConfig('golang')), [CREATED],
     'POST',
     '/v1.37/configs/create', {}, {'Name': 'motd', 'Data': 'e3suTm9kZX19', 'Labels': {'a': 'b'},
                                   'Templating': {'Name': 'golang'}}),
    (lambda c: c.inspect_config('motd'), [INSPECTED], 'GET', '/v1.30/configs/motd', {}, None),
    (lambda c: c.update_config('name', labels={'a': 'b'}), [INSPECTED, DONE], 'POST',
     '/v1.30/configs/id/update', {'version': '7'}, {'Name': 'name', 'Labels': {'a': 'b'}}),
    (lambda c: c.remove_config('motd'), [http(204)], 'DELETE', '/v1.30/configs/motd', {}, None),
]


@pytest.mark.parametrize('call, responses, method, path, query, body', REQUESTS)
def test_a_request(swarm, server, call, responses, method, path, query, body):
    server.respond(*responses)
    call(swarm)
    assert request_parts(server.request) == (method, path, query, body)
    assert len(server.requests) == len(responses)


@pytest.mark.parametrize('call, responses, expected', [
    (lambda c: c.init_swarm(), [as_json('node')], u'node'),
    (lambda c: c.inspect_swarm(), [as_json({'ID': 'x', 'Version': {'Index': 1}})],
     {'ID': 'x', 'Version': {'Index': 1}}),
    (lambda c: c.join_swarm('a', 'b'), [DONE], True),
    (lambda c: c.leave_swarm(), [DONE], True),
    # Docker 1.12, and later ones, when the engine is part of no swarm.
    (lambda c: c.leave_swarm(force=True), [as_json({'message': 'no'}, 406)], True),
    (lambda c: c.leave_swarm(force=True), [as_json({'message': 'no'}, 503)], True),
    (lambda c: c.update_swarm(1, {}), [DONE], True),
    (lambda c: c.get_unlock_key(), [as_json({'UnlockKey': ''})], {'UnlockKey': ''}),
    (lambda c: c.unlock_swarm('key'), [DONE], True),
    (lambda c: c.nodes(), [as_json(None)], []),
    (lambda c: c.update_node('a', 1), [DONE], True),
    (lambda c: c.remove_node('a'), [DONE], True),
    (lambda c: c.services(), [as_json(None)], []),
    (lambda c: c.services(), [as_json([{'ID': 'x'}])], [{'ID': 'x'}]),
    (lambda c: c.create_service(TEMPLATE), [as_json({'ID': 'x', 'Warnings': None}, 201)],
     {'ID': 'x', 'Warnings': None}),
    # Docker 1.12 has no body.
    (lambda c: c.update_service('a', 1), [DONE], {'Warnings': None}),
    (lambda c: c.update_service('a', 1), [as_json({'Warnings': ['old']})], {'Warnings': ['old']}),
    (lambda c: c.remove_service('a'), [DONE], True),
    (lambda c: c.tasks(), [as_json(None)], []),
    (lambda c: c.secrets(), [as_json(None)], []),
    (lambda c: c.create_secret('a', b''), [CREATED], {'ID': 'new'}),
    (lambda c: c.update_secret('a'), [INSPECTED, DONE], True),
    (lambda c: c.remove_secret('a'), [http(204)], True),
    (lambda c: c.configs(), [as_json(None)], []),
    (lambda c: c.create_config('a', b''), [CREATED], {'ID': 'new'}),
    (lambda c: c.update_config('a'), [INSPECTED, DONE], True),
    (lambda c: c.remove_config('a'), [http(204)], True),
])
def test_a_result(swarm, server, call, responses, expected):
    server.respond(*responses)
    got = call(swarm)
    assert got == expected and type(got) is type(expected)


def test_a_spec_of_a_swarm_sends_nothing(swarm, server):
    spec = swarm.create_swarm_spec(5, name='default')
    assert spec == {'Orchestration': {'TaskHistoryRetentionLimit': 5}, 'Name': 'default'}
    assert type(spec) is types.SwarmSpec
    assert server.requests == []


CURRENT = {
    'ID': 'id', 'Version': {'Index': 7}, 'Spec': {
        'Name': 'web', 'Labels': {'old': 'label'}, 'Mode': {'Replicated': {'Replicas': 2}},
        'TaskTemplate': {'ContainerSpec': {'Image': 'busybox', 'Command': ['true'], 'User': 'daemon'},
                         'RestartPolicy': {'Condition': 'any'}}}}


@pytest.mark.parametrize('arguments, version, changes', [
    ({}, '7', {}),
    ({'version': 6}, '6', {}),
    ({'labels': {}}, '7', {'Labels': {}}),
    ({'mode': types.ServiceMode('replicated', 3)}, '7', {'Mode': {'Replicated': {'Replicas': 3}}}),
    ({'task_template': types.TaskTemplate(types.ContainerSpec('other', 'false'))}, '7', {'TaskTemplate': {
        'ContainerSpec': {'Image': 'other', 'Command': ['false'], 'User': 'daemon'},
        'RestartPolicy': {'Condition': 'any'}}}),
    ({'task_template': {'RestartPolicy': {'Condition': 'none'}}}, '7', {'TaskTemplate': {
        'ContainerSpec': {'Image': 'busybox', 'Command': ['true'], 'User': 'daemon'},
        'RestartPolicy': {'Condition': 'none'}}}),
])
def test_an_update_that_keeps_what_is_not_given(swarm, server, arguments, version, changes):
    server.respond(as_json(CURRENT), as_json({'Warnings': None}))
    swarm.update_service({'ID': 'id'}, fetch_current_spec=True, **arguments)
    inspect, update = server.requests
    assert (inspect.method, inspect.path) == ('GET', '/v1.24/services/id')
    assert (update.path, update.query) == ('/v1.24/services/id/update', {'version': version})
    assert update.json == dict(CURRENT['Spec'], **changes)


OUT_OF_SEQUENCE = as_json({'message': 'rpc error: code = Unknown desc = update out of sequence'}, 500)


def test_a_service_that_changes_meanwhile_is_read_again(swarm, server):
    later = {'Version': {'Index': 8}, 'Spec': {'Name': 'web', 'Labels': {'a': 'b'}}}
    server.respond(as_json(CURRENT), OUT_OF_SEQUENCE, as_json(later), as_json({'Warnings': None}))
    swarm.update_service('web', mode='global', fetch_current_spec=True)
    assert [request.method for request in server.requests] == ['GET', 'POST'] * 2
    assert server.requests[1].query != server.request.query == {'version': '8'}
    assert server.request.json == {'Name': 'web', 'Labels': {'a': 'b'}, 'Mode': {'Global': {}}}


@pytest.mark.parametrize('response, version, updates', [
    (OUT_OF_SEQUENCE, 7, 1), (OUT_OF_SEQUENCE, None, 10), (as_json({'message': 'no'}, 500), None, 1)])
def test_an_update_that_stays_refused(swarm, server, response, version, updates):
    server.respond(*[as_json(CURRENT), response] * updates)
    raised(errors.ServerError, lambda: swarm.update_service('web', version, fetch_current_spec=True))
    assert len(server.requests) == 2 * updates


def test_an_update_of_a_health_check_which_engines_spell_differently(swarm, server):
    current = {'Version': {'Index': 7}, 'Spec': {'TaskTemplate': {'ContainerSpec': {
        'Image': 'busybox', 'Healthcheck': {'Test': ['CMD', 'old']}}}}}
    server.respond(as_json(current), as_json({'Warnings': None}))
    container = types.ContainerSpec('busybox', healthcheck={'Test': ['CMD', 'new']})
    swarm.update_service('web', task_template=types.TaskTemplate(container), fetch_current_spec=True)
    assert server.request.json['TaskTemplate']['ContainerSpec'] == {
        'Image': 'busybox', 'HealthCheck': {'Test': ['CMD', 'new']}}


CREDENTIALS = {'username': 'me', 'password': 'hush'}


@pytest.mark.parametrize('call', [
    lambda c, template, **kwargs: c.create_service(template, **kwargs),
    lambda c, template, **kwargs: c.update_service('web', 7, template, **kwargs)])
def test_the_credentials_of_a_registry(swarm, server, call):
    template = types.TaskTemplate(types.ContainerSpec('localhost:5000/app'))
    server.respond(CREATED, CREATED, as_json({'Status': 'Login Succeeded'}), CREATED)
    call(swarm, template)
    assert 'x-registry-auth' not in server.request.headers
    call(swarm, template, auth_config=CREDENTIALS)
    sent = json.loads(base64.urlsafe_b64decode(server.request.headers['x-registry-auth']).decode('ascii'))
    assert (sent['username'], sent['password']) == ('me', 'hush')
    assert server.request.headers['x-registry-auth'] == encode_header(CREDENTIALS)
    swarm.login('you', 'hush', registry='localhost:5000')
    call(swarm, template)
    sent = json.loads(base64.urlsafe_b64decode(server.request.headers['x-registry-auth']).decode('ascii'))
    assert sent['username'] == 'you'


# Output

OUTPUT = [frame(1, b'out\n'), frame(2, b'err\n')]
# A response that has not ended, with the first frame.
BEGINNING = b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nc\r\n' + OUTPUT[0] + b'\r\n'
LOGS = [
    (lambda c, **kwargs: c.service_logs('web', **kwargs),
     lambda tty: {'Spec': {'TaskTemplate': {'ContainerSpec': {'TTY': tty}}}}),
    (lambda c, **kwargs: c.task_logs('task', **kwargs),
     lambda tty: {'Spec': {'ContainerSpec': {'TTY': tty}}}),
]


@pytest.mark.parametrize('call, inspect', LOGS)
def test_logs_are_without_frames(swarm, server, call, inspect):
    server.respond(as_json(inspect(False)), chunked(OUTPUT), chunked(OUTPUT), as_json({}), chunked(OUTPUT))
    assert call(swarm) == b'out\nerr\n'
    assert list(call(swarm, stream=True, is_tty=False)) == [b'out\n', b'err\n']
    assert call(swarm) == b'out\nerr\n'


@pytest.mark.parametrize('call, inspect', LOGS)
def test_logs_of_a_terminal_have_no_frames(swarm, server, call, inspect):
    server.respond(as_json(inspect(True)), chunked([b'one', b'two']), chunked([b'one', b'two']))
    assert call(swarm) == b'onetwo'
    assert b''.join(call(swarm, stream=True, is_tty=True)) == b'onetwo'


@pytest.mark.parametrize('call, inspect', LOGS)
def test_logs_that_are_closed(swarm, server, call, inspect):
    def follow(peer):
        peer.read_request()
        peer.send(BEGINNING)
        peer.wait_closed()
        return False
    server.respond(follow)
    output = call(swarm, stream=True, is_tty=False)
    assert next(output) == b'out\n'
    output.close()
    assert list(output) == []


@pytest.mark.parametrize('call, inspect', LOGS)
def test_logs_that_end_in_the_middle(swarm, server, call, inspect):
    def cut(peer):
        peer.read_request()
        peer.send(BEGINNING + b'c\r\n\1\0')
        return False
    server.respond(cut, cut)
    raised(errors.StreamBroken, lambda: call(swarm, is_tty=False))
    output = call(swarm, stream=True, is_tty=False)
    assert next(output) == b'out\n'
    raised(errors.StreamBroken, lambda: next(output))


@pytest.mark.parametrize('call, inspect', LOGS)
def test_an_error_in_the_place_of_logs(swarm, server, call, inspect):
    server.respond(as_json({'message': 'no such service'}, 404), as_json({'message': 'no'}, 500),
                   chunked([b'error from the engine: it stopped']))
    raised(errors.NotFound, lambda: call(swarm))
    raised(errors.ServerError, lambda: call(swarm, is_tty=False))
    error = raised(errors.OperationFailed, lambda: call(swarm, is_tty=False))
    assert 'it stopped' in error.explanation


# Secrets

SECRET_CALLS = [
    lambda c: c.create_secret('password', b'hush'),
    lambda c: c.create_secret('password', u'hush'),
    lambda c: c.create_config('motd', b'hush'),
    lambda c: c.join_swarm(['a'], 'hush'),
    lambda c: c.unlock_swarm('hush'),
    lambda c: c.unlock_swarm({'UnlockKey': 'hush'}),
    lambda c: c.init_swarm(swarm_spec=c.create_swarm_spec(signing_ca_key='hush')),
    lambda c: c.update_swarm(1, c.create_swarm_spec(signing_ca_key='hush')),
    lambda c: c.create_service(TEMPLATE, auth_config=CREDENTIALS),
    lambda c: c.update_service('web', 1, TEMPLATE, auth_config=CREDENTIALS),
]
FORMS = ('hush', 'aHVzaA', encode_header(CREDENTIALS))


def vanish(peer):
    peer.read_request()
    return False


def cut_head(peer):
    peer.read_request()
    peer.send(b'HTTP/1.1 200 OK\r\nContent-')
    return False


@pytest.mark.parametrize('call', SECRET_CALLS)
@pytest.mark.parametrize('response, kind', [
    (as_json({'message': 'no'}, 400), errors.BadRequest), (as_json({'message': 'no'}, 500),
                                                           errors.ServerError),
    (as_json({'message': 'no'}, 409), errors.Conflict), (vanish, errors.EngineUnreachable)])
def test_no_error_shows_a_secret(swarm, server, caplog, call, response, kind):
    caplog.set_level(logging.DEBUG)
    server.respond(response)
    try:
        call(swarm)
    except Exception as error:
        assert type(error) is kind
        shown = [str(error), repr(error), repr(error.args), repr(vars(error)), traceback.format_exc()]
        for request in (error.request, getattr(error.response, 'request', None)):
            if request is not None:
                shown += [repr(request.body), repr(request.headers), request.url]
        shown += [repr(pickle.dumps(error, 2)), caplog.text, repr(swarm)]
    assert any(form.encode('ascii') in server.request.body or form in server.request.headers.values()
               for form in FORMS)
    # The source of this test is a part of the traceback.
    text = '\n'.join(line for line in '\n'.join(shown).splitlines() if 'lambda' not in line)
    assert not [form for form in FORMS if form in text]


@pytest.mark.parametrize('call', SECRET_CALLS[:2] + SECRET_CALLS[3:6])
def test_a_session_keeps_no_secret(swarm, server, call):
    responses = []
    swarm.hooks['response'].append(lambda response, *args, **kwargs: responses.append(response))
    server.respond(as_json({'ID': 'x'}, 201))
    call(swarm)
    assert responses[0].request.body is None


# Bad input, and engines without Swarm mode

BAD = [
    (lambda c: c.init_swarm(5), TypeError, 'advertise_addr'),
    (lambda c: c.init_swarm(swarm_spec='default'), TypeError, 'swarm_spec'),
    (lambda c: c.init_swarm(subnet_size='24'), TypeError, 'subnet_size'),
    (lambda c: c.init_swarm(data_path_port='4789'), TypeError, 'data_path_port'),
    (lambda c: c.init_swarm(default_addr_pool=5), TypeError, 'default_addr_pool'),
    (lambda c: c.init_swarm(availability='off'), ValueError, 'availability'),
    (lambda c: c.join_swarm([], 'token'), ValueError, 'remote_addrs'),
    (lambda c: c.join_swarm(None, 'token'), ValueError, 'remote_addrs'),
    (lambda c: c.join_swarm([5], 'token'), TypeError, 'remote_addrs'),
    (lambda c: c.join_swarm(['a'], None), TypeError, 'join_token'),
    (lambda c: c.join_swarm(['a'], ''), ValueError, 'join_token'),
    (lambda c: c.join_swarm(['a'], ['hush']), TypeError, 'join_token'),
    (lambda c: c.update_swarm(None), TypeError, 'version'),
    (lambda c: c.update_swarm(1, 'spec'), TypeError, 'swarm_spec'),
    (lambda c: c.unlock_swarm(None), TypeError, 'key'),
    (lambda c: c.unlock_swarm({'Key': 'hush'}), TypeError, 'key'),
    (lambda c: c.nodes('role'), TypeError, 'filters'),
    (lambda c: c.inspect_node(None), TypeError, 'node_id'),
    (lambda c: c.update_node('a', '7'), TypeError, 'version'),
    (lambda c: c.update_node('a', 7, 'drain'), TypeError, 'node_spec'),
    (lambda c: c.remove_node(''), ValueError, 'node_id'),
    (lambda c: c.services(['web']), TypeError, 'filters'),
    (lambda c: c.create_service('busybox'), TypeError, 'task_template'),
    (lambda c: c.create_service(None), TypeError, 'task_template'),
    (lambda c: c.create_service(TEMPLATE, 5), TypeError, 'name'),
    (lambda c: c.create_service(TEMPLATE, labels='a'), TypeError, 'labels'),
    (lambda c: c.create_service(TEMPLATE, mode='many'), ValueError, 'mode'),
    (lambda c: c.create_service(TEMPLATE, mode=3), TypeError, 'mode'),
    (lambda c: c.create_service(TEMPLATE, update_config=1), TypeError, 'update_config'),
    (lambda c: c.create_service(TEMPLATE, networks=[5]), TypeError, 'networks'),
    (lambda c: c.create_service(TEMPLATE, endpoint_config=[80]), TypeError, 'endpoint_config'),
    (lambda c: c.create_service(TEMPLATE, endpoint_config={}, endpoint_spec={}), ValueError,
     'endpoint_config'),
    (lambda c: c.create_service(TEMPLATE, rollback_config=True), TypeError, 'rollback_config'),
    (lambda c: c.create_service(TEMPLATE, auth_config='me:hush'), TypeError, 'auth_config'),
    (lambda c: c.create_service({'ContainerSpec': {'Image': u'b\ud800'}}), ValueError, 'task_template'),
    (lambda c: c.inspect_service(5), TypeError, 'service'),
    (lambda c: c.update_service('web'), TypeError, 'version'),
    (lambda c: c.update_service('web', 7, 'busybox'), TypeError, 'task_template'),
    (lambda c: c.update_service('web', 7, rollback='next'), ValueError, 'rollback'),
    (lambda c: c.update_service('web', 7, registry_auth_from='x'), ValueError, 'registry_auth_from'),
    (lambda c: c.remove_service({}), TypeError, 'service'),
    (lambda c: c.service_logs('web', tail='some'), ValueError, 'tail'),
    (lambda c: c.task_logs('a', since='x'), ValueError, 'since'),
    (lambda c: c.inspect_task('..'), ValueError, 'task'),
    (lambda c: c.tasks({'service': {5: 1}}), TypeError, 'filters'),
    (lambda c: c.create_secret('a'), ValueError, 'data'),
    (lambda c: c.create_secret('', b'hush'), ValueError, 'name'),
    (lambda c: c.create_secret('a', ['hush']), TypeError, 'data'),
    (lambda c: c.create_secret('a', b'hush', 'label'), TypeError, 'labels'),
    (lambda c: c.create_secret('a', b'hush', driver=5), TypeError, 'driver'),
    (lambda c: c.update_secret('a', '7'), TypeError, 'version'),
    (lambda c: c.update_secret('a', labels='x'), TypeError, 'labels'),
    (lambda c: c.remove_secret(None), TypeError, 'secret'),
    (lambda c: c.create_config('a', None), TypeError, 'data'),
    (lambda c: c.create_config('a', b'hush', templating=5), TypeError, 'templating'),
    (lambda c: c.inspect_config({'Name': 'a'}), TypeError, 'config'),
]


@pytest.mark.parametrize('call, kind, name', BAD)
def test_bad_input_is_refused_before_anything_is_sent(swarm, server, call, kind, name):
    error = raised(kind, lambda: call(swarm))
    assert str(error).startswith(name) and 'hush' not in str(error)
    assert server.requests == []


@pytest.mark.parametrize('call, responses, method, path, query, body', REQUESTS)
def test_an_engine_without_swarm_mode(server, call, responses, method, path, query, body):
    client = negotiated(docker.Client(server.url, timeout=10), server, '1.23')
    error = raised(errors.NotSupported, lambda: call(client))
    assert 'it came with API version 1.' in str(error) and 'supports up to 1.23' in str(error)
    assert server.requests == []
    client.close()


@pytest.mark.parametrize('call, newest, name, version', [
    (lambda c: c.create_service(dict(TEMPLATE, ForceUpdate=1)), '1.24', 'TaskTemplate.ForceUpdate', '1.25'),
    (lambda c: c.create_service(TEMPLATE, mode='global-job', rollback_config={}), '1.40', 'Mode.GlobalJob',
     '1.41'),
    (lambda c: c.create_service(types.TaskTemplate(types.ContainerSpec('a', secrets=[
        types.SecretReference('a', 'b')]))), '1.24', 'TaskTemplate.ContainerSpec.Secrets', '1.25'),
    (lambda c: c.update_service('web', 1, rollback='previous'), '1.27', 'rollback', '1.28'),
    (lambda c: c.init_swarm(default_addr_pool=['10.0.0.0/8']), '1.38', 'DefaultAddrPool', '1.39'),
    (lambda c: c.create_secret('a', b'b', templating='golang'), '1.36', 'Templating', '1.37'),
    (lambda c: c.create_config('a', b'b'), '1.29', 'POST /configs/create', '1.30'),
    (lambda c: c.services(status=True), '1.40', 'status', '1.41'),
])
def test_what_came_later_is_refused(server, call, newest, name, version):
    client = negotiated(docker.Client(server.url, timeout=10), server, newest)
    error = raised(errors.NotSupported, lambda: call(client))
    assert name in str(error) and 'version ' + version in str(error) and 'up to ' + newest in str(error)
    assert server.requests == []
    client.close()


@pytest.mark.parametrize('call, response', [
    (lambda c: c.init_swarm(), as_json({'ID': 'x'})), (lambda c: c.inspect_swarm(), NONE),
    (lambda c: c.nodes(), as_json({})), (lambda c: c.services(), as_json({})),
    (lambda c: c.create_service(TEMPLATE), as_json({}, 201)), (lambda c: c.tasks(), as_json('x')),
    (lambda c: c.secrets(), as_json([5])), (lambda c: c.configs(), as_json([{'Version': 5}])),
    (lambda c: c.update_secret('a'), as_json({'ID': 'x'})), (lambda c: c.service_logs('a'), NONE),
    (lambda c: c.update_service('a', fetch_current_spec=True), as_json({'Spec': {}})),
    (lambda c: c.update_swarm(1), as_json({})), (lambda c: c.get_unlock_key(), http(200, b'hello')),
])
def test_what_is_no_engine(swarm, server, call, response):
    server.respond(response)
    raised(errors.NotAnEngine, lambda: call(swarm))
    assert len(server.requests) == 1


@pytest.mark.parametrize('call, responses, method, path, query, body', REQUESTS)
def test_an_engine_that_goes_away_in_the_middle(swarm, server, call, responses, method, path, query, body):
    server.respond(*(responses[:-1] + [cut_head]))
    raised(errors.StreamBroken, lambda: call(swarm))
    assert len(server.requests) == len(responses)
