# -*- coding: utf-8 -*-
"""python -m docker, as a process: an engine that works, and everything that can be wrong."""

import json
import os
import shutil
import socket
import subprocess
import sys

import pytest
import six

import docker
from docker.distributions import KEYS
from docker.surroundings import other_packages
from tests.server import Server, as_json, free_port, http
from tests.transport.conftest import crowded  # noqa: F401
from tests.transport.test_contexts import Folder
from tests.transport.test_tcp import Certificates, TlsServer, openssl

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(docker.__file__)))
VERSION = {'Version': '20.10.24', 'ApiVersion': '1.41', 'MinAPIVersion': '1.12', 'Os': 'linux',
           'Arch': 'amd64'}
PING = http(200, 'OK', 'text/plain', 'Builder-Version: 2')
INFO = {'Swarm': {'LocalNodeState': 'inactive'}, 'SecurityOptions': ['name=seccomp', 'name=rootless']}
# Imports all that is needed before it becomes another user, who may not read the files of this Python.
AS_NOBODY = '''
import grp, pwd, sys, os, requests
import docker.diagnosis
from docker.__main__ import main
os.setgroups([]); os.setgid(65534); os.setuid(65534)
sys.exit(main(sys.argv[1:]))
'''
# Before Python 3.7 the reason is not known.
OR_EXPIRED = ', or has expired' if sys.version_info < (3, 7) else ''
root_only = pytest.mark.skipif(os.getuid() != 0, reason='only root can become another user')


@pytest.fixture(autouse=True)
def surroundings(monkeypatch):
    for name in ('XDG_RUNTIME_DIR', 'SSL_CERT_FILE', 'SSL_CERT_DIR'):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope='module')
def certificates(tmp_path_factory):
    folder = str(tmp_path_factory.mktemp('certificates'))
    created = Certificates(folder)
    created.key('expired')
    openssl(folder, 'req', '-new', '-key', 'expired-key.pem', '-out', 'expired.csr', '-subj', '/CN=localhost')
    openssl(folder, 'x509', '-req', '-in', 'expired.csr', '-CA', 'ca.pem', '-CAkey', 'ca-key.pem',
            '-CAcreateserial', '-days', '-1', '-extfile', 'localhost.ext', '-out', 'expired.pem')
    return created


@pytest.fixture
def tcp_server():
    server = Server(socket.AF_INET)
    yield server
    server.close()


def working(server, **version):
    """Queue the responses of an engine that works."""
    responses = [as_json(dict(VERSION, **version))] * 2
    return server.respond(*responses + [PING, responses[0], as_json(INFO)])


def run(command, environment, cwd):
    """Return the status and the output of a process that prints ASCII, and no secret."""
    variables = dict(os.environ, PYTHONPATH=ROOT, PYTHONDONTWRITEBYTECODE='1', LC_ALL='C', **environment)
    process = subprocess.Popen([sys.executable] + command, env=variables, cwd=cwd, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE)
    output, errors = process.communicate()
    assert b'secret' not in output + errors
    return process.returncode, output.decode('ascii'), errors.decode('ascii')


def without_installed(notes):
    """Return notes but those on an installed package, beside which the tests run in a checkout."""
    installed = tuple('There is something else named docker at {0}:'.format(path)
                      for path in other_packages())
    return [note for note in notes if not note.startswith(installed)]


@pytest.fixture
def diagnose(tmp_path):
    """A function that runs `python -m docker --json`, and returns the object."""
    def diagnose(*arguments, **environment):
        as_nobody = environment.pop('as_nobody', False)
        command = ['-c', AS_NOBODY] if as_nobody else ['-m', 'docker']
        strict = [] if six.PY2 else ['-W', 'error::ResourceWarning']
        status, output, errors = run(strict + command + ['--json'] + list(arguments), environment,
                                     str(tmp_path))
        assert errors == ''
        found = json.loads(output)
        assert set(found) == set(KEYS)
        found['notes'] = without_installed(found['notes'])
        assert status == (0 if found['works'] else 1)
        assert found['works'] == (found['problem'] is None)
        return found
    return diagnose


def assert_problem(found, code, what, *advice):
    """Check the code of a problem, what is wrong, and that each of `advice` is in what to do."""
    problem = found['problem']
    assert (problem['code'], problem['what']) == (code, what)
    for words in advice:
        assert words in '\n'.join(problem['advice'])


# It works

