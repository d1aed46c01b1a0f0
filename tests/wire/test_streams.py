# -*- coding: utf-8 -*-
"""The calls that stream (attach, logs, attach_socket, events, export, copy), and those that wait."""

import io
import json
import socket
import tarfile
import threading

import pytest
from six.moves import zip_longest
import requests

import docker
from docker import errors
from tests.server import HIJACKED, as_json, chunk, chunked, frame, http
from tests.wire import assert_kept, assert_same_request, negotiated, raised, request_parts

RUNNING = {'Running': True, 'StartedAt': '2013-11-23T11:44:33.4Z'}
ENDED = {'Running': False, 'StartedAt': '2013-11-23T11:44:33.4Z'}
CREATED = {'Running': False, 'StartedAt': '0001-01-01T00:00:00Z'}
PATIENCE = 30


def inspected(state=RUNNING, tty=False):
    """A response of inspect_container."""
    return as_json({'ID': 'abc', 'State': state, 'Config': {'Tty': tty}})


# attach and logs

OUTPUT = {'docker-0.6.5_v1.6': [b'err\n', b'out\n', u'héllo\n'.encode('utf-8')],
          'docker-1.6.2_v1.6': [b'err\n', b'out\n', u'héllo\n'.encode('utf-8')],
          'docker-20.10_v1.12': [b'out\n', b'err\n', u'héllo\n'.encode('utf-8')]}


LOGS, TERMINALS = {'docker-20.10_v1.12': 'logs'}, {'docker-20.10_v1.12': 'logs-tty'}


def test_recorded_logs(engine):
    exchange = LOGS.get(engine.name, 'attach-logs')
    engine.respond('inspect-exited', exchange)
    assert engine.client.logs(engine.subject(exchange)) == b''.join(OUTPUT[engine.name])
    assert_same_request(engine.server.requests[0], engine.recorded_request('inspect-exited'))
    assert_same_request(engine.server.request, engine.recorded_request(exchange))


@pytest.mark.parametrize('engine', ['docker-0.6.5_v1.6', 'docker-1.6.2_v1.6'], indirect=True)
def test_recorded_logs_of_stdout_alone(engine):
    engine.respond('inspect-exited', 'attach-logs-stdout-only')
    container = engine.subject('attach-logs-stdout-only')
    assert engine.client.logs(container, stderr=False) == b''.join(OUTPUT[engine.name][1:])
    assert_same_request(engine.server.request, engine.recorded_request('attach-logs-stdout-only'))


def test_recorded_logs_that_stream(engine):
    engine.respond('inspect-exited', 'attach-logs-stream-exited')
    items = list(engine.client.logs(engine.subject('inspect-exited'), stream=True))
    assert items == OUTPUT[engine.name]


def test_recorded_attach_to_a_running_container(engine):
    details = json.loads(engine.recorded_body('inspect-exited').decode('utf-8'))
    details['State'].update(Running=True)
    engine.server.respond(as_json(details))
    engine.respond('attach-stream-live')
    assert list(engine.client.attach(engine.subject('attach-stream-live'), stream=True)) == []
    assert_same_request(engine.server.request, engine.recorded_request('attach-stream-live'))


def test_recorded_output_of_a_terminal(engine):
    exchange = TERMINALS.get(engine.name, 'attach-tty-stream')
    details = json.loads(engine.recorded_body('inspect-exited').decode('utf-8'))
    details['Config'].update(Tty=True)
    details['State'].update(Running=True)
    engine.server.respond(as_json(details))
    engine.respond(exchange)
    container = engine.subject(exchange)
    assert joined(engine.client.logs(container, stream=exchange != 'logs-tty')) == b'tty\r\n'
    assert_same_request(engine.server.request, engine.recorded_request(exchange))


