"""Tests of docker.transport: connections and the adapter over real sockets, and their shared helpers."""

import gzip
import io

OK = b'HTTP/1.1 200 OK\r\n'
CHUNKED = OK + b'Transfer-Encoding: chunked\r\n\r\n'


def url(client, path='/x'):
    return client.base_url + path


def get(client, path='/x', **kwargs):
    return client.get(url(client, path), timeout=kwargs.pop('timeout', 10), **kwargs)


def post(client, data=None, **kwargs):
    return client.post(url(client), data=data, timeout=kwargs.pop('timeout', 10), **kwargs)


def respond_with(data, stay=True):
    """A response of literal bytes, after which the server stays or hangs up."""
    def respond(peer):
        peer.read_request()
        peer.send(data)
        return stay
    return respond


def silent(sent=b'', hung_up=None):
    """A response that stops after the bytes `sent`; `hung_up` is set when the client hangs up."""
    def respond(peer):
        peer.read_request()
        peer.send(sent)
        peer.wait_closed()
        if hung_up:
            hung_up.set()
        return False
    return respond


def zipped(data):
    output = io.BytesIO()
    with gzip.GzipFile(fileobj=output, mode='wb') as compressor:
        compressor.write(data)
    return output.getvalue()
