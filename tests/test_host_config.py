"""docker.host_config: every form that it takes, and every form that it refuses."""

import collections
import inspect

import pytest
import six

from docker import host_config as hc
from docker.compat import to_native_string
from docker.config import convert_dns
from docker.transport.since import HOST_CONFIG_FIELDS
from tests import PathObject, only_2, only_3
from tests.test_validation import CAFE, ID, SURROGATE, Record, Settings, refused, same


def ordered(*pairs):
    return collections.OrderedDict(pairs)


def test_every_name_in_all_is_a_function():
    for name in hc.__all__:
        assert callable(getattr(hc, name))


@pytest.mark.parametrize('function', [
    hc.convert_port_bindings,
    hc.convert_binds, hc.convert_links, hc.convert_lxc_conf])
def test_none_and_empty_text_are_nothing(function):
    assert function(None) is None
    assert function('') is None
    assert function(u'') is None


@pytest.mark.parametrize('function, empties', [
    (hc.convert_port_bindings, [{}]),
    (hc.convert_binds, [[], (), {}, set(), {'/a': []}]),
    (hc.convert_links, [[], (), {}, set()]),
    (hc.convert_lxc_conf, [[], (), {}]),
])
def test_an_empty_container_is_nothing(function, empties):
    for empty in empties:
        assert function(empty) is None


def test_any_mapping_is_a_dict():
    same(hc.convert_binds(Record(data=Record(bind='/b', ro=True))), ['data:/b:ro'])
    same(hc.convert_port_bindings({80: Record(HostPort='8080')}), {'80/tcp': [host(port='8080')]})
    same(hc.convert_lxc_conf([Record(Key='a', Value='b')]), [{'Key': 'a', 'Value': 'b'}])


@only_3
@pytest.mark.parametrize('function', [
    hc.convert_port_bindings, hc.convert_binds, hc.convert_links, hc.convert_lxc_conf])
def test_bytes_are_refused(function):
    refused(TypeError, function, b'80')
    refused(TypeError, function, bytearray(b'80'))


@only_3
@pytest.mark.parametrize('function, value', [
    (hc.convert_port_bindings, {80: b'80'}), (hc.convert_port_bindings, {80: (b'127.0.0.1',)}),
    (hc.convert_binds, [b'/a:/b']), (hc.convert_binds, {b'/a': '/b'}),
    (hc.convert_binds, {'/a': b'/b'}), (hc.convert_binds, {'/a': {'bind': b'/b'}}),
    (hc.convert_binds, {'/a': {'bind': '/b', 'mode': b'ro'}}), (hc.convert_links, [b'a:b']),
    (hc.convert_links, {'a': b'b'}), (hc.convert_lxc_conf, {b'a': 'b'}),
    (hc.convert_lxc_conf, {'a': b'b'})])
def test_bytes_within_are_refused(function, value):
    refused(TypeError, function, value)


@only_2
@pytest.mark.parametrize('function, value, wanted', [
    (hc.convert_binds, {b'/caf\xc3\xa9': u'/caf\xe9'}, [u'/caf\xe9:/caf\xe9']),
    (hc.convert_binds, [b'/caf\xc3\xa9:/caf\xc3\xa9'], [u'/caf\xe9:/caf\xe9']),
    (hc.convert_links, {b'caf\xc3\xa9': u'caf\xe9'}, [u'caf\xe9:caf\xe9']),
    (hc.convert_lxc_conf, {b'a': b'caf\xc3\xa9'}, [{'Key': u'a', 'Value': CAFE}]),
])
def test_a_str_of_2_is_utf_8(function, value, wanted):
    same(function(value), wanted)


@only_2
@pytest.mark.parametrize('function, value, name', [
    (hc.convert_port_bindings, {80: b'80\xe9'}, 'port_bindings'),
    (hc.convert_binds, [b'/caf\xe9:/mnt'], 'binds'),
    (hc.convert_links, [b'caf\xe9'], 'links'),
    (hc.convert_lxc_conf, {b'caf\xe9': '1'}, 'lxc_conf'),
])
def test_a_str_of_2_that_is_not_utf_8_is_refused_by_the_name_of_the_argument(function, value, name):
    message = refused(ValueError, function, value)
    assert message.startswith(name + ' takes text, or UTF-8 in a str of Python 2.7: ')
    assert 'position' in message and 'caf' not in message


@pytest.mark.parametrize('function, value, wanted', [
    (hc.convert_binds, {PathObject('/a'): PathObject('/b')}, ['/a:/b']),
    (hc.convert_binds, {PathObject('/a'): {'bind': PathObject('/b'), 'ro': True}}, ['/a:/b:ro']),
    (hc.convert_binds, {PathObject('/a'): [PathObject('/b:ro')]}, ['/a:/b:ro']),
    (hc.convert_binds, [PathObject('/a:/b:ro'), '/c:/d'], ['/a:/b:ro', '/c:/d']),
])
def test_objects_that_are_paths(function, value, wanted):
    same(function(value), wanted)


@pytest.mark.parametrize('function, value, name', [
    (hc.convert_binds, {u'/' + SURROGATE: '/mnt'}, 'binds'),
    (hc.convert_binds, {'/a': u'/' + SURROGATE}, 'binds'),
    (hc.convert_binds, {PathObject(u'/' + SURROGATE): '/mnt'}, 'binds'),
    (hc.convert_links, {SURROGATE: 'a'}, 'links'),
    (hc.convert_links, [SURROGATE], 'links'),
    (hc.convert_lxc_conf, {'a': SURROGATE}, 'lxc_conf'),
    (hc.convert_port_bindings, {80: SURROGATE}, 'port_bindings'),
])
def test_lone_surrogates_are_refused(function, value, name):
    message = refused(ValueError, function, value)
    assert message.startswith(name + ' takes text that UTF-8 can encode, ')
    assert 'hunter2' not in message


# convert_port_bindings

ANY = {'HostIp': '', 'HostPort': ''}


def host(address='', port=''):
    return {'HostIp': address, 'HostPort': port}


