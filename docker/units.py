"""Numbers with a unit: sizes in bytes, durations, times, signals of Linux, and plain numbers within bounds.

Each function takes all forms that callers write, and returns the one that engines read.
"""

import calendar
import datetime
import re
import time

import six

from docker.errors import InvalidArgument
from docker.validation import (
    argument_error, check_seconds, check_text, check_text_or_int, did_you_mean, is_absent, is_int,
    is_text)

# Regular expressions are strings that are compiled on first use, to keep the import fast.
_SIZE = (r'(?P<whole>[0-9]{1,20})(?:\.(?P<fraction>[0-9]{1,20}))? ?'
         r'(?:[bB]|(?P<unit>[kKmMgGtT])(?:[iI]?[bB])?)?\Z')
# Such as 1,5 GByte.
_LIKE_A_SIZE = r'\s*([0-9]{1,20}(?:[.,][0-9]{1,20})?)\s*([kKmMgGtT])[A-Za-z]*\s*\Z'
# Those in which sizes are shown.
_SHOWN_UNITS = (u'B', u'kB', u'MB', u'GB', u'TB', u'PB')
_UNITS = {'': 1, 'k': 1 << 10, 'm': 1 << 20, 'g': 1 << 30, 't': 1 << 40}

# The numbers of Linux, where containers run, not of this system: SIGUSR1 is 10 there and 30 on macOS.
_SIGNALS = dict((name, number) for number, name in enumerate((
    'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP '
    'TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS').split(), 1))
_SIGNALS.update(IOT=6, CLD=17, POLL=29, UNUSED=31, RTMIN=34, RTMAX=64)
_REAL_TIME_SIGNAL = r'RT(?:MIN\+(?P<up>[12]?[0-9]|30)|MAX-(?P<down>[12]?[0-9]|30))\Z'
_DURATION = r'(?:[0-9]{1,19}(?:\.[0-9]{1,19})?(?:ns|us|ms|s|m|h))+\Z'
_PART_OF_DURATION = r'([0-9]+)(?:\.([0-9]+))?(ns|us|ms|s|m|h)'
_NANOSECONDS = {'ns': 1, 'us': 10 ** 3, 'ms': 10 ** 6, 's': 10 ** 9, 'm': 60 * 10 ** 9, 'h': 3600 * 10 ** 9}
_UNIX_TIME = r'[0-9]+(?:\.[0-9]+)?\Z'
# As RFC 3339 has it; the time of the day, its seconds and the offset may be missing.
_DATE = (r'([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[Tt ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})'
         r'(?:\.(?P<fraction>[0-9]+))?)?)?'
         r'(?:[Zz]|(?P<sign>[+-])(?P<hours>[0-9]{2}):?(?P<minutes>[0-9]{2}))?\Z')
# Who passes so many seconds means nanoseconds.
_MAX_SECONDS = 10 ** 6


def scaled_size(size):
    """Return a number of bytes as less than 1000, a float, of the unit in which it is shown, text."""
    size, unit = float(size), 0
    while size >= 1000 and unit < len(_SHOWN_UNITS) - 1:
        size, unit = size / 1000, unit + 1
    return size, _SHOWN_UNITS[unit]


def convert_size(value, name='mem_limit'):
    """Return a size in bytes as an int. None and empty text give 0, which is no limit.

    :param value: bytes as an int, or text: a number, also with a fraction, and b (or nothing), k, m, g or
        t in either case, in steps of 1024. ``'512m'``, ``'512MB'`` and ``'512MiB'`` are the same.
    :param name: the name of the argument.
    :raises TypeError: for anything else, including bools and floats.
    :raises docker.errors.InvalidArgument: for other text, negative sizes, sizes of 2**63 or more, and sizes
        between 0 and 1 byte, which rounded down would be no limit.
    """
    if is_absent(value):
        return 0
    takes = "bytes as an int of 0 or more, or text like '512m'"
    match = re.match(_SIZE, check_text_or_int(value, name, takes))
    size, rest = 0, 1
    if match:
        whole, fraction, unit = match.groups(u'')
        # Computed with ints, as floats are not exact above 2**53.
        size, rest = divmod(int(whole + fraction) * _UNITS[unit.lower()], 10 ** len(fraction))
    if size >= 1 << 63 or (rest and not size):
        raise argument_error(InvalidArgument, name, takes, value, '' if match else _hint_for_size(value))
    return size


