# -*- coding: utf-8 -*-
"""Builds with BuildKit, on the real engine: their results, their session, their end."""

import io
import logging
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading

import pytest

import docker
from tests.engine.buildkit_build import content_of_image, require_buildkit, require_mounts
from tests.engine.conftest import HOST, engine_is_podman, newest_of_engine
from tests.engine_relay import EngineRelay

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ID = '^[0-9a-f]{12,64}$'


@pytest.fixture
def build(client, image_name):
    """A function: build with BuildKit, of a Dockerfile as text, with the tag `image_name`."""
    def build_with_buildkit(dockerfile, client=client, **kwargs):
        require_mounts(client, dockerfile)
        return client.build(fileobj=io.BytesIO(dockerfile.encode('utf-8')), tag=image_name, buildkit=True,
                            **kwargs)

    require_buildkit(client)
    yield build_with_buildkit


@pytest.fixture
def relay():
    """A function: an EngineRelay, and a Client of it."""
    if not (HOST or '').startswith('unix://'):
        pytest.skip('the engine is at no Unix socket, for which the relay is')
    folder, opened = tempfile.mkdtemp(), []

    def between(version='1.6', **kwargs):
        relay = EngineRelay(os.path.join(folder, str(len(opened))), HOST, **kwargs)
        relay.__enter__()
        client = docker.Client('unix://' + relay.path, version=version)
        opened.append((relay, client))
        return relay, client

    yield between
    for relay, client in opened:
        client.close()
        relay.__exit__()
    shutil.rmtree(folder)


def test_a_build(client, build, image_name, name):
    image_id, output = build(u'FROM busybox\nRUN echo {0} | tr t T > /built\nCMD cat /built\n'.format(name))
    assert re.match(ID, image_id)
    assert output.endswith(u'Successfully built {0}\n'.format(image_id[:12]))
    assert client.inspect_image(image_name)['id'].startswith(image_id)
    assert client.run(image_name) == name.replace('t', 'T').encode('ascii') + b'\n'


@pytest.mark.parametrize('version', ['1.6', '1.21', 'auto'])
def test_the_forms_of_its_output(build, version, name):
    client = docker.Client(HOST, version=version)
    dockerfile = u'FROM busybox\nRUN echo {0} | tr t T\n'.format(name)
    printed = name.replace('t', 'T')
    try:
        items = list(build(dockerfile, client=client, decode=True))
        assert printed in u''.join(log['data'] for item in items for log in item.get('logs', ()))
        assert printed in u''.join(item.get('stream', u'') for item in items)
        ids = [item['aux']['ID'] for item in items if 'aux' in item]
        assert len(ids) == 1 and re.match('^sha256:[0-9a-f]{64}$', ids[0])
        texts = list(build(dockerfile, client=client, stream=True))
        assert u'Successfully built ' in texts[-1]
        assert all(isinstance(text, type(u'')) for text in texts)
    finally:
        client.close()


def test_a_cache_is_kept_between_builds(build, name):
    dockerfile = (u'FROM busybox\nARG ROUND\nRUN --mount=type=cache,id={0},target=/cache '
                  u'echo $ROUND >> /cache/rounds; echo rounds $(wc -l < /cache/rounds)\n'.format(name))
    outputs = [build(dockerfile, buildargs={'ROUND': str(number)})[1] for number in (1, 2)]
    assert [re.findall(u'rounds ([0-9]+)$', output, re.MULTILINE) for output in outputs] == [[u'1'], [u'2']]


def test_stages_are_built_in_parallel(build, name):
    # Each waits for the other one, by a file in a cache that both have.
    stage = (u'FROM busybox AS {1}\nRUN --mount=type=cache,id={0},target=/shared touch /shared/{1}; '
             u'for i in $(seq 600); do [ -e /shared/{2} ] && break; sleep 0.1; done; ls /shared/* > /seen\n')
    dockerfile = (stage.format(name, 'left', 'right') + stage.format(name, 'right', 'left') +
                  u'FROM busybox\nCOPY --from=left /seen /left\nCOPY --from=right /seen /right\n'
                  u'RUN cat /left /right\n')
    image_id, output = build(dockerfile)
    assert image_id, output
    assert u'/shared/left' in output and u'/shared/right' in output


def test_a_step_that_fails(build, name):
    image_id, output = build(u'FROM busybox\nRUN echo {0} | tr t T && exit 7\n'.format(name))
    assert image_id is None
    assert u'ERROR' in output and name.replace('t', 'T') in output
    assert re.search(u'exit code: 7', output.splitlines()[-1])
    items = list(build(u'FROM busybox\nRUN exit 7\n', decode=True))
    assert u'exit code: 7' in items[-1]['error'] and items[-1]['errorDetail']['message']


def test_a_dockerfile_that_cannot_be_parsed(build):
    image_id, output = build(u'FORM busybox\n')
    assert image_id is None and u'FORM' in output


