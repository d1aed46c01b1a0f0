"""The dicts of calls for images, builds and registries."""

from docker.responses.containers import ContainerConfig, GraphDriver
from docker.responses.descriptors import Descriptor, ImagePlatform
from docker.responses.typed import Any, Dict, List, Optional, TypedDict

BuildIdentity = TypedDict('BuildIdentity', {'Ref': str, 'CreatedAt': str})
"""The build that an image is of."""

PullIdentity = TypedDict('PullIdentity', {'Repository': str})
"""The repository that an image was pulled from."""

SignatureTimestamp = TypedDict('SignatureTimestamp', {'Type': str, 'URI': str, 'Timestamp': str})
"""When an image was signed."""

SignerIdentity = TypedDict('SignerIdentity', {
    'CertificateIssuer': str, 'SubjectAlternativeName': str, 'Issuer': str,
    'BuildSignerURI': str, 'BuildSignerDigest': str, 'RunnerEnvironment': str,
    'SourceRepositoryURI': str, 'SourceRepositoryDigest': str, 'SourceRepositoryRef': str,
    'SourceRepositoryIdentifier': str, 'SourceRepositoryOwnerURI': str,
    'SourceRepositoryOwnerIdentifier': str, 'SourceRepositoryVisibilityAtSigning': str,
    'BuildConfigURI': str, 'BuildConfigDigest': str, 'BuildTrigger': str, 'RunInvocationURI': str,
})
"""Who signed an image, as the certificate has it."""

SignatureIdentity = TypedDict('SignatureIdentity', {
    'Name': str, 'Timestamps': List[SignatureTimestamp], 'KnownSigner': str, 'DockerReference': str,
    'Signer': SignerIdentity, 'SignatureType': str, 'Error': str, 'Warnings': List[str]})
"""A signature of an image."""

ImageIdentity = TypedDict('ImageIdentity', {
    'Signature': List[SignatureIdentity], 'Pull': List[PullIdentity], 'Build': List[BuildIdentity]})
"""Where an image came from, since API 1.53."""

ManifestSize = TypedDict('ManifestSize', {'Total': int, 'Content': int})
"""Bytes of a manifest with all that is unpacked, and of its content alone."""

ManifestImageSize = TypedDict('ManifestImageSize', {'Unpacked': int})
"""Bytes of the unpacked files of an image."""

ManifestImage = TypedDict('ManifestImage', {
    'Platform': ImagePlatform, 'Identity': ImageIdentity,
    'Containers': List[str],  # ids
    'Size': ManifestImageSize,
})
"""The image of an `ImageManifest`."""

ManifestAttestation = TypedDict('ManifestAttestation', {
    'For': str,  # the digest of the manifest that it is about
})
"""The attestation of an `ImageManifest`."""

ImageManifest = TypedDict('ImageManifest', {
    'ID': str, 'Descriptor': Descriptor,
    'Available': bool,  # whether the engine has all of it
    'Size': ManifestSize,
    'Kind': str,  # 'image', 'attestation' or 'unknown'
    'ImageData': Optional[ManifestImage], 'AttestationData': Optional[ManifestAttestation],
})
"""One of the manifests of an image, with `manifests`."""

ImageSummary = TypedDict('ImageSummary', {
    'Id': str,
    'Repository': str, 'Tag': str,  # missing without a name; of API 1.6, which lists an image by each tag
    'RepoTags': Optional[List[str]],  # each such as 'busybox:latest'; None in `df` alone; since API 1.7
    'RepoDigests': Optional[List[str]],  # since API 1.18
    'ParentId': str,  # empty for an image without a parent
    'Created': int,  # Unix time
    'Size': int,  # bytes
    'VirtualSize': int,  # bytes with those of parents; until API 1.43
    'SharedSize': int,  # bytes that other images have too, -1 when not counted; since API 1.25
    'Containers': int,  # how many use it, -1 when not counted; since API 1.25
    'Labels': Optional[Dict[str, str]],  # since API 1.18
    'Manifests': List[ImageManifest], 'Descriptor': Descriptor,
})
"""An item of what `images` returns, unless with `quiet` or `viz`."""

ImageRootFS = TypedDict('ImageRootFS', {'Type': str, 'Layers': List[str]})
"""The layers of an image."""

ImageMetadata = TypedDict('ImageMetadata', {'LastTagTime': str})
"""What the engine knows of an image beyond its content."""

