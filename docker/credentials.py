"""The credentials that the docker command keeps for its user, in files and with credential helpers.

They are in `config.json` and `.dockercfg`, and with helpers: programs `docker-credential-NAME`
that config.json names. A file may be damaged and a helper may misbehave, and neither stops a call:
each problem is a UserWarning, and the file, the entry or the helper counts as empty.

A warning names files, registries and helpers only, and shows nothing of what they contain or print
(config_file.py says how).
"""

import os
import re

import six

from docker.compat import to_native_string
from docker.config_file import (
    config_path, dict_in_config, home_folder, parse_json_object, read_config, read_config_file, warn_about)
from docker.errors import InvalidConfigFile
from docker.registry_auth import (
    DEFAULT_REGISTRY, Credentials, credentials_from, registry_key, server_address, utf8_or_none)

__all__ = ['CredentialFiles', 'read_credentials', 'read_credentials_file']

# Compiled on first use, to keep the import fast.
_HOST = r'[A-Za-z0-9._:\[\]-]+\Z'
_HELPER_NAME = r'[A-Za-z0-9_][A-Za-z0-9._-]*\Z'
_CREDENTIALS_NOT_FOUND = b'(?i)credentials not found'
# The user name with which a helper marks its secret as an identity token.
_TOKEN_USERNAME = '<token>'


class CredentialFiles(object):
    """The credentials of this user, in the files and with the helpers that config.json names.

    They are looked up on demand. The files are read again when one has changed, or when
    DOCKER_CONFIG or HOME names another; a helper is run each time. The credentials of a registry
    come from the first of these that has some: its helper (`credHelpers`), the store
    (`credsStore`), `auths`, ~/.dockercfg. What goes wrong with a file or a helper is a
    UserWarning, and the lookup continues without it.

    :param environ: a mapping of environment variables; None is the environment of this process.
    :raises TypeError: when `environ` is neither.
    """

    def __init__(self, environ=None):
        _config_paths(environ)
        self._environ = environ
        self._cached = None

    def get(self, registry):
        """Return the Credentials of one registry, or None.

        :param registry: an address in any spelling; None is Docker Hub.
        :raises TypeError, ValueError: when `registry` is not an address.
        """
        key = registry_key(registry)
        contents = self._read()
        found = _HelperLookup().get(contents.helpers_for(key), server_address(key))
        return found or contents.auths.get(key)

    def all(self):
        """Return all credentials of files and helpers: a new dict of registry key to Credentials."""
        contents = self._read()
        lookup = _HelperLookup()
        addresses = lookup.list(contents.store) if contents.store else {}
        for key in contents.helpers:
            addresses.setdefault(key, server_address(key))
        found = dict(contents.auths)
        for key, address in sorted(addresses.items()):
            credentials = lookup.get(contents.helpers_for(key), address)
            if credentials is not None:
                found[key] = credentials
        return found

    def _read(self):
        stamps = [(path, _file_stamp(path)) for path in _config_paths(self._environ)]
        # Kept in a local variable, as another thread may replace the attribute.
        cached = self._cached
        if cached is None or cached[0] != stamps:
            self._cached = cached = (stamps, _load_files(self._environ))
        return cached[1]

    def __reduce__(self):
        # Other variables of an environment may hold secrets.
        environ = self._environ
        if environ is not None:
            environ = {name: environ[name] for name in ('HOME', 'DOCKER_CONFIG') if name in environ}
        return CredentialFiles, (environ,)


def read_credentials(environ=None):
    """Read the credentials in the files of the docker command.

    These are `auths` of config.json, in the folder $DOCKER_CONFIG or else ~/.docker, and
    ~/.dockercfg, in either of its forms, for the registries that config.json has no credentials
    for. Of several spellings of one registry, the one that `docker login` writes is used. A file
    that is missing or empty has no credentials. What cannot be read or understood, a file or one
    entry of it, is left out with a UserWarning.

    :param environ: a mapping of environment variables; None is the environment of this process.
    :returns: a dict of registry key to Credentials.
    :raises TypeError: when `environ` is neither.
    """
    return _load_files(environ).auths


def read_credentials_file(path):
    """Read the credentials in one file, a config.json or a .dockercfg.

    :param path: its path.
    :returns: a dict of registry key to Credentials; an empty one when there is no such file.
    :raises docker.errors.InvalidConfigFile: when it cannot be read, or is neither. A single entry that
        cannot be understood is left out with a UserWarning.
    """
    def parse(content):
        config, problem = _parse_dockercfg(content)
        # The keys of a .dockercfg are addresses.
        return (config['auths'] if 'auths' in config.get('auths', ()) else config), problem

    config = read_config_file(path, parse, _refuse_file)
    return _auths_in(config, path)


def _refuse_file(text, *values):
    raise InvalidConfigFile(text.format(*values))


class _FileContents(object):
    """What both files contain.

    :param auths: a dict of registry key to Credentials.
    :param helpers: a dict of registry key to the name of its helper, '' for none.
    :param store: the name of the helper of all other registries, or None.
    """

    def __init__(self, auths, helpers, store):
        self.auths = auths
        self.helpers = helpers
        self.store = store

    def helpers_for(self, key):
        """Return the names of the helpers that may know a registry, in the order of their use."""
        own = self.helpers.get(key, self.store)
        if not own:
            return []
        return [own, self.store] if self.store and self.store != own else [own]