@pytest.mark.parametrize('value, wanted', [
    (None, [ANY]),
    (8080, [host(port='8080')]),
    ('8080', [host(port='8080')]),
    (u'8080', [host(port='8080')]),
    ('08080', [host(port='8080')]),
    (65535, [host(port='65535')]),
    (1, [host(port='1')]),
    (0, [ANY]),
    ('0', [ANY]),
    ('', [ANY]),
    ('8000-8010', [host(port='8000-8010')]),
    ('8000-8000', [host(port='8000-8000')]),
    ('127.0.0.1:8080', [host('127.0.0.1', '8080')]),
    ('127.0.0.1:8000-8010', [host('127.0.0.1', '8000-8010')]),
    ('127.0.0.1:', [host('127.0.0.1')]),
    (':8080', None),
    ('[::1]:8080', [host('::1', '8080')]),
    ('[::1]:', [host('::1')]),
    (('127.0.0.1',), [host('127.0.0.1')]), ((8080,), [{'HostIp': '', 'HostPort': '8080'}]),
    (('127.0.0.1', 8080), [host('127.0.0.1', '8080')]),
    (('127.0.0.1', '8080'), [host('127.0.0.1', '8080')]),
    (('127.0.0.1', None), [host('127.0.0.1')]),
    (('127.0.0.1', ''), [host('127.0.0.1')]),
    (('127.0.0.1', 0), [host('127.0.0.1')]),
    ((u'fe80::1', '8000-8010'), [host('fe80::1', '8000-8010')]),
    ((None, 8080), [host(port='8080')]),
    (('', 8080), [host(port='8080')]),
    ((None,), [ANY]),
    (collections.namedtuple('Binding', 'ip port')('127.0.0.1', 80), [host('127.0.0.1', '80')]),
    ({}, [ANY]),
    ({'HostIp': '127.0.0.1'}, [host('127.0.0.1')]),
    ({'HostPort': '8080'}, [host(port='8080')]),
    ({'HostPort': 8080, 'HostIp': None}, [host(port='8080')]),
    ({'HostPort': None, 'HostIp': ''}, [ANY]),
    (Settings({'HostPort': '80'}), [host(port='80')]),
    ([], []),
    ([8080], [host(port='8080')]),
    ([None, 1, '2', ('127.0.0.1', 3), {'HostPort': 4}, '127.0.0.1:5'],
     [ANY, host(port='1'), host(port='2'), host('127.0.0.1', '3'), host(port='4'),
      host('127.0.0.1', '5')]),
    ({('127.0.0.1', 1)}, [host('127.0.0.1', '1')]),
    ((port for port in (1, 2)), [host(port='1'), host(port='2')]),
])
def test_port_bindings_values(value, wanted):
    if wanted is None:
        refused(ValueError, hc.convert_port_bindings, {80: value})
    else:
        same(hc.convert_port_bindings({80: value}), {'80/tcp': wanted})


@pytest.mark.parametrize('key, wanted', [
    (80, '80/tcp'), ('80', '80/tcp'), (u'80', '80/tcp'), ('80/TCP', '80/tcp'), ('53/udp', '53/udp'),
    ((53, 'udp'), '53/udp'), (('53', 'UDP'), '53/udp'), ('9/sctp', '9/sctp')])
def test_port_bindings_keys(key, wanted):
    got = hc.convert_port_bindings({key: 1})
    assert isinstance(list(got)[0], six.text_type)
    same(got, {wanted: [host(port='1')]})


def test_port_bindings_of_one_port_in_two_forms_are_joined():
    value = ordered((80, 1), ('80/tcp', [2, 3]), ('80', 4))
    same(hc.convert_port_bindings(value), {'80/tcp': [host(port=port) for port in '1234']})


def test_port_bindings_as_ansible_and_maestro_write_them():
    same(hc.convert_port_bindings({80: ('0.0.0.0',), 81: ('127.0.0.1', 8080), '53/udp': 53,
                                  82: [('127.0.0.1', 1), ('127.0.0.2', 2)]}),
         {'80/tcp': [host('0.0.0.0')], '81/tcp': [host('127.0.0.1', '8080')],
          '53/udp': [host(port='53')], '82/tcp': [host('127.0.0.1', '1'), host('127.0.0.2', '2')]})
    same(hc.convert_port_bindings({'80/tcp': [{'HostIp': '0.0.0.0', 'HostPort': '80'}]}),
         {'80/tcp': [host('0.0.0.0', '80')]})


@pytest.mark.parametrize('value', [5, True, 'x', [80], [(80, 81)], (80, 81), 1.5])
def test_port_bindings_takes_a_dict_alone(value):
    message = refused(TypeError, hc.convert_port_bindings, value)
    assert message == 'port_bindings takes a dict, not {0!r}'.format(value)


@pytest.mark.parametrize('key, error', [
    (0, ValueError), (65536, ValueError), ('x', ValueError), ('80/icmp', ValueError),
    (True, TypeError), (None, TypeError), (1.5, TypeError), ((80, 81), TypeError)])
def test_port_bindings_refuses_other_keys(key, error):
    assert refused(error, hc.convert_port_bindings, {key: 1}).startswith(
        "port_bindings takes ports of 1 to 65535 as 80, '80', '53/udp' or (53, 'udp')")


@pytest.mark.parametrize('value, shown', [
    (65536, '65536'), (-1, '-1'), ('65536', "'65536'"), ('8010-8000', "'8010-8000'"),
    ('8000-65536', "'8000-65536'"), ('-8000', "'-8000'"), ('8000-', "'8000-'"),
    ('1-2-3', "'1-2-3'"), ('80/tcp', "'80/tcp'"), ('http', "'http'"), ('127.0.0.1', "'127.0.0.1'"),
    (' ', "' '"), ('80\n', r"'80\n'"), (('127.0.0.1', 65536), '65536'), ({'HostPort': -1}, '-1'),
    ([1, 65536], '65536'), ('127.0.0.1:x', "'x'")])
def test_port_bindings_refuses_what_is_no_port_of_the_host(value, shown):
    assert refused(ValueError, hc.convert_port_bindings, {80: value}) == (
        "port_bindings takes ports of the host of 0 to 65535, or a range like '8000-8010', not "
        + shown)


@pytest.mark.parametrize('value, shown', [
    ((), '()'), (('127.0.0.1', 1, 2), "('127.0.0.1', 1, 2)"), ('::1', "'::1'"),
    ('::1:80', "'::1:80'"), ('1.2.3.4:5:6', "'1.2.3.4:5:6': did you mean ('1.2.3.4', 5)?"),
    ('[::1', "'[::1'"),
    (':80', "':80'"), ({'hostport': 1}, "{'hostport': 1}"),
    ({'HostPort': 1, 'Extra': 2}, "{'Extra': 2, 'HostPort': 1}")])
def test_port_bindings_refuses_what_is_no_binding(value, shown):
    assert refused(ValueError, hc.convert_port_bindings, {80: value}) == (
        "port_bindings takes a port, (ip,), (ip, port), 'ip:port' or a dict with HostIp and "
        "HostPort, not " + shown)


