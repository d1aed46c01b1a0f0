"""What an engine might send, by hypothesis: any bytes, and valid ones with changes."""

import string

import h2.exceptions
import pytest
import six

from docker.buildkit import messages, services
from docker.buildkit.grpc import MAX_MESSAGE_SIZE, CallFailed, Unframer, frame
from docker.buildkit.protobuf import BOOL, BYTES, INT, TEXT, UINT, InvalidMessage, MapOf, decode, encode
from docker.buildkit.session import Called, Cancelled, Ended, Received, SessionBroken, SessionConnection
from tests.http2_engine import METHOD, EngineEnd, request_headers

pytest.importorskip('hypothesis', reason='hypothesis is not installed')
from hypothesis import HealthCheck, given, settings, strategies as st       # noqa: E402
from hypothesis.stateful import (                                           # noqa: E402
    RuleBasedStateMachine, initialize, invariant, precondition, rule)

# The same examples each time, and no time is measured.
EXAMPLES = dict(deadline=None, derandomize=True, database=None,
                suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
many = settings(max_examples=200, **EXAMPLES)

TABLES = [fields for name, fields in sorted(vars(messages).items())
          if type(fields) is dict and not name.startswith('_')]
METHODS = sorted(value for name, value in vars(messages).items()
                 if isinstance(value, str) and value.startswith('/'))


pytestmark = pytest.mark.usefixtures('quiet_hpack')


# Protocol buffers

# Text without surrogates, which UTF-8 has not.
SCALARS = {UINT: st.integers(0, 2 ** 64 - 1), INT: st.integers(-2 ** 63, 2 ** 63 - 1), BOOL: st.booleans(),
           BYTES: st.binary(max_size=20),
           TEXT: st.text(st.characters(blacklist_categories=('Cs',)), max_size=20)}


def values(kind):
    """A strategy of the values of a type, as `decode` returns them."""
    if type(kind) is list:
        return st.lists(values(kind[0]), max_size=4)
    if type(kind) is MapOf:
        return st.dictionaries(SCALARS[TEXT], values(dict(kind.entry.values())['value']), max_size=4)
    if type(kind) is dict:
        return complete(kind)
    return SCALARS[kind]


def complete(fields):
    return st.fixed_dictionaries({name: st.none() | values(kind) if type(kind) is dict else values(kind)
                                  for name, kind in fields.values()})


def check(value, kind):
    """Fail unless a value is of a type, with all that is in it."""
    if type(kind) is list:
        assert type(value) is list
        for item in value:
            check(item, kind[0])
    elif type(kind) is MapOf:
        assert type(value) is dict
        for key, item in value.items():
            check(key, TEXT)
            check(item, dict(kind.entry.values())['value'])
    elif type(kind) is dict:
        assert type(value) is dict and set(value) == {name for name, _ in kind.values()}
        for name, inner in kind.values():
            if type(inner) is not dict or value[name] is not None:
                check(value[name], inner)
    elif kind is UINT:
        assert isinstance(value, six.integer_types) and 0 <= value < 2 ** 64
    elif kind is INT:
        assert isinstance(value, six.integer_types) and -2 ** 63 <= value < 2 ** 63
    else:
        assert type(value) is {BOOL: bool, BYTES: bytes, TEXT: six.text_type}[kind]


@st.composite
def changed(draw, data):
    """Bytes with some of them replaced, removed, or inserted."""
    data = bytearray(draw(data))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(data)))
        data[at:at + draw(st.integers(0, 3))] = draw(st.binary(max_size=3))
    return bytes(data)


@st.composite
def tables_and_values(draw):
    fields = draw(st.sampled_from(TABLES))
    return fields, draw(complete(fields))


@many
@given(tables_and_values())
def test_a_message_both_ways(pair):
    fields, message = pair
    assert decode(encode(message, fields), fields) == message


@many
@given(st.sampled_from(TABLES), st.binary(max_size=200))
def test_any_bytes_as_a_message(fields, data):
    try:
        check(decode(data, fields), fields)
    except InvalidMessage as error:
        assert str(error)


@many
@given(st.data())
def test_a_changed_message(data):
    fields, message = data.draw(tables_and_values())
    encoded = data.draw(changed(st.just(encode(message, fields))))
    try:
        decoded = decode(encoded, fields)
    except InvalidMessage:
        return
    check(decoded, fields)
    # What could be decoded can be encoded, and is the same then.
    assert decode(encode(decoded, fields), fields) == decoded


