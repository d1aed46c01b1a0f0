"""The nodes of a swarm."""

from docker.session import EngineSession


class NodeCalls(EngineSession):
    """The calls about nodes."""
