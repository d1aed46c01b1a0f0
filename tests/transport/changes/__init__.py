"""Each change between versions of the API, against what real engines answer.

A recorded engine (tests/recordings, by engine and the version that was spoken) tells its versions
and then what it was recorded to say; the tests look at what is asked of it, and at what a caller
gets who wants v1.6, or what that engine speaks. Nothing that an engine says may be lost.
"""

import json
import re

import docker
from tests.wire import body_of, recording, sent

DOCKER = ('docker-20.10_v1.41', 'docker-29.7_v1.40', 'docker-29.7_v1.55')
PODMAN = 'podman-4.3_v1.41'
ENGINES = DOCKER + (PODMAN,)
# The endings of what Podman calls by its full name, and Docker does not.
HUB = re.compile('^docker.io/(library/)?')


class RecordedEngine(object):
    """A recorded engine, and a Client of it that wants the answers of `version` (None: those of
    the version that was spoken)."""

    def __init__(self, server, name, version='1.6'):
        self.name = name
        self.server = server
        self.spoken = name.rpartition('_v')[2]
        self.podman = name == PODMAN
        self.client = docker.Client(server.url, version=version or self.spoken, timeout=10)
        self.answers('version-unprefixed')

    def events(self):
        """Queue the recorded events, which were cut off where nothing more happened."""
        self.answers(recording(self.name, 'events-since') + b'0\r\n\r\n')

    def answers(self, *answers):
        """Queue answers: bytes, or the names of recorded exchanges."""
        self.server.answer(*[
            answer if callable(answer) or answer[:5] == b'HTTP/' else recording(self.name, answer)
            for answer in answers])

    def told(self, exchange):
        """The JSON of a recorded answer."""
        return json.loads(body_of(recording(self.name, exchange)).decode('utf-8'))

    def objects(self, exchange):
        """The JSON objects of a recorded stream, one a line."""
        lines = body_of(recording(self.name, exchange)).decode('utf-8').splitlines()
        return [json.loads(line) for line in lines if line.strip()]

    @property
    def asked(self):
        """All that was asked after the first question: (method, path, query, JSON), in the version
        that is spoken."""
        first, rest = self.server.requests[0], self.server.requests[1:]
        assert (first.method, first.target) == ('GET', '/version')
        return [without_version(sent(request), self.spoken) for request in rest]


def without_version(asked, spoken):
    method, path, query, value = asked
    prefix = '/v{0}/'.format(spoken)
    assert path.startswith(prefix), path
    return method, path[len(prefix) - 1:], query, value


def assert_kept(told, got, where='answer'):
    """Whether all that an engine told is in what the caller got; names of images may be shorter."""
    if isinstance(told, dict):
        for key, value in told.items():
            assert key in got, '{0} lacks {1}'.format(where, key)
            assert_kept(value, got[key], '{0}.{1}'.format(where, key))
    elif isinstance(told, list):
        assert len(told) == len(got), where
        for number, value in enumerate(told):
            assert_kept(value, got[number], '{0}[{1}]'.format(where, number))
    elif told is not None:
        assert got == told or got == HUB.sub('', told), where
