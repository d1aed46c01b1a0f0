# -*- coding: utf-8 -*-
"""docker.surroundings: other engines, and what is installed."""

import os
import socket
import stat
import sys

import pytest

from docker import surroundings
from docker.surroundings import known_contexts, other_packages, other_sockets, without_user
from tests.transport.test_contexts import Folder


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home folder, in which `listen` creates sockets."""
    monkeypatch.setenv('HOME', str(tmp_path))
    monkeypatch.setattr(surroundings, '_SOCKETS', [
        entry for entry in surroundings._SOCKETS if '{home}' in entry[1] or '{runtime}' in entry[1]])
    return tmp_path


@pytest.fixture
def listen(home):
    sockets = []

    def create(path):
        path = home / path
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True)
        sockets.append(socket.socket(socket.AF_UNIX))
        sockets[-1].bind(str(path))
        sockets[-1].listen(1)
        sockets[-1].setblocking(False)
        return str(path)
    yield create
    for sock in sockets:
        # Nothing has connected.
        with pytest.raises((OSError, socket.error)):
            sock.accept()
        sock.close()


def test_the_sockets_that_are_there(home, listen):
    environ = {'HOME': str(home), 'XDG_RUNTIME_DIR': str(home / 'run')}
    paths = [listen(path) for path in (
        'run/docker.sock', '.docker/desktop/docker.sock', 'run/podman/podman.sock',
        '.colima/default/docker.sock', '.rd/docker.sock', '.orbstack/run/docker.sock')]
    found = other_sockets(None, environ)
    assert [other['address'] for other in found] == ['unix://' + path for path in paths]
    assert [other['engine'] for other in found] == [
        'rootless Docker', 'Docker Desktop', 'rootless Podman', 'Colima', 'Rancher Desktop', 'OrbStack']
    assert all(other['permitted'] for other in found)
    assert len(other_sockets(paths[0], environ)) == 5


def test_a_socket_by_two_names_is_listed_once(home, listen):
    path = listen('run/docker.sock')
    (home / '.docker' / 'run').mkdir(parents=True)
    os.symlink(path, str(home / '.docker' / 'run' / 'docker.sock'))
    environ = {'HOME': str(home), 'XDG_RUNTIME_DIR': str(home / 'run')}
    assert [other['address'] for other in other_sockets(None, environ)] == ['unix://' + path]
    assert other_sockets(str(home / '.docker' / 'run' / 'docker.sock'), environ) == []


def test_what_is_no_socket_is_not_listed(home):
    (home / '.rd').mkdir()
    (home / '.rd' / 'docker.sock').write_bytes(b'')
    assert other_sockets(None, {'HOME': str(home), 'XDG_RUNTIME_DIR': str(home / 'run')}) == []


@pytest.mark.skipif(os.getuid() == 0, reason='root may use any socket')
def test_a_socket_without_permission(home, listen):
    os.chmod(listen('.rd/docker.sock'), stat.S_IRUSR)
    assert [other['permitted'] for other in other_sockets(None, {'HOME': str(home)})] == [False]


def test_the_contexts(tmp_path):
    folder = Folder(tmp_path)
    environ = {'DOCKER_CONFIG': folder.path}
    assert known_contexts(environ) == []
    folder.engine('two', 'ssh://me:secret@host')
    folder.engine('one', 'unix:///one.sock')
    folder.context('three', {'Name': 'three', 'Endpoints': {'kubernetes': {'Host': 'x'}}})
    folder.context('four', b'{')
    folder.context('five', {'Name': 5})
    assert known_contexts(environ) == [{'name': 'one', 'address': 'unix:///one.sock'},
                                       {'name': 'three', 'address': None},
                                       {'name': 'two', 'address': 'ssh://host'}]


@pytest.mark.parametrize('address, shown', [
    ('tcp://me:secret@host:1/x', 'tcp://host:1/x'), ('me:secret@host', 'host'), ('unix:///a', 'unix:///a'),
    (u'tcp://me:se@cret@host', 'tcp://host'), ('', '')])
def test_an_address_without_a_user(address, shown):
    assert without_user(address) == shown and isinstance(without_user(address), str)


def test_other_packages(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    # Where the tests run in a checkout, there may be an installed package besides.
    before = other_packages()
    (tmp_path / 'docker').mkdir()
    assert other_packages() == before
    (tmp_path / 'docker' / '__init__.py').write_bytes(b'')
    (tmp_path / 'site').mkdir()
    (tmp_path / 'site' / 'docker.py').write_bytes(b'')
    monkeypatch.setattr(sys, 'path', sys.path + [str(tmp_path / 'site')])
    assert [path for path in other_packages() if path not in before] == [
        str(tmp_path / 'docker' / '__init__.py'), str(tmp_path / 'site' / 'docker.py')]


def test_the_current_folder_may_be_gone(tmp_path, monkeypatch):
    (tmp_path / 'gone').mkdir()
    monkeypatch.chdir(tmp_path / 'gone')
    (tmp_path / 'gone').rmdir()
    monkeypatch.setattr(sys, 'path', ['', None, str(tmp_path)])
    assert other_packages() == []
