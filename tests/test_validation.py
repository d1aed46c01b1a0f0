"""docker.validation: what each check takes, what it refuses, and the messages of its errors.

The helpers of these tests serve those of docker.config as well.
"""

import collections
import json

import pytest
import six
from six.moves import collections_abc

import docker
from docker import config, host_config, mounts, validation
from docker.errors import DockerException, InvalidVersion, InvalidVersionArgument, NullResource
from tests import PathObject, only_2, only_3

CAFE = u'caf\xe9'
# As Python 3 decodes an argument whose bytes are not UTF-8; it may be secret.
SURROGATE = u'hunter2\udcff'
ID = '4fa6e0f0c6786287e131c3852c58a2e01cc697a68231826813597e4994f1d6e2'

# Values that would make long messages, or messages with a password.
LONG_VALUES = [list(range(100000)), {'x' * 100000: 5}, [{'Env': ['PASSWORD=hunter2']}], [[['hunter2']]]]


class Settings(dict):
    """A dict of another class, as readers of configuration return them."""


class Record(collections_abc.Mapping):
    """A mapping that is no dict."""

    def __init__(self, **items):
        self.items_by_name = items

    def __getitem__(self, name):
        return self.items_by_name[name]

    def __iter__(self):
        return iter(self.items_by_name)

    def __len__(self):
        return len(self.items_by_name)


def same(got, wanted):
    """Assert that `got` equals `wanted`, that its text is unicode, and that JSON can represent it."""
    def check(value):
        assert not (six.PY2 and isinstance(value, str)), 'bytes in {0!r}'.format(got)
        if isinstance(value, dict):
            assert all(isinstance(key, six.string_types) for key in value)
            for item in value.values():
                check(item)
        elif isinstance(value, list):
            for item in value:
                check(item)
    check(got)
    assert got == wanted
    assert type(got) is type(wanted) or isinstance(got, six.text_type)
    json.dumps(got)


def refused(error, function, *arguments, **named):
    """Return the message of the error that the call must raise."""
    with pytest.raises(error) as caught:
        function(*arguments, **named)
    # Some bad arguments have a class of docker.errors.
    assert type(caught.value) is error or isinstance(caught.value, DockerException)
    assert getattr(caught.value, '__cause__', None) is None
    return str(caught.value).replace("u'", "'")


# identifier

@pytest.mark.parametrize('value, wanted', [
    (ID, ID),
    (ID[:12], ID[:12]),
    (u'web', 'web'),
    (CAFE, CAFE),
    ('registry.example.com:5000/team/app:1.0', 'registry.example.com:5000/team/app:1.0'),
    ('busybox@sha256:' + ID, 'busybox@sha256:' + ID),
    ('/web', 'web'),
    ('/web/db', 'web/db'),
    ('a..b', 'a..b'),
    ('...', '...'),
    ({'Id': ID, 'Warnings': None}, ID),
    ({'ID': ID}, ID),
    ({'id': ID}, ID),
    ({'Id': '', 'ID': None, 'id': ID}, ID),
    ({'Id': 'first', 'ID': 'second', 'id': 'third'}, 'first'),
    ({'ID': 'second', 'id': 'third'}, 'second'),
    (Settings({'Id': CAFE}), CAFE),
    (collections.OrderedDict(Id='/web'), 'web'),
])
def test_identifier(value, wanted):
    same(validation.identifier(value), wanted)


def test_identifier_takes_any_mapping():
    same(validation.identifier(Record(Id=ID)), ID)


@pytest.mark.parametrize('value, shown', [
    (None, 'None'), (5, '5'), (True, 'True'), (['web'], "['web']"), (('web',), "('web',)"),
    (1.5, '1.5'), ({'Id': 5}, '5'), ({'Id': None}, 'None'), (bytearray(b'web'), 'bytearray'),
])
def test_identifier_refuses_other_types(value, shown):
    message = refused(TypeError, validation.identifier, value)
    assert message.startswith('container takes an id, a name or a dict with Id, not ' + shown)


def test_identifier_names_the_argument():
    assert refused(TypeError, validation.identifier, 5, 'image').startswith('image takes ')
    assert refused(TypeError, validation.identifier, {}, name='image').startswith('image takes ')
    assert refused(ValueError, validation.identifier, '', 'image').startswith('image takes ')
    assert refused(ValueError, validation.identifier, '..', 'image').startswith('image takes ')


