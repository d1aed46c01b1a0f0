# -*- coding: utf-8 -*-
"""docker.context: the tar of a build context, what is in it, and how it is produced."""

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

import pytest
import six

from docker import context
from docker.stream import BLOCK_SIZE

needs_posix = pytest.mark.skipif(os.name != 'posix', reason='names and kinds of file of POSIX')


def write(base, files):
    """Write files from a dict of relative path to content; a path that ends in / is a folder."""
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
    """Create a Dockerfile and files of these names in a folder, and return its path."""
    files = dict((name, b'content of ' + as_bytes(name)) for name in names)
    files['Dockerfile'] = b'FROM scratch\n'
    if 'ignore' in more:
        files['.dockerignore'] = as_bytes(more['ignore'])
    return write(base, files)


def members(chunks):
    """Return the entries and their contents, in order, as a reader of a stream gets them."""
    stream = io.BytesIO(b''.join(chunks))
    found = []
    with contextlib.closing(tarfile.open(fileobj=stream, mode='r|', **READ_AS)) as tar:
        for member in tar:
            content = tar.extractfile(member).read() if member.isreg() else None
            found.append((member, content))
    return found


READ_AS = {} if six.PY2 else {'encoding': 'utf-8', 'errors': 'surrogateescape'}


def names(chunks):
    return [raw(member.name) for member, _ in members(chunks)]


def raw(name):
    return name if six.PY2 else name.encode('utf-8', 'surrogateescape')


def entry(path, name):
    [found] = [member for member, _ in members(context.pack_folder(path))
               if raw(member.name) == as_bytes(name)]
    return found


def open_descriptors():
    for folder in ('/proc/self/fd', '/dev/fd'):
        if os.path.isdir(folder):
            return len(os.listdir(folder))
    pytest.skip('this system does not list the open descriptors')


# The entries

def test_a_folder_is_packed_sorted_with_its_folders_and_contents(tmpdir):
    path = project(tmpdir, 'b/c/d', 'b/a', 'B', 'a-b', 'a/z')
    write(tmpdir, {'b/empty/': None})
    found = members(context.pack_folder(path))
    assert [member.name for member, _ in found] == [
        'B', 'Dockerfile', 'a', 'a/z', 'a-b', 'b', 'b/a', 'b/c', 'b/c/d', 'b/empty']
    contents = dict((member.name, content) for member, content in found)
    assert contents['b/c/d'] == b'content of b/c/d'
    assert contents['Dockerfile'] == b'FROM scratch\n'
    assert [member.name for member, _ in found if member.isdir()] == ['a', 'b', 'b/c', 'b/empty']


def test_two_walks_of_one_folder_are_the_same_bytes(tmpdir):
    path = project(tmpdir, *['d{0}/f{1}'.format(n % 7, n) for n in range(100)])
    assert b''.join(context.pack_folder(path)) == b''.join(context.pack_folder(path))


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
    magic = b''.join(context.pack_folder(path))[257:265]
    assert magic == (b'ustar\00000' if sent < 2 ** 33 else b'ustar  \0')


def test_a_plain_file_has_a_plain_ustar_header(tmpdir):
    path = project(tmpdir)
    os.chmod(os.path.join(path, 'Dockerfile'), 0o644)
    os.utime(os.path.join(path, 'Dockerfile'), (1, 1))
    header = b''.join(context.pack_folder(path))[:512]
    assert header == (
        b'Dockerfile'.ljust(100, b'\0') + b'0000644\0' + b'0000000\0' + b'0000000\0' +
        b'00000000015\0' + b'00000000001\0' + b'011174\0 ' + b'0' + b'\0' * 100 +
        b'ustar\00000' + b'\0' * 64 + b'0000000\0' + b'0000000\0' + b'\0' * 167)


