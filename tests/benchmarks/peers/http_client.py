"""The standard library's http.client (httplib of Python 2.7) and json, with nothing around them."""
import json
import socket

try:
    from http.client import HTTPConnection
except ImportError:
    from httplib import HTTPConnection

from peers import BasePeer

BLOCK = 112 * 1024


class UnixConnection(HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path):
        HTTPConnection.__init__(self, 'localhost')
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


class Peer(BasePeer):

    def __init__(self, address, version):
        self.connection = UnixConnection(address.split('://', 1)[1])

    def ask(self, method, path, body=None):
        """The JSON value of a response, None when there is none."""
        self.connection.request(method, '/v1.41' + path, None if body is None else json.dumps(body),
                                {'Content-Type': 'application/json'} if body is not None else {})
        response = self.connection.getresponse()
        content = response.read()
        if response.status >= 300 and response.status != 304:
            raise EnvironmentError('%s %s: %s %s' % (method, path, response.status, content))
        return json.loads(content.decode('utf-8')) if content else None

    def version(self):
        return self.ask('GET', '/version')

    def inspect(self):
        return self.ask('GET', '/containers/frames-64-1/json')

    def containers(self):
        return self.ask('GET', '/containers/json?all=1')

    def images(self):
        return self.ask('GET', '/images/json')

    def networks(self):
        return self.ask('GET', '/networks')

    def volumes(self):
        return self.ask('GET', '/volumes')

    def export(self, name, target):
        self.connection.request('GET', '/v1.41/containers/%s/export' % name)
        response = self.connection.getresponse()
        with open(target, 'wb') as file:
            block = response.read(BLOCK)
            while block:
                file.write(block)
                block = response.read(BLOCK)
