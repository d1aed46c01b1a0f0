from typing import Literal, overload

from docker._typing import ContainerRef, JSONObject, Timestamp, TwoWaySocket
from docker.session import EngineSession
from docker.stream import Stream

class AttachCalls(EngineSession):
    @overload
    def attach(
        self, container: ContainerRef, stdout: bool = True, stderr: bool = True, *, stream: Literal[True],
        logs: bool = False,
    ) -> Stream[bytes]: ...
    @overload
    def attach(
        self, container: ContainerRef, stdout: bool, stderr: bool, stream: Literal[True], logs: bool = False,
    ) -> Stream[bytes]: ...
    @overload
    def attach(
        self, container: ContainerRef, stdout: bool = True, stderr: bool = True,
        stream: Literal[False] = False, logs: bool = False,
    ) -> bytes: ...
    @overload
    def attach(
        self, container: ContainerRef, stdout: bool = True, stderr: bool = True, stream: bool = False,
        logs: bool = False,
    ) -> bytes | Stream[bytes]: ...
    @overload
    def logs(
        self, container: ContainerRef, stdout: bool = True, stderr: bool = True, *, stream: Literal[True],
        timestamps: bool = False, tail: int | str | None = 'all', since: Timestamp | None = None,
        follow: bool | None = None, until: Timestamp | None = None, details: bool = False,
    ) -> Stream[bytes]: ...
    @overload
    def logs(
        self, container: ContainerRef, stdout: bool, stderr: bool, stream: Literal[True],
        timestamps: bool = False, tail: int | str | None = 'all', since: Timestamp | None = None,
        follow: bool | None = None, until: Timestamp | None = None, details: bool = False,
    ) -> Stream[bytes]: ...
    @overload
    def logs(
        self, container: ContainerRef, stdout: bool = True, stderr: bool = True,
        stream: Literal[False] = False, timestamps: bool = False, tail: int | str | None = 'all',
        since: Timestamp | None = None, follow: bool | None = None, until: Timestamp | None = None,
        details: bool = False,
    ) -> bytes: ...
    @overload
    def logs(
        self, container: ContainerRef, stdout: bool = True, stderr: bool = True, stream: bool = False,
        timestamps: bool = False, tail: int | str | None = 'all', since: Timestamp | None = None,
        follow: bool | None = None, until: Timestamp | None = None, details: bool = False,
    ) -> bytes | Stream[bytes]: ...
    def attach_socket(
        self, container: ContainerRef, params: JSONObject | None = None, ws: bool = False,
    ) -> TwoWaySocket: ...
    def resize(self, container: ContainerRef, height: int | str, width: int | str) -> None: ...
