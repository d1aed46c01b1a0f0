# coding: utf-8
"""docker.build_secrets: each form of a secret, what is refused, and that nothing shows one."""

import collections
import copy
import errno
import os
import pickle
import pprint
import threading
import traceback

import pytest
import six

from docker.build_secrets import check_mount_id, convert_build_secrets
from tests.credentials import PASSWORDS, held_by, shown_in

TEXT = PASSWORDS[u'alice']
SECRET = TEXT.encode('utf-8')
KIB = 1024


class PathLike(object):
    """As those of pathlib, which Python 2.7 does not have."""

    def __init__(self, path):
        self.path = path

    def __fspath__(self):
        return self.path


@pytest.fixture
def path(tmp_path):
    path = tmp_path / u'token-\xe4'
    path.write_bytes(SECRET)
    return six.ensure_text(str(path)) if six.PY3 else str(path)


@pytest.fixture
def variable(monkeypatch):
    monkeypatch.setenv('OF_THE_TESTS', SECRET if six.PY2 else TEXT)
    return u'OF_THE_TESTS'


FORMS = [
    lambda path, variable: {u'token': path},
    lambda path, variable: {'token': PathLike(path)},
    lambda path, variable: {'token': bytearray(SECRET)},
    lambda path, variable: {'token': {'data': SECRET}},
    lambda path, variable: {'token': {'data': bytearray(SECRET)}},
    lambda path, variable: {'token': {'env': variable}},
    lambda path, variable: {'token': {'file': path}},
    lambda path, variable: {'token': {'src': PathLike(path)}},
    lambda path, variable: collections.OrderedDict(token={'source': path}),
    lambda path, variable: ['id=token,src=' + path],
    lambda path, variable: ('type=file,source={0},id=token'.format(path), ),
    lambda path, variable: ['id=token,env=' + variable],
    lambda path, variable: ['id=token,type=env,src=' + variable],
    lambda path, variable: 'id=token,env=' + variable]
if six.PY3:
    FORMS.append(lambda path, variable: {'token': SECRET})


@pytest.mark.parametrize('form', FORMS)
def test_each_form(path, variable, form):
    secrets = convert_build_secrets(form(path, variable))
    assert dict(secrets) == {u'token': SECRET} and secrets[u'token'] == SECRET
    assert all(type(key) is six.text_type for key in secrets) and isinstance(secrets[u'token'], bytes)


@pytest.mark.parametrize('value', [None, {}, []])
def test_none(value):
    secrets = convert_build_secrets(value)
    assert len(secrets) == 0 and u'token' not in secrets


def test_several(path, variable):
    assert dict(convert_build_secrets({'a': path, u'\xe4': {'env': variable}, 'c': bytearray(b'')})) == {
        u'a': SECRET, u'\xe4': SECRET, u'c': b''}
    assert dict(convert_build_secrets(['id=a,src=' + path, 'id=b,env=' + variable])) == {
        u'a': SECRET, u'b': SECRET}


def test_a_pipe_is_read_to_its_end(tmp_path):
    pipe = str(tmp_path / 'pipe')
    os.mkfifo(pipe)

    def write():
        with open(pipe, 'wb') as opened:
            opened.write(SECRET)
            opened.flush()
            opened.write(SECRET)
    writer = threading.Thread(target=write)
    writer.start()
    assert convert_build_secrets({'token': pipe})[u'token'] == SECRET * 2
    writer.join()


def test_the_limit_of_the_engine(tmp_path, monkeypatch):
    path = tmp_path / 'large'
    path.write_bytes(b'x' * 500 * KIB)
    assert len(convert_build_secrets({'token': str(path)})[u'token']) == 500 * KIB
    path.write_bytes(b'x' * (500 * KIB + 1))
    monkeypatch.setenv('LARGE', 'x' * 100)
    for value in (str(path), bytearray(500 * KIB + 1), '/dev/zero'):
        with pytest.raises(ValueError) as caught:
            convert_build_secrets({'token': value})
        assert str(caught.value) == "secrets: 'token' has more than 500 KiB, the most that an engine takes"


