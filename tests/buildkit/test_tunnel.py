"""docker.buildkit.tunnel: a session in the messages of a call, with h2 as the engine that takes it."""

import socket

import h2.config
import h2.connection
import h2.events
import pytest

from docker.build_session import open_tunnel
from docker.buildkit import messages
from docker.buildkit.grpc import RESPONSE_HEADERS, Unframer, frame, trailers
from docker.buildkit.protobuf import decode, encode
from docker.buildkit.session import Called, Ended, Received, SessionBroken
from docker.buildkit.tunnel import SessionTunnel, TunnelledConnection
from tests.http2_engine import METHOD, EngineEnd


pytestmark = pytest.mark.usefixtures('quiet_hpack')


class TunnelEnd(object):
    """The engine's end: the server of the tunnel, and the client of the session in it."""

    def __init__(self, responds=True):
        self.inner = EngineEnd()
        self.outer = h2.connection.H2Connection(h2.config.H2Configuration(
            client_side=False, header_encoding='utf-8'))
        self.outer.initiate_connection()
        self.responds = responds
        self.headers = None
        self.stream = None
        self.unframer = Unframer()
        self.waiting = b''

    def receive(self, data):
        for event in self.outer.receive_data(data):
            if isinstance(event, h2.events.RequestReceived):
                self.headers, self.stream = event.headers, event.stream_id
                if self.responds:
                    self.outer.send_headers(self.stream, RESPONSE_HEADERS)
            elif isinstance(event, h2.events.DataReceived):
                self.outer.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
                for message in self.unframer.feed(event.data):
                    self.inner.receive(decode(message, messages.BYTES_MESSAGE)['data'])

    def output(self):
        data = self.inner.output() if self.stream else b''
        if data:
            self.waiting += frame(encode({'data': data}, messages.BYTES_MESSAGE))
        while self.waiting:
            size = min(16384, self.outer.local_flow_control_window(self.stream))
            if size <= 0:
                break
            self.outer.send_data(self.stream, self.waiting[:size])
            self.waiting = self.waiting[size:]
        return self.outer.data_to_send()


def exchange(engine, connection):
    events = []
    while True:
        back = connection.output()
        if back:
            engine.receive(back)
        out = engine.output()
        events.extend(connection.receive(out) if out else [])
        if not out and not back:
            return events


@pytest.fixture
def connection():
    return TunnelledConnection([METHOD], SessionTunnel([
        (u'X-Name', u'a'), (u'X-Method', u'b'), (u'X-Method', u'c')]))


@pytest.fixture
def engine(connection):
    engine = TunnelEnd()
    exchange(engine, connection)
    return engine


def test_the_call_that_it_is(connection):
    engine = TunnelEnd()
    assert not connection.established
    exchange(engine, connection)
    assert connection.established
    assert [pair for pair in engine.headers if not pair[0].startswith(':')] == [
        ('content-type', 'application/grpc'), ('te', 'trailers'), ('x-name', 'a'), ('x-method', 'b'),
        ('x-method', 'c')]
    assert dict(engine.headers)[':path'] == messages.SESSION


def test_calls_in_it(connection, engine):
    for size in (0, 1, 70000, 2 * 2 ** 20):
        stream = engine.inner.call(METHOD, b'x' * size)
        events = exchange(engine, connection)
        assert type(events[0]) is Called and events[1:] == [Received(stream, b'x' * size), Ended(stream)]
        connection.send(stream, b'y' * size)
        connection.taken(stream, b'x' * size)
        connection.finish(stream)
        exchange(engine, connection)
        assert engine.inner.responses[stream].messages == [b'y' * size]
        assert engine.inner.responses[stream].status == 0


def refuse(engine):
    engine.outer.send_headers(engine.stream, trailers(12, u'unknown'), end_stream=True)


def end(engine):
    engine.outer.end_stream(engine.stream)


def reset(engine):
    engine.outer.reset_stream(engine.stream)


def goaway(engine):
    engine.outer.close_connection()


def compressed(engine):
    engine.outer.send_data(engine.stream, b'\1\0\0\0\0')


def no_protocol_buffers(engine):
    engine.outer.send_data(engine.stream, frame(b'\xff'))


def no_http2_in_it(engine):
    engine.outer.send_data(engine.stream, frame(encode({'data': b'\0' * 50}, messages.BYTES_MESSAGE)))


