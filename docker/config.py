"""What people write, turned into the JSON values that Remote API v1.6 wants.

Callers write ports, binds, links, sizes and commands in many forms; the engine of 2013 took one
form each, misread others or answered them with a bare 500, and could not decode null. So each
function here takes all the forms and gives the one, or None when nothing was given (None, or
empty), so that the key can be left out. What cannot be meant is refused before anything is sent:
TypeError for the wrong kind of thing, ValueError for the wrong value. The functions are pure.
Text comes back as text: on Python 2.7 that is unicode, and a str there is read as UTF-8.
"""

import functools
import json
import re
import socket

import six
from six.moves import collections_abc, reprlib

_PROTOCOLS = ('tcp', 'udp', 'sctp')
# Expressions are compiled when they are first used, for an import is to take no time.
_PORT = r'([0-9]{1,5})(?:/([A-Za-z]+))?\Z'
_HOST_PORT = r'(?:([0-9]{1,5})(?:-([0-9]{1,5}))?)?\Z'
_HOST_ADDRESS_AND_PORT = r'(?:([^:\[\]]+|\[[^\[\]]+\]):)?([^:]*)\Z'

_BIND_TEXT = r'(?s)([A-Za-z]:[\\/][^:]*|[^:]+):(/.*)\Z'
_HOST_PATH_OR_VOLUME = r'(?:/[^:]*|[A-Za-z]:[\\/][^:]*|[A-Za-z0-9][A-Za-z0-9_.-]*)\Z'
_CONTAINER_PATH = r'/[^:]*\Z'
_MODE = r'(?:[A-Za-z]+(?:,[A-Za-z]+)*)?\Z'
_ALIAS = r'[^:/\s]+\Z'

_SIZE = r'([0-9]{1,20})(?:\.([0-9]{1,20}))? ?(?:[bB]|([kKmMgGtT])(?:[iI]?[bB])?)?\Z'
_UNITS = {'': 1, 'k': 1 << 10, 'm': 1 << 20, 'g': 1 << 30, 't': 1 << 40}

# Of Linux, where the engine runs, whatever runs here: SIGUSR1 is 10 there and 30 on macOS.
_SIGNALS = dict((name, number) for number, name in enumerate((
    'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP '
    'TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS').split(), 1))
_SIGNALS.update(IOT=6, CLD=17, POLL=29, UNUSED=31, RTMIN=34, RTMAX=64)
_SIGNALS.update(('RTMIN+%d' % step, 34 + step) for step in range(31))
_SIGNALS.update(('RTMAX-%d' % step, 64 - step) for step in range(31))

# A refusal shows what it got in one line, even when that is a thousand containers.
_shown = reprlib.Repr()
_shown.maxlevel = 2
_shown.maxstring = _shown.maxother = 120


def _refusal(error, what, takes, value):
    return error('%s takes %s, not %s' % (what, takes, _shown.repr(value)))


def _absent(value):
    return value is None or (is_text(value) and not value)


def _is_int(value):
    return isinstance(value, six.integer_types) and not isinstance(value, bool)


def _is_list(value):
    others = (collections_abc.Mapping, bytes, bytearray) + six.string_types
    return isinstance(value, collections_abc.Iterable) and not isinstance(value, others)


def _listed(value):
    return value if _is_list(value) else [value]


def _keys_without_values(value, what, instead):
    for key, details in value.items():
        if details not in (None, {}):
            raise _refusal(ValueError, what, '{} as the value of each (%s)' % instead,
                           {key: details})
    return list(value)


def is_text(value):
    return isinstance(value, six.string_types)


def text(value, what, takes='text'):
    if not is_text(value):
        raise _refusal(TypeError, what, takes, value)
    try:
        return six.ensure_text(value)
    except UnicodeDecodeError as error:
        raise ValueError('%s takes text, or UTF-8 in a str of Python 2.7: %s' % (what, error))


def _text_or_int(value, what, takes='text or an int'):
    return u'%d' % value if _is_int(value) else text(value, what, takes)


