# coding: utf-8
"""login, pull, push and build with real registries: one without TLS for alice, and one with TLS for bob."""

import io
import json
import os
import tarfile
import threading

import pytest
from six.moves.BaseHTTPServer import BaseHTTPRequestHandler, HTTPServer
from six.moves.urllib.parse import parse_qs

import docker
from docker.errors import ImageNotFound, NotSupported, Unauthorized
from tests.credentials import PASSWORDS, TOKEN, WRONG, Helpers, encoded, held_by, write, write_config
from tests.engine.conftest import HOST, VERSION, engine_is_podman, newest_of_engine
from tests.registry import Registry, require

ALICE = {'username': 'alice', 'password': PASSWORDS['alice']}
BOB = {'username': 'bob', 'password': PASSWORDS['bob']}


@pytest.fixture(scope='module')
def running():
    """Both registries."""
    require()
    with Registry(users=['alice']) as plain, Registry(users=['bob'], tls=True) as secure:
        yield plain, secure


def address_for(client, registry):
    """Return the address at which the engine does not verify the registry's certificate."""
    if newest_of_engine(client) < (1, 18):
        pytest.skip('this engine has only the protocol of registries before 2015')
    if engine_is_podman(client):
        return registry.address.replace('127.0.0.1', 'localhost')
    return registry.address


@pytest.fixture
def plain(client, running):
    return address_for(client, running[0])


@pytest.fixture
def secure(client, running):
    return address_for(client, running[1])


@pytest.fixture
def denied(client):
    """The class of the error for wrong credentials.

    Docker 1.6 and 1.7 then try the protocol of older registries, and report what that had as a response.
    """
    return Unauthorized if newest_of_engine(client) >= (1, 20) else docker.APIError


@pytest.fixture
def helpers(tmp_path, monkeypatch):
    return Helpers(str(tmp_path), monkeypatch)


@pytest.fixture
def forget(client):
    """A function that removes names of images, if they exist."""
    def remove(*names):
        for name in names:
            try:
                client.remove_image(name)
            except ImageNotFound:
                pass
    return remove


@pytest.fixture
def published(client, name, forget):
    """A function that pushes an image to a registry, removes it from the engine, and returns its name."""
    names = []

    def publish(registry, auth_config, image='busybox', tag='latest'):
        repository = '{0}/team/{1}'.format(registry, name)
        names.append(repository + ':' + tag)
        client.tag(image, repository, tag)
        client.push(repository + ':' + tag, auth_config=auth_config)
        forget(names[-1])
        return repository
    yield publish
    forget(*names)


def is_here(client, name):
    try:
        return bool(client.inspect_image(name))
    except ImageNotFound:
        return False


def another_client():
    """Return a new Client, without logins."""
    return docker.Client(HOST, version=VERSION)


# login

@pytest.mark.parametrize('spelling', ['{0}', 'http://{0}', 'https://{0}/', 'http://{0}/v1/'])
def test_login(client, plain, spelling):
    if '://' in spelling and newest_of_engine(client) < (1, 20):
        pytest.skip('this engine takes such an address for one with a certificate')
    result = client.login('alice', PASSWORDS['alice'], registry=spelling.format(plain))
    assert result['Status'] == 'Login Succeeded'
    known = client.login('alice', registry=plain)
    assert (known['username'], known['password']) == ('alice', PASSWORDS['alice'])
    assert client.login('alice', PASSWORDS['alice'], registry=plain, reauth=True) == result


def test_login_with_tls(client, secure):
    assert client.login('bob', PASSWORDS['bob'], registry=secure)['Status'] == 'Login Succeeded'
    assert client.login('bob', registry=secure)['password'] == PASSWORDS['bob']
    # An engine may try again without TLS, and report only how that failed.
    with pytest.raises(docker.APIError) as caught:
        client.login('alice', PASSWORDS['alice'], registry=secure)
    assert held_by(caught.value) is None
    assert client.login('bob', registry=secure)['password'] == PASSWORDS['bob']


@pytest.mark.parametrize('password', [WRONG, u''], ids=['wrong', 'empty'])
def test_login_with_a_wrong_password(client, plain, password, published, denied):
    with pytest.raises(Unauthorized) as caught:
        client.login('alice', password, registry=plain)
    assert caught.value.explanation
    assert held_by(caught.value) is None
    repository = published(plain, ALICE)
    with pytest.raises(denied):
        client.pull(repository)


