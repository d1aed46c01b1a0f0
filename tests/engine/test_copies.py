# -*- coding: utf-8 -*-
"""Copies of files to and from containers of a real engine."""

import os
import stat

import pytest
import six

from docker import errors
from tests.engine.conftest import SPOKEN, engine_is_podman, newest_of_engine
from tests.engine.test_large import memory_growth

MIB = 1024 ** 2
NAME = u'caf\xe9'


@pytest.fixture(autouse=True)
def _engine_has_archives(client):
    if newest_of_engine(client) < (1, 20) or SPOKEN and [int(part) for part in SPOKEN.split('.')] < [1, 20]:
        pytest.skip('archives came with API 1.20')


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(str(tmp_path))
    return tmp_path


@pytest.fixture
def tree(folder):
    (folder / 'tree' / 'sub').mkdir(parents=True)
    (folder / 'tree' / NAME).write_bytes(b'content')
    (folder / 'tree' / 'sub' / ('n' * 150)).write_bytes(b'\0\xff' * 300000)
    os.symlink('sub', 'tree/link')
    os.symlink('/nosuch', 'tree/dangling')
    os.chmod('tree/sub', 0o750)
    os.chmod(os.path.join(u'tree', NAME), 0o641)
    os.utime('tree/sub', (1000000000, 1000000000))
    return folder / 'tree'


def found(root):
    """What is in a folder: names with types, permissions, times of directories, and contents."""
    result = []
    for path, folders, files in os.walk(six.ensure_text(str(root))):
        for name in folders + files:
            name = os.path.join(path, name)
            status = os.lstat(name)
            content = None
            if stat.S_ISLNK(status.st_mode):
                content = os.readlink(name)
            elif stat.S_ISREG(status.st_mode):
                with open(name, 'rb') as file:
                    content = file.read()
            mode = 0 if stat.S_ISLNK(status.st_mode) else status.st_mode
            result.append((os.path.relpath(name, six.ensure_text(str(root))), mode, content,
                           int(status.st_mtime) if name.endswith('sub') else 0))
    return sorted(result)


@pytest.mark.parametrize('running', [False, True])
def test_a_tree_there_and_back(client, create, tree, running):
    container = create('sleep 300')
    if running:
        client.start(container)
    client.copy_to_container(container, 'tree', '/tmp')
    client.copy_from_container(container, '/tmp/tree', 'back')
    assert found('back') == found('tree')
    client.copy_to_container(container, 'tree/.', '/data')
    client.copy_from_container(container, '/data/.', '.')
    os.rename('tree', 'original')
    client.copy_from_container(container, '/data', 'new')
    assert found('new') == found('original')
    names = [NAME, u'sub', u'link', u'dangling', u'back', u'original', u'new']
    assert sorted(os.listdir(u'.')) == sorted(names)


def test_names_in_another_encoding(client, run, folder):
    container = run('sleep 300')
    client.exec_run(container, ['sh', '-c', 'cd /tmp; mkdir d; cd d; echo x > "$(printf "a\\377b")"; '
                                'ln -s "$(printf "\\351")" link'])
    client.copy_from_container(container, '/tmp/d', '.')
    assert sorted(os.listdir(b'd')) == [b'a\xffb', b'link'] and os.readlink(b'd/link') == b'\xe9'
    client.copy_to_container(container, 'd', '/tmp/back')
    assert client.exec_run(container, 'ls -l /tmp/back').output.split() == client.exec_run(
        container, 'ls -l /tmp/d').output.split()


def test_a_file_there_and_back(client, run, folder):
    container = run('sleep 300')
    (folder / 'file').write_bytes(b'content')
    client.copy_to_container(container, 'file', '/etc')
    client.copy_to_container(container, 'file', '/etc/renamed')
    assert client.exec_run(container, 'cat /etc/file /etc/renamed').output == b'contentcontent'
    assert client.exec_run(container, ['stat', '-c', '%u:%g', '/etc/file']).output == b'0:0\n'
    (folder / 'file').write_bytes(b'changed')
    client.copy_to_container(container, 'file', '/etc/renamed')
    client.copy_from_container(container, '/etc/renamed', '.')
    assert (folder / 'renamed').read_bytes() == b'changed'
    client.copy_from_container(container, '/etc/renamed', 'file2')
    assert (folder / 'file2').read_bytes() == b'changed'


