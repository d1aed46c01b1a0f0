"""Podman, where it differs from the Docker whose version it speaks."""

import json
import socket
import time

from docker import registry_auth
from docker.compat import monotonic
from docker.errors import NotSupported
from docker.state import has_run
from docker.transport.call import flag_is_set, host_config_of
from docker.transport.changes.change import PODMAN, exchange, refusal, request, response
from docker.transport.changes.fields import add_missing
from docker.transport.changes.image_names import short_name
from docker.transport.response import (
    ChunkedBody, items_of, json_of, json_response, succeeded, with_body, with_chunks, with_json,
    with_json_items)

# The fields of HostConfig that are ignored in silence, with the values that are no loss.
_IGNORED_FIELDS = {
    'Cgroup': (), 'CgroupnsMode': (), 'ConsoleSize': ([0, 0],), 'CpuCount': (), 'CpuPercent': (),
    'DeviceCgroupRules': (), 'DeviceRequests': (), 'IOMaximumBandwidth': (), 'IOMaximumIOps': (),
    'Isolation': ('default',), 'KernelMemory': (), 'KernelMemoryTCP': (), 'MaskedPaths': (),
    'ReadonlyPaths': (), 'Runtime': (), 'VolumeDriver': ('local',)}
# What Docker calls the removal, by the type of an event.
_REMOVALS = {'container': 'destroy', 'image': 'delete'}
_NOT_ATTACHABLE = 'can only attach to created or running containers'
# Of each of these, an attach has one at least.
_NEEDED_OF_ATTACH = (('logs', 'stream'), ('stdin', 'stdout', 'stderr'))
# How long a start may take, in seconds, and how often it is looked at.
_START_SECONDS = 10
_RETRY_SECONDS = 0.02
_LOADED = 'Loaded image: '
# What an entry of the list of containers has of a request to create, without a value.
_FIELDS_OF_CREATE = ('Name', 'Config', 'NetworkingConfig', 'Platform', 'AdjustCPUShares')


def _shorten_names(record, *fields):
    """Replace the full names of images in fields of a dict, which are lists; null becomes an empty list."""
    for field in fields:
        record[field] = [short_name(name) for name in record.get(field) or ()]


@response(PODMAN, 'GET', '/images/json')
def list_full_image_names(response, call):
    """RepoTags and RepoDigests have full names (docker.io/library/busybox:latest), or are null."""
    images = json_of(response)
    for image in images:
        _shorten_names(image, 'RepoTags', 'RepoDigests')
    return with_json(response, images)


@response(PODMAN, 'GET', '/images/{}/json')
def inspect_image_full_names(response, call):
    """RepoTags and RepoDigests of an image have full names, and its ContainerConfig no NetworkDisabled."""
    inspect = json_of(response)
    _shorten_names(inspect, 'RepoTags', 'RepoDigests')
    add_missing(inspect.get('ContainerConfig'), {'NetworkDisabled': False})
    return with_json(response, inspect)


@response(PODMAN, 'DELETE', '/images/{}')
def remove_image_full_names(response, call):
    """Untagged is a full name."""
    removed = json_of(response)
    for item in removed:
        if item.get('Untagged'):
            item['Untagged'] = short_name(item['Untagged'])
    return with_json(response, removed)


@response(PODMAN, 'GET', '/images/{}/history')
def history_full_image_names(response, call):
    """Tags of a layer are full names, or null."""
    layers = json_of(response)
    for layer in layers:
        _shorten_names(layer, 'Tags')
    return with_json(response, layers)


@exchange(PODMAN, 'GET', '/system/df')
def disk_usage_names_of_images(call, send):
    """GET /system/df has an entry for each name of an image, with the tag alone in RepoTags, and null in
    RepoDigests: the client takes both from the list of images."""
    response = send(call)
    if not succeeded(response):
        return response
    listed = send(call.follow_up('GET', '/images/json', all='1'))
    if not succeeded(listed):
        response.close()
        return listed
    named = {image['Id'].rpartition(':')[2]: image for image in json_of(listed)}
    usage, images, seen = json_of(response), [], set()
    for image in usage.get('Images') or ():
        image_id = (image.get('Id') or '').rpartition(':')[2]
        if image_id not in seen:
            known = named.get(image_id, {})
            image.update(RepoTags=known.get('RepoTags'), RepoDigests=known.get('RepoDigests'))
            _shorten_names(image, 'RepoTags', 'RepoDigests')
            images.append(image)
        seen.add(image_id)
    usage['Images'] = images
    return with_json(response, usage)


