"""Archives of the files in containers: export, copy, get_archive, put_archive."""

import base64
import contextlib
import errno
import json
import os
import posixpath
import stat

from docker.compat import decode_path, encode_path, from_path, to_native_path, to_native_string
from docker.errors import Conflict, NotFound
from docker.session import EngineSession
from docker.stream import FileStream
from docker.transport.body import archive_body
from docker.transport.response import chunks_of, not_expected
from docker.validation import argument_error, check_chunk_size, check_nonempty_text, identifier, is_text

_STAT = 'X-Docker-Container-Path-Stat'
# The bits of a directory and of a symbolic link in a mode, as Go has them.
_DIRECTORY, _LINK = 1 << 31, 1 << 27


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

    def copy_from_container(self, container, path, target):
        """Copy a file or a directory of a container to the local file system, as `docker cp` does.

        ====================  =======================  ======================  ===========================
        path                  target is a directory    target is a file        there is no target
        ====================  =======================  ======================  ===========================
        a file or a link      written in it            replaced                written as it
        a directory           written in it            OSError                 created with its content
        a directory, ``/.``   gets the content         OSError                 created with its content
        ====================  =======================  ======================  ===========================

        A target that there is not needs a folder that it is in, and for a file no slash at its end.
        Permissions and times of modification are kept, without setuid, setgid and sticky; links are kept as
        links, and the files belong to the user who runs the program. Whatever the container has, nothing is
        written outside of the target, nor through a link in it: that is an UnsafeArchive. A file is complete,
        or it is not there.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param path: its path in the container, as text or an `os.PathLike` object.
        :param target: the local path, likewise.
        :returns: None.
        :raises docker.errors.NotFound: when there is no such container or path.
        :raises docker.errors.UnsafeArchive: for what cannot be copied safely, such as a device.
        :raises docker.errors.StreamBroken: when the archive ends too early.
        :raises OSError: when the target cannot be written (IOError on Python 2.7).

        `POST /containers/{id}/copy`, since API 1.20 `GET /containers/{id}/archive`

            >>> client.copy_from_container('web', '/etc/hostname', '.')
            >>> client.copy_from_container('web', '/var/log/.', 'logs')
        """
        # Imported here, as few scripts use it.
        from docker.extract import extract_to
        path = check_nonempty_text(from_path(path), 'path')
        target = _check_local_path(target, 'target')
        name = posixpath.basename(posixpath.normpath(path))
        contents = path.endswith(u'/.') or name in (u'', u'.', u'..')
        with self.copy(container, path + u'.' if path == u'/' else path) as archive:
            extract_to(archive, lambda is_folder: _local_place(
                target, None if contents else name.encode('utf-8'), is_folder), contents)

    def copy_to_container(self, container, source, path):
        """Copy a local file or directory to a container, as `docker cp` does.

        ====================  =======================  ======================  ===========================
        source                path is a directory      path is a file          there is no path
        ====================  =======================  ======================  ===========================
        a file or a link      written in it            replaced                written as it
        a directory           written in it            Conflict                created with its content
        a directory, ``/.``   gets the content         Conflict                created with its content
        ====================  =======================  ======================  ===========================

        A path that there is not needs a directory that it is in, and for a file no slash at its end. If the
        path is a symbolic link, where it leads counts. Permissions and whole seconds of times of modification
        are kept, links are kept as links, and the owner is root. The files are read while they are sent;
        sockets are left out.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param source: the local path, as text or an `os.PathLike` object.
        :param path: its path in the container, likewise.
        :returns: None.
        :raises OSError: when the source cannot be read (IOError on Python 2.7).
        :raises docker.errors.NotFound: when there is no such container, or no directory that the path is in.
        :raises docker.errors.Conflict: for a directory in place of a file, and the reverse.

        `HEAD /containers/{id}/archive` and `PUT /containers/{id}/archive`, since API 1.20

            >>> client.copy_to_container('web', 'site/.', '/srv')
            >>> client.copy_to_container('web', 'nginx.conf', '/etc/nginx/nginx.conf')
        """
        # Imported here, as few scripts use it.
        from docker.context import pack_path
        path = check_nonempty_text(from_path(path), 'path')
        source, name, is_folder = _local_source(_check_local_path(source, 'source'))
        folder, name = self._container_place(container, path, name, is_folder)
        with contextlib.closing(pack_path(source, name)) as archive:
            self.put_archive(container, folder, archive, no_overwrite_dir_non_dir=True)

    def _container_place(self, container, path, name, is_folder):
        """Return the directory in a container to extract a copy in, and the name of the copy there.

        :param name: the name of the source, as bytes; None for the content of a directory.
        :param is_folder: whether the source is a directory.
        """
        place, found = self._followed(container, path.rstrip(u'/') or u'/')
        if found is not None and found['mode'] & _DIRECTORY:
            return place, name
        if found is not None and (is_folder or path.endswith(u'/')):
            raise Conflict('{0} in the container is no directory'.format(to_native_string(path)))
        if found is None and not is_folder and path.endswith(u'/'):
            raise NotFound('there is no directory {0} in the container'.format(to_native_string(path)))
        folder, name = posixpath.split(place.rstrip(u'/'))
        return folder or u'/', name.encode('utf-8')

    def _followed(self, container, path):
        """Return where a path leads, and its stat; None when there is nothing, or the engine sent none."""
        for _ in range(2):
            try:
                found = self.stat_archive(container, path)
            except NotFound:
                # Of the container or the path; the request that follows shows which.
                return path, None
            if found is None or not found['mode'] & _LINK:
                break
            path = found['linkTarget']
        return path, found


def _check_local_path(value, name):
    """Return a local path as bytes."""
    value = from_path(value)
    if not is_text(value):
        raise argument_error(TypeError, name, 'a path, as text', value)
    if not value or u'\0' in decode_path(value):
        raise argument_error(ValueError, name, 'a path', value)
    return encode_path(value)


def _local_source(path):
    """Return the path, the name in the archive (None: its content alone), and whether it is a directory."""
    contents = path.endswith(b'/.') or path == b'.'
    # A link is copied as one, unless the end of the path says that it leads to a directory.
    followed = contents or path.endswith(b'/')
    is_folder = stat.S_ISDIR((os.stat if followed else os.lstat)(to_native_path(path)).st_mode)
    name = None if contents else os.path.basename(os.path.abspath(path)) or None
    return os.path.realpath(path) if followed else path, name, is_folder


def _local_place(target, name, is_folder):
    """Return the path, as bytes, that a copy is extracted as.

    :param target: a local path.
    :param name: the name of the copy; None for the content of a directory.
    """
    # A link at the target itself is the user's, and is followed; those below are not.
    place = os.path.realpath(target)
    if os.path.isdir(place):
        return place if name is None else os.path.join(place, name)
    slash = target.endswith((b'/', b'/.'))
    if os.path.lexists(place):
        if is_folder or slash:
            raise IOError(errno.ENOTDIR, 'the target is no directory', to_native_path(target))
    elif slash and not is_folder:
        raise IOError(errno.ENOENT, 'there is no such directory', to_native_path(target))
    elif not os.path.isdir(os.path.dirname(place)):
        raise IOError(errno.ENOENT, 'there is no such directory', to_native_path(os.path.dirname(place)))
    return place


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
