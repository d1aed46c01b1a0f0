# -*- coding: utf-8 -*-
"""The calls that create, run, inspect and remove containers."""

import json

import pytest
import six

import docker
from docker import errors
from tests import PathObject
from tests.server import as_json, http
from tests.wire import ENGINES, assert_kept, assert_same_request, raised, request_parts

SHELL = ['/bin/sh', '-c', u'echo out; echo err >&2; echo héllo']
LONG = ['/bin/sh', '-c',
        'trap "exit 3" TERM; i=0; while true; do i=$((i+1)); echo $i; echo e$i >&2; '
        'touch /f$i; sleep 0.3; done']
ALL = {'all': '0', 'limit': '-1', 'size': '0', 'trunc_cmd': '1'}
ATTACHED = {'AttachStdin': False, 'AttachStdout': True, 'AttachStderr': True, 'OpenStdin': False,
            'StdinOnce': False, 'Tty': False, 'Memory': 0, 'MemorySwap': 0,
            'NetworkDisabled': False}


def created(image='busybox', **settings):
    return dict(ATTACHED, Image=image, **settings)


REQUESTS = [
    (lambda c: c.containers(), 'GET', '/containers/json', ALL, None),
    (lambda c: c.containers(all=True, trunc=False, limit=3, since='a', before={'Id': 'b'},
                            size=True),
     'GET', '/containers/json',
     {'all': '1', 'limit': '3', 'size': '1', 'trunc_cmd': '0', 'since': 'a', 'before': 'b'}, None),
    (lambda c: c.containers(latest=True), 'GET', '/containers/json', dict(ALL, limit='1'), None),
    (lambda c: c.containers(quiet=True), 'GET', '/containers/json', ALL, None),
    (lambda c: c.inspect_container('web'), 'GET', '/containers/web/json', {}, None),
    (lambda c: c.top('web'), 'GET', '/containers/web/top', {}, None),
    (lambda c: c.top('web', 'aux -w'), 'GET', '/containers/web/top', {'ps_args': 'aux -w'}, None),
    (lambda c: c.diff('web'), 'GET', '/containers/web/changes', {}, None),
    (lambda c: c.stop('web'), 'POST', '/containers/web/stop', {'t': '10'}, None),
    (lambda c: c.stop('web', 0), 'POST', '/containers/web/stop', {'t': '0'}, None),
    (lambda c: c.restart('web', timeout=3), 'POST', '/containers/web/restart', {'t': '3'}, None),
    (lambda c: c.kill('web'), 'POST', '/containers/web/kill', {}, None),
    (lambda c: c.kill('web', None), 'POST', '/containers/web/kill', {}, None),
    (lambda c: c.kill('web', 'SIGTERM'), 'POST', '/containers/web/kill', {'signal': '15'}, None),
    (lambda c: c.kill('web', signal='hup'), 'POST', '/containers/web/kill', {'signal': '1'}, None),
    (lambda c: c.kill('web', 9), 'POST', '/containers/web/kill', {'signal': '9'}, None),
    (lambda c: c.remove_container('web'), 'DELETE', '/containers/web', {'v': '0', 'link': '0'},
     None),
    (lambda c: c.remove_container('web', v=True, link=True), 'DELETE', '/containers/web',
     {'v': '1', 'link': '1'}, None),
    (lambda c: c.resize('web', 24, 80), 'POST', '/containers/web/resize', {'h': '24', 'w': '80'},
     None),
    (lambda c: c.port('web', 80), 'GET', '/containers/web/json', {}, None),
    (lambda c: c.wait('web'), 'POST', '/containers/web/wait', {}, None),

    (lambda c: c.start('web'), 'POST', '/containers/web/start', {}, {}),
    (lambda c: c.start('web', binds={'/srv': '/www:ro'}), 'POST', '/containers/web/start', {},
     {'Binds': ['/srv:/www:ro']}),
    (lambda c: c.start('web', {'/srv': {'bind': '/www', 'ro': True}}), 'POST',
     '/containers/web/start', {},
     {'Binds': ['/srv:/www:ro']}),
    (lambda c: c.start('web', ['/srv:/www', '/a:/b:ro']), 'POST', '/containers/web/start', {},
     {'Binds': ['/srv:/www', '/a:/b:ro']}),
    (lambda c: c.start('web', port_bindings={
        80: ('0.0.0.0',), 81: ('127.0.0.1', 8080), 82: [('127.0.0.1', 1), ('127.0.0.2', 2)],
        '53/udp': 53, (54, 'udp'): None, '83': {'HostIp': '127.0.0.1', 'HostPort': '83'}}),
     'POST', '/containers/web/start', {}, {'PortBindings': {
         '80/tcp': [{'HostIp': '0.0.0.0', 'HostPort': ''}],
         '81/tcp': [{'HostIp': '127.0.0.1', 'HostPort': '8080'}],
         '53/udp': [{'HostIp': '', 'HostPort': '53'}],
         '82/tcp': [{'HostIp': '127.0.0.1', 'HostPort': '1'},
                    {'HostIp': '127.0.0.2', 'HostPort': '2'}],
         '54/udp': [{'HostIp': '', 'HostPort': ''}],
         '83/tcp': [{'HostIp': '127.0.0.1', 'HostPort': '83'}]}}),
    (lambda c: c.start('web', lxc_conf={'lxc.utsname': 'docker'}), 'POST', '/containers/web/start',
     {},
     {'LxcConf': [{'Key': 'lxc.utsname', 'Value': 'docker'}]}),
    (lambda c: c.start('web', publish_all_ports=True, privileged=True), 'POST',
     '/containers/web/start',
     {}, {'PublishAllPorts': True, 'Privileged': True}),
    (lambda c: c.start('web', links={'database': 'db'}), 'POST', '/containers/web/start', {},
     {'Links': ['database:db']}),
    (lambda c: c.start('web', links=[('database', 'db'), ('cache', 'c')]), 'POST',
     '/containers/web/start', {}, {'Links': ['database:db', 'cache:c']}),

    (lambda c: c.create_container('busybox'), 'POST', '/containers/create', {}, created()),
    (lambda c: c.create_container('busybox', 'sh -c "echo hi"', name='web'), 'POST',
     '/containers/create', {'name': 'web'}, created(Cmd=['sh', '-c', 'echo hi'])),
    (lambda c: c.create_container('busybox', ['a b', 'c'], 'host', 'root', True, True, True,
                                  '512m'),
     'POST', '/containers/create', {}, created(
         Cmd=['a b', 'c'], Hostname='host', User='root', AttachStdin=False, AttachStdout=False,
         AttachStderr=False, OpenStdin=True, StdinOnce=False, Tty=True, Memory=512 << 20)),
    (lambda c: c.create_container({'Id': 'abc'}, stdin_open=True), 'POST', '/containers/create', {},
     created('abc', AttachStdin=True, OpenStdin=True, StdinOnce=True)),
    (lambda c: c.create_container(
        'busybox', ports=[80, '22', '53/udp', (54, 'udp')], environment={'A': 'b'}, dns='8.8.8.8',
        volumes=['/m'], volumes_from=['data', {'ID': 'abc'}], network_disabled=True,
        entrypoint='sh -c', cpu_shares=2, working_dir='/tmp'),
     'POST', '/containers/create', {},
     created(ExposedPorts={'80/tcp': {}, '22/tcp': {}, '53/udp': {}, '54/udp': {}}, Env=['A=b'],
             HostConfig={'Dns': ['8.8.8.8'], 'VolumesFrom': ['data', 'abc']}, Volumes={'/m': {}},
             NetworkDisabled=True,
             Entrypoint=['sh', '-c'], CpuShares=2, WorkingDir='/tmp')),
    (lambda c: c.create_container('busybox', environment={'A': None}, ports={'80/tcp': {}},
                                  volumes={'/m': {}}, volumes_from='data',
                                  dns=['8.8.8.8', '8.8.4.4']),
     'POST', '/containers/create', {},
     created(Env=['A'], ExposedPorts={'80/tcp': {}}, Volumes={'/m': {}},
             HostConfig={'Dns': ['8.8.8.8', '8.8.4.4'], 'VolumesFrom': ['data']})),
    (lambda c: c.create_container('busybox', entrypoint=[]), 'POST', '/containers/create', {},
     created(Entrypoint=[])),
    (lambda c: c.create_container('busybox', '', entrypoint=''), 'POST', '/containers/create', {},
     created(Entrypoint=[], Cmd=[])),
    (lambda c: c.create_container('busybox', [], entrypoint=['']), 'POST', '/containers/create', {},
     created(Entrypoint=[''], Cmd=[])),
    (lambda c: c.create_container('busybox', user=0, cpu_shares=0), 'POST', '/containers/create', {},
     created(User='0', CpuShares=0)),
    (lambda c: c.create_container('busybox', working_dir=PathObject('/srv'),
                                  volumes=[PathObject('/data')]), 'POST', '/containers/create', {},
     created(WorkingDir='/srv', Volumes={'/data': {}})),
    (lambda c: c.start('web', binds={PathObject('/srv'): PathObject('/www')}), 'POST',
     '/containers/web/start', {}, {'Binds': ['/srv:/www']}),
    (lambda c: c.copy('web', PathObject('/etc/motd')), 'POST', '/containers/web/copy', {},
     {'Resource': '/etc/motd'}),
    (lambda c: c.create_container('busybox', environment=['A=b=c', 'D']), 'POST',
     '/containers/create', {},
     created(Env=['A=b=c', 'D'])),
    (lambda c: c.create_container_from_config({'Image': 'busybox', 'Cmd': ['true']}, 'once'),
     'POST',
     '/containers/create', {'name': 'once'}, {'Image': 'busybox', 'Cmd': ['true']}),
    (lambda c: c.create_container_from_config({'Image': 'busybox'}), 'POST', '/containers/create',
     {},
     {'Image': 'busybox'}),
]


