# -*- coding: utf-8 -*-
"""The calls about the files of containers: their requests, what they return, and what goes wrong."""

import base64
import io
import json
import os
import tarfile
import threading

import pytest
import six

import docker
from docker import errors
from tests import PathObject, Pipe
from tests.server import as_json, chunked, http
from tests.wire import negotiated, raised
from tests.wire.test_arguments import NAMES, assert_refused

STAT = {'name': u'caf\xe9', 'size': 5, 'mode': 1 << 27 | 0o777, 'mtime': '2024-01-02T03:04:05.123456789Z',
        'linkTarget': u'/srv/caf\xe9'}
ENCODED = base64.b64encode(json.dumps(STAT).encode('utf-8')).decode('ascii')
HEADER = 'X-Docker-Container-Path-Stat: '


def archive(size=100000):
    packed = io.BytesIO()
    with tarfile.open(mode='w', fileobj=packed) as tar:
        info = tarfile.TarInfo('etc/motd')
        info.size = size
        tar.addfile(info, io.BytesIO(b'\xff' * size))
    return packed.getvalue()


ARCHIVE = archive()


def archive_response(*headers):
    return http(200, ARCHIVE, 'application/x-tar', *headers)


@pytest.fixture
def client(server):
    """A Client of an engine that has archives, and no copyUIDGID."""
    client = negotiated(docker.Client(server.url, timeout=10), server, '1.28')
    yield client
    client.close()


# get_archive and stat_archive

@pytest.mark.parametrize('container, path, target', [
    ('web', '/etc/motd', 'web/archive?path=%2Fetc%2Fmotd'),
    ({'Id': 'abc'}, PathObject('/a b'), 'abc/archive?path=%2Fa+b'),
    (u'caf\xe9', u'/caf\xe9', 'caf%C3%A9/archive?path=%2Fcaf%C3%A9'),
    ('web', '/etc/.', 'web/archive?path=%2Fetc%2F.'),
    ('web', 'etc', 'web/archive?path=etc'),
])
def test_the_requests(client, server, container, path, target):
    server.respond(archive_response(HEADER + ENCODED), http(200, b'', 'application/json', HEADER + ENCODED),
                   http(200))
    client.get_archive(container, path)[0].close()
    client.stat_archive(container, path)
    client.put_archive(container, path, b'tar\0')
    assert [(request.method, request.target) for request in server.requests] == [
        (method, '/v1.20/containers/' + target) for method in ('GET', 'HEAD', 'PUT')]


def test_an_archive_and_what_it_is(client, server):
    server.respond(archive_response(HEADER + ENCODED))
    archive, stat = client.get_archive('web', '/etc/motd')
    assert stat == STAT and isinstance(stat['linkTarget'], six.text_type)
    with archive:
        with tarfile.open(mode='r|', fileobj=archive) as tar:
            assert [(member.name, member.size) for member in tar] == [('etc/motd', 100000)]
    assert archive.closed


def test_an_archive_is_read_as_releases_of_2016_returned_it(client, server):
    server.respond(*[archive_response(HEADER + ENCODED)] * 5)
    with client.get_archive('web', '/x')[0] as archive:
        assert archive.status == 200 and archive.headers['x-docker-container-path-stat'] == ENCODED
        assert archive.data == archive.data == ARCHIVE
    with client.get_archive('web', '/x')[0] as archive:
        assert archive.read(7) + archive.read() == ARCHIVE
    with client.get_archive('web', '/x')[0] as archive:
        assert b''.join(archive.stream(1024)) == ARCHIVE
    with client.get_archive('web', '/x')[0] as archive:
        assert b''.join(archive) == ARCHIVE
    archive, _ = client.get_archive('web', '/x')
    archive.close()
    raised(ValueError, archive.read)


@pytest.mark.parametrize('call', [
    lambda c: c.get_archive('web', '/x', 40000)[0], lambda c: c.export('web', 40000),
    lambda c: c.get_image('web', chunk_size=40000), lambda c: c.save('web', chunk_size=40000)])
def test_chunks_of_a_size(client, server, call):
    server.respond(chunked([ARCHIVE[:10], ARCHIVE[10:50000], ARCHIVE[50000:]], 'application/x-tar'))
    with call(client) as archive:
        chunks = list(archive)
    assert [len(chunk) for chunk in chunks] == [40000, 40000, len(ARCHIVE) - 80000]
    assert b''.join(chunks) == ARCHIVE


def test_the_stat_of_a_path(client, server):
    server.respond(http(200, b'', 'application/json', HEADER + ENCODED), as_json([]))
    assert client.stat_archive('web', '/etc/motd') == STAT
    assert client.containers() == []
    assert server.connections == 1


