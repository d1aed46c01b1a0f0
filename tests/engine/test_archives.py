# -*- coding: utf-8 -*-
"""Archives of the files of containers and of images, to and from a real engine."""

import io
import json
import tarfile

import pytest
import six

import docker
from tests import PathObject
from tests.engine.conftest import SPOKEN, engine_is_podman, newest_of_engine
from tests.engine.test_images import rootfs

# What a tree has: a name, and the content of a file, where a symbolic link leads to, or None for a directory.
TREE = [(u'tree', None), (u'tree/caf\xe9 \u4e2d', b'content'), (u'tree/empty', b''), (u'tree/sub', None),
        (u'tree/sub/large', b'\0\xff' * 500000), (u'tree/link', u'sub/large'), (u'tree/dangling', u'nosuch'),
        (u'tree/' + u'n' * 120, b'a long name')]


@pytest.fixture(autouse=True)
def _engine_has_archives(client):
    if newest_of_engine(client) < (1, 20) or SPOKEN and [int(part) for part in SPOKEN.split('.')] < [1, 20]:
        pytest.skip('archives came with API 1.20')


def pack(tree, mode='w'):
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode=mode, format=tarfile.PAX_FORMAT, encoding='utf-8') as tar:
        for name, content in tree:
            member = tarfile.TarInfo(name if six.PY3 else name.encode('utf-8'))
            member.mode, member.mtime = 0o755, 1700000000
            if content is None:
                member.type = tarfile.DIRTYPE
            elif isinstance(content, bytes):
                member.size = len(content)
            else:
                member.type, member.linkname = tarfile.SYMTYPE, str(content)
            tar.addfile(member, io.BytesIO(content) if member.size else None)
    return archive.getvalue()


def unpack(archive):
    """What a tree has in an archive, sorted."""
    found = []
    with tarfile.open(mode='r|', fileobj=archive, encoding='utf-8') as tar:
        for member in tar:
            content = None if member.isdir() else (
                six.ensure_text(member.linkname) if member.issym() else tar.extractfile(member).read())
            found.append((six.ensure_text(member.name).rstrip(u'/'), content))
    return sorted(found, key=lambda entry: entry[0])


def found_in(client, container, path):
    archive, _ = client.get_archive(container, path)
    with archive:
        return unpack(archive)


FORMS = [
    ('bytes', lambda data, folder: data), ('BytesIO', lambda data, folder: io.BytesIO(data)),
    ('generator', lambda data, folder: (data[at:at + 9999] for at in range(0, len(data), 9999))),
    ('path', lambda data, folder: str(folder / 'tree.tar')),
    ('path object', lambda data, folder: PathObject(str(folder / 'tree.tar')))]


@pytest.mark.parametrize('form', [form for _, form in FORMS], ids=[name for name, _ in FORMS])
@pytest.mark.parametrize('mode', ['w', 'w:gz'])
def test_a_tree_returns_as_it_was(client, create, tmp_path, form, mode):
    container = create('true')
    data = pack(TREE, mode)
    (tmp_path / 'tree.tar').write_bytes(data)
    assert client.put_archive(container, '/tmp', form(data, tmp_path)) is True
    assert found_in(client, container, '/tmp/tree') == sorted(TREE, key=lambda entry: entry[0])


def test_a_running_container(client, run):
    container = run('sleep 1000')
    client.put_archive(container, '/', pack([(u'caf\xe9', b'content')]))
    assert found_in(client, container, u'/caf\xe9') == [(u'caf\xe9', b'content')]
    assert found_in(client, container, PathObject(u'/caf\xe9')) == [(u'caf\xe9', b'content')]


def test_what_a_path_is(client, create):
    container = create('true')
    client.put_archive(container, '/tmp', pack(TREE))
    archive, stat = client.get_archive(container, u'/tmp/tree/caf\xe9 \u4e2d')
    archive.close()
    assert stat == client.stat_archive(container, u'/tmp/tree/caf\xe9 \u4e2d')
    assert (stat['name'], stat['size'], stat['linkTarget']) == (u'caf\xe9 \u4e2d', 7, u'')
    assert stat['mode'] == 0o755 and stat['mtime'].startswith('2023-11-14T')
    folder = client.stat_archive(container, '/tmp/tree')
    assert folder['name'] == 'tree' and folder['mode'] == 1 << 31 | 0o755 and folder['linkTarget'] == u''
    link = client.stat_archive(container, '/tmp/tree/link')
    assert (link['name'], link['linkTarget']) == (u'link', u'/tmp/tree/sub/large')
    assert link['mode'] == 1 << 27 | 0o777


