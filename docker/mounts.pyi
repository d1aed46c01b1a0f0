from typing import Any, Literal
from typing_extensions import Self

from docker._typing import Binds, DriverRef, JSONObject, Mounts, Size, StrPath, TextMap, Tmpfs

class DriverConfig(dict[str, Any]):
    def __init__(self, name: str, options: TextMap | None = None) -> None: ...

class Mount(dict[str, Any]):
    def __init__(
        self, target: StrPath, source: StrPath | None = None,
        type: Literal['volume', 'bind', 'tmpfs', 'npipe', 'cluster', 'image'] = 'volume',
        read_only: bool = False,
        propagation: Literal['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave'] | None = None,
        no_copy: bool = False, labels: TextMap | None = None, driver_config: DriverRef | None = None,
        tmpfs_size: Size | None = None, tmpfs_mode: int | None = None,
        consistency: Literal['default', 'consistent', 'cached', 'delegated'] | None = None,
        subpath: StrPath | None = None, non_recursive: bool | None = None,
        create_mountpoint: bool | None = None,
    ) -> None: ...
    @classmethod
    def parse_mount_string(cls, string: str) -> Self: ...

def convert_binds(value: Binds | None) -> list[str] | None: ...
def convert_mount_of_service(value: str | JSONObject, name: str) -> dict[str, Any]: ...
def convert_mounts(value: Mounts, name: str = 'mounts') -> list[dict[str, Any]] | None: ...
def convert_tmpfs(value: Tmpfs, name: str = 'tmpfs') -> dict[str, str] | None: ...
def driver_of(value: DriverRef | None, name: str) -> dict[str, Any] | None: ...

__all__ = ['DriverConfig', 'Mount', 'convert_binds', 'convert_mount_of_service', 'convert_mounts',
    'convert_tmpfs', 'driver_of']
