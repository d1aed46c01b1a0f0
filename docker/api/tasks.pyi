from typing import Literal, overload

from docker._typing import Filters, SwarmRef, Timestamp
from docker.responses import Task
from docker.session import EngineSession
from docker.stream import Stream

class TaskCalls(EngineSession):
    def tasks(self, filters: Filters | None = None) -> list[Task]: ...
    def inspect_task(self, task: SwarmRef) -> Task: ...
    @overload
    def task_logs(
        self, task: SwarmRef, stdout: bool = True, stderr: bool = True, *, stream: Literal[True],
        timestamps: bool = False, tail: int | str | None = 'all', since: Timestamp | None = None,
        follow: bool | None = None, details: bool = False, is_tty: bool | None = None,
    ) -> Stream[bytes]: ...
    @overload
    def task_logs(
        self, task: SwarmRef, stdout: bool, stderr: bool, stream: Literal[True], timestamps: bool = False,
        tail: int | str | None = 'all', since: Timestamp | None = None, follow: bool | None = None,
        details: bool = False, is_tty: bool | None = None,
    ) -> Stream[bytes]: ...
    @overload
    def task_logs(
        self, task: SwarmRef, stdout: bool = True, stderr: bool = True, stream: Literal[False] = False,
        timestamps: bool = False, tail: int | str | None = 'all', since: Timestamp | None = None,
        follow: bool | None = None, details: bool = False, is_tty: bool | None = None,
    ) -> bytes: ...
    @overload
    def task_logs(
        self, task: SwarmRef, stdout: bool = True, stderr: bool = True, stream: bool = False,
        timestamps: bool = False, tail: int | str | None = 'all', since: Timestamp | None = None,
        follow: bool | None = None, details: bool = False, is_tty: bool | None = None,
    ) -> bytes | Stream[bytes]: ...
