"""An archive that a container sent, extracted to the local file system, where none of it leaves its folder.

What is in a container is not trusted, and neither is the archive of it. So this knows only files,
directories and links; it takes names apart itself, follows no link below the folder, and is the same on
every Python, of which only newer ones have filters for that.

* A name that is absolute, has `..`, or is not below that of the first member, is refused.
* A directory on the way to a member must be one; a symbolic link there is refused, also one that was there
  before. So links are kept as they are, wherever they lead, and nothing is written through them.
* A file is written under another name beside its place, and moved there when it is complete. Files and links
  are replaced; a directory is not replaced by what is none, nor the reverse.
* A hard link must lead to a file of the same folder. Devices and FIFOs are refused.
* Permissions and times of modification are kept, without the bits setuid, setgid and sticky. The owner is
  the user who extracts.
"""

import contextlib
import os
import stat
import uuid

import six

from docker.compat import to_native_path
from docker.errors import StreamBroken, UnsafeArchive
from docker.stream import BLOCK_SIZE

_PERMISSIONS = 0o777
# Those of a directory while it is filled.
_PRIVATE = 0o700
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL
for _flag in ('O_NOFOLLOW', 'O_CLOEXEC', 'O_BINARY'):
    _NEW_FILE |= getattr(os, _flag, 0)


def extract_to(archive, place, contents):
    """Extract an archive of one file or directory.

    :param archive: a binary file, which is read from front to back.
    :param place: called with whether the archive is that of a directory; returns the path, as bytes, that it
        is extracted as. The folder that this is in must exist.
    :param contents: true for the archive of what is in a directory, whose members may have its name before
        them or not.
    :raises docker.errors.UnsafeArchive: for a member that is refused. Those before it have been extracted.
    :raises docker.errors.StreamBroken: for what is no archive, and for one that ends too early.
    :raises OSError: for what cannot be written (IOError on Python 2.7).
    """
    # Imported here, as it takes longer than all of docker's own modules, and few scripts need it.
    import tarfile
    names = {'encoding': 'utf-8'}
    if six.PY2:
        from docker.pax_names import ENCODING, TarInfoOfAnyName
        names = {'encoding': ENCODING, 'tarinfo': TarInfoOfAnyName}
    try:
        with tarfile.open(mode='r|', fileobj=archive, bufsize=BLOCK_SIZE, **names) as tar:
            _extract_members(tar, place, contents)
    except tarfile.TarError as error:
        six.raise_from(StreamBroken('The archive cannot be read: {0}'.format(error)), None)


def _extract_members(tar, place, contents):
    tree = None
    try:
        for member in tar:
            tar.members = []    # they would take memory
            parts = parts_of(member.name, member.name)
            if tree is None:
                tree = Tree(place(contents or member.isdir()), [] if contents else parts)
            tree.add(tar, member, tree.parts_below(parts, member.name))
    finally:
        if tree is not None:
            tree.finish()
    if tree is None and contents:
        _make_folder(place(True), '.')
    elif tree is None:
        raise StreamBroken('The archive is empty.')


class Tree(object):
    """A file, a link or a directory with its content, as it is extracted.

    :param root: its path, as bytes.
    :param prefix: the parts of its name in the archive; none for the content of a directory.
    """

    def __init__(self, root, prefix):
        self._root = root
        self._prefix = prefix
        self._folders = set()
        # Permissions and times of directories, which extracting into them would change.
        self._later = []

    def parts_below(self, parts, name):
        """Return the parts of a name below the root."""
        if parts[:len(self._prefix)] != self._prefix or len(self._prefix) > 1:
            raise _refused(name, 'it is not below the first one')
        return parts[len(self._prefix):]

    def add(self, tar, member, parts):
        """Extract a member.

        :param parts: those of its name below the root.
        """
        path = self.enter_to(parts, member.name)
        try:
            if member.isdir():
                self._add_folder(path, member, is_root=not parts)
            elif not parts and not self._prefix:
                raise _refused(member.name, 'it is no directory')
            else:
                self._add_entry(tar, path, member)
        except EnvironmentError as error:
            if isinstance(error, StreamBroken):
                raise
            six.raise_from(IOError(error.errno, error.strerror or str(error), to_native_path(path)), None)

    def enter_to(self, parts, name):
        """Return the path of a member; create the directories on the way to it that are missing."""
        for number in range(len(parts)):
            self._enter(parts[:number], name)
        return self._path(parts)

    def check_place(self, path, name):
        """Check that a member that is no directory can get a path.

        :raises docker.errors.UnsafeArchive: when there is a directory.
        """
        if _is_directory(path):
            raise _refused(name, 'there is a directory in its place')

    def finish(self):
        """Set the permissions and times of the directories, the innermost first."""
        for path, member in reversed(self._later):
            set_attributes(path, member)

    def _path(self, parts):
        return os.path.join(self._root, *parts)

    def _enter(self, parts, name):
        """Check that a directory on the way to a member is one; create it if it is missing."""
        path = self._path(parts)
        if path not in self._folders:
            _make_folder(path, name)
            self._folders.add(path)

    def _add_folder(self, path, member, is_root):
        created = _make_folder(path, member.name, _PRIVATE)
        self._folders.add(path)
        # A directory that was there, and gets the content of another one, stays as it is.
        if created or not is_root or self._prefix:
            self._later.append((path, member))

    def _add_entry(self, tar, path, member):
        """Extract what is no directory: under another name, from which it is moved to its own."""
        self.check_place(path, member.name)
        with Replacement(path) as temporary:
            if member.issym():
                os.symlink(_target_of(member), temporary)
            elif member.islnk():
                self._link(member, temporary)
            elif member.isreg() and not getattr(member, 'sparse', None):
                _write_file(tar, member, temporary)
            else:
                raise _refused(member.name, 'it is neither a file nor a link nor a directory')

    def _link(self, member, temporary):
        """Create a hard link to a file that was extracted before."""
        parts = self.parts_below(parts_of(member.linkname, member.name), member.name)
        for number in range(len(parts)):
            if not _is_directory(self._path(parts[:number])):
                raise _refused(member.name, 'it is a hard link that does not lead to a file of the archive')
        target = self._path(parts)
        if not os.path.lexists(target) or not stat.S_ISREG(os.lstat(target).st_mode):
            raise _refused(member.name, 'it is a hard link that does not lead to a file of the archive')
        os.link(target, temporary)


