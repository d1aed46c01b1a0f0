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
