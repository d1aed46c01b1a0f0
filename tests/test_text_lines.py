# -*- coding: utf-8 -*-
"""docker.lines: whole lines of text from streams that are cut anywhere."""

import random

import pytest
import six

import docker
from docker.stream import Stream

TEXT = u'plain\n\nschön 中文\r\nprogress 1%\r50%\r100%\nform\x0cfeed \x85 \u2028 kept\nthe last without an end'
LINES = [u'plain', u'', u'schön 中文', u'progress 1%\r50%\r100%', u'form\x0cfeed \x85 \u2028 kept',
         u'the last without an end']
DATA = TEXT.encode('utf-8')


def cut_randomly(data, seed):
    generator, pieces, start = random.Random(seed), [], 0
    while start < len(data):
        end = start + generator.choice([0, 1, 1, 2, 3, 7, 20])
        pieces.append(data[start:end])
        start = end
    return pieces


CUTS = [('whole', [DATA]), ('byte by byte', [DATA[at:at + 1] for at in range(len(DATA))])] + [
    ('at random {0}'.format(seed), cut_randomly(DATA, seed)) for seed in range(20)]


class Source(object):
    """A stream of items that can be closed."""

    def __init__(self, items):
        self.items = iter(items)
        self.closed = False

    def __iter__(self):
        return self.items

    def close(self):
        self.closed = True


@pytest.mark.parametrize('pieces', [pieces for _, pieces in CUTS], ids=[name for name, _ in CUTS])
def test_lines_do_not_depend_on_the_cuts(pieces):
    found = list(docker.lines(iter(pieces)))
    assert found == LINES and all(isinstance(line, six.text_type) for line in found)


@pytest.mark.parametrize('seed', range(10))
def test_text_in_pieces(seed):
    assert list(docker.lines(cut_randomly(TEXT, seed))) == LINES


@pytest.mark.parametrize('whole', [DATA, bytearray(DATA), TEXT])
def test_output_as_a_whole(whole):
    assert list(docker.lines(whole)) == LINES


@pytest.mark.parametrize('data, expected', [
    (b'', []), (b'\n', [u'']), (b'\r\n', [u'']), (b'\n\n', [u'', u'']), (b'a\r', [u'a\r']),
    (b'a\r\r\n', [u'a\r']), (b'\r', [u'\r'])])
def test_ends_of_lines(data, expected):
    assert list(docker.lines([data])) == list(docker.lines([data[at:at + 1] for at in range(len(data))])) == (
        expected)


PAIRS = [(b'ou', None), (None, u'é\n'.encode('utf-8')[:1]), (b't\nsecond', None),
         (None, u'é\n'.encode('utf-8')[1:] + b'x'), (b'\n', None)]


def test_pairs_have_lines_of_their_own():
    expected = [(u'out', None), (None, u'é'), (u'second', None), (None, u'x')]
    assert list(docker.lines(PAIRS)) == expected
    assert list(docker.lines((b'out\n', None))) == [(u'out', None)]
    assert list(docker.lines((None, None))) == []
    assert list(docker.lines((b'out', b'err\n'))) == [(None, u'err'), (u'out', None)]


@pytest.mark.parametrize('arguments, expected', [
    ({}, u'a\ufffdb'), ({'errors': 'ignore'}, u'ab'), ({'encoding': 'latin-1'}, u'a\xffb')])
def test_bytes_that_are_no_utf_8(arguments, expected):
    assert list(docker.lines([b'a\xffb\n'], **arguments)) == [expected]


def test_an_encoding_of_two_bytes_a_character():
    data = u'a\u0a0a\r\nb'.encode('utf-16')
    assert list(docker.lines([data[at:at + 1] for at in range(len(data))], 'utf-16')) == [u'a\u0a0a', u'b']


def test_a_strict_decoder_raises_and_closes_the_stream():
    source = Source([b'good\n', b'\xff\n'])
    lines = docker.lines(source, errors='strict')
    assert next(lines) == u'good'
    with pytest.raises(UnicodeDecodeError):
        next(lines)
    assert source.closed


def test_an_incomplete_character_at_the_end():
    assert list(docker.lines([u'é'.encode('utf-8')[:1]])) == [u'\ufffd']


def test_the_stream_is_closed_at_its_end():
    source = Source([b'a\n'])
    assert list(docker.lines(source)) == [u'a']
    assert source.closed


def test_the_stream_is_closed_with_its_lines():
    source = Source([b'a\nb'])
    with docker.lines(source) as lines:
        assert next(lines) == u'a' and not source.closed
    assert source.closed and list(lines) == []


def test_the_stream_is_closed_when_its_lines_are_dropped():
    source = Source([b'a\nb\n'])
    next(docker.lines(source))
    assert source.closed


def test_half_a_line_before_a_close_is_none():
    def items():
        yield b'a\nhalf'
        lines.close()

    lines = docker.lines(items_of_a_stream(items()))
    assert list(lines) == [u'a']


def items_of_a_stream(items):
    class Response(object):
        def close(self):
            pass
    return Stream(items, Response())


def test_an_error_of_the_stream_is_raised_and_closes_it():
    def items():
        yield b'a\n'
        raise docker.errors.StreamBroken('broken')

    source = Source(items())
    lines = docker.lines(source)
    assert next(lines) == u'a'
    with pytest.raises(docker.errors.StreamBroken):
        next(lines)
    assert source.closed


@pytest.mark.parametrize('stream', [None, 5, {}, {b'a'}, object()])
def test_what_is_no_stream(stream):
    with pytest.raises(TypeError) as caught:
        docker.lines(stream)
    assert 'stream takes bytes, text, or a stream' in str(caught.value)


@pytest.mark.parametrize('item', [{'status': 'x'}, 5, None, (b'a', 5), (b'a',), [b'a', b'b']])
def test_items_that_are_no_output(item):
    source = Source([item])
    with pytest.raises(TypeError) as caught:
        list(docker.lines(source))
    assert 'stream takes' in str(caught.value) and source.closed


@pytest.mark.parametrize('arguments, kind', [
    ({'encoding': None}, TypeError), ({'errors': 5}, TypeError), ({'encoding': 'nosuch'}, ValueError),
    ({'errors': 'nosuch'}, ValueError)])
def test_names_of_codecs(arguments, kind):
    with pytest.raises(kind) as caught:
        docker.lines([b'a'], **arguments)
    assert str(caught.value).startswith(list(arguments)[0] + ' takes')


def test_a_long_line():
    assert [len(line) for line in docker.lines([b'x' * 1000] * 5000 + [b'\ny'])] == [5000000, 1]
