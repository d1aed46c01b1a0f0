"""Containers: from creation to removal, and what inspect, top, diff and the like show of them."""

from docker.config import convert_port, create_container_config
from docker.session import EngineSession
from docker.validation import check_json_dict, check_optional_text, identifier, is_int, query_flag


class ContainerCalls(EngineSession):
    """The calls about containers, except their output and input."""

    def containers(self, quiet=False, all=False, trunc=True, latest=False, since=None,
                   before=None, limit=-1, size=False):
        """List containers, the newest first.

        :param quiet: True to return only ids.
        :param all: True to include containers that are not running.
        :param trunc: False for complete commands, with engines that shorten them.
        :param latest: True to list only the newest container, running or not.
        :param since: a container (id, name or dict): list only containers created after it.
        :param before: a container (id, name or dict): list only containers created before it.
        :param limit: list only so many of the newest containers, running or not, an int; -1 or None
            for no limit.
        :param size: True to include the sizes.
        :returns: a list of dicts: Id, Image, Command, Created (Unix time), Status, Ports (a list of
            {PrivatePort, PublicPort, Type, IP}), Names, with `size` SizeRw and SizeRootFs (bytes);
            with `quiet` only Id.

        `GET /containers/json`

            >>> [container['Names'] for container in client.containers(all=True)]
        """
        if limit is None:
            limit = -1
        if not is_int(limit):
            raise TypeError('limit takes an int, not {0!r}'.format(limit))
        listed = self._get_json(self._url('/containers/json'), params={
            'all': query_flag(all),
            'limit': 1 if latest else limit,
            'size': query_flag(size),
            'trunc_cmd': query_flag(trunc),
            'since': None if since is None else identifier(since, 'since'),
            'before': None if before is None else identifier(before, 'before'),
        })
        if quiet:
            return [{'Id': container['Id']} for container in listed]
        return listed

    def create_container(self, image, command=None, hostname=None, user=None, detach=False,
                         stdin_open=False, tty=False, mem_limit=0, ports=None,
                         environment=None, dns=None, volumes=None, volumes_from=None,
                         network_disabled=False, name=None, entrypoint=None, cpu_shares=None,
                         working_dir=None, host_config=None):
        """Create a container; `start` runs it.

        :param image: an id, a short id, a name, or a dict with Id, ID or id.
        :param command: text, split as a shell does, or a list of words; the image's when it is None or
            has no words.
        :param hostname: text. If it contains a dot, the part after the first dot is the domain name.
        :param user: a name or a number, as text or int.
        :param detach: True to leave stdin, stdout and stderr unattached.
        :param stdin_open: True to keep stdin open.
        :param tty: True to allocate a terminal.
        :param mem_limit: bytes as an int, or text with a unit: ``'512m'``; 0 for no limit.
        :param ports: the ports it exposes: a list of ``80``, ``'80'``, ``'53/udp'`` or
            ``(53, 'udp')``, or a dict of these with empty values, like ``{'80/tcp': {}}``.
        :param environment: ``{'NAME': 'value'}`` (values as text or int; None sends only the name) or
            ``['NAME=value']``.
        :param dns: the IP address of a DNS server as text, or a list of them.
        :param volumes: an absolute path in the container, a list of them, or a dict like
            ``{'/data': {}}``; each path as text or an `os.PathLike` object.
        :param volumes_from: a container whose volumes to mount too, or a list of them.
        :param network_disabled: True for no network.
        :param name: its name, as text; the engine generates one when it is None.
        :param entrypoint: as `command`; ``[]`` or ``''`` takes the image's away.
        :param cpu_shares: its weight relative to other containers, an int of 0 or more.
        :param working_dir: a path in the container, as text or an `os.PathLike` object.
        :param host_config: the host config, a dict as `docker.utils.create_host_config` returns it,
            with any other field of HostConfig. Engines with API 1.24 and later take it only here, not
            in `start`.
        :returns: a dict: Id, and Warnings (a list or None; may be missing).
        :raises docker.errors.ImageNotFound: when there is no such image.
        :raises docker.errors.Conflict: when the name is in use.
        :raises docker.errors.NotSupported: for Links with Podman, and LxcConf with Docker 1.10 and later.

        `POST /containers/create`

            >>> client.create_container('busybox', 'httpd -f', ports=[80], name='web')
        """
        body = create_container_config(
            image, command=command, hostname=hostname, user=user, detach=detach,
            stdin_open=stdin_open, tty=tty, mem_limit=mem_limit, ports=ports,
            environment=environment, dns=dns, volumes=volumes, volumes_from=volumes_from,
            network_disabled=network_disabled, entrypoint=entrypoint, cpu_shares=cpu_shares,
            working_dir=working_dir)
        if host_config is not None:
            body['HostConfig'] = dict(check_json_dict(host_config, 'host_config'))
        return self.create_container_from_config(body, name)

    def create_container_from_config(self, config, name=None):
        """Create a container from a configuration in the API's own format.

        :param config: a dict that JSON can represent: Image, Cmd, Env, ...
        :param name: its name, as text; the engine generates one when it is None.
        :returns: the same as `create_container`.
        :raises: the same as `create_container`.

        `POST /containers/create`

            >>> client.create_container_from_config({'Image': 'busybox', 'Cmd': ['true']}, 'once')
        """
        config = check_json_dict(config, 'config')
        return self._json(self._post_json(self._url('/containers/create'), config, params={
            'name': None if name is None else identifier(name, 'name')}))

    def inspect_container(self, container):
        """Return the details of a container.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :returns: a dict: ID, Name, Created, Path, Args, Config, State (Running, Pid, ExitCode,
            StartedAt, FinishedAt), Image, NetworkSettings (IPAddress, Ports, ...), Volumes, and
            more.
        :raises docker.errors.NotFound: when there is no such container.

        `GET /containers/{id}/json`

            >>> client.inspect_container('web')['State']['Running']
            True
        """
        return self._get_json(self._url('/containers/{0}/json', identifier(container)))

    def top(self, container, ps_args=None):
        """List the processes of a running container.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param ps_args: arguments of ps as text, such as ``'aux'``.
        :returns: a dict: Titles (a list of text) and Processes (a list of such lists).

        `GET /containers/{id}/top`

            >>> client.top('web')['Processes']
        """
        return self._get_json(self._url('/containers/{0}/top', identifier(container)),
                              params={'ps_args': check_optional_text(ps_args, 'ps_args')})

    def diff(self, container):
        """List what a container has changed in its file system.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :returns: a list of dicts: Path, and Kind (0 modified, 1 added, 2 deleted).

        `GET /containers/{id}/changes`

            >>> [change['Path'] for change in client.diff('web')]
        """
        return self._get_json(self._url('/containers/{0}/changes', identifier(container)))

    def remove_container(self, container, v=False, link=False):
        """Remove a container that is not running.

        :param container: an id, a short id, a name, or a dict with Id, ID or id; with `link` the
            name of a link, ``/consumer/alias``.
        :param v: True to remove its volumes too.
        :param link: True to remove only the link.
        :returns: None.
        :raises docker.errors.Conflict: when it is running.

        `DELETE /containers/{id}`

            >>> client.remove_container('web', v=True)
        """
        self._checked(self._delete(self._url('/containers/{0}', identifier(container)),
                                   params={'v': query_flag(v), 'link': query_flag(link)}))

    def port(self, container, private_port):
        """Return where a port of a container is published.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param private_port: ``80``, ``'80'``, ``'53/udp'`` or ``(53, 'udp')``; without a protocol
            TCP, or UDP when TCP is not published.
        :returns: a list of dicts (HostIp and HostPort, both text), or None if it is not published.

        `GET /containers/{id}/json`

            >>> client.port('web', 80)[0]['HostPort']
            '8080'
        """
        wanted = convert_port(private_port, 'private_port')
        settings = self.inspect_container(container).get('NetworkSettings') or {}
        published = settings.get('Ports') or {}
        bindings = published.get(wanted)
        if bindings is None and '/' not in str(private_port) and not isinstance(private_port, tuple):
            bindings = published.get(wanted.replace('/tcp', '/udp'))
        return bindings or None
