"""docker.utils.ports: ports as the docker command writes them."""

import pytest

from docker import host_config
from docker.utils import ports


@pytest.mark.parametrize('port, exposed, published', [
    ('2000', ['2000'], None), (2000, ['2000'], None), ('53/udp', ['53/udp'], None),
    ('2000-2001', ['2000', '2001'], None),
    ('1000:2000', ['2000'], ['1000']), ('1000:53/udp', ['53/udp'], ['1000']),
    ('1000-1001:2000-2001', ['2000', '2001'], ['1000', '1001']),
    ('1000-1001:2000-2001/udp', ['2000/udp', '2001/udp'], ['1000', '1001']),
    ('127.0.0.1:1000:2000', ['2000'], [('127.0.0.1', '1000')]),
    ('127.0.0.1::2000', ['2000'], [('127.0.0.1', None)]),
    ('127.0.0.1::2000-2001', ['2000', '2001'], [('127.0.0.1', None), ('127.0.0.1', None)]),
    ('127.0.0.1:1000-1001:2000-2001', ['2000', '2001'], [('127.0.0.1', '1000'), ('127.0.0.1', '1001')]),
    ('127.0.0.1:1000:2000/udp', ['2000/udp'], [('127.0.0.1', '1000')]),
    ('[::1]:1000:2000', ['2000'], [('::1', '1000')]),
    ('8000-8010:80', ['80'], ['8000-8010']),
])
def test_split_port(port, exposed, published):
    assert ports.split_port(port) == (exposed, published)


@pytest.mark.parametrize('port', [
    '', ':80', '1000:', '0.0.0.0:1000:', 'localhost:80', '1:2:3:4', '1000-1001:2000-2002',
    '1000-1001:2000-2001-2',
    '80-', '-80', '80/', '1000:2000:tcp', '127.0.0.1:1000-1002:2000-2001', '90-80', '127.0.0.1:x:80'])
def test_bad_ports(port):
    with pytest.raises(ValueError) as caught:
        ports.split_port(port)
    assert str(caught.value).startswith('port takes ')


@pytest.mark.parametrize('port', [None, 1.5, [], True])
def test_ports_of_other_types(port):
    with pytest.raises(TypeError):
        ports.split_port(port)


def test_build_port_bindings():
    assert ports.build_port_bindings(['127.0.0.1:8080:80', '8081:80', '53/udp', 443]) == {
        '80': [('127.0.0.1', '8080'), '8081'], '53/udp': [None], '443': [None]}
    assert ports.build_port_bindings([]) == {}


def test_build_port_bindings_of_a_range():
    assert ports.build_port_bindings(['127.0.0.1:1000-1001:2000-2001']) == {
        '2000': [('127.0.0.1', '1000')], '2001': [('127.0.0.1', '1001')]}


def test_the_client_takes_the_bindings():
    built = ports.build_port_bindings(['127.0.0.1:8080:80/udp', '127.0.0.1::81', '82', '8000-8010:83'])
    assert host_config.convert_port_bindings(built) == {
        '80/udp': [{'HostIp': '127.0.0.1', 'HostPort': '8080'}],
        '81/tcp': [{'HostIp': '127.0.0.1', 'HostPort': ''}], '82/tcp': [{'HostIp': '', 'HostPort': ''}],
        '83/tcp': [{'HostIp': '', 'HostPort': '8000-8010'}]}