def given_text(value, what):
    """Text that is not empty."""
    value = text(value, what)
    if not value.strip():
        raise ValueError('%s takes text that is not empty' % what)
    return value


def optional_text(value, what):
    return None if value is None else text(value, what)


def json_dict(value, what):
    """A dict that JSON can hold."""
    if not isinstance(value, dict):
        raise _refusal(TypeError, what, 'a dict', value)
    try:
        json.dumps(value)
    except (TypeError, ValueError) as error:
        raise TypeError('%s takes a dict that JSON can hold: %s' % (what, error))
    return value


def version_of_api(version, what):
    """A version of the API as it stands in a path."""
    if not is_text(version):
        raise _refusal(TypeError, what, "a str such as '1.6'", version)
    if not re.match(r'^\d{1,3}\.\d{1,3}$', version):
        raise _refusal(ValueError, what, "a str such as '1.6'", version)
    return str(version)


def seconds(value, what, required=False):
    """A number of seconds, 0 or more, or None where that is taken."""
    if value is None and not required:
        return None
    if not _is_int(value) and not isinstance(value, float):
        raise _refusal(TypeError, what, 'seconds, an int or a float', value)
    if not 0 <= value < float('inf'):
        raise _refusal(ValueError, what, 'seconds, 0 or more', value)
    return value


def cells(value, what):
    """Rows or columns of a terminal."""
    if not _is_int(value) or value < 0:
        raise _refusal(TypeError, what, 'an int, 0 or more', value)
    return value


def identifier(value, what='container'):
    """Return the id or name of a container or an image, as text.

    :param value: an id, a short id or a name as text, or any dict with one under ``Id``, ``ID``
        or ``id`` (the first that is not empty). One leading slash, as inspect shows it before the
        names of containers, is dropped.
    :param what: the name of the argument, for the messages.
    :raises TypeError: for anything else, on Python 3 also for bytes.
    :raises ValueError: for an empty one, and for one with empty, ``.`` or ``..`` segments, which
        would lead to the path of another endpoint.
    """
    takes = 'an id, a name or a dict with Id'
    if isinstance(value, collections_abc.Mapping):
        found = [value[key] for key in ('Id', 'ID', 'id') if key in value]
        if not found:
            # Only its keys are shown: an inspected container holds its environment.
            raise TypeError('%s takes %s, not a dict with the keys %s'
                            % (what, takes, _shown.repr(list(value))))
        value = next((item for item in found if item), found[0])
    name = text(value, what, takes)
    if not name.strip():
        raise _refusal(ValueError, what, takes, value)
    if name.startswith(u'/'):
        name = name[1:]
    if any(segment in ('', '.', '..') for segment in name.split(u'/')):
        takes = "an id or a name without empty, '.' or '..' segments"
        raise _refusal(ValueError, what, takes, value)
    return name


def command(value, what='command'):
    """Return a command as a list of words, or None.

    :param value: text, split as a POSIX shell does it (``"sh -c 'echo hi'"`` is three words), or
        a list or tuple of text and ints, taken as it is.
    :param what: the name of the argument, for the messages.
    :raises TypeError: for anything else.
    :raises ValueError: for text that ends within quotes or after a backslash.
    """
    takes = 'text or a list of text'
    if _absent(value):
        return None
    if isinstance(value, (list, tuple)):
        return [_text_or_int(word, what, takes) for word in value] or None
    # Imported when it is needed, as is what few calls need elsewhere.
    import shlex
    said = text(value, what, takes)
    try:
        # shlex of 2.7 cannot split unicode, and that of 3 cannot split bytes.
        words = shlex.split(six.ensure_str(said))
    except ValueError as error:
        takes = 'text that a shell can split (%s)' % error
        six.raise_from(_refusal(ValueError, what, takes, value), None)
    return [six.ensure_text(word) for word in words] or None


