"""The classic synchronous Python client for the Docker Engine.

    import docker
    client = docker.Client()
    print(client.version()['Version'])
"""

import importlib
import logging
import sys

from docker.distributions import check_not_mixed

check_not_mixed()
# Silent, unless the program configures logging.
logging.getLogger('docker').addHandler(logging.NullHandler())

from docker import errors                                   # noqa: E402
from docker.client import AutoVersionClient, Client, from_env                       # noqa: E402
from docker.errors import APIError, DockerException         # noqa: E402
# The text takes the name of the module, as in docker-py 1.x; `from docker.version import version` works too.
from docker.version import version, version_info            # noqa: E402

__version__ = version
# The modules that are attributes of docker after `import docker`, besides those imported above.
_MODULES = ('auth', 'constants', 'progress', 'tls', 'types', 'utils')

__all__ = ['APIError', 'AutoVersionClient', 'Client', 'DockerException', '__version__', 'auth', 'constants',
           'errors', 'from_env', 'progress', 'tls', 'types', 'utils', 'version', 'version_info']

if sys.version_info >= (3, 7):
    def __getattr__(name):
        # They are imported on first use, to keep `import docker` fast.
        if name in _MODULES:
            return importlib.import_module('docker.' + name)
        raise AttributeError('module {0!r} has no attribute {1!r}'.format(__name__, name))

    def __dir__():
        return sorted(set(globals()) | set(_MODULES))
else:
    for _name in _MODULES:
        importlib.import_module('docker.' + _name)
