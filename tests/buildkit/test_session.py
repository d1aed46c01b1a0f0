"""docker.buildkit.session: the HTTP/2 connection of a session, with h2 as the engine, and with frames."""

import random

from hpack import Encoder
from hyperframe.frame import (
    ContinuationFrame, DataFrame, GoAwayFrame, HeadersFrame, PingFrame, PriorityFrame, PushPromiseFrame,
    RstStreamFrame, SettingsFrame, WindowUpdateFrame)
import pytest
import six
from six.moves.urllib.parse import unquote

from docker.buildkit.grpc import (
    INTERNAL, MAX_MESSAGE_SIZE, NOT_FOUND, OK, RESOURCE_EXHAUSTED, UNIMPLEMENTED, frame)
from docker.buildkit.session import (
    MAX_CALLS, Called, Cancelled, Ended, Received, SessionBroken, SessionConnection)
from tests.http2_engine import METHOD, PREFACE, EngineEnd, exchange, request_headers

KIB = 1024
MIB = 1024 * KIB
NO_ERROR, CANCEL = 0, 8


pytestmark = pytest.mark.usefixtures('quiet_hpack')


@pytest.fixture
def connection():
    return SessionConnection([METHOD, '/other'])


@pytest.fixture
def engine(connection):
    engine = EngineEnd()
    assert exchange(engine, connection) == []
    return engine


def block(headers=None, encoder=None):
    return (encoder or Encoder()).encode(headers or request_headers())


def opening():
    return PREFACE + SettingsFrame(0).serialize()


def data_frame(stream, data=b'', *flags):
    return DataFrame(stream, data=data, flags=flags).serialize()


def headers_frame(stream, data, *flags):
    return HeadersFrame(stream, data=data, flags=flags or ('END_HEADERS',)).serialize()


def call_of(connection, engine, *messages, **options):
    """Begin a call, and return its stream once the session has it."""
    stream = engine.call(METHOD, *messages, **options)
    events = exchange(engine, connection)
    assert isinstance(events[0], Called) and events[0].stream == stream
    return stream


def test_what_a_session_begins_with(connection):
    """Its SETTINGS, as bytes, and the window of the connection."""
    output = connection.output()
    length = int(output[1:3].encode('hex') if six.PY2 else output[1:3].hex(), 16)
    assert output[:1] == b'\0' and output[3:9] == b'\x04\0\0\0\0\0'
    settings = {output[at:at + 2]: output[at + 2:at + 6] for at in range(9, 9 + length, 6)}
    assert settings[b'\0\3'] == b'\0\0\0\x64'           # 100 calls at a time
    assert settings[b'\0\4'] == b'\0\x10\0\0'           # 1 MiB in each
    assert output[9 + length:] == b'\0\0\4\x08\0\0\0\0\0' + b'\1\0\0\0'    # 16 MiB in all
    assert connection.output() == b''


def test_a_call(connection, engine):
    stream = engine.call(METHOD, b'request')
    events = exchange(engine, connection)
    called = events[0]
    assert called[:2] == (stream, METHOD)
    assert called.metadata == {
        u':method': [u'POST'], u':scheme': [u'http'], u':path': [METHOD], u':authority': [u'localhost'],
        u'content-type': [u'application/grpc'], u'te': [u'trailers']}
    assert events[1:] == [Received(stream, b'request'), Ended(stream)]
    connection.send(stream, b'response')
    connection.taken(stream, b'request')
    assert connection.is_open(stream) and not connection.is_full(stream)
    connection.finish(stream)
    assert not connection.is_open(stream)
    assert exchange(engine, connection) == []
    response = engine.responses[stream]
    assert response.headers == {':status': '200', 'content-type': 'application/grpc'}
    assert response.messages == [b'response'] and response.ended and response.reset is None
    assert response.trailers == {'grpc-status': '0'}


def test_the_bytes_of_a_response(connection):
    connection.output()
    connection.receive(opening() + headers_frame(1, block(), 'END_HEADERS', 'END_STREAM'))
    connection.output()
    connection.send(1, b'abc')
    connection.finish(1, NOT_FOUND, u'100%')
    output = connection.output()
    # The headers: 0x88 is `:status: 200` in the table of HPACK.
    size = six.indexbytes(output, 2)
    assert output[3:10] == b'\1\4\0\0\0\1\x88'
    assert output[9 + size:9 + size + 17] == b'\0\0\x08\0\0\0\0\0\1' b'\0\0\0\0\3abc'
    assert output[9 + size + 20:][:6] == b'\1\5\0\0\0\1'


@pytest.mark.parametrize('status,text', [
    (OK, u''), (NOT_FOUND, u'no secret \xe9 100%\n.'), (INTERNAL, u'x' * 30000)])
