import io
from collections.abc import Callable, Generator, Iterable
from typing import Any, TextIO, TypeVar

from docker._typing import ArchiveData, JSONObject, StrPath

_Item = TypeVar('_Item', str, JSONObject)

# A text; a list of them of a load, and None where the engine reports nothing.
def show(
    stream: Iterable[_Item], file: TextIO | None = None, on_item: Callable[[_Item], object] | None = None,
) -> str | Any: ...
def follow(stream: Iterable[_Item], file: TextIO | None = None) -> Generator[_Item, None, None]: ...
def reading(
    source: ArchiveData | StrPath, file: TextIO | None = None, label: str | None = None,
    size: int | None = None,
) -> io.BufferedIOBase: ...

__all__ = ['follow', 'reading', 'show']
