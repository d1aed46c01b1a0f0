"""That each recorded engine keeps the contract of each version that it is asked for.

The responses of the recorded engines go through a Client that wants another version, and the result has
every fact of the recording of that version.
"""

import json

import pytest

import docker
from tests.contract import CALL_OF, CONTRACTS, Contract, recorded_value
from tests.server import as_json
from tests.transport.changes import RecordedEngine
from tests.wire import recording

# On which engines each version is asked for: those that serve it, or speak a later one.
ENGINES = {
    '1.6': ['docker-0.6.5_v1.6', 'docker-1.6.2_v1.6', 'docker-20.10_v1.12', 'docker-20.10_v1.41',
            'docker-29.7_v1.40', 'docker-29.7_v1.55', 'podman-4.3_v1.41'],
    '1.12': ['docker-20.10_v1.12', 'docker-20.10_v1.41', 'docker-29.7_v1.40', 'docker-29.7_v1.55',
             'podman-4.3_v1.41'],
    '1.40': ['docker-20.10_v1.41', 'docker-29.7_v1.40', 'docker-29.7_v1.55', 'podman-4.3_v1.41'],
    '1.41': ['docker-20.10_v1.41', 'docker-29.7_v1.55', 'podman-4.3_v1.41'],
    '1.55': ['docker-29.7_v1.55']}

CALLS = {
    'version': lambda client: client.version(),
    'info': lambda client: client.info(),
    'import_image': lambda client: list(map(json.loads, client.import_image(b'tar').splitlines())),
    'create_container': lambda client: client.create_container('busybox', 'true'),
    'images': lambda client: client.images(),
    'history': lambda client: client.history('busybox'),
    'inspect_image': lambda client: client.inspect_image('busybox'),
    'commit': lambda client: client.commit('rec1'),
    'inspect_container': lambda client: client.inspect_container('rec1'),
    'diff': lambda client: client.diff('rec1'),
    'containers': lambda client: client.containers(all=True),
    'top': lambda client: client.top('rec1'),
    'remove_image': lambda client: client.remove_image('other/name:v1'),
    'events': lambda client: list(client.events(since=1, decode=True))}


def responses(engine, exchange):
    if CALL_OF[exchange] == 'events':
        # Its recording ends without the last chunk.
        return recording(engine, exchange) + b'0\r\n\r\n'
    return recording(engine, exchange)


def broken(client, server, engine, contract):
    """Return what the recorded responses of an engine do not keep of a contract, and how many facts
    were looked at."""
    found, facts = {}, 0
    for exchange in sorted(contract.shapes):
        if recorded_value(engine, exchange) is None:
            continue
        server.respond(responses(engine, exchange))
        value = CALLS[CALL_OF[exchange]](client)
        facts += len(contract.facts(exchange))
        found.update({exchange + path: what for path, what in contract.broken(exchange, value).items()})
    return found, facts
