"""What docker-py 1.x had in docker.utils.types. The classes are in docker.limits."""

from docker.limits import LogConfig, Ulimit

__all__ = ['LogConfig', 'Ulimit']
