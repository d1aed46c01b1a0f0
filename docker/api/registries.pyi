from typing import Literal, overload

from docker._typing import AuthConfig, Filters, Platform, StrPath
from docker.responses import Distribution, LoginStatus, Progress, SearchResult
from docker.session import EngineSession
from docker.stream import Stream

class RegistryCalls(EngineSession):
    def login(
        self, username: str, password: str | None = None, email: str | None = None,
        registry: str | None = None, reauth: bool = False, insecure_registry: bool = False,
        dockercfg_path: StrPath | None = None,
    ) -> LoginStatus: ...
    @overload
    def pull(
        self, repository: str, tag: str | None = None, *, stream: Literal[True],
        insecure_registry: bool | AuthConfig = False, auth_config: AuthConfig | bool | None = None,
        decode: Literal[True], all_tags: bool = False, platform: str | None = None,
    ) -> Stream[Progress]: ...
    @overload
    def pull(
        self, repository: str, tag: str | None = None, *, stream: Literal[True],
        insecure_registry: bool | AuthConfig = False, auth_config: AuthConfig | bool | None = None,
        decode: Literal[False] = False, all_tags: bool = False, platform: str | None = None,
    ) -> Stream[str]: ...
    @overload
    def pull(
        self, repository: str, tag: str | None, stream: Literal[True],
        insecure_registry: bool | AuthConfig = False, auth_config: AuthConfig | bool | None = None,
        decode: Literal[False] = False, all_tags: bool = False, platform: str | None = None,
    ) -> Stream[str]: ...
    @overload
    def pull(
        self, repository: str, tag: str | None = None, *, stream: Literal[False] = False,
        insecure_registry: bool | AuthConfig = False, auth_config: AuthConfig | bool | None = None,
        decode: Literal[True], all_tags: bool = False, platform: str | None = None,
    ) -> list[Progress]: ...
    @overload
    def pull(
        self, repository: str, tag: str | None = None, stream: Literal[False] = False,
        insecure_registry: bool | AuthConfig = False, auth_config: AuthConfig | bool | None = None,
        decode: Literal[False] = False, all_tags: bool = False, platform: str | None = None,
    ) -> str: ...
    @overload
    def pull(
        self, repository: str, tag: str | None = None, *, stream: bool,
        insecure_registry: bool | AuthConfig = False, auth_config: AuthConfig | bool | None = None,
        decode: Literal[False] = False, all_tags: bool = False, platform: str | None = None,
    ) -> str | Stream[str]: ...
    @overload
    def pull(
        self, repository: str, tag: str | None = None, stream: bool = False,
        insecure_registry: bool | AuthConfig = False, auth_config: AuthConfig | bool | None = None,
        decode: bool = False, all_tags: bool = False, platform: str | None = None,
    ) -> str | list[Progress] | Stream[str] | Stream[Progress]: ...
    @overload
    def push(
        self, repository: str, tag: str | bool | None = None, *, stream: Literal[True],
        insecure_registry: bool = False, auth_config: AuthConfig | None = None, decode: Literal[True],
        platform: Platform | None = None,
    ) -> Stream[Progress]: ...
    @overload
    def push(
        self, repository: str, tag: str | bool | None = None, *, stream: Literal[True],
        insecure_registry: bool = False, auth_config: AuthConfig | None = None,
        decode: Literal[False] = False, platform: Platform | None = None,
    ) -> Stream[str]: ...
    @overload
    def push(
        self, repository: str, tag: str | bool | None = None, *, stream: Literal[False] = False,
        insecure_registry: bool = False, auth_config: AuthConfig | None = None, decode: Literal[True],
        platform: Platform | None = None,
    ) -> list[Progress]: ...
    @overload
    def push(
        self, repository: str, tag: str | bool | None = None, stream: Literal[False] = False,
        insecure_registry: bool = False, auth_config: AuthConfig | None = None,
        decode: Literal[False] = False, platform: Platform | None = None,
    ) -> str: ...
    @overload
    def push(
        self, repository: str, tag: str | bool | None = None, *, stream: bool,
        insecure_registry: bool = False, auth_config: AuthConfig | None = None,
        decode: Literal[False] = False, platform: Platform | None = None,
    ) -> str | Stream[str]: ...
    @overload
    def push(
        self, repository: str, tag: str | bool | None = None, stream: bool | AuthConfig = False,
        insecure_registry: bool = False, auth_config: AuthConfig | None = None, decode: bool = False,
        platform: Platform | None = None,
    ) -> str | list[Progress] | Stream[str] | Stream[Progress]: ...
    def search(
        self, term: str, limit: int | None = None, filters: Filters | None = None,
    ) -> list[SearchResult]: ...
    def inspect_distribution(self, image: str, auth_config: AuthConfig | None = None) -> Distribution: ...
