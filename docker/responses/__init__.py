"""What calls return, as types: `ContainerSummary`, `ContainerDetails`, `Event` ...

Each is a `typing.TypedDict`, for annotations; what a call returns is a plain dict. A call returns the format
of the API version that the Client was created with, and engines differ: a key may be missing although its
type has it, in particular where a comment says since or until when it is there. A value that may be null is
Optional. On Python 2.7, 3.6 and 3.7, which have no TypedDict, each name is `dict`. `import docker` does not
import this module:

    >>> from docker.responses import ContainerSummary
    >>> def name_of(container):  # type: (ContainerSummary) -> str
    ...     return container['Names'][0].lstrip('/')
"""

from docker.responses.containers import (
    Address, BindOptions, BlkioEntry, BlkioStats, Change, ContainerConfig, ContainerDetails, ContainerState,
    ContainerSummary, CpuStats, CpuUsage, CreatedContainer, DeviceMapping, DeviceRequest, DriverConfig,
    ExecDetails, ExecInstance, ExecProcess, GraphDriver, Health, HealthConfig, HealthResult, HostConfig,
    ImageOptions, LogConfig, MemoryStats, Mount, MountPoint, NetworkSettings, NetworkStats, PathStat,
    PidsStats, PortAddress, PortSummary, Processes, PublishedPorts, RestartPolicy, RootSnapshot, RootStorage,
    Stats, Storage, StorageStats, SummaryHealth, SummaryHostConfig, SummaryNetworkSettings, ThrottleDevice,
    ThrottlingData, TmpfsOptions, Ulimit, UpdatedContainer, VolumeOptions, WeightDevice)
from docker.responses.descriptors import Attestation, Descriptor, Distribution, ImagePlatform
from docker.responses.disk import (
    BuildCache, BuildCacheUsage, ContainersUsage, DiskUsage, ImagesUsage, PrunedBuilds, PrunedContainers,
    PrunedImages, PrunedNetworks, PrunedVolumes, VolumesUsage)
from docker.responses.images import (
    BuildIdentity, BuildLog, BuildStatus, BuildStep, BuildWarning, CommittedImage, ErrorDetail, HistoryItem,
    ImageDetails, ImageIdentity, ImageManifest, ImageMetadata, ImageRootFS, ImageSummary, LoginStatus,
    ManifestAttestation, ManifestImage, ManifestImageSize, ManifestSize, Progress, ProgressDetail,
    PullIdentity, RemovedImage, SearchResult, SignatureIdentity, SignatureTimestamp, SignerIdentity)
from docker.responses.networks import (
    CreatedNetwork, EndpointIPAMConfig, EndpointSettings, IPAM, IPAMConfig, IPAMStatus, Network,
    NetworkContainer, NetworkPeer, NetworkReference, NetworkService, NetworkStatus, NetworkTask, SubnetStatus)
from docker.responses.plugins import (
    Plugin, PluginArgs, PluginConfig, PluginDevice, PluginEnv, PluginInterface, PluginLinux, PluginMount,
    PluginNetwork, PluginPrivilege, PluginRootFS, PluginSettings, PluginUser)
from docker.responses.services import (
    AppArmorOptions, ConfigReference, ContainerSpec, CreatedService, CredentialSpec, DNSConfig, EndpointPort,
    EndpointSpec, FileTarget, JobStatus, NetworkAttachment, NetworkAttachmentConfig, NetworkAttachmentSpec,
    Placement, PlacementPreference, PluginSpec, PortStatus, Privileges, ReplicatedJob, ReplicatedService,
    ResourceRequirements, SELinuxContext, SeccompOptions, SecretReference, Service, ServiceEndpoint,
    ServiceMode, ServiceSpec, ServiceStatus, Spread, SwarmIPAM, SwarmIPAMConfig, SwarmNetwork,
    SwarmNetworkSpec, Task, TaskContainer, TaskRestartPolicy, TaskSpec, TaskStatus, TaskVolume, UpdateConfig,
    UpdateStatus, UpdatedService, VirtualIP)
from docker.responses.swarm import (
    CAConfig, ClusterInfo, Config, ConfigSpec, CreatedConfig, CreatedSecret, DiscreteResource, Dispatcher,
    Driver, EncryptionConfig, EnginePlugin, ExternalCA, GenericResource, JoinTokens, ManagerStatus,
    NamedResource, Node, NodeDescription, NodeEngine, NodePlatform, NodeSpec, NodeStatus, ObjectVersion,
    Orchestration, Raft, Resources, Secret, SecretSpec, Swarm, SwarmSpec, TLSInfo, TaskDefaults, UnlockKey)
from docker.responses.system import (
    AddressPool, Commit, ContainerdInfo, ContainerdNamespaces, DeviceInfo, EngineInfo, EnginePlugins,
    EngineVersion, Event, EventActor, FirewallInfo, NRIInfo, PeerNode, PingHeaders, RegistryConfig,
    RegistryIndex, Runtime, SwarmInfo, VersionComponent, VersionPlatform)
from docker.responses.volumes import (
    CapacityRange, ClusterVolume, ClusterVolumeInfo, ClusterVolumeSpec, Topology, TopologyRequirement, Volume,
    VolumeAccessMode, VolumeList, VolumePublishStatus, VolumeSecret, VolumeUsage, VolumeVersion)

