"""The secrets of a build: from arguments in all their forms to bytes, which nothing shows.

Everything is read here, before anything is sent. A text in place of a path may be a secret that was put in
the wrong place, and so may be any part of a `secrets` that is not understood: errors name ids alone, and a
path only if there is such a file. The exceptions of a file and of a codec hold what they failed on, so their
`except` block is left before another one is raised, whose `__context__` they would become.
"""

import errno
import os
import re

import six
from six.moves import collections_abc

from docker.compat import encode_path, from_path, to_native_path, to_native_string
from docker.validation import check_text, is_list, is_text

# What engines take at most.
_MAX_SIZE = 500 * 1024
_ID = u'[^\\0-\x1f\x7f,]+\\Z'
_FORMS = "a path, the secret itself in bytes, {'env': NAME}, {'file': PATH} or {'data': BYTES}"
_TAKES = ("secrets takes a dict of ids to the path of each secret, or a list of "
          "'id=ID,src=PATH' and 'id=ID,env=NAME'")
# The keys of one secret, as the docker command and as users have them.
_KINDS = {'env': 'env', 'file': 'file', 'src': 'file', 'source': 'file', 'data': 'data'}


class BuildSecrets(collections_abc.Mapping):
    """Secrets in bytes by their ids. Its repr, and what any printer of objects shows, has the ids alone."""

    __slots__ = ('_values', )

    def __init__(self, values):
        self._values = values

    def __getitem__(self, secret_id):
        return self._values[secret_id]

    def __iter__(self):
        return iter(self._values)

    def __len__(self):
        return len(self._values)

    def __reduce__(self):
        # A pickle has none of them.
        return BuildSecrets, ({}, )

    def __repr__(self):
        return '<BuildSecrets: {0}>'.format(', '.join(sorted(map(to_native_string, self._values))))


class _HiddenBytes(bytes):
    """Bytes that are shown as asterisks, and that no pickle has."""

    def __reduce__(self):
        return _HiddenBytes, ()

    def __repr__(self):
        return "'********'"

    __str__ = __repr__


def convert_build_secrets(value):
    """Return the secrets of a build as BuildSecrets, a mapping of ids to bytes.

    :param value: a dict of ids to values: the path of a file, as text or an `os.PathLike` object; the secret
        itself in bytes; or a dict with one of `env` (the name of an environment variable), `file` (a path,
        also as `src`) and `data` (the secret itself, in bytes). On Python 2.7 a str, which is text and bytes,
        is a path if there is such a file, or if it is one line with a slash in it. Or a list of the texts
        that the docker command takes, ``'id=token,src=/path'`` and ``'id=token,env=TOKEN'``, or one of them.
        None is none.
    :raises TypeError: for anything else.
    :raises ValueError: for an id that engines do not take, an environment variable that is not set, and a
        secret that is too large.
    :raises OSError: for a file that cannot be read (IOError on Python 2.7).
    """
    secrets = {}
    for secret_id, source in _secrets_in(value):
        if secret_id in secrets:
            raise ValueError('secrets has {0} twice'.format(shown_id(secret_id)))
        secrets[secret_id] = _content_of(secret_id, source)
        if len(secrets[secret_id]) > _MAX_SIZE:
            raise ValueError('secrets: {0} has more than 500 KiB, the most that an engine takes'.format(
                shown_id(secret_id)))
    return BuildSecrets(secrets)


def check_mount_id(value, name):
    """Return the id of a secret or of an ssh agent, as text.

    :param value: text.
    :param name: the name of the argument.
    :raises TypeError: for anything else.
    :raises ValueError: when it is empty, or has commas or control characters.
    """
    if not is_text(value):
        raise TypeError('{0} takes text as an id, not a value of type {1}'.format(name, type(value).__name__))
    text = check_text(value, name)
    if not re.match(_ID, text):
        raise ValueError('{0} takes ids that are not empty, without commas and control characters'.format(
            name))
    return text


