# -*- coding: utf-8 -*-
"""The calls that use registries (login, pull, push and build), and the credentials that they send."""

import base64
import io
import json
import os
import pickle
import socket
import subprocess
import traceback
import warnings

import pytest
import six

import docker
from docker import auth, errors
from tests.credentials import (
    PASSWORDS, TOKEN, Helpers, held_by, shown_in, write, write_config)
from tests.server import Server, as_json, chunked, http
from tests.wire import ENGINES, assert_same_request, raised, request_parts

HUB = 'https://index.docker.io/v1/'
DIGEST = 'sha256:' + 64 * 'a'
OUTPUT = [b'{"status":"Pulling"}', b'{"status":"Done","id":"abc"}']


def credentials_in(request):
    """Return the value of X-Registry-Auth, which must be in the alphabet for URLs."""
    header = request.headers['x-registry-auth']
    assert '+' not in header and '/' not in header
    return json.loads(base64.urlsafe_b64decode(header).decode('utf-8'))


def write_in_home(folder, text, name='.dockercfg'):
    """Write a file of credentials to a folder of the home folder."""
    path = os.path.join(os.environ['HOME'], folder, name)
    if folder:
        os.makedirs(os.path.dirname(path))
    with io.open(path, 'w', encoding='utf-8') as opened:
        opened.write(text)


def encoded(pair):
    return base64.b64encode(pair.encode('utf-8')).decode('ascii')


def config_in(request):
    """Return the registries in X-Registry-Config, which must be in the alphabet for URLs.

    They are below the key that the engine of these tests takes them from.
    """
    header = request.headers['x-registry-config']
    assert '+' not in header and '/' not in header
    config = json.loads(base64.urlsafe_b64decode(header).decode('utf-8'))
    assert list(config) == ['configs']
    return config['configs']


@pytest.fixture
def helpers(tmp_path, monkeypatch):
    return Helpers(str(tmp_path), monkeypatch)


# login

@pytest.mark.parametrize('arguments, body', [
    (('me', 'secret', 'me@localhost', 'http://localhost:5000/v1/'),
     {'username': 'me', 'password': 'secret', 'email': 'me@localhost',
      'serveraddress': 'http://localhost:5000/v1/'}),
    (('me', 'secret'), {'username': 'me', 'password': 'secret', 'serveraddress': HUB}),
    (('me', 'secret', None, None), {'username': 'me', 'password': 'secret', 'serveraddress': HUB}),
    (('me', 'secret', None, 'docker.io'),
     {'username': 'me', 'password': 'secret', 'serveraddress': HUB}),
    ((u'm\xe9', u's\xe9:"+/', u'\xe9'),
     {'username': u'm\xe9', 'password': u's\xe9:"+/', 'email': u'\xe9', 'serveraddress': HUB}),
])
def test_the_request_of_login(client, server, arguments, body):
    server.respond(as_json({'Status': 'Login Succeeded'}))
    assert client.login(*arguments) == {'Status': 'Login Succeeded'}
    assert request_parts(server.request) == ('POST', '/v1.6/auth', {}, body)


@pytest.mark.skipif(not six.PY2, reason='a str is text there')
def test_login_with_bytes_of_python_2(client, server):
    server.respond(as_json({'Status': 'Login Succeeded'}))
    client.login('mé', 'sé')
    assert server.request.json['username'] == u'm\xe9'
    assert server.request.json['password'] == u's\xe9'


def test_a_token_of_a_login_is_not_printed(client, server):
    status = {'Status': 'Login Succeeded', 'IdentityToken': 'a-token'}
    server.respond(as_json(status))
    response = client.login('me', 'secret')
    assert response == status and response['IdentityToken'] == 'a-token'
    assert 'a-token' not in repr(response) and "'Login Succeeded'" in repr(response).replace("u'", "'")


def test_login_without_content(client, server):
    server.respond(http(204))
    assert client.login('me', 'secret') == {}


def test_a_login_is_repeated_only_with_reauth(client, server):
    ok = as_json({'Status': 'Login Succeeded'})
    server.respond(ok, ok, ok, ok)
    client.login('me', 'secret', registry='localhost:5000')
    known = client.login('me', 'other', registry='http://localhost:5000/v1/')
    assert (known['username'], known['password']) == ('me', 'secret')
    assert 'secret' not in repr(known) and 'secret' in json.dumps(known)
    assert len(server.requests) == 1
    client.login('me', 'new', registry='localhost:5000', reauth=True)
    client.login('you', 'secret', registry='localhost:5000')
    client.login('you', 'secret')
    assert [request.json['password'] for request in server.requests] == [
        'secret', 'new', 'secret', 'secret']


def test_a_user_of_the_files_is_known(client, server):
    write_in_home('.docker', u'{{"auths": {{"localhost:5000": {{"auth": "{0}"}}}}}}'.format(
        encoded(u'me:secret')), 'config.json')
    assert client.login('me', registry='localhost:5000')['username'] == 'me'
    assert server.requests == []


