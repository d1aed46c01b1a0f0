"""How an engine checks the health of a container: the Healthcheck of a Config."""

from six.moves import collections_abc

from docker.units import check_number, convert_duration, convert_nanoseconds
from docker.validation import (
    argument_error, check_text, check_text_or_int, did_you_mean, is_absent, is_text, short_repr)

_DURATIONS = {'interval': 'Interval', 'timeout': 'Timeout', 'start_period': 'StartPeriod',
              'start_interval': 'StartInterval'}
_KEYS = ('test', 'retries') + tuple(_DURATIONS)
_KINDS = ('NONE', 'CMD', 'CMD-SHELL')
_MILLISECOND = 10 ** 6


def convert_healthcheck(value, name='healthcheck'):
    """Return the Healthcheck of a container, or None.

    :param value: a dict with any of test, interval, timeout, retries, start_period and start_interval. `test`
        is text, which a shell runs in the container, or a list that begins with ``'CMD'`` (the words of a
        command), ``'CMD-SHELL'`` (one text) or ``'NONE'``, which takes the image's away; ``[]`` keeps it. The
        durations are as `convert_duration` takes them, retries is an int. Each may also be written as the API
        does: Test, Interval, Timeout, Retries, StartPeriod, StartInterval, with durations as
        `convert_nanoseconds` takes them: an int is nanoseconds there.
    :param name: the name of the argument.
    :returns: a dict in the API's words, without what was not given.
    :raises TypeError: for anything else.
    :raises ValueError: for other keys and values, and durations of less than a millisecond.
    """
    if is_absent(value):
        return None
    if not isinstance(value, collections_abc.Mapping):
        hint = ": did you mean {{'test': {0}}}?".format(short_repr(value)) if is_text(value) else ''
        raise argument_error(TypeError, name, 'a dict', value, hint)
    return dict(_convert_setting(key, setting, name) for key, setting in value.items()
                if setting is not None) or None


def _convert_setting(key, value, name):
    if key in ('test', 'Test'):
        return 'Test', _convert_test(value, name + ' test')
    if key in ('retries', 'Retries'):
        return 'Retries', check_number(value, name + ' retries')
    if key in _DURATIONS:
        duration = convert_duration(value, '{0} {1}'.format(name, key))
    elif key in _DURATIONS.values():
        duration = convert_nanoseconds(value, '{0} {1}'.format(name, key))
    else:
        raise argument_error(ValueError, name, 'a dict with test, interval, timeout, retries, start_period '
                                               'and start_interval', key, did_you_mean(key, _KEYS))
    if 0 < duration < _MILLISECOND:
        takes = 'a millisecond or more, or 0'
        if key not in _DURATIONS:
            takes += ', with an int in nanoseconds'
        raise argument_error(ValueError, '{0} {1}'.format(name, key), takes, value)
    return _DURATIONS.get(key, key), duration


def _convert_test(value, name):
    takes = "text, or a list that begins with 'NONE', 'CMD' or 'CMD-SHELL'"
    if is_text(value):
        return [u'CMD-SHELL', check_text(value, name)]
    if not isinstance(value, (list, tuple)):
        raise argument_error(TypeError, name, takes, value)
    words = [check_text_or_int(word, name, takes) for word in value]
    if words and words[0] not in _KINDS:
        raise argument_error(ValueError, name, takes, value, did_you_mean(words[0], _KINDS))
    return words


__all__ = ['convert_healthcheck']
