"""The configs of a swarm, files for the containers of its services: create, list, inspect, update, remove."""

from docker.config import convert_filters
from docker.mounts import driver_of
from docker.service_values import convert_data, convert_version
from docker.session import EngineSession
from docker.validation import (
    check_if_given, check_nonempty_text, check_text_map, identifier, without_none)


class ConfigCalls(EngineSession):
    """The calls about configs."""

    def configs(self, filters=None):
        """List the configs.

        :param filters: a dict: id, name, names, label, each text or a list of text.
        :returns: a list of dicts, each as `inspect_config` returns it.
        :raises docker.errors.APIError: when the engine is no manager.

        `GET /configs`, since API 1.30

            >>> [config['Spec']['Name'] for config in client.configs({'label': 'tier=web'})]
        """
        return self._get_json(self._url('/configs'), params={'filters': convert_filters(filters)})

    def create_config(self, name, data, labels=None, templating=None):
        """Store a config, for the containers of services (`docker.types.ConfigReference`).

        :param name: text.
        :param data: bytes, or text, which is encoded in UTF-8: up to 1000 KiB. No error or log shows it.
        :param labels: a dict of text.
        :param templating: a driver that fills in templates in the data: a `docker.types.DriverConfig`, or its
            name, ``'golang'`` (since API 1.37).
        :returns: a dict: ID.
        :raises docker.errors.Conflict: when the name is in use.

        `POST /configs/create`, since API 1.30

            >>> client.create_config('motd', 'hello', labels={'tier': 'web'})
        """
        body = {
            'Name': check_nonempty_text(name, 'name'),
            'Data': convert_data(data, 'data'),
            'Labels': check_if_given(check_text_map, labels, 'labels'),
            'Templating': driver_of(templating, 'templating'),
        }
        return self._json(self._post_json_with_credentials(
            self._url('/configs/create'), without_none(body)))

    def inspect_config(self, config):
        """Return the details of a config.

        :param config: its id or name, or a dict with ID.
        :returns: a dict: ID, Version (Index), CreatedAt, UpdatedAt, Spec (Name, Labels, Data in base64).
        :raises docker.errors.NotFound: when there is no such config.

        `GET /configs/{id}`, since API 1.30

            >>> client.inspect_config('motd')['Spec']['Labels']
            {'tier': 'web'}
        """
        return self._get_json(self._url('/configs/{0}', identifier(config, 'config')))

    def update_config(self, config, version=None, labels=None):
        """Change the labels of a config; nothing else of it can be changed. The engine is asked for its name
        first.

        :param config: its id or name, or a dict with ID.
        :param version: its Version: the Index, an int, or the dict; None for the present one.
        :param labels: a dict of text, which replaces all labels; None removes them.
        :returns: True.
        :raises docker.errors.NotFound: when there is no such config.
        :raises docker.errors.NotSupported: with Podman.

        `POST /configs/{id}/update`, since API 1.30

            >>> client.update_config('motd', labels={'tier': 'db'})
        """
        version = None if version is None else convert_version(version)
        labels = check_if_given(check_text_map, labels, 'labels') or {}
        inspect = self._get_json(self._url('/configs/{0}', identifier(config, 'config')),
                                 needed=('ID', 'Version.Index', 'Spec.Name'))
        self._checked(self._post_json(
            self._url('/configs/{0}/update', inspect['ID']),
            {'Name': inspect['Spec']['Name'], 'Labels': labels},
            params={'version': inspect['Version']['Index'] if version is None else version}))
        return True

    def remove_config(self, config):
        """Remove a config that no service uses.

        :param config: its id or name, or a dict with ID.
        :returns: True.
        :raises docker.errors.NotFound: when there is no such config.
        :raises docker.errors.APIError: when a service uses it.

        `DELETE /configs/{id}`, since API 1.30

            >>> client.remove_config('motd')
        """
        self._checked(self._delete(self._url('/configs/{0}', identifier(config, 'config'))))
        return True
