"""Remote API 1.43 (Docker 24, May 2023)."""

from docker.transport.changes.change import response
from docker.transport.response import json_of, with_json

_NO_NAMES = {'RepoTags': '<none>:<none>', 'RepoDigests': '<none>@<none>'}


@response((1, 43), 'GET', '/images/json')
def list_names_of_images_without_one(response, call):
    """GET /images/json has no <none>:<none> and no <none>@<none> for an image without a name."""
    images = json_of(response)
    _add_no_names(images)
    return with_json(response, images)


@response((1, 43), 'GET', '/system/df', everywhere=True)
def disk_usage_of_images_without_a_name(response, call):
    """GET /system/df has no <none>:<none> and no <none>@<none> for an image without a name."""
    usage = json_of(response)
    _add_no_names(usage.get('Images') or ())
    return with_json(response, usage)


def _add_no_names(images):
    for image in images:
        if not any(image.get(field) for field in _NO_NAMES):
            image.update((field, [name]) for field, name in _NO_NAMES.items())
