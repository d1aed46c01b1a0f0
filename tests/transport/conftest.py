"""Recorded engines, for the tests of changes and of their contract; certificates, and a crowded socket."""

import errno
import socket

import pytest

import docker
from tests.transport.changes import RecordedEngine
from tests.transport.test_tcp import Certificates
from tests.wire import recording


@pytest.fixture
def recorded(server, monkeypatch):
    """A function that returns the RecordedEngine of a name, for a wanted version; the version that is
    spoken is the one that was recorded."""
    engines = []

    def engine(name, version='1.6'):
        monkeypatch.setenv('DOCKER_API_VERSION', name.rpartition('_v')[2])
        engines.append(RecordedEngine(server, name, version))
        return engines[-1]

    yield engine
    for created in engines:
        created.client.close()


@pytest.fixture
def docker_1_6(server):
    """A Client of Docker 1.6.2, that speaks 1.6 with it."""
    version = recording('docker-1.6.2_v1.6', 'version-unprefixed')
    server.respond(version, version, version)
    client = docker.Client(server.url, timeout=10)
    client.version()
    assert client.api_version == '1.6'
    yield client
    client.close()


@pytest.fixture(scope='module')
def certificates(tmp_path_factory):
    return Certificates(str(tmp_path_factory.mktemp('certificates')))


def _fill_backlog(path):
    """Connect until the backlog of the listener is full, and return the sockets."""
    waiting = []
    while True:
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        sock.setblocking(False)
        waiting.append(sock)
        try:
            sock.connect(path)
        except (OSError, socket.error) as error:
            assert error.errno == errno.EAGAIN
            return waiting


@pytest.fixture
def crowded(tmp_path):
    """A socket whose backlog is full: its path, the listener, and the sockets in its backlog."""
    path = str(tmp_path / 'docker.sock')
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.settimeout(60)
    listener.bind(path)
    listener.listen(0)
    waiting = _fill_backlog(path)
    yield path, listener, waiting
    for sock in waiting + [listener]:
        sock.close()