@pytest.mark.parametrize('value, shown', [
    (True, 'True'), (8080.0, '8080.0'), ([[8080]], '[8080]'), (('127.0.0.1', True), 'True'),
    ({'HostPort': 1.5}, '1.5'), ([True], 'True')])
def test_port_bindings_refuses_bindings_of_other_types(value, shown):
    assert refused(TypeError, hc.convert_port_bindings, {80: value}) == (
        "port_bindings takes a port, (ip,), (ip, port), 'ip:port' or a dict with HostIp and "
        "HostPort, not " + shown)


@pytest.mark.parametrize('value', [
    'localhost', '8080', '1.2.3', '1.2.3.256', '[::1]', ':::', ' 127.0.0.1', u'caf\xe9',
    '127.0.0.1\0', '127.0.0.1\n', '127.1'])
def test_addresses_are_ip_addresses(value):
    for wrapped in ((value,), (value, 80), {'HostIp': value}, [(value, 80)]):
        message = refused(ValueError, hc.convert_port_bindings, {80: wrapped})
        assert message.startswith('port_bindings takes an IP address, not ')
    message = refused(ValueError, convert_dns, value)
    assert message == 'dns takes an IP address, not {0}'.format(repr(value).lstrip('u'))


@pytest.mark.parametrize('value', [8080, True, 1.5, ['127.0.0.1']])
def test_addresses_are_text(value):
    for wrapped in ((value, 80), {'HostIp': value}):
        assert refused(TypeError, hc.convert_port_bindings, {80: wrapped}) == (
            'port_bindings takes an IP address, not {0!r}'.format(value))


def test_a_port_before_a_colon_is_no_address():
    assert refused(ValueError, hc.convert_port_bindings, {80: '8080:80'}) == (
        "port_bindings takes a port, (ip,), (ip, port), 'ip:port' or a dict with HostIp and HostPort, not "
        "'8080:80': did you mean 8080?")


# convert_binds

@pytest.mark.parametrize('value, wanted', [
    ({'/host': '/mnt'}, ['/host:/mnt']),
    ({'/host': '/mnt:ro'}, ['/host:/mnt:ro']),
    ({'/host': '/mnt:rw'}, ['/host:/mnt:rw']),
    ({'/host': '/mnt:ro,z'}, ['/host:/mnt:ro,z']),
    ({'/host': '/mnt:'}, ['/host:/mnt']),
    ({'/': '/mnt'}, ['/:/mnt']),
    ({'/a b': '/c d'}, ['/a b:/c d']),
    ({u'/caf\xe9': u'/caf\xe9:ro'}, [u'/caf\xe9:/caf\xe9:ro']),
    ({'data': '/mnt'}, ['data:/mnt']),
    ({'data_1.x-y': '/mnt:ro'}, ['data_1.x-y:/mnt:ro']),
    ({'C:\\data': '/mnt'}, ['C:\\data:/mnt']),
    ({'c:/data': '/mnt:ro'}, ['c:/data:/mnt:ro']),
    ({'/host': {'bind': '/mnt'}}, ['/host:/mnt']),
    ({'/host': {'bind': '/mnt', 'ro': False}}, ['/host:/mnt']),
    ({'/host': {'bind': '/mnt', 'ro': None}}, ['/host:/mnt']),
    ({'/host': {'bind': '/mnt', 'mode': 'ro'}}, ['/host:/mnt:ro']),
    ({'/host': {'bind': '/mnt', 'mode': 'rw'}}, ['/host:/mnt:rw']),
    ({'/host': {'bind': '/mnt', 'mode': u'z'}}, ['/host:/mnt:z']),
    ({'/host': {'bind': '/mnt', 'mode': None}}, ['/host:/mnt']),
    ({'/host': {'bind': '/mnt', 'mode': ''}}, ['/host:/mnt']),
    ({'/host': {'bind': '/mnt', 'ro': True, 'mode': None}}, ['/host:/mnt:ro']),
    ({'/host': {'bind': '/mnt', 'ro': True, 'mode': ''}}, ['/host:/mnt:ro']),
    ({'/host': {'bind': '/mnt', 'ro': None, 'mode': 'ro'}}, ['/host:/mnt:ro']),
    ({'/host': ['/a', '/b:ro', {'bind': '/c', 'ro': True}]},
     ['/host:/a', '/host:/b:ro', '/host:/c:ro']),
    ({'/host': ('/a', '/b')}, ['/host:/a', '/host:/b']),
    (Settings({'/host': Settings(bind='/mnt')}), ['/host:/mnt']),
    (ordered(('/z', '/1'), ('/a', '/2')), ['/z:/1', '/a:/2']),
    (['/host:/mnt', u'/host:/mnt:ro', 'data:/mnt'], ['/host:/mnt', '/host:/mnt:ro', 'data:/mnt']),
    (('/host:/mnt',), ['/host:/mnt']),
    ({'/host:/mnt'}, ['/host:/mnt']),
    ([u'/caf\xe9:/caf\xe9'], [u'/caf\xe9:/caf\xe9']),
    (['C:\\data:/mnt:ro', 'C:\\:/mnt'], ['C:\\data:/mnt:ro', 'C:\\:/mnt']),
    (['d:/mnt'], ['d:/mnt']),
    (['d:/mnt:ro'], ['d:/mnt:ro']),
    (['/host:/a\nb'], ['/host:/a\nb']),
    # as JupyterHub's DockerSpawner and Ansible write them
    ({'/srv/hub': {'bind': '/home/jovyan', 'ro': True}}, ['/srv/hub:/home/jovyan:ro']),
    ({'/srv/data': '/data'}, ['/srv/data:/data']),
])
def test_binds(value, wanted):
    same(hc.convert_binds(value), wanted)


@pytest.mark.parametrize('value', [5, True, 1.5, '/a:/b'])
def test_binds_takes_a_dict_or_a_list(value):
    assert refused(TypeError, hc.convert_binds, value).partition(': did')[0] == (
        'binds takes a dict or a list, not {0!r}'.format(value))


@pytest.mark.parametrize('value', [
    '/a', ':/b', ''])
def test_binds_in_a_list_have_an_absolute_path_of_the_container(value):
    assert refused(ValueError, hc.convert_binds, [value]) == (
        "binds takes '/host:/container' or '/host:/container:mode' in a list, not {0!r}".format(value))


@pytest.mark.parametrize('value', [None, 5, ('/a', '/b'), {'/a': '/b'}])
def test_binds_in_a_list_are_text(value):
    assert refused(TypeError, hc.convert_binds, [value]) == (
        "binds takes '/host:/container' or '/host:/container:mode' in a list, not {0!r}".format(value))


