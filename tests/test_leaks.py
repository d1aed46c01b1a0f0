# -*- coding: utf-8 -*-
"""The search for passwords in a test run (tests/leaks.py) finds them."""

import base64
import json
import os
import subprocess
import sys

import pytest
import six

from tests.credentials import PASSWORDS, TOKEN, encoded, held_by, shown_in

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PASSWORD = PASSWORDS['alice']

CONFTEST = u'''
from tests.leaks import *  # noqa
'''
BEGINNING = u'''# coding: utf-8
import logging, sys, warnings
import pytest
import docker
from tests.credentials import PASSWORDS, TOKEN, encoded

def test_it():
'''


@pytest.mark.parametrize('text', [
    PASSWORD, u'{0}'.format({'password': PASSWORD}), json.dumps({'password': PASSWORD}), encoded('alice'),
    PASSWORD.encode('utf-8'), base64.b64encode(json.dumps({'x': 'y', 'password': PASSWORD}).encode('ascii')),
    base64.urlsafe_b64encode(json.dumps({'username': u'x', 'p': PASSWORD, 'z': 1}).encode('ascii')),
    repr(PASSWORD), repr(PASSWORD.encode('utf-8')), u'http://alice:Wren-7%3Ak%C3%A9y%3E%3E%3E%3F~@host',
    base64.b64encode(b'1' + TOKEN.encode('ascii') + b'234'), u'a {0} b'.format(TOKEN)],
    ids=[str(number) for number in range(12)])
def test_each_form_of_a_password_is_found(text):
    assert shown_in(text)


@pytest.mark.parametrize('length', range(7))
def test_a_password_is_found_at_any_offset_in_base64(length):
    for content in json.dumps(PASSWORD).encode('ascii'), PASSWORD.encode('utf-8'):
        content = b'a' * length + content + b'z' * (length // 2)
        assert shown_in(base64.b64encode(content)) == shown_in(base64.urlsafe_b64encode(content)) == 'alice'


def test_nothing_is_found_in_other_texts():
    assert shown_in(u'alice Wren-7 {0}'.format(base64.b64encode(b'alice:another password'))) is None


def test_the_context_of_an_error_is_searched():
    try:
        try:
            raise ValueError(PASSWORD)
        except ValueError:
            raise KeyError('nothing')
    except KeyError as error:
        assert held_by(error) == ('alice' if six.PY3 else None)
    error = UnicodeDecodeError('utf-8', PASSWORD.encode('utf-8') + b'\xff', 0, 1, 'x')
    assert held_by(error) == 'alice'


LEAKS = [
    u'logging.getLogger("x").debug("sent %s", encoded("alice"))',
    u'print(repr(PASSWORDS))',
    u'sys.stderr.write(TOKEN)',
    u'warnings.warn(TOKEN)',
    u'pytest.skip(TOKEN)',
]
if hasattr(sys, 'monitoring'):
    LEAKS.append(u'pytest.raises(ValueError, docker.Client, version=TOKEN)')


@pytest.mark.parametrize('line', LEAKS + [u'pass'], ids=[str(number) for number in range(len(LEAKS) + 1)])
def test_a_run_that_shows_a_password_fails(tmp_path, line):
    (tmp_path / 'conftest.py').write_text(CONFTEST)
    (tmp_path / 'test_it.py').write_text(BEGINNING + u'    ' + line + u'\n')
    process = subprocess.Popen(
        [sys.executable, '-m', 'pytest', '-q', '-p', 'no:cacheprovider', str(tmp_path)], cwd=str(tmp_path),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        env=dict(os.environ, PYTHONPATH=ROOT, PYTHONDONTWRITEBYTECODE='1'))
    output = process.communicate()[0].decode('utf-8', 'replace')
    leaks = line != u'pass'
    assert process.returncode == (1 if leaks else 0)
    assert ('password or token of' in output) is leaks
