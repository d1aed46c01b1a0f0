# -*- coding: utf-8 -*-
"""docker.credentials: every form of a file, what helpers print, and no secret shown anywhere."""

import base64
import errno
import io
import json
import os
import pickle
import traceback
import warnings

import pytest
import six

from docker.registry_auth import DEFAULT_REGISTRY, encode_header, encode_registry_config
from docker.credentials import CredentialFiles, read_credentials
from tests.credentials import Helpers, held_by, shown_in
from tests.credentials import PASSWORDS, TOKEN as IDENTITY
from tests.test_registry_auth import HUB_SPELLINGS, SECRET, TOKEN, decoded, encoded, no_secret_in, users


@pytest.fixture
def home(monkeypatch, tmp_path):
    """An empty home folder, which the environment names as it does for a user."""
    monkeypatch.setenv('HOME', str(tmp_path))
    monkeypatch.delenv('DOCKER_CONFIG', raising=False)
    (tmp_path / '.docker').mkdir()
    return tmp_path


def folder_beyond_ascii(home):
    """The path (a native str) of a new folder, which exists in every locale."""
    name = b'h\xc3\xb6me of docker'
    path = os.path.join(str(home), name if six.PY2 else os.fsdecode(name))
    os.mkdir(path)
    return path


def write(path, content, mtime=None):
    """Write text, bytes or JSON; in place, with the modification time that is given (seconds)."""
    if isinstance(content, (dict, list)):
        content = json.dumps(content)
    if not isinstance(content, bytes):
        content = content.encode('utf-8')
    with io.open(str(path), 'wb') as target:
        target.write(content)
    if mtime is not None:
        os.utime(str(path), (mtime, mtime))


def write_config(home, content, mtime=None):
    write(home / '.docker' / 'config.json', content, mtime)


