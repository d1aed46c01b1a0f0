"""The dicts of the calls for what things take on the disk, and of those that delete what is not used."""

from docker.responses.containers import ContainerSummary
from docker.responses.images import ImageSummary, RemovedImage
from docker.responses.typed import List, Optional, TypedDict
from docker.responses.volumes import Volume

BuildCache = TypedDict('BuildCache', {
    'ID': str,
    'Parent': str,  # until API 1.41
    'Parents': Optional[List[str]],  # since API 1.42
    'Type': str,  # 'regular', 'source.local', 'exec.cachemount' ...
    'Description': str,
    'InUse': bool, 'Shared': bool,
    'Size': int,  # bytes
    'CreatedAt': str,  # a time
    'LastUsedAt': Optional[str],  # a time
    'UsageCount': int,
})
"""A record of the build cache, in `DiskUsage`."""

ImagesUsage = TypedDict('ImagesUsage', {
    'ActiveCount': int, 'TotalCount': int, 'Reclaimable': int, 'TotalSize': int, 'Items': List[ImageSummary]})
"""What images take, in `DiskUsage`: counts, and bytes."""

ContainersUsage = TypedDict('ContainersUsage', {
    'ActiveCount': int, 'TotalCount': int, 'Reclaimable': int, 'TotalSize': int,
    'Items': List[ContainerSummary]})
"""What containers take, in `DiskUsage`: counts, and bytes."""

VolumesUsage = TypedDict('VolumesUsage', {
    'ActiveCount': int, 'TotalCount': int, 'Reclaimable': int, 'TotalSize': int, 'Items': List[Volume]})
"""What volumes take, in `DiskUsage`: counts, and bytes."""

BuildCacheUsage = TypedDict('BuildCacheUsage', {
    'ActiveCount': int, 'TotalCount': int, 'Reclaimable': int, 'TotalSize': int, 'Items': List[BuildCache]})
"""What the build cache takes, in `DiskUsage`: counts, and bytes."""

DiskUsage = TypedDict('DiskUsage', {
    'LayersSize': int,  # bytes; until API 1.51, likewise those below
    'Images': List[ImageSummary], 'Containers': List[ContainerSummary], 'Volumes': List[Volume],
    'BuildCache': List[BuildCache],  # since API 1.39
    'BuilderSize': int,  # bytes, of API 1.31 to 1.41
    'ImageUsage': ImagesUsage,  # since API 1.52, likewise those below
    'ContainerUsage': ContainersUsage, 'VolumeUsage': VolumesUsage, 'BuildCacheUsage': BuildCacheUsage,
})
"""What `df` returns."""

PrunedContainers = TypedDict('PrunedContainers', {
    'ContainersDeleted': List[str],  # ids
    'SpaceReclaimed': int,  # bytes
})
"""What `prune_containers` returns."""

PrunedImages = TypedDict('PrunedImages', {
    'ImagesDeleted': List[RemovedImage],
    'SpaceReclaimed': int,  # bytes
})
"""What `prune_images` returns."""

PrunedNetworks = TypedDict('PrunedNetworks', {
    'NetworksDeleted': List[str],  # names
})
"""What `prune_networks` returns."""

PrunedVolumes = TypedDict('PrunedVolumes', {
    'VolumesDeleted': List[str],  # names
    'SpaceReclaimed': int,  # bytes
})
"""What `prune_volumes` returns."""

PrunedBuilds = TypedDict('PrunedBuilds', {
    'CachesDeleted': List[str],  # ids
    'SpaceReclaimed': int,  # bytes
})
"""What `prune_builds` returns."""
