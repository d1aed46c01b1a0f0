"""`Client`, composed of the calls of docker.api: one class a subject."""

from docker.api.archives import ArchiveCalls
from docker.api.attach import AttachCalls
from docker.api.build import BuildCalls
from docker.api.configs import ConfigCalls
from docker.api.containers import ContainerCalls
from docker.api.disk import DiskCalls
from docker.api.exec_instances import ExecCalls
from docker.api.image_archives import ImageArchiveCalls
from docker.api.images import ImageCalls
from docker.api.lifecycle import LifecycleCalls
from docker.api.networks import NetworkCalls
from docker.api.nodes import NodeCalls
from docker.api.plugins import PluginCalls
from docker.api.registries import RegistryCalls
from docker.api.run import RunCalls
from docker.api.secrets import SecretCalls
from docker.api.services import ServiceCalls
from docker.api.stats import StatsCalls
from docker.api.swarm import SwarmCalls
from docker.api.system import SystemCalls
from docker.api.tasks import TaskCalls
from docker.api.volumes import VolumeCalls
from docker.errors import APIError
from docker.session import AutoVersionSession, DEFAULT_DOCKER_API_VERSION, DEFAULT_TIMEOUT_SECONDS
from docker.suggestions import explain_calls


@explain_calls
class Client(ContainerCalls, LifecycleCalls, AttachCalls, ExecCalls, StatsCalls, ArchiveCalls, ImageCalls,
             ImageArchiveCalls, BuildCalls, RegistryCalls, NetworkCalls, VolumeCalls, SwarmCalls,
             NodeCalls, ServiceCalls, TaskCalls, SecretCalls, ConfigCalls, PluginCalls, SystemCalls,
             DiskCalls, RunCalls):
    """A client of one Docker Engine.

    :param base_url: the address, as text: ``unix:///path``, ``unix://path``, ``http+unix:///path``,
        ``unix:/path``, ``tcp://host:port``, ``host:port``, ``http://host:port`` or ``https://host:port``;
        ``tcp://``, ``tcp://:port`` and ``:port`` are this host, 127.0.0.1. When it is None or empty,
        DOCKER_HOST applies if it is set (with DOCKER_TLS_VERIFY and DOCKER_CERT_PATH), else the current
        context of the docker command (DOCKER_CONTEXT, or currentContext of config.json), else the local
        socket, ``unix:///var/run/docker.sock``.
    :param version: the version of the Remote API that responses have the format of, such as
        ``'1.6'``, which None stands for; ``'auto'`` for the newest version that the engine supports. It
        does not affect calls or arguments. Ids of images have the prefix ``sha256:`` from 1.22 on. The
        version used for requests is negotiated on the first call; the environment variable
        DOCKER_API_VERSION sets it instead.
    :param timeout: how many seconds to wait for a connection, and for each part of a response: an int
        or a float of 0 or more, or None for no limit; or a tuple of both, ``(connect, read)``. For
        long-running calls (wait, build, commit, import_image, insert, pull, push, events, attach_socket,
        following output) it applies only to connecting; stop and restart wait for their own timeout in
        addition. The attribute `timeout` can be set to the same.
    :param tls: True for TLS on a ``tcp://`` address, False for none, a `docker.tls.TLSConfig`, or the `tls`
        item of the dict that `docker.utils.kwargs_from_env` returns; the latter two set `verify` and `cert`
        of the Session.
    :param pool_size: how many idle connections are kept, an int of 0 or more. The number in use is not
        limited. Text in this place is a user agent, which `num_pools` may follow, as in docker-py 1.x.
    :param user_agent: the header User-Agent of all requests, text in ASCII; ``docker-py/`` and the version
        of this package by default.
    :param num_pools: another name of `pool_size`, which it overrides.
    :raises TypeError, ValueError: for invalid arguments, and for an invalid DOCKER_API_VERSION; the class
        for versions is `docker.errors.InvalidVersion`.
    :raises docker.errors.InvalidContext: for a current context that is missing or cannot be used.

    A Client is a requests.Session: its headers, hooks, auth, cookies, verify, cert and proxies work as
    they do in requests. `close()` closes its idle connections; open streams keep theirs. One Client
    serves many threads. Requests of its verbs are translated if their path has the Client's own version;
    all others are sent, and their responses returned, as they are.

    Any call can raise

    * TypeError or ValueError for bad arguments, before anything is sent;
    * `docker.errors.APIError` when the engine responds with an error: the subclass for its meaning;
    * `docker.errors.EngineUnreachable`, a requests ConnectionError, when no engine responds: its subclass
      NotAnEngine also when a response is not what the call expects, such as an object in place of a list;
    * `docker.errors.ReadTimedOut` when the engine does not respond in time;
    * `docker.errors.StreamBroken` when a response ends too early, or an object of a stream is not what the
      call expects.

    Each method lists any further exceptions. Wherever a method takes a container or an image, it takes
    an id, a short id, a name, or any dict with Id, ID or id.

        >>> client = docker.Client('unix:///var/run/docker.sock', timeout=10)
        >>> container = client.create_container('busybox', 'echo hello')
        >>> client.start(container)
        >>> client.wait(container)
        0
        >>> client.logs(container)
        b'hello\\n'
    """


class AutoVersionClient(AutoVersionSession, Client):
    """A Client with ``version='auto'``: responses have the format of the newest version of the engine.

    Its parameters are those of Client without `version`; all but `base_url` are given by name.

        >>> client = docker.AutoVersionClient(timeout=10)
    """


from_env = Client.from_env

__all__ = ['APIError', 'AutoVersionClient', 'Client', 'DEFAULT_DOCKER_API_VERSION', 'DEFAULT_TIMEOUT_SECONDS',
           'from_env']
