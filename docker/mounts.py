"""What is mounted in a container: binds and volumes, memory, and mounts in the API's words."""

import re

from six.moves import collections_abc

from docker.config import CONTAINER_PATH
from docker.validation import (
    argument_error, as_list, check_json_dict, check_path, check_text, is_absent, is_list)

# Regular expressions are strings that are compiled on first use, to keep the import fast.
_BIND = r'(?s)(?P<host>[A-Za-z]:[\\/][^:]*|[^:]+):(?P<target>/.*)\Z'
_HOST_PATH_OR_VOLUME = r'(?:/[^:]*|[A-Za-z]:[\\/][^:]*|[A-Za-z0-9][A-Za-z0-9_.-]*)\Z'
_MODE = r'(?:[A-Za-z]+(?:,[A-Za-z]+)*)?\Z'
_MOUNT_TYPES = ('bind', 'volume', 'tmpfs', 'npipe', 'cluster', 'image')
_MOUNT_KEYS = ('Type', 'Target', 'Source', 'ReadOnly', 'Consistency', 'BindOptions', 'VolumeOptions',
               'TmpfsOptions', 'ImageOptions', 'ClusterOptions')


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
        raise argument_error(TypeError, 'binds', 'a dict or a list', value)
    return [_convert_bind(host, target) for host, target in pairs] or None


def _split_bind(item):
    takes = "'/host:/container' or '/host:/container:mode' in a list"
    match = re.match(_BIND, check_path(item, 'binds', takes))
    if not match:
        raise argument_error(ValueError, 'binds', takes, item)
    return match.group('host', 'target')


def _convert_bind(host, target):
    takes = 'a path of the host or a volume name, an absolute path of the container, and a mode like ro'
    host = check_path(host, 'binds', takes)
    path, mode = _split_bind_target(target, takes)
    if not (re.match(_HOST_PATH_OR_VOLUME, host) and re.match(CONTAINER_PATH, path)
            and re.match(_MODE, mode)):
        raise argument_error(ValueError, 'binds', takes, (host, target))
    return u':'.join((host, path, mode) if mode else (host, path))


def _split_bind_target(target, takes):
    if not isinstance(target, collections_abc.Mapping):
        path, _, mode = check_path(target, 'binds', takes).partition(u':')
        return path, mode
    read_only, mode = target.get('ro'), target.get('mode')
    if set(target) - {'bind', 'ro', 'mode'} or not target.get('bind'):
        raise argument_error(ValueError, 'binds', "{'bind': '/container'} with ro or mode", target)
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


def _convert_mount(item, name):
    if not isinstance(item, collections_abc.Mapping):
        raise argument_error(TypeError, name, 'a list of dicts', item)
    mount = dict(item)
    unknown = set(mount) - set(_MOUNT_KEYS)
    if unknown:
        raise argument_error(ValueError, name, 'dicts with ' + ', '.join(_MOUNT_KEYS), sorted(unknown))
    for key in ('Type', 'Target', 'Source', 'Consistency'):
        if mount.get(key) is not None:
            mount[key] = check_path(mount[key], name)
    check_json_dict(mount, name)
    if not mount.get('Target') or mount.get('Type') not in _MOUNT_TYPES:
        takes = 'dicts with Target, and as Type ' + ', '.join(_MOUNT_TYPES)
        raise argument_error(ValueError, name, takes, item)
    return mount


__all__ = ['convert_binds', 'convert_mounts', 'convert_tmpfs']