def test_the_end_of_a_call(connection, engine, status, text):
    stream = call_of(connection, engine)
    connection.finish(stream, status, text)
    connection.finish(stream, INTERNAL, u'a second end')
    connection.send(stream, b'late')
    exchange(engine, connection)
    response = engine.responses[stream]
    assert response.status == status and response.messages == [] and response.ended
    shown = unquote(str(response.trailers.get('grpc-message', '')))
    assert (shown.decode('utf-8') if six.PY2 else shown) == text[:1000]


def test_several_messages_both_ways(connection, engine):
    stream = call_of(connection, engine, b'1', b'', b'2', end=False)
    engine.send(stream, frame(b'3') + frame(b'4')[:6])
    assert exchange(engine, connection) == [Received(stream, b'3'), Received(stream, b'4')]
    connection.send(stream, b'one')
    connection.send(stream, b'')
    exchange(engine, connection)
    assert engine.responses[stream].messages == [b'one', b''] and not engine.responses[stream].ended
    engine.send(stream, end=True)
    assert exchange(engine, connection) == [Ended(stream)]
    connection.send(stream, b'two')
    connection.finish(stream)
    exchange(engine, connection)
    response = engine.responses[stream]
    assert response.messages == [b'one', b'', b'two'] and response.status == OK


# The bytes of conversations of the engine alone, and their events in any cut.

def conversation(*frames):
    return opening() + b''.join(frames)


def request(stream, *messages, **options):
    data = b''.join(frame(message) for message in messages)
    return (headers_frame(stream, block(options.get('headers'))) +
            data_frame(stream, data, *(() if options.get('open') else ('END_STREAM',))))


def reset(stream):
    return RstStreamFrame(stream, error_code=CANCEL).serialize()


def cut_headers(stream, data, *flags):
    """The headers of a request, in a frame for each two bytes."""
    pieces = [data[at:at + 2] for at in range(0, len(data), 2)]
    frames = [HeadersFrame(stream, data=pieces[0], flags=flags)]
    frames += [ContinuationFrame(stream, data=piece) for piece in pieces[1:]]
    frames[-1].flags.add('END_HEADERS')
    return b''.join(each.serialize() for each in frames)


def trailing(stream):
    return headers_frame(stream, block([('x-trailer', 'b')]), 'END_HEADERS', 'END_STREAM')


UNKNOWN = request_headers('/unknown')
GOAWAY = GoAwayFrame(0, last_stream_id=0, error_code=NO_ERROR).serialize()
CALLED = ('Called', 1)
CONVERSATIONS = {
    'nothing': (b'', []),
    'a call': (request(1, b'a'), [CALLED, Received(1, b'a'), Ended(1)]),
    'no message': (headers_frame(1, block(), 'END_HEADERS', 'END_STREAM'), [CALLED, Ended(1)]),
    'several messages': (request(1, b'a', b'', b'c' * 300), [
        CALLED, Received(1, b'a'), Received(1, b''), Received(1, b'c' * 300), Ended(1)]),
    'two calls': (b''.join([
        request(1, b'a', open=True), request(3, b'b'), data_frame(1, frame(b'c'), 'END_STREAM')]), [
            CALLED, Received(1, b'a'), ('Called', 3), Received(3, b'b'), Ended(3), Received(1, b'c'),
            Ended(1)]),
    'headers in frames of two bytes': (
        cut_headers(1, block(), 'END_STREAM'), [CALLED, Ended(1)]),
    'trailers': (request(1, b'a', open=True) + trailing(1), [CALLED, Received(1, b'a'), Ended(1)]),
    'padding': (headers_frame(1, block()) + DataFrame(
        1, data=frame(b'a'), flags=('PADDED', 'END_STREAM'), pad_length=77).serialize(),
        [CALLED, Received(1, b'a'), Ended(1)]),
    'empty frames': (request(1, open=True) + data_frame(1) * 20 + data_frame(1, frame(b'a')), [
        CALLED, Received(1, b'a')]),
    'an unknown method': (request(1, b'a', headers=UNKNOWN) + request(3, b'b'), [
        ('Called', 3), Received(3, b'b'), Ended(3)]),
    'an unknown method that is reset': (request(1, headers=UNKNOWN, open=True) + reset(1) + request(3), [
        ('Called', 3), Ended(3)]),
    'a call that is reset': (request(1, b'a', open=True) + reset(1), [
        CALLED, Received(1, b'a'), Cancelled(1)]),
    'a call that is reset at its end': (request(1, b'a') + reset(1), [
        CALLED, Received(1, b'a'), Ended(1), Cancelled(1)]),
    'a call that is reset twice': (request(1, open=True) + reset(1) * 2, [CALLED, Cancelled(1)]),
    'a call that is reset inside a message': (
        request(1, open=True) + data_frame(1, frame(b'abc')[:6]) + reset(1), [CALLED, Cancelled(1)]),
    'a compressed message': (request(1, open=True) + data_frame(1, b'\1' * 5, 'END_STREAM') + request(3), [
        CALLED, Cancelled(1), ('Called', 3), Ended(3)]),
    'a compressed message that is reset': (request(1, open=True) + data_frame(1, b'\1\0\0\0\0') + reset(1), [
        CALLED, Cancelled(1)]),
    'a message that is too large': (request(1, open=True) + data_frame(1, b'\0\1\0\0\1'), [
        CALLED, Cancelled(1)]),
    'half a message': (request(1, open=True) + data_frame(1, frame(b'abc')[:6], 'END_STREAM'), [
        CALLED, Cancelled(1)]),
    'half a message, and trailers': (request(1, open=True) + data_frame(1, b'\0') + trailing(1), [
        CALLED, Cancelled(1)]),
    'the end of the session': (b''.join([
        request(1, b'a', open=True), request(3, headers=UNKNOWN, open=True), GOAWAY]), [
            CALLED, Received(1, b'a'), Cancelled(1)]),
    'the end without calls': (GOAWAY * 2, []),
    'other frames': (b''.join([
        PingFrame(0, opaque_data=b'12345678').serialize(),
        SettingsFrame(0, settings={4: 0, 5: 2 ** 24 - 1}).serialize(),
        PriorityFrame(1, depends_on=0, stream_weight=3).serialize(),
        WindowUpdateFrame(0, window_increment=5).serialize(),
        b'\0\0\2\x7f\0\0\0\0\0xx', b'\0\0\2\x7f\0\0\0\0\1xx', request(1)]), [CALLED, Ended(1)]),
    'a window that is too large': (request(1, open=True) + WindowUpdateFrame(
        1, window_increment=2 ** 31 - 1).serialize() + request(3), [
            CALLED, Cancelled(1), ('Called', 3), Ended(3)]),
    'more after its end': (request(1) + data_frame(1, frame(b'a')) + request(3), [
        CALLED, Ended(1), Cancelled(1), ('Called', 3), Ended(3)]),
}


