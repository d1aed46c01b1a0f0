"""Installs Debian packages that are missing.

The scripts next to this file set up everything that they need. Some of it can only come from
packages of the system: an engine, a static busybox, the venv module. They are installed quietly,
with retries when the network fails; the log is printed only on failure. No service is started:
a `policy-rc.d` denies it during the installation.
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
    """Packages cannot be installed; its text is one sentence with the reason."""


def has(package):
    """Return whether a Debian package is installed."""
    if not shutil.which('dpkg-query'):
        return False
    query = ['dpkg-query', '--show', '--showformat', '${db:Status-Status}', package]
    status = subprocess.run(query, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return status.stdout == b'installed'


def install(packages, report):
    """Install packages, without those that they only recommend.

    :param report: a function that prints a line; called with what is installed, and on failure
        with the log.
    :raises Unavailable: when this is not Debian, when the user is not root, or when apt-get
        fails.
    """
    names = ' '.join(packages)
    if not shutil.which('apt-get'):
        raise Unavailable('there is no apt-get to install {0}, which takes Debian'.format(names))
    if os.geteuid() != 0:
        raise Unavailable('only root can install {0}'.format(names))
    report('installing {0}'.format(names))
    with _services_stay_stopped(), tempfile.TemporaryFile() as log:
        for arguments in (['update'], ['install', '--no-install-recommends'] + packages):
            if _run(APT_GET + arguments, log) != 0:
                log.seek(0)
                report(log.read().decode('utf-8', 'replace').rstrip())
                raise Unavailable('apt-get could not install {0}'.format(names))


def _run(command, log):
    """Run apt-get and return its exit status. When interrupted, stop it at a safe point.

    In a session of its own dpkg does not get the terminal's Ctrl-C. apt-get gets the signal from
    here, and ends only when dpkg has ended.
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
    """Deny the start of services by a policy, unless the system has a policy of its own."""
    # One process at a time, as otherwise the first to end would remove the policy of the others.
    lock = os.open('/usr/sbin', os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    ours = not os.path.lexists(POLICY)
    try:
        if ours:
            with open(POLICY, 'w') as policy:
                # If this process is killed, the policy that it leaves behind allows everything.
                policy.write('#!/bin/sh\nkill -0 {0} && exit 101\nexit 0\n'.format(os.getpid()))
            os.chmod(POLICY, 0o755)
        yield
    finally:
        if ours:
            os.remove(POLICY)
        os.close(lock)
