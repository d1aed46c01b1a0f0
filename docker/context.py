"""The tar of a build context, produced while it is sent.

A context may be larger than the memory and the disk, so nothing is gathered first: `pack_folder` walks the
folder and reads its files as its chunks are consumed, and holds one chunk and the names of the folders on
the way down. Arguments are checked when it is called, before anything is sent.

Owners are not sent, so that a context is the same for every user who sends it. What a `.dockerignore`
excludes is in `docker.dockerignore`.
"""

import contextlib
import errno
import os
import posixpath
import stat

import six

from docker.compat import decode_path, encode_path, to_native_path
from docker.dockerignore import DockerIgnore
from docker.stream import BLOCK_SIZE
from docker.validation import check_text

_END = b'\0' * 1024
_DOCKERFILE, _LOWER_CASE = b'Dockerfile', b'dockerfile'

# A file may have become a link or a FIFO since it was listed: the one must not be followed, the other not
# waited for.
_OPEN_FLAGS = os.O_RDONLY
for _flag in ('O_NOFOLLOW', 'O_NONBLOCK', 'O_CLOEXEC', 'O_BINARY'):
    _OPEN_FLAGS |= getattr(os, _flag, 0)

# The types of entries, as a header has them. Sockets are not among them: a tar cannot represent one.
_REGULAR = b'0'
_TYPES = {stat.S_IFREG: _REGULAR, stat.S_IFLNK: b'2', stat.S_IFCHR: b'3', stat.S_IFBLK: b'4',
          stat.S_IFDIR: b'5', stat.S_IFIFO: b'6'}
# The first size and time that eleven octal digits cannot hold.
_OCTAL_END = 8 ** 11
# The magic, no names of owners, no device, no prefix of the name.
_HEADER_END = b'ustar\00000' + b'\0' * 64 + b'0000000\0' * 2 + b'\0' * 167


def pack_folder(path, dockerfile='Dockerfile'):
    """Pack a folder, except what its `.dockerignore` excludes, as a tar.

    Folders, links (as links), FIFOs and devices are entries too; the folder itself and sockets are not.
    Hard links are packed as files of their own. Entries are sorted. Modes and whole seconds of modification
    times are kept; times before 1970 are 1970. Every owner is 0.

    :param path: the folder, a str.
    :param dockerfile: where in the folder the Dockerfile is: a relative path with slashes. It and
        `.dockerignore` are packed even if they are excluded. Where there is no `Dockerfile`, the file
        `dockerfile` is packed under that name, as not every engine looks for another one.
    :returns: a generator of chunks of bytes. Closing it early closes the file that it reads. It raises
        OSError (IOError on Python 2.7), with the name of the file, for what cannot be read and what vanishes
        or shrinks meanwhile.
    :raises TypeError: for a path that is no str.
    :raises ValueError: for a path that is no folder or has no Dockerfile, and for a `.dockerignore` with an
        invalid pattern.
    :raises OSError: for a `.dockerignore` that cannot be read (IOError on Python 2.7).

        >>> for chunk in pack_folder('.'):
        ...     connection.send(chunk)
    """
    if not isinstance(dockerfile, six.string_types):
        raise TypeError('dockerfile takes a str, not {0!r}'.format(dockerfile))
    root = context_folder(path)
    dockerfile, renamed = find_dockerfile(root, dockerfile)
    ignore_file = os.path.join(root, b'.dockerignore')
    ignore = DockerIgnore(read_lines(ignore_file), (decode_path(dockerfile), u'.dockerignore'),
                          to_native_path(ignore_file))
    return _join_chunks(_pack_entries(
        walk_context(root, ignore), {_LOWER_CASE: _DOCKERFILE} if renamed else {}))


