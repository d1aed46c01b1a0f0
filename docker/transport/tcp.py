"""A TCP address as an endpoint, with TLS and through a proxy where these are asked for.

urllib3's connections connect, speak TLS and verify certificates; only the connected socket is used of
them. TLS is configured by the Session's own `verify` and `cert`, a proxy by its `proxies` and the
environment (NO_PROXY included), as for any URL of requests.
"""

import errno
import hashlib
import os
import re
import socket
import ssl

from requests.adapters import HTTPAdapter
from requests.certs import where
from requests.exceptions import InvalidProxyURL
import six
from six.moves.urllib.parse import urlsplit

from docker.compat import from_path, monotonic
from docker.errors import ConnectTimedOut, EngineUnreachable, TLSFailed
from docker.transport.sockets import timed_socket
from docker.transport.urllib3_api import (
    ConnectTimeoutError, HTTPConnection, HTTPError, HTTPSConnection, NewConnectionError, SSLError,
    create_urllib3_context)


# Of OpenSSL, for what is not TLS; and of HTTPS servers, for what is not TLS.
_NOT_TLS = r'(?i)wrong.version.number|unknown.protocol|record.layer.failure|packet.length.too.long'
_HTTPS_EXPECTED = br'(?i)HTTP request (was sent )?to (an )?HTTPS (server|port)'
# A record of TLS begins with its type (21 is an alert, 22 a part of a handshake), and the version 3.
_TLS_RECORDS = (b'\x15\x03', b'\x16\x03')


class TcpEndpoint(object):
    """The engine at a TCP address.

    :param url: ``http://host:port`` or ``https://host:port``, as text, the same that requests sees.
    :param assert_hostname: the name in the engine's certificate, as text; False for any, None for the
        host of the URL.
    :param fingerprint: the digest of the engine's certificate by SHA-256 or SHA-1, as hexadecimal text in
        which colons may be. It takes the place of the name; None for no such check.
    """

    proxied = True

    def __init__(self, url, assert_hostname=None, fingerprint=None):
        parts = urlsplit(url)
        self.url = url
        self.tls = parts.scheme == 'https'
        self.address = (parts.hostname, parts.port)
        self.host = parts.netloc.rpartition('@')[2]
        self.assert_hostname = False if fingerprint else assert_hostname
        self.fingerprint = fingerprint
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
        certified = None
        if self.tls:
            connection = HTTPSConnection(*address, timeout=timeout)
            _configure_tls(connection, verify, cert, self.assert_hostname)
            certified = self._certified_address() if verify else None
            if certified:
                connection.assert_hostname = False
            connection.ssl_context = _TimedContext(create_urllib3_context(
                cert_reqs=ssl.CERT_REQUIRED if verify else ssl.CERT_NONE), timeout)
            if proxy:
                connection.set_tunnel(*self.address, headers=HTTPAdapter().proxy_headers(proxy))
        else:
            connection = HTTPConnection(*address, timeout=timeout)
        try:
            _connect_despite_signals(connection, timeout)
            if certified:
                _check_certified_address(connection.sock.getpeercert(), certified)
            if self.tls and self.fingerprint:
                _check_fingerprint(connection.sock.getpeercert(True), self.fingerprint)
            return connection.sock
        except (EnvironmentError, socket.error, ValueError, HTTPError) as error:
            connection.close()
            six.raise_from(self._error_for(error, timeout, address if proxy else None), None)
        except BaseException:
            connection.close()
            raise

    def _certified_address(self):
        """Return the IP address that the engine's certificate is to be for, packed; None for a name, and on
        Python 3. On Python 2.7, urllib3 cannot compare addresses without another package."""
        if self.assert_hostname is False or not six.PY2:
            return None
        return _packed_address(self.assert_hostname or self.address[0])

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
    if re.search(_NOT_TLS, str(error)):
        plain = name.replace('https://', 'http://')
        return TLSFailed('No TLS with the Docker engine at {0}: what responds there does not speak TLS, but '
                         'probably plain HTTP. Use {1}, or tcp:// without TLS (`tls`, '
                         'DOCKER_TLS_VERIFY).'.format(name, plain), request=request)
    return TLSFailed('No TLS with the Docker engine at {0}: {1}. Check that it speaks TLS, and `verify` (the '
                     'certificate authority to trust) and `cert` (the client\'s certificate) of the '
                     'Session.'.format(name, error), request=request)


