"""docker.units.convert_time: times in the query of a request."""

import datetime

import pytest
import six

from docker import units
from docker.units import convert_time
from tests.test_validation import refused


class Zone(datetime.tzinfo):
    """Two hours before UTC."""

    def utcoffset(self, moment):
        return datetime.timedelta(hours=2)

    def dst(self, moment):
        return datetime.timedelta(0)


@pytest.mark.parametrize('value, text', [
    (None, None), (0, '0'), (1454587200, '1454587200'), (1454587200.0, '1454587200'),
    (1454587200.25, '1454587200.25'), (1454587200.000001, '1454587200.000001'),
    (1454587199.9999999, '1454587200'), (10 ** 12, '1000000000000'),
    (datetime.datetime(2016, 2, 4, 12), '1454587200'),
    (datetime.datetime(2016, 2, 4, 12, 0, 0, 5), '1454587200.000005'),
    (datetime.datetime(2016, 2, 4, 14, tzinfo=Zone()), '1454587200'),
    (u'2016-02-04T12:00:00Z', '1454587200'), ('2016-02-04T14:00:00.5+02:00', '1454587200.5'),
    ('2016-02-04 12:00', '1454587200'), ('2016-02-04', '1454544000'), ('1454587200', '1454587200'),
    (' 1454587200.250\n', '1454587200.250')])
def test_times(value, text):
    converted = convert_time(value, 'since')
    assert converted == text and (text is None or isinstance(converted, six.text_type))


def test_text_of_a_time_before_now(monkeypatch):
    monkeypatch.setattr(units.time, 'time', lambda: 1454587200.5)
    assert convert_time('10m', 'since') == '1454586600.5'
    assert convert_time(u'1h0.5s', 'since') == '1454583600'


@pytest.mark.parametrize('value, kind', [
    ('yesterday', ValueError), ('2016-13-04', ValueError), ('2016-02-04T25:00Z', ValueError),
    (-1, ValueError), (-0.5, ValueError), (float('inf'), ValueError), (float('nan'), ValueError),
    ('  ', ValueError), (True, TypeError), ([1], TypeError), ({}, TypeError),
    (datetime.date(2016, 2, 4), TypeError), (datetime.timedelta(1), TypeError)])
def test_what_is_no_time(value, kind):
    assert refused(kind, convert_time, value, 'until').startswith('until takes ')
