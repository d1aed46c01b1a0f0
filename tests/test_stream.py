# -*- coding: utf-8 -*-
"""docker.stream: the decoders for every cut of their input; Stream and FileStream over a real connection."""

import copy
import io
import json
import pickle
import random
import sys
import tarfile
import threading

import pytest
import six

import docker
from docker import stream
from docker.errors import OperationFailed, StreamBroken
from docker.stream import (
    FileStream, Stream, build_output, decode_text, demultiplex, demultiplex_pairs, join_chunks, join_output,
    json_items, multiplex)
from tests.server import HIJACKED, as_json, chunk, chunked, frame, http
from tests.wire import negotiated

KIB = 1024
TAR_HEAD = (b'HTTP/1.1 200 OK\r\nContent-Type: application/x-tar\r\n'
            b'Transfer-Encoding: chunked\r\n\r\n')
JSON_HEAD = TAR_HEAD.replace(b'x-tar', b'json')


@pytest.fixture
def client(server):
    client = negotiated(docker.Client(server.url, timeout=10), server)
    yield client
    client.close()


def cuttings(data):
    """The same bytes as lists of chunks: whole, byte by byte, cut in two anywhere, at random."""
    yield [data]
    yield [data[at:at + 1] for at in range(len(data))]
    if len(data) <= 2 * KIB:
        for at in range(len(data) + 1):
            yield [data[:at], data[at:]]
    chance = random.Random(len(data))
    for _ in range(20):
        cuts = sorted(chance.randrange(len(data) + 1) for _ in range(chance.randrange(1, 12)))
        yield [data[start:end] for start, end in zip([0] + cuts, cuts + [len(data)])]


def outcomes(decoder, data, join=None):
    """Return the set of (items, class and text of an error) of a decoder, for all cuts of the data."""
    seen = set()
    for chunks in cuttings(data):
        items, ended = [], None
        try:
            for item in decoder(iter(chunks)):
                items.append(item)
        except (OperationFailed, StreamBroken) as error:
            ended = (type(error), getattr(error, 'explanation', str(error)))
        seen.add((tuple(items) if join is None else join.join(items), ended))
    return seen


def only_outcome(*args, **kwargs):
    (outcome,) = outcomes(*args, **kwargs)
    return outcome


# Frames

@pytest.mark.parametrize('data, items', [
    (b'', ()),
    (frame(1, b'out'), (b'out',)),
    (frame(1, b'out') + frame(2, b'err') + frame(0, b'in'), (b'out', b'err', b'in')),
    (frame(1, b''), ()),
    (frame(1, b'') + frame(1, b'a') + frame(2, b'') + frame(2, b'b') + frame(1, b''), (b'a', b'b')),
    (frame(1, b'\0' * 20) + frame(1, b'\1\0\0\0\0\0\0\0'), (b'\0' * 20, b'\1\0\0\0\0\0\0\0')),
    (frame(1, b'x' * 300) + frame(2, b'y' * 65) + frame(1, b'z'), (b'x' * 300, b'y' * 65, b'z')),
    (frame(1, u'é'.encode('utf-8')[:1]) + frame(1, u'é'.encode('utf-8')[1:]), (b'\xc3', b'\xa9')),
])
def test_frames_are_the_same_however_they_are_cut(data, items):
    assert only_outcome(demultiplex, data) == (items, None)


def test_frames_of_both_outputs_apart():
    data = frame(1, b'a') + frame(2, b'b') + frame(2, b'') + frame(0, b'c') + frame(1, b'd')
    pairs = ((b'a', None), (None, b'b'), (b'c', None), (b'd', None))
    assert only_outcome(demultiplex_pairs, data) == (pairs, None)
    assert join_output(pairs, True) == (b'acd', b'b')
    assert join_output([], True) == (None, None)
    assert join_output([(None, b'b')], True) == (None, b'b')


def test_bytes_as_frames():
    assert list(multiplex([b'a', b'', b'bc'])) == [frame(1, b'a'), frame(1, b'bc')]
    assert list(demultiplex(multiplex([b'\0' * 70000]))) == [b'\0' * 70000]


