"""wait with the condition healthy, on a real engine."""

import threading

import pytest

from docker import errors
from tests.engine.conftest import engine_is_podman, newest_of_engine

CHECK = ['CMD-SHELL', 'echo checked; test -e /ok']


@pytest.fixture(autouse=True)
def _engine_has_health_checks(client):
    if newest_of_engine(client) < (1, 24):
        pytest.skip('health checks came with API 1.24')


@pytest.fixture
def checks(client):
    """A function that lets Podman check the health of a container: it has timers of systemd for that."""
    podman = engine_is_podman(client)

    def check(container):
        if podman:
            url = '{0}/v4.0.0/libpod/containers/{1}/healthcheck'.format(client.base_url, container['Id'])
            client.get(url).raise_for_status()
    return check


def created(run, command='sleep 300', **healthcheck):
    check = {'test': CHECK, 'interval': 1, 'timeout': 20, 'retries': 2}
    return run(command, healthcheck=dict(check, **healthcheck))


class Waiting(object):
    """A wait in a thread of its own."""

    def __init__(self, client, container):
        self.raised = None
        self._thread = threading.Thread(target=self._wait, args=(client, container))
        self._thread.start()

    def _wait(self, client, container):
        try:
            assert client.wait(container, 120, 'healthy') is None
        except Exception as error:
            self.raised = error

    def end(self):
        self._thread.join()
        if self.raised:
            raise self.raised


def test_a_container_becomes_healthy(client, run, checks):
    container = created(run, retries=100)
    waiting = Waiting(client, container)
    client.execute(container, 'touch /ok')
    checks(container)
    waiting.end()
    assert client.inspect_container(container)['State']['Health']['Status'] == 'healthy'
    assert client.wait(container, 120, 'healthy') is None


def test_a_container_becomes_unhealthy(client, run, checks):
    container = created(run)
    waiting = Waiting(client, container)
    for _ in range(2):
        checks(container)
    with pytest.raises(errors.ContainerError) as caught:
        waiting.end()
    assert 'is unhealthy' in str(caught.value) and caught.value.exit_code is None
    assert b'checked' in caught.value.output


def test_a_container_ends_before_it_is_healthy(client, run):
    container = created(run, ['sh', '-c', 'while ! test -e /end; do sleep 0.1; done; exit 7'], retries=100)
    waiting = Waiting(client, container)
    client.execute(container, 'touch /end')
    with pytest.raises(errors.ContainerError) as caught:
        waiting.end()
    assert caught.value.exit_code == 7 and 'exit code 7' in str(caught.value)


def test_a_container_that_has_ended(client, run):
    container = created(run, 'true')
    client.wait(container)
    with pytest.raises(errors.ContainerError) as caught:
        client.wait(container, condition='healthy')
    assert caught.value.exit_code == 0


def test_a_container_that_is_started_later(client, create, checks):
    container = create('sleep 300', healthcheck={'test': ['CMD', 'true'], 'interval': 1})
    waiting = Waiting(client, container)
    client.start(container)
    checks(container)
    waiting.end()


def test_a_container_that_is_not_healthy_in_time(client, run):
    with pytest.raises(errors.ReadTimedOut) as caught:
        client.wait(created(run, retries=100), 1.5, 'healthy')
    assert 'within 1.5 seconds' in str(caught.value)


@pytest.mark.parametrize('arguments', [{}, {'healthcheck': {'test': ['NONE']}}])
@pytest.mark.parametrize('started', [False, True])
def test_a_container_without_a_check(client, create, arguments, started):
    container = create('sleep 300', **arguments)
    if started:
        client.start(container)
    with pytest.raises(errors.Conflict) as caught:
        client.wait(container, condition='healthy')
    assert 'no health check' in str(caught.value)


def test_a_container_that_is_removed(client, run):
    container = created(run, retries=100)
    waiting = Waiting(client, container)
    client.remove_container(container, force=True)
    with pytest.raises((errors.NotFound, errors.ContainerError)):
        waiting.end()


def test_no_such_container(client):
    with pytest.raises(errors.NotFound):
        client.wait('nosuch', condition='healthy')
