"""A TCP address as an endpoint, with TLS and through a proxy where these are asked for.

urllib3's connections connect, speak TLS and verify certificates; only the connected socket is used of
them. TLS is configured by the Session's own `verify` and `cert`, a proxy by its `proxies` and the
environment (NO_PROXY included), as for any URL of requests.
"""

import os
import socket
import ssl

from requests.adapters import HTTPAdapter
from requests.certs import where
from requests.exceptions import InvalidProxyURL
import six
from six.moves.urllib.parse import urlsplit

from docker.errors import ConnectTimedOut, EngineUnreachable, TLSFailed
from docker.transport.urllib3_api import (
    ConnectTimeoutError, HTTPConnection, HTTPError, HTTPSConnection, NewConnectionError, SSLError)


class TcpEndpoint(object):
    """The engine at a TCP address.

    :param url: ``http://host:port`` or ``https://host:port``, as text, the same that requests sees.
    :param assert_hostname: the name in the engine's certificate, as text; False for any, None for the
        host of the URL.
    """

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
        """Return a socket that is connected to the engine.

        :param timeout: seconds, None for no limit.
        :param verify: as requests has it: a bool, or the path of certificates.
        :param cert: as requests has it: a path, or a pair of paths.
        :param proxy: the URL of a proxy, or None.
        :raises docker.errors.EngineUnreachable: when that fails.
        :raises ValueError: for a path where there is nothing.
        """
        address = _proxy_address(proxy) if proxy else self.address
        if self.tls:
            connection = HTTPSConnection(*address, timeout=timeout)
            _configure_tls(connection, verify, cert, self.assert_hostname)
            if proxy:
                connection.set_tunnel(*self.address, headers=HTTPAdapter().proxy_headers(proxy))
        else:
            connection = HTTPConnection(*address, timeout=timeout)
        try:
            connection.connect()
            return connection.sock
        except (EnvironmentError, socket.error, ValueError, HTTPError) as error:
            connection.close()
            six.raise_from(self._error_for(error, timeout, address if proxy else None), None)
        except BaseException:
            connection.close()
            raise

    def _error_for(self, error, timeout, proxy):
        name = self.name
        if proxy:
            name += ' through the proxy {0}:{1}'.format(*proxy)
        # A timeout of the TLS handshake is an SSLError on Python 2.
        timed_out = isinstance(error, (ConnectTimeoutError, socket.timeout)) or 'timed out' in str(error)
        if timed_out and not isinstance(error, NewConnectionError):
            return ConnectTimedOut('The engine at {0} did not accept a connection within {1} s.'.format(
                name, timeout))
        # A host name that does not match is a ValueError on some versions of Python and urllib3.
        if isinstance(error, (ssl.SSLError, SSLError, ValueError)):
            return tls_failed(name, error)
        return EngineUnreachable('No Docker engine at {0}: {1}.'.format(name, _reason_of(error)))


def tls_failed(name, error, request=None):
    """Return the TLSFailed for an error of TLS with the endpoint of this name."""
    return TLSFailed('No TLS with the Docker engine at {0}: {1}. Check `verify` (the certificate authority '
                     'to trust) and `cert` (the client\'s certificate) of the Session.'.format(name, error),
                     request=request)


def _configure_tls(connection, verify, cert, assert_hostname):
    """Set what an HTTPSConnection trusts and presents, given as requests has it."""
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


def _proxy_address(proxy):
    try:
        parts = urlsplit(proxy if '://' in proxy else 'http://' + proxy)
        scheme, host, port = parts.scheme, parts.hostname, parts.port or 80
    except ValueError:
        # The text of the error is not shown, as it may hold credentials.
        scheme, host = None, None
    if scheme != 'http' or not host:
        raise InvalidProxyURL('a proxy for the engine takes the form http://host:port')
    return host, port


def _reason_of(error):
    """Return the end of the text of nested exceptions: the system's words, without addresses of objects."""
    text = str(error)
    return text.rpartition(': ')[2] if text.startswith('<') or ' object at ' in text else text
