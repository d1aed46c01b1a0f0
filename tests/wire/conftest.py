"""What the tests of calls share: a Client that has negotiated its version, and recorded engines."""

import pytest

import docker
from tests.wire import ENGINES, Engine, negotiated


@pytest.fixture
def client(server):
    client = negotiated(docker.Client(server.url, timeout=10), server)
    yield client
    client.close()


@pytest.fixture
def inserting(server):
    """A Client of an engine that has insert."""
    client = negotiated(docker.Client(server.url, timeout=10), server, '1.11')
    yield client
    client.close()


@pytest.fixture(params=ENGINES)
def engine(request, server):
    """A recorded engine. The test runs with each of them."""
    engine = Engine(request.param, server)
    yield engine
    engine.client.close()
