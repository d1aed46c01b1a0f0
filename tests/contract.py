"""The contract of each recorded version: which keys its responses have, of which type and in which form.

The facts are read from the recordings alone. A fact is the path of a value in the response of an exchange,
with the kinds of values that the recordings have there: JSON types, and for text and numbers a form, such as
`64 hex` or `time`. The kinds of a path are those of all exchanges of one call, as an empty value in one of
them is a form of the field.
"""

import glob
import json
import os
import re

from tests.wire import RECORDINGS, body_of, recording

# The engine and version on the wire that a version of the API is recorded with: 1.6 is what Docker 0.6.5
# responded, whatever later engines make of it.
CONTRACTS = {'1.6': 'docker-0.6.5_v1.6', '1.12': 'docker-20.10_v1.12', '1.40': 'docker-29.7_v1.40',
             '1.41': 'docker-20.10_v1.41', '1.55': 'docker-29.7_v1.55'}

# The exchanges with a JSON response, by the call that they belong to.
EXCHANGES = {
    'version': ['version'], 'info': ['info'], 'import_image': ['import'], 'create_container': ['create'],
    'images': ['images', 'images-filter', 'images-two-tags'], 'history': ['history'],
    'inspect_image': ['inspect-image', 'inspect-committed'], 'commit': ['commit'],
    'inspect_container': ['inspect-created', 'inspect-exited'], 'diff': ['diff', 'diff-long'],
    'containers': ['containers-all', 'containers-running'], 'top': ['top', 'top-args'],
    'remove_image': ['remove-image-tag'], 'events': ['events-since']}
CALL_OF = {exchange: call for call, exchanges in EXCHANGES.items() for exchange in exchanges}
# Each event of a container has these. Others are about images, networks and volumes, which 0.6 has not.
LIFE_OF_A_CONTAINER = ('create', 'start', 'die', 'destroy')

_TEXT_FORMS = [
    ('empty', r''), ('12 hex', r'[0-9a-f]{12}'), ('64 hex', r'[0-9a-f]{64}'),
    ('sha256', r'sha256:[0-9a-f]{64}'), ('digest', r'[^\s@]+@sha256:[0-9a-f]{64}'),
    ('time', r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)'),
    ('address', r'\d{1,3}(\.\d{1,3}){3}'), ('path', r'/\S*'),
    ('name:tag', r'(?!sha256:)([a-z0-9.:_-]+/)*[a-z0-9._-]+:[A-Za-z0-9_][A-Za-z0-9._-]*')]
# What a value may be where the recordings have something else: full ids in place of short ones, and for
# free text all text but ids with a prefix. Null stands for an empty collection, and the other way round
# a program that takes null takes an empty collection.
_ALSO = {'12 hex': ['64 hex'], 'number': ['seconds'], 'null': ['list', 'dict'],
         'text': ['empty', '12 hex', '64 hex', 'time', 'address', 'path', 'name:tag']}


def kind_of(value):
    """Return the JSON type of a value, of text and numbers their form."""
    if value is None or isinstance(value, (bool, list, dict)):
        return 'null' if value is None else type(value).__name__
    if isinstance(value, (int, float)) or not hasattr(value, 'lower'):
        return 'seconds' if 10 ** 9 < value < 10 ** 10 else 'number'
    return next((form for form, pattern in _TEXT_FORMS if re.match(pattern + r'\Z', value)), 'text')


def _is_map(value):
    """Return whether a dict within a response maps names: paths, ports and names are no names of fields."""
    return not any(key[:1].isupper() for key in value)


class Shape(object):
    """What values at one path have in common: their kinds, their fields, and the shape of their items."""

    def __init__(self, values, top=True):
        self.kinds = {kind_of(value) for value in values}
        records = [value for value in values if isinstance(value, dict) and (top or not _is_map(value))]
        keys = set().union(*records)
        self.fields = {key: Shape([record[key] for record in records if key in record], False)
                       for key in keys}
        self.always = {key for key in keys if all(key in record for record in records)}
        items = [item for value in values if isinstance(value, list) for item in value]
        items += [item for value in values if isinstance(value, dict) and value not in records
                  for item in value.values()]
        self.items = Shape(items, top) if items else None

    def facts(self, path=''):
        """Yield the paths of all values that each response has."""
        for key in sorted(self.always):
            yield path + '.' + key
            for fact in self.fields[key].facts(path + '.' + key):
                yield fact
        if self.items:
            for fact in self.items.facts(path + '[]'):
                yield fact


def differences(value, shape, known, path=''):
    """Yield (path, what is wrong) for each fact of a shape that a value does not keep.

    :param known: the Shape of all responses to the call.
    """
    kind = kind_of(value)
    if not any(kind == one or kind in _ALSO.get(one, ()) for one in known.kinds):
        yield path, '{0} in place of {1}: {2!r}'.format(kind, ' or '.join(sorted(known.kinds)), value)
        return
    items = []
    if isinstance(value, dict) and shape.fields:
        for key in sorted(set(known.fields) & set(value) | shape.always):
            if key not in value:
                yield path + '.' + key, 'missing'
                continue
            for difference in differences(value[key], shape.fields.get(key, known.fields[key]),
                                          known.fields[key], path + '.' + key):
                yield difference
    elif isinstance(value, dict):
        items = value.values()
    elif isinstance(value, list):
        items = value
    if known.items:
        for item in items:
            for difference in differences(item, shape.items or known.items, known.items, path + '[]'):
                yield difference


def recorded_value(engine, exchange):
    """Return the JSON of a recorded response, as its call returns it in a list or a dict; None without one."""
    if not glob.glob(os.path.join(RECORDINGS, engine, '[0-9][0-9]-{0}.response'.format(exchange))):
        return None
    text = body_of(recording(engine, exchange)).decode('utf-8')
    call = CALL_OF[exchange]
    if call not in ('events', 'import_image'):
        return json.loads(text) or []
    parse, items = json.JSONDecoder().raw_decode, []
    text = text.strip()
    while text:
        item, end = parse(text)
        items.append(item)
        text = text[end:].strip()
    return comparable(call, items)


def comparable(call, value):
    """Return what of a response there are facts about: of events, those of containers."""
    if call != 'events':
        return value
    return [event for event in value if event.get('Type', 'container') == 'container' and
            event.get('status', event.get('Action')) in LIFE_OF_A_CONTAINER]


class Contract(object):
    """The facts of a version.

    :param version: one of CONTRACTS.
    """

    def __init__(self, version):
        self.version = version
        self.engine = CONTRACTS[version]
        self.shapes, self.known = {}, {}
        for call, exchanges in EXCHANGES.items():
            values = {exchange: recorded_value(self.engine, exchange) for exchange in exchanges}
            values = {exchange: value for exchange, value in values.items() if value is not None}
            self.shapes.update({exchange: Shape([value]) for exchange, value in values.items()})
            self.known[call] = Shape(list(values.values()))

    def facts(self, exchange):
        return list(self.shapes[exchange].facts())

    def broken(self, exchange, value):
        """Return what a response does not keep of the facts of an exchange: a dict by path."""
        call = CALL_OF[exchange]
        return dict(differences(comparable(call, value), self.shapes[exchange], self.known[call]))
