"""A session over gRPC: the bytes of its connection in messages of the method Control/Session.

Engines since API 1.53 take gRPC on their own socket, and deprecate POST /session. There the client opens a
connection of HTTP/2 and calls this method; what both sides send in its messages is the connection of the
session, on which the client is the server (session.py). Bytes in, bytes out.
"""

import h2.config
import h2.connection
import h2.events
import six

from docker.buildkit import messages
from docker.buildkit.grpc import Unframer, frame
from docker.buildkit.protobuf import decode, encode
from docker.buildkit.session import SessionBroken, SessionConnection, send_within_window

_WINDOW_SIZE = 1024 * 1024


class SessionTunnel(object):
    """The client's end of the connection of HTTP/2 that carries a session.

    :param headers: those of the session, pairs of names and values, all text.

    `established` becomes True when the engine has responded to the call: not before, as a proxy may take
    HTTP/2 on the way to an engine, and the call in vain.
    """

    def __init__(self, headers):
        self.established = self._over = False
        self._unframer = Unframer()
        self._waiting = []
        self._h2 = h2.connection.H2Connection(h2.config.H2Configuration(
            client_side=True, header_encoding=None))
        self._h2.initiate_connection()
        self._h2.increment_flow_control_window(_WINDOW_SIZE)
        self._stream = self._h2.get_next_available_stream_id()
        self._h2.send_headers(self._stream, [
            (u':method', u'POST'), (u':scheme', u'http'), (u':path', messages.SESSION),
            (u':authority', u'localhost'), (u'content-type', u'application/grpc'), (u'te', u'trailers')] +
            [(name.lower(), value) for name, value in headers])
        self._h2.increment_flow_control_window(_WINDOW_SIZE, self._stream)

    def receive(self, data):
        """Take bytes that the engine has sent, and return those of the session.

        :raises SessionBroken: when they are not HTTP/2, or the engine does not take the call, or ends it.
        """
        received = []
        try:
            for event in self._h2.receive_data(data):
                if isinstance(event, h2.events.ResponseReceived):
                    self._on_response(dict(event.headers))
                elif isinstance(event, h2.events.DataReceived):
                    self._h2.acknowledge_received_data(event.flow_controlled_length, self._stream)
                    received.extend(decode(message, messages.BYTES_MESSAGE)['data']
                                    for message in self._unframer.feed(event.data))
                elif isinstance(event, (h2.events.StreamEnded, h2.events.StreamReset,
                                        h2.events.ConnectionTerminated)):
                    raise SessionBroken('the engine has ended the session')
        except Exception as error:
            # A ProtocolError, a CallFailed, an InvalidMessage, or a fault of h2, as in a SessionConnection.
            # Nothing can be sent after it.
            self._over = True
            if isinstance(error, SessionBroken):
                raise
            six.raise_from(SessionBroken('{0}: {1}'.format(type(error).__name__, error)), None)
        self._send_waiting()
        return b''.join(received)

    def send(self, data):
        """Send bytes of the session."""
        if data and not self._over:
            self._waiting.append(frame(encode({'data': data}, messages.BYTES_MESSAGE)))
            self._send_waiting()

    def output(self):
        """Return the bytes to send to the engine."""
        return self._h2.data_to_send()

    def _on_response(self, headers):
        status = headers.get(b':status')
        if status != b'200' or headers.get(b'grpc-status', b'0') != b'0':
            raise SessionBroken('the call is refused: HTTP {0}, gRPC {1}'.format(
                *[(headers.get(name) or b'-').decode('latin-1') for name in (b':status', b'grpc-status')]))
        self.established = True

    def _send_waiting(self):
        data = b''.join(self._waiting)
        sent = send_within_window(self._h2, self._stream, data, 0)
        self._waiting = [data[sent:]] if sent < len(data) else []


class TunnelledConnection(SessionConnection):
    """The connection of a session inside of a SessionTunnel."""

    def __init__(self, methods, tunnel):
        super(TunnelledConnection, self).__init__(methods)
        self._tunnel = tunnel

    def receive(self, data):
        """Take bytes of the tunnel, as SessionConnection does those of a connection of its own."""
        data = self._tunnel.receive(data)
        return super(TunnelledConnection, self).receive(data) if data else []

    @property
    def established(self):
        """Whether the engine has responded to the call."""
        return self._tunnel.established

    def output(self):
        """Return the bytes to send to the engine."""
        self._tunnel.send(super(TunnelledConnection, self).output())
        return self._tunnel.output()
