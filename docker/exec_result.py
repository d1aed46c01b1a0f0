"""What `Client.exec_run` returns."""

import collections


class ExecResult(collections.namedtuple('ExecResult', ('exit_code', 'output'))):
    """The exit code of a command, an int, and its output: a tuple of both.

    The output is bytes; with `demux` a tuple of standard output and standard error, each bytes or None.

        >>> result = client.exec_run('web', 'ls /srv')
        >>> result.exit_code
        0
    """

    __slots__ = ()
