"""`EngineSession`: how any call speaks to the engine.

It is a requests.Session whose URLs lead to one engine, with the verbs that the calls of docker.api
use: each builds a URL with `_url`, sends one of `_get`, `_post` ... and decodes the response with one
of `_json`, `_text` ... What happens between the Session and the engine is the adapter's part, in
docker.transport.
"""

import json
import os
import re

import requests
import six

from docker import registry_auth
from docker.credentials import CredentialFiles
from docker.errors import InvalidVersionArgument, error_for
from docker.former_names import FormerNames
from docker.stream import Stream, demultiplex, demultiplex_pairs, join_output, operation_items
from docker.transport import negotiate
from docker.transport.adapter import DEFAULT_POOL_SIZE, EngineAdapter
from docker.transport.call import quote_name
from docker.transport.contexts import current_settings
from docker.transport.endpoint import LOCAL_SOCKET, check_tls, endpoint_for
from docker.transport.response import chunks_of, items_of, json_of, text_of
from docker.transport.translate import TranslatingAdapter
from docker.validation import (
    check_api_version, check_count, check_header, check_timeout, is_text, query_flag)
from docker.version import version as __version__

DEFAULT_DOCKER_API_VERSION = '1.6'
DEFAULT_TIMEOUT_SECONDS = 60
DEFAULT_USER_AGENT = 'docker-py/' + __version__

# What dir() lists of a Client besides its calls, although a Session has it or it has an underscore: programs
# of docker-py 1.x mock and override the latter.
_LISTED = ('api_version', 'auth', 'base_url', 'cert', 'close', 'cookies', 'headers', 'hooks', 'proxies',
           'timeout', 'verify', '_delete', '_get', '_post', '_post_json', '_put', '_raise_for_status',
           '_result', '_set_request_timeout', '_stream_helper', '_url')
_NOT_LISTED = [name for name in dir(requests.Session) + requests.Session.__attrs__ if name[:2] != '__']

# URLs that need no quoting, so that requests need not prepare them. Compiled on first use, to keep the
# import fast.
_PLAIN_URL = r"^http[+a-z]*://[a-z0-9.:\[\]-]+/[A-Za-z0-9_/.~!$&'()*+,;=:@-]*\Z"


