# -*- coding: utf-8 -*-
"""What a Session gets from an engine, and keeps of its connections, over a real Unix socket."""

import gc
import gzip
import io
import json
import os
import pickle
import signal
import socket
import tempfile
import threading
import zlib

import pytest
import requests
import six

import docker
from docker import errors
from docker.transport.adapter import EngineAdapter
from docker.transport.endpoint import endpoint_for
from tests.server import HIJACKED, Server, as_json, chunk, chunked, http
from tests.wire import introduced

OK = b'HTTP/1.1 200 OK\r\n'
CHUNKED = OK + b'Transfer-Encoding: chunked\r\n\r\n'
MOVED = b'HTTP/1.1 301 Moved Permanently\r\nLocation: /y\r\nContent-Length: 0\r\n\r\n'
BIG = 8 * 1024 * 1024


def url(client, path='/x'):
    return client.base_url + path


def get(client, path='/x', **kwargs):
    return client.get(url(client, path), timeout=kwargs.pop('timeout', 10), **kwargs)


def post(client, data=None, **kwargs):
    return client.post(url(client), data=data, timeout=kwargs.pop('timeout', 10), **kwargs)


def say(data, stay=True):
    """An answer of literal bytes, after which the server stays or hangs up."""
    def answer(peer):
        peer.read_request()
        peer.send(data)
        return stay
    return answer


def silent(sent=b'', hung_up=None):
    def answer(peer):
        peer.read_request()
        peer.send(sent)
        peer.wait_closed()
        if hung_up:
            hung_up.set()
        return False
    return answer


# Answers

@pytest.mark.parametrize('answer', [
    http(200, 'hello'), chunked([b'he', b'llo']),
    CHUNKED + b'5;a=b\r\nhello\r\n0\r\nX-Trailer: 1\r\n\r\n',
    b'HTTP/1.1 100 Continue\r\n\r\n' + http(200, 'hello'),
    b'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n' + http(200, 'hello'),
])
def test_an_answer_and_the_next_on_the_same_connection(server, client, answer):
    server.answer(say(answer), say(answer))
    for _ in range(2):
        response = get(client)
        assert (response.status_code, response.content, response.ok) == (200, b'hello', True)
    assert server.connections == 1


@pytest.mark.parametrize('answer', [
    OK + b'\r\nhello', b'HTTP/1.0 200 OK\r\n\r\nhello',
    b'HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello',
    OK + b'Connection: close\r\nContent-Length: 5\r\n\r\nhello',
])
def test_an_answer_that_ends_its_connection(server, client, answer):
    server.answer(say(answer, stay=False), say(answer, stay=False))
    for _ in range(2):
        assert get(client).content == b'hello'
    assert server.connections == 2


def test_a_response_has_all_that_requests_gives(server, client):
    server.answer(http(404, u'é', 'text/plain; charset=utf-8', 'X-Two: 1', 'X-Two: 2'))
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


def test_ways_to_read_a_body(server, client):
    server.answer(*[chunked([b'on', b'e\ntwo\nth', b'ree'])] * 4)
    assert list(get(client, stream=True).iter_lines()) == [b'one', b'two', b'three']
    assert b''.join(get(client, stream=True).iter_content(3)) == b'one\ntwo\nthree'
    raw = get(client, stream=True).raw
    assert [raw.read(4), raw.read(1), raw.read()] == [b'one\n', b't', b'wo\nthree']
    assert raw.read() == raw.read(5) == b''
    assert get(client, stream=True).raw.data == b'one\ntwo\nthree'
    assert server.connections == 1


def test_the_raw_answer_is_a_file_as_that_of_urllib3(server, client):
    server.answer(*[http(200, 'one\ntwo', 'text/plain', 'X-Two: 1', 'X-Two: 2')] * 2)
    raw = get(client, stream=True).raw
    assert (raw.status, raw.reason, raw.closed) == (200, 'OK', False)
    assert raw.headers.getlist('x-two') == ['1', '2']
    assert raw.readline() == b'one\n' and raw.readable()
    raw.close()
    assert raw.closed
    assert b''.join(get(client, stream=True).raw) == b'one\ntwo'
    with pytest.raises(AttributeError):
        raw.no_such_thing