def test_limits_of_steps(client, build):
    limits = {'ulimits': [{'name': 'nofile', 'soft': 64, 'hard': 64}], 'shmsize': '32m'}
    dockerfile = u'FROM busybox\nRUN echo files $(ulimit -n); df -k /dev/shm\n'
    if newest_of_engine(client) < (1, 42):
        with pytest.raises(docker.errors.NotSupported):
            build(dockerfile, **limits)
        return
    image_id, output = build(dockerfile, **limits)
    assert image_id and u' files 64\n' in output and re.search(u' 32768 .* /dev/shm$', output, re.MULTILINE)


@pytest.mark.parametrize('how', ['close', 'with', 'drop'])
def test_a_build_that_is_closed_in_the_middle(client, build, name, how):
    # While the step runs, no other one can have the cache.
    step = u'FROM busybox\nRUN --mount=type=cache,id={0},sharing=locked,target=/cache {1}\n'
    stream = build(step.format(name, u'echo begun-$((1)); sleep 600'), stream=True)
    for text in stream:
        if u'begun-1' in text:
            break
    threads = threading.active_count()
    if how == 'close':
        stream.close()
    elif how == 'with':
        with stream:
            pass
    del stream
    assert threading.active_count() < threads
    assert build(step.format(name, u'echo the other one'))[0]


def test_the_cache_is_listed_and_pruned(client, build, name):
    build(u'FROM busybox\nRUN --mount=type=cache,id={0},target=/cache echo {0} > /cache/file\n'.format(name))
    listed = [record['ID'] for record in client.df()['BuildCache'] if record['Type'] == 'exec.cachemount']
    assert listed
    pruned = client.prune_builds(all=True)
    assert set(listed) <= set(pruned['CachesDeleted']) and pruned['SpaceReclaimed'] > 0
    assert not [record for record in client.df()['BuildCache'] if record['ID'] in listed]


def test_the_environment_decides(client, image_name, monkeypatch):
    require_buildkit(client)
    dockerfile = b'FROM busybox\nRUN --mount=type=cache,target=/cache ls -d /cache\n'
    require_mounts(client, str(dockerfile))
    monkeypatch.setenv('DOCKER_BUILDKIT', '1')
    assert client.build(fileobj=io.BytesIO(dockerfile), tag=image_name)[0]
    try:
        image_id = client.build(fileobj=io.BytesIO(dockerfile), buildkit=False, rm=True, forcerm=True)[0]
    except docker.errors.APIError as error:
        assert 'mount' in str(error)
    else:
        assert image_id is None


def test_an_engine_without_buildkit(client):
    if not engine_is_podman(client) and newest_of_engine(client) >= (1, 38):
        pytest.skip('this engine has BuildKit')
    dockerfile = io.BytesIO(b'FROM busybox\n')
    with pytest.raises(docker.errors.NotSupported) as raised:
        client.build(fileobj=dockerfile, buildkit=True, secrets={'token': b'value'})
    assert 'BuildKit' in str(raised.value)


LIMITS = {'shmsize': '32m', 'ulimits': [{'name': 'nofile', 'soft': 100, 'hard': 200}]}


def test_limits_of_its_steps(client, build):
    dockerfile = u"FROM busybox\nRUN df -k /dev/shm | awk '{print $2}'; ulimit -n\n"
    if newest_of_engine(client) < (1, 42):
        with pytest.raises(docker.errors.NotSupported):
            build(dockerfile, **LIMITS)
    else:
        image_id, output = build(dockerfile, nocache=True, **LIMITS)
        assert image_id and re.search(r'(?m) 32768$', output) and re.search(r'(?m) 100$', output)


def test_no_engine_gives_a_cgroup_to_its_steps(client, build):
    with pytest.raises(docker.errors.NotSupported):
        build(u'FROM busybox\nRUN true\n', cgroup_parent='/docker-py')


def test_what_is_wrong_with_a_dockerfile(client, build, image_name):
    if newest_of_engine(client) < (1, 46):
        pytest.skip('engines before Docker 27 check no Dockerfile')
    dockerfile = u'FROM busybox\nMAINTAINER x\nRUN true\n'
    image_id, output = build(dockerfile, nocache=True)
    assert image_id
    assert re.search(r'(?m)^#\d+ WARN: MaintainerDeprecated: .* \(line 2\)$', output)
    items = client.build(fileobj=io.BytesIO(dockerfile.encode('ascii')), buildkit=True, decode=True,
                         tag=image_name)
    warning, = [warning for item in items for warning in item.get('warnings', ())]
    assert warning['short'].startswith(u'MaintainerDeprecated: ') and warning['url'].startswith(u'https://')
    assert warning['ranges'][0]['start']['line'] == 2 and warning['info']['data'] == dockerfile


# A session, opened in each way

