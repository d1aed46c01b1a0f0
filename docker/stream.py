"""Decoders of what an engine streams: bytes in, items out.

Each decoder takes an iterable of chunks of bytes, cut anywhere, and yields the same items however
they were cut: the header of a frame, a JSON object and a UTF-8 character may all span two chunks or
more. They know no sockets and no requests. An end inside an item is an error that says what was
expected and what came, never a quiet stop; only the end of the input ends the items.

`Stream` is what the calls return: such an iterator, with a way to free its connection.
`FileStream` is the same for an archive, as a file.
"""

import codecs
import io
import json
import re
import struct

import six

from docker.compat import Generator, to_native_string
from docker.errors import APIError, OperationFailed, StreamBroken

# How much is received, or read from a file, at a time. glibc takes a buffer of 128 KiB or more from the
# kernel, and gives it back, each time: that takes longer than filling it.
BLOCK_SIZE = 112 * 1024

# A frame is a header of eight bytes and its payload. The header is the number of the stream (0 stdin,
# 1 stdout, 2 stderr, 3 an error of the engine's own), three zeros, and the length of the payload.
_FRAME_HEADER = struct.Struct('>LL')
_STDOUT, _STDERR = 1 << 24, 2 << 24
_OUTPUT_STREAMS = frozenset([0, _STDOUT, _STDERR])
_NOT_A_FRAME_MASK = 0xFCFFFFFF
_FRAME_BEGINNING = b'[\\0-\\3](\\0|$)(\\0|$)(\\0|$)'
_MAX_ERROR_SIZE = 64 * 1024

# Regular expressions are strings that are compiled on first use, to keep the import fast.
_WHITESPACE = r'\s*'
# The end of one object and the beginning of the next. Strings may hold the same, but no line break
# (JSON escapes it).
_OBJECT_BOUNDARY = r'\}(\s*)\{'
# What has no brace outside of complete strings, the quote that opens an incomplete one, or a brace.
_JSON_TOKEN = r'(?s)(?:[^"{}]+|"[^"\\]*(?:\\.[^"\\]*)*")+|["{}]'
_VERSION_IN_PATH = r'^/v[0-9.]+(?=/)'


def _refuse_constant(name):
    raise ValueError('{0} is no JSON'.format(name))


# Python's parser takes NaN and Infinity, which JSON does not have.
_JSON_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)


def demultiplex(chunks, item_of=None):
    """Yield the output of a container without a TTY: the payload of one frame each.

    :param chunks: an iterable of bytes. Frames without a payload are left out.
    :param item_of: called with the first four bytes of a frame's header, as an int, and its payload; returns
        what is yielded. None for the payload.
    :raises OperationFailed: when the engine fails after its 200; it then writes the text of the error
        where a frame should begin.
    :raises StreamBroken: when the input ends inside a frame.
    """
    pending, have, need = [], 0, 8
    chunks = iter(chunks)
    unpack_header = _FRAME_HEADER.unpack_from
    for chunk in chunks:
        if pending:
            pending.append(chunk)
            have += len(chunk)
            if have < need:
                continue
            chunk = b''.join(pending)
        start, end, need = 0, len(chunk), 8
        while end - start >= 8:
            stream, length = unpack_header(chunk, start)
            payload = start + 8
            stop = payload + length
            if stream in _OUTPUT_STREAMS and stop <= end:
                if length:
                    data = chunk[payload:stop]
                    yield data if item_of is None else item_of(stream, data)
                start = stop
            elif stream & _NOT_A_FRAME_MASK:
                raise _stream_error(chunk[start:], chunks)
            elif stop > end:
                need = 8 + length
                break
            else:
                raise _stream_error(chunk[payload:stop], ())
        pending, have = ([chunk[start:]], end - start) if start < end else ([], 0)
    if have:
        raise _incomplete_frame(b''.join(pending), need)


def demultiplex_pairs(chunks):
    """Yield the same with standard output and standard error apart: a pair of them, one of which is None."""
    return demultiplex(chunks, _pair_of)


def _pair_of(stream, data):
    return (None, data) if stream == _STDERR else (data, None)


