"""`Client`: the documented calls, one method each, in the words of Remote API v1.6.

Each call checks what it was given, builds the words of the request, sends one verb of the Session
and decodes the answer. What people write becomes the API's JSON in config.py, streams are decoded
in stream.py, and how a request reaches an engine is the business of docker.transport.
"""

import io
import json
import math
import os
import re

import requests
import six

from docker import auth, config
from docker.config import (
    cells, given_text, identifier, is_text, json_dict, optional_text, seconds, version_of_api)
from docker.errors import APIError, error_for, failure_of, native
from docker.stream import FileStream, Stream, build_text, frames, text, whole
from docker.transport import negotiate
from docker.transport.adapter import IDLE_CONNECTIONS, EngineAdapter, read_blocks
from docker.transport.endpoint import checked_tls, endpoint_for, from_environment
from docker.transport.message import blocks_of, has_run, items_of, quoted, value_of
from docker.transport.translate import TranslatingAdapter
from docker.version import version as __version__

DEFAULT_DOCKER_API_VERSION = '1.6'
DEFAULT_TIMEOUT_SECONDS = 60

REMOTE_CONTEXT = ('http://', 'https://', 'git://', 'git@', 'github.com/')
# Last words of a build that went well; a command of one that fails may well say the same before.
BUILT = (r'^\r?Successfully built ([0-9a-f]{12,64})\s*'
         r'(?:^\r?(?:Successfully tagged|Removing intermediate|SECURITY WARNING).*\s*)*\Z')
BUILT_QUIETLY = r'^(?:sha256:)?([0-9a-f]{12,64})\s*\Z'
# A URL in which nothing is to be quoted.
PLAIN_URL = re.compile(r"^http[+a-z]*://[a-z0-9.:\[\]-]+/[A-Za-z0-9_/.~!$&'()*+,;=:@-]*\Z")


