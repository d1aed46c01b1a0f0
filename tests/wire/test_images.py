# -*- coding: utf-8 -*-
"""The calls about images: list, inspect, tag, remove, search, commit, import and insert."""

import gzip
import io
import json
import os
import tarfile
import tempfile
import threading

import pytest
import six

from docker import errors
from tests import PathObject, Pipe, only_3
from tests.server import as_json, chunked, http
from tests.wire import ENGINES, assert_kept, assert_same_request, bare, raised, request_parts

DIGEST = 'sha256:' + '0123456789abcdef' * 4

REQUESTS = [
    (lambda c: c.images(), 'GET', '/images/json', {'all': '0'}, None),
    (lambda c: c.images('busybox'), 'GET', '/images/json', {'all': '0', 'filter': 'busybox'}, None),
    (lambda c: c.images('localhost:5000/b*', all=True), 'GET', '/images/json',
     {'all': '1', 'filter': 'localhost:5000/b*'}, None),
    (lambda c: c.images(quiet=True), 'GET', '/images/json', {'all': '0'}, None),
    (lambda c: c.images(viz=True), 'GET', '/images/viz', {}, None),
    (lambda c: c.images(None, None, None, None), 'GET', '/images/json', {'all': '0'}, None),
    (lambda c: c.inspect_image('busybox'), 'GET', '/images/busybox/json', {}, None),
    (lambda c: c.inspect_image(image_id='busybox'), 'GET', '/images/busybox/json', {}, None),
    (lambda c: c.history('busybox'), 'GET', '/images/busybox/history', {}, None),
    (lambda c: c.tag('busybox', 'other/name'), 'POST', '/images/busybox/tag',
     {'repo': 'other/name', 'force': '0'}, None),
    (lambda c: c.tag('busybox', 'localhost:5000/name', 'v1', True), 'POST', '/images/busybox/tag',
     {'repo': 'localhost:5000/name', 'tag': 'v1', 'force': '1'}, None),
    (lambda c: c.tag('busybox', 'name:v1', None, None), 'POST', '/images/busybox/tag',
     {'repo': 'name', 'tag': 'v1', 'force': '0'}, None),
    (lambda c: c.remove_image('busybox'), 'DELETE', '/images/busybox', {}, None),
    (lambda c: c.search('busy box'), 'GET', '/images/search', {'term': 'busy box'}, None),
    (lambda c: c.search('me/busybox'), 'GET', '/images/search', {'term': 'me/busybox'}, None),
    (lambda c: c.commit('abc'), 'POST', '/commit', {'container': 'abc'}, {}),
    (lambda c: c.commit({'ID': 'abc'}, None, None, None, None, None), 'POST', '/commit',
     {'container': 'abc'}, {}),
    (lambda c: c.commit('abc', 'web', 'v1', 'why', 'me', {'Cmd': ['cat']}), 'POST', '/commit',
     {'container': 'abc', 'repo': 'web', 'tag': 'v1', 'comment': 'why', 'author': 'me'},
     {'Cmd': ['cat']}),
    (lambda c: c.commit('abc', 'localhost:5000/web:v1'), 'POST', '/commit',
     {'container': 'abc', 'repo': 'localhost:5000/web', 'tag': 'v1'}, {}),
    (lambda c: c.import_image('http://localhost/a.tar?b&c', repository='web', tag='v1'), 'POST',
     '/images/create', {'fromSrc': 'http://localhost/a.tar?b&c', 'repo': 'web', 'tag': 'v1'}, None),
    (lambda c: c.import_image('https://localhost/x.tar', None, 'web:v1'), 'POST', '/images/create',
     {'fromSrc': 'https://localhost/x.tar', 'repo': 'web', 'tag': 'v1'}, None),
    (lambda c: c.import_image('HTTP://localhost/x.tar', 'web', 'v1'), 'POST', '/images/create',
     {'fromSrc': 'HTTP://localhost/x.tar', 'repo': 'web', 'tag': 'v1'}, None),
]


@pytest.mark.parametrize('call, method, path, query, body', REQUESTS)
def test_the_request(client, server, call, method, path, query, body):
    if path == '/images/viz':
        server.respond(http(200, 'digraph docker {}'))
    else:
        lists = path in ('/images/json', '/images/search', '/images/busybox/history') or method == 'DELETE'
        server.respond(as_json([] if lists else {}))
    call(client)
    assert request_parts(server.request) == (method, '/v1.6' + path, query, body)
    assert len(server.requests) == 1


