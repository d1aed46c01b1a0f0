"""What docker-py 1.x had in docker.auth.auth: names of registries, and credentials as dicts.

Names and headers are those of docker.registry_auth; files and helpers are read by docker.credentials.
Credentials are dicts here, with the keys username, password, email and serveraddress (or identitytoken),
as `auth_config` of pull, push and build takes them.
"""

from docker.credentials import CredentialFiles, read_credentials_file
from docker.registry_auth import (
    DEFAULT_REGISTRY as INDEX_URL, INDEX_NAME, convert_to_hostname, decode_auth, encode_header, registry_key,
    resolve_repository)

# The names of docker-py 1.x.
resolve_index_name = registry_key
resolve_repository_name = resolve_repository


def load_config(config_path=None):
    """Return the credentials of this user.

    :param config_path: the path of a config.json or .dockercfg, which is read alone; None for the files and
        credential helpers of the docker command.
    :returns: a dict of registry (such as ``'docker.io'`` or ``'host:5000'``) to a dict; empty when there
        is no such file.
    :raises docker.errors.InvalidConfigFile: for a file that cannot be read or understood.

        >>> config = docker.auth.load_config()
    """
    found = CredentialFiles().all() if config_path is None else read_credentials_file(config_path)
    return dict((key, dict(credentials.to_json_dict())) for key, credentials in found.items())


def resolve_authconfig(authconfig, registry=None):
    """Return the credentials for a registry.

    :param authconfig: a dict of registry, in any spelling, to credentials, such as `load_config` returns.
    :param registry: its address, in any spelling; None for Docker Hub.
    :returns: the credentials as they are in the dict, or None.
    :raises TypeError, ValueError: for a registry that is not an address.

        >>> docker.auth.resolve_authconfig(docker.auth.load_config(), 'localhost:5000')
    """
    key, exact = registry_key(registry), registry or INDEX_URL
    if exact in authconfig:
        return authconfig[exact]
    return next((authconfig[address] for address in sorted(authconfig) if registry_key(address) == key), None)


__all__ = ['INDEX_NAME', 'INDEX_URL', 'convert_to_hostname', 'decode_auth', 'encode_header', 'load_config',
           'resolve_authconfig', 'resolve_index_name', 'resolve_repository_name']
