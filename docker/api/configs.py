"""The configs of a swarm."""

from docker.session import EngineSession


class ConfigCalls(EngineSession):
    """The calls about configs."""
