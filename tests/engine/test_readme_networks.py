"""The README's chapters about networks and volumes: their blocks run in order, as a reader's program."""

# What is compiled here has it too.
from __future__ import print_function

import io
import os
import re

import pytest

import docker
from tests.engine.conftest import HOST, newest_of_engine

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def blocks_of(heading):
    """Return the blocks of a chapter, and of the headings below it, that need nothing but an engine."""
    with io.open(os.path.join(ROOT, 'README.md'), encoding='utf-8') as readme:
        text = readme.read()
    level = heading.partition(' ')[0]
    chapter, = re.findall(r'(?ms)^{0}$(.*?)^#{{2,{1}}} '.format(re.escape(heading), len(level)), text)
    blocks = re.findall(r'(?s)```python\n(.*?)```', chapter)
    assert blocks
    return [block for block in blocks if not block.startswith('# needs')]


@pytest.mark.parametrize('heading, output', [
    ('### Network calls', 'net-calls bridge'), ('### Volume calls', "volume-calls']"),
    ('## Networks', "hello"), ('## Binds and volumes', 'hello')])
def test_a_chapter(client, capsys, heading, output):
    if newest_of_engine(client) < (1, 21):
        pytest.skip('networks and volumes came with API 1.21')
    if not hasattr(docker.utils, 'create_ipam_config'):
        pytest.skip('docker.utils has no create_ipam_config yet')
    before = things(client)
    with docker.Client(HOST) as own:
        names = {'docker': docker, 'client': own}
        exec('import os, tempfile', names)
        for block in blocks_of(heading):
            exec(compile(block, heading, 'exec'), names)
    assert output in capsys.readouterr().out
    assert things(client) == before


def things(client):
    """Return the ids of all containers and networks, and the names of volumes that a program has given."""
    return (sorted(container['Id'] for container in client.containers(all=True)),
            sorted(network['Id'] for network in client.networks()),
            sorted(volume['Name'] for volume in client.volumes()['Volumes'] if len(volume['Name']) < 64))
