# -*- coding: utf-8 -*-
"""docker.transport.unix: Unix sockets as endpoints, every path, and every error of one."""

import errno
import os
import socket
import struct
import subprocess
import sys
import threading

import pytest
import requests
import six

import docker
from docker import errors
from docker.transport.unix import UnixEndpoint
from tests.server import Server, http

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(docker.__file__)))


def get(base_url, timeout=10):
    client = docker.Client(base_url)
    try:
        return client.get(client.base_url + '/x', timeout=timeout)
    finally:
        client.close()


def moved(server, name):
    """Rename the server's socket, and return its new path as text."""
    path = os.path.join(six.ensure_text(server.folder), name)
    if not os.path.isdir(os.path.dirname(path)):
        os.makedirs(os.path.dirname(path).encode('utf-8'))
    os.rename(server.path, path.encode('utf-8'))
    return path


@pytest.mark.parametrize('name', [
    u'docker.sock', u'with spaces in it', u'100%', u'a%20b', u'a+b&c=d#e?f', u'{0}', u'a:b@c',
    u'größe', u'🐳', u'sub/folder/x', u'sub dir/größe%2F.sock',
])
@pytest.mark.parametrize('form', [u'unix://{0}', u'unix:/{0}', u'UNIX://{0}', u'http+unix://{0}'])
def test_paths(server, name, form):
    path = moved(server, name)
    server.respond(http(200, 'here'))
    assert get(form.format(path)).content == b'here'


@pytest.mark.parametrize('name', [u'größe', u'🐳 %'])
@pytest.mark.skipif(six.PY3, reason='on Python 3 bytes are no text')
def test_paths_that_are_bytes(server, name):
    path = moved(server, name)
    server.respond(http(200, 'here'))
    assert get((u'unix://' + path).encode('utf-8')).content == b'here'


def test_quoted_paths_of_http_unix(server):
    path = moved(server, u'größe 100%')
    quoted = six.moves.urllib.parse.quote(path.encode('utf-8'), safe='')
    server.respond(http(200, 'here'))
    assert get('http+unix://' + quoted).content == b'here'


SCRIPT = u'''# -*- coding: utf-8 -*-
import docker
client = docker.Client(u'unix://{0}', timeout=10)
print(client.get(client.base_url + '/x').text)
client.close()
'''


@pytest.mark.parametrize('locale', ['C', 'POSIX', 'C.UTF-8'])
def test_paths_in_any_locale(server, locale, tmp_path):
    path = moved(server, u'größe')
    (tmp_path / 'script.py').write_bytes(SCRIPT.format(path).encode('utf-8'))
    server.respond(http(200, 'here'))
    output = run_python([str(tmp_path / 'script.py')], LC_ALL=locale, PYTHONCOERCECLOCALE='0',
                        PYTHONUTF8='0')
    assert output.split()[-1] == 'here', output


