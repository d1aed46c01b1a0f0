"""A build that runs with BuildKit, as the body of its response: what ends with it, and what ends it."""

import atexit
import binascii
import os
import weakref

from docker.transport.response import Body

_running_builds = weakref.WeakSet()


class RunningBuild(Body):
    """The body of the response to a build. Closing it ends the build, and closes what the build needs. In a
    child process, where that is the parent's, only the descriptors of the child are closed.

    :param cancel: a function that asks the engine to stop the build, called when it is closed before its end.

    `failure` is the exception with which the session failed, once it is closed; None without one.
    """

    def __init__(self, cancel):
        super(RunningBuild, self).__init__(self)
        self.closed = False
        self.failure = None
        self._cancel = cancel
        self._pid = os.getpid()
        self._resources = []
        self._raw = None

    def keep(self, resource):
        """Return a resource, whose `close` is called when the build is over: of several, the last one
        first."""
        self._resources.append(resource)
        return resource

    def begin(self, response):
        """Become the body of a response, and return that."""
        self._raw = response.raw
        response.raw = self
        _running_builds.add(self)
        return response

    def stream(self, amt=None, decode_content=None):
        """Yield the bytes of the response, as they come."""
        for chunk in self._raw.stream(amt, decode_content):
            yield chunk
        self._cancel = None

    def close(self):
        """End the build. Closing a second time does nothing."""
        self._close('close')

    release_conn = close

    def end_at_exit(self):
        """End the build when the interpreter exits: later, what dropped it would print a traceback."""
        self._close('end_at_exit')

    def _close(self, how):
        if self.closed:
            return
        self.closed = True
        try:
            if self._raw is not None:
                if self._cancel is not None and self._pid == os.getpid():
                    self._cancel()
                self._raw.close()
        finally:
            while self._resources:
                resource = self._resources.pop()
                # Those that may take time have another way to end at exit.
                getattr(resource, how, resource.close)()
                self.failure = self.failure or getattr(resource, 'failure', None)


def new_id():
    """Return an id, as text, that no other build or session has."""
    return binascii.hexlify(os.urandom(16)).decode('ascii')


@atexit.register
def _end_running_builds():
    for running in list(_running_builds):
        running.end_at_exit()
