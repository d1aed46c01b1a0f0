from collections.abc import Iterable
from typing import Literal, overload

from docker._typing import Archive, ArchiveData, ImageRef, ListOf, OneOrMoreTexts, Platform, Readable, StrPath
from docker.responses import Progress
from docker.session import EngineSession
from docker.stream import FileStream, Stream

class ImageArchiveCalls(EngineSession):
    def import_image(
        self, src: Archive | None = None, data: ArchiveData | str | None = None,
        repository: str | None = None, tag: str | None = None, image: str | None = None,
        changes: OneOrMoreTexts | None = None, stream_src: bool = False, message: str | None = None,
        platform: str | None = None,
    ) -> str: ...
    def import_image_from_data(
        self, data: bytes | bytearray, repository: str | None = None, tag: str | None = None,
        changes: OneOrMoreTexts | None = None,
    ) -> str: ...
    def import_image_from_file(
        self, filename: StrPath, repository: str | None = None, tag: str | None = None,
        changes: OneOrMoreTexts | None = None,
    ) -> str: ...
    def import_image_from_stream(
        self, stream: Readable[bytes] | Iterable[bytes], repository: str | None = None,
        tag: str | None = None, changes: OneOrMoreTexts | None = None,
    ) -> str: ...
    def import_image_from_url(
        self, url: str, repository: str | None = None, tag: str | None = None,
        changes: OneOrMoreTexts | None = None,
    ) -> str: ...
    def import_image_from_image(
        self, image: str, repository: str | None = None, tag: str | None = None,
        changes: OneOrMoreTexts | None = None,
    ) -> str: ...
    def get_image(
        self, image: ImageRef, platform: Platform | ListOf[Platform] | None = None,
        chunk_size: int | None = None,
    ) -> FileStream: ...
    def save(
        self, images: ImageRef | ListOf[ImageRef], platform: Platform | ListOf[Platform] | None = None,
        chunk_size: int | None = None,
    ) -> FileStream: ...
    @overload
    def load_image(
        self, data: Archive, quiet: bool | None = None, platform: Platform | ListOf[Platform] | None = None,
        *, stream: Literal[True],
    ) -> Stream[Progress]: ...
    @overload
    def load_image(
        self, data: Archive, quiet: bool | None = None, platform: Platform | ListOf[Platform] | None = None,
        stream: Literal[False] = False,
    ) -> list[Progress]: ...
    @overload
    def load_image(
        self, data: Archive, quiet: bool | None = None, platform: Platform | ListOf[Platform] | None = None,
        stream: bool = False,
    ) -> list[Progress] | Stream[Progress]: ...
