"""A real registry, Debian's docker-registry, as a process on a free port of the loopback interface.

It stores its images in a folder of its own, which is removed with it. With `users` it requires one of their
passwords (tests/credentials.py). With `tls` it has a self-signed certificate, which an engine accepts on
loopback. The tests on an engine of `tests/with-engine` run in its network, and so does the registry.
"""

import io
import os
import re
import shutil
import subprocess
import tempfile
import threading

import pytest

PROGRAM = 'docker-registry'
MISSING = 'no registry: it is in the package docker-registry of Debian'

# By user: the bcrypt hash of the password in tests/credentials.py.
HASHES = {
    u'alice': u'$2b$04$kK.pq3cyfz4WA4wt3eRyCeb5Ic3q.1vAQP8D9oaO7roBLgh.48HO6',
    u'bob': u'$2b$04$f5xKyyUeofFtcepJ3scf8Oeh6OEBFtlhX.Wikhn52/7gbvEbCgwFy',
}

CONFIG = u'''version: 0.1
log: {{accesslog: {{disabled: true}}}}
storage: {{filesystem: {{rootdirectory: {folder}/images}}}}
# For Docker before 1.10, whose images have manifests of the first form.
compatibility: {{schema1: {{enabled: true}}}}
http:
  addr: 127.0.0.1:0
  secret: of this process alone
'''
WITH_TLS = u'''  tls: {{certificate: {folder}/cert.pem, key: {folder}/key.pem}}
'''
WITH_USERS = u'''auth: {{htpasswd: {{realm: tests, path: {folder}/htpasswd}}}}
'''
LISTENING = re.compile(br'listening on 127\.0\.0\.1:(\d+)')


class Registry(object):
    """A context manager that runs a registry. `address` is its `127.0.0.1:port`."""

    def __init__(self, users=(), tls=False):
        self.folder = tempfile.mkdtemp(prefix='registry')
        config = CONFIG + (WITH_TLS if tls else u'') + (WITH_USERS if users else u'')
        self._write('config.yml', config.format(folder=self.folder))
        self._write('htpasswd', u''.join(u'{0}:{1}\n'.format(name, HASHES[name]) for name in users))
        if tls:
            self._make_certificate()
        self.process = None
        self.output = []

    def __enter__(self):
        self.process = subprocess.Popen(
            [PROGRAM, 'serve', os.path.join(self.folder, 'config.yml')],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.process.stdin.close()
        self.address = '127.0.0.1:{0}'.format(self._port())
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        return self

    def __exit__(self, *exc_info):
        self.process.kill()
        self.process.wait()
        self._reader.join()
        self.process.stdout.close()
        shutil.rmtree(self.folder)

    def _port(self):
        for line in iter(self.process.stdout.readline, b''):
            self.output.append(line)
            found = LISTENING.search(line)
            if found:
                return int(found.group(1))
        self.process.wait()
        self.process.stdout.close()
        raise AssertionError(b''.join(self.output).decode('utf-8', 'replace'))

    def _read(self):
        for line in iter(self.process.stdout.readline, b''):
            self.output.append(line)

    def _write(self, name, text):
        with io.open(os.path.join(self.folder, name), 'w', encoding='utf-8') as opened:
            opened.write(text)

    def _make_certificate(self):
        self._write('openssl.conf', CERTIFICATE)
        subprocess.check_output(
            ['openssl', 'req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2',
             '-config', 'openssl.conf', '-keyout', 'key.pem', '-out', 'cert.pem'],
            cwd=self.folder, stderr=subprocess.STDOUT)


CERTIFICATE = u'''[req]
distinguished_name = name
x509_extensions = extensions
prompt = no
[name]
CN = registry of the tests
[extensions]
subjectAltName = IP:127.0.0.1, DNS:localhost
'''


def require():
    """Skip the test when no registry is installed. In CI, where one must be, fail it."""
    folders = os.environ['PATH'].split(os.pathsep)
    if not any(os.access(os.path.join(folder, PROGRAM), os.X_OK) for folder in folders):
        (pytest.fail if os.environ.get('CI') else pytest.skip)(MISSING)