BIND = ('binds takes a path of the host or a volume name, an absolute path of the container, '
        'and a mode like ro, not ')
HOST, CONTAINER, MODE = ('binds takes {0}, not '.format(part) for part in (
    'an absolute path of the host or the name of a volume', 'an absolute path of the container',
    'a mode such as ro, rw or z'))
RELATIVE = '; use os.path.abspath() or os.path.expanduser()'


@pytest.mark.parametrize('source, target, message', [
    ('/a', 'b', CONTAINER + "'b' of '/a:b'"), ('/a', '', CONTAINER + "'' of '/a:'"),
    ('/a', ':ro', CONTAINER + "'' of '/a::ro'"), ('/a', {'bind': 'b'}, CONTAINER + "'b' of '/a:b'"),
    ('/a', {'bind': '/b:ro'}, CONTAINER + "'/b:ro' of '/a:/b:ro'"),
    ('/a', ['/b', 'c'], CONTAINER + "'c' of '/a:c'"),
    ('', '/b', HOST + "'' of ':/b'"), ('./a', '/b', HOST + "'./a' of './a:/b'" + RELATIVE),
    ('a/b', '/c', HOST + "'a/b' of 'a/b:/c'" + RELATIVE),
    ('~/a', '/b', HOST + "'~/a' of '~/a:/b'" + RELATIVE),
    ('.', '/b', HOST + "'.' of '.:/b'" + RELATIVE), ('/a:/b', '/c', HOST + "'/a:/b' of '/a:/b:/c'"),
    ('-a', '/b', HOST + "'-a' of '-a:/b'"), ('C:a', '/b', HOST + "'C:a' of 'C:a:/b'"),
    (u'caf\xe9', '/b', HOST + '{0!r} of {1!r}'.format(*map(to_native_string, (u'caf\xe9', u'caf\xe9:/b')))),
    ('a\n', '/b', HOST + "'a\\n' of 'a\\n:/b'"),
    ('/a', '/b:ro:rw', MODE + "'ro:rw' of '/a:/b:ro:rw'"), ('/a', '/b:r/o', MODE + "'r/o' of '/a:/b:r/o'"),
    ('/a', '/b:/c', MODE + "'/c' of '/a:/b:/c'"), ('/a', '/b:ro,', MODE + "'ro,' of '/a:/b:ro,'"),
    ('/a', '/b:0', MODE + "'0' of '/a:/b:0'"),
    ('/a', {'bind': '/b', 'mode': 'r/o'}, MODE + "'r/o' of '/a:/b:r/o'"),
    ('/a', {'bind': '/b', 'mode': 'ro\n'}, MODE + "'ro\\n' of '/a:/b:ro\\n'"),
    ('/a', '/b:readonly', MODE + "'readonly' of '/a:/b:readonly': did you mean 'ro'?"),
    ('/a', {'bind': '/b', 'mode': 'read-write'},
     MODE + "'read-write' of '/a:/b:read-write': did you mean 'rw'?"),
    ('/a', '/b:RO', MODE + "'RO' of '/a:/b:RO': did you mean 'ro'?")])
def test_binds_refuses_other_paths_and_modes(source, target, message):
    assert refused(ValueError, hc.convert_binds, {source: target}) == message


@pytest.mark.parametrize('value, message', [
    ('/a:/b:/c', MODE + "'/c' of '/a:/b:/c'"), ('a/b:/c', HOST + "'a/b' of 'a/b:/c'" + RELATIVE),
    ('/a:', CONTAINER + "'' of '/a:'"), ('/a:b', CONTAINER + "'b' of '/a:b'"),
    ('/a:ro', CONTAINER + "'ro' of '/a:ro'"), ('a:b:ro', CONTAINER + "'b:ro' of 'a:b:ro'"),
    ('/srv:/data:readonly', MODE + "'readonly' of '/srv:/data:readonly': did you mean 'ro'?")])
def test_the_bad_part_of_a_bind_in_a_list_is_shown(value, message):
    assert refused(ValueError, hc.convert_binds, [value]) == message


def test_modes_of_other_engines_are_taken():
    for mode in ('ro', 'rw', 'z', 'Z', 'ro,z', 'O', 'U', 'rslave', 'cached', 'noexec'):
        assert hc.convert_binds(['/a:/b:' + mode]) == ['/a:/b:' + mode]


@pytest.mark.parametrize('target', [
    {}, {'ro': True}, {'bind': ''}, {'bind': None}, {'bind': '/b', 'readonly': True}])
def test_binds_refuses_dicts_with_other_keys_or_no_bind(target):
    assert refused(ValueError, hc.convert_binds, {'/a': target}).startswith(
        "binds takes {'bind': '/container'} with ro or mode, not {")


@pytest.mark.parametrize('read_only', [True, False])
def test_binds_refuses_ro_and_mode_together(read_only):
    target = {'bind': '/b', 'ro': read_only, 'mode': 'rw'}
    assert refused(ValueError, hc.convert_binds, {'/a': target}) == (
        "binds takes ro or mode but not both, not {{'bind': '/b', 'mode': 'rw', 'ro': {0!r}}}".format(
            read_only))


@pytest.mark.parametrize('read_only', ['false', 'yes', 2, []])
def test_binds_refuses_ro_that_is_no_bool(read_only):
    assert refused(TypeError, hc.convert_binds, {'/a': {'bind': '/b', 'ro': read_only}}) == (
        'binds takes True or False for ro, not {0!r}'.format(read_only))


@pytest.mark.parametrize('value, shown', [
    ({'/a': None}, 'None'), ({'/a': 5}, '5'), ({5: '/b'}, '5'), ({None: '/b'}, 'None'),
    ({'/a': {'bind': 5}}, '5'), ({'/a': {'bind': '/b', 'mode': 5}}, '5'), ({'/a': [None]}, 'None'),
    ({'/a': [['/b']]}, "['/b']")])
def test_binds_refuses_parts_of_other_types(value, shown):
    assert refused(TypeError, hc.convert_binds, value) == BIND + shown


# convert_links

@pytest.mark.parametrize('value, wanted', [
    ({'db': 'database'}, ['db:database']),
    ({'db': None}, ['db:db']),
    ({CAFE: CAFE}, [u'caf\xe9:caf\xe9']),
    (ordered(('z', '1'), ('a', None)), ['z:1', 'a:a']),
    (Settings(db='database'), ['db:database']),
    ([('db', 'database'), ['web', 'www'], ('x', None)], ['db:database', 'web:www', 'x:x']),
    (['db:database', 'web', u'x:y'], ['db:database', 'web:web', 'x:y']),
    (('db', 'web'), ['db:db', 'web:web']),
    ({'db:database'}, ['db:database']),
    ([({'Id': ID}, 'db')], [ID + ':db']),
    ([{'Id': 'db', 'Warnings': None}], ['db:db']),
    ([('/db', 'database'), '/web:www', '/x'], ['db:database', 'web:www', 'x:x']),
    ({'redis-1': 'redis_1.x'}, ['redis-1:redis_1.x']),
])
def test_links(value, wanted):
    same(hc.convert_links(value), wanted)


