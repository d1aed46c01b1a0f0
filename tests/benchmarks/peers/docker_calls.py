"""What the clients that are called docker do alike: this one, docker-py 1.10.6, the SDK of today."""
import docker

from peers import BasePeer


class DockerPeer(BasePeer):
    """`client` is the client itself."""

    package = 'docker'

    def version(self):
        return self.client.version()

    def inspect(self):
        return self.client.inspect_container('frames-64-1')

    def containers(self):
        return self.client.containers(all=True)

    def images(self):
        return self.client.images()

    def networks(self):
        return self.client.networks()

    def volumes(self):
        return self.client.volumes()

    def missing(self):
        try:
            self.client.inspect_container('missing')
        except docker.errors.APIError:
            pass
