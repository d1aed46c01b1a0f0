"""Remote API 1.7: an entry for each image, its graph, and what a search finds."""

import pytest

import docker
from docker.transport.changes.v1_07 import image_graph
from tests.server import as_json, http
from tests.transport.changes import ENGINES, assert_kept, bare
from tests.wire import recording

OLD = 'docker-1.6.2_v1.6'
UNTAGGED = (None, [], ['<none>:<none>'])


@pytest.mark.parametrize('exchange', ['images', 'images-two-tags'])
@pytest.mark.parametrize('name', ENGINES)
def test_images_have_an_entry_for_each_tag(recorded, name, exchange):
    engine = recorded(name)
    engine.respond(exchange)
    got = engine.client.images()
    assert engine.requests_made == [('GET', '/images/json', {'all': '0'}, None)]
    left = list(got)
    for image in engine.recorded_json(exchange):
        tags = [None] if image['RepoTags'] in UNTAGGED else image['RepoTags']
        for tag in tags:
            entry = left.pop(0)
            assert entry['Id'] == bare(image['Id'])
            assert entry['Created'] == image['Created']
            assert entry['VirtualSize'] == image['Size']
            if tag is None:
                assert 'Repository' not in entry and 'Tag' not in entry
            else:
                assert tag.endswith('{Repository}:{Tag}'.format(**entry))
                assert '/' not in entry['Tag']
            # Before API 1.43, an image without a name had <none>@<none> as its digest.
            digests = entry['RepoDigests'] if not image['RepoDigests'] else image['RepoDigests']
            assert digests in (image['RepoDigests'], ['<none>@<none>'])
            assert_kept({key: image[key] for key in set(image) - {'RepoTags', 'RepoDigests'}}, entry)
    assert left == []


@pytest.mark.parametrize('name', ENGINES)
def test_two_tags_have_familiar_names(recorded, name):
    engine = recorded(name)
    engine.respond('images-two-tags')
    named = {(image.get('Repository'), image.get('Tag')) for image in engine.client.images()}
    assert {('busybox', 'latest'), ('other/name', 'v1')} <= named


@pytest.mark.parametrize('name', ENGINES)
def test_images_of_a_newer_version_are_one_for_each_image(recorded, name):
    engine = recorded(name, None)
    engine.respond('images-two-tags')
    got = engine.client.images()
    assert_kept(engine.recorded_json('images-two-tags'), got)
    assert not any('Repository' in image for image in got)


def test_a_repository_may_have_a_port(recorded):
    engine = recorded('docker-20.10_v1.41')
    engine.respond(as_json([{'Id': 'sha256:aa', 'RepoTags': ['localhost:5000/a/b:v1'], 'Size': 3}]))
    entry, = engine.client.images()
    assert (entry['Repository'], entry['Tag']) == ('localhost:5000/a/b', 'v1')


@pytest.mark.parametrize('name', ENGINES)
def test_the_graph_is_drawn_from_the_list(recorded, name):
    engine = recorded(name)
    engine.respond('images-two-tags')
    graph = engine.client.images(viz=True)
    assert engine.requests_made == [('GET', '/images/json', {'all': '1'}, None)]
    lines = graph.splitlines()
    assert lines[0] == 'digraph docker {' and lines[-2:] == [' base [style=invisible]', '}']
    for image in engine.recorded_json('images-two-tags'):
        own = image['Id'][len('sha256:'):][:12]
        parent = image['ParentId'][len('sha256:'):][:12]
        if parent:
            assert ' "{0}" -> "{1}"'.format(parent, own) in lines
        else:
            assert ' base -> "{0}" [style=invis]'.format(own) in lines
    labels = [line for line in lines if 'label=' in line]
    assert len(labels) == sum(image['RepoTags'] not in UNTAGGED
                              for image in engine.recorded_json('images-two-tags'))
    assert any('busybox:latest' in label and 'other/name:v1' in label for label in labels)


def test_the_graph_of_a_family():
    assert image_graph([
        {'Id': 'b' * 64, 'ParentId': 'a' * 64, 'RepoTags': [u'caf\xe9:v1', 'caf:v2']},
        {'Id': 'sha256:' + 'a' * 64, 'ParentId': '', 'RepoTags': ['<none>:<none>']},
    ]).splitlines() == [
        u'digraph docker {',
        u' "aaaaaaaaaaaa" -> "bbbbbbbbbbbb"',
        u' base -> "aaaaaaaaaaaa" [style=invis]',
        u' "bbbbbbbbbbbb" [label="bbbbbbbbbbbb\\ncaf\xe9:v1\\ncaf:v2",shape=box,'
        u'fillcolor="paleturquoise",style="filled,rounded"];',
        u' base [style=invisible]',
        u'}']