class _HelperLookup(object):
    """One lookup with helpers, during which a helper that failed is not run again."""

    def __init__(self):
        self._failed = set()

    def get(self, names, address):
        """Return the Credentials of the first helper that has some for an address, or None."""
        for name in names:
            entry = self._run(name, 'get', address)
            if not (entry and (entry.get('Username') or entry.get('Secret'))):
                continue
            username, secret = entry.get('Username'), entry.get('Secret')
            try:
                if username == _TOKEN_USERNAME:
                    return Credentials(registry=address, identity_token=secret)
                return Credentials(username, secret, registry=address)
            except (TypeError, ValueError):
                pass
            self._fail(name, 'its output has no Username and Secret as text')
        return None

    def list(self, name):
        """Return the addresses that a helper has credentials for, by registry key."""
        addresses = {}
        for address in sorted(self._run(name, 'list', '') or ()):
            try:
                key = registry_key(address)
            except ValueError:
                continue
            if _is_preferred(address, key, addresses):
                addresses[key] = address
        return addresses

    def _run(self, name, action, data):
        """Return the JSON object that a helper prints, or None when it has no credentials or fails."""
        if name in self._failed:
            return None
        # Imported here, as few users have helpers and subprocess is slow to import.
        from docker import credential_helper
        try:
            output, status = credential_helper.run(name, action, data.encode('utf-8'))
        except EnvironmentError as error:
            return self._fail(name, os.strerror(error.errno))
        if status is None:
            return self._fail(name, 'it did not end within {0} seconds, or prints too much'.format(
                credential_helper.TIMEOUT_SECONDS))
        if status != 0:
            # With this message a helper reports that it has no credentials, which is not a failure.
            if re.search(_CREDENTIALS_NOT_FOUND, output):
                return None
            return self._fail(name, 'it ended with status {0}'.format(status))
        value = parse_json_object(utf8_or_none(output) or '')
        return self._fail(name, 'its output is not a JSON object') if value is None else value

    def _fail(self, name, problem):
        self._failed.add(name)
        warn_about('The credential helper {0} is left out: {1}', 'docker-credential-' + name, problem)


def _config_paths(environ):
    """Return the paths of config.json and of .dockercfg."""
    return config_path(environ), os.path.join(home_folder(environ), '.dockercfg')


def _file_stamp(path):
    """Return a value that changes when a file is written or replaced, or its permissions change."""
    try:
        stat = os.stat(path)
    except OSError as error:
        return error.errno
    # Python 2.7 has these two in seconds only.
    modified = getattr(stat, 'st_mtime_ns', stat.st_mtime)
    changed = getattr(stat, 'st_ctime_ns', stat.st_ctime)
    return stat.st_dev, stat.st_ino, stat.st_size, modified, changed


def _load_files(environ):
    path, dockercfg_path = _config_paths(environ)
    config = read_config(environ)
    auths = _auths_in(read_config_file(dockercfg_path, _parse_dockercfg), dockercfg_path)
    auths.update(_auths_in(config, path))
    helpers, store = _helpers_in(config, path)
    return _FileContents(auths, helpers, store)


def _parse_dockercfg(content):
    """Return the dict for the text of a .dockercfg, and what is wrong with it, or None.

    Its oldest form, the lines `auth = ...` and `email = ...`, holds the credentials of Docker Hub.
    """
    entries = parse_json_object(content)
    if entries is not None:
        return {'auths': entries}, None
    parts = [line.partition('=') for line in content.splitlines() if line.strip()]
    fields = {key.strip(): value.strip() for key, equals, value in parts if equals}
    if 'auth' in fields and set(fields) <= {'auth', 'email'} and len(fields) == len(parts):
        return {'auths': {DEFAULT_REGISTRY: fields}}, None
    return {}, 'it is neither a JSON object nor the lines "auth = ..." and "email = ..."'


def _auths_in(config, path):
    """Return the Credentials in `auths` of a config, by registry key."""
    entries = dict_in_config(config, 'auths', path)
    found = {}
    for address in sorted(entries):
        try:
            key = registry_key(address)
            subject = 'the entry of {0}'.format(key if re.match(_HOST, key) else 'a registry')
            credentials = credentials_from(entries[address], subject, address)
        except (TypeError, ValueError) as error:
            # These messages show no value.
            warn_about('{0} has an entry that is left out: {1}', path, error)
            continue
        if credentials.to_json_dict() and _is_preferred(address, key, found):
            found[key] = credentials
    return found


def _helpers_in(config, path):
    """Return `credHelpers` of a config, by registry key, and its `credsStore`."""
    entries, helpers = dict_in_config(config, 'credHelpers', path), {}
    for address in sorted(entries):
        try:
            key = registry_key(address)
        except ValueError:
            continue
        name = _helper_name_in(entries[address], 'credHelpers', path)
        if name is not None and _is_preferred(address, key, helpers):
            helpers[key] = name
    return helpers, _helper_name_in(config.get('credsStore'), 'credsStore', path)


def _is_preferred(address, key, found):
    """Return whether an address is used: of several spellings, it is the one that `docker login` writes.

    :param key: the registry key of the address.
    :param found: what was found so far, by registry key.
    """
    return key not in found or address == server_address(key)


def _helper_name_in(value, key, path):
    """Return the name of a helper as a native str ('' for no helper), or None."""
    if value is None:
        return None
    if isinstance(value, six.text_type) and (not value or re.match(_HELPER_NAME, value)):
        return to_native_string(value)
    warn_about('{0} has an entry that is left out: {1} takes the NAME of a program docker-credential-NAME',
               path, key)
    return None