def test_a_failed_login_is_not_kept(client, server):
    server.respond(http(401, 'Wrong login/password, please try again\n'), chunked(OUTPUT))
    error = raised(errors.Unauthorized, lambda: client.login('me', 'secret'))
    assert error.explanation == 'Wrong login/password, please try again'
    assert 'secret' not in str(error) + repr(error)
    client.pull('busybox')
    assert 'x-registry-auth' not in server.request.headers


@pytest.mark.parametrize('status, text, kind', [
    (500, 'Wrong login/password, please try again\n', errors.Unauthorized),
    (500, 'Login: Account is not Active. Please check your e-mail for a confirmation link.\n',
     errors.Unauthorized),
    (403, "Login: Your account hasn't been activated.\n", errors.Unauthorized),
    (401, '{"message": "unauthorized: incorrect username or password"}', errors.Unauthorized),
    (500, 'Server Error: connection refused\n', errors.ServerError),
])
def test_login_that_fails(client, server, status, text, kind):
    server.respond(http(status, text))
    raised(kind, lambda: client.login('me', 'secret'))


def test_a_recorded_login_that_fails(engine):
    engine.respond('auth-fails')
    error = raised(errors.ServerError,
                   lambda: engine.client.login('a', 'b', 'c', 'http://127.0.0.1:9/v1/'))
    assert error.explanation == engine.recorded_text('auth-fails')
    assert_same_request(engine.server.request, engine.recorded_request('auth-fails'))


# pull

@pytest.mark.parametrize('call, query', [
    (lambda c: c.pull('busybox'), {'fromImage': 'busybox', 'tag': 'latest'}),
    (lambda c: c.pull('busybox', None, None), {'fromImage': 'busybox', 'tag': 'latest'}),
    (lambda c: c.pull('busybox', ''), {'fromImage': 'busybox', 'tag': 'latest'}),
    (lambda c: c.pull('busybox', all_tags=True), {'fromImage': 'busybox'}),
    (lambda c: c.pull('busybox', 'latest'), {'fromImage': 'busybox', 'tag': 'latest'}),
    (lambda c: c.pull('busybox', tag='v1'), {'fromImage': 'busybox', 'tag': 'v1'}),
    (lambda c: c.pull('localhost:5000/me/busybox'),
     {'fromImage': 'localhost:5000/me/busybox', 'tag': 'latest'}),
    (lambda c: c.pull('localhost:5000/busybox@' + DIGEST),
     {'fromImage': 'localhost:5000/busybox', 'tag': DIGEST}),
    (lambda c: c.pull('busybox:v1@' + DIGEST), {'fromImage': 'busybox', 'tag': DIGEST}),
    (lambda c: c.pull('busybox', DIGEST), {'fromImage': 'busybox', 'tag': DIGEST}),
    (lambda c: c.pull('localhost:5000/me/busybox:v1'),
     {'fromImage': 'localhost:5000/me/busybox', 'tag': 'v1'}),
    (lambda c: c.pull('busybox:v1', 'v1'), {'fromImage': 'busybox', 'tag': 'v1'}),
    (lambda c: c.pull(u'busybox', tag=u'v1'), {'fromImage': 'busybox', 'tag': 'v1'}),
])
def test_the_request_of_pull(client, server, call, query):
    server.respond(chunked(OUTPUT))
    call(client)
    assert request_parts(server.request) == ('POST', '/v1.6/images/create', query, None)
    assert 'x-registry-auth' not in server.request.headers


@pytest.mark.parametrize('call', [
    lambda c: c.pull('busybox:v1', all_tags=True),
    lambda c: c.pull('busybox', 'v1', all_tags=True),
    lambda c: c.pull('busybox@' + DIGEST, all_tags=True),
    lambda c: c.push('busybox@' + DIGEST),
])
def test_what_no_engine_supports_is_not_sent(client, server, call):
    raised(ValueError, lambda: call(client))
    assert server.requests == []


@pytest.mark.parametrize('repository, path, query', [
    ('busybox', 'busybox', {}),
    ('localhost:5000/me/busybox', 'localhost:5000/me/busybox', {}),
    ('localhost:5000/me/busybox:v1', 'localhost:5000/me/busybox', {'tag': 'v1'}),
    (u'me/busybox', 'me/busybox', {}),
])
def test_the_request_of_push(client, server, repository, path, query):
    server.respond(chunked(OUTPUT))
    client.push(repository)
    assert request_parts(server.request) == ('POST', '/v1.6/images/{0}/push'.format(path), query, {})
    assert credentials_in(server.request) == {}


CALLS = [('pull', lambda c, name, **how: c.pull(name, **how)),
         ('push', lambda c, name, **how: c.push(name, **how))]
