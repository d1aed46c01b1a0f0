"""What is wrong when no engine can be used, and what to do: from the error of a call to words.

The error shows where it failed; the file system and the settings show why. A problem has a code, which
programs compare, a sentence, and lines of what to do. No word in it comes from credentials.
"""

import errno
import os
import re
import stat

from requests.exceptions import InvalidProxyURL, ReadTimeout, RequestException

from docker.compat import to_native_string
from docker.errors import (
    APIError, ConnectTimedOut, DockerException, InvalidContext, InvalidVersion, NotAnEngine, StreamBroken,
    TLSFailed)
from docker.surroundings import group_name, is_in_container, is_listed_in, user_name
from docker.transport.negotiate import is_refusal
from docker.transport.tcp import TcpEndpoint

# How to start an engine, by what is in the path of its socket.
_STARTS = (
    (r'/user/.*/podman/', '`systemctl --user start podman.socket`.'),
    (r'/podman/', '`sudo systemctl start podman.socket`.'),
    (r'/run/user/', '`systemctl --user start docker`.'),
    (r'/\.docker/', 'start Docker Desktop.'), (r'/\.colima/', '`colima start`.'),
    (r'/\.lima/', '`limactl start docker`.'), (r'/\.rd/', 'start Rancher Desktop.'),
    (r'/\.orbstack/', 'start OrbStack.'),
    (r'', '`sudo systemctl start docker`, `sudo service docker start`, or Docker Desktop.'))
_LOOK = 'See why it ended: `sudo systemctl status docker`, `sudo journalctl -u docker`.'
_MOUNT = ('This seems to be a container. To use the engine of its host, start it with '
          '`-v /var/run/docker.sock:/var/run/docker.sock`.')
_TUNNEL = ('Forward the socket with ssh, and use that: `ssh -nNT -L /tmp/docker.sock:/var/run/docker.sock '
           'USER@HOST`, `export DOCKER_HOST=unix:///tmp/docker.sock`.')
_FORMS = 'Give it as unix:///path, tcp://host:port, or https://host:port.'
_TLS_ON = ('Use TLS: `export DOCKER_TLS_VERIFY=1`, with ca.pem, cert.pem and key.pem in DOCKER_CERT_PATH; or '
           'in Python docker.Client(..., tls=docker.tls.TLSConfig(...)).')
_LOGS = 'See its log: `sudo journalctl -u docker`; start it again: `sudo systemctl restart docker`.'
_LONGEST = 500
# What is in the texts of OpenSSL, by its versions.
_CERTIFICATES = (
    ('certificate-expired', r'certificate has expired|not yet valid'),
    ('certificate-wrong-name', r"hostname mismatch|address mismatch|doesn't match|not for this address|"
                               r'not valid for|fingerprint'),
    ('certificate-untrusted', r'certificate.verify.failed|self.signed'))
# Before Python 3.7 the reason is not in the text.
_NO_REASON = r'(?i)certificate verify failed \(_ssl'
# Alerts of a server that wants a certificate, or another one.
_REFUSED_CLIENT = (r'(?i)bad.certificate|certificate.(required|unknown|expired|revoked)|unknown.ca|'
                   r'handshake.failure|unsupported.certificate|access.denied|decrypt.error')
# What OpenSSL says of files that hold something else, or do not belong together.
_BAD_FILES = (r'(?i)\bPEM\b|no.certificate.or.crl|key.values.mismatch|no.start.line|bad.base64|bad.decrypt|'
              r'empty.password|cannot (load|read)|could not find a suitable TLS CA|invalid path')
_NAME_NOT_FOUND = r'(?i)\[Errno -\d+\]|resol|getaddrinfo|nodename|name or service'


def problem_of(error, found, endpoint=None):
    """Return what is wrong.

    :param error: the exception.
    :param found: what is known so far, as `docker.diagnosis.diagnose` returns it.
    :param endpoint: the endpoint (see endpoint.py); None when the address could not be understood.
    :returns: a dict: `code`, `what` (a sentence), `advice` (a list of text), `error` (the class and the text
        of the exception).
    """
    if endpoint is None:
        parts = _of_settings(error, found)
    elif isinstance(error, ReadTimeout):
        parts = _of_silence(found)
    elif isinstance(error, (APIError, NotAnEngine)):
        parts = _of_response(error, found)
    elif not endpoint.proxied:
        parts = _of_socket(error, endpoint.path, found)
    elif found['proxy'] and not _is_about_certificates(error):
        parts = _of_proxy(error, found, endpoint)
    elif isinstance(error, TLSFailed) or endpoint.tls and _unusable_files(found):
        parts = _of_tls(_words_of(error), found, endpoint)
    else:
        parts = _of_connection(error, found, endpoint)
    code, what, advice = parts
    return {'code': code, 'what': what, 'advice': advice, 'error': _shown(error)}


