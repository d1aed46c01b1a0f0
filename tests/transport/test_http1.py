"""docker.transport.http1: exchanges on a connection, with the response cut in every way.

The responses come over a pair of Unix sockets that keep message boundaries (SOCK_SEQPACKET): each piece of
a response is one recv().
"""

import errno
import random
import select
import socket
import struct
import threading

import pytest

from docker.transport import http1
from docker.transport.exceptions import IncompleteRead, RemoteDisconnected, RemoteProtocolError, TimedOut
from docker.transport.http1 import Connection, ResponseHead

OK = b'HTTP/1.1 200 OK\r\n'
CHUNKED = OK + b'Transfer-Encoding: chunked\r\n\r\n'


def cuttings(data):
    """The same bytes in pieces: whole, byte by byte, cut in two everywhere, and at random."""
    yield [data]
    yield [data[at:at + 1] for at in range(len(data))]
    for at in range(1, len(data)):
        yield [data[:at], data[at:]]
    chance = random.Random(len(data))
    for _ in range(20):
        cuts = sorted(set(chance.randrange(1, len(data)) for _ in range(chance.randrange(1, 9))))
        yield [data[start:end] for start, end in zip([0] + cuts, cuts + [len(data)])]


def respond(connection, method='GET', headers=(), body=None, timeout=30):
    """Send a request, and return the head of its response."""
    return connection.send_request(method, '/x', headers, body, timeout) or connection.read_head()


class Talk(object):
    """A Connection, and a peer that sends the pieces and then hangs up unless `stay` is True."""

    def __init__(self, pieces, stay=False, kind=socket.SOCK_SEQPACKET):
        ours, self.peer = socket.socketpair(socket.AF_UNIX, kind)
        self.peer.settimeout(30)
        self.connection = Connection(ours)
        self._sender = threading.Thread(target=self._send, args=(pieces, stay))
        self._sender.start()

    def _send(self, pieces, stay):
        try:
            for piece in pieces:
                self.peer.sendall(piece)
            if not stay:
                self.peer.shutdown(socket.SHUT_WR)
        except (OSError, socket.error):
            pass  # the connection was closed before all was sent

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.connection.close()
        self._sender.join(30)
        self.peer.close()

    def get(self, method='GET', body=None, headers=(), timeout=30):
        return respond(self.connection, method, list(headers), body, timeout)

    def body(self, method='GET'):
        """Return the head of the response, and its whole body."""
        head = self.get(method)
        chunks, _ = self.connection.body_of(head, method)
        return head, b''.join(chunks)


def outcomes(response, method='GET', kind=Exception):
    """Return the set of (status, body) or of the class of the exception, for all cuts of a response."""
    seen = set()
    for pieces in cuttings(response):
        with Talk(pieces) as talk:
            try:
                head, body = talk.body(method)
                seen.add((head.status, body))
            except kind as error:
                seen.add(type(error))
    return seen


def encode_chunks(*chunks):
    return b''.join('{0:x}\r\n'.format(len(chunk)).encode('ascii') + chunk + b'\r\n' for chunk in chunks)


