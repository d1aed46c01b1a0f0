"""Exec: commands that are run in a running container."""

import time

from docker.config import convert_command, convert_environment
from docker.session import EngineSession
from docker.stream import join_output
from docker.validation import (
    argument_error, check_if_given, check_optional_text, check_path, check_terminal_size, check_text_or_int,
    identifier, without_none)

# How long to wait, in seconds, until an exec instance is inspected again: at first, and at most.
_FIRST_PAUSE, _LONGEST_PAUSE = 0.005, 0.5


class ExecCalls(EngineSession):
    """The calls about exec instances."""

    def exec_create(self, container, cmd, stdout=True, stderr=True, stdin=False, tty=False, privileged=False,
                    user='', environment=None, workdir=None, detach_keys=None):
        """Create an exec instance: a command to be run in a running container. `exec_start` runs it.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param cmd: text, split as a shell does, or a list of words.
        :param stdout: True for its standard output.
        :param stderr: True for its standard error.
        :param stdin: True for its standard input, which `exec_start` with `socket` gives.
        :param tty: True to allocate a terminal.
        :param privileged: True for all capabilities (since API 1.19).
        :param user: who runs it: a name or a number, as text or int, or ``'user:group'``; the container's
            user when it is empty (since API 1.19).
        :param environment: ``{'NAME': 'value'}`` (values as text or int; None sends only the name) or
            ``['NAME=value']``, in addition to the container's (since API 1.25).
        :param workdir: a path in the container, as text or an `os.PathLike` object; the container's working
            directory when it is None (since API 1.35).
        :param detach_keys: the keys that detach from its terminal, as text such as ``'ctrl-p,ctrl-q'``; the
            engine's own when it is None (since API 1.23).
        :returns: a dict: Id.
        :raises docker.errors.NotFound: when there is no such container.
        :raises docker.errors.Conflict: when it is not running, or paused.
        :raises docker.errors.NotSupported: when the engine has no exec, or not one of the arguments.

        `POST /containers/{id}/exec`, since API 1.15

            >>> client.exec_create('web', ['ls', '/srv'])
            {'Id': '...'}
        """
        words = convert_command(cmd, 'cmd')
        if not words:
            raise argument_error(TypeError if cmd is None else ValueError, 'cmd',
                                 'text or a list of text with at least one word', cmd)
        body = without_none({
            'AttachStdin': bool(stdin), 'AttachStdout': bool(stdout), 'AttachStderr': bool(stderr),
            'Tty': bool(tty), 'Cmd': words,
            'Privileged': True if privileged else None,
            'User': check_if_given(check_text_or_int, user, 'user'),
            'Env': convert_environment(environment),
            'WorkingDir': check_if_given(check_path, workdir, 'workdir'),
            'DetachKeys': check_optional_text(detach_keys, 'detach_keys')})
        return self._json(self._post_json(
            self._url('/containers/{0}/exec', identifier(container)), body, stream=True))

    def exec_start(self, exec_id, detach=False, tty=False, stream=False, socket=False, demux=False):
        """Run the command of an exec instance, once.

        :param exec_id: an id, or the dict of `exec_create`.
        :param detach: True to return at once, without output.
        :param tty: True for one with a terminal, to get the terminal's bytes as they are from `socket`.
            Otherwise it need not be given.
        :param stream: True to get the output as it comes.
        :param socket: True for a two-way socket.
        :param demux: True to get standard output and standard error apart.
        :returns: all output as bytes, when the command has ended; ``b''`` with `detach`. With `stream` a
            generator of bytes as they are written, whose `close()` may be called at any time, from any
            thread. With `demux` a tuple of bytes in place of bytes: standard output and standard error, each
            None when there is nothing of it; of a terminal all is standard output. With `socket` a connected
            socket (send, recv, shutdown(SHUT_WR) to end the input) without a timeout, which the caller
            closes; its output comes in frames unless `tty` is given.
        :raises docker.errors.NotFound: when there is no such exec instance; engines forget those of a
            container that has stopped.
        :raises docker.errors.Conflict: when its container is not running, or paused; with `detach` also when
            it has been run before.
        :raises docker.errors.StreamBroken: when the output ends too early.

        A command that cannot be run is no exception: the engine writes why to the output, and its exit code
        is 126 or 127 (see `exec_inspect`).

        `POST /exec/{id}/start`, since API 1.15

            >>> client.exec_start(client.exec_create('web', 'ls /srv'))
            b'index.html\\n'
        """
        two_way = socket and not detach
        response = self._checked(self._post_json(
            self._url('/exec/{0}/start', identifier(exec_id, 'exec_id')),
            {'Detach': bool(detach), 'Tty': bool(tty)}, stream=True,
            headers={'Connection': 'Upgrade', 'Upgrade': 'tcp'} if two_way else {},
            timeout=self.timeout if detach else self._unbounded))
        if two_way:
            return response.raw.detach()
        # Without `tty` it is in frames, even that of a terminal.
        output = self._output(response, tty, stream=True, demux=demux)
        if stream and not detach:
            return output
        with output:
            if detach:
                response.content    # read, so that its connection can be used again
                return b''
            return join_output(output, demux)

    def exec_inspect(self, exec_id):
        """Return the details of an exec instance, also for some minutes after its command has ended.

        :param exec_id: an id, or the dict of `exec_create`.
        :returns: a dict: ID, Running, ExitCode (an int; while it runs 0 or None), ProcessConfig
            (entrypoint, arguments, tty, privileged), OpenStdin, OpenStdout, OpenStderr, ContainerID, and
            more.
        :raises docker.errors.NotFound: when there is no such exec instance, or no more.

        `GET /exec/{id}/json`, since API 1.16

            >>> instance = client.exec_create('web', 'test -e /srv/index.html')
            >>> client.exec_start(instance)
            b''
            >>> client.exec_inspect(instance)['ExitCode']
            0
        """
        return self._get_json(self._url('/exec/{0}/json', identifier(exec_id, 'exec_id')))

    def exec_resize(self, exec_id, height=None, width=None):
        """Set the size of the terminal of an exec instance whose command is running.

        :param exec_id: an id, or the dict of `exec_create`.
        :param height: its rows, an int of 0 or more. Engines need both.
        :param width: its columns, likewise.
        :returns: None.
        :raises docker.errors.NotFound: when there is no such exec instance.

        `POST /exec/{id}/resize`, since API 1.15

            >>> client.exec_resize(instance, height=24, width=80)
        """
        self._checked(self._post(
            self._url('/exec/{0}/resize', identifier(exec_id, 'exec_id')),
            params={'h': check_terminal_size(height, 'height'),
                    'w': check_terminal_size(width, 'width')}))

    def execute(self, container, cmd, detach=False, stdout=True, stderr=True, stream=False, tty=False):
        """Run a command in a running container: `exec_create` and `exec_start` in one call.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param cmd: text, split as a shell does, or a list of words.
        :param detach: True to return at once, without output.
        :param stdout: True for its standard output.
        :param stderr: True for its standard error.
        :param stream: True to get the output as it comes.
        :param tty: True to allocate a terminal.
        :returns: the same as `exec_start`.
        :raises: the same as `exec_create` and `exec_start`.

        `POST /containers/{id}/exec` and `POST /exec/{id}/start`, since API 1.15

            >>> client.execute('web', 'ls /srv')
            b'index.html\\n'
        """
        instance = self.exec_create(container, cmd, stdout=stdout, stderr=stderr, tty=tty)
        return self.exec_start(instance, detach=detach, tty=tty, stream=stream)

    def exec_run(self, container, cmd, stdout=True, stderr=True, tty=False, privileged=False, user='',
                 environment=None, workdir=None, demux=False, input=None):
        """Run a command in a running container, and return its exit code and its output.

        It is `exec_create`, `exec_start` and `exec_inspect` in one call. `exec` is a second name of it, which
        Python 2.7 cannot write: it is a keyword there.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param cmd: text, split as a shell does, or a list of words.
        :param stdout: True for its standard output.
        :param stderr: True for its standard error.
        :param tty: True to allocate a terminal.
        :param privileged: True for all capabilities (since API 1.19).
        :param user: who runs it, as `exec_create` takes it (since API 1.19).
        :param environment: its variables, as `exec_create` takes them (since API 1.25).
        :param workdir: its working directory, as `exec_create` takes it (since API 1.35).
        :param demux: True to get standard output and standard error apart.
        :param input: what its standard input is, as bytes, or as text, which is sent in UTF-8; None for no
            standard input. Not together with `tty`.
        :returns: a `docker.types.ExecResult`, when the command has ended: a tuple ``(exit_code, output)`` of
            an int and bytes. With `demux` the output is a tuple of standard output and standard error, each
            None when there is nothing of it.
        :raises docker.errors.NotFound: when there is no such container.
        :raises docker.errors.Conflict: when it is not running, or paused.
        :raises docker.errors.NotSupported: when the engine has no exec, or not one of the arguments.
        :raises docker.errors.StreamBroken: when the output ends too early. Podman loses output of a command
            that does not read all of its input.

        Any exit code is a result, and none is an exception. That of a command that cannot be run is 126 or
        127.

        `POST /containers/{id}/exec`, `POST /exec/{id}/start` and `GET /exec/{id}/json`, since API 1.16

            >>> client.exec_run('web', 'ls /srv')
            ExecResult(exit_code=0, output=b'index.html\\n')
        """
        # Imported here, so that the import of docker stays as fast as it is.
        from docker.communicate import check_input, check_no_terminal, communicating, output_pairs
        from docker.exec_result import ExecResult
        data = check_input(input, 'input')
        check_no_terminal(data, tty)
        identifier(container)
        # What shows the exit code came later than exec: nothing is run when there is none.
        self._require('GET', self._url('/exec/{0}/json', 'id'))
        instance = self.exec_create(
            container, cmd, stdout=stdout, stderr=stderr, stdin=data is not None, tty=tty,
            privileged=privileged, user=user, environment=environment, workdir=workdir)
        if data is None:
            output = self.exec_start(instance, demux=demux)
        else:
            with communicating(self.exec_start(instance, socket=True), data) as chunks:
                pairs = output_pairs(chunks)
                output = join_output(pairs if demux else (out or error for out, error in pairs), demux)
        return ExecResult(self._exit_code(instance), output)

    def _exit_code(self, instance):
        """Return the exit code of an exec instance whose output has ended.

        A command may go on after that, and an engine may notice a moment later that it has not.
        """
        pause = _FIRST_PAUSE
        while True:
            inspect = self.exec_inspect(instance)
            if not inspect.get('Running') and inspect.get('ExitCode') is not None:
                return inspect['ExitCode']
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)


# A method of this name cannot be defined on Python 2.7.
setattr(ExecCalls, 'exec', ExecCalls.exec_run)
