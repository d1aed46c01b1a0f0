"""Building images from a Dockerfile."""

import json
import os
import re

import requests
import six

from docker import registry_auth
from docker.compat import from_path
from docker.config import convert_size
from docker.image_options import (
    CONTAINER_LIMITS_KEYS, convert_build_args, convert_cache_from, convert_container_limits,
    convert_extra_hosts_of_build, convert_labels_of_image, convert_outputs, convert_ulimits_of_build,
    wants_buildkit)
from docker.session import EngineSession
from docker.stream import Stream, build_output, decode_text
from docker.transport.body import file_chunks
from docker.transport.call import BUILDKIT
from docker.transport.log import log_decision
from docker.transport.response import chunks_of, items_of, not_expected
from docker.validation import (
    check_if_given, check_nonempty_text, check_optional_text, check_path, check_seconds, check_text, is_text,
    query_flag)

_REMOTE_CONTEXT = ('http://', 'https://', 'git://', 'git@', 'github.com/')
# What a build is made from whose files the engine gets over its session.
_FILES_OF_SESSION = 'client-session'
# How long a program that closes a build waits for the engine to take note of that.
_CANCEL_SECONDS = 5
# What an engine looks for if it is not given another one.
_DOCKERFILE = 'Dockerfile'
# The version since which engines report a build in JSON.
_JSON_SINCE = (1, 8)
# Before it each object of a build has text, or an error.
_AUX_SINCE = (1, 30)
# The last lines of a successful build. Only the last count: a command of a failed build may print the same.
_SUCCESS = (r'^\r?Successfully built ([0-9a-f]{12,64})\s*'
            r'(?:^\r?(?:Successfully tagged|Removing intermediate|SECURITY WARNING).*\s*)*\Z')
_SUCCESS_QUIET = r'^(?:sha256:)?([0-9a-f]{12,64})\s*\Z'


