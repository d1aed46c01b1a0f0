"""An engine that responds from memory, so that a client is what is measured: server.py SOCKET API

It speaks to the Unix socket SOCKET as an engine of API 1.6 or as a newer one, 1.41, with the
responses of such engines (tests/recordings), until its standard input ends. All that it sends
is created before the first call, and sent in large pieces.

The name in a request decides what a stream consists of:

    /containers/frames-64-1000/logs     1,000 frames of 64 bytes, a chunk each, as an engine does
    /containers/frames-64-1000/attach   the same on the bare connection, which then ends;
                                        `following-` in place of `frames-`: of one that still runs
                                        `flushed-`: each frame is sent by itself, as an engine flushes it
    /exec/frames-64-1000/start          the same as attach
    /containers/stats-9/stats           9 stats, a chunk each
    /containers/blocks-1000/export      1,000 chunks of 32 KiB; also archive and copy, and of an image
                                        /images/blocks-1000/get
    /images/create?fromImage=objects-9  9 JSON objects, a chunk each; also POST /build
    /events?since=9                     9 events

The body of PUT archive, of POST /images/load and of a build is read and forgotten; GET /first-byte tells
when the first byte of a build's came.
"""
import json
import os
import re
import socket
import struct
import sys
import threading
import time

RECORDINGS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'recordings')
LISTED = 1000
CHUNK = 32 * 1024           # what an engine copies an archive by
PIECE = 1024 * 1024
PAUSE_SECONDS = 0.01
REQUEST = re.compile(rb'([A-Z]+) (?:http://[^/]+)?(?:/v[\d.]+)?(?:/libpod)?(/[^? ]*)(\S*) HTTP/1.1\r\n')
LENGTH = re.compile(rb'\r\ncontent-length: *(\d+)', re.IGNORECASE)
CONTAINER = re.compile(
    rb'/(?:containers|images)/([a-z]+)-(?:(\d+)-)?(\d+)/(logs|attach|export|archive|copy|json|get|stats)$')
EXEC = re.compile(rb'/exec/([^/]+)/start$')
TAIL = re.compile(rb'tail=(\d+)')
OBJECTS = re.compile(rb'objects-(\d+)|since=(\d+)')

OK = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n'
CHUNKED = OK + b'Transfer-Encoding: chunked\r\n\r\n'
RAW = b'HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\n'
UPGRADED = (b'HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\n'
            b'Connection: Upgrade\r\nUpgrade: tcp\r\n\r\n')


# As Docker 20.10 lists them.
NETWORK = {
    'Name': 'front', 'Created': '2026-11-26T09:52:34.881618968Z', 'Scope': 'local', 'Driver': 'bridge',
    'EnableIPv6': False, 'IPAM': {'Driver': 'default', 'Options': None, 'Config': [
        {'Subnet': '172.18.0.0/16', 'Gateway': '172.18.0.1'}]}, 'Internal': False, 'Attachable': False,
    'Ingress': False, 'ConfigFrom': {'Network': ''}, 'ConfigOnly': False, 'Containers': {},
    'Options': {'com.docker.network.driver.mtu': '1400'}, 'Labels': {'tier': 'web'}}
VOLUME = {
    'CreatedAt': '2026-11-26T09:53:05Z', 'Driver': 'local', 'Labels': {'tier': 'db'}, 'Name': 'data',
    'Mountpoint': '/var/lib/docker/volumes/data/_data', 'Scope': 'local',
    'Options': {'device': 'tmpfs', 'o': 'size=1m', 'type': 'tmpfs'}}
# What Docker 20.10 sends each second.
STATS = {
    'read': '2026-11-26T09:52:04.544627745Z', 'preread': '2026-11-26T09:52:03.541489836Z',
    'pids_stats': {'current': 1}, 'num_procs': 0, 'storage_stats': {},
    'blkio_stats': {key: [] for key in (
        'io_service_bytes_recursive', 'io_serviced_recursive', 'io_queue_recursive', 'io_wait_time_recursive',
        'io_service_time_recursive', 'io_merged_recursive', 'io_time_recursive', 'sectors_recursive')},
    'memory_stats': {
        'usage': 475136, 'max_usage': 3821568, 'limit': 25276514304, 'stats': {key: 9223372 for key in (
            'active_anon active_file cache dirty hierarchical_memory_limit inactive_anon inactive_file '
            'mapped_file pgfault pgmajfault pgpgin pgpgout rss rss_huge total_active_anon total_active_file '
            'total_cache total_dirty total_inactive_anon total_inactive_file total_mapped_file total_pgfault '
            'total_pgmajfault total_pgpgin total_pgpgout total_rss total_unevictable unevictable').split()}},
    'name': '/web', 'id': '5759368fe7283c09447d830056d95e3b1185d72ce6e0160b05ffdfcae4ee96cb',
    'networks': {'eth0': {'rx_bytes': 810, 'rx_packets': 9, 'rx_errors': 0, 'rx_dropped': 0,
                          'tx_bytes': 0, 'tx_packets': 0, 'tx_errors': 0, 'tx_dropped': 0}}}
