"""The forms of arguments that several calls take.

They are for type checkers alone: there is no such module at run time.

Forms with one kind of item are protocols, which are covariant: a `dict` of ints to ints is one of ports to
port bindings too, and text is no list of texts.
"""

from collections.abc import Iterable, Iterator, Mapping, Set as AbstractSet, Sized
from datetime import datetime, timedelta
from os import PathLike
from typing import Any, Literal, Protocol, SupportsIndex, TypeVar

from typing_extensions import TypeAlias, TypedDict

from docker.container_spec import ConfigReference, SecretReference
from docker.mounts import DriverConfig
from docker.registry_auth import Credentials

_T_co = TypeVar('_T_co', covariant=True)
_K_co = TypeVar('_K_co', covariant=True)
_V_co = TypeVar('_V_co', covariant=True)

class ListOf(Protocol[_T_co]):
    """A list or a tuple. Text is none, as only text can be `in` it; a dict and a set cannot be multiplied."""

    def __contains__(self, value: object, /) -> bool: ...
    def __iter__(self) -> Iterator[_T_co]: ...
    def __len__(self) -> int: ...
    def __mul__(self, times: SupportsIndex, /) -> Sized: ...

class ListAlone(Protocol[_T_co]):
    """A list, not a tuple, which has no `reverse`."""

    def __contains__(self, value: object, /) -> bool: ...
    def __iter__(self) -> Iterator[_T_co]: ...
    def __len__(self) -> int: ...
    def reverse(self) -> None: ...

class DictOf(Protocol[_K_co, _V_co]):
    """A dict, or another mapping."""

    def keys(self) -> Iterable[_K_co]: ...
    def items(self) -> AbstractSet[tuple[_K_co, _V_co]]: ...

class Readable(Protocol[_T_co]):
    """A file that is read: `Readable[bytes]` is a binary one."""

    def read(self, size: int = ..., /) -> _T_co: ...

class TwoWaySocket(Protocol):
    """What `attach_socket` and `exec_start(socket=True)` return: a socket that is a file too."""

    def recv(self, size: int, /) -> bytes: ...
    def recv_into(self, buffer: bytearray | memoryview, size: int = ..., /) -> int: ...
    def send(self, data: bytes, /) -> int: ...
    def sendall(self, data: bytes, /) -> None: ...
    def shutdown(self, how: int, /) -> None: ...
    def close(self) -> None: ...
    def fileno(self) -> int: ...
    def gettimeout(self) -> float | None: ...
    def settimeout(self, seconds: float | None, /) -> None: ...
    def setblocking(self, blocking: bool, /) -> None: ...
    def read(self, size: int = -1) -> bytes: ...
    def readinto(self, buffer: bytearray | memoryview) -> int: ...
    def write(self, data: bytes) -> int: ...
    def __enter__(self) -> TwoWaySocket: ...
    def __exit__(self, *exc_info: object) -> None: ...

class BindTarget(TypedDict, total=False):
    """Where a bind mount leads, for editors: `ro` or `mode`, not both."""

    bind: str | PathLike[str]
    ro: bool | None
    mode: str | None

class TLS(Protocol):
    """How to speak TLS with an engine: a TLSConfig, or what `kwargs_from_env` returns."""

    verify: bool | str
    cert: Any
    assert_hostname: Any
    assert_fingerprint: Any

class ClientArguments(TypedDict, total=False):
    """What `kwargs_from_env` returns, for `Client`."""

    base_url: str
    tls: TLS

class HealthCheck(TypedDict, total=False):
    """A health check, in the words of `create_container`."""

    test: str | ListOf[str]
    interval: Duration
    timeout: Duration
    retries: int
    start_period: Duration
    start_interval: Duration

class ContainerLimits(TypedDict, total=False):
    """The limits of the containers of a build."""

    memory: Size
    memswap: Size
    cpushares: int
    cpuperiod: int
    cpuquota: int
    cpusetcpus: str
    cpusetmems: str