either = pytest.mark.parametrize('call', [row[1] for row in CALLS], ids=[row[0] for row in CALLS])


@either
def test_the_credentials_of_a_login_are_sent(client, server, call):
    server.respond(as_json({'Status': 'Login Succeeded'}), *[chunked(OUTPUT)] * 3)
    client.login(u'm\xe9', u's\xe9cret\xff\xfe?>', 'me@localhost', 'http://localhost:5000/v1/')
    call(client, 'localhost:5000/busybox')
    sent = credentials_in(server.request)
    assert (sent['username'], sent['password']) == (u'm\xe9', u's\xe9cret\xff\xfe?>')
    assert (sent['email'], sent['serveraddress']) == ('me@localhost', 'http://localhost:5000/v1/')
    assert sent['auth'] == ''
    # They are sent for that registry only.
    for other in ('busybox', 'localhost:5001/busybox'):
        call(client, other)
        assert credentials_in(server.request) == {} if call is CALLS[1][1] else \
            'x-registry-auth' not in server.request.headers


@either
@pytest.mark.parametrize('repository', ['busybox', 'me/busybox', 'docker.io/me/busybox',
                                        'index.docker.io/me/busybox'])
def test_the_credentials_of_docker_hub(client, server, call, repository):
    server.respond(as_json({'Status': 'Login Succeeded'}), chunked(OUTPUT))
    client.login('me', 'secret')
    call(client, repository)
    assert credentials_in(server.request)['username'] == 'me'
    assert credentials_in(server.request)['serveraddress'] == HUB


CONFIGS = [
    ('', '.dockercfg', u'{{"localhost:5000": {{"auth": "{0}", "email": "me@localhost"}}}}'),
    ('', '.dockercfg', u'{{"https://localhost:5000/v1/": {{"auth": "{0}"}}}}'),
    ('.docker', 'config.json', u'{{"auths": {{"localhost:5000": {{"auth": "{0}"}}}}}}'),
    ('.docker', 'config.json',
     u'{{"auths": {{"http://localhost:5000": {{"auth": "{0}"}}}}, "HttpHeaders": {{}}}}'),
]


@either
@pytest.mark.parametrize('folder, name, text', CONFIGS)
def test_the_credentials_of_the_files_are_sent(client, server, call, folder, name, text):
    write_in_home(folder, text.format(encoded(u'm\xe9:se:cr\xe9t')), name)
    server.respond(chunked(OUTPUT))
    call(client, 'localhost:5000/busybox')
    sent = credentials_in(server.request)
    assert (sent['username'], sent['password']) == (u'm\xe9', u'se:cr\xe9t')


@either
def test_a_login_wins_over_the_files(client, server, call):
    write_in_home('', u'{{"localhost:5000": {{"auth": "{0}"}}}}'.format(encoded(u'old:old')))
    server.respond(as_json({'Status': 'Login Succeeded'}), chunked(OUTPUT))
    client.login('new', 'new', registry='localhost:5000')
    call(client, 'localhost:5000/busybox')
    assert credentials_in(server.request)['username'] == 'new'


# The output of pull and push

@either
def test_the_text_has_all_objects(client, server, call):
    server.respond(chunked([b''.join(OUTPUT)[:25], b''.join(OUTPUT)[25:]]))
    output = call(client, 'busybox')
    assert isinstance(output, six.text_type)
    assert [json.loads(line) for line in output.splitlines()] == [
        {'status': 'Pulling'}, {'status': 'Done', 'id': 'abc'}]


@either
def test_decoded_items_are_dicts(client, server, call):
    server.respond(chunked(OUTPUT), chunked(OUTPUT))
    expected = [{'status': 'Pulling'}, {'status': 'Done', 'id': 'abc'}]
    assert list(call(client, 'busybox', stream=True, decode=True)) == expected
    assert call(client, 'busybox', decode=True) == expected


@either
@pytest.mark.parametrize('chunks', [
    [b''.join(OUTPUT)], OUTPUT, [b'\r\n'.join(OUTPUT) + b'\r\n'],
    [b''.join(OUTPUT)[i:i + 1] for i in range(len(b''.join(OUTPUT)))],
], ids=['one chunk', 'a chunk for each', 'lines', 'bytes'])
def test_each_item_of_a_stream_is_one_object(client, server, call, chunks):
    server.respond(chunked(chunks))
    items = list(call(client, 'busybox', stream=True))
    assert items == [item.decode('ascii') for item in OUTPUT]
    assert all(isinstance(item, six.text_type) for item in items)


FAILURES = [
    [b'{"error":"out of space"}'],
    [b'{"status":"Pushing"}{"errorDetail":{"message":"out of space"},"error":"out of space"}'],
    [b'{"status":"Pushing"}', b'{"errorDetail":{"mess', b'age":"out of space"}}'],
    [b'{"status":"Pushing"}\r\n{"errorDetail":{"message":"x"},"error":"out of space"}\r\n',
     b'{"status":"never read"}'],
]
failing = pytest.mark.parametrize('chunks', FAILURES,
                                  ids=['alone', 'same chunk', 'only detail', 'not the last'])


