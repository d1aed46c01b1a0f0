# -*- coding: utf-8 -*-
"""docker.dockerignore: the files that a `.dockerignore` excludes.

The tables below are the results of `docker build` 28: the files of the context that it posts to `/build`.
"""

import os
import warnings

import pytest
import six

from docker import context
from docker.dockerignore import DockerIgnore
from tests.test_context import as_bytes, members, names, needs_posix, project, raw, write

FILES = [
    u'a.log', u'keep.log', u'README.md', u'README-secret.md', u'src/a.py', u'src/a.pyc',
    u'src/deep/b.py', u'src/deep/b.pyc', u'docs/README.md', u'docs/x.md', u'mods/x/i.js', u'.env',
    u'a b', u'#c', u'!d', u'a*b', u'axb', u'a+b', u'x|y', u'1', u'd', u'\xe9', u'[z]', u'z', u'yy',
]

SRC = [name for name in FILES if name.startswith(u'src/')]


def all_but(*sent):
    return [name for name in FILES if name not in sent]


# The lines, and which of FILES they exclude.
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
def test_the_files_that_docker_build_leaves_out_are_left_out(tree, ignore, left_out):
    path = write(tree, {'.dockerignore': as_bytes(ignore)})
    sent = set(raw(member.name).decode('utf-8')
               for member, _ in members(context.pack_folder(path)) if member.isreg())
    assert set(FILES) - sent == set(left_out)
    assert sent - set(FILES) == {u'Dockerfile', u'.dockerignore'}


def test_folders_that_are_excluded_are_no_entries_even_when_walked(tmpdir):
    path = project(tmpdir, 'a/b/f', 'a/g', 'c/f', ignore=u'a\nc\n!a/b/f')
    assert names(context.pack_folder(path)) == [b'.dockerignore', b'Dockerfile', b'a/b/f']


def test_a_dockerfile_elsewhere_is_packed_even_if_excluded(tmpdir):
    path = project(tmpdir, 'a/b/Other', 'a/b/f', ignore=u'**/a\n*')
    assert names(context.pack_folder(path, 'a/b/Other')) == [b'.dockerignore', b'a/b/Other']
    assert names(context.pack_folder(path, './a//b/Other')) == [b'.dockerignore', b'a/b/Other']


@needs_posix
def test_a_dockerfile_is_packed_whatever_its_name_means_in_a_pattern(tmpdir):
    path = project(tmpdir, 'a[1]/Docker*', 'a[1]/Dockerx', ignore=u'*')
    assert names(context.pack_folder(path, 'a[1]/Docker*')) == [b'.dockerignore', b'a[1]/Docker*']


def test_a_link_named_like_an_excluded_folder_is_left_out(tmpdir):
    path = project(tmpdir, 'd/f', ignore=u'l\n!l/f')
    os.symlink('d', os.path.join(path, 'l'))
    assert b'l' not in names(context.pack_folder(path))


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
        pytest.skip('this file system has no such names: {0}'.format(error))
    assert names(context.pack_folder(path)) == [b'.dockerignore', b'Dockerfile'] + sent


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
    path = project(tmpdir, ignore=u'# [\n\n*.log\n{0}\nother['.format(line))
    with pytest.raises(ValueError) as caught:
        context.pack_folder(path)
    shown = shown.encode('utf-8') if six.PY2 else shown
    assert str(caught.value).startswith(
        '{0}, line 4: {1} is not a valid pattern: '.format(os.path.join(path, '.dockerignore'), shown))


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
    # Unlike the walk, which does not enter this folder.
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
    assert DockerIgnore(lines).matches(path) is excluded


@pytest.mark.parametrize('pattern, path', [
    (u'[[a]*', u'[x'), (u'[a&&b]*', u'&x'), (u'[a||b]', u'|'), (u'[~~]', u'~'), (u'[a[]', u'['),
    (u'[\\[]', u'['),
])
def test_classes_mean_no_sets_of_sets(pattern, path):
    with warnings.catch_warnings():
        warnings.simplefilter('error')
        ignore = DockerIgnore([pattern])
    assert ignore.matches(path) and not ignore.matches(u'x' + path)


@pytest.mark.parametrize('count', [1, 150, 3000])
def test_any_number_of_patterns_is_taken(count):
    lines = [u'{0}**/f{1}/*.py'.format(u'!' if n % 100 == 99 else u'', n) for n in range(count)]
    ignore = DockerIgnore(lines)
    assert ignore.matches(u'a/f0/x.py') and not ignore.matches(u'a/f0/x.pyc')
    assert ignore.matches(u'f{0}/x.py'.format(count - 1)) is ((count - 1) % 100 != 99)


def test_paths_that_are_always_sent_are_never_excluded():
    ignore = DockerIgnore([u'*'], always=[u'a/b'])
    assert not ignore.matches(u'a/b')
    assert ignore.matches(u'a') and ignore.matches(u'a/b/c') and ignore.matches(u'a/c')


def test_an_error_of_the_matcher_names_the_line():
    with pytest.raises(ValueError, match=r'^here, line 2: a\[ is not a valid pattern: '):
        DockerIgnore([u'', u'a['], name='here')


@pytest.mark.parametrize('pattern, path, excluded', [
    (u'*?' * 20 + u'X', u'a' * 80, False),
    (u'*?' * 20 + u'X', u'a' * 80 + u'X', True),
    (u'*?' * 20 + u'X', u'a' * 40 + u'/' + u'a' * 40 + u'X', False),
    (u'**/a*/' * 20 + u'X', u'a/' * 80 + u'Y', False),
    (u'**/a*/' * 20 + u'X', u'a/' * 80 + u'X', True),
    (u'*[^b]' * 20 + u'b', u'a' * 80, False),
    (u'*[^b]' * 20 + u'b', u'a' * 80 + u'b', True),
    (u'*.*.*.*', u'a.b.c.d', True),
    (u'*.*.*.*', u'a.b.c', False),
    (u'**/a/**/b/**', u'x/a/y/b/z', True),
    (u'**/a/**/b/**', u'x/a/y/bb', False),
    (u'a**b**c**d**', u'abcd', True),
    (u'a**b**c**d**', u'ax/bc/dd', True),
    (u'a**b**c**d**', u'axbcd', False)])
def test_a_pattern_with_many_wildcards_takes_no_longer_than_others(pattern, path, excluded):
    # With Python's `re` the first of them would take years, and block all threads.
    assert DockerIgnore([u'other', pattern, u'*.one']).matches(path) is excluded
    assert DockerIgnore([pattern]).matches(path) is excluded


def test_many_wildcards_in_a_long_pattern():
    DockerIgnore(['a' * 100000, '*a' * 1000])
    with pytest.raises(ValueError, match='it is too long$'):
        DockerIgnore(['*a' * 10000])


@pytest.mark.parametrize('pattern', [u'*a*b*c*|d', u'a|b|*', u'*a*b*^c*', u'**/*?{1,9}*', u'*a*b*\\b*'])
def test_many_wildcards_with_what_only_a_regular_expression_has(pattern):
    with pytest.raises(ValueError, match='line 1: .* is not a valid pattern: it has more than 3 wildcards'):
        DockerIgnore([pattern])
