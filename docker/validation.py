"""Checks of the plain arguments that calls share: text, ints, seconds, dicts, ids and names.

Every check returns the value in the form that requests are built from. Otherwise it raises a TypeError
(wrong type) or a ValueError (wrong value) that names the argument, before anything is sent: engines
respond to many bad values with a bare 500, or take them for something else. Text is returned as text,
which on Python 2.7 is unicode; a str there is read as UTF-8.
"""

import json
import re

import six
from six.moves import collections_abc, reprlib

from docker.compat import from_path, is_encodable, to_native_string
from docker.errors import InvalidVersion, InvalidVersionArgument, NullResource

# Error messages show the value in one line, even if it is a list of a thousand containers.
_shortener = reprlib.Repr()
_shortener.maxlevel = 2
_shortener.maxstring = _shortener.maxother = 120


def short_repr(value):
    """Return the repr of a value for an error message, shortened if it is long."""
    return _shortener.repr(value)


def argument_error(kind, name, takes, value, hint=''):
    """Return the exception for an argument that has a value it does not take.

    :param kind: the class of the exception.
    :param name: the name of the argument.
    :param takes: what the argument takes, as text that follows "takes".
    :param value: the value that was given.
    :param hint: what was meant, as `did_you_mean` returns it, or other text that follows the value.
    """
    return kind('{0} takes {1}, not {2}{3}'.format(name, takes, short_repr(value), hint))


def nearest(word, words, cutoff=0.6):
    """Return the one of some words that another one is most alike, or None.

    :param word: text, in any case of letters: one that is alike in this, too, is preferred.
    :param words: an iterable of text.
    :param cutoff: how much alike they are at least, a number of 0 to 1.
    """
    # Imported on first use, to keep `import docker` fast.
    import difflib
    words = list(words)
    found = difflib.get_close_matches(word, words, 1, cutoff)
    if found:
        return found[0]
    known = dict((other.lower(), other) for other in reversed(words))
    found = difflib.get_close_matches(word.lower(), known, 1, cutoff)
    return known[found[0]] if found else None


def did_you_mean(word, words):
    """Return the hint that one of some words was meant; empty text when none of them is near.

    :param word: what was given.
    :param words: the words that are taken there.
    """
    if not is_text(word):
        return ''
    found = nearest(word, words)
    return ': did you mean {0!r}?'.format(str(found)) if found else ''


def is_text(value):
    """Return whether a value is text (on Python 2.7, either str or unicode)."""
    return isinstance(value, six.string_types)


def is_int(value):
    """Return whether a value is an int; a bool is not."""
    return isinstance(value, six.integer_types) and not isinstance(value, bool)


def check_text(value, name, takes='text'):
    """Return text as text (unicode on Python 2.7).

    :param value: text.
    :param name: the name of the argument.
    :param takes: what the argument takes, for the message.
    :raises TypeError: for anything else, on Python 3 also for bytes.
    :raises ValueError: for a str of Python 2.7 that is not UTF-8, and for text that UTF-8 cannot encode.
    """
    if not is_text(value):
        raise argument_error(TypeError, name, takes, value)
    try:
        text = six.ensure_text(value)
    except UnicodeDecodeError as error:
        message = '{0} takes text, or UTF-8 in a str of Python 2.7: {1}'.format(name, error)
        six.raise_from(ValueError(message), None)
    if not is_encodable(text):
        # Not shown, as it may be secret.
        raise ValueError('{0} takes text that UTF-8 can encode, not text with a lone surrogate (which bytes '
                         'of a file name or of sys.argv become that are not UTF-8)'.format(name))
    return text


def check_path(value, name, takes='text'):
    """Return a path that is sent to the engine, as text.

    :param value: text, or an `os.PathLike` object.
    :param name: the name of the argument.
    :param takes: what the argument takes, for the message.
    :raises TypeError, ValueError: as `check_text` does.
    """
    return check_text(from_path(value), name, takes)


def check_nonempty_text(value, name):
    """Return text that is more than white space.

    :param value: text.
    :param name: the name of the argument.
    :raises TypeError: for anything else.
    :raises ValueError: for text that is empty or all white space.
    """
    value = check_text(value, name)
    if not value.strip():
        raise ValueError('{0} takes text that is not empty'.format(name))
    return value


def check_optional_text(value, name):
    """Return text as `check_text` does, or None.

    :param value: text or None.
    :param name: the name of the argument.
    :raises TypeError, ValueError: as `check_text` does.
    """
    return None if value is None else check_text(value, name)


