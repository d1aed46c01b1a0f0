# -*- coding: utf-8 -*-
"""docker.transport.adapter: responses, kept connections and errors, over real sockets."""

import contextlib
import gc
import io
import json
import os
import pickle
import select
import signal
import socket
import tempfile
import threading

import pytest
import requests
import six

import docker
from docker import errors
from docker.transport.adapter import EngineAdapter
from docker.transport.endpoint import endpoint_for
from tests.server import HIJACKED, Server, as_json, chunk, chunked, http
from tests.transport import CHUNKED, OK, get, post, respond_with, silent, url, zipped
from tests.wire import negotiated

MOVED = b'HTTP/1.1 301 Moved Permanently\r\nLocation: /y\r\nContent-Length: 0\r\n\r\n'
BIG = 8 * 1024 * 1024


# Responses

@pytest.mark.parametrize('sent', [
    http(200, 'hello'), chunked([b'he', b'llo']),
    CHUNKED + b'5;a=b\r\nhello\r\n0\r\nX-Trailer: 1\r\n\r\n',
    b'HTTP/1.1 100 Continue\r\n\r\n' + http(200, 'hello'),
    b'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n' + http(200, 'hello'),
])
def test_a_response_and_the_next_on_the_same_connection(server, client, sent):
    server.respond(respond_with(sent), respond_with(sent))
    for _ in range(2):
        response = get(client)
        assert (response.status_code, response.content, response.ok) == (200, b'hello', True)
    assert server.connections == 1


@pytest.mark.parametrize('sent', [
    OK + b'\r\nhello', b'HTTP/1.0 200 OK\r\n\r\nhello',
    b'HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello',
    OK + b'Connection: close\r\nContent-Length: 5\r\n\r\nhello',
])
def test_a_response_that_ends_its_connection(server, client, sent):
    server.respond(respond_with(sent, stay=False), respond_with(sent, stay=False))
    for _ in range(2):
        assert get(client).content == b'hello'
    assert server.connections == 2


def test_a_response_has_all_that_requests_gives(server, client):
    server.respond(http(404, u'é', 'text/plain; charset=utf-8', 'X-Two: 1', 'X-Two: 2'))
    response = get(client, params=[('a', 'b c'), ('d', [1, 2])])
    assert response.text == u'é'
    assert response.reason == 'Not Found'
    assert response.headers['x-two'] == '1, 2'
    assert response.raw.version == 11
    assert response.request.method == 'GET'
    assert response.connection is not None
    assert server.request.target == '/x?a=b+c&d=1&d=2'
    assert server.request.headers['host'] == 'localhost'
    with pytest.raises(requests.exceptions.HTTPError):
        response.raise_for_status()


@pytest.mark.parametrize('method, status', [
    ('head', 200), ('get', 204), ('get', 304), ('post', 204), ('delete', 204),
])
def test_no_body(server, client, method, status):
    head = 'HTTP/1.1 {0} X\r\nContent-Length: 5\r\n\r\n'.format(status).encode('ascii')
    server.respond(respond_with(head), http(200, 'next'))
    response = getattr(client, method)(url(client), timeout=10)
    assert (response.status_code, response.content) == (status, b'')
    assert get(client).content == b'next'
    assert server.connections == 1


def test_redirects_are_those_of_a_session(server, client):
    # An absolute URL: requests resolves relative ones only where the scheme is plain http.
    there = url(client, '/y').encode('ascii')
    moved = respond_with(MOVED.replace(b'/y', there))
    server.respond(moved, http(200, 'there'), moved)
    assert get(client).content == b'there'
    assert [request.target for request in server.requests] == ['/x', '/y']
    assert get(client, allow_redirects=False).status_code == 301


def test_a_call_follows_no_redirect(server, client):
    negotiated(client, server)
    server.respond(respond_with(MOVED))
    with pytest.raises(errors.APIError) as caught:
        client.info()
    assert caught.value.status_code == 301
    assert len(server.requests) == 1


