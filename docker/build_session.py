"""The session of a build with BuildKit: the threads that serve the calls of an engine on one connection.

The engine calls methods of the client (docker.buildkit.services): what the secrets are, what an agent signs.
One thread receives, and each call has a thread of its own, so that one that waits, for an agent or a
credential helper, lets the engine go on with the others: it checks every few seconds that the client is
there. Nothing of it outlives `close`.
"""

import atexit
import codecs
from collections import deque
import os
import threading
import weakref

import six

from docker.buildkit.grpc import INTERNAL, UNAVAILABLE, CallFailed
from docker.buildkit.session import (
    MAX_CALLS, Called, Cancelled, Ended, Received, SessionBroken, SessionConnection)
from docker.buildkit.tunnel import SessionTunnel, TunnelledConnection
from docker.errors import DockerException, UnsafeArchive
from docker.stream import BLOCK_SIZE
from docker.transport.log import log_decision
from docker.transport.sockets import shut_down

_PREFIX = 'X-Docker-Expose-Session-'
# How long an engine may take to respond to a session over HTTP/2, before it is opened in the other way.
# It does so when it calls something: after five seconds at the latest it checks that the client is there.
_OPENING_SECONDS = 10
# Calls that the engine has cancelled do not count as calls any more, but may still have their threads.
_MAX_THREADS = 2 * MAX_CALLS
# How long the threads of a session have to end, when the interpreter exits while it is open.
_EXIT_SECONDS = 1
_open_sessions = weakref.WeakSet()

if six.PY2:
    # A thread that looks up a codec for the first time imports it, and so waits for the import of a module
    # that builds while it is imported, which waits for the thread. HPACK uses that of hex.
    for _codec in ('ascii', 'hex', 'latin-1', 'utf-8'):
        codecs.lookup(_codec)


def session_headers(session_id, methods, shared_key):
    """Return the headers by which a session is opened, as a dict.

    :param methods: the names of the methods that the client serves.
    :param shared_key: what the contexts of one folder have in common, as text.
    """
    return {_PREFIX + 'Uuid': session_id, _PREFIX + 'Name': 'docker-py', _PREFIX + 'Sharedkey': shared_key,
            _PREFIX + 'Grpc-Method': ', '.join(sorted(methods))}


def open_tunnel(sock, methods, headers):
    """Return a BuildSession over gRPC; None when the engine does not take it, and the socket is closed.

    :param sock: a two-way socket on which the engine takes HTTP/2, or None.
    :param methods: as BuildSession takes them.
    :param headers: as `session_headers` returns them.
    """
    if sock is None:
        return None
    connection = TunnelledConnection(methods, SessionTunnel([
        (name, value) for name, values in headers.items() for value in values.split(', ')]))
    try:
        sock.settimeout(_OPENING_SECONDS)
        events = _establish(connection, sock)
        sock.settimeout(None)
    except (EnvironmentError, SessionBroken) as error:
        log_decision('The engine takes no session over HTTP/2, but perhaps POST /session: {0}', error)
        sock.close()
        return None
    except BaseException:
        sock.close()
        raise
    return BuildSession(sock, methods, connection, events)


def _establish(connection, sock):
    """Wait until the engine has taken the call that a tunnel is, and return the first events of it."""
    events = []
    while not connection.established:
        sock.sendall(connection.output())
        data = sock.recv(BLOCK_SIZE)
        if not data:
            raise SessionBroken('the engine has closed the connection')
        events.extend(connection.receive(data))
    return events


class CallOver(Exception):
    """The engine has cancelled a call, or its session is over."""


class ServedCall(object):
    """A call of the engine, as the function that serves it sees it.

    `metadata` is a dict of the names of its headers, in lower case, to lists of values, all text.
    """

    def __init__(self, session, stream, metadata):
        self.metadata = metadata
        self._session = session
        self._stream = stream
        self.messages = deque()
        self.ended = self.over = False
        self.to_shut_down = None

    def receive(self):
        """Return the next message, bytes; None when none follows.

        :raises CallOver: when the call is over.
        """
        return self._session.next_message(self._stream, self)

    def send(self, message):
        """Send a message, bytes; wait until the engine takes it, when much was sent before.

        :raises CallOver: when the call is over.
        """
        self._session.send(self._stream, self, message)

    def send_all(self, messages):
        """Send a list of messages, as `send` does."""
        self._session.send_all(self._stream, self, messages)

    def check(self):
        """Raise a CallOver when the call is over, for what works for long without sending anything."""
        if self.over:
            raise CallOver()

    def is_ready(self):
        """Return whether `receive` would not wait."""
        return bool(self.messages or self.ended or self.over)

    def shut_down_at_end(self, sock):
        """Have a socket shut down when the call is over, so that a thread that waits for it goes on.

        :param sock: the socket; None before it is closed, as its descriptor may be another file's then.
        """
        self._session.shut_down_at_end(self, sock)

    def __iter__(self):
        return iter(self.receive, None)


