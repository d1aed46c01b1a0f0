"""A Client is a requests.Session: calls use its verbs, with all features of a Session."""

import copy
import inspect
import io
import json
import pickle
import rlcompleter
import threading

import pytest
import requests

import docker
from docker import errors
from tests.server import as_json, chunked, http
from tests.wire import negotiated, raised

try:
    from unittest import mock
except ImportError:  # Python 2.7
    import mock

DETAILS = {'ID': 'a', 'Id': 'a', 'StatusCode': 0, 'Config': {'Tty': False},
           'State': {'Running': False, 'StartedAt': '2013-11-23T11:44:33Z'},
           'NetworkSettings': {'Ports': {}}}
OBJECT = json.dumps(DETAILS).encode('ascii')

# Each call, its verbs, the timeout of the last one when the Client's is 5, and the body of its response.
BOUNDED, UNBOUNDED = 5, (5, None)
CALLS = [
    ('attach', lambda c: c.attach('a'), 'get post', BOUNDED, b''),
    ('attach, stream', lambda c: list(c.attach('a', stream=True)), 'get post', BOUNDED, b''),
    ('attach_socket', lambda c: c.attach_socket('a'), 'post', UNBOUNDED, None),
    ('build', lambda c: c.build(fileobj=io.BytesIO(b'FROM a')), 'post', UNBOUNDED, b'x'),
    ('build, timeout', lambda c: c.build(fileobj=io.BytesIO(b'FROM a'), timeout=7), 'post', (5, 7),
     b'x'),
    ('build, stream', lambda c: list(c.build(fileobj=io.BytesIO(b'FROM a'), stream=True)), 'post',
     UNBOUNDED, b'x'),
    ('build, remote', lambda c: c.build('http://localhost/'), 'post', UNBOUNDED, b'x'),
    ('commit', lambda c: c.commit('a'), 'post', UNBOUNDED, OBJECT),
    ('containers', lambda c: c.containers(), 'get', BOUNDED, b'[]'),
    ('copy', lambda c: c.copy('a', '/x').read(), 'post', BOUNDED, b'tar'),
    ('create_container', lambda c: c.create_container('a'), 'post', BOUNDED, OBJECT),
    ('create_container_from_config', lambda c: c.create_container_from_config({}), 'post', BOUNDED,
     OBJECT),
    ('diff', lambda c: c.diff('a'), 'get', BOUNDED, b'null'),
    ('events', lambda c: list(c.events()), 'get', UNBOUNDED, b'{}{}'),
    ('export', lambda c: c.export('a').read(), 'get', BOUNDED, b'tar'),
    ('history', lambda c: c.history('a'), 'get', BOUNDED, b'[]'),
    ('images', lambda c: c.images(), 'get', BOUNDED, b'[]'),
    ('images, viz', lambda c: c.images(viz=True), 'get', BOUNDED, b'digraph'),
    ('import_image', lambda c: c.import_image(b'tar\0'), 'post', UNBOUNDED, b'{}'),
    ('import_image, URL', lambda c: c.import_image('http://localhost/'), 'post', UNBOUNDED, b'{}'),
    ('info', lambda c: c.info(), 'get', BOUNDED, b'{}'),
    ('insert', lambda c: c.insert('a', 'http://localhost/', '/x'), 'post', UNBOUNDED, b'{}'),
    ('inspect_container', lambda c: c.inspect_container('a'), 'get', BOUNDED, OBJECT),
    ('inspect_image', lambda c: c.inspect_image('a'), 'get', BOUNDED, OBJECT),
    ('kill', lambda c: c.kill('a'), 'post', BOUNDED, b''),
    ('login', lambda c: c.login('me', 'secret'), 'post', BOUNDED, b'{}'),
    ('logs', lambda c: c.logs('a'), 'get post', BOUNDED, b''),
    ('port', lambda c: c.port('a', 80), 'get', BOUNDED, OBJECT),
    ('pull', lambda c: c.pull('a'), 'post', UNBOUNDED, b'{}'),
    ('pull, stream', lambda c: list(c.pull('a', stream=True)), 'post', UNBOUNDED, b'{}'),
    ('push', lambda c: c.push('a'), 'post', UNBOUNDED, b'{}'),
    ('push, stream', lambda c: list(c.push('a', stream=True)), 'post', UNBOUNDED, b'{}'),
    ('remove_container', lambda c: c.remove_container('a'), 'delete', BOUNDED, b''),
    ('remove_image', lambda c: c.remove_image('a'), 'delete', BOUNDED, b'[]'),
    ('resize', lambda c: c.resize('a', 1, 1), 'post', BOUNDED, b''),
    ('restart', lambda c: c.restart('a'), 'post', (5, 15), b''),
    ('restart, timeout', lambda c: c.restart('a', timeout=60), 'post', (5, 65), b''),
    ('search', lambda c: c.search('a'), 'get', BOUNDED, b'[]'),
    ('start', lambda c: c.start('a'), 'post', BOUNDED, b''),
    ('stop', lambda c: c.stop('a'), 'post', (5, 15), b''),
    ('stop, timeout', lambda c: c.stop('a', timeout=0), 'post', (5, 5), b''),
    ('tag', lambda c: c.tag('a', 'b'), 'post', BOUNDED, b''),
    ('top', lambda c: c.top('a'), 'get', BOUNDED, b'{}'),
    ('version', lambda c: c.version(), 'get', BOUNDED, b'{}'),
    ('wait', lambda c: c.wait('a'), 'post', UNBOUNDED, OBJECT),
]
calls = pytest.mark.parametrize('name, call, verbs, timeout, content', CALLS,
                                ids=[row[0] for row in CALLS])
