# coding: utf-8
"""docker.ssh_agents: with real agents and keys of OpenSSH, with agents that misbehave, and how they end."""

import base64
import gc
import glob
import io
import os
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time

import pytest
import six

from docker import ssh_agents
from docker.buildkit import messages
from docker.buildkit.grpc import INVALID_ARGUMENT, UNAVAILABLE, CallFailed
from docker.buildkit.protobuf import decode, encode
from docker.buildkit.ssh import REFUSAL
from docker.ssh_agents import SshAgents, convert_ssh

PASSPHRASE = 'of the tests'
LIST = struct.pack('>LB', 1, 11)


def has_openssh():
    folders = os.environ['PATH'].split(os.pathsep)
    return all(any(os.access(os.path.join(folder, program), os.X_OK) for folder in folders)
               for program in ('ssh-agent', 'ssh-add', 'ssh-keygen'))


pytestmark = pytest.mark.skipif(not has_openssh() and not os.environ.get('CI'),
                                reason='no OpenSSH: ssh-agent, ssh-add and ssh-keygen')


@pytest.fixture(scope='module')
def keys(tmp_path_factory):
    """A folder with private keys."""
    folder = tmp_path_factory.mktemp('keys')
    for name, passphrase, kind in (
            ('one', '', ['ed25519']), ('two', '', ['ecdsa']), ('other-\xe4', '', ['ed25519']),
            ('locked', PASSPHRASE, ['ed25519']), ('locked.pem', PASSPHRASE, ['rsa', '-m', 'PEM'])):
        subprocess.check_call(['ssh-keygen', '-q', '-N', passphrase, '-f', str(folder / name), '-t'] + kind)
    return folder


@pytest.fixture
def agent(tmp_path_factory, keys, monkeypatch):
    """The path of the socket of the user's agent, which has the key `one`. SSH_AUTH_SOCK is not set."""
    monkeypatch.delenv('SSH_AUTH_SOCK', raising=False)
    path = os.path.join(tempfile.mkdtemp(prefix='tests-'), 'agent')
    with open(os.devnull, 'wb') as devnull:
        process = subprocess.Popen(['ssh-agent', '-D', '-a', path], stdout=devnull)
    try:
        until(lambda: listens(path))
        subprocess.check_call(['ssh-add', '-q', str(keys / 'one')], env=dict(os.environ, SSH_AUTH_SOCK=path))
        yield path
    finally:
        process.terminate()
        process.wait()
        os.rmdir(os.path.dirname(path))


@pytest.fixture
def folders(tmp_path_factory, monkeypatch):
    """A function: the folders of private agents that are there, and the processes that have them."""
    base = tempfile.mkdtemp(prefix='t')
    monkeypatch.setattr(tempfile, 'tempdir', base)

    def find():
        return os.listdir(base), processes_with(base)
    yield find
    monkeypatch.undo()
    until(lambda: find() == ([], []))
    os.rmdir(base)


def until(condition):
    """Wait until a condition holds, which processes bring about that have no event for it."""
    deadline = time.time() + 30
    while not condition():
        assert time.time() < deadline
    return condition()


def listens(path):
    """Return whether something listens on a socket, which is there a moment before."""
    sock = socket.socket(socket.AF_UNIX)
    try:
        sock.connect(path)
        return True
    except EnvironmentError:
        return False
    finally:
        sock.close()


def processes_with(text):
    """Return the ids of the processes with a text in their command."""
    found = []
    for path in glob.glob('/proc/[0-9]*/cmdline'):
        try:
            with open(path, 'rb') as opened:
                if text.encode('ascii') in opened.read():
                    found.append(int(path.split('/')[2]))
        except EnvironmentError:
            pass    # it has ended in the meantime
    return found


class FakeCall(object):
    """A call of the engine: bytes that a build sends to an agent, in pieces, and what it receives."""

    def __init__(self, pieces, agent_id=u'default'):
        self.pieces = list(pieces)
        self.metadata = {u'buildkit.ssh.id': [agent_id]}
        self.sent = []
        self.sock = None
        self.has_sock = threading.Event()

    def receive(self):
        return encode({'data': self.pieces.pop(0)}, messages.BYTES_MESSAGE) if self.pieces else None

    def __iter__(self):
        return iter(self.receive, None)

    def send(self, message):
        self.sent.append(decode(message, messages.BYTES_MESSAGE)['data'])

    def shut_down_at_end(self, sock):
        self.is_released = sock is None
        if self.is_released:
            assert self.sock.fileno() >= 0, 'it is closed while another thread may shut it down'
            return
        self.sock = sock
        self.has_sock.set()


