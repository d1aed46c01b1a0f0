"""The ssh agents that a build may use: those of the user, and private ones that hold key files.

A build lists keys and has them sign; nothing else reaches an agent (docker.buildkit.ssh). Keys in files are
held by OpenSSH's own `ssh-agent`, one for each id, as Python has no such cryptography: a process with a
socket in a folder of its own, which a shell ends when it reads a line or the end of a pipe. So it also ends
with a Python that is killed.
"""

from collections import namedtuple
import errno
import os
import shutil
import stat
import subprocess
import tempfile
import time

import six
from six.moves import collections_abc

from docker.build_secrets import check_mount_id, shown_id
from docker.buildkit import messages, services
from docker.buildkit.grpc import INTERNAL, UNAVAILABLE, CallFailed
from docker.buildkit.protobuf import encode
from docker.buildkit.ssh import REFUSAL, AgentMessages, is_permitted
from docker.compat import (
    decode_path, encode_path, from_path, monotonic, own_session, to_native_path,
    to_native_string)
from docker.errors import EngineUnreachable
from docker.transport.unix import UnixEndpoint
from docker.validation import check_text, is_absent, is_list, is_text

_TAKES = ("ssh takes 'default' (the agent of SSH_AUTH_SOCK), a dict of ids to the path of an agent's socket, "
          "to the path of a key file or a list of them, or to None for SSH_AUTH_SOCK; or texts such as "
          "'id=/path'")
# What a path of a Unix socket may have.
_MAX_SOCKET_PATH = 107
_CONNECT_SECONDS = 10
_START_SECONDS = 10
_PAUSE_SECONDS = 0.01
_BLOCK_SIZE = 64 * 1024
# No private key in text is as short as a path.
_MAX_SHOWN = 200

# Runs in a session of its own, which signals of a terminal do not reach. The agent cannot refuse to end.
_HOLD = r'''
command -v ssh-agent >/dev/null && command -v ssh-add >/dev/null || exit 127
ssh-agent -D -a "$1/agent" </dev/null >/dev/null 2>&1 &
agent=$!
read -r line
kill -KILL "$agent"
wait "$agent"
rm -f "$1/agent"
rmdir "$1"
'''

_AgentSocket = namedtuple('_AgentSocket', 'path')
_KeyFiles = namedtuple('_KeyFiles', 'paths')


def convert_ssh(value):
    """Return what a build uses as ssh agents, a dict of ids to sources, which `SshAgents` takes.

    Nothing is started. That an agent listens on each socket is tested.

    :param value: ``'default'`` or True: the agent of SSH_AUTH_SOCK; a dict of ids to the path of an agent's
        socket, the path of a key file, a list of key files, or None for SSH_AUTH_SOCK; or a text as the
        docker command takes it, ``'id'`` or ``'id=/path,/path'``, or a list of these. None is none.
    :raises TypeError: for anything else.
    :raises ValueError: for an id that engines do not take, a path that is no socket and no private key file,
        a key file that others may read, and a socket on which no agent listens.
    :raises OSError: for a file that does not exist or cannot be read (IOError on Python 2.7).
    """
    sources = {}
    for agent_id, paths in _agents_in(value):
        agent_id = check_mount_id(agent_id, 'ssh')
        if agent_id in sources:
            raise ValueError('ssh has {0} twice'.format(shown_id(agent_id)))
        sources[agent_id] = _source_of_agent(agent_id, paths)
    return sources


class SshAgents(object):
    """The ssh agents of a build, while it lasts: a context manager, which closes them.

    Private agents are started and get their keys before this returns.

    :param sources: what `convert_ssh` has returned.
    :raises ValueError: for a key file with a passphrase, one that holds no key, and when there is no
        ssh-agent.
    """

    def __init__(self, sources):
        self._private = []
        self._paths = {}
        try:
            for agent_id, source in sorted(sources.items()):
                if isinstance(source, _KeyFiles):
                    self._private.append(_PrivateAgent())
                    for path in source.paths:
                        self._private[-1].add(agent_id, path)
                    self._paths[agent_id] = self._private[-1].path
                else:
                    self._paths[agent_id] = source.path
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def methods(self):
        """Return the methods that a session offers for them."""
        return services.ssh(set(self._paths), self._forward)

    def close(self):
        """End the private agents. Closing a second time does nothing."""
        while self._private:
            self._private.pop().close()

    def _forward(self, agent_id, call):
        try:
            sock = _connected(self._paths[agent_id])
        except EngineUnreachable as error:
            six.raise_from(CallFailed(UNAVAILABLE, u'ssh agent {0} cannot be reached: {1}'.format(
                agent_id, _cause_in_words(error))), None)
        try:
            call.shut_down_at_end(sock)
            _forward_messages(agent_id, call, sock)
        finally:
            call.shut_down_at_end(None)
            sock.close()


