"""What `python -m docker` finds: whom a Client speaks to and why, whether that works, and if not, what to do.

`diagnose` collects plain data, which is the output of --json; `report` words it. A Client of the same
arguments is what finds the engine, so that nothing differs from what a program gets. Nothing but the engine
in use is contacted, and nothing found holds credentials.
"""

import os
import warnings

from requests.exceptions import RequestException
from requests.utils import select_proxy
import six
from six.moves.urllib.parse import urlsplit

from docker.client import Client
from docker.compat import from_path, monotonic, to_native_string
from docker.config_file import config_path, http_headers
from docker.errors import DockerException, NotAnEngine
from docker.output import problem_lines
from docker.problems import problem_of
from docker.surroundings import installation, known_contexts, other_packages, other_sockets, without_user
from docker.transport.contexts import Source, find_source
from docker.transport.endpoint import LOCAL_SOCKET, tls_folder
from docker.transport.since import NEWEST

DEFAULT_TIMEOUT_SECONDS = 10
_OLDEST = (1, 6)
_NO_WORDS = ('0', 'false', 'no', 'off')
_TLS_FILES = (('ca', 'ca.pem'), ('certificate', 'cert.pem'), ('key', 'key.pem'))
_ERRORS = (DockerException, RequestException, EnvironmentError, TypeError, ValueError)


def diagnose(address=None, timeout=DEFAULT_TIMEOUT_SECONDS):
    """Find out which engine a Client uses, and whether that works.

    :param address: the address, as Client takes it; None for that of the environment.
    :param timeout: how many seconds to wait for a connection, and for each response.
    :returns: a dict that JSON can represent:

        * `works`: a bool;
        * `address`: that of the engine, without credentials; None when it cannot be understood;
        * `source`: a dict of what decides it: `kind` (``'argument'``, ``'DOCKER_HOST'``, ``'context'`` or
          ``'default'``), `value` (the address as given), `context` (its name), `origin` (what names it);
        * `timeout`: seconds;
        * `tls`: None without, else a dict: `verify` (a bool), `authority`, `certificate`, `key` (paths or
          None), `folder`, `files` (a list of dicts: `role`, `path`, `state`, `needed`);
        * `proxy`: ``host:port`` of the proxy in use, or None;
        * `engine`: None when nothing is known, else a dict: `name`, `version`, `api_oldest`, `api_newest`,
          `os`, `arch`, `swarm` (such as ``'inactive'``), `builder` (``'classic'`` or ``'BuildKit'``),
          `rootless` (a bool), each None when it is not known;
        * `api_version`: a dict of the version of requests: `wire`, and `reason` (``'negotiated'`` or
          ``'DOCKER_API_VERSION'``);
        * `round_trip_ms`: how long a small request takes, or None;
        * `problem`: None, or a dict: `code`, `what` (a sentence), `advice` (a list of text), `error` (the
          class and the text of the exception);
        * `notes`: a list of text;
        * `sockets`: those of other engines, which are not contacted: a list of dicts: `engine`, `address`
          (the value for DOCKER_HOST), `permitted` (whether this user may write to it);
        * `contexts`: those of the docker command: a list of dicts: `name`, and `address` without a user;
        * `headers`: the names of the headers that config.json adds to each request;
        * `package`: a dict: `version` and `folder` of this package, `python` (its version), `executable`,
          `libraries` (a dict of versions by name) and `optional` (likewise).
    """
    found = {'works': False, 'address': None, 'source': None, 'timeout': timeout, 'tls': None, 'proxy': None,
             'engine': None, 'api_version': None, 'round_trip_ms': None, 'problem': None, 'notes': [],
             'sockets': other_sockets(None), 'contexts': known_contexts(), 'headers': [],
             'package': installation()}
    with warnings.catch_warnings(record=True) as warned:
        warnings.filterwarnings('always', category=UserWarning)
        _diagnose_engine(found, address, timeout)
    for warning in warned:
        note = '{0}. Correct the file, or its permissions.'.format(to_native_string(warning.message))
        if issubclass(warning.category, UserWarning) and note not in found['notes']:
            found['notes'].append(note)
    found['notes'] += _notes_on_variables(found) + [
        'There is something else named docker at {0}: a program that looks there first imports it, and not '
        'this package.'.format(path) for path in other_packages()]
    return found


