"""All that this package uses of urllib3, which requests brings: it is imported here and nowhere else.

urllib3 is no requirement of its own, so that its version is the one that requests takes, and has to be
checked here: attributes that HTTPSConnection does not have could be set all the same, and certificates
would not be verified.
"""

import six

_NEEDED = ('cert_reqs', 'ca_certs', 'ca_cert_dir', 'set_tunnel')

try:
    from urllib3.connection import HTTPConnection, HTTPSConnection
    from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, SSLError
    from urllib3.response import HTTPResponse
    from urllib3.util import wait_for_read, wait_for_write
    from urllib3.util.ssl_ import create_urllib3_context
    _missing = [name for name in _NEEDED if not hasattr(HTTPSConnection, name)]
    if _missing:
        raise ImportError('its HTTPSConnection has no ' + ' and no '.join(_missing))
except ImportError as _error:
    six.raise_from(ImportError(
        'docker-py cannot use the urllib3 that is installed: {0}. Install the newest requests, which brings '
        'the urllib3 that it needs.'.format(_error)), None)

__all__ = ['ConnectTimeoutError', 'HTTPConnection', 'HTTPError', 'HTTPResponse', 'HTTPSConnection',
           'NewConnectionError', 'SSLError', 'create_urllib3_context', 'wait_for_read', 'wait_for_write']
