"""The exceptions that this package raises.

Each error of an engine, and of the connection to it, also subclasses the corresponding exception of
requests, so that `except requests.exceptions.RequestException` catches all of them. Bad arguments are
TypeErrors and ValueErrors, raised before anything is sent; docker-py 1.x had a class of its own for some.

    DockerException
        APIError (requests HTTPError)           the engine responded with an error
            BadRequest                          400
            Unauthorized                        401, 403
            NotFound                            404
                ImageNotFound                   404: no such image
            Conflict                            406, 409: a name is in use, or a state forbids it;
                                                403: a network is in use
            ServerError                         500 to 599
            OperationFailed                     200, and then an error in the stream
                AccessDenied (Unauthorized)     the error: a registry rejected the credentials
                ImageMissing (ImageNotFound)    the error: no such image
            NotSupported (InvalidVersion)       the engine does not support this; nothing was sent
        EngineUnreachable (requests ConnectionError)
            ConnectTimedOut (requests ConnectTimeout)
            TLSFailed (requests SSLError)
            NotAnEngine                         not a Docker engine, or not what a call expects
        ReadTimedOut (requests ReadTimeout)     the response did not come in time
        StreamBroken (requests ChunkedEncodingError)
        ContainerError                          a container ended with an error, or is unhealthy
            ContainerTimedOut (ReadTimedOut)    it did not end in time
        InvalidContext (requests InvalidURL)    a context of the docker command that cannot be used
        InvalidVersion (ValueError)             text that is no version of the API
            InvalidVersionArgument (TypeError)  a version of another type, or where none is taken
        NullResource (ValueError, TypeError)    None or empty in place of a container, an image ...
        InvalidRepository (ValueError)          text that is not the name of a repository
        InvalidConfigFile (ValueError)          a file of credentials that cannot be understood
        UnsafeArchive                           a member of an archive would leave its folder
        InvalidArgument (ValueError)            an address, a size or a device that cannot be understood
        TLSParameterError (ValueError)          an argument of docker.tls.TLSConfig
        MissingPackage (ImportError)            an argument needs a package of an extra
        DeprecatedMethod                        raised by nothing, for programs that catch it
"""

import json
import re

from requests import exceptions
import six

from docker.compat import to_native_string


class DockerException(Exception):
    """The root of all exceptions of this package, except those for bad arguments."""

    if six.PY2:
        def __unicode__(self):
            # That of Exception decodes the text as ASCII.
            text = self.args[0] if len(self.args) == 1 else None
            return text if isinstance(text, six.text_type) else str(self).decode('utf-8', 'replace')


class _OfRequest(object):
    """What str() shows of an error of a request: one line, with the method and path of the request.

    A query is not shown, as it may hold a secret.
    """

    # The text and the request.
    _FORM = '{0} ({1})'

    if six.PY2:
        def __unicode__(self):
            return str(self).decode('utf-8', 'replace')

    def __str__(self):
        return _in_one_line(self._with_request(self._text()))

    def _text(self):
        if len(self.args) == 1:
            return to_native_string(self.args[0])
        return to_native_string(super(_OfRequest, self).__str__())

    def _with_request(self, text):
        call = _call_of_error(self)
        return text if call is None or call in text else self._FORM.format(text, call)