mockable = pytest.mark.parametrize(
    'name, call, verbs, timeout, content', [row for row in CALLS if row[4] is not None],
    ids=[row[0] for row in CALLS if row[4] is not None])


class RecordingClient(docker.Client):
    """A Client that records the verbs that were called, and their timeouts."""

    def __init__(self, *args, **kwargs):
        super(RecordingClient, self).__init__(*args, **kwargs)
        self.recorded = []

    def get(self, url, **kwargs):
        self.recorded.append(('get', kwargs.get('timeout')))
        return super(RecordingClient, self).get(url, **kwargs)

    def post(self, url, *args, **kwargs):
        self.recorded.append(('post', kwargs.get('timeout')))
        return super(RecordingClient, self).post(url, *args, **kwargs)

    def delete(self, url, **kwargs):
        self.recorded.append(('delete', kwargs.get('timeout')))
        return super(RecordingClient, self).delete(url, **kwargs)


@calls
def test_the_verbs_and_their_timeouts(server, name, call, verbs, timeout, content):
    client = negotiated(RecordingClient(server.url, timeout=5), server,
                        '1.11' if name == 'insert' else '1.17')
    del client.recorded[:]
    if verbs == 'get post':
        server.respond(as_json(DETAILS))
    server.respond(http(200, content or b''))
    result = call(client)
    if content is None:
        result.close()
    assert [verb for verb, _ in client.recorded] == verbs.split()
    assert client.recorded[-1][1] == timeout
    client.close()


def test_no_timeout_at_all(server):
    client = negotiated(RecordingClient(server.url, timeout=None), server)
    del client.recorded[:]
    server.respond(as_json({}), http(204), as_json(DETAILS))
    client.info()
    client.stop('a')
    client.wait('a')
    assert client.recorded == [('get', None), ('post', (None, None)), ('post', (None, None))]
    client.close()


