"""Credentials: the files and helpers they come from, the names of registries, the headers they
travel in.

Nothing here opens a network connection: the client asks for what a registry takes, and sends it.
A helper is a program, `docker-credential-NAME`, that a file names and that may well misbehave: what
goes wrong with it is a warning that shows nothing of what it printed.
A registry is spelled in many ways (`https://index.docker.io/v1/`, `docker.io`, `host:5000/v1/`),
so it is always compared by its `registry_key`. The engine reads both headers in the URL-safe
base64 alphabet only, and silently takes anything else for no credentials at all: hence `_header`.
No secret is in any message, repr, warning or pickle made here. The exceptions of json and codecs
hold the text they choked on, so they are left behind before ours is raised, whose `__context__`
they would be.
"""

import base64
from collections import OrderedDict, namedtuple
import errno
import json
import os
import re
import warnings

import six
from six.moves import collections_abc

DEFAULT_REGISTRY = 'https://index.docker.io/v1/'
# The headers that hold credentials.
HEADERS = ('X-Registry-Auth', 'X-Registry-Config')

_HUB = 'docker.io'
_HUB_HOSTS = ('docker.io', 'index.docker.io', 'registry-1.docker.io')
_FIELDS = ('username', 'password', 'auth', 'email', 'serveraddress', 'identitytoken')
_SCHEME = r'^[A-Za-z][A-Za-z0-9+.-]*://'
_BASE64 = r'[A-Za-z0-9+/]*\Z'
_DIGEST = r'[A-Za-z][A-Za-z0-9+._-]*:[0-9A-Fa-f]+\Z'
_HOST = r'[A-Za-z0-9._:\[\]-]+\Z'
_HELPER = r'[A-Za-z0-9_][A-Za-z0-9._-]*\Z'
_NOT_FOUND = b'(?i)credentials not found'
_TOKEN = '<token>'


class Credentials(object):
    """What one registry wants to see.

    username, password, email: text, or None when there is none.
    registry: the address of the registry, in any spelling; None when the call it is for tells.
    identity_token: text that an earlier login gave; it is sent instead of the password.

    Neither repr() nor vars() shows any of it. A pickle drops all of it: what comes back counts as
    no credentials. Copies (copy.copy(), copy.deepcopy()) stay in memory, and are whole.

    Raises TypeError for what is not text, ValueError for text that UTF-8 cannot carry, for a
    registry that is no address, and for a password without a user name.
    """

    __slots__ = ('username', 'password', 'email', 'registry', 'identity_token')

    def __init__(self, username=None, password=None, email=None, registry=None,
                 identity_token=None):
        self.username = _text_or_none(username, 'username')
        self.password = _text_or_none(password, 'password')
        self.email = _text_or_none(email, 'email')
        self.registry = _text_or_none(registry, 'registry')
        self.identity_token = _text_or_none(identity_token, 'identity_token')
        registry_key(registry)
        if self.password and not self.username:
            raise ValueError('username is missing, and the password is of no use without it')

    def to_json_dict(self, auth=None):
        """These credentials as the engine's JSON wants them, for example as the body of /auth.

        auth: what to send under the key `auth`: the headers have it, empty; None leaves it out.
        Returns a dict in a fixed order, without what is None; empty when there are no credentials.
        """
        if not (self.username or self.identity_token):
            return OrderedDict()
        secret = ('password', self.password)
        if self.identity_token:
            secret = ('identitytoken', self.identity_token)
        address = None if self.registry is None else _server_address(self.registry)
        pairs = [('username', self.username), secret, ('auth', auth), ('email', self.email),
                 ('serveraddress', address)]
        return OrderedDict((key, value) for key, value in pairs if value is not None)

    def with_identity_token(self, token):
        """The same, but to be shown by `token` (text; None or empty: as before)."""
        return Credentials(self.username, self.password, self.email, self.registry,
                           token or self.identity_token)

    def __repr__(self):
        if self.identity_token:
            return '<Credentials: an identity token>'
        return '<Credentials: %s>' % ('user name and password' if self.username else 'none')

    def __reduce__(self):
        return Credentials, ()

    def __copy__(self):
        return Credentials(*[getattr(self, name) for name in self.__slots__])

    def __deepcopy__(self, memo):
        return self.__copy__()