def loaded():
    """Return what read_credentials() returns, and the texts of its warnings, in which no secret may be."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('always')
        credentials = read_credentials()
    for warning in caught:
        assert warning.category is UserWarning
        no_secret_in(str(warning.message))
    return credentials, [str(warning.message) for warning in caught]


# Files

def test_no_files_are_no_credentials(home):
    assert loaded() == ({}, [])
    (home / '.docker').rmdir()
    assert loaded() == ({}, [])


@pytest.mark.parametrize('content', ['', ' \n', '{}', '{"auths": {}}', '{"auths": null}',
                                     '{"credsStore": "pass"}', '{"auths": {"host": {}}}',
                                     '{"auths": {"host": {"email": "e", "auth": ""}}}'])
def test_a_config_without_credentials(home, content):
    write_config(home, content)
    assert loaded() == ({}, [])


def test_config_json(home):
    write_config(home, {'credsStore': 'x', 'auths': {
        'https://index.docker.io/v1/': {'auth': encoded(u'hub')},
        'https://host:5000/v1/': {'auth': encoded(u'n\xe4me', u':a:b:'), 'email': 'e@x'},
        'plain': {'username': 'plain', 'password': SECRET},
        'both': {'auth': encoded(u'first'), 'username': 'second', 'password': 'no'},
        'token': {'auth': encoded(u'user', u''), 'identitytoken': TOKEN},
        'bare': {'identitytoken': TOKEN, 'auth': None},
        'bearer': {'registrytoken': TOKEN, 'lastUsed': 5},
        'more': {'auth': encoded(u'more'), 'lastUsed': 5},
        'empty': {}}})
    credentials, texts = loaded()
    assert texts == []
    assert users(credentials) == {
        'docker.io': ('hub', SECRET), 'host:5000': (u'n\xe4me', ':a:b:'),
        'plain': ('plain', SECRET), 'both': ('first', SECRET), 'token': ('user', ''),
        'bare': (None, None), 'bearer': (None, None), 'more': ('more', SECRET)}
    assert decoded(encode_header(credentials['bearer'])) == {
        'auth': '', 'registrytoken': TOKEN, 'serveraddress': 'bearer'}
    assert decoded(encode_header(credentials['host:5000'])) == {
        'username': u'n\xe4me', 'password': ':a:b:', 'auth': '', 'email': 'e@x',
        'serveraddress': 'https://host:5000/v1/'}
    assert decoded(encode_header(credentials['token'])) == {
        'username': 'user', 'auth': '', 'identitytoken': TOKEN, 'serveraddress': 'token'}
    assert decoded(encode_header(credentials['bare'])) == {
        'auth': '', 'identitytoken': TOKEN, 'serveraddress': 'bare'}


@pytest.mark.parametrize('change', [
    lambda text: text, lambda text: text.rstrip('='), lambda text: '  {0}\n'.format(text),
    lambda text: text[:6] + '\r\n ' + text[6:], lambda text: text.rstrip('=') + '\n'])
@pytest.mark.parametrize('password', [u'p', u'pp', u'ppp', SECRET, u'>>>???', u':', u''])
def test_base64_in_each_form(home, change, password):
    write_config(home, {'auths': {'host': {'auth': change(encoded(u'u', password))}}})
    assert [users(loaded()[0]), loaded()[1]] == [{'host': ('u', password)}, []]


def test_nuls_that_pad_a_password_are_removed(home):
    write_config(home, {'auths': {'host': {'auth': encoded(u'u', u'p\0\0')}}})
    assert users(loaded()[0]) == {'host': ('u', 'p')}


@pytest.mark.parametrize('spellings, winner', [
    (['https://host:5000/v1/', 'host:5000', 'http://host:5000'], 'host:5000'),
    (['https://host:5000/v2/', 'https://host:5000/v1/'], 'https://host:5000/v1/'),
    (['docker.io', 'https://index.docker.io/v1/', 'index.docker.io'],
     'https://index.docker.io/v1/')])
def test_of_several_spellings_that_of_docker_login_wins(home, spellings, winner):
    for order in spellings, spellings[::-1]:
        entries = ['"{0}": {{"username": "{0}"}}'.format(spelling) for spelling in order]
        write_config(home, '{"auths": {' + ', '.join(entries) + '}}')
        (credentials,) = loaded()[0].values()
        assert credentials.registry == credentials.username == winner


def test_an_empty_or_broken_spelling_does_not_hide_another(home):
    write_config(home, {'auths': {'host': {}, 'https://host': {'auth': encoded()}}})
    assert users(loaded()[0]) == {'host': ('user', SECRET)}
    write_config(home, {'auths': {'host': {'auth': '!'}, 'https://host': {'auth': encoded()}}})
    assert users(loaded()[0]) == {'host': ('user', SECRET)}


def test_dockercfg_as_json(home):
    write(home / '.dockercfg', {
        'https://index.docker.io/v1/': {'auth': encoded(u'hub'), 'email': 'e@x'},
        'host:5000': {'auth': encoded(u'n\xe4me', u'a:b')}, 'empty': {}})
    credentials, texts = loaded()
    assert texts == []
    assert users(credentials) == {'docker.io': ('hub', SECRET), 'host:5000': (u'n\xe4me', 'a:b')}
    assert credentials['docker.io'].email == 'e@x'


@pytest.mark.parametrize('form', [
    'auth = {0}\nemail = e@x\n', 'auth = {0}\r\nemail = e@x\r\n', 'auth={0}\nemail=e@x',
    '\nemail = e@x\n\n  auth =  {0}  \n'])
def test_dockercfg_as_two_lines_is_of_docker_hub(home, form):
    write(home / '.dockercfg', form.format(encoded()))
    credentials, texts = loaded()
    assert texts == []
    assert users(credentials) == {'docker.io': ('user', SECRET)}
    assert credentials['docker.io'].to_json_dict() == {
        'username': 'user', 'password': SECRET, 'email': 'e@x',
        'serveraddress': 'https://index.docker.io/v1/'}


def test_config_json_wins_over_dockercfg(home):
    write(home / '.dockercfg', {'host:5000': {'auth': encoded(u'old')},
                                'docker.io': {'auth': encoded(u'old')},
                                'emptied': {'auth': encoded(u'old')}})
    write_config(home, {'auths': {'https://host:5000/v1/': {'auth': encoded(u'new')},
                                  'emptied': {}}})
    assert users(loaded()[0]) == {'host:5000': ('new', SECRET), 'docker.io': ('old', SECRET),
                                  'emptied': ('old', SECRET)}


def test_docker_config_names_the_folder(home, monkeypatch):
    folder = folder_beyond_ascii(home)
    write_config(home, {'auths': {'host': {'auth': encoded(u'default')}}})
    write(os.path.join(folder, 'config.json'), {'auths': {'host': {'auth': encoded(u'other')}}})
    write(home / '.dockercfg', {'old': {'auth': encoded(u'old')}})
    monkeypatch.setenv('DOCKER_CONFIG', folder)
    assert users(loaded()[0]) == {'host': ('other', SECRET), 'old': ('old', SECRET)}
    monkeypatch.setenv('DOCKER_CONFIG', '')
    assert users(loaded()[0]) == {'host': ('default', SECRET), 'old': ('old', SECRET)}


def test_an_explicit_environment(home, tmp_path):
    other = tmp_path / 'other'
    other.mkdir()
    write(other / '.dockercfg', {'host': {'auth': encoded(u'other')}})
    write_config(home, {'auths': {'host': {'auth': encoded(u'default')}}})
    assert users(read_credentials({'HOME': str(other)})) == {'host': ('other', SECRET)}
    environ = {'HOME': str(other), 'DOCKER_CONFIG': str(home / '.docker')}
    assert users(read_credentials(environ)) == {'host': ('default', SECRET)}


@pytest.mark.parametrize('call', [read_credentials, CredentialFiles])
def test_an_environment_is_a_mapping(call):
    CredentialFiles(os.environ)
    with pytest.raises(TypeError, match='environ takes a mapping or None, not list'):
        call(['hunter2'])


@pytest.mark.parametrize('content, problem', [
    ('{"auths": {"host": {"auth": "' + encoded() + '"}}', 'it is not a JSON object'),
    ('["{0}"]'.format(encoded()), 'it is not a JSON object'),
    ('"{0}"'.format(encoded()), 'it is not a JSON object'),
    ('auth = {0}\nemail = x'.format(encoded()), 'it is not a JSON object'),
    (u'\ufeff{"auths": {"host": {"auth": "' + encoded() + '"}}}', 'it is not a JSON object'),
    ('[' * 100000, 'it is not a JSON object'),
    ((u'{"auths": {"host": {"password": "' + SECRET + u'"}}}').encode('latin-1'), 'it is not UTF-8'),
    ({'auths': [encoded()]}, 'its auths is not an object'),
    ({'auths': encoded()}, 'its auths is not an object')])
def test_a_malformed_config_is_left_out(home, content, problem):
    write(home / '.dockercfg', {'host': {'auth': encoded()}})
    write_config(home, content)
    credentials, texts = loaded()
    assert users(credentials) == {'host': ('user', SECRET)}
    assert texts == ['{0} is left out: {1}'.format(home / '.docker' / 'config.json', problem)]


@pytest.mark.parametrize('content', [
    encoded(), 'auth\nemail', 'auth = {0}\nhunter2'.format(encoded()), 'email = hunter2',
    'auth = {0}\npassword = hunter2'.format(encoded()), '[]',
    '{"host": {"auth": "' + encoded() + '"}'])
def test_a_malformed_dockercfg_is_left_out(home, content):
    write(home / '.dockercfg', content)
    write_config(home, {'auths': {'host': {'auth': encoded()}}})
    credentials, texts = loaded()
    assert users(credentials) == {'host': ('user', SECRET)}
    assert texts == ['{0} is left out: it is neither a JSON object nor the lines "auth = ..." and '
                     '"email = ..."'.format(home / '.dockercfg')]


@pytest.mark.parametrize('entry, problem', [
    ({'auth': 'hunter2!'}, 'auth takes the base64 of user:password in UTF-8'),
    ({'auth': encoded()[:9]}, 'auth takes the base64 of user:password in UTF-8'),
    ({'auth': '===='}, 'auth takes the base64 of user:password in UTF-8'),
    ({'auth': encoded() + u'\xe9'}, 'auth takes the base64 of user:password in UTF-8'),
    ({'auth': encoded()[:8] + '=' + encoded()[8:]},
     'auth takes the base64 of user:password in UTF-8'),
    ({'auth': base64.b64encode(b'hunter2').decode()},
     'auth takes the base64 of user:password in UTF-8'),
    ({'auth': encoded(u'')}, 'auth takes the base64 of user:password in UTF-8'),
    ({'auth': base64.b64encode(u'u:hunter2\xe9'.encode('latin-1')).decode()},
     'auth takes the base64 of user:password in UTF-8'),
    ({'auth': 5}, 'auth takes text, not int'),
    ({'username': 'user', 'password': [SECRET]}, 'password takes text, not list'),
    ({'identitytoken': {'x': TOKEN}}, 'identitytoken takes text, not dict'),
    ({'password': SECRET}, 'takes a username with its password'),
    ({'registrytoken': 5}, 'registrytoken takes text, not int'),
    ({'unknown': TOKEN}, 'takes a username with its password'),
    (encoded(), 'takes a dict or Credentials, not '),
    ([SECRET], 'takes a dict or Credentials, not '),
    (None, 'takes a dict or Credentials, not ')])
def test_a_malformed_entry_does_not_spoil_others(home, entry, problem):
    write_config(home, {'auths': {'before': {'auth': encoded()}, 'https://host:5000/v1/': entry,
                                  'zzz': {'auth': encoded()}}})
    credentials, texts = loaded()
    assert users(credentials) == {'before': ('user', SECRET), 'zzz': ('user', SECRET)}
    (text,) = texts
    assert text.startswith('{0} has an entry that is left out: the entry of host:5000'
                           .format(home / '.docker' / 'config.json'))
    assert problem in text


@pytest.mark.parametrize('address', ['', 'https://', u'h\xf6st', 'auth = hunter2', 'a\n'])
def test_an_address_is_named_only_when_it_is_one(home, address):
    write_config(home, {'auths': {address + '/': 5, 'host': {'auth': encoded()}}})
    credentials, texts = loaded()
    assert users(credentials) == {'host': ('user', SECRET)}
    (text,) = texts
    assert text.startswith('{0} has an entry'.format(home / '.docker' / 'config.json'))
    assert 'the entry of a registry' in text or 'names no host' in text


def test_a_lone_surrogate_spoils_its_entry_alone(home):
    write_config(home, '{"auths": {"a": {"username": "u", "password": "hunter2\\udc80"}, '
                       '"b": {"auth": "' + encoded() + '"}}}')
    credentials, texts = loaded()
    assert credentials['b'].password == SECRET
    assert list(credentials) == ['b'] and 'UTF-8' in texts[0]


def test_a_file_that_cannot_be_read_is_left_out(home):
    write_config(home, {'auths': {'host': {'auth': encoded()}}})
    (home / '.dockercfg').mkdir()
    credentials, texts = loaded()
    assert users(credentials) == {'host': ('user', SECRET)}
    assert texts == ['{0} is left out: {1}'.format(home / '.dockercfg', os.strerror(errno.EISDIR))]


def test_a_file_that_may_not_be_read_is_left_out(home):
    write_config(home, {'auths': {'host': {'auth': encoded()}}})
    config = home / '.docker' / 'config.json'
    config.chmod(0)
    if os.access(str(config), os.R_OK):
        pytest.skip('root may read every file')
    files = CredentialFiles()
    with pytest.warns(UserWarning, match='Permission denied'):
        assert files.get('host') is None
    config.chmod(0o600)
    assert files.get('host').password == SECRET


def test_docker_config_that_is_no_folder_is_a_warning(home, monkeypatch):
    write(home / 'file', '')
    monkeypatch.setenv('DOCKER_CONFIG', str(home / 'file'))
    problem = os.strerror(errno.ENOTDIR)
    assert loaded() == ({}, ['{0} is left out: {1}'.format(home / 'file' / 'config.json', problem)])


def test_the_warning_names_a_file_that_is_not_ascii(home):
    folder = folder_beyond_ascii(home)
    write(os.path.join(folder, 'config.json'), '{')
    for name in folder, folder.decode('utf-8') if six.PY2 else folder:
        with pytest.warns(UserWarning) as caught:
            assert read_credentials({'HOME': str(home), 'DOCKER_CONFIG': name}) == {}
        assert str(caught[0].message).startswith(os.path.join(folder, 'config.json'))


@pytest.mark.parametrize('content', [
    '{"auths": {"host": {"auth": "' + encoded() + '"}}',
    (u'{"auths": {"host": {"password": "' + SECRET + u'"}}}').encode('latin-1'),
    {'auths': {'host': {'auth': 'hunter2!'}}},
    {'auths': {'host': {'auth': base64.b64encode(b'u:hunter2\xff').decode('ascii')}}},
    {'auths': {'host': {'username': 'u', 'password': [SECRET]}}}])
def test_no_secret_in_warnings_that_are_errors(home, content):
    write_config(home, content)
    with warnings.catch_warnings():
        warnings.simplefilter('error')
        with pytest.raises(UserWarning) as caught:
            read_credentials()
    error = caught.value
    no_secret_in(''.join(traceback.format_exception(type(error), error, caught.tb)))
    while error is not None:
        no_secret_in(repr(error))
        no_secret_in(repr(vars(error)))
        assert not isinstance(error, UnicodeError) and not hasattr(error, 'doc')
        error = getattr(error, '__context__', None)


def test_the_header_of_a_build_from_files(home):
    write_config(home, {'auths': {'index.docker.io': {'auth': encoded(u'hub')},
                                  'https://host:5000': {'auth': encoded(u'own')}}})
    configs = decoded(encode_registry_config(read_credentials()))
    assert {key: value['username'] for key, value in configs.items()} == {
        'https://index.docker.io/v1/': 'hub', 'host:5000': 'own'}
    assert encode_registry_config({}) == 'e30='


# Pickles

@pytest.mark.parametrize('protocol', range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickle_drops_what_was_read(home, protocol):
    write_config(home, {'auths': {'host': {'auth': encoded(), 'identitytoken': TOKEN}}})
    files = CredentialFiles()
    assert files.get('host').password == SECRET
    content = pickle.dumps(read_credentials(), protocol)
    no_secret_in(content)
    assert b'user' not in content
    assert pickle.loads(content)['host'].to_json_dict() == {}

    content = pickle.dumps(files, protocol)
    no_secret_in(content)
    assert pickle.loads(content).get('host').password == SECRET


def test_files_of_another_environment_stay_so_in_a_pickle(tmp_path):
    write(tmp_path / '.dockercfg', {'host': {'auth': encoded()}})
    environ = {'HOME': str(tmp_path), 'REGISTRY_PASSWORD': 'hunter2'}
    content = pickle.dumps(CredentialFiles(environ), 0)
    no_secret_in(content)
    assert pickle.loads(content).get('host').password == SECRET


# Reading again

def test_files_are_read_when_credentials_are_requested(home):
    files = CredentialFiles()
    assert files.get('host') is None
    write_config(home, {'auths': {'host': {'auth': encoded()}}})
    assert files.get('host').password == SECRET
    (home / '.docker' / 'config.json').unlink()
    assert files.get('host') is None


def test_get_takes_each_spelling(home):
    write_config(home, {'auths': {'index.docker.io': {'auth': encoded(u'hub')},
                                  'https://host:5000/v1/': {'auth': encoded(u'own')}}})
    files = CredentialFiles()
    assert {files.get(spelling).username for spelling in HUB_SPELLINGS} == {'hub'}
    assert files.get('http://host:5000').username == 'own'
    assert files.get('host') is None
    assert users(files.all()) == {'docker.io': ('hub', SECRET), 'host:5000': ('own', SECRET)}


@pytest.mark.parametrize('value', [5, ['hunter2'], {'a': 'hunter2'}, object()])
def test_a_registry_is_text(value):
    with pytest.raises(TypeError) as caught:
        CredentialFiles({}).get(value)
    assert str(caught.value) == 'registry takes text, not {0}'.format(type(value).__name__)


def test_the_dict_that_all_returns_is_a_copy(home):
    write_config(home, {'auths': {'host': {'auth': encoded()}}})
    files = CredentialFiles()
    files.all().clear()
    assert files.get('host').username == 'user'


def test_files_are_read_again_when_their_time_changed(home):
    """The same inode and the same size: a change that only the time shows."""
    files = CredentialFiles()
    for user, mtime in (u'one', 1000), (u'two', 1001), (u'six', 900):
        write_config(home, {'auths': {'host': {'auth': encoded(user)}}}, mtime)
        assert files.get('host').username == user


def test_files_are_read_again_when_their_size_changed(home):
    files = CredentialFiles()
    for user in u'one', u'three':
        write_config(home, {'auths': {'host': {'auth': encoded(user)}}}, 1000)
        assert files.get('host').username == user


def test_files_are_read_again_when_they_were_replaced(home):
    """The same time and the same size, as after a restored backup: another inode."""
    files = CredentialFiles()
    write(home / '.dockercfg', {'host': {'auth': encoded(u'one')}}, 1000)
    assert files.get('host').username == 'one'
    write(home / 'new', {'host': {'auth': encoded(u'two')}}, 1000)
    (home / 'new').rename(home / '.dockercfg')
    assert files.get('host').username == 'two'


def test_files_are_not_read_again_without_a_change(home):
    write_config(home, '{')
    files = CredentialFiles()
    with pytest.warns(UserWarning) as caught:
        assert files.get('host') is None
        assert files.get('host') is None
    assert len(caught) == 1
    write_config(home, '{{')
    with pytest.warns(UserWarning):
        assert files.get('host') is None


def test_docker_config_is_looked_up_at_each_read(home, monkeypatch):
    files = CredentialFiles()
    write_config(home, {'auths': {'host': {'auth': encoded(u'default')}}})
    assert files.get('host').username == 'default'
    (home / 'other').mkdir()
    write(home / 'other' / 'config.json', {'auths': {'host': {'auth': encoded(u'other')}}})
    monkeypatch.setenv('DOCKER_CONFIG', str(home / 'other'))
    assert files.get('host').username == 'other'
    monkeypatch.delenv('DOCKER_CONFIG')
    assert files.get('host').username == 'default'


# Helpers

HUB = DEFAULT_REGISTRY
ALICE = ('alice', PASSWORDS['alice'])


@pytest.fixture
def helpers(home, monkeypatch):
    (home / 'bin').mkdir()
    return Helpers(str(home / 'bin'), monkeypatch)


def looked_up(look, *arguments):
    """Return the result of a look-up, and the texts of its warnings, in which no password may be."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('always')
        found = look(*arguments)
    texts = [str(warning.message) for warning in caught]
    assert all(warning.category is UserWarning for warning in caught)
    assert shown_in('\n'.join(texts)) is None
    return found, texts


