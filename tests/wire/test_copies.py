# -*- coding: utf-8 -*-
"""copy_to_container and copy_from_container: their requests, where a copy goes, and what is refused."""

import base64
import io
import json
import os
import tarfile

import pytest
import six

import docker
from docker import errors
from tests import PathObject
from tests.server import as_json, http
from tests.wire import negotiated, raised
from tests.test_extract import FILE, FOLDER, LINK, pack

DIRECTORY, SYMBOLIC = 1 << 31, 1 << 27
MISSING = http(404)
DONE = http(200)


@pytest.fixture
def client(server):
    client = negotiated(docker.Client(server.url, timeout=10), server, '1.41')
    yield client
    client.close()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(str(tmp_path))
    return tmp_path


def stat(mode=0o644, target=''):
    header = json.dumps({'name': 'x', 'size': 1, 'mode': mode, 'mtime': '', 'linkTarget': target})
    return http(200, b'', 'application/x-tar', 'X-Docker-Container-Path-Stat: ' + base64.b64encode(
        header.encode('ascii')).decode('ascii'))


def archive(*members):
    return http(200, pack(*members), 'application/x-tar')


ONE_FILE = archive(('f', FILE, b'content'))
A_FOLDER = archive(('d', FOLDER), ('d/f', FILE, b'content'))
CONTENT = archive(('./', FOLDER), ('./f', FILE, b'content'))


# From a container

@pytest.mark.parametrize('path, target, response, copied', [
    ('/srv/f', 'new', ONE_FILE, 'new'), ('/srv/f', 'there', ONE_FILE, 'there/f'),
    ('/srv/f', 'there/', ONE_FILE, 'there/f'), ('/srv/f', '.', ONE_FILE, 'f'),
    ('/srv/f', 'old', ONE_FILE, 'old'),
    ('/srv/f', 'linked', ONE_FILE, 'there/f'), ('/srv/f', 'linked-file', ONE_FILE, 'old'),
    ('/srv/f', 'dangling', ONE_FILE, 'nothing'),
    ('/srv/d', 'new', A_FOLDER, 'new/f'), ('/srv/d', 'new/', A_FOLDER, 'new/f'),
    ('/srv/d', 'there', A_FOLDER, 'there/d/f'), ('/srv/d/', 'there', A_FOLDER, 'there/d/f'),
    ('/srv/d/.', 'new', CONTENT, 'new/f'), ('/srv/d/.', 'there', CONTENT, 'there/f'),
    ('/srv/d/.', '.', CONTENT, 'f'), ('/', 'new', CONTENT, 'new/f'),
    ('/srv/x/../d', 'there', A_FOLDER, 'there/d/f')])
def test_where_a_copy_goes(client, server, folder, path, target, response, copied):
    (folder / 'there').mkdir()
    (folder / 'old').write_bytes(b'old')
    for link, to in (('linked', 'there'), ('linked-file', 'old'), ('dangling', 'nothing')):
        os.symlink(to, link)
    server.respond(response)
    assert client.copy_from_container({'Id': 'web'}, path, target) is None
    assert (folder / copied).read_bytes() == b'content'
    request = server.request
    assert (request.method, request.path.split('/', 2)[2]) == ('GET', 'containers/web/archive')
    assert request.query['path'] == ('/.' if path == '/' else path)


def test_paths_as_objects_and_names_that_are_no_ascii(client, server, folder):
    server.respond(archive((u'schön', FILE, b'content')))
    client.copy_from_container('web', PathObject('/srv/sch\xf6n' if six.PY3 else '/srv/sch\xc3\xb6n'),
                               PathObject(str(folder)))
    assert os.listdir(u'.') == [u'schön']


def test_an_engine_of_2013(server, folder):
    client = negotiated(docker.Client(server.url, timeout=10), server, '1.6')
    server.respond(A_FOLDER)
    client.copy_from_container('web', '/srv/d', 'new')
    assert (folder / 'new' / 'f').read_bytes() == b'content'
    assert (server.request.path, server.request.json) == ('/v1.6/containers/web/copy', {'Resource': '/srv/d'})
    client.close()


