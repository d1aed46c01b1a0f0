# -*- coding: utf-8 -*-
"""docker.auth: every spelling of a registry, every form of a file, and no secret shown anywhere."""

import base64
import copy
import errno
import gc
import glob
import io
import json
import os
import pickle
import time
import traceback
import warnings

import pytest
import six

from docker import auth, credential_helper
from tests.credentials import Helpers, held_by, shown_in
from tests.credentials import PASSWORDS, TOKEN as IDENTITY

SECRET = u'hunter2:p\xe4ss>>>???~~~'
TOKEN = u'tok3n-of-an-earlier-login'
DIGEST = 'sha256:' + 64 * 'a'

only_2 = pytest.mark.skipif(six.PY3, reason='str is bytes on Python 2.7 alone')
only_3 = pytest.mark.skipif(six.PY2, reason='bytes and text are one type on Python 2.7')


@pytest.fixture
def home(monkeypatch, tmp_path):
    """A home folder of its own. The variables of the process name it, as they do for a user."""
    monkeypatch.setenv('HOME', str(tmp_path))
    monkeypatch.delenv('DOCKER_CONFIG', raising=False)
    (tmp_path / '.docker').mkdir()
    return tmp_path


def encoded(user=u'user', password=SECRET):
    return base64.b64encode((user + u':' + password).encode('utf-8')).decode('ascii')


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


def users(credentials):
    return {key: (value.username, value.password) for key, value in credentials.items()}


def decoded(header):
    assert type(header) is str
    assert len(header) % 4 == 0
    assert set(header) <= set('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=')
    content = base64.b64decode(header.replace('-', '+').replace('_', '/').encode('ascii'))
    return json.loads(content.decode('utf-8'))


def no_secret_in(text):
    if isinstance(text, bytes):
        text = text.decode('utf-8', 'replace')
    for secret in (SECRET, u'hunter2', u'>>>???', TOKEN, u'tok3n', encoded(), encoded()[8:24]):
        assert secret not in text
        assert repr(secret).lstrip('u').strip('\'"') not in text


