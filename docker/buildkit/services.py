"""The services of a session: what the engine may ask of the client during a build.

Each function that serves a method takes a call: `receive()` returns its next message or None, `send(message)`
sends one, `metadata` has its headers.
"""

import six

from docker.buildkit import messages
from docker.buildkit.grpc import INVALID_ARGUMENT, NOT_FOUND, CallFailed
from docker.buildkit.protobuf import InvalidMessage, decode, encode


def unary(request, response, function):
    """Return the function that serves a method with one request and one response.

    :param request: the description of the request's message, as in docker.buildkit.messages.
    :param response: that of the response's.
    :param function: called with the request, a dict; returns the response, a dict.
    """
    def serve(call):
        call.send(encode(function(decoded(call.receive(), request)), response))
    return serve


def decoded(message, fields):
    """Return a message that the engine has sent as a dict.

    :param message: bytes, or None when the engine has sent none.
    :raises CallFailed: when it is none, or not such a message.
    """
    if message is None:
        raise CallFailed(INVALID_ARGUMENT, u'the request has no message')
    try:
        return decode(message, fields)
    except InvalidMessage as error:
        six.raise_from(CallFailed(INVALID_ARGUMENT, u'the request is invalid: {0}'.format(error)), None)


def health():
    """Return the methods by which the engine checks that the client is there."""
    return {messages.HEALTH_CHECK: unary(
        messages.HEALTH_CHECK_REQUEST, messages.HEALTH_CHECK_RESPONSE,
        lambda request: {'status': messages.SERVING})}


def secrets(values):
    """Return the methods by which the engine reads secrets.

    :param values: a dict of ids, text, to bytes.
    """
    def get_secret(request):
        if request['ID'] not in values:
            raise CallFailed(NOT_FOUND, u'secret {0} not found'.format(request['ID']))
        return {'data': values[request['ID']]}
    return {messages.GET_SECRET: unary(
        messages.GET_SECRET_REQUEST, messages.GET_SECRET_RESPONSE, get_secret)}
