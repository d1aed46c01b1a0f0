"""What stands in for an engine in the tests of programs: responses, requests_mock, and functions that
replace `HTTPAdapter.send`, get each call as the Client writes it. The engine gets nothing, unless a call is
passed on.
"""

import io
import os
import re
import subprocess
import sys

import pytest
import requests
from requests.adapters import HTTPAdapter

import docker
from docker import errors
from tests.server import as_json, chunked, frame
from tests.wire import negotiated
from tests.wire.test_session import DETAILS, OBJECT, mock, mockable, response_with_raw

responses = pytest.importorskip('responses')
requests_mock = pytest.importorskip('requests_mock')

V16 = 'http+docker://localhost/v1.6'
ANY_PATH = re.compile(re.escape(V16) + '/.*')


@pytest.fixture
def client(server):
    client = docker.Client(server.url, timeout=10)
    yield client
    client.close()


@pytest.fixture
def mocked():
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mocked:
        yield mocked


@mockable
def test_every_call_works_with_responses(client, server, mocked, name, call, verbs, timeout, content):
    if verbs == 'get post':
        mocked.add('GET', ANY_PATH, body=OBJECT)
    mocked.add(verbs.split()[-1].upper(), ANY_PATH, body=content)
    call(client)
    assert [made.request.method.lower() for made in mocked.calls] == verbs.split()
    assert all(made.request.url.startswith(V16 + '/') for made in mocked.calls)
    assert server.connections == 0 and client.api_version is None


@mockable
def test_every_call_works_with_requests_mock(client, server, name, call, verbs, timeout, content):
    with requests_mock.Mocker() as mocked:
        if verbs == 'get post':
            mocked.get(ANY_PATH, content=OBJECT)
        getattr(mocked, verbs.split()[-1])(ANY_PATH, content=content)
        call(client)
        assert client.api_version is None
        assert [made.method.lower() for made in mocked.request_history] == verbs.split()
    assert server.connections == 0


@mockable
@pytest.mark.parametrize('autospec', [True, False])
def test_every_call_works_with_a_mock_of_the_function(
        client, server, name, call, verbs, timeout, content, autospec):
    bodies = [OBJECT, content][-len(verbs.split()):]
    with mock.patch.object(HTTPAdapter, 'send', autospec=autospec) as send:
        send.side_effect = [response_with_raw(body) for body in bodies]
        call(client)
    assert [args[-1].method.lower() for args, _ in send.call_args_list] == verbs.split()
    assert {args[-1].url[:len(V16)] for args, _ in send.call_args_list} == {V16}
    assert send.call_args[1]['timeout'] is not None
    assert server.connections == 0


def test_a_removal_that_is_mocked_removes_nothing(client, server):
    negotiated(client, server)
    with responses.RequestsMock() as mocked:
        mocked.add('DELETE', V16 + '/containers/web', status=204)
        client.remove_container('web')
        assert [made.request.url.partition('?')[0] for made in mocked.calls] == [V16 + '/containers/web']
    assert server.requests == []
    server.respond(as_json({'A': 1}))
    assert client.info() == {'A': 1}


def test_errors_and_streams(client, mocked):
    mocked.add('GET', V16 + '/containers/a/json', json={'message': 'No such container: a'}, status=404)
    with pytest.raises(errors.NotFound, match='No such container: a'):
        client.inspect_container('a')
    mocked.add('GET', V16 + '/containers/b/json', json=DETAILS)
    mocked.add('POST', V16 + '/containers/b/attach', body=frame(1, b'out') + frame(2, b'err'))
    assert client.logs('b') == b'outerr'
    assert list(client.logs('b', stream=True)) == [b'out', b'err']
    mocked.add('POST', V16 + '/images/create', body=b'{"status":"a"}\r\n{"error":"it failed"}\r\n')
    stream = client.pull('a', stream=True, decode=True)
    assert next(stream) == {'status': 'a'}
    with pytest.raises(errors.OperationFailed, match='it failed'):
        list(stream)


def test_a_call_that_is_not_mocked_fails(client, server, mocked):
    with pytest.raises(requests.exceptions.ConnectionError):
        client.info()
    assert server.connections == 0


def test_what_stands_in_keeps_the_credentials_that_it_got(client, mocked):
    mocked.add('POST', V16 + '/auth', json={})
    mocked.add('POST', V16 + '/images/create', body=b'{}')
    client.login('me', 'a-password-of-a-mock')
    client.pull('busybox')
    assert b'a-password-of-a-mock' in mocked.calls[0].request.body.encode('ascii')
    assert mocked.calls[1].request.headers['X-Registry-Auth']


