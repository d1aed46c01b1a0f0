"""Remote API 1.11 (Docker 0.11, May 2014)."""

import zlib

from docker.transport.changes.change import exchange, name_in
from docker.transport.message import Call, succeeded, with_blocks

ATTACH = '/containers/{}/attach'
# What an engine reads of a log at once: less than that is never cut off.
AT_ONCE = 64 * 1024


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
    size, told = 0, 0
    for block in followed.iter_content(chunk_size=None):
        size += len(block)
        told = zlib.crc32(block, told)
        yield block
    if size < AT_ONCE:
        return
    whole = send(stored)
    try:
        if not succeeded(whole):
            return
        seen = 0
        for block in whole.iter_content(chunk_size=None):
            known = block[:size]
            if known:
                size -= len(known)
                seen = zlib.crc32(known, seen)
                block = block[len(known):]
            if not size and seen != told:
                return  # not what was followed: the log was rotated meanwhile
            if block:
                yield block
    finally:
        whole.close()