def test_a_login_is_repeated_with_reauth(client, plain):
    client.login('alice', PASSWORDS['alice'], registry=plain)
    assert client.login('alice', WRONG, registry=plain)['password'] == PASSWORDS['alice']
    with pytest.raises(Unauthorized):
        client.login('alice', WRONG, registry=plain, reauth=True)
    # The earlier login is still stored.
    assert client.login('alice', registry=plain)['password'] == PASSWORDS['alice']


def test_a_login_is_stored_only_in_the_client(client, plain, published, denied):
    client.login('alice', PASSWORDS['alice'], registry=plain)
    repository = published(plain, None)
    client.pull(repository)
    assert os.listdir(os.environ['HOME']) == []
    other = another_client()
    with pytest.raises(denied):
        other.push(repository)
    other.close()


# Sources of credentials

def by_argument(client, registry, helpers):
    return ALICE


def by_login(client, registry, helpers):
    client.login('alice', PASSWORDS['alice'], registry=registry)


def by_helper(client, registry, helpers):
    helpers.make('own', {registry: ('alice', PASSWORDS['alice'])})
    write_config({'credHelpers': {registry: 'own'}})


def by_store(client, registry, helpers):
    helpers.make('store', {registry: ('alice', PASSWORDS['alice'])})
    write_config({'credsStore': 'store', 'auths': {registry: {}}})


def by_auths(client, registry, helpers):
    write_config({'auths': {registry: {'auth': encoded('alice')}}})


def by_auths_of_a_url(client, registry, helpers):
    write_config({'auths': {'https://{0}/v1/'.format(registry): {'auth': encoded('alice')}}})


def by_docker_config(client, registry, helpers):
    os.environ['DOCKER_CONFIG'] = os.path.join(helpers.folder, 'elsewhere')
    write_config({'auths': {registry: ALICE}}, os.environ['DOCKER_CONFIG'])


def by_dockercfg(client, registry, helpers):
    write(os.path.join(os.environ['HOME'], '.dockercfg'), {registry: {'auth': encoded('alice')}})


def by_auths_behind_a_helper_that_fails(client, registry, helpers):
    helpers.write('bad', u'#!/bin/sh\nexit 1\n')
    write_config({'credHelpers': {registry: 'bad'}, 'auths': {registry: {'auth': encoded('alice')}}})


SOURCES = [by_argument, by_login, by_helper, by_store, by_auths, by_auths_of_a_url, by_docker_config,
           by_dockercfg, by_auths_behind_a_helper_that_fails]


@pytest.mark.filterwarnings('ignore:The credential helper docker-credential-bad')
@pytest.mark.parametrize('source', SOURCES, ids=[source.__name__ for source in SOURCES])
def test_push_pull_and_build_with_credentials(client, plain, helpers, name, forget, monkeypatch, source):
    monkeypatch.setenv('DOCKER_CONFIG', '')
    auth_config = source(client, plain, helpers)
    repository = '{0}/team/{1}'.format(plain, name)
    client.tag('busybox', repository)
    client.push(repository, auth_config=auth_config)
    forget(repository)
    client.pull(repository, auth_config=auth_config)
    assert is_here(client, repository)
    forget(repository)
    dockerfile = u'FROM {0}\nENV A={1}\n'.format(repository, name)
    image_id, output = client.build(fileobj=io.StringIO(dockerfile), rm=True,
                                    auth_config=auth_config and {plain: auth_config})
    assert image_id, output
    forget(image_id, repository)


@pytest.mark.parametrize('wrong', [None, {}, {'username': 'alice', 'password': WRONG}, BOB],
                         ids=['none', 'empty', 'wrong', 'of another'])
@pytest.mark.parametrize('stream', [False, True])
def test_wrong_credentials(client, plain, published, forget, denied, wrong, stream):
    repository = published(plain, ALICE)
    with pytest.raises(denied) as caught:
        list(client.pull(repository, auth_config=wrong, stream=stream))
    assert caught.value.explanation
    assert held_by(caught.value) is None
    assert not is_here(client, repository)

    client.tag('busybox', repository)
    with pytest.raises(denied) as caught:
        list(client.push(repository, auth_config=wrong, stream=stream))
    assert caught.value.explanation
    assert held_by(caught.value) is None
    forget(repository)

    dockerfile = u'FROM {0}\nRUN true\n'.format(repository)
    image_id, output = client.build(fileobj=io.StringIO(dockerfile), rm=True,
                                    auth_config=None if wrong is None else {plain: wrong})
    assert image_id is None and output


