"""From the version in which a call is written to the one that the engine speaks, and back.

Calls are written in v1.6. The adapter negotiates once, selects the changes (docker.transport.changes)
between v1.6 and what the engine speaks, and sends the call through them, the oldest first; the response
returns through those between what the engine speaks and what the caller wants, the newest first. The
adapter that it holds does the sending.

The path of a call has the Client's own version. A request with another version in its path, or none, is
the caller's own: it is sent as it is, and its response is returned as it is.
"""

import re
import threading

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from docker import registry_auth
from docker.errors import NotSupported
from docker.transport import negotiate
from docker.transport.call import Call
from docker.transport.changes import CHANGES, load_docker, load_podman
from docker.transport.changes.recreated import Recreated
from docker.transport.log import is_logging, log_decision
from docker.transport.replaced import send_is_replaced, send_to_replacement
from docker.transport.response import succeeded, without_headers
from docker.transport.since import GRPC_SINCE, NEWEST, requirements

# Headers that belong to one request alone, credentials among them.
_REQUEST_HEADERS = ('connection', 'upgrade') + tuple(
    name.lower() for name in registry_auth.CREDENTIAL_HEADERS)
_BODY_HEADERS = ('content-type', 'content-length', 'transfer-encoding')
# Compiled on first use, to keep the import fast.
_VERSIONED_PATH = r'/v(?P<version>\d+\.\d+)(?P<path>/[^?]*)(?:\?(?P<query>.*))?$'
_CONTAINER_PATH = r'((?:/v\d+\.\d+)?/containers/)([^/?]+)(.*)$'
# The version that the calls are written in.
_WRITTEN = (1, 6)


