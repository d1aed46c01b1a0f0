# -*- coding: utf-8 -*-
"""The calls that speak to registries, and the credentials that they send: login, pull and push."""

import base64
import io
import json
import os

import pytest
import six

from docker import errors
from tests.server import as_json, chunked, http
from tests.wire import ENGINES, assert_asks_the_same, raised, sent

HUB = 'https://index.docker.io/v1/'
TOLD = [b'{"status":"Pulling"}', b'{"status":"Done","id":"abc"}']


def credentials_in(request):
    """What X-Registry-Auth holds; the alphabet must be the one for URLs."""
    header = request.headers['x-registry-auth']
    assert '+' not in header and '/' not in header
    return json.loads(base64.urlsafe_b64decode(header).decode('utf-8'))


def with_config(folder, text, name='.dockercfg'):
    path = os.path.join(os.environ['HOME'], folder, name)
    if folder:
        os.makedirs(os.path.dirname(path))
    with io.open(path, 'w', encoding='utf-8') as opened:
        opened.write(text)


def encoded(pair):
    return base64.b64encode(pair.encode('utf-8')).decode('ascii')


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
    server.answer(as_json({'Status': 'Login Succeeded'}))
    assert client.login(*arguments) == {'Status': 'Login Succeeded'}
    assert sent(server.request) == ('POST', '/v1.6/auth', {}, body)


@pytest.mark.skipif(not six.PY2, reason='a str is text there')
def test_login_with_bytes_of_python_2(client, server):
    server.answer(as_json({'Status': 'Login Succeeded'}))
    client.login('mé', 'sé')
    assert server.request.json['username'] == u'm\xe9'
    assert server.request.json['password'] == u's\xe9'


def test_login_without_content(client, server):
    server.answer(http(204))
    assert client.login('me', 'secret') == {}


def test_a_known_user_is_not_asked_again_unless_told_so(client, server):
    ok = as_json({'Status': 'Login Succeeded'})
    server.answer(ok, ok, ok, ok)
    client.login('me', 'secret', registry='localhost:5000')
    known = client.login('me', 'other', registry='http://localhost:5000/v1/')
    assert (known['username'], known['password']) == ('me', 'secret')
    assert len(server.requests) == 1
    client.login('me', 'new', registry='localhost:5000', reauth=True)
    client.login('you', 'secret', registry='localhost:5000')
    client.login('you', 'secret')
    assert [request.json['password'] for request in server.requests] == [
        'secret', 'new', 'secret', 'secret']


def test_a_user_of_the_files_is_known(client, server):
    with_config('.docker', u'{"auths": {"localhost:5000": {"auth": "%s"}}}' % encoded(u'me:secret'),
                'config.json')
    assert client.login('me', registry='localhost:5000')['username'] == 'me'
    assert server.requests == []


def test_a_failed_login_is_not_kept(client, server):
    server.answer(http(401, 'Wrong login/password, please try again\n'), chunked(TOLD))
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
    server.answer(http(status, text))
    raised(kind, lambda: client.login('me', 'secret'))


def test_a_recorded_login_that_fails(engine):
    engine.answers('auth-fails')
    error = raised(errors.ServerError,
                   lambda: engine.client.login('a', 'b', 'c', 'http://127.0.0.1:9/v1/'))
    assert error.explanation == engine.words('auth-fails')
    assert_asks_the_same(engine.server.request, engine.asked('auth-fails'))


# pull

@pytest.mark.parametrize('call, query', [
    (lambda c: c.pull('busybox'), {'fromImage': 'busybox'}),
    (lambda c: c.pull('busybox', None, None), {'fromImage': 'busybox'}),
    (lambda c: c.pull('busybox', 'latest'), {'fromImage': 'busybox', 'tag': 'latest'}),
    (lambda c: c.pull('busybox', tag='v1'), {'fromImage': 'busybox', 'tag': 'v1'}),
    (lambda c: c.pull('localhost:5000/me/busybox'), {'fromImage': 'localhost:5000/me/busybox'}),
    (lambda c: c.pull('localhost:5000/me/busybox:v1'),
     {'fromImage': 'localhost:5000/me/busybox', 'tag': 'v1'}),
    (lambda c: c.pull('busybox:v1', 'v1'), {'fromImage': 'busybox', 'tag': 'v1'}),
    (lambda c: c.pull(u'busybox', tag=u'v1'), {'fromImage': 'busybox', 'tag': 'v1'}),
])
def test_the_request_of_pull(client, server, call, query):
    server.answer(chunked(TOLD))
    call(client)
    assert sent(server.request) == ('POST', '/v1.6/images/create', query, None)
    assert 'x-registry-auth' not in server.request.headers


