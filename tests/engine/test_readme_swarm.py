"""The README's chapters about Swarm mode: their blocks run in order, as a reader's program."""

# What is compiled here has it too.
from __future__ import print_function

import io
import os
import re
import time

import pytest
from six.moves.urllib.request import ProxyHandler, build_opener

import docker
from tests.engine.conftest import HOST
from tests.engine.swarm import wait_for

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PAGE = 'http://127.0.0.1:8080/'


def blocks_of_swarm(heading):
    """Return the blocks of a chapter, and of the headings below it, that need nothing but an engine."""
    with io.open(os.path.join(ROOT, 'README.md'), encoding='utf-8') as readme:
        text = readme.read()
    level = heading.partition(' ')[0]
    chapter, = re.findall(r'(?ms)^{0}$(.*?)^#{{2,{1}}} '.format(re.escape(heading), len(level)), text)
    return [block for block in re.findall(r'(?s)```python\n(.*?)```', chapter)
            if not block.startswith('# needs')]


def fetch():
    """Return the page of the service in the chapter, None when there is none."""
    try:
        response = build_opener(ProxyHandler({})).open(PAGE, timeout=10)
    except IOError:
        return None
    try:
        return response.read()
    finally:
        response.close()


@pytest.mark.parametrize('heading, number, output', [
    ('### Swarm mode calls', 28, [
        "['ready']", "['password']", 'aGVsbG8K', "['sleeper']", 'running', 'hello']),
    ('## Swarm mode', 7, [])])
def test_a_chapter(manager, capsys, heading, number, output):
    manager.leave_swarm(force=True)     # the chapters create their own
    before = [container['Id'] for container in manager.containers(all=True)]
    blocks = blocks_of_swarm(heading)
    assert len(blocks) == number
    with docker.Client(HOST) as own:
        names = {'docker': docker, 'client': own, 'time': time}
        for block in blocks:
            exec(compile(block, heading, 'exec'), names)
            if "web('two')" in block:
                wait_for(lambda: fetch() == b'two\nhello\n', fetch)
    shown = capsys.readouterr().out.replace("u'", "'")
    for text in output:
        assert text in shown
    with pytest.raises(docker.APIError):
        manager.services()
    wait_for(lambda: [container['Id'] for container in manager.containers(all=True)] == before,
             'the containers of the tasks are removed')
