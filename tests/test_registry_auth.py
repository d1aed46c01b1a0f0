# -*- coding: utf-8 -*-
"""docker.registry_auth: every spelling of a registry, credentials in each form, and no secret shown."""

import base64
import copy
import json
import pickle
import pprint

import pytest
import six

from docker import registry_auth as auth
from tests import only_2, only_3

SECRET = u'hunter2:p\xe4ss>>>???~~~'
TOKEN = u'tok3n-of-an-earlier-login'
DIGEST = 'sha256:' + 64 * 'a'


def encoded(user=u'user', password=SECRET):
    return base64.b64encode((user + u':' + password).encode('utf-8')).decode('ascii')


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
    u'host:5000', 'https://user:hunter2@host:5000/', 'https://u:hun/ter2@host:5000/v1/'])
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
    (auth.registry_key, 'registry'), (auth.resolve_repository, 'repository'),
    (auth.split_tag, 'repository')])
@pytest.mark.parametrize('value', [5, ['hunter2'], {'a': 'hunter2'}, object()])
def test_other_types_are_no_name(call, argument, value):
    with pytest.raises(TypeError) as caught:
        call(value)
    assert str(caught.value) == '{0} takes text, not {1}'.format(argument, type(value).__name__)


@only_3
@pytest.mark.parametrize('call', [auth.registry_key, auth.resolve_repository, auth.split_tag])
def test_bytes_are_no_name(call):
    with pytest.raises(TypeError, match='takes text, not bytes'):
        call(b'host:5000/x')


@only_2
@pytest.mark.parametrize('call', [auth.registry_key, auth.resolve_repository, auth.split_tag])
def test_bytes_that_are_not_utf_8_are_refused(call):
    with pytest.raises(ValueError, match='takes text that UTF-8 can encode'):
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
def test_invalid_repositories_are_refused(call, repository):
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
    'a@{0}\n'.format(DIGEST)])
def test_half_a_tag_is_refused(repository):
    with pytest.raises(ValueError, match='repository takes '):
        auth.split_tag(repository)


@pytest.mark.parametrize('repository, tag, expected', [
    ('host:5000/a', None, ('host:5000/a', None)),
    ('host:5000/a', '', ('host:5000/a', None)),
    ('a', '1', ('a', '1')),
    ('a:1', None, ('a', '1')),
    ('a:1', '1', ('a', '1')),
    (u'caf\xe9:\xe9', u'\xe9', (u'caf\xe9', u'\xe9')),
    ('a@' + DIGEST, None, ('a', DIGEST)),
    ('a@' + DIGEST, DIGEST, ('a', DIGEST))])
def test_a_tag_in_the_name_or_beside_it(repository, tag, expected):
    assert auth.repository_and_tag(repository, tag) == expected
    assert auth.repository_and_tag(repository, tag, required=False) == expected


@pytest.mark.parametrize('tag', [None, '1'])
def test_a_tag_without_a_repository(tag):
    assert auth.repository_and_tag(None, tag, required=False) == (None, tag)
    with pytest.raises(TypeError, match='repository takes text, not NoneType'):
        auth.repository_and_tag(None, tag)


@pytest.mark.parametrize('required', [True, False])
@pytest.mark.parametrize('repository', ['a', 'a:1', None])
@pytest.mark.parametrize('tag', [5, ['1'], {'a': '1'}])
def test_a_tag_that_is_no_text(repository, tag, required):
    with pytest.raises(TypeError) as caught:
        auth.repository_and_tag(repository, tag, required)
    assert str(caught.value) == 'tag takes text, not {0}'.format(type(tag).__name__)


@only_3
def test_a_tag_in_bytes():
    with pytest.raises(TypeError, match='tag takes text, not bytes'):
        auth.repository_and_tag('a', b'1')


def test_two_tags_that_differ():
    with pytest.raises(ValueError) as caught:
        auth.repository_and_tag(u'a:1', u'2')
    assert str(caught.value) == "repository holds the tag '1', and tag is '2'"


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


def test_repr_shows_the_kind_of_credentials():
    assert repr(auth.Credentials()) == '<Credentials: none>'
    assert repr(auth.Credentials('user', 'x')) == '<Credentials: user name and password>'
    assert repr(auth.Credentials(identity_token='x')) == '<Credentials: an identity token>'
    assert repr(auth.Credentials(registry_token='x')) == '<Credentials: a registry token>'


@pytest.mark.parametrize('protocol', range(pickle.HIGHEST_PROTOCOL + 1))
def test_a_pickle_drops_credentials(protocol):
    content = pickle.dumps([auth.Credentials('user', SECRET, 'e', 'host', TOKEN)], protocol)
    no_secret_in(content)
    assert b'user' not in content
    (credentials,) = pickle.loads(content)
    assert credentials.to_json_dict() == {}
    assert auth.encode_header(credentials) == auth.encode_header(None)


