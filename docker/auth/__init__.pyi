
from docker.auth.auth import (
    INDEX_NAME, INDEX_URL, convert_to_hostname, decode_auth, encode_header, load_config, resolve_authconfig,
    resolve_index_name, resolve_repository_name)
from docker.registry_auth import (
    CREDENTIAL_HEADERS, DEFAULT_REGISTRY, Credentials, credentials_from, encode_registry_config,
    nest_registry_config, registry_configs, registry_key, repository_and_tag, resolve_repository,
    server_address, split_tag)

__all__ = ['CREDENTIAL_HEADERS', 'Credentials', 'DEFAULT_REGISTRY', 'INDEX_NAME', 'INDEX_URL',
           'convert_to_hostname', 'credentials_from', 'decode_auth', 'encode_header',
           'encode_registry_config', 'load_config', 'nest_registry_config', 'registry_configs',
           'registry_key', 'repository_and_tag', 'resolve_authconfig', 'resolve_index_name',
           'resolve_repository', 'resolve_repository_name', 'server_address', 'split_tag']