@pytest.mark.parametrize('timeout', [(3, 5), [3, 5]])
def test_a_timeout_for_connecting_and_one_for_reading(server, timeout):
    client = negotiated(RecordingClient(server.url, timeout=timeout), server)
    del client.recorded[:]
    server.respond(as_json({}), http(204), as_json(DETAILS), http(200, b'x'))
    client.info()
    client.stop('a')
    client.wait('a')
    client.build(fileobj=io.BytesIO(b'FROM a'), timeout=7)
    assert client.recorded == [
        ('get', (3, 5)), ('post', (3, 15)), ('post', (3, None)), ('post', (3, 7))]
    client.timeout = (2, None)
    server.respond(as_json({}), http(204))
    client.info()
    client.stop('a')
    assert client.recorded[-2:] == [('get', (2, None)), ('post', (2, None))]
    client.close()


def test_the_timeout_for_reading_ends_a_call(client, server):
    def silent(peer):
        peer.read_request()
        peer.wait_closed()
        return False

    client.timeout = (10, 0.05)
    server.respond(silent)
    with pytest.raises(errors.ReadTimedOut):
        client.info()


def response_with_raw(content, status=200):
    response = requests.Response()
    response.status_code = status
    response.raw = io.BytesIO(content)
    return response


def response_with_content(content, status=200):
    response = requests.Response()
    response.status_code = status
    response._content = content  # as the tests of many scripts do, as there is no public way
    return response


@pytest.mark.parametrize('make', [response_with_raw, response_with_content])
@mockable
def test_responses_of_mocked_verbs(server, name, call, verbs, timeout, content, make):
    client = docker.Client(server.url)
    with mock.patch.object(docker.Client, 'get') as get, \
            mock.patch.object(docker.Client, 'post') as post, \
            mock.patch.object(docker.Client, 'delete') as delete:
        get.return_value = make(OBJECT if verbs == 'get post' else content)
        post.return_value = make(content)
        delete.return_value = make(content)
        call(client)
        assert sorted(verbs.split()) == sorted(
            ['get'] * get.call_count + ['post'] * post.call_count + ['delete'] * delete.call_count)
    assert server.requests == []


@pytest.mark.parametrize('make', [response_with_raw, response_with_content])
@mockable
def test_errors_of_mocked_verbs(server, name, call, verbs, timeout, content, make):
    client = docker.Client(server.url)
    with mock.patch.object(docker.Client, 'get') as get, \
            mock.patch.object(docker.Client, 'post') as post, \
            mock.patch.object(docker.Client, 'delete') as delete:
        for verb in (get, post, delete):
            verb.return_value = make(b'No such thing: a\n', 404)
        error = raised(errors.NotFound, lambda: call(client))
    assert error.explanation == 'No such thing: a'


def test_the_arguments_of_a_mocked_verb(server):
    client = docker.Client('unix://var/run/docker.sock')
    with mock.patch.object(docker.Client, 'get', return_value=response_with_raw(b'[]')) as get:
        assert client.containers(all=True) == []
    args, kwargs = get.call_args
    assert args[0].endswith('/v1.6/containers/json')
    assert kwargs['params']['all'] == 1
    assert kwargs['timeout'] == docker.client.DEFAULT_TIMEOUT_SECONDS


# Features of a Session

VERBS = [lambda c: c.info(), lambda c: c.start('a'), lambda c: c.remove_container('a')]


@pytest.mark.parametrize('call', VERBS)
def test_hooks(client, server, call):
    seen = []
    client.hooks['response'].append(lambda response, **kwargs: seen.append(response))
    server.respond(as_json({}))
    call(client)
    assert [response.status_code for response in seen] == [200]
    assert '/v1.6/' in seen[0].url and seen[0].request.method == server.request.method


@pytest.mark.parametrize('call', VERBS)
def test_headers_auth_and_parameters(client, server, call):
    client.headers['X-Mine'] = 'yes'
    client.auth = ('me', 'secret')
    client.params = {'mine': 'a b'}
    server.respond(as_json({}))
    call(client)
    assert server.request.headers['x-mine'] == 'yes'
    assert server.request.headers['authorization'] == 'Basic bWU6c2VjcmV0'
    assert server.request.query['mine'] == 'a b'


