"""A Client at a real prompt: that of Python, on a terminal, and that of IPython."""

import os
import select
import subprocess
import sys

import pytest
import requests
import six

import docker
from tests.server import as_json

PATIENCE = 10
SESSION = set(dir(requests.Session)).union(requests.Session.__attrs__)
DOCUMENTED = {'auth', 'cert', 'close', 'cookies', 'headers', 'hooks', 'proxies', 'verify'}
ENVIRONMENT = dict(os.environ, PYTHONPATH=os.pathsep.join(sys.path), PYTHONSTARTUP='', TERM='dumb',
                   PYTHON_BASIC_REPL='1', INPUTRC=os.devnull, PYTHON_COLORS='0', NO_COLOR='1')
NO_SUCH = as_json({'message': 'No such container: web\nIt is gone.'}, 404)
VERSION = as_json({'ApiVersion': '1.6'})


class Prompt(object):
    """A Python on a terminal of its own, at its prompt.

    :param url: the address of the engine of `client`.
    """

    def __init__(self, url):
        pty = pytest.importorskip('pty')
        self.terminal, other = pty.openpty()
        self.process = subprocess.Popen([sys.executable, '-i'], stdin=other, stdout=other, stderr=other,
                                        env=ENVIRONMENT, close_fds=True)
        os.close(other)
        self.read()
        self.enter('import docker, readline, rlcompleter; readline.parse_and_bind("tab: complete")')
        self.enter('client = docker.Client({0!r})'.format(url))

    def read(self, end='>>> '):
        """Return what is shown until a text comes."""
        shown = b''
        while not shown.endswith(end.encode('ascii')):
            assert select.select([self.terminal], [], [], PATIENCE)[0], shown
            shown += os.read(self.terminal, 65536)
        return shown.decode('utf-8').replace('\r\n', '\n')

    def write(self, text):
        os.write(self.terminal, text.encode('ascii'))

    def enter(self, line):
        """Return what is shown after a line, without the line and the next prompt."""
        self.write(line + '\n')
        return self.read('\n>>> ').rpartition('\n')[0].partition('\n')[2]

    def complete(self, beginning):
        """Return the names that a tab lists."""
        self.write(beginning + '\t\t')
        shown = self.read('\n>>> ' + beginning)
        return shown.split('\n', 1)[1].rpartition('\n')[0].replace('(', ' ').replace(')', ' ').split()

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.terminal)


@pytest.fixture
def prompt(server):
    pytest.importorskip('readline')
    prompt = Prompt(server.url)
    yield prompt
    prompt.close()


def test_a_mistake_is_one_line(prompt, server):
    server.respond(VERSION, NO_SUCH)
    shown = prompt.enter('client.inspect_container("web")').splitlines()
    assert shown[0] == 'Traceback (most recent call last):' and 'During' not in '\n'.join(shown)
    assert shown[-1] == ('docker.errors.NotFound: 404 Client Error: Not Found for GET /containers/web/json '
                         '("No such container: web It is gone.")')
    assert prompt.enter('client.delete("web")').splitlines()[-1].endswith(
        "delete() is of requests.Session and takes a URL, not 'web': did you mean remove_container(), "
        "remove_image(), remove_network() or remove_volume()?")
    assert prompt.enter('client.ps').splitlines()[-1] == (
        "AttributeError: 'Client' object has no attribute 'ps': containers() lists containers")
    shown = prompt.enter('client.stop("web", tiemout=5)').splitlines()
    meant = ': did you mean timeout?' if six.PY3 else ''
    assert shown[-1] == "TypeError: stop() got an unexpected keyword argument 'tiemout'" + meant


def test_a_login_that_is_known_shows_no_password(prompt, server):
    server.respond(VERSION, as_json({'Status': 'Login Succeeded'}))
    prompt.enter('client.login("me", "sesame")')
    shown = prompt.enter('client.login("me", "sesame")')
    assert "'password': '********'" in shown and 'sesame' not in shown
    assert prompt.enter('print(client.login("me")["password"])') == 'sesame'


