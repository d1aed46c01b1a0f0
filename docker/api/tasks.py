"""The tasks of a swarm, which run the replicas of its services."""

from docker.session import EngineSession


class TaskCalls(EngineSession):
    """The calls about tasks."""
