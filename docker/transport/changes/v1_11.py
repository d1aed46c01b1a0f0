"""Remote API 1.11 (Docker 0.11, May 2014)."""

import collections
import itertools
import zlib

from docker.transport.call import Call
from docker.transport.changes.change import exchange, name_in
from docker.transport.response import chunks_of, succeeded, with_chunks

_ATTACH = '/containers/{}/attach'
_LOGS = '/containers/{}/logs'
# What an engine reads of a log at once: a shorter log is never truncated.
_READ_AT_ONCE = 64 * 1024
# How many of the last lines of the stored log are read first, at most, and how many of the bytes that were
# passed on are kept to compare them with.
_TAIL_LINES = 1000
_COMPARED_SIZE = 1024 * 1024


@exchange((1, 11), 'GET', '/_ping', when=lambda spoken, newest: newest < (1, 11))
def ping_is_added(call, send):
    """GET /_ping is added; before, the client requests GET /version in its place."""
    call.path = '/version'
    response = send(call)
    if not succeeded(response):
        return response
    return with_chunks(response, iter([b'OK']), 200, {'Content-Type': 'text/plain; charset=utf-8'})


@exchange((1, 11), 'POST', _ATTACH)
def logs_endpoint(call, send):
    """GET /containers/{id}/logs is added: the client uses it for existing output, as attach with `logs`
    can lose or repeat lines between existing and new output."""
    query = call.query
    if query.get('logs') != '1' or query.get('stdin') == '1' or call.upgrade:
        return send(call)
    call.method = 'GET'
    call.path = '/containers/{0}/logs'.format(name_in(_ATTACH, call))
    query['follow'] = query.pop('stream', '0')
    del query['logs']
    return send(call)


@exchange((1, 11), 'GET', _LOGS)
def followed_log_to_its_end(call, send):
    """GET /containers/{id}/logs is added: when it follows the output of a container, and that exits, an
    engine may stop before it has sent the last lines, so that the client reads them from the stored log."""
    if call.query.get('follow') != '1':
        return send(call)
    stored = Call('GET', call.path, dict(call.query, follow='0'), recreated=call.recreated)
    response = send(call)
    if not succeeded(response):
        return response
    return with_chunks(response, _complete_log(response, stored, send), response.status_code,
                       response.headers)


def _complete_log(followed, stored, send):
    """Yield a log that is followed, to its very end.

    When a container ends, an engine may stop before it has sent the last lines; the stored log has them.

    :param followed: the response.
    :param stored: the call for the stored log.
    """
    size, crc, last, kept = 0, 0, collections.deque(), 0
    for chunk in chunks_of(followed):
        size += len(chunk)
        crc = zlib.crc32(chunk, crc)
        last.append(chunk)
        kept += len(chunk)
        while kept - len(last[0]) >= _COMPARED_SIZE:
            kept -= len(last.popleft())
        yield chunk
    if size < _READ_AT_ONCE:
        return
    received, tail = b''.join(last), stored.copy()
    tail.query['tail'] = str(min(_TAIL_LINES, received.count(b'\n') // 2 or 1))
    rest = _rest_of_tail(received, _join_short(_stored_chunks(tail, send)))
    for chunk in _skip(size, crc, _stored_chunks(stored, send)) if rest is None else [rest]:
        yield chunk


def _stored_chunks(call, send):
    response = send(call)
    try:
        if succeeded(response):
            for chunk in chunks_of(response):
                yield chunk
    finally:
        response.close()


def _join_short(chunks):
    """Join chunks, or return b'' if they are too long to compare: engines of that time ignore `tail`."""
    pieces, size = [], 0
    for chunk in chunks:
        pieces.append(chunk)
        size += len(chunk)
        if size > _COMPARED_SIZE:
            chunks.close()
            return b''
    return b''.join(pieces)


def _rest_of_tail(received, tail):
    """Return what the last lines of a stored log have after what was received.

    None when that is unknown, because they contain nothing of it, or repeat themselves.
    """
    matches = (end for end in _line_ends(tail) if received.endswith(tail[:end]))
    ends = list(itertools.islice(matches, 2))
    return tail[ends[0]:] if len(ends) == 1 else None


def _line_ends(data):
    end = len(data)
    while end > 0:
        yield end
        end = data.rfind(b'\n', 0, end - 1) + 1


def _skip(size, crc, chunks):
    """Yield what a stored log has after its first `size` bytes, if their checksum is `crc`."""
    checksum = 0
    for chunk in chunks:
        known = chunk[:size]
        if known:
            size -= len(known)
            checksum = zlib.crc32(known, checksum)
            chunk = chunk[len(known):]
        if not size and checksum != crc:
            return  # another log: it was rotated meanwhile
        if chunk:
            yield chunk
