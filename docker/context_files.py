"""The files of a build context, as BuildKit gets them over a session: what it asks for, when it asks.

What is sent is what `docker.context` packs: links as links, FIFOs and devices, hard links as files of their
own; no sockets. Owners are 0. What is left out is up to the engine, which reads the `.dockerignore` itself
and sends its patterns; with them come the paths that the Dockerfile copies, so that nothing else is sent.
"""

import contextlib
import errno
import hashlib
import os
import posixpath
import socket
import stat

import six

from docker.buildkit import files
from docker.buildkit.grpc import INVALID_ARGUMENT, CallFailed
from docker.compat import decode_path, to_native_path
from docker.context import OpenFile, context_folder, find_dockerfile, os_call, read_lines, walk_context
from docker.dockerignore import DockerIgnore

# The kinds of entries. Sockets are not among them.
_KINDS = {stat.S_IFREG: 0, stat.S_IFDIR: files.FOLDER, stat.S_IFLNK: files.LINK, stat.S_IFIFO: files.FIFO,
          stat.S_IFBLK: files.DEVICE, stat.S_IFCHR: files.DEVICE | files.CHARACTER_DEVICE}
_SPECIAL_BITS = ((stat.S_ISUID, files.SETUID), (stat.S_ISGID, files.SETGID), (stat.S_ISVTX, files.STICKY))
_WILDCARDS = u'*?[\\'
# As many links lead to a file at most, as on Linux.
_MAX_LINKS = 40


def context_methods(path, dockerfile='Dockerfile'):
    """Return how a session sends a folder as the context of a build, as far as the engine asks for it.

    :param path: the folder, a str.
    :param dockerfile: where in the folder the Dockerfile is: a relative path with slashes.
    :returns: a tuple: the methods of the session; its shared key, by which the engine finds what it has of
        the folder from a build before; and the name of the Dockerfile, as the build takes it. An OSError of a
        method (IOError on Python 2.7) has the name of the file.
    :raises TypeError: for a path that is no str.
    :raises ValueError: for a path that is no folder or has no Dockerfile, and for a `.dockerignore` with an
        invalid pattern.
    :raises OSError: for a `.dockerignore` that cannot be read (IOError on Python 2.7).
    """
    root = context_folder(path)
    dockerfile, _ = find_dockerfile(root, dockerfile)
    file = os.path.join(root, dockerfile)
    own = file + b'.dockerignore'
    # The engine reads it; here it is only checked, to raise the same error as without a session.
    ignore_file = own if os.path.isfile(own) else os.path.join(root, b'.dockerignore')
    DockerIgnore(read_lines(ignore_file), (), to_native_path(ignore_file))
    folders = {u'context': root, u'dockerfile': os.path.dirname(file)}
    methods = files.send_files(dict((name, _sender_of(folder)) for name, folder in folders.items()))
    return methods, _shared_key(root), to_native_path(os.path.basename(dockerfile))


def _sender_of(folder):
    def entries_and_read(wanted, check_call):
        try:
            selection = _Selection(folder, wanted, check_call)
        except (TypeError, ValueError) as error:
            # A pattern that is invalid, such as one of the Dockerfile, or a path with a NUL.
            six.raise_from(CallFailed(INVALID_ARGUMENT, decode_path(str(error))), None)
        return _entries_of(folder, selection), _blocks_of
    return entries_and_read


def _blocks_of(path):
    with contextlib.closing(OpenFile(path)) as file:
        for block in file.read_blocks():
            yield block


def _shared_key(root):
    """Return what identifies a folder of this machine.

    An engine takes a file for the same that has the same name, size and time as in the build before. So the
    key is another one for a folder that was created anew, and on a machine with the same paths.
    """
    status = os.stat(root)
    identity = u'{0}:{1}:{2}:'.format(socket.gethostname(), status.st_dev, status.st_ino).encode('utf-8')
    return hashlib.sha256(identity + root).hexdigest()


class _Selection(object):
    """What the engine wants of a folder: the rules by which it is walked.

    :param wanted: a `docker.buildkit.files.Wanted`.
    :param check_call: called for each path; raises an exception when the folder is not wanted any more.
    """

    def __init__(self, root, wanted, check_call):
        self._check_call = check_call
        # What begins with # is a comment in a .dockerignore, and may be a pattern here.
        self._excluded = DockerIgnore([u' ' + line for line in wanted.exclude], (), 'exclude-patterns')
        self._included = DockerIgnore([u' ' + line for line in wanted.include], (), 'include-patterns')
        self._has_patterns = bool(wanted.include)
        self._paths = _followed_paths(root, wanted.followed, check_call)
        self._ancestors = set(path[:end] for path in self._paths for end in _slashes_of(path))
        everything = u'' in self._paths or not (wanted.include or wanted.followed)
        self.root_hits = self._excluded.root_hits, self._included.root_hits, everything

    def check(self, path, folder_hits):
        """Return whether a path is not to be sent, and what `check` and `walks` take for those below it."""
        self._check_call()
        of_excluded, of_included, selected = folder_hits
        excluded, of_excluded = self._excluded.check(path, of_excluded)
        included = False
        if self._has_patterns and not selected:
            included, of_included = self._included.check(path, of_included)
        selected = selected or path in self._paths
        return excluded or not (selected or included), (of_excluded, of_included, selected)

    def walks(self, path, folder_hits):
        """Return whether a folder that is not to be sent may hold something that is."""
        of_excluded, _, selected = folder_hits
        return ((selected or self._has_patterns or path in self._ancestors or path in self._paths) and
                (not self._excluded.check(path, of_excluded)[0] or self._excluded.walks(path, of_excluded)))


