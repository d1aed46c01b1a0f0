"""What the client expects in the JSON of each response: the kind of each value that a call or a change uses.

A response with another kind of value is an error that names the call, what was expected and what came. An
engine writes null for an empty list, which is [] here, and for what it does not have: null is as absent,
unless the value is needed. Values that the client only passes on may be of any kind.
"""

import itertools
import re

import six

from docker.compat import to_native_string
from docker.transport.since import endpoint_in

_VERSIONED_PATH = r'/v\d+\.\d+(/[^?]*)'


class Mismatch(Exception):
    """A value is not of the kind that is expected.

    :param expected: the kind, as text.
    :param got: what came, as text.
    """

    def __init__(self, expected, got):
        super(Mismatch, self).__init__(expected, got)
        self.expected = expected
        self.got = got
        self.where = ''

    def add_place(self, place):
        """Add where the value is: the key of an object, or [] for any item of a list."""
        dot = '.' if self.where and not self.where.startswith('[') else ''
        self.where = place + dot + self.where

    def __str__(self):
        where = ' as ' + to_native_string(self.where) if self.where else ''
        return 'expected {0}{1}, got {2}'.format(self.expected, where, self.got)


class _Value(object):
    """A value of one of these types.

    :param name: what messages call it.
    """

    def __init__(self, name, *types):
        self.name = name
        self.types = frozenset(types)

    def check(self, value):
        """Raise a Mismatch unless a value is of this kind."""
        if type(value) not in self.types:
            raise Mismatch(self.name, _kind_of(value))

    def fits_all(self, values):
        """Return whether all values of a list are of this kind, as far as that is seen at once.

        To look at all items of a long list together takes a fraction of the time of checking each.
        """
        return self.types.issuperset(map(type, values))


class _List(_Value):
    """A list.

    :param item: the kind of its values; None for any.
    """

    def __init__(self, item=None):
        super(_List, self).__init__('a list', list)
        self.item = item

    def check(self, value):
        if type(value) is not list:
            raise Mismatch(self.name, _kind_of(value))
        if value and self.item is not None and not self.item.fits_all(value):
            self._check_inside('[]', value)

    def _check_inside(self, place, values):
        try:
            for value in values:
                self.item.check(value)
        except Mismatch as mismatch:
            mismatch.add_place(place)
            raise

    def fits_all(self, values):
        return super(_List, self).fits_all(values) and (
            self.item is None or self.item.fits_all(list(itertools.chain.from_iterable(values))))


class _Map(_List):
    """An object with any keys.

    :param item: the kind of its values that are not null.
    """

    def __init__(self, item):
        super(_Map, self).__init__(item)
        self.name = 'an object'

    def check(self, value):
        if type(value) is not dict:
            raise Mismatch(self.name, _kind_of(value))
        values = [found for found in value.values() if found is not None]
        if values and not self.item.fits_all(values):
            self._check_inside('*', values)

    def fits_all(self, values):
        return False


class _Object(_Value):
    """An object.

    :param fields: the kinds of values by their keys.
    :param needed: the keys that must be there.
    :param empty: the keys of lists that are [] when they are null.
    """

    def __init__(self, fields, needed=(), empty=()):
        super(_Object, self).__init__('an object', dict)
        self.fields = fields
        self.needed = needed
        self.empty = empty
        self._plain = [(key, kind.types) for key, kind in fields.items() if type(kind) is _Value]
        self.is_of_text = all(six.text_type in kind.types for kind in fields.values())
        self._nested = [(key, kind) for key, kind in fields.items() if type(kind) is not _Value]

    def check(self, value):
        if type(value) is not dict:
            raise Mismatch(self.name, _kind_of(value))
        for key in self.empty:
            if key in value and value[key] is None:
                value[key] = []
        get = value.get
        for key, types in self._plain:
            found = get(key)
            if type(found) not in types and (found is not None or key in self.needed):
                mismatch = Mismatch(self.fields[key].name, _kind_of(found, key in value))
                mismatch.add_place(key)
                raise mismatch
        for key, kind in self._nested:
            found = get(key)
            if found is not None:
                try:
                    kind.check(found)
                except Mismatch as mismatch:
                    mismatch.add_place(key)
                    raise

    def fits_all(self, values):
        if self.empty or not super(_Object, self).fits_all(values):
            return False
        for key, kind in self.fields.items():
            found = [value.get(key) for value in values]
            if key not in self.needed:
                found = [value for value in found if value is not None]
            if not kind.fits_all(found):
                return False
        return True