class BuildCalls(EngineSession):
    """The calls that build images, and stop that."""

    def build(self, path=None, tag=None, quiet=False, fileobj=None, nocache=False, rm=False,
              stream=False, timeout=None, auth_config=None, custom_context=False, encoding=None, pull=False,
              forcerm=False, dockerfile=None, container_limits=None, decode=False, buildargs=None,
              gzip=False, labels=None, target=None, network_mode=None, cache_from=None, extra_hosts=None,
              platform=None, squash=None, shmsize=None, isolation=None, ulimits=None, cgroup_parent=None,
              outputs=None, buildkit=None, secrets=None, ssh=None):
        """Build an image.

        A build that fails raises nothing: its id is None, or an object has the error. A request that the
        engine rejects, such as one with a Dockerfile that it cannot parse, is an APIError.

        All known credentials are sent to the engine, for base images of private registries; with BuildKit
        those of the registries that it asks for.

        :param path: a directory with a Dockerfile (or dockerfile, which is sent as Dockerfile), as text
            or an `os.PathLike` object, which is sent without what its .dockerignore excludes; or the URL
            of a git repository, an archive or a Dockerfile, which the engine downloads, as text.
        :param tag: the name of the image, as text.
        :param quiet: True to leave out the output of its commands.
        :param fileobj: a readable binary or text file: the Dockerfile alone, in place of `path`; with
            `custom_context` a tar.
        :param nocache: True to run each step again.
        :param rm: True to remove the containers of its steps.
        :param stream: True to return a generator of the output. A Client of API 1.8 or newer always does.
        :param timeout: how many seconds to wait for each part of the output, an int or a float of 0
            or more; None for no limit.
        :param auth_config: credentials that take precedence over known ones: a dict of registry
            address to a dict as `pull` takes it; or one such dict, with its `serveraddress`. A bool in this
            place is `custom_context`, and what follows it `encoding`, `pull` and so on up to `gzip`, as in
            docker-py 1.x.
        :param custom_context: True if `fileobj` is the whole context, a tar, which is sent while it is read.
        :param encoding: how that tar is compressed, as text: ``'gzip'``, ``'bzip2'``, ``'xz'``.
        :param pull: True to pull the base images again (API 1.16).
        :param forcerm: True to remove the containers of its steps even if it fails (API 1.12).
        :param dockerfile: the path of the Dockerfile in the context, as text or an `os.PathLike` object
            (API 1.17).
        :param container_limits: the limits of the containers of its steps, a dict with memory and memswap
            (bytes as an int, or text such as ``'512m'``), cpushares, cpuperiod and cpuquota (ints),
            cpusetcpus and cpusetmems (text such as ``'0-3'``) (API 1.18).
        :param decode: True for a generator of dicts, whether or not with `stream`.
        :param buildargs: the values of ARG instructions, a dict of names to text or ints (API 1.21).
        :param gzip: True to send the context compressed.
        :param labels: labels of the image, a dict of names to text, or a list of ``'name=value'`` and
            names (API 1.23).
        :param target: the stage of the Dockerfile to build, as text (API 1.29).
        :param network_mode: the network of the containers of its steps, as text: ``'bridge'``, ``'host'``,
            ``'none'``, ``'container:NAME'`` or the name of a network (API 1.25).
        :param cache_from: images whose layers may be used as its cache, a list of names (API 1.25).
        :param extra_hosts: lines of /etc/hosts in the containers of its steps, a dict of names to
            addresses, or a list of ``'name:address'`` (API 1.28).
        :param platform: the platform of the image, as text such as ``'linux/arm64'`` (API 1.32).
        :param squash: True to make one layer of those of the build, with engines that have experimental
            features (API 1.25).
        :param shmsize: the size of /dev/shm, as an int of bytes or text such as ``'64m'`` (API 1.22).
        :param isolation: text, for Windows: ``'default'``, ``'process'`` or ``'hyperv'`` (API 1.22).
        :param ulimits: a list of dicts with name, soft and hard (API 1.21).
        :param cgroup_parent: the cgroup above the containers of its steps, as text (API 1.21); not with
            BuildKit.
        :param outputs: what BuildKit makes, in place of an image: a dict with Type and Attrs, or a list of
            one (API 1.40). With the Type ``'local'`` files are written to the folder `dest` in Attrs, with
            ``'tar'`` an archive to the path or the binary file `dest`. The classic builder does not use it.
        :param buildkit: True to build with BuildKit (API 1.38), False with the classic builder; None for
            what the environment variable DOCKER_BUILDKIT says, 1 or 0, as for the docker command.
        :param secrets: with BuildKit, what steps with ``RUN --mount=type=secret`` read: a dict of ids to the
            path of a file (text or an `os.PathLike` object), the secret itself as bytes, or ``{'env': NAME}``
            for an environment variable; or a list of texts as the docker command takes them,
            ``'id=token,src=/path'``. At most 500 KiB each.
        :param ssh: with BuildKit, the ssh agents of steps with ``RUN --mount=type=ssh``: ``'default'`` for
            that of SSH_AUTH_SOCK; or a dict of ids to the path of an agent's socket, to that of a private key
            file or a list of them, or to None for SSH_AUTH_SOCK.
        :returns: for a Client of API 1.8 or newer, or ``'auto'``, a generator of JSON objects, each as text
            (with `decode` as dicts): stream, status, aux, or error and errorDetail. For an older one a tuple
            ``(image_id, output)``; `image_id` is None if the build failed, `output` is text; or with
            `stream` a generator of the output, as text. With BuildKit the text is that of plain progress, and
            a dict can have vertexes, statuses, logs and warnings besides. Closing a generator ends the build.
        :raises TypeError: for both or neither of `path` and `fileobj`.
        :raises ValueError: for a directory without a Dockerfile, a .dockerignore with an invalid pattern,
            and a key of `container_limits` that is none.
        :raises OSError: for a file of the directory that cannot be read (IOError on Python 2.7).
        :raises docker.errors.NotSupported: for an argument that came with a later version of the API than
            the engine has, or that its builder does not take.
        :raises docker.errors.MissingPackage: for `secrets`, `ssh` and, with BuildKit, `auth_config`, if the
            package h2 is not installed.

        `POST /build`; with BuildKit `POST /session`, since API 1.38, and `POST /build/cancel`

            >>> image_id, output = client.build('/src/web', tag='web')
            >>> image_id, output = client.build('/src/web', buildkit=True, secrets={'token': 'token.txt'})
        """
        if isinstance(auth_config, bool):
            (auth_config, custom_context, encoding, pull, forcerm, dockerfile, container_limits, decode,
             buildargs, gzip) = _in_order_of_1_10(
                 auth_config, custom_context, encoding, pull, forcerm, dockerfile, container_limits, decode,
                 buildargs, gzip)
        limit = self._bounded_by(check_seconds(timeout, 'timeout'))
        given = {} if auth_config is None else registry_auth.registry_configs(auth_config)
        services = None
        if wants_buildkit(buildkit, secrets=secrets, ssh=ssh):
            # Imported here, as few scripts need it.
            from docker.build_services import BuildServices
            services = BuildServices(secrets, ssh, outputs, given, self._credentials_for,
                                     self._all_credentials)
            outputs = services.outputs
        path = from_path(path)
        remote, chunks, dockerfile = _context_of(path, fileobj, custom_context, dockerfile)
        if services and services.take_session and path is not None and chunks is not None and not gzip:
            remote, chunks = _FILES_OF_SESSION, None
            dockerfile = services.take_folder(path, dockerfile or _DOCKERFILE)
        params = dict(
            convert_container_limits(container_limits), t=check_optional_text(tag, 'tag'),
            q=None if services else query_flag(quiet), nocache=query_flag(nocache), rm=query_flag(rm),
            remote=remote,
            # Not sent if they are not set, so that older engines are asked for nothing that they do not have.
            pull=1 if pull else None, forcerm=1 if forcerm else None, squash=1 if squash else None,
            dockerfile=dockerfile, buildargs=convert_build_args(buildargs),
            labels=convert_labels_of_image(labels), cachefrom=convert_cache_from(cache_from),
            target=check_if_given(check_text, target, 'target'),
            networkmode=check_if_given(check_text, network_mode, 'network_mode'),
            extrahosts=convert_extra_hosts_of_build(extra_hosts),
            platform=check_if_given(check_text, platform, 'platform'),
            shmsize=convert_size(shmsize, 'shmsize') or None,
            isolation=check_if_given(check_text, isolation, 'isolation'),
            ulimits=convert_ulimits_of_build(ulimits),
            cgroupparent=check_if_given(check_text, cgroup_parent, 'cgroup_parent'),
            outputs=convert_outputs(outputs))
        headers, body = _encoded(chunks, encoding, gzip)
        if services:
            response = self._send_to_buildkit(params, body, headers, limit, services)
            return self._output_of_buildkit(response, stream, decode, quiet)
        response = self._send_context(params, body, headers, given, limit)
        if decode or self._is_of(_JSON_SINCE):
            return _objects_of(response, decode)
        return _text_of(response, stream, quiet)

    def _send_to_buildkit(self, params, body, headers, limit, services):
        """Send a build to BuildKit, and return its response, with which all that the build needs is closed.

        :param services: a BuildServices.
        """
        from docker.running_build import RunningBuild, new_id
        build_id = new_id()
        running = RunningBuild(lambda: self._cancel(build_id))
        try:
            running.keep(services)
            if services.take_session:
                self._require('POST', self._url('/session'))
                params['session'], session = self._open_session(
                    services.methods(), services.shared_key)
                running.keep(session)
            return running.begin(self._checked(self._post(
                self._url('/build'), params=dict(params, version=BUILDKIT, buildid=build_id), data=body,
                headers=headers, stream=True, timeout=limit)))
        except BaseException:
            running.close()
            raise
        finally:
            if hasattr(body, 'close'):
                body.close()

    def _open_session(self, methods, shared_key):
        """Open a session, in which the engine calls methods of the client, and return its id and itself.

        Engines since API 1.53 take gRPC where they take the API: there a session is a method of it. Others
        have an endpoint for it, which is tried, too, when something in between passes no HTTP/2.

        `POST /session`, since API 1.38
        """
        from docker.build_session import BuildSession, open_tunnel, session_headers
        from docker.running_build import new_id
        url, session_id = self._url('/session'), new_id()
        headers = session_headers(session_id, methods, shared_key)
        session = open_tunnel(self._http2_socket(url), methods, headers)
        if session is None:
            response = self._checked(self._post(
                url, headers=dict(headers, Connection='Upgrade', Upgrade='h2c'), stream=True))
            session = BuildSession(response.raw.detach(), methods)
        return session_id, session

    def _cancel(self, build_id):
        """Ask the engine to stop a build. It does so, too, when the connection is closed, unless something in
        between keeps that."""
        try:
            # The Client may be closed already: no connection is kept.
            self._post(self._url('/build/cancel'), params={'id': build_id}, headers={'Connection': 'close'},
                       timeout=_CANCEL_SECONDS).close()
        except requests.RequestException as error:
            log_decision('The build {0} could not be cancelled: {1}', build_id, error)

    def _output_of_buildkit(self, response, stream, decode, quiet):
        items = _items_of_buildkit(response, quiet)
        if not (decode or self._is_of(_AUX_SINCE)):
            items = (item for item in items if 'stream' in item or 'error' in item)
        if decode or self._is_of(_JSON_SINCE):
            return _stream_of_objects(items, response, decode)
        pieces = (item['stream'] for item in items if item.get('stream'))
        return _result_of_text(pieces, response, stream, quiet)

    def _send_context(self, params, body, headers, given, limit):
        """Send a build with all known credentials, and `given` ones; close its body."""
        try:
            credentials = self._all_credentials(given)
            if credentials:
                headers['X-Registry-Config'] = registry_auth.encode_registry_config(credentials)
            return self._checked(self._post_with_credentials(
                self._url('/build'), params=params, data=body, headers=headers, stream=True,
                timeout=limit))
        finally:
            if hasattr(body, 'close'):
                body.close()

    def cancel_build(self, build_id):
        """Stop a build that runs with BuildKit.

        :param build_id: the id that the build was given when it was requested, as text.
        :returns: None.

        `POST /build/cancel`, since API 1.40

            >>> client.cancel_build('3f1c9a')
        """
        self._checked(self._post(self._url('/build/cancel'),
                                 params={'id': check_nonempty_text(build_id, 'build_id')}))


