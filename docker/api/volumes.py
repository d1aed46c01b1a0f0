"""Volumes: create, list, inspect, update, remove."""

import json

from six.moves import collections_abc

from docker.config import convert_filters
from docker.session import EngineSession
from docker.validation import (
    argument_error, check_count, check_if_given, check_json_dict, check_nonempty_text, check_text,
    check_text_map, identifier, without_none)


class VolumeCalls(EngineSession):
    """The calls about volumes."""

    def volumes(self, filters=None):
        """List volumes.

        :param filters: a dict of filters: ``dangling`` (True for those that no container uses), and of newer
            engines ``driver``, ``name`` and ``label``, each with text, a bool or a list; ``label`` also with
            a dict.
        :returns: a dict: Volumes (a list of dicts: Name, Driver, Mountpoint, and of newer engines Labels,
            Options, Scope, CreatedAt), and Warnings (a list of text; missing with Docker 1.9).

        `GET /volumes`, since API 1.21

            >>> [volume['Name'] for volume in client.volumes(filters={'dangling': True})['Volumes']]
        """
        return self._get_json(self._url('/volumes'), params={'filters': convert_filters(filters)})

    def create_volume(self, name=None, driver=None, driver_opts=None, labels=None, cluster_volume_spec=None):
        """Create a volume.

        To create one that exists has no effect, unless it has another driver.

        :param name: its name, as text; the engine generates one when it is None.
        :param driver: the name of its driver, as text; ``'local'`` when it is None.
        :param driver_opts: options of the driver: a dict of text to text (also ints and bools). Those of
            ``local`` are those of mount: ``{'type': 'tmpfs', 'device': 'tmpfs', 'o': 'size=64m'}``.
        :param labels: a dict of text to text, or a list of ``'name=value'``. Since API 1.23.
        :param cluster_volume_spec: the ClusterVolumeSpec of a volume of a swarm, a dict (Group, AccessMode).
            Since API 1.42.
        :returns: a dict: Name, Driver, Mountpoint and more, as of `volumes`.
        :raises docker.errors.Conflict: when it exists with another driver.
        :raises docker.errors.NotFound: when there is no such driver.

        `POST /volumes/create`, since API 1.21

            >>> client.create_volume('data', labels={'tier': 'db'})['Mountpoint']
            '/var/lib/docker/volumes/data/_data'
        """
        return self._json(self._post_json(self._url('/volumes/create'), without_none({
            'Name': check_if_given(check_text, name, 'name'),
            'Driver': check_if_given(check_text, driver, 'driver'),
            'DriverOpts': check_if_given(check_text_map, driver_opts, 'driver_opts') or None,
            'Labels': check_if_given(check_text_map, labels, 'labels') or None,
            'ClusterVolumeSpec': check_if_given(
                check_json_dict, cluster_volume_spec, 'cluster_volume_spec') or None})))

    def inspect_volume(self, name):
        """Return the details of a volume.

        :param name: its name, as text, or a dict with Name.
        :returns: a dict: Name, Driver, Mountpoint and more, as of `volumes`.
        :raises docker.errors.NotFound: when there is no such volume.

        `GET /volumes/{name}`, since API 1.21

            >>> client.inspect_volume('data')['Mountpoint']
            '/var/lib/docker/volumes/data/_data'
        """
        return self._get_json(self._url('/volumes/{0}', _name_of(name)))

    def update_volume(self, name, version, spec=None):
        """Change the specification of a volume of a swarm (a cluster volume). Other volumes have none.

        :param name: its name, as text, or a dict with Name.
        :param version: the version of the volume that the change is made to, an int: Index of
            ClusterVolume.Version in `inspect_volume`.
        :param spec: the new ClusterVolumeSpec, a dict; engines let only Availability differ.
        :returns: None.
        :raises docker.errors.NotSupported: with engines before API 1.42.

        `PUT /volumes/{name}`, since API 1.42

            >>> cluster_volume = client.inspect_volume('shared')['ClusterVolume']
            >>> client.update_volume('shared', cluster_volume['Version']['Index'],
            ...                      dict(cluster_volume['Spec'], Availability='drain'))
        """
        url = self._url('/volumes/{0}', _name_of(name))
        version = check_count(version, 'version')
        body = {'Spec': {} if spec is None else check_json_dict(spec, 'spec')}
        self._checked(self._put(url, data=json.dumps(body), params={'version': version},
                                headers={'Content-Type': 'application/json'}))

    def remove_volume(self, name, force=False):
        """Remove a volume that no container uses, with all that is in it.

        :param name: its name, as text, or a dict with Name.
        :param force: True so that a volume that does not exist is no error, and one whose driver is gone is
            removed. Since API 1.25.
        :returns: None.
        :raises docker.errors.Conflict: when a container, running or not, uses it.
        :raises docker.errors.NotFound: when there is no such volume.

        `DELETE /volumes/{name}`, since API 1.21

            >>> client.remove_volume('data')
        """
        # Left out where it is not needed, for engines that do not have it.
        self._checked(self._delete(self._url('/volumes/{0}', _name_of(name)),
                                   params={'force': 1 if force else None}))


def _name_of(value):
    """Return the name of a volume, as text; `value` is that, or a dict with Name."""
    if isinstance(value, collections_abc.Mapping):
        if 'Name' not in value:
            raise argument_error(TypeError, 'name', 'a name or a dict with Name', list(value))
        value = value['Name']
    return identifier(check_nonempty_text(value, 'name'), 'name')
