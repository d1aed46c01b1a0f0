"""Networks on a real engine: containers that reach each other by the names that the calls gave them."""

import pytest

import docker
from docker.errors import Conflict, NotFound, NotSupported
from docker.network_config import create_endpoint_config, create_ipam_config, create_ipam_pool
from tests.engine.conftest import HOST, engine_is_podman, newest_of_engine

SERVE = ['sh', '-c', 'mkdir /www; echo hello >/www/index.html; exec httpd -f -h /www']
# The web server may not listen yet.
FETCH = ('for i in $(seq 50); do timeout 5 wget -q -O - http://{0}/ 2>/dev/null && exit; usleep 100000; '
         'done; exit 1')


@pytest.fixture(autouse=True)
def engine_with_networks(client):
    if newest_of_engine(client) < (1, 21):
        pytest.skip('networks came with API 1.21')


@pytest.fixture
def create_network(client, name):
    """A function: create_network with a name that begins with that of the test. The networks are removed
    after the test, and after its containers, if these are created by the fixture `inside`."""
    created = []

    def create(suffix='', *args, **kwargs):
        network = client.create_network(name + suffix, *args, **kwargs)
        created.append(network['Id'])
        return network

    yield create
    for network in created:
        try:
            client.remove_network(network)
        except NotFound:
            pass


@pytest.fixture
def inside(client, create_network, create):
    """A function: as the fixture `create`, for containers that are removed before the networks are."""
    return create


def pool_of(number):
    """Return a pool: each test has a subnet of its own."""
    return create_ipam_pool('10.213.{0}.0/24'.format(number), gateway='10.213.{0}.254'.format(number))


def endpoints_of(client, container):
    """Return the endpoints of a container by the names of their networks, which inspect has since 1.21."""
    with docker.Client(HOST, version='auto') as newer:
        return newer.inspect_container(container)['NetworkSettings']['Networks']


def endpoint_of(client, container, network):
    return endpoints_of(client, container)[network]


def output(client, container):
    client.start(container)
    return client.wait(container), client.logs(container)


def test_the_life_of_a_network(client, create_network, name):
    created = create_network()
    assert len(created['Id']) == 64
    for network in (created, created['Id'], created['Id'][:12], name):
        about = client.inspect_network(network)
        assert (about['Name'], about['Id'], about['Driver'], about['Scope']) == (
            name, created['Id'], 'bridge', 'local')
    assert about['Containers'] == {} and about['Internal'] is False
    assert client.remove_network(created) is None
    for call in (client.inspect_network, client.remove_network):
        with pytest.raises(NotFound):
            call(created)


def test_lists(client, create_network, name):
    front, back = create_network('-front'), create_network('-back')
    names = {network['Name'] for network in client.networks()}
    assert {'bridge', name + '-front', name + '-back'} <= names

    def listed(**arguments):
        return sorted(network['Id'] for network in client.networks(**arguments))
    assert listed(names=name) == sorted([front['Id'], back['Id']])
    assert listed(names=[name + '-front']) == listed(ids=front['Id']) == [front['Id']]
    assert listed(names=[name + '-front'], ids=[back['Id']]) == []
    assert listed(names=[name + '-front', name + '-back']) == sorted([front['Id'], back['Id']])
    assert listed(names='none-' + name) == []


def test_labels_and_their_filters(client, create_network, name):
    network = create_network(labels={'tier': 'web', 'test': name})
    other = create_network('-other', labels=['test=' + name])
    assert client.inspect_network(network)['Labels'] == {'tier': 'web', 'test': name}

    def listed(**filters):
        return {one['Id'] for one in client.networks(filters=filters)}
    assert listed(label={'test': name}) == {network['Id'], other['Id']}
    assert listed(label=['test=' + name, 'tier']) == {network['Id']}
    assert listed(label={'test': name, 'tier': None}, driver='bridge') == {network['Id']}
    assert listed(label={'test': 'none'}) == set()


def test_duplicate_names(client, create_network, name):
    create_network()
    with pytest.raises(Conflict) as raised:
        create_network(check_duplicate=True)
    assert 'already' in str(raised.value)
    assert len(client.networks(names=name)) == 1


def test_options_of_the_driver(client, create_network):
    network = create_network('', 'bridge', {'com.docker.network.driver.mtu': 1400})
    assert '1400' in client.inspect_network(network)['Options'].values()


def test_subnets(client, create_network):
    pool = create_ipam_pool('10.213.1.0/24', '10.213.1.128/25', '10.213.1.254')
    network = create_network(ipam=create_ipam_config(pool_configs=[pool]))
    config, = client.inspect_network(network)['IPAM']['Config']
    assert (config['Subnet'], config['Gateway']) == ('10.213.1.0/24', '10.213.1.254')
    with pytest.raises(Conflict):
        create_network('-2', ipam=create_ipam_config(pool_configs=[pool_of(1)]))


