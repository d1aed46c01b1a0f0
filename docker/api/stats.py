"""What running containers use of the host: processors, memory, networks and disks."""

from docker.session import EngineSession


class StatsCalls(EngineSession):
    """The call about what containers use."""
