"""Where the engine is: base_url and the environment -> an endpoint to connect to.

Never another one than was asked for: what cannot be understood or served is an error, not a
default.
"""

import os
import re

import requests
import six
from six.moves.urllib.parse import unquote, urlsplit

from docker import config
from docker.transport.tcp import TcpEndpoint
from docker.transport.unix import UnixEndpoint

DEFAULT_SOCKET = u'/var/run/docker.sock'
DEFAULT_PORT, DEFAULT_TLS_PORT = 2375, 2376
NO_ADDRESS = re.compile(r'[\s\0-\x1f?#]|\][^:/]|\[(?![0-9a-fA-F:.]+\])')
PORT = re.compile(r'(.*?)(?::([^:\]]*))?$')
FORMS = 'unix:///path, http+unix:///path, tcp://host:port, http://host:port or https://host:port'


def endpoint_for(base_url=None, tls=False, assert_hostname=None):
    """The endpoint that `base_url` (text) names; without one the local socket.

    `tls` makes an address that names no protocol (tcp://) speak TLS.
    """
    if base_url is None:
        return UnixEndpoint(DEFAULT_SOCKET)
    if isinstance(base_url, bytes):
        if not six.PY2:
            raise TypeError('base_url takes a str, not {0!r}'.format(base_url))
        base_url = config.text(base_url, 'base_url')
    if not isinstance(base_url, six.text_type):
        raise TypeError('base_url takes a str, not {0!r}'.format(base_url))
    scheme, separator, rest = base_url.strip().partition(u'://')
    scheme = scheme.lower()
    if not separator and u'/' not in scheme:
        # The docker command takes a bare host:port for tcp://host:port.
        scheme, rest = u'tcp', scheme
    if scheme in (u'unix', u'http+unix'):
        return UnixEndpoint(socket_path(scheme, rest))
    if scheme not in (u'tcp', u'http', u'https'):
        raise ValueError('base_url takes {0}, not {1}'.format(
            FORMS, shown(scheme) + '://...' if separator else 'one without a scheme'))
    return TcpEndpoint(tcp_url(scheme, rest, tls), assert_hostname)


def socket_path(scheme, rest):
    if u'\0' in rest:
        raise ValueError('base_url takes the path of a socket, and no path holds a NUL')
    if scheme == u'http+unix' and rest[:3].lower() == u'%2f':
        rest = unquote(str(rest)) if six.PY3 else unquote(rest.encode('utf-8')).decode('utf-8')
    path = u'/' + rest.lstrip(u'/')
    return path if path != u'/' else DEFAULT_SOCKET


def tcp_url(scheme, rest, tls):
    """The URL of a TCP address as requests spells it, since that is what adapters are found by."""
    secure = scheme == u'https' or scheme == u'tcp' and tls
    url = None
    try:
        parts = urlsplit(u'//' + rest)
        user, at, address = parts.netloc.rpartition(u'@')
        port = parts.port
        if scheme == u'tcp' and port is None:
            port = DEFAULT_TLS_PORT if secure else DEFAULT_PORT
        said = PORT.match(address)
        host, own_port = said.groups() if said else (None, None)
        if (host and parts.hostname and not NO_ADDRESS.search(rest) and
                re.match(r'[0-9]*$', own_port or '') and 0 < int(own_port or 1) < 65536):
            netloc = user + at + host + (u'' if port is None else u':{0}'.format(port))
            request = requests.PreparedRequest()
            request.prepare_url(u'{0}://{1}{2}'.format(
                u'https' if secure else u'http', netloc, parts.path.rstrip(u'/')), None)
            url = str(request.url.rstrip('/'))
    except (ValueError, requests.exceptions.RequestException):
        pass  # what these say may hold credentials
    if url is None:
        raise ValueError('base_url takes {0}, not {1}://{2}'.format(
            FORMS, shown(scheme), shown(rest.rpartition(u'@')[2])))
    return url


def shown(text):
    return str(text) if six.PY3 else text.encode('utf-8')


def checked_tls(tls):
    """What Client takes for `tls`: a bool, a TLS, or None."""
    if tls is not None and not isinstance(tls, (bool, TLS)):
        raise TypeError('tls takes a bool, or what kwargs_from_env() gives, not {0}'.format(
            type(tls).__name__))
    return tls


class TLS(object):
    """How to speak TLS: `verify` and `cert` as a Session has them, and `assert_hostname`.

    `assert_hostname` is the name that the engine's certificate must bear when it is not that of the
    address; False for any name.
    """

    def __init__(self, verify=True, cert=None, assert_hostname=None):
        self.verify = verify
        self.cert = cert
        self.assert_hostname = assert_hostname


def from_environment(environ=None, assert_hostname=None):
    """What DOCKER_HOST, DOCKER_TLS_VERIFY and DOCKER_CERT_PATH say, as arguments of Client: a dict
    of `base_url` and `tls`, each only when it is told.

    As for the docker command, any non-empty DOCKER_TLS_VERIFY asks for TLS, with ca.pem, cert.pem
    and key.pem of DOCKER_CERT_PATH (or ~/.docker).
    """
    environ = os.environ if environ is None else environ
    arguments = {}
    if environ.get('DOCKER_HOST'):
        arguments['base_url'] = environ['DOCKER_HOST']
    if environ.get('DOCKER_TLS_VERIFY') and arguments:
        folder = environ.get('DOCKER_CERT_PATH') or os.path.join(os.path.expanduser('~'), '.docker')
        authority, certificate, key = (os.path.join(folder, name)
                                       for name in ('ca.pem', 'cert.pem', 'key.pem'))
        arguments['tls'] = TLS(
            verify=authority if os.path.exists(authority) else True,
            cert=(certificate, key) if os.path.exists(certificate) else None,
            assert_hostname=assert_hostname)
    return arguments
