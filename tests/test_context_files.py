# -*- coding: utf-8 -*-
"""docker.context_files: what a session sends of a folder, by what the engine wants."""

import os
import socket
import stat

import pytest

from docker import context_files
from docker.buildkit import files, messages
from docker.buildkit.grpc import INVALID_ARGUMENT, CallFailed
from docker.buildkit.protobuf import decode, encode
from tests.test_context import needs_posix, open_descriptors, project, write

needs_root = pytest.mark.skipif(os.name != 'posix' or os.geteuid() != 0, reason='only root creates devices')


class Engine(object):
    """The end of the engine, which asks for one folder: `wanted` is the metadata of its call. It requests the
    files of which `requests` is true for their path, and has their content in `contents`."""

    def __init__(self, methods, requests=lambda path: True, **wanted):
        self.metadata = dict((key.replace('_', '-'), value) for key, value in wanted.items())
        self.metadata.setdefault('dir-name', [u'context'])
        self.stats, self.contents, self.error = [], {}, None
        self._requests, self._messages = requests, []
        self._ids, self._listed, self._missing = {}, False, 0
        methods[messages.SEND_FILES](self)

    def check(self):
        pass

    @property
    def paths(self):
        return [stat['path'] for stat in self.stats]

    def is_ready(self):
        return bool(self._messages)

    def receive(self):
        return self._messages.pop(0)

    def send(self, message):
        self.send_all([message])

    def send_all(self, sent):
        for message in sent:
            packet = decode(message, messages.PACKET)
            if packet['type'] == messages.PACKET_STAT:
                self._list(packet['stat'])
            elif packet['type'] == messages.PACKET_DATA:
                self.contents[self._ids[packet['ID']]] += packet['data']
                self._missing -= not packet['data']
            elif packet['type'] == messages.PACKET_ERROR:
                self.error = packet['data']
        if self._listed and not self._missing:
            self._listed = False
            self._messages.append(encode({'type': messages.PACKET_END}, messages.PACKET))

    def _list(self, entry):
        if entry is None:
            self._listed = True
            return
        number = len(self.stats)
        self.stats.append(entry)
        if files.is_regular(entry['mode']) and self._requests(entry['path']):
            self._ids[number] = entry['path']
            self.contents[entry['path']] = b''
            self._missing += 1
            self._messages.append(encode(
                {'type': messages.PACKET_REQUEST, 'ID': number}, messages.PACKET))


def methods_of(path, dockerfile='Dockerfile'):
    return context_files.context_methods(path, dockerfile)[0]


def paths(path, **wanted):
    """The paths of what is sent, without the Dockerfile, as text."""
    found = Engine(methods_of(path), **wanted).paths
    return [name.decode('utf-8') for name in found if name != b'Dockerfile']


def stat_of(path, name):
    found, = [stat for stat in Engine(methods_of(path)).stats if stat['path'] == name]
    return found


def test_everything_is_sent_a_folder_before_its_content(tmpdir):
    path = project(tmpdir, 'b/c/d', 'b/a', 'B', 'a-b', 'a/z', 'b-c')
    write(tmpdir, {'b/empty/': None})
    engine = Engine(methods_of(path))
    assert engine.paths == [b'B', b'Dockerfile', b'a', b'a/z', b'a-b', b'b', b'b/a', b'b/c', b'b/c/d',
                            b'b/empty', b'b-c']
    assert engine.contents[b'b/c/d'] == b'content of b/c/d'
    assert sorted(engine.contents) == [b'B', b'Dockerfile', b'a-b', b'a/z', b'b-c', b'b/a', b'b/c/d']


def test_only_what_is_requested_is_sent(tmpdir):
    path = project(tmpdir, *['d/f{0}'.format(number) for number in range(300)])
    engine = Engine(methods_of(path), requests=lambda path: path == b'd/f7')
    assert engine.contents == {b'd/f7': b'content of d/f7'}
    assert len(engine.paths) == 302


def test_a_large_file(tmpdir):
    path = write(tmpdir, {'Dockerfile': b'x', 'large': b'0123456789' * 123456})
    assert Engine(methods_of(path)).contents[b'large'] == b'0123456789' * 123456


@needs_posix
@pytest.mark.parametrize('mode, sent', [
    (0o644, 0o644), (0o4755, files.SETUID | 0o755), (0o2710, files.SETGID | 0o710),
    (0o1600, files.STICKY | 0o600)])