@either
@failing
def test_an_error_inside_a_200_is_raised(client, server, call, chunks):
    server.respond(chunked(chunks))
    error = raised(errors.OperationFailed, lambda: call(client, 'busybox'))
    assert error.explanation == 'out of space'
    assert 'out of space' in str(error)
    assert error.response.status_code == 200


@either
@failing
@pytest.mark.parametrize('decode', [False, True])
def test_a_stream_yields_the_error_and_then_raises_it(client, server, call, chunks, decode):
    server.respond(chunked(chunks))
    items = []

    def read():
        for item in call(client, 'busybox', stream=True, decode=decode):
            items.append(item if decode else json.loads(item))

    assert raised(errors.OperationFailed, read).explanation == 'out of space'
    assert 'errorDetail' in items[-1] or 'error' in items[-1]


DENIED = [
    (500, 'Head "http://localhost:5000/v2/a/manifests/latest": no basic auth credentials'),
    (500, 'Get "http://localhost:5000/v2/a/manifests/latest": unauthorized: authentication required'),
    (500, 'Authentication is required.'),
    (500, '{"message":"login attempt to http://localhost:5000/v2/ failed with status: 401 Unauthorized"}'),
    (500, 'initializing source docker://a: unable to retrieve auth token: invalid username/password: '
          'unauthorized: authentication required'),
    (401, 'no'),
]


@either
@pytest.mark.parametrize('stream', [False, True])
@pytest.mark.parametrize('status, message', DENIED)
def test_an_error_that_denies_access(client, server, call, stream, status, message):
    server.respond(http(status, message))
    raised(errors.Unauthorized, lambda: call(client, 'localhost:5000/a', stream=stream))


@either
@pytest.mark.parametrize('message', [message for _, message in DENIED[:-1]])
def test_an_error_that_denies_access_inside_a_200(client, server, call, message):
    for stream in False, True:
        server.respond(chunked([json.dumps({'error': message}).encode('ascii')]))
        error = raised(errors.AccessDenied, lambda: list(call(client, LOCAL + '/a', stream=stream)))
        assert isinstance(error, errors.Unauthorized) and isinstance(error, errors.OperationFailed)
        assert error.explanation == message


@either
@pytest.mark.parametrize('message', [
    'manifest unknown: manifest unknown',
    "pull access denied for a, repository does not exist or may require 'docker login'"])
def test_an_error_that_there_is_no_image_inside_a_200(client, server, call, message):
    for stream in False, True:
        server.respond(chunked([json.dumps({'error': message}).encode('ascii')]))
        error = raised(errors.ImageMissing, lambda: list(call(client, LOCAL + '/a', stream=stream)))
        assert isinstance(error, errors.ImageNotFound) and isinstance(error, errors.OperationFailed)
        assert error.explanation == message


@either
def test_a_status_that_mentions_an_error_is_no_error(client, server, call):
    server.respond(chunked([b'{"status":"\\"error\\": retrying","error":"","errorDetail":null}']))
    assert json.loads(call(client, 'busybox'))['status'] == '"error": retrying'


@either
def test_an_end_inside_an_object_is_an_error(client, server, call):
    server.respond(chunked([b'{"status":"Pushing"}{"sta']))
    raised(errors.StreamBroken, lambda: call(client, 'busybox'))


@either
@pytest.mark.parametrize('stream', [False, True])
def test_an_error_before_the_stream(client, server, call, stream):
    server.respond(http(404, 'No such image: busybox\n'))
    raised(errors.ImageNotFound, lambda: call(client, 'busybox', stream=stream))


@pytest.mark.parametrize('stream', [False, True])
def test_a_recorded_pull_that_fails(engine, stream):
    engine.respond('pull-fails')
    error = raised(errors.ServerError,
                   lambda: engine.client.pull('127.0.0.1:9/nosuch', 'latest', stream=stream))
    assert error.explanation == engine.recorded_text('pull-fails')
    assert_same_request(engine.server.request, engine.recorded_request('pull-fails'))


def test_a_recorded_push_that_fails(engine):
    engine.respond('push-fails')
    kind = errors.ImageMissing if engine.name == ENGINES[2] else errors.ServerError
    error = raised(kind, lambda: engine.client.push('127.0.0.1:9/nosuch'))
    assert error.explanation in engine.recorded_text('push-fails')
    assert error.explanation
    assert_same_request(engine.server.request, engine.recorded_request('push-fails'))
    assert engine.server.request.headers['x-registry-auth'] == \
        engine.recorded_request('push-fails').headers['x-registry-auth']


# Sources of credentials

