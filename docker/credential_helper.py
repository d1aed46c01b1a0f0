"""Runs a credential helper: a program `docker-credential-NAME` that keeps the passwords of its user.

It is told a registry on its standard input and prints a JSON object. It may hang, leave children
behind or print without end, so that it has SECONDS, a session of its own that is ended with it, and
only so much is read. What it prints on its standard error is for nobody.
"""

import errno
import os
import select
import signal
import subprocess
import time

import six

# It may have to ask its user to unlock something.
SECONDS = 10
LONGEST_ANSWER = 1024 * 1024
# Time that no one sets back; 2.7 has none.
clock = getattr(time, 'monotonic', time.time)


def run(name, action, said):
    """What the helper NAME prints when it is told `said` (bytes), and its exit status: None when it, or
    what it started, did not end in time or printed without end. `action` is its argument, get or
    list. Raises an EnvironmentError when it cannot be started."""
    deadline = clock() + SECONDS
    # In a session of its own, all that it starts can be ended with it.
    session = {'preexec_fn': os.setsid} if six.PY2 else {'start_new_session': True}
    with open(os.devnull, 'wb') as nowhere:
        program = subprocess.Popen(['docker-credential-' + name, action], bufsize=0, close_fds=True,
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=nowhere, **session)
    try:
        try:
            program.stdin.write(said)
        except EnvironmentError as error:
            # It has not listened, and may still have an answer.
            if error.errno != errno.EPIPE:
                raise
        program.stdin.close()
        output = until_closed(program.stdout, deadline)
        return output, None if output is None else status_of(program, deadline)
    finally:
        if program.returncode is None:
            try:
                os.killpg(program.pid, signal.SIGKILL)
            except EnvironmentError:
                program.kill()
            program.wait()
        program.stdin.close()
        program.stdout.close()


def until_closed(pipe, deadline):
    """The bytes that come through a pipe, None when that does not end."""
    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    output = b''
    while clock() < deadline and len(output) <= LONGEST_ANSWER:
        try:
            ready = poll.poll(100)
        except select.error as error:
            # A signal, on 2.7.
            if error.args[0] != errno.EINTR:
                raise
            continue
        if ready:
            block = os.read(pipe.fileno(), 65536)
            if not block:
                return output
            output += block
    return None


def status_of(program, deadline):
    """The exit status of a program, None when it has not ended in time. 2.7 has no wait(timeout)."""
    while program.poll() is None and clock() < deadline:
        time.sleep(0.005)
    return program.returncode
