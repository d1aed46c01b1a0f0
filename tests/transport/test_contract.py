"""That each recorded engine keeps the contract of each version that it may be asked for.

The recorded responses of an engine go through a Client that wants another version, and the result has
every fact of the recordings of that version.
"""

import json

import pytest

from tests.contract import CALL_OF, CONTRACTS, Contract, newest_of, recorded_value
from tests.wire import recording

ENGINES = ('docker-0.6.5_v1.6', 'docker-1.6.2_v1.6', 'docker-20.10_v1.12', 'docker-20.10_v1.41',
           'docker-29.7_v1.40', 'docker-29.7_v1.55', 'podman-4.3_v1.41')

CALLS = {
    'version': lambda client: client.version(),
    'info': lambda client: client.info(),
    'import_image': lambda client: [json.loads(line) for line in client.import_image(
        'archive', data=b'tar\0').splitlines()],
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


def pairs():
    """Each version with each engine that has to keep its contract."""
    for version in sorted(CONTRACTS):
        contract = Contract(version)
        for name in ENGINES:
            spoken = tuple(map(int, name.rpartition('_v')[2].split('.')))
            if contract.concerns(newest_of(name), spoken):
                yield pytest.param(contract, name, id='{0}-{1}'.format(version, name))


def ask(engine, exchange):
    """Return what a call returns for a recorded response."""
    response = recording(engine.name, exchange)
    # The recording of events ends without the last chunk.
    engine.server.respond(response + b'0\r\n\r\n' if CALL_OF[exchange] == 'events' else response)
    return CALLS[CALL_OF[exchange]](engine.client)


@pytest.mark.parametrize('contract, name', list(pairs()))
def test_an_engine_keeps_the_contract(recorded, contract, name):
    engine = recorded(name, contract.version)
    broken = {}
    for exchange in contract.shapes:
        if recorded_value(name, exchange) is not None:
            broken.update(contract.broken(exchange, ask(engine, exchange), name))
    assert broken == {}
