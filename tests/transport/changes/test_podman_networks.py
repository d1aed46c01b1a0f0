"""What is different with Podman's networks."""

import pytest

import docker
from docker.network_config import create_ipam_config
from tests.server import as_json, http
from tests.transport.changes import PODMAN

WEB = 'a' * 64


def container(**networks):
    return as_json({'Id': WEB, 'Name': '/web', 'Config': {}, 'State': {'Running': True},
                    'NetworkSettings': {'Networks': networks}})


@pytest.mark.parametrize('call, field', [
    (lambda c: c.create_network('front', ipam=create_ipam_config('mine')), 'IPAM.Driver'),
    (lambda c: c.create_network('front', ipam=create_ipam_config(options={'a': 'b'})), 'IPAM.Options'),
    (lambda c: c.create_network('front', ipam={'Config': [{'AuxiliaryAddresses': {'a': '10.5.0.1'}}]}),
     'AuxiliaryAddresses'),
    (lambda c: c.create_network('front', ingress=True), 'Ingress'),
    (lambda c: c.create_network('front', config_only=True), 'ConfigOnly'),
    (lambda c: c.create_network('front', config_from='back'), 'ConfigFrom'),
    (lambda c: c.create_network('front', scope='swarm'), 'Scope'),
    (lambda c: c.inspect_network('front', scope='swarm'), 'scope'),
    (lambda c: c.connect_container_to_network('web', 'front', links={'db': 'd'}), 'Links'),
    (lambda c: c.connect_container_to_network('web', 'front', driver_opts={'a': 'b'}), 'DriverOpts'),
    (lambda c: c.connect_container_to_network('web', 'front', link_local_ips='169.254.1.1'), 'LinkLocalIPs'),
])
def test_what_it_ignores_is_refused(recorded, call, field):
    engine = recorded(PODMAN)
    with pytest.raises(docker.errors.NotSupported, match=field):
        call(engine.client)
    assert engine.requests_made == []


def test_what_is_no_loss_is_sent(recorded):
    engine = recorded(PODMAN)
    engine.respond(as_json({'Id': 'f' * 64, 'Warning': ''}, 201), as_json({'Name': 'front', 'Id': 'f' * 64}))
    engine.client.create_network('front', ipam=create_ipam_config(options={'driver': 'host-local'}),
                                 scope='local')
    engine.client.inspect_network('front', scope='local')
    body = engine.requests_made[0][3]
    assert body == {'Name': 'front', 'Scope': 'local', 'IPAM': {
        'Driver': 'default', 'Config': [], 'Options': {'driver': 'host-local'}}}


@pytest.mark.parametrize('name, key', [('front', 'front'), ('bridge', 'podman')])
def test_inspect_has_what_was_set_of_a_connection(recorded, name, key):
    engine = recorded(PODMAN)
    bare = {'IPAMConfig': None, 'Aliases': ['www', WEB[:12]], 'IPAddress': '10.89.0.7'}
    engine.respond(http(200, 'OK'), container(), as_json({'Name': name, 'Id': 'f' * 64}),
                   container(**{key: bare}))
    engine.client.connect_container_to_network('web', 'f' * 12, '10.89.0.7', aliases=['www'])
    endpoint = engine.client.inspect_container('web')['NetworkSettings']['Networks'][key]
    assert endpoint == dict(bare, IPAMConfig={'IPv4Address': '10.89.0.7'})
    assert [parts[:2] for parts in engine.requests_made] == [
        ('POST', '/networks/{0}/connect'.format('f' * 12)), ('GET', '/containers/web/json'),
        ('GET', '/networks/' + 'f' * 12), ('GET', '/containers/web/json')]


def test_a_later_connection_without_an_address_replaces_it(recorded):
    engine = recorded(PODMAN)
    there = as_json({'Name': 'front', 'Id': 'f' * 64})
    engine.respond(http(200, 'OK'), container(), there, http(200, 'OK'), container(), there,
                   container(front={'IPAMConfig': None}))
    engine.client.connect_container_to_network('web', 'front', '10.89.0.7')
    engine.client.connect_container_to_network('web', 'front')
    assert engine.client.inspect_container('web')['NetworkSettings']['Networks']['front'] == {
        'IPAMConfig': None}


def test_a_connection_that_fails_is_not_remembered(recorded):
    engine = recorded(PODMAN)
    engine.respond(as_json({'message': 'disk full'}, 500), container(front={'IPAMConfig': None}))
    with pytest.raises(docker.errors.ServerError):
        engine.client.connect_container_to_network('web', 'front', '10.89.0.7')
    networks = engine.client.inspect_container('web')['NetworkSettings']['Networks']
    assert networks == {'front': {'IPAMConfig': None}}


def test_a_network_is_removed_by_its_name(recorded):
    engine = recorded(PODMAN)
    engine.respond(as_json({'Name': 'front', 'Id': 'f' * 64}), http(204))
    engine.client.remove_network('f' * 64)
    assert [parts[:2] for parts in engine.requests_made] == [
        ('GET', '/networks/' + 'f' * 64), ('DELETE', '/networks/front')]


def test_a_network_that_is_not_there_is_not_removed(recorded):
    engine = recorded(PODMAN)
    engine.respond(as_json({'message': 'network not found'}, 404))
    with pytest.raises(docker.errors.NotFound):
        engine.client.remove_network('front')
    assert len(engine.requests_made) == 1


@pytest.mark.parametrize('status, message, kind', [
    (500, 'default network podman cannot be removed', docker.errors.Conflict),
    (500, 'disk full', docker.errors.ServerError), (409, 'network is being used', docker.errors.Conflict)])
def test_the_default_network_is_not_removed(recorded, status, message, kind):
    engine = recorded(PODMAN)
    engine.respond(as_json({'Name': 'bridge', 'Id': 'f' * 64}), as_json({'message': message}, status))
    with pytest.raises(kind) as caught:
        engine.client.remove_network('bridge')
    assert caught.value.status_code == (403 if 'default' in message else status)