def run_python(arguments, **environment):
    environment = dict(os.environ, PYTHONPATH=ROOT, PYTHONDONTWRITEBYTECODE='1', **environment)
    running = subprocess.Popen([sys.executable] + arguments, env=environment,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return running.communicate()[0].decode('utf-8', 'replace')


def test_a_socket_that_is_missing(tmp_path):
    path = str(tmp_path / 'missing.sock')
    with pytest.raises(requests.exceptions.ConnectionError) as caught:
        get('unix://' + path)
    assert type(caught.value) is errors.EngineUnreachable
    assert path in str(caught.value) and 'no such socket' in str(caught.value)
    assert caught.value.request.method == 'GET'


def test_a_path_through_a_file(tmp_path):
    (tmp_path / 'file').write_bytes(b'')
    with pytest.raises(errors.EngineUnreachable) as caught:
        get('unix://{0}/docker.sock'.format(tmp_path / 'file'))
    assert os.strerror(errno.ENOTDIR) in str(caught.value)


@pytest.mark.parametrize('kind', ['file', 'folder', 'fifo'])
def test_what_is_no_socket(kind, tmp_path):
    path = str(tmp_path / kind)
    {'file': lambda: open(path, 'w').close(), 'folder': lambda: os.mkdir(path),
     'fifo': lambda: os.mkfifo(path)}[kind]()
    with pytest.raises(errors.EngineUnreachable) as caught:
        get('unix://' + path)
    assert path in str(caught.value) and 'not a socket' in str(caught.value)


def test_a_socket_where_nobody_listens(tmp_path):
    path = str(tmp_path / 'docker.sock')
    left = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    left.bind(path)
    left.close()
    with pytest.raises(errors.EngineUnreachable) as caught:
        get('unix://' + path)
    assert path in str(caught.value) and 'nobody listens' in str(caught.value)


def test_a_socket_of_another_kind(tmp_path):
    path = str(tmp_path / 'docker.sock')
    other = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    other.bind(path)
    with pytest.raises(errors.EngineUnreachable) as caught:
        get('unix://' + path)
    other.close()
    assert path in str(caught.value)


@pytest.mark.parametrize('size', [108, 109, 500, 5000])
def test_a_path_that_is_too_long(size):
    path = '/tmp/' + 'x' * (size - 5)
    with pytest.raises((errors.EngineUnreachable, ValueError)) as caught:
        get('unix://' + path)
    assert path in str(caught.value)
    assert 'long' in str(caught.value)


def test_a_path_that_holds_a_nul():
    with pytest.raises(ValueError) as caught:
        get('unix:///tmp/a\0b')
    assert 'base_url' in str(caught.value)


def test_the_name_that_errors_show(tmp_path):
    path = six.ensure_text(str(tmp_path)) + u'/größe {0} %s'
    with pytest.raises(errors.EngineUnreachable) as caught:
        get(u'unix://' + path)
    assert six.ensure_str(path) in str(caught.value)


NO_PERMISSION = '''
import os, sys, docker
os.setgid(65534); os.setuid(65534)
client = docker.Client(sys.argv[1])
try:
    client.get(client.base_url + '/x')
except docker.errors.EngineUnreachable as error:
    print(error)
'''


@pytest.mark.skipif(os.getuid() != 0, reason='only root can become another user')
def test_no_permission(server):
    os.chmod(server.folder, 0o755)
    os.chmod(server.path, 0o600)
    output = run_python(['-c', NO_PERMISSION, server.url])
    assert server.path in output and 'No permission' in output and 'docker' in output


@pytest.mark.parametrize('timeout', [0.05, (0.05, None), (0.05, 10)])
def test_a_full_backlog_is_a_connect_timeout(crowded, timeout):
    path, _, _ = crowded
    with pytest.raises(requests.exceptions.ConnectTimeout) as caught:
        get('unix://' + path, timeout)
    assert type(caught.value) is errors.ConnectTimedOut
    assert path in str(caught.value) and '0.05' in str(caught.value)


@pytest.mark.parametrize('timeout', [None, 30])
def test_a_full_backlog_does_not_fail_at_once(crowded, timeout):
    path, listener, waiting = crowded
    listener.settimeout(30)
    got = []
    threads = [threading.Thread(target=lambda: got.append(get('unix://' + path, timeout).content))
               for _ in range(5)]
    for thread in threads:
        thread.start()
    # The connections before them in the backlog are closed, so that the five are served.
    for sock in waiting:
        sock.close()
    served = 0
    while served < 5:
        sock, _ = listener.accept()
        sock.settimeout(30)
        if sock.recv(65536):
            sock.sendall(http(200, 'in line'))
            served += 1
        sock.close()
    for thread in threads:
        thread.join(30)
    assert got == [b'in line'] * 5


def test_the_limit_while_connecting_does_not_stay(server):
    sock = UnixEndpoint(six.ensure_text(server.path)).connect(timeout=5)
    limit = struct.unpack('ll', sock.getsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, 16))
    sock.close()
    assert limit == (0, 0)


def test_a_server_in_place_of_one_that_stopped():
    first = Server()
    client = docker.Client(first.url, timeout=10)
    first.respond(http(200, 'first'))
    assert client.get(client.base_url + '/x').content == b'first'
    first.close()
    with pytest.raises(errors.EngineUnreachable):
        client.get(client.base_url + '/x')
    os.mkdir(first.folder)
    second = Server()
    os.rename(second.path, first.path)
    second.respond(http(200, 'second'))
    assert client.post(client.base_url + '/x').content == b'second'
    client.close()
    second.close()
    os.unlink(first.path)
    os.rmdir(first.folder)
