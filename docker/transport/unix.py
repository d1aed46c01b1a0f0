"""A Unix socket as an endpoint.

The URL that requests sees has a fixed host; the endpoint knows the socket. The scheme begins with
`http`, as requests drops the query parameters of all others. Proxies do not apply.
"""

import errno
import os
import socket

import six

from docker.compat import to_native_string
from docker.errors import ConnectTimedOut, EngineUnreachable
from docker.transport.sockets import timeval


class UnixEndpoint(object):
    """The engine that listens on a Unix socket.

    :param path: the path of the socket, as text.
    """

    url = 'http+docker://localhost'
    host = 'localhost'
    tls = False
    proxied = False

    def __init__(self, path):
        self.path = path
        # In UTF-8, which socket.connect() would not use in every locale.
        self.address = path.encode('utf-8', *([] if six.PY2 else ['surrogateescape']))
        self.name = 'unix://' + to_native_string(path)

    def connect(self, timeout=None, verify=True, cert=None, proxy=None):
        """Return a socket that is connected to the engine.

        :param timeout: seconds, None for no limit.
        :param verify: not used, and neither are `cert` and `proxy`; other endpoints use them.
        :raises docker.errors.EngineUnreachable: when that fails.
        """
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            _set_connect_timeout(sock, timeout)
            sock.connect(self.address)
            _set_connect_timeout(sock, None)
            return sock
        except (OSError, socket.error) as error:
            sock.close()
            six.raise_from(self._error_for(error, timeout), None)
        except BaseException:
            sock.close()
            raise

    def _error_for(self, error, timeout):
        reason = error.errno
        if reason in (errno.EAGAIN, errno.ETIMEDOUT):
            return ConnectTimedOut('The engine at {0} did not accept a connection within {1} s.'.format(
                self.name, timeout))
        if reason == errno.ENOENT:
            text = ('No Docker engine at {0}: there is no such socket. Is the engine running, and is '
                    'this its address (base_url, DOCKER_HOST)?')
        elif reason in (errno.EACCES, errno.EPERM):
            text = ('No permission to use the Docker engine at {0}: run as root, or as a member of '
                    'the group that owns the socket (usually "docker").')
        elif reason == errno.ECONNREFUSED and not _is_socket(self.address):
            text = 'No Docker engine at {0}: this is not a socket.'
        elif reason == errno.ECONNREFUSED:
            text = ('No Docker engine at {0}: the socket exists, but nobody listens on it. The '
                    'engine that created it has stopped.')
        else:
            cause = os.strerror(reason) if reason else str(error)
            text = 'No Docker engine at {0}: ' + to_native_string(cause)
        return EngineUnreachable(text.format(self.name))


def _set_connect_timeout(sock, timeout):
    """Let connect() wait for at most `timeout` seconds.

    settimeout() cannot be used: it makes the socket non-blocking, and connect() then fails at once when
    the queue of the listening socket is full.
    """
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, timeval(timeout or None))


def _is_socket(path):
    try:
        return (os.stat(path).st_mode & 0o170000) == 0o140000
    except (OSError, ValueError):
        return False
