# -*- coding: utf-8 -*-
"""Files over the session of a build: contexts that are sent to the engine, outputs that it sends back."""

import io
import os
import stat
import tarfile

import pytest
import six


pytest.importorskip('h2')

from tests.engine.buildkit_build import build, require_buildkit    # noqa: E402

LIST = "RUN cd /c && find . -not -name '.dockerignore' | sort && echo end\n"


@pytest.fixture(autouse=True)
def buildkit(client):
    require_buildkit(client, (1, 40), 'outputs of BuildKit')


@pytest.fixture
def images(client):
    """A list of images, which are removed after the test."""
    built = []
    yield built
    for image in built:
        client.remove_image(image, force=True)


@pytest.fixture
def context(tmpdir):
    return Context(str(tmpdir.mkdir('context')))


class Context(object):
    """The folder of a context."""

    def __init__(self, path):
        self.path = path

    def write(self, name, content=b''):
        """Write a file; a name that ends in / is a folder."""
        path = os.path.join(self.path if isinstance(name, str) else os.path.join(self.path).encode(), name)
        folder = os.path.dirname(path)
        if not os.path.isdir(folder):
            os.makedirs(folder)
        if os.path.basename(path):
            with open(path, 'wb') as file:
                file.write(content if isinstance(content, bytes) else content.encode('utf-8'))
        return path


def listed(result):
    """Return the lines of LIST."""
    assert result.error is None, result.error
    return result.log.split(b'end\n')[0].decode('utf-8').split('\n')[:-1]


def test_the_steps_are_those_of_the_docker_command(context, images):
    context.write('Dockerfile', 'FROM busybox\nCOPY a /a\nRUN cat /a\n')
    context.write('a', 'content of a\n')
    result = build(context.path)
    images.append(result.image)
    assert result.error is None
    assert b'content of a\n' in result.log
    for step in ('[internal] load build definition from Dockerfile', '[internal] load .dockerignore',
                 '[internal] load build context', '[2/3] COPY a /a', '[3/3] RUN cat /a'):
        assert step in result.steps


def test_what_a_dockerignore_excludes_is_not_sent(context, images):
    context.write('.dockerignore', '*.log\n!keep.log\nd\n!d/e/f\n #x\n**/deep\nDockerfile\n')
    for name in ('a.log', 'keep.log', 'd/x', 'd/e/f', 'd/e/g', '#x', 'y/z/deep', 'y/z/w'):
        context.write(name, name)
    context.write('Dockerfile', 'FROM busybox\nCOPY . /c\n' + LIST)
    result = build(context.path)
    images.append(result.image)
    assert listed(result) == ['.', './d', './d/e', './d/e/f', './keep.log', './y', './y/z', './y/z/w']
    assert [path for path in result.sent['context'] if b'log' in path] == [b'keep.log']


def test_a_dockerignore_of_the_dockerfile_comes_before_that_of_the_folder(context, images):
    context.write('.dockerignore', 'b\n')
    context.write('sub/other.dockerignore', 'a\n')
    context.write('a')
    context.write('b')
    context.write('sub/other', 'FROM busybox\nCOPY . /c\n' + LIST)
    result = build(context.path, 'sub/other')
    images.append(result.image)
    assert '[internal] load build definition from other' in result.steps
    assert './b' in listed(result) and './a' not in listed(result)


def test_a_dockerfile_in_lower_case(context, images):
    context.write('dockerfile', 'FROM busybox\nRUN echo lower\n')
    result = build(context.path)
    images.append(result.image)
    assert result.error is None and b'lower\n' in result.log


def test_kinds_modes_and_times(context, images):
    path = context.write('f', 'f')
    os.chmod(path, 0o4751)
    os.utime(path, (1234567890, 1234567890))
    context.write('empty/')
    os.chmod(os.path.join(context.path, 'empty'), 0o1711)
    os.symlink('f', os.path.join(context.path, 'link'))
    os.symlink('/nowhere/at all', os.path.join(context.path, 'dangling'))
    os.mkfifo(os.path.join(context.path, 'fifo'), 0o640)
    os.link(path, os.path.join(context.path, 'hard'))
    context.write('Dockerfile', 'FROM busybox\nCOPY . /c\nRUN cd /c; stat -c "%n %A %u %Y" f hard; '
                  'stat -c "%n %A" empty; readlink link; readlink dangling; cat hard; echo; echo end\n')
    result = build(context.path)
    images.append(result.image)
    assert listed(result) == ['f -rwsr-x--x 0 1234567890', 'hard -rwsr-x--x 0 1234567890', 'empty drwx--x--t',
                              'f', '/nowhere/at all', 'f']
    # This engine copies no FIFO, with a tar neither.
    assert b'fifo' in result.sent['context']


def test_names_of_any_kind(context, images):
    context.write(u'\xe9 \u20ac'.encode('utf-8'), 'utf-8')
    context.write('a' * 200 + '/' + 'b' * 200, 'long')
    context.write('Dockerfile', b'FROM busybox\nCOPY . /c\nRUN cd /c; cat */* \xc3\xa9*; echo end\n')
    result = build(context.path)
    images.append(result.image)
    assert result.error is None, result.error
    assert b'longutf-8end\n' in result.log


