"""What can go wrong, by meaning.

Every class is also the built-in or requests class that a caller would catch, so that
`except requests.exceptions.RequestException` goes on catching all that happens on the way to an
engine and back. Bad arguments are plain TypeErrors and ValueErrors, raised before anything is sent.

    DockerException
        APIError (requests HTTPError)           the engine answered with an error
            BadRequest                          400
            Unauthorized                        401, 403
            NotFound                            404
                ImageNotFound                   404, and it is an image that is missing
            Conflict                            406, 409: the state of a thing forbids it
            ServerError                         5xx
            OperationFailed                     a 200 whose stream then told of an error
                AccessDenied (Unauthorized)     the error: a registry wants other credentials
            NotSupported (ValueError)           the engine has no such thing; nothing was sent
        EngineUnreachable (requests ConnectionError)
            ConnectTimedOut (requests ConnectTimeout)
            TLSFailed (requests SSLError)
            NotAnEngine                         what answers there is no Docker engine
        ReadTimedOut (requests ReadTimeout)     the engine did not answer in time
        StreamBroken (requests ChunkedEncodingError)
"""

import json
import re

from requests import exceptions
import six


class DockerException(Exception):
    """The root of all that this package raises, but for bad arguments."""


class APIError(exceptions.HTTPError, DockerException):
    """The engine answered with an error.

    `response` is the answer, `explanation` the engine's own words (a native str). Both the old
    way to make one, `APIError('text', response)`, and an explanation of one's own are taken.
    """

    def __init__(self, message, response=None, explanation=None, request=None):
        super(APIError, self).__init__(native(message), response=response, request=request)
        if explanation is None and response is not None:
            explanation = explanation_of(response)
        self.explanation = native(explanation or '')

    def __str__(self):
        message = native(exceptions.HTTPError.__str__(self))
        if self.explanation and self.explanation not in message:
            message = '{0} ("{1}")'.format(message, self.explanation)
        return message

    def __reduce__(self):
        return rebuilt, (type(self), self.args, self.response, self.explanation)

    @property
    def status_code(self):
        """The HTTP status (an int), None when the error came with no answer."""
        return getattr(self.response, 'status_code', None)

    def is_client_error(self):
        """True for a status of 400 to 499: the request was at fault."""
        return 400 <= (self.status_code or 0) < 500

    def is_server_error(self):
        """True for a status of 500 to 599: the engine was at fault."""
        return 500 <= (self.status_code or 0) < 600


class BadRequest(APIError):
    """The engine did not take the request (400)."""


class Unauthorized(APIError):
    """The registry or the engine wants other credentials (401, 403)."""


class NotFound(APIError):
    """No such container, image or path (404)."""


class ImageNotFound(NotFound):
    """No such image (404)."""


class Conflict(APIError):
    """The name is taken, or the state of the thing forbids it (409, 406)."""


class ServerError(APIError):
    """The engine failed (5xx)."""


class OperationFailed(APIError):
    """The engine answered 200, and then told of an error in the stream."""


class AccessDenied(OperationFailed, Unauthorized):
    """The engine answered 200, and then told that the registry wants other credentials."""


class NotSupported(APIError, ValueError):
    """What was asked cannot be carried to this engine in any words; nothing was sent."""


class EngineUnreachable(exceptions.ConnectionError, DockerException):
    """Nothing answers at the endpoint; the text says which, and what to do."""


class ConnectTimedOut(EngineUnreachable, exceptions.ConnectTimeout):
    """No connection to the endpoint came about in time."""


class TLSFailed(EngineUnreachable, exceptions.SSLError):
    """The two sides could not agree on TLS, or do not trust each other."""


class NotAnEngine(EngineUnreachable):
    """Something answers at the endpoint, but it is not a Docker engine."""


class ReadTimedOut(exceptions.ReadTimeout, DockerException):
    """The engine took the request, and did not answer in time."""


class StreamBroken(exceptions.ChunkedEncodingError, DockerException):
    """An answer ended, or went wrong, before it was whole."""


BY_STATUS = {400: BadRequest, 401: Unauthorized, 403: Unauthorized, 404: NotFound,
             406: Conflict, 409: Conflict}

# The engines of 2013, and Podman, answer 500 to much that has a meaning of its own: their words tell
# it, at the beginning or, Podman's cause, at the end.
BY_WORDS = (
    r'^(no such|.*no such file or directory$|could not find the file)|'
    r'^(conflict|impossible|abort due to constraint|.*(?:name is already in use|'
    r'container state improper|image is in use by a container|'
    r'is already running\.?|is not running)$)|'
    r'^(wrong login/password|login: account is not active|.*(?:\bunauthorized\b|'
    r'no basic auth credentials|authentication (?:is )?required|invalid username/password))')
MEANT = {1: NotFound, 2: Conflict, 3: Unauthorized}


NO_IMAGE = r'^no such image|(image not known|no such image)$'


def error_for(response):
    """The APIError that says what a response of 400 and above means. It is for the caller to
    raise."""
    explanation = explanation_of(response)
    kind = BY_STATUS.get(response.status_code)
    if kind is None:
        words = re.search(BY_WORDS, explanation, re.IGNORECASE)
        kind = MEANT[words.lastindex] if words else (
            ServerError if response.status_code >= 500 else APIError)
    if kind is NotFound and re.search(NO_IMAGE, explanation, re.IGNORECASE):
        kind = ImageNotFound
    side = 'Server' if response.status_code >= 500 else 'Client'
    message = '{0} {1} Error: {2}'.format(
        response.status_code, side, native(response.reason or ''))
    return kind(message, response, explanation)


def failure_of(explanation):
    """The OperationFailed for an error that a stream tells of. It is for the caller to raise."""
    words = re.search(BY_WORDS, explanation, re.IGNORECASE)
    kind = AccessDenied if words and MEANT[words.lastindex] is Unauthorized else OperationFailed
    return kind('The engine told of an error', explanation=explanation)


def explanation_of(response):
    """The engine's words in an error's answer: plain text, or the `message` of a JSON object."""
    try:
        content = response.content
        text = content.decode('utf-8', 'replace') if isinstance(content, bytes) else content
        text = (text or u'').strip()
    except exceptions.RequestException as error:
        return 'the answer could not be read: {0}'.format(error)
    if text.startswith('{'):
        try:
            said = json.loads(text)
        except ValueError:
            said = {}
        text = said.get('message') or said.get('error') or said.get('cause') or text
    elif text[:200].lower().lstrip().startswith(('<!doctype', '<html')):
        text = 'an HTML page came for an answer: is this a Docker engine?'
    return native(text)


def native(text):
    """Text as the str of this Python: on Python 2 that is UTF-8."""
    if six.PY2 and isinstance(text, six.text_type):
        return text.encode('utf-8')
    if not six.PY2 and isinstance(text, bytes):
        return text.decode('utf-8', 'replace')
    return str(text)


def rebuilt(kind, args, response, explanation):
    error = kind(*args[:1], response=response, explanation=explanation)
    error.args = args
    return error


__all__ = [name for name, kind in sorted(globals().items())
           if isinstance(kind, type) and issubclass(kind, DockerException)] + ['error_for']
