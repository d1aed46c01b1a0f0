# coding: utf-8
"""docker.progress with what a real engine sends: pulls, pushes, builds, loads, imports, and archives."""

import io
import re
import tarfile

import pytest

import docker
from docker import progress
from docker.errors import ImageNotFound, OperationFailed
from tests.engine.conftest import HOST, VERSION, engine_is_podman, newest_of_engine
from tests.registry import Registry, require
from tests.terminal import Terminal

VERSIONS = [VERSION, 'auto']
DIGEST = r'sha256:[0-9a-f]{64}$'


@pytest.fixture(params=VERSIONS)
def any_client(request, client):
    """A Client of an old version, whose builds are text, and of the newest."""
    any_client = docker.Client(HOST, version=request.param)
    yield any_client
    any_client.close()


@pytest.fixture(scope='module')
def registry():
    require()
    with Registry() as running:
        yield running


@pytest.fixture
def repository(client, registry, name):
    if newest_of_engine(client) < (1, 18):
        pytest.skip('this engine has only the protocol of registries before 2015')
    address = registry.address
    if engine_is_podman(client):
        address = address.replace('127.0.0.1', 'localhost')
    repository = '{0}/team/{1}'.format(address, name)
    yield repository
    for tag in ('v1', 'v2'):
        forget(client, '{0}:{1}'.format(repository, tag))


def forget(client, name):
    try:
        client.remove_image(name)
    except ImageNotFound:
        pass


@pytest.fixture
def fresh_layer(client, name):
    """The id of an image with a layer that nobody has."""
    image = 'local/' + name
    dockerfile = 'FROM busybox\nRUN head -c 3000000 /dev/urandom > /{0}\n'.format(name)
    progress.show(client.build(fileobj=io.BytesIO(dockerfile.encode()), tag=image, rm=True, stream=True),
                  file=io.StringIO())
    yield image
    forget(client, image)


def plain(stream):
    file = io.StringIO()
    result = progress.show(stream, file=file)
    return file.getvalue().splitlines(), result


def archive_of(name, size=3000000):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode='w') as tar:
        member = tarfile.TarInfo(name)
        member.size = size
        tar.addfile(member, io.BytesIO(b'x' * size))
    return buffer.getvalue()


def test_push_and_pull(any_client, client, repository, fresh_layer):
    client.tag(fresh_layer, repository, 'v1')
    lines, pushed = plain(any_client.push(repository, 'v1', stream=True))
    assert re.match(DIGEST, pushed)
    assert len(lines) >= 2 and pushed in lines[-1]
    client.remove_image(repository + ':v1')
    client.remove_image(fresh_layer)
    lines, pulled = plain(any_client.pull(repository, 'v1', stream=True))
    layers = [line for line in lines if re.match(r'[0-9a-f]{12}: ', line)]
    assert len(layers) == len(set(layers))
    assert [line for line in layers if re.search('(?i)complete$', line)]
    if engine_is_podman(client):
        assert pulled == 'Download complete'
    else:
        assert lines[-2:] == ['Digest: ' + pushed,
                              'Status: Downloaded newer image for {0}:v1'.format(repository)]
        assert pulled == pushed
    client.inspect_image(repository + ':v1')


@pytest.mark.parametrize('has_rich', [True, False])
def test_a_pull_on_a_terminal(any_client, client, repository, fresh_layer, monkeypatch, has_rich):
    if has_rich:
        pytest.importorskip('rich')
    else:
        monkeypatch.setitem(__import__('sys').modules, 'rich.console', None)
    monkeypatch.setenv('TERM', 'xterm')
    client.tag(fresh_layer, repository, 'v1')
    client.push(repository, 'v1')
    client.remove_image(repository + ':v1')
    client.remove_image(fresh_layer)
    with Terminal(120) as terminal:
        progress.show(any_client.pull(repository, 'v1', stream=True), file=terminal.file)
        text = terminal.finish()
    layers = [line for line in text if re.match(r'[0-9a-f]{12}: ', line)]
    # One line for each, however often it was drawn.
    assert len(layers) == len(set(line[:12] for line in layers)) >= 1
    assert all(re.search('(?i)(complete|exists)$', line) for line in layers)
    if not engine_is_podman(client):
        assert re.search(br'[0-9.]+[kM]?B/3\.[0-9]+MB', terminal.written)


def test_a_pull_of_what_is_missing(any_client, repository):
    stream = None
    with pytest.raises(ImageNotFound):
        # Docker responds with an error, Podman reports one.
        stream = any_client.pull(repository, 'v1', stream=True)
        progress.show(stream, file=io.StringIO())
    assert stream is None or stream.closed


def test_a_push_that_fails(any_client, client, name):
    unreachable = '127.0.0.1:1/' + name
    client.tag('busybox', unreachable)
    stream = any_client.push(unreachable, stream=True)
    try:
        with pytest.raises(OperationFailed) as caught:
            progress.show(stream, file=io.StringIO())
        assert caught.value.explanation and caught.value.response is not None
        assert stream.closed
    finally:
        client.remove_image(unreachable)