class TranslatingAdapter(BaseAdapter):
    """Translates calls to the version that an engine speaks.

    :param inner: the adapter that sends.
    :param wanted: the version that responses follow, a tuple of ints; None for the engine's newest.
    :param pinned: the version to speak, whatever the engine serves; None to negotiate it.
    """

    def __init__(self, inner, wanted, pinned=None):
        super(TranslatingAdapter, self).__init__()
        self.inner = inner
        self.base = inner.endpoint.url
        self.wanted = wanted
        self.pinned = pinned
        self._own = '{0}.{1}'.format(*wanted or _WRITTEN)
        self._change_set = None
        self._refusal = None
        self._negotiating = threading.Lock()
        self._recreated = Recreated()

    def __getstate__(self):
        return {'inner': self.inner, 'wanted': self.wanted, 'pinned': self.pinned}

    def __setstate__(self, state):
        self.__init__(**state)

    def send(self, request, **kwargs):
        """Send a PreparedRequest and return its Response, as any adapter does."""
        if send_is_replaced():
            return send_to_replacement(self._send, request, **kwargs)
        try:
            return self._send(request, **kwargs)
        except NotSupported as error:
            error.request = request
            raise

    def _send(self, request, **kwargs):
        match = re.match(_VERSIONED_PATH, request.url[len(self.base):])
        if match is None or not self._is_own(match.group('version')):
            return self.inner.send(self._as_written(request), **kwargs)
        path, query = match.group('path', 'query')
        repeatable = request.body is None or isinstance(request.body, (bytes, str))
        while True:
            change_set = self._change_set or self._negotiated(request, kwargs)
            call = Call(request.method, path, query, request.body, 'Upgrade' in request.headers,
                        self._recreated, request.headers)
            response = Exchange(self, change_set.for_call(call), request, kwargs).begin(call)
            if self.pinned or not negotiate.is_refusal(response):
                return response
            # The engine was replaced by another one, or a proxy hides its versions. It has refused the call,
            # and done nothing else.
            self._forget(change_set, response)
            log_decision('The engine refuses API {0}.{1}: they are requested again', *change_set.spoken)
            if not repeatable:
                return response
            response.close()
            repeatable = False

    def check_supported(self, request, **kwargs):
        """Raise the NotSupported with which a PreparedRequest would be refused; nothing of it is sent."""
        if send_is_replaced():
            return      # what stands in takes all requests, and is not asked for versions
        change_set = self._change_set or self._negotiated(request, kwargs)
        path = re.match(_VERSIONED_PATH, request.url[len(self.base):]).group('path')
        call = Call(request.method, path)
        change_set.for_call(call).refuse(call)

    def open_http2(self, request, **kwargs):
        """Return a two-way socket on which the engine takes gRPC over HTTP/2, or None if it takes none there.

        :param request: the PreparedRequest on whose behalf it is.
        :param kwargs: as `send` takes them.
        """
        if send_is_replaced():
            return None
        change_set = self._change_set or self._negotiated(request, kwargs)
        if change_set.engine.podman or change_set.newest < GRPC_SINCE:
            return None
        return self.inner.open_socket(request, **dict(kwargs, stream=None))

    def _is_own(self, version):
        """Return whether the version in the path of a request is the Client's own, as in its calls."""
        return version == self._own or negotiate.parse_version(version) == (self.wanted or _WRITTEN)

    def _as_written(self, request):
        """Return a request that is not in the Client's version: it is sent as it is, except for the original
        id of a container that was recreated."""
        path = request.url[len(self.base):]
        container = self._recreated and re.match(_CONTAINER_PATH, path)
        if not container:
            return request
        before, original, after = container.groups()
        url = self.base + before + self._recreated.current_id(original) + after
        return _prepare_like(request, request.method, url, request.body)

    def close(self):
        self.inner.close()

    @property
    def spoken(self):
        """The version on the wire, as a tuple of ints; None until it is negotiated."""
        change_set = self._change_set
        return change_set.spoken if change_set else self.pinned

    @property
    def engine(self):
        """What is known of the engine, a negotiate.Engine; None until the version is negotiated."""
        change_set = self._change_set
        return change_set.engine if change_set else None

    def _negotiated(self, request, kwargs):
        """Return the ChangeSet of the engine, which is asked once; failures are not remembered."""
        with self._negotiating:
            if self._change_set is None:
                engine = self._identify(request, kwargs)
                self._change_set = ChangeSet(engine, self.wanted, self.pinned)
                self._log_negotiated(engine)
            return self._change_set

    def _log_negotiated(self, engine):
        if is_logging():
            oldest, newest, wanted, spoken = [
                '{0}.{1}'.format(*version) if version else None
                for version in (engine.oldest, engine.newest, self.wanted, self._change_set.spoken)]
            log_decision('API {0} is used with {1} at {2}: it serves {3} to {4}, the Client is of {5}{6}',
                         spoken, 'Podman' if engine.podman else 'the engine', self.inner.endpoint.name,
                         oldest or 'an unknown version', newest or 'an unknown one', wanted or 'the newest',
                         ', and DOCKER_API_VERSION is set' if self.pinned else '')

    def _identify(self, request, kwargs):
        def get(path):
            prepared = _prepare_like(request, 'GET', self.base + path, None)
            prepared.headers = CaseInsensitiveDict(without_headers(prepared.headers, _REQUEST_HEADERS))
            settings = dict(kwargs, stream=False, timeout=_bounded(kwargs.get('timeout')))
            try:
                response = self.inner.send(prepared, **settings)
                response.content    # read, so that its connection is released
            except requests.RequestException as error:
                # The one that the caller knows of, and removes credentials from.
                error.request = request
                raise
            return response
        engine = negotiate.identify(get, self.pinned or self.wanted, self._refusal)
        self._refusal = None
        return engine

    def _forget(self, change_set, refusal):
        with self._negotiating:
            if self._change_set is change_set:
                self._change_set, self._refusal = None, refusal