@many
@given(tables_and_values(), st.integers(1, 2 ** 20), st.binary(max_size=10))
def test_fields_that_are_not_known(pair, number, data):
    fields, message = pair
    number += 1000
    more = encode({'later': data, 'number': number}, {number: ('later', BYTES), number + 1: ('number', UINT)})
    for encoded in (more + encode(message, fields), encode(message, fields) + more):
        assert decode(encoded, fields) == message


# Frames of gRPC

@st.composite
def cut(draw, data):
    """Bytes as a list of chunks."""
    cuts = sorted(draw(st.lists(st.integers(0, len(data)), max_size=8)))
    return [data[start:end] for start, end in zip([0] + cuts, cuts + [len(data)])]


@many
@given(st.data())
def test_messages_in_frames(data):
    sent = data.draw(st.lists(st.binary(max_size=30), max_size=6))
    unframer = Unframer()
    received = []
    for chunk in data.draw(cut(b''.join(map(frame, sent)))):
        received.extend(unframer.feed(chunk))
    assert received == sent and unframer.incomplete == 0


@many
@given(st.data())
def test_any_bytes_as_frames(data):
    """The outcome is the same in any cut."""
    encoded = data.draw(st.binary(max_size=100) | changed(
        st.lists(st.binary(max_size=30), max_size=6).map(lambda sent: b''.join(map(frame, sent)))))
    outcomes = []
    for chunks in ([encoded], data.draw(cut(encoded))):
        unframer, received, failed = Unframer(), [], None
        try:
            for chunk in chunks:
                received.extend(unframer.feed(chunk))
        except CallFailed as error:
            failed = (error.status, error.text)
        else:
            assert sum(len(frame(message)) for message in received) + unframer.incomplete == len(encoded)
        assert all(len(message) <= MAX_MESSAGE_SIZE for message in received)
        outcomes.append(failed or received)
    assert outcomes[0] == outcomes[1]


# Services

class Call(object):
    """A call without a session."""

    def __init__(self, received, metadata):
        self.received = received
        self.metadata = metadata
        self.sent = []

    def receive(self):
        return self.received.pop(0) if self.received else None

    def send(self, message):
        assert type(message) is bytes
        self.sent.append(message)

    def __iter__(self):
        return iter(self.receive, None)


SECRETS = {u'token': b's3cr3t', u'': b'empty', u'\ufffd': b'no encoding'}


@many
@given(st.data())
def test_any_request_of_a_secret(data):
    asked = data.draw(st.sampled_from(sorted(SECRETS)) | SCALARS[TEXT])
    request = {'ID': asked, 'annotations': {u'a': u'b'}}
    received = data.draw(st.lists(st.binary(max_size=20) | changed(st.just(
        encode(request, messages.GET_SECRET_REQUEST))), max_size=2))
    call = Call(list(received), {})
    try:
        services.secrets(SECRETS)[messages.GET_SECRET](call)
    except CallFailed as error:
        assert call.sent == [] and error.status in (3, 5)
        assert u's3cr3t' not in error.text
    else:
        asked = decode(received[0], messages.GET_SECRET_REQUEST)['ID']
        assert call.sent == [encode({'data': SECRETS[asked]}, messages.GET_SECRET_RESPONSE)]


@many
@given(st.lists(st.binary(max_size=20), max_size=2))
def test_any_request_of_a_health_check(received):
    call = Call(received, {})
    try:
        services.health()[messages.HEALTH_CHECK](call)
    except CallFailed:
        assert call.sent == []
    else:
        assert call.sent == [b'\x08\x01']


# HTTP/2

def outcome(chunks):
    """Return the events of a session, and whether it broke. What is to be sent is limited by what came."""
    connection = SessionConnection([METHOD])
    first, sent, events, came = len(connection.output()), 0, [], 0
    for chunk in chunks:
        came += len(chunk)
        try:
            received = connection.receive(chunk)
        except SessionBroken as error:
            assert connection.closed and str(error)
            assert len(connection.output()) < 100 + 20 * came
            assert connection.receive(b'more') == []
            return events, True
        for event in received:
            assert type(event) in (Called, Received, Ended, Cancelled)
            events.append(event)
        sent += len(connection.output())
        # A request may be refused with headers that are larger; all else takes no more than what came.
        assert sent < 100 + 20 * came + first
    return events, False


