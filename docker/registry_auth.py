"""Names of registries, and the headers that carry their credentials to an engine.

A registry has many spellings (`https://index.docker.io/v1/`, `docker.io`, `host:5000/v1/`), so
registries are always compared by their `registry_key`. Engines decode both headers from the
URL-safe base64 alphabet only; they treat anything else as no credentials, without an error.
Nothing here reads a file or opens a connection.

No message, repr or pickle contains a secret. A UnicodeError holds the text that it is about, so
its `except` block is left before another exception is raised, whose `__context__` it would become.
"""

import base64
from collections import OrderedDict
import json
import re
import warnings

import six
from six.moves import collections_abc

from docker.compat import is_encodable, to_native_string
from docker.errors import InvalidRepository

# The address by which engines know the credentials of Docker Hub.
DEFAULT_REGISTRY = 'https://index.docker.io/v1/'
# The canonical form of its address.
INDEX_NAME = 'docker.io'
CREDENTIAL_HEADERS = ('X-Registry-Auth', 'X-Registry-Config')

_HUB_HOSTS = ('docker.io', 'index.docker.io', 'registry-1.docker.io')
_AUTH_CONFIG_KEYS = ('username', 'password', 'auth', 'email', 'serveraddress', 'identitytoken',
                     'registrytoken')
_ASTERISKS = '********'
_SECRET_KEYS = ('password', 'auth', 'identitytoken', 'registrytoken', 'IdentityToken')
# Compiled on first use, to keep the import fast.
_SCHEME = r'^[A-Za-z][A-Za-z0-9+.-]*://'
_BASE64 = r'[A-Za-z0-9+/]*\Z'
_KEY = r'[A-Za-z_]{1,20}\Z'
_DIGEST = r'[A-Za-z][A-Za-z0-9+._-]*:[0-9A-Fa-f]+\Z'


class Credentials(object):
    """The credentials of a user for one registry.

    Neither `repr()` nor `vars()` shows any of them. A pickle drops all of them: what is unpickled
    counts as no credentials. Copies (`copy.copy()`, `copy.deepcopy()`) stay in memory and are
    complete.

    :param username: text, or None.
    :param password: text, or None.
    :param email: text, or None.
    :param registry: the address of the registry, in any spelling; None when the call that uses
        these credentials names it.
    :param identity_token: text from an earlier login, sent instead of the password; or None.
    :param registry_token: text, a bearer token that the engine passes to the registry as it is; or None.
    :raises TypeError: for a value that is not text.
    :raises ValueError: for text that UTF-8 cannot encode, a registry that is not an address, or
        a password without a user name.
    """

    __slots__ = ('username', 'password', 'email', 'registry', 'identity_token', 'registry_token')

    def __init__(self, username=None, password=None, email=None, registry=None,
                 identity_token=None, registry_token=None):
        self.username = _require_text_or_none(username, 'username')
        self.password = _require_text_or_none(password, 'password')
        self.email = _require_text_or_none(email, 'email')
        self.registry = _require_text_or_none(registry, 'registry')
        self.identity_token = _require_text_or_none(identity_token, 'identity_token')
        self.registry_token = _require_text_or_none(registry_token, 'registry_token')
        registry_key(registry)
        if self.password and not self.username:
            raise ValueError('username is missing, and a password needs one')

    def to_json_dict(self, auth=None):
        """Return these credentials as the engine's JSON has them, for example in the body of /auth.

        :param auth: the value of the key `auth`, which is empty in the headers; None leaves the
            key out.
        :returns: a dict in a fixed order, without keys whose value is None; it is empty when
            there are no credentials.
        """
        if not (self.username or self.identity_token or self.registry_token):
            return OrderedDict()
        secret = ('password', self.password)
        if self.identity_token:
            secret = ('identitytoken', self.identity_token)
        address = None if self.registry is None else server_address(self.registry)
        pairs = [('username', self.username), secret, ('auth', auth), ('email', self.email),
                 ('serveraddress', address), ('registrytoken', self.registry_token)]
        return OrderedDict((key, value) for key, value in pairs if value is not None)

    def with_identity_token(self, token):
        """Return a copy with another identity token.

        :param token: text; None or empty text keeps the token that there is.
        """
        return Credentials(self.username, self.password, self.email, self.registry,
                           token or self.identity_token, self.registry_token)

    def __repr__(self):
        if self.identity_token or self.registry_token:
            kind = 'an identity' if self.identity_token else 'a registry'
            return '<Credentials: {0} token>'.format(kind)
        return '<Credentials: {0}>'.format('user name and password' if self.username else 'none')

    def __reduce__(self):
        return Credentials, ()

    def __copy__(self):
        return Credentials(*[getattr(self, name) for name in self.__slots__])

    def __deepcopy__(self, memo):
        return self.__copy__()