def _slashes_of(path):
    return [index for index, character in enumerate(path) if character == u'/']


def _entries_of(root, selection):
    """Yield pairs of a stat and a path of everything that is to be sent."""
    for relative, path, status in _with_folders(root, walk_context(root, selection)):
        entry = _entry_of(relative, path, status)
        if entry is not None:
            yield entry, path


def _with_folders(root, walk):
    """Yield what is walked, and before it the folders that it is in."""
    folders = []
    for relative, path, status in walk:
        while folders and not relative.startswith(folders[-1] + b'/'):
            folders.pop()
        start = len(folders[-1]) + 1 if folders else 0
        for end in _slashes_of(relative.decode('latin-1')):
            if end > start:
                folder = relative[:end]
                folder_path = root + b'/' + folder
                yield folder, folder_path, os_call(os.lstat, folder_path, folder_path)
                folders.append(folder)
        if stat.S_ISDIR(status.st_mode):
            folders.append(relative)
        yield relative, path, status


def _entry_of(relative, path, status):
    """Return the stat of an entry, or None for what is not sent."""
    kind = _KINDS.get(stat.S_IFMT(status.st_mode))
    if kind is None:
        return None
    # Windows does not know which files are executable.
    mode = kind | (0o755 if os.name == 'nt' else status.st_mode & 0o777)
    for bit, bit_of_go in _SPECIAL_BITS:
        if status.st_mode & bit:
            mode |= bit_of_go
    # Python 2.7 has a float alone, which holds microseconds.
    time = getattr(status, 'st_mtime_ns', None)
    time = int(round(status.st_mtime * 10 ** 6)) * 1000 if time is None else time
    entry = {'path': relative, 'mode': mode, 'modTime': time}
    if kind == files.LINK:
        entry['linkname'] = os_call(os.readlink, path, path)
    elif kind & files.DEVICE:
        entry['devmajor'], entry['devminor'] = os.major(status.st_rdev), os.minor(status.st_rdev)
    elif not kind:
        entry['size'] = status.st_size
    return entry


def _followed_paths(root, paths, check_call):
    """Return the paths that are there of those that the engine names, and what links on them lead to.

    A path may have wildcards. A link that is absolute begins at the folder, and none leads out of it.

    :param root: the folder, as bytes.
    :param paths: a list of text.
    :param check_call: as in _Selection.
    :returns: a set of relative paths, as text; '' is the folder itself.
    """
    found, seen = set(), set()
    # What is found of a path, its other parts, of which some are patterns, and how many links led to it.
    waiting = [(b'', _parts_of_path(path, True), 0) for path in paths]
    while waiting:
        check_call()
        prefix, parts, links = waiting.pop()
        if (prefix, parts) in seen or links > _MAX_LINKS:
            continue
        seen.add((prefix, parts))
        if not parts:
            found.add(decode_path(prefix))
            continue
        (part, is_pattern), rest = parts[0], parts[1:]
        for name in _matching_names(root, prefix, part) if is_pattern else [part]:
            path = prefix + b'/' + name if prefix else name
            target = _target_of_link(root + b'/' + path)
            if target is None:
                if os.path.lexists(root + b'/' + path):
                    waiting.append((path, rest, links))
                continue
            found.add(decode_path(path))
            target = posixpath.join(b'/' + prefix, target)
            waiting.append((b'', _parts_of_path(decode_path(target), False) + rest, links + 1))
    return found


def _parts_of_path(path, with_patterns):
    """Return the parts of a path, each with whether it is a pattern; a pattern as text, a name as bytes."""
    parts = posixpath.normpath(u'/' + path).split(u'/')
    return tuple(
        (part, True) if with_patterns and any(character in part for character in _WILDCARDS)
        else (part.encode('utf-8', 'surrogateescape'), False) for part in parts if part)


def _matching_names(root, prefix, pattern):
    """Return the names in a folder that match a pattern of Go."""
    # In a .dockerignore, an exception may begin so, and white space at the beginning is no part of it.
    plain = not (pattern[0].isalnum() or pattern[0] in _WILDCARDS)
    rule = DockerIgnore([u' ' + (u'\\' if plain else u'') + pattern], (), 'followpaths')
    folder = root + b'/' + prefix
    try:
        names = os.listdir(folder)
    except EnvironmentError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR):
            return []
        raise
    return [name for name in names if rule.matches(name)]


def _target_of_link(path):
    try:
        return os.readlink(path)
    except EnvironmentError as error:
        # No link, or nothing at all.
        if error.errno in (errno.EINVAL, errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG):
            return None
        raise
