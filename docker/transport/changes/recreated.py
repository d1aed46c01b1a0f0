"""What a Client remembers of containers: which have not run, and what `start` recreated them as."""

from collections import OrderedDict
from contextlib import contextmanager
import threading
import weakref

from docker.transport.log import log_decision
from docker.transport.response import HIDDEN

_MIN_ID_LENGTH = 12
# How many containers that have not run, and how many that were recreated and removed since, are remembered.
_MAX_REMEMBERED = 1000
# The types of events that may name a container, and are about something else.
_OTHER_EVENTS = ('network', 'volume', 'image')
# The events of a removal: Docker's, and Podman's.
_REMOVAL = ('destroy', 'remove')


class Recreation(object):
    """A container that takes the place of another one.

    :param first: the id of the container that it replaces.
    :param original: the id that the caller holds.
    :param name: the name that it takes.
    :param temporary_name: its name until then.

    `new` is its id, once it is created; `undone` is set before it is removed because a step has failed.
    """

    def __init__(self, first, original, name, temporary_name):
        self.first = first
        self.original = original
        self.name = name
        self.temporary_names = (temporary_name, temporary_name + '-first')
        self.new = None
        self.undone = False
        self.removed = False
        # The times of the first event of the recreation, and of the one after copying.
        self._begin = self._end = None

    def hides(self, container, action, event, attributes):
        """Return whether an event of one of the two containers is about the recreation itself."""
        names = {(attributes.get(key) or '').lstrip('/') for key in ('name', 'oldName')}
        if names.intersection(self.temporary_names):
            self._see(action, event.get('timeNano', 0))
            return True
        if action == 'rename':
            # Podman has no oldName.
            return 'oldName' not in attributes and attributes.get('name') == self.name
        if container == self.first:
            return action == 'archive-path' and self._is_copying(event.get('timeNano', 0))
        return self.undone and action in _REMOVAL

    def _see(self, action, time):
        if action == 'create':
            self._begin = time
        elif action == 'rename' or action in _REMOVAL:
            self._end = min(time, self._end or time)

    def _is_copying(self, time):
        return self._begin is not None and self._begin <= time <= (self._end or time)


class Recreated(object):
    """What a Client remembers of its containers. It is safe to use from several threads."""

    def __init__(self):
        self.cleanups = []
        self._current = {}
        self._original = {}
        self._host_configs = {}
        self._endpoints = OrderedDict()
        self._not_run = OrderedDict()
        self._attachments = []
        self._recreations = []
        self._by_container = {}
        self._by_temporary_name = {}
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
            for container in (old, new):
                self._not_run.pop(container, None)
        log_decision('Container {0} was recreated as {1}, with the host config of start', old, new)

    def forget(self, current):
        """Forget the container with this current id. Its events still come."""
        with self._lock:
            self._current.pop(self._original.pop(current, None), None)
            self._not_run.pop(current, None)
            self._endpoints.pop(current, None)
            for recreation in self._by_container.get(current, ()):
                recreation.removed = True

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
        # The links of another container follow the renaming of the first one.
        recreation = self._by_temporary_name.get(identifier.lstrip('/'))
        if recreation and recreation.new and not recreation.undone:
            return recreation.new
        with self._lock:
            matches = [current for original, current in self._current.items()
                       if original.startswith(identifier)]
        return matches[0] if len(matches) == 1 else identifier

    def original_id(self, current):
        """Return the id that the caller holds, by the one that a container has now."""
        return self._original.get(current, current)

    def save_endpoints(self, container, endpoints):
        """Save the EndpointsConfig that a container was created with, by its id."""
        with self._lock:
            self._endpoints[container] = endpoints
            if len(self._endpoints) > _MAX_REMEMBERED:
                self._endpoints.popitem(last=False)

    def saved_endpoints(self, container):
        """Return the EndpointsConfig of a container, by its id; {} when none was saved."""
        return self._endpoints.get(container, {})

    # Containers that have not run, and what is attached to them

    def note(self, container, name, has_run):
        """Remember whether a container has run, by its id and its name (or None)."""
        if has_run and container not in self._not_run:
            return
        with self._lock:
            self._not_run.pop(container, None)
            if not has_run:
                self._not_run[container] = name
                if len(self._not_run) > _MAX_REMEMBERED:
                    self._not_run.popitem(last=False)

    def not_run(self, identifier):
        """Return the id of a container that has not run, by id, short id or name; None if none is known."""
        if not self._not_run:
            return None
        with self._lock:
            matches = [container for container, name in self._not_run.items()
                       if identifier == name or
                       len(identifier) >= _MIN_ID_LENGTH and container.startswith(identifier)]
        return matches[0] if len(matches) == 1 else None

    def note_start(self, identifier):
        """Remember that a container was started, by id, short id or name."""
        container = self.not_run(identifier)
        if container is not None:
            self.note(container, None, True)

    def add_attachment(self, attachment):
        """Remember an Attachment for as long as it exists."""
        with self._lock:
            self._attachments = [each for each in self._attachments if each() is not None and each().open]
            self._attachments.append(weakref.ref(attachment))

    def attachments(self, container):
        """Return the open Attachments to a container, by its id."""
        with self._lock:
            attachments = [each() for each in self._attachments]
        return [each for each in attachments if each and each.container == container and each.open]

    # Events

    @property
    def has_events(self):
        """Whether there was a recreation, whose events are not the caller's."""
        return bool(self._recreations)

    def begin(self, first, name, temporary_name):
        """Return the Recreation of a container, to be set up as it goes on."""
        recreation = Recreation(first, self.original_id(first), name, temporary_name)
        with self._lock:
            self._recreations.append(recreation)
            self._by_container.setdefault(first, []).append(recreation)
            self._by_temporary_name.update(dict.fromkeys(recreation.temporary_names, recreation))
            past = [each for each in self._recreations if each.removed or each.undone]
            for each in past[:-_MAX_REMEMBERED]:
                self._recreations.remove(each)
                for name in each.temporary_names:
                    del self._by_temporary_name[name]
                for container in {each.first, each.new} & set(self._by_container):
                    self._by_container[container].remove(each)
        return recreation

    def created(self, recreation, new):
        """Set the id of the container that replaces another one."""
        with self._lock:
            recreation.new = new
            self._by_container.setdefault(new, []).append(recreation)

    def show_event(self, event):
        """Change an event to one with the id that the caller holds.

        :returns: whether it was changed, or HIDDEN for one of a recreation.
        """
        actor = event.get('Actor') or {}
        attributes = actor.get('Attributes') or {}
        container = event.get('id', actor.get('ID'))
        action = event.get('status', event.get('Action'))
        # The event of a creation may come before its response.
        created = self._by_temporary_name.get(attributes.get('name'))
        recreations = [created] if created else self._by_container.get(container, ())
        if event.get('Type') not in _OTHER_EVENTS:
            if any(each.hides(container, action, event, attributes) for each in recreations):
                return HIDDEN
        # Docker's events of networks and volumes have it as an attribute, those of Podman's networks as id.
        return any([self._show_id(event, 'id'), self._show_id(actor, 'ID'),
                    self._show_id(attributes, 'container')])

    def _show_id(self, part, key):
        recreations = self._by_container.get(part.get(key), ())
        originals = [each.original for each in recreations if each.new == part[key]]
        if originals:
            part[key] = originals[0]
        return bool(originals)
