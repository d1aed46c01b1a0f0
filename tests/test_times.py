"""docker.config.convert_time: times in the query of a request."""

import datetime

import pytest
import six

from docker.config import convert_time
from tests.test_validation import refused


class Zone(datetime.tzinfo):
    """Two hours before UTC."""

    def utcoffset(self, moment):
        return datetime.timedelta(hours=2)

    def dst(self, moment):
        return datetime.timedelta(0)


@pytest.mark.parametrize('value, text', [
    (None, None), (0, '0'), (1454587200, '1454587200'), (1454587200.0, '1454587200'),
    (1454587200.25, '1454587200.250000'), (1454587200.000001, '1454587200.000001'),
    (1454587199.9999999, '1454587200'), (10 ** 12, '1000000000000'),
    (datetime.datetime(2016, 2, 4, 12), '1454587200'),
    (datetime.datetime(2016, 2, 4, 12, 0, 0, 5), '1454587200.000005'),
    (datetime.datetime(2016, 2, 4, 14, tzinfo=Zone()), '1454587200'),
    ('10m', '10m'), (u'2016-02-04T12:00:00Z', '2016-02-04T12:00:00Z'), ('1454587200', '1454587200')])
def test_times(value, text):
    converted = convert_time(value, 'since')
    assert converted == text and (text is None or isinstance(converted, six.text_type))


@pytest.mark.parametrize('value, kind', [
    (-1, ValueError), (-0.5, ValueError), (float('inf'), ValueError), (float('nan'), ValueError),
    ('', ValueError), ('  ', ValueError), (True, TypeError), ([1], TypeError), ({}, TypeError),
    (datetime.date(2016, 2, 4), TypeError), (datetime.timedelta(1), TypeError)])
def test_what_is_no_time(value, kind):
    assert refused(kind, convert_time, value, 'until').startswith('until takes ')
