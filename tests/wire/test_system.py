"""ping, version and the later arguments of events: exact requests, responses and bad input."""

import datetime
import json
import socket

import pytest

import docker
from docker import errors
from tests.server import as_json, chunk, chunked, http
from tests.wire import raised, request_parts


# ping

@pytest.mark.parametrize('body', ['OK', 'OK\n'])
def test_ping(client, server, body):
    server.respond(http(200, body))
    assert client.ping() == body
    assert request_parts(server.request) == ('GET', '/v1.6/_ping', {}, None)


def test_ping_of_an_engine_before_1_11(client_of, server):
    client = client_of('1.10')
    server.respond(as_json({'Version': '0.8.0'}), http(500, 'no\n'))
    assert client.ping() == u'OK'
    assert request_parts(server.request) == ('GET', '/v1.6/version', {}, None)
    assert raised(errors.ServerError, client.ping).explanation == 'no'


def test_ping_of_an_engine_that_does_not_work(client, server):
    server.respond(http(500, 'out of order\n'))
    assert raised(errors.ServerError, client.ping).explanation == 'out of order'


def test_the_headers_of_a_ping(client_of, server):
    client = client_of('1.41')
    server.respond(http(200, '', 'text/plain', 'Api-Version: 1.41', 'OSType: linux', 'Builder-Version: 2',
                        'Swarm: inactive', 'X-Other: a'))
    assert client.ping(head=True) == {
        'Api-Version': '1.41', 'OSType': 'linux', 'Builder-Version': '2', 'Swarm': 'inactive'}
    assert request_parts(server.request) == ('HEAD', '/v1.40/_ping', {}, None)


def test_an_engine_before_1_40_has_no_ping_of_headers(client_of, server):
    client = client_of('1.39')
    before = len(server.requests)
    assert '1.40' in str(raised(errors.NotSupported, lambda: client.ping(head=True)))
    assert len(server.requests) == before


# version

@pytest.mark.parametrize('arguments, path', [
    ({}, '/v1.6/version'), ({'api_version': True}, '/v1.6/version'), ({'api_version': False}, '/version')])
def test_version(client, server, arguments, path):
    server.respond(as_json({'Version': '1.5.0'}))
    assert client.version(**arguments) == {'Version': '1.5.0'}
    assert request_parts(server.request) == ('GET', path, {}, None)


def test_version_in_the_newest_format_before_the_negotiation(server):
    client = docker.Client(server.url, timeout=10)
    server.respond(as_json({'Version': '29.7', 'ApiVersion': '1.55', 'MinAPIVersion': '1.44'}))
    assert client.version(api_version=False)['ApiVersion'] == '1.55'
    assert [request.target for request in server.requests] == ['/version']
    client.close()


# events

EVENT = b'{"status":"die","id":"a","from":"b:c","time":5}\n'
NOON = datetime.datetime(2016, 2, 4, 12)


@pytest.mark.parametrize('arguments, version, query', [
    ({'until': 9}, '1.11', {'until': '9'}),
    ({'since': NOON, 'until': '2016-02-05T12:00Z'}, '1.11', {'since': '1454587200', 'until': '1454673600'}),
    ({'since': 1.5, 'until': 2.25}, '1.11', {'since': '1.5', 'until': '2.25'}),
    ({'filters': {'type': ['container', 'image'], 'label': {'a': 'b'}}}, '1.16',
     {'filters': '{"label": ["a=b"], "type": ["container", "image"]}'}),
    ({'since': 1.5, 'filters': {}}, '1.6', {'since': '1.5'}),
])
def test_the_request(client_of, server, arguments, version, query):
    client = client_of('1.51')
    server.respond(chunked([EVENT]))
    events = client.events(**arguments)
    assert json.loads(next(events))['status'] == 'die'
    assert list(events) == []
    assert request_parts(server.request) == ('GET', '/v{0}/events'.format(version), query, None)


@pytest.mark.parametrize('newest, since, until', [('1.20', '1', '2'), ('1.21', '1.5', '2.75')])
def test_fractions_of_seconds(client_of, server, newest, since, until):
    client = client_of(newest)
    server.respond(chunked([EVENT]), chunked([EVENT]))
    list(client.events(since=1.5, until=2.75))
    assert server.request.query == {'since': since, 'until': until}
    list(client.events(since='2016-02-04T12:00:00.5Z'))
    assert server.request.query == {'since': '1454587200.5' if newest == '1.21' else '1454587200'}


@pytest.mark.parametrize('arguments, version, newest', [
    ({'until': 5}, '1.11', '1.10'), ({'filters': {'event': 'die'}}, '1.16', '1.15')])
def test_what_an_engine_does_not_have(client_of, server, arguments, version, newest):
    client = client_of(newest)
    error = raised(errors.NotSupported, lambda: client.events(**arguments))
    assert 'API version {0}, '.format(version) in str(error)
    assert server.requests == []


def test_an_engine_that_stops(client_of, server):
    def stop(peer):
        peer.read_request()
        peer.send(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n' +
                  chunk(EVENT))
        peer.sock.shutdown(socket.SHUT_RDWR)
        return False

    client = client_of('1.51')
    server.respond(stop)
    events = client.events(until=9, decode=True)
    assert next(events)['time'] == 5
    raised(errors.StreamBroken, lambda: next(events))
    assert events.closed
