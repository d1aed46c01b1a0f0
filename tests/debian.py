"""Installs the Debian packages that a plain machine lacks.

The scripts beside this file set everything up by themselves, and for some of that only the
system's own packages will do: an engine, a static busybox, the venv module. They are installed
quietly, tried again when the network fails, and the log is shown only when it ends badly. No
service is started by it: Debian's `policy-rc.d` says no for as long as the installation takes.
"""
import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import tempfile

POLICY = '/usr/sbin/policy-rc.d'
APT_GET = ['apt-get', '--quiet', '--yes', '-o', 'Acquire::Retries=3',
           '-o', 'DPkg::Lock::Timeout=300']


class Unavailable(Exception):
    """Packages cannot be had; its text is one sentence that says why."""


def has(package):
    """Whether a Debian package is installed."""
    if not shutil.which('dpkg-query'):
        return False
    query = ['dpkg-query', '--show', '--showformat', '${db:Status-Status}', package]
    status = subprocess.run(query, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return status.stdout == b'installed'


def install(packages, say):
    """Installs packages, without those that they only recommend.

    `say` is called with the line that announces it. Raises `Unavailable` when this is not
    Debian, when the user is not root, and when apt-get fails.
    """
    wanted = ' '.join(packages)
    if not shutil.which('apt-get'):
        raise Unavailable('no apt-get here to install %s with; it takes Debian' % wanted)
    if os.geteuid() != 0:
        raise Unavailable('only root can install %s' % wanted)
    say('installing %s' % wanted)
    with _services_stay_stopped(), tempfile.TemporaryFile() as log:
        for arguments in (['update'], ['install', '--no-install-recommends'] + packages):
            if _run(APT_GET + arguments, log) != 0:
                log.seek(0)
                say(log.read().decode('utf-8', 'replace').rstrip())
                raise Unavailable('apt-get could not install %s' % wanted)


def _run(command, log):
    """Runs apt-get; when this is interrupted, it ends where the system can be left.

    In a session of its own dpkg hears no Ctrl-C; apt-get does not stop for one while dpkg works.
    """
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                          start_new_session=True,
                          env=dict(os.environ, DEBIAN_FRONTEND='noninteractive')) as apt:
        try:
            return apt.wait()
        except BaseException:
            apt.send_signal(signal.SIGINT)
            raise


@contextlib.contextmanager
def _services_stay_stopped():
    """Holds a policy against starting services, unless the machine has a policy of its own."""
    turn = os.open('/usr/sbin', os.O_RDONLY)    # one at a time, or the first to end would lift it
    fcntl.flock(turn, fcntl.LOCK_EX)
    ours = not os.path.lexists(POLICY)
    try:
        if ours:
            with open(POLICY, 'w') as policy:
                # Should this process be killed, what it leaves behind allows everything.
                policy.write('#!/bin/sh\nkill -0 %d && exit 101\nexit 0\n' % os.getpid())
            os.chmod(POLICY, 0o755)
        yield
    finally:
        if ours:
            os.remove(POLICY)
        os.close(turn)