def environment(value):
    """Return environment variables as a list of ``"NAME=value"``, or None.

    :param value: a dict of names to text, ints or None (the name alone), or a list of
        ``'NAME=value'`` and ``'NAME'``. Bools are refused: ``'true'``, ``'True'`` and ``'1'`` are
        different things to different programs.
    :raises TypeError: for anything else.
    :raises ValueError: for a name that is empty or, in a dict, holds ``=``.

    The messages show names and types but no values, which may be secret.
    """
    if _absent(value):
        return None
    if isinstance(value, collections_abc.Mapping):
        return [_variable(name, setting) for name, setting in value.items()] or None
    if not _is_list(value):
        raise TypeError("environment takes a dict or a list of 'NAME=value', not a value of type %s"
                        % type(value).__name__)
    result = []
    for item in value:
        if not isinstance(item, six.string_types):
            raise TypeError("environment takes 'NAME=value' in a list, not a value of type %s"
                            % type(item).__name__)
        name, equals, setting = text(item, 'environment').partition(u'=')
        result.append(_variable(name, setting if equals else None))
    return result or None


def _variable(name, setting):
    name = text(name, 'environment', 'names as text')
    if not name:
        raise ValueError("environment takes 'NAME=value' or 'NAME', not an empty name")
    if u'=' in name:
        raise ValueError("environment takes names without '=', not one that begins with %s"
                         % _shown.repr(name[:name.index(u'=') + 1]))
    if setting is None:
        return name
    if not _is_int(setting) and not isinstance(setting, six.string_types):
        raise TypeError('environment takes text, an int or None as the value of %s, not a value '
                        'of type %s' % (_shown.repr(name), type(setting).__name__))
    return u'%s=%s' % (name, _text_or_int(setting, 'environment'))


def exposed_ports(value):
    """Return the ports that a container exposes, as ``{"80/tcp": {}}``, or None.

    :param value: a list of ports, each an int, ``'80'``, ``'53/udp'`` or ``(53, 'udp')``; or one
        such port; or a dict of them with nothing in it, like ``{'80/tcp': {}}``. The protocol is
        tcp, udp or sctp; tcp when there is none.
    :raises TypeError: for anything else.
    :raises ValueError: for a port outside 1 to 65535, another protocol, or a dict with values.
    """
    if _absent(value):
        return None
    if isinstance(value, collections_abc.Mapping):
        ports = _keys_without_values(value, 'ports', 'ports of the host belong in port_bindings')
    else:
        ports = [value] if _is_port_pair(value) else _listed(value)
    return dict((port(item, 'ports'), {}) for item in ports) or None


def _is_port_pair(value):
    return (isinstance(value, tuple) and len(value) == 2
            and isinstance(value[1], six.string_types) and value[1].lower() in _PROTOCOLS)


def port(value, what):
    takes = "ports of 1 to 65535 as 80, '80', '53/udp' or (53, 'udp'), with tcp, udp or sctp"
    if isinstance(value, (list, tuple)) and len(value) == 2:
        said = u'%s/%s' % (_text_or_int(value[0], what, takes), text(value[1], what, takes))
    else:
        said = _text_or_int(value, what, takes)
    match = re.match(_PORT, said)
    number, protocol = match.groups() if match else (0, None)
    protocol = (protocol or u'tcp').lower()
    if not 1 <= int(number) <= 65535 or protocol not in _PROTOCOLS:
        raise _refusal(ValueError, what, takes, value)
    return u'%d/%s' % (int(number), protocol)


