"""The HTTP/2 connection of a session, of which the client is the server: bytes in, events out, and back.

The engine calls the methods of gRPC that the client offers. HTTP/2 itself is the package h2's; here are the
calls, each a stream of HTTP/2: their messages, how much of them is held, and their end. One thread at a time
may use a connection.

    connection.receive(data)    -> events: Called, Received, Ended, Cancelled
    connection.send(...), finish(...), taken(...)
    connection.output()         -> the bytes to be sent then
"""

from collections import OrderedDict, deque, namedtuple

import h2.config
import h2.connection
import h2.events
import h2.exceptions
import h2.settings
import six

from docker.buildkit.grpc import (
    FRAME_HEADER_SIZE, INTERNAL, MAX_MESSAGE_SIZE, OK, RESOURCE_EXHAUSTED, RESPONSE_HEADERS, UNIMPLEMENTED,
    CallFailed, Unframer, frame, trailers)

# How many calls the engine may have at a time, and how many bytes it may send before they are taken: in one
# call, and in all of them. Calls that do not take theirs leave room for health checks.
MAX_CALLS = 100
_WINDOW_SIZE = 1024 * 1024
_CONNECTION_WINDOW_SIZE = 16 * _WINDOW_SIZE
# How much of all calls is held at most: a message may be larger than the windows, which so do not limit it.
_MAX_HELD_SIZE = 4 * MAX_MESSAGE_SIZE
# The headers of a call have the patterns of a .dockerignore, and the paths that a Dockerfile copies.
_MAX_HEADERS_SIZE = 1024 * 1024
# How much may wait to be sent in one call before its sender has to wait.
_MAX_WAITING_SIZE = 256 * 1024

# What `receive` returns. `stream` is the number of the call.
Called = namedtuple('Called', 'stream method metadata')
Received = namedtuple('Received', 'stream message')
Ended = namedtuple('Ended', 'stream')
Cancelled = namedtuple('Cancelled', 'stream')


class SessionBroken(Exception):
    """What the engine sends on the connection of a session is not HTTP/2."""


class _CallState(object):
    """What is known of a call while it lasts."""

    def __init__(self):
        self.unframer = Unframer()
        # What was received and not acknowledged yet: the engine sends no more than the window.
        self.unacknowledged = 0
        self.held = 0
        # What waits to be sent, and how much of its first piece is sent.
        self.waiting = deque()
        self.waiting_size = self.sent = 0
        self.responded = self.ended = False
        self.trailers = None

    @property
    def size(self):
        """How many bytes are held of what was received."""
        return self.held + (self.unframer.incomplete if self.unframer is not None else 0)


