# coding: utf-8
import io
import re

import pytest

import docker

# The output of RUN, 42000, is not a part of its command.
DOCKERFILE = u'FROM busybox\nRUN echo {0} > /built; echo $((6 * 7000))\nCMD ["cat", "/built"]\n'
WRITTEN = u'42000'


@pytest.fixture
def run_image(client):
    """A function that runs an image and returns its output."""
    created = []

    def run_container(image, command=None):
        container = client.create_container(image, command)
        created.append(container)
        client.start(container)
        client.wait(container)
        return client.logs(container)

    yield run_container
    for container in created:
        client.remove_container(container)


def test_build_a_folder(client, image_name, run_image, tmpdir, name):
    tmpdir.join('Dockerfile').write(u'FROM busybox\nADD folder /folder\nCMD cat /folder/*\n')
    tmpdir.join('.dockerignore').write('**/secret\n')
    tmpdir.join('folder', u'schön').write_binary(u'schön\n'.encode('utf-8'), ensure=True)
    tmpdir.join('folder', 'secret').write(name)
    image_id, output = client.build(path=str(tmpdir), tag=image_name, rm=True)
    assert re.match('^[0-9a-f]{12,64}$', image_id)
    assert 'Successfully built ' + image_id in output
    assert run_image(image_name) == u'schön\n'.encode('utf-8')
    assert run_image(image_id) == u'schön\n'.encode('utf-8')


@pytest.mark.parametrize('ignore', ['', '*\n', 'dockerfile\n'])
def test_build_a_lower_case_dockerfile(client, image_name, run_image, tmpdir, name, ignore):
    tmpdir.join('dockerfile').write(DOCKERFILE.format(name))
    tmpdir.join('.dockerignore').write(ignore)
    image_id, output = client.build(tmpdir, tag=image_name, rm=True)
    assert image_id, output
    assert run_image(image_name) == name.encode('ascii') + b'\n'


@pytest.fixture
def with_entrypoint(client, image_name, name):
    """An image that prints `entrypoint` before its arguments, and whose command is `echo`, `command`."""
    dockerfile = u'FROM busybox\nENTRYPOINT ["echo", "entrypoint"]\nCMD ["echo", "command"]\n'
    image_id, output = client.build(fileobj=io.StringIO(dockerfile), tag=image_name, rm=True)
    assert image_id, output
    return image_name


@pytest.mark.parametrize('arguments, output', [
    ({}, b'entrypoint echo command\n'),
    ({'entrypoint': None, 'command': []}, b'entrypoint echo command\n'),
    ({'entrypoint': []}, b'command\n'),
    ({'entrypoint': '', 'command': None}, b'command\n'),
    ({'entrypoint': [], 'command': 'echo mine'}, b'mine\n'),
    ({'entrypoint': '', 'command': ['echo', 'my own']}, b'my own\n'),
    ({'entrypoint': 'echo', 'command': 'mine'}, b'mine\n'),
    ({'entrypoint': 'echo mine', 'command': ''}, b'mine\n'),
])
def test_the_entrypoint_of_an_image(client, with_entrypoint, arguments, output):
    container = client.create_container(with_entrypoint, **arguments)
    try:
        client.start(container)
        client.wait(container)
        assert client.logs(container) == output
    finally:
        client.remove_container(container)


@pytest.mark.parametrize('opened', [
    lambda text: io.BytesIO(text.encode('utf-8')), lambda text: io.StringIO(text)])
def test_build_a_dockerfile(client, image_name, run_image, opened, name):
    image_id, _ = client.build(fileobj=opened(DOCKERFILE.format(name)), tag=image_name, rm=True)
    assert image_id
    assert run_image(image_name) == name.encode('ascii') + b'\n'


def test_build_streams_text(client, image_name, name):
    output = client.build(fileobj=io.StringIO(DOCKERFILE.format(name)), rm=True, tag=image_name, stream=True)
    text = u''.join(output)
    assert u'RUN echo ' + name in text and WRITTEN in text
    image_id = re.search(u'Successfully built ([0-9a-f]+)', text).group(1)
    assert client.inspect_image(image_id)['id'] == client.inspect_image(image_name)['id']


def test_build_quietly(client, image_name, name):
    image_id, output = client.build(fileobj=io.StringIO(DOCKERFILE.format(name)), rm=True, tag=image_name,
                                    quiet=True)
    assert WRITTEN not in output
    assert client.inspect_image(image_id)['id'] == client.inspect_image(image_name)['id']


def test_a_build_that_fails(client, name):
    dockerfile = u'FROM busybox\nRUN echo {0}; exit 7\n'.format(name)
    image_id, output = client.build(fileobj=io.StringIO(dockerfile), rm=True)
    assert image_id is None
    assert u'returned a non-zero code: 7' in output or u'exit status 7' in output
    assert u'7' in u''.join(client.build(fileobj=io.StringIO(dockerfile), rm=True, stream=True))


def test_an_invalid_dockerfile(client):
    try:
        image_id, output = client.build(fileobj=io.StringIO(u'FORM busybox\n'))
    except docker.APIError as error:
        output = error.explanation
    else:
        assert image_id is None
    assert u'FORM' in output or u'no FROM' in output


def test_build_without_the_cache(client, image_name, name):
    text = DOCKERFILE.format(name)
    first, _ = client.build(fileobj=io.StringIO(text), rm=True, tag=image_name)
    same, _ = client.build(fileobj=io.StringIO(text), rm=True, tag=image_name)
    other, _ = client.build(fileobj=io.StringIO(text), rm=True, tag=image_name, nocache=True)
    assert first == same != other
    client.remove_image(first)
