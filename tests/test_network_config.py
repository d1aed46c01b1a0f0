# -*- coding: utf-8 -*-
"""Endpoint configs and IPAMs, from arguments in all their forms."""

import copy

import pytest
import six

from docker.network_config import (
    create_endpoint_config, create_ipam_config, create_ipam_pool, create_networking_config)
from tests.wire import raised

ENDPOINTS = [
    ({}, {}),
    ({'version': '1.22'}, {}),
    ({'aliases': ['web', u'h\xe9']}, {'Aliases': ['web', u'h\xe9']}),
    ({'aliases': 'web'}, {'Aliases': ['web']}),
    ({'aliases': ('web',)}, {'Aliases': ['web']}),
    ({'aliases': [], 'links': [], 'link_local_ips': [], 'driver_opts': {}}, {}),
    ({'aliases': '', 'links': '', 'ipv4_address': '', 'mac_address': ''}, {}),
    ({'links': {'db': 'database'}}, {'Links': ['db:database']}),
    ({'links': [('db', 'database'), ({'Id': 'abc'}, 'cache')]}, {'Links': ['db:database', 'abc:cache']}),
    ({'links': ['db:database', 'cache']}, {'Links': ['db:database', 'cache:cache']}),
    ({'ipv4_address': '10.0.0.2'}, {'IPAMConfig': {'IPv4Address': '10.0.0.2'}}),
    ({'ipv6_address': 'fd00::2'}, {'IPAMConfig': {'IPv6Address': 'fd00::2'}}),
    ({'ipv4_address': '10.0.0.2', 'ipv6_address': 'fd00::2', 'link_local_ips': ['169.254.1.1', 'fe80::1']},
     {'IPAMConfig': {'IPv4Address': '10.0.0.2', 'IPv6Address': 'fd00::2',
                     'LinkLocalIPs': ['169.254.1.1', 'fe80::1']}}),
    ({'link_local_ips': '169.254.1.1'}, {'IPAMConfig': {'LinkLocalIPs': ['169.254.1.1']}}),
    ({'driver_opts': {'a': 'b', 'n': 1, 'on': True}}, {'DriverOpts': {'a': 'b', 'n': '1', 'on': 'true'}}),
    ({'mac_address': '02:42:AC:11:00:02'}, {'MacAddress': '02:42:AC:11:00:02'}),
    ({'mac_address': '02-42-ac-11-00-02'}, {'MacAddress': '02-42-ac-11-00-02'}),
    ({'gw_priority': 0}, {'GwPriority': 0}),
    ({'gw_priority': -3}, {'GwPriority': -3}),
]


@pytest.mark.parametrize('arguments, config', ENDPOINTS)
def test_an_endpoint_config(arguments, config):
    given = copy.deepcopy(arguments)
    assert create_endpoint_config(**arguments) == config
    assert arguments == given


def test_the_first_argument_is_the_version_of_older_programs():
    assert create_endpoint_config('1.22', ['web'], {'db': 'd'}, '10.0.0.2', 'fd00::2', ['169.254.1.1']) == {
        'Aliases': ['web'], 'Links': ['db:d'],
        'IPAMConfig': {'IPv4Address': '10.0.0.2', 'IPv6Address': 'fd00::2', 'LinkLocalIPs': ['169.254.1.1']}}


def test_text_is_unicode_on_python_2():
    config = create_endpoint_config(aliases='web', ipv4_address='10.0.0.2', mac_address='02:42:ac:11:00:02',
                                    driver_opts={'a': 'b'})
    texts = config['Aliases'] + list(config['IPAMConfig'].values()) + [config['MacAddress']] + list(
        list(config['DriverOpts'].items())[0])
    assert all(type(text) is six.text_type for text in texts)


@pytest.mark.parametrize('endpoints, config', [
    (None, {}),
    ({}, {'EndpointsConfig': {}}),
    ({'front': {'Aliases': ['web']}, 'back': None, u'h\xe9': {}},
     {'EndpointsConfig': {'front': {'Aliases': ['web']}, 'back': {}, u'h\xe9': {}}}),
])
def test_a_networking_config(endpoints, config):
    assert create_networking_config(endpoints) == config


@pytest.mark.parametrize('arguments, config', [
    ({}, {'Driver': 'default', 'Config': []}),
    ({'driver': None}, {'Driver': 'default', 'Config': []}),
    ({'driver': 'mine', 'options': {'a': 1}}, {'Driver': 'mine', 'Config': [], 'Options': {'a': '1'}}),
    ({'pool_configs': [{'Subnet': '10.0.0.0/8'}]},
     {'Driver': 'default', 'Config': [{'Subnet': '10.0.0.0/8'}]}),
    ({'pool_configs': {'Subnet': '10.0.0.0/8'}}, {'Driver': 'default', 'Config': [{'Subnet': '10.0.0.0/8'}]}),
    ({'pool_configs': ({'Subnet': '10.0.0.0/8'}, {'Subnet': 'fd00::/64'})},
     {'Driver': 'default', 'Config': [{'Subnet': '10.0.0.0/8'}, {'Subnet': 'fd00::/64'}]}),
])
def test_an_ipam(arguments, config):
    assert create_ipam_config(**arguments) == config