class CredentialFiles(object):
    """The credentials of this user: in the files, and with the helpers that config.json names.

    They are looked up when they are asked for. The files are read again when one changed, or when
    DOCKER_CONFIG or HOME then names another; a helper is asked each time. Of a registry counts the
    first of: its helper (`credHelpers`), the store (`credsStore`), `auths`, ~/.dockercfg. What goes
    wrong with a file or a helper is a UserWarning, and it counts as one that has nothing.

    environ: a mapping of environment variables; None is the environment of this process.

    Raises TypeError when `environ` is neither.
    """

    def __init__(self, environ=None):
        _paths(environ)
        self._environ = environ
        self._cached = None

    def get(self, registry):
        """The Credentials of `registry` (an address in any spelling; None is Docker Hub), or None.

        Raises TypeError or ValueError when `registry` is no address.
        """
        key = registry_key(registry)
        files = self._read()
        found = _Helpers().get(files.helpers_of(key), _server_address(key))
        return found or files.auths.get(key)

    def all(self):
        """Everything that files and helpers hold: a new dict of registry key to Credentials."""
        files = self._read()
        helpers = _Helpers()
        addresses = helpers.list(files.store) if files.store else {}
        for key in files.helpers:
            addresses.setdefault(key, _server_address(key))
        found = dict(files.auths)
        for key, address in sorted(addresses.items()):
            credentials = helpers.get(files.helpers_of(key), address)
            if credentials is not None:
                found[key] = credentials
        return found

    def _read(self):
        stamps = [(path, _stamp(path)) for path in _paths(self._environ)]
        cached = self._cached
        if cached is None or cached[0] != stamps:
            self._cached = cached = (stamps, _load(self._environ))
        return cached[1]

    def __reduce__(self):
        environ = self._environ
        if environ is not None:
            environ = {name: environ[name] for name in ('HOME', 'DOCKER_CONFIG') if name in environ}
        return CredentialFiles, (environ,)


def registry_key(registry):
    """The one form in which a registry is compared, whatever its spelling.

    registry: an address: a host, perhaps with a port, a scheme before it and a path after it;
        None is Docker Hub. Upper and lower case differ, as they do for the engine.
    Returns text: `host` or `host:port`, and `docker.io` for each name of Docker Hub.
    Raises TypeError when it is not text, ValueError when it names no host.

    >>> registry_key('https://host:5000/v1/') == 'host:5000'
    True
    """
    if registry is None:
        return _HUB
    address = re.sub(_SCHEME, '', _text(registry, 'registry').strip())
    # What a URL has before its @ is a user name and a password.
    host = address.rpartition('@')[2].partition('/')[0]
    if not host:
        raise ValueError('registry takes an address such as host:5000, or None for Docker Hub; '
                         'this one names no host')
    return _HUB if host in _HUB_HOSTS else host


def resolve_repository(repository):
    """Which registry a repository is in, as the engine sees it.

    repository: a name such as `busybox`, `user/repo` or `host:5000/team/app:tag`.
    Returns (registry key, the rest of the name as it was written, tag and digest included).
    Raises TypeError or ValueError when it is no such name.

    >>> resolve_repository('localhost/x:1') == ('localhost', 'x:1')
    True
    """
    name = _repository(repository)
    host, slash, rest = name.partition('/')
    # Upper case cannot be a user of Docker Hub; older engines refuse such a name altogether.
    named = '.' in host or ':' in host or host == 'localhost' or host != host.lower()
    if not (slash and named):
        return _HUB, name
    if '@' in host:
        raise ValueError('repository takes a name such as host:5000/team/app; this one has an @ '
                         'in its registry (credentials do not go there)')
    return registry_key(host), rest


def split_tag(repository):
    """Take the tag or the digest off the name of a repository.

    repository: a name such as `busybox:1.36`, `host:5000/app` or `app@sha256:...`.
    Returns (name, tag), (name, digest) or (name, None). A digest comes without its @; it is told
    from a tag by its colon (`sha256:...`), and stands where a tag does in a pull. Beside a digest
    a tag says nothing, and is dropped as the engine does.
    Raises TypeError or ValueError when it is no such name, or when nothing is after its : or @.

    >>> split_tag('host:5000/app') == ('host:5000/app', None)
    True
    """
    name, at, digest = _repository(repository).partition('@')
    if at and not re.match(_DIGEST, digest):
        raise ValueError('repository takes nothing but a digest such as sha256:12ab... after @')
    folder, slash, last = name.rpartition('/')
    last, colon, tag = last.partition(':')
    if not last or (colon and not tag):
        raise ValueError('repository takes a name, and what follows it in name:tag; here '
                         '%s is empty' % ('the tag' if last else 'the name'))
    return folder + slash + last, digest or tag or None


