"""The services of a session: what the engine may ask of the client during a build.

Each function that serves a method takes a call: `receive()` returns its next message or None, `send(message)`
sends one, `metadata` has its headers.
"""

import six

from docker.buildkit import messages
from docker.buildkit.grpc import FAILED_PRECONDITION, INVALID_ARGUMENT, NOT_FOUND, CallFailed
from docker.buildkit.protobuf import InvalidMessage, decode, encode
from docker.registry_auth import registry_key

# The header of a call with the id of an agent.
_AGENT_ID = u'buildkit.ssh.id'


def _unary(request, response, function):
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
    return {messages.HEALTH_CHECK: _unary(
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
    return {messages.GET_SECRET: _unary(
        messages.GET_SECRET_REQUEST, messages.GET_SECRET_RESPONSE, get_secret)}


def ssh(ids, forward):
    """Return the methods by which a build uses ssh agents.

    :param ids: the ids of the agents, each text.
    :param forward: called with the id of an agent and a call, whose messages are BYTES_MESSAGEs; serves it.
    """
    def known(agent_id):
        agent_id = agent_id or u'default'
        if agent_id not in ids:
            raise CallFailed(NOT_FOUND, u'ssh agent {0} not found: the build has {1}'.format(
                agent_id, u', '.join(sorted(ids))))
        return agent_id

    def check_agent(request):
        known(request['ID'])
        return messages.EMPTY

    def forward_agent(call):
        forward(known(call.metadata.get(_AGENT_ID, [u''])[0]), call)

    return {messages.CHECK_AGENT: _unary(messages.CHECK_AGENT_REQUEST, messages.EMPTY, check_agent),
            messages.FORWARD_AGENT: forward_agent}


def credentials(lookup):
    """Return the method by which the engine gets the credentials of a registry, when it pulls from it.

    :param lookup: called with the key of a registry, as `registry_key` returns it; returns Credentials or
        None.
    """
    def get_credentials(request):
        try:
            key = registry_key(request['host'])
        except ValueError:
            six.raise_from(CallFailed(INVALID_ARGUMENT, u'the request names no registry'), None)
        found = lookup(key)
        if found is None:
            return {}
        if found.identity_token:
            return {'secret': found.identity_token}
        if found.registry_token and not found.password:
            raise CallFailed(FAILED_PRECONDITION, u'BuildKit takes a password or an identitytoken for {0}, '
                                                  u'no registrytoken'.format(key))
        return {'username': found.username or u'', 'secret': found.password or u''}

    return {messages.CREDENTIALS: _unary(
        messages.CREDENTIALS_REQUEST, messages.CREDENTIALS_RESPONSE, get_credentials)}