def port_bindings(value):
    """Return where a container's ports are published, or None.

    :param value: a dict of container ports, in the forms of `exposed_ports`, to port bindings:
        None (any free port of the host), a port (int or text; 0 and ``''`` are any free one;
        ``'8000-8010'`` is one of these), ``(ip,)``, ``(ip, port)``, ``'ip:port'``,
        ``'[::1]:port'``, ``{'HostIp': ip, 'HostPort': port}`` with one or both left out, or a
        list of any of these. A tuple is one port binding; a list is a list of them.
    :returns: ``{"80/tcp": [{"HostIp": "", "HostPort": ""}]}``.
    :raises TypeError: for anything else.
    :raises ValueError: for what is no port, or no IP address.

    ``port_bindings({80: ('127.0.0.1', 8080)})`` is
    ``{'80/tcp': [{'HostIp': '127.0.0.1', 'HostPort': '8080'}]}``.
    """
    if _absent(value):
        return None
    if not isinstance(value, collections_abc.Mapping):
        raise _refusal(TypeError, 'port_bindings', 'a dict', value)
    result = {}
    for container_port, bindings in value.items():
        if not _is_list(bindings) or isinstance(bindings, tuple):
            bindings = [bindings]
        # 80 and '80/tcp' may both be there.
        merged = result.setdefault(port(container_port, 'port_bindings'), [])
        merged.extend(_port_binding(item) for item in bindings)
    return result or None


def _port_binding(value):
    takes = "a port, (ip,), (ip, port), 'ip:port' or a dict with HostIp and HostPort"
    address, port, fits = None, value, True
    if isinstance(value, collections_abc.Mapping):
        address, port = value.get('HostIp'), value.get('HostPort')
        fits = not set(value) - set(('HostIp', 'HostPort'))
    elif isinstance(value, tuple):
        address, port = (tuple(value) + (None, None))[:2]
        fits = len(value) in (1, 2)
    elif isinstance(value, six.string_types):
        fits = re.match(_HOST_ADDRESS_AND_PORT, text(value, 'port_bindings', takes))
        address, port = fits.groups() if fits else (None, None)
        address = address and address.strip(u'[]')
    if not fits:
        raise _refusal(ValueError, 'port_bindings', takes, value)
    return {'HostIp': u'' if _absent(address) else _ip_address(address, 'port_bindings'),
            'HostPort': u'' if port is None else _host_port(port, takes)}


def _host_port(value, takes):
    match = re.match(_HOST_PORT, _text_or_int(value, 'port_bindings', takes))
    ends = [int(end) for end in match.groups() if end] if match else [-1]
    if ends != sorted(ends) or not all(0 <= end <= 65535 for end in ends):
        takes = "ports of the host of 0 to 65535, or a range like '8000-8010'"
        raise _refusal(ValueError, 'port_bindings', takes, value)
    return u'-'.join(u'%d' % end for end in ends) if any(ends) else u''


def _ip_address(value, what):
    # Not left to the engine: Go reads what is no address as nil, and that can mean all addresses.
    said = text(value, what, 'an IP address')
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, six.ensure_str(said))
            return said
        except (socket.error, TypeError, ValueError):
            continue
    raise _refusal(ValueError, what, 'an IP address', value)


def binds(value):
    """Return what of the host is mounted where, or None.

    :param value: a dict of host paths or volume names to ``'/container'``, ``'/container:ro'``,
        ``{'bind': '/container', 'ro': True}``, ``{'bind': '/container', 'mode': 'ro'}`` or a list
        of these; or a list of ``'/host:/container'`` and ``'/host:/container:ro'``.
    :returns: a list of ``"/host:/container"`` and ``"/host:/container:mode"``.
    :raises TypeError: for anything else.
    :raises ValueError: for a path that is missing or not absolute, a dict with other keys, and ro
        together with mode.
    """
    if _absent(value):
        return None
    result = []
    if isinstance(value, collections_abc.Mapping):
        for host, targets in value.items():
            result.extend(_bind(host, target) for target in _listed(targets))
    elif _is_list(value):
        takes = "'/host:/container' or '/host:/container:mode' in a list"
        for item in value:
            match = re.match(_BIND_TEXT, text(item, 'binds', takes))
            if not match:
                raise _refusal(ValueError, 'binds', takes, item)
            result.append(_bind(*match.groups()))
    else:
        raise _refusal(TypeError, 'binds', 'a dict or a list', value)
    return result or None


