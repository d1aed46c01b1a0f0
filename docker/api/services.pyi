from typing import Literal, overload

from docker._typing import AuthConfig, Filters, JSONObject, Networks, SwarmRef, TextMap, Timestamp, VersionRef
from docker.responses import CreatedService, Service, UpdatedService
from docker.service_config import EndpointSpec, RollbackConfig, ServiceMode, TaskTemplate, UpdateConfig
from docker.session import EngineSession
from docker.stream import Stream

class ServiceCalls(EngineSession):
    def services(self, filters: Filters | None = None, status: bool | None = None) -> list[Service]: ...
    def create_service(
        self, task_template: TaskTemplate | JSONObject, name: str | None = None,
        labels: TextMap | None = None, mode: str | ServiceMode | JSONObject | None = None,
        update_config: UpdateConfig | JSONObject | None = None, networks: Networks | None = None,
        endpoint_config: EndpointSpec | JSONObject | None = None,
        endpoint_spec: EndpointSpec | JSONObject | None = None,
        rollback_config: RollbackConfig | JSONObject | None = None, auth_config: AuthConfig | None = None,
    ) -> CreatedService: ...
    def inspect_service(self, service: SwarmRef, insert_defaults: bool | None = None) -> Service: ...
    def update_service(
        self, service: SwarmRef, version: VersionRef | None = None,
        task_template: TaskTemplate | JSONObject | None = None, name: str | None = None,
        labels: TextMap | None = None, mode: str | ServiceMode | JSONObject | None = None,
        update_config: UpdateConfig | JSONObject | None = None, networks: Networks | None = None,
        endpoint_config: EndpointSpec | JSONObject | None = None,
        endpoint_spec: EndpointSpec | JSONObject | None = None,
        rollback_config: RollbackConfig | JSONObject | None = None, auth_config: AuthConfig | None = None,
        fetch_current_spec: bool = False, rollback: Literal['previous'] | None = None,
        registry_auth_from: Literal['spec', 'previous-spec'] | None = None,
    ) -> UpdatedService: ...
    def remove_service(self, service: SwarmRef) -> bool: ...
    @overload
    def service_logs(
        self, service: SwarmRef, stdout: bool = True, stderr: bool = True, *, stream: Literal[True],
        timestamps: bool = False, tail: int | str | None = 'all', since: Timestamp | None = None,
        follow: bool | None = None, details: bool = False, is_tty: bool | None = None,
    ) -> Stream[bytes]: ...
    @overload
    def service_logs(
        self, service: SwarmRef, stdout: bool, stderr: bool, stream: Literal[True], timestamps: bool = False,
        tail: int | str | None = 'all', since: Timestamp | None = None, follow: bool | None = None,
        details: bool = False, is_tty: bool | None = None,
    ) -> Stream[bytes]: ...
    @overload
    def service_logs(
        self, service: SwarmRef, stdout: bool = True, stderr: bool = True, stream: Literal[False] = False,
        timestamps: bool = False, tail: int | str | None = 'all', since: Timestamp | None = None,
        follow: bool | None = None, details: bool = False, is_tty: bool | None = None,
    ) -> bytes: ...
    @overload
    def service_logs(
        self, service: SwarmRef, stdout: bool = True, stderr: bool = True, stream: bool = False,
        timestamps: bool = False, tail: int | str | None = 'all', since: Timestamp | None = None,
        follow: bool | None = None, details: bool = False, is_tty: bool | None = None,
    ) -> bytes | Stream[bytes]: ...
