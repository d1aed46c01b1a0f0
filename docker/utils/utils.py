"""What docker-py 1.x had in docker.utils.utils.

Conversions are those of docker.config, docker.host_config and the modules beside them, and names of
repositories are split by docker.registry_auth. `kwargs_from_env` and `parse_host` read addresses as the
client does. The others are for scripts, and the client does not use them.
"""

from __future__ import absolute_import

import functools
import re

import six

from docker.config import (
    convert_command, convert_environment, convert_filters as _convert_filters,
    create_container_config as _create_container_config)
from docker.errors import InvalidConfigFile
from docker.host_config import convert_links, create_host_config
from docker.limits import LogConfig, Ulimit, convert_devices
from docker.mounts import convert_binds
from docker.network_config import (
    create_endpoint_config, create_ipam_config, create_ipam_pool, create_networking_config)
from docker.ports import convert_port_bindings as _convert_port_bindings
from docker.registry_auth import split_tag
from docker.transport.endpoint import LOCAL_SOCKET, endpoint_for, from_environment
from docker.units import convert_size
from docker.validation import argument_error, is_int, is_text

_PING_SECONDS = 3


def _or_empty(function, empty):
    """Return a function that returns something empty in place of None: programs of 1.x add to it."""
    @functools.wraps(function)
    def call(*args, **kwargs):
        found = function(*args, **kwargs)
        return empty() if found is None else found
    return call


# The names of docker-py 1.x.
convert_filters = _or_empty(_convert_filters, lambda: '{}')
convert_port_bindings = _or_empty(_convert_port_bindings, dict)
convert_volume_binds = _or_empty(convert_binds, list)
format_environment = _or_empty(convert_environment, list)
parse_repository_tag = split_tag
split_command = convert_command


def _after_version(function):
    """Return a function that takes a version of the API as its first argument, and does not use it."""
    @functools.wraps(function)
    def call(*args, **kwargs):
        kwargs.pop('version', None)
        if args and is_text(args[0]) and re.match(r'\d+\.\d+\Z', args[0]):
            args = args[1:]
        return function(*args, **kwargs)
    return call


create_container_config = _after_version(_create_container_config)


def compare_version(v1, v2):
    """Compare two versions.

    :param v1: text such as ``'1.10'``.
    :param v2: text such as ``'1.10'``.
    :returns: 1 when `v2` is the newer one, -1 when `v1` is, 0 for equal ones.
    :raises TypeError: for anything else, such as the `api_version` of a Client that has sent nothing.
    :raises ValueError: for text that is not a version.
    """
    first, second = _version_numbers(v1, 'v1'), _version_numbers(v2, 'v2')
    return (second > first) - (second < first)


def version_lt(v1, v2):
    """Return whether the version `v1` is older than `v2`. Both are as `compare_version` takes them."""
    return compare_version(v1, v2) > 0


def version_gte(v1, v2):
    """Return whether the version `v1` is `v2` or newer. Both are as `compare_version` takes them."""
    return not version_lt(v1, v2)


def _version_numbers(version, name):
    takes = "a version such as '1.10'"
    if version is None:
        raise TypeError('{0} takes {1}, not None, which the api_version of a Client is until its first call: '
                        'call version() of the Client before'.format(name, takes))
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


def parse_host(addr, is_win32=False, tls=False):
    """Return the address of an engine in one form.

    :param addr: text, as docker.Client takes it; None or empty text for the local socket.
    :param is_win32: True for the TCP port of this host in place of the local socket.
    :param tls: True for TLS on a ``tcp://`` address.
    :returns: ``http+unix:///path``, ``http://host:port`` or ``https://host:port``.
    :raises TypeError, ValueError: for anything else.

        >>> docker.utils.parse_host('tcp://engine:2376', tls=True)
        'https://engine:2376'
    """
    if not addr and is_win32:
        addr = 'tcp://127.0.0.1:2375'
    endpoint = endpoint_for(addr or LOCAL_SOCKET, tls, source='addr')
    return endpoint.url if endpoint.proxied else 'http+' + endpoint.name