def test_several_registries_in_one_config(client, plain, secure, published, forget):
    write_config({'auths': {plain: {'auth': encoded('alice')}, 'https://' + secure: {'auth': encoded('bob')},
                            'https://index.docker.io/v1/': {'auth': encoded('nobody', WRONG)}}})
    repositories = [published(plain, None), published(secure, None)]
    for repository in repositories:
        client.pull(repository)
        assert is_here(client, repository)
    forget(*repositories)
    dockerfiles = [u'FROM {0}\nENV A=b\n'.format(repository) for repository in repositories]
    if newest_of_engine(client) >= (1, 29):
        # A build of both in one.
        dockerfiles = [u'FROM {0} AS first\nFROM {1}\nCOPY --from=first /etc/passwd /copied\n'.format(
            *repositories)]
    for dockerfile in dockerfiles:
        image_id, output = client.build(fileobj=io.StringIO(dockerfile), rm=True)
        assert image_id, output
        forget(image_id)
    forget(*repositories)
    # Neither registry accepts the other's credentials.
    for repository, other in zip(repositories, (BOB, ALICE)):
        with pytest.raises(docker.APIError):
            client.pull(repository, auth_config=other)


class Tokens(BaseHTTPRequestHandler):
    """A registry that requires tokens. It issues one for the identity token, and has no images."""

    # An engine tries TLS first. It goes on without when the response to that has a head, as those of HTTP/0.9
    # have not.
    default_request_version = 'HTTP/1.0'

    def do_GET(self):
        path = self.path.partition('?')[0]
        self.server.seen.append((path, self.headers.get('Authorization')))
        if self.headers.get('Authorization') != 'Bearer given':
            realm = 'http://127.0.0.1:{0}/token'.format(self.server.server_port)
            return self.respond(401, {'errors': [{'code': 'UNAUTHORIZED', 'message': 'no token'}]},
                                'Bearer realm="{0}",service="tests"'.format(realm))
        if path == '/v2/':
            return self.respond(200, {})
        self.respond(404, {'errors': [{'code': 'MANIFEST_UNKNOWN', 'message': 'manifest unknown'}]})

    do_HEAD = do_GET

    def do_POST(self):
        form = parse_qs(self.body().decode('ascii'))
        self.server.seen.append((self.path, form['grant_type'][0]))
        if form.get('refresh_token') == [TOKEN]:
            return self.respond(200, {'access_token': 'given', 'refresh_token': TOKEN, 'expires_in': 300})
        self.respond(401, {})

    def body(self):
        length = self.headers.get('Content-Length')
        if length is not None:
            return self.rfile.read(int(length))
        chunks, size = [], None
        while size != 0:
            size = int(self.rfile.readline(), 16)
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        return b''.join(chunks)

    def respond(self, status, value, challenge=None):
        body = json.dumps(value).encode('ascii')
        self.send_response(status)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(body)))
        self.send_header('Docker-Distribution-Api-Version', 'registry/2.0')
        if challenge:
            self.send_header('WWW-Authenticate', challenge)
        self.end_headers()
        if self.command != 'HEAD':
            self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def test_an_identity_token_of_a_helper(client, helpers):
    if newest_of_engine(client) < (1, 23):
        pytest.skip('this engine has no identity tokens')
    server = HTTPServer(('127.0.0.1', 0), Tokens)
    server.seen = []
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    try:
        registry = '127.0.0.1:{0}'.format(server.server_port)
        helpers.make('own', {registry: ('<token>', TOKEN)})
        write_config({'credHelpers': {registry: 'own'}})
        with pytest.raises(ImageNotFound):
            client.pull(registry + '/team/app')
        assert ('/token', 'refresh_token') in server.seen
        assert ('/v2/team/app/manifests/latest', 'Bearer given') in server.seen
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


# Tags and digests

def test_a_pull_without_a_tag_pulls_latest(client, plain, published):
    repository = published(plain, ALICE)
    published(plain, ALICE, tag='v1')
    client.pull(repository, auth_config=ALICE)
    assert is_here(client, repository + ':latest') and not is_here(client, repository + ':v1')


def test_a_pull_of_all_tags(client, plain, published):
    repository = published(plain, ALICE)
    published(plain, ALICE, tag='v1')
    if engine_is_podman(client):
        with pytest.raises(NotSupported, match='one tag at a time'):
            client.pull(repository, auth_config=ALICE, all_tags=True)
        return
    client.pull(repository, auth_config=ALICE, all_tags=True)
    assert is_here(client, repository + ':latest') and is_here(client, repository + ':v1')