@pytest.mark.parametrize('state, call, query', [
    (RUNNING, lambda c: c.attach('abc'), 'logs=0 stream=0 stdout=1 stderr=1'),
    (RUNNING, lambda c: c.attach('abc', logs=True), 'logs=1 stream=0 stdout=1 stderr=1'),
    (RUNNING, lambda c: c.attach('abc', stream=True), 'logs=0 stream=1 stdout=1 stderr=1'),
    (RUNNING, lambda c: c.attach('abc', False, True, True, True),
     'logs=1 stream=1 stdout=0 stderr=1'),
    (RUNNING, lambda c: c.attach('abc', True, False), 'logs=0 stream=0 stdout=1 stderr=0'),
    (RUNNING, lambda c: c.logs('abc'), 'logs=1 stream=0 stdout=1 stderr=1'),
    (RUNNING, lambda c: c.logs({'Id': 'abc'}, False, True, True),
     'logs=1 stream=1 stdout=0 stderr=1'),
    (CREATED, lambda c: c.logs('abc'), 'logs=1 stream=0 stdout=1 stderr=1'),
    (CREATED, lambda c: c.attach('abc', stream=True), 'logs=0 stream=1 stdout=1 stderr=1'),
    (ENDED, lambda c: c.logs('abc', stream=True), 'logs=1 stream=0 stdout=1 stderr=1'),
    (ENDED, lambda c: c.logs('abc', None, None), 'logs=1 stream=0 stdout=0 stderr=0'),
])
def test_the_request_of_attach(client, server, state, call, query):
    server.respond(inspected(state), HIJACKED + frame(1, b'out'))
    assert joined(call(client)) == b'out'
    expected = dict(pair.split('=') for pair in query.split())
    assert request_parts(server.requests[0]) == ('GET', '/v1.6/containers/abc/json', {}, None)
    assert request_parts(server.requests[1]) == ('POST', '/v1.6/containers/abc/attach', expected, None)
    assert len(server.requests) == 2


FOLLOWING = pytest.mark.parametrize('call', [
    lambda client: client.logs('abc', stream=True),
    lambda client: client.attach('abc', stream=True, logs=True)])


@FOLLOWING
def test_a_container_that_never_ran_is_attached_to(client, server, call):
    server.respond(inspected(CREATED), HIJACKED + frame(1, b'out'), inspected(CREATED))
    assert joined(call(client)) == b'out'
    attach = {'logs': '0', 'stream': '1', 'stdout': '1', 'stderr': '1'}
    assert [request_parts(request)[:3] for request in server.requests] == [
        ('GET', '/v1.6/containers/abc/json', {}), ('POST', '/v1.6/containers/abc/attach', attach),
        ('GET', '/v1.6/containers/abc/json', {})]


@FOLLOWING
@pytest.mark.parametrize('state, stream', [(RUNNING, '1'), (ENDED, '0')], ids=['runs', 'has run'])
def test_a_container_that_is_started_before_it_is_attached_to(client, server, call, state, stream):
    hung_up = threading.Event()

    def attach(peer):
        peer.read_request()
        peer.send(HIJACKED + frame(1, b'not the beginning'))
        peer.wait_closed()
        hung_up.set()

    server.respond(inspected(CREATED), attach, inspected(state), HIJACKED + frame(1, b'all'))
    assert joined(call(client)) == b'all'
    assert server.request.query == {'logs': '1', 'stream': stream, 'stdout': '1', 'stderr': '1'}
    assert hung_up.wait(PATIENCE)


@FOLLOWING
def test_a_container_that_is_removed_while_it_is_attached_to(client, server, call):
    hung_up = threading.Event()

    def attach(peer):
        peer.read_request()
        peer.send(HIJACKED)
        peer.wait_closed()
        hung_up.set()

    server.respond(inspected(CREATED), attach, http(404, 'No such container: abc'))
    with pytest.raises(docker.errors.NotFound):
        call(client)
    assert hung_up.wait(PATIENCE)


def joined(output):
    return output if isinstance(output, bytes) else b''.join(output)


FRAMES = frame(1, b'a') + frame(2, b'') + frame(2, u'\xe9'.encode('utf-8')[:1]) + \
    frame(0, u'\xe9'.encode('utf-8')[1:]) + frame(1, b'\0' * 70000)
WRITTEN = b'a' + u'\xe9'.encode('utf-8') + b'\0' * 70000


@pytest.mark.parametrize('stream', [False, True])
def test_frames_are_decoded(client, server, stream):
    server.respond(inspected(), HIJACKED + FRAMES)
    assert joined(client.logs('abc', stream=stream)) == WRITTEN


