"""A Unix socket as an endpoint.

The URL that requests sees has a fixed host; the endpoint knows the socket. Its scheme begins with
`http` since requests leaves query parameters out of all others. Proxies have no part in it.
"""

import errno
import os
import socket

import six

from docker.errors import ConnectTimedOut, EngineUnreachable, native
from docker.transport.exchange import timeval


class UnixEndpoint(object):
    """The engine that listens at `path` (text)."""

    url = 'http+docker://localhost'
    host = 'localhost'
    tls = False
    proxied = False

    def __init__(self, path):
        self.path = path
        # Paths are bytes, in UTF-8 whatever the locale says.
        self.address = path.encode('utf-8', *([] if six.PY2 else ['surrogateescape']))
        self.name = 'unix://' + native(path)

    def connect(self, timeout=None, verify=True, cert=None, proxy=None):
        """A socket that is connected to the engine. `timeout` in seconds; the rest is for other
        endpoints."""
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            limit_connect(sock, timeout)
            sock.connect(self.address)
            limit_connect(sock, None)
            return sock
        except (OSError, socket.error) as error:
            sock.close()
            raise self._unreachable(error, timeout)
        except BaseException:
            sock.close()
            raise

    def _unreachable(self, error, timeout):
        reason = error.errno
        if reason in (errno.EAGAIN, errno.ETIMEDOUT):
            return ConnectTimedOut('The engine at {0} did not take a connection within {1} s.'.format(
                self.name, timeout))
        if reason == errno.ENOENT:
            text = ('No Docker engine at {0}: there is no such socket. Is the engine running, and is '
                    'this its address (base_url, DOCKER_HOST)?')
        elif reason in (errno.EACCES, errno.EPERM):
            text = ('No permission to use the Docker engine at {0}: run as root, or as a member of '
                    'the group that owns the socket (usually "docker").')
        elif reason == errno.ECONNREFUSED and not is_socket(self.address):
            text = 'No Docker engine at {0}: this is not a socket.'
        elif reason == errno.ECONNREFUSED:
            text = ('No Docker engine at {0}: the socket is there, but nobody listens. The engine '
                    'that made it has stopped.')
        else:
            text = 'No Docker engine at {0}: ' + native(os.strerror(reason) if reason else str(error))
        return EngineUnreachable(text.format(self.name))


def limit_connect(sock, timeout):
    """Let connect() wait for at most `timeout` seconds.

    Not by settimeout(): a socket that does not block is refused at once where others stand in line
    before it.
    """
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, timeval(timeout or None))


def is_socket(path):
    try:
        return (os.stat(path).st_mode & 0o170000) == 0o140000
    except (OSError, ValueError):
        return False
