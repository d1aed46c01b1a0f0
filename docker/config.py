"""The Config and HostConfig of a container, in the JSON of Remote API v1.6.

Callers write ports, binds, links, sizes and commands in many forms. The engine of 2013 took one form of
each: it misread some of the others, responded to the rest with a bare 500, and could not decode null. So
each function here takes all the forms and returns that one, or None when nothing was given, so that the
key can be left out. That is None, and what is empty where an engine treats it the same; an empty command
is one without words, which takes the image's entrypoint away. Values that make no sense raise a TypeError
(wrong type) or a ValueError (wrong value) before anything is sent. The functions are pure. Text in the
results is unicode on Python 2.7.
"""

import re
import socket

import six
from six.moves import collections_abc

from docker.compat import from_path
from docker.validation import (
    argument_error, check_path, check_text, identifier, is_int, is_text, short_repr)

_PROTOCOLS = ('tcp', 'udp', 'sctp')
# Regular expressions are strings that are compiled on first use, to keep the import fast.
_PORT = r'(?P<number>[0-9]{1,5})(?:/(?P<protocol>[A-Za-z]+))?\Z'
_HOST_PORT = r'(?:(?P<first>[0-9]{1,5})(?:-(?P<last>[0-9]{1,5}))?)?\Z'
_HOST_ADDRESS_AND_PORT = r'(?:(?P<address>[^:\[\]]+|\[[^\[\]]+\]):)?(?P<port>[^:]*)\Z'

_BIND = r'(?s)(?P<host>[A-Za-z]:[\\/][^:]*|[^:]+):(?P<target>/.*)\Z'
_HOST_PATH_OR_VOLUME = r'(?:/[^:]*|[A-Za-z]:[\\/][^:]*|[A-Za-z0-9][A-Za-z0-9_.-]*)\Z'
_CONTAINER_PATH = r'/[^:]*\Z'
_MODE = r'(?:[A-Za-z]+(?:,[A-Za-z]+)*)?\Z'
_ALIAS = r'[^:/\s]+\Z'

_SIZE = (r'(?P<whole>[0-9]{1,20})(?:\.(?P<fraction>[0-9]{1,20}))? ?'
         r'(?:[bB]|(?P<unit>[kKmMgGtT])(?:[iI]?[bB])?)?\Z')
_UNITS = {'': 1, 'k': 1 << 10, 'm': 1 << 20, 'g': 1 << 30, 't': 1 << 40}

# The numbers of Linux, where containers run, not of this system: SIGUSR1 is 10 there and 30 on macOS.
_SIGNALS = dict((name, number) for number, name in enumerate((
    'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP '
    'TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS').split(), 1))
_SIGNALS.update(IOT=6, CLD=17, POLL=29, UNUSED=31, RTMIN=34, RTMAX=64)
_REAL_TIME_SIGNAL = r'RT(?:MIN\+(?P<up>[12]?[0-9]|30)|MAX-(?P<down>[12]?[0-9]|30))\Z'