@pytest.mark.parametrize('stream', [False, True])
@pytest.mark.parametrize('call', ['attach', 'logs'])
def test_output_of_a_terminal_is_not_decoded(client, server, call, stream):
    server.respond(inspected(tty=True), HIJACKED + FRAMES)
    assert joined(getattr(client, call)('abc', stream=stream)) == FRAMES


@pytest.mark.parametrize('call, written', [('attach', [b'a', b'b']), ('logs', [b'a', b'b'])])
def test_each_item_is_the_bytes_of_one_frame(client, server, call, written):
    server.respond(inspected(), HIJACKED + frame(1, b'a') + frame(2, b'b'))
    assert list(getattr(client, call)('abc', stream=True)) == written


def test_output_in_chunked_encoding(client, server):
    server.respond(inspected(), chunked([FRAMES[:3], FRAMES[3:9], FRAMES[9:]],
                                        'application/vnd.docker.raw-stream'))
    assert client.logs('abc') == WRITTEN


@pytest.mark.parametrize('stream', [False, True])
def test_an_error_after_the_head(client, server, stream):
    server.respond(inspected(), HIJACKED + frame(1, b'a') + u'No such h\xe9llo\n'.encode('utf-8'))
    error = raised(errors.OperationFailed, lambda: joined(client.logs('abc', stream=stream)))
    assert error.explanation == 'No such héllo'


@pytest.mark.parametrize('stream', [False, True])
def test_a_frame_that_is_cut_off(client, server, stream):
    server.respond(inspected(), HIJACKED + frame(1, b'abc')[:-1])
    raised(errors.StreamBroken, lambda: joined(client.logs('abc', stream=stream)))


@pytest.mark.parametrize('call', [
    lambda c: c.attach('nosuch', stream=True), lambda c: c.logs('nosuch'),
    lambda c: c.export('nosuch'),
    lambda c: c.copy('nosuch', '/x'), lambda c: c.attach_socket('nosuch'), lambda c: c.events()])
def test_an_error_is_raised_before_the_first_item(client, server, call):
    server.respond(http(404, 'No such container: nosuch\n'))
    error = raised(errors.NotFound, lambda: call(client))
    assert error.explanation == 'No such container: nosuch'


@pytest.mark.parametrize('stream', [False, True])
def test_an_error_of_attach_itself(client, server, stream):
    server.respond(inspected(), http(500, 'Impossible to attach to a ghost container\n'))
    error = raised(errors.Conflict, lambda: client.attach('abc', stream=stream))
    assert error.explanation == 'Impossible to attach to a ghost container'


# Streams that the client closes before their end

class LiveResponse(object):
    """A response whose last part is sent when `go_on` is set.

    `received` is set when the request has arrived and the other parts are sent, `hung_up` when the client
    has closed the connection.
    """

    def __init__(self, *parts):
        self.parts = parts
        self.received = threading.Event()
        self.go_on = threading.Event()
        self.hung_up = threading.Event()

    def __call__(self, peer):
        peer.read_request()
        for part in self.parts[:-1]:
            peer.send(part)
        self.received.set()
        self.go_on.wait(PATIENCE)
        try:
            peer.send(self.parts[-1])
        except (OSError, socket.error):
            pass
        peer.wait_closed()
        self.hung_up.set()


LIVE = [
    ('attach', lambda c: c.attach('abc', stream=True), [inspected()], (HIJACKED + frame(1, b'a'), b'')),
    ('logs', lambda c: c.logs('abc', stream=True), [inspected()], (HIJACKED + frame(1, b'a'), b'')),
    ('events', lambda c: c.events(), [], (chunked([b'{"a": 1}'])[:-5], b'')),
    ('pull', lambda c: c.pull('busybox', stream=True), [], (chunked([b'{"a": 1}'])[:-5], b'')),
    ('push', lambda c: c.push('busybox', stream=True), [], (chunked([b'{"a": 1}'])[:-5], b'')),
    ('build', lambda c: c.build(fileobj=io.BytesIO(b'FROM busybox'), stream=True), [],
     (chunked([b'Step 1'], 'text/plain')[:-5], b'')),
    ('export', lambda c: c.export('abc'), [],
     (chunked([b'a' * 600], 'application/x-tar')[:-5], b'')),
    ('copy', lambda c: c.copy('abc', '/x'), [],
     (chunked([b'a' * 600], 'application/x-tar')[:-5], b'')),
]


