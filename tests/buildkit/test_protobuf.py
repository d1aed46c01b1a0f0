# -*- coding: utf-8 -*-
"""docker.buildkit.protobuf: literal bytes of messages, and what is none."""

import sys

import pytest
import six

from docker.buildkit import messages
from docker.buildkit.protobuf import (
    BOOL, BYTES, INT, TEXT, UINT, InvalidMessage, MapOf, decode, encode)

INNER = {1: ('a', INT), 2: ('b', TEXT), 3: ('list', [TEXT])}
FIELDS = {
    1: ('uint', UINT), 2: ('int', INT), 3: ('bool', BOOL), 4: ('bytes', BYTES), 5: ('text', TEXT),
    6: ('inner', INNER), 7: ('numbers', [INT]), 8: ('texts', [TEXT]), 9: ('inners', [INNER]),
    10: ('map', MapOf(BYTES)), 1000: ('far', UINT)}
EMPTY = {'uint': 0, 'int': 0, 'bool': False, 'bytes': b'', 'text': u'', 'inner': None, 'numbers': [],
         'texts': [], 'inners': [], 'map': {}, 'far': 0}
EMPTY_INNER = {'a': 0, 'b': u'', 'list': []}
# Bytes, and what of a message they are; encoded again, they are the same.
SAME = [
    (b'', {}),
    (b'\x08\x01', {'uint': 1}),
    (b'\x08\x7f', {'uint': 127}),
    (b'\x08\x80\x01', {'uint': 128}),
    (b'\x08\xac\x02', {'uint': 300}),
    (b'\x08' + b'\xff' * 9 + b'\x01', {'uint': 2 ** 64 - 1}),
    (b'\x10' + b'\xff' * 9 + b'\x01', {'int': -1}),
    (b'\x10' + b'\x80' * 9 + b'\x01', {'int': -2 ** 63}),
    (b'\x10' + b'\xff' * 8 + b'\x7f', {'int': 2 ** 63 - 1}),
    (b'\x18\x01', {'bool': True}),
    (b'\x22\x03\x00\xff\n', {'bytes': b'\x00\xff\n'}),
    (b'\x2a\x03a\xc3\xa9', {'text': u'a\xe9'}),
    (b'\x32\x00', {'inner': EMPTY_INNER}),
    (b'\x32\x05\x08\x02\x12\x01x', {'inner': {'a': 2, 'b': u'x', 'list': []}}),
    (b'\x38\x01\x38\x00\x38\x02', {'numbers': [1, 0, 2]}),
    (b'\x42\x01a\x42\x00\x42\x01b', {'texts': [u'a', u'', u'b']}),
    (b'\x4a\x02\x08\x01\x4a\x00', {'inners': [{'a': 1, 'b': u'', 'list': []}, EMPTY_INNER]}),
    (b'\x52\x06\x0a\x01k\x12\x01v', {'map': {u'k': b'v'}}),
    (b'\x52\x03\x0a\x01a\x52\x03\x0a\x01b', {'map': {u'a': b'', u'b': b''}}),
    (b'\xc0\x3e\x05', {'far': 5}),
]


def full(**message):
    return dict(EMPTY, **message)


@pytest.mark.parametrize('data,message', SAME)
def test_both_ways(data, message):
    assert decode(data, FIELDS) == full(**message)
    assert encode(message, FIELDS) == data
    assert encode(full(**message), FIELDS) == data


@pytest.mark.parametrize('data,message', [
    # The last of several scalars counts, and of several entries of a map with one key.
    (b'\x08\x01\x08\x02', {'uint': 2}),
    (b'\x52\x06\x0a\x01k\x12\x01v\x52\x06\x0a\x01k\x12\x01w', {'map': {u'k': b'w'}}),
    (b'\x52\x00', {'map': {u'': b''}}),
    (b'\x52\x06\x12\x01v\x0a\x01k', {'map': {u'k': b'v'}}),
    # The parts of a message are one, whatever is between them: lists have the items of all.
    (b'\x32\x02\x08\x01\x08\x07\x32\x03\x12\x01x', {'uint': 7, 'inner': {'a': 1, 'b': u'x', 'list': []}}),
    (b'\x32\x05\x08\x01\x1a\x01p\x32\x05\x08\x00\x1a\x01q',
     {'inner': {'a': 0, 'b': u'', 'list': [u'p', u'q']}}),
    (b'\x32\x02\x08\x01\x32\x00', {'inner': {'a': 1, 'b': u'', 'list': []}}),
    # Numbers that are packed into one field, also beside others.
    (b'\x3a\x04\x01\xac\x02\x00', {'numbers': [1, 300, 0]}),
    (b'\x3a\x00', {}),
    (b'\x38\x05\x3a\x02\x01\x02\x38\x06', {'numbers': [5, 1, 2, 6]}),
    (b'\x3a\x0a' + b'\xff' * 9 + b'\x01', {'numbers': [-1]}),
    # Any order, and defaults that are written.
    (b'\x18\x01\x08\x01', {'uint': 1, 'bool': True}),
    (b'\x08\x00\x18\x00\x22\x00\x2a\x00', {}),
    # A varint that is longer than it need be, and one with more than 64 bits.
    (b'\x08\x81\x80\x80\x00', {'uint': 1}),
    (b'\x08' + b'\xff' * 9 + b'\x7f', {'uint': 2 ** 64 - 1}),
    (b'\x18\xac\x02', {'bool': True}),
    # Names of files may be in no encoding.
    (b'\x2a\x02a\xff', {'text': u'a\ufffd'}),
    # Fields that are not known, of each wire type.
    (b'\x58\x05\x08\x01', {'uint': 1}),
    (b'\x5a\x02xx\x08\x01', {'uint': 1}),
    (b'\x59\x01\x02\x03\x04\x05\x06\x07\x08\x08\x01', {'uint': 1}),
    (b'\x5d\x01\x02\x03\x04\x08\x01', {'uint': 1}),
    (b'\xf8\xff\xff\xff\xff\xff\xff\xff\xff\x01\x05\x08\x01', {'uint': 1}),
])
def test_what_other_programs_write(data, message):
    assert decode(data, FIELDS) == full(**message)