@pytest.mark.parametrize('value', [5, True, 'db:database'])
def test_links_takes_a_dict_or_a_list(value):
    hint = ": did you mean ['db:database']?" if value == 'db:database' else ''
    assert refused(TypeError, hc.convert_links, value) == (
        'links takes a dict or a list, not {0!r}{1}'.format(value, hint))


@pytest.mark.parametrize('value', [None, 5, ('db',), ('a', 'b', 'c')])
def test_links_in_a_list_are_text_or_pairs(value):
    assert refused(TypeError, hc.convert_links, [value]) == (
        "links takes 'name:alias' or (container, alias) in a list, not {0!r}".format(value))


@pytest.mark.parametrize('value', [{5: 'db'}, [(None, 'db')], [{}]])
def test_links_refuses_names_as_identifier_does(value):
    assert refused(TypeError, hc.convert_links, value).startswith(
        'links takes an id, a name or a dict with Id, not ')


@pytest.mark.parametrize('value', [{'': 'db'}, [':db'], [''], [('', 'db')]])
def test_links_refuses_empty_names(value):
    assert refused(ValueError, hc.convert_links, value) == (
        "links takes an id, a name or a dict with Id, not ''")


@pytest.mark.parametrize('alias', [5, True, ['db']])
def test_links_refuses_aliases_of_other_types(alias):
    assert refused(TypeError, hc.convert_links, {'db': alias}) == (
        'links takes aliases as text, not {0!r}'.format(alias))


@pytest.mark.parametrize('value, shown', [
    ({'db': ''}, "('db', '')"), (['db:'], "('db', '')"), (['a:b:c'], "('a', 'b:c')"),
    ([('a:b', 'c')], "('a:b', 'c')"), ({'db': 'a/b'}, "('db', 'a/b')"),
    ({'db': 'a b'}, "('db', 'a b')"), ({'a/b': None}, "('a/b', 'a/b')")])
def test_links_refuses_what_would_be_read_as_something_else(value, shown):
    assert refused(ValueError, hc.convert_links, value) == (
        "links takes names without ':' and aliases without ':', '/' or white space, not " + shown)


# convert_lxc_conf

@pytest.mark.parametrize('value, wanted', [
    ({'lxc.utsname': 'docker'}, [('lxc.utsname', 'docker')]),
    ({'lxc.cgroup.cpu.shares': 50}, [('lxc.cgroup.cpu.shares', '50')]),
    ({'lxc.utsname': CAFE}, [('lxc.utsname', CAFE)]),
    ({'lxc.utsname': ''}, [('lxc.utsname', '')]),
    (ordered(('z', '1'), ('a', '2')), [('z', '1'), ('a', '2')]),
    ({'Key': 'lxc.utsname', 'Value': 'docker'}, [('lxc.utsname', 'docker')]),
    ({'Key': 'x'}, [('Key', 'x')]),
    # as Ansible writes it
    ([{'Key': 'lxc.cgroup.devices.allow', 'Value': 'a'},
      {'Key': 'lxc.cgroup.devices.allow', 'Value': u'b'}],
     [('lxc.cgroup.devices.allow', 'a'), ('lxc.cgroup.devices.allow', 'b')]),
    (({'Key': 'x', 'Value': 1},), [('x', '1')]),
    ([Settings(Key='x', Value='y')], [('x', 'y')]),
])
def test_lxc_conf(value, wanted):
    same(hc.convert_lxc_conf(value), [{'Key': key, 'Value': setting} for key, setting in wanted])


@pytest.mark.parametrize('value, shown', [
    (5, '5'), (True, 'True'), ('lxc.utsname=docker', "'lxc.utsname=docker'"), ([5], '5'),
    ([('a', 'b')], "('a', 'b')")])
def test_lxc_conf_refuses_other_types(value, shown):
    assert refused(TypeError, hc.convert_lxc_conf, value) == (
        'lxc_conf takes a dict, or a list of dicts with Key and Value, not ' + shown)


@pytest.mark.parametrize('value', [
    [{}], [{'Key': 'a'}], [{'key': 'a', 'value': 'b'}], [{'Key': 'a', 'Value': 'b', 'X': 1}],
    [{'Key': '', 'Value': 'b'}], {'': 'b'}, [{'Key': None, 'Value': 'b'}]])
def test_lxc_conf_refuses_other_keys(value):
    assert refused(ValueError, hc.convert_lxc_conf, value).startswith(
        'lxc_conf takes a dict, or a list of dicts with Key and Value, not {')


def test_lxc_conf_refuses_parts_of_other_types():
    assert refused(TypeError, hc.convert_lxc_conf, {5: 'a'}) == (
        'lxc_conf takes options as text, not 5')
    for value in (None, True, 1.5, ['a']):
        assert refused(TypeError, hc.convert_lxc_conf, {'a': value}) == (
            'lxc_conf takes text or ints as values, not {0!r}'.format(value))


# create_host_config

def test_create_host_config_of_nothing_is_empty():
    assert hc.create_host_config() == {}
    assert hc.create_host_config(binds=None, port_bindings=None, lxc_conf=None,
                                 publish_all_ports=None, links=None, privileged=None) == {}
    assert hc.create_host_config({}, {}, [], False, [], False) == {}


def test_create_host_config_of_everything_by_position():
    same(hc.create_host_config({'/tmp': '/mnt/tmp:ro'}, {80: 8080}, {'lxc.utsname': 'docker'}, 1,
                               {'db': 'database'}, 1),
         {'Binds': ['/tmp:/mnt/tmp:ro'], 'PortBindings': {'80/tcp': [host(port='8080')]},
          'LxcConf': [{'Key': 'lxc.utsname', 'Value': 'docker'}], 'PublishAllPorts': True,
          'Links': ['db:database'], 'Privileged': True})