@pytest.mark.parametrize('target, response', [
    ('new/', ONE_FILE), ('nothing/new', ONE_FILE), ('nothing/new', A_FOLDER), ('old', A_FOLDER),
    ('old/', ONE_FILE), ('old', CONTENT), ('old/below', ONE_FILE)])
def test_a_target_that_does_not_fit(client, server, folder, target, response):
    (folder / 'old').write_bytes(b'old')
    server.respond(response)
    with pytest.raises(EnvironmentError) as caught:
        client.copy_from_container('web', '/srv/d/.' if response is CONTENT else '/srv/d', target)
    assert not isinstance(caught.value, docker.DockerException) and 'director' in str(caught.value)
    assert os.listdir('.') == ['old'] and (folder / 'old').read_bytes() == b'old'


def test_a_hostile_archive(client, server, folder):
    (folder / 'there').mkdir()
    server.respond(archive(('d', FOLDER), ('d/l', LINK, str(folder)), ('d/l/new', FILE, b'x')))
    error = raised(errors.UnsafeArchive, lambda: client.copy_from_container('web', '/srv/d', 'there'))
    assert "'d/l/new'" in str(error) and os.listdir('.') == ['there']


def test_a_link_of_an_earlier_copy_is_not_the_target(client, server, folder):
    for name in ('there', 'outside'):
        (folder / name).mkdir()
    os.symlink('../outside', 'there/d')
    server.respond(A_FOLDER)
    raised(errors.UnsafeArchive, lambda: client.copy_from_container('web', '/srv/d', 'there'))
    assert os.listdir('outside') == []


def test_a_name_is_that_of_the_path_and_not_that_of_the_archive(client, server, folder):
    server.respond(archive(('.bashrc', FILE, b'x')))
    client.copy_from_container('web', '/srv/f', '.')
    assert os.listdir('.') == ['f']


def test_no_such_path(client, server, folder):
    server.respond(as_json({'message': 'Could not find the file /x in container web'}, 404))
    raised(errors.NotFound, lambda: client.copy_from_container('web', '/x', 'new'))
    assert os.listdir('.') == []


# To a container

def sent(server):
    """What was sent to which directory: a dict of names to types."""
    request = server.request
    assert request.method == 'PUT' and request.query['noOverwriteDirNonDir'] == '1'
    with tarfile.open(fileobj=io.BytesIO(request.body)) as tar:
        members = tar.getmembers()
    assert {(member.uid, member.gid) for member in members} <= {(0, 0)}
    return request.query['path'], {member.name: member.type for member in members}


@pytest.fixture
def source(folder):
    (folder / 'd').mkdir()
    (folder / 'd' / 'f').write_bytes(b'content')
    (folder / 'f').write_bytes(b'content')
    os.symlink('d', 'l')
    return folder


IS_FOLDER, IS_FILE = stat(DIRECTORY | 0o755), stat()


@pytest.mark.parametrize('path, responses, expected', [
    ('/srv/x', [MISSING], ('/srv', 'x')), ('/srv', [IS_FOLDER], ('/srv', None)),
    ('/srv/', [IS_FOLDER], ('/srv', None)), ('/', [IS_FOLDER], ('/', None)), ('/x', [MISSING], ('/', 'x')),
    ('/srv/l', [stat(SYMBOLIC | 0o777, '/data'), IS_FOLDER], ('/data', None)),
    ('/srv/l', [stat(SYMBOLIC | 0o777, '/data/x'), MISSING], ('/data', 'x'))])
@pytest.mark.parametrize('given, name, inside', [
    ('f', 'f', {'{0}': FILE}), ('l', 'l', {'{0}': LINK}), ('d', 'd', {'{0}': FOLDER, '{0}/f': FILE}),
    ('l/', 'l', {'{0}': FOLDER, '{0}/f': FILE}), ('d/', 'd', {'{0}': FOLDER, '{0}/f': FILE}),
    ('d/.', None, {'f': FILE}), ('l/.', None, {'f': FILE})])
