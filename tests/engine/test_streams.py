# coding: utf-8
import errno
import json
import os
import socket
import threading
import time

import pytest

from docker.stream import demultiplex_pairs, join_output
from docker.transport import negotiate
from docker.utils.socket import frames_iter, next_frame_size, read_exactly
from tests.engine.conftest import discard, engine_is_podman, newest_of_engine, same

BOTH_WAYS = {'stdin': 1, 'stdout': 1, 'stderr': 1, 'stream': 1}
LINES = 100000
COUNT = 'i=0; while [ $i -lt {0} ]; do i=$((i+1)); echo "line $i"; done'.format(LINES)


def descriptors(client):
    """Return the number of open sockets of this process, without idle connections of the pool."""
    client.close()
    found = 0
    for number in os.listdir('/proc/self/fd'):
        try:
            found += os.readlink('/proc/self/fd/' + number).startswith('socket:')
        except OSError:
            pass
    return found


def test_logs_of_both_streams(client, run):
    container = run(['sh', '-c', u'echo out; echo err >&2; echo schön'])
    client.wait(container)
    assert client.logs(container, stderr=False) == u'out\nschön\n'.encode('utf-8')
    assert client.logs(container, stdout=False) == b'err\n'
    assert sorted(client.logs(container, stream=True)) == sorted(
        [b'out\n', u'schön\n'.encode('utf-8'), b'err\n'])
    assert client.attach(container, logs=True) == client.logs(container)


def test_a_last_line_without_a_newline(client, run):
    container = run(['sh', '-c', u'echo out; printf "schön"'])
    client.wait(container)
    newest = newest_of_engine(client)
    # Docker 0.6 does not store such a line, and the first engines with log drivers added a newline.
    last = u'' if newest < (1, 7) else u'schön'
    output = client.logs(container).decode('utf-8')
    assert output == u'out\n' + last or output == u'out\n' + last + u'\n' and newest < (1, 21)


def test_logs_of_a_terminal_are_not_decoded(client, run):
    container = run('echo hello', tty=True)
    client.wait(container)
    # Docker 1.6, and the versions about it, store lines without their \r.
    stored = [b'hello\r\n'] + [b'hello\n'] * ((1, 12) < newest_of_engine(client) < (1, 21))
    assert client.logs(container) in stored
    assert b''.join(client.logs(container, stream=True)) in stored


def test_logs_of_a_container_that_never_ran(client, create):
    assert client.logs(create('true')) == b''


FOLLOWING = pytest.mark.parametrize('follow', [
    lambda client, container: client.logs(container, stream=True),
    lambda client, container: client.attach(container, stream=True, logs=True)], ids=['logs', 'attach'])


@FOLLOWING
@pytest.mark.parametrize('detach', [False, True])
def test_a_container_that_never_ran_is_followed_from_its_start(client, create, follow, detach):
    container = create(['sh', '-c', 'echo one; echo two'], detach=detach)
    output = follow(client, container)
    received = []
    reader = threading.Thread(target=lambda: received.extend(output))
    reader.start()
    client.start(container)
    reader.join(30)
    assert not reader.is_alive()
    output.close()
    assert b''.join(received) == b'one\ntwo\n'


def require_exact_following(client):
    if newest_of_engine(client) < (1, 20) or negotiate.parse_version(client.api_version) < (1, 11):
        pytest.skip('this engine may lose or repeat lines that are written when following begins')


@FOLLOWING
def test_following_a_container_that_is_started_at_the_same_time(client, create, follow):
    if engine_is_podman(client):
        pytest.skip('Podman 4.3 may not notice that a container ends when following begins at that moment')
    require_exact_following(client)
    for _ in range(5):
        container = create(['sh', '-c', 'echo one; echo two'])
        starter = threading.Thread(target=client.start, args=(container,))
        starter.start()
        output = follow(client, container)
        assert b''.join(output) == b'one\ntwo\n'
        starter.join()


EXPECTED = b''.join('line {0}\n'.format(number).encode('ascii') for number in range(1, LINES + 1))


def test_100000_lines_are_followed_completely_and_in_order(client, run):
    if engine_is_podman(client):
        pytest.skip('Podman 4.3 skips lines that are written faster than it reads them')
    require_exact_following(client)
    container = run(['sh', '-c', COUNT])
    assert b''.join(client.logs(container, stream=True)) == EXPECTED


