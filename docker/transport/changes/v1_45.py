"""Remote API 1.45 (Docker 26, March 2024)."""

from docker.transport.changes.change import response
from docker.transport.response import json_of, with_json


@response((1, 45), 'GET', '/images/{}/json', everywhere=True)
def inspect_container_config(response, call):
    """GET /images/{name}/json has no Container and no ContainerConfig."""
    inspect = json_of(response)
    inspect.setdefault('Container', '')
    inspect['ContainerConfig'] = inspect.get('ContainerConfig') or dict(inspect.get('Config') or {})
    inspect['ContainerConfig'].setdefault('NetworkDisabled', False)
    return with_json(response, inspect)
