"""docker.limits: the dicts that scripts build of a limit and a log config; docker.health, docker.units."""

import datetime
import json

import pytest

from docker import health, units
from docker.limits import LogConfig, Ulimit
from tests.test_validation import refused, same


@pytest.mark.parametrize('given', [
    dict(name='nofile', soft=10, hard=20), dict(Name='nofile', Soft=10, Hard=20),
    dict(name='nofile', Soft='10', hard=u'20')])
def test_a_ulimit(given):
    limit = Ulimit(**given)
    assert limit == {'Name': 'nofile', 'Soft': 10, 'Hard': 20} == json.loads(json.dumps(limit))
    assert (limit.name, limit.soft, limit.hard) == ('nofile', 10, 20)
    limit.name, limit.soft, limit.hard = 'core', 1, 2
    assert limit == {'Name': 'core', 'Soft': 1, 'Hard': 2}


@pytest.mark.parametrize('given', [dict(soft=9), dict(hard=9), dict(soft=9, hard=None)])
def test_one_limit_is_both(given):
    assert Ulimit(name='nofile', **given) == {'Name': 'nofile', 'Soft': 9, 'Hard': 9}


@pytest.mark.parametrize('error, given', [
    (TypeError, {}), (TypeError, dict(name=5, soft=1)), (ValueError, dict(name='', soft=1)),
    (ValueError, dict(name='a')), (TypeError, dict(name='a', soft=1.5)),
    (ValueError, dict(name='a', soft='x')), (ValueError, dict(name='a', sort=1)),
    (ValueError, dict(name='a', soft=1, Soft=2))])
def test_a_ulimit_refuses(error, given):
    assert refused(error, Ulimit, **given).startswith('ulimits takes ')


def test_a_log_config():
    config = LogConfig(type=LogConfig.types.JSON, config={'max-size': '1m', 'max-file': 3})
    assert config == {'Type': 'json-file', 'Config': {'max-size': '1m', 'max-file': '3'}}
    assert (config.type, config.config) == ('json-file', {'max-size': '1m', 'max-file': '3'})
    config.type = 'syslog'
    config.set_config_value('tag', 'web')
    config.unset_config('max-size')
    config.unset_config('max-size')
    assert config == {'Type': 'syslog', 'Config': {'max-file': '3', 'tag': 'web'}}
    assert LogConfig() == LogConfig(Type='json-file', Config={}) == {'Type': 'json-file', 'Config': {}}


@pytest.mark.parametrize('error, given', [
    (TypeError, dict(type=5)), (TypeError, dict(config='a')), (ValueError, dict(typ='none')),
    (TypeError, dict(config={'a': 1.5}))])
def test_a_log_config_refuses(error, given):
    assert refused(error, LogConfig, **given).startswith('log_config takes ')


@pytest.mark.parametrize('value, wanted', [
    (30, 30 * 10 ** 9), (0.5, 5 * 10 ** 8), (0, 0), ('30s', 30 * 10 ** 9), ('1m30s', 90 * 10 ** 9),
    (u'1.5h', 5400 * 10 ** 9), ('500ms', 5 * 10 ** 8), ('1us', 1000), ('7ns', 7), ('0s', 0)])
def test_a_duration(value, wanted):
    assert units.convert_duration(value, 'interval') == wanted


@pytest.mark.parametrize('value, error', [
    ('30', ValueError), ('s', ValueError), ('1s ', ValueError), ('-1s', ValueError), (-1, ValueError),
    (float('nan'), ValueError), (float('inf'), ValueError), (30 * 10 ** 9, ValueError), (True, TypeError),
    ([], TypeError), (None, TypeError)])
def test_a_duration_refuses(value, error):
    assert refused(error, units.convert_duration, value, 'interval').startswith('interval takes seconds')


