"""The values that the calls of Swarm mode have in common: lists, dicts, words, CPUs, versions, data.

Engines have CPUs as billionths of one. Callers may write them as ints in this unit, as programs of 2016 did,
or as numbers of CPUs. The functions are pure.
"""

import base64
import re

import six
from six.moves import collections_abc

from docker.validation import (
    argument_error, check_json_dict, check_text, check_text_or_int, did_you_mean, is_absent, is_int, is_list,
    is_text)

_BILLION = 10 ** 9
# Regular expressions are strings that are compiled on first use, to keep the import fast.
_NUMBER_OF_CPUS = r'[0-9]{1,9}(?:\.[0-9]{1,9})?\Z'


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
    return check_json_dict(dict(value), name)


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
        raise argument_error(ValueError, name, 'one of ' + takes, value, did_you_mean(text, choices))
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


def convert_int(value, name, lowest=0, highest=None):
    """Return an int, or None for None.

    :param value: an int of `lowest` or more, or None.
    :param name: the name of the argument.
    :param lowest: an int.
    :param highest: an int, or None without a limit.
    :raises TypeError: for anything else.
    :raises ValueError: for a lower or a higher int.
    """
    if value is None:
        return None
    takes = 'an int of {0} {1}'.format(lowest, 'or more' if highest is None else 'to {0}'.format(highest))
    if not is_int(value):
        raise argument_error(TypeError, name, takes, value)
    if value < lowest or highest is not None and value > highest:
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
