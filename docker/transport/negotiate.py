"""Which versions of the API an engine serves.

`GET /version` without a version in the path works on every engine. Since 2014 its response has the newest
version of the API, since 2017 the oldest as well; engines in between name the oldest when they refuse an
older one, and the ones before have neither and refuse nothing that is old: their own version shows which
they serve. Podman accepts any number and responds in its newest.

A proxy may hide `/version`. Then the newest version is in the `Api-Version` header that engines since 2017
send with every response, and the oldest in the refusal of an older one.
"""

from collections import namedtuple
import re

import six

from docker.errors import error_for
from docker.stream import parse_json

_OLDEST = (1, 6)
# The newest version of the engines that do not name it, by the beginning of their own; at least that one.
_OF_RELEASES = {'0.6': (1, 6), '0.7': (1, 7), '0.8': (1, 9), '0.9': (1, 9), '0.10': (1, 10), '0.11': (1, 11)}
_VERSION = r'^(\d+)\.(\d+)$'
_TOO_OLD = r'minimum supported API version is (\d+\.\d+)'
_TOO_NEW = r'(?:maximum supported API version is|server(?: API version)?:) (\d+\.\d+)'
# What is requested of an engine whose /version is hidden, until something responds: a proxy may serve only a
# part of them. They change nothing.
_PROBES = ('/_ping', '/containers/json?limit=1', '/images/json', '/info')
_REFUSAL = (r'client (version \S+ )?is too (old|new)|client and server don\'t have same version|'
            r'client is newer than server|m(in|ax)imum supported API version is')


class Engine(namedtuple('Engine', 'oldest newest podman')):
    """What is known of an engine.

    :param oldest: the oldest version that it serves, a tuple of ints; None when it is not known.
    :param newest: the newest one, likewise.
    :param podman: whether it is Podman.
    """

    def nearest(self, version):
        """Return the version to speak for a caller who wants `version` (None: the newest)."""
        if version is None or self.podman:
            return self.newest or self.oldest or _OLDEST
        version = max(version, self.oldest or version)
        return min(version, self.newest or version)


def identify(get, wanted, refusal=None):
    """Find out which versions an engine serves.

    :param get: a function that requests a path and returns the Response.
    :param wanted: the version to try on an engine that does not name its oldest, a tuple of ints.
    :param refusal: the Response that refused the version that was spoken before, if one has.
    :returns: an Engine.
    :raises docker.errors.APIError: when the engine responds with a 5xx.
    """
    response = get('/version')
    info = _version_info(response)
    newest = (parse_version(info.get('ApiVersion')) or _version_in_header(response) or
              _of_release(info.get('Version')))
    oldest = parse_version(info.get('MinAPIVersion'))
    if response.status_code >= 300 or newest is None and refusal is not None:
        return _identify_hidden(get, wanted, [response] + ([refusal] if refusal is not None else []))
    podman = _is_podman(response) or _names_podman(info.get('Components'))
    if newest and not oldest and wanted and wanted < newest:
        oldest = _named_in(get('/v{0}.{1}/version'.format(*wanted)), _TOO_OLD) or wanted
    return Engine(oldest, newest, podman)


def _identify_hidden(get, wanted, responses):
    """Find out which versions an engine serves whose `/version` does not show them.

    :param responses: the Responses that it has sent so far.
    """
    prefix = '/v{0}.{1}'.format(*wanted or _OLDEST)
    probes = [_PROBES[0]] + [prefix + path for path in _PROBES]
    newest, oldest = None, None
    while True:
        for response in responses:
            newest = newest or _version_in_header(response) or _named_in(response, _TOO_NEW)
            oldest = oldest or _named_in(response, _TOO_OLD)
            if _is_podman(response) and newest:
                return Engine(oldest, newest, True)
        if oldest and newest or newest and (not wanted or wanted >= newest) or not probes:
            return Engine(oldest, newest, False)
        path = probes.pop(0)
        response = get(path)
        if response.status_code >= 500 and path.endswith(_PROBES[0]):
            raise error_for(response)
        if response.status_code < 300 and path.startswith(prefix):
            # It serves the version that is wanted.
            oldest, probes = oldest or wanted or _OLDEST, []
        responses = [response]


def _version_info(response):
    """Return the dict in a response to `GET /version`; an empty one when it holds none.

    :raises docker.errors.APIError: for a 5xx.
    """
    if response.status_code >= 500:
        raise error_for(response)
    try:
        info = parse_json(response.content.decode('utf-8'))
    except (ValueError, RuntimeError):  # RuntimeError: it is nested too deeply
        info = None
    return info if response.status_code < 300 and isinstance(info, dict) else {}


def _of_release(version):
    """Return the newest version that an engine of 2013 or 2014 serves, by its own; None for others."""
    release = '.'.join(version.split('.')[:2]) if isinstance(version, six.string_types) else None
    return _OF_RELEASES.get(release)


def _version_in_header(response):
    """Return the newest version that an engine serves, None when its header does not name it."""
    return parse_version(response.headers.get('Api-Version'))


def _named_in(response, limit):
    """Return the oldest or the newest version that a refusal names, None when it is no such refusal."""
    named = is_refusal(response) and re.search(limit, response.text, re.IGNORECASE)
    return parse_version(named.group(1)) if named else None


def _is_podman(response):
    return response.headers.get('Server', '').startswith('Libpod')


def _names_podman(components):
    """Return whether Podman is among the components in a response to `GET /version`."""
    return isinstance(components, list) and any(
        isinstance(component, dict) and component.get('Name') == 'Podman Engine' for component in components)


def is_refusal(response):
    """Return whether a response refuses the version that the request was in."""
    return (response.status_code in (400, 404) and
            re.search(_REFUSAL, response.text, re.IGNORECASE) is not None)


def parse_version(text):
    """Return a version such as ``'1.41'`` as a tuple of ints; None for anything else."""
    match = isinstance(text, six.string_types) and re.match(_VERSION, text)
    return tuple(int(part) for part in match.groups()) if match else None
