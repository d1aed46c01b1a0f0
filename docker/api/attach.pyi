from typing import Literal, overload

from docker._typing import ContainerRef, JSONObject, OutputPair, Timestamp, TwoWaySocket
from docker.session import EngineSession
from docker.stream import Stream

class AttachCalls(EngineSession):
    @overload
    def attach(
        self, container: ContainerRef, stdout: bool = True, stderr: bool = True, *, stream: Literal[True],
        logs: bool = False, demux: Literal[True],
    ) -> Stream[OutputPair]: ...
    @overload
    def attach(
        self, container: ContainerRef, stdout: bool = True, stderr: bool = True, *, stream: Literal[True],
        logs: bool = False, demux: Literal[False] = False,
    ) -> Stream[bytes]: ...
    @overload
    def attach(
        self, container: ContainerRef, stdout: bool, stderr: bool, stream: Literal[True], logs: bool = False,
        demux: Literal[False] = False,
    ) -> Stream[bytes]: ...
    @overload
    def attach(
        self, container: ContainerRef, stdout: bool = True, stderr: bool = True,
        stream: Literal[False] = False, logs: bool = False, *, demux: Literal[True],
    ) -> OutputPair: ...
    @overload
    def attach(
        self, container: ContainerRef, stdout: bool = True, stderr: bool = True,
        stream: Literal[False] = False, logs: bool = False, demux: Literal[False] = False,
    ) -> bytes: ...
    @overload
    def attach(
        self, container: ContainerRef, stdout: bool = True, stderr: bool = True, *, stream: bool,
        logs: bool = False, demux: Literal[False] = False,
    ) -> bytes | Stream[bytes]: ...
    @overload
    def attach(
        self, container: ContainerRef, stdout: bool = True, stderr: bool = True, stream: bool = False,
        logs: bool = False, demux: bool = False,
    ) -> bytes | OutputPair | Stream[bytes] | Stream[OutputPair]: ...
    @overload
    def logs(
        self, container: ContainerRef, stdout: bool = True, stderr: bool = True, *, stream: Literal[True],
        timestamps: bool = False, tail: int | str | None = 'all', since: Timestamp | None = None,
        follow: bool | None = None, until: Timestamp | None = None, details: bool = False,
        demux: Literal[True],
    ) -> Stream[OutputPair]: ...
    @overload
    def logs(
        self, container: ContainerRef, stdout: bool = True, stderr: bool = True, *, stream: Literal[True],
        timestamps: bool = False, tail: int | str | None = 'all', since: Timestamp | None = None,
        follow: bool | None = None, until: Timestamp | None = None, details: bool = False,
        demux: Literal[False] = False,
    ) -> Stream[bytes]: ...
    @overload
    def logs(
        self, container: ContainerRef, stdout: bool, stderr: bool, stream: Literal[True],
        timestamps: bool = False, tail: int | str | None = 'all', since: Timestamp | None = None,
        follow: bool | None = None, until: Timestamp | None = None, details: bool = False,
        demux: Literal[False] = False,
    ) -> Stream[bytes]: ...
    @overload
    def logs(
        self, container: ContainerRef, stdout: bool = True, stderr: bool = True,
        stream: Literal[False] = False, timestamps: bool = False, tail: int | str | None = 'all',
        since: Timestamp | None = None, follow: bool | None = None, until: Timestamp | None = None,
        details: bool = False, *, demux: Literal[True],
    ) -> OutputPair: ...
    @overload
    def logs(
        self, container: ContainerRef, stdout: bool = True, stderr: bool = True,
        stream: Literal[False] = False, timestamps: bool = False, tail: int | str | None = 'all',
        since: Timestamp | None = None, follow: bool | None = None, until: Timestamp | None = None,
        details: bool = False, demux: Literal[False] = False,
    ) -> bytes: ...
    @overload
    def logs(
        self, container: ContainerRef, stdout: bool = True, stderr: bool = True, *, stream: bool,
        timestamps: bool = False, tail: int | str | None = 'all', since: Timestamp | None = None,
        follow: bool | None = None, until: Timestamp | None = None, details: bool = False,
        demux: Literal[False] = False,
    ) -> bytes | Stream[bytes]: ...
    @overload
    def logs(
        self, container: ContainerRef, stdout: bool = True, stderr: bool = True, stream: bool = False,
        timestamps: bool = False, tail: int | str | None = 'all', since: Timestamp | None = None,
        follow: bool | None = None, until: Timestamp | None = None, details: bool = False,
        demux: bool = False,
    ) -> bytes | OutputPair | Stream[bytes] | Stream[OutputPair]: ...
    def attach_socket(
        self, container: ContainerRef, params: JSONObject | None = None, ws: bool = False,
    ) -> TwoWaySocket: ...
    def resize(self, container: ContainerRef, height: int | str, width: int | str) -> None: ...
