from collections.abc import Mapping
from typing import TypeVar

from docker._typing import StrPath
from docker.registry_auth import (
    DEFAULT_REGISTRY as INDEX_URL, INDEX_NAME, convert_to_hostname, decode_auth, encode_header,
    registry_key as resolve_index_name, resolve_repository as resolve_repository_name)

_T = TypeVar('_T')

def load_config(config_path: StrPath | None = None) -> dict[str, dict[str, str]]: ...
def resolve_authconfig(authconfig: Mapping[str, _T], registry: str | None = None) -> _T | None: ...

__all__ = ['INDEX_NAME', 'INDEX_URL', 'convert_to_hostname', 'decode_auth', 'encode_header', 'load_config',
           'resolve_authconfig', 'resolve_index_name', 'resolve_repository_name']
