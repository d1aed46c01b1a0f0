"""Remote API 1.19 (Docker 1.7, June 2015)."""

import re

from requests.structures import CaseInsensitiveDict

from docker import registry_auth
from docker.errors import StreamBroken
from docker.transport.changes.change import exchange, request, response
from docker.transport.response import (
    items_of, json_of, json_response, succeeded, with_json, with_json_items)

_REGISTRY_CONFIG = 'X-Registry-Config'
# Compiled on first use, to keep the import fast.
_ID = r'[0-9a-f]{12,64}\Z'
_FROM = u'"from":"'
# How many names are kept with their tag while events are followed.
_KEPT = 1000


def _nest_registry_config(call, key, flat):
    if call.headers and _REGISTRY_CONFIG in call.headers:
        header = registry_auth.nest_registry_config(call.headers[_REGISTRY_CONFIG], key, flat)
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
    listed, tagged = json_of(response), {}
    for container in listed:
        name = container.get('Image')
        if name not in tagged:
            tagged[name] = _with_tag(name)
        container['Image'] = tagged[name]
    return with_json(response, listed)


@response((1, 19), 'GET', '/events', everywhere=True)
def events_with_image_as_given(response, call):
    """GET /events has the image in `from` as create was given it; before, always with its tag."""
    tagged = {}

    def add_tag_to_text(text):
        # Status, id and from come first, in this order. Other objects within the event may have `from` too.
        if not text.startswith(u'{"status":"'):
            return None
        start = text.find(_FROM) + len(_FROM)
        if start < len(_FROM) or u'{' in text[1:start]:
            return text
        end = text.find(u'"', start)
        name = text[start:end]
        if name not in tagged:
            if len(tagged) > _KEPT:
                tagged.clear()
            tagged[name] = _with_tag(name)
        return None if u'\\' in name else text[:start] + tagged[name] + text[end:]
    return with_json_items(response, _add_tag, rewrite=add_tag_to_text)


def _add_tag(event):
    name = event.get('from')
    tagged = _with_tag(name)
    if tagged != name:
        event['from'] = tagged
    return tagged != name


def _with_tag(name):
    """Return the name of an image with a tag; an id and a name with a digest as they are."""
    if not name or ':' in name.rpartition('/')[2] or '@' in name or len(name) > 11 and re.match(_ID, name):
        return name
    return name + ':latest'


@exchange((1, 19), 'GET', '/containers/{}/stats', when=lambda spoken, newest: spoken < (1, 19))
def stats_once(call, send):
    """GET /containers/{id}/stats takes `stream`; before, it always streams, so that the client takes the
    first object to have only one."""
    if call.query.pop('stream', '1') != '0':
        return send(call)
    response = send(call)
    if not succeeded(response):
        return response
    try:
        for _, stats in items_of(response):
            return json_response(200, stats, response)
        raise StreamBroken('The stream ended before the first JSON object.', response=response)
    finally:
        response.close()