@pytest.mark.parametrize('given, nanoseconds', [
    (None, None), ('', None), (0, 0), (1, 1), (10 ** 10, 10 ** 10), ('10s', 10 ** 10),
    (u'1m30s', 90 * 10 ** 9),
    ('1.5h', 5400 * 10 ** 9), ('100ms', 10 ** 8), ('7us', 7000), (u'7\xb5s', 7000), ('3ns', 3), ('0', 0),
    ('0s', 0),
    ('0.1s', 10 ** 8), (datetime.timedelta(seconds=1, microseconds=1), 1000001000),
    (datetime.timedelta(days=100), 8640000 * 10 ** 9)])
def test_nanoseconds(given, nanoseconds):
    assert units.convert_nanoseconds(given, 'delay') == nanoseconds


@pytest.mark.parametrize('given, kind', [
    (1.5, TypeError), (True, TypeError), (b'10s' if str is not bytes else [], TypeError), (-1, ValueError),
    (1 << 63, ValueError), ('10', ValueError), ('10 s', ValueError), ('s', ValueError), ('-1s', ValueError),
    ('1d', ValueError), ('10s\n', ValueError), (datetime.timedelta(seconds=-1), ValueError),
    ('9999999999999h', ValueError)])
def test_what_is_no_number_of_nanoseconds(given, kind):
    message = refused(kind, units.convert_nanoseconds, given, 'delay')
    assert message.startswith("delay takes nanoseconds as an int, text like '10s'")


@pytest.mark.parametrize('value, wanted', [
    (None, None), ({}, None), ({'test': None}, None),
    ({'test': 'curl localhost'}, {'Test': ['CMD-SHELL', 'curl localhost']}),
    ({'test': ['CMD', 'true', 1]}, {'Test': ['CMD', 'true', '1']}), ({'test': ['NONE']}, {'Test': ['NONE']}),
    ({'test': []}, {'Test': []}),
    ({'interval': 30, 'timeout': '5s', 'retries': 3, 'start_period': 1.5, 'start_interval': '500ms'},
     {'Interval': 30 * 10 ** 9, 'Timeout': 5 * 10 ** 9, 'Retries': 3, 'StartPeriod': 15 * 10 ** 8,
      'StartInterval': 5 * 10 ** 8}),
    ({'Test': ['CMD', 'true'], 'Interval': '1s', 'Timeout': 0, 'Retries': 1, 'StartPeriod': 10 ** 6},
     {'Test': ['CMD', 'true'], 'Interval': 10 ** 9, 'Timeout': 0, 'Retries': 1, 'StartPeriod': 10 ** 6})])
def test_a_healthcheck(value, wanted):
    same(health.convert_healthcheck(value), wanted)


@pytest.mark.parametrize('value, error', [
    ('true', TypeError), (['true'], TypeError), ({'tests': 'true'}, ValueError),
    ({'test': ['true']}, ValueError), ({'test': 5}, TypeError), ({'test': ['CMD', None]}, TypeError),
    ({'interval': 'often'}, ValueError),
    ({'interval': 30 * 10 ** 9}, ValueError), ({'Interval': 30}, ValueError),
    ({'Interval': '30'}, ValueError), ({'Interval': 1.5}, TypeError), ({'interval': 0.0001}, ValueError),
    ({'retries': -1}, ValueError), ({'retries': 1.5}, TypeError)])
def test_a_healthcheck_refuses(value, error):
    assert refused(error, health.convert_healthcheck, value).startswith('healthcheck')


@pytest.mark.parametrize('bounds, inside, outside, takes', [
    ((), [0, '7', 10 ** 18 - 1], [-1, 'x', '1\n', 10 ** 18], 'an int of 0 or more'),
    ((-1, 5), [-1, '-1', 5], [-2, 6], 'an int of -1 to 5')])
def test_a_number(bounds, inside, outside, takes):
    assert [units.check_number(value, 'n', *bounds) for value in inside] == [int(value) for value in inside]
    for value in outside:
        assert refused(ValueError, units.check_number, value, 'n', *bounds).startswith('n takes ' + takes)
    for value in (True, 1.5, None, []):
        refused(TypeError, units.check_number, value, 'n', *bounds)