@pytest.mark.parametrize('value', [True, 1, object(), bytearray(SECRET)] + ([SECRET] if six.PY3 else []),
                         ids=lambda value: type(value).__name__)
def test_values_of_other_types(value):
    with pytest.raises(TypeError) as caught:
        convert_build_secrets(value)
    assert str(caught.value).startswith('secrets takes ')
    wrong_ones = [[value], {'token': [value]}]
    if not isinstance(value, (bytes, bytearray)):
        wrong_ones += [{'token': value}, {'token': {'data': value}}]
    for wrong in wrong_ones:
        with pytest.raises(TypeError) as caught:
            convert_build_secrets(wrong)
        assert str(caught.value).startswith('secrets takes ') and held_by(caught.value) is None
    for key in ('env', 'file', 'src'):
        with pytest.raises(TypeError):
            convert_build_secrets({'token': {key: value}})


def test_text_as_data_and_none_are_refused():
    for value in (None, {'data': TEXT}, {'env': None}, {'file': None}):
        with pytest.raises(TypeError) as caught:
            convert_build_secrets({'token': value})
        assert "for 'token'" in str(caught.value) and held_by(caught.value) is None


@pytest.mark.parametrize('value', [
    {'token': {}}, {'token': {'env': 'A', 'file': '/b'}}, {'token': {TEXT: 'a'}}, {'token': {'value': TEXT}},
    ['id=token'], ['id=token,src=/a,env=B'], ['id=token,src=/a,src=/b'], ['id=token,' + TEXT], [TEXT], TEXT,
    ['src=/a'], ['id=,src=/a'], u'', 'id=token,mode=0400,src=/a', 'id=a,src=/x,y'],
    ids=lambda value: 'value')
def test_what_is_not_understood_is_not_shown(value):
    with pytest.raises(ValueError) as caught:
        convert_build_secrets(value)
    assert str(caught.value).startswith('secrets takes ') and held_by(caught.value) is None


def test_the_same_id_twice(path):
    with pytest.raises(ValueError, match="^secrets has 'a' twice$"):
        convert_build_secrets(['id=a,src=' + path, 'id=a,env=B'])


@pytest.mark.parametrize('wrong', [u'', u'a,b', u'a\n', u'\0', u'\x7f', u'a\x1fb'])
def test_ids_that_engines_do_not_take(wrong, path):
    with pytest.raises(ValueError, match='^secrets takes ids'):
        convert_build_secrets({wrong: path})
    with pytest.raises(ValueError, match='^ssh takes ids'):
        check_mount_id(wrong, 'ssh')


@pytest.mark.parametrize('wrong', [None, 1, (u'a', )] + ([b'a'] if six.PY3 else []))
def test_ids_of_other_types(wrong, path):
    with pytest.raises(TypeError, match='^secrets takes text as an id'):
        convert_build_secrets({wrong: path})


def test_an_id_in_utf_8_on_python_2():
    assert check_mount_id(u'\xe4'.encode('utf-8') if six.PY2 else u'\xe4', 'secrets') == u'\xe4'


# A secret in the wrong place

def failure(value):
    """Return the exception for a value, and see that the secret in it is in none that it refers to."""
    with pytest.raises((TypeError, ValueError, EnvironmentError)) as caught:
        convert_build_secrets(value)
    error = caught.value
    while error is not None:
        assert shown_in(repr(error) + str(error) + repr(vars(error))) is None
        error = getattr(error, '__cause__', None) or getattr(error, '__context__', None)
    return caught.value


@pytest.mark.parametrize('text', [
    TEXT, u'/' + TEXT, u'/etc/passwd/' + TEXT, TEXT * 1000, TEXT + u'\n', TEXT + u'\0',
    TEXT + u'\ud800'], ids=['plain', 'slash', 'folder', 'long', 'line', 'nul', 'surrogate'])