def test_links_in_the_container_are_followed(client, run, folder):
    container = run('sleep 300')
    client.exec_run(container, ['sh', '-c', 'mkdir /d; touch /f; ln -s d /ld; ln -s f /lf'])
    (folder / 'file').write_bytes(b'content')
    client.copy_to_container(container, 'file', '/ld')
    client.copy_to_container(container, 'file', '/lf')
    assert client.exec_run(container, ['sh', '-c', 'cat /d/file /f; readlink /ld; readlink /lf']).output == (
        b'contentcontentd\nf\n')


def test_a_link_as_the_source(client, run, folder):
    container = run('sleep 300')
    client.exec_run(container, ['sh', '-c', 'mkdir /d; echo content > /d/f; ln -s f /d/l'])
    client.copy_from_container(container, '/d/l', '.')
    if engine_is_podman(client):
        # It sends what a link leads to.
        assert (folder / 'l').read_bytes() == b'content\n'
    else:
        assert os.readlink('l') == 'f'


def test_what_does_not_fit(client, run, tree):
    container = run('sleep 300')
    file = 'tree/sub/' + 'n' * 150
    client.exec_run(container, ['sh', '-c', 'touch /f; mkdir -p /d/{0}; touch /d/tree'.format('n' * 150)])
    for source, path, kind in (('tree', '/f', errors.Conflict), (file, '/f/', errors.Conflict),
                               ('tree', '/d', errors.Conflict), (file, '/d', errors.Conflict),
                               ('tree', '/nosuch/x', errors.NotFound), (file, '/nosuch/', errors.NotFound)):
        with pytest.raises(kind):
            client.copy_to_container(container, source, path)
    for path, target in (('/etc', os.path.join(u'tree', NAME)), ('/f', 'nosuch/x'), ('/f', 'x/')):
        with pytest.raises(EnvironmentError) as caught:
            client.copy_from_container(container, path, target)
        assert not isinstance(caught.value, errors.DockerException)
    with pytest.raises(errors.NotFound):
        client.copy_from_container(container, '/nosuch', '.')
    for call in (lambda: client.copy_from_container('nosuch', '/etc', '.'),
                 lambda: client.copy_to_container('nosuch', 'tree', '/etc')):
        with pytest.raises(errors.NotFound):
            call()
    assert os.listdir('.') == ['tree']


def test_a_container_cannot_write_outside_of_the_target(client, run, folder):
    """The first of two copies leaves a link, in whose place the second one has a directory."""
    container = run('sleep 300')
    (folder / 'outside').mkdir()
    client.exec_run(container, ['sh', '-c', 'mkdir /d; ln -s {0}/outside /d/s'.format(folder)])
    client.copy_from_container(container, '/d', 'target')
    assert os.readlink('target/s') == '{0}/outside'.format(folder)
    client.exec_run(container, ['sh', '-c', 'rm /d/s; mkdir /d/s; echo x > /d/s/new'])
    with pytest.raises(errors.UnsafeArchive):
        client.copy_from_container(container, '/d/.', 'target')
    assert os.listdir('outside') == []


def test_bits_that_give_rights_are_left_out(client, run, folder):
    container = run('sleep 300')
    client.exec_run(container, ['sh', '-c', 'mkdir /d; touch /d/f; chmod 6755 /d/f; chmod 1777 /d'])
    client.copy_from_container(container, '/d', 'd')
    assert [stat.S_IMODE(os.stat(name).st_mode) for name in ('d', 'd/f')] == [0o777, 0o755]


@pytest.mark.parametrize('make', ['mkfifo /d/x', 'mknod /d/x c 1 3'])
def test_what_is_no_file_is_refused(client, run, folder, make):
    container = run('sleep 300')
    code, output = client.exec_run(container, ['sh', '-c', 'mkdir /d && ' + make])
    if code:
        pytest.skip('the host does not allow it: {0}'.format(output))
    with pytest.raises(errors.UnsafeArchive) as caught:
        client.copy_from_container(container, '/d', 'd')
    assert "/x' of the archive is refused" in str(caught.value)


LARGE = """
client.copy_to_container(sys.argv[3], sys.argv[4], '/large')
client.copy_from_container(sys.argv[3], '/large', sys.argv[4] + '2')
"""


def test_large_files_are_not_held_in_memory(client, create, tmp_path):
    with open(str(tmp_path / 'large'), 'wb') as file:
        file.truncate(100 * MIB)
    assert memory_growth(LARGE, create('true')['Id'], str(tmp_path / 'large')) < 16 * MIB
    assert os.path.getsize(str(tmp_path / 'large2')) == 100 * MIB