def forward(agents, *pieces, **options):
    """Return what a build receives that sends these pieces to an agent."""
    call = FakeCall(pieces, **options)
    agents.methods()[messages.FORWARD_AGENT](call)
    assert call.is_released and (call.sock.fileno() == -1 if six.PY3 else True)
    return call.sent


def public_key(path):
    with open(str(path) + '.pub') as opened:
        return base64.b64decode(opened.read().split()[1])


def text(value):
    return struct.pack('>L', len(value)) + value


def sign_request(key):
    body = b'\x0d' + text(key) + text(b'data to sign') + struct.pack('>L', 0)
    return text(body)


def listed(agents, **options):
    """Return the public keys that an agent lists to a build."""
    response, = forward(agents, LIST, **options)
    body = bytearray(response)
    assert body[4] == 12
    count, position, found = struct.unpack_from('>L', response, 5)[0], 9, []
    for _ in range(count):
        fields = []
        for _ in range(2):
            size, = struct.unpack_from('>L', response, position)
            fields.append(response[position + 4:position + 4 + size])
            position += 4 + size
        found.append(fields[0])
    return found


# Forms

DEFAULT = [lambda path: 'default', lambda path: True, lambda path: {'default': None},
           lambda path: {u'default': True}, lambda path: ['default'], lambda path: {'default': path},
           lambda path: {'default': [path]}, lambda path: 'default=' + path,
           lambda path: ('default=' + path, )]


@pytest.mark.parametrize('form', DEFAULT)
def test_the_agent_of_the_user(agent, keys, monkeypatch, form, folders):
    monkeypatch.setenv('SSH_AUTH_SOCK', agent)
    with SshAgents(convert_ssh(form(agent))) as agents:
        assert listed(agents) == [public_key(keys / 'one')]
        assert folders() == ([], [])


KEY_FILES = [lambda path: {'github': path}, lambda path: {u'github': [path]}, lambda path: 'github=' + path,
             lambda path: ['github=' + path], lambda path: {'github': set([path])}]


@pytest.mark.parametrize('form', KEY_FILES)
def test_key_files(keys, form, folders):
    path = str(keys / 'two')
    sources = convert_ssh(form(path))
    assert folders() == ([], [])
    with SshAgents(sources) as agents:
        assert listed(agents, agent_id=u'github') == [public_key(path)]
        names, processes = folders()
        assert len(names) == 1 and len(processes) == 2
        assert all(os.getsid(process) != os.getsid(0) for process in processes)
        folder = os.path.join(tempfile.gettempdir(), names[0])
        assert os.stat(folder).st_mode & 0o777 == 0o700
        agents.close()
        assert folders() == ([], [])
    with pytest.raises(CallFailed):
        forward(agents, LIST)


def test_several_ids(keys, agent, folders):
    one, two, other = [str(keys / name) for name in ('one', 'two', 'other-\xe4')]
    with SshAgents(convert_ssh({'a': [one, two], u'b-\xe4': other, 'c': agent})) as agents:
        assert listed(agents, agent_id=u'a') == [public_key(one), public_key(two)]
        assert listed(agents, agent_id=u'b-\xe4') == [public_key(other)]
        assert listed(agents, agent_id=u'c') == [public_key(one)]
        assert len(folders()[0]) == 2
    with SshAgents(convert_ssh(['a={0},{1}'.format(one, two)])) as agents:
        assert listed(agents, agent_id=u'a') == [public_key(one), public_key(two)]


def test_a_path_in_the_current_folder(keys, monkeypatch, folders):
    monkeypatch.chdir(str(keys))
    with SshAgents(convert_ssh({'default': 'one'})) as agents:
        assert listed(agents) == [public_key(keys / 'one')]


@pytest.mark.parametrize('value', [None, {}, []])
def test_none(value):
    assert convert_ssh(value) == {}