@pytest.mark.parametrize('arguments, pool', [
    ({}, {}),
    ({'subnet': '10.5.0.0/16'}, {'Subnet': '10.5.0.0/16'}),
    ({'subnet': 'fd00::/64', 'gateway': 'fd00::1'}, {'Subnet': 'fd00::/64', 'Gateway': 'fd00::1'}),
    ({'subnet': '10.5.0.0/16', 'iprange': '10.5.1.0/24', 'gateway': '10.5.0.254',
      'aux_addresses': {'router': '10.5.1.5'}},
     {'Subnet': '10.5.0.0/16', 'IPRange': '10.5.1.0/24', 'Gateway': '10.5.0.254',
      'AuxiliaryAddresses': {'router': '10.5.1.5'}}),
    ({'subnet': None, 'iprange': '', 'gateway': None, 'aux_addresses': {}}, {}),
])
def test_a_pool(arguments, pool):
    assert create_ipam_pool(**arguments) == pool


def test_the_order_of_the_arguments():
    assert create_ipam_pool('10.5.0.0/16', '10.5.1.0/24', '10.5.0.1', {'a': '10.5.1.2'}) == {
        'Subnet': '10.5.0.0/16', 'IPRange': '10.5.1.0/24', 'Gateway': '10.5.0.1',
        'AuxiliaryAddresses': {'a': '10.5.1.2'}}
    assert create_ipam_config('mine', [{'Subnet': '10.5.0.0/16'}]) == {
        'Driver': 'mine', 'Config': [{'Subnet': '10.5.0.0/16'}]}


BAD = [
    (create_endpoint_config, {'version': 1.22}, TypeError),
    (create_endpoint_config, {'aliases': 7}, TypeError),
    (create_endpoint_config, {'aliases': ['']}, ValueError),
    (create_endpoint_config, {'aliases': {'web': 'x'}}, TypeError),
    (create_endpoint_config, {'links': 7}, TypeError),
    (create_endpoint_config, {'links': ['a:b:c']}, ValueError),
    (create_endpoint_config, {'ipv4_address': 'web'}, ValueError),
    (create_endpoint_config, {'ipv4_address': 'fd00::2'}, ValueError),
    (create_endpoint_config, {'ipv4_address': 1}, TypeError),
    (create_endpoint_config, {'ipv6_address': '10.0.0.2'}, ValueError),
    (create_endpoint_config, {'link_local_ips': ['web']}, ValueError),
    (create_endpoint_config, {'driver_opts': 'a=b'}, TypeError),
    (create_endpoint_config, {'mac_address': '02:42'}, ValueError),
    (create_endpoint_config, {'mac_address': 2}, TypeError),
    (create_endpoint_config, {'gw_priority': '1'}, TypeError),
    (create_endpoint_config, {'gw_priority': True}, TypeError),
    (create_networking_config, {'endpoints_config': ['front']}, TypeError),
    (create_networking_config, {'endpoints_config': {'front': ['web']}}, TypeError),
    (create_networking_config, {'endpoints_config': {'': {}}}, ValueError),
    (create_ipam_config, {'driver': 7}, TypeError),
    (create_ipam_config, {'pool_configs': '10.5.0.0/16'}, TypeError),
    (create_ipam_config, {'pool_configs': ['10.5.0.0/16']}, TypeError),
    (create_ipam_config, {'options': [7]}, TypeError),
    (create_ipam_pool, {'subnet': '10.5.0.0'}, ValueError),
    (create_ipam_pool, {'subnet': '10.5.0.0/33'}, ValueError),
    (create_ipam_pool, {'subnet': 'fd00::/129'}, ValueError),
    (create_ipam_pool, {'subnet': '10.5/16'}, ValueError),
    (create_ipam_pool, {'subnet': '10.5.0.0/-1'}, ValueError),
    (create_ipam_pool, {'subnet': 10}, TypeError),
    (create_ipam_pool, {'iprange': '10.5.0.0/x'}, ValueError),
    (create_ipam_pool, {'gateway': '10.5.0.1/16'}, ValueError),
    (create_ipam_pool, {'aux_addresses': {'a': 'b'}}, ValueError),
    (create_ipam_pool, {'aux_addresses': ['10.5.0.1']}, ValueError),
]


@pytest.mark.parametrize('function, arguments, kind', BAD)
def test_a_bad_argument(function, arguments, kind):
    name, = arguments
    assert name in str(raised(kind, lambda: function(**arguments)))
