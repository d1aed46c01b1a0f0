"""Recorded engines for the tests of changes."""

import pytest

from tests.transport.changes import RecordedEngine


@pytest.fixture
def recorded(server, monkeypatch):
    """A function of an engine's name, and of the version that is wanted; what is spoken is what was
    recorded."""
    made = []

    def engine(name, version='1.6'):
        monkeypatch.setenv('DOCKER_API_VERSION', name.rpartition('_v')[2])
        made.append(RecordedEngine(server, name, version))
        return made[-1]

    yield engine
    for engine in made:
        engine.client.close()
