from docker.limits import LogConfig, Ulimit

__all__ = ['LogConfig', 'Ulimit']
