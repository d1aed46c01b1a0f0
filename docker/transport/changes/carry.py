"""What a container that has not run has besides its configuration: networks, files and volumes.

Its endpoints in networks are in its inspect. The files that were put into it are those that its changes list,
and what is in its anonymous volumes; they are copied as archives, piece by piece. What cannot be carried over
is a Conflict.
"""

import itertools
import json
import posixpath
import re

from docker.errors import error_for
from docker.transport.response import chunks_of, json_of, json_response, succeeded

_ANONYMOUS_VOLUME = '[0-9a-f]{64}$'
# What of an endpoint is set by who connects the container. The rest is set by the engine.
_ENDPOINT_FIELDS = ('IPAMConfig', 'Links', 'Aliases', 'DriverOpts', 'MacAddress', 'GwPriority')
_DEFAULT_NETWORKS = ('bridge', 'podman', 'host', 'none')
_ADDED, _DELETED = 1, 2
_TAR_BLOCK = 512
_TAR_DIRECTORY = b'5'
# The types of the entries of an archive that belong to the one that follows.
_TAR_EXTENSIONS = (b'x', b'g', b'L', b'K')


class CannotCarry(Exception):
    """The first container has what the new one cannot get; `response` is the Conflict that names it."""

    def __init__(self, response):
        super(CannotCarry, self).__init__(response)
        self.response = response


class Belongings(object):
    """What is carried over from a container that has not run to the one that replaces it.

    :param call: the start of the container.
    :param inspect: what inspect returned for the container, a dict.
    :param host_config: the HostConfig of the new container, a dict.
    :param send: sends a call.

    Each of its methods raises CannotCarry.
    """

    def __init__(self, call, inspect, host_config, send):
        self.id = inspect['Id']
        self._call = call
        self._send = send
        self._name = inspect['Name'].lstrip('/')
        self._config = inspect['Config']
        self._volumes_from = [item.split(':')[0] for item in host_config.get('VolumesFrom') or ()]
        self._mode = host_config.get('NetworkMode') or ''
        same_mode = self._mode == (inspect['HostConfig'].get('NetworkMode') or '')
        self._networks = _endpoints(inspect) if same_mode else None
        self._targets = _targets(host_config)
        mounts = inspect.get('Mounts') or ()
        self._mounts = self._targets.union(posixpath.normpath(mount['Destination']) for mount in mounts)
        self._volumes = [mount for mount in mounts if self._is_anonymous(mount)]
        self._shared = []
        self._changes = []

    def find(self):
        """Find out what there is to carry, before the new container is created."""
        response = self._read(self._call.follow_up('GET', '/containers/{0}/changes', self.id))
        if not succeeded(response):
            raise CannotCarry(response)
        self._changes = json_of(response) or []
        for change in self._changes:
            path = change['Path']
            if change['Kind'] == _DELETED:
                raise self._conflict(path + ', which was deleted in it', response)
            if any(_is_below(path, target) for target in self._targets):
                raise self._conflict(path + ', where something is mounted now', response)
        if self._volumes:
            self._find_shared_volumes()

    def _find_shared_volumes(self):
        names = [mount['Name'] for mount in self._volumes]
        response = self._request('its volumes', 'GET', '/containers/json', all='1',
                                 filters=json.dumps({'volume': names}))
        others = [container for container in json_of(response) if container['Id'] != self.id]
        given = [container for container in others if self._gives_volumes(container)]
        used, kept = ({mount.get('Name') for container in each for mount in container.get('Mounts') or ()}
                      for each in (others, given))
        self._shared = [mount for mount in self._volumes if mount['Name'] in used - kept]

    def _gives_volumes(self, container):
        """Return whether a container, as a list has it, is in VolumesFrom."""
        names = container.get('Names') or ()
        return any('/' + item.lstrip('/') in names or container['Id'].startswith(item)
                   for item in self._volumes_from)

    def add_to(self, config):
        """Add to the body of a creation what can be set there."""
        # A volume that another container uses too stays the same one.
        shared = ['{0}:{1}'.format(mount['Name'], mount['Destination']) for mount in self._shared]
        config['HostConfig']['Binds'] = config['HostConfig']['Binds'] + shared
        name = self._primary_network()
        if (self._networks or {}).get(name):
            config['NetworkingConfig'] = {'EndpointsConfig': {name: self._networks[name]}}

    def carry_to(self, new):
        """Give it to the new container, by its id."""
        if self._networks_are_plain() and not self._volumes:
            self._copy_changes(new)
            return
        inspect = json_of(self._request('what it has', 'GET', '/containers/{0}/json', new))
        if not self._networks_are_plain():
            self._connect(new, _endpoints(inspect) or {})
        self._copy_changes(new)
        mounted = {mount.get('Destination'): mount for mount in inspect.get('Mounts') or ()}
        for volume in self._volumes:
            path = volume['Destination']
            if mounted.get(path, {}).get('Name') != volume['Name']:
                self._copy(posixpath.join(path, '.'), new, path)

    # Networks

    def _primary_network(self):
        """Return the name of the network that a creation connects a container with this mode to."""
        if self._mode in (self._networks or ()) or self._mode not in ('', 'default', 'bridge'):
            return self._mode
        return next((name for name in _DEFAULT_NETWORKS if name in (self._networks or ())), None)

    def _networks_are_plain(self):
        """Return whether a creation with the same mode alone leads to the same networks."""
        if (self._networks is None or self._mode.startswith('container:') or
                self._config.get('NetworkDisabled')):
            return True
        return list(self._networks.items()) in [
            [(name, {})] for name in _DEFAULT_NETWORKS + (self._mode,)]

    def _connect(self, new, networks):
        for name in sorted(networks):
            if networks[name] != self._networks.get(name):
                self._request('its networks without ' + name, 'POST', '/networks/{0}/disconnect', name,
                              json={'Container': new, 'Force': True})
                del networks[name]
        for name in sorted(set(self._networks) - set(networks)):
            self._request('its network ' + name, 'POST', '/networks/{0}/connect', name,
                          json={'Container': new, 'EndpointConfig': self._networks[name]})

    # Files

    def _is_anonymous(self, mount):
        # There is no Type before API 1.26.
        return (mount.get('Type', 'volume') == 'volume' and
                re.match(_ANONYMOUS_VOLUME, mount.get('Name') or '') and
                mount.get('RW', True) and posixpath.normpath(mount['Destination']) not in self._targets)

    def _copy_changes(self, new):
        trees, modified = [], []
        for change in sorted(self._changes, key=lambda change: change['Path']):
            path = change['Path']
            if path == '/' or path in self._mounts or any(_is_below(path, tree) for tree in trees):
                continue
            holds_mount = any(_is_below(mount, path) for mount in self._mounts)
            (trees if change['Kind'] == _ADDED and not holds_mount else modified).append(path)
        # Directories come after what is in them, so that their times are the same too.
        for path in trees + modified[::-1]:
            self._copy(path, new, posixpath.dirname(path), path in trees)

    def _copy(self, path, new, target, whole=True):
        """Copy a path into a directory of the new container.

        :param whole: True for a directory with what is in it, else it is the directory alone.
        """
        what = path[:-2] if path.endswith('/.') else path
        response = self._send(self._archive('GET', self.id, path))
        try:
            self._check(response, what)
            chunks = iter(chunks_of(response))
            kind, entry, received = _first_entry(chunks)
            put = self._archive('PUT', new, target)
            if kind == _TAR_DIRECTORY and not whole:
                put.body = entry + b'\0' * 2 * _TAR_BLOCK
            else:
                put.body = itertools.chain([received], chunks)
            put.content_type = 'application/x-tar'
            self._check(self._read(put), what)
        finally:
            response.close()

    # Requests

    def _archive(self, method, container, path):
        call = self._call.follow_up(method, '/containers/{0}/archive', container)
        call.query['path'] = path.encode('utf-8')
        return call

    def _request(self, what, method, path, *names, **query):
        return self._check(self._read(self._call.follow_up(method, path, *names, **query)), what)

    def _read(self, call):
        """Send a call and read its response, so that the connection can be used again."""
        response = self._send(call)
        response.content
        return response

    def _check(self, response, what):
        if succeeded(response):
            return response
        if response.status_code >= 500:
            raise CannotCarry(response)
        raise self._conflict('{0}: {1}'.format(what, error_for(response).explanation), response)

    def _conflict(self, what, response):
        return CannotCarry(json_response(409, {'message': (
            'container {0} cannot be recreated with the host config that was given to start, as this cannot '
            'be carried over: {1}. This engine takes a host config only when a container is created').format(
                self._name, what)}, response))


