"""What is mounted in a container or in tasks of a service: binds, volumes, memory; drivers with options.

Each class is a dict in the words of the API, built from arguments.
"""

import re

from six.moves import collections_abc

from docker.compat import to_native_string
from docker.config import CONTAINER_PATH
from docker.service_values import convert_bool, convert_choice, convert_dict
from docker.units import convert_size
from docker.validation import (
    argument_error, as_list, check_if_given, check_json_dict, check_nonempty_text, check_path, check_text,
    check_text_map, did_you_mean, is_absent, is_int, is_list, is_text, short_repr, without_none)

# Regular expressions are strings that are compiled on first use, to keep the import fast.
_BIND = r'(?s)(?P<host>[A-Za-z]:[\\/][^:]*|[^:]+):(?P<target>/.*)\Z'
_HOST_PATH_OR_VOLUME = r'(?:/[^:]*|[A-Za-z]:[\\/][^:]*|[A-Za-z0-9][A-Za-z0-9_.-]*)\Z'
_MODE = r'(?:[A-Za-z]+(?:,[A-Za-z]+)*)?\Z'
_RELATIVE_PATH = r'[.~]|[^/]+/'
# What is written for a mode, in lower case and without hyphens, and what engines take.
_MODES_MEANT = {'ro': 'ro', 'rw': 'rw', 'r': 'ro', 'w': 'rw', 'read': 'ro', 'write': 'rw', 'readonly': 'ro',
                'readwrite': 'rw', 'writable': 'rw', 'or': 'ro', 'wr': 'rw'}
_MOUNT_TYPES = ('bind', 'volume', 'tmpfs', 'npipe', 'cluster', 'image')
_PROPAGATIONS = ('private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave')
_MOUNT_KEYS = ('Type', 'Target', 'Source', 'ReadOnly', 'Consistency', 'BindOptions', 'VolumeOptions',
               'TmpfsOptions', 'ImageOptions', 'ClusterOptions')


class DriverConfig(dict):
    """A driver of volumes, logs or secrets, with its options.

    :param name: its name, as text.
    :param options: a dict of text.
    :raises TypeError, ValueError: for anything else.

        >>> docker.types.DriverConfig('json-file', {'max-size': '10m'})
    """

    def __init__(self, name, options=None):
        super(DriverConfig, self).__init__(without_none({
            'Name': check_nonempty_text(name, 'name'),
            'Options': check_if_given(check_text_map, options, 'options')}))


class Mount(dict):
    """What is mounted at a path of a container.

    :param target: the path in the container, as text or an `os.PathLike` object.
    :param source: the name of a volume or the path on the host; None for a volume of the task's own, and for
        a tmpfs.
    :param type: ``'volume'``, ``'bind'``, ``'tmpfs'``, ``'npipe'``, ``'cluster'`` (since API 1.42) or
        ``'image'`` (since API 1.48).
    :param read_only: True to mount it read-only.
    :param propagation: of a bind: ``'rprivate'``, ``'private'``, ``'shared'``, ``'rshared'``, ``'slave'`` or
        ``'rslave'``.
    :param no_copy: of a volume: True to leave it empty, in place of copying what the image has there.
    :param labels: of a volume that is created: a dict of text.
    :param driver_config: of a volume that is created: a DriverConfig, or the name of a driver.
    :param tmpfs_size: of a tmpfs: bytes as an int, or text like ``'64m'``.
    :param tmpfs_mode: of a tmpfs: an int such as ``0o1777``.
    :param consistency: ``'default'``, ``'consistent'``, ``'cached'`` or ``'delegated'``.
    :param subpath: of a volume (since API 1.45) or an image (1.48): a path inside of it.
    :param non_recursive: of a bind: True to leave out what is mounted below it (since API 1.40).
    :param create_mountpoint: of a bind: True to create a source that is missing (since API 1.42).
    :raises TypeError, ValueError: for anything else, and for an option of another type.

        >>> docker.types.Mount('/data', 'data', read_only=True)
        >>> docker.types.Mount('/run', type='tmpfs', tmpfs_size='64m')
    """

    def __init__(self, target, source=None, type='volume', read_only=False, propagation=None, no_copy=False,
                 labels=None, driver_config=None, tmpfs_size=None, tmpfs_mode=None, consistency=None,
                 subpath=None, non_recursive=None, create_mountpoint=None):
        super(Mount, self).__init__(without_none({
            'Target': check_path(target, 'target'),
            'Source': None if is_absent(source) else check_path(source, 'source'),
            'Type': convert_choice(type, 'type', _MOUNT_TYPES),
            'ReadOnly': bool(read_only),
            'Consistency': convert_choice(consistency, 'consistency',
                                          ('default', 'consistent', 'cached', 'delegated')),
        }))
        if not self['Target']:
            raise argument_error(ValueError, 'target', 'a path of the container', target)
        if type == 'bind' and 'Source' not in self:
            raise argument_error(ValueError, 'source', 'a path of the host for a bind', source)
        if type == 'volume' and re.match(r'[/.~]', self.get('Source', u'')):
            raise argument_error(ValueError, 'source', 'the name of a volume', source,
                                 ": did you mean type='bind'?")
        subpath = None if subpath is None else check_path(subpath, 'subpath')
        self._set_options('BindOptions', 'bind', {
            'Propagation': convert_choice(propagation, 'propagation', _PROPAGATIONS),
            'NonRecursive': convert_bool(non_recursive, 'non_recursive'),
            'CreateMountpoint': convert_bool(create_mountpoint, 'create_mountpoint')})
        self._set_options('VolumeOptions', 'volume', {
            'NoCopy': True if no_copy else None,
            'Labels': check_if_given(check_text_map, labels, 'labels'),
            'DriverConfig': driver_of(driver_config, 'driver_config'),
            'Subpath': None if type == 'image' else subpath})
        self._set_options('TmpfsOptions', 'tmpfs', {
            'SizeBytes': None if tmpfs_size is None else convert_size(tmpfs_size, 'tmpfs_size'),
            'Mode': _check_mode(tmpfs_mode)})
        self._set_options('ImageOptions', 'image', {'Subpath': subpath if type == 'image' else None})

    def _set_options(self, key, kind, options):
        """Set the options of one type of mount; a mount of another type has none of them."""
        options = without_none(options)
        if options and self['Type'] != kind:
            raise ValueError('type takes {0!r} with the options {1}, not {2!r}'.format(
                kind, ', '.join(sorted(options)), str(self['Type'])))
        if options:
            self[key] = options

    @classmethod
    def parse_mount_string(cls, string):
        """Return the Mount that text describes.

        :param string: ``'target'``, ``'source:target'`` or ``'source:target:mode'``, with the mode ro or rw.
            A source that begins with a slash is a path of the host, any other one is the name of a volume.
        :raises TypeError: for anything else.
        :raises ValueError: for other text.

            >>> docker.types.Mount.parse_mount_string('/srv:/www:ro')
        """
        takes = "'target', 'source:target' or 'source:target:ro'"
        parts = check_path(string, 'mounts', takes).split(u':')
        if len(parts) > 3 or not all(parts) or parts[2:] not in ([], [u'ro'], [u'rw']):
            raise argument_error(ValueError, 'mounts', takes, string)
        if len(parts) == 1:
            return cls(parts[0])
        kind = 'bind' if parts[0].startswith(u'/') else 'volume'
        return cls(parts[1], parts[0], type=kind, read_only=parts[2:] == [u'ro'])


