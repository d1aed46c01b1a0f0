"""A Unix socket as an endpoint.

The URL that requests sees has a fixed host; the endpoint knows the socket. The scheme begins with
`http`, as requests drops the query parameters of all others. Proxies do not apply.
"""

import errno
import os
import socket
import time

import six

from docker.compat import monotonic, to_native_string
from docker.errors import ConnectTimedOut, EngineUnreachable

_PAUSE_SECONDS = 0.01


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
            _connect_in_line(sock, self.address, timeout)
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
        unreachable = EngineUnreachable(text.format(self.name))
        unreachable.errno = reason
        return unreachable


def _connect_in_line(sock, address, timeout):
    """Connect, and wait for at most `timeout` seconds while the queue of the listening socket is full.

    A blocking connect() would wait for a place without a limit; one that does not block fails at once, and
    nothing shows when there is a place.
    """
    deadline = None if timeout is None else monotonic() + timeout
    sock.settimeout(0)
    while True:
        try:
            sock.connect(address)
            break
        except (OSError, socket.error) as error:
            if error.errno != errno.EAGAIN or deadline is not None and monotonic() >= deadline:
                raise
        time.sleep(_PAUSE_SECONDS if deadline is None else
                   max(0, min(_PAUSE_SECONDS, deadline - monotonic())))
    sock.settimeout(None)


def _is_socket(path):
    try:
        return (os.stat(path).st_mode & 0o170000) == 0o140000
    except (OSError, ValueError):
        return False