LOCAL = 'localhost:5000'
SOURCES = ['auth_config', 'login', 'credHelpers', 'credsStore', 'auths', '.dockercfg']


def set_up(sources, client, server, helpers):
    """Set up each of the sources with credentials, of a user named as the source.

    :returns: the auth_config, if that is one of the sources.
    """
    config = {}
    for source in sources:
        if source == 'login':
            server.respond(as_json({'Status': 'Login Succeeded'}))
            client.login('login', 'password', registry=LOCAL)
        elif source == 'credHelpers':
            helpers.make('own', {LOCAL: (source, 'password')})
            config['credHelpers'] = {LOCAL: 'own'}
        elif source == 'credsStore':
            helpers.make('store', {LOCAL: (source, 'password')})
            config['credsStore'] = 'store'
        elif source == 'auths':
            config['auths'] = {LOCAL: {'auth': encoded('auths:password')}}
        elif source == '.dockercfg':
            write_in_home('', json.dumps({LOCAL: {'auth': encoded('.dockercfg:password')}}) + u'')
    write_config(config)
    return {'username': 'auth_config', 'password': 'password', 'serveraddress': LOCAL} \
        if 'auth_config' in sources else None


@either
@pytest.mark.parametrize('sources', [SOURCES[n:] for n in range(6)], ids=SOURCES)
def test_the_first_source_wins(client, server, helpers, call, sources):
    auth_config = set_up(sources, client, server, helpers)
    server.respond(chunked(OUTPUT))
    call(client, LOCAL + '/busybox', auth_config=auth_config)
    assert credentials_in(server.request)['username'] == sources[0]


@pytest.mark.parametrize('sources', [SOURCES[n:] for n in range(6)], ids=SOURCES)
def test_the_first_source_wins_in_a_build(client, server, helpers, sources):
    auth_config = set_up(sources, client, server, helpers)
    server.respond(BUILT)
    client.build(fileobj=io.BytesIO(b'FROM x'), auth_config=auth_config)
    assert {key: value['username'] for key, value in config_in(server.request).items()} == {LOCAL: sources[0]}


@either
def test_an_empty_auth_config_sends_no_credentials(client, server, call):
    write_config({'auths': {LOCAL: {'auth': encoded('auths:password')}}})
    server.respond(chunked(OUTPUT))
    call(client, LOCAL + '/busybox', auth_config={})
    assert credentials_in(server.request) == {}


@either
def test_an_identity_token_of_a_helper(client, server, helpers, call):
    helpers.make('own', {LOCAL: ('<token>', TOKEN)})
    write_config({'credHelpers': {'http://localhost:5000/v1/': 'own'}})
    server.respond(chunked(OUTPUT))
    call(client, LOCAL + '/busybox')
    assert credentials_in(server.request) == {'identitytoken': TOKEN, 'auth': '', 'serveraddress': LOCAL}
    assert helpers.asked('own') == ['get ' + LOCAL]


@either
def test_an_identity_token_of_a_login(client, server, call):
    server.respond(as_json({'Status': 'Login Succeeded', 'IdentityToken': TOKEN}), chunked(OUTPUT))
    assert client.login('alice', PASSWORDS['alice'], registry=LOCAL)['IdentityToken'] == TOKEN
    call(client, LOCAL + '/busybox')
    assert credentials_in(server.request) == {
        'username': 'alice', 'identitytoken': TOKEN, 'auth': '', 'serveraddress': LOCAL}


@either
def test_a_helper_that_fails_is_a_warning_and_the_call_goes_on(client, server, helpers, call):
    helpers.write('bad', u'#!/bin/sh\necho {0}; echo {0} >&2; exit 3\n'.format(TOKEN))
    write_config({'credHelpers': {LOCAL: 'bad'}, 'auths': {LOCAL: {'auth': encoded('auths:password')}}})
    server.respond(chunked(OUTPUT))
    with pytest.warns(UserWarning) as caught:
        call(client, LOCAL + '/busybox')
    assert [str(warning.message) for warning in caught] == [
        'The credential helper docker-credential-bad is left out: it ended with status 3']
    assert credentials_in(server.request)['username'] == 'auths'


@either
@pytest.mark.parametrize('auth_config, kind', [
    (5, TypeError), ('alice:secret', TypeError), ({'user': 'alice'}, ValueError),
    ({'username': 5}, TypeError), ({'password': 'secret'}, ValueError)])
def test_a_bad_auth_config(client, server, call, auth_config, kind):
    error = raised(kind, lambda: call(client, LOCAL + '/busybox', auth_config=auth_config))
    assert str(error).startswith('auth_config') and 'secret' not in str(error)
    assert server.requests == []


# build

BUILT = chunked([b'Successfully built 0123456789ab\n'], 'text/plain; charset=utf-8')
DOCKERFILE = b'FROM localhost:5000/busybox\n'