def _bind(host, target):
    takes = ('a path of the host or a volume name, an absolute path of the container, and a mode '
             'like ro')
    host = text(host, 'binds', takes)
    if isinstance(target, collections_abc.Mapping):
        read_only, mode = target.get('ro'), target.get('mode')
        if set(target) - set(('bind', 'ro', 'mode')) or not target.get('bind'):
            raise _refusal(ValueError, 'binds', "{'bind': '/container'} with ro or mode", target)
        if read_only not in (None, True, False):
            raise _refusal(TypeError, 'binds', 'True or False for ro', read_only)
        if read_only is not None and not _absent(mode):
            raise _refusal(ValueError, 'binds', 'ro or mode but not both', target)
        path = text(target['bind'], 'binds', takes)
        mode = u'ro' if read_only else text(mode or u'', 'binds', takes)
    else:
        path, _, mode = text(target, 'binds', takes).partition(u':')
    if not (re.match(_HOST_PATH_OR_VOLUME, host) and re.match(_CONTAINER_PATH, path)
            and re.match(_MODE, mode)):
        raise _refusal(ValueError, 'binds', takes, (host, target))
    return u':'.join((host, path, mode) if mode else (host, path))


def links(value):
    """Return links to other containers as a list of ``"name:alias"``, or None.

    :param value: a dict of names to aliases, or a list of ``(container, alias)``,
        ``'name:alias'`` and ``'name'``. The alias of a name alone, or with None, is that name.
        A container in a list may be a dict with Id.
    :raises TypeError: for anything else.
    :raises ValueError: for a name or alias that is empty or holds a colon, and an alias with a
        slash or white space.
    """
    if _absent(value):
        return None
    if isinstance(value, collections_abc.Mapping):
        pairs = value.items()
    elif _is_list(value):
        pairs = [_link_pair(item) for item in value]
    else:
        raise _refusal(TypeError, 'links', 'a dict or a list', value)
    return [_link(container, alias) for container, alias in pairs] or None


def _link_pair(item):
    if isinstance(item, six.string_types):
        name, colon, alias = text(item, 'links').partition(u':')
        return name, alias if colon else None
    if isinstance(item, (list, tuple)) and len(item) == 2:
        return item
    if isinstance(item, collections_abc.Mapping):
        return item, None
    raise _refusal(TypeError, 'links', "'name:alias' or (container, alias) in a list", item)


def _link(container, alias):
    name = identifier(container, 'links')
    alias = name if alias is None else text(alias, 'links', 'aliases as text')
    if u':' in name or not re.match(_ALIAS, alias):
        takes = "names without ':' and aliases without ':', '/' or white space"
        raise _refusal(ValueError, 'links', takes, (name, alias))
    return u'%s:%s' % (name, alias)


def lxc_conf(value):
    """Return options of LXC as a list of ``{"Key": .., "Value": ..}``, or None.

    :param value: a dict of options to text or ints, a list of ``{'Key': option, 'Value': value}``,
        or one of these dicts.
    :raises TypeError: for anything else.
    :raises ValueError: for an empty option, and for a dict in a list with other keys.
    """
    if _absent(value):
        return None
    takes = 'a dict, or a list of dicts with Key and Value'
    keys = set(('Key', 'Value'))
    if isinstance(value, collections_abc.Mapping) and set(value) != keys:
        value = [{'Key': option, 'Value': setting} for option, setting in value.items()]
    result = []
    for item in _listed(value):
        if not isinstance(item, collections_abc.Mapping):
            raise _refusal(TypeError, 'lxc_conf', takes, item)
        if set(item) != keys or _absent(item['Key']):
            raise _refusal(ValueError, 'lxc_conf', takes, item)
        result.append({'Key': text(item['Key'], 'lxc_conf', 'options as text'),
                       'Value': _text_or_int(item['Value'], 'lxc_conf', 'text or ints as values')})
    return result or None


