"""Where the engine is: `base_url` and the environment -> an endpoint to connect to.

It is never another one than was asked for: what cannot be understood is an error, not a default.
"""

import os
import re

import requests
import six
from six.moves.urllib.parse import urlsplit

from docker.compat import to_native_string, unquote_text
from docker.errors import InvalidArgument
from docker.transport.tcp import TcpEndpoint
from docker.transport.unix import UnixEndpoint
from docker.validation import argument_error, check_text, did_you_mean

_DEFAULT_SOCKET = u'/var/run/docker.sock'
LOCAL_SOCKET = u'unix://' + _DEFAULT_SOCKET
_DEFAULT_HOST, _DEFAULT_PORT, _DEFAULT_TLS_PORT = u'127.0.0.1', 2375, 2376
# Compiled on first use, to keep the import fast.
_NOT_AN_ADDRESS = r'[\s\0-\x1f?#]|\][^:/]|\[(?![0-9a-fA-F:.]+\])'
_HOST_AND_PORT = r'(?P<host>.*?)(?::(?P<port>[^:\]]*))?$'
_FORMS = ('unix:///path, http+unix:///path, tcp://host:port, host:port, http://host:port or '
          'https://host:port')
_SCHEMES = (u'unix', u'http+unix', u'tcp', u'http', u'https')
# What is meant by text that has no scheme, or a misspelt one: the path of a socket, an address with a slash.
_PATH = r'/[^:@]+\Z'
_HOST_AND_SLASH = r'([\w.-]+(?::[0-9]+)?)/+\Z'
_SEPARATOR = r'(?i)(tcp|https?|unix)(?::/|//|:|/)([^/@][^@]*)\Z'


def endpoint_for(base_url=None, tls=False, assert_hostname=None, source='base_url', fingerprint=None):
    """Return the endpoint of an address.

    :param base_url: text in one of the forms that docker.Client takes; None or empty for the local socket.
    :param tls: True to speak TLS on an address whose scheme does not decide it (``tcp://``).
    :param assert_hostname: the name in the engine's certificate, as TcpEndpoint takes it.
    :param source: the name of the argument or variable that holds the address, for messages.
    :param fingerprint: the fingerprint of the engine's certificate, as TcpEndpoint takes it.
    :raises TypeError: for anything else.
    :raises docker.errors.InvalidArgument: for other text. The message shows no credentials.
    """
    if base_url is None:
        return UnixEndpoint(_DEFAULT_SOCKET)
    if isinstance(base_url, bytes):
        if not six.PY2:
            raise TypeError('{0} takes a str, not {1!r}'.format(source, base_url))
        base_url = check_text(base_url, source)
    if not isinstance(base_url, six.text_type):
        raise TypeError('{0} takes a str, not {1!r}'.format(source, base_url))
    base_url = base_url.strip()
    if not base_url:
        return UnixEndpoint(_DEFAULT_SOCKET)
    scheme, separator, rest = _split_address(base_url)
    if scheme in (u'unix', u'http+unix'):
        return UnixEndpoint(_socket_path(scheme, rest, source))
    if scheme not in (u'tcp', u'http', u'https'):
        raise InvalidArgument('{0} takes {1}, not {2}{3}'.format(
            source, _FORMS, to_native_string(scheme) + '://...' if separator else 'one without a scheme',
            _hint_for_scheme(scheme) if separator else _hint_for_address(base_url)))
    url = _tcp_url(scheme, rest, tls)
    if url is None:
        given, separator, rest = base_url.partition(u'://') if u'://' in base_url else (u'', u'', base_url)
        raise argument_error(
            InvalidArgument, source, _FORMS, to_native_string(given + separator + rest.rpartition(u'@')[2]),
            '' if separator else _hint_for_address(base_url))
    return TcpEndpoint(url, assert_hostname, fingerprint)


def _hint_for_scheme(scheme):
    return did_you_mean(scheme, _SCHEMES).replace("'?", "://...'?")


def _hint_for_address(address):
    """Return what was meant by an address without a scheme, as text that follows the message."""
    path, host = re.match(_PATH, address), re.match(_HOST_AND_SLASH, address)
    parts = re.match(_SEPARATOR, address)
    if path:
        meant = u'unix://' + address
    elif host:
        meant = u'tcp://' + host.group(1)
    elif parts:
        scheme, rest = parts.groups()
        meant = u'{0}://{1}{2}'.format(scheme.lower(), u'/' if scheme.lower() == 'unix' else u'', rest)
    else:
        return ''
    return ": did you mean '{0}'?".format(to_native_string(meant))


