"""For the tests of calls: a Client that knows what its engine speaks, and recorded engines."""

import pytest

import docker
from tests.wire import ENGINES, Engine, introduced


@pytest.fixture
def client(server):
    client = introduced(docker.Client(server.url, timeout=10), server)
    yield client
    client.close()


@pytest.fixture(params=ENGINES)
def engine(request, server):
    """A recorded engine: the test runs with each of them."""
    engine = Engine(request.param, server)
    yield engine
    engine.client.close()