def test_a_name_in_no_encoding(context, images):
    context.write(b'no utf-8 \xff', 'binary')
    context.write('Dockerfile', 'FROM busybox\nCOPY . /c\nRUN cd /c; cat no*; echo end\n')
    result = build(context.path)
    if result.error is not None and 'UTF-8' in result.error:
        pytest.skip('this engine takes no names that are not UTF-8: ' + result.error)
    images.append(result.image)
    assert result.error is None, result.error
    assert b'binaryend\n' in result.log


def test_names_that_are_copied_may_have_any_letter(context, images):
    context.write('.dockerignore', u'\xe0*\n')
    for name in (u'\xe9 x', u'\xe0 y', 'z'):
        context.write(name.encode('utf-8'), name)
    context.write('Dockerfile', u'FROM busybox\nCOPY ["\xe9 x", "z", "/c/"]\n'.encode('utf-8') +
                  LIST.encode('ascii'))
    result = build(context.path)
    images.append(result.image)
    assert listed(result) == ['.', './z', './\xe9 x'] if six.PY3 else result.error is None
    assert result.sent['context'][-2:] == [b'z', u'\xe9 x'.encode('utf-8')]


def test_names_with_white_space_around_them(context, images):
    for name in ('a ', ' b', 'other'):
        context.write(name, name)
    context.write('Dockerfile', 'FROM busybox\nCOPY ["a ", " b", "/c/"]\n' + LIST)
    result = build(context.path)
    images.append(result.image)
    assert sorted(listed(result)) == ['.', './ b', './a ']


def test_a_name_with_a_tab(context, images):
    context.write('\tc', 'c')
    context.write('Dockerfile', 'FROM busybox\nCOPY ["\\tc", "/c/"]\n' + LIST)
    result = build(context.path)
    if result.error is not None and 'header key "followpaths"' in result.error:
        pytest.skip('this engine asks for no names with such letters: ' + result.error)
    images.append(result.image)
    assert sorted(listed(result)) == ['.', './\tc']


def test_only_what_is_copied_is_sent(context, images):
    for number in range(50):
        context.write('d{0}/f'.format(number), 'x' * 1000)
    context.write('sub/real/a.py', 'a')
    context.write('sub/real/b.txt', 'b')
    os.symlink('sub/real', os.path.join(context.path, 'link'))
    context.write('Dockerfile', 'FROM busybox\nCOPY link/*.py d7/f /c/\n' + LIST)
    result = build(context.path)
    images.append(result.image)
    assert listed(result) == ['.', './a.py', './f']
    assert result.sent['context'] == [b'd7', b'd7/f', b'link', b'sub', b'sub/real', b'sub/real/a.py']


def test_a_long_dockerignore(context, images):
    """Its patterns come in the headers of a call."""
    context.write('.dockerignore', ''.join('some/folder/name{0}\n'.format(number) for number in range(3000)))
    context.write('some/folder/name2999')
    context.write('some/folder/other')
    context.write('Dockerfile', 'FROM busybox\nCOPY . /c\n' + LIST)
    result = build(context.path)
    images.append(result.image)
    assert './some/folder/other' in listed(result) and './some/folder/name2999' not in listed(result)


def test_20000_files_of_which_one_changes(context, images):
    for number in range(20000):
        context.write('d{0}/f{1}'.format(number % 200, number), 'content of {0}\n'.format(number))
    context.write('Dockerfile',
                  'FROM busybox\nCOPY . /c\nRUN find /c -type f | wc -l; cat /c/d7/f7; echo end\n')
    first = build(context.path)
    images.append(first.image)
    assert listed(first) == ['20001', 'content of 7']
    again = build(context.path, nocache=False)
    assert again.image == first.image
    assert again.sent['data'] == 0
    context.write('d7/f7', 'changed\n')
    changed = build(context.path)
    images.append(changed.image)
    assert listed(changed) == ['20001', 'changed']
    assert changed.sent['data'] == len('changed\n')
    os.unlink(os.path.join(context.path, 'd7/f7'))
    context.write('Dockerfile', 'FROM busybox\nCOPY . /c\nRUN find /c -type f | wc -l; echo end\n')
    removed = build(context.path)
    images.append(removed.image)
    assert listed(removed) == ['20000']
    assert b'd7/f7' not in removed.sent['context']


def test_a_file_that_shrinks_is_an_error_that_names_it(context, monkeypatch):
    path = context.write('large', b'x' * 1000000)
    context.write('Dockerfile', 'FROM busybox\nCOPY large /\n')
    from docker import context as packing
    read_blocks = packing.OpenFile.read_blocks

    def shrink(file):
        for block in read_blocks(file):
            yield block
            if file.status.st_size == 1000000:
                os.truncate(path, 10) if six.PY3 else open(path, 'w').close()
    monkeypatch.setattr(packing.OpenFile, 'read_blocks', shrink)
    result = build(context.path)
    assert result.image is None and 'shrank' in result.error
    assert isinstance(result.failure, EnvironmentError) and result.failure.filename == path


