"""What is different with Podman, of archives."""

import base64
import gzip
import io
import json
import os
import tarfile

import pytest

import docker
from tests.server import as_json, http
from tests.transport.changes import PODMAN
from tests.wire import request_parts

VERSIONS = pytest.mark.parametrize('version', ['1.6', '1.20', None])
HEADER = 'X-Docker-Container-Path-Stat: '
FILE = {'name': 'motd', 'size': 5, 'mode': 0o644, 'mtime': '2024-01-02T03:04:05Z'}
LINK = dict(FILE, name='sh', mode=1 << 27 | 0o777, linkTarget='/bin/busybox')


def stat_header(stat):
    return HEADER + base64.b64encode(json.dumps(stat).encode('ascii')).decode('ascii')


@VERSIONS
@pytest.mark.parametrize('path, stat, expected', [
    ('/etc/motd', dict(FILE, isDir=False, linkTarget='/etc/motd'), dict(FILE, linkTarget='')),
    ('/bin/sh', dict(LINK, isDir=False, name='busybox'), LINK),
    ('/bin/sh/', dict(LINK, isDir=False, name='busybox'), LINK),
    ('/etc/motd', dict(FILE, linkTarget=''), dict(FILE, linkTarget=''))])
def test_what_a_path_is(recorded, version, path, stat, expected):
    engine = recorded(PODMAN, version)
    engine.respond(http(200, b'tar', 'application/x-tar', stat_header(stat)),
                   http(200, b'', 'application/json', stat_header(stat)))
    archive, found = engine.client.get_archive('web', path)
    with archive:
        assert (archive.read(), found) == (b'tar', expected)
    assert engine.client.stat_archive('web', path) == expected


def test_what_a_copy_is(recorded):
    """copy becomes get_archive."""
    engine = recorded(PODMAN)
    engine.respond(http(200, b'tar', 'application/x-tar', stat_header(dict(LINK, isDir=False))))
    with engine.client.copy('web', u'/bin/sh') as archive:
        assert archive.read() == b'tar'


@pytest.mark.parametrize('headers, expected', [((), None), ((HEADER,), None), ((HEADER + 'e30=',), {})])
def test_another_header_stays_as_it_is(recorded, headers, expected):
    engine = recorded(PODMAN)
    engine.respond(http(200, b'tar', 'application/x-tar', *headers))
    archive, found = engine.client.get_archive('web', '/x')
    archive.close()
    assert found == expected


@pytest.mark.parametrize('value', ['%%%', 'W10='])
def test_a_header_that_is_no_stat(recorded, value):
    engine = recorded(PODMAN)
    engine.respond(http(200, b'tar', 'application/x-tar', HEADER + value))
    with pytest.raises(docker.errors.NotAnEngine):
        engine.client.get_archive('web', '/x')


def test_an_upload_to_a_directory(recorded):
    engine = recorded(PODMAN)
    engine.respond(http(200, b'', 'application/json', stat_header(FILE)), http(200))
    assert engine.client.put_archive('web', '/srv/caf\xc3\xa9' if str is bytes else '/srv/caf\xe9',
                                     iter([b'tar', b'more'])) is True
    head, put = engine.server.requests[1:]
    assert (head.method, head.target) == ('HEAD', '/v1.41/containers/web/archive?path=%2Fsrv%2Fcaf%C3%A9')
    assert (put.method, put.target, put.body) == ('PUT', head.target, b'tarmore')
    assert 'content-type' not in head.headers and put.headers['content-type'] == 'application/x-tar'


def test_an_upload_to_a_missing_directory_is_refused(recorded):
    engine = recorded(PODMAN)
    engine.respond(http(404), 'inspect-exited')
    with pytest.raises(docker.errors.NotFound) as caught:
        engine.client.put_archive('web', '/nosuch', iter([b'tar']))
    assert caught.value.explanation == 'Could not find the file /nosuch in container web'
    assert [request.method for request in engine.server.requests[1:]] == ['HEAD', 'GET']
    assert request_parts(engine.server.request)[1] == '/v1.41/containers/web/json'


def test_an_upload_to_a_missing_container(recorded):
    engine = recorded(PODMAN)
    engine.respond(http(404), as_json({'message': 'no such container'}, 404))
    with pytest.raises(docker.errors.NotFound) as caught:
        engine.client.put_archive('web', '/', b'tar\0')
    assert caught.value.explanation == 'no such container'


def tar_of(**files):
    """Return a tar archive that is padded to 10 KiB, and how much of it is needed."""
    content = io.BytesIO()
    with tarfile.open(mode='w', fileobj=content) as tar:
        for name, data in sorted(files.items()):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
        end = tar.offset + 1024
    return content.getvalue(), end


def cut(archive, size):
    return [archive[position:position + size] for position in range(0, len(archive), size)]