@response(PODMAN, 'GET', '/containers/json')
def list_full_image_of_container(response, call):
    """The Image of a container is a full name, HostConfig is missing, NetworkSettings.Networks is null when
    there are none, and there are the fields of a request to create, all empty: Name and others."""
    listed = json_of(response)
    for container in listed:
        if container.get('Image'):
            container['Image'] = short_name(container['Image'])
        for field in _FIELDS_OF_CREATE:
            if not container.get(field):
                container.pop(field, None)
        container.setdefault('HostConfig', {'NetworkMode': ''})
        _replace_null(container.get('NetworkSettings'), Networks={})
    return with_json(response, listed)


def _replace_null(record, **empty):
    """Replace the null of fields of a dict by what Docker has in its place."""
    for name, value in empty.items():
        if record and record.get(name, value) is None:
            record[name] = value


@response(PODMAN, 'GET', '/info')
def info_null_for_no_labels(response, call):
    """Labels of GET /info is null when there are none."""
    info = json_of(response)
    _replace_null(info, Labels=[])
    return with_json(response, info)


@response(PODMAN, 'GET', '/containers/{}/json')
def inspect_full_image_without_volumes(response, call):
    """Config.Image is a full name, Config.Volumes null, Config.NetworkDisabled missing, and null is in place
    of what is empty in HostConfig."""
    inspect = json_of(response)
    config, host_config = inspect.get('Config') or {}, inspect.get('HostConfig') or {}
    if config.get('Image'):
        config['Image'] = short_name(config['Image'])
    if config.get('Volumes') is None:
        config['Volumes'] = {mount['Destination']: {} for mount in inspect.get('Mounts') or ()
                             if mount.get('Type') == 'volume'} or None
    config.setdefault('NetworkDisabled', host_config.get('NetworkMode') == 'none')
    _replace_null(host_config, MaskedPaths=[], ReadonlyPaths=[])
    _replace_null(host_config.get('LogConfig'), Config={})
    return with_json(response, inspect)


@response(PODMAN, 'GET', '/events')
def events_in_words_of_podman(response, call):
    """The image of an event is a full name, and the removal of a container or an image is `remove`, in place
    of `destroy` and `delete`."""
    return with_json_items(response, _use_words_of_docker)


def _use_words_of_docker(event):
    changed = False
    name, removal = event.get('from') or '', _REMOVALS.get(event.get('Type'))
    if short_name(name) != name:
        event['from'] = short_name(name)
        changed = True
    for key in ('status', 'Action'):
        if removal and event.get(key) == 'remove':
            event[key] = removal
            changed = True
    return changed


@request(PODMAN, 'GET', '/containers/{}/logs')
def followed_logs_respond_late(call):
    """When logs are followed, the head of the response is not sent before there is a line."""
    call.deferred = call.query.get('follow') == '1'


@exchange(PODMAN, 'POST', '/containers/{}/attach')
def attach_while_it_starts(call, send):
    """An attach is refused while a container starts, and while it ends: Docker waits, and has an empty
    response, or a socket for the next start."""
    deadline = monotonic() + _START_SECONDS
    while True:
        response = send(call.copy())
        if succeeded(response) or _NOT_ATTACHABLE not in response.text:
            return response
        inspect = send(call.follow_up_inspect())
        if not succeeded(inspect) or monotonic() > deadline:
            inspect.close()
            return response
        about = json_of(inspect)
        if has_run(about) and not call.upgrade:
            return with_chunks(inspect, iter(()), 200, {})
        if (about.get('State') or {}).get('Paused'):
            return response
        time.sleep(_RETRY_SECONDS)


@exchange(PODMAN, 'POST', '/containers/{}/attach')
def attach_needs_logs_or_stream(call, send):
    """An attach without logs and stream, or to no stream, is refused, or waits for ever; Docker's response is
    empty."""
    if all(any(flag_is_set(call.query.get(name)) for name in names) for names in _NEEDED_OF_ATTACH):
        return send(call)
    inspect = send(call.follow_up_inspect())
    return with_body(inspect, _EmptyBody(iter(()), inspect), 200, {}) if succeeded(inspect) else inspect


class _EmptyBody(ChunkedBody):
    """The body of the response to an attach that attaches to nothing."""

    def detach(self):
        """Return a connected socket whose peer has closed it."""
        # Imported here, as few scripts attach to a socket.
        from docker.transport.hijack import two_way_socket
        ours, theirs = socket.socketpair()
        theirs.close()
        return two_way_socket(ours)


@request(PODMAN, 'POST', '/containers/create')
def hostname_includes_domain(call):
    """Domainname is ignored: Hostname has the domain too."""
    config = call.json
    domain = config.pop('Domainname', None)
    if domain:
        config['Hostname'] = u'{0}.{1}'.format(config.get('Hostname') or '', domain).lstrip('.')
        call.json = config


@response(PODMAN, 'GET', '/containers/{}/json')
def inspect_hostname_with_domain(response, call):
    """The Hostname of a Config includes the domain, and Domainname is empty."""
    inspect = json_of(response)
    config = inspect.get('Config')
    if config and not config.get('Domainname'):
        config['Hostname'], _, config['Domainname'] = (config.get('Hostname') or '').partition('.')
    return with_json(response, inspect)


