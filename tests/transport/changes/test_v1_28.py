"""Remote API 1.28: GET /networks lists no containers."""

import pytest

import docker
from tests.server import as_json, http
from tests.transport.changes import PODMAN

ENGINES = ('docker-20.10_v1.41', 'docker-29.7_v1.40', 'docker-29.7_v1.55')
FRONT, BACK, INGRESS = 'f' * 64, 'b' * 64, 'e' * 64
ENDPOINT = {'Name': 'web', 'EndpointID': 'c' * 64, 'MacAddress': '02:42:ac:12:00:02',
            'IPv4Address': '172.18.0.2/16', 'IPv6Address': ''}
INSIDE = {'a' * 64: ENDPOINT}


def network(name, network_id, **more):
    return dict({'Name': name, 'Id': network_id, 'Scope': 'local', 'Driver': 'bridge'}, **more)


def running(*networks):
    return as_json([{'Id': 'a' * 64, 'NetworkSettings': {'Networks': {
        'any': {'NetworkID': network_id} for network_id in networks}}}])


LISTED = [network('front', FRONT), network('back', BACK, Containers={})]


@pytest.mark.parametrize('version', ['1.6', '1.21', '1.27'])
@pytest.mark.parametrize('name', ENGINES)
def test_only_networks_in_use_are_inspected(recorded, name, version):
    engine = recorded(name, version)
    engine.respond(as_json(LISTED), running(FRONT), as_json(network('front', FRONT, Containers=INSIDE)))
    assert engine.client.networks(names=['f']) == [
        network('front', FRONT, Containers=INSIDE), network('back', BACK, Containers={})]
    assert [parts[:3] for parts in engine.requests_made] == [
        ('GET', '/networks', {'filters': '{"name": ["f"]}'}), ('GET', '/containers/json', {}),
        ('GET', '/networks/' + FRONT, {})]


@pytest.mark.parametrize('version', ['1.28', None])
@pytest.mark.parametrize('name', ENGINES)
def test_newer_callers_get_the_list_as_it_is(recorded, name, version):
    engine = recorded(name, version)
    engine.respond(as_json(LISTED))
    assert engine.client.networks() == LISTED
    assert len(engine.requests_made) == 1


@pytest.mark.parametrize('listed', [
    [], [{'Id': 'a'}], [{'Id': 'a', 'NetworkSettings': None}],
    [{'Id': 'a', 'NetworkSettings': {'Networks': None}}],
    [{'Id': 'a', 'NetworkSettings': {'Networks': {'front': None}}}]])
def test_a_thousand_networks_without_containers_take_two_requests(recorded, listed):
    engine = recorded('docker-29.7_v1.55')
    networks = [network('n{0}'.format(number), '{0:064x}'.format(number)) for number in range(1000)]
    engine.respond(as_json(networks), as_json(listed))
    assert engine.client.networks() == [dict(one, Containers={}) for one in networks]
    assert len(engine.requests_made) == 2


def test_no_networks_take_one_request(recorded):
    engine = recorded('docker-29.7_v1.55')
    engine.respond(as_json([]))
    assert engine.client.networks(names='none such') == []
    assert len(engine.requests_made) == 1


def test_the_ingress_network_has_an_endpoint_of_no_container(recorded):
    engine = recorded('docker-29.7_v1.55')
    whole = network('ingress', INGRESS, Ingress=True, Containers={'ingress-sbox': ENDPOINT})
    engine.respond(as_json([network('ingress', INGRESS, Ingress=True)]), as_json([]), as_json(whole))
    assert engine.client.networks() == [whole]


def test_podman_lists_the_containers_itself(recorded):
    engine = recorded(PODMAN)
    networks = [network('front', FRONT, Containers=INSIDE), network('back', BACK, Containers={})]
    engine.respond(as_json(networks))
    assert engine.client.networks() == networks
    assert len(engine.requests_made) == 1


def test_a_network_that_is_removed_meanwhile_has_no_containers(recorded):
    engine = recorded('docker-29.7_v1.55')
    engine.respond(as_json(LISTED), running(FRONT), as_json({'message': 'network not found'}, 404))
    assert [one['Containers'] for one in engine.client.networks()] == [{}, {}]


FAILED = as_json({'message': 'disk full'}, 500)


@pytest.mark.parametrize('responses', [
    [FAILED], [as_json(LISTED), FAILED], [as_json(LISTED), running(FRONT), FAILED]])
def test_an_error_of_any_of_the_requests_is_raised(recorded, responses):
    engine = recorded('docker-29.7_v1.55')
    engine.respond(*responses)
    with pytest.raises(docker.errors.ServerError, match='disk full'):
        engine.client.networks()
    engine.respond(as_json([]))
    assert engine.client.networks() == []


def test_an_engine_that_serves_1_21_lists_them(server):
    client = docker.Client(server.url, timeout=10)
    networks = [network('front', FRONT, Containers=INSIDE)]
    server.respond(as_json({'ApiVersion': '1.41', 'MinAPIVersion': '1.12'}), as_json(networks))
    assert client.networks() == networks
    assert server.request.path == '/v1.21/networks'
    client.close()


def test_the_engine_goes_away(recorded):
    engine = recorded('docker-29.7_v1.55')
    engine.respond(as_json(LISTED), http(200, b'[{"Id"', 'application/json'))
    with pytest.raises(docker.errors.NotAnEngine, match='GET /containers/json'):
        engine.client.networks()
