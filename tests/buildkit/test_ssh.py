"""docker.buildkit.ssh: messages cut anywhere, and which of them a build may send."""

import random
import struct

import pytest
import six

from docker.buildkit.grpc import INVALID_ARGUMENT, CallFailed
from docker.buildkit.ssh import REFUSAL, AgentMessages, is_permitted


def agent_message(kind, rest=b''):
    return struct.pack('>LB', 1 + len(rest), kind) + rest


LARGEST = agent_message(13, b'k' * (256 * 1024 - 1))
SEVERAL = [agent_message(11), agent_message(13, b'key and data'), agent_message(17, b'\0' * 300),
           agent_message(11)]


def test_cut_anywhere():
    data = b''.join(SEVERAL)
    for cut in range(len(data) + 1):
        reader = AgentMessages()
        assert reader.feed(data[:cut]) + reader.feed(data[cut:]) == SEVERAL
    reader = AgentMessages()
    assert [message for at in range(len(data)) for message in reader.feed(data[at:at + 1])] == SEVERAL
    chance = random.Random(1)
    for _ in range(50):
        cuts = sorted(chance.randrange(len(data)) for _ in range(5))
        reader, found = AgentMessages(), []
        for begin, end in zip([0] + cuts, cuts + [len(data)]):
            found.extend(reader.feed(data[begin:end]))
        assert found == SEVERAL


def test_the_largest():
    reader = AgentMessages()
    assert reader.feed(LARGEST[:-1]) == []
    assert reader.feed(LARGEST[-1:] + LARGEST) == [LARGEST, LARGEST]


@pytest.mark.parametrize('size', [0, 256 * 1024 + 1, 0xFFFFFFFF])
def test_invalid_lengths(size):
    reader = AgentMessages()
    assert reader.feed(SEVERAL[0] + struct.pack('>L', size)[:3]) == SEVERAL[:1]
    with pytest.raises(CallFailed) as caught:
        reader.feed(struct.pack('>L', size)[3:])
    assert caught.value.status == INVALID_ARGUMENT
    assert caught.value.text == (
        u'this is not the protocol of ssh agents: a message has {0} bytes'.format(size))


def test_nothing_but_listing_and_signing_is_permitted():
    assert [kind for kind in range(256) if is_permitted(agent_message(kind, b'rest'))] == [11, 13]
    assert is_permitted(agent_message(11))


def test_the_refusal_is_a_message_of_an_agent():
    assert AgentMessages().feed(REFUSAL) == [REFUSAL] == [agent_message(5)]
    assert isinstance(REFUSAL, six.binary_type)
