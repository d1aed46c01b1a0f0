from typing import Any, Final, Literal

from docker._typing import (
    DictOf, DriverRef, JSONObject, ListOf, Nanoseconds, NetworkRef, Networks, OneOrMoreTexts, ServicePorts,
    Size, TextMap)
from docker.container_spec import ContainerSpec

class RestartConditionTypesEnum:
    NONE: Final = 'none'
    ON_FAILURE: Final = 'on-failure'
    ANY: Final = 'any'

class TaskTemplate(dict[str, Any]):
    def __init__(
        self, container_spec: ContainerSpec | JSONObject, resources: Resources | JSONObject | None = None,
        restart_policy: RestartPolicy | JSONObject | None = None,
        placement: Placement | JSONObject | str | ListOf[str] | None = None,
        log_driver: DriverRef | None = None, networks: Networks | None = None,
        force_update: int | None = None,
    ) -> None: ...
    @property
    def container_spec(self) -> dict[str, Any] | None: ...
    @property
    def resources(self) -> dict[str, Any] | None: ...
    @property
    def restart_policy(self) -> dict[str, Any] | None: ...
    @property
    def placement(self) -> dict[str, Any] | None: ...

class Resources(dict[str, Any]):
    def __init__(
        self, cpu_limit: float | str | None = None, mem_limit: Size | None = None,
        cpu_reservation: float | str | None = None, mem_reservation: Size | None = None,
        generic_resources: DictOf[str, int | str] | ListOf[JSONObject] | None = None,
        pids_limit: int | None = None, swap_bytes: Size | None = None, memory_swappiness: int | None = None,
    ) -> None: ...

class RestartPolicy(dict[str, Any]):
    condition_types: type[RestartConditionTypesEnum]
    def __init__(
        self, condition: Literal['none', 'on-failure', 'any'] | None = 'none', delay: Nanoseconds | None = 0,
        max_attempts: int | None = 0, window: Nanoseconds | None = 0,
    ) -> None: ...

class _Rollout(dict[str, Any]):
    def __init__(
        self, parallelism: int | None = 0, delay: Nanoseconds | None = None,
        failure_action: str | None = 'continue',
        monitor: Nanoseconds | None = None, max_failure_ratio: float | None = None,
        order: Literal['stop-first', 'start-first'] | None = None,
    ) -> None: ...

class UpdateConfig(_Rollout):
    def __init__(
        self, parallelism: int | None = 0, delay: Nanoseconds | None = None,
        failure_action: Literal['continue', 'pause', 'rollback'] | None = 'continue',
        monitor: Nanoseconds | None = None, max_failure_ratio: float | None = None,
        order: Literal['stop-first', 'start-first'] | None = None,
    ) -> None: ...

class RollbackConfig(_Rollout):
    def __init__(
        self, parallelism: int | None = 0, delay: Nanoseconds | None = None,
        failure_action: Literal['continue', 'pause'] | None = 'continue',
        monitor: Nanoseconds | None = None, max_failure_ratio: float | None = None,
        order: Literal['stop-first', 'start-first'] | None = None,
    ) -> None: ...

class ServiceMode(dict[str, Any]):
    mode: str
    replicas: int | None
    def __init__(
        self, mode: Literal['replicated', 'global', 'replicated-job', 'global-job'],
        replicas: int | None = None, concurrency: int | None = None,
    ) -> None: ...

class EndpointSpec(dict[str, Any]):
    def __init__(
        self, mode: Literal['vip', 'dnsrr'] | None = None, ports: ServicePorts | None = None,
    ) -> None: ...

class Placement(dict[str, Any]):
    def __init__(
        self, constraints: OneOrMoreTexts | None = None,
        preferences: ListOf[PlacementPreference | tuple[str, str] | JSONObject] | None = None,
        platforms: ListOf[tuple[str, str] | JSONObject] | None = None, maxreplicas: int | None = None,
    ) -> None: ...

class PlacementPreference(dict[str, Any]):
    def __init__(self, strategy: Literal['spread'], descriptor: str) -> None: ...

class NetworkAttachmentConfig(dict[str, Any]):
    def __init__(
        self, target: NetworkRef, aliases: OneOrMoreTexts | None = None, options: TextMap | None = None,
    ) -> None: ...

def convert_network(value: NetworkRef, name: str) -> dict[str, Any]: ...
def convert_service_mode(
    value: str | ServiceMode | JSONObject | None, name: str = 'mode',
) -> dict[str, Any] | None: ...
