"""Shows how far long work is: a pull, a push, a build, an import, a load, or an archive on its way.

    docker.progress.show(client.pull('busybox', stream=True))

It draws what the docker command draws: a line for each layer, with bars, sizes and speeds on a terminal,
plain lines in a pipe or a file, one output that is replaced in a notebook. On a terminal it uses the package
rich if that is installed (``pip install rich``).
"""

import contextlib
import io
import os

from six.moves import collections_abc

from docker.compat import decode_path, monotonic
from docker.progress_rows import OperationRows, TransferRows
from docker.stream import BLOCK_SIZE, join_chunks
from docker.transport.body import length_of, open_path
from docker.validation import argument_error, check_count, check_if_given, check_text, is_text

_STREAM = 'an iterator of text or dicts, as pull(stream=True) returns it'
_SOURCE = 'a binary file, the path of a file, bytes or an iterable of bytes'
# How long drawing may take when much changes at once: so many seconds, and this part of the time.
_DRAWING_SECONDS = 0.5
_DRAWING_SHARE = 0.2
_KEYS_OF_BUILDKIT = ('vertexes', 'statuses', 'logs', 'warnings')


def show(stream, file=None, on_item=None):
    """Draw an operation until it ends, and return its result.

    :param stream: what `pull`, `push`, `build`, `load_image` or a call of a plugin returns with
        ``stream=True``, of a Client of any API version, with or without `decode`; or another iterable of such
        items, text or dicts. It is closed at the end, also after an error. What such a call, or
        `import_image`, returns without `stream` is taken too: that is drawn when the operation has ended.
    :param file: the text file to draw on; None for sys.stdout, or the notebook that the program runs in.
    :param on_item: called with each item, as it came.
    :returns: of a build or an import the id of the image, as text; of a load a list of the names or the ids
        of the images; of a pull or a push the digest, as text. Where the engine reports none of these, the
        last status, as text; None without one.
    :raises docker.errors.OperationFailed: when the engine reports an error, or when a build ends without an
        image: its text says in which step. The same subclasses of it as those of the calls are raised. A
        build with BuildKit that exports something else than an image is no error.
    :raises TypeError: for anything else, and for items of bytes.

        >>> docker.progress.show(client.pull('busybox', stream=True))
        'sha256:...'
        >>> image = docker.progress.show(client.build('/src/web', tag='web', stream=True))
    """
    if on_item is not None and not callable(on_item):
        raise argument_error(TypeError, 'on_item', 'a function', on_item)
    display = _Display(OperationRows(), file)
    with contextlib.closing(_drawn(_check_stream(stream), display)) as items:
        for item in items:
            if on_item is not None:
                on_item(item)
    return display.reader.result


def follow(stream, file=None):
    """Draw an operation, and yield each of its items.

    :param stream: as `show` takes it.
    :param file: as `show` takes it.
    :returns: a generator of the items, as they come. Closing it closes the stream, and leaves the terminal as
        it should be.
    :raises: by the generator, the same as `show`; an item that reports an error is yielded first.

        >>> for item in docker.progress.follow(client.pull('busybox', stream=True, decode=True)):
        ...     log.debug(item)
    """
    return _drawn(_check_stream(stream), _Display(OperationRows(), file))


def reading(source, file=None, label=None, size=None):
    """Return a binary file that draws how much of another one is read: of an archive that a call sends, or of
    one that a call returns.

    :param source: a binary file, which is read from where it is; the path of a file, as text or an
        `os.PathLike` object; bytes; or an iterable of bytes.
    :param file: as `show` takes it.
    :param label: what the line begins with, as text; None for the name of the file.
    :param size: how many bytes there are, an int, for what does not show that itself.
    :returns: a binary file, which is read once from front to back. Closing it closes `source`; a file that
        was opened here is also closed when all of it was read.
    :raises TypeError: for anything else, such as a text file.
    :raises ValueError: for text that is not the path of a file.
    :raises OSError: for a file that cannot be read (IOError on Python 2.7).

        >>> client.put_archive('web', '/srv', docker.progress.reading('site.tar'))
        True
        >>> with docker.progress.reading(client.export('web'), label='web') as archive:
        ...     shutil.copyfileobj(archive, target)
    """
    size = check_if_given(check_count, size, 'size')
    label = check_if_given(check_text, label, 'label')
    opened, source = _opened(source)
    return _Reading(source, opened, file, label, size)


