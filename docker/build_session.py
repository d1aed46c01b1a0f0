"""The session of a build with BuildKit: the threads that serve the calls of an engine on one connection.

The engine calls methods of the client (docker.buildkit.services): what the secrets are, what an agent signs.
One thread receives, and each call has a thread of its own, so that one that waits, for an agent or a credential
helper, lets the engine go on with the others: it checks every few seconds that the client still responds.
Nothing of it outlives `close`.
"""

import socket
import ssl
import threading

from docker.buildkit.grpc import INTERNAL, CallFailed
from docker.buildkit.session import Called, Cancelled, Ended, Received, SessionBroken, SessionConnection
from docker.errors import DockerException
from docker.stream import BLOCK_SIZE


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
        self.messages = []
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

    def shut_down_at_end(self, sock):
        """Have a socket shut down when the call is over, so that a thread that waits for it goes on."""
        self._session.shut_down_at_end(self, sock)

    def __iter__(self):
        return iter(self.receive, None)


class BuildSession(object):
    """A session that is open: a context manager, which closes it.

    :param sock: a two-way socket on which the engine speaks HTTP/2; the session closes it.
    :param methods: a dict of the names of methods to the functions that serve them, which take a ServedCall.
    """

    def __init__(self, sock, methods):
        self._sock = sock
        self._methods = methods
        self._connection = SessionConnection(methods)
        self._changed = threading.Condition(threading.Lock())
        self._calls = {}
        self._threads = []
        self._over = False
        self._start(self._receive_all)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def close(self):
        """End the session, and wait until its threads have ended. Closing a second time does nothing."""
        try:
            # What waits in another thread, to receive or to send, goes on.
            self._sock.shutdown(socket.SHUT_RDWR)
        except EnvironmentError:
            pass    # the engine has closed the connection
        with self._changed:
            self._end_all()
            threads = list(self._threads)
        for thread in threads:
            # An iterator may be dropped, and so closed, in any thread.
            if thread is not threading.current_thread():
                thread.join()
        self._sock.close()

    # What a ServedCall needs

    def next_message(self, stream, call):
        with self._changed:
            while not (call.messages or call.ended or call.over):
                self._changed.wait()
            if call.over:
                raise CallOver()
            if not call.messages:
                return None
            message = call.messages.pop(0)
            self._connection.taken(stream, message)
            self._send_output()
            return message

    def send(self, stream, call, message):
        with self._changed:
            while not call.over and self._connection.is_full(stream):
                self._changed.wait()
            if call.over:
                raise CallOver()
            self._connection.send(stream, message)
            self._send_output()

    def shut_down_at_end(self, call, sock):
        with self._changed:
            call.to_shut_down = sock
            if call.over:
                _shut_down(sock)

    # Threads

    def _start(self, function, *args):
        thread = threading.Thread(target=function, args=args)
        thread.daemon = True
        self._threads.append(thread)
        thread.start()

    def _receive_all(self):
        try:
            with self._changed:
                self._send_output()
            while True:
                data = self._sock.recv(BLOCK_SIZE)
                if not data:
                    break
                with self._changed:
                    try:
                        self._take(self._connection.receive(data))
                    finally:
                        self._send_output()
                        self._changed.notify_all()
        except (EnvironmentError, ssl.SSLError, SessionBroken):
            pass    # the engine reports in the build that the session is over
        finally:
            with self._changed:
                self._end_all()
            _shut_down(self._sock)

    def _take(self, events):
        for event in events:
            if isinstance(event, Called):
                call = self._calls[event.stream] = ServedCall(self, event.stream, event.metadata)
                self._threads = [thread for thread in self._threads if thread.is_alive()]
                if not self._over:
                    self._start(self._serve, event.stream, event.method, call)
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

    def _serve(self, stream, method, call):
        status, text = 0, u''
        try:
            self._methods[method](call)
        except CallOver:
            pass
        except CallFailed as error:
            status, text = error.status, error.text
        except DockerException as error:
            status, text = INTERNAL, u'{0}'.format(error)
        except Exception as error:
            # Its text may hold anything.
            status, text = INTERNAL, u'the client failed with {0}'.format(type(error).__name__)
        with self._changed:
            self._connection.finish(stream, status, text)
            self._calls.pop(stream, None)
            _end(call)
            self._send_output()

    def _send_output(self):
        """Send what is to be sent, with the lock, so that its order is kept."""
        data = self._connection.output()
        if data and not self._over:
            try:
                self._sock.sendall(data)
            except (EnvironmentError, ssl.SSLError):
                self._end_all()

    def _end_all(self):
        self._over = True
        for call in self._calls.values():
            _end(call)
        self._changed.notify_all()


def _end(call):
    call.over = True
    if call.to_shut_down is not None:
        _shut_down(call.to_shut_down)


def _shut_down(sock):
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except EnvironmentError:
        pass    # it is not connected any more