def test_the_content_of_a_directory(client, create):
    container = create('true')
    client.put_archive(container, '/tmp', pack([(u'tree', None), (u'tree/a', b'1')]))
    names = [name for name, _ in found_in(client, container, '/tmp/tree/.')]
    assert [name[2:] if name.startswith('./') else name for name in names if name != '.'] == ['a']


def test_what_is_missing(client, create):
    container = create('true')
    for call in (lambda: client.get_archive(container, '/no/such'),
                 lambda: client.stat_archive(container, '/no/such'),
                 lambda: client.put_archive(container, '/no/such', pack(TREE)),
                 lambda: client.get_archive('no-such-container', '/'),
                 lambda: client.stat_archive('no-such-container', '/'),
                 lambda: client.put_archive('no-such-container', '/', pack(TREE)),
                 # More than an engine takes before it responds.
                 lambda: client.put_archive('no-such-container', '/', (b'\0' * 100000 for _ in range(1000)))):
        with pytest.raises(docker.errors.NotFound):
            call()
    with pytest.raises(docker.errors.NotFound):
        client.stat_archive(container, '/no')


@pytest.mark.parametrize('data', [
    pytest.param(lambda: b'\xff\0no archive' * 1000, id='no archive'),
    pytest.param(lambda: pack(TREE)[:100000], id='cut off'),
    pytest.param(lambda: (b'\xff\0no archive' * 10000 for _ in range(1000)), id='endless')])
def test_a_damaged_archive(client, create, data):
    container = create('true')
    for call in (lambda: client.put_archive(container, '/tmp', data()), lambda: client.load_image(data())):
        with pytest.raises(docker.errors.APIError) as caught:
            call()
        assert caught.value.explanation
    assert client.inspect_container(container)


def test_a_directory_is_not_replaced(client, create):
    container = create('true')
    client.put_archive(container, '/tmp', pack([(u'tree', None), (u'tree/a', b'1')]))
    with pytest.raises(docker.errors.APIError):
        client.put_archive(container, '/tmp', pack([(u'tree', b'a file')]), no_overwrite_dir_non_dir=True)
    assert client.stat_archive(container, '/tmp/tree')['mode'] & 1 << 31


def test_owners(client, create):
    container = create('true')
    assert client.put_archive(container, '/tmp', pack(TREE), copy_uid_gid=True) is True


def test_an_archive_that_is_left_early(client, create):
    container = create('true')
    client.put_archive(container, '/tmp', pack([(u'large', b'\0' * 30000000)]))
    archive, _ = client.get_archive(container, '/tmp/large')
    with archive:
        assert len(archive.read(100000)) == 100000
    # The engine is not stuck with it, and the container not locked.
    assert client.stat_archive(container, '/tmp/large')['size'] == 30000000
    client.remove_container(container)
    with pytest.raises(docker.errors.NotFound):
        client.stat_archive(container, '/')


def test_from_container_to_container(client, create):
    one, other = create('true'), create('true')
    client.put_archive(one, '/tmp', pack(TREE))
    with client.get_archive(one, '/tmp/tree')[0] as archive:
        client.put_archive(other, '/tmp', archive)
    assert found_in(client, other, '/tmp/tree') == found_in(client, one, '/tmp/tree')


def test_a_file_that_a_container_reads(client, create):
    container = create('cat /tmp/file')
    client.put_archive(container, '/tmp', pack([(u'file', b'from the archive\n')]))
    client.start(container)
    client.wait(container)
    assert client.logs(container) == b'from the archive\n'


# Images

def loaded(items):
    return sorted(item['stream'] for item in items if 'Loaded image' in item.get('stream', ''))


@pytest.fixture
def image(client, image_name):
    """The name of an image of its own, with a file."""
    client.import_image_from_data(rootfs(u'file', image_name.encode('ascii')), image_name, 'v1')
    return image_name + ':v1'


def test_an_image_is_saved_and_loaded(client, image, tmp_path):
    before = client.inspect_image(image)
    with client.get_image(image) as archive:
        data = archive.read()
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        assert [entry['RepoTags'] for entry in json.loads(
            tar.extractfile('manifest.json').read().decode('utf-8'))] in (
                [[image]], [['docker.io/' + image]])
    (tmp_path / 'image.tar').write_bytes(data)
    for form in (data, io.BytesIO(data), iter([data[:999], data[999:]]), str(tmp_path / 'image.tar')):
        client.remove_image(image)
        assert loaded(client.load_image(form)) == ['Loaded image: {0}\n'.format(image)]
        assert client.inspect_image(image)['id'] == before['id']


