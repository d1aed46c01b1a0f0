"""What `python -m docker` reports besides the engine in use: other engines, and what is installed.

Sockets and contexts are looked for in the file system only. Nothing here connects to anything.
"""

import os
import stat
import sys

import six

from docker.compat import to_native_string
from docker.config_file import config_folder, home_folder, parse_json_object
from docker.registry_auth import utf8_or_none
from docker.version import version

# Where engines have their sockets: what has it there, and its path, in which {home} is the user's home
# folder, {runtime} is XDG_RUNTIME_DIR and {uid} the user's id.
_SOCKETS = (
    ('Docker', '/var/run/docker.sock'),
    ('rootless Docker', '{runtime}/docker.sock'),
    ('rootless Docker', '/run/user/{uid}/docker.sock'),
    ('rootless Docker', '{home}/.docker/run/docker.sock'),
    ('Docker Desktop', '{home}/.docker/desktop/docker.sock'),
    ('rootless Podman', '{runtime}/podman/podman.sock'),
    ('rootless Podman', '/run/user/{uid}/podman/podman.sock'),
    ('Podman', '/run/podman/podman.sock'),
    ('Podman machine', '{home}/.local/share/containers/podman/machine/podman.sock'),
    ('Colima', '{home}/.colima/default/docker.sock'),
    ('Colima', '{home}/.colima/docker.sock'),
    ('Lima', '{home}/.lima/docker/sock/docker.sock'),
    ('Rancher Desktop', '{home}/.rd/docker.sock'),
    ('OrbStack', '{home}/.orbstack/run/docker.sock'),
)
# What marks the inside of a container, for Docker and for Podman.
_MARKS = ('/.dockerenv', '/run/.containerenv')
# The libraries that are always there; those that extras of this package bring.
_LIBRARIES = ('requests', 'urllib3', 'six')
_OPTIONAL = ('rich',)


def other_sockets(used, environ=None):
    """Return the sockets that engines usually have, where there is one.

    :param used: the path of the socket in use, None for none; it is left out.
    :param environ: a mapping of environment variables; None for os.environ.
    :returns: a list of dicts: `engine` (what usually has its socket there), `address` (the value for
        DOCKER_HOST), `permitted` (whether this user may write to it).
    """
    environ = os.environ if environ is None else environ
    runtime = environ.get('XDG_RUNTIME_DIR') or '/run/user/{0}'.format(os.getuid())
    places = {'home': home_folder(environ), 'uid': os.getuid(), 'runtime': to_native_string(runtime)}
    found, seen = [], [_identity(used)]
    for engine, template in _SOCKETS:
        path = template.format(**places)
        identity = _identity(path)
        if identity is not None and identity not in seen:
            seen.append(identity)
            found.append({'engine': engine, 'address': 'unix://' + path,
                          'permitted': os.access(path, os.R_OK | os.W_OK)})
    return found


def _identity(path):
    """Return what is the same for all paths of a socket; None when there is no socket."""
    try:
        status = os.stat(path)
    except (OSError, TypeError, ValueError):
        return None
    return (status.st_dev, status.st_ino) if stat.S_ISSOCK(status.st_mode) else None


def known_contexts(environ=None):
    """Return the contexts of the docker command, by name.

    :param environ: as `other_sockets` takes it.
    :returns: a list of dicts: `name`, and `address` without a user (None when it has none).
    """
    folder = os.path.join(config_folder(environ), 'contexts', 'meta')
    try:
        digests = os.listdir(folder)
    except OSError:
        return []
    contexts = [_context_in(os.path.join(folder, digest, 'meta.json')) for digest in digests]
    return sorted((context for context in contexts if context), key=lambda context: context['name'])


def _context_in(path):
    """Return the dict of a context in a meta.json; None when there is none that has a name."""
    try:
        with open(path, 'rb') as source:
            content = utf8_or_none(source.read())
    except EnvironmentError:
        return None
    metadata = parse_json_object(content) if content else None
    name = metadata.get('Name') if metadata else None
    if not name or not isinstance(name, six.text_type):
        return None
    value = metadata.get('Endpoints')
    for key in ('docker', 'Host'):
        value = value.get(key) if isinstance(value, dict) else None
    return {'name': to_native_string(name),
            'address': without_user(value) if isinstance(value, six.text_type) and value else None}


def without_user(address):
    """Return an address without a user and a password, as a native string."""
    scheme, separator, rest = to_native_string(address).partition('://')
    if not separator:
        scheme, rest = '', scheme
    host, at, path = rest.rpartition('@')
    return scheme + separator + (path if at else rest)


def is_in_container():
    """Return whether this process seems to be in a container."""
    return any(os.path.exists(mark) for mark in _MARKS)


def user_name(uid=None):
    """Return the name of a user, or the number as text when there is none; of this process for None."""
    import pwd
    uid = os.geteuid() if uid is None else uid
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def group_name(gid):
    """Return the name of a group, or the number as text when there is none."""
    import grp
    try:
        return grp.getgrgid(gid).gr_name
    except KeyError:
        return str(gid)


def is_listed_in(gid):
    """Return whether the database of groups has the user of this process in a group."""
    import grp
    import pwd
    try:
        return (user_name() in grp.getgrgid(gid).gr_mem or pwd.getpwuid(os.geteuid()).pw_gid == gid)
    except KeyError:
        return False


def installation():
    """Return what is installed.

    :returns: a dict: `version` and `folder` of this package, `python` (its version) and `executable`,
        `libraries` (a dict of versions by name) and `optional` (likewise, None for what is not installed).
    """
    return {'version': version, 'folder': os.path.dirname(os.path.abspath(__file__)),
            'python': sys.version.split()[0], 'executable': sys.executable or None,
            'libraries': {name: _version_of(name) for name in _LIBRARIES},
            'optional': {name: _version_of(name) for name in _OPTIONAL}}


def _version_of(name):
    """Return the version of an installed library as text; None when it is not installed."""
    try:
        module = __import__(name)
    except ImportError:
        return None
    found = getattr(module, '__version__', None)
    if found is None:
        try:
            from importlib.metadata import version as version_in_metadata
            found = version_in_metadata(name)
        except Exception:   # before Python 3.8, or without metadata
            pass
    return to_native_string(found or 'of an unknown version')


def other_packages():
    """Return the paths of other packages and modules named docker, where Python imports from.

    They are in the current folder, from which a script or an interactive Python imports first, and on
    sys.path.
    """
    own = os.path.dirname(os.path.realpath(__file__))
    found = []
    for folder in _folders_of_imports():
        for path in (os.path.join(folder, 'docker', '__init__.py'), os.path.join(folder, 'docker.py')):
            if os.path.isfile(path) and os.path.dirname(os.path.realpath(path)) != own and path not in found:
                found.append(path)
    return found


def _folders_of_imports():
    entries = [entry for entry in sys.path if isinstance(entry, str) and entry]
    try:
        return [os.path.abspath(entry) for entry in [os.curdir] + entries]
    except EnvironmentError:    # the current folder was removed
        return [entry for entry in entries if os.path.isabs(entry)]
