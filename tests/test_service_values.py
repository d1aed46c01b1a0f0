# coding: utf-8
"""The values that the calls of Swarm mode have in common."""

import traceback

import pytest

from docker import service_values as values
from tests.wire import raised


@pytest.mark.parametrize('given, cpus', [
    (None, None), (0, 0), (5 * 10 ** 8, 5 * 10 ** 8), (0.5, 5 * 10 ** 8), (2.0, 2 * 10 ** 9),
    ('0.5', 5 * 10 ** 8),
    ('2', 2 * 10 ** 9), ('0.000000001', 1), (0.1, 10 ** 8)])
def test_cpus(given, cpus):
    got = values.convert_cpus(given, 'cpu_limit')
    assert got == cpus and not isinstance(got, float)


@pytest.mark.parametrize('given, kind', [
    ([], TypeError), (True, TypeError), (-1, ValueError), (-0.5, ValueError), (float('nan'), ValueError),
    (float('inf'), ValueError), ('half', ValueError), ('1.', ValueError), ('-1', ValueError)])
def test_what_is_no_number_of_cpus(given, kind):
    error = raised(kind, lambda: values.convert_cpus(given, 'cpu_limit'))
    assert str(error).startswith('cpu_limit takes billionths of a CPU')


@pytest.mark.parametrize('given, version', [
    (0, 0), (17, 17), ({'Index': 17}, 17), ({'ID': 'x', 'Version': {'Index': 17}}, 17)])
def test_versions(given, version):
    assert values.convert_version(given) == version


@pytest.mark.parametrize('given, kind', [
    (None, TypeError), ('17', TypeError), (True, TypeError), ({}, TypeError), ({'Version': None}, TypeError),
    (-1, ValueError)])
def test_what_is_no_version(given, kind):
    assert str(raised(kind, lambda: values.convert_version(given))).startswith('version takes')


@pytest.mark.parametrize('given, data', [
    (b'\0\xff', 'AP8='), (bytearray(b'x'), 'eA=='), (u'h\xe9', 'aMOp'), ('x', 'eA=='), (b'', ''),
    (b'\xfb\xff\xfe', '+//+')])
def test_data(given, data):
    got = values.convert_data(given, 'data')
    assert got == data and isinstance(got, type(u''))


@pytest.mark.parametrize('given', [None, 5, ['hush'], {'a': 'hush'}])
def test_what_is_no_data_is_not_shown(given):
    error = raised(TypeError, lambda: values.convert_data(given, 'data'))
    assert str(error) == 'data takes bytes or text, not a value of type ' + type(given).__name__


def test_text_that_cannot_be_encoded_is_not_shown():
    text = u'hush' + u'\ud800'
    try:
        values.convert_data(text, 'data')
    except ValueError:
        shown = traceback.format_exc()
    assert 'hush' not in shown and 'lone surrogate' in shown


@pytest.mark.parametrize('call, kind, message', [
    (lambda: values.convert_choice('x', 'order', ('a', 'b')), ValueError,
     "order takes one of 'a', 'b', not 'x'"),
    (lambda: values.convert_choice(5, 'order', ('a', 'b')), TypeError, "order takes 'a', 'b', not 5"),
    (lambda: values.convert_bool(1, 'tty'), TypeError, 'tty takes True or False, not 1'),
    (lambda: values.convert_int('1', 'n'), TypeError, "n takes an int of 0 or more, not '1'"),
    (lambda: values.convert_int(True, 'n'), TypeError, 'n takes an int of 0 or more, not True'),
    (lambda: values.convert_int(-1, 'n'), ValueError, 'n takes an int of 0 or more, not -1'),
    (lambda: values.convert_ratio('1', 'r'), TypeError, "r takes a number of 0 to 1, not '1'"),
    (lambda: values.convert_ratio(1.5, 'r'), ValueError, 'r takes a number of 0 to 1, not 1.5'),
    (lambda: values.convert_list(5, 'l', None), TypeError, 'l takes a list, not 5'),
    (lambda: values.convert_dict([], 'd'), TypeError, 'd takes a dict in the words of the API, not []'),
    (lambda: values.convert_id(1.5, 'uid'), TypeError, 'uid takes text or an int, not 1.5'),
])
def test_bad_values(call, kind, message):
    assert str(raised(kind, call)) == message
