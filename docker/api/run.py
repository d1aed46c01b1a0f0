"""run: a container from its creation to its removal in one call, built on the public calls of the others."""

import logging
import re

import six

from docker.compat import monotonic, to_native_string
from docker.errors import (
    Conflict, ContainerError, ContainerTimedOut, DockerException, ImageNotFound, NotFound, ReadTimedOut)
from docker.session import EngineSession
from docker.stream import demultiplex_pairs
from docker.validation import check_seconds, identifier

_LOG = logging.getLogger('docker')
# How long to wait for the exit code, in seconds, when the output has ended at the last moment.
_SHORTEST_WAIT = 1
# What Docker says of a container that is being removed.
_BEING_REMOVED = 'already in progress'
_ID = r'(sha256:)?[0-9a-f]{12,64}\Z'


class RunCalls(EngineSession):
    """The call that runs a command in a container of its own."""

    def run(self, image, command=None, stdout=True, stderr=False, demux=False, remove=True, timeout=None,
            input=None, **settings):
        """Run a command in a new container, and return its output.

        The container is created, attached to, started, waited for and removed, with its anonymous volumes. It
        is removed whatever happens: when it cannot be started, after an error, a timeout or Ctrl-C (but not
        one that comes before the engine has responded with its id); if it still runs then, it is killed.

        :param image: an id, a short id, a name, or a dict with Id, ID or id. It is not pulled; see `pull`.
        :param command: text, split as a shell does, or a list of words; the image's when it is None.
        :param stdout: True for its standard output.
        :param stderr: True for its standard error. With both they are mixed as they come.
        :param demux: True to get both apart; `stderr` is True then.
        :param remove: False to keep the container when it has ended.
        :param timeout: how many seconds it may take until it has ended, an int or a float; None for however
            long it takes.
        :param input: what its standard input is, as bytes, or as text, which is sent in UTF-8; None for no
            standard input. Not together with `tty`.
        :param settings: any of the arguments of `create_container` (environment, volumes, working_dir, user,
            name, ...) and of `create_host_config` (binds, port_bindings, network_mode, mem_limit, ...),
            by name, except detach, stdin_open, auto_remove and restart_policy.
        :returns: the output as bytes; with `demux` a tuple of standard output and standard error, each None
            when there is nothing of it. Of a terminal all is standard output.
        :raises docker.errors.ContainerError: for another exit code than 0. It has `exit_code`, `output` (what
            would have been returned), `stderr` (all of it, as bytes), `container` (its id), `image` and
            `command`.
        :raises docker.errors.ContainerTimedOut: after `timeout` seconds: a ContainerError, with the output so
            far and no exit code, and a ReadTimedOut.
        :raises docker.errors.ImageNotFound: when there is no such image.
        :raises docker.errors.APIError: when it cannot be created or started, such as for a command that there
            is not.

        `POST /containers/create`, `POST /containers/{id}/attach`, `POST /containers/{id}/start`,
        `POST /containers/{id}/wait` and `DELETE /containers/{id}`

            >>> client.run('busybox', 'cat /data/greeting', binds={'/srv': '/data:ro'}, user=1000)
            b'hello\\n'
        """
        # Imported here, so that the import of docker stays as fast as it is.
        from docker.communicate import DeadlinePassed, check_input, check_no_terminal
        from docker.run_settings import Collected, end_of_run, split_settings
        limit, data = check_seconds(timeout, 'timeout'), check_input(input, 'input')
        terminal = settings.get('tty')
        check_no_terminal(data, terminal)
        arguments = split_settings(settings, data)
        deadline = None if limit is None else monotonic() + limit
        collected = Collected(stdout, stderr or demux, demux)
        container = self._create_to_run(image, command, arguments)
        about = {'container': container, 'image': image, 'command': command}
        try:
            code = self._run_to_end(container, terminal, data, deadline, collected)
        except BaseException as error:
            self._end_run(container, remove)
            if isinstance(error, DeadlinePassed):
                message = end_of_run('did not end within {0} seconds, and was killed'.format(limit), **about)
                six.raise_from(ContainerTimedOut(
                    message, output=collected.output, stderr=collected.stderr, **about), None)
            raise
        if remove:
            self._remove_ended(container)
        if code:
            message = end_of_run('ended with exit code {0}'.format(code), collected.stderr, **about)
            raise ContainerError(
                message, exit_code=code, output=collected.output, stderr=collected.stderr, **about)
        return collected.output

    def _create_to_run(self, image, command, arguments):
        """Return the id of a new container."""
        try:
            return self.create_container(image, command, **arguments)['Id']
        except ImageNotFound as error:
            name = to_native_string(identifier(image, 'image'))
            if not re.match(_ID, name):
                error.explanation += ": client.pull('{0}') gets it".format(name)
            raise

    def _run_to_end(self, container, terminal, data, deadline, collected):
        """Start a container, collect its output, and return its exit code.

        It is attached to before it starts, so that no output is lost, whatever its log driver and the size of
        its log.
        """
        from docker.communicate import DeadlinePassed, OutputLost, communicating, output_pairs
        sock = self.attach_socket(
            container, {'stdin': int(data is not None), 'stdout': 1, 'stderr': 1, 'stream': 1})
        try:
            self.start(container)
        except BaseException:
            sock.close()
            raise
        pairs_of = _of_terminal if terminal else demultiplex_pairs if data is None else output_pairs
        lost = None
        with communicating(sock, data, deadline) as chunks:
            try:
                collected.add_all(pairs_of(chunks))
            except OutputLost as error:
                lost = error
        left = None if deadline is None else max(deadline - monotonic(), _SHORTEST_WAIT)
        try:
            code = self.wait(container, timeout=left)
        except ReadTimedOut:
            six.raise_from(DeadlinePassed(), None)
        if lost:
            self._collect_log(container, collected, lost)
        return code

    def _collect_log(self, container, collected, lost):
        """Collect the output of a container that has ended from its log; raise `lost` where it has none."""
        collected.clear()
        try:
            with self.logs(container, stream=True, follow=False, demux=True) as pairs:
                collected.add_all(pairs)
        except DockerException as error:
            _LOG.debug('the log of container %s: %s', container, error)
            six.raise_from(lost, None)

    def _end_run(self, container, remove):
        """Kill a container that may be running, and remove it; an error of that is only logged."""
        steps = [self.kill] + ([self._remove_ended] if remove else [])
        for step in steps:
            try:
                step(container)
            except DockerException as error:
                _LOG.debug('%s of container %s: %s', step.__name__, container, error)

    def _remove_ended(self, container):
        try:
            self.remove_container(container, v=True)
        except NotFound:
            pass    # somebody else has removed it
        except Conflict as error:
            # Or is removing it.
            if _BEING_REMOVED not in error.explanation:
                raise


def _of_terminal(chunks):
    return ((chunk, None) for chunk in chunks)
