"""A TLS connection as a two-way socket, whose sending half can be closed by itself.

Python's SSLSocket cannot do that: its shutdown(SHUT_WR) drops TLS, and what is received after it
is ciphertext; its unwrap() sends the notice that closes the half (close_notify), but then loses
what the peer still sends. An attached container wants its input ended and its output read on.
"""

import os
import socket
import ssl
import threading

from urllib3.util import wait_for_read, wait_for_write


def handed_over(sock):
    """The socket to give to the caller of attach_socket: one that is connected, with no timeout."""
    sock.settimeout(None)
    return TLSSocket(sock) if isinstance(sock, ssl.SSLSocket) else sock


class TLSSocket(object):
    """Takes over an SSLSocket. One thread may receive while another sends and closes."""

    def __init__(self, sock):
        self._tls = sock
        self._timeout = sock.gettimeout()
        sock.settimeout(0)
        # The same connection by a descriptor of its own, to wait on and to send the notice through.
        self._wire = socket.fromfd(sock.fileno(), sock.family, sock.type)
        self._turn = threading.Lock()
        self._sending = threading.Lock()
        self._input_ended = self._output_ended = False
        self._held = b''

    def recv(self, size):
        """At most `size` bytes; b'' when the peer has ended its half."""
        return self._patiently(lambda: self._receive(size))

    def recv_into(self, buffer, size=0):
        data = self.recv(size or len(buffer))
        buffer[:len(data)] = data
        return len(data)

    def send(self, data):
        """Send some of the data; how many bytes."""
        with self._sending:
            return self._send(data)

    def sendall(self, data):
        """Send all of the data."""
        left = memoryview(data)
        with self._sending:
            while len(left):
                left = left[self._send(left[:16384].tobytes()):]

    def shutdown(self, how):
        """SHUT_WR: end what is sent, and receive on; SHUT_RDWR: end both."""
        if how == socket.SHUT_WR:
            with self._sending:
                self._end_input()
        else:
            self._wire.shutdown(how)

    def close(self):
        self._tls.close()
        self._wire.close()

    def fileno(self):
        return self._wire.fileno()

    def gettimeout(self):
        return self._timeout

    def settimeout(self, seconds):
        self._timeout = seconds

    def setblocking(self, blocking):
        self._timeout = None if blocking else 0

    def getpeername(self):
        return self._wire.getpeername()

    def getpeercert(self, binary_form=False):
        return self._tls.getpeercert(binary_form)

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def _send(self, data):
        if self._input_ended:
            raise socket.error('the sending half is closed')
        return self._patiently(lambda: self._tls.send(data))

    def _receive(self, size):
        if self._held:
            data, self._held = self._held[:size], self._held[size:]
            return data
        try:
            return b'' if self._output_ended else self._tls.recv(size)
        except ssl.SSLError as error:
            # A peer that hangs up with no notice; Python since 3.10 says b'' by itself.
            if 'unexpected eof' in str(error):
                return b''
            raise

    def _patiently(self, action):
        """Do it as soon as the connection lets us; nothing waits while it has the turn."""
        while True:
            with self._turn:
                try:
                    return action()
                except ssl.SSLWantReadError:
                    wait = wait_for_read
                except ssl.SSLWantWriteError:
                    wait = wait_for_write
            if not wait(self._wire, timeout=self._timeout):
                raise socket.timeout('timed out')

    def _end_input(self):
        """Send close_notify. OpenSSL would read on for the peer's at once, and fail on output that
        is under way: so it writes into a pair of sockets, where there is nothing to read."""
        if self._input_ended:
            return
        self._input_ended = True
        ours, theirs = socket.socketpair()
        try:
            with self._turn:
                ours.setblocking(False)
                theirs.setblocking(False)
                replace(self._tls.fileno(), ours)
                try:
                    self._hold_what_is_here()
                    self._tls.unwrap()
                    self._output_ended = True
                except ssl.SSLWantReadError:
                    pass
                finally:
                    if not self._output_ended:
                        replace(self._tls.fileno(), self._wire)
            notice = theirs.recv(4096)
            while notice:
                if not wait_for_write(self._wire, timeout=self._timeout):
                    raise socket.timeout('timed out')
                notice = notice[self._wire.send(notice):]
        finally:
            ours.close()
            theirs.close()

    def _hold_what_is_here(self):
        """Take what was received and not yet asked for: OpenSSL would drop it with its notice."""
        held = [self._held]
        self._held = b''
        try:
            while held[-1] or len(held) == 1:
                held.append(self._receive(65536))
            self._output_ended = True
        except ssl.SSLWantReadError:
            pass
        self._held = b''.join(held)


def replace(descriptor, sock):
    """Let a descriptor be another name of a socket."""
    try:
        os.dup2(sock.fileno(), descriptor, False)
    except TypeError:  # Python 2
        os.dup2(sock.fileno(), descriptor)
