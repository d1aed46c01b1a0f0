"""The dicts of calls for swarms, their nodes, secrets and configs."""

from docker.responses.typed import Dict, List, Optional, TypedDict

ObjectVersion = TypedDict('ObjectVersion', {
    'Index': int,  # which the calls that update take
})
"""The version of a thing in a swarm."""

Driver = TypedDict('Driver', {'Name': str, 'Options': Optional[Dict[str, str]]})
"""A driver, and its options."""

TLSInfo = TypedDict('TLSInfo', {
    'TrustRoot': str,  # the certificate, in PEM
    'CertIssuerSubject': str, 'CertIssuerPublicKey': str,  # in base64
})
"""The certificates of a swarm."""

Orchestration = TypedDict('Orchestration', {
    'TaskHistoryRetentionLimit': int,  # how many ended tasks are kept
})
"""How a swarm starts tasks."""

Raft = TypedDict('Raft', {
    'SnapshotInterval': int, 'KeepOldSnapshots': int, 'LogEntriesForSlowFollowers': int,  # entries
    'ElectionTick': int, 'HeartbeatTick': int,  # seconds, with the default tick
})
"""How managers keep the state of a swarm."""

Dispatcher = TypedDict('Dispatcher', {
    'HeartbeatPeriod': int,  # nanoseconds
})
"""How managers reach the nodes of a swarm."""

ExternalCA = TypedDict('ExternalCA', {'Protocol': str, 'URL': str, 'Options': Dict[str, str], 'CACert': str})
"""A certificate authority that is no part of a swarm."""

CAConfig = TypedDict('CAConfig', {
    'NodeCertExpiry': int,  # nanoseconds
    'ExternalCAs': List[ExternalCA],
    'SigningCACert': str, 'SigningCAKey': str,  # in PEM
    'ForceRotate': int,
})
"""How a swarm signs the certificates of its nodes."""

EncryptionConfig = TypedDict('EncryptionConfig', {'AutoLockManagers': bool})
"""Whether managers are locked after a restart."""

TaskDefaults = TypedDict('TaskDefaults', {'LogDriver': Driver})
"""The settings of tasks that do not say otherwise."""

SwarmSpec = TypedDict('SwarmSpec', {
    'Name': str,
    'Labels': Dict[str, str],
    'Orchestration': Orchestration, 'Raft': Raft, 'Dispatcher': Dispatcher, 'CAConfig': CAConfig,
    'TaskDefaults': TaskDefaults, 'EncryptionConfig': EncryptionConfig,
})
"""The settings of a swarm."""

JoinTokens = TypedDict('JoinTokens', {'Worker': str, 'Manager': str})
"""Secrets with which a node joins a swarm."""

ClusterInfo = TypedDict('ClusterInfo', {
    'ID': str, 'Version': ObjectVersion,
    'CreatedAt': str, 'UpdatedAt': str,  # times
    'Spec': SwarmSpec,
    'TLSInfo': TLSInfo, 'RootRotationInProgress': bool,
    'DefaultAddrPool': List[str], 'SubnetSize': int,  # since API 1.39
    'DataPathPort': int,  # since API 1.40
})
"""What `EngineInfo` has of a swarm."""

Swarm = TypedDict('Swarm', {
    'ID': str, 'Version': ObjectVersion,
    'CreatedAt': str, 'UpdatedAt': str,  # times
    'Spec': SwarmSpec,
    'JoinTokens': JoinTokens,
    'TLSInfo': TLSInfo, 'RootRotationInProgress': bool,
    'DefaultAddrPool': List[str], 'SubnetSize': int,  # since API 1.39
    'DataPathPort': int,  # since API 1.40
})
"""What `inspect_swarm` returns."""

UnlockKey = TypedDict('UnlockKey', {
    'UnlockKey': str,  # empty if managers are not locked
})
"""What `get_unlock_key` returns."""

NodeSpec = TypedDict('NodeSpec', {
    'Name': str, 'Labels': Dict[str, str],
    'Role': str,  # 'worker' or 'manager'
    'Availability': str,  # 'active', 'pause' or 'drain'
})
"""The settings of a node."""

NodePlatform = TypedDict('NodePlatform', {'Architecture': str, 'OS': str})
"""What a node runs on, and what a task asks for."""

NamedResource = TypedDict('NamedResource', {'Kind': str, 'Value': str})
"""A resource with a name, such as a GPU."""

DiscreteResource = TypedDict('DiscreteResource', {'Kind': str, 'Value': int})
"""A number of resources of a kind."""

GenericResource = TypedDict('GenericResource', {
    'NamedResourceSpec': NamedResource, 'DiscreteResourceSpec': DiscreteResource})
"""A resource that the administrator of a node defined; it has one of both keys."""

Resources = TypedDict('Resources', {
    'NanoCPUs': int,  # billionths of a CPU
    'MemoryBytes': int,
    'GenericResources': List[GenericResource],
    'Pids': int,  # of limits
})
"""What a node has, and what a task may use or is promised."""

EnginePlugin = TypedDict('EnginePlugin', {'Type': str, 'Name': str})
"""A plugin of a node."""

NodeEngine = TypedDict('NodeEngine', {
    'EngineVersion': str, 'Labels': Dict[str, str], 'Plugins': List[EnginePlugin]})
"""The engine of a node."""

NodeDescription = TypedDict('NodeDescription', {
    'Hostname': str, 'Platform': NodePlatform, 'Resources': Resources, 'Engine': NodeEngine,
    'TLSInfo': TLSInfo})
"""What a node is."""

NodeStatus = TypedDict('NodeStatus', {
    'State': str,  # 'unknown', 'down', 'ready' or 'disconnected'
    'Message': str, 'Addr': str,
})
"""How a node is."""

ManagerStatus = TypedDict('ManagerStatus', {
    'Leader': bool,
    'Reachability': str,  # 'unknown', 'unreachable' or 'reachable'
    'Addr': str,
})
"""How a manager is."""

Node = TypedDict('Node', {
    'ID': str, 'Version': ObjectVersion,
    'CreatedAt': str, 'UpdatedAt': str,  # times
    'Spec': NodeSpec, 'Description': NodeDescription, 'Status': NodeStatus,
    'ManagerStatus': ManagerStatus,  # of managers
})
"""An item of what `nodes` returns, and what `inspect_node` returns."""

SecretSpec = TypedDict('SecretSpec', {
    'Name': str, 'Labels': Dict[str, str],
    'Data': str,  # never in a response
    'Driver': Driver,  # since API 1.31
    'Templating': Driver,  # since API 1.37
})
"""The settings of a secret."""

Secret = TypedDict('Secret', {
    'ID': str, 'Version': ObjectVersion,
    'CreatedAt': str, 'UpdatedAt': str,  # times
    'Spec': SecretSpec,
})
"""An item of what `secrets` returns, and what `inspect_secret` returns."""

CreatedSecret = TypedDict('CreatedSecret', {'ID': str})
"""What `create_secret` returns."""

ConfigSpec = TypedDict('ConfigSpec', {
    'Name': str, 'Labels': Dict[str, str],
    'Data': str,  # in base64
    'Templating': Driver,  # since API 1.37
})
"""The settings of a config."""

Config = TypedDict('Config', {
    'ID': str, 'Version': ObjectVersion,
    'CreatedAt': str, 'UpdatedAt': str,  # times
    'Spec': ConfigSpec,
})
"""An item of what `configs` returns, and what `inspect_config` returns."""

CreatedConfig = TypedDict('CreatedConfig', {'ID': str})
"""What `create_config` returns."""
