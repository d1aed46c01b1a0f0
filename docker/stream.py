"""Decoders of what an engine streams: bytes in, items out.

Each decoder takes an iterable of byte blocks, cut anywhere, and gives the same items however they
were cut: a frame's header, a JSON object and a UTF-8 character may all lie across two blocks or
more. They know no sockets and no requests. An end inside an item is an error that says what was
expected and what came, never a quiet stop; only the end of the input is an end.

`Stream` is what the calls hand out: such an iterator, with a way to let go of its connection.
`FileStream` is the same for an archive, as a file.
"""

import codecs
import io
import json
import re
import struct

import six

from docker.errors import APIError, OperationFailed, StreamBroken, native

try:
    from collections.abc import Generator
except ImportError:  # Python 2.7
    Generator = None

# How much is received, or read from a file, at a time. A block of 128 KiB or more is taken from the kernel
# and given back each time, which takes longer than to fill it.
BLOCK = 112 * 1024

FRAME_HEADER = struct.Struct('>LL')
# The first four bytes: the stream (0 stdin, 1 stdout, 2 stderr, 3 the engine's own errors) and
# three zeros.
OUTPUT = frozenset([0, 1 << 24, 2 << 24])
NOT_A_FRAME = 0xFCFFFFFF
FRAME_BEGINNING = b'[\\0-\\3](\\0|$)(\\0|$)(\\0|$)'
LONGEST_ERROR = 64 * 1024