@pytest.mark.parametrize('given, wanted', [
    (dict(binds=['/a:/b']), {'Binds': ['/a:/b']}),
    (dict(port_bindings={80: None}), {'PortBindings': {'80/tcp': [ANY]}}),
    (dict(lxc_conf={'a': 'b'}), {'LxcConf': [{'Key': 'a', 'Value': 'b'}]}),
    (dict(links=['db']), {'Links': ['db:db']}),
    (dict(publish_all_ports=True), {'PublishAllPorts': True}),
    (dict(privileged=True), {'Privileged': True}),
])
def test_create_host_config_has_what_was_given_alone(given, wanted):
    same(hc.create_host_config(**given), wanted)


@pytest.mark.parametrize('name', ['binds', 'port_bindings', 'lxc_conf', 'links'])
def test_create_host_config_refuses_by_the_name_of_the_argument(name):
    message = refused(TypeError, hc.create_host_config, **{name: 5})
    assert message.startswith(name + ' takes a dict') and message.endswith(', not 5')


# the fields that came after v1.6

GPU = {'Driver': '', 'Count': -1, 'DeviceIDs': [], 'Capabilities': [['gpu']], 'Options': {}}
DEVICE = {'PathOnHost': '/dev/sda', 'PathInContainer': '/dev/xvda', 'CgroupPermissions': 'r'}
ON_FAILURE = {'Name': 'on-failure', 'MaximumRetryCount': 5}


