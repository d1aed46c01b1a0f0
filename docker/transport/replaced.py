"""What stands in for `HTTPAdapter.send`, such as `responses`: it gets the requests in place of the engine.

Tests replace that function, and with it the network of each Session whose adapters have it. Ours have a
`send` of their own, so that they have to look whether it was replaced. What stands in may pass a request
on, by calling the function of requests with the adapter that it got: the request then goes to the engine.
"""

from types import FunctionType

from requests import adapters

from docker.transport.log import log_decision


def send_is_replaced():
    """Return whether `HTTPAdapter.send` is another function than that of requests."""
    send = adapters.HTTPAdapter.__dict__.get('send')
    # Replaced before docker was imported or after it: what requests defined has the globals of its module. A
    # wrapper may have the attributes of what it wraps, but not its type.
    return type(send) is not FunctionType or send.__globals__ is not vars(adapters)


def send_to_replacement(send, request, **kwargs):
    """Send a PreparedRequest to what stands in for `HTTPAdapter.send`, and return the Response.

    :param send: sends a request to the engine, for one that is passed on; it takes the same arguments.
    :param kwargs: as an adapter's `send` takes them.
    """
    log_decision('What stands in for HTTPAdapter.send gets {0} {1}', request.method,
                 request.path_url.partition('?')[0])
    response = _PassingAdapter(send).send(request, **kwargs)
    if getattr(response, 'request', None) is request:
        # The client removes credentials from it; what stands in may keep the request that it got.
        response.request = request.copy()
    return response


class _PassingAdapter(adapters.HTTPAdapter):
    """The adapter that a replacement of `HTTPAdapter.send` is called with, for one request.

    The function of requests calls the methods below when it is called with this adapter: it opens no
    connection, and returns the response of `send`.

    :param send: as `send_to_replacement` takes it.
    """

    def __init__(self, send):
        super(_PassingAdapter, self).__init__()
        self._send_to_engine = send
        self._response = None
        self._body = None

    def get_connection(self, url, proxies=None):
        return self

    def get_connection_with_tls_context(self, request, verify, proxies=None, cert=None):
        return self

    def cert_verify(self, conn, url, verify, cert):
        """Do nothing: TLS is that of the engine's connection."""

    def request_url(self, request, proxies):
        return request.path_url

    def add_headers(self, request, **kwargs):
        """Send the request: of the methods that an HTTPAdapter has to be overridden, it is the one that gets
        all of it, and its exceptions are passed on as they are."""
        self._response = self._send_to_engine(request, **kwargs)
        # A body without a length would be sent without `urlopen`.
        self._body, request.body = request.body, None

    def urlopen(self, **kwargs):
        """Return the response as a connection of urllib3 does."""
        return self._response.raw

    def build_response(self, request, raw):
        if self._response is None or raw is not self._response.raw:
            return super(_PassingAdapter, self).build_response(request, raw)
        request.body = self._body
        return self._response