WHITESPACE = re.compile(r'\s*')
# One object ends and the next begins, or a string has it so; a string has no line's end in it.
END_AND_BEGINNING = re.compile(r'\}(\s*)\{')
# A whole string, the quote of one that is cut off, or a brace.
JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|["{}]', re.DOTALL)


def frames(blocks):
    """The output of a container without a TTY, a frame's bytes at a time; empty frames are left
    out.

    An engine that fails after its 200 writes an error's text where a frame should begin: that is
    an OperationFailed with this text.
    """
    pending, have, need = [], 0, 8
    blocks = iter(blocks)
    header_at = FRAME_HEADER.unpack_from
    for block in blocks:
        if pending:
            pending.append(block)
            have += len(block)
            if have < need:
                continue
            block = b''.join(pending)
        at, end, need = 0, len(block), 8
        while end - at >= 8:
            kind, length = header_at(block, at)
            begin = at + 8
            stop = begin + length
            if kind in OUTPUT and stop <= end:
                if length:
                    yield block[begin:stop]
                at = stop
            elif kind & NOT_A_FRAME:
                raise told_in_stream(block[at:], blocks)
            elif stop > end:
                need = 8 + length
                break
            else:
                raise told_in_stream(block[begin:stop], ())
        pending, have = ([block[at:]], end - at) if at < end else ([], 0)
    if have:
        left = b''.join(pending)
        if re.match(FRAME_BEGINNING, left) is None:
            raise told_in_stream(left, ())
        if have < 8:
            raise StreamBroken('The stream ended inside the header of a frame: 8 bytes make one, '
                               '{0} came.'.format(have))
        raise StreamBroken('The stream ended inside a frame: {0} bytes were announced, {1} came.'
                           .format(need - 8, have - 8))


def told_in_stream(beginning, blocks):
    text = [beginning]
    length = len(beginning)
    for block in blocks:
        length += len(block)
        text.append(block)
        if length > LONGEST_ERROR:
            break
    said = native(b''.join(text)[:LONGEST_ERROR].decode('utf-8', 'replace').strip())
    return OperationFailed('The engine told of an error inside the stream', explanation=said)


def json_items(blocks, values=True):
    """JSON objects, one after another with anything or nothing between them: a pair of the text and the
    dict of one each.

    Without `values` the dict is None for most of those that stand on lines of their own and tell of no
    error: that is seen without the time that it takes to parse them. What stands between the braces of
    such a line is then for the reader to judge.
    """
    decode = json.JSONDecoder().raw_decode
    pending, unfinished = [], None
    for piece in text(blocks):
        pending.append(piece)
        if u'}' not in piece:
            continue
        held = u''.join(pending)
        pending = [held]
        if unfinished is not None and not unfinished.ends_in(held):
            continue
        unfinished = None
        if not values:
            known, held = on_lines(held)
            for item in known:
                yield item, None
        at, end = WHITESPACE.match(held).end(), len(held)
        while at < end:
            try:
                value, stop = decode(held, at)
            except ValueError:
                stop = None
            if held[at] != u'{' or stop is None and Unfinished(at).ends_in(held):
                raise not_json(held[at:])
            if stop is None:
                break
            yield held[at:stop], value
            at = WHITESPACE.match(held, stop).end()
        pending = [held[at:]]
        if at < end:
            unfinished = Unfinished(0)
            unfinished.ends_in(pending[0])
    held = u''.join(pending)
    if held.strip():
        raise StreamBroken('The stream ended inside a JSON object: {0}'.format(native(held[:200])))


def on_lines(held):
    """The texts of the JSON objects that end where a line does, as far as that needs no parsing, and
    what follows them; none when one may tell of an error."""
    parts = END_AND_BEGINNING.split(held)
    spaces = parts[1::2]
    if not spaces or held[0] != u'{' or u'"error' in held or not all(u'\n' in space for space in spaces):
        return (), held
    texts = [u'{' + part + u'}' for part in parts[:-1:2]]
    texts[0] = parts[0] + u'}'
    return texts, u'{' + parts[-1]


def dict_of(item):
    """The dict of a JSON object that json_items() gave as text alone."""
    try:
        return json.loads(item)
    except ValueError:
        raise not_json(item)


def not_json(text):
    return StreamBroken('A JSON object was expected, and this came: {0}'.format(native(text[:200])))


class Unfinished(object):
    """The beginning of a JSON object, looked through for its end once, however often it grows."""

    def __init__(self, at):
        self.at = at
        self.depth = 0

    def ends_in(self, held):
        """Whether the braces that are open at `at` are closed in `held`."""
        for token in JSON_TOKEN.finditer(held, self.at):
            if token.group() == u'"':
                # A string that is not all here: it is looked at again with more.
                self.at = token.start()
                return False
            if token.group() == u'{':
                self.depth += 1
            elif token.group() == u'}':
                self.depth -= 1
                if self.depth <= 0:
                    return True
            self.at = token.end()
        return False


def text(blocks):
    """Text as it comes, decoded from UTF-8; what is no UTF-8 becomes U+FFFD."""
    decoder = codecs.getincrementaldecoder('utf-8')('replace')
    for block in blocks:
        piece = decoder.decode(block)
        if piece:
            yield piece
    piece = decoder.decode(b'', True)
    if piece:
        yield piece


def build_text(items):
    """The text of a build whose engine tells it in JSON (pairs, as `json_items` gives): `stream` as it
    is, `error` as its text."""
    for _, told in items:
        if 'stream' in told:
            yield told['stream']
        elif 'error' in told:
            yield u'{0}\n'.format(told['error'])
        elif 'status' in told and 'progressDetail' not in told:
            yield u'{0}\n'.format(told['status'])


def whole(blocks):
    """All blocks as one bytes, with no second copy of them in memory on the way."""
    collected = io.BytesIO()
    collected.writelines(blocks)
    return collected.getvalue()


class Stream(object):
    """An iterator of items that come from a connection of its own.

    It is a generator in all but its type: next(), send(), throw(), close(). `close()` may be
    called at any time and from any thread: it frees the connection, and the iteration ends.
    Leaving a `with` block and dropping the last reference close it too.
    """

    def __init__(self, items, response):
        self.response = response
        self.closed = False
        self._items = items

    def __iter__(self):
        """A plain generator of the items, which takes a loop through them at full speed."""
        if self.closed:
            return
        try:
            for item in self._items:
                yield item
                if self.closed:
                    return
            self.close()
        except GeneratorExit:
            pass    # the loop was left: another may go on
        except BaseException as error:
            ended = self.closed
            self.close()
            if ended and isinstance(error, Exception):
                return
            if isinstance(error, APIError) and error.response is None:
                error.response = self.response
            raise

    def __next__(self):
        for item in self:
            return item
        raise StopIteration

    next = __next__

    def send(self, value):
        """As next(): the items take nothing."""
        if value is not None:
            raise TypeError('a stream of items takes nothing, not {0!r}'.format(value))
        return next(self)

    def throw(self, kind, value=None, traceback=None):
        """Close the stream and raise the exception, as a generator does that does not catch it."""
        self.close()
        if isinstance(kind, type):
            if not isinstance(value, BaseException):
                words = () if value is None else value if isinstance(value, tuple) else (value,)
                value = kind(*words)
            six.reraise(kind, value, traceback)
        raise kind

    def close(self):
        """Free the connection and end the iteration. A second time does nothing."""
        if not self.closed:
            self.closed = True
            self.response.close()

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def __del__(self):
        if not getattr(self, 'closed', True):
            self.close()


if Generator is not None:
    Generator.register(Stream)


class FileStream(io.BufferedIOBase):
    """An archive as it comes, as a file that is read once from front to back.

    read(), readinto() and read1() do what they do for any binary file; iterated, it gives blocks of
    bytes as they come. `tarfile.open(mode='r|', fileobj=...)` reads from it. Closing it, leaving a
    `with` block or dropping it frees the connection.
    """

    def __init__(self, blocks, response):
        super(FileStream, self).__init__()
        self.response = response
        self._blocks = blocks
        self._held = b''
        self._at = 0

    def readable(self):
        return True

    def read1(self, size=-1):
        """At most `size` bytes (-1: a block) of what is there next; b'' at the end."""
        self._check_open()
        if self._at == len(self._held):
            self._held, self._at = next(self._blocks, b''), 0
        if size is None or size < 0:
            size = len(self._held)
        piece = self._held[self._at:self._at + size]
        self._at += len(piece)
        return piece

    def read(self, size=-1):
        """`size` bytes, fewer only at the end; all that is left for -1 or None."""
        if size is None or size < 0:
            return whole(self)
        piece = self.read1(size)
        if len(piece) in (0, size):
            return piece
        pieces, missing = [piece], size - len(piece)
        while missing:
            piece = self.read1(missing)
            if not piece:
                break
            pieces.append(piece)
            missing -= len(piece)
        return b''.join(pieces)

    def readinto(self, buffer):
        piece = self.read(len(buffer))
        buffer[:len(piece)] = piece
        return len(piece)

    def __iter__(self):
        return self

    def __next__(self):
        piece = self.read1()
        if not piece:
            raise StopIteration
        return piece

    next = __next__

    def close(self):
        """Free the connection. A second time does nothing."""
        if not self.closed:
            self._held = b''
            super(FileStream, self).close()
            self.response.close()

    def _check_open(self):
        if self.closed:
            raise ValueError('read of a closed file')
