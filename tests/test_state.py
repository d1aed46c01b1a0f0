"""docker.state: whether a container has run, by what inspect returns for it."""

import pytest

from docker.state import has_run

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
