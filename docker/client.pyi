from typing import Literal, overload

from docker._typing import (
    AuthConfig, BuildSecrets, ContainerLimits, DictOf, ExtraHosts, JSONObject, ListOf, OneOrMoreTexts,
    Readable, Size, SshAgents, StrPath, TextMap, Ulimits)
from docker.api.archives import ArchiveCalls
from docker.api.attach import AttachCalls
from docker.api.build import BuildCalls
from docker.api.configs import ConfigCalls
from docker.api.containers import ContainerCalls
from docker.api.disk import DiskCalls
from docker.api.exec_instances import ExecCalls
from docker.api.image_archives import ImageArchiveCalls
from docker.api.images import ImageCalls
from docker.api.lifecycle import LifecycleCalls
from docker.api.networks import NetworkCalls
from docker.api.nodes import NodeCalls
from docker.api.plugins import PluginCalls
from docker.api.registries import RegistryCalls
from docker.api.run import RunCalls
from docker.api.secrets import SecretCalls
from docker.api.services import ServiceCalls
from docker.api.stats import StatsCalls
from docker.api.swarm import SwarmCalls
from docker.api.system import SystemCalls
from docker.api.tasks import TaskCalls
from docker.api.volumes import VolumeCalls
from docker.errors import APIError
from docker.responses import Progress
from docker.session import AutoVersionSession, DEFAULT_DOCKER_API_VERSION, DEFAULT_TIMEOUT_SECONDS
from docker.stream import Stream

class Client(
    ContainerCalls, LifecycleCalls, AttachCalls, ExecCalls, StatsCalls, ArchiveCalls, ImageCalls,
    ImageArchiveCalls, BuildCalls, RegistryCalls, NetworkCalls, VolumeCalls, SwarmCalls, NodeCalls,
    ServiceCalls, TaskCalls, SecretCalls, ConfigCalls, PluginCalls, SystemCalls, DiskCalls, RunCalls,
): ...

class AutoVersionClient(AutoVersionSession, Client):
    # A Client of API 1.8 or newer returns a generator in any case.
    @overload  # type: ignore[override]
    def build(  # pyright: ignore[reportIncompatibleMethodOverride]
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
        rm: bool = False, stream: bool = False, timeout: float | None = None,
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
    ) -> Stream[str] | Stream[Progress]: ...

from_env = Client.from_env

__all__ = ['APIError', 'AutoVersionClient', 'Client', 'DEFAULT_DOCKER_API_VERSION', 'DEFAULT_TIMEOUT_SECONDS',
           'from_env']