def loaded():
    """What load_config gives, and the texts of its warnings, in which no secret may be."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter('always')
        credentials = auth.load_config()
    for warning in caught:
        assert warning.category is UserWarning
        no_secret_in(str(warning.message))
    return credentials, [str(warning.message) for warning in caught]


# Names

HUB_SPELLINGS = [
    None, 'docker.io', 'index.docker.io', 'registry-1.docker.io', 'https://index.docker.io/v1/',
    'https://index.docker.io/v1', 'https://index.docker.io', 'http://index.docker.io/v1/',
    'https://registry-1.docker.io/v2/', 'https://docker.io', 'docker.io/', 'index.docker.io/v1/',
    u'https://index.docker.io/v1/', ' docker.io\n', auth.DEFAULT_REGISTRY]


@pytest.mark.parametrize('registry', HUB_SPELLINGS)
def test_docker_hub_has_one_key(registry):
    assert auth.registry_key(registry) == 'docker.io'


@pytest.mark.parametrize('registry', [
    'host:5000', 'host:5000/', 'https://host:5000', 'http://host:5000', 'https://host:5000/',
    'https://host:5000/v1/', 'https://host:5000/v2', 'host:5000/v1/', 'HTTPS://host:5000/v1/',
    u'host:5000', 'https://user:%s@host:5000/' % 'hunter2', 'https://u:hun/ter2@host:5000/v1/'])
def test_a_registry_has_one_key(registry):
    assert auth.registry_key(registry) == 'host:5000'


@pytest.mark.parametrize('registry, key', [
    ('localhost', 'localhost'), ('http://[::1]:5000/v1/', '[::1]:5000'),
    ('notdocker.io', 'notdocker.io'), ('docker.io:5000', 'docker.io:5000'),
    ('docker.io.example.com', 'docker.io.example.com'), ('index.docker.io@host', 'host'),
    ('HOST', 'HOST'), (u'h\xf6st:5000/', u'h\xf6st:5000')])
def test_other_registries_are_others(registry, key):
    assert auth.registry_key(registry) == key
    assert auth.registry_key(key) == key


@pytest.mark.parametrize('registry', [
    '', ' ', '/', 'https://', 'https:///v1/', 'https://u:hunter2@'])
def test_an_address_without_a_host_is_refused(registry):
    with pytest.raises(ValueError) as caught:
        auth.registry_key(registry)
    assert str(caught.value).startswith('registry takes ')
    no_secret_in(str(caught.value))


@pytest.mark.parametrize('call, argument', [
    (auth.registry_key, 'registry'), (auth.CredentialFiles({}).get, 'registry'),
    (auth.resolve_repository, 'repository'), (auth.split_tag, 'repository')])
@pytest.mark.parametrize('value', [5, ['hunter2'], {'a': 'hunter2'}, object()])
def test_what_is_no_text_is_no_name(call, argument, value):
    with pytest.raises(TypeError) as caught:
        call(value)
    assert str(caught.value) == '%s takes text, not %s' % (argument, type(value).__name__)


@only_3
@pytest.mark.parametrize('call', [auth.registry_key, auth.resolve_repository, auth.split_tag])
def test_bytes_are_no_name(call):
    with pytest.raises(TypeError, match='takes text, not bytes'):
        call(b'host:5000/x')


@only_2
@pytest.mark.parametrize('call', [auth.registry_key, auth.resolve_repository, auth.split_tag])
def test_bytes_that_are_not_utf_8_are_refused(call):
    with pytest.raises(ValueError, match='takes text that UTF-8 can carry'):
        call(b'h\xf6st/x')


@pytest.mark.parametrize('repository, expected', [
    ('busybox', ('docker.io', 'busybox')),
    ('busybox:1.36', ('docker.io', 'busybox:1.36')),
    ('user/repo', ('docker.io', 'user/repo')),
    ('user/repo:tag', ('docker.io', 'user/repo:tag')),
    ('docker.io/x', ('docker.io', 'x')),
    ('docker.io/user/x', ('docker.io', 'user/x')),
    ('index.docker.io/x', ('docker.io', 'x')),
    ('registry-1.docker.io/x/y', ('docker.io', 'x/y')),
    ('docker.io', ('docker.io', 'docker.io')),
    ('localhost', ('docker.io', 'localhost')),
    ('localhost:5000', ('docker.io', 'localhost:5000')),
    ('localhost/x', ('localhost', 'x')),
    ('localhost:5000/x', ('localhost:5000', 'x')),
    ('localhosts/x', ('docker.io', 'localhosts/x')),
    ('host:5000/a/b:tag', ('host:5000', 'a/b:tag')),
    ('host/a/b', ('docker.io', 'host/a/b')),
    ('registry.example.com/a', ('registry.example.com', 'a')),
    ('Upper/a', ('Upper', 'a')),
    ('[::1]:5000/a', ('[::1]:5000', 'a')),
    ('user/repo@' + DIGEST, ('docker.io', 'user/repo@' + DIGEST)),
    ('host:5000/a@' + DIGEST, ('host:5000', 'a@' + DIGEST)),
    (u'host:5000/caf\xe9', ('host:5000', u'caf\xe9'))])
def test_a_repository_is_in_the_registry_that_the_engine_sees(repository, expected):
    assert auth.resolve_repository(repository) == expected


@pytest.mark.parametrize('repository, expected', [
    ('busybox', ('busybox', None)),
    ('busybox:1.36', ('busybox', '1.36')),
    ('user/repo:latest', ('user/repo', 'latest')),
    ('host:5000/a', ('host:5000/a', None)),
    ('host:5000/a/b', ('host:5000/a/b', None)),
    ('host:5000/a:1', ('host:5000/a', '1')),
    ('[::1]:5000/a:1', ('[::1]:5000/a', '1')),
    ('localhost:5000', ('localhost', '5000')),
    ('a@' + DIGEST, ('a', DIGEST)),
    ('host:5000/a@' + DIGEST, ('host:5000/a', DIGEST)),
    ('host:5000/a:1@' + DIGEST, ('host:5000/a', DIGEST)),
    (u'caf\xe9:\xe9', (u'caf\xe9', u'\xe9'))])
def test_a_tag_is_never_taken_from_a_port(repository, expected):
    assert auth.split_tag(repository) == expected


@only_2
def test_names_in_utf_8_are_text():
    assert auth.split_tag('café:1') == (u'caf\xe9', u'1')
    assert auth.resolve_repository('host:5000/café') == (u'host:5000', u'caf\xe9')


@pytest.mark.parametrize('call', [auth.resolve_repository, auth.split_tag])
@pytest.mark.parametrize('repository', [
    '', ' ', '/', '/x', 'host:5000/', 'host:5000//x', 'https://host:5000/x', 'docker://x',
    'https://user:hunter2@host/x'])
def test_what_is_no_repository_is_refused(call, repository):
    with pytest.raises(ValueError) as caught:
        call(repository)
    assert str(caught.value).startswith('repository takes a name')
    no_secret_in(str(caught.value))


def test_credentials_in_a_repository_are_refused():
    for call in auth.resolve_repository, auth.split_tag:
        with pytest.raises(ValueError) as caught:
            call('user:hunter2@host:5000/x')
        assert str(caught.value).startswith('repository takes ')
        no_secret_in(str(caught.value))


@pytest.mark.parametrize('repository', [
    'a:', ':1', 'host:5000/:1', 'a@', 'a@sha256', 'a@sha256:', 'a@sha256:xyz', '@' + DIGEST,
    'a@%s\n' % DIGEST])
def test_half_a_tag_is_refused(repository):
    with pytest.raises(ValueError, match='repository takes '):
        auth.split_tag(repository)


# Credentials

def test_credentials_show_no_secret():
    credentials = auth.Credentials('user', SECRET, 'user@example.com', 'https://u:hunter2@host/',
                                   TOKEN)
    for each in credentials, auth.Credentials('user', SECRET):
        for text in (repr(each), str(each), '%s' % each, '{0}'.format(each), repr([each]),
                     repr({'x': each})):
            assert type(text) is str
            assert 'Credentials' in text
            assert 'user@' not in text and 'host' not in text
            no_secret_in(text)
        with pytest.raises(TypeError):
            vars(each)
        with pytest.raises(TypeError) as caught:
            json.dumps(each)
        no_secret_in(str(caught.value))


def test_repr_tells_what_is_held():
    assert repr(auth.Credentials()) == '<Credentials: none>'
    assert repr(auth.Credentials('user', 'x')) == '<Credentials: user name and password>'
    assert repr(auth.Credentials(identity_token='x')) == '<Credentials: an identity token>'


@pytest.mark.parametrize('protocol', range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickle_drops_credentials(home, protocol):
    write_config(home, {'auths': {'host': {'auth': encoded(), 'identitytoken': TOKEN}}})
    files = auth.CredentialFiles()
    assert files.get('host').password == SECRET
    content = pickle.dumps([auth.Credentials('user', SECRET, 'e', 'host', TOKEN),
                            auth.load_config()], protocol)
    no_secret_in(content)
    assert b'user' not in content
    first, by_key = pickle.loads(content)
    assert first.to_json_dict() == by_key['host'].to_json_dict() == {}
    assert auth.encode_header(first) == auth.encode_header(None)

    content = pickle.dumps(files, protocol)
    no_secret_in(content)
    assert pickle.loads(content).get('host').password == SECRET


def test_files_of_another_environment_stay_so_in_a_pickle(tmp_path):
    write(tmp_path / '.dockercfg', {'host': {'auth': encoded()}})
    environ = {'HOME': str(tmp_path), 'REGISTRY_PASSWORD': 'hunter2'}
    content = pickle.dumps(auth.CredentialFiles(environ), 0)
    no_secret_in(content)
    assert pickle.loads(content).get('host').password == SECRET


@pytest.mark.parametrize('duplicate', [copy.copy, copy.deepcopy])
def test_a_copy_in_memory_is_whole(duplicate):
    fields = (u'user', SECRET, u'e', u'host', TOKEN)
    credentials = auth.Credentials(*fields)
    other = duplicate(credentials)
    assert other is not credentials
    assert tuple(getattr(other, name) for name in auth.Credentials.__slots__) == fields


def test_the_json_of_credentials():
    credentials = auth.Credentials('user', SECRET, 'e@x', 'host:5000')
    assert list(credentials.to_json_dict().items()) == [
        ('username', 'user'), ('password', SECRET), ('email', 'e@x'),
        ('serveraddress', 'host:5000')]
    assert list(credentials.to_json_dict(auth='')) == [
        'username', 'password', 'auth', 'email', 'serveraddress']
    assert auth.Credentials('user', SECRET).to_json_dict() == {
        'username': 'user', 'password': SECRET}
    assert auth.Credentials('user', '').to_json_dict() == {'username': 'user', 'password': ''}
    assert auth.Credentials().to_json_dict() == {}
    assert auth.Credentials(email='e', registry='host').to_json_dict() == {}


def test_an_identity_token_is_sent_instead_of_the_password():
    credentials = auth.Credentials('user', SECRET, None, 'host', TOKEN)
    assert credentials.to_json_dict() == {
        'username': 'user', 'identitytoken': TOKEN, 'serveraddress': 'host'}
    assert auth.Credentials(identity_token=TOKEN).to_json_dict() == {'identitytoken': TOKEN}


@pytest.mark.parametrize('spelling', HUB_SPELLINGS[1:])
def test_the_engine_knows_docker_hub_by_one_address(spelling):
    credentials = auth.Credentials('user', 'x', registry=spelling)
    assert credentials.to_json_dict()['serveraddress'] == 'https://index.docker.io/v1/'


@pytest.mark.parametrize('name', auth.Credentials.__slots__)
@pytest.mark.parametrize('value', [5, ['hunter2'], {'hunter2': 1}])
def test_credentials_are_text(name, value):
    with pytest.raises(TypeError) as caught:
        auth.Credentials(**{name: value})
    assert str(caught.value) == '%s takes text, not %s' % (name, type(value).__name__)


def test_a_password_needs_a_user_name():
    with pytest.raises(ValueError, match='username is missing') as caught:
        auth.Credentials(password=SECRET)
    no_secret_in(str(caught.value))


def test_credentials_are_of_a_registry_that_has_a_host():
    with pytest.raises(ValueError, match='registry takes an address') as caught:
        auth.Credentials('user', SECRET, registry='https://')
    no_secret_in(str(caught.value))


@only_3
@pytest.mark.parametrize('value, kind', [(b'hunter2', TypeError), ('hunter2\udcff', ValueError)])
def test_a_password_that_is_no_text_is_not_shown(value, kind):
    with pytest.raises(kind) as caught:
        auth.Credentials('user', value)
    assert str(caught.value).startswith('password takes text')
    no_secret_in(str(caught.value))
    assert caught.value.__context__ is None


@only_2
def test_a_password_in_utf_8_is_text():
    password = auth.Credentials('user', SECRET.encode('utf-8')).password
    assert password == SECRET and isinstance(password, six.text_type)
    with pytest.raises(ValueError) as caught:
        auth.Credentials('user', b'hunter2\xff')
    no_secret_in(repr(caught.value))


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
        'more': {'auth': encoded(u'more'), 'lastUsed': 5},
        'empty': {}}})
    credentials, texts = loaded()
    assert texts == []
    assert users(credentials) == {
        'docker.io': ('hub', SECRET), 'host:5000': (u'n\xe4me', ':a:b:'),
        'plain': ('plain', SECRET), 'both': ('first', SECRET), 'token': ('user', ''),
        'bare': (None, None), 'more': ('more', SECRET)}
    assert decoded(auth.encode_header(credentials['host:5000'])) == {
        'username': u'n\xe4me', 'password': ':a:b:', 'auth': '', 'email': 'e@x',
        'serveraddress': 'https://host:5000/v1/'}
    assert decoded(auth.encode_header(credentials['token'])) == {
        'username': 'user', 'auth': '', 'identitytoken': TOKEN, 'serveraddress': 'token'}
    assert decoded(auth.encode_header(credentials['bare'])) == {
        'auth': '', 'identitytoken': TOKEN, 'serveraddress': 'bare'}


@pytest.mark.parametrize('change', [
    lambda text: text, lambda text: text.rstrip('='), lambda text: '  %s\n' % text,
    lambda text: text[:6] + '\r\n ' + text[6:], lambda text: text.rstrip('=') + '\n'])
@pytest.mark.parametrize('password', [u'p', u'pp', u'ppp', SECRET, u'>>>???', u':', u''])
def test_base64_in_each_form(home, change, password):
    write_config(home, {'auths': {'host': {'auth': change(encoded(u'u', password))}}})
    assert [users(loaded()[0]), loaded()[1]] == [{'host': ('u', password)}, []]


def test_nuls_that_fill_a_block_are_no_part_of_a_password(home):
    write_config(home, {'auths': {'host': {'auth': encoded(u'u', u'p\0\0')}}})
    assert users(loaded()[0]) == {'host': ('u', 'p')}


@pytest.mark.parametrize('spellings, winner', [
    (['https://host:5000/v1/', 'host:5000', 'http://host:5000'], 'host:5000'),
    (['https://host:5000/v2/', 'https://host:5000/v1/'], 'https://host:5000/v1/'),
    (['docker.io', 'https://index.docker.io/v1/', 'index.docker.io'],
     'https://index.docker.io/v1/')])
def test_of_several_spellings_that_of_docker_login_wins(home, spellings, winner):
    for order in spellings, spellings[::-1]:
        entries = ['"%s": {"username": "%s"}' % (spelling, spelling) for spelling in order]
        write_config(home, '{"auths": {%s}}' % ', '.join(entries))
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
    'auth = %s\nemail = e@x\n', 'auth = %s\r\nemail = e@x\r\n', 'auth=%s\nemail=e@x',
    '\nemail = e@x\n\n  auth =  %s  \n'])
def test_dockercfg_as_two_lines_is_of_docker_hub(home, form):
    write(home / '.dockercfg', form % encoded())
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


def test_an_environment_of_ones_own(home, tmp_path):
    other = tmp_path / 'other'
    other.mkdir()
    write(other / '.dockercfg', {'host': {'auth': encoded(u'other')}})
    write_config(home, {'auths': {'host': {'auth': encoded(u'default')}}})
    assert users(auth.load_config({'HOME': str(other)})) == {'host': ('other', SECRET)}
    environ = {'HOME': str(other), 'DOCKER_CONFIG': str(home / '.docker')}
    assert users(auth.load_config(environ)) == {'host': ('default', SECRET)}


@pytest.mark.parametrize('call', [auth.load_config, auth.CredentialFiles])
def test_an_environment_is_a_mapping(call):
    auth.CredentialFiles(os.environ)
    with pytest.raises(TypeError, match='environ takes a mapping or None, not list'):
        call(['hunter2'])


@pytest.mark.parametrize('content, problem', [
    ('{"auths": {"host": {"auth": "%s"}}' % encoded(), 'it is not a JSON object'),
    ('["%s"]' % encoded(), 'it is not a JSON object'),
    ('"%s"' % encoded(), 'it is not a JSON object'),
    ('auth = %s\nemail = x' % encoded(), 'it is not a JSON object'),
    (u'\ufeff{"auths": {"host": {"auth": "%s"}}}' % encoded(), 'it is not a JSON object'),
    ('[' * 100000, 'it is not a JSON object'),
    (('{"auths": {"host": {"password": "%s"}}}' % SECRET).encode('latin-1'), 'it is not UTF-8'),
    ({'auths': [encoded()]}, 'its auths is not an object'),
    ({'auths': encoded()}, 'its auths is not an object')])
def test_a_malformed_config_is_left_out(home, content, problem):
    write(home / '.dockercfg', {'host': {'auth': encoded()}})
    write_config(home, content)
    credentials, texts = loaded()
    assert users(credentials) == {'host': ('user', SECRET)}
    assert texts == ['%s is left out: %s' % (home / '.docker' / 'config.json', problem)]


@pytest.mark.parametrize('content', [
    encoded(), 'auth\nemail', 'auth = %s\nhunter2' % encoded(), 'email = hunter2',
    'auth = %s\npassword = hunter2' % encoded(), '[]',
    '{"host": {"auth": "%s"}' % encoded()])
def test_a_malformed_dockercfg_is_left_out(home, content):
    write(home / '.dockercfg', content)
    write_config(home, {'auths': {'host': {'auth': encoded()}}})
    credentials, texts = loaded()
    assert users(credentials) == {'host': ('user', SECRET)}
    assert texts == ['%s is left out: it is neither a JSON object nor the lines "auth = ..." and '
                     '"email = ..."' % (home / '.dockercfg')]


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
    ({'registrytoken': TOKEN}, 'takes a username with its password'),
    (encoded(), 'takes a dict or Credentials, not '),
    ([SECRET], 'takes a dict or Credentials, not '),
    (None, 'takes a dict or Credentials, not ')])
def test_a_malformed_entry_does_not_spoil_others(home, entry, problem):
    write_config(home, {'auths': {'before': {'auth': encoded()}, 'https://host:5000/v1/': entry,
                                  'zzz': {'auth': encoded()}}})
    credentials, texts = loaded()
    assert users(credentials) == {'before': ('user', SECRET), 'zzz': ('user', SECRET)}
    (text,) = texts
    assert text.startswith('%s has an entry that is left out: the entry of host:5000'
                           % (home / '.docker' / 'config.json'))
    assert problem in text


@pytest.mark.parametrize('address', ['', 'https://', u'h\xf6st', 'auth = hunter2', 'a\n'])
def test_an_address_is_named_only_when_it_is_one(home, address):
    write_config(home, {'auths': {address + '/': 5, 'host': {'auth': encoded()}}})
    credentials, texts = loaded()
    assert users(credentials) == {'host': ('user', SECRET)}
    (text,) = texts
    assert text.startswith('%s has an entry' % (home / '.docker' / 'config.json'))
    assert 'the entry of a registry' in text or 'names no host' in text


def test_a_lone_surrogate_spoils_its_entry_alone(home):
    write_config(home, '{"auths": {"a": {"username": "u", "password": "hunter2\\udc80"}, '
                       '"b": {"auth": "%s"}}}' % encoded())
    credentials, texts = loaded()
    assert credentials['b'].password == SECRET
    if six.PY3:
        assert list(credentials) == ['b'] and 'UTF-8' in texts[0]


def test_a_file_that_cannot_be_read_is_left_out(home):
    write_config(home, {'auths': {'host': {'auth': encoded()}}})
    (home / '.dockercfg').mkdir()
    credentials, texts = loaded()
    assert users(credentials) == {'host': ('user', SECRET)}
    assert texts == ['%s is left out: %s' % (home / '.dockercfg', os.strerror(errno.EISDIR))]


def test_a_file_that_may_not_be_read_is_left_out(home):
    write_config(home, {'auths': {'host': {'auth': encoded()}}})
    config = home / '.docker' / 'config.json'
    config.chmod(0)
    if os.access(str(config), os.R_OK):
        pytest.skip('root may read every file')
    files = auth.CredentialFiles()
    with pytest.warns(UserWarning, match='Permission denied'):
        assert files.get('host') is None
    config.chmod(0o600)
    assert files.get('host').password == SECRET


def test_docker_config_that_is_no_folder_is_told(home, monkeypatch):
    write(home / 'file', '')
    monkeypatch.setenv('DOCKER_CONFIG', str(home / 'file'))
    problem = os.strerror(errno.ENOTDIR)
    assert loaded() == ({}, ['%s is left out: %s' % (home / 'file' / 'config.json', problem)])


def test_the_warning_names_a_file_that_is_not_ascii(home):
    folder = folder_beyond_ascii(home)
    write(os.path.join(folder, 'config.json'), '{')
    for name in folder, folder.decode('utf-8') if six.PY2 else folder:
        with pytest.warns(UserWarning) as caught:
            assert auth.load_config({'HOME': str(home), 'DOCKER_CONFIG': name}) == {}
        assert str(caught[0].message).startswith(os.path.join(folder, 'config.json'))


@pytest.mark.parametrize('content', [
    '{"auths": {"host": {"auth": "%s"}}' % encoded(),
    ('{"auths": {"host": {"password": "%s"}}}' % SECRET).encode('latin-1'),
    {'auths': {'host': {'auth': 'hunter2!'}}},
    {'auths': {'host': {'auth': base64.b64encode(b'u:hunter2\xff').decode('ascii')}}},
    {'auths': {'host': {'username': 'u', 'password': [SECRET]}}}])
def test_no_secret_in_warnings_that_are_errors(home, content):
    write_config(home, content)
    with warnings.catch_warnings():
        warnings.simplefilter('error')
        with pytest.raises(UserWarning) as caught:
            auth.load_config()
    error = caught.value
    no_secret_in(''.join(traceback.format_exception(type(error), error, caught.tb)))
    while error is not None:
        no_secret_in(repr(error))
        no_secret_in(repr(vars(error)))
        assert not isinstance(error, UnicodeError) and not hasattr(error, 'doc')
        error = getattr(error, '__context__', None)


# Reading again

def test_files_are_read_when_they_are_asked_for(home):
    files = auth.CredentialFiles()
    assert files.get('host') is None
    write_config(home, {'auths': {'host': {'auth': encoded()}}})
    assert files.get('host').password == SECRET
    (home / '.docker' / 'config.json').unlink()
    assert files.get('host') is None


def test_get_takes_each_spelling(home):
    write_config(home, {'auths': {'index.docker.io': {'auth': encoded(u'hub')},
                                  'https://host:5000/v1/': {'auth': encoded(u'own')}}})
    files = auth.CredentialFiles()
    assert {files.get(spelling).username for spelling in HUB_SPELLINGS} == {'hub'}
    assert files.get('http://host:5000').username == 'own'
    assert files.get('host') is None
    assert users(files.all()) == {'docker.io': ('hub', SECRET), 'host:5000': ('own', SECRET)}


def test_what_all_returns_is_the_callers(home):
    write_config(home, {'auths': {'host': {'auth': encoded()}}})
    files = auth.CredentialFiles()
    files.all().clear()
    assert files.get('host').username == 'user'


def test_files_are_read_again_when_their_time_changed(home):
    """The same inode and the same size: a change that only the time tells."""
    files = auth.CredentialFiles()
    for user, mtime in (u'one', 1000), (u'two', 1001), (u'six', 900):
        write_config(home, {'auths': {'host': {'auth': encoded(user)}}}, mtime)
        assert files.get('host').username == user


def test_files_are_read_again_when_their_size_changed(home):
    files = auth.CredentialFiles()
    for user in u'one', u'three':
        write_config(home, {'auths': {'host': {'auth': encoded(user)}}}, 1000)
        assert files.get('host').username == user


def test_files_are_read_again_when_they_were_replaced(home):
    """The same time and the same size, as after a restored backup: another inode."""
    files = auth.CredentialFiles()
    write(home / '.dockercfg', {'host': {'auth': encoded(u'one')}}, 1000)
    assert files.get('host').username == 'one'
    write(home / 'new', {'host': {'auth': encoded(u'two')}}, 1000)
    (home / 'new').rename(home / '.dockercfg')
    assert files.get('host').username == 'two'


def test_files_are_not_read_again_without_a_change(home):
    write_config(home, '{')
    files = auth.CredentialFiles()
    with pytest.warns(UserWarning) as caught:
        assert files.get('host') is None
        assert files.get('host') is None
    assert len(caught) == 1
    write_config(home, '{{')
    with pytest.warns(UserWarning):
        assert files.get('host') is None


def test_docker_config_is_looked_up_at_each_read(home, monkeypatch):
    files = auth.CredentialFiles()
    write_config(home, {'auths': {'host': {'auth': encoded(u'default')}}})
    assert files.get('host').username == 'default'
    (home / 'other').mkdir()
    write(home / 'other' / 'config.json', {'auths': {'host': {'auth': encoded(u'other')}}})
    monkeypatch.setenv('DOCKER_CONFIG', str(home / 'other'))
    assert files.get('host').username == 'other'
    monkeypatch.delenv('DOCKER_CONFIG')
    assert files.get('host').username == 'default'


# Helpers

HUB = auth.DEFAULT_REGISTRY
ALICE = ('alice', PASSWORDS['alice'])


@pytest.fixture
def helpers(home, monkeypatch):
    (home / 'bin').mkdir()
    return Helpers(str(home / 'bin'), monkeypatch)


def looked_up(look, *arguments):
    """What a look-up gives, and the texts of its warnings, which show nobody's password."""
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
    files = auth.CredentialFiles()
    for asked in 'host:5000', 'https://host:5000/v2/':
        found = files.get(asked)
        assert (found.username, found.password, found.registry) == ALICE + ('host:5000',)
    assert files.get('host') is None
    assert helpers.asked('own') == ['get host:5000'] * 2


