"""Remote API 1.50 (Docker 28.2, May 2025)."""

from docker.transport.changes.change import response
from docker.transport.response import json_of, with_json

_LEFT_OUT = {
    'Hostname': '', 'Domainname': '', 'AttachStdin': False, 'AttachStdout': False,
    'AttachStderr': False, 'Tty': False, 'OpenStdin': False, 'StdinOnce': False, 'Image': '',
    'User': '', 'Env': None, 'Cmd': None, 'Volumes': None, 'WorkingDir': '', 'Entrypoint': None,
    'OnBuild': None, 'Labels': None}


@response((1, 50), 'GET', '/images/{}/json')
def inspect_image_config(response, call):
    """GET /images/{name}/json leaves out of Config what is empty or not in the OCI specification."""
    inspect = json_of(response)
    config = inspect['Config'] = inspect.get('Config') or {}
    for key, value in _LEFT_OUT.items():
        config.setdefault(key, value)
    return with_json(response, inspect)
