from typing import Generic, NamedTuple, TypeVar

_T = TypeVar('_T')

class ExecResult(NamedTuple, Generic[_T]):
    exit_code: int
    output: _T
