"""Images: list, inspect, tag, remove, and creation from a container, an archive or a file."""

import io
import os
import re

import six

from docker.auth import repository_and_tag
from docker.compat import encode_path, from_path, to_native_path
from docker.session import EngineSession
from docker.transport.body import file_chunks
from docker.validation import (
    check_json_dict, check_nonempty_text, check_optional_text, check_text, identifier, is_text, query_flag,
    short_repr)

_URL = r'[A-Za-z][A-Za-z0-9+.-]*://'


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

    def import_image(self, src, data=None, repository=None, tag=None):
        """Create an image from a tar archive of a file system.

        :param src: the path of an archive, as text or an `os.PathLike` object; a URL for the engine to
            fetch, as text; or the archive itself: bytes or a binary file.
        :param data: the archive: bytes or a binary file, in place of `src`, which is then not used. Text
            is the repository, and what follows it the tag: ``import_image(src, 'mine', 'v1')``.
        :param repository: the name of the image as text, which may include the tag.
        :param tag: text.
        :returns: the engine's JSON as text, one object a line; the last `status` is the id.
        :raises ValueError: for text that is neither a file nor a URL.
        :raises OSError: for a file that cannot be read (IOError on Python 2.7).
        :raises docker.errors.OperationFailed: when the engine reports an error in it.

        `POST /images/create`

            >>> client.import_image('/tmp/rootfs.tar', repository='mine', tag='v1')
        """
        if _is_repository(data, src, repository, tag):
            data, repository, tag = None, data, _tag_after(repository, tag)
        repository, tag = repository_and_tag(repository, tag, required=False)
        params = {'fromSrc': '-', 'repo': repository, 'tag': tag}
        if data is not None:
            return self._import(params, _archive_body(data, 'data'))
        path = from_path(src)
        if path is src and (not is_text(src) or _is_archive(src)):
            return self._import(params, _archive_body(src, 'src'))
        if path is src and not _is_file(src):
            return self._import(dict(params, fromSrc=_check_url(src)), None)
        with open(to_native_path(encode_path(path)), 'rb') as file:
            return self._import(params, _archive_body(file, 'src'))

    def _import(self, params, body):
        response = self._post(self._url('/images/create'), params=params, data=body, stream=True,
                              headers=None if body is None else {'Content-Type': 'application/tar'},
                              timeout=self._unbounded)
        return self._json_items(response, stream=False)

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


def _is_archive(value):
    """Whether a str of Python 2.7, which may be either, holds an archive and not a path or a URL."""
    if isinstance(value, six.text_type):
        return False
    return b'\0' in value or value != value.decode('utf-8', 'ignore').encode('utf-8')


def _is_repository(data, src, repository, tag):
    """Whether `data` is the repository, in the second place."""
    if not is_text(data) or _is_archive(data):
        return False
    # A str of Python 2.7 is an archive where nothing else is, or where the repository and the tag follow it.
    return isinstance(data, six.text_type) or bool(src) and (repository is None or tag is None)


def _tag_after(repository, tag):
    """Return the tag where the repository was passed in the place of `data`, and the tag in its place."""
    if repository is not None and tag is not None:
        raise TypeError('data takes bytes or a binary file; text there is the repository, and after it comes '
                        'the tag alone')
    return tag if repository is None else check_text(repository, 'tag')


def _is_file(path):
    """Whether a path, as text, is one of a file, perhaps a FIFO or a device."""
    try:
        path = encode_path(path)
        return os.path.exists(path) and not os.path.isdir(path)
    except (TypeError, ValueError):
        return False    # it holds a NUL, or what the file system cannot encode


def _check_url(src):
    url = check_nonempty_text(src, 'src')
    if not re.match(_URL, url):
        raise ValueError('src takes the path of a file or a URL like http://host/file, not {0}: there is no '
                         'such file, and it has no scheme'.format(short_repr(src)))
    return url


def _archive_body(value, name):
    """Return the body of a request that sends an archive: bytes, or the chunks of a binary file."""
    if isinstance(value, (bytes, bytearray)):
        return bytes(value)
    if hasattr(value, 'read') and not isinstance(value, io.TextIOBase) and from_path(value) is value:
        return file_chunks(value)
    raise TypeError('{0} takes bytes or a binary file, not {1}'.format(name, type(value).__name__))
