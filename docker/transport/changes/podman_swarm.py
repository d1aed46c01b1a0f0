"""Podman and Swarm mode: it has secrets, and nothing else of it."""

from docker.errors import NotSupported
from docker.transport.changes.change import PODMAN, refusal, response
from docker.transport.response import json_of, with_json


@refusal(PODMAN, '*', '/swarm')
@refusal(PODMAN, '*', '/swarm/{}')
@refusal(PODMAN, '*', '/nodes')
@refusal(PODMAN, '*', '/nodes/{}')
@refusal(PODMAN, '*', '/services')
@refusal(PODMAN, '*', '/services/{}')
@refusal(PODMAN, '*', '/tasks')
@refusal(PODMAN, '*', '/tasks/{}')
@refusal(PODMAN, '*', '/configs')
@refusal(PODMAN, '*', '/configs/{}')
def no_swarm(call):
    """There is no Swarm mode: no swarm, nodes, services, tasks and configs."""
    raise NotSupported('{0} {1} is not supported by this engine: Podman has no Swarm mode.'.format(
        call.method, call.path))


@refusal(PODMAN, 'POST', '/secrets/{}/update')
def no_update_of_secrets(call):
    """A secret cannot be updated."""
    raise NotSupported('update_secret is not supported by this engine: Podman does not change secrets. '
                       'Remove the secret, and create it again.')


@refusal(PODMAN, 'POST', '/secrets/create')
def no_templating_of_secrets(call):
    """Templating of a secret is ignored."""
    if call.json.get('Templating'):
        raise NotSupported('templating is not supported by this engine: Podman ignores it. Leave it out.')


@response(PODMAN, 'GET', '/secrets')
def list_secrets_without_labels(response, call):
    """Labels of a secret in a list is null when there are none."""
    secrets = json_of(response)
    for secret in secrets:
        spec = secret.get('Spec') or {}
        if spec.get('Labels', {}) is None:
            spec['Labels'] = {}
    return with_json(response, secrets)
