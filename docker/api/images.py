"""Images: list, inspect, tag, remove, and creation from a container or another image."""

from docker.auth import repository_and_tag
from docker.compat import from_path
from docker.session import EngineSession
from docker.validation import (
    check_json_dict, check_nonempty_text, check_optional_text, identifier, query_flag)


class ImageCalls(EngineSession):
    """The calls about images, except building and registries."""

    def images(self, name=None, quiet=False, all=False, viz=False):
        """List images.

        :param name: only those of this repository, as text, in which ``*`` matches any text, and
            ``?`` any one character.
        :param quiet: True to return only ids.
        :param all: True to include intermediate images, on which others are built.
        :param viz: True to return the graph of all images instead.
        :returns: a list of dicts, one for each tag: Repository, Tag, Id, Created (Unix time), Size,
            VirtualSize (bytes); an image without a name has no Repository and Tag. With `quiet` a list of
            ids, each once; with `viz` a Graphviz digraph as text.

        `GET /images/json`, `GET /images/viz`

            >>> [image['Id'] for image in client.images('busybox')]
        """
        if viz:
            return self._text(self._get(self._url('/images/viz')))
        listed = self._get_json(self._url('/images/json'), params={
            'filter': None if name is None else identifier(name, 'name'), 'all': query_flag(all)})
        if quiet:
            ids = [image['Id'] for image in listed]
            return sorted(set(ids), key=ids.index)
        return listed

    def inspect_image(self, image_id):
        """Return the details of an image.

        :param image_id: an id, a short id, a name, or a dict with Id, ID or id.
        :returns: a dict: id, parent, created, container, container_config, config, architecture, Size,
            and more.
        :raises docker.errors.ImageNotFound: when there is no such image.

        `GET /images/{name}/json`

            >>> client.inspect_image('busybox')['id']
        """
        return self._get_json(self._url('/images/{0}/json', identifier(image_id, 'image_id')))

    def history(self, image):
        """List the layers of an image, the newest first.

        :param image: an id, a short id, a name, or a dict with Id, ID or id.
        :returns: a list of dicts: Id, Tags (may be missing), Created (Unix time), CreatedBy.

        `GET /images/{name}/history`

            >>> [layer['CreatedBy'] for layer in client.history('busybox')]
        """
        return self._get_json(self._url('/images/{0}/history', identifier(image, 'image')))

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

    def remove_image(self, image):
        """Remove a name of an image, and the image itself with its last name.

        :param image: an id, a short id, a name, or a dict with Id, ID or id.
        :returns: a list of dicts: {'Untagged': name} and {'Deleted': id}.
        :raises docker.errors.ImageNotFound: when there is no such image.
        :raises docker.errors.Conflict: when a container uses it.

        `DELETE /images/{name}`

            >>> client.remove_image('localhost:5000/busybox:v1')
        """
        return self._json(self._delete(self._url('/images/{0}', identifier(image, 'image'))))

    def commit(self, container, repository=None, tag=None, message=None, author=None, conf=None):
        """Create an image from a container.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param repository: its name as text, which may include the tag; None for an image without a
            name.
        :param tag: text.
        :param message: text.
        :param author: text.
        :param conf: configuration in the API's format that overrides the container's in the new image, a
            dict that JSON can represent.
        :returns: a dict: Id.
        :raises docker.errors.NotSupported: for fields of `conf` that belong to containers: Dns and
            VolumesFrom with Docker 0.10 and later, limits and Privileged with Docker 1.6 and later.

        `POST /commit`

            >>> client.commit('web', 'web', 'v1', conf={'Cmd': ['httpd', '-f']})['Id']
        """
        conf = {} if conf is None else check_json_dict(conf, 'conf')
        repository, tag = repository_and_tag(repository, tag, required=False)
        return self._json(self._post_json(self._url('/commit'), conf, params={
            'container': identifier(container), 'repo': repository, 'tag': tag,
            'comment': check_optional_text(message, 'message'),
            'author': check_optional_text(author, 'author')}, timeout=self._unbounded))

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
