"""Podman, where the archives of its containers differ from those of the Docker whose version it speaks."""

import base64
import json
import posixpath
import tarfile

import six

from docker.compat import to_native_string
from docker.transport.body import file_chunks
from docker.transport.changes.change import PODMAN, exchange, request, response
from docker.transport.response import json_response, succeeded

_ARCHIVE = '/containers/{}/archive'
_STAT = 'X-Docker-Container-Path-Stat'
# The bit of a symbolic link in a mode, as Go has it.
_LINK = 1 << 27
# An archive ends with two blocks of zeros; more of them may follow.
_BLOCK = 512
_END = b'\0' * 2 * _BLOCK
# The members whose header may have a size, and that no data follows.
_WITHOUT_DATA = (tarfile.LNKTYPE, tarfile.SYMTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.DIRTYPE,
                 tarfile.FIFOTYPE)
# Headers with settings of the member after them, and how many bytes of them are kept at most.
_EXTENDED = (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE)
_LONGEST_EXTENSION = 1 << 20


@response(PODMAN, 'GET', _ARCHIVE)
@response(PODMAN, 'HEAD', _ARCHIVE)
def stat_has_another_link_target(response, call):
    """The header with what a path is has the path itself as linkTarget of what is no link, the name of its
    target for a link, and isDir."""
    try:
        stat = json.loads(base64.b64decode(response.headers[_STAT].encode('ascii')).decode('utf-8'))
        is_link = stat['mode'] & _LINK
    except (KeyError, TypeError, ValueError):
        return response
    stat.pop('isDir', None)
    if is_link:
        path = to_native_string(call.query.get('path', ''))
        stat['name'] = posixpath.basename(path.rstrip('/'))
    else:
        stat['linkTarget'] = ''
    response.headers[_STAT] = base64.b64encode(json.dumps(stat).encode('utf-8')).decode('ascii')
    return response


@exchange(PODMAN, 'PUT', _ARCHIVE)
def put_refuses_a_missing_directory(call, send):
    """An upload to a directory that does not exist creates it: Docker refuses it."""
    path = call.query.get('path', '')
    head = call.follow_up('HEAD', call.path)
    head.query['path'] = path
    stat = send(head)
    stat.close()
    if stat.status_code != 404:
        return send(call)
    inspect = send(call.follow_up_inspect())
    if not succeeded(inspect):
        return inspect
    message = 'Could not find the file {0} in container {1}'.format(path, call.path.split('/')[2])
    return json_response(404, {'message': message}, inspect)


@request(PODMAN, 'PUT', _ARCHIVE)
def put_fails_on_padding(call):
    """An upload of an archive that is padded, as tar does to 10 KiB, fails at times: what extracts it may
    have ended by then."""
    body = call.body
    if isinstance(body, bytes):
        call.body = b''.join(_without_padding([body]))
    elif body is not None:
        call.body = _without_padding(file_chunks(body) if hasattr(body, 'read') else iter(body))
    call.content_type = 'application/x-tar'


def _without_padding(chunks):
    """Yield a tar archive up to its end, behind which nothing is extracted. What is no tar archive, such as a
    compressed one, stays as it is.

    :param chunks: an iterable of bytes.
    """
    pending, skipped = b'', 0
    chunks = iter(chunks)
    for chunk in chunks:
        # The rest of what a member has after its header.
        data, chunk = chunk[:skipped], chunk[skipped:]
        skipped -= len(data)
        pending += chunk
        position, ended = _end_of_members(pending)
        yield data + (pending if position is None else pending[:position])
        if ended:
            yield _END
            for _ in chunks:
                pass    # so that an iterator of the caller's comes to its end, too
            return
        if position is None:
            for chunk in chunks:
                yield chunk
            return
        skipped = skipped or max(position - len(pending), 0)
        pending = pending[position:]
    yield pending


def _end_of_members(archive):
    """Return where the last member ends whose header is in a part of an archive, and whether it ends there.

    The former is None for what is no tar archive, and where a header does not show how long its member is.
    """
    position = 0
    while position + len(_END) <= len(archive):
        if archive.startswith(_END, position):
            return position, True
        end = _end_of_member(archive, position)
        if end is None:
            return None, False
        if end == position:
            break   # more of the archive is needed
        position = end
    return position, False


def _end_of_member(archive, position):
    try:
        member = tarfile.TarInfo.frombuf(archive[position:position + _BLOCK],
                                         *([] if six.PY2 else ['utf-8', 'surrogateescape']))
    except (tarfile.TarError, ValueError):
        return None
    if member.type in _WITHOUT_DATA:
        return position + _BLOCK
    end = position + _BLOCK - (-member.size // _BLOCK) * _BLOCK
    if member.size < 0 or member.type == tarfile.GNUTYPE_SPARSE:
        return None
    if member.type in _EXTENDED:
        if end > len(archive):
            return position if member.size <= _LONGEST_EXTENSION else None
        if b' size=' in archive[position + _BLOCK:end]:
            return None
    return end