def _secrets_in(value):
    """Yield the id and the source of each secret, whatever the form: a tuple of its kind and its value."""
    if value is None:
        return
    if isinstance(value, collections_abc.Mapping):
        for secret_id, item in value.items():
            secret_id = check_mount_id(secret_id, 'secrets')
            yield secret_id, _source_of_secret(secret_id, item)
        return
    if is_text(value):
        value = [value]
    if not is_list(value):
        raise TypeError('{0}, not a value of type {1}'.format(_TAKES, type(value).__name__))
    for item in value:
        if not is_text(item):
            raise TypeError('{0}, not one with a value of type {1}'.format(_TAKES, type(item).__name__))
        yield _source_in_text(check_text(item, 'secrets'))


def _source_in_text(text):
    fields = [field.partition(u'=') for field in text.split(u',')]
    keys = [key.strip().lower() for key, _, _ in fields]
    given = dict((key, value) for key, (_, _, value) in zip(keys, fields))
    secret_id = given.pop(u'id', None)
    if given.pop(u'type', None) == u'env' and u'src' in given:
        given[u'env'] = given.pop(u'src')
    if secret_id is None or len(set(keys)) < len(keys) or [key for key in given if key not in _KINDS]:
        raise ValueError(_TAKES + '; a path with a comma only in a dict')
    secret_id = check_mount_id(secret_id, 'secrets')
    return secret_id, _source_of_secret(secret_id, given)


def _source_of_secret(secret_id, item):
    item = from_path(item)
    if isinstance(item, collections_abc.Mapping):
        kinds = [_KINDS.get(key) for key in item]
        if len(kinds) != 1 or kinds[0] is None:
            raise ValueError('secrets takes for {0} one of env and file (src)'.format(shown_id(secret_id)))
        kind, (item, ) = kinds[0], item.values()
        item = from_path(item)
    else:
        kind = 'file' if is_text(item) and not _is_value(item) else 'data'
    if not isinstance(item, (bytes, bytearray) if kind == 'data' else six.string_types):
        raise TypeError('secrets takes for {0} {1}, not a value of type {2}'.format(
            shown_id(secret_id), _FORMS, type(item).__name__))
    return kind, item


def _is_value(item):
    """Return whether a str of Python 2.7, which is text and bytes, is a secret itself: it names no file, and
    does not look like the path of one."""
    if not six.PY2 or not isinstance(item, str):
        return False
    return '\n' in item or '\0' in item or '/' not in item and not os.path.lexists(item)


def _content_of(secret_id, source):
    kind, value = source
    if kind == 'data':
        return _HiddenBytes(value)
    return (_read_variable if kind == 'env' else _read_file)(secret_id, value)


def _read_variable(secret_id, name):
    environ = getattr(os, 'environb', os.environ)
    try:
        return _HiddenBytes(environ[encode_path(name)])
    except (KeyError, ValueError):
        pass    # its name may be the secret
    raise ValueError('secrets: the environment variable of {0} is not set: env takes its name'.format(
        shown_id(secret_id)))


def _read_file(secret_id, path):
    number = errno.ENOENT
    try:
        with open(encode_path(path), 'rb') as opened:
            # It may be the pipe of a shell's `<(command)`, and has an end or not.
            return _HiddenBytes(opened.read(_MAX_SIZE + 1))
    except EnvironmentError as error:
        number = error.errno
    except (TypeError, ValueError):
        path = None     # text that no path is: with a NUL, or of a lone surrogate
    if path is None or not os.path.lexists(encode_path(path)):
        text = ('secrets: the file of {0} does not exist; text is the path of a file, and a secret itself is '
                'taken in bytes' + (", on Python 2.7 best as {{'data': BYTES}}" if six.PY2 else ''))
        raise IOError(errno.ENOENT, text.format(shown_id(secret_id)))
    raise IOError(number, 'secrets: the file of {0} cannot be read: {1}'.format(
        shown_id(secret_id), os.strerror(number)), to_native_path(encode_path(path)))


def shown_id(value):
    """Return the id of a secret or of an ssh agent as messages have it."""
    return repr(to_native_string(value))
