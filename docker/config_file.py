"""The files that the docker command keeps for its user: where they are, and config.json as a dict.

A file may be damaged, and this stops no call: a problem is a UserWarning, and the file or the entry counts
as empty. A warning names files and shows nothing of what they contain. Exceptions of json and codecs hold
the text that they failed on, so their `except` block is left before a warning is issued: as an exception,
it would have them as its `__context__`.
"""

import errno
import json
import os
import re
import warnings

import six
from six.moves import collections_abc

from docker.compat import to_native_header, to_native_string
from docker.registry_auth import utf8_or_none

# Compiled on first use, to keep the import fast.
_HEADER_NAME = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z"
_HEADER_VALUE = u'[^\\0-\x08\x0a-\x1f\x7f]*\\Z'
# The headers of HttpHeaders that the docker command does not send: it has its own, or the connection has.
_HEADERS_NOT_SENT = ('user-agent', 'host', 'connection', 'content-length', 'expect', 'te', 'trailer',
                     'transfer-encoding', 'upgrade')


def config_folder(environ=None):
    """Return the path of the folder of config.json: DOCKER_CONFIG, or else ~/.docker.

    :param environ: a mapping of environment variables; None is the environment of this process.
    :raises TypeError: when it is neither.
    """
    environ = os.environ if environ is None else environ
    folder = _mapping(environ).get('DOCKER_CONFIG') or os.path.join(home_folder(environ), '.docker')
    # On Python 2.7 a mapping may hold unicode, which cannot be opened or printed in every locale.
    return to_native_string(folder)


def home_folder(environ=None):
    """Return the path of the user's home folder; `environ` as `config_folder` takes it."""
    environ = os.environ if environ is None else environ
    return to_native_string(_mapping(environ).get('HOME') or os.path.expanduser('~'))


def _mapping(environ):
    if not isinstance(environ, collections_abc.Mapping):
        raise TypeError('environ takes a mapping or None, not {0}'.format(type(environ).__name__))
    return environ


def config_path(environ=None):
    """Return the path of config.json; `environ` as `config_folder` takes it."""
    return os.path.join(config_folder(environ), 'config.json')


def read_config(environ=None):
    """Return config.json as a dict; `environ` as `config_folder` takes it."""
    return read_config_file(config_path(environ), _parse_config)


def read_config_file(path, parse, complain=None):
    """Return the contents of a file as the dict that a config.json holds.

    :param parse: a function that returns this dict for a text, and what is wrong with it, or None.
    :param complain: what is called when the file cannot be used, with a text and the values in it;
        `warn_about` by default.
    """
    content, problem = b'', None
    try:
        with open(path, 'rb') as source:
            content = source.read()
    except EnvironmentError as error:
        if error.errno != errno.ENOENT:
            problem = os.strerror(error.errno)
    decoded = utf8_or_none(content)
    config = {}
    if decoded is None:
        problem = 'it is not UTF-8'
    elif decoded.strip():
        config, problem = parse(decoded)
    if problem and complain:
        complain('{0} cannot be used: {1}', path, problem)
    elif problem:
        warn_about('{0} is left out: {1}', path, problem)
    return config


def _parse_config(content):
    """Return the dict in the text of a config.json, and what is wrong with it, or None."""
    config = parse_json_object(content)
    return ({}, 'it is not a JSON object') if config is None else (config, None)


def parse_json_object(content):
    """Return the dict in a text, or None when it is not JSON, not an object or nested too deeply."""
    try:
        value = json.loads(content)
    except (ValueError, RuntimeError):
        return None
    return value if isinstance(value, dict) else None


def dict_in_config(config, key, path):
    """Return the dict in a dict that was read from a file; an empty one when there is none."""
    value = config.get(key)
    if value is not None and not isinstance(value, dict):
        warn_about('{0} is left out: its {1} is not an object', path, key)
    return value if isinstance(value, dict) else {}


def http_headers(environ=None):
    """Return `HttpHeaders` of config.json: the headers that the docker command sends with each request.

    The value of a header may be a secret. Of a header that cannot be sent, a warning shows the name.

    :param environ: as `config_folder` takes it.
    :returns: pairs of name and value, native strings.
    """
    path = config_path(environ)
    entries, headers = dict_in_config(read_config(environ), 'HttpHeaders', path), []
    for name in sorted(entries):
        value = entries[name]
        if not (re.match(_HEADER_NAME, name) and isinstance(value, six.text_type) and
                re.match(_HEADER_VALUE, value)):
            warn_about('{0} has an entry that is left out: {1!r} of HttpHeaders is no header', path,
                       to_native_string(name))
        elif name.lower() not in _HEADERS_NOT_SENT:
            headers.append((to_native_string(name), to_native_header(value.strip().encode('utf-8'))))
    return headers


def warn_about(message, *values):
    """Issue a UserWarning about a file or a helper.

    :param message: text, in which {0}, {1} ... stand for `values`.
    """
    warnings.warn(message.format(*values), stacklevel=2)
