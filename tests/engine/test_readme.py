"""The examples of the README and of the pages in docs: they run in order, as a reader's programs.

The README is one program, of which each chapter is a test. Each page in docs is a program of its own.
"""

# What is compiled here has it too.
from __future__ import print_function

import io
import os
import re

import pytest
from six.moves.urllib.request import ProxyHandler, build_opener

import docker
from tests.engine.conftest import (
    HOST, SPOKEN, discard, engine_is_podman, newest_of_engine, prepared_for_swarm, require_engine)
from tests.engine.swarm import remove_address, wait_for

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SITE = 'http://127.0.0.1:8083/'
# What chapters and pages print.
OUTPUT = {
    '### Output and input': ['one', 'two'],
    '### Archive calls': ['index.html'],
    '### Image calls': ['digraph', 'Successfully'],
    '## Binds and volumes': ["'/shared'", 'hello'],
    'docs/index.md': ['0 ', 'hello'],
    'docs/quickstart.md': ['hello', 'http://127.0.0.1:', 'index.html', 'running'],
    'docs/embedding.md': ['8\n', "[{'Id': '0123'}] GET"],
    'docs/guide/archives.md': ['index.html', '6 bytes of', '755 True'],
    'docs/guide/buildkit.md': ["#1 [internal] load ", 'Successfully built', '36', 'hello',
                               '[2/2] RUN echo one done'],
    'docs/guide/containers.md': ['3 ', 'working', 'wrong', "'MaximumRetryCount': 5", '/web', '137'],
    'docs/guide/errors.md': ['running'],
    'docs/guide/exec.md': ['out', 'err', '3', 'one', 'two', '5', 'value', 'hello'],
    'docs/guide/images.md': ['failed:', 'greeting'],
    'docs/guide/networks.md': ['hello', 'net-calls bridge'],
    'docs/guide/streams.md': ['ready'],
    'docs/guide/swarm.md': ["['ready']", "['password']", 'aGVsbG8K', "['sleeper']", 'running', 'hello'],
    'docs/guide/timeouts.md': ['it is still running'],
    'docs/guide/volumes.md': ['hello', "['volume-calls']"],
}
# The API version that all of a chapter takes; of a page it is PAGE_SINCE, if it is not here.
SINCE = {
    '### Container calls': (1, 16), '### Output and input': (1, 25), '### Image calls': (1, 25),
    '### Engine calls': (1, 16), '## Binds and volumes': (1, 23),
    'docs/guide/errors.md': (1, 6), 'docs/guide/streams.md': (1, 6), 'docs/guide/tls.md': (1, 6),
    'docs/guide/timeouts.md': (1, 10), 'docs/guide/requests.md': (1, 15), 'docs/guide/exec.md': (1, 25),
    'docs/guide/buildkit.md': (1, 39)}
PAGE_SINCE = (1, 25)
SWARM = ('docs/guide/swarm.md',)
WITHOUT_PODMAN = ('docs/guide/buildkit.md',)
# Of a page that Podman runs but for a part: what is left out there.
NOT_ON_PODMAN = ("links={'web': 'server'}, ",)


def read(path):
    with io.open(os.path.join(ROOT, path), encoding='utf-8') as page:
        return page.read()


def blocks_of(text, first_line=0):
    """Return the examples in a text: a list of (number of the line before the first, text)."""
    return [(first_line + text.count(u'\n', 0, match.start(1)), match.group(1))
            for match in re.finditer(r'(?ms)^```python\n(.*?)^```$', text)]


def chapters():
    """Return the chapters of the README with examples: a list of (heading, blocks)."""
    text = read('README.md')
    fences = [match.span() for match in re.finditer(r'(?ms)^```.*?^```$', text)]
    starts = [match for match in re.finditer(r'(?m)^#{2,3} .*$', text)
              if not any(start < match.start() < end for start, end in fences)]
    ends = [match.start() for match in starts[1:]] + [len(text)]
    found = [(str(match.group()), blocks_of(text[match.start():end], text.count(u'\n', 0, match.start())))
             for match, end in zip(starts, ends)]
    return [(heading, blocks) for heading, blocks in found if blocks]


def pages():
    """Return the paths of the pages with examples, in order."""
    found = [os.path.relpath(os.path.join(folder, name), ROOT)
             for folder, _, names in os.walk(os.path.join(ROOT, 'docs'))
             for name in names if name.endswith('.md') and '_build' not in folder]
    return sorted(page for page in found if blocks_of(read(page)))


CHAPTERS = chapters()
HEADINGS = [heading for heading, _ in CHAPTERS]
PAGES = pages()


