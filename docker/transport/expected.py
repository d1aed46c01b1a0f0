"""What the client expects in the JSON of each response: the kind of each value that a call or a change uses.

A response with another kind of value is an error that names the call, what was expected and what came. An
engine writes null for an empty list, which is [] here, and for what it does not have: null is as absent,
unless the value is needed. Values that the client only passes on may be of any kind.
"""

import re

import six

from docker.compat import to_native_string

_VERSIONED_PATH = r'/v\d+\.\d+(/[^?]*)'


class Mismatch(Exception):
    """A value is not of the kind that is expected.

    :param expected: the kind, as text.
    :param got: what came: the value, whose kind alone is shown, or text.
    :param where: where it is in the JSON, such as ``'State.Running'``; '' for the whole.
    """

    def __init__(self, expected, got, where=''):
        super(Mismatch, self).__init__('expected {0}{1}, got {2}'.format(
            expected, ' as ' + to_native_string(where) if where else '', got))


class _Value(object):
    """A value of one of these types.

    :param name: what messages call it.
    """

    def __init__(self, name, *types):
        self.name = name
        self.types = frozenset(types)

    def check(self, value, where):
        """Raise a Mismatch unless a value is of this kind.

        :param where: its place in the JSON, as a Mismatch has it.
        """
        if type(value) not in self.types:
            raise Mismatch(self.name, _kind_of(value), where)

    def check_all(self, values, where):
        """Raise a Mismatch unless all values of a list are of this kind; `where` is the place of each."""
        if not self.types.issuperset(map(type, values)):
            for value in values:
                self.check(value, where)


class _List(_Value):
    """A list.

    :param item: the kind of its values; None for any.
    """

    def __init__(self, item=None):
        super(_List, self).__init__('a list', list)
        self.item = item

    def check(self, value, where):
        super(_List, self).check(value, where)
        if self.item is not None and value:
            self.item.check_all(value, where + '[]')

    def check_all(self, values, where):
        for value in values:
            self.check(value, where)


class _Object(_Value):
    """An object.

    :param fields: the kinds of values by their keys.
    :param needed: the keys that must be there.
    :param empty: the keys of lists that are [] when they are null.
    :param others: the kind of all other values; None for any.
    """

    def __init__(self, fields=(), needed=(), empty=(), others=None):
        super(_Object, self).__init__('an object', dict)
        self.fields = dict(fields)
        self.needed = needed
        self.empty = empty
        self.others = others
        self.nested = {key: kind for key, kind in self.fields.items() if type(kind) is not _Value}
        self._plain = [(key, kind.types) for key, kind in self.fields.items() if key not in self.nested]
        self._is_flat = not (self.nested or empty or others)

    def check(self, value, where):
        super(_Object, self).check(value, where)
        for key in self.empty:
            if key in value and value[key] is None:
                value[key] = []
        for key, types in self._plain:
            found = value.get(key)
            if type(found) not in types and (found is not None or key in self.needed):
                raise Mismatch(self.fields[key].name, _kind_of(found, key in value), _join(where, key))
        for key, kind in self.nested.items():
            found = value.get(key)
            if found is not None or key in self.needed:
                kind.check(found, _join(where, key))
        if self.others is not None:
            self.others.check_all([found for found in value.values() if found is not None], _join(where, '*'))

    def check_all(self, values, where):
        super(_Object, self).check_all(values, where)
        if not (self._is_flat and all(self._has_types(values, key, types) for key, types in self._plain)):
            for value in values:
                self.check(value, where)

    def _has_types(self, values, key, types):
        """Return whether all dicts of a list have one of these types, or nothing, at a key.

        To look at a column of a list takes a quarter of the time of looking at each item.
        """
        found = {type(value.get(key)) for value in values}
        if key not in self.needed:
            found.discard(type(None))
        return types.issuperset(found)


def _join(where, key):
    return where + '.' + key if where else key


_TEXT = _Value('text', six.text_type, str)
_INTEGER = _Value('an integer', *six.integer_types)
_TRUTH = _Value('true or false', bool)
_OBJECT = _Value('an object', dict)
_TEXTS = _List(_TEXT)
_PORT_BINDINGS = _Object(others=_List(_Object({'HostIp': _TEXT, 'HostPort': _TEXT})))
_CONFIG = _Object({
    'Tty': _TRUTH, 'Env': _TEXTS, 'Image': _TEXT, 'Hostname': _TEXT})
_HOST_CONFIG = _Object({
    'Binds': _TEXTS, 'Links': _TEXTS, 'VolumesFrom': _TEXTS, 'Dns': _TEXTS, 'PortBindings': _PORT_BINDINGS,
    'NetworkMode': _TEXT, 'IpcMode': _TEXT, 'PidMode': _TEXT, 'LogConfig': _OBJECT,
    'Ulimits': _List(_Object({'Name': _TEXT}, needed=('Name',)))})
_CONTAINER = _Object({
    'Id': _TEXT, 'ID': _TEXT, 'Name': _TEXT, 'Image': _TEXT, 'Config': _CONFIG, 'HostConfig': _HOST_CONFIG,
    'State': _Object({'Running': _TRUTH, 'StartedAt': _TEXT}),
    'NetworkSettings': _Object({'Ports': _PORT_BINDINGS, 'Networks': _Object(others=_OBJECT)}),
    'Mounts': _List(_Object({'Destination': _TEXT, 'Type': _TEXT}, needed=('Destination',)))})