@pytest.mark.parametrize('argument, value, field, wanted', [
    ('dns', '10.0.0.1', 'Dns', ['10.0.0.1']),
    ('dns', ['10.0.0.1', '::1'], 'Dns', ['10.0.0.1', '::1']),
    ('dns_search', 'example.com', 'DnsSearch', ['example.com']),
    ('dns_opt', ['ndots:2'], 'DnsOptions', ['ndots:2']),
    ('volumes_from', 'db', 'VolumesFrom', ['db']),
    ('volumes_from', ['db:ro', {'Id': ID}], 'VolumesFrom', ['db:ro', ID]),
    ('volumes_from', 'db,data', 'VolumesFrom', ['db', 'data']),
    ('network_mode', 'container:web', 'NetworkMode', 'container:web'),
    ('restart_policy', 'always', 'RestartPolicy', {'Name': 'always', 'MaximumRetryCount': 0}),
    ('restart_policy', 'no', 'RestartPolicy', {'Name': 'no', 'MaximumRetryCount': 0}),
    ('restart_policy', 'unless-stopped', 'RestartPolicy', {
        'Name': 'unless-stopped', 'MaximumRetryCount': 0}),
    ('restart_policy', 'on-failure:5', 'RestartPolicy', ON_FAILURE),
    ('restart_policy', {'Name': 'on-failure', 'MaximumRetryCount': 5}, 'RestartPolicy', ON_FAILURE),
    ('restart_policy', {'name': 'on-failure', 'maximum_retry_count': '5'}, 'RestartPolicy', ON_FAILURE),
    ('restart_policy', Record(Name='always'), 'RestartPolicy', {'Name': 'always', 'MaximumRetryCount': 0}),
    ('restart_policy', {'Name': '', 'MaximumRetryCount': 0}, 'RestartPolicy', {
        'Name': '', 'MaximumRetryCount': 0}),
    ('cap_add', 'NET_ADMIN', 'CapAdd', ['NET_ADMIN']),
    ('cap_drop', ['MKNOD', u'ALL'], 'CapDrop', ['MKNOD', 'ALL']),
    ('devices', '/dev/sda:/dev/xvda:r', 'Devices', [DEVICE]),
    ('devices', ['/dev/sda'], 'Devices', [
        {'PathOnHost': '/dev/sda', 'PathInContainer': '/dev/sda', 'CgroupPermissions': 'rwm'}]),
    ('devices', ['/dev/sda:rw'], 'Devices', [
        {'PathOnHost': '/dev/sda', 'PathInContainer': '/dev/sda', 'CgroupPermissions': 'rw'}]),
    ('devices', ['/dev/sda:/dev/xvda'], 'Devices', [dict(DEVICE, CgroupPermissions='rwm')]),
    ('devices', [DEVICE], 'Devices', [DEVICE]),
    ('devices', {'PathOnHost': '/dev/sda'}, 'Devices', [
        {'PathOnHost': '/dev/sda', 'PathInContainer': '/dev/sda', 'CgroupPermissions': 'rwm'}]),
    ('devices', [{'path_on_host': '/dev/sda', 'path_in_container': '/dev/xvda', 'cgroup_permissions': 'r'}],
     'Devices', [DEVICE]),
    ('extra_hosts', {'db': '10.0.0.1'}, 'ExtraHosts', ['db:10.0.0.1']),
    ('extra_hosts', ['db:10.0.0.1', 'host:host-gateway', 'six:::1', 'six:[::1]'], 'ExtraHosts', [
        'db:10.0.0.1', 'host:host-gateway', 'six:::1', 'six:::1']),
    ('read_only', True, 'ReadonlyRootfs', True),
    ('read_only', 1, 'ReadonlyRootfs', True),
    ('pid_mode', 'host', 'PidMode', 'host'),
    ('ipc_mode', 'container:web', 'IpcMode', 'container:web'),
    ('uts_mode', 'host', 'UTSMode', 'host'),
    ('userns_mode', 'host', 'UsernsMode', 'host'),
    ('cgroupns', 'private', 'CgroupnsMode', 'private'),
    ('security_opt', 'no-new-privileges', 'SecurityOpt', ['no-new-privileges']),
    ('log_config', 'syslog', 'LogConfig', {'Type': 'syslog', 'Config': {}}),
    ('log_config', {'type': 'json-file', 'config': {'max-file': 3, 'compress': True}}, 'LogConfig', {
        'Type': 'json-file', 'Config': {'max-file': '3', 'compress': 'true'}}),
    ('log_config', {'Type': 'none'}, 'LogConfig', {'Type': 'none', 'Config': {}}),
    ('log_config', {'Config': {'a': 'b'}}, 'LogConfig', {'Type': 'json-file', 'Config': {'a': 'b'}}),
    ('mem_limit', '64m', 'Memory', 64 << 20),
    ('memswap_limit', -1, 'MemorySwap', -1),
    ('memswap_limit', '1g', 'MemorySwap', 1 << 30),
    ('mem_reservation', 1024, 'MemoryReservation', 1024),
    ('kernel_memory', '8m', 'KernelMemory', 8 << 20),
    ('kernel_memory_tcp', '8m', 'KernelMemoryTCP', 8 << 20),
    ('mem_swappiness', 0, 'MemorySwappiness', 0),
    ('mem_swappiness', 100, 'MemorySwappiness', 100),
    ('shm_size', '1k', 'ShmSize', 1024),
    ('cgroup_parent', '/web', 'CgroupParent', '/web'),
    ('cgroup', 'container:web', 'Cgroup', 'container:web'),
    ('group_add', ['audio', 7], 'GroupAdd', ['audio', '7']),
    ('group_add', 7, 'GroupAdd', ['7']),
    ('cpu_quota', -1, 'CpuQuota', -1),
    ('cpu_period', 100000, 'CpuPeriod', 100000),
    ('cpu_shares', '512', 'CpuShares', 512),
    ('cpu_count', 2, 'CpuCount', 2),
    ('cpu_percent', 100, 'CpuPercent', 100),
    ('cpu_rt_period', 1000, 'CpuRealtimePeriod', 1000),
    ('cpu_rt_runtime', 100, 'CpuRealtimeRuntime', 100),
    ('nano_cpus', 500000000, 'NanoCpus', 500000000),
    ('cpuset_cpus', '0-2,7', 'CpusetCpus', '0-2,7'),
    ('cpuset_cpus', 0, 'CpusetCpus', '0'),
    ('cpuset_mems', [0, 1], 'CpusetMems', '0,1'),
    ('pids_limit', -1, 'PidsLimit', -1),
    ('pids_limit', 0, 'PidsLimit', 0),
    ('oom_score_adj', -500, 'OomScoreAdj', -500),
    ('oom_kill_disable', True, 'OomKillDisable', True),
    ('blkio_weight', 10, 'BlkioWeight', 10),
    ('blkio_weight', 0, 'BlkioWeight', 0),
    ('blkio_weight_device', {'/dev/sda': 10}, 'BlkioWeightDevice', [{'Path': '/dev/sda', 'Weight': 10}]),
    ('blkio_weight_device', [{'Path': '/dev/sda', 'Weight': 10}], 'BlkioWeightDevice', [
        {'Path': '/dev/sda', 'Weight': 10}]),
    ('device_read_bps', {'/dev/sda': '1k'}, 'BlkioDeviceReadBps', [{'Path': '/dev/sda', 'Rate': 1024}]),
    ('device_write_bps', {'path': '/dev/sda', 'rate': 1}, 'BlkioDeviceWriteBps', [
        {'Path': '/dev/sda', 'Rate': 1}]),
    ('device_read_iops', [{'Path': '/dev/sda', 'Rate': 9}], 'BlkioDeviceReadIOps', [
        {'Path': '/dev/sda', 'Rate': 9}]),
    ('device_write_iops', {'/dev/sda': 9}, 'BlkioDeviceWriteIOps', [{'Path': '/dev/sda', 'Rate': 9}]),
    ('io_maximum_iops', 100, 'IOMaximumIOps', 100),
    ('io_maximum_bandwidth', '1m', 'IOMaximumBandwidth', 1 << 20),
    ('sysctls', {'net.ipv4.ip_forward': 1}, 'Sysctls', {'net.ipv4.ip_forward': '1'}),
    ('storage_opt', {'size': '120G'}, 'StorageOpt', {'size': '120G'}),
    ('annotations', {'a': 'b'}, 'Annotations', {'a': 'b'}),
    ('tmpfs', {'/run': 'size=1m', '/tmp': ''}, 'Tmpfs', {'/run': 'size=1m', '/tmp': ''}),
    ('tmpfs', ['/run:size=1m,uid=1000', '/tmp'], 'Tmpfs', {'/run': 'size=1m,uid=1000', '/tmp': ''}),
    ('tmpfs', {'/run': None}, 'Tmpfs', {'/run': ''}),
    ('isolation', 'hyperv', 'Isolation', 'hyperv'),
    ('auto_remove', True, 'AutoRemove', True),
    ('init', True, 'Init', True),
    ('init', False, 'Init', False),
    ('init_path', '/sbin/init', 'InitPath', '/sbin/init'),
    ('volume_driver', 'local', 'VolumeDriver', 'local'),
    ('runtime', 'runc', 'Runtime', 'runc'),
    ('mounts', [{'Type': 'tmpfs', 'Target': '/mnt', 'TmpfsOptions': {'SizeBytes': 1024}}], 'Mounts', [
        {'Type': 'tmpfs', 'Target': '/mnt', 'TmpfsOptions': {'SizeBytes': 1024}}]),
    ('mounts', Record(Type='bind', Source=PathObject('/a'), Target=PathObject('/b')), 'Mounts', [
        {'Type': 'bind', 'Source': '/a', 'Target': '/b'}]),
    ('device_cgroup_rules', 'c 13:* rwm', 'DeviceCgroupRules', ['c 13:* rwm']),
    ('device_requests', {'count': -1, 'capabilities': ['gpu']}, 'DeviceRequests', [GPU]),
    ('device_requests', [{'Driver': 'nvidia', 'DeviceIDs': ['0'], 'Capabilities': [['gpu', 'compute']]}],
     'DeviceRequests', [{'Driver': 'nvidia', 'Count': 0, 'DeviceIDs': ['0'],
                         'Capabilities': [['gpu', 'compute']], 'Options': {}}]),
    ('device_requests', [{'device_ids': '0', 'options': {'a': 1}}], 'DeviceRequests', [
        {'Driver': '', 'Count': 0, 'DeviceIDs': ['0'], 'Capabilities': [], 'Options': {'a': '1'}}]),
    ('console_size', (24, 80), 'ConsoleSize', [24, 80]),
    ('masked_paths', [], 'MaskedPaths', []),
    ('masked_paths', '/proc/kcore', 'MaskedPaths', ['/proc/kcore']),
    ('readonly_paths', ['/proc/sys'], 'ReadonlyPaths', ['/proc/sys']),
    ('container_id_file', '/run/id', 'ContainerIDFile', '/run/id'),
    ('ulimits', {'name': 'nofile', 'soft': 10, 'hard': 20}, 'Ulimits', [
        {'Name': 'nofile', 'Soft': 10, 'Hard': 20}]),
    ('ulimits', [{'Name': 'nofile', 'Hard': 20}, 'core=0', 'nproc=-1:-1'], 'Ulimits', [
        {'Name': 'nofile', 'Soft': 20, 'Hard': 20}, {'Name': 'core', 'Soft': 0, 'Hard': 0},
        {'Name': 'nproc', 'Soft': -1, 'Hard': -1}]),
])
def test_a_field(argument, value, field, wanted):
    same(hc.create_host_config(**{argument: value}), {field: wanted})