_TEXT = _Value('text', six.text_type, str)
_INTEGER = _Value('an integer', *six.integer_types)
_TRUTH = _Value('true or false', bool)
_OBJECT = _Value('an object', dict)
_TEXTS = _List(_TEXT)
_PORT_BINDINGS = _Map(_List(_Object({'HostIp': _TEXT, 'HostPort': _TEXT})))
_CONFIG = _Object({
    'Tty': _TRUTH, 'Env': _TEXTS, 'Image': _TEXT, 'Hostname': _TEXT, 'Domainname': _TEXT,
    'ExposedPorts': _OBJECT, 'Healthcheck': _Object({'Test': _TEXTS})})
_IMAGE_CONFIG = _Object({'Image': _TEXT})
_HOST_CONFIG = _Object({
    'Binds': _TEXTS, 'Links': _TEXTS, 'VolumesFrom': _TEXTS, 'Dns': _TEXTS, 'PortBindings': _PORT_BINDINGS,
    'Mounts': _List(_Object({'Target': _TEXT})), 'Tmpfs': _OBJECT, 'CpusetCpus': _TEXT,
    'NetworkMode': _TEXT, 'IpcMode': _TEXT, 'PidMode': _TEXT, 'LogConfig': _OBJECT,
    'CapAdd': _TEXTS, 'CapDrop': _TEXTS, 'SecurityOpt': _TEXTS, 'RestartPolicy': _OBJECT,
    'Devices': _List(_Object(dict.fromkeys(('PathOnHost', 'PathInContainer', 'CgroupPermissions'), _TEXT))),
    'Ulimits': _List(_Object({'Name': _TEXT}, needed=('Name',)))})
_NETWORK_COUNTERS = _Object(dict.fromkeys((
    'rx_bytes', 'rx_packets', 'rx_errors', 'rx_dropped',
    'tx_bytes', 'tx_packets', 'tx_errors', 'tx_dropped'), _INTEGER))
_HEALTH = _Object({
    'Status': _TEXT, 'Log': _List(_Object({'ExitCode': _INTEGER, 'Output': _TEXT}))})
_STORAGE = _Object({'RootFS': _Object({'Snapshot': _OBJECT})})
_CONTAINER = _Object({
    'Id': _TEXT, 'ID': _TEXT, 'Name': _TEXT, 'Image': _TEXT, 'Config': _CONFIG,
    'HostConfig': _HOST_CONFIG, 'Storage': _STORAGE,
    'State': _Object({
        'Running': _TRUTH, 'Restarting': _TRUTH, 'StartedAt': _TEXT, 'ExitCode': _INTEGER,
        'Health': _HEALTH}),
    'NetworkSettings': _Object({
        'Ports': _PORT_BINDINGS, 'Networks': _Map(_Object({'Aliases': _TEXTS}))}),
    'Mounts': _List(_Object(
        {'Destination': _TEXT, 'Type': _TEXT, 'Name': _TEXT, 'RW': _TRUTH}, needed=('Destination',)))})
_NETWORK = _Object({'Id': _TEXT, 'Name': _TEXT, 'Containers': _OBJECT}, needed=('Id', 'Name'))
_VOLUME = _Object({'Name': _TEXT}, needed=('Name',))

_USAGE = _Object({'TotalSize': _INTEGER, 'Items': _List(_OBJECT)}, empty=('Items',))
_VERSION = _Object({'Index': _INTEGER})
_TASK_TEMPLATE = _Object({'ContainerSpec': _Object({'TTY': _TRUTH})})
_SERVICE = _Object({
    'ID': _TEXT, 'Version': _VERSION, 'Spec': _Object({'TaskTemplate': _TASK_TEMPLATE})})
_TASK = _Object({'ID': _TEXT, 'Spec': _TASK_TEMPLATE})
_NODE = _Object({'ID': _TEXT, 'Version': _VERSION})
_SECRET_OR_CONFIG = _Object({'ID': _TEXT, 'Version': _VERSION, 'Spec': _Object({'Name': _TEXT})})
_CREATED_WITH_ID = _Object({'ID': _TEXT, 'Id': _TEXT})

