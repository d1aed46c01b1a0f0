"""docker.state: whether a container has run, and its health, by what inspect returns for it."""

import pytest

from docker.state import has_run, health_of

STARTED = '2026-01-01T10:00:00.123456789Z'
NEVER = '0001-01-01T00:00:00Z'


@pytest.mark.parametrize('state, expected', [
    ({'Running': True, 'StartedAt': STARTED}, True),
    ({'Running': True}, True),
    ({'Running': False, 'StartedAt': STARTED, 'ExitCode': 3}, True),
    ({'Running': False, 'StartedAt': STARTED, 'FinishedAt': NEVER}, True),
    ({'Running': False, 'StartedAt': NEVER, 'FinishedAt': NEVER}, False),
    ({'Running': False, 'StartedAt': '0001-01-01T00:00:00.000000000+00:00'}, False),
    ({'Running': False}, False),
], ids=['running', 'running without StartedAt', 'exited', 'exited without FinishedAt', 'created',
        'created with another zero time', 'created without StartedAt'])
def test_has_run(state, expected):
    assert has_run({'Id': 'a' * 64, 'State': state}) is expected


CHECK = {'Test': ['CMD', 'true']}
RUNNING, EXITED = {'Running': True, 'StartedAt': STARTED}, {'Running': False, 'StartedAt': STARTED}
RESTARTING = dict(RUNNING, Restarting=True, Health={'Status': 'unhealthy'})


@pytest.mark.parametrize('state, check, expected', [
    (dict(RUNNING, Health={'Status': 'starting'}), CHECK, 'starting'),
    (dict(RUNNING, Health={'Status': 'healthy'}), CHECK, 'healthy'),
    (dict(RUNNING, Health={'Status': 'unhealthy'}), CHECK, 'unhealthy'),
    (dict(RUNNING, Health={'Status': 'none'}), {'Test': ['NONE']}, None),
    (dict(RUNNING, Health={'Status': '', 'Log': None}), None, None),
    (RUNNING, None, None),
    (dict(RUNNING, Health=None), None, None),
    (dict(EXITED, Health={'Status': 'unhealthy'}), CHECK, 'ended'),
    (EXITED, None, 'ended'),
    ({'Running': False, 'StartedAt': NEVER}, CHECK, 'not started'),
    ({'Running': False, 'StartedAt': NEVER}, {'Test': ['NONE']}, None),
    ({'Running': False, 'StartedAt': NEVER}, {}, None),
    ({'Running': False, 'StartedAt': NEVER}, None, None),
    (RESTARTING, CHECK, 'not started'),
    (dict(RESTARTING, Running=False), CHECK, 'not started')])
def test_health_of(state, check, expected):
    assert health_of({'State': state, 'Config': {'Healthcheck': check}}) == expected


def test_health_without_a_config():
    assert health_of({'State': RUNNING}) is None
