"""What all tests share: a server on a Unix socket, a Client of it, an environment of their own, and the
search for passwords."""

import pytest

import docker
from tests.leaks import *  # noqa: F401, F403
from tests.server import Server


@pytest.fixture(autouse=True)
def environment(monkeypatch, tmp_path_factory):
    """No test sees the home folder or the proxies of the one who runs it, and only those that ask for an
    engine its address."""
    monkeypatch.setenv('HOME', str(tmp_path_factory.mktemp('home')))
    for name in ('DOCKER_HOST', 'DOCKER_TLS_VERIFY', 'DOCKER_CERT_PATH', 'DOCKER_CONFIG',
                 'DOCKER_API_VERSION', 'DOCKER_CONTEXT', 'REQUESTS_CA_BUNDLE',
                 'CURL_CA_BUNDLE', 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY',
                 'NO_PROXY', 'http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server():
    server = Server()
    yield server
    server.close()


@pytest.fixture
def client(server):
    client = docker.Client(server.url, timeout=10)
    yield client
    client.close()
