"""Registries: login, pull, push, search, and what a registry has of an image."""

import json

from docker import credentials, registry_auth
from docker.compat import to_native_string
from docker.config import convert_filters
from docker.image_options import convert_platform
from docker.session import EngineSession
from docker.validation import (
    check_count, check_if_given, check_nonempty_text, check_path, check_text, identifier)


class RegistryCalls(EngineSession):
    """The calls that make the engine speak to a registry."""

    def login(self, username, password=None, email=None, registry=None, reauth=False,
              insecure_registry=False, dockercfg_path=None):
        """Check credentials with a registry, and keep them in this Client for pull, push and build.

        :param username: text.
        :param password: text.
        :param email: text.
        :param registry: its address, as text; None for Docker Hub.
        :param reauth: True to ask the registry even when this user is known.
        :param insecure_registry: not used: the configuration of the engine decides that.
        :param dockercfg_path: the path of a file in the format of config.json or .dockercfg, as text or an
            `os.PathLike` object, whose credentials this Client uses from now on; a file that is missing
            has none.
        :returns: a dict: the engine's response, or if the user is known (from an earlier login, a
            helper or a file) and `reauth` is False, the known credentials, password included (a prompt
            shows asterisks for it); nothing is then sent, even if `password` is another one.
        :raises ValueError: for a user name that is empty.
        :raises docker.errors.InvalidConfigFile: for a file that is neither.
        :raises docker.errors.Unauthorized: when the registry does not accept them.

        `POST /auth`

            >>> client.login('me', 'secret', registry='https://localhost:5000/v1/')
        """
        key = registry_auth.registry_key(registry)
        given = registry_auth.Credentials(
            username, password, email, registry or registry_auth.DEFAULT_REGISTRY)
        if not (given.username and given.username.strip()):
            raise ValueError('username takes text that is not empty')
        if dockercfg_path is not None:
            path = check_path(dockercfg_path, 'dockercfg_path')
            self._logins.update(credentials.read_credentials_file(path))
        if not reauth:
            known = self._credentials_for(key)
            if known is not None and known.username == given.username:
                return registry_auth.ShownCredentials(known.to_json_dict())
        response = self._checked(self._post_with_credentials(
            self._url('/auth'), data=json.dumps(given.to_json_dict()),
            headers={'Content-Type': 'application/json'}))
        status = self._json(response) if response.content.strip() else {}
        token = status.get('IdentityToken')
        self._logins[key] = given.with_identity_token(token)
        return registry_auth.ShownCredentials(status) if token else status

    def pull(self, repository, tag=None, stream=False, insecure_registry=False, auth_config=None,
             decode=False, all_tags=False, platform=None):
        """Pull an image from its registry.

        :param repository: its name as text, with its registry; it may include the tag or the digest
            (``'busybox@sha256:...'``).
        :param tag: text; None for latest.
        :param stream: True to return a generator.
        :param insecure_registry: not used: the configuration of the engine decides that. Credentials in this
            place are `auth_config`, and what follows them `decode` and `all_tags`.
        :param auth_config: the credentials, in place of known ones: a dict of username and password,
            or of identitytoken, or of auth (the base64 of ``user:password``), or of registrytoken (a
            bearer token for the registry). Other keys are left out, with a UserWarning.
        :param decode: True for dicts in place of text.
        :param all_tags: True to pull every tag of the repository (not with Podman).
        :param platform: the platform of the image, as text such as ``'linux/arm64'`` (API 1.32).
        :returns: the engine's JSON as text, one object a line, or with `decode` a list of dicts; with
            `stream` a generator of one object each: status, and often id, progress, progressDetail.
        :raises docker.errors.Unauthorized: when the registry rejects the credentials, or requires some.
        :raises docker.errors.ImageNotFound: when there is no such image.
        :raises docker.errors.NotSupported: for `all_tags` with Podman, and for `platform` with an engine that
            does not have that version of the API.
        :raises docker.errors.OperationFailed: when the engine reports an error in it; a generator
            yields the object that reports it first.

        `POST /images/create`

            >>> for item in client.pull('busybox', tag='latest', stream=True):
            ...     print(json.loads(item)['status'])
        """
        auth_config, decode, all_tags = _places_of_pull(insecure_registry, auth_config, decode, all_tags)
        registry, _ = registry_auth.resolve_repository(repository)
        repository, tag = registry_auth.repository_and_tag(repository, tag)
        if all_tags and tag:
            raise ValueError('all_tags takes a repository without a tag, not with {0!r}'.format(
                to_native_string(tag)))
        # Without a tag an engine pulls them all.
        tag = tag or (None if all_tags else 'latest')
        given = self._credentials_for(registry, auth_config)
        headers = None if given is None else {'X-Registry-Auth': registry_auth.encode_header(given)}
        params = {'fromImage': repository, 'tag': tag,
                  'platform': check_if_given(check_text, platform, 'platform')}
        return self._json_items(self._post_with_credentials(
            self._url('/images/create'), params=params,
            headers=headers, stream=True, timeout=self._unbounded), stream, decode)

    def push(self, repository, tag=None, stream=False, insecure_registry=False, auth_config=None,
             decode=False, platform=None):
        """Push an image to its registry.

        :param repository: its name as text, with its registry; if it includes a tag, only that tag is
            pushed, where the engine can do so.
        :param tag: the tag to push, as text; None for all tags, or the one that `repository` includes. True
            or False in this place is `stream`, and what follows it `auth_config` and `decode`.
        :param stream: True to return a generator.
        :param insecure_registry: not used: the configuration of the engine decides that.
        :param auth_config: the credentials, in place of known ones, as `pull` takes them.
        :param decode: True for dicts in place of text.
        :param platform: the platform to push of an image of several, as text such as ``'linux/arm64'`` or as
            a dict with os and architecture (API 1.46).
        :returns: the same as `pull`.
        :raises: the same as `pull`.

        `POST /images/{name}/push`

            >>> client.push('localhost:5000/busybox', 'v1')
        """
        tag, stream, auth_config, decode = _places_of_push(
            tag, stream, insecure_registry, auth_config, decode)
        registry, _ = registry_auth.resolve_repository(repository)
        repository, tag = registry_auth.repository_and_tag(repository, tag)
        if tag and ':' in tag:
            raise ValueError('repository takes a name and optionally a tag, not a digest: engines do not '
                             'push by digest')
        given = self._credentials_for(registry, auth_config)
        return self._json_items(self._post_with_credentials(
            self._url('/images/{0}/push', identifier(repository, 'repository')),
            params={'tag': tag, 'platform': convert_platform(platform)},
            data='{}', headers={'Content-Type': 'application/json',
                                'X-Registry-Auth': registry_auth.encode_header(given)},
            stream=True, timeout=self._unbounded), stream, decode)

    def search(self, term, limit=None, filters=None):
        """Search the registry for images.

        :param term: text.
        :param limit: how many to return at most, an int (API 1.24).
        :param filters: return only images that match, a dict such as ``{'is-official': True}`` or
            ``{'stars': 3}`` (API 1.24).
        :returns: a list of dicts: Name and Description, or name, description and more.
        :raises docker.errors.NotSupported: for `limit` and `filters` with an engine that does not have that
            version of the API.

        `GET /images/search`

            >>> client.search('busybox')
        """
        return self._get_json(self._url('/images/search'), params={
            'term': check_nonempty_text(term, 'term'), 'limit': check_if_given(check_count, limit, 'limit'),
            'filters': convert_filters(filters)})

    def inspect_distribution(self, image, auth_config=None):
        """Return what a registry has of an image, without pulling it.

        :param image: its name as text, with its registry; it may include the tag or the digest.
        :param auth_config: the credentials, in place of known ones, as `pull` takes them.
        :returns: a dict: Descriptor (mediaType, digest and size), and Platforms, a list of dicts with os,
            architecture and more.
        :raises docker.errors.Unauthorized: when the registry rejects the credentials, or requires some.
        :raises docker.errors.NotFound: when it has no such image.

        `GET /distribution/{name}/json`, since API 1.30

            >>> client.inspect_distribution('busybox')['Descriptor']['digest']
        """
        url = self._url('/distribution/{0}/json', identifier(image, 'image'))
        registry, _ = registry_auth.resolve_repository(image)
        given = self._credentials_for(registry, auth_config)
        headers = None if given is None else {'X-Registry-Auth': registry_auth.encode_header(given)}
        return self._json(self._get_with_credentials(url, headers=headers))


# Releases for API 1.6 had no insecure_registry, and no tag of a push: what follows was in an earlier place.

def _places_of_pull(insecure_registry, auth_config, decode, all_tags):
    """Return auth_config, decode and all_tags, each of which may be one place earlier."""
    if isinstance(auth_config, bool):
        auth_config, decode, all_tags = None, auth_config, all_tags or decode
    if not _is_flag(insecure_registry):
        if auth_config is not None:
            raise TypeError('insecure_registry takes True or False, or credentials if auth_config has none')
        auth_config = insecure_registry
    return auth_config, decode, all_tags


def _places_of_push(tag, stream, insecure_registry, auth_config, decode):
    """Return tag, stream, auth_config and decode; the last three may be one, two and two places earlier."""
    if isinstance(tag, bool) or tag is None and not _is_flag(stream):
        if stream is not False:
            if auth_config is not None:
                raise TypeError('stream takes True or False, or credentials if auth_config has none')
            auth_config, decode = stream, decode or insecure_registry
        tag, stream = None, tag
    return tag, stream, auth_config, decode


def _is_flag(value):
    return value is None or isinstance(value, int)
