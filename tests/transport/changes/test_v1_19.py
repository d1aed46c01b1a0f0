"""Remote API 1.19: the image of containers and events as it was given, and the form of X-Registry-Config."""

import base64
import io
import json

import pytest

import docker
from tests.credentials import PASSWORDS
from tests.server import HIJACKED, as_json, chunked, http
from tests.transport.changes import DOCKER
from tests.transport.changes import ENGINES as RECORDED

ALICE = {'username': 'alice', 'password': PASSWORDS['alice'], 'auth': '', 'serveraddress': 'localhost:5000'}
PLAIN = {'localhost:5000': ALICE}
IN_CONFIGS = {'configs': PLAIN}
BOTH = {'localhost:5000': ALICE, 'auths': PLAIN}


def registry_config(request):
    header = request.headers['x-registry-config']
    return json.loads(base64.urlsafe_b64decode(header.encode('ascii')).decode('ascii'))


def build_on(server, version_info, version, header=None):
    """Build on an engine with this response to `GET /version`, and return the request."""
    server.respond(as_json(version_info), as_json(version_info))
    client = docker.Client(server.url, version=version, timeout=10)
    client.version()
    server.respond(http(200, 'Successfully built 0123456789ab\n'))
    try:
        if header is None:
            client.build(fileobj=io.BytesIO(b'FROM localhost:5000/a'), auth_config=PLAIN)
        else:
            client.post(client.base_url + '/v1.6/build', headers={'X-Registry-Config': header})
    finally:
        client.close()
    return server.request


ENGINES = {
    '1.12': ({'ApiVersion': '1.12', 'MinAPIVersion': '1.6'}, IN_CONFIGS),
    '1.18': ({'ApiVersion': '1.18', 'MinAPIVersion': '1.6'}, IN_CONFIGS),
    '1.19': ({'ApiVersion': '1.19', 'MinAPIVersion': '1.6'}, BOTH),
    '1.20': ({'ApiVersion': '1.20', 'MinAPIVersion': '1.6'}, PLAIN),
    '1.41': ({'ApiVersion': '1.41', 'MinAPIVersion': '1.12'}, PLAIN),
    '1.55': ({'ApiVersion': '1.55', 'MinAPIVersion': '1.40'}, PLAIN)}


@pytest.mark.parametrize('version', ['1.6', '1.18', 'auto'])
@pytest.mark.parametrize('newest', sorted(ENGINES))
def test_credentials_are_in_the_form_of_the_engine(server, newest, version):
    engine, form = ENGINES[newest]
    assert registry_config(build_on(server, engine, version)) == form


@pytest.mark.parametrize('header', [
    base64.urlsafe_b64encode(b'{"configs": {}}').decode('ascii'), 'not base64', 'bm8='],
    ids=['nested', 'no base64', 'no JSON'])
def test_a_header_of_a_caller_that_has_the_form_already_is_left_alone(server, header):
    request = build_on(server, {'ApiVersion': '1.18', 'MinAPIVersion': '1.6'}, '1.6', header)
    assert request.headers['x-registry-config'] == header


def test_credentials_of_a_build_are_not_kept_in_its_response_or_its_error(server):
    version = as_json({'ApiVersion': '1.18', 'MinAPIVersion': '1.6'})
    client = docker.Client(server.url, timeout=10)
    seen = []
    client.hooks['response'].append(lambda response, **kwargs: seen.append(response))
    server.respond(version, HIJACKED, lambda peer: False)
    for _ in range(2):
        try:
            client.build(fileobj=io.BytesIO(b'FROM a'), auth_config=PLAIN)
        except docker.errors.EngineUnreachable as error:
            seen.append(error)
    client.close()
    assert len(seen) == 2
    assert all('X-Registry-Config' not in each.request.headers for each in seen)


ID = '1' * 64
NAMES = [('busybox', 'busybox:latest'), ('me/web', 'me/web:latest'),
         ('localhost:5000/web', 'localhost:5000/web:latest'), ('web:v1', 'web:v1'),
         ('localhost:5000/web:v1', 'localhost:5000/web:v1'),
         ('web@sha256:' + ID, 'web@sha256:' + ID), ('sha256:' + ID, ID), (ID, ID), (ID[:12], ID[:12]),
         ('cafe', 'cafe:latest')]


@pytest.mark.parametrize('image, listed', NAMES)
@pytest.mark.parametrize('name', RECORDED)
def test_images_have_a_tag(recorded, name, image, listed):
    engine = recorded(name)
    engine.respond(as_json([{'Id': 'a', 'Image': image}] * 2))
    assert [one['Image'] for one in engine.client.containers()] == [listed] * 2


@pytest.mark.parametrize('decode', [False, True])
@pytest.mark.parametrize('image, listed', NAMES)
@pytest.mark.parametrize('layout', [
    '{{"status":"die","id":"b","from":"{0}","Type":"container","Actor":{{"Attributes":{{"from":"x"}}}}}}',
    '{{"Actor":{{"Attributes":{{"from":"x"}}}},"Type":"container","from":"{0}","id":"b","status":"die"}}',
    '{{"status": "die", "id": "b", "from": "{0}", "Type": "container", '
    '"Actor": {{"Attributes": {{"from": "x"}}}}}}',
])
def test_events_have_a_tag(recorded, image, listed, layout, decode):
    engine = recorded(DOCKER[0])
    text = layout.format(image).encode('ascii')
    engine.respond(chunked([text + b'\n' + text + b'\n']))
    for event in engine.client.events(since=1, decode=decode):
        event = event if decode else json.loads(event)
        assert event['from'] == listed
        assert event['Actor']['Attributes'] == {'from': 'x'}


def test_names_that_are_escaped(recorded):
    engine = recorded(DOCKER[0])
    text = b'{"status":"die","id":"b","from":"a\\"b"}\n'
    engine.respond(chunked([text * 2]))
    assert [json.loads(event)['from'] for event in engine.client.events(since=1)] == ['a"b:latest'] * 2


def test_newer_versions_have_it_as_given(recorded):
    engine = recorded(DOCKER[0], '1.19')
    engine.respond(as_json([{'Id': 'a', 'Image': 'busybox'}]))
    assert engine.client.containers()[0]['Image'] == 'busybox'
    engine.events()
    assert {event.get('from') for event in engine.client.events(since=1, decode=True)} & {'busybox', 't1'}
