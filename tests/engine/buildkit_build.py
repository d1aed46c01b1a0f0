"""What tests of builds with BuildKit share; a build whose files are counted as they are sent."""

import gzip
import io
import tarfile

import pytest
import requests

import docker
from docker.build_services import BuildServices
from docker.buildkit import messages, protobuf
from tests.engine.conftest import HOST, engine_is_podman, newest_of_engine


def require_buildkit(client, since=(1, 39), what='sessions of BuildKit'):
    """Skip where the engine has no BuildKit, or not what a test needs of it."""
    if engine_is_podman(client):
        pytest.skip('Podman has no BuildKit')
    if newest_of_engine(client) < since:
        pytest.skip('{0} came with API {1}.{2}'.format(what, *since))


def require_mounts(client, dockerfile):
    """Skip where a Dockerfile has what the engine's own frontend does not know."""
    if '--mount' in dockerfile and newest_of_engine(client) < (1, 41):
        pytest.skip('--mount takes a frontend from the network with engines before Docker 20.10')


class CountedCall(object):
    """A call of the engine, of which the packets that are sent are counted."""

    def __init__(self, call, counts):
        self._call, self._counts = call, counts
        self.metadata, self.receive = call.metadata, call.receive
        self.is_ready, self.check = call.is_ready, call.check

    def send(self, message):
        self.send_all([message])

    def send_all(self, sent):
        for message in sent:
            packet = protobuf.decode(message, messages.PACKET)
            if packet['type'] == messages.PACKET_STAT and packet['stat']:
                self._counts.setdefault(self.metadata[u'dir-name'][0], []).append(packet['stat']['path'])
            if self.metadata[u'dir-name'] == [u'context']:
                # The Dockerfile is read again by each build with BuildKit since 0.9.
                self._counts['data'] = self._counts.get('data', 0) + len(packet['data'])
        self._call.send_all(sent)


class Result(object):
    """What came of a build: `image`, `error`, `steps`, `log`; `failure`, what `build` has raised; `sent` is
    what was sent: the number of bytes of the context by 'data', and lists of the paths by the names of
    folders."""

    def __init__(self):
        self.image = self.error = self.failure = None
        self.steps, self.log, self.sent = [], b'', {}

    def take(self, item):
        self.steps.extend(step['name'] for step in item.get('vertexes', ())
                          if 'completed' in step and step['name'] not in self.steps)
        self.log += u''.join(log['data'] for log in item.get('logs', ())).encode('utf-8')
        self.image = item.get('aux', {}).get('ID', self.image)
        self.error = item.get('error', self.error)


def build(path, dockerfile=None, outputs=None, nocache=True, **arguments):
    """Build a folder with BuildKit, and return a Result."""
    result, methods_of = Result(), BuildServices.methods

    def counted(services):
        methods = methods_of(services)
        send_files = methods[messages.SEND_FILES]
        methods[messages.SEND_FILES] = lambda call: send_files(CountedCall(call, result.sent))
        return methods

    client = docker.Client(HOST, version='auto')
    BuildServices.methods = counted
    try:
        for item in client.build(str(path), dockerfile=dockerfile, outputs=outputs, nocache=nocache,
                                 buildkit=True, decode=True, **arguments):
            result.take(item)
    except (EnvironmentError, docker.errors.UnsafeArchive) as error:
        if isinstance(error, requests.RequestException):
            raise
        result.failure = error
    finally:
        BuildServices.methods = methods_of
        client.close()
    return result


def content_of_image(client, image):
    """Return what is in the archive of an image, as bytes: layers may be compressed, as with the containerd
    store."""
    content = b''.join(client.get_image(image))
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        files = [archive.extractfile(member).read() for member in archive if member.isreg()]
    compressed = [file for file in files if file.startswith(b'\x1f\x8b')]
    return content + b''.join(gzip.GzipFile(fileobj=io.BytesIO(file)).read() for file in compressed)