@pytest.mark.parametrize('call, method, path, query, body', REQUESTS)
def test_the_request(client, server, call, method, path, query, body):
    server.respond(as_json([] if path in ('/containers/json', '/containers/web/changes') else {
        'Id': 'x', 'StatusCode': 0, 'NetworkSettings': {'Ports': {}}}))
    call(client)
    assert request_parts(server.request) == (method, '/v1.6' + path, query, body)
    assert len(server.requests) == 1


def nothing(body):
    assert body == b''


def status_code(body):
    return json.loads(body.decode('utf-8'))['StatusCode']


def json_of(body):
    return json.loads(body.decode('utf-8'))


RECORDED = [
    ('create', lambda c, i: c.create_container(
        'busybox', SHELL, mem_limit='64m', environment={'A': 'b'}, network_disabled=True,
        name='rec1'),
     json_of),
    ('create-tty', lambda c, i: c.create_container(
        'busybox', '/bin/sh -c "echo tty; sleep 1"', tty=True, mem_limit=64 << 20,
        environment=['A=b'],
        network_disabled=True, name='rectty'), json_of),
    ('create-long', lambda c, i: c.create_container(
        'busybox', LONG, mem_limit='64M', environment=['A=b'], network_disabled=True,
        name='reclong'),
     json_of),
    ('inspect-created', lambda c, i: c.inspect_container(i), json_of),
    ('inspect-exited', lambda c, i: c.inspect_container({'Id': i}), json_of),
    ('start-tty', lambda c, i: c.start(i), nothing),
    ('wait', lambda c, i: c.wait(i), status_code),
    ('wait-exited', lambda c, i: c.wait(i), status_code),
    ('diff', lambda c, i: c.diff(i), lambda body: json_of(body) or []),
    ('diff-long', lambda c, i: c.diff(i), json_of),
    ('containers-all', lambda c, i: c.containers(all=True), json_of),
    ('containers-running', lambda c, i: c.containers(), json_of),
    ('top', lambda c, i: c.top(i), json_of),
    ('top-args', lambda c, i: c.top(i, ps_args='aux'), json_of),
    ('kill-number', lambda c, i: c.kill(i, 'SIGCONT'), nothing),
    ('kill-stopped', lambda c, i: c.kill(i), nothing),
    ('restart', lambda c, i: c.restart(i, 2), nothing),
    ('stop', lambda c, i: c.stop(i, timeout=2), nothing),
    ('stop-already', lambda c, i: c.stop(i, timeout=2), nothing),
    ('remove', lambda c, i: c.remove_container(i, v=True), nothing),
]


