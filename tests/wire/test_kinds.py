"""Responses of another kind than a call expects: from each recorded engine, with one value replaced.

Every call either returns what it documents, or raises one of docker.errors that says what was expected.
"""

import copy
import io
import json
import random

import pytest
import six

import docker
from tests.server import Server, frame, http
from tests.wire import body_of, recording

ENGINES = ('docker-0.6.5_v1.6', 'docker-1.6.2_v1.6', 'docker-20.10_v1.12', 'docker-20.10_v1.41',
           'docker-29.7_v1.40', 'docker-29.7_v1.55', 'podman-4.3_v1.41')
# How many of the values in the responses to a call are replaced; all of them take some minutes.
SAMPLE = 12

# Deeper than any Python parses.
DEEP = 20000
# What JSON cannot hold, or Python cannot write, stands in text that is replaced.
LITERALS = {'<deep list>': '[' * DEEP + ']' * DEEP, '<deep object>': '{"a":' * DEEP + '1' + '}' * DEEP,
            '<nan>': 'NaN', '<infinite>': '1e999', '<digits>': '9' * 5000, '<missing>': None}
KINDS = [None, True, 1, 1.5, 'x', '', [], {}, [1], [None], [[]], ['x'], [{}], {'a': 1}, {'a': None},
         {'a': {}}, {'a': [1]}] + sorted(LITERALS)
OBJECT, LIST, NUMBER, TEXT = dict, list, six.integer_types, six.text_type


NETWORK = {'Name': 'front', 'Id': 'f' * 64, 'Driver': 'bridge', 'Containers': {
    'a' * 64: {'Name': 'web', 'IPv4Address': '10.5.0.2/16'}}}
VOLUME = {'Name': 'data', 'Driver': 'local', 'Mountpoint': '/data', 'Labels': None}


def text_of(value):
    text = six.text_type(json.dumps(value))
    for name, literal in LITERALS.items():
        text = text.replace(json.dumps(name), literal or 'null')
    return text


def places(value, place=()):
    """Yield the places of all values in a JSON value; of a list only the first item."""
    yield place
    inside = []
    if isinstance(value, dict):
        inside = sorted(value.items())
    elif isinstance(value, list):
        inside = enumerate(value[:1])
    for key, item in inside:
        for found in places(item, place + (key,)):
            yield found


def replaced(value, place, other):
    """Return a JSON value with another one at a place."""
    if not place:
        return other
    value = copy.deepcopy(value)
    parent = value
    for key in place[:-1]:
        parent = parent[key]
    if other == '<missing>':
        del parent[place[-1]]
    else:
        parent[place[-1]] = other
    return value