def test_an_engine_that_works(server, diagnose):
    working(server)
    found = diagnose(server.url)
    assert found['works'] and found['address'] == server.url and found['notes'] == []
    assert found['source'] == {'kind': 'argument', 'value': server.url, 'context': None, 'origin': None}
    assert found['engine'] == {
        'name': 'Docker', 'version': '20.10.24', 'api_oldest': '1.12', 'api_newest': '1.41', 'os': 'linux',
        'arch': 'amd64', 'swarm': 'inactive', 'builder': 'BuildKit', 'rootless': True}
    assert found['api_version'] == {'wire': '1.12', 'reason': 'negotiated'}
    assert found['round_trip_ms'] > 0
    assert found['package']['version'] == docker.__version__
    assert found['package']['folder'] == os.path.join(ROOT, 'docker')
    assert found['package']['libraries']['requests'] == __import__('requests').__version__
    assert [request.target for request in server.requests] == [
        '/version', '/v1.12/version', '/_ping', '/version', '/info']
    assert server.connections == 1


def test_the_text(server, tmp_path):
    working(server)
    status, output, errors = run(['-m', 'docker'], {'DOCKER_HOST': server.url}, str(tmp_path))
    lines = output.splitlines()
    assert (status, errors) == (0, '')
    assert lines[0] == 'Address  ' + server.url
    assert lines[1] == 'Because  DOCKER_HOST is ' + server.url
    assert lines[2].startswith('Works    yes, in ') and lines[2].endswith(' ms')
    assert lines[3:7] == ['Engine   Docker 20.10.24 linux/amd64 rootless',
                          'API      1.12 to 1.41; requests are in 1.12, the nearest to 1.6',
                          'Swarm    inactive', 'Builder  BuildKit']
    assert lines[-3] == 'Package    docker-py {0} in {1}/docker'.format(docker.__version__, ROOT)


def test_the_text_of_a_problem(tmp_path):
    path = str(tmp_path / u'gr\xf6\xdfe.sock') if six.PY3 else str(tmp_path) + '/gr\xc3\xb6\xc3\x9fe.sock'
    status, output, errors = run(['-m', 'docker', 'unix://' + path], {}, str(tmp_path))
    assert (status, errors) == (1, '')
    assert 'Works    no\n' in output
    assert 'What to do:\n  * Start the engine' in output
    assert '.sock' in output and 'Traceback' not in output


def test_what_a_server_sends_does_not_control_the_terminal(server, tmp_path):
    server.respond(*[http(500, u'\x1b[2J\x07' + u'long' * 1000 + u'\xe9')] * 9)
    status, output, errors = run(['-m', 'docker', server.url], {}, str(tmp_path))
    assert (status, errors) == (1, '') and '\\x1b[2J\\x07longlong' in output
    assert not set(output) & set('\x1b\x07') and len(output) < 2000


@pytest.mark.skipif(sys.version_info < (3, 11), reason='before Python 3.11 that module is what is run')
def test_a_module_of_the_same_name(server, tmp_path):
    (tmp_path / 'docker.py').write_bytes(b'')
    working(server)
    status, output, errors = run(['-P', '-m', 'docker', server.url], {}, str(tmp_path))
    assert (status, errors) == (0, '')
    assert 'There is something else named docker at {0}/docker.py'.format(tmp_path) in output


