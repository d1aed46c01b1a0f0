"""podman-py, the Python client of Podman."""
import podman
from podman.domain.containers import Container

from peers import BasePeer, drained


class Peer(BasePeer):

    package = 'podman'

    def __init__(self, address, version):
        self.client = podman.PodmanClient(base_url=address)

    def named(self, name):
        """A container, which is not asked for by itself."""
        return Container(attrs={'Id': name}, client=self.client.api)

    def version(self):
        return self.client.version()

    def inspect(self):
        return self.client.containers.get('frames-64-1').attrs

    def containers(self):
        return self.client.containers.list(all=True, sparse=True)

    def images(self):
        return self.client.images.list()

    def chunked(self, name):
        return drained(self.named(name).logs(stream=True))

    def follow(self, name):
        return self.named(name).logs(stream=True, follow=True)

    def export(self, name, target):
        with open(target, 'wb') as file:
            for block in self.named(name).export():
                file.write(block)

    def pull_dicts(self, count):
        return drained(self.client.images.pull('objects-%d' % count, stream=True, decode=True))

    def events_dicts(self, count):
        return drained(self.client.events(since=count, decode=True))