def test_a_file_that_vanishes_is_an_error_that_names_it(context, monkeypatch):
    path = context.write('gone', b'x')
    context.write('Dockerfile', 'FROM busybox\nCOPY gone /\n')
    from docker import context_files
    opened = context_files.OpenFile

    def vanish(name):
        if name.endswith(b'gone'):
            os.unlink(path)
        return opened(name)
    monkeypatch.setattr(context_files, 'OpenFile', vanish)
    result = build(context.path)
    assert result.image is None and 'No such file' in result.error
    assert isinstance(result.failure, EnvironmentError) and result.failure.filename == path


def test_what_is_not_there_is_an_error_of_the_build(context):
    context.write('Dockerfile', 'FROM busybox\nCOPY nothing /\n')
    result = build(context.path)
    assert result.image is None and result.failure is None
    assert 'nothing' in result.error


# Outputs

OUTPUT = (u'FROM busybox AS made\nRUN mkdir -p /o/d/empty && cd /o && echo one > d/one && chmod 640 d/one && '
          u'touch -d "2009-02-13 23:31:30" d/one && ln -s ../nowhere d/link && ln d/one d/hard && '
          u'echo two > "\xe9 two" && chmod 751 d && head -c 3000000 /dev/zero > zeros && : > nothing\n'
          u'FROM scratch\nCOPY --from=made /o /o\n').encode('utf-8')


def local(dest, **attributes):
    return [{'Type': 'local', 'Attrs': dict(attributes, dest=dest)}]


def test_a_folder_as_output(context, tmpdir):
    context.write('Dockerfile', OUTPUT)
    target = str(tmpdir.join('new', 'target'))
    result = build(context.path, outputs=local(target))
    assert result.error is None and result.failure is None
    made = os.path.join(target, 'o')
    assert sorted(os.listdir(os.path.join(target, 'o', 'd'))) == ['empty', 'hard', 'link', 'one']
    status = os.lstat(os.path.join(made, 'd', 'one'))
    assert (stat.S_IMODE(status.st_mode), int(status.st_mtime)) == (0o640, 1234567890)
    assert stat.S_IMODE(os.lstat(os.path.join(made, 'd')).st_mode) == 0o751
    assert os.readlink(os.path.join(made, 'd', 'link')) == '../nowhere'
    for name, content in ((u'd/one', b'one\n'), (u'd/hard', b'one\n'), (u'\xe9 two', b'two\n'),
                          (u'zeros', b'\0' * 3000000), (u'nothing', b'')):
        with open(os.path.join(made.encode('utf-8'), name.encode('utf-8')), 'rb') as file:
            assert file.read() == content


def test_a_folder_as_output_keeps_what_is_there_and_follows_no_link(context, tmpdir):
    context.write('Dockerfile', OUTPUT)
    target, outside = tmpdir.mkdir('target'), tmpdir.mkdir('outside')
    target.join('mine').write('mine')
    assert build(context.path, outputs=local(str(target))).error is None
    assert target.join('mine').read() == 'mine'
    target.join('o').remove()
    target.join('o').mksymlinkto(outside)
    result = build(context.path, outputs=local(str(target)))
    assert result.error is not None and 'refused' in str(result.failure)
    assert outside.listdir() == []


def test_many_files_as_output(context, tmpdir):
    context.write('Dockerfile', 'FROM busybox AS made\nRUN mkdir /o; cd /o; for i in $(seq 5000); do '
                  'echo $i > f$i; done; head -c 100000 /dev/zero > f7\nFROM scratch\nCOPY --from=made /o /\n')
    target = tmpdir.join('target')
    assert build(context.path, outputs=local(str(target))).error is None
    assert len(target.listdir()) == 5000
    assert target.join('f4999').read() == '4999\n' and target.join('f7').size() == 100000


@pytest.mark.parametrize('as_file', [False, True])
def test_an_archive_as_output(context, tmpdir, as_file):
    context.write('Dockerfile', OUTPUT)
    path, content = tmpdir.join('made.tar'), io.BytesIO()
    result = build(context.path, outputs={
        'Type': 'tar', 'Attrs': {'dest': content if as_file else str(path)}})
    assert result.error is None and result.failure is None
    packed = content.getvalue() if as_file else path.read_binary()
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        assert tar.extractfile('o/d/one').read() == b'one\n'
        assert tar.getmember('o/zeros').size == 3000000
    assert sorted(tmpdir.listdir()) == sorted([tmpdir.join('context')] + ([] if as_file else [path]))


def test_an_output_that_cannot_be_written(context, tmpdir):
    class Full(object):
        def write(self, data):
            raise IOError(28, 'No space left on device', 'full')
    context.write('Dockerfile', OUTPUT)
    result = build(context.path, outputs={'Type': 'tar', 'Attrs': {'dest': Full()}})
    assert result.error is not None
    assert isinstance(result.failure, EnvironmentError) and result.failure.errno == 28
