from typing import Literal, overload

from docker._typing import Command, ContainerRef, Environment, ExecRef, OutputPair, StrPath, TwoWaySocket
from docker.exec_result import ExecResult
from docker.responses import ExecDetails, ExecInstance
from docker.session import EngineSession
from docker.stream import Stream

class ExecCalls(EngineSession):
    def exec_create(
        self, container: ContainerRef, cmd: Command, stdout: bool = True, stderr: bool = True,
        stdin: bool = False, tty: bool = False, privileged: bool = False, user: str | int | None = '',
        environment: Environment | None = None, workdir: StrPath | None = None,
        detach_keys: str | None = None,
    ) -> ExecInstance: ...
    @overload
    def exec_start(
        self, exec_id: ExecRef, *, detach: Literal[True], tty: bool = False, stream: bool = False,
        socket: bool = False, demux: bool = False,
    ) -> bytes: ...
    @overload
    def exec_start(
        self, exec_id: ExecRef, detach: Literal[False] = False, tty: bool = False, stream: bool = False, *,
        socket: Literal[True], demux: bool = False,
    ) -> TwoWaySocket: ...
    @overload
    def exec_start(
        self, exec_id: ExecRef, detach: Literal[False] = False, tty: bool = False, *, stream: Literal[True],
        socket: Literal[False] = False, demux: Literal[True],
    ) -> Stream[OutputPair]: ...
    @overload
    def exec_start(
        self, exec_id: ExecRef, detach: Literal[False] = False, tty: bool = False, *, stream: Literal[True],
        socket: Literal[False] = False, demux: Literal[False] = False,
    ) -> Stream[bytes]: ...
    @overload
    def exec_start(
        self, exec_id: ExecRef, detach: bool, tty: bool, stream: Literal[True],
        socket: Literal[False] = False, demux: Literal[False] = False,
    ) -> Stream[bytes]: ...
    @overload
    def exec_start(
        self, exec_id: ExecRef, detach: Literal[False] = False, tty: bool = False,
        stream: Literal[False] = False, socket: Literal[False] = False, *, demux: Literal[True],
    ) -> OutputPair: ...
    @overload
    def exec_start(
        self, exec_id: ExecRef, detach: bool = False, tty: bool = False, stream: Literal[False] = False,
        socket: Literal[False] = False, demux: Literal[False] = False,
    ) -> bytes: ...
    @overload
    def exec_start(
        self, exec_id: ExecRef, detach: bool = False, tty: bool = False, *, stream: bool,
        socket: Literal[False] = False, demux: Literal[False] = False,
    ) -> bytes | Stream[bytes]: ...
    @overload
    def exec_start(
        self, exec_id: ExecRef, detach: bool = False, tty: bool = False, stream: bool = False,
        socket: bool = False, demux: bool = False,
    ) -> bytes | OutputPair | Stream[bytes] | Stream[OutputPair] | TwoWaySocket: ...
    def exec_inspect(self, exec_id: ExecRef) -> ExecDetails: ...
    def exec_resize(
        self, exec_id: ExecRef, height: int | str | None = None, width: int | str | None = None,
    ) -> None: ...
    @overload
    def execute(
        self, container: ContainerRef, cmd: Command, detach: bool = False, stdout: bool = True,
        stderr: bool = True, *, stream: Literal[True], tty: bool = False,
    ) -> Stream[bytes]: ...
    @overload
    def execute(
        self, container: ContainerRef, cmd: Command, detach: bool, stdout: bool, stderr: bool,
        stream: Literal[True], tty: bool = False,
    ) -> Stream[bytes]: ...
    @overload
    def execute(
        self, container: ContainerRef, cmd: Command, detach: bool = False, stdout: bool = True,
        stderr: bool = True, stream: Literal[False] = False, tty: bool = False,
    ) -> bytes: ...
    @overload
    def execute(
        self, container: ContainerRef, cmd: Command, detach: bool = False, stdout: bool = True,
        stderr: bool = True, stream: bool = False, tty: bool = False,
    ) -> bytes | Stream[bytes]: ...
    @overload
    def exec_run(
        self, container: ContainerRef, cmd: Command, stdout: bool = True, stderr: bool = True,
        tty: bool = False, privileged: bool = False, user: str | int = '',
        environment: Environment | None = None, workdir: StrPath | None = None, *, demux: Literal[True],
        input: bytes | bytearray | str | None = None,
    ) -> ExecResult[OutputPair]: ...
    @overload
    def exec_run(
        self, container: ContainerRef, cmd: Command, stdout: bool = True, stderr: bool = True,
        tty: bool = False, privileged: bool = False, user: str | int = '',
        environment: Environment | None = None, workdir: StrPath | None = None, demux: Literal[False] = False,
        input: bytes | bytearray | str | None = None,
    ) -> ExecResult[bytes]: ...
    @overload
    def exec_run(
        self, container: ContainerRef, cmd: Command, stdout: bool = True, stderr: bool = True,
        tty: bool = False, privileged: bool = False, user: str | int = '',
        environment: Environment | None = None, workdir: StrPath | None = None, demux: bool = False,
        input: bytes | bytearray | str | None = None,
    ) -> ExecResult[bytes] | ExecResult[OutputPair]: ...
    @overload
    def exec(
        self, container: ContainerRef, cmd: Command, stdout: bool = True, stderr: bool = True,
        tty: bool = False, privileged: bool = False, user: str | int = '',
        environment: Environment | None = None, workdir: StrPath | None = None, *, demux: Literal[True],
        input: bytes | bytearray | str | None = None,
    ) -> ExecResult[OutputPair]: ...
    @overload
    def exec(
        self, container: ContainerRef, cmd: Command, stdout: bool = True, stderr: bool = True,
        tty: bool = False, privileged: bool = False, user: str | int = '',
        environment: Environment | None = None, workdir: StrPath | None = None, demux: Literal[False] = False,
        input: bytes | bytearray | str | None = None,
    ) -> ExecResult[bytes]: ...
    @overload
    def exec(
        self, container: ContainerRef, cmd: Command, stdout: bool = True, stderr: bool = True,
        tty: bool = False, privileged: bool = False, user: str | int = '',
        environment: Environment | None = None, workdir: StrPath | None = None, demux: bool = False,
        input: bytes | bytearray | str | None = None,
    ) -> ExecResult[bytes] | ExecResult[OutputPair]: ...
