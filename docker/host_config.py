"""The HostConfig of a container, in the JSON of the Remote API: what it shares with its host.

Callers write port bindings, binds and links in many forms. Each function takes all of them and returns the
one that every engine reads, or None when nothing was given, as docker.config does for the Config. The
functions are pure.
"""

import re

import six
from six.moves import collections_abc

from docker.config import CONTAINER_PATH, check_ip_address, convert_port
from docker.validation import (
    argument_error, as_list, check_path, check_text, check_text_or_int, identifier, is_absent, is_list,
    is_text, without_none)

# Regular expressions are strings that are compiled on first use, to keep the import fast.
_HOST_PORT = r'(?:(?P<first>[0-9]{1,5})(?:-(?P<last>[0-9]{1,5}))?)?\Z'
_HOST_ADDRESS_AND_PORT = r'(?:(?P<address>[^:\[\]]+|\[[^\[\]]+\]):)?(?P<port>[^:]*)\Z'
_BIND = r'(?s)(?P<host>[A-Za-z]:[\\/][^:]*|[^:]+):(?P<target>/.*)\Z'
_HOST_PATH_OR_VOLUME = r'(?:/[^:]*|[A-Za-z]:[\\/][^:]*|[A-Za-z0-9][A-Za-z0-9_.-]*)\Z'
_MODE = r'(?:[A-Za-z]+(?:,[A-Za-z]+)*)?\Z'
_ALIAS = r'[^:/\s]+\Z'


def create_host_config(binds=None, port_bindings=None, lxc_conf=None, publish_all_ports=False, links=None,
                       privileged=False):
    """Return the HostConfig to start a container with.

    :param binds: as `convert_binds` takes them.
    :param port_bindings: as `convert_port_bindings` takes them.
    :param lxc_conf: as `convert_lxc_conf` takes it.
    :param publish_all_ports: if true, each exposed port is published on a free port of the host.
    :param links: as `convert_links` takes them.
    :param privileged: if true, the container may do whatever the host may do.
    :returns: a dict of what was given, and True for the flags that are set; ``{}`` for nothing.
    :raises TypeError, ValueError: as these functions do.
    """
    return without_none({
        'Binds': convert_binds(binds),
        'PortBindings': convert_port_bindings(port_bindings),
        'LxcConf': convert_lxc_conf(lxc_conf),
        'Links': convert_links(links),
        'PublishAllPorts': True if publish_all_ports else None,
        'Privileged': True if privileged else None,
    })


def convert_port_bindings(value):
    """Return where the ports of a container are published, or None.

    :param value: a dict of container ports, in the forms of `convert_exposed_ports`, to port bindings:
        None (any free port of the host), a port (int or text; 0 and ``''`` are any free one;
        ``'8000-8010'`` is one of these), ``(ip,)``, ``(ip, port)``, ``'ip:port'``, ``'[::1]:port'``,
        ``{'HostIp': ip, 'HostPort': port}`` with one or both left out, or a list of any of these. A tuple
        is one port binding; a list is a list of them.
    :returns: a dict such as ``{"80/tcp": [{"HostIp": "127.0.0.1", "HostPort": "8080"}]}``, which is what
        ``{80: ('127.0.0.1', 8080)}`` becomes.
    :raises TypeError: for anything else.
    :raises ValueError: for a bad port or IP address.
    """
    if is_absent(value):
        return None
    if not isinstance(value, collections_abc.Mapping):
        raise argument_error(TypeError, 'port_bindings', 'a dict', value)
    result = {}
    for port, bindings in value.items():
        if not is_list(bindings) or isinstance(bindings, tuple):
            bindings = [bindings]
        # The dict may have one port in two forms, such as 80 and '80/tcp'.
        merged = result.setdefault(convert_port(port, 'port_bindings'), [])
        merged.extend(_convert_port_binding(item) for item in bindings)
    return result or None


def _convert_port_binding(value):
    takes = "a port, (ip,), (ip, port), 'ip:port' or a dict with HostIp and HostPort"
    address, port = _split_port_binding(value, takes)
    return {'HostIp': u'' if is_absent(address) else check_ip_address(address, 'port_bindings'),
            'HostPort': u'' if port is None else _convert_host_port(port, takes)}


def _split_port_binding(value, takes):
    if isinstance(value, collections_abc.Mapping):
        if not set(value) - {'HostIp', 'HostPort'}:
            return value.get('HostIp'), value.get('HostPort')
    elif isinstance(value, tuple):
        if len(value) in (1, 2):
            return value[0], value[1] if len(value) == 2 else None
    elif is_text(value):
        match = re.match(_HOST_ADDRESS_AND_PORT, check_text(value, 'port_bindings', takes))
        if match:
            address, port = match.group('address', 'port')
            return address and address.strip(u'[]'), port
    else:
        return None, value
    raise argument_error(ValueError, 'port_bindings', takes, value)


def _convert_host_port(value, takes):
    match = re.match(_HOST_PORT, check_text_or_int(value, 'port_bindings', takes))
    ends = [int(end) for end in match.group('first', 'last') if end] if match else [-1]
    if ends != sorted(ends) or not all(0 <= end <= 65535 for end in ends):
        takes = "ports of the host of 0 to 65535, or a range like '8000-8010'"
        raise argument_error(ValueError, 'port_bindings', takes, value)
    return u'-'.join(six.text_type(end) for end in ends) if any(ends) else u''


