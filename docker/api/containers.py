"""Containers: from creation to removal, and what inspect, top, diff and the like show of them."""

from docker import config as docker_config, host_config as docker_host_config
from docker.config import convert_filters, convert_port
from docker.session import EngineSession
from docker.validation import (
    check_json_dict, check_optional_text, identifier, is_absent, is_int, query_flag)


class ContainerCalls(EngineSession):
    """The calls about containers, except their output and input."""

    def containers(self, quiet=False, all=False, trunc=True, latest=False, since=None,
                   before=None, limit=-1, size=False, filters=None):
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
        :param filters: a dict of what to list only, with text, an int, a bool or a list of these as values:
            status (``'running'``, ``'paused'``, ``'exited'``, ...), exited (exit codes), label (``'name'``,
            ``'name=value'`` or a dict), name, id, ancestor (an image), volume, network, health, publish,
            expose, before, since. Since API 1.10; most came later.
        :returns: a list of dicts: Id, Image, Command, Created (Unix time), Status, Ports (a list of
            {PrivatePort, PublicPort, Type, IP}), Names, with `size` SizeRw and SizeRootFs (bytes);
            with `quiet` only Id.

        `GET /containers/json`

            >>> [container['Names'] for container in client.containers(all=True)]
            >>> client.containers(filters={'status': 'paused', 'label': {'tier': 'web'}})
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
            'filters': convert_filters(filters),
        })
        if quiet:
            return [{'Id': container['Id']} for container in listed]
        return listed

    def create_container(self, image, command=None, hostname=None, user=None, detach=False,
                         stdin_open=False, tty=False, mem_limit=0, ports=None,
                         environment=None, dns=None, volumes=None, volumes_from=None,
                         network_disabled=False, name=None, entrypoint=None, cpu_shares=None,
                         working_dir=None, domainname=None, memswap_limit=None, cpuset=None,
                         host_config=None, mac_address=None, labels=None, volume_driver=None,
                         stop_signal=None, networking_config=None, healthcheck=None, stop_timeout=None,
                         shell=None, onbuild=None, platform=None):
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
        :param domainname: text. Without it, the part of `hostname` after the first dot.
        :param memswap_limit: memory and swap together, as `mem_limit`; -1 for unlimited swap.
        :param cpuset: the CPUs it may use: ``'0-2,7'``, an int, or a list of ints.
        :param host_config: the host config, a dict as `create_host_config` returns it, with any other
            field of HostConfig. Engines with API 1.24 and later take it only here, not in `start`.
        :param mac_address: its address in its network, as ``'02:42:ac:11:00:02'`` (since API 1.16).
        :param labels: ``{'name': 'value'}``, or a list of ``'name=value'`` and ``'name'`` (since 1.17).
        :param volume_driver: the name of the driver of its volumes, as text (since 1.19).
        :param stop_signal: the signal that `stop` sends: a number, or a name like ``'SIGINT'`` (since 1.21).
        :param networking_config: its settings in its networks, a dict in the API's words:
            ``{'EndpointsConfig': {'backend': {'Aliases': ['db']}}}`` (since 1.22).
        :param healthcheck: a dict with any of test (text for a shell, or a list such as
            ``['CMD', 'true']``; ``['NONE']`` takes the image's away), interval, timeout, start_period and
            start_interval (seconds, or text like ``'1m30s'``) and retries (int); or Test, Interval, ...
            in the API's words, in nanoseconds (since 1.24; start_period 1.29, start_interval 1.44).
        :param stop_timeout: the seconds until SIGKILL of a `stop` without a timeout of its own, an int or
            a float (since 1.25).
        :param shell: the shell of commands that are text, as a list of words (since 1.25).
        :param onbuild: instructions for builds on images that are committed of it, a list of text (since
            1.9).
        :param platform: the platform of the image, as text like ``'linux/arm64'`` (since 1.41).
        :returns: a dict: Id, and Warnings (a list or None; may be missing).
        :raises docker.errors.ImageNotFound: when there is no such image.
        :raises docker.errors.Conflict: when the name is in use.
        :raises docker.errors.NotSupported: for Links with Podman, LxcConf with Docker 1.10 and later, and
            what came in a later API version than the engine has.

        `POST /containers/create`

            >>> client.create_container('busybox', 'httpd -f', ports=[80], name='web')
        """
        config = self.create_container_config(
            image, command=command, hostname=hostname, user=user, detach=detach, stdin_open=stdin_open,
            tty=tty, mem_limit=mem_limit, ports=ports, environment=environment, dns=dns, volumes=volumes,
            volumes_from=volumes_from, network_disabled=network_disabled, entrypoint=entrypoint,
            cpu_shares=cpu_shares, working_dir=working_dir, domainname=domainname,
            memswap_limit=memswap_limit, cpuset=cpuset, host_config=host_config, mac_address=mac_address,
            labels=labels, volume_driver=volume_driver, stop_signal=stop_signal,
            networking_config=networking_config, healthcheck=healthcheck, stop_timeout=stop_timeout,
            shell=shell, onbuild=onbuild)
        return self._json(self._post_json(self._url('/containers/create'), config, params={
            'name': None if is_absent(name) else identifier(name, 'name'),
            'platform': check_optional_text(platform, 'platform')}))

    def create_container_config(self, *args, **kwargs):
        """Return the configuration of a container, for `create_container_from_config`.

        Nothing is sent. It is docker.config.create_container_config.

        :param image: and the others: as `create_container` takes them, without `name` and `platform`.
        :returns: a dict in the API's words: Image, Cmd, Env, HostConfig, ...
        :raises TypeError, ValueError: as `create_container` does.

        For `POST /containers/create`

            >>> config = client.create_container_config('busybox', 'true', labels=['once'])
            >>> client.create_container_from_config(config, 'once')
        """
        return docker_config.create_container_config(*args, **kwargs)

    def create_host_config(self, *args, **kwargs):
        """Return a host config, for `create_container`.

        Nothing is sent. It is docker.host_config.create_host_config, which is also
        `docker.utils.create_host_config`.

        :param binds: and the others: see docker.host_config.create_host_config.
        :returns: a dict in the API's words: Binds, PortBindings, RestartPolicy, ...
        :raises TypeError, ValueError: by the name of the argument.

        For `POST /containers/create`

            >>> host_config = client.create_host_config(binds={'/srv': '/www'}, restart_policy='always')
            >>> client.create_container('busybox', 'httpd -f', host_config=host_config)
        """
        return docker_host_config.create_host_config(*args, **kwargs)

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
            'name': None if is_absent(name) else identifier(name, 'name')}))

    def inspect_container(self, container, size=False):
        """Return the details of a container.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param size: True to include SizeRw and SizeRootFs, in bytes (since API 1.21).
        :returns: a dict: ID, Name, Created, Path, Args, Config, State (Running, Pid, ExitCode,
            StartedAt, FinishedAt), Image, NetworkSettings (IPAddress, Ports, ...), Volumes, and
            more.
        :raises docker.errors.NotFound: when there is no such container.

        `GET /containers/{id}/json`

            >>> client.inspect_container('web')['State']['Running']
            True
        """
        return self._get_json(self._url('/containers/{0}/json', identifier(container)),
                              params={'size': 1 if size else None})

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

    def remove_container(self, container, v=False, link=False, force=False):
        """Remove a container.

        :param container: an id, a short id, a name, or a dict with Id, ID or id; with `link` the
            name of a link, ``/consumer/alias``.
        :param v: True to remove its volumes too.
        :param link: True to remove only the link.
        :param force: True to kill it first if it is running (since API 1.10).
        :returns: None.
        :raises docker.errors.Conflict: when it is running, without `force`.

        `DELETE /containers/{id}`

            >>> client.remove_container('web', v=True)
        """
        self._checked(self._delete(self._url('/containers/{0}', identifier(container)),
                                   params={'v': query_flag(v), 'link': query_flag(link),
                                           'force': 1 if force else None}))

    def rename(self, container, name):
        """Give a container another name.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param name: the new name, as text.
        :returns: None.
        :raises docker.errors.Conflict: when the name is in use.

        `POST /containers/{id}/rename`, since API 1.17

            >>> client.rename('web', 'web-old')
        """
        self._checked(self._post(self._url('/containers/{0}/rename', identifier(container)),
                                 params={'name': identifier(name, 'name')}))

    def update_container(self, container, blkio_weight=None, cpu_period=None, cpu_quota=None,
                         cpu_shares=None, cpuset_cpus=None, cpuset_mems=None, mem_limit=None,
                         mem_reservation=None, memswap_limit=None, kernel_memory=None, restart_policy=None,
                         pids_limit=None, nano_cpus=None, cpu_rt_period=None, cpu_rt_runtime=None,
                         blkio_weight_device=None, device_read_bps=None, device_write_bps=None,
                         device_read_iops=None, device_write_iops=None):
        """Change the limits of a container, also while it is running.

        What is None stays as it is.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param blkio_weight: its weight of disk I/O relative to other containers, an int of 10 to 1000.
        :param cpu_period: the period of `cpu_quota` in microseconds, an int.
        :param cpu_quota: microseconds of CPU time in each period, an int.
        :param cpu_shares: its weight relative to other containers, an int.
        :param cpuset_cpus: the CPUs it may use: ``'0-2,7'``, an int, or a list of ints.
        :param cpuset_mems: the memory nodes it may use, likewise.
        :param mem_limit: bytes as an int, or text with a unit: ``'512m'``.
        :param mem_reservation: likewise: what it is held to when memory is short.
        :param memswap_limit: likewise: memory and swap together; -1 for unlimited swap.
        :param kernel_memory: likewise; removed in API 1.42.
        :param restart_policy: ``'always'``, ``'on-failure:5'``, or a dict with Name and MaximumRetryCount
            (since API 1.23).
        :param pids_limit: how many processes it may have, an int; -1 for no limit (since 1.40).
        :param nano_cpus: how many CPUs it may use, in units of 10**-9, an int (since 1.29).
        :param cpu_rt_period: microseconds of the real-time scheduler, an int (since 1.25).
        :param cpu_rt_runtime: likewise (since 1.25).
        :param blkio_weight_device: a dict of paths of devices to weights, or a list of
            ``{'Path': path, 'Weight': weight}`` (since 1.55).
        :param device_read_bps: a dict of paths of devices to bytes a second, or a list of
            ``{'Path': path, 'Rate': rate}`` (since 1.55).
        :param device_write_bps: likewise (since 1.55).
        :param device_read_iops: likewise, of operations a second (since 1.55).
        :param device_write_iops: likewise (since 1.55).
        :returns: a dict: Warnings, a list of text or None.

        `POST /containers/{id}/update`, since API 1.22

            >>> client.update_container('web', mem_limit='512m', memswap_limit='1g', cpu_shares=512)
        """
        resources = docker_host_config.convert_resources(
            blkio_weight=blkio_weight, cpu_period=cpu_period, cpu_quota=cpu_quota, cpu_shares=cpu_shares,
            cpuset_cpus=cpuset_cpus, cpuset_mems=cpuset_mems, mem_limit=mem_limit,
            mem_reservation=mem_reservation, memswap_limit=memswap_limit, kernel_memory=kernel_memory,
            restart_policy=restart_policy, pids_limit=pids_limit, nano_cpus=nano_cpus,
            cpu_rt_period=cpu_rt_period, cpu_rt_runtime=cpu_rt_runtime,
            blkio_weight_device=blkio_weight_device, device_read_bps=device_read_bps,
            device_write_bps=device_write_bps, device_read_iops=device_read_iops,
            device_write_iops=device_write_iops)
        return self._json(self._post_json(
            self._url('/containers/{0}/update', identifier(container)), resources))

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
