# -*- coding: utf-8 -*-
"""Bad arguments raise a TypeError or a ValueError with the name of the argument, and nothing is sent."""

import io

import pytest
import six

import docker
from tests import PathObject

CONTAINER_CALLS = [
    lambda c, value: c.inspect_container(value),
    lambda c, value: c.top(value),
    lambda c, value: c.diff(value),
    lambda c, value: c.export(value),
    lambda c, value: c.copy(value, '/x'),
    lambda c, value: c.start(value),
    lambda c, value: c.stop(value),
    lambda c, value: c.restart(value),
    lambda c, value: c.kill(value),
    lambda c, value: c.wait(value),
    lambda c, value: c.port(value, 80),
    lambda c, value: c.remove_container(value),
    lambda c, value: c.attach(value),
    lambda c, value: c.attach(value, stream=True),
    lambda c, value: c.logs(value),
    lambda c, value: c.attach_socket(value),
    lambda c, value: c.resize(value, 1, 1),
    lambda c, value: c.commit(value),
]
IMAGE_CALLS = [
    ('image', lambda c, value: c.history(value)),
    ('image', lambda c, value: c.tag(value, 'x')),
    ('image', lambda c, value: c.remove_image(value)),
    ('image', lambda c, value: c.insert(value, 'u', '/x')),
    ('image', lambda c, value: c.create_container(value)),
    ('image_id', lambda c, value: c.inspect_image(value)),
]
NAMES = [(value, TypeError) for value in (
    None, 5, True, ['abc'], {}, {'Name': 'abc'}, {'Id': None}, {'Id': 5}, object())]
NAMES += [(value, ValueError) for value in (
    '', '  ', '/', {'Id': ''}, '..', '../images/busybox', 'a/../b', 'a//b')]
if six.PY2:
    NAMES.append((b'\xff\xfe', ValueError))
else:
    NAMES.append((b'abc', TypeError))
NOT_TEXT = b'\xff' if six.PY2 else b'text'


def assert_refused(server, kinds, what, call):
    with pytest.raises(kinds) as refusal:
        call()
    # Some bad arguments have a class of docker.errors.
    assert isinstance(refusal.value, docker.DockerException) or type(refusal.value) in (TypeError, ValueError)
    names = str(refusal.value).replace(':', ' ').replace(',', ' ').replace("'", ' ').split()
    assert what in names, str(refusal.value)
    assert len(str(refusal.value)) < 500
    assert server.requests == []


@pytest.mark.parametrize('value, kind', NAMES, ids=repr)
@pytest.mark.parametrize('call', CONTAINER_CALLS)
def test_a_bad_container(client, server, call, value, kind):
    assert_refused(server, kind, 'container', lambda: call(client, value))


@pytest.mark.parametrize('value, kind', NAMES, ids=repr)
@pytest.mark.parametrize('what, call', IMAGE_CALLS)
def test_a_bad_image(client, server, what, call, value, kind):
    assert_refused(server, kind, what, lambda: call(client, value))


