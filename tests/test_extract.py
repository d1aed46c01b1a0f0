# -*- coding: utf-8 -*-
"""docker.extract: archives, also hostile ones, of which nothing leaves its folder."""

import gc
import io
import os
import stat
import tarfile

import pytest
import six

from docker import errors
from docker.extract import extract_to

FILE, FOLDER, LINK, HARD = tarfile.REGTYPE, tarfile.DIRTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE
TIME = 1000000000


def pack(*members, **options):
    """Return a tar of members: (name, type), or with the content, the target of a link or a dict of more."""
    packed = io.BytesIO()
    with tarfile.open(mode='w', fileobj=packed, format=options.get('format', tarfile.GNU_FORMAT),
                      encoding='utf-8') as tar:
        for member in members:
            tar.addfile(*info_of(*member))
    return packed.getvalue()


def info_of(name, kind, value=None, **attributes):
    info = tarfile.TarInfo(six.ensure_str(name))
    info.type, info.mtime, info.mode = kind, TIME, 0o755 if kind == FOLDER else 0o640
    content = None
    if isinstance(value, dict):
        attributes, value = value, b''
    if kind == FILE:
        content = value or b''
        info.size = len(content)
    elif value is not None:
        info.linkname = six.ensure_str(value)
    for key, attribute in attributes.items():
        setattr(info, key, attribute)
    return info, content and io.BytesIO(content)


class Folders(object):
    """A folder to extract into, and what is beside it."""

    def __init__(self, root):
        self.root = root
        self.inside = os.path.join(root, 'inside')
        self.target = os.path.join(self.inside, 'd')
        os.mkdir(self.inside)
        os.mkdir(os.path.join(root, 'outside'))
        self.write('outside/file', b'not to be touched')
        os.chmod(os.path.join(root, 'outside', 'file'), 0o600)

    def write(self, name, content):
        with open(os.path.join(self.root, name), 'wb') as file:
            file.write(content)

    def read(self, name):
        with open(os.path.join(self.root, name), 'rb') as file:
            return file.read()

    def status(self, name):
        return os.lstat(os.path.join(self.root, name))

    def extract(self, archive, contents=False):
        archive = io.BytesIO(archive) if isinstance(archive, bytes) else archive
        extract_to(archive, lambda is_folder: os.fsencode(self.target) if six.PY3 else self.target, contents)

    def outside(self):
        """What is beside the folder, as it should stay."""
        found = []
        for folder, folders, files in os.walk(self.root):
            if folder.startswith(self.inside):
                continue
            for name in folders + files:
                path = os.path.join(folder, name)
                if path != self.inside:
                    status = os.lstat(path)
                    found.append((path, stat.S_IFMT(status.st_mode), status.st_mode, status.st_nlink,
                                  status.st_mtime if path.endswith('file') else 0))
        return sorted(found), self.read('outside/file')

    def names(self):
        """All that is in the folder, also what should not be there."""
        return sorted(os.path.relpath(os.path.join(folder, name), self.inside)
                      for folder, folders, files in os.walk(self.inside) for name in folders + files)


@pytest.fixture
def folders(tmp_path):
    return Folders(str(tmp_path))


TREE = pack(('d', FOLDER), ('d/empty', FILE), (u'd/schön', FILE, b'content'), ('d/sub', FOLDER),
            ('d/sub/' + 'n' * 150, FILE, b'x' * 300000), ('d/link', LINK, 'sub'),
            ('d/out', LINK, '/etc/passwd'), ('d/up', LINK, '../../outside'), ('d/hard', HARD, u'd/schön'))


def test_a_tree(folders):
    folders.extract(TREE)
    assert folders.names() == sorted([
        'd', 'd/empty', six.ensure_str(u'd/schön'), 'd/sub', 'd/sub/' + 'n' * 150, 'd/link', 'd/out', 'd/up',
        'd/hard'])
    assert folders.read(u'inside/d/schön' if six.PY3 else 'inside/d/sch\xc3\xb6n') == b'content'
    assert folders.read('inside/d/sub/' + 'n' * 150) == b'x' * 300000
    for name, target in (('link', 'sub'), ('out', '/etc/passwd'), ('up', '../../outside')):
        assert os.readlink(os.path.join(folders.target, name)) == target
    assert folders.status('inside/d/hard').st_nlink == 2
    assert stat.S_IMODE(folders.status('inside/d/empty').st_mode) == 0o640
    assert stat.S_IMODE(folders.status('inside/d/sub').st_mode) == 0o755
    assert [folders.status(name).st_mtime for name in ('inside/d', 'inside/d/sub', 'inside/d/empty')] == [
        TIME] * 3