@pytest.mark.parametrize('method, status', [
    ('head', 200), ('get', 204), ('get', 304), ('post', 204), ('delete', 204),
])
def test_no_body(server, client, method, status):
    server.answer(say('HTTP/1.1 {0} X\r\nContent-Length: 5\r\n\r\n'.format(status).encode('ascii')),
                  http(200, 'next'))
    response = getattr(client, method)(url(client), timeout=10)
    assert (response.status_code, response.content) == (status, b'')
    assert get(client).content == b'next'
    assert server.connections == 1


def test_redirects_are_those_of_a_session(server, client):
    # An address in full: a relative one is beyond requests where the scheme is not plain http.
    there = url(client, '/y').encode('ascii')
    moved = say(MOVED.replace(b'/y', there))
    server.answer(moved, http(200, 'there'), moved)
    assert get(client).content == b'there'
    assert [request.target for request in server.requests] == ['/x', '/y']
    assert get(client, allow_redirects=False).status_code == 301


def test_a_call_follows_no_redirect(server, client):
    introduced(client, server)
    server.answer(say(MOVED))
    with pytest.raises(errors.APIError) as caught:
        client.info()
    assert caught.value.status_code == 301
    assert len(server.requests) == 1


def zipped(data):
    made = io.BytesIO()
    with gzip.GzipFile(fileobj=made, mode='wb') as packer:
        packer.write(data)
    return made.getvalue()


@pytest.mark.parametrize('stream', [False, True])
@pytest.mark.parametrize('encoding, pack', [
    ('gzip', zipped), ('deflate', zlib.compress), ('identity', bytes),
])
@pytest.mark.parametrize('form', ['length', 'chunks'])
def test_packed_answers_are_unpacked(server, client, encoding, pack, form, stream):
    data = b'hello, world ' * 50000
    packed = pack(data)
    header = 'Content-Encoding: ' + encoding
    if form == 'length':
        answer = http(200, packed, 'text/plain', header)
    else:
        answer = chunked([packed[:7], packed[7:]]).replace(
            b'\r\n', b'\r\n' + header.encode('ascii') + b'\r\n', 1)
    server.answer(answer, http(200, 'next'))
    response = get(client, stream=stream)
    if stream:
        assert b''.join(response.iter_content(chunk_size=None)) == data
    assert stream or response.content == data
    assert get(client).content == b'next'
    assert server.connections == 1


@pytest.mark.parametrize('encoding', ['gzip', 'identity'])
def test_a_packed_stream_comes_as_it_is_written(server, client, encoding):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    taken = threading.Event()

    def pack(data):
        if encoding == 'identity':
            return data
        return packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH)

    def answer(peer):
        peer.read_request()
        peer.send(OK + 'Content-Encoding: {0}\r\n\r\n'.format(encoding).encode('ascii') +
                  pack(b'first'))
        taken.wait(30)
        peer.send(pack(b'second'))
        return False

    server.answer(answer)
    blocks = get(client, stream=True, timeout=2).iter_content(chunk_size=None)
    assert next(blocks) == b'first'
    taken.set()
    assert b''.join(blocks) == b'second'


@pytest.mark.parametrize('packed', [False, True])
@pytest.mark.parametrize('stream', [False, True])
@pytest.mark.parametrize('sent', [
    b'Content-Length: 100\r\n\r\n', b'Transfer-Encoding: chunked\r\n\r\n64\r\n',
])
def test_an_answer_cut_short(server, client, sent, stream, packed):
    if packed:
        sent, body = b'Content-Encoding: gzip\r\n' + sent, zipped(b'hello' * 99)[:20]
    else:
        body = b'hello'
    server.answer(say(OK + sent + body, stay=False))
    with pytest.raises(errors.StreamBroken) as caught:
        response = get(client, stream=stream)
        list(response.iter_content(chunk_size=None))
    assert server.path in str(caught.value)


# Cookies, headers, hooks, auth: what a Session has