@pytest.mark.parametrize('size', [0, 1, 511, 512, 513, 100000])
def test_contents_are_padded_and_two_empty_records_end_it(tmpdir, size):
    path = write(tmpdir, {'Dockerfile': b'x' * size})
    packed = b''.join(context.pack_folder(path))
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
        pytest.skip('this file system has no such names: {0}'.format(error))
    full = os.path.join(as_bytes(path), name)
    if kind == 'link':
        os.remove(full)
        os.symlink(name, full)
    [(found, content)] = [(member, content) for member, content in members(context.pack_folder(path))
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
    found = members(context.pack_folder(path))
    assert dict((member.name, member.linkname) for member, _ in found if member.issym()) == {
        'to-file': 'd/f', 'to-folder': 'd', 'broken': '/no/such', 'd/up': '..',
        'itself': 'itself'}
    assert [member.name for member, _ in found] == [
        'Dockerfile', 'broken', 'd', 'd/f', 'd/up', 'itself', 'to-file', 'to-folder']


@needs_posix
def test_the_folder_to_build_may_itself_be_a_link(tmpdir):
    path = project(tmpdir.mkdir('real'), 'f')
    os.symlink(path, str(tmpdir.join('link')))
    assert names(context.pack_folder(str(tmpdir.join('link')))) == [b'Dockerfile', b'f']


@needs_posix
def test_hard_links_are_files_of_their_own(tmpdir):
    path = project(tmpdir, 'one')
    os.link(os.path.join(path, 'one'), os.path.join(path, 'two'))
    contents = dict((member.name, content) for member, content in members(context.pack_folder(path)))
    assert contents['one'] == contents['two'] == b'content of one'


@needs_posix
def test_fifos_are_entries_that_are_not_opened_and_sockets_are_left_out(tmpdir):
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
        assert names(context.pack_folder(path)) == [b'Dockerfile', b'fifo', b'z']
    assert entry(path, 'fifo').isfifo()


@needs_posix
def test_devices_are_entries_with_their_numbers(tmpdir):
    path = project(tmpdir)
    try:
        os.mknod(os.path.join(path, 'null'), stat.S_IFCHR | 0o666, os.makedev(1, 3))
        os.mknod(os.path.join(path, 'disk'), stat.S_IFBLK | 0o600, os.makedev(7, 300))
    except EnvironmentError as error:
        pytest.skip('devices cannot be created here: {0}'.format(error))
    null, disk = entry(path, 'null'), entry(path, 'disk')
    assert null.ischr() and (null.devmajor, null.devminor) == (1, 3)
    assert disk.isblk() and (disk.devmajor, disk.devminor) == (7, 300)


@pytest.mark.parametrize('size', [2 ** 33 - 1, 2 ** 33, 2 ** 33 + 12345, 2 ** 40])
def test_sizes_from_8_gib_on_are_in_the_header(tmpdir, size):
    path = project(tmpdir)
    with open(os.path.join(path, 'A'), 'wb') as file:
        try:
            file.truncate(size)
        except EnvironmentError as error:
            pytest.skip('this file system has no such files: {0}'.format(error))
    with contextlib.closing(context.pack_folder(path)) as chunks:
        header = next(chunks)
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
    listed, errors = process.communicate(b''.join(context.pack_folder(path)))
    assert (process.returncode, errors) == (0, b'')
    assert len(listed.splitlines()) == 8


# The chunks

def test_chunks_are_few_and_no_larger_than_they_may_be(tmpdir):
    path = project(tmpdir, *['d{0:02d}/f{1:04d}'.format(n % 20, n) for n in range(2000)])
    write(tmpdir, {'big': b'x' * 1000000})
    chunks = list(context.pack_folder(path))
    assert max(len(chunk) for chunk in chunks) <= 112 * 1024
    # 2,000 files of a header and a record each, and the big one.
    assert sum(len(chunk) for chunk in chunks) > 2000 * 1024 + 1000000
    assert len(chunks) < 40
    assert all(isinstance(chunk, bytes) and chunk for chunk in chunks)


def test_the_first_chunk_is_sent_before_the_walk_ends(tmpdir):
    path = project(tmpdir, 'z/first')
    chunks = context.pack_folder(path)
    assert next(chunks)[:10] == b'Dockerfile'
    write(tmpdir, {'z/second': b''})
    assert b'z/second' in b''.join(chunks)


def test_it_is_a_generator_and_may_be_dropped_unused(tmpdir):
    chunks = context.pack_folder(project(tmpdir))
    assert isinstance(chunks, types.GeneratorType)
    chunks.close()
    assert list(chunks) == []


def test_a_relative_path_is_that_of_the_call(tmpdir):
    project(tmpdir, 'f')
    here = os.getcwd()
    os.chdir(str(tmpdir))
    try:
        chunks = context.pack_folder('.')
    finally:
        os.chdir(here)
    assert names(chunks) == [b'Dockerfile', b'f']


def test_memory_does_not_grow_with_the_size_of_a_file(tmpdir):
    tracemalloc = pytest.importorskip('tracemalloc', reason='Python 2.7 cannot measure this')
    path = project(tmpdir)
    with open(os.path.join(path, 'big'), 'wb') as file:
        file.truncate(64 * 1024 * 1024)
    tracemalloc.start()
    try:
        assert sum(len(chunk) for chunk in context.pack_folder(path)) > 64 * 1024 * 1024
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
        assert len(names(context.pack_folder(path))) == deep + 1
    finally:
        os.chdir(here)
        # The removal of a test's folder may recurse as deep as the tree.
        for depth in range(deep, 0, -1):
            os.rmdir(path + '/d' * depth)


# Files that change meanwhile

BIG = 3 * BLOCK_SIZE + 100


def begun(path):
    """Return a generator that is in the middle of `A-big`, and the chunks that it yielded."""
    chunks, taken = context.pack_folder(path), []
    while sum(len(chunk) for chunk in taken) < BLOCK_SIZE:
        taken.append(next(chunks))
    return chunks, taken


def test_a_file_that_grows_meanwhile_is_sent_in_its_first_size(tmpdir):
    path = write(project(tmpdir, 'after'), {'A-big': b'x' * BIG})
    chunks, taken = begun(path)
    with open(os.path.join(path, 'A-big'), 'ab') as file:
        file.write(b'y' * 1000)
    contents = dict((member.name, content) for member, content in members(taken + list(chunks)))
    assert contents['A-big'] == b'x' * BIG
    assert contents['after'] == b'content of after'


def test_a_file_that_shrinks_meanwhile_is_an_error_that_names_it(tmpdir):
    path = write(project(tmpdir, 'after'), {'A-big': b'x' * BIG})
    before = open_descriptors()
    chunks, _ = begun(path)
    with open(os.path.join(path, 'A-big'), 'r+b') as file:
        file.truncate(BLOCK_SIZE + 10)
    with pytest.raises(EnvironmentError) as caught:
        list(chunks)
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
    chunks, _ = begun(path)
    os.remove(os.path.join(path, 'gone'))
    with pytest.raises(EnvironmentError) as caught:
        list(chunks)
    assert caught.value.errno == errno.ENOENT
    assert caught.value.filename == os.path.join(path, 'gone')
    assert 'what is to be sent cannot be read' in str(caught.value)
    assert open_descriptors() == before


@needs_posix
def test_a_folder_that_vanishes_meanwhile_is_an_error_that_names_it(tmpdir):
    path = write(project(tmpdir, 'gone/f'), {'A-big': b'x' * BIG})
    chunks, _ = begun(path)
    shutil.rmtree(os.path.join(path, 'gone'))
    with pytest.raises(EnvironmentError) as caught:
        list(chunks)
    assert caught.value.filename == os.path.join(path, 'gone')


@needs_posix
@pytest.mark.parametrize('change', [became_a_folder, became_a_link, became_a_fifo])
def test_a_file_that_becomes_another_thing_before_it_is_looked_at_is_sent_as_that(tmpdir, change):
    path = write(project(tmpdir, 'changing'), {'A-big': b'x' * BIG})
    chunks, taken = begun(path)
    change(os.path.join(path, 'changing'))
    [found] = [member for member, _ in members(taken + list(chunks)) if member.name == 'changing']
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
        list(context.pack_folder(os.path.dirname(path)))
    assert caught.value.filename == path
    assert 'is to be sent' in str(caught.value)
    assert open_descriptors() == before


@needs_posix
def test_closing_half_way_closes_the_file(tmpdir):
    path = write(project(tmpdir), {'A-big': b'x' * BIG})
    before = open_descriptors()
    chunks, _ = begun(path)
    assert open_descriptors() == before + 1
    chunks.close()
    assert open_descriptors() == before
    assert list(context.pack_folder(path)) and open_descriptors() == before


# Files that cannot be read

@pytest.fixture
def reachable():
    """A folder that every user may enter; those of pytest are for its own user only."""
    path = tempfile.mkdtemp()
    os.chmod(path, 0o755)
    yield path
    for folder, folders, files in os.walk(path):
        for name in folders:
            os.chmod(os.path.join(folder, name), 0o700)
    shutil.rmtree(path)


@contextlib.contextmanager
def ordinary_user(path):
    """Run as an ordinary user instead of root, who may read everything."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        if not os.access(path, os.F_OK):
            pytest.skip('an ordinary user cannot reach {0}'.format(path))
        yield
    finally:
        os.seteuid(0)


@needs_posix
@pytest.mark.parametrize('name', ['secret', 'd/secret', 'secret/', 'd/secret/'])
def test_an_entry_that_cannot_be_read_is_an_error_that_names_it(reachable, name):
    write(project(reachable, 'd/f'), {name: b'content'})
    secret = os.path.join(reachable, name.rstrip('/'))
    os.chmod(secret, 0)
    with ordinary_user(reachable):
        chunks = context.pack_folder(reachable)
        with pytest.raises(EnvironmentError) as caught:
            list(chunks)
    assert caught.value.errno == errno.EACCES
    assert caught.value.filename == secret
    assert 'what is to be sent cannot be read: Permission denied' in str(caught.value)
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
        chunks = context.pack_folder(reachable)
        if reads:
            with pytest.raises(EnvironmentError) as caught:
                list(chunks)
            assert caught.value.filename == secret
        else:
            assert b'secret' not in b''.join(chunks).replace(as_bytes(ignore), b'')


@needs_posix
def test_a_dockerignore_that_cannot_be_read_is_an_error_at_once(reachable):
    project(reachable, ignore=u'f')
    ignore = os.path.join(reachable, '.dockerignore')
    os.chmod(ignore, 0)
    with ordinary_user(reachable):
        with pytest.raises(EnvironmentError) as caught:
            context.pack_folder(reachable)
    assert caught.value.filename == ignore


def test_a_dockerignore_that_is_a_folder_is_an_error_at_once(tmpdir):
    path = write(project(tmpdir), {'.dockerignore/': None})
    with pytest.raises(EnvironmentError) as caught:
        context.pack_folder(path)
    assert caught.value.filename == os.path.join(path, '.dockerignore')


# Arguments

@pytest.mark.parametrize('path', [None, 5, [], ['.'], io.BytesIO(b'')] +
                         ([] if six.PY2 else [b'.']))
def test_a_path_that_is_no_str_is_refused_at_once(path):
    with pytest.raises(TypeError, match='^path takes a str, the folder to build, not '):
        context.pack_folder(path)


def test_a_path_that_does_not_exist_is_refused_at_once(tmpdir):
    with pytest.raises(ValueError) as caught:
        context.pack_folder(str(tmpdir.join('none')))
    assert str(caught.value) == 'path takes a folder: {0} does not exist'.format(tmpdir.join('none'))


def test_a_path_that_is_no_folder_is_refused_at_once(tmpdir):
    path = os.path.join(project(tmpdir), 'Dockerfile')
    with pytest.raises(ValueError) as caught:
        context.pack_folder(path)
    assert str(caught.value) == 'path takes a folder: {0} is not one'.format(path)


@pytest.mark.parametrize('dockerfile', ['Dockerfile', 'sub/Other', './sub//Dockerfile'])
def test_a_folder_without_its_dockerfile_is_refused_at_once(tmpdir, dockerfile):
    write(tmpdir, {'sub/Dockerfile/': None, 'file': b''})
    with pytest.raises(ValueError) as caught:
        context.pack_folder(str(tmpdir), dockerfile)
    assert str(caught.value) == (
        'path takes a folder with a Dockerfile: there is no file '
        + os.path.join(str(tmpdir), os.path.normpath(dockerfile)))


@pytest.mark.parametrize('ignore', [None, '*', 'dockerfile', 'Dockerfile', '.*'])
def test_a_lower_case_dockerfile_is_packed_as_dockerfile(tmpdir, ignore):
    path = write(tmpdir, {'dockerfile': b'FROM scratch\n', 'sub/dockerfile': b''})
    if ignore is not None:
        write(tmpdir, {'.dockerignore': ignore.encode('ascii')})
    packed = dict((member.name, content) for member, content in members(context.pack_folder(path)))
    assert packed['Dockerfile'] == b'FROM scratch\n'
    assert 'dockerfile' not in packed
    assert ('sub/dockerfile' in packed) == (ignore != '*')


def test_a_dockerfile_takes_precedence(tmpdir):
    path = write(tmpdir, {'Dockerfile': b'FROM a', 'dockerfile': b'FROM b'})
    packed = dict((member.name, content) for member, content in members(context.pack_folder(path)))
    assert packed == {'Dockerfile': b'FROM a', 'dockerfile': b'FROM b'}


@pytest.mark.parametrize('files', [
    {'Dockerfile/f': b'', 'dockerfile': b'FROM a'}, {'dockerfile/f': b''}, {'DockerFile': b'FROM a'}])
def test_other_names_are_no_dockerfile(tmpdir, files):
    with pytest.raises(ValueError, match='^path takes a folder with a Dockerfile'):
        context.pack_folder(write(tmpdir, files))


@pytest.mark.parametrize('dockerfile', ['', '/Dockerfile', '../Dockerfile', 'a/../../Dockerfile'])
def test_a_dockerfile_outside_is_refused_at_once(tmpdir, dockerfile):
    with pytest.raises(ValueError, match='^dockerfile takes a path inside the folder to build'):
        context.pack_folder(project(tmpdir), dockerfile)


@pytest.mark.parametrize('dockerfile', [None, 5, ['Dockerfile']])
def test_a_dockerfile_that_is_no_str_is_refused_at_once(tmpdir, dockerfile):
    with pytest.raises(TypeError, match='^dockerfile takes a str, not '):
        context.pack_folder(project(tmpdir), dockerfile)


@needs_posix
def test_paths_of_any_letters_are_taken(tmpdir):
    if not six.PY2 and sys.getfilesystemencoding() == 'ascii':
        pytest.skip('Python takes no such paths in this locale')
    path = write(tmpdir, {u'h\xe9 % 100/Dockerfile': b'', u'h\xe9 % 100/f': b''})
    text = (path.decode('utf-8') if six.PY2 else path) + u'/h\xe9 % 100'
    assert names(context.pack_folder(text)) == [b'Dockerfile', b'f']
    if six.PY2:
        assert names(context.pack_folder(text.encode('utf-8'))) == [b'Dockerfile', b'f']


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
    packed = context.pack_dockerfile(dockerfile)
    assert isinstance(packed, bytes) and len(packed) % 512 == 0
    assert packed.endswith(b'\0' * 1024)
    [(member, found)] = members([packed])
    assert (member.name, member.mode, member.uid, member.mtime) == ('Dockerfile', 0o644, 0, 0)
    assert found == content


@pytest.mark.parametrize('mode', ['rb', 'r'])
def test_an_open_dockerfile_is_packed_and_left_open(tmpdir, mode):
    tmpdir.join('Anything').write(b'FROM scratch\n', mode='wb')
    with io.open(str(tmpdir.join('Anything')), mode) as file:
        [(member, content)] = members([context.pack_dockerfile(file)])
        assert not file.closed
    assert (member.name, content) == ('Dockerfile', b'FROM scratch\n')


class Unreadable(object):
    def read(self):
        return None


@pytest.mark.parametrize('dockerfile', [None, 5, ['FROM scratch'], Unreadable()])
def test_other_types_of_fileobj_are_refused(dockerfile):
    with pytest.raises(TypeError, match='^fileobj takes a readable file of a Dockerfile'):
        context.pack_dockerfile(dockerfile)


@pytest.mark.parametrize('dockerfile', [b'', u'', io.BytesIO(b''), io.StringIO(u'')])
def test_an_empty_dockerfile_is_refused(dockerfile):
    with pytest.raises(ValueError, match='^fileobj takes a Dockerfile: .* is empty, or at its end'):
        context.pack_dockerfile(dockerfile)
