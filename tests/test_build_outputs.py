# -*- coding: utf-8 -*-
"""docker.build_outputs: what a build makes is written, and nothing of it outside of its folder."""

import errno
import io
import os
import signal
import stat

import pytest

from docker import build_outputs
from docker.buildkit import files, messages
from docker.buildkit.grpc import CallFailed
from docker.buildkit.protobuf import decode, encode
from docker.errors import UnsafeArchive
from tests.buildkit.test_files import Call
from tests.test_context import open_descriptors


class Engine(object):
    """The end of the engine, which sends entries: pairs of a stat and content. It sends the content of all
    files that are requested, mixed, in chunks of 3 bytes."""

    def __init__(self, *entries):
        self.metadata = {}
        self._contents = [content for _, content in entries]
        self._messages = [self._packet(0, stat=stat) for stat, _ in entries] + [b'']
        self._requested = []

    def _packet(self, kind, **fields):
        return encode(dict(fields, type=kind), messages.PACKET)

    def is_ready(self):
        return bool(self._messages)

    def receive(self):
        return self._messages.pop(0) if self._messages else None

    def send_all(self, sent):
        for message in sent:
            packet = decode(message, messages.PACKET)
            if packet['type'] == messages.PACKET_REQUEST:
                content = self._contents[packet['ID']]
                chunks = [content[start:start + 3] for start in range(0, len(content), 3)] + [b'']
                self._requested.append([self._packet(2, ID=packet['ID'], data=chunk) for chunk in chunks])
            elif packet['type'] == messages.PACKET_END:
                self._messages.append(message)
        while any(self._requested):
            for chunks in self._requested:
                self._messages.extend(chunks[:1])
                del chunks[:1]

    def send(self, message):
        self.send_all([message])


def write_folder(path, *entries):
    methods, _ = build_outputs.output_methods([{'Type': 'local', 'Attrs': {'dest': str(path)}}])
    methods[messages.RECEIVE_FILES](Engine(*entries))


def file(path, content=b'', mode=0o644, **more):
    return dict(more, path=path, mode=mode, size=len(content)), content


def folder(path, mode=0o755):
    return {'path': path, 'mode': files.FOLDER | mode}, b''


def link(path, target):
    return {'path': path, 'mode': files.LINK | 0o777, 'linkname': target}, b''


# A folder

def test_files_are_written_with_modes_times_and_links(tmpdir):
    target = tmpdir.join('a', 'b')
    write_folder(
        target, folder(b'd', 0o711), file(b'd/f', b'content of f', 0o4750, modTime=1234567890 * 10 ** 9),
        file(b'd/g', b'more', linkname=b''), folder(b'd/empty'), link(b'd/l', b'/any/where'),
        (dict(path=b'hard', mode=0o644, linkname=b'd/f'), b''), file(b'nothing'))
    assert sorted(target.join('d').listdir()) == [target.join('d', name) for name in ('empty', 'f', 'g', 'l')]
    status = os.lstat(str(target.join('d', 'f')))
    assert (status.st_mode, status.st_mtime) == (stat.S_IFREG | 0o750, 1234567890)
    assert stat.S_IMODE(os.lstat(str(target.join('d'))).st_mode) == 0o711
    assert target.join('d', 'f').read() == 'content of f' and target.join('d', 'g').read() == 'more'
    assert os.readlink(str(target.join('d', 'l'))) == '/any/where'
    assert os.lstat(str(target.join('hard'))).st_ino == status.st_ino
    assert target.join('nothing').read() == ''


def test_names_in_any_encoding_are_written(tmpdir):
    write_folder(tmpdir, file(b'\xff \xc3\xa9', b'x'))
    assert os.listdir(str(tmpdir).encode('utf-8')) == [b'\xff \xc3\xa9']


def test_what_is_there_stays_or_is_replaced(tmpdir):
    tmpdir.join('mine').write('mine')
    tmpdir.join('f').write('old')
    tmpdir.join('l').mksymlinkto('mine')
    write_folder(tmpdir, file(b'f', b'new'), file(b'l', b'no link'))
    assert [tmpdir.join(name).read() for name in ('f', 'l', 'mine')] == ['new', 'no link', 'mine']


