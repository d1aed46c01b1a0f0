"""What `python -m docker` prints: ASCII, in any locale, from text or from the strings of Python 2.7.

It imports nothing of this package, for a report of what has overwritten its modules.
"""

import errno
import json
import os
import re
import sys


def print_json(value):
    """Print a value as JSON."""
    _print(json.dumps(_native_text(value), indent=2, sort_keys=True, separators=(',', ': ')))


def print_lines(lines):
    """Print lines; characters that are not ASCII, or control a terminal, are escaped."""
    _print(u'\n'.join(map(_escape, lines)))


def _escape(line):
    text = _native_text(line).encode('ascii', 'backslashreplace').decode('ascii')
    return re.sub(u'[\\0-\x1f\x7f]', lambda found: u'\\x{0:02x}'.format(ord(found.group())), text)


def _print(text):
    if sys.stdout is None:  # closed: nobody reads
        return
    try:
        sys.stdout.write(text + '\n')
        sys.stdout.flush()
    except EnvironmentError as error:
        # At its end Python would flush what is left.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        # The reader has all that it wants, such as `head`; or there is none.
        if error.errno not in (errno.EPIPE, errno.EBADF):
            sys.exit('python -m docker: the output cannot be written: {0}'.format(error.strerror))


def problem_lines(problem):
    """Return a problem, as `docker.problems.problem_of` does, as lines."""
    return [problem['what'], '', 'What to do:'] + ['  * ' + line for line in problem['advice']]


def _native_text(value):
    """Return a value with text in place of the bytes that strings of Python 2.7 are."""
    if isinstance(value, dict):
        return {key: _native_text(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_native_text(item) for item in value]
    return value.decode('utf-8', 'replace') if isinstance(value, bytes) else value