@pytest.mark.parametrize('image, path', [
    ('busybox', 'busybox'),
    ('me/busybox:v1', 'me/busybox:v1'),
    ('localhost:5000/me/busybox', 'localhost:5000/me/busybox'),
    ('busybox@' + DIGEST, 'busybox@' + DIGEST),
    # The server's engine is of a time before the prefix of ids, and takes none.
    (DIGEST, bare(DIGEST)),
    ({'Id': 'abc', 'Tag': 'x'}, 'abc'),
    ({'ID': 'abc'}, 'abc'),
    ({'id': 'abc'}, 'abc'),
    ('a b%41', 'a%20b%2541'),
    (u'h\xe9', 'h%C3%A9'),
    ('hé', 'h%C3%A9'),
])
def test_names_in_paths(client, server, image, path):
    server.respond(as_json({}), as_json([]), http(201), as_json([]))
    client.inspect_image(image)
    client.history(image)
    client.tag(image, 'x')
    client.remove_image(image)
    assert [(request.method, request.path) for request in server.requests] == [
        ('GET', '/v1.6/images/{0}/json'.format(path)),
        ('GET', '/v1.6/images/{0}/history'.format(path)),
        ('POST', '/v1.6/images/{0}/tag'.format(path)),
        ('DELETE', '/v1.6/images/{0}'.format(path))]


TEXTS = [u'h\xe9 llo'] + ([u'h\xe9 llo'.encode('utf-8')] if six.PY2 else [])


@pytest.mark.parametrize('text', TEXTS)
def test_text_beyond_ascii(client, server, text):
    server.respond(as_json({}), as_json([]), as_json([]))
    client.commit('abc', message=text, author=text, conf={'Env': [u'A=h\xe9']})
    assert server.request.query == {'container': 'abc', 'comment': 'hé llo', 'author': 'hé llo'}
    assert server.request.json == {'Env': [u'A=h\xe9']}
    client.search(text)
    assert server.request.query == {'term': 'hé llo'}
    client.images(text)
    assert server.request.query['filter'] == 'hé llo'


def json_of(body):
    return json.loads(body.decode('utf-8'))


RECORDED = [
    ('images', lambda c, i: c.images(), json_of),
    ('images-two-tags', lambda c, i: c.images(), json_of),
    ('inspect-image', lambda c, i: c.inspect_image('busybox'), json_of),
    ('inspect-committed', lambda c, i: c.inspect_image('committed:t1'), json_of),
    ('history', lambda c, i: c.history('busybox'), json_of),
    ('tag', lambda c, i: c.tag('busybox', 'other/name', 'v1'), lambda body: True),
    ('remove-image-tag', lambda c, i: c.remove_image('other/name:v1'), json_of),
]


@pytest.mark.parametrize('exchange, call, expected', RECORDED, ids=[row[0] for row in RECORDED])
def test_a_recorded_exchange(engine, exchange, call, expected):
    engine.respond(exchange)
    assert_kept(expected(engine.recorded_body(exchange)), call(engine.client, None))
    assert_same_request(engine.server.request, engine.recorded_request(exchange))


def test_recorded_images_of_a_name(engine):
    engine.respond('images-filter')
    assert_kept(json_of(engine.recorded_body('images-filter')), engine.client.images('busybox', all=True))
    recorded = engine.recorded_request('images-filter')
    recorded.query.pop('only_ids')  # engines ignore it
    assert_same_request(engine.server.request, recorded)


def test_quiet_images_are_unique_ids(engine):
    engine.respond('images-two-tags')
    ids = [bare(image['Id']) for image in json_of(engine.recorded_body('images-two-tags'))]
    quiet = engine.client.images(quiet=True)
    assert sorted(quiet) == sorted(set(ids))
    assert quiet[0] == ids[0]


@pytest.mark.parametrize('engine', ENGINES[:2], indirect=True)
def test_the_recorded_graph(engine):
    engine.respond('images-viz')
    graph = engine.client.images(viz=True)
    assert graph == engine.recorded_body('images-viz').decode('utf-8')
    assert graph.startswith(u'digraph docker {') and isinstance(graph, six.text_type)
    assert_same_request(engine.server.request, engine.recorded_request('images-viz'))


