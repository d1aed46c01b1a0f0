"""Calls and answers, as changes see them."""

import json
import weakref

import pytest
import requests

from docker.errors import NotAnEngine, StreamBroken
from docker.transport import message
from docker.transport.message import Call


def answered(content=b'{}', status=200, closed=None):
    request = requests.Request('GET', 'http://localhost/x').prepare()

    class Source(object):
        def close(self):
            if closed is not None:
                closed.append(True)

    return message.made(request, status, {'Content-Type': 'application/json', 'Server': 'x'},
                        message.Blocks(iter([content]), Source()))


def test_a_query_that_nobody_reads_stays_as_it_is():
    assert Call('GET', '/x', 'b=%2f&a=1&b=2').target == '/x?b=%2f&a=1&b=2'
    assert Call('GET', '/x').target == '/x'


def test_a_query_that_is_read_is_said_anew():
    call = Call('GET', '/x', 'b=%2F&a=&c=caf%C3%A9')
    assert call.query['b'] == '/' and call.query['a'] == ''
    call.query['d'] = u'caf\xe9'.encode('utf-8')
    assert call.target == '/x?a=&b=%2F&c=caf%C3%A9&d=caf%C3%A9'
    call.query.clear()
    assert call.target == '/x'


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


def test_another_call_on_behalf_of_one():
    memory = object()
    call = Call('POST', '/x', 'a=1', b'{}', recreated=memory)
    other = call.to('POST', '/containers/{0}/rename', u'caf\xe9 b/c', name='d', json={'e': 1})
    assert other.target == '/containers/caf%C3%A9%20b/c/rename?name=d'
    assert (other.json, other.recreated) == ({'e': 1}, memory)
    assert other.content_type == 'application/json'
    assert call.to('GET', '/y').body is None


def test_an_answer_that_is_retold():
    closed = []
    first = answered(b'[1]', closed=closed)
    other = message.retold(first, {'a': 1})
    assert other.json() == {'a': 1} and other.status_code == 200 and closed
    assert other.headers['Content-Type'] == 'application/json'
    assert other.request is first.request and other.url == first.url


def test_what_the_engine_said_of_itself_stays():
    assert message.retold(answered(), []).headers.get('Server') == 'x'


def test_an_answer_of_our_own():
    other = message.said(409, {'message': 'no'}, answered())
    assert (other.status_code, other.reason, other.json()) == (409, 'Conflict', {'message': 'no'})


def doubled(item):
    item['b'] = item['a'] * 2
    return True


def test_items_are_retold_as_they_come():
    first = answered()
    first.raw = message.Blocks(iter([b'{"a":1}{"a"', b':2}']), first.raw)
    other = message.retold_items(first, doubled)
    told = b''.join(other.iter_content(None)).decode('ascii').splitlines()
    assert [json.loads(item) for item in told] == [{'a': 1, 'b': 2}, {'a': 2, 'b': 4}]


def test_items_are_read_once_for_all_changes():
    def again(item):
        return item['a'] == 1 and not item.update(c=item['b'])

    answer = message.retold_items(answered(b'{"a": 1}\r\n{"a":  2}'),
                                  lambda item: item['a'] == 1 and doubled(item))
    assert message.retold_items(answer, again) is answer
    (text, item), second = message.items_of(answer)
    assert json.loads(text) == item == {'a': 1, 'b': 2, 'c': 2}
    assert second == (u'{"a":  2}', {'a': 2})       # what nobody changed is as the engine said it


def test_items_that_concern_no_change_are_not_parsed():
    lines = [u'{"a": 1}', u'{"a":  2}', u'{"a": 3}', u'{"a": 4}']
    answer = message.retold_items(answered(u'\n'.join(lines).encode('ascii')), doubled,
                                  unconcerned=lambda text: '2' in text or '4' in text)
    message.retold_items(answer, lambda item: False, unconcerned=lambda text: '2' in text)
    items = list(message.items_of(answer, values=False))
    assert items[1] == (lines[1], None)
    assert items[3] == (lines[3], {'a': 4})
    assert [json.loads(items[at][0]) for at in (0, 2)] == [{'a': 1, 'b': 2}, {'a': 3, 'b': 6}]


def test_an_item_that_is_no_json_is_told_of():
    answer = message.retold_items(answered(b'{"a": 1}\n{oops}\n{"a": 3}'), doubled)
    with pytest.raises(StreamBroken, match='{oops}'):
        list(message.items_of(answer, values=False))


def test_closing_it_closes_where_it_comes_from():
    closed = []
    other = message.retold_items(answered(closed=closed), lambda item: None)
    other.close()
    assert closed


@pytest.mark.parametrize('status, good', [(200, True), (204, True), (304, False), (404, False)])
def test_an_answer_that_succeeded(status, good):
    assert message.succeeded(answered(status=status)) is good


@pytest.mark.parametrize('content', [b'', b'<html>', b'{"a"'])
def test_a_value_that_is_no_json(content):
    with pytest.raises(NotAnEngine, match='JSON was expected, and application/json came'):
        message.value_of(answered(content))


def test_a_value_is_written_out_for_those_who_read_text():
    answer = message.retold(answered(b'[1]'), [2])
    assert message.retold(answer, [3]) is answer
    assert message.value_of(answer) == [3]
    assert (answer.text, answer.json()) == ('[3]', [3])
    assert message.value_of(answer) == [3]
    assert message.value_of(message.retold(answer, [4])) == [4]


@pytest.mark.parametrize('tell', [
    lambda answer: message.retold(answer, message.value_of(answer)),
    lambda answer: message.retold_items(answer, doubled),
    lambda answer: message.said(409, {}, answer),
], ids=['value', 'items', 'said'])
def test_an_answer_that_is_retold_is_let_go_of_at_once(tell):
    answer = answered(b'{"a": 1}')
    source = weakref.ref(answer.raw)
    told = tell(answer)
    del answer, told
    assert source() is None