def test_headers_that_change_between_calls(client, server):
    server.respond(*[as_json([])] * 4)
    for value in ('yes', 'no', None):
        client.headers['X-Mine'] = value
        client.images()
        assert server.request.headers.get('x-mine') == value
    del client.headers['X-Mine']
    client.hooks['response'].append(
        lambda response, **kwargs: response.request.headers.update({'X-Mine': 'its'}))
    client.images()
    client.headers['X-Mine'] = 'a\nb'
    with pytest.raises(requests.exceptions.InvalidHeader):
        client.images()
    del client.headers['X-Mine']
    server.respond(as_json([]))
    client.images()
    assert 'x-mine' not in server.request.headers


@pytest.mark.parametrize('call', VERBS)
def test_cookies(client, server, call):
    server.respond(as_json({}, 200, 'Set-Cookie: session=abc; Path=/'), as_json({}))
    client.cookies.set('mine', 'yes')
    call(client)
    assert server.request.headers['cookie'] == 'mine=yes'
    call(client)
    assert sorted(server.request.headers['cookie'].split('; ')) == ['mine=yes', 'session=abc']


def test_a_custom_auth(client, server):
    class Token(requests.auth.AuthBase):
        def __call__(self, request):
            request.headers['Authorization'] = 'Bearer abc'
            return request

    client.auth = Token()
    server.respond(http(204))
    client.start('a', binds={'/a': '/b'})
    assert server.request.headers['authorization'] == 'Bearer abc'
    assert server.request.json == {'Binds': ['/a:/b']}


@pytest.mark.parametrize('call', VERBS)
def test_proxies_are_not_used_for_a_local_socket(client, server, call, monkeypatch):
    for name in ('HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'):
        monkeypatch.setenv(name, 'http://127.0.0.1:9')
    server.respond(as_json({}))
    call(client)
    assert server.request.target.startswith('/v1.6/')


@pytest.mark.parametrize('call', VERBS)
def test_a_redirection_is_not_followed(client, server, call):
    client.auth = ('me', 'secret')
    server.respond(http(400, 'elsewhere\n', 'text/plain', 'Location: /v1.6/elsewhere').replace(
        b'400 Bad Request', b'302 Found'))
    raised(docker.APIError, lambda: call(client))
    assert len(server.requests) == 1


def test_requests_of_the_session_reach_the_engine(client, server):
    server.respond(http(200, 'OK'), as_json({'A': 1}))
    assert client.get(client.base_url + '/_ping').text == 'OK'
    assert server.request.path == '/_ping'
    assert client.get(client._url('/info')).json() == {'A': 1}
    assert server.request.path == '/v1.6/info'


@pytest.mark.parametrize('path', ['/info', u'/caf\xe9', '/a b', '/a%20b', '/a%2fb', '/a%zz', '/a?b=c', '/a#b',
                                  '/a~b', '/a%7Eb', '/[a]', "/a'b(c)", '/a"b', '/a\n', '/../a', '/'])
@pytest.mark.parametrize('more', [
    {}, {'params': {'a': u'\xe9', 'b': None}}, {'params': [('b', 1), ('a', 2)]}, {'data': b'body'},
    {'data': {'a': 'b'}}, {'json': {'a': 1}}, {'headers': {'X-Mine': '1', 'User-Agent': None}},
    {'cookies': {'a': 'b'}}, {'auth': ('me', 'x')}])
@pytest.mark.parametrize('settings', [
    {}, {'params': {'z': '1'}}, {'auth': ('me', 'x')}, {'headers': {'X-Ours': '1', 'Accept': None}}])