class APIError(_OfRequest, exceptions.HTTPError, DockerException):
    """The engine responded with an error.

    :param message: text.
    :param response: the requests Response, None when the error came without one.
    :param explanation: the engine's error message, as text; taken from `response` when it is None, and
        `message` without a response.
    :param request: the PreparedRequest, taken from `response` when it is None.

    `explanation` and str() are native strings. str() is one line: the status and its reason, the method and
    path of the request, and the explanation.
    """

    _FORM = '{0} for {1}'

    def __init__(self, message, response=None, explanation=None, request=None):
        super(APIError, self).__init__(to_native_string(message), response=response, request=request)
        if explanation is None:
            # Without a response it is the client's own, such as a NotSupported: programs print it alone.
            explanation = message if response is None else _explanation_in(response)
        self.explanation = to_native_string(explanation or '')

    def __str__(self):
        message = text = self._with_request(self._text())
        if self.explanation and self.explanation not in text:
            message = '{0} ("{1}")'.format(text, self.explanation)
        return _in_one_line(message)

    def __reduce__(self):
        return _unpickled, (type(self), self.args, self.response, self.explanation)

    @property
    def status_code(self):
        """The HTTP status (an int), None when the error came without a response."""
        return getattr(self.response, 'status_code', None)

    def is_client_error(self):
        """True for a status of 400 to 499: the request was at fault."""
        return 400 <= (self.status_code or 0) < 500

    def is_server_error(self):
        """True for a status of 500 to 599: the engine was at fault."""
        return 500 <= (self.status_code or 0) < 600


class BadRequest(APIError):
    """The engine rejected the request (400)."""


class Unauthorized(APIError):
    """The registry or the engine rejected the credentials, or requires some (401, 403)."""


class NotFound(APIError):
    """No such container, image, network, volume or path (404)."""


class ImageNotFound(NotFound):
    """No such image (404)."""


class Conflict(APIError):
    """The name is in use, or the state of the container, image, network or volume forbids it (409, 406)."""


class ServerError(APIError):
    """The engine failed (5xx)."""


class OperationFailed(APIError):
    """The engine responded with 200, and then reported an error in the stream."""

    @classmethod
    def explained(cls, explanation):
        """Return the exception for an error that a stream of JSON objects reports.

        :param explanation: the engine's error message, as text.
        :returns: an AccessDenied if it means that a registry rejected the credentials, an ImageMissing
            if there is no such image, else an OperationFailed.
        """
        explanation = to_native_string(explanation)
        kind = {Unauthorized: AccessDenied, ImageNotFound: ImageMissing}.get(
            _class_by_words(explanation), cls)
        return kind('The engine reported an error', explanation=explanation)


class AccessDenied(OperationFailed, Unauthorized):
    """The engine responded with 200, and then reported that a registry rejected the credentials."""


class ImageMissing(OperationFailed, ImageNotFound):
    """The engine responded with 200, and then reported that there is no such image."""


class InvalidVersion(ValueError, DockerException):
    """A version of the API that cannot be used.

    It is raised for text that is no version. NotSupported, for what the engine's version lacks, is one too.
    """


class InvalidVersionArgument(InvalidVersion, TypeError):
    """A version of the API that is not text, or that was given where none is taken."""


class NullResource(ValueError, TypeError, DockerException):
    """None, or something empty, in place of a container, an image or whatever else a call is about."""


class InvalidRepository(ValueError, DockerException):
    """Text that is not the name of a repository."""


class InvalidConfigFile(ValueError, DockerException):
    """A file of credentials that cannot be read or understood."""


class InvalidArgument(ValueError, DockerException):
    """An address, a size or a device that cannot be understood: docker-py 1.x raised DockerException."""


class TLSParameterError(ValueError, DockerException):
    """An argument of docker.tls.TLSConfig that it does not take."""


class MissingPackage(ImportError, DockerException):
    """An argument needs a package that is not installed, of an extra such as ``docker-py[buildkit]``."""


class DeprecatedMethod(DockerException):
    """A call that the engine no longer has: raised by nothing here, for programs that catch it."""


class NotSupported(APIError, InvalidVersion):
    """The engine does not support this; nothing was sent."""

    # In parentheses, as its text is a sentence.
    _FORM = _OfRequest._FORM


class EngineUnreachable(_OfRequest, exceptions.ConnectionError, DockerException):
    """Nothing responds at the endpoint; the text says which endpoint, why, and what to do."""


class ConnectTimedOut(EngineUnreachable, exceptions.ConnectTimeout):
    """No connection to the endpoint was established in time."""


class TLSFailed(EngineUnreachable, exceptions.SSLError):
    """The TLS handshake or the verification of a certificate failed, or only one side speaks TLS."""