BAD = [
    # containers
    ('limit', TypeError, lambda c: c.containers(limit='5')),
    ('limit', TypeError, lambda c: c.containers(limit=1.5)),
    ('limit', TypeError, lambda c: c.containers(limit=True)),
    ('since', TypeError, lambda c: c.containers(since=5)),
    ('since', ValueError, lambda c: c.containers(since='')),
    ('before', TypeError, lambda c: c.containers(before={'Name': 'x'})),
    ('ps_args', TypeError, lambda c: c.top('a', 5)),
    ('ps_args', TypeError, lambda c: c.top('a', ['aux'])),
    ('resource', TypeError, lambda c: c.copy('a', 5)),
    ('resource', TypeError, lambda c: c.copy('a', None)),
    ('resource', ValueError, lambda c: c.copy('a', '')),
    ('timeout', TypeError, lambda c: c.stop('a', '5')),
    ('timeout', TypeError, lambda c: c.stop('a', True)),
    ('timeout', ValueError, lambda c: c.stop('a', -1)),
    ('timeout', ValueError, lambda c: c.stop('a', float('inf'))),
    ('timeout', ValueError, lambda c: c.stop('a', float('nan'))),
    ('timeout', TypeError, lambda c: c.restart('a', [])),
    ('timeout', ValueError, lambda c: c.restart('a', -0.5)),
    ('signal', ValueError, lambda c: c.kill('a', 'SIGNONE')),
    ('signal', ValueError, lambda c: c.kill('a', 0)),
    ('signal', ValueError, lambda c: c.kill('a', '')),
    ('signal', ValueError, lambda c: c.kill('a', 65)),
    ('signal', TypeError, lambda c: c.kill('a', 1.5)),
    ('signal', TypeError, lambda c: c.kill('a', True)),
    ('private_port', TypeError, lambda c: c.port('a', None)),
    ('private_port', TypeError, lambda c: c.port('a', {})),
    ('private_port', ValueError, lambda c: c.port('a', 'http')),
    ('private_port', ValueError, lambda c: c.port('a', 0)),
    ('private_port', ValueError, lambda c: c.port('a', 65536)),
    ('private_port', ValueError, lambda c: c.port('a', '80/icmp')),
    ('height', TypeError, lambda c: c.resize('a', '24x', 80)),
    ('height', TypeError, lambda c: c.resize('a', None, 80)),
    ('height', (TypeError, ValueError), lambda c: c.resize('a', -1, 80)),
    ('width', TypeError, lambda c: c.resize('a', 24, 80.5)),
    ('width', TypeError, lambda c: c.resize('a', 24, True)),
    ('params', TypeError, lambda c: c.attach_socket('a', 5)),
    ('params', TypeError, lambda c: c.attach_socket('a', 'stdin')),
    ('params', TypeError, lambda c: c.attach_socket('a', ['stdin'])),

    # create_container
    ('command', TypeError, lambda c: c.create_container('a', 5)),
    ('command', TypeError, lambda c: c.create_container('a', {'a': 'b'})),
    ('command', TypeError, lambda c: c.create_container('a', ['a', None])),
    ('command', ValueError, lambda c: c.create_container('a', 'echo "')),
    ('entrypoint', TypeError, lambda c: c.create_container('a', entrypoint=5)),
    ('entrypoint', ValueError, lambda c: c.create_container('a', entrypoint="sh '")),
    ('hostname', TypeError, lambda c: c.create_container('a', hostname=5)),
    ('user', TypeError, lambda c: c.create_container('a', user=['root'])),
    ('working_dir', TypeError, lambda c: c.create_container('a', working_dir=5)),
    ('mem_limit', ValueError, lambda c: c.create_container('a', mem_limit='lots')),
    ('mem_limit', ValueError, lambda c: c.create_container('a', mem_limit=-1)),
    ('mem_limit', TypeError, lambda c: c.create_container('a', mem_limit=1.5)),
    ('cpu_shares', TypeError, lambda c: c.create_container('a', cpu_shares=[])),
    ('cpu_shares', ValueError, lambda c: c.create_container('a', cpu_shares='many')),
    ('ports', TypeError, lambda c: c.create_container('a', ports=[None])),
    ('ports', ValueError, lambda c: c.create_container('a', ports=['80:80'])),
    ('ports', ValueError, lambda c: c.create_container('a', ports={80: 8080})),
    ('ports', ValueError, lambda c: c.create_container('a', ports=[70000])),
    ('environment', TypeError, lambda c: c.create_container('a', environment=5)),
    ('environment', TypeError, lambda c: c.create_container('a', environment='A=b')),
    ('environment', TypeError, lambda c: c.create_container('a', environment={'A': object()})),
    ('environment', ValueError, lambda c: c.create_container('a', environment={'A=B': 'c'})),
    ('environment', ValueError, lambda c: c.create_container('a', environment=['=b'])),
    ('dns', TypeError, lambda c: c.create_container('a', dns=[5])),
    ('dns', ValueError, lambda c: c.create_container('a', dns='localhost')),
    ('volumes', TypeError, lambda c: c.create_container('a', volumes=5)),
    ('volumes', ValueError, lambda c: c.create_container('a', volumes=['/host:/container'])),
    ('volumes_from', TypeError, lambda c: c.create_container('a', volumes_from=5)),
    ('volumes_from', TypeError, lambda c: c.create_container('a', volumes_from=[None])),
    ('name', TypeError, lambda c: c.create_container('a', name=5)),
    ('host_config', TypeError, lambda c: c.create_container('a', host_config=5)),
    ('host_config', TypeError, lambda c: c.create_container('a', host_config=['Binds'])),
    ('config', TypeError, lambda c: c.create_container_from_config(None)),
    ('config', TypeError, lambda c: c.create_container_from_config('busybox')),
    ('config', TypeError, lambda c: c.create_container_from_config({'Image': object()})),
    ('name', TypeError, lambda c: c.create_container_from_config({'Image': 'a'}, 5)),

    # start
    ('binds', TypeError, lambda c: c.start('a', binds=5)),
    ('binds', TypeError, lambda c: c.start('a', binds='/a:/b')),
    ('binds', ValueError, lambda c: c.start('a', binds=['/a'])),
    ('binds', ValueError, lambda c: c.start('a', binds={'/a': 'b'})),
    ('binds', ValueError, lambda c: c.start('a', binds={'/a': {'ro': True}})),
    ('port_bindings', TypeError, lambda c: c.start('a', port_bindings=[80])),
    ('port_bindings', TypeError, lambda c: c.start('a', port_bindings={80: object()})),
    ('port_bindings', ValueError, lambda c: c.start('a', port_bindings={80: ('localhost', 80)})),
    ('port_bindings', ValueError, lambda c: c.start('a', port_bindings={80: 70000})),
    ('port_bindings', ValueError, lambda c: c.start('a', port_bindings={'http': 80})),
    ('lxc_conf', TypeError, lambda c: c.start('a', lxc_conf='a=b')),
    ('lxc_conf', ValueError, lambda c: c.start('a', lxc_conf=[{'Key': 'a'}])),
    ('links', TypeError, lambda c: c.start('a', links=5)),
    ('links', TypeError, lambda c: c.start('a', links=[5])),
    ('links', ValueError, lambda c: c.start('a', links={'a': ''})),

    # images
    ('name', TypeError, lambda c: c.images(5)),
    ('name', TypeError, lambda c: c.images(['busybox'])),
    ('repository', TypeError, lambda c: c.tag('a', None)),
    ('repository', TypeError, lambda c: c.tag('a', 5)),
    ('repository', ValueError, lambda c: c.tag('a', '')),
    ('repository', ValueError, lambda c: c.tag('a', 'name:v1', 'v2')),
    ('tag', TypeError, lambda c: c.tag('a', 'name', 5)),
    ('term', TypeError, lambda c: c.search(None)),
    ('term', TypeError, lambda c: c.search(5)),
    ('term', ValueError, lambda c: c.search('')),
    ('repository', TypeError, lambda c: c.commit('a', 5)),
    ('repository', ValueError, lambda c: c.commit('a', 'http://localhost/name')),
    ('tag', TypeError, lambda c: c.commit('a', 'name', 5)),
    ('tag', (TypeError, ValueError), lambda c: c.commit('a', tag=NOT_TEXT)),
    ('message', TypeError, lambda c: c.commit('a', message=5)),
    ('message', (TypeError, ValueError), lambda c: c.commit('a', message=NOT_TEXT)),
    ('author', TypeError, lambda c: c.commit('a', author=['me'])),
    ('conf', TypeError, lambda c: c.commit('a', conf=5)),
    ('conf', TypeError, lambda c: c.commit('a', conf=[('Cmd', [])])),
    ('conf', TypeError, lambda c: c.commit('a', conf={'Cmd': object()})),
    ('url', TypeError, lambda c: c.insert('a', None, '/x')),
    ('url', ValueError, lambda c: c.insert('a', '', '/x')),
    ('path', TypeError, lambda c: c.insert('a', 'http://localhost/', 5)),
    ('path', ValueError, lambda c: c.insert('a', 'http://localhost/', '')),
    ('src', TypeError, lambda c: c.import_image(None)),
    ('src', TypeError, lambda c: c.import_image(5)),
    ('src', TypeError, lambda c: c.import_image(['a'])),
    ('src', ValueError, lambda c: c.import_image('')),
    ('src', TypeError, lambda c: c.import_image(io.StringIO(u'text'))),
    ('data', TypeError, lambda c: c.import_image('a', u'repository', 'tag', 'other')),
    ('tag', TypeError, lambda c: c.import_image(b'\xfftar', 'repository', 5)),
    ('repository', ValueError, lambda c: c.import_image(b'\xfftar', u'')),
    ('src', ValueError, lambda c: c.import_image('-')),
    ('src', ValueError, lambda c: c.import_image('no-such.tar')),
    ('src', ValueError, lambda c: c.import_image('/no/such.tar')),
    ('src', ValueError, lambda c: c.import_image('/tmp')),
    ('src', ValueError, lambda c: c.import_image(u'no\0such.tar')),
    ('src', ValueError, lambda c: c.import_image('localhost/x.tar')),
    ('src', ValueError, lambda c: c.import_image('no-such.tar', 'repository', 'tag')),
    ('data', TypeError, lambda c: c.import_image('a', PathObject('/tmp'))),
    ('data', TypeError, lambda c: c.import_image('a', data=5)),
    ('data', TypeError, lambda c: c.import_image('a', data=io.StringIO(u'text'))),
    ('repository', TypeError, lambda c: c.import_image('http://localhost/', repository=5)),
    ('tag', TypeError, lambda c: c.import_image('http://localhost/', repository='a', tag=5)),

    # build
    ('path', TypeError, lambda c: c.build()),
    ('path', TypeError, lambda c: c.build('/src', fileobj=io.BytesIO(b'FROM a'))),
    ('path', TypeError, lambda c: c.build(5)),
    ('path', ValueError, lambda c: c.build('')),
    ('path', ValueError, lambda c: c.build('/no/such/folder')),
    ('path', ValueError, lambda c: c.build(u'/no\0folder')),
    ('path', ValueError, lambda c: c.build(PathObject('/no/such/folder'))),
    ('path', ValueError, lambda c: c.build('/dev/null')),
    ('fileobj', TypeError, lambda c: c.build(fileobj=5)),
    ('fileobj', ValueError, lambda c: c.build(fileobj=io.BytesIO(b''))),
    ('tag', TypeError, lambda c: c.build(fileobj=io.BytesIO(b'FROM a'), tag=5)),
    ('timeout', TypeError, lambda c: c.build(fileobj=io.BytesIO(b'FROM a'), timeout='5')),
    ('timeout', ValueError, lambda c: c.build(fileobj=io.BytesIO(b'FROM a'), timeout=-5)),

    # registries
    ('username', TypeError, lambda c: c.login(5, 'secret')),
    ('username', (TypeError, ValueError), lambda c: c.login(None, 'secret')),
    ('username', ValueError, lambda c: c.login('', 'secret')),
    ('password', TypeError, lambda c: c.login('me', 5)),
    ('email', TypeError, lambda c: c.login('me', 'secret', 5)),
    ('registry', TypeError, lambda c: c.login('me', 'secret', None, 5)),
    ('registry', ValueError, lambda c: c.login('me', 'secret', None, 'http://')),
    ('repository', TypeError, lambda c: c.pull(None)),
    ('repository', TypeError, lambda c: c.pull({'Id': 'a'})),
    ('repository', ValueError, lambda c: c.pull('')),
    ('repository', ValueError, lambda c: c.pull('http://localhost/a')),
    ('repository', ValueError, lambda c: c.pull('a:')),
    ('repository', ValueError, lambda c: c.pull('a:v1', 'v2')),
    ('tag', TypeError, lambda c: c.pull('a', 5)),
    ('tag', (TypeError, ValueError), lambda c: c.pull('a', NOT_TEXT)),
    ('repository', TypeError, lambda c: c.push(5)),
    ('repository', ValueError, lambda c: c.push('a//b')),
    ('repository', ValueError, lambda c: c.push('../a')),

    # events
    ('since', ValueError, lambda c: c.events(' ')),
    ('since', ValueError, lambda c: c.events(-1)),
    ('since', ValueError, lambda c: c.events(float('nan'))),
    ('until', TypeError, lambda c: c.events(1, [2])),
    ('until', ValueError, lambda c: c.events(until=float('inf'))),
    ('filters', TypeError, lambda c: c.events(filters='container')),
    ('filters', TypeError, lambda c: c.events(filters={'container': object()})),
    ('since', TypeError, lambda c: c.events([1])),
    ('since', TypeError, lambda c: c.events(True)),
]


