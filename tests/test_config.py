"""docker.config: every form that it takes, every form that it refuses, and the messages of its errors."""

import collections
import json
import signal
import sys

import pytest
import six

from docker import config
from tests import PathObject, only_2, only_3
from tests.test_validation import CAFE, ID, LONG_VALUES, SURROGATE, Record, Settings, refused, same


def ordered(*pairs):
    return collections.OrderedDict(pairs)


def test_every_name_in_all_is_a_function():
    for name in config.__all__:
        assert callable(getattr(config, name))


@pytest.mark.parametrize('function', [
    config.convert_environment, config.convert_exposed_ports,
    config.convert_volumes,
    config.convert_volumes_from, config.convert_dns])
def test_none_and_empty_text_are_nothing(function):
    assert function(None) is None
    assert function('') is None
    assert function(u'') is None


@pytest.mark.parametrize('function, empties', [
    (config.convert_environment, [[], (), {}, set(), iter([])]),
    (config.convert_exposed_ports, [[], (), {}, set(), iter([])]),
    (config.convert_volumes, [[], (), {}, set()]),
    (config.convert_volumes_from, [[], (), set()]),
    (config.convert_dns, [[], (), set()]),
])
def test_an_empty_container_is_nothing(function, empties):
    for empty in empties:
        assert function(empty) is None


def test_any_mapping_is_a_dict():
    same(config.convert_environment(Record(A='b')), ['A=b'])


@only_3
@pytest.mark.parametrize('function', [
    config.convert_command, config.convert_environment, config.convert_exposed_ports,
    config.convert_volumes, config.convert_volumes_from, config.convert_dns, config.convert_size,
    config.convert_signal])
def test_bytes_are_refused(function):
    refused(TypeError, function, b'80')
    refused(TypeError, function, bytearray(b'80'))


@only_3
@pytest.mark.parametrize('function, value', [
    (config.convert_command, [b'ls']), (config.convert_environment, [b'A=b']),
    (config.convert_environment, {'A': b'b'}), (config.convert_environment, {b'A': 'b'}),
    (config.convert_exposed_ports, [b'80']), (config.convert_exposed_ports, (53, b'udp')),
    (config.convert_volumes, [b'/a']),
    (config.convert_volumes_from, [b'a']), (config.convert_dns, [b'127.0.0.1'])])
def test_bytes_within_are_refused(function, value):
    refused(TypeError, function, value)


@only_2
@pytest.mark.parametrize('function, value, wanted', [
    (config.convert_command, b'echo "caf\xc3\xa9 noir"', [u'echo', u'caf\xe9 noir']),
    (config.convert_command, [b'caf\xc3\xa9'], [CAFE]),
    (config.convert_environment, {b'caf\xc3\xa9': b'caf\xc3\xa9'}, [u'caf\xe9=caf\xe9']),
    (config.convert_environment, [b'A=caf\xc3\xa9', u'B=caf\xe9'], [u'A=caf\xe9', u'B=caf\xe9']),
    (config.convert_volumes, b'/caf\xc3\xa9', {u'/caf\xe9': {}}),
    (config.convert_volumes_from, [b'caf\xc3\xa9', u'b'], u'caf\xe9,b'),
])
def test_a_str_of_2_is_utf_8(function, value, wanted):
    same(function(value), wanted)


@only_2
@pytest.mark.parametrize('function, value, name', [
    (config.convert_command, b'caf\xe9', 'command'),
    (config.convert_environment, {'SECRET': b'caf\xe9'}, 'environment'),
    (config.convert_environment, [b'SECRET=caf\xe9'], 'environment'),
    (config.convert_exposed_ports, b'80\xe9', 'ports'),
    (config.convert_volumes, [b'/caf\xe9'], 'volumes'),
    (config.convert_volumes_from, b'caf\xe9', 'volumes_from'),
    (config.convert_dns, b'caf\xe9', 'dns'),
    (config.convert_size, b'1\xe9', 'mem_limit'),
    (config.convert_signal, b'\xe9', 'signal'),
])
def test_a_str_of_2_that_is_not_utf_8_is_refused_by_the_name_of_the_argument(function, value, name):
    message = refused(ValueError, function, value)
    assert message.startswith(name + ' takes text, or UTF-8 in a str of Python 2.7: ')
    assert 'position' in message and 'caf' not in message


@pytest.mark.parametrize('function, value, wanted', [
    (config.convert_volumes, PathObject('/a'), {'/a': {}}),
    (config.convert_volumes, [PathObject(u'/caf\xe9'), '/b'], {u'/caf\xe9': {}, '/b': {}}),
    (config.convert_volumes, {PathObject('/a'): {}}, {'/a': {}}),
    (config.convert_volumes, PathObject(u'/caf\xe9'.encode('utf-8')), {u'/caf\xe9': {}}),
])
def test_objects_that_are_paths(function, value, wanted):
    same(function(value), wanted)