def join_output(items, demux):
    """Return all items of the output of a container.

    :param items: bytes; to `demux` pairs, as `demultiplex_pairs` yields them.
    :returns: bytes; to `demux` a pair of them, each None when there is nothing of it.
    """
    if not demux:
        return join_chunks(items)
    joined = io.BytesIO(), io.BytesIO()
    for pair in items:
        for buffer, data in zip(joined, pair):
            buffer.write(data or b'')
    return tuple(buffer.getvalue() or None for buffer in joined)


def multiplex(chunks):
    """Yield bytes as frames of standard output."""
    for chunk in chunks:
        if chunk:
            yield _FRAME_HEADER.pack(_STDOUT, len(chunk)) + chunk


def _incomplete_frame(data, need):
    if re.match(_FRAME_BEGINNING, data) is None:
        return _stream_error(data, ())
    if len(data) < 8:
        return StreamBroken('The stream ended inside the header of a frame: expected 8 bytes, '
                            'got {0}.'.format(len(data)))
    return StreamBroken('The stream ended inside a frame: {0} bytes were announced, {1} came.'.format(
        need - 8, len(data) - 8))


def _stream_error(beginning, chunks):
    """The exception for the text of an error that begins in the stream, and goes on in `chunks`."""
    pieces, size = [beginning], len(beginning)
    for chunk in chunks:
        size += len(chunk)
        pieces.append(chunk)
        if size > _MAX_ERROR_SIZE:
            break
    text = b''.join(pieces)[:_MAX_ERROR_SIZE].decode('utf-8', 'replace').strip()
    return OperationFailed('The engine reported an error inside the stream', explanation=text)


def parse_json(text):
    """Return the value of a JSON text.

    :raises ValueError: when it is none. NaN and Infinity are none.
    :raises RuntimeError: when it is nested too deeply to be parsed.
    """
    return _JSON_DECODER.decode(text)


def json_items(chunks, parse_all=True, check=None):
    """Yield the JSON objects of a stream: a pair of each one's text and dict.

    :param chunks: an iterable of bytes: objects one after another, with or without white space in
        between.
    :param parse_all: False to parse only what has to be: the dict of most objects that are on lines of
        their own, and report no error, is then None. Their syntax is not checked.
    :param check: called with each dict that was parsed; raises when it is not what is expected.
    :raises StreamBroken: when something else comes, or the input ends inside an object.
    """
    parse = json.JSONDecoder(parse_constant=_refuse_constant).raw_decode
    match_whitespace = re.compile(_WHITESPACE).match
    pending, incomplete = [], None
    for piece in decode_text(chunks):
        pending.append(piece)
        if u'}' not in piece:
            continue
        text = u''.join(pending)
        pending = [text]
        if incomplete is not None and not incomplete.ends_in(text):
            continue
        incomplete = None
        if not parse_all:
            lines, text = _objects_on_lines(text)
            for line in lines:
                yield line, None
        start, end = match_whitespace(text).end(), len(text)
        while start < end:
            try:
                value, stop = parse(text, start)
            except ValueError:
                stop = None
            except RuntimeError:
                six.raise_from(_nested_too_deeply(), None)
            incomplete = _IncompleteObject(start) if stop is None else None
            if text[start] != u'{' or incomplete and incomplete.ends_in(text):
                raise _not_an_object(text[start:])
            if incomplete:
                incomplete.position -= start
                break
            if check is not None:
                check(value)
            yield text[start:stop], value
            # Docker ends objects with CR and LF, Podman with LF.
            start = (stop + 2 if text.startswith(u'\r\n{', stop) else
                     stop + 1 if text.startswith(u'\n{', stop) else match_whitespace(text, stop).end())
        pending = [text[start:]]
    text = u''.join(pending)
    if text.strip():
        raise StreamBroken('The stream ended inside a JSON object: {0}'.format(to_native_string(text[:200])))


def _objects_on_lines(text):
    """Split off the JSON objects that end with their line, as far as no parsing is needed for that.

    Returns their texts, and the rest of the text. Where one may report an error there are none.
    """
    parts = re.split(_OBJECT_BOUNDARY, text)
    spaces = parts[1::2]
    # More line breaks than those are of an object over several lines, or of something else between two.
    breaks, last = _line_breaks(spaces), parts[-1]
    if (not breaks or text[0] != u'{' or u'"error' in text or
            text.count(u'\n') - last.count(u'\n', len(last.rstrip())) != breaks):
        return (), text
    objects = [u'{' + part + u'}' for part in parts[:-1:2]]
    objects[0] = parts[0] + u'}'
    return objects, u'{' + last


