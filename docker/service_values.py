"""The values that the calls of Swarm mode have in common: durations, maps of text, versions, data.

Engines have durations as nanoseconds, and CPUs as billionths of one. Callers may write both as ints in these
units, as programs of 2016 did, or in words and numbers of people. The functions are pure.
"""

import base64
import datetime
import re

import six
from six.moves import collections_abc

from docker.validation import (
    argument_error, check_seconds, check_text, check_text_or_int, is_absent, is_int, is_list, is_text,
    query_flag)

_BILLION = 10 ** 9
# Regular expressions are strings that are compiled on first use, to keep the import fast.
_DURATION = r'(?:[0-9]{1,19}(?:\.[0-9]{1,19})?(?:ns|us|ms|[smh]))+\Z'
_PART_OF_DURATION = r'([0-9]+)(?:\.([0-9]+))?(ns|us|ms|[smh])'
_NANOSECONDS = {'ns': 1, 'us': 10 ** 3, 'ms': 10 ** 6, 's': _BILLION, 'm': 60 * _BILLION,
                'h': 3600 * _BILLION}
_NUMBER_OF_CPUS = r'[0-9]{1,9}(?:\.[0-9]{1,9})?\Z'


def convert_duration(value, name):
    """Return a duration in nanoseconds, an int, or None.

    :param value: nanoseconds as an int, text with units such as ``'10s'``, ``'1m30s'`` and ``'0.5h'`` (ns,
        us, ms, s, m, h), a `datetime.timedelta`, or None.
    :param name: the name of the argument.
    :raises TypeError: for anything else. A float is not taken, as it would be read as seconds.
    :raises ValueError: for other text, and for negative durations and those of 2**63 nanoseconds or more.
    """
    takes = "nanoseconds as an int, text like '10s', or a timedelta"
    if is_absent(value):
        return None
    if is_int(value):
        nanoseconds = int(value)
    elif isinstance(value, datetime.timedelta):
        nanoseconds = ((value.days * 86400 + value.seconds) * 10 ** 6 + value.microseconds) * 1000
    else:
        nanoseconds = _parse_duration(check_text(value, name, takes))
    if not 0 <= nanoseconds < 1 << 63:
        raise argument_error(ValueError, name, takes + ', 0 or more', value)
    return nanoseconds


def _parse_duration(text):
    """Return the nanoseconds of text; -1 when it is no duration."""
    text = text.replace(u'\xb5', u'u').replace(u'\u03bc', u'u')
    if not re.match(_DURATION, text):
        return 0 if text == u'0' else -1
    total = 0
    for whole, fraction, unit in re.findall(_PART_OF_DURATION, text):
        # Computed with ints, as floats are not exact above 2**53.
        total += int(whole + fraction) * _NANOSECONDS[unit] // 10 ** len(fraction)
    return total


def convert_cpus(value, name):
    """Return a number of CPUs in billionths of a CPU, an int, or None.

    :param value: billionths as an int, a number of CPUs as a float (``0.5``) or as text (``'0.5'``), or None.
    :param name: the name of the argument.
    :raises TypeError: for anything else.
    :raises ValueError: for negative numbers and other text.
    """
    takes = "billionths of a CPU as an int, or CPUs as a float or text, like 0.5 or '0.5'"
    if is_absent(value):
        return None
    if isinstance(value, float):
        cpus = value * _BILLION if 0 <= value < _BILLION else -1
    elif is_int(value):
        cpus = value
    else:
        text = check_text(value, name, takes)
        whole, _, fraction = text.partition(u'.')
        cpus = int(whole + fraction.ljust(9, u'0')) if re.match(_NUMBER_OF_CPUS, text) else -1
    if not 0 <= cpus < 1 << 63:
        raise argument_error(ValueError, name, takes, value)
    return int(round(cpus))


def convert_text_map(value, name):
    """Return labels or options as a dict of text to text, or None.

    :param value: a dict of names to text or ints (None is empty text), or a list of ``'name=value'`` and
        ``'name'``.
    :param name: the name of the argument.
    :raises TypeError: for anything else.
    """
    if value is None:
        return None
    takes = "a dict of text, or a list of 'name=value'"
    if isinstance(value, collections_abc.Mapping):
        pairs = value.items()
    elif is_list(value):
        pairs = (check_text(item, name, takes).partition(u'=')[::2] for item in value)
    else:
        raise argument_error(TypeError, name, takes, value)
    return dict((check_text(key, name, takes), u'' if item is None else check_text_or_int(item, name, takes))
                for key, item in pairs)


def convert_list(value, name, convert):
    """Return a list of what `convert` makes of each item, or None for None.

    :param value: a list, or one item that is text or a dict.
    :param name: the name of the argument.
    :param convert: a function of an item and the name of the argument.
    :raises TypeError: for a value that is no list.
    """
    if value is None:
        return None
    if is_text(value) or isinstance(value, collections_abc.Mapping):
        value = [value]
    if not is_list(value):
        raise argument_error(TypeError, name, 'a list', value)
    return [convert(item, name) for item in value]