@pytest.mark.parametrize('function, value, name', [
    (config.convert_command, SURROGATE, 'command'),
    (config.convert_command, ['ls', SURROGATE], 'command'),
    (config.convert_environment, {'SECRET': SURROGATE}, 'environment'),
    (config.convert_environment, [SURROGATE], 'environment'),
    (config.convert_volumes, [u'/' + SURROGATE], 'volumes'),
    (config.convert_volumes_from, SURROGATE, 'volumes_from'),
    (config.convert_dns, SURROGATE, 'dns'),
    (config.convert_exposed_ports, SURROGATE, 'ports'),
])
def test_lone_surrogates_are_refused(function, value, name):
    message = refused(ValueError, function, value)
    assert message.startswith(name + ' takes text that UTF-8 can encode, ')
    assert 'hunter2' not in message


# convert_command

@pytest.mark.parametrize('value', [[], (), '', u'', ' ', '\t\n'])
def test_a_command_without_words_is_not_none(value):
    for name in ('command', 'entrypoint'):
        assert config.convert_command(value, name) == []
    assert config.convert_command(None) is None


@pytest.mark.parametrize('value, wanted', [
    ('ls', ['ls']),
    ('  ls   -l\n/tmp ', ['ls', '-l', '/tmp']),
    ("sh -c 'echo \"hi there\"; exit 3'", ['sh', '-c', 'echo "hi there"; exit 3']),
    ('echo a\\ b "c\\"d"', ['echo', 'a b', 'c"d']),
    ("echo ''", ['echo', '']),
    ("''", ['']),
    ('echo # not a comment', ['echo', '#', 'not', 'a', 'comment']),
    (u'echo caf\xe9 "\u4f60 \u597d" \U0001f40b',
     [u'echo', CAFE, u'\u4f60 \u597d', u'\U0001f40b']),
    (u'echo\u3000x', [u'echo\u3000x']),
    (['sh', '-c', 'echo "a'], ['sh', '-c', 'echo "a']),
    (('sleep', 5), ['sleep', '5']),
    ([''], ['']),
    ([CAFE, -1], [CAFE, '-1']),
])
def test_command(value, wanted):
    same(config.convert_command(value), wanted)


@pytest.mark.parametrize('value, reason', [
    ('echo "a', 'No closing quotation'), ("echo 'a", 'No closing quotation'),
    ('echo a\\', 'No escaped character')])
def test_command_refuses_text_that_is_not_finished(value, reason):
    assert refused(ValueError, config.convert_command, value) == (
        'command takes text that a shell can split ({0}), not {1!r}'.format(reason, value))
    assert refused(ValueError, config.convert_command, value, 'entrypoint').startswith('entrypoint takes ')


@pytest.mark.parametrize('value, shown', [
    (5, '5'), (True, 'True'), ({'ls': 1}, "{'ls': 1}"), ({'ls'}, None),
    (['ls', None], 'None'), (['sleep', 0.5], '0.5'), (['ls', True], 'True'),
    (['ls', ['-l']], "['-l']"), (iter(['ls']), None)])
def test_command_refuses_other_types(value, shown):
    message = refused(TypeError, config.convert_command, value)
    assert message.startswith('command takes text or a list of text, not ')
    assert shown is None or message.endswith(' not ' + shown)
    assert refused(TypeError, config.convert_command, value, name='entrypoint').startswith('entrypoint ')


# convert_environment

@pytest.mark.parametrize('value, wanted', [
    ({'A': 'b'}, ['A=b']),
    ({'A': ''}, ['A=']),
    ({'A': None}, ['A']),
    ({'A': 5}, ['A=5']),
    ({'A': -1}, ['A=-1']),
    ({'A': 2 ** 70}, ['A=1180591620717411303424']),
    ({'A': 'b=c'}, ['A=b=c']),
    ({CAFE: CAFE}, [u'caf\xe9=caf\xe9']),
    (ordered(('Z', '1'), ('A', None), ('M', 3)), ['Z=1', 'A', 'M=3']),
    (Settings({'A': 'b'}), ['A=b']),
    (['A=b', 'C', 'D=', 'E=f=g', u'F=caf\xe9'], ['A=b', 'C', 'D=', 'E=f=g', u'F=caf\xe9']),
    (('A=b', 'C'), ['A=b', 'C']),
    ({'A=b'}, ['A=b']),
    (frozenset(['A=b']), ['A=b']),
    ((name for name in ['A=b', 'C']), ['A=b', 'C']),
    ({'A': 'b'}.keys(), ['A']),
])
def test_environment(value, wanted):
    same(config.convert_environment(value), wanted)