@pytest.mark.parametrize('exchange, call, expected', RECORDED, ids=[row[0] for row in RECORDED])
def test_a_recorded_exchange(engine, exchange, call, expected):
    respond_to_inspect(engine, exchange)
    engine.respond(exchange)
    subject = engine.subject(exchange)
    assert_kept(expected(engine.recorded_body(exchange)), call(engine.client, subject))
    assert_same_request(engine.server.request, engine.recorded_request(exchange))


def respond_to_inspect(engine, exchange):
    """Queue the response to the request that precedes a start on Docker 0.6.5.

    The client inspects the container first, as starting it while it runs damages it on that engine.
    """
    if engine.name == 'docker-0.6.5_v1.6' and exchange.startswith('start'):
        engine.respond('inspect-missing' if exchange == 'start-missing' else 'inspect-created')


def test_a_recorded_start_with_a_host_config(engine):
    # The client inspects the container first: on engines that store its limits in the host config, as a
    # start would drop them, and on the others to see whether it runs.
    engine.respond('inspect-created')
    engine.respond('start-with-hostconfig')
    container = engine.subject('start-with-hostconfig')
    assert engine.client.start(container, {'/tmp': {'bind': '/mnt/tmp', 'ro': True}}) is None
    assert_same_request(engine.server.request, engine.recorded_request('start-with-hostconfig'))


