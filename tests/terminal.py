"""A terminal for tests: a pair of pseudo-terminals, and the screen that what is written to one leads to."""

import fcntl
import io
import os
import re
import struct
import termios
import threading
import unicodedata

TOKEN = re.compile(u'\x1b\\[([?0-9;]*)([A-Za-z])|\x1b[^\\[]|[\\s\\S]')


class Screen(object):
    """What a terminal shows, with the lines that were scrolled out of it.

    It knows the sequences that are used for progress, and raises ValueError for others.
    """

    def __init__(self, columns, lines):
        self.columns = columns
        self.height = lines
        self.lines = [[]]
        self.row = self.column = 0
        self.has_cursor = True

    def feed(self, text):
        for token in TOKEN.finditer(text):
            whole, (argument, command) = token.group(), token.groups()
            if command:
                self.obey(argument, command)
            elif whole == u'\r':
                self.column = 0
            elif whole == u'\n':
                self.next_line()
            elif u' ' <= whole < u'\x7f' or whole >= u'\xa0':
                self.put(whole)
            else:
                raise ValueError(repr(whole))

    def obey(self, argument, command):
        if command == 'A':
            # A cursor does not leave the screen.
            self.row = max(self.row - int(argument or 1), len(self.lines) - self.height, 0)
        elif command == 'K':
            line = self.lines[self.row]
            del line[0 if argument == '2' else self.column:]
        elif command == 'J' and not argument:
            del self.lines[self.row][self.column:]
            del self.lines[self.row + 1:]
        elif command in 'hl' and argument == '?25':
            self.has_cursor = command == 'h'
        elif command != 'm':
            raise ValueError((argument, command))

    def next_line(self):
        self.row += 1
        if self.row == len(self.lines):
            self.lines.append([])

    def put(self, character):
        width = 2 if unicodedata.east_asian_width(character) in 'WF' else 1
        if self.column + width > self.columns:
            self.column = 0
            self.next_line()
        line = self.lines[self.row]
        line.extend(u' ' * (self.column - len(line)))
        line[self.column:self.column + width] = [character] + [u''] * (width - 1)
        self.column += width

    @property
    def text(self):
        """All lines down to that of the cursor, also those that were scrolled out, and what is below."""
        lines = [u''.join(line).rstrip() for line in self.lines]
        while len(lines) > self.row + 1 and not lines[-1]:
            del lines[-1]
        return lines


class Terminal(object):
    """A context manager. `file` is a text file of the terminal, `fd` its descriptor."""

    def __init__(self, columns=100, lines=24, encoding='utf-8'):
        self.master, self.fd = os.openpty()
        self.resize(columns, lines)
        self.file = io.open(self.fd, 'w', encoding=encoding, closefd=False)
        self.screen = Screen(columns, lines)
        self.written = b''
        self._changed = threading.Condition()
        self._reader = threading.Thread(target=self._read)
        self._reader.daemon = True
        self._reader.start()

    def resize(self, columns, lines):
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack('4H', lines, columns, 0, 0))

    def _read(self):
        while True:
            try:
                piece = os.read(self.master, 65536)
            except OSError:
                piece = b''
            with self._changed:
                self.written += piece
                self._changed.notify_all()
            if not piece:
                return

    def wait_for(self, piece):
        """Wait until these bytes were written."""
        with self._changed:
            while piece not in self.written:
                written = self.written
                self._changed.wait(60)
                assert written != self.written, written

    def finish(self):
        """Wait until all that was written is read, and return the lines of the screen."""
        self.file.flush()
        self.file.close()
        os.write(self.fd, b'\0')
        self.wait_for(b'\0')
        self.screen.feed(self.written.replace(b'\0', b'').decode('utf-8'))
        return self.screen.text

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        if not self.file.closed:
            self.file.close()
        os.close(self.fd)
        self._reader.join()
        os.close(self.master)
