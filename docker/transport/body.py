"""The body of a request as chunks of bytes: what a Session takes for `data`, prepared to be sent.

Calls that upload an archive take it in many forms; `archive_body` makes a body of any of them.
"""

import contextlib
import io
import os
import stat

import six
from six.moves import collections_abc

from docker.compat import encode_path, from_path, to_native_path
from docker.stream import BLOCK_SIZE
from docker.validation import argument_error, is_text, short_repr

_ARCHIVE = 'bytes, a binary file, the path of a file or an iterable of bytes'
_ARCHIVE_NOT_PATH = 'bytes, a binary file or an iterable of bytes'
_MAX_PATH_SIZE = 255
# What can be iterated, and has no bytes, or no order.
_NOT_ARCHIVES = (six.text_type, io.TextIOBase, collections_abc.Mapping, collections_abc.Set)
_REAL_FILES = (io.FileIO, io.BufferedReader, io.BufferedRandom)


def body_chunks(request):
    """Return the body of a PreparedRequest: None, bytes, or an iterator of chunks of bytes.

    :raises ValueError: by the iterator, when they have another length than the request announces.
    """
    body = request.body
    if body is None or isinstance(body, bytes):
        return body
    if isinstance(body, six.text_type):
        return body.encode('utf-8')
    chunks = file_chunks(body) if hasattr(body, 'read') else (_check_bytes(chunk) for chunk in body)
    length = request.headers.get('Content-Length')
    return chunks if length is None else _check_length(chunks, int(length))


def file_chunks(file):
    """Yield a binary file in chunks, the last of them empty."""
    chunk = None
    while chunk != b'':
        chunk = _check_bytes(file.read(BLOCK_SIZE))
        yield chunk


def _check_bytes(chunk):
    if not isinstance(chunk, (bytes, bytearray)):
        raise TypeError('the body of a request takes bytes, not {0}: open files in binary mode'.format(
            type(chunk).__name__))
    return bytes(chunk)


def _check_length(chunks, length):
    missing = length
    for chunk in chunks:
        missing -= len(chunk)
        if missing < 0:
            break
        yield chunk
    if missing:
        raise ValueError('the body was announced with {0} bytes, and has {1}'.format(
            length, 'more' if missing < 0 else length - missing))


class _ArchiveBody(object):
    """An archive in chunks of bytes.

    :param chunks: an iterator of bytes.
    :param length: its length if that is known, else None: it is sent chunked then.
    """

    def __init__(self, chunks, length=None):
        self._chunks = chunks
        # requests takes the Content-Length from this attribute.
        self.len = length

    def __iter__(self):
        return self._chunks


@contextlib.contextmanager
def archive_body(value, name, path=True):
    """Return a context manager that gives an archive as the body of a request.

    A file that is opened for it is closed at the end; one of the caller's is read from where it is.

    :param value: bytes, a binary file, the path of a file (text or an `os.PathLike` object), or an iterable
        of bytes.
    :param name: the name of the argument.
    :param path: False if it is not the path of a file.
    :raises TypeError: for anything else.
    :raises ValueError: for text that is not the path of a file, and for no bytes at all.
    :raises OSError: for a path object whose file cannot be read (IOError on Python 2.7).
    """
    file = open_path(value, name, _ARCHIVE) if path else None
    if file is not None:
        with file:
            yield _body_of_file(file)
    elif from_path(value) is not value:
        raise argument_error(TypeError, name, _ARCHIVE_NOT_PATH, value)
    else:
        yield _body_of_data(value, name, _ARCHIVE if path else _ARCHIVE_NOT_PATH)


def open_path(value, name, takes):
    """Return the binary file of a path, opened; None for what is no path.

    :param value: the path, as text or an `os.PathLike` object, or anything else.
    :param name: the name of the argument.
    :param takes: what the argument takes, for the message.
    :raises ValueError: for text that is not the path of a file.
    :raises OSError: for a path object whose file cannot be read (IOError on Python 2.7).
    """
    found = from_path(value)
    if found is value and not (is_text(value) and not is_archive(value)):
        return None
    if found is value and not is_file(value):
        raise ValueError('{0} takes {1}, not {2}: there is no such file'.format(
            name, takes, _path_to_show(value)))
    return open(to_native_path(encode_path(found)), 'rb')


def _path_to_show(text):
    """Return text that should be a path, for a message; it may be the content of a file, and secret."""
    is_path = len(text) <= _MAX_PATH_SIZE and '\n' not in text
    return short_repr(text) if is_path else 'text of {0} characters'.format(len(text))


def _body_of_data(value, name, takes):
    if isinstance(value, memoryview):
        value = value.tobytes()
    if isinstance(value, (bytes, bytearray)):
        if not value:
            raise ValueError('{0} takes {1}, not an empty one: that is no archive'.format(name, takes))
        return bytes(value)
    if hasattr(value, 'read') and not isinstance(value, io.TextIOBase):
        return _body_of_file(value)
    if isinstance(value, _NOT_ARCHIVES) or not isinstance(value, collections_abc.Iterable):
        raise TypeError('{0} takes {1}, not {2}'.format(name, takes, type(value).__name__))
    if isinstance(value, (list, tuple)):
        others = [item for item in value if not isinstance(item, (bytes, bytearray))]
        # A list of str of Python 2.7 may be one of text.
        if others or six.PY2 and not any(is_archive(item) for item in value):
            raise TypeError('{0} takes {1}, not a {2} with {3}'.format(
                name, takes, type(value).__name__, type(others[0]).__name__ if others else 'text'))
    return _ArchiveBody(iter(value))


def _body_of_file(file):
    length = length_of(file)
    return _ArchiveBody(file_chunks(file) if length is None else _chunks_up_to(file, length), length)


def _chunks_up_to(file, length):
    """Yield so many bytes of a file, fewer if it is shorter: one that grows has the length it began with."""
    missing = length
    while missing:
        chunk = _check_bytes(file.read(min(missing, BLOCK_SIZE)))
        if not chunk:
            break
        missing -= len(chunk)
        yield chunk


def length_of(file):
    """Return how many bytes are left in a file; None where only reading it shows that.

    Files of other classes may have the descriptor of a file with other content, as gzip's do.
    """
    # Of a temporary file with a name.
    file = getattr(file, 'file', file)
    if type(file) is io.BytesIO:
        position = file.tell()
        end = file.seek(0, os.SEEK_END)
        file.seek(position)
        return max(end - position, 0) or None
    if type(file) not in _REAL_FILES and not (six.PY2 and type(file).__name__ == 'file'):
        return None
    if type(getattr(file, 'raw', None)) not in (io.FileIO, type(None)):
        return None
    status = os.fstat(file.fileno())
    # A file in /proc has content, and no size.
    return max(status.st_size - file.tell(), 0) or None if stat.S_ISREG(status.st_mode) else None


def is_archive(value):
    """Whether a str of Python 2.7, which may be either, holds an archive and not a path or a URL."""
    if isinstance(value, six.text_type):
        return False
    return b'\0' in value or value != value.decode('utf-8', 'ignore').encode('utf-8')


def is_file(path):
    """Whether a path, as text, is one of a file, perhaps a FIFO or a device."""
    try:
        path = encode_path(path)
        return os.path.exists(path) and not os.path.isdir(path)
    except (TypeError, ValueError):
        return False    # it holds a NUL, or what the file system cannot encode
