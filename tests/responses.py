"""What each call returns, by the names of docker.responses, and what in a value is not as its type has it."""

import re
import sys

import six

from docker import responses
from docker.responses import typed

if sys.version_info >= (3, 8):
    import typing
else:
    typing = None

# The calls that return dicts, with the type as text; of those that return it one after another, or as text
# unless with `decode`, the type of an item is in ITEMS.
RETURNS = {
    'commit': 'CommittedImage',
    'configs': 'List[Config]',
    'containers': 'List[ContainerSummary]',
    'create_config': 'CreatedConfig',
    'create_container': 'CreatedContainer',
    'create_container_from_config': 'CreatedContainer',
    'create_network': 'CreatedNetwork',
    'create_secret': 'CreatedSecret',
    'create_service': 'CreatedService',
    'create_volume': 'Volume',
    'df': 'DiskUsage',
    'diff': 'List[Change]',
    'exec_create': 'ExecInstance',
    'exec_inspect': 'ExecDetails',
    'get_archive': 'Optional[PathStat]',  # the second of two
    'get_unlock_key': 'UnlockKey',
    'history': 'List[HistoryItem]',
    'image_attestations': 'List[Attestation]',
    'images': 'List[ImageSummary]',
    'info': 'EngineInfo',
    'inspect_config': 'Config',
    'inspect_container': 'ContainerDetails',
    'inspect_distribution': 'Distribution',
    'inspect_image': 'ImageDetails',
    'inspect_network': 'Network',
    'inspect_node': 'Node',
    'inspect_plugin': 'Plugin',
    'inspect_secret': 'Secret',
    'inspect_service': 'Service',
    'inspect_swarm': 'Swarm',
    'inspect_task': 'Task',
    'inspect_volume': 'Volume',
    'login': 'LoginStatus',
    'networks': 'List[Network]',
    'nodes': 'List[Node]',
    'ping': 'PingHeaders',
    'plugin_privileges': 'List[PluginPrivilege]',
    'plugins': 'List[Plugin]',
    'port': 'Union[List[PortAddress], MaybeNone]',
    'prune_builds': 'PrunedBuilds',
    'prune_containers': 'PrunedContainers',
    'prune_images': 'PrunedImages',
    'prune_networks': 'PrunedNetworks',
    'prune_volumes': 'PrunedVolumes',
    'remove_image': 'List[RemovedImage]',
    'search': 'List[SearchResult]',
    'secrets': 'List[Secret]',
    'services': 'List[Service]',
    'stat_archive': 'Optional[PathStat]',
    'tasks': 'List[Task]',
    'top': 'Processes',
    'update_container': 'UpdatedContainer',
    'update_service': 'UpdatedService',
    'version': 'EngineVersion',
    'volumes': 'VolumeList',
}
ITEMS = {
    'build': 'Progress',
    'events': 'Event',
    'load_image': 'Progress',
    'pull': 'Progress',
    'pull_plugin': 'Progress',
    'push': 'Progress',
    'push_plugin': 'Progress',
    'stats': 'Stats',
    'upgrade_plugin': 'Progress',
}
# These return text in JSON, which may be read as this.
ITEMS_OF_TEXT = {'import_image': 'Progress', 'insert': 'Progress'}

# What engines return in other ways: patterns of engines and of paths; and the reason.
ALLOWANCES = [
    ('docker-0', r'^containers\[\]\.Ports$', 'null for a container without ports'),
    ('podman', r'^images\[\]\.(Dangling|Digest|History|Names)$', 'of a list of Podman\'s own'),
    ('podman', r'^info\.(BuildahVersion|CPURealtime(Period|Runtime)|Rootless|Swap(Free|Total)|Uptime)$',
     'of Podman alone'),
    ('podman', r'^stats\.Id$|^stats\.(pre)?cpu_stats\.cpu$', 'of Podman alone'),
    ('podman', r'^df\.Containers\[\]\.(Mounts|NetworkSettings|Ports)$', 'null: of Podman\'s own df'),
]
NAMES = {list: 'a list', dict: 'a dict'}


def type_of(call):
    """Return the type that a call returns, or an item of it where ITEMS has the call, as text."""
    return RETURNS.get(call) or ITEMS.get(call) or ITEMS_OF_TEXT[call]


def resolve(text):
    """Return the type that is written as text: `List[Change]`."""
    return eval(text, dict(vars(typed)), vars(responses))


def is_named(kind):
    """Return whether a type is one of docker.responses."""
    return isinstance(kind, type) and issubclass(kind, dict) and hasattr(kind, '__total__')


def parts_of(kind):
    """Yield the types within a type: of Optional[List[X]], List[X] and X."""
    for part in typing.get_args(kind):
        yield part
        for inner in parts_of(part):
            yield inner


def fields_of(kind):
    """Return the types of the values of a type of docker.responses, by key."""
    return typing.get_type_hints(kind)


def mismatches(value, kind, path):
    """Yield (path, what is wrong) for each value that its type does not have.

    :param value: what a call returned.
    :param kind: its type.
    :param path: where it is: a key after another, with [] for the items of lists and {} for those of maps. A
        key that is missing is no mismatch, as no engine has all of them.
    """
    if typing.get_origin(kind) is typing.Union:
        if value is None:
            return
        kind = typing.get_args(kind)[0]
    if kind is typing.Any:
        return
    origin = typing.get_origin(kind)
    plain = dict if is_named(kind) else origin or kind
    expected = {str: six.string_types, float: (int, float)}.get(kind, plain)
    if not isinstance(value, expected) or isinstance(value, bool) and kind is not bool:
        yield path, '{0!r} is not {1}'.format(value, NAMES.get(origin) or kind.__name__)
    elif is_named(kind):
        fields = fields_of(kind)
        for key in sorted(value):
            place = path + '.' + key
            inner = mismatches(value[key], fields[key], place) if key in fields else [
                (place, 'unknown: {0!r}'.format(value[key]))]
            for mismatch in inner:
                yield mismatch
    elif origin is not None:
        items, place = (value, '[]') if origin is list else (value.values(), '{}')
        for item in items:
            for mismatch in mismatches(item, typing.get_args(kind)[-1], path + place):
                yield mismatch


def unlike(call, value, engine):
    """Return what in a value is not as the type of the call has it, as a dict by path.

    :param call: the name of the call.
    :param value: what it returned, or an item of it where ITEMS has the call.
    :param engine: the name of the engine, for the allowances.
    """
    return {path: what for path, what in mismatches(value, resolve(type_of(call)), call) if not any(
        re.search(engines, engine) and re.search(paths, path) for engines, paths, _ in ALLOWANCES)}
