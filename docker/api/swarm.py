"""Swarm mode: init, join, leave, update, unlock."""

from docker.session import EngineSession


class SwarmCalls(EngineSession):
    """The calls about the swarm that the engine is a node of."""
