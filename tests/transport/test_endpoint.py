# -*- coding: utf-8 -*-
"""docker.transport.endpoint: the endpoint that an address or the environment names."""

import os

import pytest
import requests
import six

import docker
import docker.utils
from docker.transport.endpoint import TLS, endpoint_for, from_environment
from docker.transport.tcp import TcpEndpoint
from docker.transport.unix import UnixEndpoint

DEFAULT = u'/var/run/docker.sock'


@pytest.mark.parametrize('base_url, path', [
    (None, DEFAULT),
    ('', DEFAULT),
    (' ', DEFAULT),
    ('unix://', DEFAULT),
    ('unix:/var/run/docker.sock', DEFAULT),
    ('unix:/tmp/x y', u'/tmp/x y'),
    ('Unix:/tmp/X', u'/tmp/X'),
    ('unix:///var/run/docker.sock', DEFAULT),
    ('unix://var/run/docker.sock', DEFAULT),
    ('unix://run/docker.sock', u'/run/docker.sock'),
    ('unix:////tmp//x', u'/tmp//x'),
    ('UNIX:///tmp/X', u'/tmp/X'),
    (' unix:///tmp/x\n', u'/tmp/x'),
    ('unix:///tmp/a b', u'/tmp/a b'),
    ('unix:///tmp/a%20b', u'/tmp/a%20b'),
    ('unix:///tmp/a?b#c', u'/tmp/a?b#c'),
    ('unix:///tmp/user:secret@x', u'/tmp/user:secret@x'),
    ('http+unix:///tmp/a%20b', u'/tmp/a%20b'),
    ('http+unix://tmp/x', u'/tmp/x'),
    ('http+unix://%2Ftmp%2Fa%20b', u'/tmp/a b'),
    ('http+unix://%2ftmp%2fgr%C3%B6%C3%9Fe', u'/tmp/größe'),
    (u'unix:///tmp/größe', u'/tmp/größe'),
])
def test_unix_sockets(base_url, path):
    endpoint = endpoint_for(base_url)
    assert isinstance(endpoint, UnixEndpoint)
    assert endpoint.path == path and isinstance(endpoint.path, six.text_type)
    assert endpoint.name == 'unix://' + six.ensure_str(path)
    assert not endpoint.proxied and not endpoint.tls


@pytest.mark.parametrize('base_url, tls, url, address', [
    ('tcp://engine:2375', False, 'http://engine:2375', ('engine', 2375)),
    ('tcp://engine:2376', True, 'https://engine:2376', ('engine', 2376)),
    ('tcp://engine', False, 'http://engine:2375', ('engine', 2375)),
    ('tcp://engine', True, 'https://engine:2376', ('engine', 2376)),
    ('tcp://engine:', False, 'http://engine:2375', ('engine', 2375)),
    ('tcp://engine/', False, 'http://engine:2375', ('engine', 2375)),
    ('tcp://engine:80/prefix/', False, 'http://engine:80/prefix', ('engine', 80)),
    ('tcp://127.0.0.1:4243', False, 'http://127.0.0.1:4243', ('127.0.0.1', 4243)),
    ('TCP://Engine:1', False, 'http://engine:1', ('engine', 1)),
    ('tcp://', False, 'http://127.0.0.1:2375', ('127.0.0.1', 2375)),
    ('tcp://', True, 'https://127.0.0.1:2376', ('127.0.0.1', 2376)),
    ('tcp://:4243', False, 'http://127.0.0.1:4243', ('127.0.0.1', 4243)),
    ('tcp://:', False, 'http://127.0.0.1:2375', ('127.0.0.1', 2375)),
    (':4243', False, 'http://127.0.0.1:4243', ('127.0.0.1', 4243)),
    (':2376', True, 'https://127.0.0.1:2376', ('127.0.0.1', 2376)),
    ('unix:2375', False, 'http://unix:2375', ('unix', 2375)),
    ('engine:2375', False, 'http://engine:2375', ('engine', 2375)),
    ('engine', False, 'http://engine:2375', ('engine', 2375)),
    ('engine:2376', True, 'https://engine:2376', ('engine', 2376)),
    ('127.0.0.1:65535', False, 'http://127.0.0.1:65535', ('127.0.0.1', 65535)),
    ('http://engine', False, 'http://engine', ('engine', None)),
    ('http://engine:', False, 'http://engine', ('engine', None)),
    ('http://engine:8080/a/b', True, 'http://engine:8080/a/b', ('engine', 8080)),
    ('https://engine', False, 'https://engine', ('engine', None)),
    ('https://engine:2376', False, 'https://engine:2376', ('engine', 2376)),
    ('tcp://[::1]:2375', False, 'http://[::1]:2375', ('::1', 2375)),
    ('tcp://[::1]', False, 'http://[::1]:2375', ('::1', 2375)),
    ('[::1]:2376', True, 'https://[::1]:2376', ('::1', 2376)),
    ('https://[2001:db8::1]', False, 'https://[2001:db8::1]', ('2001:db8::1', None)),
    ('tcp://me:secret@engine:1', False, 'http://me:secret@engine:1', ('engine', 1)),
])
def test_tcp_addresses(base_url, tls, url, address):
    endpoint = endpoint_for(base_url, tls)
    assert isinstance(endpoint, TcpEndpoint)
    assert isinstance(endpoint.url, str) and isinstance(endpoint.name, str)
    assert endpoint.url.lower() == url
    assert endpoint.address == address
    assert endpoint.tls is url.startswith('https')
    assert endpoint.proxied
    assert 'secret' not in endpoint.name + endpoint.host


