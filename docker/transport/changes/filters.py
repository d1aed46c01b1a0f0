"""The filters of lists and prunes, as Docker applies them."""

import json

from docker.transport.response import HIDDEN, succeeded, with_json_items


def filters_of(call):
    """Return the filters in the query of a call: a dict of names to lists of text."""
    filters = json.loads(call.query.get('filters') or '{}')
    return {name: list(values) for name, values in filters.items()}


def set_filters(call, filters):
    """Set the filters in the query of a call to those of a dict; an empty one sets none."""
    call.query.pop('filters', None)
    if filters:
        call.query['filters'] = json.dumps(filters, sort_keys=True)


def compare_events(call, send, name, matches):
    """Send a call for events without one of its filters, and leave out the events that do not match that.

    :param matches: called with an event and the values of the filter.
    """
    filters = filters_of(call)
    values = filters.pop(name, [])
    if not values:
        return send(call)
    set_filters(call, filters)
    response = send(call)
    if not succeeded(response):
        return response
    return with_json_items(response, lambda event: False if matches(event, values) else HIDDEN)


def has_labels(labels, wanted):
    """Return whether labels, a dict or None, include all that are wanted: a list of `key` and `key=value`."""
    labels = labels or {}
    for label in wanted:
        key, is_equal, value = label.partition('=')
        if key not in labels or is_equal and labels[key] != value:
            return False
    return True


def is_pruned(labels, filters):
    """Return whether a prune with the filters `label` and `label!` removes what has these labels.

    It does not remove what has all labels of `label!`.
    """
    excluded = filters.get('label!')
    return has_labels(labels, filters.get('label', ())) and not (excluded and has_labels(labels, excluded))