@pytest.mark.parametrize('what, kinds, call', BAD, ids=[
    '{0}-{1}'.format(number, row[0]) for number, row in enumerate(BAD)])
def test_a_bad_argument(client, server, what, kinds, call):
    assert_refused(server, kinds, what, lambda: call(client))


@pytest.mark.parametrize('what, kind, arguments', [
    ('base_url', TypeError, {'base_url': 5}),
    ('base_url', ValueError, {'base_url': 'ftp://localhost'}),
    ('base_url', ValueError, {'base_url': 'tcp://localhost:port'}),
    ('version', TypeError, {'version': 1.6}),
    ('version', ValueError, {'version': 'v1.6'}),
    ('version', ValueError, {'version': ''}),
    ('timeout', TypeError, {'timeout': '60'}),
    ('timeout', TypeError, {'timeout': True}),
    ('timeout', ValueError, {'timeout': -1}),
    ('timeout', ValueError, {'timeout': float('nan')}),
    ('timeout', ValueError, {'timeout': float('inf')}),
    ('timeout', TypeError, {'timeout': ('3', 10)}),
    ('timeout', ValueError, {'timeout': (3, -1)}),
    ('timeout', ValueError, {'timeout': (3, 10, 20)}),
    ('pool_size', TypeError, {'pool_size': '10'}),
    ('pool_size', TypeError, {'pool_size': None}),
    ('pool_size', TypeError, {'pool_size': True}),
    ('pool_size', TypeError, {'pool_size': 1.5}),
    ('pool_size', ValueError, {'pool_size': -1}),
    ('num_pools', TypeError, {'num_pools': '10'}),
    ('num_pools', ValueError, {'num_pools': -1}),
    ('user_agent', TypeError, {'user_agent': 5}),
    ('user_agent', ValueError, {'user_agent': 'a\nb'}),
    ('user_agent', ValueError, {'pool_size': 'a\nb'}),
    ('num_pools', TypeError, {'pool_size': 'me/1', 'user_agent': 'me/2'}),
])
def test_a_bad_argument_of_the_client(what, kind, arguments):
    with pytest.raises(kind) as refusal:
        docker.Client(**arguments)
    assert what in str(refusal.value).split()