class BuildSession(object):
    """A session that is open: a context manager, which closes it.

    :param sock: a two-way socket on which the engine speaks HTTP/2; the session closes it.
    :param methods: a dict of the names of methods to the functions that serve them, which take a ServedCall.
    :param connection: the SessionConnection, None for a new one.
    :param events: what that has returned so far.

    `failure` is their first OSError, UnsafeArchive or `failure` of a CallFailed, None without any: what the
    caller of the build gets.
    """

    def __init__(self, sock, methods, connection=None, events=()):
        self._sock = sock
        self._pid = os.getpid()
        self._methods = methods
        self._connection = SessionConnection(methods) if connection is None else connection
        # Reentrant, as an iterator may be dropped, and so the session closed, wherever objects are created.
        self._changed = threading.Condition(threading.RLock())
        self._closing = threading.RLock()
        self._calls = {}
        self._threads = []
        self._over = False
        self.failure = None
        try:
            self._start(self._receive_all, events)
        except threading.ThreadError:
            sock.close()
            raise
        _open_sessions.add(self)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def close(self):
        """End the session, and wait until its threads have ended. Closing a second time does nothing.

        A thread of the session itself does not wait. In a child process, which has none of the threads, only
        the descriptor of the child is closed.
        """
        if self._pid != os.getpid():
            self._sock.close()
            return
        threads = self._end()
        if threading.current_thread() not in threads:
            for thread in threads:
                thread.join()

    def end_at_exit(self):
        """End the session when the interpreter exits: what goes on then prints tracebacks on Python 2."""
        if self._pid == os.getpid():
            for thread in self._end():
                thread.join(_EXIT_SECONDS)

    # What a ServedCall needs

    def next_message(self, stream, call):
        with self._changed:
            while not (call.messages or call.ended or call.over):
                self._changed.wait()
            if call.over:
                raise CallOver()
            if not call.messages:
                return None
            message = call.messages.popleft()
            self._connection.taken(stream, message)
            self._send_output()
            return message

    def send(self, stream, call, message):
        self.send_all(stream, call, [message])

    def send_all(self, stream, call, messages):
        with self._changed:
            while not call.over and self._connection.is_full(stream):
                self._changed.wait()
            if call.over:
                raise CallOver()
            self._connection.send_all(stream, messages)
            self._send_output()

    def shut_down_at_end(self, call, sock):
        with self._changed:
            call.to_shut_down = sock
            if call.over and sock is not None:
                shut_down(sock)

    # Threads

    def _start(self, function, *args):
        thread = threading.Thread(target=function, args=args)
        thread.daemon = True
        thread.start()
        self._threads.append(thread)

    def _receive_all(self, events):
        try:
            with self._changed:
                self._take(events)
                self._send_output()
            while not self._over:
                data = self._sock.recv(BLOCK_SIZE)
                if not data:
                    break
                with self._changed:
                    try:
                        self._take(self._connection.receive(data))
                    finally:
                        self._send_output()
                        self._changed.notify_all()
                    self._over = self._over or self._connection.closed
        except (EnvironmentError, SessionBroken):
            pass    # the engine reports in the build that the session is over
        finally:
            # First, as a thread that sends has the lock.
            self._shut_down_connection()
            with self._changed:
                self._end_all()
            with self._closing:
                self._sock.close()

    def _take(self, events):
        for event in events:
            if isinstance(event, Called):
                self._on_call(event)
                continue
            call = self._calls.get(event.stream)
            if call is None:
                continue
            if isinstance(event, Received):
                call.messages.append(event.message)
            elif isinstance(event, Ended):
                call.ended = True
            elif isinstance(event, Cancelled):
                _end(call)

    def _on_call(self, event):
        if self._over:
            return
        call = self._calls[event.stream] = ServedCall(self, event.stream, event.metadata)
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        try:
            if len(self._threads) > _MAX_THREADS:
                raise threading.ThreadError()
            self._start(self._serve, event.stream, event.method, call)
        except threading.ThreadError:
            # The system has no more, either, or the interpreter is about to exit.
            self._finish(event.stream, call, UNAVAILABLE, u'the client serves too many calls')

    def _serve(self, stream, method, call):
        status, text = 0, u''
        try:
            self._methods[method](call)
        except CallOver:
            pass
        except CallFailed as error:
            self.failure = self.failure or error.failure
            status, text = error.status, error.text
        except UnsafeArchive as error:
            self.failure = self.failure or error
            status, text = INTERNAL, six.text_type(error)
        except DockerException as error:
            status, text = INTERNAL, six.text_type(error)
        except EnvironmentError as error:
            # A file of the client, which is to be raised where the build is.
            self.failure = self.failure or error
            status, text = INTERNAL, u'a file of the client cannot be read or written'
        except BaseException as error:
            # Its text may hold anything.
            status, text = INTERNAL, u'the client failed with {0}'.format(type(error).__name__)
        with self._changed:
            self._finish(stream, call, status, text)
            self._send_output()

    def _finish(self, stream, call, status, text):
        self._connection.finish(stream, status, text)
        self._calls.pop(stream, None)
        _end(call)

    def _send_output(self):
        """Send what is to be sent, with the lock, so that its order is kept."""
        data = self._connection.output()
        if data and not self._over:
            try:
                self._sock.sendall(data)
            except EnvironmentError:
                self._end_all()
                self._shut_down_connection()

    def _end_all(self):
        self._over = True
        for call in self._calls.values():
            _end(call)
        self._changed.notify_all()

    def _end(self):
        """End the session, and return its threads."""
        # What waits in another thread, to receive or to send, goes on.
        self._shut_down_connection()
        with self._changed:
            self._end_all()
            return list(self._threads)

    def _shut_down_connection(self):
        # Not while it is closed: its descriptor may then be that of another file.
        with self._closing:
            shut_down(self._sock)


def _end(call):
    call.over = True
    if call.to_shut_down is not None:
        shut_down(call.to_shut_down)


@atexit.register
def _end_open_sessions():
    for session in list(_open_sessions):
        session.end_at_exit()