def test_two_images_are_saved_and_loaded(client, image, image_name):
    client.tag('busybox', image_name, 'v2')
    names = [image, image_name + ':v2']
    ids = [client.inspect_image(name)['id'] for name in names]
    with client.save(names) as archive:
        data = archive.read()
    for name in names:
        client.remove_image(name)
    with pytest.raises(docker.errors.ImageNotFound):
        client.inspect_image(image)
    stream = client.load_image(data, stream=True)
    assert loaded(stream) == ['Loaded image: {0}\n'.format(name) for name in names]
    assert [client.inspect_image(name)['id'] for name in names] == ids


def test_an_image_without_a_name(client, image):
    image_id = client.inspect_image(image)['id']
    with client.get_image(image_id) as archive:
        data = archive.read()
    client.remove_image(image)
    assert loaded(client.load_image(data)) == ['Loaded image ID: sha256:{0}\n'.format(image_id)]
    assert client.inspect_image(image_id)['id'] == image_id
    client.remove_image(image_id)


def test_the_progress_of_a_load(client, image):
    with client.get_image(image) as archive:
        data = archive.read()
    client.remove_image(image)
    assert loaded(client.load_image(data, quiet=False))
    assert loaded(client.load_image(data, quiet=True))


def test_missing_images(client):
    for call in (lambda: client.get_image('local/no-such-image'),
                 lambda: client.save(['busybox', 'local/no-such-image'])):
        with pytest.raises(docker.errors.ImageNotFound):
            call()


def test_platforms_came_later(client):
    if newest_of_engine(client) >= (1, 48):
        pytest.skip('this engine has them')
    with pytest.raises(docker.errors.NotSupported):
        client.get_image('busybox', platform='linux/amd64')


def test_an_import_with_changes(client, image_name):
    output = client.import_image(rootfs(), repository=image_name, tag='v1', message='the comment', changes=[
        u'ENV A=caf\xe9', 'CMD ["cat", "/file"]', 'WORKDIR /srv'])
    details = client.inspect_image(image_name + ':v1')
    assert json.loads(output.splitlines()[-1])['status'] == details['id']
    assert u'A=caf\xe9' in details['config']['Env'] and details['config']['Cmd'] == ['cat', '/file']
    assert details['config']['WorkingDir'] == '/srv' and details['comment'] == 'the comment'
    with pytest.raises(docker.errors.APIError):
        client.import_image(rootfs(), repository=image_name, tag='v2', changes='NOSUCH thing')


def test_the_imports_of_later_releases(client, image_name, tmp_path):
    (tmp_path / 'root.tar').write_bytes(rootfs())
    client.import_image_from_data(rootfs(), image_name, 'data', changes='ENV FROM=data')
    client.import_image_from_file(str(tmp_path / 'root.tar'), image_name, 'file')
    with open(str(tmp_path / 'root.tar'), 'rb') as opened:
        client.import_image_from_stream(opened, image_name, 'stream')
    client.import_image(str(tmp_path / 'root.tar'), image_name, 'path')
    client.import_image(src=iter([rootfs()]), repository=image_name, tag='src', stream_src=True)
    tags = {image['Tag'] for image in client.images(name=image_name)}
    assert tags == {'data', 'file', 'stream', 'path', 'src'}
    assert 'FROM=data' in client.inspect_image(image_name + ':data')['config']['Env']


def test_an_export_becomes_an_image(client, create, image_name):
    container = create('true')
    client.put_archive(container, '/', pack([(u'caf\xe9', b'content')]))
    with client.export(container, chunk_size=1000000) as archive:
        client.import_image_from_stream(archive, image_name, 'v1', changes=[u'CMD ["cat", "/caf\xe9"]'])
    other = client.create_container(image_name + ':v1')
    try:
        client.start(other)
        client.wait(other)
        assert client.logs(other) == b'content'
    finally:
        client.remove_container(other)


def test_a_container_that_an_engine_does_not_have_is_named(client):
    with pytest.raises(docker.errors.NotFound) as caught:
        client.put_archive('no-such-container', '/', pack(TREE))
    assert 'no-such-container' in caught.value.explanation or engine_is_podman(client)
