"""The Config of a container, in the JSON of Remote API v1.6.

Callers write ports, volumes, sizes and commands in many forms. The engine of 2013 took one form of
each: it misread some of the others, responded to the rest with a bare 500, and could not decode null. So
each function here takes all the forms and returns that one, or None when nothing was given, so that the
key can be left out. That is None, and what is empty where an engine treats it the same; an empty command
is one without words, which takes the image's entrypoint away. Values that make no sense raise a TypeError
(wrong type) or a ValueError (wrong value) before anything is sent. The functions are pure. Text in the
results is unicode on Python 2.7.
"""

import json
import math
import re

import six
from six.moves import collections_abc

from docker.compat import to_native_string
from docker.health import convert_healthcheck
from docker.ports import (
    check_ip_address, check_mac_address, convert_exposed_ports, convert_port, keys_without_values)
from docker.suggestions import explain_mistakes
from docker.units import check_number, check_swap, convert_signal, convert_size
from docker.validation import (
    argument_error, as_list, check_if_given, check_json_dict, check_path, check_seconds, check_text,
    check_text_map, check_text_or_int, did_you_mean, identifier, is_absent, is_int, is_list, is_text,
    short_repr, without_none)

# Regular expressions are strings that are compiled on first use, to keep the import fast.
CONTAINER_PATH = r'/[^:]*\Z'
_TWO_PATHS = r'[^:]:/'
_CPUSET = r'[0-9]+(?:-[0-9]+)?(?:,[0-9]+(?:-[0-9]+)?)*\Z'