def convert_binds(value):
    """Return what a container mounts from the host, as a list of ``"/host:/container:mode"``, or None.

    :param value: a dict of host paths or volume names to ``'/container'``, ``'/container:ro'``,
        ``{'bind': '/container', 'ro': True}``, ``{'bind': '/container', 'mode': 'ro'}`` or a list of
        these; or a list of ``'/host:/container'`` and ``'/host:/container:ro'``. Each path may be an
        `os.PathLike` object.
    :raises TypeError: for anything else.
    :raises ValueError: for a path that is missing or not absolute, a dict with other keys, and ro together
        with mode.
    """
    if is_absent(value):
        return None
    if isinstance(value, collections_abc.Mapping):
        pairs = ((host, target) for host, targets in value.items() for target in as_list(targets))
    elif is_list(value):
        pairs = (_split_bind(item) for item in value)
    else:
        hint = ': did you mean [{0!r}]?'.format(value) if is_text(value) and ':' in value else ''
        raise argument_error(TypeError, 'binds', 'a dict or a list', value, hint)
    return [_convert_bind(host, target) for host, target in pairs] or None


def _split_bind(item):
    takes = "'/host:/container' or '/host:/container:mode' in a list"
    text = check_path(item, 'binds', takes)
    match = re.match(_BIND, text)
    if match:
        return match.group('host', 'target')
    host, colon, target = text.partition(u':')
    if not (host and colon):
        raise argument_error(ValueError, 'binds', takes, item)
    raise _bind_error('an absolute path of the container', target, item)


def _bind_error(takes, part, whole, hint=''):
    """Return the error for the part of a bind that is wrong."""
    of_whole = '' if part == whole else ' of {0}'.format(short_repr(to_native_string(whole)))
    return argument_error(ValueError, 'binds', takes, to_native_string(part), of_whole + hint)


def _convert_bind(host, target):
    takes = 'a path of the host or a volume name, an absolute path of the container, and a mode like ro'
    host = check_path(host, 'binds', takes)
    path, mode = _split_bind_target(target, takes)
    bind = u':'.join((host, path, mode) if mode else (host, path))
    if not re.match(_HOST_PATH_OR_VOLUME, host):
        hint = '; use os.path.abspath() or os.path.expanduser()' if re.match(_RELATIVE_PATH, host) else ''
        raise _bind_error('an absolute path of the host or the name of a volume', host, bind, hint)
    if not re.match(CONTAINER_PATH, path):
        raise _bind_error('an absolute path of the container', path, bind)
    other = _MODES_MEANT.get(mode.lower().replace(u'-', u'').replace(u'_', u''))
    if other and mode != other or not re.match(_MODE, mode):
        hint = ': did you mean {0!r}?'.format(other) if other else ''
        raise _bind_error('a mode such as ro, rw or z', mode, bind, hint)
    return bind


