"""What the tests on a real engine share. `tests/with-engine` gets one and tells its address in
DOCKER_HOST; DOCKER_API_VERSION is the version to speak with it, DOCKER_TEST_VERSION the one whose answers
are wanted."""

import os
import signal
import uuid

import pytest

import docker
from docker.transport import negotiate

HOST = os.environ.get('DOCKER_HOST')
VERSION = os.environ.get('DOCKER_TEST_VERSION', docker.client.DEFAULT_DOCKER_API_VERSION)
SPOKEN = os.environ.get('DOCKER_API_VERSION', '')
NO_ENGINE = (os.environ.get('DOCKER_ENGINE_MISSING') or
             'no engine: run by tests/with-engine, or set DOCKER_HOST')


def require_engine():
    if not HOST:
        if os.environ.get('CI'):
            pytest.fail(NO_ENGINE)
        pytest.skip(NO_ENGINE)


@pytest.fixture
def client(monkeypatch):
    require_engine()
    monkeypatch.setenv('DOCKER_API_VERSION', SPOKEN)
    client = docker.Client(HOST, version=VERSION)
    yield client
    client.close()


@pytest.fixture
def name():
    """A name that nothing else has."""
    return 'test-' + uuid.uuid4().hex[:12]


@pytest.fixture
def create(client):
    """create_container of busybox, and what it made is gone after the test."""
    created = []

    def create_container(command, **kwargs):
        container = client.create_container('busybox', command, **kwargs)
        created.append(container['Id'])
        return container

    yield create_container
    for container in created:
        discard(client, container)


@pytest.fixture
def run(client, create):
    """As `create`, and started; `start` is a dict of arguments for that."""
    def run_container(command, start=None, **kwargs):
        container = create(command, **kwargs)
        client.start(container, **(start or {}))
        return container
    return run_container


@pytest.fixture
def image_name(client, name):
    """A name for an image, which is gone after the test, tag by tag."""
    repository = 'local/' + name
    yield repository
    for image in client.images(name=repository):
        for tag in image.get('RepoTags') or ['{Repository}:{Tag}'.format(**image)]:
            client.remove_image(tag)


def discard(client, container):
    """Remove a container, whatever it does."""
    for attempt in (client.kill, client.remove_container):
        try:
            attempt(container)
        except docker.APIError:
            pass


def engine_is_podman(client):
    return 'Podman' in str(client.version().get('Components'))


def newest_of_engine(client):
    """The newest version that the engine speaks, as a tuple of ints. Docker 0.6, the engine of v1.6, and
    all before 1.0 tell none."""
    return negotiate.parse_version(client.version().get('ApiVersion')) or (1, 6)


def same(container, other):
    """Whether two ids are of one container: Docker 0.6 tells ids of 12 characters and of 64."""
    return container[:12] == other[:12]


def assert_was_killed(client, code):
    """An exit code says that SIGKILL ended a container."""
    # Before API 1.19 the engine tells -1 when it was not the container's first process that told it.
    assert code == 128 + signal.SIGKILL or code == -1 and newest_of_engine(client) < (1, 19)