class _HiddenText(str):
    """Text that is shown as asterisks: pprint of Python 3.6 to 3.9 shows the items of a dict, no repr."""

    def __repr__(self):
        return repr(_ASTERISKS)


class ShownCredentials(OrderedDict):
    """Credentials as a dict for a user, complete except in what is printed of it.

    Its repr() and str(), and with them what a prompt and pprint show, have asterisks in place of secrets.
    """

    def __init__(self, *args, **kwargs):
        super(ShownCredentials, self).__init__(*args, **kwargs)
        for key in _SECRET_KEYS:
            if self.get(key) and isinstance(self[key], str):
                self[key] = _HiddenText(self[key])

    def __repr__(self):
        return '{{{0}}}'.format(', '.join(
            '{0!r}: {1!r}'.format(key, _ASTERISKS if key in _SECRET_KEYS and value else value)
            for key, value in self.items()))

    __str__ = __repr__

    def __rich_repr__(self):
        # The package rich looks into any dict that has no such method.
        yield repr(self)


def registry_key(registry):
    """Return the canonical form of a registry's address, in which registries are compared.

    :param registry: text: a host, perhaps with a port, a scheme before it and a path after it;
        None is Docker Hub. Upper and lower case differ, as they do for the engine.
    :returns: text: `host` or `host:port`, and `docker.io` for each name of Docker Hub.
    :raises TypeError: when it is not text.
    :raises ValueError: when it names no host.

    >>> registry_key('https://host:5000/v1/') == 'host:5000'
    True
    """
    host = INDEX_NAME if registry is None else convert_to_hostname(registry)
    return INDEX_NAME if host in _HUB_HOSTS else host


def convert_to_hostname(registry):
    """Return the host in a registry's address, with its port: the address without scheme and path.

    :param registry: text.
    :raises TypeError: when it is not text.
    :raises ValueError: when it names no host.

    >>> convert_to_hostname('https://index.docker.io/v1/') == 'index.docker.io'
    True
    """
    address = re.sub(_SCHEME, '', _require_text(registry, 'registry').strip())
    # In a URL, a user name and a password come before the @.
    host = address.rpartition('@')[2].partition('/')[0]
    if not host:
        raise ValueError('registry takes an address such as host:5000, or None for Docker Hub; '
                         'this one names no host')
    return host


def server_address(registry):
    """Return the address of a registry as the engine expects it.

    :param registry: an address in any spelling; None is Docker Hub.
    :returns: text: `DEFAULT_REGISTRY` for each name of Docker Hub, any other address unchanged.
    :raises TypeError: when it is not text.
    :raises ValueError: when it names no host.
    """
    return DEFAULT_REGISTRY if registry_key(registry) == INDEX_NAME else _require_text(registry, 'registry')


def resolve_repository(repository):
    """Return the registry that a repository belongs to, by the engine's rules.

    :param repository: a name such as `busybox`, `user/repo` or `host:5000/team/app:tag`.
    :returns: a tuple of the registry's key and the rest of the name, tag and digest included.
    :raises TypeError: when it is not text.
    :raises docker.errors.InvalidRepository: when it is not the name of a repository.

    >>> resolve_repository('localhost/x:1') == ('localhost', 'x:1')
    True
    """
    name = _require_repository(repository)
    host, slash, rest = name.partition('/')
    # A user name of Docker Hub has no upper case; older engines refuse such a repository.
    is_host = '.' in host or ':' in host or host == 'localhost' or host != host.lower()
    if not (slash and is_host):
        return INDEX_NAME, name
    if '@' in host:
        raise InvalidRepository('repository takes a name such as host:5000/team/app; this one has an @ '
                                'in its registry (credentials do not belong there)')
    server = host.partition(':')[0]
    if server.strip('-') != server:
        raise InvalidRepository('repository takes a registry that neither begins nor ends with a hyphen')
    return registry_key(host), rest


