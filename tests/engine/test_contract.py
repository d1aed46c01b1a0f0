"""That the engine keeps the contract of each version that was recorded: see tests/contract.py.

One scenario is played with the calls of a Client that asks for the version, the one that was recorded.
"""

import json
import time

import pytest

import docker
from docker.transport.negotiate import parse_version
from tests.contract import CONTRACTS, Contract
from tests.engine.conftest import HOST, SPOKEN, discard, engine_is_podman, newest_of_engine, same
from tests.engine.test_images import rootfs

SHORT = ['/bin/sh', '-c', 'echo out; echo err >&2']
LONG = ['/bin/sh', '-c', 'touch /f1; sleep 100']


@pytest.fixture(params=sorted(CONTRACTS))
def contract(request, client):
    """The Contract of each version that the engine has to keep, with `client` in that version."""
    contract = Contract(request.param)
    newest = newest_of_engine(client)
    if not contract.concerns(newest, parse_version(SPOKEN) or newest):
        pytest.skip('recorded with a newer engine or version than this one')
    contract.client = docker.Client(HOST, version=contract.version)
    yield contract
    contract.client.close()


class Scenario(object):
    """The scenario that was recorded, up to the names of containers and images.

    :param client: a Client.
    :param name: the name of its container.
    :param image: the name of its image.

    `values` are what the calls returned, by the names of the exchanges.
    """

    def __init__(self, client, name, image):
        self.client, self.name, self.image = client, name, image
        self.begin = int(time.time())
        self.values = {'version': client.version(), 'info': client.info()}
        self.container = None

    def import_and_tag(self):
        client, values = self.client, self.values
        output = client.import_image(rootfs(content=self.name.encode('ascii')), repository=self.image)
        values['import'] = [json.loads(output.splitlines()[-1])]
        values['images'] = client.images(name=self.image)
        values['inspect-image'] = client.inspect_image(self.image)
        values['history'] = client.history(self.image)
        client.tag(self.image, self.image, 'second')
        values['images-two-tags'] = client.images(name=self.image)
        values['remove-image-tag'] = client.remove_image(self.image + ':second')

    def run_and_commit(self):
        client, values = self.client, self.values
        values['create'] = client.create_container(
            'busybox', SHORT, environment={'A': 'b'}, network_disabled=True, name=self.name)
        self.container = values['create']['Id']
        values['inspect-created'] = client.inspect_container(self.container)
        client.start(self.container)
        assert client.wait(self.container) == 0
        values['inspect-exited'] = client.inspect_container(self.container)
        values['diff'] = client.diff(self.container)
        values['containers-all'] = self.listed(all=True)
        values['commit'] = client.commit(self.container, self.image, 'committed', message='why', author='me',
                                         conf={'Cmd': ['/bin/cat']})
        values['inspect-committed'] = client.inspect_image(self.image + ':committed')

    def watch(self):
        client, values = self.client, self.values
        client.remove_container(self.container)
        self.container = client.create_container(
            'busybox', LONG, network_disabled=True, name=self.name + '-long')['Id']
        client.start(self.container)
        while not client.diff(self.container):
            pass
        values['diff-long'] = client.diff(self.container)
        values['top'] = client.top(self.container)
        values['containers-running'] = self.listed(size=True)
        client.kill(self.container)
        client.remove_container(self.container)
        values['events-since'] = list(self.events())

    def listed(self, **how):
        return [one for one in self.client.containers(**how) if same(one['Id'], self.container)]

    def events(self):
        """Yield the events of the second container until it is removed."""
        with self.client.events(since=self.begin, decode=True) as events:
            for event in events:
                if same(event.get('id') or '', self.container):
                    yield event
                    if event['status'] in ('destroy', 'remove'):
                        return


def test_the_engine_keeps_the_contract(contract, image_name, name):
    scenario = Scenario(contract.client, name, image_name)
    try:
        scenario.import_and_tag()
        scenario.run_and_commit()
        scenario.watch()
    finally:
        if scenario.container:
            discard(contract.client, scenario.container)
    kind = 'podman' if engine_is_podman(contract.client) else 'docker'
    engine = '{0}-{Version}'.format(kind, **scenario.values['version'])
    broken = {}
    for exchange in contract.shapes:
        if exchange in scenario.values:
            broken.update(contract.broken(exchange, scenario.values[exchange], engine))
    assert broken == {}