@pytest.mark.parametrize('leave', ['close', 'with', 'del'])
@pytest.mark.parametrize('name, call, before, parts', LIVE, ids=[row[0] for row in LIVE])
def test_leaving_a_stream_closes_its_connection(client, server, name, call, before, parts, leave):
    live = LiveResponse(*parts)
    server.respond(*before)
    server.respond(live)
    stream = call(client)
    assert next(iter(stream))
    if leave == 'close':
        stream.close()
        stream.close()
    elif leave == 'with':
        with stream:
            pass
    else:
        del stream
    live.go_on.set()
    assert live.hung_up.wait(PATIENCE)


@pytest.mark.parametrize('name, call, before, parts', LIVE, ids=[row[0] for row in LIVE])
def test_close_from_another_thread_ends_the_iteration(client, server, name, call, before, parts):
    live = LiveResponse(*parts)
    server.respond(*before)
    server.respond(live)
    stream = call(client)
    got, wrong, first = [], [], threading.Event()

    def read():
        try:
            for item in stream:
                got.append(item)
                first.set()
        except Exception as error:
            wrong.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    assert first.wait(PATIENCE)
    stream.close()
    thread.join(PATIENCE)
    assert not thread.is_alive()
    live.go_on.set()
    assert live.hung_up.wait(PATIENCE)
    assert len(got) == 1
    if name in ('export', 'copy'):
        # A file raises this when it is closed while it is read.
        assert all(isinstance(error, ValueError) for error in wrong)
    else:
        assert not wrong


@pytest.mark.parametrize('name, call, before, parts', LIVE, ids=[row[0] for row in LIVE])
def test_other_calls_do_not_wait_for_a_stream(server, name, call, before, parts):
    client = negotiated(docker.Client(server.url, timeout=10, pool_size=1), server)
    live = LiveResponse(*parts)
    server.respond(*before)
    server.respond(live, as_json({'Version': '0.6.5'}))
    stream = call(client)
    next(iter(stream))
    assert client.version() == {'Version': '0.6.5'}
    stream.close()
    live.go_on.set()
    client.close()


# Calls that wait

SLOW = [
    ('wait', lambda c: c.wait('abc'), [], b'', as_json({'StatusCode': 3}), 3),
    ('build', lambda c: c.build(fileobj=io.BytesIO(b'FROM busybox')), [], b'',
     chunked([b'Successfully built 0123456789ab\n'], 'text/plain'),
     ('0123456789ab', u'Successfully built 0123456789ab\n')),
    ('build, after the first chunk', lambda c: c.build(fileobj=io.BytesIO(b'FROM busybox')), [],
     chunked([b'Successfully built '], 'text/plain')[:-5], chunk(b'0123456789ab\n') + b'0\r\n\r\n',
     ('0123456789ab', u'Successfully built 0123456789ab\n')),
    ('pull', lambda c: c.pull('busybox'), [], b'', chunked([b'{"a": 1}']), u'{"a": 1}'),
    ('pull, after the first chunk', lambda c: c.pull('busybox'), [], chunked([b'{"a":'])[:-5],
     chunk(b' 1}') + b'0\r\n\r\n', u'{"a": 1}'),
    ('push', lambda c: c.push('busybox'), [], b'', chunked([b'{"a": 1}']), u'{"a": 1}'),
    ('import', lambda c: c.import_image(b'tar\0'), [], b'', chunked([b'{"status": "1"}']),
     u'{"status": "1"}'),
    ('insert', lambda c: c.insert('busybox', 'http://localhost/x', '/x'), [], b'',
     http(200, 'Successfully built 0123456789ab'), u'{"Id": "0123456789ab"}'),
    ('events', lambda c: list(c.events()), [], chunked([b'{"a": 1}'])[:-5],
     chunk(b'{"b": 2}') + b'0\r\n\r\n', [u'{"a": 1}', u'{"b": 2}']),
    ('logs', lambda c: list(c.logs('abc', stream=True)), [inspected()], HIJACKED + frame(1, b'a'),
     frame(2, b'b'), [b'a', b'b']),
    ('attach', lambda c: list(c.attach('abc', stream=True)), [inspected(tty=True)], HIJACKED + b'a',
     b'b',
     [b'a', b'b']),
    ('stop', lambda c: c.stop('abc', 600), [], b'', http(204), None),
    ('restart', lambda c: c.restart('abc', timeout=600), [], b'', http(204), None),
]