def _split_address(address):
    """Return the scheme of an address, ``://`` or nothing, and what follows."""
    scheme, separator, rest = address.partition(u'://')
    scheme = scheme.lower()
    if not separator and scheme.startswith(u'unix:/'):
        return u'unix', separator, address[len(u'unix:'):]
    if not separator and u'/' not in scheme:
        # The docker command takes a bare host:port for tcp://host:port.
        scheme, rest = u'tcp', scheme
    if scheme == u'tcp' and rest[:1] in (u'', u':'):
        # For the docker command and docker-py 1.x an address without a host is this one.
        rest = _DEFAULT_HOST + rest
    return scheme, separator, rest


def _socket_path(scheme, rest, source):
    if u'\0' in rest:
        raise InvalidArgument('{0} takes the path of a socket, which cannot contain a NUL'.format(source))
    if scheme == u'http+unix' and rest[:3].lower() == u'%2f':
        rest = unquote_text(rest)
    path = u'/' + rest.lstrip(u'/')
    return path if path != u'/' else _DEFAULT_SOCKET


def _tcp_url(scheme, rest, tls):
    """Return the URL of a TCP address as requests normalizes it: that is how it looks up adapters.

    It is None when it is no address.
    """
    secure = scheme == u'https' or scheme == u'tcp' and tls
    url = None
    try:
        parts = urlsplit(u'//' + rest)
        user, at, address = parts.netloc.rpartition(u'@')
        port = parts.port
        if scheme == u'tcp' and port is None:
            port = _DEFAULT_TLS_PORT if secure else _DEFAULT_PORT
        host_and_port = re.match(_HOST_AND_PORT, address)
        host, own_port = host_and_port.groups() if host_and_port else (None, None)
        if (host and parts.hostname and not re.search(_NOT_AN_ADDRESS, rest) and
                re.match(r'[0-9]*$', own_port or '') and 0 < int(own_port or 1) < 65536):
            netloc = user + at + host + (u'' if port is None else u':{0}'.format(port))
            request = requests.PreparedRequest()
            request.prepare_url(u'{0}://{1}{2}'.format(
                u'https' if secure else u'http', netloc, parts.path.rstrip(u'/')), None)
            url = str(request.url.rstrip('/'))
    except (ValueError, requests.exceptions.RequestException):
        pass    # the text of these errors is not shown, as it may hold credentials
    return url


def check_tls(tls):
    """Return what Client takes for `tls`: a bool, a TLS, or None.

    :raises TypeError: for anything else.
    """
    if tls is not None and not isinstance(tls, (bool, TLS)):
        raise TypeError('tls takes a bool, a docker.tls.TLSConfig, or what kwargs_from_env() returns, not '
                        '{0}'.format(type(tls).__name__))
    return tls


class TLS(object):
    """How to speak TLS.

    :param verify: as a Session has it.
    :param cert: as a Session has it.
    :param assert_hostname: the name in the engine's certificate if it is not the host of the address, as
        text; False for any name.
    :param assert_fingerprint: the fingerprint of the engine's certificate, as TcpEndpoint takes it.
    """

    def __init__(self, verify=True, cert=None, assert_hostname=None, assert_fingerprint=None):
        self.verify = verify
        self.cert = cert
        self.assert_hostname = assert_hostname
        self.assert_fingerprint = assert_fingerprint


def tls_folder(environ):
    """Return the folder of ca.pem, cert.pem and key.pem: DOCKER_CERT_PATH, or ~/.docker."""
    return environ.get('DOCKER_CERT_PATH') or os.path.join(os.path.expanduser('~'), '.docker')


def from_environment(environ=None, assert_hostname=None):
    """Return DOCKER_HOST, DOCKER_TLS_VERIFY and DOCKER_CERT_PATH as arguments of Client.

    As with the docker command, any non-empty DOCKER_TLS_VERIFY asks for TLS, with ca.pem, cert.pem
    and key.pem of DOCKER_CERT_PATH (or ~/.docker).

    :param environ: a mapping of environment variables; None for os.environ.
    :param assert_hostname: as TLS takes it.
    :returns: a dict of `base_url` and `tls`, without what is not set.
    """
    environ = os.environ if environ is None else environ
    arguments = {}
    if environ.get('DOCKER_HOST', '').strip():
        arguments['base_url'] = environ['DOCKER_HOST']
    if environ.get('DOCKER_TLS_VERIFY') and arguments:
        folder = tls_folder(environ)
        authority, certificate, key = (os.path.join(folder, name)
                                       for name in ('ca.pem', 'cert.pem', 'key.pem'))
        arguments['tls'] = TLS(
            verify=authority if os.path.exists(authority) else True,
            cert=(certificate, key) if os.path.exists(certificate) else None,
            assert_hostname=assert_hostname)
    return arguments
