"""The secrets of a swarm: create, list, inspect, update, remove. No engine returns their data.

Podman has secrets of its own, without a swarm, which these calls are about there.
"""

from docker.config import convert_filters
from docker.mounts import driver_of
from docker.service_values import convert_data, convert_version
from docker.session import EngineSession
from docker.validation import (
    check_if_given, check_nonempty_text, check_text_map, identifier, without_none)


class SecretCalls(EngineSession):
    """The calls about secrets."""

    def secrets(self, filters=None):
        """List the secrets.

        :param filters: a dict: id, name, names, label, each text or a list of text.
        :returns: a list of dicts, each as `inspect_secret` returns it.
        :raises docker.errors.APIError: when the engine is no manager.

        `GET /secrets`, since API 1.25

            >>> [secret['Spec']['Name'] for secret in client.secrets({'label': 'tier=web'})]
        """
        return self._get_json(self._url('/secrets'), params={'filters': convert_filters(filters)})

    def create_secret(self, name, data=None, labels=None, driver=None, templating=None):
        """Store a secret, for the containers of services (`docker.types.SecretReference`).

        :param name: text.
        :param data: bytes, or text, which is encoded in UTF-8: up to 500 KiB. None with a `driver` that has
            it. No error, log or repr shows it.
        :param labels: a dict of text.
        :param driver: where the data is: a `docker.types.DriverConfig`, or the name of a driver (since API
            1.31).
        :param templating: a driver that fills in templates in the data: a `docker.types.DriverConfig`, or its
            name, ``'golang'`` (since API 1.37).
        :returns: a dict: ID.
        :raises docker.errors.Conflict: when the name is in use.

        `POST /secrets/create`, since API 1.25

            >>> client.create_secret('password', b'...', labels={'tier': 'web'})
        """
        if data is None and driver is None:
            raise ValueError('data takes bytes or text; None only with a driver')
        body = {
            'Name': check_nonempty_text(name, 'name'),
            'Data': None if data is None else convert_data(data, 'data'),
            'Labels': check_if_given(check_text_map, labels, 'labels'),
            'Driver': driver_of(driver, 'driver'),
            'Templating': driver_of(templating, 'templating'),
        }
        return self._json(self._post_json_with_credentials(
            self._url('/secrets/create'), without_none(body)))

    def inspect_secret(self, secret):
        """Return the details of a secret, without its data.

        :param secret: its id or name, or a dict with ID.
        :returns: a dict: ID, Version (Index), CreatedAt, UpdatedAt, Spec (Name, Labels, ...).
        :raises docker.errors.NotFound: when there is no such secret.

        `GET /secrets/{id}`, since API 1.25

            >>> client.inspect_secret('password')['Spec']['Labels']
            {'tier': 'web'}
        """
        return self._get_json(self._url('/secrets/{0}', identifier(secret, 'secret')))

    def update_secret(self, secret, version=None, labels=None):
        """Change the labels of a secret; nothing else of it can be changed. The engine is asked for its name
        first.

        :param secret: its id or name, or a dict with ID.
        :param version: its Version: the Index, an int, or the dict; None for the present one.
        :param labels: a dict of text, which replaces all labels; None removes them.
        :returns: True.
        :raises docker.errors.NotFound: when there is no such secret.
        :raises docker.errors.NotSupported: with Podman.

        `POST /secrets/{id}/update`, since API 1.26

            >>> client.update_secret('password', labels={'tier': 'db'})
        """
        version = None if version is None else convert_version(version)
        labels = check_if_given(check_text_map, labels, 'labels') or {}
        inspect = self._get_json(self._url('/secrets/{0}', identifier(secret, 'secret')),
                                 needed=('ID', 'Version.Index', 'Spec.Name'))
        self._checked(self._post_json(
            self._url('/secrets/{0}/update', inspect['ID']),
            {'Name': inspect['Spec']['Name'], 'Labels': labels},
            params={'version': inspect['Version']['Index'] if version is None else version}))
        return True

    def remove_secret(self, secret):
        """Remove a secret that no service uses.

        :param secret: its id or name, or a dict with ID.
        :returns: True.
        :raises docker.errors.NotFound: when there is no such secret.
        :raises docker.errors.APIError: when a service uses it.

        `DELETE /secrets/{id}`, since API 1.25

            >>> client.remove_secret('password')
        """
        self._checked(self._delete(self._url('/secrets/{0}', identifier(secret, 'secret'))))
        return True