def volumes(value):
    """Return the volumes of a container as ``{"/mnt": {}}``, or None.

    :param value: an absolute path of the container, a list of them, or a dict of them with
        nothing in it, like ``{'/mnt': {}}``.
    :raises TypeError: for anything else.
    :raises ValueError: for other paths, ``'/host:/container'`` too: that is what `binds` are for.
    """
    if _absent(value):
        return None
    if isinstance(value, collections_abc.Mapping):
        value = _keys_without_values(value, 'volumes', 'what is mounted belongs in binds')
    takes = 'absolute paths of the container (what is mounted there belongs in binds)'
    result = {}
    for path in _listed(value):
        path = text(path, 'volumes', takes)
        if not re.match(_CONTAINER_PATH, path):
            raise _refusal(ValueError, 'volumes', takes, path)
        result[path] = {}
    return result or None


def volumes_from(value):
    """Return the containers whose volumes are mounted too, as one text with commas, or None.

    :param value: a container as `identifier` takes it, text with commas between names, or a list
        of containers.
    :raises TypeError, ValueError: as `identifier` does.
    """
    if _absent(value):
        return None
    if isinstance(value, six.string_types):
        value = [name.strip() for name in text(value, 'volumes_from').split(u',')]
    return u','.join(identifier(item, 'volumes_from') for item in _listed(value)) or None


def dns(value):
    """Return name servers as a list of IP addresses, or None.

    :param value: an address as text, or a list of them.
    :raises TypeError: for anything else.
    :raises ValueError: for what is no IP address.
    """
    if _absent(value):
        return None
    return [_ip_address(server, 'dns') for server in _listed(value)] or None


def memory(value, what='mem_limit'):
    """Return a size in bytes as an int. None and empty text give 0, which is no limit.

    :param value: bytes as an int, or text: a number, also with a fraction, and b (or nothing), k,
        m, g or t in either case, in steps of 1024. ``'512m'``, ``'512MB'`` and ``'512MiB'`` are
        the same.
    :param what: the name of the argument, for the messages.
    :raises TypeError: for anything else, bools and floats too.
    :raises ValueError: for other text, negative sizes, sizes of 2**63 or more, and a part of one
        byte, which would turn into no limit.
    """
    if _absent(value):
        return 0
    takes = "bytes as an int of 0 or more, or text like '512m'"
    match = re.match(_SIZE, _text_or_int(value, what, takes))
    size, rest = 0, 1
    if match:
        whole, fraction, unit = match.groups(u'')
        # In ints, as floats are not exact above 2**53.
        size, rest = divmod(int(whole + fraction) * _UNITS[unit.lower()], 10 ** len(fraction))
    if size >= 1 << 63 or (rest and not size):
        raise _refusal(ValueError, what, takes, value)
    return size


def signal_number(value):
    """Return the number that a signal has on Linux, or None.

    :param value: an int of 1 to 64, ``'9'``, ``'SIGTERM'``, ``'TERM'``, ``'sigterm'``,
        ``'SIGRTMIN+3'``, ``'SIGRTMAX-1'``, or a member of `signal.Signals`, taken by its name. 0,
        which asks `os.kill` for nothing, is refused: an engine would send SIGKILL.
    :raises TypeError: for anything else.
    :raises ValueError: for a name or number of no signal.
    """
    if _absent(value):
        return None
    takes = "a signal as a number of 1 to 64 or a name like 'SIGTERM'"
    # Python 2.7 has no such class: there a signal is a plain int.
    named = _is_int(value) and hasattr(value, 'name')
    said = _text_or_int(value.name if named else value, 'signal', takes).upper()
    if re.match(r'[0-9]{1,2}\Z', said):
        number = int(said)
    else:
        number = _SIGNALS.get(said[3:] if said.startswith(u'SIG') else said, 0)
    if not 1 <= number <= 64:
        raise _refusal(ValueError, 'signal', takes, value)
    return number


def _weight(value, what):
    takes = 'an int of 0 or more'
    said = _text_or_int(value, what, takes)
    if not re.match(r'[0-9]{1,18}\Z', said):
        raise _refusal(ValueError, what, takes, value)
    return int(said)


def _optional(form, value, what):
    return None if _absent(value) else form(value, what)


