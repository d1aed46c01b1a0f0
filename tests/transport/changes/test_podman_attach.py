"""What is attached to containers of Podman."""

import struct

import pytest

from docker import errors
from tests.server import HIJACKED, as_json, frame
from tests.transport.changes import PODMAN
from tests.transport.test_relay import read_all

ATTACH, INSPECT = ('POST', '/containers/rec1/attach'), ('GET', '/containers/rec1/json')
OUT, ERR = frame(1, b'out\n'), frame(2, b'err\n')


def broken_frame(stream, line):
    """A line of a log as Podman sends it: the line break is behind the frame."""
    return frame(stream, line) + b'\n'


def exited(engine, terminal):
    about = engine.recorded_json('inspect-exited')
    about['Config']['Tty'] = terminal
    return as_json(about)


def queries_of(engine):
    """The queries of the requests to attach, without what is 0."""
    return [{name for name, value in query.items() if value == '1'}
            for method, path, query, _ in engine.requests_made if (method, path) == ATTACH]


@pytest.mark.parametrize('version', ['1.6', None])
@pytest.mark.parametrize('is_open', [False, True])
def test_a_container_was_attached_to_what_docker_attaches_it_to(recorded, version, is_open):
    engine = recorded(PODMAN, version)
    about = engine.recorded_json('inspect-exited')
    about['Config'].update(OpenStdin=is_open, AttachStdin=False, AttachStdout=False, AttachStderr=False)
    engine.respond(as_json(about))
    config = engine.client.inspect_container('rec1')['Config']
    assert [config[name] for name in ('AttachStdin', 'AttachStdout', 'AttachStderr')] == [is_open, True, True]


@pytest.mark.parametrize('wanted', [{'stdout'}, {'stdin', 'stdout'}, {'stdout', 'stderr'},
                                    {'stdin', 'stdout', 'stderr'}])
def test_what_is_not_wanted_is_excluded(recorded, wanted):
    engine = recorded(PODMAN)
    engine.respond(HIJACKED + OUT, 'inspect-exited')
    attached = engine.client.attach_socket('rec1', dict.fromkeys(wanted | {'stream'}, 1))
    assert read_all(attached) == OUT
    attached.close()
    (_, _, query, _), after = engine.requests_made
    assert query == dict({'stdin': '0', 'stdout': '0', 'stderr': '0', 'stream': '1'},
                         **dict.fromkeys(wanted, '1'))
    assert after[:2] == INSPECT     # whether it has run


@pytest.mark.parametrize('wanted', [{'stdin'}, {'stderr'}])
@pytest.mark.parametrize('terminal', [False, True])
def test_without_output_of_a_terminal(recorded, wanted, terminal):
    engine = recorded(PODMAN)
    received = []

    def read_input(peer):
        peer.read_request(body=False)
        peer.send(HIJACKED + (b'out\r\n' if terminal else ERR))
        received.append(peer.file.readline())
        return False

    engine.respond(exited(engine, terminal), read_input, 'inspect-exited')
    attached = engine.client.attach_socket('rec1', dict.fromkeys(wanted | {'stream'}, 1))
    attached.sendall(b'in\n')
    assert read_all(attached) == (b'' if terminal else ERR)
    attached.close()
    assert received == [b'in\n']
    assert queries_of(engine) == [wanted | {'stream'} | ({'stdout'} if terminal else set())]


def test_a_stream_of_no_output_ends_with_it(recorded):
    engine = recorded(PODMAN)
    running = engine.recorded_json('inspect-exited')
    running['State']['Running'], running['Config']['Tty'] = True, True
    engine.respond(as_json(running), as_json(running), HIJACKED + b'out\r\n')
    assert list(engine.client.attach('rec1', stdout=False, stream=True)) == []
    assert queries_of(engine) == [{'stdout', 'stderr', 'stream'}]


LOG = (broken_frame(1, b'out') + broken_frame(2, b'err') + broken_frame(1, b'') + frame(1, b'part') +
       frame(2, b'\n\n'))
OF_STDOUT = frame(1, b'out') + frame(1, b'\n') + frame(1, b'\n') + frame(1, b'part')


@pytest.mark.parametrize('wanted, output', [
    ({'stdout'}, OF_STDOUT), ({'stdin'}, b''),
    ({'stderr'}, frame(2, b'err') + frame(2, b'\n') + frame(2, b'\n\n')),
    ({'stdout', 'stderr'}, frame(1, b'out') + frame(1, b'\n') + frame(2, b'err') + frame(2, b'\n') +
     frame(1, b'\n') + frame(1, b'part') + frame(2, b'\n\n'))])
@pytest.mark.parametrize('size', [1, 9, 1000])
def test_the_log_of_what_is_wanted(recorded, wanted, output, size):
    engine = recorded(PODMAN)

    def pieces(peer):
        peer.read_request(body=False)
        peer.send(HIJACKED)
        for start in range(0, len(LOG), size):
            peer.send(LOG[start:start + size])
        return False

    engine.respond(exited(engine, False), pieces, 'inspect-exited')
    attached = engine.client.attach_socket('rec1', dict.fromkeys(wanted | {'stream', 'logs'}, 1))
    assert read_all(attached) == output
    attached.close()
    assert queries_of(engine) == [wanted | {'stream', 'logs'}]


@pytest.mark.parametrize('wanted, output', [({'stdout'}, b'out\r\n'), ({'stdin'}, b''), ({'stderr'}, b'')])
def test_the_log_of_a_terminal(recorded, wanted, output):
    engine = recorded(PODMAN)
    engine.respond(exited(engine, True), HIJACKED + b'out\r\n', 'inspect-exited')
    attached = engine.client.attach_socket('rec1', dict.fromkeys(wanted | {'stream', 'logs'}, 1))
    assert read_all(attached) == output
    attached.close()


@pytest.mark.parametrize('rest', [b'Error: it failed', struct.pack('>LL', 1 << 24, 10) + b'cut', b'\1\0\0',
                                  frame(3, b'failed')])
def test_what_is_no_complete_frame_is_passed_on(recorded, rest):
    engine = recorded(PODMAN)
    engine.respond(exited(engine, False), HIJACKED + broken_frame(1, b'out') + ERR + rest, 'inspect-exited')
    attached = engine.client.attach_socket('rec1', {'stdout': 1, 'stream': 1, 'logs': 1})
    assert read_all(attached) == frame(1, b'out') + frame(1, b'\n') + rest
    attached.close()


@pytest.mark.parametrize('terminal', [False, True])
def test_errors_of_an_attach_without_output(recorded, terminal):
    engine = recorded(PODMAN)
    engine.respond('inspect-missing' if not terminal else exited(engine, True),
                   as_json({'message': 'no such container'}, 404))
    with pytest.raises(errors.NotFound):
        engine.client.attach_socket('rec1', {'stdin': 1, 'stream': 1})
    assert len(engine.requests_made) == 1 + terminal
