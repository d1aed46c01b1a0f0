# coding: utf-8
"""What is different with Podman's commit: it takes instructions in place of a Config."""

import pytest

from docker import errors
from tests.server import as_json
from tests.transport.changes import PODMAN

VERSIONS = pytest.mark.parametrize('version', ['1.6', None])


def changes_of(engine):
    sent = engine.server.request.query['changes']
    return (sent if isinstance(sent, type(u'')) else sent.decode('utf-8')).split(u'\n')


@VERSIONS
def test_the_config_of_a_commit_becomes_instructions(recorded, version):
    engine = recorded(PODMAN, version)
    engine.respond('commit')
    engine.client.commit('rec1', 'committed', conf={
        'Cmd': ['/bin/cat'], 'Entrypoint': ['a', 'b c'], 'Env': [u'A=caf\xe9', 'B="q" ', 'C'], 'User': 'me',
        'ExposedPorts': {'80/tcp': {}}, 'Volumes': {'/v w': {}}, 'WorkingDir': '/w', 'StopSignal': 'SIGINT',
        'Labels': {'a': 'b c', 'd': '"e"=', 'f': ''}})
    assert sorted(changes_of(engine)) == [
        u'CMD ["/bin/cat"]', u'ENTRYPOINT ["a", "b c"]', u'ENV A="caf\xe9"', u'ENV B=""q" "', u'ENV C',
        u'EXPOSE 80/tcp', u'LABEL "a"="b c"', u'LABEL "d"=""e"="', u'LABEL "f"=""', u'STOPSIGNAL SIGINT',
        u'USER me', u'VOLUME ["/v w"]', u'WORKDIR /w']


@pytest.mark.parametrize('conf, changes', [
    ({'Entrypoint': []}, [u'ENTRYPOINT []']), ({'Cmd': 'a b'}, [u'CMD ["a b"]']),
    ({'Cmd': ['a\nb']}, [u'CMD ["a\\nb"]']), ({'User': 7}, [u'USER 7'])])
def test_values_of_other_forms(recorded, conf, changes):
    engine = recorded(PODMAN)
    engine.respond(as_json({'Id': 'a'}, 201))
    engine.client.commit('rec1', conf=conf)
    assert changes_of(engine) == changes


@pytest.mark.parametrize('field, value', [
    ('Healthcheck', {'Test': ['CMD', 'ls']}), ('OnBuild', ['RUN ls']), ('Shell', ['sh']), ('StopTimeout', 3),
    ('Unknown', 'a'),
    ('Labels', {'a=b': 'c'}), ('Labels', {'': 'c'}), ('Labels', ['a']), ('Labels', {'a': 'b\nUSER root'}),
    ('Env', ['A=b\nUSER root']), ('User', 'a\nb'), ('WorkingDir', '/a\nb'), ('ExposedPorts', {'80\n': {}})])
def test_what_is_ignored_is_refused(recorded, field, value):
    engine = recorded(PODMAN)
    with pytest.raises(errors.NotSupported, match=field):
        engine.client.commit('rec1', conf={'Cmd': ['true'], field: value})
    assert engine.requests_made == []


def test_what_is_no_loss_is_taken(recorded):
    engine = recorded(PODMAN)
    engine.respond('commit')
    engine.client.commit('rec1', conf={
        'Hostname': 'web', 'Domainname': 'local', 'Tty': True, 'OpenStdin': True,
        'Healthcheck': None, 'OnBuild': [], 'Labels': {}, 'Env': None,
        'Image': 'busybox', 'AttachStdin': False, 'AttachStdout': True, 'AttachStderr': True})
    assert engine.server.request.query == {'container': 'rec1'}


def test_a_commit_without_a_config_has_no_instructions(recorded):
    engine = recorded(PODMAN)
    engine.respond('commit')
    engine.client.commit('rec1')
    assert engine.server.request.query == {'container': 'rec1'}
    assert engine.server.request.json == {}


@pytest.mark.parametrize('arguments, changes', [
    ({'changes': 'EXPOSE 80'}, [u'EXPOSE 80']),
    ({'changes': ['EXPOSE 80', u'ENV A=caf\xe9'], 'conf': {'Cmd': ['a']}},
     [u'CMD ["a"]', u'EXPOSE 80', u'ENV A=caf\xe9'])])
def test_instructions_of_a_commit(recorded, arguments, changes):
    engine = recorded(PODMAN)
    engine.respond(as_json({'Id': 'a'}, 201))
    engine.client.commit('web', **arguments)
    assert changes_of(engine) == changes
