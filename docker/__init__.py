"""The classic synchronous Python client for the Docker Engine.

    import docker
    client = docker.Client()
    print(client.version()['Version'])
"""

import logging

from docker.distributions import check_not_mixed

check_not_mixed()
# Silent, unless the program configures logging.
logging.getLogger('docker').addHandler(logging.NullHandler())

from docker import errors, utils                            # noqa: E402
from docker.client import Client                            # noqa: E402
from docker.errors import APIError, DockerException         # noqa: E402
from docker.version import version as __version__           # noqa: E402

__all__ = ['APIError', 'Client', 'DockerException', '__version__', 'errors', 'utils']
