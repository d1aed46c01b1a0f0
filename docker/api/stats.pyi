from typing import Literal, overload

from docker._typing import ContainerRef
from docker.responses import Stats
from docker.session import EngineSession
from docker.stream import Stream

class StatsCalls(EngineSession):
    @overload
    def stats(
        self, container: ContainerRef, decode: bool | None = None, *, stream: Literal[False],
        one_shot: bool = False,
    ) -> Stats: ...
    @overload
    def stats(
        self, container: ContainerRef, decode: Literal[True], stream: Literal[True] = True,
        one_shot: bool = False,
    ) -> Stream[Stats]: ...
    @overload
    def stats(
        self, container: ContainerRef, decode: Literal[False] | None = None, stream: Literal[True] = True,
        one_shot: bool = False,
    ) -> Stream[str]: ...
    @overload
    def stats(
        self, container: ContainerRef, decode: bool | None = None, stream: bool = True,
        one_shot: bool = False,
    ) -> Stats | Stream[Stats] | Stream[str]: ...