@pytest.mark.parametrize('base_url', [
    'tcp://engine:2375', 'TCP://Engine:2375', 'http://engine', 'http://engine:',
    'http://engine:080', 'tcp://engine:02375', 'http://engine/a/../b', 'http://engine/%7Eme',
    'http://engine//a', u'http://engine/größe', 'http://me:%7Esecret@engine',
    'https://[::1]:2376', 'https://[FE80::1]:2376', 'http://[2001:db8:0::1]',
    u'http://bücher.example:2375', 'http://m%C3%A9:secret@engine',
])
def test_all_requests_of_a_client_go_to_its_engine(base_url):
    """requests normalizes a URL; the Client's own adapter must still serve the result."""
    client = docker.Client(base_url)
    request = client.prepare_request(requests.Request('GET', client._url('/containers/json')))
    assert client.get_adapter(request.url) is client.get_adapter(client.base_url)
    assert type(client.get_adapter(request.url)) is not requests.adapters.HTTPAdapter
    client.close()


@pytest.mark.parametrize('base_url', [
    '://', 'http://', 'http://:2375', 'https://:2376', 'tcp:///', 'tcp:///run/docker.sock', ':port',
    'unix:run', '/var/run/docker.sock', 'tcp://engine:0', 'tcp://engine:65536', 'tcp://engine:-1',
    'tcp://engine:port', 'tcp://engine:+80', 'tcp://engine:8_0', 'tcp://engine:1:2',
    'tcp://::1:2375', 'tcp://[::1', 'tcp://[::1]x:2375', 'tcp://[engine]:2375',
    'tcp://engine:2375?a=b', 'http://engine#x', 'ssh://me@engine', 'http://engine/a b',
    'npipe:////./pipe/docker_engine', 'fd://', 'ftp://engine',
    'http+docker://localhost', 'tcp://en gine:2375', 'tcp://engine\n:2375',
    u'tcp://engine:２３', 'unix:///tmp/a\0b',
])
def test_addresses_that_are_refused(base_url):
    with pytest.raises(ValueError) as caught:
        docker.Client(base_url)
    assert 'base_url' in str(caught.value) and '\n' not in str(caught.value)
    assert not isinstance(caught.value, UnicodeError)


@pytest.mark.parametrize('base_url, hint', [
    ('/var/run/docker.sock', ": did you mean 'unix:///var/run/docker.sock'?"),
    ('localhost:2375/', ": did you mean 'tcp://localhost:2375'?"),
    ('http:/localhost:2375', ": did you mean 'http://localhost:2375'?"),
    ('http//localhost:2375', ": did you mean 'http://localhost:2375'?"),
    ('https:localhost', ", not 'https:localhost': did you mean 'https://localhost'?"),
    ('htp://localhost', ", not htp://...: did you mean 'http://...'?"),
    ('unxi:///x', ", not unxi://...: did you mean 'unix://...'?"),
    ('ssh://me@engine', ', not ssh://...'), ('run/docker.sock', ', not one without a scheme'),
    ('tcp://::1:2375', ", not 'tcp://::1:2375'")])
