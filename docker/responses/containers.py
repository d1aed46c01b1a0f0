"""The dicts of calls for containers, and for commands in them."""

from docker.responses.descriptors import Descriptor
from docker.responses.networks import EndpointSettings
from docker.responses.typed import Any, Dict, List, MaybeNone, Optional, TypedDict, Union

PortSummary = TypedDict('PortSummary', {
    'PrivatePort': int,
    'PublicPort': int,  # missing unless the port is published
    'Type': str,  # 'tcp', 'udp' or 'sctp'
    'IP': str,  # the address of the host; missing unless the port is published
})
"""A port in a `ContainerSummary`."""

MountPoint = TypedDict('MountPoint', {
    'Type': str,  # 'bind', 'volume', 'tmpfs', 'npipe', 'cluster' or 'image'; since API 1.25
    'Name': str,  # of a volume
    'Source': str,  # a path of the host
    'Destination': str,  # a path of the container
    'Driver': str, 'Mode': str, 'RW': bool, 'Propagation': str,
    'Options': List[str],  # of Podman
    'SubPath': str,  # of Podman
})
"""What is mounted in a container, in a `ContainerSummary` and in `ContainerDetails`."""

SummaryHealth = TypedDict('SummaryHealth', {'Status': str, 'FailingStreak': int})
"""The health in a `ContainerSummary`: 'starting', 'healthy', 'unhealthy' or 'none', and failures in a row."""

SummaryHostConfig = TypedDict('SummaryHostConfig', {
    'NetworkMode': str,
    'Annotations': Optional[Dict[str, str]],  # since API 1.46
})
"""What a `ContainerSummary` has of the HostConfig."""

SummaryNetworkSettings = TypedDict('SummaryNetworkSettings', {
    'Networks': Dict[str, EndpointSettings],  # by name
})
"""What a `ContainerSummary` has of the network settings."""

ContainerSummary = TypedDict('ContainerSummary', {
    'Id': str,
    'Names': List[str],  # each begins with a slash
    'Image': str,  # as it was named when the container was created
    'ImageID': str,  # since API 1.21
    'ImageManifestDescriptor': Descriptor,  # since API 1.48
    'Command': str,
    'Created': int,  # Unix time
    'Status': str,  # for people, such as 'Up 2 minutes'
    'State': str,  # 'created', 'running', 'paused', 'restarting', 'exited', 'dead' ...; since API 1.23
    'Ports': List[PortSummary],
    'SizeRw': int,  # bytes in its own layer; with `size`
    'SizeRootFs': int,  # bytes of all its files; with `size`
    'Labels': Dict[str, str],  # since API 1.18
    'HostConfig': SummaryHostConfig,  # since API 1.20
    'NetworkSettings': SummaryNetworkSettings,  # since API 1.22
    'Mounts': List[MountPoint],  # since API 1.22
    'Health': SummaryHealth,  # since API 1.52
})
"""An item of what `containers` returns; with `quiet` only Id is there."""

CreatedContainer = TypedDict('CreatedContainer', {
    'Id': str,
    'Warnings': Optional[List[str]],  # may be missing
})
"""What `create_container` and `create_container_from_config` return."""

UpdatedContainer = TypedDict('UpdatedContainer', {'Warnings': Optional[List[str]]})
"""What `update_container` returns."""

PortAddress = TypedDict('PortAddress', {
    'HostIp': str,
    'HostPort': str,  # the number, as text
})
"""Where a port is published: an item of what `port` returns, and in `HostConfig` and `NetworkSettings`."""

HealthConfig = TypedDict('HealthConfig', {
    'Test': List[str],  # such as ['CMD', 'true'], ['CMD-SHELL', 'true | true'] or ['NONE']
    'Interval': int, 'Timeout': int,  # nanoseconds
    'Retries': int,
    'StartPeriod': int,  # nanoseconds; since API 1.29
    'StartInterval': int,  # nanoseconds; since API 1.44
})
"""The health check of a container or of an image."""