@pytest.mark.parametrize('engine', ['docker-0.6.5_v1.6', 'docker-1.6.2_v1.6'], indirect=True)
def test_containers_since(engine):
    engine.respond('containers-since')
    recorded = engine.recorded_request('containers-since')
    listed = engine.client.containers(all=True, since=recorded.query['since'])
    assert listed == json_of(engine.recorded_body('containers-since'))
    assert_same_request(engine.server.request, recorded)


def test_quiet_containers_have_only_their_id(engine):
    engine.respond('containers-all')
    listed = engine.client.containers(quiet=True, all=True)
    assert listed == [{'Id': container['Id']} for container in
                      json_of(engine.recorded_body('containers-all'))]
    assert listed


# For these the newest of the three engines has specific statuses, the older ones respond with a 500.
MISSING, TAKEN = errors.NotFound, errors.Conflict
FAILURES = [
    ('inspect-missing', lambda c, i: c.inspect_container(i), (MISSING, MISSING, MISSING)),
    ('start-missing', lambda c, i: c.start(i), (MISSING, MISSING, MISSING)),
    ('remove-missing', lambda c, i: c.remove_container(i, v=True), (MISSING, MISSING, MISSING)),
    ('remove-running', lambda c, i: c.remove_container(i), (TAKEN, TAKEN, TAKEN)),
    ('create-name-conflict', lambda c, i: c.create_container(
        'busybox', SHELL, mem_limit='64m', environment={'A': 'b'}, network_disabled=True,
        name='rec1'),
     (TAKEN, TAKEN, TAKEN)),
    ('create-no-image', lambda c, i: c.create_container(
        'nosuchimage', SHELL, mem_limit='64m', environment={'A': 'b'}, network_disabled=True),
     (errors.ImageNotFound, errors.ImageNotFound, errors.ImageNotFound)),
    ('create-no-command', lambda c, i: c.create_container(
        'busybox', network_disabled=True, name='recnocmd'),
     (errors.ServerError, errors.ServerError, errors.BadRequest)),
    ('start-already', lambda c, i: c.start(i), (TAKEN, None, None)),
    ('top-stopped', lambda c, i: c.top(i), (None, TAKEN, TAKEN)),
    ('resize-stopped', lambda c, i: c.resize(i, 20, 80), (errors.ServerError, TAKEN, TAKEN)),
    ('copy-missing', lambda c, i: c.copy(i, '/nosuch'), (MISSING, MISSING, MISSING)),
]