def test_a_long_folder_of_temporary_files(keys, tmp_path, monkeypatch):
    folder = str(tmp_path / ('x' * 100))
    os.mkdir(folder)
    monkeypatch.setattr(tempfile, 'tempdir', folder)
    with SshAgents(convert_ssh({'default': str(keys / 'one')})) as agents:
        assert listed(agents) == [public_key(keys / 'one')]
    assert os.listdir(folder) == []


# What is refused

def failure(kind, value):
    """Return the text of an error of `convert_ssh`, or of the agents."""
    with pytest.raises(kind) as caught:
        SshAgents(convert_ssh(value)).close()
    assert str(caught.value).count('ssh')
    return str(caught.value)


@pytest.mark.parametrize('value', [False, 1, 1.5, object(), [None], [['default']], {'default': 1},
                                   {'default': [1]}, {'default': {}}, {1: '/a'}, {None: None}] +
                         ([b'default', {'default': b'/a'}] if six.PY3 else []),
                         ids=lambda value: type(value).__name__)
def test_other_types(value):
    assert failure(TypeError, value).startswith('ssh takes ')


def test_no_agent(monkeypatch, tmp_path):
    for value in ('default', True, {'github': None}, ['a']):
        for setting in (None, ''):
            monkeypatch.setenv('SSH_AUTH_SOCK', setting) if setting is not None else monkeypatch.delenv(
                'SSH_AUTH_SOCK', raising=False)
            assert 'SSH_AUTH_SOCK, which is not set' in failure(ValueError, value)
    path = str(tmp_path / 'none')
    monkeypatch.setenv('SSH_AUTH_SOCK', path)
    assert failure(ValueError, True) == (
        "ssh: no agent listens for 'default' at {0}: No such file or directory".format(path))


def test_a_socket_on_which_nobody_listens(monkeypatch):
    folder = tempfile.mkdtemp()
    path = os.path.join(folder, 'agent')
    sock = socket.socket(socket.AF_UNIX)
    sock.bind(path)
    sock.close()
    assert failure(ValueError, {'default': path}) == (
        "ssh: no agent listens for 'default' at {0}: Connection refused".format(path))
    os.unlink(path)
    os.rmdir(folder)


def test_a_socket_with_a_long_path(monkeypatch):
    monkeypatch.setenv('SSH_AUTH_SOCK', '/tmp/' + 'x' * 103)
    assert 'has more than 107 bytes' in failure(ValueError, 'default')


@pytest.mark.parametrize('value', [
    u'', [u''], {'': None}, {'a,b': None}, 'a\n', '/home/me/.ssh/id', 'a/b=/path', {'default': []},
    {'a': '/'}],
    ids=repr)
def test_other_values(value, agent, monkeypatch):
    monkeypatch.setenv('SSH_AUTH_SOCK', agent)
    assert failure(ValueError, value).startswith('ssh takes ')


def test_the_same_id_twice(keys, agent, monkeypatch):
    monkeypatch.setenv('SSH_AUTH_SOCK', agent)
    assert failure(ValueError, ['a', 'a=' + str(keys / 'one')]) == "ssh has 'a' twice"


def test_sockets_and_key_files_are_not_mixed(keys, agent, tmp_path):
    os.mkfifo(str(tmp_path / 'pipe'))
    for paths in ([agent, str(keys / 'one')], [agent, agent], str(tmp_path), str(tmp_path / 'pipe')):
        assert failure(ValueError, {'x': paths}) == (
            "ssh takes for 'x' one socket of an agent, or files with private keys")


def test_a_key_file_that_does_not_exist():
    with pytest.raises(EnvironmentError) as caught:
        convert_ssh({'default': '/nonexistent/id'})
    assert caught.value.filename == '/nonexistent/id' and "ssh: the file of 'default'" in str(caught.value)
    with pytest.raises(EnvironmentError, match='expanduser') as caught:
        convert_ssh({'default': '~/id'})


@pytest.mark.parametrize('end', ['', '\0', u'\ud800'], ids=['plain', 'nul', 'surrogate'])
def test_a_key_in_place_of_a_path_is_not_shown(keys, end):
    with io.open(str(keys / 'one'), encoding='ascii') as opened:
        content = opened.read()
    for value in (content, content.replace(u'\n', u'')):
        with pytest.raises(EnvironmentError) as caught:
            convert_ssh({'default': value + end})
        error = caught.value
        while error is not None:
            shown = str(error) + repr(error) + str(getattr(error, 'filename', ''))
            assert not any(line in shown for line in content.splitlines())
            error = getattr(error, '__context__', None)