@pytest.mark.parametrize('format', [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_formats(folders, format):
    folders.extract(pack(('d', FOLDER), ('d/' + 'a' * 90, FILE, b'1'), (u'd/ü' + 'b' * 60, LINK, 'c' * 80),
                         format=format))
    assert len(folders.names()) == 3


@pytest.mark.skipif(six.PY2, reason='the tarfile of Python 2.7 writes no such names')
def test_a_name_that_is_no_utf_8(folders):
    folders.extract(raw_name(b'd/caf\xe9'))
    assert os.listdir(os.fsencode(folders.target)) == [b'caf\xe9']


def raw_name(name):
    packed = io.BytesIO()
    with tarfile.open(mode='w', fileobj=packed, format=tarfile.GNU_FORMAT, encoding='latin-1') as tar:
        tar.addfile(info_of('d', FOLDER)[0])
        tar.addfile(info_of(name.decode('latin-1'), FILE)[0])
    return packed.getvalue()


@pytest.mark.parametrize('archive', [
    pack(('.', FOLDER, {'mode': 0o700}), ('./a', FILE, b'1'), ('./s/', FOLDER), ('./s/b', FILE)),
    pack(('./a', FILE, b'1'), ('s', FOLDER), ('s/b', FILE)), pack(('a', FILE, b'1'), ('s/b', FILE))],
    ids=['with the directory', 'without it', 'without any directory'])
def test_the_content_of_a_directory(folders, archive):
    folders.extract(archive, contents=True)
    assert folders.names() == ['d', 'd/a', 'd/s', 'd/s/b']


def test_the_content_of_an_empty_directory(folders):
    folders.extract(pack(), contents=True)
    assert folders.names() == ['d']


def test_a_directory_that_gets_content_keeps_its_permissions(folders):
    os.mkdir(folders.target, 0o750)
    folders.extract(pack(('.', FOLDER, {'mode': 0o777}), ('a', FILE)), contents=True)
    assert stat.S_IMODE(os.stat(folders.target).st_mode) == 0o750


def test_one_file_under_another_name(folders):
    folders.extract(pack(('name', FILE, b'1')))
    assert folders.read('inside/d') == b'1' and folders.names() == ['d']


def test_files_and_links_are_replaced(folders):
    folders.extract(TREE)
    os.symlink(os.path.join(folders.root, 'outside', 'file'), os.path.join(folders.target, 'new'))
    before = folders.outside()
    folders.extract(pack(('d', FOLDER), ('d/empty', FILE, b'now'), ('d/link', FILE, b'a file'),
                         ('d/new', FILE, b'not through the link'), ('d/hard', LINK, 'x'),
                         ('d/hard2', HARD, 'd/empty'), ('d/hard2', HARD, 'd/empty')))
    assert folders.read('inside/d/empty') == b'now' and folders.read('inside/d/link') == b'a file'
    assert folders.read('inside/d/new') == b'not through the link'
    assert os.readlink(os.path.join(folders.target, 'hard')) == 'x'
    assert folders.outside() == before
    assert not [name for name in folders.names() if '.docker-' in name]


@pytest.mark.parametrize('mode, expected', [
    (0o4755, 0o755), (0o2755, 0o755), (0o1777, 0o777), (0o7777, 0o777), (0, 0), (0o400, 0o400)])
def test_permissions(folders, mode, expected):
    folders.extract(pack(('d', FOLDER), ('d/f', FILE, {'mode': mode}), ('d/s', FOLDER, {'mode': mode}),
                         ('d/s/x', FILE)))
    assert stat.S_IMODE(folders.status('inside/d/f').st_mode) == expected
    assert stat.S_IMODE(folders.status('inside/d/s').st_mode) == expected


# What a hostile container or engine may send: the members, and what the message names.
HOSTILE = {
    'an absolute name': [('d', FOLDER), ('/ROOT/outside/new', FILE, b'x')],
    'an absolute name first': [('/ROOT/outside/new', FILE, b'x')],
    'a name with dots': [('d', FOLDER), ('d/../../outside/new', FILE, b'x')],
    'dots alone': [('d', FOLDER), ('..', FOLDER, {'mode': 0o777})],
    'dots first': [('..', FOLDER), ('../outside/new', FILE, b'x')],
    'a directory with dots': [('d', FOLDER), ('d/../..', FOLDER, {'mode': 0o777})],
    'dots that stay inside': [('d', FOLDER), ('d/a/../b', FILE)],
    'another directory': [('d', FOLDER), ('e/new', FILE)],
    'a deep first name': [('outside/new', FILE)],
    'below a file': [('d', FILE), ('d/e', FILE)],
    'beside a file': [('d', FILE), ('e', FILE)],
    'through an absolute link': [('d', FOLDER), ('d/l', LINK, 'ROOT/outside'), ('d/l/new', FILE, b'x')],
    'through a relative link': [('d', FOLDER), ('d/l', LINK, '../../outside'), ('d/l/new', FILE, b'x')],
    'through a link to a link': [('d', FOLDER), ('d/a', LINK, '../..'), ('d/b', LINK, 'a/outside'),
                                 ('d/b/new', FILE, b'x')],
    'through a link inside': [('d', FOLDER), ('d/s', FOLDER), ('d/l', LINK, 's'), ('d/l/new', FILE, b'x')],
    'a directory over a link': [('d', FOLDER), ('d/l', LINK, 'ROOT/outside'),
                                ('d/l', FOLDER, {'mode': 0o777})],
    'the root is a link': [('d', LINK, 'ROOT/outside'), ('d/new', FILE, b'x')],
    'the root becomes a link': [('d', FOLDER), ('d', LINK, 'ROOT/outside'), ('d/new', FILE, b'x')],
    'a directory becomes a link': [('d', FOLDER), ('d/s', FOLDER), ('d/s', LINK, 'ROOT/outside'),
                                   ('d/s/new', FILE, b'x')],
    'a hard link out': [('d', FOLDER), ('d/h', HARD, 'd/../../outside/file')],
    'an absolute hard link': [('d', FOLDER), ('d/h', HARD, 'ROOT/outside/file')],
    'a hard link beside': [('d', FOLDER), ('d/h', HARD, 'outside/file')],
    'a hard link through a link': [('d', FOLDER), ('d/l', LINK, 'ROOT/outside'), ('d/h', HARD, 'd/l/file')],
    'a hard link to a link': [('d', FOLDER), ('d/l', LINK, 'ROOT/outside/file'), ('d/h', HARD, 'd/l')],
    'a hard link to a directory': [('d', FOLDER), ('d/s', FOLDER), ('d/h', HARD, 'd/s')],
    'a hard link to nothing': [('d', FOLDER), ('d/h', HARD, 'd/nothing')],
    'a device of characters': [('d', FOLDER), ('d/c', tarfile.CHRTYPE, {'devmajor': 1, 'devminor': 3})],
    'a block device': [('d', FOLDER), ('d/c', tarfile.BLKTYPE, {'devmajor': 7, 'devminor': 0})],
    'a FIFO': [('d', FOLDER), ('d/p', tarfile.FIFOTYPE)],
    'a FIFO first': [('p', tarfile.FIFOTYPE)],
    'a link to nothing': [('d', FOLDER), ('d/l', LINK, '')],
    'a file in place of a directory': [('d', FOLDER), ('d/s', FOLDER), ('d/s', FILE)],
    'a directory in place of a file': [('d', FOLDER), ('d/f', FILE), ('d/f', FOLDER)],
    'a NUL in a name': [('d', FOLDER), ('d/a', FILE, {'pax_headers': {u'path': u'd/a\0b'}})],
}


@pytest.mark.parametrize('name', sorted(HOSTILE))
@pytest.mark.parametrize('contents', [False, True])
def test_nothing_leaves_the_folder(folders, name, contents):
    if contents and name in ('another directory', 'a deep first name', 'beside a file'):
        pytest.skip('these are inside the folder that gets the content')
    members = [tuple(part.replace('ROOT', folders.root.lstrip('/') if part.startswith('/') else folders.root)
                     if isinstance(part, str) else part for part in member) for member in HOSTILE[name]]
    before = folders.outside()
    with pytest.raises(errors.UnsafeArchive) as caught:
        folders.extract(pack(*members, format=tarfile.PAX_FORMAT if 'NUL' in name else tarfile.GNU_FORMAT),
                        contents)
    assert 'of the archive is refused' in str(caught.value)
    assert folders.outside() == before
    assert not [found for found in folders.names() if '.docker-' in found]


def test_a_link_that_was_there_is_not_followed(folders):
    """An earlier copy may have left it."""
    os.mkdir(folders.target)
    os.symlink(os.path.join(folders.root, 'outside'), os.path.join(folders.target, 's'))
    before = folders.outside()
    for contents, prefix in ((False, 'd/'), (True, '')):
        for members in ([(prefix + 's', FOLDER), (prefix + 's/new', FILE)],
                        [(prefix + 's/file', FILE, b'x')]):
            with pytest.raises(errors.UnsafeArchive):
                folders.extract(pack(*[('d', FOLDER)][contents:] + members), contents)
    assert folders.outside() == before


def test_the_target_itself_is_no_link(folders):
    os.symlink(os.path.join(folders.root, 'outside'), folders.target)
    before = folders.outside()
    with pytest.raises(errors.UnsafeArchive):
        folders.extract(pack(('d', FOLDER), ('d/new', FILE)))
    assert folders.outside() == before


@pytest.mark.parametrize('archive', [
    pack(('d', FOLDER), ('d/f', FILE, b'x' * 100000))[:50000], b'no archive' * 100, b'', pack()],
    ids=['cut', 'none', 'nothing', 'empty'])
def test_what_is_no_complete_archive(folders, archive):
    with pytest.raises(errors.StreamBroken):
        folders.extract(archive)
    assert [name for name in folders.names() if name != 'd'] == []


def test_an_archive_that_breaks_off_names_the_member(folders):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            if self.tell() > 200000:
                raise errors.StreamBroken('the engine stopped')
            return io.BytesIO.read(self, min(size, 1024))

    with pytest.raises(errors.StreamBroken) as caught:
        folders.extract(Broken(pack(('d', FOLDER), ('d/a', FILE, b'1'), ('d/f', FILE, b'x' * 1000000))))
    assert "'d/f'" in str(caught.value) and folders.names() == ['d', 'd/a']


def test_a_file_that_cannot_be_written_is_named(folders, monkeypatch):
    def full(file, data):
        raise OSError(28, 'No space left on device')

    monkeypatch.setattr(os, 'write', full)
    with pytest.raises(EnvironmentError) as caught:
        folders.extract(pack(('d', FOLDER), ('d/f', FILE, b'x')))
    assert caught.value.errno == 28 and caught.value.filename == os.path.join(folders.target, 'f')
    assert folders.names() == ['d']


@pytest.mark.parametrize('time', [u'nan', u'1e300', u'-1e300', u'-5'])
def test_times_that_no_file_system_holds(folders, time):
    folders.extract(pack(('d', FOLDER), ('d/f', FILE, {'pax_headers': {u'mtime': time}}),
                         format=tarfile.PAX_FORMAT))
    assert folders.names() == ['d', 'd/f']


def test_the_members_of_a_large_archive_are_not_kept(folders):
    seen = []

    class Counting(io.BytesIO):
        def read(self, size=-1):
            seen.append(sum(isinstance(item, tarfile.TarInfo) for item in gc.get_objects()))
            return io.BytesIO.read(self, size)

    files = [('d/{0}'.format(number), FILE) for number in range(2000)]
    folders.extract(Counting(pack(('d', FOLDER), *files)))
    assert len(folders.names()) == 2001 and max(seen) < 100


def pax_record(keyword, value):
    record = b' ' + keyword + b'=' + value + b'\n'
    length = len(record)
    while length != len(record) + len(str(length)):
        length = len(record) + len(str(length))
    return str(length).encode('ascii') + record


NAME = b'a\xffb' + b'n' * 150


def test_names_in_any_encoding_in_extended_headers(folders):
    """Engines write them so, although pax wants UTF-8."""
    records = (pax_record(b'path', b'd/' + NAME) + pax_record(b'mtime', b'1000000000.5') +
               pax_record(b'size', b'3') + pax_record(b'uname', b'\xe9'))
    link = pax_record(b'path', b'd/link') + pax_record(b'linkpath', NAME)
    parts = [pack(('d', FOLDER))[:512]]
    for records, member in ((records, ('d/short', FILE, b'abc')), (link, ('d/link', LINK, 'short'))):
        header = tarfile.TarInfo('header')
        header.type, header.size = tarfile.XHDTYPE, len(records)
        parts.append(header.tobuf(tarfile.USTAR_FORMAT) + records + b'\0' * (-len(records) % 512))
        parts.append(pack(member)[:1024 if member[1] == FILE else 512])
    folders.extract(b''.join(parts + [b'\0' * 1024]))
    target = os.fsencode(folders.target) if six.PY3 else folders.target
    assert sorted(os.listdir(target)) == [NAME, b'link']
    assert os.readlink(os.path.join(target, b'link')) == NAME
    with open(os.path.join(target, NAME), 'rb') as file:
        assert file.read() == b'abc'
    assert int(os.stat(os.path.join(target, NAME)).st_mtime) == TIME