def load_config(environ=None):
    """Read the credentials that the docker command keeps for this user.

    environ: a mapping of environment variables; None is the environment of this process.
    Returns a dict of registry key to Credentials, from `auths` of config.json, in the folder
    $DOCKER_CONFIG or else ~/.docker, and from ~/.dockercfg, in either of its forms, for the
    registries that config.json has nothing for. When a registry is there in several spellings,
    the one that `docker login` writes is taken. No file, or an empty one, is no credentials.

    What cannot be read or understood is left out, be it a file or one entry of it, and a
    UserWarning tells which and why; of what is written there it shows the registry alone.
    Raises TypeError when `environ` is no mapping.
    """
    return _load(environ).auths


def encode_header(auth_config):
    """The X-Registry-Auth header, with which an engine pulls and pushes.

    auth_config: Credentials; a dict with `username` and `password`, or `auth` (the base64 of
        both), or `identitytoken`, and perhaps `email` and `serveraddress`; or None.
    Returns a native str. Without credentials it is that of an empty object, since an engine
    refuses a push that comes without the header.
    Raises TypeError or ValueError, which name the key in question and show no value.

    >>> encode_header(None)
    'e30='
    """
    if auth_config is None:
        auth_config = Credentials()
    return _header(_credentials(auth_config, 'auth_config').to_json_dict(auth=''))


def encode_registry_config(mapping):
    """The X-Registry-Config header, with which an engine pulls the base images of a build.

    mapping: a dict of registry address, in any spelling, to what `encode_header` takes; what
        `load_config` returns is one.
    Returns a native str. Registries without credentials are not in it.
    Raises TypeError or ValueError, which show no value.
    """
    if not isinstance(mapping, collections_abc.Mapping):
        raise TypeError('mapping takes a dict of registry to credentials, not %s'
                        % type(mapping).__name__)
    configs = {}
    for registry, value in mapping.items():
        address = _server_address(registry)
        if value is not None:
            config = _credentials(value, 'a value of mapping').to_json_dict(auth='')
            if config and (address not in configs or registry == address):
                config['serveraddress'] = address
                configs[address] = config
    return _header(OrderedDict(sorted(configs.items())))


def registry_configs(auth_config):
    """The credentials that a build was given, by registry.

    auth_config: a dict of registry address, in any spelling, to what `encode_header` takes; or the
        credentials of one registry, as that takes them, which name it: as `serveraddress` in a
        dict, as `registry` in Credentials.
    Returns a dict of registry key to Credentials.
    Raises TypeError or ValueError, which show no value.
    """
    if isinstance(auth_config, collections_abc.Mapping) and not set(auth_config) & set(_FIELDS):
        configs = {}
        for registry, value in auth_config.items():
            key = registry_key(registry)
            configs[key] = _credentials(value, 'a value of auth_config')
        return configs
    credentials = _credentials(auth_config, 'auth_config')
    if credentials.registry is None:
        raise ValueError('auth_config takes credentials with their registry (serveraddress) for a '
                         'build, or a dict of registry to credentials')
    return {registry_key(credentials.registry): credentials}


def _header(value):
    # JSON in ASCII: what is beyond it is escaped. str() is for 2.7, where this would be unicode.
    return str(base64.urlsafe_b64encode(json.dumps(value).encode('ascii')).decode('ascii'))


def _server_address(registry):
    """`registry` as the engine wants it spelled: it knows Docker Hub's credentials by one name."""
    return DEFAULT_REGISTRY if registry_key(registry) == _HUB else _text(registry, 'registry')


def _repository(repository):
    name = _text(repository, 'repository')
    if '://' in name:
        raise ValueError('repository takes a name such as host:5000/team/app, without a scheme')
    if not name.strip() or '' in name.split('/'):
        raise ValueError('repository takes a name such as busybox or host:5000/team/app; this one '
                         'is empty, or has nothing on one side of a slash')
    return name


def _text(value, argument):
    """`value` as unicode text; UTF-8 bytes are text on 2.7, where str is bytes."""
    if not isinstance(value, six.text_type) and not (six.PY2 and isinstance(value, bytes)):
        raise TypeError('%s takes text, not %s' % (argument, type(value).__name__))
    text = _utf8(value)
    if text is None:
        raise ValueError('%s takes text that UTF-8 can carry' % argument)
    return text


def _text_or_none(value, argument):
    return None if value is None else _text(value, argument)