def _forward_messages(agent_id, call, sock):
    """Pass on the requests of a call that are permitted, one at a time, each with its response."""
    requests, responses = AgentMessages(), AgentMessages()
    for received in call:
        for request in requests.feed(services.decoded(received, messages.BYTES_MESSAGE)['data']):
            response = _response_of(agent_id, sock, request, responses) if is_permitted(request) else REFUSAL
            call.send(encode({'data': response}, messages.BYTES_MESSAGE))


def _response_of(agent_id, sock, request, responses):
    try:
        sock.sendall(request)
        while True:
            # Its user may have to confirm, without a limit. A call that is over shuts it down.
            received = sock.recv(_BLOCK_SIZE)
            if not received:
                break
            complete = responses.feed(received)
            if len(complete) > 1:
                raise CallFailed(INTERNAL, u'ssh agent {0} has sent several responses to one request'.format(
                    agent_id))
            if complete:
                return complete[0]
    except EnvironmentError:
        pass
    raise CallFailed(UNAVAILABLE, u'ssh agent {0} has closed the connection'.format(agent_id))


class _PrivateAgent(object):
    """An ssh-agent of a build."""

    _shell = None

    def __init__(self):
        self._folder = _new_folder()
        self._socket = os.path.join(self._folder, 'agent')
        self.path = decode_path(self._socket)
        self._owner = os.getpid()
        try:
            with open(os.devnull, 'wb') as devnull:
                self._shell = subprocess.Popen(
                    ['/bin/sh', '-c', _HOLD, 'sh', self._folder], bufsize=0, close_fds=True, cwd='/',
                    stdin=subprocess.PIPE, stdout=devnull, stderr=devnull, **own_session())
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        try:
            _close_on_exec(self._shell.stdin)
            self._wait()
        except BaseException:
            self.close()
            raise

    def add(self, agent_id, path):
        """Load the key in a file.

        :raises ValueError: when that cannot be done without a passphrase, or the file holds no key.
        """
        status, output = _run_ssh_add(self._socket, path)
        if status == 0:
            return
        if u'Enter passphrase' in output:
            problem = ('has a passphrase: add it to your agent with `ssh-add {0}`, and use that '
                       '(SSH_AUTH_SOCK)'.format(to_native_path(path)))
        else:
            problem = 'cannot be used: {0}'.format(
                to_native_string(u' '.join(output.split())[-_MAX_SHOWN:]) or to_native_path(path))
        raise ValueError('ssh: the key file of {0} {1}'.format(shown_id(agent_id), problem))

    def close(self):
        """End the agent and remove its folder. In a process that was forked this does nothing."""
        if self._shell is None:
            return
        shell, self._shell = self._shell, None
        if self._owner != os.getpid():
            return
        try:
            shell.stdin.write(b'\n')
        except EnvironmentError:
            pass    # it has ended
        shell.stdin.close()
        shell.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __del__(self):
        # A Popen that is dropped is kept by its module, and with it the pipe.
        if os is not None:
            self.close()

    def _wait(self):
        """Wait until the agent listens."""
        deadline = monotonic() + _START_SECONDS
        while True:
            try:
                return _connected(self.path).close()
            except EngineUnreachable:
                pass
            status = self._shell.poll()
            if status is not None or monotonic() > deadline:
                break
            time.sleep(_PAUSE_SECONDS)
        raise ValueError('ssh: key files take the programs ssh-agent and ssh-add of OpenSSH, which {0}: '
                         'install them, or use the socket of an agent that runs already'.format(
                             'are not in PATH' if status == 127 else 'did not start'))


def _run_ssh_add(agent, path):
    """Run ssh-add, which can ask nobody for a passphrase.

    :param agent: the path of the agent's socket.
    :param path: the path of the key file.
    :returns: its exit status, and its output as text.
    """
    environ = dict((name, value) for name, value in os.environ.items()
                   if name not in ('DISPLAY', 'WAYLAND_DISPLAY', 'SSH_ASKPASS'))
    environ.update(SSH_AUTH_SOCK=agent, SSH_ASKPASS_REQUIRE='never', LC_ALL='C')
    with open(os.devnull, 'rb') as devnull:
        program = subprocess.Popen(['ssh-add', '-q', path], env=environ, stdin=devnull, close_fds=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **own_session())
    try:
        output = program.communicate()[0]
    except BaseException:
        program.kill()
        program.communicate()
        raise
    return program.returncode, output.decode('utf-8', 'replace')


def _new_folder():
    """Return the path of a new folder that only this user can enter, short enough for a socket in it."""
    folder = tempfile.mkdtemp(prefix='docker-ssh-')
    if len(encode_path(os.path.join(folder, 'agent'))) > _MAX_SOCKET_PATH:
        os.rmdir(folder)
        folder = tempfile.mkdtemp(prefix='docker-ssh-', dir='/tmp')
    return folder