@pytest.mark.parametrize('spelling', ['host:5000', 'https://host:5000', 'http://host:5000/v1/'])
def test_a_helper_of_a_registry(home, helpers, spelling):
    helpers.make('own', {'host:5000': ALICE})
    write_config(home, {'credHelpers': {spelling: 'own'}})
    files = CredentialFiles()
    for registry in 'host:5000', 'https://host:5000/v2/':
        found = files.get(registry)
        assert (found.username, found.password, found.registry) == ALICE + ('host:5000',)
    assert files.get('host') is None
    assert helpers.asked('own') == ['get host:5000'] * 2


@pytest.mark.parametrize('spelling', ['docker.io', 'index.docker.io', HUB])
def test_a_helper_of_docker_hub_is_called_with_one_address(home, helpers, spelling):
    helpers.make('own', {HUB: ALICE})
    write_config(home, {'credHelpers': {spelling: 'own'}})
    assert CredentialFiles().get(None).password == PASSWORDS['alice']
    assert helpers.asked('own') == ['get ' + HUB]


def test_of_several_helpers_that_of_the_address_that_docker_writes_is_called(home, helpers):
    helpers.make('own', {'host': ALICE})
    write_config(home, {'credHelpers': {'https://host': 'a', 'host': 'own', 'http://host/': 'b'}})
    assert looked_up(CredentialFiles().get, 'host')[0].username == 'alice'


