"""The life of containers: start, stop, restart, kill, wait, pause, unpause."""

import contextlib
import math
import time

from docker.compat import monotonic, to_native_string
from docker.config import convert_filters, convert_signal
from docker.errors import Conflict, ContainerError, OperationFailed, ReadTimedOut
from docker.host_config import create_host_config
from docker.session import EngineSession
from docker.state import health_of
from docker.transport.response import items_of
from docker.validation import argument_error, check_seconds, did_you_mean, identifier, is_text

# The conditions of wait, and what is sent: the default is in all versions.
_CONDITIONS = {None: None, 'not-running': None, 'next-exit': 'next-exit', 'removed': 'removed'}
_HEALTHY = 'healthy'
# How many seconds without an event it takes until a container is inspected again.
_INSPECT_SECONDS = 2
# The events of the commands that check the health begin with this. Another event shows the result.
_CHECKING = 'exec'


class LifecycleCalls(EngineSession):
    """The calls that start, stop and wait for containers."""

    def start(self, container, binds=None, port_bindings=None, lxc_conf=None,
              publish_all_ports=False, links=None, privileged=False, dns=None, dns_search=None,
              volumes_from=None, network_mode=None, restart_policy=None, cap_add=None, cap_drop=None,
              devices=None, extra_hosts=None, read_only=None, pid_mode=None, ipc_mode=None,
              security_opt=None, ulimits=None):
        """Start a container.

        Starting a running container has no effect, or is a Conflict as described below.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param binds: bind mounts: ``{'/host': '/container'}``, ``{'/host': '/container:ro'}``,
            ``{'/host': {'bind': '/container', 'ro': True}}`` (or ``'mode': 'ro'``), or
            ``['/host:/container:ro']``, each path as text or an `os.PathLike` object. A volume's name
            can take the place of the host path.
        :param port_bindings: a dict that maps ports of the container (``80``, ``'53/udp'``,
            ``(53, 'udp')``) to where they are published: None (a port that the engine chooses), a
            port, a range ``'8000-8010'``, ``(ip,)``, ``(ip, port)``, ``'ip:port'``,
            ``{'HostIp': ip, 'HostPort': port}``, or a list of these.
        :param lxc_conf: a dict of options, or a list of ``{'Key': option, 'Value': value}``.
        :param publish_all_ports: True to publish all exposed ports on ports that the engine chooses.
        :param links: containers to link, with their aliases: ``{'name': 'alias'}``, or a list of
            ``(container, 'alias')`` or ``'name:alias'``.
        :param privileged: True to give the container full access to the host.
        :param dns: the IP address of a DNS server as text, or a list of them (since API 1.10).
        :param dns_search: the domains that names are looked up in, as text or a list (since 1.10).
        :param volumes_from: a container whose volumes to mount too, or a list of them (since 1.10).
        :param network_mode: ``'bridge'``, ``'host'``, ``'none'``, ``'container:name'``, or the name of a
            network (since 1.11).
        :param restart_policy: ``'always'``, ``'on-failure:5'``, or a dict with Name and MaximumRetryCount
            (since 1.14).
        :param cap_add: capabilities to add, like ``'NET_ADMIN'``, as text or a list (since 1.14).
        :param cap_drop: capabilities to drop, likewise (since 1.14).
        :param devices: a list of ``'/dev/host:/dev/container:rwm'``, or of dicts with PathOnHost (since
            1.14).
        :param extra_hosts: a dict of names to IP addresses, or a list of ``'name:address'`` (since 1.15).
        :param read_only: True for a root file system that cannot be written to (since 1.17).
        :param pid_mode: ``'host'`` or ``'container:name'`` (since 1.17).
        :param ipc_mode: ``'host'``, ``'container:name'``, ... (since 1.16).
        :param security_opt: options of security modules, as text or a list (since 1.15).
        :param ulimits: a list of `docker.types.Ulimit`, or of dicts with name, soft and hard (since 1.18).
        :returns: None.
        :raises docker.errors.Conflict: with API 1.24 and later, where the engine takes these arguments
            only when a container is created: when this container is running or has run, and was
            created with others. A container that has never run is recreated with them; it is a
            Conflict when something that it has, such as a deleted file, cannot be carried over.
        :raises docker.errors.NotSupported: for `links` with Podman, and `lxc_conf` with Docker 1.10 and
            later.

        `POST /containers/{id}/start`

            >>> client.start('web', binds={'/srv': '/www'}, port_bindings={80: ('127.0.0.1', 8080)})
        """
        self._checked(self._post_json(
            self._url('/containers/{0}/start', identifier(container)),
            create_host_config(
                binds=binds, port_bindings=port_bindings, lxc_conf=lxc_conf,
                publish_all_ports=publish_all_ports, links=links, privileged=privileged, dns=dns,
                dns_search=dns_search, volumes_from=volumes_from, network_mode=network_mode,
                restart_policy=restart_policy, cap_add=cap_add, cap_drop=cap_drop, devices=devices,
                extra_hosts=extra_hosts, read_only=read_only, pid_mode=pid_mode, ipc_mode=ipc_mode,
                security_opt=security_opt, ulimits=ulimits)))

    def stop(self, container, timeout=10, signal=None):
        """Stop a container with a signal, and with SIGKILL if it is still running after `timeout` seconds.

        Stopping a container that is not running has no effect.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param timeout: seconds until SIGKILL, an int or a float of 0 or more, rounded up to whole
            seconds; None for the `stop_timeout` of the container, or 10.
        :param signal: the signal, as `kill` takes it (since API 1.42); None for the `stop_signal` of the
            container, or SIGTERM.
        :returns: None.

        `POST /containers/{id}/stop`

            >>> client.stop('web', timeout=2)
        """
        self._stop('/containers/{0}/stop', container, timeout, signal)

    def restart(self, container, timeout=10, signal=None):
        """Stop a container, as `stop` does, and start it again.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param timeout: seconds until SIGKILL, as `stop` takes it.
        :param signal: the signal, as `stop` takes it (since API 1.42).
        :returns: None.

        `POST /containers/{id}/restart`

            >>> client.restart('web')
        """
        self._stop('/containers/{0}/restart', container, timeout, signal)

    def _stop(self, path, container, timeout, signal):
        grace = check_seconds(timeout, 'timeout')
        grace = None if grace is None else int(math.ceil(grace))
        self._checked(self._post(
            self._url(path, identifier(container)), params={'t': grace, 'signal': convert_signal(signal)},
            timeout=self._unbounded if grace is None else self._bounded_after(grace)))

    def kill(self, container, signal=None):
        """Send a signal to a running container.

        On a container that is not running it has no effect. With a `version` of 1.20 or newer, that is a
        Conflict.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param signal: a number of 1 to 64 (of Linux), or a name: ``'SIGTERM'`` or ``'TERM'``. When it
            is None, SIGKILL is sent, and the call returns when the container has exited.
        :returns: None.

        `POST /containers/{id}/kill`

            >>> client.kill('web', 'SIGHUP')
        """
        self._checked(self._post(self._url('/containers/{0}/kill', identifier(container)),
                                 params={'signal': convert_signal(signal)}))

    def pause(self, container):
        """Freeze all processes of a running container.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :returns: None.
        :raises docker.errors.Conflict: when it is paused; an error also when it is not running.

        `POST /containers/{id}/pause`, since API 1.12

            >>> client.pause('web')
        """
        self._checked(self._post(self._url('/containers/{0}/pause', identifier(container))))

    def unpause(self, container):
        """Let the processes of a paused container go on.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :returns: None.

        `POST /containers/{id}/unpause`, since API 1.12

            >>> client.unpause('web')
        """
        self._checked(self._post(self._url('/containers/{0}/unpause', identifier(container))))

    def wait(self, container, timeout=None, condition=None):
        """Wait until a container exits, or until it is healthy.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param timeout: seconds, an int or a float of 0 or more; None to wait however long it takes.
        :param condition: ``'not-running'`` (also None): until it is not running; ``'next-exit'``: until it
            exits the next time, also if it is not running now; ``'removed'``: until it is removed. The
            last two since API 1.30. ``'healthy'``: until its health check succeeds (since 1.24).
        :returns: its exit code, an int; for ``'healthy'`` None.
        :raises docker.errors.ReadTimedOut: after `timeout` seconds, a requests ReadTimeout.
        :raises docker.errors.OperationFailed: when the engine fails to remove the container.
        :raises docker.errors.ContainerError: for ``'healthy'``, at once when the container is unhealthy, with
            the output of its last check in `output`, and when it has ended, with its `exit_code`.
        :raises docker.errors.Conflict: for ``'healthy'``, when the container has no health check.

        `POST /containers/{id}/wait`; for ``'healthy'`` `GET /containers/{id}/json` and `GET /events`

            >>> client.wait('web', timeout=60)
            0
            >>> client.wait('web', timeout=60, condition='healthy')
        """
        takes = "'not-running', 'next-exit', 'removed' or 'healthy'"
        if condition is not None and not is_text(condition):
            raise argument_error(TypeError, 'condition', takes, condition)
        if condition == _HEALTHY:
            return self._wait_until_healthy(identifier(container), check_seconds(timeout, 'timeout'))
        if condition not in _CONDITIONS:
            hint = did_you_mean(condition, [word for word in _CONDITIONS if word] + [_HEALTHY])
            raise argument_error(ValueError, 'condition', takes, condition, hint)
        response = self._post(
            self._url('/containers/{0}/wait', identifier(container)),
            params={'condition': _CONDITIONS[condition]},
            timeout=self._bounded_by(check_seconds(timeout, 'timeout')))
        ended = self._json(response)
        message = (ended.get('Error') or {}).get('Message')
        if message:
            raise OperationFailed.explained(message)
        return ended['StatusCode']

    def _wait_until_healthy(self, container, timeout):
        """Wait until a container is healthy: it is inspected after each event of it, and from time to time.

        Engines differ in the events that they have of health.
        """
        deadline = None if timeout is None else monotonic() + timeout
        if self._is_healthy(container):
            return
        while True:
            left = None if deadline is None else deadline - monotonic()
            if left is not None and left <= 0:
                raise ReadTimedOut('container {0} did not become healthy within {1} seconds'.format(
                    to_native_string(container), timeout))
            if self._is_healthy_at_next_event(container, _INSPECT_SECONDS if left is None else min(
                    _INSPECT_SECONDS, left)):
                return

    def _is_healthy_at_next_event(self, container, seconds):
        """Wait for an event of a container, for so many seconds at most, and return whether it is healthy."""
        began = monotonic()
        try:
            response = self._checked(self._get(
                self._url('/events'), params={'filters': convert_filters({'container': container})},
                stream=True, timeout=self._bounded_by(seconds)))
            with contextlib.closing(response):
                # It may have become healthy before the events began.
                if self._is_healthy(container):
                    return True
                for _, event in items_of(response):
                    if not (event.get('status') or '').startswith(_CHECKING):
                        return self._is_healthy(container)
                    if monotonic() - began >= seconds:
                        return self._is_healthy(container)
            # The engine has ended the events.
            time.sleep(max(0, seconds - (monotonic() - began)))
        except ReadTimedOut:
            pass
        return self._is_healthy(container)

    def _is_healthy(self, container):
        """Return whether a container is healthy; raise the error when it will not be."""
        inspect = self._get_json(self._url('/containers/{0}/json', container), needed=('State.Running',))
        health, state = health_of(inspect), inspect['State']
        name = to_native_string(container)
        if health is None:
            raise Conflict('container {0} has no health check: create_container takes one as healthcheck, '
                           'and so does a HEALTHCHECK of its image'.format(name))
        about = {'container': inspect.get('Id') or inspect.get('ID') or container,
                 'image': (inspect.get('Config') or {}).get('Image')}
        if health == 'ended':
            raise ContainerError('container {0} ended with exit code {1} before it was healthy'.format(
                name, state.get('ExitCode')), exit_code=state.get('ExitCode'), **about)
        if health == 'unhealthy':
            check = ((state.get('Health') or {}).get('Log') or [{}])[-1]
            raise ContainerError('container {0} is unhealthy: its check ended with exit code {1}'.format(
                name, check.get('ExitCode')), output=(check.get('Output') or u'').encode('utf-8'), **about)
        return health == _HEALTHY
