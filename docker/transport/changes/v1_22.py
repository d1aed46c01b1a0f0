"""Remote API 1.22 (Docker 1.10, February 2016)."""

import json
import re

from docker.errors import NotSupported
from docker.transport.call import host_config_of, is_for_buildkit
from docker.transport.changes.change import refusal, request, response
from docker.transport.changes.fields import image_configs
from docker.transport.response import HIDDEN, json_of, with_json, with_json_items

_BUILTIN_NETWORKS = ('bridge', 'host', 'none')
_PREFIX = 'sha256:'
_ID_SIZE = len(_PREFIX) + 64
# Compiled on first use, to keep the import fast.
_ID_IN_PATH = r'^/images/sha256:(?=[0-9a-f]{12,64}(/|$))'
_ID_GIVEN = r'\Asha256:(?=[0-9a-f]{12,64}\Z)'
# The beginning of an event that has a status and an id.
_CONTAINER_EVENT = r'\{"status":"[^"\\]*","id":"'


@refusal((1, 22), 'POST', '/containers/{}/start', everywhere=True)
@refusal((1, 22), 'POST', '/containers/create', everywhere=True)
def lxc_conf_is_removed(call):
    """LxcConf is removed from HostConfig, without a replacement."""
    if host_config_of(call, call.json).get('LxcConf'):
        raise NotSupported('lxc_conf (LxcConf) is not supported by this engine: there is no LXC driver since '
                           'Docker 1.10. Leave it out.')


@request((1, 22), 'POST', '/containers/{}/start', everywhere=True)
@request((1, 22), 'POST', '/containers/create', everywhere=True)
def empty_lxc_conf_is_left_out(call):
    """LxcConf is removed from HostConfig: an empty one is left out."""
    body = call.json
    if 'LxcConf' in host_config_of(call, body):
        del host_config_of(call, body)['LxcConf']
        call.json = body


@response((1, 22), 'GET', '/events', everywhere=True)
def events_of_networks_and_volumes(response, call):
    """GET /events includes networks and volumes, which have Type, Action and Actor only."""
    return with_json_items(response, _add_status_and_id, skip=re.compile(_CONTAINER_EVENT).match)


def _add_status_and_id(event):
    if 'status' in event and 'id' in event:
        return False
    event.setdefault('status', event.get('Action'))
    event.setdefault('id', (event.get('Actor') or {}).get('ID'))
    return True


def _before_1_22(spoken, newest):
    return newest < (1, 22)


@response((1, 22), 'GET', '/networks', when=_before_1_22, always=True)
def list_filtered_networks(response, call):
    """GET /networks takes filters. What engines before return is filtered, by name, id and type."""
    filters = json.loads(call.query.get('filters') or '{}')
    networks = [network for network in json_of(response) if _matches(network, filters)]
    return with_json(response, networks)


def _matches(network, filters):
    kind = 'builtin' if network['Name'] in _BUILTIN_NETWORKS else 'custom'
    return (any(name in network['Name'] for name in filters.get('name', [''])) and
            any(part in network['Id'] for part in filters.get('id', [''])) and
            kind in filters.get('type', [kind]))


@refusal((1, 22), 'GET', '/networks', when=_before_1_22)
def networks_with_other_filters(call):
    """GET /networks takes filters, of which engines before can have name, id and type only."""
    others = set(json.loads(call.query.get('filters') or '{}')) - {'name', 'id', 'type'}
    if others:
        raise NotSupported('the filter {0} of networks is not supported by this engine: it supports API '
                           '1.21, and has the filters name, id and type.'.format(sorted(others)[0]))


@request((1, 22), '*', '/images/{}', when=_before_1_22)
def bare_id_in_path(call):
    """Ids of images have the prefix sha256:. Engines before take them without it only."""
    call.path = re.sub(_ID_IN_PATH, '/images/', call.path)


@request((1, 22), 'POST', '/containers/create', when=_before_1_22)
def bare_id_in_create(call):
    """Ids of images have the prefix sha256:. Engines before take them without it only, also in Config."""
    config = call.json
    if config.get('Image'):
        config['Image'] = re.sub(_ID_GIVEN, '', config['Image'])
        call.json = config


def _use_bare_ids(record, *names):
    """Remove the prefix of the ids of images in fields of a dict, and return whether there was one."""
    changed = False
    for name in names:
        value = record.get(name)
        if value and len(value) == _ID_SIZE and value.startswith(_PREFIX):
            record[name] = value[len(_PREFIX):]
            changed = True
    return changed