def test_an_identity_token_of_a_helper(home, helpers):
    helpers.make('own', {'host': ('<token>', IDENTITY)})
    write_config(home, {'credsStore': 'own'})
    found = CredentialFiles().get('host')
    assert (found.username, found.password, found.identity_token) == (None, None, IDENTITY)
    assert repr(found) == '<Credentials: an identity token>'


def test_the_order_of_sources(home, helpers):
    helpers.make('own', {'a': ('own', 'p')})
    helpers.make('store', {key: ('store', 'p') for key in 'ab'})
    write_config(home, {'credsStore': 'store', 'credHelpers': {'a': 'own', 'c': 'own', 'e': '', 'f': 'store'},
                        'auths': {key: {'auth': encoded(u'auths')} for key in 'abc'}})
    write(home / '.dockercfg', {key: {'auth': encoded(u'cfg')} for key in 'abcdef'})
    files = CredentialFiles()
    wanted = dict(a='own', b='store', c='auths', d='cfg', e='cfg', f='cfg')
    assert {key: files.get(key).username for key in 'abcdef'} == wanted
    assert {key: found.username for key, found in files.all().items()} == wanted
    assert helpers.asked('store').count('get f') == 2 and 'get e' not in helpers.asked('store')


def test_changes_of_helpers_and_files_take_effect_at_once(home, helpers):
    files = CredentialFiles()
    assert files.get('host') is None
    write_config(home, {'credsStore': 'own'})
    helpers.make('own', {})
    assert files.get('host') is None
    helpers.make('own', {'host': ALICE})
    assert files.get('host').username == 'alice'


