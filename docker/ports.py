"""The ports of containers, as they are exposed and published, and the addresses of the host."""

import re
import socket

import six
from six.moves import collections_abc

from docker.validation import (
    argument_error, as_list, check_text, check_text_or_int, did_you_mean, is_absent, is_int, is_list, is_text,
    short_repr)

_PROTOCOLS = ('tcp', 'udp', 'sctp')
# Regular expressions are strings that are compiled on first use, to keep the import fast.
_PORT = r'(?P<number>[0-9]{1,5})(?:/(?P<protocol>[A-Za-z]+))?\Z'
_HOST_PORT = r'(?:(?P<first>[0-9]{1,5})(?:-(?P<last>[0-9]{1,5}))?)?\Z'
_PUBLISHED_PORT = r'(?:([0-9.]+):)?([0-9]{1,5}):([0-9]{1,5})(?:/(tcp|udp|sctp))?\Z'
_MISSPELT_PORT = r'[0-9]{1,5}/[A-Za-z]+\Z'
_MAC_ADDRESS = r'[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}\Z'
_HOST_ADDRESS_AND_PORT = r'(?:(?P<address>[^:\[\]]+|\[[^\[\]]+\]):)?(?P<port>[^:]*)\Z'


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
        ports = keys_without_values(
            value, 'ports', 'ports of the host belong in port_bindings', 'port_bindings')
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
        raise argument_error(ValueError, name, takes, value, _hint_for_port(text, name))
    return u'{0}/{1}'.format(int(number), protocol)


def _hint_for_port(text, name):
    """Return what was meant by text that is no port: one that is published, or another protocol."""
    binding = _as_binding(text)
    if binding and name == 'ports':
        return ': did you mean port_bindings={0} of start or create_host_config?'.format(binding)
    if binding and name == 'port_bindings':
        return ': did you mean {0}?'.format(binding)
    if not re.match(_MISSPELT_PORT, text):
        return ''
    number, _, protocol = text.partition(u'/')
    if protocol.lower() in _PROTOCOLS:
        return ''
    return did_you_mean(protocol, _PROTOCOLS).replace("'", "'{0}/".format(number), 1)


def _as_binding(text):
    """Return the dict, as text, of a port that is published as the docker command has it: 8080:80/tcp."""
    match = re.match(_PUBLISHED_PORT, text)
    if not match:
        return None
    address, host, port, protocol = match.groups()
    port = port if protocol in (None, 'tcp') else "'{0}/{1}'".format(port, protocol)
    return str('{{{0}: {1}}}' if not address else "{{{0}: ('{2}', {1})}}").format(port, host, address)


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


def convert_port_bindings(value):
    """Return where the ports of a container are published, or None.

    :param value: a dict of container ports, in the forms of `convert_exposed_ports`, to port bindings:
        None (any free port of the host), a port (int or text; 0 and ``''`` are any free one;
        ``'8000-8010'`` is one of these), ``(ip,)``, ``(port,)``, ``(ip, port)``, ``'ip:port'``,
        ``'[::1]:port'``, ``{'HostIp': ip, 'HostPort': port}`` with one or both left out, or a list of any of
        these. A tuple is one port binding; a list is a list of them.
    :returns: a dict such as ``{"80/tcp": [{"HostIp": "127.0.0.1", "HostPort": "8080"}]}``, which is what
        ``{80: ('127.0.0.1', 8080)}`` becomes.
    :raises TypeError: for anything else.
    :raises ValueError: for a bad port or IP address.
    """
    if is_absent(value):
        return None
    if not isinstance(value, collections_abc.Mapping):
        bindings = [_as_binding(item) for item in as_list(value) if is_text(item)]
        hint = ': did you mean {0}?'.format(bindings[0]) if bindings and bindings[0] else ''
        raise argument_error(TypeError, 'port_bindings', 'a dict', value, hint)
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
        if len(value) == 1 and is_int(value[0]):
            return None, value[0]
        if len(value) in (1, 2):
            return value[0], value[1] if len(value) == 2 else None
    elif is_text(value):
        match = re.match(_HOST_ADDRESS_AND_PORT, check_text(value, 'port_bindings', takes))
        if match:
            address, port = match.group('address', 'port')
            if not re.match(r'[0-9]+\Z', address or u''):
                return address and address.strip(u'[]'), port
    else:
        return None, value
    raise argument_error(ValueError, 'port_bindings', takes, value, _hint_for_binding(value))


def _hint_for_binding(value):
    """Return what was meant by a value that has the port of the container again: 8080:80."""
    match = re.match(_PUBLISHED_PORT, value) if is_text(value) else None
    if not match:
        return ''
    address, host = match.group(1, 2)
    return str(": did you mean ('{0}', {1})?" if address else ': did you mean {1}?').format(address, host)


def _convert_host_port(value, takes):
    match = re.match(_HOST_PORT, check_text_or_int(value, 'port_bindings', takes))
    ends = [int(end) for end in match.group('first', 'last') if end] if match else [-1]
    if ends != sorted(ends) or not all(0 <= end <= 65535 for end in ends):
        takes = "ports of the host of 0 to 65535, or a range like '8000-8010'"
        raise argument_error(ValueError, 'port_bindings', takes, value)
    return u'-'.join(six.text_type(end) for end in ends) if any(ends) else u''


def check_mac_address(value, name):
    """Return a MAC address as text.

    :param value: text such as ``'02:42:ac:11:00:02'``.
    :param name: the name of the argument.
    :raises TypeError: for anything else.
    :raises ValueError: for other text.
    """
    takes = "a MAC address such as '02:42:ac:11:00:02'"
    address = check_text(value, name, takes)
    if not re.match(_MAC_ADDRESS, address):
        raise argument_error(ValueError, name, takes, value)
    return address


def keys_without_values(value, name, instead, other):
    """Return the keys of a dict, all of whose values are empty.

    :param value: a dict.
    :param name: the name of the argument.
    :param instead: what the message says of values.
    :param other: the name of the argument that takes them.
    """
    for key, details in value.items():
        if details not in (None, {}):
            takes = '{{}} as the value of each ({0})'.format(instead)
            hint = ': did you mean {0}={1} of start or create_host_config?'.format(
                other, short_repr({key: details}))
            raise argument_error(ValueError, name, takes, {key: details}, hint)
    return list(value)


__all__ = ['check_ip_address', 'check_mac_address', 'convert_exposed_ports', 'convert_port',
           'convert_port_bindings', 'keys_without_values']