@pytest.mark.parametrize('value, wanted', [
    ('A=hunter2', "environment takes a dict or a list of 'NAME=value', not a value of type str"),
    (5, "environment takes a dict or a list of 'NAME=value', not a value of type int"),
    (True, "environment takes a dict or a list of 'NAME=value', not a value of type bool"),
    ([5], "environment takes 'NAME=value' in a list, not a value of type int"),
    ([None], "environment takes 'NAME=value' in a list, not a value of type NoneType"),
    ([('A', 'hunter2')], "environment takes 'NAME=value' in a list, not a value of type tuple"),
    ({'A': True}, "environment takes text, an int or None as the value of 'A', "
                  "not a value of type bool"),
    ({'A': 0.5}, "environment takes text, an int or None as the value of 'A', "
                 "not a value of type float"),
    ({'A': ['hunter2']}, "environment takes text, an int or None as the value of 'A', "
                         "not a value of type list"),
    ({5: 'hunter2'}, 'environment takes names as text, not 5'),
    ({None: 'hunter2'}, 'environment takes names as text, not None'),
])
def test_environment_refuses_other_types_and_shows_no_value(value, wanted):
    assert refused(TypeError, config.convert_environment, value) == wanted


@pytest.mark.parametrize('value', [{'': 'hunter2'}, ['=hunter2'], [''], ['A=b', '=']])
def test_environment_refuses_empty_names(value):
    assert refused(ValueError, config.convert_environment, value) == (
        "environment takes 'NAME=value' or 'NAME', not an empty name")


def test_environment_refuses_an_equals_sign_in_a_name():
    assert refused(ValueError, config.convert_environment, {'A=hunter2': 'b'}) == (
        "environment takes names without '=', not one that begins with 'A='")


# convert_exposed_ports

@pytest.mark.parametrize('value, wanted', [
    (80, ['80/tcp']),
    ('80', ['80/tcp']),
    (u'80', ['80/tcp']),
    ('53/udp', ['53/udp']),
    ('53/UDP', ['53/udp']),
    ('080', ['80/tcp']),
    ((53, 'udp'), ['53/udp']),
    (('53', 'Udp'), ['53/udp']),
    ((9, 'sctp'), ['9/sctp']),
    ([80], ['80/tcp']),
    ((80, 443), ['80/tcp', '443/tcp']),
    ((80, '443'), ['80/tcp', '443/tcp']),
    (('80', '53/udp'), ['80/tcp', '53/udp']),
    ((80,), ['80/tcp']),
    ([1, 65535], ['1/tcp', '65535/tcp']),
    ([80, '80', '80/tcp', (80, 'TCP')], ['80/tcp']),
    ([[53, 'udp']], ['53/udp']),
    ({80, (53, 'udp')}, ['80/tcp', '53/udp']),
    ((port for port in (80, 81)), ['80/tcp', '81/tcp']),
    ({80: {}}, ['80/tcp']),
    ({80: None, '53/udp': {}, (54, 'udp'): {}}, ['80/tcp', '53/udp', '54/udp']),
    (Settings({80: Settings()}), ['80/tcp']),
    # as Ansible, Salt, Maestro-ng and backup scripts write them
    (['22', '80'], ['22/tcp', '80/tcp']),
    ({'222': {}}, ['222/tcp']),
    ({'80/tcp': {}}, ['80/tcp']),
    ([80, (53, 'udp')], ['80/tcp', '53/udp']),
])
def test_exposed_ports(value, wanted):
    got = config.convert_exposed_ports(value)
    assert all(isinstance(port, six.text_type) for port in got)
    same(got, dict((port, {}) for port in wanted))


@pytest.mark.parametrize('value, shown', [
    (0, '0'), (65536, '65536'), (-1, '-1'), (100000, '100000'), (10 ** 30, repr(10 ** 30)),
    ('0', "'0'"), ('65536', "'65536'"), ('http', "'http'"), (' 80', "' 80'"), ('80\n', r"'80\n'"),
    ('80/', "'80/'"), ('/tcp', "'/tcp'"), ('8080:80', "'8080:80'"), ('80-90', "'80-90'"),
    ('80/icmp', "'80/icmp'"), ('80/tcp/udp', "'80/tcp/udp'"), ('8_0', "'8_0'"),
    ((53, 'icmp'), "'icmp'"), ([(53, 'icmp')], "(53, 'icmp')"), ([53, 'udp'], "'udp'"),
    ([('53/udp', 'tcp')], "('53/udp', 'tcp')"), ([(53, '')], "(53, '')"), ([''], "''"),
    ({'x': {}}, "'x'"), ([70000], '70000'), ((0, 'udp'), "(0, 'udp')")])
def test_exposed_ports_refuses_what_is_no_port(value, shown):
    assert refused(ValueError, config.convert_exposed_ports, value).partition(': did')[0] == (
        "ports takes ports of 1 to 65535 as 80, '80', '53/udp' or (53, 'udp'), "
        "with tcp, udp or sctp, not " + shown)


def test_exposed_ports_takes_ascii_digits_alone():
    refused(ValueError, config.convert_exposed_ports, u'\u0668\u0660')


@pytest.mark.parametrize('value, shown', [
    (True, 'True'), (False, 'False'), (80.0, '80.0'), ([None], 'None'), ([True], 'True'),
    ([(80,)], '(80,)'), ([(80, 'tcp', 1)], "(80, 'tcp', 1)"), ([(80, None)], 'None'),
    ([(True, 'tcp')], 'True'), ([{}], '{}'), ([(80, 81)], '81'), ({None: {}}, 'None')])