def test_completion(prompt):
    calls = prompt.complete('client.create_con')
    assert sorted(call.rpartition('.')[2] for call in calls) == [
        'create_config', 'create_container', 'create_container_config', 'create_container_from_config']


IPYTHON = '''
import docker, requests
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.user_ns['client'] = docker.Client('unix:///missing.sock')
{0}
print(' '.join(names))
'''
WITH_JEDI = '''
from IPython.core.completer import provisionalcompleter
shell.Completer.use_jedi = True
with provisionalcompleter():
    names = [item.text.lstrip('.') for item in shell.Completer.completions('client.', 7)]
'''
WITHOUT_JEDI = '''
if hasattr(shell.Completer, 'use_jedi'):
    shell.Completer.use_jedi = False
names = [name.rpartition('.')[2] for name in shell.complete('client.')[1]]
'''


def run(code, tmpdir):
    return subprocess.check_output([sys.executable, '-W', 'ignore', '-c', code],
                                   env=dict(ENVIRONMENT, IPYTHONDIR=str(tmpdir))).decode('ascii')


def test_completion_of_ipython_with_jedi(tmpdir):
    pytest.importorskip('IPython', minversion='7')
    pytest.importorskip('jedi')
    names = run(IPYTHON.format(WITH_JEDI), tmpdir).split()
    assert 'create_container' in names and 'api_version' in names
    assert SESSION.intersection(names) == DOCUMENTED


def test_completion_of_ipython_without_jedi(tmpdir):
    pytest.importorskip('IPython')
    names = run(IPYTHON.format(WITHOUT_JEDI), tmpdir).split()
    # What the class has is listed in addition.
    assert 'create_container' in names and 'api_version' in names and 'adapters' not in names


def test_a_mistake_in_ipython_is_one_line(server, tmpdir):
    pytest.importorskip('IPython')
    server.respond(VERSION, NO_SUCH, as_json({'Status': 'Login Succeeded'}))
    lines = ['import docker', 'client = docker.Client({0!r})'.format(server.url),
             'client.inspect_container("web")', 'client.creat_container', 'client.login("me", "sesame")',
             'client.login("me")', 'client.close()', '']
    shown = subprocess.Popen(
        [sys.executable, '-m', 'IPython', '--simple-prompt', '--no-banner', '--colors=NoColor',
         '--no-confirm-exit'],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env=dict(ENVIRONMENT, IPYTHONDIR=str(tmpdir))).communicate('\n'.join(lines).encode('ascii'))[0]
    shown = shown.decode('utf-8').splitlines()
    assert ('NotFound: 404 Client Error: Not Found for GET /containers/web/json '
            '("No such container: web It is gone.")') in shown
    assert ("AttributeError: 'Client' object has no attribute 'creat_container': did you mean "
            'create_container?') in shown
    known = [line for line in shown if "'password'" in line]
    assert known and all("'********'" in line for line in known)
    assert not any('During handling' in line for line in shown)


# dir()

def test_dir_lists_the_calls_and_what_is_documented_of_a_session(server):
    client = docker.Client(server.url)
    listed = [name for name in dir(client) if not name.startswith('_')]
    assert SESSION.intersection(listed) == DOCUMENTED
    calls = [name for room in docker.Client.__bases__ for name in vars(room) if not name.startswith('_')]
    assert set(calls) < set(listed)
    assert set(listed) - set(calls) - DOCUMENTED == {'api_version', 'base_url', 'from_env', 'timeout'}
    assert [name for name in dir(client) if not hasattr(client, name)] == []
    assert listed == sorted(listed) and 'get_adapter' in dir(docker.Client)
    client.close()


def test_dir_lists_what_a_program_adds(server):
    class Client(docker.Client):
        mine = 1

        def deploy(self):
            pass

        def _private(self):
            pass

    client = Client(server.url)
    client.label = 'x'
    assert {'mine', 'deploy', '_private', 'label', 'create_container', '_url', '__enter__'} < set(dir(client))
    assert 'label' not in dir(docker.Client(server.url))
    client.close()