def test_a_build(any_client, image_name):
    dockerfile = b'FROM busybox\nRUN echo one; printf "\\033[31mtwo\\033[0m\\n"\n'
    lines, image = plain(any_client.build(
        fileobj=io.BytesIO(dockerfile), tag=image_name, rm=True, nocache=True, stream=True))
    assert re.match('[0-9a-f]{12,64}$', image)
    found = any_client.inspect_image(image_name)
    assert re.sub('^sha256:', '', found.get('Id') or found['id']).startswith(image)
    assert re.match('(?i)step 1/2 ?: FROM busybox$', lines[0])
    assert lines.index('one') + 1 == lines.index('two')


def test_a_build_that_is_quiet(any_client, image_name):
    lines, image = plain(any_client.build(
        fileobj=io.BytesIO(b'FROM busybox\nENV a=b\n'), tag=image_name, quiet=True, stream=True))
    assert len(lines) == 1 and lines[0].endswith(image)
    any_client.inspect_image(image)


@pytest.mark.parametrize('quiet', [False, True])
def test_a_build_that_fails(any_client, quiet):
    stream = any_client.build(fileobj=io.BytesIO(b'FROM busybox\nRUN echo one; exit 3\nRUN echo two\n'),
                              rm=True, forcerm=True, quiet=quiet, stream=True)
    with pytest.raises(OperationFailed) as caught:
        progress.show(stream, file=io.StringIO())
    assert re.search(r'code: 3$|status 3$', caught.value.explanation)
    if not (quiet and engine_is_podman(any_client)):
        assert re.match(r'The build failed in step 2/3 ?: RUN echo one; exit 3 for POST /build \("',
                        str(caught.value))
    assert stream.closed


def test_a_build_that_is_left(any_client):
    stream = any_client.build(fileobj=io.BytesIO(b'FROM busybox\nRUN echo one; sleep 600\n'), rm=True,
                              forcerm=True, nocache=True, stream=True)
    file = io.StringIO()
    items = progress.follow(stream, file=file)
    while 'one' not in file.getvalue():
        next(items)
    items.close()
    assert stream.closed


def test_a_load(any_client, client):
    with client.get_image('busybox') as archive:
        content = archive.read()
    lines, images = plain(any_client.load_image(content, stream=True))
    if newest_of_engine(client) < (1, 23):
        pytest.skip('engines before API 1.23 report nothing')
    assert [name.rpartition('/')[2] for name in images] == ['busybox:latest']
    assert lines[-1].startswith('Loaded image')


def test_an_import(client, image_name):
    file = io.StringIO()
    report = client.import_image(progress.reading(archive_of('a'), file=file, label='rootfs.tar'),
                                 repository=image_name)
    begin, end = file.getvalue().splitlines()
    assert begin == 'rootfs.tar' and re.match(r'rootfs\.tar: 3\.\d+MB, \S+B/s$', end)
    _, image = plain(report)
    assert client.inspect_image(image)['id'] == client.inspect_image(image_name)['id']


@pytest.mark.parametrize('form', ['path', 'file', 'bytes', 'chunks'])
def test_what_is_sent(client, create, tmp_path, form):
    container = create('true')
    content = archive_of('sent')
    path = tmp_path / u'site.tar'
    path.write_bytes(content)
    file = io.StringIO()
    with io.open(str(path), 'rb') as opened:
        source = {'path': str(path), 'file': opened, 'bytes': content,
                  'chunks': (content[i:i + 70000] for i in range(0, len(content), 70000))}[form]
        assert client.put_archive(container, '/tmp', progress.reading(source, file=file)) is True
    assert re.search(r': 3\.\d+MB, \S+B/s\n$', file.getvalue())
    assert client.stat_archive(container, '/tmp/sent')['size'] == 3000000


def test_what_is_sent_has_the_length_of_the_file(client, create, tmp_path):
    if engine_is_podman(client):
        pytest.skip('the padding of an archive is not sent to Podman, so that its length is not known')
    lengths = []
    container = create('true')
    path = tmp_path / u'site.tar'
    path.write_bytes(archive_of('sent'))
    client.hooks['response'].append(
        lambda response, **kwargs: lengths.append(response.request.headers.get('Content-Length')))
    client.put_archive(container, '/tmp', progress.reading(str(path), file=io.StringIO()))
    assert lengths[-1] == str(path.stat().st_size)


def test_what_is_received(client, run):
    container = run('head -c 3000000 /dev/zero > /x; true')
    client.wait(container)
    file = io.StringIO()
    with progress.reading(client.export(container), file=file, label='web') as archive:
        assert len(archive.read()) > 1000000
    assert re.match(r'web\nweb: \S+MB, \S+B/s\n$', file.getvalue())


def test_a_context_that_is_sent(any_client, image_name, tmp_path):
    (tmp_path / u'Dockerfile').write_bytes(b'FROM busybox\nCOPY content /\n')
    (tmp_path / u'content').write_bytes(b'x' * 2000000)
    file = io.StringIO()
    with docker.utils.tar(str(tmp_path)) as context:
        image = progress.show(any_client.build(
            fileobj=progress.reading(context, file=file, label='context'), custom_context=True,
            tag=image_name, rm=True, stream=True), file=io.StringIO())
    assert any_client.inspect_image(image)
    assert re.match(r'context\ncontext: 2\.\d+MB, ', file.getvalue())
