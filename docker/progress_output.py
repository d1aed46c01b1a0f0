"""How rows and lines are drawn: on a terminal, in a notebook, or as plain lines.

Each of the outputs takes what a reader such as `docker.progress_rows.OperationRows` has, in `paint`, and
draws what is left for good in `finish`. On a terminal rich draws if it is installed (the extra `progress`):
it knows more of terminals, and has colours. Without it the same rows are drawn with three sequences that any
terminal knows. What cannot be drawn upon gets plain lines.
"""

from __future__ import print_function

import fcntl
import io
import itertools
import locale
import os
import struct
import sys
import termios
import threading
import unicodedata

import six

from docker.compat import monotonic
from docker.progress_guard import Guards
from docker.progress_rows import LINE, ROWS, STATUS, head_of, size_text
from docker.validation import argument_error

_SIZE = (80, 24)
_MAX_BAR = 50
_MIN_BAR = 10
_UP = u'\x1b[{0}A'
_ERASE_LINE = u'\x1b[K'
_ERASE_BELOW = u'\x1b[J'


def output_for(file):
    """Return the output that suits a file.

    :param file: a text file; None for sys.stdout as it is now, or the notebook that the program runs in.
    """
    if file is None:
        shell = _notebook()
        if shell is not None:
            return _Notebook(_Writer(sys.stdout))
        file = sys.stdout
    elif not hasattr(file, 'write') or six.PY3 and isinstance(file, (io.RawIOBase, io.BufferedIOBase)):
        raise argument_error(TypeError, 'file', 'a text file', file)
    writer = _Writer(file)
    if file is None:
        return _Nothing()
    if not _is_terminal(file) or os.environ.get('TERM') in ('dumb', 'unknown'):
        return _Plain(writer)
    try:
        return _Rich(writer)
    except ImportError:
        return _Terminal(writer)


def _notebook():
    """Return the shell of IPython if it runs in a notebook."""
    # A program in a notebook has imported it.
    ipython = sys.modules.get('IPython')
    shell = ipython.get_ipython() if hasattr(ipython, 'get_ipython') else None
    return shell if getattr(shell, 'kernel', None) is not None else None


def _is_terminal(file):
    try:
        return bool(file.isatty())
    except (AttributeError, ValueError):
        return False    # it is None, has no such method, or is closed


# Text

def _amount(row):
    """Return how far a row is, as text: of the whole if that is known."""
    if row.current is None:
        return row.note
    total = row.total if row.total and row.total >= row.current else None
    if row.units:
        return u'{0}{1} {2}'.format(row.current, u'/{0}'.format(total) if total else u'', row.units)
    return u'/'.join(size_text(number) for number in (row.current, total) if number is not None)


def _speed(row, now):
    speed = row.speed(now)
    return u'' if speed is None else size_text(speed) + u'/s'


def _bar(row, width):
    """Return the bar of a row in the manner of the docker command; it has two characters at its ends."""
    done = int(width * min(row.current / float(row.total), 1))
    return u'[{0}]'.format((u'=' * done + u'>' * (done < width)).ljust(width))


def _cell_width(text):
    """Return how many columns of a terminal a text takes."""
    if all(character < u'\u0300' for character in text):
        return len(text)
    return sum(_width_of(character) for character in text)


def _width_of(character):
    if unicodedata.combining(character) or unicodedata.category(character) in ('Mn', 'Me', 'Cf'):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ('W', 'F') else 1


def _fit(text, width):
    """Return a text, shortened at its end if it takes more columns than these."""
    text = text.expandtabs(8)
    if _cell_width(text) <= width:
        return text
    kept, left = [], width - 3
    for character in text:
        left -= _width_of(character)
        if left < 0:
            break
        kept.append(character)
    return (u''.join(kept) + u'...')[:max(width, 0)]


def _label_width(rows):
    """Return how many columns the labels take of those rows that have something after them."""
    return max([_cell_width(head_of(row)) for row in rows if row.is_moving or row.note] or [0])


def _row_lines(rows, width, now):
    """Return rows as lines of at most `width` columns, with bars that begin in the same column.

    :param now: the time in seconds, by which the speeds are; None for lines without speeds.
    """
    column = _label_width(rows)
    lines = []
    for row in rows:
        line = head_of(row)
        if row.is_moving or row.note:
            tail = u'  '.join(part for part in (
                _amount(row), u'' if now is None else _speed(row, now)) if part)
            # One column is left for the space after the bar, and enough for a number that grows.
            room = min(width - column - 4 - max(_cell_width(tail), 29), _MAX_BAR)
            if row.total and not row.note and room >= _MIN_BAR:
                line += u' ' * (column - _cell_width(line)) + u' ' + _bar(row, room)
            line = u'{0} {1}'.format(line, tail)
        lines.append(_fit(line.rstrip(), width))
    return lines


