"""Starting a container with a host config on an engine whose `start` takes none.

There, a host config can only be given at creation. A container that has never run holds no data, so it is
recreated: a new one is created next to it with the same Config, takes its name, and is started; only then
is the first one removed, with its anonymous volumes. If a step fails, the new one is removed and the first
is as it was. If the engine cannot be reached for that, it is done before the next call.

What a Client remembers of its containers is in Recreated: the original id that a caller holds and the
current one that it stands for, and for engines before API 1.15 the host config that `create` was given.
"""

import binascii
from contextlib import contextmanager
import os
import re
import threading
import time

from docker.errors import DockerException
from docker.state import has_run
from docker.transport.log import log_decision
from docker.transport.response import json_of, json_response, succeeded

_ANONYMOUS_VOLUME = '[0-9a-f]{64}:'
_MIN_ID_LENGTH = 12
# How long to retry the cleanup, in seconds, while the engine cannot be reached, before it is left for the
# next call.
_CLEANUP_SECONDS = 10
_RETRY_SECONDS = 0.1


class Recreated(object):
    """What a Client remembers of its containers. It is safe to use from several threads."""

    def __init__(self):
        self.cleanups = []
        self._current = {}
        self._original = {}
        self._host_configs = {}
        self._lock = threading.Lock()
        self._finished = threading.Condition(self._lock)
        self._starting = set()

    def __bool__(self):
        return bool(self._current)

    __nonzero__ = __bool__

    def remember(self, old, new):
        """Remember that the container `old` was recreated as `new`; both are ids."""
        with self._lock:
            original = self._original.pop(old, old)
            self._current[original] = new
            self._original[new] = original
        log_decision('Container {0} was recreated as {1}, with the host config of start', old, new)

    def forget(self, current):
        """Forget the container with this current id."""
        with self._lock:
            self._current.pop(self._original.pop(current, None), None)

    @contextmanager
    def exclusive(self, container):
        """Wait while another thread starts the same container with a host config, then exclude others."""
        with self._finished:
            while container in self._starting:
                self._finished.wait()
            self._starting.add(container)
        try:
            yield
        finally:
            with self._finished:
                self._starting.remove(container)
                self._finished.notify_all()

    def save_host_config(self, container, name, host_config):
        """Save the HostConfig that a container was created with, by its id and its name (or None)."""
        with self._lock:
            self._host_configs[container] = (name, host_config)

    def saved_host_config(self, identifier):
        """Return the HostConfig of a container, by id, short id or name; {} when none was saved."""
        with self._lock:
            matches = [host_config for container, (name, host_config) in self._host_configs.items()
                       if identifier == name or len(identifier) >= _MIN_ID_LENGTH and
                       (container.startswith(identifier) or identifier.startswith(container))]
        return matches[0] if len(matches) == 1 else {}

    def current_id(self, identifier):
        """Return the id that a container has now, by a name, an id or a short id that a caller passes."""
        if not self._current or len(identifier) < _MIN_ID_LENGTH:
            return identifier
        if identifier in self._current:
            return self._current[identifier]
        with self._lock:
            matches = [current for original, current in self._current.items()
                       if original.startswith(identifier)]
        return matches[0] if len(matches) == 1 else identifier

    def original_id(self, current):
        """Return the id that the caller holds, by the one that a container has now."""
        return self._original.get(current, current)


def start_with_host_config(call, host_config, send):
    """Start the container of `call` with a HostConfig, a dict, and return the response."""
    wanted = {key: value for key, value in host_config.items() if value}
    if not wanted:
        return send(call)
    inspect = send(call.follow_up_inspect())
    if not succeeded(inspect):
        return inspect
    recreated = call.recreated
    container = json_of(inspect, 'Id')['Id']
    with recreated.exclusive(recreated.original_id(container)):
        if recreated.current_id(container) != container:
            # Another thread has recreated it meanwhile.
            call.path = '/containers/{0}/start'.format(recreated.current_id(container))
            inspect = send(call.follow_up_inspect())
        return _start_exclusively(call, wanted, inspect, send) if succeeded(inspect) else inspect


def _start_exclusively(call, wanted, response, send):
    inspect = json_of(response, 'Id', 'Name', 'Image', 'Config.Image', 'HostConfig', 'State.Running')
    created = inspect['HostConfig']
    different = [key for key, value in wanted.items() if not _is_same(key, created.get(key), value)]
    if different == ['Links'] and _is_same(
            'Links', created.get('Links'), _links_by_name(wanted['Links'], call, send)):
        different = []
    if not different:
        return send(call)
    if has_run(inspect):
        return json_response(409, {'message': (
            'container {0} has run before, with another host config than the one given to start ({1}). '
            'This engine takes a host config only when a container is created: remove the container and '
            'create it again, or start it without these').format(
                inspect['Name'].lstrip('/'), ', '.join(sorted(different)))}, response)
    return _Replacement(call, inspect, send).start(wanted)


def _links_by_name(links, call, send):
    """Return links with the names of the containers in place of their ids."""
    by_name = []
    for link in links:
        container, _, alias = link.partition(':')
        inspect = send(call.follow_up('GET', '/containers/{0}/json', container))
        if succeeded(inspect):
            container = json_of(inspect, 'Name')['Name'].lstrip('/')
        by_name.append('{0}:{1}'.format(container, alias or container))
    return by_name


