"""Podman's commit, which takes instructions of a Dockerfile in place of a Config."""

import json

import six

from docker.errors import NotSupported
from docker.transport.changes.change import PODMAN, refusal, request

# The fields of a Config that become instructions, with a JSON or a plain value.
_JSON_INSTRUCTIONS = {'Cmd': 'CMD', 'Entrypoint': 'ENTRYPOINT'}
_TEXT_INSTRUCTIONS = {'User': 'USER', 'WorkingDir': 'WORKDIR', 'StopSignal': 'STOPSIGNAL'}
_LIST_INSTRUCTIONS = ('Env', 'ExposedPorts', 'Volumes', 'Labels')
# What a Config of a container has, and is nothing to the containers of an image: programs send what an
# inspect returned.
_OF_CONTAINERS = ('ArgsEscaped', 'AttachStderr', 'AttachStdin', 'AttachStdout', 'Domainname', 'Hostname',
                  'Image', 'MacAddress', 'NetworkDisabled', 'OpenStdin', 'StdinOnce', 'Tty')


@refusal(PODMAN, 'POST', '/commit')
def commit_has_some_fields(call):
    """A commit ignores Config, and has no instructions for some of its fields."""
    config = call.json
    for field in sorted(set(config).difference(
            _JSON_INSTRUCTIONS, _TEXT_INSTRUCTIONS, _LIST_INSTRUCTIONS, _OF_CONTAINERS)):
        if config[field]:
            raise NotSupported('{0} of conf is not supported by this engine: a commit with Podman ignores '
                               'it. Leave it out, or build the image.'.format(field))
    labels = config.get('Labels') or {}
    if not isinstance(labels, dict) or any(not key or '=' in key for key in labels):
        raise NotSupported('Labels of conf are not supported by this engine unless they are a dict of names '
                           'without "=": a commit with Podman has no others. Leave them out.')
    for field, lines in sorted(_instructions(config).items()):
        if any('\n' in line for line in lines):
            raise NotSupported('{0} of conf with an end of line in it is not supported by this engine: a '
                               'commit with Podman takes one line for each. Leave it out, or build the '
                               'image.'.format(field))


@request(PODMAN, 'POST', '/commit')
def commit_takes_instructions(call):
    """A commit ignores Config, but applies instructions of a Dockerfile."""
    lines = [line for _, lines in sorted(_instructions(call.json).items()) for line in lines]
    if lines:
        given = call.query.get('changes')
        lines = [u'\n'.join(lines).encode('utf-8')] + ([six.ensure_binary(given)] if given else [])
        call.query['changes'] = b'\n'.join(lines)


def _instructions(config):
    """Return the instructions for the fields of a Config: a dict of names to lists of text."""
    lines = {}
    for field, instruction in _JSON_INSTRUCTIONS.items():
        value = config.get(field)
        if value or field == 'Entrypoint' and value == []:
            words = [value] if isinstance(value, six.string_types) else value
            lines[field] = [u'{0} {1}'.format(instruction, json.dumps(words))]
    for field, instruction in _TEXT_INSTRUCTIONS.items():
        if config.get(field):
            lines[field] = [u'{0} {1}'.format(instruction, config[field])]
    lines['Env'] = [_env(u'{0}'.format(item)) for item in config.get('Env') or ()]
    lines['ExposedPorts'] = [u'EXPOSE {0}'.format(port) for port in config.get('ExposedPorts') or ()]
    lines['Volumes'] = [u'VOLUME {0}'.format(json.dumps([path])) for path in config.get('Volumes') or ()]
    # One pair of quotes is taken away; within it nothing is, and nothing has to be escaped.
    lines['Labels'] = [u'LABEL "{0}"="{1}"'.format(key, value)
                       for key, value in sorted((config.get('Labels') or {}).items())]
    return lines


def _env(item):
    key, is_equal, value = item.partition('=')
    return u'ENV {0}="{1}"'.format(key, value) if is_equal else u'ENV {0}'.format(item)
