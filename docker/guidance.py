"""What was meant by a name that there is not: an argument, an attribute of a Client, one of the module.

It is imported after a mistake alone. Which call takes an argument is read from the signatures. The tables
have the words of the docker command, of requests and of the Docker SDK for Python, which are no names here.
"""

import inspect
import opcode
import re

import requests
import six

from docker.validation import nearest, short_repr

# What a name of the docker command or of another client is here.
_ATTRIBUTES = {
    'api': 'a docker.Client has the calls itself, such as containers()',
    'attach_container': 'attach() returns output, attach_socket() a socket',
    'container': 'containers() lists containers, inspect_container() shows one',
    'cp': 'copy_from_container() copies out of a container, copy_to_container() into it',
    'create': 'create_container() creates a container',
    'create_image': 'build() builds an image, pull() pulls one, commit() creates one of a container',
    'download': 'pull() pulls an image, copy_from_container() copies out of a container',
    'get_container': 'inspect_container() shows a container',
    'id': 'info() has the ID of the engine, containers() those of containers',
    'image': 'images() lists images, inspect_image() shows one',
    'inspect': 'inspect_container(), inspect_image(), inspect_network() and inspect_volume() show one',
    'load': 'load_image() loads an archive of images',
    'list': 'containers() lists containers, images() images',
    'ls': 'containers() lists containers, images() images',
    'network': 'networks() lists networks, inspect_network() shows one',
    'node': 'nodes() lists nodes, inspect_node() shows one',
    'plugin': 'plugins() lists plugins, inspect_plugin() shows one',
    'prune': 'prune_containers(), prune_images(), prune_networks() and prune_volumes() remove unused ones',
    'ps': 'containers() lists containers',
    'remove': 'remove_container() removes a container, remove_image() an image',
    'rm': 'remove_container() removes a container',
    'rmi': 'remove_image() removes an image',
    'scale': 'update_service() changes how many tasks a service has',
    'secret': 'secrets() lists secrets, inspect_secret() shows one',
    'service': 'services() lists services, inspect_service() shows one',
    'state': 'inspect_container() shows the State of a container',
    'status': 'inspect_container() shows the State of a container',
    'swarm': 'init_swarm() creates a swarm, inspect_swarm() shows it',
    'system': 'info(), version(), df() and events() are about the engine',
    'update': 'update_container() changes the limits of a container',
    'upload': 'push() pushes an image, copy_to_container() copies into a container',
    'volume': 'volumes() lists volumes, inspect_volume() shows one',
}
# What of a Session may be meant.
_OF_SESSION = ('auth', 'cert', 'close', 'cookies', 'headers', 'hooks', 'proxies', 'verify')
# The words of calls, for those of other clients; and what they leave out: 'stop_container' is stop().
_WORDS = {
    'add': 'create', 'del': 'remove', 'delete': 'remove', 'destroy': 'remove', 'describe': 'inspect',
    'get': 'inspect', 'log': 'logs', 'new': 'create', 'rm': 'remove', 'show': 'inspect'}
_LEFT_OUT = (('docker',), ('all', 'fetch', 'get', 'list', 'ls', 'show'),
             ('container', 'containers', 'image', 'images'))
_A_CLIENT = "docker.Client(version='auto')"
_A_CONTEXT = 'DOCKER_CONTEXT, or `docker context use`, with docker.Client()'
# Names of the Docker SDK for Python in its module, and what is used here.
_NAMES_OF_THE_SDK = {
    'APIClient': _A_CLIENT, 'DockerClient': _A_CLIENT, 'Context': _A_CONTEXT, 'ContextAPI': _A_CONTEXT,
    'TLSConfig': 'docker.tls.TLSConfig', 'models': 'the calls of ' + _A_CLIENT}