class EngineSession(FormerNames, requests.Session):
    """A Session of one Docker Engine. Its parameters are those of `docker.Client`."""

    __attrs__ = requests.Session.__attrs__ + ['base_url', 'timeout', '_endpoint', '_chosen']

    # The headers of the Session when they were last validated, and the validated copy: requests validates
    # each header of each request, which takes a sixth of the time of a small call.
    _validated_headers = None, None

    def __init__(self, base_url=None, version=DEFAULT_DOCKER_API_VERSION,
                 timeout=DEFAULT_TIMEOUT_SECONDS, tls=None, pool_size=DEFAULT_POOL_SIZE, user_agent=None,
                 num_pools=None):
        super(EngineSession, self).__init__()
        tls = check_tls(tls)
        if is_text(pool_size) and not pool_size.isdigit():
            # The order of docker-py 1.x, in which user_agent and num_pools follow.
            pool_size, user_agent, num_pools = DEFAULT_POOL_SIZE, pool_size, num_pools or user_agent
        source = 'base_url'
        if base_url is None or is_text(base_url) and not base_url.strip():
            settings = current_settings()
            base_url, tls = settings.get('base_url'), settings.get('tls') if tls is None else tls
            source = 'DOCKER_HOST'
        self._endpoint = endpoint_for(base_url, bool(tls), getattr(tls, 'assert_hostname', None), source,
                                      getattr(tls, 'assert_fingerprint', None))
        version = DEFAULT_DOCKER_API_VERSION if version is None else version
        self._chosen = 'auto' if version == 'auto' else check_api_version(version, 'version')
        pinned = os.environ.get('DOCKER_API_VERSION') or None
        if pinned is not None:
            pinned = negotiate.parse_version(check_api_version(pinned, 'DOCKER_API_VERSION'))
        self.base_url = self._endpoint.url
        self.timeout = timeout
        self._logins = {}
        self._credential_files = CredentialFiles()
        self.headers['User-Agent'] = check_header(user_agent or DEFAULT_USER_AGENT, 'user_agent')
        pool_size = check_count(pool_size, 'pool_size') if num_pools is None else check_count(
            num_pools, 'num_pools')
        adapter = EngineAdapter(self._endpoint, pool_size)
        self.mount(self.base_url, TranslatingAdapter(adapter, negotiate.parse_version(self._chosen), pinned))
        # The environment's proxies and ~/.netrc do not apply to a local socket.
        self.trust_env = self._endpoint.proxied
        if hasattr(tls, 'verify'):
            self.verify, self.cert = tls.verify, tls.cert

    @classmethod
    def from_env(cls, ssl_version=None, assert_hostname=None, environment=None, **kwargs):
        """Return a Client of the engine that the environment names, as Client() does.

        DOCKER_HOST, DOCKER_TLS_VERIFY and DOCKER_CERT_PATH apply, then the current context of the docker
        command, then the local socket.

        :param ssl_version: not used: the newest version of TLS that both sides speak is negotiated.
        :param assert_hostname: the name that the engine's certificate must be for, as text; False for any.
        :param environment: a dict to use in place of `os.environ`.
        :param kwargs: other arguments of Client, such as `version` and `timeout`.
        :raises TypeError, ValueError: for invalid arguments.

            >>> client = docker.Client.from_env(version='auto', timeout=10)
        """
        settings = current_settings(environment, assert_hostname)
        if assert_hostname is not None and settings.get('tls'):
            settings['tls'].assert_hostname = assert_hostname
        if environment is not None:
            settings.setdefault('base_url', LOCAL_SOCKET)
        return cls(**dict(settings, **kwargs))

    def __repr__(self):
        return '<docker.Client {0} version {1}>'.format(self._endpoint.name, self._chosen)

    def __dir__(self):
        """List the calls and the documented attributes, without the rest of requests.Session."""
        names = set(name for name in dir(type(self)) if name.startswith('__'))
        names.update(name for name in vars(self) if not name.startswith('_'))
        for kind in type(self).__mro__:
            if kind not in requests.Session.__mro__:
                private = '_' if kind.__module__.startswith('docker.') else '__'
                names.update(name for name in vars(kind) if not name.startswith(private))
        return sorted(names.difference(_NOT_LISTED).union(_LISTED))

    def __setstate__(self, state):
        super(EngineSession, self).__setstate__(state)
        self._logins = {}
        self._credential_files = CredentialFiles()

    @property
    def api_version(self):
        """The version of the Remote API on the wire, as text such as ``'1.41'``.

        Until the first call, such as `version()`, has negotiated it with the engine, it is the version that
        the Client was created with, and None for ``'1.6'`` and ``'auto'``. Nothing is sent for it. If
        DOCKER_API_VERSION is set, it is that version from the beginning.
        """
        # Another adapter may be mounted, such as one that stands in for the engine.
        adapter = self.get_adapter(self.base_url)
        spoken = adapter.spoken if isinstance(adapter, TranslatingAdapter) else None
        if spoken is None:
            # Programs of docker-py 1.x compare it before they send anything.
            return None if self._chosen in ('auto', DEFAULT_DOCKER_API_VERSION) else self._chosen
        return '{0}.{1}'.format(*spoken)

    @property
    def timeout(self):
        """How many seconds to wait for a connection and for each part of a response, or a tuple of both.

        :raises TypeError, ValueError: when it is set to what Client does not take.
        """
        return self._timeout

    @timeout.setter
    def timeout(self, value):
        self._timeout = check_timeout(value, 'timeout')

    def prepare_request(self, request):
        """Prepare a request as any Session does; skip the merge if all settings have their defaults.

        :raises requests.exceptions.MissingSchema: for text without a scheme, such as the name of a container,
            in place of the URL.
        """
        if not (isinstance(request.url, str) and '://' in request.url):
            _require_url(request)
        if (request.cookies or request.auth or request.hooks.get('response') or self.cookies or self.auth or
                self.params or self.trust_env):
            return super(EngineSession, self).prepare_request(request)
        prepared = requests.PreparedRequest()
        prepared.prepare_method(request.method)
        if request.params or not re.match(_PLAIN_URL, request.url):
            prepared.prepare_url(request.url, request.params)
        else:
            prepared.url = request.url
        self._prepare_headers(prepared, request.headers)
        prepared.prepare_cookies(self.cookies)
        prepared.prepare_body(request.data, request.files, request.json)
        prepared.prepare_hooks(self.hooks)
        return prepared

    def _prepare_headers(self, prepared, headers):
        """Prepare the headers of a request, validating the Session's own only when they have changed."""
        current = tuple(self.headers.lower_items())
        before, validated = self._validated_headers
        if headers or current != before:
            merged = self.headers.copy()
            merged.update(headers)
            prepared.prepare_headers({name: value for name, value in merged.items() if value is not None})
            if not headers:
                self._validated_headers = current, prepared.headers.copy()
        else:
            prepared.headers = validated.copy()

    def merge_environment_settings(self, url, proxies, stream, verify, cert):
        """Merge settings as any Session does, except that its own `verify` overrides the environment."""
        if verify is None and self.verify is not True:
            verify = self.verify
        if self.trust_env or proxies or self.proxies:
            return super(EngineSession, self).merge_environment_settings(url, proxies, stream, verify, cert)
        return {'proxies': {}, 'stream': self.stream if stream is None else stream,
                'verify': self.verify if verify is None else verify,
                'cert': self.cert if cert is None else cert}

    # Requests

    def _is_of(self, version):
        """Return whether responses have the format of this version, a tuple of ints, or a newer one."""
        return self._chosen == 'auto' or negotiate.parse_version(self._chosen) >= version

    def _url(self, path, *names, **options):
        """Return the URL of `path`, in which {0}, {1} ... stand for names, which are quoted.

        :param versioned_api: False for one without a version, as programs of docker-py 1.x have it.
        """
        version = DEFAULT_DOCKER_API_VERSION if self._chosen == 'auto' else self._chosen
        prefix = '/v' + version if options.get('versioned_api', True) else ''
        return self.base_url + prefix + path.format(*[quote_name(name) for name in names])

    def _get(self, url, **kwargs):
        return self.get(url, **self._with_defaults(kwargs))

    def _get_json(self, url, needed=(), **kwargs):
        return self._json(self._get(url, stream=True, **kwargs), *needed)

    def _post(self, url, **kwargs):
        return self.post(url, **self._with_defaults(kwargs))

    def _post_json(self, url, data, **kwargs):
        return self._post(url, **_with_json(data, kwargs))

    def _get_with_credentials(self, url, **kwargs):
        """As `_post_with_credentials`, for a GET."""
        return self._send_with_credentials(self._get, url, kwargs)

    def _post_json_with_credentials(self, url, body, **kwargs):
        """POST JSON with a secret in it or in the headers, as `_post_with_credentials` does."""
        return self._post_with_credentials(url, **_with_json(body, kwargs))

    def _post_with_credentials(self, url, **kwargs):
        """POST a request with credentials, and remove them from what its response or error refers to."""
        return self._send_with_credentials(self._post, url, kwargs)

    @staticmethod
    def _send_with_credentials(send, url, kwargs):
        try:
            response = send(url, **kwargs)
        except requests.RequestException as error:
            for request in (error.request, getattr(error.response, 'request', None)):
                _remove_credentials(request)
            raise
        _remove_credentials(response.request)
        return response

    def _put(self, url, **kwargs):
        return self.put(url, **self._with_defaults(kwargs))

    def _head(self, url, **kwargs):
        return self.head(url, **self._with_defaults(kwargs))

    def _delete(self, url, **kwargs):
        return self.delete(url, **self._with_defaults(kwargs))

    def _require(self, method, url):
        """Raise the NotSupported of a request that a call depends on, before anything is done by the call."""
        self._translated(method, url, TranslatingAdapter.check_supported)

    def _http2_socket(self, url):
        """Return a two-way socket on which the engine takes gRPC over HTTP/2; None when it does not."""
        return self._translated('POST', url, TranslatingAdapter.open_http2)

    def _translated(self, method, url, function):
        """Return what a function of the TranslatingAdapter does of a request, which it does not send; None
        with another adapter."""
        adapter = self.get_adapter(url)
        if not isinstance(adapter, TranslatingAdapter):
            return None
        request = self.prepare_request(requests.Request(method, url))
        return function(adapter, request, timeout=self.timeout, **self.merge_environment_settings(
            url, {}, None, None, None))

    def _with_defaults(self, kwargs):
        kwargs.setdefault('timeout', self.timeout)
        # Engines redirect only misspelt paths, and headers with credentials must not go elsewhere.
        kwargs.setdefault('allow_redirects', False)
        params = kwargs.get('params')
        if isinstance(params, dict) and all(value is None for value in params.values()):
            # Nothing is sent of them, but requests would take a tenth of the time of a small call for it.
            del kwargs['params']
        return kwargs

    @property
    def _unbounded(self):
        """The timeout of a call that waits by nature: it bounds connecting only."""
        return self._bounded_by(None)

    def _bounded_by(self, seconds):
        """Return the timeout of a call that waits for so many seconds for each part of the response."""
        return (self.timeout[0] if isinstance(self.timeout, tuple) else self.timeout, seconds)

    def _bounded_after(self, grace):
        """Return the timeout of a call to which the engine responds up to `grace` seconds later."""
        seconds = self.timeout[1] if isinstance(self.timeout, tuple) else self.timeout
        return self._bounded_by(None if seconds is None else grace + seconds)

    # Responses

    @staticmethod
    def _checked(response):
        """Return the response itself; raise the APIError when it is an error."""
        if response.status_code >= 300 and response.status_code != 304:
            try:
                raise error_for(response)
            finally:
                response.close()
        return response

    def _json(self, response, *needed):
        """Return the JSON value of a response; `needed` as `json_of` takes it."""
        return json_of(self._checked(response), *needed)

    def _text(self, response):
        return text_of(self._checked(response))

    def _json_items(self, response, stream, decode=False):
        """Return the JSON objects of an operation, and raise the error that they report.

        An iterator of texts to `stream`, else one text with an object a line; to `decode` an iterator of
        dicts, else a list of dicts.
        """
        items = Stream(operation_items(items_of(self._checked(response), decode), decode), response)
        if stream:
            return items
        with items:
            return list(items) if decode else u'\n'.join(items)

    def _output(self, response, tty, stream, demux=False):
        """Return the output that a response has: bytes, or to `stream` an iterator of bytes as they come.

        :param tty: whether it is that of a terminal, which has no frames.
        :param demux: true for pairs of standard output and standard error in place of bytes.
        """
        chunks = chunks_of(self._checked(response))
        if tty:
            items = ((chunk, None) for chunk in chunks) if demux else chunks
        else:
            items = (demultiplex_pairs if demux else demultiplex)(chunks)
        output = Stream(items, response)
        if stream:
            return output
        with output:
            return join_output(output, demux)

    def _log(self, url, query, follow, tty, stream, demux=False):
        """Return the log at a URL, as `_output` does.

        :param query: as `docker.log_query.convert_log_query` returns it.
        :param follow: whether new output follows, however long that takes.
        """
        return self._output(self._get(
            url, params=dict(query, follow=query_flag(follow)), stream=True,
            timeout=self._unbounded if follow else self.timeout), tty, stream, demux)

    # Credentials

    def _credentials_for(self, registry, given=None):
        """Return the credentials for a registry: `given` ones, else those of a login, of helpers or files."""
        if given is not None:
            return given
        return self._logins.get(registry) or self._credential_files.get(registry)

    def _all_credentials(self, given):
        """Return all known credentials by registry, `given` ones (a dict) before others."""
        known = self._credential_files.all()
        known.update(self._logins)
        known.update(given)
        return known


