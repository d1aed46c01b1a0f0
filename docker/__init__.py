"""The classic synchronous Python client for the Docker Engine.

    import docker
    client = docker.Client()
    print(client.version()['Version'])
"""

from docker import utils
from docker.client import Client
from docker.errors import APIError, DockerException
from docker.version import version as __version__

__all__ = ['APIError', 'Client', 'DockerException', '__version__', 'utils']
