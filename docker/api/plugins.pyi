from typing import Literal, overload

from docker._typing import AuthConfig, Environment, Filters, JSONObject, ListOf, PluginRef, Readable, StrPath
from docker.responses import Plugin, PluginPrivilege, Progress
from docker.session import EngineSession
from docker.stream import Stream

class PluginCalls(EngineSession):
    def plugins(self, filters: Filters | None = None) -> list[Plugin]: ...
    def plugin_privileges(
        self, name: str, auth_config: AuthConfig | None = None,
    ) -> list[PluginPrivilege]: ...
    @overload
    def pull_plugin(
        self, remote: str, privileges: ListOf[JSONObject], name: str | None = None, *, stream: Literal[True],
        auth_config: AuthConfig | None = None, decode: Literal[True],
    ) -> Stream[Progress]: ...
    @overload
    def pull_plugin(
        self, remote: str, privileges: ListOf[JSONObject], name: str | None = None, *, stream: Literal[True],
        auth_config: AuthConfig | None = None, decode: Literal[False] = False,
    ) -> Stream[str]: ...
    @overload
    def pull_plugin(
        self, remote: str, privileges: ListOf[JSONObject], name: str | None = None, *,
        stream: Literal[False] = False, auth_config: AuthConfig | None = None, decode: Literal[True],
    ) -> list[Progress]: ...
    @overload
    def pull_plugin(
        self, remote: str, privileges: ListOf[JSONObject], name: str | None = None,
        stream: Literal[False] = False, auth_config: AuthConfig | None = None, decode: Literal[False] = False,
    ) -> str: ...
    @overload
    def pull_plugin(
        self, remote: str, privileges: ListOf[JSONObject], name: str | None = None, *, stream: bool,
        auth_config: AuthConfig | None = None, decode: Literal[False] = False,
    ) -> str | Stream[str]: ...
    @overload
    def pull_plugin(
        self, remote: str, privileges: ListOf[JSONObject], name: str | None = None, stream: bool = False,
        auth_config: AuthConfig | None = None, decode: bool = False,
    ) -> str | list[Progress] | Stream[str] | Stream[Progress]: ...
    @overload
    def upgrade_plugin(
        self, name: PluginRef, remote: str, privileges: ListOf[JSONObject], *, stream: Literal[True],
        auth_config: AuthConfig | None = None, decode: Literal[True],
    ) -> Stream[Progress]: ...
    @overload
    def upgrade_plugin(
        self, name: PluginRef, remote: str, privileges: ListOf[JSONObject], *, stream: Literal[True],
        auth_config: AuthConfig | None = None, decode: Literal[False] = False,
    ) -> Stream[str]: ...
    @overload
    def upgrade_plugin(
        self, name: PluginRef, remote: str, privileges: ListOf[JSONObject], *, stream: Literal[False] = False,
        auth_config: AuthConfig | None = None, decode: Literal[True],
    ) -> list[Progress]: ...
    @overload
    def upgrade_plugin(
        self, name: PluginRef, remote: str, privileges: ListOf[JSONObject], stream: Literal[False] = False,
        auth_config: AuthConfig | None = None, decode: Literal[False] = False,
    ) -> str: ...
    @overload
    def upgrade_plugin(
        self, name: PluginRef, remote: str, privileges: ListOf[JSONObject], *, stream: bool,
        auth_config: AuthConfig | None = None, decode: Literal[False] = False,
    ) -> str | Stream[str]: ...
    @overload
    def upgrade_plugin(
        self, name: PluginRef, remote: str, privileges: ListOf[JSONObject], stream: bool = False,
        auth_config: AuthConfig | None = None, decode: bool = False,
    ) -> str | list[Progress] | Stream[str] | Stream[Progress]: ...
    def create_plugin(
        self, name: str, plugin_data_dir: StrPath | bytes | bytearray | Readable[bytes],
    ) -> None: ...
    def inspect_plugin(self, name: PluginRef) -> Plugin: ...
    def enable_plugin(self, name: PluginRef, timeout: int = 0) -> None: ...
    def disable_plugin(self, name: PluginRef, force: bool = False) -> None: ...
    def remove_plugin(self, name: PluginRef, force: bool = False) -> None: ...
    @overload
    def push_plugin(
        self, name: str, *, stream: Literal[True], auth_config: AuthConfig | None = None,
        decode: Literal[True],
    ) -> Stream[Progress]: ...
    @overload
    def push_plugin(
        self, name: str, *, stream: Literal[True], auth_config: AuthConfig | None = None,
        decode: Literal[False] = False,
    ) -> Stream[str]: ...
    @overload
    def push_plugin(
        self, name: str, *, stream: Literal[False] = False, auth_config: AuthConfig | None = None,
        decode: Literal[True],
    ) -> list[Progress]: ...
    @overload
    def push_plugin(
        self, name: str, stream: Literal[False] = False, auth_config: AuthConfig | None = None,
        decode: Literal[False] = False,
    ) -> str: ...
    @overload
    def push_plugin(
        self, name: str, *, stream: bool, auth_config: AuthConfig | None = None,
        decode: Literal[False] = False,
    ) -> str | Stream[str]: ...
    @overload
    def push_plugin(
        self, name: str, stream: bool = False, auth_config: AuthConfig | None = None, decode: bool = False,
    ) -> str | list[Progress] | Stream[str] | Stream[Progress]: ...
    def configure_plugin(self, name: PluginRef, options: Environment) -> None: ...