def test_exposed_ports_refuses_other_types(value, shown):
    message = refused(TypeError, config.convert_exposed_ports, value)
    assert message.startswith('ports takes ports of 1 to 65535 as ')
    assert message.endswith(', not ' + shown)


@pytest.mark.parametrize('value', [8080, '', 0, False, {'HostPort': '8080'}, ['8080']])
def test_exposed_ports_refuses_values_in_a_dict(value):
    assert refused(ValueError, config.convert_exposed_ports, {80: value}).startswith(
        'ports takes {} as the value of each (ports of the host belong in port_bindings), '
        'not {80: ')


# convert_volumes

@pytest.mark.parametrize('value, wanted', [
    ('/mnt', ['/mnt']),
    (u'/caf\xe9', [u'/caf\xe9']),
    (['/mnt', '/data', '/mnt'], ['/mnt', '/data']),
    (('/mnt',), ['/mnt']),
    ({'/mnt', '/data'}, ['/mnt', '/data']),
    ({'/mnt': {}, '/data': None}, ['/mnt', '/data']),
    ({'/mnt': 0}.keys(), ['/mnt']),
    (Settings({'/mnt': Settings()}), ['/mnt']),
    ({'/m': {}}, ['/m']),  # as Salt writes it
])
def test_volumes(value, wanted):
    got = config.convert_volumes(value)
    assert all(isinstance(path, six.text_type) for path in got)
    same(got, dict((path, {}) for path in wanted))


VOLUMES = 'volumes takes absolute paths of the container (what is mounted there belongs in binds)'


@pytest.mark.parametrize('value', [5, True, [None], [5], [['/a']], {5: {}}])
def test_volumes_refuses_other_types(value):
    shown = value if isinstance(value, int) else list(value)[0]
    assert refused(TypeError, config.convert_volumes, value) == '{0}, not {1!r}'.format(VOLUMES, shown)


@pytest.mark.parametrize('value', ['mnt', '/host:/mnt', ' /mnt', './mnt'])
def test_volumes_refuses_other_paths(value):
    wanted = '{0}, not {1!r}'.format(VOLUMES, value)
    for volumes in (value, ['/ok', value], {value: {}}):
        assert refused(ValueError, config.convert_volumes, volumes).partition(': did')[0] == wanted


def test_volumes_refuses_an_empty_path():
    assert refused(ValueError, config.convert_volumes, ['']) == VOLUMES + ", not ''"


@pytest.mark.parametrize('details', ['/mnt', {'bind': '/mnt'}, True, '', 0])
def test_volumes_refuses_values_in_a_dict(details):
    assert refused(ValueError, config.convert_volumes, {'/host': details}).startswith(
        'volumes takes {} as the value of each (what is mounted belongs in binds), '
        "not {'/host': ")


# convert_volumes_from

@pytest.mark.parametrize('value, wanted', [
    ('data', 'data'),
    (CAFE, CAFE),
    ('/data', 'data'),
    ('data,other', 'data,other'),
    ('data, other', 'data,other'),
    ({'Id': ID, 'Warnings': None}, ID),
    (['data', {'ID': ID}, u'other'], 'data,' + ID + ',other'),
    (('data',), 'data'),
    ({'data'}, 'data'),
])
def test_volumes_from(value, wanted):
    same(config.convert_volumes_from(value), wanted)


@pytest.mark.parametrize('value, error', [
    (5, TypeError), (True, TypeError), ([5], TypeError), ({}, TypeError), ([None], TypeError),
    (' ', ValueError), ('a,,b', ValueError), (',', ValueError), ([''], ValueError),
    (['a', '..'], ValueError)])
def test_volumes_from_refuses_what_identifier_refuses(value, error):
    assert refused(error, config.convert_volumes_from, value).startswith('volumes_from takes an id')


# convert_dns

@pytest.mark.parametrize('value, wanted', [
    ('8.8.8.8', ['8.8.8.8']),
    (u'2001:4860:4860::8888', ['2001:4860:4860::8888']),
    (['8.8.8.8', '8.8.4.4'], ['8.8.8.8', '8.8.4.4']),
    (('8.8.8.8', u'::1'), ['8.8.8.8', '::1']),
    ({'8.8.8.8'}, ['8.8.8.8']),
])
def test_dns(value, wanted):
    same(config.convert_dns(value), wanted)


@pytest.mark.parametrize('value, shown', [
    (5, '5'), (True, 'True'), ({'8.8.8.8': 1}, "{'8.8.8.8': 1}"), ([None], 'None'), ([8], '8')])
def test_dns_refuses_other_types(value, shown):
    assert refused(TypeError, config.convert_dns, value) == 'dns takes an IP address, not ' + shown


# convert_size