def test_a_recorded_commit(engine):
    engine.respond('commit')
    recorded = engine.recorded_request('commit')
    image = engine.client.commit(recorded.query['container'], 'committed', tag='t1', message='why',
                                 author='me', conf={'Cmd': ['/bin/cat']})
    assert image == {'Id': bare(json_of(engine.recorded_body('commit'))['Id'])}
    assert_same_request(engine.server.request, recorded)


FAILURES = [
    ('inspect-image-missing', lambda c: c.inspect_image('nosuchimage'),
     (errors.ImageNotFound, errors.ImageNotFound, errors.ImageNotFound)),
    ('remove-image-missing', lambda c: c.remove_image('nosuchimage'),
     (errors.ImageNotFound, errors.ImageNotFound, errors.ImageNotFound)),
    ('remove-image-in-use', lambda c: c.remove_image('busybox'),
     (None, errors.Conflict, errors.Conflict)),
]


@pytest.mark.parametrize('exchange, call, kinds', FAILURES, ids=[row[0] for row in FAILURES])
def test_a_recorded_failure(engine, exchange, call, kinds):
    kind = dict(zip(ENGINES, kinds))[engine.name]
    engine.respond(exchange)
    if kind is None:
        assert call(engine.client) == json_of(engine.recorded_body(exchange))
    else:
        assert raised(kind, lambda: call(engine.client)).explanation == engine.recorded_text(exchange)
    assert_same_request(engine.server.request, engine.recorded_request(exchange))


def test_a_tag_that_is_taken(client, server):
    server.respond(http(409, 'Conflict: Tag v1 is already set to image abc\n'))
    error = raised(errors.Conflict, lambda: client.tag('busybox', 'name', 'v1'))
    assert error.explanation == 'Conflict: Tag v1 is already set to image abc'


@pytest.mark.parametrize('found', [
    [{'Name': 'busybox', 'Description': u'h\xe9'}], [{'name': 'busybox', 'star_count': 1}], []])
def test_search(client, server, found):
    server.respond(as_json(found))
    images = client.search('busybox')
    for image, expected in zip(images, found):
        assert set(expected.items()) <= set(image.items())
    assert len(images) == len(found)


# import_image

def archive():
    packed = io.BytesIO()
    with tarfile.open(mode='w', fileobj=packed) as tar:
        info = tarfile.TarInfo('bin/sh')
        info.size = 1024 * 1024
        tar.addfile(info, io.BytesIO(b'\xff\0' * 512 * 1024))
    return packed.getvalue()


ARCHIVE = archive()
IMPORTED = u'{"status":"bab237de224f"}'


@pytest.fixture
def path(tmp_path):
    path = str(tmp_path / 'rootfs.tar')
    with open(path, 'wb') as opened:
        opened.write(ARCHIVE)
    return path


def from_open_file(client, path):
    with open(path, 'rb') as opened:
        return client.import_image(opened, repository='web', tag='v1')


def from_packed_file(client, path):
    with gzip.open(path + '.gz', 'wb') as packed:
        packed.write(ARCHIVE)
    with gzip.open(path + '.gz', 'rb') as opened:
        return client.import_image(opened, repository='web', tag='v1')


def from_temporary_file(client, path):
    with tempfile.TemporaryFile() as opened:
        opened.write(ARCHIVE)
        opened.seek(0)
        return client.import_image(opened, repository='web', tag='v1')


def from_named_temporary_file(client, path):
    with tempfile.NamedTemporaryFile() as opened:
        opened.write(ARCHIVE)
        opened.seek(0)
        return client.import_image(opened, repository='web', tag='v1')


def from_data_as_file(client, path):
    with open(path, 'rb') as opened:
        return client.import_image('rootfs', opened, 'web', 'v1')


