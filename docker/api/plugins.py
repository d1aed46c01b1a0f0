"""Plugins of the engine."""

from docker.session import EngineSession


class PluginCalls(EngineSession):
    """The calls about plugins."""
