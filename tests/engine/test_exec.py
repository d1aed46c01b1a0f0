# coding: utf-8
"""Exec instances: commands in running containers of a real engine."""

import socket
import threading

import pytest

import docker
from docker import errors
from docker.transport.endpoint import TLS, endpoint_for
from tests.engine.conftest import HOST, engine_is_podman
from tests.engine.test_large import memory_growth
from tests.engine.test_streams import descriptors
from tests.server import frame
from tests.transport.test_tcp import Certificates, TlsServer

BOTH = ['sh', '-c', u'echo out; echo schön >&2']
OUT, ERR = b'out\n', u'schön\n'.encode('utf-8')
MIB = 1024 ** 2


@pytest.fixture
def running(run):
    return run('sleep 300')


def received(sock):
    """Return all that comes from a socket."""
    sock.settimeout(60)
    return b''.join(iter(lambda: sock.recv(65536), b''))


def test_the_output_of_a_command(client, running):
    instance = client.exec_create(running, BOTH)
    assert list(instance) == ['Id']
    assert sorted(client.exec_start(instance).splitlines(True)) == sorted([OUT, ERR])
    inspect = client.exec_inspect(instance)
    assert (inspect['ID'], inspect['Running'], inspect['ExitCode']) == (instance['Id'], False, 0)
    assert (inspect['ContainerID'], inspect['Container']) == (running['Id'], {'ID': running['Id']})
    assert inspect['ProcessConfig']['entrypoint'] == 'sh'
    assert client.exec_start(client.exec_create(running, 'sh -c "echo out"')['Id']) == OUT


@pytest.mark.parametrize('stdout, stderr, output', [(True, False, OUT), (False, True, ERR)])
def test_one_of_both_outputs(client, running, stdout, stderr, output):
    assert client.exec_start(client.exec_create(running, BOTH, stdout, stderr)) == output


def test_outputs_apart(client, running):
    assert client.exec_start(client.exec_create(running, BOTH), demux=True) == (OUT, ERR)
    assert client.exec_start(client.exec_create(running, 'echo out'), demux=True) == (OUT, None)
    assert client.exec_start(client.exec_create(running, 'true'), demux=True) == (None, None)
    pairs = list(client.exec_start(client.exec_create(running, BOTH), stream=True, demux=True))
    assert sorted(pairs, key=str) == sorted([(OUT, None), (None, ERR)], key=str)


@pytest.mark.parametrize('arguments', [{}, {'tty': True}], ids=['by itself', 'tty'])
def test_the_output_of_a_terminal(client, running, arguments):
    output = b'out\r\n' + ERR.replace(b'\n', b'\r\n')
    assert client.exec_start(client.exec_create(running, BOTH, tty=True), **arguments) == output
    pair = client.exec_start(client.exec_create(running, BOTH, tty=True), demux=True, **arguments)
    assert pair == (output, None)
    stream = client.exec_start(client.exec_create(running, BOTH, tty=True), stream=True, **arguments)
    assert b''.join(stream) == output


def test_output_comes_when_it_is_written(client, running):
    instance = client.exec_create(running, ['sh', '-c', 'echo one; while ! test -e /go; do sleep 0.01; done; '
                                                        'echo two'])
    output = client.exec_start(instance, stream=True)
    assert next(output) == b'one\n'
    assert client.exec_inspect(instance)['Running'] is True
    client.execute(running, 'touch /go')
    assert list(output) == [b'two\n']


def test_arguments_of_a_command(client, running):
    def output(command, **arguments):
        return client.exec_start(client.exec_create(running, command, **arguments))
    assert output('pwd', workdir='/etc') == b'/etc\n'
    assert output(['sh', '-c', 'echo $A-$B'], environment={'A': u'schön', 'B': 1}) == u'schön-1\n'.encode(
        'utf-8')
    assert output('id -u', user=1234) == b'1234\n'
    assert output('id -g', user='0:5') == b'5\n'
    assert output('true', detach_keys='ctrl-p,ctrl-q') == b''