def check_json_dict(value, name):
    """Return a dict that can be encoded as JSON.

    :param value: a dict.
    :param name: the name of the argument.
    :raises TypeError: for anything else, and for a dict that JSON cannot represent. Its message does not show
        what is given in place of a dict: it may hold passwords, as a Config in JSON does.
    :raises ValueError: for a dict with text that UTF-8 cannot encode.
    """
    if not isinstance(value, dict):
        raise TypeError('{0} takes a dict, not a value of type {1}'.format(name, type(value).__name__))
    try:
        encoded = json.dumps(value)
    except (TypeError, ValueError) as error:
        message = '{0} takes a dict that JSON can hold: {1}'.format(name, error)
        six.raise_from(TypeError(message), None)
    if '\\ud' in encoded and not is_encodable(json.dumps(json.loads(encoded), ensure_ascii=False)):
        raise ValueError('{0} takes text that UTF-8 can encode, not text with a lone surrogate'.format(name))
    return value


def check_api_version(value, name):
    """Return a version of the Remote API as a str, in the form that a URL has it.

    :param value: text such as ``'1.6'``.
    :param name: the name of the argument.
    :raises docker.errors.InvalidVersionArgument: for anything else, a TypeError.
    :raises docker.errors.InvalidVersion: for text that is not a version, a ValueError.
    """
    takes = "a str such as '1.6'" + (", or 'auto'" if name == 'version' else '')
    if not is_text(value):
        hint = ': did you mean {0!r}?'.format(str(value)) if isinstance(value, float) else ''
        raise argument_error(InvalidVersionArgument, name, takes, value, hint)
    if not re.match(r'^\d{1,3}\.\d{1,3}$', value):
        found = re.match(r'(?i)\s*v?([0-9]{1,3}\.[0-9]{1,3})(?:\.[0-9]+)?\s*\Z', value)
        words = ('auto', ) if name == 'version' else ()
        hint = ': did you mean {0!r}?'.format(str(found.group(1))) if found else did_you_mean(value, words)
        raise argument_error(InvalidVersion, name, takes, value, hint)
    return str(value)


def check_header(value, name):
    """Return the value of a header as a native string.

    :param value: text in ASCII.
    :param name: the name of the argument.
    :raises TypeError: for anything else.
    :raises ValueError: for text that is empty, has other characters, or begins or ends with a space.
    """
    text = check_text(value, name)
    if not re.match(r'[!-~](?:[ -~]*[!-~])?\Z', text):
        raise argument_error(ValueError, name, 'text in ASCII, in one line', value)
    return str(text)


def check_seconds(value, name, required=False):
    """Return a number of seconds, or None.

    :param value: an int or a float of 0 or more, or None.
    :param name: the name of the argument.
    :param required: if true, None is not taken.
    :raises TypeError: for anything else.
    :raises ValueError: for negative, infinite and NaN values.
    """
    if value is None and not required:
        return None
    if not is_int(value) and not isinstance(value, float):
        raise argument_error(TypeError, name, 'seconds, an int or a float', value)
    if not 0 <= value < float('inf'):
        raise argument_error(ValueError, name, 'seconds, 0 or more', value)
    return value


def check_timeout(value, name):
    """Return a timeout as requests takes it: a number of seconds, None, or a tuple of two of these.

    :param value: an int or a float of 0 or more, None for no limit, or one of these for connecting and one
        for reading, as a tuple or a list.
    :param name: the name of the argument.
    :raises TypeError: for anything else.
    :raises ValueError: for negative, infinite and NaN values.
    """
    if not isinstance(value, (tuple, list)):
        return check_seconds(value, name)
    if len(value) != 2:
        raise argument_error(ValueError, name, 'seconds, or a pair of them: (connect, read)', value)
    return tuple(check_seconds(seconds, name) for seconds in value)


def check_count(value, name):
    """Return a number of things.

    :param value: an int of 0 or more.
    :param name: the name of the argument.
    :raises TypeError: for anything else.
    :raises ValueError: for a negative int.
    """
    if not is_int(value) or value < 0:
        raise argument_error(ValueError if is_int(value) else TypeError, name, 'an int, 0 or more', value)
    return value


def check_terminal_size(value, name):
    """Return the number of rows or columns of a terminal.

    :param value: an int of 0 or more; also as text, as `stty size` prints it.
    :param name: the name of the argument.
    :raises TypeError: for anything else.
    """
    if is_text(value) and re.match(r'[0-9]{1,9}\Z', check_text(value, name)):
        return int(value)
    if not is_int(value) or value < 0:
        raise argument_error(TypeError, name, 'an int, 0 or more', value)
    return value