@pytest.mark.parametrize('value, wanted', [
    (None, 0), ('', 0), (0, 0), ('0', 0), ('0m', 0), (1, 1), (536870912, 536870912),
    (2 ** 63 - 1, 2 ** 63 - 1), ('9223372036854775807', 2 ** 63 - 1),
    ('4096', 4096), (u'4096', 4096), ('10b', 10), ('10B', 10), ('64k', 65536), ('64K', 65536),
    ('64kb', 65536), ('64KiB', 65536), ('64kib', 65536), ('512m', 536870912), ('512M', 536870912),
    ('512mb', 536870912), ('512MB', 536870912), ('512MiB', 536870912), ('512 MiB', 536870912),
    ('1g', 1073741824), ('1GB', 1073741824), ('2t', 2199023255552), ('1.5g', 1610612736),
    ('0.5k', 512), ('1.50k', 1536), ('1.5b', 1), ('1.9999k', 2047), ('0.0', 0),
    ('8388607.999999999999t', 9223372036854775806),
])
def test_size(value, wanted):
    got = config.convert_size(value)
    assert got == wanted and isinstance(got, six.integer_types)


@pytest.mark.parametrize('value', [
    -1, '-1', '-1m', 2 ** 63, '9223372036854775808', '8388608t', 10 ** 30, 'lots', 'm', '.5g',
    '5.', '1,5g', '512 m b', '512x', '512ib', '512bb', ' 512', '512\n', '512m ', '0x10', '1e9',
    '1_000', '0.5', '0.0001k', '0.9b', ' ', u'\u0665m', u'512\u212a'])
def test_size_refuses_other_sizes(value):
    shown = repr(value).replace('u', '', 1) if repr(value).startswith('u') else repr(value)
    wanted = "takes bytes as an int of 0 or more, or text like '512m', not " + shown
    message = refused(ValueError, config.convert_size, value)
    assert message.partition(': did')[0] == 'mem_limit ' + wanted
    message = refused(ValueError, config.convert_size, value, 'shm_size')
    assert message.partition(': did')[0] == 'shm_size ' + wanted


@pytest.mark.parametrize('value', [True, False, 1.5, 512e6, [512], {}])
def test_size_refuses_other_types(value):
    assert refused(TypeError, config.convert_size, value) == (
        "mem_limit takes bytes as an int of 0 or more, or text like '512m', not {0!r}".format(value))
    assert refused(TypeError, config.convert_size, value, name='shm_size').startswith('shm_size takes ')


# convert_signal

@pytest.mark.parametrize('name, number', [
    ('HUP', 1), ('INT', 2), ('QUIT', 3), ('ILL', 4), ('TRAP', 5), ('ABRT', 6), ('IOT', 6),
    ('BUS', 7), ('FPE', 8), ('KILL', 9), ('USR1', 10), ('SEGV', 11), ('USR2', 12), ('PIPE', 13),
    ('ALRM', 14), ('TERM', 15), ('STKFLT', 16), ('CHLD', 17), ('CLD', 17), ('CONT', 18),
    ('STOP', 19), ('TSTP', 20), ('TTIN', 21), ('TTOU', 22), ('URG', 23), ('XCPU', 24),
    ('XFSZ', 25), ('VTALRM', 26), ('PROF', 27), ('WINCH', 28), ('IO', 29), ('POLL', 29),
    ('PWR', 30), ('SYS', 31), ('UNUSED', 31), ('RTMIN', 34), ('RTMIN+0', 34), ('RTMIN+3', 37),
    ('RTMIN+15', 49), ('RTMIN+30', 64), ('RTMAX', 64), ('RTMAX-0', 64), ('RTMAX-1', 63),
    ('RTMAX-14', 50), ('RTMAX-30', 34)])
def test_signal_of_a_name(name, number):
    for written in (name, 'SIG' + name, name.lower(), 'sig' + name.lower(), u'Sig' + name):
        assert config.convert_signal(written) == number


@pytest.mark.parametrize('value, wanted', [
    (1, 1), (9, 9), (64, 64), ('9', 9), (u'15', 15), ('09', 9), (signal.SIGTERM, 15),
    (signal.SIGKILL, 9)])
def test_signal_of_a_number(value, wanted):
    got = config.convert_signal(value)
    assert got == wanted and type(got) is int


@pytest.mark.skipif(not sys.platform.startswith('linux'), reason='other systems number otherwise')
def test_signal_numbers_are_those_of_linux():
    names = [name for name in dir(signal) if name.startswith('SIG') and name[3].isalpha()]
    assert 'SIGTERM' in names
    for name in names:
        if name not in ('SIGEMT', 'SIGINFO'):
            assert config.convert_signal(name) == getattr(signal, name)


@only_3
def test_a_member_of_signals_goes_by_its_name(monkeypatch):
    enum = pytest.importorskip('enum')
    of_macos = enum.IntEnum('Signals', {'SIGUSR1': 30, 'CTRL_C_EVENT': 0})
    monkeypatch.setattr(signal, 'Signals', of_macos)
    assert config.convert_signal(of_macos.SIGUSR1) == 10
    refused(ValueError, config.convert_signal, of_macos.CTRL_C_EVENT)