# What an argument of the docker command or of another client is called here: the first one that the call has.
_ARGUMENTS = {
    'add_host': 'extra_hosts', 'address': 'base_url', 'api_version': 'version', 'autoremove': 'auto_remove',
    'cap': 'cap_add', 'capabilities': 'cap_add', 'cert_path': 'tls', 'cmd': 'command', 'context': 'path',
    'cpus': 'nano_cpus', 'cpuset': 'cpuset_cpus', 'cwd': 'working_dir workdir', 'd': 'detach',
    'daemon': 'detach', 'directory': 'path', 'e': 'environment', 'env_vars': 'environment',
    'envs': 'environment', 'expose': 'ports', 'exposed_ports': 'ports', 'f': 'force follow dockerfile',
    'file': 'dockerfile', 'force_rm': 'forcerm', 'gpus': 'device_requests', 'h': 'hostname',
    'host': 'base_url', 'hosts': 'extra_hosts', 'hostconfig': 'host_config', 'i': 'stdin_open stdin',
    'id': 'container image', 'interactive': 'stdin_open stdin input', 'ip': 'ipv4_address', 'ipc': 'ipc_mode',
    'last': 'limit', 'lines': 'tail', 'log_driver': 'log_config', 'logging': 'log_config',
    'm': 'mem_limit message', 'mem': 'mem_limit', 'memory': 'mem_limit', 'memory_swap': 'memswap_limit',
    'n': 'tail limit', 'name': 'container image', 'net': 'network_mode', 'network': 'network_mode',
    'networks': 'networking_config', 'p': 'port_bindings', 'pid': 'pid_mode', 'publish': 'port_bindings',
    'q': 'quiet', 'remove': 'auto_remove rm', 'repo': 'repository', 'resource_id': 'container image',
    'restart': 'restart_policy', 'rm': 'auto_remove remove', 'sig': 'signal', 'socket': 'base_url',
    'stdin': 'stdin_open', 'subnet': 'ipam', 't': 'tag tty timeout', 'tag_name': 'tag', 'time': 'timeout',
    'tls_verify': 'tls', 'u': 'user', 'url': 'base_url registry', 'userns': 'userns_mode',
    'v': 'binds', 'verify': 'tls', 'volume': 'volumes binds', 'volumes': 'v', 'w': 'working_dir workdir',
    'workdir': 'working_dir', 'working_dir': 'workdir'}
_OF_FROM_ENV = ('assert_hostname', 'environment', 'ssl_version')
# What publishes and mounts, where what only names them is given.
_INSTEAD = {'ports': 'port_bindings', 'volumes': 'binds'}
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
# What the lists of objects are filtered by, some of it.
_FILTERS = {
    'containers': 'ancestor exited expose health id label name network publish status volume',
    'events': 'container event image label network type volume',
    'images': 'dangling label reference',
    'networks': 'driver label scope type',
    'nodes': 'id label membership name role',
    'services': 'id label mode name',
    'tasks': 'id label name node service',
    'volumes': 'dangling driver label name',
}
# What is given in place of a Client when a call is taken from the class.
_NO_CLIENTS = (type(None), bytes, dict, int, list, tuple) + six.string_types
# Nearer than this a word is a typo, also if another call has an argument of that very name; and what is
# less near than the other is another word: a wrong hint is worse than none.
_TYPO, _NEAR, _NEAR_CALL = 0.85, 0.72, 0.75


def explain_arguments(function, arguments, kwargs, message, functions):
    """Return what is wrong with the arguments of a call.

    :param function: the function of the call, which has not begun.
    :param arguments: its positional arguments, a tuple.
    :param kwargs: its arguments by name, a dict.
    :param message: what Python has to say of them.
    :param functions: the functions that may have been meant, by their names.
    """
    call = function.__name__
    if call == '__init__':
        kind = type(arguments[0])
        call = 'docker.Client' if issubclass(kind, requests.Session) else kind.__name__
    parameters = inspect.signature(function).parameters
    in_place = (arguments or [None])[0]
    if function.__name__ == call and list(parameters)[:1] == ['self'] and isinstance(in_place, _NO_CLIENTS):
        return '{0}() is called on a Client: did you mean docker.Client().{0}(...)?'.format(call)
    unknown = [name for name in kwargs if name not in parameters]
    if not unknown or any(item.kind == item.VAR_KEYWORD for item in parameters.values()):
        return re.sub(r'^[\w.<>]+\(\)', call + '()', message)
    return '{0}() got an unexpected keyword argument {1!r}{2}'.format(
        call, unknown[0], hint_for_argument(
            unknown[0], call, [key for key in parameters if key != 'self'], functions))