def test_containers_get_addresses_of_the_range_that_no_host_has(client, create_network, inside, name):
    pool = create_ipam_pool('10.213.2.0/24', '10.213.2.8/30', '10.213.2.254', {'router': '10.213.2.9'})
    ipam = create_ipam_config(pool_configs=[pool])
    if engine_is_podman(client):
        with pytest.raises(NotSupported, match='AuxiliaryAddresses'):
            create_network(ipam=ipam)
        return
    network = create_network(ipam=ipam)
    assert client.inspect_network(network)['IPAM']['Config'] == [pool]
    addresses = set()
    for number in range(3):
        container = inside('sleep 300')
        client.connect_container_to_network(container, network)
        client.start(container)
        addresses.add(endpoint_of(client, container, name)['IPAddress'])
    assert addresses == {'10.213.2.8', '10.213.2.10', '10.213.2.11'}


def test_ipv6(client, create_network, inside, name):
    pool = create_ipam_pool('fd00:dead:213::/64')
    network = create_network(ipam=create_ipam_config(pool_configs=[pool]), enable_ipv6=True)
    assert client.inspect_network(network)['EnableIPv6'] is True
    container = inside('sleep 300')
    client.connect_container_to_network(container, network, ipv6_address='fd00:dead:213::99')
    client.start(container)
    assert endpoint_of(client, container, name)['GlobalIPv6Address'] == 'fd00:dead:213::99'


def test_containers_reach_each_other_by_address(client, create_network, inside, name):
    network = create_network(ipam=create_ipam_config(pool_configs=[pool_of(3)]))
    web, reader = inside(SERVE), inside(['sh', '-c', FETCH.format('10.213.3.7')])
    client.connect_container_to_network(web, network, '10.213.3.7')
    client.connect_container_to_network(reader, network)
    client.start(web)
    assert endpoint_of(client, web, name)['IPAddress'] == '10.213.3.7'
    assert output(client, reader) == (0, b'hello\n')
    about = client.inspect_network(network)['Containers'][web['Id']]
    assert about['IPv4Address'] == '10.213.3.7/24' and about['MacAddress']


@pytest.mark.parametrize('how', ['name', 'alias'])
def test_containers_reach_each_other_by_name(client, create_network, inside, name, how):
    network = create_network()
    web = inside(SERVE, name=name + '-web')
    reader = inside(['sh', '-c', FETCH.format(name + '-web' if how == 'name' else 'www')])
    client.connect_container_to_network(web, network, aliases=None if how == 'name' else ['www'])
    client.connect_container_to_network(reader, network)
    client.start(web)
    assert output(client, reader) == (0, b'hello\n')


def test_a_link_is_a_name_that_one_container_has_for_another(client, create_network, inside, name):
    network = create_network()
    web, reader, stranger = (inside(SERVE, name=name + '-web'), inside(['sh', '-c', FETCH.format('linked')]),
                             inside('timeout 5 wget -q -O - http://linked/'))
    client.connect_container_to_network(web, network)
    if engine_is_podman(client):
        with pytest.raises(NotSupported, match='Links'):
            client.connect_container_to_network(reader, network, links={name + '-web': 'linked'})
        return
    client.start(web)
    client.connect_container_to_network(reader, network, links={name + '-web': 'linked'})
    client.connect_container_to_network(stranger, network)
    assert endpoint_of(client, reader, name)['Links'] == [name + '-web:linked']
    assert output(client, reader) == (0, b'hello\n')
    assert output(client, stranger)[0] != 0


def test_networks_are_apart(client, create_network, inside):
    front = create_network('-front', ipam=create_ipam_config(pool_configs=[pool_of(4)]))
    back = create_network('-back', ipam=create_ipam_config(pool_configs=[pool_of(5)]))
    web = inside(SERVE)
    client.connect_container_to_network(web, front, '10.213.4.7')
    client.start(web)
    assert len(endpoints_of(client, web)) == 2
    client.connect_container_to_network(web, back, '10.213.5.7')
    fetch = '({0}) && ({1})'.format(FETCH.format('10.213.4.7'), FETCH.format('10.213.5.7'))
    both = inside(['sh', '-c', fetch])
    for network in (front, back):
        client.connect_container_to_network(both, network)
    assert output(client, both) == (0, b'hello\nhello\n')


def test_an_internal_network(client, create_network):
    assert client.inspect_network(create_network(internal=True))['Internal'] is True


def test_connections_of_a_running_container(client, create_network, inside, name):
    network = create_network()
    container = inside('sleep 300')
    client.start(container)
    assert name not in endpoints_of(client, container)
    assert client.connect_container_to_network(container, network) is None
    assert endpoint_of(client, container, name)['IPAddress']
    with pytest.raises(Conflict):
        client.connect_container_to_network(container, network)
    with pytest.raises(Conflict):
        client.remove_network(network)
    listed, = client.networks(names=name)
    assert list(listed['Containers']) == [container['Id']]
    assert client.disconnect_container_from_network(container, network) is None
    assert name not in endpoints_of(client, container)
    with pytest.raises(Conflict):
        client.disconnect_container_from_network(container, network)
    client.remove_network(network)


