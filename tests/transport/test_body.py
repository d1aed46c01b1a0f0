# -*- coding: utf-8 -*-
"""docker.transport.body: the bodies of requests in every form, over a real socket."""

import gzip
import io
import os
import socket
import tempfile
import threading

import pytest

from docker.transport.body import archive_body
from tests.server import http
from tests.transport import get, post, silent


@pytest.mark.parametrize('size', [0, 1, 64 * 1024, 64 * 1024 + 1, 3 * 1024 * 1024])
@pytest.mark.parametrize('form', ['bytes', 'file', 'BytesIO', 'generator', 'text'])
def test_a_body_is_received_whole(server, client, size, form, tmp_path):
    data = (b'0123456789abcdef' * (size // 16 + 1))[:size]
    if form == 'file':
        (tmp_path / 'body').write_bytes(data)
        body = (tmp_path / 'body').open('rb')
    else:
        body = {'bytes': data, 'BytesIO': io.BytesIO(data), 'text': data.decode('ascii'),
                'generator': (data[at:at + 99999] for at in range(0, size, 99999))}[form]
    server.respond(http(200, 'ok'), http(200, 'next'))
    assert post(client, body).content == b'ok'
    assert server.request.body == data
    assert ('transfer-encoding' in server.request.headers) is (
        form == 'generator' or size == 0 and form in ('file', 'BytesIO'))
    assert get(client).content == b'next'
    assert server.connections == 1
    if form == 'file':
        body.close()


def test_text_of_a_body_is_utf_8(server, client):
    server.respond(http(200, ''))
    post(client, u'Größe')
    assert server.request.body == u'Größe'.encode('utf-8')


def test_forms_and_files_are_sent_as_requests_does(server, client):
    server.respond(http(200, ''), http(200, ''), http(200, ''))
    post(client, {'a': 'b'})
    assert server.request.body == b'a=b'
    post(client, json={'a': 'b'})
    assert server.request.json == {'a': 'b'}
    post(client, files={'f': io.BytesIO(b'content')})
    assert b'content' in server.request.body


@pytest.mark.parametrize('content', [u'', u'some text', u'Größe'])
@pytest.mark.parametrize('form', ['file', 'StringIO', 'generator'])
def test_a_body_of_text_chunks_is_refused(server, client, content, form, tmp_path):
    (tmp_path / 'body').write_bytes(content.encode('utf-8'))
    if form == 'file':
        body = io.open(str(tmp_path / 'body'), encoding='utf-8')
    else:
        body = io.StringIO(content) if form == 'StringIO' else iter([content or u' '])
    server.respond(silent())
    with pytest.raises(TypeError) as caught:
        post(client, body)
    assert 'bytes' in str(caught.value)
    if hasattr(body, 'close'):
        body.close()


def ignore_body(hung_up):
    """Read the head of a request alone; `hung_up` is set when the client hangs up."""
    def respond(peer):
        peer.read_request(body=False)
        peer.wait_closed()
        hung_up.set()
        return False
    return respond


class Counted(io.BytesIO):
    """A file whose length is announced wrongly."""

    def __init__(self, data, announced):
        io.BytesIO.__init__(self, data)
        self.len = announced


@pytest.mark.parametrize('announced', [3, 9, 999999])
def test_a_body_that_has_another_length_than_announced(server, client, announced):
    hung_up = threading.Event()
    server.respond(ignore_body(hung_up), http(200, 'next'))
    with pytest.raises(ValueError) as caught:
        post(client, Counted(b'hello', announced))
    assert str(announced) in str(caught.value)
    assert hung_up.wait(30)
    assert get(client).content == b'next'


@pytest.mark.parametrize('error', [OSError(13, 'Permission denied', '/src/secret'),
                                   IOError(5, 'Input/output error'), OSError(32, 'Broken pipe'),
                                   socket.timeout('timed out'), RuntimeError('mine')],
                         ids=lambda error: str(error.args[0]))
def test_an_error_inside_a_body_is_raised_unchanged(server, client, error):
    def body():
        yield b'some'
        raise error

    hung_up = threading.Event()
    server.respond(ignore_body(hung_up), http(200, 'next'))
    with pytest.raises(type(error)) as caught:
        post(client, body(), timeout=5)
    assert caught.value is error
    assert hung_up.wait(30)
    assert get(client).content == b'next'


# archive_body; its forms and its errors are in tests/wire/test_archives.py

def sent(server, client, body):
    """Send a body; return its bytes as received, and its Content-Length."""
    server.respond(http(200, 'ok'))
    assert post(client, body).content == b'ok'
    return server.request.body, server.request.headers.get('content-length')


@pytest.fixture
def path(tmp_path):
    path = str(tmp_path / 'archive')
    with open(path, 'wb') as opened:
        opened.write(b'0123456789' * 100000)
    return path


def test_a_file_is_sent_from_where_it_is(server, client, path):
    for kind in (open, io.open, io.FileIO):
        with kind(path, 'rb') as opened:
            opened.seek(999990)
            with archive_body(opened, 'data') as body:
                assert sent(server, client, body) == (b'0123456789', '10')
            assert not opened.closed


def test_a_file_that_decompresses_has_no_length(server, client, path):
    with gzip.open(path + '.gz', 'wb') as packed:
        packed.write(b'some text')
    with gzip.open(path + '.gz', 'rb') as opened, archive_body(opened, 'data') as body:
        assert sent(server, client, body) == (b'some text', None)
    with gzip.open(path + '.gz', 'rb') as opened, io.BufferedReader(opened) as buffered:
        with archive_body(buffered, 'data') as body:
            assert sent(server, client, body) == (b'some text', None)


@pytest.mark.parametrize('kind', [tempfile.TemporaryFile, tempfile.NamedTemporaryFile])
def test_a_temporary_file_has_a_length(server, client, kind):
    with kind() as opened:
        opened.write(b'some text')
        opened.seek(5)
        with archive_body(opened, 'data') as body:
            assert sent(server, client, body) == (b'text', '4')


def test_a_file_without_a_size_is_sent_in_chunks(server, client):
    with archive_body('/proc/version', 'data') as body:
        data, length = sent(server, client, body)
    assert data.startswith(b'Linux') and length is None


def test_a_fifo_is_sent_in_chunks(server, client, tmp_path):
    fifo = str(tmp_path / 'fifo')
    os.mkfifo(fifo)

    def write():
        with open(fifo, 'wb') as opened:
            opened.write(b'some text')

    writer = threading.Thread(target=write)
    writer.start()
    with archive_body(fifo, 'data') as body:
        assert sent(server, client, body) == (b'some text', None)
    writer.join(30)


@pytest.mark.parametrize('content', [b'', b'text'])
def test_a_file_at_its_end_is_empty(server, client, content):
    opened = io.BytesIO(content)
    opened.seek(0, os.SEEK_END)
    with archive_body(opened, 'data') as body:
        assert sent(server, client, body) == (b'', None)


def test_a_file_that_grows_has_the_length_that_it_began_with(server, client, path):
    with open(path, 'rb') as opened, archive_body(opened, 'data') as body:
        with open(path, 'ab') as growing:
            growing.write(b'more')
        data, length = sent(server, client, body)
    assert (data, length) == (b'0123456789' * 100000, '1000000')


def test_a_file_that_shrinks_is_an_error(server, client, path):
    hung_up = threading.Event()
    server.respond(ignore_body(hung_up), http(200, 'next'))
    with open(path, 'rb') as opened, archive_body(opened, 'data') as body:
        with open(path, 'ab') as shrinking:
            shrinking.truncate(500000)
        with pytest.raises(ValueError) as caught:
            post(client, body)
    assert '1000000' in str(caught.value) and '500000' in str(caught.value)
    assert hung_up.wait(30)
    assert get(client).content == b'next'
