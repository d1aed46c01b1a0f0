"""A TCP address as an endpoint, with TLS and through a proxy where these are asked for.

urllib3's connections dial, speak TLS and check certificates; what comes back is the connected
socket. TLS is told by the Session's own `verify` and `cert`, a proxy by its `proxies` and the
environment (NO_PROXY obeyed), as for any URL of requests.
"""

import os
import socket
import ssl

from requests.adapters import HTTPAdapter
from requests.certs import where
from requests.exceptions import InvalidProxyURL
from six.moves.urllib.parse import urlsplit
from urllib3 import exceptions
from urllib3.connection import HTTPConnection, HTTPSConnection

from docker.errors import ConnectTimedOut, EngineUnreachable, TLSFailed


class TcpEndpoint(object):
    """The engine at `host` (text, IPv6 without brackets) and `port`; `url` is what requests
    sees."""

    proxied = True

    def __init__(self, url, assert_hostname=None):
        parts = urlsplit(url)
        self.url = url
        self.tls = parts.scheme == 'https'
        self.address = (parts.hostname, parts.port)
        self.host = parts.netloc.rpartition('@')[2]
        self.assert_hostname = assert_hostname
        self.name = '{0}://{1}{2}'.format(parts.scheme, self.host, parts.path)

    def connect(self, timeout=None, verify=True, cert=None, proxy=None):
        """A socket that is connected to the engine.

        `timeout` in seconds; `verify`, `cert` and `proxy` as requests has them: a bool or the path
        of certificates, a path or a pair of paths, a URL.
        """
        address = proxy_address(proxy) if proxy else self.address
        if self.tls:
            connection = HTTPSConnection(*address, timeout=timeout)
            trust(connection, verify, cert, self.assert_hostname)
            if proxy:
                connection.set_tunnel(*self.address, headers=HTTPAdapter().proxy_headers(proxy))
        else:
            connection = HTTPConnection(*address, timeout=timeout)
        try:
            connection.connect()
            return connection.sock
        except BaseException as error:
            connection.close()
            raise self._unreachable(error, timeout, address if proxy else None)

    def _unreachable(self, error, timeout, proxy):
        where_to = self.name
        if proxy:
            where_to += ' through the proxy {0}:{1}'.format(*proxy)
        # That of a handshake is an SSLError on Python 2.
        late = (isinstance(error, (exceptions.ConnectTimeoutError, socket.timeout)) or
                'timed out' in str(error))
        if late and not isinstance(error, exceptions.NewConnectionError):
            return ConnectTimedOut('The engine at {0} did not take a connection within {1} s.'.format(
                where_to, timeout))
        # A host name that does not match is a ValueError on some versions of Python and urllib3.
        if isinstance(error, (ssl.SSLError, exceptions.SSLError, ValueError)):
            return no_tls(where_to, error)
        if isinstance(error, (OSError, socket.error, exceptions.HTTPError)):
            return EngineUnreachable('No Docker engine at {0}: {1}.'.format(
                where_to, reason_of(error)))
        return error


def no_tls(name, error, request=None):
    return TLSFailed('No TLS with the Docker engine at {0}: {1}. The Session\'s `verify` (the authority '
                     'to trust) and `cert` (who we are) decide.'.format(name, error), request=request)


def trust(connection, verify, cert, assert_hostname):
    """Tell an HTTPSConnection whom to trust and who we are, in the words of requests."""
    connection.cert_reqs = 'CERT_REQUIRED' if verify else 'CERT_NONE'
    connection.assert_hostname = assert_hostname
    if verify:
        authority = where() if verify is True else verify
        if not os.path.exists(authority):
            raise ValueError('verify takes a bool or the path of certificates; there is nothing at '
                             '{0}'.format(authority))
        if os.path.isdir(authority):
            connection.ca_cert_dir = authority
        else:
            connection.ca_certs = authority
    if cert:
        connection.cert_file, connection.key_file = (cert, None) if not isinstance(
            cert, (tuple, list)) else cert
        for path in (connection.cert_file, connection.key_file):
            if path and not os.path.exists(path):
                raise ValueError('cert takes the path of a certificate, or a pair of paths '
                                 '(certificate, key); there is nothing at {0}'.format(path))


def proxy_address(proxy):
    try:
        parts = urlsplit(proxy if '://' in proxy else 'http://' + proxy)
        scheme, host, port = parts.scheme, parts.hostname, parts.port or 80
    except ValueError:
        scheme, host = None, None  # what it says may hold credentials
    if scheme != 'http' or not host:
        raise InvalidProxyURL('a proxy for the engine takes the form http://host:port')
    return host, port


def reason_of(error):
    """The last words of a chain of exceptions: the system's own, without addresses of objects."""
    text = str(error)
    return text.rpartition(': ')[2] if text.startswith('<') or ' object at ' in text else text
