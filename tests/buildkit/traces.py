"""Traces of BuildKit, as an engine streams them, written from dicts."""

import base64

from docker.buildkit.messages import STATUS_RESPONSE
from docker.buildkit.protobuf import encode

# 2026-11-26T20:51:33Z
BEGIN = 1795726293

# What Docker 28.5.2 found wrong with a Dockerfile, as it was sent.
WARNING_OF_DOCKER_28 = {'id': u'moby.buildkit.trace', 'aux': (
    'CnYKR3NoYTI1NjplMTQzMmI4ZTIwNTRhYmIwMzQ0NTFjMTVmMGE4YWQ0OWQwN2Y1ODkyY2EyNjYwMTYyMjZmZWM3N2U5NWQyMGEw'
    'GitbMS8xXSBGUk9NIGRvY2tlci5pby9saWJyYXJ5L2J1c3lib3g6bGF0ZXN0CqQBCkdzaGEyNTY6YTdlNmQzNTg0NDdkZGU4OTk0'
    'YmQ2OWY0ZjY2N2U2ZmUyZDAzM2M1ZDA4NDMwYTI4YWZmMDY2MzJkOWQ4NDQwMBo9W2ludGVybmFsXSBsb2FkIG1ldGFkYXRhIGZv'
    'ciBkb2NrZXIuaW8vbGlicmFyeS9idXN5Ym94OmxhdGVzdCoMCITCo9gGEP3uppMBMgwIhMKj2AYQj563kwEi4QkKR3NoYTI1Njo5'
    'MmUwMGFiY2Y0YTZlNGNhZTJiODJlMjM4MjVjOTJlOTY0MTc2MWU1ODg4ZTdkNGRkMTgxYTVjMjZhMDkyZjJlEAEadUpTT05Bcmdz'
    'UmVjb21tZW5kZWQ6IEpTT04gYXJndW1lbnRzIHJlY29tbWVuZGVkIGZvciBDTUQgdG8gcHJldmVudCB1bmludGVuZGVkIGJlaGF2'
    'aW9yIHJlbGF0ZWQgdG8gT1Mgc2lnbmFscyAobGluZSAyKSJiSlNPTiBhcmd1bWVudHMgcmVjb21tZW5kZWQgZm9yIEVOVFJZUE9J'
    'TlQvQ01EIHRvIHByZXZlbnQgdW5pbnRlbmRlZCBiZWhhdmlvciByZWxhdGVkIHRvIE9TIHNpZ25hbHMqQWh0dHBzOi8vZG9jcy5k'
    'b2NrZXIuY29tL2dvL2RvY2tlcmZpbGUvcnVsZS9qc29uLWFyZ3MtcmVjb21tZW5kZWQvMusGCgpEb2NrZXJmaWxlEhhGUk9NIGJ1'
    'c3lib3gKQ01EIGVjaG8geAoatgYKTloAGkoKLmh0dHA6Ly9idWlsZC1jb250ZXh0LWVna21oOTZiNnZpbmk0dHFwc3ZhejNvcTkS'
    'GAoNaHR0cC5maWxlbmFtZRIHY29udGV4dAqDAQpJCkdzaGEyNTY6YjczYWY2ZWFhNWFkNGNlY2YyMDU0OTQxOTUyNGU2YzE3MjYw'
    'NDRmY2MyNDQ1N2I4NGRiZDIzNzEyZDc1M2M1MloAIjQSMgj///////////8BIiUKCC9jb250ZXh0EgEvIP///////////wE4AVj/'
    '//////////8BCksKSQpHc2hhMjU2OjkyZTAwYWJjZjRhNmU0Y2FlMmI4MmUyMzgyNWM5MmU5NjQxNzYxZTU4ODhlN2Q0ZGQxODFh'
    'NWMyNmEwOTJmMmUSWgpHc2hhMjU2OjkyZTAwYWJjZjRhNmU0Y2FlMmI4MmUyMzgyNWM5MmU5NjQxNzYxZTU4ODhlN2Q0ZGQxODFh'
    'NWMyNmEwOTJmMmUSDyoNCglmaWxlLmJhc2UQARKAAQpHc2hhMjU2OmUxNjAyNGQ5MDcyMDJmOTI5ODZhODZmZDVlODhmMjNiYjg2'
    'NTZlYWVmYWI0Y2NjZGUwZjRkZDkzOTMwMjBlNzQSNSoMCghwbGF0Zm9ybRABKhQKEG1ldGEuZGVzY3JpcHRpb24QASoPCgtjb25z'
    'dHJhaW50cxABEpQBCkdzaGEyNTY6YjczYWY2ZWFhNWFkNGNlY2YyMDU0OTQxOTUyNGU2YzE3MjYwNDRmY2MyNDQ1N2I4NGRiZDIz'
    'NzEyZDc1M2M1MhJJEjYKDmxsYi5jdXN0b21uYW1lEiRbaW50ZXJuYWxdIGxvYWQgcmVtb3RlIGJ1aWxkIGNvbnRleHQqDwoLc291'
    'cmNlLmh0dHAQARqaAQpLCkdzaGEyNTY6YjczYWY2ZWFhNWFkNGNlY2YyMDU0OTQxOTUyNGU2YzE3MjYwNDRmY2MyNDQ1N2I4NGRi'
    'ZDIzNzEyZDc1M2M1MhIACksKR3NoYTI1Njo5MmUwMGFiY2Y0YTZlNGNhZTJiODJlMjM4MjVjOTJlOTY0MTc2MWU1ODg4ZTdkNGRk'
    'MTgxYTVjMjZhMDkyZjJlEgAiCkRvY2tlcmZpbGU6CAoCCAISAggC')}


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
