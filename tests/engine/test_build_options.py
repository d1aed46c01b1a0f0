# coding: utf-8
"""build with all that came since API 1.8, also for Clients of those versions."""

import gzip
import io
import json
import tarfile

import pytest

import docker
from tests.engine.conftest import HOST, engine_is_podman, newest_of_engine

NEEDS = {'1.12': (1, 12), '1.17': (1, 17), '1.18': (1, 18), '1.21': (1, 21), '1.22': (1, 22), '1.23': (1, 23),
         '1.25': (1, 25), '1.28': (1, 28), '1.29': (1, 29), '1.32': (1, 32)}


@pytest.fixture
def require(client):
    """A function that skips the test when the engine does not have a version of the API."""
    newest = newest_of_engine(client)

    def require_version(version):
        if newest < NEEDS[version]:
            pytest.skip('this engine has no API {0}'.format(version))
    return require_version


@pytest.fixture
def newer(client):
    """A function that returns a Client of another version of the API."""
    clients = []

    def create(version):
        if version != 'auto' and newest_of_engine(client) < tuple(map(int, version.split('.'))):
            pytest.skip('this engine has no API {0}'.format(version))
        clients.append(docker.Client(HOST, version=version))
        return clients[-1]
    yield create
    for created in clients:
        created.close()


def opened(*lines):
    return io.BytesIO(u'\n'.join(('FROM busybox',) + lines).encode('utf-8') + b'\n')


def output_of(client, image_name, fileobj, **arguments):
    image_id, output = client.build(fileobj=fileobj, tag=image_name, rm=True, **arguments)
    assert image_id, output
    return output


@pytest.mark.parametrize('version', ['1.8', '1.22', '1.24', 'auto'])
@pytest.mark.parametrize('stream', [False, True])
def test_objects_for_newer_clients(newer, image_name, name, version, stream):
    client = newer(version)
    items = client.build(fileobj=opened('RUN echo {0} $((6 * 7000))'.format(name)), tag=image_name, rm=True,
                         stream=stream)
    objects = [json.loads(item) for item in items]
    text = u''.join(item.get('stream', u'') for item in objects)
    assert name + u' 42000\n' in text and u'Successfully built ' in text
    if version != 'auto':
        assert all('stream' in item for item in objects)
    assert client.inspect_image(image_name)


@pytest.mark.parametrize('version', ['1.8', 'auto'])
def test_objects_of_a_build_that_fails(newer, version):
    items = [json.loads(item) for item in newer(version).build(fileobj=opened('RUN exit 7'), rm=True)]
    last = items[-1]
    assert '7' in last['error'] and last['errorDetail']['message']


@pytest.mark.parametrize('version', ['1.6', '1.24'])
def test_dicts(newer, image_name, version):
    items = list(newer(version).build(fileobj=opened(u'ENV A=caf\xe9'), tag=image_name, rm=True, decode=True))
    assert all(isinstance(item, dict) for item in items)
    assert u'caf\xe9' in u''.join(item.get('stream', u'') for item in items)


def test_a_dockerfile_with_another_name(client, require, image_name, tmp_path):
    require('1.17')
    (tmp_path / 'sub').mkdir()
    content = b'FROM busybox\nADD sub/My.dockerfile /my\nRUN cat /my\n'
    (tmp_path / 'sub' / 'My.dockerfile').write_bytes(content)
    for dockerfile in ('sub/My.dockerfile', str(tmp_path / 'sub' / 'My.dockerfile')):
        image_id, output = client.build(str(tmp_path), tag=image_name, rm=True, nocache=True,
                                        dockerfile=dockerfile, gzip=True)
        # Once as a step, and once as the output of the next.
        assert image_id and output.count(u'ADD sub/My.dockerfile /my\n') == 2


def packed():
    """A context with a Dockerfile in a folder, as a tar."""
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode='w') as tar:
        content = b'FROM busybox\nADD web /web\nRUN cat /web/Dockerfile && echo built-$((6 * 7000))\n'
        member = tarfile.TarInfo('web/Dockerfile')
        member.size = len(content)
        tar.addfile(member, io.BytesIO(content))
    return written.getvalue()


def gzipped(data):
    written = io.BytesIO()
    with gzip.GzipFile(fileobj=written, mode='wb') as file:
        file.write(data)
    return written.getvalue()


@pytest.mark.parametrize('arguments, compress', [
    ({}, bytes), ({'encoding': 'gzip'}, gzipped), ({}, gzipped), ({'gzip': True}, bytes)])
