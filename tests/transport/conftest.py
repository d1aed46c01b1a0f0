"""Recorded engines for the tests of changes, and of the contract that they keep together."""

import pytest

import docker
from tests.transport.changes import RecordedEngine
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
