"""What an engine speaks, by its own word.

`GET /version` without a version in the path works on every engine. Since 2014 it tells the newest
version of the API, since 2017 the oldest as well; engines in between name the oldest when they
refuse an older one, and the ones before tell neither and refuse nothing that is old. Podman takes
any number and means its newest.
"""

from collections import namedtuple
import json
import re

import six

from docker.errors import error_for

OLDEST = (1, 6)
VERSION = re.compile(r'^(\d+)\.(\d+)$')
TOO_OLD = r'minimum supported API version is (\d+\.\d+)'
REFUSED = (r'client (version \S+ )?is too (old|new)|client and server don\'t have same version|'
           r'client is newer than server')


class Engine(namedtuple('Engine', 'oldest newest podman')):
    """The versions that an engine serves, as tuples of ints, None where it does not tell; and
    whether it is Podman."""

    def nearest(self, version):
        """The version to speak for a caller who wants `version` (None: the newest)."""
        if self.newest is None:
            return version or OLDEST
        if version is None or self.podman:
            return self.newest
        return min(max(version, self.oldest or version), self.newest)


def ask(get, wanted):
    """The Engine that answers to `get(path)` (which gives a Response); `wanted` is the version to
    try when it does not tell its oldest."""
    answer = get('/version')
    told = told_by(answer)
    newest, oldest = number(told.get('ApiVersion')), number(told.get('MinAPIVersion'))
    podman = (answer.headers.get('Server', '').startswith('Libpod') or
              'Podman Engine' in str(told.get('Components')))
    if newest and not oldest and wanted and wanted < newest:
        refusal = get('/v{0}.{1}/version'.format(*wanted))
        named = re.search(TOO_OLD, refusal.text, re.IGNORECASE) if refusal.status_code == 400 else None
        oldest = number(named.group(1)) if named else wanted
    return Engine(oldest, newest, podman)


def told_by(answer):
    if answer.status_code >= 500:
        raise error_for(answer)
    try:
        told = json.loads(answer.content.decode('utf-8'))
    except ValueError:
        told = None
    return told if answer.status_code < 300 and isinstance(told, dict) else {}


def is_refusal(answer):
    """Whether an answer refuses the version that was spoken."""
    return answer.status_code in (400, 404) and re.search(REFUSED, answer.text, re.IGNORECASE) is not None


def number(text):
    """A version as a tuple of ints; None when it is not one."""
    found = isinstance(text, six.string_types) and VERSION.match(text)
    return tuple(int(part) for part in found.groups()) if found else None