@pytest.mark.parametrize('compressed', [False, True])
@pytest.mark.parametrize('stream', [False, True])
@pytest.mark.parametrize('sent', [
    b'Content-Length: 100\r\n\r\n', b'Transfer-Encoding: chunked\r\n\r\n64\r\n',
])
def test_a_response_cut_short(server, client, sent, stream, compressed):
    if compressed:
        sent, body = b'Content-Encoding: gzip\r\n' + sent, zipped(b'hello' * 99)[:20]
    else:
        body = b'hello'
    server.respond(respond_with(OK + sent + body, stay=False))
    with pytest.raises(errors.StreamBroken) as caught:
        response = get(client, stream=stream)
        list(response.iter_content(chunk_size=None))
    assert server.path in str(caught.value)


# What a Session has: headers, hooks, auth

def test_what_a_session_has_goes_with_a_request(server, client):
    statuses = []
    client.headers['X-Mine'] = 'yes'
    client.auth = ('me', 'secret')
    client.params = {'q': '1'}
    client.hooks['response'].append(lambda response, **kwargs: statuses.append(response.status_code))
    client.cookies.set('c', 'd')
    server.respond(http(200, ''), http(404, ''))
    get(client, headers={'X-Other': b'bytes'})
    assert server.request.headers['x-mine'] == 'yes'
    assert server.request.headers['x-other'] == 'bytes'
    assert server.request.headers['authorization'].startswith('Basic ')
    assert server.request.headers['cookie'] == 'c=d'
    assert server.request.query == {'q': '1'}
    get(client)
    assert statuses == [200, 404]


def test_a_host_header_of_the_caller(server, client):
    server.respond(http(200, ''))
    get(client, headers={'Host': 'engine'})
    assert server.request.headers['host'] == 'engine'


def test_netrc_and_proxies_are_not_used(server, client, monkeypatch):
    with open(os.path.join(os.environ['HOME'], '.netrc'), 'w') as netrc:
        netrc.write('machine localhost login me password secret\n')
    os.chmod(netrc.name, 0o600)
    for name in ('http_proxy', 'HTTP_PROXY', 'https_proxy', 'all_proxy', 'ALL_PROXY'):
        monkeypatch.setenv(name, 'http://me:secret@127.0.0.1:1')
    server.respond(http(200, 'direct'))
    assert get(client).content == b'direct'
    assert server.request.target == '/x'
    assert not {'authorization', 'proxy-authorization'} & set(server.request.headers)


# Responses to requests whose bodies are still being sent

def endless():
    while True:
        yield b'x' * 65536


def big_file():
    opened = tempfile.TemporaryFile()
    opened.truncate(BIG)
    return opened


@pytest.fixture(params=['unix', 'tcp'])
def both(request):
    """A server and a client, over a Unix socket and over TCP."""
    server = Server(socket.AF_UNIX if request.param == 'unix' else socket.AF_INET)
    client = docker.Client(server.url, timeout=10)
    yield server, client
    client.close()
    server.close()


BODIES = [('file', big_file), ('generator', endless), ('bytes', lambda: b'x' * BIG)]


@pytest.mark.parametrize('form, body', BODIES, ids=[form for form, _ in BODIES])
@pytest.mark.parametrize('read', [0, 100000])
def test_an_early_error_is_read_while_a_body_is_sent(both, form, body, read):
    server, client = both

    def respond(peer):
        peer.read_request(body=False)
        peer.file.read(read)
        peer.send(http(400, 'too big', 'text/plain', 'Connection: close'))
        return False

    server.respond(respond, http(200, 'next'))
    data = body()
    response = post(client, data)
    assert (response.status_code, response.content) == (400, b'too big')
    if form == 'file':
        data.close()
    assert get(client).content == b'next'


@pytest.mark.parametrize('form, body', BODIES[:1] + BODIES[2:], ids=['file', 'bytes'])
def test_an_early_error_on_a_connection_that_stays_open(both, form, body):
    server, client = both

    def respond(peer):
        peer.read_request(body=False)
        peer.send(http(400, 'too big'))
        peer.wait_closed()
        return False

    server.respond(respond)
    data = body()
    assert post(client, data).content == b'too big'
    if form == 'file':
        data.close()


