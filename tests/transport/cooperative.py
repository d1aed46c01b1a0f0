"""What test_cooperative.py runs under gevent or eventlet: cooperative.py LIBRARY ORDER SCENARIO.

The engine is at DOCKER_HOST. A scenario asserts what it is about, and that other greenlets run meanwhile.
"""

import importlib
import os
import sys
import warnings

# Either library warns of what is imported before it, and eventlet of itself.
warnings.simplefilter('ignore')


class Gevent(object):
    """What differs between the two libraries: this is gevent."""

    def __init__(self):
        self.gevent = importlib.import_module('gevent')

    def patch(self):
        importlib.import_module('gevent.monkey').patch_all()

    def spawn(self, function, *arguments):
        return self.gevent.spawn(function, *arguments)

    def wait(self, greenlet):
        return greenlet.get(timeout=30)


class Eventlet(object):
    """The same of eventlet."""

    def __init__(self):
        self.eventlet = importlib.import_module('eventlet')

    def patch(self):
        self.eventlet.monkey_patch()

    def spawn(self, function, *arguments):
        return self.eventlet.spawn(function, *arguments)

    def wait(self, greenlet):
        with self.eventlet.Timeout(30):
            return greenlet.wait()


library = {'gevent': Gevent, 'eventlet': Eventlet}[sys.argv[1]]()
if sys.argv[2] == 'patched first':
    library.patch()
import docker                                                                       # noqa: E402
from docker import credential_helper, errors                                        # noqa: E402
from docker.transport.adapter import EngineAdapter                                  # noqa: E402
from docker.transport.endpoint import endpoint_for                                  # noqa: E402
if sys.argv[2] != 'patched first':
    library.patch()
import socket                                                                       # noqa: E402
import time                                                                         # noqa: E402

import requests                                                                     # noqa: E402

TIMEOUT_SECONDS = 0.3


class Ticks(object):
    """A greenlet that counts while others wait."""

    def __enter__(self):
        self.count, self.going = 0, True
        self.greenlet = library.spawn(self.tick)
        return self

    def tick(self):
        while self.going:
            self.count += 1
            time.sleep(0.001)

    def __exit__(self, kind, error, traceback):
        self.going = False
        library.wait(self.greenlet)
        # A greenlet that has the thread for itself lets it count once or twice.
        assert kind or self.count > 5, 'no other greenlet ran: {0}'.format(self.count)


def raises(kind, function, *arguments, **keywords):
    try:
        function(*arguments, **keywords)
    except kind:
        return
    raise AssertionError('it raised no ' + kind.__name__)


def timeout_of_response(client):
    with Ticks():
        raises(errors.ReadTimedOut, client.get, client.base_url + '/x', timeout=(10, TIMEOUT_SECONDS))


def timeout_of_send(client):
    with Ticks():
        raises(errors.ReadTimedOut, client.post, client.base_url + '/x', data=b'x' * 2 ** 24,
               timeout=(10, TIMEOUT_SECONDS))


def timeout_of_connect(client):
    with Ticks():
        raises(errors.ConnectTimedOut, client.get, client.base_url + '/x', timeout=TIMEOUT_SECONDS)


def place_in_line(client):
    """The engine accepts connections again once another greenlet has asked it to."""
    waiting = library.spawn(lambda: client.get(client.base_url + '/x', timeout=30).text)
    with Ticks():
        time.sleep(0.1)
    print('waiting')
    sys.stdout.flush()
    assert library.wait(waiting) == 'in line'


def interleaved(client):
    """The engine sends the next line of the other container when one was acknowledged."""
    lines = []

    def follow(name):
        for line in client.logs(name, stream=True):
            lines.append(line)
            client.get(client.base_url + '/next', timeout=30)

    client.timeout = 30
    for greenlet in [library.spawn(follow, name) for name in ('a', 'b')]:
        library.wait(greenlet)
    assert lines == [b'a0', b'b0', b'a1', b'b1', b'a2', b'b2'], lines


def closed(client):
    for timeout in (None, 30):
        client.timeout = timeout
        seen = []

        def follow():
            for item in stream:
                seen.append(item)
            seen.append('the end')

        stream = client.events()
        greenlet = library.spawn(follow)
        with Ticks():
            while not seen:
                time.sleep(0.001)
            time.sleep(0.05)
        stream.close()
        library.wait(greenlet)
        assert seen == [u'{"n": 1}', 'the end'], seen


def attached(client):
    sock = client.attach_socket('c')
    data = []

    def receive():
        while not data or data[-1]:
            data.append(sock.read(1000))

    greenlet = library.spawn(receive)
    with Ticks():
        time.sleep(0.05)
    assert sock.write(b'in\n') == 3 and hasattr(sock, '_sock')
    sock.shutdown(socket.SHUT_WR)
    library.wait(greenlet)
    sock.close()
    assert b''.join(data) == b'ready out after', data


def many_headers(client):
    sock = client.attach_socket('c')
    assert sock.recv(100) == b'behind'
    sock.close()


def deferred(client):
    adapter = EngineAdapter(endpoint_for(os.environ['DOCKER_HOST'], client.base_url.startswith('https')))
    request = requests.Request('POST', client.base_url + '/x').prepare()
    settings = client.merge_environment_settings(request.url, {}, True, None, None)
    response = adapter.send_deferred(request, timeout=(10, None), **settings)
    reading = library.spawn(lambda: response.content)
    with Ticks():
        time.sleep(0.05)
    client.get(client.base_url + '/go', timeout=30)
    assert library.wait(reading) == b'late'


def negotiated_at_once(client):
    greenlets = [library.spawn(client.version) for _ in range(10)]
    for greenlet in greenlets:
        assert library.wait(greenlet)['Version'] == '20.10', greenlet


def kept(client):
    for timeout in (30, None, 30):
        assert client.get(client.base_url + '/x', timeout=timeout).text == 'ok'


def large(client):
    data = b'0123456789abcdef' * 2 ** 18
    assert client.post(client.base_url + '/x', data=data, timeout=30).content == data


def helpers(client):
    with Ticks():
        assert credential_helper.run('slow', 'get', b'host') == (b'get host\n', 3)
    credential_helper.TIMEOUT_SECONDS = TIMEOUT_SECONDS
    with Ticks():
        assert credential_helper.run('hanging', 'get', b'host')[0] is None


def session(client):
    """The engine calls two methods; one of them waits until the session is closed."""
    from docker.build_session import BuildSession, CallOver
    response = client.post(client.base_url + '/session', stream=True, timeout=30,
                           headers={'Connection': 'Upgrade', 'Upgrade': 'h2c'})
    waiting, over = [], []

    def wait(call):
        waiting.append(call.receive())
        try:
            call.receive()
        except CallOver:
            over.append(True)

    def echo(call):
        for message in call:
            time.sleep(0.01)
            call.send(message)

    with BuildSession(response.raw.detach(), {'/wait': wait, '/echo': echo}):
        with Ticks():
            while not waiting:
                time.sleep(0.001)
            time.sleep(0.05)
    assert (waiting, over) == ([b'x'], [True])


def main():
    client = docker.Client(timeout=30)
    globals()[sys.argv[3]](client)
    client.close()
    print('over')


main()