@pytest.mark.parametrize('value', [
    0, '0', -1, 65, '65', 100, 'SIGFOO', 'SIG', 'SIG9', 'SIGSIGTERM', 'RTMIN+31', 'RTMAX-31',
    'RTMIN-1', 'RTMAX+1', ' TERM', 'TERM\n', '9\n', '-9', '9.0', u'caf\xe9'])
def test_signal_refuses_what_is_no_signal(value):
    assert refused(ValueError, config.convert_signal, value).replace(" u'", " '").partition(': did')[0] == (
        "signal takes a signal as a number of 1 to 64 or a name like 'SIGTERM', not {0}".format(
            repr(value).lstrip('u')))


@pytest.mark.parametrize('value', [True, False, 9.0, ['SIGTERM'], {}])
def test_signal_refuses_other_types(value):
    assert refused(TypeError, config.convert_signal, value) == (
        "signal takes a signal as a number of 1 to 64 or a name like 'SIGTERM', not {0!r}".format(value))


# create_container_config

DEFAULTS = {
    'Image': 'busybox', 'Memory': 0, 'MemorySwap': 0, 'NetworkDisabled': False, 'Tty': False,
    'AttachStdin': False, 'AttachStdout': True, 'AttachStderr': True, 'OpenStdin': False,
    'StdinOnce': False,
}


def changed(**keys):
    return dict(DEFAULTS, **keys)


def test_create_container_config_of_an_image_alone():
    same(config.create_container_config('busybox'), DEFAULTS)


def test_create_container_config_without_anything_given():
    same(config.create_container_config(
        'busybox', command=None, hostname=None, user=None, detach=None, stdin_open=None, tty=None,
        mem_limit=None, ports=None, environment=None, dns=None, volumes=None, volumes_from=None,
        network_disabled=None, entrypoint=None, cpu_shares=None, working_dir=None,
        domainname=None, memswap_limit=None), DEFAULTS)


def test_create_container_config_with_everything_by_position():
    same(config.create_container_config(
        {'id': ID}, 'echo "a b"', 'web', 'nobody', True, True, True, '64m', [80, (53, 'udp')],
        {'A': 'b'}, '8.8.8.8', ['/mnt'], ['data', 'other'], True, ('sh', '-c'), 512, '/tmp',
        'example.com', '128m'), {
            'Image': ID, 'Cmd': ['echo', 'a b'], 'Hostname': 'web', 'User': 'nobody',
            'AttachStdin': False, 'AttachStdout': False, 'AttachStderr': False,
            'OpenStdin': True, 'StdinOnce': False, 'Tty': True, 'Memory': 67108864,
            'ExposedPorts': {'80/tcp': {}, '53/udp': {}}, 'Env': ['A=b'], 'Dns': ['8.8.8.8'],
            'Volumes': {'/mnt': {}}, 'VolumesFrom': 'data,other', 'NetworkDisabled': True,
            'Entrypoint': ['sh', '-c'], 'CpuShares': 512, 'WorkingDir': '/tmp',
            'Domainname': 'example.com', 'MemorySwap': 134217728})


def test_create_container_config_as_ansible_writes_it():
    same(config.create_container_config('busybox', command='sleep 1d', volumes_from=None, mem_limit=0,
                                        environment={'A': 'b'}, dns=None, hostname=None, detach=True,
                                        ports=['22', '80']),
         changed(Cmd=['sleep', '1d'], Env=['A=b'], AttachStdout=False, AttachStderr=False,
                 ExposedPorts={'22/tcp': {}, '80/tcp': {}}))


def test_create_container_config_as_salt_writes_it():
    same(config.create_container_config('busybox', volumes={'/m': {}}, ports={'222': {}}),
         changed(Volumes={'/m': {}}, ExposedPorts={'222/tcp': {}}))


@pytest.mark.parametrize('detach, stdin_open, attached, attached_stdin', [
    (False, False, True, False), (False, True, True, True), (True, False, False, False),
    (True, True, False, False), (0, 1, True, True), (1, 1, False, False)])
def test_create_container_config_attaches_unless_detached(detach, stdin_open, attached, attached_stdin):
    same(config.create_container_config('busybox', detach=detach, stdin_open=stdin_open),
         changed(AttachStdout=attached, AttachStderr=attached, AttachStdin=attached_stdin,
                 StdinOnce=attached_stdin, OpenStdin=bool(stdin_open)))


@pytest.mark.parametrize('given, wanted', [
    (dict(hostname='web'), dict(Hostname='web')),
    (dict(hostname='web.example.com'), dict(Hostname='web', Domainname='example.com')),
    (dict(hostname=u'caf\xe9.example.com'), dict(Hostname=CAFE, Domainname='example.com')),
    (dict(hostname='web.example.com', domainname='example.org'),
     dict(Hostname='web.example.com', Domainname='example.org')),
    (dict(hostname='web.example.com', domainname=''), dict(Hostname='web.example.com')),
    (dict(domainname='example.com'), dict(Domainname='example.com')),
    (dict(hostname='', domainname='example.com'), dict(Domainname='example.com')),
    (dict(hostname='web.'), dict(Hostname='web.')),
    (dict(hostname='.example.com'), dict(Hostname='.example.com')),
    (dict(hostname=''), {}),
])
def test_create_container_config_splits_a_hostname_unless_the_domain_is_given(given, wanted):
    same(config.create_container_config('busybox', **given), changed(**wanted))