@pytest.mark.parametrize('repository, path, query', [
    ('busybox', 'busybox', {}),
    ('localhost:5000/me/busybox', 'localhost:5000/me/busybox', {}),
    ('localhost:5000/me/busybox:v1', 'localhost:5000/me/busybox', {'tag': 'v1'}),
    (u'me/busybox', 'me/busybox', {}),
])
def test_the_request_of_push(client, server, repository, path, query):
    server.answer(chunked(TOLD))
    client.push(repository)
    assert sent(server.request) == ('POST', '/v1.6/images/{0}/push'.format(path), query, {})
    assert credentials_in(server.request) == {}


CALLS = [('pull', lambda c, name, **how: c.pull(name, **how)),
         ('push', lambda c, name, **how: c.push(name, **how))]
either = pytest.mark.parametrize('call', [row[1] for row in CALLS], ids=[row[0] for row in CALLS])


@either
def test_the_credentials_of_a_login_are_sent(client, server, call):
    server.answer(as_json({'Status': 'Login Succeeded'}), *[chunked(TOLD)] * 3)
    client.login(u'm\xe9', u's\xe9cret\xff\xfe?>', 'me@localhost', 'http://localhost:5000/v1/')
    call(client, 'localhost:5000/busybox')
    told = credentials_in(server.request)
    assert (told['username'], told['password']) == (u'm\xe9', u's\xe9cret\xff\xfe?>')
    assert (told['email'], told['serveraddress']) == ('me@localhost', 'http://localhost:5000/v1/')
    assert told['auth'] == ''
    # They are for that registry alone.
    for other in ('busybox', 'localhost:5001/busybox'):
        call(client, other)
        assert credentials_in(server.request) == {} if call is CALLS[1][1] else \
            'x-registry-auth' not in server.request.headers


@either
@pytest.mark.parametrize('repository', ['busybox', 'me/busybox', 'docker.io/me/busybox',
                                        'index.docker.io/me/busybox'])
def test_the_credentials_of_docker_hub(client, server, call, repository):
    server.answer(as_json({'Status': 'Login Succeeded'}), chunked(TOLD))
    client.login('me', 'secret')
    call(client, repository)
    assert credentials_in(server.request)['username'] == 'me'
    assert credentials_in(server.request)['serveraddress'] == HUB


CONFIGS = [
    ('', '.dockercfg', u'{"localhost:5000": {"auth": "%s", "email": "me@localhost"}}'),
    ('', '.dockercfg', u'{"https://localhost:5000/v1/": {"auth": "%s"}}'),
    ('.docker', 'config.json', u'{"auths": {"localhost:5000": {"auth": "%s"}}}'),
    ('.docker', 'config.json',
     u'{"auths": {"http://localhost:5000": {"auth": "%s"}}, "HttpHeaders": {}}'),
]


@either
@pytest.mark.parametrize('folder, name, text', CONFIGS)
def test_the_credentials_of_the_files_are_sent(client, server, call, folder, name, text):
    with_config(folder, text % encoded(u'm\xe9:se:cr\xe9t'), name)
    server.answer(chunked(TOLD))
    call(client, 'localhost:5000/busybox')
    told = credentials_in(server.request)
    assert (told['username'], told['password']) == (u'm\xe9', u'se:cr\xe9t')


@either
def test_a_login_wins_over_the_files(client, server, call):
    with_config('', u'{"localhost:5000": {"auth": "%s"}}' % encoded(u'old:old'))
    server.answer(as_json({'Status': 'Login Succeeded'}), chunked(TOLD))
    client.login('new', 'new', registry='localhost:5000')
    call(client, 'localhost:5000/busybox')
    assert credentials_in(server.request)['username'] == 'new'


