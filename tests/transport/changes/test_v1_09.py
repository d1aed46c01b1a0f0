"""Remote API 1.9: the sizes of a list."""

import pytest

from tests.server import as_json
from tests.transport.changes import ENGINES


@pytest.mark.parametrize('name', ENGINES + ('docker-1.6.2_v1.6',))
def test_a_list_has_sizes(recorded, name):
    engine = recorded(name)
    engine.respond('containers-all')
    assert {(one['SizeRw'], one['SizeRootFs']) for one in engine.client.containers(all=True)} == {(0, 0)}


def test_sizes_that_are_there_stay(recorded):
    engine = recorded(ENGINES[0])
    engine.respond(as_json([{'Id': 'a', 'SizeRw': 5}]))
    (one,) = engine.client.containers(size=True)
    assert (one['SizeRw'], one['SizeRootFs']) == (5, 0)


def test_newer_versions_have_none(recorded):
    engine = recorded(ENGINES[0], '1.9')
    engine.respond('containers-all')
    assert not any('SizeRw' in one for one in engine.client.containers(all=True))