@pytest.mark.parametrize('given, wanted', [
    (dict(user=1000), dict(User='1000')),
    (dict(user=0), dict(User='0')),
    (dict(user=CAFE), dict(User=CAFE)),
    (dict(user=''), {}),
    (dict(working_dir=u'/caf\xe9'), dict(WorkingDir=u'/caf\xe9')),
    (dict(working_dir=''), {}),
    (dict(cpu_shares=0), dict(CpuShares=0)),
    (dict(cpu_shares='512'), dict(CpuShares=512)),
    (dict(cpu_shares=''), {}),
    (dict(mem_limit='512m'), dict(Memory=536870912)),
    (dict(mem_limit=''), {}),
    (dict(memswap_limit=-1), dict(MemorySwap=-1)),
    (dict(memswap_limit='-1'), dict(MemorySwap=-1)),
    (dict(memswap_limit='1g'), dict(MemorySwap=1073741824)),
    (dict(entrypoint='sh -c'), dict(Entrypoint=['sh', '-c'])),
    (dict(tty=1), dict(Tty=True)),
    (dict(network_disabled=1), dict(NetworkDisabled=True)),
])
def test_create_container_config_of_one_argument(given, wanted):
    same(config.create_container_config('busybox', **given), changed(**wanted))


@pytest.mark.parametrize('error, given, wanted', [
    (TypeError, dict(image=None), 'image takes an id, a name or a dict with Id, not None'),
    (ValueError, dict(image=''), "image takes an id, a name or a dict with Id, not ''"),
    (TypeError, dict(command=5), 'command takes text or a list of text, not 5'),
    (TypeError, dict(entrypoint=5), 'entrypoint takes text or a list of text, not 5'),
    (ValueError, dict(entrypoint='"'), 'entrypoint takes text that a shell can split '
                                       "(No closing quotation), not '\"'"),
    (TypeError, dict(hostname=5), 'hostname takes text, not 5'),
    (TypeError, dict(domainname=5), 'domainname takes text, not 5'),
    (TypeError, dict(working_dir=5), 'working_dir takes text, not 5'),
    (TypeError, dict(user=1.5), 'user takes text or an int, not 1.5'),
    (TypeError, dict(user=True), 'user takes text or an int, not True'),
    (TypeError, dict(cpu_shares=True), 'cpu_shares takes an int of 0 or more, not True'),
    (TypeError, dict(cpu_shares=1.5), 'cpu_shares takes an int of 0 or more, not 1.5'),
    (ValueError, dict(cpu_shares=-1), 'cpu_shares takes an int of 0 or more, not -1'),
    (ValueError, dict(cpu_shares='x'), "cpu_shares takes an int of 0 or more, not 'x'"),
    (ValueError, dict(cpu_shares='5\n'), "cpu_shares takes an int of 0 or more, not '5\\n'"),
    (ValueError, dict(cpu_shares=10 ** 18),
     'cpu_shares takes an int of 0 or more, not 1000000000000000000'),
    (ValueError, dict(mem_limit=-1), "mem_limit takes bytes as an int of 0 or more, or text like "
                                     "'512m', not -1"),
    (ValueError, dict(memswap_limit=-2), "memswap_limit takes bytes as an int of 0 or more, or "
                                         "text like '512m', not -2"),
    (TypeError, dict(memswap_limit=True), "memswap_limit takes bytes as an int of 0 or more, or "
                                          "text like '512m', not True"),
    (TypeError, dict(volumes=5), VOLUMES + ', not 5'),
    (TypeError, dict(dns=5), 'dns takes an IP address, not 5'),
    (TypeError, dict(volumes_from=5),
     'volumes_from takes an id, a name or a dict with Id, not 5'),
    (TypeError, dict(environment=5),
     "environment takes a dict or a list of 'NAME=value', not a value of type int"),
    (TypeError, dict(ports=1.5), "ports takes ports of 1 to 65535 as 80, '80', '53/udp' or "
                                 "(53, 'udp'), with tcp, udp or sctp, not 1.5"),
])
def test_create_container_config_refuses_by_the_name_of_the_argument(error, given, wanted):
    given = dict({'image': 'busybox'}, **given)
    assert refused(error, config.create_container_config, **given) == wanted


# the messages

def test_messages_are_short_whatever_they_show():
    for value in LONG_VALUES:
        for function in (config.convert_size, config.convert_signal):
            message = refused(TypeError, function, value)
            assert len(message) < 400 and 'hunter2' not in message
    message = refused(ValueError, config.convert_size, 'x' * 100000)
    assert len(message) < 400


def test_messages_show_paths_and_addresses_whole():
    path = 'srv/' + 'long-' * 20
    assert refused(ValueError, config.convert_volumes, path).endswith(', not {0!r}'.format(path))


# convert_filters

