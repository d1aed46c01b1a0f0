"""Registries: login, pull, push, search."""

import json

from docker import auth
from docker.compat import to_native_string
from docker.session import EngineSession
from docker.validation import check_nonempty_text, identifier


class RegistryCalls(EngineSession):
    """The calls that make the engine speak to a registry."""

    def login(self, username, password=None, email=None, registry=None, reauth=False):
        """Check credentials with a registry, and keep them in this Client for pull, push and build.

        :param username: text.
        :param password: text.
        :param email: text.
        :param registry: its address, as text; None for Docker Hub.
        :param reauth: True to ask the registry even when this user is known.
        :returns: a dict: the engine's response, or if the user is known (from an earlier login, a
            helper or a file) and `reauth` is False, the known credentials, password included; nothing
            is then sent, even if `password` is another one.
        :raises docker.errors.Unauthorized: when the registry does not accept them.

        `POST /auth`

            >>> client.login('me', 'secret', registry='https://localhost:5000/v1/')
        """
        key = auth.registry_key(registry)
        given = auth.Credentials(username, password, email, registry or auth.DEFAULT_REGISTRY)
        if not (given.username and given.username.strip()):
            raise ValueError('username takes text that is not empty')
        if not reauth:
            known = self._credentials_for(key)
            if known is not None and known.username == given.username:
                return known.to_json_dict()
        response = self._checked(self._post_with_credentials(
            self._url('/auth'), data=json.dumps(given.to_json_dict()),
            headers={'Content-Type': 'application/json'}))
        status = self._json(response) if response.content.strip() else {}
        self._logins[key] = given.with_identity_token(status.get('IdentityToken'))
        return status

    def pull(self, repository, tag=None, stream=False, auth_config=None, decode=False, all_tags=False):
        """Pull an image from its registry.

        :param repository: its name as text, with its registry; it may include the tag or the digest
            (``'busybox@sha256:...'``).
        :param tag: text; None for latest.
        :param stream: True to return a generator.
        :param auth_config: the credentials, in place of known ones: a dict of username and password,
            or of identitytoken, or of auth (the base64 of ``user:password``), or of registrytoken (a
            bearer token for the registry). Other keys are left out, with a UserWarning.
        :param decode: True for dicts in place of text.
        :param all_tags: True to pull every tag of the repository (not with Podman).
        :returns: the engine's JSON as text, one object a line, or with `decode` a list of dicts; with
            `stream` a generator of one object each: status, and often id, progress, progressDetail.
        :raises docker.errors.Unauthorized: when the registry rejects the credentials, or requires some.
        :raises docker.errors.ImageNotFound: when there is no such image.
        :raises docker.errors.NotSupported: for `all_tags` with Podman.
        :raises docker.errors.OperationFailed: when the engine reports an error in it; a generator
            yields the object that reports it first.

        `POST /images/create`

            >>> for item in client.pull('busybox', tag='latest', stream=True):
            ...     print(json.loads(item)['status'])
        """
        registry, _ = auth.resolve_repository(repository)
        repository, tag = auth.repository_and_tag(repository, tag)
        if all_tags and tag:
            raise ValueError('all_tags takes a repository without a tag, not with {0!r}'.format(
                to_native_string(tag)))
        # Without a tag an engine pulls them all.
        tag = tag or (None if all_tags else 'latest')
        credentials = self._credentials_for(registry, auth_config)
        headers = None if credentials is None else {'X-Registry-Auth': auth.encode_header(credentials)}
        return self._json_items(self._post_with_credentials(
            self._url('/images/create'), params={'fromImage': repository, 'tag': tag},
            headers=headers, stream=True, timeout=self._unbounded), stream, decode)

    def push(self, repository, stream=False, auth_config=None, decode=False):
        """Push an image to its registry.

        :param repository: its name as text, with its registry; if it includes a tag, only that tag is
            pushed, where the engine can do so.
        :param stream: True to return a generator.
        :param auth_config: the credentials, in place of known ones, as `pull` takes them.
        :param decode: True for dicts in place of text.
        :returns: the same as `pull`.
        :raises: the same as `pull`.

        `POST /images/{name}/push`

            >>> client.push('localhost:5000/busybox')
        """
        registry, _ = auth.resolve_repository(repository)
        repository, tag = auth.repository_and_tag(repository, None)
        if tag and ':' in tag:
            raise ValueError('repository takes a name and optionally a tag, not a digest: engines do not '
                             'push by digest')
        credentials = self._credentials_for(registry, auth_config)
        return self._json_items(self._post_with_credentials(
            self._url('/images/{0}/push', identifier(repository, 'repository')), params={'tag': tag},
            data='{}', headers={'Content-Type': 'application/json',
                                'X-Registry-Auth': auth.encode_header(credentials)},
            stream=True, timeout=self._unbounded), stream, decode)

    def search(self, term):
        """Search the registry for images.

        :param term: text.
        :returns: a list of dicts: Name and Description, or name, description and more.

        `GET /images/search`

            >>> client.search('busybox')
        """
        return self._get_json(self._url('/images/search'),
                              params={'term': check_nonempty_text(term, 'term')})