def test_cookies_are_kept_and_sent_back(server, client):
    cookies = ['Set-Cookie: a=1; Path=/', 'Set-Cookie: b=two; Path=/']
    server.answer(http(200, '', 'text/plain', *cookies), http(200, ''))
    response = get(client)
    assert dict(response.cookies) == dict(client.cookies) == {'a': '1', 'b': 'two'}
    get(client)
    assert sorted(server.request.headers['cookie'].split('; ')) == ['a=1', 'b=two']


def test_what_a_session_has_goes_with_a_request(server, client):
    heard = []
    client.headers['X-Mine'] = 'yes'
    client.auth = ('me', 'secret')
    client.params = {'q': '1'}
    client.hooks['response'].append(lambda response, **kwargs: heard.append(response.status_code))
    client.cookies.set('c', 'd')
    server.answer(http(200, ''), http(404, ''))
    get(client, headers={'X-Other': b'bytes'})
    assert server.request.headers['x-mine'] == 'yes'
    assert server.request.headers['x-other'] == 'bytes'
    assert server.request.headers['authorization'].startswith('Basic ')
    assert server.request.headers['cookie'] == 'c=d'
    assert server.request.query == {'q': '1'}
    get(client)
    assert heard == [200, 404]


def test_a_host_of_ones_own(server, client):
    server.answer(http(200, ''))
    get(client, headers={'Host': 'engine'})
    assert server.request.headers['host'] == 'engine'


def test_netrc_and_proxies_have_no_part_in_it(server, client, monkeypatch):
    with open(os.path.join(os.environ['HOME'], '.netrc'), 'w') as netrc:
        netrc.write('machine localhost login me password secret\n')
    os.chmod(netrc.name, 0o600)
    for name in ('http_proxy', 'HTTP_PROXY', 'https_proxy', 'all_proxy', 'ALL_PROXY'):
        monkeypatch.setenv(name, 'http://me:secret@127.0.0.1:1')
    server.answer(http(200, 'direct'))
    assert get(client).content == b'direct'
    assert server.request.target == '/x'
    assert not {'authorization', 'proxy-authorization'} & set(server.request.headers)


# Bodies

