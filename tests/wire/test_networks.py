# -*- coding: utf-8 -*-
"""The calls about networks."""

import contextlib
import json

import pytest

import docker
from docker import errors
from docker.network_config import create_ipam_config, create_ipam_pool
from tests.server import as_json, beginning_of_json, http
from tests.wire import assert_not_supported, negotiated, raised, request_parts

WEB, ID = 'a' * 64, 'd' * 64
POOL = create_ipam_pool('10.5.0.0/16', '10.5.1.0/24', '10.5.0.254', {'router': '10.5.1.5'})
IPAM = create_ipam_config(pool_configs=[POOL])
NETWORK = {'Name': 'front', 'Id': ID, 'Scope': 'local', 'Driver': 'bridge', 'Containers': {}}


@pytest.fixture
def client(server):
    """A Client of an engine that has all of the API, and takes each call in the version that it came in."""
    client = negotiated(docker.Client(server.url, timeout=10), server, '1.55')
    yield client
    client.close()


def filtered(**filters):
    return {'filters': json.dumps(filters, sort_keys=True)}


CONNECT, DISCONNECT = '/networks/front/connect', '/networks/front/disconnect'
REQUESTS = [
    (lambda c: c.networks(), '1.21', 'GET', '/networks', {}, None),
    (lambda c: c.networks([], (), {}), '1.21', 'GET', '/networks', {}, None),
    (lambda c: c.networks(['front', 'back'], ['abc']), '1.21', 'GET', '/networks',
     filtered(name=['front', 'back'], id=['abc']), None),
    (lambda c: c.networks(names='front'), '1.21', 'GET', '/networks', filtered(name=['front']), None),
    (lambda c: c.networks(ids='abc'), '1.21', 'GET', '/networks', filtered(id=['abc']), None),
    (lambda c: c.networks(filters={'type': 'custom', 'label': {'tier': 'web'}, 'dangling': True}), '1.21',
     'GET', '/networks', filtered(type=['custom'], label=['tier=web'], dangling=['true']), None),
    (lambda c: c.networks(['a'], filters={'name': 'b'}), '1.21', 'GET', '/networks',
     filtered(name=['a', 'b']), None),
    (lambda c: c.inspect_network('front'), '1.21', 'GET', '/networks/front', {}, None),
    (lambda c: c.inspect_network({'Id': ID, 'Warning': ''}), '1.21', 'GET', '/networks/' + ID, {}, None),
    (lambda c: c.inspect_network(u'caf\xe9 & more'), '1.21', 'GET', '/networks/caf%C3%A9%20%26%20more', {},
     None),
    (lambda c: c.inspect_network('front', verbose=False), '1.21', 'GET', '/networks/front', {}, None),
    (lambda c: c.inspect_network('front', True, 'swarm'), '1.31', 'GET', '/networks/front',
     {'verbose': '1', 'scope': 'swarm'}, None),
    (lambda c: c.remove_network('front'), '1.21', 'DELETE', '/networks/front', {}, None),
    (lambda c: c.remove_network({'Id': ID}), '1.21', 'DELETE', '/networks/' + ID, {}, None),

    (lambda c: c.create_network('front'), '1.21', 'POST', '/networks/create', {}, {'Name': 'front'}),
    (lambda c: c.create_network('front', 'bridge', {'a': 'b', 'n': 1, 'on': True}, IPAM, True), '1.21',
     'POST', '/networks/create', {}, {
         'Name': 'front', 'Driver': 'bridge', 'Options': {'a': 'b', 'n': '1', 'on': 'true'},
         'IPAM': {'Driver': 'default', 'Config': [{
             'Subnet': '10.5.0.0/16', 'IPRange': '10.5.1.0/24', 'Gateway': '10.5.0.254',
             'AuxiliaryAddresses': {'router': '10.5.1.5'}}]}, 'CheckDuplicate': True}),
    (lambda c: c.create_network('front', None, None, None, None, False, None, False), '1.21', 'POST',
     '/networks/create', {}, {'Name': 'front'}),
    (lambda c: c.create_network('front', '', {}, check_duplicate=False), '1.21', 'POST', '/networks/create',
     {}, {'Name': 'front', 'CheckDuplicate': False}),
    (lambda c: c.create_network('front', internal=True), '1.22', 'POST', '/networks/create', {},
     {'Name': 'front', 'Internal': True}),
    (lambda c: c.create_network('front', ipam=create_ipam_config(options={'a': 'b'})), '1.22', 'POST',
     '/networks/create', {},
     {'Name': 'front', 'IPAM': {'Driver': 'default', 'Config': [], 'Options': {'a': 'b'}}}),
    (lambda c: c.create_network('front', labels={'tier': 'web'}, enable_ipv6=True), '1.23', 'POST',
     '/networks/create', {}, {'Name': 'front', 'Labels': {'tier': 'web'}, 'EnableIPv6': True}),
    (lambda c: c.create_network('front', labels=['tier=web', 'alone']), '1.23', 'POST', '/networks/create',
     {}, {'Name': 'front', 'Labels': {'tier': 'web', 'alone': ''}}),
    (lambda c: c.create_network('front', attachable=True), '1.25', 'POST', '/networks/create', {},
     {'Name': 'front', 'Attachable': True}),
    (lambda c: c.create_network('front', 'overlay', ingress=True), '1.29', 'POST', '/networks/create', {},
     {'Name': 'front', 'Driver': 'overlay', 'Ingress': True}),
    (lambda c: c.create_network('front', scope='swarm', config_only=True, config_from='settings'), '1.30',
     'POST', '/networks/create', {}, {
         'Name': 'front', 'Scope': 'swarm', 'ConfigOnly': True, 'ConfigFrom': {'Network': 'settings'}}),
    (lambda c: c.create_network('front', enable_ipv4=False), '1.48', 'POST', '/networks/create', {},
     {'Name': 'front', 'EnableIPv4': False}),

    (lambda c: c.connect_container_to_network('web', 'front'), '1.21', 'POST', CONNECT, {},
     {'Container': 'web'}),
    (lambda c: c.connect_container_to_network(container={'Id': WEB}, net_id={'Id': ID}), '1.21', 'POST',
     '/networks/{0}/connect'.format(ID), {}, {'Container': WEB}),
    (lambda c: c.connect_container_to_network('web', 'front', aliases=[], links=None, driver_opts={}), '1.21',
     'POST', CONNECT, {}, {'Container': 'web'}),
    (lambda c: c.connect_container_to_network(
        'web', 'front', '10.5.0.2', 'fd00::2', ['www'], {'db': 'database'}), '1.22', 'POST', CONNECT, {},
     {'Container': 'web', 'EndpointConfig': {
         'IPAMConfig': {'IPv4Address': '10.5.0.2', 'IPv6Address': 'fd00::2'}, 'Aliases': ['www'],
         'Links': ['db:database']}}),
    (lambda c: c.connect_container_to_network('web', 'front', link_local_ips=['169.254.8.8']), '1.24', 'POST',
     CONNECT, {},
     {'Container': 'web', 'EndpointConfig': {'IPAMConfig': {'LinkLocalIPs': ['169.254.8.8']}}}),
    (lambda c: c.connect_container_to_network('web', 'front', driver_opts={'a': 'b'}), '1.32', 'POST',
     CONNECT, {}, {'Container': 'web', 'EndpointConfig': {'DriverOpts': {'a': 'b'}}}),
    (lambda c: c.connect_container_to_network('web', 'front', mac_address='02:42:ac:11:00:02'), '1.44',
     'POST', CONNECT, {}, {'Container': 'web', 'EndpointConfig': {'MacAddress': '02:42:ac:11:00:02'}}),
    (lambda c: c.connect_container_to_network('web', 'front', gw_priority=2), '1.48', 'POST', CONNECT, {},
     {'Container': 'web', 'EndpointConfig': {'GwPriority': 2}}),

    (lambda c: c.disconnect_container_from_network('web', 'front'), '1.21', 'POST', DISCONNECT, {},
     {'Container': 'web'}),
    (lambda c: c.disconnect_container_from_network({'Id': WEB}, 'front', True), '1.22', 'POST', DISCONNECT,
     {}, {'Container': WEB, 'Force': True}),
]