for key in 'cpu_stats', 'precpu_stats':
    STATS[key] = {
        'cpu_usage': {'total_usage': 107169348, 'percpu_usage': [50993729, 56175619],
                      'usage_in_kernelmode': 40000000, 'usage_in_usermode': 50000000},
        'system_cpu_usage': 54899460000000, 'online_cpus': 2,
        'throttling_data': {'periods': 0, 'throttled_periods': 0, 'throttled_time': 0}}


def recorded(engine, name):
    """The bytes of the body of a recorded response."""
    with open(os.path.join(RECORDINGS, engine, name + '.response'), 'rb') as file:
        head, _, body = file.read().partition(b'\r\n\r\n')
    if b'chunked' not in head:
        return body
    whole = b''
    while body:     # one that never ends was cut off when it was recorded
        size, _, body = body.partition(b'\r\n')
        size = int(size, 16)
        whole, body = whole + body[:size], body[size + 2:]
    return whole


def listed(body):
    """The body of a list, with its items over and over under ids of their own."""
    items = json.loads(body)
    return json.dumps([dict(items[number % len(items)], Id='%064x' % number)
                       for number in range(LISTED)], separators=(',', ':')).encode()


def whole(body, status=OK):
    return status + b'Content-Length: %d\r\n\r\n' % len(body) + body


def chunk(data):
    return b'%x\r\n%s\r\n' % (len(data), data)


