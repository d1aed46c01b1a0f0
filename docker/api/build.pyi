from typing import Literal, overload

from docker._typing import (
    AuthConfig, BuildSecrets, ContainerLimits, DictOf, ExtraHosts, JSONObject, ListOf, OneOrMoreTexts,
    Readable, Size, SshAgents, StrPath, TextMap, Ulimits)
from docker.responses import Progress
from docker.session import EngineSession
from docker.stream import Stream

CONTAINER_LIMITS_KEYS: list[str]

class BuildCalls(EngineSession):
    @overload
    def build(
        self, path: StrPath | None = None, tag: str | None = None, quiet: bool = False,
        fileobj: Readable[bytes] | Readable[str] | bytes | bytearray | None = None, nocache: bool = False,
        rm: bool = False, stream: bool = False, timeout: float | None = None,
        auth_config: AuthConfig | bool | None = None, custom_context: bool = False,
        encoding: str | None = None, pull: bool = False, forcerm: bool = False,
        dockerfile: StrPath | None = None, container_limits: ContainerLimits | JSONObject | None = None, *,
        decode: Literal[True], buildargs: DictOf[str, str | int | None] | None = None, gzip: bool = False,
        labels: TextMap | None = None, target: str | None = None, network_mode: str | None = None,
        cache_from: OneOrMoreTexts | None = None, extra_hosts: ExtraHosts | None = None,
        platform: str | None = None, squash: bool | None = None, shmsize: Size | None = None,
        isolation: str | None = None, ulimits: Ulimits | None = None, cgroup_parent: str | None = None,
        outputs: JSONObject | ListOf[JSONObject] | None = None,
        buildkit: bool | None = None, secrets: BuildSecrets | None = None, ssh: SshAgents | None = None,
    ) -> Stream[Progress]: ...
    @overload
    def build(
        self, path: StrPath | None = None, tag: str | None = None, quiet: bool = False,
        fileobj: Readable[bytes] | Readable[str] | bytes | bytearray | None = None, nocache: bool = False,
        rm: bool = False, *, stream: Literal[True], timeout: float | None = None,
        auth_config: AuthConfig | bool | None = None, custom_context: bool = False,
        encoding: str | None = None, pull: bool = False, forcerm: bool = False,
        dockerfile: StrPath | None = None, container_limits: ContainerLimits | JSONObject | None = None,
        decode: Literal[False] = False, buildargs: DictOf[str, str | int | None] | None = None,
        gzip: bool = False, labels: TextMap | None = None, target: str | None = None,
        network_mode: str | None = None, cache_from: OneOrMoreTexts | None = None,
        extra_hosts: ExtraHosts | None = None, platform: str | None = None, squash: bool | None = None,
        shmsize: Size | None = None, isolation: str | None = None, ulimits: Ulimits | None = None,
        cgroup_parent: str | None = None, outputs: JSONObject | ListOf[JSONObject] | None = None,
        buildkit: bool | None = None, secrets: BuildSecrets | None = None, ssh: SshAgents | None = None,
    ) -> Stream[str]: ...
    @overload
    def build(
        self, path: StrPath | None = None, tag: str | None = None, quiet: bool = False,
        fileobj: Readable[bytes] | Readable[str] | bytes | bytearray | None = None, nocache: bool = False,
        rm: bool = False, stream: Literal[False] = False, timeout: float | None = None,
        auth_config: AuthConfig | bool | None = None, custom_context: bool = False,
        encoding: str | None = None, pull: bool = False, forcerm: bool = False,
        dockerfile: StrPath | None = None, container_limits: ContainerLimits | JSONObject | None = None,
        decode: Literal[False] = False, buildargs: DictOf[str, str | int | None] | None = None,
        gzip: bool = False, labels: TextMap | None = None, target: str | None = None,
        network_mode: str | None = None, cache_from: OneOrMoreTexts | None = None,
        extra_hosts: ExtraHosts | None = None, platform: str | None = None, squash: bool | None = None,
        shmsize: Size | None = None, isolation: str | None = None, ulimits: Ulimits | None = None,
        cgroup_parent: str | None = None, outputs: JSONObject | ListOf[JSONObject] | None = None,
        buildkit: bool | None = None, secrets: BuildSecrets | None = None, ssh: SshAgents | None = None,
    ) -> tuple[str | None, str]: ...
    @overload
    def build(
        self, path: StrPath | None = None, tag: str | None = None, quiet: bool = False,
        fileobj: Readable[bytes] | Readable[str] | bytes | bytearray | None = None, nocache: bool = False,
        rm: bool = False, *, stream: bool, timeout: float | None = None,
        auth_config: AuthConfig | bool | None = None, custom_context: bool = False,
        encoding: str | None = None, pull: bool = False, forcerm: bool = False,
        dockerfile: StrPath | None = None, container_limits: ContainerLimits | JSONObject | None = None,
        decode: Literal[False] = False, buildargs: DictOf[str, str | int | None] | None = None,
        gzip: bool = False, labels: TextMap | None = None, target: str | None = None,
        network_mode: str | None = None, cache_from: OneOrMoreTexts | None = None,
        extra_hosts: ExtraHosts | None = None, platform: str | None = None, squash: bool | None = None,
        shmsize: Size | None = None, isolation: str | None = None, ulimits: Ulimits | None = None,
        cgroup_parent: str | None = None, outputs: JSONObject | ListOf[JSONObject] | None = None,
        buildkit: bool | None = None, secrets: BuildSecrets | None = None, ssh: SshAgents | None = None,
    ) -> tuple[str | None, str] | Stream[str]: ...
    @overload
    def build(
        self, path: StrPath | None = None, tag: str | None = None, quiet: bool = False,
        fileobj: Readable[bytes] | Readable[str] | bytes | bytearray | None = None, nocache: bool = False,
        rm: bool = False, stream: bool = False, timeout: float | None = None,
        auth_config: AuthConfig | bool | None = None, custom_context: bool = False,
        encoding: str | None = None, pull: bool = False, forcerm: bool = False,
        dockerfile: StrPath | None = None, container_limits: ContainerLimits | JSONObject | None = None,
        decode: bool = False, buildargs: DictOf[str, str | int | None] | None = None, gzip: bool = False,
        labels: TextMap | None = None, target: str | None = None, network_mode: str | None = None,
        cache_from: OneOrMoreTexts | None = None, extra_hosts: ExtraHosts | None = None,
        platform: str | None = None, squash: bool | None = None, shmsize: Size | None = None,
        isolation: str | None = None, ulimits: Ulimits | None = None, cgroup_parent: str | None = None,
        outputs: JSONObject | ListOf[JSONObject] | None = None,
        buildkit: bool | None = None, secrets: BuildSecrets | None = None, ssh: SshAgents | None = None,
    ) -> tuple[str | None, str] | Stream[str] | Stream[Progress]: ...
    def cancel_build(self, build_id: str) -> None: ...

__all__ = ['CONTAINER_LIMITS_KEYS', 'BuildCalls']
