"""What a container that has not run has already is not lost when `start` recreates it, at 1.41."""

import io
import json
import select
import socket
import tarfile
import threading

import pytest

import docker
from tests.engine import test_start
from tests.engine.conftest import engine_is_podman
from tests.engine.test_start import HOST, SPOKEN, assert_as_it_was, own_volumes, volumes

client, folder, left, interfere = test_start.client, test_start.folder, test_start.left, test_start.interfere


@pytest.fixture
def raw(client):
    """A function that sends a request for which docker.Client has no call."""
    def send(method, path, **kwargs):
        response = client.request(method, '{0}/v{1}{2}'.format(client.base_url, SPOKEN, path), **kwargs)
        assert response.status_code < 300, response.text
        return response
    return send


@pytest.fixture
def networks(client, raw, name, left):
    """The names of two networks, with subnets."""
    created = [name + '-one', name + '-two']
    for number, network in enumerate(created):
        raw('POST', '/networks/create', json={'Name': network, 'IPAM': {'Config': [
            {'Subnet': '10.213.{0}.0/24'.format(number)}]}})
    yield created
    for each in left():
        test_start.discard(client, each)
    for network in created:
        client.delete('{0}/v{1}/networks/{2}'.format(client.base_url, SPOKEN, network))


def archive_of(**files):
    entries = []
    for path, data in sorted(files.items()):
        entry = tarfile.TarInfo(path)
        entry.size, entry.mode, entry.uid, entry.gid = len(data), 0o640, 1234, 5678
        entries.append((entry, data))
    return packed(*entries)


def packed(*entries):
    """Return a tar archive without padding: at that of a request as it is, Podman fails at times."""
    content = io.BytesIO()
    with tarfile.open(mode='w', fileobj=content) as tar:
        for entry, data in entries:
            tar.addfile(entry, io.BytesIO(data))
        end = tar.offset + 2 * tarfile.BLOCKSIZE
    return content.getvalue()[:end]


def content_of(client, container, path):
    with client.copy(container, path) as copied, tarfile.open(mode='r|', fileobj=copied) as tar:
        entry = tar.next()
        # Podman gives the files of an archive to root.
        assert (entry.uid, entry.gid) == (1234, 5678) or engine_is_podman(client)
        return entry.mode & 0o777, tar.extractfile(entry).read()


def endpoints(client, container):
    return client.inspect_container(container)['NetworkSettings']['Networks']


def wait_until_ended(client, container):
    client.kill(container)
    client.wait(container)


# Networks

def test_a_network_with_an_address_and_aliases(client, raw, networks, name, left, folder):
    one, two = networks
    container = client.create_container_from_config({
        'Image': 'busybox', 'Cmd': ['sleep', '60'], 'HostConfig': {'NetworkMode': one},
        'NetworkingConfig': {'EndpointsConfig': {one: {
            'IPAMConfig': {'IPv4Address': '10.213.0.77'}, 'Aliases': ['www', 'web']}}}}, name)
    raw('POST', '/networks/{0}/connect'.format(two), json={'Container': name, 'EndpointConfig': {
        'IPAMConfig': {'IPv4Address': '10.213.1.78'}, 'Aliases': ['other']}})
    # Nothing shows the address with which Podman connects a container.
    second = endpoints(client, name)[two]['IPAMConfig']
    client.start(container, binds={folder: '/www'})
    found = endpoints(client, container)
    assert sorted(found) == networks
    assert {'www', 'web'} <= set(found[one]['Aliases']) and 'other' in found[two]['Aliases']
    assert container['Id'][:12] not in found[one]['Aliases'] + found[two]['Aliases']
    assert found[one]['IPAddress'] == '10.213.0.77'
    assert found[two]['IPAddress'] == '10.213.1.78' or engine_is_podman(client) and not second


def test_the_default_network_and_another_one(client, raw, networks, name, left, folder):
    container = client.create_container('busybox', ['sleep', '60'], name=name)
    default, = endpoints(client, container)
    raw('POST', '/networks/{0}/connect'.format(networks[0]), json={'Container': name})
    client.start(container, binds={folder: '/www'})
    found = endpoints(client, container)
    assert sorted(found) == sorted([default, networks[0]])
    assert all(endpoint['IPAddress'] for endpoint in found.values())