def _in_order_of_1_10(custom_context, second, third, *others):
    """Return the arguments of a build from auth_config on, of which the first ones were passed by position in
    the order of docker-py 1.10.6: custom_context, encoding, pull, forcerm and so on.

    The type in each place, here that of the argument before it, shows how many they are.
    """
    if isinstance(second, bool):
        return (None, custom_context, third) + others
    if not isinstance(third, bool):
        return (None, custom_context, second) + others
    forcerm, dockerfile, limits, decode, buildargs, gzip, last = others
    # False is the default in places of arguments that take none.
    return (None, custom_context, second, third, forcerm, dockerfile or None, limits, decode,
            buildargs or None, gzip or last)


def _context_of(path, fileobj, custom_context, dockerfile):
    """Return what a build is made from: a URL for the engine or None, the tar or None (bytes or a generator),
    and the path of the Dockerfile in it, or None for the usual one."""
    if (path is None) == (fileobj is None):
        raise TypeError('build takes either path or fileobj')
    # Imported here, as few scripts build.
    from docker import context
    dockerfile = check_if_given(check_path, dockerfile, 'dockerfile')
    if custom_context:
        if fileobj is None:
            raise TypeError('custom_context takes a tar as fileobj, not path')
        return None, _tar_chunks(fileobj), dockerfile
    if fileobj is not None:
        if dockerfile not in (None, _DOCKERFILE):
            raise ValueError('dockerfile takes a path in a context; fileobj is the Dockerfile itself, unless '
                             'custom_context is set')
        return None, context.pack_dockerfile(fileobj), None
    if is_text(path) and '\0' in path:
        raise ValueError('path takes a path or a URL, which cannot contain a NUL')
    if is_text(path) and not os.path.isdir(path) and path.startswith(_REMOTE_CONTEXT):
        return check_text(path, 'path'), None, dockerfile
    if dockerfile is None or not is_text(path):
        return None, context.pack_folder(path), None
    dockerfile = context.path_in_folder(path, dockerfile)
    return None, context.pack_folder(path, dockerfile), None if dockerfile == _DOCKERFILE else dockerfile