def split_tag(repository):
    """Split the name of a repository from its tag or its digest.

    A digest is returned without its @. It is distinguished from a tag by its colon
    (`sha256:...`), and takes the place of the tag in a pull. A tag beside a digest is dropped,
    as the engine ignores it.

    :param repository: a name such as `busybox:1.36`, `host:5000/app` or `app@sha256:...`.
    :returns: `(name, tag)`, `(name, digest)` or `(name, None)`.
    :raises TypeError: when it is not text.
    :raises docker.errors.InvalidRepository: when it is not the name of a repository, or its tag or digest
        is empty.

    >>> split_tag('host:5000/app') == ('host:5000/app', None)
    True
    """
    name, at, digest = _require_repository(repository).partition('@')
    if at and not re.match(_DIGEST, digest):
        raise InvalidRepository('repository takes only a digest such as sha256:12ab... after @')
    folder, slash, last = name.rpartition('/')
    last, colon, tag = last.partition(':')
    if not last or (colon and not tag):
        raise InvalidRepository('repository takes a name, or a name and a tag as name:tag; here {0} is '
                                'empty'.format('the tag' if last else 'the name'))
    return folder + slash + last, digest or tag or None


def repository_and_tag(repository, tag, required=True):
    """Return the name of a repository and its tag, which may be given as a part of the name.

    :param repository: a name as `split_tag` takes it.
    :param tag: text, or None.
    :param required: False when `repository` may be None.
    :returns: a tuple of the name and the tag (or digest), each text or None.
    :raises TypeError: when either is not text.
    :raises ValueError: when `repository` is not the name of a repository, or has another tag, and for a tag
        with white space.
    """
    tag = _require_text_or_none(tag, 'tag')
    if re.search(r'\s', tag or ''):
        raise ValueError('tag takes text without white space')
    if repository is None and not required:
        return None, tag
    name, own_tag = split_tag(repository)
    if own_tag and tag and own_tag != tag:
        raise ValueError('repository holds the tag {0!r}, and tag is {1!r}'.format(
            to_native_string(own_tag), to_native_string(tag)))
    return name, tag or own_tag


def encode_header(auth_config):
    """Return the value of the X-Registry-Auth header, which pull and push send.

    :param auth_config: Credentials; a dict with `username` and `password`, or `auth` (the base64
        of `username:password`), or `identitytoken`, or `registrytoken`, and optionally `email` and
        `serveraddress`; or None. Other keys are left out, with a UserWarning.
    :returns: a native str. Without credentials it encodes an empty object, as engines refuse a
        push without the header.
    :raises TypeError, ValueError: for anything else. The message names the key in question and
        shows no value.

    >>> encode_header(None)
    'e30='
    """
    if auth_config is None:
        auth_config = Credentials()
    return _encode_json(credentials_from(auth_config, 'auth_config').to_json_dict(auth=''))


def encode_registry_config(mapping):
    """Return the value of the X-Registry-Config header, for the base images of a build.

    :param mapping: a dict of registry address, in any spelling, to what `encode_header` takes.
    :returns: a native str. Registries without credentials are not in it.
    :raises TypeError, ValueError: for anything else. The message shows no value.
    """
    if not isinstance(mapping, collections_abc.Mapping):
        raise TypeError('mapping takes a dict of registry to credentials, not {0}'.format(
            type(mapping).__name__))
    configs = {}
    for registry, value in mapping.items():
        address = server_address(registry)
        if value is not None:
            config = credentials_from(value, 'a value of mapping').to_json_dict(auth='')
            if config and (address not in configs or registry == address):
                config['serveraddress'] = address
                configs[address] = config
    return _encode_json(OrderedDict(sorted(configs.items())))


def nest_registry_config(header, key, flat=False):
    """Return the value of the X-Registry-Config header with the registries below a key.

    :param header: the value, as `encode_registry_config` returns it.
    :param key: the key, as text.
    :param flat: True to have the registries at the top as well.
    :returns: a native str; the value itself if it has the key already, or is not JSON in base64.
    """
    try:
        configs = json.loads(base64.urlsafe_b64decode(six.ensure_binary(header)).decode('utf-8'),
                             object_pairs_hook=OrderedDict)
    except (TypeError, ValueError):
        return header
    if not isinstance(configs, dict) or key in configs:
        return header
    nested = OrderedDict(configs if flat else ())
    nested[key] = configs
    return _encode_json(nested)


def registry_configs(auth_config):
    """Return the credentials that a build was given, by registry.

    :param auth_config: a dict of registry address, in any spelling, to what `encode_header`
        takes; or the credentials of one registry, as `encode_header` takes them, with its address
        (`serveraddress` in a dict, `registry` in Credentials).
    :returns: a dict of registry key to Credentials.
    :raises TypeError, ValueError: for anything else. The message shows no value.
    """
    if isinstance(auth_config, collections_abc.Mapping) and not set(auth_config) & set(_AUTH_CONFIG_KEYS):
        configs = {}
        for registry, value in auth_config.items():
            key = registry_key(registry)
            configs[key] = credentials_from(value, 'a value of auth_config')
        return configs
    credentials = credentials_from(auth_config, 'auth_config')
    if credentials.registry is None:
        raise ValueError('auth_config takes credentials with their registry (serveraddress) for a '
                         'build, or a dict of registry to credentials')
    return {registry_key(credentials.registry): credentials}