def test_another_network_in_place_of_the_default(client, raw, networks, name, left, folder):
    container = client.create_container('busybox', ['sleep', '60'], name=name)
    default, = endpoints(client, container)
    raw('POST', '/networks/{0}/disconnect'.format(default), json={'Container': name, 'Force': True})
    raw('POST', '/networks/{0}/connect'.format(networks[1]), json={'Container': name})
    client.start(container, binds={folder: '/www'})
    assert list(endpoints(client, container)) == [networks[1]]


@pytest.mark.parametrize('mode', ['none', 'host'])
def test_a_container_without_a_network_of_its_own(client, name, left, folder, mode):
    container = client.create_container('busybox', ['sleep', '60'], name=name,
                                        host_config={'NetworkMode': mode})
    client.start(container, binds={folder: '/www'})
    assert client.inspect_container(container)['HostConfig']['NetworkMode'] == mode
    assert set(endpoints(client, container)) <= {mode}


def test_a_disabled_network(client, name, left, folder):
    container = client.create_container('busybox', ['sleep', '60'], name=name, network_disabled=True)
    before = set(endpoints(client, container))
    client.start(container, binds={folder: '/www'})
    assert set(endpoints(client, container)) == before


def test_a_network_that_cannot_be_connected(client, raw, networks, name, left, folder, interfere):
    container = client.create_container('busybox', ['sleep', '60'], name=name)
    raw('POST', '/networks/{0}/connect'.format(networks[0]), json={'Container': name})
    first = client.inspect_container(container)['Created']

    def remove():
        with docker.Client(HOST) as other:
            url = '{0}/v{1}/networks/'.format(other.base_url, SPOKEN)
            other.post(url + networks[0] + '/disconnect', json={'Container': name, 'Force': True})
            assert other.delete(url + networks[0]).status_code < 300

    # Docker does not notice before the start.
    interfere('/connect', remove)
    with pytest.raises(docker.APIError, match=networks[0]):
        client.start(container, binds={folder: '/www'})
    assert left() == [name] and client.inspect_container(container)['Created'] == first


def test_a_container_in_the_network_of_another(client, name, left, folder):
    web = client.create_container('busybox', ['sleep', '60'], name=name)
    guest = client.create_container('busybox', ['sleep', '60'], name=name + '-guest', host_config={
        'NetworkMode': 'container:' + web['Id']})
    client.start(web, binds={folder: '/www'})
    client.start(guest)
    assert client.inspect_container(guest)['State']['Running']
    assert client.inspect_container(guest)['ID'] == guest['Id']


def test_a_link_that_was_given_at_creation(client, name, left, folder):
    if engine_is_podman(client):
        pytest.skip('Podman has no links')
    web = client.create_container('busybox', ['sleep', '60'], name=name)
    user = client.create_container('busybox', ['cat', '/etc/hosts'], name=name + '-user', host_config={
        'Links': [name + ':www']})
    client.start(web, binds={folder: '/www'})
    client.start(user)
    assert client.wait(user) == 0
    assert b'www' in client.logs(user)
    assert client.inspect_container(user)['HostConfig']['Links'] == ['/{0}:/{0}-user/www'.format(name)]


# Files

def test_files_that_were_put_into_it(client, raw, name, left, folder):
    container = client.create_container('busybox', ['sleep', '60'], name=name)
    raw('PUT', '/containers/{0}/archive?path=/etc'.format(name), data=archive_of(mine=b'1', passwd=b'root\n'))
    raw('PUT', '/containers/{0}/archive?path=/'.format(name),
        data=archive_of(**{'new/deep/file': b'2', 'new/other': b'x' * 1000000, 'bin/tool': b'#!/bin/sh\n'}))
    client.start(container, binds={folder: '/www'})
    for path, data in (('/etc/mine', b'1'), ('/etc/passwd', b'root\n'), ('/new/deep/file', b'2'),
                       ('/new/other', b'x' * 1000000), ('/bin/tool', b'#!/bin/sh\n')):
        assert content_of(client, container, path) == (0o640, data)
    assert left() == [name]


