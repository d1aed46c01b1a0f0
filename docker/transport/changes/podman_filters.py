"""Podman's lists and events by filters, where they differ from those of the Docker whose version it has."""

from docker.transport.changes.change import PODMAN, exchange, response
from docker.transport.changes.filters import compare_events, filters_of, has_labels, set_filters
from docker.transport.changes.image_names import matches_any_reference, short_name, without_tag
from docker.transport.response import json_of, succeeded, with_json

# The id of no image.
_NO_IMAGE = '0' * 64


@exchange(PODMAN, 'GET', '/images/json')
def list_images_by_references_and_labels(call, send):
    """GET /images/json has nothing that matches several references or labels, takes labels for patterns, and
    has images of other repositories whose names end alike, with all names of each: the client compares the
    names and the labels."""
    filters = filters_of(call)
    references, labels = filters.pop('reference', []), filters.pop('label', [])
    if not references and not labels:
        return send(call)
    set_filters(call, filters)
    response = send(call)
    if not succeeded(response):
        return response
    images = []
    for image in json_of(response):
        for key in ('RepoTags', 'RepoDigests') if references else ():
            image[key] = [name for name in image.get(key) or () if matches_any_reference(name, references)]
        is_named = not references or image['RepoTags'] or image['RepoDigests']
        if is_named and has_labels(image.get('Labels'), labels):
            images.append(image)
    return with_json(response, images)


@response(PODMAN, 'GET', '/containers/json')
@response(PODMAN, 'GET', '/networks')
def list_takes_labels_for_patterns(response, call):
    """The filter `label` of GET /containers/json and GET /networks is a pattern, and `key=` is `key`."""
    labels = filters_of(call).get('label')
    if not labels:
        return response
    return with_json(response, [item for item in json_of(response) if has_labels(item.get('Labels'), labels)])


@exchange(PODMAN, 'GET', '/containers/json')
def list_containers_by_image(call, send):
    """The filter `ancestor` of GET /containers/json takes the full name of an image or its complete id, and
    has no containers of images that were made from it: the client sends the ids of all these."""
    filters = filters_of(call)
    if not filters.get('ancestor'):
        return send(call)
    listed = send(call.follow_up('GET', '/images/json', all='1'))
    if not succeeded(listed):
        return listed
    parents = {_bare_id(image['Id']): _bare_id(image.get('ParentId')) for image in json_of(listed)}
    ids = set()
    for name in filter(None, filters['ancestor']):
        # A short id is not found with its prefix, and a complete one is.
        image = send(call.follow_up('GET', '/images/{0}/json', _bare_id(name) if _is_id(name) else name))
        if succeeded(image):
            ids.add(_bare_id(json_of(image, 'Id')['Id']))
        image.close()
    set_filters(call, dict(filters, ancestor=sorted(_with_descendants(ids, parents)) or [_NO_IMAGE]))
    return send(call)


def _with_descendants(ids, parents):
    """Return the ids of images, and of those that were made from them.

    :param parents: a dict of the id of each image to that of its parent.
    """
    found, before = set(ids), None
    while found != before:
        before = set(found)
        found.update(image for image, parent in parents.items() if parent in before)
    return found


def _is_id(name):
    return name.startswith('sha256:')


def _bare_id(image_id):
    return (image_id or '').rpartition(':')[2]


@exchange(PODMAN, 'GET', '/events')
def events_by_image(call, send):
    """The filter `image` of GET /events takes the full name of an image or its id, and has no events of its
    containers: the client leaves out all other events."""
    return compare_events(call, send, 'image', _is_of_image)


def _is_of_image(event, images):
    names = _images_of(event)
    return any((_bare_id(name) if _is_id(name) else name) in names for name in images)


def _images_of(event):
    """Return the names by which an event is found: of the image, or of the container's."""
    names = {event.get('from')}
    if event.get('Type') == 'image':
        actor = event.get('Actor') or {}
        name = (actor.get('Attributes') or {}).get('name') or ''
        names.update([_bare_id(event.get('id')), short_name(name)])
    names = {name for name in names if name}
    return names | {without_tag(name) for name in names}