def test_no_stat(client, server):
    server.respond(archive_response(), http(200))
    archive, stat = client.get_archive('web', '/x')
    archive.close()
    assert stat is None
    assert client.stat_archive('web', '/x') is None


@pytest.mark.parametrize('value', ['%%%', 'e30', base64.b64encode(b'[1]').decode('ascii'),
                                   base64.b64encode(b'\xff').decode('ascii')])
@pytest.mark.parametrize('call', [
    lambda c: c.get_archive('web', '/x'), lambda c: c.stat_archive('web', '/x')])
def test_a_stat_that_is_none(client, server, call, value):
    server.respond(archive_response(HEADER + value), as_json([]))
    error = raised(errors.NotAnEngine, lambda: call(client))
    assert '/containers/web/archive' in str(error) and 'X-Docker-Container-Path-Stat' in str(error)


@pytest.mark.parametrize('status, kind', [
    (404, errors.NotFound), (400, errors.BadRequest), (500, errors.ServerError)])
def test_errors(client, server, status, kind):
    refusal = as_json({'message': 'the engine\'s words'}, status)
    server.respond(refusal, refusal, http(status, b''))
    for call in (lambda: client.get_archive('web', '/x'),
                 lambda: client.put_archive('web', '/x', b'tar\0')):
        assert raised(kind, call).explanation == 'the engine\'s words'
    assert raised(kind, lambda: client.stat_archive('web', '/x')).status_code == status


def ends_early(peer):
    peer.read_request()
    peer.send(archive_response(HEADER + ENCODED)[:-10])
    return False


def test_an_engine_that_goes_away_in_an_archive(client, server):
    server.respond(ends_early, ends_early, as_json([]))
    with client.get_archive('web', '/x')[0] as archive:
        raised(errors.StreamBroken, archive.read)
    with client.get_archive('web', '/x')[0] as archive:
        raised(errors.StreamBroken, lambda: list(archive))
    assert client.containers() == []


def test_an_archive_that_is_left_early_frees_its_connection(client, server):
    closed = threading.Event()

    def respond(peer):
        peer.read_request()
        peer.send(archive_response()[:-10])
        peer.wait_closed()
        closed.set()
        return False

    server.respond(respond, as_json([]))
    archive, _ = client.get_archive('web', '/x')
    assert archive.read(3) == ARCHIVE[:3]
    archive.close()
    assert closed.wait(30)
    assert client.containers() == []


# put_archive

@pytest.fixture
def path(tmp_path):
    path = str(tmp_path / u'caf\xe9.tar' if not six.PY2 else tmp_path / 'a.tar')
    with open(path, 'wb') as opened:
        opened.write(ARCHIVE)
    return path


SOURCES = [
    ('bytes', lambda path: ARCHIVE, True),
    ('bytearray', lambda path: bytearray(ARCHIVE), True),
    ('memoryview', lambda path: memoryview(ARCHIVE), True),
    ('path', lambda path: path, True),
    ('path as text', lambda path: six.ensure_text(path), True),
    ('path object', PathObject, True),
    ('file', lambda path: open(path, 'rb'), True),
    ('BytesIO', lambda path: io.BytesIO(ARCHIVE), True),
    ('pipe', lambda path: Pipe(ARCHIVE), False),
    ('list', lambda path: [ARCHIVE[:10], bytearray(ARCHIVE[10:])], False),
    ('generator', lambda path: (ARCHIVE[at:at + 999] for at in range(0, len(ARCHIVE), 999)), False),
]
sources = pytest.mark.parametrize('source, counted', [row[1:] for row in SOURCES],
                                  ids=[row[0] for row in SOURCES])


@sources
@pytest.mark.parametrize('call, target, kind', [
    (lambda c, data: c.put_archive('web', '/', data), ('PUT', '/v1.20/containers/web/archive?path=%2F'),
     'application/x-tar'),
    (lambda c, data: c.load_image(data), ('POST', '/v1.7/images/load'), 'application/x-tar'),
    (lambda c, data: c.import_image(data), ('POST', '/v1.6/images/create?fromSrc=-'), 'application/tar'),
], ids=['put_archive', 'load_image', 'import_image'])
def test_forms_of_an_archive(client, server, path, source, counted, call, target, kind):
    server.respond(chunked([b'{"stream": "done"}']), as_json([]))
    data = source(path)
    call(client, data)
    request = server.request
    assert (request.method, request.target) == target
    assert request.headers['content-type'] == kind
    assert request.body == ARCHIVE
    assert request.headers.get('content-length') == (str(len(ARCHIVE)) if counted else None)
    assert ('transfer-encoding' in request.headers) is not counted
    if hasattr(data, 'closed'):
        assert not data.closed
        data.close()
    assert client.containers() == []
    assert server.connections == 1