def test_a_directory_whose_mode_was_changed(client, raw, name, left, folder):
    container = client.create_container('busybox', ['stat', '-c', '%a', '/home', '/tmp/f'], name=name)
    home = tarfile.TarInfo('home')
    home.type, home.mode = tarfile.DIRTYPE, 0o711
    raw('PUT', '/containers/{0}/archive?path=/'.format(name), data=packed((home, b'')))
    raw('PUT', '/containers/{0}/archive?path=/tmp'.format(name), data=archive_of(f=b''))
    client.start(container, binds={folder: '/www'})
    assert client.wait(container) == 0
    assert client.logs(container).split() == [b'711', b'640']


def test_files_in_an_anonymous_volume(client, raw, name, left, folder):
    container = client.create_container('busybox', ['sleep', '60'], name=name, volumes=['/data'])
    raw('PUT', '/containers/{0}/archive?path=/data'.format(name), data=archive_of(mine=b'1'))
    before = len(volumes(client))
    client.start(container, binds={folder: '/www'})
    assert content_of(client, container, '/data/mine') == (0o640, b'1')
    assert len(volumes(client)) == before
    wait_until_ended(client, container)
    own = own_volumes(client, container)
    client.remove_container(container, v=True)
    assert len(own) == 1 and not own & volumes(client)


def test_an_anonymous_volume_that_another_container_uses(client, raw, name, left, folder):
    data = client.create_container('busybox', ['sleep', '60'], name=name, volumes=['/data'])
    reader = client.create_container('busybox', ['cat', '/data/mine'], name=name + '-reader',
                                     volumes_from=name)
    client.start(data, binds={folder: '/www'})
    raw('PUT', '/containers/{0}/archive?path=/data'.format(name), data=archive_of(mine=b'later'))
    client.start(reader)
    assert client.wait(reader) == 0
    assert client.logs(reader) == b'later'


def test_a_named_volume(client, raw, name, left, folder):
    container = client.create_container('busybox', ['sleep', '60'], name=name, host_config={
        'Binds': [name + ':/data', folder + ':/www']})
    raw('PUT', '/containers/{0}/archive?path=/data'.format(name), data=archive_of(mine=b'1'))
    client.start(container, binds=[name + ':/data', folder + ':/other'])
    assert content_of(client, container, '/data/mine') == (0o640, b'1')
    assert own_volumes(client, container) == {name}
    test_start.discard(client, container)
    raw('DELETE', '/volumes/' + name)


def test_a_file_where_something_is_to_be_mounted(client, raw, name, left, folder):
    container = client.create_container('busybox', ['sleep', '60'], name=name)
    raw('PUT', '/containers/{0}/archive?path=/home'.format(name), data=archive_of(mine=b'1'))
    with pytest.raises(docker.errors.Conflict, match='/home/mine'):
        client.start(container, binds={folder: '/home'})
    assert_as_it_was(client, container, name, left)
    assert content_of(client, container, '/home/mine') == (0o640, b'1')


# Attachments

SHELL = ['sh', '-c', 'echo begun; cat; echo ended']


def frames(data):
    return b''.join(docker.stream.demultiplex([data]))


def attach(client, container):
    return client.attach_socket(container, {'stdin': 1, 'stdout': 1, 'stderr': 1, 'stream': 1})


def receive_all(sock):
    return b''.join(iter(lambda: sock.recv(4096), b''))


@pytest.fixture
def shell(client, name, left):
    return client.create_container('busybox', SHELL, name=name, stdin_open=True)


@pytest.mark.parametrize('form', ['id', 'short id', 'name', 'dict'])
def test_a_socket_of_before_the_start(client, shell, name, folder, form):
    attached = attach(client, {'id': shell['Id'], 'short id': shell['Id'][:12], 'name': name,
                               'dict': shell}[form])
    client.start(shell, binds={folder: '/www'})
    attached.sendall(b'input\n')
    attached.shutdown(socket.SHUT_WR)
    assert frames(receive_all(attached)) == b'begun\ninput\nended\n'
    attached.close()
    assert client.wait(shell) == 0


def test_input_of_before_the_start(client, shell, folder):
    attached = attach(client, shell)
    attached.sendall(b'early\n')
    attached.shutdown(socket.SHUT_WR)
    client.start(shell, binds={folder: '/www'})
    assert frames(receive_all(attached)) == b'begun\nearly\nended\n'
    attached.close()


