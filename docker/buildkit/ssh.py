"""The protocol of ssh agents, as far as a build may speak it: it lists keys and has them sign, no more.

A message is its length in four bytes, and so many bytes, of which the first is its type. Each request has one
response, in the order of the requests.
"""

import struct

from docker.buildkit.grpc import INVALID_ARGUMENT, CallFailed

_LENGTH = struct.Struct('>L')
# What OpenSSH takes at most.
_MAX_SIZE = 256 * 1024
_LIST_KEYS, _SIGN = 11, 13
# What an agent responds with to what it does not do: a message of the type 5.
REFUSAL = b'\0\0\0\1\5'


class AgentMessages(object):
    """Messages out of the bytes of a connection with an agent, cut anywhere."""

    def __init__(self):
        self._buffer = bytearray()

    def feed(self, data):
        """Return the list of messages that are complete with these bytes, each with its length.

        :raises CallFailed: when a message is empty, or larger than agents take.
        """
        self._buffer += data
        position, messages = 0, []
        while len(self._buffer) - position >= _LENGTH.size:
            size, = _LENGTH.unpack_from(self._buffer, position)
            if not 1 <= size <= _MAX_SIZE:
                raise CallFailed(INVALID_ARGUMENT, u'this is not the protocol of ssh agents: a message has '
                                                   u'{0} bytes'.format(size))
            end = position + _LENGTH.size + size
            if end > len(self._buffer):
                break
            messages.append(bytes(self._buffer[position:end]))
            position = end
        del self._buffer[:position]
        return messages


def is_permitted(message):
    """Return whether a build may send a message, as `AgentMessages` has it, to an agent."""
    return bytearray(message)[_LENGTH.size] in (_LIST_KEYS, _SIGN)
