"""What differs between Python 2.7 and 3, and six has no name for.

Native strings (`str` of the Python that runs) are what error messages, headers and environment
variables are made of; paths are bytes of the file system, whose names may be in no encoding.
"""

import codecs
import os
import re
import time

import six
from six.moves.urllib.parse import unquote

try:
    from collections.abc import Generator
except ImportError:  # Python 2.7
    Generator = None

# A half of a surrogate pair without the other one. Compiled on first use, to keep the import fast.
_LONE_SURROGATE = u'[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]'

# Seconds that no change of the system's clock moves; Python 2.7 has no such clock.
monotonic = getattr(time, 'monotonic', time.time)

if six.PY2:
    def _surrogateescape(error):
        undecodable = bytearray(error.object[error.start:error.end])
        return u''.join(six.unichr(0xdc00 + byte) for byte in undecodable), error.end

    codecs.register_error('surrogateescape', _surrogateescape)


def own_session():
    """Return the arguments of Popen by which a program has a session of its own, and so no terminal whose
    Ctrl-C would reach it."""
    return {'preexec_fn': os.setsid} if six.PY2 else {'start_new_session': True}


def to_native_string(value):
    """Return a value as a native string: on Python 2.7 in UTF-8.

    :param value: text, bytes in UTF-8 (what is not becomes U+FFFD on Python 3), or anything with a str().
    """
    if six.PY2 and isinstance(value, six.text_type):
        return value.encode('utf-8')
    if not six.PY2 and isinstance(value, bytes):
        return value.decode('utf-8', 'replace')
    return str(value)


def to_native_header(value):
    """Return the name or the value of a header as a native string, for HTTP in Latin-1.

    :param value: text, bytes, or anything with a str().
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.decode('latin-1')
    return value.encode('latin-1') if isinstance(value, six.text_type) else str(value)


def unquote_text(value):
    """Return percent-encoded UTF-8 as text.

    :param value: text, or bytes on Python 2.7.
    """
    if not six.PY2:
        return unquote(value)
    return unquote(six.ensure_binary(value)).decode('utf-8')


def is_encodable(text):
    """Return whether UTF-8 can encode a text: not if it holds a lone surrogate, as undecodable bytes of
    `sys.argv` and of file names become.

    :param text: text, unicode on Python 2.7.
    """
    try:
        # The codec of Python 2.7 for UTF-8 encodes them.
        text.encode('ascii' if six.PY2 else 'utf-8')
        return True
    except UnicodeEncodeError:
        return six.PY2 and re.search(_LONE_SURROGATE, text) is None


def from_path(value):
    """Return the path of an object that has one, as `os.PathLike` objects do; other values as they are.

    :param value: anything. Python 2.7 has no `os.PathLike`, but modules with such objects.
    """
    method = getattr(value.__class__, '__fspath__', None)
    if method is None:
        return value
    path = method(value)
    return os.fsdecode(path) if isinstance(path, bytes) and not six.PY2 else path


def encode_path(path):
    """Return a path as the bytes that the file system has.

    :param path: text, or bytes on Python 2.7.
    """
    if not six.PY2:
        return os.fsencode(path)
    return path.encode('utf-8') if isinstance(path, six.text_type) else path


def decode_path(path):
    """Return a path as text; bytes that are no UTF-8 become surrogates, as `os.fsdecode` has them.

    :param path: bytes or text.
    """
    return path.decode('utf-8', 'surrogateescape') if isinstance(path, bytes) else path


def to_native_path(path):
    """Return the bytes of a path as a native string, to be shown or opened.

    :param path: bytes.
    """
    return path if six.PY2 else os.fsdecode(path)