__all__ = [
    'Address', 'AddressPool', 'AppArmorOptions', 'Attestation', 'BindOptions', 'BlkioEntry', 'BlkioStats',
    'BuildCache', 'BuildCacheUsage', 'BuildIdentity', 'BuildLog', 'BuildStatus', 'BuildStep', 'BuildWarning',
    'CAConfig', 'CapacityRange', 'Change', 'ClusterInfo', 'ClusterVolume', 'ClusterVolumeInfo',
    'ClusterVolumeSpec', 'Commit', 'CommittedImage', 'Config', 'ConfigReference', 'ConfigSpec',
    'ContainerConfig', 'ContainerDetails', 'ContainerSpec', 'ContainerState', 'ContainerSummary',
    'ContainerdInfo', 'ContainerdNamespaces', 'ContainersUsage', 'CpuStats', 'CpuUsage', 'CreatedConfig',
    'CreatedContainer', 'CreatedNetwork', 'CreatedSecret', 'CreatedService', 'CredentialSpec', 'DNSConfig',
    'Descriptor', 'DeviceInfo', 'DeviceMapping', 'DeviceRequest', 'DiscreteResource', 'DiskUsage',
    'Dispatcher', 'Distribution', 'Driver', 'DriverConfig', 'EncryptionConfig', 'EndpointIPAMConfig',
    'EndpointPort', 'EndpointSettings', 'EndpointSpec', 'EngineInfo', 'EnginePlugin', 'EnginePlugins',
    'EngineVersion', 'ErrorDetail', 'Event', 'EventActor', 'ExecDetails', 'ExecInstance', 'ExecProcess',
    'ExternalCA', 'FileTarget', 'FirewallInfo', 'GenericResource', 'GraphDriver', 'Health', 'HealthConfig',
    'HealthResult', 'HistoryItem', 'HostConfig', 'IPAM', 'IPAMConfig', 'IPAMStatus', 'ImageDetails',
    'ImageIdentity', 'ImageManifest', 'ImageMetadata', 'ImageOptions', 'ImagePlatform', 'ImageRootFS',
    'ImageSummary', 'ImagesUsage', 'JobStatus', 'JoinTokens', 'LogConfig', 'LoginStatus', 'ManagerStatus',
    'ManifestAttestation', 'ManifestImage', 'ManifestImageSize', 'ManifestSize', 'MemoryStats', 'Mount',
    'MountPoint', 'NRIInfo', 'NamedResource', 'Network', 'NetworkAttachment', 'NetworkAttachmentConfig',
    'NetworkAttachmentSpec', 'NetworkContainer', 'NetworkPeer', 'NetworkReference', 'NetworkService',
    'NetworkSettings', 'NetworkStats', 'NetworkStatus', 'NetworkTask', 'Node', 'NodeDescription',
    'NodeEngine', 'NodePlatform', 'NodeSpec', 'NodeStatus', 'ObjectVersion', 'Orchestration', 'PathStat',
    'PeerNode', 'PidsStats', 'PingHeaders', 'Placement', 'PlacementPreference', 'Plugin', 'PluginArgs',
    'PluginConfig', 'PluginDevice', 'PluginEnv', 'PluginInterface', 'PluginLinux', 'PluginMount',
    'PluginNetwork', 'PluginPrivilege', 'PluginRootFS', 'PluginSettings', 'PluginSpec', 'PluginUser',
    'PortAddress', 'PortStatus', 'PortSummary', 'Privileges', 'Processes', 'Progress', 'ProgressDetail',
    'PrunedBuilds', 'PrunedContainers', 'PrunedImages', 'PrunedNetworks', 'PrunedVolumes', 'PublishedPorts',
    'PullIdentity', 'Raft', 'RegistryConfig', 'RegistryIndex', 'RemovedImage', 'ReplicatedJob',
    'ReplicatedService', 'ResourceRequirements', 'Resources', 'RestartPolicy', 'RootSnapshot', 'RootStorage',
    'Runtime', 'SELinuxContext', 'SearchResult', 'SeccompOptions', 'Secret', 'SecretReference', 'SecretSpec',
    'Service', 'ServiceEndpoint', 'ServiceMode', 'ServiceSpec', 'ServiceStatus', 'SignatureIdentity',
    'SignatureTimestamp', 'SignerIdentity', 'Spread', 'Stats', 'Storage', 'StorageStats', 'SubnetStatus',
    'SummaryHealth', 'SummaryHostConfig', 'SummaryNetworkSettings', 'Swarm', 'SwarmIPAM', 'SwarmIPAMConfig',
    'SwarmInfo', 'SwarmNetwork', 'SwarmNetworkSpec', 'SwarmSpec', 'TLSInfo', 'Task', 'TaskContainer',
    'TaskDefaults', 'TaskRestartPolicy', 'TaskSpec', 'TaskStatus', 'TaskVolume', 'ThrottleDevice',
    'ThrottlingData', 'TmpfsOptions', 'Topology', 'TopologyRequirement', 'Ulimit', 'UnlockKey',
    'UpdateConfig', 'UpdateStatus', 'UpdatedContainer', 'UpdatedService', 'VersionComponent',
    'VersionPlatform', 'VirtualIP', 'Volume', 'VolumeAccessMode', 'VolumeList', 'VolumeOptions',
    'VolumePublishStatus', 'VolumeSecret', 'VolumeUsage', 'VolumeVersion', 'VolumesUsage', 'WeightDevice']
