"""The services of a swarm."""

from docker.session import EngineSession


class ServiceCalls(EngineSession):
    """The calls about services."""