def received_in(chunks):
    """Return the events of a session that receives chunks, without the metadata of calls."""
    connection = SessionConnection([METHOD])
    events = []
    for data in chunks:
        for event in connection.receive(data):
            events.append(('Called', event.stream) if isinstance(event, Called) else event)
    return events


def cuttings(data):
    """The same bytes as lists of chunks: whole, byte by byte, in two, at random."""
    yield [data]
    yield [data[at:at + 1] for at in range(len(data))]
    yield [data[:len(opening())], data[len(opening()):]]
    chance = random.Random(len(data))
    for _ in range(30):
        cuts = sorted(chance.randrange(len(data) + 1) for _ in range(chance.randrange(1, 12)))
        yield [data[start:end] for start, end in zip([0] + cuts, cuts + [len(data)])]


@pytest.mark.parametrize('name', sorted(CONVERSATIONS))
def test_the_events_of_each_cut(name):
    data, events = CONVERSATIONS[name]
    for chunks in cuttings(conversation(data)):
        assert received_in(chunks) == events


BROKEN = {
    'HTTP/1.1': b'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n',
    'an error of HTTP/1.1': b'HTTP/1.1 400 Bad Request\r\n\r\n',
    'TLS': b'\x16\x03\x01\x02\0\1\0\1\xfc\3\3' + b'x' * 100,
    'zeros': b'\0' * 100,
    'a preface that is wrong': PREFACE[:-2] + b'xx',
    'a frame of 16 MiB': opening() + b'\xff\xff\xff\0\0\0\0\0\1' + b'x' * (2 ** 24 - 1),
    'a frame above the limit': opening() + request(1, open=True) + data_frame(1, b'x' * 16385),
    'data without headers': opening() + data_frame(1, b'x'),
    'data of the connection': opening() + b'\0\0\1\0\0\0\0\0\0x',
    'headers of the connection': opening() + b'\0\0\1\1\4\0\0\0\0\x82',
    'a stream with an even number': opening() + headers_frame(2, block()),
    'a stream with a lower number': opening() + request(3) + request(1),
    'the headers of a call a second time': opening() + request(1, open=True) + headers_frame(1, block()),
    'a continuation of nothing': opening() + ContinuationFrame(
        1, data=b'x', flags=('END_HEADERS',)).serialize(),
    'a frame between headers': opening() + HeadersFrame(1, data=block()).serialize() + data_frame(1, b'x'),
    'a push': opening() + request(1, open=True) + PushPromiseFrame(
        1, promised_stream_id=2, data=block(), flags=('END_HEADERS',)).serialize(),
    'a setting that is wrong': opening() + SettingsFrame(0, settings={5: 3}).serialize(),
    'settings that are cut': opening() + b'\0\0\5\4\0\0\0\0\0\0\4\0\0\0',
    'settings of a stream': opening() + b'\0\0\0\4\0\0\0\0\1',
    'an initial window that is too large': opening() + SettingsFrame(0, settings={4: 2 ** 31}).serialize(),
    'a ping of seven bytes': opening() + b'\0\0\7\6\0\0\0\0\x001234567',
    'a window update of 0': opening() + b'\0\0\4\x08\0\0\0\0\0\0\0\0\0',
    'a window that is too large': opening() + WindowUpdateFrame(0, window_increment=2 ** 31 - 1).serialize(),
    'a reset of nothing': opening() + b'\0\0\2\3\0\0\0\0\1\0\0',
    'padding longer than the frame': opening() + headers_frame(1, block()) + b'\0\0\2\0\x08\0\0\0\1\x7fx',
    'what depends on itself': opening() + PriorityFrame(1, depends_on=1, stream_weight=1).serialize(),
    'headers that are no HPACK': opening() + headers_frame(1, b'\xff' * 20),
    'an index of HPACK that is not there': opening() + headers_frame(1, b'\xfe'),
    'too many bytes for a window': opening() + request(1, open=True) + data_frame(
        1, frame(b'x' * 16379)) * 65,
    'more than its content-length': opening() + headers_frame(
        1, block(request_headers() + [('content-length', '3')])) + data_frame(1, frame(b'abc')),
}