def _with_bare_ids(response, *names):
    """Return a response with bare ids of images in fields of each dict of its list."""
    records = json_of(response)
    for record in records:
        _use_bare_ids(record, *names)
    return with_json(response, records)


@response((1, 22), 'GET', '/images/json', everywhere=True)
def bare_ids_in_images(response, call):
    """GET /images/json has the prefix sha256: in its ids."""
    return _with_bare_ids(response, 'Id', 'ParentId')


@response((1, 22), 'GET', '/images/{}/json', everywhere=True)
def bare_ids_in_inspect_image(response, call):
    """GET /images/{name}/json has the prefix sha256: in its ids."""
    inspect = json_of(response)
    _use_bare_ids(inspect, 'Id', 'Parent')
    for config in image_configs(inspect):
        _use_bare_ids(config, 'Image')
    return with_json(response, inspect)


@response((1, 22), 'GET', '/images/{}/history', everywhere=True)
def bare_ids_in_history(response, call):
    """GET /images/{name}/history has the prefix sha256: in its ids."""
    return _with_bare_ids(response, 'Id')


@response((1, 22), 'DELETE', '/images/{}', everywhere=True)
def bare_ids_in_remove_image(response, call):
    """DELETE /images/{name} has the prefix sha256: in its ids."""
    return _with_bare_ids(response, 'Deleted', 'Untagged')


@response((1, 22), 'GET', '/containers/json', everywhere=True)
def bare_ids_in_containers(response, call):
    """GET /containers/json has the prefix sha256: in the ids of images."""
    return _with_bare_ids(response, 'Image', 'ImageID')


@response((1, 22), 'GET', '/containers/{}/json', everywhere=True)
def bare_ids_in_inspect_container(response, call):
    """GET /containers/{id}/json has the prefix sha256: in the id of the image."""
    inspect = json_of(response)
    _use_bare_ids(inspect, 'Image')
    _use_bare_ids(inspect.get('Config') or {}, 'Image')
    return with_json(response, inspect)


@response((1, 22), 'POST', '/commit', everywhere=True)
def bare_id_in_commit(response, call):
    """POST /commit has the prefix sha256: in the id of the image."""
    committed = json_of(response)
    _use_bare_ids(committed, 'Id')
    return with_json(response, committed)


@response((1, 22), 'GET', '/events', everywhere=True)
def bare_ids_in_events(response, call):
    """GET /events has the prefix sha256: in the ids of images."""
    return with_json_items(response, lambda event: _use_bare_ids(event, 'id', 'from'),
                           rewrite=_use_bare_ids_in_text)


def _use_bare_ids_in_text(text):
    if u'"sha256:' not in text:
        return text
    if not text.startswith(u'{"status":"'):
        return None
    # Status, id and from come first, in this order. Other objects within the event may have such fields too.
    for field in (u'"id":"', u'"from":"'):
        start = text.find(field) + len(field)
        end = start + _ID_SIZE
        if text.startswith(_PREFIX, start) and text[end:end + 1] == u'"' and u'{' not in text[1:start]:
            text = text[:start] + text[start + len(_PREFIX):]
    return text


@response((1, 22), 'POST', '/images/create', everywhere=True)
def bare_id_in_import(response, call):
    """POST /images/create has the prefix sha256: in the id of an image that it imports."""
    if 'fromSrc' not in call.query:
        return response
    return with_json_items(response, lambda item: _use_bare_ids(item, 'status', 'id'), skip=_has_no_prefix)


@response((1, 22), 'POST', '/build', everywhere=True)
def bare_ids_in_build(response, call):
    """POST /build has the prefix sha256: in the id of the image."""
    if is_for_buildkit(call) or 'json' not in response.headers.get('Content-Type', ''):
        return response
    return with_json_items(response, _use_bare_ids_of_build, skip=_has_no_prefix)


def _use_bare_ids_of_build(item):
    # A quiet build has the id as its output, on a line.
    text = item.get('stream') or ''
    output = {'id': text.rstrip('\n')}
    if _use_bare_ids(output, 'id'):
        item['stream'] = output['id'] + text[_ID_SIZE:]
        return True
    return isinstance(item.get('aux'), dict) and _use_bare_ids(item['aux'], 'ID')


@response((1, 22), 'POST', '/images/{}/push', everywhere=True)
def push_without_aux(response, call):
    """POST /images/{name}/push ends with an object that has only `aux`: the tag, the digest and the size."""
    return with_json_items(response, _hide_aux, skip=lambda text: '"aux"' not in text)


def _hide_aux(item):
    return HIDDEN if 'aux' in item and not set(item) - {'aux', 'progressDetail'} else False


def _has_no_prefix(text):
    return '"' + _PREFIX not in text
