"""docker.transport.response: responses as the changes work on them."""

import json
import weakref

import pytest
import requests

from docker.errors import NotAnEngine, StreamBroken
from docker.transport.response import (
    HIDDEN, ChunkedBody, build_response, items_of, json_of, json_response, succeeded, with_json,
    with_json_items)


def create_response(content=b'{}', status=200, closed=None):
    request = requests.Request('GET', 'http://localhost/x').prepare()

    class Source(object):
        def close(self):
            if closed is not None:
                closed.append(True)

    return build_response(request, status, {'Content-Type': 'application/json', 'Server': 'x'},
                          ChunkedBody(iter([content]), Source()))


def test_a_response_with_another_value():
    closed = []
    first = create_response(b'[1]', closed=closed)
    other = with_json(first, {'a': 1})
    assert other.json() == {'a': 1} and other.status_code == 200 and closed
    assert other.headers['Content-Type'] == 'application/json'
    assert other.request is first.request and other.url == first.url


def test_headers_of_the_engine_stay():
    assert with_json(create_response(), []).headers.get('Server') == 'x'


def test_a_json_response():
    other = json_response(409, {'message': 'no'}, create_response())
    assert (other.status_code, other.reason, other.json()) == (409, 'Conflict', {'message': 'no'})


def doubled(item):
    item['b'] = item['a'] * 2
    return True


def test_items_are_changed_as_they_come():
    first = create_response()
    first.raw = ChunkedBody(iter([b'{"a":1}{"a"', b':2}']), first.raw)
    other = with_json_items(first, doubled)
    lines = b''.join(other.iter_content(None)).decode('ascii').splitlines()
    assert [json.loads(line) for line in lines] == [{'a': 1, 'b': 2}, {'a': 2, 'b': 4}]


def test_items_are_read_once_for_all_changes():
    def again(item):
        return item['a'] == 1 and not item.update(c=item['b'])

    response = with_json_items(create_response(b'{"a": 1}\r\n{"a":  2}'),
                               lambda item: item['a'] == 1 and doubled(item))
    assert with_json_items(response, again) is response
    # The text of what was changed is not made again; what is unchanged has the text that the engine sent.
    assert list(items_of(response)) == [(None, {'a': 1, 'b': 2, 'c': 2}), (u'{"a":  2}', {'a': 2})]


def test_items_are_rewritten_without_being_parsed():
    response = with_json_items(create_response(b'{"a": 1}\r\n{"a":  2}\r\n{"a": 3}'), doubled,
                               rewrite=lambda text: text.replace(u'1', u'4') if u'1' in text else None)
    items = list(items_of(response, parse_all=False))
    assert items[0] == (u'{"a": 4}', None)
    assert [json.loads(text) for text, _ in items[1:]] == [{'a': 2, 'b': 4}, {'a': 3, 'b': 6}]


def test_items_that_every_change_skips_are_not_parsed():
    lines = [u'{"a": 1}', u'{"a":  2}', u'{"a": 3}', u'{"a": 4}']
    response = with_json_items(create_response(u'\n'.join(lines).encode('ascii')), doubled,
                               skip=lambda text: '2' in text or '4' in text)
    with_json_items(response, lambda item: False, skip=lambda text: '2' in text)
    items = list(items_of(response, parse_all=False))
    assert items[1] == (lines[1], None)
    assert items[3] == (lines[3], {'a': 4})
    assert [json.loads(items[at][0]) for at in (0, 2)] == [{'a': 1, 'b': 2}, {'a': 3, 'b': 6}]


def test_an_item_that_is_hidden_is_left_out():
    response = with_json_items(create_response(b'{"a": 1}\n{"a": 2}\n{"a": 3}'),
                               lambda item: HIDDEN if item['a'] == 2 else False)
    assert [item for _, item in items_of(response)] == [{'a': 1}, {'a': 3}]


def test_an_item_that_is_no_json_is_an_error():
    response = with_json_items(create_response(b'{"a": 1}\n{oops}\n{"a": 3}'), doubled)
    with pytest.raises(StreamBroken, match='{oops}'):
        list(items_of(response, parse_all=False))


def test_closing_a_changed_response_closes_the_original():
    closed = []
    other = with_json_items(create_response(closed=closed), lambda item: None)
    other.close()
    assert closed


@pytest.mark.parametrize('status, good', [(200, True), (204, True), (304, False), (404, False)])
def test_a_response_that_succeeded(status, good):
    assert succeeded(create_response(status=status)) is good


@pytest.mark.parametrize('content, got', [
    (b'', 'nothing'), (b'<html>', 'invalid JSON'), (b'{"a"', 'invalid JSON')])
def test_a_value_that_is_no_json(content, got):
    with pytest.raises(NotAnEngine, match='GET /x: expected JSON, got {0}'.format(got)):
        json_of(create_response(content))


def test_a_value_that_lacks_what_a_call_needs():
    assert json_of(create_response(b'{"Id": "a"}'), 'Id') == {'Id': 'a'}
    response = with_json(create_response(b'{"Id": "a"}'), {})
    with pytest.raises(NotAnEngine, match='expected a value as Id, got nothing'):
        json_of(response, 'Id')


def test_a_value_that_is_too_deep_to_be_serialized_again():
    deep = {}
    for _ in range(20000):
        deep = {'a': deep}
    response = with_json(create_response(b'{}'), deep)
    with pytest.raises(StreamBroken, match='nested too deeply'):
        response.content


def test_a_value_is_serialized_for_those_who_read_text():
    response = with_json(create_response(b'[1]'), [2])
    assert with_json(response, [3]) is response
    assert json_of(response) == [3]
    assert (response.text, response.json()) == ('[3]', [3])
    assert json_of(response) == [3]
    assert json_of(with_json(response, [4])) == [4]


@pytest.mark.parametrize('change', [
    lambda response: with_json(response, json_of(response)),
    lambda response: with_json_items(response, doubled),
    lambda response: json_response(409, {}, response),
], ids=['value', 'items', 'own'])
def test_a_response_that_is_changed_holds_no_cycle(change):
    response = create_response(b'{"a": 1}')
    source = weakref.ref(response.raw)
    changed = change(response)
    del response, changed
    assert source() is None