def test_a_custom_context(client, require, image_name, arguments, compress):
    require('1.17')
    output = output_of(client, image_name, io.BytesIO(compress(packed())), custom_context=True, nocache=True,
                       dockerfile='web/Dockerfile', **arguments)
    assert u'built-42000' in output


OPTIONS = [
    ('1.21', {'buildargs': {'A': u'caf\xe9', 'B': 5}}, u'values caf\xe9 5\n'),
    ('1.18', {'container_limits': {'memory': '256m'}}, u'\n268435456\n'),
    ('1.22', {'shmsize': '32m'}, u' 32.0M '),
    ('1.28', {'extra_hosts': {'one': '10.1.1.1', 'two': '10.2.2.2'}}, u'10.2.2.2\ttwo\n'),
    ('1.28', {'extra_hosts': ['one:10.1.1.1']}, u'10.1.1.1\tone\n'),
    ('1.21', {'ulimits': [{'name': 'nofile', 'soft': 77, 'hard': 78}]}, u'\nfiles 77\n'),
    ('1.25', {'network_mode': 'none'}, u'\ninterfaces lo\n'),
]
SHOW = (u'ARG A=1', u'ARG B=2', u'RUN echo values $A $B; cat /sys/fs/cgroup/memory/memory.limit_in_bytes; '
        u'df -h /dev/shm; cat /etc/hosts; echo files $(ulimit -n); echo interfaces $(ls /sys/class/net)')


@pytest.mark.parametrize('since, arguments, shown', OPTIONS, ids=[sorted(row[1])[0] for row in OPTIONS])
def test_an_option(client, require, image_name, since, arguments, shown):
    require(since)
    output = output_of(client, image_name, opened(*SHOW), nocache=True, **arguments)
    assert shown in output
    if 'extra_hosts' in arguments:
        assert u'10.1.1.1\tone\n' in output


def test_options_that_are_not_set(client, require, image_name):
    require('1.21')
    output = output_of(client, image_name, opened(*SHOW), nocache=True)
    assert u'values 1 2\n' in output
    assert not [shown for _, _, shown in OPTIONS if shown in output and shown != u'\ninterfaces lo\n']


@pytest.mark.parametrize('labels, expected', [({'tier': 'web', 'level': 3}, {'tier': 'web', 'level': '3'}),
                                              (['tier'], {'tier': ''})])
def test_labels(client, require, image_name, labels, expected):
    require('1.23')
    output_of(client, image_name, opened('ENV A=b'), labels=labels)
    found = client.inspect_image(image_name)['config']['Labels']
    assert {key: found.get(key) for key in expected} == expected
    assert client.images(image_name, filters={'label': 'tier'})
    assert not client.images(image_name, filters={'label': 'owner'})


def test_a_target(client, require, image_name):
    require('1.29')
    dockerfile = io.BytesIO(b'FROM busybox AS one\nRUN echo first\nFROM one\nRUN echo second\n')
    output = output_of(client, image_name, dockerfile, target='one')
    assert u'echo first' in output and u'echo second' not in output


def test_a_platform_and_a_cache(client, require, image_name, name):
    require('1.32')
    platform = 'linux/' + client.inspect_image('busybox')['architecture']
    output_of(client, image_name, opened('RUN echo ' + name), platform=platform, cache_from=['busybox'])
    assert client.inspect_image(image_name)['architecture'] == platform.partition('/')[2]


def test_containers_of_a_build_that_fails_are_removed(client, require):
    require('1.12')
    before = [each['Id'] for each in client.containers(all=True)]
    image_id, _ = client.build(fileobj=opened('RUN exit 7'), forcerm=True)
    assert image_id is None
    assert [each['Id'] for each in client.containers(all=True)] == before


def test_squash_needs_an_engine_with_experimental_features(client, require, image_name):
    require('1.25')
    if engine_is_podman(client):
        output_of(client, image_name, opened('RUN echo a'), squash=True)
    else:
        with pytest.raises(docker.errors.BadRequest) as refusal:
            client.build(fileobj=opened('RUN echo a'), squash=True)
        assert 'experimental' in refusal.value.explanation


def test_what_the_engine_does_not_have(client):
    if newest_of_engine(client) >= (1, 40):
        pytest.skip('this engine has all that is tested here')
    with pytest.raises(docker.errors.NotSupported):
        client.build(fileobj=opened('RUN echo a'), outputs=[{'Type': 'moby', 'Attrs': {}}])


def test_cancel_a_build(client):
    if newest_of_engine(client) < (1, 40) or engine_is_podman(client):
        with pytest.raises(docker.errors.NotSupported):
            client.cancel_build('no-such-build')
    else:
        # Engines have no error for a build that they do not know.
        assert client.cancel_build('no-such-build') is None
