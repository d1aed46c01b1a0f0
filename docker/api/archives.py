"""Archives of the files in containers: export, copy, get_archive, put_archive."""

from docker.compat import from_path
from docker.session import EngineSession
from docker.stream import FileStream
from docker.transport.response import chunks_of
from docker.validation import check_nonempty_text, identifier


class ArchiveCalls(EngineSession):
    """The calls about the files of containers."""

    def export(self, container):
        """Return the file system of a container as a tar archive.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :returns: a binary file that is read once from front to back, as the engine sends it; iterating
            it yields chunks of bytes, `stream(1024)` smaller ones, and `data` is all of it. Close it, or
            use it in a `with` block: an engine may lock the container until then.
        :raises docker.errors.StreamBroken: by its read(), when the archive ends too early.

        `GET /containers/{id}/export`

            >>> with client.export('web') as archive, open('web.tar', 'wb') as target:
            ...     shutil.copyfileobj(archive, target)
        """
        response = self._checked(self._get(
            self._url('/containers/{0}/export', identifier(container)), stream=True))
        return FileStream(chunks_of(response), response)

    def copy(self, container, resource):
        """Return a file or directory of a container as a tar archive.

        :param container: an id, a short id, a name, or a dict with Id, ID or id.
        :param resource: its path in the container, as text or an `os.PathLike` object.
        :returns: a binary file; see `export`.
        :raises docker.errors.NotFound: when there is no such container or path.

        `POST /containers/{id}/copy`

            >>> with client.copy('web', '/etc/hostname') as archive:
            ...     tarfile.open(mode='r|', fileobj=archive).next().name
            'hostname'
        """
        response = self._checked(self._post_json(
            self._url('/containers/{0}/copy', identifier(container)),
            {'Resource': check_nonempty_text(from_path(resource), 'resource')}, stream=True))
        return FileStream(chunks_of(response), response)