class NewFile(object):
    """A file that is written under the name of a Replacement.

    :param path: the name, as bytes.
    """

    def __init__(self, path):
        self._file = os.open(path, _NEW_FILE, 0o600)

    def write(self, data):
        while data:
            data = data[os.write(self._file, data):]

    def close(self):
        os.close(self._file)


class Replacement(object):
    """What is written under another name beside its path, and moved there when it is complete.

    A context manager of that name, as bytes. After an exception nothing of it is left.
    """

    def __init__(self, path):
        self._path = path
        self.name = os.path.join(os.path.dirname(path), b'.docker-' + uuid.uuid4().hex.encode('ascii'))

    def __enter__(self):
        return self.name

    def __exit__(self, kind, *exception):
        try:
            if kind is None:
                getattr(os, 'replace', os.rename)(self.name, self._path)
        finally:
            # Also a link to the very file that was there.
            if os.path.lexists(self.name):
                os.unlink(self.name)


def parts_of(name, shown):
    """Return the parts of a name in an archive, as bytes. Those that say nothing are left out."""
    name = _to_bytes(name)
    parts = name.split(b'/')
    if name.startswith(b'/') or b'..' in parts:
        raise _refused(shown, 'its name leads out of the folder')
    if b'\0' in name or os.name == 'nt' and (b'\\' in name or b':' in name):
        raise _refused(shown, 'its name has a character that no name can have')
    return [part for part in parts if part not in (b'', b'.')]


def _to_bytes(name):
    # Names are in UTF-8; what is not has become surrogates on Python 3.
    return name if isinstance(name, bytes) else name.encode(
        'utf-8', 'strict' if six.PY2 else 'surrogateescape')


def _target_of(member):
    target = _to_bytes(member.linkname)
    if not target or b'\0' in target:
        raise _refused(member.name, 'it is a link to nothing')
    return target


def _refused(name, reason):
    return UnsafeArchive(
        'the member {0!r} of the archive is refused: {1}. The copy ends there; what was before it in the '
        'archive has been written'.format(name, reason))


def _is_directory(path):
    """Return whether there is a directory, and not a link to one."""
    return os.path.lexists(path) and stat.S_ISDIR(os.lstat(path).st_mode)


def _make_folder(path, name, mode=0o777):
    """Create a directory unless there is one, and return whether it was created.

    :param name: that of the member for which it is needed.
    """
    if not os.path.lexists(path):
        os.mkdir(path, mode)
        return True
    if not stat.S_ISDIR(os.lstat(path).st_mode):
        raise _refused(name, '{0} is no directory'.format(to_native_path(path)))
    return False


def _write_file(tar, member, path):
    with contextlib.closing(NewFile(path)) as file:
        missing, source = member.size, tar.extractfile(member)
        while missing:
            chunk = _read(source, min(missing, BLOCK_SIZE), member)
            missing -= len(chunk)
            file.write(chunk)
    set_attributes(path, member)


def _read(source, size, member):
    import tarfile
    try:
        chunk, problem = source.read(size), 'it ended too early'
    except (tarfile.TarError, StreamBroken) as error:
        chunk, problem = b'', str(error)
    if not chunk:
        raise StreamBroken('The archive is incomplete inside {0!r}: {1}'.format(member.name, problem))
    return chunk


def set_attributes(path, member):
    os.chmod(path, member.mode & _PERMISSIONS)
    try:
        os.utime(path, (member.mtime, member.mtime))
    except (EnvironmentError, OverflowError, ValueError):
        pass    # no time that the file system can hold