def test_an_error_of_the_list_is_that_of_the_graph(recorded):
    engine = recorded('docker-20.10_v1.41')
    engine.respond(http(500, '{"message": "no store"}', 'application/json'))
    with pytest.raises(Exception) as caught:
        engine.client.images(viz=True)
    assert caught.value.explanation == 'no store'


FOUND = [{'name': 'busybox', 'description': 'small', 'is_official': True, 'star_count': 5}]


@pytest.mark.parametrize('name', ENGINES)
def test_a_search_has_name_and_description_in_both_spellings(recorded, name):
    engine = recorded(name)
    engine.respond(as_json(FOUND))
    assert engine.client.search('busybox') == [dict(FOUND[0], Name='busybox', Description='small')]
    assert engine.requests_made == [('GET', '/images/search', {'term': 'busybox'}, None)]


def test_a_search_that_finds_nothing(recorded):
    engine = recorded('docker-20.10_v1.41')
    engine.respond(as_json(None))
    assert engine.client.search('nothing') == []


@pytest.mark.parametrize('name', ENGINES)
def test_a_search_of_a_newer_version(recorded, name):
    engine = recorded(name, None)
    engine.respond(as_json(FOUND))
    assert engine.client.search('busybox') == FOUND


class Removing(object):
    """An engine whose removal of a container responds with a recorded or a literal error."""

    def __init__(self, server, version='1.6'):
        self.server = server
        self.client = docker.Client(server.url, version=version, timeout=10)
        server.respond(recording('docker-0.6.5_v1.6', 'version-unprefixed'))

    def remove(self, *responses, **arguments):
        self.server.respond(*responses)
        try:
            return self.client.remove_container('web', **arguments)
        finally:
            self.client.close()

    @property
    def calls(self):
        return [(request.method, request.path) for request in self.server.requests[1:]]


BIND = http(404, 'No such id: 2f3a\n')
GONE = http(404, 'No such container: web\n')
DELETE, INSPECT = ('DELETE', '/v1.6/containers/web'), ('GET', '/v1.6/containers/web/json')


def test_a_container_with_a_bind_is_removed(server):
    engine = Removing(server)
    assert engine.remove(BIND, GONE, v=True) is None
    assert engine.calls == [DELETE, INSPECT]


def test_a_container_that_is_still_there_is_not_removed(server):
    engine = Removing(server)
    with pytest.raises(docker.errors.NotFound, match='No such id'):
        engine.remove(BIND, as_json({'ID': 'web'}), v=True)


def test_a_missing_container_is_not_removed(server):
    engine = Removing(server)
    with pytest.raises(docker.errors.NotFound, match='No such container'):
        engine.remove(recording('docker-0.6.5_v1.6', 'remove-missing'), v=True)
    assert engine.calls == [DELETE]


def test_a_404_without_v_is_an_error(server):
    with pytest.raises(docker.errors.NotFound):
        Removing(server).remove(BIND)


def test_a_404_of_a_newer_engine_is_an_error(recorded):
    engine = recorded(ENGINES[0])
    engine.respond(BIND)
    with pytest.raises(docker.errors.NotFound):
        engine.client.remove_container('rec1', v=True)


@pytest.mark.parametrize('newest, config', [
    ('1.17', {'HostConfig': {'Privileged': True}}), ('1.41', {'HostConfig': {'Privileged': True}}),
    (None, {'Privileged': True})], ids=['Docker 1.5', 'Docker 20.10', 'Docker 0.6'])
def test_privileged_is_where_the_engine_takes_it(server, newest, config):
    version = {'ApiVersion': newest, 'MinAPIVersion': '1.6'} if newest else {'Version': '0.6.5'}
    client = docker.Client(server.url, timeout=10)
    server.respond(as_json(version), as_json({'Id': 'a' * 64}, 201))
    client.create_container_from_config({'Image': 'busybox', 'Privileged': True})
    client.close()
    assert server.request.json == dict({'Image': 'busybox'}, **config)


def test_search_results_of_an_engine_at_every_version(server):
    client = docker.Client(server.url, timeout=10)
    version = recording('docker-1.6.2_v1.6', 'version-unprefixed')
    server.respond(version, version, as_json([{'name': 'busybox', 'description': 'small'}]))
    found, = client.search('busybox')
    client.close()
    assert server.request.path == '/v1.6/images/search'
    assert (found['Name'], found['Description']) == ('busybox', 'small')


