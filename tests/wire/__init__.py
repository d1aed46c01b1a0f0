"""What each call of docker.Client says on the wire, and what it makes of what real engines answer.

Two kinds of tests: tables of calls with the very request that each is to make, and the same calls
against recorded engines. A recording (tests/recordings, by engine and version of the API) is one
exchange as raw bytes: what was asked, and all that was answered, chunks and hijacked streams
included. Nothing of docker is used to read them.
"""

import glob
import io
import json
import os

import six
from six.moves import http_client
from six.moves.urllib.parse import unquote

import docker
from tests.server import Request, as_json

RECORDINGS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'recordings')
ENGINES = ('docker-0.6.5_v1.6', 'docker-1.6.2_v1.6', 'docker-20.10_v1.12')
TRUTHS = {'True': '1', 'False': '0'}


def recording(engine, exchange, part='response'):
    """The bytes of a `part` ('request' or 'response') of an exchange, such as 'inspect-exited'."""
    name = '[0-9][0-9]-{0}.{1}'.format(exchange, part)
    path, = glob.glob(os.path.join(RECORDINGS, engine, name))
    with open(path, 'rb') as opened:
        return opened.read()


class Engine(object):
    """A recorded engine: `server` gives its answers, and `client` speaks its version to it."""

    def __init__(self, name, server):
        self.name = name
        self.version = name.rpartition('_v')[2]
        self.server = server
        self.client = docker.Client(server.url, version=self.version, timeout=10)
        # Before its first call a Client asks what the engine speaks; one that tells its newest
        # version and not its oldest is asked once more, whether it takes the one that is wanted.
        self.answers('version-unprefixed', 'version')
        if name == 'docker-1.6.2_v1.6':
            self.answers('version')
        self.client.version()
        del server.requests[:]

    def answers(self, *exchanges):
        """Queue recorded answers, by the names of their exchanges."""
        self.server.answer(*[recording(self.name, exchange) for exchange in exchanges])

    def asked(self, exchange):
        """The recorded Request."""
        head, _, body = recording(self.name, exchange, 'request').partition(b'\r\n\r\n')
        return Request(head, body)

    def subject(self, exchange):
        """What the recorded request names in its path: a container or an image."""
        return unquote(self.asked(exchange).path).split('/')[3]

    def status(self, exchange):
        return int(recording(self.name, exchange).split(b' ', 2)[1])

    def told(self, exchange):
        """The body of the recorded answer, chunks joined (bytes)."""
        return body_of(recording(self.name, exchange))

    def words(self, exchange):
        """The body of the recorded answer as the explanation of an error has it."""
        return six.ensure_str(self.told(exchange)).strip()


class Recorded(object):
    """A socket for http.client to read a recorded answer from."""

    def __init__(self, data):
        self.data = data

    def makefile(self, *args):
        return io.BytesIO(self.data)


def introduced(client, server):
    """The Client, which has asked what the engine speaks, and the server has forgotten it.

    The engine takes all that is said in v1.6, and is new enough for nothing to be changed on the
    way.
    """
    about = as_json({'Version': '1.5.0', 'ApiVersion': '1.17', 'MinAPIVersion': '1.5'})
    server.answer(about, about)
    client.version()
    del server.requests[:]
    return client


def body_of(answer):
    response = http_client.HTTPResponse(Recorded(answer))
    response.begin()
    try:
        return response.read()
    except http_client.IncompleteRead as cut_off:
        return cut_off.partial
    finally:
        response.close()


def sent(request):
    """A request as (method, path, query, JSON or None), once its headers are seen to go with it."""
    headers, value = request.headers, None
    if request.body:
        assert headers['content-type'] == 'application/json'
        assert headers['content-length'] == str(len(request.body))
        value = request.json
    else:
        assert 'content-type' not in headers
        lengths = {'GET': (None,), 'POST': ('0',), 'DELETE': (None, '0')}
        assert headers.get('content-length') in lengths[request.method]
    assert headers['host'] == 'localhost'
    return request.method, request.path, request.query, value


def assert_asks_the_same(request, recorded):
    """`request` asks for what `recorded` asked for; it may ask for more."""
    assert (request.method, unquote(request.path)) == (recorded.method, unquote(recorded.path))
    for key, value in recorded.query.items():
        assert request.query.get(key) == TRUTHS.get(value, value), key
    if recorded.headers.get('content-type') == 'application/json':
        assert request.headers['content-type'] == 'application/json'
        for key, value in recorded.json.items():
            assert request.json.get(key, False) == value, key


def raised(kind, call):
    """The exception of exactly this `kind` that `call` raises."""
    try:
        call()
    except Exception as error:
        assert type(error) is kind, repr(error)
        return error
    raise AssertionError('nothing was raised')


def dumped(value):
    """JSON as a server sends it."""
    return json.dumps(value).encode('ascii')