def _close_on_exec(pipe):
    """Let no program that is started hold a pipe: on Python 2.7 each would."""
    import fcntl
    fcntl.fcntl(pipe, fcntl.F_SETFD, fcntl.fcntl(pipe, fcntl.F_GETFD) | fcntl.FD_CLOEXEC)


def _agents_in(value):
    """Yield each id and its paths: a list of text, or None for SSH_AUTH_SOCK."""
    if isinstance(value, collections_abc.Mapping):
        for agent_id, paths in value.items():
            yield agent_id, paths
    elif value is True:
        yield u'default', None
    elif is_text(value) or is_list(value):
        for item in [value] if is_text(value) else value:
            if not is_text(item):
                raise TypeError('{0}, not one with a value of type {1}'.format(_TAKES, type(item).__name__))
            agent_id, _, paths = check_text(item, 'ssh').partition(u'=')
            if u'/' in agent_id:
                raise ValueError('{0}: a path needs an id before it'.format(_TAKES))
            yield agent_id, paths.split(u',') if paths else None
    elif value is not None:
        raise TypeError('{0}, not a value of type {1}'.format(_TAKES, type(value).__name__))


def _source_of_agent(agent_id, paths):
    if is_absent(paths) or paths is True:
        path = os.environ.get('SSH_AUTH_SOCK')
        if not path:
            raise ValueError('ssh: {0} takes the agent of SSH_AUTH_SOCK, which is not set: start one with '
                             '`eval $(ssh-agent)` and `ssh-add`, or give key files'.format(
                                 shown_id(agent_id)))
        return _checked_socket(agent_id, os.path.abspath(encode_path(path)))
    paths = [_checked_path(agent_id, path) for path in (paths if is_list(paths) else [paths])]
    kinds = [stat.S_IFMT(os.stat(path).st_mode) for path in paths]
    if kinds == [stat.S_IFSOCK]:
        return _checked_socket(agent_id, paths[0])
    if not paths or set(kinds) != set([stat.S_IFREG]):
        raise ValueError('ssh takes for {0} one socket of an agent, or files with private keys'.format(
            shown_id(agent_id)))
    for path in paths:
        _check_key_file(agent_id, path)
    return _KeyFiles(paths)


def _checked_path(agent_id, path):
    """Return a path that exists as absolute bytes."""
    path = from_path(path)
    if not is_text(path):
        raise TypeError('ssh takes for {0} the path of a socket, the path of a key file or a list of these, '
                        'or None, not a value of type {1}'.format(shown_id(agent_id), type(path).__name__))
    number = errno.ENOENT
    try:
        encoded = os.path.abspath(encode_path(path))
        os.stat(encoded)
        return encoded
    except EnvironmentError as error:
        number = error.errno
    except (TypeError, ValueError):
        path = u'\n'    # text that no path is
    hint = '; use os.path.expanduser()' if path.startswith('~') else ''
    text = 'ssh: the file of {0} cannot be used: {1}{2}'.format(
        shown_id(agent_id), os.strerror(number), hint)
    # It may be a private key that was put in the wrong place.
    if len(path) <= _MAX_SHOWN and '\n' not in path:
        raise IOError(number, text, to_native_string(path))
    raise IOError(errno.ENOENT, text)


def _checked_socket(agent_id, path):
    shown = to_native_path(path)
    if len(path) > _MAX_SOCKET_PATH:
        raise ValueError('ssh: the path of the socket of {0} has more than {1} bytes: {2}'.format(
            shown_id(agent_id), _MAX_SOCKET_PATH, shown))
    try:
        _connected(decode_path(path)).close()
    except EngineUnreachable as error:
        six.raise_from(ValueError('ssh: no agent listens for {0} at {1}: {2}'.format(
            shown_id(agent_id), shown, to_native_string(_cause_in_words(error)))), None)
    return _AgentSocket(decode_path(path))


def _check_key_file(agent_id, path):
    status = os.stat(path)
    if not _has_private_key(agent_id, path):
        problem = 'holds no private key: {0}'
    # As OpenSSH has it.
    elif status.st_uid == os.getuid() and status.st_mode & 0o077:
        problem = 'can be used by others, and OpenSSH then refuses it: `chmod 600 {0}`'
    else:
        return
    raise ValueError('ssh: the key file of {0} {1}'.format(
        shown_id(agent_id), problem.format(to_native_path(path))))


def _has_private_key(agent_id, path):
    try:
        with open(path, 'rb') as opened:
            return b'PRIVATE KEY-----' in opened.read(_BLOCK_SIZE)
    except EnvironmentError as error:
        six.raise_from(IOError(error.errno, 'ssh: the file of {0} cannot be used: {1}'.format(
            shown_id(agent_id), os.strerror(error.errno)), to_native_path(path)), None)


def _connected(path):
    return UnixEndpoint(path).connect(timeout=_CONNECT_SECONDS)


def _cause_in_words(error):
    return to_native_string(os.strerror(error.errno) if error.errno else 'no connection')
