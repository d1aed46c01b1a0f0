"""The life of containers: start, stop, restart, kill, wait, pause, unpause."""

import math

from docker.config import convert_signal
from docker.host_config import create_host_config
from docker.session import EngineSession
from docker.validation import check_seconds, identifier


class LifecycleCalls(EngineSession):
    """The calls that start, stop and wait for containers."""

    def start(self, container, binds=None, port_bindings=None, lxc_conf=None,
              publish_all_ports=False, links=None, privileged=False):
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
            create_host_config(binds=binds, port_bindings=port_bindings, lxc_conf=lxc_conf,
                               publish_all_ports=publish_all_ports, links=links,
                               privileged=privileged)))

    def stop(self, container, timeout=10):
        """Stop a container with SIGTERM, and with SIGKILL if it is still running after `timeout` seconds.

        Stopping a container that is not running has no effect.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param timeout: seconds until SIGKILL, an int or a float of 0 or more, rounded up to whole
            seconds.
        :returns: None.

        `POST /containers/{id}/stop`

            >>> client.stop('web', timeout=2)
        """
        self._stop('/containers/{0}/stop', container, timeout)

    def restart(self, container, timeout=10):
        """Stop a container, as `stop` does, and start it again.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param timeout: seconds until SIGKILL, as `stop` takes it.
        :returns: None.

        `POST /containers/{id}/restart`

            >>> client.restart('web')
        """
        self._stop('/containers/{0}/restart', container, timeout)

    def _stop(self, path, container, timeout):
        grace = int(math.ceil(check_seconds(timeout, 'timeout', required=True)))
        self._checked(self._post(self._url(path, identifier(container)), params={'t': grace},
                                 timeout=self._bounded_after(grace)))

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

    def wait(self, container):
        """Wait until a container exits, however long that takes.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :returns: its exit code, an int.

        `POST /containers/{id}/wait`

            >>> client.wait('web')
            0
        """
        return self._json(self._post(self._url('/containers/{0}/wait', identifier(container)),
                                     timeout=self._unbounded))['StatusCode']
