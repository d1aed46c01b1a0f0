"""docker.transport.raw: what `Response.raw` gives to read, decompression and cookies, over a real socket."""

import threading
import zlib

import pytest

from docker import errors
from docker.stream import BLOCK_SIZE
from tests.server import chunked, http
from tests.transport import OK, get, silent, zipped


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


def raw_deflate(data):
    compressor = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return compressor.compress(data) + compressor.flush()


HELLO = b'hello, world ' * 1000


@pytest.mark.parametrize('encoding, compressed, data', [
    ('gzip', zipped(HELLO) * 3, HELLO * 3), ('x-gzip', zipped(HELLO) + zipped(b''), HELLO),
    ('gzip', zipped(HELLO) + b'\0' * 512, HELLO),
    ('gzip', zipped(HELLO) + b'\0' * 9 + zipped(b'more') + b'\0', HELLO + b'more'),
    ('deflate', raw_deflate(HELLO), HELLO), ('deflate', zlib.compress(HELLO), HELLO),
    ('deflate', zipped(HELLO), HELLO), ('deflate', raw_deflate(b''), b''),
    ('gzip', b'', b''), ('deflate', b'', b''),
])
@pytest.mark.parametrize('cut', [1, 2, 7, 10 ** 6])
def test_forms_of_compression(server, client, encoding, compressed, data, cut):
    pieces = [compressed[at:at + cut] for at in range(0, len(compressed), cut)]
    head = OK + 'Content-Encoding: {0}\r\nTransfer-Encoding: chunked\r\n\r\n'.format(encoding).encode('ascii')
    server.respond(head + chunked(pieces).partition(b'\r\n\r\n')[2], http(200, 'next'))
    assert get(client).content == data
    assert get(client).content == b'next'
    assert server.connections == 1


def damaged(data, at):
    return data[:at] + b'\xff' + data[at + 1:]


@pytest.mark.parametrize('read', [
    lambda response: response.content, lambda response: list(response.iter_content(None)),
    lambda response: list(response.iter_lines()), lambda response: response.raw.read(decode_content=True),
])
@pytest.mark.parametrize('encoding, sent', [
    ('gzip', HELLO), ('gzip', b'x'), ('deflate', b'\xff\xff\xff\xff' * 9),
    ('gzip', zlib.compress(HELLO)[:-9]),
    ('gzip', zipped(HELLO)[:-1]), ('gzip', zipped(HELLO)[:-20]), ('gzip', zipped(HELLO)[:5]),
    ('deflate', zlib.compress(HELLO)[:-1]), ('deflate', raw_deflate(HELLO)[:-1]),
    ('gzip', zipped(HELLO) + HELLO), ('gzip', zipped(HELLO) + b'x'),
    ('deflate', zlib.compress(HELLO) + HELLO),
    ('gzip', zipped(HELLO) + zipped(HELLO)[:-4]), ('gzip', damaged(zipped(HELLO), -6)),
    ('gzip', damaged(zipped(HELLO), 20)), ('gzip, gzip', HELLO), ('gzip, deflate', HELLO),
])
def test_a_body_that_lies_about_its_compression(server, client, encoding, sent, read):
    hung_up = threading.Event()
    head = 'Content-Encoding: {0}\r\nContent-Length: {1}\r\n\r\n'.format(encoding, len(sent) + 1)
    # All but the last byte comes, so that only an error ends the connection ...
    server.respond(silent(OK + head.encode('ascii') + sent, hung_up))
    response = get(client, stream=True, timeout=0.2)
    with pytest.raises((errors.StreamBroken, errors.ReadTimedOut)):
        read(response)
    assert hung_up.wait(30)
    # ... and all of it, which is an error because of what it holds.
    server.respond(http(200, sent, 'text/plain', 'Content-Encoding: ' + encoding))
    with pytest.raises(errors.StreamBroken) as caught:
        read(get(client, stream=True))
    assert 'decompressed' in str(caught.value)


def test_a_part_of_a_body_that_lies_about_its_compression(server, client):
    hung_up = threading.Event()
    server.respond(silent(OK + b'Content-Encoding: gzip\r\n\r\n' + HELLO, hung_up))
    with pytest.raises(errors.StreamBroken):
        get(client, stream=True).raw.read(5, decode_content=True)
    assert hung_up.wait(30)


@pytest.mark.parametrize('compress, encoding', [(zipped, 'gzip'), (raw_deflate, 'deflate')])
def test_a_step_of_decompression_has_a_limit(server, client, compress, encoding):
    size = 64 * 1024 * 1024
    server.respond(http(200, compress(b'\0' * size), 'text/plain', 'Content-Encoding: ' + encoding))
    total = 0
    for chunk in get(client, stream=True).iter_content(None):
        assert len(chunk) <= BLOCK_SIZE
        total += len(chunk)
    assert total == size