class SessionConnection(object):
    """The server's end of the connection of a session.

    :param methods: the names of the methods that the client offers, such as
        ``'/grpc.health.v1.Health/Check'``. A call of another one is UNIMPLEMENTED, and no event.
    """

    def __init__(self, methods):
        self.methods = frozenset(methods)
        self.closed = False
        self._calls = OrderedDict()
        # Engines send patterns and names of files as they are, also with white space around them, which the
        # rules of HTTP/2 do not have.
        self._h2 = h2.connection.H2Connection(h2.config.H2Configuration(
            client_side=False, header_encoding=None, validate_inbound_headers=False))
        self._h2.local_settings = h2.settings.Settings(client=False, initial_values={
            h2.settings.SettingCodes.MAX_CONCURRENT_STREAMS: MAX_CALLS,
            h2.settings.SettingCodes.INITIAL_WINDOW_SIZE: _WINDOW_SIZE,
            h2.settings.SettingCodes.MAX_HEADER_LIST_SIZE: _MAX_HEADERS_SIZE})
        # Initial values do not reach the decoder.
        self._h2.decoder.max_header_list_size = _MAX_HEADERS_SIZE
        self._h2.initiate_connection()
        self._h2.increment_flow_control_window(_CONNECTION_WINDOW_SIZE)

    def receive(self, data):
        """Take bytes that the engine has sent, and return a list of events. Once closed, there are none.

        :raises SessionBroken: when they are not HTTP/2; `output` may have what tells the engine.
        """
        if self.closed:
            return []
        try:
            received = self._h2.receive_data(data)
        except Exception as error:
            # A ProtocolError, or a fault of h2: 3.2 raises an IndexError for a header without a name.
            self.closed = True
            self._calls.clear()
            six.raise_from(SessionBroken('{0}: {1}'.format(type(error).__name__, error)), None)
        events = []
        for event in received:
            handler = self._HANDLERS.get(type(event))
            if handler is not None:
                handler(self, event, events)
        return events

    def output(self):
        """Return the bytes to send to the engine."""
        return self._h2.data_to_send()

    def send(self, stream, message):
        """Send a message of a call, as soon as the engine takes it; nothing, if the call is over."""
        self.send_all(stream, [message])

    def send_all(self, stream, messages):
        """Send messages of a call, as `send` does."""
        call = self._calls.get(stream)
        if call is not None and call.trailers is None:
            for message in messages:
                framed = frame(message)
                call.waiting.append(framed)
                call.waiting_size += len(framed)
            self._send_waiting(stream, call)

    def is_full(self, stream):
        """Return whether so much of a call waits to be sent that the sender should wait."""
        call = self._calls.get(stream)
        return call is not None and call.waiting_size > _MAX_WAITING_SIZE

    def is_open(self, stream):
        """Return whether a call is not over."""
        return stream in self._calls

    def taken(self, stream, message):
        """Take note that a message that was received is not held any more: the engine may send as much."""
        call = self._calls.get(stream)
        if call is not None:
            call.held -= len(message) + FRAME_HEADER_SIZE
            self._acknowledge(stream, call)

    def finish(self, stream, status=OK, text=u''):
        """End a call with a status, after all that was sent. What was not taken of it is dropped."""
        call = self._calls.get(stream)
        if call is not None and call.trailers is None:
            call.trailers = trailers(status, text)
            call.held, call.unframer = 0, None
            self._acknowledge(stream, call)
            self._send_waiting(stream, call)

    def close(self):
        """Tell the engine that the session is over."""
        if not self.closed:
            self.closed = True
            self._calls.clear()
            self._h2.close_connection()

    # Events of h2

    def _on_request(self, event, events):
        headers = [(name.decode('latin-1').lower(), value.decode('utf-8', 'replace'))
                   for name, value in event.headers]
        metadata = {}
        for name, value in headers:
            metadata.setdefault(name, []).append(value)
        method = metadata.get(u':path', [u''])[0]
        self._calls[event.stream_id] = _CallState()
        if method in self.methods:
            events.append(Called(event.stream_id, method, metadata))
        else:
            self._fail(event.stream_id, UNIMPLEMENTED, u'unknown method {0}'.format(method))

    def _on_data(self, event, events):
        stream, size = event.stream_id, event.flow_controlled_length
        call = self._calls.get(stream)
        if call is None or call.trailers is not None:
            self._h2.acknowledge_received_data(size, stream)
            return
        call.unacknowledged += size
        try:
            messages = call.unframer.feed(event.data)
            call.held += sum(len(message) + FRAME_HEADER_SIZE for message in messages)
            if sum(other.size for other in self._calls.values()) > _MAX_HELD_SIZE:
                raise CallFailed(RESOURCE_EXHAUSTED, u'too much was sent that is not taken')
        except CallFailed as error:
            self._fail(stream, error.status, error.text)
            events.append(Cancelled(stream))
            return
        events.extend(Received(stream, message) for message in messages)
        self._acknowledge(stream, call)

    def _on_end(self, event, events):
        call = self._calls.get(event.stream_id)
        if call is None:
            return
        call.ended = True
        if call.trailers is not None:
            return
        if call.unframer.incomplete:
            self._fail(event.stream_id, INTERNAL, u'the request ends inside a message')
            events.append(Cancelled(event.stream_id))
        else:
            events.append(Ended(event.stream_id))

    def _on_reset(self, event, events):
        call = self._calls.pop(event.stream_id, None)
        if call is not None:
            call.held = 0
            self._acknowledge(event.stream_id, call)
            if call.trailers is None:
                events.append(Cancelled(event.stream_id))

    def _on_window(self, event, events):
        # For stream 0 the window is that of the connection.
        for stream in [event.stream_id] if event.stream_id else list(self._calls):
            call = self._calls.get(stream)
            if call is not None and (call.waiting or call.trailers is not None):
                waiting_size = call.waiting_size
                self._send_waiting(stream, call)
                if call.waiting_size < waiting_size and self._calls.pop(stream, None) is not None:
                    # The next time the others come first, so that no large message holds them up.
                    self._calls[stream] = call

    def _on_settings(self, event, events):
        for stream, call in list(self._calls.items()):
            if call.waiting or call.trailers is not None:
                self._send_waiting(stream, call)

    def _on_goaway(self, event, events):
        self.closed = True
        events.extend(Cancelled(stream) for stream, call in self._calls.items() if call.trailers is None)
        self._calls.clear()

    _HANDLERS = {
        h2.events.RequestReceived: _on_request, h2.events.DataReceived: _on_data,
        h2.events.StreamEnded: _on_end, h2.events.StreamReset: _on_reset,
        h2.events.WindowUpdated: _on_window, h2.events.RemoteSettingsChanged: _on_settings,
        h2.events.ConnectionTerminated: _on_goaway}

    def _fail(self, stream, status, text):
        call = self._calls[stream]
        call.waiting.clear()
        call.waiting_size = call.sent = 0
        self.finish(stream, status, text)

    def _acknowledge(self, stream, call):
        """Let the engine send as much as was received and is not held."""
        size = call.unacknowledged - call.held
        if size > 0:
            call.unacknowledged -= size
            self._h2.acknowledge_received_data(size, stream)

    def _send_waiting(self, stream, call):
        """Send what waits of a call as far as the engine takes it, then its end."""
        try:
            if not call.responded:
                call.responded = True
                self._h2.send_headers(stream, RESPONSE_HEADERS)
            self._send_data(stream, call)
            if call.trailers is not None and not call.waiting:
                self._h2.send_headers(stream, call.trailers, end_stream=True)
                del self._calls[stream]
                if not call.ended:
                    # The engine need not send the rest of its request.
                    self._h2.reset_stream(stream)
        except h2.exceptions.ProtocolError:
            # h2 has read on: the engine has reset the call or ended the session, of which an event follows.
            call.waiting.clear()
            call.waiting_size = call.sent = 0

    def _send_data(self, stream, call):
        while call.waiting:
            data = call.waiting[0]
            sent = send_within_window(self._h2, stream, data, call.sent)
            call.waiting_size -= sent - call.sent
            call.sent = sent
            if sent < len(data):
                break
            call.waiting.popleft()
            call.sent = 0


def send_within_window(connection, stream, data, begin):
    """Send data of a stream as far as its peer takes it, and return up to where that is.

    :param connection: an H2Connection.
    :param begin: up to where the data is sent already.
    """
    while begin < len(data):
        size = min(connection.local_flow_control_window(stream), connection.max_outbound_frame_size,
                   len(data) - begin)
        if size <= 0:
            break
        connection.send_data(stream, data[begin:begin + size])
        begin += size
    return begin
