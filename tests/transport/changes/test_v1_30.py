"""Remote API 1.30: the last object of a build."""

import io
import json

import pytest

from tests.server import chunked

STREAM = {'stream': 'Successfully built aaaaaaaaaaaa\n'}
AUX = {'aux': {'ID': 'sha256:' + 'a' * 64}}
OF_BUILDKIT = {'id': 'moby.image.id', 'aux': {'ID': 'sha256:' + 'a' * 64}}
# A newer engine may have more in it.
WITH_STATUS = {'status': 'done', 'aux': {}}


@pytest.mark.parametrize('version, kept', [
    ('1.29', [STREAM, WITH_STATUS]), ('1.30', [STREAM, AUX, OF_BUILDKIT, WITH_STATUS])])
@pytest.mark.parametrize('decode', [False, True])
def test_a_build_has_an_object_with_the_id(client_of, server, version, kept, decode):
    client = client_of('1.41', version)
    server.respond(chunked([json.dumps(item).encode('ascii') + b'\r\n'
                            for item in (STREAM, AUX, OF_BUILDKIT, WITH_STATUS)]))
    items = client.build(fileobj=io.BytesIO(b'FROM busybox\n'), decode=decode)
    assert [item if decode else json.loads(item) for item in items] == kept


def test_the_output_of_an_engine_that_sends_text(client_of, server):
    client = client_of('1.41', '1.6')
    server.respond(chunked([b'"aux" is a word\n'], 'text/plain'))
    assert client.build(fileobj=io.BytesIO(b'FROM busybox\n')) == (None, u'"aux" is a word\n')