def _diagnose_engine(found, address, timeout):
    address = address if address is not None and address.strip() else None
    client = None
    try:
        found['source'] = _source_of(address)
        client = Client(address, timeout=timeout)
    except _ERRORS as error:
        found['source'] = found['source'] or {
            'kind': 'context', 'value': None, 'context': None, 'origin': 'currentContext of ' + config_path()}
        found['problem'] = problem_of(error, found)
        return
    with client:
        endpoint = client.get_adapter(client.base_url).inner.endpoint
        found.update(address=endpoint.name, headers=[name for name, _ in http_headers()])
        if not endpoint.proxied:
            found['sockets'] = other_sockets(endpoint.path)
        try:
            _describe_connection(found, client, endpoint)
            _describe_engine(found, client)
        except _ERRORS as error:
            _describe_versions(found, client)
            found['problem'] = problem_of(error, found, endpoint)
        if found['problem'] and found['problem']['code'] == 'not-an-engine':
            found.update(engine=None, api_version=None)


def _source_of(address):
    """Return `source`."""
    if address is not None:
        source, value = Source('argument'), address
    else:
        source = find_source()
        value = os.environ['DOCKER_HOST'] if source.kind == 'DOCKER_HOST' else None
    if source.kind == 'default':
        value = LOCAL_SOCKET
    return {'kind': source.kind, 'value': without_user(value) if value else None,
            'context': to_native_string(source.context) if source.context else None, 'origin': source.origin}


# The connection

def _describe_connection(found, client, endpoint):
    """Find out the settings of TLS, and the proxy, that a request of the Client has."""
    if not endpoint.proxied:
        return
    settings = client.merge_environment_settings(client.base_url, {}, None, None, None)
    proxy = select_proxy(client.base_url, settings['proxies'])
    found['proxy'] = _host_and_port(proxy) if proxy else None
    if endpoint.tls:
        found['tls'] = _describe_tls(found['source']['kind'], settings['verify'], settings['cert'])