@pytest.mark.parametrize('exchange, call, kinds', FAILURES, ids=[row[0] for row in FAILURES])
def test_a_recorded_failure(engine, exchange, call, kinds):
    kind = dict(zip(ENGINES, kinds))[engine.name]
    respond_to_inspect(engine, exchange)
    engine.respond(exchange)
    subject = engine.subject(exchange)
    if kind is None:
        call(engine.client, subject)
    else:
        error = raised(kind, lambda: call(engine.client, subject))
        assert error.explanation == engine.recorded_text(exchange)
        assert type(error.explanation) is str
        assert error.response.status_code == error.status_code == engine.recorded_status(exchange)
        assert error.explanation in str(error)
        assert error.is_client_error() is (error.status_code < 500)
        assert error.is_server_error() is (error.status_code >= 500)
    # Where an engine has both, a copy is an archive.
    if (engine.name, exchange) != ('docker-20.10_v1.12', 'copy-missing'):
        assert_same_request(engine.server.request, engine.recorded_request(exchange))


@pytest.mark.parametrize('call', [
    lambda c: c.create_container('busybox', 'true', name='', host_config=''),
    lambda c: c.create_container_from_config({'Image': 'busybox'}, name=u'')])
def test_an_empty_name_is_none(client, server, call):
    server.respond(as_json({'Id': 'abc', 'Warnings': None}, 201))
    call(client)
    assert server.request.query == {} and 'HostConfig' not in server.request.json


@pytest.mark.parametrize('call', [
    lambda c: c.start('web'), lambda c: c.stop('web'), lambda c: c.restart('web'),
    lambda c: c.kill('web')])
def test_not_modified_is_no_error(client, server, call):
    server.respond(http(304))
    assert call(client) is None


@pytest.mark.parametrize('container', [
    'abc', u'abc', '/abc', {'Id': 'abc'}, {'ID': 'abc'}, {'id': u'abc'},
    {'Id': 'abc', 'Warnings': None}])
def test_forms_of_a_container(client, server, container):
    server.respond(http(204), http(204), as_json({'StatusCode': 3}), as_json([]))
    client.start(container)
    client.stop(container)
    assert client.wait(container) == 3
    client.containers(since=container)
    assert [request.path.replace('/v1.6/containers/', '') for request in server.requests] == [
        'abc/start', 'abc/stop', 'abc/wait', 'json']
    assert server.request.query['since'] == 'abc'


@pytest.mark.parametrize('name, path', [
    ('a b', 'a%20b'),
    ('100%', '100%25'),
    ('100%41', '100%2541'),
    ('a?b#c', 'a%3Fb%23c'),
    ('web/db', 'web/db'),
    ('a+b', 'a%2Bb'),
    ('a~b', 'a~b'),
    ('{0}', '%7B0%7D'),
    (u'h\xe9', 'h%C3%A9'),
    ('hé', 'h%C3%A9'),
])
def test_names_are_quoted_in_paths(client, server, name, path):
    server.respond(as_json({}), http(204))
    client.inspect_container(name)
    client.remove_container({'Id': name})
    assert server.requests[0].path == '/v1.6/containers/{0}/json'.format(path)
    assert server.requests[1].path == '/v1.6/containers/{0}'.format(path)