def frames(size):
    """Frames of the lines of a log, each with a number of its own."""
    return [struct.pack('>LL', 1 << 24, size) + b'%0*d\n' % (size - 1, number)
            for number in range(PIECE // size)]


class Engine:
    """What an engine responds: `responses` by path, and the units that its streams consist of."""

    def __init__(self, api):
        if api == '1.6':
            self.recordings = 'docker-0.6.5_v1.6'
            containers, inspect, version = '27-containers-all', '21-inspect-exited', b'{"Version":"0.6.5"}'
        else:
            self.recordings = 'docker-20.10_v1.41'
            containers, inspect = '28-containers-all', '22-inspect-exited'
            # An engine of today takes nothing below 1.40.
            version = recorded(self.recordings, '01-version-unprefixed').replace(
                b'"MinAPIVersion":"1.12"', b'"MinAPIVersion":"1.40"')
        self.ended = whole(recorded(self.recordings, inspect))
        self.running = self.ended.replace(b'"Running":false', b'"Running":true ')
        self.responses = {
            b'/_ping': whole(b'OK'),
            b'/version': whole(version),
            b'/containers/json': whole(listed(recorded(self.recordings, containers))),
            b'/images/json': whole(listed(recorded(self.recordings, '06-images'))),
            b'/networks': whole(listed(json.dumps([NETWORK]))),
            b'/volumes': whole(b'{"Volumes":%s,"Warnings":null}' % listed(json.dumps([VOLUME]))),
            b'/images/load': whole(b'{"stream":"Loaded image: busybox:latest\\n"}\n'),
        }
        newer = 'docker-20.10_v1.41'
        self.objects = {
            b'/events': recorded(newer, '70-events-since').splitlines(),
            b'/build': recorded(newer, '64-build').splitlines(),
            b'/images/create': [
                b'{"status":"Downloading","progressDetail":{"current":%d,"total":20193540},'
                b'"progress":"[=====\\u003e           ] %d kB/20.19 MB","id":"%012x"}'
                % (number * 65536, number * 65, number * 7919) for number in range(64)],
        }
        self.objects[b'/images/pull'] = self.objects[b'/images/create']
        self.first_byte = 0
        # Made when first asked for, which a warm-up does.
        self.pieces = {}

    def units(self, make, size, what=b'attach'):
        return self.piece((what, size, 'units'), lambda: make(size))

    def piece(self, key, make):
        if key not in self.pieces:
            self.pieces[key] = make()
        return self.pieces[key]


def talk(connection, engine):
    """Responds to the requests on a connection, until that or a response ends it."""
    held = b''
    with connection:
        while True:
            while b'\r\n\r\n' not in held:
                block = connection.recv(65536)
                if not block:
                    return
                held += block
            head, _, held = held.partition(b'\r\n\r\n')
            method, path, query = REQUEST.match(head + b'\r\n').groups()
            if method != b'GET':
                held = read_body(connection, engine, path, head.lower() + b'\r\n', held)
            if method == b'PUT':
                connection.sendall(whole(b''))
            elif not respond(connection, engine, path, query, head) or b'onnection: close' in head:
                return


def read_body(connection, engine, path, head, held):
    """Reads the body of a request and forgets it; what is left is of the next one."""
    chunked = b'transfer-encoding: chunked' in head
    length = LENGTH.search(head)
    missing = int(length.group(1)) if length else 0
    if not chunked and not missing:
        return held
    room = bytearray(PIECE)
    if not held:
        held = bytes(room[:connection.recv_into(room)])
    if path == b'/build':
        engine.first_byte = time.time()
    if chunked:
        tail = held[-7:]
        while not tail.endswith(b'\r\n0\r\n\r\n') and tail != b'0\r\n\r\n':
            size = connection.recv_into(room)
            if not size:
                return b''
            tail = (tail + room[max(0, size - 7):size])[-7:]
        return b''
    missing -= len(held)
    while missing > 0:
        missing -= connection.recv_into(room) or missing
    return b''


def respond(connection, engine, path, query, head):
    """Answers a request; False when that ends the connection."""
    if path in engine.responses:
        connection.sendall(engine.responses[path])
        return True
    if path == b'/first-byte':
        connection.sendall(whole(b'%r' % engine.first_byte))
        return True
    if path in engine.objects:
        count = OBJECTS.search(query)
        items = engine.objects[path]
        units = engine.piece(path, lambda: [chunk(item + b'\r\n') for item in items if item])
        count = int(count.group(1) or count.group(2)) if count else len(units)
        connection.sendall(CHUNKED)
        send(connection, engine, path + b'?', units, count)
        connection.sendall(b'0\r\n\r\n')
        return True
    name = CONTAINER.match(EXEC.sub(rb'/containers/\1/attach', path))
    if name is None:
        connection.sendall(whole(b'{"message":"No such container"}', OK.replace(b'200 OK', b'404 Not Found')))
        return True
    kind, size, count, what = name.groups()
    size, count = int(size or 0), int(count)
    if what == b'json':
        connection.sendall(engine.running if kind == b'following' else engine.ended)
        return True
    if what == b'attach':
        connection.sendall(UPGRADED if b'Upgrade: ' in head else RAW)
        # The SDK loses what comes so early that http.client has it in its buffer with the head.
        time.sleep(PAUSE_SECONDS)
        send(connection, engine, (what, size), engine.units(frames, size), count)
        return False
    connection.sendall(CHUNKED)
    if what == b'stats':
        text = json.dumps(STATS, separators=(',', ':')) + '\n'
        send(connection, engine, what, [chunk(text.encode())], count)
    elif what == b'logs' and kind == b'flushed':
        units = engine.units(lambda size: [chunk(frame) for frame in frames(size)], size, what)
        for number in range(count):
            connection.sendall(units[number % len(units)])
    elif what == b'logs':
        units = engine.units(lambda size: [chunk(frame) for frame in frames(size)], size, what)
        tail = TAIL.search(query)
        if tail:
            first = max(0, count - int(tail.group(1)))
            connection.sendall(b''.join(units[number % len(units)] for number in range(first, count)))
        else:
            send(connection, engine, (what, size), units, count)
    else:
        send(connection, engine, (what, size), [chunk(bytes(CHUNK))], count)
    connection.sendall(b'0\r\n\r\n')
    return True


def send(connection, engine, key, units, count):
    """Sends `count` units, one after another and over again, many at once."""
    times = max(1, PIECE // sum(map(len, units)))
    piece = engine.piece(key, lambda: b''.join(units) * times)
    pieces, rest = divmod(count, len(units) * times)
    for _ in range(pieces):
        connection.sendall(piece)
    connection.sendall(b''.join((units * (rest // len(units) + 1))[:rest]))


def serve(connection, engine):
    try:
        talk(connection, engine)
    except (BrokenPipeError, ConnectionResetError):
        pass    # a client may leave in the middle


def main():
    path, api = sys.argv[1:]
    engine = Engine(api)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen(1024)

    def accept():
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=serve, args=(connection, engine), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    print('ready', flush=True)
    sys.stdin.read()


if __name__ == '__main__':
    main()
