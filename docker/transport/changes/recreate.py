"""Starting a container with a host config on an engine whose `start` takes none.

There, a host config can only be given at creation. A container that has never run is recreated: a new one
is created next to it with the same Config, gets what the first one has besides (see carry.py and
attachments.py), takes its name, and is started; only then is the first one removed, with its anonymous
volumes. If a step fails, the new one is removed and the first is as it was. If the engine cannot be reached
for that, it is done before the next call. What a Client remembers of it is in recreated.py.
"""

import binascii
import os
import re
import time

from docker.compat import monotonic
from docker.errors import DockerException
from docker.state import has_run
from docker.transport.log import log_decision
from docker.transport.response import json_of, json_response, succeeded

# An anonymous volume as Podman lists it: with options that nobody has to give.
_ANONYMOUS_VOLUME = '[0-9a-f]{64}:.*[:,]rbind(,|$)'
# Fields of HostConfig in which an empty list is not the default.
_KEPT_IF_EMPTY = ('MaskedPaths', 'ReadonlyPaths')
# How long to retry the cleanup, in seconds, while the engine cannot be reached, before it is left for the
# next call.
_CLEANUP_SECONDS = 10
_RETRY_SECONDS = 0.1


def start_with_host_config(call, host_config, send):
    """Start the container of `call` with a HostConfig, a dict, and return the response."""
    wanted = {key: value for key, value in host_config.items() if value}
    recreated = call.recreated
    # What a container refers to, if it has not run, may have been recreated.
    if not wanted and not (recreated and recreated.not_run(call.container)):
        return _start_as_it_is(call, send)
    inspect = send(call.follow_up_inspect())
    if not succeeded(inspect):
        return inspect
    container = json_of(inspect, 'Id')['Id']
    with recreated.exclusive(recreated.original_id(container)):
        if recreated.current_id(container) != container:
            # Another thread has recreated it meanwhile.
            call.path = '/containers/{0}/start'.format(recreated.current_id(container))
            inspect = send(call.follow_up_inspect())
        return _start_exclusively(call, wanted, inspect, send) if succeeded(inspect) else inspect


def _start_as_it_is(call, send):
    response = send(call)
    if response.status_code < 400:
        call.recreated.note_start(call.container)
    return response


def _start_exclusively(call, wanted, response, send):
    inspect = json_of(response, 'Id', 'Name', 'Image', 'Config.Image', 'HostConfig', 'State.Running')
    created = inspect['HostConfig']
    if not has_run(inspect):
        # Another container that it refers to may have been recreated since.
        current = dict(created)
        use_current_ids(current, call.recreated)
        wanted = dict({key: current[key] for key in current if current[key] != created[key]}, **wanted)
    different = [key for key, value in wanted.items() if not _is_same(key, created.get(key), value)]
    if different == ['Links'] and _is_same(
            'Links', created.get('Links'), _links_by_name(wanted['Links'], call, send)):
        different = []
    if not different:
        return _start_as_it_is(call, send)
    if has_run(inspect):
        return json_response(409, {'message': (
            'container {0} has run before, with another host config than the one given to start ({1}). '
            'This engine takes a host config only when a container is created: remove the container and '
            'create it again, or start it without these').format(
                inspect['Name'].lstrip('/'), ', '.join(sorted(different)))}, response)
    return _Replacement(call, inspect, send).start(wanted)


def use_current_ids(host_config, recreated):
    """Replace the ids in the Links, VolumesFrom and modes of a HostConfig with the current ones."""
    for key in ('Links', 'VolumesFrom'):
        if host_config.get(key):
            host_config[key] = [_with_current_id(item, recreated) for item in host_config[key]]
    for key in ('NetworkMode', 'IpcMode', 'PidMode'):
        kind, _, name = (host_config.get(key) or '').partition(':')
        if kind == 'container':
            host_config[key] = 'container:' + recreated.current_id(name)


def _with_current_id(item, recreated):
    name, colon, rest = item.partition(':')
    current = recreated.current_id(name)
    # Inspect has /name:/container/alias.
    return item if current == name else current + colon + rest.rpartition('/')[2]


