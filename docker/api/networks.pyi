from typing import Any

from docker._typing import (
    ContainerRef, DictOf, Filters, JSONObject, Links, NetworkRef, OneOrMoreTexts, TextMap)
from docker.responses import CreatedNetwork, Network
from docker.session import EngineSession

class NetworkCalls(EngineSession):
    def networks(
        self, names: OneOrMoreTexts | None = None, ids: OneOrMoreTexts | None = None,
        filters: Filters | None = None,
    ) -> list[Network]: ...
    def create_network(
        self, name: str, driver: str | None = None, options: TextMap | None = None,
        ipam: JSONObject | None = None, check_duplicate: bool | None = None, internal: bool = False,
        labels: TextMap | None = None, enable_ipv6: bool = False, attachable: bool | None = None,
        scope: str | None = None, ingress: bool | None = None, config_only: bool | None = None,
        config_from: str | None = None, enable_ipv4: bool | None = None,
    ) -> CreatedNetwork: ...
    def remove_network(self, net_id: NetworkRef) -> None: ...
    def inspect_network(
        self, net_id: NetworkRef, verbose: bool | None = None, scope: str | None = None,
    ) -> Network: ...
    def connect_container_to_network(
        self, container: ContainerRef, net_id: NetworkRef, ipv4_address: str | None = None,
        ipv6_address: str | None = None, aliases: OneOrMoreTexts | None = None, links: Links | None = None,
        link_local_ips: OneOrMoreTexts | None = None, driver_opts: TextMap | None = None,
        mac_address: str | None = None, gw_priority: int | None = None,
    ) -> None: ...
    def disconnect_container_from_network(
        self, container: ContainerRef, net_id: NetworkRef, force: bool = False,
    ) -> None: ...
    def create_networking_config(
        self, endpoints_config: DictOf[str, JSONObject | None] | None = None,
    ) -> dict[str, Any]: ...
    def create_endpoint_config(
        self, aliases: OneOrMoreTexts | None = None, links: Links | None = None,
        ipv4_address: str | None = None, ipv6_address: str | None = None,
        link_local_ips: OneOrMoreTexts | None = None, driver_opts: TextMap | None = None,
        mac_address: str | None = None, gw_priority: int | None = None,
    ) -> dict[str, Any]: ...
