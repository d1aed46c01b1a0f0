"""Images as archives: import, save and load."""

import re

from docker.image_options import convert_platforms
from docker.registry_auth import repository_and_tag
from docker.compat import encode_path, from_path, to_native_path
from docker.session import EngineSession
from docker.stream import FileStream
from docker.transport.body import archive_body, is_archive, is_file
from docker.transport.response import chunks_of
from docker.validation import (
    argument_error, as_list, check_chunk_size, check_nonempty_text, check_optional_text, check_text,
    identifier, is_text, query_flag, short_repr)

_URL = r'[A-Za-z][A-Za-z0-9+.-]*://'


class ImageArchiveCalls(EngineSession):
    """The calls that move images in and out of the engine."""

    def import_image(self, src=None, data=None, repository=None, tag=None, image=None, changes=None,
                     stream_src=False, message=None, platform=None):
        """Create an image from a tar archive of a file system.

        :param src: the path of an archive, as text or an `os.PathLike` object; a URL for the engine to
            fetch, as text; or the archive itself: bytes, a binary file or an iterable of bytes.
        :param data: the archive: bytes, a binary file or an iterable of bytes, in place of `src`, which is
            then not used. Text is the repository, and what follows it the tag:
            ``import_image(src, 'mine', 'v1')``.
        :param repository: the name of the image as text, which may include the tag.
        :param tag: text.
        :param image: the name of an image to pull, in place of `src`: see `import_image_from_image`.
        :param changes: instructions of a Dockerfile (CMD, ENTRYPOINT, ENV, EXPOSE, ONBUILD, USER, VOLUME,
            WORKDIR) for the configuration of the image, as text: one, or a list of them. Since API 1.18.
        :param stream_src: not used: every archive is sent while it is read.
        :param message: the comment of the image, as text. Since API 1.25.
        :param platform: the platform of the image as text, ``os/arch[/variant]``. Since API 1.32.
        :returns: the engine's JSON as text, one object a line; the last `status` is the id.
        :raises ValueError: for text that is neither a file nor a URL.
        :raises OSError: for a file that cannot be read (IOError on Python 2.7).
        :raises docker.errors.OperationFailed: when the engine reports an error in it.

        `POST /images/create`

            >>> client.import_image('/tmp/rootfs.tar', repository='mine', tag='v1')
        """
        if isinstance(changes, bool):
            # That of stream_src, in the sixth place of later releases.
            changes = None
        if _is_repository(data, src or image, repository, tag):
            tag, image, changes = _places_of_import(src, repository, tag, image, changes)
            data, repository, tag = None, data, _tag_after(repository, tag)
        params = dict(_import_params(repository, tag, changes),
                      message=check_optional_text(message, 'message'),
                      platform=check_optional_text(platform, 'platform'))
        if data is not None:
            return self._import(params, data, 'data', path=False)
        if src is None and image is not None:
            return self._create_image(_pull_params(params, image))
        if is_text(src) and not is_archive(src) and not is_file(src):
            return self._create_image(dict(params, fromSrc=_check_url(src, 'src')))
        return self._import(params, src, 'src')

    def import_image_from_data(self, data, repository=None, tag=None, changes=None):
        """Create an image from a tar archive of a file system in memory.

        :param data: bytes.
        :param repository: as `import_image` takes it.
        :param tag: as `import_image` takes it.
        :param changes: as `import_image` takes it.
        :returns: the same as `import_image`.

        `POST /images/create`

            >>> client.import_image_from_data(archive, repository='mine', tag='v1')
        """
        return self._import(_import_params(repository, tag, changes), data, 'data', path=False)

    def import_image_from_file(self, filename, repository=None, tag=None, changes=None):
        """Create an image from a file with the tar archive of a file system.

        :param filename: its path, as text or an `os.PathLike` object.
        :param repository: as `import_image` takes it.
        :param tag: as `import_image` takes it.
        :param changes: as `import_image` takes it.
        :returns: the same as `import_image`.
        :raises OSError: when it cannot be read (IOError on Python 2.7).

        `POST /images/create`

            >>> client.import_image_from_file('/tmp/rootfs.tar', repository='mine', tag='v1')
        """
        path = from_path(filename)
        if not is_text(path):
            raise argument_error(TypeError, 'filename', 'a path', filename)
        params = _import_params(repository, tag, changes)
        with open(to_native_path(encode_path(path)), 'rb') as file:
            return self._import(params, file, 'filename')

    def import_image_from_stream(self, stream, repository=None, tag=None, changes=None):
        """Create an image from a tar archive of a file system, which is sent while it is read.

        :param stream: a binary file, or an iterable of bytes.
        :param repository: as `import_image` takes it.
        :param tag: as `import_image` takes it.
        :param changes: as `import_image` takes it.
        :returns: the same as `import_image`.

        `POST /images/create`

            >>> with client.export('web') as archive:
            ...     client.import_image_from_stream(archive, repository='mine', tag='v1')
        """
        return self._import(_import_params(repository, tag, changes), stream, 'stream', path=False)

    def import_image_from_url(self, url, repository=None, tag=None, changes=None):
        """Create an image from a tar archive of a file system, which the engine downloads.

        :param url: text, with its scheme.
        :param repository: as `import_image` takes it.
        :param tag: as `import_image` takes it.
        :param changes: as `import_image` takes it.
        :returns: the same as `import_image`.

        `POST /images/create`

            >>> client.import_image_from_url('http://localhost:8000/rootfs.tar', repository='mine')
        """
        params = _import_params(repository, tag, changes)
        return self._create_image(dict(params, fromSrc=_check_url(url, 'url')))

    def import_image_from_image(self, image, repository=None, tag=None, changes=None):
        """Let the engine pull an image, without credentials; `pull` is the call for that.

        :param image: its name as text, which may include the registry and the tag.
        :param repository: text. It is sent, and engines do not use it: `tag` gives an image another name.
        :param tag: the tag of an `image` without one, as text; None for latest.
        :param changes: as `import_image` takes it. It is sent, and engines do not use it.
        :returns: the engine's JSON as text, one object a line.
        :raises docker.errors.ImageNotFound: when there is no such image.
        :raises docker.errors.OperationFailed: when the engine reports an error in it.

        `POST /images/create`

            >>> client.import_image_from_image('busybox')
        """
        return self._create_image(_pull_params(_import_params(repository, tag, changes), image))

    def get_image(self, image, platform=None, chunk_size=None):
        """Return an image, with its layers and its names, as a tar archive that `load_image` takes.

        :param image: an id, a short id, a name, or a dict with Id, ID or id. By its id it has no names in
            the archive; by the name of a repository alone, those of all its tags.
        :param platform: one platform of the image (since API 1.48), or a list of them (since 1.52): each
            as text, ``os/arch[/variant]``, or as a dict: os, architecture, variant.
        :param chunk_size: how many bytes each iteration yields, an int; None for chunks as they come.
        :returns: a binary file; see `export`.
        :raises docker.errors.ImageNotFound: when there is no such image.

        `GET /images/{name}/get`, since API 1.7

            >>> with client.get_image('busybox') as archive, open('busybox.tar', 'wb') as target:
            ...     shutil.copyfileobj(archive, target)
        """
        url = self._url('/images/{0}/get', identifier(image, 'image'))
        return self._saved(url, {'platform': convert_platforms(platform, 'platform')}, chunk_size)

    def save(self, images, platform=None, chunk_size=None):
        """Return several images as one tar archive that `load_image` takes; layers they share are in it once.

        :param images: a list of ids, names and dicts with Id, ID or id, or one of them.
        :param platform: as `get_image` takes it.
        :param chunk_size: as `get_image` takes it.
        :returns: a binary file; see `export`.
        :raises docker.errors.ImageNotFound: when there is no such image.

        `GET /images/get`, since API 1.15

            >>> with client.save(['busybox', 'web:v1']) as archive, open('images.tar', 'wb') as target:
            ...     shutil.copyfileobj(archive, target)
        """
        names = [identifier(image, 'images') for image in as_list(images)]
        if not names:
            raise ValueError('images takes a list of images that is not empty')
        return self._saved(self._url('/images/get'), {
            'names': names, 'platform': convert_platforms(platform, 'platform')}, chunk_size)

    def _saved(self, url, params, chunk_size):
        chunk_size = check_chunk_size(chunk_size, 'chunk_size')
        # Engines pack an image before they begin to respond.
        response = self._checked(self._get(url, params=params, stream=True, timeout=self._unbounded))
        return FileStream(chunks_of(response), response, chunk_size)

    def load_image(self, data, quiet=None, platform=None, stream=False):
        """Add the images of an archive to the engine, as `get_image` and `save` return them.

        :param data: the archive, which is sent while it is read: bytes, a binary file, an iterable of
            bytes, or the path of a file, as text or an `os.PathLike` object.
        :param quiet: False for the progress of each layer in what the engine reports, True for none of it
            (since API 1.23); None for the engine's default.
        :param platform: as `get_image` takes it.
        :param stream: True to return a generator. What is not read of it may not be loaded.
        :returns: a list of dicts, or a generator of them, of what the engine reports: `stream` is text such
            as ``'Loaded image: busybox:latest\\n'``. Engines before API 1.23 report nothing: it is empty.
        :raises ValueError: for text that is not the path of a file.
        :raises OSError: for a file that cannot be read (IOError on Python 2.7).
        :raises docker.errors.OperationFailed: when the engine reports an error in it, such as that the
            archive is damaged; a generator yields the dict that reports it first.

        `POST /images/load`, since API 1.7

            >>> [item['stream'] for item in client.load_image('busybox.tar')]
            ['Loaded image: busybox:latest\\n']
        """
        params = {'quiet': None if quiet is None else query_flag(quiet),
                  'platform': convert_platforms(platform, 'platform')}
        with archive_body(data, 'data') as body:
            response = self._post(self._url('/images/load'), params=params, data=body, stream=True,
                                  headers={'Content-Type': 'application/x-tar'}, timeout=self._unbounded)
        return self._json_items(response, stream, decode=True)

    def _import(self, params, archive, name, path=True):
        with archive_body(archive, name, path) as body:
            return self._create_image(dict(params, fromSrc='-'), body)

    def _create_image(self, params, body=None):
        response = self._post(self._url('/images/create'), params=params, data=body, stream=True,
                              headers=None if body is None else {'Content-Type': 'application/tar'},
                              timeout=self._unbounded)
        return self._json_items(response, stream=False)