def test_all_gets_what_a_store_lists(home, helpers):
    helpers.make('store', {'https://host/v1/': ('url', 'p'), 'host': ALICE, HUB + 'access-token': ('no', 'p'),
                           HUB: ('hub', 'p'), '': ('none', 'p'), 'https://other': ('other', 'p')})
    write_config(home, {'credsStore': 'store'})
    assert {key: found.username for key, found in CredentialFiles().all().items()} == {
        'host': 'alice', 'docker.io': 'hub', 'other': 'other'}
    assert sorted(helpers.asked('store')) == [
        'get host', 'get https://index.docker.io/v1/', 'get https://other', 'list']


NOTHING = [
    u"echo 'credentials not found in native keychain'; exit 1",
    u"echo 'Error: Credentials not found.'; exit 255",
    u'echo {}',
    u'echo \'{"ServerURL": "", "Username": "", "Secret": ""}\'',
]


@pytest.mark.parametrize('script', NOTHING)
def test_a_helper_that_has_nothing_is_no_failure(home, helpers, script):
    helpers.write('own', u'#!/bin/sh\n' + script)
    write_config(home, {'credHelpers': {'host': 'own'}, 'auths': {'host': {'auth': encoded()}}})
    found, texts = looked_up(CredentialFiles().get, 'host')
    assert found.password == SECRET and texts == []