class _Display(object):
    """Draws a reader's rows as often as is useful.

    :param reader: such as OperationRows.
    :param file: as `show` takes it.
    """

    def __init__(self, reader, file):
        self.reader = reader
        # Imported here, as Pythons before 3.7 import this module with the package.
        from docker.progress_output import output_for
        self._output = output_for(file)
        self._begin = monotonic()
        self._painted = None
        self._cost = 0

    def update(self):
        """Draw what has changed: a line at once, the status of a row soon, how far it is now and then."""
        reader, interval = self.reader, self._output.interval
        if reader.urgent or interval is None:
            if reader.events:
                self._paint(self._output.paint)
            return
        now = monotonic()
        if self._painted is not None:
            is_cheap = self._cost < _DRAWING_SECONDS + _DRAWING_SHARE * (now - self._begin)
            if 0 <= now - self._painted < interval and not (reader.events and is_cheap):
                return
        self._paint(self._output.paint)

    def finish(self):
        self._paint(self._output.finish)

    def _paint(self, paint):
        reader, begin = self.reader, monotonic()
        for row in reader.live:
            row.sample(begin)
        try:
            paint(reader)
        finally:
            # What could not be drawn is not drawn a second time.
            del reader.events[:]
            reader.urgent = False
        self._painted = monotonic()
        self._cost += self._painted - begin


def _check_stream(stream):
    """Return the items of a stream, or of what a call returns without one; raise the TypeError for others."""
    if isinstance(stream, tuple) and len(stream) == 2 and is_text(stream[1]):
        # That of a build of a Client of API 1.6: the id, and all output.
        stream = stream[1]
    if is_text(stream):
        return stream.split('\n') if stream.lstrip()[:1] == '{' else [stream]
    refused = (bytes, bytearray, memoryview, tuple, collections_abc.Mapping, io.IOBase)
    if isinstance(stream, refused) or not isinstance(stream, collections_abc.Iterable):
        hint = ': docker.progress.reading takes files' if isinstance(stream, io.IOBase) else ''
        # Not shown, as it may be all that an operation has reported.
        raise TypeError('stream takes {0}, not {1}{2}'.format(_STREAM, type(stream).__name__, hint))
    return stream


def _drawn(stream, display):
    """Yield the items of a stream while they are drawn; raise the error that they report."""
    rows, is_first = display.reader, True
    try:
        for item in stream:
            if is_first and _is_of_buildkit(item):
                from docker.buildkit.rows import BuildRows
                rows = display.reader = BuildRows()
            is_first = False
            rows.add(item)
            display.update()
            yield item
            if rows.failure is not None:
                break
    finally:
        try:
            rows.end()
            display.finish()
        finally:
            if hasattr(stream, 'close'):
                stream.close()
    error = rows.error()
    if error is not None:
        error.response = getattr(stream, 'response', None)
        error.request = getattr(error.response, 'request', None)
        raise error


def _is_of_buildkit(item):
    """Return whether the first item is one of a build with BuildKit, other than its text."""
    if isinstance(item, dict):
        return any(key in item for key in _KEYS_OF_BUILDKIT)
    return is_text(item) and any('"{0}":'.format(key) in item for key in _KEYS_OF_BUILDKIT)