def _line_breaks(spaces):
    """Return how many line breaks are in all white spaces of a list; 0 when one has none."""
    if spaces and spaces.count(spaces[0]) == len(spaces):
        return spaces[0].count(u'\n') * len(spaces)
    counts = [space.count(u'\n') for space in spaces]
    return sum(counts) if all(counts) else 0


def parse_object(text):
    """Return the dict of a JSON object that `json_items` yielded as text alone.

    :raises StreamBroken: when it is none.
    """
    try:
        return parse_json(text)
    except ValueError:
        six.raise_from(_not_an_object(text), None)
    except RuntimeError:
        six.raise_from(_nested_too_deeply(), None)


def _nested_too_deeply():
    return StreamBroken('Expected a JSON object, got one that is nested too deeply.')


def _not_an_object(text):
    return StreamBroken('Expected a JSON object, got: {0}'.format(to_native_string(text[:200])))


class _IncompleteObject(object):
    """The beginning of a JSON object. However often the text grows, each part is scanned once."""

    def __init__(self, start):
        self.position = start
        self.depth = 0

    def ends_in(self, text):
        """Return whether all braces that are open are closed in `text`."""
        for token in re.compile(_JSON_TOKEN).finditer(text, self.position):
            first = text[token.start()]
            if first == u'"' and token.end() - token.start() == 1:
                # An incomplete string is scanned again when more of it has come.
                self.position = token.start()
                return False
            if first == u'{':
                self.depth += 1
            elif first == u'}':
                self.depth -= 1
                if self.depth <= 0:
                    return True
            self.position = token.end()
        return False


def operation_items(items, decode):
    """Yield the JSON objects of an operation such as a pull, and raise the error that one reports.

    :param items: pairs of text and dict, as `json_items` yields them.
    :param decode: True for dicts, else texts.
    :raises OperationFailed: after the object that reports an error.
    """
    for text, value in items:
        yield value if decode else text
        if value is None:
            continue
        failure = value.get('error') or (value.get('errorDetail') or {}).get('message')
        if failure:
            raise OperationFailed.explained(failure)


def decode_text(chunks):
    """Yield text as it comes, decoded from UTF-8; what is not UTF-8 becomes U+FFFD.

    :param chunks: an iterable of bytes.
    """
    decoder = codecs.getincrementaldecoder('utf-8')('replace')
    for chunk in chunks:
        piece = decoder.decode(chunk)
        if piece:
            yield piece
    piece = decoder.decode(b'', True)
    if piece:
        yield piece


def build_output(items):
    """Yield the text of a build whose engine sends JSON: `stream` as it is, `error` and `status` on
    lines of their own.

    :param items: pairs of text and dict, as `json_items` yields them.
    """
    for _, value in items:
        if value.get('stream') is not None:
            yield value['stream']
        elif value.get('error') is not None:
            yield u'{0}\n'.format(value['error'])
        elif value.get('status') is not None and 'progressDetail' not in value:
            yield u'{0}\n'.format(value['status'])


def join_chunks(chunks):
    """Return all chunks as one bytes object, with no second copy of them in memory on the way."""
    buffer = io.BytesIO()
    buffer.writelines(chunks)
    return buffer.getvalue()


def _refuse_copy(stream, protocol=None):
    """Raise the TypeError for a stream that is pickled or copied, in place of its `__reduce_ex__`."""
    raise TypeError('{0} cannot be pickled or copied: it reads from a connection'.format(
        type(stream).__name__))


def _repr_of_stream(stream):
    """Return the repr of a stream: its request, without the version and the query, and whether it is open."""
    request = getattr(getattr(stream, 'response', None), 'request', None)
    call = 'no request'
    if hasattr(request, 'path_url'):
        path = request.path_url.partition('?')[0]
        call = '{0} {1}'.format(request.method, re.sub(_VERSION_IN_PATH, '', path))
    return '<docker.stream.{0} {1}, {2}>'.format(
        type(stream).__name__, call, 'closed' if getattr(stream, 'closed', True) else 'open')


