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
from requests.structures import CaseInsensitiveDict

from docker import auth
from docker.transport import negotiate
from docker.transport.changes import CHANGES
from docker.transport.changes.recreate import Recreated
from docker.transport.message import Call, succeeded, without

# Headers that are for one call alone, credentials among them.
OF_A_CALL = tuple(name.lower() for name in auth.HEADERS) + ('connection', 'upgrade')
OF_A_BODY = ('content-type', 'content-length', 'transfer-encoding')
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
        self._history = None
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
        path, query = parts.groups()
        again = request.body is None or isinstance(request.body, (bytes, str))
        while True:
            history = self._history or self._negotiated(request, kwargs)
            call = Call(request.method, path, query, request.body, 'Upgrade' in request.headers,
                        self._recreated)
            answer = Conversation(self, history, request, kwargs).begin(call)
            if self.pinned or not again or not negotiate.is_refusal(answer):
                return answer
            # The engine was exchanged under a living Client: it has done nothing but refuse.
            answer.close()
            again = False
            self._forget(history)

    def close(self):
        self.inner.close()

    @property
    def spoken(self):
        """The version on the wire, as a tuple of ints; None until it is negotiated."""
        history = self._history
        return history and history.spoken

    def _negotiated(self, request, kwargs):
        """The History of the engine, which is asked once; a failure to ask is not remembered."""
        with self._asking:
            if self._history is None:
                self._history = History(self._ask(request, kwargs), self.wanted, self.pinned)
            return self._history

    def _ask(self, request, kwargs):
        def get(path):
            asking = prepared(request, 'GET', self.base + path, None)
            asking.headers = CaseInsensitiveDict(without(asking.headers, OF_A_CALL))
            limits = dict(kwargs, stream=False, timeout=short(kwargs.get('timeout')))
            answer = self.inner.send(asking, **limits)
            answer.content
            return answer
        return negotiate.ask(get, self.pinned or self.wanted)

    def _forget(self, history):
        with self._asking:
            if self._history is history:
                self._history = None


class History(object):
    """What lies between v1.6 and what is spoken with an engine, and back to what a caller wants."""

    def __init__(self, engine, wanted, pinned):
        self.spoken = pinned or engine.nearest(wanted)
        self.prefix = '/v{0}.{1}'.format(*self.spoken)
        newest = max(engine.newest or self.spoken, self.spoken)
        self._changes = [change for change in CHANGES if change.applies(
            self.spoken, newest, wanted or self.spoken, engine.podman)]
        self._concerning = {}

    def concerning(self, call):
        """The changes that may be about a call, by its method and the first word of its path: each with
        its place among all."""
        key = call.method, call.path.split('/', 2)[1]
        if key not in self._concerning:
            self._concerning[key] = [
                (place, change) for place, change in enumerate(self._changes)
                if change.method in (call.method, '*') and change.path.split('/', 2)[1] == key[1]]
        return self._concerning[key]


class Conversation(object):
    """One call, and all that is sent for its sake."""

    def __init__(self, adapter, history, request, kwargs):
        self.adapter = adapter
        self.history = history
        self.request = request
        self.kwargs = kwargs

    def begin(self, call):
        """Send the call that the caller made, unless it cannot be carried."""
        for _, change in self.history.concerning(call):
            if change.kind == 'refusal' and change.is_about(call):
                change.function(call)
        return self.send(call)

    def send(self, call, step=0):
        """Send a call through the changes from `step` on."""
        answers = []
        for place, change in self.history.concerning(call):
            if place < step or change.kind == 'refusal' or not change.is_about(call):
                continue
            if change.kind == 'answer':
                answers.append(change.function)
                continue
            answer = change.carry(call, lambda call: self.send(call, place + 1))
            break
        else:
            answer = self._transmit(call)
        for change in reversed(answers):
            if succeeded(answer):
                answer = change(answer, call)
        return answer

    def _transmit(self, call):
        url = self.adapter.base + self.history.prefix + call.target
        request = prepared(self.request, call.method, url, call.body, call.content_type)
        inner = self.adapter.inner
        return (inner.send_late if call.late else inner.send)(request, **self.kwargs)


def prepared(like, method, url, body, content_type=None):
    """A PreparedRequest that goes where another one would, with the same headers but those of its
    body."""
    request = requests.PreparedRequest()
    request.method, request.url, request.hooks = method, url, like.hooks
    if body is like.body and method == like.method and not content_type:
        request.body, request.headers = body, like.headers
        return request
    request.headers = CaseInsensitiveDict(without(like.headers, OF_A_BODY))
    if body is None or body is not like.body:
        request.prepare_body(body, None)
    else:
        request.body = body
        request.headers.update((name, like.headers[name]) for name in OF_A_BODY if name in like.headers)
    if content_type and body is not None:
        request.headers['Content-Type'] = content_type
    return request


def short(timeout):
    """The timeout of a question on the way of a call that may wait for ever."""
    if isinstance(timeout, tuple) and timeout[1] is None:
        return (timeout[0], timeout[0])
    return timeout
