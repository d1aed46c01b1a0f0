"""Podman, where its events differ from those of the Docker whose version it speaks."""

from docker.errors import NotSupported
from docker.transport.changes.change import PODMAN, exchange, refusal
from docker.transport.changes.filters import compare_events, filters_of, has_labels


@refusal(PODMAN, 'GET', '/events')
def no_labels_in_events_of_images(call):
    """Events of images have no labels."""
    filters = filters_of(call)
    if filters.get('label') and set(filters.get('type', ())) == {'image'}:
        raise NotSupported('the filter label of events of images is not supported by this engine: with '
                           'Podman these have no labels. Leave label or type out.')


@exchange(PODMAN, 'GET', '/events')
def events_with_all_labels(call, send):
    """The filter `label` of GET /events takes no label without its value, and one of several is enough: the
    client leaves out the other events."""
    return compare_events(call, send, 'label', _has_labels)


def _has_labels(event, labels):
    return has_labels((event.get('Actor') or {}).get('Attributes'), labels)
