"""Remote API 1.50 (Docker 28.2, May 2025)."""

from docker.transport.changes.change import response
from docker.transport.changes.fields import add_missing
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
    add_missing(config, _LEFT_OUT)
    return with_json(response, inspect)


@response((1, 50), 'GET', '/info', everywhere=True)
def info_without_what_is_always_the_same(response, call):
    """GET /info has no BridgeNfIptables, no BridgeNfIp6tables, no Expected of its commits and no
    AllowNondistributableArtifacts of RegistryConfig."""
    info = json_of(response)
    add_missing(info, {'BridgeNfIptables': False, 'BridgeNfIp6tables': False}, beside='KernelVersion')
    for commit in filter(None, map(info.get, ('ContainerdCommit', 'RuncCommit', 'InitCommit'))):
        add_missing(commit, {'Expected': commit.get('ID')})
    add_missing(info.get('RegistryConfig'), {'AllowNondistributableArtifactsCIDRs': [],
                                             'AllowNondistributableArtifactsHostnames': []})
    return with_json(response, info)