class Engine(Server):
    """Responds by path, from the recordings of one engine and what they lack.

    `documents` and `streams` are the values of its JSON responses, by method and the end of the path.
    """

    def __init__(self, name):
        super(Engine, self).__init__()
        self.name = name
        self.documents = {
            ('GET', '/version'): self.recorded('version-unprefixed'),
            ('GET', '/containers/json'): self.recorded('containers-all'),
            ('GET', '/json'): self.recorded('inspect-exited'),
            ('POST', '/containers/create'): self.recorded('create'),
            ('GET', '/top'): self.recorded('top'),
            ('GET', '/changes'): self.recorded('diff'),
            ('POST', '/wait'): {'StatusCode': 0, 'Error': None},
            ('GET', '/images/json'): self.recorded('images'),
            ('GET', '/image/json'): self.recorded('inspect-image'),
            ('GET', '/history'): [{'Id': 'abc', 'Created': 1, 'CreatedBy': '', 'Tags': ['a:b']}],
            ('GET', '/search'): [{'name': 'busybox', 'description': 'a shell', 'star_count': 1}],
            ('DELETE', '/image'): self.recorded('remove-image-tag'),
            ('POST', '/commit'): self.recorded('commit'),
            ('POST', '/auth'): {'Status': 'Login Succeeded', 'IdentityToken': ''},
            ('GET', '/info'): {'Containers': 1, 'Debug': False},
            ('GET', '/networks'): [NETWORK],
            ('GET', '/networks/front'): NETWORK,
            ('POST', '/networks/create'): {'Id': 'f' * 64, 'Warning': ''},
            ('GET', '/volumes'): {'Volumes': [VOLUME], 'Warnings': ['slow']},
            ('GET', '/volumes/data'): VOLUME,
            ('POST', '/volumes/create'): VOLUME,
        }
        progress = [{'status': 'Pulling', 'id': 'abc', 'progressDetail': {'current': 1}}, {'status': 'done'},
                    {'errorDetail': {'code': 1, 'message': 'no such thing'}, 'error': 'no such thing'}]
        self.streams = {
            ('POST', '/images/create'): progress,
            ('POST', '/push'): progress,
            ('POST', '/insert'): [{'status': 'Downloading'}, {'Id': 'abc'}],
            ('POST', '/build'): [{'stream': 'Step 1\n'}, {'status': 'x', 'id': 'abc'},
                                 {'stream': 'Successfully built 0123456789ab\n'}, {'error': 'x'}],
            ('GET', '/events'): [json.loads(line) for line in self.lines('events-since') if line][:2],
        }
        self.instead = {}

    def recorded(self, exchange):
        return json.loads(body_of(recording(self.name, exchange)).decode('utf-8'))

    def lines(self, exchange):
        return body_of(recording(self.name, exchange)).decode('utf-8').replace('}{', '}\n{').splitlines()

    def key_of(self, request):
        """Return the key of the document or stream of a request."""
        keys = [key for key in list(self.documents) + list(self.streams)
                if key[0] == request.method and request.path.endswith(key[1])]
        return max(keys, key=lambda key: len(key[1])) if keys else None

    def _serve_one(self, peer):
        request = peer.read_request()
        if request is None:
            return False
        peer.send(self.response_to(request))
        return True

    def response_to(self, request):
        key = self.key_of(request)
        if key is None:
            if request.path.endswith('/images/viz'):
                return http(200, 'digraph docker {}')
            return http(200, frame(1, b'out') if request.path.endswith(('/logs', '/attach')) else '')
        text = self.instead.get(key)
        if isinstance(text, bytes):
            return text
        if text is None:
            text = text_of(self.documents[key]) if key in self.documents else lines_of(self.streams[key])
        return http(200, text, 'application/json')


def lines_of(items):
    return u'\n'.join(text_of(item) for item in items)


def start(client):
    client.start('web', binds={'/tmp': '/x'}, links={'db': 'db'}, port_bindings={80: ('127.0.0.1', 8080)})


CALLS = [
    ('containers', LIST, lambda c: c.containers(all=True)),
    ('containers, quiet', LIST, lambda c: c.containers(quiet=True)),
    ('create_container', OBJECT, lambda c: c.create_container('busybox', 'true', mem_limit='1m')),
    ('inspect_container', OBJECT, lambda c: c.inspect_container('web')),
    ('top', OBJECT, lambda c: c.top('web')),
    ('diff', LIST, lambda c: c.diff('web')),
    ('start', None, lambda c: c.start('web')),
    ('start, host config', None, start),
    ('wait', NUMBER, lambda c: c.wait('web')),
    ('remove_container', None, lambda c: c.remove_container('web')),
    ('port', (list, type(None)), lambda c: c.port('web', 80)),
    ('attach', bytes, lambda c: c.attach('web', logs=True)),
    ('attach, stream', LIST, lambda c: list(c.attach('web', stream=True))),
    ('logs', bytes, lambda c: c.logs('web')),
    ('images', LIST, lambda c: c.images()),
    ('images, quiet', LIST, lambda c: c.images(quiet=True)),
    ('images, viz', TEXT, lambda c: c.images(viz=True)),
    ('inspect_image', OBJECT, lambda c: c.inspect_image('image')),
    ('history', LIST, lambda c: c.history('busybox')),
    ('remove_image', LIST, lambda c: c.remove_image('image')),
    ('commit', OBJECT, lambda c: c.commit('web')),
    ('import_image', TEXT, lambda c: c.import_image(b'\0tar')),
    ('insert', TEXT, lambda c: c.insert('busybox', 'http://localhost/', '/x')),
    ('build', tuple, lambda c: c.build(fileobj=docker_file())),
    ('build, stream', LIST, lambda c: list(c.build(fileobj=docker_file(), stream=True))),
    ('login', OBJECT, lambda c: c.login('me', 'secret', reauth=True)),
    ('pull', TEXT, lambda c: c.pull('busybox')),
    ('pull, decode', LIST, lambda c: c.pull('busybox', decode=True)),
    ('pull, stream', LIST, lambda c: list(c.pull('busybox', stream=True))),
    ('push', TEXT, lambda c: c.push('busybox')),
    ('push, decode, stream', LIST, lambda c: list(c.push('busybox', stream=True, decode=True))),
    ('search', LIST, lambda c: c.search('busybox')),
    ('events', LIST, lambda c: list(c.events())),
    ('events, decode', LIST, lambda c: list(c.events(decode=True))),
    ('info', OBJECT, lambda c: c.info()),
    ('version', OBJECT, lambda c: c.version()),
    ('networks', LIST, lambda c: c.networks()),
    ('inspect_network', OBJECT, lambda c: c.inspect_network('front')),
    ('create_network', OBJECT, lambda c: c.create_network('front')),
    ('volumes', OBJECT, lambda c: c.volumes()),
    ('inspect_volume', OBJECT, lambda c: c.inspect_volume('data')),
    ('create_volume', OBJECT, lambda c: c.create_volume('data')),
]