def create_container_config(image, command=None, hostname=None, user=None, detach=False, stdin_open=False,
                            tty=False, mem_limit=0, ports=None, environment=None, dns=None, volumes=None,
                            volumes_from=None, network_disabled=False, entrypoint=None, cpu_shares=None,
                            working_dir=None, domainname=None, memswap_limit=0):
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
    :returns: a dict without the keys for which nothing was given.
    :raises TypeError, ValueError: as these functions do.
    """
    hostname, domainname = _split_hostname(hostname, domainname)
    attached, stdin_open = not detach, bool(stdin_open)
    return _without_none({
        'Image': identifier(image, 'image'),
        'Cmd': convert_command(command),
        'Entrypoint': convert_command(entrypoint, 'entrypoint'),
        'Env': convert_environment(environment),
        'Hostname': hostname,
        'Domainname': domainname,
        'User': _check_if_given(_check_text_or_int, user, 'user'),
        'WorkingDir': _check_if_given(check_path, working_dir, 'working_dir'),
        'ExposedPorts': convert_exposed_ports(ports),
        'Volumes': convert_volumes(volumes),
        'VolumesFrom': convert_volumes_from(volumes_from),
        'Dns': convert_dns(dns),
        'NetworkDisabled': bool(network_disabled),
        'Memory': convert_size(mem_limit),
        'MemorySwap': -1 if memswap_limit in (-1, '-1') else convert_size(memswap_limit, 'memswap_limit'),
        'CpuShares': _check_if_given(_check_weight, cpu_shares, 'cpu_shares'),
        'Tty': bool(tty),
        'AttachStdin': attached and stdin_open,
        'AttachStdout': attached,
        'AttachStderr': attached,
        'OpenStdin': stdin_open,
        'StdinOnce': attached and stdin_open,
    })


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
    return _without_none({
        'Binds': convert_binds(binds),
        'PortBindings': convert_port_bindings(port_bindings),
        'LxcConf': convert_lxc_conf(lxc_conf),
        'Links': convert_links(links),
        'PublishAllPorts': True if publish_all_ports else None,
        'Privileged': True if privileged else None,
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
        return [_check_text_or_int(word, name, takes) for word in value]
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


def convert_environment(value):
    """Return environment variables as a list of ``"NAME=value"``, or None.

    The messages of errors show names and types but no values, which may be secret.

    :param value: a dict of names to text, ints or None (the name alone), or a list of ``'NAME=value'`` and
        ``'NAME'``. Bools are not taken, as programs read ``'true'``, ``'True'`` and ``'1'`` differently.
    :raises TypeError: for anything else.
    :raises ValueError: for a name that is empty or, in a dict, contains ``=``.
    """
    if _is_absent(value):
        return None
    if isinstance(value, collections_abc.Mapping):
        variables = value.items()
    elif _is_list(value):
        variables = (_split_variable(item) for item in value)
    else:
        raise _environment_error("a dict or a list of 'NAME=value'", value)
    return [_convert_variable(variable, setting) for variable, setting in variables] or None


def _environment_error(takes, value):
    return TypeError('environment takes {0}, not a value of type {1}'.format(takes, type(value).__name__))


def _split_variable(item):
    if not is_text(item):
        raise _environment_error("'NAME=value' in a list", item)
    variable, equals, setting = check_text(item, 'environment').partition(u'=')
    return variable, setting if equals else None


def _convert_variable(variable, setting):
    variable = check_text(variable, 'environment', 'names as text')
    if not variable:
        raise ValueError("environment takes 'NAME=value' or 'NAME', not an empty name")
    if u'=' in variable:
        raise ValueError("environment takes names without '=', not one that begins with {0}".format(
            short_repr(variable[:variable.index(u'=') + 1])))
    if setting is None:
        return variable
    if not is_int(setting) and not is_text(setting):
        takes = 'text, an int or None as the value of {0}'.format(short_repr(variable))
        raise _environment_error(takes, setting)
    # !s, as without it an enum that is text is formatted in two ways by different versions of Python.
    return u'{0!s}={1!s}'.format(variable, _check_text_or_int(setting, 'environment'))


def convert_exposed_ports(value):
    """Return the ports that a container exposes, as ``{"80/tcp": {}}``, or None.

    :param value: a list of ports, each an int, ``'80'``, ``'53/udp'`` or ``(53, 'udp')``; or one such
        port; or a dict of them to nothing, like ``{'80/tcp': {}}``. The protocol is tcp, udp or sctp, and
        tcp if it is left out.
    :raises TypeError: for anything else.
    :raises ValueError: for a port outside 1 to 65535, another protocol, or a dict with values.
    """
    if _is_absent(value):
        return None
    if isinstance(value, collections_abc.Mapping):
        ports = _keys_without_values(value, 'ports', 'ports of the host belong in port_bindings')
    else:
        ports = [value] if _is_port_pair(value) else _as_list(value)
    return dict((convert_port(item, 'ports'), {}) for item in ports) or None


def _is_port_pair(value):
    return (isinstance(value, tuple) and len(value) == 2 and is_text(value[1])
            and value[1].lower() in _PROTOCOLS)


def convert_port(value, name):
    """Return a port of a container, as ``"80/tcp"``.

    :param value: an int, ``'80'``, ``'53/udp'``, or ``(53, 'udp')`` as a tuple or a list.
    :param name: the name of the argument.
    :raises TypeError: for anything else.
    :raises ValueError: for a port outside 1 to 65535, or a protocol other than tcp, udp and sctp.
    """
    takes = "ports of 1 to 65535 as 80, '80', '53/udp' or (53, 'udp'), with tcp, udp or sctp"
    if isinstance(value, (list, tuple)) and len(value) == 2:
        number, protocol = _check_text_or_int(value[0], name, takes), check_text(value[1], name, takes)
        text = u'{0!s}/{1!s}'.format(number, protocol)
    else:
        text = _check_text_or_int(value, name, takes)
    match = re.match(_PORT, text)
    number, protocol = match.group('number', 'protocol') if match else (0, None)
    protocol = (protocol or u'tcp').lower()
    if not 1 <= int(number) <= 65535 or protocol not in _PROTOCOLS:
        raise argument_error(ValueError, name, takes, value)
    return u'{0}/{1}'.format(int(number), protocol)


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
    if _is_absent(value):
        return None
    if not isinstance(value, collections_abc.Mapping):
        raise argument_error(TypeError, 'port_bindings', 'a dict', value)
    result = {}
    for port, bindings in value.items():
        if not _is_list(bindings) or isinstance(bindings, tuple):
            bindings = [bindings]
        # The dict may have one port in two forms, such as 80 and '80/tcp'.
        merged = result.setdefault(convert_port(port, 'port_bindings'), [])
        merged.extend(_convert_port_binding(item) for item in bindings)
    return result or None


def _convert_port_binding(value):
    takes = "a port, (ip,), (ip, port), 'ip:port' or a dict with HostIp and HostPort"
    address, port = _split_port_binding(value, takes)
    return {'HostIp': u'' if _is_absent(address) else _check_ip_address(address, 'port_bindings'),
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
    match = re.match(_HOST_PORT, _check_text_or_int(value, 'port_bindings', takes))
    ends = [int(end) for end in match.group('first', 'last') if end] if match else [-1]
    if ends != sorted(ends) or not all(0 <= end <= 65535 for end in ends):
        takes = "ports of the host of 0 to 65535, or a range like '8000-8010'"
        raise argument_error(ValueError, 'port_bindings', takes, value)
    return u'-'.join(six.text_type(end) for end in ends) if any(ends) else u''


def _check_ip_address(value, name):
    # Checked here, as an engine may take text that is not an address for all addresses of the host.
    text = check_text(value, name, 'an IP address')
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, six.ensure_str(text))
            return text
        except (socket.error, TypeError, ValueError):
            continue
    raise argument_error(ValueError, name, 'an IP address', value)


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
    if _is_absent(value):
        return None
    if isinstance(value, collections_abc.Mapping):
        pairs = ((host, target) for host, targets in value.items() for target in _as_list(targets))
    elif _is_list(value):
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
    if not (re.match(_HOST_PATH_OR_VOLUME, host) and re.match(_CONTAINER_PATH, path)
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
    if read_only is not None and not _is_absent(mode):
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
    if _is_absent(value):
        return None
    if isinstance(value, collections_abc.Mapping):
        pairs = value.items()
    elif _is_list(value):
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
    if _is_absent(value):
        return None
    takes = 'a dict, or a list of dicts with Key and Value'
    keys = {'Key', 'Value'}
    if isinstance(value, collections_abc.Mapping) and set(value) != keys:
        value = [{'Key': option, 'Value': setting} for option, setting in value.items()]
    result = []
    for item in _as_list(value):
        if not isinstance(item, collections_abc.Mapping):
            raise argument_error(TypeError, 'lxc_conf', takes, item)
        if set(item) != keys or _is_absent(item['Key']):
            raise argument_error(ValueError, 'lxc_conf', takes, item)
        result.append({'Key': check_text(item['Key'], 'lxc_conf', 'options as text'),
                       'Value': _check_text_or_int(item['Value'], 'lxc_conf', 'text or ints as values')})
    return result or None


def convert_volumes(value):
    """Return the volumes of a container as ``{"/mnt": {}}``, or None.

    :param value: an absolute path of the container, as text or an `os.PathLike` object, a list of them, or
        a dict of them to nothing, like ``{'/mnt': {}}``.
    :raises TypeError: for anything else.
    :raises ValueError: for other paths, including ``'/host:/container'``, which belongs in binds.
    """
    if _is_absent(value):
        return None
    if isinstance(value, collections_abc.Mapping):
        value = _keys_without_values(value, 'volumes', 'what is mounted belongs in binds')
    takes = 'absolute paths of the container (what is mounted there belongs in binds)'
    result = {}
    for path in _as_list(value):
        path = check_path(path, 'volumes', takes)
        if not re.match(_CONTAINER_PATH, path):
            raise argument_error(ValueError, 'volumes', takes, path)
        result[path] = {}
    return result or None


def convert_volumes_from(value):
    """Return the containers whose volumes are mounted too, as text with commas between them, or None.

    :param value: a container as `identifier` takes it, text with commas between names, or a list of
        containers.
    :raises TypeError, ValueError: as `identifier` does.
    """
    if _is_absent(value):
        return None
    if is_text(value):
        value = [item.strip() for item in check_text(value, 'volumes_from').split(u',')]
    return u','.join(identifier(item, 'volumes_from') for item in _as_list(value)) or None


def convert_dns(value):
    """Return name servers as a list of IP addresses, or None.

    :param value: an address as text, or a list of them.
    :raises TypeError: for anything else.
    :raises ValueError: for text that is not an IP address.
    """
    if _is_absent(value):
        return None
    return [_check_ip_address(server, 'dns') for server in _as_list(value)] or None


def convert_size(value, name='mem_limit'):
    """Return a size in bytes as an int. None and empty text give 0, which is no limit.

    :param value: bytes as an int, or text: a number, also with a fraction, and b (or nothing), k, m, g or
        t in either case, in steps of 1024. ``'512m'``, ``'512MB'`` and ``'512MiB'`` are the same.
    :param name: the name of the argument.
    :raises TypeError: for anything else, including bools and floats.
    :raises ValueError: for other text, negative sizes, sizes of 2**63 or more, and sizes between 0 and 1
        byte, which rounded down would be no limit.
    """
    if _is_absent(value):
        return 0
    takes = "bytes as an int of 0 or more, or text like '512m'"
    match = re.match(_SIZE, _check_text_or_int(value, name, takes))
    size, rest = 0, 1
    if match:
        whole, fraction, unit = match.groups(u'')
        # Computed with ints, as floats are not exact above 2**53.
        size, rest = divmod(int(whole + fraction) * _UNITS[unit.lower()], 10 ** len(fraction))
    if size >= 1 << 63 or (rest and not size):
        raise argument_error(ValueError, name, takes, value)
    return size


def convert_signal(value):
    """Return the number that a signal has on Linux, or None.

    :param value: an int of 1 to 64, ``'9'``, ``'SIGTERM'``, ``'TERM'``, ``'sigterm'``, ``'SIGRTMIN+3'``,
        ``'SIGRTMAX-1'``, or a member of `signal.Signals`, of which the name counts. 0, with which
        `os.kill` sends nothing, and empty text are not taken, as an engine would send SIGKILL.
    :raises TypeError: for anything else.
    :raises ValueError: for text or an int that is not a signal.
    """
    if value is None:
        return None
    takes = "a signal as a number of 1 to 64 or a name like 'SIGTERM'"
    # Python 2.7 has no signal.Signals: its signals are plain ints.
    is_member = is_int(value) and hasattr(value, 'name')
    text = _check_text_or_int(value.name if is_member else value, 'signal', takes).upper()
    if re.match(r'[0-9]{1,2}\Z', text):
        number = int(text)
    else:
        number = _signal_of_name(text[3:] if text.startswith(u'SIG') else text)
    if not 1 <= number <= 64:
        raise argument_error(ValueError, 'signal', takes, value)
    return number


def _signal_of_name(name):
    """Return the number of a signal by its name without SIG; 0 when there is none."""
    real_time = re.match(_REAL_TIME_SIGNAL, name)
    if real_time:
        up, down = real_time.group('up', 'down')
        return _SIGNALS['RTMIN'] + int(up) if up else _SIGNALS['RTMAX'] - int(down)
    return _SIGNALS.get(name, 0)


def _split_hostname(hostname, domainname):
    hostname = _check_if_given(check_text, hostname, 'hostname')
    domain = _check_if_given(check_text, domainname, 'domainname')
    if hostname and domainname is None:
        first, _, rest = hostname.partition(u'.')
        if first and rest:
            return first, rest
    return hostname, domain


def _check_weight(value, name):
    takes = 'an int of 0 or more'
    text = _check_text_or_int(value, name, takes)
    if not re.match(r'[0-9]{1,18}\Z', text):
        raise argument_error(ValueError, name, takes, value)
    return int(text)


def _check_text_or_int(value, name, takes='text or an int'):
    return six.text_type(int(value)) if is_int(value) else check_text(value, name, takes)


def _check_if_given(check, value, name):
    return None if _is_absent(value) else check(value, name)


def _is_absent(value):
    return value is None or (is_text(value) and not value)


def _is_list(value):
    others = (collections_abc.Mapping, bytes, bytearray) + six.string_types
    # Some objects that are paths iterate over the files of their folder.
    return isinstance(from_path(value), collections_abc.Iterable) and not isinstance(from_path(value), others)


def _as_list(value):
    return value if _is_list(value) else [value]


def _keys_without_values(value, name, instead):
    for key, details in value.items():
        if details not in (None, {}):
            takes = '{{}} as the value of each ({0})'.format(instead)
            raise argument_error(ValueError, name, takes, {key: details})
    return list(value)


def _without_none(values):
    return dict((key, value) for key, value in values.items() if value is not None)


__all__ = ['convert_binds', 'convert_command', 'convert_dns', 'convert_environment', 'convert_exposed_ports',
           'convert_links', 'convert_lxc_conf', 'convert_port', 'convert_port_bindings', 'convert_signal',
           'convert_size', 'convert_volumes', 'convert_volumes_from', 'create_container_config',
           'create_host_config']
