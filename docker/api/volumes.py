"""Volumes: create, list, inspect, update, remove."""

from docker.session import EngineSession


class VolumeCalls(EngineSession):
    """The calls about volumes."""
