"""What is measured, a function each, in a process of its own on the Python of the peer.

Each takes a peer (see peers/) and the arguments of a row, warms up what it is about, and returns a
dict of figures: times in the unit that their name tells, rates in MB (10**6 bytes) or items a second,
memory in MiB. What is short is repeated, and the best counts: whatever else the machine does only
adds to a time.
"""
import gc
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time

from peers import http_client, sockets

clock = getattr(time, 'perf_counter', time.time)
MB = 10 ** 6
MIB = 1024 ** 2
BATCHES = 30
WARM_UP, SECONDS = 1000, 0.7
STUCK_SECONDS = 120
MODULE = 'import requests; from time import time; begin = time(); import %s; print((time() - begin) * 1000)'


def calls(peer, call, count):
    """The time of a call, among batches of them."""
    batch = max(1, count // BATCHES)
    peer.times(call, batch)
    times = []
    for _ in range(BATCHES):
        begin = clock()
        peer.times(call, batch)
        times.append(clock() - begin)
    return {'us': min(times) / batch * 1e6}


def frames(peer, call, size, count, prefix='frames'):
    """How fast the output of a container comes, in frames of `size` bytes."""
    def read(number):
        items, came = getattr(peer, call)('%s-%d-%d' % (prefix, size, number))
        expect(items is None or came == size * number, '%d bytes came, not %d' % (came, size * number))
    return {'MB/s': rate(read, count) * size / MB}


def logs(peer, size, count):
    """The output of a container as one bytes: the time, and the memory in sizes of what came."""
    peer.logs('frames-%d-2000' % size)
    gc.collect()
    before = memory('VmRSS')
    begin = clock()
    came = peer.logs('frames-%d-%d' % (size, count))
    elapsed = clock() - begin
    if isinstance(came, bytes):
        expect(len(came) == size * count, '%d bytes came of %d' % (len(came), size * count))
    return {'ms': elapsed * 1e3,
            'sizes': (memory('VmHWM') - before) * MIB / (size * count)}


def latency(peer, count):
    """The time from a line written in a container to that line in the hands of who follows its log, one
    line at a time."""
    engine = http_client.Peer(peer.address, None)
    folder = tempfile.mkdtemp()
    fifo = os.path.join(folder, 'lines')
    os.mkfifo(fifo)
    signal.signal(signal.SIGALRM, stuck)
    container = engine.ask('POST', '/containers/create', {
        'Image': 'busybox', 'Cmd': ['sh', '-c', 'while read line; do echo $line; done < /lines/lines'],
        'HostConfig': {'Binds': [folder + ':/lines'], 'NetworkMode': 'none'}})['Id']
    path = '/containers/' + container
    try:
        engine.ask('POST', path + '/start')
        with open(fifo, 'w', 1) as lines:
            stream = peer.follow(container)
            times = []
            # A client that waits for a buffer to fill waits for ever.
            signal.alarm(STUCK_SECONDS)
            for number in range(count + count // 10):
                line = '%d\n' % number
                begin = clock()
                lines.write(line)
                came = next(stream)
                times.append(clock() - begin)
                expect(came.decode('ascii').endswith(line), '%r came for %r' % (came, line))
    finally:
        engine.ask('DELETE', path + '?force=1')
        os.remove(fifo)
        os.rmdir(folder)
    return {'us': median(times[count // 10:]) * 1e6}


def stuck(number, frame):
    raise ValueError('what was written did not come')


def archive(peer, call, count, target):
    """An archive of `count` chunks of 32 KiB into a file."""
    copy = getattr(peer, call)
    copy('blocks-100', target)
    before = memory('VmRSS')
    begin = clock()
    copy('blocks-%d' % count, target)
    elapsed = clock() - begin
    if target != os.devnull:
        expect(os.path.getsize(target) >= count * 32768, 'the archive is not whole')
        os.remove(target)
    return {'MB/s': count * 32768 / elapsed / MB, 'memory': memory('VmHWM') - before}


def upload(peer, call, source):
    """An archive that is a file, sent to the engine."""
    send = getattr(peer, call)
    with tempfile.NamedTemporaryFile() as small:
        small.write(bytes(bytearray(10240)))
        small.flush()
        send('web', small.name)
    before = memory('VmRSS')
    begin = clock()
    send('web', source)
    elapsed = clock() - begin
    return {'MB/s': os.path.getsize(source) / elapsed / MB, 'memory': memory('VmHWM') - before}


def objects(peer, call, count):
    """How many JSON objects of a stream come in a second."""
    def read(number):
        items, _ = getattr(peer, call)(number)
        # One of 14 of a build's is an id, which its output leaves out.
        expect(items >= number * 0.9, '%d objects came of %d' % (items, number))
    return {'objects/s': rate(read, count)}


def rate(read, count):
    """How many items `read(number)` reads in a second, of `count`, or fewer where that would take
    long."""
    read(WARM_UP)
    begin = clock()
    read(WARM_UP)
    count = min(count, int(WARM_UP * SECONDS / (clock() - begin)) + WARM_UP)
    times = []
    for _ in range(3):
        begin = clock()
        read(count)
        times.append(clock() - begin)
    return count / min(times)


def build(peer, folder):
    """A build: the time, the memory, and when the first byte of its context came to the engine."""
    engine = sockets.Peer(peer.address, None)
    before = memory('VmRSS')
    begin, moment = clock(), time.time()
    peer.build(folder)
    elapsed = clock() - begin
    first = float(engine.ask(b'GET /first-byte').split(b'\r\n')[-1]) - moment
    # What sends nothing is a walk alone, whose end counts.
    return {'s': elapsed, 'memory': memory('VmHWM') - before, 'first': first if first > 0 else elapsed}


def imports(peer, count):
    """What importing the client takes once requests is there, each in a fresh process."""
    times = [float(subprocess.check_output([sys.executable, '-c', MODULE % peer.package]))
             for _ in range(count)]
    return {'ms': min(times)}


def threads(peer, number, count):
    """How many calls a second so many threads make on one client, by those on one each."""
    ratios, rates = [], []
    for _ in range(3):
        one = calls_a_second([peer] * number, count)
        each = calls_a_second([peer.another() for _ in range(number)], count)
        ratios.append(one / each)
        rates.append(one)
    return {'ratio': median(ratios), 'calls/s': median(rates)}


def calls_a_second(peers, count):
    failures = []
    ready, go = threading.Semaphore(0), threading.Event()

    def calls(peer):
        try:
            peer.version()
        except Exception as error:
            failures.append(error)
        ready.release()
        go.wait()
        try:
            for _ in range(count):
                peer.version()
        except Exception as error:
            failures.append(error)

    running = [threading.Thread(target=calls, args=(peer,)) for peer in peers]
    for thread in running:
        thread.start()
    for thread in running:
        ready.acquire()
    begin = clock()
    go.set()
    for thread in running:
        thread.join()
    elapsed = clock() - begin
    expect(not failures, '%d threads failed, one with %r' % (len(failures), failures[:1]))
    return len(peers) * count / elapsed


def growth(peer, count):
    """How much memory (KiB) and how many descriptors a loop of calls gains: a version, an inspect, an
    error and a stream that is left in the middle, over and over."""
    def loop(number):
        for _ in range(number // 4):
            peer.version()
            peer.inspect()
            peer.missing()
            peer.left_early()
        gc.collect()
        return memory('VmRSS') * 1024, len(os.listdir('/proc/self/fd'))

    before, files = loop(count // 10)
    after, files_after = loop(count)
    return {'KiB': after - before, 'descriptors': files_after - files}


def median(numbers):
    numbers = sorted(numbers)
    middle = len(numbers) // 2
    return numbers[middle] if len(numbers) % 2 else (numbers[middle - 1] + numbers[middle]) / 2.0


def memory(key):
    """VmRSS, the memory of this process now, or VmHWM, the most that it was: in MiB."""
    with open('/proc/self/status') as status:
        for line in status:
            if line.startswith(key + ':'):
                return int(line.split()[1]) / 1024.0


def expect(truth, otherwise):
    if not truth:
        raise ValueError(otherwise)