def test_where_a_copy_is_sent(client, server, source, path, responses, expected, given, name, inside):
    server.respond(*responses + [DONE])
    assert client.copy_to_container({'Id': 'web'}, given, path) is None
    directory, new_name = expected
    if new_name is not None and name is None:
        inside = {new_name: FOLDER, new_name + '/f': FILE}
    assert sent(server) == (directory, {
        key.format(new_name or name): kind for key, kind in inside.items()})
    assert [request.method for request in server.requests] == ['HEAD'] * len(responses) + ['PUT']


def test_a_file_in_place_of_a_file(client, server, source):
    server.respond(IS_FILE, DONE)
    client.copy_to_container('web', PathObject(str(source / 'f')), PathObject('/srv/old'))
    assert sent(server) == ('/srv', {'old': FILE})


def test_permissions_and_times_are_kept(client, server, source):
    os.chmod('f', 0o751)
    os.utime('f', (1000000000, 1000000000))
    server.respond(IS_FOLDER, DONE)
    client.copy_to_container('web', 'f', '/srv')
    with tarfile.open(fileobj=io.BytesIO(server.request.body)) as tar:
        member = tar.getmember('f')
    assert (member.mode, member.mtime) == (0o751, 1000000000)


@pytest.mark.parametrize('given, path, response, kind, words', [
    ('d', '/srv/f', IS_FILE, errors.Conflict, '/srv/f in the container is no directory'),
    ('d/.', '/srv/f', IS_FILE, errors.Conflict, 'no directory'),
    ('f', '/srv/f/', IS_FILE, errors.Conflict, 'no directory'),
    ('f', '/srv/x/', MISSING, errors.NotFound, 'no directory /srv/x/')])
def test_a_path_that_does_not_fit(client, server, source, given, path, response, kind, words):
    server.respond(response)
    assert words in str(raised(kind, lambda: client.copy_to_container('web', given, path)))
    assert [request.method for request in server.requests] == ['HEAD']


def test_no_such_container(client, server, source):
    server.respond(MISSING, as_json({'message': 'No such container: web'}, 404))
    error = raised(errors.NotFound, lambda: client.copy_to_container('web', 'f', '/srv/x'))
    assert 'No such container' in str(error)


def test_no_such_source(client, server, source):
    with pytest.raises(EnvironmentError) as caught:
        client.copy_to_container('web', 'nosuch', '/srv')
    assert caught.value.filename == 'nosuch' and server.requests == []


def test_an_engine_without_archives(server, source):
    client = negotiated(docker.Client(server.url, timeout=10), server, '1.19')
    error = raised(errors.NotSupported, lambda: client.copy_to_container('web', 'f', '/srv'))
    assert '1.20' in str(error) and server.requests == []
    client.close()


@pytest.mark.parametrize('name, kind, call', [
    ('container', TypeError, lambda c: c.copy_from_container(5, '/x', '.')),
    ('path', TypeError, lambda c: c.copy_from_container('web', 5, '.')),
    ('path', ValueError, lambda c: c.copy_from_container('web', '', '.')),
    ('target', TypeError, lambda c: c.copy_from_container('web', '/x', None)),
    ('target', ValueError, lambda c: c.copy_from_container('web', '/x', '')),
    ('target', ValueError, lambda c: c.copy_from_container('web', '/x', 'a\0b')),
    ('container', TypeError, lambda c: c.copy_to_container(5, '.', '/x')),
    ('source', TypeError, lambda c: c.copy_to_container('web', 5, '/x')),
    ('source', ValueError, lambda c: c.copy_to_container('web', '', '/x')),
    ('path', TypeError, lambda c: c.copy_to_container('web', '.', None)),
    ('path', ValueError, lambda c: c.copy_to_container('web', '.', ' '))])
def test_bad_arguments(client, server, name, kind, call):
    assert str(raised(kind, lambda: call(client))).startswith(name) and server.requests == []
