"""What registries and image stores call the things that they keep."""

from docker.responses.typed import Any, Dict, List, Optional, TypedDict

ImagePlatform = TypedDict('ImagePlatform', {
    'architecture': str,  # such as 'amd64'
    'os': str,  # such as 'linux'
    'variant': str,  # such as 'v7' of 'arm'
    'os.version': str, 'os.features': List[str],  # of Windows
})
"""What an image is built for, in a `Descriptor` and in a `Distribution`."""

Descriptor = TypedDict('Descriptor', {
    'mediaType': str,
    'digest': str,  # 'sha256:' and 64 digits
    'size': int,  # bytes
    'urls': Optional[List[str]],
    'annotations': Optional[Dict[str, str]],
    'data': Optional[str],  # the content itself, in base64
    'platform': Optional[ImagePlatform],
    'artifactType': Optional[str],
})
"""A manifest or another thing in a registry or an image store."""

Distribution = TypedDict('Distribution', {
    'Descriptor': Descriptor,
    'Platforms': List[ImagePlatform],
})
"""What `inspect_distribution` returns."""

Attestation = TypedDict('Attestation', {
    'Descriptor': Descriptor,
    'PredicateType': str,  # what kind of statement it is, a URI
    'Statement': Optional[Dict[str, Any]],  # with `statement`
})
"""An item of what `image_attestations` returns."""