@pytest.mark.parametrize('spelling', ['docker.io', 'index.docker.io', HUB])
def test_a_helper_of_docker_hub_is_asked_by_its_one_address(home, helpers, spelling):
    helpers.make('own', {HUB: ALICE})
    write_config(home, {'credHelpers': {spelling: 'own'}})
    assert auth.CredentialFiles().get(None).password == PASSWORDS['alice']
    assert helpers.asked('own') == ['get ' + HUB]


def test_of_several_helpers_that_of_the_address_that_docker_writes_is_asked(home, helpers):
    helpers.make('own', {'host': ALICE})
    write_config(home, {'credHelpers': {'https://host': 'a', 'host': 'own', 'http://host/': 'b'}})
    assert looked_up(auth.CredentialFiles().get, 'host')[0].username == 'alice'


def test_an_identity_token_of_a_helper(home, helpers):
    helpers.make('own', {'host': ('<token>', IDENTITY)})
    write_config(home, {'credsStore': 'own'})
    found = auth.CredentialFiles().get('host')
    assert (found.username, found.password, found.identity_token) == (None, None, IDENTITY)
    assert repr(found) == '<Credentials: an identity token>'


def test_the_order_of_sources(home, helpers):
    helpers.make('own', {'a': ('own', 'p')})
    helpers.make('store', {key: ('store', 'p') for key in 'ab'})
    write_config(home, {'credsStore': 'store', 'credHelpers': {'a': 'own', 'c': 'own', 'e': '', 'f': 'store'},
                        'auths': {key: {'auth': encoded(u'auths')} for key in 'abc'}})
    write(home / '.dockercfg', {key: {'auth': encoded(u'cfg')} for key in 'abcdef'})
    files = auth.CredentialFiles()
    wanted = dict(a='own', b='store', c='auths', d='cfg', e='cfg', f='cfg')
    assert {key: files.get(key).username for key in 'abcdef'} == wanted
    assert {key: found.username for key, found in files.all().items()} == wanted
    assert helpers.asked('store').count('get f') == 2 and 'get e' not in helpers.asked('store')