# By method and path, in which {} stands for a name. A needed key is one without which nothing can be made of
# the response; what a call needs beyond that it names where it reads the response.
_DOCUMENTS = {
    ('GET', '/containers/json'): _List(_Object({'Id': _TEXT, 'Image': _TEXT}, needed=('Id',))),
    ('POST', '/containers/create'): _Object({'Id': _TEXT}, needed=('Id',)),
    ('GET', '/containers/{}/json'): _CONTAINER,
    ('GET', '/containers/{}/top'): _Object(
        {'Titles': _TEXTS, 'Processes': _List(_TEXTS)}, empty=('Titles', 'Processes')),
    ('GET', '/containers/{}/changes'): _List(_OBJECT),
    ('POST', '/containers/{}/wait'): _Object({'StatusCode': _INTEGER}, needed=('StatusCode',)),
    ('GET', '/images/json'): _List(_Object(
        {'Id': _TEXT, 'ParentId': _TEXT, 'RepoTags': _TEXTS}, needed=('Id',))),
    ('GET', '/images/search'): _List(_OBJECT),
    ('GET', '/images/{}/json'): _Object({
        'Id': _TEXT, 'id': _TEXT, 'Config': _OBJECT, 'config': _OBJECT,
        'ContainerConfig': _OBJECT, 'container_config': _OBJECT}),
    ('GET', '/images/{}/history'): _List(_OBJECT),
    ('DELETE', '/images/{}'): _List(_OBJECT),
    ('POST', '/commit'): _Object({'Id': _TEXT}),
    ('POST', '/auth'): _Object({'Status': _TEXT, 'IdentityToken': _TEXT}),
    ('GET', '/info'): _OBJECT,
    ('GET', '/version'): _OBJECT,
}

_PROGRESS = _Object({
    'stream': _TEXT, 'status': _TEXT, 'id': _TEXT, 'error': _TEXT,
    'errorDetail': _Object({'message': _TEXT})})
_EVENT = _Object({
    'status': _TEXT, 'id': _TEXT, 'from': _TEXT, 'Type': _TEXT, 'Action': _TEXT,
    'Actor': _Object({'ID': _TEXT, 'Attributes': _OBJECT})})
# The items of streams, likewise.
_ITEMS = {
    ('POST', '/build'): _PROGRESS,
    ('POST', '/images/create'): _PROGRESS,
    ('POST', '/images/{}/push'): _PROGRESS,
    ('POST', '/images/{}/insert'): _PROGRESS,
    ('GET', '/events'): _EVENT,
}
# The beginnings of texts that are no JSON, with their names.
_BEGINNINGS = {
    ('GET', '/images/viz'): ('digraph', 'a Graphviz digraph'),
}


def checked_json(request, value):
    """Return the value of a response's JSON, with [] for null where a list is expected.

    :param request: the PreparedRequest, in any version of the API.
    :raises Mismatch: when it is not what is expected of each response to this request.
    """
    kind = _look_up(_DOCUMENTS, request)
    if kind is not None:
        if value is None and isinstance(kind, _List):
            value = []
        kind.check(value, '')
    return value


def check_needed(request, value, needed):
    """Raise a Mismatch when a value that was checked lacks what a call needs beyond that.

    :param needed: keys, such as ``'Id'`` or ``'State.Running'``.
    """
    for path in needed:
        kind, found = _look_up(_DOCUMENTS, request), value
        for key in path.split('.'):
            kind = getattr(kind, 'fields', {}).get(key)
            found = found.get(key) if isinstance(found, dict) else None
        if found is None:
            raise Mismatch(kind.name if kind else 'a value', 'nothing', path)


def item_check(request, error_of):
    """Return a function to call with each item of a stream, a dict; None when nothing is expected of them.

    :param error_of: the function raises what this returns for a Mismatch.
    """
    kind = _look_up(_ITEMS, request)
    if kind is None:
        return None
    text, fields, nested = six.text_type, kind.fields, kind.nested

    def check(item):
        try:
            for key, found in item.items():
                # Most are text, as they should be.
                if (type(found) is not text or key in nested) and key in fields and found is not None:
                    fields[key].check(found, key)
        except Mismatch as mismatch:
            six.raise_from(error_of(mismatch), None)
    return check


def check_beginning(request, text):
    """Raise a Mismatch for text that is not what is expected."""
    beginning, name = _look_up(_BEGINNINGS, request) or ('', '')
    if not text.lstrip().startswith(beginning):
        raise Mismatch(name, 'something else' if text.strip() else 'nothing')


def call_of(request):
    """Return what messages call a request: its method, and its path without the version."""
    path = re.search(_VERSIONED_PATH, request.url)
    return '{0} {1}'.format(request.method, path.group(1) if path else request.path_url.partition('?')[0])


def _look_up(table, request):
    path = re.search(_VERSIONED_PATH, getattr(request, 'url', None) or '')
    if path is None:
        return None
    method, path = request.method, path.group(1)
    if (method, path) in table:
        return table[method, path]
    parts = path.split('/')
    area = '/{0}/{{}}'.format(parts[1])
    return table.get((method, '{0}/{1}'.format(area, parts[-1]))) or table.get((method, area))


def _kind_of(value, present=True):
    """Return the name of the kind of a JSON value."""
    if value is None:
        return 'null' if present else 'nothing'
    if isinstance(value, bool):
        return 'true' if value else 'false'
    kinds = ((dict, 'an object'), (list, 'a list'), (six.string_types, 'text'))
    return next((name for types, name in kinds if isinstance(value, types)), 'a number')
