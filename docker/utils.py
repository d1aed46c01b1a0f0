"""Names that scripts import from here; each lives elsewhere, or is too old to live anywhere
else."""

import re

import six

from docker.config import host_config as create_host_config
from docker.transport.endpoint import from_environment


def compare_version(v1, v2):
    """Compare two versions such as '1.10': 1 when `v2` is the newer one, -1 when `v1` is, 0 for
    equal ones."""
    first, second = as_numbers(v1, 'v1'), as_numbers(v2, 'v2')
    return (second > first) - (second < first)


def as_numbers(version, what):
    takes = '{0} takes a version such as \'1.10\', not {1!r}'.format(what, version)
    if not isinstance(version, six.string_types):
        raise TypeError(takes)
    if re.match(r'^\d+(\.\d+)*$', version) is None:
        raise ValueError(takes)
    return tuple(int(number) for number in version.split('.'))


def kwargs_from_env(ssl_version=None, assert_hostname=None, environment=None):
    """What DOCKER_HOST, DOCKER_TLS_VERIFY and DOCKER_CERT_PATH say, as arguments of docker.Client.

    `assert_hostname` (str, or False): the name that the engine's certificate must bear (any).
    `ssl_version` is taken and not used: the newest that both sides speak is spoken. `environment`
    (dict): in place of os.environ.

        >>> client = docker.Client(**docker.utils.kwargs_from_env())
    """
    return from_environment(environment, assert_hostname)


__all__ = ['compare_version', 'create_host_config', 'kwargs_from_env']