@pytest.mark.parametrize('name', sorted(BROKEN))
def test_what_is_not_http2(connection, name):
    data = BROKEN[name]
    for size in (len(data), 1 if len(data) < KIB else 4099):
        connection = SessionConnection([METHOD])
        with pytest.raises(SessionBroken):
            for at in range(0, len(data), size):
                connection.receive(data[at:at + size])
        assert connection.closed and connection._calls == {}
        assert len(connection.output()) < 2000
        assert connection.receive(data) == [] and connection.output() == b''
        for stream in (1, 3):
            connection.send(stream, b'x')
            connection.taken(stream, b'x')
            connection.finish(stream)
            assert not connection.is_open(stream) and not connection.is_full(stream)
        connection.close()
        assert connection.output() == b''


def test_the_engine_is_notified_of_what_it_did():
    connection, engine = SessionConnection([METHOD]), EngineEnd()
    exchange(engine, connection)
    with pytest.raises(SessionBroken) as raised:
        connection.receive(data_frame(1, b'x'))
    assert 'RECV_DATA' in str(raised.value)
    engine.receive(connection.output())
    assert engine.goaway == 1


@pytest.mark.parametrize('changed', [
    ('Upper', 'case'), ('', 'no name'), ('connection', 'close'), (':unknown', 'x'), (':path', '/again'),
    ('te', 'gzip'), ('transfer-encoding', 'chunked'), (':path', ''), (':path', None), (':method', None),
    (':scheme', None), ('content-length', 'many'), ('a b', 'c'), ('a', ' b '), ('a', 'b\nc')])
def test_headers_that_are_wrong(changed):
    """h2 of each version refuses some. The others are a call, whose headers are text."""
    name, value = changed
    headers = [pair for pair in request_headers() if pair[0] != name or value == '/again']
    if value is not None:
        headers.append(changed)
    connection = SessionConnection([METHOD])
    try:
        events = connection.receive(opening() + headers_frame(1, block(headers), 'END_HEADERS', 'END_STREAM'))
    except SessionBroken:
        assert connection.closed
        return
    for event in events:
        if isinstance(event, Called):
            assert all(isinstance(key, six.text_type) and key == key.lower() for key in event.metadata)


@pytest.mark.parametrize('name', [b'x-\xff', b'\xc3\xa9', b'x-\0', b'x' * 1000])
@pytest.mark.filterwarnings('ignore::UnicodeWarning')
def test_headers_of_any_bytes(name):
    connection = SessionConnection([METHOD])
    headers = [(key.encode('ascii'), value.encode('ascii')) for key, value in request_headers()]
    try:
        events = connection.receive(opening() + headers_frame(1, block(headers + [(name, b'\xff\xfe')])))
    except SessionBroken:
        return
    assert events[0].metadata[name.decode('latin-1').lower()] == [u'\ufffd\ufffd']


@pytest.mark.parametrize('name, value', [
    ('followpaths', 'a '), ('followpaths', ' a'), ('exclude-patterns', '\t#x'), ('include-patterns', ''),
    ('followpaths', 'a\tb'), ('exporter-md-a/b', '{"c": 1}'), ('grpc-encoding', 'identity'),
    ('traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'),
    ('buildkit-attachable-exporter-id', '0')])
def test_metadata_that_engines_send(connection, engine, name, value):
    """Names of files and patterns come as they are: the white space around them is theirs."""
    engine.call(METHOD, b'x', headers=request_headers() + [(name, value)])
    called, received, ended = exchange(engine, connection)
    assert called.metadata[name] == [value] and received.message == b'x'


