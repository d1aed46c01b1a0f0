"""From the version in which a call is written to the one that the engine speaks, and back.

A call is written in v1.6. The adapter negotiates once, picks the changes (docker.transport.changes)
that lie between v1.6 and what the engine speaks, and sends the call through them, the oldest first;
the answer comes back through those that lie between what the engine spoke and what the caller
wants, the newest first. What sends in the end is the adapter that it holds.
"""

import re
import threading

import requests
from requests.adapters import BaseAdapter

from docker.transport import negotiate
from docker.transport.changes import CHANGES
from docker.transport.changes.recreate import Recreated
from docker.transport.message import Call

VERSIONED = re.compile(r'/v\d+\.\d+(?P<path>/[^?]*)(?:\?(?P<query>.*))?$')


class TranslatingAdapter(BaseAdapter):
    """Carries calls to the version that an engine speaks.

    `inner` is the adapter that sends, `wanted` the version whose answers the caller wants (a tuple
    of ints; None: the engine's newest), `pinned` the version to speak whatever the engine says.
    """

    def __init__(self, inner, wanted, pinned=None):
        super(TranslatingAdapter, self).__init__()
        self.inner = inner
        self.base = inner.endpoint.url
        self.wanted = wanted
        self.pinned = pinned
        self._engine = None
        self._asking = threading.Lock()
        self._recreated = Recreated()

    def __getstate__(self):
        return {'inner': self.inner, 'wanted': self.wanted, 'pinned': self.pinned}

    def __setstate__(self, state):
        self.__init__(**state)

    def send(self, request, **kwargs):
        """Send a PreparedRequest; the Response. As any adapter's send()."""
        parts = VERSIONED.match(request.url, len(self.base))
        if parts is None:
            return self.inner.send(request, **kwargs)
        body = request.body
        again = body is None or isinstance(body, (bytes, str))
        while True:
            engine = self.engine(request, kwargs)
            call = Call(request.method, parts.group('path'), parts.group('query') or '', body,
                        request.headers, self._recreated)
            answer = Conversation(self, engine, request, kwargs).send(call)
            if self.pinned or not again or not negotiate.is_refusal(answer):
                return answer
            # The engine was exchanged under a living Client: it has done nothing but refuse.
            answer.close()
            again = False
            self._forget(engine)

    def close(self):
        self.inner.close()

    @property
    def spoken(self):
        """The version on the wire, as a tuple of ints; None until it is negotiated."""
        engine = self._engine
        return engine and self.spoken_with(engine)

    def spoken_with(self, engine):
        return self.pinned or engine.nearest(self.wanted)

    def engine(self, request, kwargs):
        """The Engine, which is asked once; a failure to ask is not remembered."""
        engine = self._engine
        if engine is None:
            with self._asking:
                engine = self._engine
                if engine is None:
                    engine = self._engine = self._ask(request, kwargs)
        return engine

    def _ask(self, request, kwargs):
        def get(path):
            asking = prepared(request, 'GET', self.base + path, None, {})
            limits = dict(kwargs, stream=False, timeout=short(kwargs.get('timeout')))
            answer = self.inner.send(asking, **limits)
            answer.content
            return answer
        return negotiate.ask(get, self.pinned or self.wanted)

    def _forget(self, engine):
        with self._asking:
            if self._engine is engine:
                self._engine = None


class Conversation(object):
    """One call, and all that is sent for its sake."""

    def __init__(self, adapter, engine, request, kwargs):
        self.adapter = adapter
        self.request = request
        self.kwargs = kwargs
        self.spoken = adapter.spoken_with(engine)
        newest = max(engine.newest or self.spoken, self.spoken)
        wanted = adapter.wanted or self.spoken
        self.changes = [change for change in CHANGES
                        if change.applies(self.spoken, newest, wanted, engine.podman)]

    def send(self, call, step=0):
        """Send a call through the changes from `step` on."""
        for number in range(step, len(self.changes)):
            change = self.changes[number]
            if change.is_about(call):
                return change.carry(call, lambda call: self.send(call, number + 1))
        return self._transmit(call)

    def _transmit(self, call):
        url = '{0}/v{1}.{2}{3}'.format(self.adapter.base, self.spoken[0], self.spoken[1], call.target)
        request = prepared(self.request, call.method, url, call.body, call.headers)
        inner = self.adapter.inner
        return (inner.send_late if call.late else inner.send)(request, **self.kwargs)


def prepared(like, method, url, body, headers):
    """A PreparedRequest that goes where another one would, with the same headers but those of its
    body."""
    request = requests.PreparedRequest()
    kept = {name: value for name, value in like.headers.items()
            if name.lower() not in ('content-type', 'content-length', 'transfer-encoding')}
    kept.update((name, value) for name, value in headers.items()
                if name.lower() not in ('content-length', 'transfer-encoding'))
    request.prepare_method(method)
    request.url = url
    request.headers = requests.structures.CaseInsensitiveDict(kept)
    request.hooks = like.hooks
    if body is not None and body is like.body:
        request.body = body
        for name in ('Content-Length', 'Transfer-Encoding'):
            if name in like.headers:
                request.headers[name] = like.headers[name]
    else:
        request.prepare_body(body, None)
    return request


def short(timeout):
    """The timeout of a question on the way of a call that may wait for ever."""
    if isinstance(timeout, tuple) and timeout[1] is None:
        return (timeout[0], timeout[0])
    return timeout
