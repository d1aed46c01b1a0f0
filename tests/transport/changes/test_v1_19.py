"""Remote API 1.19: the form of X-Registry-Config."""

import base64
import io
import json

import pytest

import docker
from tests.credentials import PASSWORDS
from tests.server import HIJACKED, as_json, http

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
