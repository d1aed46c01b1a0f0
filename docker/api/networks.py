"""Networks: create, list, inspect, connect, disconnect, remove."""

from docker.session import EngineSession


class NetworkCalls(EngineSession):
    """The calls about networks."""
