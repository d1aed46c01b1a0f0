"""Remote API 1.45 (Docker 26, March 2024)."""

from docker.transport.changes.change import response
from docker.transport.response import json_of, with_json

_WITHOUT_ALIASES = ('bridge', 'host', 'none', 'nat')


@response((1, 45), 'GET', '/containers/{}/json')
def inspect_aliases(response, call):
    """GET /containers/{id}/json has no short id and no host name among the Aliases of an endpoint."""
    inspect = json_of(response, 'Id')
    own = [inspect['Id'][:12], (inspect.get('Config') or {}).get('Hostname')]
    networks = (inspect.get('NetworkSettings') or {}).get('Networks') or {}
    for name, endpoint in networks.items():
        if name in _WITHOUT_ALIASES or 'Aliases' not in (endpoint or {}):
            continue
        aliases = endpoint['Aliases'] = endpoint['Aliases'] or []
        aliases.extend(alias for alias in own if alias and alias not in aliases)
    return with_json(response, inspect)


@response((1, 45), 'GET', '/images/{}/json', everywhere=True)
def inspect_container_config(response, call):
    """GET /images/{name}/json has no Container and no ContainerConfig."""
    inspect = json_of(response)
    inspect.setdefault('Container', '')
    inspect['ContainerConfig'] = inspect.get('ContainerConfig') or dict(inspect.get('Config') or {})
    inspect['ContainerConfig'].setdefault('NetworkDisabled', False)
    return with_json(response, inspect)