def test_what_is_meant_by_no_address(base_url, hint):
    with pytest.raises(ValueError) as caught:
        docker.Client(base_url)
    assert str(caught.value).endswith(hint)


@pytest.mark.parametrize('base_url', [5, 5.0, True, [], {}, object(), bytearray(b'tcp://engine')])
def test_other_types_are_no_address(base_url):
    with pytest.raises(TypeError) as caught:
        docker.Client(base_url)
    assert 'base_url' in str(caught.value)


@pytest.mark.skipif(six.PY2, reason='on Python 2 bytes are text')
def test_bytes_are_no_address():
    with pytest.raises(TypeError):
        docker.Client(b'tcp://engine')


@pytest.mark.skipif(six.PY3, reason='on Python 3 bytes are no text')
def test_bytes_that_are_no_text():
    with pytest.raises(ValueError) as caught:
        docker.Client(b'unix:///tmp/\xff')
    assert 'base_url' in str(caught.value)


@pytest.mark.parametrize('base_url', [
    'tcp://me:secret@engine:port', 'tcp://me:secret@', 'ftp://me:secret@engine', 'me:secret@:1',
    'tcp://me:secret@engine:1?x', 'tcp://me:sec/ret@engine', 'tcp://me:secret@[::1',
    u'tcp://me:secret@en℀e', 'me:sec/ret@engine', 'tcp://me:sec ret@engine',
    'http:/me:secret@engine', 'tcp://me:se://secret@engine:x', 'tcp://me:secret@engine#x',
    'tcp://me:sec?ret@engine', 'tcp://me:sec#ret@engine',
])
def test_credentials_are_in_no_error(base_url):
    with pytest.raises(ValueError) as caught:
        docker.Client(base_url)
    error = caught.value
    while error is not None:
        for part in ('secret', 'sec', 'ret@', 'me:'):
            assert part not in str(error)
        error = getattr(error, '__cause__', None) or getattr(error, '__context__', None)


def test_credentials_are_in_no_repr():
    client = docker.Client('tcp://me:secret@engine:2375')
    assert 'secret' not in repr(client) + repr(client.__dict__.get('_endpoint'))
    assert 'engine:2375' in repr(client)
    client.close()


# The environment

def environ(folder=None, **variables):
    if folder is not None:
        variables['cert_path'] = str(folder)
    return dict(('DOCKER_' + name.upper(), value) for name, value in variables.items())


@pytest.fixture
def certificates(tmp_path):
    for name in ('ca.pem', 'cert.pem', 'key.pem'):
        (tmp_path / name).write_bytes(b'')
    return str(tmp_path)


def parts(tls):
    return (tls.verify, tls.cert, tls.assert_hostname)


@pytest.mark.parametrize('variables', [
    {}, {'host': ''}, {'host': ' '}, {'tls_verify': '1'}, {'cert_path': '/x'}])
def test_an_environment_that_names_no_engine(variables):
    assert from_environment(environ(**variables)) == {}


@pytest.mark.parametrize('verify', [None, ''])
def test_an_engine_without_tls(verify, certificates):
    variables = {} if verify is None else {'tls_verify': verify}
    arguments = from_environment(environ(certificates, host='tcp://engine:2375', **variables))
    assert arguments == {'base_url': 'tcp://engine:2375'}


@pytest.mark.parametrize('verify', ['1', '0', 'false', 'yes'])
def test_an_engine_with_tls(verify, certificates):
    arguments = from_environment(environ(certificates, host='tcp://engine:2376', tls_verify=verify))
    authority, certificate, key = (os.path.join(certificates, name)
                                   for name in ('ca.pem', 'cert.pem', 'key.pem'))
    assert arguments['base_url'] == 'tcp://engine:2376'
    assert parts(arguments['tls']) == (authority, (certificate, key), None)