SHOWING = u'#!/bin/sh\ncat >/dev/null; echo {0}; echo {0} >&2; '.format(IDENTITY)
FAILURES = [
    (SHOWING + u'exit 3', 'it ended with status 3'),
    (SHOWING + u'kill -9 $$', 'it ended with status -9'),
    (SHOWING, 'its output is not a JSON object'),
    (u'#!/bin/sh\n', 'its output is not a JSON object'),
    (u'#!/bin/sh\necho [5]', 'its output is not a JSON object'),
    (u'#!/bin/sh\nprintf "\\377"', 'its output is not a JSON object'),
    (u'#!/bin/sh\necho \'{"Username": 5, "Secret": "' + IDENTITY + u'"}\'',
     'its output has no Username and Secret as text'),
    (u'#!/bin/sh\necho \'{"Username": "<token>", "Secret": ["' + IDENTITY + u'"]}\'',
     'its output has no Username and Secret as text'),
    (u'#!/bin/sh\necho \'{"Secret": "' + IDENTITY + u'"}\'',
     'its output has no Username and Secret as text'),
    (u'#!/no/such/shell\n', os.strerror(errno.ENOENT)),
    (u'\0', os.strerror(errno.ENOEXEC)),
    (None, os.strerror(errno.ENOENT)),
]


