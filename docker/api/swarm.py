"""Swarm mode: init, join, leave, update, unlock."""

from docker.service_values import convert_choice, convert_int, convert_list, convert_version
from docker.session import EngineSession
from docker.validation import (
    check_json_dict, check_nonempty_text, check_text, is_text, query_flag, without_none)

_LISTEN_ADDRESS = '0.0.0.0:2377'
_AVAILABILITIES = ('active', 'pause', 'drain')
# Docker 1.12, and later engines: the node is not part of a swarm.
_IN_NO_SWARM = (406, 503)


class SwarmCalls(EngineSession):
    """The calls about the swarm that the engine is a node of."""

    def create_swarm_spec(self, *args, **kwargs):
        """Return the settings of a swarm, for `init_swarm` and `update_swarm`. Nothing is sent.

        :param args: those of `docker.types.SwarmSpec`.
        :param kwargs: likewise.
        :returns: a `docker.types.SwarmSpec`, a dict.
        :raises TypeError, ValueError: as `docker.types.SwarmSpec` does.

        Part of the body of `POST /swarm/init`

            >>> spec = client.create_swarm_spec(task_history_retention_limit=2, node_cert_expiry='720h')
        """
        # Imported here, as few scripts speak to a swarm.
        from docker.swarm_config import SwarmSpec
        return SwarmSpec(*args, **kwargs)

    def init_swarm(self, advertise_addr=None, listen_addr=_LISTEN_ADDRESS, force_new_cluster=False,
                   swarm_spec=None, default_addr_pool=None, subnet_size=None, data_path_addr=None,
                   data_path_port=None, availability=None):
        """Create a swarm, with this engine as its first manager.

        :param advertise_addr: the address by which other nodes reach this one, as text: an address or an
            interface, with or without a port. None if the host has only one.
        :param listen_addr: where it listens for other managers, as text: ``'0.0.0.0:2377'``.
        :param force_new_cluster: True to create a new swarm from the state of this node, after the other
            managers were lost.
        :param swarm_spec: the settings, as `create_swarm_spec` returns them.
        :param default_addr_pool: the subnets for overlay networks: a list of text such as ``'10.10.0.0/16'``
            (since API 1.39).
        :param subnet_size: the size of their subnets, an int such as 24, up to 32 (since API 1.39).
        :param data_path_addr: the address for the traffic of containers, as text (since API 1.31).
        :param data_path_port: its UDP port, an int of 0 to 65535, 0 for 4789 (since API 1.40).
        :param availability: of this node: ``'active'``, ``'pause'`` or ``'drain'`` (since API 1.25).
        :returns: the id of the node, as text.
        :raises docker.errors.APIError: when it is part of a swarm, or has several addresses and none is
            given.
        :raises docker.errors.NotSupported: on engines before API 1.24, and with Podman.

        `POST /swarm/init`, since API 1.24

            >>> client.init_swarm('192.0.2.10')
        """
        body = {
            'AdvertiseAddr': _check_address(advertise_addr, 'advertise_addr'),
            'ListenAddr': _check_address(listen_addr, 'listen_addr') or _LISTEN_ADDRESS,
            'ForceNewCluster': bool(force_new_cluster),
            'Spec': None if swarm_spec is None else check_json_dict(swarm_spec, 'swarm_spec'),
            'DefaultAddrPool': convert_list(default_addr_pool, 'default_addr_pool', check_nonempty_text),
            'SubnetSize': convert_int(subnet_size, 'subnet_size', 0, 32),
            'DataPathAddr': _check_address(data_path_addr, 'data_path_addr'),
            'DataPathPort': convert_int(data_path_port, 'data_path_port', 0, 65535),
            'Availability': convert_choice(availability, 'availability', _AVAILABILITIES),
        }
        return self._json(self._post_json_with_credentials(self._url('/swarm/init'), without_none(body)))

    def inspect_swarm(self):
        """Return the details of the swarm. Only managers know them.

        :returns: a dict: ID, Version (Index), CreatedAt, UpdatedAt, Spec (the settings), JoinTokens (Worker
            and Manager), and more.
        :raises docker.errors.APIError: when the engine is no manager.

        `GET /swarm`, since API 1.24

            >>> token = client.inspect_swarm()['JoinTokens']['Worker']
        """
        return self._get_json(self._url('/swarm'))

    def join_swarm(self, remote_addrs, join_token, listen_addr=None, advertise_addr=None,
                   data_path_addr=None, availability=None):
        """Make the engine a node of a swarm.

        :param remote_addrs: the addresses of managers: a list of text such as ``'192.0.2.10:2377'``.
        :param join_token: JoinTokens.Worker of `inspect_swarm` of a manager, or JoinTokens.Manager to become
            a manager too. No error and no log shows it.
        :param listen_addr: as in `init_swarm`; None for ``'0.0.0.0:2377'``.
        :param advertise_addr: as in `init_swarm`.
        :param data_path_addr: as in `init_swarm` (since API 1.31).
        :param availability: as in `init_swarm` (since API 1.25).
        :returns: True.
        :raises docker.errors.APIError: when it is part of a swarm, and when no manager responds.

        `POST /swarm/join`, since API 1.24

            >>> worker.join_swarm(['192.0.2.10:2377'], client.inspect_swarm()['JoinTokens']['Worker'])
        """
        body = {
            'RemoteAddrs': convert_list(remote_addrs, 'remote_addrs', check_nonempty_text),
            'JoinToken': _check_secret(join_token, 'join_token'),
            'ListenAddr': _check_address(listen_addr, 'listen_addr') or _LISTEN_ADDRESS,
            'AdvertiseAddr': _check_address(advertise_addr, 'advertise_addr'),
            'DataPathAddr': _check_address(data_path_addr, 'data_path_addr'),
            'Availability': convert_choice(availability, 'availability', _AVAILABILITIES),
        }
        if not body['RemoteAddrs']:
            raise ValueError('remote_addrs takes the address of at least one manager')
        self._checked(self._post_json_with_credentials(self._url('/swarm/join'), without_none(body)))
        return True

    def leave_swarm(self, force=False):
        """Make the engine leave its swarm. Its tasks end.

        :param force: True also for a manager, and when the engine is part of no swarm, which is then no
            error. With the last manager the swarm is lost.
        :returns: True.
        :raises docker.errors.APIError: without `force`, when the engine is a manager or part of no swarm.

        `POST /swarm/leave`, since API 1.24

            >>> client.leave_swarm(force=True)
        """
        response = self._post(self._url('/swarm/leave'), params={'force': query_flag(force)})
        if force and response.status_code in _IN_NO_SWARM:
            response.close()
        else:
            self._checked(response)
        return True

    def update_swarm(self, version, swarm_spec=None, rotate_worker_token=False, rotate_manager_token=False,
                     rotate_manager_unlock_key=False):
        """Change the settings of the swarm, or its tokens.

        :param version: Version of `inspect_swarm`: its Index, an int, or the dict. If the swarm was changed
            since, the engine refuses the update.
        :param swarm_spec: the settings, as `create_swarm_spec` returns them. They replace all of Spec: change
            the one that `inspect_swarm` returns. None for the present ones; the engine is asked for them
            first.
        :param rotate_worker_token: True for a new token for workers.
        :param rotate_manager_token: True for a new token for managers.
        :param rotate_manager_unlock_key: True for a new key to unlock managers (since API 1.25).
        :returns: True.
        :raises docker.errors.APIError: when the engine is no manager, and for an old version.

        `POST /swarm/update`, since API 1.24

            >>> client.update_swarm(client.inspect_swarm()['Version'], rotate_worker_token=True)
        """
        params = {'version': convert_version(version), 'rotateWorkerToken': query_flag(rotate_worker_token),
                  'rotateManagerToken': query_flag(rotate_manager_token)}
        if rotate_manager_unlock_key:
            params['rotateManagerUnlockKey'] = 1
        if swarm_spec is None:
            body = self._get_json(self._url('/swarm'), needed=('Spec',))['Spec']
        else:
            body = check_json_dict(swarm_spec, 'swarm_spec')
        self._checked(self._post_json_with_credentials(self._url('/swarm/update'), body, params=params))
        return True

    def get_unlock_key(self):
        """Return the key that unlocks the managers of the swarm after a restart.

        :returns: a dict: UnlockKey, which is empty text if managers are not locked (see `autolock_managers`
            of `docker.types.SwarmSpec`).
        :raises docker.errors.APIError: when the engine is no manager.

        `GET /swarm/unlockkey`, since API 1.25

            >>> key = client.get_unlock_key()['UnlockKey']
        """
        return self._get_json(self._url('/swarm/unlockkey'))

    def unlock_swarm(self, key):
        """Unlock a manager that was restarted.

        :param key: the key as text, or the dict that `get_unlock_key` returns. No error and no log shows it.
        :returns: True.
        :raises docker.errors.APIError: for another key, and when the engine is not locked.

        `POST /swarm/unlock`, since API 1.25

            >>> client.unlock_swarm(key)
        """
        if isinstance(key, dict):
            key = key.get('UnlockKey')
        self._checked(self._post_json_with_credentials(
            self._url('/swarm/unlock'), {'UnlockKey': _check_secret(key, 'key')}))
        return True


def _check_address(value, name):
    return None if value is None else check_text(value, name)


def _check_secret(value, name):
    """Return text that is not empty. No message shows it."""
    if not is_text(value):
        raise TypeError('{0} takes text, not a value of type {1}'.format(name, type(value).__name__))
    return check_nonempty_text(value, name)
