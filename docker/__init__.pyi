from collections.abc import Iterable
from typing import overload

from docker import (
    auth as auth, client as client, constants as constants, errors as errors, progress as progress,
    session as session, stream as stream, tls as tls, types as types, utils as utils)
from docker._typing import OutputPair
from docker.client import AutoVersionClient as AutoVersionClient, Client as Client, from_env as from_env
from docker.errors import APIError as APIError, DockerException as DockerException
from docker.stream import Stream
from docker.version import version as version, version_info as version_info

__version__: str

@overload
def lines(  # type: ignore[overload-overlap]
    stream: Iterable[OutputPair] | OutputPair, encoding: str = 'utf-8', errors: str = 'replace',
) -> Stream[tuple[str | None, str | None]]: ...
@overload
def lines(
    stream: Iterable[bytes | str] | bytes | bytearray, encoding: str = 'utf-8', errors: str = 'replace',
) -> Stream[str]: ...

__all__ = ['APIError', 'AutoVersionClient', 'Client', 'DockerException', '__version__', 'auth', 'constants',
           'errors', 'from_env', 'lines', 'progress', 'tls', 'types', 'utils', 'version', 'version_info']