@many
@given(st.data())
def test_any_bytes_as_http2(data):
    encoded = data.draw(st.booleans()) * EngineEnd().output() + data.draw(st.binary(max_size=200))
    outcome(data.draw(cut(encoded)))


METHOD_NAMES = st.sampled_from([METHOD, METHOD, '/unknown', '/' + 'x' * 300])
BODIES = st.lists(st.binary(max_size=30), max_size=4).map(lambda sent: b''.join(map(frame, sent)))


ACTIONS = ['call', 'call', 'data', 'data', 'reset', 'ping', 'settings', 'window', 'end', 'goaway']


@st.composite
def conversations(draw):
    """The bytes of an engine that h2 takes, in pieces."""
    engine = EngineEnd()
    pieces, streams = [engine.output()], []
    for action in draw(st.lists(st.sampled_from(ACTIONS), max_size=12)):
        if action == 'goaway' and draw(st.booleans()):
            engine.h2.close_connection()
            pieces.append(engine.output())
            break
        if action == 'call':
            streams.append(engine.call(draw(METHOD_NAMES), end=False))
        elif action == 'ping':
            engine.h2.ping(b'12345678')
        elif action == 'settings':
            number = draw(st.sampled_from([1, 3, 4, 6]))
            engine.h2.update_settings({number: draw(st.integers(0, 2 ** 31 - 1))})
        elif streams and action in ('data', 'reset', 'end', 'window'):
            stream = draw(st.sampled_from(streams))
            if action == 'data':
                engine.h2.send_data(stream, draw(BODIES | changed(BODIES)))
            elif action == 'window':
                engine.h2.increment_flow_control_window(draw(st.integers(1, 10 ** 6)), stream)
            else:
                streams.remove(stream)
                (engine.h2.reset_stream if action == 'reset' else engine.h2.end_stream)(stream)
        pieces.append(engine.output())
    return pieces


@many
@given(st.data())
def test_any_conversation(data):
    """The events are the same in any cut."""
    encoded = b''.join(data.draw(conversations()))
    events, broken = outcome([encoded])
    assert not broken
    assert outcome(data.draw(cut(encoded))) == (events, False)


@many
@given(st.data())
def test_a_changed_conversation(data):
    pieces = data.draw(conversations())
    at = data.draw(st.integers(0, len(pieces) - 1))
    pieces[at] = data.draw(changed(st.just(pieces[at])))
    encoded = b''.join(pieces)
    outcome(data.draw(cut(encoded)))


@many
@given(st.lists(st.tuples(
    st.text(string.ascii_letters + string.digits + '-: \n\0', max_size=6), st.text(
        string.ascii_letters + ' \n\0', max_size=6)), max_size=3), st.booleans())
def test_any_headers(more, after):
    engine = EngineEnd()
    headers = request_headers() + more if after else more + request_headers()
    engine.call(headers=headers, end=False)
    events, broken = outcome([engine.output()])
    for event in events:
        assert all(isinstance(text, six.text_type) for name, found in event.metadata.items()
                   for text in [name] + found)


