"""What of the host a container may use, and how it is looked after: limits, devices, logs, restarts.

Each function takes the forms that callers write, with the keys of dicts as the API writes them (Path) or in
lower case (path), and returns the one that engines read, or None when nothing was given.
"""

import re

from six.moves import collections_abc

from docker.compat import to_native_string
from docker.errors import InvalidArgument
from docker.units import check_number, convert_size
from docker.validation import (
    argument_error, as_list, check_if_given, check_text, check_text_map, did_you_mean, is_int, is_text)

# Regular expressions are strings that are compiled on first use, to keep the import fast.
_DEVICE = r'(?P<host>/[^:]*)(?::(?P<container>/[^:]*))?(?::(?P<permissions>[rwm]{1,3}))?\Z'
_PERMISSIONS = r'[rwm]{1,3}\Z'
_DEVICE_RULE = r'[abc] (?:[0-9]+|\*):(?:[0-9]+|\*) [rwm]{1,3}\Z'
_RESTART = r'(?P<name>[a-z-]+)(?::(?P<count>[0-9]+))?\Z'
_RESTARTS = ('no', 'always', 'on-failure', 'unless-stopped')
_ULIMIT = r'(?P<name>[a-z]+)=(?P<soft>-?[0-9]+)(?::(?P<hard>-?[0-9]+))?\Z'


class Ulimit(dict):
    """A limit of the processes of a container, as a dict in the API's words: Name, Soft and Hard.

    :param name: such as ``'nofile'``; also as Name.
    :param soft: an int, -1 for no limit; also as Soft.
    :param hard: an int of `soft` or more; also as Hard. The one of both that is left out is as the other.
    :raises TypeError, ValueError: for anything else.

        >>> limit = docker.types.Ulimit(name='nofile', soft=1024, hard=2048)
        >>> docker.utils.create_host_config(ulimits=[limit])
    """

    def __init__(self, **given):
        super(Ulimit, self).__init__(_with_keys(given, ('Name', 'Soft', 'Hard'), 'ulimits'))
        self['Name'] = check_text(self.get('Name'), 'ulimits', 'a name as text')
        if not self['Name']:
            raise argument_error(ValueError, 'ulimits', 'a name as text', u'')
        limits = [check_number(self[key], 'ulimits', -1) for key in ('Soft', 'Hard') if key in self]
        if not limits:
            raise argument_error(ValueError, 'ulimits', 'a soft or a hard limit', dict(self))
        self['Soft'], self['Hard'] = limits[0], limits[-1]

    name = property(lambda self: self['Name'], lambda self, value: self.__setitem__('Name', value))
    soft = property(lambda self: self['Soft'], lambda self, value: self.__setitem__('Soft', value))
    hard = property(lambda self: self['Hard'], lambda self, value: self.__setitem__('Hard', value))


class _LogTypes(object):
    """The names of the log drivers."""

    JSON = 'json-file'
    SYSLOG = 'syslog'
    JOURNALD = 'journald'
    GELF = 'gelf'
    FLUENTD = 'fluentd'
    NONE = 'none'
    _values = (JSON, SYSLOG, JOURNALD, GELF, FLUENTD, NONE)


class LogConfig(dict):
    """Where the output of a container goes, as a dict in the API's words: Type and Config.

    :param type: the name of a log driver as text, also as Type; ``'json-file'`` if it is left out. Some are
        in `LogConfig.types`.
    :param config: its options, a dict of names to text, ints or bools; also as Config.
    :raises TypeError, ValueError: for anything else.

        >>> docker.utils.create_host_config(log_config=docker.types.LogConfig(
        ...     type='json-file', config={'max-size': '1m', 'max-file': 3}))
    """

    types = _LogTypes

    def __init__(self, **given):
        super(LogConfig, self).__init__(_with_keys(given, ('Type', 'Config'), 'log_config'))
        driver = self.get('Type')
        self['Type'] = check_text(_LogTypes.JSON if driver is None else driver, 'log_config')
        self['Config'] = check_if_given(check_text_map, self.get('Config'), 'log_config') or {}

    type = property(lambda self: self['Type'], lambda self, value: self.__setitem__('Type', value))
    config = property(lambda self: self['Config'])

    def set_config_value(self, key, value):
        """Set an option of the driver."""
        self['Config'][key] = value

    def unset_config(self, key):
        """Remove an option of the driver, if it is set."""
        self['Config'].pop(key, None)


