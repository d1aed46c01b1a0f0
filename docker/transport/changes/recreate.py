"""Starting a container with a host config on an engine whose `start` takes none.

A host config can only be given at creation there. A container that never ran holds no data, so it
is created again: a new one is made beside it with the same Config, takes its name, is started, and
only then the first one is removed, with its anonymous volumes. Whatever fails on the way, the new
one is removed and the first is as it was. When the engine cannot even be reached for that, it is
done before the next call that reaches it.

What a Client remembers of its containers is Recreated: the id that a caller holds and the one that
it stands for now, and for engines before API 1.15 the host config that `create` was given.
"""

import binascii
from contextlib import contextmanager
import os
import re
import threading
import time

from docker.errors import DockerException
from docker.transport.message import has_run, said, succeeded, value_of

ANONYMOUS = '[0-9a-f]{64}:'
SHORTEST_ID = 12
# How long to go on undoing while the engine cannot be reached, in seconds, before it is left for
# the next call.
PATIENCE = 10
PAUSE = 0.1


class Recreated(object):
    """What a Client remembers of its containers."""

    def __init__(self):
        self.undone = []
        self._now = {}
        self._held = {}
        self._hosts = {}
        self._lock = threading.Lock()
        self._in_turn = threading.Condition(self._lock)
        self._starting = set()

    def __bool__(self):
        return bool(self._now)

    __nonzero__ = __bool__

    def remember(self, old, new):
        """`new` is the id of what `old` was; an older id that stood for `old` stands for it too."""
        with self._lock:
            first = self._held.pop(old, old)
            self._now[first] = new
            self._held[new] = first

    @contextmanager
    def turn(self, container):
        """Waits while another thread starts the same container with a host config."""
        with self._in_turn:
            while container in self._starting:
                self._in_turn.wait()
            self._starting.add(container)
        try:
            yield
        finally:
            with self._in_turn:
                self._starting.remove(container)
                self._in_turn.notify_all()

    def forget(self, new):
        with self._lock:
            self._now.pop(self._held.pop(new, None), None)

    def keep(self, container, name, host):
        """Keep the HostConfig that `container` (its id) was created with."""
        with self._lock:
            self._hosts[container] = (name, host)

    def kept(self, said):
        """The HostConfig of the container that a caller calls so; {} when none was kept."""
        with self._lock:
            found = [host for container, (name, host) in self._hosts.items()
                     if said == name or len(said) >= SHORTEST_ID and
                     (container.startswith(said) or said.startswith(container))]
        return found[0] if len(found) == 1 else {}

    def now(self, name):
        """The id that a container has now, for a name, an id or a short id that a caller says."""
        if not self._now or len(name) < SHORTEST_ID:
            return name
        if name in self._now:
            return self._now[name]
        with self._lock:
            found = [new for first, new in self._now.items() if first.startswith(name)]
        return found[0] if len(found) == 1 else name

    def held(self, new):
        """The id that the caller holds, for the one that a container has now."""
        return self._held.get(new, new)


def start(call, host, send):
    """Start the container of `call` with a HostConfig (a dict)."""
    wanted = {key: value for key, value in host.items() if value}
    if not wanted:
        return send(call)
    inspect = inspected(call, send)
    if not succeeded(inspect):
        return inspect
    memory = call.recreated
    container = value_of(inspect)['Id']
    with memory.turn(memory.held(container)):
        if memory.now(container) != container:
            # Another thread has created it anew meanwhile.
            call.path = '/containers/{0}/start'.format(memory.now(container))
            inspect = inspected(call, send)
        return start_in_turn(call, wanted, inspect, send) if succeeded(inspect) else inspect


def inspected(call, send):
    return send(call.to('GET', call.path[:-len('start')] + 'json'))


def start_in_turn(call, wanted, inspect, send):
    about = value_of(inspect)
    has = about['HostConfig']
    different = [key for key, value in wanted.items() if not same(key, has.get(key), value)]
    if different == ['Links'] and same('Links', has.get('Links'), by_name(wanted['Links'], call, send)):
        different = []
    if not different:
        return send(call)
    if has_run(about):
        return said(409, {'message': (
            'container {0} has run before, with another host config than the one that start was given ({1}). '
            'This engine takes a host config only when a container is created: remove the container and '
            'create it again, or start it without these').format(
                about['Name'].lstrip('/'), ', '.join(sorted(different)))}, inspect)
    return Replacement(call, about, send).start(wanted)


def by_name(links, call, send):
    """Links that say each container by its name, for one that was given by its id."""
    named = []
    for link in links:
        container, _, alias = link.partition(':')
        inspect = send(call.to('GET', '/containers/{0}/json', container))
        if succeeded(inspect):
            container = value_of(inspect)['Name'].lstrip('/')
        named.append('{0}:{1}'.format(container, alias or container))
    return named


