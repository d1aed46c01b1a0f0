"""The dicts of calls for volumes."""

from docker.responses.typed import Any, Dict, List, Optional, TypedDict

Topology = TypedDict('Topology', {'Segments': Dict[str, str]})
"""A place that a cluster volume can be reached from."""

TopologyRequirement = TypedDict('TopologyRequirement', {
    'Requisite': List[Topology], 'Preferred': List[Topology]})
"""The places that a cluster volume has to be reached from."""

CapacityRange = TypedDict('CapacityRange', {
    'RequiredBytes': int, 'LimitBytes': int,  # 0: any
})
"""How large a cluster volume may be."""

VolumeSecret = TypedDict('VolumeSecret', {'Key': str, 'Secret': str})
"""A secret that the plugin of a cluster volume is given."""

VolumeAccessMode = TypedDict('VolumeAccessMode', {
    'Scope': str,  # 'single' or 'multi'
    'Sharing': str,  # 'none', 'readonly', 'onewriter' or 'all'
    'MountVolume': Dict[str, Any], 'BlockVolume': Dict[str, Any],
})
"""How a cluster volume is used by tasks."""

ClusterVolumeSpec = TypedDict('ClusterVolumeSpec', {
    'Group': str, 'AccessMode': VolumeAccessMode,
    'Secrets': List[VolumeSecret], 'AccessibilityRequirements': TopologyRequirement,
    'CapacityRange': CapacityRange,
    'Availability': str,  # 'active', 'pause' or 'drain'
})
"""The settings of a cluster volume."""

ClusterVolumeInfo = TypedDict('ClusterVolumeInfo', {
    'CapacityBytes': int, 'VolumeContext': Dict[str, str], 'VolumeID': str,
    'AccessibleTopology': List[Topology]})
"""What the plugin of a cluster volume reports of it."""

VolumePublishStatus = TypedDict('VolumePublishStatus', {
    'NodeID': str,
    'State': str,  # 'pending-publish', 'published', 'pending-node-unpublish' ...
    'PublishContext': Dict[str, str],
})
"""A cluster volume on a node."""

VolumeVersion = TypedDict('VolumeVersion', {'Index': int})
"""The version of a cluster volume, which `update_volume` takes."""

ClusterVolume = TypedDict('ClusterVolume', {
    'ID': str, 'Version': VolumeVersion,
    'CreatedAt': str, 'UpdatedAt': str,  # times
    'Spec': ClusterVolumeSpec, 'Info': ClusterVolumeInfo, 'PublishStatus': List[VolumePublishStatus],
})
"""A volume of a swarm, in its `Volume`."""

VolumeUsage = TypedDict('VolumeUsage', {
    'Size': int,  # bytes, -1 when not known
    'RefCount': int,  # how many containers use it, -1 when not known
})
"""How a `Volume` is used, in `DiskUsage`."""

Volume = TypedDict('Volume', {
    'Name': str,
    'Driver': str,
    'Mountpoint': str,  # a path of the host
    'Labels': Optional[Dict[str, str]],  # since API 1.23
    'Options': Optional[Dict[str, str]],  # of the driver; since API 1.25
    'Scope': str,  # 'local' or 'global'; since API 1.23
    'CreatedAt': str,  # a time; since API 1.29
    'Status': Dict[str, Any],  # what the driver reports
    'UsageData': VolumeUsage,
    'ClusterVolume': ClusterVolume,  # since API 1.42
})
"""What `create_volume` and `inspect_volume` return, and an item in a `VolumeList`."""

VolumeList = TypedDict('VolumeList', {
    'Volumes': List[Volume],
    'Warnings': List[str],  # missing with Docker 1.9
})
"""What `volumes` returns."""