@explain_mistakes
def create_container_config(image, command=None, hostname=None, user=None, detach=False, stdin_open=False,
                            tty=False, mem_limit=0, ports=None, environment=None, dns=None, volumes=None,
                            volumes_from=None, network_disabled=False, entrypoint=None, cpu_shares=None,
                            working_dir=None, domainname=None, memswap_limit=0, cpuset=None,
                            host_config=None, mac_address=None, labels=None, volume_driver=None,
                            stop_signal=None, networking_config=None, healthcheck=None, stop_timeout=None,
                            shell=None, onbuild=None):
    """Return the Config of a container to create.

    :param image: as `identifier` takes it.
    :param command: as `convert_command` takes it.
    :param hostname: text. Without `domainname`, one with a dot, like ``'web.example.com'``, becomes a
        Hostname up to the first dot and a Domainname after it, as engines want them.
    :param user: a name or a number, as text or int.
    :param detach: if false, the container is attached to: its stdout and stderr, and with `stdin_open`
        its stdin, which then closes when the first client disconnects from it.
    :param stdin_open: if true, the standard input stays open.
    :param tty: if true, the container has a terminal.
    :param mem_limit: as `convert_size` takes it.
    :param ports: as `convert_exposed_ports` takes them.
    :param environment: as `convert_environment` takes it.
    :param dns: as `convert_dns` takes it.
    :param volumes: as `convert_volumes` takes them.
    :param volumes_from: as `convert_volumes_from` takes it.
    :param network_disabled: if true, the container has no network.
    :param entrypoint: as `convert_command` takes it; one without words takes the image's away.
    :param cpu_shares: a relative weight, an int of 0 or more.
    :param working_dir: a path in the container, as text or an `os.PathLike` object.
    :param domainname: text; ``''`` keeps a hostname with a dot whole.
    :param memswap_limit: as `convert_size` takes it, or -1 for unlimited swap.
    :param cpuset: as `convert_cpuset` takes it.
    :param host_config: a dict, as docker.host_config.create_host_config returns it.
    :param mac_address: text such as ``'02:42:ac:11:00:02'``.
    :param labels: ``{'name': 'value'}``, or a list of ``'name=value'`` and ``'name'``.
    :param volume_driver: the name of the driver of its volumes, as text.
    :param stop_signal: as `convert_signal` takes it.
    :param networking_config: a dict with EndpointsConfig, in the API's words.
    :param healthcheck: as `convert_healthcheck` takes it.
    :param stop_timeout: seconds, an int or a float, rounded up.
    :param shell: the words of a shell, as a list of text.
    :param onbuild: instructions of a Dockerfile, as a list of text.
    :returns: a dict without the keys for which nothing was given.
    :raises TypeError, ValueError: as these functions do.
    """
    hostname, domainname = _split_hostname(hostname, domainname)
    attached, stdin_open = not detach, bool(stdin_open)
    return without_none({
        'Image': identifier(image, 'image'),
        'Cmd': convert_command(command),
        'Entrypoint': convert_command(entrypoint, 'entrypoint'),
        'Env': convert_environment(environment),
        'Hostname': hostname,
        'Domainname': domainname,
        'User': check_if_given(check_text_or_int, user, 'user'),
        'WorkingDir': check_if_given(check_path, working_dir, 'working_dir'),
        'ExposedPorts': convert_exposed_ports(ports),
        'Volumes': convert_volumes(volumes),
        'VolumesFrom': convert_volumes_from(volumes_from),
        'Dns': convert_dns(dns),
        'NetworkDisabled': bool(network_disabled),
        'Memory': convert_size(mem_limit),
        'MemorySwap': check_swap(memswap_limit, 'memswap_limit'),
        'CpuShares': check_if_given(check_number, cpu_shares, 'cpu_shares'),
        'Cpuset': check_if_given(convert_cpuset, cpuset, 'cpuset'),
        'Tty': bool(tty),
        'AttachStdin': attached and stdin_open,
        'AttachStdout': attached,
        'AttachStderr': attached,
        'OpenStdin': stdin_open,
        'StdinOnce': attached and stdin_open,
        'MacAddress': check_if_given(check_mac_address, mac_address, 'mac_address'),
        'Labels': check_if_given(check_text_map, labels, 'labels') or None,
        'VolumeDriver': check_if_given(check_text, volume_driver, 'volume_driver'),
        'StopSignal': _check_stop_signal(stop_signal),
        'StopTimeout': _whole_seconds(stop_timeout, 'stop_timeout'),
        'Healthcheck': convert_healthcheck(healthcheck),
        'Shell': check_if_given(convert_texts, shell, 'shell'),
        'OnBuild': check_if_given(convert_texts, onbuild, 'onbuild'),
        'HostConfig': None if is_absent(host_config) else dict(check_json_dict(host_config, 'host_config')),
        'NetworkingConfig': _check_networking_config(networking_config),
    })


def convert_command(value, name='command'):
    """Return a command as a list of words, or None for None.

    :param value: text, split as a POSIX shell does it (``"sh -c 'echo hi'"`` is three words), or a list or
        tuple of text and ints, which is not split. Empty ones are a command without words.
    :param name: the name of the argument.
    :raises TypeError: for anything else.
    :raises ValueError: for text that ends within quotes or after a backslash.
    """
    takes = 'text or a list of text'
    if value is None:
        return None
    if isinstance(value, (list, tuple)):
        return [check_text_or_int(word, name, takes) for word in value]
    # Imported on first use, to keep `import docker` fast.
    import shlex
    text = check_text(value, name, takes)
    try:
        # The shlex of Python 2.7 cannot split unicode, and that of Python 3 cannot split bytes.
        words = shlex.split(six.ensure_str(text))
    except ValueError as error:
        takes = 'text that a shell can split ({0})'.format(error)
        six.raise_from(argument_error(ValueError, name, takes, value), None)
    return [six.ensure_text(word) for word in words]