def test_a_header_several_times():
    headers = request_headers() + [('exporter', 'a'), ('other', 'x'), ('exporter', 'b'), ('exporter', 'a')]
    called, _ = SessionConnection([METHOD]).receive(
        opening() + headers_frame(1, block(headers), 'END_HEADERS', 'END_STREAM'))
    assert called.metadata[u'exporter'] == [u'a', u'b', u'a'] and called.metadata[u'other'] == [u'x']


@pytest.mark.parametrize('method', [
    '/unknown', METHOD + '/', METHOD[1:], METHOD.upper(), METHOD + '?', '/', '*'])
def test_an_unknown_method(connection, engine, method):
    stream = engine.call(method, b'request', end=False)
    assert exchange(engine, connection) == []
    response = engine.responses[stream]
    assert response.status == UNIMPLEMENTED and response.messages == [] and response.ended
    assert response.trailers['grpc-message'] == 'unknown method ' + method
    assert not connection.is_open(stream)


def test_a_request_that_connects(connection, engine):
    """CONNECT has no path."""
    stream = engine.call(headers=[(':method', 'CONNECT'), (':authority', 'localhost')])
    try:
        assert exchange(engine, connection) == []
    except SessionBroken:
        return
    assert engine.responses[stream].status == UNIMPLEMENTED


# What is sent: as far as the windows of the engine take it

def test_a_message_larger_than_the_windows(connection, engine):
    stream = call_of(connection, engine)
    message = b'0123456789' * 100000
    connection.send(stream, message)
    assert connection.is_full(stream)
    connection.finish(stream)
    assert connection.is_open(stream)
    exchange(engine, connection)
    assert engine.responses[stream].messages == [message] and engine.responses[stream].status == OK
    assert not connection.is_open(stream)


def test_the_largest_message(connection, engine):
    stream = call_of(connection, engine)
    message = b'0123456789abcdef' * MIB
    connection.send(stream, message)
    exchange(engine, connection)
    assert engine.responses[stream].messages == [message]


def test_an_engine_that_does_not_read(connection):
    engine = EngineEnd(reads=False)
    exchange(engine, connection)
    stream = call_of(connection, engine)
    count = 0
    while not connection.is_full(stream):
        connection.send(stream, b'x' * 1000)
        count += 1
    # What waits is limited, and what was sent is what its window takes.
    assert 300 < count < 350
    exchange(engine, connection)
    assert engine.responses[stream].unread == 65535
    for _ in range(10):
        engine.call(METHOD)
    other = max(engine.responses)
    exchange(engine, connection)
    # The window of the connection is used up, too; headers take none.
    connection.send(other, b'x')
    connection.finish(other - 2, NOT_FOUND)
    exchange(engine, connection)
    assert engine.responses[other].messages == [] and engine.responses[other].headers
    assert engine.responses[other - 2].status == NOT_FOUND
    engine.reads = True
    engine.read(stream)
    exchange(engine, connection)
    assert len(engine.responses[stream].messages) == count and engine.responses[other].messages == [b'x']
    assert not connection.is_full(stream)


def test_windows_of_a_call_and_of_all(connection):
    engine = EngineEnd(reads=False)
    exchange(engine, connection)
    streams = [call_of(connection, engine) for _ in range(3)]
    for stream in streams:
        connection.send(stream, b'x' * 30000)
    exchange(engine, connection)
    assert [engine.responses[stream].unread for stream in streams] == [30005, 30005, 5525]
    # A window of the call alone is of no use, one of the connection is.
    engine.h2.increment_flow_control_window(1000, streams[2])
    exchange(engine, connection)
    assert engine.responses[streams[2]].unread == 5525
    engine.h2.increment_flow_control_window(1000)
    exchange(engine, connection)
    assert engine.responses[streams[2]].unread == 6525
    engine.h2.increment_flow_control_window(10 ** 6)
    exchange(engine, connection)
    assert engine.responses[streams[2]].messages == [b'x' * 30000]


@pytest.mark.parametrize('first', [0, 1, 100, 65535, 10 ** 6])
@pytest.mark.parametrize('second', [0, 50, 2 ** 31 - 1])
def test_settings_that_change_the_window(connection, first, second):
    """The window of a call grows and shrinks with the setting; it may become negative."""
    engine = EngineEnd(reads=False, initial_window_size=first)
    engine.h2.increment_flow_control_window(10 ** 6)
    exchange(engine, connection)
    stream = call_of(connection, engine)
    connection.send(stream, b'x' * 199995)
    exchange(engine, connection)
    assert engine.responses[stream].unread == min(first, 200000)
    engine.h2.update_settings({4: second})
    exchange(engine, connection)
    sent = min(max(first, second), 200000)
    assert engine.responses[stream].unread == sent
    if second <= 50 and sent < 200000:
        # It takes the difference before more is sent.
        engine.h2.increment_flow_control_window(first - second + 7 if first > second else 7, stream)
        exchange(engine, connection)
        assert engine.responses[stream].unread == min(sent + 7, 200000)