class Replacement(object):
    """The container that takes the place of one that never ran (`about`, as inspect tells it)."""

    def __init__(self, call, about, send):
        self.call = call
        self.about = about
        self.send = read_whole(send)
        self.old = about['Id']
        self.name = about['Name'].lstrip('/')
        self.beside = '{0}-{1}'.format(
            self.name.replace('/', '-'), binascii.hexlify(os.urandom(6)).decode('ascii'))
        self.new = None

    def start(self, wanted):
        """Create it, give it the name, start it, remove the first one; the answer of the start."""
        memory = self.call.recreated
        try:
            answer = self._create(wanted)
            for step in (self._park_the_first, self._take_its_name, self._start):
                if not succeeded(answer):
                    break
                answer = step()
        except BaseException:
            memory.undone.append(self.undo)
            clean_up(memory, self.send, PATIENCE)
            raise
        if not succeeded(answer):
            memory.undone.append(self.undo)
        else:
            memory.remember(self.old, self.new)
            memory.undone.append(self._remove_the_first)
        clean_up(memory, self.send, PATIENCE)
        return answer

    def _create(self, wanted):
        config = {key: value for key, value in self.about['Config'].items() if value is not None}
        own = self.old[:12]
        if config.get('Hostname') == own:
            del config['Hostname']
        # Podman tells it in the environment as well.
        if 'HOSTNAME=' + own in config.get('Env', ()):
            config['Env'] = [item for item in config['Env'] if item != 'HOSTNAME=' + own]
        config['Image'] = self._image()
        host = {key: value for key, value in self.about['HostConfig'].items()
                if value not in (None, '', [], {})}
        host['Binds'] = own_binds(host.get('Binds'))
        host.update(wanted)
        config['HostConfig'] = host
        answer = self.send(self.call.to('POST', '/containers/create', name=self.beside, json=config))
        if succeeded(answer):
            self.new = value_of(answer)['Id']
        return answer

    def _image(self):
        """The image by the name that was said, or by its id when the name has moved on to
        another."""
        name = self.about['Config']['Image']
        answer = self.send(self.call.to('GET', '/images/{0}/json', name))
        if succeeded(answer) and value_of(answer)['Id'] == self.about['Image']:
            return name
        return self.about['Image']

    def _rename(self, container, name):
        return self.send(self.call.to('POST', '/containers/{0}/rename', container, name=name))

    def _park_the_first(self):
        return self._rename(self.old, self.beside + '-first')

    def _take_its_name(self):
        return self._rename(self.new, self.name)

    def _start(self):
        return self.send(self.call.to('POST', '/containers/{0}/start', self.new))

    def undo(self, send):
        """Remove what was created, and give the first container its name again."""
        self.send = read_whole(send)
        for name in filter(None, (self.new, self.beside)):
            done(self._remove(name), 404)
        answer = self.send(self.call.to('GET', '/containers/{0}/json', self.old))
        done(answer, 404)
        if succeeded(answer) and value_of(answer)['Name'].lstrip('/') != self.name:
            done(self._rename(self.old, self.name))

    def _remove(self, name):
        return self.send(self.call.to('DELETE', '/containers/{0}', name, v='1', force='1'))

    def _remove_the_first(self, send):
        self.send = read_whole(send)
        done(self._remove(self.old), 404)


def read_whole(send):
    """A `send` whose answers are read, so that their connection can be used again."""
    def sent(call):
        answer = send(call)
        answer.content
        return answer
    return sent


class NotDone(DockerException):
    """A step of cleaning up was refused."""


def done(answer, *also):
    if not succeeded(answer) and answer.status_code not in also:
        raise NotDone(answer.text)


def clean_up(memory, send, patience=0):
    """Do what is still to be undone; what cannot be is kept for the next time."""
    until = time.time() + patience
    while memory.undone:
        undo = memory.undone[-1]
        try:
            undo(send)
            memory.undone.remove(undo)
        except Exception:
            if time.time() > until:
                return
            time.sleep(PAUSE)


def same(key, has, wanted):
    """Whether a field of a HostConfig that a container has is the one that is wanted."""
    if key == 'PortBindings':
        return ports(has, wanted) == ports(wanted, wanted)
    return comparable(key, has) == comparable(key, wanted)


def ports(bindings, wanted):
    """PortBindings to compare. Podman tells the port that it chose where none is wanted."""
    def port_of(binding):
        port = binding.get('HostPort') or ''
        return port.strip('0') and port

    return {port: sorted((binding.get('HostIp') or '',
                          port_of(binding) if any(map(port_of, (wanted or {}).get(port) or ())) else '')
                         for binding in told)
            for port, told in (bindings or {}).items() if told}


def own_binds(binds):
    """The Binds without the anonymous volumes, which Podman tells among them."""
    return [bind for bind in binds or () if not re.match(ANONYMOUS, bind)]


def comparable(key, value):
    value = value or []
    if key == 'Links':
        # Inspect tells /name:/container/alias.
        return sorted((link.partition(':')[0].lstrip('/'), re.split('[:/]', link)[-1]) for link in value)
    if key == 'Binds':
        return sorted(map(comparable_bind, own_binds(value)))
    return value


def comparable_bind(bind):
    """A bind as (source, target, options); of these Podman tells some that are always so."""
    source, _, rest = bind.partition(':')
    target, _, options = rest.partition(':')
    return source, target, sorted(set(options.split(',')) - {'', 'rw', 'rprivate', 'rbind'})