def _tar_chunks(fileobj):
    """Return a tar that the caller has: bytes, or a generator, which leaves the file open."""
    if isinstance(fileobj, (bytes, bytearray)):
        return bytes(fileobj)
    if not hasattr(fileobj, 'read'):
        raise TypeError('fileobj takes a binary file with a tar, not {0!r}'.format(fileobj))
    return file_chunks(fileobj)


def _encoded(chunks, encoding, gzip):
    """Return the headers and the body of a request that sends a context; those of one that sends none."""
    encoding = check_if_given(check_text, encoding, 'encoding')
    if encoding and gzip:
        raise ValueError('encoding is that of a tar that is compressed already: leave it out, or gzip')
    if chunks is None:
        return {}, None
    headers = {'Content-Type': 'application/tar'}
    if gzip:
        from docker import context
        encoding, chunks = 'gzip', context.gzip_chunks(chunks)
    if encoding:
        headers['Content-Encoding'] = encoding
    return headers, chunks


def _objects_of(response, decode):
    """Return the objects of a build as a Stream: texts, or to `decode` dicts."""
    if _kind_of_output(response) == 'json':
        items = items_of(response, parse_all=decode)
        return Stream((value if decode else text for text, value in items), response)
    # Engines before API 1.8 send the output itself.
    objects = ({'stream': text} for text in decode_text(chunks_of(response)))
    return _stream_of_objects(objects, response, decode)