class RunSettings(TypedDict, total=False):
    """The settings of `run`: arguments of `create_container` and of `create_host_config`."""

    hostname: str | None
    user: str | int | None
    tty: bool
    mem_limit: Size | None
    ports: Ports | None
    environment: Environment | None
    dns: OneOrMoreTexts | None
    volumes: Volumes | None
    volumes_from: VolumesFrom | None
    network_disabled: bool
    entrypoint: Command | None
    cpu_shares: int | None
    working_dir: StrPath | None
    domainname: str | None
    memswap_limit: Size | None
    cpuset: CpuSet | None
    host_config: JSONObject | None
    mac_address: str | None
    labels: TextMap | None
    volume_driver: str | None
    stop_signal: Signal | None
    networking_config: JSONObject | None
    healthcheck: HealthCheck | JSONObject | None
    stop_timeout: float | None
    shell: OneOrMoreTexts | None
    onbuild: OneOrMoreTexts | None
    name: str | None
    platform: str | None
    binds: Binds | None
    port_bindings: PortBindings | None
    lxc_conf: LxcConf | None
    publish_all_ports: bool
    links: Links | None
    privileged: bool
    dns_search: OneOrMoreTexts | None
    network_mode: str | None
    cap_add: OneOrMoreTexts | None
    cap_drop: OneOrMoreTexts | None
    devices: Devices | None
    extra_hosts: ExtraHosts | None
    read_only: bool | None
    pid_mode: str | None
    ipc_mode: str | None
    security_opt: OneOrMoreTexts | None
    ulimits: Ulimits | None
    log_config: LogSettings | None
    mem_reservation: Size | None
    kernel_memory: Size | None
    mem_swappiness: int | None
    cgroup_parent: str | None
    group_add: str | int | ListOf[str | int] | AbstractSet[str | int] | None
    cpu_quota: int | None
    cpu_period: int | None
    blkio_weight: int | None
    blkio_weight_device: Weights | None
    device_read_bps: Rates | None
    device_write_bps: Rates | None
    device_read_iops: Rates | None
    device_write_iops: Rates | None
    oom_kill_disable: bool | None
    shm_size: Size | None
    sysctls: TextMap | None
    tmpfs: Tmpfs | None
    oom_score_adj: int | None
    dns_opt: OneOrMoreTexts | None
    cpuset_cpus: CpuSet | None
    userns_mode: str | None
    pids_limit: int | None
    isolation: Literal['default', 'process', 'hyperv'] | None
    storage_opt: TextMap | None
    init: bool | None
    init_path: StrPath | None
    cpu_count: int | None
    cpu_percent: int | None
    nano_cpus: int | None
    cpuset_mems: CpuSet | None
    runtime: str | None
    mounts: Mounts | None
    cpu_rt_period: int | None
    cpu_rt_runtime: int | None
    device_cgroup_rules: OneOrMoreTexts | None
    device_requests: DeviceRequests | None
    cgroupns: Literal['private', 'host'] | None
    uts_mode: str | None
    cgroup: str | None
    console_size: tuple[int, int] | list[int] | None
    annotations: TextMap | None
    masked_paths: StrPath | ListOf[StrPath] | None
    readonly_paths: StrPath | ListOf[StrPath] | None
    kernel_memory_tcp: Size | None
    io_maximum_iops: int | None
    io_maximum_bandwidth: Size | None
    container_id_file: StrPath | None

# None from an engine that does not do as all do: a caller need not check for it.
MaybeNone: TypeAlias = Any

# A dict with text as keys, in the words of the API: also a TypedDict of docker.responses.
JSONObject: TypeAlias = Mapping[str, object]
StrPath: TypeAlias = str | PathLike[str]

# An id, a short id or a name, or a dict with Id, ID or id.
ContainerRef: TypeAlias = str | JSONObject
ImageRef: TypeAlias = str | JSONObject
NetworkRef: TypeAlias = str | JSONObject
VolumeRef: TypeAlias = str | JSONObject
ExecRef: TypeAlias = str | JSONObject
PluginRef: TypeAlias = str | JSONObject
# A node, a service, a task, a secret or a config: its id or name, or a dict with ID.
SwarmRef: TypeAlias = str | JSONObject
# The Version of one of these: its Index, or the dict; or the object that has it.
VersionRef: TypeAlias = int | JSONObject

OneOrMoreTexts: TypeAlias = str | ListOf[str] | AbstractSet[str] | Iterator[str]
Texts: TypeAlias = ListOf[str] | AbstractSet[str] | Iterator[str]
Command: TypeAlias = str | ListOf[str | int]
Environment: TypeAlias = DictOf[str, str | int | None] | Texts
# Labels, and options of drivers.
TextMap: TypeAlias = DictOf[str, str | int | None] | Texts
Filter: TypeAlias = str | int | ListOf[str | int] | AbstractSet[str | int] | DictOf[str, str | int | None]
Filters: TypeAlias = DictOf[str, Filter]

