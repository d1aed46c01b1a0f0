"""Remote API 1.7 (Docker 0.7, November 2013)."""

import re

from docker.compat import to_native_string
from docker.errors import NotSupported
from docker.transport.changes.change import exchange, request, response
from docker.transport.changes.fields import add_missing, image_configs
from docker.transport.response import json_of, succeeded, with_chunks, with_json

_NO_NAME = '<none>'
_TRUTHS = ('Debug', 'MemoryLimit', 'SwapLimit', 'IPv4Forwarding')
# Of a missing container it says 'No such container'.
_NO_SUCH_VOLUME = 'No such id: '


@request((1, 7), 'POST', '/containers/create', everywhere=True)
def privileged_in_host_config(call):
    """Privileged of POST /containers/create is a field of HostConfig."""
    config = call.json
    if config.pop('Privileged', None):
        config['HostConfig'] = dict({'Privileged': True}, **config.get('HostConfig') or {})
    call.json = config


def _before_1_7(spoken, newest):
    return newest < (1, 7)


@request((1, 7), 'POST', '/containers/create', when=_before_1_7)
def privileged_in_config(call):
    """Privileged of POST /containers/create is a field of HostConfig; before, of Config."""
    config = call.json
    host_config = config.pop('HostConfig', None) or {}
    if host_config.pop('Privileged', None):
        config['Privileged'] = True
    if host_config:
        config['HostConfig'] = host_config
    call.json = config


@exchange((1, 7), 'POST', '/containers/{}/start', when=_before_1_7)
def start_honours_privileged_and_publish_all_ports(call, send):
    """POST /containers/{id}/start honours Privileged and PublishAllPorts; before, the first can be set at
    creation only, and in place of the second the client publishes each exposed port."""
    saved = call.recreated.saved_host_config(to_native_string(call.container))
    host_config = dict(saved, **call.json)
    privileged, publish = host_config.pop('Privileged', None), host_config.pop('PublishAllPorts', None)
    if privileged or publish:
        inspect = send(call.follow_up_inspect())
        if not succeeded(inspect):
            return inspect
        config = json_of(inspect).get('Config') or {}
        if privileged and not config.get('Privileged'):
            raise NotSupported('privileged is not supported by this engine when a container is started: '
                               'create the container with host_config={\'Privileged\': True}.')
        if publish:
            bindings = {port: [{'HostIp': '', 'HostPort': ''}] for port in config.get('ExposedPorts') or ()}
            host_config['PortBindings'] = dict(bindings, **host_config.get('PortBindings') or {})
        call.json = host_config
    return send(call)


@exchange((1, 7), 'DELETE', '/containers/{}', when=_before_1_7)
def remove_of_a_container_with_a_bind(call, send):
    """DELETE /containers/{id} with `v` succeeds for a container with a bind; before, it removes the
    container, and is a 404 that names the bind."""
    response = send(call)
    if response.status_code == 404 and call.query.get('v') == '1' and re.match(
            _NO_SUCH_VOLUME, response.text):
        inspect = send(call.follow_up('GET', call.path + '/json'))
        inspect.close()
        if inspect.status_code == 404:
            return with_chunks(response, iter(()), 204, {})
    return response


@response((1, 7), 'GET', '/images/json')
def one_entry_per_image(response, call):
    """GET /images/json has one entry for each image, with RepoTags, in place of one for each tag."""
    entries = []
    for image in json_of(response):
        tags = _tags_of(image)
        entries.append(image)
        for tag in tags[1:]:
            entries.append(_with_name(dict(image), tag))
        if tags:
            _with_name(image, tags[0])
    return with_json(response, entries)


def _tags_of(image):
    """Return the names of an image that have a tag. Docker 29 has names with a digest among them."""
    return [name for name in image.get('RepoTags') or () if not name.startswith(_NO_NAME) and '@' not in name]


def _with_name(image, name):
    """Set the name of an entry in its two parts, and return the entry."""
    image['Repository'], _, image['Tag'] = name.rpartition(':')
    return image


@response((1, 7), 'GET', '/images/json', everywhere=True)
def image_without_a_name(response, call):
    """GET /images/json has <none> as Repository and Tag of an image without a name; before, neither."""
    images = json_of(response)
    for image in images:
        if image.get('Repository') == _NO_NAME:
            del image['Repository']
            image.pop('Tag', None)
    return with_json(response, images)


@exchange((1, 7), 'GET', '/images/viz')
def images_viz_is_removed(call, send):
    """GET /images/viz is removed: the client draws the graph from the list of all images."""
    response = send(call.follow_up('GET', '/images/json', all='1'))
    if not succeeded(response):
        return response
    return with_chunks(response, iter([image_graph(json_of(response)).encode('utf-8')]), 200,
                       {'Content-Type': 'text/plain; charset=utf-8'})


def image_graph(images):
    """Return the graph of images as Docker 0.6 drew it, in the language of Graphviz.

    :param images: a list of dicts with Id, ParentId and RepoTags.
    """
    lines = [u'digraph docker {']
    for image in images:
        parent = image.get('ParentId')
        if parent:
            lines.append(u' "{0}" -> "{1}"'.format(_short_id(parent), _short_id(image['Id'])))
        else:
            lines.append(u' base -> "{0}" [style=invis]'.format(_short_id(image['Id'])))
    for image in images:
        tags = _tags_of(image)
        if tags:
            lines.append(u' "{0}" [label="{1}",shape=box,fillcolor="paleturquoise",'
                         u'style="filled,rounded"];'.format(
                             _short_id(image['Id']), u'\\n'.join([_short_id(image['Id'])] + tags)))
    lines.extend([u' base [style=invisible]', u'}', u''])
    return u'\n'.join(lines)


def _short_id(image_id):
    return image_id.partition(':')[2][:12] or image_id[:12]


@response((1, 7), 'GET', '/images/search', everywhere=True)
def search_results_in_lower_case(response, call):
    """GET /images/search has name and description in lower case."""
    results = json_of(response)
    for image in results:
        image.setdefault('Name', image.get('name'))
        image.setdefault('Description', image.get('description'))
    return with_json(response, results)


@response((1, 7), 'GET', '/info', everywhere=True)
def info_has_numbers_for_truths(response, call):
    """GET /info has 0 and 1 for false and true, until 1.19."""
    info = json_of(response)
    info.update((name, bool(info[name])) for name in _TRUTHS if name in info)
    return with_json(response, info)


@response((1, 7), 'GET', '/containers/{}/json', everywhere=True)
def inspect_privileged(response, call):
    """GET /containers/{id}/json has Privileged in HostConfig in place of Config."""
    inspect = json_of(response)
    privileged = (inspect.get('HostConfig') or {}).get('Privileged', False)
    add_missing(inspect.get('Config'), {'Privileged': privileged})
    return with_json(response, inspect)


@response((1, 7), 'GET', '/images/{}/json', everywhere=True)
def inspect_image_privileged(response, call):
    """GET /images/{name}/json has no Privileged in the configs of an image."""
    inspect = json_of(response)
    for config in image_configs(inspect):
        add_missing(config, {'Privileged': False})
    return with_json(response, inspect)