def pack_files(path, exclude=(), keep=()):
    """Pack a folder as `pack_folder` does, except what `exclude` excludes; a `.dockerignore` is not read.

    :param path: the folder, a str.
    :param exclude: patterns, as the lines of a `.dockerignore`.
    :param keep: the relative paths that are packed even if they are excluded, as text.
    :returns: a generator of chunks of bytes, as that of `pack_folder`.
    :raises TypeError: for a path that is no str.
    :raises ValueError: for a path that is no folder, and for an invalid pattern.
    """
    return _join_chunks(_pack_entries(
        walk_context(context_folder(path), DockerIgnore(exclude, keep, 'exclude')), {}))


def paths_to_pack(path, exclude=(), keep=()):
    """Return the relative paths, as a set of native strings, of all that `pack_files` packs.

    Its parameters are those of `pack_files`.
    """
    walk = walk_context(context_folder(path), DockerIgnore(exclude, keep, 'exclude'))
    return set(to_native_path(relative) for relative, _, _ in walk)


def pack_path(path, name=None):
    """Pack a file, a link or a folder with its content as a tar.

    Everything of a folder is packed, as `pack_folder` does it, and the folder itself first.

    :param path: its path, as bytes.
    :param name: its name in the tar, as bytes; None to pack the content of a folder alone.
    :returns: a generator of chunks of bytes, as that of `pack_folder`.
    :raises OSError: for what cannot be read (IOError on Python 2.7).
    """
    def walk():
        status = os_call(os.lstat, path, path)
        if name is not None:
            yield name, path, status
        if stat.S_ISDIR(status.st_mode):
            prefix = b'' if name is None else name + b'/'
            for relative, inside, status in walk_context(path, DockerIgnore((), (), 'exclude')):
                yield prefix + relative, inside, status
    return _join_chunks(_pack_entries(walk(), {}))


def pack_dockerfile(dockerfile):
    """Pack a Dockerfile alone as a tar.

    :param dockerfile: a readable file-like object, binary or text, or its content: bytes or text (sent in
        UTF-8). A file is read to its end and left open.
    :returns: the tar, as bytes.
    :raises TypeError: for anything else.
    :raises ValueError: for an empty Dockerfile.
    """
    content = dockerfile.read() if hasattr(dockerfile, 'read') else dockerfile
    if isinstance(content, six.text_type):
        content = check_text(content, 'fileobj').encode('utf-8')
    if not isinstance(content, bytes):
        raise TypeError('fileobj takes a readable file of a Dockerfile, its bytes or its text, '
                        'not {0!r}'.format(dockerfile))
    if not content:
        raise ValueError('fileobj takes a Dockerfile: {0!r} is empty, or at its end'.format(dockerfile))
    header = _tar_header(_DOCKERFILE, _REGULAR, 0o644, len(content))
    return b''.join((header, content, _padding(len(content)), _END))


def context_folder(path):
    """Return the absolute path of a folder as bytes, as a name in the file system may be in any encoding."""
    if not isinstance(path, six.string_types):
        raise TypeError('path takes a str, the folder to build, not {0!r}'.format(path))
    root = os.path.abspath(encode_path(path))
    if not os.path.isdir(root):
        raise ValueError('path takes a folder: {0} {1}'.format(
            to_native_path(root), 'is not one' if os.path.lexists(root) else 'does not exist'))
    return root