def _hint_for_size(value):
    match = re.match(_LIKE_A_SIZE, value) if is_text(value) else None
    if not match:
        return ''
    number, unit = match.groups()
    return ": did you mean '{0}{1}'?".format(number.replace(',', '.'), unit.lower())


def convert_signal(value, name='signal'):
    """Return the number that a signal has on Linux, or None.

    :param value: an int of 1 to 64, ``'9'``, ``'SIGTERM'``, ``'TERM'``, ``'sigterm'``, ``'SIGRTMIN+3'``,
        ``'SIGRTMAX-1'``, or a member of `signal.Signals`, of which the name counts. 0, with which
        `os.kill` sends nothing, and empty text are not taken, as an engine would send SIGKILL.
    :param name: the name of the argument.
    :raises TypeError: for anything else.
    :raises ValueError: for text or an int that is not a signal.
    """
    if value is None:
        return None
    takes = "a signal as a number of 1 to 64 or a name like 'SIGTERM'"
    # Python 2.7 has no signal.Signals: its signals are plain ints.
    is_member = is_int(value) and hasattr(value, 'name')
    text = check_text_or_int(value.name if is_member else value, name, takes).upper()
    if re.match(r'[0-9]{1,2}\Z', text):
        number = int(text)
    else:
        number = _signal_of_name(text[3:] if text.startswith(u'SIG') else text)
    if not 1 <= number <= 64:
        hint = did_you_mean(text[3:] if text.startswith(u'SIG') else text, sorted(_SIGNALS))
        raise argument_error(ValueError, name, takes, value, hint.replace("'", "'SIG", 1))
    return number


def _signal_of_name(name):
    """Return the number of a signal by its name without SIG; 0 when there is none."""
    real_time = re.match(_REAL_TIME_SIGNAL, name)
    if real_time:
        up, down = real_time.group('up', 'down')
        return _SIGNALS['RTMIN'] + int(up) if up else _SIGNALS['RTMAX'] - int(down)
    return _SIGNALS.get(name, 0)


def convert_duration(value, name):
    """Return a duration in nanoseconds, as an int.

    :param value: seconds as an int or a float, or text with units: ``'90s'``, ``'1m30s'``, ``'1.5h'``,
        ``'500ms'``.
    :param name: the name of the argument.
    :raises TypeError: for anything else.
    :raises ValueError: for other text, for negative, infinite and NaN values, and for 1000000 seconds or
        more, which are rather nanoseconds.
    """
    takes = "seconds as an int or a float, or text like '1m30s'"
    if not is_text(value):
        if is_int(value) or isinstance(value, float):
            seconds = check_seconds(value, name)
            if seconds >= _MAX_SECONDS:
                raise argument_error(ValueError, name, takes + ' (fewer than 1000000 seconds)', value)
            return int(round(seconds * 10 ** 9))
        raise argument_error(TypeError, name, takes, value)
    nanoseconds = _parse_duration(check_text(value, name, takes))
    if nanoseconds < 0:
        raise argument_error(ValueError, name, takes, value)
    return nanoseconds


