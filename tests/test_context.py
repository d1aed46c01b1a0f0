# -*- coding: utf-8 -*-
"""Build contexts: what is in the tar, how it comes, and what `.dockerignore` leaves out.

What is left out was compared with what `docker build` 28 posts to `/build`; the tables below are
its answers.
"""

import contextlib
import errno
import io
import os
import shutil
import socket
import stat
import subprocess
import sys
import tarfile
import tempfile
import types
import warnings

import pytest
import six

from docker import context

needs_posix = pytest.mark.skipif(os.name != 'posix', reason='names and kinds of file of POSIX')


def write(base, files):
    """Writes {relative path: content}; a path may be bytes, one that ends in / is a folder."""
    for name, content in files.items():
        path = os.path.join(as_bytes(str(base)), as_bytes(name))
        parent = path if path.endswith(b'/') else os.path.dirname(path)
        if not os.path.isdir(parent):
            os.makedirs(parent)
        if not path.endswith(b'/'):
            with open(path, 'wb') as file:
                file.write(content)
    return str(base)


def as_bytes(name):
    return name if isinstance(name, bytes) else name.encode('utf-8')


def project(base, *names, **more):
    """A folder with a Dockerfile and files of these names."""
    files = dict((name, b'content of ' + as_bytes(name)) for name in names)
    files['Dockerfile'] = b'FROM scratch\n'
    if 'ignore' in more:
        files['.dockerignore'] = as_bytes(more['ignore'])
    return write(base, files)


def members(blocks):
    """The entries as a stream's reader gets them, with their contents, in order."""
    stream = io.BytesIO(b''.join(blocks))
    found = []
    with contextlib.closing(tarfile.open(fileobj=stream, mode='r|', **READ_AS)) as tar:
        for member in tar:
            content = tar.extractfile(member).read() if member.isreg() else None
            found.append((member, content))
    return found


READ_AS = {} if six.PY2 else {'encoding': 'utf-8', 'errors': 'surrogateescape'}


def names(blocks):
    return [raw(member.name) for member, _ in members(blocks)]


def raw(name):
    return name if six.PY2 else name.encode('utf-8', 'surrogateescape')


def entry(path, name):
    [found] = [member for member, _ in members(context.folder(path))
               if raw(member.name) == as_bytes(name)]
    return found


def open_descriptors():
    for folder in ('/proc/self/fd', '/dev/fd'):
        if os.path.isdir(folder):
            return len(os.listdir(folder))
    pytest.skip('this system does not list the open descriptors')


# What is in it

def test_a_folder_is_packed_sorted_with_its_folders_and_contents(tmpdir):
    path = project(tmpdir, 'b/c/d', 'b/a', 'B', 'a-b', 'a/z')
    write(tmpdir, {'b/empty/': None})
    found = members(context.folder(path))
    assert [member.name for member, _ in found] == [
        'B', 'Dockerfile', 'a', 'a/z', 'a-b', 'b', 'b/a', 'b/c', 'b/c/d', 'b/empty']
    contents = dict((member.name, content) for member, content in found)
    assert contents['b/c/d'] == b'content of b/c/d'
    assert contents['Dockerfile'] == b'FROM scratch\n'
    assert [member.name for member, _ in found if member.isdir()] == ['a', 'b', 'b/c', 'b/empty']


def test_two_walks_of_one_folder_are_the_same_bytes(tmpdir):
    path = project(tmpdir, *['d%d/f%d' % (n % 7, n) for n in range(100)])
    assert b''.join(context.folder(path)) == b''.join(context.folder(path))


@needs_posix
@pytest.mark.parametrize('mode', [0o644, 0o755, 0o600, 0o4755, 0o000])
def test_modes_are_kept_and_owners_are_not(tmpdir, mode):
    path = project(tmpdir, 'f')
    write(tmpdir, {'d/': None})
    os.chmod(os.path.join(path, 'd'), 0o1711)
    if mode or os.geteuid() == 0:
        os.chmod(os.path.join(path, 'f'), mode)
        assert entry(path, 'f').mode == mode
    found = entry(path, 'd')
    assert found.mode == 0o1711
    assert (found.uid, found.gid, found.uname, found.gname) == (0, 0, '', '')


@pytest.mark.parametrize('modified, sent', [
    (1234567890, 1234567890),
    (1234567890.75, 1234567890),
    (0.5, 0),
    (-1, 0),
    (-1234567.25, 0),
    (2 ** 33 - 1, 2 ** 33 - 1),
    (2 ** 33 + 7, 2 ** 33 + 7),
])
def test_times_are_whole_seconds_from_1970_on(tmpdir, modified, sent):
    path = project(tmpdir)
    os.utime(os.path.join(path, 'Dockerfile'), (modified, modified))
    assert entry(path, 'Dockerfile').mtime == sent
    magic = b''.join(context.folder(path))[257:265]
    assert magic == (b'ustar\00000' if sent < 2 ** 33 else b'ustar  \0')


def test_a_plain_file_has_a_plain_ustar_header(tmpdir):
    path = project(tmpdir)
    os.chmod(os.path.join(path, 'Dockerfile'), 0o644)
    os.utime(os.path.join(path, 'Dockerfile'), (1, 1))
    header = b''.join(context.folder(path))[:512]
    assert header == (
        b'Dockerfile'.ljust(100, b'\0') + b'0000644\0' + b'0000000\0' + b'0000000\0' +
        b'00000000015\0' + b'00000000001\0' + b'011174\0 ' + b'0' + b'\0' * 100 +
        b'ustar\00000' + b'\0' * 64 + b'0000000\0' + b'0000000\0' + b'\0' * 167)