class Program(object):
    """What runs examples in one namespace, and removes what is left of them."""

    def __init__(self):
        self.client = docker.Client(HOST)
        self.before = self.things()
        self.podman = engine_is_podman(self.client)
        self.names, self.clients = {'__name__': 'examples'}, []

    def run(self, page, blocks):
        for line, block in blocks:
            if self.podman:
                for text in NOT_ON_PODMAN:
                    block = block.replace(text, '')
            code = compile(u'\n' * line + block, page, 'exec')
            if not block.startswith('# needs'):
                exec(code, self.names)
                self.clients += [value for value in self.names.values() if isinstance(value, docker.Client)]
                if "web('two')" in block:
                    wait_for(lambda: fetch_site() == b'two\nhello\n', fetch_site)

    def things(self):
        """Return what the engine has: containers, and the networks, volumes and tags that programs name."""
        found = {
            'containers': [container['Id'] for container in self.client.containers(all=True)],
            'images': self.client.images(quiet=True)}
        if newest_of_engine(self.client) >= (1, 21):
            # After it has been in a swarm, Docker keeps docker_gwbridge, and for a while the swarm's own.
            found['networks'] = [network['Id'] for network in self.client.networks()
                                 if network['Name'] != 'docker_gwbridge' and network['Scope'] != 'swarm']
            found['volumes'] = [volume['Name'] for volume in self.client.volumes()['Volumes'] or []
                                if len(volume['Name']) < 64]
        return dict((kind, sorted(ids)) for kind, ids in found.items())

    def close(self):
        """Remove what is left after a failure."""
        for client in self.clients:
            client.close()
        removals = [('containers', lambda one: discard(self.client, one)),
                    ('images', lambda one: self.client.remove_image(one, force=True)),
                    ('networks', self.client.remove_network), ('volumes', self.client.remove_volume)]
        left = self.things()
        for kind, remove in removals:
            for one in set(left.get(kind, ())) - set(self.before.get(kind, ())):
                remove(one)
        self.client.close()


def lacks(client, name):
    """Return why the engine cannot run a chapter or a page, None if it can."""
    if name in WITHOUT_PODMAN and engine_is_podman(client):
        return 'Podman does not have what this page is about'
    since = SINCE.get(name, PAGE_SINCE if name in PAGES else (1, 6))
    return 'this takes API {0}.{1}'.format(*since) if newest_of_engine(client) < since else None


def fetch_site():
    """Return the page of the service in the page about Swarm mode, None when there is none."""
    try:
        response = build_opener(ProxyHandler({})).open(SITE, timeout=10)
    except IOError:
        return None
    try:
        return response.read()
    finally:
        response.close()


def assert_shows(capsys, name):
    shown = capsys.readouterr().out.replace("u'", "'")
    for text in OUTPUT.get(name, ()):
        assert text in shown


@pytest.fixture(scope='module')
def readme():
    """The program of the README, and its chapters that have not run yet."""
    require_engine()
    program, left = Program(), list(CHAPTERS)
    yield program, left
    program.close()


@pytest.fixture
def page_program():
    require_engine()
    program = Program()
    yield program
    program.close()


@pytest.fixture(autouse=True)
def environment(monkeypatch, tmpdir):
    """The environment in which a reader runs the programs: a folder of their own."""
    monkeypatch.setenv('DOCKER_HOST', HOST or '')
    monkeypatch.setenv('DOCKER_API_VERSION', SPOKEN)
    monkeypatch.chdir(str(tmpdir))


@pytest.mark.parametrize('heading', HEADINGS)
def test_a_chapter(readme, capsys, heading):
    program, left = readme
    if lacks(program.client, heading):
        pytest.skip(lacks(program.client, heading))
    # A chapter that is run alone is run after those before it.
    while heading in [each for each, _ in left]:
        name, blocks = left.pop(0)
        if not lacks(program.client, name):
            program.run('README.md', blocks)
    assert_shows(capsys, heading)
    if heading == HEADINGS[-1]:
        assert program.things() == program.before


@pytest.mark.parametrize('page', [page for page in PAGES if page not in SWARM])
def test_a_page(page_program, capsys, page):
    if lacks(page_program.client, page):
        pytest.skip(lacks(page_program.client, page))
    page_program.run(page, blocks_of(read(page)))
    assert_shows(capsys, page)
    assert page_program.things() == page_program.before


@pytest.mark.parametrize('page', SWARM)
def test_a_page_about_swarm_mode(page_program, capsys, page):
    with prepared_for_swarm(page_program.client):
        containers = page_program.things()['containers']
        page_program.run(page, blocks_of(read(page)))
        assert_shows(capsys, page)
        with pytest.raises(docker.APIError):
            page_program.client.services()
        wait_for(lambda: page_program.things()['containers'] == containers,
                 'the containers of the tasks are removed')
    remove_address()


def test_each_page_has_examples():
    assert len(HEADINGS) == len(set(HEADINGS)) and set(SWARM) <= set(PAGES)
    assert set(OUTPUT) | set(SINCE) <= set(HEADINGS + PAGES)
    assert sum(len(blocks) for _, blocks in CHAPTERS) >= 40
    assert sum(len(blocks_of(read(page))) for page in PAGES) >= 140


@pytest.mark.parametrize('page', PAGES)
def test_a_page_stands_alone(page):
    first = blocks_of(read(page))[0][1]
    assert 'import docker' in first