@pytest.mark.parametrize('size', [256 * KIB - 8, 256 * KIB, 256 * KIB + 1, 1024 * KIB])
def test_frames_longer_than_any_read(size):
    big = bytes(bytearray(range(256))) * (size // 256) + b'!' * (size % 256)
    data = frame(1, big) + frame(2, b'after')
    for step in (4096, 256 * KIB, 256 * KIB + 3, len(data)):
        chunks = [data[at:at + step] for at in range(0, len(data), step)]
        assert list(demultiplex(chunks)) == [big, b'after']


def test_a_frame_is_yielded_before_the_next_chunk_is_read():
    def chunks():
        yield frame(1, b'first') + frame(1, b'second')[:9]
        raise AssertionError('more was read than needed')
    assert next(demultiplex(chunks())) == b'first'


def test_frames_end_inside_a_frame_of_4_gib():
    data = frame(1, b'a') + b'\2\0\0\0\xff\xff\xff\xff' + b'x' * 50
    items, (kind, message) = only_outcome(demultiplex, data)
    assert items == (b'a',)
    assert kind is StreamBroken
    assert '4294967295' in message and '50 ' in message


@pytest.mark.parametrize('header', [
    b'\1', b'\1\0\0', b'\1\0\0\0', b'\1\0\0\0\0', b'\2\0\0\0\0\0\0', b'\1\0\0\0\0\0\x10',
    b'\1\0\0\0\xff\xff\xff', b'\0\0\0\0\0a',
])
def test_frames_end_inside_a_header(header):
    items, (kind, message) = only_outcome(demultiplex, frame(1, b'a') + header)
    assert items == (b'a',)
    assert kind is StreamBroken
    assert str(len(header)) in message


@pytest.mark.parametrize('text', [
    b'x',
    b'no tty',
    b'Error: no such container',
    b'\1not a frame, though it begins as one',
    b'\1\0\0!but text',
    u'Größe überschritten'.encode('utf-8'),
    b'  spaces around \r\n',
    b'line\n' * 300,
])
@pytest.mark.parametrize('before', [(), (b'a',)])
def test_text_where_a_frame_should_begin(text, before):
    data = b''.join(frame(1, item) for item in before) + text
    expected = text.decode('utf-8').strip()
    if six.PY2:
        expected = expected.encode('utf-8')
    assert only_outcome(demultiplex, data) == (before, (OperationFailed, expected))


def test_a_long_text_in_place_of_frames_is_cut():
    def endless():
        while True:
            yield b'panic! ' * KIB
    with pytest.raises(OperationFailed) as caught:
        list(demultiplex(endless()))
    assert 1024 < len(caught.value.explanation) <= stream._MAX_ERROR_SIZE


def test_the_engines_own_errors_are_stream_3():
    data = frame(1, b'a') + frame(3, b'error from daemon\n') + frame(1, b'b')
    assert only_outcome(demultiplex, data) == ((b'a',), (OperationFailed, 'error from daemon'))


# JSON objects

OBJECTS = [
    u'{}',
    u'{"status":"Pulling"}',
    u'{"a": {"b": [{"c": {}}, 1, null, true, -1.5e3]}}',
    u'{"braces": "}{ }} {{ ]["}',
    u'{"quotes": "say \\"}\\" and \\\\"}',
    u'{"back\\\\": "\\\\\\""}',
    u'{"text": "é € 🐳 \\u20ac \\ud83d\\udc33"}',
    u'{"pretty":\r\n  [1,\n   2]\n}',
]


@pytest.fixture(params=[True, False], ids=['values', 'texts'])
def json_objects(request):
    """A decoder to the texts of objects; it parses all of them, or only those that have to be."""
    return lambda chunks: (item for item, _ in json_items(chunks, parse_all=request.param))


@pytest.mark.parametrize('between', [u'', u'\n', u'\r\n', u' ', u'\n\n\t \r\n'])
@pytest.mark.parametrize('around', [u'', u'\r\n '])
def test_json_objects_are_the_same_however_they_are_cut(json_objects, between, around):
    data = (around + between.join(OBJECTS) + around).encode('utf-8')
    assert only_outcome(json_objects, data) == (tuple(OBJECTS), None)


def test_json_objects_are_text_that_loads(json_objects):
    for item in json_objects([u''.join(OBJECTS).encode('utf-8')]):
        assert isinstance(item, six.text_type)
        assert isinstance(json.loads(item), dict)


@pytest.mark.parametrize('nothing', [b'', b'\n', b'  \r\n\t'])
def test_no_json_objects(json_objects, nothing):
    assert only_outcome(json_objects, nothing) == ((), None)


def test_a_json_object_is_yielded_before_the_next_chunk_is_read(json_objects):
    def chunks():
        yield b'{"status": "one"}\n{"status":'
        raise AssertionError('more was read than needed')
    assert next(json_objects(chunks())) == u'{"status": "one"}'


@pytest.mark.parametrize('tail', [
    b'{', b'{"a"', b'{"a": "}', b'{"a": "}"', b'{"a": {"b": 1}', b'{"a": "\\"}', b'{"a": "\xc3',
    b'{"a": [}',
])
def test_json_objects_end_inside_one(json_objects, tail):
    for items, ended in outcomes(json_objects, b'{"first": 1}\n' + tail):
        assert items == (u'{"first": 1}',)
        assert ended[0] is StreamBroken


@pytest.mark.parametrize('garbage', [
    b'garbage', b'}', b'null', b'"text"', b'[1]', b'<html>}</html>', b'HTTP/1.1 500 {"a": 1}',
    b', {"a": 1}',
])
@pytest.mark.parametrize('before', [(), (u'{"first": 1}',)])
def test_json_objects_with_something_else_among_them(json_objects, garbage, before):
    data = u''.join(before).encode('ascii') + b'\n' + garbage
    for items, ended in outcomes(json_objects, data):
        assert items == before
        assert ended[0] is StreamBroken


def test_what_is_no_json_object_is_shown_in_the_error(json_objects):
    with pytest.raises(StreamBroken) as caught:
        list(json_objects([b'{"a": 1} Error: no such image']))
    assert 'Error: no such image' in str(caught.value)


@pytest.mark.parametrize('start', [b'oops', b'{"a": nonsense}', b'{"a" 1}{"b": 2}'])
def test_something_else_among_json_objects_is_an_error_at_once(json_objects, start):
    def chunks():
        yield start
        for _ in range(100):
            yield b' {"b": 2}'
        raise AssertionError('held back until the end of the stream')
    with pytest.raises(StreamBroken):
        list(json_objects(chunks()))


def parsed(data):
    """Return which of the objects of a stream are parsed with `parse_all=False`."""
    return [value is not None for _, value in json_items([data], parse_all=False)]


def test_json_objects_on_lines_of_their_own_are_not_parsed():
    assert parsed(b'{"a": 1}\r\n{"a": "} {"}\n\n{"a": {"b": 2}}\n') == [True] * 3
    assert parsed(b'{"a": 1}\r\n{"a": 2}\n\n{"a": {"b": 2}}\n') == [False, False, True]


@pytest.mark.parametrize('data', [
    b'{"a": 1}{"a": 2}\n{"a": 3}', b'{"a": 1}\n{"error": "no"}\n{"a": 3}',
    b'{"a": 1}\n{"a": 2}\n{"errorDetail": {"message": "no"}}', b'{"a": 1} {"a": 2}\n{"a": "}{"}',
    b'{"a":\n1}\n{"a": 2}\n{"a": 3}'])
def test_json_objects_are_parsed_where_that_is_needed(data):
    assert parsed(data) == [True] * 3
    assert list(json_items([data], parse_all=False)) == list(json_items([data]))


@pytest.mark.parametrize('line', [b'null', b'[1]', b'5', b'"text"', b'junk'])
def test_a_line_without_an_object_breaks_the_stream(json_objects, line):
    items = json_objects([b'{"a": 1}\n{"a": 2}\n' + line + b'\n{"a": 3}\n{"a": 4}\n{"a": 5}'])
    assert [next(items), next(items)] == [u'{"a": 1}', u'{"a": 2}']
    with pytest.raises(StreamBroken, match='Expected a JSON object, got'):
        next(items)


@pytest.mark.parametrize('item, message', [
    (b'{"a": NaN}', 'got: {"a": NaN}'), (b'{"a": -Infinity}', 'got: {"a": -Infinity}'),
    (b'{"a": ' * 20000 + b'1' + b'}' * 20000, 'nested too deeply')])
def test_what_no_json_object_can_be_breaks_the_stream(json_objects, item, message):
    with pytest.raises(StreamBroken, match=message):
        list(json_objects([item]))


def test_json_objects_that_were_parsed_are_checked():
    checked = []
    list(json_items([b'{"a": 1}\n{"a": 2}\n{"a": 3}\n'], parse_all=False, check=checked.append))
    assert checked == [{'a': 3}]


def test_the_last_object_of_a_chunk_is_parsed():
    items = json_items([b'{"a": 1}\n{"a": 2}\n{"a"', b': 3}\n{"a": 4}\n{"a": 5}\n'], parse_all=False)
    assert list(items) == [(u'{"a": 1}', None), (u'{"a": 2}', None), (u'{"a": 3}', None),
                           (u'{"a": 4}', None), (u'{"a": 5}', {'a': 5})]


def big_object():
    entries = [{u'path': u'/usr/lib/{0}'.format(number), u'note': u'a "quoted" } brace',
                u'inner': {u'size': number}} for number in range(5000)]
    return json.dumps({u'entries': entries, u'text': u'x' * 500000})


@pytest.mark.parametrize('step', [256, 4096, 65536])
def test_a_large_json_object_is_not_scanned_over_and_over(json_objects, step, monkeypatch):
    scanned = []

    class Counting(json.JSONDecoder):
        def raw_decode(self, s, idx=0):
            scanned.append(len(s) - idx)
            return super(Counting, self).raw_decode(s, idx)

    big = big_object()
    monkeypatch.setattr(stream.json, 'JSONDecoder', Counting)
    data = big.encode('ascii')
    chunks = (data[at:at + step] for at in range(0, len(data), step))
    assert list(json_objects(chunks)) == [big]
    assert sum(scanned) < 20 * len(data)


def test_a_json_object_of_5_mb_in_small_chunks(json_objects):
    data = b'{"layer": "' + b'0123456789abcde\\n' * (5 * KIB * KIB // 17) + b'"}'
    chunks = (data[at:at + 64] for at in range(0, len(data), 64))
    assert list(json_objects(chunks)) == [data.decode('ascii')]


def test_many_json_objects_in_one_chunk(json_objects):
    objects = [u'{{"number": {0}}}'.format(number) for number in range(20000)]
    assert list(json_objects([u''.join(objects).encode('ascii')])) == objects


# Text, builds, joined chunks

@pytest.mark.parametrize('data, expected', [
    (b'', u''),
    (u'Step 1 : FROM busybox\r\n'.encode('utf-8'), u'Step 1 : FROM busybox\r\n'),
    (u'é€🐳é'.encode('utf-8'), u'é€🐳é'),
    (b'\xff\xfeok\x80', u'��ok�'),
    (b'cut \xe2\x82', u'cut �'),
])
def test_text_is_the_same_however_it_is_cut(data, expected):
    assert only_outcome(decode_text, data, join=u'') == (expected, None)


def test_text_has_no_empty_pieces():
    for chunks in cuttings(u'é€🐳'.encode('utf-8')):
        assert all(decode_text(chunks))


@pytest.mark.parametrize('objects, text', [
    ([{'stream': u'Step 1\n'}, {'stream': u' ---> é\n'}], u'Step 1\n ---> é\n'),
    ([{'status': u'Pulled'}, {'status': u'Layer', 'progressDetail': {'current': 1}}], u'Pulled\n'),
    ([{'stream': u'a\n'}, {'error': u'no', 'errorDetail': {'message': u'no'}}], u'a\nno\n'),
    ([{'aux': {'ID': u'sha256:1'}}, {'stream': u'}{'}], u'}{'),
    ([{'stream': None}, {'stream': None, 'error': None, 'status': u'a'}, {'error': None}], u'a\n'),
    ([], u''),
])
def test_the_text_of_a_build(objects, text):
    data = u'\r\n'.join(json.dumps(item) for item in objects).encode('utf-8')
    assert only_outcome(lambda chunks: build_output(json_items(chunks)), data,
                        join=u'') == (text, None)


def test_joined_chunks():
    for data in (b'', b'a', bytes(bytearray(range(256)))):
        for chunks in cuttings(data):
            assert join_chunks(chunks) == data
            assert isinstance(join_chunks(chunks), bytes)


# Stream, over a connection

def silent_after(sent, hung_up):
    """A response that is followed by silence; `hung_up` is set when the client hangs up."""
    def respond(peer):
        peer.read_request()
        peer.send(sent)
        peer.wait_closed()
        hung_up.set()
        return False
    return respond


def events(server, client, sent=b'', hung_up=None):
    server.respond(silent_after(JSON_HEAD + sent, hung_up or threading.Event()))
    return client.events()


def in_thread(function):
    """Start the function in a thread, and return a function that waits for its result."""
    results = []
    thread = threading.Thread(target=lambda: results.append(function()))
    thread.start()

    def join():
        thread.join(30)
        assert not thread.is_alive(), 'it hangs'
        return results[0]
    return join


def test_a_stream_yields_items_as_they_come(server, client):
    taken = threading.Event()

    def respond(peer):
        peer.read_request()
        peer.send(JSON_HEAD + chunk(b'{"n": 1}'))
        taken.wait(30)
        peer.send(chunk(b'{"n": 2}') + b'0\r\n\r\n')
        return True

    server.respond(respond)
    items = client.events()
    assert next(items) == u'{"n": 1}'
    taken.set()
    assert next(items) == u'{"n": 2}'
    assert list(items) == []


def test_a_read_stream_is_closed_and_its_connection_kept(server, client):
    server.respond(chunked([b'{"n": 1}']), as_json({}))
    items = client.events()
    assert list(items) == [u'{"n": 1}']
    assert items.closed
    client.info()
    assert server.connections == 1


RUNNING = as_json({'Config': {'Tty': False}, 'State': {'Running': True}})
ENDED = as_json({'Config': {'Tty': False},
                 'State': {'Running': False, 'StartedAt': '2013-11-01T00:00:00Z'}})


@pytest.mark.parametrize('call, before', [
    (lambda client: client.events(), []),
    (lambda client: client.logs('c', stream=True), [RUNNING]),
    (lambda client: client.pull('busybox', stream=True), []),
    (lambda client: client.export('c'), []),
], ids=['events', 'logs', 'pull', 'export'])
@pytest.mark.parametrize('way', ['drop', 'close', 'with'])
def test_a_stream_that_is_not_read_frees_its_connection(server, client, call, before, way):
    hung_up = threading.Event()
    server.respond(*before)
    server.respond(silent_after(HIJACKED, hung_up))
    items = call(client)
    if way == 'close':
        items.close()
    elif way == 'with':
        with items:
            pass
    else:
        del items
    assert hung_up.wait(30)


@pytest.mark.parametrize('way', ['drop', 'close', 'with', 'throw'])
def test_a_stream_left_half_way_frees_its_connection(server, client, way):
    hung_up = threading.Event()
    items = events(server, client, chunk(b'{"n": 1}{"n": 2}'), hung_up)
    assert next(items) == u'{"n": 1}'
    if way == 'close':
        items.close()
    elif way == 'with':
        with items:
            pass
    elif way == 'throw':
        with pytest.raises(KeyError):
            items.throw(KeyError('mine'))
    if way != 'drop':
        assert list(items) == []
    del items
    assert hung_up.wait(30)


def test_an_exception_in_a_with_statement_closes_the_stream(server, client):
    hung_up = threading.Event()
    with pytest.raises(KeyError):
        with events(server, client, chunk(b'{}'), hung_up) as items:
            next(items)
            raise KeyError('mine')
    assert items.closed
    assert hung_up.wait(30)


@pytest.mark.parametrize('sent', [
    b'', chunk(b'{"n": 1}'), chunk(b'{"n": 1}{"n"'), chunk(b'{"n": 1}') + b'FF\r\n{"n": 2',
], ids=['nothing', 'items', 'half an item', 'half a chunk'])
def test_close_from_another_thread_ends_a_read_that_waits(server, client, sent):
    hung_up, sent_all, got = threading.Event(), threading.Event(), threading.Event()
    wanted = sent.count(b'1')

    def respond(peer):
        peer.read_request()
        peer.send(JSON_HEAD + sent)
        sent_all.set()
        peer.wait_closed()
        hung_up.set()
        return False

    def read():
        items = []
        for item in stream_of:
            items.append(item)
            got.set()
        return items

    server.respond(respond)
    stream_of = client.events()
    finished = in_thread(read)
    assert sent_all.wait(30)
    assert not wanted or got.wait(30)
    stream_of.close()
    assert finished() == [u'{"n": 1}'] * wanted
    assert hung_up.wait(30)
    assert list(stream_of) == []


def test_close_from_another_thread_ends_a_hijacked_stream(server, client):
    hung_up, got = threading.Event(), threading.Event()
    server.respond(RUNNING, silent_after(HIJACKED + frame(1, b'a') + frame(1, b'cut off')[:10], hung_up))
    output = client.attach('c', stream=True)

    def read():
        items = []
        for item in output:
            items.append(item)
            got.set()
        return items

    finished = in_thread(read)
    assert got.wait(30)
    output.close()
    assert finished() == [b'a']
    assert hung_up.wait(30)


def test_a_stream_behaves_as_a_generator(server, client):
    items = events(server, client, chunk(b'{"n": 0}{"n": 1}{"n": 2}{"n": 3}'))
    for item in items:
        assert item == u'{"n": 0}'
        break
    assert items.send(None) == u'{"n": 1}'
    with pytest.raises(TypeError):
        items.send(5)
    assert items.next() == u'{"n": 2}'
    items.close()
    items.close()
    for take in (lambda: next(items), lambda: items.send(None)):
        with pytest.raises(StopIteration):
            take()


@pytest.mark.parametrize('thrown, kind, args', [
    ((KeyError,), KeyError, ()),
    ((KeyError, 'mine'), KeyError, ('mine',)),
    ((KeyError, ('two', 'words')), KeyError, ('two', 'words')),
    ((KeyError('mine'),), KeyError, ('mine',)),
    ((KeyError, KeyError('mine'), None), KeyError, ('mine',)),
    ((5,), TypeError, None),
])
def test_throw_is_that_of_a_generator(server, client, thrown, kind, args):
    def generator():
        yield 1

    for items in (generator(), events(server, client)):
        with pytest.raises(kind) as caught:
            items.throw(*thrown)
        assert args is None or caught.value.args == args
        items.close()


@pytest.mark.skipif(six.PY2, reason='Python 2 has no abstract class of generators')
def test_a_stream_is_an_abstract_generator(server, client):
    from collections import abc
    with events(server, client) as items:
        assert isinstance(items, abc.Generator)
        assert isinstance(items, abc.Iterator)


def test_an_error_inside_a_stream_has_the_response_and_ends_it(server, client):
    server.respond(RUNNING, HIJACKED + frame(1, b'a') + b'Error: gone')
    output = client.attach('c', stream=True)
    assert next(output) == b'a'
    with pytest.raises(OperationFailed) as caught:
        next(output)
    assert caught.value.explanation == 'Error: gone'
    assert caught.value.response is output.response
    assert output.closed
    assert list(output) == []


def test_an_error_inside_a_stream_that_is_read_at_once_has_the_response(server, client):
    server.respond(ENDED, HIJACKED + frame(1, b'a') + b'Error: gone')
    with pytest.raises(OperationFailed) as caught:
        client.logs('c')
    assert caught.value.explanation == 'Error: gone'
    assert caught.value.response is not None


@pytest.mark.parametrize('cut', [1, 7, 10])
def test_a_hijacked_stream_that_is_cut_short(server, client, cut):
    server.respond(RUNNING, HIJACKED + frame(1, b'a') + frame(2, b'not all of it')[:cut])
    output = client.attach('c', stream=True)
    assert next(output) == b'a'
    with pytest.raises(StreamBroken):
        next(output)
    assert list(output) == []


# FileStream

CONTENT = bytes(bytearray(range(256))) * 300


def exported(server, client, content=CONTENT, chunk_size=1000):
    server.respond(chunked([content[at:at + chunk_size] for at in range(0, len(content), chunk_size)]))
    return client.export('c')


@pytest.mark.parametrize('size', [1, 7, 999, 1000, 1001, 4096, 65536, 10 ** 6])
def test_read_returns_as_much_as_was_requested(server, client, size):
    content = CONTENT[:3000] if size < 10 else CONTENT
    with exported(server, client, content) as archive:
        pieces = list(iter(lambda: archive.read(size), b''))
        assert archive.read(size) == archive.read() == b''
    assert b''.join(pieces) == content
    assert set(len(piece) for piece in pieces[:-1]) <= {size}


@pytest.mark.parametrize('size', [(), (-1,), (None,)])
def test_read_all(server, client, size):
    with exported(server, client) as archive:
        assert archive.read(5) == CONTENT[:5]
        assert archive.read(*size) == CONTENT[5:]
        assert archive.read(*size) == b''


def test_read_nothing(server, client):
    with exported(server, client) as archive:
        assert archive.read(0) == archive.read1(0) == b''
        assert archive.read() == CONTENT


def pausing(server):
    """Queue an archive of two pieces, and return the Event that the second one waits for."""
    taken = threading.Event()

    def respond(peer):
        peer.read_request()
        peer.send(TAR_HEAD + chunk(b'first'))
        taken.wait(30)
        peer.send(chunk(b'second') + b'0\r\n\r\n')
        return True

    server.respond(respond)
    return taken


def test_read1_returns_what_is_there(server, client):
    taken = pausing(server)
    with client.export('c') as archive:
        assert archive.read1(3) == b'fir'
        assert archive.read1(100) == b'st'
        taken.set()
        assert archive.read1() == b'second'
        assert archive.read1() == archive.read1(5) == b''


# What urllib3's response has, which was returned until 2016

def test_data_is_all_of_it(server, client):
    with exported(server, client) as archive:
        assert archive.data == CONTENT
        assert archive.data is archive.data
        assert archive.read() == b''
    assert archive.data == CONTENT


def test_data_is_what_is_left(server, client):
    with exported(server, client) as archive:
        archive.read(5)
        assert archive.data == CONTENT[5:]


@pytest.mark.parametrize('arguments', [(), (7,), (999,), (10 ** 6,), (None,), (1024, True)])
def test_stream_yields_pieces(server, client, arguments):
    with exported(server, client) as archive:
        pieces = list(archive.stream(*arguments))
    assert b''.join(pieces) == CONTENT
    if arguments and arguments[0]:
        assert max(len(piece) for piece in pieces) <= arguments[0]


def test_stream_does_not_wait_for_a_whole_piece(server, client):
    taken = pausing(server)
    with client.export('c') as archive:
        pieces = archive.stream(1024)
        assert next(pieces) == b'first'
        taken.set()
        assert list(pieces) == [b'second']


def test_read_takes_the_arguments_of_urllib3(server, client):
    with exported(server, client) as archive:
        assert archive.read(amt=5, decode_content=True) == CONTENT[:5]
        assert archive.read(decode_content=False) == CONTENT[5:]


def test_the_status_and_the_headers(server, client):
    with exported(server, client) as archive:
        assert archive.status == 200
        assert archive.headers['content-type'] == 'application/json'


@pytest.mark.parametrize('make', [bytearray, lambda size: memoryview(bytearray(size))],
                         ids=['bytearray', 'memoryview'])
def test_readinto(server, client, make):
    with exported(server, client) as archive:
        got = b''
        while True:
            buffer = make(777)
            size = archive.readinto(buffer)
            if not size:
                break
            got += bytes(bytearray(buffer))[:size]
    assert got == CONTENT


def test_iteration_yields_chunks(server, client):
    with exported(server, client) as archive:
        assert iter(archive) is archive
        pieces = list(archive)
    assert all(pieces) and all(isinstance(piece, bytes) for piece in pieces)
    assert b''.join(pieces) == CONTENT


def test_a_buffered_reader_takes_it(server, client):
    with io.BufferedReader(exported(server, client, b'one\ntwo\nthree')) as reader:
        assert reader.readlines() == [b'one\n', b'two\n', b'three']


def test_it_is_readable_only(server, client):
    with exported(server, client) as archive:
        assert archive.readable()
        assert not archive.writable() and not archive.seekable()
        for refused in (archive.fileno, archive.tell, lambda: archive.seek(0),
                        lambda: archive.write(b'')):
            with pytest.raises(io.UnsupportedOperation):
                refused()


def archive_of(**files):
    output = io.BytesIO()
    with tarfile.open(mode='w', fileobj=output) as tar:
        for name, content in sorted(files.items()):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return output.getvalue()


@pytest.mark.parametrize('chunk_size', [1, 511, 512, 10000])
def test_tarfile_reads_it(server, client, chunk_size):
    files = {'a': b'', 'b': b'b' * 513, 'c': CONTENT[:2000]}
    with exported(server, client, archive_of(**files), chunk_size) as archive:
        with tarfile.open(mode='r|', fileobj=archive) as tar:
            assert dict((entry.name, tar.extractfile(entry).read()) for entry in tar) == files


def test_the_connection_is_kept_after_an_archive(server, client):
    with exported(server, client) as archive:
        archive.read()
        assert archive.read() == b''
    server.respond(as_json({}))
    client.info()
    assert server.connections == 1


@pytest.mark.parametrize('use', [
    lambda archive: archive.read(), lambda archive: archive.read(5),
    lambda archive: archive.read1(), lambda archive: archive.readinto(bytearray(5)), next,
    lambda archive: archive.data, lambda archive: list(archive.stream()),
], ids=['read', 'read(5)', 'read1', 'readinto', 'next', 'data', 'stream'])
def test_a_closed_archive_is_not_read(server, client, use):
    archive = exported(server, client)
    assert not archive.closed
    archive.close()
    archive.close()
    assert archive.closed
    with pytest.raises(ValueError):
        use(archive)


@pytest.mark.parametrize('way', ['close', 'with', 'drop', 'error'])
def test_an_archive_left_half_way_frees_its_connection(server, client, way):
    hung_up = threading.Event()
    server.respond(silent_after(TAR_HEAD + chunk(b'some of it'), hung_up))
    archive = client.export('c')
    assert archive.read(4) == b'some'
    if way == 'close':
        archive.close()
    elif way == 'with':
        with archive:
            pass
    elif way == 'error':
        with pytest.raises(KeyError):
            with archive:
                raise KeyError('mine')
    del archive
    assert hung_up.wait(30)


@pytest.mark.parametrize('sent', [
    TAR_HEAD + chunk(b'some') + b'5\r\nha',
    TAR_HEAD + chunk(b'some'),
    http(200, b'someha', 'application/x-tar').replace(b'Length: 6', b'Length: 9'),
], ids=['inside a chunk', 'between chunks', 'inside a length'])
def test_an_archive_that_is_cut_short(server, client, sent):
    def respond(peer):
        peer.read_request()
        peer.send(sent)
        return False

    server.respond(respond)
    with client.export('c') as archive:
        assert archive.read(4) == b'some'
        with pytest.raises(StreamBroken):
            archive.read()


@pytest.mark.parametrize('kind', [Stream, FileStream])
def test_a_stream_that_was_never_initialized_is_dropped_without_a_warning(kind, recwarn):
    kind.__new__(kind)
    assert not recwarn.list


@pytest.mark.parametrize('call, shown', [
    (lambda c: c.events(), 'Stream GET /events'),
    (lambda c: c.pull('busybox', stream=True), 'Stream POST /images/create'),
    (lambda c: c.export('web'), 'FileStream GET /containers/web/export'),
    (lambda c: c.copy('web', '/a'), 'FileStream POST /containers/web/copy')])
def test_the_repr_is_the_request_and_whether_it_is_open(server, client, call, shown):
    server.respond(chunked([b'{}']))
    stream = call(client)
    assert repr(stream) == '<docker.stream.{0}, open>'.format(shown)
    stream.close()
    assert repr(stream) == '<docker.stream.{0}, closed>'.format(shown)


def test_the_repr_of_logs(server, client):
    server.respond(as_json({'Config': {'Tty': False}, 'State': {'Running': True}}), HIJACKED)
    with client.logs('web', stream=True) as output:
        assert repr(output) == '<docker.stream.Stream POST /containers/web/attach, open>'


def test_the_repr_without_a_request():
    response = docker.session.requests.Response()
    response.raw = io.BytesIO()
    assert repr(Stream(iter(()), response)) == '<docker.stream.Stream no request, open>'
    assert repr(Stream.__new__(Stream)) == '<docker.stream.Stream no request, closed>'


@pytest.mark.parametrize('call', [lambda c: c.events(), lambda c: c.export('web')], ids=['stream', 'archive'])
@pytest.mark.parametrize('way', [copy.copy, copy.deepcopy] + [
    lambda stream, protocol=protocol: pickle.dumps(stream, protocol)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1)])
def test_a_stream_is_not_pickled_or_copied(server, client, call, way):
    server.respond(silent_after(TAR_HEAD + chunk(b'{}'), threading.Event()))
    with call(client) as stream:
        with pytest.raises(TypeError, match='cannot be pickled or copied: it reads from a connection'):
            way(stream)
        with pytest.raises(TypeError):
            way({'a': [stream]}) if way is not copy.copy else way(stream)
        assert next(stream) == (b'{}' if isinstance(stream, FileStream) else u'{}')


@pytest.mark.skipif(sys.version_info < (3, 7), reason='classes take brackets since Python 3.7')
def test_a_stream_in_annotations():
    assert Stream[bytes] is Stream
