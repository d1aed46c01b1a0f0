from docker.utils.build import exclude_paths, mkbuildcontext, tar
from docker.utils.utils import (
    LogConfig, Ulimit, compare_version, convert_filters, convert_port_bindings, convert_volume_binds,
    create_container_config, create_endpoint_config, create_host_config, create_ipam_config,
    create_ipam_pool, create_networking_config, datetime_to_timestamp, decode_json_header,
    format_environment, kwargs_from_env, normalize_links, parse_bytes, parse_devices, parse_env_file,
    parse_host, parse_repository_tag, ping, ping_registry, split_command, version_gte, version_lt)

__all__ = ['LogConfig', 'Ulimit', 'compare_version', 'convert_filters', 'convert_port_bindings',
           'convert_volume_binds', 'create_container_config', 'create_endpoint_config',
           'create_host_config', 'create_ipam_config', 'create_ipam_pool', 'create_networking_config',
           'datetime_to_timestamp', 'decode_json_header', 'exclude_paths', 'format_environment',
           'kwargs_from_env', 'mkbuildcontext', 'normalize_links', 'parse_bytes', 'parse_devices',
           'parse_env_file', 'parse_host', 'parse_repository_tag', 'ping', 'ping_registry', 'split_command',
           'tar', 'version_gte', 'version_lt']
