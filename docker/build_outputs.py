"""What a build with BuildKit makes besides an image: files and archives, which are written here.

The engine sends them over the session. What it sends is as little trusted as the archive of a container: the
rules of `docker.extract` hold, nothing leads out of the folder.
"""

import contextlib
import errno
import io
import os
import stat

import six

from docker.buildkit import files
from docker.buildkit.grpc import INTERNAL, CallFailed
from docker.compat import encode_path, from_path, to_native_path
from docker.extract import NewFile, Replacement, Tree, parts_of, set_attributes
from docker.validation import argument_error, as_list, check_json_dict, is_absent

_LOCAL = 'local'
# Of these the client is what writes them, to a `dest`.
_WRITTEN_HERE = (_LOCAL, 'tar')


def output_methods(outputs):
    """Return how a session writes the outputs of a build.

    :param outputs: a list of dicts with Type and Attrs, or one of them. The `dest` in the Attrs of one is
        where it is written to: of Type ``'local'`` a folder, which is created if it is missing, and whose
        other content stays; else a file, which is replaced, or a binary file object, which is left open.
        A link to either is followed, and a device or FIFO is written to.
    :returns: a pair: the methods of the session, and the outputs as the engine takes them, without `dest`.
    :raises TypeError: for what is no such dict, and a `dest` of another type.
    :raises ValueError: for more than one that has a `dest`, and for one that has none and needs it.
    """
    methods, to_send = {}, []
    for output in [] if is_absent(outputs) else as_list(outputs):
        output, dest = _split_dest(output)
        if dest is not None and methods:
            raise ValueError('outputs takes one with a dest, not more: {0!r}'.format(dest))
        if dest is not None:
            methods = _methods_of(output.get('Type'), dest)
        to_send.append(output)
    return methods, to_send


def _split_dest(output):
    """Return an output as the engine takes it, and its dest or None."""
    if not isinstance(output, dict) or not isinstance(output.get('Attrs') or {}, dict):
        check_json_dict(output, 'outputs')
        check_json_dict(output['Attrs'], 'Attrs of outputs')
    attributes = dict(output.get('Attrs') or {})
    dest = from_path(attributes.pop('dest', None))
    if dest is None and output.get('Type') in _WRITTEN_HERE:
        raise ValueError('outputs takes a dest in the Attrs of Type {0!r}: where it is written to'.format(
            output['Type']))
    return check_json_dict(dict(output, Attrs=attributes), 'outputs'), dest


def _methods_of(kind, dest):
    if kind != _LOCAL and hasattr(dest, 'write') and not isinstance(dest, io.TextIOBase):
        return files.receive_archive(lambda: _writer_of(dest))
    if not isinstance(dest, six.string_types) or '\0' in dest or not dest:
        raise argument_error(
            TypeError if not isinstance(dest, six.string_types) else ValueError, 'outputs',
            'a path as dest, or a binary file object for another Type than local', dest)
    path = os.path.abspath(encode_path(dest))
    if kind == _LOCAL:
        if os.path.lexists(path) and not os.path.isdir(path):
            raise ValueError('outputs takes a folder as the dest of local, not {0!r}'.format(dest))
        return files.receive_files(lambda: _OutputFolder(path))
    if os.path.isdir(path) or not os.path.isdir(os.path.dirname(os.path.realpath(path))):
        raise ValueError('outputs takes a file in a folder that exists as dest, not {0!r}'.format(dest))
    return files.receive_archive(lambda: _file_writer(path))


@contextlib.contextmanager
def _writer_of(file):
    # A file without a buffer may take a part of what it is given; that of tempfile is in another one.
    raw = isinstance(getattr(file, 'file', file), io.RawIOBase)

    def write_or_fail(data):
        try:
            if raw:
                _write_all(file, data)
            else:
                file.write(data)
        except EnvironmentError:
            raise
        except Exception as error:
            text = u'the client failed with {0}'.format(type(error).__name__)
            six.raise_from(CallFailed(INTERNAL, text, failure=error), None)
    yield write_or_fail


def _write_all(file, data):
    while data:
        written = file.write(data)
        if written is None:
            raise IOError(errno.EAGAIN, 'the file of an output does not block, and takes no more')
        data = data[written:]


def _open_special(path):
    """Return a descriptor. A FIFO that nobody reads is an error: to wait for a reader could take forever."""
    descriptor = os.open(path, os.O_WRONLY | getattr(os, 'O_NONBLOCK', 0) | getattr(os, 'O_BINARY', 0))
    if hasattr(os, 'O_NONBLOCK'):
        import fcntl
        fcntl.fcntl(descriptor, fcntl.F_SETFL, fcntl.fcntl(descriptor, fcntl.F_GETFL) & ~os.O_NONBLOCK)
    return descriptor


def _is_special(path):
    """Return whether there is a device, a FIFO or the like, which must not be replaced by a file."""
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)
    except EnvironmentError:
        return False


@contextlib.contextmanager
def _file_writer(path):
    if _is_special(path):
        with _errors_with(path), contextlib.closing(io.FileIO(_open_special(path), 'w')) as file:
            yield lambda data: _write_all(file, data)
        return
    # What is moved there would replace a link.
    with _errors_with(path), Replacement(os.path.realpath(path)) as temporary:
        with contextlib.closing(NewFile(temporary)) as file:
            yield file.write
        _set_usual_mode(temporary)


@contextlib.contextmanager
def _errors_with(path):
    """Have an OSError name a path, and not the one under which it is written."""
    try:
        yield
    except EnvironmentError as error:
        six.raise_from(IOError(error.errno, error.strerror or str(error), to_native_path(path)), None)


def _set_usual_mode(path):
    """Give a file the permissions of a new one."""
    mask = os.umask(0)
    os.umask(mask)
    os.chmod(path, 0o666 & ~mask)


class _Member(object):
    """A stat, as what `docker.extract` takes for a member of an archive."""

    def __init__(self, entry):
        self.name = to_native_path(entry['path'])
        self.linkname = entry['linkname']
        self.mode = entry['mode']
        self.mtime = entry['modTime'] / 1e9
        self.parts = parts_of(entry['path'], self.name)

    def isdir(self):
        return bool(self.mode & files.FOLDER)

    def issym(self):
        return bool(self.mode & files.LINK)

    def islnk(self):
        return self.isreg() and bool(self.linkname)

    def isreg(self):
        return files.is_regular(self.mode)


class _OutputFolder(object):
    """The folder that the files of a build are written to.

    :param path: its path, as bytes.
    """

    def __init__(self, path):
        if not os.path.isdir(path):
            os.makedirs(path)
        # Its own permissions stay, and a link to it is followed.
        self._tree = Tree(os.path.realpath(path), [])

    def add(self, entry):
        member = _Member(entry)
        self._tree.add(None, member, member.parts)

    def create(self, entry):
        return _OutputFile(self._tree, _Member(entry))

    def finish(self):
        self._tree.finish()


class _OutputFile(object):
    """A regular file of an output, while its content comes."""

    def __init__(self, tree, member):
        self._member = member
        self._path = tree.enter_to(member.parts, member.name)
        tree.check_place(self._path, member.name)
        self._replacement = Replacement(self._path)
        with _errors_with(self._path):
            self._file = NewFile(self._replacement.name)

    def write(self, data):
        with _errors_with(self._path):
            self._file.write(data)

    def finish(self):
        with _errors_with(self._path), self._replacement as temporary:
            self._file.close()
            set_attributes(temporary, self._member)

    def discard(self):
        self._file.close()
        os.unlink(self._replacement.name)