@pytest.mark.parametrize('script, problem', FAILURES, ids=[str(number) for number in range(len(FAILURES))])
def test_a_helper_that_fails_is_left_out(home, helpers, script, problem):
    if script is not None:
        helpers.write('own', script)
    write_config(home, {'credHelpers': {'host': 'own', 'b': 'own'}, 'credsStore': 'own',
                        'auths': {'host': {'auth': encoded()}}})
    files = CredentialFiles()
    wanted = ['The credential helper docker-credential-own is left out: ' + problem]
    found, texts = looked_up(files.get, 'host')
    assert (found.password, texts) == (SECRET, wanted)
    found, texts = looked_up(files.all)
    assert (users(found), texts) == ({'host': ('user', SECRET)}, wanted)


def test_a_helper_that_may_not_be_run(home, helpers):
    helpers.make('own', {})
    os.chmod(os.path.join(helpers.folder, 'docker-credential-own'), 0o600)
    write_config(home, {'credsStore': 'own'})
    found, texts = looked_up(CredentialFiles().get, 'host')
    assert found is None
    assert texts == ['The credential helper docker-credential-own is left out: ' + os.strerror(errno.EACCES)]


@pytest.mark.parametrize('content, where', [
    ({'credsStore': 5}, 'credsStore'), ({'credsStore': '../own'}, 'credsStore'),
    ({'credsStore': 'a b'}, 'credsStore'), ({'credsStore': {'x': IDENTITY}}, 'credsStore'),
    ({'credsStore': '-x'}, 'credsStore'), ({'credHelpers': {'host': IDENTITY + '/'}}, 'credHelpers')])
