"""Ports as the docker command writes them (``-p 127.0.0.1:8080:80/udp``), for `ports` and `port_bindings`.

What the client itself takes is in docker.config and docker.host_config; these are two functions of
docker-py 1.x.
"""

import re

from docker.validation import argument_error, check_text_or_int

_PORT_SPECIFICATION = (
    r'(?:(?:(?P<address>\[[^\[\]]*\]|[^:\[\]]*):)?(?P<published>[0-9-]*):)?'
    r'(?P<first>[0-9]{1,5})(?:-(?P<last>[0-9]{1,5}))?(?P<protocol>/[A-Za-z]+)?\Z')
_RANGE = r'(?P<first>[0-9]{1,5})(?:-(?P<last>[0-9]{1,5}))?\Z'


def split_port(port):
    """Split a port specification of the docker command.

    :param port: ``'80'``, ``'8080:80'``, ``'127.0.0.1:8080:80'`` or ``'127.0.0.1::80'``; each port may be a
        range ``'8000-8010'``, and the last may have a protocol, ``'53/udp'``. An int is a port.
    :returns: a pair: a list of ports of the container, as text, and a list of the same length of where they
        are published: ports as text, or pairs of an address and a port or None. In place of that list None,
        when nothing is published.
    :raises TypeError, ValueError: for anything else, and for two ranges of different lengths.

        >>> docker.utils.ports.split_port('127.0.0.1:8080:80')
        (['80'], [('127.0.0.1', '8080')])
    """
    takes = "a port such as '80', '8080:80', '127.0.0.1:8080:80/udp' or '8000-8010:8000-8010'"
    match = re.match(_PORT_SPECIFICATION, check_text_or_int(port, 'port', takes))
    if not match:
        raise argument_error(ValueError, 'port', takes, port)
    address, published, protocol = match.group('address', 'published', 'protocol')
    exposed = [number + str(protocol or '') for number in _ports_between(match)]
    if not exposed:
        raise argument_error(ValueError, 'port', takes, port)
    if published is None:
        return exposed, None
    if not published:
        if address is None:
            raise argument_error(ValueError, 'port', takes, port)
        host_ports = [None] * len(exposed)
    else:
        host_range = re.match(_RANGE, published)
        host_ports = _ports_between(host_range) if host_range else []
        if len(exposed) == 1 and len(host_ports) > 1:
            # The engine chooses one of the range.
            host_ports = [str(published)]
    if len(host_ports) != len(exposed):
        raise argument_error(ValueError, 'port', 'two ranges of the same length', port)
    if address is None:
        return exposed, host_ports
    return exposed, [(str(address.strip('[]')), number) for number in host_ports]


def _ports_between(match):
    first, last = match.group('first', 'last')
    return [str(number) for number in range(int(first), int(last or first) + 1)]


def build_port_bindings(ports):
    """Return `port_bindings`, as `start` and `create_host_config` take them.

    :param ports: an iterable of what `split_port` takes.
    :returns: a dict of ports of the container to lists of where they are published.
    :raises TypeError, ValueError: as `split_port` does.

        >>> docker.utils.ports.build_port_bindings(['127.0.0.1:8080:80', '53/udp'])
        {'80': [('127.0.0.1', '8080')], '53/udp': [None]}
    """
    bindings = {}
    for port in ports:
        exposed, published = split_port(port)
        for number, where in zip(exposed, published or [None] * len(exposed)):
            bindings.setdefault(number, []).append(where)
    return bindings


__all__ = ['build_port_bindings', 'split_port']