def _visible_rows(rows, room):
    """Return the rows that are shown where there is room for so many lines, and how many there are besides.

    Those that move come first, then those that may, then those that are done.
    """
    if len(rows) <= room:
        return rows, 0
    room = max(room - 1, 0)
    order = sorted(range(len(rows)), key=lambda index: (_rank(rows[index]), index))
    return [rows[index] for index in sorted(order[:room])], len(rows) - room


def _rank(row):
    if row.is_moving:
        return 0
    status = row.status.lower()
    return 2 if status.endswith((u'complete', u'exists', u'pushed')) or status.startswith(u'mounted') else 1


def _live_lines(reader, size):
    """Return the lines of the rows that may change, and of the line that is not complete."""
    width, height = size
    partial = [_fit(reader.partial, width)] if reader.partial else []
    room = height - 1 - len(partial)
    rows, hidden = _visible_rows(reader.live, room)
    lines = _row_lines(rows, width, monotonic())
    if hidden and room > 0:
        lines.append(_fit(u'... {0} more'.format(hidden), width))
    return lines + partial


# Files

class _Writer(object):
    """A text file that takes any text: what it cannot encode becomes question marks."""

    def __init__(self, file):
        self.file = file
        # A str is what the files of Python 2.7 take, unless they are of the module io.
        self._takes_bytes = six.PY2 and not isinstance(file, io.TextIOBase)

    @property
    def encoding(self):
        return getattr(self.file, 'encoding', None) or (
            locale.getpreferredencoding(False) if self._takes_bytes else 'utf-8')

    def write(self, text):
        if self._takes_bytes and isinstance(text, six.text_type):
            self.file.write(text.encode(self.encoding, 'replace'))
            return
        try:
            self.file.write(text)
        except UnicodeEncodeError:
            encoding = self.encoding
            self.file.write(text.encode(encoding, 'replace').decode(encoding))

    def flush(self):
        if hasattr(self.file, 'flush'):
            self.file.flush()

    def fileno(self):
        return self.file.fileno()

    @property
    def size(self):
        """The columns and lines of the terminal, as it is now."""
        try:
            packed = fcntl.ioctl(self.file.fileno(), termios.TIOCGWINSZ, b'\0' * 8)
            lines, columns = struct.unpack('4H', packed)[:2]
        except (AttributeError, EnvironmentError, ValueError):
            lines = columns = 0
        return (columns or _SIZE[0], lines or _SIZE[1])


class _Nothing(object):
    """No output, as a program without a console has."""

    interval = None

    def paint(self, reader):
        pass

    finish = paint


class _Plain(object):
    """Each line, and each status of a row, as a line: for pipes and files."""

    # Seconds between two times that rows are drawn; None where only events are.
    interval = None

    def __init__(self, writer):
        self._writer = writer

    def paint(self, reader):
        for kind, value in reader.events:
            if kind in (LINE, STATUS):
                self._writer.write(value + u'\n')
        if reader.events:
            self._writer.flush()

    finish = paint


