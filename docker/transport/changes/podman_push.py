"""Podman's push, where it differs from that of the Docker whose version it speaks."""

import json

from docker import registry_auth
from docker.compat import unquote_text
from docker.errors import error_for
from docker.transport.changes.change import PODMAN, exchange, name_in
from docker.transport.changes.image_names import short_name, without_tag
from docker.transport.response import (
    ChunkedBody, items_of, json_of, succeeded, with_body, without_headers)

_PUSH = '/images/{}/push'
_CREDENTIALS = tuple(name.lower() for name in registry_auth.CREDENTIAL_HEADERS)


@exchange(PODMAN, 'POST', _PUSH)
def push_is_of_one_tag(call, send):
    """A push without a tag pushes latest, not all tags: the client pushes one after another."""
    repository = short_name(unquote_text(name_in(_PUSH, call)))
    if call.query.get('tag') or without_tag(repository) != repository:
        return send(call)
    listing = call.follow_up('GET', '/images/json')
    # The credentials are for the registry.
    listing.headers = without_headers(call.headers, _CREDENTIALS)
    listed = send(listing)
    if not succeeded(listed):
        return listed
    tags = sorted({name[len(repository) + 1:] for image in json_of(listed)
                   for name in image.get('RepoTags') or () if without_tag(name) == repository})
    if not tags:
        return send(call)
    pushes = _Pushes(call, send, tags)
    first = pushes.next_response()
    if not succeeded(first) or len(tags) == 1:
        return first
    return with_body(first, ChunkedBody(pushes.lines(), pushes), first.status_code, {
        'Content-Type': 'application/json'})


class _Pushes(object):
    """The responses to the pushes of several tags.

    :param call: the call that pushes, in which the tag is not set.
    """

    def __init__(self, call, send, tags):
        self._call = call
        self._send = send
        self._tags = list(tags)
        self._response = None

    def next_response(self):
        """Push the next tag, and return the response."""
        call = self._call.copy()
        call.query['tag'] = self._tags.pop(0)
        self._response = self._send(call)
        return self._response

    def lines(self):
        """Yield the lines of all responses as bytes. After an error nothing more is pushed."""
        while True:
            failed = False
            for text, item in items_of(self._response):
                failed = failed or 'error' in item
                yield (json.dumps(item) if text is None else text).encode('utf-8') + b'\n'
            self._response.close()
            if failed or not self._tags:
                return
            if not succeeded(self.next_response()):
                yield _line_of_error(self._response)
                return

    def close(self):
        self._response.close()


def _line_of_error(response):
    """Return the line of a stream for a response that is an error."""
    message = error_for(response).explanation
    return json.dumps({'errorDetail': {'message': message}, 'error': message}).encode('utf-8') + b'\n'