def test_identifier_shows_the_keys_alone_of_a_dict_without_id():
    message = refused(TypeError, validation.identifier, {'Config': {'Env': ['PASSWORD=hunter2']}})
    assert message == ("container takes an id, a name or a dict with Id, "
                       "not a dict with the keys ['Config']")


@pytest.mark.parametrize('value', ['', ' ', '\t\n', u'\xa0', {'Id': ''}, {'ID': ' '}])
def test_identifier_refuses_what_is_empty(value):
    message = refused(ValueError, validation.identifier, value)
    assert message.startswith('container takes an id, a name or a dict with Id, not ')


@pytest.mark.parametrize('value', [
    '.', '..', '/', '//', '//web', 'web/', 'a//b', '../images', 'a/../b', 'a/./b', '/..', 'a/..',
    {'Id': '..'}])
def test_identifier_refuses_what_would_walk_the_path(value):
    message = refused(ValueError, validation.identifier, value)
    shown = repr(value['Id'] if isinstance(value, dict) else value)
    assert message == ("container takes an id or a name without empty, '.' or '..' segments, "
                       "not {0}".format(shown))


@only_3
@pytest.mark.parametrize('value', [b'80', bytearray(b'80'), {'Id': b'web'}])
def test_identifier_refuses_bytes(value):
    refused(TypeError, validation.identifier, value)


@only_2
@pytest.mark.parametrize('value', [b'caf\xc3\xa9', {'Id': b'caf\xc3\xa9'}])
def test_a_str_of_2_is_utf_8(value):
    same(validation.identifier(value), CAFE)


@only_2
def test_a_str_of_2_that_is_not_utf_8_is_refused_by_the_name_of_the_argument():
    message = refused(ValueError, validation.identifier, b'caf\xe9')
    assert message.startswith('container takes text, or UTF-8 in a str of Python 2.7: ')
    assert 'position' in message and 'caf' not in message


@pytest.mark.parametrize('value', [None, '', ' ', {}, {'Id': None}, {'Id': ''}])
def test_nothing_in_place_of_a_container_is_a_null_resource(value):
    for error in (NullResource, TypeError, ValueError, DockerException):
        assert refused(error, validation.identifier, value).startswith('container takes an id')


@pytest.mark.parametrize('value', [5, ['web'], {'Name': 'web'}, '..', 'a//b'])
def test_a_wrong_container_is_no_null_resource(value):
    with pytest.raises((TypeError, ValueError)) as caught:
        validation.identifier(value)
    assert not isinstance(caught.value, NullResource)


@pytest.mark.parametrize('value, kind, builtin', [
    (1.6, InvalidVersionArgument, TypeError), (None, InvalidVersionArgument, TypeError),
    ('v1.6', InvalidVersion, ValueError), ('', InvalidVersion, ValueError)])
def test_bad_versions_have_their_class(value, kind, builtin):
    with pytest.raises(builtin) as caught:
        validation.check_api_version(value, 'version')
    assert type(caught.value) is kind


@pytest.mark.parametrize('value', ['docker-py/1.11.0', 'me', u'a b (c; d)'])
def test_values_of_headers(value):
    got = validation.check_header(value, 'user_agent')
    assert got == value and type(got) is str


@pytest.mark.parametrize('value, kind', [
    (5, TypeError), (None, TypeError), ('', ValueError), ('a\nb', ValueError), ('a\r', ValueError),
    (u'caf\xe9', ValueError), (' a', ValueError), ('a ', ValueError), ('a\0b', ValueError)])
def test_bad_values_of_headers(value, kind):
    assert refused(kind, validation.check_header, value, 'user_agent').startswith('user_agent takes text')


def test_messages_are_short_whatever_they_show():
    for value in LONG_VALUES:
        message = refused(TypeError, validation.identifier, value)
        assert len(message) < 400 and 'hunter2' not in message


# the other checks