FORMS = [
    ('path', lambda c, path: c.import_image(path, repository='web', tag='v1')),
    ('path as text', lambda c, path: c.import_image(
        six.ensure_text(path), repository='web', tag='v1')),
    ('src=path', lambda c, path: c.import_image(src=path, repository='web:v1')),
    ('bytes', lambda c, path: c.import_image(ARCHIVE, repository='web', tag='v1')),
    ('bytearray', lambda c, path: c.import_image(bytearray(ARCHIVE), repository='web', tag='v1')),
    ('open file', from_open_file),
    ('open gzip file', from_packed_file),
    ('temporary file', from_temporary_file),
    ('named temporary file', from_named_temporary_file),
    ('BytesIO', lambda c, path: c.import_image(io.BytesIO(ARCHIVE), repository='web', tag='v1')),
    ('pipe', lambda c, path: c.import_image(Pipe(ARCHIVE), repository='web', tag='v1')),
    ('data', lambda c, path: c.import_image('rootfs', ARCHIVE, 'web', 'v1')),
    ('path object', lambda c, path: c.import_image(PathObject(path), repository='web', tag='v1')),
    ('path, repository, tag', lambda c, path: c.import_image(path, 'web', 'v1')),
    ('path, repository as text, tag', lambda c, path: c.import_image(path, u'web', u'v1')),
    ('path, repository, tag=', lambda c, path: c.import_image(path, 'web', tag='v1')),
    ('path, name', lambda c, path: c.import_image(path, 'web:v1')),
    ('bytes, repository, tag', lambda c, path: c.import_image(ARCHIVE, 'web', 'v1')),
    ('file, repository, tag', lambda c, path: c.import_image(io.BytesIO(ARCHIVE), 'web', 'v1')),
    ('data, and a URL as a label', lambda c, path: c.import_image(
        'http://localhost/x.tar', data=ARCHIVE, repository='web', tag='v1')),
    ('data, and None as a label', lambda c, path: c.import_image(
        None, data=io.BytesIO(ARCHIVE), repository='web', tag='v1')),
    ('data as a file', from_data_as_file),
]


@pytest.mark.parametrize('call', [form[1] for form in FORMS], ids=[form[0] for form in FORMS])
def test_an_archive_is_uploaded(client, server, path, call):
    server.respond(chunked([IMPORTED.encode('ascii')]))
    assert call(client, path) == IMPORTED
    request = server.request
    assert (request.method, request.path) == ('POST', '/v1.6/images/create')
    assert request.query == {'fromSrc': '-', 'repo': 'web', 'tag': 'v1'}
    assert request.headers['content-type'] == 'application/tar'
    assert request.body == ARCHIVE


def test_a_file_is_sent_from_its_current_position(client, server, path):
    server.respond(chunked([IMPORTED.encode('ascii')]))
    with open(path, 'rb') as opened:
        opened.seek(512)
        client.import_image('label', data=opened)
    assert server.request.body == ARCHIVE[512:]


@pytest.mark.parametrize('name', ['rootfs 100%.tar', u'h\xe9.tar', u'h\xe9.tar'.encode('utf-8')])
def test_paths_of_all_kinds(client, server, tmp_path, name):
    if not six.PY2:
        name = os.fsdecode(name)
    elif isinstance(name, six.text_type):
        name = name.encode('utf-8')
    path = os.path.join(str(tmp_path), name)
    with open(path, 'wb') as opened:
        opened.write(ARCHIVE)
    server.respond(chunked([IMPORTED.encode('ascii')]))
    client.import_image(path)
    assert server.request.body == ARCHIVE


@pytest.mark.parametrize('src', ['rootfs.tar', u'rootfs.tar', './rootfs.tar', PathObject('rootfs.tar')])
def test_a_relative_path_is_a_file(client, server, path, monkeypatch, src):
    monkeypatch.chdir(os.path.dirname(path))
    server.respond(chunked([IMPORTED.encode('ascii')]))
    client.import_image(src)
    assert (server.request.query, server.request.body) == ({'fromSrc': '-'}, ARCHIVE)


@pytest.mark.parametrize('src', [PathObject('/no/such.tar'), PathObject('/tmp'), PathObject('no-such.tar')])
def test_a_path_object_is_no_url(client, server, src):
    with pytest.raises(EnvironmentError) as caught:
        client.import_image(src)
    assert src.path in str(caught.value)
    assert server.requests == []