def test_put_archive_is_true(client, server):
    server.respond(http(200), http(200))
    assert client.put_archive('web', '/', ARCHIVE) is True
    assert client.put_archive('web', '/', ARCHIVE, no_overwrite_dir_non_dir=True) is True
    assert server.request.query == {'path': '/', 'noOverwriteDirNonDir': '1'}


def test_owners_are_copied_since_1_29(client, server):
    error = raised(errors.NotSupported, lambda: client.put_archive('web', '/', ARCHIVE, copy_uid_gid=True))
    assert 'copyUIDGID' in str(error) and '1.29' in str(error) and server.requests == []


def test_an_archive_goes_from_container_to_container(client, server):
    server.respond(archive_response(HEADER + ENCODED), http(200))
    with client.get_archive('web', '/etc')[0] as archive:
        assert client.put_archive('other', '/', archive) is True
    assert server.request.body == ARCHIVE


@pytest.mark.parametrize('what, kind, call', [
    ('path', ValueError, lambda c, v: c.get_archive('web', '')),
    ('path', ValueError, lambda c, v: c.get_archive('web', '  ')),
    ('path', TypeError, lambda c, v: c.get_archive('web', None)),
    ('path', ValueError, lambda c, v: c.get_archive('web', u'a\udcffb')),
    ('path', ValueError, lambda c, v: c.stat_archive('web', '')),
    ('path', TypeError, lambda c, v: c.stat_archive('web', 5)),
    ('path', ValueError, lambda c, v: c.put_archive('web', '', ARCHIVE)),
    ('path', TypeError, lambda c, v: c.put_archive('web', ['/'], ARCHIVE)),
    ('chunk_size', TypeError, lambda c, v: c.get_archive('web', '/', '5')),
    ('chunk_size', TypeError, lambda c, v: c.get_archive('web', '/', True)),
    ('chunk_size', ValueError, lambda c, v: c.get_archive('web', '/', 0)),
    ('chunk_size', TypeError, lambda c, v: c.export('web', 1.5)),
])
def test_bad_arguments(client, server, what, kind, call):
    assert_refused(server, kind, what, lambda: call(client, None))


@pytest.mark.parametrize('value, kind', NAMES, ids=repr)
@pytest.mark.parametrize('call', [
    lambda c, value: c.get_archive(value, '/'), lambda c, value: c.stat_archive(value, '/'),
    lambda c, value: c.put_archive(value, '/', ARCHIVE)])
def test_a_bad_container(client, server, call, value, kind):
    assert_refused(server, kind, 'container', lambda: call(client, value))


BAD_DATA = [
    (None, TypeError), (5, TypeError), (True, TypeError), ({'a': b'b'}, TypeError), (object(), TypeError),
    (io.StringIO(u'text'), TypeError), ([u'text'], TypeError), ([b'tar', 5], TypeError),
    (u'', ValueError), (b'', ValueError), (bytearray(), ValueError), (u'no-such.tar', ValueError),
    (u'/no/such.tar', ValueError), (u'/tmp', ValueError), (u'no\0such.tar', ValueError)]


@pytest.mark.parametrize('value, kind', BAD_DATA, ids=repr)
@pytest.mark.parametrize('call', [
    lambda c, value: c.put_archive('web', '/', value), lambda c, value: c.load_image(value)])
def test_bad_data(client, server, call, value, kind):
    assert_refused(server, kind, 'data', lambda: call(client, value))


@pytest.mark.parametrize('call', [
    lambda c, value: c.put_archive('web', '/', value), lambda c, value: c.load_image(value)])
@pytest.mark.parametrize('missing', ['/no/such.tar', '/tmp'])
def test_a_path_object_without_a_file(client, server, call, missing):
    with pytest.raises(EnvironmentError) as caught:
        call(client, PathObject(missing))
    assert missing in str(caught.value) and server.requests == []


@pytest.mark.parametrize('text', [u'password: hush-hush\n', u'hush-hush ' * 100])
def test_what_may_be_the_content_of_a_file_is_not_shown(client, text):
    error = raised(ValueError, lambda: client.put_archive('web', '/', text))
    assert 'hush' not in str(error)