def credentials_from(value, subject, registry=None):
    """Return the Credentials in one value, or in one entry of a file.

    :param value: Credentials, or a dict with the keys that the engine's JSON and the files have.
    :param subject: what the value is, for the messages.
    :param registry: the address that a file has the entry under; None for an argument of a call.
    :raises TypeError, ValueError: for anything else. The message shows no value.
    """
    if isinstance(value, Credentials):
        return value
    if not isinstance(value, collections_abc.Mapping):
        raise TypeError('{0} takes a dict or Credentials, not {1}'.format(subject, type(value).__name__))
    fields = {key: _require_text_or_none(value.get(key), '{0}: {1}'.format(subject, key)) or None
              for key in _AUTH_CONFIG_KEYS}
    username, password = fields['username'], fields['password']
    if fields['auth']:
        username, password = decode_auth(fields['auth'], subject)
    usable = username or fields['identitytoken'] or fields['registrytoken']
    unknown = set(value) - set(_AUTH_CONFIG_KEYS)
    if (unknown or password) and not usable:
        raise ValueError('{0} takes a username with its password, an auth, an identitytoken or a '
                         'registrytoken, and optionally email and serveraddress; it has other keys, or too '
                         'few of these'.format(subject))
    if unknown and not registry:
        _warn_of_keys(unknown, subject)
    return Credentials(username, password, fields['email'], registry or fields['serveraddress'],
                       fields['identitytoken'], fields['registrytoken'])


def _warn_of_keys(unknown, subject):
    # A key may be a secret that was put in the wrong place.
    shown = sorted(key for key in unknown if isinstance(key, six.string_types) and re.match(_KEY, key))
    warnings.warn('{0} has keys that are left out: {1}'.format(
        subject, ', '.join(str(key) for key in shown) or 'they are not names of fields'), stacklevel=2)


def utf8_or_none(value):
    """Return a value as text, or None when it is not valid UTF-8.

    :param value: bytes, or text (of which lone surrogates are not valid).
    """
    try:
        text = value.decode('utf-8') if isinstance(value, bytes) else value
    except UnicodeError:
        return None
    return text if is_encodable(text) else None


def decode_auth(auth, subject='decode_auth'):
    """Return the user name and the password in the base64 of `username:password`, each as text.

    :param auth: text, or bytes.
    :param subject: what has this value, for the messages.
    :raises TypeError, ValueError: for anything else. The message shows no value.
    """
    if isinstance(auth, bytes):
        auth = auth.decode('latin-1')
    digits = ''.join(_require_text(auth, subject).split()).rstrip('=')
    pair = None
    if re.match(_BASE64, digits) and len(digits) % 4 != 1:
        padded = digits + '=' * (-len(digits) % 4)
        pair = utf8_or_none(base64.b64decode(padded.encode('ascii')))
    username, colon, password = (pair or '').partition(':')
    if not (username and colon):
        raise ValueError('{0}: auth takes the base64 of user:password in UTF-8'.format(subject))
    # Some writers padded the password with NULs, which the docker command removes as well.
    return username, password.strip('\0')


def _encode_json(value):
    return to_native_string(base64.urlsafe_b64encode(json.dumps(value).encode('ascii')))


def _require_repository(repository):
    name = _require_text(repository, 'repository')
    if '://' in name:
        raise InvalidRepository('repository takes a name such as host:5000/team/app, without a scheme')
    if not name.strip() or '' in name.split('/'):
        raise InvalidRepository('repository takes a name such as busybox or host:5000/team/app; this one '
                                'is empty, or has nothing on one side of a slash')
    if re.search(r'\s', name):
        raise InvalidRepository('repository takes a name without white space')
    return name


def _require_text(value, argument):
    """Return a value as unicode text. On Python 2.7 a str is text in UTF-8.

    Unlike those of `docker.validation`, its errors do not show the value, which may be a password.
    """
    if not isinstance(value, six.text_type) and not (six.PY2 and isinstance(value, bytes)):
        raise TypeError('{0} takes text, not {1}'.format(argument, type(value).__name__))
    decoded = utf8_or_none(value)
    if decoded is None:
        raise ValueError('{0} takes text that UTF-8 can encode'.format(argument))
    return decoded


def _require_text_or_none(value, argument):
    return None if value is None else _require_text(value, argument)