@pytest.mark.parametrize('check, value, wanted', [
    (validation.check_text, CAFE, CAFE), (validation.check_text, '', ''),
    (validation.check_nonempty_text, ' a ', ' a '), (validation.check_optional_text, None, None),
    (validation.check_optional_text, '', ''), (validation.check_json_dict, {'A': [1]}, {'A': [1]}),
    (validation.check_json_dict, Settings(A=None), Settings(A=None)),
    (validation.check_api_version, '1.6', '1.6'), (validation.check_api_version, u'1.41', '1.41'),
    (validation.check_seconds, None, None), (validation.check_seconds, 0, 0),
    (validation.check_timeout, None, None), (validation.check_timeout, 0.5, 0.5),
    (validation.check_timeout, (3, 10), (3, 10)), (validation.check_timeout, [3, None], (3, None)),
    (validation.check_count, 0, 0), (validation.check_count, 10, 10),
    (validation.check_path, '/a', '/a'), (validation.check_path, PathObject('/a'), '/a'),
    (validation.check_text, u'\U0001f40b', u'\U0001f40b'),
    (validation.check_json_dict, {u'\U0001f40b': u'\\udcff'}, {u'\U0001f40b': u'\\udcff'}),
    (validation.check_seconds, 0.5, 0.5), (validation.check_terminal_size, 0, 0),
    (validation.check_terminal_size, 80, 80)])
def test_checks_return_the_value(check, value, wanted):
    assert check(value, 'argument') == wanted


@pytest.mark.parametrize('error, check, value, wanted', [
    (TypeError, validation.check_text, None, 'text, not None'),
    (TypeError, validation.check_text, 5, 'text, not 5'),
    (TypeError, validation.check_optional_text, 5, 'text, not 5'),
    (TypeError, validation.check_nonempty_text, None, 'text, not None'),
    (ValueError, validation.check_nonempty_text, ' \n', 'text that is not empty'),
    (TypeError, validation.check_json_dict, '{"Env": ["A=secret"]}', 'a dict, not a value of type str'),
    (TypeError, validation.check_json_dict, Record(A=1), 'a dict, not a value of type Record'),
    (TypeError, validation.check_json_dict, {'A': object()}, 'a dict that JSON can hold: '),
    (TypeError, validation.check_api_version, 1.6, "a str such as '1.6', not 1.6"),
    (ValueError, validation.check_api_version, 'v1.6', "a str such as '1.6', not 'v1.6'"),
    (TypeError, validation.check_seconds, True, 'seconds, an int or a float, not True'),
    (TypeError, validation.check_seconds, '5', "seconds, an int or a float, not '5'"),
    (ValueError, validation.check_seconds, -1, 'seconds, 0 or more, not -1'),
    (ValueError, validation.check_seconds, float('inf'), 'seconds, 0 or more, not inf'),
    (ValueError, validation.check_seconds, float('nan'), 'seconds, 0 or more, not nan'),
    (TypeError, validation.check_timeout, '60', "seconds, an int or a float, not '60'"),
    (TypeError, validation.check_timeout, True, 'seconds, an int or a float, not True'),
    (TypeError, validation.check_timeout, ('3', 10), "seconds, an int or a float, not '3'"),
    (TypeError, validation.check_timeout, (3, True), 'seconds, an int or a float, not True'),
    (ValueError, validation.check_timeout, (3, -1), 'seconds, 0 or more, not -1'),
    (ValueError, validation.check_timeout, (float('nan'), 1), 'seconds, 0 or more, not nan'),
    (ValueError, validation.check_timeout, (1, float('inf')), 'seconds, 0 or more, not inf'),
    (ValueError, validation.check_timeout, (3,), 'seconds, or a pair of them: (connect, read), not (3,)'),
    (ValueError, validation.check_timeout, (), 'seconds, or a pair of them: (connect, read), not ()'),
    (TypeError, validation.check_timeout, {3, 10}, 'seconds, an int or a float, not '),
    (TypeError, validation.check_count, True, 'an int, 0 or more, not True'),
    (TypeError, validation.check_count, None, 'an int, 0 or more, not None'),
    (TypeError, validation.check_count, 1.0, 'an int, 0 or more, not 1.0'),
    (ValueError, validation.check_count, -1, 'an int, 0 or more, not -1'),
    (TypeError, validation.check_path, 5, 'text, not 5'),
    (ValueError, validation.check_text, SURROGATE, 'text that UTF-8 can encode, '),
    (ValueError, validation.check_path, SURROGATE, 'text that UTF-8 can encode, '),
    (ValueError, validation.identifier, SURROGATE, 'text that UTF-8 can encode, '),
    (ValueError, validation.check_json_dict, {'A': [SURROGATE]}, 'text that UTF-8 can encode, '),
    (ValueError, validation.check_json_dict, {SURROGATE: 1}, 'text that UTF-8 can encode, '),
    (TypeError, validation.check_terminal_size, -1, 'an int, 0 or more, not -1'),
    (TypeError, validation.check_terminal_size, 1.0, 'an int, 0 or more, not 1.0'),
    (TypeError, validation.check_terminal_size, True, 'an int, 0 or more, not True')])
