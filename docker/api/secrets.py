"""The secrets of a swarm."""

from docker.session import EngineSession


class SecretCalls(EngineSession):
    """The calls about secrets."""