# Bytes, or text with a unit: '512m'.
Size: TypeAlias = int | str
# A Unix time, a datetime, or text: '2013-11-09T12:26:40Z', '10m'.
Timestamp: TypeAlias = float | str | datetime
# Seconds, a timedelta, or text with units: '1m30s'.
Duration: TypeAlias = float | str | timedelta
Nanoseconds: TypeAlias = int | str | timedelta
# For a connection, and for each part of a response; or a pair of both.
Timeout: TypeAlias = float | tuple[float | None, float | None] | list[float | None] | None
Signal: TypeAlias = int | str

Port: TypeAlias = int | str | tuple[int | str, str]
Ports: TypeAlias = (
    Port | ListOf[Port] | AbstractSet[Port] | range | DictOf[Port, JSONObject | None])
_HostPort: TypeAlias = int | str | None
PortBinding: TypeAlias = _HostPort | tuple[str | int] | tuple[str | None, _HostPort] | JSONObject
# Ports of the nodes of a swarm, with those of the tasks.
ServicePorts: TypeAlias = (
    DictOf[Port | None, Port | tuple[int | str, str | None, str | None]] | ListOf[JSONObject])
PortBindings: TypeAlias = DictOf[Port, PortBinding | ListAlone[PortBinding]]

_Bind: TypeAlias = StrPath | BindTarget | JSONObject
Binds: TypeAlias = DictOf[StrPath, _Bind | ListOf[_Bind]] | ListOf[StrPath]
Volumes: TypeAlias = StrPath | ListOf[StrPath] | AbstractSet[StrPath] | DictOf[StrPath, JSONObject | None]
VolumesFrom: TypeAlias = ContainerRef | ListOf[ContainerRef]
Links: TypeAlias = DictOf[str, str | None] | ListOf[ContainerRef | tuple[ContainerRef, str | None]]
LxcConf: TypeAlias = DictOf[str, str | int] | ListOf[JSONObject]
ExtraHosts: TypeAlias = DictOf[str, str] | Texts
CpuSet: TypeAlias = str | int | ListOf[int] | AbstractSet[int] | range
Restart: TypeAlias = str | JSONObject
Devices: TypeAlias = str | JSONObject | ListOf[str | JSONObject]
Ulimits: TypeAlias = str | JSONObject | ListOf[str | JSONObject]
LogSettings: TypeAlias = str | JSONObject
# Of devices, by their paths.
Weights: TypeAlias = DictOf[str, int] | ListOf[JSONObject]
Rates: TypeAlias = DictOf[str, Size] | ListOf[JSONObject]
Tmpfs: TypeAlias = str | DictOf[StrPath, str | None] | ListOf[str]
Mounts: TypeAlias = JSONObject | ListOf[JSONObject]
DeviceRequests: TypeAlias = JSONObject | ListOf[JSONObject]

# Standard output and standard error, each None when there is nothing of it.
OutputPair: TypeAlias = tuple[bytes | None, bytes | None]

# The credentials for one registry: username and password, auth, identitytoken or registrytoken.
AuthConfig: TypeAlias = JSONObject | Credentials
BuildSecret: TypeAlias = StrPath | bytes | bytearray | DictOf[str, StrPath | bytes]
BuildSecrets: TypeAlias = DictOf[str, BuildSecret] | OneOrMoreTexts
SshAgents: TypeAlias = bool | DictOf[str, StrPath | ListOf[StrPath] | None] | OneOrMoreTexts
Platform: TypeAlias = str | JSONObject
DriverRef: TypeAlias = str | DriverConfig | JSONObject
Secrets: TypeAlias = ListOf[SecretReference | JSONObject]
Configs: TypeAlias = ListOf[ConfigReference | JSONObject]
Networks: TypeAlias = str | JSONObject | ListOf[str | JSONObject]

# An archive, as it is sent.
ArchiveData: TypeAlias = bytes | bytearray | Readable[bytes] | Iterable[bytes]
Archive: TypeAlias = ArchiveData | StrPath
