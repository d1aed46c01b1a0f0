from typing import Literal, overload

from typing_extensions import Unpack

from docker._typing import Command, ImageRef, OutputPair, RunSettings
from docker.session import EngineSession

class RunCalls(EngineSession):
    @overload
    def run(
        self, image: ImageRef, command: Command | None = None, stdout: bool = True, stderr: bool = False, *,
        demux: Literal[True], remove: bool = True, timeout: float | None = None,
        input: bytes | bytearray | str | None = None, **settings: Unpack[RunSettings],
    ) -> OutputPair: ...
    @overload
    def run(
        self, image: ImageRef, command: Command | None = None, stdout: bool = True, stderr: bool = False,
        demux: Literal[False] = False, remove: bool = True, timeout: float | None = None,
        input: bytes | bytearray | str | None = None, **settings: Unpack[RunSettings],
    ) -> bytes: ...
    @overload
    def run(
        self, image: ImageRef, command: Command | None = None, stdout: bool = True, stderr: bool = False,
        demux: bool = False, remove: bool = True, timeout: float | None = None,
        input: bytes | bytearray | str | None = None, **settings: Unpack[RunSettings],
    ) -> bytes | OutputPair: ...