@pytest.mark.parametrize('value, kind', [
    ('60', TypeError), (True, TypeError), ([], ValueError), (-1, ValueError), (float('nan'), ValueError),
    ((3, '10'), TypeError)])
def test_a_bad_timeout_is_refused_when_it_is_set(client, server, value, kind):
    with pytest.raises(kind) as refusal:
        client.timeout = value
    assert str(refusal.value).startswith('timeout takes ')
    assert client.timeout == 10
    with pytest.raises(kind) as refusal:
        client.get(client.base_url + '/_ping', timeout=value)
    assert str(refusal.value).startswith('timeout takes ')
    assert server.requests == []


@pytest.mark.parametrize('timeout', ['60', (3,), (3, '60')])
def test_a_bad_timeout_of_a_request_before_the_negotiation(server, timeout):
    client = docker.Client(server.url)
    with pytest.raises((TypeError, ValueError)) as refusal:
        client.get(client._url('/info'), timeout=timeout)
    assert str(refusal.value).startswith('timeout takes ')
    assert server.requests == []
    client.close()


def test_none_is_the_default_version():
    client = docker.Client(version=None)
    assert repr(client).endswith(' version 1.6>')
    client.close()


SURROGATES = [
    ('container', lambda c, text: c.inspect_container(text)),
    ('container', lambda c, text: c.attach({'Id': text})),
    ('since', lambda c, text: c.containers(since=text)),
    ('before', lambda c, text: c.containers(before=text)),
    ('command', lambda c, text: c.create_container('a', text)),
    ('command', lambda c, text: c.create_container('a', ['echo', text])),
    ('entrypoint', lambda c, text: c.create_container('a', entrypoint=[text])),
    ('hostname', lambda c, text: c.create_container('a', hostname=text)),
    ('user', lambda c, text: c.create_container('a', user=text)),
    ('environment', lambda c, text: c.create_container('a', environment={'A': text})),
    ('environment', lambda c, text: c.create_container('a', environment={text: 'a'})),
    ('environment', lambda c, text: c.create_container('a', environment=[text])),
    ('volumes', lambda c, text: c.create_container('a', volumes='/' + text)),
    ('volumes_from', lambda c, text: c.create_container('a', volumes_from=text)),
    ('working_dir', lambda c, text: c.create_container('a', working_dir=text)),
    ('name', lambda c, text: c.create_container('a', name=text)),
    ('host_config', lambda c, text: c.create_container('a', host_config={'Binds': [text]})),
    ('config', lambda c, text: c.create_container_from_config({'Image': 'a', 'Cmd': [text]})),
    ('name', lambda c, text: c.create_container_from_config({'Image': 'a'}, text)),
    ('params', lambda c, text: c.attach_socket('a', {'stdin': text})),
    ('ps_args', lambda c, text: c.top('a', text)),
    ('resource', lambda c, text: c.copy('a', text)),
    ('binds', lambda c, text: c.start('a', binds={'/' + text: '/mnt'})),
    ('links', lambda c, text: c.start('a', links={text: 'a'})),
    ('lxc_conf', lambda c, text: c.start('a', lxc_conf={'a': text})),
    ('signal', lambda c, text: c.kill('a', text)),
    ('name', lambda c, text: c.images(text)),
    ('image_id', lambda c, text: c.inspect_image(text)),
    ('repository', lambda c, text: c.tag('a', text)),
    ('tag', lambda c, text: c.tag('a', 'b', text)),
    ('repository', lambda c, text: c.commit('a', text)),
    ('message', lambda c, text: c.commit('a', message=text)),
    ('author', lambda c, text: c.commit('a', author=text)),
    ('conf', lambda c, text: c.commit('a', conf={'Cmd': [text]})),
    ('src', lambda c, text: c.import_image('http://localhost/' + text)),
    ('repository', lambda c, text: c.import_image(b'\xfftar', repository=text)),
    ('tag', lambda c, text: c.import_image(b'\xfftar', repository='a', tag=text)),
    ('url', lambda c, text: c.insert('a', 'http://localhost/' + text, '/x')),
    ('path', lambda c, text: c.insert('a', 'http://localhost/', text)),
    ('path', lambda c, text: c.build('http://localhost/' + text)),
    ('tag', lambda c, text: c.build(fileobj=io.BytesIO(b'FROM a'), tag=text)),
    ('fileobj', lambda c, text: c.build(fileobj=io.StringIO(u'FROM a\n#' + text))),
    ('username', lambda c, text: c.login(text, 'secret')),
    ('password', lambda c, text: c.login('me', text)),
    ('email', lambda c, text: c.login('me', 'secret', text)),
    ('registry', lambda c, text: c.login('me', 'secret', None, text)),
    ('repository', lambda c, text: c.pull(text)),
    ('tag', lambda c, text: c.pull('a', text)),
    ('username', lambda c, text: c.pull('a', auth_config={'username': text, 'password': 'secret'})),
    ('repository', lambda c, text: c.push(text)),
    ('term', lambda c, text: c.search(text)),
]


