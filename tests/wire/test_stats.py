"""stats: its requests, and dicts or texts from its responses."""

import json

import pytest
import six

import docker
from docker import errors
from tests.server import as_json, chunked, http
from tests.wire import negotiated, raised, request_parts
from tests.wire.test_exec import cut_off

COUNTERS = {'rx_bytes': 1, 'rx_packets': 2, 'rx_errors': 3, 'rx_dropped': 4,
            'tx_bytes': 5, 'tx_packets': 6, 'tx_errors': 7, 'tx_dropped': 8}
STATS = {'read': '2026-11-26T09:52:04Z', 'cpu_stats': {'cpu_usage': {'total_usage': 1}}, 'network': COUNTERS}
TEXT = json.dumps(STATS).encode('ascii') + b'\n'


@pytest.fixture
def client(server):
    client = negotiated(docker.Client(server.url, timeout=10), server, '1.41')
    yield client
    client.close()


def test_the_requests(client, server):
    server.respond(chunked([TEXT]), as_json(STATS), as_json(STATS))
    list(client.stats({'Id': 'abc'}))
    assert request_parts(server.request) == ('GET', '/v1.17/containers/abc/stats', {}, None)
    assert client.stats('abc', stream=False) == STATS
    assert request_parts(server.request) == ('GET', '/v1.19/containers/abc/stats', {'stream': '0'}, None)
    assert client.stats('abc', True, False, True) == STATS
    assert request_parts(server.request) == (
        'GET', '/v1.41/containers/abc/stats', {'stream': '0', 'one-shot': '1'}, None)


@pytest.mark.parametrize('chunks', [[TEXT * 3], [TEXT] * 3, [TEXT[:9], TEXT[9:] + TEXT + TEXT[:2], TEXT[2:]]])
def test_texts_and_dicts(client, server, chunks):
    server.respond(chunked(chunks), chunked(chunks))
    texts = list(client.stats('abc'))
    assert [json.loads(text) for text in texts] == [STATS] * 3
    assert all(type(text) is six.text_type and text[-1] == u'}' for text in texts)
    assert list(client.stats('abc', decode=True)) == [STATS] * 3


@pytest.mark.parametrize('newest', ['1.17', '1.18'])
def test_an_engine_that_always_streams(server, newest):
    client = negotiated(docker.Client(server.url, timeout=10), server, newest)

    def endless(peer):
        peer.read_request()
        peer.send(chunked([TEXT, TEXT])[:-5])
        peer.wait_closed()

    server.respond(endless)
    assert client.stats('abc', stream=False) == STATS
    assert request_parts(server.request) == ('GET', '/v1.17/containers/abc/stats', {}, None)
    server.respond(chunked([]), http(404, 'No such container: abc'))
    raised(errors.StreamBroken, lambda: client.stats('abc', stream=False))
    raised(errors.NotFound, lambda: client.stats('abc', stream=False))
    client.close()


@pytest.mark.parametrize('newest, arguments, words', [
    ('1.16', {}, '1.17'), ('1.16', {'stream': False}, '1.17'),
    ('1.40', {'stream': False, 'one_shot': True}, '1.41')])
def test_an_engine_without_it(server, newest, arguments, words):
    client = negotiated(docker.Client(server.url, timeout=10), server, newest)
    error = raised(errors.NotSupported, lambda: client.stats('abc', **arguments))
    assert words in str(error) and newest in str(error) and server.requests == []
    client.close()


@pytest.mark.parametrize('name, kind, call', [
    ('container', TypeError, lambda c: c.stats(5)), ('container', ValueError, lambda c: c.stats('')),
    ('one_shot', ValueError, lambda c: c.stats('abc', one_shot=True))])
def test_bad_arguments(client, server, name, kind, call):
    assert str(raised(kind, lambda: call(client))).startswith(name + ' takes ')
    assert server.requests == []


def test_an_engine_that_goes_away(client, server):
    server.respond(cut_off(chunked([TEXT, TEXT[:20]])[:-5]))
    stream = client.stats('abc')
    assert json.loads(next(stream)) == STATS
    raised(errors.StreamBroken, lambda: next(stream))
    server.respond(cut_off(http(200, TEXT, 'application/json')[:-9]))
    raised(errors.StreamBroken, lambda: client.stats('abc', stream=False))


@pytest.mark.parametrize('body, words', [(b'[]', 'a list'), (b'5', 'a number'), (b'', 'nothing'),
                                         (b'null', 'null')])
def test_what_is_no_stats(client, server, body, words):
    server.respond(http(200, body, 'application/json'), chunked([body or b'x']))
    assert words in str(raised(errors.NotAnEngine, lambda: client.stats('abc', stream=False)))
    raised(errors.StreamBroken, lambda: list(client.stats('abc')))