@pytest.mark.parametrize('call, version, method, path, query, body', REQUESTS)
def test_the_request(client, server, call, version, method, path, query, body):
    value = [] if path == '/networks' else NETWORK
    server.respond(http(204) if method == 'DELETE' else as_json(value))
    call(client)
    assert request_parts(server.request) == (method, '/v{0}{1}'.format(version, path), query, body)
    assert len(server.requests) == 1


def test_what_the_calls_return(client, server):
    warning = {'Id': ID, 'Warning': 'there is another'}
    server.respond(as_json([NETWORK]), as_json(NETWORK), as_json(warning, 201), http(204), http(200),
                   http(200), as_json(None))
    assert client.networks() == [NETWORK]
    assert client.inspect_network('front') == NETWORK
    assert client.create_network('front') == warning
    assert client.remove_network('front') is None
    assert client.connect_container_to_network('web', 'front') is None
    assert client.disconnect_container_from_network('web', 'front') is None
    # An engine writes null for an empty list.
    assert client.networks() == []


@pytest.mark.parametrize('value', [
    {'a': 1}, 'text', [1], [{'Id': ID}], [{'Name': 'front', 'Id': 1}], [dict(NETWORK, Containers=[1])]])
def test_a_list_of_something_else(client, server, value):
    server.respond(as_json(value))
    assert 'GET /networks' in str(raised(errors.NotAnEngine, client.networks))