def tls_expected(name, request=None):
    """Return the TLSFailed for plain HTTP to the endpoint of this name, which speaks TLS."""
    return TLSFailed('The engine at {0} speaks TLS, not plain HTTP. Use {1}, or tcp:// with TLS (`tls`, '
                     'DOCKER_TLS_VERIFY).'.format(name, name.replace('http://', 'https://')), request=request)


def is_tls_record(data):
    """Return whether the beginning of a response, in bytes, is a record of TLS."""
    return isinstance(data, bytes) and data.startswith(_TLS_RECORDS)


def is_tls_refusal(response):
    """Return whether a response of status 400 is that of an HTTPS server to plain HTTP."""
    if 'json' in response.headers.get('Content-Type', ''):
        return False
    return re.search(_HTTPS_EXPECTED, response.content[:2000]) is not None


def _configure_tls(connection, verify, cert, assert_hostname):
    """Set what an HTTPSConnection trusts and presents, given as requests has it."""
    verify = from_path(verify)
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
        certificate, key = cert if isinstance(cert, (tuple, list)) else (cert, None)
        connection.cert_file, connection.key_file = from_path(certificate), from_path(key)
        for path in (connection.cert_file, connection.key_file):
            if path and not os.path.exists(path):
                raise ValueError('cert takes the path of a certificate, or a pair of paths '
                                 '(certificate, key); there is nothing at {0}'.format(path))


def _packed_address(text):
    """Return an IP address as the bytes that the network has; None for other text."""
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            return socket.inet_pton(family, six.ensure_str(text.strip()))
        except (socket.error, ValueError):
            continue
    return None


def _check_certified_address(certificate, address):
    """Check that a certificate, as `getpeercert` returns it, is for an IP address, packed.

    :raises ssl.CertificateError: when it is not.
    """
    names = certificate.get('subjectAltName') or ()
    if address not in [_packed_address(value) for kind, value in names if kind == 'IP Address']:
        raise ssl.CertificateError('the certificate is not for this address, but for {0}'.format(
            ', '.join(value for _, value in names) or 'no name'))


def _check_fingerprint(certificate, fingerprint):
    """Check that a certificate, as DER, has a fingerprint.

    :raises ssl.CertificateError: when it has another one.
    """
    expected = fingerprint.replace(':', '').lower()
    digest = hashlib.new('sha256' if len(expected) == 64 else 'sha1', certificate).hexdigest()
    if digest != expected:
        raise ssl.CertificateError('the fingerprint of the certificate is {0}, not {1}'.format(
            digest, expected))


class _TimedContext(object):
    """An SSLContext whose handshakes end in time, whatever signals come and whoever's the socket is.

    :param context: the SSLContext.
    :param timeout: seconds, None for no limit.
    """

    def __init__(self, context, timeout):
        vars(self).update(_context=context, _timeout=timeout)

    def __getattr__(self, name):
        return getattr(self._context, name)

    def __setattr__(self, name, value):
        setattr(self._context, name, value)

    def wrap_socket(self, sock, **kwargs):
        wrapped = self._context.wrap_socket(sock, do_handshake_on_connect=False, **kwargs)
        try:
            timed = timed_socket(wrapped)
            timed.set_timeout(self._timeout)
            timed.shake_hands()
        except BaseException:
            wrapped.close()
            raise
        return wrapped


def _connect_despite_signals(connection, timeout):
    """Connect; again when a signal interrupted it, which Python 2 does not resume."""
    deadline = None if timeout is None else monotonic() + timeout
    while True:
        try:
            return connection.connect()
        except (EnvironmentError, socket.error, HTTPError) as error:
            if not six.PY2 or '[Errno {0}]'.format(errno.EINTR) not in str(error):
                raise
        if deadline is not None:
            connection.timeout = deadline - monotonic()
            if connection.timeout <= 0:
                raise socket.timeout('timed out')


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
