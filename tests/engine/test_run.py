# -*- coding: utf-8 -*-
"""run, on a real engine: what it returns and raises, and that nothing of it is left."""

import os
import signal
import subprocess
import sys
import threading

import pytest

import docker
from docker import errors
from docker.compat import monotonic
from tests.engine.conftest import HOST, VERSION, newest_of_engine
from tests.engine.test_large import memory_growth

BOTH = ['sh', '-c', u'echo out; echo schön >&2; printf end']
OUT, ERR = b'out\nend', u'schön\n'.encode('utf-8')
MIB = 1024 ** 2
# How many seconds at most it takes until what is behind a socket has ended.
PATIENCE = 30


@pytest.fixture(autouse=True)
def _leaves_nothing(client):
    def left():
        volumes = client.volumes()['Volumes'] if newest_of_engine(client) >= (1, 21) else []
        return ({container['Id'] for container in client.containers(all=True)},
                {volume['Name'] for volume in volumes})
    before, threads = left(), threading.enumerate()
    yield
    assert left() == before
    # Those behind an attached socket end soon after it.
    deadline = monotonic() + PATIENCE
    for thread in threading.enumerate():
        if thread not in threads:
            thread.join(max(deadline - monotonic(), 0) if thread.name == 'docker-attach' else 0)
            assert not thread.is_alive()


def test_the_output(client):
    assert client.run('busybox', BOTH) == OUT
    assert client.run('busybox', BOTH, demux=True) == (OUT, ERR)
    assert client.run('busybox', BOTH, stdout=False, stderr=True) == ERR
    # The order of both is that in which the engine reads them.
    assert sorted(bytearray(client.run('busybox', BOTH, stderr=True))) == sorted(bytearray(OUT + ERR))
    assert client.run('busybox', 'true') == b''
    assert client.run('busybox', 'echo out', tty=True) == b'out\r\n'


def test_settings(client, tmp_path, name):
    (tmp_path / 'file').write_bytes(b'content')
    os.chmod(str(tmp_path), 0o755)
    output = client.run(
        {'Id': 'busybox'}, ['sh', '-c', 'cat /data/file; hostname; pwd; echo $A; id -u'], name=name,
        binds={str(tmp_path): '/data:ro'}, hostname='here', working_dir='/etc', environment={'A': 'b'},
        user=1234, network_mode='none', volumes=['/anonymous'], labels={'x': 'y'})
    assert output == b'contenthere\n/etc\nb\n1234\n'


@pytest.mark.parametrize('size', [0, 10, 5 * MIB])
def test_input(client, size):
    assert client.run('busybox', 'cat', input=b'x' * size) == b'x' * size


@pytest.mark.parametrize('command, output', [
    (['echo', 'out'], b'out\n'), (['head', '-n', '1'], b'in\n'),
    (['sh', '-c', 'exec <&-; echo out; echo err >&2'], b'out\nerr\n')])
def test_input_that_is_not_read(client, command, output):
    """Podman then ends the output with an error; more often than not, not every time."""
    for _ in range(3):
        assert sorted(bytearray(client.run(
            'busybox', command, stderr=True, input=b'in\n' * 5 * MIB))) == sorted(bytearray(output))


def test_an_exit_code(client):
    with pytest.raises(errors.ContainerError) as caught:
        client.run('busybox', ['sh', '-c', 'echo out; echo one >&2; echo two >&2; exit 42'])
    error = caught.value
    assert (error.exit_code, error.output, error.stderr) == (42, b'out\n', b'one\ntwo\n')
    assert str(error).endswith('of the image busybox ended with exit code 42: one / two')


def test_a_command_that_there_is_not(client):
    with pytest.raises(docker.APIError) as caught:
        client.run('busybox', 'nosuchcommand')
    assert 'nosuchcommand' in str(caught.value)


def test_an_image_that_there_is_not(client):
    with pytest.raises(errors.ImageNotFound) as caught:
        client.run('local/nosuch')
    assert "client.pull('local/nosuch') gets it" in str(caught.value)


def test_a_name_that_is_in_use(client, create, name):
    create('true', name=name)
    with pytest.raises(errors.Conflict):
        client.run('busybox', 'true', name=name)
    assert client.inspect_container(name)
    client.remove_container(name)
    create('true', name=name + '2')


def test_a_timeout(client):
    with pytest.raises(errors.ContainerTimedOut) as caught:
        client.run('busybox', ['sh', '-c', 'echo out; echo err >&2; sleep 300'], timeout=3)
    assert (caught.value.output, caught.value.stderr) == (b'out\n', b'err\n')


def test_a_container_that_ends_in_time(client):
    assert client.run('busybox', 'echo out', timeout=60) == b'out\n'


def test_a_container_that_is_kept(client, name):
    try:
        with pytest.raises(errors.ContainerError):
            client.run('busybox', ['sh', '-c', 'echo out; exit 1'], name=name, remove=False)
        assert client.logs(name) == b'out\n'
        assert client.inspect_container(name)['State']['ExitCode'] == 1
    finally:
        client.remove_container(name)


def test_without_a_log(client):
    """The output does not come from the log."""
    log_config = {'type': 'none', 'config': {}}
    assert client.run('busybox', 'echo out', log_config=log_config) == b'out\n'


INTERRUPTED = """
import sys, docker
client = docker.Client(sys.argv[1], version=sys.argv[2])
sys.stdout.write('begun')
sys.stdout.flush()
client.run('busybox', 'sleep 300', name=sys.argv[3], input=b'x' * 10000000)
"""


def test_an_interrupt(client, name):
    process = subprocess.Popen([sys.executable, '-c', INTERRUPTED, HOST, VERSION, name],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with process.stdout, process.stderr:
        process.stdout.read(5)
        while True:
            try:
                if client.inspect_container(name)['State']['Running']:
                    break
            except errors.NotFound:
                assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert b'KeyboardInterrupt' in process.stderr.read()
    assert process.wait() != 0
    with pytest.raises(errors.NotFound):
        client.inspect_container(name)


LARGE = """
output = client.run('busybox', 'head -c {0} /dev/zero')
assert len(output) == {0}
"""


def test_large_output(client):
    """It is in memory once; the getvalue() of Python 2 copies it."""
    size = 128 * MIB
    assert memory_growth(LARGE.format(size)) < (3 if sys.version_info[0] == 2 else 1.5) * size


def test_lines_of_the_output(client):
    assert list(docker.lines(client.run('busybox', BOTH, demux=True))) == [
        (u'out', None), (None, u'schön'), (u'end', None)]


def test_one_client_in_many_threads(client):
    outputs = {}

    def work(number):
        outputs[number] = client.run('busybox', ['sh', '-c', 'cat; echo {0}'.format(number)], input='in ')

    threads = [threading.Thread(target=work, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outputs == {number: 'in {0}\n'.format(number).encode('ascii') for number in range(5)}