class NotAnEngine(EngineUnreachable):
    """The server at the endpoint is not a Docker engine, or a proxy in between responds in its place.

    It does not speak HTTP, or responds to a call with no JSON or with other JSON than the call expects; the
    text says what was expected and what came.
    """


class ReadTimedOut(_OfRequest, exceptions.ReadTimeout, DockerException):
    """The engine did not respond, or take the whole request, in time."""


class StreamBroken(_OfRequest, exceptions.ChunkedEncodingError, DockerException):
    """A response ended, or became invalid, before it was complete.

    It is also raised for an item of a stream that is not what the call expects.
    """


class ContainerError(DockerException):
    """A container did not end well: it ended with another exit code than 0, or became unhealthy.

    :param message: text.
    :param container: the id of the container; it is removed unless the call was to keep it.
    :param image: the image, as the call took it.
    :param command: the command, likewise.
    :param exit_code: an int; None while the container has not ended.
    :param output: what the call would have returned.
    :param stderr: all of its standard error, as bytes.
    """

    def __init__(self, message, container=None, image=None, command=None, exit_code=None, output=None,
                 stderr=b''):
        super(ContainerError, self).__init__(to_native_string(message))
        self.container = container
        self.image = image
        self.command = command
        self.exit_code = exit_code
        self.output = output
        self.stderr = stderr


class ContainerTimedOut(ContainerError, ReadTimedOut):
    """A container did not end in time."""


class UnsafeArchive(DockerException):
    """A member of an archive would be written outside of its folder, or is no file, link or directory."""


class InvalidContext(exceptions.InvalidURL, DockerException):
    """The current context of the docker command is missing, or cannot be used. It is a ValueError too."""


_BY_STATUS = {400: BadRequest, 401: Unauthorized, 403: Unauthorized, 404: NotFound,
              406: Conflict, 409: Conflict}

# Engines of 2013, and Podman, respond with 500 to much that has a class of its own. Their messages show
# which: Docker's by their beginning, Podman's by their end, where the cause is. Those of a registry's
# response are anywhere. Where they say both, that credentials are missing is the more exact.
_BY_WORDS = (
    (Conflict, r'^(conflict|impossible|abort due to constraint|.*(?:name is already in use|'
               r'(?:container|exec session) state improper|image is in use by a container|'
               r'is already running\.?|is not running)$)|'
               # Networks and volumes.
               r' has active endpoints\b|^endpoint with name \S+ already exists in network |'
               r' is a pre-defined network and cannot be |pool overlaps with other one on this address space|'
               r'is already used on the host or by another config$|is not connected to (the )?network \S+$|'
               r'(network already exists|network is already connected|network is being used)$|'
               # A file in place of a directory of an archive, and the reverse.
               r'\bcannot overwrite (non-)?directory |^copier: put: .*: file exists$'),
    (Unauthorized, r'^wrong login/password|^login: account is not active|'
                   r'(?<!/)\bunauthorized\b(?![/:]\w)|no basic auth credentials|'
                   r'authentication (is )?required|invalid username/password|please login first|'
                   r'(status|http code:?) 40[13]\b'),
    (ImageNotFound, r'^no such image|(image not known|no such image)$|manifest unknown|'
                    r'repository does not exist|repository name not known|'
                    r'(manifest for|repository|error: image) \S+ not found|^repository not found|'
                    r'^http code: 404|^tag \S+ not found in repository|^image does not exist$|'
                    r'image does not exist locally|/[\w.-]{1,255}:[\w.-]{1,255}: not found$'),
    (Unauthorized, r'requested access to the resource is denied'),
    (NotFound, r'^(no such|.*no such file or directory$|could not find the file)|: no such container$|'
               # The changes of a container.
               r'^\S+ not found: layer not known$|'
               # Drivers of networks and volumes.
               r'^unsupported driver \S+: invalid argument$|required plugin missing$'),
)
# How much of the beginning and of the end of a long message is searched for them.
_SEARCHED_SIZE = 4096
# The URL of a pull, and what engines say there of a missing image, in contrast to 'page not found'.
_PULL = r'/images/create\?(.*&)?fromImage='
# The path of a request: what follows the version, or all of it.
_VERSIONED_PATH = r'/v\d+\.\d+(/[^?#]*)'
_PATH = r'[A-Za-z+]+://[^/?#]*([^?#]*)'
_NOT_IN_REGISTRY = r'(?<!page )not found|not exist'