@pytest.mark.parametrize('given', [
    {'version': '1.21'}, {'dns': []}, {'dns_search': []}, {'volumes_from': []}, {'restart_policy': {}},
    {'cap_add': []}, {'devices': []}, {'extra_hosts': {}}, {'read_only': False}, {'ulimits': []},
    {'log_config': {}}, {'mem_limit': 0}, {'memswap_limit': 0}, {'shm_size': '0'}, {'group_add': []},
    {'device_read_bps': []}, {'blkio_weight_device': {}}, {'sysctls': {}}, {'tmpfs': {}}, {'tmpfs': []},
    {'auto_remove': False}, {'mounts': []}, {'device_requests': []}, {'network_mode': ''},
    {'cpuset_cpus': ''}, {'cpuset_cpus': []}, {'annotations': {}}, {'oom_kill_disable': 0}])
def test_a_field_without_a_value_is_left_out(given):
    assert hc.create_host_config(**given) == {}


@pytest.mark.parametrize('argument, value, error', [
    ('dns', 'example.com', ValueError), ('dns_search', [1], TypeError), ('dns_opt', [''], ValueError),
    ('network_mode', 5, TypeError), ('restart_policy', 'sometimes', ValueError),
    ('restart_policy', 'always:5', ValueError), ('restart_policy', 'on-failure:x', ValueError),
    ('restart_policy', {'Name': 'sometimes'}, ValueError), ('restart_policy', {'Nam': 'no'}, ValueError),
    ('restart_policy', {'MaximumRetryCount': 5}, TypeError), ('restart_policy', True, TypeError),
    ('restart_policy', {'Name': 'on-failure', 'MaximumRetryCount': -1}, ValueError),
    ('cap_add', {'NET_ADMIN': True}, TypeError), ('cap_add', [7], TypeError), ('cap_drop', [''], ValueError),
    ('devices', 'sda', ValueError), ('devices', '/dev/sda:/dev/xvda:x', ValueError),
    ('devices', [{'PathOnHost': 'sda'}], ValueError), ('devices', [{'Path': '/dev/sda'}], ValueError),
    ('devices', [{'PathOnHost': '/dev/sda', 'CgroupPermissions': 'x'}], ValueError),
    ('devices', [5], TypeError),
    ('extra_hosts', {'db': 'example.com'}, ValueError), ('extra_hosts', ['db'], ValueError),
    ('extra_hosts', {'d b': '10.0.0.1'}, ValueError), ('extra_hosts', {'db': 1}, TypeError),
    ('extra_hosts', 'db:10.0.0.1', TypeError),
    ('read_only', 'yes', TypeError), ('init', 'no', TypeError), ('auto_remove', 2, TypeError),
    ('cgroupns', 'none', ValueError), ('isolation', 'none', ValueError), ('isolation', 1, TypeError),
    ('log_config', 5, TypeError), ('log_config', {'Typ': 'none'}, ValueError),
    ('log_config', {'Type': 5}, TypeError), ('log_config', {'Type': 'none', 'Config': 'a'}, TypeError),
    ('mem_limit', '1x', ValueError), ('memswap_limit', -2, ValueError), ('shm_size', 1.5, TypeError),
    ('mem_swappiness', 101, ValueError), ('mem_swappiness', True, TypeError),
    ('cpu_quota', -2, ValueError), ('cpu_period', 1.5, TypeError), ('cpu_percent', 101, ValueError),
    ('cpuset_cpus', '0-', ValueError), ('cpuset_cpus', 1.5, TypeError), ('cpuset_mems', -1, ValueError),
    ('pids_limit', -2, ValueError), ('oom_score_adj', 1001, ValueError), ('nano_cpus', 0.5, TypeError),
    ('blkio_weight', 9, ValueError), ('blkio_weight', 1001, ValueError),
    ('blkio_weight_device', {'sda': 10}, ValueError), ('blkio_weight_device', [{'Path': '/a'}], ValueError),
    ('device_read_bps', {'/dev/sda': 'fast'}, ValueError), ('device_read_bps', 5, TypeError),
    ('device_write_iops', [{'Path': '/dev/sda', 'Rat': 1}], ValueError),
    ('sysctls', 'a=b', TypeError), ('sysctls', {'a': 1.5}, TypeError), ('storage_opt', 'a', TypeError),
    ('tmpfs', 'run', ValueError), ('tmpfs', {'/run': 5}, TypeError), ('tmpfs', 5, TypeError),
    ('mounts', ['/a:/b'], TypeError), ('mounts', [{'Type': 'bind'}], ValueError),
    ('mounts', [{'Target': '/a'}], ValueError), ('mounts', [{'Type': 'disk', 'Target': '/a'}], ValueError),
    ('mounts', [{'Type': 'bind', 'Target': '/a', 'Readonly': True}], ValueError),
    ('mounts', [{'Type': 'bind', 'Target': 5}], TypeError),
    ('device_cgroup_rules', 'c 13', ValueError), ('device_requests', [{}], ValueError),
    ('device_requests', [{'Count': 1, 'DeviceIDs': ['0']}], ValueError),
    ('device_requests', [{'Counts': 1}], ValueError), ('device_requests', 'gpu', TypeError),
    ('console_size', 80, TypeError), ('console_size', (24,), TypeError),
    ('console_size', (-1, 2), ValueError),
    ('masked_paths', ['kcore'], ValueError), ('readonly_paths', [5], TypeError),
    ('ulimits', ['nofile'], ValueError), ('ulimits', [{'name': 'nofile'}], ValueError),
    ('ulimits', [{'soft': 1}], TypeError), ('ulimits', [{'name': 'nofile', 'sort': 1}], ValueError),
    ('ulimits', [{'name': 'nofile', 'soft': 1.5}], TypeError), ('ulimits', [5], TypeError),
    ('volumes_from', [5], TypeError), ('group_add', [1.5], TypeError), ('annotations', {5: 'a'}, TypeError),
])
def test_a_field_refuses_by_the_name_of_the_argument(argument, value, error):
    message = refused(error, hc.create_host_config, **{argument: value})
    assert message.startswith(argument)


def test_every_argument_has_a_field():
    names = inspect.getargspec(hc.create_host_config).args if six.PY2 else list(
        inspect.signature(hc.create_host_config).parameters)
    assert set(names) - {'version'} == set(hc._FIELDS)
    fields = [field for field, _ in hc._FIELDS.values()]
    assert len(set(fields)) == len(fields)
    # DiskQuota and Capabilities are in no engine.
    assert {field.lower() for field in fields} == set(HOST_CONFIG_FIELDS) - {'diskquota', 'capabilities'}


def test_resources_are_those_fields_that_are_given():
    same(hc.convert_resources(mem_limit='1k', cpu_shares=None, pids_limit=-1), {
        'Memory': 1024, 'PidsLimit': -1})
