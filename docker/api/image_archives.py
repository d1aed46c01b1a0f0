"""Images as archives: import, save and load."""

import io
import os
import re

import six

from docker.auth import repository_and_tag
from docker.compat import encode_path, from_path, to_native_path
from docker.session import EngineSession
from docker.transport.body import file_chunks
from docker.validation import check_nonempty_text, check_text, is_text, short_repr

_URL = r'[A-Za-z][A-Za-z0-9+.-]*://'


class ImageArchiveCalls(EngineSession):
    """The calls that move images in and out of the engine."""

    def import_image(self, src, data=None, repository=None, tag=None):
        """Create an image from a tar archive of a file system.

        :param src: the path of an archive, as text or an `os.PathLike` object; a URL for the engine to
            fetch, as text; or the archive itself: bytes or a binary file.
        :param data: the archive: bytes or a binary file, in place of `src`, which is then not used. Text
            is the repository, and what follows it the tag: ``import_image(src, 'mine', 'v1')``.
        :param repository: the name of the image as text, which may include the tag.
        :param tag: text.
        :returns: the engine's JSON as text, one object a line; the last `status` is the id.
        :raises ValueError: for text that is neither a file nor a URL.
        :raises OSError: for a file that cannot be read (IOError on Python 2.7).
        :raises docker.errors.OperationFailed: when the engine reports an error in it.

        `POST /images/create`

            >>> client.import_image('/tmp/rootfs.tar', repository='mine', tag='v1')
        """
        if _is_repository(data, src, repository, tag):
            data, repository, tag = None, data, _tag_after(repository, tag)
        repository, tag = repository_and_tag(repository, tag, required=False)
        params = {'fromSrc': '-', 'repo': repository, 'tag': tag}
        if data is not None:
            return self._import(params, _archive_body(data, 'data'))
        path = from_path(src)
        if path is src and (not is_text(src) or _is_archive(src)):
            return self._import(params, _archive_body(src, 'src'))
        if path is src and not _is_file(src):
            return self._import(dict(params, fromSrc=_check_url(src)), None)
        with open(to_native_path(encode_path(path)), 'rb') as file:
            return self._import(params, _archive_body(file, 'src'))

    def _import(self, params, body):
        response = self._post(self._url('/images/create'), params=params, data=body, stream=True,
                              headers=None if body is None else {'Content-Type': 'application/tar'},
                              timeout=self._unbounded)
        return self._json_items(response, stream=False)


def _is_archive(value):
    """Whether a str of Python 2.7, which may be either, holds an archive and not a path or a URL."""
    if isinstance(value, six.text_type):
        return False
    return b'\0' in value or value != value.decode('utf-8', 'ignore').encode('utf-8')


def _is_repository(data, src, repository, tag):
    """Whether `data` is the repository, in the second place."""
    if not is_text(data) or _is_archive(data):
        return False
    # A str of Python 2.7 is an archive where nothing else is, or where the repository and the tag follow it.
    return isinstance(data, six.text_type) or bool(src) and (repository is None or tag is None)


def _tag_after(repository, tag):
    """Return the tag where the repository was passed in the place of `data`, and the tag in its place."""
    if repository is not None and tag is not None:
        raise TypeError('data takes bytes or a binary file; text there is the repository, and after it comes '
                        'the tag alone')
    return tag if repository is None else check_text(repository, 'tag')


def _is_file(path):
    """Whether a path, as text, is one of a file, perhaps a FIFO or a device."""
    try:
        path = encode_path(path)
        return os.path.exists(path) and not os.path.isdir(path)
    except (TypeError, ValueError):
        return False    # it holds a NUL, or what the file system cannot encode


def _check_url(src):
    url = check_nonempty_text(src, 'src')
    if not re.match(_URL, url):
        raise ValueError('src takes the path of a file or a URL like http://host/file, not {0}: there is no '
                         'such file, and it has no scheme'.format(short_repr(src)))
    return url


def _archive_body(value, name):
    """Return the body of a request that sends an archive: bytes, or the chunks of a binary file."""
    if isinstance(value, (bytes, bytearray)):
        return bytes(value)
    if hasattr(value, 'read') and not isinstance(value, io.TextIOBase) and from_path(value) is value:
        return file_chunks(value)
    raise TypeError('{0} takes bytes or a binary file, not {1}'.format(name, type(value).__name__))