def parse_bytes(s):
    """Return a size in bytes.

    :param s: text such as ``'512m'``, as `mem_limit` takes it, or a number, which is returned as it is.
    :raises TypeError, ValueError: for anything else.

        >>> docker.utils.parse_bytes('1.5g')
        1610612736
    """
    return s if is_int(s) or isinstance(s, float) else convert_size(s, 's')


def parse_devices(devices):
    """Return devices as the HostConfig has them.

    :param devices: as `create_host_config` takes them, such as ``['/dev/sda:/dev/xvda:rwm']``.
    :returns: a list of dicts.
    :raises TypeError, ValueError: for anything else.
    """
    return convert_devices(devices, 'devices') or []


def parse_env_file(env_file):
    """Read the variables in a file with a line ``NAME=value`` each.

    :param env_file: its path. Empty lines and those that begin with # are skipped.
    :returns: a dict, as `environment` of create_container takes it.
    :raises docker.errors.InvalidConfigFile: for any other line, which is named by its number alone.
    :raises OSError: when the file cannot be read (IOError on Python 2.7).

        >>> client.create_container('busybox', environment=docker.utils.parse_env_file('web.env'))
    """
    # Imported on first use, to keep `import docker` fast.
    import io
    variables = {}
    with io.open(env_file, encoding='utf-8') as lines:
        for number, line in enumerate(lines, 1):
            line = line.strip()
            if line and not line.startswith(u'#'):
                name, equals, value = line.partition(u'=')
                if not (name and equals):
                    raise InvalidConfigFile('{0}: line {1} is not NAME=value'.format(env_file, number))
                variables[name] = value
    return variables


def normalize_links(links):
    """Return links as a sorted list of ``"name:alias"``.

    :param links: as `start` takes them.
    :raises TypeError, ValueError: for anything else.
    """
    return sorted(convert_links(links) or ())


def datetime_to_timestamp(dt):
    """Return a datetime as a Unix time, an int.

    :param dt: a `datetime.datetime`, in UTC when it has no time zone.
    :raises TypeError: for anything else.
    """
    import calendar
    if not hasattr(dt, 'utctimetuple'):
        raise argument_error(TypeError, 'dt', 'a datetime', dt)
    return calendar.timegm(dt.utctimetuple())


def decode_json_header(header):
    """Return the JSON value in a header, such as X-Docker-Container-Path-Stat.

    :param header: base64 of JSON, as text or bytes.
    :raises ValueError: for anything else.
    """
    import base64
    import json
    try:
        encoded = header.encode('ascii') if is_text(header) else header
        # The alphabet for URLs is taken too.
        return json.loads(base64.b64decode(encoded.translate(_STANDARD_BASE64)).decode('utf-8'))
    except (AttributeError, TypeError, ValueError):
        six.raise_from(argument_error(ValueError, 'header', 'base64 of JSON', header), None)


_STANDARD_BASE64 = bytes(bytearray({0x2d: 0x2b, 0x5f: 0x2f}.get(code, code) for code in range(256)))


def ping_registry(url):
    """Return whether a registry responds, of either version of its API.

    :param url: its URL, as text.
    """
    return ping(url + '/v2/', [401]) or ping(url + '/v1/_ping')


def ping(url, valid_4xx_statuses=None):
    """Return whether a URL responds within 3 seconds with success.

    :param url: text.
    :param valid_4xx_statuses: the statuses of 400 and above that are a success too.
    """
    import requests
    try:
        with requests.get(url, timeout=_PING_SECONDS, stream=True) as response:
            return response.status_code < 400 or response.status_code in (valid_4xx_statuses or ())
    except requests.RequestException:
        return False


__all__ = ['LogConfig', 'Ulimit', 'compare_version', 'convert_filters', 'convert_port_bindings',
           'convert_volume_binds', 'create_container_config', 'create_endpoint_config',
           'create_host_config', 'create_ipam_config', 'create_ipam_pool', 'create_networking_config',
           'datetime_to_timestamp', 'decode_json_header', 'format_environment', 'kwargs_from_env',
           'normalize_links', 'parse_bytes', 'parse_devices', 'parse_env_file', 'parse_host',
           'parse_repository_tag', 'ping', 'ping_registry', 'split_command', 'version_gte', 'version_lt']
