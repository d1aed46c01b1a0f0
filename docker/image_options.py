"""What the calls about images take: platforms, and the options of a build, in the form that engines read.

Each function takes what callers write and returns the value of a query parameter, or None when nothing was
given, as docker.config does for the configuration of a container. The functions are pure.
"""

import json
import os

import six
from six.moves import collections_abc

from docker.config import convert_size
from docker.limits import convert_ulimits
from docker.validation import (
    argument_error, as_list, check_if_given, check_json_dict, check_nonempty_text, check_text,
    check_text_map, check_text_or_int, is_absent, is_list, short_repr)

# The limits of the containers of a build: sizes, numbers and text.
_SIZES = ('memory', 'memswap')
_NUMBERS = ('cpushares', 'cpuperiod', 'cpuquota')
CONTAINER_LIMITS_KEYS = [
    'memory', 'memswap', 'cpushares', 'cpusetcpus', 'cpusetmems', 'cpuperiod', 'cpuquota']

# What the docker command takes for a bool.
_BOOLS = {'1': True, 't': True, 'true': True, '0': False, 'f': False, 'false': False}


def wants_buildkit(value, **options):
    """Return whether a build is for BuildKit.

    :param value: a bool; None for what DOCKER_BUILDKIT says, as for the docker command.
    :param options: arguments that the classic builder does not have, by name.
    :raises TypeError: for anything else.
    :raises ValueError: for another value of DOCKER_BUILDKIT, and for options without BuildKit.
    """
    wants = value
    if value is None:
        setting = os.environ.get('DOCKER_BUILDKIT') or '0'
        wants = _BOOLS.get(setting.lower())
        if wants is None:
            raise argument_error(ValueError, 'DOCKER_BUILDKIT', '1 or 0', setting)
    elif not isinstance(value, bool):
        raise argument_error(TypeError, 'buildkit', 'True, False or None', value)
    for name, option in sorted(options.items()):
        if option and not wants:
            raise ValueError('{0} is for BuildKit: it takes buildkit=True, or DOCKER_BUILDKIT=1'.format(name))
    return wants


def convert_platform(value, name='platform'):
    """Return a platform of an image as the JSON of the OCI that most calls take it in, or None for None.

    :param value: text such as ``'linux/arm64'`` or ``'linux/arm/v7'``, or a dict with os, architecture and
        perhaps variant, os.version and others.
    :param name: the name of the argument.
    :returns: a JSON object as text.
    :raises TypeError: for anything else.
    :raises ValueError: for text of another form, and a dict without os or architecture.
    """
    return None if is_absent(value) else _platform_json(value, name)


def _platform_json(value, name):
    takes = "text such as 'linux/arm64' or 'linux/arm/v7', or a dict with os and architecture"
    if isinstance(value, collections_abc.Mapping):
        platform = check_json_dict(dict(value), name)
    else:
        parts = check_text(value, name, takes).split(u'/')
        platform = dict(zip(('os', 'architecture', 'variant'), parts)) if len(parts) <= 3 else {}
    if not (platform.get('os') and platform.get('architecture')) or u'' in platform.values():
        raise argument_error(ValueError, name, takes, value)
    return json.dumps(platform, sort_keys=True)


def convert_platforms(value, name='platform'):
    """Return platforms as the engine takes them in a query: the JSON of one, or a list of it for several.

    :param value: a platform as `convert_platform` takes it, a list of them, or None.
    :param name: the name of the argument.
    :raises TypeError, ValueError: as `convert_platform` does, and for an empty list and empty text.
    """
    if value is None:
        return None
    texts = [_platform_json(item, name) for item in as_list(value)]
    if not texts:
        raise argument_error(ValueError, name, 'platforms', value)
    return texts[0] if len(texts) == 1 else texts


