"""Protocol buffers, as far as the messages of BuildKit need them: dicts from bytes, and bytes from dicts.

A message is described by a dict of the numbers of its fields to pairs of name and type, as
docker.buildkit.messages has them. A type is one of the scalar types, another such description, a list with
one type for a repeated field, or a MapOf. Fields that are not described are skipped, as newer engines have
more of them; what cannot be a message is an InvalidMessage.
"""

# The wire types: a varint, eight bytes, bytes with their length, four bytes. The others are of no use today.
_VARINT, _EIGHT_BYTES, _WITH_LENGTH, _FOUR_BYTES = 0, 1, 2, 5

UINT, INT, BOOL, BYTES, TEXT = 'uint', 'int', 'bool', 'bytes', 'text'
_DEFAULTS = {UINT: 0, INT: 0, BOOL: False, BYTES: b'', TEXT: u''}
_MAX_VARINT_SIZE = 10


class InvalidMessage(ValueError):
    """Bytes that are no message of the type that was expected."""


class MapOf(object):
    """The type of a field that maps text to values of a type."""

    def __init__(self, kind):
        self.entry = {1: ('key', TEXT), 2: ('value', kind)}


def decode(data, fields):
    """Return a message as a dict with all of its fields: a scalar that is missing is 0, False or empty, a
    repeated field an empty list, a message None.

    :param data: bytes.
    :param fields: the description of the message.
    :raises InvalidMessage: when the bytes are none, or a value is not of its type.
    """
    message = {name: _default(kind) for name, kind in fields.values()}
    parts = {}
    for number, wire_type, value in _split(data):
        if number not in fields:
            continue
        name, kind = fields[number]
        if type(kind) is list:
            message[name].extend(_repeated(value, wire_type, kind[0], name))
        elif type(kind) is MapOf:
            entry = _value(value, wire_type, kind.entry, name)
            message[name][entry['key']] = entry['value']
        elif type(kind) is dict:
            _check_wire_type(wire_type, kind, name)
            parts.setdefault(number, []).append(value)
        else:
            message[name] = _value(value, wire_type, kind, name)
    for number, pieces in parts.items():
        # A message may come in parts, which together are one.
        name, kind = fields[number]
        message[name] = decode(b''.join(pieces), kind)
    return message


def encode(message, fields):
    """Return a dict as the bytes of a message. Fields that have their default are left out.

    :param message: a dict; keys may be missing.
    :param fields: the description of the message.
    """
    parts = []
    for number, (name, kind) in sorted(fields.items()):
        value = message.get(name)
        if type(kind) is list:
            parts.extend(_field(number, kind[0], item) for item in value or ())
        elif type(kind) is MapOf:
            parts.extend(_field(number, kind.entry, {'key': key, 'value': item})
                         for key, item in sorted((value or {}).items()))
        elif type(kind) is dict and value is not None or value:
            parts.append(_field(number, kind, value))
    return b''.join(parts)


def _encode_varint(value):
    """Return an int as a varint; a negative one takes ten bytes, as that of an int64."""
    value &= 0xFFFFFFFFFFFFFFFF
    encoded = bytearray()
    while value > 0x7F:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


def _default(kind):
    if type(kind) is list:
        return []
    if type(kind) is MapOf:
        return {}
    return None if type(kind) is dict else _DEFAULTS[kind]


def _field(number, kind, value):
    if kind in (UINT, INT, BOOL):
        return _encode_varint(number << 3) + _encode_varint(int(value))
    if type(kind) is dict:
        value = encode(value, kind)
    elif kind is TEXT:
        value = value.encode('utf-8')
    return _encode_varint(number << 3 | _WITH_LENGTH) + _encode_varint(len(value)) + value


def _split(data):
    """Yield the fields in the bytes of a message: number, wire type, and an int or bytes."""
    octets, position, end = bytearray(data), 0, len(data)
    while position < end:
        tag, position = _read_varint(octets, position)
        number, wire_type = tag >> 3, tag & 7
        if not number:
            raise InvalidMessage('a field has the number 0')
        if wire_type == _VARINT:
            value, position = _read_varint(octets, position)
            yield number, wire_type, value
            continue
        if wire_type == _WITH_LENGTH:
            size, position = _read_varint(octets, position)
        elif wire_type in (_EIGHT_BYTES, _FOUR_BYTES):
            size = 8 if wire_type == _EIGHT_BYTES else 4
        else:
            raise InvalidMessage('field {0} has the unknown wire type {1}'.format(number, wire_type))
        if size > end - position:
            raise InvalidMessage('field {0} has {1} bytes, of {2} that were announced'.format(
                number, end - position, size))
        yield number, wire_type, data[position:position + size]
        position += size


def _read_varint(octets, position):
    """Return the varint that begins at a position, and where it ends."""
    value = 0
    for index, octet in enumerate(octets[position:position + _MAX_VARINT_SIZE]):
        value |= (octet & 0x7F) << 7 * index
        if octet < 0x80:
            return int(value & 0xFFFFFFFFFFFFFFFF), position + index + 1
    raise InvalidMessage('a number has no end')


def _repeated(value, wire_type, kind, name):
    if wire_type == _WITH_LENGTH and kind in (UINT, INT, BOOL):
        # Numbers are packed into one field.
        octets, position = bytearray(value), 0
        while position < len(octets):
            number, position = _read_varint(octets, position)
            yield _value(number, _VARINT, kind, name)
    else:
        yield _value(value, wire_type, kind, name)


def _check_wire_type(wire_type, kind, name):
    if wire_type != (_VARINT if kind in (UINT, INT, BOOL) else _WITH_LENGTH):
        raise InvalidMessage('{0} has the wire type {1}'.format(name, wire_type))


def _value(value, wire_type, kind, name):
    _check_wire_type(wire_type, kind, name)
    if type(kind) is dict:
        return decode(value, kind)
    if kind is TEXT:
        # Engines pass on names of files, which may be in no encoding.
        return value.decode('utf-8', 'replace')
    if kind is INT:
        return int(value - (1 << 64)) if value >> 63 else value
    return bool(value) if kind is BOOL else value