@pytest.mark.parametrize('call', [
    lambda client, name, **how: client.pull(name + ':v1', **how),
    lambda client, name, **how: client.pull(name, 'v1', **how),
    lambda client, name, **how: client.pull(name, tag='v1', **how)])
def test_a_pull_of_a_tag(client, plain, published, call):
    repository = published(plain, ALICE, tag='v1')
    output = call(client, repository, auth_config=ALICE)
    assert all(isinstance(json.loads(line), dict) for line in output.splitlines())
    assert is_here(client, repository + ':v1') and not is_here(client, repository)


def test_a_pull_by_digest(client, plain, secure, published, forget):
    for registry, auth_config in (plain, ALICE), (secure, BOB):
        repository = published(registry, auth_config)
        client.tag('busybox', repository)
        items = client.push(repository, auth_config=auth_config, decode=True)
        forget(repository)
        words = [word for item in items for word in item.get('status', '').split()]
        digest, = set(word for word in words if word.startswith('sha256:'))
        name = repository + '@' + digest
        client.pull(name, auth_config=auth_config)
        assert is_here(client, name)
        forget(name)


@pytest.mark.parametrize('stream', [False, True])
def test_a_pull_of_a_missing_image(client, plain, published, stream):
    repository = published(plain, ALICE)
    for name in plain + '/no/such', repository + ':nosuch':
        with pytest.raises(ImageNotFound) as caught:
            list(client.pull(name, stream=stream, auth_config=ALICE))
        assert caught.value.explanation
        assert not is_here(client, name)


# Streams

def archive(path, size):
    """Write a tar archive of a file system with one file that does not compress, and return its path."""
    block = os.urandom(1024 ** 2)
    with tarfile.open(path, 'w') as tar:
        member = tarfile.TarInfo('large')
        member.size = size * len(block)
        tar.addfile(member, Repeated(block, size))
    return path


class Repeated(object):
    """A file of a block that is repeated a number of times."""

    def __init__(self, block, times):
        self.block = block
        self.left = len(block) * times

    def read(self, size):
        start = -self.left % len(self.block)
        data = self.block[start:start + size]
        self.left -= len(data)
        return data


@pytest.fixture
def large(client, name, forget, tmp_path):
    """A function that imports an image of a size in MiB, and returns its name."""
    repository = 'local/' + name

    def import_image(size):
        client.import_image(archive(str(tmp_path / 'large.tar'), size), repository=repository)
        return repository
    yield import_image
    forget(repository)


def test_a_stream_of_items(client, plain, published, forget):
    repository = published(plain, ALICE)
    for item in client.pull(repository, stream=True, auth_config=ALICE):
        assert 'status' in json.loads(item) or 'id' in json.loads(item)
    forget(repository)
    items = list(client.pull(repository, stream=True, decode=True, auth_config=ALICE))
    assert items and all(isinstance(item, dict) for item in items)
    assert all(isinstance(item, dict)
               for item in client.push(repository, stream=True, decode=True, auth_config=ALICE))


def test_a_pull_that_is_interrupted(client, plain, published, large, forget):
    image = large(24)
    repository = published(plain, ALICE, image=image)
    forget(image)
    items = client.pull(repository, stream=True, auth_config=ALICE)
    next(items)
    items.close()
    assert list(items) == []
    client.pull(repository, auth_config=ALICE)
    assert is_here(client, repository)


def test_a_push_of_a_large_layer(client, plain, large, name, forget):
    repository = '{0}/team/{1}'.format(plain, name)
    client.tag(large(200), repository)
    items = list(client.push(repository, stream=True, auth_config=ALICE, decode=True))
    assert items and not any('error' in item for item in items)
    for layer in {item.get('id') for item in items}:
        sizes = [item['progressDetail']['current'] for item in items
                 if item.get('id') == layer and (item.get('progressDetail') or {}).get('total')]
        assert sizes == sorted(sizes)
    forget(repository)
    client.pull(repository, auth_config=ALICE)
    assert is_here(client, repository)
    forget(repository)


# later arguments