def hint_for_argument(name, call, own, functions):
    """Return what was meant by an argument that a call has not, as text that follows the message.

    :param name: its name.
    :param call: that of the call.
    :param own: the arguments that it has, a list.
    :param functions: the functions that may have been meant, by their names.
    """
    found = nearest(name, _OF_FROM_ENV, _TYPO) if call == 'docker.Client' else None
    if found:
        return (': it is an argument of from_env' if found == name else
                ': did you mean {0}, an argument of from_env?'.format(found))
    others = _ARGUMENTS.get(name.lower(), '').split()
    found = nearest(name, own, _TYPO) or next((other for other in others if other in own), None)
    if found:
        return ': did you mean {0}?'.format(found)
    if name in _FILTERS.get(call, '').split():
        return ': did you mean filters={{{0!r}: ...}}?'.format(name)
    hint = _hint_of_others(name, others, call, functions)
    if hint:
        return hint
    found = nearest(name, own, _NEAR) or _begins_with(name, own)
    if found:
        return ': did you mean {0}?'.format(found)
    return '; it takes {0}'.format(', '.join(own) or 'none') if len(own) < 10 else ''


def _hint_of_others(name, others, call, functions):
    """Return the hint at the other calls that have an argument, or, of the same subject, one of `others`."""
    names = [name] + others if call in _OF_CONTAINERS else []
    found = next(((other, places) for other in names
                  for places in [_places_of(other, call, _OF_CONTAINERS, functions)] if places), None)
    if found and found[0] != name:
        return ': did you mean {0}, an argument of {1}?'.format(found[0], _listed(found[1]))
    places = found[1] if found else _places_of(name, call, sorted(functions), functions)
    # A name that many calls have says nothing; and no call is meant by an argument of the class.
    if not 1 <= len(places) <= 3 or call == 'docker.Client':
        return ''
    instead = _INSTEAD.get(name) if found else None
    return ': it is an argument of {0}{1}'.format(
        _listed(places), '; did you mean {0}?'.format(instead) if instead else '')


def _places_of(name, call, calls, functions):
    """Return those of some calls, besides one, that have an argument of a name."""
    return [place for place in calls if place != call and not place.startswith('_') and
            place in functions and name in inspect.signature(functions[place]).parameters]


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
    if name.lower() in _ATTRIBUTES:
        return '{0}: {1}'.format(text, _ATTRIBUTES[name.lower()])
    of_session = set(dir(requests.Session)).difference(_OF_SESSION)
    found = _call_meant(name.lower(), [
        call for call in dir(kind) if not call.startswith('_') and call not in of_session])
    return '{0}: did you mean {1}?'.format(text, found) if found else text


def _call_meant(name, calls):
    """Return the one of some calls that is meant by another name, in lower case; None when none is."""
    words = [word for word in name.split('_') if word]
    ours = [_WORDS.get(word, word) for word in words]
    # In another order, such as container_create; in other words; with words that calls leave out.
    wordings = [words, ours] + [[word for word in words if word not in left_out] for left_out in _LEFT_OUT]
    for wording in wordings + [[word + 's' for word in wordings[-2]]]:
        found = [call for call in calls if sorted(call.split('_')) == sorted(wording)]
        if found:
            return found[0]
    # Two letters in the wrong order come before other letters.
    found = next((call for call in calls if sorted(call) == sorted(name)), None)
    found = found or nearest('_'.join(ours), calls, _NEAR_CALL)
    if found and _is_typo('_'.join(ours), found):
        return found
    longer = [call for call in calls if len(words) > 1 and call.endswith('_' + name)]
    found = _begins_with(name, calls) or (longer[0] if len(longer) == 1 else None)
    if found:
        return found
    return words[0] if words and words[0] in calls else None


def _is_typo(name, call):
    """Return whether a name that is like that of a call has no other word in it."""
    pairs = list(zip(name.split('_'), call.split('_')))
    if name.count('_') != call.count('_'):
        pairs = [(name, call)]
    return all(one[0:1] == other[0] and nearest(one, [other], _NEAR) for one, other in pairs)


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


__all__ = [
    'explain_arguments', 'explain_attribute', 'explain_url', 'hint_for_argument', 'no_module_attribute']