def convert_container_limits(value):
    """Return the limits of the containers of a build as a dict of query parameters.

    :param value: a dict with some of CONTAINER_LIMITS_KEYS: memory and memswap in bytes (an int, or text such
        as ``'512m'``; -1 as memswap for no limit of swap), cpushares, cpuperiod and cpuquota as ints,
        cpusetcpus and cpusetmems as text such as ``'0-3'`` or ``'0,1'``.
    :raises TypeError: for anything else.
    :raises ValueError: for other keys.
    """
    if is_absent(value):
        return {}
    takes = 'a dict with ' + ', '.join(CONTAINER_LIMITS_KEYS)
    if not isinstance(value, collections_abc.Mapping):
        raise argument_error(TypeError, 'container_limits', takes, value)
    unknown = sorted(short_repr(key) for key in value if key not in CONTAINER_LIMITS_KEYS)
    if unknown:
        raise ValueError('container_limits takes {0}, not the key {1}'.format(takes, ', '.join(unknown)))
    return {key: _convert_limit(key, limit) for key, limit in value.items() if limit is not None}


def _convert_limit(key, limit):
    name = 'container_limits[{0!r}]'.format(key)
    if key in _SIZES:
        return -1 if key == 'memswap' and limit in (-1, '-1') else convert_size(limit, name)
    text = check_text_or_int(limit, name)
    if key not in _NUMBERS:
        return text
    try:
        return int(text)
    except ValueError:
        six.raise_from(argument_error(ValueError, name, 'an int', limit), None)


def convert_build_args(value):
    """Return the values of the ARG instructions of a build, as JSON.

    The messages of errors show no value, which may be secret.

    :param value: a dict of names to text, ints, bools or None (for what the engine has in its environment).
    :raises TypeError: for anything else.
    """
    if is_absent(value):
        return None
    if not isinstance(value, collections_abc.Mapping):
        raise TypeError('buildargs takes a dict, not a value of type {0}'.format(type(value).__name__))
    settings = check_text_map(value, 'buildargs')
    settings.update((check_text(key, 'buildargs'), None) for key, setting in value.items() if setting is None)
    return json.dumps(settings, sort_keys=True) if settings else None


def convert_labels_of_image(value):
    """Return the labels of an image, as JSON.

    :param value: as `check_text_map` takes it.
    :raises TypeError: for anything else.
    """
    labels = check_if_given(check_text_map, value, 'labels')
    return json.dumps(labels, sort_keys=True) if labels else None


def convert_cache_from(value):
    """Return the images whose layers a build may use as its cache, as a JSON list.

    :param value: a list of names as text, or one of them.
    :raises TypeError: for anything else.
    """
    if is_absent(value):
        return None
    names = [check_nonempty_text(name, 'cache_from') for name in as_list(value)]
    return json.dumps(names) if names else None


def convert_extra_hosts_of_build(value):
    """Return additional lines of /etc/hosts as a list of ``'name:address'``.

    :param value: a dict of names to addresses, or a list of ``'name:address'``, all text.
    :raises TypeError: for anything else.
    :raises ValueError: for an item of a list without a colon.
    """
    if is_absent(value):
        return None
    takes = "a dict of names to addresses, or a list of 'name:address'"
    if isinstance(value, collections_abc.Mapping):
        return [u'{0!s}:{1!s}'.format(*[check_nonempty_text(part, 'extra_hosts') for part in pair])
                for pair in sorted(value.items())] or None
    if not is_list(value):
        raise argument_error(TypeError, 'extra_hosts', takes, value)
    hosts = [check_text(item, 'extra_hosts', takes) for item in value]
    for item in hosts:
        if not all(item.partition(u':')):
            raise argument_error(ValueError, 'extra_hosts', takes, item)
    return hosts or None


def convert_ulimits_of_build(value):
    """Return ulimits of the containers of a build, as a JSON list.

    :param value: as `docker.limits.convert_ulimits` takes them.
    :raises TypeError, ValueError: as that does.
    """
    limits = None if is_absent(value) else convert_ulimits(value, 'ulimits')
    return json.dumps(limits, sort_keys=True) if limits else None


def convert_outputs(value):
    """Return what BuildKit makes of a build, as a JSON list.

    :param value: a list of dicts with Type and Attrs, or one of them.
    :raises TypeError: for anything else.
    """
    if is_absent(value):
        return None
    outputs = [check_json_dict(output, 'outputs') for output in as_list(value)]
    return json.dumps(outputs, sort_keys=True) if outputs else None
