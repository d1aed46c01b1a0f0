"""The floor: a socket, on which requests are written as bytes and what comes is not looked into."""
import os
import re
import socket

from peers import BasePeer

BLOCK = 112 * 1024
LENGTH = re.compile(b'Content-Length: ([0-9]+)')
VERSION, INSPECT = b'GET /version', b'GET /containers/frames-64-1/json'
CONTAINERS, IMAGES = b'GET /containers/json?all=1', b'GET /images/json'


class Peer(BasePeer):

    def __init__(self, address, version):
        self.path = address.split('://', 1)[1]
        self.sock = self.connected()

    def connected(self):
        sock = socket.socket(socket.AF_UNIX)
        sock.connect(self.path)
        return sock

    def ask(self, request):
        self.sock.sendall(request + b' HTTP/1.1\r\nHost: localhost\r\n\r\n')
        data = self.sock.recv(BLOCK)
        length = int(LENGTH.search(data).group(1))
        pieces, missing = [data], length - (len(data) - data.index(b'\r\n\r\n') - 4)
        while missing:
            pieces.append(self.sock.recv(BLOCK))
            missing -= len(pieces[-1])
        return b''.join(pieces)

    def version(self):
        return self.ask(VERSION)

    def inspect(self):
        return self.ask(INSPECT)

    def containers(self):
        return self.ask(CONTAINERS)

    def images(self):
        return self.ask(IMAGES)

    def received(self, request, target=None):
        """Reads a response to the end of its connection; returns how many bytes came."""
        sock = self.connected()
        sock.sendall(request.encode('ascii') +
                     b' HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
        size = 0
        with open(target or os.devnull, 'wb') as file:
            block = sock.recv(BLOCK)
            while block:
                size += len(block)
                if target:
                    file.write(block)
                block = sock.recv(BLOCK)
        sock.close()
        return None, size

    def hijacked(self, name):
        return self.received('POST /containers/%s/attach' % name)

    def chunked(self, name):
        return self.received('GET /containers/%s/logs' % name)

    def exec_output(self, name):
        return self.received('POST /exec/%s/start' % name)

    def logs(self, name):
        return self.received('GET /containers/%s/logs' % name)

    def export(self, name, target):
        self.received('GET /containers/%s/export' % name, target)

    def copy(self, name, target):
        self.received('GET /containers/%s/archive' % name, target)

    def pull(self, count):
        self.received('POST /images/create?fromImage=objects-%d' % count)
        return count, 0

    def events(self, count):
        self.received('GET /events?since=%d' % count)
        return count, 0

    pull_dicts, events_dicts = pull, events

    def build_output(self, count):
        self.received('POST /build?t=objects-%d' % count)
        return count, 0

    def build(self, folder):
        """The walk alone, that any context takes; it sends nothing."""
        for parent, folders, files in os.walk(folder):
            for name in files:
                os.lstat(os.path.join(parent, name))