def test_modes_are_those_of_go(tmpdir, mode, sent):
    path = project(tmpdir, 'f')
    write(tmpdir, {'d/': None})
    os.chmod(os.path.join(path, 'f'), mode)
    os.chmod(os.path.join(path, 'd'), mode | 0o700)
    assert stat_of(path, b'f')['mode'] == sent
    assert stat_of(path, b'd')['mode'] == files.FOLDER | sent | 0o700


def test_owners_are_not_sent(tmpdir):
    found = stat_of(project(tmpdir, 'f'), b'f')
    assert (found['uid'], found['gid'], found['size']) == (0, 0, len(b'content of f'))


@pytest.mark.parametrize('seconds, sent', [
    (1234567890.5, 1234567890500000000), (0, 0), (-5, -5000000000), (2 ** 33 + 0.5, 8589934592500000000)])
def test_times_are_in_nanoseconds(tmpdir, seconds, sent):
    path = project(tmpdir, 'f')
    os.utime(os.path.join(path, 'f'), (seconds, seconds))
    assert stat_of(path, b'f')['modTime'] == sent


@needs_posix
def test_kinds_of_entries(tmpdir):
    path = project(tmpdir, 'f')
    os.symlink('../anywhere', os.path.join(path, 'link'))
    os.mkfifo(os.path.join(path, 'fifo'), 0o640)
    os.link(os.path.join(path, 'f'), os.path.join(path, 'hard'))
    with_socket = socket.socket(socket.AF_UNIX)
    with_socket.bind(os.path.join(path, 'socket'))
    with_socket.close()
    engine = Engine(methods_of(path))
    found = dict((entry['path'], entry) for entry in engine.stats)
    assert found[b'link']['linkname'] == b'../anywhere' and found[b'link']['mode'] & files.LINK
    assert found[b'fifo']['mode'] == files.FIFO | 0o640
    assert (found[b'hard']['linkname'], engine.contents[b'hard']) == (b'', b'content of f')
    assert b'socket' not in found


@needs_root
def test_devices(tmpdir):
    path = project(tmpdir)
    for name, kind in (('block', stat.S_IFBLK), ('character', stat.S_IFCHR)):
        try:
            os.mknod(os.path.join(path, name), kind | 0o600, os.makedev(1, 300))
        except OSError as error:
            pytest.skip('no device can be created: {0}'.format(error))
    block, character = stat_of(path, b'block'), stat_of(path, b'character')
    assert block['mode'] == files.DEVICE | 0o600
    assert character['mode'] == files.DEVICE | files.CHARACTER_DEVICE | 0o600
    assert (block['devmajor'], block['devminor']) == (1, 300)


@needs_posix
def test_names_in_any_encoding(tmpdir):
    name = b'a \xff\xfe'
    write(tmpdir, {name + b'/b': b'1', 'Dockerfile': b'2'})
    os.symlink(b'to \xff', os.path.join(str(tmpdir).encode(), b'link'))
    engine = Engine(methods_of(str(tmpdir)))
    assert engine.contents[name + b'/b'] == b'1'
    assert engine.stats[-1]['linkname'] == b'to \xff'


# What the engine wants

TREE = ('a/b/c', 'a/b/d', 'a/x.py', 'e/x.py', 'e/f/y.py', 'z')


@pytest.mark.parametrize('exclude, sent', [
    ([u'a'], [u'e', u'e/f', u'e/f/y.py', u'e/x.py', u'z']),
    ([u'*', u'!a/b/c'], [u'a', u'a/b', u'a/b/c']),
    ([u'*', u'!nothing/at/all'], []),
    ([u'**/*.py', u'z', u'a'], [u'e', u'e/f']),
    ([u'#z', u'e', u'a'], [u'z']),
])
def test_excluded(tmpdir, exclude, sent):
    assert paths(project(tmpdir, *TREE), exclude_patterns=exclude + [u'Dockerfile']) == sent


def test_a_pattern_that_begins_as_a_comment_does(tmpdir):
    assert paths(project(tmpdir, '#x', 'y'), exclude_patterns=[u'#x']) == [u'y']


@pytest.mark.parametrize('include, sent', [
    ([u'a/b'], [u'a', u'a/b', u'a/b/c', u'a/b/d']),
    ([u'**/*.py'], [u'a', u'a/x.py', u'e', u'e/f', u'e/f/y.py', u'e/x.py']),
    ([u'z', u'e/f/y.py'], [u'e', u'e/f', u'e/f/y.py', u'z']),
    ([u'nothing'], []),
])
def test_included(tmpdir, include, sent):
    assert paths(project(tmpdir, *TREE), include_patterns=include) == sent