@pytest.mark.parametrize('size', [0, 1, 64 * 1024, 64 * 1024 + 1, 3 * 1024 * 1024])
@pytest.mark.parametrize('form', ['bytes', 'file', 'BytesIO', 'generator', 'text'])
def test_a_body_is_heard_whole(server, client, size, form, tmp_path):
    data = (b'0123456789abcdef' * (size // 16 + 1))[:size]
    if form == 'file':
        (tmp_path / 'body').write_bytes(data)
        body = (tmp_path / 'body').open('rb')
    else:
        body = {'bytes': data, 'BytesIO': io.BytesIO(data), 'text': data.decode('ascii'),
                'generator': (data[at:at + 99999] for at in range(0, size, 99999))}[form]
    server.answer(http(200, 'ok'), http(200, 'next'))
    assert post(client, body).content == b'ok'
    assert server.request.body == data
    assert ('transfer-encoding' in server.request.headers) is (
        form == 'generator' or size == 0 and form in ('file', 'BytesIO'))
    assert get(client).content == b'next'
    assert server.connections == 1
    if form == 'file':
        body.close()


def test_text_of_a_body_is_utf_8(server, client):
    server.answer(http(200, ''))
    post(client, u'Größe')
    assert server.request.body == u'Größe'.encode('utf-8')


def test_forms_and_files_are_sent_as_requests_does(server, client):
    server.answer(http(200, ''), http(200, ''), http(200, ''))
    post(client, {'a': 'b'})
    assert server.request.body == b'a=b'
    post(client, json={'a': 'b'})
    assert server.request.json == {'a': 'b'}
    post(client, files={'f': io.BytesIO(b'content')})
    assert b'content' in server.request.body


@pytest.mark.parametrize('content', [u'', u'some text', u'Größe'])
@pytest.mark.parametrize('form', ['file', 'StringIO', 'generator'])
def test_a_body_of_text_blocks_is_refused(server, client, content, form, tmp_path):
    (tmp_path / 'body').write_bytes(content.encode('utf-8'))
    if form == 'file':
        body = io.open(str(tmp_path / 'body'), encoding='utf-8')
    else:
        body = io.StringIO(content) if form == 'StringIO' else iter([content or u' '])
    server.answer(silent())
    with pytest.raises(TypeError) as caught:
        post(client, body)
    assert 'bytes' in str(caught.value)
    if hasattr(body, 'close'):
        body.close()


def silent_to_body(hung_up):
    def answer(peer):
        peer.read_request(body=False)
        peer.wait_closed()
        hung_up.set()
        return False
    return answer


class Counted(io.BytesIO):
    """A file whose length is announced wrongly."""

    def __init__(self, data, announced):
        io.BytesIO.__init__(self, data)
        self.len = announced


@pytest.mark.parametrize('announced', [3, 9, 999999])
def test_a_body_that_has_another_length_than_announced(server, client, announced):
    hung_up = threading.Event()
    server.answer(silent_to_body(hung_up), http(200, 'next'))
    with pytest.raises(ValueError) as caught:
        post(client, Counted(b'hello', announced))
    assert str(announced) in str(caught.value)
    assert hung_up.wait(30)
    assert get(client).content == b'next'


@pytest.mark.parametrize('error', [OSError(13, 'Permission denied', '/src/secret'),
                                   IOError(5, 'Input/output error'), OSError(32, 'Broken pipe'),
                                   socket.timeout('timed out'), RuntimeError('mine')],
                         ids=lambda error: str(error.args[0]))
def test_an_error_inside_a_body_is_its_own(server, client, error):
    def body():
        yield b'some'
        raise error

    hung_up = threading.Event()
    server.answer(silent_to_body(hung_up), http(200, 'next'))
    with pytest.raises(type(error)) as caught:
        post(client, body(), timeout=5)
    assert caught.value is error
    assert hung_up.wait(30)
    assert get(client).content == b'next'


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
def test_an_early_error_is_heard_while_a_body_is_sent(both, form, body, read):
    server, client = both

    def answer(peer):
        peer.read_request(body=False)
        peer.file.read(read)
        peer.send(http(400, 'too big', 'text/plain', 'Connection: close'))
        return False

    server.answer(answer, http(200, 'next'))
    data = body()
    response = post(client, data)
    assert (response.status_code, response.content) == (400, b'too big')
    if form == 'file':
        data.close()
    assert get(client).content == b'next'


@pytest.mark.parametrize('form, body', BODIES[:1] + BODIES[2:], ids=['file', 'bytes'])
def test_an_early_error_of_one_that_stays_is_heard(both, form, body):
    server, client = both

    def answer(peer):
        peer.read_request(body=False)
        peer.send(http(400, 'too big'))
        peer.wait_closed()
        return False

    server.answer(answer)
    data = body()
    assert post(client, data).content == b'too big'
    if form == 'file':
        data.close()


def test_a_server_that_hangs_up_while_a_body_is_sent(both):
    server, client = both

    def answer(peer):
        peer.read_request(body=False)
        return False

    server.answer(answer)
    with pytest.raises(errors.EngineUnreachable):
        post(client, endless())


@pytest.mark.parametrize('first', [
    b'HTTP/1.1 100 Continue\r\n\r\n', b'HTTP/1.1 102 Processing\r\n\r\n',
    b'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n',
    b'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early', b'HTTP/1.1 2',
])
@pytest.mark.parametrize('form', ['file', 'bytes', 'generator'])
def test_an_answer_that_begins_while_a_body_is_sent(server, client, first, form):
    going = threading.Event()

    def body():
        yield b'x' * 100000
        going.wait(30)
        for _ in range(20):
            yield b'y' * 100000

    def answer(peer):
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

    server.answer(answer)
    data = {'file': lambda: io.BytesIO(b'z' * BIG), 'bytes': lambda: b'z' * BIG,
            'generator': body}[form]()
    assert post(client, data).content == b'all of it'
    assert len(server.request.body) == (2100000 if form == 'generator' else BIG)


def test_an_answer_that_is_told_while_a_body_is_read(server, client):
    told = [json.dumps({'progress': number}).encode('ascii') for number in range(200)]

    def answer(peer):
        request = peer.read_request(body=False)
        peer.send(CHUNKED)
        pieces = []
        for item in told:
            peer.send(chunk(item))
            pieces.append(peer.file.read(BIG // 200))
        pieces.append(peer.file.read(BIG % 200))
        request.body = b''.join(pieces)
        peer.send(b'0\r\n\r\n')
        return True

    server.answer(answer)
    assert post(client, io.BytesIO(b'z' * BIG)).content == b''.join(told)
    assert server.request.body == b'z' * BIG


# Connections kept

def test_connections_are_kept_up_to_a_number(server):
    client = docker.Client(server.url, timeout=10, pool_size=2)
    server.answer(*[chunked([b'a'])] * 8)
    for _ in range(2):
        responses = [get(client, stream=True) for _ in range(4)]
        for response in responses:
            assert response.content == b'a'
    assert server.connections == 6
    client.close()


def test_streams_hold_up_nobody(server):
    client = docker.Client(server.url, timeout=10, pool_size=1)
    server.answer(*[silent(CHUNKED + chunk(b'a'))] * 15)
    streams = [get(client, stream=True) for _ in range(15)]
    server.answer(http(200, 'b'))
    assert get(client).content == b'b'
    assert [next(response.iter_content(None)) for response in streams] == [b'a'] * 15
    for response in streams:
        response.close()
    client.close()


def test_an_answer_that_was_not_read_is_not_kept(server, client):
    server.answer(http(200, 'not read'), http(200, 'next'))
    get(client, stream=True).close()
    assert get(client).content == b'next'
    assert server.connections == 2


def test_a_client_is_used_again_after_close(server, client):
    server.answer(http(200, 'a'), http(200, 'b'))
    get(client)
    client.close()
    client.close()
    assert get(client).content == b'b'
    assert server.connections == 2


def closed_after(data, closed):
    """The server hangs up after its answer, and tells when it has."""
    def answer(peer):
        peer.read_request()
        peer.send(data)
        peer.close()
        closed.set()
        return False
    return answer


@pytest.mark.parametrize('method', ['get', 'post', 'delete'])
def test_a_kept_connection_that_was_closed_is_noticed(server, client, method):
    closed = threading.Event()
    server.answer(closed_after(http(200, 'a'), closed))
    get(client)
    assert closed.wait(30)
    server.answer(http(200, 'b'))
    assert getattr(client, method)(url(client), timeout=10).content == b'b'
    assert server.connections == 2


def drop_it(peer):
    """Hang up as a request comes."""
    peer.read_request()
    return False


@pytest.mark.parametrize('method', ['get', 'head', 'options'])
def test_what_only_reads_is_sent_once_more(server, client, method):
    server.answer(http(200, 'a'), drop_it, http(200, ''))
    get(client)
    assert getattr(client, method)(url(client), timeout=10).status_code == 200
    assert [request.method for request in server.requests[1:]] == [method.upper()] * 2


def test_it_is_sent_once_more_and_not_twice(server, client):
    server.answer(http(200, 'a'), drop_it, drop_it)
    get(client)
    with pytest.raises(errors.EngineUnreachable):
        get(client)
    assert len(server.requests) == 3


def test_what_comes_on_a_new_connection_is_not_repeated(server, client):
    server.answer(drop_it)
    with pytest.raises(errors.EngineUnreachable):
        get(client)
    assert len(server.requests) == 1


@pytest.mark.parametrize('method', ['post', 'put', 'delete', 'patch'])
def test_what_writes_is_never_repeated(server, client, method):
    server.answer(http(200, 'a'), drop_it)
    get(client)
    with pytest.raises(errors.EngineUnreachable) as caught:
        getattr(client, method)(url(client), data=b'body', timeout=10)
    assert len(server.requests) == 2
    assert method.upper() in str(caught.value)


# What goes wrong

def test_a_read_timeout(server, client):
    server.answer(silent())
    with pytest.raises(requests.exceptions.ReadTimeout) as caught:
        get(client, '/x?secret=1', timeout=0.05)
    assert type(caught.value) is errors.ReadTimedOut
    assert server.path in str(caught.value) and 'GET /x' in str(caught.value)
    assert 'secret' not in str(caught.value)
    assert caught.value.request.method == 'GET'


@pytest.mark.parametrize('packed', [False, True])
@pytest.mark.parametrize('timeout', [0.05, (10, 0.05)])
def test_a_read_timeout_inside_a_body(server, client, timeout, packed):
    sent = b'Content-Encoding: gzip\r\n\r\n' + zipped(b'hello')[:12] if packed else b'\r\nhello'
    server.answer(silent(OK + sent), silent(OK + sent))
    with pytest.raises(errors.ReadTimedOut):
        get(client, timeout=timeout)
    with pytest.raises(errors.ReadTimedOut):
        list(get(client, stream=True, timeout=timeout).iter_content(None))


@pytest.mark.parametrize('timeout', [None, (None, None), (10, None), 10])
def test_timeouts_that_are_not_met(server, client, timeout):
    server.answer(http(200, 'in time'))
    assert get(client, timeout=timeout).content == b'in time'


@pytest.mark.parametrize('said', [
    b'SSH-2.0-OpenSSH_9.2\r\n', b'\x15\x03\x03\x00\x02\x02\x32', b'\xff\xd8\xff\xe0 JFIF' * 9,
    b'+OK POP3 ready\r\n', b'<html><body>It works!</body></html>', b'{"json": true}',
])
def test_one_that_speaks_no_http(server, client, said):
    server.answer(say(said, stay=False))
    with pytest.raises(errors.NotAnEngine) as caught:
        get(client)
    assert server.path in str(caught.value)


@pytest.mark.parametrize('sent, kind', [
    (b'', errors.EngineUnreachable), (b'HTTP/1.1 200', errors.StreamBroken),
    (OK + b'Content-Type: te', errors.StreamBroken),
])
def test_one_that_hangs_up(server, client, sent, kind):
    server.answer(say(sent, stay=False))
    with pytest.raises(kind) as caught:
        post(client)
    assert server.path in str(caught.value)


@pytest.mark.parametrize('status, kind', [(200, errors.NotAnEngine), (404, errors.NotFound)])
def test_a_web_server_is_no_engine(server, client, status, kind):
    introduced(client, server)
    server.answer(http(status, '<!DOCTYPE html><html>It works!</html>', 'text/html'))
    with pytest.raises(kind) as caught:
        client.info()
    assert 'Docker engine' in str(caught.value)
    assert caught.value.response.status_code == status
    assert 'It works' not in str(caught.value)


# Many at once

def test_40_threads_on_one_client(server):
    client = introduced(docker.Client(server.url, timeout=30, pool_size=5), server)
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
            told = client.inspect_container(name)
            if told['Target'] != '/v1.6/containers/{0}/json'.format(name):
                wrong.append((name, told))

    server.answer(*[echo] * (40 * 25 + 200))
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
    (lambda client: list(get(client, stream=True).iter_content(None)), say(OK + b'\r\nall', False)),
    (failing(errors.EngineUnreachable), say(b'', False)),
    (failing(errors.NotAnEngine), say(b'220 mail\r\n', False)),
    (failing(errors.StreamBroken), say(OK + b'Content-Length: 9\r\n\r\ncut', False)),
    (lambda client: get(client), http(200, zipped(b'a'), 'text/plain', 'Content-Encoding: gzip')),
]


@pytest.mark.skipif(not os.path.isdir('/proc/self/fd'), reason='counts descriptors in /proc')
def test_no_descriptor_is_left_open():
    server = Server()
    client = docker.Client(server.url, timeout=10)
    before = open_descriptors()
    for turn in range(20):
        for call, answer in CALLS:
            server.answer(answer)
            # A fresh connection for each, so that no answer depends on the one before.
            client.close()
            call(client)
    client.close()
    server.close()
    # The listener of the server is gone, and all that both sides had.
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
    introduced(client, server)
    heard = []

    def answer(peer):
        peer.read_request()
        peer.send(head + right_behind)
        heard.append(peer.file.readline())
        peer.send(b'out')
        heard.append(peer.file.read())  # until the half-close
        peer.send(b'after the half-close')
        return False

    server.answer(answer)
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
    assert heard == [b'exit\n', b'more']
    assert server.request.headers['connection'] == 'Upgrade'
    assert server.request.headers['upgrade'] == 'tcp'


def test_attach_socket_has_no_timeout(server, client):
    introduced(client, server)
    server.answer(silent(HIJACKED))
    sock = client.attach_socket('c')
    assert sock.gettimeout() is None
    for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
        assert not any(sock.getsockopt(socket.SOL_SOCKET, option, 16).strip(b'\0'))
    sock.close()


def test_attach_socket_of_a_missing_container(server, client):
    introduced(client, server)
    server.answer(http(404, 'No such container: c'), as_json({}))
    with pytest.raises(errors.NotFound) as caught:
        client.attach_socket('c')
    assert caught.value.explanation == 'No such container: c'
    client.info()


# Processes

def in_child(function):
    """Run the function in a forked process, which ends as Python does; its exit code."""
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
    server.answer(http(200, 'a'), http(200, 'b'))
    get(held[0])
    assert in_child(lambda: USES[use](held)) == 0
    assert get(held[0]).content == b'b'
    assert server.connections == 1
    held.pop().close()


def test_a_fork_has_connections_of_its_own(server, client):
    server.answer(http(200, 'a'), http(200, 'b'), http(200, 'c'))

    def call():
        assert get(client).content == b'b'

    get(client)
    assert in_child(call) == 0
    assert get(client).content == b'c'
    assert server.connections == 2


@pytest.mark.parametrize('use', sorted(USES))
def test_a_stream_survives_a_fork(server, client, use):
    going = threading.Event()

    def answer(peer):
        peer.read_request()
        peer.send(CHUNKED + chunk(b'{"n": 1}'))
        going.wait(30)
        peer.send(chunk(b'{"n": 2}') + b'0\r\n\r\n')
        return True

    introduced(client, server)
    server.answer(answer)
    held = [client.events()]
    assert next(held[0]) == u'{"n": 1}'
    assert in_child(lambda: USES[use](held)) == 0
    going.set()
    assert list(held[0]) == [u'{"n": 2}']


@pytest.mark.parametrize('protocol', range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickled_client(server, protocol):
    client = docker.Client(server.url, version='1.7', timeout=7, pool_size=3)
    client.headers['X-Mine'] = 'yes'
    introduced(client, server)
    copied = introduced(pickle.loads(pickle.dumps(client, protocol)), server)
    server.answer(as_json({'a': 1}), as_json({'b': 2}))
    assert client.info() == {'a': 1}
    assert copied.info() == {'b': 2}
    assert server.request.headers['x-mine'] == 'yes'
    assert (copied.timeout, copied.base_url, repr(copied)) == (7, client.base_url, repr(client))
    copied.close()
    client.close()


def test_a_pickled_response(server, client):
    server.answer(http(404, 'gone'))
    copied = pickle.loads(pickle.dumps(get(client)))
    assert (copied.status_code, copied.content) == (404, b'gone')


def test_a_signal_does_not_break_a_read(server, client):
    handled = threading.Event()

    def answer(peer):
        peer.read_request()
        peer.send(CHUNKED + chunk(b'first'))
        os.kill(os.getpid(), signal.SIGUSR1)
        handled.wait(30)
        peer.send(chunk(b'second') + b'0\r\n\r\n')
        return True

    server.answer(answer)
    before = signal.signal(signal.SIGUSR1, lambda number, frame: handled.set())
    try:
        assert get(client).content == b'firstsecond'
    finally:
        signal.signal(signal.SIGUSR1, before)


def test_an_adapter_in_any_session(server):
    session = requests.Session()
    adapter = EngineAdapter(endpoint_for(six.ensure_text(server.url)))
    session.mount('http+docker://', adapter)
    session.trust_env = False
    server.answer(http(200, 'a'), http(200, 'b'))
    for body in (b'a', b'b'):
        assert session.get('http+docker://localhost/x', timeout=10).content == body
    assert server.connections == 1
    session.close()