@pytest.mark.parametrize('privileged', [False, True])
def test_a_privileged_command(client, running, privileged):
    # It is not run, as the host may not allow that.
    instance = client.exec_create(running, 'true', privileged=privileged)
    assert client.exec_inspect(instance)['ProcessConfig']['privileged'] is privileged


@pytest.mark.parametrize('command, codes', [
    ('sh -c "exit 42"', [42]), ('nosuchcommand', [126, 127]), ('/etc/passwd', [126, 127])])
def test_exit_codes(client, running, command, codes):
    instance = client.exec_create(running, command)
    output = client.exec_start(instance)
    assert client.exec_inspect(instance)['ExitCode'] in codes
    assert (command in output.decode('utf-8')) == (codes != [42])


def test_detached(client, running):
    instance = client.exec_create(running, ['sh', '-c', 'echo done > /done; sleep 300'])
    assert client.exec_start(instance, detach=True) == b''
    assert client.exec_inspect(instance)['Running'] is True
    assert client.execute(running, ['sh', '-c', 'while ! grep done /done; do sleep 0.01; done']) == b'done\n'


def test_execute(client, running):
    assert client.execute(running, 'echo out') == OUT
    assert client.execute(running, 'echo out', tty=True) == b'out\r\n'
    assert list(client.execute(running, BOTH, stderr=False, stream=True)) == [OUT]
    assert client.execute(running, 'sleep 300', detach=True) == b''


def test_a_socket_both_ways_and_half_closed(client, running):
    sock = client.exec_start(client.exec_create(running, 'cat', stdin=True), socket=True)
    sock.sendall(b'to and fro\n')
    sock.shutdown(socket.SHUT_WR)
    assert received(sock) == frame(1, b'to and fro\n')
    sock.close()


def test_a_socket_to_a_terminal_whose_size_changes(client, running):
    instance = client.exec_create(running, 'sh', stdin=True, tty=True)
    sock = client.exec_start(instance, tty=True, socket=True)
    sock.settimeout(60)
    sock.sendall(b'echo be""gun\n')
    output = b''
    while b'begun' not in output:
        output += sock.recv(4096)
    client.exec_resize(instance, height=33, width=77)
    client.exec_resize(instance, 33, 77)
    sock.sendall(b'stty size; exit 3\n')
    assert b'33 77' in received(sock)
    sock.close()
    assert client.exec_inspect(instance)['ExitCode'] == 3


class _Front(TlsServer):
    """Speaks TLS in front of the engine."""

    def _serve_one(self, peer):
        upstream = endpoint_for(HOST).connect(10, True, None, None)
        passing = threading.Thread(target=self._pass_output, args=(upstream, peer))
        passing.start()
        for data in iter(lambda: peer.sock.recv(65536), b''):
            upstream.sendall(data)
        upstream.shutdown(socket.SHUT_WR)
        passing.join()
        upstream.close()
        return False

    def _pass_output(self, upstream, peer):
        for data in iter(lambda: upstream.recv(65536), b''):
            peer.send(data)
        socket.socket.shutdown(peer.sock, socket.SHUT_RDWR)


def test_a_socket_over_tls_is_half_closed(client, running, tmp_path):
    front = _Front(Certificates(str(tmp_path)))
    tls = TLS(str(tmp_path / 'ca.pem'))
    with docker.Client(front.url, tls=tls) as secure:
        sock = secure.exec_start(secure.exec_create(running, 'cat', stdin=True), socket=True)
        sock.sendall(b'to and fro\n')
        sock.shutdown(socket.SHUT_WR)
        assert received(sock) == frame(1, b'to and fro\n')
        sock.close()
    front.close()


LARGE = """
instance = client.exec_create(sys.argv[3], 'dd if=/dev/zero bs=1048576 count={0}')
size = 0
for chunk in client.exec_start(instance, stream=True):
    size += len(chunk)
assert size >= {0} * 1024 ** 2, size
"""


