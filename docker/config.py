"""The Config of a container, in the JSON of Remote API v1.6.

Callers write ports, volumes, sizes and commands in many forms. The engine of 2013 took one form of
each: it misread some of the others, responded to the rest with a bare 500, and could not decode null. So
each function here takes all the forms and returns that one, or None when nothing was given, so that the
key can be left out. That is None, and what is empty where an engine treats it the same; an empty command
is one without words, which takes the image's entrypoint away. Values that make no sense raise a TypeError
(wrong type) or a ValueError (wrong value) before anything is sent. The functions are pure. Text in the
results is unicode on Python 2.7.
"""

import calendar
import json
import re
import socket

import six
from six.moves import collections_abc

from docker.validation import (
    argument_error, as_list, check_if_given, check_nonempty_text, check_path, check_text, check_text_or_int,
    identifier, is_absent, is_int, is_list, is_text, short_repr, without_none)

_PROTOCOLS = ('tcp', 'udp', 'sctp')
# Regular expressions are strings that are compiled on first use, to keep the import fast.
_PORT = r'(?P<number>[0-9]{1,5})(?:/(?P<protocol>[A-Za-z]+))?\Z'

CONTAINER_PATH = r'/[^:]*\Z'

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
        'MemorySwap': -1 if memswap_limit in (-1, '-1') else convert_size(memswap_limit, 'memswap_limit'),
        'CpuShares': check_if_given(_check_weight, cpu_shares, 'cpu_shares'),
        'Tty': bool(tty),
        'AttachStdin': attached and stdin_open,
        'AttachStdout': attached,
        'AttachStderr': attached,
        'OpenStdin': stdin_open,
        'StdinOnce': attached and stdin_open,
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


def convert_environment(value):
    """Return environment variables as a list of ``"NAME=value"``, or None.

    The messages of errors show names and types but no values, which may be secret.

    :param value: a dict of names to text, ints or None (the name alone), or a list of ``'NAME=value'`` and
        ``'NAME'``. Bools are not taken, as programs read ``'true'``, ``'True'`` and ``'1'`` differently.
    :raises TypeError: for anything else.
    :raises ValueError: for a name that is empty or, in a dict, contains ``=``.
    """
    if is_absent(value):
        return None
    if isinstance(value, collections_abc.Mapping):
        variables = value.items()
    elif is_list(value):
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
    return u'{0!s}={1!s}'.format(variable, check_text_or_int(setting, 'environment'))


def convert_exposed_ports(value):
    """Return the ports that a container exposes, as ``{"80/tcp": {}}``, or None.

    :param value: a list of ports, each an int, ``'80'``, ``'53/udp'`` or ``(53, 'udp')``; or one such
        port; or a dict of them to nothing, like ``{'80/tcp': {}}``. The protocol is tcp, udp or sctp, and
        tcp if it is left out.
    :raises TypeError: for anything else.
    :raises ValueError: for a port outside 1 to 65535, another protocol, or a dict with values.
    """
    if is_absent(value):
        return None
    if isinstance(value, collections_abc.Mapping):
        ports = _keys_without_values(value, 'ports', 'ports of the host belong in port_bindings')
    else:
        ports = [value] if _is_port_pair(value) else as_list(value)
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
        number, protocol = check_text_or_int(value[0], name, takes), check_text(value[1], name, takes)
        text = u'{0!s}/{1!s}'.format(number, protocol)
    else:
        text = check_text_or_int(value, name, takes)
    match = re.match(_PORT, text)
    number, protocol = match.group('number', 'protocol') if match else (0, None)
    protocol = (protocol or u'tcp').lower()
    if not 1 <= int(number) <= 65535 or protocol not in _PROTOCOLS:
        raise argument_error(ValueError, name, takes, value)
    return u'{0}/{1}'.format(int(number), protocol)


