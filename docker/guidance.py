"""What was meant by a name that there is not: an argument, an attribute of a Client, one of the module.

It is imported after a mistake alone. Which call takes an argument is read from the signatures. The tables
have the words of the docker command, of requests and of the Docker SDK for Python, which are no names here.
"""

import inspect
import opcode
import re

import six

from docker.validation import nearest, short_repr

# What a name of the docker command or of another client is here.
_ATTRIBUTES = {
    'api': 'a docker.Client has the calls itself, such as containers()',
    'attach_container': 'attach() returns output, attach_socket() a socket',
    'container': 'containers() lists containers, inspect_container() shows one',
    'cp': 'get_archive() copies out of a container, put_archive() into it',
    'create': 'create_container() creates a container',
    'exec_run': 'exec_create() and exec_start() run a command in a container',
    'exec': 'exec_create() and exec_start() run a command in a container',
    'execute': 'exec_create() and exec_start() run a command in a container',
    'get_container': 'inspect_container() shows a container',
    'image': 'images() lists images, inspect_image() shows one',
    'inspect': 'inspect_container(), inspect_image(), inspect_network() and inspect_volume() show one',
    'load': 'load_image() loads an archive of images',
    'list': 'containers() lists containers, images() images',
    'list_containers': 'containers() lists containers',
    'list_images': 'images() lists images',
    'ls': 'containers() lists containers, images() images',
    'network': 'networks() lists networks, inspect_network() shows one',
    'node': 'nodes() lists nodes, inspect_node() shows one',
    'plugin': 'plugins() lists plugins, inspect_plugin() shows one',
    'prune': 'prune_containers(), prune_images(), prune_networks() and prune_volumes() remove unused ones',
    'ps': 'containers() lists containers',
    'remove': 'remove_container() removes a container, remove_image() an image',
    'rm': 'remove_container() removes a container',
    'rmi': 'remove_image() removes an image',
    'run': 'create_container() and start() run a container',
    'save': 'get_image() returns the archive of an image',
    'secret': 'secrets() lists secrets, inspect_secret() shows one',
    'service': 'services() lists services, inspect_service() shows one',
    'system': 'info(), version(), df() and events() are about the engine',
    'update': 'update_container() changes the limits of a container',
    'volume': 'volumes() lists volumes, inspect_volume() shows one',
}
_A_CLIENT = "docker.Client(version='auto')"
_A_CONTEXT = 'DOCKER_CONTEXT, or `docker context use`, with docker.Client()'
# Names of the Docker SDK for Python in its module, and what is used here.
_NAMES_OF_THE_SDK = {
    'APIClient': _A_CLIENT, 'DockerClient': _A_CLIENT, 'Context': _A_CONTEXT, 'ContextAPI': _A_CONTEXT,
    'TLSConfig': 'docker.tls.TLSConfig', 'models': 'the calls of ' + _A_CLIENT}
# What an argument of the docker command or of another client is called here, where a call has it.
_ARGUMENTS = {
    'cmd': 'command', 'cwd': 'working_dir', 'directory': 'path', 'env_vars': 'environment',
    'envs': 'environment', 'force_rm': 'forcerm', 'hostconfig': 'host_config', 'interactive': 'stdin_open',
    'net': 'network_mode', 'network': 'network_mode', 'publish': 'port_bindings', 'repo': 'repository',
    'restart': 'restart_policy', 'sig': 'signal', 'tag_name': 'tag', 'time': 'timeout', 'volumes': 'v',
    'workdir': 'working_dir'}
# The calls that take arguments of the same subject: who mixes them up means one of these.
_OF_CONTAINERS = ('create_container', 'start', 'create_host_config')
_VERBS = {
    'DELETE': ('remove_container', 'remove_image', 'remove_network', 'remove_volume'),
    'GET': ('inspect_container', 'inspect_image', 'get_archive', 'get_image'),
    'HEAD': ('inspect_container', 'inspect_image'),
    'OPTIONS': ('info', 'version'),
    'PATCH': ('update_container', 'rename'),
    'POST': ('start', 'stop', 'create_container', 'commit'),
    'PUT': ('put_archive',),
}
# Nearer than this a word is a typo, also if another call has an argument of that very name.
_TYPO = 0.85


def explain_arguments(function, kwargs, message, functions):
    """Return what is wrong with the arguments of a call.

    :param function: the function of the call, which has not begun.
    :param kwargs: its arguments by name, a dict.
    :param message: what Python has to say of them.
    :param functions: the functions that may have been meant, by their names.
    """
    call = 'docker.Client' if function.__name__ == '__init__' else function.__name__
    parameters = inspect.signature(function).parameters
    unknown = [name for name in kwargs if name not in parameters]
    if not unknown or any(item.kind == item.VAR_KEYWORD for item in parameters.values()):
        return re.sub(r'^[\w.<>]+\(\)', call + '()', message)
    return '{0}() got an unexpected keyword argument {1!r}{2}'.format(
        call, unknown[0], _hint_for_argument(
            unknown[0], call, [key for key in parameters if key != 'self'], functions))