ImageDetails = TypedDict('ImageDetails', {
    'Id': str, 'Parent': str, 'Created': str, 'Container': str,  # since API 1.12, likewise the capitals below
    'Config': ContainerConfig,  # what containers of it are created with
    'ContainerConfig': ContainerConfig,  # of the container that it was made of; until API 1.44
    'Architecture': str, 'Os': str, 'DockerVersion': str, 'Author': str, 'Comment': str,
    'Variant': str, 'OsVersion': str,
    'id': str, 'parent': str, 'created': str, 'container': str,  # the same; until API 1.11
    'config': ContainerConfig, 'container_config': ContainerConfig,  # until API 1.11
    'architecture': str, 'os': str, 'docker_version': str, 'author': str, 'comment': str,  # until API 1.11
    'Size': int,  # bytes
    'VirtualSize': int,  # until API 1.43
    'RepoTags': List[str], 'RepoDigests': List[str],  # since API 1.21
    'GraphDriver': GraphDriver,  # since API 1.21
    'RootFS': ImageRootFS,  # since API 1.22
    'Metadata': ImageMetadata,  # since API 1.28
    'Descriptor': Descriptor, 'Manifests': Optional[List[ImageManifest]],  # since API 1.48
    'Identity': ImageIdentity,
})
"""What `inspect_image` returns."""

HistoryItem = TypedDict('HistoryItem', {
    'Id': str,  # '<missing>' for a layer that came with an image
    'Created': int,  # Unix time
    'CreatedBy': str,  # the command
    'Tags': Optional[List[str]],
    'Size': int,  # bytes; since API 1.12
    'Comment': str,
})
"""An item of what `history` returns."""

RemovedImage = TypedDict('RemovedImage', {
    'Untagged': str,  # a name, or
    'Deleted': str,  # an id
})
"""An item of what `remove_image` returns, and in `PrunedImages`; it has one of both keys."""

CommittedImage = TypedDict('CommittedImage', {'Id': str})
"""What `commit` returns."""

SearchResult = TypedDict('SearchResult', {
    'name': str, 'description': str, 'is_official': bool, 'is_automated': bool, 'is_trusted': bool,
    'star_count': int,
    'Name': str, 'Description': str,  # of the oldest engines
})
"""An item of what `search` returns."""

ProgressDetail = TypedDict('ProgressDetail', {
    'current': int, 'total': int,  # bytes
    'start': int,  # Unix time
    'hidecounts': bool, 'units': str,
})
"""How far an operation is, in its `Progress`; empty while that is not known."""

ErrorDetail = TypedDict('ErrorDetail', {'code': int, 'message': str})
"""Why an operation failed, in its `Progress`."""

BuildStep = TypedDict('BuildStep', {
    'digest': str, 'name': str,  # such as '[2/3] RUN make'
    'inputs': List[str],  # the digests of the steps before
    'started': str, 'completed': str,  # times, such as '2026-11-26T20:51:33.000000001Z'
    'cached': bool, 'error': str,
    'progressGroup': Any,
})
"""A step of a build with BuildKit, in its `Progress`; a later one of the same digest replaces it."""

BuildStatus = TypedDict('BuildStatus', {
    'id': str, 'vertex': str,  # the digest of the step
    'name': str, 'current': int, 'total': int,  # mostly bytes; total is 0 if it is not known
    'timestamp': str, 'started': str, 'completed': str,
})
"""How far a part of a step is, such as a transfer."""

BuildLog = TypedDict('BuildLog', {
    'vertex': str,  # the digest of the step
    'stream': int,  # 1 for standard output, 2 for standard error
    'data': str, 'timestamp': str,
})
"""Output of the command of a step."""

BuildWarning = TypedDict('BuildWarning', {
    'vertex': str, 'level': int, 'short': str, 'detail': List[str], 'url': str, 'info': Any, 'ranges': Any,
})
"""What BuildKit warns of, with the lines of the Dockerfile."""

Progress = TypedDict('Progress', {
    'stream': str,  # output of a build, or of `load_image`
    'status': str,  # such as 'Downloading'
    'id': str,  # of the layer that the status is about
    'progress': str,  # for people: a bar and sizes
    'progressDetail': ProgressDetail,
    'aux': Any,  # of a build a dict with ID, of a push one with Tag, Digest and Size
    'error': str, 'errorDetail': ErrorDetail,  # of the last item, when it failed
    'vertexes': List[BuildStep], 'statuses': List[BuildStatus],  # of a build with BuildKit
    'logs': List[BuildLog], 'warnings': List[BuildWarning],  # likewise
})
"""An item of what `build`, `pull`, `push` and the like return with `decode`, and of `load_image`."""

LoginStatus = TypedDict('LoginStatus', {
    'Status': str,  # such as 'Login Succeeded'
    'IdentityToken': str,  # since API 1.23
    'username': str, 'password': str, 'email': str, 'serveraddress': str,  # of a user who is known
    'identitytoken': str, 'registrytoken': str,
})
"""What `login` returns: the engine's response, or the credentials of a known user."""