@pytest.mark.parametrize('follow, sent', [
    ([u'a/b/c'], [u'a', u'a/b', u'a/b/c']),
    ([u'a/b/'], [u'a', u'a/b', u'a/b/c', u'a/b/d']),
    ([u'/z'], [u'z']),
    ([u'*/x.py'], [u'a', u'a/x.py', u'e', u'e/x.py']),
    ([u'[a-d]/*.py', u'z'], [u'a', u'a/x.py', u'z']),
    ([u'?'], [u'a', u'a/b', u'a/b/c', u'a/b/d', u'a/x.py', u'e', u'e/f', u'e/f/y.py', u'e/x.py', u'z']),
    ([u'nothing', u'z/nothing', u'*/nothing/*'], []),
    ([u'../../a/x.py'], [u'a', u'a/x.py']),
    ([u'x' * 300, u'z', u'*/' + u'x' * 300, u'x/' * 5000], [u'z']),
])
def test_followed(tmpdir, follow, sent):
    assert paths(project(tmpdir, *TREE), followpaths=follow) == sent


@pytest.mark.parametrize('follow', [[u'.'], [u'/'], [u'z', u'.']])
def test_the_folder_itself_is_everything(tmpdir, follow):
    assert len(paths(project(tmpdir, *TREE), followpaths=follow)) == 10


@pytest.mark.parametrize('name, pattern', [
    ('!x', u'!*'), ('#x', u'#*'), ('a[b', u'a\\[b'), (' b', u' ?'), ('**', u'\\*\\*')])
def test_characters_that_mean_something_in_patterns(tmpdir, name, pattern):
    assert paths(project(tmpdir, name, 'y'), followpaths=[pattern]) == [name]


def test_followed_and_included_and_excluded(tmpdir):
    assert paths(project(tmpdir, *TREE), followpaths=[u'e', u'a/b'], include_patterns=[u'z'],
                 exclude_patterns=[u'e/f', u'a/b/d']) == [u'a', u'a/b', u'a/b/c', u'e', u'e/x.py', u'z']


def test_an_excluded_folder_is_not_read(tmpdir, monkeypatch):
    path = project(tmpdir, 'node/a/b', 'x/y')
    listed = []
    listdir = os.listdir

    def watched(folder):
        listed.append(folder)
        return listdir(folder)
    monkeypatch.setattr(os, 'listdir', watched)
    assert paths(path, exclude_patterns=[u'node'], include_patterns=[u'**/y'],
                 followpaths=[u'node/a/b']) == [u'x', u'x/y']
    assert [folder for folder in listed if b'node' in folder] == []
    del listed[:]
    assert paths(path, followpaths=[u'x/y']) == [u'x', u'x/y']
    assert [folder for folder in listed if b'node' in folder] == []


class Over(Exception):
    pass


class OverEngine(Engine):
    """One whose call is over after a while."""

    checks = 0

    def check(self):
        self.checks += 1
        if self.checks > 7:
            raise Over()


@pytest.mark.parametrize('wanted', [
    {'include_patterns': [u'nothing']}, {'exclude_patterns': [u'*', u'!x/y']},
    {'followpaths': [u'*/*/nothing']}])
def test_a_call_that_is_over_ends_the_search(tmpdir, wanted):
    methods = methods_of(project(tmpdir, *['d{0}/f/g'.format(number) for number in range(20)]))
    with pytest.raises(Over):
        OverEngine(methods, **wanted)


@pytest.mark.parametrize('wanted, text', [
    ({'followpaths': [u'a', u'b[']}, u'followpaths, line 1: b[ is not a valid pattern: a [ without its ]'),
    ({'include_patterns': [u'!']}, u'include-patterns, line 1: ! is not a valid pattern: a pattern must'),
    ({'exclude_patterns': [u'a', u'[']}, u'exclude-patterns, line 2: [ is not a valid pattern: a [ without'),
    ({'followpaths': [u'a\0']}, u'null')])
def test_what_the_engine_wants_is_invalid(tmpdir, wanted, text):
    with pytest.raises(CallFailed) as caught:
        paths(project(tmpdir, *TREE), **wanted)
    assert caught.value.status == INVALID_ARGUMENT and text in caught.value.text