class ChangeSet(object):
    """The changes between v1.6 and what is spoken with an engine, and back to what a caller wants.

    :param engine: the versions that it serves, a negotiate.Engine.
    :param wanted: as TranslatingAdapter takes it.
    :param pinned: as TranslatingAdapter takes it.
    """

    def __init__(self, engine, wanted, pinned):
        self.engine = engine
        self.wanted = wanted
        self.pinned = pinned
        self.spoken = pinned or engine.nearest(wanted)
        self.newest = max(engine.newest or self.spoken, self.spoken)
        self.prefix = '/v{0}.{1}'.format(*self.spoken)
        (load_podman if engine.podman else load_docker)()
        self._changes = [change for change in CHANGES if change.applies(
            self.spoken, self.newest, wanted or self.spoken, engine.podman)]
        self._by_endpoint = {}
        self._later = {}

    def for_call(self, call):
        """Return the ChangeSet to send a call with: this one, or one that speaks a later version, if the
        call has what came in that.

        :raises NotSupported: when the engine does not serve that version.
        """
        later = [needed for needed in requirements(call, self.spoken, self.newest)
                 if needed.version is None or needed.version > self.spoken]
        if not later:
            return self
        limit = self.pinned or self.newest
        for needed in later:
            if needed.essential and (needed.version is None or needed.version > limit):
                raise _not_supported(needed, limit, self.pinned)
        version = max([needed.version for needed in later if needed.version and needed.version <= limit] or
                      [self.spoken])
        if version == self.spoken:
            return self
        if version not in self._later:
            self._later[version] = ChangeSet(self.engine, self.wanted or self.spoken, version)
        return self._later[version]

    def refuse(self, call):
        """Raise NotSupported if a change refuses a call."""
        for _, change in self.changes_of(call):
            if change.kind == 'refusal':
                change.function(call)

    def changes_of(self, call):
        """Return the changes that are about a call: pairs of a position among all changes, and the change."""
        method, path = call.method, call.endpoint
        if path is None:
            return self._find(method, call.path)
        if (method, path) not in self._by_endpoint:
            self._by_endpoint[method, path] = self._find(method, path)
        return self._by_endpoint[method, path]

    def _find(self, method, path):
        return [(position, change) for position, change in enumerate(self._changes)
                if change.matches(method, path)]


def _not_supported(needed, limit, pinned):
    """Return the NotSupported for a Requirement that is beyond a version, a tuple of ints."""
    name = needed.name.replace('{}', '{id}')
    if needed.version is None:
        return NotSupported('{0} is not supported: no version of the API up to {1}.{2} has it.'.format(
            name, *NEWEST))
    serves = 'DOCKER_API_VERSION limits it to' if pinned else 'this engine supports up to'
    return NotSupported('{0} is not supported: it came with API version {1[0]}.{1[1]}, and {2} '
                        '{3[0]}.{3[1]}.'.format(name, needed.version, serves, limit))


class Exchange(object):
    """One call with its follow-up requests.

    :param adapter: the TranslatingAdapter.
    :param change_set: the ChangeSet of the engine.
    :param request: the caller's PreparedRequest.
    :param kwargs: as the adapter's `send` takes them.
    """

    def __init__(self, adapter, change_set, request, kwargs):
        self.adapter = adapter
        self.change_set = change_set
        self.request = request
        self.kwargs = kwargs

    def begin(self, call):
        """Send the caller's call; raise NotSupported if a change refuses it."""
        self.change_set.refuse(call)
        return self.send(call)

    def send(self, call, start=0):
        """Send a call through the changes from position `start` on."""
        response_changes = []
        for position, change in self.change_set.changes_of(call):
            if position < start or change.kind == 'refusal':
                continue
            if change.of_response:
                response_changes.append(change)
                continue
            response = change.apply(call, lambda call: self.send(call, position + 1))
            break
        else:
            response = self._transmit(call)
        for change in reversed(response_changes):
            if succeeded(response) == (change.kind == 'response'):
                response = change.function(response, call)
        return response

    def _transmit(self, call):
        url = self.adapter.base + self.change_set.prefix + call.target
        request = _prepare_like(self.request, call.method, url, call.body, call.content_type, call.headers)
        inner = self.adapter.inner
        return (inner.send_deferred if call.deferred else inner.send)(request, **self.kwargs)


def _prepare_like(like, method, url, body, content_type=None, headers=None):
    """Return a PreparedRequest with the headers of another one, except those of its body.

    :param headers: the headers in place of the other one's, None for these.
    """
    headers = like.headers if headers is None else headers
    request = requests.PreparedRequest()
    request.method, request.url, request.hooks = method, url, like.hooks
    if body is like.body and method == like.method and headers is like.headers and not content_type:
        request.body, request.headers = body, headers
        return request
    request.headers = CaseInsensitiveDict(without_headers(headers, _BODY_HEADERS))
    if body is None or body is not like.body:
        request.prepare_body(body, None)
    else:
        request.body = body
        request.headers.update(
            (name, like.headers[name]) for name in _BODY_HEADERS if name in like.headers)
    if content_type and body is not None:
        request.headers['Content-Type'] = content_type
    return request


def _bounded(timeout):
    """Return the timeout of a request that precedes a call without a read timeout."""
    if isinstance(timeout, tuple) and timeout[1:] == (None,):
        return (timeout[0], timeout[0])
    return timeout