@pytest.mark.parametrize('size', [0, 1, 511, 512, 513, 100000])
def test_contents_are_padded_and_two_empty_records_end_it(tmpdir, size):
    path = write(tmpdir, {'Dockerfile': b'x' * size})
    packed = b''.join(context.folder(path))
    assert len(packed) == 512 + (size + 511) // 512 * 512 + 1024
    assert packed[512:512 + size] == b'x' * size
    assert packed[512 + size:].strip(b'\0') == b''


@needs_posix
@pytest.mark.parametrize('name', [
    b'n' * 100,
    b'n' * 101,
    b'n' * 255,
    b'/'.join([b'n' * 90] * 3),
    b'/'.join([b'n' * 200] * 5),
    u'é'.encode('utf-8') * 50,
    u'日本'.encode('utf-8') * 40,
    b'latin-\xe9',
    b'\xff\xfe' * 60,
    b'mixed-\xc3\xa9-\xe9',
    b'new\nline',
    b' space ',
    b'back\\slash',
])
@pytest.mark.parametrize('kind', ['file', 'folder', 'link'])
def test_names_are_sent_as_the_bytes_that_they_are(tmpdir, name, kind):
    path = project(tmpdir)
    try:
        write(tmpdir, {name + (b'/' if kind == 'folder' else b''): b'content'})
    except EnvironmentError as error:
        pytest.skip('this file system has no such names: %s' % error)
    full = os.path.join(as_bytes(path), name)
    if kind == 'link':
        os.remove(full)
        os.symlink(name, full)
    [(found, content)] = [(member, content) for member, content in members(context.folder(path))
                          # Older Pythons leave the slash at the end of a folder's long name.
                          if raw(member.name).rstrip(b'/') == name]
    assert content == (b'content' if kind == 'file' else None)
    assert raw(found.linkname) == (name if kind == 'link' else b'')


@needs_posix
def test_links_are_links_wherever_they_lead(tmpdir):
    path = project(tmpdir, 'd/f')
    for name, target in [('to-file', 'd/f'), ('to-folder', 'd'), ('broken', '/no/such'),
                         ('d/up', '..'), ('itself', 'itself')]:
        os.symlink(target, os.path.join(path, name))
    found = members(context.folder(path))
    assert dict((member.name, member.linkname) for member, _ in found if member.issym()) == {
        'to-file': 'd/f', 'to-folder': 'd', 'broken': '/no/such', 'd/up': '..',
        'itself': 'itself'}
    assert [member.name for member, _ in found] == [
        'Dockerfile', 'broken', 'd', 'd/f', 'd/up', 'itself', 'to-file', 'to-folder']


@needs_posix
def test_the_folder_to_build_may_itself_be_a_link(tmpdir):
    path = project(tmpdir.mkdir('real'), 'f')
    os.symlink(path, str(tmpdir.join('link')))
    assert names(context.folder(str(tmpdir.join('link')))) == [b'Dockerfile', b'f']


@needs_posix
def test_hard_links_are_files_of_their_own(tmpdir):
    path = project(tmpdir, 'one')
    os.link(os.path.join(path, 'one'), os.path.join(path, 'two'))
    contents = dict((member.name, content) for member, content in members(context.folder(path)))
    assert contents['one'] == contents['two'] == b'content of one'


@needs_posix
def test_fifos_are_entries_that_nobody_waits_for_and_sockets_are_left_out(tmpdir):
    path = project(tmpdir, 'z')
    os.mkfifo(os.path.join(path, 'fifo'))
    with contextlib.closing(socket.socket(socket.AF_UNIX)) as listener:
        here = os.getcwd()
        # A socket's path has some hundred characters at most.
        os.chdir(path)
        try:
            listener.bind('socket')
        finally:
            os.chdir(here)
        assert names(context.folder(path)) == [b'Dockerfile', b'fifo', b'z']
    assert entry(path, 'fifo').isfifo()


@needs_posix
def test_devices_are_entries_with_their_numbers(tmpdir):
    path = project(tmpdir)
    try:
        os.mknod(os.path.join(path, 'null'), stat.S_IFCHR | 0o666, os.makedev(1, 3))
        os.mknod(os.path.join(path, 'disk'), stat.S_IFBLK | 0o600, os.makedev(7, 300))
    except EnvironmentError as error:
        pytest.skip('devices cannot be made here: %s' % error)
    null, disk = entry(path, 'null'), entry(path, 'disk')
    assert null.ischr() and (null.devmajor, null.devminor) == (1, 3)
    assert disk.isblk() and (disk.devmajor, disk.devminor) == (7, 300)


@pytest.mark.parametrize('size', [2 ** 33 - 1, 2 ** 33, 2 ** 33 + 12345, 2 ** 40])
def test_sizes_from_8_gib_on_are_told(tmpdir, size):
    path = project(tmpdir)
    with open(os.path.join(path, 'A'), 'wb') as file:
        try:
            file.truncate(size)
        except EnvironmentError as error:
            pytest.skip('this file system has no such files: %s' % error)
    with contextlib.closing(context.folder(path)) as blocks:
        header = next(blocks)
    assert header[257:265] == (b'ustar\00000' if size < 2 ** 33 else b'ustar  \0')
    found = tarfile.TarInfo.frombuf(*((header,) if six.PY2 else (header, 'utf-8', 'strict')))
    assert (found.name, found.size) == ('A', size)