def _utf8(value):
    """Bytes or text as text that UTF-8 can carry; None when it cannot."""
    try:
        return (value if isinstance(value, bytes) else value.encode('utf-8')).decode('utf-8')
    except UnicodeError:
        return None


def _credentials(value, subject, registry=None):
    """The Credentials in `value`: such, or a dict as the engine's JSON and the files have it."""
    if isinstance(value, Credentials):
        return value
    if not isinstance(value, collections_abc.Mapping):
        raise TypeError('%s takes a dict or Credentials, not %s' % (subject, type(value).__name__))
    fields = {name: _text_or_none(value.get(name), '%s: %s' % (subject, name)) or None
              for name in _FIELDS}
    username, password = fields['username'], fields['password']
    if fields['auth']:
        username, password = _decoded(fields['auth'], subject)
    usable = username or fields['identitytoken']
    # In a file there may be more than is known here; in a call it would be a slip.
    others = set(value) - set(_FIELDS) and not (usable and registry)
    if others or (password and not usable):
        raise ValueError('%s takes a username with its password, an auth or an identitytoken, and '
                         'perhaps email and serveraddress; here are others, or too few' % subject)
    return Credentials(username, password, fields['email'], registry or fields['serveraddress'],
                       fields['identitytoken'])


def _decoded(auth, subject):
    """The user name and the password in the base64 of `user:password`."""
    digits = ''.join(auth.split()).rstrip('=')
    pair = None
    if re.match(_BASE64, digits) and len(digits) % 4 != 1:
        padded = digits + '=' * (-len(digits) % 4)
        pair = _utf8(base64.b64decode(padded.encode('ascii')))
    username, colon, password = (pair or '').partition(':')
    if not (username and colon):
        raise ValueError('%s: auth takes the base64 of user:password in UTF-8' % subject)
    # Some writers filled the last block of base64 with NULs; `docker` drops them as well.
    return username, password.strip('\0')


def _paths(environ):
    """The paths of config.json and of .dockercfg."""
    environ = os.environ if environ is None else environ
    if not isinstance(environ, collections_abc.Mapping):
        raise TypeError('environ takes a mapping or None, not %s' % type(environ).__name__)
    home = environ.get('HOME') or os.path.expanduser('~')
    folder = environ.get('DOCKER_CONFIG') or os.path.join(home, '.docker')
    paths = os.path.join(folder, 'config.json'), os.path.join(home, '.dockercfg')
    # From a mapping they may be unicode on 2.7, which not every locale lets it open or print.
    return tuple(path if isinstance(path, str) else path.encode('utf-8') for path in paths)


def _stamp(path):
    """What is different after a file was written, replaced, or made readable."""
    try:
        stat = os.stat(path)
    except OSError as error:
        return error.errno
    # 2.7 has these two in seconds alone.
    modified = getattr(stat, 'st_mtime_ns', stat.st_mtime)
    changed = getattr(stat, 'st_ctime_ns', stat.st_ctime)
    return stat.st_dev, stat.st_ino, stat.st_size, modified, changed


class _Files(namedtuple('_Files', 'auths helpers store')):
    # `auths`: Credentials by registry key; `helpers`: names of helpers by registry key, '' for
    # none; `store`: the name of the helper for all other registries, or None.
    __slots__ = ()

    def helpers_of(self, key):
        # The names of the helpers that may know a registry, in the order in which they are asked.
        named = self.helpers.get(key, self.store)
        if not named:
            return []
        return [named, self.store] if self.store and self.store != named else [named]


def _load(environ):
    config, dockercfg = _paths(environ)
    content = _read(config, _config)
    found = _auths(dockercfg, _read(dockercfg, _dockercfg))
    found.update(_auths(config, content))
    helpers, store = _named_helpers(config, content)
    return _Files(found, helpers, store)


def _read(path, parse):
    """What is in a file, as the dict that a config.json holds; `parse` makes one of its text."""
    content, problem = b'', None
    try:
        with open(path, 'rb') as source:
            content = source.read()
    except EnvironmentError as error:
        if error.errno != errno.ENOENT:
            problem = os.strerror(error.errno)
    text = _utf8(content)
    config = {}
    if text is None:
        problem = 'it is not UTF-8'
    elif text.strip():
        config, problem = parse(text)
    if problem:
        _warn('%s is left out: %s', path, problem)
    return config


