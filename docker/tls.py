"""`TLSConfig`, by which scripts say how to speak TLS with an engine.

It is the TLS of docker.transport.endpoint with the arguments of docker-py 1.x, checked.
"""

import os
import re

from docker.compat import from_path
from docker.errors import TLSParameterError
from docker.transport.endpoint import TLS
from docker.validation import is_text

_FINGERPRINT = r'(?:[0-9A-Fa-f]{64}|[0-9A-Fa-f]{40})\Z'


class TLSConfig(TLS):
    """How to speak TLS with an engine: the argument `tls` of `docker.Client`.

    :param client_cert: the paths of the client's certificate and of its key, as a pair; None for none.
    :param ca_cert: the path of the certificates that the engine's one is verified by; None for those that
        requests trusts.
    :param verify: True to verify the engine's certificate, False not to, or a path like `ca_cert`. None
        stands for True with `ca_cert`. Without it nothing is verified, as in docker-py 1.x, with a
        UserWarning.
    :param ssl_version: not used: the newest version of TLS that both sides speak is negotiated.
    :param assert_hostname: the name in the engine's certificate if it is not the host of the address, as
        text; False for any name.
    :param assert_fingerprint: the digest of the engine's certificate by SHA-256 or SHA-1, as hexadecimal
        text in which colons may be. It takes the place of the name, and is checked in addition to
        `verify`.
    :raises docker.errors.TLSParameterError: for anything else, and for paths where there is no file.

        >>> tls = docker.tls.TLSConfig(client_cert=('cert.pem', 'key.pem'), ca_cert='ca.pem', verify=True)
        >>> client = docker.Client('tcp://engine:2376', tls=tls)
    """

    def __init__(self, client_cert=None, ca_cert=None, verify=None, ssl_version=None, assert_hostname=None,
                 assert_fingerprint=None):
        self.ssl_version = ssl_version
        self.ca_cert = _check_file(ca_cert, 'ca_cert')
        if not (assert_hostname in (None, False, True) or is_text(assert_hostname)):
            raise TLSParameterError('assert_hostname takes a name as text, False or None')
        super(TLSConfig, self).__init__(
            _verification(verify, self.ca_cert), _check_pair(client_cert),
            None if assert_hostname is True else assert_hostname, _check_digest(assert_fingerprint))

    def configure_client(self, client):
        """Set `verify` and `cert` of a Session. A Client with `tls` has them from the beginning.

        :param client: a requests.Session.
        """
        client.verify, client.cert = self.verify, self.cert


def _verification(verify, ca_cert):
    """Return `verify` as a Session has it."""
    if verify is None and not ca_cert:
        # Imported on first use, to keep `import docker` fast.
        import warnings
        warnings.warn('TLSConfig without verify and ca_cert does not verify the certificate of the engine: '
                      'give it ca_cert, or verify=False', stacklevel=3)
    if verify is False:
        return False
    if verify is None or verify is True:
        return ca_cert or bool(verify)
    path = _check_file(verify, 'verify', folder=True)
    if path is None:
        raise TLSParameterError('verify takes a bool, a path or None, not empty text')
    return path


def _check_pair(client_cert):
    if not client_cert:
        return None
    if not isinstance(client_cert, (tuple, list)) or len(client_cert) != 2 or not all(client_cert):
        raise TLSParameterError('client_cert takes a pair of paths: (certificate, key)')
    return tuple(_check_file(path, 'client_cert') for path in client_cert)


def _check_file(path, name, folder=False):
    """Return the path of a file, or of a folder if that is taken too; None for None and empty text."""
    path = from_path(path)
    if path is None or path == '':
        return None
    if not is_text(path):
        raise TLSParameterError('{0} takes a path as text, not {1}'.format(name, type(path).__name__))
    if not os.path.isfile(path) and not (folder and os.path.isdir(path)):
        raise TLSParameterError('{0} takes the path of a file; there is none at {1}'.format(name, path))
    return path


def _check_digest(fingerprint):
    if not fingerprint:
        return None
    if not is_text(fingerprint) or not re.match(_FINGERPRINT, fingerprint.replace(':', '')):
        raise TLSParameterError('assert_fingerprint takes the digest of a certificate by SHA-256 or SHA-1, '
                                'as hexadecimal text')
    return fingerprint


__all__ = ['TLSConfig']
