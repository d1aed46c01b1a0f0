"""The settings of a container that `Client.run` creates, and what it collects of its output.

The names of the settings are those that the functions take which create a Config and a HostConfig, so that
they cannot differ.
"""

import io
import re

from docker.compat import to_native_string
from docker.config import create_container_config
from docker.host_config import create_host_config
from docker.validation import check_json_dict, identifier

# What has no meaning for a container that is waited for, with what there is in its place.
_NOT_TAKEN = {
    'auto_remove': 'run removes the container itself',
    'detach': 'run waits until the container ends; create_container and start do not',
    'restart_policy': 'run waits for one end of the container; create_container and start take it',
    'stdin_open': 'input is what the standard input of the container is',
    'version': 'each field is checked with the engine',
}
_OF_THE_CALL = ('image', 'command')
_OF_RUN = ('stdout', 'stderr', 'demux', 'remove', 'timeout', 'input')
_NOT_IN_CONFIG = ('name', 'platform')
_CONTROL = u'[\0-\x1f\x7f-\x9f]+'
_SHOWN_LINES, _SHOWN_SIZE = 3, 300


def split_settings(settings, data):
    """Return the keyword arguments of create_container for the settings of `run`.

    :param settings: a dict: arguments of create_container and of create_host_config.
    :param data: the input, None for none.
    :raises TypeError: for any other name.
    :raises TypeError, ValueError: as create_host_config does.
    """
    of_config = set(_names_of(create_container_config)).union(_NOT_IN_CONFIG).difference(_OF_THE_CALL)
    of_host = set(_names_of(create_host_config)) - of_config
    for name in settings:
        if name in _NOT_TAKEN or name not in of_config | of_host:
            raise TypeError('run takes no argument {0}: {1}'.format(
                name, _NOT_TAKEN.get(name) or _suggestion(name, of_config | of_host)))
    created = dict((name, value) for name, value in settings.items() if name in of_config)
    host_config = create_host_config(**dict(
        (name, value) for name, value in settings.items() if name in of_host))
    if created.get('host_config'):
        host_config = dict(check_json_dict(created['host_config'], 'host_config'), **host_config)
    _check_host_config(host_config)
    return dict(created, host_config=host_config or None, stdin_open=data is not None)


def _names_of(function):
    # On Python 3 they explain mistakes (docker.suggestions): that one takes anything.
    code = getattr(function, '__wrapped__', function).__code__
    return code.co_varnames[:code.co_argcount]


def _suggestion(name, names):
    # Imported here, as only errors need it.
    from docker.guidance import hint_for_argument
    own = sorted(set(names).difference(_NOT_TAKEN).union(_OF_RUN))
    return (hint_for_argument(name, 'run', own, {}).lstrip(': ') or
            'it takes those of create_container and create_host_config')


def _check_host_config(host_config):
    """Raise a ValueError for a HostConfig with which the container would not end, or end up removed."""
    policy = host_config.get('RestartPolicy') or {}
    if host_config.get('AutoRemove'):
        raise ValueError('host_config takes no AutoRemove in run: ' + _NOT_TAKEN['auto_remove'])
    if isinstance(policy, dict) and policy.get('Name') not in (None, '', 'no'):
        raise ValueError('host_config takes no RestartPolicy in run: ' + _NOT_TAKEN['restart_policy'])


class Collected(object):
    """The output of a container as it is collected: what is asked for, and all of its standard error.

    :param stdout: whether standard output is asked for.
    :param stderr: whether standard error is asked for.
    :param demux: whether they are asked for apart; otherwise both are mixed as they come.
    """

    def __init__(self, stdout, stderr, demux):
        self._demux = demux
        self._wanted = (stdout, stderr)
        self.clear()

    def clear(self):
        """Forget what was collected."""
        self._stderr = io.BytesIO()
        self._output = io.BytesIO()

    def add(self, pair):
        """Add a pair of bytes, one of which is None: of standard output and standard error."""
        stdout, stderr = pair
        if stderr:
            self._stderr.write(stderr)
        if stdout and self._wanted[0]:
            self._output.write(stdout)
        elif stderr and self._wanted[1] and not self._demux:
            self._output.write(stderr)

    def add_all(self, pairs):
        """Add many of them."""
        for pair in pairs:
            self.add(pair)

    @property
    def stderr(self):
        """All of the standard error, as bytes."""
        return self._stderr.getvalue()

    @property
    def output(self):
        """What is asked for: bytes, or to `demux` a pair of them, each None when there is nothing of it."""
        if not self._demux:
            return self._output.getvalue()
        return self._output.getvalue() or None, self.stderr or None if self._wanted[1] else None


def end_of_run(how, stderr=b'', container=None, image=None, command=None):
    """Return the message of an error: one line without the command, which may hold a secret.

    :param how: how the container ended, as text.
    :param stderr: its standard error, whose end is shown.
    """
    shown = _last_lines(stderr)
    return 'container {0} of the image {1} {2}{3}'.format(
        container[:12], to_native_string(identifier(image, 'image')), how, ': ' + shown if shown else '')


def _last_lines(output):
    """Return the end of some output in one line, as a native string without control characters.

    :param output: bytes.
    """
    text = output[-4 * _SHOWN_SIZE:].decode('utf-8', 'replace')
    lines = [re.sub(_CONTROL, u' ', line).strip() for line in text.splitlines()]
    text = u' / '.join([line for line in lines if line][-_SHOWN_LINES:])
    return to_native_string(text if len(text) <= _SHOWN_SIZE else u'...' + text[-_SHOWN_SIZE:])