# By their keys, as the arguments of the two functions below have the names of the ones above.
_FORMS = {
    'Cmd': command,
    'Entrypoint': functools.partial(command, what='entrypoint'),
    'Env': environment,
    'Dns': dns,
    'Volumes': volumes,
    'VolumesFrom': volumes_from,
    'Binds': binds,
    'PortBindings': port_bindings,
    'LxcConf': lxc_conf,
    'Links': links,
}


def _formed(values):
    formed = ((key, _FORMS[key](value) if key in _FORMS else value)
              for key, value in values.items())
    return dict((key, value) for key, value in formed if value is not None)


def container_config(image, command=None, hostname=None, user=None, detach=False, stdin_open=False,
                     tty=False, mem_limit=0, ports=None, environment=None, dns=None, volumes=None,
                     volumes_from=None, network_disabled=False, entrypoint=None, cpu_shares=None,
                     working_dir=None, domainname=None, memswap_limit=0):
    """Return the Config of a container to create.

    :param image: as `identifier` takes it.
    :param command, entrypoint: as `command` takes them.
    :param hostname: text. One with a dot, like ``'web.example.com'``, becomes a Hostname up to
        the first dot and a Domainname after it, as engines want them, unless domainname is given
        (``''`` keeps the hostname whole).
    :param user: a name or a number, as text or int.
    :param detach: when false, the container is attached to: stdout, stderr, and with stdin_open
        stdin, which then closes with the first client that leaves it.
    :param mem_limit: as `memory` takes it; memswap_limit too, or -1 for no limit of swap.
    :param ports: as `exposed_ports` takes them.
    :param environment, dns, volumes, volumes_from: as the functions of these names take them.
    :param cpu_shares: a relative weight, an int of 0 or more.
    :param working_dir: a path in the container, as text.
    :returns: a dict without the keys for which nothing was given.
    :raises TypeError, ValueError: as these functions do.
    """
    hostname = _optional(text, hostname, 'hostname')
    domain = _optional(text, domainname, 'domainname')
    if hostname and domainname is None:
        first, _, rest = hostname.partition(u'.')
        if first and rest:
            hostname, domain = first, rest
    attached, stdin_open = not detach, bool(stdin_open)
    return _formed({
        'Image': identifier(image, 'image'),
        'Cmd': command,
        'Entrypoint': entrypoint,
        'Env': environment,
        'Hostname': hostname,
        'Domainname': domain,
        'User': _optional(_text_or_int, user, 'user'),
        'WorkingDir': _optional(text, working_dir, 'working_dir'),
        'ExposedPorts': exposed_ports(ports),
        'Volumes': volumes,
        'VolumesFrom': volumes_from,
        'Dns': dns,
        'NetworkDisabled': bool(network_disabled),
        'Memory': memory(mem_limit),
        'MemorySwap': (-1 if memswap_limit in (-1, '-1')
                       else memory(memswap_limit, 'memswap_limit')),
        'CpuShares': _optional(_weight, cpu_shares, 'cpu_shares'),
        'Tty': bool(tty),
        'AttachStdin': attached and stdin_open,
        'AttachStdout': attached,
        'AttachStderr': attached,
        'OpenStdin': stdin_open,
        'StdinOnce': attached and stdin_open,
    })


def host_config(binds=None, port_bindings=None, lxc_conf=None, publish_all_ports=False, links=None,
                privileged=False):
    """Return the HostConfig to start a container with.

    :param binds, port_bindings, lxc_conf, links: as the functions of these names take them.
    :param publish_all_ports: publish each exposed port on a free port of the host.
    :param privileged: give the container all that the host may do.
    :returns: a dict of what was given, and True for the flags that are set; ``{}`` for nothing.
    :raises TypeError, ValueError: as these functions do.
    """
    return _formed({
        'Binds': binds,
        'PortBindings': port_bindings,
        'LxcConf': lxc_conf,
        'Links': links,
        'PublishAllPorts': True if publish_all_ports else None,
        'Privileged': True if privileged else None,
    })