def convert_binds(value):
    """Return what a container mounts from the host, as a list of ``"/host:/container:mode"``, or None.

    :param value: a dict of host paths or volume names to ``'/container'``, ``'/container:ro'``,
        ``{'bind': '/container', 'ro': True}``, ``{'bind': '/container', 'mode': 'ro'}`` or a list of
        these; or a list of ``'/host:/container'`` and ``'/host:/container:ro'``. Each path may be an
        `os.PathLike` object.
    :raises TypeError: for anything else.
    :raises ValueError: for a path that is missing or not absolute, a dict with other keys, and ro together
        with mode.
    """
    if is_absent(value):
        return None
    if isinstance(value, collections_abc.Mapping):
        pairs = ((host, target) for host, targets in value.items() for target in as_list(targets))
    elif is_list(value):
        pairs = (_split_bind(item) for item in value)
    else:
        raise argument_error(TypeError, 'binds', 'a dict or a list', value)
    return [_convert_bind(host, target) for host, target in pairs] or None


def _split_bind(item):
    takes = "'/host:/container' or '/host:/container:mode' in a list"
    match = re.match(_BIND, check_path(item, 'binds', takes))
    if not match:
        raise argument_error(ValueError, 'binds', takes, item)
    return match.group('host', 'target')


def _convert_bind(host, target):
    takes = 'a path of the host or a volume name, an absolute path of the container, and a mode like ro'
    host = check_path(host, 'binds', takes)
    path, mode = _split_bind_target(target, takes)
    if not (re.match(_HOST_PATH_OR_VOLUME, host) and re.match(CONTAINER_PATH, path)
            and re.match(_MODE, mode)):
        raise argument_error(ValueError, 'binds', takes, (host, target))
    return u':'.join((host, path, mode) if mode else (host, path))


def _split_bind_target(target, takes):
    if not isinstance(target, collections_abc.Mapping):
        path, _, mode = check_path(target, 'binds', takes).partition(u':')
        return path, mode
    read_only, mode = target.get('ro'), target.get('mode')
    if set(target) - {'bind', 'ro', 'mode'} or not target.get('bind'):
        raise argument_error(ValueError, 'binds', "{'bind': '/container'} with ro or mode", target)
    if read_only not in (None, True, False):
        raise argument_error(TypeError, 'binds', 'True or False for ro', read_only)
    if read_only is not None and not is_absent(mode):
        raise argument_error(ValueError, 'binds', 'ro or mode but not both', target)
    path = check_path(target['bind'], 'binds', takes)
    return path, u'ro' if read_only else check_text(mode or u'', 'binds', takes)


def convert_links(value):
    """Return links to other containers as a list of ``"name:alias"``, or None.

    :param value: a dict of names to aliases, or a list of ``(container, alias)``, ``'name:alias'`` and
        ``'name'``. An alias that is None or left out is the name. A container in a list may be a dict with
        Id.
    :raises TypeError: for anything else.
    :raises ValueError: for a name or alias that is empty or contains a colon, and an alias with a slash or
        white space.
    """
    if is_absent(value):
        return None
    if isinstance(value, collections_abc.Mapping):
        pairs = value.items()
    elif is_list(value):
        pairs = [_split_link(item) for item in value]
    else:
        raise argument_error(TypeError, 'links', 'a dict or a list', value)
    return [_convert_link(container, alias) for container, alias in pairs] or None


def _split_link(item):
    if is_text(item):
        container, colon, alias = check_text(item, 'links').partition(u':')
        return container, alias if colon else None
    if isinstance(item, (list, tuple)) and len(item) == 2:
        return item
    if isinstance(item, collections_abc.Mapping):
        return item, None
    raise argument_error(TypeError, 'links', "'name:alias' or (container, alias) in a list", item)


def _convert_link(container, alias):
    container = identifier(container, 'links')
    alias = container if alias is None else check_text(alias, 'links', 'aliases as text')
    if u':' in container or not re.match(_ALIAS, alias):
        takes = "names without ':' and aliases without ':', '/' or white space"
        raise argument_error(ValueError, 'links', takes, (container, alias))
    return u'{0!s}:{1!s}'.format(container, alias)


def convert_lxc_conf(value):
    """Return options of LXC as a list of ``{"Key": option, "Value": value}``, or None.

    :param value: a dict of options to text or ints, a list of ``{'Key': option, 'Value': value}``, or one
        of these dicts.
    :raises TypeError: for anything else.
    :raises ValueError: for an empty option, and for a dict in a list with other keys.
    """
    if is_absent(value):
        return None
    takes = 'a dict, or a list of dicts with Key and Value'
    keys = {'Key', 'Value'}
    if isinstance(value, collections_abc.Mapping) and set(value) != keys:
        value = [{'Key': option, 'Value': setting} for option, setting in value.items()]
    result = []
    for item in as_list(value):
        if not isinstance(item, collections_abc.Mapping):
            raise argument_error(TypeError, 'lxc_conf', takes, item)
        if set(item) != keys or is_absent(item['Key']):
            raise argument_error(ValueError, 'lxc_conf', takes, item)
        result.append({'Key': check_text(item['Key'], 'lxc_conf', 'options as text'),
                       'Value': check_text_or_int(item['Value'], 'lxc_conf', 'text or ints as values')})
    return result or None


__all__ = ['convert_binds', 'convert_links', 'convert_lxc_conf', 'convert_port_bindings',
           'create_host_config']