def _auths(path, config):
    """The Credentials in `auths` of a config, by registry key."""
    entries = _object_in(path, config, 'auths')
    found = {}
    for address in sorted(entries):
        try:
            key = registry_key(address)
            subject = 'the entry of %s' % (key if re.match(_HOST, key) else 'a registry')
            credentials = _credentials(entries[address], subject, address)
        except (TypeError, ValueError) as error:
            _warn('%s has an entry that is left out: %s', path, str(error))
            continue
        # Of several spellings the one that `docker login` writes wins.
        if credentials.to_json_dict() and (key not in found or address == _server_address(key)):
            found[key] = credentials
    return found


def _named_helpers(path, config):
    """`credHelpers` of a config, by registry key, and its `credsStore`."""
    entries, helpers = _object_in(path, config, 'credHelpers'), {}
    for address in sorted(entries):
        try:
            key = registry_key(address)
        except ValueError:
            continue
        name = _helper_name(path, entries[address], 'credHelpers')
        if name is not None and (key not in helpers or address == _server_address(key)):
            helpers[key] = name
    return helpers, _helper_name(path, config.get('credsStore'), 'credsStore')


def _object_in(path, config, name):
    value = config.get(name)
    if value is not None and not isinstance(value, dict):
        _warn('%s is left out: %s', path, 'its %s is not an object' % name)
    return value if isinstance(value, dict) else {}


def _helper_name(path, value, where):
    if value in (None, '') or isinstance(value, six.text_type) and re.match(_HELPER, value):
        return value if value is None else str(value)
    _warn('%s has an entry that is left out: %s', path,
          '%s takes the NAME of a program docker-credential-NAME' % where)
    return None


class _Helpers(object):
    # The helpers during one look-up: one that failed is warned of, and not asked again.

    def __init__(self):
        self._failed = set()

    def get(self, names, address):
        """The Credentials that the first of the helpers has for an address, or None."""
        for name in names:
            told = self._ask(name, 'get', address)
            if not (told and (told.get('Username') or told.get('Secret'))):
                continue
            username, secret = told.get('Username'), told.get('Secret')
            try:
                if username == _TOKEN:
                    return Credentials(registry=address, identity_token=secret)
                return Credentials(username, secret, registry=address)
            except (TypeError, ValueError):
                pass
            self._fail(name, 'its answer has no Username and Secret in text')
        return None

    def list(self, name):
        """The addresses that a helper has credentials for, by registry key."""
        addresses = {}
        for address in sorted(self._ask(name, 'list', '') or ()):
            try:
                key = registry_key(address)
            except ValueError:
                continue
            if key not in addresses or address == _server_address(key):
                addresses[key] = address
        return addresses

    def _ask(self, name, action, said):
        if name in self._failed:
            return None
        # Few have helpers, and none shall wait for its import who has not.
        from docker import credential_helper
        try:
            output, status = credential_helper.run(name, action, said.encode('utf-8'))
        except EnvironmentError as error:
            return self._fail(name, os.strerror(error.errno))
        if status is None:
            return self._fail(name, 'it did not end within %s seconds' % credential_helper.SECONDS)
        if status != 0:
            # This is no failure: so it says that there are none.
            return None if re.search(_NOT_FOUND, output) else self._fail(
                name, 'it ended with status %d' % status)
        told = _json_object(_utf8(output) or '')
        return self._fail(name, 'its answer is not a JSON object') if told is None else told

    def _fail(self, name, problem):
        self._failed.add(name)
        _warn('The credential helper %s is left out: %s', 'docker-credential-' + name, problem)


def _config(text):
    """The dict in the text of a config.json, and what is wrong with it as a whole (or None)."""
    config = _json_object(text)
    return ({}, 'it is not a JSON object') if config is None else (config, None)


def _dockercfg(text):
    """The same for a .dockercfg. Its oldest form, two lines `key = value`, is of Docker Hub."""
    entries = _json_object(text)
    if entries is not None:
        return {'auths': entries}, None
    parts = [line.partition('=') for line in text.splitlines() if line.strip()]
    fields = {key.strip(): value.strip() for key, equals, value in parts if equals}
    if 'auth' in fields and set(fields) <= {'auth', 'email'} and len(fields) == len(parts):
        return {'auths': {DEFAULT_REGISTRY: fields}}, None
    return {}, 'it is neither a JSON object nor the lines "auth = ..." and "email = ..."'


def _json_object(text):
    """The dict that is in `text`, None when something else or no JSON is (or it is too deep)."""
    try:
        value = json.loads(text)
    except (ValueError, RuntimeError):
        return None
    return value if isinstance(value, dict) else None


def _warn(message, path, problem):
    warnings.warn(message % (path, problem), stacklevel=2)