def headers_without_a_name(engine):
    engine.outer.config.validate_outbound_headers = engine.outer.config.normalize_outbound_headers = False
    engine.outer.send_headers(engine.stream, [('', 'x'), ('grpc-status', '0')], end_stream=True)


def two_of_them(engine):
    no_protocol_buffers(engine)
    reset(engine)


@pytest.mark.parametrize('how', [
    refuse, end, reset, goaway, compressed, no_protocol_buffers, no_http2_in_it, headers_without_a_name,
    two_of_them])
def test_the_end_of_it(connection, engine, how):
    """Whatever ends it, what the session would send then fails nothing."""
    stream = engine.inner.call(METHOD, b'x')
    exchange(engine, connection)
    how(engine)
    with pytest.raises(SessionBroken):
        connection.receive(engine.outer.data_to_send())
    connection.send(stream, b'x' * 100)
    connection.finish(stream)
    connection.output()
    connection.close()
    connection.output()


@pytest.mark.parametrize('headers, status', [
    ([(b':status', b'403'), (b'content-type', b'text/html')], 'HTTP 403, gRPC -'),
    (RESPONSE_HEADERS + trailers(12, u'unknown'), 'HTTP 200, gRPC 12')])
def test_a_refusal(connection, headers, status):
    engine = TunnelEnd(responds=False)
    engine.receive(connection.output())
    connection.receive(engine.outer.data_to_send())
    assert not connection.established
    engine.outer.send_headers(engine.stream, headers)
    engine.outer.send_data(engine.stream, b'<html>', end_stream=True)
    with pytest.raises(SessionBroken) as raised:
        connection.receive(engine.outer.data_to_send())
    assert status in str(raised.value) and not connection.established


class ScriptedSocket(object):
    """A connection with an engine: each step of the script returns what is received next."""

    def __init__(self, engine, *script):
        self.engine = engine
        self.script = list(script)
        self.closed = False

    def sendall(self, data):
        self.engine.receive(data)

    def recv(self, size):
        if not self.script or self.closed:
            return b''
        return self.script.pop(0)(self.engine)

    def settimeout(self, seconds):
        assert seconds is None or seconds > 0

    def shutdown(self, how):
        self.closed = True

    def close(self):
        self.closed = True


def settings(engine):
    """What any peer of HTTP/2 sends, which need not be an engine."""
    return engine.outer.data_to_send()


def forbidden(engine):
    engine.outer.send_headers(engine.stream, [(b':status', b'403')], end_stream=True)
    return engine.outer.data_to_send()


def unknown(engine):
    engine.outer.send_headers(engine.stream, RESPONSE_HEADERS + trailers(12, u'unknown'), end_stream=True)
    return engine.outer.data_to_send()


def preface(engine):
    engine.outer.send_headers(engine.stream, RESPONSE_HEADERS)
    return engine.output()


def silence(engine):
    raise socket.timeout('timed out')


@pytest.mark.parametrize('refuse', [forbidden, unknown, silence])
def test_what_takes_http2_and_no_session(refuse):
    """A proxy on the way to an engine, which allows some paths alone, or waits for the end of the call."""
    sock = ScriptedSocket(TunnelEnd(responds=False), settings, refuse)
    assert open_tunnel(sock, {METHOD: None}, {'X-Name': 'a'}) is None
    assert sock.closed and sock.script == []


@pytest.mark.parametrize('before', [[], [settings]])
def test_an_engine_that_responds(before):
    sock = ScriptedSocket(TunnelEnd(responds=False), *before + [preface])
    session = open_tunnel(sock, {METHOD: None}, {'X-Name': 'a'})
    assert session is not None
    session.close()
    assert sock.closed


def test_an_engine_that_sends_nothing():
    sock = ScriptedSocket(TunnelEnd(responds=False), silence)
    assert open_tunnel(sock, {METHOD: None}, {}) is None and sock.closed


@pytest.mark.parametrize('data', [b'HTTP/1.1 400 Bad Request\r\n\r\n' * 1000, b'\xff' * 100, b'\0' * 100])
def test_what_is_not_http2(data):
    connection = TunnelledConnection([METHOD], SessionTunnel([]))
    with pytest.raises(SessionBroken):
        for _ in range(300):
            connection.receive(data * 1000)
    connection.output()
    assert not connection.established