def convert_ulimits(value, name):
    """Return Ulimits, or None.

    :param value: a list of Ulimit, of dicts as it takes them, and of ``'nofile=1024:2048'``; or one of these.
    :raises TypeError, ValueError: as Ulimit does.
    """
    if isinstance(value, collections_abc.Mapping) and len(value) == 1 and not set(value) & {
            'Name', 'name', 'Soft', 'soft', 'Hard', 'hard'}:
        limit, number = list(value.items())[0]
        if is_text(limit) and is_int(number):
            hint = ": did you mean ['{0}={1}']?".format(to_native_string(limit), number)
            raise argument_error(ValueError, name, 'a list of Ulimit, dicts or text', value, hint)
    return [convert_ulimit(item, name) for item in as_list(value)] or None


def convert_ulimit(item, name):
    """Return one Ulimit, of one item of what `convert_ulimits` takes."""
    takes = "Ulimit, a dict with name, soft and hard, or 'nofile=1024:2048'"
    if isinstance(item, collections_abc.Mapping):
        return dict(Ulimit(**_with_keys(item, ('Name', 'Soft', 'Hard'), name)))
    match = re.match(_ULIMIT, check_text(item, name, takes))
    if not match:
        raise argument_error(ValueError, name, takes, item)
    return dict(Ulimit(**match.groupdict()))


def convert_log_config(value, name):
    """Return a LogConfig, or None for an empty dict.

    :param value: a LogConfig, a dict as it takes it, or the name of a driver.
    :raises TypeError, ValueError: as LogConfig does.
    """
    if is_text(value):
        return dict(LogConfig(type=value))
    given = _with_keys(value, ('Type', 'Config'), name)
    return dict(LogConfig(**given)) if given else None


def convert_restart_policy(value, name):
    """Return a RestartPolicy, or None.

    :param value: ``'no'``, ``'always'``, ``'unless-stopped'``, ``'on-failure'``, ``'on-failure:5'``, or a
        dict with Name, and MaximumRetryCount (an int).
    :raises TypeError: for anything else.
    :raises ValueError: for other names and counts.
    """
    takes = "'no', 'always', 'unless-stopped', 'on-failure', 'on-failure:5' or a dict with Name"
    if is_text(value):
        match = re.match(_RESTART, check_text(value, name))
        policy, count = match.group('name', 'count') if match else (None, None)
        if not match or count is not None and policy != 'on-failure':
            hint = did_you_mean(value.partition(':')[0], _RESTARTS)
            raise argument_error(ValueError, name, takes, value, '' if policy in _RESTARTS else hint)
    else:
        if not isinstance(value, collections_abc.Mapping):
            raise argument_error(TypeError, name, takes, value)
        given = _with_keys(value, ('Name', 'MaximumRetryCount'), name)
        if not given:
            return None
        policy, count = check_text(given.get('Name'), name, takes), given.get('MaximumRetryCount')
    if policy and policy not in _RESTARTS or not policy and count:
        raise argument_error(ValueError, name, takes, value, did_you_mean(policy, _RESTARTS))
    return {'Name': policy, 'MaximumRetryCount': check_number(count or 0, name)}


def convert_devices(value, name):
    """Return Devices, or None.

    :param value: a list of ``'/dev/host'``, ``'/dev/host:/dev/container'``, ``'/dev/host:rwm'``,
        ``'/dev/host:/dev/container:rwm'`` and dicts with PathOnHost, PathInContainer and CgroupPermissions;
        or one of these.
    :raises TypeError: for anything else.
    :raises docker.errors.InvalidArgument: for paths that are not absolute, and permissions other than r, w
        and m.
    """
    return [_convert_device(item, name) for item in as_list(value)] or None


def _convert_device(item, name):
    takes = "'/dev/host:/dev/container:rwm' or a dict with PathOnHost"
    if isinstance(item, collections_abc.Mapping):
        given = _with_keys(item, ('PathOnHost', 'PathInContainer', 'CgroupPermissions'), name)
        host = check_text(given.get('PathOnHost'), name, takes)
        container = check_text(given.get('PathInContainer') or host, name, takes)
        permissions = check_text(given.get('CgroupPermissions') or u'rwm', name, takes)
        if not re.match(_PERMISSIONS, permissions) or not host.startswith('/'):
            raise argument_error(InvalidArgument, name, takes, item)
    else:
        match = re.match(_DEVICE, check_text(item, name, takes))
        if not match:
            raise argument_error(InvalidArgument, name, takes, item)
        host, container, permissions = match.group('host', 'container', 'permissions')
    return {'PathOnHost': host, 'PathInContainer': container or host,
            'CgroupPermissions': permissions or u'rwm'}


