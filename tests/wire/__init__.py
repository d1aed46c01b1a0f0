"""The requests that the calls of docker.Client send, and their results from responses of real engines.

There are two kinds of tests: tables of calls with the exact request that each sends, and the same
calls with recorded engines. A recording (tests/recordings, by engine and version of the API) is one
exchange as raw bytes: a request and the whole response, with its chunks or its hijacked stream.
Nothing of docker is used to read them.
"""

import glob
import io
import os
import re

import six
from six.moves import http_client
from six.moves.urllib.parse import unquote

import docker
from tests.server import Request, as_json

RECORDINGS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'recordings')
ENGINES = ('docker-0.6.5_v1.6', 'docker-1.6.2_v1.6', 'docker-20.10_v1.12')
TRUTHS = {'True': '1', 'False': '0'}
# What Podman's names of images begin with, and Docker's do not.
HUB = re.compile('^docker.io/(library/)?')
# What engines have where another one has nothing.
EMPTY = (None, '', False, 0, [], {}, '<none>')


def recording(engine, exchange, part='response'):
    """Return the bytes of a recorded exchange.

    :param engine: a folder of tests/recordings, such as 'docker-0.6.5_v1.6'.
    :param exchange: its name, such as 'inspect-exited'.
    :param part: 'request' or 'response'.
    """
    name = '[0-9][0-9]-{0}.{1}'.format(exchange, part)
    path, = glob.glob(os.path.join(RECORDINGS, engine, name))
    with open(path, 'rb') as opened:
        return opened.read()


class Engine(object):
    """A recorded engine: `server` sends its responses, and `client` sends requests in its version."""

    def __init__(self, name, server):
        self.name = name
        self.version = name.rpartition('_v')[2]
        self.server = server
        self.client = docker.Client(server.url, version=self.version, timeout=10)
        # Before its first call a Client requests the versions that the engine supports. When the
        # response has the newest version and not the oldest, the Client sends a second request, to
        # see whether its own version is supported.
        self.respond('version-unprefixed', 'version')
        if name == 'docker-1.6.2_v1.6':
            self.respond('version')
        self.client.version()
        del server.requests[:]

    def respond(self, *exchanges):
        """Queue recorded responses, by the names of their exchanges."""
        self.server.respond(*[recording(self.name, exchange) for exchange in exchanges])

    def recorded_request(self, exchange):
        """The Request of an exchange."""
        head, _, body = recording(self.name, exchange, 'request').partition(b'\r\n\r\n')
        return Request(head, body)

    def subject(self, exchange):
        """The container or image in the path of the recorded request."""
        return unquote(self.recorded_request(exchange).path).split('/')[3]

    def recorded_status(self, exchange):
        """The status of the recorded response."""
        return int(recording(self.name, exchange).split(b' ', 2)[1])

    def recorded_body(self, exchange):
        """The body of the recorded response, chunks joined, in bytes."""
        return body_of(recording(self.name, exchange))

    def recorded_text(self, exchange):
        """The body of the recorded response as the explanation of an error, a native string."""
        return six.ensure_str(self.recorded_body(exchange)).strip()


class RecordedSocket(object):
    """A socket from which http.client reads a recorded response."""

    def __init__(self, data):
        self.data = data

    def makefile(self, *args):
        return io.BytesIO(self.data)


def negotiated(client, server, newest='1.17'):
    """Let a Client negotiate the version, and remove that from the server's records.

    The server's engine supports API 1.6, and is so new that requests are hardly changed for it: what engines
    between changed for all versions at once is.

    :param newest: the newest version that it supports.

    :returns: the Client.
    """
    version = as_json({'Version': '1.5.0', 'ApiVersion': newest, 'MinAPIVersion': '1.5'})
    server.respond(version, version)
    client.version()
    del server.requests[:]
    return client


def body_of(response):
    """Return the body of a response in bytes; of an incomplete one, what there is."""
    parsed = http_client.HTTPResponse(RecordedSocket(response))
    parsed.begin()
    try:
        return parsed.read()
    except http_client.IncompleteRead as incomplete:
        return incomplete.partial
    finally:
        parsed.close()


def request_parts(request):
    """Check the headers of a request, and return its method, path, query and JSON (or None)."""
    headers, value = request.headers, None
    if request.body:
        assert headers['content-type'] == 'application/json'
        assert headers['content-length'] == str(len(request.body))
        value = request.json
    else:
        assert 'content-type' not in headers
        lengths = {'GET': (None,), 'HEAD': (None,), 'POST': ('0',), 'DELETE': (None, '0')}
        assert headers.get('content-length') in lengths[request.method]
    assert headers['host'] == 'localhost'
    return request.method, request.path, request.query, value


def assert_same_request(request, recorded):
    """Check that a request has all that a recorded one has; it may have more."""
    assert (request.method, unquote(request.path)) == (recorded.method, unquote(recorded.path))
    for key, value in recorded.query.items():
        assert request.query.get(key) == TRUTHS.get(value, value), key
    if recorded.headers.get('content-type') == 'application/json':
        assert request.headers['content-type'] == 'application/json'
        for key, value in recorded.json.items():
            assert request.json.get(key, False) == value, key


def assert_kept(recorded, got, where='response'):
    """Assert that all of a recorded response is in what the caller got. Names of images may be shorter or
    have a tag, their ids may have no prefix, and what is empty may be left out."""
    if isinstance(recorded, dict):
        for key, value in recorded.items():
            assert key in got or value in EMPTY, '{0} lacks {1}'.format(where, key)
            assert_kept(value, got.get(key), '{0}.{1}'.format(where, key))
    elif isinstance(recorded, list):
        assert len(recorded) == len(got or ()), where
        for number, value in enumerate(recorded):
            assert_kept(value, got[number], '{0}[{1}]'.format(where, number))
    elif recorded not in EMPTY:
        forms = [recorded]
        if not isinstance(recorded, (bool, int)):
            forms += [HUB.sub('', recorded), bare(recorded), recorded + ':latest']
        assert got in forms, where


def bare(image_id):
    """Return the id of an image without its prefix."""
    return image_id[len('sha256:'):] if image_id.startswith('sha256:') else image_id


def raised(kind, call):
    """Return the exception that `call` raises, which must be exactly of this class. For some bad arguments
    there is a class of docker.errors, which is a TypeError or a ValueError."""
    try:
        call()
    except Exception as error:
        bad_argument = kind in (TypeError, ValueError) and isinstance(error, docker.DockerException)
        assert type(error) is kind or bad_argument and isinstance(error, kind), repr(error)
        return error
    raise AssertionError('nothing was raised')


def assert_not_supported(client, server, call, *words):
    """Check that a call is a NotSupported before anything is sent, with these words in its message."""
    message = str(raised(docker.errors.NotSupported, lambda: call(client)))
    assert [word for word in words if word not in message] == [] and not server.requests
