"""The dicts of calls for services and their tasks."""

from docker.responses.containers import HealthConfig, Mount, Ulimit
from docker.responses.networks import NetworkReference
from docker.responses.plugins import PluginPrivilege
from docker.responses.swarm import Driver, GenericResource, NodePlatform, ObjectVersion, Resources
from docker.responses.typed import Any, Dict, List, Optional, TypedDict

CredentialSpec = TypedDict('CredentialSpec', {'Config': str, 'File': str, 'Registry': str})
"""Where the credentials of a container of Windows are."""

SELinuxContext = TypedDict('SELinuxContext', {
    'Disable': bool, 'User': str, 'Role': str, 'Type': str, 'Level': str})
"""The labels of SELinux of a container."""

SeccompOptions = TypedDict('SeccompOptions', {
    'Mode': str,  # 'default', 'unconfined' or 'custom'
    'Profile': str,  # in base64
})
"""Which system calls a container may use."""

AppArmorOptions = TypedDict('AppArmorOptions', {
    'Mode': str,  # 'default' or 'disabled'
})
"""Whether AppArmor confines a container."""

Privileges = TypedDict('Privileges', {
    'CredentialSpec': Optional[CredentialSpec], 'SELinuxContext': Optional[SELinuxContext],
    'Seccomp': SeccompOptions, 'AppArmor': AppArmorOptions, 'NoNewPrivileges': bool})
"""What the containers of a service may do."""

DNSConfig = TypedDict('DNSConfig', {'Nameservers': List[str], 'Search': List[str], 'Options': List[str]})
"""How the containers of a service look names up."""

FileTarget = TypedDict('FileTarget', {
    'Name': str,  # the name or path of the file
    'UID': str, 'GID': str,
    'Mode': int,  # permissions
})
"""The file that a secret or a config is in."""

SecretReference = TypedDict('SecretReference', {'File': FileTarget, 'SecretID': str, 'SecretName': str})
"""A secret that the containers of a service have."""

ConfigReference = TypedDict('ConfigReference', {
    'File': FileTarget,
    'Runtime': Dict[str, Any],  # in place of File, for a config that the engine uses
    'ConfigID': str, 'ConfigName': str,
})
"""A config that the containers of a service have."""

ContainerSpec = TypedDict('ContainerSpec', {
    'Image': str,
    'Command': List[str], 'Args': List[str],
    'Labels': Dict[str, str],
    'Hostname': str,
    'Env': List[str],  # each such as 'PATH=/bin'
    'Dir': str, 'User': str, 'Groups': List[str],
    'Privileges': Optional[Privileges],
    'TTY': bool, 'OpenStdin': bool, 'ReadOnly': bool,
    'Mounts': List[Mount],
    'StopSignal': str,
    'StopGracePeriod': int,  # nanoseconds
    'Healthcheck': HealthConfig,
    'Hosts': List[str],  # lines of the file hosts
    'DNSConfig': DNSConfig,
    'Secrets': List[SecretReference], 'Configs': List[ConfigReference],
    'Isolation': str,  # of Windows
    'Init': Optional[bool],
    'Sysctls': Dict[str, str],
    'CapabilityAdd': List[str], 'CapabilityDrop': List[str],
    'Ulimits': List[Ulimit],
    'OomScoreAdj': int,  # since API 1.46
})
"""The settings of the containers of a service."""

PluginSpec = TypedDict('PluginSpec', {
    'Name': str, 'Remote': str, 'Disabled': bool, 'PluginPrivilege': List[PluginPrivilege]})
"""The plugin that a task installs."""

NetworkAttachmentSpec = TypedDict('NetworkAttachmentSpec', {'ContainerID': str})
"""The container that a task attaches to a network."""

ResourceRequirements = TypedDict('ResourceRequirements', {
    'Limits': Resources, 'Reservations': Resources,
    'SwapBytes': Optional[int], 'MemorySwappiness': Optional[int],  # since API 1.52
})
"""What each task of a service may use at most, and what it is promised."""

TaskRestartPolicy = TypedDict('TaskRestartPolicy', {
    'Condition': str,  # 'none', 'on-failure' or 'any'
    'Delay': int,  # nanoseconds
    'MaxAttempts': int,
    'Window': int,  # nanoseconds
})
"""When a task is started again."""