def test_100000_lines_are_received_completely_and_in_order(client, run):
    container = run(['sh', '-c', COUNT])
    client.wait(container)
    assert client.logs(container) == EXPECTED
    assert b''.join(client.logs(container, stream=True)) == EXPECTED


def test_following_returns_a_line_when_it_is_written(client, run):
    container = run(['sh', '-c', 'echo first; read line; echo "second $line"'], stdin_open=True)
    output = client.logs(container, stream=True)
    assert next(output) == b'first\n'
    standard_input = client.attach_socket(container, {'stdin': 1, 'stream': 1})
    standard_input.sendall(b'typed\n')
    assert next(output) == b'second typed\n'
    assert list(output) == []
    standard_input.close()


def test_attach_before_the_start_receives_all_output(client, create):
    container = create('echo hello')
    output = client.attach(container, stream=True)
    client.start(container)
    assert list(output) == [b'hello\n']


def test_a_stream_of_a_container_that_has_ended_ends(client, run):
    container = run('echo hello')
    client.wait(container)
    assert list(client.attach(container, stream=True)) == []
    assert list(client.attach(container, stream=True, logs=True)) == [b'hello\n']


def test_a_dropped_stream_leaves_no_socket(client, run):
    container = run(['sh', '-c', 'while :; do echo line; sleep 0.01; done'])
    before = descriptors(client)
    output = client.logs(container, stream=True)
    next(output)
    assert descriptors(client) == before + 1
    output.close()
    assert descriptors(client) == before
    never_read = client.logs(container, stream=True)
    assert descriptors(client) == before + 1
    del never_read
    assert descriptors(client) == before
    with client.logs(container, stream=True) as output:
        next(output)
    assert descriptors(client) == before


def test_a_stream_is_ended_from_another_thread(client, run):
    container = run('sleep 300')
    output = client.logs(container, stream=True)
    got = []
    reader = threading.Thread(target=lambda: got.extend(output))
    reader.start()
    output.close()
    reader.join(30)
    assert not reader.is_alive() and got == []


def test_attach_socket_both_ways_and_half_closed(client, create):
    container = create('cat', stdin_open=True)
    attached = client.attach_socket(container, BOTH_WAYS)
    client.start(container)
    attached.sendall(b'to and fro\n')
    attached.shutdown(socket.SHUT_WR)
    received = b''
    while True:
        data = attached.recv(1000)
        if not data:
            break
        received += data
    attached.close()
    assert received == b'\x01\0\0\0\0\0\0\x0bto and fro\n'
    assert client.wait(container) == 0


@pytest.mark.parametrize('params', [None, {}])
def test_attach_socket_without_params_leaves_the_input_open(client, run, params):
    container = run(['sh', '-c', 'echo ready; read line; echo "got $line"; echo err >&2'], stdin_open=True)
    with client.attach_socket(container, BOTH_WAYS) as both:
        with client.attach_socket(container, params):
            pass
        output = client.attach_socket(container, params)
        both.sendall(b'typed\n')
        assert sorted(frames_iter(output)) == [b'err\n', b'got typed\n']
        output.close()
    assert client.wait(container) == 0


def test_an_attached_socket_is_a_file_too(client, run):
    container = run('cat', stdin_open=True, tty=True)
    with client.attach_socket(container, BOTH_WAYS) as terminal:
        terminal.settimeout(30)
        assert terminal._sock.send(b'se') == 2 and terminal.write(b'nt\n') == 3
        received = bytearray()
        while received.count(b'sent') < 2:
            buffer = bytearray(100)
            received += terminal.read(1) + buffer[:terminal.readinto(buffer)]
        client.kill(container)
        assert terminal.read() is not None
        assert terminal.read(1) == b''


def test_one_frame_after_another(client, run):
    container = run(['sh', '-c', 'read l; for n in 1 2 3 4; do echo $n; done'], stdin_open=True)
    with client.attach_socket(container, BOTH_WAYS) as attached:
        attached.sendall(b'go\n')
        client.wait(container)
        received = [next(frames_iter(attached))]
        received.append(read_exactly(attached, next_frame_size(attached)))
        assert b''.join(received + list(frames_iter(attached))) == b'1\n2\n3\n4\n'