@pytest.mark.skipif(not any(os.access(os.path.join(folder, 'tar'), os.X_OK)
                            for folder in os.environ.get('PATH', '').split(os.pathsep)),
                    reason='there is no tar command')
def test_the_tar_command_reads_it(tmpdir):
    path = project(tmpdir, 'a', 'n' * 101, '/'.join(['n' * 90] * 4), u'é' * 60)
    process = subprocess.Popen(['tar', 'tf', '-'], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    listed, errors = process.communicate(b''.join(context.folder(path)))
    assert (process.returncode, errors) == (0, b'')
    assert len(listed.splitlines()) == 8


# How it comes

def test_blocks_are_few_and_no_larger_than_they_may_be(tmpdir):
    path = project(tmpdir, *['d%02d/f%04d' % (n % 20, n) for n in range(2000)])
    write(tmpdir, {'big': b'x' * 1000000})
    blocks = list(context.folder(path))
    assert max(len(block) for block in blocks) <= 112 * 1024
    # 2,000 files of a header and a record each, and the big one.
    assert sum(len(block) for block in blocks) > 2000 * 1024 + 1000000
    assert len(blocks) < 40
    assert all(isinstance(block, bytes) and block for block in blocks)


def test_the_first_block_leaves_before_the_walk_ends(tmpdir):
    path = project(tmpdir, 'z/first')
    blocks = context.folder(path)
    assert next(blocks)[:10] == b'Dockerfile'
    write(tmpdir, {'z/second': b''})
    assert b'z/second' in b''.join(blocks)


def test_it_is_a_generator_and_may_be_dropped_unused(tmpdir):
    blocks = context.folder(project(tmpdir))
    assert isinstance(blocks, types.GeneratorType)
    blocks.close()
    assert list(blocks) == []


def test_a_relative_path_is_that_of_the_call(tmpdir):
    project(tmpdir, 'f')
    here = os.getcwd()
    os.chdir(str(tmpdir))
    try:
        blocks = context.folder('.')
    finally:
        os.chdir(here)
    assert names(blocks) == [b'Dockerfile', b'f']


def test_memory_does_not_grow_with_the_size_of_a_file(tmpdir):
    tracemalloc = pytest.importorskip('tracemalloc', reason='Python 2.7 cannot measure this')
    path = project(tmpdir)
    with open(os.path.join(path, 'big'), 'wb') as file:
        file.truncate(64 * 1024 * 1024)
    tracemalloc.start()
    try:
        assert sum(len(block) for block in context.folder(path)) > 64 * 1024 * 1024
        assert tracemalloc.get_traced_memory()[1] < 4 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_a_deep_tree_is_walked(tmpdir):
    path = project(tmpdir)
    here, deep = os.getcwd(), 1200
    os.chdir(path)
    try:
        for _ in range(deep):
            os.mkdir('d')
            os.chdir('d')
        os.chdir(path)
        assert len(names(context.folder(path))) == deep + 1
    finally:
        os.chdir(here)
        # What removes the folder of a test may nest as deep as the tree.
        for depth in range(deep, 0, -1):
            os.rmdir(path + '/d' * depth)


# What changes meanwhile

BIG = 3 * context.BLOCK + 100


def begun(path):
    """A generator that is in the middle of `A-big`, and the blocks that it gave."""
    blocks, taken = context.folder(path), []
    while sum(len(block) for block in taken) < context.BLOCK:
        taken.append(next(blocks))
    return blocks, taken


def test_what_a_file_grows_by_meanwhile_is_not_sent(tmpdir):
    path = write(project(tmpdir, 'after'), {'A-big': b'x' * BIG})
    blocks, taken = begun(path)
    with open(os.path.join(path, 'A-big'), 'ab') as file:
        file.write(b'y' * 1000)
    contents = dict((member.name, content) for member, content in members(taken + list(blocks)))
    assert contents['A-big'] == b'x' * BIG
    assert contents['after'] == b'content of after'


def test_a_file_that_shrinks_meanwhile_is_an_error_that_names_it(tmpdir):
    path = write(project(tmpdir, 'after'), {'A-big': b'x' * BIG})
    before = open_descriptors()
    blocks, _ = begun(path)
    with open(os.path.join(path, 'A-big'), 'r+b') as file:
        file.truncate(context.BLOCK + 10)
    with pytest.raises(EnvironmentError) as caught:
        list(blocks)
    assert caught.value.errno == errno.EIO
    assert caught.value.filename == os.path.join(path, 'A-big')
    assert 'shrank while it was sent' in str(caught.value)
    assert open_descriptors() == before


def removed(path):
    os.remove(path)


def became_a_folder(path):
    os.remove(path)
    os.mkdir(path)


def became_a_link(path):
    os.rename(path, path + '-moved')
    os.symlink(path + '-moved', path)


def became_a_fifo(path):
    os.remove(path)
    os.mkfifo(path)


@needs_posix
def test_a_file_that_vanishes_meanwhile_is_an_error_that_names_it(tmpdir):
    path = write(project(tmpdir, 'gone'), {'A-big': b'x' * BIG})
    before = open_descriptors()
    blocks, _ = begun(path)
    os.remove(os.path.join(path, 'gone'))
    with pytest.raises(EnvironmentError) as caught:
        list(blocks)
    assert caught.value.errno == errno.ENOENT
    assert caught.value.filename == os.path.join(path, 'gone')
    assert 'this part of the build context cannot be read' in str(caught.value)
    assert open_descriptors() == before


@needs_posix
def test_a_folder_that_vanishes_meanwhile_is_an_error_that_names_it(tmpdir):
    path = write(project(tmpdir, 'gone/f'), {'A-big': b'x' * BIG})
    blocks, _ = begun(path)
    shutil.rmtree(os.path.join(path, 'gone'))
    with pytest.raises(EnvironmentError) as caught:
        list(blocks)
    assert caught.value.filename == os.path.join(path, 'gone')


@needs_posix
@pytest.mark.parametrize('change', [became_a_folder, became_a_link, became_a_fifo])
def test_a_file_that_becomes_another_thing_before_it_is_looked_at_is_sent_as_that(tmpdir, change):
    path = write(project(tmpdir, 'changing'), {'A-big': b'x' * BIG})
    blocks, taken = begun(path)
    change(os.path.join(path, 'changing'))
    [found] = [member for member, _ in members(taken + list(blocks)) if member.name == 'changing']
    assert not found.isreg()


@needs_posix
@pytest.mark.parametrize('change', [removed, became_a_folder, became_a_link, became_a_fifo])
def test_a_file_that_changes_once_it_was_looked_at_is_an_error(tmpdir, monkeypatch, change):
    path = os.path.join(project(tmpdir, 'changing'), 'changing')
    look = os.lstat

    def looked_at_and_changed(looked_at):
        status = look(looked_at)
        if looked_at == as_bytes(path):
            monkeypatch.setattr(os, 'lstat', look)
            change(path)
        return status

    monkeypatch.setattr(os, 'lstat', looked_at_and_changed)
    before = open_descriptors()
    with pytest.raises(EnvironmentError) as caught:
        list(context.folder(os.path.dirname(path)))
    assert caught.value.filename == path
    assert 'of the build context' in str(caught.value)
    assert open_descriptors() == before


@needs_posix
def test_closing_half_way_closes_the_file(tmpdir):
    path = write(project(tmpdir), {'A-big': b'x' * BIG})
    before = open_descriptors()
    blocks, _ = begun(path)
    assert open_descriptors() == before + 1
    blocks.close()
    assert open_descriptors() == before
    assert list(context.folder(path)) and open_descriptors() == before


# What cannot be read

@pytest.fixture
def reachable():
    """A folder that every user may enter, for what pytest makes is for its own alone."""
    path = tempfile.mkdtemp()
    os.chmod(path, 0o755)
    yield path
    for folder, folders, files in os.walk(path):
        for name in folders:
            os.chmod(os.path.join(folder, name), 0o700)
    shutil.rmtree(path)


@contextlib.contextmanager
def ordinary_user(path):
    """Root may read all, so this is nobody for the while."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        if not os.access(path, os.F_OK):
            pytest.skip('an ordinary user cannot reach %s' % path)
        yield
    finally:
        os.seteuid(0)


@needs_posix
@pytest.mark.parametrize('name', ['secret', 'd/secret', 'secret/', 'd/secret/'])
def test_what_cannot_be_read_is_an_error_that_names_it(reachable, name):
    write(project(reachable, 'd/f'), {name: b'content'})
    secret = os.path.join(reachable, name.rstrip('/'))
    os.chmod(secret, 0)
    with ordinary_user(reachable):
        blocks = context.folder(reachable)
        with pytest.raises(EnvironmentError) as caught:
            list(blocks)
    assert caught.value.errno == errno.EACCES
    assert caught.value.filename == secret
    assert 'this part of the build context cannot be read: Permission denied' in str(caught.value)
    if not six.PY2:
        assert isinstance(caught.value, PermissionError)  # noqa: F821 (not in Python 2.7)


@needs_posix
@pytest.mark.parametrize('ignore, reads', [
    (u'secret', False),
    (u'*', False),
    (u'**', False),
    (u'*\n!f', False),
    (u'*\n!secret-not', False),
    (u'*\n!*/f', False),
    (u'*\n!**/f', False),
    (u'secret\n!secret/f', True),
    (u'*\n!secret/deep/*.py', True),
])
def test_excluded_folders_are_walked_only_for_an_exception_in_them(reachable, ignore, reads):
    write(project(reachable, 'f', ignore=ignore), {'secret/deep/': None})
    secret = os.path.join(reachable, 'secret')
    os.chmod(secret, 0)
    with ordinary_user(reachable):
        blocks = context.folder(reachable)
        if reads:
            with pytest.raises(EnvironmentError) as caught:
                list(blocks)
            assert caught.value.filename == secret
        else:
            assert b'secret' not in b''.join(blocks).replace(as_bytes(ignore), b'')


@needs_posix
def test_a_dockerignore_that_cannot_be_read_is_an_error_at_once(reachable):
    project(reachable, ignore=u'f')
    ignore = os.path.join(reachable, '.dockerignore')
    os.chmod(ignore, 0)
    with ordinary_user(reachable):
        with pytest.raises(EnvironmentError) as caught:
            context.folder(reachable)
    assert caught.value.filename == ignore


def test_a_dockerignore_that_is_a_folder_is_an_error_at_once(tmpdir):
    path = write(project(tmpdir), {'.dockerignore/': None})
    with pytest.raises(EnvironmentError) as caught:
        context.folder(path)
    assert caught.value.filename == os.path.join(path, '.dockerignore')


# Arguments

@pytest.mark.parametrize('path', [None, 5, [], ['.'], io.BytesIO(b'')] +
                         ([] if six.PY2 else [b'.']))
def test_a_path_that_is_no_str_is_refused_at_once(path):
    with pytest.raises(TypeError, match='^path takes a str, the folder to build, not '):
        context.folder(path)


def test_a_path_that_does_not_exist_is_refused_at_once(tmpdir):
    with pytest.raises(ValueError) as caught:
        context.folder(str(tmpdir.join('none')))
    assert str(caught.value) == 'path takes a folder: %s does not exist' % tmpdir.join('none')


def test_a_path_that_is_no_folder_is_refused_at_once(tmpdir):
    path = os.path.join(project(tmpdir), 'Dockerfile')
    with pytest.raises(ValueError) as caught:
        context.folder(path)
    assert str(caught.value) == 'path takes a folder: %s is not one' % path


@pytest.mark.parametrize('dockerfile', ['Dockerfile', 'sub/Other', './sub//Dockerfile'])
def test_a_folder_without_its_dockerfile_is_refused_at_once(tmpdir, dockerfile):
    write(tmpdir, {'sub/Dockerfile/': None, 'file': b''})
    with pytest.raises(ValueError) as caught:
        context.folder(str(tmpdir), dockerfile)
    assert str(caught.value) == (
        'path takes a folder with a Dockerfile: there is no file '
        + os.path.join(str(tmpdir), os.path.normpath(dockerfile)))


@pytest.mark.parametrize('dockerfile', ['', '/Dockerfile', '../Dockerfile', 'a/../../Dockerfile'])
def test_a_dockerfile_outside_is_refused_at_once(tmpdir, dockerfile):
    with pytest.raises(ValueError, match='^dockerfile takes a path inside the folder to build'):
        context.folder(project(tmpdir), dockerfile)


@pytest.mark.parametrize('dockerfile', [None, 5, ['Dockerfile']])
def test_a_dockerfile_that_is_no_str_is_refused_at_once(tmpdir, dockerfile):
    with pytest.raises(TypeError, match='^dockerfile takes a str, not '):
        context.folder(project(tmpdir), dockerfile)


@needs_posix
def test_paths_of_any_letters_are_taken(tmpdir):
    if not six.PY2 and sys.getfilesystemencoding() == 'ascii':
        pytest.skip('Python takes no such paths in this locale')
    path = write(tmpdir, {u'h\xe9 % 100/Dockerfile': b'', u'h\xe9 % 100/f': b''})
    text = (path.decode('utf-8') if six.PY2 else path) + u'/h\xe9 % 100'
    assert names(context.folder(text)) == [b'Dockerfile', b'f']
    if six.PY2:
        assert names(context.folder(text.encode('utf-8'))) == [b'Dockerfile', b'f']


# A Dockerfile alone

@pytest.mark.parametrize('dockerfile, content', [
    (b'FROM scratch', b'FROM scratch'),
    (u'FROM scratch', b'FROM scratch'),
    (u'# \xe9\u65e5', u'# \xe9\u65e5'.encode('utf-8')),
    (io.BytesIO(b'FROM busybox\nRUN \xff'), b'FROM busybox\nRUN \xff'),
    (io.StringIO(u'RUN \xe9'), u'RUN \xe9'.encode('utf-8')),
    (b'x' * 512, b'x' * 512),
    (b'x' * 100000, b'x' * 100000),
])
def test_a_dockerfile_alone_is_packed(dockerfile, content):
    packed = context.single(dockerfile)
    assert isinstance(packed, bytes) and len(packed) % 512 == 0
    assert packed.endswith(b'\0' * 1024)
    [(member, found)] = members([packed])
    assert (member.name, member.mode, member.uid, member.mtime) == ('Dockerfile', 0o644, 0, 0)
    assert found == content


@pytest.mark.parametrize('mode', ['rb', 'r'])
def test_an_open_dockerfile_is_packed_and_left_open(tmpdir, mode):
    tmpdir.join('Anything').write(b'FROM scratch\n', mode='wb')
    with io.open(str(tmpdir.join('Anything')), mode) as file:
        [(member, content)] = members([context.single(file)])
        assert not file.closed
    assert (member.name, content) == ('Dockerfile', b'FROM scratch\n')


class Unreadable(object):
    def read(self):
        return None


@pytest.mark.parametrize('dockerfile', [None, 5, ['FROM scratch'], Unreadable()])
def test_what_is_no_dockerfile_is_refused(dockerfile):
    with pytest.raises(TypeError, match='^fileobj takes a readable file of a Dockerfile'):
        context.single(dockerfile)


@pytest.mark.parametrize('dockerfile', [b'', u'', io.BytesIO(b''), io.StringIO(u'')])
def test_an_empty_dockerfile_is_refused(dockerfile):
    with pytest.raises(ValueError, match='^fileobj takes a Dockerfile: .* is empty, or at its end'):
        context.single(dockerfile)


# What .dockerignore leaves out

FILES = [
    u'a.log', u'keep.log', u'README.md', u'README-secret.md', u'src/a.py', u'src/a.pyc',
    u'src/deep/b.py', u'src/deep/b.pyc', u'docs/README.md', u'docs/x.md', u'mods/x/i.js', u'.env',
    u'a b', u'#c', u'!d', u'a*b', u'axb', u'a+b', u'x|y', u'1', u'd', u'\xe9', u'[z]', u'z', u'yy',
]

SRC = [name for name in FILES if name.startswith(u'src/')]


def all_but(*sent):
    return [name for name in FILES if name not in sent]


# The lines, and what they leave out of FILES.
LEFT_OUT = [
    (u'', []),
    (u'\n\n  \n\t\n', []),
    (u'# src\n #c', [u'#c']),
    (u'#c', []),
    (u'\\#c', [u'#c']),
    (u'src', SRC),
    (u'/src', SRC),
    (u'src/', SRC),
    (u'/src/', SRC),
    (u'./src', SRC),
    (u'src/.', SRC),
    (u'//src//', SRC),
    (u'docs/../src', SRC),
    (u'../src', []),
    (u'.', []),
    (u'/', []),
    (u'./', []),
    (u'..', []),
    (u'  src  ', SRC),
    (u'\tsrc\r\nmods\r', SRC + [u'mods/x/i.js']),
    (u'\ufeffsrc', SRC),
    (u'mods\n\ufeffsrc', [u'mods/x/i.js']),
    (u'\xa0src\u2003', SRC),
    (u'\x1csrc', []),
    (u'/ src', SRC),
    (u'src/a.py', [u'src/a.py']),
    (u'a.py', []),
    (u'*/a.py', [u'src/a.py']),
    (u'**/a.py', [u'src/a.py']),
    (u'**/*.py', [u'src/a.py', u'src/deep/b.py']),
    (u'*.py', []),
    (u'*/*.py', [u'src/a.py']),
    (u'src/*.py', [u'src/a.py']),
    (u'src/**', SRC),
    (u'src/*', SRC),
    (u'src**', SRC),
    (u'**src', SRC),
    (u'**/src', SRC),
    (u'**py', [u'src/a.py', u'src/deep/b.py']),
    (u'**.py', [u'src/a.py', u'src/deep/b.py']),
    (u'src/**/*.py', [u'src/a.py', u'src/deep/b.py']),
    (u'src/**/b.py', [u'src/deep/b.py']),
    (u'**/deep', [u'src/deep/b.py', u'src/deep/b.pyc']),
    (u'**/deep/**', [u'src/deep/b.py', u'src/deep/b.pyc']),
    (u'*', FILES),
    (u'**', FILES),
    (u'*\n!src', all_but(*SRC)),
    (u'*\n!src/a.py', all_but(u'src/a.py')),
    (u'*\n!src/*.py', all_but(u'src/a.py')),
    (u'*\n!src/**/*.py', all_but(u'src/a.py')),
    (u'*\n!*/a.py', FILES),
    (u'*\n!**/*.py', FILES),
    (u'*\n!src/deep', all_but(u'src/deep/b.py', u'src/deep/b.pyc')),
    (u'src\n!src/deep/b.py', [u'src/a.py', u'src/a.pyc', u'src/deep/b.pyc']),
    (u'!src/a.py\nsrc', SRC),
    (u'*.md\n!README*.md', []),
    (u'*.md\n!README*.md\nREADME-secret.md', [u'README-secret.md']),
    (u'*.md\nREADME-secret.md\n!README*.md', []),
    (u'**/*.md\n!docs', [u'README.md', u'README-secret.md', u'docs/README.md', u'docs/x.md']),
    (u'*/*.md\n!docs', [u'docs/README.md', u'docs/x.md']),
    (u'docs/*\n!docs/x.md', [u'docs/README.md']),
    (u'docs\n!docs/x.md\ndocs/*', [u'docs/README.md', u'docs/x.md']),
    (u'! src\nsrc', SRC),
    (u'src\n! src/a.py', [u'src/a.pyc', u'src/deep/b.py', u'src/deep/b.pyc']),
    (u'src\n!/src/a.py', [u'src/a.pyc', u'src/deep/b.py', u'src/deep/b.pyc']),
    (u'src\n!./src//a.py/', [u'src/a.pyc', u'src/deep/b.py', u'src/deep/b.pyc']),
    (u'src\n!src/../src/a.py', [u'src/a.pyc', u'src/deep/b.py', u'src/deep/b.pyc']),
    (u'!.\nsrc', SRC),
    (u'\\!d', [u'!d']),
    (u'!!d', []),
    (u'**\n!!d', all_but(u'!d')),
    (u'/!d', []),
    (u'src\n/!src/a.py', [u'src/a.pyc', u'src/deep/b.py', u'src/deep/b.pyc']),
    (u'src\n! !d', SRC),
    (u'a?b', [u'a b', u'a*b', u'axb', u'a+b']),
    (u'a*b', [u'a b', u'a*b', u'axb', u'a+b']),
    (u'a\\*b', [u'a*b']),
    (u'a[*]b', []),
    (u'a[ +]b', [u'a b', u'a+b']),
    (u'a+b', [u'a+b']),
    (u'a+*', [u'a+b']),
    (u'x|y', [u'x|y']),
    (u'x|y*', SRC + [u'x|y', u'yy']),
    (u'x|[n]', [u'x|y']),
    (u'x[|]y', [u'x|y']),
    (u'?', [u'1', u'd', u'\xe9', u'z']),
    (u'??', [u'#c', u'!d', u'yy']),
    (u'[a-z]', [u'd', u'z']),
    (u'[^a-z]', [u'1', u'\xe9']),
    (u'[!a-z]', [u'd', u'z']),
    (u'[1-9]', [u'1']),
    (u'[\\]z]', [u'z']),
    (u'[z]', [u'z']),
    (u'\\[z\\]', [u'[z]']),
    (u'[[]z]', [u'[z]']),
    (u'[\xe9]', [u'\xe9']),
    (u'[\xe0-\xef]', [u'\xe9']),
    (u'\xe9', [u'\xe9']),
    (u'?\n!\xe9', [u'1', u'd', u'z']),
    (u'[\\d]', [u'1']),
    (u'\\d', [u'1']),
    (u'\\D', [u'd', u'\xe9', u'z']),
    (u'[^^]', [u'1', u'd', u'\xe9', u'z']),
    (u'y{2}', []),
    (u'y{2}*', [u'yy']),
    (u'y{2,1}', []),
    (u'{k}*', []),
    (u'(a)*', []),
    (u'src.a.py*', []),
    (u's^c*', []),
    (u'^src', []),
    (u'^s*', SRC),
    (u'$*', []),
    (u'k*[-a-l]og', [u'keep.log']),
    (u'k*[]p].log', [u'keep.log']),
    (u'Dockerfile', []),
    (u'.dockerignore', []),
    (u'Docker*\n.docker*\n.*', [u'.env']),
    (u'*\n!Dockerfile*\nDockerfile', FILES),
    (u'****', FILES),
    (u'**/**', FILES),
    (u'*/**', SRC + [u'docs/README.md', u'docs/x.md', u'mods/x/i.js']),
    (u'**/*', FILES),
    (u'***', FILES),
    (u'src/***', SRC),
    (u'*?', FILES),
    (u'?*', FILES),
    (u'**/**/b.py', [u'src/deep/b.py']),
    (u's**/b.py', [u'src/deep/b.py']),
    (u'src/**b.py', [u'src/deep/b.py']),
    (u'**deep**', [u'src/deep/b.py', u'src/deep/b.pyc']),
    (u'**/x*', [u'docs/x.md', u'mods/x/i.js', u'x|y']),
    (u'm*/*/i.js', [u'mods/x/i.js']),
    (u'm*/i.js', []),
    (u'*/*/*', [u'src/deep/b.py', u'src/deep/b.pyc', u'mods/x/i.js']),
    (u'*/*\n!*/*/*', SRC + [u'docs/README.md', u'docs/x.md', u'mods/x/i.js']),
    (u'**\n!*/*/*', FILES),
    (u'.*', [u'.env']),
    (u'.env', [u'.env']),
]


@pytest.fixture(scope='module')
def tree(tmpdir_factory):
    return project(tmpdir_factory.mktemp('tree'), *FILES)


@needs_posix
@pytest.mark.parametrize('ignore, left_out', LEFT_OUT)
def test_what_is_left_out_is_what_docker_build_leaves_out(tree, ignore, left_out):
    path = write(tree, {'.dockerignore': as_bytes(ignore)})
    sent = set(raw(member.name).decode('utf-8')
               for member, _ in members(context.folder(path)) if member.isreg())
    assert set(FILES) - sent == set(left_out)
    assert sent - set(FILES) == {u'Dockerfile', u'.dockerignore'}


def test_folders_that_are_excluded_are_no_entries_even_when_walked(tmpdir):
    path = project(tmpdir, 'a/b/f', 'a/g', 'c/f', ignore=u'a\nc\n!a/b/f')
    assert names(context.folder(path)) == [b'.dockerignore', b'Dockerfile', b'a/b/f']


def test_a_dockerfile_elsewhere_is_packed_even_if_excluded(tmpdir):
    path = project(tmpdir, 'a/b/Other', 'a/b/f', ignore=u'**/a\n*')
    assert names(context.folder(path, 'a/b/Other')) == [b'.dockerignore', b'a/b/Other']
    assert names(context.folder(path, './a//b/Other')) == [b'.dockerignore', b'a/b/Other']


@needs_posix
def test_a_dockerfile_is_packed_whatever_its_name_means_in_a_pattern(tmpdir):
    path = project(tmpdir, 'a[1]/Docker*', 'a[1]/Dockerx', ignore=u'*')
    assert names(context.folder(path, 'a[1]/Docker*')) == [b'.dockerignore', b'a[1]/Docker*']


def test_a_link_named_like_an_excluded_folder_is_left_out(tmpdir):
    path = project(tmpdir, 'd/f', ignore=u'l\n!l/f')
    os.symlink('d', os.path.join(path, 'l'))
    assert b'l' not in names(context.folder(path))


@needs_posix
@pytest.mark.parametrize('ignore, sent', [
    (b'\xff', [b'\xc3\xa9\xfe']),
    (b'?', [b'\xc3\xa9\xfe']),
    (b'??', [b'\xff']),
    (b'\xc3\xa9*', [b'\xff']),
    (b'[^a]', [b'\xc3\xa9\xfe']),
])
def test_a_name_in_no_encoding_has_a_letter_for_each_wrong_byte(tmpdir, ignore, sent):
    path = project(tmpdir, ignore=ignore)
    try:
        write(path, {b'\xff': b'', b'\xc3\xa9\xfe': b''})
    except EnvironmentError as error:
        pytest.skip('this file system has no such names: %s' % error)
    assert names(context.folder(path)) == [b'.dockerignore', b'Dockerfile'] + sent


BAD = [
    (u'a[', u'a['),
    (u'[]', u'[]'),
    (u'[^]', u'[^]'),
    (u'[]a]', u'[]a]'),
    (u'[-a]', u'[-a]'),
    (u'[a-]', u'[a-]'),
    (u'*[a-]', u'*[a-]'),
    (u'.*[a-]', u'.*[a-]'),
    (u'k*[', u'k*['),
    (u'k*[a', u'k*[a'),
    (u'[z-a]', u'[z-a]'),
    (u'a\\', u'a\\'),
    (u'k*\\', u'k*\\'),
    (u'\\y', u'\\y'),
    (u'\\1', u'\\1'),
    (u'\\z', u'\\z'),
    (u'\\\xe9', u'\\\xe9'),
    (u'[\\b]', u'[\\b]'),
    (u'[[:alpha:]]', u'[[:alpha:]]'),
    (u'y{2,1}*', u'y{2,1}*'),
    (u'y{99999999999999999999}*', u'y{99999999999999999999}*'),
    (u'y*{2}', u'y*{2}'),
    (u'!', u'!'),
    (u'!/', u'!/'),
    (u'  ! //  ', u'! //'),
    (u'!a[', u'!a['),
]


@pytest.mark.parametrize('line, shown', BAD)
def test_a_bad_pattern_is_refused_at_once_with_its_file_line_and_text(tmpdir, line, shown):
    path = project(tmpdir, ignore=u'# [\n\n*.log\n%s\nother[' % line)
    with pytest.raises(ValueError) as caught:
        context.folder(path)
    shown = shown.encode('utf-8') if six.PY2 else shown
    assert str(caught.value).startswith(
        '%s, line 4: %s is no pattern: ' % (os.path.join(path, '.dockerignore'), shown))


# The matcher by itself

@pytest.mark.parametrize('lines, path, excluded', [
    ([], u'a', False),
    ([u'a'], u'a', True),
    ([u'a'], u'a/b/c', True),
    ([u'a'], u'b/a', False),
    ([u'a/b'], u'a', False),
    ([u'a/*'], u'a/b/c', True),
    ([u'*', u'!a'], u'a/b', False),
    ([u'*', u'!a', u'a/b'], u'a/b', True),
    ([u'*', u'!a', u'a/b'], u'a/c', False),
    # Unlike the walk, which never gets there.
    ([u'*', u'!*/b'], u'a/b', False),
    ([u'*/f', u'!d'], u'd/f', True),
    ([u'a\nb'], u'a\nb', True),
    ([u'**'], u'a\nb/c\n', True),
    ([u'a'], u'a\n', False),
    ([u'a?'], u'a\n', True),
    ([u'**/b*'], u'a\n/b', False),
    ([u'\xe9'], u'\xe9', True),
    ([u'?'], u'\xe9', True),
    ([u'\\w'], u'\xe9', False),
    ([u'y{,2}*'], u'yy', False),
    ([u'y{2,}*'], u'yyy', True),
    ([u'\xe9'.encode('utf-8')], u'\xe9', True),
    ([u'\xe9'], u'\xe9'.encode('utf-8'), True),
])
def test_a_path_is_excluded_by_its_name_or_its_folders(lines, path, excluded):
    assert context.Ignore(lines).matches(path) is excluded


@pytest.mark.parametrize('pattern, path', [
    (u'[[a]*', u'[x'), (u'[a&&b]*', u'&x'), (u'[a||b]', u'|'), (u'[~~]', u'~'), (u'[a[]', u'['),
    (u'[\\[]', u'['),
])
def test_classes_mean_no_sets_of_sets(pattern, path):
    with warnings.catch_warnings():
        warnings.simplefilter('error')
        ignore = context.Ignore([pattern])
    assert ignore.matches(path) and not ignore.matches(u'x' + path)


@pytest.mark.parametrize('count', [1, 150, 3000])
def test_any_number_of_patterns_is_taken(count):
    lines = [u'%s**/f%d/*.py' % (u'!' if n % 100 == 99 else u'', n) for n in range(count)]
    ignore = context.Ignore(lines)
    assert ignore.matches(u'a/f0/x.py') and not ignore.matches(u'a/f0/x.pyc')
    assert ignore.matches(u'f%d/x.py' % (count - 1)) is ((count - 1) % 100 != 99)


def test_paths_that_are_always_sent_are_never_excluded():
    ignore = context.Ignore([u'*'], always=[u'a/b'])
    assert not ignore.matches(u'a/b')
    assert ignore.matches(u'a') and ignore.matches(u'a/b/c') and ignore.matches(u'a/c')


def test_an_error_of_the_matcher_names_the_line():
    with pytest.raises(ValueError, match=r'^here, line 2: a\[ is no pattern: '):
        context.Ignore([u'', u'a['], name='here')
