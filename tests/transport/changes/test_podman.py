"""What is different with Podman."""

import json

import pytest

import docker
from tests.server import HIJACKED, as_json, frame, http
from tests.transport.changes import PODMAN, assert_kept

VERSIONS = pytest.mark.parametrize('version', ['1.6', None])
ULIMITS = [{'Name': 'RLIMIT_NOFILE', 'Hard': 20000, 'Soft': 20000}, {'Name': 'nproc', 'Hard': 5}]


@VERSIONS
def test_the_image_of_a_container_has_a_familiar_name(recorded, version):
    engine = recorded(PODMAN, version)
    engine.respond('containers-all', 'inspect-exited')
    assert {container['Image'] for container in engine.client.containers(all=True)} == {
        'busybox:latest'}
    about = engine.client.inspect_container('rec1')
    assert about['Config']['Image'] == 'busybox:latest'
    assert_kept(engine.recorded_json('inspect-exited'), about)


@VERSIONS
def test_volumes_of_a_config_are_its_mounts(recorded, version):
    engine = recorded(PODMAN, version)
    about = engine.recorded_json('inspect-exited')
    about['Mounts'] = [{'Type': 'volume', 'Source': '/v', 'Destination': '/data', 'RW': True},
                       {'Type': 'bind', 'Source': '/srv', 'Destination': '/www', 'RW': True}]
    engine.respond(as_json(about))
    assert engine.client.inspect_container('rec1')['Config']['Volumes'] == {'/data': {}}


@VERSIONS
def test_the_images_of_events_have_familiar_names(recorded, version):
    engine = recorded(PODMAN, version)
    engine.events()
    got = [json.loads(event) for event in engine.client.events(since=1)]
    assert_kept(engine.recorded_events(), got)
    images = {event['from'] for event in got if event.get('from')}
    assert 'busybox:latest' in images
    assert not [image for image in images if image.startswith('docker.io/')]


def test_links_are_refused_at_create(recorded):
    engine = recorded(PODMAN)
    with pytest.raises(docker.errors.NotSupported, match='links'):
        engine.client.create_container(
            'busybox', 'true', host_config=docker.utils.create_host_config(links={'db': 'db'}))
    assert engine.requests_made == []


def test_links_are_refused_at_the_start(recorded):
    engine = recorded(PODMAN)
    with pytest.raises(docker.errors.NotSupported, match='links'):
        engine.client.start('rec1', links={'db': 'db'})
    assert engine.requests_made == []


@VERSIONS
def test_ulimits_have_the_names_that_podman_takes(recorded, version):
    engine = recorded(PODMAN, version)
    engine.respond('create')
    engine.client.create_container('busybox', 'true', host_config={'Ulimits': ULIMITS})
    assert [limit['Name'] for limit in engine.requests_made[0][3]['HostConfig']['Ulimits']] == [
        'nofile', 'nproc']


@VERSIONS
def test_an_import_takes_its_tag_in_the_name(recorded, version):
    engine = recorded(PODMAN, version)
    engine.respond('import')
    engine.client.import_image('', data=b'tar', repository='mine', tag='v1')
    request = engine.server.request
    assert (request.method, request.body) == ('POST', b'tar')
    assert request.query == {'fromSrc': '-', 'repo': 'mine:v1'}


def test_a_pull_keeps_its_tag(recorded):
    engine = recorded(PODMAN)
    engine.respond(as_json({'status': 'done'}))
    engine.client.pull('busybox', tag='v1')
    assert engine.server.request.query == {'fromImage': 'busybox', 'tag': 'v1'}


def test_a_pull_of_all_tags_is_refused(recorded):
    engine = recorded(PODMAN)
    with pytest.raises(docker.errors.NotSupported, match='all_tags'):
        engine.client.pull('busybox', all_tags=True)
    assert engine.requests_made == []


@pytest.mark.parametrize('registry, host', [
    (None, 'docker.io'), ('https://index.docker.io/v1/', 'docker.io'), ('localhost:5000', 'localhost:5000'),
    ('http://localhost:5000/v1/', 'localhost:5000')])
def test_a_registry_is_a_host(recorded, registry, host):
    engine = recorded(PODMAN)
    engine.respond(as_json({'Status': 'Login Succeeded'}))
    engine.client.login('me', 'x', registry=registry)
    (_, path, _, body), = engine.requests_made
    assert (path, body['serveraddress']) == ('/auth', host)


@VERSIONS
def test_top_has_columns(recorded, version):
    engine = recorded(PODMAN, version)
    engine.respond('top')
    original = engine.recorded_json('top')
    got = engine.client.top('rec2')
    assert got['Titles'] == original['Titles'][0].split() == ['PID', 'USER', 'COMMAND']
    assert [len(process) for process in got['Processes']] == [3] * len(original['Processes'])
    for process, line in zip(got['Processes'], original['Processes']):
        assert ' '.join(process) == ' '.join(line[0].split(None, 2)).replace('  ', ' ') or (
            process == line[0].split(None, 2))
    assert got['Processes'][1] == ['3', 'root', 'sleep 0.3']