def test_a_name_that_no_helper_has_is_left_out(home, helpers, content, where):
    write_config(home, dict(content, auths={'host': {'auth': encoded()}}))
    found, texts = looked_up(CredentialFiles().get, 'host')
    assert found.password == SECRET
    assert texts == ['{0} has an entry that is left out: {1} takes the NAME of a program '
                     'docker-credential-NAME'.format(home / '.docker' / 'config.json', where)]


def test_helpers_that_are_no_object(home):
    write_config(home, {'credHelpers': ['own'], 'auths': {'host': {'auth': encoded()}}})
    found, texts = looked_up(CredentialFiles().get, 'host')
    assert found.password == SECRET
    assert texts == ['{0} is left out: its credHelpers is not an object'.format(
        home / '.docker' / 'config.json')]


@pytest.mark.parametrize('script, problem', FAILURES, ids=[str(number) for number in range(len(FAILURES))])
def test_a_failing_helper_shows_nothing_in_warnings_that_are_errors(home, helpers, script, problem):
    if script is not None:
        helpers.write('own', script)
    write_config(home, {'credsStore': 'own'})
    with warnings.catch_warnings():
        warnings.simplefilter('error')
        with pytest.raises(UserWarning) as caught:
            CredentialFiles().get('host')
    assert held_by(caught.value) is None
