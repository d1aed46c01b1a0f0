from collections.abc import Set as AbstractSet
from typing import Any, Literal

from docker._typing import (
    Binds, CpuSet, DeviceRequests, Devices, ExtraHosts, Links, ListOf, LogSettings, LxcConf, Mounts,
    OneOrMoreTexts, PortBindings, Rates, Restart, Size, StrPath, TextMap, Tmpfs, Ulimits, VolumesFrom,
    Weights)

from docker.mounts import convert_binds, convert_mounts, convert_tmpfs
from docker.ports import convert_port_bindings

def create_host_config(
    binds: Binds | None = None, port_bindings: PortBindings | None = None,
    lxc_conf: LxcConf | None = None, publish_all_ports: bool = False, links: Links | None = None,
    privileged: bool = False, dns: OneOrMoreTexts | None = None, dns_search: OneOrMoreTexts | None = None,
    volumes_from: VolumesFrom | None = None, network_mode: str | None = None,
    restart_policy: Restart | None = None, cap_add: OneOrMoreTexts | None = None,
    cap_drop: OneOrMoreTexts | None = None, devices: Devices | None = None,
    extra_hosts: ExtraHosts | None = None, read_only: bool | None = None, pid_mode: str | None = None,
    ipc_mode: str | None = None, security_opt: OneOrMoreTexts | None = None,
    ulimits: Ulimits | None = None, log_config: LogSettings | None = None, mem_limit: Size | None = None,
    memswap_limit: Size | None = None, mem_reservation: Size | None = None,
    kernel_memory: Size | None = None, mem_swappiness: int | None = None,
    cgroup_parent: str | None = None,
    group_add: str | int | ListOf[str | int] | AbstractSet[str | int] | None = None,
    cpu_quota: int | None = None, cpu_period: int | None = None, blkio_weight: int | None = None,
    blkio_weight_device: Weights | None = None, device_read_bps: Rates | None = None,
    device_write_bps: Rates | None = None, device_read_iops: Rates | None = None,
    device_write_iops: Rates | None = None, oom_kill_disable: bool | None = None,
    shm_size: Size | None = None, sysctls: TextMap | None = None, version: object = None,
    tmpfs: Tmpfs | None = None, oom_score_adj: int | None = None, dns_opt: OneOrMoreTexts | None = None,
    cpu_shares: int | None = None, cpuset_cpus: CpuSet | None = None, userns_mode: str | None = None,
    pids_limit: int | None = None, isolation: Literal['default', 'process', 'hyperv'] | None = None,
    auto_remove: bool | None = None, storage_opt: TextMap | None = None, init: bool | None = None,
    init_path: StrPath | None = None, volume_driver: str | None = None, cpu_count: int | None = None,
    cpu_percent: int | None = None, nano_cpus: int | None = None, cpuset_mems: CpuSet | None = None,
    runtime: str | None = None, mounts: Mounts | None = None, cpu_rt_period: int | None = None,
    cpu_rt_runtime: int | None = None, device_cgroup_rules: OneOrMoreTexts | None = None,
    device_requests: DeviceRequests | None = None, cgroupns: Literal['private', 'host'] | None = None,
    uts_mode: str | None = None, cgroup: str | None = None,
    console_size: tuple[int, int] | list[int] | None = None, annotations: TextMap | None = None,
    masked_paths: StrPath | ListOf[StrPath] | None = None,
    readonly_paths: StrPath | ListOf[StrPath] | None = None, kernel_memory_tcp: Size | None = None,
    io_maximum_iops: int | None = None, io_maximum_bandwidth: Size | None = None,
    container_id_file: StrPath | None = None,
) -> dict[str, Any]: ...
def convert_extra_hosts(value: ExtraHosts, name: str = 'extra_hosts') -> list[str] | None: ...
def convert_links(value: Links | None) -> list[str] | None: ...
def convert_lxc_conf(value: LxcConf | None) -> list[dict[str, str]] | None: ...
def convert_resources(**arguments: object) -> dict[str, Any]: ...

__all__ = ['convert_binds', 'convert_extra_hosts', 'convert_links', 'convert_lxc_conf', 'convert_mounts',
    'convert_port_bindings', 'convert_resources', 'convert_tmpfs', 'create_host_config']
