"""Calls whose arguments have another order in docker-py 1.10.6 than in 0.2.3: both work, by their types."""

import pytest

import docker
from docker import auth, errors
from tests.server import as_json, chunked
from tests.wire import negotiated, raised
from tests.wire.test_registries import credentials_in

OUTPUT = [b'{"status":"Done"}']
TEXT, ITEM = u'{"status":"Done"}', {u'status': u'Done'}
BOB = {'username': 'bob', 'password': 'hunter2'}
OF_BOB = auth.Credentials('bob', 'hunter2')
GENERATOR = object()
PULLS = [
    # docker-py 0.2.3, and the parameters that were added to it
    (('a',), {}, TEXT, None),
    (('a', 'v1', True), {}, [TEXT], None),
    (('a', None, False, BOB), {}, TEXT, 'bob'),
    (('a', None, False, OF_BOB, True), {}, [ITEM], 'bob'),
    (('a', None, True, BOB), {'decode': True}, [ITEM], 'bob'),
    (('a', None, True, None, True), {}, [ITEM], None),
    (('a', None, True, BOB, False, True), {}, [TEXT], 'bob'),
    (('a', None, False, None, False, True), {}, TEXT, None),
    # docker-py 1.10.6
    (('a', 'v1', True, False), {}, [TEXT], None),
    (('a', 'v1', True, True, BOB), {}, [TEXT], 'bob'),
    (('a', 'v1', True, True, BOB, True), {}, [ITEM], 'bob'),
    (('a', 'v1', True, False, None, True), {}, [ITEM], None),
    (('a',), {'insecure_registry': True, 'auth_config': BOB, 'stream': True}, [TEXT], 'bob'),
    (('a', None, False, True), {'auth_config': BOB, 'decode': True}, [ITEM], 'bob'),
]
PUSHES = [
    # docker-py 0.2.3, and the parameters that were added to it
    (('a',), {}, TEXT, None, None),
    (('a', True), {}, [TEXT], None, None),
    (('a', False), {}, TEXT, None, None),
    (('a', False, BOB), {}, TEXT, None, 'bob'),
    (('a', True, OF_BOB), {}, [TEXT], None, 'bob'),
    (('a', True, BOB, True), {}, [ITEM], None, 'bob'),
    (('a', False, None, True), {}, [ITEM], None, None),
    (('a', None, BOB), {}, TEXT, None, 'bob'),
    (('a', True), {'auth_config': BOB, 'decode': True}, [ITEM], None, 'bob'),
    (('a:v1', True), {}, [TEXT], 'v1', None),
    # docker-py 1.10.6
    (('a', 'v1'), {}, TEXT, 'v1', None),
    (('a', 'v1', True), {}, [TEXT], 'v1', None),
    (('a', 'v1'), {'stream': True}, [TEXT], 'v1', None),
    (('a', None, True), {}, [TEXT], None, None),
    (('a', None), {'stream': True, 'decode': True}, [ITEM], None, None),
    (('a', 'v1', False, True), {}, TEXT, 'v1', None),
    (('a', 'v1', True, False, BOB), {}, [TEXT], 'v1', 'bob'),
    (('a', u'v1', True, True, BOB, True), {}, [ITEM], 'v1', 'bob'),
    (('a',), {'tag': 'v1', 'stream': True, 'insecure_registry': True}, [TEXT], 'v1', None),
]


def read(result):
    return list(result) if hasattr(result, 'close') else result


@pytest.mark.parametrize('positions, names, result, user', PULLS)
def test_pull(client, server, positions, names, result, user):
    server.respond(chunked(OUTPUT))
    assert read(client.pull(*positions, **names)) == result
    query = server.request.query
    # The sixth in the first order is all_tags.
    all_tags = positions[3:] in ((BOB, False, True), (None, False, True))
    assert query.get('tag') == (None if all_tags else 'v1' if positions[1:2] == ('v1',) else 'latest')
    header = server.request.headers.get('x-registry-auth')
    assert (header and credentials_in(server.request)['username']) == user


