"""The query of a log, of a container, a service or a task."""

import re

import six

from docker.units import convert_time
from docker.validation import argument_error, is_int, is_text, query_flag, without_none


def convert_log_query(stdout, stderr, timestamps, tail, since, until=None, details=False):
    """Return the query of a log as a dict, without what came after it and was not given.

    :param stdout: true for the standard output.
    :param stderr: true for the standard error.
    :param timestamps: true for a timestamp before each line.
    :param tail: how many lines from the end, an int; ``'all'``, None or -1 for all.
    :param since: as `convert_time` takes it.
    :param until: likewise.
    :param details: true for where each line is from.
    :raises TypeError, ValueError: for another `tail`, `since` or `until`.
    """
    return dict(without_none({
        'timestamps': 1 if timestamps else None, 'tail': _check_tail(tail),
        'since': convert_time(since, 'since'), 'until': convert_time(until, 'until'),
        'details': 1 if details else None}), stdout=query_flag(stdout), stderr=query_flag(stderr))


def _check_tail(value):
    """Return a number of last lines as text, None for all."""
    # A negative number and empty text were all lines for docker-py 1.x.
    if value in (None, 'all', '') or is_int(value) and value < 0:
        return None
    takes = "an int, 0 or more, or 'all'"
    text = six.text_type(value) if is_int(value) or is_text(value) else None
    if text is None:
        raise argument_error(TypeError, 'tail', takes, value)
    if not re.match(r'[0-9]+\Z', text):
        raise argument_error(ValueError, 'tail', takes, value)
    return text
