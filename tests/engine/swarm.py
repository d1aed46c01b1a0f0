"""What the tests of Swarm mode share: an address in the engine's network namespace, a second engine, waiting.

A node of a swarm needs an interface with an address. The private engines of `tests/with-engine` have a
network namespace each, which the tests run in: they add a pair of connected interfaces there, and for a
second engine move one end into its namespace. Nothing outside of these namespaces is contacted.
"""

import os
import subprocess
import time

import docker

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
# Two addresses for the documentation of networks, RFC 5737.
MANAGER, WORKER = '192.0.2.1', '192.0.2.2'
PATIENCE = 60
NOT_PRIVATE = 'a swarm takes a private engine of tests/with-engine, with a network of its own'


def is_private():
    """Return whether the engine is a private one."""
    return bool(os.environ.get('DOCKER_ENGINE_RESTART'))


def ip(*arguments):
    """Run `ip`, and return whether it succeeded."""
    process = subprocess.Popen(['ip'] + list(arguments), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    process.communicate()
    return process.returncode == 0


def add_address():
    """Give the engine's network namespace the address MANAGER, at one end of a pair of interfaces."""
    if ip('link', 'show', 'swarm-m'):
        return
    assert ip('link', 'add', 'swarm-m', 'type', 'veth', 'peer', 'name', 'swarm-w')
    assert ip('address', 'add', MANAGER + '/24', 'dev', 'swarm-m')
    assert ip('link', 'set', 'swarm-m', 'up') and ip('link', 'set', 'swarm-w', 'up')


def remove_address():
    ip('link', 'delete', 'swarm-m')


class SecondEngine(object):
    """Another private engine, at the address WORKER, which is connected to MANAGER."""

    def __init__(self):
        environment = {name: value for name, value in os.environ.items() if not name.startswith('DOCKER_')}
        self.process = subprocess.Popen(
            [os.path.join(ROOT, 'tests', 'with-engine'), 'sh', '-c',
             'echo $$ $DOCKER_HOST; read end; exit 0'],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        try:
            pid, self.host = self.process.stdout.readline().decode('ascii').split()
            assert ip('link', 'set', 'swarm-w', 'netns', pid)
            inside = ['nsenter', '--target', pid, '--net', 'ip']
            subprocess.check_call(inside + ['address', 'add', WORKER + '/24', 'dev', 'swarm-w'])
            subprocess.check_call(inside + ['link', 'set', 'swarm-w', 'up'])
            self.client = docker.Client(self.host)
        except BaseException:
            self.close()
            raise

    def close(self):
        """Remove the engine, its network namespace, and with that the interfaces."""
        if hasattr(self, 'client'):
            self.client.close()
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def wait_for(condition, what):
    """Return the first true value that `condition` returns."""
    deadline = time.time() + PATIENCE
    while True:
        value = condition()
        if value:
            return value
        assert time.time() < deadline, 'not in time: ' + (what if isinstance(what, str) else str(what()))
        time.sleep(0.1)


def running(client, service, count):
    """Return the tasks of a service, when there are so many running, and none that shall not run."""
    def tasks():
        found = client.tasks({'service': service})
        wanted = [task for task in found if task['DesiredState'] == 'running']
        ended = [task for task in found if task['DesiredState'] != 'running']
        if len(wanted) == count and all(task['Status']['State'] == 'running' for task in wanted) and not any(
                task['Status']['State'] == 'running' for task in ended):
            return wanted
    return wait_for(tasks, lambda: [task['Status'] for task in client.tasks({'service': service})])
