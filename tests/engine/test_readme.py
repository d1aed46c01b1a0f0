"""The examples of the README: they run in order, in one namespace, as a reader's program."""

# What is compiled here has it too.
from __future__ import print_function

import io
import os
import re

import pytest
from six.moves.urllib.request import ProxyHandler, build_opener

import docker
from tests.engine.conftest import HOST, SPOKEN, discard, engine_is_podman, newest_of_engine, require_engine
from tests.engine.swarm import wait_for

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PAGE = 'http://127.0.0.1:8083/'
# What chapters print.
OUTPUT = {
    '### Container calls': ['/web', "'MaximumRetryCount': 5"],
    '### Output and input': ['one', 'two'],
    '### Exec calls': ['value', 'hello'],
    '### Archive calls': ['index.html', '6 bytes of', '755 True'],
    '### Image calls': ['digraph', 'Successfully'],
    '### Network calls': ['net-calls bridge'],
    '### Volume calls': ["['volume-calls']"],
    '### Swarm mode calls': ["['ready']", "['password']", 'aGVsbG8K', "['sleeper']", 'running', 'hello'],
    '## Binds and volumes': ["'/shared'", 'hello'],
    '## Networks': ['hello'],
    '## Commands in containers': ['out', 'err', '3', 'one', 'two', '5'],
    '## Streams': ['ready'],
    '## Errors': ['running'],
    '## Other requests': ['index.html'],
}
# The API version that all of a chapter takes.
SINCE = {
    '### Container calls': (1, 25), '### Exec calls': (1, 25), '### Archive calls': (1, 20),
    '### Image calls': (1, 25), '### Image archive calls': (1, 25), '### Network calls': (1, 21),
    '### Volume calls': (1, 23), '### Engine calls': (1, 16), '### Disk usage calls': (1, 25),
    '## Binds and volumes': (1, 23), '## Networks': (1, 21), '## Commands in containers': (1, 15),
    '## Other requests': (1, 15)}
SWARM = ('### Swarm mode calls', '## Swarm mode')


def chapters():
    """Return the chapters with examples: their headings, and lists of (number of the first line, text)."""
    with io.open(os.path.join(ROOT, 'README.md'), encoding='utf-8') as readme:
        text = readme.read()
    found = [('', [])]
    for match in re.finditer(r'(?ms)^(?P<heading>#{2,3} [^\n]*)$|^```python\n(?P<block>.*?)^```$', text):
        if match.group('heading'):
            found.append((match.group('heading'), []))
        else:
            found[-1][1].append((text.count(u'\n', 0, match.start('block')), match.group('block')))
    return [(str(heading), blocks) for heading, blocks in found if blocks]


CHAPTERS = chapters()
HEADINGS = [heading for heading, _ in CHAPTERS]


class Program(object):
    """The program of the examples; each chapter runs once, after those before it."""

    def __init__(self):
        self.client = docker.Client(HOST)
        self.before = self.things()
        self.podman = engine_is_podman(self.client)
        self.left = list(CHAPTERS)
        self.names, self.clients = {}, []

    def lacks(self, heading):
        """Return why the engine cannot run a chapter, None if it can."""
        if newest_of_engine(self.client) < SINCE.get(heading, (1, 6)):
            return 'this takes API {0}.{1}'.format(*SINCE[heading])

    def run(self, heading):
        while heading in [each for each, _ in self.left]:
            name, blocks = self.left.pop(0)
            if name == heading or name not in SWARM and not self.lacks(name):
                for line, block in blocks:
                    self.run_block(line, block)

    def run_block(self, line, block):
        if self.podman:
            block = block.replace("links={'web': 'server'}, ", '')
        code = compile(u'\n' * line + block, 'README.md', 'exec')
        if not block.startswith('# needs'):
            exec(code, self.names)
            self.clients += [value for value in self.names.values() if isinstance(value, docker.Client)]
            if "web('two')" in block:
                wait_for(lambda: fetch() == b'two\nhello\n', fetch)

    def things(self):
        """Return what the engine has: containers, and the networks, volumes and tags that programs name."""
        found = {
            'containers': [container['Id'] for container in self.client.containers(all=True)],
            'images': self.client.images(quiet=True)}
        if newest_of_engine(self.client) >= (1, 21):
            # Docker keeps docker_gwbridge after it has been in a swarm.
            found['networks'] = [network['Id'] for network in self.client.networks()
                                 if network['Name'] != 'docker_gwbridge']
            found['volumes'] = [volume['Name'] for volume in self.client.volumes()['Volumes'] or []
                                if len(volume['Name']) < 64]
        return dict((kind, sorted(ids)) for kind, ids in found.items())

    def close(self):
        """Remove what is left after a failure."""
        for client in self.clients:
            client.close()
        removals = [('containers', lambda one: discard(self.client, one)),
                    ('images', self.client.remove_image), ('networks', self.client.remove_network),
                    ('volumes', self.client.remove_volume)]
        left = self.things()
        for kind, remove in removals:
            for one in set(left.get(kind, ())) - set(self.before.get(kind, ())):
                remove(one)
        self.client.close()


def fetch():
    """Return the page of the service in the chapter about Swarm mode, None when there is none."""
    try:
        response = build_opener(ProxyHandler({})).open(PAGE, timeout=10)
    except IOError:
        return None
    try:
        return response.read()
    finally:
        response.close()


@pytest.fixture(scope='module')
def program():
    require_engine()
    program = Program()
    yield program
    program.close()


@pytest.fixture(autouse=True)
def environment(monkeypatch):
    """The environment in which a reader runs the program."""
    monkeypatch.setenv('DOCKER_HOST', HOST or '')
    monkeypatch.setenv('DOCKER_API_VERSION', SPOKEN)


@pytest.mark.parametrize('heading', HEADINGS)
def test_a_chapter(request, program, capsys, heading):
    if heading in SWARM:
        # The chapters create a swarm of their own.
        request.getfixturevalue('manager').leave_swarm(force=True)
    if program.lacks(heading):
        pytest.skip(program.lacks(heading))
    containers = program.things()['containers']
    program.run(heading)
    shown = capsys.readouterr().out.replace("u'", "'")
    for text in OUTPUT.get(heading, ()):
        assert text in shown
    if heading in SWARM:
        with pytest.raises(docker.APIError):
            program.client.services()
        wait_for(lambda: program.things()['containers'] == containers,
                 'the containers of the tasks are removed')
    if heading == HEADINGS[-1]:
        assert program.things() == program.before


def test_each_chapter_of_calls_has_examples():
    assert len(HEADINGS) == len(set(HEADINGS)) and set(SWARM + tuple(OUTPUT) + tuple(SINCE)) <= set(HEADINGS)
    assert sum(len(blocks) for _, blocks in CHAPTERS) > 130
