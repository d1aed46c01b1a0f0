from typing import Any, Literal

from docker._typing import (
    Command, Configs, DictOf, Environment, HealthCheck, ImageRef, JSONObject, ListOf, Nanoseconds,
    OneOrMoreTexts, Secrets, StrPath, SwarmRef, TextMap, Ulimits)

class ContainerSpec(dict[str, Any]):
    def __init__(
        self, image: ImageRef, command: Command | None = None, args: Command | None = None,
        env: Environment | None = None, workdir: StrPath | None = None, user: str | int | None = None,
        labels: TextMap | None = None, mounts: str | JSONObject | ListOf[str | JSONObject] | None = None,
        stop_grace_period: Nanoseconds | None = None, secrets: Secrets | None = None, tty: bool | None = None,
        groups: ListOf[str | int] | None = None, open_stdin: bool | None = None,
        healthcheck: HealthCheck | JSONObject | None = None,
        hosts: DictOf[str, str] | OneOrMoreTexts | None = None,
        dns_config: DNSConfig | JSONObject | None = None, configs: Configs | None = None,
        privileges: Privileges | JSONObject | None = None,
        isolation: Literal['default', 'process', 'hyperv'] | None = None, init: bool | None = None,
        cap_add: OneOrMoreTexts | None = None, cap_drop: OneOrMoreTexts | None = None,
        sysctls: TextMap | None = None, hostname: str | None = None, read_only: bool | None = None,
        stop_signal: str | None = None, ulimits: Ulimits | None = None, oom_score_adj: int | None = None,
    ) -> None: ...

class DNSConfig(dict[str, Any]):
    def __init__(
        self, nameservers: OneOrMoreTexts | None = None, search: OneOrMoreTexts | None = None,
        options: OneOrMoreTexts | None = None,
    ) -> None: ...

class Privileges(dict[str, Any]):
    def __init__(
        self, credentialspec_file: str | None = None, credentialspec_registry: str | None = None,
        selinux_disable: bool | None = None, selinux_user: str | None = None, selinux_role: str | None = None,
        selinux_type: str | None = None, selinux_level: str | None = None,
        credentialspec_config: str | None = None, no_new_privileges: bool | None = None,
        seccomp: JSONObject | None = None, apparmor: JSONObject | None = None,
    ) -> None: ...

class SecretReference(dict[str, Any]):
    def __init__(
        self, secret_id: SwarmRef, secret_name: str, filename: StrPath | None = None,
        uid: str | int | None = None, gid: str | int | None = None, mode: int = 292,
    ) -> None: ...

class ConfigReference(dict[str, Any]):
    def __init__(
        self, config_id: SwarmRef, config_name: str, filename: StrPath | None = None,
        uid: str | int | None = None, gid: str | int | None = None, mode: int = 292,
    ) -> None: ...