@pytest.mark.parametrize('response, body', [
    (OK + b'Content-Length: 5\r\n\r\nhello', b'hello'),
    (OK + b'Content-Length: 0\r\n\r\n', b''),
    (OK + b'content-length:   5  \r\n\r\nhello', b'hello'),
    (OK + b'Content-Length: 5\r\n\r\nhello, and more', b'hello'),
    (OK + b'\r\nuntil the end', b'until the end'),
    (OK + b'\r\n', b''),
    (b'HTTP/1.0 200 OK\r\n\r\nof old', b'of old'),
    (b'HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok', b'ok'),
    (b'HTTP/1.1 200 OK\nContent-Length: 2\n\nok', b'ok'),
    (b'HTTP/1.1 100 Continue\r\n\r\n' + OK + b'Content-Length: 2\r\n\r\nok', b'ok'),
    (b'HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n' +
     OK + b'Content-Length: 2\r\n\r\nok', b'ok'),
    (OK + b'Transfer-Encoding: gzip, chunked\r\n\r\n' + encode_chunks(b'hello') + b'0\r\n\r\n', b'hello'),
    (CHUNKED + encode_chunks(b'hello', b', ', b'world') + b'0\r\n\r\n', b'hello, world'),
    (CHUNKED + b'0\r\n\r\n', b''),
    (CHUNKED + b'000\r\n\r\n', b''),
    (CHUNKED + encode_chunks(b'a\r\nb', b'\r\n', b'0\r\n\r\n') + b'0\r\n\r\n', b'a\r\nb\r\n0\r\n\r\n'),
    (CHUNKED + b'A\r\n0123456789\r\n0a\r\n0123456789\r\n0\r\n\r\n', b'01234567890123456789'),
    (CHUNKED + b'5;name=value\r\nhello\r\n5 ; q="x"\r\nworld\r\n0;end\r\n\r\n', b'helloworld'),
    (CHUNKED + encode_chunks(b'hello') + b'0\r\nX-Trailer: 1\r\nX-Other: 2\r\n\r\n', b'hello'),
    (CHUNKED + encode_chunks(b'hello') + b'0\r\n\r\nHTTP/1.1 200 what follows', b'hello'),
])
def test_a_body_is_the_same_however_it_is_cut(response, body):
    assert outcomes(response) == {(200, body)}


