"""What all tests share.

These are a server on a Unix socket, a Client for it, an isolated environment, and the search for passwords,
whose hooks tests/leaks.py exports.
"""

import logging
import shutil
import sys
import tempfile

import pytest

import docker
from tests.leaks import *  # noqa: F401, F403
from tests.server import Server
from tests.wire import negotiated


@pytest.fixture
def home_folder():
    """A folder for HOME. pytest numbers its own, and looks through all of them for each new one."""
    path = tempfile.mkdtemp()
    yield path
    shutil.rmtree(path, ignore_errors=True)


@pytest.fixture(autouse=True)
def environment(home_folder, monkeypatch):
    """Isolate a test from the user's home folder, proxies and engine.

    The tests that need an engine get its address from tests/engine/conftest.py.
    """
    monkeypatch.setenv('HOME', home_folder)
    for name in ('DOCKER_HOST', 'DOCKER_TLS_VERIFY', 'DOCKER_CERT_PATH', 'DOCKER_CONFIG',
                 'DOCKER_API_VERSION', 'DOCKER_BUILDKIT', 'DOCKER_CONTEXT', 'REQUESTS_CA_BUNDLE',
                 'CURL_CA_BUNDLE', 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY',
                 'NO_PROXY', 'http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope='module')
def quiet_hpack():
    """HPACK logs each header several times, and pytest keeps what is logged."""
    logger = logging.getLogger('hpack')
    logger.setLevel(logging.WARNING)
    yield
    logger.setLevel(logging.NOTSET)


@pytest.fixture(params=['rich', 'ansi'])
def painter(request, monkeypatch):
    """With rich, and as if it were not installed."""
    if request.param == 'rich':
        pytest.importorskip('rich')
    else:
        monkeypatch.setitem(sys.modules, 'rich.console', None)
    monkeypatch.setenv('TERM', 'xterm')
    monkeypatch.delenv('NO_COLOR', raising=False)
    return request.param


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


@pytest.fixture
def client_of(server):
    """A function that returns a Client of a version, and of an engine whose versions are 1.5 to `newest`."""
    clients = []

    def create_client(newest, version='1.6'):
        clients.append(negotiated(docker.Client(server.url, version=version, timeout=10), server, newest))
        return clients[-1]
    yield create_client
    for client in clients:
        client.close()