def test_checks_refuse_by_the_name_of_the_argument(error, check, value, wanted):
    assert refused(error, check, value, 'argument').startswith('argument takes ' + wanted)


def test_required_seconds():
    assert validation.check_seconds(1, 'timeout', required=True) == 1
    assert refused(TypeError, validation.check_seconds, None, 'timeout', required=True) == (
        'timeout takes seconds, an int or a float, not None')


@pytest.mark.parametrize('value, wanted', [(True, 1), ('yes', 1), (2, 1), (False, 0), (None, 0), ('', 0)])
def test_query_flag(value, wanted):
    assert validation.query_flag(value) == wanted


@pytest.mark.parametrize('value, got', [
    ({}, {}), ([], {}), ((), {}),
    ({'tier': 'web', u'caf\xe9': u'\xe9', 'n': 3, 'on': True, 'off': False, 'none': None, 'empty': ''},
     {'tier': 'web', u'caf\xe9': u'\xe9', 'n': '3', 'on': 'true', 'off': 'false', 'none': '', 'empty': ''}),
    (Record(a='b'), {'a': 'b'}),
    (['tier=web', 'a=b=c', 'alone', 'empty='], {'tier': 'web', 'a': 'b=c', 'alone': '', 'empty': ''}),
])
def test_a_map_of_text(value, got):
    same(validation.check_text_map(value, 'labels'), got)


@pytest.mark.parametrize('value, kind', [
    (None, TypeError), ('hunter2', TypeError), (7, TypeError), ([7], TypeError), ([['hunter2']], TypeError),
    ({7: 'hunter2'}, TypeError), ({'': 'hunter2'}, ValueError), (['=hunter2'], ValueError),
    ({'a': 1.5}, TypeError), ({'a': ['hunter2']}, TypeError), ({'a': {'b': 'hunter2'}}, TypeError),
    ({'a': SURROGATE}, ValueError)])
def test_what_is_no_map_of_text(value, kind):
    with pytest.raises(kind) as caught:
        validation.check_text_map(value, 'labels')
    assert 'labels' in str(caught.value) and 'hunter2' not in str(caught.value)


# What was meant

@pytest.mark.parametrize('word, words, found', [
    ('tpc', ('tcp', 'udp'), 'tcp'), ('on-fail', ('no', 'always', 'on-failure'), 'on-failure'),
    ('CLIENT', ('Client', 'client'), 'Client'), ('Cilent', ('client', 'Client'), 'Client'),
    (u'Cmd', ['CMD', 'NONE'], 'CMD'), ('x', ('tcp',), None), ('', ('tcp',), None), ('tcp', (), None)])
def test_the_nearest_word(word, words, found):
    assert validation.nearest(word, words) == found
    assert validation.did_you_mean(word, words) == (': did you mean {0!r}?'.format(found) if found else '')


def test_only_text_is_near():
    assert validation.did_you_mean(None, ['none']) == validation.did_you_mean(5, ['5']) == ''


def container(**arguments):
    return lambda: config.create_container_config('busybox', **arguments)


def host(**arguments):
    return lambda: host_config.create_host_config(**arguments)


