from typing import Literal

from docker._typing import DriverRef, JSONObject, ListOf, Nanoseconds, OneOrMoreTexts, TextMap, VersionRef
from docker.responses import Swarm, UnlockKey
from docker.session import EngineSession
from docker.swarm_config import SwarmExternalCA, SwarmSpec

class SwarmCalls(EngineSession):
    def create_swarm_spec(
        self, task_history_retention_limit: int | None = None, snapshot_interval: int | None = None,
        keep_old_snapshots: int | None = None, log_entries_for_slow_followers: int | None = None,
        heartbeat_tick: int | None = None, election_tick: int | None = None,
        dispatcher_heartbeat_period: Nanoseconds | None = None, node_cert_expiry: Nanoseconds | None = None,
        external_ca: SwarmExternalCA | JSONObject | ListOf[SwarmExternalCA | JSONObject] | None = None,
        name: str | None = None,
        external_cas: SwarmExternalCA | JSONObject | ListOf[SwarmExternalCA | JSONObject] | None = None,
        labels: TextMap | None = None, signing_ca_cert: str | None = None, signing_ca_key: str | None = None,
        ca_force_rotate: int | None = None, autolock_managers: bool | None = None,
        log_driver: DriverRef | None = None,
    ) -> SwarmSpec: ...
    def init_swarm(
        self, advertise_addr: str | None = None, listen_addr: str | None = '0.0.0.0:2377',
        force_new_cluster: bool = False, swarm_spec: SwarmSpec | JSONObject | None = None,
        default_addr_pool: OneOrMoreTexts | None = None, subnet_size: int | None = None,
        data_path_addr: str | None = None, data_path_port: int | None = None,
        availability: Literal['active', 'pause', 'drain'] | None = None,
    ) -> str: ...
    def inspect_swarm(self) -> Swarm: ...
    def join_swarm(
        self, remote_addrs: OneOrMoreTexts, join_token: str, listen_addr: str | None = None,
        advertise_addr: str | None = None, data_path_addr: str | None = None,
        availability: Literal['active', 'pause', 'drain'] | None = None,
    ) -> bool: ...
    def leave_swarm(self, force: bool = False) -> bool: ...
    def update_swarm(
        self, version: VersionRef, swarm_spec: SwarmSpec | JSONObject | None = None,
        rotate_worker_token: bool = False, rotate_manager_token: bool = False,
        rotate_manager_unlock_key: bool = False,
    ) -> bool: ...
    def get_unlock_key(self) -> UnlockKey: ...
    def unlock_swarm(self, key: str | JSONObject) -> bool: ...
