"""Attributes with an underscore that programs and subclasses of docker-py 1.x use.

The calls do not use them. `_url`, `_get`, `_post`, `_post_json`, `_put` and `_delete`, which such programs
use too, are those of the calls, in docker.session.
"""


class FormerNames(object):
    """The rest of what requests and responses of a program's own go through. A part of EngineSession."""

    def __getattr__(self, name):
        # Programs compare _version before their first call, so for 'auto' it is negotiated. dir() does not
        # list it, so that looking at a Client sends nothing.
        if name != '_version' or '_chosen' not in vars(self):
            raise AttributeError('{0!r} object has no attribute {1!r}'.format(type(self).__name__, name))
        if self._chosen == 'auto' and self.api_version is None:
            self._checked(self._get(self._url('/version')))
        return self.api_version if self._chosen == 'auto' else self._chosen

    def _raise_for_status(self, response, explanation=None):
        self._checked(response)

    def _result(self, response, json=False, binary=False):
        """Return the content of a response: its JSON value, bytes, or text."""
        if json and binary:
            raise TypeError('a result is either json or binary')
        if json:
            return self._json(response)
        return self._checked(response).content if binary else self._text(response)

    def _stream_helper(self, response, decode=False):
        """Return an iterator of the JSON objects of a response: texts, or to `decode` dicts."""
        return self._json_items(response, True, decode)

    def _set_request_timeout(self, kwargs):
        """Add the timeout to the arguments of a request, a dict, which is returned."""
        kwargs.setdefault('timeout', self.timeout)
        return kwargs


__all__ = ['FormerNames']
