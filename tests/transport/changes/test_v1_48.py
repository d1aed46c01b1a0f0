"""Remote API 1.48: what is kept of the cache of builds."""

import pytest

import docker
from tests.server import as_json


@pytest.mark.parametrize('oldest, query', [
    ('1.47', {'keep-storage': '5'}), ('1.48', {'reserved-space': '5'})])
def test_the_reserved_space(server, oldest, query):
    client = docker.Client(server.url, timeout=10)
    server.respond(as_json({'ApiVersion': '1.55', 'MinAPIVersion': oldest}), as_json({}), as_json({}))
    client.prune_builds(keep_storage=5)
    assert server.request.query == query
    client.prune_builds()
    assert server.request.query == {}
    client.close()


def test_a_reserved_space_that_is_given_stays(server):
    client = docker.Client(server.url, timeout=10)
    server.respond(as_json({'ApiVersion': '1.55', 'MinAPIVersion': '1.48'}), as_json({}))
    client.prune_builds(keep_storage=5, reserved_space=6)
    assert server.request.query == {'reserved-space': '6'}
    client.close()
