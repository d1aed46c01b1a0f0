from collections.abc import Set as AbstractSet
from typing import Any, Literal

from docker._typing import (
    Binds, Command, ContainerRef, CpuSet, DeviceRequests, Devices, Environment, ExtraHosts, Filters,
    HealthCheck, ImageRef, JSONObject, Links, ListOf, LogSettings, LxcConf, Mounts, OneOrMoreTexts, Port,
    PortBindings, Ports, Rates, Restart, Signal, Size, StrPath, TextMap, Tmpfs, Ulimits, Volumes, VolumesFrom,
    Weights)
from docker.responses import (
    Change, ContainerDetails, ContainerSummary, CreatedContainer, PortAddress, Processes, UpdatedContainer)
from docker.session import EngineSession

class ContainerCalls(EngineSession):
    def containers(
        self, quiet: bool = False, all: bool = False, trunc: bool = True, latest: bool = False,
        since: ContainerRef | None = None, before: ContainerRef | None = None, limit: int | None = -1,
        size: bool = False, filters: Filters | None = None,
    ) -> list[ContainerSummary]: ...
    def create_container(
        self, image: ImageRef, command: Command | None = None, hostname: str | None = None,
        user: str | int | None = None, detach: bool = False, stdin_open: bool = False, tty: bool = False,
        mem_limit: Size | None = 0, ports: Ports | None = None, environment: Environment | None = None,
        dns: OneOrMoreTexts | None = None, volumes: Volumes | None = None,
        volumes_from: VolumesFrom | None = None, network_disabled: bool = False, name: str | None = None,
        entrypoint: Command | None = None, cpu_shares: int | None = None, working_dir: StrPath | None = None,
        domainname: str | None = None, memswap_limit: Size | None = None, cpuset: CpuSet | None = None,
        host_config: JSONObject | None = None, mac_address: str | None = None, labels: TextMap | None = None,
        volume_driver: str | None = None, stop_signal: Signal | None = None,
        networking_config: JSONObject | None = None, healthcheck: HealthCheck | JSONObject | None = None,
        stop_timeout: float | None = None, shell: OneOrMoreTexts | None = None,
        onbuild: OneOrMoreTexts | None = None, platform: str | None = None,
    ) -> CreatedContainer: ...
    def create_container_config(
        self, image: ImageRef, command: Command | None = None, hostname: str | None = None,
        user: str | int | None = None, detach: bool = False, stdin_open: bool = False, tty: bool = False,
        mem_limit: Size | None = 0, ports: Ports | None = None, environment: Environment | None = None,
        dns: OneOrMoreTexts | None = None, volumes: Volumes | None = None,
        volumes_from: VolumesFrom | None = None, network_disabled: bool = False,
        entrypoint: Command | None = None, cpu_shares: int | None = None, working_dir: StrPath | None = None,
        domainname: str | None = None, memswap_limit: Size | None = 0, cpuset: CpuSet | None = None,
        host_config: JSONObject | None = None, mac_address: str | None = None, labels: TextMap | None = None,
        volume_driver: str | None = None, stop_signal: Signal | None = None,
        networking_config: JSONObject | None = None, healthcheck: HealthCheck | JSONObject | None = None,
        stop_timeout: float | None = None, shell: OneOrMoreTexts | None = None,
        onbuild: OneOrMoreTexts | None = None,
    ) -> dict[str, Any]: ...
    def create_host_config(
        self, binds: Binds | None = None, port_bindings: PortBindings | None = None,
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
    def create_container_from_config(
        self, config: JSONObject, name: str | None = None,
    ) -> CreatedContainer: ...
    def inspect_container(self, container: ContainerRef, size: bool = False) -> ContainerDetails: ...
    def top(self, container: ContainerRef, ps_args: str | None = None) -> Processes: ...
    def diff(self, container: ContainerRef) -> list[Change]: ...
    def remove_container(
        self, container: ContainerRef, v: bool = False, link: bool = False, force: bool = False,
    ) -> None: ...
    def rename(self, container: ContainerRef, name: str) -> None: ...
    def update_container(
        self, container: ContainerRef, blkio_weight: int | None = None, cpu_period: int | None = None,
        cpu_quota: int | None = None, cpu_shares: int | None = None, cpuset_cpus: CpuSet | None = None,
        cpuset_mems: CpuSet | None = None, mem_limit: Size | None = None, mem_reservation: Size | None = None,
        memswap_limit: Size | None = None, kernel_memory: Size | None = None,
        restart_policy: Restart | None = None, pids_limit: int | None = None, nano_cpus: int | None = None,
        cpu_rt_period: int | None = None, cpu_rt_runtime: int | None = None,
        blkio_weight_device: Weights | None = None, device_read_bps: Rates | None = None,
        device_write_bps: Rates | None = None, device_read_iops: Rates | None = None,
        device_write_iops: Rates | None = None,
    ) -> UpdatedContainer: ...
    def port(self, container: ContainerRef, private_port: Port) -> list[PortAddress] | None: ...
