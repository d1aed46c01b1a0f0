"""An engine behind a proxy that does not serve all of its API."""

import re

import pytest

import docker
from docker.transport.endpoint import endpoint_for
from tests.engine.conftest import HOST
from tests.server import Server, http


class HidingProxy(Server):
    """Passes requests on to the engine, except for hidden paths, to which it responds with a 403.

    :param hidden: paths, without their version.
    """

    def __init__(self, hidden):
        super(HidingProxy, self).__init__()
        self.hidden = hidden
        self.engine = endpoint_for(HOST)

    def _serve_one(self, peer):
        request = peer.read_request()
        if request is None:
            return False
        if re.sub(r'^/v[0-9.]+/', '/', request.path) in self.hidden:
            peer.send(http(403, '<html><body>Request forbidden by administrative rules.', 'text/html'))
            return True
        upstream = self.engine.connect(10, True, None, None)
        try:
            upstream.sendall(self.head_of(request) + request.body)
            for data in iter(lambda: upstream.recv(65536), b''):
                peer.send(data)
        finally:
            upstream.close()
        return False

    def head_of(self, request):
        headers = {'Host': 'localhost', 'Connection': 'close', 'Content-Length': len(request.body)}
        if 'content-type' in request.headers:
            headers['Content-Type'] = request.headers['content-type']
        lines = ['{0} {1} HTTP/1.1'.format(request.method, request.target)]
        lines += ['{0}: {1}'.format(*header) for header in headers.items()]
        return '\r\n'.join(lines + ['', '']).encode('latin-1')


@pytest.fixture(params=[('/version',), ('/version', '/_ping')], ids=' '.join)
def proxy(request, client):
    proxy = HidingProxy(request.param)
    yield proxy
    proxy.close()


@pytest.mark.parametrize('version', ['1.6', '1.24', '1.41', 'auto'])
def test_the_version_of_an_engine_that_a_proxy_hides(proxy, monkeypatch, version):
    monkeypatch.delenv('DOCKER_API_VERSION')
    with docker.Client(HOST, version=version) as direct, docker.Client(proxy.url, version=version) as client:
        assert client.containers(all=True, quiet=True) == direct.containers(all=True, quiet=True)
        assert client.api_version == direct.api_version


def test_a_container_behind_a_proxy(proxy, monkeypatch, client, create):
    monkeypatch.delenv('DOCKER_API_VERSION')
    container = create('true')
    with docker.Client(proxy.url) as behind:
        behind.start(container)
        assert behind.wait(container) == 0
        assert behind.inspect_container(container)['State'] == client.inspect_container(container)['State']