ContainerConfig = TypedDict('ContainerConfig', {
    'Hostname': str, 'Domainname': str, 'User': str,
    'AttachStdin': bool, 'AttachStdout': bool, 'AttachStderr': bool,
    'Tty': bool, 'OpenStdin': bool, 'StdinOnce': bool,
    'Env': Union[List[str], MaybeNone],  # each such as 'PATH=/bin'
    'Cmd': Union[List[str], MaybeNone],
    'Entrypoint': Optional[List[str]],
    'Image': str, 'WorkingDir': str,
    'ExposedPorts': Optional[Dict[str, Dict[str, Any]]],  # by port, such as '80/tcp'
    'Volumes': Optional[Dict[str, Dict[str, Any]]],  # by path of the container
    'Labels': Union[Dict[str, str], MaybeNone],  # since API 1.18
    'OnBuild': Optional[List[str]],  # of images; since API 1.9
    'NetworkDisabled': bool, 'MacAddress': str,
    'Healthcheck': HealthConfig,  # since API 1.24
    'StopSignal': str,  # since API 1.21
    'StopTimeout': int,  # seconds; since API 1.25
    'Shell': List[str],  # since API 1.24
    'ArgsEscaped': bool,  # of Windows
    'PortSpecs': Optional[List[str]],  # until API 1.20, likewise all below
    'Memory': int, 'MemorySwap': int,  # bytes
    'CpuShares': int, 'Cpuset': str, 'Privileged': bool,
    'Dns': Optional[List[str]], 'VolumesFrom': str, 'VolumeDriver': str,
})
"""The Config of `ContainerDetails` and of `ImageDetails`."""

LogConfig = TypedDict('LogConfig', {'Type': str, 'Config': Optional[Dict[str, str]]})
"""How the output of a container is logged: a driver, and its options."""

RestartPolicy = TypedDict('RestartPolicy', {
    'Name': str,  # '', 'no', 'always', 'unless-stopped' or 'on-failure'
    'MaximumRetryCount': int,
})
"""When a container is started again."""

DeviceMapping = TypedDict('DeviceMapping', {
    'PathOnHost': str, 'PathInContainer': str,
    'CgroupPermissions': str,  # of 'r', 'w' and 'm'
})
"""A device of the host in a container."""

DeviceRequest = TypedDict('DeviceRequest', {
    'Driver': str,
    'Count': int,  # -1 for all
    'DeviceIDs': Optional[List[str]],
    'Capabilities': Optional[List[List[str]]],
    'Options': Optional[Dict[str, str]],
})
"""Devices, such as GPUs, that a driver gives to a container."""

Ulimit = TypedDict('Ulimit', {'Name': str, 'Soft': int, 'Hard': int})
"""A limit of the processes of a container."""

WeightDevice = TypedDict('WeightDevice', {'Path': str, 'Weight': int})
"""The share of a container in the input and output of a device."""

ThrottleDevice = TypedDict('ThrottleDevice', {
    'Path': str,
    'Rate': int,  # bytes or operations a second
})
"""A limit of a container for the input or output of a device."""

BindOptions = TypedDict('BindOptions', {
    'Propagation': str, 'NonRecursive': bool, 'CreateMountpoint': bool, 'ReadOnlyNonRecursive': bool,
    'ReadOnlyForceRecursive': bool})
"""Options of a `Mount` of a file or folder of the host."""

DriverConfig = TypedDict('DriverConfig', {'Name': str, 'Options': Optional[Dict[str, str]]})
"""A driver, and its options."""

VolumeOptions = TypedDict('VolumeOptions', {
    'NoCopy': bool, 'Labels': Optional[Dict[str, str]], 'DriverConfig': DriverConfig, 'Subpath': str})
"""Options of a `Mount` of a volume."""

ImageOptions = TypedDict('ImageOptions', {'Subpath': str})
"""Options of a `Mount` of an image."""

TmpfsOptions = TypedDict('TmpfsOptions', {
    'SizeBytes': int,
    'Mode': int,  # permissions
    'Options': List[List[str]],  # since API 1.46
})
"""Options of a `Mount` of memory."""

Mount = TypedDict('Mount', {
    'Target': str,  # a path of the container
    'Source': str,  # a path of the host, or the name of a volume or an image
    'Type': str,  # as in a `MountPoint`
    'ReadOnly': bool, 'Consistency': str,
    'BindOptions': BindOptions, 'VolumeOptions': VolumeOptions, 'ImageOptions': ImageOptions,
    'TmpfsOptions': TmpfsOptions,
})
"""What was asked to be mounted, in a `HostConfig` (since API 1.25) and in a `ContainerSpec`."""