def convert_environment(value, name='environment'):
    """Return environment variables as a list of ``"NAME=value"``, or None.

    The messages of errors show names and types but no values, which may be secret.

    :param value: a dict of names to text, ints or None (the name alone), or a list of ``'NAME=value'`` and
        ``'NAME'``. Bools are not taken, as programs read ``'true'``, ``'True'`` and ``'1'`` differently.
    :param name: the name of the argument.
    :raises TypeError: for anything else.
    :raises ValueError: for a name that is empty or, in a dict, contains ``=``.
    """
    if is_absent(value):
        return None
    if isinstance(value, collections_abc.Mapping):
        variables = value.items()
    elif is_list(value):
        variables = (_split_variable(item, name) for item in value)
    else:
        raise _environment_error(name, "a dict or a list of 'NAME=value'", value)
    return [_convert_variable(variable, setting, name) for variable, setting in variables] or None


def _environment_error(name, takes, value):
    return TypeError('{0} takes {1}, not a value of type {2}'.format(name, takes, type(value).__name__))


def _split_variable(item, name):
    if not is_text(item):
        raise _environment_error(name, "'NAME=value' in a list", item)
    variable, equals, setting = check_text(item, name).partition(u'=')
    return variable, setting if equals else None


def _convert_variable(variable, setting, name):
    variable = check_text(variable, name, 'names as text')
    if not variable:
        raise ValueError("{0} takes 'NAME=value' or 'NAME', not an empty name".format(name))
    if u'=' in variable:
        raise ValueError("{0} takes names without '=', not one that begins with {1}".format(
            name, short_repr(variable[:variable.index(u'=') + 1])))
    if setting is None:
        return variable
    if not is_int(setting) and not is_text(setting):
        takes = 'text, an int or None as the value of {0}'.format(short_repr(variable))
        raise _environment_error(name, takes, setting)
    # !s, as without it an enum that is text is formatted in two ways by different versions of Python.
    return u'{0!s}={1!s}'.format(variable, check_text_or_int(setting, name))


def convert_volumes(value):
    """Return the volumes of a container as ``{"/mnt": {}}``, or None.

    :param value: an absolute path of the container, as text or an `os.PathLike` object, a list of them, or
        a dict of them to nothing, like ``{'/mnt': {}}``.
    :raises TypeError: for anything else.
    :raises ValueError: for other paths, including ``'/host:/container'``, which belongs in binds.
    """
    if is_absent(value):
        return None
    if isinstance(value, collections_abc.Mapping):
        value = keys_without_values(value, 'volumes', 'what is mounted belongs in binds', 'binds')
    takes = 'absolute paths of the container (what is mounted there belongs in binds)'
    result = {}
    for path in as_list(value):
        path = check_path(path, 'volumes', takes)
        if not re.match(CONTAINER_PATH, path):
            hint = ': did you mean binds=[{0}] of start or create_host_config?'.format(short_repr(
                to_native_string(path))) if re.search(_TWO_PATHS, path) else ''
            raise argument_error(ValueError, 'volumes', takes, path, hint)
        result[path] = {}
    return result or None


def convert_volumes_from(value):
    """Return the containers whose volumes are mounted too, as text with commas between them, or None.

    :param value: a container as `identifier` takes it, text with commas between names, or a list of
        containers.
    :raises TypeError, ValueError: as `identifier` does.
    """
    if is_absent(value):
        return None
    if is_text(value):
        value = [item.strip() for item in check_text(value, 'volumes_from').split(u',')]
    return u','.join(identifier(item, 'volumes_from') for item in as_list(value)) or None


def convert_dns(value):
    """Return name servers as a list of IP addresses, or None.

    :param value: an address as text, or a list of them.
    :raises TypeError: for anything else.
    :raises ValueError: for text that is not an IP address.
    """
    if is_absent(value):
        return None
    return [check_ip_address(server, 'dns') for server in as_list(value)] or None