@pytest.mark.parametrize('entries', [
    [file(b'../x')], [file(b'/x')], [file(b'd/../../x')], [folder(b'..')],
    [link(b'd', b'../outside'), file(b'd/x')],
    [link(b'd', b'../outside'), folder(b'd/x')],
    [(dict(path=b'x', mode=0o644, linkname=b'../outside/secret'), b'')],
    [(dict(path=b'x', mode=0o644, linkname=b'nothing'), b'')],
    [link(b'd', b'../outside'), (dict(path=b'x', mode=0o644, linkname=b'd/secret'), b'')],
    [({'path': b'fifo', 'mode': files.FIFO | 0o644}, b'')],
    [({'path': b'device', 'mode': files.DEVICE | 0o644, 'devmajor': 1, 'devminor': 3}, b'')],
    [folder(b'd'), file(b'd')],
    [file(b'x\0y')],
])
def test_what_leads_out_and_what_is_no_file_is_refused(tmpdir, entries):
    tmpdir.mkdir('outside').join('secret').write('secret')
    target, before = tmpdir.join('target'), open_descriptors()
    with pytest.raises(UnsafeArchive):
        write_folder(target, *entries)
    assert tmpdir.join('outside').listdir() == [tmpdir.join('outside', 'secret')]
    assert sorted(path.basename for path in tmpdir.listdir()) == ['outside', 'target']
    assert [name for _, _, names in os.walk(str(target)) for name in names if name != 'd'] == []
    assert open_descriptors() == before


def test_nothing_is_left_of_a_file_that_does_not_come_to_its_end(tmpdir):
    methods, _ = build_outputs.output_methods({'Type': 'local', 'Attrs': {'dest': str(tmpdir)}})
    before = open_descriptors()
    entry = encode({'stat': {'path': b'f', 'mode': 0o644}}, messages.PACKET)
    call = Call([entry, lambda sent: b'\x08\x02\x22\x03abc'])
    with pytest.raises(CallFailed):
        methods[messages.RECEIVE_FILES](call)
    assert tmpdir.listdir() == [] and open_descriptors() == before


# An archive

@pytest.mark.skipif(os.name == 'nt', reason='other limits')
def test_an_error_names_the_file_by_its_own_name(tmpdir):
    name = 'x' * 300
    with pytest.raises(EnvironmentError) as caught:
        write_folder(tmpdir, file(name.encode('ascii')))
    assert caught.value.errno == errno.ENAMETOOLONG
    assert caught.value.filename == os.path.join(str(tmpdir), name) and '.docker-' not in str(caught.value)
    assert tmpdir.listdir() == []


@pytest.mark.skipif(os.name == 'nt', reason='no limits for processes')
def test_an_error_of_writing_names_the_file(tmpdir):
    import resource
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, limits[1]))
    try:
        with pytest.raises(EnvironmentError) as folder_error:
            write_folder(tmpdir, file(b'a', b'x' * 9000))
        with pytest.raises(EnvironmentError) as archive_error:
            archive(str(tmpdir.join('b')), encode({'data': b'x' * 9000}, messages.BYTES_MESSAGE))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert folder_error.value.filename == str(tmpdir.join('a'))
    assert archive_error.value.filename == str(tmpdir.join('b'))
    assert tmpdir.listdir() == []


def archive(dest, *messages_of_call):
    methods, outputs = build_outputs.output_methods([{'Type': 'tar', 'Attrs': {'dest': dest}}])
    assert outputs == [{'Type': 'tar', 'Attrs': {}}]
    methods[messages.RECEIVE_FILES](Call(messages_of_call))


def test_an_archive_is_written_with_the_permissions_of_a_new_file(tmpdir):
    path = tmpdir.join('made.tar')
    path.write('old')
    before = os.umask(0o027)
    try:
        archive(str(path), b'\x0a\x03abc', b'\x0a\x01d')
    finally:
        os.umask(before)
    assert path.read() == 'abcd'
    assert stat.S_IMODE(os.lstat(str(path)).st_mode) == 0o640


def test_an_archive_that_is_incomplete_is_not_written(tmpdir):
    path = tmpdir.join('made.tar')
    with pytest.raises(CallFailed):
        archive(str(path), b'\x0a\x03abc', b'\x0a\x05d')
    assert tmpdir.listdir() == []


def test_an_archive_for_a_file_that_is_open():
    content = io.BytesIO()
    archive(content, b'\x0a\x03abc', b'\x0a\x01d')
    assert content.getvalue() == b'abcd'


@pytest.mark.skipif(os.name == 'nt', reason='links need a permission there')
@pytest.mark.parametrize('is_there', [False, True])
def test_an_archive_is_written_where_a_link_leads_to(tmpdir, is_there):
    place, link_to_it = tmpdir.mkdir('elsewhere').join('made.tar'), tmpdir.join('link')
    if is_there:
        place.write('old')
    link_to_it.mksymlinkto('elsewhere/made.tar')
    archive(str(link_to_it), b'\x0a\x03abc')
    assert link_to_it.islink() and place.read() == 'abc'


