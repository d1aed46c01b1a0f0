"""Exec: commands that are run in a running container."""

from docker.session import EngineSession


class ExecCalls(EngineSession):
    """The calls about exec instances."""
