"""docker.problems: from an error to what is wrong; also of other users, networks and systems."""

import errno
import grp
import os
import re

import pytest

import docker
from docker import errors, problems, surroundings
from docker.distributions import KEYS
from docker.problems import problem_of
from docker.transport.endpoint import endpoint_for


@pytest.fixture
def found():
    return {'address': None, 'source': {'kind': 'argument', 'value': None}, 'timeout': 10, 'tls': None,
            'proxy': None, 'engine': None, 'sockets': [], 'contexts': []}


class Group(object):
    gr_name = 'docker'

    def __init__(self, *members):
        self.gr_mem = list(members)


@pytest.fixture
def refused(server, found, monkeypatch):
    """A function that returns the problem of a socket of a group with these members."""
    def refused(*members, **options):
        os.chmod(server.path, 0o660)
        for module in (problems, surroundings):
            monkeypatch.setattr(module, 'user_name', lambda uid=None: 'me' if uid is None else 'root')
        monkeypatch.setattr(grp, 'getgrgid', lambda gid: Group(*members))
        monkeypatch.setattr(os, 'getgroups', lambda: [4321] if options.get('entered') else [])
        os.chown(server.path, -1, 4321)
        error = errors.EngineUnreachable('no permission')
        error.errno = errno.EACCES
        return problem_of(error, found, endpoint_for(server.url))
    return refused


@pytest.mark.skipif(os.getuid() != 0, reason='only root can give a socket to another group')
class TestGroups(object):
    def test_not_a_member(self, refused):
        problem = refused('other')
        assert problem['code'] == 'permission-denied'
        assert problem['what'].endswith('me is not in this group.')
        assert 'log in again: `sudo usermod -aG docker me`.' in problem['advice'][0]

    def test_a_member_since_this_session_began(self, refused):
        problem = refused('other', 'me')
        assert problem['code'] == 'permission-new-group'
        assert 'its mode 0660. me was added to this group, but not before' in problem['what']
        assert '`newgrp docker`' in problem['advice'][0]

    def test_a_member(self, refused):
        problem = refused('me', entered=True)
        assert problem['code'] == 'permission-denied'
        assert problem['what'].endswith('me is in this group.')
        assert 'SELinux' in problem['advice'][0]


@pytest.mark.parametrize('text, code, words', [
    ('[Errno {0}] No route'.format(errno.EHOSTUNREACH), 'unreachable', 'has no way to http://engine:1'),
    ('[Errno {0}] Network is unreachable'.format(errno.ENETUNREACH), 'unreachable', 'has no way'),
    ("Failed to resolve 'engine' ([Errno -3] Temporary failure in name resolution)", 'name-not-found',
     'host name engine'),
    ('[Errno 8] nodename nor servname provided, or not known', 'name-not-found', 'host name engine')])
def test_the_network(found, monkeypatch, text, code, words):
    found['address'] = 'http://engine:1'
    problem = problem_of(errors.EngineUnreachable(text), found, endpoint_for('tcp://engine:1'))
    assert problem['code'] == code and words in problem['what'] and problem['advice']


def test_a_connection_that_takes_too_long(found):
    problem = problem_of(errors.ConnectTimedOut('x'), found, endpoint_for('tcp://engine:1'))
    assert problem['code'] == 'connect-timeout'
    assert problem['what'] == 'No connection to http://engine:1 within 10 s.'
    assert 'firewall' in problem['advice'][0]
    problem = problem_of(errors.ConnectTimedOut('x'), found, endpoint_for('https://engine:1'))
    assert problem['code'] == 'connect-timeout' and 'may not speak TLS' in problem['advice'][1]


def test_other_failures_of_tls(found):
    problem = problem_of(errors.TLSFailed('unsupported protocol'), found, endpoint_for('https://engine:1'))
    assert problem['code'] == 'tls-failed' and problem['what'] == 'unsupported protocol'


def test_in_a_container(found, monkeypatch, tmp_path):
    for inside in (True, False):
        monkeypatch.setattr(problems, 'is_in_container', lambda: inside)
        endpoint = endpoint_for('unix://{0}/x'.format(tmp_path))
        problem = problem_of(errors.EngineUnreachable('x'), found, endpoint)
        assert ('-v /var/run/docker.sock:' in '\n'.join(problem['advice'])) == inside


def test_sockets_without_permission_are_no_advice(found, tmp_path):
    found['sockets'] = [{'engine': 'Podman', 'address': 'unix:///p.sock', 'permitted': False}]
    problem = problem_of(errors.EngineUnreachable('x'), found, endpoint_for('unix://{0}/x'.format(tmp_path)))
    assert problem['code'] == 'socket-missing' and 'p.sock' not in '\n'.join(problem['advice'])


def test_the_text_of_unknown_exceptions_is_not_shown(found, server):
    problem = problem_of(ValueError('secret'), found, endpoint_for('tcp://me:secret@127.0.0.1:1'))
    assert problem['error'] == 'ValueError' and 'secret' not in str(problem)


def test_the_guide_has_all_codes():
    root = os.path.dirname(os.path.dirname(os.path.abspath(docker.__file__)))
    codes = set()
    for name in ('problems', 'diagnosis', 'distributions'):
        with open(os.path.join(root, 'docker', name + '.py')) as source:
            codes.update(re.findall(r"(?:return \(?|'code': |^    \()'([a-z]+(?:-[a-z]+)*)',", source.read(),
                                    re.M))
    with open(os.path.join(root, 'docs', 'guide', 'diagnosis.md')) as page:
        table = page.read().partition('`problem.code` is one of these')[2].partition('\n## ')[0]
    documented = re.findall('`([a-z-]+)`', '\n'.join(line.split(' | ')[0] for line in table.splitlines()))
    assert sorted(codes) == sorted(documented)


def test_the_guide_has_all_keys():
    root = os.path.dirname(os.path.dirname(os.path.abspath(docker.__file__)))
    with open(os.path.join(root, 'docs', 'guide', 'diagnosis.md')) as page:
        table = page.read().partition('| key | value |')[2].partition('\n\n')[0]
    documented = re.findall('`([a-z_]+)`', '\n'.join(line.split(' | ')[0] for line in table.splitlines()))
    assert sorted(documented) == sorted(KEYS)


@pytest.mark.parametrize('path, advice', [
    ('/run/user/1/podman/podman.sock', '`systemctl --user start podman.socket`'),
    ('/run/podman/podman.sock', '`sudo systemctl start podman.socket`'),
    ('/run/user/1/docker.sock', '`systemctl --user start docker`'),
    ('/home/me/.docker/desktop/docker.sock', 'Docker Desktop'), ('/home/me/.colima/docker.sock', 'colima'),
    ('/home/me/.lima/docker/sock/docker.sock', 'limactl'), ('/home/me/.rd/docker.sock', 'Rancher'),
    ('/home/me/.orbstack/run/docker.sock', 'OrbStack'), ('/x.sock', '`sudo systemctl start docker`')])
def test_how_to_start_the_engine(found, path, advice):
    problem = problem_of(errors.EngineUnreachable('x'), found, endpoint_for('unix:///nowhere' + path))
    assert problem['code'] == 'socket-missing' and advice in problem['advice'][0]