class _Terminal(object):
    """Rows in place at the bottom of a terminal, and lines above them."""

    interval = 0.1

    def __init__(self, writer):
        self._writer = writer
        self._lock = threading.RLock()
        # The widths of the lines that are drawn, and will be drawn again.
        self._drawn = []
        self._begins_line = True
        self._guards = None

    def paint(self, reader):
        if self._guards is None:
            self._guards = Guards(self.write_above, _is_terminal)
        size = self._writer.size
        # A line as wide as the terminal may leave the cursor in the next one.
        size = (size[0] - 1, size[1])
        with self._lock:
            lines = list(_lines_of(reader.events, size[0]))
            text = [self._back(size[0] + 1)]
            if lines:
                text.append(_ERASE_BELOW)
                text.extend(line + u'\n' for line in lines)
            live = _live_lines(reader, size)
            text.extend(line + _ERASE_LINE + u'\n' for line in live)
            self._drawn = [_cell_width(line) for line in live]
            self._writer.write(u''.join(text) + _ERASE_BELOW)
            self._writer.flush()

    def finish(self, reader):
        try:
            self.paint(reader)
        finally:
            if self._guards is not None:
                self._guards.end()
            self._guards = None

    def _back(self, width):
        """Return what moves the cursor to the beginning of what is drawn."""
        if not self._begins_line:
            self._begins_line = True
            return u'\n'
        # A terminal that became narrower has wrapped them.
        lines = sum(max(1, -(-drawn // width)) for drawn in self._drawn)
        return u'\r' + (_UP.format(lines) if lines else u'')

    def write_above(self, file, text):
        """Write what the program writes while rows are drawn: they are drawn again below it."""
        with self._lock:
            if self._drawn:
                self._writer.write(self._back(self._writer.size[0]) + _ERASE_BELOW)
                self._writer.flush()
                self._drawn = []
            written = file.write(text)
            if text:
                self._begins_line = text[-1:] in (u'\n', b'\n')
            return written


def _lines_of(events, width):
    """Yield the lines that are left for good."""
    for kind, value in events:
        if kind == LINE:
            yield value.expandtabs(8)
        elif kind == ROWS:
            for line in _row_lines(value, width, None):
                yield line


class _Rich(object):
    """Rows that rich draws in place."""

    interval = 0.1

    def __init__(self, writer):
        from rich.console import Console
        from rich.live import Live
        self._writer = writer
        self._console = Console(file=writer, force_terminal=True, highlight=False, markup=False, emoji=False)
        # Only what goes to the terminal anyway is drawn above the rows.
        self._live = Live(console=self._console, auto_refresh=False, transient=True,
                          redirect_stdout=_is_terminal(sys.stdout), redirect_stderr=_is_terminal(sys.stderr))

    def paint(self, reader):
        self._console.size = self._writer.size
        self._live.start()
        self._print(reader.events)
        self._live.update(self._live_part(reader), refresh=True)

    def finish(self, reader):
        try:
            self._console.size = self._writer.size
            self._live.update(u'')
        finally:
            self._live.stop()
        self._print(reader.events)

    def _print(self, events):
        from rich.text import Text
        for kind, alike in itertools.groupby(events, lambda event: event[0]):
            values = [value for _, value in alike]
            if kind == LINE:
                # All at once: the rows below are drawn again each time.
                self._console.print(Text(u'\n'.join(values), tab_size=8), soft_wrap=True)
            elif kind == ROWS:
                for rows in values:
                    self._console.print(self._table(rows, None))

    def _live_part(self, reader):
        from rich.console import Group
        from rich.text import Text
        width, height = self._writer.size
        partial = [Text(_fit(reader.partial, width))] if reader.partial else []
        rows, hidden = _visible_rows(reader.live, height - 1 - len(partial))
        parts = [self._table(rows, monotonic())] if rows else []
        if hidden:
            parts.append(Text(u'... {0} more'.format(hidden), style='dim'))
        return Group(*(parts + partial))

    def _table(self, rows, now):
        """Return rows as lines, with bars that begin in the same column.

        Those without a bar may be longer than that.
        """
        from rich.console import Group
        from rich.text import Text
        column = _label_width(rows)
        has_bars = any(row.total and not row.note for row in rows) and self._writer.size[0] > 70
        parts = []
        for is_long, alike in itertools.groupby(rows, lambda row: _cell_width(head_of(row)) > column):
            if is_long:
                parts.extend(Text(head_of(row), no_wrap=True, overflow='ellipsis') for row in alike)
            else:
                parts.append(self._grid(alike, column, has_bars, now))
        return Group(*parts)

    def _grid(self, rows, column, has_bars, now):
        from rich.progress_bar import ProgressBar
        from rich.table import Table
        from rich.text import Text
        table = Table.grid(padding=(0, 1, 0, 0))
        table.add_column(no_wrap=True, overflow='ellipsis', min_width=min(column, self._writer.size[0] // 2))
        if has_bars:
            table.add_column(no_wrap=True, width=min(self._writer.size[0] - 60, _MAX_BAR))
        table.add_column(no_wrap=True, overflow='ellipsis')
        table.add_column(no_wrap=True, style='cyan')
        for row in rows:
            bar = [ProgressBar(row.total, min(row.current or 0, row.total))
                   if row.total and row.is_moving else u''] if has_bars else []
            table.add_row(Text(head_of(row)), *(bar + [
                Text(_amount(row)), u'' if now is None else _speed(row, now)]))
        return table


class _Notebook(object):
    """Rows in one output of a cell, which is replaced; lines as print() would write them."""

    interval = 0.25
    _WIDTH = 100

    def __init__(self, writer):
        self._writer = writer
        self._handle = None

    def paint(self, reader):
        for kind, value in reader.events:
            if kind == LINE:
                self._writer.write(value + u'\n')
            elif kind == ROWS:
                self._show(_row_lines(value, self._WIDTH, None))
                # What follows is shown below.
                self._handle = None
        # Not flushed: the kernel does that several times a second, and each time makes an output of its own.
        lines = _row_lines(reader.live, self._WIDTH, monotonic())
        if lines or self._handle is not None:
            self._show(lines)

    finish = paint

    def _show(self, lines):
        from IPython.display import display
        text = u'\n'.join(lines)
        escaped = text.replace(u'&', u'&amp;').replace(u'<', u'&lt;').replace(u'>', u'&gt;')
        shown = {'text/plain': text, 'text/html': u'<pre>{0}</pre>'.format(escaped)}
        if self._handle is None:
            self._handle = display(shown, raw=True, display_id=True)
        else:
            self._handle.update(shown, raw=True)