class Session(RuleBasedStateMachine):
    """Whatever both sides do, in any order, on calls in any state: the session has the events of what the
    engine does, and what it sends is HTTP/2."""

    def __init__(self):
        super(Session, self).__init__()
        self.connection = SessionConnection([METHOD])
        self.engine = EngineEnd()
        self.begun, self.over, self.held = [], set(), []
        self.finished = {}
        # The calls whose request the engine has not ended.
        self.unended = set()
        self.engine_over = False

    @initialize(reads=st.booleans())
    def begin(self, reads):
        self.engine.reads = reads
        self.deliver()

    # The engine

    def in_use(self):
        return not self.engine_over and self.engine.goaway is None

    def streams_to_send(self):
        return sorted(stream for stream in self.unended if not self.engine.responses[stream].ended and
                      self.engine.responses[stream].reset is None)

    @precondition(lambda self: self.in_use() and len(self.engine.responses) < 20)
    @rule(method=METHOD_NAMES, end=st.booleans())
    def call(self, method, end):
        stream = self.engine.call(method, end=end)
        if not end:
            self.unended.add(stream)

    @precondition(lambda self: self.in_use() and self.streams_to_send())
    @rule(data=st.data(), body=BODIES | changed(BODIES), end=st.booleans())
    def send_data(self, data, body, end):
        stream = data.draw(st.sampled_from(self.streams_to_send()))
        try:
            self.engine.h2.send_data(stream, body, end)
        except h2.exceptions.FlowControlError:
            return
        if end:
            self.unended.discard(stream)

    @precondition(lambda self: self.in_use() and self.streams_to_send())
    @rule(data=st.data())
    def reset(self, data):
        stream = data.draw(st.sampled_from(self.streams_to_send()))
        self.engine.h2.reset_stream(stream, 8)
        self.engine.responses[stream].reset = 8
        self.unended.discard(stream)

    @precondition(lambda self: self.in_use())
    @rule(size=st.sampled_from([0, 1, 100, 65535, 2 ** 20]))
    def change_window(self, size):
        # h2 takes the acknowledgment of one change for that of the next one, if both are on their way.
        self.deliver()
        self.deliver_to_engine()
        if self.in_use():
            self.engine.h2.update_settings({4: size})

    @precondition(lambda self: self.in_use())
    @rule(reads=st.booleans())
    def read(self, reads):
        self.engine.reads = reads
        if reads:
            for stream in self.engine.responses:
                self.engine.read(stream)

    @precondition(lambda self: self.in_use() and len(self.engine.responses) > 5)
    @rule()
    def goaway(self):
        self.engine.h2.close_connection()
        self.engine_over = True

    # The connection between them: what was sent arrives at some time

    @rule(part=st.integers(0, 1000))
    def deliver(self, part=1000):
        data = self.engine.output()
        at = len(data) * part // 1000
        for chunk in (data[:at], data[at:]):
            for event in self.connection.receive(chunk):
                self.on_event(event)

    @rule()
    def deliver_to_engine(self):
        data = self.connection.output()
        if self.in_use():
            self.engine.receive(data)

    def on_event(self, event):
        stream = event.stream
        if isinstance(event, Called):
            assert stream not in self.begun and event.method == METHOD
            self.begun.append(stream)
            return
        assert stream in self.begun and stream not in self.over and stream not in self.finished
        if isinstance(event, Received):
            self.held.append(event)
        elif isinstance(event, Cancelled):
            self.over.add(stream)
            assert not self.connection.is_full(stream)

    # The client, on calls in any state, and on numbers that are none

    def some_call(self, data):
        return data.draw(st.sampled_from(self.begun + [1, 2, 99]))

    @rule(data=st.data(), message=st.binary(max_size=20) | st.just(b'x' * 200000))
    def send(self, data, message):
        stream = self.some_call(data)
        if not self.connection.is_full(stream):
            self.connection.send(stream, message)

    @rule(data=st.data(), status=st.integers(0, 16), text=st.text(max_size=10))
    def finish(self, data, status, text):
        stream = self.some_call(data)
        if self.connection.is_open(stream):
            self.finished.setdefault(stream, status)
        self.connection.finish(stream, status, text)

    @rule(data=st.data())
    def take(self, data):
        if self.held:
            event = self.held.pop(data.draw(st.integers(0, len(self.held) - 1)))
            self.connection.taken(event.stream, event.message)

    @rule()
    def close(self):
        if len(self.engine.responses) > 5:
            self.connection.close()
            self.over.update(self.begun)

    @invariant()
    def all_is_limited(self):
        assert len(self.connection._calls) <= 20
        for stream, call in self.connection._calls.items():
            assert call.waiting_size == sum(map(len, call.waiting)) - call.sent
            assert call.waiting_size < 700000 and call.held >= 0 and call.unacknowledged >= 0
        if self.connection.closed:
            assert not self.connection._calls
            return
        for stream in self.begun:
            # What has begun is open until it is over, or was finished and is sent.
            assert self.connection.is_open(stream) or stream in self.over or stream in self.finished

    def teardown(self):
        """An engine that reads gets the end of all calls that were finished."""
        for _ in range(30):
            if self.in_use():
                if len(self.engine.responses) % 3:
                    # A window of 0 remains otherwise.
                    self.change_window(2 ** 20)
                self.read(True)
            self.deliver()
            self.deliver_to_engine()
        if self.in_use() and len(self.engine.responses) % 3:
            for stream, status in self.finished.items():
                assert stream in self.over or self.engine.responses[stream].reset == 8 or \
                    self.engine.responses[stream].status == status


TestSession = Session.TestCase
TestSession.settings = settings(max_examples=100, stateful_step_count=30, **EXAMPLES)
