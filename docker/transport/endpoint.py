"""Where the engine is: base_url and the environment -> an endpoint to connect to.

Never another one than was asked for: what cannot be understood or served is an error, not a
default.
"""

import os

import six
from six.moves.urllib.parse import unquote, urlsplit

from docker.transport.tcp import TcpEndpoint
from docker.transport.unix import UnixEndpoint

DEFAULT_SOCKET = u'/var/run/docker.sock'
DEFAULT_PORT, DEFAULT_TLS_PORT = 2375, 2376
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
        base_url = base_url.decode('utf-8')
    if not isinstance(base_url, six.text_type):
        raise TypeError('base_url takes a str, not {0!r}'.format(base_url))
    base_url = base_url.strip()
    scheme, separator, rest = base_url.partition(u'://')
    scheme = scheme.lower()
    if not separator:
        # The docker command takes a bare host:port for tcp://host:port.
        scheme, rest = u'tcp', base_url
    if scheme in (u'unix', u'http+unix'):
        return UnixEndpoint(socket_path(scheme, rest))
    if scheme not in (u'tcp', u'http', u'https'):
        raise ValueError('base_url takes {0}, not a {1}:// address'.format(FORMS, shown(scheme)))
    return TcpEndpoint(tcp_url(scheme, rest, tls), assert_hostname)


def socket_path(scheme, rest):
    if scheme == u'http+unix' and rest[:3].lower() == u'%2f':
        rest = unquote(str(rest)) if six.PY3 else unquote(rest.encode('utf-8')).decode('utf-8')
    path = u'/' + rest.lstrip(u'/')
    return path if path != u'/' else DEFAULT_SOCKET


def tcp_url(scheme, rest, tls):
    secure = scheme == u'https' or scheme == u'tcp' and tls
    parts = urlsplit(u'//' + rest)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if not parts.hostname or port is not None and not 0 < port < 65536 or parts.query or parts.fragment:
        raise ValueError('base_url takes {0}, not {1}://{2}'.format(
            FORMS, shown(scheme), shown(rest.rpartition(u'@')[2])))
    netloc = parts.netloc
    if port is None and scheme == u'tcp':
        netloc = u'{0}:{1}'.format(netloc.rstrip(u':'), DEFAULT_TLS_PORT if secure else DEFAULT_PORT)
    return str(u'{0}://{1}{2}'.format(u'https' if secure else u'http', netloc, parts.path.rstrip(u'/')))


def shown(text):
    return str(text) if six.PY3 else text.encode('utf-8')


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
