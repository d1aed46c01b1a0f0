"""What the tests on a real engine share.

`tests/with-engine` starts an engine and sets DOCKER_HOST to its address. DOCKER_API_VERSION is the version
on the wire; the responses are those of API 1.6, as they are for each user who does not choose another.
"""

import contextlib
import os
import signal
import uuid

import pytest

import docker
from docker.transport import negotiate
from tests.engine import swarm as swarm_mode

HOST = os.environ.get('DOCKER_HOST')
VERSION = docker.client.DEFAULT_DOCKER_API_VERSION
SPOKEN = os.environ.get('DOCKER_API_VERSION', '')
# What programs of 2014 to 2016 ask for: the versions before and since much of what they use.
OLD_VERSIONS = ['1.10', '1.21', 'auto']
NO_ENGINE = (os.environ.get('DOCKER_ENGINE_MISSING') or
             'no engine: run by tests/with-engine, or set DOCKER_HOST')


# Tests of what every engine has: there NotSupported is a fault.
OF_EVERY_ENGINE = (
    'test_build', 'test_containers', 'test_contract', 'test_embedding', 'test_images', 'test_large',
    'test_other_requests', 'test_proxy', 'test_quickstart', 'test_recreate', 'test_registries', 'test_start',
    'test_streams')
# From this version on, engines have to have what the tests use, or a test itself skips.
HAS_MOST = (1, 40)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Report a test as skipped for whose calls an engine is too old, with what was raised as the reason."""
    report = (yield).get_result()
    error = call.excinfo and call.excinfo.value
    if (report.failed and isinstance(error, docker.errors.NotSupported) and
            'came with API version' in str(error) and
            item.module.__name__.rpartition('.')[2] not in OF_EVERY_ENGINE):
        client = docker.Client(HOST)
        if newest_of_engine(client) < HAS_MOST:
            path, line, _ = item.location
            report.outcome, report.longrepr = 'skipped', (path, line, 'Skipped: {0}'.format(error))
        client.close()


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


@pytest.fixture(params=OLD_VERSIONS)
def c(request):
    """A Client as programs of 2014 to 2016 make it."""
    require_engine()
    client = docker.Client(base_url=HOST, version=request.param, timeout=60)
    yield client
    client.close()


@pytest.fixture
def cleanup(c):
    """A list of containers, which are removed after the test."""
    created = []
    yield created
    for container in created:
        discard(c, container)


@pytest.fixture
def name():
    """A unique name."""
    return 'test-' + uuid.uuid4().hex[:12]


@pytest.fixture
def create(client):
    """A function: create_container of busybox. The containers are removed after the test."""
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
    """A function: as `create`, and start the container. `start` is a dict of arguments for that."""
    def run_container(command, start=None, **kwargs):
        container = create(command, **kwargs)
        client.start(container, **(start or {}))
        return container
    return run_container


@pytest.fixture
def image_name(client, name):
    """A name for an image, whose tags are removed after the test."""
    repository = 'local/' + name
    yield repository
    for image in client.images(name=repository):
        for tag in image.get('RepoTags') or ['{Repository}:{Tag}'.format(**image)]:
            client.remove_image(tag)


@contextlib.contextmanager
def prepared_for_swarm(client):
    """Leave the engine in no swarm, with an address for one, before and after; skip where that cannot be."""
    if engine_is_podman(client):
        pytest.skip('Podman has no Swarm mode')
    if not swarm_mode.is_private():
        pytest.skip(swarm_mode.NOT_PRIVATE)
    if newest_of_engine(client) < (1, 24):
        pytest.skip('Swarm mode came with API 1.24')
    client.leave_swarm(force=True)
    swarm_mode.add_address()
    try:
        yield
    finally:
        client.leave_swarm(force=True)


@pytest.fixture
def manager(client):
    """A client of the engine, which is the manager of a swarm of its own until the end of the test."""
    with prepared_for_swarm(client):
        client.init_swarm(swarm_mode.MANAGER)
        yield client
        swarm_mode.remove_address()


def discard(client, container):
    """Remove a container, running or not, if it exists."""
    for call in (client.kill, client.remove_container):
        try:
            call(container)
        except docker.APIError:
            pass


def engine_is_podman(client):
    return 'Podman' in str(client.version().get('Components'))


def newest_of_engine(client):
    """Return the newest version that the engine supports, as a tuple of ints.

    Engines before Docker 1.0, such as 0.6, have no version in the response; for them it is 1.6.
    """
    return negotiate.parse_version(client.version().get('ApiVersion')) or (1, 6)


def same(container, other):
    """Return whether two ids are of one container. Docker 0.6 has ids of 12 characters and of 64."""
    return container[:12] == other[:12]


def assert_was_killed(client, code):
    """Check that the exit code of a container is that of SIGKILL."""
    # Before API 1.19 the exit code is -1 when the engine did not get it from the container's first process.
    assert code == 128 + signal.SIGKILL or code == -1 and newest_of_engine(client) < (1, 19)
