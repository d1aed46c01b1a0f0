from typing import Literal, overload

from docker._typing import (
    Binds, ContainerRef, Devices, ExtraHosts, Links, LxcConf, OneOrMoreTexts, PortBindings, Restart, Signal,
    Ulimits, VolumesFrom)
from docker.session import EngineSession

class LifecycleCalls(EngineSession):
    def start(
        self, container: ContainerRef, binds: Binds | None = None, port_bindings: PortBindings | None = None,
        lxc_conf: LxcConf | None = None, publish_all_ports: bool = False, links: Links | None = None,
        privileged: bool = False, dns: OneOrMoreTexts | None = None, dns_search: OneOrMoreTexts | None = None,
        volumes_from: VolumesFrom | None = None, network_mode: str | None = None,
        restart_policy: Restart | None = None, cap_add: OneOrMoreTexts | None = None,
        cap_drop: OneOrMoreTexts | None = None, devices: Devices | None = None,
        extra_hosts: ExtraHosts | None = None, read_only: bool | None = None, pid_mode: str | None = None,
        ipc_mode: str | None = None, security_opt: OneOrMoreTexts | None = None,
        ulimits: Ulimits | None = None,
    ) -> None: ...
    def stop(
        self, container: ContainerRef, timeout: float | None = 10, signal: Signal | None = None,
    ) -> None: ...
    def restart(
        self, container: ContainerRef, timeout: float | None = 10, signal: Signal | None = None,
    ) -> None: ...
    def kill(self, container: ContainerRef, signal: Signal | None = None) -> None: ...
    def pause(self, container: ContainerRef) -> None: ...
    def unpause(self, container: ContainerRef) -> None: ...
    @overload
    def wait(
        self, container: ContainerRef, timeout: float | None = None, *, condition: Literal['healthy'],
    ) -> None: ...
    @overload
    def wait(self, container: ContainerRef, timeout: float | None, condition: Literal['healthy']) -> None: ...
    @overload
    def wait(
        self, container: ContainerRef, timeout: float | None = None,
        condition: Literal['not-running', 'next-exit', 'removed'] | None = None,
    ) -> int: ...
