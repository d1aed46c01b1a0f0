"""Output and input of containers: attach, logs, attach_socket, resize."""

from docker.errors import NotSupported
from docker.log_query import convert_log_query
from docker.session import EngineSession
from docker.state import has_run
from docker.stream import join_output
from docker.validation import check_json_dict, check_terminal_size, identifier, query_flag


class AttachCalls(EngineSession):
    """The calls about the output and input of containers."""

    def attach(self, container, stdout=True, stderr=True, stream=False, logs=False, demux=False):
        """Return the output of a container.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param stdout: True for its standard output.
        :param stderr: True for its standard error.
        :param stream: True to follow new output until the container exits; for one that never ran, from
            its start on.
        :param logs: True to include the output so far.
        :param demux: True to get standard output and standard error apart.
        :returns: bytes; with `stream` a generator of bytes as they are written, whose `close()` may be
            called at any time, from any thread. With `demux` a tuple of bytes in place of bytes: standard
            output and standard error, each None when there is nothing of it; of a terminal all is standard
            output.
        :raises docker.errors.OperationFailed: when the engine reports an error among the output.
        :raises docker.errors.StreamBroken: when the output ends too early.

        `POST /containers/{id}/attach`

            >>> for output in client.attach('web', stream=True):
            ...     sys.stdout.write(output.decode('utf-8', 'replace'))
        """
        container = identifier(container)
        output = self._attach(container, self._inspect_attached(container), stdout, stderr, stream, logs,
                              demux)
        if stream:
            return output
        with output:
            return join_output(output, demux)

    def _inspect_attached(self, container):
        return self._get_json(self._url('/containers/{0}/json', container),
                              needed=('State.Running', 'Config.Tty'))

    def _attach(self, container, inspect, stdout, stderr, stream, logs, demux):
        """Return the output of a container as a Stream.

        :param inspect: what `_inspect_attached` returned for it.
        """
        ran = has_run(inspect)
        follow = stream and (inspect['State']['Running'] or not ran)
        # There is no output so far of a container that never ran, and engines do not follow its log.
        logs_first = logs and (ran or not follow)
        response = self._post(
            self._url('/containers/{0}/attach', container),
            params={'logs': query_flag(logs_first), 'stream': query_flag(follow),
                    'stdout': query_flag(stdout), 'stderr': query_flag(stderr)},
            timeout=self._unbounded if follow else self.timeout, stream=True)
        output = self._output(response, inspect['Config']['Tty'], stream=True, demux=demux)
        if logs and not logs_first:
            inspect = self._inspect_or_close(container, output)
            if has_run(inspect):
                # It may have been started before it was attached to: the beginning may be missing.
                output.close()
                return self._attach(container, inspect, stdout, stderr, stream, logs, demux)
        return output

    def _inspect_or_close(self, container, output):
        try:
            return self._inspect_attached(container)
        except BaseException:
            output.close()
            raise

    def logs(self, container, stdout=True, stderr=True, stream=False, timestamps=False, tail='all',
             since=None, follow=None, until=None, details=False, demux=False):
        """Return the output of a container so far.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param stdout: True for its standard output.
        :param stderr: True for its standard error.
        :param stream: True to return a generator, which follows new output until the container exits.
        :param timestamps: True to begin each line with the time when it was written (since API 1.11).
        :param tail: only so many of the last lines, an int; ``'all'``, None or -1 for all (since API 1.13).
        :param since: only what was written since then: a Unix time, an int or a float; a datetime, in UTC if
            it has no time zone; one of these as text, ``'2013-11-09T12:26:40Z'``; or ``'10m'`` for so long
            before now (since API 1.19).
        :param follow: True to follow new output too, False not to; the same as `stream` when it is None.
            Without `stream`, what is followed is returned when the container has exited.
        :param until: only what was written until then, as `since` (since API 1.35).
        :param details: True to begin each line with the labels and variables that the log driver was
            configured to add (since API 1.23).
        :param demux: True to get standard output and standard error apart.
        :returns: the same as `attach`.
        :raises: the same as `attach`.
        :raises docker.errors.NotSupported: when the engine does not have one of the arguments.

        `POST /containers/{id}/attach`, or with one of the arguments that came later
        `GET /containers/{id}/logs`, since API 1.11

            >>> client.logs('web', tail=1)
        """
        container = identifier(container)
        follow = stream if follow is None else follow
        query = convert_log_query(stdout, stderr, timestamps, tail, since, until, details)
        inspect = self._inspect_attached(container)
        if set(query) - {'stdout', 'stderr'}:
            output = self._read_log(container, inspect, follow, query, demux)
        else:
            output = self._attach(container, inspect, stdout, stderr, follow, True, demux)
        if stream:
            return output
        with output:
            return join_output(output, demux)

    def _read_log(self, container, inspect, follow, query, demux):
        """Return the log of a container as a Stream; `inspect` as `_attach` takes it."""
        follow = follow and (inspect['State']['Running'] or not has_run(inspect))
        url = self._url('/containers/{0}/logs', container)
        return self._log(url, query, follow, inspect['Config']['Tty'], stream=True, demux=demux)

    def attach_socket(self, container, params=None, ws=False):
        """Open a two-way socket to a container: to its output, or also to its standard input.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param params: a dict with the keys stdin, stdout, stderr, stream and logs, each 1 or 0. A
            missing key means 0. None or an empty dict for stdout, stderr and stream. To close a socket with
            stdin ends the input of most containers. With the key detachKeys, text such as
            ``'ctrl-p,ctrl-q'``, since API 1.22.
        :param ws: only False: a WebSocket carries nothing that this socket does not.
        :returns: a connected socket (send, recv, shutdown(SHUT_WR) to end the input; also read, readinto,
            write) without a timeout, which the caller closes. Its output comes in frames unless the
            container has a terminal (see docker.utils.socket).
        :raises docker.errors.NotSupported: for `ws`.

        `POST /containers/{id}/attach`

            >>> terminal = client.attach_socket('shell', {'stdin': 1, 'stdout': 1, 'stream': 1})
            >>> terminal.sendall(b'exit\\n')
        """
        if ws:
            raise NotSupported('ws is not supported: a WebSocket needs another protocol on top of the same '
                               'connection. Leave it out, and use the socket that is returned.')
        if params is not None:
            check_json_dict(params, 'params')
        params = params or {'stdout': 1, 'stderr': 1, 'stream': 1}
        response = self._checked(self._post(
            self._url('/containers/{0}/attach', identifier(container)), params=params,
            headers={'Connection': 'Upgrade', 'Upgrade': 'tcp'}, timeout=self._unbounded,
            stream=True))
        return response.raw.detach()

    def resize(self, container, height, width):
        """Set the size of the terminal of a container.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param height: its rows, an int of 0 or more (or one as text).
        :param width: its columns, likewise.
        :returns: None.

        `POST /containers/{id}/resize`

            >>> client.resize('shell', 24, 80)
        """
        self._checked(self._post(
            self._url('/containers/{0}/resize', identifier(container)),
            params={'h': check_terminal_size(height, 'height'),
                    'w': check_terminal_size(width, 'width')}))
