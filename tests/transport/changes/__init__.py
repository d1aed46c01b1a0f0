"""Tests of docker.transport.changes: each change between versions of the API, with recorded responses.

A recorded engine (tests/recordings, by engine and the version that was spoken) responds with its versions
and then with recorded responses. The tests look at the requests to it, and at the result for a caller who
wants v1.6, or the version that the engine speaks. Nothing of a response may be lost.
"""

import json

import docker
from tests.wire import assert_kept, bare, body_of, recording, request_parts  # noqa: F401

DOCKER = ('docker-20.10_v1.41', 'docker-29.7_v1.40', 'docker-29.7_v1.55')
PODMAN = 'podman-4.3_v1.41'
ENGINES = DOCKER + (PODMAN,)


class RecordedEngine(object):
    """A recorded engine, and a Client of it that wants the responses of `version` (None: those of the
    version that was spoken)."""

    def __init__(self, server, name, version='1.6'):
        self.name = name
        self.server = server
        self.spoken = name.rpartition('_v')[2]
        self.podman = name == PODMAN
        self.client = docker.Client(server.url, version=version or self.spoken, timeout=10)
        self.respond('version-unprefixed')
        if name == 'docker-1.6.2_v1.6':
            # It does not name its oldest version, so that the Client asks whether it serves 1.6.
            self.respond('version')

    def events(self):
        """Queue the recorded events, a stream whose recording ends without the last chunk."""
        self.respond(recording(self.name, 'events-since') + b'0\r\n\r\n')

    def respond(self, *responses):
        """Queue responses: bytes, functions, or the names of recorded exchanges."""
        self.server.respond(*[
            response if callable(response) or response[:5] == b'HTTP/' else recording(self.name, response)
            for response in responses])

    def recorded_json(self, exchange):
        """Return the JSON of a recorded response."""
        return json.loads(body_of(recording(self.name, exchange)).decode('utf-8'))

    def recorded_objects(self, exchange):
        """Return the JSON objects of a recorded stream, one a line."""
        lines = body_of(recording(self.name, exchange)).decode('utf-8').splitlines()
        return [json.loads(line) for line in lines if line.strip()]

    def recorded_events(self):
        """Return the recorded events as a caller gets them: Podman has another word for a removal."""
        events = self.recorded_objects('events-since')
        for event in events:
            for key in ('status', 'Action'):
                if self.podman and event.get(key) == 'remove':
                    event[key] = {'container': 'destroy', 'image': 'delete'}[event['Type']]
        return events

    @property
    def requests_made(self):
        """The requests after the first one, each as (method, path, query, JSON); all of them are in the
        version that is spoken, and the paths are without it."""
        first, rest = self.server.requests[0], self.server.requests[1:]
        assert (first.method, first.target) == ('GET', '/version')
        return [without_version(request_parts(request), self.spoken) for request in rest]


def without_version(parts, spoken):
    method, path, query, value = parts
    prefix = '/v{0}/'.format(spoken)
    assert path.startswith(prefix), path
    return method, path[len(prefix) - 1:], query, value