@pytest.mark.parametrize('form', [
    lambda text: {'token': text}, lambda text: {'token': {'file': text}},
    lambda text: {'token': {'env': text}},
    lambda text: u'id=token,src=' + text.replace(u',', u''),
    lambda text: [u'id=token,env=' + text.replace(u',', u'')]])
def test_a_secret_in_place_of_a_path_is_not_shown(text, form):
    error = failure(form(text))
    if isinstance(error, EnvironmentError):
        assert error.errno == errno.ENOENT and error.filename is None
        assert 'text is the path of a file' in str(error)
    if not text.endswith(u'\ud800') or isinstance(form(text), dict):
        assert "'token'" in str(error)


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    for path, number in ((str(tmp_path), errno.EISDIR), ('/proc/self/mem', errno.EIO)):
        with pytest.raises(EnvironmentError) as caught:
            convert_build_secrets({'token': path})
        assert (caught.value.errno, caught.value.filename) == (number, path)
        assert "secrets: the file of 'token' cannot be read: " in str(caught.value)


def test_a_file_that_is_not_permitted(tmp_path, path):
    link = tmp_path / 'link'
    link.symlink_to('link') if six.PY3 else os.symlink('link', str(link))
    with pytest.raises(EnvironmentError) as caught:
        convert_build_secrets({'token': str(link)})
    assert caught.value.errno == errno.ELOOP and caught.value.filename == str(link)


def test_nothing_shows_a_secret():
    secrets = convert_build_secrets({'token': bytearray(SECRET), 'b': bytearray(b'x')})
    texts = [repr(secrets), str(secrets), '{0}'.format(secrets), repr([secrets]), pprint.pformat(secrets),
             repr(secrets.items()), repr(secrets.values()), repr(dict(secrets)),
             pprint.pformat(dict(secrets)),
             repr(secrets[u'token']), str(secrets[u'token']), '{0}'.format(secrets[u'token']),
             repr(copy.copy(secrets)), repr(getattr(secrets, '__dict__', None))]
    assert texts[0] == '<BuildSecrets: b, token>'
    for text in texts:
        assert shown_in(text) is None
    assert "'********'" in pprint.pformat(dict(secrets))


@pytest.mark.parametrize('protocol', range(pickle.HIGHEST_PROTOCOL + 1))
def test_no_pickle_has_a_secret(protocol):
    secrets = convert_build_secrets({'token': bytearray(SECRET)})
    for value in (secrets, dict(secrets)):
        pickled = pickle.dumps(value, protocol)
        assert shown_in(repr(pickled)) is None and not any(pickle.loads(pickled).values())


def test_nothing_of_rich_shows_a_secret():
    pretty = pytest.importorskip('rich.pretty')
    for shown in (pretty.pretty_repr, lambda value: pretty.pretty_repr(value, max_string=30)):
        assert shown_in(shown({'secrets': convert_build_secrets({'token': bytearray(SECRET)})})) is None


@pytest.mark.skipif(six.PY2, reason='Python 2.7 captures no local variables')
def test_no_local_variable_of_an_error_shows_another_secret(path):
    """As programs that report errors show those of each function."""
    with pytest.raises(EnvironmentError) as caught:
        convert_build_secrets(collections.OrderedDict([('a', path), ('b', '/nonexistent')]))
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    text = ''.join(shown.format())
    assert '_read_file' in text and 'secrets = ' in text and shown_in(text) is None


@pytest.mark.skipif(not six.PY2, reason='Python 3 has a type for text, and one for bytes')
def test_a_str_of_python_2_7(path, tmp_path, monkeypatch):
    for value in (SECRET, b'of-one-word', b'/of/lines\n', b'/\0'):
        assert convert_build_secrets({'token': value})[u'token'] == value
    monkeypatch.chdir(str(tmp_path))
    (tmp_path / 'a').write_bytes(SECRET)
    for value in (path, 'a', './a'):
        assert convert_build_secrets({'token': value})[u'token'] == SECRET
    assert 'best as {\'data\': BYTES}' in str(failure({'token': b'/' + SECRET}))
    assert convert_build_secrets({'token': {'data': 'a'}})[u'token'] == b'a'
