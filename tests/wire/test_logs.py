"""The later arguments of logs: the log itself is requested, not an attach."""

import datetime

import pytest

import docker
from docker import errors
from tests.server import as_json, chunked, frame, http
from tests.wire import negotiated, raised, request_parts
from tests.wire.test_streams import CREATED, ENDED, FRAMES, RUNNING, WRITTEN, inspected, joined

LOG = chunked([FRAMES[:10], FRAMES[10:]], 'application/vnd.docker.raw-stream')


class Zone(datetime.tzinfo):

    def utcoffset(self, moment):
        return datetime.timedelta(hours=2)

    def dst(self, moment):
        return None


@pytest.fixture
def client(server):
    client = negotiated(docker.Client(server.url, timeout=10), server, '1.41')
    yield client
    client.close()


NOON = datetime.datetime(2013, 11, 9, 12, 26, 40)


@pytest.mark.parametrize('arguments, query, version', [
    ({'timestamps': True}, {'timestamps': '1'}, '1.11'),
    ({'tail': 5}, {'tail': '5'}, '1.13'),
    ({'tail': 0}, {'tail': '0'}, '1.13'),
    ({'tail': '5', 'timestamps': 1}, {'tail': '5', 'timestamps': '1'}, '1.13'),
    ({'since': 1384000000}, {'since': '1384000000'}, '1.19'),
    ({'since': 0}, {'since': '0'}, '1.19'),
    ({'since': 1384000000.25}, {'since': '1384000000.25'}, '1.19'),
    ({'since': 1384000000.0}, {'since': '1384000000'}, '1.19'),
    ({'since': NOON}, {'since': '1384000000'}, '1.19'),
    ({'since': NOON.replace(microsecond=1500, hour=14, tzinfo=Zone())}, {'since': '1384000000.0015'},
     '1.19'),
    ({'since': '1384000000.000000001'}, {'since': '1384000000.000000001'}, '1.19'),
    ({'since': '2013-11-09T12:26:40Z'}, {'since': '1384000000'}, '1.19'),
    ({'since': '2013-11-09T14:26:40.5+02:00'}, {'since': '1384000000.5'}, '1.19'),
    ({'since': '2013-11-09 10:56:40-0130'}, {'since': '1384000000'}, '1.19'),
    ({'since': '2013-11-09'}, {'since': '1383955200'}, '1.19'),
    ({'details': True}, {'details': '1'}, '1.23'),
    ({'until': 1384000000}, {'until': '1384000000'}, '1.35'),
    ({'tail': 1, 'stdout': False, 'stderr': None}, {'tail': '1', 'stdout': '0', 'stderr': '0'}, '1.13')])
def test_the_request(client, server, arguments, query, version):
    server.respond(inspected(ENDED), LOG)
    assert client.logs('abc', **arguments) == WRITTEN
    assert request_parts(server.requests[0])[:2] == ('GET', '/v1.6/containers/abc/json')
    assert request_parts(server.requests[1]) == (
        'GET', '/v{0}/containers/abc/logs'.format(version),
        dict({'follow': '0', 'stdout': '1', 'stderr': '1'}, **query), None)


@pytest.mark.parametrize('state, arguments, follow', [
    (RUNNING, {'stream': True}, '1'), (RUNNING, {'follow': True}, '1'), (CREATED, {'stream': True}, '1'),
    (ENDED, {'stream': True}, '0'), (RUNNING, {'stream': True, 'follow': False}, '0'), (RUNNING, {}, '0')])
def test_what_is_followed(client, server, state, arguments, follow):
    server.respond(inspected(state), LOG, LOG, LOG)
    output = client.logs('abc', tail=100, **arguments)
    assert isinstance(output, bytes) is not arguments.get('stream', False)
    assert joined(output) == WRITTEN
    assert server.requests[1].query['follow'] == follow


def test_a_log_that_was_cut_off_is_completed(client, server):
    frames = [frame(1, b'%d\n' % number) for number in range(20000)]
    server.respond(inspected(), chunked(frames[:-10]), chunked(frames[-50:]))
    assert joined(client.logs('abc', stream=True, tail=20000)) == b''.join(item[8:] for item in frames)
    assert [request.query['tail'] for request in server.requests[1:]] == ['20000', '1000']


@pytest.mark.parametrize('arguments, query', [
    ({'tail': 'all'}, {'stream': '0'}), ({'tail': -1}, {'stream': '0'}), ({'tail': -5}, {'stream': '0'}),
    ({'tail': ''}, {'stream': '0'}), ({'since': ''}, {'stream': '0'}), ({'tail': None}, {'stream': '0'}),
    ({'follow': True}, {'stream': '1'}), ({'follow': False}, {'stream': '0'}),
    ({'stream': True, 'follow': False}, {'stream': '0'}),
    ({'stream': True, 'timestamps': False, 'details': 0}, {'stream': '1'})])
