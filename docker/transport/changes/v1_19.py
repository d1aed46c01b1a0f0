"""Remote API 1.19 (Docker 1.7, June 2015)."""

from requests.structures import CaseInsensitiveDict

from docker import auth
from docker.transport.changes.change import request

_REGISTRY_CONFIG = 'X-Registry-Config'


def _nest_registry_config(call, key, flat):
    if call.headers and _REGISTRY_CONFIG in call.headers:
        header = auth.nest_registry_config(call.headers[_REGISTRY_CONFIG], key, flat)
        call.headers = CaseInsensitiveDict(call.headers, **{_REGISTRY_CONFIG: header})


@request((1, 19), 'POST', '/build', when=lambda spoken, newest: newest < (1, 19))
def registry_config_in_configs(call):
    """POST /build takes X-Registry-Config as a mapping of registries; before, below the key `configs`."""
    _nest_registry_config(call, 'configs', False)


@request((1, 19), 'POST', '/build', when=lambda spoken, newest: newest[:2] == (1, 19))
def registry_config_in_auths(call):
    """POST /build of Docker 1.7.0 takes X-Registry-Config below the key `auths`, that of 1.7.1 without it,
    in the same version: the client sends both forms in one, as each engine ignores the other."""
    _nest_registry_config(call, 'auths', True)