class Stream(object):
    """An iterator of items that come from a connection of its own.

    :param items: the items, an iterator.
    :param response: what is closed with the Stream.

    It is a generator in all but its type: next(), send(), throw(), close(). `close()` may be
    called at any time and from any thread: it frees the connection, and the iteration ends.
    Leaving a `with` block and dropping the last reference close it too.
    """

    def __init__(self, items, response):
        self.response = response
        self.closed = False
        self._items = items

    def __iter__(self):
        """Return a plain generator of the items, with which a loop runs at full speed."""
        if self.closed:
            return
        try:
            for item in self._items:
                yield item
                if self.closed:
                    return
            self.close()
        except GeneratorExit:
            pass    # the loop was left; another one may go on
        except BaseException as error:
            was_closed = self.closed
            self.close()
            if was_closed and isinstance(error, Exception):
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
        """Return the next item. The items take no value, so that `value` has to be None."""
        if value is not None:
            raise TypeError('a stream of items takes no value, not {0!r}'.format(value))
        return next(self)

    def throw(self, kind, value=None, traceback=None):
        """Close the stream and raise the exception, as a generator does that does not catch it."""
        self.close()
        if isinstance(kind, type):
            if not isinstance(value, BaseException):
                arguments = () if value is None else value if isinstance(value, tuple) else (value,)
                value = kind(*arguments)
            six.reraise(kind, value, traceback)
        raise kind

    def close(self):
        """Free the connection and end the iteration. Closing a second time does nothing."""
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

    @classmethod
    def __class_getitem__(cls, item):
        """Return the class itself for ``Stream[bytes]``, as annotations have it (Python 3.7 and later)."""
        return cls

    __reduce_ex__ = _refuse_copy
    __repr__ = _repr_of_stream


if Generator is not None:
    Generator.register(Stream)


class FileStream(io.BufferedIOBase):
    """An archive as it comes, as a binary file that is read once from front to back.

    :param chunks: the archive, an iterator of bytes.
    :param response: what is closed with the file.
    :param chunk_size: how many bytes iterating yields at a time; None for chunks as they come.

    read(), readinto() and read1() work as for any binary file; iterating yields chunks of bytes.
    `tarfile.open(mode='r|', fileobj=...)` reads from it. Closing it, leaving a `with`
    block or dropping it frees the connection. `data`, `stream()`, `status` and `headers` are those of
    urllib3's HTTPResponse, which releases of 2013 to 2016 returned.
    """

    def __init__(self, chunks, response, chunk_size=None):
        super(FileStream, self).__init__()
        self.response = response
        self._chunk_size = chunk_size
        self._chunks = chunks
        self._chunk = b''
        self._position = 0
        self._data = None

    @property
    def data(self):
        """The whole archive, or what is left of it when it is first used, as bytes in memory."""
        if self._data is None:
            self._data = self.read()
        return self._data

    @property
    def status(self):
        """The HTTP status, an int."""
        return self.response.status_code

    @property
    def headers(self):
        """The headers of the response, by name in any case."""
        return self.response.headers

    def stream(self, amt=BLOCK_SIZE, decode_content=None):
        """Return an iterator of bytes as they come, at most `amt` at a time.

        :param amt: an int; None for chunks of any size.
        :param decode_content: not used: the archive is always decompressed.
        """
        return iter(lambda: self.read1(amt), b'')

    def readable(self):
        return True

    def read1(self, size=-1):
        """Return at most `size` bytes (-1: a chunk) of what comes next; b'' at the end."""
        self._check_open()
        if self._position == len(self._chunk):
            self._chunk, self._position = next(self._chunks, b''), 0
        if size is None or size < 0:
            size = len(self._chunk)
        piece = self._chunk[self._position:self._position + size]
        self._position += len(piece)
        return piece

    def read(self, amt=-1, decode_content=None):
        """Return `amt` bytes, fewer only at the end; all that is left for -1 or None.

        :param decode_content: as `stream` takes it.
        """
        if amt is None or amt < 0:
            return join_chunks(iter(self.read1, b''))
        piece = self.read1(amt)
        if len(piece) in (0, amt):
            return piece
        pieces, missing = [piece], amt - len(piece)
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
        piece = self.read1() if self._chunk_size is None else self.read(self._chunk_size)
        if not piece:
            raise StopIteration
        return piece

    next = __next__

    def close(self):
        """Free the connection. Closing a second time does nothing."""
        if not self.closed:
            self._chunk = b''
            super(FileStream, self).close()
            self.response.close()

    def _check_open(self):
        if self.closed:
            raise ValueError('read of a closed file')

    __reduce_ex__ = _refuse_copy
    __repr__ = _repr_of_stream
