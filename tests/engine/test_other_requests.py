"""Requests that have no call: in the version in their path, by hand, on a real engine."""

import io
import os
import re

import pytest

import docker
from docker.stream import demultiplex
from tests.engine.conftest import newest_of_engine

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


@pytest.fixture
def api(client):
    """The URL of the engine with its newest version."""
    newest = newest_of_engine(client)
    if newest < (1, 15):
        pytest.skip('exec came with API 1.15')
    return '{0}/v{1}.{2}'.format(client.base_url, *newest)


def test_exec(client, run, api):
    container = run('sleep 100')
    created = client.post(api + '/containers/' + container['Id'] + '/exec', json={
        'Cmd': ['sh', '-c', 'echo out; echo err >&2'], 'AttachStdout': True, 'AttachStderr': True})
    assert created.status_code == 201
    exec_id = created.json()['Id']
    with client.post(api + '/exec/' + exec_id + '/start', json={'Detach': False, 'Tty': False},
                     stream=True) as started:
        assert started.status_code == 200
        output = b''.join(demultiplex(started.iter_content(chunk_size=None)))
    assert sorted(output.splitlines()) == [b'err', b'out']
    inspect = client.get(api + '/exec/' + exec_id + '/json').json()
    assert (inspect['Running'], inspect['ExitCode']) == (False, 0)


def test_exec_in_a_container_that_start_recreated(client, create, api):
    container = create('sleep 100')
    client.start(container, binds={'/tmp': '/shared'})
    created = client.post(api + '/containers/' + container['Id'] + '/exec', json={'Cmd': ['true']})
    assert created.status_code == 201


def test_the_response_is_that_of_the_version(client, create, api):
    container = create('true')['Id']
    as_it_came = client.get(api + '/containers/' + container + '/json').json()
    assert 'ID' not in as_it_came and as_it_came['Id'] == container
    assert client.inspect_container(container)['ID'] == container


def test_a_version_that_the_engine_refuses(client):
    response = client.get(client.base_url + '/v9.99/info')
    assert response.status_code in (200, 400, 404)   # Podman takes any version
    if response.status_code != 200:
        assert docker.errors.error_for(response).explanation


def test_the_block_of_the_guide(client, create, name, api):
    with io.open(os.path.join(ROOT, 'docs', 'guide', 'requests.md'), encoding='utf-8') as page:
        block, = re.findall(r'```python\n((?:(?!```).)*/exec.*?)```', page.read(), re.DOTALL)
    create('sh -c "mkdir /www; echo hello > /www/index.html; sleep 100"', name=name)
    client.start(name)
    namespace = {'client': client, 'docker': docker, 'shown': []}
    block = block.replace('containers/web', 'containers/' + name).replace('print(', 'shown.append(')
    while b'index.html' not in b''.join(namespace['shown']):
        exec(block, namespace)