def test_a_build_without_credentials(client, server):
    server.respond(BUILT)
    client.build(fileobj=io.BytesIO(DOCKERFILE))
    assert 'x-registry-config' not in server.request.headers


def test_a_build_sends_all_credentials(client, server, helpers):
    helpers.make('own', {'helped:1': ('own', 'password')})
    helpers.make('store', {'stored:1': ('store', 'password'), HUB: ('hub', 'password'),
                           HUB + 'access-token': ('no', 'no'), 'auths:1': ('store', 'password')})
    write_config({'credHelpers': {'helped:1': 'own', 'none:1': 'own', 'auths:2': ''}, 'credsStore': 'store',
                  'auths': {'auths:1': {}, 'auths:2': {'auth': encoded('auths:p')}, 'stored:1': {}}})
    write_in_home('', json.dumps({'old:1': {'auth': encoded('old:p')}}) + u'')
    server.respond(as_json({'Status': 'Login Succeeded'}), BUILT)
    client.login('me', 'password', registry='https://login:1/v1/')
    client.build(fileobj=io.BytesIO(DOCKERFILE), auth_config={
        'https://given:1': {'username': 'given', 'password': 'p'}, 'old:1': {'identitytoken': TOKEN}})
    sent = config_in(server.request)
    assert {key: value.get('username') for key, value in sent.items()} == {
        'helped:1': 'own', 'stored:1': 'store', HUB: 'hub', 'auths:1': 'store', 'auths:2': 'auths',
        'old:1': None, 'login:1': 'me', 'given:1': 'given'}
    assert all(value['serveraddress'] == key for key, value in sent.items())
    assert sent['old:1']['identitytoken'] == TOKEN


def test_a_build_of_a_url_sends_them_to_the_engine_only(client, server):
    write_config({'auths': {LOCAL: {'auth': encoded('alice:password')}}})
    elsewhere = Server(socket.AF_INET)
    try:
        server.respond(BUILT)
        client.build(elsewhere.url.replace('tcp', 'http') + '/Dockerfile')
        assert config_in(server.request)[LOCAL]['username'] == 'alice'
        assert 'content-type' not in server.request.headers
        assert elsewhere.connections == 0
    finally:
        elsewhere.close()


@pytest.mark.parametrize('auth_config, kind, message', [
    (5, TypeError, 'auth_config takes a dict or Credentials, not int'),
    ({'username': 'me', 'password': 'secret'}, ValueError, 'auth_config takes credentials with their'),
    ({LOCAL: 'secret'}, TypeError, 'a value of auth_config takes a dict or Credentials, not str'),
    ({LOCAL: {'user': 'secret'}}, ValueError, 'a value of auth_config takes a username'),
    ({'': {'username': 'me'}}, ValueError, 'registry takes an address'),
    ({5: {'username': 'me'}}, TypeError, 'registry takes text, not int')])
def test_a_bad_auth_config_of_a_build(client, server, auth_config, kind, message):
    error = raised(kind, lambda: client.build(fileobj=io.BytesIO(DOCKERFILE), auth_config=auth_config))
    assert str(error).startswith(message) and 'secret' not in str(error)
    assert server.requests == []


# Nothing leaks

def calls_with_credentials(client):
    auth_config = {'username': 'alice', 'password': PASSWORDS['alice'], 'serveraddress': LOCAL}
    return [lambda: client.login('alice', PASSWORDS['alice'], registry=LOCAL, reauth=True),
            lambda: client.pull(LOCAL + '/a', auth_config=auth_config),
            lambda: client.push(LOCAL + '/a', auth_config=auth_config),
            lambda: client.build(fileobj=io.BytesIO(DOCKERFILE), auth_config=auth_config)]


def redirection(location):
    head = 'HTTP/1.1 307 Temporary Redirect\r\nLocation: {0}\r\nContent-Length: 0\r\n\r\n'
    return head.format(location).encode('ascii')


def hang_up(peer):
    peer.read_request()
    return False


def break_off(peer):
    peer.read_request()
    peer.send(chunked([b'{"a": 1}'])[:-9])
    return False


ENDS = [
    ('refused', http(401, 'no'), errors.Unauthorized),
    ('failed', http(500, 'no'), errors.ServerError),
    ('redirected', redirection('http://127.0.0.1:9/'), errors.APIError),
    ('hung up', hang_up, errors.EngineUnreachable),
    ('no HTTP', b'SSH-2.0\r\n', errors.NotAnEngine),
    ('broken off', break_off, errors.StreamBroken),
]


@pytest.mark.parametrize('call', range(4), ids=['login', 'pull', 'push', 'build'])
@pytest.mark.parametrize('response, kind', [row[1:] for row in ENDS], ids=[row[0] for row in ENDS])
def test_an_error_holds_no_credentials(client, server, call, response, kind):
    server.respond(response)
    error = raised(kind, calls_with_credentials(client)[call])
    assert server.requests
    assert held_by(error) is None
    assert shown_in(pickle.dumps(error, 0)) is None
    assert shown_in(''.join(traceback.format_exception(kind, error, None))) is None


