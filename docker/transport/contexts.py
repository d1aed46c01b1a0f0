"""Contexts: the engines that the docker command keeps by name in the folder of config.json.

One of them is current, by DOCKER_CONTEXT or by `currentContext` of config.json, where DOCKER_HOST does not
name an engine. `default` is none of them: it stands for the local socket. A context that is missing, or
cannot be used, is an error: another engine must not get its calls.
"""

import errno
import hashlib
import os

import six

from docker.compat import to_native_string
from docker.config_file import config_folder, config_path, parse_json_object, read_config
from docker.errors import InvalidContext
from docker.registry_auth import utf8_or_none
from docker.transport.endpoint import TLS, endpoint_for, from_environment
from docker.transport.log import log_decision

_DEFAULT = 'default'


class Source(object):
    """What decides which engine is used when no address is given.

    :param kind: ``'DOCKER_HOST'``, ``'context'``, or ``'default'`` for the local socket.
    :param context: the name of the context, as text or a native string; None without one.
    :param origin: what names the context: ``'DOCKER_CONTEXT'``, or ``'currentContext of'`` a path.
    """

    def __init__(self, kind, context=None, origin=None):
        self.kind = kind
        self.context = context
        self.origin = origin


def find_source(environ=None):
    """Return what decides which engine is used, a Source; `environ` as `current_settings` takes it.

    :raises docker.errors.InvalidContext: when config.json names a context by something else than text.
    """
    if from_environment(environ):
        return Source('DOCKER_HOST')
    return _context_source(os.environ if environ is None else environ)


def current_settings(environ=None, assert_hostname=None):
    """Return the address of the engine to use when none is given, as arguments of Client.

    :param environ: a mapping of environment variables; None for os.environ.
    :param assert_hostname: as `from_environment` takes it.
    :returns: a dict of `base_url` and `tls`, without what is not set; an empty one for the local socket.
    :raises docker.errors.InvalidContext: when there is no such context, or it cannot be used.
    """
    return from_environment(environ, assert_hostname) or _from_context(environ)


def _from_context(environ=None):
    """Return the endpoint of the current context, as `current_settings` does."""
    environ = os.environ if environ is None else environ
    source = _context_source(environ)
    if source.kind == 'default':
        return {}
    return _Context(source.context, source.origin, config_folder(environ)).arguments()


def _context_source(environ):
    name, origin = environ.get('DOCKER_CONTEXT'), 'DOCKER_CONTEXT'
    if not name:
        path = config_path(environ)
        name, origin = read_config(environ).get('currentContext'), 'currentContext of {0}'.format(path)
        if not (name is None or isinstance(name, six.text_type)):
            raise InvalidContext('{0} takes the name of a Docker context, as text.'.format(origin))
    if not name or name == _DEFAULT:
        return Source('default')
    return Source('context', name, origin)


class _Context(object):
    """A context in the folder of config.json.

    :param name: its name, as text or a native string.
    :param origin: what names it, for the messages.
    :param folder: the path of the folder.
    """

    def __init__(self, name, origin, folder):
        # The docker command has a folder for each context, named by the digest of its name.
        if not isinstance(name, bytes):
            name = name.encode('utf-8', *([] if six.PY2 else ['surrogateescape']))
        digest = hashlib.sha256(name).hexdigest()
        self.subject = 'The Docker context "{0}" ({1})'.format(to_native_string(name), origin)
        self.path = os.path.join(folder, 'contexts', 'meta', digest, 'meta.json')
        self.tls_folder = os.path.join(folder, 'contexts', 'tls', digest, 'docker')

    def arguments(self):
        """Return its endpoint, as `_from_context` does."""
        endpoints = self._metadata().get('Endpoints')
        endpoint = endpoints.get('docker') if isinstance(endpoints, dict) else None
        if not isinstance(endpoint, dict):
            raise self._error('has no Docker endpoint, in {0}'.format(self.path))
        host, skip = endpoint.get('Host') or u'', endpoint.get('SkipTLSVerify') or False
        if not (isinstance(host, six.text_type) and isinstance(skip, bool)):
            raise self._error('has an endpoint that cannot be understood, in {0}: Host takes text, and '
                              'SkipTLSVerify true or false'.format(self.path))
        tls = self._tls(skip)
        if tls and host.lower().startswith('http://'):
            host = 'https' + host[4:]
        log_decision('{0} is used: {1}', self.subject, self._endpoint(host, tls).name)
        found = {'base_url': host, 'tls': tls}
        return {argument: value for argument, value in found.items() if value}

    def _metadata(self):
        content = utf8_or_none(self._read(self.path, 'does not exist: there is no {0}'))
        metadata = None if content is None else parse_json_object(content)
        if metadata is None:
            raise self._error('cannot be used: {0} is not a JSON object'.format(self.path))
        return metadata

    def _read(self, path, missing=None):
        """Return the bytes of a file; None when there is none, unless `missing` is the error for that."""
        try:
            with open(path, 'rb') as source:
                return source.read()
        except EnvironmentError as error:
            if error.errno not in (errno.ENOENT, errno.ENOTDIR):
                problem = 'cannot be used: {0}: {1}'.format(path, os.strerror(error.errno))
            elif missing is None:
                return None
            else:
                problem = missing.format(path)
        raise self._error(problem)

    def _tls(self, skip_verify):
        """Return how to speak TLS with it, a TLS; None when it has nothing of TLS."""
        paths = [os.path.join(self.tls_folder, name) for name in ('ca.pem', 'cert.pem', 'key.pem')]
        authority, certificate, key = (
            path if self._read(path) is not None else None for path in paths)
        if (certificate is None) != (key is None):
            raise self._error('cannot be used: in {0} there is one of cert.pem and key.pem without the '
                              'other'.format(self.tls_folder))
        if not (authority or certificate or skip_verify):
            return None
        return TLS(verify=not skip_verify and (authority or True),
                   cert=(certificate, key) if certificate else None)

    def _endpoint(self, host, tls):
        scheme, separator, rest = host.partition(u'://')
        if separator and scheme.lower() == 'ssh':
            raise self._error('has the endpoint ssh://{0}, and SSH is not supported'.format(
                to_native_string(rest.rpartition(u'@')[2])))
        try:
            return endpoint_for(host or None, bool(tls), source='Host')
        except ValueError as error:
            six.raise_from(self._error('has an endpoint that is no address, in {0}: {1}'.format(
                self.path, error)), None)

    def _error(self, problem):
        return InvalidContext('{0} {1}.'.format(self.subject, problem))