@needs_posix
@pytest.mark.parametrize('target, follow, sent', [
    ('a/b', u'link', [u'a', u'a/b', u'a/b/c', u'a/b/d', u'link']),
    ('a/b', u'link/c', [u'a', u'a/b', u'a/b/c', u'link']),
    ('/a/x.py', u'l*', [u'a', u'a/x.py', u'link']),
    ('../../../z', u'link', [u'link', u'z']),
    ('link', u'link', [u'link']),
    ('./link/x', u'link', [u'link']),
    ('/etc/passwd', u'link', [u'link']),
    ('a', u'link/*.py', [u'a', u'a/x.py', u'link']),
])
def test_links_are_followed(tmpdir, target, follow, sent):
    path = project(tmpdir, *TREE)
    os.symlink(target, os.path.join(path, 'link'))
    assert paths(path, followpaths=[follow]) == sent


@needs_posix
def test_links_to_links_in_folders(tmpdir):
    path = project(tmpdir, *TREE)
    os.symlink('../e/f', os.path.join(path, 'a', 'first'))
    os.symlink('a/first', os.path.join(path, 'second'))
    assert paths(path, followpaths=[u'second/y.py']) == [
        u'a', u'a/first', u'e', u'e/f', u'e/f/y.py', u'second']


def test_the_folder_of_the_dockerfile(tmpdir):
    path = write(tmpdir, {
        'sub/other': b'FROM x', 'sub/other.dockerignore': b'a', 'sub/more': b'', 'top': b''})
    methods, _, name = context_files.context_methods(path, 'sub/other')
    engine = Engine(methods, dir_name=[u'dockerfile'], followpaths=[u'other', u'other.dockerignore'])
    assert name == 'other'
    assert engine.contents == {b'other': b'FROM x', b'other.dockerignore': b'a'}


def test_a_dockerfile_in_lower_case(tmpdir):
    methods, _, name = context_files.context_methods(write(tmpdir, {'dockerfile': b'FROM x'}))
    assert name == 'dockerfile'
    assert Engine(methods, dir_name=[u'dockerfile']).contents == {b'dockerfile': b'FROM x'}


# Errors

def test_folders_that_cannot_be_built(tmpdir):
    with pytest.raises(ValueError):
        context_files.context_methods(str(tmpdir))
    with pytest.raises(ValueError):
        context_files.context_methods(str(tmpdir.join('nothing')))
    with pytest.raises(TypeError):
        context_files.context_methods(7)
    with pytest.raises(ValueError):
        context_files.context_methods(project(tmpdir), '../Dockerfile')


@pytest.mark.parametrize('name', ['.dockerignore', 'Dockerfile.dockerignore'])
def test_invalid_patterns_are_found_before_anything_is_sent(tmpdir, name):
    path = project(tmpdir)
    write(tmpdir, {name: b'a\n[\n'})
    with pytest.raises(ValueError) as raised:
        context_files.context_methods(path)
    assert name + ', line 2' in str(raised.value)


@needs_posix
def test_a_file_that_became_a_fifo_is_an_error_with_its_name(tmpdir):
    path = project(tmpdir, 'f')

    def replace(name):
        if name == b'f':
            os.unlink(os.path.join(path, 'f'))
            os.mkfifo(os.path.join(path, 'f'))
        return True
    descriptors = open_descriptors()
    with pytest.raises(EnvironmentError) as raised:
        Engine(methods_of(path), requests=replace)
    assert raised.value.filename == os.path.join(path, 'f')
    assert open_descriptors() == descriptors


def test_a_file_that_vanishes_is_an_error_for_the_engine_too(tmpdir):
    path = project(tmpdir, 'f')
    seen = []

    class Watched(Engine):
        def send_all(self, sent):
            seen.extend(sent)
            Engine.send_all(self, sent)
    with pytest.raises(EnvironmentError) as raised:
        Watched(methods_of(path), requests=lambda name: os.unlink(os.path.join(path, name.decode())) or True)
    assert raised.value.errno == 2
    packet = decode(seen[-1], messages.PACKET)
    assert packet['type'] == messages.PACKET_ERROR and b'cannot be read' in packet['data']


# The shared key

def test_the_shared_key_is_of_one_folder(tmpdir):
    first, second = tmpdir.mkdir('first'), tmpdir.mkdir('second')
    keys = [context_files.context_methods(project(folder))[1] for folder in (first, second, first)]
    assert keys[0] == keys[2] != keys[1]
    assert len(keys[0]) == 64 and isinstance(keys[0], str)
    first.rename(tmpdir.join('moved'))
    second.rename(first)
    assert context_files.context_methods(str(first))[1] not in keys


def test_another_machine_has_another_key(tmpdir, monkeypatch):
    path = project(tmpdir)
    key = context_files.context_methods(path)[1]
    monkeypatch.setattr(socket, 'gethostname', lambda: 'another')
    assert context_files.context_methods(path)[1] != key