HostConfig = TypedDict('HostConfig', {
    'Binds': Optional[List[str]],  # each such as '/srv:/www:ro'
    'Mounts': Optional[List[Mount]],  # since API 1.25
    'PortBindings': Optional[Dict[str, Optional[List[PortAddress]]]],  # by port, such as '80/tcp'
    'PublishAllPorts': bool,
    'Links': Optional[List[str]], 'VolumesFrom': Optional[List[str]],
    'Privileged': bool,
    'ContainerIDFile': str,
    'LxcConf': Optional[List[Dict[str, str]]],  # until API 1.21
    'Dns': Optional[List[str]], 'DnsSearch': Optional[List[str]],  # since API 1.10
    'DnsOptions': Optional[List[str]],  # since API 1.21
    'ExtraHosts': Optional[List[str]],  # each such as 'db:10.0.0.2'; since API 1.15
    'NetworkMode': str,  # since API 1.11
    'IpcMode': str, 'PidMode': str, 'UTSMode': str, 'UsernsMode': str, 'CgroupnsMode': str,
    'CapAdd': Optional[List[str]], 'CapDrop': Optional[List[str]],  # since API 1.14
    'RestartPolicy': RestartPolicy,  # since API 1.14
    'Devices': Optional[List[DeviceMapping]],  # since API 1.14
    'DeviceRequests': Optional[List[DeviceRequest]],  # since API 1.40
    'DeviceCgroupRules': Optional[List[str]],  # since API 1.28
    'LogConfig': LogConfig,  # since API 1.18
    'SecurityOpt': Optional[List[str]],  # since API 1.17
    'ReadonlyRootfs': bool,  # since API 1.17
    'MaskedPaths': Optional[List[str]], 'ReadonlyPaths': Optional[List[str]],  # since API 1.38
    'Ulimits': Optional[List[Ulimit]],  # since API 1.18
    'Memory': int, 'MemorySwap': int, 'MemoryReservation': int,  # bytes; 0: no limit
    'KernelMemory': int,  # bytes; until API 1.41
    'KernelMemoryTCP': int,  # bytes; until API 1.51
    'MemorySwappiness': Optional[int],  # 0 to 100
    'OomKillDisable': Optional[bool], 'OomScoreAdj': int,
    'CpuShares': int,
    'CpuPeriod': int, 'CpuQuota': int,  # microseconds
    'CpuRealtimePeriod': int, 'CpuRealtimeRuntime': int,  # microseconds
    'NanoCpus': int,  # billionths of a CPU
    'CpusetCpus': str, 'CpusetMems': str, 'Cpuset': str,
    'BlkioWeight': int,
    'BlkioWeightDevice': Optional[List[WeightDevice]],
    'BlkioDeviceReadBps': Optional[List[ThrottleDevice]],
    'BlkioDeviceWriteBps': Optional[List[ThrottleDevice]],
    'BlkioDeviceReadIOps': Optional[List[ThrottleDevice]],
    'BlkioDeviceWriteIOps': Optional[List[ThrottleDevice]],
    'PidsLimit': Optional[int],  # None, 0 or -1: no limit
    'ShmSize': int,  # bytes
    'Tmpfs': Dict[str, str],  # options by path of the container
    'Sysctls': Dict[str, str], 'StorageOpt': Dict[str, str],
    'Annotations': Optional[Dict[str, str]],  # since API 1.43
    'GroupAdd': Optional[List[str]],
    'Cgroup': str, 'CgroupParent': str, 'VolumeDriver': str,
    'Init': Optional[bool],  # None: what the engine is configured with
    'AutoRemove': bool, 'Runtime': str,
    'ConsoleSize': List[int],  # height and width
    'Isolation': str,  # of Windows, likewise all below
    'CpuCount': int, 'CpuPercent': int, 'IOMaximumIOps': int,
    'IOMaximumBandwidth': int, 'DiskQuota': int,  # bytes a second; bytes
})
"""The HostConfig of `ContainerDetails`: what the container shares with its host."""

HealthResult = TypedDict('HealthResult', {
    'Start': str, 'End': str,  # times
    'ExitCode': int,  # 0 healthy, all else not
    'Output': str,
})
"""One run of a health check."""

Health = TypedDict('Health', {
    'Status': str,  # 'starting', 'healthy', 'unhealthy' or 'none'
    'FailingStreak': int,  # failures in a row
    'Log': Optional[List[HealthResult]],  # the newest five
})
"""The health of a container, in its `ContainerState`."""

ContainerState = TypedDict('ContainerState', {
    'Status': str,  # as State of a `ContainerSummary`; since API 1.21
    'Running': bool, 'Paused': bool, 'Restarting': bool, 'OOMKilled': bool, 'Dead': bool,
    'Ghost': bool,  # until API 1.11
    'Pid': int,  # of its first process, on the host; 0 when it does not run
    'ExitCode': int,
    'Error': str,  # why it could not be started
    'StartedAt': str, 'FinishedAt': str,  # times; in year 1 when it was not
    'Health': Health,  # since API 1.24; missing without a health check
})
"""The State of `ContainerDetails`."""