def test_much_input_of_before_the_start(client, shell, folder):
    attached = attach(client, shell)
    data = b'0123456789abcde\n' * 100000
    sender = threading.Thread(target=lambda: (attached.sendall(data), attached.shutdown(socket.SHUT_WR)))
    sender.start()
    client.start(shell, binds={folder: '/www'})
    assert frames(receive_all(attached)) == b'begun\n' + data + b'ended\n'
    sender.join()
    attached.close()


def test_a_start_without_a_host_config(client, shell):
    attached = attach(client, shell)
    attached.sendall(b'early\n')
    client.start(shell)
    attached.sendall(b'late\n')
    attached.shutdown(socket.SHUT_WR)
    assert frames(receive_all(attached)) == b'begun\nearly\nlate\nended\n'
    attached.close()


def test_a_terminal(client, name, left, folder):
    container = client.create_container('busybox', ['sh'], name=name, stdin_open=True, tty=True)
    with_file = attach(client, container)
    client.start(container, binds={folder: '/www'})
    client.resize(container, 30, 100)
    with_file.sendall(b'cat /www/file; exit\n')
    assert b'from the host' in receive_all(with_file)
    with_file.close()


def test_a_thread_that_waits_already(client, shell, folder):
    attached = attach(client, shell)
    got = []
    thread = threading.Thread(target=lambda: got.append(receive_all(attached)))
    thread.start()
    client.start(shell, binds={folder: '/www'})
    attached.sendall(b'input\n')
    attached.shutdown(socket.SHUT_WR)
    thread.join()
    attached.close()
    assert frames(got[0]) == b'begun\ninput\nended\n'


def test_a_socket_with_select(client, shell, folder):
    attached = attach(client, shell)
    assert select.select([attached], [attached], [], 0) == ([], [attached], [])
    client.start(shell, binds={folder: '/www'})
    assert select.select([attached.fileno()], [], [], 30)[0]
    lines = attached.makefile('rb')
    attached.shutdown(socket.SHUT_WR)
    assert frames(lines.read()) == b'begun\nended\n'
    lines.close()
    attached.close()


def test_several_attachments(client, shell, folder):
    watchers = [client.attach_socket(shell, {'stdout': 1, 'stream': 1}) for _ in range(2)]
    output = client.attach(shell, stream=True)
    terminal = attach(client, shell)
    client.start(shell, binds={folder: '/www'})
    terminal.sendall(b'input\n')
    terminal.shutdown(socket.SHUT_WR)
    expected = b'begun\ninput\nended\n'
    assert [frames(receive_all(sock)) for sock in watchers + [terminal]] == [expected] * 3
    assert b''.join(output) == expected
    for sock in watchers + [terminal]:
        sock.close()


@pytest.mark.parametrize('waiting', [False, True])
def test_a_stream_of_before_the_start(client, name, left, folder, waiting):
    container = client.create_container('busybox', ['sh', '-c', 'cat /www/file; echo; echo 2'], name=name)
    output = client.attach(container, stream=True)
    got = []
    thread = threading.Thread(target=lambda: got.extend(output))
    if waiting:
        thread.start()
    client.start(container, binds={folder: '/www'})
    if not waiting:
        thread.start()
    thread.join()
    assert b''.join(got) == b'from the host\n2\n'
    output.close()


@pytest.mark.parametrize('follow', [
    lambda client, container: client.logs(container, stream=True),
    lambda client, container: client.attach(container, stream=True, logs=True)], ids=['logs', 'attach'])
def test_a_log_that_is_followed_before_the_start(client, name, left, folder, follow):
    container = client.create_container('busybox', ['sh', '-c', 'cat /www/file; echo; echo 2'], name=name)
    output = follow(client, container)
    client.start(container, binds={folder: '/www'})
    assert b''.join(output) == b'from the host\n2\n'


@pytest.mark.parametrize('kind', ['socket', 'stream'])
def test_an_attachment_that_was_closed(client, shell, folder, kind):
    attached = attach(client, shell) if kind == 'socket' else client.attach(shell, stream=True)
    attached.close()
    client.start(shell, binds={folder: '/www'})
    assert client.inspect_container(shell)['State']['Running']
    again = attach(client, shell)
    again.shutdown(socket.SHUT_WR)
    assert b'ended\n' in receive_all(again)
    again.close()


