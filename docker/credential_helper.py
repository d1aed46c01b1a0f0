"""Runs a credential helper: a program `docker-credential-NAME` that stores the user's credentials.

A helper reads the address of a registry on its standard input and prints a JSON object. It may
hang, leave processes behind or print without end, so it has a deadline, a session of its own that
is killed with it, and a limit on what is read. Its standard error is discarded: it may show secrets.
"""

import errno
import os
import signal
import subprocess
import time

from docker.compat import monotonic, own_session
from docker.transport.urllib3_api import wait_for_read

# Enough for a user who has to unlock a keychain.
TIMEOUT_SECONDS = 10

_MAX_OUTPUT = 1024 * 1024


def run(name, action, data):
    """Run the helper docker-credential-NAME.

    :param name: the NAME, a str.
    :param action: its argument, a str: get or list.
    :param data: what it reads on its standard input, in bytes.
    :returns: a tuple of its output in bytes and its exit status. Either is None when the helper,
        or a process that it started, did not end in time or printed too much.
    :raises EnvironmentError: when it cannot be started.
    """
    deadline = monotonic() + TIMEOUT_SECONDS
    program = _start(name, action)
    try:
        _write(program.stdin, data)
        program.stdin.close()
        output = _read_until_closed(program.stdout, deadline)
        return output, None if output is None else _exit_status(program, deadline)
    finally:
        _stop(program)


def _start(name, action):
    with open(os.devnull, 'wb') as devnull:
        # All processes of its session can be killed together.
        return subprocess.Popen(['docker-credential-' + name, action], bufsize=0, close_fds=True,
                                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=devnull,
                                **own_session())


def _stop(program):
    if program.returncode is None:
        try:
            os.killpg(program.pid, signal.SIGKILL)
        except EnvironmentError:
            program.kill()
        program.wait()
    program.stdin.close()
    program.stdout.close()


def _write(pipe, data):
    while data:
        try:
            data = data[os.write(pipe.fileno(), data):]
        except EnvironmentError as error:
            # On Python 2.7 a signal interrupts the call.
            if error.errno == errno.EINTR:
                continue
            # A helper that does not read its input may still print something.
            if error.errno == errno.EPIPE:
                break
            raise


def _read_until_closed(pipe, deadline):
    """Return the bytes from a pipe, or None when it is not closed in time or has too many."""
    output = b''
    while len(output) <= _MAX_OUTPUT:
        left = deadline - monotonic()
        if left <= 0 or not wait_for_read(pipe, timeout=left):
            break
        try:
            chunk = os.read(pipe.fileno(), 65536)
        except EnvironmentError as error:
            if error.errno not in (errno.EINTR, errno.EAGAIN):
                raise
            continue
        if not chunk:
            return output
        output += chunk
    return None


def _exit_status(program, deadline):
    """Return the exit status of a program, or None when it does not end in time."""
    # Python 2.7 has no wait(timeout).
    while program.poll() is None and monotonic() < deadline:
        time.sleep(0.005)
    return program.returncode
