"""The quick start of the README, run as a user runs it, without a version."""

import re

import docker
from tests import quickstart
from tests.engine.conftest import HOST


def containers(client):
    return {container['Id'] for container in client.containers(all=True)}


def test_the_quick_start(client, capsys):
    before = containers(client)
    with docker.Client(HOST) as own:
        quickstart.main(own)
    try:
        output = capsys.readouterr().out
        image_id, container, port = re.search(
            'Successfully built ([0-9a-f]+)\n(?:.*\n)*'
            '\\* built the image \\1\n'
            '\\* created the container ([0-9a-f]{12})\n'
            '\\* started it: port 80 is published at 127.0.0.1:([0-9]+)\n', output).groups()
        assert output.startswith('* engine ' + client.version()['Version'] + '\n')
        assert output.endswith(
            '* it writes: serving world\n'
            '* http://127.0.0.1:{0}/ responds: hello, world\n'
            '* it writes: served, and done\n'
            '* it ended with exit code 3\n'
            '* removed it\n'.format(port))
        assert client.inspect_image('quickstart')['id'] == client.inspect_image(image_id)['id']
        assert container not in [each[:12] for each in containers(client)]
        assert containers(client) <= before
    finally:
        client.remove_image('quickstart')