def convert_dict(value, name):
    """Return a dict as a dict of its own, or None for None.

    :param value: a dict in the API's words.
    :param name: the name of the argument.
    :raises TypeError: for anything else.
    """
    if value is None:
        return None
    if not isinstance(value, collections_abc.Mapping):
        raise argument_error(TypeError, name, 'a dict in the words of the API', value)
    return dict(value)


def convert_choice(value, name, choices):
    """Return text that is one of some words, or None.

    :param value: text or None.
    :param name: the name of the argument.
    :param choices: the words.
    :raises TypeError: for anything else.
    :raises ValueError: for other text.
    """
    if value is None:
        return None
    takes = ', '.join(repr(str(choice)) for choice in choices)
    text = check_text(value, name, takes)
    if text not in choices:
        raise argument_error(ValueError, name, 'one of ' + takes, value)
    return text


def convert_bool(value, name):
    """Return True, False, or None for None.

    :param value: a bool or None.
    :param name: the name of the argument.
    :raises TypeError: for anything else.
    """
    if value is not None and not isinstance(value, bool):
        raise argument_error(TypeError, name, 'True or False', value)
    return value


def convert_int(value, name, lowest=0):
    """Return an int, or None for None.

    :param value: an int of `lowest` or more, or None.
    :param name: the name of the argument.
    :param lowest: an int.
    :raises TypeError: for anything else.
    :raises ValueError: for a lower int.
    """
    if value is None:
        return None
    takes = 'an int of {0} or more'.format(lowest)
    if not is_int(value):
        raise argument_error(TypeError, name, takes, value)
    if value < lowest:
        raise argument_error(ValueError, name, takes, value)
    return value


def convert_ratio(value, name):
    """Return a number of 0 to 1, or None for None.

    :param value: an int, a float, or None.
    :param name: the name of the argument.
    :raises TypeError: for anything else.
    :raises ValueError: for a number outside 0 to 1.
    """
    if value is None:
        return None
    takes = 'a number of 0 to 1'
    if not is_int(value) and not isinstance(value, float):
        raise argument_error(TypeError, name, takes, value)
    if not 0 <= value <= 1:
        raise argument_error(ValueError, name, takes, value)
    return value


def convert_id(value, name):
    """Return the id of a user or group as text, or None for None.

    :param value: text or an int, or None.
    :param name: the name of the argument.
    :raises TypeError: for anything else.
    """
    return None if value is None else six.text_type(check_text_or_int(value, name))


def convert_version(value, name='version'):
    """Return the version of an object of a swarm, an int.

    :param value: an int, a dict with Index, as the object has it under Version, or the inspected object
        itself.
    :param name: the name of the argument.
    :raises TypeError: for anything else.
    :raises ValueError: for a negative int.
    """
    takes = "the object's Version: an int, or a dict with Index"
    for key in ('Version', 'Index'):
        if isinstance(value, collections_abc.Mapping):
            value = value.get(key, value if key == 'Version' else None)
    if not is_int(value):
        raise argument_error(TypeError, name, takes, value)
    return convert_int(value, name)


def convert_log_query(stdout, stderr, follow, timestamps, tail, since, details):
    """Return the query of a log as a dict.

    :param stdout: true for the standard output.
    :param stderr: true for the standard error.
    :param follow: true to wait for more.
    :param timestamps: true for a timestamp before each line.
    :param tail: how many lines from the end, an int, or ``'all'``.
    :param since: a Unix time, an int or a float; None for all.
    :param details: true for where each line is from.
    :raises TypeError, ValueError: for another `tail` or `since`.
    """
    takes = "an int of 0 or more, or 'all'"
    if tail is None:
        tail = 'all'
    if not is_int(tail) and not is_text(tail):
        raise argument_error(TypeError, 'tail', takes, tail)
    if not re.match(r'(?:all|[0-9]{1,18})\Z', str(tail)):
        raise argument_error(ValueError, 'tail', takes, tail)
    flags = {'stdout': stdout, 'stderr': stderr, 'follow': follow, 'timestamps': timestamps,
             'details': details}
    query = dict((key, query_flag(value)) for key, value in flags.items())
    query['tail'] = str(tail)
    if since is not None:
        query['since'] = int(check_seconds(since, 'since'))
    return query


def convert_data(value, name):
    """Return the data of a secret or config in base64, as text. No message shows it.

    :param value: bytes, or text, which is encoded in UTF-8.
    :param name: the name of the argument.
    :raises TypeError: for anything else.
    """
    if is_text(value):
        value = value if isinstance(value, bytes) else check_text(value, name).encode('utf-8')
    if not isinstance(value, (bytes, bytearray)):
        raise TypeError('{0} takes bytes or text, not a value of type {1}'.format(name, type(value).__name__))
    return base64.b64encode(bytes(value)).decode('ascii')
