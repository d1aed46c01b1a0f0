"""The later arguments of logs, with a real engine."""

import datetime
import re
import threading
import time

import pytest

import docker
from docker import errors
from tests.engine.conftest import engine_is_podman, newest_of_engine

LINES = ['line {0}\n'.format(number).encode('ascii') for number in range(1, 21)]
COUNT = 'i=0; while [ $i -lt 20 ]; do i=$((i+1)); echo "line $i"; done'


@pytest.fixture
def ended(client, run):
    container = run(['sh', '-c', COUNT])
    client.wait(container)
    return container


def moment_of(seconds):
    return datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=seconds)


def require(client, version):
    if newest_of_engine(client) < version:
        pytest.skip('this engine has API {0}.{1}'.format(*newest_of_engine(client)))


@pytest.mark.parametrize('tail, lines', [(3, LINES[-3:]), ('1', LINES[-1:]), (100, LINES), ('all', LINES),
                                         (-1, LINES), (None, LINES), (0, [])])
def test_tail(client, ended, tail, lines):
    require(client, (1, 13))
    assert client.logs(ended, tail=tail) == b''.join(lines)
    assert b''.join(client.logs(ended, tail=tail, stream=True)) == b''.join(lines)


def test_timestamps(client, ended):
    require(client, (1, 11))
    output = client.logs(ended, timestamps=True, tail=2)
    pattern = br'(20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d) line (19|20)\n){2}\Z'
    assert re.match(pattern, output)


@pytest.mark.parametrize('form', [
    lambda moment: moment, int, moment_of,
    lambda moment: '{0:.3f}'.format(moment),
    lambda moment: moment_of(moment).strftime('%Y-%m-%dT%H:%M:%SZ')],
    ids=['float', 'int', 'datetime', 'text', 'RFC 3339'])
def test_since_and_until(client, ended, form):
    require(client, (1, 35))
    before, after = time.time() - 1000, time.time() + 1000
    assert client.logs(ended, since=form(before), until=form(after)) == b''.join(LINES)
    assert client.logs(ended, since=form(after)) == b''
    assert client.logs(ended, until=form(before)) == b''


def test_since_a_duration_before_now(client, ended):
    require(client, (1, 35))
    assert client.logs(ended, since='1h') == b''.join(LINES)
    assert client.logs(ended, until='1h') == b''


def test_since_a_fraction_of_a_second(client, run):
    require(client, (1, 24))
    if engine_is_podman(client):
        pytest.skip('Podman 4.3 has timestamps of whole seconds')
    container = run(['sh', '-c', 'echo one; sleep 0.2; echo two'])
    client.wait(container)
    stamps = [line.split()[0].decode('ascii') for line in
              client.logs(container, timestamps=True).splitlines()]
    assert client.logs(container, since=re.sub(r'(\.\d{6})\d*', r'\1', stamps[1])) == b'two\n'


def test_details(client, ended):
    require(client, (1, 23))
    if engine_is_podman(client):
        pytest.skip('Podman 4.3 has other details')
    assert client.logs(ended, details=True, tail=1) == b' line 20\n'


def test_follow_without_stream_and_stream_without_follow(client, run):
    container = run(['sh', '-c', 'echo one; while ! test -e /go; do sleep 0.01; done; echo two'])
    assert next(client.logs(container, stream=True)) == b'one\n'
    assert list(client.logs(container, stream=True, follow=False)) == [b'one\n']
    results = []
    reader = threading.Thread(target=lambda: results.append(client.logs(container, follow=True)))
    reader.start()
    client.execute(container, 'touch /go')
    reader.join(60)
    assert results == [b'one\ntwo\n']


def test_following_the_last_lines(client, run):
    container = run(['sh', '-c', 'echo one; echo two; while ! test -e /go; do sleep 0.01; done; echo three'])
    with client.logs(container, stream=True) as output:
        while next(output) != b'two\n':
            pass
    output = client.logs(container, stream=True, tail=1)
    assert next(output) == b'two\n'
    client.execute(container, 'touch /go')
    assert list(output) == [b'three\n']


def test_no_container(client):
    with pytest.raises(errors.NotFound):
        client.logs('nosuchcontainer', tail=1)


def test_outputs_apart(client, run):
    container = run(['sh', '-c', 'echo out; echo err >&2; echo end'])
    client.wait(container)
    assert client.logs(container, demux=True) == (b'out\nend\n', b'err\n')
    assert client.logs(container, tail=3, stderr=False, demux=True) == (b'out\nend\n', None)
    assert client.attach(container, logs=True, demux=True) == (b'out\nend\n', b'err\n')
    pairs = list(client.logs(container, stream=True, demux=True))
    assert sorted(pairs, key=str) == sorted([(b'out\n', None), (None, b'err\n'), (b'end\n', None)], key=str)
    lines = list(docker.lines(client.logs(container, stream=True, demux=True)))
    assert sorted(lines, key=str) == sorted([(u'out', None), (None, u'err'), (u'end', None)], key=str)


def test_outputs_of_a_terminal_are_one(client, run):
    container = run(['sh', '-c', 'echo out; echo err >&2'], tty=True)
    client.wait(container)
    assert client.logs(container, demux=True) == (b'out\r\nerr\r\n', None)
    assert list(docker.lines(client.logs(container, stream=True))) == [u'out', u'err']