@pytest.mark.parametrize('positions, names, result, tag, user', PUSHES)
def test_push(client, server, positions, names, result, tag, user):
    server.respond(chunked(OUTPUT))
    assert read(client.push(*positions, **names)) == result
    assert server.request.path == '/v1.6/images/a/push'
    assert server.request.query.get('tag') == tag
    assert credentials_in(server.request).get('username') == user


@pytest.mark.parametrize('what, call', [
    ('insecure_registry', lambda c: c.pull('a', None, False, BOB, OF_BOB)),
    ('insecure_registry', lambda c: c.pull('a', insecure_registry=BOB, auth_config=BOB)),
    ('stream', lambda c: c.push('a', True, BOB, False, BOB)),
    ('auth_config', lambda c: c.push('a', 'v1', True, False, 'hunter2')),
    ('auth_config', lambda c: c.pull('a', 'v1', True, 'hunter2')),
])
def test_credentials_in_two_places(client, server, what, call):
    error = raised(TypeError, lambda: call(client))
    assert what in str(error) and 'hunter2' not in str(error)
    assert server.requests == []


@pytest.fixture
def newer(server):
    """A Client of an engine that has all that the calls here take."""
    client = negotiated(docker.Client(server.url, timeout=10), server, '1.48')
    yield client
    client.close()


EVENT = b'{"status":"die","id":"a","from":"b:c"}\n'


@pytest.mark.parametrize('positions, names, query, decoded', [
    ((), {}, {}, False),
    ((5,), {}, {'since': '5'}, False),
    ((5, True), {}, {'since': '5'}, True),
    ((5, False), {}, {'since': '5'}, False),
    ((None, True), {}, {}, True),
    ((5,), {'decode': True}, {'since': '5'}, True),
    ((5, 9), {}, {'since': '5', 'until': '9'}, False),
    ((5, 9, {'event': 'die'}, True), {}, {'since': '5', 'until': '9', 'filters': '{"event": ["die"]}'}, True),
    ((5, 9.5), {'decode': True}, {'since': '5', 'until': '9.5'}, True),
    ((None, None, None, None), {}, {}, False),
])
def test_events(newer, server, positions, names, query, decoded):
    server.respond(chunked([EVENT]))
    event, = newer.events(*positions, **names)
    assert server.request.query == query
    assert isinstance(event, dict) is decoded


@pytest.mark.parametrize('positions, names, query, body', [
    ((), {}, {}, {}),
    (({'Cmd': ['a']},), {}, {}, {'Cmd': ['a']}),
    ((None,), {}, {}, {}),
    ((), {'conf': {'Cmd': ['a']}}, {}, {'Cmd': ['a']}),
    (('EXPOSE 80', {'Cmd': ['a']}), {}, {'changes': 'EXPOSE 80'}, {'Cmd': ['a']}),
    ((['EXPOSE 80', u'ENV A=b'],), {'pause': True}, {'changes': 'EXPOSE 80\nENV A=b', 'pause': '1'}, {}),
    ((None, {'Cmd': ['a']}), {'pause': False}, {'pause': '0'}, {'Cmd': ['a']}),
    (([],), {}, {}, {}),
])
def test_commit(newer, server, positions, names, query, body):
    server.respond(as_json({'Id': 'b'}, 201))
    newer.commit('a', None, None, None, None, *positions, **names)
    assert server.request.query == dict(query, container='a')
    assert server.request.json == body


@pytest.mark.parametrize('changes, conf', [
    (5, None), ([5], None), ({'Cmd': ['a']}, {'Cmd': ['a']}), ('EXPOSE 80', 'x')])
def test_bad_changes(newer, server, changes, conf):
    raised(TypeError, lambda: newer.commit('a', changes=changes, conf=conf))
    assert server.requests == []


def test_the_error_of_a_push_by_position(client, server):
    server.respond(chunked([b'{"error":"denied"}']))
    error = raised(errors.OperationFailed, lambda: client.push('a', 'v1', False, True, BOB))
    assert error.explanation == 'denied'
