from collections.abc import Iterable
from typing import IO, TypeVar, overload

from docker._typing import Readable

_File = TypeVar('_File', bound=IO[bytes])

@overload
def tar(
    path: str, exclude: Iterable[str] | None = None, dockerfile: str | None = None, fileobj: None = None,
    gzip: bool = False,
) -> IO[bytes]: ...
@overload
def tar(
    path: str, exclude: Iterable[str] | None = None, dockerfile: str | None = None, *, fileobj: _File,
    gzip: bool = False,
) -> _File: ...
def exclude_paths(root: str, patterns: Iterable[str], dockerfile: str | None = None) -> set[str]: ...
def mkbuildcontext(dockerfile: Readable[bytes] | Readable[str]) -> IO[bytes]: ...

__all__ = ['exclude_paths', 'mkbuildcontext', 'tar']