def test_an_attach_to_nothing_gives_nothing(recorded):
    engine = recorded(PODMAN)
    engine.respond('inspect-exited', 'inspect-exited')
    assert engine.client.attach('rec1') == b''
    assert [request[0] for request in engine.requests_made] == ['GET', 'GET']


def test_a_socket_that_is_attached_to_nothing_has_ended(recorded):
    engine = recorded(PODMAN)
    for params in ({'stdin': 1}, {'stream': 1}, {'stream': 1, 'logs': 1, 'stdout': 0}):
        # With `stream`, a second one finds out whether it has run.
        engine.respond(*['inspect-exited'] * (2 if 'stream' in params else 1))
        attached = engine.client.attach_socket('rec1', params)
        assert attached.recv(10) == b''
        attached.close()
    assert [request[0] for request in engine.requests_made] == ['GET'] * 5


def test_the_address_that_a_container_was_created_with(recorded):
    engine = recorded(PODMAN)
    inspect = engine.recorded_json('inspect-created')
    endpoint = {'IPAMConfig': None, 'Aliases': ['www', 'own'], 'MacAddress': ''}
    inspect['NetworkSettings']['Networks'] = {'one': endpoint, 'two': endpoint}
    engine.respond(as_json({'Id': inspect['Id'], 'Warnings': []}, 201), as_json(inspect))
    engine.client.create_container_from_config({'Image': 'busybox', 'NetworkingConfig': {'EndpointsConfig': {
        'one': {'IPAMConfig': {'IPv4Address': '10.0.0.9'}, 'Aliases': ['www']}}}})
    assert engine.client.inspect_container('rec1')['NetworkSettings']['Networks'] == {
        'one': dict(endpoint, IPAMConfig={'IPv4Address': '10.0.0.9'}), 'two': endpoint}


def test_following_begins_before_the_first_line(recorded):
    engine = recorded(PODMAN)
    about = engine.recorded_json('inspect-exited')
    about['State']['Running'] = True
    received = []

    def late(peer):
        received.append(peer.read_request())
        peer.wait_closed()

    engine.respond(as_json(about), late)
    engine.client.logs('rec1', stream=True).close()


@pytest.mark.parametrize('exchange', ['images', 'images-two-tags'])
def test_images_have_familiar_names(recorded, exchange):
    engine = recorded(PODMAN, None)
    engine.respond(exchange)
    names = [tag for image in engine.client.images() for tag in image['RepoTags']]
    assert 'busybox:latest' in names
    assert [tag for tag in names if tag.startswith('docker.io/')] == []


@pytest.mark.parametrize('entrypoint', [[], ''])
def test_one_empty_word_takes_the_entrypoint_away(recorded, entrypoint):
    engine = recorded(PODMAN)
    engine.respond('create')
    engine.client.create_container('busybox', 'cat /a', entrypoint=entrypoint)
    (create,) = engine.requests_made
    assert (create[3]['Entrypoint'], create[3]['Cmd']) == ([''], ['cat', '/a'])


def test_the_command_of_the_image_stays_without_its_entrypoint(recorded):
    engine = recorded(PODMAN)
    engine.respond(as_json({'Id': 'a', 'Config': {'Cmd': ['ls'], 'Entrypoint': ['echo']}}), 'create')
    engine.client.create_container('me/web:1', entrypoint=[])
    inspect, create = engine.requests_made
    assert inspect[:2] == ('GET', '/images/me/web:1/json')
    assert (create[3]['Entrypoint'], create[3]['Cmd']) == ([''], ['ls'])


def test_no_such_image_to_take_the_command_from(recorded):
    engine = recorded(PODMAN)
    engine.respond('inspect-image-missing')
    with pytest.raises(docker.errors.ImageNotFound):
        engine.client.create_container('nope', entrypoint=[])


@pytest.mark.parametrize('body', [http(200, ''), as_json(None)], ids=['nothing', 'null'])
def test_top_of_a_container_that_has_ended_is_a_conflict(recorded, body):
    engine = recorded(PODMAN)
    engine.respond(body)
    with pytest.raises(docker.errors.Conflict, match='not running'):
        engine.client.top('rec1')


@VERSIONS
@pytest.mark.parametrize('hostname, sent', [
    ('web.example.com', 'web.example.com'), ('web', 'web'), (None, None)])
def test_a_host_name_has_its_domain(recorded, version, hostname, sent):
    engine = recorded(PODMAN, version)
    engine.respond('create')
    engine.client.create_container('busybox', 'true', hostname=hostname)
    config = engine.requests_made[0][3]
    assert config.get('Hostname') == sent and not config.get('Domainname')


@VERSIONS
def test_inspect_has_the_domain_of_its_own(recorded, version):
    engine = recorded(PODMAN, version)
    about = engine.recorded_json('inspect-exited')
    about['Config'].update(Hostname='web.example.com', Domainname='')
    engine.respond(as_json(about), 'inspect-exited')
    config = engine.client.inspect_container('rec1')['Config']
    assert (config['Hostname'], config['Domainname']) == ('web', 'example.com')
    config = engine.client.inspect_container('rec1')['Config']
    assert config['Hostname'] and config['Domainname'] == ''