def test_certificates_are_looked_up_in_the_home_folder():
    folder = os.path.join(os.environ['HOME'], '.docker')
    os.mkdir(folder)
    open(os.path.join(folder, 'ca.pem'), 'w').close()
    arguments = from_environment(environ(host='tcp://engine', tls_verify='1'), assert_hostname='name')
    assert parts(arguments['tls']) == (os.path.join(folder, 'ca.pem'), None, 'name')


def test_without_certificates_the_usual_authorities_are_trusted(tmp_path):
    arguments = from_environment(environ(tmp_path, host='tcp://engine', tls_verify='1'))
    assert parts(arguments['tls']) == (True, None, None)


def test_a_client_of_the_environment(monkeypatch, certificates):
    for name, value in environ(certificates, host='tcp://engine', tls_verify='1').items():
        monkeypatch.setenv(name, value)
    for client in (docker.Client(), docker.Client(**docker.utils.kwargs_from_env())):
        assert client.base_url == 'https://engine:2376'
        assert client.verify == os.path.join(certificates, 'ca.pem')
        assert client.cert == (os.path.join(certificates, 'cert.pem'),
                               os.path.join(certificates, 'key.pem'))
        client.close()


def test_explicit_tls_takes_precedence_over_the_environment(monkeypatch, certificates):
    for name, value in environ(certificates, host='tcp://engine', tls_verify='1').items():
        monkeypatch.setenv(name, value)
    client = docker.Client(tls=False)
    assert (client.base_url, client.cert) == ('http://engine:2375', None)
    client.close()
    client = docker.Client(tls=TLS(verify='/ca.pem'))
    assert (client.base_url, client.verify, client.cert) == ('https://engine:2376', '/ca.pem', None)
    client.close()


def test_an_explicit_address_takes_precedence(monkeypatch, certificates):
    for name, value in environ(certificates, host='tcp://engine', tls_verify='1').items():
        monkeypatch.setenv(name, value)
    client = docker.Client('unix:///tmp/docker.sock')
    assert (repr(client), client.verify, client.cert) == (
        '<docker.Client unix:///tmp/docker.sock version 1.6>', True, None)
    client.close()


def test_a_bad_address_in_the_environment(monkeypatch):
    monkeypatch.setenv('DOCKER_HOST', 'ssh://me:secret@engine')
    for base_url in (None, '', ' '):
        with pytest.raises(ValueError) as caught:
            docker.Client(base_url)
        assert 'secret' not in str(caught.value)
        assert str(caught.value).startswith('DOCKER_HOST takes ') and 'base_url' not in str(caught.value)


@pytest.mark.parametrize('host', ['tcp://engine:port', 'unix:///a\0b', '/var/run/docker.sock', 'fd://'])
def test_an_address_in_the_environment_is_named_as_such(host):
    with pytest.raises(ValueError) as caught:
        endpoint_for(host, source='DOCKER_HOST')
    assert str(caught.value).startswith('DOCKER_HOST takes ') and 'base_url' not in str(caught.value)


@pytest.mark.parametrize('base_url', ['', ' ', u''])
def test_an_empty_address_is_none(monkeypatch, base_url):
    client = docker.Client(base_url)
    assert repr(client) == '<docker.Client unix:///var/run/docker.sock version 1.6>'
    client.close()
    monkeypatch.setenv('DOCKER_HOST', 'tcp://engine:1')
    client = docker.Client(base_url)
    assert client.base_url == 'http://engine:1'
    client.close()


def test_explicit_tls():
    client = docker.Client('tcp://engine', tls=TLS(verify='/ca.pem', cert='/cert.pem'))
    assert (client.base_url, client.verify, client.cert) == (
        'https://engine:2376', '/ca.pem', '/cert.pem')
    client.close()


@pytest.mark.parametrize('tls', ['yes', 5, {'verify': False}, ('cert', 'key')])
def test_other_types_are_no_tls(tls):
    with pytest.raises(TypeError) as caught:
        docker.Client('tcp://engine', tls=tls)
    assert 'tls' in str(caught.value)
