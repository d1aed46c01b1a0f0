# -*- coding: utf-8 -*-
"""The credentials of the tests: the files and helpers that hold them, and the search for where they show.

The passwords and tokens that stand for real ones are here, so that whatever a test run logs, raises, warns of
and prints can be searched for each of them, in each form in which it travels (conftest.py does so).
"""

import base64
import io
import json
import os

import six
from six.moves.urllib.parse import quote

# By user: beyond ASCII, with a colon, and with what base64 has two alphabets for.
PASSWORDS = {u'alice': u'Wren-7:k\xe9y>>>?~', u'bob': u'Heron-4 b\xf6x/+='}
TOKEN = u'Finch-9-of-an-earlier-login'
# Another of alice, which is not the registry's.
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
    """`auth` of a file: the base64 of user:password."""
    pair = u'{0}:{1}'.format(user, PASSWORDS[user] if password is None else password)
    return base64.b64encode(pair.encode('utf-8')).decode('ascii')


def write(path, content):
    """Write text, or what JSON can hold; folders are made."""
    if not isinstance(content, six.text_type):
        content = six.ensure_text(json.dumps(content))
    if not os.path.isdir(os.path.dirname(path)):
        os.makedirs(os.path.dirname(path))
    with io.open(path, 'w', encoding='utf-8') as opened:
        opened.write(content)


def write_config(content, folder=None):
    """Write config.json into `folder`, or into .docker of the home folder."""
    write(os.path.join(folder or os.path.join(os.environ['HOME'], '.docker'), 'config.json'), content)


class Helpers(object):
    """Credential helpers in a folder, which is the first of PATH."""

    def __init__(self, folder, monkeypatch):
        self.folder = folder
        monkeypatch.setenv('PATH', folder + os.pathsep + os.environ['PATH'])

    def write(self, name, script):
        """Make an executable docker-credential-NAME of the text of a script."""
        path = os.path.join(self.folder, 'docker-credential-' + name)
        write(path, script)
        os.chmod(path, 0o700)

    def make(self, name, credentials):
        """Make a helper that knows `credentials`, a dict of address to (user name, secret)."""
        cases = [CASE.format(u'"get {0}"'.format(address), json.dumps(
            {'ServerURL': address, 'Username': user, 'Secret': secret}))
            for address, (user, secret) in sorted(credentials.items())]
        cases.append(CASE.format(u'"list "*', json.dumps(
            {address: user for address, (user, _) in credentials.items()})))
        self.write(name, HELPER.format(asked=self._asked(name), cases=u'\n'.join(cases)))

    def asked(self, name):
        """What a helper was asked: a list of texts, '' for one that never was."""
        if not os.path.exists(self._asked(name)):
            return []
        with io.open(self._asked(name), encoding='utf-8') as opened:
            return [line.strip() for line in opened]

    def _asked(self, name):
        return os.path.join(self.folder, name + '.asked')


def forms(secret):
    """The texts that a secret goes by: itself, quoted, escaped, and within base64."""
    content = secret.encode('utf-8')
    escaped = json.dumps(secret)[1:-1]
    found = {secret, escaped, quote(content), quote(content, '~'), repr(secret).lstrip('u')[1:-1],
             repr(content).lstrip('b')[1:-1]}
    for hidden in (content, escaped.encode('ascii')):
        for offset in range(3):
            # Of what stands somewhere in base64, all but the ends is always the same.
            whole = base64.b64encode(b'\0' * offset + hidden)[:-4].decode('ascii')
            inner = whole[4 if offset else 0:]
            found.update([inner, inner.replace('+', '-').replace('/', '_')])
    return {six.ensure_text(form) for form in found}


FORMS = {form: user for user, secret in list(PASSWORDS.items()) + [('a token', TOKEN), ('a wrong one', WRONG)]
         for form in forms(secret)}


def shown_in(text):
    """Whose password or token is in a text (or bytes); None when there is none."""
    if isinstance(text, bytes):
        text = text.decode('utf-8', 'replace')
    for form, user in FORMS.items():
        if form in text:
            return user
    return None


def held_by(error):
    """Whose password or token an exception holds: in its texts, in the request that it is about, in what it
    came of."""
    while error is not None:
        texts = [str(error), repr(error), repr(getattr(error, 'args', ()))]
        answer = getattr(error, 'response', None)
        for request in (getattr(error, 'request', None), getattr(answer, 'request', None)):
            if request is not None:
                texts.extend([repr(dict(request.headers)), repr(request.url), repr(request.body)])
        texts.append(repr(getattr(error, 'doc', None)) + repr(getattr(error, 'object', None)))
        for text in texts:
            if shown_in(text):
                return shown_in(text)
        error = getattr(error, '__cause__', None) or getattr(error, '__context__', None)
    return None