# By method and path, in which {} stands for a name. A needed key is one without which nothing can be made of
# the response; what a call needs beyond that it names where it reads the response.
_DOCUMENTS = {
    ('GET', '/containers/json'): _List(_Object(
        {'Id': _TEXT, 'Image': _TEXT, 'ImageID': _TEXT, 'Names': _TEXTS, 'NetworkSettings': _OBJECT,
         'Mounts': _List(_Object({'Name': _TEXT}))}, needed=('Id',))),
    ('POST', '/containers/create'): _Object({'Id': _TEXT}, needed=('Id',)),
    ('GET', '/containers/{}/json'): _CONTAINER,
    ('GET', '/containers/{}/top'): _Object(
        {'Titles': _TEXTS, 'Processes': _List(_TEXTS)}, empty=('Titles', 'Processes')),
    ('GET', '/containers/{}/changes'): _List(_Object(
        {'Path': _TEXT, 'Kind': _INTEGER}, needed=('Path', 'Kind'))),
    ('POST', '/containers/{}/exec'): _Object({'Id': _TEXT}, needed=('Id',)),
    ('GET', '/containers/{}/stats'): _OBJECT,
    ('GET', '/exec/{}/json'): _Object({
        'ID': _TEXT, 'ContainerID': _TEXT, 'Running': _TRUTH, 'ExitCode': _INTEGER,
        'ProcessConfig': _Object({'tty': _TRUTH})}),
    ('POST', '/containers/{}/wait'): _Object(
        {'StatusCode': _INTEGER, 'Error': _Object({'Message': _TEXT})}, needed=('StatusCode',)),
    ('POST', '/containers/{}/update'): _OBJECT,
    ('GET', '/images/json'): _List(_Object(
        {'Id': _TEXT, 'ParentId': _TEXT, 'RepoTags': _TEXTS, 'RepoDigests': _TEXTS}, needed=('Id',))),
    ('GET', '/images/search'): _List(_OBJECT),
    ('GET', '/images/{}/json'): _Object({
        'Id': _TEXT, 'id': _TEXT, 'Parent': _TEXT, 'RepoTags': _TEXTS, 'RepoDigests': _TEXTS,
        'Config': _IMAGE_CONFIG, 'config': _IMAGE_CONFIG, 'ContainerConfig': _IMAGE_CONFIG,
        'container_config': _IMAGE_CONFIG, 'Storage': _STORAGE}),
    ('GET', '/images/{}/history'): _List(_Object({'Id': _TEXT, 'Tags': _TEXTS})),
    ('DELETE', '/images/{}'): _List(_Object({'Untagged': _TEXT, 'Deleted': _TEXT})),
    ('GET', '/images/{}/attestations'): _List(_OBJECT),
    ('GET', '/distribution/{}/json'): _OBJECT,
    ('POST', '/commit'): _Object({'Id': _TEXT}),
    ('POST', '/auth'): _Object({'Status': _TEXT, 'IdentityToken': _TEXT}),
    ('GET', '/info'): _Object(dict.fromkeys(
        ('ContainerdCommit', 'RuncCommit', 'InitCommit', 'RegistryConfig'), _OBJECT)),
    ('GET', '/version'): _OBJECT,
    ('GET', '/system/df'): _Object({
        'Images': _List(_Object({'Size': _INTEGER})), 'Containers': _List(_OBJECT), 'Volumes': _List(_OBJECT),
        'BuildCache': _List(_Object({
            'Size': _INTEGER, 'Shared': _TRUTH, 'Parent': _TEXT, 'Parents': _TEXTS}, empty=('Parents',))),
        'ImageUsage': _USAGE, 'ContainerUsage': _USAGE, 'VolumeUsage': _USAGE, 'BuildCacheUsage': _USAGE},
        empty=('Images', 'Containers', 'Volumes', 'BuildCache')),
    ('POST', '/containers/prune'): _Object({'ContainersDeleted': _TEXTS}, empty=('ContainersDeleted',)),
    ('POST', '/images/prune'): _Object({'ImagesDeleted': _List(_OBJECT)}, empty=('ImagesDeleted',)),
    ('POST', '/networks/prune'): _Object({'NetworksDeleted': _TEXTS}, empty=('NetworksDeleted',)),
    ('POST', '/volumes/prune'): _Object({'VolumesDeleted': _TEXTS}, empty=('VolumesDeleted',)),
    ('POST', '/build/prune'): _Object({'CachesDeleted': _TEXTS}, empty=('CachesDeleted',)),
    ('GET', '/swarm'): _Object({'Version': _VERSION, 'Spec': _OBJECT, 'JoinTokens': _OBJECT}),
    ('POST', '/swarm/init'): _TEXT,
    ('GET', '/swarm/unlockkey'): _Object({'UnlockKey': _TEXT}),
    ('GET', '/nodes'): _List(_NODE),
    ('GET', '/nodes/{}'): _NODE,
    ('GET', '/services'): _List(_SERVICE),
    ('GET', '/services/{}'): _SERVICE,
    ('POST', '/services/create'): _Object({'ID': _TEXT, 'Warnings': _TEXTS}, needed=('ID',)),
    ('POST', '/services/{}/update'): _Object({'Warnings': _TEXTS}),
    ('GET', '/tasks'): _List(_TASK),
    ('GET', '/tasks/{}'): _TASK,
    ('GET', '/secrets'): _List(_SECRET_OR_CONFIG),
    ('GET', '/secrets/{}'): _SECRET_OR_CONFIG,
    ('POST', '/secrets/create'): _CREATED_WITH_ID,
    ('GET', '/configs'): _List(_SECRET_OR_CONFIG),
    ('GET', '/configs/{}'): _SECRET_OR_CONFIG,
    ('POST', '/configs/create'): _CREATED_WITH_ID,
    ('GET', '/networks'): _List(_NETWORK),
    ('GET', '/networks/{}'): _NETWORK,
    ('POST', '/networks/create'): _Object({'Id': _TEXT}, needed=('Id',)),
    ('GET', '/volumes'): _Object(
        {'Volumes': _List(_VOLUME), 'Warnings': _TEXTS}, empty=('Volumes', 'Warnings')),
    ('GET', '/volumes/{}'): _VOLUME,
    ('POST', '/volumes/create'): _VOLUME,
    ('GET', '/plugins'): _List(_OBJECT),
    ('GET', '/plugins/privileges'): _List(_OBJECT),
    ('GET', '/plugins/{}/json'): _OBJECT,
}

