from typing import Any

from docker._typing import DictOf, JSONObject, Links, ListOf, OneOrMoreTexts, TextMap

def create_endpoint_config(
    version: str | None = None, aliases: OneOrMoreTexts | None = None, links: Links | None = None,
    ipv4_address: str | None = None, ipv6_address: str | None = None,
    link_local_ips: OneOrMoreTexts | None = None, driver_opts: TextMap | None = None,
    mac_address: str | None = None, gw_priority: int | None = None,
) -> dict[str, Any]: ...
def create_ipam_config(
    driver: str | None = 'default', pool_configs: JSONObject | ListOf[JSONObject] | None = None,
    options: TextMap | None = None,
) -> dict[str, Any]: ...
def create_ipam_pool(
    subnet: str | None = None, iprange: str | None = None, gateway: str | None = None,
    aux_addresses: DictOf[str, str] | None = None,
) -> dict[str, Any]: ...
def create_networking_config(
    endpoints_config: DictOf[str, JSONObject | None] | None = None,
) -> dict[str, Any]: ...

__all__ = ['create_endpoint_config', 'create_ipam_config', 'create_ipam_pool', 'create_networking_config']