def _import_params(repository, tag, changes):
    repository, tag = repository_and_tag(repository, tag, required=False)
    if changes is not None:
        changes = [check_text(change, 'changes', 'text or a list of text') for change in as_list(changes)]
    return {'repo': repository, 'tag': tag, 'changes': changes}


def _pull_params(params, image):
    """Return the parameters of an import without an archive, where an engine pulls an image."""
    name, tag = repository_and_tag(check_nonempty_text(image, 'image'), None)
    # Without a tag an engine pulls them all.
    return dict(params, fromImage=name, tag=tag or params['tag'] or 'latest')


def _is_repository(data, src, repository, tag):
    """Whether `data` is the repository, in the second place."""
    if not is_text(data) or is_archive(data):
        return False
    # A str of Python 2.7 is an archive where nothing else is, or where the repository and the tag follow it.
    return not isinstance(data, bytes) or bool(src) and (repository is None or tag is None)


def _places_of_import(src, repository, tag, image, changes):
    """Return tag, image and changes where the repository is in the place of `data`.

    Those that were passed by position are in the order of docker-py 1.10.6, a place earlier.
    """
    if src is None:
        if repository is not None and tag is not None:
            return None, tag, changes if image is None else image
    elif image is not None:
        return tag, None, image
    return tag, image, changes


def _tag_after(repository, tag):
    """Return the tag where the repository was passed in the place of `data`, and the tag in its place."""
    if repository is not None and tag is not None:
        raise TypeError('data takes bytes or a binary file; text there is the repository, and after it comes '
                        'the tag alone')
    return tag if repository is None else check_text(repository, 'tag')


def _check_url(url, name):
    text = check_nonempty_text(url, name)
    if not re.match(_URL, text):
        takes = 'a URL like http://host/file' if name == 'url' else (
            'the path of a file or a URL like http://host/file')
        raise ValueError('{0} takes {1}, not {2}'.format(name, takes, short_repr(url)))
    return text