def _split_bind_target(target, takes):
    if not isinstance(target, collections_abc.Mapping):
        path, _, mode = check_path(target, 'binds', takes).partition(u':')
        return path, mode
    read_only, mode = target.get('ro'), target.get('mode')
    unknown = sorted(set(target) - {'bind', 'ro', 'mode'}, key=str)
    if unknown or not target.get('bind'):
        hint = did_you_mean(unknown[0], ('bind', 'ro', 'mode')) if unknown else ''
        raise argument_error(ValueError, 'binds', "{'bind': '/container'} with ro or mode", target, hint)
    if read_only not in (None, True, False):
        raise argument_error(TypeError, 'binds', 'True or False for ro', read_only)
    if read_only is not None and not is_absent(mode):
        raise argument_error(ValueError, 'binds', 'ro or mode but not both', target)
    path = check_path(target['bind'], 'binds', takes)
    return path, u'ro' if read_only else check_text(mode or u'', 'binds', takes)


def convert_tmpfs(value, name='tmpfs'):
    """Return where memory is mounted as a file system, as a dict of paths to options, or None.

    :param value: a dict of absolute paths to options such as ``'size=1m,uid=1000'`` or ``''``, or a list of
        ``'/path'`` and ``'/path:size=1m'``, or one of these.
    :raises TypeError: for anything else.
    :raises ValueError: for paths that are not absolute.
    """
    takes = "a dict of paths to options, or a list of '/path' and '/path:options'"
    if isinstance(value, collections_abc.Mapping):
        pairs = value.items()
    else:
        pairs = [check_path(item, name, takes).partition(u':')[::2] for item in as_list(value)]
    result = dict((check_path(path, name, takes), check_text(options or u'', name, takes))
                  for path, options in pairs)
    for path in result:
        if not re.match(CONTAINER_PATH, path):
            raise argument_error(ValueError, name, takes, path)
    return result or None


def convert_mounts(value, name='mounts'):
    """Return Mounts, or None.

    :param value: a list of dicts in the API's words: Type (bind, volume, tmpfs, npipe, cluster or image),
        Target, Source, ReadOnly, Consistency, BindOptions, VolumeOptions, TmpfsOptions, ImageOptions; or one
        such dict.
    :raises TypeError: for anything else.
    :raises ValueError: for other keys, and without Type or Target.
    """
    return [_convert_mount(item, name) for item in as_list(value)] or None


def convert_mount_of_service(value, name):
    """Return a mount of the tasks of a service as a dict in the words of the API.

    :param value: a Mount or such a dict, or text as `Mount.parse_mount_string` takes it.
    :param name: the name of the argument.
    :raises TypeError, ValueError: for anything else.
    """
    return dict(Mount.parse_mount_string(value)) if is_text(value) else _convert_mount(value, name)


def _convert_mount(item, name):
    if not isinstance(item, collections_abc.Mapping):
        raise argument_error(TypeError, name, 'a list of docker.types.Mount or dicts', item)
    mount = dict(item)
    unknown = set(mount) - set(_MOUNT_KEYS)
    if unknown:
        hint = did_you_mean(sorted(unknown, key=str)[0], _MOUNT_KEYS)
        raise argument_error(
            ValueError, name, 'dicts with ' + ', '.join(_MOUNT_KEYS), sorted(unknown, key=str), hint)
    for key in ('Type', 'Target', 'Source', 'Consistency'):
        if mount.get(key) is not None:
            mount[key] = check_path(mount[key], name)
    check_json_dict(mount, name)
    if not mount.get('Target') or mount.get('Type') not in _MOUNT_TYPES:
        takes = 'dicts with Target, and as Type ' + ', '.join(_MOUNT_TYPES)
        raise argument_error(ValueError, name, takes, item, did_you_mean(mount.get('Type'), _MOUNT_TYPES))
    return mount


def driver_of(value, name):
    """Return a driver as a dict in the words of the API, or None for None.

    :param value: a DriverConfig or such a dict, or the name of a driver as text.
    :param name: the name of the argument.
    :raises TypeError, ValueError: for anything else.
    """
    if is_text(value):
        return dict(DriverConfig(check_nonempty_text(value, name)))
    return convert_dict(value, name)


def _check_mode(value):
    if value is not None and (not is_int(value) or not 0 <= value <= 0o7777):
        kind = ValueError if is_int(value) else TypeError
        raise argument_error(kind, 'tmpfs_mode', 'an int such as 0o1777', value)
    return value


__all__ = ['DriverConfig', 'Mount', 'convert_binds', 'convert_mount_of_service', 'convert_mounts',
           'convert_tmpfs', 'driver_of']
