"""The socket of an attachment whose connection to the engine can be replaced while it is in use.

A thread that waits in recv() on a socket cannot be moved to another one. So the caller gets one end of a
pair of sockets, and two threads pass on what comes and goes between the other end and the engine.
"""

import atexit
import os
import socket
import threading

from docker.compat import monotonic
from docker.stream import BLOCK_SIZE
from docker.transport.hijack import two_way_socket
from docker.transport.sockets import shut_down

# How much input is kept for a replacement, at most. It is more than an engine accepts for a container that
# does not run: buffers of the kernel, 10 MB with TCP.
_MAX_KEPT = 16 * 1024 * 1024
# How often to look, after the caller has ended the input, whether the socket was closed as well.
_CLOSED_SECONDS = 0.5
# How long the end of the program waits for input that was sent and not yet passed on.
_EXIT_SECONDS = 5
_live = set()


class Relay(object):
    """Passes input and output on between a caller and an engine.

    :param remote: the connected socket of an attachment, which the Relay closes.
    :param owner: an object that lives as long as the Relay.
    :param change: called with the output, an iterator of bytes; returns one of what is passed on.

    `socket` is the caller's, to be used and closed as any other.
    """

    def __init__(self, remote, owner=None, change=iter):
        theirs, self._local = socket.socketpair()
        self._local.settimeout(None)
        self.socket = two_way_socket(theirs)
        self.ended = False
        self.pid = os.getpid()
        self._owner = owner
        self._change = change
        # The socket that output is received from, and the one that input is sent to, which is the same or
        # about to be.
        self._remote = self._receiver = remote
        self._kept, self._kept_size = [], 0
        self._input_ended = False
        self._input_passed, self._output_ended, self._finished = [threading.Event() for _ in range(3)]
        self._lock = threading.Lock()
        # Held by who sends to the engine.
        self._sending = threading.Lock()
        self._running = 2
        _live.add(self)
        for target in (self._pass_output, self._pass_input):
            _start_thread(target)

    @property
    def replaceable(self):
        """Whether all input since the beginning is kept, and nothing has come from the engine."""
        return self._kept is not None

    @property
    def closed(self):
        """Whether it has ended, or the caller has closed the socket and no thread has noticed that yet."""
        return self.ended or self._is_closed()

    def replace(self, remote):
        """Go on with another connected socket, and send it the input so far."""
        with self._lock:
            if not self.ended:
                self._remote, remote = remote, self._remote
            shut_down(remote)    # wakes who receives from it, or sends to it
            if self.ended:
                remote.close()
                return
        self._sending.acquire()
        kept, self._kept = self._kept or [], None
        self._receiver = self._remote
        # In a thread of its own, as it may wait for the container to read it.
        _start_thread(self._send_again, kept)

    def drain(self, deadline):
        """Pass on what the caller has sent, and end."""
        shut_down(self._local, socket.SHUT_RD)
        self._input_passed.wait(max(deadline - monotonic(), 0))
        for sock in (self._local, self._remote):
            shut_down(sock)
        self._finished.wait(max(deadline - monotonic(), 0))

    def _pass_output(self):
        for data in self._change(self._received()):
            # The caller may have closed it; the other thread sees to that.
            _send(self._local, data)
        shut_down(self._local)
        self._output_ended.set()
        # An engine that has ended the output may leave input unread, and its connection open.
        if not self._input_passed.wait(_CLOSED_SECONDS):
            shut_down(self._remote)
        self._leave()

    def _received(self):
        """Yield what comes from the engine, until a connection ends that is not replaced."""
        remote = self._remote
        while True:
            data = _receive(remote)
            if data:
                # It runs. What is about to be sent again to a replacement is still needed.
                if self._receiver is remote:
                    self._kept = None
                yield data
                continue
            with self._lock:
                if self._remote is remote:
                    return
                remote.close()
                remote = self._remote

    def _pass_input(self):
        data = _receive(self._local)
        while data:
            with self._sending:
                self._keep(data)
                _send(self._receiver, data)
            data = _receive(self._local)
        if not self._is_closed():
            with self._sending:
                self._input_ended = True
                shut_down(self._receiver, socket.SHUT_WR)
        self._input_passed.set()
        while not self._output_ended.is_set() and not self._is_closed():
            self._output_ended.wait(_CLOSED_SECONDS)
        with self._lock:
            self.ended = True
            shut_down(self._remote)
        self._leave()

    def _keep(self, data):
        kept = self._kept
        if kept is not None:
            kept.append(data)
            self._kept_size += len(data)
            if self._kept_size > _MAX_KEPT:
                self._kept = None

    def _send_again(self, kept):
        try:
            for data in kept:
                _send(self._receiver, data)
            if self._input_ended:
                shut_down(self._receiver, socket.SHUT_WR)
        finally:
            self._sending.release()

    def _is_closed(self):
        """Return whether the caller has closed the socket, and not only ended the input."""
        return not _send(self._local, b'')

    def _leave(self):
        with self._lock:
            self._running -= 1
            if not self._running:
                self.ended = True
                _live.discard(self)
                self._local.close()
                self._remote.close()
                self._finished.set()


@atexit.register
def _drain_all():
    deadline = monotonic() + _EXIT_SECONDS
    for relay in list(_live):
        # After a fork its threads are those of the other process.
        if relay.pid == os.getpid():
            relay.drain(deadline)


def _start_thread(target, *args):
    thread = threading.Thread(target=target, args=args, name='docker-attach')
    thread.daemon = True
    thread.start()


def _receive(sock):
    try:
        return sock.recv(BLOCK_SIZE)
    except (EnvironmentError, ValueError):
        return b''


def _send(sock, data):
    """Send all of the data; return whether that succeeded. b'' finds out whether the peer is there."""
    try:
        if data:
            sock.sendall(data)
        else:
            sock.send(data)
        return True
    except (EnvironmentError, ValueError):
        return False
