from typing import Any

from docker._typing import (
    Command, CpuSet, Environment, Filters, HealthCheck, ImageRef, JSONObject, OneOrMoreTexts, Ports, Signal,
    Size, StrPath, TextMap, Volumes, VolumesFrom)

from docker.ports import check_ip_address, convert_exposed_ports, convert_port
from docker.units import convert_signal, convert_size

CONTAINER_PATH: str

def create_container_config(
    image: ImageRef, command: Command | None = None, hostname: str | None = None,
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
def convert_command(value: Command | None, name: str = 'command') -> list[str] | None: ...
def convert_environment(value: Environment | None, name: str = 'environment') -> list[str] | None: ...
def convert_volumes(value: Volumes | None) -> dict[str, dict[str, Any]] | None: ...
def convert_volumes_from(value: VolumesFrom | None) -> str | None: ...
def convert_dns(value: OneOrMoreTexts | None) -> list[str] | None: ...
def convert_filters(value: Filters | None, name: str = 'filters') -> str | None: ...
def convert_texts(value: OneOrMoreTexts, name: str) -> list[str] | None: ...
def convert_cpuset(value: CpuSet, name: str) -> str | None: ...

__all__ = ['check_ip_address', 'convert_command', 'convert_cpuset', 'convert_dns', 'convert_environment',
    'convert_exposed_ports', 'convert_filters', 'convert_port', 'convert_signal', 'convert_size',
    'convert_texts', 'convert_volumes', 'convert_volumes_from', 'create_container_config']
