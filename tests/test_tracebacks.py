"""An exception shows one traceback on Python 3, not also that of an exception inside the client."""

import re
import sys
import traceback

import pytest
import six

import docker
from tests.server import as_json, free_port, http
from tests.transport import respond_with, silent

pytestmark = pytest.mark.skipif(six.PY2, reason='Python 2 chains no exceptions')
MODERN = as_json({'ApiVersion': '1.41', 'MinAPIVersion': '1.12'})
CUT_SHORT = b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"Cont'


def with_a_proxy_that_is_none():
    client = docker.Client('tcp://127.0.0.1:9')
    client.proxies = {'http': 'http://'}
    client.version()


def with_a_context_that_is_missing():
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv('DOCKER_HOST', raising=False)
        patch.setenv('DOCKER_CONTEXT', 'missing')
        docker.Client()


def hang_up_after(data):
    return respond_with(data, stay=False)


def traceback_of(call):
    with pytest.raises(Exception) as raised:
        call()
    error = raised.value
    return ''.join(traceback.format_exception(type(error), error, error.__traceback__))


@pytest.mark.parametrize('kind, call', [
    ('EngineUnreachable', lambda: docker.Client('unix:///nonexistent/docker.sock').version()),
    ('EngineUnreachable', lambda: docker.Client('tcp://127.0.0.1:{0}'.format(free_port())).version()),
    ('InvalidArgument', lambda: docker.Client('tcp://[').version()),
    ('ValueError', lambda: docker.Client().create_container('busybox', 'sh -c "echo')),
    ('TypeError', lambda: docker.Client().create_container_from_config({'Image': object()})),
    ('TypeError', lambda: docker.Client().create_container('busybox', prots=[80])),
    ('TypeError', lambda: docker.Client().create_container()),
    ('TypeError', lambda: docker.Client(bas_url='x')),
    ('TypeError', lambda: docker.Client().stop('a', timeout='soon')),
    ('ValueError', lambda: docker.Client().create_container('busybox', ports=['80:80'])),
    ('ValueError', lambda: docker.Client().start('a', binds=['/a:b'])),
    ('InvalidArgument', lambda: docker.Client().create_container('busybox', mem_limit='1,5 GB')),
    ('ValueError', lambda: docker.Client().kill('a', 'SIGKIL')),
    ('ValueError', lambda: docker.types.Mount('/a', 'b', type='volum')),
    ('NullResource', lambda: docker.Client().stop(None)),
    ('InvalidRepository', lambda: docker.Client().pull('https://a/b')),
    ('InvalidVersion', lambda: docker.Client(version='1')),
    ('TLSParameterError', lambda: docker.tls.TLSConfig(ca_cert='/missing', verify=True)),
    ('InvalidConfigFile', lambda: docker.Client().login('a', dockercfg_path='/')),
    ('ValueError', lambda: docker.Client().build(path='/missing')),
    ('NotSupported', lambda: docker.Client().attach_socket('a', ws=True)),
    ('MissingSchema', lambda: docker.Client().delete('web')),
    ('AttributeError', lambda: docker.Client().ps),
    ('InvalidProxyURL', with_a_proxy_that_is_none),
    ('InvalidContext', with_a_context_that_is_missing),
])
def test_without_a_response(kind, call):
    text = traceback_of(call)
    assert re.match(r'([a-z_0-9]+\.)*' + kind + ': ', text.splitlines()[-1]) and text.count('Traceback') == 1


@pytest.mark.skipif(sys.version_info < (3, 7), reason='a module has no __getattr__ before')
@pytest.mark.parametrize('statement, kind', [
    ('docker.DockerClient()', 'AttributeError'), ('docker.clinet', 'AttributeError'),
    ('from docker import DockerClient', 'ImportError')])
def test_of_the_module(statement, kind):
    text = traceback_of(lambda: six.exec_(statement, {'docker': docker}))
    assert text.splitlines()[-1].startswith(kind + ': ') and text.count('Traceback') == 1


@pytest.mark.parametrize('kind, response', [
    ('NotAnEngine', hang_up_after(b'SSH-2.0-OpenSSH_9.2\r\n')),
    ('EngineUnreachable', hang_up_after(b'')),
    ('ReadTimedOut', silent()),
    ('StreamBroken', hang_up_after(CUT_SHORT)),
    ('NotAnEngine', http(200, 'no JSON')),
    ('NotFound', http(404, 'no such container')),
    ('ServerError', http(500, 'failed')),
], ids=['no HTTP', 'no response', 'timeout', 'cut short', 'no JSON', 'not found', 'failed'])
def test_of_a_response(server, kind, response):
    client = docker.Client(server.url, timeout=0.2)
    # Twice, as a request that only reads is sent again when a kept connection was closed.
    server.respond(MODERN, response, response)
    text = traceback_of(client.info)
    client.close()
    assert text.splitlines()[-1].startswith('docker.errors.' + kind) and text.count('Traceback') == 1
    assert 'GET /info' in text.splitlines()[-1]


def test_of_a_stream(server):
    client = docker.Client(server.url, timeout=10)
    server.respond(MODERN, hang_up_after(b'HTTP/1.1 200 OK\r\n\r\n{"status": "pulling'))
    text = traceback_of(lambda: client.pull('busybox'))
    client.close()
    assert text.splitlines()[-1].startswith('docker.errors.StreamBroken') and text.count('Traceback') == 1