def test_a_tag_is_pushed(client, plain, name, forget):
    repository = '{0}/team/{1}'.format(plain, name)
    for tag in ('v1', 'v2'):
        client.tag('busybox', repository, tag)
    client.push(repository, 'v1', auth_config=ALICE)
    client.push(repository, 'v2', stream=False, insecure_registry=True, auth_config=ALICE)
    forget(repository + ':v1', repository + ':v2')
    client.pull(repository, 'v1', True, True, auth_config=ALICE, decode=False).close()
    client.pull(repository, 'v2', False, False, ALICE)
    assert is_here(client, repository + ':v2')
    forget(repository + ':v1', repository + ':v2')


@pytest.mark.parametrize('stream', [False, True])
def test_all_tags_are_pushed(client, plain, name, forget, stream):
    repository = '{0}/team/{1}'.format(plain, name)
    tags = ['latest', 'v1', 'v2']
    for tag in tags:
        client.tag('busybox', repository, tag)
    client.tag('busybox', repository + '-2', 'v3')
    output = client.push(repository, stream=stream, auth_config=ALICE)
    assert [line for line in (output if stream else output.splitlines()) if 'status' in json.loads(line)]
    forget(repository + '-2:v3', *[repository + ':' + tag for tag in tags])
    for tag in tags:
        client.pull(repository, tag, auth_config=ALICE)
        assert is_here(client, repository + ':' + tag)
    forget(*[repository + ':' + tag for tag in tags])
    with pytest.raises(docker.APIError):
        client.pull(repository + '-2', 'v3', auth_config=ALICE)


def test_a_push_of_all_tags_of_an_image_without_latest(client, plain, name, forget):
    repository = '{0}/team/{1}'.format(plain, name)
    client.tag('busybox', repository, 'v1')
    client.push(repository, auth_config=ALICE)
    forget(repository + ':v1')
    client.pull(repository, 'v1', auth_config=ALICE)
    forget(repository + ':v1')
    with pytest.raises(docker.APIError):
        client.push(repository, auth_config=ALICE)


@pytest.mark.parametrize('stream', [False, True])
def test_a_push_of_all_tags_with_wrong_credentials(client, plain, name, forget, stream):
    repository = '{0}/team/{1}'.format(plain, name)
    tags = [repository + ':v1', repository + ':v2']
    for tag in tags:
        client.tag('busybox', tag)
    with pytest.raises(docker.APIError) as caught:
        list(client.push(repository, stream=stream, auth_config=dict(ALICE, password=WRONG)))
    assert held_by(caught.value) is None
    forget(*tags)


def test_the_last_object_of_a_push(client, plain, name, forget):
    repository = '{0}/team/{1}'.format(plain, name)
    client.tag('busybox', repository, 'v1')
    items = list(client.push(repository, 'v1', True, True, ALICE, True))
    assert items and all('status' in item for item in items)
    forget(repository + ':v1')


def test_a_login_with_a_file(client, plain, published, tmp_path):
    path = tmp_path / 'own.cfg'
    path.write_bytes(json.dumps({plain: {'auth': encoded('alice')}}).encode('ascii'))
    repository = published(plain, ALICE)
    another = another_client()
    known = another.login('alice', registry=plain, dockercfg_path=str(path))
    assert known['username'] == 'alice'
    another.pull(repository)
    assert is_here(another, repository + ':latest')
    another.close()


def test_a_pull_for_a_platform(client, plain, published):
    if newest_of_engine(client) < (1, 32):
        pytest.skip('this engine has no platform of a pull')
    platform = 'linux/' + client.inspect_image('busybox')['architecture']
    repository = published(plain, ALICE)
    client.pull(repository, platform=platform, auth_config=ALICE)
    assert is_here(client, repository + ':latest')


def test_what_a_registry_has(client, plain, published):
    if newest_of_engine(client) < (1, 30) or engine_is_podman(client):
        with pytest.raises(NotSupported):
            client.inspect_distribution('{0}/team/app'.format(plain))
        return
    repository = published(plain, ALICE, tag='v1')
    found = client.inspect_distribution(repository + ':v1', ALICE)
    assert found['Descriptor']['digest'].startswith('sha256:') and found['Platforms'][0]['os'] == 'linux'
    by_digest = client.inspect_distribution(
        '{0}@{1}'.format(repository, found['Descriptor']['digest']), auth_config=ALICE)
    assert by_digest == found
    with pytest.raises(docker.errors.APIError):
        client.inspect_distribution(repository + ':v1')
    with pytest.raises(docker.errors.APIError):
        client.inspect_distribution(repository + ':v2', auth_config=ALICE)
