"""Build contexts as files, for scripts that make their own (`build(fileobj=, custom_context=True)`).

What is in them, and the tar, is the work of docker.context and docker.dockerignore.
"""

import gzip as gzip_files
import tempfile

from docker.context import pack_dockerfile, pack_files, paths_to_pack


def tar(path, exclude=None, dockerfile=None, fileobj=None, gzip=False):
    """Pack a folder as a tar.

    :param path: the folder, a str. Its `.dockerignore` is not read.
    :param exclude: patterns of what is left out, as the lines of a `.dockerignore`.
    :param dockerfile: the relative path of a file that is packed even if it is excluded, as is
        ``'Dockerfile'`` by default.
    :param fileobj: a binary file that the tar is written to; None for a new temporary file.
    :param gzip: True to compress it.
    :returns: the file, at its beginning.
    :raises TypeError, ValueError: for a path that is no folder, and for an invalid pattern.

        >>> with docker.utils.tar('.', exclude=['*.log']) as context:
        ...     client.build(fileobj=context, custom_context=True, tag='web')
    """
    chunks = pack_files(path, exclude or (), [dockerfile or 'Dockerfile'])
    target = tempfile.NamedTemporaryFile() if fileobj is None else fileobj
    try:
        packed = gzip_files.GzipFile(fileobj=target, mode='wb') if gzip else target
        for chunk in chunks:
            packed.write(chunk)
        if gzip:
            packed.close()
    except BaseException:
        if fileobj is None:
            target.close()
        raise
    target.seek(0)
    return target


def exclude_paths(root, patterns, dockerfile=None):
    """Return the paths in a folder that a `.dockerignore` does not exclude.

    :param root: the folder, a str.
    :param patterns: the lines of a `.dockerignore`.
    :param dockerfile: the relative path of a file that is not excluded; ``'Dockerfile'`` by default.
    :returns: a set of relative paths, of files and folders.
    :raises TypeError, ValueError: for a root that is no folder, and for an invalid pattern.

        >>> docker.utils.exclude_paths('.', ['*.log'])
    """
    return paths_to_pack(root, patterns, [dockerfile or 'Dockerfile'])


def mkbuildcontext(dockerfile):
    """Pack a Dockerfile alone as a tar.

    :param dockerfile: a readable file, binary or text.
    :returns: a temporary file of the tar, at its beginning.
    :raises TypeError, ValueError: for anything else, and for an empty Dockerfile.

        >>> context = docker.utils.mkbuildcontext(io.BytesIO(b'FROM busybox'))
    """
    content = pack_dockerfile(dockerfile)
    target = tempfile.NamedTemporaryFile()
    target.write(content)
    target.seek(0)
    return target


__all__ = ['exclude_paths', 'mkbuildcontext', 'tar']
