"""docker.credential_helper: helpers that hang, that leave processes behind, or that do not read."""

import gc
import glob
import os
import time

import pytest

from docker import credential_helper
from docker.credentials import CredentialFiles
from tests.credentials import PASSWORDS, Helpers, write_config
from tests.test_registry_auth import SECRET, encoded, users
from tests.test_credentials import looked_up


@pytest.fixture
def helpers(tmp_path, monkeypatch):
    return Helpers(str(tmp_path), monkeypatch)


def test_the_output_and_the_status_of_a_helper(helpers):
    helpers.write('own', u'#!/bin/sh\necho "$1"; cat; exit 3\n')
    assert credential_helper.run('own', 'get', b'host') == (b'get\nhost', 3)


def running_in(group):
    """Return the processes of a process group, without zombies."""
    found = []
    for path in glob.glob('/proc/[0-9]*/stat'):
        try:
            with open(path) as opened:
                state, _, its_group = opened.read().rpartition(')')[2].split()[:3]
        except EnvironmentError:
            continue    # it has ended in the meantime
        if int(its_group) == group and state not in 'ZX':
            found.append(path)
    return found


HANGING = [
    'exec sleep 1000',
    'sleep 1000',
    'sleep 1000 & echo {}',
    'exec >&-; sleep 1000',
    'while :; do echo no end; done',
    'trap "" TERM INT HUP; while :; do sleep 1000; done',
]


@pytest.mark.parametrize('script', HANGING)
def test_a_helper_that_hangs_is_left_out_and_ended(helpers, monkeypatch, script):
    monkeypatch.setattr(credential_helper, 'TIMEOUT_SECONDS', 0.3)
    helpers.write('own', u'#!/bin/sh\necho $$ > {0}/pid\n{1}\n'.format(helpers.folder, script))
    write_config({'credHelpers': {key: 'own' for key in ('host', 'b', 'c')},
                  'auths': {'host': {'auth': encoded()}}})
    found, texts = looked_up(CredentialFiles().all)
    assert users(found) == {'host': ('user', SECRET)}
    assert texts == ['The credential helper docker-credential-own is left out: '
                     'it did not end within 0.3 seconds, or prints too much']
    with open(os.path.join(helpers.folder, 'pid')) as opened:
        group = int(opened.read())
    # They are killed, but may end a moment later.
    deadline = time.time() + 10
    while running_in(group) and time.time() < deadline:
        pass
    assert running_in(group) == []


def test_a_process_that_a_helper_left_in_another_session_is_not_waited_for(helpers, monkeypatch):
    monkeypatch.setattr(credential_helper, 'TIMEOUT_SECONDS', 0.3)
    helpers.write('own', u'#!/bin/sh\nsetsid sleep 5 &\necho {}\n')
    write_config({'credsStore': 'own'})
    assert looked_up(CredentialFiles().get, 'host')[1] == [
        'The credential helper docker-credential-own is left out: '
        'it did not end within 0.3 seconds, or prints too much']


def test_a_helper_leaves_no_files_open(helpers, monkeypatch):
    monkeypatch.setattr(credential_helper, 'TIMEOUT_SECONDS', 0.3)
    helpers.make('own', {'host': ('alice', PASSWORDS['alice'])})
    helpers.write('slow', u'#!/bin/sh\nexec sleep 1000\n')
    helpers.write('deaf', u'#!/bin/sh\nexec <&-\necho {}\n')
    write_config({'credHelpers': {'host': 'own', 'a': 'slow', 'b': 'deaf', 'c': 'missing'}})
    files = CredentialFiles()
    before = len(os.listdir('/proc/self/fd'))
    for registry in 'host', 'a', 'b', 'c':
        looked_up(files.get, registry)
    gc.collect()
    assert len(os.listdir('/proc/self/fd')) == before