def convert_nanoseconds(value, name):
    """Return a duration in nanoseconds, as an int, or None, where programs of 2016 pass nanoseconds.

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
    """Return the nanoseconds of text such as ``'1m30s'``; -1 when it is no duration."""
    text = text.replace(u'\xb5', u'u').replace(u'\u03bc', u'u')
    if not re.match(_DURATION, text):
        return 0 if text == u'0' else -1
    # Computed with ints, as floats are not exact above 2**53.
    return sum(int(whole + fraction) * _NANOSECONDS[unit] // 10 ** len(fraction)
               for whole, fraction, unit in re.findall(_PART_OF_DURATION, text))


def convert_time(value, name):
    """Return a point in time as engines take it: seconds since 1970 as text, with decimals if there are any.

    :param value: a Unix time, an int or a float of 0 or more; a datetime, in UTC if it has no time zone; one
        of these as text: ``'1384000000.5'``, ``'2013-11-09T12:26:40Z'`` (UTC when it has no offset); text
        such as ``'10m'`` for so long before now; or None or empty text.
    :param name: the name of the argument.
    :raises TypeError: for anything else.
    :raises ValueError: for negative, infinite and NaN values, and for other text.
    """
    takes = "a Unix time, a datetime, or text such as '2013-11-09T12:26:40Z' or '10m'"
    if is_absent(value):
        return None
    if is_text(value):
        text = check_text(value, name, takes).strip()
        if re.match(_UNIX_TIME, text):
            return text
        value = _parse_time(text, name, takes)
    fraction = u''
    if isinstance(value, datetime.datetime):
        fraction = u'.{0:06d}'.format(value.microsecond)
        value = calendar.timegm(value.utctimetuple())
    elif not is_int(value) and not isinstance(value, float):
        raise argument_error(TypeError, name, takes, value)
    if not 0 <= value < float('inf'):
        raise argument_error(ValueError, name, takes, value)
    text = u'{0:.6f}'.format(value) if isinstance(value, float) else six.text_type(value) + fraction
    return text.rstrip(u'0').rstrip(u'.') if u'.' in text else text


def _parse_time(text, name, takes):
    """Return the datetime, in UTC, of a date, and the Unix time of a duration before now."""
    match = re.match(_DATE, text)
    if match:
        return _datetime_of(match, name, takes)
    nanoseconds = _parse_duration(text)
    if nanoseconds < 0:
        raise argument_error(ValueError, name, takes, text)
    # Docker takes no such text; the time is computed from the clock of this machine.
    return time.time() - nanoseconds / 1e9


def _datetime_of(match, name, takes):
    """Return the datetime, in UTC, of a match of _DATE."""
    groups = match.groupdict()
    try:
        value = datetime.datetime(*[int(part or 0) for part in match.groups()[:6]])
    except ValueError as error:
        six.raise_from(ValueError('{0} takes {1}: {2}'.format(name, takes, error)), None)
    value += datetime.timedelta(microseconds=int((groups['fraction'] or '').ljust(6, '0')[:6]))
    if groups['hours']:
        offset = datetime.timedelta(hours=int(groups['hours']), minutes=int(groups['minutes']))
        value += offset if groups['sign'] == '-' else -offset
    return value


def check_number(value, name, lowest=0, highest=10 ** 18 - 1):
    """Return an int within bounds.

    :param value: an int, or one as text.
    :param name: the name of the argument.
    :param lowest: the smallest one that is taken.
    :param highest: the largest one.
    :raises TypeError: for anything else, including bools and floats.
    :raises ValueError: for other text and numbers.
    """
    takes = 'an int of {0} or more'.format(lowest)
    if highest < 1 << 32:
        takes = 'an int of {0} to {1}'.format(lowest, highest)
    text = check_text_or_int(value, name, takes)
    if not re.match(r'-?[0-9]{1,19}\Z', text) or not lowest <= int(text) <= highest:
        raise argument_error(ValueError, name, takes, value)
    return int(text)


def check_swap(value, name):
    """Return a size as `convert_size` does, or -1, which is no limit."""
    return -1 if value in (-1, '-1') else convert_size(value, name)


__all__ = ['check_number', 'check_swap', 'convert_duration', 'convert_nanoseconds', 'convert_signal',
           'convert_size', 'convert_time']