STARTING = as_json({'cause': 'container state improper', 'response': 500, 'message': (
    'can only attach to created or running containers: container state improper')}, 500)


def inspected(engine, **state):
    about = engine.recorded_json('inspect-created')
    about['State'].update(state)
    return as_json(about)


ATTACH, INSPECT = ('POST', '/containers/rec1/attach'), ('GET', '/containers/rec1/json')


def test_an_attach_waits_while_a_container_starts(recorded):
    engine = recorded(PODMAN)
    created, running = inspected(engine), inspected(engine, Running=True)
    engine.respond(created, STARTING, created, STARTING, created, HIJACKED + frame(1, b'out'), created)
    assert b''.join(engine.client.logs('rec1', stream=True)) == b'out'
    assert [request[:2] for request in engine.requests_made] == [
        INSPECT, ATTACH, INSPECT, ATTACH, INSPECT, ATTACH, INSPECT]
    engine.respond(running, STARTING, created, HIJACKED + frame(1, b'out'))
    assert b''.join(engine.client.attach('rec1', stream=True)) == b'out'


def test_an_attach_to_a_container_that_ends_meanwhile_is_empty(recorded):
    engine = recorded(PODMAN)
    engine.respond(inspected(engine), STARTING, 'inspect-exited')
    assert list(engine.client.attach('rec1', stream=True)) == []
    engine.respond(inspected(engine), STARTING, 'inspect-exited', 'inspect-exited', 'logs')
    assert b'out' in b''.join(engine.client.attach('rec1', stream=True, logs=True))


def test_a_socket_waits_while_a_container_ends(recorded):
    engine = recorded(PODMAN)
    engine.respond(STARTING, 'inspect-exited', HIJACKED + frame(1, b'out'), 'inspect-exited')
    attached = engine.client.attach_socket('rec1')
    assert attached.recv(100) == frame(1, b'out')
    attached.close()
    assert [request[:2] for request in engine.requests_made] == [ATTACH, INSPECT, ATTACH, INSPECT]
    headers = [request.headers for request in engine.server.requests[1:]]
    assert ['upgrade' in header for header in headers] == [True, False, True, False]


def test_a_socket_of_a_container_that_is_paused_is_a_conflict(recorded):
    engine = recorded(PODMAN)
    engine.respond(STARTING, inspected(engine, Running=True, Paused=True))
    with pytest.raises(docker.errors.Conflict):
        engine.client.attach_socket('rec1')
    assert 'upgrade' not in engine.server.request.headers


def test_an_attach_that_is_refused_for_another_reason(recorded):
    engine = recorded(PODMAN)
    engine.respond(inspected(engine), as_json({'message': 'out of memory'}, 500))
    with pytest.raises(docker.errors.ServerError):
        engine.client.attach('rec1', stream=True)
    assert [request[:2] for request in engine.requests_made] == [INSPECT, ATTACH]


@VERSIONS
def test_a_list_has_no_fields_of_a_request(recorded, version):
    engine = recorded(PODMAN, version)
    engine.respond('containers-all')
    for container in engine.client.containers(all=True):
        assert not {'Name', 'Config', 'NetworkingConfig', 'Platform', 'AdjustCPUShares'} & set(container)
        assert container['NetworkSettings'] == {'Networks': {}}
        assert container['HostConfig'] == {'NetworkMode': ''}


@VERSIONS
def test_inspect_has_what_docker_has(recorded, version):
    engine = recorded(PODMAN, version)
    engine.respond('inspect-exited')
    about = engine.client.inspect_container('rec1')
    assert about['Config']['NetworkDisabled'] is True and about['Config']['Volumes'] is None
    assert about['HostConfig']['LogConfig']['Config'] == {}
    assert about['HostConfig']['MaskedPaths'] == about['HostConfig']['ReadonlyPaths'] == []


@VERSIONS
def test_images_have_familiar_names_everywhere(recorded, version):
    engine = recorded(PODMAN, version)
    engine.respond('inspect-image', 'remove-image-tag', as_json(
        [{'Id': 'a', 'Tags': ['docker.io/library/busybox:latest']}, {'Id': 'b', 'Tags': None}]))
    image = engine.client.inspect_image('busybox')
    assert image['RepoTags'] == ['busybox:latest']
    assert [digest.partition('@')[0] for digest in image['RepoDigests']] == ['busybox']
    assert engine.client.remove_image('other/name:v1') == [{'Untagged': 'other/name:v1'}]
    assert [layer['Tags'] for layer in engine.client.history('busybox')] == [['busybox:latest'], []]


def test_no_labels_are_an_empty_list(recorded):
    engine = recorded(PODMAN)
    engine.respond(as_json({'Labels': None}))
    assert engine.client.info() == {'Labels': []}