def _shown(error):
    """Return the class and the text of an exception; no text of others than ours, which may show anything."""
    known = isinstance(error, (DockerException, InvalidProxyURL))
    return '{0}: {1}'.format(type(error).__name__, _shortened(error)) if known else type(error).__name__


def _words_of(error):
    """Return the text of an exception, without the request, which says nothing here."""
    return to_native_string(error.args[0] if len(error.args) == 1 else error)


def _sentence(text):
    """Return text with a full stop, unless it ends with a question."""
    return text if text.endswith('?') else text.rstrip('.') + '.'


def _shortened(error):
    """Return the text of an exception, without a long one of a server."""
    text = to_native_string(error).rstrip('.')
    return text if len(text) <= _LONGEST else text[:_LONGEST] + '...'


# Settings

def _of_settings(error, found):
    text = to_native_string(error)
    place = found['source']['kind']
    if isinstance(error, InvalidContext):
        return _of_context(text, found)
    if isinstance(error, InvalidVersion):
        return ('api-version-invalid', _sentence(text),
                ['`unset DOCKER_API_VERSION`, or set it to a version such as 1.41.'])
    name = 'The address' if place == 'argument' else place
    scheme = (found['source']['value'] or '').partition('://')[0].strip().lower()
    if scheme == 'ssh':
        return 'ssh', '{0} names an engine by SSH, which is not supported.'.format(name), [_TUNNEL]
    if scheme in ('npipe', 'fd'):
        return ('address-unsupported', '{0} has the scheme {1}://, which is not supported.'.format(
            name, scheme), [_FORMS])
    return ('address-invalid', _sentence('{0} is no address: {1}'.format(
        name, re.sub('^(base_url|DOCKER_HOST) takes', 'it takes', text))), [_FORMS])


def _of_context(text, found):
    names = [context['name'] for context in found['contexts']]
    there = ('Use a context that exists: {0}.'.format(', '.join(names)) if names else
             'Create it, with `docker context create`: there are no contexts.')
    leave = ('`unset DOCKER_CONTEXT`' if text.find('(DOCKER_CONTEXT)') > 0 else
             '`docker context use default`') + ' to use the local engine, or set DOCKER_HOST.'
    if 'SSH is not supported' in text:
        return 'ssh', text, [_TUNNEL, leave]
    if 'does not exist' in text:
        return 'context-missing', text, [there, leave]
    return 'context-invalid', text, ['Remove it and create it again: `docker context rm`, `docker context '
                                     'create`.', leave]


# Unix sockets

def _of_socket(error, path, found):
    path = to_native_string(path)
    status, reason = _status_of(path)
    if reason == errno.EACCES:
        return _of_folder(path)
    if 'path too long' in str(error):
        return ('path-too-long', 'The path of the socket is longer than the system takes, which is about 100 '
                'bytes: {0}.'.format(path), ['Use a shorter one, such as a link to it.'])
    if status is None:
        return _of_missing_socket(path, reason, found)
    if not stat.S_ISSOCK(status.st_mode):
        kind = 'a folder' if stat.S_ISDIR(status.st_mode) else 'a file'
        return ('not-a-socket', 'What is at {0} is {1}, not a socket.'.format(path, kind), [
            'Correct the address. docker itself creates a folder there when a container is started with '
            '`-v {0}:...` while no engine listens: remove the folder, and start the engine.'.format(path)
            if stat.S_ISDIR(status.st_mode) else 'Correct the address: it takes the path of a socket.'])
    number = getattr(error, 'errno', None)
    if number in (errno.EACCES, errno.EPERM):
        return _of_permission(path, status)
    if number == errno.ECONNREFUSED:
        return ('daemon-down', 'Nothing listens on the socket {0}: the engine that created it has '
                'stopped.'.format(path), [_start_of(path), _LOOK] + _alternatives(found))
    if isinstance(error, ConnectTimedOut):
        return ('connect-timeout', 'The engine at {0} accepts no connection within {1:g} s: it hangs, or is '
                'busy.'.format(path, found['timeout']), [_LOGS])
    return _of_end(error, found, 'unix://' + path)


def _status_of(path):
    """Return the status of a file and None, or None and the errno."""
    try:
        return os.stat(path), None
    except EnvironmentError as error:
        return None, error.errno
    except (TypeError, ValueError):
        return None, errno.ENOENT