# What engines tell

@either
def test_the_text_has_all_objects(client, server, call):
    server.answer(chunked([b''.join(TOLD)[:25], b''.join(TOLD)[25:]]))
    told = call(client, 'busybox')
    assert isinstance(told, six.text_type)
    assert [json.loads(line) for line in told.splitlines()] == [
        {'status': 'Pulling'}, {'status': 'Done', 'id': 'abc'}]


@either
@pytest.mark.parametrize('blocks', [
    [b''.join(TOLD)], TOLD, [b'\r\n'.join(TOLD) + b'\r\n'],
    [b''.join(TOLD)[i:i + 1] for i in range(len(b''.join(TOLD)))],
], ids=['glued', 'an item a block', 'lines', 'bytes'])
def test_streaming_gives_one_object_an_item(client, server, call, blocks):
    server.answer(chunked(blocks))
    items = list(call(client, 'busybox', stream=True))
    assert items == [item.decode('ascii') for item in TOLD]
    assert all(isinstance(item, six.text_type) for item in items)


FAILURES = [
    [b'{"error":"No such image"}'],
    [b'{"status":"Pushing"}{"errorDetail":{"message":"No such image"},"error":"No such image"}'],
    [b'{"status":"Pushing"}', b'{"errorDetail":{"mess', b'age":"No such image"}}'],
    [b'{"status":"Pushing"}\r\n{"errorDetail":{"message":"x"},"error":"No such image"}\r\n',
     b'{"status":"never read"}'],
]
failing = pytest.mark.parametrize('told', FAILURES,
                                  ids=['alone', 'glued', 'detail alone', 'not the last'])


@either
@failing
def test_an_error_inside_a_200_is_raised(client, server, call, told):
    server.answer(chunked(told))
    error = raised(errors.OperationFailed, lambda: call(client, 'busybox'))
    assert error.explanation == 'No such image'
    assert 'No such image' in str(error)
    assert error.response.status_code == 200


@either
@failing
def test_a_stream_hands_on_the_error_and_then_raises_it(client, server, call, told):
    server.answer(chunked(told))
    items = []

    def take():
        for item in call(client, 'busybox', stream=True):
            items.append(json.loads(item))

    assert raised(errors.OperationFailed, take).explanation == 'No such image'
    assert 'errorDetail' in items[-1] or 'error' in items[-1]


@either
def test_a_status_that_speaks_of_an_error_is_none(client, server, call):
    server.answer(chunked([b'{"status":"\\"error\\": retrying","error":"","errorDetail":null}']))
    assert json.loads(call(client, 'busybox'))['status'] == '"error": retrying'


@either
def test_an_end_inside_an_object_is_an_error(client, server, call):
    server.answer(chunked([b'{"status":"Pushing"}{"sta']))
    raised(errors.StreamBroken, lambda: call(client, 'busybox'))


@either
@pytest.mark.parametrize('stream', [False, True])
def test_an_error_before_the_stream(client, server, call, stream):
    server.answer(http(404, 'No such image: busybox\n'))
    raised(errors.ImageNotFound, lambda: call(client, 'busybox', stream=stream))


@pytest.mark.parametrize('stream', [False, True])
def test_a_recorded_pull_that_fails(engine, stream):
    engine.answers('pull-fails')
    error = raised(errors.ServerError,
                   lambda: engine.client.pull('127.0.0.1:9/nosuch', 'latest', stream=stream))
    assert error.explanation == engine.words('pull-fails')
    assert_asks_the_same(engine.server.request, engine.asked('pull-fails'))


def test_a_recorded_push_that_fails(engine):
    engine.answers('push-fails')
    kind = errors.OperationFailed if engine.name == ENGINES[2] else errors.ServerError
    error = raised(kind, lambda: engine.client.push('127.0.0.1:9/nosuch'))
    assert error.explanation in engine.words('push-fails')
    assert error.explanation
    assert_asks_the_same(engine.server.request, engine.asked('push-fails'))
    assert engine.server.request.headers['x-registry-auth'] == \
        engine.asked('push-fails').headers['x-registry-auth']