@refusal(PODMAN, 'POST', '/containers/{}/start')
@refusal(PODMAN, 'POST', '/containers/create')
def no_links(call):
    """Links are refused."""
    if host_config_of(call, call.json).get('Links'):
        raise NotSupported('links are not supported by this engine: Podman has none. Put both containers '
                           'into one pod or network, and leave links out.')


@refusal(PODMAN, 'POST', '/containers/{}/start')
@refusal(PODMAN, 'POST', '/containers/create')
def no_ignored_fields(call):
    """Some fields of HostConfig are ignored."""
    host_config = host_config_of(call, call.json)
    for field in sorted(_IGNORED_FIELDS):
        value = host_config.get(field)
        if value and value not in _IGNORED_FIELDS[field]:
            raise NotSupported('{0} of HostConfig is not supported by this engine: Podman ignores it. Leave '
                               'it out.'.format(field))


@refusal(PODMAN, '*', '/plugins')
@refusal(PODMAN, '*', '/plugins/{}')
def no_plugins(call):
    """There are no plugins of the engine."""
    raise NotSupported('plugins are not supported by this engine: Podman has none of its own kind.')


@exchange(PODMAN, 'POST', '/containers/create')
def create_keeps_entrypoint(call, send):
    """An Entrypoint without words keeps the image's. One empty word takes it away, and the image's Cmd."""
    config = call.json
    if config.get('Entrypoint') == []:
        if not config.get('Cmd'):
            image = send(call.follow_up('GET', '/images/{0}/json', config.get('Image') or ''))
            if not succeeded(image):
                return image
            config['Cmd'] = (json_of(image).get('Config') or {}).get('Cmd')
        config['Entrypoint'] = ['']
        call.json = config
    return send(call)


@request(PODMAN, 'POST', '/containers/create')
def create_refuses_inspected_values(call):
    """Inspect has values that create refuses: ulimits such as RLIMIT_NOFILE for nofile, 0 for a
    MemorySwappiness that is not set, and null for log options that are not set."""
    config = call.json
    host_config = config.get('HostConfig') or {}
    if not host_config.get('MemorySwappiness'):
        host_config.pop('MemorySwappiness', None)
    log_config = host_config.get('LogConfig') or {}
    if log_config.get('Config', log_config) is None:
        del log_config['Config']
    for limit in host_config.get('Ulimits') or ():
        limit['Name'] = limit['Name'].replace('RLIMIT_', '').lower()
    call.json = config


@request(PODMAN, 'POST', '/images/create')
def import_ignores_tag(call):
    """An import ignores `tag`: it has to be part of `repo`."""
    query = call.query
    if query.get('fromSrc') and query.get('repo') and query.get('tag'):
        query['repo'] += ':' + query.pop('tag')


@refusal(PODMAN, 'POST', '/images/create')
def pull_is_of_one_tag(call):
    """A pull without a tag pulls latest, not all tags."""
    if call.query.get('fromImage') and not call.query.get('tag'):
        raise NotSupported('all_tags is not supported by this engine: Podman pulls one tag at a time. '
                           'Pull each tag by its name.')


@response(PODMAN, 'POST', '/images/load')
def load_reports_images_on_one_line(response, call):
    """A load reports the full names of all images at once."""
    items = []
    for _, item in items_of(response):
        head, colon, names = (item.get('stream') or '').rstrip('\n').partition(_LOADED)
        items += [dict(item, stream=_loaded(name)) for name in names.split(',')] if colon and not head else [
            item]
    lines = [json.dumps(item).encode('utf-8') + b'\n' for item in items]
    return with_chunks(response, iter(lines), response.status_code, {'Content-Type': 'application/json'})


def _loaded(name):
    """Return how Docker reports an image that was loaded: by its name, or by its id when it has none."""
    words = _LOADED.replace(':', ' ID:') if name.startswith('sha256:') else _LOADED
    return words + short_name(name) + '\n'


@request(PODMAN, 'POST', '/auth')
def registry_is_a_host(call):
    """The whole address of a registry, with scheme and path, is taken for a host name."""
    body = call.json
    body['serveraddress'] = registry_auth.registry_key(body.get('serveraddress'))
    call.json = body


@response(PODMAN, 'GET', '/containers/{}/top')
def top_joins_columns(response, call):
    """Top has all columns as one, and an empty response for a container that is not running."""
    if response.content.strip() in (b'', b'null'):
        return json_response(409, {'message': 'the container is not running'}, response)
    top = json_of(response)
    if len(top.get('Titles') or ()) == 1:
        columns = top['Titles'][0].split()
        top['Titles'] = columns
        top['Processes'] = [process[0].split(None, len(columns) - 1) if process else []
                            for process in top.get('Processes') or ()]
    return with_json(response, top)
