"""docker.transport.expected: the kinds of values in responses, and the errors for others."""

import io
import re

import pytest
import requests
from requests.adapters import BaseAdapter

import docker
from docker.errors import NotAnEngine, StreamBroken
from docker.transport.expected import Mismatch, check_needed, checked_json, item_check
from tests.server import as_json, http
from tests.wire import negotiated, raised


@pytest.fixture
def client(server):
    client = negotiated(docker.Client(server.url, timeout=10), server)
    yield client
    client.close()


def request(method, path, version='1.41'):
    return requests.Request(method, 'http+docker://localhost/v{0}{1}'.format(version, path)).prepare()


def mismatch(method, path, value):
    with pytest.raises(Mismatch) as caught:
        checked_json(request(method, path), value)
    return str(caught.value)


@pytest.mark.parametrize('method, path, value, message', [
    ('GET', '/containers/json?all=1', {}, 'expected a list, got an object'),
    ('GET', '/containers/json', 'x', 'expected a list, got text'),
    ('GET', '/containers/json', [None], 'expected an object as [], got null'),
    ('GET', '/containers/json', [{'Id': 'a'}, 5], 'expected an object as [], got a number'),
    ('GET', '/containers/json', [{'Id': 'a'}, {'Id': 5}], 'expected text as [].Id, got a number'),
    ('GET', '/containers/json', [{'Id': 'a'}, {}], 'expected text as [].Id, got nothing'),
    ('GET', '/containers/json', [{'Id': None}], 'expected text as [].Id, got null'),
    ('GET', '/containers/web/json', [], 'expected an object, got a list'),
    ('GET', '/containers/web/json', None, 'expected an object, got null'),
    ('GET', '/containers/a/b/json', {'State': []}, 'expected an object as State, got a list'),
    ('GET', '/containers/web/json', {'State': {'Running': 1}},
     'expected true or false as State.Running, got a number'),
    ('GET', '/containers/web/json', {'NetworkSettings': {'Ports': {'80/tcp': [{'HostPort': 80}]}}},
     'expected text as NetworkSettings.Ports.*[].HostPort, got a number'),
    ('GET', '/containers/web/json', {'NetworkSettings': {'Ports': {'1/tcp': [], '80/tcp': {}}}},
     'expected a list as NetworkSettings.Ports.*, got an object'),
    ('GET', '/containers/web/json', {'Mounts': [{'Type': 'bind'}]},
     'expected text as Mounts[].Destination, got nothing'),
    ('GET', '/containers/web/top', {'Titles': ['PID'], 'Processes': [['1'], [1]]},
     'expected text as Processes[][], got a number'),
    ('POST', '/containers/web/wait', {}, 'expected an integer as StatusCode, got nothing'),
    ('POST', '/containers/web/wait', {'StatusCode': True}, 'expected an integer as StatusCode, got true'),
    ('POST', '/containers/web/wait', {'StatusCode': 1.5}, 'expected an integer as StatusCode, got a number'),
    ('DELETE', '/images/a/b:c', {}, 'expected a list, got an object'),
    ('GET', '/images/a/b:c/history', {}, 'expected a list, got an object'),
    ('GET', '/images/json', [{'Id': 'a', 'RepoTags': ['x', None]}],
     'expected text as [].RepoTags[], got null'),
    ('POST', '/auth', 'secret', 'expected an object, got text')])
def test_what_is_expected_and_what_came(method, path, value, message):
    assert mismatch(method, path, value) == message


@pytest.mark.parametrize('method, path', [
    ('GET', '/containers/json'), ('GET', '/images/json'), ('GET', '/images/search'),
    ('GET', '/images/a/history'), ('GET', '/containers/a/changes'), ('DELETE', '/images/a')])
def test_null_is_an_empty_list(method, path):
    assert checked_json(request(method, path), None) == []


def test_null_is_an_empty_list_of_processes():
    assert checked_json(request('GET', '/containers/a/top'), {'Titles': None, 'Processes': None}) == {
        'Titles': [], 'Processes': []}


def test_null_is_as_absent():
    details = {'State': None, 'Config': {'Env': None}, 'NetworkSettings': {'Ports': {'80/tcp': None}}}
    assert checked_json(request('GET', '/containers/a/json'), dict(details)) == details


@pytest.mark.parametrize('path', ['/containers/json', '/images/json'])
def test_a_long_list_is_checked_to_its_end(path):
    listed = [{'Id': str(number), 'RepoTags': None} for number in range(1000)]
    assert checked_json(request('GET', path), listed) is listed
    assert mismatch('GET', path, listed + [{'Id': 1}]) == 'expected text as [].Id, got a number'


@pytest.mark.parametrize('method, path', [
    ('POST', '/session'), ('GET', '/containers/a/attach/ws'), ('POST', '/containers/a/start')])
def test_nothing_is_expected_of_other_responses(method, path):
    assert checked_json(request(method, path), 5) == 5
    assert item_check(request(method, path), None) is None


