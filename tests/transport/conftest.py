"""Recorded engines for the tests of changes, and of the contract that they keep together."""

import pytest

from tests.transport.changes import RecordedEngine


@pytest.fixture
def recorded(server, monkeypatch):
    """A function that returns the RecordedEngine of a name, for a wanted version; the version that is
    spoken is the one that was recorded."""
    engines = []

    def engine(name, version='1.6'):
        monkeypatch.setenv('DOCKER_API_VERSION', name.rpartition('_v')[2])
        engines.append(RecordedEngine(server, name, version))
        return engines[-1]

    yield engine
    for created in engines:
        created.client.close()