def test_a_removal_by_force_of_an_endpoint(client, create_network, inside, name):
    network = create_network()
    container = inside('sleep 300')
    client.start(container)
    client.connect_container_to_network(container, network)
    assert client.disconnect_container_from_network(container, network, force=True) is None
    assert client.inspect_network(network)['Containers'] == {}


def test_lists_for_newer_callers_have_no_containers(client, create_network, inside, name):
    if newest_of_engine(client) < (1, 28):
        pytest.skip('they have containers before API 1.28')
    if engine_is_podman(client):
        pytest.skip('Podman lists containers at all versions')
    network = create_network()
    container = inside('sleep 300', host_config={'NetworkMode': name})
    client.start(container)
    newer = docker.Client(HOST, version='auto')
    listed, = newer.networks(names=name)
    newer.close()
    assert not listed.get('Containers')
    listed, = client.networks(names=name)
    assert len(listed['Containers']) == 1
    assert listed['Containers'] == client.inspect_network(network)['Containers']


def test_a_container_that_start_recreates_stays_connected(client, create_network, inside, name):
    network = create_network(ipam=create_ipam_config(pool_configs=[pool_of(6)]))
    container = inside('sleep 300', name=name)
    client.connect_container_to_network(container, network, '10.213.6.7', aliases=['www'])
    client.start(container, port_bindings={80: ('127.0.0.1',)})
    # Where it was recreated, the other Client of this function does not know its first id.
    endpoint = endpoint_of(client, name, name)
    assert endpoint['IPAddress'] == '10.213.6.7' and 'www' in endpoint['Aliases']
    assert container['Id'] in client.inspect_network(network)['Containers']
    listed, = client.networks(names=name)
    assert container['Id'] in listed['Containers']
    client.disconnect_container_from_network(container, network)
    client.connect_container_to_network(container, network)
    assert container['Id'] in client.inspect_network(network)['Containers']


def test_what_is_missing(client, create_network, inside):
    network = create_network()
    container = inside('sleep 300')
    # Of a container that is not running, Docker 20.10 takes the name of any network.
    client.start(container)
    with pytest.raises(NotFound):
        client.connect_container_to_network(container, 'no-such-network')
    with pytest.raises(NotFound):
        client.connect_container_to_network('no-such-container', network)
    with pytest.raises(NotFound):
        client.disconnect_container_from_network('no-such-container', network)


def test_the_networks_of_the_engine_stay(client):
    if engine_is_podman(client):
        pytest.skip('Podman removes them')
    with pytest.raises(Conflict):
        client.remove_network('bridge')


def test_driver_options_and_link_local_addresses(client, create_network, inside, name):
    network = create_network()
    container = inside('true')
    arguments = {'driver_opts': {'com.example.a': 'b'}, 'link_local_ips': ['169.254.8.8']}
    if engine_is_podman(client):
        for argument, value in arguments.items():
            with pytest.raises(NotSupported, match='Podman'):
                client.connect_container_to_network(container, network, **{argument: value})
        return
    client.connect_container_to_network(container, network, **arguments)
    endpoint = endpoint_of(client, container, name)
    assert endpoint['DriverOpts'] == {'com.example.a': 'b'}
    assert endpoint['IPAMConfig'] == {'LinkLocalIPs': ['169.254.8.8']}


def test_what_came_later_than_the_engine(client, create_network, inside):
    if newest_of_engine(client) >= (1, 48):
        pytest.skip('the engine has it')
    network = create_network()
    container = inside('true')
    with pytest.raises(NotSupported, match='1.48'):
        client.connect_container_to_network(container, network, gw_priority=1)
    with pytest.raises(NotSupported, match='1.48'):
        create_network('-2', enable_ipv4=False)


def test_a_networking_config(client, create_network, inside, name):
    create_network(ipam=create_ipam_config(pool_configs=[pool_of(7)]))
    endpoint = create_endpoint_config(aliases=['www'], ipv4_address='10.213.7.7',
                                      mac_address='02:42:0a:d5:07:77')
    container = client.create_container_from_config({
        'Image': 'busybox', 'Cmd': ['sleep', '300'], 'HostConfig': {'NetworkMode': name},
        'NetworkingConfig': client.create_networking_config({name: endpoint})})
    try:
        client.start(container)
        found = endpoint_of(client, container, name)
        assert found['IPAddress'] == '10.213.7.7' and 'www' in found['Aliases']
        assert found['MacAddress'] == '02:42:0a:d5:07:77'
    finally:
        client.kill(container)
        client.remove_container(container)


def test_the_default_network_stays(client):
    with pytest.raises(Conflict):
        client.remove_network('bridge')
    assert client.inspect_network('bridge')['Name'] == 'bridge'
