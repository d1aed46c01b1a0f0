"""gRPC, as the methods of a session need it: messages in frames, statuses, the headers of a call.

A frame is a byte, 1 if the message is compressed, the length of the message in four bytes, and the message.
"""

import struct

import six
from six.moves.urllib.parse import quote

_FRAME_HEADER = struct.Struct('>BL')
FRAME_HEADER_SIZE = _FRAME_HEADER.size
# What other implementations of gRPC take at most by default, several times over.
MAX_MESSAGE_SIZE = 16 * 1024 * 1024
# How many characters of a status are sent: it is a header, of which implementations take few.
_MAX_TEXT = 1000

OK, INVALID_ARGUMENT, NOT_FOUND = 0, 3, 5
RESOURCE_EXHAUSTED, FAILED_PRECONDITION, UNIMPLEMENTED, INTERNAL, UNAVAILABLE = 8, 9, 12, 13, 14

RESPONSE_HEADERS = [(b':status', b'200'), (b'content-type', b'application/grpc')]


class CallFailed(Exception):
    """A call of a method that ends with a status that is an error.

    :param status: the number of the status.
    :param text: what it says, as text; the engine shows it to the user.
    :param failure: the exception that the build is to raise, or None.
    """

    def __init__(self, status, text, failure=None):
        super(CallFailed, self).__init__(status, text)
        self.status = status
        self.text = text
        self.failure = failure


def frame(message):
    """Return a message, bytes, in a frame."""
    if isinstance(message, six.text_type):
        # Python 2 would take it, and fail when it is sent.
        raise TypeError('a message is bytes, not text')
    return _FRAME_HEADER.pack(0, len(message)) + message


def trailers(status, text=u''):
    """Return the headers that end a response.

    :param text: what the status says, as text.
    """
    headers = [(b'grpc-status', str(status).encode('ascii'))]
    if text:
        # Names of files may have surrogates, which UTF-8 has not. HTTP/2 has no spaces around a value.
        encoded = text.strip()[:_MAX_TEXT].rstrip().encode('utf-8', 'replace')
        headers.append((b'grpc-message', quote(encoded, safe=' !"#$&\'()*+,-./:;<=>?@[]^_`{|}~')
                        .encode('ascii')))
    return headers


class Unframer(object):
    """Messages out of the bytes of a stream, cut anywhere."""

    def __init__(self):
        self._buffer = bytearray()
        self._need = FRAME_HEADER_SIZE

    @property
    def incomplete(self):
        """How many bytes have come of a message that is not complete."""
        return len(self._buffer)

    def feed(self, data):
        """Return the list of messages that are complete with these bytes.

        :raises CallFailed: for a message that is compressed, or larger than MAX_MESSAGE_SIZE.
        """
        self._buffer += data
        buffered, position, messages = len(self._buffer), 0, []
        while buffered - position >= self._need:
            begin, self._need = position + FRAME_HEADER_SIZE, FRAME_HEADER_SIZE
            compressed, size = _FRAME_HEADER.unpack(bytes(self._buffer[position:begin]))
            if compressed:
                raise CallFailed(UNIMPLEMENTED, u'compressed messages are not supported')
            if size > MAX_MESSAGE_SIZE:
                raise CallFailed(RESOURCE_EXHAUSTED, u'a message of {0} bytes is too large'.format(size))
            if begin + size > buffered:
                self._need = FRAME_HEADER_SIZE + size
                break
            messages.append(bytes(self._buffer[begin:begin + size]))
            position = begin + size
        del self._buffer[:position]
        return messages
