"""docker.transport.call: calls as the changes see them."""

import json

import pytest

from docker.transport.call import Call, flag_is_set


def test_a_query_that_is_not_read_stays_as_it_is():
    assert Call('GET', '/x', 'b=%2f&a=1&b=2').target == '/x?b=%2f&a=1&b=2'
    assert Call('GET', '/x').target == '/x'


def test_a_query_that_is_read_is_encoded_again():
    call = Call('GET', '/x', 'b=%2F&a=&c=caf%C3%A9')
    assert call.query['b'] == '/' and call.query['a'] == ''
    call.query['d'] = u'caf\xe9'.encode('utf-8')
    assert call.target == '/x?a=&b=%2F&c=caf%C3%A9&d=caf%C3%A9'
    call.query.clear()
    assert call.target == '/x'


def test_parameters_that_are_repeated():
    call = Call('GET', '/x', 'b=2&a=caf%C3%A9&b=1&b=2')
    assert call.query['b'] == ['2', '1', '2']
    again = call.copy()
    call.query['c'] = [u'caf\xe9'.encode('utf-8'), 'd']
    assert call.target == '/x?a=caf%C3%A9&b=2&b=1&b=2&c=caf%C3%A9&c=d'
    assert again.target == '/x?a=caf%C3%A9&b=2&b=1&b=2'


@pytest.mark.parametrize('body', [b'{"a": "\xc3\xa9"}', u'{"a": "\xe9"}'])
def test_json_of_a_body(body):
    assert Call('POST', '/x', body=body).json == {'a': u'\xe9'}


@pytest.mark.parametrize('body', [None, b''])
def test_no_body_is_an_empty_object(body):
    assert Call('POST', '/x', body=body).json == {}


def test_json_that_is_set():
    call = Call('POST', '/x')
    call.json = {'a': u'\xe9'}
    assert isinstance(call.body, bytes) and json.loads(call.body.decode('ascii')) == {'a': u'\xe9'}
    assert call.content_type == 'application/json'
    call.json = None
    assert call.body is None


def test_a_follow_up_request():
    recreated = object()
    call = Call('POST', '/x', 'a=1', b'{}', recreated=recreated)
    other = call.follow_up('POST', '/containers/{0}/rename', u'caf\xe9 b/c', name='d', json={'e': 1})
    assert other.target == '/containers/caf%C3%A9%20b/c/rename?name=d'
    assert (other.json, other.recreated) == ({'e': 1}, recreated)
    assert other.content_type == 'application/json'
    assert call.follow_up('GET', '/y').body is None


@pytest.mark.parametrize('path, container', [
    ('/containers/web/start', u'web'), ('/containers/a%2Fb/json', u'a/b'), ('/containers/a/b/json', u'a/b'),
    ('/containers/caf%C3%A9/attach', u'caf\xe9')])
def test_the_container_in_a_path(path, container):
    assert Call('POST', path).container == container


@pytest.mark.parametrize('value, is_set', [
    ('1', True), ('true', True), ('True', True), ('0', False), ('', False), (None, False), ('False', False)])
def test_a_flag_in_a_query(value, is_set):
    assert flag_is_set(value) is is_set
