"""docker.transport.raw: what `Response.raw` gives to read, decompression and cookies, over a real socket."""

import threading
import zlib

import pytest

from tests.server import chunked, http
from tests.transport import OK, get, zipped


def test_ways_to_read_a_body(server, client):
    server.respond(*[chunked([b'on', b'e\ntwo\nth', b'ree'])] * 4)
    assert list(get(client, stream=True).iter_lines()) == [b'one', b'two', b'three']
    assert b''.join(get(client, stream=True).iter_content(3)) == b'one\ntwo\nthree'
    raw = get(client, stream=True).raw
    assert [raw.read(4), raw.read(1), raw.read()] == [b'one\n', b't', b'wo\nthree']
    assert raw.read() == raw.read(5) == b''
    assert get(client, stream=True).raw.data == b'one\ntwo\nthree'
    assert server.connections == 1


def test_the_raw_response_is_a_file_as_that_of_urllib3(server, client):
    server.respond(*[http(200, 'one\ntwo', 'text/plain', 'X-Two: 1', 'X-Two: 2')] * 2)
    raw = get(client, stream=True).raw
    assert (raw.status, raw.reason, raw.closed) == (200, 'OK', False)
    assert raw.headers.getlist('x-two') == ['1', '2']
    assert raw.readline() == b'one\n' and raw.readable()
    raw.close()
    assert raw.closed
    assert b''.join(get(client, stream=True).raw) == b'one\ntwo'
    with pytest.raises(AttributeError):
        raw.no_such_thing


@pytest.mark.parametrize('stream', [False, True])
@pytest.mark.parametrize('encoding, compress', [
    ('gzip', zipped), ('deflate', zlib.compress), ('identity', bytes),
])
@pytest.mark.parametrize('form', ['length', 'chunks'])
def test_compressed_responses_are_decompressed(server, client, encoding, compress, form, stream):
    data = b'hello, world ' * 50000
    compressed = compress(data)
    header = 'Content-Encoding: ' + encoding
    if form == 'length':
        sent = http(200, compressed, 'text/plain', header)
    else:
        sent = chunked([compressed[:7], compressed[7:]]).replace(
            b'\r\n', b'\r\n' + header.encode('ascii') + b'\r\n', 1)
    server.respond(sent, http(200, 'next'))
    response = get(client, stream=stream)
    if stream:
        assert b''.join(response.iter_content(chunk_size=None)) == data
    assert stream or response.content == data
    assert get(client).content == b'next'
    assert server.connections == 1


@pytest.mark.parametrize('encoding', ['gzip', 'identity'])
def test_a_compressed_stream_comes_as_it_is_written(server, client, encoding):
    compressor = zlib.compressobj(9, zlib.DEFLATED, 31)
    taken = threading.Event()

    def compress(data):
        if encoding == 'identity':
            return data
        return compressor.compress(data) + compressor.flush(zlib.Z_SYNC_FLUSH)

    def respond(peer):
        peer.read_request()
        peer.send(OK + 'Content-Encoding: {0}\r\n\r\n'.format(encoding).encode('ascii') +
                  compress(b'first'))
        taken.wait(30)
        peer.send(compress(b'second'))
        return False

    server.respond(respond)
    chunks = get(client, stream=True, timeout=2).iter_content(chunk_size=None)
    assert next(chunks) == b'first'
    taken.set()
    assert b''.join(chunks) == b'second'


def test_cookies_are_kept_and_sent_back(server, client):
    cookies = ['Set-Cookie: a=1; Path=/', 'Set-Cookie: b=two; Path=/']
    server.respond(http(200, '', 'text/plain', *cookies), http(200, ''))
    response = get(client)
    assert dict(response.cookies) == dict(client.cookies) == {'a': '1', 'b': 'two'}
    get(client)
    assert sorted(server.request.headers['cookie'].split('; ')) == ['a=1', 'b=two']
