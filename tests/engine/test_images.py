# coding: utf-8
import io
import json
import os
import re
import tarfile
import threading
import time

import pytest

import docker
from docker.errors import Conflict, ImageNotFound
from docker.utils import compare_version
from six.moves.BaseHTTPServer import BaseHTTPRequestHandler, HTTPServer

from tests.engine.conftest import SPOKEN, VERSION, discard, engine_is_podman, newest_of_engine


def rootfs(name=u'file', content=b'content'):
    """A tar archive of a file system with one file."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode='w') as tar:
        member = tarfile.TarInfo(str(name))
        member.size = len(content)
        tar.addfile(member, io.BytesIO(content))
    return archive.getvalue()


def found(client, repository):
    return [(image['Repository'], image['Tag']) for image in client.images(name=repository)]


def test_images(client, image_name):
    client.tag('busybox', image_name, 'v1')
    listed = client.images()
    image = [one for one in listed if one.get('Repository') == image_name][0]
    assert image['Tag'] == 'v1'
    # On older engines, Size is that of the image without its parents.
    assert image['VirtualSize'] >= image['Size'] and image['VirtualSize'] > 100000
    assert image['Created'] > 1e9
    assert image['Id'] in client.images(quiet=True)
    assert found(client, image_name) == [(image_name, 'v1')]
    assert client.images(name='local/no-such-image') == []


def test_viz(client, image_name):
    client.tag('busybox', image_name, 'v1')
    graph = client.images(viz=True)
    assert graph.startswith(u'digraph docker {')
    assert image_name + ':v1' in graph


def test_inspect_image(client, create, image_name):
    client.commit(create('true'), repository=image_name, conf={'Cmd': ['true'], 'Env': ['A=b']})
    details = client.inspect_image(image_name)
    assert details['id'] and details['architecture'] and details['created']
    assert details['config']['Cmd'] == ['true'] and 'A=b' in details['config']['Env']
    with pytest.raises(ImageNotFound):
        client.inspect_image('local/no-such-image')


def test_an_id_with_and_without_its_prefix(client, image_name):
    image_id = client.inspect_image('busybox')['id']
    assert re.match('[0-9a-f]{64}$', image_id)
    for form in (image_id, 'sha256:' + image_id):
        assert client.inspect_image(form)['id'] == image_id
        assert client.history(form)
        assert client.tag(form, image_name, force=True) is True
        assert client.inspect_image(image_name)['id'] == image_id
        container = client.create_container(form, 'true')
        try:
            assert client.inspect_container(container)['Image'] == image_id
        finally:
            client.remove_container(container)


def test_history(client):
    assert [layer for layer in client.history('busybox') if 'Created' in layer and 'Id' in layer]


def test_tag_and_remove(client, image_name):
    assert client.tag('busybox', image_name) is True
    assert client.tag('busybox', image_name + ':v2') is True
    assert client.tag('busybox', image_name, 'v2', force=True) is True
    assert sorted(found(client, image_name)) == [(image_name, 'latest'), (image_name, 'v2')]
    assert any('Untagged' in item for item in client.remove_image(image_name + ':v2'))
    assert found(client, image_name) == [(image_name, 'latest')]


def test_remove_a_missing_image(client):
    with pytest.raises(ImageNotFound):
        client.remove_image('local/no-such-image')


def test_an_image_of_several_names_is_removed_by_its_id(client, name):
    client.import_image(rootfs(content=name.encode('ascii')), repository='local/' + name, tag='v1')
    client.tag('local/' + name + ':v1', 'other/' + name)
    client.tag('local/' + name + ':v1', 'other/' + name, 'v2')
    image_id = client.images(name='local/' + name)[0]['Id']
    if newest_of_engine(client) < (1, 7):
        # Docker 0.6 refuses that, and has no force parameter.
        with pytest.raises(Conflict):
            client.remove_image(image_id)
        client.remove_image('local/' + name + ':v1')
    removed = client.remove_image(image_id)
    assert any('Untagged' in item for item in removed)
    assert any('Deleted' in item for item in removed)
    assert found(client, 'local/' + name) == found(client, 'other/' + name) == []


def forms_of_an_archive(tmpdir):
    data = rootfs()
    path = tmpdir.join('rootfs.tar')
    path.write_binary(data)
    return {'path': lambda: dict(src=str(path)), 'bytes': lambda: dict(src=data),
            'file': lambda: dict(src=io.BytesIO(data)),
            'relative path': lambda: dict(src=os.path.relpath(str(path))),
            'path object': lambda: dict(src=path),
            'data': lambda: dict(src='label', data=data),
            'data file': lambda: dict(src='label', data=io.BytesIO(data))}


@pytest.mark.parametrize('form', [
    'path', 'relative path', 'path object', 'bytes', 'file', 'data', 'data file'])
def test_import(client, create, image_name, tmpdir, form):
    output = client.import_image(repository=image_name, tag='v1', **forms_of_an_archive(tmpdir)[form]())
    assert json.loads(output)['status']
    assert found(client, image_name) == [(image_name, 'v1')]
    container = client.create_container(image_name + ':v1', 'nothing')
    try:
        with client.export(container) as archive, tarfile.open(mode='r|', fileobj=archive) as tar:
            assert 'file' in [member.name.lstrip('./') for member in tar]
    finally:
        client.remove_container(container)


def test_import_by_position(client, image_name, tmpdir):
    tmpdir.join('rootfs.tar').write_binary(rootfs())
    client.import_image(str(tmpdir.join('rootfs.tar')), image_name, 'v2')
    assert found(client, image_name) == [(image_name, 'v2')]


class Page(BaseHTTPRequestHandler):

    def do_GET(self):
        self.send_response(200)
        self.send_header('Content-Length', str(len(self.server.page)))
        self.end_headers()
        self.wfile.write(self.server.page)

    def log_message(self, *args):
        pass


@pytest.fixture
def web():
    """A function that serves bytes on loopback, and returns their URL."""
    servers = []

    def serve(page):
        server = HTTPServer(('127.0.0.1', 0), Page)
        server.page = page
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        servers.append((server, thread))
        return 'http://127.0.0.1:{0}/file'.format(server.server_port)

    yield serve
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


def test_import_of_a_url(client, image_name, web):
    client.import_image(web(rootfs()), repository=image_name)
    assert found(client, image_name) == [(image_name, 'latest')]


def test_insert(client, run, web):
    output = client.insert('busybox', web(b'inserted\n'), '/etc/inserted')
    # Docker 0.6 sends progress before it, without a separator.
    image_id = re.search('{"Id": ?"(?:sha256:)?([0-9a-f]+)"}', output).group(1)
    container = client.create_container(image_id, 'cat /etc/inserted')
    try:
        client.start(container)
        client.wait(container)
        assert client.logs(container) == b'inserted\n'
    finally:
        client.remove_container(container)
        client.remove_image(image_id)


def test_insert_of_a_missing_file(client):
    if newest_of_engine(client) < (1, 7):
        # Docker 0.6 has no message for that.
        assert json.loads(client.insert('busybox', 'http://127.0.0.1:1/nothing', '/x')) == {'Id': ''}
        return
    with pytest.raises(docker.APIError):
        client.insert('busybox', 'http://127.0.0.1:1/nothing', '/x')


def test_commit(client, run, image_name):
    container = run('touch /created')
    client.wait(container)
    image = client.commit(container, repository=image_name, tag='v1', message=u'schön',
                          author='me', conf={'Cmd': ['ls', '/created']})
    details = client.inspect_image(image_name + ':v1')
    assert image['Id'].rpartition(':')[2][:12] in details['id']
    assert details['comment'] == u'schön' and details['author'] == 'me'
    second = client.create_container(image_name + ':v1')
    try:
        client.start(second)
        assert client.wait(second) == 0
        assert client.logs(second) == b'/created\n'
    finally:
        client.remove_container(second)


def test_a_pull_and_a_push_that_fail_raise(client, image_name):
    with pytest.raises(docker.APIError) as raised:
        client.pull('127.0.0.1:1/nosuch', tag='latest')
    assert 'refused' in raised.value.explanation
    with pytest.raises(docker.APIError):
        list(client.pull('127.0.0.1:1/nosuch', tag='latest', stream=True))
    with pytest.raises(docker.APIError):
        client.push('127.0.0.1:1/nosuch')


def test_a_login_that_fails_raises(client):
    with pytest.raises(docker.APIError) as raised:
        client.login('me', 'top-secret-password', registry='http://127.0.0.1:1/v1/')
    assert 'top-secret-password' not in repr(raised.value) + str(raised.value)


def test_info_and_version(client):
    assert isinstance(client.info()['Containers'], int)
    assert {'Version', 'GoVersion'} <= set(client.version())


def test_the_version_on_the_wire(client):
    if SPOKEN:
        assert client.api_version == SPOKEN
    else:
        newest = client.version().get('ApiVersion', VERSION)
        assert compare_version(VERSION, client.api_version) >= 0
        assert compare_version(client.api_version, newest) >= 0


# later arguments

def test_filters_of_images(client, image_name, name):
    if newest_of_engine(client) < (1, 10):
        with pytest.raises(docker.errors.NotSupported):
            client.images(filters={'dangling': True})
        return
    client.import_image(rootfs(content=name.encode('ascii')), repository=image_name, tag='v1')
    image_id = client.images(image_name)[0]['Id']
    client.import_image(rootfs(), repository=image_name, tag='v1')
    assert image_id in client.images(quiet=True, filters={'dangling': True})
    assert image_id not in client.images(quiet=True, filters={'dangling': False})
    assert client.images(image_name, filters={'dangling': True}) == []
    assert [image['Tag'] for image in client.images(image_name, filters={'dangling': False})] == ['v1']
    client.remove_image(image_id)


def test_digests_of_images(client):
    if newest_of_engine(client) < (1, 18):
        with pytest.raises(docker.errors.NotSupported):
            client.images(digests=True)
        return
    assert [image for image in client.images(digests=True) if 'RepoDigests' in image]


def test_an_image_that_is_forced_away(client, name):
    if newest_of_engine(client) < (1, 10):
        with pytest.raises(docker.errors.NotSupported):
            client.remove_image('local/no-such-image', force=True)
        return
    repository = 'local/' + name
    client.import_image(rootfs(content=name.encode('ascii')), repository=repository, tag='v1')
    image_id = client.inspect_image(image=repository + ':v1')['id']
    container = client.create_container(repository + ':v1', ['/file'])
    try:
        with pytest.raises(Conflict):
            client.remove_image(image_id)
        removed = client.remove_image(repository + ':v1', force=True, noprune=True)
        assert any('Untagged' in item for item in removed)
        assert found(client, repository) == []
    finally:
        # Podman has removed it.
        discard(client, container)


@pytest.mark.parametrize('changes', ['EXPOSE 80\nENV A=b', [u'EXPOSE 80', u'ENV A=b']])
def test_a_commit_with_instructions(client, create, image_name, changes):
    if newest_of_engine(client) < (1, 18):
        with pytest.raises(docker.errors.NotSupported):
            client.commit(create('true'), image_name, changes=changes)
        return
    client.commit(create('true'), image_name, 'v1', None, None, changes, {'Cmd': ['mine']}, pause=False)
    config = client.inspect_image(image_name + ':v1')['config']
    assert '80/tcp' in config['ExposedPorts'] and 'A=b' in config['Env'] and config['Cmd'] == ['mine']


@pytest.mark.parametrize('call', [
    lambda c: c.history('busybox', 'linux/amd64'), lambda c: c.inspect_image('busybox', manifests=True),
    lambda c: c.images(shared_size=True), lambda c: c.image_attestations('busybox'),
    lambda c: c.remove_image('local/no-such-image', platforms='linux/arm64')])
def test_what_came_with_newer_engines(client, call):
    if newest_of_engine(client) >= (1, 55):
        pytest.skip('this engine has all of it')
    if newest_of_engine(client) < (1, 42):
        with pytest.raises(docker.errors.NotSupported):
            call(client)


def test_several_references(client, image_name, name):
    if newest_of_engine(client) < (1, 25):
        pytest.skip('the filter reference came with API 1.25')
    other = 'other/' + name
    client.tag('busybox', image_name, 'v1')
    client.tag('busybox', image_name, 'v2')
    client.tag('busybox', other, 'v1')

    def tags(*references, **filters):
        return sorted('{Repository}:{Tag}'.format(**image) for image in client.images(
            filters=dict(filters, reference=references)) if 'Tag' in image)
    v1, v2 = image_name + ':v1', image_name + ':v2'
    try:
        assert tags('busybox', image_name) == ['busybox:latest', v1, v2]
        assert tags(v1, other, 'no/such') == [v1, other + ':v1']
        assert tags('*/' + name + ':v1') == [v1, other + ':v1']
        assert tags(image_name, other, dangling=True) == []
        assert tags(name) == tags('*:v1') == tags('library/busybox') == []
    finally:
        for tag in (v2, other + ':v1'):
            client.remove_image(tag)


def test_several_labels_of_images(client, create, image_name, name):
    if newest_of_engine(client) < (1, 18):
        pytest.skip('labels came with API 1.18')
    for tag, changes in (('v1', ['LABEL a=1']), ('v2', ['LABEL a=2', 'LABEL b='])):
        client.commit(create('true'), image_name, tag, changes=changes + ['LABEL test=' + name])

    def tags(*labels):
        return sorted(image['Tag'] for image in client.images(filters={'label': list(labels)}))
    assert tags('test=' + name) == ['v1', 'v2']
    assert tags('test=' + name, 'a') == ['v1', 'v2']
    assert tags('test=' + name, 'b') == tags('test=' + name, 'a=2') == tags('test=' + name, 'b=') == ['v2']
    assert tags('test=' + name, 'a=') == tags('test=' + name, 'none') == tags('tes*') == []


LABELS = {'plain': 'a', 'spaces': ' b  c ', 'quotes': '"d" \'e\'"', 'equals': 'f=g=', 'none': '', 'key ': 'h',
          'back': 'i\\n\\', 'dollar': '$HOME #', 'umlaut': u'\xfc'}


def test_the_config_of_a_commit(client, create, image_name):
    if newest_of_engine(client) < (1, 21):
        pytest.skip('labels came with API 1.18, StopSignal with 1.21')
    conf = {'Labels': LABELS, 'StopSignal': '2', 'WorkingDir': '/a b', 'User': 'me', 'Cmd': ['a b', 'c"\n'],
            'Volumes': {'/v w': {}}, 'ExposedPorts': {'80/tcp': {}, '81/udp': {}}}
    env = ['A= b ', 'B="c"', 'C=', 'D=e=f']
    client.commit(create('true'), image_name, 'v1', conf=dict(conf, Env=env))
    config = client.inspect_image(image_name + ':v1')['config']
    assert {field: config[field] for field in conf} == conf
    assert [item for item in config['Env'] if item in env] == env


@pytest.mark.parametrize('field, value', [
    ('OnBuild', ['RUN true']), ('Healthcheck', {'Test': ['CMD', 'true']}),
    ('Shell', ['/bin/sh']), ('Labels', {'a': 'b\nc'}), ('Labels', {'a=b': 'c'}), ('Env', ['A=b\nc'])])
def test_fields_of_the_config_of_a_commit(client, create, image_name, field, value):
    if newest_of_engine(client) < (1, 24):
        pytest.skip('Healthcheck and Shell came with API 1.24')
    container = create('true')
    if engine_is_podman(client):
        with pytest.raises(docker.errors.NotSupported, match=field):
            client.commit(container, image_name, 'v1', conf={field: value})
        assert found(client, image_name) == []
    else:
        client.commit(container, image_name, 'v1', conf={field: value})
        assert client.inspect_image(image_name + ':v1')['config'][field] == value


def test_containers_of_an_image(client, create, image_name):
    if newest_of_engine(client) < (1, 21):
        pytest.skip('the filter ancestor came with API 1.21')
    first = create('true')['Id']
    child = client.commit(first, image_name, 'v1')['Id']
    second = client.create_container(image_name + ':v1', 'true')['Id']

    def of(*images):
        listed = client.containers(all=True, filters={'ancestor': list(images)})
        return {container['Id'] for container in listed} & {first, second}
    try:
        parent = client.inspect_image('busybox')['id']
        for name in ('busybox', 'busybox:latest', 'docker.io/library/busybox', parent, parent[:12]):
            assert of(name) == {first, second}, name
        assert of(image_name + ':v1') == of(child) == of('local/no-such', image_name + ':v1') == {second}
        assert of('local/no-such-image') == of(image_name) == set()
    finally:
        client.remove_container(second)


def test_events_of_an_image(client, image_name):
    if newest_of_engine(client) < (1, 24):
        pytest.skip('events of images have names since API 1.22')
    client.tag('busybox', image_name, 'v1')
    container = client.create_container(image_name + ':v1', 'true')['Id']
    client.remove_container(container)
    other = client.create_container('busybox', 'true')['Id']
    client.remove_container(other)
    others = {('create', other), ('destroy', other)}
    image_id = client.inspect_image('busybox')['id']
    own = {('tag', image_id), ('create', container), ('destroy', container)}
    begin = int(time.time()) - 60

    def of(wanted, *images):
        """Return the events until all that are wanted have come, in any order: Podman may write those of
        images late."""
        got = set()
        with client.events(since=begin, until=begin + 120, decode=True,
                           filters={'image': list(images)}) as events:
            for event in events:
                got.add((event['status'], event['id'].rpartition(':')[2]))
                if wanted <= got:
                    break
        return got
    for images in ([image_name], [image_name + ':v1'], [image_name, 'local/no-such-image']):
        assert of(own, *images) == own
    for images in (['busybox'], ['busybox', image_name + ':v2']):
        got = of(others, *images)
        # Its own name is a tag of the image, too.
        assert others <= got and not (own - {('tag', image_id)}) & got