def test_a_server_that_hangs_up_while_a_body_is_sent(both):
    server, client = both

    def respond(peer):
        peer.read_request(body=False)
        return False

    server.respond(respond)
    with pytest.raises(errors.EngineUnreachable):
        post(client, endless())


@pytest.mark.parametrize('first', [
    b'HTTP/1.1 100 Continue\r\n\r\n', b'HTTP/1.1 102 Processing\r\n\r\n',
    b'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n',
    b'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early', b'HTTP/1.1 2',
])
@pytest.mark.parametrize('form', ['file', 'bytes', 'generator'])
def test_a_response_that_begins_while_a_body_is_sent(server, client, first, form):
    going = threading.Event()

    def body():
        yield b'x' * 100000
        going.wait(30)
        for _ in range(20):
            yield b'y' * 100000

    def respond(peer):
        request = peer.read_request(body=False)
        peer.send(first)
        going.set()
        request.body = peer.read_body(request)
        rest = http(200, 'all of it')
        if first.endswith(b'103 Early'):
            rest = b' Hints\r\n\r\n' + rest
        elif first.endswith(b' 2'):
            rest = rest[len(first):]
        peer.send(rest)
        return True

    server.respond(respond)
    data = {'file': lambda: io.BytesIO(b'z' * BIG), 'bytes': lambda: b'z' * BIG,
            'generator': body}[form]()
    assert post(client, data).content == b'all of it'
    assert len(server.request.body) == (2100000 if form == 'generator' else BIG)


