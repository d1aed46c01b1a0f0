"""How a container is attached to networks, and how a network gives addresses: the API's JSON from arguments.

Each function returns a dict in the API's own words: a NetworkingConfig (of `create_container`), an endpoint
config (a container in one network), an IPAM (IP address management, of `create_network`) and a pool of it.
What is not given is left out, so that engines get only what they have. The functions are pure.
"""

import re

from docker.config import convert_texts
from docker.host_config import convert_links
from docker.ports import check_ip_address, check_mac_address
from docker.validation import (
    argument_error, as_list, check_if_given, check_json_dict, check_nonempty_text, check_optional_text,
    check_text, check_text_map, is_int, without_none)


def create_networking_config(endpoints_config=None):
    """Return the networks of a container to create, for `networking_config` of `create_container`.

    :param endpoints_config: a dict of networks (an id or a name, as text) to endpoint configs, as
        `create_endpoint_config` returns them; None is an endpoint with nothing set. Engines before API 1.44
        take one network.
    :returns: a dict: EndpointsConfig.
    :raises TypeError: for anything else.
    :raises ValueError: for an empty name.

        >>> docker.utils.create_networking_config({'front': create_endpoint_config(aliases=['web'])})
        {'EndpointsConfig': {'front': {'Aliases': ['web']}}}
    """
    if endpoints_config is None:
        return {}
    name = 'endpoints_config'
    endpoints = {}
    for network, endpoint in check_json_dict(endpoints_config, name).items():
        endpoint = {} if endpoint is None else check_json_dict(endpoint, name)
        endpoints[check_nonempty_text(network, name)] = endpoint
    return {'EndpointsConfig': endpoints}


def create_endpoint_config(version=None, aliases=None, links=None, ipv4_address=None, ipv6_address=None,
                           link_local_ips=None, driver_opts=None, mac_address=None, gw_priority=None):
    """Return what is set of a container in one network.

    :param version: not used: a call is sent in the version that has its arguments. Older programs pass the
        API version here.
    :param aliases: further names of the container in this network: text, or a list of text.
    :param links: containers in this network with their aliases: ``{'name': 'alias'}``, or a list of
        ``(container, 'alias')``, ``'name:alias'`` or ``'name'``.
    :param ipv4_address: its IPv4 address, as text, of a subnet that the network was created with.
    :param ipv6_address: its IPv6 address, likewise.
    :param link_local_ips: link-local addresses: text, or a list of text. Since API 1.24.
    :param driver_opts: options of the network driver: a dict of text to text. Since API 1.32.
    :param mac_address: its MAC address in this network, as text. Since API 1.44.
    :param gw_priority: of the container's networks, that with the highest number has the default gateway: an
        int. Since API 1.48.
    :returns: a dict: Aliases, Links, IPAMConfig (IPv4Address, IPv6Address, LinkLocalIPs), DriverOpts,
        MacAddress, GwPriority, each only if it is given.
    :raises TypeError, ValueError: for anything else.

        >>> docker.utils.create_endpoint_config(aliases=['db'], ipv4_address='10.5.0.2')
        {'Aliases': ['db'], 'IPAMConfig': {'IPv4Address': '10.5.0.2'}}
    """
    check_optional_text(version, 'version')
    if gw_priority is not None and not is_int(gw_priority):
        raise argument_error(TypeError, 'gw_priority', 'an int', gw_priority)
    addresses = without_none({
        'IPv4Address': check_if_given(_check_ipv4_address, ipv4_address, 'ipv4_address'),
        'IPv6Address': check_if_given(_check_ipv6_address, ipv6_address, 'ipv6_address'),
        'LinkLocalIPs': check_if_given(_check_addresses, link_local_ips, 'link_local_ips') or None})
    return without_none({
        'Aliases': check_if_given(convert_texts, aliases, 'aliases'),
        'Links': convert_links(links),
        'IPAMConfig': addresses or None,
        'DriverOpts': check_if_given(check_text_map, driver_opts, 'driver_opts') or None,
        'MacAddress': check_if_given(check_mac_address, mac_address, 'mac_address'),
        'GwPriority': gw_priority})


def create_ipam_config(driver='default', pool_configs=None, options=None):
    """Return how a network gives addresses, for `ipam` of `create_network`.

    :param driver: the name of the IPAM driver, as text.
    :param pool_configs: its pools, a list of dicts as `create_ipam_pool` returns them, or one of them.
    :param options: options of the driver: a dict of text to text. Since API 1.22.
    :returns: a dict: Driver, Config (a list), and Options if they are given.
    :raises TypeError, ValueError: for anything else.

        >>> docker.utils.create_ipam_config(pool_configs=[create_ipam_pool(subnet='10.5.0.0/16')])
        {'Driver': 'default', 'Config': [{'Subnet': '10.5.0.0/16'}]}
    """
    pools = [] if pool_configs is None else as_list(pool_configs)
    return without_none({
        'Driver': check_if_given(check_text, driver, 'driver') or u'default',
        'Config': [check_json_dict(pool, 'pool_configs') for pool in pools],
        'Options': check_if_given(check_text_map, options, 'options') or None})


def create_ipam_pool(subnet=None, iprange=None, gateway=None, aux_addresses=None):
    """Return a subnet of a network, for `pool_configs` of `create_ipam_config`.

    :param subnet: the subnet, as text: ``'10.5.0.0/16'``.
    :param iprange: the part of it that containers get addresses of, likewise.
    :param gateway: the address of the gateway, as text.
    :param aux_addresses: addresses that no container gets: a dict of names (of hosts) to addresses.
    :returns: a dict: Subnet, IPRange, Gateway, AuxiliaryAddresses, each only if it is given.
    :raises TypeError, ValueError: for anything else.

        >>> docker.utils.create_ipam_pool('10.5.0.0/16', gateway='10.5.0.254')
        {'Subnet': '10.5.0.0/16', 'Gateway': '10.5.0.254'}
    """
    others = check_if_given(check_text_map, aux_addresses, 'aux_addresses') or {}
    return without_none({
        'Subnet': check_if_given(_check_subnet, subnet, 'subnet'),
        'IPRange': check_if_given(_check_subnet, iprange, 'iprange'),
        'Gateway': check_if_given(check_ip_address, gateway, 'gateway'),
        'AuxiliaryAddresses': dict((host, check_ip_address(address, 'aux_addresses'))
                                   for host, address in others.items()) or None})


def _check_addresses(value, name):
    return [check_ip_address(address, name) for address in as_list(value)]


def _check_ipv4_address(value, name):
    address = check_ip_address(value, name)
    if u':' in address:
        raise argument_error(ValueError, name, 'an IPv4 address', value)
    return address


def _check_ipv6_address(value, name):
    address = check_ip_address(value, name)
    if u':' not in address:
        raise argument_error(ValueError, name, 'an IPv6 address', value)
    return address


def _check_subnet(value, name):
    takes = "a subnet such as '10.5.0.0/16'"
    text = check_text(value, name, takes)
    address, slash, size = text.partition(u'/')
    bits = 128 if u':' in address else 32
    if not slash or not re.match(r'[0-9]{1,3}\Z', size) or int(size) > bits:
        raise argument_error(ValueError, name, takes, value)
    check_ip_address(address, name)
    return text


__all__ = ['create_endpoint_config', 'create_ipam_config', 'create_ipam_pool', 'create_networking_config']