@pytest.mark.parametrize('data,text', [
    (b'\x00\x01', 'the number 0'),
    (b'\x02\x00', 'the number 0'),
    (b'\x08', 'a number has no end'),
    (b'\x80', 'a number has no end'),
    (b'\x08\x80', 'a number has no end'),
    (b'\x08' + b'\x80' * 10 + b'\x01', 'a number has no end'),
    (b'\x22', 'a number has no end'),
    (b'\x22\x02x', 'field 4 has 1 bytes, of 2 that were announced'),
    (b'\x22' + b'\xff' * 9 + b'\x01', 'field 4 has 0 bytes, of 18446744073709551615 that were announced'),
    (b'\x22\xff\xff\xff\xff\x07xyz', 'field 4 has 3 bytes, of 2147483647 that were announced'),
    (b'\x59\x01\x02\x03', 'field 11 has 3 bytes, of 8 that were announced'),
    (b'\x5d\x01\x02\x03', 'field 11 has 3 bytes, of 4 that were announced'),
    (b'\x0b', 'field 1 has the unknown wire type 3'),
    (b'\x5b\x5c', 'field 11 has the unknown wire type 3'),
    (b'\x0e', 'field 1 has the unknown wire type 6'),
    (b'\x0f', 'field 1 has the unknown wire type 7'),
    (b'\x0a\x01\x01', 'uint has the wire type 2'),
    (b'\x12\x01\x01', 'int has the wire type 2'),
    (b'\x1d\x01\x02\x03\x04', 'bool has the wire type 5'),
    (b'\x20\x01', 'bytes has the wire type 0'),
    (b'\x28\x01', 'text has the wire type 0'),
    (b'\x30\x01', 'inner has the wire type 0'),
    (b'\x3d\x01\x02\x03\x04', 'numbers has the wire type 5'),
    (b'\x40\x01', 'texts has the wire type 0'),
    (b'\x48\x01', 'inners has the wire type 0'),
    (b'\x50\x01', 'map has the wire type 0'),
    (b'\x3a\x01\x80', 'a number has no end'),
    (b'\x32\x01\x08', 'a number has no end'),
    (b'\x32\x02\x0a\x00', 'a has the wire type 2'),
    (b'\x4a\x01\x0b', 'field 1 has the unknown wire type 3'),
    (b'\x52\x02\x08\x01', 'key has the wire type 0'),
    (b'\x52\x02\x10\x01', 'value has the wire type 0'),
])
def test_what_is_no_message(data, text):
    with pytest.raises(InvalidMessage) as raised:
        decode(data, FIELDS)
    assert text in str(raised.value)
    assert isinstance(raised.value, ValueError)


@pytest.mark.parametrize('data,message', [pair for pair in SAME if pair[1]])
def test_each_message_that_is_cut(data, message):
    """What is cut is no message, or one with less in it, but not the same."""
    for at in range(len(data)):
        try:
            assert decode(data[:at], FIELDS) != full(**message)
        except InvalidMessage:
            pass


def test_no_field_is_decoded_by_the_table_of_another():
    """Each decoded value is new: what a caller changes in one is in no other."""
    first = decode(b'', FIELDS)
    first['texts'].append(u'x')
    first['map'][u'k'] = b'v'
    assert decode(b'', FIELDS) == EMPTY


@pytest.mark.parametrize('value,data', [
    (0, b'\x00'), (1, b'\x01'), (127, b'\x7f'), (128, b'\x80\x01'), (16384, b'\x80\x80\x01'),
    (2 ** 63, b'\x80' * 9 + b'\x01'), (-1, b'\xff' * 9 + b'\x01')])
def test_varints(value, data):
    assert encode({'n': value}, {1: ('n', INT)}) == (b'\x08' + data if value else b'')