@pytest.mark.parametrize('size', [1, 2, 100, 65535, 256 * 1024, 10 ** 6 + 1])
@pytest.mark.parametrize('form', ['length', 'chunks', 'end'])
def test_bodies_of_all_sizes(size, form):
    body = bytes(bytearray(range(256))) * (size // 256 + 1)
    body = body[:size]
    response = {
        'length': OK + 'Content-Length: {0}\r\n\r\n'.format(size).encode('ascii') + body,
        'chunks': CHUNKED + encode_chunks(body[:size // 3 or 1], body[size // 3 or 1:]) +
        (b'0\r\n\r\n' if size > 1 else b''),
        'end': OK + b'\r\n' + body}[form]
    with Talk([response], kind=socket.SOCK_STREAM) as talk:
        assert talk.body()[1] == body


def test_many_small_chunks_are_joined_to_few():
    with Talk([CHUNKED, encode_chunks(*[b'x'] * 10000) + b'0\r\n\r\n']) as talk:
        chunks = list(talk.connection.body_of(talk.get(), 'GET')[0])
    assert b''.join(chunks) == b'x' * 10000
    assert len(chunks) < 10


def test_chunks_of_more_sizes_than_are_remembered():
    chunks = [b'x' * size for size in range(1, http1._ChunkSizes.MAX_ENTRIES + 100)] * 2
    with Talk([CHUNKED, encode_chunks(*chunks) + b'0\r\n\r\n'], kind=socket.SOCK_STREAM) as talk:
        assert b''.join(talk.connection.body_of(talk.get(), 'GET')[0]) == b''.join(chunks)


def test_sizes_are_remembered_up_to_a_limit():
    sizes = http1._ChunkSizes()
    for size in range(3 * sizes.MAX_ENTRIES):
        assert sizes['{0:x}\r\n'.format(size).encode('ascii')] == size
        assert len(sizes) <= sizes.MAX_ENTRIES


def test_an_incomplete_chunk_is_passed_on_as_it_comes():
    with Talk([CHUNKED, b'5\r\nhel'], stay=True) as talk:
        chunks, _ = talk.connection.body_of(talk.get(), 'GET')
        assert next(chunks) == b'hel'
        talk.peer.sendall(b'lo')
        assert next(chunks) == b'lo'
        talk.peer.sendall(b'\r\n5\r\nworld\r\n')
        assert next(chunks) == b'world'
        talk.peer.sendall(b'0\r\n\r\n')
        assert list(chunks) == []


@pytest.mark.parametrize('method, status', [
    ('HEAD', 200), ('GET', 204), ('POST', 204), ('GET', 304), ('POST', 304),
])
def test_responses_that_have_no_body(method, status):
    response = 'HTTP/1.1 {0} X\r\nContent-Length: 5\r\n\r\n'.format(status).encode('ascii')
    with Talk([response], stay=True) as talk:
        head = talk.get(method)
        chunks, reusable = talk.connection.body_of(head, method)
        assert head.status == status
        assert list(chunks) == []
        assert reusable and talk.connection.reusable


@pytest.mark.parametrize('response, kind', [
    (b'', RemoteDisconnected),
    (b'HTTP', IncompleteRead),
    (OK, IncompleteRead),
    (OK + b'Content-Le', IncompleteRead),
    (b'HTTP/1.1 100 Continue\r\n\r\n', RemoteDisconnected),
    (OK + b'Content-Length: 5\r\n\r\nhell', IncompleteRead),
    (OK + b'Content-Length: 5\r\n\r\n', IncompleteRead),
    (CHUNKED, IncompleteRead),
    (CHUNKED + b'5', IncompleteRead),
    (CHUNKED + b'5\r\n', IncompleteRead),
    (CHUNKED + b'5\r\nhel', IncompleteRead),
    (CHUNKED + b'5\r\nhello', IncompleteRead),
    (CHUNKED + b'5\r\nhello\r\n', IncompleteRead),
    (CHUNKED + b'5\r\nhello\r\n0\r\n', IncompleteRead),
    (CHUNKED + b'5\r\nhello\r\n0\r\nX-Trailer: 1\r\n', IncompleteRead),
])
def test_a_response_that_ends_early(response, kind):
    for pieces in cuttings(response) if response else [[]]:
        with Talk(pieces) as talk:
            with pytest.raises(kind):
                talk.body()


@pytest.mark.parametrize('header', [
    b'xyz', b'', b' ', b'-5', b'-6', b'+5', b'0x5', b'5_0', b'5 5', b'\xb2', b';', b'5,', b'1e',
])
def test_invalid_chunk_sizes(header):
    if header == b'1e':
        header = b'1e1z'
    for tail in (b'\r\nhello\r\n0\r\n\r\n', b'\r\n' + b'hello\r\n' * 20):
        assert outcomes(CHUNKED + header + tail) == {IncompleteRead}


@pytest.mark.parametrize('response', [
    CHUNKED + b'5\r\nhello!!0\r\n\r\n',
    CHUNKED + b'5\r\nhello, world\r\n0\r\n\r\n',
])
def test_a_chunk_that_is_longer_than_its_size(response):
    assert outcomes(response) == {IncompleteRead}


@pytest.mark.parametrize('response', [
    b'SSH-2.0-OpenSSH_9.2\r\n', b'220 mail ESMTP\r\n', b'\x15\x03\x01\x00\x02\x02F', b'\x00\x00',
    b'<html></html>', b'HTTP/1.1 abc OK\r\n\r\n', b'HTTP/1.1\r\n\r\n', b'HTTP\r\n\r\n',
    b'HTTP/1.1  200 OK\r\n\r\n', b'HTTP/1.1 -20 OK\r\n\r\n', b'HTTP/1.1 20\r\n\r\n',
    b'HTTP/1.1 2000 OK\r\n\r\n', b'HTTP/1.1 099 OK\r\n\r\n',
    OK + b'no colon\r\n\r\n', OK + b': no name\r\n\r\n', OK + b' folded\r\n\r\n',
    OK + b'Content-Length: five\r\n\r\nhello', OK + b'Content-Length: -5\r\n\r\nhello',
    OK + b'Content-Length: \xb2\r\n\r\nhello', OK + b'Content-Length: 5, 6\r\n\r\nhello',
    OK + b'Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!',
])
def test_invalid_http(response):
    assert outcomes(response) == {RemoteProtocolError}


def test_a_head_without_an_end_is_invalid_http():
    endless = OK + b'X: ' + b'x' * (http1._MAX_HEAD_SIZE + 2 ** 20)
    with Talk([endless], kind=socket.SOCK_STREAM) as talk:
        with pytest.raises(RemoteProtocolError):
            talk.get()


CONTINUE = b'HTTP/1.1 100 Continue\r\n\r\n'


def chunks_after(talk):
    """Chunks of a body, each of which is sent when something more has come from the peer, or its end."""
    for _ in range(200):
        select.select([talk.connection.sock], [], [], 30)
        yield b'x'


@pytest.mark.parametrize('interim', [CONTINUE, CONTINUE[:-2] + b'X: ' + b'x' * 9999 + b'\r\n\r\n'],
                         ids=['short', 'long'])
@pytest.mark.parametrize('has_body', [False, True])
def test_interim_responses_without_an_end(interim, has_body):
    with Talk([interim] * 5000, kind=socket.SOCK_STREAM) as talk:
        with pytest.raises(RemoteProtocolError):
            talk.get('POST', chunks_after(talk) if has_body else None, [('Transfer-Encoding', 'chunked')])


def test_as_many_interim_responses_as_there_may_be():
    response = OK + b'Content-Length: 2\r\n\r\nok'
    for _ in range(3):
        with Talk([CONTINUE * http1._MAX_INTERIM + response] * 2, stay=True) as talk:
            # They are counted for each response.
            assert talk.body()[1] == talk.body()[1] == b'ok'


def test_an_interim_head_without_an_end_while_a_body_is_sent():
    with Talk([b'HTTP/1.1 100 Continue\r\n' + b'X: y\r\n' * 10 ** 6], kind=socket.SOCK_STREAM) as talk:
        with pytest.raises(RemoteProtocolError):
            talk.get('POST', chunks_after(talk), [('Transfer-Encoding', 'chunked')])


@pytest.mark.parametrize('endless', [
    b'0\r\n' + b'X-Trailer: 1\r\n' * 10 ** 5, b'0\r\nX: ' + b'x' * 10 ** 6, b'5;' + b'x' * 10 ** 6,
    b'0' * 10 ** 6,
])
def test_chunks_and_trailers_without_an_end(endless):
    with Talk([CHUNKED + endless], stay=True, kind=socket.SOCK_STREAM) as talk:
        with pytest.raises(IncompleteRead):
            talk.body()


@pytest.mark.parametrize('size', [1, 3])
def test_a_long_head_in_small_pieces(size):
    lines = b''.join('X-{0}: {0}\r\n'.format(number).encode('ascii') for number in range(3000))
    data = OK + lines + b'Content-Length: 2\r\n\r\nok'
    with Talk([data[at:at + size] for at in range(0, len(data), size)], kind=socket.SOCK_STREAM) as talk:
        head, body = talk.body()
    assert len(head.headers) == 3001 and body == b'ok'


# Heads behind which not a byte may be received

@pytest.mark.parametrize('behind', [b'', b'x', b'\r\n\r\nprompt', b'x' * 10 ** 6])
@pytest.mark.parametrize('head', [
    OK + b'A: 1\r\n\r\n', b'HTTP/1.1 200 OK\nA: 1\n\n', OK + b'A: 1\r\n\n',
    CONTINUE + OK + b'A: 1\r\n\r\n',
    OK + b'A: ' + b'x' * 200000 + b'\r\n\r\n', OK + b'B: 2\r\n' * 3000 + b'A: 1\r\n\r\n',
], ids=['plain', 'line feeds', 'both', 'interim', 'long', 'many lines'])
def test_nothing_is_received_behind_an_exact_head(head, behind):
    with Talk([head + behind], kind=socket.SOCK_STREAM) as talk:
        talk.connection.send_request('GET', '/x', [], None, 30)
        assert talk.connection.read_head(exact=True).values('a')[0][:1] in ('1', 'x')
        assert talk.connection.buffer == b''
        received = talk.connection.detach().makefile('rb').read()
        talk.connection.sock.close()
    assert received == behind


def test_an_exact_head_however_it_is_cut():
    for pieces in cuttings(OK + b'A: 1\r\n\r\nbehind'):
        with Talk([], stay=True, kind=socket.SOCK_STREAM) as talk:
            sender = threading.Thread(target=lambda: [talk.peer.sendall(piece) for piece in pieces])
            sender.start()
            talk.connection.send_request('GET', '/x', [], None, 30)
            assert talk.connection.read_head(exact=True).headers == [('A', '1')]
            sender.join()
            assert talk.connection.sock.recv(100) == b'behind'


def test_an_exact_head_that_ends_early():
    for data, kind in ((b'', RemoteDisconnected), (OK + b'A: 1\r\n', IncompleteRead)):
        with Talk([data] if data else [], kind=socket.SOCK_STREAM) as talk:
            talk.connection.send_request('GET', '/x', [], None, 30)
            with pytest.raises(kind):
                talk.connection.read_head(exact=True)


def test_a_head():
    head = ResponseHead(b'HTTP/1.1 404 Not Found Here\r\nA: 1\r\na:2\r\nB:  x: y \r\nEmpty:\r\n'
                        b'Long: one\r\n  two\r\n\tthree\r\nLatin: \xe9')
    assert (head.status, head.reason, head.version) == (404, 'Not Found Here', 11)
    assert head.headers[:5] == [('A', '1'), ('a', '2'), ('B', 'x: y'), ('Empty', ''),
                                ('Long', 'one two three')]
    assert head.headers[5] == ('Latin', '\xe9')
    assert head.values('a') == ['1', '2']
    assert head.values('empty') == [''] and head.values('missing') == []


def test_many_headers():
    lines = b''.join('X-{0}: {0}\r\n'.format(number).encode('ascii') for number in range(5000))
    with Talk([OK + lines + b'Content-Length: 2\r\n\r\nok']) as talk:
        head, body = talk.body()
    assert len(head.headers) == 5001 and body == b'ok'
    assert head.values('x-4999') == ['4999']


@pytest.mark.parametrize('response, reusable', [
    (OK + b'Content-Length: 0\r\n\r\n', True),
    (b'HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n', False),
    (OK + b'Connection: close\r\nContent-Length: 0\r\n\r\n', False),
    (OK + b'connection: Close\r\nContent-Length: 0\r\n\r\n', False),
    (OK + b'Connection: X-Hop, close\r\nContent-Length: 0\r\n\r\n', False),
    (OK + b'Connection: close\r\nConnection: X-Hop\r\nContent-Length: 0\r\n\r\n', False),
    (OK + b'Connection: keep-alive\r\nContent-Length: 0\r\n\r\n', True),
])
def test_whether_a_connection_can_be_used_again(response, reusable):
    with Talk([response], stay=True) as talk:
        talk.body()
        assert talk.connection.reusable is reusable


def test_two_exchanges_on_a_connection():
    head = OK + b'Content-Length: 2\r\n\r\n'
    with Talk([head + b'a1'], stay=True) as talk:
        assert talk.body()[1] == b'a1'
        assert not talk.connection.is_stale()
        talk.peer.sendall(head + b'b2')
        assert talk.body()[1] == b'b2'
        assert not talk.connection.is_stale()


@pytest.mark.parametrize('meanwhile', [
    lambda talk: talk.peer.close(),
    lambda talk: talk.peer.sendall(b'HTTP/1.1 408 Request Timeout\r\n\r\n'),
    lambda talk: talk.connection.close(),
], ids=['closed there', 'sent something', 'closed here'])
def test_a_stale_connection_is_noticed(meanwhile):
    with Talk([OK + b'Content-Length: 0\r\n\r\n'], stay=True) as talk:
        talk.body()
        assert not talk.connection.is_stale()
        meanwhile(talk)
        assert talk.connection.is_stale()


def test_more_than_was_announced_makes_it_stale():
    with Talk([OK + b'Content-Length: 2\r\n\r\nok, and more'], stay=True) as talk:
        talk.body()
        assert talk.connection.is_stale()


def test_the_request_as_it_is_sent():
    headers = [('Host', 'localhost'), ('X-Latin', u'\xe9'), (b'X-Bytes', b'v')]
    with Talk([OK + b'Content-Length: 0\r\n\r\n']) as talk:
        talk.get('POST', b'body', headers)
        assert talk.peer.recv(1000) == (b'POST /x HTTP/1.1\r\nHost: localhost\r\nX-Latin: \xe9\r\n'
                                        b'X-Bytes: v\r\n\r\nbody')


@pytest.mark.parametrize('chunks', [[], [b'one'], [b'one', b'', b'two' * 6]])
def test_a_body_in_chunks_as_it_is_sent(chunks):
    with Talk([OK + b'Content-Length: 0\r\n\r\n'], stay=True, kind=socket.SOCK_STREAM) as talk:
        # The response has come already, as from an engine that responds before it has read the body.
        talk.get('POST', iter(chunks), [('Transfer-Encoding', 'chunked')])
        talk.connection.close()
        sent = talk.peer.makefile('rb').read()
    body = sent.partition(b'\r\n\r\n')[2]
    assert body == encode_chunks(*[chunk for chunk in chunks if chunk]) + b'0\r\n\r\n'


def test_a_timeout_before_a_response():
    with Talk([], stay=True) as talk:
        with pytest.raises(TimedOut):
            talk.get(timeout=0.01)


def test_a_timeout_inside_a_response():
    with Talk([OK + b'Content-Length: 5\r\n\r\nhel'], stay=True) as talk:
        head = talk.get(timeout=0.01)
        chunks, _ = talk.connection.body_of(head, 'GET')
        assert next(chunks) == b'hel'
        with pytest.raises(TimedOut):
            next(chunks)


def test_a_timeout_while_a_body_is_sent():
    with Talk([], stay=True, kind=socket.SOCK_STREAM) as talk:
        with pytest.raises(TimedOut):
            talk.get('POST', b'x' * 2 ** 24, timeout=0.01)


def reset(sock):
    """Close with a reset, as the system does for an engine that is killed."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
    sock.close()


@pytest.fixture
def tcp_pair():
    listener = socket.socket()
    listener.bind(('127.0.0.1', 0))
    listener.listen(1)
    ours = socket.create_connection(listener.getsockname())
    theirs, _ = listener.accept()
    listener.close()
    connection = Connection(ours)
    yield connection, theirs
    connection.close()
    theirs.close()


def test_a_body_without_a_length_that_ends_by_a_reset_is_cut_short(tcp_pair):
    connection, peer = tcp_pair
    peer.sendall(OK + b'\r\nsome')
    chunks, _ = connection.body_of(respond(connection), 'GET')
    assert next(chunks) == b'some'
    reset(peer)
    with pytest.raises((IncompleteRead, OSError, socket.error)):
        list(chunks)


def test_a_reset_instead_of_a_response(tcp_pair):
    connection, peer = tcp_pair
    reset(peer)
    with pytest.raises(RemoteDisconnected):
        respond(connection)


@pytest.mark.parametrize('error', [OSError(errno.EACCES, 'not yours'), OSError(errno.EPIPE, 'pipe'),
                                   socket.timeout('timed out'), KeyError('mine')],
                         ids=lambda error: type(error).__name__ + str(error.args[0]))
def test_an_error_of_the_body_to_send_is_raised_unchanged(error):
    def body():
        yield b'some'
        raise error

    with Talk([], stay=True, kind=socket.SOCK_STREAM) as talk:
        with pytest.raises(type(error)) as caught:
            talk.get('POST', body(), [('Transfer-Encoding', 'chunked')], timeout=5)
        assert caught.value is error


def test_closing_ends_a_read_that_waits():
    with Talk([OK + b'\r\nsome'], stay=True) as talk:
        chunks, _ = talk.connection.body_of(talk.get(timeout=None), 'GET')
        assert next(chunks) == b'some'
        read = []
        reader = threading.Thread(target=lambda: read.extend(chunks))
        reader.start()
        talk.connection.close()
        reader.join(30)
        assert not reader.is_alive() and read == []