WAYS = [({}, ['POST /session']), ({'newer': True}, ['HTTP/2']),
        ({'newer': True, 'takes_http2': False}, ['HTTP/2', 'POST /session'])]
WITH_SECRET = (u'FROM busybox\nRUN --mount=type=secret,id=token,required=true '
               u'tr a-z A-Z < /run/secrets/token\n')


@pytest.mark.parametrize('kwargs, ways', WAYS)
@pytest.mark.parametrize('size', [10, 400 * 1024])
def test_how_a_session_is_opened(build, relay, kwargs, ways, size):
    between, client = relay(**kwargs)
    dockerfile = WITH_SECRET.replace(u'tr a-z A-Z', u'wc -c')
    image_id, output = build(dockerfile, client=client, secrets={'token': b's' * size}, nocache=True)
    assert image_id and re.search(u' {0}$'.format(size), output, re.MULTILINE)
    assert [passed.session for passed in between.sessions] == ways


@pytest.mark.parametrize('newer', [False, True])
def test_a_secret_is_in_the_response_to_get_secret_alone(
        build, client, relay, newer, caplog, image_name, name, tmpdir):
    caplog.set_level(logging.DEBUG)
    secret = (u's3cr\xe9t-' + image_name[-12:]).encode('utf-8')
    tmpdir.join('token').write_binary(secret)
    between, through = relay(newer=newer)
    step = u'RUN --mount=type=secret,id=token wc -c < /run/secrets/token > /size-{0}\n'.format(name)
    secrets = {'token': str(tmpdir.join('token'))}
    assert build(u'FROM busybox\n' + step, client=through, secrets=secrets)[0]
    image_id, output = build(u'FROM busybox\nRUN --mount=type=secret,id=token test -s /run/secrets/token && '
                             u'exit 3\n', client=through, secrets=secrets)
    assert image_id is None and u'exit code: 3' in output
    assert [passed.sent.count(secret) for passed in between.sessions] == [1, 1]
    assert sum(passed.sent.count(secret) for passed in between.connections) == 2
    assert not any(secret in passed.received for passed in between.connections)
    assert secret not in output.encode('utf-8') and secret.decode('utf-8') not in caplog.text
    content = content_of_image(client, image_name)
    assert name.encode('ascii') in content and secret not in content
    assert secret.decode('utf-8') not in u'{0!r} {1!r}'.format(
        client.history(image_name), client.inspect_image(image_name))


def test_the_connection_of_a_session_that_breaks(build, relay):
    between, client = relay()
    threads = threading.active_count()
    stream = build(u'FROM busybox\nRUN echo begun-$((1)); sleep 2\nRUN --mount=type=secret,id=token,'
                   u'required=true cat /run/secrets/token\n', client=client, secrets={'token': b'value'},
                   nocache=True, stream=True)
    text = u''
    for piece in stream:
        text += piece
        if u'begun-1' in piece:
            between.break_sessions()
    assert u'begun-1' in text and u'Successfully built' not in text
    assert threading.active_count() <= threads + len(between.connections) * 2


def test_a_request_that_the_engine_rejects(client, build):
    threads = threading.active_count()
    with pytest.raises(docker.errors.APIError):
        build(u'FROM busybox\n', labels={'a': 'b'}, platform='no/such/platform/at/all')
    assert threading.active_count() == threads


@pytest.mark.parametrize('error', [TypeError('it takes text'), IOError(28, 'full')])
def test_a_file_object_that_fails(build, name, error):
    class Failing(object):
        def write(self, data):
            raise error
    dockerfile = 'FROM busybox AS made\nRUN echo {0} > /made\nFROM scratch\nCOPY --from=made /made /\n'
    with pytest.raises(type(error)) as caught:
        build(dockerfile.format(name), outputs={'Type': 'tar', 'Attrs': {'dest': Failing()}})
    assert caught.value is error


def test_sessions_leave_no_thread(build):
    threads = threading.active_count()
    for number in range(5):
        assert build(u'FROM busybox\nENV NUMBER={0}\n'.format(number))[0]
    assert threading.active_count() == threads


@pytest.mark.parametrize('kept', ['', 'kept = [items, client]; kept.append(kept); del items, client',
                                  'sys.modules["os"].items = items; del items'])
def test_a_build_that_runs_when_the_interpreter_exits(client, kept):
    require_buildkit(client)
    script = ('import io, sys, docker\n'
              'client = docker.Client(sys.argv[1])\n'
              'dockerfile = io.BytesIO(b"FROM busybox\\nRUN sleep 600\\n")\n'
              'items = client.build(fileobj=dockerfile, buildkit=True, stream=True)\n'
              'next(items)\n') + kept
    running = subprocess.Popen([sys.executable, '-c', script, str(HOST)], cwd=ROOT, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT)
    assert running.communicate() == (b'', None) and running.returncode == 0
