# coding: utf-8
"""What a real engine asks of a session: secrets, ssh agents and the credentials of real registries."""

import collections
import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading

import pytest
import six
from six.moves.BaseHTTPServer import HTTPServer
from six.moves.urllib.parse import parse_qs

from tests.credentials import PASSWORDS, TOKEN, WRONG, Helpers, encoded, shown_in, write_config
from tests.engine.buildkit_build import content_of_image, require_buildkit, require_mounts
from tests.engine.conftest import HOST
from tests.engine.test_registries import Tokens
from tests.registry import Registry, require
from tests.test_ssh_agents import listens, until

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TEXT = PASSWORDS[u'alice']
SECRET = TEXT.encode('utf-8')
ALICE = {'username': 'alice', 'password': PASSWORDS['alice']}
BOB = {'username': 'bob', 'password': PASSWORDS['bob']}
# What shows that a secret came to a step, without showing it.
CHECK = u"md5sum < /run/secrets/{0} | cut -d' ' -f1"

Built = collections.namedtuple('Built', 'image_id output errors')


@pytest.fixture
def build(client, tmp_path, monkeypatch):
    """A function: build the folder `tmp_path` with a Dockerfile, as text.

    It returns the id of the image or None, what its steps printed, in bytes, and the texts of errors. After
    the test all threads and private agents have to have ended.
    """
    pytest.importorskip('h2', reason='a session takes the package h2')
    require_buildkit(client)
    images = []

    def build_folder(dockerfile, close_at=None, **options):
        require_mounts(client, dockerfile)
        with open(str(tmp_path / 'Dockerfile'), 'wb') as opened:
            opened.write(dockerfile.encode('utf-8'))
        items = client.build(str(tmp_path), buildkit=True, nocache=True, decode=True, **options)
        with items:
            built = result_of(items, close_at)
        images.append(built.image_id)
        return built

    before = threading.active_count()
    # Private agents have their folders here, of this test alone.
    folder = tempfile.mkdtemp()
    monkeypatch.setattr(tempfile, 'tempdir', folder)
    yield build_folder
    assert threading.active_count() == before
    assert [name for name in os.listdir(folder) if 'docker-ssh' in name] == []
    monkeypatch.undo()
    shutil.rmtree(folder)
    for image in images:
        if image:
            client.remove_image(image, force=True)


def result_of(items, close_at):
    image_id, output, errors = None, [], []
    for item in items:
        image_id = item.get('aux', {}).get('ID', image_id)
        output.extend(log['data'] for log in item.get('logs', ()))
        errors.extend(vertex.get('error') for vertex in item.get('vertexes', ()) if vertex.get('error'))
        errors.extend([item['error']] if 'error' in item else [])
        if close_at is not None and close_at in u''.join(output):
            break
    return Built(image_id, u''.join(output).encode('utf-8'), u'\n'.join(errors))


def md5_of(content):
    import hashlib
    return hashlib.md5(content).hexdigest().encode('ascii')


# Secrets

@pytest.fixture
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp('secrets') / 'token'
    path.write_bytes(SECRET)
    return str(path)


FORMS = [lambda path: {'token': path}, lambda path: {'token': bytearray(SECRET)},
         lambda path: {'token': {'env': 'OF_THE_TESTS'}}, lambda path: {'token': {'file': path}},
         lambda path: ['id=token,src=' + path], lambda path: {'token': {'data': SECRET}},
         lambda path: {'token': SECRET}]


@pytest.mark.parametrize('form', FORMS, ids=lambda form: 'form')
def test_a_secret_in_each_form(client, build, path, monkeypatch, form):
    monkeypatch.setenv('OF_THE_TESTS', SECRET if six.PY2 else TEXT)
    built = build(u'FROM busybox\nRUN --mount=type=secret,id=token,required=true {0}\n'
                  u'RUN ls -A /run/secrets 2>&1; true\n'.format(CHECK.format('token')), secrets=form(path))
    assert built.image_id, built.errors
    assert md5_of(SECRET) in built.output
    assert shown_in(built.output) is None and shown_in(str(client.history(built.image_id))) is None
    content = content_of_image(client, built.image_id)
    assert b'bin/busybox' in content and SECRET not in content