def _of_missing_socket(path, reason, found):
    folder = os.path.dirname(path)
    while folder not in ('', '/') and not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    if os.path.islink(path) and reason == errno.ELOOP:
        what = 'There is no socket at {0}: it is a link that leads back to itself.'.format(path)
        return 'socket-missing', what, ['Remove the link, or correct it.'] + _alternatives(found)
    if os.path.islink(path):
        what = 'There is no socket at {0}: it is a link to {1}, where nothing is.'.format(
            path, os.readlink(path))
    elif reason == errno.ENOTDIR:
        what = 'There is no socket at {0}: a part of this path is a file, not a folder.'.format(path)
        return 'socket-missing', what, ['Correct the address.'] + _alternatives(found)
    elif folder == os.path.dirname(path):
        what = 'There is no socket at {0}: the folder {1} exists, and has nothing of that name.'.format(
            path, folder)
    else:
        what = 'There is no socket at {0}: of this path, only the folder {1} exists.'.format(path, folder)
    advice = [_MOUNT] if is_in_container() else []
    return 'socket-missing', what, [_start_of(path)] + advice + _alternatives(found)


def _start_of(path):
    return 'Start the engine: ' + next(words for part, words in _STARTS if re.search(part, path))


def _alternatives(found):
    """Return lines with the other sockets that this user may use."""
    return ['Or use {0}, which has a socket: `export DOCKER_HOST={1}`.'.format(
        other['engine'], other['address']) for other in found['sockets'] if other['permitted']]


def _of_folder(path):
    folder = os.path.dirname(path)
    while folder != '/' and _status_of(os.path.dirname(folder) + '/.')[1] == errno.EACCES:
        folder = os.path.dirname(folder)
    return ('permission-denied', 'The user {0} may not enter the folder {1}, in which the socket {2} would '
            'be.'.format(user_name(), folder, path),
            ['Run this as the user whose engine it is, or with `sudo`.'])


def _of_permission(path, status):
    owner, group, mode = user_name(status.st_uid), group_name(status.st_gid), stat.S_IMODE(status.st_mode)
    what = ('The user {0} may not use the socket {1}: its owner is {2}, its group {3}, its mode '
            '{4:04o}'.format(user_name(), path, owner, group, mode))
    member = status.st_gid in os.getgroups() + [os.getegid()]
    run = 'Or run it as {0}: `sudo`.'.format(owner)
    if not mode & 0o020 or status.st_gid == 0:
        return ('permission-denied', '{0}: it is for {1} alone.'.format(what, owner),
                ['Run it as {0}: `sudo`.'.format(owner), 'Or use an engine of your own (rootless).'])
    if member:
        return 'permission-denied', what + '; {0} is in this group.'.format(user_name()), [
            'Something else forbids it, such as SELinux, AppArmor or an ACL: see `getfacl {0}`, and the log '
            'of the system.'.format(path), run]
    if is_listed_in(status.st_gid):
        return ('permission-new-group', '{0}. {1} was added to this group, but not before this session '
                'began.'.format(what, user_name()),
                ['Log out and in again; or, for this terminal, `newgrp {0}`.'.format(group), run])
    return ('permission-denied', '{0}; {1} is not in this group.'.format(what, user_name()), [
        'Add the user to the group, and log in again: `sudo usermod -aG {0} {1}`. Who is in it has the '
        'rights of root.'.format(group, user_name()), run, 'Or use an engine of your own (rootless).'])


# TCP

def _of_connection(error, found, endpoint):
    text, name = _words_of(error), endpoint.name
    host, port = endpoint.address
    if isinstance(error, ConnectTimedOut):
        return ('connect-timeout', 'No connection to {0} within {1:g} s.'.format(name, found['timeout']),
                ['Check the host and the port, and whether a firewall is between.'] + (
                    ['What listens there may not speak TLS, and wait: try http://.'] if endpoint.tls else []))
    if '[Errno {0}]'.format(errno.ECONNREFUSED) in text:
        return ('connection-refused', 'Nothing listens on {0}.'.format(name), [
            'Check that the engine runs there, and listens on this port: `dockerd -H tcp://...`, or "hosts" '
            'in daemon.json. By itself it listens on its socket only.',
            'Ports are 2376 with TLS, and 2375 without (then who reaches it has the rights of root).'])
    if any('[Errno {0}]'.format(number) in text for number in (errno.EHOSTUNREACH, errno.ENETUNREACH)):
        return ('unreachable', 'The network has no way to {0}.'.format(name),
                ['Check the address, and the network of this machine (VPN).'])
    if re.search(_NAME_NOT_FOUND, text):
        return ('name-not-found', 'There is no address for the host name {0}.'.format(host),
                ['Check how it is spelt: `getent hosts {0}`.'.format(host)])
    if not endpoint.tls and _speaks_tls(endpoint, found['timeout']):
        return _of_missing_tls(name)
    return _of_end(error, found, name)


