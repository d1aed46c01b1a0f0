"""This client."""
import io
import shutil

import docker

from peers import drained
from peers.docker_calls import DockerPeer

MIB = 1024 ** 2


class Peer(DockerPeer):

    def __init__(self, address, version):
        self.address = address
        self.wanted = version
        self.client = docker.Client(address, version=version)

    def another(self):
        return Peer(self.address, self.wanted)

    def left_early(self):
        with self.client.logs('frames-64-10000', stream=True) as stream:
            next(stream)

    # What speaks here, a bare connection or chunks, is up to the engine.
    def hijacked(self, name):
        return drained(self.client.logs(name, stream=True))

    chunked = hijacked

    def exec_output(self, name):
        return drained(self.client.exec_start(name, stream=True))

    def stats(self, count):
        return drained(self.client.stats('stats-%d' % count))

    def stats_dicts(self, count):
        return drained(self.client.stats('stats-%d' % count, decode=True))

    def logs(self, name):
        return self.client.logs(name)

    def follow(self, name):
        return self.client.logs(name, stream=True)

    def export(self, name, target):
        with self.client.export(name) as archive, open(target, 'wb') as file:
            shutil.copyfileobj(archive, file)

    def copy(self, name, target):
        with self.client.copy(name, '/') as archive, open(target, 'wb') as file:
            shutil.copyfileobj(archive, file)

    def get_archive(self, name, target):
        archive, _ = self.client.get_archive(name, '/')
        with archive, open(target, 'wb') as file:
            shutil.copyfileobj(archive, file)

    def get_image(self, name, target):
        with self.client.get_image(name) as archive, open(target, 'wb') as file:
            shutil.copyfileobj(archive, file)

    def put_archive(self, name, source):
        with open(source, 'rb') as file:
            self.client.put_archive(name, '/', file)

    def put_archive_iterable(self, name, source):
        with open(source, 'rb') as file:
            self.client.put_archive(name, '/', iter(lambda: file.read(MIB), b''))

    def load_image(self, name, source):
        with open(source, 'rb') as file:
            self.client.load_image(file)

    def pull(self, count):
        return drained(self.client.pull('objects-%d' % count, stream=True))

    def pull_dicts(self, count):
        return drained(self.client.pull('objects-%d' % count, stream=True, decode=True))

    def build_output(self, count):
        return drained(self.client.build(fileobj=io.BytesIO(b'FROM busybox'), stream=True,
                                         tag='objects-%d' % count))

    def events(self, count):
        return drained(self.client.events(since=count))

    def events_dicts(self, count):
        return drained(self.client.events(since=count, decode=True))

    def build(self, folder):
        self.client.build(folder)
