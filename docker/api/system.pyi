from typing import Literal, overload

from docker._typing import Filters, Timestamp
from docker.responses import EngineInfo, EngineVersion, Event, PingHeaders
from docker.session import EngineSession
from docker.stream import Stream

class SystemCalls(EngineSession):
    @overload
    def events(
        self, since: Timestamp | None, until: Timestamp | bool | None, filters: Filters | None,
        decode: Literal[True],
    ) -> Stream[Event]: ...
    @overload
    def events(
        self, since: Timestamp | None = None, until: Timestamp | bool | None = None,
        filters: Filters | None = None, *, decode: Literal[True],
    ) -> Stream[Event]: ...
    @overload
    def events(
        self, since: Timestamp | None = None, *, until: Literal[True], filters: Filters | None = None,
        decode: bool = False,
    ) -> Stream[Event]: ...
    @overload
    def events(
        self, since: Timestamp | None, until: Literal[True], filters: Filters | None = None,
        decode: bool = False,
    ) -> Stream[Event]: ...
    @overload
    def events(
        self, since: Timestamp | None = None, until: Timestamp | None = None, filters: Filters | None = None,
        decode: Literal[False] = False,
    ) -> Stream[str]: ...
    @overload
    def events(
        self, since: Timestamp | None = None, until: Timestamp | bool | None = None,
        filters: Filters | None = None, decode: bool = False,
    ) -> Stream[str] | Stream[Event]: ...
    def info(self) -> EngineInfo: ...
    @overload
    def ping(self, head: Literal[True]) -> PingHeaders: ...
    @overload
    def ping(self, head: Literal[False] = False) -> str: ...
    @overload
    def ping(self, head: bool = False) -> str | PingHeaders: ...
    def version(self, api_version: bool = True) -> EngineVersion: ...
