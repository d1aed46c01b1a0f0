"""`Response.raw` of what an engine sends: its chunks as they come, and the socket of an attached container.

urllib3's HTTPResponse would be that, but creating one takes a large part of the time of a small call, and
it reads ahead. It is created only for the few callers that need more than `stream()`, `read()` and `close()`.
"""

import zlib

import six

from docker.errors import DockerException, StreamBroken
from docker.stream import BLOCK_SIZE
from docker.transport.exceptions import TransportError
from docker.transport.urllib3_api import HTTPError, HTTPResponse

_GZIP_MAGIC = b'\x1f\x8b'
_GZIP_BITS, _GZIP_OR_ZLIB_BITS, _RAW_DEFLATE_BITS = 16 + zlib.MAX_WBITS, 32 + zlib.MAX_WBITS, -zlib.MAX_WBITS
# What a compressor that was flushed has written last.
_FLUSHED = b'\0\0\xff\xff'


class BodyReader(object):
    """The body of a response, to be read chunk by chunk, or as a file by urllib3's HTTPResponse.

    :param connection: the Connection that it comes from.
    :param chunks: an iterator of bytes.
    :param on_end: called when it has been read to its end.
    :param error_of: called with a TransportError of the chunks; returns the exception to raise.
    """

    def __init__(self, connection, chunks, on_end, error_of):
        self.connection = connection
        self.closed = False
        self._chunks = chunks
        self._on_end = on_end
        self._error_of = error_of
        self._buffer = b''

    def read_chunk(self):
        """Return the next bytes as they come; b'' at the end, or when it was closed."""
        try:
            chunk = next(self._chunks, b'')
        except Exception as error:
            was_closed = self.closed
            self.close()
            if was_closed:
                return b''
            if isinstance(error, TransportError):
                six.raise_from(self._error_of(error), None)
            raise
        if not chunk and not self.closed:
            self.closed = True
            self._on_end()
        return chunk

    def read(self, size=None):
        """Return `size` bytes, fewer only at the end; all that is left for None."""
        pieces, have = [self._buffer], len(self._buffer)
        self._buffer = b''
        while size is None or have < size:
            chunk = self.read_chunk()
            if not chunk:
                break
            pieces.append(chunk)
            have += len(chunk)
        data = b''.join(pieces)
        if size is not None:
            data, self._buffer = data[:size], data[size:]
        return data

    def close(self):
        """Close the connection, unless the body was read to its end."""
        if not self.closed:
            self.closed = True
            self.connection.close()

    def detach(self):
        """Return the connected socket, which the caller closes."""
        self.closed = True
        return self.connection.detach()