def docker_file():
    return io.BytesIO(b'FROM busybox\n')


@pytest.fixture(scope='module', params=ENGINES)
def engine(request):
    engine = Engine(request.param)
    yield engine
    engine.close()


def connect(engine, monkeypatch):
    monkeypatch.setenv('DOCKER_API_VERSION', engine.name.rpartition('_v')[2])
    client = docker.Client(engine.url, timeout=10)
    client.version()
    return client


def outcome(call, client):
    """Return what a call returns, or the exception of docker.errors that it raises."""
    try:
        return call(client)
    except docker.errors.DockerException as error:
        assert len(str(error)) < 500 or isinstance(error, docker.errors.APIError)
        return error


def replacements(engine, keys, seed):
    """Yield pairs of a key and the text of its response with one value replaced: all kinds at the top, and a
    sample of the places below."""
    below = []
    for key in sorted(keys):
        if key in engine.documents:
            value = engine.documents[key]
            for kind in KINDS:
                yield key, text_of(kind)
            below.extend((key, value, place, kind) for place in places(value) if place for kind in KINDS)
        else:
            items = engine.streams[key]
            below.extend((key, items, place, kind) for number in range(len(items))
                         for place in [(number,) + rest for rest in places(items[number])] for kind in KINDS)
    for key, value, place, kind in random.Random(seed).sample(below, min(SAMPLE, len(below))):
        value = replaced(value, place, kind)
        yield key, text_of(value) if key in engine.documents else lines_of(value)


@pytest.mark.parametrize('name, kind, call', CALLS, ids=[row[0] for row in CALLS])
def test_a_value_of_another_kind(engine, monkeypatch, name, kind, call):
    client = connect(engine, monkeypatch)
    del engine.requests[:]
    expected = outcome(call, client)
    assert not isinstance(expected, (docker.errors.NotAnEngine, docker.errors.StreamBroken))
    keys = {engine.key_of(request) for request in engine.requests} - {None}
    for key, text in replacements(engine, keys, name):
        assert_documented(engine, client, {key: text}, kind, call)
    client.close()


def assert_documented(engine, client, instead, kind, call):
    """Assert that a call returns a value of a kind, or raises one of docker.errors, when an engine responds
    with something else."""
    engine.instead = instead
    try:
        got = outcome(call, client)
    except Exception as error:
        raise AssertionError('{0!r} for {1}'.format(error, instead)[:2000])
    finally:
        engine.instead = {}
    kinds = kind or type(None)
    documented = isinstance(got, docker.errors.DockerException) or isinstance(got, kinds)
    assert documented, '{0!r} for {1}'.format(got, instead)[:2000]


NOT_JSON = [
    http(200, '', 'application/json'), http(200, b'{"a": "\xff"}', 'application/json'),
    http(200, '<!DOCTYPE html><p>Sign in', 'text/html'), http(204), http(304),
    b'HTTP/1.1 301 Moved Permanently\r\nContent-Length: 0\r\n\r\n',
    http(403, '[]', 'application/json'), http(404, LITERALS['<deep object>'], 'application/json'),
    http(500, '{"message": {"a": 1}, "cause": ["x"]}', 'application/json')]


@pytest.mark.parametrize('name, kind, call', CALLS, ids=[row[0] for row in CALLS])
@pytest.mark.parametrize('engine', [ENGINES[0], ENGINES[-2], ENGINES[-1]], indirect=True)
def test_a_response_without_json(engine, monkeypatch, name, kind, call):
    client = connect(engine, monkeypatch)
    del engine.requests[:]
    outcome(call, client)
    keys = {engine.key_of(request) for request in engine.requests} - {None}
    for key, response in [(key, response) for key in keys for response in NOT_JSON]:
        assert_documented(engine, client, {key: response}, kind, call)
    client.close()