def identifier(value, name='container'):
    """Return the id or name of a container or an image, as text.

    :param value: an id, a short id or a name as text, or any dict with one under ``Id``, ``ID`` or ``id``
        (the first that is not empty). One leading slash, which container names have in the engine's
        responses, is dropped.
    :param name: the name of the argument.
    :raises TypeError: for anything else, on Python 3 also for bytes.
    :raises docker.errors.NullResource: for None, an empty dict and an empty one: a TypeError and a
        ValueError.
    :raises ValueError: for one with empty, ``.`` or ``..`` segments, which would lead to the path of
        another endpoint, and for one with white space around it.
    """
    takes = 'an id, a name or a dict with Id'
    if isinstance(value, collections_abc.Mapping):
        found = [value[key] for key in ('Id', 'ID', 'id') if key in value]
        if not found:
            # Only the keys are shown, as an inspected container includes its environment.
            raise (TypeError if value else NullResource)('{0} takes {1}, not a dict with the keys {2}'.format(
                name, takes, short_repr(list(value))))
        value = next((item for item in found if item), found[0])
    if value is None:
        raise argument_error(NullResource, name, takes, value)
    text = check_text(value, name, takes)
    if not text.strip():
        raise argument_error(NullResource, name, takes, value)
    if text != text.strip():
        # As the output of a command has it: no engine has such a name.
        hint = ': did you mean {0}?'.format(short_repr(to_native_string(text.strip())))
        raise argument_error(
            ValueError, name, 'an id or a name without white space around it', to_native_string(text), hint)
    if text.startswith(u'/'):
        text = text[1:]
    if any(segment in ('', '.', '..') for segment in text.split(u'/')):
        takes = "an id or a name without empty, '.' or '..' segments"
        raise argument_error(ValueError, name, takes, value)
    return text


def query_flag(value):
    """Return 1 for a true value and 0 for a false one, as flags are written in a query string."""
    return 1 if value else 0


def check_text_or_int(value, name, takes='text or an int'):
    """Return text, or an int as text.

    :param value: text or an int.
    :param name: the name of the argument.
    :param takes: what the argument takes, for the message.
    :raises TypeError: for anything else.
    """
    return six.text_type(int(value)) if is_int(value) else check_text(value, name, takes)


def check_text_map(value, name):
    """Return a dict of text to text, such as labels and options.

    The messages of errors show names and no values, which may be secret.

    :param value: a dict of text to text, ints or bools, which become ``true`` and ``false``, or a list of
        ``'name=value'`` and ``'name'``. A value that is None or left out is empty.
    :param name: the name of the argument.
    :raises TypeError: for anything else.
    :raises ValueError: for an empty name.
    """
    if isinstance(value, collections_abc.Mapping):
        pairs = list(value.items())
    elif is_list(value):
        pairs = [_split_pair(item, name) for item in value]
    else:
        raise TypeError('{0} takes a dict of text to text, not a value of type {1}'.format(
            name, type(value).__name__))
    return dict((check_nonempty_text(key, name), _check_setting(key, setting, name))
                for key, setting in pairs)


def _split_pair(item, name):
    if not is_text(item):
        raise TypeError("{0} takes 'name=value' in a list, not a value of type {1}".format(
            name, type(item).__name__))
    key, _, setting = check_text(item, name).partition(u'=')
    return key, setting


def _check_setting(key, setting, name):
    if setting is None:
        return u''
    if isinstance(setting, bool):
        return u'true' if setting else u'false'
    if not is_int(setting) and not is_text(setting):
        raise TypeError('{0} takes text as the value of {1}, not a value of type {2}'.format(
            name, short_repr(key), type(setting).__name__))
    return check_text_or_int(setting, name)


def check_if_given(check, value, name):
    """Return what `check` makes of a value and the name of its argument; None for None and empty text."""
    return None if is_absent(value) else check(value, name)


def is_absent(value):
    """Return whether a value is None or empty text."""
    return value is None or (is_text(value) and not value)


def is_list(value):
    """Return whether a value is an iterable other than text, bytes, a dict and a path."""
    others = (collections_abc.Mapping, bytes, bytearray) + six.string_types
    # Some objects that are paths iterate over the files of their folder.
    return isinstance(from_path(value), collections_abc.Iterable) and not isinstance(from_path(value), others)


def as_list(value):
    """Return a list as it is, and any other value as a list of it."""
    return value if is_list(value) else [value]


def without_none(values):
    """Return a dict without the keys whose value is None."""
    return dict((key, value) for key, value in values.items() if value is not None)


def check_chunk_size(value, name):
    """Return how many bytes a chunk has, or None.

    :param value: an int of 1 or more, or None.
    :param name: the name of the argument.
    :raises TypeError: for anything else.
    :raises ValueError: for an int below 1.
    """
    if value is not None and (not is_int(value) or value < 1):
        raise argument_error(ValueError if is_int(value) else TypeError, name, 'an int, 1 or more', value)
    return value
