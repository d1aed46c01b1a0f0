"""The body of a request as chunks of bytes: what a Session takes for `data`, prepared to be sent."""

import six

from docker.stream import BLOCK_SIZE


def body_chunks(request):
    """Return the body of a PreparedRequest: None, bytes, or an iterator of chunks of bytes.

    :raises ValueError: by the iterator, when they have another length than the request announces.
    """
    body = request.body
    if body is None or isinstance(body, bytes):
        return body
    if isinstance(body, six.text_type):
        return body.encode('utf-8')
    chunks = file_chunks(body) if hasattr(body, 'read') else (_check_bytes(chunk) for chunk in body)
    length = request.headers.get('Content-Length')
    return chunks if length is None else _check_length(chunks, int(length))


def file_chunks(file):
    """Yield a binary file in chunks, the last of them empty."""
    chunk = None
    while chunk != b'':
        chunk = _check_bytes(file.read(BLOCK_SIZE))
        yield chunk


def _check_bytes(chunk):
    if not isinstance(chunk, (bytes, bytearray)):
        raise TypeError('the body of a request takes bytes, not {0}: open files in binary mode'.format(
            type(chunk).__name__))
    return bytes(chunk)


def _check_length(chunks, length):
    missing = length
    for chunk in chunks:
        missing -= len(chunk)
        if missing < 0:
            break
        yield chunk
    if missing:
        raise ValueError('the body was announced with {0} bytes, and has {1}'.format(
            length, 'more' if missing < 0 else length - missing))