def _speaks_tls(endpoint, timeout):
    """Return whether a handshake with the endpoint is one of TLS. Nothing else is sent."""
    secure = TcpEndpoint(endpoint.url.replace('http://', 'https://', 1))
    try:
        secure.connect(timeout, verify=False).close()
        return True
    except TLSFailed as error:
        return re.search(r'(?i)\balert\b', str(error)) is not None
    except RequestException:
        return False


def _of_end(error, found, name):
    """Return the problem of a connection that ended, or failed in some other way."""
    what = '{0}.'.format(_words_of(error).rstrip('.'))
    if not isinstance(error, DockerException):
        what = 'The engine at {0} cannot be used: {1}.'.format(name, type(error).__name__)
    advice = ['Check what listens at {0}; if it is the engine, see its log: `sudo journalctl -u '
              'docker`.'.format(name)]
    if isinstance(error, StreamBroken):
        return 'connection-failed', what, advice    # HTTP it does speak
    if name.startswith('http://'):
        advice.append('If it speaks TLS: ' + _TLS_ON)
    if name.startswith('https://') and not (found['tls'] or {}).get('certificate'):
        advice.append('It may expect a certificate of the client: cert.pem and key.pem.')
    return 'connection-failed', what, advice


def _of_silence(found):
    advice = [_LOGS, 'If it is only slow, wait longer: --timeout 60.']
    if found['address'].startswith('http://'):
        advice.append('Something else than an engine may listen there, or TLS be expected: https://.')
    return ('no-response', 'What listens at {0} takes the request, and does not respond within {1:g} '
            's.'.format(found['address'], found['timeout']), advice + _of_proxies(found))


# TLS

def _is_about_certificates(error):
    return isinstance(error, TLSFailed) and any(
        re.search('(?i)' + words, str(error)) for _, words in _CERTIFICATES)


def _of_tls(text, found, endpoint):
    name, tls = endpoint.name, found['tls'] or {}
    unusable = _unusable_files(found)
    if 'speaks TLS, not plain' in text:
        return _of_missing_tls(name)
    if 'does not speak TLS' in text:
        return ('tls-not-spoken', 'What listens at {0} does not speak TLS, but the address has it.'.format(
            name), ['Use the port with TLS of that engine, which is usually 2376.',
                    'Or do without, where nobody else reaches the port: `unset DOCKER_TLS_VERIFY`, and '
                    'tcp:// or http:// in place of https://.'])
    if unusable:
        return ('tls-files', 'TLS with {0} needs files that cannot be used: {1}.'.format(name, ', '.join(
            '{path} ({state})'.format(**file) for file in unusable)), [
                'Correct DOCKER_CERT_PATH or the files; cert.pem and key.pem belong together, and this user '
                'must be able to read them.'])
    for code, words in _CERTIFICATES:
        if re.search('(?i)' + words, text):
            return _of_certificate(code, name, tls, text)
    if re.search(_REFUSED_CLIENT, text):
        return _of_client_certificate(name, tls)
    if re.search(_BAD_FILES, text):
        return ('tls-files', 'TLS with {0} needs files that cannot be used: {1}.'.format(name, ', '.join(
            file['path'] for file in tls.get('files', ()) if file['needed'])), [
                'See which of them is no certificate or key in PEM: `openssl x509 -noout -subject -in '
                'cert.pem`, `openssl pkey -noout -in key.pem`. cert.pem and key.pem belong together.'])
    return 'tls-failed', text, [
        'Check that this port speaks TLS (usually 2376), and see the log of the engine: `sudo journalctl -u '
        'docker`.']


def _of_missing_tls(name):
    return ('tls-expected', 'What listens at {0} speaks TLS, and the address has none.'.format(name),
            [_TLS_ON])


def _of_certificate(code, name, tls, text):
    if code == 'certificate-expired':
        return (code, 'The certificate of {0} has expired, or is not yet valid.'.format(name),
                ['Renew it on the engine\'s host, or correct the clock of this machine.'])
    if code == 'certificate-wrong-name':
        return (code, 'The certificate of {0} is for another name.'.format(name), [
            'Use the name that it is for as the address, or create one with this name (subjectAltName).'])
    return _of_trust(code, name, tls, re.search(_NO_REASON, text))