def convert_device_rules(value, name):
    """Return DeviceCgroupRules, a list of text such as ``'c 13:* rwm'``, or None."""
    rules = [check_text(item, name) for item in as_list(value)]
    for rule in rules:
        if not re.match(_DEVICE_RULE, rule):
            raise argument_error(ValueError, name, "rules such as 'c 13:* rwm'", rule)
    return rules or None


def convert_device_requests(value, name):
    """Return DeviceRequests, or None.

    :param value: a list of dicts with any of Driver (text), Count (an int, -1 for all), DeviceIDs (a list of
        text), Capabilities (a list of text, or of lists of text of which one is met) and Options (a dict); or
        one such dict. The keys may be driver, count, device_ids, capabilities and options.
    :raises TypeError, ValueError: for anything else.
    """
    return [_convert_device_request(item, name) for item in as_list(value)] or None


def _convert_device_request(item, name):
    given = _with_keys(item, ('Driver', 'Count', 'DeviceIDs', 'Capabilities', 'Options'), name)
    capabilities = as_list(given.get('Capabilities') or [])
    if all(is_text(capability) for capability in capabilities):
        capabilities = [capabilities] if capabilities else []
    devices = [check_text(device, name) for device in as_list(given.get('DeviceIDs') or [])]
    count = given.get('Count')
    if devices and count or not (devices or count or capabilities):
        raise argument_error(ValueError, name, 'Count or DeviceIDs but not both', item)
    return {'Driver': check_text(given.get('Driver') or u'', name),
            'Count': check_number(count or 0, name, -1),
            'DeviceIDs': devices,
            'Capabilities': [[check_text(word, name) for word in as_list(words)] for words in capabilities],
            'Options': check_if_given(check_text_map, given.get('Options'), name) or {}}


def convert_weights(value, name):
    """Return BlkioWeightDevice: a list of ``{'Path': '/dev/sda', 'Weight': 500}``, or a dict of both."""
    return _convert_pairs(value, name, 'Weight', lambda weight: check_number(weight, name, 0, 1000))


def convert_rates(value, name):
    """Return the rates of devices: a list of ``{'Path': '/dev/sda', 'Rate': 1000}``, or a dict of both.

    A rate is an int; one in bytes may be text like ``'10m'``.
    """
    return _convert_pairs(value, name, 'Rate', lambda rate: convert_size(rate, name))


def _convert_pairs(value, name, key, convert):
    keys = ('Path', key)
    if isinstance(value, collections_abc.Mapping) and not set(value) & {'Path', 'path'}:
        value = [{'Path': path, key: number} for path, number in value.items()]
    result = []
    for item in as_list(value):
        given = _with_keys(item, keys, name)
        if set(given) != set(keys) or not check_text(given['Path'], name).startswith('/'):
            raise argument_error(ValueError, name, 'dicts with Path (absolute) and ' + key, item)
        result.append({'Path': check_text(given['Path'], name), key: convert(given[key])})
    return result or None


def _with_keys(value, keys, name):
    """Return a dict with the API's keys, of one that may have them in lower case."""
    takes = 'a dict with {0}'.format(', '.join(keys))
    if not isinstance(value, collections_abc.Mapping):
        raise argument_error(TypeError, name, takes, value)
    known = dict((key.lower(), key) for key in keys)
    result = {}
    for key, item in value.items():
        plain = key.replace('_', '').lower() if is_text(key) else None
        if plain not in known or known[plain] in result and result[known[plain]] != item:
            hint = '' if plain in known else did_you_mean(key, keys)
            raise argument_error(ValueError, name, takes, key, hint)
        if item is not None:
            result[known[plain]] = item
    return result


__all__ = ['LogConfig', 'Ulimit', 'convert_device_requests', 'convert_device_rules', 'convert_devices',
           'convert_log_config', 'convert_rates', 'convert_restart_policy',
           'convert_ulimit', 'convert_ulimits', 'convert_weights']