def test_what_was_written_to_helpers_and_files_counts_at_once(home, helpers):
    files = auth.CredentialFiles()
    assert files.get('host') is None
    write_config(home, {'credsStore': 'own'})
    helpers.make('own', {})
    assert files.get('host') is None
    helpers.make('own', {'host': ALICE})
    assert files.get('host').username == 'alice'


def test_all_asks_a_store_for_what_it_lists(home, helpers):
    helpers.make('store', {'https://host/v1/': ('url', 'p'), 'host': ALICE, HUB + 'access-token': ('no', 'p'),
                           HUB: ('hub', 'p'), '': ('none', 'p'), 'https://other': ('other', 'p')})
    write_config(home, {'credsStore': 'store'})
    assert {key: found.username for key, found in auth.CredentialFiles().all().items()} == {
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
    found, texts = looked_up(auth.CredentialFiles().get, 'host')
    assert found.password == SECRET and texts == []


SHOWING = u'#!/bin/sh\ncat >/dev/null; echo {0}; echo {0} >&2; '.format(IDENTITY)
FAILURES = [
    (SHOWING + u'exit 3', 'it ended with status 3'),
    (SHOWING + u'kill -9 $$', 'it ended with status -9'),
    (SHOWING, 'its answer is not a JSON object'),
    (u'#!/bin/sh\n', 'its answer is not a JSON object'),
    (u'#!/bin/sh\necho [5]', 'its answer is not a JSON object'),
    (u'#!/bin/sh\nprintf "\\377"', 'its answer is not a JSON object'),
    (u'#!/bin/sh\necho \'{"Username": 5, "Secret": "%s"}\'' % IDENTITY,
     'its answer has no Username and Secret in text'),
    (u'#!/bin/sh\necho \'{"Username": "<token>", "Secret": ["%s"]}\'' % IDENTITY,
     'its answer has no Username and Secret in text'),
    (u'#!/bin/sh\necho \'{"Secret": "%s"}\'' % IDENTITY, 'its answer has no Username and Secret in text'),
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
    files = auth.CredentialFiles()
    wanted = ['The credential helper docker-credential-own is left out: ' + problem]
    found, texts = looked_up(files.get, 'host')
    assert (found.password, texts) == (SECRET, wanted)
    found, texts = looked_up(files.all)
    assert (users(found), texts) == ({'host': ('user', SECRET)}, wanted)


def test_a_helper_that_may_not_be_run(home, helpers):
    helpers.make('own', {})
    os.chmod(os.path.join(helpers.folder, 'docker-credential-own'), 0o600)
    write_config(home, {'credsStore': 'own'})
    found, texts = looked_up(auth.CredentialFiles().get, 'host')
    assert found is None
    assert texts == ['The credential helper docker-credential-own is left out: ' + os.strerror(errno.EACCES)]


def running_in(group):
    """The process ids of a process group, but of those that are dead and were not waited for."""
    found = []
    for path in glob.glob('/proc/[0-9]*/stat'):
        try:
            with open(path) as opened:
                state, _, its_group = opened.read().rpartition(')')[2].split()[:3]
        except EnvironmentError:
            continue    # it has ended meanwhile
        if int(its_group) == group and state not in 'ZX':
            found.append(path)
    return found


HANGING = [
    'exec sleep 1000',
    'sleep 1000',
    'sleep 1000 & echo {}',
    'exec >&-; sleep 1000',
    'while :; do echo no end; done',
    'trap "" TERM INT HUP; while :; do sleep 1000; done',
]


@pytest.mark.parametrize('script', HANGING)
def test_a_helper_that_hangs_is_left_out_and_ended(home, helpers, monkeypatch, script):
    monkeypatch.setattr(credential_helper, 'SECONDS', 0.3)
    helpers.write('own', u'#!/bin/sh\necho $$ > {0}/pid\n{1}\n'.format(helpers.folder, script))
    write_config(home, {'credHelpers': {key: 'own' for key in ('host', 'b', 'c')},
                        'auths': {'host': {'auth': encoded()}}})
    found, texts = looked_up(auth.CredentialFiles().all)
    assert users(found) == {'host': ('user', SECRET)}
    assert texts == ['The credential helper docker-credential-own is left out: '
                     'it did not end within 0.3 seconds']
    with open(os.path.join(helpers.folder, 'pid')) as opened:
        group = int(opened.read())
    # They were told to end, which they may do a moment later.
    deadline = time.time() + 10
    while running_in(group) and time.time() < deadline:
        pass
    assert running_in(group) == []


def test_what_a_helper_left_behind_outside_of_its_session_is_not_waited_for(home, helpers, monkeypatch):
    monkeypatch.setattr(credential_helper, 'SECONDS', 0.3)
    helpers.write('own', u'#!/bin/sh\nsetsid sleep 5 &\necho {}\n')
    write_config(home, {'credsStore': 'own'})
    assert looked_up(auth.CredentialFiles().get, 'host')[1] == [
        'The credential helper docker-credential-own is left out: it did not end within 0.3 seconds']


def test_a_helper_leaves_no_files_open(home, helpers, monkeypatch):
    monkeypatch.setattr(credential_helper, 'SECONDS', 0.3)
    helpers.make('own', {'host': ALICE})
    helpers.write('slow', u'#!/bin/sh\nexec sleep 1000\n')
    helpers.write('deaf', u'#!/bin/sh\nexec <&-\necho {}\n')
    write_config(home, {'credHelpers': {'host': 'own', 'a': 'slow', 'b': 'deaf', 'c': 'missing'}})
    files = auth.CredentialFiles()
    before = len(os.listdir('/proc/self/fd'))
    for registry in 'host', 'a', 'b', 'c':
        looked_up(files.get, registry)
    gc.collect()
    assert len(os.listdir('/proc/self/fd')) == before


@pytest.mark.parametrize('content, where', [
    ({'credsStore': 5}, 'credsStore'), ({'credsStore': '../own'}, 'credsStore'),
    ({'credsStore': 'a b'}, 'credsStore'), ({'credsStore': {'x': IDENTITY}}, 'credsStore'),
    ({'credsStore': '-x'}, 'credsStore'), ({'credHelpers': {'host': IDENTITY + '/'}}, 'credHelpers')])
def test_a_name_that_no_helper_has_is_left_out(home, helpers, content, where):
    write_config(home, dict(content, auths={'host': {'auth': encoded()}}))
    found, texts = looked_up(auth.CredentialFiles().get, 'host')
    assert found.password == SECRET
    assert texts == ['%s has an entry that is left out: %s takes the NAME of a program '
                     'docker-credential-NAME' % (home / '.docker' / 'config.json', where)]


def test_helpers_that_are_no_object(home):
    write_config(home, {'credHelpers': ['own'], 'auths': {'host': {'auth': encoded()}}})
    found, texts = looked_up(auth.CredentialFiles().get, 'host')
    assert found.password == SECRET
    assert texts == ['%s is left out: its credHelpers is not an object' % (home / '.docker' / 'config.json')]


@pytest.mark.parametrize('script, problem', FAILURES, ids=[str(number) for number in range(len(FAILURES))])
def test_a_failing_helper_shows_nothing_in_warnings_that_are_errors(home, helpers, script, problem):
    if script is not None:
        helpers.write('own', script)
    write_config(home, {'credsStore': 'own'})
    with warnings.catch_warnings():
        warnings.simplefilter('error')
        with pytest.raises(UserWarning) as caught:
            auth.CredentialFiles().get('host')
    assert held_by(caught.value) is None


# The credentials that a build is given

def test_credentials_of_a_build_by_registry():
    configs = auth.registry_configs({
        'https://host:5000/v1/': {'username': 'a', 'password': SECRET},
        'index.docker.io': {'auth': encoded()}, 'other': auth.Credentials('b', 'p')})
    assert users(configs) == {'host:5000': ('a', SECRET), 'docker.io': ('user', SECRET), 'other': ('b', 'p')}
    assert auth.registry_configs({}) == {}


@pytest.mark.parametrize('given', [
    {'username': 'user', 'password': SECRET, 'serveraddress': 'https://host:5000'},
    {'auth': encoded(), 'serveraddress': 'host:5000'},
    auth.Credentials('user', SECRET, registry='http://host:5000/v1/')])
def test_credentials_of_a_build_with_their_registry(given):
    assert users(auth.registry_configs(given)) == {'host:5000': ('user', SECRET)}


# Headers

def test_the_header_without_credentials_is_an_empty_object():
    assert auth.encode_header(None) == auth.encode_header({}) == 'e30='
    assert type(auth.encode_header(None)) is str


def test_the_header_is_in_the_url_safe_alphabet():
    header = auth.encode_header(auth.Credentials('user', SECRET, 'e@x', 'host:5000'))
    standard = base64.b64encode(base64.urlsafe_b64decode(header.encode('ascii'))).decode('ascii')
    assert '+' in standard and '/' in standard
    assert '-' in header and '_' in header
    assert decoded(header) == {'username': 'user', 'password': SECRET, 'auth': '', 'email': 'e@x',
                               'serveraddress': 'host:5000'}


@pytest.mark.parametrize('length', range(6))
def test_the_header_is_padded(length):
    header = auth.encode_header({'username': 'u', 'password': 'p' * length})
    assert decoded(header).get('password', '') == 'p' * length


def test_the_header_has_its_keys_in_order():
    header = auth.encode_header({'serveraddress': 'host', 'email': 'e', 'password': 'p',
                                 'username': 'u'})
    assert base64.urlsafe_b64decode(header.encode('ascii')).decode('ascii') == (
        '{"username": "u", "password": "p", "auth": "", "email": "e", "serveraddress": "host"}')


@pytest.mark.parametrize('auth_config, expected', [
    ({'username': u'n\xe4me', 'password': SECRET, 'email': None},
     {'username': u'n\xe4me', 'password': SECRET, 'auth': ''}),
    ({'auth': encoded()}, {'username': 'user', 'password': SECRET, 'auth': ''}),
    ({'username': 'u', 'password': 'p', 'auth': '', 'serveraddress': 'docker.io'},
     {'username': 'u', 'password': 'p', 'auth': '',
      'serveraddress': 'https://index.docker.io/v1/'}),
    ({'identitytoken': TOKEN}, {'auth': '', 'identitytoken': TOKEN}),
    ({'username': None, 'password': None}, {})])
def test_the_header_of_a_dict(auth_config, expected):
    assert decoded(auth.encode_header(auth_config)) == expected


@pytest.mark.parametrize('value, kind, message', [
    (5, TypeError, 'auth_config takes a dict or Credentials, not int'),
    (('user', SECRET), TypeError, 'auth_config takes a dict or Credentials, not tuple'),
    (SECRET, TypeError, 'auth_config takes a dict or Credentials, not '),
    ({'username': 'user', 'password': 5}, TypeError, 'auth_config: password takes text, not int'),
    ({'username': 'user', 'password': [SECRET]}, TypeError,
     'auth_config: password takes text, not list'),
    ({'username': 'user', 'pasword': SECRET}, ValueError, 'auth_config takes a username'),
    ({'user': SECRET}, ValueError, 'auth_config takes a username'),
    ({'hunter2': 'x', 5: 'y'}, ValueError, 'auth_config takes a username'),
    ({'password': SECRET}, ValueError, 'auth_config takes a username'),
    ({'auth': SECRET}, ValueError, 'auth_config: auth takes the base64 of user:password'),
    ({'auth': base64.b64encode(b'u:hunter2\xff').decode('ascii')}, ValueError,
     'auth_config: auth takes the base64 of user:password')])
def test_what_is_no_auth_config_is_refused(value, kind, message):
    for call in auth.encode_header, lambda each: auth.encode_registry_config({'host': each}):
        with pytest.raises(kind) as caught:
            call(value)
        text = str(caught.value)
        assert text.replace('a value of mapping', 'auth_config').startswith(message)
        no_secret_in(text)
        assert getattr(caught.value, '__context__', None) is None


def test_the_header_of_a_build():
    header = auth.encode_registry_config({
        'host:5000': auth.Credentials('own', SECRET, None, 'https://host:5000/v1/'),
        'docker.io': {'username': 'hub', 'password': '>>>???'},
        'token': {'identitytoken': TOKEN}, 'none': None, 'empty': {},
        'dropped': auth.Credentials(registry='dropped')})
    assert '-' in header and '_' in header
    assert decoded(header) == {
        'host:5000': {'username': 'own', 'password': SECRET, 'auth': '',
                      'serveraddress': 'host:5000'},
        'https://index.docker.io/v1/': {'username': 'hub', 'password': '>>>???', 'auth': '',
                                        'serveraddress': 'https://index.docker.io/v1/'},
        'token': {'auth': '', 'identitytoken': TOKEN, 'serveraddress': 'token'}}


def test_the_header_of_a_build_from_files(home):
    write_config(home, {'auths': {'index.docker.io': {'auth': encoded(u'hub')},
                                  'https://host:5000': {'auth': encoded(u'own')}}})
    configs = decoded(auth.encode_registry_config(auth.load_config()))
    assert {key: value['username'] for key, value in configs.items()} == {
        'https://index.docker.io/v1/': 'hub', 'host:5000': 'own'}
    assert auth.encode_registry_config({}) == 'e30='


def test_one_registry_in_two_spellings_is_one_in_a_build():
    mapping = {spelling: {'username': spelling} for spelling in HUB_SPELLINGS[1:]}
    configs = decoded(auth.encode_registry_config(mapping))
    assert configs == {auth.DEFAULT_REGISTRY: {'username': auth.DEFAULT_REGISTRY, 'auth': '',
                                               'serveraddress': auth.DEFAULT_REGISTRY}}


@pytest.mark.parametrize('mapping, message', [
    (None, 'mapping takes a dict of registry to credentials, not NoneType'),
    ([SECRET], 'mapping takes a dict of registry to credentials, not list'),
    ({5: None}, 'registry takes text, not int'),
    ({'host': SECRET}, 'a value of mapping takes a dict or Credentials, not ')])
def test_what_is_no_registry_config_is_refused(mapping, message):
    with pytest.raises(TypeError) as caught:
        auth.encode_registry_config(mapping)
    assert str(caught.value).startswith(message)
    no_secret_in(str(caught.value))