@pytest.mark.parametrize('call, hint', [
    (container(ports=['80:80']), 'port_bindings={80: 80} of start or create_host_config'),
    (container(ports='8080:80/tcp'), 'port_bindings={80: 8080} of start or create_host_config'),
    (container(ports=['127.0.0.1:8080:53/udp']),
     "port_bindings={'53/udp': ('127.0.0.1', 8080)} of start or create_host_config"),
    (container(ports={'80': 8080}), "port_bindings={'80': 8080} of start or create_host_config"),
    (container(ports=['80/tpc']), "'80/tcp'"), (container(ports=[(53, 'upd')]), "'53/udp'"),
    (container(volumes={'/srv': {'bind': '/data'}}),
     "binds={'/srv': {'bind': '/data'}} of start or create_host_config"),
    (container(volumes=['/srv:/data:ro']), "binds=['/srv:/data:ro'] of start or create_host_config"),
    (container(mem_limit='1,5 GByte'), "'1.5g'"), (container(stop_signal='SIGKIL'), "'SIGKILL'"),
    (container(stop_signal='trem'), "'SIGTERM'"),
    (container(networking_config={'EndpointConfig': {}}), "'EndpointsConfig'"),
    (container(healthcheck={'tset': 'true'}), "'test'"),
    (container(healthcheck={'test': ['CMDSHELL', 'true']}), "'CMD-SHELL'"),
    (host(port_bindings=['80:80']), '{80: 80}'),
    (host(port_bindings='127.0.0.1:1:2'), "{2: ('127.0.0.1', 1)}"),
    (host(port_bindings={'8080:80': None}), '{80: 8080}'), (host(port_bindings={'80/tpc': 1}), "'80/tcp'"),
    (host(binds='/srv:/data'), "['/srv:/data']"), (host(binds=['/srv:/data:readonly']), "'ro'"),
    (host(binds={'/srv': {'bin': '/data'}}), "'bind'"), (host(restart_policy='on-fail'), "'on-failure'"),
    (host(restart_policy='on_failure:3'), "'on-failure'"),
    (host(restart_policy={'Name': 'alwyas'}), "'always'"),
    (host(restart_policy={'Nmae': 'always'}), "'Name'"),
    (host(network_mode='containr:web'), "'container:web'"),
    (host(pid_mode='contianer:web'), "'container:web'"), (host(isolation='proces'), "'process'"),
    (host(cgroupns='hots'), "'host'"), (host(mounts=[{'Typ': 'bind'}]), "'Type'"),
    (host(mounts=[{'Type': 'vol', 'Target': '/x'}]), "'volume'"),
    (host(log_config={'typ': 'none'}), "'Type'"), (host(ulimits={'nofile': 1024}), "['nofile=1024']"),
    (host(port_bindings={80: '8080:80'}), '8080'), (host(links='db:database'), "['db:database']"),
    (host(port_bindings={80: '127.0.0.1:8080:80'}), "('127.0.0.1', 8080)"),
    (host(extra_hosts='db:10.0.0.1'), "['db:10.0.0.1']"),
    (container(healthcheck='true'), "{'test': 'true'}"),
    (lambda: docker.Client('unix:///missing.sock', version=1.24), "'1.24'"),
    (lambda: docker.Client('unix:///missing.sock', version='v1.24'), "'1.24'"),
    (lambda: docker.Client('unix:///missing.sock', version='1.24.0'), "'1.24'"),
    (lambda: docker.Client('unix:///missing.sock', version='Auto'), "'auto'"),
    (lambda: docker.Client('unix:///missing.sock').start('web\n'), "'web'"),
    (lambda: docker.Client('unix:///missing.sock').remove_image({'Id': ' busybox '}), "'busybox'"),
    (lambda: mounts.Mount('/x', '/y'), "type='bind'"), (lambda: mounts.Mount('/x', './y'), "type='bind'"),
    (lambda: mounts.Mount('/x', 'y', type='volum'), "'volume'"),
    (lambda: mounts.Mount('/x', '/y', type='bind', propagation='rsalve'), "'rslave'"),
    (lambda: docker.Client('unix:///missing.sock').wait('x', condition='next-exti'), "'next-exit'"),
    (lambda: docker.Client('unix:///missing.sock').kill('x', 'SIGTREM'), "'SIGTERM'")])
def test_bad_values_of_what_there_is_a_list_of(call, hint):
    with pytest.raises((TypeError, ValueError)) as caught:
        call()
    assert str(caught.value).endswith(': did you mean {0}?'.format(hint))


@pytest.mark.parametrize('call', [
    container(ports=['http']), container(ports=[99999]), container(volumes='data'),
    container(mem_limit='512x'),
    container(stop_signal='99'), container(stop_signal='SIGFOO'), host(port_bindings=8080),
    host(restart_policy='always:3'), host(restart_policy=True), host(extra_hosts=['a=1.2.3.4']),
    host(ulimits={'name': 'nofile'}),
    lambda: docker.Client('unix:///missing.sock').port('web', '80:80'),
    lambda: docker.types.EndpointSpec(ports={8080: '80:80'}),
    lambda: docker.types.EndpointSpec(ports='80:80'),
    lambda: docker.Client('unix:///missing.sock', version='newest'), host(mounts=[{'Target': '/x'}])])
def test_values_that_are_like_no_other(call):
    with pytest.raises((TypeError, ValueError)) as caught:
        call()
    assert 'did you mean' not in str(caught.value)


@pytest.mark.parametrize('mode', [
    'host', 'container:web', 'ns:/proc/1/ns/net', 'slirp4netns:mtu=1500', 'pasta:-I,x'])
def test_namespaces_of_each_engine_are_taken(mode):
    assert host_config.create_host_config(network_mode=mode) == {'NetworkMode': mode}
