"""Remote API 1.41: the content type of a build context."""

import io

import pytest

from tests.server import as_json
from tests.transport.changes import ENGINES


@pytest.mark.parametrize('name, kind', [(name, 'application/x-tar') for name in ENGINES
                                        if name != 'docker-29.7_v1.40'] +
                         [('docker-29.7_v1.40', 'application/tar')])
def test_a_context_is_an_x_tar(recorded, name, kind):
    engine = recorded(name)
    engine.respond(as_json({'stream': 'done'}))
    engine.client.build(fileobj=io.BytesIO(b'FROM busybox'))
    request = engine.server.request
    assert request.headers['content-type'] == kind and request.body.startswith(b'Dockerfile')


@pytest.mark.parametrize('version', ['1.6', '1.41', None])
@pytest.mark.parametrize('call', [
    lambda c: c.create_secret('a', b'b'), lambda c: c.create_config('a', b'b')])
@pytest.mark.parametrize('name', ['docker-20.10_v1.41', 'docker-29.7_v1.55'])
def test_the_id_of_a_secret_has_both_names(recorded, name, call, version):
    engine = recorded(name, version)
    engine.respond(as_json({'Id': 'x'}, 201), as_json({'ID': 'y'}, 201))
    assert call(engine.client) == {'Id': 'x', 'ID': 'x'}
    assert call(engine.client) == {'ID': 'y'}
