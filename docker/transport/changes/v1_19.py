"""Remote API 1.19 (Docker 1.7, June 2015)."""

import re

from requests.structures import CaseInsensitiveDict

from docker import auth
from docker.transport.changes.change import request, response
from docker.transport.response import json_of, with_json, with_json_items

_REGISTRY_CONFIG = 'X-Registry-Config'
# Compiled on first use, to keep the import fast.
_ID = r'(sha256:)?[0-9a-f]{12,64}\Z'
_IMAGE_WITH_TAG = r'[^"]*"from":"[^"]*:[^"/]*"'


def _nest_registry_config(call, key, flat):
    if call.headers and _REGISTRY_CONFIG in call.headers:
        header = auth.nest_registry_config(call.headers[_REGISTRY_CONFIG], key, flat)
        call.headers = CaseInsensitiveDict(call.headers, **{_REGISTRY_CONFIG: header})


@request((1, 19), 'POST', '/build', when=lambda spoken, newest: newest < (1, 19))
def registry_config_in_configs(call):
    """POST /build takes X-Registry-Config as a mapping of registries; before, below the key `configs`."""
    _nest_registry_config(call, 'configs', False)


@request((1, 19), 'POST', '/build', when=lambda spoken, newest: newest[:2] == (1, 19))
def registry_config_in_auths(call):
    """POST /build of Docker 1.7.0 takes X-Registry-Config below the key `auths`, that of 1.7.1 without it,
    in the same version: the client sends both forms in one, as each engine ignores the other."""
    _nest_registry_config(call, 'auths', True)


@response((1, 19), 'GET', '/containers/json', everywhere=True)
def list_image_as_given(response, call):
    """GET /containers/json has the Image as create was given it; before, always with its tag."""
    listed = json_of(response)
    for container in listed:
        container['Image'] = _with_tag(container.get('Image'))
    return with_json(response, listed)


@response((1, 19), 'GET', '/events', everywhere=True)
def events_with_image_as_given(response, call):
    """GET /events has the image in `from` as create was given it; before, always with its tag."""
    return with_json_items(response, _add_tag, skip=re.compile(r'\{' + _IMAGE_WITH_TAG).match)


def _add_tag(event):
    name = event.get('from')
    if _with_tag(name) == name:
        return False
    event['from'] = _with_tag(name)
    return True


def _with_tag(name):
    """Return the name of an image with a tag; an id and a name with a digest as they are."""
    if not name or '@' in name or ':' in name.rpartition('/')[2] or re.match(_ID, name):
        return name
    return name + ':latest'