@pytest.mark.parametrize('form', [
    bytes, io.BytesIO, lambda archive: iter(cut(archive, 1)), lambda archive: cut(archive, 511),
    lambda archive: iter([archive, b'\0' * 70000])], ids=['bytes', 'file', 'single', 'cut', 'more padding'])
@pytest.mark.parametrize('files', [
    {'a': b'1'}, {'a': b'1', 'b': b'\0' * 3000}, {}, {'a': b'\0' * 120000, 'b': b''}, {'a' * 300: b'1'},
    {u'\xe9' * 80: b'\0' * 512}])
def test_an_archive_is_sent_without_its_padding(recorded, form, files):
    engine = recorded(PODMAN)
    engine.respond(http(200, b'', 'application/json', stat_header(FILE)), http(200))
    archive, end = tar_of(**files)
    assert engine.client.put_archive('web', '/srv', form(archive)) is True
    put = engine.server.request
    assert put.body == archive[:end] and len(archive) > end
    assert put.headers['content-type'] == 'application/x-tar'


@pytest.mark.parametrize('format', [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
def test_an_archive_of_files_and_links_is_sent_without_its_padding(recorded, tmp_path, format):
    (tmp_path / u'file').write_bytes(b'\0' * 700)
    (tmp_path / u'link').symlink_to('file')
    os.link(str(tmp_path / u'file'), str(tmp_path / u'other'))
    content = io.BytesIO()
    with tarfile.open(mode='w', fileobj=content, format=format) as tar:
        tar.add(str(tmp_path), 'folder')
        end = tar.offset + 1024
    engine = recorded(PODMAN)
    engine.respond(http(200, b'', 'application/json', stat_header(FILE)), http(200))
    engine.client.put_archive('web', '/srv', content.getvalue())
    assert engine.server.request.body == content.getvalue()[:end] != content.getvalue()


def test_an_iterator_is_read_to_its_end(recorded):
    engine = recorded(PODMAN)
    engine.respond(http(200, b'', 'application/json', stat_header(FILE)), http(200))
    archive, end = tar_of(a=b'1')
    chunks = iter(cut(archive, 512))
    engine.client.put_archive('web', '/srv', chunks)
    assert engine.server.request.body == archive[:end] and list(chunks) == []


def compressed():
    content = io.BytesIO()
    with gzip.GzipFile(fileobj=content, mode='wb') as opened:
        opened.write(tar_of(a=b'1')[0])
    return content.getvalue()


def of_size(size):
    """An archive whose member has its size in an extended header."""
    entry = tarfile.TarInfo('a')
    entry.size, entry.pax_headers = 1, {u'size': u'{0}'.format(size)}
    content = io.BytesIO()
    with tarfile.open(mode='w', fileobj=content, format=tarfile.PAX_FORMAT) as tar:
        tar.addfile(entry, io.BytesIO(b'1'))
    return content.getvalue()


@pytest.mark.parametrize('archive', [
    compressed(), b'no tar\0', of_size(1), tar_of(a=b'1' * 700)[0][:1200], tar_of(a=b'1' * 700)[0][:1536],
    tar_of(a=b'1')[0][:1024] + b'no header' * 600],
    ids=['compressed', 'other', 'size', 'cut', 'without end', 'broken'])
@pytest.mark.parametrize('size', [1, 513, 100000])
def test_any_other_archive_is_sent_as_it_is(recorded, archive, size):
    engine = recorded(PODMAN)
    engine.respond(http(200, b'', 'application/json', stat_header(FILE)), http(200))
    assert engine.client.put_archive('web', '/srv', iter(cut(archive, size))) is True
    assert engine.server.request.body == archive


@VERSIONS
@pytest.mark.parametrize('reported, expected', [
    ('Loaded image: docker.io/library/busybox:latest', ['Loaded image: busybox:latest\n']),
    ('Loaded image: docker.io/library/busybox:latest,localhost/a:v1,docker.io/me/b:v1',
     ['Loaded image: busybox:latest\n', 'Loaded image: localhost/a:v1\n', 'Loaded image: me/b:v1\n']),
    ('Loaded image: sha256:abc', ['Loaded image ID: sha256:abc\n']),
    ('something else\n', ['something else\n'])])
def test_what_a_load_reports(recorded, version, reported, expected):
    engine = recorded(PODMAN, version)
    engine.respond(as_json({'stream': reported}))
    assert engine.client.load_image(b'tar\0') == [{'stream': text} for text in expected]


def test_a_load_that_fails(recorded):
    engine = recorded(PODMAN)
    engine.respond(as_json({'message': 'failed to load image'}, 500), as_json({'error': 'disk full'}))
    with pytest.raises(docker.errors.ServerError):
        engine.client.load_image(b'tar\0')
    with pytest.raises(docker.errors.OperationFailed):
        engine.client.load_image(b'tar\0')