def _hint_for_argument(name, call, own, functions):
    other = _ARGUMENTS.get(name.lower())
    places = _places_of(name, call, functions)
    found = nearest(name, own, _TYPO)
    if found or other in own:
        return ': did you mean {0}?'.format(found or other)
    if places:
        return ': it is an argument of {0}'.format(_listed(places))
    places = _places_of(other, call, functions)
    if places:
        return ': did you mean {0}, an argument of {1}?'.format(other, _listed(places))
    found = nearest(name, own) or _begins_with(name, own)
    if found:
        return ': did you mean {0}?'.format(found)
    return '; it takes {0}'.format(', '.join(own) or 'none') if len(own) < 10 else ''


def _places_of(name, call, functions):
    """Return the names of the calls with an argument of a name: at most three, those of its subject first."""
    places = [place for place, function in sorted(functions.items())
              if not place.startswith('_') and name in inspect.signature(function).parameters]
    if call in _OF_CONTAINERS:
        places = [place for place in _OF_CONTAINERS if place in places and place != call] or places
    return places if len(places) <= 3 else []


def _begins_with(beginning, names):
    found = [name for name in names if len(beginning) > 2 and name.startswith(beginning.lower())]
    return found[0] if len(found) == 1 else None


def explain_attribute(kind, name):
    """Return what is meant by an attribute that a Client has not.

    :param kind: the class of the Client.
    :param name: the name of the attribute.
    """
    text = '{0!r} object has no attribute {1!r}'.format(kind.__name__, name)
    if name.startswith('_'):
        return text
    calls = [call for call in dir(kind) if not call.startswith('_')]
    if name.lower() in _ATTRIBUTES:
        return '{0}: {1}'.format(text, _ATTRIBUTES[name.lower()])
    # Words in another order, such as container_create.
    turned = [call for call in calls if sorted(call.split('_')) == sorted(name.lower().split('_'))]
    found = turned[0] if turned else nearest(name, calls)
    return '{0}: did you mean {1}?'.format(text, found) if found else text


def no_module_attribute(name, names, frame):
    """Return the error for an attribute that the module has not.

    :param name: the name of the attribute.
    :param names: the names that the module has, and shows.
    :param frame: the frame that asks for it: the error for ``from docker import name`` is an ImportError.
    """
    hint = '' if name.startswith('_') else _hint_for_module(name, names)
    if hint and _is_import(frame):
        return ImportError("cannot import name {0!r} from 'docker'{1}".format(name, hint))
    error = AttributeError("module 'docker' has no attribute {0!r}{1}".format(name, hint))
    # Python 3.10 and later would suggest a name of their own.
    error.obj = None
    return error


def _hint_for_module(name, names):
    if name in _NAMES_OF_THE_SDK:
        return (': it is a name of the Docker SDK for Python, another distribution (docker on PyPI); this is '
                'docker-py: use {0}, see docs/moving.md'.format(_NAMES_OF_THE_SDK[name]))
    found = nearest(name, names)
    return ': did you mean docker.{0}?'.format(found) if found else ''


def _is_import(frame):
    """Return whether a frame executes ``from ... import ...``: it drops all errors but its own otherwise."""
    code, position = frame.f_code.co_code, frame.f_lasti
    return 0 <= position < len(code) and code[position] == opcode.opmap.get('IMPORT_FROM')


def explain_url(method, url):
    """Return what is wrong with a request of a user's own whose URL has no scheme.

    :param method: such as ``'DELETE'``.
    :param url: what was given as the URL.
    """
    if not isinstance(url, six.string_types):
        given = 'a value of type {0}'.format(type(url).__name__)
    else:
        # There may be a password in front of the host.
        given = 'text without a scheme' if '@' in url else short_repr(url)
    text = '{0}() is of requests.Session and takes a URL, not {1}'.format(str(method).lower(), given)
    if isinstance(url, six.string_types) and url.startswith('/'):
        return "{0}: did you mean client.base_url + {1}?".format(text, given)
    calls = ['{0}()'.format(call) for call in _VERBS.get(str(method).upper(), ())]
    return '{0}: did you mean {1}?'.format(text, _listed(calls, 'or')) if calls else text


def _listed(words, last='and'):
    words = list(words)
    if len(words) < 2:
        return ''.join(words)
    return '{0} {1} {2}'.format(', '.join(words[:-1]), last, words[-1])


__all__ = ['explain_arguments', 'explain_attribute', 'explain_url', 'no_module_attribute']