Spread = TypedDict('Spread', {'SpreadDescriptor': str})
"""The label of nodes by which tasks are spread."""

PlacementPreference = TypedDict('PlacementPreference', {'Spread': Spread})
"""How tasks are spread over nodes."""

Placement = TypedDict('Placement', {
    'Constraints': List[str],  # each such as 'node.role==manager'
    'Preferences': List[PlacementPreference],
    'MaxReplicas': int,  # on a node; 0: no limit
    'Platforms': List[NodePlatform],
})
"""Which nodes tasks run on."""

NetworkAttachmentConfig = TypedDict('NetworkAttachmentConfig', {
    'Target': str,  # a name or an id
    'Aliases': List[str], 'DriverOpts': Dict[str, str],
})
"""A network that tasks are attached to."""

TaskSpec = TypedDict('TaskSpec', {
    'ContainerSpec': ContainerSpec,
    'PluginSpec': PluginSpec, 'NetworkAttachmentSpec': NetworkAttachmentSpec,  # in place of ContainerSpec
    'Resources': ResourceRequirements, 'RestartPolicy': TaskRestartPolicy, 'Placement': Placement,
    'ForceUpdate': int,
    'Runtime': str,  # 'container', 'plugin' or 'attachment'
    'Networks': List[NetworkAttachmentConfig],
    'LogDriver': Driver,
})
"""The settings of a task: TaskTemplate of a `ServiceSpec`, and Spec of a `Task`."""

ReplicatedService = TypedDict('ReplicatedService', {'Replicas': int})
"""How many tasks a service has."""

ReplicatedJob = TypedDict('ReplicatedJob', {'MaxConcurrent': int, 'TotalCompletions': int})
"""How many tasks of a job run at a time, and how many have to complete."""

ServiceMode = TypedDict('ServiceMode', {
    'Replicated': ReplicatedService,
    'Global': Dict[str, Any],
    'ReplicatedJob': ReplicatedJob, 'GlobalJob': Dict[str, Any],  # since API 1.41
})
"""How many tasks a service has; it has one of these keys."""

UpdateConfig = TypedDict('UpdateConfig', {
    'Parallelism': int,  # tasks at a time; 0: all
    'Delay': int,  # nanoseconds
    'FailureAction': str,  # 'continue', 'pause' or 'rollback'
    'Monitor': int,  # nanoseconds
    'MaxFailureRatio': float,  # 0 to 1
    'Order': str,  # 'stop-first' or 'start-first'
})
"""How the tasks of a service are replaced."""

EndpointPort = TypedDict('EndpointPort', {
    'Name': str,
    'Protocol': str,  # 'tcp', 'udp' or 'sctp'
    'TargetPort': int,  # of the container
    'PublishedPort': int,
    'PublishMode': str,  # 'ingress' or 'host'
})
"""A port of a service."""

EndpointSpec = TypedDict('EndpointSpec', {
    'Mode': str,  # 'vip' or 'dnsrr'
    'Ports': List[EndpointPort],
})
"""How a service is reached, as it was asked for."""

ServiceSpec = TypedDict('ServiceSpec', {
    'Name': str, 'Labels': Dict[str, str],
    'TaskTemplate': TaskSpec,
    'Mode': ServiceMode,
    'UpdateConfig': UpdateConfig, 'RollbackConfig': UpdateConfig,
    'Networks': List[NetworkAttachmentConfig],
    'EndpointSpec': EndpointSpec,
})
"""The settings of a service."""

VirtualIP = TypedDict('VirtualIP', {
    'NetworkID': str,
    'Addr': str,  # with the size of the subnet
})
"""An address of a service."""

ServiceEndpoint = TypedDict('ServiceEndpoint', {
    'Spec': EndpointSpec, 'Ports': List[EndpointPort], 'VirtualIPs': List[VirtualIP]})
"""How a service is reached."""

UpdateStatus = TypedDict('UpdateStatus', {
    'State': str,  # 'updating', 'paused', 'completed', 'rollback_started' ...
    'StartedAt': str, 'CompletedAt': str,  # times
    'Message': str,
})
"""How far the update of a service is."""