def _opened(source):
    """Return whether a file was opened here, and the binary file, or the iterator of bytes, of a source."""
    file = open_path(source, 'source', _SOURCE)
    if file is not None:
        return True, file
    if isinstance(source, (bytes, bytearray, memoryview)):
        return True, io.BytesIO(source.tobytes() if isinstance(source, memoryview) else bytes(source))
    if hasattr(source, 'read'):
        if isinstance(source, io.TextIOBase):
            raise argument_error(TypeError, 'source', _SOURCE, source)
        return False, source
    if not isinstance(source, collections_abc.Iterable) or isinstance(source, (
            collections_abc.Mapping, collections_abc.Set)):
        raise argument_error(TypeError, 'source', _SOURCE, source)
    return False, iter(source)


class _Reading(io.BufferedIOBase):
    """A binary file whose reading is drawn.

    `file` is the one that is read: a call that sends this one takes the Content-Length from that.
    """

    def __init__(self, source, opened, file, label, size):
        super(_Reading, self).__init__()
        self._is_drawn = False
        has_read = hasattr(source, 'read')
        self.file = getattr(source, 'file', source) if has_read else None
        self._source = source
        self._opened = opened
        # What is left of the last chunk of an iterable.
        self._chunk = io.BytesIO()
        self._begin = None
        self._read = 0
        self._length = length_of(source) if has_read else None
        self._rows = TransferRows(label or _label_of(source), self._length if size is None else size)
        self._display = _Display(self._rows, file)
        self._is_drawn = True

    def readable(self):
        return True

    def read(self, size=-1):
        """Return `size` bytes, fewer at the end; all that is left for -1 or None."""
        if self.closed:
            raise ValueError('read of a closed file')
        if size is None or size < 0:
            return join_chunks(iter(lambda: self.read(BLOCK_SIZE), b''))
        if self._begin is None:
            self._begin = monotonic()
        try:
            piece = self._piece(size)
            self._count(len(piece), size)
        except BaseException:
            self._end()
            raise
        return piece

    read1 = read

    def readinto(self, buffer):
        piece = self.read(len(buffer))
        buffer[:len(piece)] = piece
        return len(piece)

    def _piece(self, size):
        if self._source is None:
            return b''
        if self.file is not None:
            return self._source.read(size)
        piece = self._chunk.read(size)
        while len(piece) < size:
            more = next(self._source, None)
            if more is None:
                break
            if not isinstance(more, (bytes, bytearray)):
                raise TypeError('source takes {0}, not one of {1}'.format(_SOURCE, type(more).__name__))
            self._chunk = io.BytesIO(bytes(more))
            piece += self._chunk.read(size - len(piece))
        return piece

    def _count(self, number, size):
        self._read += number
        if self._is_drawn:
            self._rows.row.current = self._read
            self._display.update()
        if self._length is not None and self._read >= self._length or size and not number:
            self._end()
            if self._opened and self._source is not None:
                self._source.close()
                self._source = None

    def _end(self):
        """Draw the last time."""
        if self._is_drawn:
            self._is_drawn = False
            spent = monotonic() - self._begin if self._begin is not None else 0
            self._rows.end(self._read / spent if spent > 0 else None)
            self._display.finish()

    def __iter__(self):
        return self

    def __next__(self):
        piece = self.read(BLOCK_SIZE)
        if not piece:
            raise StopIteration
        return piece

    next = __next__

    def close(self):
        """Close the source, and draw the last time. Closing a second time does nothing."""
        if not self.closed:
            super(_Reading, self).close()
            try:
                self._end()
            finally:
                if hasattr(self._source, 'close'):
                    self._source.close()

    def __del__(self):
        if not self.closed:
            if not getattr(self, '_opened', False):
                # One of the caller's is not closed because this was dropped.
                self._source = None
            self.close()


def _label_of(source):
    """Return the name of a file, without its folder."""
    name = getattr(source, 'name', None)
    return decode_path(os.path.basename(name)) if is_text(name) or isinstance(name, bytes) else u'archive'


__all__ = ['follow', 'reading', 'show']