def call_of(request):
    """Return what messages call a request: its method, and its path without the version.

    :param request: a PreparedRequest; None is returned for anything else.
    """
    url, method = getattr(request, 'url', None), getattr(request, 'method', None)
    if not isinstance(url, six.string_types) or not isinstance(method, six.string_types):
        return None
    path = re.search(_VERSIONED_PATH, url) or re.match(_PATH, url)
    return '{0} {1}'.format(*map(to_native_string, (method, path.group(1) or '/'))) if path else None


def _call_of_error(error):
    """Return what messages call the request of an error; None when it is of none."""
    response = getattr(error, 'response', None)
    return call_of(getattr(error, 'request', None)) or call_of(getattr(response, 'request', None))


def _in_one_line(text):
    return ' '.join(line.strip() for line in text.splitlines() if line.strip())


def error_for(response):
    """Return the exception for an error response.

    :param response: a requests Response of status 400 or above, whose body is read.
    :returns: an APIError of the subclass for its status, or for the message of an engine that responds
        with 500 to everything. The caller raises it.
    """
    explanation = _explanation_in(response)
    status = response.status_code
    by_words = _class_by_words(explanation)
    kind = _BY_STATUS.get(status) or by_words or (ServerError if status >= 500 else APIError)
    if status == 403 and by_words is Conflict:
        # No credentials are missing: a network is in use.
        kind = Conflict
    if kind is NotFound and (by_words is ImageNotFound or _is_of_a_pull(response, explanation)):
        kind = ImageNotFound
    message = '{0} {1} Error: {2}'.format(
        status, 'Server' if status >= 500 else 'Client', to_native_string(response.reason or ''))
    return kind(message, response, explanation)


def _is_of_a_pull(response, explanation):
    return bool(re.search(_PULL, getattr(response, 'url', None) or '') and
                re.search(_NOT_IN_REGISTRY, explanation, re.IGNORECASE))


def _class_by_words(explanation):
    if len(explanation) > 2 * _SEARCHED_SIZE:
        explanation = explanation[:_SEARCHED_SIZE] + explanation[-_SEARCHED_SIZE:]
    for kind, words in _BY_WORDS:
        if re.search(words, explanation, re.IGNORECASE):
            return kind
    return None


def _explanation_in(response):
    """Return the message in the body of an error response: plain text, or `message` of a JSON object."""
    try:
        content = response.content
        text = content.decode('utf-8', 'replace') if isinstance(content, bytes) else content
        text = (text or u'').strip()
    except exceptions.RequestException as error:
        return 'the response could not be read: {0}'.format(error)
    if text.startswith('{'):
        text = _message_in(text) or text
    elif text[:200].lower().lstrip().startswith(('<!doctype', '<html')):
        text = 'the response is an HTML page: is this a Docker engine?'
    return to_native_string(text)


def _message_in(text):
    """Return the message in a JSON object; None when there is none, or when it is no text."""
    try:
        value = json.loads(text)
    except (ValueError, RuntimeError):  # RuntimeError: it is nested too deeply
        return None
    messages = [value.get(key) for key in ('message', 'error', 'cause')]
    return next((message for message in messages if message and isinstance(message, six.string_types)), None)


def _unpickled(kind, args, response, explanation):
    error = kind(*args[:1], response=response, explanation=explanation)
    error.args = args
    return error


__all__ = [name for name, kind in sorted(globals().items())
           if isinstance(kind, type) and issubclass(kind, DockerException)] + ['error_for']


def __dir__():
    # Editors and REPLs complete from this; Python 2.7 and 3.6 do not ask.
    return sorted(__all__)
