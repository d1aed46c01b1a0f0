"""aiodocker, the client for asyncio; one call after another, as the others are used."""
import asyncio

import aiodocker

from peers import BasePeer


class Peer(BasePeer):

    package = 'aiodocker'

    def __init__(self, address, version):
        self.loop = asyncio.new_event_loop()
        self.client = self.run(self.connected(address))

    @staticmethod
    async def connected(address):
        return aiodocker.Docker(url=address, api_version='v1.41')

    def run(self, coroutine):
        return self.loop.run_until_complete(coroutine)

    def close(self):
        self.run(self.client.close())
        self.loop.close()

    def times(self, call, count, *arguments):
        async def calls():
            for _ in range(count):
                await getattr(self, 'a_' + call)(*arguments)
        self.run(calls())

    def version(self):
        return self.run(self.a_version())

    def a_version(self):
        return self.client.version()

    def inspect(self):
        return self.run(self.a_inspect())

    def a_inspect(self):
        return self.client.containers.container('frames-64-1').show()

    def containers(self):
        return self.run(self.a_containers())

    def a_containers(self):
        return self.client.containers.list(all=True)

    def images(self):
        return self.run(self.a_images())

    def a_images(self):
        return self.client.images.list()

    def chunked(self, name):
        # It gives text.
        return self.run(self.a_drained(self.client.containers.container(name).log(
            stdout=True, stderr=True, follow=True)))

    def pull_dicts(self, count):
        return self.run(self.a_drained(self.client.images.pull(
            'objects-%d' % count, stream=True)))

    @staticmethod
    async def a_drained(items):
        count = size = 0
        async for item in items:
            count += 1
            size += len(item)
        return count, size
