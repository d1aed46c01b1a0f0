from typing import Literal, overload

from docker._typing import (
    ContainerRef, Filters, ImageRef, JSONObject, ListOf, OneOrMoreTexts, Platform, StrPath)
from docker.responses import (
    Attestation, CommittedImage, HistoryItem, ImageDetails, ImageSummary, RemovedImage)
from docker.session import EngineSession

class ImageCalls(EngineSession):
    @overload
    def images(
        self, name: str | None = None, quiet: bool = False, all: bool = False, *, viz: Literal[True],
        filters: Filters | None = None, digests: bool = False, shared_size: bool = False,
        manifests: bool = False, identity: bool = False,
    ) -> str: ...
    @overload
    def images(
        self, name: str | None = None, *, quiet: Literal[True], all: bool = False,
        viz: Literal[False] = False, filters: Filters | None = None, digests: bool = False,
        shared_size: bool = False, manifests: bool = False, identity: bool = False,
    ) -> list[str]: ...
    @overload
    def images(
        self, name: str | None = None, quiet: Literal[False] = False, all: bool = False,
        viz: Literal[False] = False, filters: Filters | None = None, digests: bool = False,
        shared_size: bool = False, manifests: bool = False, identity: bool = False,
    ) -> list[ImageSummary]: ...
    @overload
    def images(
        self, name: str | None = None, quiet: bool = False, all: bool = False, viz: bool = False,
        filters: Filters | None = None, digests: bool = False, shared_size: bool = False,
        manifests: bool = False, identity: bool = False,
    ) -> str | list[str] | list[ImageSummary]: ...
    def inspect_image(
        self, image_id: ImageRef | None = None, manifests: bool = False, platform: Platform | None = None,
        image: ImageRef | None = None,
    ) -> ImageDetails: ...
    def history(self, image: ImageRef, platform: Platform | None = None) -> list[HistoryItem]: ...
    def image_attestations(
        self, image: ImageRef, platform: Platform | None = None, type: OneOrMoreTexts | None = None,
        statement: bool = False,
    ) -> list[Attestation]: ...
    def tag(self, image: ImageRef, repository: str, tag: str | None = None, force: bool = False) -> bool: ...
    def remove_image(
        self, image: ImageRef, force: bool = False, noprune: bool = False,
        platforms: Platform | ListOf[Platform] | None = None,
    ) -> list[RemovedImage]: ...
    def commit(
        self, container: ContainerRef, repository: str | None = None, tag: str | None = None,
        message: str | None = None, author: str | None = None,
        changes: OneOrMoreTexts | JSONObject | None = None, conf: JSONObject | None = None,
        pause: bool | None = None,
    ) -> CommittedImage: ...
    def insert(self, image: ImageRef, url: str, path: StrPath) -> str: ...