def _stream_of_objects(objects, response, decode):
    """Return dicts as a Stream: texts, or to `decode` as they are."""
    return Stream((value if decode else six.text_type(json.dumps(value)) for value in objects), response)


def _items_of_buildkit(response, quiet):
    """Yield what a build with BuildKit reports, dicts; raise what failed in its session, as an OSError."""
    from docker.buildkit.progress import build_items
    for item in build_items((item for _, item in items_of(response)), quiet):
        yield item
    running = response.raw
    running.close()
    if running.failure is not None:
        raise running.failure


def _text_of(response, stream, quiet):
    """Return the output of a build as API 1.6 has it: to `stream` a Stream of text, else the id of the image
    and all text."""
    of_json = _kind_of_output(response) == 'json'
    pieces = build_output(items_of(response)) if of_json else decode_text(chunks_of(response))
    return _result_of_text(pieces, response, stream, quiet)


def _result_of_text(pieces, response, stream, quiet):
    """Return the text of a build, as `_text_of` does.

    :param pieces: an iterator of it.
    """
    output = Stream(pieces, response)
    if stream:
        return output
    with output:
        text = u''.join(output)
    return image_id_in(text, quiet), text


def _kind_of_output(response):
    kind = response.headers.get('Content-Type', '')
    if 'html' in kind:
        raise not_expected(response, 'text or JSON', kind)
    return 'json' if 'json' in kind else 'text'


def image_id_in(output, quiet):
    """Return the id of the image in the complete output of a build, None when it failed."""
    success = re.search(_SUCCESS, output, re.MULTILINE) or (
        quiet and re.search(_SUCCESS_QUIET, output, re.MULTILINE))
    return success.group(1) if success else None


__all__ = ['CONTAINER_LIMITS_KEYS', 'BuildCalls']
