"""What is mounted in a container or in the tasks of a service, and drivers with their options.

Each class is a dict in the words of the API, built from arguments.
"""

from six.moves import collections_abc

from docker.config import convert_size
from docker.service_values import convert_bool, convert_choice, convert_dict, convert_text_map
from docker.validation import (
    argument_error, check_nonempty_text, check_path, is_absent, is_int, is_text, without_none)

_TYPES = ('bind', 'volume', 'tmpfs', 'npipe', 'cluster', 'image')
_PROPAGATIONS = ('private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave')


class DriverConfig(dict):
    """A driver of volumes, logs or secrets, with its options.

    :param name: its name, as text.
    :param options: a dict of text.
    :raises TypeError, ValueError: for anything else.

        >>> docker.types.DriverConfig('json-file', {'max-size': '10m'})
    """

    def __init__(self, name, options=None):
        super(DriverConfig, self).__init__(without_none({
            'Name': check_nonempty_text(name, 'name'), 'Options': convert_text_map(options, 'options')}))


class Mount(dict):
    """What is mounted at a path of a container.

    :param target: the path in the container, as text or an `os.PathLike` object.
    :param source: the name of a volume or the path on the host; None for a volume of the task's own, and for
        a tmpfs.
    :param type: ``'volume'``, ``'bind'``, ``'tmpfs'``, ``'npipe'``, ``'cluster'`` (since API 1.42) or
        ``'image'`` (since API 1.47).
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
            'Type': convert_choice(type, 'type', _TYPES),
            'ReadOnly': bool(read_only),
            'Consistency': convert_choice(consistency, 'consistency',
                                          ('default', 'consistent', 'cached', 'delegated')),
        }))
        if not self['Target']:
            raise argument_error(ValueError, 'target', 'a path of the container', target)
        if type == 'bind' and 'Source' not in self:
            raise argument_error(ValueError, 'source', 'a path of the host for a bind', source)
        subpath = None if subpath is None else check_path(subpath, 'subpath')
        self._set_options('BindOptions', 'bind', {
            'Propagation': convert_choice(propagation, 'propagation', _PROPAGATIONS),
            'NonRecursive': convert_bool(non_recursive, 'non_recursive'),
            'CreateMountpoint': convert_bool(create_mountpoint, 'create_mountpoint')})
        self._set_options('VolumeOptions', 'volume', {
            'NoCopy': True if no_copy else None,
            'Labels': convert_text_map(labels, 'labels'),
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


def convert_mount(value, name):
    """Return a mount as a dict in the words of the API.

    :param value: a Mount or such a dict, or text as `Mount.parse_mount_string` takes it.
    :param name: the name of the argument.
    :raises TypeError, ValueError: for anything else.
    """
    if isinstance(value, collections_abc.Mapping):
        return dict(value)
    if not is_text(value):
        raise argument_error(TypeError, name, "a Mount, a dict or text like 'source:target:ro'", value)
    return dict(Mount.parse_mount_string(value))


def driver_of(value, name):
    """Return a driver as a dict in the words of the API, or None for None.

    :param value: a DriverConfig or such a dict, or the name of a driver as text.
    :param name: the name of the argument.
    :raises TypeError, ValueError: for anything else.
    """
    return dict(DriverConfig(value)) if is_text(value) else convert_dict(value, name)


def _check_mode(value):
    if value is not None and (not is_int(value) or not 0 <= value <= 0o7777):
        kind = ValueError if is_int(value) else TypeError
        raise argument_error(kind, 'tmpfs_mode', 'an int such as 0o1777', value)
    return value