def test_requests_are_prepared_as_by_any_session(client, path, more, settings):
    for name, value in settings.items():
        getattr(client, name).update(value) if isinstance(value, dict) else setattr(client, name, value)
    request = requests.Request('POST', client.base_url + path, **more)
    ours, theirs = client.prepare_request(request), requests.Session.prepare_request(client, request)
    assert (ours.method, ours.url, ours.body) == (theirs.method, theirs.url, theirs.body)
    assert ours.headers == theirs.headers
    assert ours.hooks == theirs.hooks


def test_a_closed_client_can_be_used_again(client, server):
    server.respond(as_json({'A': 1}), as_json({'A': 2}))
    assert client.info() == {'A': 1}
    before = server.connections
    client.close()
    assert client.info() == {'A': 2}
    assert server.connections == before + 1


def test_a_with_statement(server):
    with negotiated(docker.Client(server.url), server) as client:
        server.respond(as_json({'A': 1}))
        assert client.info() == {'A': 1}


def test_connections_are_reused(client, server):
    server.respond(*[as_json({})] * 3)
    before = server.connections
    for _ in range(3):
        client.info()
    assert server.connections == before


def test_pickling(server):
    client = docker.Client(server.url, version='1.5', timeout=7)
    client.headers['X-Mine'] = 'yes'
    copied = pickle.loads(pickle.dumps(client))
    assert (copied.timeout, copied.base_url) == (7, client.base_url)
    with pytest.raises(TypeError):
        copied.timeout = '7'
    negotiated(copied, server)
    server.respond(as_json({'A': 1}))
    assert copied.info() == {'A': 1}
    assert server.request.path == '/v1.5/info' and server.request.headers['x-mine'] == 'yes'
    copied.close()


def test_many_threads(client, server):
    count, results, go = 16, [], threading.Barrier(16) if hasattr(threading, 'Barrier') else None
    server.respond(*[as_json({'A': 1}) for _ in range(count)])

    def request():
        if go:
            go.wait(30)
        try:
            results.append(client.info())
        except Exception as error:
            results.append(error)

    threads = [threading.Thread(target=request) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert results == [{'A': 1}] * count


def test_repr(server):
    client = docker.Client(server.url)
    client.auth = ('me', 'hush-hush')
    assert server.path in repr(client) and '1.6' in repr(client)
    assert 'hush-hush' not in repr(client)


@pytest.mark.parametrize('call, response', [
    (lambda c: c.pull('a', stream=True), chunked([b'{"error":"no"}'])),
    (lambda c: c.events(), chunked([b'{}', b'{'])),
], ids=['pull', 'events'])
def test_a_stream_that_fails_releases_its_connection(client, server, call, response):
    server.respond(response)
    stream = call(client)
    with pytest.raises((errors.OperationFailed, errors.StreamBroken)):
        list(stream)
    assert stream.closed and list(stream) == []


def looks(client):
    """Ways to look at a Client, as tests, editors and debuggers do."""
    yield lambda: [name for name in dir(client) if hasattr(client, name)]
    yield lambda: inspect.getmembers(client)
    yield lambda: mock.create_autospec(client)
    yield lambda: mock.create_autospec(docker.Client)
    yield lambda: mock.create_autospec(docker.Client, instance=True)
    yield lambda: copy.copy(client).close()
    yield lambda: repr(client) + str(vars(client))
    yield lambda: rlcompleter.Completer({'client': client}).complete('client.api', 0)
    yield lambda: client == client and bool(client)


@pytest.mark.parametrize('number', range(len(list(looks(None)))))
def test_looking_at_a_client_sends_nothing(server, number):
    client = docker.Client(server.url)
    list(looks(client))[number]()
    assert server.connections == 0 and client.api_version is None
    client.close()


def test_looking_at_a_client_of_an_engine_that_does_not_respond(monkeypatch):
    client = docker.Client('tcp://127.0.0.1:1', timeout=None)
    assert hasattr(client, 'api_version') and client.api_version is None