def delayed(now, released, later):
    """A response: `now` is sent at once, `later` when the event `released` is set.

    Its own event `received` is set after `now` is sent. At its end the connection is closed.
    """
    def response(peer):
        peer.read_request()
        peer.send(now)
        response.received.set()
        released.wait(PATIENCE)
        try:
            peer.send(later)
        except (OSError, socket.error):
            pass
        return False
    response.received = threading.Event()
    return response


@pytest.mark.parametrize('name, call, before, now, later, expected', SLOW,
                         ids=[row[0] for row in SLOW])
def test_calls_that_wait_have_no_timeout_but_others_do(server, name, call, before, now, later,
                                                       expected):
    # The call waits for longer than the timeout: another call, which begins later, times out meanwhile.
    client = negotiated(docker.Client(server.url), server)
    client.timeout = 0.1
    released, results = threading.Event(), []
    slow = delayed(now, released, later)
    server.respond(*before)
    server.respond(slow, delayed(b'', released, b''))

    def wait():
        try:
            results.append(call(client))
        except Exception as error:
            results.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    try:
        assert slow.received.wait(PATIENCE)
        error = raised(errors.ReadTimedOut, client.version)
        assert isinstance(error, requests.exceptions.ReadTimeout)
        assert 'GET /version ' in str(error) and server.path in str(error)
        assert results == []
    finally:
        released.set()
        thread.join(PATIENCE)
    assert results == [expected]
    client.close()


@pytest.mark.parametrize('call, before', [
    (lambda c: c.logs('abc'), [inspected()]),
    (lambda c: c.attach('abc', logs=True), [inspected()]),
    (lambda c: c.logs('abc', stream=True), [inspected(ENDED)]),
    (lambda c: c.inspect_container('abc'), []),
    (lambda c: c.export('abc'), []),
    (lambda c: c.copy('abc', '/x'), []),
    (lambda c: c.build(fileobj=io.BytesIO(b'FROM busybox'), timeout=0.1), []),
    (lambda c: c.stop('abc', 0), []),
])
def test_calls_with_a_timeout(server, call, before):
    client = negotiated(docker.Client(server.url), server)
    client.timeout = 0.1
    released = threading.Event()
    server.respond(*before)
    server.respond(delayed(b'', released, b''))
    try:
        raised(errors.ReadTimedOut, lambda: call(client))
    finally:
        released.set()
        client.close()


# attach_socket

UPGRADED = (b'HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\n'
            b'Connection: Upgrade\r\nUpgrade: tcp\r\n\r\n')


def read_all(sock):
    chunks = []
    while True:
        data = sock.recv(4096)
        if not data:
            return b''.join(chunks)
        chunks.append(data)


@pytest.mark.parametrize('head', [HIJACKED, UPGRADED])
def test_attach_socket_is_two_way_and_complete(client, server, head):
    def cat(peer):
        peer.read_request(body=False)
        peer.send(head + frame(1, b'first'))
        peer.send(frame(1, peer.file.read()))
        return False

    server.respond(cat)
    sock = client.attach_socket('abc')
    try:
        assert sock.gettimeout() is None
        sock.send(b'to ')
        sock.sendall(b'cat')
        sock.shutdown(socket.SHUT_WR)
        assert read_all(sock) == frame(1, b'first') + frame(1, b'to cat')
    finally:
        sock.close()


@pytest.mark.parametrize('params, query', [
    (None, {'stdout': '1', 'stderr': '1', 'stream': '1'}),
    ({}, {'stdout': '1', 'stderr': '1', 'stream': '1'}),
    ({'stdin': 1, 'stream': 1}, {'stdin': '1', 'stream': '1'}),
    ({'stdout': 1, 'logs': 0}, {'stdout': '1', 'logs': '0'}),
])
def test_the_request_of_attach_socket(client, server, params, query):
    server.respond(HIJACKED)
    client.attach_socket({'Id': 'abc'}, params).close()
    assert request_parts(server.request) == ('POST', '/v1.6/containers/abc/attach', query, None)
    assert server.request.headers['connection'].lower() == 'upgrade'
    assert server.request.headers['upgrade'] == 'tcp'