@pytest.mark.parametrize('size', [16384, 20000, 2 ** 24 - 1])
def test_settings_that_change_the_size_of_frames(connection, size):
    connection.output()
    connection.receive(PREFACE + SettingsFrame(0, settings={4: 2 ** 31 - 1, 5: size}).serialize() +
                       WindowUpdateFrame(0, window_increment=10 ** 8).serialize() + request(1))
    connection.output()
    connection.send(1, b'x' * 100000)
    output, sizes = connection.output(), []
    while output:
        length = int(output[:3].encode('hex') if six.PY2 else output[:3].hex(), 16)
        if output[3:4] == b'\0':
            sizes.append(length)
        output = output[9 + length:]
    assert sum(sizes) == 100005 and max(sizes) == min(size, 100005) and len(sizes) == -(-100005 // size)


def test_no_call_holds_up_the_others(connection):
    """Each window of the connection goes to the next call that waits."""
    engine = EngineEnd(reads=False, initial_window_size=10 ** 7)
    exchange(engine, connection)
    large, small = call_of(connection, engine), call_of(connection, engine)
    connection.send(large, b'x' * 10 ** 6)
    connection.send(small, b'y' * 10)
    connection.finish(small)
    exchange(engine, connection)
    assert engine.responses[small].messages == []
    for _ in range(2):
        engine.h2.increment_flow_control_window(1000)
        exchange(engine, connection)
    assert engine.responses[small].messages == [b'y' * 10] and engine.responses[small].status == OK
    assert engine.responses[large].messages == []
    engine.h2.increment_flow_control_window(10 ** 7)
    exchange(engine, connection)
    assert engine.responses[large].messages == [b'x' * 10 ** 6]


def test_a_large_message_in_small_windows(connection):
    """It is not copied for each of them: otherwise this takes minutes."""
    engine = EngineEnd(reads=False, initial_window_size=2 ** 25)
    exchange(engine, connection)
    stream = call_of(connection, engine)
    connection.send(stream, b'x' * MAX_MESSAGE_SIZE)
    for _ in range(2000):
        connection.receive(WindowUpdateFrame(0, window_increment=16).serialize())
    assert len(connection.output()) < 65535 + 2000 * 26
    assert connection.is_full(stream)


# What is received: no more than the windows, and what is taken

def test_what_is_not_taken_is_not_acknowledged(connection, engine):
    stream = call_of(connection, engine, end=False)
    for _ in range(200):
        engine.send(stream, frame(b'x' * 9995))
    received = exchange(engine, connection)
    # One more than the window, as of one that is not complete nothing is held.
    assert len(received) == MIB // 10000 + 1 and engine.waiting
    assert exchange(engine, connection) == []
    for count in range(200):
        connection.taken(stream, received[count].message)
        received.extend(exchange(engine, connection))
    assert received == [Received(stream, b'x' * 9995)] * 200 and not engine.waiting


def test_calls_that_take_nothing_leave_room_for_others(connection, engine):
    for _ in range(10):
        engine.send(engine.call(METHOD, end=False), frame(b'x' * 995) * 2000)
        exchange(engine, connection)
    assert len(engine.waiting) == 10
    check = engine.call('/other', b'still there?')
    assert exchange(engine, connection)[1:] == [Received(check, b'still there?'), Ended(check)]


def test_the_largest_message_that_is_received(connection, engine):
    stream = call_of(connection, engine, end=False)
    message = b'0123456789abcdef' * MIB
    for _ in range(3):
        engine.send(stream, frame(message))
        received, = exchange(engine, connection)
        assert received == Received(stream, message)
        connection.taken(stream, message)
    engine.send(stream, frame(b'x') + b'\0\1\0\0\1')
    assert exchange(engine, connection) == [Cancelled(stream)]
    assert engine.responses[stream].status == RESOURCE_EXHAUSTED


def test_what_is_held_of_all_calls_is_limited(connection, engine):
    """Messages that are larger than the windows are limited in number, complete or not."""
    streams = [call_of(connection, engine, end=False) for _ in range(6)]
    cancelled = []
    for number, stream in enumerate(streams):
        engine.send(stream, frame(b'x' * (MAX_MESSAGE_SIZE - 5))[:None if number % 2 else -1])
        cancelled.extend(event.stream for event in exchange(engine, connection) if type(event) is Cancelled)
    assert cancelled == streams[4:]
    assert [engine.responses[stream].status for stream in streams] == [None] * 4 + [RESOURCE_EXHAUSTED] * 2
    assert sum(call.size for call in connection._calls.values()) <= 4 * MAX_MESSAGE_SIZE


def ended_by_the_session(connection, engine, stream):
    connection.finish(stream, NOT_FOUND)
    return connection.send(stream, b'late')


def ended_by_the_engine(connection, engine, stream):
    engine.waiting.clear()
    engine.h2.reset_stream(stream, CANCEL)


def failed(connection, engine, stream):
    engine.waiting.clear()
    engine.send(stream, b'x' * 900000)


@pytest.mark.parametrize('end', [ended_by_the_session, ended_by_the_engine, failed])
@pytest.mark.parametrize('data', [
    frame(b'x' * 400000), frame(b'x' * 500000)[:-1], frame(b'x') * 5000, frame(b'x' * 1500000)],
        ids=['one message', 'half a message', 'small messages', 'larger than the window'])
def test_a_call_that_ends_gives_its_window_back(connection, engine, end, data):
    """What was not taken of it is acknowledged, or the connection would starve after some calls."""
    for _ in range(60):
        stream = call_of(connection, engine, end=False)
        engine.send(stream, data)
        exchange(engine, connection)
        end(connection, engine, stream)
        exchange(engine, connection)
        assert not connection.is_open(stream)
    last = engine.call(METHOD, b'x' * 10 ** 6)
    assert exchange(engine, connection)[1] == Received(last, b'x' * 10 ** 6)


def test_what_comes_after_the_end_of_a_call_is_acknowledged(connection, engine):
    """The engine sends on until it knows: an unknown method, and a call that has ended."""
    for number in range(80):
        stream = engine.call('/unknown' if number % 2 else METHOD, end=False)
        out = engine.output()
        engine.send(stream, b'x' * 60000)
        late = engine.output()
        connection.receive(out)
        connection.finish(stream)
        connection.receive(late)
        engine.receive(connection.output())
        exchange(engine, connection)
    last = engine.call(METHOD, b'x' * 10 ** 6)
    assert exchange(engine, connection)[1] == Received(last, b'x' * 10 ** 6)


def test_taking_what_is_not_there(connection, engine):
    connection.taken(1, b'x')
    stream = call_of(connection, engine)
    connection.finish(stream)
    connection.taken(stream, b'x')
    exchange(engine, connection)


# Many calls

def test_as_many_calls_as_there_may_be(connection, engine):
    streams = [engine.call(METHOD, b'%d' % number, end=False) for number in range(MAX_CALLS)]
    events = exchange(engine, connection)
    assert [event.stream for event in events if isinstance(event, Called)] == streams
    for stream in streams[::-1]:
        connection.send(stream, b'%d' % stream)
        connection.finish(stream)
    exchange(engine, connection)
    assert all(engine.responses[stream].messages == [b'%d' % stream] for stream in streams)
    # Their ends make room, though the engine has not ended its requests.
    again = [engine.call(METHOD) for _ in range(MAX_CALLS)]
    assert [event.stream for event in exchange(engine, connection) if isinstance(event, Called)] == again


def test_more_calls_than_there_may_be():
    connection, encoder = SessionConnection([METHOD]), Encoder()
    connection.receive(opening())
    for number in range(MAX_CALLS):
        connection.receive(headers_frame(2 * number + 1, block(encoder=encoder)))
    with pytest.raises(SessionBroken) as raised:
        connection.receive(headers_frame(2 * MAX_CALLS + 1, block(encoder=encoder)))
    assert 'TooManyStreams' in str(raised.value)


def test_a_thousand_calls_one_after_another(connection, engine):
    for number in range(1000):
        stream = call_of(connection, engine, b'x', end=bool(number % 3))
        if number % 5 == 4:
            engine.h2.reset_stream(stream, CANCEL)
        else:
            connection.finish(stream)
        exchange(engine, connection)
        assert connection._calls == {}
        assert engine.responses[stream].reset == (None if number % 5 == 4 or number % 3 else NO_ERROR)


# Floods: what an engine can make the session hold, or send, is limited

def test_pings(connection, engine):
    engine.h2.ping(b'12345678')
    engine.h2.ping(b'abcdefgh')
    exchange(engine, connection)
    assert engine.pongs == [b'12345678', b'abcdefgh']


FLOODS = {
    'pings': PingFrame(0, opaque_data=b'12345678').serialize(),
    'responses to pings': PingFrame(0, opaque_data=b'1' * 8, flags=('ACK',)).serialize(),
    'empty settings': SettingsFrame(0).serialize(),
    'settings': SettingsFrame(0, settings={4: 65535}).serialize(),
    'windows': WindowUpdateFrame(0, window_increment=1).serialize(),
    'windows of a call': WindowUpdateFrame(1, window_increment=1).serialize(),
    'priorities': PriorityFrame(1, depends_on=0, stream_weight=1).serialize(),
    'empty data': data_frame(1),
    'unknown frames': b'\0\0\0\x7f\0\0\0\0\0',
    'resets': RstStreamFrame(3, error_code=CANCEL).serialize()}


@pytest.mark.parametrize('kind', sorted(FLOODS))
def test_a_flood(connection, kind):
    flood = FLOODS[kind]
    """What is sent for a frame is no larger than the frame."""
    connection.receive(conversation(request(1, b'x', open=True), request(3, b'x')))
    connection.output()
    for _ in range(20):
        connection.receive(flood * 1000)
        assert len(connection.output()) <= len(flood) * 1000
    assert len(connection._calls) <= 2 and not connection.closed


@pytest.mark.skipif(six.PY2, reason='Python 2 has no tracemalloc')
@pytest.mark.parametrize('kind', ['resets', 'unknown methods', 'empty data', 'calls without an end'])
def test_a_flood_takes_no_memory(kind):
    import tracemalloc
    connection, encoder = SessionConnection([METHOD]), Encoder()
    connection.receive(opening())
    first = block(encoder=encoder)
    connection.receive(headers_frame(1, first))
    stream = [1]

    def flood(count):
        for _ in range(count):
            if kind == 'empty data':
                connection.receive(data_frame(1))
            else:
                stream[0] += 2
                headers = UNKNOWN if kind == 'unknown methods' else request_headers()
                data = headers_frame(stream[0], block(headers, encoder))
                connection.receive(data + (reset(stream[0]) if kind == 'resets' else b''))
                connection.finish(stream[0])
            connection.output()

    flood(200)
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        flood(2000)
        # h2 keeps how each of the last 65536 streams was closed: less than 300 bytes a stream.
        assert tracemalloc.get_traced_memory()[0] - before < 300 * 2000
    finally:
        tracemalloc.stop()
    assert len(connection._calls) == 1


def test_headers_without_an_end(connection):
    connection.receive(opening() + HeadersFrame(1, data=b'').serialize())
    with pytest.raises(SessionBroken):
        for _ in range(1000):
            connection.receive(ContinuationFrame(1, data=b'').serialize())


def test_headers_that_are_too_large(connection):
    """HPACK makes a large header out of a byte: the decoded size is limited."""
    encoder = Encoder()
    large = [('x-large', 'x' * 4000)]
    data = block(request_headers() + large, encoder) + encoder.encode(large * 300)
    assert len(data) < 8 * KIB
    with pytest.raises(SessionBroken):
        connection.receive(opening() + headers_frame(1, data))


# The end

def test_the_engine_ends_the_session(connection, engine):
    streams = [call_of(connection, engine, end=False) for _ in range(3)]
    connection.finish(streams[0])
    # One that has ended for the client, and waits to be sent, is over without an event.
    connection.send(streams[1], b'x' * 100000)
    connection.finish(streams[1])
    engine.reads = False
    engine.h2.close_connection()
    assert connection.receive(engine.output()) == [Cancelled(streams[2])]
    assert connection.closed and not connection.is_open(streams[2])
    connection.output()
    connection.send(streams[2], b'x')
    connection.finish(streams[2])
    connection.taken(streams[2], b'x')
    connection.close()
    assert connection.receive(PingFrame(0, opaque_data=b'12345678').serialize()) == []
    assert connection.output() == b''


def test_closing(connection, engine):
    stream = call_of(connection, engine, end=False)
    connection.close()
    assert connection.closed and not connection.is_open(stream)
    connection.send(stream, b'x')
    connection.finish(stream)
    connection.close()
    engine.receive(connection.output())
    assert engine.goaway == NO_ERROR and engine.responses[stream].headers is None
    assert connection.receive(data_frame(stream, frame(b'x'))) == [] and connection.output() == b''


def test_closing_before_anything_has_come(connection):
    connection.close()
    assert connection.output().endswith(b'\0\0\x08\7\0' + b'\0' * 12)
    assert connection.receive(opening()) == []


def test_a_call_that_is_reset_while_it_is_sent(connection, engine):
    engine.reads = False
    stream = call_of(connection, engine)
    connection.send(stream, b'x' * 10 ** 6)
    exchange(engine, connection)
    engine.h2.increment_flow_control_window(1000, stream)
    engine.h2.increment_flow_control_window(1000)
    engine.h2.reset_stream(stream, CANCEL)
    # The windows come first, but h2 has read on.
    assert exchange(engine, connection) == [Cancelled(stream)]
    assert not connection.is_full(stream) and not connection.is_open(stream)


def test_what_h2_has_read_on_fails_nothing(connection):
    """Requests that are refused, and reset or ended in the same bytes."""
    encoder = Encoder()
    for rest in (reset(1), reset(1) + GOAWAY, GOAWAY):
        connection = SessionConnection([METHOD])
        data = headers_frame(1, block(UNKNOWN, encoder)) + data_frame(1, frame(b'x'))
        encoder = Encoder()
        assert connection.receive(opening() + data + rest) == []
        assert not connection._calls