@pytest.mark.parametrize('duplicate', [copy.copy, copy.deepcopy])
def test_a_copy_in_memory_is_whole(duplicate):
    fields = (u'user', SECRET, u'e', u'host', TOKEN, u'bearer')
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
    assert str(caught.value) == '{0} takes text, not {1}'.format(name, type(value).__name__)


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
    ({'registrytoken': TOKEN}, {'auth': '', 'registrytoken': TOKEN}),
    ({'username': 'u', 'password': 'p', 'registrytoken': TOKEN},
     {'username': 'u', 'password': 'p', 'auth': '', 'registrytoken': TOKEN}),
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
    ({'user': SECRET}, ValueError, 'auth_config takes a username'),
    ({'hunter2': 'x', 5: 'y'}, ValueError, 'auth_config takes a username'),
    ({'password': SECRET}, ValueError, 'auth_config takes a username'),
    ({'auth': SECRET}, ValueError, 'auth_config: auth takes the base64 of user:password'),
    ({'auth': base64.b64encode(b'u:hunter2\xff').decode('ascii')}, ValueError,
     'auth_config: auth takes the base64 of user:password')])
def test_invalid_auth_configs_are_refused(value, kind, message):
    for call in auth.encode_header, lambda each: auth.encode_registry_config({'host': each}):
        with pytest.raises(kind) as caught:
            call(value)
        text = str(caught.value)
        assert text.replace('a value of mapping', 'auth_config').startswith(message)
        no_secret_in(text)
        assert getattr(caught.value, '__context__', None) is None


@pytest.mark.parametrize('known', [
    {'username': 'user', 'password': SECRET}, {'auth': encoded()}, {'identitytoken': TOKEN},
    {'registrytoken': TOKEN}])
@pytest.mark.parametrize('unknown, shown', [
    ({'Username': SECRET}, 'Username'), ({'pasword': SECRET, 'extra_key': [SECRET]}, 'extra_key, pasword'),
    ({5: SECRET, SECRET: None}, 'they are not names of fields')])
def test_other_keys_are_left_out_with_a_warning(known, unknown, shown):
    for call in (auth.encode_header, lambda each: auth.encode_registry_config({'host': each}),
                 lambda each: auth.registry_configs(dict(each, serveraddress='host'))):
        with pytest.warns(UserWarning) as caught:
            value = call(merged(known, unknown))
        (warning,) = caught
        text = str(warning.message)
        assert text.endswith(' has keys that are left out: ' + shown)
        no_secret_in(text)
        if isinstance(value, str):
            assert value == call(known)


def merged(*dicts):
    return {key: value for each in dicts for key, value in each.items()}


def test_a_registry_token_of_a_build():
    configs = auth.registry_configs({'registrytoken': TOKEN, 'serveraddress': 'host'})
    assert decoded(auth.encode_registry_config(configs)) == {
        'host': {'auth': '', 'serveraddress': 'host', 'registrytoken': TOKEN}}
    assert auth.Credentials(registry_token=TOKEN).with_identity_token('x').to_json_dict() == {
        'identitytoken': 'x', 'registrytoken': TOKEN}


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
def test_invalid_registry_configs_are_refused(mapping, message):
    with pytest.raises(TypeError) as caught:
        auth.encode_registry_config(mapping)
    assert str(caught.value).startswith(message)
    no_secret_in(str(caught.value))


# What a user sees of known credentials

KNOWN = {'username': 'me', 'password': 'a-secret', 'email': 'me@example.com',
         'serveraddress': 'https://index.docker.io/v1/'}


def shown():
    return auth.ShownCredentials(
        auth.Credentials('me', 'a-secret', 'me@example.com', 'docker.io').to_json_dict())


@pytest.mark.parametrize('show', [
    repr, str, pprint.pformat, '{0}'.format, '{0!r}'.format, lambda value: u'{0}'.format(value),
    lambda value: repr([value]), lambda value: pprint.pformat({'a': [value] * 9}),
    lambda value: repr(value.copy()), lambda value: repr(copy.deepcopy(value)),
    lambda value: repr(pickle.loads(pickle.dumps(value))), lambda value: repr(list(value.__rich_repr__()))])
def test_known_credentials_are_shown_without_secrets(show):
    text = show(shown())
    assert 'a-secret' not in text and '********' in text and 'me@example.com' in text


@pytest.mark.parametrize('key', ['password', 'auth', 'identitytoken', 'registrytoken', 'IdentityToken'])
def test_each_secret_is_hidden(key):
    value = auth.ShownCredentials([('username', 'me'), (key, 'a-secret')])
    assert repr(value) == "{{'username': 'me', {0!r}: '********'}}".format(key)


def test_known_credentials_are_a_dict_like_any_other():
    assert shown() == KNOWN and dict(shown()) == KNOWN and json.loads(json.dumps(shown())) == KNOWN
    assert pickle.loads(pickle.dumps(shown())) == KNOWN and copy.copy(shown()) == KNOWN
    assert isinstance(shown(), dict) and list(shown()) == ['username', 'password', 'email', 'serveraddress']
    assert shown()['password'] == 'a-secret' and shown().get('auth') is None