def test_large_output_is_not_held_in_memory(client, running):
    assert memory_growth(LARGE.format(64), running['Id']) < 16 * MIB


def test_a_stream_that_is_closed_early(client, running):
    before = descriptors(client)
    with client.execute(running, 'yes', stream=True) as output:
        assert next(output).startswith(b'y\n')
        assert descriptors(client) == before + 1
    assert descriptors(client) == before
    dropped = client.execute(running, 'yes', stream=True)
    next(dropped)
    del dropped
    assert descriptors(client) == before


def test_what_is_refused(client, running, create):
    for call in (client.exec_inspect, client.exec_start, lambda name: client.exec_resize(name, 24, 80)):
        with pytest.raises(errors.NotFound):
            call('0' * 64)
    with pytest.raises(errors.NotFound):
        client.exec_create('nosuchcontainer', 'true')
    with pytest.raises(errors.Conflict):
        client.exec_create(create('true'), 'true')
    instance = client.exec_create(running, 'true')
    client.exec_start(instance)
    with pytest.raises(errors.Conflict):
        client.exec_start(instance, detach=True)


def test_commands_at_the_same_time(client, running):
    results = {}

    def work(number):
        results[number] = client.execute(running, ['sh', '-c', 'sleep 0.1; seq {0} 10000'.format(number)])

    workers = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert results == {number: ''.join('{0}\n'.format(line) for line in range(number, 10001)).encode('ascii')
                       for number in range(8)}


def test_a_container_that_ends_during_a_command(client, running):
    instance = client.exec_create(running, ['sh', '-c', 'echo one; sleep 300'])
    output = client.exec_start(instance, stream=True)
    assert next(output) == b'one\n'
    client.kill(running)
    # Podman adds an error to the output.
    assert list(output) == [] or engine_is_podman(client)


# exec_run

@pytest.mark.parametrize('command, code', [('true', 0), ('sh -c "exit 42"', 42)])
def test_exec_run_returns_the_exit_code(client, running, command, code):
    assert client.exec_run(running, command) == (code, b'')


def test_exec_run_returns_the_output(client, running):
    assert client.exec_run(running, 'echo out', tty=True).output == b'out\r\n'
    assert client.exec_run(running, BOTH, demux=True) == (0, (OUT, ERR))
    assert client.exec_run(running, BOTH, stderr=False) == (0, OUT)
    code, output = getattr(client, 'exec')(running, ['sh', '-c', 'echo $A; pwd; id -u'], user=1234,
                                           environment={'A': 'b'}, workdir='/etc')
    assert (code, output) == (0, b'b\n/etc\n1234\n')


def test_exec_run_of_a_command_that_there_is_not(client, running):
    code, output = client.exec_run(running, 'nosuchcommand')
    assert code in (126, 127) and b'nosuchcommand' in output


@pytest.mark.parametrize('size', [0, 10, 5 * MIB])
def test_the_input_of_exec_run(client, running, size):
    assert client.exec_run(running, 'cat', input=b'x' * size) == (0, b'x' * size)


def test_input_that_exec_run_does_not_read(client, running):
    for _ in range(5):
        try:
            result = client.exec_run(running, 'echo out', input=b'x' * 10 * MIB, demux=True)
        except errors.StreamBroken as error:
            # It stops passing on output, more often than not.
            assert engine_is_podman(client) and 'Output is lost' in str(error)
        else:
            assert result == (0, (b'out\n', None))


def test_exec_run_waits_for_the_end_of_the_command(client, running):
    assert client.exec_run(running, ['sh', '-c', 'exec >&- 2>&-; sleep 0.5; exit 4']) == (4, b'')


def test_exec_run_in_a_container_that_does_not_run(client, create):
    with pytest.raises(errors.Conflict):
        client.exec_run(create('true'), 'true')
