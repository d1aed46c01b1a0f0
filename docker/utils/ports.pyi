from collections.abc import Iterable

def split_port(
    port: str | int,
) -> tuple[list[str], list[str | None] | list[tuple[str, str | None]] | None]: ...
def build_port_bindings(
    ports: Iterable[str | int],
) -> dict[str, list[str | tuple[str, str | None] | None]]: ...

__all__ = ['build_port_bindings', 'split_port']