def _endpoints(inspect):
    """Return what was set of each endpoint of a container, by the name of its network; None if unknown."""
    networks = (inspect.get('NetworkSettings') or {}).get('Networks')
    if networks is None:
        return None
    return {name: _settings_of(endpoint or {}, inspect['Id']) for name, endpoint in networks.items()}


def _settings_of(endpoint, container):
    settings = {key: endpoint[key] for key in _ENDPOINT_FIELDS if endpoint.get(key)}
    # The engine adds the short id.
    aliases = [alias for alias in settings.pop('Aliases', ()) if alias != container[:12]]
    return dict(settings, Aliases=aliases) if aliases else settings


def _targets(host_config):
    """Return the paths in a container where a HostConfig mounts something."""
    targets = [bind.split(':')[1] for bind in host_config.get('Binds') or () if ':' in bind]
    targets += [mount.get('Target') for mount in host_config.get('Mounts') or ()]
    targets += host_config.get('Tmpfs') or ()
    return {posixpath.normpath(target) for target in targets if target}


def _is_below(path, folder):
    return path.startswith(folder.rstrip('/') + '/') and path != folder


def _first_entry(chunks):
    """Read the first entry of a tar archive.

    :returns: its type (b'' if there is none), its header, and all that was read of the chunks.
    """
    data, end = b'', 0
    while True:
        while len(data) < end + _TAR_BLOCK:
            chunk = next(chunks, b'')
            if not chunk:
                return b'', b'', data
            data += chunk
        block = data[end:end + _TAR_BLOCK]
        end += _TAR_BLOCK
        if block[156:157] not in _TAR_EXTENSIONS:
            return block[156:157], data[:end], data
        size = int(block[124:136].strip(b'\0 ') or b'0', 8)
        end += -(-size // _TAR_BLOCK) * _TAR_BLOCK
