"""Traces of BuildKit, as an engine streams them, written from dicts."""

import base64

from docker.buildkit.messages import STATUS_RESPONSE
from docker.buildkit.protobuf import encode

# 2026-11-26T20:51:33Z
BEGIN = 1795726293


def at(second):
    """A time, so many seconds after a build began."""
    nanos = int(round(second * 10 ** 9))
    return {'seconds': BEGIN + nanos // 10 ** 9, 'nanos': nanos % 10 ** 9}


def trace(**message):
    encoded = base64.b64encode(encode(message, STATUS_RESPONSE))
    return {'id': u'moby.buildkit.trace', 'aux': encoded.decode('ascii')}


def vertex(name, started=None, completed=None, **more):
    """A vertex whose digest goes by its name."""
    for key, second in (('started', started), ('completed', completed)):
        if second is not None:
            more[key] = at(second)
    return dict(more, name=name, digest=digest_of(name))


def digest_of(name):
    return u'sha256:' + u''.join('{0:02x}'.format(byte) for byte in bytearray(name.encode('utf-8')))[:64]


def begun(name, second=0):
    return trace(vertexes=[vertex(name, second)])


def ended(name, second, started=0, **more):
    return trace(vertexes=[vertex(name, started, second, **more)])


def log(name, second, data, stream=1):
    return trace(logs=[{'vertex': digest_of(name), 'timestamp': at(second), 'stream': stream, 'data': data}])


def status(name, key, second, started=None, completed=None, **more):
    for time, value in (('timestamp', second), ('started', started), ('completed', completed)):
        if value is not None:
            more[time] = at(value)
    return trace(statuses=[dict(more, vertex=digest_of(name), id=key)])


def image(image_id=u'sha256:' + u'6c119e0c74db' + u'0' * 52):
    return {'id': u'moby.image.id', 'aux': {'ID': image_id}}


def failure(message):
    return {'errorDetail': {'message': message}, 'error': message}


class Clock(object):
    """A clock that goes on by a step each time that it is read; it can be set."""

    def __init__(self, step=0):
        self.now = 1000.0
        self._step = step

    def __call__(self):
        self.now += self._step
        return self.now