def test_what_a_call_needs():
    asked = request('GET', '/containers/web/json')
    check_needed(asked, {'Id': 'a', 'State': {'Running': False}}, ('Id', 'State.Running'))
    for value in ({}, {'State': {}}, {'State': None}):
        with pytest.raises(Mismatch, match='^expected true or false as State.Running, got nothing$'):
            check_needed(asked, value, ('State.Running',))


@pytest.mark.parametrize('method, path, item, message', [
    ('POST', '/build', {'stream': 1}, 'expected text as stream, got a number'),
    ('POST', '/images/create', {'error': {'message': 'no'}}, 'expected text as error, got an object'),
    ('POST', '/images/create', {'errorDetail': 'no'}, 'expected an object as errorDetail, got text'),
    ('POST', '/images/a/push', {'errorDetail': {'message': []}},
     'expected text as errorDetail.message, got a list'),
    ('GET', '/events', {'id': []}, 'expected text as id, got a list'),
    ('GET', '/events', {'Actor': {'Attributes': 'x'}}, 'expected an object as Actor.Attributes, got text')])
def test_items_of_streams(method, path, item, message):
    check = item_check(request(method, path), lambda mismatch: ValueError(str(mismatch)), path == '/events')
    with pytest.raises(ValueError, match='^' + re.escape(message) + '$'):
        check(item)
    assert check({key: None for key in item}) is None
    assert check({'progressDetail': 5, 'aux': [], 'time': 'x', 'x': item}) is None


def test_the_error_names_the_call_and_the_endpoint(client, server):
    server.respond(as_json({}))
    error = raised(NotAnEngine, client.containers)
    assert str(error) == (
        'What responds at {0} is not a Docker engine, or a proxy is in between: GET /containers/json: '
        'expected a list, got an object.'.format(server.url))
    assert error.response.status_code == 200 and error.request.method == 'GET'


@pytest.mark.parametrize('response, got', [
    (http(200, '<html>', 'text/html'), 'text/html'), (http(200, ''), 'nothing'), (http(204), 'nothing'),
    (http(200, '{"a"', 'application/json'), 'invalid JSON'),
    (http(200, b'"\xff"', 'application/json'), 'invalid JSON'),
    (http(200, '{"Containers": NaN}', 'application/json'), 'invalid JSON'),
    (http(200, '[' * 20000 + ']' * 20000, 'application/json'), 'JSON that is nested too deeply')])
def test_what_is_no_json(client, server, response, got):
    server.respond(response)
    assert str(raised(NotAnEngine, client.info)).endswith(': GET /info: expected JSON, got {0}.'.format(got))


def test_the_output_of_a_build_is_no_page(client, server):
    server.respond(http(200, '<html>', 'text/html; charset=utf-8'))
    with pytest.raises(NotAnEngine, match='POST /build: expected text or JSON, got text/html; charset=utf-8'):
        client.build(fileobj=io.BytesIO(b'FROM busybox'))


@pytest.mark.parametrize('body', ['{"a": 1}', '', '<html>digraph</html>'])
def test_a_graph_is_a_digraph(client, server, body):
    server.respond(http(200, body))
    with pytest.raises(NotAnEngine, match='GET /images/viz: expected a Graphviz digraph, got (some|no)thing'):
        client.images(viz=True)


@pytest.mark.parametrize('text, message', [
    ('{"error": 5}', 'The stream of POST /images/create is not what is expected: expected text as error, '
                     'got a number.'),
    ('{"status": NaN}', 'Expected a JSON object, got: {"status": NaN}'),
    ('{"a": ' * 20000 + '1' + '}' * 20000, 'Expected a JSON object, got one that is nested too deeply.')])
def test_an_item_of_another_kind_breaks_the_stream(client, server, text, message):
    server.respond(http(200, '{"status": "a"}\n' + text, 'application/json'))
    items = client.pull('busybox', stream=True, decode=True)
    assert next(items) == {'status': 'a'}
    assert str(raised(StreamBroken, lambda: next(items))) == message
    assert items.closed


def test_a_login_shows_nothing_of_the_response(client, server):
    server.respond(as_json({'IdentityToken': ['secret']}))
    error = raised(NotAnEngine, lambda: client.login('me', 'secret'))
    assert 'secret' not in str(error) and 'IdentityToken' in str(error)


class Mock(BaseAdapter):
    """An adapter that responds to everything with an empty object, as tests of programs have them."""

    def send(self, request, **kwargs):
        response = requests.Response()
        response.status_code, response.request, response.url = 200, request, request.url
        response.raw = io.BytesIO(b'{}')
        return response

    def close(self):
        pass


def test_a_response_that_a_mock_created():
    client = docker.Client('unix:///no/such.sock')
    client.mount(client.base_url, Mock())
    with pytest.raises(NotAnEngine, match='GET /containers/json: expected a list, got an object'):
        client.containers()
    with pytest.raises(NotAnEngine, match='expected an integer as StatusCode, got nothing'):
        client.wait('web')
    client.close()