def test_a_key_file_that_others_may_read(keys, tmp_path):
    path = tmp_path / 'key'
    path.write_bytes((keys / 'one').read_bytes())
    path.chmod(0o640)
    assert failure(ValueError, {'default': str(path)}) == (
        "ssh: the key file of 'default' can be used by others, and OpenSSH then refuses it: "
        '`chmod 600 {0}`'.format(path))


def test_a_file_without_a_private_key(keys, tmp_path):
    path = tmp_path / 'key.pub'
    path.write_bytes((keys / 'one.pub').read_bytes())
    path.chmod(0o644)
    assert failure(ValueError, {'default': str(path)}) == (
        "ssh: the key file of 'default' holds no private key: {0}".format(path))


def test_a_key_file_that_cannot_be_read():
    with pytest.raises(EnvironmentError) as caught:
        convert_ssh({'default': '/proc/self/mem'})
    assert caught.value.filename == '/proc/self/mem'
    assert "ssh: the file of 'default' cannot be used: Input/output error" in str(caught.value)


@pytest.mark.parametrize('name', ['locked', 'locked.pem'])
def test_a_key_with_a_passphrase(keys, folders, monkeypatch, tmp_path, name):
    # What would ask for it, and say that it was asked.
    program = tmp_path / 'ask'
    program.write_text(u'#!/bin/sh\ntouch {0}/asked\necho {1}\n'.format(tmp_path, PASSPHRASE))
    program.chmod(0o700)
    monkeypatch.setenv('SSH_ASKPASS', str(program))
    monkeypatch.setenv('SSH_ASKPASS_REQUIRE', 'force')
    monkeypatch.setenv('DISPLAY', ':9')
    path = str(keys / name)
    assert failure(ValueError, {'a': str(keys / 'one'), 'b': [str(keys / 'two'), path]}) == (
        "ssh: the key file of 'b' has a passphrase: add it to your agent with `ssh-add {0}`, and use that "
        '(SSH_AUTH_SOCK)'.format(path))
    assert not (tmp_path / 'asked').exists() and folders() == ([], [])


def test_a_key_file_that_is_damaged(keys, tmp_path, folders):
    path = tmp_path / 'key'
    content = (keys / 'one').read_bytes()
    path.write_bytes(content[:100] + content[140:])
    path.chmod(0o600)
    shown = failure(ValueError, {'default': str(path)})
    assert shown.startswith("ssh: the key file of 'default' cannot be used: ") and str(path) in shown
    assert '\n' not in shown and folders() == ([], [])


@pytest.mark.parametrize('missing', ['ssh-agent', 'ssh-add'])
def test_without_openssh(keys, tmp_path, monkeypatch, folders, missing):
    for name in {'ssh-agent', 'ssh-add'} - {missing}:
        os.symlink('/bin/true', str(tmp_path / name))
    for name in ('sh', 'rm', 'rmdir'):
        os.symlink('/bin/' + name, str(tmp_path / name))
    sources = convert_ssh({'default': str(keys / 'one')})
    monkeypatch.setenv('PATH', str(tmp_path))
    with pytest.raises(ValueError, match='ssh-agent and ssh-add of OpenSSH, which are not in PATH: install'):
        SshAgents(sources)
    assert folders() == ([], [])


def test_an_agent_that_does_not_start(keys, tmp_path, monkeypatch, folders):
    monkeypatch.setattr(ssh_agents, '_START_SECONDS', 0.2)
    sources = convert_ssh({'default': str(keys / 'one')})
    os.symlink('/bin/false', str(tmp_path / 'ssh-agent'))
    monkeypatch.setenv('PATH', str(tmp_path) + os.pathsep + os.environ['PATH'])
    with pytest.raises(ValueError, match='which did not start'):
        SshAgents(sources)
    assert folders() == ([], [])


# What a build may do

@pytest.fixture
def agents(keys, folders):
    with SshAgents(convert_ssh({'default': str(keys / 'one')})) as agents:
        yield agents