def _host_and_port(url):
    """Return where a proxy is, without credentials."""
    try:
        parts = urlsplit(url if '://' in url else 'http://' + url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    return '{0}:{1}'.format(host, port or 80) if host else 'that is no address'


def _describe_tls(kind, verify, cert):
    """Return `tls`.

    :param verify: as requests has it, and `cert` likewise.
    """
    certificate, key = cert if isinstance(cert, (tuple, list)) else (cert, None)
    authority = from_path(verify) if not isinstance(verify, bool) else None
    paths = {'ca': authority, 'certificate': from_path(certificate), 'key': from_path(key)}
    folder = None
    if kind == 'DOCKER_HOST' and os.environ.get('DOCKER_TLS_VERIFY'):
        folder = tls_folder(os.environ)
    files = []
    for role, name in _TLS_FILES:
        path = paths[role] or folder and os.path.join(folder, name)
        if path:
            files.append({'role': role, 'path': path, 'state': _state_of(path), 'needed': bool(paths[role])})
    return {'verify': bool(verify), 'authority': authority, 'certificate': paths['certificate'],
            'key': paths['key'], 'folder': folder, 'files': files}


def _state_of(path):
    if not os.path.exists(path):
        return 'missing'
    return 'readable' if os.access(path, os.R_OK) else 'no permission'


# The engine

def _describe_engine(found, client):
    """Request what the engine is, first as any call does."""
    info = client.version()
    _describe_versions(found, client)
    started = monotonic()
    ping = client.get(client.base_url + '/_ping', timeout=client.timeout, allow_redirects=False)
    found['round_trip_ms'] = round((monotonic() - started) * 1000, 1)
    try:
        # In the newest format, which has more.
        info.update(client.version(api_version=False))
    except DockerException:
        pass    # a proxy may hide it
    found['engine'].update(
        version=_text_in(info, 'Version'), os=_text_in(info, 'Os'), arch=_text_in(info, 'Arch'),
        builder={'1': 'classic', '2': 'BuildKit'}.get(ping.headers.get('Builder-Version')))
    _describe_host(found, client)
    if found['engine']['version'] is None:
        # Other servers respond to anything with an object.
        raise NotAnEngine('What responds at {0} is not a Docker engine: it names no Version'.format(
            found['address']))
    newest = client.get_adapter(client.base_url).engine.newest
    if newest and newest < _OLDEST:
        found['problem'] = {
            'code': 'engine-too-old', 'error': None,
            'what': 'The engine at {0} is too old: its API is {1}, and this package needs 1.6.'.format(
                found['address'], found['engine']['api_newest']),
            'advice': ['Update the engine: Docker 0.6.5 of 2013, or anything later, will do.']}
    found['works'] = found['problem'] is None


def _describe_host(found, client):
    """Request what needs more of the engine than its version: one that is in trouble responds no more."""
    try:
        response = client.get(client.base_url + '/info', timeout=client.timeout, allow_redirects=False)
        info = response.json() if response.status_code == 200 else None
    except (RequestException, ValueError) as error:
        found['notes'].append(
            'The engine responds to GET /version, but not to GET /info ({0}): other calls may fail as well. '
            'See its log: `sudo journalctl -u docker`.'.format(type(error).__name__))
        return
    info = info if isinstance(info, dict) else {}
    swarm, security = info.get('Swarm'), info.get('SecurityOptions')
    if isinstance(swarm, dict) and found['engine']['name'] != 'Podman':
        found['engine']['swarm'] = _text_in(swarm, 'LocalNodeState')
    if isinstance(security, list):
        found['engine']['rootless'] = 'name=rootless' in security


def _describe_versions(found, client):
    """Describe what was negotiated, if it was."""
    engine = client.get_adapter(client.base_url).engine
    if engine is None:
        return
    found['engine'] = {'name': 'Podman' if engine.podman else 'Docker', 'version': None, 'os': None,
                       'arch': None, 'swarm': None, 'builder': None, 'rootless': None,
                       'api_oldest': _version_text(engine.oldest), 'api_newest': _version_text(engine.newest)}
    reason = 'DOCKER_API_VERSION' if os.environ.get('DOCKER_API_VERSION') else 'negotiated'
    found['api_version'] = {'wire': client.api_version, 'reason': reason}
    if engine.oldest and engine.oldest > NEWEST:
        found['notes'].append(
            'The engine serves API {0} and later, and this package knows {1}.{2} and earlier: install a '
            'newer docker-py.'.format(found['engine']['api_oldest'], *NEWEST))


def _version_text(version):
    return '{0}.{1}'.format(*version) if version else None


def _text_in(info, key):
    value = info.get(key)
    return to_native_string(value) if value and isinstance(value, six.string_types) else None


def _notes_on_variables(found):
    """Return lines about the variables that are set and have no effect."""
    kind, is_tls = (found['source'] or {}).get('kind'), found['tls'] is not None
    used = 'the address is an argument' if kind == 'argument' else 'DOCKER_HOST is set'
    notes = []
    if os.environ.get('DOCKER_HOST', '').strip() and kind == 'argument':
        notes.append('DOCKER_HOST is set, and not used: the address is an argument.')
    if os.environ.get('DOCKER_CONTEXT') and kind in ('argument', 'DOCKER_HOST'):
        notes.append('DOCKER_CONTEXT is set, and not used: {0}.'.format(used))
    if os.environ.get('DOCKER_TLS_VERIFY') and not (kind == 'DOCKER_HOST' and is_tls):
        notes.append('DOCKER_TLS_VERIFY is set, and not used: it is for a TCP address in DOCKER_HOST.')
    elif os.environ.get('DOCKER_TLS_VERIFY', '').strip().lower() in _NO_WORDS:
        notes.append('DOCKER_TLS_VERIFY is {0}, and TLS is used: any value but an empty one asks for it. For '
                     'none: `unset DOCKER_TLS_VERIFY`.'.format(os.environ['DOCKER_TLS_VERIFY'].strip()))
    elif os.environ.get('DOCKER_CERT_PATH') and not os.environ.get('DOCKER_TLS_VERIFY'):
        notes.append('DOCKER_CERT_PATH is set, and not used: DOCKER_TLS_VERIFY is not set.')
    return notes


# Words

def report(found):
    """Return what `diagnose` found as text for people, a list of lines."""
    lines = _table(_rows(found))
    problem = found['problem']
    if problem:
        lines += [''] + problem_lines(problem)
    others = [(other['address'], other['engine'] + ('' if other['permitted'] else ', no permission'))
              for other in found['sockets']]
    others += [('context ' + context['name'], context['address'] or 'no address')
               for context in found['contexts'] if context['name'] != (found['source'] or {}).get('context')]
    if others:
        lines += ['', 'Other engines, which were not tried:'] + ['  ' + line for line in _table(others)]
    if found['notes']:
        lines += ['', 'Notes:'] + ['  * ' + note for note in found['notes']]
    return lines + [''] + _table(_rows_of_package(found['package']))


def _table(rows):
    """Return pairs of text as lines in two columns."""
    width = max(len(name) for name, _ in rows)
    return ['{0}  {1}'.format(name.ljust(width), text) for name, text in rows]


def _rows(found):
    """Return pairs of text: what is known of the engine."""
    engine, version = found['engine'] or {}, found['api_version']
    rows = [('Address', found['address'] or found['source']['value'] or 'unknown'),
            ('Because', _reason(found['source']))]
    if found['tls']:
        rows.append(('TLS', _words_of_tls(found['tls'])))
    if found['proxy']:
        rows.append(('Proxy', found['proxy']))
    if found['headers']:
        rows.append(('Headers', '{0}, of config.json'.format(', '.join(found['headers']))))
    rows.append(('Works', 'yes, in {0} ms'.format(found['round_trip_ms']) if found['works'] else 'no'))
    if engine:
        platform = '/'.join(filter(None, [engine['os'], engine['arch']]))
        rows.append(('Engine', ' '.join(filter(None, [engine['name'], engine['version'], platform,
                                                      engine['rootless'] and 'rootless']))))
        rows.append(('API', '{0} to {1}; requests are in {2}, {3}'.format(
            engine['api_oldest'] or 'unknown', engine['api_newest'] or 'unknown', version['wire'],
            'which DOCKER_API_VERSION sets' if version['reason'] == 'DOCKER_API_VERSION' else
            'the newest' if engine['name'] == 'Podman' else 'the nearest to 1.6')))
    rows += [(title, engine[key]) for title, key in (('Swarm', 'swarm'), ('Builder', 'builder'))
             if engine.get(key)]
    return rows


def _reason(source):
    if source['kind'] == 'context':
        return 'the context {0}, by {1}'.format(source['context'] or 'is not named', source['origin'])
    if source['kind'] == 'default':
        return 'it is the default: no argument, DOCKER_HOST or context names another'
    return '{0} is {1}'.format('the argument' if source['kind'] == 'argument' else 'DOCKER_HOST',
                               source['value'])


def _words_of_tls(tls):
    parts = ['verified by {0}'.format(tls['authority'] or 'the authorities that requests knows')
             if tls['verify'] else 'not verified']
    parts.append('the client shows {0}'.format(tls['certificate'] or 'no certificate'))
    parts += ['{0}: {1}'.format(file['path'], file['state']) for file in tls['files']
              if file['state'] != 'readable']
    return '; '.join(parts)


def _rows_of_package(package):
    """Return pairs of text: what is installed."""
    libraries = ['{0} {1}'.format(name, version or 'missing')
                 for name, version in sorted(package['libraries'].items())]
    libraries += ['{0} {1}'.format(name, version or 'not installed')
                  for name, version in sorted(package['optional'].items())]
    return [('Package', 'docker-py {version} in {folder}'.format(**package)),
            ('Python', '{0}, {1}'.format(package['python'], package['executable'] or 'embedded')),
            ('Libraries', ', '.join(libraries))]