def check_ip_address(value, name):
    """Return an IP address as text.

    :param value: text.
    :param name: the name of the argument.
    :raises TypeError: for anything else.
    :raises ValueError: for text that is not an IP address.
    """
    # Checked here, as an engine may take text that is not an address for all addresses of the host.
    text = check_text(value, name, 'an IP address')
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, six.ensure_str(text))
            return text
        except (socket.error, TypeError, ValueError):
            continue
    raise argument_error(ValueError, name, 'an IP address', value)


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
        value = _keys_without_values(value, 'volumes', 'what is mounted belongs in binds')
    takes = 'absolute paths of the container (what is mounted there belongs in binds)'
    result = {}
    for path in as_list(value):
        path = check_path(path, 'volumes', takes)
        if not re.match(CONTAINER_PATH, path):
            raise argument_error(ValueError, 'volumes', takes, path)
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


def convert_size(value, name='mem_limit'):
    """Return a size in bytes as an int. None and empty text give 0, which is no limit.

    :param value: bytes as an int, or text: a number, also with a fraction, and b (or nothing), k, m, g or
        t in either case, in steps of 1024. ``'512m'``, ``'512MB'`` and ``'512MiB'`` are the same.
    :param name: the name of the argument.
    :raises TypeError: for anything else, including bools and floats.
    :raises ValueError: for other text, negative sizes, sizes of 2**63 or more, and sizes between 0 and 1
        byte, which rounded down would be no limit.
    """
    if is_absent(value):
        return 0
    takes = "bytes as an int of 0 or more, or text like '512m'"
    match = re.match(_SIZE, check_text_or_int(value, name, takes))
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
    text = check_text_or_int(value.name if is_member else value, 'signal', takes).upper()
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


def convert_time(value, name):
    """Return a time as engines take it in a query, as text, or None for None.

    :param value: a Unix time as an int or a float; a datetime, which is UTC when it has no time zone; or
        text, which is passed on: a Unix time, a date such as ``'2016-02-04T12:00:00Z'``, or a duration before
        now such as ``'10m'``.
    :param name: the name of the argument.
    :raises TypeError: for anything else.
    :raises ValueError: for a number that is negative, infinite or NaN, and for empty text.
    """
    if value is None:
        return None
    if is_text(value):
        return check_nonempty_text(value, name)
    takes = 'a Unix time (an int or a float), a datetime or text'
    if hasattr(value, 'utctimetuple'):
        seconds, fraction = calendar.timegm(value.utctimetuple()), value.microsecond
    elif is_int(value) or isinstance(value, float):
        if not 0 <= value < float('inf'):
            raise argument_error(ValueError, name, 'a Unix time of 0 or more', value)
        # Rounded first, as a float may be a little less than the fraction that is meant.
        seconds, fraction = divmod(int(round(value * 1000000)), 1000000)
    else:
        raise argument_error(TypeError, name, takes, value)
    return u'{0}.{1:06d}'.format(seconds, fraction) if fraction else six.text_type(seconds)


def _split_hostname(hostname, domainname):
    hostname = check_if_given(check_text, hostname, 'hostname')
    domain = check_if_given(check_text, domainname, 'domainname')
    if hostname and domainname is None:
        first, _, rest = hostname.partition(u'.')
        if first and rest:
            return first, rest
    return hostname, domain


def _check_weight(value, name):
    takes = 'an int of 0 or more'
    text = check_text_or_int(value, name, takes)
    if not re.match(r'[0-9]{1,18}\Z', text):
        raise argument_error(ValueError, name, takes, value)
    return int(text)


def _keys_without_values(value, name, instead):
    for key, details in value.items():
        if details not in (None, {}):
            takes = '{{}} as the value of each ({0})'.format(instead)
            raise argument_error(ValueError, name, takes, {key: details})
    return list(value)


__all__ = ['check_ip_address', 'convert_command', 'convert_dns', 'convert_environment',
           'convert_exposed_ports', 'convert_filters', 'convert_port', 'convert_signal', 'convert_size',
           'convert_time', 'convert_volumes', 'convert_volumes_from', 'create_container_config']
