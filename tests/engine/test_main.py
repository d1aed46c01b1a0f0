"""python -m docker on a real engine."""

import json
import os
import subprocess
import sys

import six

import docker
from tests.engine.conftest import HOST, SPOKEN, engine_is_podman, require_engine
from tests.wire.test_main import without_installed

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(docker.__file__)))


def run(*arguments, **environment):
    """Return the status and the output of `python -m docker`, whose standard error is empty."""
    require_engine()
    variables = dict(os.environ, PYTHONPATH=ROOT, DOCKER_API_VERSION=SPOKEN, **environment)
    strict = [] if six.PY2 else ['-W', 'error::ResourceWarning']
    process = subprocess.Popen([sys.executable] + strict + ['-m', 'docker'] + list(arguments), env=variables,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    output, errors = process.communicate()
    assert errors == b''
    return process.returncode, output.decode('ascii')


def test_the_engine_works(client):
    status, output = run('--json', DOCKER_HOST=HOST)
    found, version = json.loads(output), client.version(api_version=False)
    assert status == 0 and found['works'] and found['problem'] is None
    assert without_installed(found['notes']) == []
    assert found['source']['kind'] == 'DOCKER_HOST'
    engine = found['engine']
    assert engine['name'] == ('Podman' if engine_is_podman(client) else 'Docker')
    assert engine['version'] == version['Version']
    assert engine['api_newest'] == version.get('ApiVersion', engine['api_newest'])
    assert found['api_version'] == {
        'wire': client.api_version, 'reason': 'DOCKER_API_VERSION' if SPOKEN else 'negotiated'}
    assert found['round_trip_ms'] > 0


def test_the_text_has_the_version(client):
    status, output = run(HOST or '')
    assert status == 0
    assert client.version()['Version'] in output and 'Works    yes, in ' in output


def test_the_socket_of_a_stopped_engine(tmp_path, client):
    status, output = run('unix://{0}/docker.sock'.format(tmp_path), DOCKER_HOST=HOST)
    assert status == 1 and 'There is no socket at {0}'.format(tmp_path) in output
    assert 'DOCKER_HOST is set, and not used: the address is an argument.' in output
