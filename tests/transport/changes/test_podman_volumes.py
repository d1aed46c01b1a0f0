"""What is different with Podman: the driver of a volume that exists."""

import pytest

from docker import errors
from tests.server import as_json, http
from tests.transport.changes import PODMAN

VOLUME = {'Name': 'data', 'Driver': 'local', 'Labels': {}}
INFO = {'Plugins': {'Volume': ['local', 'image']}}


@pytest.mark.parametrize('driver, kind', [('nope', errors.NotFound), ('image', errors.Conflict)])
def test_a_volume_with_another_driver(recorded, driver, kind):
    engine = recorded(PODMAN)
    engine.respond(as_json(VOLUME, 201), as_json(INFO))
    with pytest.raises(kind, match=driver if kind is errors.NotFound else 'local'):
        engine.client.create_volume('data', driver)
    assert [parts[:2] for parts in engine.requests_made] == [('POST', '/volumes/create'), ('GET', '/info')]


@pytest.mark.parametrize('driver', [None, 'local'])
def test_a_volume_with_the_same_driver(recorded, driver):
    engine = recorded(PODMAN)
    engine.respond(as_json(VOLUME, 201))
    assert engine.client.create_volume('data', driver) == VOLUME
    assert len(engine.requests_made) == 1


def test_errors_of_both_requests(recorded):
    engine = recorded(PODMAN)
    engine.respond(http(500, 'first'), as_json(VOLUME, 201), http(500, 'second'))
    for explanation in ('first', 'second'):
        with pytest.raises(errors.ServerError, match=explanation):
            engine.client.create_volume('data', 'image')