class AutoVersionSession(EngineSession):
    """A Session whose responses have the format of the newest version that the engine supports.

    Its parameters are those of EngineSession, without `version`.
    """

    def __init__(self, *args, **kwargs):
        if len(args) > 1 or kwargs.get('version') is not None:
            raise InvalidVersionArgument(
                'an AutoVersionClient takes no version, and all arguments but base_url by name: use Client '
                'for responses of a version')
        super(AutoVersionSession, self).__init__(*args, **dict(kwargs, version='auto'))


def _require_url(request):
    """Raise an error that names the calls that were meant when there is no URL."""
    url = request.url
    text = url.decode('utf-8', 'replace') if isinstance(url, bytes) else six.text_type(url)
    if u'://' not in text:
        # Imported on first use, to keep `import docker` fast.
        from docker.guidance import explain_url
        raise requests.exceptions.MissingSchema(explain_url(request.method, url))


def _with_json(body, kwargs):
    """Return the keyword arguments of a request with a body in JSON."""
    headers = dict(kwargs.get('headers', {}), **{'Content-Type': 'application/json'})
    return dict(kwargs, data=json.dumps(body), headers=headers)


def _remove_credentials(request):
    """Remove the credentials in a request that was sent: the body of a login, the headers of other calls."""
    if request is not None:
        request.body = None
        for name in registry_auth.CREDENTIAL_HEADERS:
            request.headers.pop(name, None)
