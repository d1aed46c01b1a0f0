"""The contract of each recorded version: which keys its responses have, of which type and in which form.

The facts are read from the recordings alone. A fact is the path of a value in the response of an exchange,
with the kinds of values that the recordings have there: JSON types, and for text and numbers a form, such as
`64 hex` or `time`. The kinds at a path are those of all exchanges of one call, as an empty value in one of
them is a form of the field.
"""

import glob
import json
import os
import re

from docker.transport.negotiate import parse_version
from tests.wire import RECORDINGS, body_of, recording

# The engine that a version is recorded with. 1.6 is what Docker 0.6.5 responded, whatever later engines make
# of it: Docker 1.6.2 lost some of it at every version.
CONTRACTS = {'1.6': 'docker-0.6.5_v1.6', '1.12': 'docker-20.10_v1.12', '1.40': 'docker-29.7_v1.40',
             '1.41': 'docker-20.10_v1.41', '1.55': 'docker-29.7_v1.55'}

# The exchanges with JSON in the response, by the call that they belong to. `images-filter` is not among them:
# it was recorded with a parameter that later versions ignore.
EXCHANGES = {
    'version': ['version'], 'info': ['info'], 'import_image': ['import'], 'create_container': ['create'],
    'images': ['images', 'images-two-tags'], 'history': ['history'],
    'inspect_image': ['inspect-image', 'inspect-committed'], 'commit': ['commit'],
    'inspect_container': ['inspect-created', 'inspect-exited'], 'diff': ['diff', 'diff-long'],
    'containers': ['containers-all', 'containers-running'], 'top': ['top', 'top-args'],
    'remove_image': ['remove-image-tag'], 'events': ['events-since']}
CALL_OF = {exchange: call for call, exchanges in EXCHANGES.items() for exchange in exchanges}
# The events of containers that the recording of Docker 0.6.5 has; it has none of anything else.
LIFE_OF_A_CONTAINER = ('create', 'start', 'die', 'destroy')

# What an engine cannot have as it was recorded: the version, patterns of engines and facts; and the reason.
ALLOWANCES = [
    ('', '', r'\.(ResolvConfPath|HostnamePath|HostsPath)$', 'empty when the engine has not made the file: '
     'before the first start, and without a network'),
    ('1.6', '', r'\.SysInitPath$', 'no engine since has a dockerinit in the container'),
    ('1.6', '', r'\.Untagged$', 'the id of the image in 0.6.5, its name since'),
    ('', '', r'(events.*\.from|containers.*\.Image)$', 'an id, when the container was created by it'),
    ('', '', r'\.(Cmd|Args)\[\]$', 'the words of a command are of any form'),
    ('', '', r'\.GraphDriver\.Data', 'what a storage driver says of itself'),
    ('', '', r'^version\.Components\[\]\.Details\.', 'what a component says of itself'),
    ('', r'docker-29\.|podman', r'^inspect-committed\.[Cc]ontainer$', 'images do not hold their container'),
    ('', 'podman', r'[cC]ontainer_?[cC]onfig\.Hostname$', 'Podman has 11 digits of the id of the image'),
    ('', 'podman', r'^containers.*\.NetworkID$', 'Podman has the name of the network'),
    ('1.41', 'podman', r'^commit\.Id$|\.Parent$', 'Podman has these without sha256:'),
]

_TEXT_FORMS = [
    ('empty', r''), ('12 hex', r'[0-9a-f]{12}'), ('64 hex', r'[0-9a-f]{64}'),
    ('sha256', r'sha256:[0-9a-f]{64}'), ('digest', r'[^\s@]+@sha256:[0-9a-f]{64}'),
    ('time', r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)'),
    ('address', r'\d{1,3}(\.\d{1,3}){3}'), ('path', r'/\S*'),
    ('name:tag', r'(?!sha256:)([a-z0-9.:_-]+/)*[a-z0-9._-]+:[A-Za-z0-9_][A-Za-z0-9._-]*')]
_PLAIN = {'empty', '12 hex', '64 hex', 'digest', 'time', 'address', 'path', 'name:tag', 'text'}
# What a value may be as well, where the recordings have something else: full ids in place of short ones, all
# text but ids with a prefix in place of free text, and an empty collection in place of null, but not null in
# place of a collection.
_ALSO = {'12 hex': {'64 hex'}, 'number': {'seconds'}, 'null': {'list', 'dict'}, 'text': _PLAIN}


def kind_of(value):
    """Return the JSON type of a value, of text and numbers their form."""
    if value is None or isinstance(value, (bool, list, dict)):
        return 'null' if value is None else type(value).__name__
    if not hasattr(value, 'lower'):
        return 'seconds' if 10 ** 9 < value < 10 ** 10 else 'number'
    return next((form for form, pattern in _TEXT_FORMS if re.match(pattern + r'\Z', value)), 'text')


def _is_map(value):
    """Return whether a dict within a response has names of other things as its keys, not of fields: paths,
    ports, networks ..."""
    return not any(key[:1].isupper() for key in value)


