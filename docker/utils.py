"""The functions that scripts import from docker.utils.

`create_host_config` is that of docker.host_config, and `kwargs_from_env` reads the environment as the client
does. `compare_version` is not used by the client and stays for the scripts that call it.
"""

import re

from docker.host_config import create_host_config
from docker.transport.endpoint import from_environment
from docker.validation import argument_error, is_text


def compare_version(v1, v2):
    """Compare two versions.

    :param v1: text such as ``'1.10'``.
    :param v2: text such as ``'1.10'``.
    :returns: 1 when `v2` is the newer one, -1 when `v1` is, 0 for equal ones.
    :raises TypeError: for anything else.
    :raises ValueError: for text that is not a version.
    """
    first, second = _version_numbers(v1, 'v1'), _version_numbers(v2, 'v2')
    return (second > first) - (second < first)


def _version_numbers(version, name):
    takes = "a version such as '1.10'"
    if not is_text(version):
        raise argument_error(TypeError, name, takes, version)
    if re.match(r'^\d+(\.\d+)*$', version) is None:
        raise argument_error(ValueError, name, takes, version)
    return tuple(int(number) for number in version.split('.'))


def kwargs_from_env(ssl_version=None, assert_hostname=None, environment=None):
    """Return the arguments for docker.Client from DOCKER_HOST, DOCKER_TLS_VERIFY and DOCKER_CERT_PATH.

    Contexts of the docker command are not read: without DOCKER_HOST the dict is empty, and docker.Client
    itself uses the current one.

    :param ssl_version: not used: the newest version of TLS that both sides speak is negotiated.
    :param assert_hostname: the name that the engine's certificate must be for, as text; False for any.
    :param environment: a dict to use in place of `os.environ`.
    :returns: a dict of `base_url` and `tls`, each only if it is set.

        >>> client = docker.Client(**docker.utils.kwargs_from_env())
    """
    return from_environment(environment, assert_hostname)


__all__ = ['compare_version', 'create_host_config', 'kwargs_from_env']
