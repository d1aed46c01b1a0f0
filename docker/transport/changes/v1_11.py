"""Remote API 1.11 (Docker 0.11, May 2014)."""

import collections
import itertools
import zlib

from docker.transport.changes.change import exchange, name_in
from docker.transport.message import Call, succeeded, with_blocks

ATTACH = '/containers/{}/attach'
# What an engine reads of a log at once: less than that is never cut off.
AT_ONCE = 64 * 1024
# How many lines of a stored log are looked at first, at most, and how much of what was told is kept for
# that.
LINES = 1000
COMPARED = 1024 * 1024


@exchange((1, 11), 'POST', ATTACH)
def logs_have_an_endpoint_of_their_own(call, send):
    """GET /containers/{id}/logs is the way to read what was written: attach with `logs` lost or
    doubled lines between the past and the present."""
    query = call.query
    if query.get('logs') != '1' or query.get('stdin') == '1' or call.upgrade:
        return send(call)
    call.method = 'GET'
    call.path = '/containers/{0}/logs'.format(name_in(ATTACH, call))
    query['follow'] = query.pop('stream', '0')
    del query['logs']
    if query['follow'] != '1':
        return send(call)
    stored = Call('GET', call.path, dict(query, follow='0'), recreated=call.recreated)
    answer = send(call)
    if not succeeded(answer):
        return answer
    return with_blocks(answer, to_the_end(answer, stored, send), answer.status_code, answer.headers)


def to_the_end(followed, stored, send):
    """The blocks of a log that is followed, to its very end: when a container ends, an engine may stop
    before it has told the last of it, which the log that it stored has."""
    size, crc, last, kept = 0, 0, collections.deque(), 0
    for block in followed.iter_content(chunk_size=None):
        size += len(block)
        crc = zlib.crc32(block, crc)
        last.append(block)
        kept += len(block)
        while kept - len(last[0]) >= COMPARED:
            kept -= len(last.popleft())
        yield block
    if size < AT_ONCE:
        return
    told, tail = b''.join(last), stored.copy()
    tail.query['tail'] = str(min(LINES, told.count(b'\n') // 2 or 1))
    rest = beyond(told, short(blocks_of(tail, send)))
    for block in blocks_after(size, crc, blocks_of(stored, send)) if rest is None else [rest]:
        yield block


def blocks_of(call, send):
    answer = send(call)
    try:
        if succeeded(answer):
            for block in answer.iter_content(chunk_size=None):
                yield block
    finally:
        answer.close()


def short(blocks):
    """The blocks as one, or nothing when they are too long to be compared: an engine of that time knows
    no `tail`."""
    pieces, size = [], 0
    for block in blocks:
        pieces.append(block)
        size += len(block)
        if size > COMPARED:
            blocks.close()
            return b''
    return b''.join(pieces)


def beyond(told, tail):
    """What the last lines of a stored log have beyond what was told; None when these do not say, because
    nothing that was told is among them, or they say the same over and over."""
    fitting = (end for end in ends_of_lines(tail) if told.endswith(tail[:end]))
    places = list(itertools.islice(fitting, 2))
    return tail[places[0]:] if len(places) == 1 else None


def ends_of_lines(data):
    end = len(data)
    while end > 0:
        yield end
        end = data.rfind(b'\n', 0, end - 1) + 1


def blocks_after(size, crc, blocks):
    """What a stored log has after its first `size` bytes, when these are the ones that were told."""
    seen = 0
    for block in blocks:
        known = block[:size]
        if known:
            size -= len(known)
            seen = zlib.crc32(known, seen)
            block = block[len(known):]
        if not size and seen != crc:
            return  # not what was followed: the log was rotated meanwhile
        if block:
            yield block
