"""What takes space on the disk of the engine, and freeing it: df and the prune calls."""

from docker.session import EngineSession


class DiskCalls(EngineSession):
    """The calls about used and unused space."""
