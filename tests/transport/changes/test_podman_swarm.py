"""What Podman has of Swarm mode: secrets alone."""

import pytest

import docker
from docker import types
from tests.server import as_json, http
from tests.transport.changes import DOCKER, PODMAN

TEMPLATE = types.TaskTemplate(types.ContainerSpec('busybox'))
SECRET = {'ID': 'id', 'Version': {'Index': 1}, 'Spec': {'Name': 'password', 'Labels': None}}


@pytest.mark.parametrize('call, subject', [
    (lambda c: c.init_swarm(), 'POST /swarm/init'),
    (lambda c: c.inspect_swarm(), 'GET /swarm'),
    (lambda c: c.join_swarm(['a'], 'hush'), 'POST /swarm/join'),
    (lambda c: c.leave_swarm(force=True), 'POST /swarm/leave'),
    (lambda c: c.update_swarm(1, {}), 'POST /swarm/update'),
    (lambda c: c.get_unlock_key(), 'GET /swarm/unlockkey'),
    (lambda c: c.unlock_swarm('hush'), 'POST /swarm/unlock'),
    (lambda c: c.nodes(), 'GET /nodes'),
    (lambda c: c.inspect_node('a'), 'GET /nodes/a'),
    (lambda c: c.update_node('a', 1), 'POST /nodes/a/update'),
    (lambda c: c.remove_node('a'), 'DELETE /nodes/a'),
    (lambda c: c.services(), 'GET /services'),
    (lambda c: c.create_service(TEMPLATE), 'POST /services/create'),
    (lambda c: c.inspect_service('a'), 'GET /services/a'),
    (lambda c: c.update_service('a', 1), 'POST /services/a/update'),
    (lambda c: c.remove_service('a'), 'DELETE /services/a'),
    (lambda c: c.service_logs('a', is_tty=False), 'GET /services/a/logs'),
    (lambda c: c.tasks(), 'GET /tasks'),
    (lambda c: c.inspect_task('a'), 'GET /tasks/a'),
    (lambda c: c.task_logs('a', is_tty=False), 'GET /tasks/a/logs'),
    (lambda c: c.configs(), 'GET /configs'),
    (lambda c: c.create_config('a', b'hush'), 'POST /configs/create'),
    (lambda c: c.inspect_config('a'), 'GET /configs/a'),
    (lambda c: c.update_config('a'), 'GET /configs/a'),
    (lambda c: c.remove_config('a'), 'DELETE /configs/a'),
])
def test_there_is_no_swarm(recorded, call, subject):
    engine = recorded(PODMAN)
    with pytest.raises(docker.errors.NotSupported) as raised:
        call(engine.client)
    assert str(raised.value) == subject + ' is not supported by this engine: Podman has no Swarm mode.'
    assert engine.requests_made == []


def test_a_secret_is_not_updated(recorded):
    engine = recorded(PODMAN)
    engine.respond(as_json(SECRET))
    with pytest.raises(docker.errors.NotSupported, match='Podman does not change secrets'):
        engine.client.update_secret('password', labels={'a': 'b'})
    assert [made[:2] for made in engine.requests_made] == [('GET', '/secrets/password')]


def test_templating_is_refused(recorded):
    engine = recorded(PODMAN)
    with pytest.raises(docker.errors.NotSupported, match='templating') as raised:
        engine.client.create_secret('password', b'hush', templating='golang')
    assert 'hush' not in str(raised.value)
    assert engine.requests_made == []


@pytest.mark.parametrize('version', ['1.6', None])
def test_labels_of_a_secret_in_a_list(recorded, version):
    engine = recorded(PODMAN, version)
    labelled = dict(SECRET, Spec={'Name': 'other', 'Labels': {'a': 'b'}})
    engine.respond(as_json([SECRET, labelled]))
    assert [secret['Spec']['Labels'] for secret in engine.client.secrets()] == [{}, {'a': 'b'}]


def test_secrets_of_podman(recorded):
    engine = recorded(PODMAN)
    engine.respond(as_json({'ID': 'id'}), as_json(SECRET), http(204))
    assert engine.client.create_secret('password', b'x', {'a': 'b'}) == {'ID': 'id'}
    engine.client.inspect_secret('password')
    engine.client.remove_secret('password')
    assert engine.requests_made == [
        ('POST', '/secrets/create', {}, {'Name': 'password', 'Data': 'eA==', 'Labels': {'a': 'b'}}),
        ('GET', '/secrets/password', {}, None), ('DELETE', '/secrets/password', {}, None)]


@pytest.mark.parametrize('name', DOCKER)
def test_docker_has_a_swarm(recorded, name):
    engine = recorded(name)
    engine.respond(as_json([]), as_json([]))
    assert engine.client.nodes() == engine.client.services() == []
    assert [made[1] for made in engine.requests_made] == ['/nodes', '/services']