@pytest.mark.parametrize('call', range(4), ids=['login', 'pull', 'push', 'build'])
def test_an_engine_that_is_not_there(server, call):
    client = docker.Client('unix://' + server.path + '-not-there')
    assert held_by(raised(errors.EngineUnreachable, calls_with_credentials(client)[call])) is None


@pytest.mark.parametrize('call', [1, 2, 3], ids=['pull', 'push', 'build'])
def test_credentials_are_not_redirected(client, server, call):
    elsewhere = Server(socket.AF_INET)
    try:
        server.respond(redirection(elsewhere.url.replace('tcp', 'http') + '/x'))
        raised(errors.APIError, calls_with_credentials(client)[call])
        assert elsewhere.connections == 0
    finally:
        elsewhere.close()


def test_a_stream_holds_no_credentials(client, server):
    server.respond(chunked(OUTPUT))
    items = client.pull(LOCAL + '/a', stream=True, auth_config={
        'username': 'alice', 'password': PASSWORDS['alice']})
    assert credentials_in(server.request)['password'] == PASSWORDS['alice']
    assert 'X-Registry-Auth' not in items.response.request.headers
    assert len(list(items)) == 2


def test_a_client_shows_no_credentials(client, server):
    write_config({'auths': {LOCAL: {'auth': encoded('alice:' + PASSWORDS['alice'])}}})
    server.respond(as_json({'Status': 'Login Succeeded'}), *[chunked(OUTPUT)] * 2)
    client.login('bob', PASSWORDS['bob'], registry='localhost:5001')
    client.pull(LOCAL + '/a')
    client.pull('localhost:5001/a')
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert shown_in(pickle.dumps(client, protocol)) is None
    assert shown_in(repr(client) + repr(vars(client))) is None


@pytest.mark.parametrize('value', [5, ('alice', PASSWORDS['alice']), {'alice': PASSWORDS['alice']}])
def test_arguments_are_not_shown(client, value):
    for call in (lambda: client.login(value), lambda: client.login('alice', value),
                 lambda: client.pull('a', auth_config=value), lambda: client.push('a', auth_config=value),
                 lambda: client.build(fileobj=io.BytesIO(DOCKERFILE), auth_config=value)):
        with pytest.raises((TypeError, ValueError)) as caught:
            call()
        assert held_by(caught.value) is None


# Comparison with the docker command, which reads the same files

CLI_VERSION = b'version 20.10.'


def docker_command():
    """Return the path of a docker command of version 20.10, or skip the test; in CI, fail it."""
    for folder in os.environ['PATH'].split(os.pathsep):
        path = os.path.join(folder, 'docker')
        if os.access(path, os.X_OK) and CLI_VERSION in subprocess.check_output([path, '--version']):
            return path
    reason = 'no docker command of version 20.10: it is in the package docker.io of Debian'
    return (pytest.fail if os.environ.get('CI') else pytest.skip)(reason)


VERSION_AND_INFO = {'Version': '20.10.24', 'ApiVersion': '1.41', 'MinAPIVersion': '1.12',
                    'IndexServerAddress': HUB, 'OSType': 'linux'}


def respond_to_the_command(peer):
    """Respond to any request of the docker command, which sends some before and after a call's own."""
    request = peer.read_request()
    if request is None:
        return False
    if request.method == 'HEAD':
        peer.send(b'HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nOstype: linux\r\nContent-Length: 0\r\n\r\n')
    elif request.method == 'GET':
        peer.send(as_json(VERSION_AND_INFO))
    elif request.path.endswith('/build'):
        peer.send(chunked([b'{"stream":"Successfully built 0123456789ab\\n"}']))
    else:
        peer.send(chunked(OUTPUT))
    return True


CONFIGS_OF_THE_COMMAND = {
    'nothing': {},
    'auths': {'auths': {LOCAL: {'auth': encoded(u'alice:' + PASSWORDS['alice'])}}},
    'auths of a URL': {'auths': {'https://localhost:5000/v1/': {'auth': encoded(u'alice:p:w')}}},
    'a token in auths': {'auths': {LOCAL: {'auth': encoded(u'alice:'), 'identitytoken': TOKEN}}},
    'registries': {'auths': {
        LOCAL: {'auth': encoded(u'alice:p')}, 'localhost:5001': {'auth': encoded(u'bob:q')},
        HUB: {'auth': encoded(u'hub:r')}}},
    'a helper': {'credHelpers': {LOCAL: 'own', HUB: 'own'}},
    'a token of a helper': {'credHelpers': {LOCAL: 'tokens'}},
    'a store': {'credsStore': 'store', 'auths': {LOCAL: {}}},
    'a helper and a store': {'credHelpers': {LOCAL: 'own'}, 'credsStore': 'store'},
    'a helper and auths': {'credHelpers': {LOCAL: 'own'}, 'auths': {
        LOCAL: {'auth': encoded(u'auths:p')}, 'localhost:5001': {'auth': encoded(u'bob:q')}}},
    'a registry without the store': {'credHelpers': {LOCAL: ''}, 'credsStore': 'store', 'auths': {
        LOCAL: {'auth': encoded(u'auths:p')}}},
    'a helper that knows nothing': {'credHelpers': {LOCAL: 'empty'}},
    'a helper that fails': {'credHelpers': {LOCAL: 'bad'}},
    'a helper that is missing': {'credHelpers': {LOCAL: 'missing'}},
}