# The items of streams, likewise: what a call reads of each, and what a change reads before it changes one.
_OPERATION = _Object({'error': _TEXT, 'errorDetail': _Object({'message': _TEXT})})
_ITEMS = {
    ('POST', '/build'): _Object({'stream': _TEXT, 'status': _TEXT, 'error': _TEXT}),
    ('POST', '/images/create'): _OPERATION,
    ('POST', '/images/load'): _OPERATION,
    ('POST', '/images/{}/push'): _OPERATION,
    ('POST', '/images/{}/insert'): _OPERATION,
    ('POST', '/plugins/pull'): _OPERATION,
    ('POST', '/plugins/{}/push'): _OPERATION,
    ('POST', '/plugins/{}/upgrade'): _OPERATION,
}
_CHANGED_ITEMS = {
    ('GET', '/containers/{}/stats'): _Object({'networks': _Map(_NETWORK_COUNTERS)}),
    ('POST', '/images/create'): _Object({'status': _TEXT, 'id': _TEXT}),
    ('POST', '/build'): _Object({'stream': _TEXT, 'aux': _Object({'ID': _TEXT})}),
    ('GET', '/events'): _Object({
        'id': _TEXT, 'from': _TEXT, 'status': _TEXT, 'Type': _TEXT, 'Action': _TEXT,
        'timeNano': _INTEGER,
        'Actor': _Object({'ID': _TEXT, 'Attributes': _OBJECT})}),
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
        if value is None and type(kind) is _List:
            value = []
        kind.check(value)
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
            mismatch = Mismatch(kind.name if kind else 'a value', 'nothing')
            mismatch.add_place(path)
            raise mismatch


def item_check(request, error_of, changed=False):
    """Return a function to call with each item of a stream, a dict; None when nothing is expected of them.

    :param error_of: the function raises what this returns for a Mismatch.
    :param changed: True for what a change reads of an item, False for what a call reads.
    """
    kind = _look_up(_CHANGED_ITEMS if changed else _ITEMS, request)
    if kind is None:
        return None
    lacks_all, text = frozenset(kind.fields).isdisjoint, kind.is_of_text and six.text_type

    def check(item):
        # Most items are right, and have little of what is expected, or text alone.
        if lacks_all(item):
            return
        if text:
            for found in item.values():
                if type(found) is not text:
                    break
            else:
                return
        try:
            kind.check(item)
        except Mismatch as mismatch:
            six.raise_from(error_of(mismatch), None)
    return check


def check_beginning(request, text):
    """Raise a Mismatch for text that is not what is expected."""
    beginning, name = _look_up(_BEGINNINGS, request) or ('', '')
    if not text.lstrip().startswith(beginning):
        raise Mismatch(name, 'something else' if text.strip() else 'nothing')


def _look_up(table, request):
    path = re.search(_VERSIONED_PATH, getattr(request, 'url', None) or '')
    return path and table.get((request.method, endpoint_in(table, request.method, path.group(1))))


def _kind_of(value, present=True):
    """Return the name of the kind of a JSON value."""
    if value is None:
        return 'null' if present else 'nothing'
    if isinstance(value, bool):
        return 'true' if value else 'false'
    kinds = ((dict, 'an object'), (list, 'a list'), (six.string_types, 'text'))
    return next((name for types, name in kinds if isinstance(value, types)), 'a number')
