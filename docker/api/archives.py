"""Archives of the files in containers: export, copy, get_archive, put_archive."""

import base64
import json

from docker.compat import from_path
from docker.session import EngineSession
from docker.stream import FileStream
from docker.transport.body import archive_body
from docker.transport.response import chunks_of, not_expected
from docker.validation import check_chunk_size, check_nonempty_text, identifier

_STAT = 'X-Docker-Container-Path-Stat'


class ArchiveCalls(EngineSession):
    """The calls about the files of containers."""

    def export(self, container, chunk_size=None):
        """Return the file system of a container as a tar archive.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param chunk_size: how many bytes each iteration yields, an int; None for chunks as they come.
        :returns: a binary file that is read once from front to back, as the engine sends it; iterating
            it yields chunks of bytes, `stream(1024)` smaller ones, and `data` is all of it. Close it, or
            use it in a `with` block: an engine may lock the container until then.
        :raises docker.errors.StreamBroken: by its read(), when the archive ends too early.

        `GET /containers/{id}/export`

            >>> with client.export('web') as archive, open('web.tar', 'wb') as target:
            ...     shutil.copyfileobj(archive, target)
        """
        chunk_size = check_chunk_size(chunk_size, 'chunk_size')
        response = self._checked(self._get(
            self._url('/containers/{0}/export', identifier(container)), stream=True))
        return FileStream(chunks_of(response), response, chunk_size)

    def copy(self, container, resource):
        """Return a file or directory of a container as a tar archive.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param resource: its path in the container, as text or an `os.PathLike` object.
        :returns: a binary file; see `export`.
        :raises docker.errors.NotFound: when there is no such container or path.

        `POST /containers/{id}/copy`

            >>> with client.copy('web', '/etc/hostname') as archive:
            ...     tarfile.open(mode='r|', fileobj=archive).next().name
            'hostname'
        """
        response = self._checked(self._post_json(
            self._url('/containers/{0}/copy', identifier(container)),
            {'Resource': check_nonempty_text(from_path(resource), 'resource')}, stream=True))
        return FileStream(chunks_of(response), response)

    def get_archive(self, container, path, chunk_size=None):
        """Return a file or directory of a container as a tar archive, and what it is.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param path: its path in the container, as text or an `os.PathLike` object. With ``/.`` at the end
            it is what is in the directory.
        :param chunk_size: how many bytes each iteration yields, an int; None for chunks as they come.
        :returns: a tuple ``(archive, stat)``: a binary file, see `export`; and a dict, see `stat_archive`,
            or None if the engine sent none.
        :raises docker.errors.NotFound: when there is no such container or path.

        `GET /containers/{id}/archive`, since API 1.20

            >>> archive, stat = client.get_archive('web', '/etc/hostname')
            >>> with archive:
            ...     tarfile.open(mode='r|', fileobj=archive).next().name
            'hostname'
        """
        chunk_size = check_chunk_size(chunk_size, 'chunk_size')
        response = self._checked(self._get(
            self._url('/containers/{0}/archive', identifier(container)),
            params={'path': check_nonempty_text(from_path(path), 'path')}, stream=True))
        return FileStream(chunks_of(response), response, chunk_size), _stat_of(response)

    def stat_archive(self, container, path):
        """Return what a file or directory of a container is.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param path: its path in the container, as text or an `os.PathLike` object.
        :returns: a dict: name; size (bytes); mode (an int: the permissions in its last nine bits, and the
            kind in the first ones, as `os.FileMode` of Go has it: 1 << 31 for a directory, 1 << 27 for a
            symbolic link); mtime (text); linkTarget (where a symbolic link leads, as an absolute path of
            the container; empty for all else). None if the engine sent none.
        :raises docker.errors.NotFound: when there is no such container or path.

        `HEAD /containers/{id}/archive`, since API 1.20

            >>> client.stat_archive('web', '/etc/hostname')['size']
            13
        """
        response = self._checked(self._head(
            self._url('/containers/{0}/archive', identifier(container)),
            params={'path': check_nonempty_text(from_path(path), 'path')}))
        return _stat_of(response)

    def put_archive(self, container, path, data, no_overwrite_dir_non_dir=False, copy_uid_gid=False):
        """Extract a tar archive in a directory of a container.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param path: the directory in the container, which must exist, as text or an `os.PathLike` object.
        :param data: the archive, which is sent while it is read: bytes, a binary file, an iterable of
            bytes, or the path of a tar file, as text or an `os.PathLike` object. It may be compressed with
            gzip, bzip2 or xz.
        :param no_overwrite_dir_non_dir: True to refuse to replace a directory with what is none, and the
            reverse.
        :param copy_uid_gid: True to change owners as the engine's user namespace maps them (since API
            1.29).
        :returns: True.
        :raises ValueError: for text that is not the path of a file.
        :raises OSError: for a file that cannot be read (IOError on Python 2.7).
        :raises docker.errors.NotFound: when there is no such container or directory.

        `PUT /containers/{id}/archive`, since API 1.20

            >>> client.put_archive('web', '/srv', 'site.tar')
            True
        """
        params = {'path': check_nonempty_text(from_path(path), 'path'),
                  'noOverwriteDirNonDir': 1 if no_overwrite_dir_non_dir else None,
                  'copyUIDGID': 1 if copy_uid_gid else None}
        url = self._url('/containers/{0}/archive', identifier(container))
        with archive_body(data, 'data') as body:
            self._checked(self._put(url, params=params, data=body,
                                    headers={'Content-Type': 'application/x-tar'}))
        return True


def _stat_of(response):
    """Return the value of the header that describes the source of an archive, None without one."""
    encoded = response.headers.get(_STAT)
    if not encoded:
        return None
    try:
        found = json.loads(base64.b64decode(encoded.encode('ascii')).decode('utf-8'))
    except (ValueError, TypeError):
        found = None
    if not isinstance(found, dict):
        raise not_expected(response, 'JSON in base64 in ' + _STAT, 'something else')
    return found
