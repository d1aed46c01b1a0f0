# -*- coding: utf-8 -*-
"""docker.buildkit.grpc: frames of messages, in each cut, and the headers that end a call."""

import random

import pytest
import six

from docker.buildkit.grpc import (
    FRAME_HEADER_SIZE, MAX_MESSAGE_SIZE, RESOURCE_EXHAUSTED, UNIMPLEMENTED, CallFailed, Unframer, frame,
    trailers)

STREAM = (b'\0\0\0\0\0' b'\0\0\0\0\1a' b'\0\0\0\0\0' b'\0\0\0\1\0' + b'b' * 256 + b'\0\0\0\0\3\0\1\2')
MESSAGES = [b'', b'a', b'', b'b' * 256, b'\0\1\2']


def cuttings(data):
    """The same bytes as lists of chunks: whole, byte by byte, in two, at random, with empty ones between."""
    yield [data]
    yield [data[at:at + 1] for at in range(len(data))]
    for at in range(len(data) + 1):
        yield [data[:at], b'', data[at:]]
    chance = random.Random(len(data))
    for _ in range(20):
        cuts = sorted(chance.randrange(len(data) + 1) for _ in range(chance.randrange(1, 12)))
        yield [data[start:end] for start, end in zip([0] + cuts, cuts + [len(data)])]


@pytest.mark.parametrize('message,framed', [
    (b'', b'\0\0\0\0\0'), (b'abc', b'\0\0\0\0\3abc'), (b'x' * 65536, b'\0\0\1\0\0' + b'x' * 65536)])
def test_a_frame(message, framed):
    assert frame(message) == framed
    assert Unframer().feed(framed) == [message]


@pytest.mark.parametrize('message', [u'text', None, 5, [1]])
def test_what_is_no_message(message):
    with pytest.raises(TypeError):
        frame(message)


def test_messages_in_each_cut():
    for chunks in cuttings(STREAM):
        unframer = Unframer()
        messages = []
        for chunk in chunks:
            messages.extend(unframer.feed(chunk))
        assert messages == MESSAGES
        assert {type(message) for message in messages} == {bytes}
        assert unframer.incomplete == 0


def test_what_is_incomplete():
    unframer = Unframer()
    sizes = []
    for at in range(11):
        unframer.feed(STREAM[at:at + 1])
        sizes.append(unframer.incomplete)
    assert sizes == [1, 2, 3, 4, 0, 1, 2, 3, 4, 5, 0]
    assert unframer.feed(b'\0\0\0\0\1x\0\0') == [b'x'] and unframer.incomplete == 2


@pytest.mark.parametrize('data,status,text', [
    (b'\1\0\0\0\1x', UNIMPLEMENTED, u'compressed messages are not supported'),
    (b'\xff\0\0\0\0', UNIMPLEMENTED, u'compressed messages are not supported'),
    (b'HTTP/', UNIMPLEMENTED, u'compressed messages are not supported'),
    (b'\0\1\0\0\1', RESOURCE_EXHAUSTED, u'a message of 16777217 bytes is too large'),
    (b'\0\xff\xff\xff\xff', RESOURCE_EXHAUSTED, u'a message of 4294967295 bytes is too large')])
def test_a_frame_that_is_refused(data, status, text):
    """It is by its first five bytes, whatever came before."""
    for before in (b'', STREAM):
        unframer = Unframer()
        for at in range(len(before)):
            unframer.feed(before[at:at + 1])
        for at in range(FRAME_HEADER_SIZE - 1):
            assert unframer.feed(data[at:at + 1]) == []
        with pytest.raises(CallFailed) as raised:
            unframer.feed(data[FRAME_HEADER_SIZE - 1:])
        assert (raised.value.status, raised.value.text) == (status, text)
        with pytest.raises(CallFailed):
            Unframer().feed(before + data)


def test_the_largest_message():
    message = b'm' * MAX_MESSAGE_SIZE
    unframer = Unframer()
    framed = frame(message)
    for at in range(0, len(framed) - 1, 65536):
        assert unframer.feed(framed[at:min(at + 65536, len(framed) - 1)]) == []
    assert unframer.incomplete == len(framed) - 1
    received, = unframer.feed(framed[-1:])
    assert received == message and unframer.incomplete == 0


@pytest.fixture
def traced_memory():
    """A function that returns the memory that is taken since the test began, and its peak, in bytes."""
    if six.PY2:
        pytest.skip('Python 2 has no tracemalloc')
    import tracemalloc
    tracemalloc.start()
    yield tracemalloc.get_traced_memory
    tracemalloc.stop()


def test_empty_pieces_take_no_memory(traced_memory):
    """An engine may send frames of HTTP/2 without anything in them, which count in no window."""
    unframer = Unframer()
    unframer.feed(b'\0\0\0\0\5ab')
    before = traced_memory()[0]
    for _ in range(100000):
        unframer.feed(b'')
    assert traced_memory()[0] - before < 10000
    assert unframer.feed(b'cde') == [b'abcde']


def test_a_message_in_small_pieces_takes_its_size(traced_memory):
    unframer = Unframer()
    unframer.feed(b'\0\0\x10\0\0')
    for _ in range(2 ** 18):
        unframer.feed(b'abcd'[:3])
    assert traced_memory()[0] < 2 ** 20


def test_a_length_that_is_announced_takes_no_memory(traced_memory):
    unframer = Unframer()
    unframer.feed(b'\0\1\0\0\0')
    assert traced_memory()[1] < 10000


@pytest.mark.parametrize('status,text,headers', [
    (0, u'', [(b'grpc-status', b'0')]),
    (5, u'no such secret', [(b'grpc-status', b'5'), (b'grpc-message', b'no such secret')]),
    (16, u'100% a\xe9\n\x7f', [(b'grpc-status', b'16'), (b'grpc-message', b'100%25 a%C3%A9%0A%7F')]),
    (2, u'!"#$&\'()*+,-./:;<=>?@[]^_`{|}~\\', [
        (b'grpc-status', b'2'), (b'grpc-message', b'!"#$&\'()*+,-./:;<=>?@[]^_`{|}~%5C')]),
    (2, u'\U0001f433', [(b'grpc-status', b'2'), (b'grpc-message', b'%F0%9F%90%B3')]),
    (2, u' \n two words\t', [(b'grpc-status', b'2'), (b'grpc-message', b'two words')]),
    (2, u'x' * 20000, [(b'grpc-status', b'2'), (b'grpc-message', b'x' * 1000)]),
    (2, u'x' * 999 + u' y', [(b'grpc-status', b'2'), (b'grpc-message', b'x' * 999)])])
def test_trailers(status, text, headers):
    assert trailers(status, text) == headers
    assert {type(value) for pair in trailers(status, text) for value in pair} == {bytes}


def test_trailers_of_a_name_in_no_encoding():
    """On Python 3, a name of a file has surrogates for the bytes that are in no encoding."""
    (_, _), (_, text) = trailers(2, u'a\udcffb')
    assert text == (b'a?b' if six.PY3 else b'a%ED%B3%BFb')


def test_a_call_that_failed():
    error = CallFailed(5, u'secret x not found')
    assert (error.status, error.text) == (5, u'secret x not found')
    assert 'secret x not found' in str(error)