def _links_by_name(links, call, send):
    """Return links with the names of the containers in place of their ids."""
    by_name = []
    for link in links:
        container, _, alias = link.partition(':')
        inspect = send(call.follow_up('GET', '/containers/{0}/json', container))
        if succeeded(inspect):
            container = json_of(inspect, 'Name')['Name'].lstrip('/')
        inspect.close()
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
        self.stream = send
        self.send = _read_whole(send)
        self.old = inspect['Id']
        self.name = inspect['Name'].lstrip('/')
        self.temporary_name = '{0}-{1}'.format(
            self.name.replace('/', '-'), binascii.hexlify(os.urandom(6)).decode('ascii'))
        # Whether the creation was sent, and the id that it led to.
        self.created, self.new = False, None
        self.recreation = None
        self.attachments = call.recreated.attachments(self.old)

    def start(self, wanted):
        """Create it, give it what the first one has, start it, remove the first one; return the response to
        the start."""
        recreated = self.call.recreated
        host_config = self._host_config(wanted)
        self.recreation = recreated.begin(self.old, self.name, self.temporary_name)
        try:
            response = self._go_through_steps(host_config)
        except BaseException:
            self._give_up()
            raise
        if not succeeded(response):
            self._give_up()
            return response
        recreated.remember(self.old, self.new)
        recreated.cleanups.append(self._remove_first)
        # Another thread may have attached to the first one since.
        for attachment in self.attachments + recreated.attachments(self.old):
            attachment.go_on(self.new)
        finish_cleanup(recreated, self.send, _CLEANUP_SECONDS)
        return response

    def _go_through_steps(self, host_config):
        # Imported here, as few scripts need it.
        from docker.transport.changes.carry import Belongings, CannotCarry
        belongings = Belongings(self.call, self.inspect, host_config, self.stream)
        try:
            belongings.find()
            self.created = True
            response = self._create(belongings, host_config)
            if succeeded(response):
                belongings.carry_to(self.new)
                response = self._attach(response)
        except CannotCarry as error:
            return error.response
        for step in (self._rename_first, self._take_name, self._start):
            if not succeeded(response):
                break
            response = step()
        return response

    def _give_up(self):
        self.recreation.undone = True
        if self.created:
            self.call.recreated.cleanups.append(self.undo)
        for attachment in self.attachments:
            attachment.cancel()
        finish_cleanup(self.call.recreated, self.send, _CLEANUP_SECONDS)

    def _host_config(self, wanted):
        host_config = {key: value for key, value in self.inspect['HostConfig'].items()
                       if value not in (None, '', [], {}) or value == [] and key in _KEPT_IF_EMPTY}
        host_config['Binds'] = _without_anonymous_volumes(host_config.get('Binds'))
        host_config.update(wanted)
        if wanted.get('IpcMode', '').partition(':')[0] in ('host', 'container'):
            # Podman takes no size of a memory that is not the container's own.
            host_config.pop('ShmSize', None)
        return host_config

    def _create(self, belongings, host_config):
        config = {key: value for key, value in self.inspect['Config'].items() if value is not None}
        own_id = self.old[:12]
        if config.get('Hostname') == own_id:
            del config['Hostname']
        # Podman has it in the environment as well.
        if 'HOSTNAME=' + own_id in config.get('Env', ()):
            config['Env'] = [item for item in config['Env'] if item != 'HOSTNAME=' + own_id]
        config['Image'] = self._image()
        config['HostConfig'] = dict(host_config)
        belongings.add_to(config)
        response = self.send(self.call.follow_up(
            'POST', '/containers/create', name=self.temporary_name, json=config))
        if succeeded(response):
            self.new = json_of(response)['Id']
            self.call.recreated.created(self.recreation, self.new)
        return response

    def _image(self):
        """Return the image by the name that was given, or by its id if the name is another image's now."""
        name = self.inspect['Config']['Image']
        response = self.send(self.call.follow_up('GET', '/images/{0}/json', name))
        if succeeded(response) and json_of(response).get('Id') == self.inspect['Image']:
            return name
        return self.inspect['Image']

    def _attach(self, created):
        """Attach to it as the first one is attached to; return the response to its creation, or an error."""
        for attachment in self.attachments:
            response = attachment.prepare(self.new)
            if not succeeded(response):
                return response
        return created

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
    deadline = monotonic() + seconds
    while recreated.cleanups:
        cleanup = recreated.cleanups[-1]
        try:
            cleanup(send)
            recreated.cleanups.remove(cleanup)
        except Exception:
            if monotonic() > deadline:
                return
            time.sleep(_RETRY_SECONDS)


def _is_same(key, created, wanted):
    """Return whether a field of the HostConfig of a container is the one that is wanted."""
    if key == 'PortBindings':
        return _comparable_ports(created, wanted) == _comparable_ports(wanted, wanted)
    if key == 'SecurityOpt':
        # The engine adds one to a container that shares the host's processes or memory.
        return set(wanted) <= set(created or ()) <= set(wanted) | {'label=disable'}
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
    if key in ('CapAdd', 'CapDrop'):
        # Engines since Docker 20.10 may have NET_ADMIN as CAP_NET_ADMIN.
        return sorted(re.sub('^CAP_', '', capability.upper()) for capability in value)
    if key == 'Ulimits':
        return sorted((re.sub('^RLIMIT_', '', limit['Name'].upper()), limit.get('Soft'), limit.get('Hard'))
                      for limit in value)
    if key == 'NetworkMode':
        return 'bridge' if value in ([], 'default') else value
    if key == 'RestartPolicy':
        policy = value or {}
        return policy.get('Name') or 'no', policy.get('MaximumRetryCount') or 0
    return value


def _comparable_bind(bind):
    """Return a bind as (source, target, options), without the options that Podman adds."""
    source, _, rest = bind.partition(':')
    target, _, options = rest.partition(':')
    return source, target, sorted(set(options.split(',')) - {'', 'rw', 'rprivate', 'rbind'})