class Client(requests.Session):
    """A client of one Docker Engine.

    :param base_url: the address, as text: ``unix:///path`` (or with two slashes),
        ``http+unix:///path``, ``tcp://host:port``, ``http://host:port`` or ``https://host:port``.
        Without it DOCKER_HOST counts when it is set (with DOCKER_TLS_VERIFY and DOCKER_CERT_PATH),
        else the local socket, ``unix:///var/run/docker.sock``.
    :param version: the version of the Remote API whose answers are wanted, on whatever engine, as
        text; ``'auto'`` for the engine's own newest. The calls and their arguments are the same
        under all of them. What is spoken with the engine is negotiated on the first call;
        DOCKER_API_VERSION sets it instead.
    :param timeout: how many seconds to wait for a connection, and for each piece of an answer: an
        int or a float of 0 or more, or None for no limit. Calls that wait by their nature (wait,
        build, commit, import_image, insert, pull, push, events, attach_socket, following output)
        are bounded while connecting only; stop and restart wait for their own grace besides.
    :param tls: what `docker.utils.kwargs_from_env` gives, which sets `verify` and `cert` of the
        Session; or True, for TLS on an address of ``tcp://``.
    :param pool_size: how many idle connections to keep, an int. There is no limit to those in use.
    :raises TypeError, ValueError: for anything else, and for a DOCKER_API_VERSION that is none.

    A Client is a requests.Session: its headers, hooks, auth, cookies, verify, cert and proxies
    work, and `close()` frees its connections. One Client serves many threads.

    Every call raises `docker.errors.APIError` when the engine answers with an error, of the
    subclass that says what it means; `docker.errors.EngineUnreachable` (a requests ConnectionError)
    when none answers, and `docker.errors.ReadTimedOut` when it does not in time; a TypeError or a
    ValueError for bad arguments, before anything is sent. What a single call raises besides is said
    there. A container or an image is an id, a short id, a name, or any dict with Id, ID or id.

        >>> client = docker.Client('unix:///var/run/docker.sock', timeout=10)
        >>> container = client.create_container('busybox', 'echo hello')
        >>> client.start(container)
        >>> client.wait(container)
        0
        >>> client.logs(container)
        b'hello\\n'
    """

    # Of the Session: as they were when they were last checked, and as they were sent then.
    _checked_headers = None, None

    __attrs__ = requests.Session.__attrs__ + ['base_url', 'timeout', '_endpoint', '_version']

    def __init__(self, base_url=None, version=DEFAULT_DOCKER_API_VERSION,
                 timeout=DEFAULT_TIMEOUT_SECONDS, tls=None, pool_size=IDLE_CONNECTIONS):
        super(Client, self).__init__()
        tls = checked_tls(tls)
        if base_url is None:
            told = from_environment()
            base_url, tls = told.get('base_url'), tls or told.get('tls')
        self._endpoint = endpoint_for(base_url, bool(tls), getattr(tls, 'assert_hostname', None))
        self._version = 'auto' if version == 'auto' else version_of_api(version, 'version')
        spoken = os.environ.get('DOCKER_API_VERSION') or None
        if spoken is not None:
            spoken = negotiate.number(version_of_api(spoken, 'DOCKER_API_VERSION'))
        self.base_url = self._endpoint.url
        self.timeout = seconds(timeout, 'timeout')
        self._logins = {}
        self._credential_files = auth.CredentialFiles()
        self.headers['User-Agent'] = 'docker-py/' + __version__
        self.mount(self.base_url, TranslatingAdapter(
            EngineAdapter(self._endpoint, pool_size), negotiate.number(self._version), spoken))
        # For a local socket the environment has nothing to say, and proxies and ~/.netrc no part in
        # it.
        self.trust_env = self._endpoint.proxied
        if hasattr(tls, 'verify'):
            self.verify, self.cert = tls.verify, tls.cert

    def __repr__(self):
        return '<docker.Client {0} version {1}>'.format(self._endpoint.name, self._version)

    def __setstate__(self, state):
        super(Client, self).__setstate__(state)
        self._logins = {}
        self._credential_files = auth.CredentialFiles()

    @property
    def api_version(self):
        """The version of the Remote API that is spoken with the engine.

        It is negotiated when it has not been yet.

        :returns: text, such as ``'1.41'``.
        """
        adapter = self.get_adapter(self.base_url)
        if adapter.spoken is None:
            self.version()
        return '{0}.{1}'.format(*adapter.spoken)

    def prepare_request(self, request):
        """As any Session's, without the time that it takes to merge settings that nobody made."""
        if (request.cookies or request.auth or request.hooks.get('response') or self.cookies or self.auth or
                self.params or self.trust_env):
            return super(Client, self).prepare_request(request)
        prepared = requests.PreparedRequest()
        prepared.prepare_method(request.method)
        if request.params or not PLAIN_URL.match(request.url):
            prepared.prepare_url(request.url, request.params)
        else:
            prepared.url = request.url
        self._prepare_headers(prepared, request.headers)
        prepared.prepare_cookies(self.cookies)
        prepared.prepare_body(request.data, request.files, request.json)
        prepared.prepare_hooks(self.hooks)
        return prepared

    def _prepare_headers(self, prepared, headers):
        """Those of the Session are checked again only when they are others than before."""
        now = tuple(self.headers.lower_items())
        before, checked = self._checked_headers
        if headers or now != before:
            merged = self.headers.copy()
            merged.update(headers)
            prepared.prepare_headers({name: value for name, value in merged.items() if value is not None})
            if not headers:
                self._checked_headers = now, prepared.headers.copy()
        else:
            prepared.headers = checked.copy()

    def merge_environment_settings(self, url, proxies, stream, verify, cert):
        """As any Session's, but the environment does not overrule what `verify` says here."""
        if verify is None and self.verify is not True:
            verify = self.verify
        if self.trust_env or proxies or self.proxies:
            return super(Client, self).merge_environment_settings(url, proxies, stream, verify, cert)
        return {'proxies': {}, 'stream': self.stream if stream is None else stream,
                'verify': self.verify if verify is None else verify,
                'cert': self.cert if cert is None else cert}

    # How a call speaks to the engine.

    def _url(self, path, *names):
        """The URL of `path`, in which each {0}, {1} ... stands for a name, quoted."""
        written = DEFAULT_DOCKER_API_VERSION if self._version == 'auto' else self._version
        return '{0}/v{1}{2}'.format(self.base_url, written,
                                    path.format(*[quoted(name) for name in names]))

    def _get(self, url, **kwargs):
        return self.get(url, **self._with_defaults(kwargs))

    def _get_json(self, url, **kwargs):
        return self._json(self._get(url, stream=True, **kwargs))

    def _post(self, url, **kwargs):
        return self.post(url, **self._with_defaults(kwargs))

    def _post_json(self, url, body, **kwargs):
        headers = dict(kwargs.pop('headers', {}), **{'Content-Type': 'application/json'})
        return self._post(url, data=json.dumps(body), headers=headers, **kwargs)

    def _delete(self, url, **kwargs):
        return self.delete(url, **self._with_defaults(kwargs))

    def _with_defaults(self, kwargs):
        kwargs.setdefault('timeout', self.timeout)
        # Engines redirect only what is misspelt, and headers with credentials go nowhere else.
        kwargs.setdefault('allow_redirects', False)
        return kwargs

    @property
    def _unbounded(self):
        """The timeout of a call that waits by its nature: only connecting has a limit."""
        return (self.timeout, None)

    def _bounded_after(self, grace):
        """The timeout of a call that waits for `grace` seconds by its nature."""
        return (self.timeout, None if self.timeout is None else grace + self.timeout)

    @staticmethod
    def _checked(response):
        """The response itself, unless the engine answered with an error: that is raised."""
        if response.status_code >= 300 and response.status_code != 304:
            try:
                raise error_for(response)
            finally:
                response.close()
        return response

    def _json(self, response):
        return value_of(self._checked(response))

    def _text(self, response):
        return self._checked(response).content.decode('utf-8', 'replace')

    def _objects(self, response, stream, decode=False):
        """JSON objects that tell of an operation: an iterator of their texts, or the whole text; to
        `decode` an iterator of dicts, or a list of them. An error that they tell of is raised."""
        objects = Stream(without_failure(items_of(self._checked(response), decode), decode), response)
        if stream:
            return objects
        with objects:
            return list(objects) if decode else u'\n'.join(objects)

    # Containers

    def containers(self, quiet=False, all=False, trunc=True, latest=False, since=None,
                   before=None, limit=-1, size=False):
        """List containers, the newest first.

        :param quiet: True for their ids alone.
        :param all: True for those that do not run as well.
        :param trunc: False for commands in full, where the engine cuts them short.
        :param latest: True for the newest one alone, running or not.
        :param since: a container (id, name or dict): those created after it.
        :param before: a container (id, name or dict): those created before it.
        :param limit: the newest so many, running or not, an int; -1 or None for no limit.
        :param size: True for their sizes as well.
        :returns: a list of dicts: Id, Image, Command, Created (Unix time), Status, Ports (a list of
            {PrivatePort, PublicPort, Type, IP}), Names, with `size` SizeRw and SizeRootFs (bytes);
            with `quiet` of Id alone.

        `GET /containers/json`

            >>> [container['Names'] for container in client.containers(all=True)]
        """
        if limit is None:
            limit = -1
        if isinstance(limit, bool) or not isinstance(limit, six.integer_types):
            raise TypeError('limit takes an int, not {0!r}'.format(limit))
        listed = self._get_json(self._url('/containers/json'), params={
            'all': flag(all),
            'limit': 1 if latest else limit,
            'size': flag(size),
            'trunc_cmd': flag(trunc),
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
        :param command: text, split as a shell does, or a list of words.
        :param hostname: text. Of one with dots, what follows the first is the domain name.
        :param user: a name or a number, as text or int.
        :param detach: True: its output and input are not attached to a client.
        :param stdin_open: True: its standard input stays open.
        :param tty: True: it has a terminal.
        :param mem_limit: bytes as an int, or text with a unit: ``'512m'``; 0 for no limit.
        :param ports: what it exposes: a list of ``80``, ``'80'``, ``'53/udp'`` or ``(53, 'udp')``,
            or a dict of these with nothing in it, like ``{'80/tcp': {}}``.
        :param environment: ``{'NAME': 'value'}`` (None: the name alone) or ``['NAME=value']``.
        :param dns: the address of a name server as text, or a list of them.
        :param volumes: a path in the container, a list of them, or a dict like ``{'/data': {}}``.
        :param volumes_from: a container whose volumes it uses too, or a list of them.
        :param network_disabled: True: it has no network.
        :param name: its name, as text; the engine makes one up otherwise.
        :param entrypoint: as `command`.
        :param cpu_shares: its weight among others, an int of 0 or more.
        :param working_dir: a path in the container, as text.
        :param host_config: what would be given to `start` else, and whatever HostConfig has: a
            dict, as `docker.utils.create_host_config` makes it. Engines from API 1.24 on take it
            here only.
        :returns: a dict: Id, and Warnings (a list or None; may be missing).
        :raises docker.errors.ImageNotFound: when there is no such image.
        :raises docker.errors.Conflict: when the name is taken.
        :raises docker.errors.NotSupported: for what the engine has no words for: Links on Podman,
            LxcConf from API 1.22 on.

        `POST /containers/create`

            >>> client.create_container('busybox', 'httpd -f', ports=[80], name='web')
        """
        body = config.container_config(
            image, command=command, hostname=hostname, user=user, detach=detach,
            stdin_open=stdin_open, tty=tty, mem_limit=mem_limit, ports=ports,
            environment=environment, dns=dns, volumes=volumes, volumes_from=volumes_from,
            network_disabled=network_disabled, entrypoint=entrypoint, cpu_shares=cpu_shares,
            working_dir=working_dir)
        if host_config is not None:
            if not isinstance(host_config, dict):
                raise TypeError('host_config takes a dict, not {0!r}'.format(host_config))
            body['HostConfig'] = dict(host_config)
        return self.create_container_from_config(body, name)

    def create_container_from_config(self, config, name=None):
        """Create a container from a Config as the API has it.

        :param config: a dict that JSON can hold: Image, Cmd, Env, ...
        :param name: its name, as text; the engine makes one up otherwise.
        :returns: what `create_container` does.
        :raises: what `create_container` does.

        `POST /containers/create`

            >>> client.create_container_from_config({'Image': 'busybox', 'Cmd': ['true']}, 'once')
        """
        config = json_dict(config, 'config')
        return self._json(self._post_json(self._url('/containers/create'), config, params={
            'name': None if name is None else identifier(name, 'name')}))

    def inspect_container(self, container):
        """All that the engine knows of a container.

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
        """The processes of a running container.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param ps_args: arguments of ps as text, such as ``'aux'``.
        :returns: a dict: Titles (a list of text) and Processes (a list of such lists).

        `GET /containers/{id}/top`

            >>> client.top('web')['Processes']
        """
        return self._get_json(self._url('/containers/{0}/top', identifier(container)),
                              params={'ps_args': optional_text(ps_args, 'ps_args')})

    def diff(self, container):
        """What a container has changed in its file system.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :returns: a list of dicts: Path, and Kind (0 modified, 1 added, 2 deleted).

        `GET /containers/{id}/changes`

            >>> [change['Path'] for change in client.diff('web')]
        """
        return self._get_json(self._url('/containers/{0}/changes', identifier(container))) or []

    def export(self, container):
        """The file system of a container as a tar archive.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :returns: a file of bytes, read once from front to back as the engine sends it; it also
            iterates in blocks. Close it, or use it in a `with` block: an engine may hold the
            container as long.
        :raises docker.errors.StreamBroken: by its read(), when the archive breaks off.

        `GET /containers/{id}/export`

            >>> with client.export('web') as archive, open('web.tar', 'wb') as target:
            ...     shutil.copyfileobj(archive, target)
        """
        response = self._checked(self._get(
            self._url('/containers/{0}/export', identifier(container)), stream=True))
        return FileStream(blocks_of(response), response)

    def copy(self, container, resource):
        """A file or folder of a container as a tar archive.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param resource: its path in the container, as text.
        :returns: a file of bytes, as `export` does.
        :raises docker.errors.NotFound: when there is no such container or path.

        `POST /containers/{id}/copy`

            >>> with client.copy('web', '/etc/hostname') as archive:
            ...     tarfile.open(mode='r|', fileobj=archive).next().name
            'hostname'
        """
        response = self._checked(self._post_json(
            self._url('/containers/{0}/copy', identifier(container)),
            {'Resource': given_text(resource, 'resource')}, stream=True))
        return FileStream(blocks_of(response), response)

    def start(self, container, binds=None, port_bindings=None, lxc_conf=None,
              publish_all_ports=False, links=None, privileged=False):
        """Start a container. One that runs already is left as it is.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param binds: what of the host it mounts: ``{'/host': '/container'}``,
            ``{'/host': '/container:ro'}``, ``{'/host': {'bind': '/container', 'ro': True}}`` or
            ``['/host:/container:ro']``.
        :param port_bindings: where its ports are published: a dict of ports (``80``, ``'53/udp'``,
            ``(53, 'udp')``) to None (a port that the engine picks), a port, ``(ip,)``,
            ``(ip, port)``, ``{'HostIp': ip, 'HostPort': port}``, or a list of these.
        :param lxc_conf: a dict of options, or a list of ``{'Key': option, 'Value': value}``.
        :param publish_all_ports: True: all exposed ports are published, where the engine picks.
        :param links: the containers that it reaches by another name: ``{'name': 'alias'}``, or a
            list of ``('name', 'alias')`` or ``'name:alias'``.
        :param privileged: True: it may do all that the host may.
        :returns: nothing.
        :raises docker.errors.Conflict: when the engine takes these when a container is created only
            (from API 1.24 on), and this one has run without them; one that never ran is created
            anew.
        :raises docker.errors.NotSupported: for `links` on Podman, and `lxc_conf` from API 1.22 on.

        `POST /containers/{id}/start`

            >>> client.start('web', binds={'/srv': '/www'}, port_bindings={80: ('127.0.0.1', 8080)})
        """
        self._checked(self._post_json(
            self._url('/containers/{0}/start', identifier(container)),
            config.host_config(binds=binds, port_bindings=port_bindings, lxc_conf=lxc_conf,
                               publish_all_ports=publish_all_ports, links=links,
                               privileged=privileged)))

    def stop(self, container, timeout=10):
        """Stop a container: SIGTERM, and SIGKILL when it still runs then.

        A container that does not run is left as it is.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param timeout: how many seconds it has before SIGKILL, an int or a float of 0 or more; part
            of a second counts as a whole one.
        :returns: nothing.

        `POST /containers/{id}/stop`

            >>> client.stop('web', timeout=2)
        """
        self._stop('/containers/{0}/stop', container, timeout)

    def restart(self, container, timeout=10):
        """Stop a container, as `stop` does, and start it again.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param timeout: how many seconds it has before SIGKILL, as `stop` takes it.
        :returns: nothing.

        `POST /containers/{id}/restart`

            >>> client.restart('web')
        """
        self._stop('/containers/{0}/restart', container, timeout)

    def _stop(self, path, container, timeout):
        grace = int(math.ceil(seconds(timeout, 'timeout', required=True)))
        self._checked(self._post(self._url(path, identifier(container)), params={'t': grace},
                                 timeout=self._bounded_after(grace)))

    def kill(self, container, signal=None):
        """Send a signal to a running container.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param signal: a number of 1 to 64 (of Linux), or a name: ``'SIGTERM'`` or ``'TERM'``.
            Without it SIGKILL, and the call waits for the end.
        :returns: nothing.

        `POST /containers/{id}/kill`

            >>> client.kill('web', 'SIGHUP')
        """
        self._checked(self._post(self._url('/containers/{0}/kill', identifier(container)),
                                 params={'signal': config.signal_number(signal)}))

    def wait(self, container):
        """Wait until a container ends, however long that takes.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :returns: its exit code, an int.

        `POST /containers/{id}/wait`

            >>> client.wait('web')
            0
        """
        return self._json(self._post(self._url('/containers/{0}/wait', identifier(container)),
                                     timeout=self._unbounded))['StatusCode']

    def remove_container(self, container, v=False, link=False):
        """Remove a container that does not run.

        :param container: an id, a short id, a name, or a dict with Id, ID or id; with `link` the
            name of a link, ``/container/alias``.
        :param v: True: its volumes too.
        :param link: True: the link alone.
        :returns: nothing.
        :raises docker.errors.Conflict: when it runs.

        `DELETE /containers/{id}`

            >>> client.remove_container('web', v=True)
        """
        self._checked(self._delete(self._url('/containers/{0}', identifier(container)),
                                   params={'v': flag(v), 'link': flag(link)}))

    def port(self, container, private_port):
        """Where a port of a container is published.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param private_port: ``80``, ``'80'``, ``'53/udp'`` or ``(53, 'udp')``; without a protocol
            TCP, or UDP when TCP is not published.
        :returns: a list of dicts (HostIp and HostPort, both text), None when it is not published.

        `GET /containers/{id}/json`

            >>> client.port('web', 80)[0]['HostPort']
            '8080'
        """
        wanted = config.port(private_port, 'private_port')
        published = self.inspect_container(container)['NetworkSettings'].get('Ports') or {}
        found = published.get(wanted)
        if found is None and '/' not in str(private_port) and not isinstance(private_port, tuple):
            found = published.get(wanted.replace('/tcp', '/udp'))
        return found or None

    # Output and input of containers

    def attach(self, container, stdout=True, stderr=True, stream=False, logs=False):
        """The output of a container.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param stdout: True for its standard output.
        :param stderr: True for its standard error.
        :param stream: True for what it writes from now on, until it ends; of one that has ended
            already, that is nothing.
        :param logs: True for what it wrote so far.
        :returns: bytes; with `stream` a generator of bytes, as they are written, whose `close()`
            may be called at any time, from any thread.
        :raises docker.errors.OperationFailed: when the engine tells of an error among the output.
        :raises docker.errors.StreamBroken: when the output breaks off.

        `POST /containers/{id}/attach`

            >>> for output in client.attach('web', stream=True):
            ...     sys.stdout.write(output.decode('utf-8', 'replace'))
        """
        container = identifier(container)
        about = self.inspect_container(container)
        follow = stream and (about['State']['Running'] or not has_run(about))
        response = self._checked(self._post(
            self._url('/containers/{0}/attach', container),
            params={'logs': flag(logs), 'stream': flag(follow), 'stdout': flag(stdout),
                    'stderr': flag(stderr)},
            timeout=self._unbounded if follow else self.timeout, stream=True))
        output = blocks_of(response)
        if not about['Config']['Tty']:
            output = frames(output)
        output = Stream(output, response)
        if stream:
            return output
        with output:
            return whole(output)

    def logs(self, container, stdout=True, stderr=True, stream=False):
        """What a container has written so far.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param stdout: True for its standard output.
        :param stderr: True for its standard error.
        :param stream: True for what it goes on to write as well, until it ends.
        :returns: bytes, or with `stream` a generator of bytes, as `attach` does.
        :raises: what `attach` does.

        `POST /containers/{id}/attach`

            >>> client.logs('web').splitlines()[-1]
        """
        return self.attach(container, stdout, stderr, stream, True)

    def attach_socket(self, container, params=None):
        """A two-way socket to a container: its standard input, and its output.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param params: a dict of what to attach: stdin, stdout, stderr, stream, logs (each 1 or 0);
            without it all of the first four.
        :returns: a connected socket (send, recv, shutdown(SHUT_WR) to end the input) with no
            timeout set, which the caller closes. Its output comes in frames unless the container
            has a terminal.

        `POST /containers/{id}/attach`

            >>> terminal = client.attach_socket('shell', {'stdin': 1, 'stdout': 1, 'stream': 1})
            >>> terminal.sendall(b'exit\\n')
        """
        if params is None:
            params = {'stdin': 1, 'stdout': 1, 'stderr': 1, 'stream': 1}
        if not isinstance(params, dict):
            raise TypeError('params takes a dict, not {0!r}'.format(params))
        response = self._checked(self._post(
            self._url('/containers/{0}/attach', identifier(container)), params=params,
            headers={'Connection': 'Upgrade', 'Upgrade': 'tcp'}, timeout=self._unbounded,
            stream=True))
        return response.raw.detach()

    def resize(self, container, height, width):
        """Tell the terminal of a container how large it is.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param height: its rows, an int of 0 or more.
        :param width: its columns, an int of 0 or more.
        :returns: nothing.

        `POST /containers/{id}/resize`

            >>> client.resize('shell', 24, 80)
        """
        self._checked(self._post(
            self._url('/containers/{0}/resize', identifier(container)),
            params={'h': cells(height, 'height'), 'w': cells(width, 'width')}))

    # Images

    def images(self, name=None, quiet=False, all=False, viz=False):
        """List images.

        :param name: those of this repository, as text, with ``*`` and ``?`` for any text.
        :param quiet: True for their ids alone.
        :param all: True for those that others are built on as well.
        :param viz: True for the graph of all images instead.
        :returns: a list of dicts, one for each tag: Repository, Tag, Id, Created (Unix time), Size,
            VirtualSize (bytes); of an image without a name Repository and Tag may be missing. With
            `quiet` a list of ids, each once; with `viz` a Graphviz digraph as text.

        `GET /images/json`, `GET /images/viz`

            >>> [image['Id'] for image in client.images('busybox')]
        """
        if viz:
            return self._text(self._get(self._url('/images/viz')))
        listed = self._get_json(self._url('/images/json'), params={
            'filter': None if name is None else identifier(name, 'name'), 'all': flag(all)})
        if quiet:
            ids = [image['Id'] for image in listed]
            return sorted(set(ids), key=ids.index)
        return listed

    def inspect_image(self, image_id):
        """All that the engine knows of an image.

        :param image_id: an id, a short id, a name, or a dict with Id, ID or id.
        :returns: a dict: id, parent, created, container_config, config, Size, and more.
        :raises docker.errors.ImageNotFound: when there is no such image.

        `GET /images/{name}/json`

            >>> client.inspect_image('busybox')['id']
        """
        return self._get_json(self._url('/images/{0}/json', identifier(image_id, 'image_id')))

    def history(self, image):
        """The layers of an image, the newest first.

        :param image: an id, a short id, a name, or a dict with Id, ID or id.
        :returns: a list of dicts: Id, Tags (may be missing), Created (Unix time), CreatedBy.

        `GET /images/{name}/history`

            >>> [layer['CreatedBy'] for layer in client.history('busybox')]
        """
        return self._get_json(self._url('/images/{0}/history', identifier(image, 'image')))

    def tag(self, image, repository, tag=None, force=False):
        """Give an image a name.

        :param image: an id, a short id, a name, or a dict with Id, ID or id.
        :param repository: the name as text, which may hold the tag.
        :param tag: text; without one the engine's default, latest.
        :param force: True: the name is taken from another image, where an engine would refuse that.
        :returns: True.
        :raises ValueError: when `repository` holds another tag than `tag`.

        `POST /images/{name}/tag`

            >>> client.tag('busybox', 'localhost:5000/busybox', 'v1')
            True
        """
        repository, tag = repository_and_tag(repository, tag)
        response = self._checked(self._post(
            self._url('/images/{0}/tag', identifier(image, 'image')),
            params={'repo': repository, 'tag': tag, 'force': flag(force)}))
        return response.status_code == 201

    def remove_image(self, image):
        """Remove a name of an image, and the image itself with its last name.

        :param image: an id, a short id, a name, or a dict with Id, ID or id.
        :returns: a list of dicts: {'Untagged': name} and {'Deleted': id}.
        :raises docker.errors.ImageNotFound: when there is no such image.
        :raises docker.errors.Conflict: when a container uses it.

        `DELETE /images/{name}`

            >>> client.remove_image('localhost:5000/busybox:v1')
        """
        return self._json(self._delete(self._url('/images/{0}', identifier(image, 'image'))))

    def search(self, term):
        """Search the registry for images.

        :param term: text.
        :returns: a list of dicts: Name and Description, or name, description and more.

        `GET /images/search`

            >>> client.search('busybox')
        """
        return self._get_json(self._url('/images/search'),
                              params={'term': given_text(term, 'term')})

    def commit(self, container, repository=None, tag=None, message=None, author=None, conf=None):
        """Make an image of a container.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param repository: its name as text, which may hold the tag; None for an image without a
            name.
        :param tag: text.
        :param message: text.
        :param author: text.
        :param conf: a Config to change the container's own, a dict that JSON can hold.
        :returns: a dict: Id.

        `POST /commit`

            >>> client.commit('web', 'web', 'v1', conf={'Cmd': ['httpd', '-f']})['Id']
        """
        conf = {} if conf is None else json_dict(conf, 'conf')
        repository, tag = repository_and_tag(repository, tag, required=False)
        return self._json(self._post_json(self._url('/commit'), conf, params={
            'container': identifier(container), 'repo': repository, 'tag': tag,
            'comment': optional_text(message, 'message'),
            'author': optional_text(author, 'author')}, timeout=self._unbounded))

    def import_image(self, src, data=None, repository=None, tag=None):
        """Make an image of a tar archive of a file system.

        :param src: the absolute path of an archive, as text; a URL for the engine to fetch, as
            text; or the archive itself: bytes or a binary file.
        :param data: the archive: bytes or a binary file; `src` is but a label then.
        :param repository: the name of the image as text, which may hold the tag.
        :param tag: text.
        :returns: the engine's JSON as text, one object a line; the last `status` is the id.
        :raises docker.errors.OperationFailed: when the engine tells of an error in it.

        `POST /images/create`

            >>> client.import_image('/tmp/rootfs.tar', repository='mine', tag='v1')
        """
        repository, tag = repository_and_tag(repository, tag, required=False)
        params = {'fromSrc': '-', 'repo': repository, 'tag': tag}
        if data is not None:
            return self._import(params, archive(data, 'data'))
        if is_text(src) and not is_archive(src):
            if not os.path.isabs(src) or not os.path.isfile(src):
                return self._import(dict(params, fromSrc=given_text(src, 'src')), None)
            with open(src, 'rb') as opened:
                return self._import(params, archive(opened, 'src'))
        return self._import(params, archive(src, 'src'))

    def _import(self, params, data):
        response = self._post(self._url('/images/create'), params=params, data=data, stream=True,
                              headers=None if data is None else {'Content-Type': 'application/tar'},
                              timeout=self._unbounded)
        return self._objects(response, stream=False)

    def insert(self, image, url, path):
        """Make an image of another and a file of the web.

        :param image: an id, a short id, a name, or a dict with Id, ID or id.
        :param url: what the engine fetches, as text.
        :param path: where it lies in the image, as text.
        :returns: the engine's JSON as text, one object a line, the last with the Id of the new
            image.
        :raises docker.errors.OperationFailed: when the engine tells of an error in it.

        `POST /images/{name}/insert`

            >>> client.insert('busybox', 'http://localhost:8000/motd', '/etc/motd')
        """
        response = self._post(self._url('/images/{0}/insert', identifier(image, 'image')), params={
            'url': given_text(url, 'url'), 'path': given_text(path, 'path')},
            stream=True, timeout=self._unbounded)
        return self._objects(response, stream=False)

    def build(self, path=None, tag=None, quiet=False, fileobj=None, nocache=False, rm=False,
              stream=False, timeout=None, auth_config=None):
        """Build an image. A build that fails raises nothing: its id is None.

        The engine is told all credentials that are known, for base images of private registries.

        :param path: a folder with a Dockerfile, sent but for what its .dockerignore names; or the
            URL of a git repository, an archive or a Dockerfile for the engine to fetch. As text.
        :param tag: the name of the image, as text.
        :param quiet: True: without the output of its commands.
        :param fileobj: a readable binary or text file: the Dockerfile alone, in place of `path`.
        :param nocache: True: each step is run anew.
        :param rm: True: the containers of its steps are removed.
        :param stream: True for the output as it comes.
        :param timeout: how many seconds to wait for each piece of output, an int or a float of 0 or
            more; None for no limit.
        :param auth_config: credentials that come before those known: a dict of registry address to
            a dict as `pull` takes it; or one such dict, with its `serveraddress`.
        :returns: a pair: the id of the image (None when the build failed) and the output, as text;
            with `stream` a generator of the output, as text.
        :raises TypeError: unless it is one of `path` and `fileobj`.
        :raises ValueError: for a folder without a Dockerfile, and a .dockerignore with a bad
            pattern.
        :raises OSError: for a file of the folder that cannot be read (IOError on Python 2.7).

        `POST /build`

            >>> image_id, output = client.build('/src/web', tag='web')
        """
        # Imported when it is needed, as few scripts build.
        from docker import context
        if (path is None) == (fileobj is None):
            raise TypeError('build takes either path or fileobj')
        limit = self._unbounded if timeout is None else (self.timeout, seconds(timeout, 'timeout'))
        params = {'t': optional_text(tag, 'tag'), 'q': flag(quiet), 'nocache': flag(nocache),
                  'rm': flag(rm)}
        given = {} if auth_config is None else auth.registry_configs(auth_config)
        headers, tar = {'Content-Type': 'application/tar'}, None
        if fileobj is not None:
            tar = context.single(fileobj)
        elif is_text(path) and not os.path.isdir(path) and path.startswith(REMOTE_CONTEXT):
            params['remote'], headers = path, {}
        else:
            tar = context.folder(path)
        try:
            known = self._credential_files.all()
            known.update(self._logins)
            known.update(given)
            if known:
                headers['X-Registry-Config'] = auth.encode_registry_config(known)
            response = self._checked(self._post_confidential(
                self._url('/build'), params=params, data=tar, headers=headers, stream=True,
                timeout=limit))
        finally:
            if hasattr(tar, 'close'):
                tar.close()
        output = blocks_of(response)
        if 'json' in response.headers.get('Content-Type', ''):
            output = build_text(items_of(response))
        else:
            output = text(output)
        output = Stream(output, response)
        if stream:
            return output
        with output:
            output = u''.join(output)
        built = re.search(BUILT, output, re.MULTILINE) or (
            quiet and re.search(BUILT_QUIETLY, output, re.MULTILINE))
        return (built.group(1) if built else None), output

    # Registries

    def login(self, username, password=None, email=None, registry=None, reauth=False):
        """Check credentials with a registry, and keep them in this Client for pull and push.

        :param username: text.
        :param password: text.
        :param email: text.
        :param registry: its address, as text; Docker Hub without one.
        :param reauth: True: the registry is asked although this user is known.
        :returns: a dict: the engine's answer, or when the user is known (from an earlier login, a
            helper or a file) and `reauth` not asked, what is known, password included.
        :raises docker.errors.Unauthorized: when the registry does not take them.

        `POST /auth`

            >>> client.login('me', 'secret', registry='https://localhost:5000/v1/')
        """
        key = auth.registry_key(registry)
        given = auth.Credentials(username, password, email, registry or auth.DEFAULT_REGISTRY)
        if not (given.username and given.username.strip()):
            raise ValueError('username takes text that is not empty')
        if not reauth:
            known = self._credentials(key)
            if known is not None and known.username == given.username:
                return known.to_json_dict()
        response = self._checked(self._post_confidential(
            self._url('/auth'), data=json.dumps(given.to_json_dict()),
            headers={'Content-Type': 'application/json'}))
        answer = self._json(response) if response.content else {}
        self._logins[key] = given.with_identity_token(answer.get('IdentityToken'))
        return answer

    def pull(self, repository, tag=None, stream=False, auth_config=None, decode=False, all_tags=False):
        """Pull an image from its registry.

        :param repository: its name as text, with its registry, which may hold the tag or the digest
            (``'busybox@sha256:...'``).
        :param tag: text; latest without one.
        :param stream: True for the engine's JSON as it comes.
        :param auth_config: the credentials, in place of those known: a dict of username and
            password, or of identitytoken, or of auth (the base64 of ``user:password``).
        :param decode: True for dicts in place of text.
        :param all_tags: True: every tag of the repository is pulled.
        :returns: the engine's JSON as text, one object a line, or to `decode` a list of dicts; with
            `stream` a generator of one object each: status, and id, progress, progressDetail.
        :raises docker.errors.Unauthorized: when the registry wants other credentials.
        :raises docker.errors.OperationFailed: when the engine tells of an error in them; a generator
            gives the object that tells of it before.

        `POST /images/create`

            >>> for item in client.pull('busybox', tag='latest', stream=True):
            ...     print(json.loads(item)['status'])
        """
        registry, _ = auth.resolve_repository(repository)
        repository, tag = repository_and_tag(repository, tag)
        if all_tags and tag:
            raise ValueError('all_tags takes a repository without a tag, and this is of {0!r}'.format(
                native(tag)))
        # Without a tag an engine pulls them all.
        tag = tag or (None if all_tags else 'latest')
        known = self._credentials(registry, auth_config)
        headers = None if known is None else {'X-Registry-Auth': auth.encode_header(known)}
        return self._objects(self._post_confidential(
            self._url('/images/create'), params={'fromImage': repository, 'tag': tag},
            headers=headers, stream=True, timeout=self._unbounded), stream, decode)

    def push(self, repository, stream=False, auth_config=None, decode=False):
        """Push an image to its registry.

        :param repository: its name as text, with its registry; with a tag that tag alone, where the
            engine can do so.
        :param stream: True for the engine's JSON as it comes.
        :param auth_config: the credentials, in place of those known, as `pull` takes them.
        :param decode: True for dicts in place of text.
        :returns: what `pull` does.
        :raises: what `pull` does.

        `POST /images/{name}/push`

            >>> client.push('localhost:5000/busybox')
        """
        registry, _ = auth.resolve_repository(repository)
        repository, tag = repository_and_tag(repository, None)
        if tag and ':' in tag:
            raise ValueError('repository takes a name and perhaps a tag, and this is of a digest, which '
                             'no engine pushes')
        known = self._credentials(registry, auth_config)
        return self._objects(self._post_confidential(
            self._url('/images/{0}/push', identifier(repository, 'repository')), params={'tag': tag},
            data='{}', headers={'Content-Type': 'application/json',
                                'X-Registry-Auth': auth.encode_header(known)},
            stream=True, timeout=self._unbounded), stream, decode)

    def _credentials(self, registry, given=None):
        """The credentials to show to a registry: those that a call was given, or what is known."""
        if given is not None:
            return given
        return self._logins.get(registry) or self._credential_files.get(registry)

    def _post_confidential(self, url, **kwargs):
        """A POST with credentials in it, which neither its answer nor its error goes on to hold."""
        try:
            response = self._post(url, **kwargs)
        except requests.RequestException as error:
            for request in (error.request, getattr(error.response, 'request', None)):
                drop_credentials(request)
            raise
        drop_credentials(response.request)
        return response

    # The engine

    def events(self, since=None, decode=False):
        """What happens to containers and images, as it happens.

        :param since: a Unix time, an int or a float: what has happened from then on comes first.
        :param decode: True for dicts in place of text.
        :returns: a generator of JSON objects as text: status, id, from (of containers) and time (Unix
            time). Engines of today tell of networks and volumes too. It ends with the connection;
            its `close()` may be called at any time, from any thread.

        `GET /events`

            >>> for event in client.events(decode=True):
            ...     print(event['status'])
        """
        since = None if since is None else int(seconds(since, 'since'))
        response = self._checked(self._get(
            self._url('/events'), params={'since': since}, stream=True, timeout=self._unbounded))
        return Stream((value if decode else text for text, value in items_of(response, decode)), response)

    def info(self):
        """What the engine tells of itself.

        :returns: a dict: Containers, Images, Debug, KernelVersion, and more.

        `GET /info`

            >>> client.info()['Containers']
        """
        return self._get_json(self._url('/info'))

    def version(self):
        """The version of the engine.

        :returns: a dict: Version, GitCommit, GoVersion, and more.

        `GET /version`

            >>> client.version()['Version']
        """
        return self._get_json(self._url('/version'))


def flag(value):
    """A truth in a query."""
    return 1 if value else 0


def is_archive(value):
    """Whether a str of Python 2.7, which may be either, holds an archive and not a path or a
    URL."""
    if isinstance(value, six.text_type):
        return False
    return b'\0' in value or value != value.decode('utf-8', 'ignore').encode('utf-8')


def archive(value, what):
    """An archive to send: bytes or a binary file."""
    if isinstance(value, (bytes, bytearray)):
        return bytes(value)
    if hasattr(value, 'read') and not isinstance(value, io.TextIOBase):
        return read_blocks(value)
    raise TypeError('{0} takes bytes or a binary file, not {1}'.format(what, type(value).__name__))


def repository_and_tag(repository, tag, required=True):
    """The name of an image and its tag, which may come within the name."""
    tag = optional_text(tag, 'tag')
    if repository is None and not required:
        return None, tag
    name, own = auth.split_tag(repository)
    if own and tag and own != tag:
        raise ValueError('repository holds the tag {0!r}, and tag is {1!r}'.format(
            native(own), native(tag)))
    return name, tag or own


def drop_credentials(request):
    """Take out of a request that was sent all that it held of credentials: the body of a login, and
    the headers of all others."""
    if request is not None:
        request.body = None
        for name in auth.HEADERS:
            request.headers.pop(name, None)


def without_failure(items, decode):
    """The JSON objects of an operation (given as pairs of text and dict), to `decode` as dicts, else as
    text; after one that tells of an error this error is raised."""
    for item, told in items:
        yield told if decode else item
        if told is None:
            continue
        failure = told.get('error') or (told.get('errorDetail') or {}).get('message')
        if failure:
            raise failure_of(native(failure))


__all__ = ['APIError', 'Client', 'DEFAULT_DOCKER_API_VERSION', 'DEFAULT_TIMEOUT_SECONDS']