def test_text_in_an_iterable_is_refused(client, server):
    server.respond(lambda peer: bool(peer.wait_closed()))
    error = raised(TypeError, lambda: client.put_archive('web', '/', iter([u'text'])))
    assert 'takes bytes' in str(error)


class TimedClient(docker.Client):
    """A Client that records the timeout of its last request."""

    def request(self, *args, **kwargs):
        self.recorded = kwargs['timeout']
        return super(TimedClient, self).request(*args, **kwargs)


@pytest.mark.parametrize('call, bounded', [
    (lambda c: c.get_archive('web', '/')[0].close(), True), (lambda c: c.stat_archive('web', '/'), True),
    (lambda c: c.put_archive('web', '/', ARCHIVE), True), (lambda c: c.get_image('web').close(), False),
    (lambda c: c.save(['web', 'db']).close(), False), (lambda c: c.load_image(ARCHIVE), False),
    (lambda c: c.import_image_from_data(ARCHIVE), False),
    (lambda c: c.import_image_from_url('http://localhost/'), False)])
def test_what_an_engine_takes_its_time_for_has_no_timeout(server, call, bounded):
    client = negotiated(TimedClient(server.url, timeout=5), server, '1.28')
    server.respond(http(200, b'{}'))
    call(client)
    assert client.recorded == (5 if bounded else (5, None))
    client.close()


# Engines that do not read an archive to its end

class Endless(io.RawIOBase):
    """A file without an end. `closed` tells whether it was closed, `size` how much of it was read."""

    size = 0

    def readable(self):
        return True

    def read(self, size=-1):
        self.size += size
        assert self.size < 1 << 30, 'nobody stops reading'
        return b'x' * size


def refusing(response):
    """A function that responds after the head and a part of the body, and closes."""
    def respond(peer):
        peer.read_request(body=False)
        peer.file.read(100000)
        peer.send(response)
        return False
    return respond


@pytest.mark.parametrize('response, kind', [
    (as_json({'message': 'No such container: web'}, 404), errors.NotFound),
    (http(500, 'invalid tar header'), errors.ServerError),
    (as_json({'message': 'archive/tar: invalid tar header'}, 500, 'Connection: close'), errors.ServerError)])
@pytest.mark.parametrize('call', [
    lambda c, data: c.put_archive('web', '/', data), lambda c, data: c.load_image(data),
    lambda c, data: c.import_image_from_stream(data)], ids=['put', 'load', 'import'])
def test_an_engine_that_refuses_in_the_middle(client, server, call, response, kind):
    server.respond(refusing(response), as_json([]))
    source = Endless()
    error = raised(kind, lambda: call(client, source))
    assert error.explanation
    assert not source.closed
    assert client.containers() == []


@pytest.mark.parametrize('call', [
    lambda c, data: c.load_image(data), lambda c, data: list(c.load_image(data, stream=True)),
    lambda c, data: c.import_image_from_stream(data)], ids=['load', 'load, stream', 'import'])
@pytest.mark.parametrize('response', [
    chunked([b'{"status":"Loading"}', b'{"errorDetail":{"message":"invalid tar header"},"error":"invalid tar '
             b'header"}']),
    http(200, b'{"errorDetail":{"message":"invalid tar header"}}', 'application/json'),
    b'HTTP/1.1 200 OK\r\n\r\n{"error":"invalid tar header"}\r\n'], ids=['chunks', 'length', 'until closed'])
def test_an_engine_that_reports_an_error_in_the_middle(client, server, call, response):
    """Its response is a 200 then, and it closes the connection while the archive is still being sent."""
    server.respond(refusing(response), as_json([]))
    error = raised(errors.OperationFailed, lambda: call(client, Endless()))
    assert error.explanation == 'invalid tar header'
    assert client.containers() == []


def test_an_engine_that_goes_away_in_the_middle(client, server):
    server.respond(refusing(b''), as_json([]))
    raised(errors.EngineUnreachable, lambda: client.put_archive('web', '/', Endless()))
    assert client.containers() == []


def test_a_file_that_was_opened_is_closed(client, server, path):
    before = sorted(os.listdir('/proc/self/fd'))
    server.respond(as_json({'message': 'no'}, 404), refusing(http(500, 'no')))
    raised(errors.NotFound, lambda: client.put_archive('web', '/', path))
    with open(path, 'ab') as file:
        file.truncate(50 * 1024 ** 2)
    raised(errors.ServerError, lambda: client.load_image(path))
    client.close()
    names = [os.readlink('/proc/self/fd/' + name) for name in os.listdir('/proc/self/fd')
             if name not in before and os.path.islink('/proc/self/fd/' + name)]
    assert path not in names
