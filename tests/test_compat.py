# -*- coding: utf-8 -*-
"""docker.compat: native strings, headers and paths, the same on Python 2.7 and 3."""

import pytest
import six

from docker import compat
from tests import PathObject, only_2, only_3

UTF_8 = u'Größe 🐳'.encode('utf-8')


class Shown(object):
    def __str__(self):
        return 'shown'


@pytest.mark.parametrize('value, expected', [
    (u'', u''), (u'text', u'text'), (u'Größe 🐳', u'Größe 🐳'), (b'', u''), (b'bytes', u'bytes'),
    (UTF_8, u'Größe 🐳'), (5, u'5'), (None, u'None'), (ValueError('no'), u'no'), (Shown(), u'shown')])
def test_native_strings(value, expected):
    native = compat.to_native_string(value)
    assert type(native) is str
    assert native == six.ensure_str(expected)


@pytest.mark.parametrize('value', ['caf%C3%A9%20b/c', u'caf%C3%A9%20b/c', u'caf\xe9%20b/c'])
def test_quoted_text_is_unquoted_to_text(value):
    assert compat.unquote_text(value) == u'caf\xe9 b/c'


@only_3
def test_bytes_that_are_not_utf_8_are_replaced():
    assert compat.to_native_string(b'a\xffb') == u'a\ufffdb'


@only_2
def test_bytes_that_are_not_utf_8_stay_as_they_are():
    assert compat.to_native_string(b'a\xffb') == b'a\xffb'


@pytest.mark.parametrize('value, sent', [
    (u'text', b'text'), (b'bytes', b'bytes'), (u'caf\xe9', b'caf\xe9'), (b'caf\xe9', b'caf\xe9'),
    (b'caf\xc3\xa9', b'caf\xc3\xa9'), (5, b'5'), (Shown(), b'shown')])
def test_native_headers_are_in_latin_1(value, sent):
    native = compat.to_native_header(value)
    assert type(native) is str
    assert (native if six.PY2 else native.encode('latin-1')) == sent


@pytest.mark.parametrize('path, text', [
    (b'/tmp/a', u'/tmp/a'), (u'/tmp/größe'.encode('utf-8'), u'/tmp/größe'),
    (b'/tmp/\xff', u'/tmp/\udcff'), (b'\xe9\xff.sock', u'\udce9\udcff.sock'),
    (b'gr\xc3\xb6\xc3\x9fe/latin-\xe9', u'größe/latin-\udce9'), (b'cut \xc3', u'cut \udcc3')])
def test_undecodable_bytes_of_paths_become_surrogates(path, text):
    decoded = compat.decode_path(path)
    assert isinstance(decoded, six.text_type) and decoded == text
    assert compat.decode_path(text) is text


@pytest.mark.parametrize('path', [
    b'/tmp/a', u'/tmp/größe'.encode('utf-8'), b'/tmp/\xff', b'/gr\xc3\xb6\xc3\x9fe/latin-\xe9'])
def test_paths_round_trip_as_native_strings(path):
    native = compat.to_native_path(path)
    assert type(native) is str
    assert compat.encode_path(native) == path


@pytest.mark.parametrize('path', [u'/tmp/a', '/tmp/a'])
def test_paths_are_encoded(path):
    assert compat.encode_path(path) == b'/tmp/a'


@only_2
def test_paths_in_unicode_are_encoded_in_utf_8():
    assert compat.encode_path(u'/tmp/größe') == '/tmp/größe'


@pytest.mark.parametrize('text, encodable', [
    (u'', True), (u'abc', True), (u'größe', True), (u'\U0001f40b', True), (u'\ufffd', True),
    (u'\udcff', False), (u'a\ud800', False), (u'\ud800b', False), (u'größe \udc80', False)])
def test_lone_surrogates_cannot_be_encoded(text, encodable):
    assert compat.is_encodable(text) is encodable


class OldStyle:
    def __fspath__(self):
        return '/old'


@pytest.mark.parametrize('value, path', [
    (PathObject('/tmp/a'), '/tmp/a'), (OldStyle(), '/old'),
    (PathObject(u'/tmp/größe'), u'/tmp/größe')])
def test_the_path_of_an_object(value, path):
    assert compat.from_path(value) == path


@pytest.mark.parametrize('value', ['/tmp/a', u'/tmp/a', b'/tmp/a', 5, None, ['/tmp/a'], PathObject])
def test_other_values_have_no_path(value):
    assert compat.from_path(value) is value


@only_3
def test_the_path_of_an_object_in_bytes_is_text():
    assert compat.from_path(PathObject(b'/tmp/\xff')) == '/tmp/\udcff'


def test_monotonic_does_not_go_back():
    first = compat.monotonic()
    assert isinstance(first, float)
    assert compat.monotonic() >= first