def gzip_chunks(chunks):
    """Yield a tar compressed as gzip, as its chunks come.

    :param chunks: the tar: bytes, or a generator of bytes, which is closed with this one.
    """
    # Imported here, as few contexts are compressed.
    import zlib
    chunks = iter([chunks]) if isinstance(chunks, bytes) else chunks
    # 16 is for the header and the trailer of gzip.
    compressor = zlib.compressobj(6, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    try:
        for chunk in chunks:
            compressed = compressor.compress(chunk)
            if compressed:
                yield compressed
        yield compressor.flush()
    finally:
        if hasattr(chunks, 'close'):
            chunks.close()


def path_in_folder(path, dockerfile):
    """Return the path of a Dockerfile relative to the folder, with slashes, as an engine takes it.

    :param path: the folder, a str.
    :param dockerfile: a path relative to the folder, or an absolute one inside it, a str.
    """
    if os.path.isabs(dockerfile):
        dockerfile = os.path.relpath(dockerfile, os.path.abspath(path))
    return posixpath.normpath(dockerfile.replace(os.sep, '/'))


def find_dockerfile(root, dockerfile):
    """Return the normalized path of a Dockerfile relative to the folder `root`, as bytes, and whether it is
    `dockerfile` in place of a `Dockerfile` that does not exist."""
    relative = posixpath.normpath(encode_path(dockerfile).replace(os.sep.encode('ascii'), b'/'))
    if not dockerfile or os.path.isabs(relative) or (relative + b'/').startswith(b'../'):
        raise ValueError('dockerfile takes a path inside the folder to build, not {0!r}'.format(dockerfile))
    path = os.path.join(root, relative)
    if relative == _DOCKERFILE and not os.path.lexists(path):
        lower = os.path.join(root, _LOWER_CASE)
        if os.path.isfile(lower):
            return _LOWER_CASE, True
    if not os.path.isfile(path):
        raise ValueError('path takes a folder with a Dockerfile: there is no file {0}'
                         .format(to_native_path(path)))
    return relative, False


def read_lines(path):
    try:
        with open(path, 'rb') as file:
            return file.read().split(b'\n')
    except EnvironmentError as error:
        if error.errno == errno.ENOENT:
            return ()
        six.raise_from(_unreadable_error(path, error), None)


def walk_context(root, ignore):
    """Yield (relative path, path, status) of everything that is sent, a folder before its content."""
    levels = [(b'', ignore.root_hits, _names_to_send(root, b'', ignore, ignore.root_hits))]
    while levels:
        prefix, hits, names = levels[-1]
        if not names:
            levels.pop()
            continue
        relative = prefix + names.pop()
        path = root + b'/' + relative
        status = os_call(os.lstat, path, path)
        if not stat.S_ISDIR(status.st_mode):
            yield relative, path, status
            continue
        excluded, hits = ignore.check(decode_path(relative), hits)
        if not excluded:
            yield relative, path, status
        prefix = relative + b'/'
        levels.append((prefix, hits, _names_to_send(path, prefix, ignore, hits)))


def _names_to_send(path, prefix, ignore, hits):
    """Return the names in a folder that are sent, or are excluded folders to walk; in reverse order."""
    names, start = [], decode_path(prefix)
    for name in os_call(os.listdir, path, path):
        relative = start + decode_path(name)
        if not ignore.check(relative, hits)[0] or (
                ignore.walks(relative, hits) and _is_folder(path + b'/' + name)):
            names.append(name)
    names.sort(reverse=True)
    return names


def _is_folder(path):
    return stat.S_ISDIR(os_call(os.lstat, path, path).st_mode)


def _pack_entries(walk, renamed):
    """Yield the parts of the tar: headers, contents, padding and the end.

    :param walk: what is packed, as `walk_context` yields it.
    :param renamed: a dict of paths to the paths that they have in the tar.
    """
    for relative, path, status in walk:
        relative = renamed.get(relative, relative)
        if not stat.S_ISREG(status.st_mode):
            header = _entry_header(relative, path, status)
            if header:
                yield header
            continue
        with contextlib.closing(OpenFile(path)) as file:
            yield _entry_header(relative, path, file.status)
            for content in file.read_blocks():
                yield content
        yield _padding(file.status.st_size)
    yield _END


class OpenFile(object):
    """A file that is read while it is sent.

    :param path: its path, as bytes.
    :raises OSError: when it cannot be read, with its name; also from `read_blocks` (IOError on Python 2.7).
    """

    def __init__(self, path):
        self._path = path
        self._file = os_call(os.open, path, path, _OPEN_FLAGS)
        self.status = os.fstat(self._file)
        if not stat.S_ISREG(self.status.st_mode):
            self.close()
            raise _packing_error(
                errno.EIO, 'this file that is to be sent is no longer a regular file', path)

    def close(self):
        os.close(self._file)

    def read_blocks(self):
        """Yield its content: as many bytes as it had when it was opened."""
        missing = size = self.status.st_size
        while missing:
            content = os_call(os.read, self._path, self._file, min(missing, BLOCK_SIZE))
            if not content:
                raise _packing_error(errno.EIO, 'this file shrank while it was sent, from {0} bytes to {1}'
                                     .format(size, size - missing), self._path)
            missing -= len(content)
            yield content


def _join_chunks(parts):
    """Join small parts to chunks; the first is sent by itself, so that the engine starts to read at once."""
    with contextlib.closing(parts):
        held, size, enough = [], 0, 1
        for part in parts:
            if size and size + len(part) > BLOCK_SIZE:
                yield b''.join(held)
                held, size = [], 0
            held.append(part)
            size += len(part)
            if size >= enough:
                yield b''.join(held)
                held, size, enough = [], 0, BLOCK_SIZE
        if size:
            yield b''.join(held)


def _entry_header(relative, path, status):
    """Return the header of an entry with this status, or None for what a tar cannot represent."""
    mode, link, device = status.st_mode, b'', None
    kind = _TYPES.get(stat.S_IFMT(mode))
    if kind is None:
        return None
    if stat.S_ISDIR(mode):
        relative += b'/'
    elif stat.S_ISLNK(mode):
        link = os_call(os.readlink, path, path)
    elif stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
        device = os.major(status.st_rdev), os.minor(status.st_rdev)
    return _tar_header(
        relative, kind,
        # Windows does not know which files are executable.
        0o755 if os.name == 'nt' else stat.S_IMODE(mode),
        status.st_size if stat.S_ISREG(mode) else 0,
        # Fractions and times before 1970 would need extensions that older engines do not read.
        max(0, int(status.st_mtime)), link, device)


def _tar_header(name, kind, mode, size, time=0, link=b'', device=None):
    """Return a plain ustar header, or one with GNU's extensions for what that cannot hold, and for devices.

    `TarInfo.tobuf` takes three times as long as the plain header here, which would make a build of many small
    files take more than half as long again, so it writes only the rare rest. It uses GNU's extensions because
    they hold names in any encoding; PAX's require UTF-8.
    """
    if max(len(name), len(link)) > 100 or max(size, time) >= _OCTAL_END or device:
        # Imported here, as it takes longer than all of this module, and few contexts need it.
        import tarfile
        # Python 3 takes names as text; Latin-1 maps each of their bytes to a character and back.
        info = tarfile.TarInfo(six.ensure_str(name, 'latin-1'))
        info.linkname = six.ensure_str(link, 'latin-1')
        info.type, info.mode, info.size, info.mtime = kind, mode, size, time
        info.devmajor, info.devminor = device or (0, 0)
        return info.tobuf(tarfile.GNU_FORMAT, 'latin-1', 'strict')
    # The user and the group are 0.
    start = b'%s%07o\0%07o\0%07o\0%011o\0%011o\0' % (name.ljust(100, b'\0'), mode, 0, 0, size, time)
    end = kind + link.ljust(100, b'\0') + _HEADER_END
    # The checksum itself counts as eight spaces. A sum is faster without the zeros.
    checksum = 8 * ord(' ') + sum(bytearray((start + end).replace(b'\0', b'')))
    return b''.join((start, b'%06o\0 ' % checksum, end))


def _padding(size):
    return b'\0' * (-size % 512)


def os_call(call, path, *arguments):
    """Call a function of `os`, whose error becomes one that names the path."""
    try:
        return call(*arguments)
    except EnvironmentError as error:
        six.raise_from(_unreadable_error(path, error), None)


def _unreadable_error(path, error):
    return _packing_error(error.errno, 'what is to be sent cannot be read: {0}'
                          .format(error.strerror or error), path)


def _packing_error(number, message, path):
    return IOError(number, message, to_native_path(path))