@pytest.mark.skipif(not hasattr(os, 'mkfifo'), reason='there are no FIFOs')
def test_an_archive_for_a_fifo_is_written_into_it(tmpdir):
    path = str(tmpdir.join('fifo'))
    os.mkfifo(path)
    before = open_descriptors()
    with pytest.raises(EnvironmentError) as caught:
        archive(path, b'\x0a\x03abc')
    assert caught.value.errno == errno.ENXIO and caught.value.filename == path
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        archive(path, b'\x0a\x03abc', b'\x0a\x01d')
        assert os.read(reader, 100) == b'abcd'
    finally:
        os.close(reader)
    assert stat.S_ISFIFO(os.lstat(path).st_mode) and open_descriptors() == before


@pytest.mark.skipif(not os.path.exists('/dev/full'), reason='there is no such device')
def test_an_archive_for_a_device_does_not_replace_it(tmpdir):
    # By a link, as what would replace /dev/full itself breaks this machine.
    path = tmpdir.join('full')
    path.mksymlinkto('/dev/full')
    with pytest.raises(EnvironmentError) as caught:
        archive(str(path), b'\x0a\x03abc')
    assert caught.value.errno == errno.ENOSPC and caught.value.filename == str(path)
    assert path.islink() and stat.S_ISCHR(os.stat(str(path)).st_mode)


class Unbuffered(io.RawIOBase):
    """A file that takes two bytes at a time, and `room` in all."""

    def __init__(self, room):
        super(Unbuffered, self).__init__()
        self.content, self.room = b'', room

    def write(self, data):
        taken = data[:min(2, self.room)]
        self.room -= len(taken)
        self.content += taken
        return len(taken) or None


def test_an_archive_for_a_file_without_a_buffer():
    file = Unbuffered(100)
    archive(file, b'\x0a\x05abcde', b'\x0a\x01f')
    assert file.content == b'abcdef'
    with pytest.raises(EnvironmentError) as caught:
        archive(Unbuffered(3), b'\x0a\x05abcde')
    assert caught.value.errno == errno.EAGAIN


@pytest.mark.parametrize('error, is_reported', [(TypeError('text'), True), (IOError(28, 'full'), False)])
def test_the_error_of_a_file_object_is_reported(error, is_reported):
    class Failing(object):
        def write(self, data):
            raise error
    methods, _ = build_outputs.output_methods({'Type': 'tar', 'Attrs': {'dest': Failing()}})
    with pytest.raises(CallFailed if is_reported else type(error)) as caught:
        methods[messages.RECEIVE_FILES](Call([b'\x0a\x03abc']))
    # A session raises an OSError in the build by itself.
    assert (caught.value.failure if is_reported else caught.value) is error


# Arguments

def test_only_the_dest_stays_here(tmpdir):
    outputs = [{'Type': 'local', 'Attrs': {'dest': str(tmpdir), 'platform-split': 'false'}}]
    methods, to_send = build_outputs.output_methods(outputs)
    assert to_send == [{'Type': 'local', 'Attrs': {'platform-split': 'false'}}]
    assert list(methods) == [messages.RECEIVE_FILES]
    assert outputs[0]['Attrs']['dest'] == str(tmpdir)


def test_outputs_that_the_engine_keeps():
    image = {'Type': 'image', 'Attrs': {'name': 'x'}}
    assert build_outputs.output_methods(image) == ({}, [image])
    assert build_outputs.output_methods(None) == ({}, [])


@pytest.mark.parametrize('outputs, error', [
    ({'Type': 'local'}, ValueError), ({'Type': 'tar', 'Attrs': {}}, ValueError),
    ({'Type': 'local', 'Attrs': {'dest': 7}}, TypeError),
    ({'Type': 'tar', 'Attrs': {'dest': ''}}, ValueError),
    ({'Type': 'local', 'Attrs': {'dest': io.BytesIO()}}, TypeError),
    ({'Type': 'tar', 'Attrs': {'dest': io.StringIO()}}, TypeError),
    ({'Type': 'local', 'Attrs': {'dest': 'a\0b'}}, ValueError),
    ({'Type': 'tar', 'Attrs': 'dest=x'}, TypeError),
    ('local', TypeError), ([7], TypeError),
    ({'Type': 'tar', 'Attrs': {'dest': '/nowhere/at/all.tar'}}, ValueError),
    ({'Type': 'tar', 'Attrs': {'dest': '/'}}, ValueError),
    ({'Type': 'local', 'Attrs': {'dest': __file__}}, ValueError),
    ([{'Type': 'local', 'Attrs': {'dest': 'a'}}, {'Type': 'local', 'Attrs': {'dest': 'b'}}], ValueError)])
def test_outputs_that_are_refused(outputs, error):
    with pytest.raises(error) as raised:
        build_outputs.output_methods(outputs)
    assert 'outputs' in str(raised.value)