@pytest.mark.parametrize('way', ['prefix', 'response'])
def test_calls_that_are_passed_on_reach_the_engine(client, server, mocked, way):
    if way == 'prefix':
        mocked.add_passthru(V16)
    else:
        mocked.add(responses.PassthroughResponse('GET', ANY_PATH))
        mocked.add(responses.PassthroughResponse('POST', ANY_PATH))
    modern = as_json({'ApiVersion': '1.41', 'MinAPIVersion': '1.12'})
    server.respond(modern, as_json({'A': 1}), as_json({'Id': 'a'}, 201), chunked([b'{"stream":"x"}']),
                   as_json({'message': 'no'}, 409))
    assert client.info() == {'A': 1}
    assert client.create_container('busybox', 'true') == {'Id': 'a'}
    assert client.build(fileobj=io.BytesIO(b'FROM busybox')) == (None, u'x')
    with pytest.raises(errors.Conflict):
        client.start('a')
    assert [request.path for request in server.requests] == [
        '/version', '/v1.12/info', '/v1.12/containers/create', '/v1.12/build', '/v1.12/containers/a/start']
    assert len(mocked.calls) == 4 * (way == 'response')
    assert client.api_version == '1.12'


def test_a_body_without_a_length_and_an_error_are_passed_on(client, server, monkeypatch):
    original, seen = HTTPAdapter.send, []

    def send(adapter, request, **kwargs):
        seen.append(request)
        response = original(adapter, request, **kwargs)
        seen.append(request.body)
        return response
    monkeypatch.setattr(HTTPAdapter, 'send', send)
    negotiated(client, server)
    del seen[:]
    server.respond(chunked([b'{"status":"a"}']), lambda peer: False)
    assert client.import_image(iter([b'an ', b'archive'])) == u'{"status":"a"}'
    assert server.request.body == b'an archive'
    assert server.request.headers['transfer-encoding'] == 'chunked'
    assert seen[1] is seen[0].body is not None
    with pytest.raises(errors.EngineUnreachable):
        client.stop('a')


def test_a_stream_that_is_passed_on_comes_as_it_is_written(client, server, mocked):
    mocked.add_passthru(V16)
    negotiated(client, server)
    server.respond(chunked([b'{"id":"a"}\n', b'{"id":"b"}\n']))
    events = client.events(decode=True)
    assert next(events) == {'id': 'a'}
    events.close()


def test_real_http_of_requests_mock(client, server):
    negotiated(client, server)
    server.respond(as_json({'A': 1}))
    with requests_mock.Mocker(real_http=True) as mocked:
        mocked.get(V16 + '/version', json={'Version': 'mine'})
        assert client.version() == {'Version': 'mine'}
        assert client.info() == {'A': 1}
        assert client.api_version == '1.6'


def test_an_adapter_that_a_user_mounts(client, server):
    class Adapter(requests.adapters.BaseAdapter):
        def send(self, request, **kwargs):
            return requests_mock.create_response(request, json={'url': request.url})

        def close(self):
            pass

    client.mount(client.base_url, Adapter())
    assert client.api_version is None
    assert client.info() == {'url': V16 + '/info'}
    assert client.api_version is None and server.connections == 0


@pytest.mark.parametrize('before', [
    'import responses; responses.start()', 'import docker, responses; responses.start()',
    'import requests.adapters, functools\n'
    'original = requests.adapters.HTTPAdapter.send\n'
    '@functools.wraps(original)\n'
    'def send(*args, **kwargs):\n'
    '    import responses\n'
    '    responses.start()\n'
    '    return requests.adapters.HTTPAdapter.send(*args, **kwargs)\n'
    'requests.adapters.HTTPAdapter.send = send\n'])
def test_it_makes_no_difference_when_the_function_is_replaced(server, before):
    program = before + '''
import docker, responses
responses.add('GET', 'http+docker://localhost/v1.6/info', json={{'A': 1}})
assert docker.Client({0!r}).info() == {{'A': 1}}
'''.format(server.url)
    paths = os.pathsep.join(sys.path)
    subprocess.check_call([sys.executable, '-c', program], env=dict(os.environ, PYTHONPATH=paths))
    assert server.connections == 0


def test_without_a_replacement_the_adapter_of_requests_is_not_used(client, server):
    negotiated(client, server)
    server.respond(as_json({'A': 1}))
    with mock.patch.object(HTTPAdapter, 'build_response', side_effect=AssertionError):
        assert client.info() == {'A': 1}
