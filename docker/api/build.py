"""Building images from a Dockerfile."""

import os
import re

from docker import auth
from docker.compat import from_path
from docker.session import EngineSession
from docker.stream import Stream, build_output, decode_text
from docker.transport.response import chunks_of, items_of, not_expected
from docker.validation import check_optional_text, check_seconds, check_text, is_text, query_flag

_REMOTE_CONTEXT = ('http://', 'https://', 'git://', 'git@', 'github.com/')
# The last lines of a successful build. Only the last count: a command of a failed build may print the same.
_SUCCESS = (r'^\r?Successfully built ([0-9a-f]{12,64})\s*'
            r'(?:^\r?(?:Successfully tagged|Removing intermediate|SECURITY WARNING).*\s*)*\Z')
_SUCCESS_QUIET = r'^(?:sha256:)?([0-9a-f]{12,64})\s*\Z'


class BuildCalls(EngineSession):
    """The call that builds images."""

    def build(self, path=None, tag=None, quiet=False, fileobj=None, nocache=False, rm=False,
              stream=False, timeout=None, auth_config=None):
        """Build an image.

        A build that fails raises nothing: its id is None. A request that the engine rejects, such as one
        with a Dockerfile that it cannot parse, is an APIError.

        All known credentials are sent to the engine, for base images of private registries.

        :param path: a directory with a Dockerfile (or dockerfile, which is sent as Dockerfile), as text
            or an `os.PathLike` object, which is sent without what its .dockerignore excludes; or the URL
            of a git repository, an archive or a Dockerfile, which the engine downloads, as text.
        :param tag: the name of the image, as text.
        :param quiet: True to leave out the output of its commands.
        :param fileobj: a readable binary or text file: the Dockerfile alone, in place of `path`.
        :param nocache: True to run each step again.
        :param rm: True to remove the containers of its steps.
        :param stream: True to return a generator of the output.
        :param timeout: how many seconds to wait for each part of the output, an int or a float of 0
            or more; None for no limit.
        :param auth_config: credentials that take precedence over known ones: a dict of registry
            address to a dict as `pull` takes it; or one such dict, with its `serveraddress`.
        :returns: a tuple ``(image_id, output)``; `image_id` is None if the build failed, `output` is
            text. With `stream` a generator of the output, as text.
        :raises TypeError: for both or neither of `path` and `fileobj`.
        :raises ValueError: for a directory without a Dockerfile, and a .dockerignore with an invalid
            pattern.
        :raises OSError: for a file of the directory that cannot be read (IOError on Python 2.7).

        `POST /build`

            >>> image_id, output = client.build('/src/web', tag='web')
        """
        if (path is None) == (fileobj is None):
            raise TypeError('build takes either path or fileobj')
        limit = self._bounded_by(check_seconds(timeout, 'timeout'))
        params = {'t': check_optional_text(tag, 'tag'), 'q': query_flag(quiet),
                  'nocache': query_flag(nocache), 'rm': query_flag(rm)}
        given = {} if auth_config is None else auth.registry_configs(auth_config)
        remote, body = _context_of(from_path(path), fileobj)
        headers = {'Content-Type': 'application/tar'}
        if remote is not None:
            params['remote'], headers = remote, {}
        try:
            credentials = self._all_credentials(given)
            if credentials:
                headers['X-Registry-Config'] = auth.encode_registry_config(credentials)
            response = self._checked(self._post_with_credentials(
                self._url('/build'), params=params, data=body, headers=headers, stream=True,
                timeout=limit))
        finally:
            if hasattr(body, 'close'):
                body.close()
        output = _output_of(response)
        if stream:
            return output
        with output:
            text = u''.join(output)
        return _image_id_in(text, quiet), text


def _context_of(path, fileobj):
    """Return what a build is made from: a URL for the engine or None, and the body of the request or None."""
    # Imported here, as few scripts build.
    from docker import context
    if fileobj is not None:
        return None, context.pack_dockerfile(fileobj)
    if is_text(path) and '\0' in path:
        raise ValueError('path takes a path or a URL, which cannot contain a NUL')
    if is_text(path) and not os.path.isdir(path) and path.startswith(_REMOTE_CONTEXT):
        return check_text(path, 'path'), None
    return None, context.pack_folder(path)


def _output_of(response):
    kind = response.headers.get('Content-Type', '')
    if 'html' in kind:
        raise not_expected(response, 'text or JSON', kind)
    if 'json' in kind:
        return Stream(build_output(items_of(response)), response)
    return Stream(decode_text(chunks_of(response)), response)


def _image_id_in(output, quiet):
    """Return the id of the image in the complete output of a build, None when it failed."""
    success = re.search(_SUCCESS, output, re.MULTILINE) or (
        quiet and re.search(_SUCCESS_QUIET, output, re.MULTILINE))
    return success.group(1) if success else None