def test_a_reader_that_stops(server, tmp_path):
    working(server)
    command = '{0} -m docker --json {1} | true; exit ${{PIPESTATUS[0]}}'.format(sys.executable, server.url)
    process = subprocess.Popen(['bash', '-c', command], env=dict(os.environ, PYTHONPATH=ROOT),
                               cwd=str(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert process.communicate()[0] == b''
    assert process.returncode == 0


def test_podman(server, diagnose):
    working(server, Components=[{'Name': 'Podman Engine'}], MinAPIVersion='1.24', Version='4.3.1')
    found = diagnose(server.url)
    assert found['works'] and found['engine']['name'] == 'Podman' and found['engine']['swarm'] is None
    assert found['api_version']['wire'] == '1.41'


def test_an_engine_of_2013(server, diagnose):
    version = as_json({'Version': '0.6.5'})
    server.respond(version, version, http(404, 'no'), version, http(404, 'no'))
    found = diagnose(server.url)
    assert found['works'] and found['engine']['version'] == '0.6.5'
    assert found['engine']['os'] is None and found['engine']['api_newest'] == '1.6'


def test_info_fails(server, diagnose):
    version = as_json(VERSION)
    server.respond(version, version, PING, version, lambda peer: bool(peer.read_request()) and False,
                   lambda peer: bool(peer.read_request()) and False)
    found = diagnose(server.url)
    note, = found['notes']
    assert found['works'] and 'GET /info (' in note and 'journalctl' in note


def test_an_engine_that_is_newer_than_the_package(server, diagnose):
    working(server, ApiVersion='9.9', MinAPIVersion='9.1')
    note, = diagnose(server.url)['notes']
    assert 'API 9.1 and later' in note and 'install a newer docker-py' in note


def test_the_version_of_the_environment(server, diagnose):
    working(server)
    found = diagnose(server.url, DOCKER_API_VERSION='1.30')
    assert found['api_version'] == {'wire': '1.30', 'reason': 'DOCKER_API_VERSION'}
    assert server.requests[1].target == '/v1.30/version'


# Which engine

def test_docker_host_comes_before_the_context(server, diagnose, tmp_path):
    working(server)
    found = diagnose(DOCKER_HOST=' {0} '.format(server.url), DOCKER_CONTEXT='other', DOCKER_TLS_VERIFY='1')
    assert found['works'] and found['source']['kind'] == 'DOCKER_HOST'
    assert found['notes'] == [
        'DOCKER_CONTEXT is set, and not used: DOCKER_HOST is set.',
        'DOCKER_TLS_VERIFY is set, and not used: it is for a TCP address in DOCKER_HOST.']


def test_a_context_of_config_json(server, diagnose, tmp_path):
    folder = Folder(tmp_path / 'config')
    folder.engine('mine', server.url)
    folder.engine('other', 'tcp://me:secret@engine:2375')
    path = folder.config({'currentContext': 'mine', 'HttpHeaders': {'X-Token': 'secret'}})
    working(server)
    found = diagnose(DOCKER_CONFIG=folder.path)
    assert found['works'] and found['address'] == server.url and found['headers'] == ['X-Token']
    assert found['source'] == {'kind': 'context', 'value': None, 'context': 'mine',
                               'origin': 'currentContext of ' + path}
    assert found['contexts'] == [{'name': 'mine', 'address': server.url},
                                 {'name': 'other', 'address': 'tcp://engine:2375'}]


def test_a_context_that_is_missing(diagnose, tmp_path):
    folder = Folder(tmp_path / 'config')
    folder.engine('other', 'tcp://engine:2375')
    found = diagnose(DOCKER_CONFIG=folder.path, DOCKER_CONTEXT='mine')
    assert found['source']['context'] == 'mine' and found['address'] is None
    assert found['problem']['code'] == 'context-missing'
    assert found['problem']['what'].startswith('The Docker context "mine" (DOCKER_CONTEXT) does not exist')
    assert found['problem']['advice'] == [
        'Use a context that exists: other.',
        '`unset DOCKER_CONTEXT` to use the local engine, or set DOCKER_HOST.']


def test_a_context_by_ssh(diagnose, tmp_path):
    folder = Folder(tmp_path / 'config')
    folder.engine('far', 'ssh://secret@host')
    folder.config({'currentContext': 'far'})
    found = diagnose(DOCKER_CONFIG=folder.path)
    assert found['problem']['code'] == 'ssh' and 'SSH is not supported' in found['problem']['what']
    assert 'ssh -nNT -L' in found['problem']['advice'][0]
    assert '`docker context use default`' in found['problem']['advice'][1]


@pytest.mark.parametrize('metadata, current, what', [
    (b'{', 'bad', 'is not a JSON object'), ({'Name': 'bad'}, 'bad', 'has no Docker endpoint'),
    (b'{', 7, 'takes the name of a Docker context')])
def test_a_context_that_is_damaged(diagnose, tmp_path, metadata, current, what):
    folder = Folder(tmp_path / 'config')
    folder.context('bad', metadata)
    folder.config({'currentContext': current})
    found = diagnose(DOCKER_CONFIG=folder.path)
    assert found['problem']['code'] == 'context-invalid' and what in found['problem']['what']
    assert found['source']['kind'] == 'context' and 'config.json' in found['source']['origin']


def test_a_config_json_that_is_damaged(server, diagnose, tmp_path):
    path = Folder(tmp_path / 'config').config(b'{"auths": "secret')
    working(server)
    found = diagnose(DOCKER_CONFIG=os.path.dirname(path), DOCKER_HOST=server.url)
    assert found['works']
    assert found['notes'] == [
        '{0} is left out: it is not a JSON object. Correct the file, or its permissions.'.format(path)]


@pytest.mark.parametrize('host, code, what', [
    ('ssh://me:secret@host', 'ssh', 'DOCKER_HOST names an engine by SSH, which is not supported.'),
    ('npipe:////./pipe/docker', 'address-unsupported',
     'DOCKER_HOST has the scheme npipe://, which is not supported.'),
    ('tcp://me:secret@host:x', 'address-invalid', 'DOCKER_HOST is no address: it takes')])
def test_addresses_that_cannot_be_used(diagnose, host, code, what):
    found = diagnose(DOCKER_HOST=host)
    assert found['problem']['code'] == code and found['problem']['what'].startswith(what)
    assert found['source']['kind'] == 'DOCKER_HOST' and found['address'] is None
    assert ('ssh -nNT' if code == 'ssh' else 'unix:///path') in found['problem']['advice'][0]


@pytest.mark.parametrize('redirect', ['>&-', '>&- 2>&-', '<&-'])
def test_an_output_that_is_closed(tmp_path, redirect):
    command = '{0} -m docker unix:///missing.sock {1}'.format(sys.executable, redirect)
    process = subprocess.Popen(['bash', '-c', command], env=dict(os.environ, PYTHONPATH=ROOT),
                               cwd=str(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.communicate()[1] == b'' and process.returncode == 1


@pytest.mark.skipif(not os.path.exists('/dev/full'), reason='Linux has /dev/full')
def test_an_output_that_is_full(tmp_path):
    command = '{0} -m docker unix:///missing.sock >/dev/full'.format(sys.executable)
    process = subprocess.Popen(['bash', '-c', command], env=dict(os.environ, PYTHONPATH=ROOT, LC_ALL='C'),
                               cwd=str(tmp_path), stderr=subprocess.PIPE)
    assert process.communicate()[1] == (
        b'python -m docker: the output cannot be written: No space left on device\n')
    assert process.returncode == 1


@pytest.mark.parametrize('name', ['requests', 'six'])
def test_a_library_that_is_missing(tmp_path, name):
    (tmp_path / (name + '.py')).write_bytes(b'raise ImportError("not here")')
    for option in ([], ['--json']):
        status, output, errors = run(['-m', 'docker'] + option, {}, str(tmp_path))
        assert (status, errors) == (1, '') and '-m pip install ' + name in output
    assert json.loads(output)['problem']['code'] == 'library-missing' and set(json.loads(output)) == set(KEYS)


def test_an_argument_that_is_no_address(diagnose):
    found = diagnose('tcp://me:secret@host:99999')
    assert found['problem']['code'] == 'address-invalid'
    assert found['problem']['what'].startswith('The address is no address: it takes unix:///path')


# Unix sockets

def test_a_socket_that_is_missing(diagnose, tmp_path):
    other = socket.socket(socket.AF_UNIX)
    os.mkdir(str(tmp_path / 'run'))
    other.bind(str(tmp_path / 'run' / 'docker.sock'))
    path = str(tmp_path / 'missing.sock')
    found = diagnose('unix://' + path, XDG_RUNTIME_DIR=str(tmp_path / 'run'))
    other.close()
    address = 'unix://{0}/run/docker.sock'.format(tmp_path)
    assert {'engine': 'rootless Docker', 'address': address, 'permitted': True} in found['sockets']
    assert_problem(found, 'socket-missing', 'There is no socket at {0}: the folder {1} exists, and has '
                   'nothing of that name.'.format(path, tmp_path), 'sudo systemctl start docker',
                   'Or use rootless Docker, which has a socket: `export DOCKER_HOST={0}`.'.format(address))


def test_a_folder_that_is_missing(diagnose, tmp_path):
    path = str(tmp_path / 'a' / 'b' / 'c.sock')
    assert_problem(diagnose(DOCKER_HOST='unix://' + path), 'socket-missing', 'There is no socket at {0}: of '
                   'this path, only the folder {1} exists.'.format(path, tmp_path), 'Start the engine')


def test_a_link_to_nothing(diagnose, tmp_path):
    path = str(tmp_path / 'link.sock')
    os.symlink('/nowhere/docker.sock', path)
    assert_problem(diagnose('unix://' + path), 'socket-missing', 'There is no socket at {0}: it is a link to '
                   '/nowhere/docker.sock, where nothing is.'.format(path), 'Start the engine')


def test_paths_where_no_socket_can_be(diagnose, tmp_path):
    (tmp_path / 'file').write_bytes(b'')
    os.symlink('loop.sock', str(tmp_path / 'loop.sock'))
    for name, code, words in (
            ('loop.sock', 'socket-missing', 'it is a link that leads back to itself.'),
            ('file/x.sock', 'socket-missing', 'a part of this path is a file, not a folder.'),
            ('x' * 200, 'path-too-long', 'The path of the socket is longer than the system takes')):
        problem = diagnose('unix://{0}/{1}'.format(tmp_path, name))['problem']
        assert problem['code'] == code and words in problem['what']
        assert not any('Start the engine' in line for line in problem['advice'])


def test_what_is_no_socket(diagnose, tmp_path):
    (tmp_path / 'file').write_bytes(b'')
    (tmp_path / 'folder').mkdir()
    for name, kind, advice in (('file', 'a file', 'takes the path of a socket'),
                               ('folder', 'a folder', 'remove the folder, and start the engine')):
        path = str(tmp_path / name)
        assert_problem(diagnose('unix://' + path), 'not-a-socket',
                       'What is at {0} is {1}, not a socket.'.format(path, kind), advice)


def test_a_daemon_that_is_down(diagnose, tmp_path):
    path = str(tmp_path / 'docker.sock')
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(1)
    listener.close()
    assert_problem(diagnose('unix://' + path), 'daemon-down', 'Nothing listens on the socket {0}: the engine '
                   'that created it has stopped.'.format(path), 'Start the engine', 'systemctl status docker')


def test_an_engine_that_accepts_nothing(crowded, diagnose):  # noqa: F811
    path = crowded[0]
    found = diagnose('unix://' + path, '--timeout', '0.1')
    assert_problem(found, 'connect-timeout', 'The engine at {0} accepts no connection within 0.1 s: it '
                   'hangs, or is busy.'.format(path), 'systemctl restart docker')


@root_only
@pytest.mark.parametrize('mode, gid, what, advice', [
    (0o660, 1, 'its group daemon, its mode 0660; nobody is not in this group.', 'usermod -aG daemon nobody'),
    (0o600, 1, 'its group daemon, its mode 0600: it is for root alone.', 'Run it as root: `sudo`'),
    (0o660, 0, 'its group root, its mode 0660: it is for root alone.', 'rootless'),
    (0o600, 65534, 'its mode 0600: it is for root alone.', 'rootless')])
def test_no_permission(server, diagnose, mode, gid, what, advice):
    os.chmod(server.folder, 0o755)
    os.chmod(server.path, mode)
    os.chown(server.path, 0, gid)
    found = diagnose(server.url, as_nobody=True)
    assert found['problem']['code'] == 'permission-denied'
    assert found['problem']['what'].startswith(
        'The user nobody may not use the socket {0}: its owner is root'.format(server.path))
    assert found['problem']['what'].endswith(what)
    assert advice in '\n'.join(found['problem']['advice'])


@root_only
def test_a_folder_that_may_not_be_entered(server, diagnose):
    os.chmod(server.folder, 0o700)
    found = diagnose(server.url, as_nobody=True)
    assert_problem(found, 'permission-denied', 'The user nobody may not enter the folder {0}, in which the '
                   'socket {1} would be.'.format(server.folder, server.path), '`sudo`')


# TCP

def test_nobody_listens(diagnose):
    port = free_port()
    found = diagnose(DOCKER_HOST='tcp://me:secret@127.0.0.1:{0}'.format(port))
    assert_problem(found, 'connection-refused', 'Nothing listens on http://127.0.0.1:{0}.'.format(port),
                   'dockerd -H tcp://', '2376 with TLS')
    assert found['source']['value'] == 'tcp://127.0.0.1:{0}'.format(port)


def test_a_name_that_does_not_exist(diagnose):
    assert_problem(diagnose('tcp://engine.invalid:2375'), 'name-not-found',
                   'There is no address for the host name engine.invalid.', 'getent hosts engine.invalid')


def test_a_server_that_does_not_respond(server, diagnose):
    server.respond(lambda peer: peer.wait_closed())
    assert_problem(diagnose(server.url, '--timeout', '0.2'), 'no-response', 'What listens at {0} takes the '
                   'request, and does not respond within 0.2 s.'.format(server.url), 'journalctl -u docker',
                   '--timeout 60')


def test_a_server_that_closes_the_connection(tcp_server, diagnose):
    tcp_server.respond(lambda peer: bool(peer.read_request()) and False)
    found = diagnose(tcp_server.url, '--timeout', '1')
    assert found['problem']['code'] == 'connection-failed'
    assert 'closed the connection without a response' in found['problem']['what']
    assert 'If it speaks TLS: Use TLS' in found['problem']['advice'][1]


@pytest.mark.parametrize('response, named', [
    (http(200, '<html>Welcome</html>', 'text/html', 'Server: nginx/1.25'), ' (nginx/1.25)'),
    (http(404, '<html>Not here</html>', 'text/html', 'Server: Apache'), ' (Apache)'),
    (http(200, '{}', 'application/json'), ''),
    (b'SSH-2.0-OpenSSH_9.2\r\n', ''), (http(200, '[1]', 'application/json'), '')])
def test_what_is_no_engine(tcp_server, diagnose, response, named):
    tcp_server.respond(*[response] * 9)
    found = diagnose(tcp_server.url)
    assert_problem(found, 'not-an-engine', 'What responds at {0} is not a Docker engine{1}.'.format(
        tcp_server.url.replace('tcp', 'http'), named), 'Check the host and the port')
    assert found['engine'] is None and found['api_version'] is None


def test_a_response_that_ends_early(tcp_server, diagnose):
    tcp_server.respond(*[lambda peer: bool(peer.read_request()) and peer.send(
        b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"Ver') and False] * 9)
    problem = diagnose(tcp_server.url, '--timeout', '1')['problem']
    assert problem['code'] == 'connection-failed' and 'ended early' in problem['what']
    assert 'TLS' not in '\n'.join(problem['advice'])


@pytest.mark.parametrize('status, code, words', [
    (401, 'access-denied', 'denies access, with status 401 (nginx)'),
    (403, 'access-denied', 'denies access, with status 403 (nginx)'),
    (503, 'gateway-failed', 'has status 503 (nginx): it stands in front'),
    (500, 'engine-error', 'responds with an error: 500 Server Error')])
def test_a_response_that_is_an_error(tcp_server, diagnose, status, code, words):
    tcp_server.respond(*[http(status, 'no', 'text/plain', 'Server: nginx')] * 9)
    found = diagnose(tcp_server.url.replace('//', '//me:secret@'))
    assert found['problem']['code'] == code and words in found['problem']['what']
    assert found['problem']['advice']


def test_an_engine_that_is_too_old(server, diagnose):
    working(server, ApiVersion='1.5', MinAPIVersion='1.1', Version='0.6.1')
    found = diagnose(server.url)
    assert_problem(found, 'engine-too-old', 'The engine at {0} is too old: its API is 1.5, and this package '
                   'needs 1.6.'.format(server.url), 'Update the engine')
    assert found['engine']['version'] == '0.6.1'


def test_a_version_that_is_none(diagnose):
    found = diagnose('unix:///x.sock', DOCKER_API_VERSION='new')
    assert found['problem']['code'] == 'api-version-invalid'
    assert 'DOCKER_API_VERSION' in found['problem']['what']
    assert found['problem']['advice'] == ['`unset DOCKER_API_VERSION`, or set it to a version such as 1.41.']


def test_a_version_that_the_engine_refuses(server, diagnose):
    server.respond(as_json(VERSION), as_json({'message': (
        'client version 1.99 is too new. Maximum supported API version is 1.41')}, 400))
    found = diagnose(server.url, DOCKER_API_VERSION='1.99')
    assert_problem(found, 'api-version-refused', 'DOCKER_API_VERSION is 1.99, which the engine at {0} does '
                   'not serve: it serves 1.12 to 1.41.'.format(server.url), '`unset DOCKER_API_VERSION`')


# Proxies

def test_a_proxy_that_is_not_there(diagnose):
    proxy = '127.0.0.1:{0}'.format(free_port())
    found = diagnose('tcp://127.0.0.1:2375', http_proxy='http://me:secret@' + proxy)
    assert found['proxy'] == proxy and found['problem']['code'] == 'proxy'
    assert found['problem']['what'] == (
        'The engine at http://127.0.0.1:2375 is not reached through the proxy {0}: [Errno 111] Connection '
        'refused.'.format(proxy))
    assert found['problem']['advice'] == [
        'The requests go through the proxy {0}, which the environment names (HTTP_PROXY, HTTPS_PROXY or '
        'ALL_PROXY). To reach the engine without it: `export NO_PROXY=127.0.0.1`.'.format(proxy)]


def test_a_proxy_that_denies_access(tcp_server, diagnose):
    tcp_server.respond(*[http(403, 'no', 'text/plain', 'Server: squid')] * 9)
    proxy = tcp_server.url.replace('tcp://', 'http://me:secret@')
    found = diagnose('tcp://127.0.0.1:2375', http_proxy=proxy)
    assert found['problem']['code'] == 'access-denied' and '403 (squid)' in found['problem']['what']
    assert 'NO_PROXY=127.0.0.1' in found['problem']['advice'][-1]


def test_a_proxy_that_refuses_a_tunnel(tcp_server, diagnose):
    tcp_server.respond(http(403, 'no'))
    proxy = tcp_server.url.replace('tcp://', 'http://me:secret@')
    found = diagnose('https://127.0.0.1:2376', https_proxy=proxy)
    assert found['problem']['code'] == 'proxy' and 'NO_PROXY' in found['problem']['advice'][0]


def test_a_proxy_that_is_no_address(diagnose):
    found = diagnose('tcp://127.0.0.1:2375', http_proxy='socks5://me:secret@proxy')
    assert found['problem']['code'] == 'proxy' and 'http://host:port' in found['problem']['what']


# TLS

class Pem(object):
    """A folder as DOCKER_CERT_PATH names it."""

    def __init__(self, path, certificates):
        self.path, self.certificates = str(path), certificates

    def put(self, **files):
        for name, source in files.items():
            shutil.copy(self.certificates.path(source), os.path.join(self.path, name + '.pem'))
        return self

    def of(self, server):
        return {'DOCKER_HOST': server.url, 'DOCKER_TLS_VERIFY': '1', 'DOCKER_CERT_PATH': self.path}


@pytest.fixture
def pem(tmp_path, certificates):
    (tmp_path / 'pem').mkdir()
    return Pem(tmp_path / 'pem', certificates)


@pytest.fixture
def tls_server(request, certificates):
    """A function that starts a server that speaks TLS."""
    servers = []

    def start(**options):
        servers.append(TlsServer(certificates, **options))
        return servers[-1]
    yield start
    for server in servers:
        server.close()


def test_tls_that_works(tls_server, diagnose, pem):
    server = working(tls_server(require_cert=True))
    found = diagnose(**pem.put(ca='ca', cert='client', key='client-key').of(server))
    assert found['works'] and found['address'] == 'https://' + server.address
    assert found['tls'] == {
        'verify': True, 'authority': pem.path + '/ca.pem', 'certificate': pem.path + '/cert.pem',
        'key': pem.path + '/key.pem', 'folder': pem.path, 'files': [
            {'role': role, 'path': '{0}/{1}.pem'.format(pem.path, name), 'state': 'readable', 'needed': True}
            for role, name in (('ca', 'ca'), ('certificate', 'cert'), ('key', 'key'))]}


def test_plain_http_to_a_server_with_tls(tls_server, tcp_server, diagnose):
    server = tls_server()
    tcp_server.respond(http(400, 'Client sent an HTTP request to an HTTPS server.'))
    for url in (server.url, tcp_server.url):
        assert_problem(diagnose(DOCKER_HOST=url), 'tls-expected', 'What listens at {0} speaks TLS, and the '
                       'address has none.'.format(url.replace('tcp', 'http')), 'export DOCKER_TLS_VERIFY=1')


def test_tls_to_a_server_without(tcp_server, diagnose, pem):
    tcp_server.respond(lambda peer: peer.send(http(400, 'Client sent garbage')))
    found = diagnose(**pem.put(ca='ca').of(tcp_server))
    assert_problem(found, 'tls-not-spoken', 'What listens at https://127.0.0.1:{0} does not speak TLS, but '
                   'the address has it.'.format(tcp_server.port), '2376', '`unset DOCKER_TLS_VERIFY`')


def test_an_authority_that_is_not_trusted(tls_server, diagnose, pem):
    server = tls_server()
    found = diagnose(**pem.put(ca='other-ca').of(server))
    assert_problem(found, 'certificate-untrusted', 'The certificate of https://{0} is not trusted by '
                   '{1}/ca.pem{2}.'.format(server.address, pem.path, OR_EXPIRED), 'Get ca.pem')


def test_no_authority(tls_server, diagnose, pem):
    server = tls_server()
    found = diagnose(**pem.of(server))
    assert_problem(found, 'certificate-untrusted', 'The certificate of https://{0} is not trusted by the '
                   'authorities that requests knows{1}.'.format(server.address, OR_EXPIRED),
                   'Put the authority that signed it in {0}/ca.pem.'.format(pem.path))
    assert [file['state'] for file in found['tls']['files']] == ['missing'] * 3


def test_a_certificate_for_another_name(tls_server, diagnose, pem):
    server = tls_server(name='elsewhere')
    found = diagnose(**pem.put(ca='ca').of(server))
    assert_problem(found, 'certificate-wrong-name', 'The certificate of https://{0} is for another '
                   'name.'.format(server.address), 'subjectAltName')


def test_a_certificate_that_has_expired(tls_server, diagnose, pem):
    server = tls_server(name='expired')
    found = diagnose(**pem.put(ca='ca').of(server))
    if sys.version_info < (3, 7):
        assert_problem(found, 'certificate-untrusted', 'The certificate of https://{0} is not trusted by '
                       '{1}/ca.pem, or has expired.'.format(server.address, pem.path), 'Get ca.pem',
                       'openssl s_client -connect ' + server.address)
    else:
        assert_problem(found, 'certificate-expired', 'The certificate of https://{0} has expired, or is not '
                       'yet valid.'.format(server.address), 'clock')


@pytest.mark.parametrize('newest', [True, False], ids=['TLS 1.3', 'TLS 1.2'])
def test_no_certificate_of_the_client(tls_server, diagnose, pem, newest):
    server = tls_server(require_cert=True, newest=newest)
    found = diagnose(**pem.put(ca='ca').of(server))
    assert_problem(found, 'client-certificate-missing', 'https://{0} expects a certificate of the client, '
                   'and there is none.'.format(server.address), 'cert.pem and key.pem', pem.path)


@pytest.mark.parametrize('newest', [True, False], ids=['TLS 1.3', 'TLS 1.2'])
def test_a_certificate_of_the_client_that_is_refused(tls_server, diagnose, pem, newest):
    server = tls_server(require_cert=True, newest=newest)
    found = diagnose(**pem.put(ca='ca', cert='stranger', key='stranger-key').of(server))
    assert_problem(found, 'client-certificate-refused', 'https://{0} does not accept the certificate '
                   '{1}/cert.pem.'.format(server.address, pem.path), '--tlscacert')


def test_files_that_hold_something_else(tls_server, diagnose, pem):
    server = tls_server()
    pem.put(ca='ca', key='client-key')
    with open(os.path.join(pem.path, 'cert.pem'), 'w') as certificate:
        certificate.write('nothing')
    found = diagnose(**pem.of(server))
    assert_problem(found, 'tls-files', 'TLS with https://{0} needs files that cannot be used: {1}/ca.pem, '
                   '{1}/cert.pem, {1}/key.pem.'.format(server.address, pem.path), 'openssl x509')


def test_a_variable_that_does_not_say_no(tls_server, diagnose, pem):
    server = working(tls_server())
    found = diagnose(**dict(pem.put(ca='ca').of(server), DOCKER_TLS_VERIFY='0'))
    assert found['works'] and 'DOCKER_TLS_VERIFY is 0, and TLS is used' in found['notes'][0]


def test_a_key_that_is_missing(tls_server, diagnose, pem):
    server = tls_server()
    found = diagnose(**pem.put(ca='ca', cert='client').of(server))
    assert_problem(found, 'tls-files', 'TLS with https://{0} needs files that cannot be used: {1}/key.pem '
                   '(missing).'.format(server.address, pem.path), 'belong together')


@root_only
def test_a_key_that_may_not_be_read(tls_server, diagnose, certificates):
    server = tls_server()
    pem = Pem(server.folder, certificates).put(ca='ca', cert='client', key='client-key')
    os.chmod(pem.path, 0o755)
    for name, mode in (('ca', 0o644), ('cert', 0o644), ('key', 0o600)):
        os.chmod('{0}/{1}.pem'.format(pem.path, name), mode)
    found = diagnose(as_nobody=True, **pem.of(server))
    assert_problem(found, 'tls-files', 'TLS with https://{0} needs files that cannot be used: {1}/key.pem '
                   '(no permission).'.format(server.address, pem.path), 'must be able to read them')


# Arguments

@pytest.mark.parametrize('arguments', [
    ['tcp://a:secret@b', 'tcp://c:secret@d'], ['--timeout', '0'], ['--timeout', 'secret-is-not-shown'],
    ['--unknown=secret']])
def test_usage(tmp_path, arguments):
    status, output, errors = run(['-m', 'docker'] + arguments, {}, str(tmp_path))
    assert status == 2 and output == '' and 'usage: python -m docker' in errors
