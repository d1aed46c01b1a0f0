"""The dicts of calls for the engine itself: what it is, and its events."""

from docker.responses.swarm import ClusterInfo, GenericResource
from docker.responses.typed import Any, Dict, List, Optional, TypedDict

EventActor = TypedDict('EventActor', {
    'ID': str,
    'Attributes': Dict[str, str],  # labels, and such as name, image, exitCode, signal
})
"""What an `Event` is about."""

Event = TypedDict('Event', {
    'time': int,  # Unix time
    'status': str, 'id': str, 'from': str,  # of containers and images; until API 1.51
    'Type': str,  # 'container', 'image', 'network', 'volume' ...; since API 1.22, likewise those below
    'Action': str,  # such as 'create', 'start' or 'die'
    'Actor': EventActor,
    'scope': str,  # 'local' or 'swarm'
    'timeNano': int,  # the time in nanoseconds
})
"""An item of what `events` returns with `decode`."""

VersionPlatform = TypedDict('VersionPlatform', {'Name': str})
"""The product that an engine is of."""

VersionComponent = TypedDict('VersionComponent', {
    'Name': str, 'Version': str, 'Details': Optional[Dict[str, Any]]})
"""A part of an engine."""

EngineVersion = TypedDict('EngineVersion', {
    'Version': str,
    'GitCommit': str, 'GoVersion': str,
    'ApiVersion': str,  # the newest; since API 1.12
    'MinAPIVersion': str,  # the oldest; since API 1.24
    'Os': str, 'Arch': str, 'KernelVersion': str,
    'Experimental': bool, 'BuildTime': str,
    'Platform': VersionPlatform, 'Components': List[VersionComponent],  # since API 1.35
})
"""What `version` returns."""

PingHeaders = TypedDict('PingHeaders', {
    'Api-Version': str, 'Builder-Version': str, 'Docker-Experimental': str, 'OSType': str, 'Server': str,
    'Swarm': str})
"""What `ping` returns with `head`; it has those keys that the engine sent."""

EnginePlugins = TypedDict('EnginePlugins', {
    'Volume': List[str], 'Network': List[str], 'Authorization': Optional[List[str]], 'Log': List[str]})
"""The drivers that an engine has, by what they are for."""

RegistryIndex = TypedDict('RegistryIndex', {
    'Name': str, 'Mirrors': Optional[List[str]], 'Secure': bool, 'Official': bool})
"""A registry that an engine knows."""

RegistryConfig = TypedDict('RegistryConfig', {
    'InsecureRegistryCIDRs': List[str], 'IndexConfigs': Dict[str, RegistryIndex],
    'Mirrors': Optional[List[str]],
    'AllowNondistributableArtifactsCIDRs': Optional[List[str]],  # until API 1.49
    'AllowNondistributableArtifactsHostnames': Optional[List[str]],  # until API 1.49
})
"""How an engine reaches registries."""

Runtime = TypedDict('Runtime', {
    'path': str, 'runtimeArgs': Optional[List[str]],
    'status': Optional[Dict[str, str]],  # since API 1.44
})
"""A program that runs containers."""

Commit = TypedDict('Commit', {
    'ID': str,
    'Expected': str,  # until API 1.49
})
"""The version of a program that the engine uses."""

PeerNode = TypedDict('PeerNode', {'NodeID': str, 'Addr': str})
"""A manager of a swarm."""

SwarmInfo = TypedDict('SwarmInfo', {
    'NodeID': str, 'NodeAddr': str,
    'LocalNodeState': str,  # 'inactive', 'pending', 'active', 'error' or 'locked'
    'ControlAvailable': bool,  # whether it is a manager
    'Error': str,
    'RemoteManagers': Optional[List[PeerNode]],
    'Nodes': int, 'Managers': int,  # how many; of managers
    'Cluster': ClusterInfo,  # of managers
    'Warnings': List[str],
})
"""What an engine is in a swarm."""

AddressPool = TypedDict('AddressPool', {'Base': str, 'Size': int})
"""A range that new networks get their addresses from, and the size of their subnets."""

FirewallInfo = TypedDict('FirewallInfo', {
    'Driver': str,  # such as 'iptables' or 'nftables'
    'Info': List[List[str]],
})
"""The firewall that an engine uses."""

DeviceInfo = TypedDict('DeviceInfo', {'Source': str, 'ID': str})
"""A device that a driver found."""

NRIInfo = TypedDict('NRIInfo', {'Info': List[List[str]]})
"""The Node Resource Interface of an engine."""

ContainerdNamespaces = TypedDict('ContainerdNamespaces', {'Containers': str, 'Plugins': str})
"""The namespaces of an engine in containerd."""

ContainerdInfo = TypedDict('ContainerdInfo', {'Address': str, 'Namespaces': ContainerdNamespaces})
"""The containerd that an engine uses."""

EngineInfo = TypedDict('EngineInfo', {
    'ID': str,
    'Name': str,  # of the host
    'Containers': int,
    'ContainersRunning': int, 'ContainersPaused': int, 'ContainersStopped': int,  # since API 1.22
    'Images': int,
    'Driver': str, 'DriverStatus': List[List[str]],  # of storage
    'SystemStatus': Optional[List[List[str]]],
    'Plugins': EnginePlugins,
    'MemoryLimit': bool, 'SwapLimit': bool, 'KernelMemory': bool, 'KernelMemoryTCP': bool,
    'CpuCfsPeriod': bool, 'CpuCfsQuota': bool, 'CPUShares': bool, 'CPUSet': bool, 'PidsLimit': bool,
    'OomKillDisable': bool,
    'IPv4Forwarding': bool, 'BridgeNfIptables': bool, 'BridgeNfIp6tables': bool,
    'Debug': bool,
    'NFd': int, 'NGoroutines': int, 'NEventsListener': int,
    'SystemTime': str,  # a time
    'LoggingDriver': str, 'CgroupDriver': str,
    'CgroupVersion': str,  # '1' or '2'; since API 1.41
    'ExecutionDriver': str, 'InitPath': str, 'InitSha1': str,  # of old engines
    'LXCVersion': str,  # until API 1.9
    'KernelVersion': str, 'OperatingSystem': str, 'OSVersion': str, 'OSType': str, 'Architecture': str,
    'NCPU': int,
    'MemTotal': int,  # bytes
    'DockerRootDir': str,
    'IndexServerAddress': str, 'RegistryConfig': RegistryConfig,
    'HttpProxy': str, 'HttpsProxy': str, 'NoProxy': str,
    'Labels': Optional[List[str]],  # each such as 'disk=ssd'
    'ExperimentalBuild': bool, 'ServerVersion': str,
    'ClusterStore': str, 'ClusterAdvertise': str,
    'GenericResources': Optional[List[GenericResource]],
    'Runtimes': Dict[str, Runtime], 'DefaultRuntime': str,  # since API 1.24
    'Swarm': SwarmInfo,  # since API 1.24
    'LiveRestoreEnabled': bool,
    'Isolation': str,  # of Windows
    'InitBinary': str, 'ContainerdCommit': Commit, 'RuncCommit': Commit, 'InitCommit': Commit,
    'SecurityOptions': List[str],  # each such as 'name=seccomp,profile=default'
    'ProductLicense': str,
    'DefaultAddressPools': List[AddressPool],
    'Warnings': Optional[List[str]],
    'CDISpecDirs': List[str], 'Containerd': ContainerdInfo,
    'FirewallBackend': FirewallInfo, 'DiscoveredDevices': List[DeviceInfo], 'NRI': NRIInfo,
})
"""What `info` returns."""
