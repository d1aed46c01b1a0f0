"""Plugins of the engine: list, pull, create, configure, enable, remove, push.

Calls that speak to a registry send its credentials, as those of docker.api.registries do.
"""

import os

import six

from docker import registry_auth
from docker.compat import from_path
from docker.config import convert_environment, convert_filters
from docker.session import EngineSession
from docker.validation import (
    argument_error, check_count, check_if_given, check_json_dict, check_nonempty_text, identifier, is_list,
    query_flag)


class PluginCalls(EngineSession):
    """The calls about plugins."""

    def plugins(self, filters=None):
        """List the plugins of the engine.

        :param filters: only those that match a dict, such as ``{'enabled': True}`` or
            ``{'capability': 'volumedriver'}``. Since API 1.28.
        :returns: a list of dicts: Id, Name, Enabled, Settings, PluginReference, Config.
        :raises docker.errors.NotSupported: for an engine without plugins, such as Podman.

        `GET /plugins`, since API 1.25

            >>> [plugin['Name'] for plugin in client.plugins()]
        """
        return self._get_json(self._url('/plugins'), params={'filters': convert_filters(filters)})

    def plugin_privileges(self, name, auth_config=None):
        """Return the privileges that a plugin requires, by its registry.

        :param name: the plugin's name as text, with its registry and its tag.
        :param auth_config: the credentials, in place of known ones, as `pull` takes them.
        :returns: a list of dicts, as `pull_plugin` takes it: Name, Description, Value (a list of text).
        :raises docker.errors.Unauthorized: when the registry rejects the credentials, or requires some.
        :raises docker.errors.NotSupported: for an engine without plugins, such as Podman.

        `GET /plugins/privileges`, since API 1.26

            >>> client.plugin_privileges('vieux/sshfs:latest')
        """
        return self._json(self._get_with_credentials(
            self._url('/plugins/privileges'), params={'remote': name},
            headers=self._login_header(name, auth_config)))

    def pull_plugin(self, remote, privileges, name=None, stream=False, auth_config=None, decode=False):
        """Pull a plugin from its registry. It is not enabled.

        :param remote: the plugin's name as text, with its registry and its tag.
        :param privileges: what the plugin may do: the list that `plugin_privileges` returns. The engine
            refuses any other.
        :param name: another name for the plugin on this engine, as text.
        :param stream: True to return a generator.
        :param auth_config: the credentials, in place of known ones, as `pull` takes them.
        :param decode: True for dicts in place of text.
        :returns: the engine's JSON as text, one object a line, or with `decode` a list of dicts; with
            `stream` a generator of one object each: status, and often id, progress, progressDetail.
        :raises docker.errors.Unauthorized: when the registry rejects the credentials, or requires some.
        :raises docker.errors.OperationFailed: when the engine reports an error in it.
        :raises docker.errors.NotSupported: for an engine without plugins, such as Podman.

        `POST /plugins/pull`, since API 1.25

            >>> required = client.plugin_privileges('vieux/sshfs:latest')
            >>> client.pull_plugin('vieux/sshfs:latest', required, name='sshfs')
        """
        return self._json_items(self._post_with_credentials(
            self._url('/plugins/pull'),
            params={'remote': remote, 'name': check_if_given(check_nonempty_text, name, 'name')},
            headers=self._login_header(remote, auth_config, 'remote'), json=_check_privileges(privileges),
            stream=True, timeout=self._unbounded), stream, decode)

    def upgrade_plugin(self, name, remote, privileges, stream=False, auth_config=None, decode=False):
        """Replace a plugin, which is disabled, by another version of it.

        :param name: the plugin's name on this engine, as text, or a dict with Id.
        :param remote: the name of the new version as text, with its registry and its tag.
        :param privileges: what it may do, as `pull_plugin` takes it.
        :param stream: True to return a generator.
        :param auth_config: the credentials, in place of known ones, as `pull` takes them.
        :param decode: True for dicts in place of text.
        :returns: the same as `pull_plugin`.
        :raises docker.errors.NotFound: when there is no such plugin.
        :raises docker.errors.NotSupported: for an engine without plugins, such as Podman.

        `POST /plugins/{name}/upgrade`, since API 1.26

            >>> required = client.plugin_privileges('vieux/sshfs:next')
            >>> client.upgrade_plugin('sshfs', 'vieux/sshfs:next', required)
        """
        return self._json_items(self._post_with_credentials(
            self._url('/plugins/{0}/upgrade', identifier(name, 'name')), params={'remote': remote},
            headers=self._login_header(remote, auth_config, 'remote'), json=_check_privileges(privileges),
            stream=True, timeout=self._unbounded), stream, decode)

    def create_plugin(self, name, plugin_data_dir):
        """Create a plugin from files. It is not enabled.

        :param name: its name as text, with its tag.
        :param plugin_data_dir: a folder with config.json and the folder rootfs, or a tar of them as bytes or
            as a binary file, which is read to its end and left open.
        :returns: None.
        :raises docker.errors.NotSupported: for an engine without plugins, such as Podman.

        `POST /plugins/create`, since API 1.25

            >>> client.create_plugin('me/driver:latest', '/srv/driver')
        """
        self._checked(self._post(
            self._url('/plugins/create'), params={'name': check_nonempty_text(name, 'name')},
            data=_plugin_archive(plugin_data_dir), headers={'Content-Type': 'application/x-tar'},
            timeout=self._unbounded))

    def inspect_plugin(self, name):
        """Return the details of a plugin.

        :param name: the plugin's name as text, or a dict with Id.
        :returns: a dict: Id, Name, Enabled, Settings, PluginReference, Config.
        :raises docker.errors.NotFound: when there is no such plugin.
        :raises docker.errors.NotSupported: for an engine without plugins, such as Podman.

        `GET /plugins/{name}/json`, since API 1.25

            >>> client.inspect_plugin('sshfs')['Enabled']
            True
        """
        return self._get_json(self._url('/plugins/{0}/json', identifier(name, 'name')))

    def enable_plugin(self, name, timeout=0):
        """Enable a plugin: the engine starts it.

        :param name: the plugin's name as text, or a dict with Id.
        :param timeout: how many seconds the engine waits for each of its responses, an int; 0 for its
            default.
        :returns: None.
        :raises docker.errors.NotFound: when there is no such plugin.
        :raises docker.errors.APIError: when it is enabled, or does not start.
        :raises docker.errors.NotSupported: for an engine without plugins, such as Podman.

        `POST /plugins/{name}/enable`, since API 1.25

            >>> client.enable_plugin('sshfs', timeout=10)
        """
        seconds = check_count(timeout, 'timeout')
        self._checked(self._post(
            self._url('/plugins/{0}/enable', identifier(name, 'name')), params={'timeout': seconds},
            timeout=self._bounded_after(seconds)))

    def disable_plugin(self, name, force=False):
        """Disable a plugin: the engine stops it.

        :param name: the plugin's name as text, or a dict with Id.
        :param force: True to disable one that is in use. Since API 1.26.
        :returns: None.
        :raises docker.errors.NotFound: when there is no such plugin.
        :raises docker.errors.APIError: when it is disabled, or in use.
        :raises docker.errors.NotSupported: for an engine without plugins, such as Podman.

        `POST /plugins/{name}/disable`, since API 1.25

            >>> client.disable_plugin('sshfs', force=True)
        """
        self._checked(self._post(
            self._url('/plugins/{0}/disable', identifier(name, 'name')),
            params={'force': query_flag(force) or None}))

    def remove_plugin(self, name, force=False):
        """Remove a plugin.

        :param name: the plugin's name as text, or a dict with Id.
        :param force: True to remove one that is enabled.
        :returns: None.
        :raises docker.errors.NotFound: when there is no such plugin.
        :raises docker.errors.APIError: when it is enabled.
        :raises docker.errors.NotSupported: for an engine without plugins, such as Podman.

        `DELETE /plugins/{name}`, since API 1.25

            >>> client.remove_plugin('sshfs')
        """
        self._checked(self._delete(
            self._url('/plugins/{0}', identifier(name, 'name')), params={'force': query_flag(force)}))

    def push_plugin(self, name, stream=False, auth_config=None, decode=False):
        """Push a plugin to its registry.

        :param name: the plugin's name as text, with its registry and its tag.
        :param stream: True to return a generator.
        :param auth_config: the credentials, in place of known ones, as `pull` takes them.
        :param decode: True for dicts in place of text.
        :returns: the same as `pull_plugin`.
        :raises: the same as `pull_plugin`.

        `POST /plugins/{name}/push`, since API 1.25

            >>> client.push_plugin('localhost:5000/me/driver:latest')
        """
        return self._json_items(self._post_with_credentials(
            self._url('/plugins/{0}/push', identifier(name, 'name')),
            headers=self._login_header(name, auth_config), stream=True, timeout=self._unbounded),
            stream, decode)

    def configure_plugin(self, name, options):
        """Set options of a plugin, which is disabled.

        :param name: the plugin's name as text, or a dict with Id.
        :param options: a dict of variables to values, or a list of ``'DEBUG=1'``, as `environment` of
            create_container takes it. ``'mount.source'`` and the like are variables too.
        :returns: None.
        :raises docker.errors.NotFound: when there is no such plugin.
        :raises docker.errors.APIError: for an option that the plugin does not have.
        :raises docker.errors.NotSupported: for an engine without plugins, such as Podman.

        `POST /plugins/{name}/set`, since API 1.25

            >>> client.configure_plugin('sshfs', {'DEBUG': '1'})
        """
        settings = convert_environment(options, 'options') or []
        self._checked(self._post_json(self._url('/plugins/{0}/set', identifier(name, 'name')), settings))

    def _login_header(self, plugin, auth_config, name='name'):
        """Return the header with the credentials for the registry in a plugin's name. Without any that are
        known it has none.

        :param name: the name of the argument.
        """
        registry, _ = registry_auth.resolve_repository(check_nonempty_text(plugin, name))
        return {'X-Registry-Auth': registry_auth.encode_header(self._credentials_for(registry, auth_config))}


def _check_privileges(value):
    takes = 'a list of dicts, as plugin_privileges returns it'
    if not is_list(value):
        raise argument_error(TypeError, 'privileges', takes, value)
    return [check_json_dict(item, 'privileges') for item in value]


def _plugin_archive(source):
    """Return the files of a plugin as a tar, that is bytes, a binary file or a generator of bytes."""
    source = from_path(source)
    # On Python 2.7 a str may be a path, and a tar has a NUL.
    if hasattr(source, 'read') or isinstance(source, (bytes, bytearray)) and b'\0' in source:
        return bytes(source) if isinstance(source, bytearray) else source
    if isinstance(source, six.string_types) and os.path.isdir(source):
        for name in ('config.json', 'rootfs'):
            if not os.path.exists(os.path.join(source, name)):
                raise ValueError('plugin_data_dir takes a folder with config.json and rootfs: {0} has no '
                                 '{1}'.format(source, name))
        # Imported here, as few scripts create plugins.
        from docker.context import pack_files
        return pack_files(source)
    is_path = isinstance(source, six.string_types)
    raise argument_error(ValueError if is_path else TypeError, 'plugin_data_dir',
                         'a folder, or a tar as bytes or as a binary file', source)