class EngineResponse(object):
    """A response as `Response.raw`.

    :param head: its ResponseHead.
    :param body: its BodyReader.
    :param method: the method of the request.

    `started` is True once the body is being read. All other attributes are those of urllib3's
    HTTPResponse.
    """

    def __init__(self, head, body, method):
        self.status = head.status
        self.reason = head.reason
        self.version = head.version
        self.body = body
        self.started = False
        self._head = head
        self._method = method
        self._urllib3_response = None

    def stream(self, amt=None, decode_content=None):
        """Return the chunks of the body as they come, whatever `amt` is; decompressed if they are
        compressed."""
        self.started = True
        encoding = ', '.join(self._head.values('content-encoding')).lower() or 'identity'
        chunks = iter(self.body.read_chunk, b'')
        if encoding in ('gzip', 'x-gzip', 'deflate') and decode_content is not False:
            chunks = self._close_after_errors(_decompress(chunks, encoding))
        elif encoding != 'identity':
            chunks = self._close_after_errors(self._as_urllib3().stream(amt or BLOCK_SIZE, decode_content))
        return chunks

    def read(self, amt=None, decode_content=None):
        """Return at most `amt` bytes of the body, all for None; decompressed if they are compressed."""
        if amt is None and self._urllib3_response is None:
            return b''.join(self.stream(None, decode_content))
        reads = (self._as_urllib3().read(amt, decode_content) for _ in range(1))
        return next(self._close_after_errors(reads))

    def _close_after_errors(self, chunks):
        """Yield the chunks. After an error the body is closed: nobody reads it to its end then."""
        try:
            for chunk in chunks:
                yield chunk
            return
        except HTTPError as error:
            self.close()
            # urllib3 puts an error of the body into one of its own, which is then no part of it.
            causes = [cause for cause in error.args if isinstance(cause, DockerException)]
            failure = causes[0] if causes else _not_decompressed(error)
        except Exception:
            self.close()
            raise
        raise failure

    @property
    def closed(self):
        return self.body.closed

    def close(self):
        self.body.close()

    def release_conn(self):
        """Do nothing: a connection is released when the body has been read to its end."""

    def detach(self):
        """Return the connected socket of a response whose head was read with `exact`."""
        # Imported here, as few scripts attach to a socket.
        from docker.transport.hijack import two_way_socket
        return two_way_socket(self.body.detach())

    def __iter__(self):
        return iter(self._as_urllib3())

    def __getattr__(self, name):
        # requests looks for the private attribute `_original_response` of every response, for cookies. An
        # HTTPResponse is created for it only when there are any.
        if name.startswith('_') and not self._head.values('set-cookie'):
            raise AttributeError(name)
        return getattr(self._as_urllib3(), name)

    def _as_urllib3(self):
        if self._urllib3_response is None:
            cookies = _CookieSource() if self._head.values('set-cookie') else None
            self._urllib3_response = HTTPResponse(
                body=self.body, headers=self._head.headers, status=self.status, version=self.version,
                reason=self.reason, preload_content=False, original_response=cookies,
                request_method=self._method)
            if cookies:
                cookies.msg = self._urllib3_response.headers
        self.started = True
        return self._urllib3_response


def _decompress(chunks, encoding):
    """Yield a body that is compressed with gzip or deflate as it comes, in pieces of at most BLOCK_SIZE."""
    decompressor, data, last, first = None, b'', b'', True
    try:
        for chunk in chunks:
            data += chunk
            last = (last + chunk)[-len(_FLUSHED):]
            while len(data) > 1 or data and decompressor:
                decompressor = decompressor or zlib.decompressobj(_window_bits(data, encoding, first))
                for piece in _decompressed(decompressor, data):
                    yield piece
                data = decompressor.unused_data
                if data:
                    # Another member of a file in gzip, or what pads it.
                    decompressor, data, first = None, data.lstrip(b'\0'), False
        complete = not data and (decompressor is None or last == _FLUSHED or _has_ended(decompressor))
    except zlib.error as error:
        six.raise_from(_not_decompressed(error), None)
    if not complete:
        raise _not_decompressed('its compressed data ended early')


def _decompressed(decompressor, data):
    piece = decompressor.decompress(data, BLOCK_SIZE)
    while piece:
        yield piece
        # There is more only when it did not fit in.
        piece = (decompressor.decompress(decompressor.unconsumed_tail, BLOCK_SIZE)
                 if len(piece) == BLOCK_SIZE else b'')


def _window_bits(data, encoding, first):
    """Return what zlib takes for the format of compressed data that begins here.

    What follows the end of a member can only be another one in gzip. `deflate` is in zlib's format, but
    some send it without its header.
    """
    if not first:
        return _GZIP_BITS
    method, check = bytearray(data[:2])
    has_header = data.startswith(_GZIP_MAGIC) or method & 15 == 8 and (method * 256 + check) % 31 == 0
    return _GZIP_OR_ZLIB_BITS if has_header or encoding != 'deflate' else _RAW_DEFLATE_BITS


def _has_ended(decompressor):
    """Return whether the end of compressed data has come."""
    if hasattr(decompressor, 'eof'):
        return decompressor.eof
    # Python 2 shows that only by what it does not use of the data behind it.
    return not decompressor.decompress(b'\0') and decompressor.unused_data != b''


def _not_decompressed(error):
    return StreamBroken('The response cannot be decompressed: {0}.'.format(error))


class _CookieSource(object):
    """What requests reads cookies from: in place of http.client's response, of which it uses `msg`."""

    msg = None

    def isclosed(self):
        return False

    def close(self):
        pass
