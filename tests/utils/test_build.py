"""docker.utils.build: build contexts as files."""

import io
import os
import tarfile

import pytest

from docker import utils


@pytest.fixture
def folder(tmp_path):
    for path in ('Dockerfile', 'a.txt', 'a.log', 'sub/b.txt', 'sub/b.log', '.dockerignore'):
        target = tmp_path.joinpath(*path.split('/'))
        if not target.parent.exists():
            target.parent.mkdir()
        target.write_bytes(path.encode('ascii'))
    return str(tmp_path)


def members(context, mode='r:'):
    with tarfile.open(fileobj=context, mode=mode) as opened:
        return {item.name: opened.extractfile(item).read() if item.isfile() else None for item in opened}


def names(*excluded):
    found = {'Dockerfile', 'a.txt', 'a.log', 'sub', 'sub/b.txt', 'sub/b.log', '.dockerignore'}
    return found - set(excluded)


def test_tar_of_all(folder):
    with utils.tar(folder) as context:
        found = members(context)
    assert set(found) == names() and found['sub/b.txt'] == b'sub/b.txt'


@pytest.mark.parametrize('exclude, missing', [
    (['*.log'], ['a.log']), (['sub'], ['sub', 'sub/b.txt', 'sub/b.log']),
    (['**/*.log', '!a.log'], ['sub/b.log']), (['Dockerfile', 'a.*'], ['a.txt', 'a.log'])])
def test_what_is_excluded(folder, exclude, missing):
    with utils.tar(folder, exclude) as context:
        assert set(members(context)) == names(*missing)
    assert utils.exclude_paths(folder, exclude) == names(*missing)


def test_another_dockerfile(folder):
    everything = {'Dockerfile', 'a.txt', 'a.log', 'sub/b.txt', '.dockerignore'}
    with utils.tar(folder, ['*', '*/*'], dockerfile='sub/b.log') as context:
        assert not everything & set(members(context))
    assert 'sub/b.log' in utils.exclude_paths(folder, ['*', '*/*'], 'sub/b.log')


def test_a_file_of_the_caller(folder, tmp_path):
    target = io.BytesIO()
    assert utils.tar(folder, fileobj=target) is target
    assert set(members(target)) == names()


@pytest.mark.parametrize('fileobj', [None, io.BytesIO])
def test_gzip(folder, fileobj):
    context = utils.tar(folder, fileobj=fileobj and fileobj(), gzip=True)
    assert set(members(context, 'r:gz')) == names()
    context.close()


def test_bad_arguments(folder):
    for path, kind in ((folder + '/missing', ValueError), (5, TypeError)):
        with pytest.raises(kind):
            utils.tar(path)
        with pytest.raises(kind):
            utils.exclude_paths(path, [])
    with pytest.raises(ValueError):
        utils.tar(folder, ['['])


def test_a_file_that_vanishes_closes_the_temporary_file(folder, monkeypatch):
    created = []

    def temporary_file():
        created.append(io.BytesIO())
        return created[-1]

    monkeypatch.setattr('tempfile.NamedTemporaryFile', temporary_file)
    monkeypatch.setattr('os.open', lambda *arguments: os.close(-1))
    with pytest.raises(EnvironmentError):
        utils.tar(folder)
    assert created[0].closed


@pytest.mark.parametrize('dockerfile', [io.BytesIO(b'FROM busybox\n'), io.StringIO(u'FROM busybox\n')])
def test_mkbuildcontext(dockerfile):
    with utils.mkbuildcontext(dockerfile) as context:
        assert os.path.exists(context.name)
        assert members(context) == {'Dockerfile': b'FROM busybox\n'}


@pytest.mark.parametrize('dockerfile, kind', [(5, TypeError), (io.BytesIO(b''), ValueError)])
def test_what_is_no_dockerfile(dockerfile, kind):
    with pytest.raises(kind):
        utils.mkbuildcontext(dockerfile)
