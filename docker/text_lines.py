"""Whole lines of text from a stream whose items are cut anywhere."""

import codecs

import six
from six.moves import collections_abc

from docker.stream import Stream
from docker.validation import argument_error, is_text

_TAKES = ('bytes, text, or a stream of bytes, of text, or of pairs of bytes, as logs, attach, exec_start and '
          'build return them')


def text_lines(stream, encoding='utf-8', errors='replace'):
    """Return the lines of a stream; `docker.lines` describes it."""
    decoder = _look_up_name(codecs.getincrementaldecoder, encoding, 'encoding')
    _look_up_name(codecs.lookup_error, errors, 'errors')
    if isinstance(stream, (bytes, bytearray, six.text_type)) or _is_pair(stream):
        stream = [stream]
    elif isinstance(stream, (collections_abc.Mapping, collections_abc.Set)) or not isinstance(
            stream, collections_abc.Iterable):
        raise argument_error(TypeError, 'stream', _TAKES, stream)
    source = _Source(stream)
    return Stream(_split_lines(source, lambda: _Splitter(decoder(errors))), source)


def _look_up_name(find, value, name):
    if not is_text(value):
        raise argument_error(TypeError, name, 'text', value)
    try:
        return find(value)
    except LookupError:
        six.raise_from(argument_error(ValueError, name, 'a name that Python knows', value), None)


class _Source(object):
    """What lines are made of, which is closed with them."""

    def __init__(self, stream):
        self.stream = stream
        self.closed = False
        self.request = getattr(getattr(stream, 'response', None), 'request', None)

    def close(self):
        self.closed = True
        if hasattr(self.stream, 'close'):
            self.stream.close()


class _Splitter(object):
    """Text that comes in pieces, cut anywhere, as lines."""

    def __init__(self, decoder):
        self._decoder = decoder
        self._pieces = []

    def split(self, piece):
        """Return the lines that end in a piece, without their ends."""
        if not isinstance(piece, six.text_type):
            piece = self._decoder.decode(bytes(piece))
        lines = piece.split(u'\n')
        if len(lines) > 1:
            lines[0] = u''.join(self._pieces + lines[:1])
            self._pieces = []
        self._pieces.append(lines.pop())
        return [line[:-1] if line.endswith(u'\r') else line for line in lines]

    def rest(self):
        """Return the last line as a list, which is empty when the text ended with a line."""
        line = u''.join(self._pieces) + self._decoder.decode(b'', True)
        return [line] if line else []


def _split_lines(source, splitter):
    """Yield the lines of a source; of pairs, pairs of a line and None."""
    plain, pair = splitter(), (splitter(), splitter())
    for item in source.stream:
        if _is_pair(item):
            for number, piece in enumerate(item):
                for line in pair[number].split(piece or b''):
                    yield _paired(line, number)
        elif isinstance(item, (bytes, bytearray, six.text_type)):
            for line in plain.split(item):
                yield line
        else:
            raise argument_error(TypeError, 'stream', _TAKES, item)
    # What is left after a close is no whole line.
    if not source.closed:
        for line in plain.rest():
            yield line
        for number in (0, 1):
            for line in pair[number].rest():
                yield _paired(line, number)


def _is_pair(item):
    return isinstance(item, tuple) and len(item) == 2 and all(
        part is None or isinstance(part, bytes) for part in item)


def _paired(line, number):
    return (None, line) if number else (line, None)
