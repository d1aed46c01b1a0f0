# coding: utf-8
"""docker.buildkit.services: each method byte by byte, with requests that are valid and others."""

import pytest
import six

from docker.buildkit import messages, services
from docker.buildkit.grpc import FAILED_PRECONDITION, INVALID_ARGUMENT, NOT_FOUND, CallFailed
from docker.buildkit.protobuf import decode, encode
from docker.registry_auth import Credentials
from tests.credentials import PASSWORDS, TOKEN

SECRET = b'\0of any bytes\xff'


class FakeCall(object):
    """A call of the engine with the messages that it receives."""

    def __init__(self, received, metadata=None):
        self.received = list(received)
        self.metadata = metadata or {}
        self.sent = []

    def receive(self):
        return self.received.pop(0) if self.received else None

    def send(self, message):
        self.sent.append(message)


def call(methods, name, *received, **metadata):
    served = FakeCall(received, **metadata)
    methods[name](served)
    return served.sent


def failure(methods, name, *received, **metadata):
    """Return the status and the text of a call that fails, and see that nothing was sent before."""
    served = FakeCall(received, **metadata)
    with pytest.raises(CallFailed) as caught:
        methods[name](served)
    assert served.sent == [] and isinstance(caught.value.text, six.text_type)
    return caught.value.status, caught.value.text


def test_health():
    assert call(services.health(), '/grpc.health.v1.Health/Check', b'') == [b'\x08\x01']


# Secrets

def test_a_secret():
    methods = services.secrets({u'token': SECRET, u'\xe4': b''})
    name = '/moby.buildkit.secrets.v1.Secrets/GetSecret'
    assert sorted(methods) == [name]
    assert call(methods, name, b'\x0a\x05token') == [b'\x0a' + six.int2byte(len(SECRET)) + SECRET]
    # An empty one is not a missing one.
    assert call(methods, name, b'\x0a\x02\xc3\xa4') == [b'']


def test_a_secret_that_was_not_given():
    methods = services.secrets({u'token': SECRET})
    assert failure(methods, messages.GET_SECRET, b'\x0a\x05other') == (NOT_FOUND, u'secret other not found')
    assert failure(methods, messages.GET_SECRET, b'') == (NOT_FOUND, u'secret  not found')


@pytest.mark.parametrize('received', [(), (b'\x0a\x05tok', ), (b'\x08\x05', ), (b'\xff' * 11, )])
@pytest.mark.parametrize('methods, name', [
    (services.secrets({u'': SECRET}), messages.GET_SECRET),
    (services.ssh([u'default'], None), messages.CHECK_AGENT),
    (services.credentials(None), messages.CREDENTIALS)], ids=['secrets', 'ssh', 'credentials'])
def test_requests_that_are_none(methods, name, received):
    status, text = failure(methods, name, *received)
    assert status == INVALID_ARGUMENT and text.startswith(u'the request ')


# ssh agents

@pytest.fixture
def forwarded():
    return []


@pytest.fixture
def ssh(forwarded):
    return services.ssh([u'default', u'github'], lambda agent_id, call: forwarded.append(agent_id))


@pytest.mark.parametrize('request_', [b'', b'\x0a\x07default', b'\x0a\x06github'])
def test_an_agent_is_there(ssh, request_):
    assert call(ssh, '/moby.sshforward.v1.SSH/CheckAgent', request_) == [b'']


def test_an_agent_is_not_there(ssh, forwarded):
    wanted = NOT_FOUND, u'ssh agent other not found: the build has default, github'
    assert failure(ssh, messages.CHECK_AGENT, b'\x0a\x05other') == wanted
    assert failure(ssh, messages.FORWARD_AGENT, metadata={u'buildkit.ssh.id': [u'other']}) == wanted
    assert failure(services.ssh([u'github'], None), messages.CHECK_AGENT, b'') == (
        NOT_FOUND, u'ssh agent default not found: the build has github')
    assert forwarded == []


@pytest.mark.parametrize('metadata, agent', [
    ({u'buildkit.ssh.id': [u'github']}, u'github'), ({u'buildkit.ssh.id': [u'']}, u'default'),
    ({}, u'default')])
def test_the_agent_that_is_forwarded(ssh, forwarded, metadata, agent):
    assert call(ssh, '/moby.sshforward.v1.SSH/ForwardAgent', metadata=metadata) == []
    assert forwarded == [agent]


# Credentials

def credentials_of(host, known):
    """Return the username and the secret that a registry gets, and the keys that were looked up."""
    keys = []

    def lookup(key):
        keys.append(key)
        return known.get(key)
    sent, = call(services.credentials(lookup), '/moby.filesync.v1.Auth/Credentials',
                 encode({'host': host}, messages.CREDENTIALS_REQUEST))
    found = decode(sent, messages.CREDENTIALS_RESPONSE)
    return found['username'], found['secret'], keys


ALICE = Credentials(u'alice', PASSWORDS[u'alice'])


@pytest.mark.parametrize('host', [u'docker.io', u'registry-1.docker.io', u'index.docker.io'])
def test_credentials_of_the_hub(host):
    assert credentials_of(host, {u'docker.io': ALICE}) == (u'alice', PASSWORDS[u'alice'], [u'docker.io'])


def test_credentials_of_the_registry_that_is_asked_for_and_of_no_other():
    known = {u'host:5000': ALICE, u'docker.io': Credentials(u'bob', PASSWORDS[u'bob'])}
    assert credentials_of(u'host:5000', known) == (u'alice', PASSWORDS[u'alice'], [u'host:5000'])
    assert credentials_of(u'host', known) == (u'', u'', [u'host'])
    assert credentials_of(u'host:5001', known) == (u'', u'', [u'host:5001'])


def test_nothing_is_sent_where_there_are_no_credentials():
    for known in ({}, {u'host': Credentials()}, {u'host': Credentials(u'', u'')}):
        assert call(services.credentials(known.get), messages.CREDENTIALS, b'\x0a\x04host') == [b'']


def test_an_identity_token_has_no_user_name():
    known = {u'host': Credentials(u'alice', identity_token=TOKEN)}
    assert credentials_of(u'host', known) == (u'', TOKEN, [u'host'])
    assert call(services.credentials({u'host': Credentials(u'a', u'b')}.get), messages.CREDENTIALS,
                b'\x0a\x04host') == [b'\x0a\x01a\x12\x01b']


def test_a_registry_token_cannot_be_used():
    known = {u'host': Credentials(registry_token=TOKEN)}
    status, text = failure(services.credentials(known.get), messages.CREDENTIALS, b'\x0a\x04host')
    assert status == FAILED_PRECONDITION and u'host' in text and TOKEN not in text


@pytest.mark.parametrize('host', [b'', b'\x0a\x08https://'])
def test_a_host_that_is_none(host):
    assert failure(services.credentials(None), messages.CREDENTIALS, host)[0] == INVALID_ARGUMENT