def test_a_creation_without_an_id(client, server):
    server.respond(as_json({'Warning': ''}, 201))
    raised(errors.NotAnEngine, lambda: client.create_network('front'))


def test_the_helpers_of_the_client_send_nothing(client, server):
    endpoint = client.create_endpoint_config(['web'], {'db': 'd'}, ipv4_address='10.5.0.2', gw_priority=1)
    assert endpoint == {'Aliases': ['web'], 'Links': ['db:d'], 'GwPriority': 1,
                        'IPAMConfig': {'IPv4Address': '10.5.0.2'}}
    assert client.create_networking_config({'front': endpoint}) == {'EndpointsConfig': {'front': endpoint}}
    assert client.create_networking_config(endpoints_config=None) == {}
    assert not server.requests


BAD = [
    ('names', TypeError, lambda c: c.networks(names=7)),
    ('names', ValueError, lambda c: c.networks(names=[''])),
    ('ids', TypeError, lambda c: c.networks(ids=[7])),
    ('filters', TypeError, lambda c: c.networks(filters=['name'])),
    ('filters', TypeError, lambda c: c.networks(filters={'name': 1.5})),
    ('net_id', ValueError, lambda c: c.inspect_network('')),
    ('net_id', TypeError, lambda c: c.inspect_network(None)),
    ('net_id', TypeError, lambda c: c.inspect_network({'Name': 'front'})),
    ('net_id', ValueError, lambda c: c.remove_network('..')),
    ('net_id', TypeError, lambda c: c.remove_network(7)),
    ('scope', TypeError, lambda c: c.inspect_network('front', scope=7)),
    ('name', ValueError, lambda c: c.create_network('')),
    ('name', TypeError, lambda c: c.create_network(7)),
    ('driver', TypeError, lambda c: c.create_network('front', 7)),
    ('options', TypeError, lambda c: c.create_network('front', options='a=b')),
    ('ipam', TypeError, lambda c: c.create_network('front', ipam='10.5.0.0/16')),
    ('labels', TypeError, lambda c: c.create_network('front', labels=7)),
    ('labels', TypeError, lambda c: c.create_network('front', labels={'a': 1.5})),
    ('scope', TypeError, lambda c: c.create_network('front', scope=7)),
    ('config_from', TypeError, lambda c: c.create_network('front', config_from={'Network': 'a'})),
    ('container', ValueError, lambda c: c.connect_container_to_network('', 'front')),
    ('net_id', TypeError, lambda c: c.connect_container_to_network('web', None)),
    ('ipv4_address', ValueError, lambda c: c.connect_container_to_network('web', 'front', 'x')),
    ('ipv6_address', ValueError, lambda c: c.connect_container_to_network('web', 'front', None, '10.0.0.1')),
    ('aliases', TypeError, lambda c: c.connect_container_to_network('web', 'front', aliases=7)),
    ('links', TypeError, lambda c: c.connect_container_to_network('web', 'front', links=7)),
    ('container', TypeError, lambda c: c.disconnect_container_from_network(None, 'front')),
    ('net_id', ValueError, lambda c: c.disconnect_container_from_network('web', ' ')),
]


@pytest.mark.parametrize('name, kind, call', BAD)
def test_a_bad_argument(client, server, name, kind, call):
    assert name in str(raised(kind, lambda: call(client)))
    assert not server.requests


@pytest.mark.parametrize('call', [
    lambda c: c.create_network('front', options={'password': ['s3cret']}),
    lambda c: c.create_network('front', options='password=s3cret'),
    lambda c: c.connect_container_to_network('web', 'front', driver_opts=['password=s3cret', 7]),
    lambda c: c.connect_container_to_network('web', 'front', driver_opts={'password': {'s3cret': 1}})])
def test_a_bad_option_is_not_shown(client, call):
    assert 's3cret' not in str(raised(TypeError, lambda: call(client)))