def test_attach_socket_of_a_missing_container(engine):
    engine.respond('attach-missing')
    error = raised(errors.NotFound,
                   lambda: engine.client.attach_socket('nosuch', {'logs': 1, 'stdout': 1}))
    assert error.explanation == engine.recorded_text('attach-missing')
    assert_same_request(engine.server.request, engine.recorded_request('attach-missing'))


# events

def objects_in(text):
    at, found = 0, []
    while at < len(text):
        value, at = json.JSONDecoder().raw_decode(text, at)
        found.append(value)
        while text[at:at + 1].isspace():
            at += 1
    return found


def test_recorded_events(engine):
    engine.respond('events-since')
    recorded_request, items = engine.recorded_request('events-since'), []

    def read():
        for item in engine.client.events(since=int(recorded_request.query['since'])):
            items.append(item)

    raised(errors.StreamBroken, read)  # the recording is cut off
    text = engine.recorded_body('events-since').decode('utf-8')
    # All keys of the engine are there; events of networks and volumes get a status and an id in addition.
    for item, recorded in zip_longest(items, objects_in(text)):
        assert_kept(recorded, json.loads(item))
        assert {'status', 'id', 'time'} <= set(json.loads(item))
    assert len(items) > 10
    assert_same_request(engine.server.request, recorded_request)


def test_events_as_dicts(client, server):
    events = [{'status': 'start', 'id': 'a', 'from': 'busybox', 'time': 1}, {'status': 'die', 'id': u'\xe9'}]
    server.respond(chunked([json.dumps(event).encode('ascii') for event in events]))
    assert list(client.events(decode=True)) == events


@pytest.mark.parametrize('engine', ['docker-0.6.5_v1.6'], indirect=True)
def test_events_of_an_engine_that_responds_only_at_the_first_event(engine):
    released, ended = threading.Event(), threading.Event()
    silent = delayed(b'', released, b'')
    engine.server.respond(silent)
    stream = engine.client.events()

    def read():
        if list(stream) == []:
            ended.set()

    thread = threading.Thread(target=read)
    thread.start()
    try:
        assert silent.received.wait(PATIENCE)
        stream.close()
        assert ended.wait(PATIENCE)
    finally:
        released.set()
        thread.join(PATIENCE)


@pytest.mark.parametrize('arguments, query', [
    ({}, {}), ({'since': None}, {}), ({'since': 0}, {'since': '0'}),
    ({'since': 12}, {'since': '12'})])
def test_the_request_of_events(client, server, arguments, query):
    server.respond(chunked([]))
    assert list(client.events(**arguments)) == []
    assert request_parts(server.request) == ('GET', '/v1.6/events', query, None)


EVENTS = u'{"status": "start"}{"status":"h\xe9 } {"}\n{"a": {"b": "}"}}'.encode('utf-8')


@pytest.mark.parametrize('chunks', [
    [EVENTS], [EVENTS[:5], EVENTS[5:]], [EVENTS[i:i + 1] for i in range(len(EVENTS))],
    [EVENTS[i:i + 7] for i in range(0, len(EVENTS), 7)]],
    ids=['whole', 'in two', 'by bytes', 'by seven'])
def test_each_item_is_one_object(client, server, chunks):
    server.respond(chunked(chunks))
    assert list(client.events()) == [
        u'{"status": "start"}', u'{"status":"h\xe9 } {"}', u'{"a": {"b": "}"}}']


def test_an_event_is_returned_before_the_next_one(client, server):
    live = LiveResponse(chunked([b'{"a": 1}'])[:-5], chunk(b'{"b": 2}') + b'0\r\n\r\n')
    server.respond(live)
    with client.events() as stream:
        assert next(stream) == u'{"a": 1}'
        live.go_on.set()
        assert list(stream) == [u'{"b": 2}']


# export and copy

