# -*- coding: utf-8 -*-
"""The credentials of the tests, files and credential helpers that store them, and the search for them.

All passwords and tokens that stand for real ones are here, so that everything that a test run logs, raises,
warns of and prints can be searched for each of them, in each form in which it is sent or shown
(tests/leaks.py does so).
"""

import base64
import io
import json
import os

import six
from six.moves.urllib.parse import quote

# By user. They have characters beyond ASCII, a colon, and characters that differ between the two alphabets
# of base64.
PASSWORDS = {u'alice': u'Wren-7:k\xe9y>>>?~', u'bob': u'Heron-4 b\xf6x/+='}
TOKEN = u'Finch-9-of-an-earlier-login'
# A password that the registry does not accept for alice.
WRONG = u'Crane-3:wr\xf6ng'

HELPER = u'''#!/bin/sh
read -r registry
echo "$1 $registry" >> '{asked}'
case "$1 $registry" in
{cases}
*) echo 'credentials not found in native keychain'; exit 1;;
esac
'''
CASE = u'''{0}) cat <<'END'
{1}
END
;;'''


def encoded(user, password=None):
    """The `auth` of a credentials file: the base64 of user:password."""
    pair = u'{0}:{1}'.format(user, PASSWORDS[user] if password is None else password)
    return base64.b64encode(pair.encode('utf-8')).decode('ascii')


def write(path, content):
    """Write a text, or a value as JSON, and create the missing folders of the path."""
    if not isinstance(content, six.text_type):
        content = six.ensure_text(json.dumps(content))
    if not os.path.isdir(os.path.dirname(path)):
        os.makedirs(os.path.dirname(path))
    with io.open(path, 'w', encoding='utf-8') as opened:
        opened.write(content)


def write_config(content, folder=None):
    """Write config.json to `folder`, by default to ~/.docker."""
    write(os.path.join(folder or os.path.join(os.environ['HOME'], '.docker'), 'config.json'), content)


class Helpers(object):
    """Credential helpers in a folder that comes first in PATH."""

    def __init__(self, folder, monkeypatch):
        self.folder = folder
        monkeypatch.setenv('PATH', folder + os.pathsep + os.environ['PATH'])

    def write(self, name, script):
        """Write the executable docker-credential-NAME.

        :param script: its text.
        """
        path = os.path.join(self.folder, 'docker-credential-' + name)
        write(path, script)
        os.chmod(path, 0o700)

    def make(self, name, credentials):
        """Write a helper that stores credentials.

        :param credentials: a dict of addresses and tuples of a user name and a secret.
        """
        cases = [CASE.format(u'"get {0}"'.format(address), json.dumps(
            {'ServerURL': address, 'Username': user, 'Secret': secret}))
            for address, (user, secret) in sorted(credentials.items())]
        cases.append(CASE.format(u'"list "*', json.dumps(
            {address: user for address, (user, _) in credentials.items()})))
        self.write(name, HELPER.format(asked=self._asked(name), cases=u'\n'.join(cases)))

    def asked(self, name):
        """Return the requests that a helper received, a list of texts such as ``'get host:5000'``."""
        if not os.path.exists(self._asked(name)):
            return []
        with io.open(self._asked(name), encoding='utf-8') as opened:
            return [line.strip() for line in opened]

    def _asked(self, name):
        return os.path.join(self.folder, name + '.asked')


def forms(secret):
    """The forms of a secret in texts: itself, quoted, escaped, and within base64."""
    content = secret.encode('utf-8')
    escaped = json.dumps(secret)[1:-1]
    found = {secret, escaped, quote(content), quote(content, '~'), repr(secret).lstrip('u')[1:-1],
             repr(content).lstrip('b')[1:-1]}
    for hidden in (content, escaped.encode('ascii')):
        for offset in range(3):
            # Base64 of the same bytes at the same offset (mod 3) differs only in its first and last
            # characters, which depend on the bytes around.
            whole = base64.b64encode(b'\0' * offset + hidden)[:-4].decode('ascii')
            inner = whole[4 if offset else 0:]
            found.update([inner, inner.replace('+', '-').replace('/', '_')])
    return {six.ensure_text(form) for form in found}


FORMS = {form: user for user, secret in list(PASSWORDS.items()) + [('a token', TOKEN), ('a wrong one', WRONG)]
         for form in forms(secret)}


def shown_in(text):
    """Return the user whose password or token is in a text (or bytes), or None."""
    if isinstance(text, bytes):
        text = text.decode('utf-8', 'replace')
    for form, user in FORMS.items():
        if form in text:
            return user
    return None


def held_by(error):
    """Return the user whose password or token an exception holds, or None.

    Its texts, its request, its response's request, and its causes and contexts are searched.
    """
    while error is not None:
        texts = [str(error), repr(error), repr(getattr(error, 'args', ()))]
        response = getattr(error, 'response', None)
        for request in (getattr(error, 'request', None), getattr(response, 'request', None)):
            if request is not None:
                texts.extend([repr(dict(request.headers)), repr(request.url), repr(request.body)])
        texts.append(repr(getattr(error, 'doc', None)) + repr(getattr(error, 'object', None)))
        for text in texts:
            if shown_in(text):
                return shown_in(text)
        error = getattr(error, '__cause__', None) or getattr(error, '__context__', None)
    return None
