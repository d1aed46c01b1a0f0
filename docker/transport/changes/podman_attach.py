"""Podman, where an attach, and what a container was attached to, differ from Docker's."""

import struct

from docker.transport.call import flag_is_set
from docker.transport.changes.change import PODMAN, exchange, response
from docker.transport.response import Body, chunks_of, json_of, succeeded, with_body, with_json

_HEADER = struct.Struct('>LL')
# The streams of an attach, and how the header of a frame begins with each.
_HEADERS = {'stdin': 0, 'stdout': 1 << 24, 'stderr': 2 << 24}


@response(PODMAN, 'GET', '/containers/{}/json')
def inspect_attached_streams(response, call):
    """AttachStdin, AttachStdout and AttachStderr of a Config are false, whatever a container was created
    with: the client has in them what Docker has for a container that was not created detached."""
    inspect = json_of(response)
    config = inspect.get('Config')
    if config:
        config.update(AttachStdin=bool(config.get('OpenStdin')), AttachStdout=True, AttachStderr=True)
    return with_json(response, inspect)


@exchange(PODMAN, 'POST', '/containers/{}/attach')
def attach_to_wanted_streams(call, send):
    """An attach includes each of stdin, stdout and stderr that is not in the query, so that the input of the
    container ends when the connection closes, and the log of all, with line breaks outside of its frames;
    without stdout, one to a terminal ends at once. The client leaves out the output that is not wanted."""
    wanted = {name for name in _HEADERS if flag_is_set(call.query.setdefault(name, '0'))}
    has_log = flag_is_set(call.query.get('logs'))
    if 'stdout' in wanted and not has_log:
        return send(call)
    inspect = send(call.follow_up_inspect())
    if not succeeded(inspect):
        return inspect
    terminal = json_of(inspect, 'Config.Tty')['Config']['Tty']
    if terminal and 'stdout' in wanted or not (terminal or has_log):
        return send(call)
    if terminal and flag_is_set(call.query.get('stream')):
        call.query['stdout'] = '1'
    attached = send(call)
    if not succeeded(attached):
        return attached
    headers = {_HEADERS[name] for name in wanted - {'stdin'}}
    body = _WantedOutput(attached, _nothing_of if terminal else lambda chunks: _frames_of(chunks, headers))
    return with_body(attached, body, attached.status_code, attached.headers)


def _nothing_of(chunks):
    """Yield nothing, and end when the chunks do."""
    return (chunk for chunk in chunks if not chunk)


def _frames_of(chunks, headers):
    """Yield the frames whose headers begin with one of these, and what is no frame of a known stream."""
    data, header = b'', None
    for chunk in chunks:
        data += chunk
        start = 0
        frame = _frame_at(data, start, header)
        while frame:
            header, payload, start = frame
            # An empty frame, of an empty line, is the end for some who read them.
            if payload and (header in headers or header not in _HEADERS.values()):
                yield _HEADER.pack(header, len(payload)) + payload
            frame = _frame_at(data, start, header)
        data = data[start:]
    if data:
        yield data


def _frame_at(data, start, before):
    """Return how the header of a frame begins, its payload and its end, or None while it is incomplete.

    :param before: how the header of the frame before begins, to which a line break in place of a header
        belongs. No header begins with the same byte.
    """
    if before is not None and data.startswith(b'\n', start):
        return before, b'\n', start + 1
    if len(data) < start + _HEADER.size:
        return None
    header, size = _HEADER.unpack_from(data, start)
    start += _HEADER.size
    return (header, data[start:start + size], start + size) if len(data) >= start + size else None


class _WantedOutput(Body):
    """The body of the response to an attach, without some of its output.

    :param source: the response of the engine.
    :param change: called with its chunks; returns those that are wanted.
    """

    def __init__(self, source, change):
        super(_WantedOutput, self).__init__(source)
        self._change = change

    def stream(self, amt=None, decode_content=None):
        return self._change(chunks_of(self._source))

    def detach(self):
        """Return a connected socket, which the caller closes."""
        # Imported here, as few scripts attach to a socket.
        from docker.transport.relay import Relay
        return Relay(self._source.raw.detach(), self, self._change).socket