def _of_trust(code, name, tls, no_reason):
    trusted = tls.get('authority') or 'the authorities that requests knows'
    missing = [file['path'] for file in tls.get('files', ())
               if file['role'] == 'ca' and file['state'] == 'missing']
    advice = ['Put the authority that signed it in {0}.'.format(missing[0]) if missing else
              'Get ca.pem of the authority that signed it, put it in DOCKER_CERT_PATH, and set '
              'DOCKER_TLS_VERIFY=1.']
    if no_reason:
        trusted += ', or has expired'
        advice.append('See when it expires, which Python shows from 3.7 on: `openssl s_client -connect {0} '
                      '</dev/null | openssl x509 -noout -dates`.'.format(name.partition('://')[2]))
    return code, 'The certificate of {0} is not trusted by {1}.'.format(name, trusted), advice


def _of_client_certificate(name, tls):
    if not tls.get('certificate'):
        return ('client-certificate-missing', '{0} expects a certificate of the client, and there is '
                'none.'.format(name), [
                    'Put cert.pem and key.pem, signed by the authority of the engine, in {0}.'.format(
                        tls.get('folder') or 'DOCKER_CERT_PATH')])
    return ('client-certificate-refused', '{0} does not accept the certificate {1}.'.format(
        name, tls['certificate']), ['Use one that the authority of the engine (its --tlscacert) has signed, '
                                    'for clients, and that has not expired.'])


def _unusable_files(found):
    """Return the files of TLS that are needed and cannot be read."""
    return [file for file in (found['tls'] or {}).get('files', ())
            if file['needed'] and file['state'] != 'readable']


# What responds

def _of_response(error, found):
    address, response = found['address'], getattr(error, 'response', None)
    status = getattr(error, 'status_code', None)
    if status is None or status < 400 or status in (404, 405):
        return _of_stranger(address, response, found)
    pinned = os.environ.get('DOCKER_API_VERSION')
    if pinned and is_refusal(response):
        return _of_pinned(pinned, address, found)
    if status in (401, 403, 407):
        return ('access-denied', 'What responds at {0} denies access, with status {1}{2}.'.format(
            address, status, _server_of(response)), [
            'A proxy or an authorization plugin in front of the engine decides that: ask who runs it. A user '
            'and a password are part of the address: tcp://USER:PASSWORD@host:port.'] + _of_proxies(found))
    if status in (502, 503, 504):
        return ('gateway-failed', 'What responds at {0} has status {1}{2}: it stands in front of an engine '
                'that does not respond.'.format(address, status, _server_of(response)), [
                    'Check the engine behind it.'] + _of_proxies(found))
    return ('engine-error', 'The engine at {0} responds with an error: {1}.'.format(
        address, _shortened(error)), [_LOGS])


def _of_stranger(address, response, found):
    return ('not-an-engine', 'What responds at {0} is not a Docker engine{1}.'.format(
        address, _server_of(response)), [
            'Check the host and the port, and that no proxy or other server has this address.'] +
        _of_proxies(found))


def _server_of(response):
    """Return how a server names itself, in parentheses; nothing when it does not."""
    name = response.headers.get('Server') if response is not None else None
    return ' ({0})'.format(name[:60]) if name else ''


def _of_pinned(pinned, address, found):
    engine = found['engine'] or {}
    oldest, newest = [engine.get(key) or 'an unknown version' for key in ('api_oldest', 'api_newest')]
    return ('api-version-refused', 'DOCKER_API_VERSION is {0}, which the engine at {1} does not serve: it '
            'serves {2} to {3}.'.format(pinned, address, oldest, newest),
            ['`unset DOCKER_API_VERSION`: the version is then negotiated.'])


# Proxies

def _of_proxy(error, found, endpoint):
    if not isinstance(error, RequestException):
        return _of_end(error, found, endpoint.name)
    # The reason is the end of the text.
    reason = _words_of(error).rstrip('.').rpartition(': ')[2]
    return ('proxy', 'The engine at {0} is not reached through the proxy {1}: {2}.'.format(
        endpoint.name, found['proxy'], reason), _of_proxies(found))


def _of_proxies(found):
    """Return the line about the proxy in use; none without one."""
    if not found['proxy']:
        return []
    host = found['address'].partition('://')[2].partition('/')[0].rpartition(':')[0] or 'HOST'
    return ['The requests go through the proxy {0}, which the environment names (HTTP_PROXY, HTTPS_PROXY or '
            'ALL_PROXY). To reach the engine without it: `export NO_PROXY={1}`.'.format(found['proxy'], host)]
