"""Images: list, inspect, tag, remove, and creation from a container or another image."""

from docker.registry_auth import repository_and_tag
from docker.compat import from_path
from docker.config import convert_filters
from docker.image_options import convert_platform
from docker.session import EngineSession
from docker.validation import (
    as_list, check_json_dict, check_nonempty_text, check_optional_text, check_text, identifier, is_absent,
    query_flag)


class ImageCalls(EngineSession):
    """The calls about images, except building and registries."""

    def images(self, name=None, quiet=False, all=False, viz=False, filters=None, digests=False,
               shared_size=False, manifests=False, identity=False):
        """List images.

        :param name: only those of this repository, as text, in which ``*`` matches any text, and
            ``?`` any one character.
        :param quiet: True to return only ids.
        :param all: True to include intermediate images, on which others are built.
        :param viz: True to return the graph of all images instead.
        :param filters: list only images that match, a dict such as ``{'dangling': True}``,
            ``{'label': 'tier=web'}`` or ``{'label': ['tier', 'owner=me']}`` (API 1.10); engines differ in
            their names: dangling, label, before, since, reference, until.
        :param digests: True to include RepoDigests with engines that leave them out (API 1.18).
        :param shared_size: True to include SharedSize, in bytes (API 1.42).
        :param manifests: True to include Manifests, the parts of an image of several platforms (API 1.47).
        :param identity: True to include Identity in Manifests: who built and signed them (API 1.54).
        :returns: a list of dicts, one for each tag: Repository, Tag, Id, Created (Unix time), Size,
            VirtualSize (bytes); an image without a name has no Repository and Tag. For a Client of API 1.7
            or newer one for each image, with RepoTags. With `quiet` a list of ids, each once; with `viz` a
            Graphviz digraph as text.
        :raises docker.errors.NotSupported: for an argument that came with a later version of the API than
            the engine has.

        `GET /images/json`, `GET /images/viz`

            >>> [image['Id'] for image in client.images('busybox')]
        """
        if viz:
            return self._text(self._get(self._url('/images/viz')))
        listed = self._get_json(self._url('/images/json'), params={
            'filter': None if name is None else identifier(name, 'name'), 'all': query_flag(all),
            'filters': convert_filters(filters), 'digests': 1 if digests else None,
            'shared-size': 1 if shared_size else None, 'manifests': 1 if manifests or identity else None,
            'identity': 1 if identity else None})
        if quiet:
            ids = [image['Id'] for image in listed]
            return sorted(set(ids), key=ids.index)
        return listed

    def inspect_image(self, image_id=None, manifests=False, platform=None, image=None):
        """Return the details of an image.

        :param image_id: an id, a short id, a name, or a dict with Id, ID or id.
        :param manifests: True to include Manifests, the parts of an image of several platforms (API 1.48).
        :param platform: the platform to show of such an image, as text such as ``'linux/arm64'`` or as a
            dict with os and architecture (API 1.49).
        :param image: the same as `image_id`, by the name that later releases gave it.
        :returns: a dict: id, parent, created, container, container_config, config, architecture, Size,
            and more.
        :raises docker.errors.ImageNotFound: when there is no such image.

        `GET /images/{name}/json`

            >>> client.inspect_image('busybox')['id']
        """
        if image_id is not None and image is not None:
            raise TypeError('inspect_image takes one image, as image_id or as image')
        name = identifier(image_id, 'image_id') if image is None else identifier(image, 'image')
        return self._get_json(self._url('/images/{0}/json', name), params={
            'manifests': 1 if manifests else None, 'platform': convert_platform(platform)})

    def history(self, image, platform=None):
        """List the layers of an image, the newest first.

        :param image: an id, a short id, a name, or a dict with Id, ID or id.
        :param platform: the platform to show of an image of several, as text such as ``'linux/arm64'`` or
            as a dict with os and architecture (API 1.48).
        :returns: a list of dicts: Id, Tags (may be missing), Created (Unix time), CreatedBy.

        `GET /images/{name}/history`

            >>> [layer['CreatedBy'] for layer in client.history('busybox')]
        """
        return self._get_json(self._url('/images/{0}/history', identifier(image, 'image')),
                              params={'platform': convert_platform(platform)})

    def image_attestations(self, image, platform=None, type=None, statement=False):
        """List the attestations of an image: how it was built, and what it consists of.

        :param image: an id, a short id, a name, or a dict with Id, ID or id.
        :param platform: the platform of the image, as `inspect_image` takes it.
        :param type: the kinds of statements to list, a URI as text or a list of them; None for all.
        :param statement: True to include each statement itself.
        :returns: a list of dicts: Descriptor, PredicateType, and with `statement` Statement.
        :raises docker.errors.ImageNotFound: when there is no such image.

        `GET /images/{name}/attestations`, since API 1.55

            >>> [item['PredicateType'] for item in client.image_attestations('busybox')]
        """
        types = [check_nonempty_text(kind, 'type') for kind in as_list(type)] if type is not None else None
        return self._get_json(self._url('/images/{0}/attestations', identifier(image, 'image')), params={
            'platform': convert_platform(platform), 'type': types, 'statement': 1 if statement else None})

    def tag(self, image, repository, tag=None, force=False):
        """Add a name to an image.

        :param image: an id, a short id, a name, or a dict with Id, ID or id.
        :param repository: the name as text, which may include the tag.
        :param tag: text; when it is None the engine's default, latest.
        :param force: True to take the name from another image, where an engine would refuse that.
        :returns: True.
        :raises ValueError: when `repository` includes another tag than `tag`.

        `POST /images/{name}/tag`

            >>> client.tag('busybox', 'localhost:5000/busybox', 'v1')
            True
        """
        repository, tag = repository_and_tag(repository, tag)
        response = self._checked(self._post(
            self._url('/images/{0}/tag', identifier(image, 'image')),
            params={'repo': repository, 'tag': tag, 'force': query_flag(force)}))
        return response.status_code == 201

    def remove_image(self, image, force=False, noprune=False, platforms=None):
        """Remove a name of an image, and the image itself with its last name.

        :param image: an id, a short id, a name, or a dict with Id, ID or id.
        :param force: True to remove it even if it has several names, or a container that is not running uses
            it (API 1.10); Podman removes such containers too.
        :param noprune: True to keep the images without a name that it was built on (API 1.10).
        :param platforms: remove only these of an image of several platforms: text such as
            ``'linux/arm64'``, a dict with os and architecture, or a list of them (API 1.50).
        :returns: a list of dicts: {'Untagged': name} and {'Deleted': id}.
        :raises docker.errors.ImageNotFound: when there is no such image.
        :raises docker.errors.Conflict: when a container uses it.
        :raises docker.errors.NotSupported: for an argument that came with a later version of the API than
            the engine has.

        `DELETE /images/{name}`

            >>> client.remove_image('localhost:5000/busybox:v1')
        """
        if platforms is not None:
            platforms = [convert_platform(platform, 'platforms') for platform in as_list(platforms)]
        return self._json(self._delete(self._url('/images/{0}', identifier(image, 'image')), params={
            'force': 1 if force else None, 'noprune': 1 if noprune else None, 'platforms': platforms}))

    def commit(self, container, repository=None, tag=None, message=None, author=None, changes=None,
               conf=None, pause=None):
        """Create an image from a container.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param repository: its name as text, which may include the tag; None for an image without a
            name.
        :param tag: text.
        :param message: text.
        :param author: text.
        :param changes: instructions of a Dockerfile for the new image, such as ``'EXPOSE 80'``: text with
            one on each line, or a list (API 1.18). A dict in this place is `conf`.
        :param conf: configuration in the API's format that overrides the container's in the new image, a
            dict that JSON can represent.
        :param pause: whether the container is paused meanwhile (API 1.13); when it is None, engines do so
            since that version.
        :returns: a dict: Id.
        :raises docker.errors.NotSupported: for fields of `conf` that belong to containers: Dns and
            VolumesFrom with Docker 0.10 and later, limits and Privileged with Docker 1.6 and later; and for
            an argument that came with a later version of the API than the engine has.

        `POST /commit`

            >>> client.commit('web', 'web', 'v1', conf={'Cmd': ['httpd', '-f']})['Id']
        """
        if isinstance(changes, dict) and conf is None:
            # In this place, releases for API 1.6 had conf.
            changes, conf = None, changes
        conf = {} if conf is None else check_json_dict(conf, 'conf')
        repository, tag = repository_and_tag(repository, tag, required=False)
        return self._json(self._post_json(self._url('/commit'), conf, params={
            'container': identifier(container), 'repo': repository, 'tag': tag,
            'comment': check_optional_text(message, 'message'),
            'author': check_optional_text(author, 'author'), 'changes': _convert_changes(changes),
            'pause': None if pause is None else query_flag(pause)}, timeout=self._unbounded))

    def insert(self, image, url, path):
        """Create an image from another one and a file that the engine downloads.

        :param image: an id, a short id, a name, or a dict with Id, ID or id.
        :param url: the URL of the file, as text.
        :param path: the path of the file in the image, as text or an `os.PathLike` object.
        :returns: the engine's JSON as text, one object a line, the last with the Id of the new
            image.
        :raises docker.errors.OperationFailed: when the engine reports an error in it.

        `POST /images/{name}/insert`

            >>> client.insert('busybox', 'http://localhost:8000/motd', '/etc/motd')
        """
        response = self._post(self._url('/images/{0}/insert', identifier(image, 'image')), params={
            'url': check_nonempty_text(url, 'url'), 'path': check_nonempty_text(from_path(path), 'path')},
            stream=True, timeout=self._unbounded)
        return self._json_items(response, stream=False)


def _convert_changes(value):
    """Return instructions of a Dockerfile as text, one on each line, or None."""
    if is_absent(value):
        return None
    lines = [check_text(line, 'changes', 'text or a list of text') for line in as_list(value)]
    return u'\n'.join(lines) or None
