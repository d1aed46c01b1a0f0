"""Attachments to containers that have not run: each goes on with the container that replaces its own.

The caller holds a stream, or a socket, that waits for output. Before the new container starts it is attached
to in the same way; once it runs, the stream or the socket goes on with that, and the first connection is
closed. If the start fails, the first one stays.
"""

import threading

from docker.errors import DockerException
from docker.transport.response import Body, chunks_of, json_response, succeeded, with_body


class Attachment(Body):
    """The body of the response to an attach.

    :param container: the id of the container.
    :param response: the response of the engine.
    :param attach: a function that attaches to the container with another id, and returns the response.
    """

    def __init__(self, container, response, attach):
        super(Attachment, self).__init__(response)
        self.container = container
        self._attach = attach
        self._prepared = None
        self._relay = None
        self._closed = False
        self._lock = threading.Lock()

    def stream(self, amt=None, decode_content=None):
        response = None
        while True:
            with self._lock:
                if self._closed or self._source is response:
                    self._closed = True
                    return
                response = self._source
            for chunk in chunks_of(response):
                yield chunk

    def detach(self):
        """Return a connected socket, which the caller closes."""
        # Imported here, as few scripts attach to a socket.
        from docker.transport.relay import Relay
        with self._lock:
            self._relay = Relay(self._source.raw.detach(), self)
            return self._relay.socket

    def close(self):
        with self._lock:
            if self._relay is None:
                self._closed = True
                self._source.close()

    release_conn = close

    @property
    def open(self):
        return not (self._relay.closed if self._relay else self._closed)

    def prepare(self, container):
        """Attach to the container that is about to replace this one; return the response."""
        if self._relay is not None and not self._relay.replaceable:
            return json_response(409, {'message': (
                'the container cannot be recreated with the host config that was given to start: more input '
                'was sent to an attached socket than can be sent again')}, self._source)
        response = self._attach(container)
        if succeeded(response):
            self._prepared = response
        return response

    def cancel(self):
        """Stay with the first container."""
        if self._prepared is not None:
            self._prepared.close()
            self._prepared = None

    def go_on(self, container):
        """Go on with the container that has replaced this one; attach to it if that was not prepared."""
        if self.container == container:
            return
        try:
            if self._prepared is None and not succeeded(self.prepare(container)):
                return
        except DockerException:
            return
        prepared, self._prepared = self._prepared, None
        with self._lock:
            self.container = container
            if self._relay is not None:
                self._relay.replace(prepared.raw.detach())
            elif self._closed:
                prepared.close()
            else:
                first, self._source = self._source, prepared
                first.close()   # wakes who reads it


def following(container, response, call, send):
    """Return the response to an attach with an Attachment as its body, and that.

    :param container: the id of the container.
    :param call: the call that was sent, unchanged.
    :param send: sends a call.
    """
    def attach(new):
        other = call.copy()
        other.path = '/containers/{0}/attach'.format(new)
        return send(other)

    attachment = Attachment(container, response, attach)
    return with_body(response, attachment, response.status_code, response.headers), attachment
