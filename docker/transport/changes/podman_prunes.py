"""Podman's prunes and lists by labels, where they differ from those of the Docker whose version it speaks.

Podman takes the filters of volumes, and of what a prune of images removes, one by one: what matches any of
them is listed, or removed. It takes a label for a pattern, and `key=` for `key`. Here the labels are compared
as Docker does, and what matches all filters is removed one by one.
"""

from docker.errors import NotSupported
from docker.transport.changes.change import PODMAN, exchange, refusal
from docker.transport.changes.filters import filters_of, has_labels, is_pruned, set_filters
from docker.transport.response import json_of, json_response, succeeded, with_json

_OF_LABELS = ('label', 'label!')
_FALSE = (['false'], ['0'])
_USAGE = '/system/df'
_PATTERN = frozenset('*?[\\')


@exchange(PODMAN, 'GET', '/volumes')
def volumes_that_match_all_filters(call, send):
    """GET /volumes has what matches any of several filters, and takes labels for patterns: the client
    requests what matches each filter, and compares the labels."""
    filters = filters_of(call)
    labels = filters.pop('label', [])
    if not labels and len(filters) < 2:
        return send(call)
    listed, response = None, None
    for each in [{name: values} for name, values in sorted(filters.items())] or [{}]:
        part = call.copy()
        set_filters(part, each)
        response = send(part)
        if not succeeded(response):
            return response
        listed = _in_both(listed, json_of(response))
    listed['Volumes'] = [volume for volume in listed['Volumes'] if has_labels(volume.get('Labels'), labels)]
    return with_json(response, listed)


def _in_both(before, after):
    """Return the list of the volumes that are in both lists, with the warnings of both; None is all."""
    for key in ('Volumes', 'Warnings'):
        after[key] = after.get(key) or []
    if before is not None:
        names = {volume['Name'] for volume in before['Volumes']}
        after['Volumes'] = [volume for volume in after['Volumes'] if volume['Name'] in names]
        after['Warnings'] = before['Warnings'] + [
            warning for warning in after['Warnings'] if warning not in before['Warnings']]
    return after


@refusal(PODMAN, 'POST', '/volumes/prune')
def no_prune_of_volumes_by_other_filters(call):
    """POST /volumes/prune with labels and another filter removes what matches any of them."""
    filters = filters_of(call)
    others = sorted(set(filters) - set(_OF_LABELS) - {'all'})
    if others and any(filters.get(name) for name in _OF_LABELS):
        raise NotSupported('the filter {0} of POST /volumes/prune beside labels is not supported by this '
                           'engine: Podman would remove what matches one of them. Leave it out.'.format(
                               others[0]))


@exchange(PODMAN, 'POST', '/volumes/prune')
def prune_volumes_that_match_all_labels(call, send):
    """POST /volumes/prune removes what has any of several labels, takes them for patterns, and has no
    `label!`: the client compares the labels, and removes what matches one by one."""
    filters = filters_of(call)
    if not any(filters.get(name) for name in _OF_LABELS):
        return send(call)
    response, values = _json_of_each(send, [
        _with_filters(call.follow_up('GET', '/volumes'), dangling=['true']), call.follow_up('GET', _USAGE)])
    if values is None:
        return response
    listed, usage = values
    sizes = {volume.get('Name'): _size_of(volume.get('UsageData'), 'Size')
             for volume in usage.get('Volumes') or ()}
    removed = []
    for volume in listed.get('Volumes') or ():
        if is_pruned(volume.get('Labels'), filters):
            removing = send(call.follow_up('DELETE', '/volumes/{0}', volume['Name']))
            removing.close()
            removed += [volume['Name']] if succeeded(removing) else []
    return _result(call, response, {
        'VolumesDeleted': removed, 'SpaceReclaimed': sum(sizes.get(name, 0) for name in removed)})


@exchange(PODMAN, 'POST', '/images/prune')
def prune_images_that_match_all_filters(call, send):
    """POST /images/prune removes what has any of several labels, takes them for patterns, and refuses
    `dangling` with the value false: the client compares the labels, and removes what matches one by one."""
    filters = filters_of(call)
    if not _lists_images(filters):
        return send(call)
    wanted = {name: values for name, values in filters.items() if name not in _OF_LABELS + ('dangling',)}
    if filters.get('dangling') not in _FALSE:
        wanted['dangling'] = ['true']
    response, values = _json_of_each(send, [
        _with_filters(call.follow_up('GET', '/images/json'), **wanted),
        call.follow_up('GET', '/containers/json', all='1'), call.follow_up('GET', _USAGE)])
    if values is None:
        return response
    images, containers, usage = values
    used = {_id_of(container.get('ImageID')) for container in containers}
    removed = []
    for image in images:
        if _id_of(image['Id']) not in used and is_pruned(image.get('Labels'), filters):
            removed += _remove_image(call, send, image)
    return _result(call, response, {
        'ImagesDeleted': removed, 'SpaceReclaimed': _size_of_images(usage.get('Images') or (), removed)})


def _lists_images(filters):
    """Return whether the client has to find the images that a prune with these filters removes."""
    return filters.get('dangling') in _FALSE or any(filters.get(name) for name in _OF_LABELS)


def _remove_image(call, send, image):
    """Remove all names of an image, or one without a name by its id, and return the items of the responses.

    As in Docker's prunes, what cannot be removed (it is in use by now, or gone) stays out of the result.
    """
    items = []
    for name in image.get('RepoTags') or [image['Id']]:
        response = send(call.follow_up('DELETE', '/images/{0}', name))
        items += json_of(response) if succeeded(response) else []
        response.close()
    return items


def _size_of_images(images, removed):
    """Return what the images take that were removed, without what they share with others, in bytes."""
    gone = {_id_of(item.get('Deleted')) for item in removed}
    return sum(_size_of(image, 'Size') - _size_of(image, 'SharedSize') for image in images
               if _id_of(image.get('Id')) in gone)


def _result(call, response, value):
    """Return the response to a prune.

    :param response: that to the follow-up request about the usage of the disk.
    """
    result = json_response(200, value, response)
    result.request = response.request.copy()
    result.request.method = call.method
    result.url = result.request.url = response.request.url.rpartition(_USAGE)[0] + call.target
    return result


def _with_filters(call, **filters):
    set_filters(call, filters)
    return call


def _json_of_each(send, calls):
    """Send calls, and return the last response with a list of all values; with None when that is an error."""
    values = []
    for call in calls:
        response = send(call)
        if not succeeded(response):
            return response, None
        values.append(json_of(response))
    return response, values


def _id_of(image_id):
    return (image_id or '').rpartition(':')[2]


def _size_of(record, key):
    return max((record or {}).get(key) or 0, 0)


@refusal(PODMAN, 'POST', '/containers/prune')
@refusal(PODMAN, 'POST', '/networks/prune')
def no_prune_by_patterns(call):
    """The prunes of containers and networks take labels for patterns, and `key=` for `key`."""
    filters = filters_of(call)
    for label in filters.get('label', []) + filters.get('label!', []):
        key, is_equal, value = label.partition('=')
        if _PATTERN.intersection(key) or is_equal and not value:
            raise NotSupported('the label {0} as a filter of {1} {2} is not supported by this engine: Podman '
                               'takes it for a pattern, and would remove more. Remove what you mean by its '
                               'name.'.format(label, call.method, call.path))
