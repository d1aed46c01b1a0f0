# -*- coding: utf-8 -*-
"""docker.image_options: platforms, and the options of a build."""

import collections
import json

import pytest
import six

from docker import image_options as options
from docker.api import build
from tests.test_validation import refused


def loaded(text):
    assert text is None or isinstance(text, str)
    return None if text is None else json.loads(text)


@pytest.mark.parametrize('value, platform', [
    (None, None), ('', None),
    ('linux/arm64', {'os': 'linux', 'architecture': 'arm64'}),
    (u'linux/arm/v7', {'os': 'linux', 'architecture': 'arm', 'variant': 'v7'}),
    (collections.OrderedDict([('os', 'windows'), ('architecture', 'amd64'), ('os.version', '10')]),
     {'os': 'windows', 'architecture': 'amd64', 'os.version': '10'}),
])
def test_platforms(value, platform):
    assert loaded(options.convert_platform(value)) == platform


@pytest.mark.parametrize('value, kind', [
    ('linux', ValueError), ('linux/', ValueError), ('/arm64', ValueError), ('linux/arm/', ValueError),
    ('linux/arm/v7/x', ValueError), ({'os': 'linux'}, ValueError), ({}, ValueError), (5, TypeError),
    (['linux/arm64'], TypeError), ({'os': 'linux', 'architecture': object()}, TypeError)])
def test_bad_platforms(value, kind):
    message = refused(kind, options.convert_platform, value, 'platforms')
    assert message.startswith('platforms takes ')


def test_the_limits_of_a_build():
    assert options.convert_container_limits(None) == options.convert_container_limits({}) == {}
    assert options.convert_container_limits({
        'memory': '1m', 'memswap': -1, 'cpushares': '512', 'cpusetcpus': '0-3', 'cpusetmems': 0,
        'cpuperiod': 100000, 'cpuquota': -1}) == {
            'memory': 1 << 20, 'memswap': -1, 'cpushares': 512, 'cpusetcpus': '0-3', 'cpusetmems': '0',
            'cpuperiod': 100000, 'cpuquota': -1}
    assert options.convert_container_limits({'memory': None, 'memswap': '2g'}) == {'memswap': 2 << 30}


def test_the_names_of_limits():
    assert build.CONTAINER_LIMITS_KEYS is options.CONTAINER_LIMITS_KEYS
    assert options.CONTAINER_LIMITS_KEYS[:4] == ['memory', 'memswap', 'cpushares', 'cpusetcpus']
    message = refused(ValueError, options.convert_container_limits, {'memory': 1, 'mem_limit': 1, 'x': 2})
    assert message.startswith('container_limits takes a dict with memory, ')
    assert message.endswith("not the key 'mem_limit', 'x'")


@pytest.mark.parametrize('limits, kind', [
    ('512m', TypeError), (['memory'], TypeError), ({'memory': -1}, ValueError), ({'memory': 1.5}, TypeError),
    ({'memswap': -2}, ValueError), ({'cpushares': 'many'}, ValueError), ({'cpushares': True}, TypeError),
    ({'cpusetcpus': [0, 1]}, TypeError)])
def test_bad_limits(limits, kind):
    assert refused(kind, options.convert_container_limits, limits).startswith('container_limits')


@pytest.mark.parametrize('value, converted', [
    (None, None), ({}, None), ({'A': 'b', u'caf\xe9': 1, 'C': None}, {'A': 'b', u'caf\xe9': '1', 'C': None})])
def test_build_args(value, converted):
    assert loaded(options.convert_build_args(value)) == converted


@pytest.mark.parametrize('value', [
    'A=hunter2', ['A=hunter2'], {'A': ['hunter2']}, {'A': 1.5}, {5: 'hunter2'}])
def test_bad_build_args_are_not_shown(value):
    message = refused(TypeError, options.convert_build_args, value)
    assert message.startswith('buildargs takes ') and 'hunter2' not in message


@pytest.mark.parametrize('value, converted', [
    (None, None), ({}, None), ([], None), ({'tier': 'web', 'level': 3}, {'tier': 'web', 'level': '3'}),
    (['tier', 'owner=me'], {'tier': '', 'owner': 'me'}), ({'tier': None}, {'tier': ''})])
def test_labels(value, converted):
    assert loaded(options.convert_labels_of_image(value)) == converted


@pytest.mark.parametrize('value', ['tier=web', 5, {'tier': 1.5}, [5]])
def test_bad_labels(value):
    assert refused(TypeError, options.convert_labels_of_image, value).startswith('labels takes ')


@pytest.mark.parametrize('value, converted', [
    (None, None), ([], None), ('busybox', ['busybox']), (('a', u'b'), ['a', 'b'])])
def test_cache_from(value, converted):
    assert loaded(options.convert_cache_from(value)) == converted


@pytest.mark.parametrize('value, kind', [(5, TypeError), ([5], TypeError), ([''], ValueError)])
def test_bad_cache_from(value, kind):
    assert refused(kind, options.convert_cache_from, value).startswith('cache_from takes ')


@pytest.mark.parametrize('value, converted', [
    (None, None), ([], None), ({}, None), ({'b': '::1', 'a': '10.0.0.1'}, ['a:10.0.0.1', 'b:::1']),
    (['a:10.0.0.1', u'b:::1'], ['a:10.0.0.1', 'b:::1'])])
def test_extra_hosts(value, converted):
    hosts = options.convert_extra_hosts_of_build(value)
    assert hosts == converted and all(isinstance(host, six.text_type) for host in hosts or ())


@pytest.mark.parametrize('value, kind', [
    ('a:10.0.0.1', TypeError), (5, TypeError), ([5], TypeError), (['a'], ValueError), (['a:'], ValueError),
    ([':a'], ValueError), ({'a': None}, TypeError), ({'a': ''}, ValueError)])
def test_bad_extra_hosts(value, kind):
    assert refused(kind, options.convert_extra_hosts_of_build, value).startswith('extra_hosts takes ')


@pytest.mark.parametrize('value, converted', [
    (None, None), ([], None), ({'name': 'nofile', 'soft': 1}, [{'Name': 'nofile', 'Soft': 1, 'Hard': 1}]),
    ([{'Name': 'nofile', 'Soft': 1, 'Hard': 2}, u'core=0'],
     [{'Name': 'nofile', 'Soft': 1, 'Hard': 2}, {'Name': 'core', 'Soft': 0, 'Hard': 0}])])
def test_ulimits(value, converted):
    assert loaded(options.convert_ulimits_of_build(value)) == converted


@pytest.mark.parametrize('value, kind', [
    ('nofile', ValueError), ([5], TypeError), ({'soft': 1}, TypeError), ({'name': 'a'}, ValueError),
    ({'name': 'a', 'max': 1}, ValueError),
    ({'name': 'a', 5: 1}, ValueError), ({'name': 'a', 'soft': 1.5}, TypeError), ({'name': 5}, TypeError)])
def test_bad_ulimits(value, kind):
    assert refused(kind, options.convert_ulimits_of_build, value).startswith('ulimits takes ')


@pytest.mark.parametrize('value, converted', [
    (None, None), ([], None), ({'Type': 'moby'}, [{'Type': 'moby'}]), ([{'a': 1}, {}], [{'a': 1}, {}])])
def test_outputs(value, converted):
    assert loaded(options.convert_outputs(value)) == converted


@pytest.mark.parametrize('value', ['type=local', [5], {'Type': object()}])
def test_bad_outputs(value):
    assert refused(TypeError, options.convert_outputs, value).startswith('outputs takes ')
