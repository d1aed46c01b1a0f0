"""docker.transport.tcp: TCP addresses as endpoints, without and with TLS, and through proxies."""

import json
import os
import socket
import ssl
import subprocess
import threading

import pytest
import requests

import docker
from docker import errors
from docker.transport import tcp
from docker.transport.endpoint import TLS
from tests import PathObject
from tests.server import HIJACKED, Peer, Server, as_json, chunk, free_port, http
from tests.wire import negotiated

HEAD = b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'


@pytest.fixture(autouse=True)
def authorities(monkeypatch):
    """Keep the certificate authorities of the user's environment out of the tests."""
    for name in ('REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'SSL_CERT_FILE', 'SSL_CERT_DIR'):
        monkeypatch.delenv(name, raising=False)


def get(client, path='/x', timeout=10, **kwargs):
    return client.get(client.base_url + path, timeout=timeout, **kwargs)


def unreachable(client, **kwargs):
    """Return the error of a call, whose text shows no credentials and no addresses of objects."""
    with pytest.raises(errors.EngineUnreachable) as caught:
        get(client, **kwargs)
    client.close()
    text = str(caught.value)
    assert 'secret' not in text and ' object at ' not in text
    assert caught.value.request.method == 'GET'
    return caught.value


@pytest.fixture
def server():
    server = Server(socket.AF_INET)
    yield server
    server.close()


@pytest.fixture
def client(server):
    client = docker.Client(server.url, timeout=10)
    yield client
    client.close()


# Plain

@pytest.mark.parametrize('form', ['tcp://{0}', 'http://{0}', '{0}', 'tcp://{0}/', 'tcp://{0}/a/b'])
def test_addresses(server, form):
    client = docker.Client(form.format(server.url[len('tcp://'):]))
    server.respond(http(200, 'a'), http(200, 'b'))
    assert [get(client).content, get(client).content] == [b'a', b'b']
    assert server.request.target == ('/a/b/x' if form.endswith('b') else '/x')
    assert server.request.headers['host'] == server.url[len('tcp://'):]
    assert server.connections == 1
    client.close()


def has_ipv6():
    try:
        sock = socket.socket(socket.AF_INET6)
        sock.bind(('::1', 0))
        sock.close()
        return True
    except (OSError, socket.error):
        return False


@pytest.mark.skipif(not has_ipv6(), reason='this machine has no IPv6')
def test_ipv6():
    server = Server(socket.AF_INET6)
    client = docker.Client(server.url)
    server.respond(http(200, 'six'))
    assert get(client).content == b'six'
    assert server.request.headers['host'] == '[::1]:{0}'.format(server.port)
    client.close()
    server.close()


def test_credentials_of_the_address(server):
    client = docker.Client(server.url.replace('//', '//me:secret@'))
    server.respond(http(401, 'no'))
    assert get(client).status_code == 401
    assert server.request.headers['authorization'] == 'Basic bWU6c2VjcmV0'
    assert server.request.headers['host'] == server.url[len('tcp://'):]
    assert 'secret' not in repr(client)
    client.close()


def test_netrc_is_read_as_by_any_session(server, client):
    with open(os.path.join(os.environ['HOME'], '.netrc'), 'w') as netrc:
        netrc.write('machine 127.0.0.1 login me password secret\n')
    os.chmod(netrc.name, 0o600)
    server.respond(http(200, ''))
    get(client)
    assert server.request.headers['authorization'] == 'Basic bWU6c2VjcmV0'


def test_nobody_listens():
    port = free_port()
    error = unreachable(docker.Client('tcp://me:secret@127.0.0.1:{0}'.format(port)))
    assert type(error) is errors.EngineUnreachable
    assert 'http://127.0.0.1:{0}'.format(port) in str(error)
    assert 'refused' in str(error)


def test_a_name_that_is_not_known(monkeypatch):
    def unknown(*args, **kwargs):
        raise socket.gaierror(socket.EAI_NONAME, 'Name or service not known')

    monkeypatch.setattr(socket, 'getaddrinfo', unknown)
    error = unreachable(docker.Client('tcp://me:secret@engine.invalid:2375'))
    assert 'engine.invalid:2375' in str(error) and 'not known' in str(error)


@pytest.fixture
def crowded():
    """The port of a listener that takes no more connections."""
    listener = socket.socket()
    listener.bind(('127.0.0.1', 0))
    listener.listen(0)
    waiting = []
    for _ in range(4):
        sock = socket.socket()
        sock.setblocking(False)
        sock.connect_ex(listener.getsockname())
        waiting.append(sock)
    yield listener.getsockname()[1]
    for sock in waiting + [listener]:
        sock.close()


@pytest.mark.parametrize('scheme', ['http', 'https'])
@pytest.mark.parametrize('timeout', [0.05, (0.05, None)])
def test_a_connect_timeout(crowded, scheme, timeout):
    error = unreachable(docker.Client('{0}://127.0.0.1:{1}'.format(scheme, crowded)),
                        timeout=timeout)
    assert type(error) is errors.ConnectTimedOut
    assert isinstance(error, requests.exceptions.ConnectTimeout)
    assert str(crowded) in str(error) and '0.05' in str(error)


def test_a_read_timeout(server, client):
    def silent(peer):
        peer.read_request()
        peer.wait_closed()
        return False

    server.respond(silent)
    with pytest.raises(errors.ReadTimedOut) as caught:
        get(client, timeout=0.05)
    assert 'http://127.0.0.1:{0}'.format(server.port) in str(caught.value)


# TLS

def openssl(folder, *arguments):
    running = subprocess.Popen(('openssl',) + arguments, cwd=folder, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT)
    output, _ = running.communicate()
    assert running.returncode == 0, output


class Certificates(object):
    """Two authorities, and certificates of servers and of clients, in files by name."""

    def __init__(self, folder):
        self.folder = folder
        for name in ('ca', 'other-ca'):
            self.key(name)
            openssl(folder, 'req', '-x509', '-new', '-key', name + '-key.pem', '-days', '2',
                    '-subj', '/CN=Test ' + name, '-addext', 'keyUsage=keyCertSign,cRLSign',
                    '-out', name + '.pem')
        self.signed('localhost', 'ca', 'DNS:localhost,IP:127.0.0.1')
        self.signed('elsewhere', 'ca', 'DNS:elsewhere.example')
        self.signed('client', 'ca', 'DNS:client', 'clientAuth')
        self.signed('stranger', 'other-ca', 'DNS:stranger', 'clientAuth')

    def path(self, name):
        return os.path.join(self.folder, name + '.pem')

    def pair(self, name):
        return self.path(name), self.path(name + '-key')

    def key(self, name):
        openssl(self.folder, 'ecparam', '-genkey', '-name', 'prime256v1', '-noout',
                '-out', name + '-key.pem')

    def signed(self, name, authority, names, usage='serverAuth'):
        self.key(name)
        with open(os.path.join(self.folder, name + '.ext'), 'w') as extensions:
            extensions.write('subjectAltName={0}\nextendedKeyUsage={1}\n'.format(names, usage))
        openssl(self.folder, 'req', '-new', '-key', name + '-key.pem', '-out', name + '.csr',
                '-subj', '/CN=' + name)
        openssl(self.folder, 'x509', '-req', '-in', name + '.csr', '-CA', authority + '.pem',
                '-CAkey', authority + '-key.pem', '-CAcreateserial', '-days', '2',
                '-extfile', name + '.ext', '-out', name + '.pem')


class TlsServer(Server):
    """A Server that speaks TLS.

    :param name: the name of its certificate.
    :param require_cert: whether it requires a certificate of the client.
    :param newest: whether it speaks TLS 1.3.
    """

    def __init__(self, certificates, name='localhost', require_cert=False, newest=True):
        self.context = ssl.SSLContext(getattr(ssl, 'PROTOCOL_TLS_SERVER', ssl.PROTOCOL_SSLv23))
        self.context.load_cert_chain(*certificates.pair(name))
        if require_cert:
            self.context.verify_mode = ssl.CERT_REQUIRED
            self.context.load_verify_locations(certificates.path('ca'))
        if not newest:
            self.context.options |= ssl.OP_NO_TLSv1_3
        super(TlsServer, self).__init__(socket.AF_INET)
        self.url = self.url.replace('127.0.0.1', 'localhost')
        self.address = self.url[len('tcp://'):]

    def wrap(self, sock):
        return self.context.wrap_socket(sock, server_side=True)


@pytest.fixture(params=[True, False], ids=['TLS 1.3', 'TLS 1.2'])
def tls_server(request, certificates):
    server = TlsServer(certificates, newest=request.param)
    yield server
    server.close()


def client_of(server, verify, cert=None, assert_hostname=None, host=None):
    url = server.url if host is None else 'tcp://{0}:{1}'.format(host, server.port)
    return docker.Client(url, timeout=10, tls=TLS(verify, cert, assert_hostname))


@pytest.fixture
def tls_client(tls_server, certificates):
    client = client_of(tls_server, certificates.path('ca'))
    yield client
    client.close()


def test_calls_over_tls(tls_server, tls_client):
    assert tls_client.base_url == 'https://' + tls_server.address
    tls_server.respond(*[http(200, 'secure')] * 3)
    for _ in range(3):
        assert get(tls_client).content == b'secure'
    assert tls_server.connections == 1


@pytest.mark.parametrize('verify, cert, assert_hostname, host', [
    ('ca', None, None, 'localhost'),
    ('ca', None, None, '127.0.0.1'),
    ('ca', None, 'localhost', '127.0.0.1'),
    ('ca', None, False, '127.0.0.1'),
    ('ca', 'client', None, 'localhost'),
    (False, None, None, '127.0.0.1'),
])
def test_who_is_trusted(certificates, verify, cert, assert_hostname, host):
    server = TlsServer(certificates, require_cert=cert is not None)
    client = client_of(server, verify and certificates.path(verify),
                       cert and certificates.pair(cert), assert_hostname, host)
    server.respond(http(200, 'ok'))
    assert get(client).content == b'ok'
    client.close()
    server.close()


@pytest.mark.parametrize('name, verify, assert_hostname', [
    ('localhost', True, None),
    ('localhost', 'other-ca', None),
    ('localhost', 'other-ca', False),
    ('elsewhere', 'ca', None),
    ('elsewhere', 'ca', 'localhost'),
    ('localhost', 'ca', 'elsewhere.example'),
])
def test_who_is_not_trusted(certificates, name, verify, assert_hostname):
    server = TlsServer(certificates, name)
    verify = verify if verify is True else certificates.path(verify)
    error = unreachable(client_of(server, verify, None, assert_hostname))
    assert type(error) is errors.TLSFailed
    assert isinstance(error, requests.exceptions.SSLError)
    assert server.address in str(error) and 'verify' in str(error)
    server.close()


@pytest.mark.parametrize('name, host, assert_hostname', [
    ('elsewhere', '127.0.0.1', None), ('localhost', 'localhost', '127.0.0.2'),
    ('localhost', '127.0.0.1', '::1')])
def test_an_address_that_the_certificate_is_not_for(certificates, name, host, assert_hostname):
    server = TlsServer(certificates, name)
    error = unreachable(client_of(server, certificates.path('ca'), None, assert_hostname, host))
    assert type(error) is errors.TLSFailed
    server.close()


@pytest.mark.parametrize('host', ['localhost', '127.0.0.1'])
def test_an_address_as_the_name_of_the_engine(certificates, host):
    server = TlsServer(certificates)
    client = client_of(server, certificates.path('ca'), None, '127.0.0.1', host)
    server.respond(http(200, 'ok'))
    assert get(client).content == b'ok'
    client.close()
    server.close()


@pytest.mark.parametrize('address', ['127.0.0.1', '::1', '0:0:0:0:0:0:0:1', '::1\n'])
def test_addresses_in_certificates(address):
    packed = tcp._packed_address('127.0.0.1' if '.' in address else '::1')
    certificate = {'subjectAltName': (('DNS', 'x'), ('IP Address', address))}
    tcp._check_certified_address(certificate, packed)
    for other in ({}, {'subjectAltName': (('DNS', address), ('IP Address', '127.0.0.2'))}):
        with pytest.raises(ssl.CertificateError):
            tcp._check_certified_address(other, packed)


def test_certificates_as_path_objects(certificates):
    server = TlsServer(certificates, require_cert=True)
    client = docker.Client(server.url, timeout=10, tls=TLS(
        PathObject(certificates.path('ca')), tuple(PathObject(path) for path in certificates.pair('client'))))
    server.respond(http(200, 'ok'))
    assert get(client).content == b'ok'
    client.close()
    server.close()


@pytest.mark.parametrize('assert_hostname', ['elsewhere.example', False])
def test_an_engine_under_another_name(certificates, assert_hostname):
    server = TlsServer(certificates, 'elsewhere')
    client = client_of(server, certificates.path('ca'), None, assert_hostname)
    server.respond(http(200, 'ok'))
    assert get(client).content == b'ok'
    client.close()
    server.close()


@pytest.mark.parametrize('newest', [True, False], ids=['TLS 1.3', 'TLS 1.2'])
@pytest.mark.parametrize('cert', [None, 'stranger'])
@pytest.mark.parametrize('body', [None, b'x' * 4 * 1024 * 1024], ids=['no body', 'body'])
def test_an_engine_that_does_not_trust_us(certificates, newest, cert, body):
    server = TlsServer(certificates, require_cert=True, newest=newest)
    client = client_of(server, certificates.path('ca'), cert and certificates.pair(cert))
    with pytest.raises(errors.TLSFailed) as caught:
        client.post(client.base_url + '/x', data=body)
    assert server.address in str(caught.value)
    client.close()
    server.close()


def test_the_authorities_of_the_environment(certificates, monkeypatch):
    server = TlsServer(certificates)
    monkeypatch.setenv('REQUESTS_CA_BUNDLE', certificates.path('ca'))
    client = docker.Client('https://' + server.address)
    server.respond(http(200, 'ok'))
    assert get(client).content == b'ok'
    client.close()
    server.close()


@pytest.mark.parametrize('verify', ['ca', False])
def test_the_environment_does_not_override_explicit_tls(certificates, monkeypatch, verify):
    server = TlsServer(certificates)
    monkeypatch.setenv('REQUESTS_CA_BUNDLE', certificates.path('other-ca'))
    client = client_of(server, verify and certificates.path(verify))
    server.respond(http(200, 'ok'))
    assert get(client).content == b'ok'
    client.close()
    server.close()


def test_the_environment_of_the_docker_command(certificates, monkeypatch, tmp_path):
    server = TlsServer(certificates, require_cert=True)
    for name, source in (('ca', 'ca'), ('cert', 'client'), ('key', 'client-key')):
        with open(certificates.path(source), 'rb') as opened:
            (tmp_path / (name + '.pem')).write_bytes(opened.read())
    monkeypatch.setenv('DOCKER_HOST', server.url)
    monkeypatch.setenv('DOCKER_TLS_VERIFY', '1')
    monkeypatch.setenv('DOCKER_CERT_PATH', str(tmp_path))
    client = docker.Client()
    server.respond(http(200, 'ok'))
    assert get(client).content == b'ok'
    client.close()
    server.close()


@pytest.mark.parametrize('verify, cert, what', [
    ('/missing/ca.pem', None, 'verify'),
    (True, '/missing/cert.pem', 'cert'),
    (True, ('/missing/cert.pem', '/missing/key.pem'), 'cert'),
])
def test_certificates_that_are_missing(verify, cert, what):
    client = docker.Client('https://127.0.0.1:1', tls=TLS(verify, cert))
    with pytest.raises(ValueError) as caught:
        get(client)
    assert str(caught.value).startswith(what) and '/missing/c' in str(caught.value)
    client.close()


def test_a_file_that_holds_no_certificate(certificates, tmp_path):
    (tmp_path / 'cert.pem').write_bytes(b'no certificate')
    server = TlsServer(certificates)
    error = unreachable(client_of(server, str(tmp_path / 'cert.pem')))
    assert type(error) is errors.TLSFailed
    server.close()


def test_http_to_a_tls_port(tls_server):
    error = unreachable(docker.Client('http://' + tls_server.address))
    assert tls_server.address in str(error) and 'TLS (https://)' in str(error)


# What HTTPS servers respond to plain HTTP with: Go's, nginx, and an alert of TLS.
TO_PLAIN_HTTP = [
    b'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n',
    http(400, '<html>400 The plain HTTP request was sent to HTTPS port</html>', 'text/html'),
    b'\x15\x03\x01\x00\x02\x02F',
    b'\x16\x03\x01\x00\x02\x02F',
]


@pytest.mark.parametrize('response', TO_PLAIN_HTTP)
@pytest.mark.parametrize('call', [get, lambda client: client.info(), lambda client: client.kill('a')])
def test_http_to_a_tls_port_is_named_as_such(server, client, response, call):
    def respond(peer):
        peer.read_request()
        peer.send(response)
        return False

    server.respond(respond)
    with pytest.raises(errors.TLSFailed) as caught:
        call(client)
    address = '127.0.0.1:{0}'.format(server.port)
    assert 'The engine at http://{0} speaks TLS'.format(address) in str(caught.value)
    assert 'https://' + address in str(caught.value)
    assert '({0})'.format(errors.call_of(caught.value.request)) in str(caught.value)


@pytest.mark.parametrize('response', [
    http(400, 'Bad parameter'), as_json({'message': 'Client sent an HTTP request to an HTTPS server'}, 400)])
def test_other_errors_of_a_plain_engine_stay(server, client, response):
    negotiated(client, server)
    server.respond(response)
    with pytest.raises(errors.BadRequest):
        client.info()


def test_tls_to_a_plain_port(server):
    def respond(peer):
        peer.sock.recv(100)
        peer.send(b'HTTP/1.0 400 Bad Request\r\n\r\n')
        return False

    server.respond(respond)
    address = '127.0.0.1:{0}'.format(server.port)
    error = unreachable(docker.Client('https://' + address))
    assert type(error) is errors.TLSFailed
    assert 'No TLS with the Docker engine at https://' + address in str(error)
    assert 'plain HTTP' in str(error) and ' http://' + address in str(error)


def test_tls_to_a_server_that_hangs_up(server):
    server.respond(lambda peer: False)
    error = unreachable(docker.Client('https://127.0.0.1:{0}'.format(server.port)))
    assert '127.0.0.1:{0}'.format(server.port) in str(error)


def test_tls_to_a_server_that_is_silent(server):
    server.respond(lambda peer: peer.wait_closed() or False)
    error = unreachable(docker.Client('https://127.0.0.1:{0}'.format(server.port)), timeout=0.05)
    assert type(error) is errors.ConnectTimedOut


def test_a_read_timeout_over_tls(tls_server, tls_client):
    def silent(peer):
        peer.read_request()
        peer.wait_closed()
        return False

    tls_server.respond(silent)
    with pytest.raises(errors.ReadTimedOut):
        get(tls_client, timeout=(10, 0.05))


@pytest.mark.parametrize('form', ['bytes', 'generator', 'file'])
def test_a_large_body_over_tls(tls_server, tls_client, form, tmp_path):
    data = b'0123456789abcdef' * 2 ** 18
    (tmp_path / 'body').write_bytes(data)
    with (tmp_path / 'body').open('rb') as opened:
        body = {'bytes': data, 'generator': iter([data[:999], data[999:]]), 'file': opened}[form]
        tls_server.respond(http(200, 'ok'), http(200, 'next'))
        assert tls_client.post(tls_client.base_url + '/x', data=body, timeout=5).content == b'ok'
    assert tls_server.request.body == data
    assert get(tls_client).content == b'next'


@pytest.mark.parametrize('stays', [True, False])
@pytest.mark.parametrize('form', ['bytes', 'generator'])
def test_an_early_error_over_tls(tls_server, tls_client, form, stays):
    def respond(peer):
        peer.read_request(body=False)
        peer.send(http(400, 'too big', 'text/plain', 'Connection: close'))
        if stays:
            peer.wait_closed()
        return False

    tls_server.respond(respond)
    data = b'x' * 2 ** 23 if form == 'bytes' else iter([b'x' * 65536] * 200)
    response = tls_client.post(tls_client.base_url + '/x', data=data)
    assert (response.status_code, response.content) == (400, b'too big')


def test_a_stream_over_tls_is_closed_from_another_thread(tls_server, tls_client):
    got, hung_up, items = threading.Event(), threading.Event(), []

    def respond(peer):
        peer.read_request()
        peer.send(HEAD + chunk(b'{"n": 1}'))
        peer.wait_closed()
        hung_up.set()
        return False

    def read():
        for item in events:
            items.append(item)
            got.set()
        items.append('the end')

    negotiated(tls_client, tls_server)
    tls_server.respond(respond)
    events = tls_client.events()
    reader = threading.Thread(target=read)
    reader.start()
    assert got.wait(30)
    events.close()
    reader.join(30)
    assert items == [u'{"n": 1}', 'the end']
    assert hung_up.wait(30)


def receive(sock, size):
    data = b''
    while len(data) < size:
        chunk = sock.recv(size - len(data))
        assert chunk, 'it ended after {0!r}'.format(data)
        data += chunk
    return data


def test_attach_socket_over_tls(tls_server, tls_client):
    received = []

    def respond(peer):
        peer.read_request()
        peer.send(HIJACKED + b'right behind')
        received.append(peer.file.readline())
        peer.send(b'out')
        received.append(peer.file.read())
        peer.send(b'after the half-close' * 1000)
        return False

    negotiated(tls_client, tls_server)
    tls_server.respond(respond)
    sock = tls_client.attach_socket('c')
    try:
        sock.settimeout(10)
        assert receive(sock, 12) == b'right behind'
        assert repr(sock) == '<docker.transport.hijack.TLSSocket, open>'
        sock.sendall(b'exit\n')
        assert receive(sock, 3) == b'out'
        sock.sendall(b'more')
        sock.shutdown(socket.SHUT_WR)
        assert receive(sock, 20000) == b'after the half-close' * 1000
        assert sock.recv(100) == b''
    finally:
        sock.close()
    assert repr(sock) == '<docker.transport.hijack.TLSSocket, closed>'
    assert received == [b'exit\n', b'more']


def test_a_socket_over_tls_has_the_methods_of_a_file(tls_server, tls_client):
    received, buffer = [], bytearray(3)

    def respond(peer):
        peer.read_request()
        peer.send(HIJACKED + b'abcdef')
        received.append(peer.file.read())
        peer.send(b'out' * 50000)
        return False

    negotiated(tls_client, tls_server)
    tls_server.respond(respond)
    with tls_client.attach_socket('c') as sock:
        sock.settimeout(30)
        assert sock.read(3) == b'abc'
        assert sock.readinto(buffer) == 3
        assert buffer == b'def'
        assert sock._sock.send(b'1') == sock.write(b'2') == 1
        sock.shutdown(socket.SHUT_WR)
        assert sock.read() == b'out' * 50000
    assert received == [b'12']
    assert repr(sock) == '<docker.transport.hijack.TLSSocket, closed>'


def test_a_half_close_over_tls_while_output_comes(tls_server, tls_client):
    """Output that is on its way when the input ends is not lost."""
    sent = threading.Event()

    def respond(peer):
        peer.read_request()
        peer.send(HIJACKED + b'x' * 50000)
        sent.set()
        assert peer.file.read() == b'in'
        peer.send(b'y' * 50000)
        return False

    negotiated(tls_client, tls_server)
    tls_server.respond(respond)
    sock = tls_client.attach_socket('c')
    try:
        sock.settimeout(10)
        sock.sendall(b'in')
        assert sent.wait(30)
        sock.shutdown(socket.SHUT_WR)
        assert receive(sock, 100000) == b'x' * 50000 + b'y' * 50000
        assert sock.recv(100) == b''
    finally:
        sock.close()


def test_a_half_close_over_tls_while_another_thread_reads(tls_server, tls_client):
    got, data = threading.Event(), []

    def respond(peer):
        peer.read_request()
        peer.send(HIJACKED + b'ready')
        assert peer.file.read() == b'in' * 50000
        peer.send(b'out' * 50000)
        return False

    def read():
        while True:
            received = sock.recv(4096)
            if not received:
                return
            data.append(received)
            got.set()

    negotiated(tls_client, tls_server)
    tls_server.respond(respond)
    sock = tls_client.attach_socket('c')
    reader = threading.Thread(target=read)
    reader.start()
    assert got.wait(30)
    sock.sendall(b'in' * 50000)
    sock.shutdown(socket.SHUT_WR)
    reader.join(30)
    alive = reader.is_alive()
    sock.shutdown(socket.SHUT_RDWR)
    sock.close()
    assert not alive
    assert b''.join(data) == b'ready' + b'out' * 50000


def test_a_socket_over_tls_goes_on_with_the_container_that_replaces_its_own(
        tls_server, tls_client, monkeypatch):
    received = []

    def respond(peer):
        request = peer.read_request()
        name = request.path.rpartition('/')[2]
        if name != 'attach':
            status, value = responses[request.method, name]
            peer.send(http(status, json.dumps(value), 'application/json', 'Connection: close'))
            return False
        peer.send(HIJACKED)
        if 'new' in request.path:
            received.append(peer.file.readline())
            peer.send(b'out')
            received.append(peer.file.read())
            peer.send(b'more' * 50000)
        else:
            peer.wait_closed()
        return False

    inspect = {'Id': 'first', 'Name': '/web', 'Image': 'i', 'Config': {'Image': 'busybox'},
               'HostConfig': {}, 'State': {'Running': False}}
    responses = {('POST', 'create'): (201, {'Id': 'new'}), ('GET', 'json'): (200, inspect),
                 ('GET', 'changes'): (200, None), ('POST', 'rename'): (200, None),
                 ('GET', 'version'): (200, {'ApiVersion': '1.41', 'MinAPIVersion': '1.12'}),
                 ('POST', 'start'): (200, None), ('DELETE', 'first'): (200, None)}
    monkeypatch.setenv('DOCKER_API_VERSION', '1.41')
    client = docker.Client(tls_client.base_url, tls=True)
    client.verify, client.cert = tls_client.verify, tls_client.cert
    tls_server.respond(*[respond] * 20)
    sock = client.attach_socket('web')
    try:
        sock.settimeout(10)
        sock.sendall(b'early ')
        client.start('web', binds={'/srv': '/www'})
        sock.sendall(b'late\n')
        assert receive(sock, 3) == b'out'
        sock.sendall(b'last')
        sock.shutdown(socket.SHUT_WR)
        assert receive(sock, 200000) == b'more' * 50000
        assert sock.recv(100) == b''
    finally:
        sock.close()
        client.close()
    assert received == [b'early late\n', b'last']


# Proxies

@pytest.fixture(params=['environment', 'session'])
def through(request, monkeypatch, server):
    """A function that returns a Client which uses the server as its proxy."""
    proxy = 'http://me:secret@127.0.0.1:{0}'.format(server.port)

    def client_of(base_url, **kwargs):
        client = docker.Client(base_url, timeout=10, **kwargs)
        if request.param == 'session':
            client.proxies = {'http': proxy, 'https': proxy}
        return client

    if request.param == 'environment':
        monkeypatch.setenv('http_proxy', proxy)
        monkeypatch.setenv('https_proxy', proxy)
    return client_of


def test_a_proxy(server, through):
    client = through('tcp://you:password@engine.invalid:2375')
    server.respond(http(200, 'proxied'), http(200, 'again'))
    assert [get(client).content, get(client).content] == [b'proxied', b'again']
    assert server.request.target == 'http://engine.invalid:2375/x'
    assert server.request.headers['host'] == 'engine.invalid:2375'
    assert server.request.headers['proxy-authorization'] == 'Basic bWU6c2VjcmV0'
    assert server.connections == 1
    client.close()


@pytest.mark.parametrize('name', ['no_proxy', 'NO_PROXY'])
@pytest.mark.parametrize('value', ['127.0.0.1', '*', 'other,127.0.0.1'])
def test_no_proxy(server, client, monkeypatch, name, value):
    monkeypatch.setenv('http_proxy', 'http://127.0.0.1:{0}'.format(free_port()))
    monkeypatch.setenv(name, value)
    server.respond(http(200, 'direct'))
    assert get(client).content == b'direct'
    assert server.request.target == '/x'


def tunnel(context, *responses):
    """A proxy that accepts a CONNECT and is then itself the server at the other end."""
    def respond(peer):
        head = peer.read_head()
        peer.server.connects.append(head)
        peer.send(b'HTTP/1.1 200 Connection established\r\n\r\n')
        inner = Peer(context.wrap_socket(peer.sock, server_side=True), peer.server)
        for response in responses:
            inner.read_request()
            inner.send(response)
        inner.close()
        return False
    return respond


def test_tls_through_a_proxy(server, through, certificates):
    context = ssl.SSLContext(getattr(ssl, 'PROTOCOL_TLS_SERVER', ssl.PROTOCOL_SSLv23))
    context.load_cert_chain(*certificates.pair('elsewhere'))
    server.connects = []
    server.respond(tunnel(context, http(200, 'a'), http(200, 'b')))
    client = through('tcp://elsewhere.example:2376', tls=TLS(certificates.path('ca')))
    assert [get(client).content, get(client).content] == [b'a', b'b']
    connect = server.connects[0].decode('latin-1').split('\r\n')
    assert connect[0].startswith('CONNECT elsewhere.example:2376 HTTP/1.')
    assert 'proxy-authorization: basic bwu6c2vjcmv0' in [line.lower() for line in connect]
    assert server.request.target == '/x'
    assert 'proxy-authorization' not in server.request.headers
    client.close()


def test_a_proxy_that_refuses_a_tunnel(server, through):
    server.respond(http(400, 'no'))
    error = unreachable(through('https://engine.invalid:2376'))
    assert 'engine.invalid:2376' in str(error)


def test_a_proxy_that_is_not_there(monkeypatch):
    monkeypatch.setenv('http_proxy', 'http://me:secret@127.0.0.1:{0}'.format(free_port()))
    error = unreachable(docker.Client('tcp://engine.invalid:2375'))
    assert 'engine.invalid:2375' in str(error) and 'proxy' in str(error)


@pytest.mark.parametrize('proxy', [
    'socks5://me:secret@127.0.0.1:1', 'https://me:secret@127.0.0.1:1', 'http://me:secret@',
    'http://me:secret@127.0.0.1:port',
])
def test_proxies_that_are_refused(proxy):
    client = docker.Client('tcp://engine.invalid:2375')
    client.proxies = {'http': proxy}
    with pytest.raises(requests.exceptions.InvalidProxyURL) as caught:
        get(client)
    assert 'secret' not in str(caught.value)
    client.close()


@pytest.mark.parametrize('proxy, address', [
    ('http://proxy:3128', ('proxy', 3128)), ('http://proxy', ('proxy', 80)),
    ('proxy:8080', ('proxy', 8080)), ('http://me:secret@[::1]:1/', ('::1', 1)),
])
def test_the_address_of_a_proxy(proxy, address):
    assert tcp._proxy_address(proxy) == address


def test_a_response_in_json_over_tcp(server, client):
    negotiated(client, server)
    server.respond(as_json({'Containers': 5}))
    assert client.info() == {'Containers': 5}
