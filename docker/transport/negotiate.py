"""Which versions of the API an engine serves.

`GET /version` without a version in the path works on every engine. Since 2014 its response has the newest
version of the API, since 2017 the oldest as well; engines in between name the oldest when they refuse an
older one, and the ones before have neither and refuse nothing that is old. Podman accepts any number and
responds in its newest.
"""

from collections import namedtuple
import json
import re

import six

from docker.errors import error_for

_OLDEST = (1, 6)
_VERSION = r'^(\d+)\.(\d+)$'
_TOO_OLD = r'minimum supported API version is (\d+\.\d+)'
_REFUSAL = (r'client (version \S+ )?is too (old|new)|client and server don\'t have same version|'
            r'client is newer than server')


class Engine(namedtuple('Engine', 'oldest newest podman')):
    """What is known of an engine.

    :param oldest: the oldest version that it serves, a tuple of ints; None when it is not known.
    :param newest: the newest one, likewise.
    :param podman: whether it is Podman.
    """

    def nearest(self, version):
        """Return the version to speak for a caller who wants `version` (None: the newest)."""
        if self.newest is None:
            return version or _OLDEST
        if version is None or self.podman:
            return self.newest
        return min(max(version, self.oldest or version), self.newest)


def identify(get, wanted):
    """Find out which versions an engine serves.

    :param get: a function that requests a path and returns the Response.
    :param wanted: the version to try on an engine that does not name its oldest, a tuple of ints.
    :returns: an Engine.
    :raises docker.errors.APIError: when the engine responds with a 5xx.
    """
    response = get('/version')
    info = _version_info(response)
    newest, oldest = parse_version(info.get('ApiVersion')), parse_version(info.get('MinAPIVersion'))
    podman = (response.headers.get('Server', '').startswith('Libpod') or
              'Podman Engine' in str(info.get('Components')))
    if newest and not oldest and wanted and wanted < newest:
        refusal = get('/v{0}.{1}/version'.format(*wanted))
        minimum = re.search(_TOO_OLD, refusal.text, re.IGNORECASE) if refusal.status_code == 400 else None
        oldest = parse_version(minimum.group(1)) if minimum else wanted
    return Engine(oldest, newest, podman)


def _version_info(response):
    """Return the dict in a response to `GET /version`; an empty one when it holds none.

    :raises docker.errors.APIError: for a 5xx.
    """
    if response.status_code >= 500:
        raise error_for(response)
    try:
        info = json.loads(response.content.decode('utf-8'))
    except ValueError:
        info = None
    return info if response.status_code < 300 and isinstance(info, dict) else {}


def is_refusal(response):
    """Return whether a response refuses the version that the request was in."""
    return (response.status_code in (400, 404) and
            re.search(_REFUSAL, response.text, re.IGNORECASE) is not None)


def parse_version(text):
    """Return a version such as ``'1.41'`` as a tuple of ints; None for anything else."""
    match = isinstance(text, six.string_types) and re.match(_VERSION, text)
    return tuple(int(part) for part in match.groups()) if match else None
