"""What can go wrong on a connection. The adapter turns these into docker.errors, which name the endpoint."""


class TransportError(Exception):
    """The root of these exceptions."""


class NetworkError(TransportError):
    """The connection failed."""


class TLSError(NetworkError):
    """The two sides do not trust each other, or what came is not TLS."""


class TimedOut(TransportError):
    """Nothing came, or nothing could be sent, for as long as the caller waits."""


class RemoteProtocolError(TransportError):
    """What came is not HTTP; the argument is its beginning."""


class RemoteDisconnected(TransportError):
    """The peer closed the connection before the first byte of a response."""


class IncompleteRead(TransportError):
    """The peer closed the connection, or violated the protocol, inside a response."""


class ConnectionReset(IncompleteRead):
    """The peer reset the connection."""
