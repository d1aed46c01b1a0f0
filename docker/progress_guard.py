"""sys.stdout and sys.stderr while rows are drawn: what a program writes to them comes above the rows."""

import sys
import threading

# Held while the two are replaced, as several threads may draw.
_replacing = threading.Lock()


class Guards(object):
    """Replaces those of the two that are terminals, until `end`.

    :param write_above: called with the file and what is written to it.
    :param is_terminal: called with a file.
    """

    def __init__(self, write_above, is_terminal):
        with _replacing:
            self._guards = [(name, _Guard(getattr(sys, name), write_above)) for name in ('stdout', 'stderr')
                            if is_terminal(getattr(sys, name))]
            for name, guard in self._guards:
                setattr(sys, name, guard)

    def end(self):
        with _replacing:
            for name, guard in self._guards:
                guard.ended = True
                file = getattr(sys, name)
                # The program may have replaced it, or another thread, which began to draw later. What that
                # found has ended before it itself does.
                while isinstance(file, _Guard) and file.ended:
                    file = file.file
                setattr(sys, name, file)


class _Guard(object):

    def __init__(self, file, write_above):
        self.file = file
        self.ended = False
        self._write_above = write_above

    def write(self, text):
        return self.file.write(text) if self.ended else self._write_above(self.file, text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def __getattr__(self, name):
        return getattr(self.file, name)
