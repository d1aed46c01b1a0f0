"""docker.log_query: the query of a log."""

import pytest

from docker.log_query import convert_log_query
from tests.test_validation import refused

BOTH = {'stdout': 1, 'stderr': 1}


@pytest.mark.parametrize('arguments, query', [
    ((True, True, False, 'all', None), BOTH), ((True, True, False, None, None), BOTH),
    ((True, True, False, -1, None, None, False), BOTH),
    ((False, 1, True, 10, 1384000000.5, '1384000001', True), {
        'stdout': 0, 'stderr': 1, 'timestamps': 1, 'details': 1, 'tail': '10', 'since': '1384000000.5',
        'until': '1384000001'}),
    ((True, True, False, '5', 0), dict(BOTH, tail='5', since='0'))])
def test_the_query_of_a_log(arguments, query):
    assert convert_log_query(*arguments) == query


@pytest.mark.parametrize('name, arguments, kind', [
    ('tail', (1.5, None), TypeError), ('tail', (True, None), TypeError), ('tail', ('some', None), ValueError),
    ('since', ('all', 'yesterday'), ValueError),
    ('since', ('all', -1), ValueError), ('until', ('all', 1, []), TypeError)])
def test_bad_queries_of_a_log(name, arguments, kind):
    assert refused(kind, convert_log_query, True, True, False, *arguments).startswith(name + ' takes ')