def archive():
    packed = io.BytesIO()
    with tarfile.open(mode='w', fileobj=packed) as tar:
        for name, content in (('etc/motd', b'hello'), ('big', b'0123456789' * 20000)):
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
    return packed.getvalue()


ARCHIVE = archive()
FILES = [lambda c: c.export('abc'), lambda c: c.copy('abc', '/x')]


@pytest.mark.parametrize('call', FILES)
@pytest.mark.parametrize('response', [
    http(200, ARCHIVE, 'application/x-tar'),
    chunked([ARCHIVE[:10], ARCHIVE[10:100000], ARCHIVE[100000:]], 'application/octet-stream'),
    b'HTTP/1.1 200 OK\r\nContent-Type: application/x-tar\r\n\r\n' + ARCHIVE,
], ids=['length', 'chunks', 'until closed'])
def test_archives_are_files(client, server, call, response):
    server.respond(*[response] * 4)
    with call(client) as archive:
        assert archive.read() == ARCHIVE
        assert archive.read() == archive.read(5) == b''
    with call(client) as archive:
        blocks = list(iter(lambda: archive.read(4096), b''))
        assert [len(block) for block in blocks[:-1]] == [4096] * (len(blocks) - 1)
        assert b''.join(blocks) == ARCHIVE
    with call(client) as archive:
        assert b''.join(archive) == ARCHIVE
    with call(client) as archive:
        with tarfile.open(mode='r|', fileobj=archive) as tar:
            assert [(member.name, len(tar.extractfile(member).read())) for member in tar] == [
                ('etc/motd', 5), ('big', 200000)]
    assert archive.closed


@pytest.mark.parametrize('call, expected', [
    (lambda c: c.export({'Id': 'abc'}), ('GET', '/v1.6/containers/abc/export', {}, None)),
    (lambda c: c.copy('abc', '/etc/passwd'),
     ('POST', '/v1.6/containers/abc/copy', {}, {'Resource': '/etc/passwd'})),
    (lambda c: c.copy('abc', 'etc/passwd'),
     ('POST', '/v1.6/containers/abc/copy', {}, {'Resource': 'etc/passwd'})),
    (lambda c: c.copy('abc', '/'), ('POST', '/v1.6/containers/abc/copy', {}, {'Resource': '/'})),
    (lambda c: c.copy('abc', '/etc/'),
     ('POST', '/v1.6/containers/abc/copy', {}, {'Resource': '/etc/'})),
    (lambda c: c.copy('abc', '/a/../b'),
     ('POST', '/v1.6/containers/abc/copy', {}, {'Resource': '/a/../b'})),
    (lambda c: c.copy('abc', 'hé llo'),
     ('POST', '/v1.6/containers/abc/copy', {}, {'Resource': u'h\xe9 llo'})),
])
def test_the_requests_of_archives(client, server, call, expected):
    server.respond(http(200, ARCHIVE, 'application/x-tar'))
    call(client).close()
    assert request_parts(server.request) == expected


def test_a_recorded_copy(engine):
    engine.respond('copy')
    with engine.client.copy(engine.subject('copy'), '/f1') as archive:
        assert archive.read() == engine.recorded_body('copy')
    if engine.name == 'docker-20.10_v1.12':
        assert engine.server.request.target == '/v1.20/containers/{0}/archive?path=%2Ff1'.format(
            engine.subject('copy'))
    else:
        assert_same_request(engine.server.request, engine.recorded_request('copy'))
    with tarfile.open(mode='r|', fileobj=io.BytesIO(engine.recorded_body('copy'))) as tar:
        assert [member.name for member in tar] == ['f1']


def test_the_beginning_of_a_recorded_export(engine):
    engine.respond('export-head')
    with engine.client.export(engine.subject('export-head')) as archive:
        with tarfile.open(mode='r|', fileobj=archive, bufsize=512) as tar:
            assert tar.next().name in ('.', './', '.dockerenv')
    assert_same_request(engine.server.request, engine.recorded_request('export-head'))


def test_an_archive_that_is_cut_off_is_an_error(engine):
    engine.respond('export-head')
    with engine.client.export(engine.subject('export-head')) as archive:
        raised(errors.StreamBroken, archive.read)
