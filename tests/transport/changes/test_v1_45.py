"""Remote API 1.45: Container and ContainerConfig of an image."""

import pytest

from tests.transport.changes import ENGINES, assert_kept


@pytest.mark.parametrize('exchange', ['inspect-image', 'inspect-committed'])
@pytest.mark.parametrize('name', ENGINES)
def test_an_image_has_a_container(recorded, name, exchange):
    engine = recorded(name, '1.44')
    engine.respond(exchange)
    about = engine.client.inspect_image('busybox')
    assert about['Container'] == engine.recorded_json(exchange).get('Container', '')
    assert 'ContainerConfig' in about
    assert_kept(engine.recorded_json(exchange), about)


def test_the_config_of_the_image_is_that_of_the_container(recorded):
    engine = recorded('docker-29.7_v1.55', '1.44')
    engine.respond('inspect-committed')
    about = engine.client.inspect_image('committed')
    assert about['ContainerConfig']['Cmd'] == ['/bin/cat']
    assert about['ContainerConfig'] == dict(about['Config'], NetworkDisabled=False)


def test_newer_versions_have_none(recorded):
    engine = recorded('docker-29.7_v1.55', '1.45')
    engine.respond('inspect-committed')
    about = engine.client.inspect_image('committed')
    assert not {'Container', 'ContainerConfig'} & set(about)
