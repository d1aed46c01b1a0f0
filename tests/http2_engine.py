"""The engine's end of a session of BuildKit, for the tests: h2 as a client."""

import socket

import h2.config
import h2.connection
import h2.errors
import h2.events
import h2.settings

from docker.buildkit.grpc import Unframer, frame

METHOD = '/moby.test.Service/Method'
PREFACE = b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'


def request_headers(method=METHOD):
    return [(':method', 'POST'), (':scheme', 'http'), (':path', method), (':authority', 'localhost'),
            ('content-type', 'application/grpc'), ('te', 'trailers')]


class Response(object):
    """What the engine has received of a call."""

    def __init__(self):
        self.headers = self.trailers = self.reset = None
        self.ended = False
        self.messages = []
        self.unframer = Unframer()
        # What was received and not acknowledged: nothing, unless the engine does not read.
        self.unread = 0

    @property
    def status(self):
        return None if self.trailers is None else int(self.trailers['grpc-status'])


class EngineEnd(object):
    """The engine: bytes in and out. It sends what h2 takes, also of what is against the rules for headers.

    :param reads: False for an engine that leaves its windows as they become.
    """

    def __init__(self, reads=True, initial_window_size=None):
        self.reads = reads
        self.h2 = h2.connection.H2Connection(h2.config.H2Configuration(
            client_side=True, header_encoding='utf-8', validate_outbound_headers=False,
            normalize_outbound_headers=False))
        if initial_window_size is not None:
            self.h2.local_settings = h2.settings.Settings(client=True, initial_values={
                h2.settings.SettingCodes.INITIAL_WINDOW_SIZE: initial_window_size})
        self.h2.initiate_connection()
        self.responses = {}
        self.pongs = []
        self.goaway = None
        # What h2's windows do not take yet.
        self.waiting = {}

    def call(self, method=METHOD, *messages, **options):
        """Send a request, and return its stream. `end` is False to send more later."""
        stream = self.h2.get_next_available_stream_id()
        self.h2.send_headers(stream, options.get('headers') or request_headers(method),
                             end_stream=options.get('end', True) and not messages)
        self.responses[stream] = Response()
        if messages:
            self.send(stream, b''.join(frame(message) for message in messages), options.get('end', True))
        return stream

    def send(self, stream, data=b'', end=False):
        """Send bytes of a request, as far as the windows take them, the rest when they do."""
        self.waiting.setdefault(stream, []).append((data, end))
        self._send_waiting()

    def _send_waiting(self):
        for stream, pieces in list(self.waiting.items()):
            while pieces and self._send_piece(stream, *pieces[0]):
                del pieces[0]
            if not pieces:
                del self.waiting[stream]

    def _send_piece(self, stream, data, end):
        """Return whether all of it was sent; what was not comes first then."""
        sent = 0
        while True:
            size = min(self.h2.local_flow_control_window(stream), self.h2.max_outbound_frame_size,
                       len(data) - sent)
            if size <= 0 and sent < len(data):
                self.waiting[stream][0] = (data[sent:], end) if sent else (data, end)
                return False
            sent += size
            self.h2.send_data(stream, data[sent - size:sent], end_stream=end and sent == len(data))
            if sent == len(data):
                return True

    def output(self):
        return self.h2.data_to_send()

    def receive(self, data):
        """Take bytes that the client has sent: they are HTTP/2 and gRPC, or the test fails."""
        for event in self.h2.receive_data(data):
            response = self.responses.get(getattr(event, 'stream_id', None))
            if isinstance(event, h2.events.ResponseReceived):
                response.headers = dict(event.headers)
            elif isinstance(event, h2.events.DataReceived):
                response.messages.extend(response.unframer.feed(event.data))
                response.unread += event.flow_controlled_length
                if self.reads:
                    self.read(event.stream_id)
            elif isinstance(event, h2.events.TrailersReceived):
                response.trailers = dict(event.headers)
            elif isinstance(event, h2.events.StreamEnded):
                response.ended = True
                self.waiting.pop(event.stream_id, None)
            elif isinstance(event, h2.events.StreamReset):
                response.reset = event.error_code
                self.waiting.pop(event.stream_id, None)
            elif isinstance(event, h2.events.ConnectionTerminated):
                self.goaway = event.error_code
            elif type(event).__name__ in ('PingAckReceived', 'PingAcknowledged'):
                self.pongs.append(event.ping_data)
        if self.goaway is None:
            self._send_waiting()

    def read(self, stream):
        """Let the client send as much as it has sent of a call."""
        response = self.responses[stream]
        if response.unread:
            self.h2.acknowledge_received_data(response.unread, stream)
            response.unread = 0


def exchange(engine, connection):
    """Pass on what both have to send, until there is nothing, and return the events of the session."""
    events = []
    while True:
        out = engine.output()
        events.extend(connection.receive(out) if out else [])
        back = connection.output()
        if back:
            engine.receive(back)
        if not out and not back:
            return events


class EngineSocket(EngineEnd):
    """The engine's end on a socket."""

    def __init__(self, sock, **options):
        super(EngineSocket, self).__init__(**options)
        self.sock = sock
        # No test waits that long, but for one that fails.
        sock.settimeout(60)
        self.closed = False

    def flush(self):
        """Send what there is to send. To receive shows whether the client has closed."""
        data = self.output()
        try:
            if data:
                self.sock.sendall(data)
        except socket.timeout:
            raise
        except EnvironmentError:
            pass    # it has closed, but perhaps has sent something before

    def pump(self, until):
        """Receive and send until a condition holds, or the client has closed; return whether it holds."""
        while not until():
            self.flush()
            if until():
                break
            try:
                data = self.sock.recv(65536)
            except socket.timeout:
                raise
            except EnvironmentError:
                data = b''  # it has closed without reading all
            if not data:
                self.closed = True
                return until()
            self.receive(data)
        self.flush()
        return True

    def ask(self, method=METHOD, *messages, **options):
        """Make a call, wait until it has ended, and return its Response."""
        response = self.responses[self.call(method, *messages, **options)]
        self.pump(lambda: response.ended or response.reset is not None)
        return response

    def wait_closed(self):
        """Wait until the client has closed the connection."""
        self.pump(lambda: self.closed)
        self.sock.close()