def test_a_fifo_is_a_file(client, server, tmp_path):
    fifo = str(tmp_path / 'fifo')
    os.mkfifo(fifo)

    def write():
        with open(fifo, 'wb') as opened:
            opened.write(ARCHIVE)

    writer = threading.Thread(target=write)
    writer.start()
    server.respond(chunked([IMPORTED.encode('ascii')]))
    client.import_image(fifo)
    writer.join(30)
    assert server.request.body == ARCHIVE


def test_a_url_that_names_a_file_is_that_file(client, server, tmp_path, monkeypatch):
    (tmp_path / 'http:').mkdir()
    (tmp_path / 'http:' / 'x.tar').write_bytes(ARCHIVE)
    monkeypatch.chdir(str(tmp_path))
    server.respond(chunked([IMPORTED.encode('ascii')]))
    client.import_image('http://x.tar')
    assert server.request.body == ARCHIVE


@only_3
def test_a_file_whose_name_is_not_utf_8(client, server, tmp_path):
    path = os.path.join(os.fsencode(str(tmp_path)), b'h\xe9.tar')
    with open(path, 'wb') as opened:
        opened.write(ARCHIVE)
    server.respond(*[chunked([IMPORTED.encode('ascii')])] * 2)
    for src in (os.fsdecode(path), PathObject(path)):
        client.import_image(src)
        assert server.request.body == ARCHIVE


def test_a_recorded_import(engine):
    engine.respond('import')
    output = engine.client.import_image(ARCHIVE, repository='busybox', tag='latest')
    recorded = json_of(engine.recorded_body('import'))
    assert json.loads(output) == {'status': bare(recorded['status'])}
    assert_same_request(engine.server.request, engine.recorded_request('import'))
    assert engine.server.request.headers['content-type'] == 'application/tar'


@pytest.mark.parametrize('chunks', [
    [b'{"error": "no space left"}'],
    [b'{"status": "a"}{"errorDetail": {"message": "no space left"}, "error": "no space left"}'],
    [b'{"status": "Importing"}', b'{"err', b'orDetail": {"message": "no space left"}}'],
])
@pytest.mark.parametrize('call', [
    lambda c: c.import_image(b'tar\0'), lambda c: c.insert('busybox', 'http://localhost/', '/x')])
def test_an_error_inside_a_200_is_raised(inserting, server, call, chunks):
    server.respond(chunked(chunks))
    error = raised(errors.OperationFailed, lambda: call(inserting))
    assert error.explanation == 'no space left'
    assert error.response.status_code == 200


def test_an_import_that_the_engine_refuses(client, server):
    server.respond(http(500, 'unexpected EOF\n'))
    error = raised(errors.ServerError, lambda: client.import_image(b'tar\0'))
    assert error.explanation == 'unexpected EOF'


# insert

@pytest.mark.parametrize('engine', ENGINES[:1], indirect=True)
def test_a_recorded_insert(engine):
    engine.respond('insert')
    output = engine.client.insert('busybox', 'http://127.0.0.1:9/file', '/x')
    assert output == engine.recorded_body('insert').decode('utf-8')
    assert_same_request(engine.server.request, engine.recorded_request('insert'))


@pytest.mark.parametrize('image, path', [('me/busybox:v1', 'me/busybox:v1'), (u'h\xe9', 'h%C3%A9')])
def test_the_request_of_an_insert(inserting, server, image, path):
    server.respond(as_json({}))
    inserting.insert(image, u'http://localhost:8000/a?b=c&d=\xe9', u'/etc/\xe9')
    assert request_parts(server.request) == ('POST', '/v1.6/images/{0}/insert'.format(path), {
        'url': 'http://localhost:8000/a?b=c&d=é', 'path': '/etc/é'}, None)


def test_an_insert_takes_a_path_object(inserting, server):
    server.respond(as_json({}))
    inserting.insert('busybox', 'http://localhost/', PathObject('/etc/motd'))
    assert server.request.query['path'] == '/etc/motd'


def test_the_text_of_an_insert_has_all_objects(inserting, server):
    server.respond(chunked([b'{"status": "Downloading"}{"status":', b' "Done"}\r\n{"Id": "abc"}']))
    output = inserting.insert('busybox', 'http://localhost/', '/x')
    assert isinstance(output, six.text_type)
    assert [json.loads(line) for line in output.splitlines()] == [
        {'status': 'Downloading'}, {'status': 'Done'}, {'Id': 'abc'}]