def test_listing_and_signing(agents, keys):
    key = public_key(keys / 'one')
    listed_, signed = forward(agents, LIST, sign_request(key))
    assert key in listed_ and bytearray(signed)[4] == 14 and b'ssh-ed25519' in signed
    # A key that it does not have.
    assert forward(agents, sign_request(public_key(keys / 'two'))) == [REFUSAL]


def test_requests_that_are_cut_and_several_at_once(agents, keys):
    data = LIST + sign_request(public_key(keys / 'one')) + LIST
    whole = forward(agents, data)
    assert [bytearray(response)[4] for response in whole] == [12, 14, 12]
    for pieces in ([data[:3], data[3:8], data[8:]], [data[at:at + 1] for at in range(len(data))],
                   [b'', data, b'', b'\0']):
        # Signatures of this kind are the same each time.
        assert forward(agents, *pieces) == whole


@pytest.mark.parametrize('kind', sorted(set(range(256)) - {11, 13}))
def test_all_else_is_refused_and_does_not_reach_the_agent(kind):
    with FakeAgent(lambda connection: None) as fake:
        assert forward(fake.agents, text(six.int2byte(kind) + b'rest')) == [REFUSAL]
        assert fake.received == b''


def test_keys_are_neither_added_nor_removed(agents, keys):
    remove_all, lock = text(b'\x13'), text(b'\x16' + text(b'password'))
    remove = text(b'\x12' + text(public_key(keys / 'one')))
    responses = forward(agents, remove_all + remove, lock, LIST)
    assert responses[:3] == [REFUSAL] * 3 and public_key(keys / 'one') in responses[3]
    assert listed(agents) == [public_key(keys / 'one')]


@pytest.mark.parametrize('size', [0, 256 * 1024 + 1, 2 ** 32 - 1])
def test_invalid_lengths_end_the_call(agents, size):
    call = FakeCall([LIST, struct.pack('>LB', size, 11)])
    with pytest.raises(CallFailed) as caught:
        agents.methods()[messages.FORWARD_AGENT](call)
    assert caught.value.status == INVALID_ARGUMENT and len(call.sent) == 1


def test_a_message_of_the_engine_that_is_none(agents):
    call = FakeCall([])
    call.receive = lambda: b'\xff'
    with pytest.raises(CallFailed) as caught:
        agents.methods()[messages.FORWARD_AGENT](call)
    assert caught.value.status == INVALID_ARGUMENT


def test_several_calls_at_a_time(agents, keys):
    found = []
    threads = [threading.Thread(target=lambda: found.append(listed(agents))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[public_key(keys / 'one')]] * 8


# Agents that misbehave

class FakeAgent(object):
    """An agent that does what a function does with its connection, after one for the test of its socket."""

    def __init__(self, behave):
        self.folder = tempfile.mkdtemp()
        self.path = os.path.join(self.folder, 'agent')
        self.behave = behave
        self.received = b''
        self.listening = socket.socket(socket.AF_UNIX)
        self.listening.bind(self.path)
        self.listening.listen(5)
        self.thread = threading.Thread(target=self._serve)

    def __enter__(self):
        self.agents = SshAgents(convert_ssh({'default': self.path}))
        self.listening.accept()[0].close()
        self.thread.start()
        return self

    def _serve(self):
        connection = self.listening.accept()[0]
        try:
            self.behave(connection)
            while True:
                data = connection.recv(1000)
                if not data:
                    break
                self.received += data
        except EnvironmentError:
            pass
        connection.close()

    def __exit__(self, *exc_info):
        self.thread.join()
        self.listening.close()
        os.unlink(self.path)
        os.rmdir(self.folder)


def test_an_agent_that_responds_in_pieces():
    response = text(b'\x0c' + b'k' * 200000)

    def behave(connection):
        assert connection.recv(100) == LIST
        for at in range(0, len(response), 50000):
            connection.sendall(response[at:at + 50000])
    with FakeAgent(behave) as fake:
        assert forward(fake.agents, LIST) == [response]


@pytest.mark.parametrize('sent', [b'', b'\0', text(b'\x0c')[:-1]])
def test_an_agent_that_closes(sent):
    def behave(connection):
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_RDWR)
    with FakeAgent(behave) as fake:
        call = FakeCall([LIST])
        with pytest.raises(CallFailed) as caught:
            fake.agents.methods()[messages.FORWARD_AGENT](call)
        assert (caught.value.status, caught.value.text) == (
            UNAVAILABLE, u'ssh agent default has closed the connection')