class Shape(object):
    """What values at one path have in common.

    :param values: the values.
    :param top: whether they are what a call returns, or items of that: their fields may be in lower case.

    `kinds` are the kinds of the values, `fields` the Shapes of the fields of dicts, `always` the names of the
    fields that all of them have, `items` the Shape of what lists and maps contain, or None.
    """

    def __init__(self, values, top=True):
        self.kinds = {kind_of(value) for value in values}
        records = [value for value in values if isinstance(value, dict) and (top or not _is_map(value))]
        self.fields = {key: Shape([record[key] for record in records if key in record], False)
                       for key in set().union(*records)}
        self.always = {key for key in self.fields if all(key in record for record in records)}
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

    def accepts(self, kind):
        """Return whether a value may be of a kind. Null alone tells no type, and '' alone no form."""
        if self.kinds == {'null'} or self.kinds - {'null'} == {'empty'} and kind in _PLAIN | {'sha256'}:
            return True
        return any(kind == known or kind in _ALSO.get(known, ()) for known in self.kinds)

    def use_bare_ids(self, name=None):
        """Make the ids of images those without a prefix. Layers are no images, and the Actor of an event
        is newer than the prefix."""
        if name in ('Layers', 'Actor'):
            return
        if 'sha256' in self.kinds:
            self.kinds = self.kinds - {'sha256'} | {'64 hex'}
        for key, field in self.fields.items():
            field.use_bare_ids(key)
        if self.items:
            self.items.use_bare_ids(name)


def differences(value, shape, known, path=''):
    """Yield (path, what is wrong) for each fact that a value does not keep.

    :param shape: the Shape of the recorded response; None where it has nothing, and an empty value is right.
    :param known: the Shape of all recorded responses to the call.
    """
    kind = kind_of(value)
    if not known.accepts(kind) and (shape or value):
        yield path, '{0} in place of {1}: {2!r}'.format(kind, ' or '.join(sorted(known.kinds)), value)
        return
    inner = []
    if isinstance(value, dict) and known.fields:
        required = shape.always if shape else set()
        for key in sorted(required - set(value)):
            yield path + '.' + key, 'missing'
        inner = [(value[key], shape and shape.fields.get(key), known.fields[key], path + '.' + key)
                 for key in sorted(set(known.fields) & set(value))]
    elif isinstance(value, (list, dict)) and known.items:
        items = value.values() if isinstance(value, dict) else value
        inner = [(item, shape and shape.items or known.items, known.items, path + '[]') for item in items]
    for arguments in inner:
        for difference in differences(*arguments):
            yield difference


def recorded_value(engine, exchange):
    """Return the JSON of a recorded response, that of a stream as a list; None when it is not recorded."""
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
    """Return that of a response which there are facts about: of events, those of containers."""
    if call != 'events':
        return value
    return [event for event in value if event.get('Type', 'container') == 'container' and
            event.get('status', event.get('Action')) in LIFE_OF_A_CONTAINER]


def newest_of(engine):
    """Return the newest version that a recorded engine supports, as a tuple of ints."""
    info = json.loads(body_of(recording(engine, 'version-unprefixed')).decode('utf-8'))
    return parse_version(info.get('ApiVersion')) or (1, 6)


class Contract(object):
    """The facts of a version, one of CONTRACTS."""

    def __init__(self, version):
        self.version = version
        self.engine = CONTRACTS[version]
        self.shapes, self.known = {}, {}
        for call, exchanges in EXCHANGES.items():
            values = {exchange: recorded_value(self.engine, exchange) for exchange in exchanges}
            values = {exchange: value for exchange, value in values.items() if value is not None}
            self.shapes.update({exchange: Shape([value]) for exchange, value in values.items()})
            self.known[call] = Shape(list(values.values()))
            # Engines since Docker 1.10 have a prefix at every version. It is not of the older versions.
            if parse_version(version) < (1, 22):
                self.known[call].use_bare_ids()

    def concerns(self, newest, spoken):
        """Return whether an engine has to keep the contract: it is not older than the recorded one.

        :param newest: the newest version of the engine, a tuple of ints.
        :param spoken: the version on the wire, likewise.
        """
        return newest >= newest_of(self.engine) and spoken >= parse_version(self.version)

    def facts(self, exchange):
        """Return the facts of an exchange, as paths."""
        return [exchange + path for path in self.shapes[exchange].facts()]

    def broken(self, exchange, value, engine):
        """Return what a response does not keep of the facts of an exchange, a dict by path.

        :param value: what the call returned.
        :param engine: the name of the engine, for the allowances.
        """
        call = CALL_OF[exchange]
        found = differences(comparable(call, value), self.shapes[exchange], self.known[call], exchange)
        return {path: what for path, what in found if not self._is_allowed(path, engine)}

    def _is_allowed(self, path, engine):
        return any(version in ('', self.version) and re.search(engines, engine) and re.search(paths, path)
                   for version, engines, paths, _ in ALLOWANCES)