def convert_filters(value, name='filters'):
    """Return the filters of a list as the text that engines take, or None when there are none.

    :param value: a dict of names to text, an int, a bool, a list of these, or (of labels) a dict:
        ``{'status': 'exited', 'exited': [0, 1], 'dangling': True, 'label': {'tier': 'web'}}``.
    :param name: the name of the argument.
    :returns: a JSON object of names to lists of text, as text: bools are ``true`` and ``false`` there, and
        a dict is a list of ``key=value``, or of ``key`` for the value None.
    :raises TypeError: for anything else.
    """
    if is_absent(value):
        return None
    if not isinstance(value, collections_abc.Mapping):
        raise argument_error(TypeError, name, 'a dict', value)
    if not value:
        return None
    takes = 'text, ints, bools and lists of them as values'
    filters = {}
    for key, wanted in value.items():
        if isinstance(wanted, collections_abc.Mapping):
            wanted = [label if setting is None else _joined_label(label, setting, name, takes)
                      for label, setting in wanted.items()]
        filters[check_text(key, name, 'names as text')] = [
            _convert_filter(item, name, takes) for item in as_list(wanted)]
    return json.dumps(filters, sort_keys=True)


def _joined_label(label, setting, name, takes):
    return u'{0!s}={1!s}'.format(check_text(label, name, takes), _convert_filter(setting, name, takes))


def _convert_filter(item, name, takes):
    if isinstance(item, bool):
        return u'true' if item else u'false'
    return check_text_or_int(item, name, takes)


def convert_texts(value, name):
    """Return a list of text, or None for an empty one.

    :param value: a list of text, or one text.
    :param name: the name of the argument.
    :raises TypeError: for anything else.
    :raises ValueError: for empty text.
    """
    texts = [check_text(item, name, 'text or a list of text') for item in as_list(value)]
    if u'' in texts:
        raise argument_error(ValueError, name, 'text that is not empty', u'')
    return texts or None


def convert_cpuset(value, name):
    """Return the numbers of CPUs or of memory nodes as text, or None.

    :param value: text such as ``'0-2,7'``, an int, or a list of ints.
    :param name: the name of the argument.
    :raises TypeError: for anything else.
    :raises ValueError: for other text.
    """
    takes = "numbers as '0-2,7', an int or a list of ints"
    text = u','.join(check_text_or_int(item, name, takes) for item in as_list(value))
    if text and not re.match(_CPUSET, text):
        raise argument_error(ValueError, name, takes, value)
    return text or None


def _check_stop_signal(value):
    """Return a signal as text, by its name or its number."""
    if is_absent(value):
        return None
    number = convert_signal(value, 'stop_signal')
    return check_text(value, 'stop_signal') if is_text(value) else six.text_type(number)


def _whole_seconds(value, name):
    seconds = check_seconds(value, name)
    return None if seconds is None else int(math.ceil(seconds))


def _check_networking_config(value):
    if value is None:
        return None
    takes = "a dict {'EndpointsConfig': {network: {...}}}"
    if not isinstance(value, dict):
        raise argument_error(TypeError, 'networking_config', takes, value)
    endpoints = check_json_dict(value, 'networking_config').get('EndpointsConfig') or {}
    unknown = sorted(set(value) - {'EndpointsConfig'}, key=str)
    if unknown:
        hint = did_you_mean(unknown[0], ['EndpointsConfig'])
        raise argument_error(ValueError, 'networking_config', takes, value, hint)
    if not isinstance(endpoints, dict) or not all(
            endpoint is None or isinstance(endpoint, dict) for endpoint in endpoints.values()):
        raise argument_error(TypeError, 'networking_config', takes, value)
    endpoints = dict((name, endpoint or {}) for name, endpoint in endpoints.items())
    return {'EndpointsConfig': endpoints} if endpoints else None


def _split_hostname(hostname, domainname):
    hostname = check_if_given(check_text, hostname, 'hostname')
    domain = check_if_given(check_text, domainname, 'domainname')
    if hostname and domainname is None:
        first, _, rest = hostname.partition(u'.')
        if first and rest:
            return first, rest
    return hostname, domain


__all__ = ['check_ip_address', 'convert_command', 'convert_cpuset', 'convert_dns', 'convert_environment',
           'convert_exposed_ports', 'convert_filters', 'convert_port', 'convert_signal',
           'convert_size', 'convert_texts', 'convert_volumes', 'convert_volumes_from',
           'create_container_config']
