"""The Docker SDK for Python, and docker-py 1.10.6 before it: their low-level clients are alike."""
import io

import docker

from peers import drained
from peers.docker_calls import DockerPeer

MIB = 1024 ** 2
Client = getattr(docker, 'APIClient', None) or docker.Client


class Peer(DockerPeer):

    def __init__(self, address, version):
        # The current SDK refuses 1.6, and neither translates responses.
        self.address = address
        self.client = Client(address, version='1.41')

    def another(self):
        return Peer(self.address, None)

    def left_early(self):
        stream = self.client.logs('frames-64-10000', stream=True)
        next(stream)
        stream.close()

    def hijacked(self, name):
        return drained(self.client.attach(name, stream=True, logs=True))

    def chunked(self, name):
        return drained(self.client.logs(name, stream=True))

    def exec_output(self, name):
        return drained(self.client.exec_start(name, stream=True))

    def stats(self, count):
        return drained(self.client.stats('stats-%d' % count))

    def stats_dicts(self, count):
        return drained(self.client.stats('stats-%d' % count, decode=True))

    def logs(self, name):
        return self.client.logs(name)

    def follow(self, name):
        return self.client.logs(name, stream=True, follow=True)

    def export(self, name, target):
        written(self.client.export(name), target)

    def copy(self, name, target):
        written(self.client.get_archive(name, '/')[0], target)

    def get_archive(self, name, target):
        written(self.client.get_archive(name, '/')[0], target)

    def get_image(self, name, target):
        written(self.client.get_image(name), target)

    def put_archive(self, name, source):
        with open(source, 'rb') as file:
            self.client.put_archive(name, '/', file)

    def put_archive_iterable(self, name, source):
        with open(source, 'rb') as file:
            self.client.put_archive(name, '/', iter(lambda: file.read(MIB), b''))

    def load_image(self, name, source):
        with open(source, 'rb') as file:
            for _ in self.client.load_image(file) or ():
                pass

    def pull(self, count):
        return drained(self.client.pull('objects-%d' % count, stream=True))

    def pull_dicts(self, count):
        return drained(self.client.pull('objects-%d' % count, stream=True, decode=True))

    def build_output(self, count):
        return drained(item['stream'] for item in self.client.build(
            fileobj=io.BytesIO(b'FROM busybox'), tag='objects-%d' % count, decode=True)
            if 'stream' in item)

    def events(self, count):
        return drained(self.client.events(since=count))

    def events_dicts(self, count):
        return drained(self.client.events(since=count, decode=True))

    def build(self, folder):
        for _ in self.client.build(folder):
            pass


def written(blocks, target):
    """An archive as it comes, in a file: a response in docker-py, an iterator since."""
    with open(target, 'wb') as file:
        for block in blocks.stream(2 << 20) if hasattr(blocks, 'stream') else blocks:
            file.write(block)