PublishedPorts = Dict[str, Union[List[PortAddress], MaybeNone]]
"""Where ports are published, by port such as '80/tcp'; None for one that is not."""

Address = TypedDict('Address', {'Addr': str, 'PrefixLen': int})
"""An address more of a container."""

NetworkSettings = TypedDict('NetworkSettings', {
    'Ports': Union[PublishedPorts, MaybeNone],  # before API 1.21 None while the container does not run
    'Networks': Dict[str, EndpointSettings],  # by name; since API 1.21
    'SandboxID': str, 'SandboxKey': str,
    'PortMapping': Optional[Dict[str, Dict[str, str]]],  # until API 1.20
    'IPAddress': str, 'IPPrefixLen': int, 'Gateway': str,  # in the default network; until API 1.51
    'Bridge': str, 'EndpointID': str, 'MacAddress': str, 'HairpinMode': bool,  # until API 1.51
    'GlobalIPv6Address': str, 'GlobalIPv6PrefixLen': int, 'IPv6Gateway': str,  # until API 1.51
    'LinkLocalIPv6Address': str, 'LinkLocalIPv6PrefixLen': int,  # until API 1.51
    'SecondaryIPAddresses': Optional[List[Address]],  # until API 1.51
    'SecondaryIPv6Addresses': Optional[List[Address]],  # until API 1.51
})
"""The network settings of `ContainerDetails`."""

GraphDriver = TypedDict('GraphDriver', {'Name': str, 'Data': Optional[Dict[str, Any]]})
"""The storage driver that keeps the files of a container or an image."""

RootSnapshot = TypedDict('RootSnapshot', {'Name': str})
"""The snapshot with the files of a container."""

RootStorage = TypedDict('RootStorage', {'Snapshot': RootSnapshot})
"""Where the files of a container are kept."""

Storage = TypedDict('Storage', {'RootFS': RootStorage})
"""Where the files of a container are kept, by engines that keep images with containerd (since API 1.52)."""

ContainerDetails = TypedDict('ContainerDetails', {
    'Id': str,  # since API 1.12
    'ID': str,  # until API 1.11
    'Name': str,  # begins with a slash
    'Created': str,  # a time
    'Path': str, 'Args': List[str],  # the command
    'State': ContainerState,
    'Image': str,  # an id
    'ImageManifestDescriptor': Descriptor,  # since API 1.48
    'Config': ContainerConfig, 'HostConfig': HostConfig, 'NetworkSettings': NetworkSettings,
    'Mounts': List[MountPoint],  # since API 1.20
    'Volumes': Optional[Dict[str, str]],  # paths of the host by path of the container; until API 1.19
    'VolumesRW': Optional[Dict[str, bool]],  # which of them are not read-only; until API 1.19
    'AppliedVolumesFrom': Optional[Dict[str, Any]], 'UpdateDns': bool,  # until API 1.19
    'ResolvConfPath': str, 'HostnamePath': str, 'HostsPath': str, 'LogPath': str,
    'SysInitPath': str,  # until API 1.11
    'RestartCount': int,
    'Driver': str,  # of storage
    'ExecDriver': str, 'Platform': str, 'MountLabel': str, 'ProcessLabel': str, 'AppArmorProfile': str,
    'ExecIDs': Optional[List[str]],
    'GraphDriver': GraphDriver,  # since API 1.21
    'Storage': Storage,
    'SizeRw': int, 'SizeRootFs': int,  # bytes; with `size`
})
"""What `inspect_container` returns."""

Processes = TypedDict('Processes', {
    'Titles': List[str],  # of the columns
    'Processes': List[List[str]],  # each a row
})
"""What `top` returns."""

Change = TypedDict('Change', {
    'Path': str,
    'Kind': int,  # 0 modified, 1 added, 2 deleted
})
"""An item of what `diff` returns."""

PathStat = TypedDict('PathStat', {
    'name': str,
    'size': int,  # bytes
    'mode': int,  # permissions in the last nine bits, the kind in the first ones
    'mtime': str,  # a time
    'linkTarget': str,  # of a symbolic link, as an absolute path of the container; empty for all else
})
"""What `stat_archive` returns, and the second of what `get_archive` returns."""

