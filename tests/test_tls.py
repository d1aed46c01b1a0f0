"""docker.tls: TLSConfig, as scripts of docker-py 1.x make one."""

import hashlib
import ssl
import warnings

import pytest

import docker
from docker.errors import DockerException, TLSFailed, TLSParameterError
from docker.tls import TLSConfig
from docker.transport.endpoint import TLS
from tests import PathObject
from tests.server import http
from tests.transport.conftest import certificates  # noqa: F401
from tests.transport.test_tcp import TlsServer, get, unreachable


@pytest.fixture
def pems(tmp_path):
    for name in ('ca.pem', 'cert.pem', 'key.pem'):
        (tmp_path / name).write_bytes(b'')
    return lambda name: str(tmp_path / (name + '.pem'))


def test_a_pair_and_an_authority(pems):
    config = TLSConfig(client_cert=(pems('cert'), pems('key')), ca_cert=pems('ca'), verify=True)
    assert config.cert == (pems('cert'), pems('key'))
    assert config.verify == config.ca_cert == pems('ca')
    assert isinstance(config, TLS)


@pytest.mark.parametrize('verify, ca_cert, expected', [
    (True, None, True), (False, None, False), (True, 'ca', 'ca'), (False, 'ca', False), (None, 'ca', 'ca'),
    ('ca', None, 'ca')])
def test_what_is_verified(pems, verify, ca_cert, expected):
    with warnings.catch_warnings():
        warnings.simplefilter('error')
        config = TLSConfig(verify=pems(verify) if verify == 'ca' else verify,
                           ca_cert=ca_cert and pems(ca_cert))
    assert config.verify == (pems('ca') if expected == 'ca' else expected)


def test_nothing_is_verified_without_a_word_about_it(pems):
    with pytest.warns(UserWarning) as caught:
        config = TLSConfig(client_cert=(pems('cert'), pems('key')))
    assert config.verify is False
    assert 'does not verify' in str(caught[0].message)
    assert caught[0].filename == __file__.replace('.pyc', '.py')


def test_paths_as_objects(pems):
    config = TLSConfig((PathObject(pems('cert')), PathObject(pems('key'))), PathObject(pems('ca')), True)
    assert config.cert == (pems('cert'), pems('key')) and config.verify == pems('ca')


@pytest.mark.parametrize('given, name', [
    ({'client_cert': '/cert.pem'}, 'client_cert'), ({'client_cert': ('a',)}, 'client_cert'),
    ({'client_cert': ('a', '')}, 'client_cert'), ({'client_cert': ('/missing', '/missing')}, 'client_cert'),
    ({'client_cert': (5, 5)}, 'client_cert'), ({'client_cert': 5}, 'client_cert'),
    ({'ca_cert': '/missing'}, 'ca_cert'), ({'ca_cert': 5}, 'ca_cert'), ({'ca_cert': '/'}, 'ca_cert'),
    ({'verify': '/missing'}, 'verify'), ({'verify': ''}, 'verify'), ({'verify': 5}, 'verify'),
    ({'assert_hostname': 5}, 'assert_hostname'), ({'assert_fingerprint': 'xyz'}, 'assert_fingerprint'),
    ({'assert_fingerprint': 32 * 'a'}, 'assert_fingerprint'),
    ({'assert_fingerprint': 5}, 'assert_fingerprint')])
def test_bad_arguments(given, name):
    for kind in (TLSParameterError, DockerException, ValueError):
        with pytest.raises(kind) as caught:
            TLSConfig(**dict({'verify': False}, **given))
    assert str(caught.value).startswith(name + ' takes ')


def test_configure_client(pems):
    client = docker.Client('tcp://engine:2376')
    TLSConfig((pems('cert'), pems('key')), pems('ca'), True).configure_client(client)
    assert client.verify == pems('ca') and client.cert == (pems('cert'), pems('key'))
    client.close()