def test_several_secrets(build, path):
    secrets = {'a': path, 'b.2': bytearray(b'second'), 'large': bytearray(500 * 1024)}
    mounts = u' '.join(u'--mount=type=secret,id={0},required=true,target=/{0}'.format(key) for key in secrets)
    step = u'FROM busybox\nRUN {0} cd /; md5sum {1}\n'.format(mounts, u' '.join(secrets))
    built = build(step, secrets=secrets)
    assert built.image_id, built.errors
    for content in (SECRET, b'second', b'\0' * 500 * 1024):
        assert md5_of(content) in built.output


def test_a_secret_that_was_not_given(build):
    step = u'FROM busybox\nRUN --mount=type=secret,id=other{0} ls /run/secrets 2>&1; true\n'
    assert build(step.format(u''), secrets={'token': bytearray(SECRET)}).image_id
    for secrets in ({'token': bytearray(SECRET)}, None):
        built = build(step.format(u',required=true'), secrets=secrets)
        assert built.image_id is None and u'secret other' in built.errors
        assert u'not found' in built.errors or u'no active session' in built.errors


# ssh agents

@pytest.fixture(scope='module')
def openssh(tmp_path_factory):
    """A folder with ssh-add and its libraries, and three keys."""
    folders = os.environ['PATH'].split(os.pathsep)
    found = [os.path.join(folder, 'ssh-add') for folder in folders]
    found = [path for path in found if os.access(path, os.X_OK)]
    if not found:
        (pytest.fail if os.environ.get('CI') else pytest.skip)('no OpenSSH: ssh-agent, ssh-add, ssh-keygen')
    folder = tmp_path_factory.mktemp('openssh')
    libraries = subprocess.check_output(['ldd', found[0]]).decode('utf-8').split()
    for path in set([found[0]] + [word for word in libraries if word.startswith('/')]):
        target = str(folder / 'root') + path
        if not os.path.isdir(os.path.dirname(target)):
            os.makedirs(os.path.dirname(target))
        shutil.copy(os.path.realpath(path), target)
    os.rename(str(folder / 'root') + found[0], str(folder / 'root' / 'ssh-add'))
    for name in ('one', 'two', 'three'):
        subprocess.check_call(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', str(folder / name)])
    return folder


@pytest.fixture
def with_openssh(build, openssh, tmp_path):
    """A function: build with steps that have ssh-add, the public keys and the private key `three`."""
    shutil.copytree(str(openssh / 'root'), str(tmp_path / 'root'))
    os.mkdir(str(tmp_path / 'keys'))
    for name in ('one.pub', 'two.pub', 'three'):
        shutil.copy(str(openssh / name), str(tmp_path / 'keys'))

    def build_with_steps(steps, **options):
        return build(u'FROM busybox\nCOPY root /\nCOPY keys /keys\n' + steps, **options)
    return build_with_steps


@pytest.fixture
def agent(openssh, monkeypatch):
    """The agent of the user, which has the key `one`."""
    folder = tempfile.mkdtemp()
    path = os.path.join(folder, 'agent')
    with open(os.devnull, 'wb') as devnull:
        process = subprocess.Popen(['ssh-agent', '-D', '-a', path], stdout=devnull)
    environ = dict(os.environ, SSH_AUTH_SOCK=path)
    try:
        until(lambda: listens(path))
        subprocess.check_call(['ssh-add', '-q', str(openssh / 'one')], env=environ)
        monkeypatch.setenv('SSH_AUTH_SOCK', path)
        yield lambda: subprocess.check_output(['ssh-add', '-l'], env=environ)
    finally:
        process.terminate()
        process.wait()
        os.rmdir(folder)


def fingerprint(openssh, name):
    return subprocess.check_output(['ssh-keygen', '-l', '-f', str(openssh / name) + '.pub']).split()[1]


STEP = u'''RUN --mount=type=ssh /ssh-add -l
RUN --mount=type=ssh /ssh-add -T /keys/one.pub && echo it-signs
RUN --mount=type=ssh cp /keys/three /k; chmod 600 /k; /ssh-add /k 2>&1 || echo not-added
RUN --mount=type=ssh /ssh-add -D 2>&1 || echo not-removed
RUN --mount=type=ssh /ssh-add -d /keys/one.pub 2>&1 || echo not-removed-either
RUN --mount=type=ssh /ssh-add -l; ls -l $SSH_AUTH_SOCK
'''


def assert_lists_and_signs(built, openssh):
    assert built.image_id, built.errors
    assert built.output.count(fingerprint(openssh, 'one')) >= 2
    assert fingerprint(openssh, 'three') not in built.output
    for words in (b'it-signs', b'not-added', b'not-removed', b'not-removed-either'):
        assert words in built.output.split()


def test_the_agent_of_the_user(with_openssh, openssh, agent):
    before = agent()
    assert_lists_and_signs(with_openssh(STEP, ssh='default'), openssh)
    assert agent() == before and fingerprint(openssh, 'one') in before


def test_key_files(with_openssh, openssh):
    assert_lists_and_signs(with_openssh(STEP, ssh={'default': str(openssh / 'one')}), openssh)


def test_several_agents(with_openssh, openssh, agent):
    built = with_openssh(u'RUN --mount=type=ssh,id=github,required=true /ssh-add -l\n',
                         ssh={'default': None, 'github': str(openssh / 'two')})
    assert built.image_id, built.errors
    assert fingerprint(openssh, 'two') in built.output and fingerprint(openssh, 'one') not in built.output


def test_steps_that_sign_at_a_time(with_openssh, openssh):
    stages = u''.join(
        u'FROM base AS s{0}\nRUN --mount=type=ssh for i in 1 2 3 4 5; do /ssh-add -T /keys/one.pub || '
        u'exit 1; done; echo signed-{0} > /s{0}\n'.format(index) for index in range(4))
    copies = u''.join(u'COPY --from=s{0} /s{0} /\n'.format(index) for index in range(4))
    built = with_openssh(u'FROM busybox AS base\nCOPY root /\nCOPY keys /keys\n{0}FROM busybox\n{1}'
                         u'RUN cat /s?\n'.format(stages, copies), ssh={'default': str(openssh / 'one')})
    assert built.image_id, built.errors
    assert [u'signed-{0}'.format(index).encode('ascii') for index in range(4)] == built.output.split()[-4:]


def test_an_agent_that_was_not_given(with_openssh, openssh):
    step = u'RUN --mount=type=ssh,id=other,required=true /ssh-add -l\n'
    for ssh in ({'default': str(openssh / 'one')}, None):
        built = with_openssh(step, ssh=ssh)
        assert built.image_id is None and u'other' in built.errors


def test_a_build_that_is_closed_while_it_signs(with_openssh, openssh):
    built = with_openssh(u'RUN --mount=type=ssh while /ssh-add -T /keys/one.pub; do echo signed; done\n',
                         ssh={'default': str(openssh / 'one')}, close_at=u'signed')
    assert built.image_id is None and b'signed' in built.output


def test_an_agent_that_does_not_respond(with_openssh):
    """As one whose user is asked to confirm: the build waits, and can be closed."""
    folder = tempfile.mkdtemp()
    path = os.path.join(folder, 'agent')
    import socket
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(path)
    listening.listen(5)
    built = with_openssh(u'RUN --mount=type=ssh (sleep 1; echo it-waits) & /ssh-add -l\n',
                         ssh={'default': path}, close_at=u'it-waits')
    assert built.image_id is None
    listening.close()
    os.unlink(path)
    os.rmdir(folder)


# Credentials

@pytest.fixture(scope='module')
def running():
    """Two registries, without TLS: BuildKit takes any of the loopback interface for such a one."""
    require()
    with Registry(users=['alice']) as first, Registry(users=['bob']) as second:
        yield first, second


@pytest.fixture
def asked(client, monkeypatch):
    """The registries whose credentials are looked up."""
    keys, look_up = [], client._credentials_for

    def look_up_with_note(key, given=None):
        keys.append(key)
        return look_up(key, given)
    monkeypatch.setattr(client, '_credentials_for', look_up_with_note)
    return keys


@pytest.fixture
def published(client, build, name):
    """A function that pushes an image to a registry, removes it from the engine, and returns its name."""
    def publish(registry, auth_config):
        repository = '{0}/team/{1}'.format(registry.address, name)
        client.tag('busybox', repository)
        client.push(repository, auth_config=auth_config)
        client.remove_image(repository)
        return repository
    return publish


@pytest.fixture
def helpers(tmp_path_factory, monkeypatch):
    return Helpers(str(tmp_path_factory.mktemp('helpers')), monkeypatch)


FROM = u'FROM {0}\nRUN echo built-ok\n'


def by_argument(client, registry, helpers):
    return {registry: ALICE}


def by_argument_with_its_registry(client, registry, helpers):
    return dict(ALICE, serveraddress='http://' + registry)


def by_login(client, registry, helpers):
    client.login('alice', PASSWORDS['alice'], registry=registry)


def by_helper(client, registry, helpers):
    helpers.make('own', {registry: ('alice', PASSWORDS['alice'])})
    write_config({'credHelpers': {registry: 'own'}})


def by_auths(client, registry, helpers):
    write_config({'auths': {registry: {'auth': encoded('alice')}}})


SOURCES = [by_argument, by_argument_with_its_registry, by_login, by_helper, by_auths]


@pytest.mark.parametrize('source', SOURCES, ids=[source.__name__ for source in SOURCES])
def test_a_private_base_image(client, build, running, published, asked, helpers, source):
    repository = published(running[0], ALICE)
    built = build(FROM.format(repository), auth_config=source(client, running[0].address, helpers))
    assert built.image_id and b'built-ok' in built.output, built.errors
    assert set(asked) == {running[0].address}
    if helpers.asked('own'):
        assert set(helpers.asked('own')) == {'get ' + running[0].address}


def test_no_other_registry_is_asked_for(client, build, running, published, asked):
    write_config({'auths': {running[0].address: {'auth': encoded('alice')},
                            'http://' + running[1].address: {'auth': encoded('bob')},
                            'https://index.docker.io/v1/': {'auth': encoded('nobody', WRONG)}}})
    repositories = published(running[0], None), published(running[1], None)
    # Each push has looked up those of its registry.
    del asked[:]
    assert build(FROM.format(repositories[0])).image_id
    assert set(asked) == {running[0].address}
    del asked[:]
    built = build(u'FROM {0} AS first\nFROM {1}\nCOPY --from=first /etc/passwd /a\n'.format(*repositories))
    assert built.image_id, built.errors
    # What is in the engine's cache is not asked for again.
    assert running[1].address in asked and set(asked) <= {registry.address for registry in running}


def is_unauthorized(errors):
    """Return whether a registry has refused, as BuildKit of each version reports it."""
    return re.search(u'401 Unauthorized|failed to authorize|no basic auth credentials', errors) is not None


WRONG_ONES = {'none': None, 'wrong': {'username': 'alice', 'password': WRONG}, 'of another': BOB}


@pytest.mark.parametrize('kind', sorted(WRONG_ONES))
def test_wrong_credentials(build, running, published, kind):
    wrong = WRONG_ONES[kind]
    repository = published(running[0], ALICE)
    built = build(FROM.format(repository), auth_config=wrong and {running[0].address: wrong})
    assert built.image_id is None and shown_in(built.errors) is None
    assert running[0].address in built.errors and is_unauthorized(built.errors)


def test_a_helper_that_fails(build, running, published, helpers):
    repository = published(running[0], ALICE)
    helpers.write('bad', u'#!/bin/sh\necho \'{0}\'; exit 1\n'.format(TEXT))
    write_config({'credHelpers': {running[0].address: 'bad'}})
    with pytest.warns(UserWarning, match='docker-credential-bad is left out: it ended with status 1'):
        built = build(FROM.format(repository))
    assert built.image_id is None and shown_in(built.errors) is None
    assert is_unauthorized(built.errors)


class TokensForPasswords(Tokens):
    """A registry that requires tokens, as most do. It issues one for the password of alice."""

    def do_GET(self):
        if self.path.partition('?')[0] != '/token':
            return Tokens.do_GET(self)
        self.issue(self.headers.get('Authorization') == 'Basic ' + encoded('alice'), 'basic')

    def do_POST(self):
        form = parse_qs(str(self.body().decode('ascii')))
        password = form.get('password', [''])[0]
        self.issue(form.get('username') == ['alice'] and six.ensure_text(password) == TEXT, 'form')

    def issue(self, is_known, how):
        self.server.seen.append(('/token', how if is_known else 'refused'))
        tokens = {'token': 'given', 'access_token': 'given'}
        self.respond(200 if is_known else 401, tokens if is_known else {})

    do_HEAD = do_GET


@contextlib.contextmanager
def serving(kind):
    server = HTTPServer(('127.0.0.1', 0), kind)
    server.seen = []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server, '127.0.0.1:{0}'.format(server.server_port)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize('kind, auth_config, how', [
    (Tokens, {'identitytoken': TOKEN}, ['refresh_token']), (TokensForPasswords, ALICE, ['basic', 'form'])],
    ids=['identity token', 'password'])
def test_a_registry_with_tokens(build, asked, kind, auth_config, how):
    with serving(kind) as (server, address):
        built = build(FROM.format(address + '/team/app'), auth_config={address: auth_config})
        assert built.image_id is None and asked and shown_in(built.errors) is None
        # The registry has no images: it is asked for one with the token.
        assert u'not found' in built.errors
        assert [seen for seen in server.seen if seen[0] == '/token' and seen[1] in how]
        assert ('/v2/team/app/manifests/latest', 'Bearer given') in server.seen


def test_a_registry_with_tokens_and_a_wrong_password(build):
    wrong = {'username': 'alice', 'password': WRONG}
    with serving(TokensForPasswords) as (server, address):
        built = build(FROM.format(address + '/team/app'), auth_config={address: wrong})
        assert built.image_id is None and shown_in(built.errors) is None
        assert u'401' in built.errors and ('/token', 'refused') in server.seen
        assert not [seen for seen in server.seen if seen[1] == 'Bearer given']


def test_a_registry_token_is_refused(build, running, published):
    repository = published(running[0], ALICE)
    built = build(FROM.format(repository), auth_config={running[0].address: {'registrytoken': TOKEN}})
    assert built.image_id is None and shown_in(built.errors) is None
    assert u'BuildKit takes a password or an identitytoken for ' + running[0].address in built.errors


def test_no_credentials_are_looked_up_for_an_image_that_is_there(build, asked):
    assert build(u'FROM busybox\nRUN true\n').image_id
    assert asked == []


# A script that builds while it is imported

IMPORTED = u'''
import docker

client = docker.Client({host!r})
try:
    items = list(client.build({folder!r}, buildkit=True, nocache=True, decode=True, {options}))
finally:
    client.close()
print(items[-1].get('error', 'built'))
'''


def run_imported(tmp_path, dockerfile, options=u''):
    """Import a module that builds, in a process of its own, and return what it has printed."""
    folder = tmp_path / u'folder'
    folder.mkdir()
    (folder / u'Dockerfile').write_text(dockerfile)
    (folder / u'.dockerignore').write_text(u'# All but one\n*\n!file\n')
    (folder / u'file').write_text(u'content')
    (tmp_path / u'built.py').write_text(six.ensure_text(
        IMPORTED.format(host=str(HOST), folder=str(folder), options=options)))
    environ = dict(os.environ, PYTHONPATH=os.pathsep.join([str(tmp_path), ROOT]))
    running = subprocess.Popen([sys.executable, '-c', 'import built'], env=environ, cwd=str(tmp_path),
                               stdout=subprocess.PIPE)
    timer = threading.Timer(60, running.kill)
    timer.start()
    try:
        return running.communicate()[0].decode('utf-8').strip()
    finally:
        timer.cancel()
        timer.join()


def test_a_script_that_builds_while_it_is_imported(build, tmp_path, openssh):
    dockerfile = (u'FROM busybox AS one\nCOPY f* /\nRUN --mount=type=secret,id=token,required=true '
                  u'--mount=type=ssh,required=true cp /file /copied\n'
                  u'FROM scratch\nCOPY --from=one /copied /\n')
    options = ("secrets={{'token': {{'data': b'x'}}}}, ssh={{'default': {0!r}}}, "
               "outputs={{'Type': 'local', 'Attrs': {{'dest': 'made'}}}}")
    assert run_imported(tmp_path, dockerfile, options.format(str(openssh / 'one'))) == u'built'
    assert (tmp_path / u'made' / u'copied').read_text() == u'content'


def test_a_helper_of_a_script_that_builds_while_it_is_imported(build, running, published, helpers, tmp_path):
    repository = published(running[0], ALICE)
    by_helper(None, running[0].address, helpers)
    assert run_imported(tmp_path, FROM.format(repository)) == u'built'
    assert 'get ' + running[0].address in helpers.asked('own')