def relevant(value):
    """Return the relevant part of credentials. To an engine, an empty value is the same as a missing one."""
    return {key: value[key] for key in ('username', 'password', 'identitytoken') if value.get(key)}


def last_header(server, path, header):
    """Return the decoded header of the last request whose path ends with `path`."""
    requests = [request for request in server.requests if request.path.endswith(path)]
    value = requests[-1].headers.get(header)
    return json.loads(base64.urlsafe_b64decode(value).decode('utf-8')) if value else {}


@pytest.fixture
def command(server, helpers):
    """A function that runs the docker command on the server: command(*arguments)."""
    path = docker_command()
    helpers.make('own', {LOCAL: ('alice', PASSWORDS['alice']), HUB: ('hub', 'p')})
    helpers.make('tokens', {LOCAL: ('<token>', TOKEN)})
    helpers.make('store', {LOCAL: ('bob', PASSWORDS['bob']), 'localhost:5001': ('bob', 'q')})
    helpers.make('empty', {})
    helpers.write('bad', u'#!/bin/sh\nexit 1\n')
    server.respond(*[respond_to_the_command] * 50)

    def run(*arguments):
        process = subprocess.Popen(
            [path, '--host', server.url] + list(arguments), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, env=dict(os.environ, DOCKER_BUILDKIT='0'))
        output, _ = process.communicate()
        assert process.returncode == 0, output
    return run


def pull_with_both(command, server, url, repository):
    """Pull with the docker command and with a Client, and check that both send the same credentials.

    :returns: the credentials.
    """
    command('pull', repository)
    theirs = last_header(server, '/images/create', 'x-registry-auth')
    client = docker.Client(url)
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        client.pull(repository)
    client.close()
    ours = last_header(server, '/images/create', 'x-registry-auth')
    assert relevant(ours) == relevant(theirs)
    return relevant(ours)


@pytest.mark.parametrize('config', sorted(CONFIGS_OF_THE_COMMAND))
def test_the_docker_command_reads_the_same(command, server, config, tmp_path, monkeypatch):
    monkeypatch.setenv('DOCKER_CONFIG', str(tmp_path / 'config'))
    write_config(CONFIGS_OF_THE_COMMAND[config], os.environ['DOCKER_CONFIG'])
    found = [pull_with_both(command, server, server.url, repository)
             for repository in ('localhost:5000/a/b:tag', 'localhost:5001/a', 'busybox', 'user/repo')]
    knows_nothing = 'knows' in config or 'fails' in config or 'missing' in config or config == 'nothing'
    assert any(found) is not knows_nothing

    if 'fails' in config or 'missing' in config:
        return      # in this case the command does not send a build
    (tmp_path / 'Dockerfile').write_bytes(DOCKERFILE)
    command('build', '--quiet', '--file', str(tmp_path / 'Dockerfile'), str(tmp_path / 'config'))
    theirs = last_header(server, '/build', 'x-registry-config')
    client = docker.Client(server.url)
    client.build(fileobj=io.BytesIO(DOCKERFILE))
    client.close()
    ours = last_header(server, '/build', 'x-registry-config')
    assert {key: relevant(value) for key, value in ours.items()} == {
        auth.registry_key(key) if key != HUB else HUB: relevant(value)
        for key, value in theirs.items() if relevant(value)}


@pytest.mark.parametrize('text', [
    u'{{"{0}": {{"auth": "{1}"}}, "{2}": {{"auth": "{3}", "email": "e@x"}}}}'.format(
        LOCAL, encoded(u'alice:p'), HUB, encoded(u'hub:q')),
    u'auth = {0}\nemail = e@x\n'.format(encoded(u'hub:q'))], ids=['JSON', 'lines'])
def test_the_docker_command_reads_the_same_dockercfg(command, server, text):
    write(os.path.join(os.environ['HOME'], '.dockercfg'), text)
    assert pull_with_both(command, server, server.url, 'busybox') == {'username': 'hub', 'password': 'q'}
    assert bool(pull_with_both(command, server, server.url, 'localhost:5000/a')) is (LOCAL in text)