TEXTS = [u'h\xe9llo'] + ([u'h\xe9llo'.encode('utf-8')] if six.PY2 else [])


@pytest.mark.parametrize('text', TEXTS)
def test_text_beyond_ascii(client, server, text):
    server.respond(as_json({'Id': 'x'}, 201), as_json({'Id': 'x'}, 201), as_json({'Id': 'x'}, 201))
    client.create_container('busybox', ['echo', text], environment={'A': text}, hostname=text,
                            user=text, working_dir=text, name=text)
    body = server.request.json
    assert (body['Cmd'], body['Env']) == ([u'echo', u'h\xe9llo'], [u'A=h\xe9llo'])
    assert (body['Hostname'], body['User'], body['WorkingDir']) == (u'h\xe9llo',) * 3
    assert server.request.query == {'name': 'héllo'}
    client.create_container('busybox', text, entrypoint=text)
    assert (server.request.json['Cmd'], server.request.json['Entrypoint']) == ([u'h\xe9llo'],) * 2
    client.create_container('busybox', environment=[text])
    assert server.request.json['Env'] == [u'h\xe9llo']


NONE = [
    (lambda c: c.create_container('busybox', *[None] * 17), {'Id': 'x'}),
    (lambda c: c.start('web', None, None, None, None, None, None), None),
    (lambda c: c.kill('web', None), None),
    (lambda c: c.remove_container('web', None, None), None),
    (lambda c: c.top('web', None), {}),
    (lambda c: c.containers(None, None, None, None, None, None, None), []),
]


@pytest.mark.parametrize('call, value', NONE)
def test_none_is_the_default(client, server, call, value):
    server.respond(as_json(value))
    call(client)
    assert b'null' not in server.request.body
    assert 'None' not in server.request.target


PORTS = {'80/tcp': [{'HostIp': '0.0.0.0', 'HostPort': '8080'}], '53/udp': [
    {'HostIp': '127.0.0.1', 'HostPort': '5353'}], '54/tcp': [{'HostIp': '', 'HostPort': '1'}],
    '54/udp': [{'HostIp': '', 'HostPort': '2'}], '90/tcp': None, '91/tcp': []}


@pytest.mark.parametrize('private_port, expected', [
    (80, PORTS['80/tcp']), ('80', PORTS['80/tcp']), ('80/tcp', PORTS['80/tcp']),
    (u'80', PORTS['80/tcp']),
    (53, PORTS['53/udp']), ('53', PORTS['53/udp']), ('53/udp', PORTS['53/udp']),
    ((53, 'udp'), PORTS['53/udp']), ('53/tcp', None), ((53, 'tcp'), None), (54, PORTS['54/tcp']),
    ('54/udp', PORTS['54/udp']), (90, None), (91, None), (8080, None)])
def test_port(client, server, private_port, expected):
    server.respond(as_json({'NetworkSettings': {'Ports': PORTS}}))
    assert client.port('web', private_port) == expected


@pytest.mark.parametrize('settings', [{}, {'Ports': None}, {'Ports': {}}])
def test_port_of_a_container_without_ports(client, server, settings):
    server.respond(as_json({'NetworkSettings': settings}))
    assert client.port('web', 80) is None


def test_port_of_a_recorded_container(engine):
    engine.respond('inspect-exited')
    assert engine.client.port(engine.subject('inspect-exited'), 80) is None


def test_a_running_container_is_not_started_on_docker_0_6_5(server):
    client = docker.Client(server.url)
    server.respond(as_json({'Version': '0.6.5'}), as_json({'ID': 'c', 'State': {'Running': True}}))
    assert client.start('c') is None
    assert [request.path for request in server.requests] == ['/version', '/v1.6/containers/c/json']
    client.close()