def test_an_agent_that_responds_twice():
    def behave(connection):
        connection.sendall(text(b'\x0c') * 2)
    with FakeAgent(behave) as fake:
        call = FakeCall([LIST, LIST])
        with pytest.raises(CallFailed, match='ssh agent default has sent several responses to one request'):
            fake.agents.methods()[messages.FORWARD_AGENT](call)
        assert call.sent == []


def test_what_is_no_agent():
    with FakeAgent(lambda connection: connection.sendall(b'HTTP/1.1 400 Bad Request\r\n')) as fake:
        with pytest.raises(CallFailed, match='this is not the protocol of ssh agents'):
            forward(fake.agents, LIST)


def test_an_agent_that_hangs_is_left_when_the_call_is_over():
    with FakeAgent(lambda connection: None) as fake:
        call, ended = FakeCall([LIST]), []

        def serve():
            with pytest.raises(CallFailed):
                fake.agents.methods()[messages.FORWARD_AGENT](call)
            ended.append(True)
        thread = threading.Thread(target=serve)
        thread.start()
        call.has_sock.wait(30)
        call.sock.shutdown(socket.SHUT_RDWR)
        thread.join(30)
        assert ended


def test_an_agent_that_has_ended_since():
    with FakeAgent(lambda connection: None) as fake:
        assert forward(fake.agents) == []
        fake.thread.join()
        fake.listening.close()
        with pytest.raises(CallFailed) as caught:
            forward(fake.agents, LIST)
        assert (caught.value.status, caught.value.text) == (
            UNAVAILABLE, u'ssh agent default cannot be reached: Connection refused')


# How private agents end

def test_an_error_ends_them(keys, folders):
    with pytest.raises(KeyError):
        with SshAgents(convert_ssh({'default': str(keys / 'one')})):
            assert len(folders()[0]) == 1
            raise KeyError()
    assert folders() == ([], [])


def test_one_that_is_dropped_ends(keys, folders):
    agents = SshAgents(convert_ssh({'default': str(keys / 'one')}))
    assert len(folders()[0]) == 1
    del agents
    gc.collect()
    assert folders() == ([], [])


def test_one_whose_shell_or_agent_was_killed_is_closed(keys, folders):
    for sent in (signal.SIGTERM, signal.SIGKILL):
        for index in range(2):
            agents = SshAgents(convert_ssh({'default': str(keys / 'one')}))
            processes = sorted(folders()[1])
            os.kill(processes[index], sent)
            until(lambda: len(running(folders()[1])) < 2)
            agents.close()
            assert folders()[0] == []
            for process in running(folders()[1]):
                os.kill(process, signal.SIGKILL)


def running(processes):
    """Return those of some processes that are no zombies."""
    return [process for process in processes if os.path.exists('/proc/{0}/exe'.format(process))]


KILLED = u'''
import sys
from docker.ssh_agents import SshAgents, convert_ssh
agents = SshAgents(convert_ssh({'default': sys.argv[1]}))
print('ready')
sys.stdout.flush()
sys.stdin.read()
'''


@pytest.mark.parametrize('sent', [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_python_that_is_killed(keys, folders, sent):
    process = subprocess.Popen([sys.executable, '-c', KILLED, str(keys / 'one')], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               env=dict(os.environ, TMPDIR=tempfile.gettempdir(), PYTHONPATH=os.getcwd()))
    assert process.stdout.readline() == b'ready\n'
    assert len(folders()[0]) == 1
    process.send_signal(sent)
    process.communicate()
    until(lambda: folders() == ([], []))


def test_a_program_that_is_started_meanwhile_does_not_keep_it(keys, folders):
    agents = SshAgents(convert_ssh({'default': str(keys / 'one')}))
    program = subprocess.Popen(['sleep', '60'], close_fds=False)
    agents.close()
    assert program.poll() is None and folders() == ([], [])
    program.kill()
    program.wait()


def test_a_process_that_was_forked_does_not_end_it(agents, keys):
    child = os.fork()
    if not child:
        agents.close()
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    assert listed(agents) == [public_key(keys / 'one')]