ERRORS = [
    (403, 'error while removing network: network front id abc has active endpoints', errors.Conflict),
    (403, 'error while removing network: network front has active endpoints (name:"web" id:"abc")',
     errors.Conflict),
    (403, 'endpoint with name web already exists in network front', errors.Conflict),
    (403, 'bridge is a pre-defined network and cannot be removed', errors.Conflict),
    (403, 'Pool overlaps with other one on this address space', errors.Conflict),
    (403, 'authorization denied by plugin guard', errors.Unauthorized),
    (404, 'network front not found', errors.NotFound),
    (404, 'endpoint web already exists in network front', errors.NotFound),
    (409, 'network with name front already exists', errors.Conflict),
    (500, 'container abc is not connected to network front', errors.Conflict),
    (500, 'container abc is not connected to the network front', errors.Conflict),
    # Podman's.
    (500, 'network name front already used: network already exists', errors.Conflict),
    (500, '"front" has associated containers with it. Use -f to forcibly delete containers and pods: network '
          'is being used', errors.Conflict),
    (500, 'container abc is already connected to network "front": network is already connected',
     errors.Conflict),
    (500, 'subnet 10.5.0.0/16 is already used on the host or by another config', errors.Conflict),
    (500, 'unsupported driver mine: invalid argument', errors.NotFound),
    (500, 'disk full', errors.ServerError),
]


@pytest.mark.parametrize('status, message, kind', ERRORS)
def test_an_error(client, server, status, message, kind):
    server.respond(as_json({'message': message}, status))
    error = raised(kind, lambda: client.remove_network('front'))
    assert error.status_code == status and error.explanation == message


@pytest.mark.parametrize('call', [
    lambda c: c.networks(), lambda c: c.inspect_network('front'), lambda c: c.create_network('front'),
    lambda c: c.remove_network('front'), lambda c: c.connect_container_to_network('web', 'front'),
    lambda c: c.disconnect_container_from_network('web', 'front')])
def test_the_engine_goes_away(client, server, call):
    server.respond(beginning_of_json)
    with pytest.raises((errors.StreamBroken, errors.EngineUnreachable)):
        call(client)


# Engines without it

@pytest.mark.parametrize('newest, call, name, came', [
    ('1.20', lambda c: c.networks(), 'GET /networks', '1.21'),
    ('1.20', lambda c: c.create_network('front'), 'POST /networks/create', '1.21'),
    ('1.21', lambda c: c.create_network('front', internal=True), 'Internal', '1.22'),
    ('1.22', lambda c: c.create_network('front', labels={'a': 'b'}), 'Labels', '1.23'),
    ('1.22', lambda c: c.create_network('front', enable_ipv6=True), 'EnableIPv6', '1.23'),
    ('1.24', lambda c: c.create_network('front', attachable=True), 'Attachable', '1.25'),
    ('1.28', lambda c: c.create_network('front', ingress=True), 'Ingress', '1.29'),
    ('1.29', lambda c: c.create_network('front', scope='swarm'), 'Scope', '1.30'),
    ('1.29', lambda c: c.create_network('front', config_only=True), 'ConfigOnly', '1.30'),
    ('1.29', lambda c: c.create_network('front', config_from='a'), 'ConfigFrom', '1.30'),
    ('1.47', lambda c: c.create_network('front', enable_ipv4=False), 'EnableIPv4', '1.48'),
    ('1.30', lambda c: c.inspect_network('front', verbose=True), 'verbose', '1.31'),
    ('1.21', lambda c: c.connect_container_to_network('web', 'front', '10.5.0.2'), 'EndpointConfig', '1.22'),
    ('1.23', lambda c: c.connect_container_to_network('web', 'front', link_local_ips=['169.254.8.8']),
     'LinkLocalIPs', '1.24'),
    ('1.31', lambda c: c.connect_container_to_network('web', 'front', driver_opts={'a': 'b'}), 'DriverOpts',
     '1.32'),
    ('1.43', lambda c: c.connect_container_to_network('web', 'front', mac_address='02:42:ac:11:00:02'),
     'MacAddress', '1.44'),
    ('1.47', lambda c: c.connect_container_to_network('web', 'front', gw_priority=1), 'GwPriority', '1.48'),
    ('1.21', lambda c: c.disconnect_container_from_network('web', 'front', force=True), 'Force', '1.22'),
])
def test_an_engine_without_it(server, newest, call, name, came):
    with contextlib.closing(negotiated(docker.Client(server.url, timeout=10), server, newest)) as client:
        assert_not_supported(client, server, call, name, came, newest)


def test_what_each_engine_does_by_default_is_no_argument_that_it_lacks(server):
    client = negotiated(docker.Client(server.url, timeout=10), server, '1.21')
    server.respond(as_json({'Id': ID}, 201))
    client.create_network('front', internal=False, enable_ipv6=False, labels={}, enable_ipv4=True)
    assert server.request.path == '/v1.21/networks/create'
    client.close()