def test_frames_of_the_output_so_far(client, run):
    container = run(['sh', '-c', 'echo one; echo two; read line; echo "got $line"'], stdin_open=True)
    next(client.logs(container, stream=True))
    with client.attach_socket(container, dict(BOTH_WAYS, logs=1)) as attached:
        attached.sendall(b'typed\n')
        assert b''.join(frames_iter(attached)) == b'one\ntwo\ngot typed\n'


def read_sockets(sockets):
    received = []
    for sock in sockets:
        sock.settimeout(60)
        received.append(b''.join(iter(lambda: sock.recv(1000), b'')))
        sock.close()
    return received


@pytest.mark.parametrize('terminal', [False, True])
def test_a_socket_for_each_stream(client, create, terminal):
    container = create(['sh', '-c', 'echo out; echo err >&2; read line; echo $line'], stdin_open=True,
                       tty=terminal)
    config = client.inspect_container(container)['Config']
    assert config['AttachStdin'] and config['AttachStdout'] and config['AttachStderr']
    standard_input, output, error = [client.attach_socket(container, {name: 1, 'stream': 1})
                                     for name in ('stdin', 'stdout', 'stderr')]
    client.start(container)
    standard_input.sendall(b'line\n')
    received, of_error = read_sockets([output, error])
    if terminal:
        assert b'out\r\n' in received and b'err\r\n' in received and received.endswith(b'line\r\n')
        assert of_error == b''
    else:
        # What is written soon after each other may come in one frame.
        assert join_output(demultiplex_pairs([received]), True) == (b'out\nline\n', None)
        assert join_output(demultiplex_pairs([of_error]), True) == (None, b'err\n')
    # With Docker it ends when the caller closes it.
    standard_input.setblocking(False)
    try:
        assert standard_input.recv(1000) == b''
    except EnvironmentError as failure:
        assert failure.errno == errno.EAGAIN
    standard_input.close()


def test_the_log_of_one_stream(client, run):
    container = run(['sh', '-c', 'echo out; echo; echo err >&2; read line; echo $line'], stdin_open=True)
    with client.logs(container, stream=True) as lines:
        seen = b''
        while seen.count(b'\n') < 3:
            seen += next(lines)
    output, error = [client.attach_socket(container, {name: 1, 'stream': 1, 'logs': 1})
                     for name in ('stdout', 'stderr')]
    standard_input = client.attach_socket(container, {'stdin': 1, 'stream': 1})
    standard_input.sendall(b'line\n')
    received, of_error = read_sockets([output, error])
    standard_input.close()
    assert join_output(demultiplex_pairs([received]), True) == (b'out\n\nline\n', None)
    assert join_output(demultiplex_pairs([of_error]), True) == (None, b'err\n')


def test_a_socket_to_nothing_has_ended(client, create):
    attached = client.attach_socket(create('cat', stdin_open=True), {'stream': 1})
    assert read_sockets([attached]) == [b'']


def test_attach_socket_to_a_terminal(client, run):
    container = run('sh', stdin_open=True, tty=True)
    terminal = client.attach_socket(container, BOTH_WAYS)
    terminal.settimeout(30)
    terminal.sendall(b'expr 6 \\* 7\nexit 4\n')
    received = b''
    while True:
        data = terminal.recv(1000)
        if not data:
            break
        received += data
    terminal.close()
    assert b'42' in received
    assert client.wait(container) == 4


def test_events(client, create):
    started = int(time.time())
    container = create('true')
    events = client.events(since=started)
    client.start(container)
    client.wait(container)
    seen = []
    for text in events:
        event = json.loads(text)
        if same(event.get('id') or '', container['Id']):
            seen.append(event['status'])
        if 'die' in seen and 'start' in seen:
            break
    events.close()
    assert {'create', 'start', 'die'} <= set(seen)
    assert event['from'].startswith('busybox') and event['time'] >= started


def test_events_of_the_past_and_of_now(client, create):
    events = client.events()
    container = create('true')
    event = json.loads(next(text for text in events if container['Id'][:12] in text))
    assert event['status'] == 'create'
    events.close()


@pytest.mark.parametrize('threads', [8])
def test_one_client_serves_many_threads(client, threads):
    results = []

    def work(number):
        container = client.create_container('busybox', ['echo', str(number)])
        try:
            client.start(container)
            client.wait(container)
            results.append((number, client.logs(container)))
        finally:
            discard(client, container)

    workers = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(results) == [(number, '{0}\n'.format(number).encode('ascii'))
                               for number in range(threads)]