def test_a_name_with_a_digest_is_no_tag(recorded):
    engine = recorded('docker-29.7_v1.55')
    digest = 'busybox@sha256:' + 64 * 'a'
    engine.respond(*[as_json([{'Id': 'a', 'ParentId': '', 'RepoTags': [digest, 'busybox:v1'], 'Size': 3},
                              {'Id': 'b', 'ParentId': '', 'RepoTags': [digest], 'Size': 3}])] * 2)
    tagged, untagged = engine.client.images()
    assert (tagged['Repository'], tagged['Tag']) == ('busybox', 'v1')
    assert 'Repository' not in untagged and 'Tag' not in untagged
    assert tagged['RepoTags'] == [digest, 'busybox:v1']
    graph = engine.client.images(viz=True)
    assert 'busybox:v1' in graph and '@' not in graph


def test_an_image_without_a_name_has_none_on_old_engines(recorded):
    engine = recorded(OLD)
    engine.respond('images')
    names = [(image.get('Repository'), image.get('Tag')) for image in engine.client.images()]
    assert names == [('busybox', 'latest'), (None, None), ('127.0.0.1:5555/foobar/bb', 'v1')]


def test_a_search_on_old_engines(recorded):
    engine = recorded(OLD)
    engine.respond(as_json([{'name': 'busybox', 'description': 'small', 'star_count': 1}]))
    (found,) = engine.client.search('busybox')
    assert (found['Name'], found['Description'], found['star_count']) == ('busybox', 'small', 1)


def test_truths_of_info_on_old_engines(recorded):
    engine = recorded(OLD)
    engine.respond('info')
    info = engine.client.info()
    assert (info['Debug'], info['MemoryLimit'], info['SwapLimit'], info['IPv4Forwarding']) == (
        False, True, True, True)
    assert isinstance(info['Debug'], bool) and isinstance(info['SwapLimit'], bool)
    assert info['LXCVersion'] == ''


@pytest.mark.parametrize('privileged', [True, False])
@pytest.mark.parametrize('name', ENGINES + (OLD,))
def test_inspect_has_privileged_in_the_config(recorded, name, privileged):
    engine = recorded(name)
    inspect = engine.recorded_json('inspect-exited')
    inspect['HostConfig']['Privileged'] = privileged
    engine.respond(as_json(inspect), 'inspect-committed')
    assert engine.client.inspect_container('rec1')['Config']['Privileged'] is privileged
    image = engine.client.inspect_image('committed')
    assert image['config']['Privileged'] is image['container_config']['Privileged'] is False


class Old(object):
    """A Client of Docker 0.6.5."""

    def __init__(self, server):
        self.server = server
        self.client = docker.Client(server.url, timeout=10)
        server.respond(recording('docker-0.6.5_v1.6', 'version-unprefixed'))

    def responses(self, **config):
        self.server.respond(as_json({'ID': 'a' * 64, 'State': {'Running': False}, 'Config': config}))


@pytest.fixture
def old(server):
    old = Old(server)
    yield old
    old.client.close()


def test_privileged_of_a_host_config_is_set_at_creation(server, old):
    server.respond(as_json({'Id': 'a' * 12}, 201))
    container = old.client.create_container('busybox', 'true', host_config={'Privileged': True})
    assert server.request.json['Privileged'] is True and 'HostConfig' not in server.request.json
    old.responses(Privileged=True)
    old.responses(Privileged=True)
    server.respond(http(204))
    old.client.start(container, privileged=True)
    assert server.request.json == {}


def test_privileged_at_the_start_is_refused(server, old):
    old.responses(Privileged=False)
    with pytest.raises(docker.errors.NotSupported, match='privileged'):
        old.client.start('web', privileged=True)
    assert server.request.method == 'GET'


def test_all_ports_are_published_one_by_one(server, old):
    server.respond(as_json({'Id': 'a' * 12}, 201))
    container = old.client.create_container('busybox', 'true', host_config={'PublishAllPorts': True})
    for _ in range(2):
        old.responses(ExposedPorts={'80/tcp': {}, '53/udp': {}})
    server.respond(http(204))
    old.client.start(container, port_bindings={80: 8080})
    bindings = server.request.json['PortBindings']
    assert bindings['80/tcp'][0]['HostPort'] == '8080'
    assert bindings['53/udp'] == [{'HostIp': '', 'HostPort': ''}]


def test_a_start_without_them_needs_no_more_requests(server, old):
    old.responses()
    server.respond(http(204))
    old.client.start('web', binds=['/a:/b'])
    assert server.request.json == {'Binds': ['/a:/b']}
    assert len(server.requests) == 3