def test_numbers_are_ints():
    decoded = decode(b'\x08\x05\x10\x05\x3a\x01\x05', FIELDS)
    assert {type(number) for number in [decoded['uint'], decoded['int']] + decoded['numbers']} == {int}
    assert type(decode(b'\x18\x01', FIELDS)['bool']) is bool
    if six.PY2:
        assert type(decode(b'\x10' + b'\xff' * 9 + b'\x01', FIELDS)['int']) is int


def test_what_an_engine_sends():
    """A StatusResponse: a vertex that has started, and a log."""
    data = (b'\x0a\x30\x0a\x08sha256:a\x12\x08sha256:b\x1a\x0d[2/2] RUN tru\x2a\x0b'
            b'\x08\xe5\xe0\xa8\x87\x06\x10\x80\xc2\xd7\x2f'
            b'\x1a\x1c\x0a\x08sha256:a\x12\x08\x08\xe5\xe0\xa8\x87\x06\x10\x01\x18\x01\x22\x04out\n')
    decoded = decode(data, messages.STATUS_RESPONSE)
    vertex, = decoded['vertexes']
    assert (vertex['digest'], vertex['inputs']) == (u'sha256:a', [u'sha256:b'])
    assert vertex['name'] == u'[2/2] RUN tru'
    assert vertex['started'] == {'seconds': 1625960549, 'nanos': 100000000} and vertex['completed'] is None
    log, = decoded['logs']
    assert (log['stream'], log['data'], log['timestamp']['nanos']) == (1, b'out\n', 1)
    assert decoded['statuses'] == decoded['warnings'] == []


def tables():
    return [(name, fields) for name, fields in sorted(vars(messages).items()) if type(fields) is dict and
            not name.startswith('__')]


@pytest.mark.parametrize('name,fields', tables())
def test_the_tables(name, fields):
    """Names are unique, the types are types, and no message has itself in it: so depth is limited."""
    def depth(fields, above=()):
        assert id(fields) not in above
        assert all(type(number) is int and 0 < number < 2 ** 29 for number in fields)
        names = [field for field, _ in fields.values()]
        assert len(set(names)) == len(names)
        deepest = 0
        for _, kind in fields.values():
            kind = kind[0] if type(kind) is list else kind
            if type(kind) is MapOf:
                kind = kind.entry
            if type(kind) is dict:
                deepest = max(deepest, depth(kind, above + (id(fields),)))
            else:
                assert kind in (UINT, INT, BOOL, BYTES, TEXT)
        return deepest + 1

    assert depth(fields) <= 4
    assert decode(b'', fields) == {field: decode(b'', fields)[field] for field, _ in fields.values()}


class Work(object):
    """Counts the lines of Python that run: what is linear takes ten times as many for ten times the input."""

    def __init__(self):
        self.lines = 0

    def __enter__(self):
        sys.settrace(lambda *args: self.count)
        return self

    def __exit__(self, *exc_info):
        sys.settrace(None)

    def count(self, frame, event, arg):
        self.lines += 1
        return self.count


MANY = {
    'scalars': b'\x08\x01', 'unknown fields': b'\x58\x01', 'texts': b'\x42\x01x', 'empty bytes': b'\x22\x00',
    'packed numbers': b'\x3a\x01\x05', 'parts of a message': b'\x32\x02\x08\x01', 'messages': b'\x4a\x00',
    'parts with a list': b'\x32\x03\x1a\x01x', 'entries of a map': b'\x52\x03\x0a\x01k'}


@pytest.mark.parametrize('kind', sorted(MANY))
def test_the_work_is_linear(kind):
    def work(times):
        with Work() as counted:
            decode(MANY[kind] * times, FIELDS)
        return counted.lines
    assert work(2000) <= 11 * work(200)


@pytest.mark.parametrize('kind', sorted(MANY))
def test_a_million_fields(kind):
    """All that C does for them is linear, too: otherwise this does not end."""
    decode(MANY[kind] * 10 ** (6 if kind in ('scalars', 'parts of a message') else 5), FIELDS)


@pytest.mark.skipif(six.PY2, reason='Python 2 has no tracemalloc')
def test_a_length_that_is_announced_takes_no_memory():
    import tracemalloc
    tracemalloc.start()
    try:
        for data in (b'\x22' + b'\xff' * 9 + b'\x01', b'\x52\xff\xff\xff\xff\x7f', b'\x4a\xff\xff\x7f\x08'):
            with pytest.raises(InvalidMessage):
                decode(data, FIELDS)
        assert tracemalloc.get_traced_memory()[1] < 2 ** 20
    finally:
        tracemalloc.stop()


def test_what_cannot_be_encoded():
    with pytest.raises((TypeError, AttributeError)):
        encode({'text': 5}, FIELDS)
    with pytest.raises(TypeError):
        encode({'bytes': 5}, FIELDS)
    assert encode({'unknown': 5}, FIELDS) == b''