def test_an_engine_without_logs_is_attached_to(server, arguments, query):
    client = negotiated(docker.Client(server.url, timeout=10), server, '1.9')
    server.respond(inspected(), LOG)
    assert joined(client.logs('abc', **arguments)) == WRITTEN
    assert request_parts(server.request) == (
        'POST', '/v1.6/containers/abc/attach', dict({'logs': '1', 'stdout': '1', 'stderr': '1'}, **query),
        None)
    client.close()


def test_a_terminal_has_no_frames(client, server):
    server.respond(inspected(ENDED, tty=True), LOG)
    assert client.logs('abc', tail=5) == FRAMES


@pytest.mark.parametrize('arguments, newest, words', [
    ({'timestamps': True}, '1.10', '1.11'), ({'tail': 1}, '1.12', '1.13'), ({'since': 1}, '1.18', '1.19'),
    ({'details': True}, '1.22', '1.23'), ({'until': 1}, '1.34', '1.35')])
def test_an_argument_that_came_later(server, arguments, newest, words):
    client = negotiated(docker.Client(server.url, timeout=10), server, newest)
    server.respond(inspected())
    error = raised(errors.NotSupported, lambda: client.logs('abc', **arguments))
    assert words in str(error) and newest in str(error) and len(server.requests) == 1
    client.close()


@pytest.mark.parametrize('name, kind, value', [
    ('tail', TypeError, 1.5), ('tail', TypeError, True),
    ('tail', ValueError, 'few'),
    ('since', TypeError, [1]), ('since', TypeError, True),
    ('since', ValueError, -1), ('since', ValueError, float('nan')), ('since', ValueError, float('inf')),
    ('since', ValueError, 'yesterday'),
    ('since', ValueError, '2013-13-01T00:00:00Z'),
    ('since', TypeError, NOON.date()),
    ('until', TypeError, {}), ('until', ValueError, 'yesterday')])
def test_bad_arguments(client, server, name, kind, value):
    assert str(raised(kind, lambda: client.logs('abc', **{name: value}))).startswith(name + ' takes ')
    assert server.requests == []


def test_errors_of_the_engine(client, server):
    server.respond(inspected(), http(500, 'driver does not support reading'))
    raised(errors.ServerError, lambda: client.logs('abc', tail=1))
    server.respond(as_json({'message': 'No such container: abc'}, 404))
    raised(errors.NotFound, lambda: client.logs('abc', tail=1))


def test_a_websocket_is_refused(client, server):
    error = raised(errors.NotSupported, lambda: client.attach_socket('abc', ws=True))
    assert 'ws' in str(error) and isinstance(error, ValueError) and server.requests == []


# Standard output and standard error apart

APART = (b'a' + u'\xe9'.encode('utf-8')[1:] + b'\0' * 70000, u'\xe9'.encode('utf-8')[:1])
CALLS = [(lambda c, **options: c.logs('abc', **options), 'the attach of logs'),
         (lambda c, **options: c.logs('abc', tail=5, **options), 'the log itself'),
         (lambda c, **options: c.attach('abc', logs=True, **options), 'attach')]


@pytest.mark.parametrize('call', [call for call, _ in CALLS], ids=[name for _, name in CALLS])
def test_outputs_apart(client, server, call):
    server.respond(inspected(ENDED), LOG, inspected(ENDED), LOG)
    assert call(client, demux=True) == APART
    pairs = list(call(client, demux=True, stream=True))
    assert [len([part for part in pair if part is not None]) for pair in pairs] == [1] * len(pairs)
    assert tuple(b''.join(pair[number] or b'' for pair in pairs) for number in (0, 1)) == APART


@pytest.mark.parametrize('call', [call for call, _ in CALLS], ids=[name for _, name in CALLS])
def test_outputs_of_a_terminal_are_one(client, server, call):
    terminal = [inspected(ENDED, tty=True), chunked([b'a\r\n', b'b'], 'application/vnd.docker.raw-stream')]
    server.respond(*terminal * 2)
    assert call(client, demux=True) == (b'a\r\nb', None)
    pairs = list(call(client, demux=True, stream=True))
    assert b''.join(output for output, _ in pairs) == b'a\r\nb' and {error for _, error in pairs} == {None}


def test_no_output_apart(client, server):
    server.respond(inspected(ENDED), chunked([], 'application/vnd.docker.raw-stream'))
    assert client.logs('abc', demux=True) == (None, None)


def test_lines_of_a_log(client, server):
    log = chunked([frame(1, b'on'), frame(2, b'err\n'), frame(1, b'e\ntwo')],
                  'application/vnd.docker.raw-stream')
    server.respond(*[inspected(ENDED), log] * 3)
    assert list(docker.lines(client.logs('abc', demux=True))) == [
        (u'one', None), (None, u'err'), (u'two', None)]
    assert list(docker.lines(client.logs('abc', stream=True, demux=True))) == [
        (None, u'err'), (u'one', None), (u'two', None)]
    lines = docker.lines(client.logs('abc', stream=True))
    assert repr(lines) == '<docker.stream.Stream POST /containers/abc/attach, open>'
    assert next(lines) == u'onerr'
    lines.close()
    assert list(lines) == [] and 'closed' in repr(lines)
