from typing import Any

from docker._typing import DriverRef, JSONObject, ListOf, Nanoseconds, TextMap

class SwarmSpec(dict[str, Any]):
    def __init__(
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
    ) -> None: ...

class SwarmExternalCA(dict[str, Any]):
    def __init__(
        self, url: str, protocol: str | None = None, options: TextMap | None = None,
        ca_cert: str | None = None,
    ) -> None: ...