ServiceStatus = TypedDict('ServiceStatus', {'RunningTasks': int, 'DesiredTasks': int, 'CompletedTasks': int})
"""How many tasks a service has, of `services` with `status`."""

JobStatus = TypedDict('JobStatus', {
    'JobIteration': ObjectVersion,
    'LastExecution': str,  # a time
})
"""The last run of a job."""

Service = TypedDict('Service', {
    'ID': str, 'Version': ObjectVersion,
    'CreatedAt': str, 'UpdatedAt': str,  # times
    'Spec': ServiceSpec,
    'PreviousSpec': ServiceSpec,  # before the last update
    'Endpoint': ServiceEndpoint,
    'UpdateStatus': UpdateStatus,  # after an update
    'ServiceStatus': ServiceStatus, 'JobStatus': JobStatus,  # since API 1.41
})
"""An item of what `services` returns, and what `inspect_service` returns."""

CreatedService = TypedDict('CreatedService', {
    'ID': str,
    'Warnings': Optional[List[str]],  # may be missing
})
"""What `create_service` returns."""

UpdatedService = TypedDict('UpdatedService', {'Warnings': Optional[List[str]]})
"""What `update_service` returns."""

TaskContainer = TypedDict('TaskContainer', {'ContainerID': str, 'PID': int, 'ExitCode': int})
"""The container of a task."""

PortStatus = TypedDict('PortStatus', {'Ports': List[EndpointPort]})
"""The ports of a task on its node."""

TaskStatus = TypedDict('TaskStatus', {
    'Timestamp': str,  # a time
    'State': str,  # 'new', 'pending', 'assigned', 'running', 'complete', 'failed', 'rejected' ...
    'Message': str, 'Err': str,
    'ContainerStatus': TaskContainer,
    'PortStatus': PortStatus,
})
"""How a task is."""

SwarmIPAMConfig = TypedDict('SwarmIPAMConfig', {
    'Subnet': str,  # such as '10.0.0.0/24'
    'Range': str, 'Gateway': str,
})
"""A range of addresses of a `SwarmNetwork`."""

SwarmIPAM = TypedDict('SwarmIPAM', {'Driver': Driver, 'Configs': List[SwarmIPAMConfig]})
"""How a `SwarmNetwork` gives addresses."""

SwarmNetworkSpec = TypedDict('SwarmNetworkSpec', {
    'Name': str, 'Labels': Dict[str, str],
    'DriverConfiguration': Driver,
    'IPv6Enabled': bool, 'Internal': bool, 'Attachable': bool, 'Ingress': bool,
    'IPAMOptions': SwarmIPAM,  # as asked for
    'ConfigFrom': NetworkReference,
    'Scope': str,
})
"""The settings of a `SwarmNetwork`."""

SwarmNetwork = TypedDict('SwarmNetwork', {
    'ID': str, 'Version': ObjectVersion,
    'CreatedAt': str, 'UpdatedAt': str,  # times
    'Spec': SwarmNetworkSpec,
    'DriverState': Driver, 'IPAMOptions': SwarmIPAM,
})
"""A network as tasks have it: with other keys than a `Network`."""

NetworkAttachment = TypedDict('NetworkAttachment', {
    'Network': SwarmNetwork,
    'Addresses': List[str],  # with the size of the subnet
})
"""A network that a task is attached to."""

TaskVolume = TypedDict('TaskVolume', {
    'ID': str,
    'Source': str, 'Target': str,  # as its mount has them
})
"""A volume of the cluster that a task has, in `Task`."""

Task = TypedDict('Task', {
    'ID': str, 'Version': ObjectVersion,
    'CreatedAt': str, 'UpdatedAt': str,  # times
    'Name': str, 'Labels': Dict[str, str],
    'Spec': TaskSpec,
    'ServiceID': str,
    'Slot': int,  # which of the replicas it is, from 1; missing of global services
    'NodeID': str,
    'AssignedGenericResources': List[GenericResource],
    'Status': TaskStatus,
    'DesiredState': str,  # as State of its Status
    'NetworksAttachments': List[NetworkAttachment],
    'JobIteration': ObjectVersion,  # of a job; since API 1.41
    'Volumes': Optional[List[TaskVolume]],  # those of the cluster; since API 1.42
})
"""An item of what `tasks` returns, and what `inspect_task` returns."""