class _Replacement(object):
    """The container that replaces one that never ran.

    :param call: the start of the container.
    :param inspect: what inspect returned for the container, a dict.
    :param send: sends a call.
    """

    def __init__(self, call, inspect, send):
        self.call = call
        self.inspect = inspect
        self.send = _read_whole(send)
        self.old = inspect['Id']
        self.name = inspect['Name'].lstrip('/')
        self.temporary_name = '{0}-{1}'.format(
            self.name.replace('/', '-'), binascii.hexlify(os.urandom(6)).decode('ascii'))
        self.new = None

    def start(self, wanted):
        """Create it, give it the name, start it, remove the first one; return the response to the start."""
        recreated = self.call.recreated
        try:
            response = self._create(wanted)
            for step in (self._rename_first, self._take_name, self._start):
                if not succeeded(response):
                    break
                response = step()
        except BaseException:
            recreated.cleanups.append(self.undo)
            finish_cleanup(recreated, self.send, _CLEANUP_SECONDS)
            raise
        if not succeeded(response):
            recreated.cleanups.append(self.undo)
        else:
            recreated.remember(self.old, self.new)
            recreated.cleanups.append(self._remove_first)
        finish_cleanup(recreated, self.send, _CLEANUP_SECONDS)
        return response

    def _create(self, wanted):
        config = {key: value for key, value in self.inspect['Config'].items() if value is not None}
        own_id = self.old[:12]
        if config.get('Hostname') == own_id:
            del config['Hostname']
        # Podman has it in the environment as well.
        if 'HOSTNAME=' + own_id in config.get('Env', ()):
            config['Env'] = [item for item in config['Env'] if item != 'HOSTNAME=' + own_id]
        config['Image'] = self._image()
        host_config = {key: value for key, value in self.inspect['HostConfig'].items()
                       if value not in (None, '', [], {})}
        host_config['Binds'] = _without_anonymous_volumes(host_config.get('Binds'))
        host_config.update(wanted)
        config['HostConfig'] = host_config
        response = self.send(self.call.follow_up(
            'POST', '/containers/create', name=self.temporary_name, json=config))
        if succeeded(response):
            self.new = json_of(response)['Id']
        return response

    def _image(self):
        """Return the image by the name that was given, or by its id if the name is another image's now."""
        name = self.inspect['Config']['Image']
        response = self.send(self.call.follow_up('GET', '/images/{0}/json', name))
        if succeeded(response) and json_of(response).get('Id') == self.inspect['Image']:
            return name
        return self.inspect['Image']

    def _rename(self, container, name):
        return self.send(self.call.follow_up('POST', '/containers/{0}/rename', container, name=name))

    def _rename_first(self):
        return self._rename(self.old, self.temporary_name + '-first')

    def _take_name(self):
        return self._rename(self.new, self.name)

    def _start(self):
        return self.send(self.call.follow_up('POST', '/containers/{0}/start', self.new))

    def undo(self, send):
        """Remove what was created, and give the first container its name again."""
        log_decision('The recreation of container {0} is undone', self.old)
        self.send = _read_whole(send)
        for name in filter(None, (self.new, self.temporary_name)):
            _expect_success(self._remove(name), 404)
        response = self.send(self.call.follow_up('GET', '/containers/{0}/json', self.old))
        _expect_success(response, 404)
        if succeeded(response) and json_of(response, 'Name')['Name'].lstrip('/') != self.name:
            _expect_success(self._rename(self.old, self.name))

    def _remove(self, name):
        return self.send(self.call.follow_up('DELETE', '/containers/{0}', name, v='1', force='1'))

    def _remove_first(self, send):
        self.send = _read_whole(send)
        _expect_success(self._remove(self.old), 404)


def _read_whole(send):
    """Return a `send` that reads each response, so that its connection can be used again."""
    def send_and_read(call):
        response = send(call)
        response.content
        return response
    return send_and_read


class _CleanupFailed(DockerException):
    """A step of the cleanup was refused."""


def _expect_success(response, *also):
    if not succeeded(response) and response.status_code not in also:
        raise _CleanupFailed(response.text)


def finish_cleanup(recreated, send, seconds=0):
    """Do the cleanup that is pending, for at most so many seconds; the rest stays pending."""
    deadline = time.time() + seconds
    while recreated.cleanups:
        cleanup = recreated.cleanups[-1]
        try:
            cleanup(send)
            recreated.cleanups.remove(cleanup)
        except Exception:
            if time.time() > deadline:
                return
            time.sleep(_RETRY_SECONDS)


def _is_same(key, created, wanted):
    """Return whether a field of the HostConfig of a container is the one that is wanted."""
    if key == 'PortBindings':
        return _comparable_ports(created, wanted) == _comparable_ports(wanted, wanted)
    return _comparable(key, created) == _comparable(key, wanted)


def _comparable_ports(port_bindings, wanted):
    """Return PortBindings in a form to compare. Podman's have the port that it chose where none is wanted."""
    def host_port(binding):
        port = binding.get('HostPort') or ''
        return port.strip('0') and port

    return {port: sorted((binding.get('HostIp') or '',
                          host_port(binding) if any(map(host_port, (wanted or {}).get(port) or ())) else '')
                         for binding in bindings)
            for port, bindings in (port_bindings or {}).items() if bindings}


def _without_anonymous_volumes(binds):
    """Return Binds without the anonymous volumes, which Podman lists among them."""
    return [bind for bind in binds or () if not re.match(_ANONYMOUS_VOLUME, bind)]


def _comparable(key, value):
    value = value or []
    if key == 'Links':
        # Inspect has /name:/container/alias.
        return sorted((link.partition(':')[0].lstrip('/'), re.split('[:/]', link)[-1]) for link in value)
    if key == 'Binds':
        return sorted(map(_comparable_bind, _without_anonymous_volumes(value)))
    return value


def _comparable_bind(bind):
    """Return a bind as (source, target, options), without the options that Podman adds."""
    source, _, rest = bind.partition(':')
    target, _, options = rest.partition(':')
    return source, target, sorted(set(options.split(',')) - {'', 'rw', 'rprivate', 'rbind'})