def test_a_response_that_is_sent_while_a_body_is_read(server, client):
    items = [json.dumps({'progress': number}).encode('ascii') for number in range(200)]

    def respond(peer):
        request = peer.read_request(body=False)
        peer.send(CHUNKED)
        pieces = []
        for item in items:
            peer.send(chunk(item))
            pieces.append(peer.file.read(BIG // 200))
        pieces.append(peer.file.read(BIG % 200))
        request.body = b''.join(pieces)
        peer.send(b'0\r\n\r\n')
        return True

    server.respond(respond)
    assert post(client, io.BytesIO(b'z' * BIG)).content == b''.join(items)
    assert server.request.body == b'z' * BIG


# Kept connections

def test_connections_are_kept_up_to_a_number(server):
    client = docker.Client(server.url, timeout=10, pool_size=2)
    server.respond(*[chunked([b'a'])] * 8)
    for _ in range(2):
        responses = [get(client, stream=True) for _ in range(4)]
        for response in responses:
            assert response.content == b'a'
    assert server.connections == 6
    client.close()


def test_open_streams_do_not_delay_other_calls(server):
    client = docker.Client(server.url, timeout=10, pool_size=1)
    server.respond(*[silent(CHUNKED + chunk(b'a'))] * 15)
    streams = [get(client, stream=True) for _ in range(15)]
    server.respond(http(200, 'b'))
    assert get(client).content == b'b'
    assert [next(response.iter_content(None)) for response in streams] == [b'a'] * 15
    for response in streams:
        response.close()
    client.close()


def test_the_connection_of_an_unread_response_is_not_kept(server, client):
    server.respond(http(200, 'not read'), http(200, 'next'))
    get(client, stream=True).close()
    assert get(client).content == b'next'
    assert server.connections == 2


def test_a_client_is_used_again_after_close(server, client):
    server.respond(http(200, 'a'), http(200, 'b'))
    get(client)
    client.close()
    client.close()
    assert get(client).content == b'b'
    assert server.connections == 2


def test_a_response_that_is_read_after_close_leaves_no_connection(server, client):
    server.respond(chunked([b'a']), http(200, 'b'))
    response = get(client, stream=True)
    client.close()
    assert response.content == b'a'
    assert get(client).content == b'b'
    assert server.connections == 2


def closed_after(data, closed):
    """A response after which the server hangs up; `closed` is set once it has."""
    def respond(peer):
        peer.read_request()
        peer.send(data)
        peer.close()
        closed.set()
        return False
    return respond


@pytest.mark.parametrize('method', ['get', 'post', 'delete'])
def test_a_kept_connection_that_was_closed_is_noticed(server, client, method):
    closed = threading.Event()
    server.respond(closed_after(http(200, 'a'), closed))
    get(client)
    assert closed.wait(30)
    server.respond(http(200, 'b'))
    assert getattr(client, method)(url(client), timeout=10).content == b'b'
    assert server.connections == 2


def hang_up(peer):
    """Hang up as soon as a request has come."""
    peer.read_request()
    return False


@pytest.mark.parametrize('method', ['get', 'head', 'options'])
def test_a_request_that_only_reads_is_sent_once_more(server, client, method):
    server.respond(http(200, 'a'), hang_up, http(200, ''))
    get(client)
    assert getattr(client, method)(url(client), timeout=10).status_code == 200
    assert [request.method for request in server.requests[1:]] == [method.upper()] * 2


def test_a_request_is_repeated_once_at_most(server, client):
    server.respond(http(200, 'a'), hang_up, hang_up)
    get(client)
    with pytest.raises(errors.EngineUnreachable):
        get(client)
    assert len(server.requests) == 3


def test_a_request_on_a_new_connection_is_not_repeated(server, client):
    server.respond(hang_up)
    with pytest.raises(errors.EngineUnreachable):
        get(client)
    assert len(server.requests) == 1


@pytest.mark.parametrize('method', ['post', 'put', 'delete', 'patch'])
def test_a_request_that_writes_is_never_repeated(server, client, method):
    server.respond(http(200, 'a'), hang_up)
    get(client)
    with pytest.raises(errors.EngineUnreachable) as caught:
        getattr(client, method)(url(client), data=b'body', timeout=10)
    assert len(server.requests) == 2
    assert method.upper() in str(caught.value)


# Errors

def test_a_read_timeout(server, client):
    server.respond(silent())
    with pytest.raises(requests.exceptions.ReadTimeout) as caught:
        get(client, '/x?secret=1', timeout=0.05)
    assert type(caught.value) is errors.ReadTimedOut
    assert server.path in str(caught.value) and 'GET /x' in str(caught.value)
    assert 'secret' not in str(caught.value)
    assert caught.value.request.method == 'GET'


@pytest.mark.parametrize('compressed', [False, True])
@pytest.mark.parametrize('timeout', [0.05, (10, 0.05)])
def test_a_read_timeout_inside_a_body(server, client, timeout, compressed):
    sent = b'Content-Encoding: gzip\r\n\r\n' + zipped(b'hello')[:12] if compressed else b'\r\nhello'
    server.respond(silent(OK + sent), silent(OK + sent))
    with pytest.raises(errors.ReadTimedOut):
        get(client, timeout=timeout)
    with pytest.raises(errors.ReadTimedOut):
        list(get(client, stream=True, timeout=timeout).iter_content(None))


@pytest.mark.parametrize('timeout', [None, (None, None), (10, None), 10])
def test_timeouts_that_do_not_expire(server, client, timeout):
    server.respond(http(200, 'in time'))
    assert get(client, timeout=timeout).content == b'in time'


@pytest.mark.parametrize('sent', [
    b'SSH-2.0-OpenSSH_9.2\r\n', b'\x15\x03\x03\x00\x02\x02\x32', b'\xff\xd8\xff\xe0 JFIF' * 9,
    b'+OK POP3 ready\r\n', b'<html><body>It works!</body></html>', b'{"json": true}',
])
def test_a_server_that_does_not_speak_http(server, client, sent):
    server.respond(respond_with(sent, stay=False))
    with pytest.raises(errors.NotAnEngine) as caught:
        get(client)
    assert server.path in str(caught.value)


@pytest.mark.parametrize('sent, kind', [
    (b'', errors.EngineUnreachable), (b'HTTP/1.1 200', errors.StreamBroken),
    (OK + b'Content-Type: te', errors.StreamBroken),
])
def test_a_server_that_hangs_up(server, client, sent, kind):
    server.respond(respond_with(sent, stay=False))
    with pytest.raises(kind) as caught:
        post(client)
    assert server.path in str(caught.value)


@pytest.mark.parametrize('status, kind', [(200, errors.NotAnEngine), (404, errors.NotFound)])
def test_a_web_server_is_not_an_engine(server, client, status, kind):
    negotiated(client, server)
    server.respond(http(status, '<!DOCTYPE html><html>It works!</html>', 'text/html'))
    with pytest.raises(kind) as caught:
        client.info()
    assert 'Docker engine' in str(caught.value)
    assert caught.value.response.status_code == status
    assert 'It works' not in str(caught.value)


# Many calls at once

def test_40_threads_on_one_client(server):
    client = negotiated(docker.Client(server.url, timeout=30, pool_size=5), server)
    wrong = []

    def echo(peer):
        request = peer.read_request()
        if request is None:
            return False
        peer.send(as_json({'Target': request.target}))
        return True

    def work(number):
        for turn in range(25):
            name = 'c{0}-{1}'.format(number, turn)
            inspect = client.inspect_container(name)
            if inspect['Target'] != '/v1.6/containers/{0}/json'.format(name):
                wrong.append((name, inspect))

    server.respond(*[echo] * (40 * 25 + 200))
    threads = [threading.Thread(target=work, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    client.close()
    assert not any(thread.is_alive() for thread in threads)
    assert wrong == []
    assert len(server.requests) == 1000


def open_descriptors():
    gc.collect()
    return len(os.listdir('/proc/self/fd'))


def unread(client):
    get(client, stream=True)


def half_read(client):
    next(get(client, stream=True).iter_content(None))


def failing(kind):
    def call(client):
        with pytest.raises(kind):
            get(client)
    return call


CALLS = [
    (lambda client: get(client), http(200, 'a')),
    (lambda client: post(client, iter([b'a', b'b'])), http(200, 'a')),
    (unread, silent(CHUNKED + chunk(b'a'))),
    (half_read, silent(CHUNKED + chunk(b'a'))),
    (lambda client: get(client, stream=True).close(), silent(CHUNKED)),
    (lambda client: list(get(client, stream=True).iter_content(None)), respond_with(OK + b'\r\nall', False)),
    (failing(errors.EngineUnreachable), respond_with(b'', False)),
    (failing(errors.NotAnEngine), respond_with(b'220 mail\r\n', False)),
    (failing(errors.StreamBroken), respond_with(OK + b'Content-Length: 9\r\n\r\ncut', False)),
    (lambda client: get(client), http(200, zipped(b'a'), 'text/plain', 'Content-Encoding: gzip')),
]


@pytest.mark.skipif(not os.path.isdir('/proc/self/fd'), reason='counts descriptors in /proc')
def test_no_descriptor_is_left_open():
    server = Server()
    client = docker.Client(server.url, timeout=10)
    before = open_descriptors()
    for turn in range(20):
        for call, response in CALLS:
            server.respond(response)
            # A new connection for each, so that no response depends on the one before.
            client.close()
            call(client)
    client.close()
    server.close()
    # The server's listener is closed, and every descriptor that was opened on both sides.
    assert open_descriptors() == before - 1


# attach_socket

def read_all(sock):
    return b''.join(iter(lambda: sock.recv(1000), b''))


@pytest.mark.parametrize('head', [
    HIJACKED, b'HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n',
    b'HTTP/1.1 100 Continue\r\n\r\n' + HIJACKED,
])
@pytest.mark.parametrize('right_behind', [b'', b'x', b'\r\n\r\nprompt# ' * 100])
def test_attach_socket(both, head, right_behind):
    server, client = both
    negotiated(client, server)
    received = []

    def respond(peer):
        peer.read_request()
        peer.send(head + right_behind)
        received.append(peer.file.readline())
        peer.send(b'out')
        received.append(peer.file.read())  # until the half-close
        peer.send(b'after the half-close')
        return False

    server.respond(respond)
    sock = client.attach_socket('c')
    try:
        sock.settimeout(30)
        got = b''
        while len(got) < len(right_behind):
            got += sock.recv(100)
        assert got == right_behind
        sock.sendall(b'exit\n')
        sock.sendall(b'more')
        sock.shutdown(socket.SHUT_WR)
        assert read_all(sock) == b'outafter the half-close'
    finally:
        sock.close()
    assert received == [b'exit\n', b'more']
    assert server.request.headers['connection'] == 'Upgrade'
    assert server.request.headers['upgrade'] == 'tcp'


def test_an_attached_socket_has_the_methods_of_a_socket_and_of_a_file(both):
    """Scripts of 2015 and 2016 got the one on Python 2, the other on Python 3."""
    server, client = both
    negotiated(client, server)
    received = []

    def respond(peer):
        peer.read_request()
        peer.send(HIJACKED + b'abcdef')
        received.append(peer.file.read(15))
        peer.send(b'out')
        peer.file.read()
        return False

    server.respond(respond)
    with client.attach_socket('c') as sock:
        assert isinstance(sock, socket.socket)
        assert select.select([sock], [sock], [], 30) == ([sock], [sock], [])
        sock.settimeout(30)
        assert_reads_as_a_file(sock)
        assert sock._sock.send(b'1') == sock._sock.send(b'2') == sock.write(b'3') == 1
        sock._sock.sendall(b'456')
        assert os.write(sock.fileno(), b'789') == 3
        with contextlib.closing(sock.makefile('wb')) as file:
            file.write(b'abcdef')
        assert sock.read(3) == b'out'
        sock.shutdown(socket.SHUT_WR)
        assert sock.read() == sock.read(1) == b''
    assert received == [b'123456789abcdef']
    assert_closed(sock)


def assert_reads_as_a_file(sock):
    """Its peer has sent b'abcdef'."""
    buffer = bytearray(3)
    assert sock.read(1) == b'a' and sock._sock.recv(1) == b'b' and sock.recv(1) == b'c'
    assert sock.readinto(buffer) == 3
    assert buffer == b'def'


def assert_closed(sock):
    with pytest.raises((OSError, socket.error)):
        sock.read(1)


@pytest.mark.skipif(six.PY2, reason='sockets of Python 2 have no detach()')
def test_an_attached_socket_can_be_detached_and_duplicated(both):
    server, client = both
    negotiated(client, server)
    server.respond(HIJACKED + b'abc')
    sock = client.attach_socket('c')
    with sock.dup() as other:
        assert other.read(1) == b'a'
    with socket.socket(sock.family, sock.type, sock.proto, fileno=sock.detach()) as other:
        assert sock.fileno() == -1
        assert other.recv(1) == b'b'


def test_attach_socket_has_no_timeout(server, client):
    negotiated(client, server)
    server.respond(silent(HIJACKED))
    sock = client.attach_socket('c')
    assert sock.gettimeout() is None
    for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
        assert not any(sock.getsockopt(socket.SOL_SOCKET, option, 16).strip(b'\0'))
    sock.close()


def test_attach_socket_of_a_missing_container(server, client):
    negotiated(client, server)
    server.respond(http(404, 'No such container: c'), as_json({}))
    with pytest.raises(errors.NotFound) as caught:
        client.attach_socket('c')
    assert caught.value.explanation == 'No such container: c'
    client.info()


# Processes

def in_child(function):
    """Run the function in a forked process, and return its exit status."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            function()
            gc.collect()
            code = 0
        finally:
            os._exit(code)
    return os.waitpid(child, 0)[1]


USES = {
    'leaves it': lambda held: None,
    'closes it': lambda held: held.pop().close(),
    'drops it': lambda held: held.pop(),
}


@pytest.mark.parametrize('use', sorted(USES))
def test_a_kept_connection_survives_a_fork(server, use):
    held = [docker.Client(server.url, timeout=10)]
    server.respond(http(200, 'a'), http(200, 'b'))
    get(held[0])
    assert in_child(lambda: USES[use](held)) == 0
    assert get(held[0]).content == b'b'
    assert server.connections == 1
    held.pop().close()


def test_a_fork_has_connections_of_its_own(server, client):
    server.respond(http(200, 'a'), http(200, 'b'), http(200, 'c'))

    def call():
        assert get(client).content == b'b'

    get(client)
    assert in_child(call) == 0
    assert get(client).content == b'c'
    assert server.connections == 2


@pytest.mark.parametrize('use', sorted(USES))
def test_a_stream_survives_a_fork(server, client, use):
    going = threading.Event()

    def respond(peer):
        peer.read_request()
        peer.send(CHUNKED + chunk(b'{"n": 1}'))
        going.wait(30)
        peer.send(chunk(b'{"n": 2}') + b'0\r\n\r\n')
        return True

    negotiated(client, server)
    server.respond(respond)
    held = [client.events()]
    assert next(held[0]) == u'{"n": 1}'
    assert in_child(lambda: USES[use](held)) == 0
    going.set()
    assert list(held[0]) == [u'{"n": 2}']


@pytest.mark.parametrize('protocol', range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickled_client(server, protocol):
    client = docker.Client(server.url, version='1.7', timeout=7, pool_size=3)
    client.headers['X-Mine'] = 'yes'
    negotiated(client, server)
    copied = negotiated(pickle.loads(pickle.dumps(client, protocol)), server)
    server.respond(as_json({'a': 1}), as_json({'b': 2}))
    assert client.info() == {'a': 1}
    assert copied.info() == {'b': 2}
    assert server.request.headers['x-mine'] == 'yes'
    assert (copied.timeout, copied.base_url, repr(copied)) == (7, client.base_url, repr(client))
    copied.close()
    client.close()


def test_a_pickled_response(server, client):
    server.respond(http(404, 'gone'))
    copied = pickle.loads(pickle.dumps(get(client)))
    assert (copied.status_code, copied.content) == (404, b'gone')


def test_a_signal_does_not_break_a_read(server, client):
    handled = threading.Event()

    def respond(peer):
        peer.read_request()
        peer.send(CHUNKED + chunk(b'first'))
        # Again until the read is interrupted: a signal just before it begins waits for its end.
        for _ in range(300):
            os.kill(os.getpid(), signal.SIGUSR1)
            if handled.wait(0.1):
                break
        peer.send(chunk(b'second') + b'0\r\n\r\n')
        return True

    server.respond(respond)
    before = signal.signal(signal.SIGUSR1, lambda number, frame: handled.set())
    try:
        assert get(client).content == b'firstsecond'
    finally:
        signal.signal(signal.SIGUSR1, before)


@pytest.mark.parametrize('sent', [b'', b'220 mail\r\n', OK + b'Content-Type: te'])
def test_an_error_of_a_deferred_response_closes_its_connection(server, client, sent):
    hung_up = threading.Event()
    server.respond(silent(sent, hung_up))
    adapter = EngineAdapter(endpoint_for(six.ensure_text(server.url)))
    response = adapter.send_deferred(requests.Request('POST', url(client)).prepare(), timeout=(10, 0.05))
    with pytest.raises((errors.ReadTimedOut, errors.NotAnEngine)):
        response.content
    assert hung_up.wait(30)


def test_an_adapter_in_any_session(server):
    session = requests.Session()
    adapter = EngineAdapter(endpoint_for(six.ensure_text(server.url)))
    session.mount('http+docker://', adapter)
    session.trust_env = False
    server.respond(http(200, 'a'), http(200, 'b'))
    for body in (b'a', b'b'):
        assert session.get('http+docker://localhost/x', timeout=10).content == body
    assert server.connections == 1
    session.close()