CpuUsage = TypedDict('CpuUsage', {
    'total_usage': int, 'usage_in_kernelmode': int, 'usage_in_usermode': int,  # nanoseconds
    'percpu_usage': Optional[List[int]],  # nanoseconds
})
"""How long the processes of a container ran, in `CpuStats`."""

ThrottlingData = TypedDict('ThrottlingData', {
    'periods': int, 'throttled_periods': int,
    'throttled_time': int,  # nanoseconds
})
"""How often a container reached its limit of CPU."""

CpuStats = TypedDict('CpuStats', {
    'cpu_usage': CpuUsage,
    'system_cpu_usage': int,  # of all CPUs of the host, nanoseconds
    'online_cpus': int,  # since API 1.27
    'throttling_data': ThrottlingData,
})
"""CPU in `Stats`."""

MemoryStats = TypedDict('MemoryStats', {
    'usage': int, 'max_usage': int, 'limit': int,  # bytes
    'failcnt': int,
    'stats': Dict[str, int],  # what the control group reports; in bytes, most of it
    'commitbytes': int, 'commitpeakbytes': int, 'privateworkingset': int,  # of Windows
})
"""Memory in `Stats`; of a container that does not run it is empty."""

BlkioEntry = TypedDict('BlkioEntry', {'major': int, 'minor': int, 'op': str, 'value': int})
"""A counter of a device, in `BlkioStats`."""

BlkioStats = TypedDict('BlkioStats', {
    'io_service_bytes_recursive': Optional[List[BlkioEntry]],
    'io_serviced_recursive': Optional[List[BlkioEntry]],
    'io_queue_recursive': Optional[List[BlkioEntry]], 'io_service_time_recursive': Optional[List[BlkioEntry]],
    'io_wait_time_recursive': Optional[List[BlkioEntry]], 'io_merged_recursive': Optional[List[BlkioEntry]],
    'io_time_recursive': Optional[List[BlkioEntry]], 'sectors_recursive': Optional[List[BlkioEntry]],
})
"""Input and output of devices in `Stats`."""

NetworkStats = TypedDict('NetworkStats', {
    'rx_bytes': int, 'rx_packets': int, 'rx_errors': int, 'rx_dropped': int,
    'tx_bytes': int, 'tx_packets': int, 'tx_errors': int, 'tx_dropped': int,
    'endpoint_id': str, 'instance_id': str,  # of Windows
})
"""The counters of a network interface in `Stats`: received (rx) and sent (tx)."""

PidsStats = TypedDict('PidsStats', {'current': int, 'limit': int})
"""How many processes a container has, in `Stats`."""

StorageStats = TypedDict('StorageStats', {
    'read_count_normalized': int, 'read_size_bytes': int, 'write_count_normalized': int,
    'write_size_bytes': int})
"""Input and output of a container on Windows, in `Stats`."""

Stats = TypedDict('Stats', {
    'id': str, 'name': str,  # missing with `one_shot` of Docker 26 and later
    'os_type': str,
    'read': str, 'preread': str,  # the times of these stats, and of those before
    'cpu_stats': CpuStats,
    'precpu_stats': CpuStats,  # those before; since API 1.19
    'memory_stats': MemoryStats, 'blkio_stats': BlkioStats,
    'network': NetworkStats,  # the sum of all interfaces; until API 1.20
    'networks': Dict[str, NetworkStats],  # by interface; since API 1.21
    'pids_stats': PidsStats,  # since API 1.23
    'num_procs': int, 'storage_stats': StorageStats,  # of Windows
})
"""An item of what `stats` returns with `decode`, and what it returns with `stream=False`."""

ExecInstance = TypedDict('ExecInstance', {'Id': str})
"""What `exec_create` returns."""

ExecProcess = TypedDict('ExecProcess', {
    'entrypoint': str,
    'arguments': List[str],
    'tty': bool, 'privileged': bool, 'user': str,
})
"""The command of `ExecDetails`."""

ExecDetails = TypedDict('ExecDetails', {
    'ID': str,
    'Running': bool,
    'ExitCode': Optional[int],  # None or 0 while it runs
    'ProcessConfig': ExecProcess,
    'OpenStdin': bool, 'OpenStdout': bool, 'OpenStderr': bool,
    'ContainerID': str,  # since API 1.21
    'Pid': int,  # on the host; since API 1.25
    'CanRemove': bool, 'DetachKeys': str,
    'Container': Dict[str, Any],  # of ContainerDetails; until API 1.20
})
"""What `exec_inspect` returns."""