@pytest.mark.parametrize('address', ['tcp://engine:2376', 'https://engine:2376', 'engine:2376'])
def test_a_client_with_it(pems, address):
    client = docker.Client(base_url=address, tls=TLSConfig(
        client_cert=(pems('cert'), pems('key')), ca_cert=pems('ca'), verify=True, ssl_version='any'))
    assert client.base_url == 'https://engine:2376'
    assert client.verify == pems('ca') and client.cert == (pems('cert'), pems('key'))
    client.close()


def test_the_environment_as_scripts_change_it(pems, tmp_path, monkeypatch):
    monkeypatch.setenv('DOCKER_HOST', 'tcp://192.0.2.1:2376')
    monkeypatch.setenv('DOCKER_TLS_VERIFY', '1')
    monkeypatch.setenv('DOCKER_CERT_PATH', str(tmp_path))
    arguments = docker.utils.kwargs_from_env()
    arguments['tls'].assert_hostname = False
    client = docker.Client(**arguments)
    assert client.base_url == 'https://192.0.2.1:2376' and client.verify == pems('ca')
    client.close()


# With a server

def fingerprint_of(certificates, algorithm):  # noqa: F811
    with open(certificates.path('localhost')) as opened:
        text = opened.read()
    der = ssl.PEM_cert_to_DER_cert(text[text.index('-----BEGIN CERT'):])
    return hashlib.new(algorithm, der).hexdigest()


def with_colons(digest):
    return ':'.join(digest[at:at + 2] for at in range(0, len(digest), 2)).upper()


def test_calls_over_tls(certificates):  # noqa: F811
    server = TlsServer(certificates, require_cert=True)
    client = docker.Client(server.url, timeout=10, tls=TLSConfig(
        client_cert=certificates.pair('client'), ca_cert=certificates.path('ca'), verify=True))
    server.respond(http(200, 'ok'))
    assert get(client).content == b'ok'
    client.close()
    server.close()


@pytest.mark.parametrize('algorithm', ['sha1', 'sha256'])
@pytest.mark.parametrize('form', [str, with_colons])
@pytest.mark.parametrize('verify, host', [('ca', 'localhost'), ('ca', '127.0.0.1'), (False, 'localhost')])
def test_the_fingerprint_of_the_engine(certificates, algorithm, form, verify, host):  # noqa: F811
    server = TlsServer(certificates)
    client = docker.Client('tcp://{0}:{1}'.format(host, server.port), timeout=10, tls=TLSConfig(
        verify=verify and certificates.path(verify),
        assert_fingerprint=form(fingerprint_of(certificates, algorithm))))
    server.respond(http(200, 'ok'))
    assert get(client).content == b'ok'
    client.close()
    server.close()


@pytest.mark.parametrize('verify', ['ca', False])
@pytest.mark.parametrize('size', [40, 64])
def test_another_fingerprint(certificates, verify, size):  # noqa: F811
    server = TlsServer(certificates)
    client = docker.Client(server.url, timeout=10, tls=TLSConfig(
        verify=verify and certificates.path(verify), assert_fingerprint=size * 'a'))
    error = unreachable(client)
    assert type(error) is TLSFailed and 'fingerprint' in str(error)
    assert not server.requests
    client.close()
    server.close()


def test_a_fingerprint_takes_the_place_of_the_name_alone(certificates):  # noqa: F811
    server = TlsServer(certificates)
    digest = fingerprint_of(certificates, 'sha256')
    other = docker.Client(server.url, timeout=10, tls=TLSConfig(
        verify=certificates.path('other-ca'), assert_fingerprint=digest))
    assert type(unreachable(other)) is TLSFailed
    named = docker.Client(server.url, timeout=10, tls=TLSConfig(
        verify=certificates.path('ca'), assert_hostname='elsewhere.example', assert_fingerprint=digest))
    server.respond(http(200, 'ok'))
    assert get(named).content == b'ok'
    for client in (other, named):
        client.close()
    server.close()