@pytest.mark.parametrize('value, wanted', [
    (None, None), ('', None), ({}, None),
    ({'status': 'exited'}, {'status': ['exited']}),
    ({'exited': [0, 1], 'dangling': True, 'is-task': False},
     {'exited': ['0', '1'], 'dangling': ['true'], 'is-task': ['false']}),
    ({'label': {'tier': 'web', 'alone': None, 'n': 1}}, {'label': ['alone', 'n=1', 'tier=web']}),
    ({'label': ['tier=web', u'caf\xe9']}, {'label': ['tier=web', u'caf\xe9']}),
    (Record(name=('a', 'b')), {'name': ['a', 'b']}),
    ({'name': []}, {'name': []})])
def test_filters(value, wanted):
    text = config.convert_filters(value)
    if wanted is None:
        assert text is None
    else:
        filters = json.loads(text)
        assert {name: sorted(values) if name == 'label' else values for name, values in filters.items()} == {
            name: sorted(values) if name == 'label' else values for name, values in wanted.items()}


@pytest.mark.parametrize('value', [
    'status=exited', '{"a": ["b"]}', ['status'], 5, {'status': None}, {'status': 1.5}, {5: 'a'},
    {'label': {'a': ['b']}}, {'label': {5: 'b'}}])
def test_filters_refuses(value):
    assert refused(TypeError, config.convert_filters, value, 'where').startswith('where takes ')


# the later arguments of create_container_config

ENDPOINTS = {'EndpointsConfig': {'front': {'Aliases': [u'www']}}}


@pytest.mark.parametrize('given, wanted', [
    (dict(cpuset='0-2,7'), dict(Cpuset='0-2,7')), (dict(cpuset=0), dict(Cpuset='0')),
    (dict(cpuset=[0, 1]), dict(Cpuset='0,1')), (dict(cpuset=''), {}),
    (dict(host_config={'Binds': [u'/a:/b']}), dict(HostConfig={'Binds': ['/a:/b']})),
    (dict(host_config={}), dict(HostConfig={})),
    (dict(mac_address='02:42:AC:11:00:02'), dict(MacAddress='02:42:AC:11:00:02')),
    (dict(labels={'a': 'b', 'n': 1, 'alone': None}), dict(Labels={'a': 'b', 'n': '1', 'alone': ''})),
    (dict(labels=['a=b=c', 'alone']), dict(Labels={'a': 'b=c', 'alone': ''})), (dict(labels={}), {}),
    (dict(volume_driver='local'), dict(VolumeDriver='local')),
    (dict(stop_signal='SIGINT'), dict(StopSignal='SIGINT')), (dict(stop_signal=2), dict(StopSignal='2')),
    (dict(stop_signal=u''), {}),
    (dict(networking_config=ENDPOINTS), dict(NetworkingConfig=ENDPOINTS)),
    (dict(networking_config={'EndpointsConfig': {'front': None}}), dict(
        NetworkingConfig={'EndpointsConfig': {'front': {}}})),
    (dict(networking_config={}), {}), (dict(networking_config={'EndpointsConfig': {}}), {}),
    (dict(healthcheck={'retries': 3}), dict(Healthcheck={'Retries': 3})),
    (dict(stop_timeout=1.5), dict(StopTimeout=2)), (dict(stop_timeout=0), dict(StopTimeout=0)),
    (dict(shell=['/bin/sh', '-c']), dict(Shell=['/bin/sh', '-c'])), (dict(shell=[]), {}),
    (dict(onbuild='RUN true'), dict(OnBuild=['RUN true'])),
])
def test_create_container_config_of_one_later_argument(given, wanted):
    same(config.create_container_config('busybox', **given), changed(Image='busybox', **wanted))


@pytest.mark.parametrize('name, value, error', [
    ('cpuset', '0,', ValueError), ('cpuset', {}, TypeError), ('host_config', [], TypeError),
    ('host_config', {'Binds': set()}, TypeError), ('mac_address', '02:42', ValueError),
    ('mac_address', 5, TypeError), ('labels', 5, TypeError), ('labels', [5], TypeError),
    ('labels', {'a': 1.5}, TypeError), ('labels', ['=b'], ValueError), ('volume_driver', 5, TypeError),
    ('stop_signal', 'SIGNOTHING', ValueError), ('stop_signal', 0, ValueError),
    ('stop_signal', 1.5, TypeError),
    ('networking_config', [], TypeError), ('networking_config', {'front': {}}, ValueError),
    ('networking_config', {'EndpointsConfig': ['front']}, TypeError),
    ('networking_config', {'EndpointsConfig': {'front': 'www'}}, TypeError),
    ('healthcheck', 'true', TypeError), ('stop_timeout', -1, ValueError), ('stop_timeout', '5', TypeError),
    ('shell', [5], TypeError), ('shell', [''], ValueError), ('onbuild', {'RUN': 'true'}, TypeError)])
def test_create_container_config_refuses_later_arguments_by_their_names(name, value, error):
    assert refused(error, config.create_container_config, 'busybox', **{name: value}).startswith(name)