@pytest.mark.parametrize('what, call', SURROGATES, ids=[
    '{0}-{1}'.format(number, row[0]) for number, row in enumerate(SURROGATES)])
def test_text_that_cannot_be_sent(client, server, what, call):
    """Python 3 decodes bytes of sys.argv and of file names that are not UTF-8 as lone surrogates, which JSON
    would send as escapes that an engine reads as U+FFFD."""
    assert_refused(server, ValueError, what, lambda: call(client, u'a\udcffb'))


@pytest.mark.parametrize('call', [
    lambda c: c.login(5, 'hush-hush'), lambda c: c.login(None, 'hush-hush'),
    lambda c: c.login('me', ['hush-hush']), lambda c: c.login('me', 'hush-hush', 5),
    lambda c: c.login('me', 'hush-hush', None, 5),
    lambda c: c.login('me', 'hush-hush', None, 'https://me:hush-hush@/'),
    lambda c: c.create_container('a', environment={'A': ['hush-hush']}),
    lambda c: c.create_container('a', environment=['=hush-hush']),
    lambda c: c.inspect_container({'Config': {'Env': ['A=hush-hush']}}),
])
def test_secrets_are_in_no_message(client, server, call):
    with pytest.raises((TypeError, ValueError)) as refusal:
        call(client)
    assert 'hush-hush' not in str(refusal.value) + repr(refusal.value)
    assert server.requests == []
