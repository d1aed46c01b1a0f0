"""The dicts of calls for networks, and how containers are attached to them."""

from docker.responses.typed import Dict, List, MaybeNone, Optional, TypedDict, Union

EndpointIPAMConfig = TypedDict('EndpointIPAMConfig', {
    'IPv4Address': str, 'IPv6Address': str,
    'LinkLocalIPs': Optional[List[str]],
})
"""The addresses that were asked for, in `EndpointSettings`."""

EndpointSettings = TypedDict('EndpointSettings', {
    'IPAMConfig': Optional[EndpointIPAMConfig],
    'Links': Optional[List[str]],
    'Aliases': Optional[List[str]],  # names in this network that were asked for
    'DNSNames': Optional[List[str]],  # all its names in this network; since API 1.44
    'NetworkID': str, 'EndpointID': str,
    'IPAddress': str, 'IPPrefixLen': int, 'Gateway': str,  # empty while the container does not run
    'GlobalIPv6Address': str, 'GlobalIPv6PrefixLen': int, 'IPv6Gateway': str,
    'MacAddress': str,
    'DriverOpts': Optional[Dict[str, str]],  # since API 1.32
    'GwPriority': int,  # since API 1.48
})
"""A container in a network: Networks of a `ContainerSummary` and of `ContainerDetails`, by name."""

IPAMConfig = TypedDict('IPAMConfig', {
    'Subnet': str,  # such as '172.18.0.0/16'
    'IPRange': str, 'Gateway': str,
    'AuxiliaryAddresses': Optional[Dict[str, str]],  # addresses that are not given away, by name
})
"""A range of addresses of a network."""

IPAM = TypedDict('IPAM', {
    'Driver': str,
    'Options': Optional[Dict[str, str]],
    'Config': Union[List[IPAMConfig], MaybeNone],
})
"""How a network gives addresses."""

NetworkContainer = TypedDict('NetworkContainer', {
    'Name': str, 'EndpointID': str, 'MacAddress': str,
    'IPv4Address': str,  # with the size of the subnet, such as '172.18.0.2/16'
    'IPv6Address': str,
})
"""A running container in a `Network`."""

NetworkReference = TypedDict('NetworkReference', {'Network': str})
"""The name of the network with the configuration of another one."""

NetworkPeer = TypedDict('NetworkPeer', {'Name': str, 'IP': str})
"""A node with containers in an overlay network."""

NetworkTask = TypedDict('NetworkTask', {
    'Name': str, 'EndpointID': str, 'EndpointIP': str, 'Info': Optional[Dict[str, str]]})
"""A task of a service in an overlay network."""

NetworkService = TypedDict('NetworkService', {
    'VIP': str, 'Ports': List[str], 'LocalLBIndex': int, 'Tasks': List[NetworkTask]})
"""A service in an overlay network, by `inspect_network` with `verbose`."""

SubnetStatus = TypedDict('SubnetStatus', {'IPsInUse': int, 'DynamicIPsAvailable': int})
"""How many addresses of a subnet are used, and how many can still be given."""

IPAMStatus = TypedDict('IPAMStatus', {'Subnets': Dict[str, SubnetStatus]})
"""How many addresses of a network are used, by subnet."""

NetworkStatus = TypedDict('NetworkStatus', {'IPAM': IPAMStatus})
"""What `inspect_network` reports of the addresses, since API 1.52."""

Network = TypedDict('Network', {
    'Id': str, 'Name': str,
    'Created': str,  # a time; since API 1.23
    'Scope': str,  # 'local', 'swarm' or 'global'
    'Driver': str,
    'IPAM': IPAM,
    'Containers': Dict[str, NetworkContainer],  # by id; of lists until API 1.27
    'Options': Optional[Dict[str, str]],  # of the driver
    'Labels': Optional[Dict[str, str]],  # since API 1.23
    'Internal': bool,  # whether there is no way out; since API 1.22
    'EnableIPv6': bool,  # since API 1.23
    'EnableIPv4': bool,  # since API 1.48
    'Attachable': bool,  # since API 1.25
    'Ingress': bool,  # since API 1.29
    'ConfigOnly': bool, 'ConfigFrom': NetworkReference,  # since API 1.30
    'Peers': List[NetworkPeer],  # of overlay networks
    'Services': Dict[str, NetworkService],  # by name; with `verbose`
    'Status': NetworkStatus,
})
"""An item of what `networks` returns, and what `inspect_network` returns."""

CreatedNetwork = TypedDict('CreatedNetwork', {'Id': str, 'Warning': str})
"""What `create_network` returns."""