@pytest.mark.parametrize('kind', ['socket', 'stream'])
def test_a_start_that_fails(client, shell, folder, kind):
    attached = attach(client, shell) if kind == 'socket' else client.attach(shell, stream=True)
    if kind == 'socket':
        attached.sendall(b'early\n')
    with pytest.raises(docker.APIError):
        client.start(shell, binds=[folder + '/file:/proc'])
    client.start(shell)
    other = client.attach_socket(shell, {'stdin': 1, 'stream': 1})
    other.shutdown(socket.SHUT_WR)
    if kind == 'socket':
        attached.shutdown(socket.SHUT_WR)
        assert frames(receive_all(attached)) == b'begun\nearly\nended\n'
    else:
        assert b''.join(attached) == b'begun\nended\n'
    attached.close()
    other.close()


def test_a_start_that_fails_and_one_that_does_not(client, shell, folder):
    attached = attach(client, shell)
    attached.sendall(b'early\n')
    with pytest.raises(docker.APIError):
        client.start(shell, binds=[folder + '/file:/proc'])
    client.start(shell, binds={folder: '/www'})
    attached.shutdown(socket.SHUT_WR)
    assert frames(receive_all(attached)) == b'begun\nearly\nended\n'
    attached.close()


def test_a_container_that_runs_has_a_plain_socket(client, shell, folder):
    client.start(shell, binds={folder: '/www'})
    attached = attach(client, shell)
    assert attached.getpeername() == HOST[len('unix://'):]
    attached.close()


# Ids and events

def test_removing_a_link_does_not_forget_its_target(client, name, left, folder):
    if engine_is_podman(client):
        pytest.skip('Podman has no links')
    web = client.create_container('busybox', ['sleep', '60'], name=name)
    client.start(web, binds={folder: '/www'})
    user = client.create_container('busybox', ['sleep', '60'], name=name + '-user')
    client.start(user, links={name: 'www'})
    client.remove_container('/{0}-user/www'.format(name), link=True)
    assert client.inspect_container(web)['ID'] == web['Id']
    assert not client.inspect_container(user)['HostConfig']['Links']


REMOVED = {'destroy', 'remove'}


def events_of(name, stream):
    """Yield the events of containers of this name until one of them is removed."""
    for event in stream:
        if not isinstance(event, dict):
            event = json.loads(event)
        yield event
        attributes = event.get('Actor', {}).get('Attributes', {})
        if event.get('Type') == 'container' and name in attributes['name'] and event['status'] in REMOVED:
            break
    stream.close()


@pytest.mark.parametrize('opened', ['before', 'after'])
def test_the_events_of_a_recreation(client, name, left, folder, opened, raw):
    since = int(docker.compat.time.time())
    stream = client.events(decode=True) if opened == 'before' else None
    container = client.create_container('busybox', ['true'], name=name, volumes=['/data'])
    raw('PUT', '/containers/{0}/archive?path=/etc'.format(name), data=archive_of(mine=b'1'))
    attached = attach(client, container)
    with pytest.raises(docker.APIError):
        client.start(container, binds=[folder + '/file:/proc'])
    client.start(container, binds={folder: '/www'})
    receive_all(attached)
    attached.close()
    client.wait(container)
    with docker.Client(HOST) as other:
        new = other.inspect_container(name)['Id']
    client.remove_container(container, v=True)
    with pytest.raises(docker.errors.NotFound):
        client.inspect_container(container)
    events = list(events_of(name, stream or client.events(since=since)))
    assert not [event for event in events if new in json.dumps(event)]
    own = [event for event in events if container['Id'] in json.dumps(event) and event['Type'] == 'container']
    assert {(event['id'], event['Actor']['ID'], event['Actor']['Attributes']['name']) for event in own} == {
        (container['Id'], container['Id'], name)}
    assert not [event for event in events if name + '-' in json.dumps(event)]
    statuses = [event['status'] for event in own]
    for status in ('create', 'start'):
        assert statuses.count(status) == 1
    assert not {'rename', 'archive-path'} & set(statuses) and len(REMOVED & set(statuses)) == 1
    assert statuses.count('extract-to-dir') <= 1
    assert statuses.index('create') < statuses.index('start') < statuses.index('die')
