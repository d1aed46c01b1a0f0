"""Podman's exec instances and stats."""

import json

import pytest

from docker import errors
from tests.server import HIJACKED, as_json, chunked, frame, http
from tests.transport.changes import DOCKER, PODMAN

INSTANCE = 'e' * 64
FRAMES = frame(1, b'out\n') + frame(2, b'err\n')
STATS = {'read': '2026-11-26T09:52:12Z', 'Id': 'c' * 64, 'networks': {'network': {'rx_bytes': 266}}}


def inspected(terminal):
    return as_json({'ID': INSTANCE, 'ContainerID': 'c' * 64, 'ProcessConfig': {'tty': terminal}})


@pytest.mark.parametrize('tty', [False, True])
@pytest.mark.parametrize('terminal, sent, output', [
    (False, FRAMES, b'out\nerr\n'), (True, b'out\r\nerr\r\n', b'out\r\nerr\r\n')])
def test_the_framing_goes_by_the_terminal(recorded, tty, terminal, sent, output):
    engine = recorded(PODMAN)
    engine.respond(inspected(terminal), HIJACKED + sent, inspected(terminal), HIJACKED + sent)
    assert engine.client.exec_start(INSTANCE, tty=tty) == output
    assert b''.join(engine.client.exec_start(INSTANCE, tty=tty, stream=True)) == output
    path = '/exec/{0}/'.format(INSTANCE)
    assert engine.requests_made[:2] == [
        ('GET', path + 'json', {}, None), ('POST', path + 'start', {}, {'Detach': False, 'Tty': tty})]


def test_outputs_of_a_terminal_are_standard_output(recorded):
    engine = recorded(PODMAN)
    engine.respond(inspected(True), HIJACKED + b'out\r\nerr\r\n')
    assert engine.client.exec_start(INSTANCE, demux=True) == (b'out\r\nerr\r\n', None)


@pytest.mark.parametrize('arguments, response', [
    ({'detach': True}, http(200, b'\n')), ({'socket': True}, HIJACKED)])
def test_what_is_not_decoded_is_not_inspected(recorded, arguments, response):
    engine = recorded(PODMAN)
    engine.respond(response)
    result = engine.client.exec_start(INSTANCE, **arguments)
    assert len(engine.requests_made) == 1
    if result != b'':
        result.close()


def test_no_instance(recorded):
    engine = recorded(PODMAN)
    engine.respond(as_json({'message': 'no exec session with ID x found: no such exec session'}, 404))
    with pytest.raises(errors.NotFound):
        engine.client.exec_start('x')
    assert len(engine.requests_made) == 1


@pytest.mark.parametrize('status', ['created', 'running', 'stopped'])
def test_an_instance_that_has_been_run(recorded, status):
    engine = recorded(PODMAN)
    engine.respond(inspected(False), as_json({'message': (
        'can only start created exec sessions, while container c session e state is "{0}": exec session '
        'state improper'.format(status))}, 500))
    with pytest.raises(errors.Conflict):
        engine.client.exec_start(INSTANCE)


@pytest.mark.parametrize('version', ['1.6', None])
def test_stats_have_an_id(recorded, version):
    engine = recorded(PODMAN, version)
    engine.respond(as_json(STATS))
    stats = engine.client.stats('web', stream=False)
    assert stats['id'] == STATS['Id'] and stats['networks'] == STATS['networks']
    assert ('network' in stats) is (version == '1.6')


@pytest.mark.parametrize('version', ['1.6', None])
@pytest.mark.parametrize('decode', [None, True])
def test_stats_of_a_stream_have_an_id(recorded, version, decode):
    engine = recorded(PODMAN, version)
    engine.respond(chunked([json.dumps(stats).encode('ascii') + b'\n' for stats in (
        STATS, dict(STATS, id='d' * 64))]))
    items = list(engine.client.stats('web', decode=decode))
    items = items if decode else [json.loads(item) for item in items]
    assert [(stats['id'], stats['Id']) for stats in items] == [
        (STATS['Id'], STATS['Id']), ('d' * 64, STATS['Id'])]
    assert [('network' in stats) for stats in items] == [version == '1.6'] * 2


def test_stats_of_a_container_that_does_not_run(recorded):
    engine = recorded(PODMAN)
    engine.respond(http(200))
    stats = engine.client.stats('web', stream=False)
    assert stats['read'] == '0001-01-01T00:00:00Z' and stats['cpu_stats'] == {}


def test_an_empty_response_of_docker_is_an_error(recorded):
    engine = recorded(DOCKER[0])
    engine.respond(http(200))
    with pytest.raises(errors.NotAnEngine):
        engine.client.stats('web', stream=False)
