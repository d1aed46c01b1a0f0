from docker import (
    auth as auth, client as client, constants as constants, errors as errors, session as session,
    stream as stream, tls as tls, types as types, utils as utils)
from docker.client import AutoVersionClient as AutoVersionClient, Client as Client, from_env as from_env
from docker.errors import APIError as APIError, DockerException as DockerException
from docker.version import version as version, version_info as version_info

__version__: str

__all__ = ['APIError', 'AutoVersionClient', 'Client', 'DockerException', '__version__', 'auth', 'constants',
           'errors', 'from_env', 'tls', 'types', 'utils', 'version', 'version_info']
